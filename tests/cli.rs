//! The program as a user runs it: what it prints, how it ends, what a second run does.

mod world;

use std::fs;
use std::path::Path;
use std::process::Command;
use world::World;

const HARVEST: &str = "Récolte record\n\nLYON, 3 décembre 2024 (AFP) - La récolte de noix a été bonne cette année \
dans toute la vallée, ont dit les producteurs.\n\nLes prix restent stables.\n";
const WEATHER: &str = "Storm warning\n\nOSLO, Dec. 4 (Reuters) - A storm is expected over the coast on Thursday, \
the weather service said.\n";

fn small_world() -> World {
    let world = World::new();
    world.write("wires/a.txt", HARVEST);
    world.write("wires/b.txt", WEATHER);
    world
}

#[test]
fn a_folder_becomes_an_archive_that_answers() {
    let world = small_world();
    assert_eq!(world.code(&["index", "wires"]), Some(0));
    assert_eq!(world.ids("récoltes").len(), 1);
    assert_eq!(world.ids("\"record lyon\"").len(), 0, "a phrase does not run from the headline into the dateline");
    assert_eq!(world.ids("agency:AFP").len(), 1);
    assert_eq!(world.ids("from:Oslo OR from:Lyon").len(), 2);
    assert_eq!(world.ids("date:2024-12").len(), 1, "a day without a year is no date");
    assert_eq!(world.ids("date:none").len(), 1);
    assert_eq!(world.out(&["count", "*"]), "2\n");
    assert_eq!(world.code(&["search", "absent"]), Some(1));
    assert_eq!(world.code(&["check"]), Some(0));
}

#[test]
fn a_second_run_reads_nothing_and_changes_nothing() {
    let world = small_world();
    world.run(&["index", "wires"]);
    let before = world.ids("*");
    // Files written just now are compared by content until the clock's grain is past.
    let report = world.err(&["index", "wires"]);
    assert!(report.starts_with("0 stories from 0 files, 2 unchanged"), "{report}");
    assert_eq!(world.ids("*"), before);
}

#[test]
fn changed_moved_and_deleted_files_are_followed() {
    let world = small_world();
    world.run(&["index", "wires"]);
    let id = world.ids("récolte");
    fs::rename(world.path("wires/a.txt"), world.path("wires/c.txt")).expect("a move");
    world.write(
        "wires/b.txt",
        "Calm ahead\n\nOSLO, Dec. 5 (Reuters) - The storm has passed the coast without damage.\n",
    );
    let report = world.err(&["index", "wires"]);
    assert!(report.contains("1 moved"), "{report}");
    assert_eq!(world.ids("récolte"), id, "a moved file's story keeps its id");
    assert!(world.out(&["search", "--format", "paths", "récolte"]).trim_end().ends_with("wires/c.txt"));
    assert_eq!(world.ids("expected").len(), 0);
    assert_eq!(world.ids("damage").len(), 1);
    fs::remove_file(world.path("wires/b.txt")).expect("a removal");
    assert_eq!(world.code(&["check"]), Some(0));
    world.run(&["index", "wires"]);
    assert_eq!(world.out(&["count", "*"]), "1\n");
    assert_eq!(world.code(&["check"]), Some(0));
}

#[test]
fn what_is_no_story_is_counted_and_stops_nothing() {
    let world = small_world();
    world.write("wires/image.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR");
    world.write("wires/empty.txt", b"");
    world.write("wires/zeros.bin", [0; 4096]);
    world.write(
        "wires/broken.txt",
        b"PARIS (AFP) - Un texte \xff\xfe abim\xc3\xa9 \x01 par la transmission, mais lisible.",
    );
    let report = world.err(&["index", "wires"]);
    assert!(report.contains("3 stories from 3 files"), "{report}");
    for kind in ["image 1", "empty 1", "no text 1"] {
        assert!(report.contains(kind), "{report}");
    }
    assert_eq!(world.ids("transmission").len(), 1);
}

