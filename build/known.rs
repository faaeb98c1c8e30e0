//! Compiles `data/people.tsv`, `data/orgs.tsv` and `data/bodies.tsv`: well-known names with
//! their aliases.

use super::{Line, fold, lines, place_key, read};
use std::collections::BTreeMap;
use std::collections::HashMap;
use std::fs;
use std::path::Path;

/// An entry's index has fifteen bits; the sixteenth says that the alias is ambiguous.
const ENTRIES_MAX: usize = 0x7FFF;
const AMBIGUOUS: u16 = 0x8000;

struct Entry<'a> {
    id: &'a str,
    name: &'a str,
    country: &'a str,
    /// Of a person, the names as the table spells them.
    spellings: String,
}

/// Checks the tables and writes the automaton (a letter for the kind and the alias's key,
/// to the offset of a list), the lists (a count, then indexes), the records and the names as printed,
/// a line an entry.
pub(super) fn compile(root: &Path, out: &Path, faults: &mut Vec<String>) {
    const PEOPLE: &str = "data/people.tsv";
    const ORGS: &str = "data/orgs.tsv";
    const BODIES: &str = "data/bodies.tsv";
    let (people, orgs) = (read(root, PEOPLE, faults), read(root, ORGS, faults));
    let bodies = read(root, BODIES, faults);
    let mut entries: Vec<Entry> = Vec::new();
    let mut ids: HashMap<(char, &str), usize> = HashMap::new();
    let mut aliases: BTreeMap<String, Vec<u16>> = BTreeMap::new();
    let known = lines(PEOPLE, &people).map(|l| ('p', l)).chain(lines(ORGS, &orgs).map(|l| ('o', l)));
    for (kind, line) in known.chain(lines(BODIES, &bodies).map(|l| ('b', l))) {
        let (id, name, country, others) = match (kind, &line.columns[..]) {
            ('p' | 'b', [id, name, others]) => (*id, *name, "", *others),
            ('o', [id, name, country, others]) => (*id, *name, *country, *others),
            _ => {
                line.fault(faults, &format!("{} columns", line.columns.len()));
                continue;
            }
        };
        check(&line, id, name, country, faults);
        if ids.insert((kind, id), entries.len()).is_some() {
            line.fault(faults, &format!("the id {id} is used twice"));
        }
        // A bracket tells namesakes apart and is no part of the name.
        let own = Some(name).filter(|n| !n.ends_with(')'));
        let spelt = own.into_iter().chain(others.split('|')).filter(|a| !a.is_empty() && kind == 'p');
        let spellings = spelt.map(|a| a.strip_prefix('?').unwrap_or(a)).collect::<Vec<_>>().join("|");
        for alias in own.into_iter().chain(others.split('|').filter(|a| !a.is_empty())) {
            let (mark, bare) = alias.strip_prefix('?').map_or((0, alias), |bare| (AMBIGUOUS, bare));
            let key = place_key::place_key(&fold::fold(bare));
            if key.is_empty() || bare.trim() != bare {
                line.fault(faults, &format!("the alias {alias:?} is empty or padded"));
                continue;
            }
            let list = aliases.entry(format!("{kind}{key}")).or_default();
            if !list.iter().any(|at| at & ENTRIES_MAX as u16 == entries.len() as u16) {
                list.push(entries.len() as u16 | mark);
            }
        }
        entries.push(Entry { id, name, country, spellings });
    }
    if entries.len() > ENTRIES_MAX {
        faults.push(format!("{ORGS}: more than {ENTRIES_MAX} entries"));
    }
    if faults.is_empty() {
        write(&entries, &aliases, out);
    }
}

fn check(line: &Line, id: &str, name: &str, country: &str, faults: &mut Vec<String>) {
    let is_slug = !id.is_empty() && id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    if !is_slug || id.len() > 255 {
        line.fault(faults, &format!("the id {id:?} is not of lower-case letters, digits and hyphens"));
    }
    if name.is_empty() || name.trim() != name || name.len() > 255 {
        line.fault(faults, "the name is missing, padded or too long");
    }
    let is_code = country.len() == 2 && country.bytes().all(|b| b.is_ascii_uppercase());
    if !country.is_empty() && !is_code {
        line.fault(faults, &format!("the country {country:?} is not two capitals"));
    }
}

fn write(entries: &[Entry], aliases: &BTreeMap<String, Vec<u16>>, out: &Path) {
    let mut map = fst::MapBuilder::memory();
    let mut lists: Vec<u8> = Vec::new();
    for (key, list) in aliases {
        map.insert(key, lists.len() as u64).expect("a BTreeMap is sorted");
        lists.push(list.len().min(255) as u8);
        lists.extend(list.iter().take(255).flat_map(|i| i.to_le_bytes()));
    }
    let (mut records, mut strings) = (Vec::new(), String::new());
    for entry in entries {
        records.extend((strings.len() as u32).to_le_bytes());
        records.extend([entry.id.len() as u8, entry.name.len() as u8]);
        records.extend(if entry.country.is_empty() {
            *b"  "
        } else {
            [entry.country.as_bytes()[0], entry.country.as_bytes()[1]]
        });
        strings.push_str(entry.id);
        strings.push_str(entry.name);
    }
    let write = |name: &str, bytes: &[u8]| fs::write(out.join(name), bytes).expect("OUT_DIR can be written");
    write("known.fst", &map.into_inner().expect("written to memory"));
    write("known.lists", &lists);
    write("known.records", &records);
    write("known.strings", strings.as_bytes());
    let spellings: Vec<&str> = entries.iter().map(|entry| entry.spellings.as_str()).collect();
    write("known.names", spellings.join("\n").as_bytes());
}
