//! What an archive keeps when its sources move, cannot be read, or are read anew.

mod world;

use std::fs;
use world::World;

fn archive() -> World {
    let world = World::new();
    world.write("wires/a.txt", "Récolte record\n\nLYON, 3 décembre 2024 (AFP) - La récolte de noix a été bonne.\n");
    world.write("wires/b.txt", "Storm warning\n\nOSLO, Dec. 4 (Reuters) - A storm is expected over the coast.\n");
    assert!(world.run(&["-q", "index", "wires"]).status.success());
    world
}

fn count(world: &World, query: &str) -> String {
    world.out(&["-q", "count", query]).trim().to_owned()
}

#[test]
fn a_folder_that_is_renamed_is_not_there_twice() {
    let world = archive();
    let ids = || world.out(&["search", "--format", "ids", "*"]);
    let before = ids();
    fs::rename(world.path("wires"), world.path("archive")).expect("a move");
    let report = world.err(&["index", "archive"]);
    assert!(report.starts_with("2 stories from 2 files, 2 moved"), "{report}");
    assert_eq!((count(&world, "*").as_str(), ids()), ("2", before));
    assert!(world.out(&["search", "--format", "paths", "récolte"]).trim_end().ends_with("archive/a.txt"));
    assert!(world.out(&["check"]).starts_with("2 stories") && !world.out(&["check"]).contains("gone"));
    // A copy is one more story, as long as both are there.
    fs::create_dir(world.path("copies")).expect("a folder");
    fs::copy(world.path("archive/a.txt"), world.path("copies/a.txt")).expect("a copy");
    world.run(&["-q", "index", "copies"]);
    assert_eq!(count(&world, "*"), "3");
}

#[cfg(target_os = "linux")]
#[test]
fn a_file_that_cannot_be_read_keeps_its_stories_until_it_can() {
    let world = archive();
    let path = world.path("wires/a.txt");
    let copy = fs::read(&path).expect("the file");
    fs::remove_file(&path).expect("it goes");
    // Whoever asks, root too, is refused its first byte.
    std::os::unix::fs::symlink("/proc/self/mem", &path).expect("a link");
    let run = world.run(&["index", "wires"]);
    assert_eq!(run.status.code(), Some(5));
    assert!(String::from_utf8_lossy(&run.stderr).contains("its stories stay as they were read before"));
    assert_eq!(count(&world, "récolte"), "1");
    fs::remove_file(&path).expect("it goes");
    fs::write(&path, [&copy[..], b"\nLes prix restent stables.\n"].concat()).expect("a file");
    assert_eq!(world.run(&["index", "wires"]).status.code(), Some(0));
    assert_eq!(count(&world, "récolte prix"), "1");
}

#[test]
fn who_reads_while_an_archive_is_made_anew_is_told() {
    let world = archive();
    // What a rebuild leaves that is killed before its first commit.
    assert!(world.run(&["-q", "index", "--rebuild", "wires"]).status.success());
    assert!(!world.path("index/repair.list").exists() && !world.err(&["count", "*"]).contains("made anew"));
    let wires = fs::canonicalize(world.path("wires")).expect("the folder");
    fs::write(world.path("index/repair.list"), wires.as_os_str().as_encoded_bytes()).expect("a list");
    world.write("other/c.txt", "Calm ahead\n\nOSLO, Dec. 5 (Reuters) - The storm has passed the coast.\n");
    world.write("wires/d.txt", "Flood\n\nBERN, 5. Dezember (sda) - Das Wasser steigt nicht mehr.\n");
    assert!(world.err(&["count", "*"]).contains("being made anew"));
    assert_eq!(world.run(&["check"]).status.code(), Some(3));
    // Whatever is indexed next, the rest of the rebuild is read with it.
    world.run(&["-q", "index", "other"]);
    assert_eq!(count(&world, "*"), "4");
    assert!(!world.err(&["count", "*"]).contains("made anew"));
    assert_eq!(world.run(&["check"]).status.code(), Some(0));
}

#[test]
fn copies_that_their_folders_date_differently_are_all_shown() {
    let world = archive();
    let copy = fs::read_to_string(world.path("wires/b.txt")).expect("the file");
    for day in ["2020/12/04", "2021/12/04", "2021/12/04/again"] {
        world.write(&format!("wires/{day}/x.txt"), &copy);
    }
    fs::remove_file(world.path("wires/b.txt")).expect("it goes");
    world.run(&["-q", "index", "wires"]);
    let id = world.out(&["search", "--format", "ids", "-n", "1", "storm"]);
    let shown = world.run(&["show", id.trim()]);
    let text = String::from_utf8_lossy(&shown.stdout);
    assert!(text.contains("2020-12-04") && text.contains("2021-12-04"), "{text}");
    assert_eq!(text.matches("headline").count(), 2, "{text}");
    assert!(String::from_utf8_lossy(&shown.stderr).contains("the same story: wires/2021/12/04/"));
}

#[test]
fn what_is_hidden_is_left_out_and_counted() {
    let world = archive();
    world.write("wires/.draft.txt", "OSLO (NTB) - Not to be read.\n");
    let report = world.err(&["index", "wires"]);
    assert!(report.contains("hidden file or folder 1"), "{report}");
    assert_eq!(count(&world, "*"), "2");
}

#[test]
fn one_agency_and_one_place_of_a_story_count_once() {
    let world = archive();
    world.write(
        "more/a.json",
        "[{\"headline\":\"One\",\"agency\":\"AFP\",\"body\":\"PARIS, May 3, 2024 (Reuters/AFP) - A strike closed the port.\"}]",
    );
    world.write("more/b.txt", "KYIV/KIEV, May 3, 2024 (Reuters) - Two men were held on Monday, police said.\n");
    world.run(&["-q", "index", "more"]);
    for (by, value) in [("agency", "afp"), ("from", "Kyiv")] {
        let table = world.out(&["count", "--format", "tsv", "--by", by, "*"]);
        let row = table.lines().find(|l| l.starts_with(value)).unwrap_or_default();
        let asked = if by == "agency" { "agency:afp" } else { "from:Kyiv" };
        assert_eq!(row.split('\t').nth(1), Some(count(&world, asked).as_str()), "{table}");
    }
}
