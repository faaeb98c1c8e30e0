//! What librarians ask of an archive by fields: namesakes, what is not known, titles, forms of
//! Chinese, who is quoted. The program as they run it.

use std::fs;
use std::path::Path;
use std::process::Command;

/// Runs the program on the archive in `folder`; returns what it printed and what it said.
fn run(folder: &Path, args: &[&str]) -> (String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dateline"));
    command.current_dir(folder).env_clear().env("COLUMNS", "100").env("HOME", folder);
    let output = command.env("DATELINE_NOW", "2024-12-20").args(args).output().expect("the program runs");
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    (text(output.stdout), text(output.stderr))
}

fn archive(stories: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let wires = folder.path().join("wires");
    fs::create_dir(&wires).expect("a folder");
    for (name, text) in stories {
        fs::write(wires.join(format!("{name}.txt")), text).expect("a file");
    }
    run(folder.path(), &["index", "wires"]);
    folder
}

/// The names of the stories that a query finds, in order.
fn found(folder: &Path, query: &str) -> String {
    let (paths, _) = run(folder, &["search", "--format", "paths", "--limit", "100", query]);
    let mut names: Vec<&str> =
        paths.lines().filter_map(|p| p.rsplit('/').next()).map(|n| n.trim_end_matches(".txt")).collect();
    names.sort_unstable();
    names.join(" ")
}

const NAMESAKES: &[(&str, &str)] = &[
    (
        "texas",
        "Rodeo opens\n\nPARIS, Texas, May 14 (Reuters) - The rodeo opened under a bright sky on Tuesday, its owners said.\n",
    ),
    (
        "france",
        "La foire ouvre\n\nPARIS, 14 mai (AFP) - La foire de la ville a ouvert mardi sous un ciel clair, ont dit ses patrons.\n",
    ),
    (
        "dallas",
        "Cotton falls\n\nDALLAS, May 14 (Reuters) - Cotton prices fell on Tuesday after the harvest, traders said.\n",
    ),
    ("none", "A note about the weather that nobody has signed and that comes from nowhere in particular.\n"),
];

#[test]
fn a_place_is_told_by_what_it_lies_in() {
    let world = archive(NAMESAKES);
    let at = world.path();
    assert_eq!(found(at, "from:\"Paris, Texas\""), "texas");
    assert_eq!(found(at, "place:\"Paris, Texas\""), "texas");
    assert_eq!(found(at, "place:\"Paris [France]\""), "france");
    assert_eq!(found(at, "from:Texas"), "dallas texas");
    assert_eq!(found(at, "from:Paris"), "france texas");
    let (_, said) = run(at, &["search", "place:\"Paris, Poland\""]);
    assert!(said.contains("no story has place:Paris, Poland; there are Paris [France]"), "{said}");
    let (counts, _) = run(at, &["count", "--by", "place", "*"]);
    assert!(counts.contains("Paris [France]") && counts.contains("Paris [Texas]"), "{counts}");
    let (counts, _) = run(at, &["count", "--by", "country", "--format", "csv", "*"]);
    for line in counts.lines().skip(1).filter(|line| !line.starts_with("unknown")) {
        let (country, stories) = line.rsplit_once(',').expect("a value and its count");
        assert_eq!(run(at, &["count", &format!("place:\"{country}\"")]).0.trim(), stories, "{country}");
    }
    assert!(counts.contains("France,") && counts.contains("United States,"), "{counts}");
}

#[test]
fn what_was_meant_otherwise_is_told() {
    let world = archive(&[
        (
            "putin",
            "Putin speaks\n\nMOSCOW, May 14, 2024 (Reuters) - Vladimir Putin spoke in New York on Tuesday, his aides said.\n",
        ),
        (
            "aa",
            "Talks open\n\nNEW YORK, May 14, 2024 (Anadolu Agency) - Talks on airlines opened, Vladimir Ivanov said on Tuesday.\n",
        ),
        ("jutussa", "Tuomittu American Airlines -jutussa vapautettiin, kertoo oikeus tiistaina Helsingissä.\n"),
    ]);
    let at = world.path();
    for (query, hint) in [
        (
            "person:Vladimir Putin",
            "person:Vladimir ends at the blank, and Putin is searched as text; for the name write person:\"Vladimir Putin\"",
        ),
        ("person:vladimir putin spoke", "for the name write person:\"vladimir putin\""),
        ("from:New York talks", "for the name write from:\"New York\""),
        ("agency:Anadolu Agency", "for the name write agency:\"Anadolu Agency\""),
        ("NOT place:New York", "for the name write place:\"New York\""),
        ("speaker:Putin", "no quotation is told to be of speaker:Putin; 1 story names the person: person:Putin"),
        ("Tuomittu American Airlines -jutussa", "1 story has all of them: Tuomittu American Airlines - jutussa"),
    ] {
        let (_, said) = run(at, &["count", query]);
        assert_eq!(said.matches("hint: ").count(), 1, "{query}: {said}");
        assert!(said.contains(hint), "{query}: {said}");
    }
    for query in
        ["person:Putin talks", "person:\"Vladimir Putin\" spoke", "from:Moscow Putin", "person:Putin AND spoke"]
    {
        assert_eq!(run(at, &["count", query]).1, "", "{query}");
    }
    let (explained, _) = run(at, &["explain", "from:none agency:none"]);
    assert!(!explained.contains("nothing in this archive"), "{explained}");
}