#[cfg(unix)]
#[test]
fn loops_pipes_and_odd_names_stop_nothing() {
    use std::os::unix::ffi::OsStrExt;
    let world = small_world();
    std::os::unix::fs::symlink(world.path("wires"), world.path("wires/loop")).expect("a link");
    let odd = world.path("wires").join(std::ffi::OsStr::from_bytes(b"d\xe9p\xeache.txt"));
    fs::write(odd, "NICE (AFP) - Un nom de fichier qui n'est pas en UTF-8.\n").expect("a file");
    let made = Command::new("mkfifo").arg(world.path("wires/pipe")).status().is_ok_and(|s| s.success());
    let output = world.run(&["index", "wires"]);
    let report = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(5), "{report}");
    assert!(report.contains("3 stories from 3 files"), "{report}");
    assert!(report.contains("leads back"), "{report}");
    assert!(!made || report.contains("pipe, socket or device 1"), "{report}");
    assert_eq!(world.ids("fichier").len(), 1);
}

#[test]
fn a_changed_mapping_reads_again_and_stays() {
    let world = small_world();
    world.write(
        "wires/ours.json",
        "{\"bovenregel\": \"Brug open\", \"tekst\": \"De brug over de rivier is weer open voor al het verkeer.\"}",
    );
    world.write("one.map", "headline = bovenregel\nbody = tekst\n");
    world.write("two.map", "body = tekst\n");
    world.run(&["index", "wires"]);
    assert_eq!(world.ids("headline:brug").len(), 0);
    let report = world.err(&["index", "--map", "one.map", "wires"]);
    assert!(report.contains("from 1 file") && report.contains("2 unchanged"), "only what has keys is read: {report}");
    assert_eq!(world.ids("headline:brug").len(), 1);
    // Without a mapping the archive's own holds, also for what changes.
    world.write(
        "wires/more.json",
        "{\"bovenregel\": \"Brug dicht\", \"tekst\": \"De brug over de rivier is weer dicht voor al het verkeer.\"}",
    );
    assert!(world.err(&["index", "wires"]).contains("3 unchanged"));
    assert_eq!(world.ids("headline:brug").len(), 2);
    world.run(&["index", "--map", "two.map", "wires"]);
    assert_eq!(world.ids("headline:brug").len(), 0);
    assert_eq!(world.ids("brug").len(), 2);
}

#[test]
fn a_large_file_is_the_same_from_many_threads() {
    let world = World::new();
    let line = |i: usize| {
        let copy = "The bridge over the river reopened on Monday after repairs, the road authority said. ".repeat(12);
        format!("{{\"title\": \"Bridge {i} reopens\", \"date\": \"2021-05-03\", \"text\": \"{copy}\"}}\n")
    };
    world.write("many.jsonl", (0..4200).map(line).collect::<String>());
    let list = |jobs: &str| {
        world.run(&["index", "--rebuild", "--jobs", jobs, "many.jsonl"]);
        world.out(&["search", "--format", "ids", "--limit", "9999", "--sort", "date", "*"])
    };
    let one = list("1");
    assert_eq!(one.lines().count(), 4200);
    assert_eq!(one, list("4"));
}

#[test]
fn archives_that_cannot_be_used_say_what_to_do() {
    let world = small_world();
    assert_eq!(world.code(&["search", "x"]), Some(3));
    assert!(world.err(&["search", "x"]).contains("dateline index FOLDER"));
    world.write("other/notes.txt", "mine");
    assert_eq!(world.code(&["--index", "other", "index", "wires"]), Some(3));
    world.run(&["index", "wires"]);
    world.write("index/dateline.json", "{\"dateline_archive\":999}");
    let text = world.err(&["search", "x"]);
    assert!(text.contains("version 999") && text.contains("--rebuild"), "{text}");
    assert_eq!(world.code(&["index", "--rebuild", "wires"]), Some(0));
    assert_eq!(world.out(&["count", "*"]), "2\n");
}

#[test]
fn a_variable_set_to_nothing_is_not_set_and_a_wrong_one_is_named() {
    let world = small_world();
    world.run(&["index", "wires"]);
    let variables = ["CONFIG", "COLOR", "SORT", "LIMIT", "SNIPPETS", "PAGER", "INDEX"];
    let mut command = world.command();
    command.envs(variables.map(|v| (format!("DATELINE_{v}"), "")));
    let output = command.args(["search", "*"]).output().expect("the program runs");
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    for (variable, value) in [("DATELINE_LIMIT", "abc"), ("DATELINE_COLOR", "red"), ("DATELINE_SORT", "size")] {
        let output = world.command().env(variable, value).args(["search", "*"]).output().expect("the program runs");
        let text = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{text}");
        assert!(text.contains(&format!("{variable} is set to {value}")), "{text}");
    }
}

