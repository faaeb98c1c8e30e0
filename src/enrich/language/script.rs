//! The script of a text, and the languages that have one for themselves.

use super::LETTERS_MAX;
use crate::text::words::is_alphabetic;

const SCRIPTS: [&str; 24] = [
    "Latn", "Cyrl", "Arab", "Hani", "Jpan", "Hang", "Grek", "Hebr", "Deva", "Thai", "Armn", "Geor", "Ethi", "Beng",
    "Guru", "Gujr", "Taml", "Telu", "Knda", "Mlym", "Sinh", "Laoo", "Mymr", "Khmr",
];

/// Returns the ISO 15924 code of the script of most letters.
pub(super) fn script_of(text: &str) -> Option<&'static str> {
    if text.is_ascii() {
        return text.bytes().any(|b| b.is_ascii_alphabetic()).then_some(SCRIPTS[0]);
    }
    let counts = counts(text);
    // Japanese mixes Han with kana: a tenth of kana decides.
    if counts[4] > 0 && counts[4] * 10 >= counts[3] && counts[3] + counts[4] > counts[0] {
        return Some("Jpan");
    }
    let (best, count) = counts.iter().enumerate().max_by_key(|(_, n)| **n)?;
    (*count > 0).then_some(SCRIPTS[best])
}

/// Returns how many letters of each script a text has.
pub(super) fn shares_of(text: &str) -> Vec<(&'static str, usize)> {
    SCRIPTS.into_iter().zip(counts(text)).map(|(script, n)| (script, n as usize)).collect()
}

fn counts(text: &str) -> [u32; SCRIPTS.len()] {
    let mut counts = [0u32; SCRIPTS.len()];
    for c in text.chars().filter(|c| is_alphabetic(*c)).take(LETTERS_MAX) {
        let script = match c as u32 {
            0x41..=0x24F | 0x1E00..=0x1EFF => 0,
            0x400..=0x52F => 1,
            0x600..=0x6FF | 0x750..=0x77F | 0xFB50..=0xFDFF | 0xFE70..=0xFEFC => 2,
            0x3400..=0x9FFF | 0x2_0000..=0x3_FFFF => 3,
            0x3041..=0x30FF | 0xFF66..=0xFF9F => 4,
            0x1100..=0x11FF | 0xAC00..=0xD7A3 => 5,
            0x370..=0x3FF | 0x1F00..=0x1FFF => 6,
            0x590..=0x5FF => 7,
            0x900..=0x97F => 8,
            0xE00..=0xE7F => 9,
            0x530..=0x58F => 10,
            0x10A0..=0x10FF => 11,
            0x1200..=0x139F => 12,
            0x980..=0x9FF => 13,
            0xA00..=0xA7F => 14,
            0xA80..=0xAFF => 15,
            0xB80..=0xBFF => 16,
            0xC00..=0xC7F => 17,
            0xC80..=0xCFF => 18,
            0xD00..=0xD7F => 19,
            0xD80..=0xDFF => 20,
            0xE80..=0xEFF => 21,
            0x1000..=0x109F => 22,
            0x1780..=0x17FF => 23,
            _ => continue,
        };
        counts[script] += 1;
    }
    counts
}

/// Returns the language of a script that one language of the wires is written in.
pub(super) fn only_language(script: &str) -> Option<&'static str> {
    Some(match script {
        "Hani" => "zh",
        "Jpan" => "ja",
        "Hang" => "ko",
        "Grek" => "el",
        "Thai" => "th",
        "Armn" => "hy",
        "Geor" => "ka",
        "Ethi" => "am",
        "Guru" => "pa",
        "Gujr" => "gu",
        "Taml" => "ta",
        "Telu" => "te",
        "Knda" => "kn",
        "Mlym" => "ml",
        "Sinh" => "si",
        "Laoo" => "lo",
        "Mymr" => "my",
        "Khmr" => "km",
        _ => return None,
    })
}
