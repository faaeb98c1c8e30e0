//! Results as a user gets them: formats, fields, exports with their manifests, counts,
//! timelines, settings.

mod world;

use std::fs;
use std::process::Command;
use world::World;

/// Five stories: three days, two agencies, one without a date, a hostile headline, a copy.
fn five() -> World {
    let world = World::new();
    world.write("w/a.txt", "Storm over Lyon\n\nLYON, 2 décembre 2024 (AFP) - Une tempête sur la ville.\n");
    world.write("w/b.txt", "Vent fort\n\nNICE, 3 décembre 2024 (AFP) - Une tempête sur la côte.\n");
    world.write("w/c.txt", "=1+1 <script>x</script>\n\nOSLO, 5 December 2024 (Reuters) - A tempête, they said.\n");
    world.write("w/d.txt", "Sans date\n\nPARIS (AFP) - Une tempête sans date.\n");
    fs::copy(world.path("w/a.txt"), world.path("w/z.txt")).expect("a copy");
    assert_eq!(world.code(&["-q", "index", "w"]), Some(0));
    world
}

/// The letters of the files that a search lists, in its order.
fn names(world: &World, args: &[&str]) -> String {
    let paths = world.out(&[&["search", "--format", "paths"], args].concat());
    paths.lines().filter_map(|l| l.rsplit('/').next()?.strip_suffix(".txt")).collect()
}

#[test]
fn lists_are_ordered_paged_and_the_same_in_every_page() {
    let world = five();
    assert_eq!(names(&world, &["--sort", "date", "*"]), "azbcd", "copies by their paths, the undated last");
    assert_eq!(names(&world, &["--sort", "-date", "*"]), "cbazd");
    for sort in ["date", "-date", "relevance", "none"] {
        let whole = names(&world, &["--sort", sort, "tempête"]);
        assert_eq!(whole.len(), 5, "{sort}");
        assert!("abcdz".chars().all(|name| whole.contains(name)), "{sort}: {whole}");
        let page = |offset: &str| names(&world, &["--sort", sort, "-n", "2", "--offset", offset, "tempête"]);
        assert_eq!(format!("{}{}{}", page("0"), page("2"), page("4")), whole, "{sort}");
        assert_eq!(names(&world, &["--sort", sort, "-n", "9", "--offset", "7", "tempête"]), "");
    }
}

#[test]
fn a_count_of_datelines_can_be_followed() {
    let world = five();
    let counts = world.out(&["count", "--by", "from", "--format", "json", "*"]);
    let counts: serde_json::Value = serde_json::from_str(&counts).expect("JSON");
    let mut followed = 0;
    for row in counts["counts"].as_array().expect("counts").iter().filter(|row| row["value"] != "unknown") {
        let query = format!("from:=\"{}\"", row["value"].as_str().expect("a name"));
        assert_eq!(world.out(&["count", &query]).trim(), row["count"].to_string(), "{query}");
        followed += 1;
    }
    assert!(followed >= 2, "{counts}");
}

#[test]
fn fields_are_chosen_and_faults_say_which_there_are() {
    let world = five();
    let args = ["search", "--format", "csv", "--fields", "headline,filed,country", "--sort", "date", "-n", "4", "*"];
    assert_eq!(
        world.out(&args),
        "headline,filed,country\nStorm over Lyon,2024-12-02,FR\nStorm over Lyon,2024-12-02,FR\n\
         Vent fort,2024-12-03,FR\n\"'=1+1 <script>x</script>\",2024-12-05,NO\n"
    );
    let jsonl = world.out(&["search", "--format", "jsonl", "--fields", "id,filed", "date:none"]);
    let hit: serde_json::Value = serde_json::from_str(&jsonl).expect("JSON");
    assert_eq!(hit.as_object().map(|o| o.len()), Some(3), "{hit}");
    assert!(hit["filed"].is_null());
    let output = world.run(&["search", "--fields", "headlin", "*"]);
    let text = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(text.contains("no field headlin") && text.contains("hint: the fields are id headline"), "{text}");
    assert_eq!(output.status.code(), Some(2));
    assert!(world.err(&["search", "--format", "ris", "--fields", "id", "*"]).contains("ris has fields of its own"));
}

#[test]
fn an_export_is_whole_reproducible_and_says_what_it_is() {
    let world = five();
    let output = world.run(&["export", "tempête date:2024-12", "-o", "out.csv"]);
    assert_eq!(output.status.code(), Some(0));
    let text = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(text.contains("4 stories in out.csv") && text.contains("1 undated story left out"), "{text}");
    let bytes = fs::read(world.path("out.csv")).expect("the export");
    let read = || fs::read_to_string(world.path("out.csv.manifest.json")).expect("the manifest");
    let manifest: serde_json::Value = serde_json::from_str(&read()).expect("JSON");
    assert_eq!(manifest["count"], 4);
    assert_eq!(manifest["undated_left_out"], 1);
    assert_eq!(manifest["query"], "tempête date:2024-12");
    assert!(manifest["reading"].as_str().is_some_and(|r| r.contains("2024-12-01")), "{manifest}");
    assert_eq!(manifest["archive"]["generation"], 1);
    assert_eq!(manifest["blake3"], blake3::hash(&bytes).to_hex().as_str());
    assert_eq!(manifest["bytes"], bytes.len());
    let before = read();
    world.run(&["export", "tempête date:2024-12", "-o", "out.csv"]);
    assert_eq!((fs::read(world.path("out.csv")).expect("the export"), read()), (bytes.clone(), before));
    let stdout = world.run(&["export", "tempête date:2024-12", "--format", "csv", "-o", "-"]).stdout;
    assert_eq!(stdout, bytes, "the same to standard output");
    let rest: Vec<String> = fs::read_dir(world.folder())
        .expect("the folder")
        .flatten()
        .map(|e| e.file_name().to_string_lossy().into_owned())
        .filter(|n| n.ends_with(".part"))
        .collect();
    assert!(rest.is_empty(), "{rest:?}");
    assert_eq!(world.run(&["export", "absent", "-o", "none.csv"]).status.code(), Some(1));
    assert!(world.err(&["export", "*", "-o", "w"]).contains("w is a folder"));
    assert!(world.path("none.csv").exists());
}

