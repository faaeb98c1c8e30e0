//! Texts as numbers: a hash for each word, sign and figure.

use super::Compared;
use crate::text::{fold_into, stands_alone, words};

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A word of a script with spaces.
    Word,
    /// A character of a script without.
    Sign,
    /// A number of more than one digit, whole with the points and commas in it.
    Figure,
}

/// A token: its hash and what it is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token {
    pub(super) hash: u32,
    pub(super) kind: Kind,
}

/// Calls `each` with the tokens of headline and body, each with its folded letters.
pub(super) fn for_each(copy: Compared<'_>, each: &mut dyn FnMut(Token, &str)) {
    let mut folded = String::new();
    for text in [copy.headline, copy.body] {
        let mut waiting = words(text).peekable();
        while let Some(word) = waiting.next() {
            let mut end = word.end;
            let begins = text[word.start..].chars().next();
            let is_number = |from: usize, to: usize| text[from..to].chars().all(char::is_numeric);
            let mut kind = match begins {
                Some(c) if stands_alone(c) => Kind::Sign,
                _ => Kind::Word,
            };
            if kind == Kind::Word && is_number(word.start, word.end) {
                while let Some(next) = waiting.next_if(|next| {
                    matches!(&text[end..next.start], "." | "," | "/" | "٫" | "٬") && is_number(next.start, next.end)
                }) {
                    end = next.end;
                }
                if text[word.start..end].chars().nth(1).is_some() {
                    kind = Kind::Figure;
                }
            }
            folded.clear();
            fold_into(&text[word.start..end], &mut folded);
            if !folded.is_empty() {
                each(Token { hash: hash(&folded), kind }, &folded);
            }
        }
    }
}

/// FNV-1a of 32 bits: sketches are kept in archives, so that it must never change.
fn hash(word: &str) -> u32 {
    word.bytes().fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

/// The hash of a run of tokens, its bits mixed so that any of them are as good as random.
pub(super) fn run(tokens: &[Token]) -> u32 {
    let joined = tokens.iter().fold(0xcbf2_9ce4_8422_2325_u64, |hash, token| {
        (hash ^ u64::from(token.hash)).wrapping_mul(0x0000_0100_0000_01b3)
    });
    let mixed = (joined ^ (joined >> 29)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    (mixed >> 32) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(body: &str) -> Vec<(String, Kind)> {
        let mut all = Vec::new();
        for_each(Compared { headline: "", body }, &mut |token, folded| all.push((folded.to_owned(), token.kind)));
        all
    }

    #[test]
    fn figures_are_whole_and_signs_alone() {
        let word = |w: &str| (w.to_owned(), Kind::Word);
        let figure = |w: &str| (w.to_owned(), Kind::Figure);
        assert_eq!(
            told("L'Été 1,250.5 mln, 7 pct"),
            [word("l"), word("ete"), figure("1,250.5"), word("mln"), word("7"), word("pct"),]
        );
        assert_eq!(
            told("北京25日"),
            [("北".to_owned(), Kind::Sign), ("京".to_owned(), Kind::Sign), figure("25"), ("日".to_owned(), Kind::Sign),]
        );
    }

    #[test]
    fn case_and_accents_make_no_other_token() {
        let hashes = |body| {
            let mut all = Vec::new();
            for_each(Compared { headline: "", body }, &mut |token, _| all.push(token.hash));
            all
        };
        assert_eq!(hashes("Été à Téhéran"), hashes("ETE A TEHERAN"));
        assert_ne!(hashes("Téhéran"), hashes("Tehran"));
    }

    #[test]
    fn a_run_has_its_order() {
        let mut tokens = Vec::new();
        for_each(Compared { headline: "one two", body: "three" }, &mut |token, _| tokens.push(token));
        let forward = run(&tokens);
        tokens.reverse();
        assert_ne!(forward, run(&tokens));
    }
}
