//! The language, script and direction of a story.
//!
//! The script is counted from the letters. Scripts that one language of the wires uses
//! name it; Arabic and Cyrillic copy is told apart by letters that only some of their
//! languages have; Latin copy by its function words, and where these are too few by its
//! trigrams, which is inferred. What is too short or too mixed to tell stays unknown.

use crate::data::function_words;
use crate::story::{Confidence, Direction, Evidence, Origin, Sourced, Span, Story};
use crate::text::words;
use std::borrow::Cow;
use whatlang::{Detector, Lang};

/// Words looked at: more changes no verdict on news copy.
const WORDS_MAX: usize = 250;
/// Letters that, among the languages of the table, one or two use: languages that join
/// their grammar to the words have few function words.
const LETTERS: &[(&str, &str)] = &[
    ("tr", "ığİ"),
    ("az", "əƏ"),
    ("vi", "ơưạảấầậắặẹẻếềểệỉịọỏốồổộớờợụủứừữựỳ"),
    ("hu", "őű"),
    ("pl", "łąęśźż"),
    ("cs", "řěů"),
    ("sk", "ľĺŕ"),
    ("ro", "țșţ"),
    ("lv", "āēļņģķ"),
    ("lt", "ėįų"),
];
/// Languages told by trigrams: ISO 639-3 and the code of the tables.
const TRIGRAM_LANGUAGES: [(&str, &str); 22] = [
    ("ces", "cs"),
    ("dan", "da"),
    ("deu", "de"),
    ("eng", "en"),
    ("est", "et"),
    ("fin", "fi"),
    ("fra", "fr"),
    ("hrv", "hr"),
    ("hun", "hu"),
    ("ind", "id"),
    ("ita", "it"),
    ("lit", "lt"),
    ("nld", "nl"),
    ("nob", "no"),
    ("pol", "pl"),
    ("por", "pt"),
    ("ron", "ro"),
    ("slk", "sk"),
    ("spa", "es"),
    ("swe", "sv"),
    ("tur", "tr"),
    ("vie", "vi"),
];
/// Letters looked at for the script.
const LETTERS_MAX: usize = 2_000;
/// The fewest votes that tell a language: two words that it alone uses, or more shared.
const VOTES_MIN: u32 = 16;

/// Fills `lang`, `script` and `direction`. A language stated by the markup is kept.
pub(crate) fn read(story: &mut Story) {
    let Some(script) = script_of(&story.text) else { return };
    story.script = Some(script.to_owned());
    story.direction = if matches!(script, "Arab" | "Hebr") { Direction::Rtl } else { Direction::Ltr };
    if story.lang.is_some() {
        return;
    }
    let mut confidence = Confidence::Derived;
    let (code, rule) = match script {
        "Latn" => match by_function_words(&story.text) {
            Votes::Enough(code) => (Some(code), "language/function-words"),
            Votes::Few(leading) => {
                confidence = Confidence::Inferred;
                (by_trigrams(&story.text, leading), "language/trigrams")
            }
        },
        "Cyrl" => (Some(cyrillic(&story.text)), "language/letters"),
        "Arab" => (Some(arabic(&story.text)), "language/letters"),
        _ => (by_script(script), "language/script"),
    };
    if let Some(code) = code {
        let evidence =
            Evidence { origin: Origin::Text(Span::new(0, story.text.len())), rule: Cow::Borrowed(rule), confidence };
        story.lang = Some(Sourced { value: code.to_owned(), evidence: vec![evidence] });
    }
}

