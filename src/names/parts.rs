//! A name to the words that carry it: titles and particles fall away.

use super::respelt::are_respelt;
use super::sounds::Script;
use crate::text::fold;
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// What a name may hold besides the words that tell its bearer, folded: particles,
/// articles and filiation, which copy drops, joins or parts at will.
const PARTICLES: &[&str] = &[
    "al", "el", "ul", "ud", "ad", "as", "az", "ar", "an", "at", "ash", "es", "er", "ed", "bin", "ben", "ibn", "bint",
    "abu", "von", "van", "vom", "zu", "zum", "der", "den", "de", "des", "del", "della", "di", "da", "do", "dos", "das",
    "du", "la", "le", "les", "lo", "y", "e", "ter", "ten", "tot", "af", "av", "ou", "фон", "ван", "дер", "ден", "де",
    "дель", "ди", "да", "ла", "ле", "дю", "аль", "ас", "ад", "ар", "ан", "аш", "эль", "бен", "бин", "ибн", "ал", "ел",
    "د", "دي", "دو", "فون", "فن", "فان", "در", "دير", "بن", "ابن", "ال", "דה", "פון", "ואן", "די", "בן", "드", "폰",
    "판", "데어",
];
/// Titles that newspapers print with names, folded.
const TITLES: &[&str] = &[
    "mr",
    "mrs",
    "ms",
    "dr",
    "prof",
    "sir",
    "lord",
    "dame",
    "m",
    "mm",
    "mme",
    "mlle",
    "herr",
    "frau",
    "sr",
    "sra",
    "senor",
    "don",
    "signor",
    "king",
    "queen",
    "prince",
    "princess",
    "pope",
    "sheikh",
    "шейх",
    "король",
    "принц",
    "papst",
    "pape",
    "jr",
    "ii",
    "iii",
];

/// Those of them that stand before a given name.
const BEFORE_GIVEN: &[&str] = &["king", "queen", "prince", "princess", "pope", "papst", "pape", "король", "принц"];

/// Tells whether a name begins with a title that is borne with a given name: *Pope Francis* is
/// no *Francis Smith*.
pub(super) fn is_by_given_name(name: &str) -> bool {
    name.split_whitespace().next().is_some_and(|first| BEFORE_GIVEN.contains(&fold(first).as_str()))
}

/// Returns the words of a name in order. A single letter is an initial and stays.
pub(super) fn words(name: &str) -> Vec<&str> {
    let all: Vec<&str> = pieces(name).collect();
    let kept: Vec<&str> = all.iter().copied().filter(|w| !is_beside(w)).map(without_article).collect();
    let given = all.len() == 2
        && kept.len() == 1
        && all[0].chars().next().is_some_and(char::is_uppercase)
        && is_particle(all[0]);
    if kept.is_empty() || given { all } else { kept }.into_iter().map(without_feminine).collect()
}

/// Divides a name into its words, titles and particles too.
pub fn pieces(name: &str) -> impl Iterator<Item = &str> {
    name.split(is_divider).map(|w| w.trim_matches(is_quote)).filter(|w| !w.is_empty())
}

/// Tells whether a character parts the words of a name.
pub(super) fn is_divider(c: char) -> bool {
    c.is_whitespace()
        || matches!(c, '-' | '‐' | '‑' | '–' | '·' | '・' | '•' | ',' | '.' | '=' | '/' | '(' | ')' | '"' | '״')
}

pub(super) fn is_quote(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | 'ʼ' | '`' | '«' | '»' | '“' | '”')
}

/// Letters of the longest of both lists.
const BESIDE_LETTERS_MAX: usize = 8;

/// Both lists, each word with whether it is a particle.
static BESIDE: LazyLock<FxHashMap<&str, bool>> = LazyLock::new(|| {
    let titles = TITLES.iter().map(|w| (*w, false));
    titles.chain(PARTICLES.iter().map(|w| (*w, true))).collect()
});

pub(super) fn is_beside(word: &str) -> bool {
    (word.len() <= BESIDE_LETTERS_MAX || !word.is_ascii()) && BESIDE.contains_key(fold(word).as_str())
}

fn is_particle(word: &str) -> bool {
    BESIDE.get(fold(word).as_str()).copied().unwrap_or(false)
}

/// Whom a surname with the ending of an adjective tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gender {
    Man,
    Woman,
}

