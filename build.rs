//! Checks the tables under `data/` and compiles them into what `src/data` includes.
//!
//! A fault in a table stops the build with its file and line. Nothing is parsed when the
//! program starts: the gazetteer becomes an automaton and flat little-endian tables, the
//! languages a Rust array.

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

#[path = "build/callings.rs"]
mod callings;
#[path = "build/entity_words.rs"]
mod entity_words;
#[allow(dead_code, unreachable_pub)]
#[path = "src/text/fold.rs"]
mod fold;
#[allow(dead_code, unreachable_pub)]
#[path = "src/enrich/entities/hash.rs"]
mod hash;
#[path = "build/known.rs"]
mod known;
#[allow(dead_code, unreachable_pub)]
#[path = "src/enrich/entities/lexicon.rs"]
mod lexicon;
#[allow(dead_code, unreachable_pub)]
#[path = "src/text/marks.rs"]
mod marks;
#[allow(unreachable_pub)]
#[path = "src/data/place_key.rs"]
mod place_key;
#[allow(dead_code, unreachable_pub)]
#[path = "src/data/time_kind.rs"]
mod time_kind;
#[allow(dead_code, unreachable_pub)]
#[path = "src/data/time_lexicon.rs"]
mod time_lexicon;
#[path = "build/times.rs"]
mod times;
#[path = "build/times_layout.rs"]
mod times_layout;
#[allow(dead_code, unreachable_pub)]
#[path = "src/text/words.rs"]
mod words;

/// Names of one place share a byte for their number, and a place's index has two bytes.
const SHARING_MAX: usize = 255;
const PLACES_MAX: usize = 65_535;
/// More faults than these are of one cause.
const FAULTS_MAX: usize = 20;

fn main() -> ExitCode {
    let root = PathBuf::from(std::env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets it"));
    let out = PathBuf::from(std::env::var_os("OUT_DIR").expect("cargo sets it"));
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=build");
    println!("cargo::rerun-if-changed=src/text/fold.rs");
    println!("cargo::rerun-if-changed=src/text/marks.rs");
    println!("cargo::rerun-if-changed=src/data/place_key.rs");
    println!("cargo::rerun-if-changed=src/data/time_kind.rs");
    println!("cargo::rerun-if-changed=src/data/time_lexicon.rs");
    println!("cargo::rerun-if-changed=src/text/words.rs");
    println!("cargo::rerun-if-changed=build/times.rs");
    println!("cargo::rerun-if-changed=src/enrich/entities/hash.rs");
    println!("cargo::rerun-if-changed=src/enrich/entities/lexicon.rs");
    if is_glibc() {
        at_a_fixed_address();
        give_memory_back();
    }
    let mut faults = Vec::new();
    places(&root, &out, &mut faults);
    languages(&root, &out, &mut faults);
    known::compile(&root, &out, &mut faults);
    callings::compile(&root, &out, &mut faults);
    times::write(&root, &out, &mut faults);
    entity_words::compile(&root, &out, &mut faults);
    for fault in faults.iter().take(FAULTS_MAX) {
        println!("cargo::error={fault}");
    }
    if faults.len() > FAULTS_MAX {
        println!("cargo::error=and {} more", faults.len() - FAULTS_MAX);
    }
    if faults.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn target(name: &str) -> String {
    std::env::var(format!("CARGO_CFG_TARGET_{name}")).unwrap_or_default()
}

fn is_glibc() -> bool {
    (target("OS"), target("ENV")) == ("linux".into(), "gnu".into())
}

/// Links the program without relocations, where the linker is known to do it: the tables
/// hold some 90,000 pointers, and to write them at every start costs more than a search.
fn at_a_fixed_address() {
    if target("ARCH") == "x86_64" {
        println!("cargo::rustc-link-arg-bins=-no-pie");
    }
}

/// Links what keeps the C library from holding on to memory: `build/heap.c` says why.
fn give_memory_back() {
    println!("cargo::rerun-if-changed=build/heap.c");
    for object in cc::Build::new().cargo_metadata(false).file("build/heap.c").compile_intermediates() {
        println!("cargo::rustc-link-arg-bins={}", object.display());
    }
}

/// A line of a table: where it stands and its columns.
struct Line<'a> {
    file: &'static str,
    number: usize,
    columns: Vec<&'a str>,
}

impl Line<'_> {
    fn fault(&self, faults: &mut Vec<String>, what: &str) {
        faults.push(format!("{}:{}: {what}", self.file, self.number));
    }
}

