//! Who reported and who edited, as the desk says below a story: `(Reporting by Jane Doe; Editing by
//! John Roe)`, `(Reportage de Jeanne Dupont, édité par Jean Martin)`.

use super::chars::{ceil, trim};
use crate::data::flags::{List, words};
use crate::text::fold;

/// Bytes of the longest such paragraph.
const BYTES_MAX: usize = 600;
/// Words of the longest phrase of the table.
const PHRASE_WORDS_MAX: usize = 5;

/// The paragraph below a story that says who worked on it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Reporters {
    /// Where it begins.
    pub(super) start: usize,
    /// Those who reported or wrote.
    pub(super) writers: Option<(usize, usize)>,
}

/// Reads the last paragraph of `text[start..end]`, in brackets or as a line of its own.
pub(super) fn read(text: &str, start: usize, end: usize) -> Option<Reporters> {
    let body = &text[start..end];
    let core = body.trim_end_matches('.');
    let near = ceil(body, body.len().saturating_sub(BYTES_MAX));
    let (from, inner, inner_end) = if core.ends_with(')') {
        let open = near + core.get(near..)?.rfind('(')?;
        let before = body[..open].trim_end();
        let is_apart = before.is_empty() || before.len() < open && !before.ends_with(|c: char| c.is_alphanumeric());
        is_apart.then_some((open, open + 1, core.len() - 1))?
    } else {
        let line = body.rfind('\n').map_or(0, |at| at + 1);
        (line >= near).then_some((line, line, body.len()))?
    };
    let writers = writers(&body[inner..inner_end], inner > from)?;
    let at = |(from, to): (usize, usize)| trim(text, start + inner + from, start + inner + to);
    Some(Reporters { start: start + from, writers: writers.map(at) })
}

/// Reads what stands in the brackets; `None` where it does not begin with a phrase of the table and a
/// name; in brackets the names may come first. A phrase of one word has a colon, or another phrase behind it.
fn writers(inner: &str, is_bracketed: bool) -> Option<Option<(usize, usize)>> {
    // Few paragraphs begin with one.
    if phrase_at(inner).is_none() {
        return is_bracketed.then(|| names_alone(inner).map(Some))?;
    }
    let mut phrases = starts(inner).filter_map(|(at, behind)| {
        let (length, reports) = phrase_at(&inner[at..])?;
        Some(Phrase { behind, at, names: at + length, reports })
    });
    let first = phrases.next().filter(|first| inner[..first.at].trim().is_empty())?;
    let rest: Vec<Phrase> = phrases.collect();
    let phrase = inner[first.at..first.names].trim();
    let is_sure = phrase.ends_with(':') || phrase.contains(char::is_whitespace) || !rest.is_empty();
    let all: Vec<Phrase> = std::iter::once(first).chain(rest).collect();
    // *Reporting by Amnesty showed that …* is copy.
    let ends = all.iter().skip(1).map(|next| next.behind).chain([inner.len()]);
    let are_names = all.iter().zip(ends).all(|(phrase, end)| {
        let names = inner.get(phrase.names..end).unwrap_or("");
        is_list_of_names(&names[..end_of_names(names)])
    });
    (is_sure && are_names).then_some(())?;
    let at = all.iter().position(|phrase| phrase.reports);
    Some(at.map(|at| {
        let from = all[at].names;
        let to = all.get(at + 1).map_or(inner.len(), |next| next.behind);
        (from, from + end_of_names(&inner[from..to]))
    }))
}