/// Endings of Slavic surnames that are adjectives. Those in *-ov* and *-in* tell nothing: the
/// woman's form is the man's in another case.
const MEN: &[&str] = &[
    "ski",
    "sky",
    "skij",
    "skyj",
    "skyi",
    "skyy",
    "skiy",
    "skii",
    "szkij",
    "ckij",
    "cki",
    "ский",
    "ський",
    "цкий",
    "цький",
];
const WOMEN: &[&str] =
    &["ska", "skaya", "skaja", "skaia", "szkaja", "cka", "ckaja", "ckaya", "ская", "ська", "цкая", "цька"];

/// The endings as words are folded: every name of every story asks for them.
static FOLDED: LazyLock<[Vec<String>; 2]> =
    LazyLock::new(|| [MEN, WOMEN].map(|endings| endings.iter().map(|ending| fold(ending)).collect()));

/// Returns what the ending of a surname tells of its bearer.
pub(super) fn gender(word: &str) -> Option<Gender> {
    const LETTERS_LEFT_MIN: usize = 3;
    let folded = fold(word);
    let left = |ending: &String| folded.strip_suffix(ending.as_str()).map_or(0, |b| b.chars().count());
    let [men, women] = &*FOLDED;
    let ends = |endings: &[String]| endings.iter().any(|e| left(e) >= LETTERS_LEFT_MIN);
    match (ends(men), ends(women)) {
        (true, false) => Some(Gender::Man),
        (false, true) => Some(Gender::Woman),
        _ => None,
    }
}

/// Letters in which a Cyrillic name ends that is no man's in the nominative.
const CYRILLIC_VOWELS: [char; 10] = ['а', 'е', 'и', 'о', 'у', 'ы', 'э', 'ю', 'я', 'ь'];

/// Tells whether a surname beside a given name is in the nominative: a man's that ends in a
/// consonant takes an ending in all other cases. Those in *-ых* never do.
pub(super) fn is_nominative(surname: &str) -> bool {
    let folded = fold(surname);
    !folded.ends_with(CYRILLIC_VOWELS) && !folded.ends_with("ых") && !folded.ends_with("их")
}

/// The most consonants of a word that its first vowel tells from others.
const TOLD_BY_VOWEL_MAX: usize = 3;

/// Tells whether two short words in Latin letters are two because the vowels that they begin
/// with are: *John* and *Jane*, *Hassan* and *Hussein*, *Omar* and *Amr*. The longer a word, the
/// more of it may be spelt at will.
pub(super) fn begin_with_other_vowels(a: &str, b: &str) -> bool {
    let (a, b) = (fold(a), fold(b));
    let is_short = |w: &str| {
        let mut before = ' ';
        let mut count = 0;
        for c in w.chars() {
            count += usize::from(!is_vowel(c) && c != before && (c != 'h' || before == ' '));
            before = c;
        }
        count <= TOLD_BY_VOWEL_MAX
    };
    a.is_ascii() && b.is_ascii() && is_short(&a) && is_short(&b) && first_vowels_differ(&a, &b)
}

/// Tells whether the first vowels of two folded words are of different kinds.
pub(super) fn first_vowels_differ(a: &str, b: &str) -> bool {
    match (first_vowels(a), first_vowels(b)) {
        (0, _) | (_, 0) => false,
        (x, y) => x & y == 0,
    }
}

fn is_vowel(c: char) -> bool {
    matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y')
}

/// The kinds of the first vowels of a word, one bit each: open, close, round. *e* stands for
/// both of the first in somebody's spelling, *o* and *u* for each other.
fn first_vowels(word: &str) -> u8 {
    const OPEN: u8 = 1;
    const CLOSE: u8 = 2;
    const ROUND: u8 = 4;
    let run = word.chars().skip_while(|c| !is_vowel(*c)).take_while(|c| is_vowel(*c));
    run.fold(0, |all, c| {
        all | match c {
            'a' => OPEN,
            'e' => OPEN | CLOSE,
            'i' | 'y' => CLOSE,
            _ => ROUND,
        }
    })
}

