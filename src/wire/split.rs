//! Several stories in one text: where one ends and the next begins.

use crate::data::agencies::by_alias;

/// The fewest letters that a part needs to be a story of its own.
const STORY_LETTERS_MIN: usize = 40;
/// Blank lines that divide stories where a full dateline follows.
const BLANK_LINES_MIN: usize = 2;
/// Lines between a sign-off and the dateline of the next story: slug, headline, writers.
const HEAD_LINES_MAX: usize = 4;
/// Bytes before the agency of an opening, and of its name.
const PLACE_BYTES_MAX: usize = 90;
const AGENCY_BYTES_MAX: usize = 60;
/// The fewest signs that make a ruled line.
const RULE_SIGNS_MIN: usize = 8;

/// Cuts `text` into its stories, in order. A text without a frame is one story.
///
/// Frames are telex heads and tails (`ZCZC … NNNN`), form feeds, and ruled lines of
/// `=`, `-`, `*`, `_` or `#`, these only where every part is long enough for a story; and
/// sign-offs and blank lines, where the opening of another story follows.
pub(super) fn split(text: &str) -> Vec<&str> {
    let telex = split_telex(text);
    if telex.len() > 1 {
        return telex;
    }
    let framed = || {
        if text.contains('\u{C}') {
            let parts = split_at_feeds(text);
            if parts.iter().filter(|p| is_long_enough(p)).count() > 1 {
                return parts;
            }
        }
        let ruled = split_at_rules(text);
        if ruled.len() > 1 && ruled.iter().all(|p| is_long_enough(p)) { ruled } else { vec![text] }
    };
    framed().into_iter().flat_map(split_at_openings).collect()
}

/// Cuts where a story ends and another one opens: behind a sign-off or a short rule that an
/// opening follows, behind blank lines that a full dateline follows, and before a paragraph with
/// another full dateline than that of the story so far.
fn split_at_openings(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut from = 0;
    let mut at_blank = Blank { lines: BLANK_LINES_MIN, ..Blank::default() };
    // Where the next story begins, once a sign-off was read, and lines since.
    let mut ended: Option<(usize, usize)> = None;
    // The last dateline of the story so far.
    let mut opened: Option<&str> = None;
    for (at, line) in lines(text) {
        if line.trim().is_empty() {
            at_blank.lines += 1;
            continue;
        }
        at_blank.step(at, line);
        // Most lines stand where no story can begin: they are not read.
        let read = if ended.is_some() || at_blank.near() { opening(line) } else { None };
        let cut = read.and_then(|(kind, dateline)| match (ended, kind) {
            (Some((cut, _)), _) => Some(cut),
            (None, Opening::Full) => {
                let another = opened.is_some_and(|last| last != dateline);
                at_blank.wide().filter(|cut| *cut > from).or_else(|| another.then_some(at_blank.head()))
            }
            (None, Opening::Credited) => None,
        });
        if let Some(cut) = cut.filter(|cut| *cut > from && is_story(&text[from..*cut]) && is_story(&text[*cut..])) {
            parts.push(&text[from..cut]);
            from = cut;
        }
        opened = read.map(|(_, dateline)| dateline).or(opened.filter(|_| cut != Some(from)));
        ended = match ended {
            _ if is_sign_off(line) || opened.is_some() && read.is_none() && is_agency(line) => {
                Some((at + line.len(), 0))
            }
            Some((cut, count)) if count < HEAD_LINES_MAX && read.is_none() => Some((cut, count + 1)),
            _ => None,
        };
        at_blank.lines = 0;
    }
    parts.push(&text[from..]);
    parts
}

/// Where a story may begin: behind which blank lines, and with which headline.
#[derive(Clone, Copy, Debug, Default)]
struct Blank {
    /// Blank lines right before the line.
    lines: usize,
    /// First byte behind the last gap of several blank lines, and lines since.
    gap: Option<(usize, usize)>,
    /// First byte of the paragraph, and lines since.
    paragraph: (usize, usize),
    /// First byte of the paragraph before, where that is one line like a headline.
    headline: Option<usize>,
    /// Whether the paragraph is one line like a headline so far.
    is_headline: bool,
}

impl Blank {
    /// Goes on to a line that is not blank.
    fn step(&mut self, at: usize, line: &str) {
        if self.lines >= BLANK_LINES_MIN {
            self.gap = Some((at, 0));
        } else {
            self.gap = self.gap.map(|(start, count)| (start, count + 1)).filter(|(_, count)| *count < HEAD_LINES_MAX);
        }
        if self.lines > 0 {
            self.headline = Some(self.paragraph.0).filter(|_| self.is_headline);
            self.paragraph = (at, 0);
            self.is_headline = is_like_headline(line);
        } else {
            self.paragraph.1 += 1;
            self.is_headline = false;
        }
    }

    /// Tells whether a story may open on the line.
    fn near(&self) -> bool {
        self.paragraph.1 < HEAD_LINES_MAX
    }

