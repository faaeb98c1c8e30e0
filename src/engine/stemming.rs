//! What is left of a word without its inflection.

use crate::data::languages::Language;
use crate::text::fold;
use frostem::{Algorithm, Stemmer};
use std::borrow::Cow;

/// How the words of a language lose their inflection.
pub(super) enum Stemming {
    /// As Snowball's algorithm of the language says.
    Snowball(Stemmer),
    /// Without the particles that Korean joins to its nouns.
    Korean,
    /// Without what Arabic joins to the front and the end of a word.
    Arabic,
}

/// Snowball's algorithms that take nothing off the beginning of a word and leave its first
/// letter what it is, but for an accent.
const SUFFIXES_ONLY: [&str; 9] =
    ["english", "french", "german", "italian", "portuguese", "russian", "spanish", "swedish", "danish"];

/// Tells whether a word and its stem begin with the same letter in a language, levelled.
pub(super) fn keeps_first_letter(language: &Language) -> bool {
    SUFFIXES_ONLY.contains(&language.stemmer)
}

/// Stemmers that take something off the beginning of a word.
const PREFIXES_TOO: [&str; 7] = ["arabic", "dutch", "esperanto", "indonesian", "irish", "tamil", "yiddish"];

/// Tells whether a word of a language may be its stem with something before it.
pub(super) fn takes_off_beginnings(language: &Language) -> bool {
    PREFIXES_TOO.contains(&language.stemmer)
}

impl Stemming {
    /// Returns that of a language, where there is one.
    pub(super) fn of(language: &Language) -> Option<Stemming> {
        match language.stemmer {
            "korean" => return Some(Stemming::Korean),
            // Snowball's gives a word another stem with the article than without.
            "arabic" => return Some(Stemming::Arabic),
            _ => {}
        }
        Algorithm::from_name(language.stemmer).ok().map(Stemmer::new).map(Stemming::Snowball)
    }

    /// Returns the stem of a word in lower case.
    pub(super) fn stem<'w>(&self, lower: &'w str) -> Cow<'w, str> {
        match self {
            Stemming::Snowball(stemmer) => stemmer.stem(lower),
            Stemming::Korean => Cow::Borrowed(without_particles(lower)),
            Stemming::Arabic => {
                let folded = fold(lower);
                Cow::Owned(without_affixes(&folded).to_owned())
            }
        }
    }
}

/// What a noun ends in before a particle.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Before {
    Any,
    Vowel,
    Consonant,
    /// A vowel or ㄹ.
    VowelOrL,
    /// A consonant other than ㄹ.
    ConsonantNotL,
}

/// Particles of nouns (조사), and what they follow; those of several syllables first.
const PARTICLES: [(&str, Before); 35] = [
    ("으로부터", Before::ConsonantNotL),
    ("에서부터", Before::Any),
    ("로부터", Before::VowelOrL),
    ("에게서", Before::Any),
    ("이라는", Before::Consonant),
    ("이라고", Before::Consonant),
    ("으로서", Before::ConsonantNotL),
    ("으로써", Before::ConsonantNotL),
    ("까지", Before::Any),
    ("부터", Before::Any),
    ("에서", Before::Any),
    ("에게", Before::Any),
    ("께서", Before::Any),
    ("한테", Before::Any),
    ("보다", Before::Any),
    ("처럼", Before::Any),
    ("마다", Before::Any),
    ("조차", Before::Any),
    ("마저", Before::Any),
    ("라는", Before::Vowel),
    ("라고", Before::Vowel),
    ("로서", Before::VowelOrL),
    ("로써", Before::VowelOrL),
    ("으로", Before::ConsonantNotL),
    ("은", Before::Consonant),
    ("는", Before::Any),
    ("이", Before::Consonant),
    ("가", Before::Vowel),
    ("을", Before::Consonant),
    ("를", Before::Vowel),
    ("과", Before::Consonant),
    ("와", Before::Vowel),
    ("로", Before::VowelOrL),
    ("의", Before::Any),
    ("에", Before::Any),
];
/// Particles of one syllable that also follow others: *에서도*, *까지만*.
const LAST: [&str; 3] = ["도", "만", "은"];
/// Syllables that a noun keeps: one of a single syllable is as often part of a longer word.
const SYLLABLES_MIN: usize = 2;
/// Particles that a noun takes one after the other.
const PARTICLES_MAX: usize = 2;