/// Tells whether two given names are those of a man and of a woman: *Mario* and *Maria*, *Jean*
/// and *Jeanne*, *Petr* and *Petra*, in Cyrillic letters *Александр* and *Александра*, where both
/// are in the nominative.
pub(super) fn are_of_two_sexes(a: &str, b: &str) -> bool {
    const LETTERS_MIN: usize = 4;
    let (a, b) = (fold(a), fold(b));
    let (short, long) = if a.len() <= b.len() { (&a, &b) } else { (&b, &a) };
    let is_cyrillic = |w: &str| w.chars().all(|c| ('\u{400}'..='\u{52F}').contains(&c));
    if is_cyrillic(short) && is_cyrillic(long) {
        let rest = long.strip_prefix(short.as_str()).filter(|_| !short.ends_with(CYRILLIC_VOWELS));
        return short.chars().count() >= LETTERS_MIN && matches!(rest, Some("а" | "на"));
    }
    if short.len() < LETTERS_MIN || !short.is_ascii() || !long.is_ascii() {
        return false;
    }
    let (stem, last) = short.split_at(short.len() - 1);
    match long.strip_prefix(stem) {
        Some("a") => last == "o",
        Some("o") => last == "a",
        Some(rest) => rest.strip_prefix(last).is_some_and(|e| e == "a" || e == "na" || last == "n" && e == "ne"),
        None => false,
    }
}

/// Given names of women in *-a* that go with a man's, as Latin letters spell them: of others the form may be
/// the man's name in another case.
const WOMENS_GIVEN: [&str; 39] = [
    "aleksandra",
    "alexandra",
    "aleksandrina",
    "antonina",
    "bojana",
    "boyana",
    "bronislava",
    "daniela",
    "dragana",
    "emilia",
    "evgenia",
    "evgeniya",
    "evgenija",
    "evheniya",
    "gabriela",
    "georgina",
    "ivana",
    "jana",
    "jaroslava",
    "karolina",
    "kristina",
    "ljubomira",
    "martina",
    "miroslava",
    "nikolina",
    "pavla",
    "paula",
    "petra",
    "simona",
    "stanislava",
    "valentina",
    "valeria",
    "valeriya",
    "viktoria",
    "viktoriya",
    "vladislava",
    "yana",
    "yaroslava",
    "yevgenia",
];

/// Returns the given name and the surname in plain Latin letters; none of scripts whose letters tell no ending.
pub(super) fn in_latin((given, surname): (&str, &str)) -> Option<(String, String)> {
    let plain = |word: &str| {
        if word.is_ascii() {
            return Some(word.to_owned());
        }
        let is_read = |c: char| matches!(Script::of(c), Script::Latin | Script::Cyrillic | Script::Greek);
        word.chars().all(is_read).then(|| any_ascii::any_ascii(word).to_ascii_lowercase())
    };
    Some((plain(given)?, plain(surname)?))
}

/// Tells whether one surname is a man's and the other the same of a woman: *Sergei Ivanov*, *Sergey Ivanova*.
/// Where the given name has the same ending more both are the man's in another case: *Сергея Иванова*.
pub(super) fn are_of_two(a: (&str, &str), b: (&str, &str)) -> bool {
    const MEN: [&str; 7] = ["ov", "ev", "in", "off", "eff", "ow", "ew"];
    let is_mans = |surname: &str| MEN.iter().any(|end| surname.ends_with(end));
    let is_womans = |surname: &str| surname.strip_suffix('a').is_some_and(is_mans);
    let ((given, _), (other_given, _)) = match () {
        () if is_mans(a.1) && is_womans(b.1) => (a, b),
        () if is_mans(b.1) && is_womans(a.1) => (b, a),
        () => return false,
    };
    let stem = other_given.strip_suffix('a').filter(|_| !WOMENS_GIVEN.contains(&other_given));
    let is_declined = !given.ends_with('a') && stem.is_some_and(|stem| stem == given || are_respelt(stem, given));
    !is_declined
}

/// Tells whether a given name is a man's by its end, beside a woman's in a language that marks both.
pub(super) fn is_mans_given(given: &str, womans: &str) -> bool {
    !given.ends_with(is_vowel) && womans.ends_with('a')
}

/// Tells whether a surname has the ending that Czech and Slovak give every woman's.
pub(super) fn is_womans(name: &str) -> bool {
    name.contains("ová") && pieces(name).any(|word| without_feminine(word).len() < word.len())
}

/// Tells whether a name says that a father or a son bears it too: *Robert Kennedy Jr.*
pub(super) fn is_juniors(name: &str) -> bool {
    let last = pieces(name).last().map(fold);
    last.is_some_and(|last| matches!(last.as_str(), "jr" | "junior" | "sr"))
}

/// Returns the number that tells rulers of one name apart: *Charles III*.
pub(super) fn numeral(name: &str) -> Option<&str> {
    const NUMERALS: [&str; 23] = [
        "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV", "XVI", "XVII",
        "XVIII", "XIX", "XX", "XXI", "XXII", "XXIII",
    ];
    let last = name.split_whitespace().next_back().filter(|last| last.len() < name.len())?;
    NUMERALS.contains(&last).then_some(last)
}

