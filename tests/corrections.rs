//! `names.toml`: the user's corrections hold for queries, lists, counts and single stories,
//! without a new index, and outlive rebuilds. And what needs none: one person in every script
//! of the sample corpus.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

struct World {
    folder: tempfile::TempDir,
}

impl World {
    fn new(stories: &[(&str, &str)]) -> World {
        let world = World { folder: tempfile::tempdir().expect("a temporary folder") };
        for (name, text) in stories {
            world.write(&format!("wires/{name}.txt"), text);
        }
        assert!(world.run(&["index", "wires"]).status.success());
        world
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.folder.path().join(name);
        fs::create_dir_all(path.parent().expect("a parent")).expect("folders");
        fs::write(path, text).expect("a file");
    }

    fn run(&self, args: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_dateline"));
        command.current_dir(self.folder.path()).env_clear().env("COLUMNS", "100").env("HOME", self.folder.path());
        command.args(args).output().expect("the program runs")
    }

    fn out(&self, args: &[&str]) -> String {
        String::from_utf8(self.run(args).stdout).expect("UTF-8")
    }

    /// The names of the files that a query finds.
    fn found(&self, query: &str) -> Vec<String> {
        let out = self.out(&["search", "--format", "paths", "-n", "1000", query]);
        let name = |line: &str| PathBuf::from(line).file_stem().map(|s| s.to_string_lossy().into_owned());
        let mut names: Vec<String> = out.lines().filter_map(name).collect();
        names.sort();
        names
    }
}

const STORIES: &[(&str, &str)] = &[
    ("poet", "PARIS, Dec 3 (AFP) - The poet Karim Belhadj said on Tuesday that Karim Belhadj would read in Paris."),
    ("pen", "PARIS, Dec 4 (AFP) - The novelist Yves Tamar said on Wednesday that he, Yves Tamar, was somebody else."),
    ("smith", "LONDON, Dec 4 (Reuters) - President Jon Smithson met the banker Paul Mercer in London on Wednesday."),
    ("smyth", "LONDON, Dec 5 (Reuters) - The striker John Smithson scored twice, coach Paul Mercer said on Thursday."),
];

#[test]
fn two_names_of_one_person_are_merged_and_an_alias_is_found() {
    let world = World::new(STORIES);
    assert_eq!(world.found("person:Belhadj"), ["poet"]);
    world.write("index/names.toml", "[[person]]\nmerge = [\"Karim Belhadj\", \"Yves Tamar\"]\n");
    assert_eq!(world.found("person:Belhadj"), ["pen", "poet"]);
    assert_eq!(world.found("person:\"Yves Tamar\""), ["pen", "poet"]);
    assert_eq!(world.found("person:\"Yves Tamar\" W/9 novelist"), ["pen"]);
    let names = world.out(&["names", "--kind", "person", "Belhadj"]);
    assert!(names.contains("Karim Belhadj 1 · Yves Tamar 1"), "{names}");
    let counts = world.out(&["count", "--by", "person", "paris"]);
    let line = counts.lines().find(|l| l.starts_with("Karim Belhadj ")).unwrap_or_default();
    assert!(line.contains(" 2 ") && !counts.contains("Tamar"), "{counts}");
    // It holds after a rebuild as well.
    assert!(world.run(&["index", "--rebuild", "wires"]).status.success());
    assert_eq!(world.found("person:Belhadj"), ["pen", "poet"]);
    world.write("index/names.toml", "[[person]]\nname = \"Paul Mercer\"\nalias = [\"Mr Bank\"]\n");
    assert_eq!(world.found("person:Belhadj"), ["poet"]);
    assert_eq!(world.found("person:\"Mr Bank\""), ["smith", "smyth"]);
}

#[test]
fn names_that_sound_alike_are_split() {
    let world = World::new(STORIES);
    assert_eq!(world.found("person:\"Jon Smithson\""), ["smith", "smyth"]);
    world.write("index/names.toml", "[[person]]\nsplit = [\"Jon Smithson\", \"John Smithson\"]\n");
    assert_eq!(world.found("person:\"Jon Smithson\""), ["smith"]);
    assert_eq!(world.found("person:Smithson"), ["smith", "smyth"]);
    assert_eq!(world.out(&["names", "--kind", "person", "Smithson"]).lines().count(), 2);
}