#[test]
fn what_counts_call_unknown_is_found_by_that_name() {
    let world = archive(NAMESAKES);
    let at = world.path();
    for query in ["agency:none", "agency:unknown", "from:none", "NOT agency:*"] {
        assert_eq!(found(at, query), "none", "{query}");
    }
    assert_eq!(found(at, "agency:(none OR AFP)"), "france none");
    let (counts, _) = run(at, &["count", "--by", "agency", "--format", "csv", "*"]);
    assert!(counts.contains("unknown,1"), "{counts}");
}

#[test]
fn names_are_asked_for_as_they_are_pasted() {
    let world = archive(&[
        (
            "ru",
            "Встреча в Сочи\n\nСОЧИ, 14 мая (ТАСС) - Президент России Владимир Путин провёл встречу в Сочи во вторник.\n",
        ),
        (
            "en",
            "Talks in Sochi\n\nSOCHI, May 14 (Reuters) - Russian President Vladimir Putin held talks at the United Nations on Tuesday.\n",
        ),
    ]);
    let at = world.path();
    assert_eq!(found(at, "person:\"President Putin\""), "en ru");
    assert_eq!(found(at, "place:России"), found(at, "place:Russia"));
    assert_eq!(found(at, "org:\"the United Nations\""), "en");
    assert_eq!((found(at, "org:UN"), found(at, "place:UN")), ("en".to_owned(), String::new()));
    let (_, said) = run(at, &["search", "person: Putin"]);
    assert!(said.contains("person: has no value and is searched as a word"), "{said}");
    let (_, said) = run(at, &["search", "Putin NEAR talks"]);
    assert!(said.contains("NEAR is searched as text; with a number it is an operator, as in NEAR/5"), "{said}");
}

#[test]
fn whom_the_markup_states_is_found() {
    let copy = "The ministers of four countries met on Monday and spoke of the harvest.";
    let json = format!(
        r#"{{"uri":"tag:example.com,2024:1","headline":"Ministers meet","person":[{{"name":"Emmanuel Macron"}}],
        "organisation":[{{"name":"NATO"}}],"place":[{{"name":"France"}}],"body_text":"{copy}"}}"#
    );
    let g2 = format!(
        r#"<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:x:1"><contentMeta><headline>Ministers meet</headline>
        <subject type="cpnat:person" qcode="p:1"><name>Emmanuel Macron</name></subject>
        <subject type="cpnat:organisation" qcode="o:1"><name>NATO</name></subject>
        <subject type="cpnat:geoArea" qcode="g:1"><name>France</name></subject></contentMeta>
        <contentSet><inlineXML><html><body><p>{copy}</p></body></html></inlineXML></contentSet></newsItem>"#
    );
    let nitf = format!(
        "<nitf><head><docdata><identified-content><person>Macron, Emmanuel</person><org>NATO</org>\
         <location><country>France</country></location></identified-content></docdata></head><body><body.head><hedline>\
         <hl1>Ministers meet</hl1></hedline></body.head><body.content><p>{copy}</p></body.content></body></nitf>"
    );
    let world = archive(&[("json", json.as_str()), ("g2", g2.as_str()), ("nitf", nitf.as_str())]);
    for query in ["person:Macron", "person:\"Emmanuel Macron\"", "org:NATO", "place:France", "place:Europe OR place:FR"]
    {
        assert_eq!(found(world.path(), query), "g2 json nitf", "{query}");
    }
}