fn read(root: &Path, file: &'static str, faults: &mut Vec<String>) -> String {
    println!("cargo::rerun-if-changed={file}");
    match fs::read_to_string(root.join(file)) {
        Ok(text) => text,
        Err(error) => {
            faults.push(format!("{file}: {error}"));
            String::new()
        }
    }
}

/// Yields the lines that hold data: neither empty nor a remark.
fn lines<'a>(file: &'static str, text: &'a str) -> impl Iterator<Item = Line<'a>> {
    let numbered = text.lines().enumerate();
    numbered.filter(|(_, l)| !l.is_empty() && !l.starts_with('#')).map(move |(at, l)| Line {
        file,
        number: at + 1,
        columns: l.split('\t').collect(),
    })
}

struct Place<'a> {
    id: &'a str,
    kind: u8,
    capital: bool,
    name: &'a str,
    country: &'a str,
    region: &'a str,
    lat: f32,
    lon: f32,
    population: u32,
    names: Vec<&'a str>,
}

impl Place<'_> {
    /// A name is a city's rather than the region's around it, unless that is far larger.
    fn rank(&self) -> u32 {
        const REGION_OVER_CITY: u32 = 50;
        if self.kind == 1 { self.population / REGION_OVER_CITY } else { self.population }
    }
}

fn places(root: &Path, out: &Path, faults: &mut Vec<String>) {
    const TABLE: &str = "data/places.tsv";
    const EXTRA: &str = "data/places_extra.tsv";
    let (table, extra) = (read(root, TABLE, faults), read(root, EXTRA, faults));
    let mut places: Vec<Place> = Vec::new();
    let mut at: HashMap<&str, usize> = HashMap::new();
    for line in lines(TABLE, &table).chain(lines(EXTRA, &extra)) {
        if line.file == EXTRA && line.columns.len() == 3 {
            more_names(&line, &mut places, &at, faults);
            continue;
        }
        let Some(place) = new_place(&line, faults) else { continue };
        if at.insert(place.id, places.len()).is_some() {
            line.fault(faults, &format!("the id {} is used twice", place.id));
        }
        places.push(place);
    }
    if places.len() > PLACES_MAX {
        faults.push(format!("{TABLE}: more than {PLACES_MAX} places"));
    }
    for place in &places {
        if !place.region.is_empty() && !at.contains_key(place.region) {
            faults.push(format!("{TABLE}: {}: no region {}", place.id, place.region));
        }
    }
    if faults.is_empty() {
        places.sort_by(|a, b| b.rank().cmp(&a.rank()).then_with(|| a.id.cmp(b.id)));
        write_places(&places, out);
    }
}

/// Reads a line of nine columns.
fn new_place<'a>(line: &Line<'a>, faults: &mut Vec<String>) -> Option<Place<'a>> {
    let [id, kind, name, country, region, lat, lon, population, aliases] = line.columns[..] else {
        line.fault(faults, &format!("{} columns instead of 9", line.columns.len()));
        return None;
    };
    let before = faults.len();
    let mut check = |holds: bool, what: &str| {
        if !holds {
            line.fault(faults, what);
        }
    };
    let wanted = match kind {
        "country" => "c:",
        "region" => "r:",
        _ => "",
    };
    check(matches!(kind, "country" | "region" | "city" | "capital"), &format!("unknown kind {kind:?}"));
    check(id.starts_with(wanted) && (1..=255).contains(&id.len()), &format!("the id {id:?} does not suit a {kind}"));
    check((1..=255).contains(&name.len()) && name.trim() == name, "a name is missing, too long or padded");
    check(country.len() == 2 && country.bytes().all(|b| b.is_ascii_uppercase()), "the country is not two capitals");
    let degrees = |text: &str, limit: f32| text.parse::<f32>().ok().filter(|d| d.abs() <= limit);
    let (lat, lon) = (degrees(lat, 90.0), degrees(lon, 180.0));
    check(lat.is_some() && lon.is_some(), "the coordinates are not degrees");
    let population = population.parse().ok();
    check(population.is_some(), "the population is not a whole number");
    let names = aliases_of(aliases, line, faults);
    (faults.len() == before).then_some(())?;
    Some(Place {
        id,
        kind: ["country", "region"].iter().position(|k| *k == kind).unwrap_or(2) as u8,
        capital: kind == "capital",
        name,
        country,
        region,
        lat: lat?,
        lon: lon?,
        population: population?,
        names: std::iter::once(name).chain(names).collect(),
    })
}

