//! Which stories are versions of one dispatch: as the program lists them, and as `--unique` leaves
//! them out of lists, counts, timelines and exports alike.

#[path = "world/mod.rs"]
mod world;

use world::World;

const FIRST: &str = "Ferry with 214 aboard runs aground off Kalmar\n\n\
    KALMAR, Sweden, March 5, 2024 (Reuters) - A ferry carrying 214 passengers and 31 crew ran aground on a reef off the \
    Swedish port of Kalmar early on Tuesday, the coastguard said.\n\n\
    Two helicopters and a lifeboat from Oskarshamn took off the passengers, several of whom were treated for cold. \
    \"Nobody is missing,\" coastguard officer Birgitta Holmqvist told reporters on the quay.\n\n\
    The Alvaret, built in 1998 and owned by Sundlinjen AB, had left Farosund at 03.20 and was on its way to Grankulla \
    when its steering failed, the company said. Divers will look at the hull on Wednesday.\n";

/// The same written through: more at its end, a figure corrected, filed an hour later.
const SECOND: &str = "UPDATE 1-Ferry with 216 aboard runs aground off Kalmar\n\n\
    KALMAR, Sweden, March 5, 2024 (Reuters) - A ferry carrying 216 passengers and 31 crew ran aground on a reef off the \
    Swedish port of Kalmar early on Tuesday, the coastguard said.\n\n\
    Two helicopters and a lifeboat from Oskarshamn took off the passengers, several of whom were treated for cold. \
    \"Nobody is missing,\" coastguard officer Birgitta Holmqvist told reporters on the quay.\n\n\
    The Alvaret, built in 1998 and owned by Sundlinjen AB, had left Farosund at 03.20 and was on its way to Grankulla \
    when its steering failed, the company said. Divers will look at the hull on Wednesday.\n\n\
    Environmental inspectors found no oil in the water by noon. The reef, known to fishermen as the Hen, has holed \
    four ships in twenty years, among them the tanker Vesta.\n";

/// Two bulletins of one pattern: what they say differs.
fn bulletin(town: &str, cases: u32, all: u32, deaths: u32) -> String {
    format!(
        "{cases} new cases in {town}\n\n{town}, March 5, 2024 (Reuters) - The ministry of health announced {cases} new cases of \
         cholera over the past 24 hours, which brings the number of confirmed cases since the beginning of the epidemic \
         to {all}. The number of deaths stands at {deaths}. The ministry calls on all citizens to boil their water and \
         to report to the nearest health centre if they feel unwell, and reminds them that treatment is free.\n"
    )
}

fn world() -> World {
    let world = World::new();
    world.write("wires/first.txt", FIRST);
    world.write("wires/second.txt", SECOND);
    world.write("wires/resent.txt", FIRST.to_uppercase());
    let lead: String = FIRST.split("\n\n").take(2).collect::<Vec<_>>().join("\n\n");
    world.write("wires/lead.txt", lead);
    world.write("wires/lusaka.txt", bulletin("Lusaka", 412, 9176, 87));
    world.write("wires/ndola.txt", bulletin("Ndola", 1038, 12954, 203));
    world.run(&["index", "wires"]);
    world
}

/// The names of the members of each group, and how they stand to the first.
fn groups(world: &World, args: &[&str]) -> Vec<Vec<(String, Option<String>)>> {
    let args = [&["versions", "--format", "jsonl"], args].concat();
    let member = |member: &serde_json::Value| {
        let path = member["path"].as_str().expect("a path");
        let name = path.rsplit('/').next().expect("a name").trim_end_matches(".txt").to_owned();
        (name, member["relation"].as_str().map(str::to_owned))
    };
    let group = |line: &str| {
        let group: serde_json::Value = serde_json::from_str(line).expect("JSON");
        assert_eq!(group["schema"], 1);
        group["members"].as_array().expect("a list").iter().map(member).collect()
    };
    world.out(&args).lines().map(group).collect()
}

fn names(group: &[(String, Option<String>)]) -> Vec<&str> {
    let mut names: Vec<&str> = group.iter().map(|(name, _)| name.as_str()).collect();
    names.sort_unstable();
    names
}

#[test]
fn versions_are_found_by_their_texts_and_bulletins_of_one_pattern_are_none() {
    let world = world();
    let found = groups(&world, &[]);
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(names(&found[0]), ["first", "lead", "resent", "second"]);
    assert_eq!(found[0][0], ("second".to_owned(), None), "the longest of one day comes first");
    let relation = |name: &str| found[0].iter().find(|(n, _)| n == name).and_then(|(_, r)| r.clone());
    assert_eq!(relation("lead").as_deref(), Some("shortened"));
    assert_eq!(relation("first").as_deref(), Some("edited"));
}

#[test]
fn the_versions_of_one_story_are_those_of_its_group() {
    let world = world();
    let id = world.ids("path:lead.txt").pop().expect("an id");
    assert_eq!(groups(&world, &["--of", &id]), groups(&world, &[]));
    let alone = world.ids("path:ndola.txt").pop().expect("an id");
    assert_eq!(world.code(&["versions", "--of", &alone]), Some(1));
}