#[test]
fn a_phrase_of_no_story_can_be_left_out() {
    let world = archive(&[("one", "Bridge\n\nThe bridge is open.\n"), ("two", "Road\n\nOpen is the road.\n")]);
    assert_eq!(found(world.path(), "open NOT \"open the\""), "one two");
    assert_eq!(found(world.path(), "open NOT \"is open\""), "two");
}

const QUOTED: &[(&str, &str)] = &[
    (
        "macron",
        "No deal for Emmanuel Macron\n\nPARIS, May 14 (Reuters) - \"We will not accept this dangerous plan,\" President Emmanuel Macron said on Tuesday. \
         Olaf Scholz called it a good plan.\n",
    ),
    (
        "scholz",
        "A deal\n\nBERLIN, May 14 (Reuters) - Emmanuel Macron was in Berlin on Tuesday. \"It is no dangerous plan,\" said \
         Olaf Scholz.\n",
    ),
    ("nobody", "A plan\n\nROME, May 14 (Reuters) - They spoke of the dangerous plan of Emmanuel Macron on Tuesday.\n"),
];

#[test]
fn who_said_what() {
    let world = archive(QUOTED);
    let at = world.path();
    assert_eq!(found(at, "\"dangerous plan\""), "macron nobody scholz");
    assert_eq!(found(at, "quote:\"dangerous plan\""), "macron scholz");
    assert_eq!(found(at, "speaker:Macron"), "macron");
    assert_eq!(found(at, "speaker:*"), "macron scholz");
    assert_eq!(found(at, "speaker:Macron quote:\"dangerous plan\""), "macron");
    assert_eq!(found(at, "speaker:Scholz quote:\"dangerous plan\""), "scholz");
    assert_eq!(found(at, "speaker:Scholz quote:accept"), "");
    assert_eq!(found(at, "quote:\"good plan\""), "");
    assert_eq!(found(at, "speaker:(Macron OR Scholz) quote:(no W/3 plan)"), "scholz");
    let (shown, _) = run(at, &["search", "--format", "jsonl", "speaker:Macron quote:accept"]);
    assert!(shown.contains("dangerous plan") && shown.contains("\"spans\":[["), "{shown}");
    let (why, _) = run(at, &["inspect", "wires/scholz.txt"]);
    assert!(why.contains("Olaf Scholz: “It is no dangerous plan,”"), "{why}");
    assert!(why.contains("derived · quotes/verb-behind"), "{why}");
}

#[test]
fn quotations_of_anybody_and_of_nobody() {
    let banner = "A banner read \"no other plans\" on Tuesday.";
    let said = "\"We have other ideas,\" Emmanuel Macron said.";
    let told = format!("A march\n\nPARIS, May 14 (Reuters) - {banner} {said}\n");
    let untold = format!("A march\n\nROME, May 14 (Reuters) - {banner} Rain fell.\n");
    let world = archive(&[("told", &told), ("untold", &untold)]);
    let at = world.path();
    assert_eq!(found(at, "quote:other"), "told untold");
    assert_eq!(found(at, "speaker:* quote:other"), "told");
    assert_eq!(found(at, "speaker:* quote:plans"), "");
    assert_eq!(found(at, "speaker:none quote:plans"), "untold");
    assert_eq!(found(at, "speaker:(none OR Macron) quote:plans"), "told untold");
    assert_eq!(found(at, "speaker:(none OR Macron) quote:ideas"), "told");
}

#[test]
fn a_part_of_the_text_holds_something_or_nothing_or_a_name() {
    let world = archive(QUOTED);
    let at = world.path();
    for (query, stories) in [
        ("quote:*", "macron scholz"),
        ("NOT quote:*", "nobody"),
        ("speaker:none", "nobody"),
        ("headline:*", "macron nobody scholz"),
        ("byline:*", ""),
        ("byline:none", "macron nobody scholz"),
        ("slug:none lead:*", "macron nobody scholz"),
        ("lead:(person:Macron)", "macron nobody scholz"),
        ("quote:(person:Macron)", ""),
        ("headline:(person:Scholz)", ""),
        ("headline:(person:Macron)", "macron"),
        ("headline:(person:Macron W/3 deal)", "macron"),
        ("headline:-deal", "nobody"),
        ("person:\u{201C}Emmanuel Macron\u{201D} road", ""),
        ("person:\u{201C}Emmanuel Macron\u{201D} deal", "macron scholz"),
    ] {
        assert_eq!(found(at, query), stories, "{query}");
    }
}

