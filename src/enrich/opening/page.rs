//! Lines of the page around a dispatch: captions, counts of pictures, menus, the name of a paper.

use crate::data::agencies::by_alias;
use crate::data::flags::{self, List};
use crate::data::places::lookup;
use crate::enrich::filed;
use crate::text::fold;
use rustc_hash::FxHashSet;
use std::sync::LazyLock;

/// Tells whether a line is a caption: a credit of its picture ends it, or it says that it is one.
/// `… in Paris. (AP Photo/John Doe)`, `FILE PHOTO: … REUTERS/John Doe`.
pub(super) fn is_caption(line: &str) -> bool {
    const PICTURES: &[&str] = &[
        "photo",
        "photos",
        "foto",
        "fotos",
        "photograph",
        "photographer",
        "handout",
        "image",
        "images",
        "picture",
        "pool",
        "фото",
        "صورة",
        "عكس",
    ];
    if line.starts_with("FILE PHOTO") || line.starts_with("FILE - ") || line.starts_with("FILE – ") {
        return true;
    }
    let credited = |credit: &str| {
        let folded = fold(credit);
        let words = || folded.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
        let pictured = words().any(|w| PICTURES.contains(&w));
        let agency = credit.split(['/', ':', ',']).any(|part| {
            let part = part.trim();
            by_alias(part).is_some() || part.split(' ').next().is_some_and(|first| by_alias(first).is_some())
        });
        let by = credit.contains(['/', ':']) || words().any(|w| w == "by");
        words().count() >= 2 && (pictured && (agency || by) || agency && credit.contains('/'))
    };
    let core = line.trim_end_matches('.');
    if let Some(open) = core.strip_suffix(')').and_then(|rest| rest.rfind('(')).filter(|open| *open > 0) {
        return credited(&core[open + 1..core.len() - 1]) && !core[..open].trim().is_empty();
    }
    // REUTERS/John Doe/File Photo
    core.rfind(" REUTERS/").is_some_and(|at| core[..at].ends_with(['.', '”', '"']) && core.len() - at <= 60)
}

/// `1 of 3`, `Photo 2 of 5`: which of the page's pictures.
pub(super) fn is_count(line: &str) -> bool {
    let words: Vec<&str> = line.split_whitespace().collect();
    let figures = |word: &str| word.len() <= 3 && word.bytes().all(|b| b.is_ascii_digit());
    match words[..] {
        [a, link, b] | [_, a, link, b] => {
            figures(a) && figures(b) && matches!(link, "of" | "/" | "sur" | "von" | "de" | "di" | "van" | "из")
        }
        _ => false,
    }
}

/// `Home | World | Europe`, `Accueil › Monde › Europe`: where in a site the page lies.
pub(super) fn is_menu(line: &str) -> bool {
    const CELLS_MIN: usize = 3;
    const WORDS_MAX: usize = 2;
    [" | ", " › ", " » ", " > ", " • "].iter().any(|bar| {
        let cells = || line.split(*bar).map(str::trim);
        cells().count() >= CELLS_MIN
            && cells().filter(|c| !c.is_empty()).count() >= CELLS_MIN
            && cells()
                .all(|cell| cell.split_whitespace().count() <= WORDS_MAX && !cell.bytes().any(|b| b.is_ascii_digit()))
    })
}

/// `THE TIMES, Monday, March 4, 1912`: the name of a paper, a weekday and a full date.
pub(super) fn is_masthead(line: &str) -> bool {
    const NAME_WORDS_MAX: usize = 5;
    let Some((name, rest)) = line.split_once(',') else { return false };
    let name_words = name.split_whitespace().count();
    let weekday = rest.split([',', ' ']).find(|w| !w.is_empty()).is_some_and(super::place::is_weekday);
    (1..=NAME_WORDS_MAX).contains(&name_words)
        && weekday
        && filed::is_date_line(rest.trim())
        && lookup(name).next().is_none()
}

/// `Subscribe`, `World News`: what to press, and the section.
pub(super) fn is_of_site(line: &str) -> bool {
    static LINES: LazyLock<FxHashSet<&str>> = LazyLock::new(|| flags::words(List::Page).iter().copied().collect());
    /// The longest of the table.
    const BYTES_MAX: usize = 48;
    if line.len() > BYTES_MAX || line.starts_with(['(', '[', '<', '"', '«']) {
        return false;
    }
    let folded = fold(line);
    let words: Vec<&str> = folded.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
    LINES.contains(words.join(" ").as_str())
}