/// Returns the ISO 15924 code of the script of most letters.
fn script_of(text: &str) -> Option<&'static str> {
    const SCRIPTS: [&str; 24] = [
        "Latn", "Cyrl", "Arab", "Hani", "Jpan", "Hang", "Grek", "Hebr", "Deva", "Thai", "Armn", "Geor", "Ethi", "Beng",
        "Guru", "Gujr", "Taml", "Telu", "Knda", "Mlym", "Sinh", "Laoo", "Mymr", "Khmr",
    ];
    let mut counts = [0u32; SCRIPTS.len()];
    for c in text.chars().filter(|c| c.is_alphabetic()).take(LETTERS_MAX) {
        let script = match c as u32 {
            0x41..=0x24F | 0x1E00..=0x1EFF => 0,
            0x400..=0x52F => 1,
            0x600..=0x6FF | 0x750..=0x77F | 0xFB50..=0xFDFF | 0xFE70..=0xFEFC => 2,
            0x3400..=0x9FFF | 0x2_0000..=0x3_FFFF => 3,
            0x3041..=0x30FF | 0xFF66..=0xFF9F => 4,
            0x1100..=0x11FF | 0xAC00..=0xD7A3 => 5,
            0x370..=0x3FF | 0x1F00..=0x1FFF => 6,
            0x590..=0x5FF => 7,
            0x900..=0x97F => 8,
            0xE00..=0xE7F => 9,
            0x530..=0x58F => 10,
            0x10A0..=0x10FF => 11,
            0x1200..=0x139F => 12,
            0x980..=0x9FF => 13,
            0xA00..=0xA7F => 14,
            0xA80..=0xAFF => 15,
            0xB80..=0xBFF => 16,
            0xC00..=0xC7F => 17,
            0xC80..=0xCFF => 18,
            0xD00..=0xD7F => 19,
            0xD80..=0xDFF => 20,
            0xE80..=0xEFF => 21,
            0x1000..=0x109F => 22,
            0x1780..=0x17FF => 23,
            _ => continue,
        };
        counts[script] += 1;
    }
    // Japanese mixes Han with kana: a tenth of kana decides.
    if counts[4] > 0 && counts[4] * 10 >= counts[3] && counts[3] + counts[4] > counts[0] {
        return Some("Jpan");
    }
    let (best, count) = counts.iter().enumerate().max_by_key(|(_, n)| **n)?;
    (*count > 0).then_some(SCRIPTS[best])
}

/// What the function words of a text say of its language.
enum Votes {
    Enough(&'static str),
    /// Too few to tell; the language that has most of them, if one has.
    Few(Option<&'static str>),
}

/// Tells the language of short copy by its trigrams, where these leave no doubt or its few
/// function words say the same.
fn by_trigrams(text: &str, leading: Option<&str>) -> Option<&'static str> {
    /// Below this a headline of names is as likely to be of the next language.
    const LETTERS_MIN: usize = 60;
    /// How far the first language must be ahead of the second, as the crate counts it: lists
    /// of names and clubs stay below half of it.
    const CONFIDENCE_MIN: f64 = 0.45;
    let end = text.char_indices().nth(4 * LETTERS_MAX).map_or(text.len(), |(at, _)| at);
    let text = &text[..end];
    // Lists and tables are mostly figures and capitals.
    let (mut letters, mut small, mut signs) = (0, 0, 0);
    for c in text.chars().filter(|c| !c.is_whitespace()) {
        signs += 1;
        letters += usize::from(c.is_alphabetic());
        small += usize::from(c.is_lowercase());
    }
    if letters < LETTERS_MIN || letters * 4 < signs * 3 || small * 3 < letters * 2 {
        return None;
    }
    let known = TRIGRAM_LANGUAGES.iter().filter_map(|(long, _)| Lang::from_code(*long)).collect();
    let found = Detector::with_allowlist(known).detect(text)?;
    let (_, code) = TRIGRAM_LANGUAGES.iter().find(|(long, _)| *long == found.lang().code())?;
    (found.confidence() >= CONFIDENCE_MIN || leading == Some(*code)).then_some(*code)
}

fn by_script(script: &str) -> Option<&'static str> {
    Some(match script {
        "Hani" => "zh",
        "Jpan" => "ja",
        "Hang" => "ko",
        "Grek" => "el",
        "Hebr" => "he",
        "Deva" => "hi",
        "Thai" => "th",
        "Armn" => "hy",
        "Geor" => "ka",
        "Ethi" => "am",
        "Beng" => "bn",
        "Guru" => "pa",
        "Gujr" => "gu",
        "Taml" => "ta",
        "Telu" => "te",
        "Knda" => "kn",
        "Mlym" => "ml",
        "Sinh" => "si",
        "Laoo" => "lo",
        "Mymr" => "my",
        "Khmr" => "km",
        _ => return None,
    })
}