#[test]
fn an_export_in_a_folder_of_stories_is_no_story_until_somebody_changes_it() {
    let world = five();
    world.run(&["-q", "export", "tempête", "-o", "w/list.csv"]);
    let report = String::from_utf8(world.run(&["index", "w"]).stderr).expect("UTF-8");
    assert!(report.contains("0 stories from 0 files"), "{report}");
    assert!(report.contains("an export of dateline 1, the manifest of an export 1"), "{report}");
    assert!(world.err(&["inspect", "w/list.csv"]).contains("no story: an export of dateline"));
    world.write("w/list.csv", "headline,body\nA note,Somebody wrote this over the export of a list.\n");
    world.run(&["-q", "index", "w"]);
    assert_eq!(world.out(&["-q", "count", "Somebody"]), "1\n");
}

#[test]
fn a_list_in_a_file_has_ids_and_paths_whole() {
    let world = five();
    let folder = "w/".to_owned() + &"a-folder-with-a-long-name/".repeat(5);
    world.write(&format!("{folder}deep.txt"), "Fire\n\nLONDON (AP) - The harbourmaster said there was a fire.\n");
    world.run(&["-q", "index", "w"]);
    world.run(&["-q", "export", "harbourmaster", "-o", "list.txt"]);
    let list = fs::read_to_string(world.path("list.txt")).expect("the export");
    let id = world.out(&["search", "--format", "ids", "harbourmaster"]);
    assert!(list.contains(id.trim()) && list.contains(&format!("{folder}deep.txt")), "{list}");
    let shown = world.out(&["search", "harbourmaster"]);
    assert!(!shown.contains(id.trim()) && shown.contains(&id[..8]) && shown.contains("deep.txt"), "{shown}");
}

#[test]
fn what_cannot_be_read_is_told_with_the_code_of_it() {
    let world = five();
    for (name, bytes) in [("a.pdf", &b"%PDF-1.4\n1 0 obj\n<<"[..]), ("b.rar", b"Rar!\x1A\x07\0\0\0\0\0")] {
        fs::write(world.path(&format!("w/{name}")), bytes).expect("a file");
        let seen = world.run(&["inspect", &format!("w/{name}")]);
        assert_eq!(seen.status.code(), Some(5), "{name}");
        assert!(String::from_utf8_lossy(&seen.stderr).contains("what it holds is not read"), "{name}");
        assert_eq!(world.run(&["index", "w"]).status.code(), Some(5), "{name}");
        fs::remove_file(world.path(&format!("w/{name}"))).expect("it goes");
    }
    assert_eq!(world.run(&["index", "w"]).status.code(), Some(0));
}

#[test]
fn every_format_of_an_export_is_of_one_set() {
    let world = five();
    let count = |ending: &str| {
        let file = format!("out.{ending}");
        assert_eq!(world.run(&["-q", "export", "tempête", "-o", &file]).status.code(), Some(0), "{ending}");
        let manifest = fs::read(world.path(&format!("{file}.manifest.json"))).expect("the manifest");
        let manifest: serde_json::Value = serde_json::from_slice(&manifest).expect("JSON");
        assert_eq!(manifest["count"], 5, "{ending}");
        fs::read(world.path(&file)).expect("the export")
    };
    let text = |ending| String::from_utf8(count(ending)).expect("UTF-8");
    assert_eq!(text("ids").lines().count(), 5);
    assert_eq!(text("paths").lines().count(), 5);
    assert_eq!(text("jsonl").lines().count(), 5);
    assert_eq!(text("csv").lines().count(), 6);
    assert_eq!(text("html").matches("<article").count(), 5);
    assert_eq!(text("ris").matches("ER  - ").count(), 5);
    assert_eq!(text("bib").matches("@misc").count(), 5);
    assert_eq!(text("geojson").matches("\"type\":\"Feature\"").count(), 5);
    assert!(text("txt").contains("5 stories, 1 undated") && text("md").contains("5. **"));
    assert!(count("xlsx").starts_with(b"PK"));
}