/// Returns a Korean noun without its particles; other words as they are.
fn without_particles(word: &str) -> &str {
    let mut stem = word;
    for _ in 0..PARTICLES_MAX {
        let shorter = PARTICLES
            .iter()
            .find_map(|(particle, before)| stem.strip_suffix(particle).filter(|rest| follows(rest, *before)))
            .or_else(|| LAST.iter().find_map(|last| stem.strip_suffix(last).filter(|rest| follows(rest, Before::Any))));
        match shorter {
            Some(shorter) => stem = shorter,
            None => break,
        }
    }
    stem
}

/// Tells whether a noun that a particle may follow is left.
fn follows(noun: &str, before: Before) -> bool {
    const FIRST: u32 = 0xAC00;
    const LAST_CONSONANTS: u32 = 28;
    const L: u32 = 8;
    let syllables = noun.chars().rev().take_while(|c| matches!(c, '\u{AC00}'..='\u{D7A3}')).count();
    if syllables < SYLLABLES_MIN {
        return false;
    }
    let last = noun.chars().next_back().map_or(0, |c| (c as u32).wrapping_sub(FIRST) % LAST_CONSONANTS);
    match before {
        Before::Any => true,
        Before::Vowel => last == 0,
        Before::Consonant => last != 0,
        Before::VowelOrL => last == 0 || last == L,
        Before::ConsonantNotL => last != 0 && last != L,
    }
}

/// The article of Arabic, alone and behind the words that are joined to it: *and*, *so*, *with*,
/// *as*, *to*. Letters are levelled, here and below.
const ARTICLES: [&str; 7] = ["وال", "فال", "بال", "كال", "ولل", "ال", "لل"];
/// Words that begin with an article only to the eye, or never stand without it.
const NO_ARTICLE: [&str; 4] = ["الله", "الان", "التي", "الذي"];
/// Endings: of those who own, of the feminine, of two and of many, of what is from somewhere. Each
/// with the letters that have to be left: *لبنان* is no pair.
const ENDINGS: [(&str, usize); 10] =
    [("ها", 3), ("هم", 3), ("ات", 3), ("ون", 3), ("ين", 3), ("يه", 3), ("ي", 3), ("ه", 3), ("تان", 3), ("ان", 4)];

/// Returns an Arabic word, its letters levelled, without article and endings: light stemming, as
/// Larkey, Ballesteros and Connell found best for retrieval (SIGIR 2002, *light10*). Unlike there,
/// endings are taken off until none is left, so that a word has one stem however many of them it
/// bears, and those of two letters more leave three.
fn without_affixes(word: &str) -> &str {
    let letters = |text: &str| text.chars().count();
    let conjunction = |word| str::strip_prefix(word, 'و').filter(|rest| letters(rest) >= 3);
    let named = |word: &str| NO_ARTICLE.contains(&word);
    let mut stem = word;
    if !named(stem) && !conjunction(stem).is_some_and(named) {
        let article = |article: &&str| stem.strip_prefix(*article).filter(|rest| letters(rest) >= 2);
        stem = ARTICLES.iter().find_map(article).unwrap_or(stem);
    }
    stem = conjunction(stem).unwrap_or(stem);
    while !named(stem)
        && let Some(shorter) =
            ENDINGS.iter().find_map(|(ending, left)| stem.strip_suffix(ending).filter(|rest| letters(rest) >= *left))
    {
        stem = shorter;
    }
    stem
}

