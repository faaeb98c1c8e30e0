//! Whether two words in Latin letters may be one foreign name in the spellings of two languages.
//!
//! By ear *Volcker* is *Walker* and *Müller* is *Miller*: each letter has all the sounds that it has
//! anywhere. Within one script that says little, since names that are at home in it are spelt one
//! way. What differs are the letters by which languages write a foreign sound: *Poutine*, *Poetin*;
//! *Shevchenko*, *Chevtchenko*, *Schewtschenko*.

use crate::text::fold;

/// Letters by which languages write one foreign sound.
const ANYWHERE: &[&[&str]] = &[
    &["u", "ou", "oe", "oo"],
    &["o", "ou"],
    &["i", "y", "j", "iy", "ij", "yj", "yi", "ee", "ie"],
    &["e", "ie", "ye", "je"],
    &["o", "io", "yo", "jo"],
    &["sh", "ch", "sch", "sj", "sz"],
    &["c", "ch", "tch", "tsch", "tsj", "cs", "cz", "tj"],
    &["j", "zh", "sch", "sj", "zj", "zs"],
    &["shch", "chtch", "schtsch", "szcz", "sjtsj"],
    &["h", "kh", "ch", "j"],
    &["q", "k"],
    &["q", "g", "gh"],
    &["g", "gh", "rh"],
    &["g", "gu"],
    &["d", "dh", "z"],
    &["t", "th"],
    &["j", "dj", "dsch", "dzh", "dz", "g"],
    &["ts", "tz", "z", "c"],
    &["v", "w"],
    &["s", "ss", "sz"],
    &["f", "ph"],
    &["x", "ks"],
    &["k", "c", "ck"],
];
/// The same of an end.
const AT_END: &[&[&str]] = &[
    &["in", "ine"],
    &["an", "ane"],
    &["en", "ene"],
    &["on", "one"],
    &["v", "w", "f"],
    &["ev", "ov", "iov", "yov", "jov", "ow", "ew", "iow", "jow"],
    &["i", "y", "ii", "iy", "ij", "yj", "yi"],
    &["ia", "iya", "ija", "iia"],
];
/// The same but at an end, where *Lopez* and *Lopes* are two.
const BEFORE_END: &[&str] = &["s", "z"];
/// Letters with a mark that is a sound of its own, as other languages write it.
const MARKED: &[(char, &str)] =
    &[('š', "sh"), ('ş', "sh"), ('ș', "sh"), ('ž', "zh"), ('č', "tch"), ('ć', "tch"), ('đ', "dj")];
/// Letters for which a second one stands where a printer lacks them.
const UMLAUTS: &[(char, &str)] = &[('ä', "ae"), ('ö', "oe"), ('ü', "ue"), ('å', "aa"), ('ø', "oe")];

/// Longest word that is compared, in letters.
const LETTERS_MAX: usize = 40;

/// Tells whether two words may be one foreign name, spelt in two languages. Both have to be in
/// Latin letters.
///
/// ```
/// use dateline::names::are_respelt;
/// assert!(are_respelt("Poutine", "Poetin") && are_respelt("Chevtchenko", "Shevchenko"));
/// assert!(!are_respelt("Volcker", "Walker") && !are_respelt("Müller", "Miller"));
/// ```
#[must_use]
pub fn are_respelt(a: &str, b: &str) -> bool {
    if !is_latin(a) || !is_latin(b) {
        return false;
    }
    let (a, b) = (spellings(a), spellings(b));
    a.iter().any(|a| b.iter().any(|b| are_aligned(a, b)))
}

/// Tells whether a word is in Latin letters.
#[must_use]
pub fn is_latin(word: &str) -> bool {
    let mut letters = word.chars().filter(|c| c.is_alphabetic()).peekable();
    letters.peek().is_some()
        && letters.all(|c| matches!(c, 'A'..='Z' | 'a'..='z' | '\u{AA}'..='\u{24F}' | '\u{1E00}'..='\u{1EFF}'))
}

/// A word in plain letters, and as it is spelt where no umlauts are at hand.
fn spellings(word: &str) -> Vec<Vec<u8>> {
    let lower = word.to_lowercase();
    let plain = plain_letters(&lower);
    if !lower.contains(|c| UMLAUTS.iter().any(|(letter, _)| *letter == c)) {
        return vec![plain];
    }
    let spelt: String = lower.chars().map(|c| in_place_of(UMLAUTS, c)).collect();
    vec![plain, plain_letters(&spelt)]
}

fn in_place_of(table: &[(char, &str)], c: char) -> String {
    table.iter().find(|(letter, _)| *letter == c).map_or_else(|| c.to_string(), |(_, plain)| (*plain).to_owned())
}