#[test]
fn counts_come_in_every_form_for_machines() {
    let world = five();
    let by = |format: &str| world.out(&["count", "--by", "agency", "--format", format, "*"]);
    assert_eq!(by("tsv"), "agency\tcount\nafp\t4\nreuters\t1\n");
    assert_eq!(by("csv"), "agency,count\nafp,4\nreuters,1\n");
    assert_eq!(by("jsonl").lines().next(), Some(r#"{"count":4,"schema":1,"value":"afp"}"#));
    let json: serde_json::Value = serde_json::from_str(&by("json")).expect("JSON");
    assert_eq!((json["by"].as_str(), json["total"].as_u64()), (Some("agency"), Some(5)));
    assert!(by("md").contains("| afp | 4 |") && by("html").contains("<caption>Stories by agency</caption>"));
    assert_eq!(
        world.out(&["count", "--by", "month", "--format", "tsv", "*"]),
        "month\tcount\n2024-12\t4\nundated\t1\n",
        "the undated are counted aside"
    );
    assert_eq!(world.run(&["count", "--by", "agency", "--format", "ris", "*"]).status.code(), Some(2));
    for facet in ["from", "lang", "day", "year", "format", "status", "encoding", "warning"] {
        let counts = world.out(&["count", "--by", facet, "--format", "tsv", "*"]);
        let sum: u64 = counts.lines().filter_map(|l| l.split_once('\t')?.1.parse::<u64>().ok()).sum();
        assert_eq!(sum, 5, "each story has one {facet} or none: {counts}");
    }
}

#[test]
fn a_count_by_two_has_the_totals_of_each_alone() {
    let world = World::new();
    let corpus = concat!(env!("CARGO_MANIFEST_DIR"), "/sample_corpus");
    world.run(&["-q", "index", corpus]);
    let json = |args: &[&str]| -> serde_json::Value {
        let out = world.out(&[args, &["--format", "json", "status:*"]].concat());
        serde_json::from_str(&out).expect("JSON")
    };
    let facets = [
        "agency", "from", "person", "place", "country", "org", "lang", "slug", "status", "format", "encoding",
        "warning", "day", "month", "year",
    ];
    let alone: Vec<serde_json::Value> =
        facets.iter().map(|by| json(&["count", "--by", by])["counts"].clone()).collect();
    for (i, rows) in facets.iter().enumerate() {
        for j in [i, (i + 4) % facets.len(), (i + 9) % facets.len()] {
            let both = json(&["count", "--by", rows, "--by", facets[j]]);
            assert_eq!((&both["rows"], &both["columns"]), (&alone[i], &alone[j]), "{rows} by {}", facets[j]);
            assert_eq!(both["by"], serde_json::json!([rows, facets[j]]));
            let cells = both["counts"].as_array().expect("cells");
            let of = |value: &serde_json::Value, place: usize| -> u64 {
                let own = cells.iter().filter(|c| c["values"][place] == value["value"]);
                own.filter_map(|c| c["count"].as_u64()).sum()
            };
            for (place, list) in [(0, &alone[i]), (1, &alone[j])] {
                for value in list.as_array().expect("values") {
                    assert!(of(value, place) >= value["count"].as_u64().expect("a count"), "{rows}: {value}");
                }
            }
        }
    }
    let cells = json(&["count", "--by", "agency", "--by", "lang"])["counts"].clone();
    for cell in cells.as_array().expect("cells").iter().take(12) {
        let [agency, lang] = [0, 1].map(|i| cell["values"][i].as_str().expect("a value"));
        let query = format!("agency:{agency} lang:{lang} status:*");
        assert_eq!(world.out(&["count", &query]), format!("{}\n", cell["count"]), "{query}");
    }
    // A row of one day crossed with itself: who is named together with whom.
    let pairs = json(&["count", "--by", "person", "--by", "person"]);
    for cell in pairs["counts"].as_array().expect("cells").iter().filter(|c| c["values"][0] == "Bashar al-Assad") {
        let query =
            format!("person:\"Bashar al-Assad\" person:={:?} status:*", cell["values"][1].as_str().unwrap_or(""));
        assert!(cell["count"].as_u64() >= world.out(&["count", &query]).trim().parse().ok(), "{query}");
    }
}

#[test]
fn a_count_by_two_comes_in_every_form() {
    let world = five();
    let by = |args: &[&str]| world.out(&[&["count", "--by", "agency", "--by", "month", "*"], args].concat());
    assert_eq!(
        by(&[]),
        "         2024-12  undated  total\nafp            3        1      4\nreuters        1        ·      1\n\
         total          4        1      5\n5 stories by agency and month\n"
    );
    assert_eq!(by(&["--format", "csv"]), "agency,2024-12,undated,total\nafp,3,1,4\nreuters,1,0,1\ntotal,4,1,5\n");
    assert_eq!(by(&["--format", "tsv", "-n", "1"]), "agency\t2024-12\tundated\ttotal\nafp\t3\t1\t4\ntotal\t4\t1\t5\n");
    assert_eq!(by(&["--format", "jsonl"]).lines().next(), Some(r#"{"count":3,"schema":1,"values":["afp","2024-12"]}"#));
    assert!(by(&["--format", "md"]).contains("| agency | 2024-12 | undated | total |\n| --- | ---: | ---: | ---: |"));
    assert!(by(&["--format", "html"]).contains("<caption>5 stories by agency and month</caption>"));
    let xlsx = world.run(&["count", "--by", "agency", "--by", "month", "--format", "xlsx", "*"]).stdout;
    assert!(xlsx.starts_with(b"PK"));
    assert_eq!(world.code(&["count", "--by", "agency", "--by", "month", "absent"]), Some(1));
    let output = world.run(&["count", "--by", "agency", "--by", "month", "--by", "lang", "*"]);
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn names_come_in_every_form_for_machines() {
    let world = World::new();
    world.write("w/a.txt", "Storm\n\nLYON, 2 December 2024 (AFP) - Ada Lovelace spoke in Oslo on Monday, she said.\n");
    world.run(&["-q", "index", "w"]);
    let names = |format: &str| world.out(&["names", "--kind", "person", "--format", format]);
    assert_eq!(
        names("csv"),
        "kind,name,label,id,spellings,stories\nperson,Ada Lovelace,Ada Lovelace,,Ada Lovelace,1\n"
    );
    assert_eq!(names("tsv").lines().nth(1), Some("person\tAda Lovelace\tAda Lovelace\t\tAda Lovelace\t1"));
    let json: serde_json::Value = serde_json::from_str(&names("json")).expect("JSON");
    let line: serde_json::Value = serde_json::from_str(&names("jsonl")).expect("JSON");
    assert_eq!((&json["names"][0]["spellings"], &json["schema"]), (&line["spellings"], &line["schema"]));
    assert!(names("md").contains("| person | Ada Lovelace |"));
    world.write("pairs", "Ada Lovelace\tA. Lovelace\n");
    assert_eq!(world.code(&["names", "--compare", "pairs", "--format", "csv"]), Some(2));
    assert_eq!(
        world.out(&["when", "--format", "jsonl", "2024"]),
        "{\"from\":\"2024-01-01\",\"schema\":1,\"to\":\"2024-12-31\"}\n"
    );
}

#[test]
fn any_finds_what_is_much_like_a_word_and_says_so() {
    let world = five();
    // Misprinted: the archive has no such word.
    assert_eq!(world.out(&["count", "tempite"]), "0\n");
    assert_eq!(world.out(&["count", "--match", "any", "tempite"]), "5\n");
    assert_eq!(names(&world, &["--match", "any", "--sort", "date", "tempite -Oslo"]), "azbd");
    let hits = world.out(&["search", "--match", "any", "--format", "jsonl", "-n", "1", "tempite"]);
    let hit: serde_json::Value = serde_json::from_str(&hits).expect("a line of JSON");
    let (snippet, span) = (hit["snippet"].as_str().expect("a snippet"), &hit["spans"][0]);
    let at = |i: usize| span[i].as_u64().and_then(|n| usize::try_from(n).ok()).expect("a span");
    assert_eq!(&snippet[at(0)..at(1)], "tempête", "what was found is marked");
    assert!(world.out(&["explain", "--match", "any", "tempite"]).contains("tempite, much like it: tempete 5"));
    assert!(!world.out(&["explain", "tempite"]).contains("much like it"));
    // What must not be there is only what is written.
    assert_eq!(world.out(&["count", "--match", "any", "* -tempite"]), "5\n");
    for command in ["search", "count"] {
        let told = world.err(&[command, "tempite"]);
        assert!(told.contains("hint: no story has tempite; did you mean tempete?"), "{told}");
    }
    assert!(world.err(&["search", "tempite"]).contains("5 stories hold a part, or a word much like it"));
}

#[test]
fn the_first_stories_are_looked_at_again_whatever_page_is_asked_for() {
    let world = World::new();
    let rest = "Nobody of those who came to town in that night said what they had found before they left again.";
    for n in 10..79 {
        world.write(&format!("w/{n}.txt"), format!("LYON, 2 December 2024 (AFP) - Cocoa talks, {n} men. {rest}\n"));
    }
    world.write("w/80.txt", "LYON, 3 December 2024 (AFP) - Cocoa talks ended at the new footbridge, two men said.\n");
    world.write("w/81.txt", "LYON, 4 December 2024 (AFP) - Cocoa talks.\n");
    assert_eq!(world.run(&["-q", "index", "w"]).status.code(), Some(0));
    assert!(names(&world, &["cocoa", "talks"]).starts_with("81"));
    let whole = names(&world, &["--match", "any", "bridge cocoa talks"]);
    assert!(whole.starts_with("80"), "{whole}");
    assert_eq!(whole.len(), 2 * 71);
    let page = |offset: usize| {
        names(&world, &["--match", "any", "-n", "8", "--offset", &offset.to_string(), "bridge cocoa talks"])
    };
    assert_eq!((0..9).map(|n| page(8 * n)).collect::<String>(), whole);
}

#[test]
fn items_of_a_markdown_list_keep_what_is_theirs_behind_the_tenth() {
    let world = World::new();
    for n in 1..=11 {
        world.write(
            &format!("w/{n}.txt"),
            format!("OSLO, Dec {n}, 2024 (AFP) - The storm number {n} passed over the coast.\n"),
        );
    }
    world.run(&["-q", "index", "w"]);
    let list = world.out(&["search", "--format", "md", "-n", "11", "storm"]);
    let lines: Vec<&str> = list.lines().collect();
    for number in 1..=11 {
        let mark = format!("{number}. ");
        let at = lines.iter().position(|line| line.starts_with(&mark)).expect("an item");
        // CommonMark, 5.2: what belongs to an item is set in as far as its text.
        let margin = |line: &str| line.len() - line.trim_start().len();
        let passage = lines[at..].iter().position(|line| line.trim_start().starts_with('>')).expect("a passage");
        assert_eq!((margin(lines[at + 1]), margin(lines[at + passage])), (mark.len(), mark.len()), "{list}");
    }
}

#[test]
fn many_queries_are_counted_in_one_opening() {
    let world = five();
    world.write("queries.txt", "tempête\n\nagency:AFP date:2024\nstorm AND\nabsent\n");
    let output = world.run(&["count", "--batch", "queries.txt"]);
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert_eq!(text, "5\ttempête\n\t\n3\tagency:AFP date:2024\nerror\tstorm AND\n0\tabsent\n");
    assert_eq!(output.status.code(), Some(2));
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(told.starts_with("line 4: ") && told.contains("AND"), "{told}");
    // A query that is no text is one that cannot be read.
    world.write("bytes.txt", b"temp\xeate\nstorm\r\n");
    let output = world.run(&["count", "--batch", "bytes.txt"]);
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(text.starts_with("error\ttemp") && text.lines().count() == 2, "{text}");
    assert!(String::from_utf8_lossy(&output.stderr).starts_with("line 1: the query is no UTF-8"));
    world.write("none.txt", "absent\nneither\n");
    assert_eq!(world.code(&["count", "--batch", "none.txt"]), Some(1));
    let csv = world.out(&["count", "--batch", "queries.txt", "--format", "csv"]);
    assert!(csv.starts_with("query,count\ntempête,5\n"), "{csv}");
    let tsv = world.out(&["count", "--batch", "queries.txt", "--format", "tsv"]);
    assert!(tsv.starts_with("query\tcount\ntempête\t5\n"), "{tsv}");
    assert_eq!(world.out(&["count", "--format", "tsv", "tempête"]), "query\tcount\ntempête\t5\n");
    world.write("many.txt", "tempête OR vent\n".repeat(3000));
    assert_eq!(world.out(&["count", "--batch", "many.txt"]).lines().filter(|l| l.starts_with("5\t")).count(), 3000);
}

#[test]
fn a_timeline_is_a_plot_or_a_table() {
    let world = five();
    let plot = world.out(&["timeline", "--bin", "day", "*"]);
    assert!(plot.starts_with("2 ┤"), "{plot}");
    assert!(plot.replace('\n', " ").ends_with("2024-12-02 to 2024-12-05; 1 undated, counted aside "), "{plot}");
    assert_eq!(
        world.out(&["timeline", "--bin", "day", "--format", "csv", "*"]),
        "day,from,to,count\n2024-12-02,2024-12-02,2024-12-02,2\n2024-12-03,2024-12-03,2024-12-03,1\n\
         2024-12-04,2024-12-04,2024-12-04,0\n2024-12-05,2024-12-05,2024-12-05,1\n"
    );
    let json = world.out(&["timeline", "--bin", "week", "--format", "json", "*"]);
    let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!((json["undated"].as_u64(), json["total"].as_u64()), (Some(1), Some(5)));
    assert_eq!(json["counts"][0]["value"], "2024-W49");
    assert_eq!(world.run(&["timeline", "absent"]).status.code(), Some(1));
}

#[test]
fn flags_beat_the_environment_which_beats_the_configuration() {
    let world = five();
    world.write(".config/dateline/config.toml", "limit = 1\nsort = \"-date\"\ncolor = \"always\"\n");
    let lines = |command: &mut Command| {
        let output = command.args(["search", "--format", "ids", "tempête"]).output().expect("the program runs");
        String::from_utf8_lossy(&output.stdout).lines().count()
    };
    assert_eq!(lines(&mut world.command()), 1);
    assert_eq!(lines(world.command().env("DATELINE_LIMIT", "2")), 2);
    assert_eq!(names(&world, &["-n", "3", "*"]), "cba", "order of the configuration, length of the flag");
    assert!(world.out(&["search", "storm"]).contains("\u{1b}[1m"));
    assert!(!world.out(&["--color", "never", "search", "storm"]).contains('\u{1b}'));
    world.write("elsewhere/mine.toml", "index = \"../index\"\nlimit = 4\n");
    let mut command = world.command();
    command.current_dir("/").arg("--config").arg(world.path("elsewhere/mine.toml"));
    let output = command.args(["search", "--format", "ids", "tempête"]).output().expect("the program runs");
    assert_eq!(String::from_utf8_lossy(&output.stdout).lines().count(), 4);
}

#[test]
fn a_query_that_is_saved_stands_in_others() {
    let world = five();
    let setting = "[query]\nlyon-storm = 'tempête from:Lyon'\nself = 'query:self'\n";
    world.write(".config/dateline/config.toml", setting);
    let whole = world.out(&["count", "(tempête from:Lyon) agency:AFP"]);
    assert_eq!(world.out(&["count", "query:lyon-storm agency:AFP"]), whole);
    let read = world.out(&["explain", "query:lyon-storm"]);
    assert!(read.contains("typed      query:lyon-storm") && read.contains("from:Lyon"), "{read}");
    assert_eq!(world.code(&["-q", "export", "query:lyon-storm", "-o", "a.csv"]), Some(0));
    let manifest = fs::read_to_string(world.path("a.csv.manifest.json")).expect("the manifest");
    assert!(manifest.contains("query:lyon-storm") && manifest.contains("from:Lyon"), "{manifest}");
    let told = world.err(&["count", "query:self"]);
    assert!(told.contains("query:self asks for itself") && told.contains("^^^^^^^^^^"), "{told}");
    let told = world.err(&["count", "query:lion-storm"]);
    assert!(
        told.contains("no query is saved as \"lion-storm\"") && told.contains("there are lyon-storm, self"),
        "{told}"
    );
    assert_eq!(world.code(&["count", "query:lion-storm"]), Some(2));
}

#[test]
fn several_archives_are_named_by_a_variable_and_a_setting() {
    let world = five();
    world.write("v/more.txt", "Neige\n\nOSLO, 6 décembre 2024 (AFP) - Une tempête de neige.\n");
    assert_eq!(world.code(&["-q", "--index", "other", "index", "v"]), Some(0));
    let count = |command: &mut Command| {
        let output = command.args(["-q", "count", "tempête"]).output().expect("the program runs");
        String::from_utf8_lossy(&output.stdout).into_owned()
    };
    let both = std::env::join_paths(["index", "other"]).expect("no separator in the names");
    assert_eq!(count(world.command().env("DATELINE_INDEX", &both)), "6\n");
    assert_eq!(count(world.command().env("DATELINE_INDEX", "other")), "1\n");
    assert_eq!(
        count(world.command().env("DATELINE_INDEX", &both).args(["--index", "other"])),
        "1\n",
        "the flag beats it"
    );
    world.write("two.toml", "index = [\"index\", \"other\"]\n");
    assert_eq!(count(world.command().args(["--config", "two.toml"])), "6\n");
    world.write("bad.toml", "index = 3\n");
    assert!(world.err(&["--config", "bad.toml", "count", "*"]).contains("a folder or a list of folders"));
    // A folder whose name has the separator in it is one.
    fs::rename(world.path("other"), world.path("a:b")).expect("a name");
    if !cfg!(windows) {
        assert_eq!(count(world.command().env("DATELINE_INDEX", "a:b")), "1\n");
    }
}

#[test]
fn names_alone_rank_by_how_much_a_story_is_about_them() {
    let world = World::new();
    let filler = "The market was quiet and few people came to the square on that day. ".repeat(12);
    for (name, date, text) in [
        (
            "a",
            2,
            "Macron visits Oslo\n\nOSLO, {} December 2024 (AFP) - Emmanuel Macron spoke. Macron met the king, and Macron left.",
        ),
        (
            "b",
            5,
            "Prices fall\n\nOSLO, {} December 2024 (AFP) - Prices fell on Thursday, Emmanuel Macron said. {filler}",
        ),
        (
            "c",
            4,
            "Trade talks\n\nOSLO, {} December 2024 (AFP) - Emmanuel Macron and others talked of trade, Macron said. {filler}",
        ),
    ] {
        let text = text.replace("{filler}", &filler).replacen("{}", &date.to_string(), 1);
        world.write(&format!("w/{name}.txt"), &text);
    }
    world.run(&["-q", "index", "w"]);
    assert_eq!(names(&world, &["person:Macron"]), "acb");
    assert_eq!(names(&world, &["--sort", "-date", "person:Macron"]), "bca");
    assert_eq!(names(&world, &["person:Macron date:2024-12-04.."]), "cb");
    // Words tell more, and filters that are no names tell nothing.
    assert_eq!(names(&world, &["agency:AFP"]), "bca");
    let narrow = |columns: &str| {
        let output =
            world.command().env("COLUMNS", columns).args(["search", "person:Macron"]).output().expect("it runs");
        String::from_utf8(output.stdout).expect("UTF-8")
    };
    for columns in [20_usize, 30, 38] {
        let widest = narrow(&columns.to_string())
            .lines()
            .take_while(|l| !l.contains("stories"))
            .map(|l| l.chars().count())
            .max();
        assert!(widest.is_some_and(|w| w <= columns), "{columns}: {widest:?}");
    }
    assert!(
        world.err(&["names", "Zzyzx"]).contains("no person, place or organisation of the archive has the name Zzyzx")
    );
    assert!(world.err(&["count", "place:Europe"]).contains("Europe is no town, region or country"));
    assert!(!world.err(&["count", "place:Oslo"]).contains("no town"));
    let completions = world.out(&["completions", "bash"]);
    assert!(completions.contains("compgen -W \"id headline agency"), "fields of output are completed");
}

#[test]
fn faults_of_a_configuration_are_shown_where_they_are() {
    let world = five();
    world.write("bad.toml", "limit = 1\nlimt = 2\n");
    let text = world.err(&["--config", "bad.toml", "search", "*"]);
    assert!(
        text.contains("bad.toml") && text.contains("limt") && text.contains("line 2") && text.contains("hint:"),
        "{text}"
    );
    assert_eq!(world.run(&["--config", "absent.toml", "search", "*"]).status.code(), Some(2));
}

#[test]
fn paths_end_with_nul_where_asked() {
    let world = five();
    let out = world.out(&["search", "-0", "--format", "paths", "agency:Reuters"]);
    assert!(out.ends_with("c.txt\0") && !out.contains('\n'), "{out:?}");
    assert_eq!(world.run(&["search", "-0", "*"]).status.code(), Some(2));
}

#[test]
fn what_is_asked_is_told_with_v() {
    let world = five();
    let text = world.err(&["-v", "count", "tempête agency:AFP"]);
    assert!(text.contains("generation 1, 5 stories") && text.contains("read as ") && text.contains("took "), "{text}");
}

/// The stories of [`World::new`], and the same in two archives of which one has grown.
fn parted() -> World {
    let world = five();
    for name in ["a", "b", "z"] {
        fs::create_dir_all(world.path("one")).expect("a folder");
        fs::rename(world.path(&format!("w/{name}.txt")), world.path(&format!("one/{name}.txt"))).expect("a move");
    }
    fs::rename(world.path("w"), world.path("two")).expect("a move");
    fs::remove_dir_all(world.path("index")).expect("it was made");
    world.run(&["-q", "index", "one", "two"]);
    world.run(&["-q", "--index", "first", "index", "one"]);
    world.write("two/gone.txt", "Gone\n\nPARIS (AFP) - Une tempête passée.\n");
    world.run(&["-q", "--index", "second", "index", "two"]);
    fs::remove_file(world.path("two/gone.txt")).expect("it is there");
    world.run(&["-q", "--index", "second", "index", "two"]);
    world
}

const BOTH: [&str; 4] = ["--index", "first", "--index", "second"];

#[test]
fn several_archives_are_one_list() {
    let world = parted();
    let both = |args: &[&str]| world.out(&[&BOTH, args].concat());
    for args in [
        &["search", "--format", "csv", "--fields", "id,path,headline,snippet", "tempête -fort"][..],
        &["search", "--sort", "date", "--format", "paths", "*"],
        &["count", "tempête agency:AFP"],
        &["count", "--by", "agency", "--format", "tsv", "*"],
        &["count", "--by", "day", "--format", "tsv", "tempête"],
        &["timeline", "--format", "csv", "*"],
        &["names", "-n", "0"],
        &["export", "tempête", "--format", "md", "--fields", "filed,headline", "-o", "-"],
    ] {
        assert_eq!(both(args), world.out(args), "{args:?}");
    }
    let pages: String = (0..5)
        .map(|n| both(&["search", "-q", "-n", "1", "--offset", &n.to_string(), "--format", "ids", "*"]))
        .collect();
    assert_eq!(pages, both(&["search", "-n", "5", "--format", "ids", "*"]));
}

#[test]
fn a_story_of_several_archives_says_which_it_is_of() {
    let world = parted();
    let both = |args: &[&str]| world.out(&[&BOTH, args].concat());
    let ids = both(&["search", "--format", "ids", "agency:Reuters"]);
    let (id, folder) = ids.trim().split_once('@').expect("an id and a folder");
    assert_eq!((id.len(), folder), (16, "second"));
    assert!(world.out(&["show", ids.trim()]).contains("=1+1"));
    assert_eq!(world.run(&["show", &format!("{id}@first")]).status.code(), Some(1));
    assert!(both(&["show", &id[..6]]).contains("=1+1"));
    assert!(both(&["search", "agency:Reuters"]).contains(&format!("{}@second two/c.txt", &id[..8])));
    let json: serde_json::Value = serde_json::from_str(&both(&["search", "--format", "json", "Vent"])).expect("JSON");
    assert_eq!(json["hits"][0]["archive"], "first");
    assert_eq!(json["archives"][1], serde_json::json!({ "folder": "second", "generation": 2 }));
    assert!(json.get("generation").is_none());
    assert!(both(&["search", "--format", "csv", "-q", "Vent"]).starts_with("archive,id,"));
    both(&["export", "*", "-o", "all.html"]);
    let manifest = fs::read_to_string(world.path("all.html.manifest.json")).expect("a manifest");
    let manifest: serde_json::Value = serde_json::from_str(&manifest).expect("JSON");
    assert_eq!((&manifest["archives"][0]["stories"], manifest.get("archive")), (&serde_json::json!(3), None));
    let page = fs::read_to_string(world.path("all.html")).expect("a page");
    assert!(page.contains("first, generation 1; second, generation 2") && page.contains("<bdi>second</bdi>"));
}

#[test]
fn an_archive_is_read_once_and_its_copy_beside_it() {
    let world = parted();
    assert_eq!(world.out(&["--index", "first", "--index", "./first", "count", "*"]), "3\n");
    fs::create_dir_all(world.path("second-hand/store")).expect("folders");
    for folder in ["", "/store"] {
        for entry in fs::read_dir(world.path(&format!("first{folder}"))).expect("a folder").flatten() {
            if entry.path().is_file() {
                let copy = world.path(&format!("second-hand{folder}")).join(entry.file_name());
                fs::copy(entry.path(), copy).expect("a copy");
            }
        }
    }
    let both = ["--index", "first", "--index", "second-hand"];
    assert_eq!(world.out(&[&both[..], &["count", "*"]].concat()), "6\n");
    let ids = world.out(&[&both[..], &["search", "--format", "ids", "Vent"]].concat());
    assert_eq!(ids.lines().map(|l| l.split('@').nth(1).unwrap_or("")).collect::<Vec<_>>(), ["first", "second-hand"]);
    assert!(world.err(&[&both[..], &["index", "one"]].concat()).contains("takes one archive, not 2"));
    // What looks at archives from outside does so one by one, and ends as the worst of them.
    let checked = world.out(&[&both[..], &["check"]].concat());
    assert!(checked.starts_with("first:\n3 stories") && checked.contains("\nsecond-hand:\n3 stories"), "{checked}");
    let status = world.out(&[&both[..], &["status", "--format", "json"]].concat());
    assert_eq!(status.lines().filter(|l| l.contains("\"stories\":3")).count(), 2, "{status}");
    let one_gone = ["--index", "absent", "--index", "first"];
    let output = world.run(&[&one_gone[..], &["status"]].concat());
    assert_eq!(output.status.code(), Some(3));
    assert!(String::from_utf8_lossy(&output.stdout).contains("archive     first"));
    assert_eq!(world.run(&["--index", "first", "--index", "absent", "count", "*"]).status.code(), Some(3));
}

#[test]
fn hostile_copy_controls_nothing_in_any_export() {
    let world = five();
    world.write(
        "w/evil.txt",
        "@SUM(A1)\u{1b}[31m\u{202e}<script>\t\u{9b}\n\nLYON (AFP) - Une tempête \u{1b}]0;x\u{7} piégée.\n",
    );
    world.run(&["-q", "index", "w"]);
    for format in
        ["text", "json", "jsonl", "csv", "tsv", "md", "html", "ris", "bibtex", "csl", "geojson", "ids", "paths"]
    {
        let out = world.out(&["export", "piégée", "--format", format, "-o", "-"]);
        assert!(!out.is_empty() && !out.contains(['\u{1b}', '\u{7}', '\u{9b}', '\u{202e}']), "{format}: {out:?}");
        let page = matches!(format, "md" | "html");
        assert!(!page || !out.contains("<script"), "{format}");
    }
}

#[test]
fn a_minus_that_is_taken_for_an_option_has_a_remedy() {
    let world = five();
    let text = world.err(&["count", "-Lyon"]);
    assert!(text.contains("count -- -Syria") && text.contains("NOT Syria"), "{text}");
    assert_eq!(world.out(&["count", "--", "-Lyon"]), world.out(&["count", "NOT Lyon"]));
    assert!(!world.err(&["count", "--frmat", "csv", "x"]).contains("begins with a minus"));
}

#[test]
fn a_value_that_no_story_has_is_told_with_the_nearest() {
    let world = five();
    for command in ["count", "search", "timeline"] {
        let text = world.err(&[command, "agency:reuterz"]);
        assert!(text.contains("no story has agency:reuterz; did you mean reuters?"), "{command}: {text}");
    }
    let text = world.err(&["count", "lang:xx OR status:foo"]);
    assert!(text.contains("no story has lang:xx; there are ") && text.contains("no story has status:foo"), "{text}");
    assert_eq!(world.err(&["count", "agency:AFP lang:fr status:usable"]), "");
    assert_eq!(world.err(&["-q", "count", "lang:xx"]), "");
}

#[test]
fn texts_of_several_stories_stand_on_lines_of_their_own() {
    let world = five();
    world.write("w/open.txt", "Bref\n\nLYON (AFP) - Sans fin de ligne.");
    let out = world.out(&["inspect", "--format", "text-only", "w/open.txt", "w/b.txt"]);
    assert!(out.contains("Sans fin de ligne.\nVent fort"), "{out:?}");
    let one = world.out(&["inspect", "--format", "text-only", "w/open.txt"]);
    assert!(one.ends_with("ligne."), "one text is as it is: {one:?}");
}

#[test]
fn copies_have_keys_of_their_own_in_references() {
    let world = five();
    for (format, key) in [("bibtex", "@misc{"), ("ris", "ID  - "), ("csl", "\"id\":")] {
        let out = world.out(&["export", "*", "--format", format, "-o", "-"]);
        let mut keys: Vec<&str> = out.match_indices(key).map(|(at, _)| &out[at..at + 36]).collect();
        assert_eq!(keys.len(), 5, "{format}: {out}");
        keys.sort_unstable();
        keys.dedup();
        assert_eq!(keys.len(), 5, "{format}: {out}");
    }
}

#[test]
fn names_and_explain_count_what_is_found() {
    let world = five();
    world.write(
        "w/kill.txt",
        "BULLETIN KILL\n\nLONDON (AP) - Editors: Kill the story slugged BC-Grain.\n\nA spokesman, Peter Hallworth, said so.\n",
    );
    world.write("w/said.txt", "Fire\n\nLONDON (AP) - The mayor, Ruth Ashgrove, said there was a fire.\n");
    world.run(&["-q", "index", "w"]);
    assert_eq!(world.out(&["-q", "count", "Hallworth"]), "0\n");
    assert_eq!(world.out(&["-q", "count", "Hallworth status:kill"]), "1\n", "it is held back");
    assert_eq!(world.out(&["names", "Hallworth"]), "");
    assert!(world.out(&["names", "Ashgrove"]).contains("Ruth Ashgrove"));
    let london = world.out(&["names", "--kind", "place", "Londres"]);
    assert!(london.contains('1') && !london.contains('2'), "{london}");
    assert!(world.out(&["explain", "Hallworth"]).contains("Hallworth: nothing in this archive"));
    assert!(world.out(&["explain", "Hallworth status:kill"]).contains("hallworth 1"));
}

#[test]
fn a_source_that_changed_is_told_where_its_bytes_are_shown() {
    let world = five();
    let id = world.out(&["search", "--format", "ids", "Vent"]);
    assert_eq!(world.err(&["show", "--raw", id.trim()]), "");
    world.write("w/b.txt", "Autre chose\n");
    let changed = world.run(&["show", "--raw", id.trim()]);
    assert_eq!(changed.stdout, b"Autre chose\n");
    assert!(String::from_utf8_lossy(&changed.stderr).contains("has changed since it was indexed"));
}

#[test]
fn the_undated_that_a_date_filter_cannot_hold_for_are_told() {
    let world = five();
    let counted = |query: &str| {
        let json = world.out(&["count", "--format", "json", query]);
        let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
        let number = |key: &str| json[key].as_u64();
        (number("total"), number("undated"), number("undated_left_out"))
    };
    assert_eq!(counted("NOT date:2024-12-02"), (Some(3), Some(1), Some(0)));
    assert_eq!(counted("ville -date:2024-12-02"), (Some(0), Some(0), Some(0)));
    assert_eq!(counted("date:2024-12-02"), (Some(2), Some(0), Some(1)));
    // What the other half finds is not left out.
    assert_eq!(counted("date:2024-12-02 OR headline:vent"), (Some(3), Some(0), Some(1)));
    assert_eq!(counted("date:2024-12-02 OR sans"), (Some(3), Some(1), Some(0)));
    assert_eq!(counted("(date:2024-12-02 OR headline:vent) agency:AFP"), (Some(3), Some(0), Some(1)));
    assert_eq!(counted("tempête"), (Some(5), None, Some(0)), "no day is asked for");
    let note = "1 of the 3 is undated: the date filter says nothing of them";
    assert!(world.err(&["count", "NOT date:2024-12-02"]).contains(note));
    assert!(world.err(&["search", "--format", "csv", "NOT date:2024-12-02"]).contains(note));
    assert!(world.out(&["search", "NOT date:2024-12-02"]).contains(note));
    assert!(!world.out(&["search", "tempête"]).contains("date filter"));
    assert!(world.err(&["export", "NOT date:2024-12-02", "-o", "x.csv"]).contains(note));
}

#[test]
fn explain_lists_the_forms_that_a_word_finds() {
    let world = World::new();
    for (name, text) in [
        ("a", "Prices\n\nOSLO, 2 December 2024 (Reuters) - Prices of oil rose, and the price of gas fell.\n"),
        ("b", "Pricing\n\nOSLO, 3 December 2024 (Reuters) - Oil was priced higher; some were dying of cold.\n"),
        ("c", "Les prix\n\nPARIS, 3 décembre 2024 (AFP) - Les prix montent, ont dit les ministères de la ville.\n"),
        ("d", "Ministère\n\nPARIS, 3 décembre 2024 (AFP) - Le ministère a dit que les prix montent en ville.\n"),
        ("e", "اجتماع\n\nالقاهرة 3 مايو 2024 (رويترز) - قال الوزير إن قرارات الحكومة بعد القرارات الأخيرة كثيرة جدا.\n"),
    ] {
        world.write(&format!("w/{name}.txt"), text);
    }
    world.run(&["-q", "index", "w"]);
    let line = |query: &str| {
        let explained = world.out(&["explain", query]);
        explained.lines().find_map(|l| l.strip_prefix("stands for ")).unwrap_or_default().to_owned()
    };
    assert_eq!(line("price"), "price: price 1, priced 1, prices 1, pricing 1");
    assert_eq!(line("headline:price"), "price: prices 1, pricing 1");
    assert_eq!(line("lead:pricing"), "pricing: price 1, priced 1, prices 1");
    assert_eq!(line("ministeres"), "ministeres: ministère 1, ministères 1");
    // Letters that the stem does not begin with.
    assert_eq!(line("die"), "die: dying 1");
    assert_eq!(line("قرار"), "قرار: القرارات 1, قرارات 1");
    assert_eq!(line("absent"), "absent: nothing in this archive");
    assert!(world.out(&["-v", "explain", "price"]).contains("price, by its stems: en price 2\n"));
    for n in 0..30 {
        let word = format!("sal{}", char::from(b'a' + n % 26)).repeat(usize::from(n / 26) + 1);
        world.write(&format!("w/n{n}.txt"), format!("Note\n\nOSLO, 4 December 2024 (Reuters) - The {word} is here.\n"));
    }
    world.run(&["-q", "index", "w"]);
    assert!(world.out(&["explain", "sal*"]).contains(" and 10 more, 30 in all"));
    let whole = world.out(&["-v", "explain", "sal*"]);
    assert!(whole.contains("salzsalz") || whole.contains("sald 1"), "{whole}");
    assert!(!whole.contains(" more"), "{whole}");
}
