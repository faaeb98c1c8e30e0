//! The registry of formats, and hostile copy through every one of them.

use super::printer::{Look, Needs, PRINTERS, Page, Printer};
use super::table::{Cell, Table};
use super::{COLUMNS, Column, Style, printer};
use crate::search::{Asked, Hit, Snippet, Summary};
use crate::story::{
    Agency, Confidence, Dateline, DatelinePlace, Direction, Filed, Moment, PlaceRef, Sourced, Span, Story, StoryId,
};

/// What a hostile headline brings along: a formula, a script, terminal escapes, overrides
/// of direction, line breaks and tabs, and the syntax of every format.
const HOSTILE: &str = "=HYPERLINK(\"http://evil\")\u{1b}]0;x\u{7}\u{9b}31m\u{202e}<script>alert('x')</script>\r\nER  - \n\
    TY  - JOUR\t|\u{2028}}, author = {x}, \\input{y} \"quote\",\"b\" [a](javascript:x) `c` **d** &amp; 100%\u{7f}\u{2066}";

fn look(nul: bool) -> Look {
    Look { columns: 100, style: Style::default(), base: None, whole: false, nul }
}

fn sourced(text: &str) -> Option<Sourced<String>> {
    Some(Sourced::text(text.to_owned(), Span::new(0, 0), "test", Confidence::Stated))
}

fn hit(words: &str) -> Hit {
    let mut story = Story::new(format!("{words}\n\n{words} storm {words}"));
    story.id = StoryId(0xa81f_0000_0000_00ff);
    story.path = format!("wires/{words}.txt");
    story.format = "text".to_owned();
    story.encoding = "utf-8".to_owned();
    story.headline = sourced(words);
    story.byline = sourced(words);
    story.slug = sourced(words);
    story.keywords = sourced(words).into_iter().collect();
    story.version = sourced(words);
    story.lang = sourced("fr");
    story.agency = Some(Agency {
        id: "src:x".to_owned(),
        name: words.to_owned(),
        as_written: words.to_owned(),
        evidence: Vec::new(),
    });
    let place = DatelinePlace { as_written: words.to_owned(), span: Span::new(0, 0), entry: None };
    story.dateline = Some(Dateline { span: Span::new(0, 0), places: vec![place], date_as_written: None });
    let day = "2024-12-02".parse().expect("a day");
    story.filed = Filed { value: Some(Moment::day(day)), ..Filed::default() };
    story.direction = Direction::Rtl;
    let text = format!("{words} storm {words}");
    let at = text.find(" storm").expect("in it") + 1;
    Hit { story, score: 1.5, snippet: Snippet { spans: std::iter::once(at..at + 5).collect(), text }, archive: None }
}

fn printed(printer: &dyn Printer, hits: &[Hit], fields: Option<Vec<&'static Column>>, query: &str) -> Vec<u8> {
    let n = hits.len();
    let asked = Asked { folder: "index".to_owned(), generation: 7 };
    let summary = Summary { query: query.to_owned(), total: n, listed: n, archives: vec![asked], ..Summary::default() };
    let page = Page { summary: &summary, reading: query, order: "date", fields, overview: None, look: look(false) };
    let mut out = Vec::new();
    let mut list = printer.begin(&mut out, &page).expect("memory");
    for hit in hits {
        match printer.needs(page.fields.as_deref()) {
            Needs::Ids => list.id(hit.story.id, None).expect("memory"),
            Needs::Paths => list.path(&hit.story.path).expect("memory"),
            Needs::Stories | Needs::Passages => list.hit(hit).expect("memory"),
        }
    }
    list.finish().expect("memory");
    out
}

fn text(name: &str, hits: &[Hit]) -> String {
    String::from_utf8(printed(printer(name).expect("a format"), hits, None, HOSTILE)).expect("UTF-8")
}

#[test]
fn every_format_is_registered_once_and_keeps_its_word() {
    let documented = "text json jsonl csv tsv md html ris bibtex csl geojson xlsx ids paths";
    assert_eq!(PRINTERS.iter().map(|p| p.name()).collect::<Vec<_>>().join(" "), documented);
    let table = Table {
        title: "q".into(),
        caption: "Stories by lang".into(),
        columns: Table::named(&["lang", "count"]),
        rows: Vec::new(),
        figures: Vec::new(),
    };
    for (i, p) in PRINTERS.iter().enumerate() {
        assert!(PRINTERS[..i].iter().all(|o| o.name() != p.name() && o.extension() != p.extension()), "{}", p.name());
        assert!(!p.help().is_empty());
        let mut out = Vec::new();
        assert_eq!(p.table(&mut out, &table, &look(false)).is_some(), p.has_tables(), "{}", p.name());
        let (none, one) = (printed(*p, &[], None, "q"), printed(*p, &[hit("storm")], None, "q"));
        assert!(one.len() > none.len(), "{} shows its hits", p.name());
        assert_eq!(one, printed(*p, &[hit("storm")], None, "q"), "{}: the same bytes again", p.name());
        if p.takes_fields() {
            let id = vec![&COLUMNS[0]];
            assert!(printed(*p, &[hit("storm")], Some(id), "q").len() < one.len(), "{}", p.name());
        }
    }
}