#[test]
fn a_query_that_finds_nothing_says_what_may_be_meant() {
    let world = archive(&[("one", "Bridge\n\nThe bridge is open.\n"), ("two", "Road\n\nClosed is the road.\n")]);
    let said = |query: &str| run(world.path(), &["search", query]).1;
    assert!(said("bridge or road").contains("the operator is written in capitals: OR"));
    assert!(said("bridge -open").contains("1 story has all of them: bridge - open"));
    assert!(said("brigde").contains("did you mean bridge?"));
    assert!(said("bridgr").contains("did you mean bridge?"));
    assert!(!said("soutien").contains("did you mean"));
}

const OIL: &[(&str, &str)] = &[
    ("both", "Oil and gas\n\nPARIS, May 14, 2024 (AFP) - The price of oil and of gas fell on Tuesday.\n"),
    ("oil", "Oil\n\nPARIS, May 14, 2024 (AFP) - The price of oil fell on Tuesday.\n"),
    ("gas", "Gas\n\nOSLO, May 15, 2024 (Reuters) - Nobody wanted any gas on Wednesday.\n"),
    ("coal", "Coal\n\nOSLO, May 16, 2024 (Reuters) - Nobody wanted any coal on Thursday.\n"),
];

#[test]
fn any_is_for_words_side_by_side_and_is_told_as_it_is_done() {
    let world = archive(OIL);
    let at = world.path();
    for (query, stories, reading) in [
        ("oil gas", "3", "(oil OR gas)"),
        ("oil AND gas", "1", "(oil AND gas)"),
        ("coal oil AND gas price", "2", "((coal OR oil) AND (gas OR price))"),
        ("gas coal agency:Reuters", "2", "((gas OR coal) AND agency:Reuters)"),
        ("oil gas -price", "1", "((oil OR gas) AND NOT price)"),
        ("price headline:gas", "3", "(price OR headline:gas)"),
    ] {
        assert_eq!(run(at, &["count", "--match", "any", query]).0, format!("{stories}\n"), "{query}");
        let (explained, _) = run(at, &["explain", "--match", "any", query]);
        assert!(explained.contains(&format!("read as    {reading}\n")), "{explained}");
        assert!(explained.contains(&format!("matches    {stories} of 4 stories")), "{explained}");
        run(at, &["export", "--match", "any", query, "-o", "list.csv"]);
        let manifest = fs::read_to_string(at.join("list.csv.manifest.json")).expect("a manifest");
        let manifest: serde_json::Value = serde_json::from_str(&manifest).expect("JSON");
        assert_eq!((&manifest["reading"], manifest["total"].to_string().as_str()), (&reading.into(), stories));
    }
    let (explained, _) = run(at, &["explain", "=\"The price\""]);
    assert!(explained.contains("=The: The 2") && explained.contains("=price: price 2"), "{explained}");
    assert!(run(at, &["search", "oil coal"]).1.contains("3 stories hold a part"));
    assert!(!run(at, &["search", "oil AND coal"]).1.contains("hold a part"));
}

#[test]
fn a_sign_that_cannot_be_carried_out_is_an_error_and_a_minus_leaves_out() {
    let world = archive(OIL);
    let at = world.path();
    for (query, stories) in [
        ("agency:-AFP", "coal gas"),
        ("from:-Oslo", "both oil"),
        ("lang:-en", ""),
        ("headline:-oil", "coal gas"),
        ("date:2024-05-14 .. 2024-05-15", "both gas oil"),
        ("date:2024-05-15 - 2024-05-16 gas", "gas"),
        ("words:1 .. 500 coal", "coal"),
        ("\"the pri\"*", "both oil"),
        ("CHEAP OIL AND NATURAL GAS OR COAL", "coal"),
        ("event:none", ""),
    ] {
        assert_eq!(found(at, query), stories, "{query}");
    }
    for (query, remedy) in [
        ("agency:!AFP", "hint: write -agency:AFP to leave it out"),
        ("date:-2024", "hint: write -date:2024, or date:..2024"),
        ("=Oi*", "hint: = asks for a word or a phrase exactly as printed; leave out the = or the sign"),
        ("\"price~1 oil\"", "hint: as in price~1 PRE/1 oil"),
        ("/pri.*/i", "hint: write /pri.*/: case never counts in it"),
        ("\"oil *\"", "hint: write \"oil\": any word may stand beside it"),
        ("date:14 May 2024", "hint: put it between quotation marks: date:\"14 May 2024\""),
        ("date:2024-05-14T10:00", "hint: write the day alone, 2024-05-14"),
        ("oil W/5 -price", "hint: write oil NOT W/5 price"),
    ] {
        let (shown, said) = run(at, &["search", query]);
        assert!(shown.is_empty() && said.contains(remedy) && said.contains('^'), "{query}: {said}");
    }
    assert!(run(at, &["when", "--lang", "klingonese", "monday"]).1.contains("no language is called so"));
    assert_eq!(run(at, &["when", "--lang", "English", "dec '23"]).0, "2023-12-01 to 2023-12-31\n");
}

