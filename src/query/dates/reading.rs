//! The ways to read an expression's words in one language.
//!
//! A token may belong to several phrases and a phrase may mean several things (*mars*,
//! *du*, *vor*). This file walks every division into phrases, the coarsest first, and
//! hands each sequence of meanings to whoever combines them.

use super::lexicon::{Entry, Lexicon, Meaning};
use super::numeric::{self, Basis};
use super::tokens::{Token, tokens};
use super::{DateError, DateRange};
use crate::text::marks::{marks, may_be};

/// Tokens of the longest expression that is tried; the longest known ones have about 15.
const MAX_TOKENS: usize = 24;
/// Sequences tried for one expression in one language. Real expressions have fewer than
/// a hundred; what has more is no date.
const MAX_SEQUENCES: usize = 2_000;

/// A piece of an expression: a token, or a date in figures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Piece {
    Token(Token),
    Period(DateRange),
}

/// Divides an expression into pieces.
///
/// # Errors
///
/// A date in figures that the calendar lacks or that has two readings.
pub(super) fn pieces(folded: &str, basis: Basis<'_>) -> Result<Vec<Piece>, DateError> {
    let mut out = Vec::new();
    let mut pending = 0;
    let flush = |out: &mut Vec<Piece>, text: &str| {
        out.extend(tokens(text).into_iter().map(Piece::Token));
    };
    for chunk in folded.split_whitespace() {
        let start = chunk.as_ptr().addr() - folded.as_ptr().addr();
        let bare = chunk.trim_matches([',', ';', '(', ')']).trim_end_matches('.');
        if let Some((before, year)) = short_year(bare, basis).filter(|(before, _)| start > 0 || !before.is_empty()) {
            // dec '24: the year, as nobody writes a day.
            flush(&mut out, &folded[pending..start]);
            flush(&mut out, before);
            out.push(Piece::Token(Token::Number(year)));
            pending = start + chunk.len();
            continue;
        }
        if let Some(day) = numeric::day_and_month(chunk.trim_matches([',', ';', '(', ')']), basis)? {
            flush(&mut out, &folded[pending..start]);
            out.push(Piece::Period(day));
            pending = start + chunk.len();
            continue;
        }
        let piece = if matches!(bare, "-" | "–" | "—" | "−") {
            (start > 0).then_some(Piece::Token(Token::Dash))
        } else if bare.len() <= 4 && bare.bytes().all(|b| b.is_ascii_digit()) {
            // A bare number may be a day, a year or a count: its neighbours decide.
            None
        } else {
            numeric::absolute(bare, basis)?.map(Piece::Period)
        };
        if let Some(piece) = piece {
            flush(&mut out, &folded[pending..start]);
            out.push(piece);
            pending = start + chunk.len();
        }
    }
    flush(&mut out, &folded[pending..]);
    Ok(out)
}

/// Letters of the shortest month before an apostrophe: *dec'24*. Articles are shorter, but for
/// the Italian ones.
const MONTH_LETTERS_MIN: usize = 3;
/// What stands before an apostrophe and a day in Italian.
const ARTICLES: [&str; 6] = ["dell", "all", "dall", "nell", "sull", "quell"];

/// The year of two figures behind an apostrophe, and what is glued before it.
fn short_year<'a>(chunk: &'a str, basis: Basis<'_>) -> Option<(&'a str, u32)> {
    let (before, figures) = chunk.rsplit_once(['\'', '\u{2019}', '\u{2018}', '\u{2BC}'])?;
    let is_month = before.chars().count() >= MONTH_LETTERS_MIN && !ARTICLES.contains(&before);
    (before.is_empty() || is_month && before.chars().all(char::is_alphabetic)).then_some(())?;
    (figures.len() == 2 && figures.bytes().all(|b| b.is_ascii_digit())).then_some(())?;
    let year = numeric::recent_year(figures.parse().ok()?, basis.today);
    Some((before, u32::try_from(year).ok()?))
}

/// The words of an expression that are printed with marked letters: folded, and the letters.
pub(super) struct Marked(Vec<(Token, String)>);

impl Marked {
    pub(super) fn of(printed: &str) -> Marked {
        let word = |word: crate::text::Word| {
            let word = &printed[word.start..word.end];
            let marks = marks(word);
            (!marks.is_empty()).then(|| tokens(&crate::text::fold(word)).into_iter().map(move |t| (t, marks.clone())))
        };
        Marked(crate::text::words(printed).filter_map(word).flatten().collect())
    }

    /// Tells whether a phrase may be what is printed: *się* is no abbreviation of *sierpień*.
    fn allow(&self, entry: &Entry) -> bool {
        let suits = |token: &Token| {
            let mut printed = self.0.iter().filter(|(t, _)| t == token).peekable();
            let fits = |marks: &str| entry.marks.as_ref().is_none_or(|written| may_be(marks, written));
            printed.peek().is_none() || printed.any(|(_, marks)| fits(marks))
        };
        self.0.is_empty() || entry.phrase.iter().all(suits)
    }
}

/// The division of one expression in one language.
pub(super) struct Lattice {
    /// For each piece, the phrases that begin there: how many pieces, and a meaning.
    starts: Vec<Vec<(usize, Meaning)>>,
    /// For each piece, whether phrases lead from it to the end.
    reaches_end: Vec<bool>,
}

