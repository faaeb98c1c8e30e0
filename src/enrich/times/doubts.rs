//! Words and figures that are a time in one sentence and something else in another: *mar* is March
//! and the sea, *1300* a year and a number of villages, a half one of the year and one of a game.

use super::context::{mark_at, starts_sentence};
use super::cues::{ending, is_known, looks, value, value_of};
use super::matching::{before_is, is_kind};
use super::places::{Match, phrase_end};
use super::scan::{Class, Gap, Scan, Token};
use crate::data::function_words;
use crate::data::times::{Build, Kind, UNITS, bit};

/// Languages that write months and days of the week small.
const SMALL: [&str; 10] = ["da", "es", "fr", "it", "nl", "pl", "ro", "ru", "sv", "uk"];

/// Tells whether a month that counts only beside a figure has none: *la mar*, *лист*.
pub(super) fn lacks_figure(scan: &Scan<'_>, at: usize, found: &Match) -> bool {
    let c = &found.captures;
    if c.get(Kind::Month).is_none() || [Kind::Dd, Kind::Yyyy, Kind::Yy].into_iter().any(|k| c.get(k).is_some()) {
        return false;
    }
    let short = |i: &usize| {
        let months = scan.lexicon.phrases(scan.tokens[*i].head).iter().filter(|p| p.kind == Kind::Month);
        months.into_iter().any(|p| p.short && phrase_end(scan, *i, p).is_some())
    };
    // "آب" is August, "أب" a father.
    let short = |i: &usize| short(i) && !scan.shown(&scan.tokens[*i]).starts_with('آ');
    let is_month = |i: &usize| scan.tokens[*i].is & bit(Kind::Month) != 0;
    let Some(month) = (at..found.end).find(is_month).filter(short) else { return false };
    // "In Dec", "ماه می", but "in Mar del Plata".
    let behind = scan.tokens.get(month + 1).filter(|t| t.is & bit(Kind::Month) == 0);
    let named = behind.is_some_and(|t| begins_large(scan, t) || t.gap == Gap::Hyphen)
        || NAMES.contains(&scan.shown(&scan.tokens[month]));
    let english = scan.lexicon.code() == "en" && !named && before_is(scan, month, Kind::Prep);
    let of_month = month.checked_sub(1).is_some_and(|i| is_unit(scan, i, "month"));
    !english && !of_month
}

/// Short months that begin names in English copy: *Mar del Plata*, *Jun Ji-hyun*.
const NAMES: [&str; 3] = ["Mar", "Jun", "MAR"];

/// Tells whether a weak month is one by what its rule took behind it, or by the ending that its
/// apostrophe sets apart: *Ekim ayında*, *Ekim'de*.
pub(super) fn is_set_apart(scan: &Scan<'_>, at: usize, found: &Match) -> bool {
    let behind = scan.tokens.get(found.end);
    found.captures.get(Kind::Month).is_some()
        && scan.lexicon.code() == "tr"
        && (found.end > at + 1 || behind.is_some_and(|t| t.gap == Gap::Apostrophe))
}

/// Tells whether a day of the week, month or season by itself is a name, since it has a capital
/// within a sentence of a language that writes those small: *une mission vers Mars*.
pub(super) fn is_name(scan: &Scan<'_>, at: usize, found: &Match) -> bool {
    let (c, token) = (&found.captures, &scan.tokens[at]);
    let alone = c.len() == 1 && [Kind::Weekday, Kind::Month, Kind::Season].into_iter().any(|k| c.get(k).is_some());
    // "Tuesday Weld was there", but "He said Tuesday Israel would".
    let forename = |t: &Token| t.gap == Gap::Blank && begins_large(scan, t) && !is_known(scan, t);
    // "Maja Kowalska wygrała", but "Samedi Emmanuel Macron a dit".
    let named = |kind| c.get(kind).is_some() && scan.tokens.get(found.end).is_some_and(forename);
    let english = scan.lexicon.code() == "en";
    if alone && starts_sentence(scan, at) && (english || SMALL.contains(&scan.lexicon.code())) {
        let whole = scan.shown(token).chars().all(char::is_uppercase);
        return !whole && named(if english { Kind::Weekday } else { Kind::Month });
    }
    if !alone || found.end != at + 1 || !SMALL.contains(&scan.lexicon.code()) || !begins_large(scan, token) {
        return false;
    }
    let shown = scan.shown(token);
    let whole = shown.chars().skip(1).all(char::is_uppercase);
    let begins = starts_sentence(scan, at)
        || matches!(token.gap, Gap::Line | Gap::Paragraph)
        || mark_at(scan, at - 1).is_some_and(|c| !matches!(c, ',' | '،'))
        // A headline without its full stop before: "… de la Ligue 1 Samedi, le club".
        || (c.get(Kind::Weekday).is_some() && matches!(mark_at(scan, found.end), Some(',' | ':')));
    // Spanish copy often has its days large: "el Viernes".
    let article = scan.lexicon.code() == "es"
        && value_of(scan, at - usize::from(at > 0), |v| v == value::NOUN_FOLLOWS).is_none()
        && before_is(scan, at, Kind::Det);
    !whole && !begins && !article
}

