//! The key under which the gazetteer keeps a name: its folded form without the
//! punctuation that copy sets or omits.

// The build script includes this file too: it must depend on nothing of the crate.

/// Words that copy abbreviates, and what they stand for.
const ABBREVIATED: [(&str, &str); 5] =
    [("st", "saint"), ("ste", "saint"), ("sainte", "saint"), ("ft", "fort"), ("mt", "mount")];

/// Returns the key of a name that was folded before; the key of a key is itself.
///
/// Full stops and apostrophes go, hyphens become spaces, spaces go from scripts whose
/// copy sets them at will (Arabic, Han, kana, Hangul), and St. is Saint.
pub fn place_key(folded: &str) -> String {
    // Most names are one word of plain letters, which is its own key.
    if folded.bytes().all(|b| b.is_ascii_alphanumeric()) {
        return folded.to_owned();
    }
    let mut out = String::with_capacity(folded.len() + 4);
    let mut word_at = 0;
    // Letters since the last space or full stop: of a single one it was an initial's.
    let mut letters = 0;
    let mut gap = false;
    for c in folded.chars() {
        if is_dropped(c) {
            continue;
        }
        if c == '.' && letters <= 1 {
            letters = 0;
            continue;
        }
        if c == '.' || is_gap(c) {
            gap = !out.is_empty();
            letters = 0;
            continue;
        }
        if gap {
            expand(&mut out, word_at);
            let joins = is_unspaced(c) && out.chars().next_back().is_some_and(is_unspaced);
            if !joins {
                out.push(' ');
            }
            word_at = out.len();
            gap = false;
        }
        out.push(c);
        letters += 1;
    }
    out
}

/// Replaces the last word of `out`, which another follows, by what it abbreviates.
fn expand(out: &mut String, word_at: usize) {
    if let Some((_, full)) = ABBREVIATED.iter().find(|(short, _)| *short == &out[word_at..]) {
        out.truncate(word_at);
        out.push_str(full);
    }
}

fn is_gap(c: char) -> bool {
    c.is_whitespace() || matches!(c, '-' | '_' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{05BE}')
}

fn is_dropped(c: char) -> bool {
    matches!(c, '\'' | '"' | '`' | '\u{B4}' | '\u{B7}' | '\u{2018}'..='\u{201F}' | '\u{02B9}'..='\u{02BF}'
        | '\u{2032}' | '\u{30FB}' | '\u{05F3}' | '\u{05F4}')
}

/// Tells whether `c` is of a script in which a space within a name means nothing.
fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{0600}'..='\u{06FF}' | '\u{0750}'..='\u{077F}' | '\u{3040}'..='\u{30FF}'
        | '\u{3400}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7A3}')
}
