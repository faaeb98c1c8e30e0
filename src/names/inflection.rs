//! What a written word may be a form of: the cases of Slavic names, the particles that
//! Arabic writes onto a word, the endings of Baltic and Finnic languages, of Hungarian and Greek, the
//! genitive of German.
//!
//! A list of candidates, likeliest first, for tables to be asked with; nothing here is a
//! claim about the word. Endings are those of school grammars of Russian, Ukrainian,
//! Polish, German and the others; only words that stay long enough without them are cut.

use crate::text::fold;

/// The fewest letters that must be left.
const LETTERS_LEFT_MIN: usize = 3;

/// Cyrillic endings, and what stands in their place in the base form.
const CYRILLIC: &[(&str, &[&str])] = &[
    ("ского", &["ский"]),
    ("скому", &["ский"]),
    ("ским", &["ский"]),
    ("ським", &["ський"]),
    ("ського", &["ський"]),
    ("ському", &["ський"]),
    ("ської", &["ська"]),
    ("ську", &["ська"]),
    ("ском", &["ский"]),
    ("ской", &["ская", "ский"]),
    ("скую", &["ская"]),
    ("ского", &["ское"]),
    ("ового", &["овый"]),
    ("ого", &["ый", "ий", "ой", "ое"]),
    ("его", &["ий", "ее"]),
    ("ому", &["ый", "ий", "ой"]),
    ("ему", &["ий"]),
    ("ами", &["ы", "а", ""]),
    ("ями", &["и", "я"]),
    ("ией", &["ия"]),
    ("ии", &["ия", "ий"]),
    ("ию", &["ия", "ий"]),
    ("ия", &["ий"]),
    ("ием", &["ий"]),
    ("ею", &["я"]),
    ("ей", &["я", "ь", "ей"]),
    ("ою", &["а"]),
    ("ой", &["а", "ая"]),
    ("ом", &["", "о"]),
    ("ем", &["ь", "й", "е"]),
    ("ём", &["ь", "й"]),
    ("ым", &["", "ый"]),
    ("им", &["ий", "ь", ""]),
    ("ім", &["", "ій"]),
    ("ых", &["ы", "ые"]),
    ("ах", &["ы", "а", "", "и"]),
    ("ях", &["и", "я", "і"]),
    ("ців", &["ці"]),
    ("ні", &["ень"]),
    ("ня", &["ень"]),
    ("ню", &["ень"]),
    ("нем", &["ень"]),
    ("полі", &["піль"]),
    ("полю", &["піль"]),
    ("поля", &["піль"]),
    ("полем", &["піль"]),
    ("ів", &["и"]),
    ("ова", &["ів"]),
    ("ові", &["ів", "", "о"]),
    ("ову", &["ів"]),
    ("овом", &["ів"]),
    ("зі", &["га"]),
    ("сі", &["ха"]),
    ("ці", &["ка"]),
    ("ном", &["ный"]),
    ("єм", &["й"]),
    ("ної", &["на"]),
    ("ній", &["на"]),
    ("ої", &["а"]),
    ("ії", &["ія"]),
    ("ією", &["ія"]),
    ("ію", &["ія"]),
    ("єю", &["я"]),
    ("ю", &["я", "й", "ь", ""]),
    ("у", &["а", ""]),
    ("ы", &["а", ""]),
    ("и", &["а", "я", "ь", "і", "ы"]),
    ("і", &["а", "я", "", "ь", "о"]),
    ("ї", &["я"]),
    ("е", &["а", "", "о", "ь"]),
    ("є", &["я"]),
    ("а", &["", "о"]),
    ("я", &["й", "ь"]),
];