#[cfg(test)]
mod tests {
    use super::{SUFFIXES_ONLY, Stemming, keeps_first_letter, without_affixes, without_particles};
    use crate::data::languages;
    use crate::text::fold;

    proptest::proptest! {
        #[test]
        fn first_letters_are_kept(word in "[a-zàâäãáåæçéèêëíîïñóôöõøœúùûüßа-яё]{1,9}") {
            for language in languages::all().iter().filter(|l| keeps_first_letter(l)) {
                let stemming = Stemming::of(language).expect("it has a stemmer");
                let stem = fold(&stemming.stem(&word));
                let first = stem.chars().next();
                proptest::prop_assert!(first.is_none() || first == fold(&word).chars().next(), "{} {stem}", language.code);
            }
            proptest::prop_assert_eq!(languages::all().iter().filter(|l| keeps_first_letter(l)).count(), SUFFIXES_ONLY.len());
        }
    }

    #[test]
    fn korean_nouns_lose_their_particles() {
        for (word, stem) in [
            ("대통령은", "대통령"),
            ("대통령이", "대통령"),
            ("대통령실에서는", "대통령실"),
            ("정부가", "정부"),
            ("서울에서", "서울"),
            ("서울로", "서울"),
            ("부산으로", "부산"),
            ("시민들에게도", "시민들"),
            ("러시아와", "러시아"),
            // A particle agrees with what it follows, and something is left.
            ("전문가", "전문가"),
            ("종로", "종로"),
            ("국가", "국가"),
            ("afp는", "afp는"),
        ] {
            assert_eq!(without_particles(word), stem, "{word}");
        }
        // A noun may end as a particle does: it does so with and without one.
        assert_eq!(without_particles("국무회의를"), without_particles("국무회의"));
    }

    #[test]
    fn an_arabic_word_has_one_stem_with_all_that_is_joined_to_it() {
        for forms in [
            "سنوات السنوات سنواتها والسنوات",
            "قرار القرار قرارات القرارات وقرارات بالقرارات للقرار قراراتهم",
            "انتخابات الانتخابات والانتخابات انتخاباتها للانتخابات انتخابية الانتخابي",
            "علاقة علاقات العلاقات والعلاقة علاقاتها",
            "وزير الوزير والوزير وزيرة وزيرها للوزير",
            "رئيس الرئيس رئيسة الرئيسين والرئيس للرئيس رئيسها الرئيسان",
            "لبنان لبناني اللبنانية اللبنانيين ولبنان",
            "إيران الإيرانية إيراني الإيرانيون وإيران",
            "فلسطين الفلسطينيين فلسطينية الفلسطيني",
            "الله والله",
            "حق الحق والحق",
        ] {
            let stems: Vec<String> = forms.split(' ').map(|form| without_affixes(&fold(form)).to_owned()).collect();
            assert!(stems.iter().all(|stem| *stem == stems[0]), "{forms}: {stems:?}");
        }
        // Others stay others.
        for (a, b) in
            [("لبنان", "اللبن"), ("الآن", "أن"), ("الله", "له"), ("التي", "تي"), ("مصر", "مصير"), ("قوات", "قوي")]
        {
            assert_ne!(without_affixes(&fold(a)), without_affixes(&fold(b)), "{a} {b}");
        }
    }

    proptest::proptest! {
        #[test]
        fn a_stem_has_no_affix_left(word in "[ابتثحدرسعفقكلمنهوي]{1,9}") {
            let stem = without_affixes(&word);
            proptest::prop_assert!(!stem.is_empty() && word.contains(stem));
            // Endings are gone; an article may begin what the word itself is.
            let ending = super::ENDINGS.iter().find(|(e, left)| stem.strip_suffix(e).is_some_and(|r| r.chars().count() >= *left));
            proptest::prop_assert!(ending.is_none() || super::NO_ARTICLE.contains(&stem), "{stem}");
        }
    }
}