/// The year up to which figures in wire copy are rather numbers of things.
const LAST_RARE_YEAR: u32 = 1800;

/// Tells whether four figures count the noun behind them: *from 1300 savers*. Of years that copy
/// speaks of often, only round ones may.
pub(super) fn counts_noun(scan: &Scan<'_>, at: usize, end: usize) -> bool {
    let (token, Some(next)) = (&scan.tokens[at], scan.tokens.get(end)) else { return false };
    let solar = matches!(scan.lexicon.code(), "fa" | "ps") && token.value >= 1300;
    let round = token.value.is_multiple_of(50) && (token.value < 1900 || token.value.is_multiple_of(100));
    let may_count = round || (token.value <= LAST_RARE_YEAR && !solar);
    let beside = next.class == Class::Word && matches!(next.gap, Gap::Blank | Gap::Line | Gap::None);
    if end != at + 1 || !may_count || !beside {
        return false;
    }
    // "The 2000 elections", "Olympia 2000 in Sydney", "au cours de l'année 1300".
    let before = at.checked_sub(1).map(|i| &scan.tokens[i]).filter(|t| t.class == Class::Word);
    let named = before.is_some_and(|t| begins_large(scan, t) && !starts_sentence(scan, at - 1));
    if token.value >= 1900 && (named || before_is(scan, at, Kind::Det)) {
        return false;
    }
    if at > 0 && is_unit(scan, at - 1, "year") {
        return false;
    }
    let shown = scan.shown(next);
    let large = begins_large(scan, next) && scan.lexicon.code() != "de";
    let small = || shown.to_lowercase();
    // "Un guide de 1900 adjugé à": what was done to it.
    let participle = |v: i32| matches!(v, value::PARTICIPLE | value::BOUND_PARTICIPLE);
    if token.value >= 1900 && ending(scan, end, participle, false).is_some() {
        return false;
    }
    let plain = shown.chars().count() > 2 && !is_known(scan, next) && function_words::number_of(&small()).is_none();
    plain && !large && looks(scan, end, scan.tokens.len()).is_none()
}

/// Tells whether figures begin a range of numbers of things: *entre 1500 y 1600 personas*.
pub(super) fn begins_amounts(scan: &Scan<'_>, at: usize) -> bool {
    let joins =
        |t: &Token| t.class == Class::Word && t.is & (bit(Kind::Range) | bit(Kind::Prep) | bit(Kind::Ahead)) != 0;
    let rare = |t: &Token| {
        t.class == Class::Number && t.digits == 4 && (t.value <= LAST_RARE_YEAR || t.value.is_multiple_of(50))
    };
    rare(&scan.tokens[at])
        && scan.tokens.get(at + 1).is_some_and(joins)
        && scan.tokens.get(at + 2).is_some_and(rare)
        && (is_kind(scan, at + 3, Kind::Counted) || counts_noun(scan, at + 2, at + 3))
}

/// *Le 3 octobre. 2000 personnes*: tells whether what would be a year behind the full stop of a short
/// month begins a sentence with a number of things.
pub(super) fn crosses_stop(scan: &Scan<'_>, at: usize, found: &Match) -> bool {
    let number = |i: &usize| scan.tokens[*i].class == Class::Number && scan.tokens[*i].digits == 4;
    (at + 2..found.end).find(number).is_some_and(|year| {
        mark_at(scan, year - 1) == Some('.')
            && (is_kind(scan, year + 1, Kind::Counted) || counts_noun(scan, year, year + 1))
    })
}

/// Tells whether a half or a quarter is one of a game, or of anything else than a year: *scored in
/// the first half*, *the first half of the century*.
pub(super) fn is_of_game(scan: &Scan<'_>, build: Build, at: usize, found: &Match) -> bool {
    let c = &found.captures;
    if build != Build::Quarter || [Kind::Yyyy, Kind::Yy, Kind::UnitRel].into_iter().any(|k| c.get(k).is_some()) {
        return false;
    }
    if let Some(of_year) = is_of_year(scan, at, found.end) {
        return !of_year;
    }
    // "The second quarter-final", "the first half hour".
    if scan.tokens.get(found.end).is_some_and(|t| {
        t.class == Class::Word
            && (t.gap == Gap::Hyphen && t.is & bit(Kind::Game) == 0 || is_unit(scan, found.end, "hour"))
    }) {
        return true;
    }
    let begin = (0..at).rev().find(|i| starts_sentence(scan, *i + 1)).map_or(0, |i| i + 1);
    let end = (found.end..scan.tokens.len()).find(|i| starts_sentence(scan, *i)).unwrap_or(scan.tokens.len());
    match tally(scan, begin, end) {
        (_, trade) if trade > 0 => false,
        (game, _) if game > 0 => true,
        _ => {
            let (game, trade) = tally(scan, 0, scan.tokens.len());
            game >= GAME_WORDS && game > trade
        }
    }
}

/// Words of games in a story that make it one of a game.
const GAME_WORDS: usize = 4;