#[test]
fn a_surname_that_is_split_from_another_takes_none_of_its_bearers() {
    let world = World::new(&[
        (
            "chief",
            "MOSCOW, Dec 4 (Reuters) - The mayor of the city, Ivan Zaitsev, met bankers in New York on Wednesday.",
        ),
        ("head", "МОСКВА, 5 дек (РИА) - Генерал Михаил Зайцев встретился с журналистами в Женеве в четверг."),
        (
            "regan",
            "WASHINGTON, Dec 4 (Reuters) - Treasury Secretary Donald Regan met bankers in New York on Wednesday.",
        ),
        ("reagan", "WASHINGTON, Dec 5 (Reuters) - President Ronald Reagan met reporters in Geneva on Thursday."),
    ]);
    // Sound tells letters of one script apart, and joins scripts.
    assert_eq!(world.found("person:Regan"), ["regan"]);
    assert_eq!(world.found("person:Zaitsev"), ["chief", "head"]);
    for split in ["\"Zaitsev\", \"Зайцев\"", "\"Ivan Zaitsev\", \"Михаил Зайцев\""] {
        world.write("index/names.toml", &format!("[[person]]\nsplit = [{split}]\n"));
        assert_eq!(world.found("person:Zaitsev"), ["chief"], "{split}");
        assert_eq!(world.found("person:Зайцев"), ["head"], "{split}");
        assert_eq!(world.found("person:\"Михаил Зайцев\""), ["head"], "{split}");
    }
}

#[test]
fn what_is_no_name_is_banned_and_a_story_says_so() {
    let world = World::new(STORIES);
    world.write("index/names.toml", "# not him\n[[person]]\nban = [\"Paul Mercer\"]\n");
    assert!(world.found("person:Mercer").is_empty());
    assert_eq!(world.found("Mercer"), ["smith", "smyth"]);
    assert!(!world.out(&["names", "--kind", "person"]).contains("Mercer"));
    assert!(!world.out(&["count", "--by", "person", "*"]).contains("Mercer"));
    let none = world.out(&["count", "person:none"]);
    let by = world.out(&["count", "--by", "person", "*"]);
    let counted = by.lines().find(|l| l.starts_with("none ")).and_then(|l| l.split_whitespace().nth(1));
    assert_eq!(none.split_whitespace().next(), Some(counted.unwrap_or("0")), "{by}");
    let ids = world.out(&["search", "--format", "ids", "striker"]);
    let story = world.out(&["show", "--why", ids.trim()]);
    assert!(story.contains("names.toml:2 takes") && !story.contains("\npeople     Paul Mercer"), "{story}");
    world.write("index/names.toml", "[[person]]\nmerge = [\"Paul Mercer\", \"Karim Belhadj\"]\n");
    let story = world.out(&["show", "--why", ids.trim()]);
    assert!(story.contains("stated · names/merged · field names.toml:1"), "{story}");
}

#[test]
fn a_place_has_an_alias_or_is_none() {
    let world = World::new(STORIES);
    assert_eq!(world.found("place:Paris"), ["pen", "poet"]);
    assert!(world.found("place:Lutetia").is_empty());
    world.write("index/names.toml", "[[place]]\nname = \"Paris\"\nalias = [\"Lutetia\"]\n");
    assert_eq!(world.found("place:Lutetia"), ["pen", "poet"]);
    assert_eq!(world.found("place:Paris"), ["pen", "poet"]);
    world.write("index/names.toml", "[[place]]\nban = [\"Paris\"]\n");
    assert!(world.found("place:Paris").is_empty() && world.found("place:パリ").is_empty());
    assert!(!world.out(&["count", "--by", "place", "*"]).contains("Paris"));
    assert!(!world.out(&["names", "--kind", "place"]).contains("Paris"));
}

#[test]
fn a_fault_names_file_line_and_remedy() {
    let world = World::new(STORIES);
    world.write("index/names.toml", "[[person]]\nban = [\"A\"]\n\n[[person]]\nmerge = [\"B\"]\n");
    let run = world.run(&["search", "paris"]);
    let message = String::from_utf8_lossy(&run.stderr).into_owned();
    assert_eq!(run.status.code(), Some(2), "{message}");
    assert!(message.contains("names.toml:4: at least 2 names are wanted"), "{message}");
    assert!(message.contains("hint: an entry is [[person]], [[place]] or [[org]] with merge"), "{message}");
}

#[test]
fn putin_is_found_in_every_script_of_the_sample_corpus() {
    let world = World::new(&STORIES[..1]);
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample_corpus");
    assert!(world.run(&["index", &corpus.to_string_lossy()]).status.code() != Some(2));
    let found = world.found("person:Putin");
    for name in ["pujing_yilang", "sjis_moskva", "oslo_hidankyo", "moscou_appel_syrie", "putin_erdogan_ria"] {
        assert!(found.iter().any(|f| f == name), "{name} is not among {found:?}");
    }
    for asked in ["person:普京", "person:プーチン", "person:푸틴", "person:Путин", "person:بوتين", "person:Poutine"]
    {
        assert_eq!(world.found(asked), found, "{asked}");
    }
}

