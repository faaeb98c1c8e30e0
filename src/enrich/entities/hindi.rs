//! Names in Devanagari, which no capitals tell and of which nothing was learned: a given name and the surname behind
//! it are a person, and so are a given name and any word behind it where a post stands before them or a postposition
//! behind (*सुनील तटकरे ने*).

use super::labels::{self, Part};
use super::traits::Sheet;
use crate::data::no_names::Word;
use crate::data::quoting::Class;
use crate::story::EntityKind;

/// Languages that write names so.
pub(super) const LANGUAGES: [&str; 3] = ["hi", "mr", "ne"];
/// The language whose words the tables have.
const TABLES: &str = "hi";
/// Titles before names, which are no posts.
const TITLES: [&str; 14] = [
    "श्री",
    "श्रीमती",
    "सुश्री",
    "डॉ",
    "डॉक्टर",
    "प्रो",
    "न्यायमूर्ति",
    "जनरल",
    "कर्नल",
    "मेजर",
    "पंडित",
    "अभिनेता",
    "अभिनेत्री",
    "अधिकारी",
];
/// What hangs on the name before it.
const POSTPOSITIONS: [&str; 14] = ["ने", "को", "से", "का", "की", "के", "पर", "में", "द्वारा", "और", "ला", "चा", "ची", "ले"];
/// Words of a name, most.
const WORDS_MAX: usize = 4;

/// Labels the people of a text in Devanagari beside those whom the tables are sure of.
pub(super) fn join_given_names(text: &str, sheet: &Sheet<'_>, labels: &mut [u8]) {
    let mut at = 0;
    while at < sheet.tokens.len() {
        at = match name_end(text, sheet, labels, at) {
            Some(end) => {
                labels[at..end].fill(labels::label(EntityKind::Person, Part::Inside));
                labels[at] = labels::label(EntityKind::Person, Part::Begin);
                labels[end - 1] = labels::label(EntityKind::Person, Part::End);
                end
            }
            None => at + 1,
        };
    }
}

/// Returns where the name ends that begins at a token, of two words or more.
fn name_end(text: &str, sheet: &Sheet<'_>, labels: &[u8], from: usize) -> Option<usize> {
    let word = |at: usize| &text[sheet.tokens[at].start as usize..sheet.tokens[at].end as usize];
    let count = sheet.tokens.len();
    // A word of a known person behind a given name is that name's surname: *प्रियंका गांधी*.
    let is_free = |at: usize| match labels::meaning(labels[at]) {
        None => true,
        Some((kind, part)) => kind == EntityKind::Person && part == Part::Single,
    };
    let is_part = |at: &usize| Word::Given.has(word(*at), TABLES) || Word::Surname.has(word(*at), TABLES);
    let is_next = |at: &usize| *at < count && sheet.is_spaced(*at) && is_free(*at);
    if !is_free(from) || !is_word(word(from)) {
        return None;
    }
    let is_post = from > 0 && {
        let before = word(from - 1).trim_end_matches('.');
        let is_dot = from > 1 && before.is_empty() && TITLES.contains(&word(from - 2));
        is_dot || TITLES.contains(&before) || Class::Post.has(before, TABLES)
    };
    let end = (from + 1..from + WORDS_MAX).take_while(|at| is_next(at) && is_part(at)).last().map(|last| last + 1);
    let is_given = Word::Given.has(word(from), TABLES);
    let ends_in_surname = |end: usize| (from + 1..end).any(|at| Word::Surname.has(word(at), TABLES));
    if let Some(end) = end.filter(|end| ends_in_surname(*end)) {
        return (is_given || is_post).then_some(end);
    }
    // A surname that no list has.
    let end = end.unwrap_or(from + 1);
    let is_surname = is_next(&end) && is_free(end) && is_word(word(end));
    let is_hung = end + 1 < count && POSTPOSITIONS.contains(&word(end + 1));
    (is_given && is_surname && (is_post || is_hung)).then_some(end + 1)
}

/// Tells whether a word can be a part of a name: of Devanagari letters, no verb of saying, nothing that hangs on a name.
fn is_word(word: &str) -> bool {
    const CHARS_MIN: usize = 2;
    word.chars().count() >= CHARS_MIN
        && word.chars().all(|c| ('\u{900}'..='\u{963}').contains(&c))
        && !POSTPOSITIONS.contains(&word)
        && !Class::Utters.has(word, TABLES)
        && !Class::Post.has(word, TABLES)
}

#[cfg(test)]
mod tests {
    use crate::story::{Sourced, Story};

    fn people(text: &str) -> Vec<String> {
        let mut story = Story::new(text.to_owned());
        story.script = Some("Deva".to_owned());
        story.lang = Some(Sourced { value: "hi".to_owned(), evidence: Vec::new() });
        super::super::read(&mut story);
        story.people.into_iter().map(|person| person.name).collect()
    }

    #[test]
    fn who_has_a_surname_a_post_or_a_particle_is_somebody() {
        for (text, names) in [
            ("पुलिस अधिकारी सुनील शर्मा ने बताया कि दो लोगों को गिरफ्तार किया गया।", vec!["सुनील शर्मा"]),
            ("डॉ. रमेश कुमार वर्मा ने कहा कि मरीज ठीक है।", vec!["रमेश कुमार वर्मा"]),
            ("राकांपा के सुनील तटकरे ने रैली की।", vec!["सुनील तटकरे"]),
            ("मंत्री विजय चौधरी पटना गए।", vec!["विजय चौधरी"]),
        ] {
            assert_eq!(people(text), names, "{text}");
        }
    }

    #[test]
    fn what_is_a_common_word_as_well_is_nobody_by_itself() {
        for text in ["किसानों ने विजय जुलूस निकाला।", "अनिल ने कहा कि वह खुश है।", "सरकार के विकास कार्यों की आलोचना हुई।"]
        {
            assert!(people(text).is_empty(), "{text}: {:?}", people(text));
        }
    }
}
