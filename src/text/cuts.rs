//! Words that the end of a line cuts in two: `gouverne-` and `ment`.

use super::words::{Word, words};

/// Signs of a cut: the hyphens, and the sign that readers of scanned pages write.
const SIGNS: [char; 4] = ['-', '\u{AD}', '\u{2010}', '¬'];
/// What a hyphen before a line's end is left out for and joins nothing: *Nord-* / *und Südkorea*.
const JOINS: [&str; 12] = ["und", "oder", "bis", "en", "of", "och", "eller", "og", "and", "or", "et", "y"];

/// Returns the second part of a word that is cut at the end of a line, where `word` is the first: both
/// in small letters, nothing but a hyphen and the line's end between.
#[must_use]
pub fn rest(text: &str, word: Word) -> Option<Word> {
    let behind = &text[word.end..];
    let behind = match behind.as_bytes().first()? {
        b'-' => &behind[1..],
        0xC2 | 0xE2 => behind.strip_prefix(SIGNS)?,
        _ => return None,
    };
    let behind = behind.trim_start_matches([' ', '\r']).strip_prefix('\n')?.trim_start_matches([' ', '\t']);
    let next = words(behind).next().filter(|w| w.start == 0)?;
    let rest = &behind[..next.end];
    let ends_small = text[..word.end].chars().next_back().is_some_and(char::is_lowercase);
    let start = text.len() - behind.len();
    (ends_small && rest.starts_with(char::is_lowercase)).then_some(Word { start, end: start + rest.len() })
}

/// A text whose cut words are whole.
#[derive(Debug, PartialEq, Eq)]
pub struct Joined {
    /// The text.
    pub text: String,
    /// Byte of `text` where something was taken out, and how many bytes were up to there.
    taken: Vec<(usize, usize)>,
}

impl Joined {
    /// Returns the bytes of the cut text that bytes of the whole one are.
    #[must_use]
    pub fn before(&self, (start, end): (usize, usize)) -> (usize, usize) {
        let up_to = |count: usize| count.checked_sub(1).map_or(0, |i| self.taken[i].1);
        let of_start = up_to(self.taken.partition_point(|(at, _)| *at <= start));
        let of_end = up_to(self.taken.partition_point(|(at, _)| *at < end));
        (start + of_start, end + of_end)
    }
}

/// Joins the words of a text that ends of lines cut; `None` where there is none. Of two parts that begin with
/// capitals the hyphen is their own: *Jean-* / *Yves*.
///
/// ```
/// let joined = dateline::text::cuts::joined("Emmanuel Ma-\ncron et Jean-\nYves").expect("cut words");
/// assert_eq!(joined.text, "Emmanuel Macron et Jean-Yves");
/// assert_eq!(joined.before((9, 15)), (9, 17));
/// ```
#[must_use]
pub fn joined(text: &str) -> Option<Joined> {
    let mut out: Option<Joined> = None;
    let mut from = 0;
    for newline in memchr::memchr_iter(b'\n', text.as_bytes()) {
        if newline < from {
            continue;
        }
        let line = text[from..newline].trim_end_matches([' ', '\r']);
        let Some(core) = line.strip_suffix(SIGNS) else { continue };
        let Some((end, next)) = cut_at(text, from + core.len(), from + line.len()) else { continue };
        let joined = out.get_or_insert_with(|| Joined { text: String::with_capacity(text.len()), taken: Vec::new() });
        joined.text.push_str(&text[from..end]);
        let before = joined.taken.last().map_or(0, |(_, sum)| *sum);
        joined.taken.push((joined.text.len(), before + next - end));
        from = next;
    }
    let mut joined = out?;
    joined.text.push_str(&text[from..]);
    Some(joined)
}

/// What to take out where a word ends at `end` and its sign at `signed`: from where to where.
fn cut_at(text: &str, end: usize, signed: usize) -> Option<(usize, usize)> {
    let start = text[..end]
        .rfind(|c: char| !c.is_alphanumeric())
        .map_or(0, |at| at + text[at..].chars().next().map_or(1, char::len_utf8));
    let first = &text[start..end];
    if let Some(rest) = rest(text, Word { start, end }) {
        return (!JOINS.contains(&&text[rest.start..rest.end])).then_some((end, rest.start));
    }
    let behind = text[signed..].trim_start_matches([' ', '\r']).strip_prefix('\n')?.trim_start_matches([' ', '\t']);
    let next = &behind[..words(behind).next().filter(|w| w.start == 0)?.end];
    let is_capital = |word: &str| {
        let mut letters = word.chars();
        letters.next().is_some_and(char::is_uppercase) && letters.next_back().is_some_and(char::is_lowercase)
    };
    (is_capital(first) && is_capital(next)).then_some((signed, text.len() - behind.len()))
}

#[cfg(test)]
mod tests {
    use super::joined;

    #[test]
    fn cut_words_become_whole() {
        for (text, whole) in [
            ("Влади-\r\n мир Пу-\nтин", Some("Владимир Путин")),
            ("Recep Tayyip Erdo¬\nğan", Some("Recep Tayyip Erdoğan")),
            ("zwischen Nord-\nund Südkorea", None),
            ("PARIS-\nLe président", None),
            ("le 12-\n13 mai", None),
            ("- eins\n- zwei\n", None),
            ("a-\n\nb", None),
        ] {
            assert_eq!(joined(text).map(|j| j.text).as_deref(), whole, "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn what_is_whole_is_found_in_what_was_cut(text in "(Ma|on|Je-\n|x-\n|-\r\n| |¬\n|é){0,20}") {
            if let Some(joined) = joined(&text) {
                for (at, c) in joined.text.char_indices() {
                    let (start, end) = joined.before((at, at + c.len_utf8()));
                    proptest::prop_assert_eq!(&text[start..end], c.to_string());
                }
            }
        }
    }
}