/// Those who reported where nothing says so but those who edited: *Giuseppe Fonte, in redazione …, editing …*.
/// A word alone that joins anybody, *avec*, does not.
fn names_alone(inner: &str) -> Option<(usize, usize)> {
    const JOINS: [&str; 3] = ["avec", "mitarbeit", "with"];
    let (at, behind) = starts(inner).find(|(at, _)| phrase_at(&inner[*at..]).is_some())?;
    let (length, reports) = phrase_at(&inner[at..])?;
    let phrase = fold(inner[at..at + length].trim_end_matches(':'));
    let (before, rest) = (inner[..behind].trim(), inner[at + length..].trim_start());
    let rest = &rest[..end_of_names(rest)];
    let rest =
        starts(rest).skip(1).find(|(at, _)| phrase_at(&rest[*at..]).is_some()).map_or(rest, |(_, end)| &rest[..end]);
    let are_names = is_list_of_names(before) && before.contains(char::is_whitespace) && is_list_of_names(rest);
    let from = inner.len() - inner.trim_start().len();
    (!reports && are_names && !JOINS.contains(&phrase.as_str())).then_some((from, from + before.len()))
}

/// Whether a text is names: words with capitals, what joins them, and where their bearers were.
fn is_list_of_names(text: &str) -> bool {
    const SMALL: [&str; 34] = [
        "and", "et", "und", "y", "e", "en", "и", "i", "in", "at", "à", "a", "au", "aux", "da", "de", "del", "della",
        "di", "do", "dos", "du", "des", "von", "van", "der", "den", "la", "le", "el", "al", "bin", "с", "в",
    ];
    let mut words =
        text.split(|c: char| c.is_whitespace() || matches!(c, ',' | '/' | '&' | '|')).filter(|w| !w.is_empty());
    let starts = words.clone().next().is_some_and(|w| w.starts_with(|c: char| c.is_alphabetic() && !c.is_lowercase()));
    starts && words.all(|w| SMALL.contains(&w) || w.starts_with(|c: char| c.is_alphabetic() && !c.is_lowercase()))
}

struct Phrase {
    /// Where what stands before it ends.
    behind: usize,
    at: usize,
    /// Where the names behind it begin.
    names: usize,
    /// Whether it says who reported.
    reports: bool,
}

/// Where a phrase may begin: at the first word, and behind a sign or a joining word; each with
/// where what stands before it ends.
fn starts(inner: &str) -> impl Iterator<Item = (usize, usize)> + '_ {
    const JOINS: [&str; 7] = ["and", "et", "y", "e", "und", "en", "и"];
    let begin = inner.len() - inner.trim_start().len();
    let words = inner.split_whitespace().map(|w| (w.as_ptr().addr() - inner.as_ptr().addr(), w));
    let mut before: Option<(usize, &str)> = None;
    words.filter_map(move |(at, word)| {
        let last = before.replace((at, word));
        let Some((from, last)) = last else { return Some((begin, begin)) };
        if JOINS.contains(&last) {
            return Some((at, from));
        }
        if matches!(last, "-" | "–" | "—") {
            return Some((at, from));
        }
        if let Some(sign) = last.chars().next_back().filter(|c| matches!(c, ';' | ',' | '.' | '/' | '|' | '؛' | '،'))
        {
            return Some((at, from + last.len() - sign.len_utf8()));
        }
        // *Writing by Jane Doe Editing by John Roe*.
        word.starts_with(char::is_uppercase).then_some((at, from + last.len()))
    })
}

/// The phrase that a text begins with: its bytes, and whether it says who reported.
fn phrase_at(text: &str) -> Option<(usize, bool)> {
    let ends =
        text.split_whitespace().take(PHRASE_WORDS_MAX).map(|w| w.as_ptr().addr() - text.as_ptr().addr() + w.len());
    let ends: Vec<usize> = ends.collect();
    ends.into_iter().rev().find_map(|end| {
        let folded = fold(text[..end].trim_end_matches(':'));
        let folded = folded.split_whitespace().collect::<Vec<_>>().join(" ");
        let is_of = |list| words(list).contains(&folded.as_str());
        (is_of(List::Reports) || is_of(List::Edits)).then(|| (end, is_of(List::Reports)))
    })
}