fn count(text: &str, letters: &str) -> usize {
    text.chars().take(4 * LETTERS_MAX).filter(|c| letters.contains(*c)).count()
}

/// Tells languages of the Cyrillic script apart by letters that the others lack.
fn cyrillic(text: &str) -> &'static str {
    let marks = [
        ("uk", count(text, "їєґЇЄҐ")),
        ("be", 2 * count(text, "ўЎ")),
        ("sr", count(text, "ђћџЂЋЏ")),
        ("mk", 2 * count(text, "ѓќѕЃЌЅ")),
        ("kk", count(text, "әғқңұһӘҒҚҢҰҺ")),
        ("tg", 2 * count(text, "ҷӣӯҶӢӮ")),
    ];
    let (code, most) = marks.into_iter().max_by_key(|(_, n)| *n).unwrap_or(("ru", 0));
    // Yat went out of Russian in 1918, and the hard sign at the end of words with it.
    if count(text, "ѣѢ") > 0 && most == 0 {
        return "ru";
    }
    let russian = count(text, "ыэЫЭ");
    if most > 0 && most * 2 > russian {
        return code;
    }
    // Bulgarian writes ъ as a vowel, and neither ы nor э.
    if russian == 0 && count(text, "ъ") * 100 > text.chars().take(LETTERS_MAX).count() { "bg" } else { "ru" }
}

/// Tells languages of the Arabic script apart.
fn arabic(text: &str) -> &'static str {
    let marks = [
        // The two forms of heh tell Urdu from Persian in every line.
        ("ur", 3 * count(text, "ٹڈڑںےہھ")),
        ("ps", 3 * count(text, "ټډړږښڅځۍې")),
        ("ku", 3 * count(text, "ڕڵۆێ")),
        ("ug", 3 * count(text, "ۇۆۈې")),
        ("fa", count(text, "پچژگکی\u{200C}")),
    ];
    let arabic_only = count(text, "ةىيكإأ");
    match marks.into_iter().max_by_key(|(_, n)| *n) {
        Some((code, n)) if n > 0 && n >= arabic_only => code,
        _ => "ar",
    }
}

fn by_function_words(text: &str) -> Votes {
    let codes = function_words::codes();
    let mut votes = vec![0u32; codes.len()];
    let mut hits = vec![0u32; codes.len()];
    let mut lower = String::new();
    let mut seen = 0u32;
    for word in words(text).take(WORDS_MAX) {
        let printed = &text[word.start..word.end];
        lower.clear();
        if printed.is_ascii() {
            lower.push_str(printed);
            lower.make_ascii_lowercase();
        } else {
            lower.extend(printed.chars().flat_map(char::to_lowercase));
        }
        seen += 1;
        let languages = function_words::languages_of(&lower);
        // A word that few languages share tells more: 12 is divisible by 1 to 4 and 6.
        let weight = 12 / u32::try_from(languages.len().clamp(1, 12)).unwrap_or(12);
        for &language in languages {
            votes[language as usize] += weight.max(1);
            hits[language as usize] += 1;
        }
    }
    for c in text.chars().take(4 * LETTERS_MAX).filter(|c| !c.is_ascii()) {
        for (code, _) in LETTERS.iter().filter(|(_, letters)| letters.contains(c)) {
            if let Some(at) = codes.iter().position(|c| c == code).filter(|at| hits[*at] < seen) {
                votes[at] += 2;
                hits[at] += 1;
            }
        }
    }
    let mut order: Vec<usize> = (0..codes.len()).collect();
    order.sort_unstable_by_key(|&i| std::cmp::Reverse(votes[i]));
    let (best, next) = (order[0], order[1]);
    // A tenth of news copy is function words at the least; lists and tables have none.
    let enough = votes[best] >= VOTES_MIN && votes[best] * 3 >= seen && hits[best] * 10 >= seen;
    match votes[best] > votes[next] {
        true if enough => Votes::Enough(codes[best]),
        true => Votes::Few(Some(codes[best])),
        false => Votes::Few(None),
    }
}

#[cfg(test)]
mod tests {
    use super::read;
    use crate::story::Story;

    fn lang(text: &str) -> Option<String> {
        let mut story = Story::new(text.to_owned());
        read(&mut story);
        story.lang.map(|l| l.value)
    }

