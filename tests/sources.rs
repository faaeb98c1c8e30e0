//! What becomes of sources that are damaged, altered, unreadable or oddly named: nothing is lost
//! without a word, and what is advised works.

mod world;

use std::fs;
use world::World;

const COPY: &str = "Good story\n\nPARIS, March 3, 2023 (AFP) - Good text of some words.\n";

/// A world with an archive of one folder `w`.
fn of(files: &[(&str, &[u8])]) -> World {
    let world = World::new();
    for (name, bytes) in files {
        world.write(&format!("w/{name}"), bytes);
    }
    world.run(&["index", "w"]);
    world
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[test]
fn zero_bytes_cost_no_story_and_are_named() {
    let world = of(&[("a.txt", COPY.as_bytes())]);
    let filled = |n: usize| [COPY.as_bytes(), &vec![0; n]].concat();
    world.write("w/a.txt", filled(1));
    assert_eq!(world.code(&["index", "w"]), Some(0), "one zero ends a text as some programs write it");
    assert_eq!(world.out(&["count", "Good"]), "1\n");
    world.write("w/a.txt", filled(10_000));
    let output = world.run(&["index", "w"]);
    assert_eq!((output.status.code(), world.out(&["count", "Good"]).as_str()), (Some(5), "1\n"));
    let report = text(&output.stderr);
    assert!(report.contains("w/a.txt: zero-bytes: 10000 zero bytes") && report.contains("zero-bytes 1"), "{report}");
    assert!(world.out(&["show", &world.ids("Good")[0], "--why"]).contains("10000 zero bytes"));
}

#[test]
fn what_cannot_be_read_is_named_by_every_run() {
    let world = of(&[("a.txt", COPY.as_bytes())]);
    let noise: Vec<u8> = (0..4_000u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    world.write("w/noise.bin", &noise);
    for run in 0..2 {
        let output = world.run(&["index", "w"]);
        let report = text(&output.stderr);
        assert_eq!(output.status.code(), Some(5), "run {run}: {report}");
        assert!(report.contains("w/noise.bin: "), "run {run}: {report}");
    }
    fs::remove_file(world.path("w/noise.bin")).expect("a removal");
    world.write("w/picture.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR");
    world.write("w/void.txt", b"");
    let output = world.run(&["index", "w"]);
    let report = text(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "a picture and an empty file hold no copy: {report}");
    assert!(report.contains("w/void.txt: no story: empty") && !report.contains("picture.png"), "{report}");
}

#[test]
fn a_story_whose_file_holds_none_now_is_told() {
    let world = of(&[("a.txt", COPY.as_bytes()), ("b.txt", b"Other\n\nOSLO (Reuters) - Other text.\n")]);
    world.write("w/a.txt", b"");
    let report = world.err(&["index", "w"]);
    assert!(report.contains("1 removed") && report.contains("w/a.txt: the story that it held"), "{report}");
    assert_eq!(world.out(&["count", "*"]), "1\n");
}

#[test]
fn what_was_wrong_with_a_story_is_asked_for() {
    let world = of(&[
        ("a.txt", COPY.as_bytes()),
        ("b.txt", b"Caf\xE9 news\n\nPARIS, March 3, 2023 (AFP) - \xC3\xA9t\xC3\xA9 et caf\xC3\xA9, \xFF\xE9t\xC3\xA9 encore.\n"),
        ("c.txt", &[COPY.as_bytes(), &[0; 9]].concat()),
        ("d.json", br#"{"pledu": "Nobody knows what the key means that this copy of some length stands under."}"#),
    ]);
    let counts = world.out(&["count", "--by", "warning", "--format", "tsv", "*"]);
    assert_eq!(counts, "warning\tcount\nkeys-unknown\t1\nnone\t1\nreplaced-bytes\t1\nzero-bytes\t1\n");
    for (query, n) in [
        ("warning:*", 3),
        ("warning:none", 1),
        ("NOT warning:*", 1),
        ("warning:replaced-bytes", 1),
        ("warning:\"Replaced Bytes\"", 1),
        ("warning:bytes", 2),
        ("warning:=bytes", 0),
        ("warning:=zero-bytes", 1),
        ("warning:unknown", 1),
        ("warning:(none OR keys-unknown)", 2),
        ("PARIS warning:zero*", 1),
    ] {
        assert_eq!(world.out(&["count", query]), format!("{n}\n"), "{query}");
    }
    let told = world.err(&["count", "warning:zero-byte"]);
    assert!(told.contains("no story has warning:zero-byte; did you mean zero-bytes?"), "{told}");
    let read = world.out(&["explain", "warning:zero-bytes"]);
    assert!(read.contains("read with the warning zero-bytes"), "{read}");
    assert!(world.out(&["explain", "warning:none"]).contains("read with no warning"));
    assert!(world.out(&["show", &world.ids("warning:zero-bytes")[0]]).contains("zero bytes"));
    let fields = world.out(&["search", "--format", "csv", "--fields", "warnings", "warning:keys"]);
    assert!(fields.contains("keys-unknown: none of its keys is known"), "{fields}");
}

#[test]
fn what_became_no_story_is_listed_with_the_reason() {
    let noise: Vec<u8> = (0..4_000u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    let world = of(&[
        ("a.txt", COPY.as_bytes()),
        ("noise.bin", &noise),
        ("picture.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"),
        ("void.txt", b""),
        ("all.tar", &tar(&[("in/good.txt", COPY.as_bytes()), ("in/void.txt", b"")])),
        ("pictures.tar", &tar(&[("p.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")])),
    ]);
    let list = world.out(&["status", "--files"]);
    let lines: Vec<&str> = list.lines().collect();
    assert_eq!(lines.len(), 5, "{list}");
    assert_eq!(lines[0], "no story    w/all.tar/in/void.txt: empty");
    assert!(lines[1].starts_with("unreadable  w/noise.bin: "), "{list}");
    assert_eq!(lines[2], "no story    w/picture.png: image");
    assert_eq!(lines[3], "no story    w/pictures.tar: a container of image 1");
    assert_eq!(lines[4], "no story    w/void.txt: empty");
    let again = |world: &World| world.out(&["status", "--files", "--format", "csv"]);
    let csv = again(&world);
    assert!(csv.starts_with("state,path,reason\n") && csv.lines().count() == 6, "{csv}");
    let json: serde_json::Value = serde_json::from_str(&world.out(&["status", "--files", "--json"])).expect("JSON");
    assert_eq!(json["files"].as_array().map(Vec::len), Some(5));
    assert!(json["files"][4]["path"].as_str().is_some_and(|p| p.ends_with("w/void.txt")), "{json}");
    let status = world.out(&["status"]);
    assert!(status.contains("read        6 files, 3 without a story, 1 not read, or not wholly; --files"), "{status}");
    // A run over the same tree, and one of touched files, change nothing of it.
    world.run(&["index", "w"]);
    world.run(&["index", "--content", "w"]);
    assert_eq!(again(&world), csv);
    assert!(world.err(&["index", "w"]).contains("w/noise.bin: no text"), "{}", world.err(&["index", "w"]));
    world.write("w/void.txt", COPY);
    fs::remove_file(world.path("w/noise.bin")).expect("a removal");
    world.run(&["index", "w"]);
    assert_eq!(again(&world).lines().count(), 4);
    assert_eq!(world.code(&["status", "--format", "csv"]), Some(2));
    let whole = of(&[("a.txt", COPY.as_bytes())]);
    assert_eq!((whole.code(&["status", "--files"]), whole.out(&["status", "--files"]).as_str()), (Some(1), ""));
}

/// A tar archive of plain files.
fn tar(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut out = Vec::new();
    for (name, content) in files {
        let mut head = [0u8; 512];
        head[..name.len()].copy_from_slice(name.as_bytes());
        head[100..108].copy_from_slice(b"0000644\0");
        head[124..136].copy_from_slice(format!("{:011o}\0", content.len()).as_bytes());
        head[136..148].copy_from_slice(b"00000000000\0");
        head[156] = b'0';
        head[257..265].copy_from_slice(b"ustar\x0000");
        head[148..156].copy_from_slice(b"        ");
        let sum: u32 = head.iter().map(|b| u32::from(*b)).sum();
        head[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
        out.extend_from_slice(&head);
        out.extend_from_slice(content);
        out.resize(out.len().next_multiple_of(512), 0);
    }
    out.resize(out.len() + 1024, 0);
    out
}

#[cfg(unix)]
#[test]
fn a_file_that_may_not_be_read_is_listed_as_long_as_that_holds() {
    use std::os::unix::fs::PermissionsExt;
    let world = of(&[("a.txt", COPY.as_bytes()), ("b.txt", b"Other\n\nOSLO (Reuters) - Other text.\n")]);
    let allow = |mode| fs::set_permissions(world.path("w/b.txt"), fs::Permissions::from_mode(mode)).expect("rights");
    allow(0o000);
    if fs::read(world.path("w/b.txt")).is_ok() {
        return; // root reads everything
    }
    world.run(&["index", "--content", "w"]);
    let list = world.out(&["status", "--files"]);
    assert!(list.starts_with("unreadable  w/b.txt: ") && list.contains("its stories stay"), "{list}");
    allow(0o644);
    world.run(&["index", "--content", "w"]);
    assert_eq!(world.out(&["status", "--files"]), "");
}

#[cfg(unix)]
#[test]
fn a_name_that_is_no_utf8_is_kept() {
    use std::os::unix::ffi::OsStrExt;
    let world = World::new();
    world.write("w/b.txt", b"Other\n\nOSLO (Reuters) - Other text.\n");
    let odd = world.path("w").join(std::ffi::OsStr::from_bytes(b"\xFF\xFE_latin.txt"));
    fs::write(&odd, COPY).expect("a file");
    world.run(&["index", "w"]);
    for (args, end) in [(&["-0"][..], 0), (&[], b'\n')] {
        let args = [&["search", "--format", "paths", "Good"], args].concat();
        let mut path = world.run(&args).stdout;
        assert_eq!(path.pop(), Some(end));
        assert_eq!(path, odd.as_os_str().as_bytes(), "{args:?}");
    }
    let id = world.ids("Good").remove(0);
    assert_eq!(world.out(&["show", "--raw", &id]), COPY);
    for args in [&["search", "Good"][..], &["show", &id], &["search", "--format", "jsonl", "Good"]] {
        assert!(world.out(args).contains("\u{FFFD}\u{FFFD}_latin.txt"), "{args:?}");
    }
    // The stories name their sources where the ledger cannot.
    let ledger = fs::read_dir(world.path("index")).expect("the archive").flatten().map(|e| e.path());
    let ledger = ledger.filter(|p| p.to_string_lossy().contains("ledger-")).last().expect("a ledger");
    fs::write(&ledger, b"cut").expect("damage");
    let repaired = world.run(&["check", "--repair"]);
    assert_eq!(repaired.status.code(), Some(0), "{}", text(&repaired.stderr));
    assert_eq!((world.ids("Good").len(), world.ids("*").len()), (1, 2));
}

#[test]
fn an_edit_behind_the_same_size_and_time_is_read_as_is_advised() {
    let world = World::new();
    world.write("w/a.txt", COPY);
    let file = || fs::File::options().append(true).open(world.path("w/a.txt")).expect("the file");
    let long_ago = std::time::SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(1_600_000_000);
    file().set_modified(long_ago).expect("a time");
    world.run(&["index", "w"]);
    let id = world.ids("Good").remove(0);
    world.write("w/a.txt", COPY.replace("some", "many"));
    file().set_modified(long_ago).expect("a time");
    assert!(!world.out(&["check"]).contains("changed"));
    let check = world.out(&["check", "--content"]);
    assert!(check.contains("1 source has changed, with size and time as they were; index --content"), "{check}");
    assert!(world.err(&["show", "--raw", &id]).contains("dateline index --content"));
    assert!(world.err(&["index", "--content", "--dry-run"]).starts_with("would read 1 file,"));
    world.run(&["index", "--content"]);
    assert_eq!((world.ids("some").len(), world.ids("many").len()), (0, 1));
    assert!(!world.out(&["check", "--content"]).contains("changed"));
    let again = world.err(&["index", "--content"]);
    assert!(again.starts_with("0 stories from 0 files, 1 unchanged"), "{again}");
}

#[test]
fn a_run_under_way_has_left_nothing() {
    let world = of(&[("a.txt", COPY.as_bytes())]);
    world.write("index/ledger-9", b"of a run");
    assert!(world.out(&["check"]).contains("1 file that a killed run left"));
    let lock = fs::OpenOptions::new().read(true).write(true).open(world.path("index/writer.lock")).expect("the lock");
    lock.lock().expect("locked");
    let check = world.run(&["check"]);
    let told = text(&check.stdout);
    assert!(told.contains("is writing it just now") && !told.contains("killed"), "{told}");
    assert_eq!(check.status.code(), Some(0));
}

#[test]
fn sources_that_are_all_gone_are_no_success() {
    let world = of(&[("a.txt", COPY.as_bytes()), ("b.txt", b"Other\n\nOSLO (Reuters) - Other text.\n")]);
    fs::remove_file(world.path("w/b.txt")).expect("a removal");
    assert_eq!(world.code(&["check"]), Some(0));
    fs::rename(world.path("w"), world.path("v")).expect("a move");
    assert_eq!(world.code(&["check"]), Some(5));
    // A file where the folder was: still gone. A loop of links cannot be looked at.
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink(world.path("w"), world.path("w")).expect("a link");
        let check = world.run(&["check"]);
        let told = text(&check.stdout);
        assert!(told.contains("2 sources that cannot be read") && !told.contains("gone"), "{told}");
        assert_eq!(check.status.code(), Some(5));
    }
}

#[test]
fn an_export_that_cannot_be_written_is_told_so() {
    let world = of(&[("a.txt", COPY.as_bytes())]);
    for (to, reason) in [("no/x.csv", "there is no folder no"), ("w", "is a folder"), ("w/a.txt/x.csv", "is no folder")]
    {
        let output = world.run(&["export", "--format", "csv", "*", "-o", to]);
        let told = text(&output.stderr);
        assert_eq!(output.status.code(), Some(6), "{to}: {told}");
        assert!(told.contains(reason) && !told.contains(".part"), "{to}: {told}");
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let folder = world.path("shut");
        fs::create_dir(&folder).expect("a folder");
        fs::set_permissions(&folder, fs::Permissions::from_mode(0o555)).expect("a folder to read");
        // Whoever may write everywhere meets no such fault.
        if fs::write(folder.join("probe"), "").is_err() {
            let output = world.run(&["export", "--format", "csv", "*", "-o", "shut/x.csv"]);
            let told = text(&output.stderr);
            assert_eq!(output.status.code(), Some(6), "{told}");
            assert!(told.contains("shut/x.csv: permission denied") && !told.contains(".part"), "{told}");
        }
    }
    assert_eq!(world.code(&["export", "*", "-o", "x.unknown"]), Some(2), "a form is asked for, nothing written");
}

#[test]
fn the_source_of_a_compressed_story_is_its_copy() {
    use std::io::Write;
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    gzip.write_all(COPY.as_bytes()).expect("memory");
    let world = of(&[("a.txt.gz", &gzip.finish().expect("memory"))]);
    let id = world.ids("Good").remove(0);
    let output = world.run(&["show", "--raw", &id]);
    assert_eq!((text(&output.stdout), text(&output.stderr)), (COPY.to_owned(), String::new()));
}

#[test]
fn a_dry_run_knows_what_moved_and_what_was_touched() {
    let world = of(&[("a.txt", COPY.as_bytes()), ("b.txt", b"Other\n\nOSLO (Reuters) - Other text.\n")]);
    fs::rename(world.path("w/a.txt"), world.path("w/c.txt")).expect("a move");
    world.write("w/b.txt", b"Other\n\nOSLO (Reuters) - Other text.\n");
    let told = world.err(&["index", "--dry-run", "w"]);
    assert_eq!(told, "would read 1 file, 1 of them moved, leave 1 unchanged, remove 0\n");
    let done = world.err(&["index", "w"]);
    assert!(done.starts_with("1 story from 1 file, 1 unchanged, 1 moved in"), "{done}");
}

#[test]
fn a_wrong_clock_does_not_stop_a_timeline() {
    let world = of(&[
        ("a.txt", b"One\n\nPARIS, 14 juillet 1789 (AFP) - La Bastille.\n"),
        ("b.txt", COPY.as_bytes()),
        ("c.txt", b"Other\n\nOSLO (Reuters) - Other text.\n"),
    ]);
    let output = world.run(&["timeline", "--bin", "day", "*"]);
    let told = text(&output.stdout);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    assert!(told.contains("days of no story, 1789-07-15 to 2023-03-02"), "{told}");
    assert!(told.contains("2 stories by day of filing") && told.contains("1 undated, counted aside"), "{told}");
    let rows = world.out(&["timeline", "--bin", "day", "--format", "csv", "*"]);
    assert!(rows.lines().count() < 6 && rows.contains("1789-07-15..2023-03-02"), "{rows}");
}