/// A device that is always full is there on Linux only.
#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_no_fault_of_the_query() {
    let world = small_world();
    world.run(&["index", "wires"]);
    for args in [
        ["search", "--format", "jsonl", "*"].as_slice(),
        &["search", "*"],
        &["export", "--format", "csv", "-o", "/dev/full", "*"],
        &["count", "--by", "agency", "*"],
    ] {
        let mut command = world.command();
        let full = fs::File::options().write(true).open("/dev/full").expect("the device");
        let output = command.args(args).stdout(full).output().expect("the program runs");
        let text = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(6), "{args:?}: {text}");
        assert!(text.contains("No space left"), "{args:?}: {text}");
    }
}

#[test]
fn damage_is_found() {
    let world = small_world();
    world.run(&["index", "wires"]);
    let store = fs::read_dir(world.path("index/store")).expect("the store");
    let postings =
        store.flatten().map(|e| e.path()).find(|p| p.extension().is_some_and(|e| e == "idx")).expect("postings");
    let mut bytes = fs::read(&postings).expect("bytes");
    let middle = bytes.len() / 2;
    bytes[middle] ^= 0x40;
    fs::write(&postings, bytes).expect("damage");
    let output = world.run(&["check"]);
    assert_eq!(output.status.code(), Some(3));
    assert!(String::from_utf8_lossy(&output.stdout).contains("1 damaged file of the index"));
    assert_eq!(world.code(&["index", "--rebuild", "wires"]), Some(0));
    assert_eq!(world.code(&["check"]), Some(0));
    let ledger = fs::read_dir(world.path("index")).expect("the archive").flatten().map(|e| e.path());
    let ledger = ledger.filter(|p| p.to_string_lossy().contains("ledger-")).last().expect("a ledger");
    fs::write(&ledger, b"cut").expect("damage");
    assert_eq!(world.code(&["check"]), Some(3));
}

#[test]
fn one_writer_at_a_time() {
    let world = small_world();
    world.run(&["index", "wires"]);
    let lock = fs::OpenOptions::new().read(true).write(true).open(world.path("index/writer.lock")).expect("the lock");
    lock.lock().expect("locked");
    let output = world.run(&["index", "wires"]);
    assert_eq!(output.status.code(), Some(4));
    assert!(String::from_utf8_lossy(&output.stderr).contains("is being written by process"));
    assert_eq!(world.ids("*").len(), 2, "readers are not blocked");
    drop(lock);
    assert_eq!(world.code(&["index", "wires"]), Some(0));
}

#[test]
fn faults_of_a_query_point_at_themselves() {
    let world = small_world();
    world.run(&["index", "wires"]);
    let output = world.run(&["search", "storm AND"]);
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(
        String::from_utf8_lossy(&output.stderr),
        "error: AND has nothing behind it\n  storm AND\n        ^^^\nhint: write something behind it, or \"and\" in lower case for the word\n"
    );
    assert!(world.err(&["search", "agncy:AFP"]).contains("did you mean agency:"));
}

#[test]
fn korean_words_are_found_with_their_particles() {
    let world = World::new();
    world.write("in/a.txt", "대통령은 국무회의를 주재했다. 정부가 예산안을 국회에 냈다.");
    world.run(&["index", "in"]);
    for query in ["대통령", "국무회의", "정부 국회", "대통령에게는"] {
        assert_eq!(world.ids(query).len(), 1, "{query}");
    }
    assert!(world.ids("대통").is_empty());
}

#[test]
fn held_back_copy_is_counted_and_asked_for() {
    let world = small_world();
    world.write(
        "wires/kill.txt",
        "KILL\n\nLYON, 3 décembre 2024 (AFP) - La dépêche sur la récolte est annulée, ne pas publier.\n",
    );
    world.run(&["index", "wires"]);
    assert_eq!(world.ids("récolte").len(), 1);
    assert!(world.out(&["search", "récolte"]).contains("1 embargoed, killed, withheld or withdrawn story left out"));
    assert_eq!(world.ids("récolte status:kill").len(), 1);
    let status = world.out(&["status"]);
    assert!(status.contains("held back   1 "), "{status}");
    assert!(status.contains("agencies    afp 1, reuters 1\n"), "{status}");
}