impl Lattice {
    /// Finds the phrases; abbreviations count only where `abbreviations` are asked for.
    pub(super) fn new(pieces: &[Piece], lexicon: &Lexicon, abbreviations: bool, marked: &Marked) -> Option<Lattice> {
        if pieces.is_empty() || pieces.len() > MAX_TOKENS {
            return None;
        }
        let usable = |entry: &Entry| (abbreviations || !entry.abbreviated) && marked.allow(entry);
        let mut starts: Vec<_> = (0..pieces.len()).map(|at| phrases(pieces, at, lexicon, &usable)).collect();
        for at in 0..pieces.len() {
            let counted = counted_back(pieces, at, lexicon, &starts);
            starts[at].extend(counted);
        }
        for at in 0..pieces.len() {
            if counts_ahead(&starts, at) {
                // "in three days" lies ahead: without its first word it would be three days ago.
                starts[at].retain(|(_, meaning)| *meaning != Meaning::Filler);
            }
        }
        let mut reaches_end = vec![false; pieces.len()];
        for at in (0..pieces.len()).rev() {
            reaches_end[at] =
                starts[at].iter().any(|&(n, _)| at + n == pieces.len() || reaches_end.get(at + n) == Some(&true));
        }
        reaches_end[0].then_some(Lattice { starts, reaches_end })
    }

    /// Calls `visit` with every sequence of meanings, those of fewest phrases first,
    /// until it has found something among the sequences of one length.
    pub(super) fn visit(&self, visit: &mut dyn FnMut(&[Meaning]) -> bool) {
        let mut budget = MAX_SEQUENCES;
        for length in 1..=self.starts.len() {
            let mut found = false;
            let mut sequence = Vec::with_capacity(length);
            self.walk(0, length, &mut sequence, &mut budget, &mut |s| found |= visit(s));
            if found || budget == 0 {
                return;
            }
        }
    }

    fn walk(
        &self,
        at: usize,
        left: usize,
        sequence: &mut Vec<Meaning>,
        budget: &mut usize,
        visit: &mut dyn FnMut(&[Meaning]),
    ) {
        if at == self.starts.len() {
            if left == 0 && *budget > 0 {
                *budget -= 1;
                visit(sequence);
            }
            return;
        }
        if left == 0 || *budget == 0 || !self.reaches_end[at] {
            return;
        }
        for &(n, meaning) in &self.starts[at] {
            sequence.push(meaning);
            self.walk(at + n, left - 1, sequence, budget, visit);
            sequence.pop();
        }
    }
}

/// Tells whether a word of the time ahead stands before a number of days, weeks, months or years.
fn counts_ahead(starts: &[Vec<(usize, Meaning)>], at: usize) -> bool {
    const YEAR_MIN: u32 = 1000;
    let behind = |at: usize| starts.get(at).map_or(&[][..], Vec::as_slice);
    let is_counted = |at: usize| {
        behind(at).iter().any(|(n, meaning)| {
            matches!(meaning, Meaning::Number(count) if *count < YEAR_MIN)
                && behind(at + n).iter().any(|(_, m)| matches!(m, Meaning::Unit(_)))
        })
    };
    behind(at).iter().any(|(n, meaning)| *meaning == Meaning::In && is_counted(at + n))
}

fn phrases(pieces: &[Piece], at: usize, lexicon: &Lexicon, usable: &dyn Fn(&Entry) -> bool) -> Vec<(usize, Meaning)> {
    let token = match &pieces[at] {
        Piece::Period(range) => return vec![(1, Meaning::Period(*range))],
        Piece::Token(Token::Dash) => return vec![(1, Meaning::To)],
        Piece::Token(token) => token,
    };
    let mut out = Vec::new();
    if let Token::Number(n) = token {
        out.push((1, Meaning::Number(*n)));
    }
    for entry in lexicon.starting(token) {
        if stands_at(pieces, at, &entry.phrase) && usable(entry) {
            out.push((entry.phrase.len(), entry.meaning));
        }
    }
    // "Années 1990" are ten years, not the one.
    let number = |n: usize| matches!(pieces.get(at + n), Some(Piece::Token(Token::Number(_))));
    let decades: Vec<usize> =
        out.iter().filter(|(n, m)| *m == Meaning::Decade && number(*n)).map(|(n, _)| *n).collect();
    out.retain(|(n, m)| !(matches!(m, Meaning::Unit(_)) && decades.contains(n)));
    out
}

fn stands_at(pieces: &[Piece], at: usize, phrase: &[Token]) -> bool {
    let same = |(piece, token): (&Piece, &Token)| match piece {
        Piece::Token(found) => found == token,
        Piece::Period(_) => false,
    };
    pieces[at..].len() >= phrase.len() && pieces[at..].iter().zip(phrase).all(same)
}

/// Phrases such as *{0} days ago* that begin at a piece, whatever word the number is.
fn counted_back(
    pieces: &[Piece],
    at: usize,
    lexicon: &Lexicon,
    starts: &[Vec<(usize, Meaning)>],
) -> Vec<(usize, Meaning)> {
    let mut out = Vec::new();
    for pattern in &lexicon.ago {
        let number_at = at + pattern.before.len();
        if !stands_at(pieces, at, &pattern.before) {
            continue;
        }
        for &(n, meaning) in starts.get(number_at).map_or(&[][..], Vec::as_slice) {
            let after = number_at + n;
            if let Meaning::Number(count) = meaning
                && after <= pieces.len()
                && stands_at(pieces, after, &pattern.after)
            {
                out.push((after + pattern.after.len() - at, Meaning::AgoOf(count, pattern.unit)));
            }
        }
    }
    out
}
