//! What people are called beside their names: nicknames in quotation marks, aliases.

use super::lexicon::GIVEN;
use super::tokens::Join;
use super::traits::{Case, Sheet};
use crate::story::Span;

/// Returns where a surname begins with the nickname in quotation marks before it: *"Pepe" Álvarez*, *"El
/// Chapo" Guzmán*.
pub(super) fn with_nickname(text: &str, sheet: &Sheet<'_>, from: usize) -> usize {
    const ARTICLES: [&str; 8] = ["El", "La", "Il", "Lo", "The", "Le", "Der", "Die"];
    let of = |back: usize| {
        let token = from.checked_sub(back).and_then(|at| sheet.tokens.get(at));
        token.map_or("", |t| &text[t.start as usize..t.end as usize])
    };
    // Guillemets rather hold titles of works: *«Любить» Ричард*.
    let is_mark = |mark: &str| matches!(mark, "\"" | "“" | "”" | "„");
    let is_title = |back: usize| sheet.traits[from - back].case == Case::Title;
    let is_surname = sheet.tokens[from].join == Join::Space && sheet.traits[from].flags & GIVEN == 0;
    if from < 3 || !is_mark(of(1)) || !is_title(2) || !is_surname {
        return from;
    }
    if is_mark(of(3)) {
        return if sheet.traits[from - 2].flags & GIVEN != 0 { from - 3 } else { from };
    }
    if ARTICLES.contains(&of(3)) && is_mark(of(4)) { from - 4 } else { from }
}

/// Takes the mark before a name into it that closes within: *"Pepe" Álvarez*.
pub(super) fn with_opening_quote(text: &str, span: Span) -> Span {
    let Some(last) = text[..span.start as usize].chars().next_back() else { return span };
    let closing = match last {
        '"' => '"',
        '“' => '”',
        '„' => '“',
        '«' => '»',
        '‘' => '’',
        _ => return span,
    };
    let name = span.of(text);
    let is_closed = name.matches(closing).count() == 1 && !name.ends_with(closing) && !name.contains(['„', '«', '‘']);
    if is_closed { Span { start: span.start - last.len_utf8() as u32, end: span.end } } else { span }
}

/// Tells whether words between a person and a name say that the person is called so.
pub(super) fn is_alias(text: &str, person: Span, name: Span) -> bool {
    const SAY_SO: [&str; 30] = [
        "alias",
        "aka",
        "a.k.a.",
        "known as",
        "also known as",
        "better known as",
        "widely known as",
        "nicknamed",
        "detto",
        "detta",
        "soprannominato",
        "soprannominata",
        "genannt",
        "apodado",
        "apodada",
        "conocido como",
        "conocida como",
        "conhecido como",
        "conhecida como",
        "surnommé",
        "surnommée",
        "bijgenaamd",
        "kallad",
        "znany jako",
        "znana jako",
        "по прозвищу",
        "по кличке",
        "на прізвисько",
        "lakaplı",
        "الملقب",
    ];
    let Some(between) = text.get(person.end as usize..name.start as usize) else { return false };
    let is_mark = |c: char| c.is_whitespace() || ",(\"'“”„«»‘’".contains(c);
    SAY_SO.contains(&between.trim_matches(is_mark))
}