#[test]
fn nothing_hostile_controls_a_terminal_in_any_format() {
    for p in PRINTERS.iter().filter(|p| p.name() != "xlsx") {
        let all = p.takes_fields().then(|| COLUMNS.iter().collect::<Vec<_>>());
        for fields in [None, all] {
            let out = String::from_utf8(printed(*p, &[hit(HOSTILE)], fields, HOSTILE)).expect("UTF-8");
            let acts = |c: &char| {
                (c.is_control() && !matches!(c, '\n' | '\r' | '\t'))
                    || matches!(c, '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' | '\u{61c}')
            };
            assert_eq!(out.chars().find(acts), None, "{}", p.name());
            let breaks = if p.name() == "ris" { out.replace("\r\n", "") } else { out.clone() };
            assert!(!breaks.contains('\r'), "{}", p.name());
            assert!(p.name() == "tsv" || !out.contains('\t'), "{}", p.name());
        }
    }
}

#[test]
fn a_row_stays_a_row() {
    let hits = [hit(HOSTILE), hit(HOSTILE)];
    for name in ["csv", "tsv"] {
        assert_eq!(text(name, &hits).lines().count(), 3, "{name}");
    }
    for name in ["ids", "paths", "jsonl"] {
        assert_eq!(text(name, &hits).lines().count(), 2, "{name}");
    }
    let tsv = text("tsv", &hits);
    assert!(tsv.lines().all(|l| l.split('\t').count() == 10), "{tsv}");
    for line in tsv.lines() {
        assert!(line.split('\t').all(|c| !c.starts_with(['=', '+', '-', '@', '"'])), "{line}");
    }
}

#[test]
fn references_stay_two() {
    let hits = [hit(HOSTILE), hit(HOSTILE)];
    let ris = text("ris", &hits);
    let tags = |tag: &str| ris.split("\r\n").filter(|l| l.starts_with(tag)).count();
    assert_eq!((tags("TY  - "), tags("ER  - "), tags("TI  - ")), (2, 2, 2));
    assert!(ris.split("\r\n").all(|l| l.is_empty() || l.get(2..6) == Some("  - ")), "{ris}");
    let bib = text("bibtex", &hits);
    assert_eq!(bib.matches("@misc").count(), 2);
    let mut depth = 0;
    for c in bib.chars() {
        depth += i32::from(c == '{') - i32::from(c == '}');
        assert!(depth >= 0, "{bib}");
    }
    assert_eq!(depth, 0);
    let csl: serde_json::Value = serde_json::from_str(&text("csl", &hits)).expect("JSON");
    assert_eq!(csl.as_array().map(Vec::len), Some(2));
    assert_eq!(csl[0]["issued"]["date-parts"][0], serde_json::json!([2024, 12, 2]));
    assert!(csl[0]["title"].as_str().is_some_and(|t| t.contains("<script>alert('x')</script>")), "{csl}");
}

#[test]
fn a_feature_has_the_points_that_are_known_and_no_others() {
    let town = |id: &str, lat, lon| PlaceRef { id: id.into(), name: HOSTILE.into(), country: "FR".into(), lat, lon };
    let at = |places: &[Option<PlaceRef>]| {
        let mut hit = hit(HOSTILE);
        let place = |entry: &Option<PlaceRef>| DatelinePlace {
            as_written: HOSTILE.to_owned(),
            span: Span::new(0, 4),
            entry: entry.clone(),
        };
        let places = places.iter().map(place).collect();
        hit.story.dateline = Some(Dateline { span: Span::new(0, 0), places, date_as_written: None });
        hit
    };
    let (lyon, oslo) = (Some(town("t:1", 45.748_46, 4.846_71)), Some(town("t:2", 59.9127, 10.7461)));
    let mut nowhere = hit(HOSTILE);
    nowhere.story.dateline = None;
    let hits = [
        at(std::slice::from_ref(&lyon)),
        at(&[lyon.clone(), oslo.clone(), lyon.clone()]),
        at(&[lyon, None]),
        at(&[Some(town("c:FR", 48.85, 2.35))]),
        at(&[None]),
        nowhere,
    ];
    let collection: serde_json::Value = serde_json::from_str(&text("geojson", &hits)).expect("JSON");
    assert_eq!(collection["type"], "FeatureCollection");
    let features = collection["features"].as_array().expect("features");
    let [lyon, oslo] = [[4.8467, 45.7485], [10.7461, 59.9127]];
    let point = serde_json::json!({ "type": "Point", "coordinates": lyon });
    let both = serde_json::json!({ "type": "MultiPoint", "coordinates": [lyon, oslo] });
    let null = serde_json::Value::Null;
    let geometries: Vec<&serde_json::Value> = features.iter().map(|f| &f["geometry"]).collect();
    assert_eq!(geometries, [&point, &both, &point, &null, &null, &null]);
    let sure: Vec<&serde_json::Value> = features.iter().map(|f| &f["properties"]["confidence"]).collect();
    assert_eq!(
        sure,
        ["inferred", "inferred", "inferred", "inferred", "stated", ""]
            .map(|s| match s {
                "" => serde_json::Value::Null,
                s => s.into(),
            })
            .iter()
            .collect::<Vec<_>>()
    );
    let first = &features[0]["properties"];
    assert_eq!(
        (&first["headline"], &first["from"], &first["place"]),
        (&HOSTILE.into(), &HOSTILE.into(), &HOSTILE.into())
    );
    assert_eq!((first["country"].as_str(), first["filed"].as_str()), (Some("FR"), Some("2024-12-02")));
    assert_eq!(features[5]["properties"]["from"], null);
    assert!(features.iter().all(|f| f["type"] == "Feature"));
}