/// A version of one item in NewsML-G2; the version 0 has none.
fn item(guid: &str, version: u32, day: u32, status: &str) -> String {
    let number = if version == 0 { String::new() } else { format!(" version=\"{version}\"") };
    format!(
        "<newsItem xmlns=\"http://iptc.org/std/nar/2006-10-01/\" guid=\"{guid}\"{number} xml:lang=\"en\"><itemMeta>\
         <versionCreated>2024-03-{day:02}T10:00:00Z</versionCreated><pubStatus qcode=\"stat:{status}\"/></itemMeta>\
         <contentMeta><headline>Ferry {version}</headline></contentMeta><contentSet><inlineData \
         contenttype=\"text/plain\">The ferry of {day} March left the harbour late.</inlineData></contentSet></newsItem>"
    )
}

/// A kill takes back the versions before it, whatever is indexed first; a later one is free.
#[test]
fn a_kill_takes_back_the_earlier_versions_of_its_item() {
    let world = small_world();
    world.write("wires/1.xml", item("urn:x:ferry", 1, 1, "usable"));
    world.write("wires/3.xml", item("urn:x:ferry", 3, 3, "canceled"));
    world.write("wires/other.xml", item("urn:x:boat", 1, 1, "usable"));
    world.run(&["index", "wires"]);
    let found = |query: &str| {
        let mut paths: Vec<String> =
            world.out(&["search", "--format", "paths", query]).lines().map(str::to_owned).collect();
        paths.sort();
        paths.iter().filter_map(|p| Some(p.rsplit('/').next()?.strip_suffix(".xml")?.to_owned())).collect::<Vec<_>>()
    };
    assert_eq!(found("ferry"), ["other"]);
    assert!(world.out(&["search", "ferry"]).contains("2 embargoed, killed, withheld or withdrawn stories left out"));
    assert_eq!(world.out(&["count", "ferry"]), "1\n");
    assert_eq!(found("ferry status:withdrawn"), ["1"]);
    assert_eq!(found("ferry status:kill"), ["3"]);
    assert_eq!(found("ferry status:(kill OR withdrawn)"), ["1", "3"]);
    assert_eq!(found("ferry status:usable"), ["other"]);
    // What comes in later runs, before the kill and behind it.
    world.write("wires/2.xml", item("urn:x:ferry", 2, 9, "usable"));
    world.write("wires/0.xml", item("urn:x:ferry", 0, 2, "embargoed"));
    world.write("wires/4.xml", item("urn:x:ferry", 4, 4, "usable"));
    world.run(&["index", "wires"]);
    assert_eq!(found("ferry"), ["4", "other"]);
    assert_eq!(found("ferry status:withdrawn"), ["0", "1", "2"]);
    let by = world.out(&["count", "--by", "status", "ferry status:(usable OR withdrawn OR kill)"]);
    let by: Vec<Vec<&str>> = by.lines().map(|l| l.split_whitespace().collect()).collect();
    for row in [["withdrawn", "3"], ["usable", "2"], ["kill", "1"]] {
        assert!(by.iter().any(|l| row.iter().all(|w| l.contains(w))), "{row:?}: {by:?}");
    }
    let id = &world.ids("ferry status:withdrawn")[0];
    let shown: serde_json::Value =
        serde_json::from_str(&world.out(&["show", id, id, "--format", "json"])).expect("JSON");
    assert_eq!(shown["stories"][0]["status"], "withdrawn");
    assert_eq!(shown["stories"].as_array().map(Vec::len), Some(2));
    // Without the kill nothing is taken back.
    fs::remove_file(world.path("wires/3.xml")).expect("it was there");
    world.run(&["index", "wires"]);
    assert_eq!(found("ferry"), ["1", "2", "4", "other"]);
    assert_eq!(found("ferry status:embargoed"), ["0"]);
}

