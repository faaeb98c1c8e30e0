//! Han characters that stand for one word: traditional, simplified and Japanese forms.
//!
//! For the words of the index and of queries, whose reader does not care by whose rules a
//! story was printed. [`fold`](super::fold) leaves them apart: in tables and to recognisers
//! they tell the country.

use super::fold_into;

/// The table, a line each: a character and the one that stands for it, three bytes each.
static TABLE: &[u8] = include_bytes!("../../data/han_variants.txt");

const FIRST: u32 = 0x4E00;
const LAST: u32 = 0x9FFF;
const COUNT: usize = (LAST - FIRST + 1) as usize;

/// What stands for each character of the block.
static STANDS_FOR: [u16; COUNT] = stands_for();

/// The first bytes of such characters.
const LEADS: std::ops::RangeInclusive<u8> = 0xE4..=0xE9;

const fn stands_for() -> [u16; COUNT] {
    let mut table = [0; COUNT];
    let mut i = 0;
    while i < COUNT {
        table[i] = FIRST as u16 + i as u16;
        i += 1;
    }
    let mut at = 0;
    while at < TABLE.len() {
        if TABLE[at] == b'#' || TABLE[at] == b'\n' {
            while at < TABLE.len() && TABLE[at] != b'\n' {
                at += 1;
            }
            at += 1;
            continue;
        }
        table[(three_bytes(at) - FIRST) as usize] = three_bytes(at + 3) as u16;
        at += 7;
    }
    table
}

const fn three_bytes(at: usize) -> u32 {
    (TABLE[at] as u32 & 0x0F) << 12 | (TABLE[at + 1] as u32 & 0x3F) << 6 | (TABLE[at + 2] as u32 & 0x3F)
}

/// Returns the form in which the index has a word: folded, its Han characters levelled.
///
/// ```
/// use dateline::text::fold_han;
/// assert_eq!(fold_han("習近平"), fold_han("习近平"));
/// assert_eq!(fold_han("廣島"), fold_han("広島"));
/// ```
#[must_use]
pub fn fold_han(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    fold_han_into(text, &mut out);
    out
}

/// Appends this form of `text` to `out`.
pub fn fold_han_into(text: &str, out: &mut String) {
    let from = out.len();
    fold_into(text, out);
    if !out.as_bytes()[from..].iter().any(|b| LEADS.contains(b)) {
        return;
    }
    let folded = out.split_off(from);
    out.extend(folded.chars().map(stands_for_char));
}

fn stands_for_char(c: char) -> char {
    let at = u32::from(c).checked_sub(FIRST).and_then(|i| STANDS_FOR.get(i as usize));
    at.and_then(|stands| char::from_u32(u32::from(*stands))).unwrap_or(c)
}

#[cfg(test)]
mod tests {
    use super::{COUNT, FIRST, TABLE, fold_han};

    #[test]
    fn one_word_in_three_countries() {
        for (a, b) in
            [("賴清德", "赖清德"), ("臺北", "台北"), ("敘利亞", "叙利亚"), ("広島", "廣島"), ("発", "發"), ("戸", "户")]
        {
            assert_eq!(fold_han(a), fold_han(b), "{a} and {b}");
        }
        for (a, b) in [("着", "著"), ("后", "候"), ("大", "太"), ("が", "か"), ("후", "후보")] {
            assert_ne!(fold_han(a), fold_han(b), "{a} and {b}");
        }
        assert_eq!(fold_han("Président"), "president");
    }

    #[test]
    fn what_stands_for_others_stands_for_itself() {
        for c in (FIRST..FIRST + COUNT as u32).filter_map(char::from_u32) {
            let once = fold_han(&c.to_string());
            assert_eq!(fold_han(&once), once, "{c}");
            assert_eq!(once.chars().count(), 1, "{c}");
        }
    }

    #[test]
    fn every_line_of_the_table_is_two_characters_of_the_block() {
        let table = std::str::from_utf8(TABLE).unwrap_or("");
        let lines: Vec<&str> = table.lines().filter(|l| !l.starts_with('#')).collect();
        assert!(lines.len() > 3000 && lines.is_sorted() && table.ends_with('\n'));
        for line in lines {
            let inside = |c: char| (FIRST..FIRST + COUNT as u32).contains(&u32::from(c));
            assert!(line.chars().count() == 2 && line.chars().all(inside), "{line}");
        }
    }
}