/// Counts the words of games and of trade in a stretch.
fn tally(scan: &Scan<'_>, from: usize, to: usize) -> (usize, usize) {
    let told = |i: usize| {
        if scan.tokens[i].is & bit(Kind::Game) == 0 {
            return None;
        }
        let phrases = scan.lexicon.phrases(scan.tokens[i].head).iter().filter(|p| p.kind == Kind::Game);
        phrases.filter(|p| phrase_end(scan, i, p).is_some()).map(|p| p.value).next()
    };
    // A score: "a 98-90 win".
    let figure = |t: &Token| t.class == Class::Number && t.digits <= 3;
    let scores = |i: usize| {
        let token = &scan.tokens[i];
        token.gap == Gap::Hyphen && figure(token) && i > from && figure(&scan.tokens[i - 1])
    };
    (from..to).fold((0, 0), |(game, trade), i| match told(i) {
        Some(1) => (game + 1, trade),
        Some(_) => (game, trade + 1),
        None => (game + usize::from(scores(i)), trade),
    })
}

/// Tells whether what a part is of is a year, where that is said: *of the fiscal year*, *of 1998*,
/// *of the match*, *filmin ilk yarısında*.
fn is_of_year(scan: &Scan<'_>, at: usize, end: usize) -> Option<bool> {
    let is_year = |i: usize| {
        let token = &scan.tokens[i];
        is_unit(scan, i, "year")
            || (token.class == Class::Number && token.digits == 4)
            || token.is & bit(Kind::UnitRel) != 0
            || FISCAL.contains(&scan.shown(token))
    };
    if scan.lexicon.code() == "tr" {
        let before = at.checked_sub(1).filter(|i| scan.tokens[*i].class == Class::Word)?;
        return Some(is_year(before) || scan.shown(&scan.tokens[before]).starts_with("yıl"));
    }
    // A rule may have taken the word with it: "النصف الثاني من".
    let of = |i: &usize| scan.tokens.get(*i).is_some_and(|t| matches!(scan.shown(t), "of" | "من"));
    let from = [end - 1, end].into_iter().find(of)? + 1;
    // Other languages have a word for a half of the year.
    if !matches!(scan.lexicon.code(), "en" | "ar") {
        return None;
    }
    let to = (from + GENITIVE_TOKENS).min(scan.tokens.len());
    let stops = |i: &usize| scan.tokens[*i].class == Class::Mark || starts_sentence(scan, *i);
    let to = (from..to).find(stops).unwrap_or(to);
    // "Earnings for the third quarter of 4,255,000 dlrs" are those of a year.
    let whole = |i: usize| scan.tokens.get(i + 1).is_none_or(|t| t.gap != Gap::None || t.class == Class::Mark);
    let amount = |i: usize| match scan.tokens[i].class {
        Class::Amount => true,
        Class::Number => whole(i) && !is_year(i),
        _ => false,
    };
    (from < to && !(from..to).any(amount)).then(|| (from..to).any(is_year))
}

/// What says as much as a year.
const FISCAL: [&str; 3] = ["fiscal", "financial", "FY"];
/// Tokens behind *of* in which the year is sought: *of the company's current fiscal year*.
const GENITIVE_TOKENS: usize = 7;

fn is_unit(scan: &Scan<'_>, at: usize, name: &str) -> bool {
    let token = &scan.tokens[at];
    let is = |v: i32| usize::try_from(v).ok().and_then(|v| UNITS.get(v)) == Some(&name);
    token.is & bit(Kind::Unit) != 0
        && scan.lexicon.phrases(token.head).iter().any(|p| p.kind == Kind::Unit && p.rest.is_empty() && is(p.value))
}

fn begins_large(scan: &Scan<'_>, token: &Token) -> bool {
    token.class == Class::Word && scan.shown(token).starts_with(char::is_uppercase)
}

#[cfg(test)]
mod tests {
    use crate::enrich::times::read;
    use crate::enrich::times::tests::story;
    use crate::story::Confidence;
    use std::collections::BTreeSet;

    const DOUBTS: &str = include_str!("doubts.tsv");

    #[test]
    fn a_word_is_a_time_only_where_its_sentence_says_so() {
        let (mut wrong, mut languages) = (Vec::new(), BTreeSet::new());
        for line in DOUBTS.lines().filter(|l| !l.starts_with('#')) {
            let [lang, text, expected] = line.split('\t').collect::<Vec<_>>()[..] else {
                panic!("three columns: {line}")
            };
            languages.insert(lang);
            let mut story = story(lang, text);
            read(&mut story, "2024-03-05".parse().ok());
            let shown = story.times.iter().map(|t| {
                let mark = if t.confidence() == Confidence::Inferred { "?" } else { "" };
                format!("{}{mark}", t.value.as_deref().unwrap_or("none"))
            });
            let found = shown.collect::<Vec<_>>().join(" ");
            if found != expected {
                wrong.push(format!("{lang}: {text}\n  {expected}: {found}"));
            }
        }
        assert!(wrong.is_empty(), "{} wrong; expected: found\n{}", wrong.len(), wrong.join("\n"));
        assert!(languages.len() >= 13, "{languages:?}");
    }
}
