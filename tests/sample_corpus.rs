//! Every sample dispatch against what it was written to show.

use dateline::ingest::read_file;
use dateline::wire::Reading;
use std::fs;
use std::path::Path;

/// What the grammar does not read yet: the Hijri half of a double date, a date inside
/// Japanese brackets, a raised Urdu full stop, an agency named only in the sign-off of a
/// Vietnamese page. The test fails too when one of these is mended and still listed.
const NOT_YET: &[&str] = &[
    "app/ur/islamabad_sardi.txt: places",
    "spa/riyadh_macron.txt: date",
    "vna/ca_mau_rung.txt: agency",
    "xinhua/ja/shinka_20241212.txt: agency",
    "xinhua/ja/shinka_20241212.txt: date",
    "xinhua/ja/shinka_20241212.txt: places",
];

#[test]
fn every_dispatch_is_read_as_it_was_written() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample_corpus");
    let table = fs::read_to_string(folder.join(".expected.tsv")).expect("the table of expected values");
    let (mut rows, mut faults) = (0, Vec::new());
    for line in table.lines().skip(1) {
        let cells: Vec<&str> = line.split('\t').collect();
        let [path, agency, places, date, lang, headline] = cells[..] else { panic!("six cells: {line}") };
        let Ok(Reading::Stories(stories)) = read_file(&folder.join(path)) else { panic!("{path} is a story") };
        let [story] = stories.as_slice() else { panic!("{path} holds one story") };
        rows += 1;
        let mut agencies: Vec<&str> = story.agency.iter().chain(&story.credits).map(|a| a.id.as_str()).collect();
        agencies.dedup();
        let wanted: Vec<&str> = agency.split('|').filter(|a| !a.is_empty()).collect();
        let dateline = story.dateline.as_ref();
        let read_places: Vec<&str> = dateline.iter().flat_map(|d| &d.places).map(|p| p.as_written.as_str()).collect();
        let read_date =
            dateline.and_then(|d| d.date_as_written.as_ref()).map_or("", |s| s.value.as_str()).trim_end_matches('.');
        let read_headline = story.headline.as_ref().map_or("", |h| h.value.as_str());
        let read_lang = story.lang.as_ref().map_or("", |l| l.value.as_str());
        let agrees = |what: &str, ok: bool, read: &str, wanted: &str| {
            if ok { None } else { Some(format!("{path}: {what} read as {read:?}, written as {wanted:?}")) }
        };
        faults.extend(agrees("agency", agencies == wanted, &agencies.join("|"), agency));
        faults.extend(agrees("places", read_places.join("|") == places, &read_places.join("|"), places));
        faults.extend(agrees("date", read_date == date.trim_end_matches('.'), read_date, date));
        faults.extend(agrees("language", read_lang == lang, read_lang, lang));
        faults.extend(agrees("headline", read_headline == headline, read_headline, headline));
    }
    assert!(rows > 90, "{rows} rows");
    let known = |fault: &String| NOT_YET.iter().any(|n| fault.starts_with(&format!("{n} read as")));
    let new: Vec<&String> = faults.iter().filter(|f| !known(f)).collect();
    assert!(new.is_empty(), "{} faults\n{new:#?}", new.len());
    assert_eq!(faults.len(), NOT_YET.len(), "something listed as not read yet is read: take it off the list");
}
