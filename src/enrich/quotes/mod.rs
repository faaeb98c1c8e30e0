//! Who is quoted: what stands between quotation marks, and the person whose words the story
//! says they are.
//!
//! A speaker is told by a verb of saying beside the quotation with one person as its subject:
//! `"…," Poutine a déclaré`, `"…", sagte Bundeskanzler Scholz`, `Putin said: "…"`. Whoever
//! stands behind a preposition (*the spokesman of Putin*) or in another case than the subject's
//! is none; pronouns are nobody. What is not told by this stays without a speaker.

mod grammar;
mod marks;

use crate::story::{Confidence, Evidence, Quote, Span, Speaker, Story};
use crate::text::{Boundary, Word, boundary, words};
use grammar::{Sentence, Told};
use std::ops::Range;

/// Words between a quotation and the end of what is said of its speaker.
const BESIDE_MAX: usize = 14;

/// Adds the quotations of a story whose people are known.
pub(super) fn find(story: &mut Story) {
    let (from, to) = (story.layout.lead_start as usize, story.layout.body_end as usize);
    let Some(part) = story.text.get(from..to).map(|_| from..to) else { return };
    let quotations = marks::quotations(&story.text, part.clone());
    if quotations.is_empty() {
        return;
    }
    let mut quotes = Vec::with_capacity(quotations.len());
    let sentence = Sentence::of(story);
    let list: Vec<Word> = words(&story.text[part]).map(|w| Word { start: from + w.start, end: from + w.end }).collect();
    for (i, range) in quotations.iter().enumerate() {
        let before = i.checked_sub(1).map_or(from, |i| quotations[i].end);
        let behind = quotations.get(i + 1).map_or(to, |next| next.start);
        let told = beside(&story.text, &list, range, before, behind, &sentence);
        quotes.push(quote(story, range, told));
    }
    story.quotes = quotes;
}

/// Reads the words of the quotation's own sentence behind it, then those before it.
fn beside(
    text: &str,
    list: &[Word],
    quotation: &Range<usize>,
    before: usize,
    behind: usize,
    sentence: &Sentence<'_>,
) -> Option<Told> {
    let first = list.partition_point(|w| w.start < quotation.start);
    let last = list.partition_point(|w| w.end <= quotation.end);
    let goes_on = |i: usize| i > 0 && boundary(text, list[i - 1], list[i]) == Boundary::Inside;
    let end = (last..list.len().min(last + BESIDE_MAX)).find(|i| list[*i].end > behind || !goes_on(*i));
    let behind = &list[last..end.unwrap_or(list.len().min(last + BESIDE_MAX))];
    if let Some(told) = sentence.behind(behind) {
        return Some(told);
    }
    let mut start = first;
    while start > 0
        && first - start < BESIDE_MAX
        && list[start - 1].start >= before
        && (start == first || goes_on(start))
    {
        // The quotation's first capital begins no sentence of its own behind a colon.
        if start == first && is_stopped(&text[list[start - 1].end..quotation.start]) {
            break;
        }
        start -= 1;
    }
    sentence.before(&list[start..first])
}

/// Whether a sentence ends in what lies before a quotation.
fn is_stopped(gap: &str) -> bool {
    gap.contains(['.', '!', '?', '。', '！', '？', '\n', '؟', '।'])
}

fn quote(story: &Story, range: &Range<usize>, told: Option<Told>) -> Quote {
    let span = Span::new(range.start, range.end);
    let Some(told) = told else { return Quote { span, speaker: None, evidence: Vec::new() } };
    let person = &story.people[told.person];
    let confidence = if told.is_beside { Confidence::Derived } else { Confidence::Inferred };
    let mut evidence = vec![Evidence::text(told.verb, told.rule, confidence)];
    evidence.push(Evidence::text(told.mention, told.rule, confidence));
    Quote { span, speaker: Some(Speaker { id: person.id.clone(), name: person.name.clone() }), evidence }
}

#[cfg(test)]
mod tests {
    use crate::enrich::enrich;
    use crate::story::Story;

    fn speakers(text: &str) -> Vec<String> {
        let mut story = Story::new(format!("PARIS, Dec 2 (AFP) - {text}"));
        enrich(&mut story);
        story.quotes.iter().map(|q| q.speaker.as_ref().map_or(String::new(), |s| s.name.clone())).collect()
    }

    #[test]
    fn a_verb_of_saying_tells_the_speaker() {
        for (text, speaker) in [
            ("\"We will not accept the deal,\" President Emmanuel Macron said on Monday in Paris.", "Emmanuel Macron"),
            ("\"We will not accept the deal,\" said Emmanuel Macron, the French president.", "Emmanuel Macron"),
            ("Asked about it, Emmanuel Macron said: \"We will not go.\"", "Emmanuel Macron"),
            ("Vladimir Putin's spokesman Dmitry Peskov said: \"We will see.\"", "Dmitry Peskov"),
            ("Emmanuel Macron said: \"We will not accept the deal.\"", "Emmanuel Macron"),
            (
                "« Nous n'accepterons pas cet accord », a déclaré le président français Emmanuel Macron.",
                "Emmanuel Macron",
            ),
            ("Emmanuel Macron a déclaré que c'était « un plan dangereux » pour la région.", "Emmanuel Macron"),
            (
                "\u{201E}Wir gehen diesen Weg weiter\u{201C}, sagte Bundeskanzler Olaf Scholz am Montag in Berlin.",
                "Olaf Scholz",
            ),
            ("«Мы продолжим эту работу», — заявил президент России Владимир Путин в понедельник.", "Владимир Путин"),
        ] {
            assert_eq!(speakers(text), [speaker], "{text}");
        }
    }

    #[test]
    fn who_is_not_the_subject_did_not_say_it() {
        for text in [
            "\"We will not accept the deal,\" said a spokesman for President Emmanuel Macron in Paris.",
            "They asked why it was \"so very late\", Emmanuel Macron wrote: he did not know.",
            "\"We will not accept the deal,\" he told Emmanuel Macron on Monday in Paris.",
            "« Nous n'accepterons pas cet accord », a déclaré le porte-parole du président Emmanuel Macron.",
            "\"We will not accept the deal,\" the ministry said after talks with Emmanuel Macron in Paris.",
            "«Мы продолжим эту работу», — заявил пресс-секретарь Владимира Путина в понедельник.",
        ] {
            assert!(speakers(text).iter().all(String::is_empty), "{text}: {:?}", speakers(text));
        }
    }
}