#[test]
fn pages_hold_no_markup_of_copy() {
    for name in ["html", "md"] {
        let out = text(name, &[hit(HOSTILE)]);
        assert!(!out.contains("<script"), "{name}");
    }
    let html = text("html", &[hit(HOSTILE)]);
    // Attributes are the program's own, or quoted and escaped.
    assert!(!html.contains("'x'") && html.contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;"));
    assert!(
        html.contains("<article aria-labelledby=\"s1\" dir=\"rtl\">\n<h3 id=\"s1\" lang=\"fr\">")
            && html.contains("<mark>storm</mark>")
    );
    for needed in ["<main", "<header", "<footer", "lang=\"en\"", "Content-Security-Policy", "prefers-color-scheme"] {
        assert!(html.contains(needed), "{needed}");
    }
    for forbidden in ["<script", "http:", "https:", "src=", "url(", "@import"] {
        assert!(!html.replace("http://evil", "").contains(forbidden), "{forbidden}");
    }
}

#[test]
fn a_path_is_whole_with_nul_and_harmless_without() {
    let summary = Summary::default();
    for (nul, expected) in [(true, "a\nb\u{1b}\0"), (false, "a b␛\n")] {
        let page = Page { summary: &summary, reading: "", order: "", fields: None, overview: None, look: look(nul) };
        let mut out = Vec::new();
        let mut list = printer("paths").expect("a format").begin(&mut out, &page).expect("memory");
        list.path("a\nb\u{1b}").expect("memory");
        list.finish().expect("memory");
        assert_eq!(String::from_utf8(out).expect("UTF-8"), expected);
    }
}

#[test]
fn tables_are_hostile_proof_too() {
    let rows = vec![vec![Cell::Text(HOSTILE.to_owned()), Cell::Count(3)]];
    let columns = vec![HOSTILE.into(), "count".into()];
    let table = Table { title: HOSTILE.into(), caption: HOSTILE.into(), columns, rows, figures: vec![("total", 3)] };
    for p in PRINTERS.iter().filter(|p| p.has_tables() && p.name() != "xlsx") {
        let mut out = Vec::new();
        p.table(&mut out, &table, &look(false)).expect("a table").expect("memory");
        let out = String::from_utf8(out).expect("UTF-8");
        assert!(!out.contains(['\u{1b}', '\u{7}', '\u{9b}', '\u{202e}', '\u{2028}']), "{}", p.name());
        assert!(
            !out.contains("<script") || matches!(p.name(), "json" | "jsonl" | "csv" | "tsv" | "text"),
            "{}",
            p.name()
        );
        assert!(out.contains('3'), "{}", p.name());
    }
}

#[test]
fn what_nobody_knows_is_left_out_or_said() {
    let mut story = Story::new("storm".to_owned());
    story.path = "a.txt".to_owned();
    let unknown = Hit { story, score: 0.0, snippet: Snippet::default(), archive: None };
    let ris = text("ris", std::slice::from_ref(&unknown));
    assert!(!ris.contains("DA  -") && !ris.contains("PY  -") && !ris.contains("TI  -"), "{ris}");
    assert!(!text("bibtex", std::slice::from_ref(&unknown)).contains("year"));
    let csl: serde_json::Value = serde_json::from_str(&text("csl", std::slice::from_ref(&unknown))).expect("JSON");
    assert_eq!(csl[0].get("issued"), None);
    assert!(text("html", std::slice::from_ref(&unknown)).contains("undated"));
    assert!(
        text("csv", std::slice::from_ref(&unknown))
            .lines()
            .nth(1)
            .is_some_and(|l| l.starts_with("0000000000000000,,,,,usable,,,0,"))
    );
}