/// Polish, Czech and their like in Latin letters.
const LATIN_SLAVIC: &[(&str, &[&str])] = &[
    ("skiego", &["ski"]),
    ("skiemu", &["ski"]),
    ("skim", &["ski"]),
    ("ského", &["ský"]),
    ("skému", &["ský"]),
    ("ským", &["ský"]),
    ("skiej", &["ska"]),
    ("ską", &["ska"]),
    ("ckiej", &["cka"]),
    ("owej", &["owa"]),
    ("ową", &["owa"]),
    ("skou", &["ská"]),
    ("ské", &["ská"]),
    ("iego", &["i"]),
    ("iemu", &["i"]),
    ("ego", &["y", "e"]),
    ("emu", &["y", "e"]),
    ("owi", &["", "o"]),
    ("ovi", &["", "o"]),
    ("jem", &["", "j"]),
    ("om", &["", "o"]),
    ("iem", &["", "i"]),
    ("em", &["", "e"]),
    ("ów", &["y"]),
    ("ami", &["y", "a"]),
    ("ach", &["y", "a"]),
    ("ie", &["", "a", "o"]),
    ("ii", &["ia"]),
    ("ę", &["a"]),
    ("ą", &["a"]),
    ("szcie", &["szt"]),
    ("cie", &["t", "ta"]),
    ("dze", &["ga"]),
    ("rze", &["r", "ra"]),
    ("ze", &["ha"]),
    ("niu", &["ń"]),
    ("wiu", &["w"]),
    ("dzi", &["dź"]),
    ("ni", &["eň", "nia"]),
    ("ně", &["no", "na"]),
    ("ě", &["a", ""]),
    ("vcu", &["vac"]),
    ("vca", &["vac"]),
    ("y", &["a"]),
    ("i", &["a", ""]),
    ("u", &["", "o", "a"]),
    ("ja", &["", "j"]),
    ("ju", &["", "j"]),
    ("a", &["", "o"]),
    ("e", &["a"]),
];

/// Romanian.
const ROMANIAN: &[(&str, &[&str])] =
    &[("ului", &[""]), ("iei", &["ia"]), ("ei", &["a", "ă"]), ("ii", &["ia"]), ("ul", &[""])];

/// Lithuanian and Latvian, which give foreign names their own endings.
const BALTIC: &[(&str, &[&str])] = &[
    ("ui", &["", "as"]),
    ("iui", &["is", "i"]),
    ("am", &["", "s"]),
    ("im", &["is", "i"]),
    ("as", &["", "a"]),
    ("os", &["a"]),
    ("oje", &["a"]),
    ("ā", &["a", "s"]),
    ("is", &["", "i", "e"]),
    ("us", &[""]),
    ("o", &["", "as"]),
    ("io", &["is", "i"]),
    ("ą", &["", "as", "a"]),
    ("į", &["is", "i"]),
    ("u", &["", "as", "s", "a"]),
    ("i", &["is", "e"]),
    ("ei", &["e"]),
    ("ai", &["a"]),
    ("ės", &["ė", "e"]),
    ("ė", &["e"]),
    ("a", &["", "s"]),
    ("s", &["", "a", "e"]),
];

/// Finnish, whose endings follow a vowel; foreign names that end in a consonant take an *i* before them,
/// and *nk* softens to *ng*: *Helsingissä*.
const FINNISH: &[(&str, &[&str])] = &[
    ("ngissä", &["nki"]),
    ("ngistä", &["nki"]),
    ("ngille", &["nki"]),
    ("ngin", &["nki"]),
    ("ille", &["", "i"]),
    ("illa", &["", "i"]),
    ("illä", &["", "i"]),
    ("ilta", &["", "i"]),
    ("iltä", &["", "i"]),
    ("issa", &["", "i"]),
    ("issä", &["", "i"]),
    ("ista", &["", "i"]),
    ("istä", &["", "i"]),
    ("iksi", &["", "i"]),
    ("iin", &["", "i"]),
    ("ina", &["", "i"]),
    ("inä", &["", "i"]),
    ("in", &["", "i"]),
    ("ia", &["", "i"]),
    ("iä", &["", "i"]),
    ("lle", &[""]),
    ("lla", &[""]),
    ("llä", &[""]),
    ("lta", &[""]),
    ("ltä", &[""]),
    ("ssa", &[""]),
    ("ssä", &[""]),
    ("sta", &[""]),
    ("stä", &[""]),
    ("ksi", &[""]),
    ("aan", &["a"]),
    ("ään", &["ä"]),
    ("oon", &["o"]),
    ("öön", &["ö"]),
    ("een", &["e"]),
    ("uun", &["u"]),
    ("yyn", &["y"]),
    ("aa", &["a"]),
    ("ää", &["ä"]),
    ("n", &[""]),
];

