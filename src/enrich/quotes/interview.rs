//! Interviews in questions and answers (`Q: …`, `R: "…"`): the answers are of the one person whom the copy before
//! the first question names.

use super::grammar::{Sentence, Told};
use crate::story::Span;
use std::ops::Range;

/// The rule.
const ANSWERS: &str = "quotes/interview";
/// What begins a question and an answer.
const QUESTIONS: [&str; 6] = ["Q:", "Q.", "Q -", "QUESTION", "F:", "P:"];
const REPLIES: [&str; 7] = ["R:", "R.", "R -", "REPONSE:", "RÉPONSE:", "A:", "ANSWER:"];

impl Sentence<'_> {
    /// Who answers, where a quotation is the whole of an answer.
    pub(super) fn answers(&self, from: usize, quotation: &Range<usize>) -> Option<Told> {
        let text = &self.story.text;
        let before = text.get(from..quotation.start)?;
        let line = before.rfind('\n').map_or(0, |at| at + 1);
        let mark = |c: char| c.is_whitespace() || matches!(c, '"' | '«' | '“' | '„');
        let label = before[line..].trim_matches(mark);
        let reply = REPLIES
            .iter()
            .find(|reply| label.trim_end_matches([' ', ':', '-']) == reply.trim_end_matches([' ', ':', '-']))?;
        let asked = lines(before).find(|(_, line)| QUESTIONS.iter().any(|question| line.starts_with(question)))?;
        let head = Span::new(from, from + asked.0);
        let people = || self.story.people.iter().enumerate();
        let mut named = people().filter_map(|(i, person)| {
            let mention = person.mentions.iter().find(|m| head.start <= m.start && m.end <= head.end)?;
            Some((i, *mention))
        });
        let (person, mention) = named.next().filter(|_| named.next().is_none())?;
        let at = from + line + before[line..].find(reply.chars().next()?)?;
        let verb = Span::new(at, at + 1);
        Some(Told { person, verb, mention, rule: ANSWERS, is_beside: false })
    }
}

/// Lines with where they begin.
fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    text.split('\n').map(move |line| {
        let begun = at;
        at += line.len() + 1;
        (begun, line)
    })
}
