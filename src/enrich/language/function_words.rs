//! The language by the commonest short words.

use super::LETTERS_MAX;
use crate::data::function_words;
use crate::text::words;

/// Words looked at: more changes no verdict on news copy.
const WORDS_MAX: usize = 250;
/// Votes of a word that one language alone uses; shared ones are divided.
const WORD_VOTES: u32 = 12;
/// The fewest votes that tell a language: two words that it alone uses, or more shared.
const VOTES_MIN: u32 = 16;
/// A language is told from its nearest neighbour by one word that the other lacks, or by
/// the votes' part so many.
const MARGIN: u32 = 8;
/// Different words of its own that tell a language that wires seldom send: in short copy of
/// another one or two of them stand by chance.
const RARE_WORDS_MIN: u32 = 3;
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

/// What the function words of a text say of its language.
pub(super) enum Votes {
    Enough(&'static str),
    /// Too few to tell; the language that has most of them, if one has.
    Few(Option<&'static str>),
}

/// Tells the language of a text by its function words, of those of `among` where given.
pub(super) fn by_function_words(text: &str, among: Option<&[&str]>) -> Votes {
    let tally = tally(text, among);
    if let Some(best) = tally.enough() {
        return Votes::Enough(tally.code(best));
    }
    let (best, next) = tally.first_two();
    Votes::Few((tally.votes[best] > tally.votes[next]).then(|| tally.code(best)))
}

/// The function words of a text, counted.
pub(super) struct Tally {
    /// Votes by language of the table.
    pub(super) votes: Vec<u32>,
    /// Words and letters that voted, by language.
    pub(super) hits: Vec<u32>,
    /// Words looked at.
    seen: u32,
}

impl Tally {
    /// The code of a language of the table by its index.
    pub(super) fn code(&self, index: usize) -> &'static str {
        function_words::codes()[index]
    }

    /// The votes of a language; nothing where the table has no words of it. One that has two
    /// rows, one a script, has the votes of both.
    pub(super) fn votes_of(&self, code: &str) -> Option<u32> {
        let rows = function_words::codes().iter().zip(&self.votes).filter(|(c, _)| **c == code);
        rows.map(|(_, votes)| *votes).reduce(|a, b| a + b)
    }

    /// The languages of most votes and of the next.
    fn first_two(&self) -> (usize, usize) {
        let mut order: Vec<usize> = (0..self.votes.len()).collect();
        order.sort_unstable_by_key(|&i| std::cmp::Reverse(self.votes[i]));
        (order[0], order[1])
    }

    /// The language that the words tell, where they do.
    pub(super) fn enough(&self) -> Option<usize> {
        let (votes, hits, seen) = (&self.votes, &self.hits, self.seen);
        let (best, next) = self.first_two();
        // A tenth of news copy is function words at the least; lists and tables have none.
        let is_ahead = votes[best] >= votes[next] + WORD_VOTES.min(votes[best] / MARGIN);
        let enough = is_ahead && votes[best] >= VOTES_MIN && votes[best] * 3 >= seen && hits[best] * 10 >= seen;
        (enough && votes[best] > votes[next]).then_some(best)
    }
}

/// Counts the function words of a text, those of `among` only where given.
///
/// Words of capitals within a line belong to names: *LOS ANGELES*, *La Haye*. They count
/// only in copy that is in capitals throughout.
pub(super) fn tally(text: &str, among: Option<&[&str]>) -> Tally {
    let codes = function_words::codes();
    let mut votes = vec![0u32; codes.len()];
    let mut hits = vec![0u32; codes.len()];
    // A byte is enough: no word is met more often than words are looked at.
    let mut times = vec![0u8; function_words::count()];
    let mut met: Vec<usize> = Vec::new();
    let mut lower = String::new();
    let mut seen = 0u32;
    let all_count = is_in_capitals(text);
    let may_be = |code: &str| among.is_none_or(|among| among.contains(&code));
    for word in words(text).take(WORDS_MAX) {
        let printed = &text[word.start..word.end];
        if !all_count && printed.starts_with(char::is_uppercase) && !opens(&text[..word.start]) {
            seen += 1;
            continue;
        }
        lower.clear();
        if printed.is_ascii() {
            lower.push_str(printed);
            lower.make_ascii_lowercase();
        } else {
            lower.extend(printed.chars().flat_map(char::to_lowercase));
        }
        seen += 1;
        if let Some(number) = function_words::number_of(&lower) {
            if times[number] == 0 {
                met.push(number);
            }
            times[number] += 1;
        }
    }
    let mut own = vec![0u32; codes.len()];
    for number in met {
        let languages = function_words::languages_of(number);
        if let [language] = languages {
            own[usize::from(*language)] += 1;
        }
        // A word that few languages share tells more: 12 is divisible by 1 to 4 and 6.
        let sharing = languages.iter().filter(|l| !function_words::is_rare(**l)).count();
        let weight = WORD_VOTES / u32::try_from(sharing.clamp(1, 12)).unwrap_or(12);
        for &language in languages.iter().filter(|l| may_be(codes[usize::from(**l)])) {
            votes[language as usize] += weight.max(1) * u32::from(times[number]);
            hits[language as usize] += u32::from(times[number]);
        }
    }
    for language in (0..codes.len()).filter(|&l| own[l] < RARE_WORDS_MIN) {
        if u8::try_from(language).is_ok_and(function_words::is_rare) {
            (votes[language], hits[language]) = (0, 0);
        }
    }
    let accented = if among.is_some() || text.is_ascii() { "" } else { text };
    for c in accented.chars().take(4 * LETTERS_MAX).filter(|c| may_vote(*c)) {
        for (code, _) in LETTERS.iter().filter(|(_, letters)| letters.contains(c)) {
            if let Some(at) = codes.iter().position(|c| c == code).filter(|at| hits[*at] < seen) {
                votes[at] += 2;
                hits[at] += 1;
            }
        }
    }
    Tally { votes, hits, seen }
}

/// Tells whether a letter may be one of [`LETTERS`]: those of other scripts are not asked about.
fn may_vote(c: char) -> bool {
    matches!(c, '\u{100}'..='\u{259}' | '\u{1E00}'..='\u{1EFF}')
}

/// Tells whether most letters of a text are capitals.
pub(super) fn is_in_capitals(text: &str) -> bool {
    let (mut upper, mut lower) = (0, 0);
    if text.is_ascii() {
        // Sums that a byte holds are reckoned many at once.
        for bytes in text.as_bytes()[..text.len().min(LETTERS_MAX)].chunks(usize::from(u8::MAX)) {
            upper += usize::from(bytes.iter().map(|b| u8::from(b.is_ascii_uppercase())).sum::<u8>());
            lower += usize::from(bytes.iter().map(|b| u8::from(b.is_ascii_lowercase())).sum::<u8>());
        }
        return upper > lower;
    }
    for c in text.chars().take(LETTERS_MAX) {
        upper += usize::from(c.is_uppercase());
        lower += usize::from(c.is_lowercase());
    }
    upper > lower
}

/// Tells whether a sentence begins behind `before`.
fn opens(before: &str) -> bool {
    let trimmed = before.trim_end();
    before[trimmed.len()..].contains('\n')
        || trimmed
            .chars()
            .next_back()
            .is_none_or(|c| !c.is_alphanumeric() && !matches!(c, ',' | '(' | '/' | '\'' | '’'))
}

#[cfg(test)]
mod tests {
    use super::{LETTERS, may_vote};

    #[test]
    fn every_letter_of_the_table_may_vote() {
        for (code, letters) in LETTERS {
            assert!(letters.chars().all(may_vote), "{code}");
        }
    }
}