/// An embargo holds until it is over everywhere; its status stays as the copy said it.
#[test]
fn an_embargo_that_is_over_holds_nothing_back() {
    let world = small_world();
    let copy = |name: &str, line: &str| {
        let text = format!("{line}\n\nOSLO, March 11, 2024 (AP) - The lighthouse report names the harbour.\n");
        world.write(name, &text);
    };
    copy("wires/zoned.txt", "EMBARGOED UNTIL 0900 GMT MARCH 12, 2024");
    copy("wires/zoneless.txt", "EMBARGOED UNTIL 09:00, MARCH 12, 2024");
    copy("wires/undated.txt", "EMBARGOED UNTIL FURTHER NOTICE");
    world.run(&["index", "wires"]);
    let ids = |now: &str, query: &str| {
        let output = world.command().args(["search", "--format", "ids", query]).env("DATELINE_NOW", now).output();
        String::from_utf8_lossy(&output.expect("it ran").stdout).lines().count()
    };
    // The clock is fixed at noon; a time without a zone is over when it is over in the last zone.
    for (now, shown) in [("2024-03-11", 0), ("2024-03-12", 1), ("2024-03-13", 2), ("2026-01-01", 2)] {
        assert_eq!(ids(now, "lighthouse"), shown, "{now}");
        assert_eq!(ids(now, "lighthouse status:embargoed"), 3, "{now}");
        let count = world.command().args(["count", "--format", "json", "lighthouse"]).env("DATELINE_NOW", now).output();
        let count = String::from_utf8_lossy(&count.expect("it ran").stdout).into_owned();
        let count: serde_json::Value = serde_json::from_str(&count).expect("JSON");
        let expected = (Some(shown as u64), Some(3 - shown as u64));
        assert_eq!((count["total"].as_u64(), count["held_back"].as_u64()), expected, "{now}");
    }
    let hits = world.out(&["search", "--format", "jsonl", "--fields", "status,embargo", "lighthouse status:embargoed"]);
    let hits: Vec<serde_json::Value> = hits.lines().map(|l| serde_json::from_str(l).expect("JSON")).collect();
    let mut ends: Vec<_> = hits.iter().map(|h| h["embargo"].as_str().unwrap_or("none").to_owned()).collect();
    ends.sort();
    assert_eq!(ends, ["2024-03-12T09:00:00", "2024-03-12T09:00:00Z", "none"]);
    assert!(hits.iter().all(|h| h["status"] == "embargoed"));
}

#[test]
fn a_time_spoken_of_is_marked_where_it_is_spoken_of() {
    let world = small_world();
    world.write(
        "wires/c.txt",
        "Sommet reporté\n\nLYON, 3 décembre 2024 (AFP) - Le sommet est reporté.\n\nIl s'était tenu le 23 octobre 2024 \
         à Kazan.\n",
    );
    world.run(&["index", "wires"]);
    for query in ["event:2024-10", "event:2024-10-23 sommet"] {
        let hits = world.out(&["search", "--format", "jsonl", query]);
        let hit: serde_json::Value = serde_json::from_str(&hits).expect("one hit");
        let snippet = hit["snippet"].as_str().expect("a passage");
        let marked = hit["spans"].as_array().expect("spans").iter().map(|s| {
            let at = |i: usize| usize::try_from(s[i].as_u64().expect("a byte")).expect("in range");
            &snippet[at(0)..at(1)]
        });
        assert!(marked.clone().any(|m| m.contains("23 octobre 2024")), "{query}: {hits}");
    }
}

#[test]
fn leaving_a_status_out_brings_no_held_back_copy_in() {
    let world = small_world();
    world.write("wires/kill.txt", "KILL\n\nLYON, 3 décembre 2024 (AFP) - La dépêche sur la récolte est annulée.\n");
    world.run(&["index", "wires"]);
    assert_eq!(world.out(&["count", "*"]), "2\n");
    assert_eq!(world.out(&["count", "* -status:correction"]), "2\n");
    assert_eq!(world.out(&["count", "status:usable"]), "2\n");
    assert_eq!(world.out(&["count", "status:kill OR récolte"]), "2\n", "the one killed and the one that is not");
    world.write(
        "wires/hold.txt",
        "Récolte\n\nEMBARGOED UNTIL 1 JANUARY 2031\n\nLYON, 4 décembre 2024 (AFP) - La récolte.\n",
    );
    world.run(&["index", "wires"]);
    assert_eq!(world.out(&["count", "status:embargoed"]), "1\n");
    assert_eq!(world.out(&["count", "status:kill OR récolte"]), "2\n", "who asks for one status is given no other");
    assert!(
        world
            .err(&["count", "status:kill OR récolte"])
            .contains("1 embargoed, killed, withheld or withdrawn story left out")
    );
    assert_eq!(world.out(&["count", "status:(kill OR embargoed)"]), "2\n");
}

