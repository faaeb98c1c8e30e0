//! What was read as two names and is one: partners of a firm, a body with *and* in its name, a country of two words;
//! and the countries of a list that were not read.

use super::desk;
use super::mentions::mark;
use super::parted;
use super::traits::Sheet;
use crate::data::places;
use crate::story::{EntityKind, Span};

/// Joins what was read as two names and is one country's: *Democratic Republic* of *Congo*; and
/// adds the countries of a list that were not read: *Mali, Niger und Tschad*.
pub(super) fn all(
    text: &str,
    sheet: &Sheet<'_>,
    all: Vec<(usize, usize, EntityKind)>,
) -> Vec<(usize, usize, EntityKind)> {
    let mut out: Vec<(usize, usize, EntityKind)> = Vec::with_capacity(all.len());
    for name in all {
        let (from, to, kind) = name;
        add_listed(text, sheet, &mut out, from);
        if let Some(firm) = out.last().and_then(|before| firm_of_partners(text, sheet, *before, name)) {
            out.pop();
            out.push(firm);
            continue;
        }
        if let Some(body) = out.last().and_then(|before| listed_body(text, sheet, *before, name)) {
            out.pop();
            out.push(body);
            continue;
        }
        let before = out.last().copied().filter(|_| kind == EntityKind::Place);
        match before.and_then(|before| parted::country_of_two(text, sheet, before, name)) {
            Some(from) => {
                out.pop();
                out.push((from, to, EntityKind::Place));
            }
            None => out.push(name),
        }
    }
    add_listed(text, sheet, &mut out, sheet.tokens.len());
    out
}

/// Joins the partners whom a firm is called by and what it is: *Goldman, Sachs and Co*; *Ernst & Young* of
/// the tables.
fn firm_of_partners(
    text: &str,
    sheet: &Sheet<'_>,
    before: (usize, usize, EntityKind),
    name: (usize, usize, EntityKind),
) -> Option<(usize, usize, EntityKind)> {
    const FIRMS: [&str; 8] = ["Co", "Co.", "Cie", "Cie.", "Sons", "Bros", "Bros.", "Brothers"];
    let (from, end, kind) = before;
    let (next, to, _) = name;
    // Each partner is a surname; `London, Whittaker and Co` are a town and a firm.
    let whole = Span { start: sheet.tokens[from].start, end: sheet.tokens[to - 1].end };
    if next == end + 1
        && matches!(mark(text, sheet, end), "&" | "and" | "et" | "und" | "e")
        && desk::is_known_body(whole.of(text))
    {
        return Some((from, to, EntityKind::Org));
    }
    let is_town = kind == EntityKind::Place && places::lookup(mark(text, sheet, from)).next().is_some();
    let are_words = end == from + 1 && to == next + 1 && !is_town;
    let is_firm = mark(text, sheet, end) == ","
        && next == end + 1
        && matches!(mark(text, sheet, to), "and" | "&" | "et" | "und")
        && FIRMS.contains(&mark(text, sheet, to + 1));
    (are_words && is_firm).then_some((from, to + 2, EntityKind::Org))
}

/// Joins what was read as two bodies where the tables have one with *and* in its name: *Cassa Depositi e
/// Prestiti*.
fn listed_body(
    text: &str,
    sheet: &Sheet<'_>,
    before: (usize, usize, EntityKind),
    name: (usize, usize, EntityKind),
) -> Option<(usize, usize, EntityKind)> {
    let ((from, end, EntityKind::Org), (next, to, _)) = (before, name) else { return None };
    let is_joined = next == end + 1 && matches!(mark(text, sheet, end), "y" | "e" | "and" | "et" | "und" | "i" | "и");
    let begins = (from..end).find(|at| is_phrase_of_body(sheet, *at, 0))?;
    let is_one = (begins + 1..to - 1).all(|at| is_phrase_of_body(sheet, at, 1)) && is_phrase_of_body(sheet, to - 1, 2);
    (is_joined && is_one).then_some((from, to, EntityKind::Org))
}

/// Tells whether a token is a part of a listed body's name: its first word, one within, the last.
fn is_phrase_of_body(sheet: &Sheet<'_>, at: usize, part: u8) -> bool {
    const BODY: u8 = 4;
    sheet.traits[at].phrase == BODY + part
}

/// Adds the countries that stand in a list behind the last name before a token.
fn add_listed(text: &str, sheet: &Sheet<'_>, out: &mut Vec<(usize, usize, EntityKind)>, before: usize) {
    let Some((from, to, EntityKind::Place)) = out.last().copied() else { return };
    let last = &text[sheet.tokens[from].start as usize..sheet.tokens[to - 1].end as usize];
    let mut next = to + 1;
    while next < before && desk::is_listed_country(text, sheet, next, last) {
        out.push((next, next + 1, EntityKind::Place));
        next += 2;
    }
}