/// The number of stories that a query finds.
fn count(world: &World, query: &str) -> usize {
    world.found(query).len()
}

const TOWNS: &[(&str, &str)] = &[
    ("texas", "PARIS, Texas, May 6, 2024 (AP) - A fire broke out on Monday, officials of the town said."),
    ("france", "PARIS, May 7, 2024 (AFP) - The heiress went from Lyon to Paris, France, on Tuesday."),
    (
        "aleppo",
        "LONDON, May 1, 2024 (Reuters) - A fire in Foobarville, officials said on Wednesday. They met in Aleppo.",
    ),
    ("foobar", "LONDON, May 2, 2024 (Reuters) - A second fire broke out in Foobarville, officials said on Thursday."),
];

#[test]
fn a_correction_changes_what_it_names_and_nothing_else() {
    let world = World::new(TOWNS);
    let queries = [
        "place:\"Paris [Texas]\"",
        "place:\"Paris [France]\"",
        "place:=\"Paris [Texas]\"",
        "place:Paris",
        "place:Texas",
        "place:France",
        "place:=France",
        "place:Syria",
        "place:London",
        "place:Foobarville",
    ];
    let counts = || queries.map(|query| world.found(query));
    let before = counts();
    assert_eq!(world.found(queries[0]), ["texas"]);
    for entry in
        ["[[person]]\nban = [\"Foo Bar\"]", "[[place]]\nname = \"Paris [France]\"\nalias = [\"City of Light\"]"]
    {
        world.write("index/names.toml", entry);
        assert_eq!(counts(), before, "{entry}");
    }
    assert_eq!(world.found("place:\"City of Light\""), ["france"]);
    world.write("index/names.toml", "[[place]]\nban = [\"Paris [Texas]\"]\n");
    assert_eq!(world.found("place:Paris"), ["france"]);
    // The state is named beside its town.
    assert_eq!(world.found("place:Texas"), ["texas"]);
    world.write("index/names.toml", "[[place]]\nban = [\"Paris [Texas]\", \"Texas\"]\n");
    assert!(world.found("place:Texas").is_empty());
}

#[test]
fn what_is_said_of_a_place_reaches_what_it_lies_in() {
    let world = World::new(TOWNS);
    assert_eq!(world.found("place:Syria"), ["aleppo"]);
    for entry in ["merge = [\"Foobarville\", \"Aleppo\"]", "name = \"Aleppo\"\nalias = [\"Foobarville\"]"] {
        world.write("index/names.toml", &format!("[[place]]\n{entry}\n"));
        for query in ["place:Aleppo", "place:Foobarville", "place:Syria", "place:Syria W/9 officials"] {
            assert_eq!(world.found(query), ["aleppo", "foobar"], "{query}");
        }
        let counts = world.out(&["count", "--by", "country", "*"]);
        let of_syria = counts.lines().find(|line| line.starts_with("Syria ")).unwrap_or_default();
        assert_eq!(of_syria.split_whitespace().nth(1), Some("2"), "{counts}");
    }
    let names = world.out(&["names", "--kind", "place", "Aleppo"]);
    assert!(names.contains("  Aleppo  (Foobarville 2 · Aleppo 1)"), "{names}");
    world.write("index/names.toml", "[[place]]\nban = [\"Lyon\"]\n[[place]]\nban = [\"Paris\"]\n");
    assert!(world.out(&["count", "place:Paris OR place:Lyon"]).starts_with('0'));
    // France itself is named.
    assert_eq!(world.found("place:France"), ["france"]);
    world.write("index/names.toml", "[[place]]\nban = [\"Lyon\", \"Paris\", \"France\"]\n");
    assert!(world.found("place:France").is_empty());
    assert!(!world.out(&["count", "--by", "country", "*"]).contains("France"));
}

const WALKERS: &[(&str, &str)] = &[
    (
        "george",
        "LONDON, May 1, 2024 (Reuters) - \"We will win,\" George Walker said on Wednesday. Walker, the coach, met Anna Berg.",
    ),
    (
        "georges",
        "PARIS, May 2, 2024 (Reuters) - \"We will lose,\" Georges Walker said on Thursday. Mr Walker, a banker, met Anna Bergh.",
    ),
    (
        "bull",
        "ROME, May 3, 2024 (Reuters) - The Bull said nothing. George Walker left. Anna Berg, known as Berg, stayed with Bull.",
    ),
];