#[test]
fn lists_counts_facets_and_exports_leave_out_the_same() {
    let world = world();
    assert_eq!(world.out(&["count", "*"]).trim(), "6");
    assert_eq!(world.out(&["count", "--unique", "*"]).trim(), "3");
    let listed = world.out(&["search", "--unique", "--format", "paths", "*"]);
    let mut listed: Vec<&str> = listed.lines().filter_map(|path| path.rsplit('/').next()).collect();
    listed.sort_unstable();
    assert_eq!(listed, ["lusaka.txt", "ndola.txt", "second.txt"]);
    let by_agency = world.out(&["count", "--unique", "--by", "agency", "--format", "csv", "*"]);
    assert!(by_agency.contains("reuters,3"), "{by_agency}");
    let exported = world.out(&["export", "--unique", "-o", "-", "--format", "ids", "*"]);
    assert_eq!(exported.lines().count(), 3);
    let object: serde_json::Value =
        serde_json::from_str(&world.out(&["search", "--unique", "--format", "json", "Kalmar"])).expect("JSON");
    assert_eq!((object["total"].as_u64(), object["versions_left_out"].as_u64()), (Some(1), Some(3)));
    let told = world.out(&["search", "--unique", "Kalmar"]);
    assert!(told.contains("3 more stories are versions of these"), "{told}");
}

/// Another agency's account: the same names and figures, some of the same words.
const RETOLD: &str = "Passengers taken off grounded Swedish ferry\n\n\
    KALMAR, Sweden, March 5, 2024 (AFP) - Rescuers took off 214 passengers and 31 crew of a ferry that ran aground on a \
    reef off the Swedish port of Kalmar early on Tuesday, officials said.\n\n\
    Two helicopters and a lifeboat from Oskarshamn were sent out, and several people were treated for cold. Coastguard \
    officer Birgitta Holmqvist told reporters that nobody is missing.\n\n\
    The Alvaret, built in 1998, belongs to Sundlinjen AB. The ship had left Farosund at 03.20 for Grankulla when its \
    steering failed, according to the company. Divers look at the hull on Wednesday.\n";

#[test]
fn what_is_only_inferred_to_be_a_version_is_told_and_kept() {
    let world = world();
    world.write("wires/retold.txt", RETOLD);
    world.run(&["index"]);
    let found = groups(&world, &[]);
    assert_eq!(names(&found[0]), ["first", "lead", "resent", "retold", "second"]);
    assert!(found[0].contains(&("retold".to_owned(), Some("retold".to_owned()))), "{found:?}");
    assert!(world.out(&["versions"]).contains("inferred"));
    let listed = world.out(&["search", "--unique", "--format", "paths", "Kalmar"]);
    let mut listed: Vec<&str> = listed.lines().filter_map(|path| path.rsplit('/').next()).collect();
    listed.sort_unstable();
    assert_eq!(listed, ["retold.txt", "second.txt"]);
}

#[test]
fn what_is_asked_for_alone_is_listed_though_it_has_a_later_version() {
    let world = world();
    // The first words alone: only the lead and the first have them.
    assert_eq!(world.out(&["count", "--unique", "214"]).trim(), "1");
}

#[test]
fn a_senders_identifier_makes_versions_whatever_the_text() {
    let world = World::new();
    let item = |version: u32, hour: u32, body: &str| {
        format!(
            r#"{{"uri":"urn:newsml:example.org:20240305:kalmar","version":"{version}","versioncreated":"2024-03-05T0{hour}:00:00Z","type":"text","headline":"Kalmar ferry {version}","body_text":"{body}"}}"#
        )
    };
    world.write("wires/one.json", item(1, 4, "A ferry ran aground."));
    world.write("wires/two.json", item(2, 6, "All passengers of the vessel Alvaret are safe on land, officials say."));
    world.run(&["index", "wires"]);
    let found = groups(&world, &[]);
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].iter().map(|(n, _)| n.as_str()).collect::<Vec<_>>(), ["two.json", "one.json"]);
    let rows = world.out(&["versions", "--format", "csv"]);
    assert!(rows.contains(",stated,"), "{rows}");
}

#[test]
fn the_same_words_on_another_occasion_are_no_version() {
    let world = World::new();
    let rates = |day: u32| {
        format!(
            "Bundesbank leaves credit policies unchanged\n\nFRANKFURT, March {day}, 2024 (Reuters) - The Bundesbank left credit \
             policies unchanged after today's regular meeting of its council, a spokesman said in answer to questions, and \
             added that the discount rate stays at three per cent and the Lombard emergency financing rate at five per \
             cent. The next meeting is in two weeks, he said, and will be followed by a news conference.\n"
        )
    };
    world.write("wires/a.txt", rates(5));
    world.write("wires/b.txt", rates(19));
    world.write("wires/c.txt", rates(6));
    world.run(&["index", "wires"]);
    let found = groups(&world, &[]);
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(names(&found[0]), ["a", "c"]);
}