#[test]
fn a_disk_that_is_not_mounted_costs_no_story() {
    let world = small_world();
    world.run(&["index", "wires"]);
    fs::rename(world.path("wires"), world.path("away")).expect("a move");
    for empty in [false, true] {
        if empty {
            fs::create_dir(world.path("wires")).expect("an empty folder");
        }
        let output = world.run(&["index", "wires"]);
        assert_eq!(output.status.code(), Some(5));
        let report = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(report.contains("the archive has 2 files of it: they stay"), "{report}");
        assert_eq!(world.out(&["count", "*"]), "2\n");
    }
    fs::remove_dir(world.path("wires")).expect("the empty folder");
    assert_eq!(world.code(&["index", "--rebuild", "wires"]), Some(2));
    assert_eq!(world.out(&["count", "*"]), "2\n", "nothing is emptied that could not be built anew");
    world.write("other/c.txt", WEATHER);
    assert_eq!(world.code(&["index", "--rebuild", "other"]), Some(2));
    assert_eq!(world.out(&["count", "*"]), "2\n");
    assert_eq!(world.code(&["index", "--forget", "wires"]), Some(0));
    assert_eq!(world.out(&["count", "*"]), "0\n");
}

#[test]
fn ids_and_paths_are_listed_whole() {
    let world = small_world();
    for n in 0..12 {
        world.write(&format!("wires/n{n}.txt"), format!("Nota {n}\n\nLYON (AFP) - La récolte numéro {n}.\n"));
    }
    world.run(&["index", "wires"]);
    assert_eq!(world.out(&["search", "--format", "ids", "*"]).lines().count(), 14);
    let output = world.run(&["search", "--format", "jsonl", "*"]);
    assert_eq!(String::from_utf8_lossy(&output.stdout).lines().count(), 10);
    assert!(String::from_utf8_lossy(&output.stderr).contains("10 of 14 stories"));
}

#[test]
fn a_dry_run_does_nothing() {
    let world = small_world();
    let report = world.err(&["index", "--dry-run", "wires"]);
    assert_eq!(report, "would read 2 files, leave 0 unchanged, remove 0\n");
    assert!(!world.path("index").exists());
    world.run(&["index", "wires"]);
    fs::remove_file(world.path("wires/a.txt")).expect("a removal");
    assert!(world.err(&["index", "--dry-run", "wires"]).ends_with("remove 1\n"));
    assert_eq!(world.out(&["count", "*"]), "2\n");
}

#[test]
fn undated_stories_are_counted_without_those_held_back() {
    let world = small_world();
    world.write(
        "wires/kill.txt",
        "BULLETIN KILL\n\nOSLO (Reuters) - The story on the storm is withdrawn, do not publish it.\n",
    );
    world.run(&["index", "wires"]);
    assert_eq!(world.ids("status:kill").len(), 1);
    let out = world.out(&["search", "date:2024"]);
    assert!(out.contains("1 undated story left out by the date filter"), "{out}");
}

#[test]
fn every_span_rereads_as_its_value() {
    let world = small_world();
    for file in ["wires/a.txt", "wires/b.txt"] {
        let text = world.out(&["inspect", "--format", "text-only", file]);
        let story: serde_json::Value =
            serde_json::from_str(&world.out(&["inspect", "--format", "jsonl", file])).expect("JSON");
        let slice = |span: &serde_json::Value| {
            let at = |i: usize| usize::try_from(span[i].as_u64().expect("an offset")).expect("small");
            text[at(0)..at(1)].to_owned()
        };
        assert_eq!(slice(&story["headline"]["evidence"][0]["span"]), story["headline"]["value"]);
        assert_eq!(slice(&story["agency"]["evidence"][0]["span"]), story["agency"]["as_written"]);
        assert_eq!(slice(&story["dateline"]["span"]), story["dateline"]["text"]);
        let place = &story["dateline"]["places"][0];
        assert_eq!(slice(&place["span"]), place["as_written"]);
    }
}