#[test]
fn a_hebrew_acronym_is_one_word_by_either_mark() {
    let copy = "ירושלים, 14 במאי 2024 (רויטרס) - כוחות צה\"ל נסוגו ביום שלישי, הודיע דובר האו\"ם.\n";
    let world = archive(&[("army", copy), ("other", "Gas\n\nOSLO, May 15 (Reuters) - Nobody wanted gas.\n")]);
    let at = world.path();
    for query in ["צה\"ל", "צה\u{5F4}ל", "\"צה\"ל נסוגו\"", "body:צה\"ל", "lead:צה\"ל", "צה\"ל W/9 האו\"ם"]
    {
        let expected = if query.starts_with("body") { "" } else { "army" };
        assert_eq!(found(at, query), expected, "{query}");
    }
    assert_eq!(found(at, "org:האו\"ם"), found(at, "org:האו\u{5F4}ם"));
}

/// Words that a line's end cuts, that Persian joins, that are printed in more than one way.
const PARTED: &[(&str, &str)] = &[
    (
        "cut",
        "La paix\n\nPARIS, 3 mai 2024 (AFP) - Le Gouverne-\nment français a signé le trai-\nté de paix. Un cessez-\nle-feu suit.\n",
    ),
    ("whole", "La paix\n\nPARIS, 3 mai 2024 (AFP) - Le gouvernement français a signé le traité de paix lundi.\n"),
    (
        "joined",
        "خبر\n\nتهران - ایرنا - قرارداد تازه بسته شد. دولت\u{200C}ها موافقت کردند و رئیس\u{200C}جمهور سخن گفت.\n",
    ),
    (
        "marks",
        "Le pre\u{301}sident\n\nPARIS, 3 mai 2024 (AFP) - Le pre\u{301}sident de l'E\u{301}lyse\u{301}e a parle\u{301} au gouver\u{AD}nement franc\u{327}ais.\n",
    ),
];

#[test]
fn a_word_written_in_parts_is_one_word_to_its_neighbours() {
    let world = archive(PARTED);
    let at = world.path();
    for query in [
        "\"gouvernement français\"",
        "gouvernement PRE/1 français",
        "le W/1 gouvernement",
        "\"gouvern* franç*\"",
        "gouvern?ment PRE/1 français",
        "gouvernemant~1 PRE/1 français",
        "/gouvern.*/ PRE/1 français",
    ] {
        assert!(found(at, query).starts_with("cut"), "{query}: {}", found(at, query));
    }
    assert_eq!(found(at, "\"traité de paix\""), "cut whole");
    assert_eq!(found(at, "gouvernement NOT W/1 français"), "");
    // An occurrence is not its own neighbour, nor is a part of it; what it is a part of is one.
    assert_eq!(found(at, "traité NOT W/9 traité"), "cut whole");
    assert_eq!(found(at, "\"traité de paix\" NOT W/9 traité"), "cut whole");
    assert_eq!(found(at, "traité NOT W/1 \"traité de paix\""), "");
    assert_eq!(found(at, "traité NOT PRE/1 \"traité de paix\""), "");
    assert_eq!(found(at, "=\"Gouvernement français\""), "cut");
    assert_eq!(found(at, "=\"gouvernement français\""), "marks whole");
    // Its parts are neighbours too: the hyphen may be one of the word's own.
    assert_eq!(found(at, "\"cessez le feu\""), "cut");
    for query in [
        "\"شد دولت\u{200C}ها موافقت\"",
        "\"شد دولت ها موافقت\"",
        "=دولت\u{200C}ها",
        "=\"دولت\u{200C}ها موافقت\"",
        "دولت ها",
        "رئیس جمهور",
    ] {
        assert_eq!(found(at, query), "joined", "{query}");
    }
    // The whole word is marked, its end on the next line too.
    for (query, marked) in [
        ("\"gouvernement français\" path:*cut*", "Gouverne-\nment français"),
        ("gouvernement path:*cut*", "Gouverne-\nment"),
        ("gouvern* path:*cut*", "Gouverne-\nment"),
        ("/gouv.*ment/ path:*cut*", "Gouverne-\nment"),
        ("gouvernemant~1 path:*cut*", "Gouverne-\nment"),
    ] {
        let (json, _) = run(at, &["search", "--format", "json", query]);
        let hits: serde_json::Value = serde_json::from_str(&json).expect("JSON");
        let hit = &hits["hits"][0];
        let (snippet, span) = (hit["snippet"].as_str().expect("a passage"), &hit["spans"][0]);
        let at = |i: usize| usize::try_from(span[i].as_u64().expect("a place")).expect("a place");
        assert_eq!(&snippet[at(0)..at(1)], marked);
    }
}