/// Estonian, likewise.
const ESTONIAN: &[(&str, &[&str])] = &[
    ("isse", &["", "i"]),
    ("ele", &["", "e"]),
    ("ega", &["", "e"]),
    ("elt", &["", "e"]),
    ("ile", &["", "i"]),
    ("iga", &["", "i"]),
    ("ist", &["", "i"]),
    ("ilt", &["", "i"]),
    ("is", &["", "i"]),
    ("it", &["", "i"]),
    ("i", &[""]),
    ("sse", &[""]),
    ("le", &[""]),
    ("ga", &[""]),
    ("st", &[""]),
    ("lt", &[""]),
    ("s", &[""]),
    ("t", &[""]),
];

/// Hungarian; a long vowel before them stands for the short one that a name ends in: *Obamát*.
const HUNGARIAN: &[(&str, &[&str])] = &[
    ("nak", &[""]),
    ("nek", &[""]),
    ("ról", &[""]),
    ("ről", &[""]),
    ("tól", &[""]),
    ("től", &[""]),
    ("ból", &[""]),
    ("ből", &[""]),
    ("ban", &[""]),
    ("ben", &[""]),
    ("hoz", &[""]),
    ("hez", &[""]),
    ("höz", &[""]),
    ("nál", &[""]),
    ("nél", &[""]),
    ("val", &[""]),
    ("vel", &[""]),
    ("ért", &[""]),
    ("ba", &[""]),
    ("be", &[""]),
    ("ra", &[""]),
    ("re", &[""]),
    ("ig", &[""]),
    ("on", &[""]),
    ("en", &[""]),
    ("ön", &[""]),
    ("ot", &[""]),
    ("et", &[""]),
    ("öt", &[""]),
    ("n", &[""]),
    ("t", &[""]),
];

/// Endings that say where, where from or where to: what bears one is a place, and no part of a
/// person's name before it. The genitives of the same languages are not among them.
const LOCATIVE: &[(&str, &[&str])] = &[
    ("fi", &["ssa", "ssä", "sta", "stä", "lla", "llä", "lta", "ltä", "iin", "aan", "ään", "oon"]),
    ("et", &["sse", "st", "lt", "s"]),
    ("hu", &["ban", "ben", "ba", "be", "ból", "ből", "ra", "re", "ról", "ről", "on", "en", "ön", "án", "én", "ig"]),
];

/// Greek, whose men's names lose their *s* and whose women's take one.
const GREEK: &[(&str, &[&str])] = &[
    ("όπουλου", &["όπουλος"]),
    ("ου", &["ος", "ου"]),
    ("η", &["ης"]),
    ("ή", &["ής"]),
    ("α", &["ας"]),
    ("ά", &["άς"]),
    ("ο", &["ος"]),
    ("ό", &["ός"]),
    ("ας", &["α"]),
    ("ης", &["η"]),
];

/// Arabic letters written onto the word that follows: and, so, in, to, as.
const ARABIC_ONTO: &[&str] = &[
    "وبال", "فبال", "وكال", "وال", "بال", "كال", "فال", "ولل", "فلل", "لل", "وب", "ول", "وك", "فب", "فل", "فك", "ال",
    "و", "ب", "ل", "ك", "ف",
];

/// Hebrew letters that are written onto a name: *in*, *to*, *from*, *and*.
const HEBREW_ONTO: [char; 5] = ['ב', 'ל', 'מ', 'ו', 'ש'];