/// Czech and Slovak copy gives every woman's surname an ending: *Mayová* is May.
fn without_feminine(word: &str) -> &str {
    const LETTERS_LEFT_MIN: usize = 3;
    let bare = word.strip_suffix("ová").filter(|b| b.chars().count() >= LETTERS_LEFT_MIN);
    bare.unwrap_or(word)
}

/// Takes the Arabic article off a word that is long enough without it.
fn without_article(word: &str) -> &str {
    const LETTERS_LEFT_MIN: usize = 3;
    let bare = word.strip_prefix("ال");
    bare.filter(|b| b.chars().count() >= LETTERS_LEFT_MIN).unwrap_or(word)
}

#[cfg(test)]
mod tests {
    use super::{Gender, are_of_two, are_of_two_sexes, begin_with_other_vowels, gender, is_nominative, numeral, words};

    #[test]
    fn a_woman_is_told_from_a_man_in_another_case() {
        assert!(are_of_two(("ivan", "ivanov"), ("ivana", "ivanova")));
        assert!(are_of_two(("alexandra", "petrova"), ("alexander", "petrov")));
        assert!(!are_of_two(("siergiej", "iwanow"), ("siergieja", "iwanowa")));
        assert!(!are_of_two(("boris", "petrov"), ("borisa", "petrova")));
    }

    #[test]
    fn first_vowels_tell_short_names_apart() {
        for (a, b) in [("John", "Jane"), ("Hassan", "Hussein"), ("Omar", "Amr"), ("Kang", "Kong")] {
            assert!(begin_with_other_vowels(a, b) && begin_with_other_vowels(b, a), "{a} {b}");
        }
        for (a, b) in [
            ("Jon", "John"),
            ("Mohammed", "Muhammad"),
            ("Yousef", "Yusuf"),
            ("Geoff", "Jeff"),
            ("Lee", "Li"),
            ("Choi", "Choe"),
            ("Oleksandr", "Aleksandr"),
            ("Gaddafi", "Gheddafi"),
            ("Pyotr", "Petr"),
            ("B", "Bob"),
        ] {
            assert!(!begin_with_other_vowels(a, b), "{a} {b}");
        }
        assert!(is_nominative("Новак") && !is_nominative("Новака") && !is_nominative("Черных"));
    }

    #[test]
    fn given_names_and_numbers_tell_people_apart() {
        for (a, b) in
            [("Mario", "Maria"), ("Jean", "Jeanne"), ("Petr", "Petra"), ("Júlia", "Julio"), ("Иван", "Иванна")]
        {
            assert!(are_of_two_sexes(a, b) && are_of_two_sexes(b, a), "{a} {b}");
        }
        for (a, b) in
            [("Mario", "Mario"), ("Ana", "Ano"), ("Dominik", "Dominique"), ("Sergej", "Sergei"), ("Сергей", "Сергея")]
        {
            assert!(!are_of_two_sexes(a, b), "{a} {b}");
        }
        assert_eq!((numeral("Charles III"), numeral("Jinping Xi"), numeral("V")), (Some("III"), None, None));
    }

    #[test]
    fn adjectives_tell_women_from_men() {
        for (word, told) in [
            ("Zelenska", Some(Gender::Woman)),
            ("Зеленська", Some(Gender::Woman)),
            ("Zelenskij", Some(Gender::Man)),
            ("Зеленский", Some(Gender::Man)),
            ("Зеленского", None),
            ("Путина", None),
            ("Laska", None),
            ("Ski", None),
        ] {
            assert_eq!(gender(word), told, "{word}");
        }
    }

    #[test]
    fn particles_and_titles_fall_away() {
        assert_eq!(words("Ursula von der Leyen"), ["Ursula", "Leyen"]);
        assert_eq!(words("عبد الفتاح السيسي"), ["عبد", "فتاح", "سيسي"]);
        assert_eq!(words("Dr. José-María O'Neill"), ["José", "María", "O'Neill"]);
        assert_eq!(words("贝拉克·奥巴马"), ["贝拉克", "奥巴马"]);
        assert_eq!(words("Le Van"), ["Le", "Van"]);
        assert_eq!(words("Al Oerter"), ["Al", "Oerter"]);
        assert_eq!(words("Theresa Mayová"), ["Theresa", "May"]);
    }
}