#[test]
fn an_exact_form_is_what_a_reader_sees() {
    let world = archive(PARTED);
    let at = world.path();
    for query in ["=président", "=pre\u{301}sident", "=Élysée", "=\"gouvernement français\" path:*marks*"] {
        assert_eq!(found(at, query), "marks", "{query}");
    }
    assert_eq!(found(at, "=president"), "");
}

#[test]
fn a_hint_about_capitals_counts_what_it_tells_to_ask() {
    let world = archive(&[
        ("stopped", "Talks\n\nOSLO, March 3, 2023 (AFP) - The U.N. said so on Friday.\n"),
        ("capitals", "Talks\n\nOSLO, March 3, 2023 (AFP) - The UN said so on Friday.\n"),
        ("article", "Le port\n\nOSLO, 3 mars 2023 (AFP) - Le ministre a ouvert un port vendredi.\n"),
    ]);
    let at = world.path();
    let (_, said) = run(at, &["search", "UN"]);
    assert!(said.contains("UN stands in capitals in 2 of 3 stories; =UN OR =U.N. finds those alone"), "{said}");
    assert_eq!(found(at, "=UN OR =U.N."), "capitals stopped");
    assert_eq!(found(at, "UN"), "article capitals stopped");
}

#[test]
fn a_kill_in_words_takes_nothing_back_and_says_so() {
    let world = archive(&[
        ("story", "Bridge opens\n\nOSLO, March 3, 2023 (AFP) - The bridge opened on Friday.\n"),
        ("kill", "KILL: Bridge opens\n\nOSLO, March 3, 2023 (AFP) - Please kill the story headlined Bridge opens.\n"),
    ]);
    let at = world.path();
    assert_eq!(found(at, "bridge"), "story");
    let (told, _) = run(at, &["inspect", "wires/kill.txt"]);
    assert!(told.contains("it takes no other story of the archive back"), "{told}");
}

#[test]
fn an_embargo_below_the_copy_holds_it_back() {
    let world = archive(&[
        (
            "held",
            "Bridge opens\n\nOSLO, March 3, 2023 (AFP) - The bridge opened.\n\nEMBARGOED FOR 1800 GMT ON MARCH 12, 2030\n",
        ),
        ("open", "Bridge opens\n\nOSLO, March 3, 2023 (AFP) - The bridge opened.\n\nEMBARGO: TUESDAY\n\nNNNN\n"),
        (
            "news",
            "Bridge opens\n\nOSLO, March 3, 2023 (AFP) - The bridge opened. A U.N. embargo on Iran runs until 2025.\n",
        ),
        (
            "over",
            "Bridge opens\n\nOSLO, March 3, 2023 (AFP) - The bridge opened.\n\nSperrfrist: 5. März 2023, 12.00 Uhr\n",
        ),
    ]);
    let at = world.path();
    assert_eq!(found(at, "bridge"), "news open over", "the weekday is one of 2023");
    assert_eq!(found(at, "status:embargoed"), "held open over");
}

#[test]
fn show_names_who_is_quoted_how_often() {
    let copy = "Bridge opens\n\nOSLO, March 3, 2023 (AFP) - The bridge opened.\n\n\"It took ten years,\" Kate Nance said. \"It \
                was worth it,\" Kate Nance said.\n\n\"We have waited for it,\" said Tom Bell. The sign read: \"Mind the \
                gap of the bridge.\"\n";
    let world = archive(&[("story", copy)]);
    let (id, _) = run(world.path(), &["search", "bridge", "--format", "ids"]);
    let (told, _) = run(world.path(), &["show", id.trim()]);
    assert!(told.lines().any(|line| line == "quoted     Kate Nance ×2, Tom Bell, unknown"), "{told}");
}
