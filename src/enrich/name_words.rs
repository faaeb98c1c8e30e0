//! Names of people that are words of time: *Winter*, *Juin*, *April*. A word by itself is the
//! person's where the story names one in full who is called so, and nothing beside the word says
//! that it is a time.

use crate::story::{Span, Story, TimeExpr};

/// Words right before a time, and before no name: *im Sommer*, *last Friday*.
const BEFORE_TIMES: [&str; 87] = [
    // English
    "in",
    "on",
    "since",
    "until",
    "till",
    "during",
    "last",
    "next",
    "this",
    "every",
    "each",
    "late",
    "early",
    "mid",
    "the",
    "through",
    "throughout",
    "before",
    "around",
    "previous",
    "past",
    "a",
    "one",
    // German
    "im",
    "am",
    "seit",
    "bis",
    "ab",
    "vor",
    "anfang",
    "mitte",
    "ende",
    "diesen",
    "dieser",
    "diesem",
    "letzten",
    "nächsten",
    "vergangenen",
    "jeden",
    "kommenden",
    "der",
    "dem",
    "den",
    "des",
    "jeder",
    "zum",
    "vom",
    // French, Italian, Spanish, Portuguese
    "en",
    "depuis",
    "dès",
    "début",
    "fin",
    "fine",
    "inizio",
    "jusqu",
    "au",
    "le",
    "desde",
    "hasta",
    "até",
    "em",
    "el",
    "no",
    "nel",
    "il",
    "lo",
    "dal",
    "al",
    "mes",
    // Dutch
    "op",
    "sinds",
    "tot",
    "vorige",
    "volgende",
    "eind",
    "begin",
    "vanaf",
    "de",
    "deze",
    // Russian, Ukrainian, Polish
    "в",
    "во",
    "с",
    "до",
    "у",
    "w",
    "we",
    "od",
];

/// English words between a verb and a name, or between a name and its verb: *by Friday* is a day all
/// the same, *with Friday* is none.
const BEFORE_NAMES: [&str; 14] =
    ["with", "and", "of", "from", "that", "when", "while", "but", "as", "if", "against", "like", "because", "mr"];

/// Takes the times that are a person's name from `story`, and counts them as that person's.
pub(super) fn settle(story: &mut Story) {
    if story.people.is_empty() || story.times.is_empty() {
        return;
    }
    let lang = story.lang.as_ref().map_or("", |l| l.value.as_str());
    let text = &story.text;
    // The whole names with the numbers of their bearers; few stories have any that matters.
    let names: Vec<(usize, String, String)> = story
        .people
        .iter()
        .enumerate()
        .filter_map(|(i, person)| {
            let mut words = person.name.split_whitespace();
            let (first, last) = (words.next()?, words.next_back()?);
            Some((i, first.to_lowercase(), last.to_lowercase()))
        })
        .collect();
    let mut called: Vec<(Span, Option<usize>)> = Vec::new();
    let mut is_called = |time: &TimeExpr| {
        let Some(span) = word_of(text, time.span, lang) else { return false };
        let word = span.of(text).to_lowercase();
        let family = names.iter().any(|(.., last)| *last == word);
        let is = |(_, first, last): &&(usize, String, String)| *(if family { last } else { first }) == word;
        let bearers: Vec<usize> = names.iter().filter(is).map(|(i, ..)| *i).collect();
        if bearers.is_empty() || !Beside::of(text, span).tells_a_name(lang, family) {
            return false;
        }
        called.push((span, if let [bearer] = bearers[..] { Some(bearer) } else { None }));
        true
    };
    let kept: Vec<bool> = story.times.iter().map(|time| !is_called(time)).collect();
    let mut kept = kept.into_iter();
    story.times.retain(|_| kept.next().unwrap_or(true));
    for (span, bearer) in called {
        let covers = |m: &Span| m.start <= span.start && span.end <= m.end;
        if story.people.iter().any(|p| p.mentions.iter().any(covers)) {
            continue;
        }
        if let Some(person) = bearer.and_then(|i| story.people.get_mut(i)) {
            person.mentions.push(span);
            person.mentions.sort_by_key(|m| m.start);
        }
    }
}