#[test]
fn nothing_controls_the_terminal() {
    let world = small_world();
    world.write(
        "wires/evil.txt",
        "LYON, 3 décembre 2024 (AFP) - Un \u{1b}[31mtexte\u{1b}]0;x\u{7} piégé \u{202e} ici.\n",
    );
    world.run(&["index", "wires"]);
    for args in [vec!["search", "piégé"], vec!["inspect", "wires/evil.txt"]] {
        let out = world.out(&args);
        assert!(!out.contains(['\u{1b}', '\u{7}', '\u{202e}']), "{out:?}");
    }
}

#[test]
fn listings_and_manual_come_from_the_tables() {
    let world = World::new();
    assert!(world.out(&["fields"]).contains("agency:"));
    assert!(world.out(&["operators"]).contains("OR"));
    assert!(world.out(&["formats"]).contains("text "));
    assert!(world.out(&["man"]).contains(".TH dateline"));
    assert!(world.out(&["completions", "bash"]).contains("_dateline"));
    assert!(Path::new(env!("CARGO_BIN_EXE_dateline")).exists());
}

#[test]
fn a_run_that_names_nothing_refreshes_what_the_archive_was_made_from() {
    let world = World::new();
    assert_eq!(world.code(&["index"]), Some(2), "there is no archive yet");
    world.write("w/a.txt", "Storm\n\nLYON, 2 December 2024 (AFP) - Snow fell on the town.\n");
    world.write("one.txt", "Wind\n\nNICE, 3 December 2024 (AFP) - Wind blew on the coast.\n");
    assert_eq!(world.code(&["-q", "index", "w", "one.txt"]), Some(0));
    world.write("w/b.txt", "Rain\n\nOSLO, 4 December 2024 (AFP) - Rain fell on the town.\n");
    world.write("one.txt", "Wind\n\nNICE, 3 December 2024 (AFP) - No wind blew on the coast at all.\n");
    assert_eq!(world.code(&["-q", "index"]), Some(0));
    assert_eq!(world.out(&["count", "*"]), "3\n");
    assert_eq!(world.out(&["count", "\"no wind blew\""]), "1\n");
    // What stands alone and cannot be found stays: a disk may not be mounted.
    fs::remove_file(world.path("one.txt")).expect("a file");
    assert!(world.err(&["index"]).contains("1 file outside the named folders cannot be found; its stories stay"));
    assert_eq!(world.out(&["count", "*"]), "3\n");
}

#[test]
fn a_list_of_files_may_be_empty_or_of_windows() {
    let world = World::new();
    world.write("w/a.txt", "Storm\n\nLYON, 2 December 2024 (AFP) - Snow fell on the town.\n");
    world.write("none", "");
    world.write("list", "w/a.txt\r\n\r\n");
    assert_eq!(world.code(&["index", "--files-from", "none"]), Some(0));
    assert_eq!(world.code(&["-q", "index", "--files-from", "list"]), Some(0));
    assert_eq!(world.out(&["count", "*"]), "1\n");
}

#[test]
fn a_run_that_finds_nothing_new_makes_no_commit() {
    let world = World::new();
    world.write("w/a.txt", "Storm\n\nLYON, 2 December 2024 (AFP) - Snow fell on the town.\n");
    let state = || {
        world.run(&["-q", "index", "w"]);
        world.run(&["-q", "export", "*", "-o", "x.csv"]);
        fs::read_to_string(world.path("x.csv.manifest.json")).expect("a manifest")
    };
    // The file was written just now: a change of it could hide behind its time.
    let first = state();
    assert_eq!(state(), first);
    world.write("w/a.txt", "Storm\n\nLYON, 2 December 2024 (AFP) - Rain fell on the town.\n");
    assert_ne!(state(), first);
}

#[test]
fn what_cannot_be_written_is_told_of_help_too() {
    if !std::path::Path::new("/dev/full").exists() {
        return;
    }
    let full = || std::fs::File::options().write(true).open("/dev/full").expect("a device");
    for args in [&["--help"][..], &["completions", "bash"], &["fields"]] {
        let status = std::process::Command::new(env!("CARGO_BIN_EXE_dateline")).args(args).stdout(full()).status();
        assert_eq!(status.expect("the program runs").code(), Some(6), "{args:?}");
    }
}