#[test]
fn whoever_is_merely_alike_is_not_corrected_too() {
    let world = World::new(WALKERS);
    let georges = "person:\"Georges Walker\"";
    assert_eq!(world.found(georges), ["georges"]);
    // Anna Bergh may be Anna Berg by her name's sound.
    for (entry, found) in [
        ("name = \"George Walker\"\nalias = [\"The Bull\", \"Bull\"]", 2),
        ("merge = [\"George Walker\", \"Anna Berg\"]", 3),
    ] {
        world.write("index/names.toml", &format!("[[person]]\n{entry}\n"));
        assert_eq!(world.found(georges), ["georges"], "{entry}");
        assert_eq!(count(&world, "person:\"George Walker\""), found, "{entry}");
        assert_eq!(count(&world, "person:Walker"), 3, "{entry}");
    }
    assert_eq!(world.found("person:\"Anna Berg\""), world.found("person:\"George Walker\""));
    // The value is the plain name; its id asks for the stories that it counts, without whoever sounds alike.
    let counts = world.out(&["count", "--by", "person", "--format", "tsv", "*"]);
    let row = counts.lines().find(|line| line.starts_with("George Walker\t")).expect("a row");
    assert_eq!(row, "George Walker\t2", "{counts}");
    assert_eq!(count(&world, "person:\"George Walker [u:george walker]\""), 2);
}

#[test]
fn who_is_nobody_says_nothing() {
    let world = World::new(WALKERS);
    assert_eq!(count(&world, "speaker:*"), 2);
    world.write("index/names.toml", "[[person]]\nban = [\"George Walker\"]\n");
    assert_eq!(world.found("speaker:*"), ["georges"]);
    assert_eq!(world.found("speaker:none"), ["bull", "george"]);
    assert!(world.found("person:=\"George Walker\"").is_empty());
    assert_eq!(world.found("person:=Walker"), ["georges"]);
    assert_eq!(count(&world, "person:=Berg"), 2);
    let ids = world.out(&["search", "--format", "ids", "coach"]);
    for format in ["text", "json"] {
        let story = world.out(&["show", "--format", format, ids.trim()]);
        assert!(!story.contains("quotes George") && !story.contains("speaker\":{\"name"), "{story}");
    }
}

#[test]
fn mentions_side_by_side_are_counted_and_marked_one_by_one() {
    let world = World::new(&[(
        "list",
        "BEIRUT, May 3, 2024 (AFP) - Fighting was reported in Hama, Aleppo, Homs, Damascus and Idlib on Friday. \
         Vladimir Putin, Vladimir Putin.",
    )]);
    for query in ["ATLEAST/5(place:Syria)", "ATLEAST/2(person:Putin)", "place:Hama W/1 place:Aleppo"] {
        assert_eq!(world.found(query), ["list"], "{query}");
    }
    for query in ["ATLEAST/6(place:Syria)", "ATLEAST/3(person:Putin)"] {
        assert!(world.found(query).is_empty(), "{query}");
    }
    let found = world.out(&["search", "--format", "jsonl", "place:Syria"]);
    assert!(found.contains("\"spans\":[[53,57],[59,65],[67,71],[73,81],[86,91]]"), "{found}");
}

#[test]
fn a_correction_of_a_name_that_no_story_has_is_told() {
    let world = World::new(WALKERS);
    let said = |entries: &str| {
        world.write("index/names.toml", entries);
        let told = |command: &str| String::from_utf8_lossy(&world.run(&[command]).stderr).into_owned();
        assert_eq!(told("names"), told("status"));
        told("names")
    };
    assert_eq!(
        said("[[person]]\nban = [\"Foo Bar\"]\n[[person]]\nmerge = [\"Nobody Here\", \"Anna Berg\"]\n"),
        "warning: names.toml:1 corrects nothing of \"Foo Bar\": no story has a person of that name\n\
         warning: names.toml:3 corrects nothing of \"Nobody Here\": no story has a person of that name\n"
    );
    assert!(said("[[person]]\nname = \"Nobody\"\nalias = [\"X\"]\n").contains("\"Nobody\", \"X\""));
    assert_eq!(said("[[person]]\nname = \"Georges Walker\"\nalias = [\"The Banker\"]\n"), "");
    assert_eq!(said("[[place]]\nban = [\"London\"]\n"), "");
}
