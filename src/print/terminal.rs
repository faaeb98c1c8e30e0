//! What reaches a terminal: escaped, measured, wrapped.
//!
//! Wire copy is full of control characters, and a story must not move the cursor, set a
//! colour or turn the line around. Everything shown passes through [`clean`].

use crate::story::Direction;
use unicode_width::UnicodeWidthChar;

/// Colours and marks, or none of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Style {
    /// Whether control sequences may be written.
    pub colour: bool,
}

impl Style {
    fn paint(self, code: &str, text: &str) -> String {
        if self.colour && !text.is_empty() { format!("\x1b[{code}m{text}\x1b[0m") } else { text.to_owned() }
    }

    /// Headlines.
    #[must_use]
    pub fn bold(self, text: &str) -> String {
        self.paint("1", text)
    }

    /// A headline with marks in it, whose ends would end the headline's own style too.
    #[must_use]
    pub fn bold_throughout(self, line: &str) -> String {
        const END: &str = "\x1b[0m";
        self.bold(&line.replace(END, &format!("{END}\x1b[1m")))
    }

    /// What matched.
    #[must_use]
    pub fn hit(self, text: &str) -> String {
        self.paint("1;33", text)
    }

    /// Ids, paths and other small print.
    #[must_use]
    pub fn dim(self, text: &str) -> String {
        self.paint("2", text)
    }

    /// Names of fields and agencies.
    #[must_use]
    pub fn name(self, text: &str) -> String {
        self.paint("36", text)
    }

    /// What deserves attention.
    #[must_use]
    pub fn warn(self, text: &str) -> String {
        self.paint("33", text)
    }
}

/// Returns `text` with line breaks and blanks folded into one blank, control characters
/// shown as pictures and direction controls removed.
///
/// ```
/// assert_eq!(dateline::print::clean("a\u{1b}[31mb\n c\u{202e}"), "a␛[31mb c");
/// assert_eq!(dateline::print::clean("会談\u{3000}停戦で"), "会談\u{3000}停戦で");
/// ```
#[must_use]
pub fn clean(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut blank = None;
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        // Most of a text are plain letters, which are taken a word at a time.
        let plain = rest.bytes().take_while(u8::is_ascii_graphic).count();
        let (taken, behind) = rest.split_at(plain.max(c.len_utf8()));
        rest = behind;
        if c.is_whitespace() {
            // A wide blank parts the halves of a Japanese headline.
            blank = Some(if c == '\u{3000}' && blank.is_none() { c } else { ' ' });
            continue;
        }
        if is_direction_control(c) {
            continue;
        }
        if let Some(blank) = blank.take().filter(|_| !out.is_empty()) {
            out.push(blank);
        }
        if plain > 0 {
            out.push_str(taken);
        } else {
            push_visible(c, &mut out);
        }
    }
    out
}

/// Returns `text` line by line for a terminal: as [`clean`], with its line breaks and blanks.
///
/// ```
/// assert_eq!(dateline::print::clean_lines("a\u{1b}[31m\r\n\tb  \u{202e}c"), "a␛[31m\n\tb  c");
/// ```
#[must_use]
pub fn clean_lines(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut signs = text.chars().peekable();
    while let Some(c) = signs.next() {
        match c {
            '\n' | '\t' => out.push(c),
            '\r' if signs.peek() == Some(&'\n') => {}
            _ if is_direction_control(c) => {}
            _ => push_visible(c, &mut out),
        }
    }
    out
}

fn is_direction_control(c: char) -> bool {
    matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{200E}' | '\u{200F}' | '\u{061C}')
}

/// Appends `c`, or the picture of a control character.
pub(crate) fn push_visible(c: char, out: &mut String) {
    match c as u32 {
        code @ 0..=0x1F => out.push(char::from_u32(0x2400 + code).unwrap_or('\u{FFFD}')),
        0x7F => out.push('\u{2421}'),
        // What is no UTF-8 in a path has a character for each byte.
        0x80..=0x9F | 0x10_FE80..=0x10_FEFF => out.push('\u{FFFD}'),
        _ => out.push(c),
    }
}

/// Columns that `text` takes, sign by sign: most terminals join no letters, and one that
/// does leaves a line shorter, never longer.
#[must_use]
pub fn width(text: &str) -> usize {
    text.chars().map(|c| c.width().unwrap_or(0)).sum()
}

/// Breaks `text`, already clean, into lines of at most `columns`; words that are longer
/// are cut, and scripts without spaces break anywhere.
#[must_use]
pub fn wrap(text: &str, columns: usize) -> Vec<String> {
    let columns = columns.max(8);
    let mut lines = Vec::new();
    let (mut line, mut used) = (String::new(), 0);
    for word in text.split(' ').filter(|w| !w.is_empty()) {
        let wide = width(word);
        if used > 0 && used + 1 + wide <= columns {
            line.push(' ');
            line.push_str(word);
            used += 1 + wide;
            continue;
        }
        if used > 0 && (wide <= columns || used + 2 > columns) {
            lines.push(std::mem::take(&mut line));
            used = 0;
        }
        if used > 0 {
            line.push(' ');
            used += 1;
        }
        for c in word.chars() {
            let w = c.width().unwrap_or(0);
            if used + w > columns {
                lines.push(std::mem::take(&mut line));
                used = 0;
            }
            line.push(c);
            used += w;
        }
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}

/// Cuts `text` to `columns`, with an ellipsis where something is lost.
pub(crate) fn cut(text: &str, columns: usize) -> String {
    if width(text) <= columns {
        return text.to_owned();
    }
    let mut out = String::new();
    let mut used = 0;
    for c in text.chars() {
        let w = c.width().unwrap_or(0);
        if used + w + 1 > columns {
            break;
        }
        out.push(c);
        used += w;
    }
    out.push('…');
    out
}

/// Sets `text` apart so that right-to-left copy does not turn the rest of the line round.
pub(crate) fn isolate(text: &str, direction: Direction, style: Style) -> String {
    // Off a terminal the marks would only be noise in files and pipes.
    if style.colour && direction == Direction::Rtl { format!("\u{2067}{text}\u{2069}") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::{clean, cut, width, wrap};

    #[test]
    fn nothing_controls_the_terminal() {
        assert_eq!(clean("\u{1b}]0;x\u{7}y"), "␛]0;x␇y");
        assert_eq!(clean("a\u{9b}31m\u{7f}"), "a\u{FFFD}31m␡");
        assert_eq!(clean("  a \r\n\t b\u{2066}  "), "a b");
    }

    #[test]
    fn lines_fit() {
        assert_eq!(wrap("un deux trois quatre", 8), ["un deux", "trois", "quatre"]);
        assert_eq!(wrap("习近平在莫斯科会见普京", 8), ["习近平在", "莫斯科会", "见普京"]);
        assert_eq!(cut("Moscou et Téhéran", 8), "Moscou …");
        assert_eq!(width("\u{644}\u{627}"), 2, "lam and alef, which some fonts join");
    }

    proptest::proptest! {
        #[test]
        fn wrapping_keeps_every_sign_and_every_width(text in "\\PC{0,80}", columns in 8usize..60) {
            let text = clean(&text);
            let lines = wrap(&text, columns);
            let plain = |s: &str| s.chars().filter(|c| *c != ' ').collect::<String>();
            proptest::prop_assert_eq!(plain(&lines.concat()), plain(&text));
            for line in &lines {
                proptest::prop_assert!(width(line) <= columns + 1, "{line}");
            }
        }
    }
}
