//! Several stories in one text: where one ends and the next begins.

/// The fewest letters that a part needs to be a story of its own.
const STORY_LETTERS_MIN: usize = 40;
/// The fewest signs that make a ruled line.
const RULE_SIGNS_MIN: usize = 8;

/// Cuts `text` into its stories, in order. A text without a frame is one story.
///
/// Frames are telex heads and tails (`ZCZC … NNNN`), form feeds, and ruled lines of
/// `=`, `-`, `*`, `_` or `#`, these only where every part is long enough for a story.
pub(super) fn split(text: &str) -> Vec<&str> {
    let telex = split_telex(text);
    if telex.len() > 1 {
        return telex;
    }
    if text.contains('\u{C}') {
        let parts = split_at_feeds(text);
        if parts.iter().filter(|p| is_long_enough(p)).count() > 1 {
            return parts;
        }
    }
    let ruled = split_at_rules(text);
    if ruled.len() > 1 && ruled.iter().all(|p| is_long_enough(p)) { ruled } else { vec![text] }
}

/// Cuts at form feeds that divide stories. One in the middle of a sentence divides pages.
fn split_at_feeds(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut from = 0;
    for at in memchr::memchr_iter(0x0C, text.as_bytes()) {
        let before = text[from..at].trim_end();
        let after = text[at..].trim_start_matches(|c: char| c.is_whitespace() || c.is_control());
        let goes_on = before.ends_with(|c: char| c.is_alphabetic() || matches!(c, ',' | ';' | '-' | '،' | '、' | '，'));
        if goes_on && after.starts_with(char::is_lowercase) {
            continue;
        }
        parts.push(&text[from..at]);
        from = at + 1;
    }
    parts.push(&text[from..]);
    parts
}

fn is_long_enough(part: &str) -> bool {
    part.chars().filter(|c| c.is_alphanumeric()).take(STORY_LETTERS_MIN).count() == STORY_LETTERS_MIN
}

/// Cuts before each line that begins with `ZCZC`; the frame stays with its story.
pub(super) fn split_telex(text: &str) -> Vec<&str> {
    let starts: Vec<usize> = lines(text)
        .filter(|(_, line)| line.trim_start().get(..4).is_some_and(|w| w.eq_ignore_ascii_case("ZCZC")))
        .map(|(at, _)| at)
        .collect();
    let mut parts = Vec::new();
    let mut from = 0;
    for &start in starts.iter().chain([&text.len()]) {
        let part = &text[from..start];
        // An end without a start is the rest of a message that lies elsewhere.
        if part.lines().any(|line| !line.trim().is_empty() && !line.trim().eq_ignore_ascii_case("NNNN")) {
            parts.push(part);
        }
        from = start;
    }
    parts
}

fn split_at_rules(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut from = 0;
    for (at, line) in lines(text) {
        if is_rule(line) {
            parts.push(&text[from..at]);
            from = at + line.len();
        }
    }
    parts.push(&text[from..]);
    parts.retain(|p| !p.trim().is_empty());
    parts
}

fn is_rule(line: &str) -> bool {
    let line = line.trim();
    let Some(first) = line.chars().next() else { return false };
    matches!(first, '=' | '-' | '*' | '_' | '#') && line.len() >= RULE_SIGNS_MIN && line.chars().all(|c| c == first)
}

fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    text.split_inclusive('\n').map(move |line| {
        let start = at;
        at += line.len();
        (start, line)
    })
}

#[cfg(test)]
mod tests {
    use super::split;

    const A: &str = "PARIS (AFP) - The first of the stories in this file is about the harvest.\n";
    const B: &str = "ROME (AFP) - The second of the stories in this file is about the weather.\n";

    #[test]
    fn frames_divide() {
        let telex = format!("ZCZC AB12\n{A}NNNN\nZCZC AB13\n{B}NNNN\n");
        assert_eq!(split(&telex), [format!("ZCZC AB12\n{A}NNNN\n"), format!("ZCZC AB13\n{B}NNNN\n")]);
        let ruled = format!("{A}==========\n{B}");
        assert_eq!(split(&ruled), [A, B]);
        let fed = format!("{A}\u{C}{B}");
        assert_eq!(split(&fed), [A, B]);
    }

    #[test]
    fn pages_are_one_story() {
        let text = format!("{A}It was said that the\n\u{C}\nharvest was a good one this year.\n\u{C}{B}");
        assert_eq!(split(&text).len(), 2);
        assert_eq!(split(&format!("NNNN\n\nZCZC AB12\n{A}NNNN\n")).len(), 1);
    }

    #[test]
    fn a_rule_under_a_title_does_not_divide() {
        let text = format!("Title\n----------\n{A}");
        assert_eq!(split(&text), [text.as_str()]);
        assert_eq!(split(A), [A]);
    }
}
