//! Languages of one script told apart by letters that only some of them have.

use super::LETTERS_MAX;
use crate::text::words::is_alphabetic;

/// A row of `data/alphabets.tsv`.
struct Alphabet {
    script: &'static str,
    code: &'static str,
    letters: &'static str,
    own: &'static str,
}

fn alphabets() -> impl Iterator<Item = Alphabet> {
    include_str!("../../../data/alphabets.tsv").lines().filter(|line| !line.starts_with('#')).filter_map(|line| {
        let mut cells = line.split('\t');
        let mut cell = || cells.next();
        Some(Alphabet { script: cell()?, code: cell()?, letters: cell()?, own: cell()? })
    })
}

/// What the letters of a text say of the languages of its script.
pub(super) struct Candidates {
    /// Those in whose alphabet the text can be written.
    pub(super) codes: Vec<&'static str>,
    /// The one of them of whose own letters the text has most, in proportion, if one has.
    pub(super) closest: Option<&'static str>,
    /// Letters that this was seen on.
    pub(super) seen: usize,
}

/// Weighs the alphabets of `script`. One letter in a hundred may be of another: copy quotes
/// foreign names.
pub(super) fn candidates(text: &str, script: &str) -> Candidates {
    // Few letters recur: each is counted once and asked about once.
    let mut counts: Vec<(char, usize)> = Vec::with_capacity(64);
    let mut seen = 0;
    for c in text.chars().filter(|c| is_cyrillic(*c)).take(4 * LETTERS_MAX) {
        let c = c.to_lowercase().next().unwrap_or(c);
        seen += 1;
        match counts.iter_mut().find(|(letter, _)| *letter == c) {
            Some((_, count)) => *count += 1,
            None => counts.push((c, 1)),
        }
    }
    let has = |c: char| counts.iter().any(|(letter, _)| *letter == c);
    // Yat went out of Russian in 1918, and with it і and the hard sign at the end of words.
    if has('ѣ') && !"їєґўјөү".chars().any(has) {
        return Candidates { codes: vec!["ru"], closest: Some("ru"), seen };
    }
    let mut found: Vec<(usize, &'static str)> = Vec::new();
    for row in alphabets().filter(|row| row.script == script) {
        let foreign = counts.iter().filter(|(letter, _)| !row.letters.contains(*letter)).map(|(_, n)| n).sum::<usize>();
        let (own, own_seen) = (row.own.chars().count(), row.own.chars().filter(|c| has(*c)).count());
        if foreign * 100 <= seen && (own == 0 || own_seen > 0) {
            found.push((100 * own_seen / own.max(1), row.code));
        }
    }
    found.sort_unstable();
    let closest = match found.as_slice() {
        [.., next, best] if next.0 == best.0 => None,
        [.., best] => Some(best.1),
        [] => None,
    };
    Candidates { codes: found.into_iter().map(|(_, code)| code).collect(), closest, seen }
}

fn is_cyrillic(c: char) -> bool {
    matches!(c, '\u{400}'..='\u{52F}') && is_alphabetic(c)
}

fn count(text: &str, letters: &str) -> usize {
    let letters: Vec<char> = letters.chars().collect();
    text.chars().take(4 * LETTERS_MAX).filter(|c| letters.contains(c)).count()
}

/// Tells Bengali from Assamese, which the tables do not have.
pub(super) fn bengali(text: &str) -> Option<&'static str> {
    (count(text, "ৰৱ") == 0).then_some("bn")
}

/// Tells Yiddish from Hebrew by its vowels, which Hebrew copy does not write.
pub(super) fn hebrew(text: &str) -> &'static str {
    if count(text, "ײװױ\u{5B7}\u{5B8}") * 20 > count(text, "אבגדהוזחטיכלמנסעפצקרשת") {
        "yi"
    } else {
        "he"
    }
}

/// Letters that of the languages of the Arabic script one alone writes.
const ARABIC_OWN: &[(&str, &str)] =
    &[("ur", "ٹڈڑںےہ"), ("ps", "ټډړږښڅځۍګڼ"), ("sd", "ٻڀٿٽٺڄڃڇڍڊڏڙڪڦڻڳڱ"), ("ug", "ۇۈڭۋ"), ("ku", "ڕڵۆێ")];
/// One letter of so many is a language's own, at the least.
const OWN_SHARE: usize = 60;

/// Tells languages of the Arabic script apart.
pub(super) fn arabic(text: &str) -> &'static str {
    let letters = text.chars().filter(|c| is_alphabetic(*c)).take(4 * LETTERS_MAX).count();
    let own = ARABIC_OWN.iter().map(|(code, own)| (*code, count(text, own)));
    if let Some((code, n)) = own.max_by_key(|(_, n)| *n)
        && n > 0
        && n * OWN_SHARE >= letters
    {
        return code;
    }
    let (persian, arabic) = (count(text, "پچژگکی\u{200C}"), count(text, "ةىيكإأ"));
    if persian > 0 && persian >= arabic || has_persian_words(text) { "fa" } else { "ar" }
}

/// Tells Persian that is written with Arabic letters throughout, as most of it was before 2010, by
/// its small words.
fn has_persian_words(text: &str) -> bool {
    const PERSIAN: &[&str] =
        &["است", "را", "كه", "اين", "براي", "مي", "شد", "با", "از", "هاي", "شده", "خود", "يك", "نيز", "کرد", "كرد"];
    const ARABIC: &[&str] =
        &["في", "من", "على", "إلى", "الى", "أن", "ان", "التي", "الذي", "هذا", "عن", "مع", "قد", "كما"];
    const HITS_MIN: usize = 3;
    let words = || text.split(|c: char| !c.is_alphabetic()).filter(|w| !w.is_empty()).take(LETTERS_MAX);
    let hits = |list: &[&str]| words().filter(|w| list.contains(w)).count();
    let persian = hits(PERSIAN);
    persian >= HITS_MIN && persian > 2 * hits(ARABIC)
}

/// Tells Tigrinya from Amharic by the letters that it begins words and gutturals with.
pub(super) fn ethiopic(text: &str) -> &'static str {
    let tigrinya = count(text, "ኣቐቑቒቓቔቕቖኸዝ");
    if tigrinya > 0 && tigrinya > count(text, "አ") { "ti" } else { "am" }
}