/// The letters without marks; of two alike one, but those that are a sound of their own.
fn plain_letters(lower: &str) -> Vec<u8> {
    let written: String = lower.chars().map(|c| in_place_of(MARKED, c)).collect();
    let mut out: Vec<u8> = Vec::with_capacity(written.len());
    for letter in fold(&written).bytes().filter(u8::is_ascii_lowercase) {
        if out.last() != Some(&letter) || matches!(letter, b'o' | b'e') {
            out.push(letter);
        }
    }
    out.truncate(LETTERS_MAX);
    out
}

/// Tells whether two words are the same letters but for those that write one sound.
fn are_aligned(a: &[u8], b: &[u8]) -> bool {
    let width = b.len() + 1;
    let mut reached = vec![false; (a.len() + 1) * width];
    reached[0] = true;
    for at in 0..reached.len() {
        let (i, j) = (at / width, at % width);
        if !reached[at] {
            continue;
        }
        let (left, right) = (&a[i..], &b[j..]);
        let mut reach = |of_a: usize, of_b: usize| reached[(i + of_a) * width + j + of_b] = true;
        if left.first().is_some_and(|x| right.first() == Some(x)) {
            reach(1, 1);
        }
        // An *h* behind a consonant is heard in few languages.
        let is_mute = |word: &[u8], at: usize| {
            at > 0 && word.get(at) == Some(&b'h') && !matches!(word[at - 1], b'a' | b'e' | b'i' | b'o' | b'u' | b'y')
        };
        if is_mute(a, i) {
            reach(1, 0);
        }
        if is_mute(b, j) {
            reach(0, 1);
        }
        for (group, ends) in ANYWHERE.iter().map(|g| (*g, false)).chain(AT_END.iter().map(|g| (*g, true))) {
            let fits = |rest: &[u8], letters: &str| {
                if ends { rest == letters.as_bytes() } else { rest.starts_with(letters.as_bytes()) }
            };
            for x in group.iter().filter(|x| fits(left, x)) {
                group.iter().filter(|y| fits(right, y)).for_each(|y| reach(x.len(), y.len()));
            }
        }
        let within = |rest: &[u8]| rest.len() > 1 && BEFORE_END.iter().any(|l| rest.starts_with(l.as_bytes()));
        if within(left) && within(right) {
            reach(1, 1);
        }
    }
    reached.last().copied().unwrap_or(false)
}

#[cfg(test)]
mod tests {
    use super::are_respelt;

    #[test]
    fn a_foreign_name_as_languages_spell_it() {
        for (a, b) in [
            ("Putin", "Poutine"),
            ("Poutine", "Poetin"),
            ("Gorbachev", "Gorbatchev"),
            ("Gorbachev", "Gorbatschow"),
            ("Gorbachev", "Gorbaczow"),
            ("Gaddafi", "Qaddafi"),
            ("Qaddafi", "Kadhafi"),
            ("Zelensky", "Selenskyj"),
            ("Shevchenko", "Schewtschenko"),
            ("Pezeshkian", "Pezechkian"),
            ("Khrushchev", "Chruschtschow"),
            ("Prigozhin", "Prigojine"),
            ("Shoigu", "Choïgou"),
            ("Pushkov", "Puškov"),
            ("Müller", "Mueller"),
            ("Peretz", "Perec"),
        ] {
            assert!(are_respelt(a, b) && are_respelt(b, a), "{a} {b}");
        }
    }

    #[test]
    fn names_at_home_in_one_script_are_two() {
        for (a, b) in [
            ("Volcker", "Walker"),
            ("Regan", "Reagan"),
            ("Müller", "Miller"),
            ("Sena", "SANA"),
            ("Baker", "Becker"),
            ("Baker", "Barker"),
            ("Heat", "Getty"),
            ("Patten", "Poutine"),
            ("Schmidt", "Schmitt"),
            ("Johnson", "Jonson"),
            ("Brown", "Braun"),
            ("Gomez", "Gomes"),
            ("Stewart", "Stuart"),
            ("", ""),
            ("Путин", "Putin"),
        ] {
            assert!(!are_respelt(a, b), "{a} {b}");
        }
    }

    proptest::proptest! {
        #[test]
        fn the_order_does_not_matter(a in "[a-zš]{0,12}", b in "[a-zü]{0,12}") {
            proptest::prop_assert_eq!(are_respelt(&a, &b), are_respelt(&b, &a));
            proptest::prop_assert!(a.is_empty() || are_respelt(&a, &a));
        }
    }
}