/// The one word with a capital that a time is made of; *that* before it is none of it.
fn word_of(text: &str, span: Span, lang: &str) -> Option<Span> {
    let shown = span.of(text);
    let that = if lang == "en" && shown.get(..5).is_some_and(|t| t.eq_ignore_ascii_case("that ")) { 5 } else { 0 };
    let word = &shown[that..];
    let is_word = word.starts_with(char::is_uppercase) && word.chars().all(char::is_alphabetic);
    is_word.then(|| Span::new(span.start as usize + that, span.end as usize))
}

/// What stands beside a word.
struct Beside<'a> {
    /// The word before it in its clause, in small letters.
    before: Option<String>,
    /// Whether that word has a capital.
    large: bool,
    /// Whether a quotation ends before that word: *," said*.
    quoted: bool,
    /// What stands behind it.
    behind: &'a str,
}

impl<'a> Beside<'a> {
    fn of(text: &'a str, span: Span) -> Beside<'a> {
        let head = text.get(..span.start as usize).unwrap_or("");
        let tight = head.trim_end_matches([' ', '\u{A0}']);
        let from = tight.char_indices().rev().find(|(_, c)| !c.is_alphabetic()).map_or(0, |(i, c)| i + c.len_utf8());
        let word = &tight[from..];
        let quoted = tight[..from].trim_end().ends_with(['"', '”', '»', '“', '’', '\'']);
        Beside {
            before: (!word.is_empty() && tight.len() < head.len()).then(|| word.to_lowercase()),
            large: word.starts_with(char::is_uppercase),
            quoted,
            behind: text.get(span.end as usize..).unwrap_or(""),
        }
    }

    fn tells_a_name(&self, lang: &str, family: bool) -> bool {
        let before = self.before.as_deref();
        if before.is_some_and(|w| BEFORE_TIMES.contains(&w)) {
            return false;
        }
        // A given name by itself has its verb behind it, or stands behind a quotation's.
        let subject = self.behind.strip_prefix(' ').is_some_and(|t| t.starts_with(char::is_lowercase))
            || self.behind.starts_with(['\'', '’']);
        // "The police said Friday": English names a day behind its verb without a word before it.
        match before {
            None => family || subject,
            Some(_) if self.quoted => true,
            Some(_) if lang == "en" && self.large => family,
            Some(word) if lang == "en" => BEFORE_NAMES.contains(&word) && (family || subject),
            Some(_) => family || subject,
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::enrich::enrich;
    use crate::story::Story;

    /// Prints what is left of the times, and how often the first person is named.
    fn read(text: &str) -> (Vec<String>, usize) {
        let mut story = Story::new(text.to_owned());
        enrich(&mut story);
        let times = story.times.iter().skip(1).map(|t| t.span.of(&story.text).to_owned()).collect();
        (times, story.people.first().map_or(0, |p| p.mentions.len()))
    }

    #[test]
    fn a_word_is_the_persons_whom_the_story_names() {
        for (text, times, mentions) in [
            (
                "BERLIN, 5. März (dpa) - Der Trainer Thomas Sommer ist am Freitag zurückgetreten. Sommer sagte, er \
                 gehe gern. \"Ich gehe\", sagte Sommer. Im Sommer war er krank.",
                vec!["am Freitag", "Im Sommer"],
                3,
            ),
            (
                "BERLIN, 5. März (dpa) - Der Abgeordnete Peter Freitag schwieg. Am Freitag sprach er nicht. Freitag \
                 schwieg auch danach.",
                vec!["Am Freitag"],
                2,
            ),
            (
                "PARIS, 5 mars (AFP) - Le chanteur Bruno Mars a gagné un prix. Mars a gagné pour la troisième fois en \
                 mars.",
                vec!["mars"],
                2,
            ),
            (
                "LONDON, March 5 (Reuters) - Coach Mark Winter quit. Winter said he was ill in winter.",
                vec!["winter"],
                2,
            ),
            (
                "LONDON, March 5 (Reuters) - April Smith won the race. April said she was happy in April.",
                vec!["April"],
                2,
            ),
            // Nobody is called so, and an English day behind its verb is a day.
            ("BERLIN, 5. März (dpa) - Der Trainer Thomas Müller ging. Sommer ist es nicht.", vec!["Sommer"], 1),
            ("LONDON, March 5 (Reuters) - Tom Friday came. Police said Friday that he had left.", vec!["Friday"], 1),
        ] {
            let times = times.into_iter().map(str::to_owned).collect::<Vec<_>>();
            assert_eq!(read(text), (times, mentions), "{text}");
        }
    }
}