    /// Where the story begins that opens behind several blank lines.
    fn wide(&self) -> Option<usize> {
        self.gap.map(|(start, _)| start)
    }

    /// Where the story begins that opens on the line: with its paragraph, or the headline above.
    fn head(&self) -> usize {
        self.headline.unwrap_or(self.paragraph.0)
    }
}

/// Tells whether a line may be the headline of the dispatch below it: short, no sentence.
fn is_like_headline(line: &str) -> bool {
    const CHARS_MAX: usize = 120;
    let line = line.trim();
    line.chars().count() <= CHARS_MAX
        && !line.starts_with(['(', '[', '-', '–', '—', '*', '#'])
        && !line.ends_with(['.', '"', '”', '»', '。', '…', ':', ','])
        && !is_agency(line)
}

/// Tells whether a line is the name of an agency and no more, as it stands behind a dispatch.
fn is_agency(line: &str) -> bool {
    let line = line.trim();
    line.len() <= AGENCY_BYTES_MAX && (by_alias(line).is_some() || by_alias(&line.to_uppercase()).is_some())
}

/// Tells whether a part is a story of its own: long enough, or with a dateline at its top.
fn is_story(part: &str) -> bool {
    is_long_enough(part) || {
        let mut top = part.lines().filter(|line| !line.trim().is_empty()).take(HEAD_LINES_MAX);
        top.any(|line| opening(line).is_some_and(|(_, dateline)| has_copy(part, dateline)))
    }
}

/// Tells whether more than a dateline stands in a part.
fn has_copy(part: &str, dateline: &str) -> bool {
    /// Letters of the shortest copy.
    const LETTERS_MIN: usize = 8;
    let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).count();
    letters(part) >= letters(dateline) + LETTERS_MIN
}

/// How much an opening says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Opening {
    /// An agency that the table knows, in brackets.
    Credited,
    /// A place in capitals, figures of a date, and such an agency.
    Full,
}

/// Tells whether a line opens a story with the credit of an agency that the table knows.
pub(super) fn opens_story(line: &str) -> bool {
    opening(line).is_some()
}

/// Reads whether a line opens a story, `PARIS, March 5 (AFP) - `, `(ANSA) - ROMA, 5 MAR - `, and its
/// dateline.
fn opening(line: &str) -> Option<(Opening, &str)> {
    let line = line.trim_start();
    let mut open = None;
    for (i, c) in line.char_indices().take_while(|(i, _)| *i <= PLACE_BYTES_MAX) {
        match c {
            '(' | '/' => {
                open = Some((i, c));
                break;
            }
            '?' | '!' | ';' | '"' | '«' | '“' => return None,
            _ => {}
        }
    }
    let (at, open) = open?;
    let close = if open == '(' { ')' } else { '/' };
    let inner = &line[at + 1..];
    let end = inner.find(close).filter(|end| *end <= AGENCY_BYTES_MAX)?;
    by_alias(inner[..end].trim())?;
    let behind = inner[end + 1..].trim_start_matches([' ', '.', ':']);
    let dashed = behind.starts_with(['-', '–', '—', '=']);
    let stopped = open == '/' && inner[end + 1..].starts_with('.');
    let before = line[..at].trim();
    let placed = before.chars().next().is_none_or(|c| c.is_alphanumeric() && !c.is_lowercase());
    if !(dashed || stopped) || !placed {
        return None;
    }
    let first = before.split([',', ' ', '.']).next().unwrap_or("");
    let capitals = first.chars().count() >= 2 && first.chars().all(|c| c.is_uppercase() || c == '-');
    let dated = before.bytes().any(|b| b.is_ascii_digit());
    let kind = if capitals && dated { Opening::Full } else { Opening::Credited };
    Some((kind, &line[..at + 1 + end]))
}