/// Returns the base forms that `word` may be a form of in `lang`, itself not among them.
#[must_use]
pub fn base_forms(word: &str, lang: Option<&str>) -> Vec<String> {
    let first = word.chars().next().unwrap_or(' ');
    let mut out = Vec::new();
    match first {
        '\u{400}'..='\u{52F}' => endings(word, CYRILLIC, &mut out),
        // *In Cairo* is one word: `בקהיר`.
        '\u{5D0}'..='\u{5EA}' => {
            let bare = word.strip_prefix(HEBREW_ONTO).filter(|bare| bare.chars().count() >= LETTERS_LEFT_MIN);
            out.extend(bare.map(str::to_owned));
        }
        '\u{600}'..='\u{6FF}' => {
            for onto in ARABIC_ONTO {
                if let Some(bare) = word.strip_prefix(onto).filter(|b| b.chars().count() >= LETTERS_LEFT_MIN) {
                    // What "and the" is written onto has its article back first.
                    if onto.ends_with("ال") && *onto != "ال" || onto.ends_with("لل") {
                        out.push(format!("ال{bare}"));
                    }
                    out.push(bare.to_owned());
                }
            }
        }
        _ if matches!(lang, Some("pl" | "cs" | "sk" | "hr" | "sl" | "sr" | "bs")) => {
            endings(word, LATIN_SLAVIC, &mut out);
        }
        'Ͱ'..='Ͽ' | 'ἀ'..='῾' => endings(word, GREEK, &mut out),
        _ if matches!(lang, Some("lt" | "lv")) => endings(word, BALTIC, &mut out),
        _ if lang == Some("ro") => endings(word, ROMANIAN, &mut out),
        _ if lang == Some("fi") => endings(word, FINNISH, &mut out),
        _ if lang == Some("et") => endings(word, ESTONIAN, &mut out),
        _ if lang == Some("hu") => {
            out.extend(without_doubled(word));
            endings(word, HUNGARIAN, &mut out);
            let shortened = out.iter().filter_map(|form| {
                let (stem, short) = form.strip_suffix('á').zip(Some('a')).or(form.strip_suffix('é').zip(Some('e')))?;
                Some(format!("{stem}{short}"))
            });
            let shortened: Vec<String> = shortened.collect();
            out.extend(shortened);
        }
        _ if matches!(lang, Some("de" | "nl" | "sv" | "da" | "no" | "nb")) => {
            let bare = word.strip_suffix('s').filter(|b| b.chars().count() >= LETTERS_LEFT_MIN);
            out.extend(bare.map(str::to_owned));
        }
        _ => {}
    }
    out.dedup();
    out
}

/// Tells whether `word` ends in what says, in a language that writes it onto names, where something is.
#[must_use]
pub fn is_locative(word: &str, lang: &str) -> bool {
    let of = |(of, endings): &(&str, &[&str])| *of == lang && endings.iter().any(|ending| word.ends_with(ending));
    LOCATIVE.iter().any(of)
}

/// Endings of names in the cases of those who are addressed, met or spoken of, in languages that write them
/// onto the last word of a name.
const OBLIQUE: &[(&str, &[&str])] = &[
    ("hu", &["nak", "nek", "val", "vel", "tól", "től", "ról", "ről", "hoz", "hez", "nál", "nél", "ért"]),
    ("fi", &["lle", "lta", "ltä", "lla", "llä", "ssa", "ssä", "sta", "stä"]),
    ("et", &["le", "lt", "ga", "st"]),
    ("ru", &["у", "ю", "ом", "ым", "ем", "ой"]),
    ("uk", &["у", "ю", "ом", "им", "ем", "ові", "еві", "єм"]),
    ("pl", &["owi", "em", "iem", "iego", "iemu", "im", "ym", "owej", "skiej", "ckiej"]),
    ("cs", &["ovi", "em", "ovou", "ým", "ému", "ého"]),
    ("sk", &["ovi", "om", "ovou", "ým", "ému", "ého"]),
];

/// Tells whether `word` ends in what names of those bear who are addressed, met or spoken of in `lang`.
#[must_use]
pub fn is_oblique(word: &str, lang: &str) -> bool {
    let of = |(of, endings): &(&str, &[&str])| *of == lang && endings.iter().any(|ending| word.ends_with(ending));
    // *Viktorral*: the Hungarian *with* doubles the letter before it.
    OBLIQUE.iter().any(of) || lang == "hu" && without_doubled(word).is_some()
}

/// Takes off the Hungarian *with*, whose first letter becomes that before it: *Putyinnal*.
fn without_doubled(word: &str) -> Option<String> {
    let doubled = word.strip_suffix("al").or_else(|| word.strip_suffix("el"))?;
    let mut last = doubled.chars().rev();
    let (x, y) = (last.next()?, last.next()?);
    let bare = &doubled[..doubled.len() - x.len_utf8()];
    (x == y && x.is_alphabetic() && bare.chars().count() >= LETTERS_LEFT_MIN).then(|| bare.to_owned())
}