/// Reads a line of three columns: further names of a place of the main table.
fn more_names<'a>(line: &Line<'a>, places: &mut [Place<'a>], at: &HashMap<&str, usize>, faults: &mut Vec<String>) {
    let names = aliases_of(line.columns[2], line, faults);
    let Some(place) = at.get(line.columns[0]).map(|i| &mut places[*i]) else {
        return line.fault(faults, &format!("no place has the id {}", line.columns[0]));
    };
    if place.name != line.columns[1] {
        line.fault(faults, &format!("{} is called {:?}, not {:?}", place.id, place.name, line.columns[1]));
    }
    place.names.extend(names);
}

fn aliases_of<'a>(column: &'a str, line: &Line, faults: &mut Vec<String>) -> Vec<&'a str> {
    let names: Vec<&str> = if column.is_empty() { Vec::new() } else { column.split('|').collect() };
    if names.iter().any(|n| key(n).is_none() || n.trim() != *n) {
        line.fault(faults, "an empty or padded name in the last column");
    }
    names
}

/// Returns the key of a name, its mark (`!` or `,`) kept in front. One or two Latin letters
/// are a word of running text first: they hold in a dateline only.
fn key(name: &str) -> Option<String> {
    let (mark, bare) = match name.strip_prefix(['!', ',']) {
        Some(bare) => (&name[..1], bare),
        None => ("", name),
    };
    let bare = place_key::place_key(&fold::fold(bare));
    let mark = if mark.is_empty() && bare.len() <= 2 && bare.is_ascii() { "!" } else { mark };
    (!bare.is_empty()).then(|| format!("{mark}{bare}"))
}

/// Tells whether a country's name is written in capitals alone.
fn is_acronym(name: &str) -> bool {
    let letters = || name.chars().filter(|c| c.is_alphabetic());
    letters().count() > 1 && letters().all(char::is_uppercase)
}

/// Writes the automaton (key to offset of a list), the lists (a count, then indexes, the
/// likeliest first), the records, their strings and keys, and the order of the ids.
fn write_places(places: &[Place], out: &Path) {
    let mut sharing: BTreeMap<String, Vec<u16>> = BTreeMap::new();
    for (index, place) in places.iter().enumerate() {
        // An acronym holds as a qualifier too: so it is told from a word in capitals.
        let is_country = place.kind == 0;
        let acronyms = place.names.iter().filter(|n| is_country && is_acronym(n)).map(|n| format!(",{n}"));
        let acronyms: Vec<String> = acronyms.filter_map(|n| key(&n)).collect();
        for key in place.names.iter().filter_map(|n| key(n)).chain(acronyms) {
            let list = sharing.entry(key).or_default();
            if list.last() != Some(&(index as u16)) && list.len() < SHARING_MAX {
                list.push(index as u16);
            }
        }
    }
    let mut map = fst::MapBuilder::memory();
    let mut lists = Vec::new();
    let mut keys_of: Vec<Vec<u32>> = vec![Vec::new(); places.len()];
    for (key, list) in &sharing {
        map.insert(key, lists.len() as u64).expect("a BTreeMap is sorted");
        for index in list {
            keys_of[usize::from(*index)].push(lists.len() as u32);
        }
        lists.push(list.len() as u8);
        lists.extend(list.iter().flat_map(|i| i.to_le_bytes()));
    }
    let index_of: HashMap<&str, usize> = places.iter().enumerate().map(|(i, p)| (p.id, i)).collect();
    let (mut records, mut strings, mut keys) = (Vec::new(), String::new(), Vec::new());
    for (place, own) in places.iter().zip(&keys_of) {
        let region = index_of.get(place.region).map_or(0, |i| *i as u16 + 1);
        records.extend([place.kind, u8::from(place.capital)]);
        records.extend(place.country.bytes());
        records.extend((strings.len() as u32).to_le_bytes());
        records.extend([place.id.len() as u8, place.name.len() as u8]);
        records.extend(region.to_le_bytes());
        records.extend(place.lat.to_le_bytes());
        records.extend(place.lon.to_le_bytes());
        records.extend(place.population.to_le_bytes());
        records.extend((keys.len() as u32 / 4).to_le_bytes());
        records.extend((own.len() as u32).to_le_bytes());
        strings.push_str(place.id);
        strings.push_str(place.name);
        keys.extend(own.iter().flat_map(|o| o.to_le_bytes()));
    }
    let mut order: Vec<u16> = (0..places.len()).map(|i| i as u16).collect();
    order.sort_by_key(|i| places[usize::from(*i)].id);
    let ids: Vec<u8> = order.iter().flat_map(|i| i.to_le_bytes()).collect();
    let write = |name: &str, bytes: &[u8]| fs::write(out.join(name), bytes).expect("OUT_DIR can be written");
    write("places.fst", &map.into_inner().expect("written to memory"));
    write("places.lists", &lists);
    write("places.records", &records);
    write("places.strings", strings.as_bytes());
    write("places.keys", &keys);
    write("places.ids", &ids);
}