/// Where names end: before a semicolon, or a stop that no initial bears.
fn end_of_names(text: &str) -> usize {
    let semicolon = text.find(';').unwrap_or(text.len());
    let is_initial = |at: usize| text[..at].chars().rev().take_while(|c| c.is_alphanumeric()).count() < 2;
    let stop = text.match_indices(". ").map(|(at, _)| at).find(|at| !is_initial(*at)).unwrap_or(text.len());
    let end = semicolon.min(stop);
    text[..end].trim_end_matches([',', '.', ' ', '\n']).len()
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn those_who_reported_are_told_from_those_who_edited() {
        for (text, paragraph, writers) in [
            ("He said no.\n\n(Reporting by Jane Doe; Editing by Raju Gopal)", "(", Some("Jane Doe")),
            (
                "He said no. (Reporting by Jane Doe in London and J. R. Roe in\nParis; writing by A. Poe, editing by B. Loe)",
                "(",
                Some("Jane Doe in London and J. R. Roe in\nParis"),
            ),
            ("He said no.\nReporting by Jane Doe, Editing by Ann Poe", "Reporting", Some("Jane Doe")),
            ("Il a dit non.\n(Reportage de Jeanne Dupont, édité par Jean Martin)", "(", Some("Jeanne Dupont")),
            ("Dijo que no.\n(Por Ana Paz; Editado por Luis Sol)", "(", Some("Ana Paz")),
            ("He said no.\n(Reuters reporting by Jane Doe; Editing by Ann Poe)", "(", Some("Jane Doe")),
            ("Il a dit non.\n(Reportage Jeanne Dupont, version française Anne Petit)", "(", Some("Jeanne Dupont")),
            ("Er sagte nein.\n(Bericht von Eva Maus, redigiert von Jan Katz.)", "(", Some("Eva Maus")),
            ("Dijo que no.\n\n(Reporte de Ana Paz. Editado en español por Luis Sol)", "(", Some("Ana Paz")),
            ("He said no.\n(Additional reporting by Jane Doe; Editing by Ann Poe)", "(", None),
            ("He said no.\n(Writing by Jane Doe Editing by Ann Poe)", "(", Some("Jane Doe")),
            ("Ha detto no.\n(Ugo Fonte, in redazione Ada Neri, editing Claudia Rossi)", "(", Some("Ugo Fonte")),
            ("Он сказал нет.\n\n(Дарья Белова. Редактор Иван Орлов)", "(", Some("Дарья Белова")),
            ("قال لا.\n\n(تغطية صحفية أحمد ندى - تحرير محمد ورد)", "(", Some("أحمد ندى")),
            ("Powiedział nie.\n\nAutor: Jan Dąb", "Autor", Some("Jan Dąb")),
            ("He said no.\n(Compiled by Jane Doe; Editing by Ann Poe).", "(", Some("Jane Doe")),
        ] {
            let found = read(text, 0, text.len()).unwrap_or_else(|| panic!("{text}"));
            assert!(text[found.start..].starts_with(paragraph), "{text}");
            assert_eq!(found.writers.map(|(s, e)| &text[s..e]), writers, "{text}");
        }
    }

    #[test]
    fn other_brackets_are_copy() {
        for text in [
            "He said no (reporting by phone was banned)",
            "He called the ministry (Interior).",
            "The ministry said.\nThe editing by the censor was plain.",
            "Le pays s'inquiète.\nAvec 3 millions d'habitants, la ville est la plus grande.",
            "Il a dit non. (Avec Reuters)",
            "Written by Jane Doe in 1998, the book was edited by John Roe.",
            "Reporting by Amnesty International showed that 20 people had died.",
            "Écrit par Jean Dupont, le rapport accable le ministre.",
            "Reporting by the agency was banned (see above)",
            "Il a dit non. (Jeanne Dupont, avec Jean Martin)",
            "Dijo que no.\n\nPor Dios, dijo la ministra.",
            "Mówił autor.\n\nAutor książki nie przyszedł.",
            "Ha detto no. (Ugo Fonte, editing a casa)",
            "",
        ] {
            assert_eq!(read(text, 0, text.len()), None, "{text}");
        }
    }
}