fn endings(word: &str, table: &[(&str, &[&str])], out: &mut Vec<String>) {
    for (ending, bases) in table {
        // A folded word has no marks on its letters.
        let without = if word.is_ascii() && !ending.is_ascii() { fold(ending) } else { String::new() };
        let ending = if without.is_ascii() && !without.is_empty() { without.as_str() } else { ending };
        let Some(stem) = word.strip_suffix(ending).filter(|s| s.chars().count() >= LETTERS_LEFT_MIN) else { continue };
        for base in *bases {
            let form = format!("{stem}{base}");
            if form != word && !out.contains(&form) {
                out.push(form);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::base_forms;

    #[test]
    fn forms_lead_to_their_base() {
        for (word, lang, base) in [
            ("Путина", "ru", "Путин"),
            ("Путиным", "ru", "Путин"),
            ("Лавровым", "ru", "Лавров"),
            ("Москве", "ru", "Москва"),
            ("России", "ru", "Россия"),
            ("Зеленского", "ru", "Зеленский"),
            ("Сирией", "ru", "Сирия"),
            ("України", "uk", "Україна"),
            ("Путіним", "uk", "Путін"),
            ("Зеленським", "uk", "Зеленський"),
            ("Верховній", "uk", "Верховна"),
            ("Чернігові", "uk", "Чернігів"),
            ("Празі", "uk", "Прага"),
            ("Брюсселі", "uk", "Брюссель"),
            ("Дніпрі", "uk", "Дніпро"),
            ("Чернівцях", "uk", "Чернівці"),
            ("Відні", "uk", "Відень"),
            ("Тернополі", "uk", "Тернопіль"),
            ("Gdyni", "pl", "Gdynia"),
            ("Грозном", "ru", "Грозный"),
            ("Madrycie", "pl", "Madryt"),
            ("Pradze", "pl", "Praga"),
            ("Poznaniu", "pl", "Poznań"),
            ("Varšavě", "cs", "Varšava"),
            ("Ucrainei", "ro", "Ucraina"),
            ("Ukrainos", "lt", "Ukraina"),
            ("Ungārijas", "lv", "Ungārija"),
            ("Krakowie", "pl", "Krakow"),
            ("Tuska", "pl", "Tusk"),
            ("Orbanom", "sr", "Orban"),
            ("Kurtijem", "sr", "Kurti"),
            ("Putinas", "lt", "Putin"),
            ("Tusku", "lv", "Tusk"),
            ("Zelenským", "cs", "Zelenský"),
            ("Nigerias", "de", "Nigeria"),
            ("وبوتين", "ar", "بوتين"),
            ("بالجزائر", "ar", "الجزائر"),
            ("للدوحة", "ar", "الدوحة"),
            ("وبالجزائر", "ar", "الجزائر"),
            ("فللدوحة", "ar", "الدوحة"),
            ("وبماكرون", "ar", "ماكرون"),
            ("ولأردوغان", "ar", "أردوغان"),
            ("فلبوتين", "ar", "بوتين"),
            ("كبايدن", "ar", "بايدن"),
            ("Putinille", "fi", "Putin"),
            ("Macronin", "fi", "Macron"),
            ("Niinistön", "fi", "Niinistö"),
            ("Putinile", "et", "Putin"),
            ("Putyinnal", "hu", "Putyin"),
            ("Macronnak", "hu", "Macron"),
            ("Obamát", "hu", "Obama"),
            ("Moszkvában", "hu", "Moszkva"),
            ("Brüsszelbe", "hu", "Brüsszel"),
            ("Budapesten", "hu", "Budapest"),
            ("orbanrol", "hu", "orban"),
            ("Helsingissä", "fi", "Helsinki"),
            ("Moskovaan", "fi", "Moskova"),
            ("Venäjää", "fi", "Venäjä"),
            ("kremlissa", "fi", "kreml"),
            ("Moskvas", "et", "Moskva"),
            ("Μητσοτάκη", "el", "Μητσοτάκης"),
            ("Παπανδρέου", "el", "Παπανδρέος"),
        ] {
            let forms = base_forms(word, Some(lang));
            assert!(forms.iter().any(|f| f == base), "{word}: {forms:?}");
        }
    }

    #[test]
    fn short_words_and_other_languages_are_left() {
        assert!(base_forms("Ира", Some("ru")).is_empty());
        assert!(base_forms("Paris", Some("fr")).is_empty());
    }

    proptest::proptest! {
        #[test]
        fn never_the_word_itself_and_never_short(word in "\\PC{0,20}") {
            for form in base_forms(&word, Some("de")) {
                proptest::prop_assert!(form != word && form.chars().count() >= 3);
            }
        }
    }
}