/// `-0-`, `-30-`, `###`, `* * *`, `ENDS`, `(END)`, `====`.
fn is_sign_off(line: &str) -> bool {
    // What a sign-off begins with; a mark may stand behind its word alone.
    const FIRST: &[u8] = b"=-*_#()/.EeN03";
    let line = line.trim();
    if !line.as_bytes().first().is_some_and(|first| FIRST.contains(first)) {
        return false;
    }
    let core = line.trim_matches(|c: char| matches!(c, '-' | '(' | ')' | '/' | '.'));
    let marked = core.len() < line.len();
    let signs = || line.chars().filter(|c| *c != ' ');
    let ruled = signs().next().is_some_and(|first| {
        matches!(first, '=' | '-' | '*' | '_' | '#') && signs().all(|c| c == first) && signs().count() >= 3
    });
    ruled || matches!(core, "ENDS" | "NNNN") || (marked && matches!(core, "0" | "30" | "END" | "End" | "ends" | "Ends"))
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

/// Cuts a text that is longer than `most` bytes, at the last paragraph, line or word of each
/// piece where it has one.
pub(super) fn pieces(text: &str, most: usize) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while rest.len() > most {
        let room = &rest[..super::draft::floor(rest, most)];
        let cut = room.rfind("\n\n").or_else(|| room.rfind('\n')).or_else(|| room.rfind(' '));
        let (piece, behind) = rest.split_at(cut.filter(|cut| *cut > most / 2).unwrap_or(room.len()));
        pieces.push(piece);
        rest = behind;
    }
    pieces.push(rest);
    pieces.retain(|piece| !piece.trim().is_empty());
    pieces
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
        // Routing above the first start belongs to its message.
        let routed = from == 0 && start > 0 && start < text.len() && !is_long_enough(part);
        if routed && part.lines().any(|line| !line.trim().is_empty() && !line.trim().eq_ignore_ascii_case("NNNN")) {
            continue;
        }
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
    let line = line.trim_start();
    let Some(first) = line.chars().next().filter(|c| matches!(c, '=' | '-' | '*' | '_' | '#')) else { return false };
    let line = line.trim_end();
    line.len() >= RULE_SIGNS_MIN && line.chars().all(|c| c == first)
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

    #[test]
    fn sign_offs_divide_where_a_story_opens_behind_them() {
        for end in ["-0-", "-30-", "###", "* * *", "***", "ENDS", "(END)", "===="] {
            let text = format!("{A}\n{end}\n\nWeather in the north\n\n{B}");
            let parts = split(&text);
            assert_eq!(parts.len(), 2, "{end}: {parts:?}");
            assert!(parts[0].ends_with(&format!("{end}\n")) && parts[1].trim_start().starts_with("Weather"), "{end}");
            let prose = format!("{A}\n{end}\n\nThe second part of the same story says more of it all.\n");
            assert_eq!(split(&prose), [prose.as_str()], "{end}");
        }
    }

    #[test]
    fn blank_lines_divide_where_a_full_dateline_follows() {
        let full = "ROME, June 7, 2021 (AFP) - The second of the stories is about the weather.\n";
        assert_eq!(split(&format!("{A}\n\n\n{full}")).len(), 2);
        for (blank, next) in [("", full), ("\n\n\n", B), ("\n\n\n", "ROME, June 7: nobody signed this line of copy.\n")]
        {
            assert_eq!(split(&format!("{A}{blank}{next}")).len(), 1, "{blank:?} {next}");
        }
    }

    #[test]
    fn another_full_dateline_is_another_dispatch() {
        let (one, two) = ("PARIS, June 7 (AFP) - Le premier.\n", "BERLIN, June 7 (dpa) - Die zweite Meldung.\n");
        for between in
            ["\n", "\nBridge opens again\n\n", "\ndpa 12:05 GMT 3 May 2024\n", "\nAFP\n\n\n\nBridge opens\n\n"]
        {
            let text = format!("{one}{between}{two}");
            let parts = split(&text);
            assert_eq!((parts.len(), parts.concat()), (2, text.clone()), "{between:?}");
            let head = between.trim().trim_start_matches("AFP").trim_start();
            assert!(parts[1].trim_start().starts_with(if head.is_empty() { two } else { head }), "{parts:?}");
        }
        // The same one again, an agency in the copy, and a place without a day open no other.
        for next in [one, "Reuters\n", "ROME (dpa) - nobody.\n", "The ministry (AFP) - as it was - said so.\n"] {
            let text = format!("{one}\n{next}");
            assert_eq!(split(&text).len(), 1, "{next}");
        }
    }

    #[test]
    fn routing_above_a_start_is_of_its_message() {
        let text = format!("Nor 12/ada 34\n\nZCZC\n{A}NNNN\nZCZC\n{B}NNNN\n");
        let parts = split(&text);
        assert_eq!((parts.len(), parts.concat()), (2, text.clone()));
    }

    proptest::proptest! {
        #[test]
        fn pieces_are_the_whole_but_for_blanks(words in proptest::collection::vec("[aé]{1,9}", 0..60), most in 8usize..40) {
            let text = words.join(" ");
            let pieces = super::pieces(&text, most);
            proptest::prop_assert!(pieces.iter().all(|p| p.len() <= most));
            let letters = |t: &str| t.split_whitespace().collect::<String>();
            proptest::prop_assert_eq!(letters(&pieces.concat()), letters(&text));
        }

        /// Cutting loses nothing but rules, form feeds and what stands outside of frames.
        #[test]
        fn no_letter_is_lost_at_an_opening(parts in proptest::collection::vec(proptest::sample::select(vec![
            "-0-\n", "###\n", "\n\n\n", A, B, "ROME, June 7 (AFP) - ", "words of copy that go on\n", "(", "/", "é",
        ]), 0..12)) {
            let text = parts.concat();
            proptest::prop_assert_eq!(super::split_at_openings(&text).concat(), text);
        }
    }
}