/// Compiles the languages into an array, and their folded names into a sorted one.
fn languages(root: &Path, out: &Path, faults: &mut Vec<String>) {
    const TABLE: &str = "data/languages.tsv";
    let text = read(root, TABLE, faults);
    let (mut rust, mut count) =
        (String::from("/// Every language of the table.\npub static ALL: &[Language] = &[\n"), 0);
    let mut names: BTreeMap<String, usize> = BTreeMap::new();
    let mut codes: BTreeMap<&str, usize> = BTreeMap::new();
    for line in lines(TABLE, &text) {
        let [code, name, native, others, script, direction, stemmer, countries] = line.columns[..] else {
            line.fault(faults, &format!("{} columns instead of 8", line.columns.len()));
            continue;
        };
        let mut check = |holds: bool, what: &str| {
            if !holds {
                line.fault(faults, what);
            }
        };
        check(
            matches!(code.len(), 2 | 3) && code.bytes().all(|b| b.is_ascii_lowercase()),
            "the code is not of ISO 639",
        );
        check(!name.is_empty() && !native.is_empty(), "a name is missing");
        check(script.len() == 4 && script.is_ascii(), "the script is not of ISO 15924");
        check(matches!(direction, "ltr" | "rtl"), "the direction is neither ltr nor rtl");
        check(stemmer.bytes().all(|b| b.is_ascii_lowercase()), "the stemmer's name is not in lower case");
        check(codes.insert(code, count).is_none(), "the code is used twice");
        let countries: Vec<&str> = countries.split_whitespace().collect();
        check(countries.iter().all(|c| c.len() == 2), "a country is not of two letters");
        for other in [name, native].into_iter().chain(others.split('|')).filter(|n| !n.is_empty()) {
            let folded = fold::fold(other);
            if *names.entry(folded).or_insert(count) != count {
                line.fault(faults, &format!("{other:?} is a name of two languages"));
            }
        }
        let direction = if direction == "rtl" { "Rtl" } else { "Ltr" };
        writeln!(
            rust,
            "    Language {{ code: {code:?}, name: {name:?}, native: {native:?}, script: {script:?}, \
             direction: Direction::{direction}, stemmer: {stemmer:?}, countries: &{countries:?} }},"
        )
        .expect("a String takes it");
        count += 1;
    }
    for (code, index) in codes {
        names.insert(code.to_owned(), index);
    }
    rust.push_str("];\n\nstatic NAMES: &[(&str, u8)] = &[\n");
    for (name, index) in names {
        writeln!(rust, "    ({name:?}, {index}),").expect("a String takes it");
    }
    rust.push_str("];\n");
    fs::write(out.join("languages.rs"), rust).expect("OUT_DIR can be written");
}