    #[test]
    fn languages_of_the_wires() {
        for (code, text) in [
            ("fr", "Le président a déclaré que les deux pays poursuivent leur coopération dans la région."),
            ("en", "The president said on Monday that the two countries will continue to work in the region."),
            (
                "de",
                "Der Präsident sagte am Montag, dass die beiden Länder ihre Zusammenarbeit mit der Region fortsetzen.",
            ),
            ("es", "El presidente dijo el lunes que los dos países continuarán con su cooperación en la región."),
            ("it", "Il presidente ha detto che i due paesi continueranno la collaborazione per la pace nella regione."),
            (
                "pt",
                "O presidente disse que os dois países vão continuar a cooperação com a região e não mais com a outra.",
            ),
            (
                "nl",
                "De president zei maandag dat de twee landen hun samenwerking in het gebied voortzetten met de rest.",
            ),
            (
                "pl",
                "Prezydent powiedział w poniedziałek, że oba kraje będą współpracować w regionie, i to nie jest koniec.",
            ),
            (
                "tr",
                "Cumhurbaşkanı pazartesi günü iki ülkenin bölgede iş birliğini sürdüreceğini ve bunun için çok çalıştığını söyledi, bu bir adım.",
            ),
            (
                "ru",
                "Президент заявил в понедельник, что обе страны продолжат сотрудничество в регионе, и это важные шаги.",
            ),
            ("uk", "Президент заявив у понеділок, що обидві країни продовжать співпрацю в регіоні, її підтримують."),
            (
                "bg",
                "Президентът заяви в понеделник, че двете страни ще продължат сътрудничеството в региона, съобщи агенцията.",
            ),
            ("ar", "قال الرئيس يوم الإثنين إن البلدين سيواصلان التعاون في المنطقة خلال الأيام المقبلة."),
            ("fa", "رئیس جمهور روز دوشنبه گفت که دو کشور به همکاری در منطقه ادامه می‌دهند."),
            ("ja", "大統領は月曜日、両国が地域での協力を続けると述べた。"),
            ("zh", "总统星期一表示，两国将继续在该地区开展合作。"),
            ("ko", "대통령은 월요일 양국이 지역에서 협력을 계속할 것이라고 말했다."),
            ("el", "Ο πρόεδρος δήλωσε τη Δευτέρα ότι οι δύο χώρες θα συνεχίσουν."),
            ("he", "הנשיא אמר ביום שני כי שתי המדינות ימשיכו בשיתוף הפעולה."),
            (
                "sw",
                "Rais alisema Jumatatu kuwa nchi hizo mbili zitaendelea na ushirikiano katika eneo hilo na kwa watu wa hapa.",
            ),
        ] {
            assert_eq!(lang(text).as_deref(), Some(code), "{text}");
        }
    }

    #[test]
    fn short_copy_is_told_by_its_trigrams() {
        for (code, text) in [
            ("en", "Firefighters battled blazes Tuesday near Pasadena while winds returned across California."),
            ("it", "Roma, sciopero generale venerdì: treni fermi, scuole chiuse, disagi attesi ovunque."),
            (
                "fr",
                "Lyon - Incendie maîtrisé hier soir dans un entrepôt désaffecté, trois pompiers légèrement blessés.",
            ),
            ("ur", "وزیراعظم نے کہا کہ دونوں ملک تعاون جاری رکھیں گے، یہ بات انہوں نے اسلام آباد میں کہی۔"),
            (
                "ru",
                "Петроградъ, 25 октября. Временное правительство низложено, сообщаетъ агентство объ этомъ; всѣ мосты взяты.",
            ),
        ] {
            assert_eq!(lang(text).as_deref(), Some(code), "{text}");
        }
    }

    #[test]
    fn what_cannot_be_told_is_unknown() {
        assert_eq!(lang("12 345 678"), None);
        assert_eq!(lang("MAY 2515 15561 off 885 JNE 2742"), None);
        assert_eq!(lang(""), None);
        assert_eq!(
            lang("Real Madrid - FC Barcelona 2:1, Bayern München - Borussia Dortmund 3:3, Paris - Lyon 0:0"),
            None
        );
    }
}
