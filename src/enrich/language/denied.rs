//! Whether a text denies the language that its markup declares: themes of pages, feeds and
//! exports declare that of the site, whatever the copy is in.

use super::function_words::{Tally, tally};
use crate::data::languages;

/// Letters below which a script denies nothing: a name may be all of a flash.
const LETTERS_MIN: usize = 30;
/// One letter of so many in the declared language's script is enough to keep it.
const SHARE: usize = 6;
/// Function words of another language that deny the declared one, if it has few of them.
const HITS_MIN: u32 = 6;
/// The same, where it has none at all of the declared language.
const ALONE_HITS_MIN: u32 = 4;
/// So many times the votes of the declared language are a clear margin.
const MARGIN: u32 = 3;
/// Of copy with many function words half of that margin is as clear.
const MANY_HITS_MIN: u32 = 14;
const NEAR_MARGIN: u32 = 2;
/// Languages that are written in other scripts than the table's too.
const OTHER_SCRIPTS: &[(&str, &[&str])] = &[
    ("sr", &["Latn", "Cyrl"]),
    ("bs", &["Latn", "Cyrl"]),
    ("uz", &["Latn", "Cyrl", "Arab"]),
    ("kk", &["Latn", "Cyrl", "Arab"]),
    ("ky", &["Latn", "Cyrl", "Arab"]),
    ("tt", &["Latn", "Cyrl"]),
    ("tg", &["Cyrl", "Latn", "Arab"]),
    ("tk", &["Latn", "Cyrl"]),
    ("az", &["Latn", "Cyrl", "Arab"]),
    ("crh", &["Latn", "Cyrl"]),
    ("ro", &["Latn", "Cyrl"]),
    ("be", &["Cyrl", "Latn"]),
    ("ku", &["Latn", "Arab", "Cyrl"]),
    ("ckb", &["Arab", "Latn"]),
    ("ug", &["Arab", "Latn", "Cyrl"]),
    ("pa", &["Guru", "Arab"]),
    ("sd", &["Arab", "Deva"]),
    ("ms", &["Latn", "Arab"]),
    ("ha", &["Latn", "Arab"]),
    ("mn", &["Cyrl", "Latn"]),
    ("yi", &["Hebr", "Latn"]),
    ("zh", &["Hani"]),
    ("yue", &["Hani"]),
    ("ja", &["Jpan", "Hani"]),
    ("ko", &["Hang", "Hani"]),
    ("jv", &["Latn", "Arab"]),
];

/// Tells whether a text, mostly in `script`, cannot be of the declared language.
pub(super) fn by(text: &str, script: &str, declared: &str) -> bool {
    // Both forms of Norwegian have the words of the one.
    let declared = if matches!(declared, "nb" | "nn") { "no" } else { declared };
    // Of a language that the table lacks nothing is known.
    let Some(own) = languages::script(declared) else { return false };
    let scripts = others(declared).unwrap_or(std::slice::from_ref(&own));
    if !scripts.contains(&script) {
        let shares = super::script::shares_of(text);
        let count = |code: &str| shares.iter().find(|(c, _)| *c == code).map_or(0, |(_, n)| *n);
        let all: usize = shares.iter().map(|(_, n)| n).sum();
        let declared: usize = scripts.iter().map(|code| count(code)).sum();
        return all >= LETTERS_MIN && declared * SHARE < all;
    }
    let tally = tally(text, None);
    tally.enough().is_some_and(|best| is_denied(&tally, best, declared))
}

/// The scripts of a language that has several.
fn others(code: &str) -> Option<&'static [&'static str]> {
    OTHER_SCRIPTS.iter().find(|(c, _)| *c == code).map(|(_, scripts)| *scripts)
}

/// Tells whether a language is written in a script.
pub(super) fn is_written_in(code: &str, script: &str) -> bool {
    others(code).map_or_else(|| languages::script(code) == Some(script), |scripts| scripts.contains(&script))
}

/// Tells whether the words of another language outnumber those of the declared one by far.
/// A language without words in the table is never denied by those of another.
fn is_denied(tally: &Tally, best: usize, declared: &str) -> bool {
    let Some(own) = tally.votes_of(declared) else { return false };
    let (hits, votes) = (tally.hits[best], tally.votes[best]);
    tally.code(best) != declared
        && (own == 0 && hits >= ALONE_HITS_MIN
            || hits >= HITS_MIN && votes > MARGIN * own
            || hits >= MANY_HITS_MIN && votes > NEAR_MARGIN * own)
}

#[cfg(test)]
mod tests {
    use super::by;

    #[test]
    fn a_text_of_another_script_or_of_other_words_denies_the_declaration() {
        let russian = "Министр побывал на заводе и говорил с рабочими, которые просят новые станки.";
        let spanish =
            "El ministro visitó la fábrica y habló con los trabajadores que piden más máquinas para el taller.";
        let english = "The minister visited the plant and talked to the workers, who asked for new machines.";
        assert!(by(russian, "Cyrl", "en"));
        assert!(by(spanish, "Latn", "en"));
        assert!(by(english, "Latn", "de") && by(english, "Latn", "nb"));
        assert!(by(
            "De rechter van Lier veroordeelde woensdag een man van veertig uit Lier tot een straf van jaren.",
            "Latn",
            "en"
        ));
        assert!(!by(
            "国务院总理11日上午参观丰田汽车北海道工厂，并同工作人员交流，日本首相陪同，记者在场。",
            "Hani",
            "zh"
        ));
        for (text, script, declared) in [
            (russian, "Cyrl", "ru"),
            (english, "Latn", "en"),
            // Neighbours share most of their words.
            (
                "Ministeren besøkte fabrikken og snakket med arbeiderne som ber om nye maskiner til verkstedet.",
                "Latn",
                "da",
            ),
            // Of a language without words in the table nothing is known.
            (english, "Latn", "st"),
            // Serbian is written in both scripts; a flash of names is in no language.
            ("Министар је обишао фабрику и разговарао са радницима.", "Cyrl", "sr"),
            ("Рига - Зенит 2:1", "Cyrl", "en"),
        ] {
            assert!(!by(text, script, declared), "{declared}: {text}");
        }
    }
}
