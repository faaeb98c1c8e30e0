//! Lines in capitals: headlines as some agencies print them, or a query by whoever types all
//! in capitals.
//!
//! AND and OR are operators there as everywhere: a headline that has them as words is found
//! by its other words. NOT would leave the headline itself out, *TRUMP NOT GUILTY*: it is a
//! word where it is the only operator, and so is a minus always, *-BUNDESBANK*. Where one of
//! the words is enough, a line in capitals is a pasted one, and all of it words.

use super::lex::{Piece, PieceKind};

/// Words of a headline at least, beside those that look like operators.
const CAPITALS_MIN: usize = 4;

/// How what was taken for a word is written as an operator.
pub(super) const REMEDY: &str = "AND NOT, or parentheses, make NOT an operator";
/// The same where any word is enough.
pub(super) const ANY_REMEDY: &str = "parentheses, or other words in small letters, make them operators";

/// Makes words of what looks like an operator in a headline; returns these. Words side by
/// side tell a headline from acronyms that operators join.
pub(super) fn as_text(text: &str, pieces: &mut [Piece], any: bool) -> Vec<String> {
    let mut made = Vec::new();
    if !is_headline(text, pieces) {
        return made;
    }
    let last = pieces.len() - 1;
    let joins = |p: &Piece| matches!(p.kind, PieceKind::And | PieceKind::Or);
    let joined = pieces.iter().enumerate().any(|(i, p)| joins(p) && i > 0 && i < last);
    for at in 0..=last {
        let word = &text[pieces[at].span.clone()];
        let is_word = match pieces[at].kind {
            PieceKind::Minus => true,
            PieceKind::Not => any || !joined,
            // What joins has something on either side.
            PieceKind::And | PieceKind::Or => any || at == 0 || at == last,
            _ => false,
        };
        if !is_word {
            continue;
        }
        let shown = match pieces.get(at + 1) {
            Some(next) if pieces[at].kind == PieceKind::Minus => &text[pieces[at].span.start..next.span.end],
            _ => word,
        };
        if !made.iter().any(|m| m == shown) {
            made.push(shown.to_owned());
        }
        pieces[at].kind = PieceKind::Bare(word.to_lowercase());
    }
    made
}

fn is_headline(text: &str, pieces: &[Piece]) -> bool {
    let is_word = |p: &Piece| matches!(p.kind, PieceKind::Bare(_));
    let is_operator = |p: &Piece| matches!(p.kind, PieceKind::And | PieceKind::Or | PieceKind::Not | PieceKind::Minus);
    let side_by_side = pieces.windows(2).any(|pair| pair.iter().all(is_word));
    let words = pieces.iter().filter(|p| is_word(p) && text[p.span.clone()].chars().any(char::is_uppercase)).count();
    // 3rd and 10pct are small in every headline.
    let mut large = text.split_whitespace().filter(|w| !w.starts_with(|c: char| c.is_ascii_digit()));
    let is_cut = matches!(pieces.first().map(|p| &p.kind), Some(PieceKind::And | PieceKind::Or));
    let enough = words >= CAPITALS_MIN || is_cut && words > 1;
    enough
        && side_by_side
        && !large.any(|w| w.chars().any(char::is_lowercase))
        && pieces.iter().all(|p| is_word(p) || is_operator(p))
}

#[cfg(test)]
mod tests {
    use crate::query::{Context, describe, parse};
    use chrono::NaiveDate;

    #[test]
    fn one_rule_for_lines_in_capitals() {
        for (typed, read, words) in [
            ("OIL AND GAS", "(OIL AND GAS)", None),
            ("CRUDE OIL AND GAS PRICES", "(CRUDE AND OIL AND GAS AND PRICES)", None),
            ("OIL PRICES OR GAS PRICES", "((OIL AND PRICES) OR (GAS AND PRICES))", None),
            ("CRUDE OIL AND NATURAL GAS NOT COAL", "(CRUDE AND OIL AND NATURAL AND GAS AND NOT COAL)", None),
            ("IRAN AND IRAQ AND WAR NOT OIL", "(IRAN AND IRAQ AND WAR AND NOT OIL)", None),
            ("CRUDE OIL GAS AND NOT COAL", "(CRUDE AND OIL AND GAS AND NOT COAL)", None),
            ("TRUMP NOT GUILTY ON ALL COUNTS", "(TRUMP AND not AND GUILTY AND ON AND ALL AND COUNTS)", Some(": NOT; ")),
            (
                "OR BANKS AND UNIONS SEE GROWTH -BUNDESBANK",
                "(or AND BANKS AND UNIONS AND SEE AND GROWTH AND BUNDESBANK)",
                Some(": OR -BUNDESBANK; "),
            ),
            ("NOT ONE BANK SEES GROWTH AND", "(not AND ONE AND BANK AND SEES AND GROWTH AND and)", Some(": NOT AND; ")),
        ] {
            let parsed = parse(typed, &Context { today: NaiveDate::default(), any: false }).expect(typed);
            assert_eq!(describe(&parsed.query.root), read, "{typed}");
            match words {
                Some(words) => assert!(parsed.hints[0].contains(words), "{typed}: {:?}", parsed.hints),
                None => assert_eq!(parsed.hints, Vec::<String>::new(), "{typed}"),
            }
        }
    }

    #[test]
    fn a_pasted_headline_is_words_where_any_is_enough() {
        let typed = "CRUDE OIL AND GAS PRICES NOT FALLING";
        let parsed = parse(typed, &Context { today: NaiveDate::default(), any: true }).expect(typed);
        assert_eq!(describe(&parsed.query.root), "(CRUDE OR OIL OR and OR GAS OR PRICES OR not OR FALLING)");
        assert!(parsed.hints[0].contains(": AND NOT; "), "{:?}", parsed.hints);
    }
}
