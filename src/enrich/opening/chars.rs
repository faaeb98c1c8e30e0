//! Small steps over text: blanks, dashes, digits, capitals and what separates the parts
//! of a dateline. Every position is a byte offset on a character boundary.

use crate::text::fold::is_invisible;
use crate::text::words::stands_alone;

/// Returns the character at `pos`.
#[inline]
pub(super) fn char_at(text: &str, pos: usize) -> Option<char> {
    // A byte of ASCII is a character wherever it stands.
    if let Some(byte) = text.as_bytes().get(pos).filter(|b| b.is_ascii()) {
        return Some(char::from(*byte));
    }
    text.get(pos..)?.chars().next()
}

/// Returns the character before `pos`.
pub(super) fn char_before(text: &str, pos: usize) -> Option<char> {
    text.get(..pos)?.chars().next_back()
}

/// Returns the smallest character boundary that is not below `pos`.
pub(super) fn ceil(text: &str, mut pos: usize) -> usize {
    while pos < text.len() && !text.is_char_boundary(pos) {
        pos += 1;
    }
    pos.min(text.len())
}

/// Tells whether `c` is a blank within a line.
#[inline]
pub(super) fn is_blank(c: char) -> bool {
    (c.is_whitespace() && !is_newline(c)) || is_invisible(c)
}

/// Tells whether `c` ends a line.
#[inline]
pub(super) fn is_newline(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// Tells whether `c` is a dash or what wires send in its place.
#[inline]
pub(super) fn is_dash(c: char) -> bool {
    matches!(c, '-' | '_' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '－' | '─')
}

/// Tells whether `c` is a comma in any script.
#[inline]
pub(super) fn is_comma(c: char) -> bool {
    matches!(c, ',' | '،' | '、' | '，')
}

/// Tells whether `c` is a quotation mark.
pub(super) fn is_quote(c: char) -> bool {
    matches!(c, '"' | '«' | '»' | '“' | '”' | '„' | '‹' | '›' | '「' | '『')
}

/// Skips blanks, and one line break where `break_too`.
pub(super) fn skip_blanks(text: &str, mut pos: usize, break_too: bool) -> usize {
    // Most often nothing is to be skipped.
    if text.as_bytes().get(pos).is_some_and(u8::is_ascii_graphic) {
        return pos;
    }
    let mut breaks = 0;
    let mut after_break = pos;
    while let Some(c) = char_at(text, pos) {
        if c == '\n' {
            breaks += 1;
            if breaks > 1 || !break_too {
                return if break_too { after_break } else { pos };
            }
            after_break = pos;
        } else if !is_blank(c) && c != '\r' {
            return pos;
        }
        pos += c.len_utf8();
    }
    pos
}

/// Cuts blanks and line breaks off both ends of `start..end`.
pub(super) fn trim(text: &str, mut start: usize, mut end: usize) -> (usize, usize) {
    let space = |c: char| c.is_whitespace() || is_invisible(c);
    while start < end {
        match char_at(text, start) {
            Some(c) if space(c) => start += c.len_utf8(),
            _ => break,
        }
    }
    while start < end {
        match char_before(text, end) {
            Some(c) if space(c) => end -= c.len_utf8(),
            _ => break,
        }
    }
    (start, end.max(start))
}

/// Returns the value of a decimal digit in the scripts that datelines use.
#[inline]
pub(super) fn digit(c: char) -> Option<u32> {
    let zero = match c {
        '0'..='9' => '0',
        '٠'..='٩' => '٠',
        '۰'..='۹' => '۰',
        '०'..='९' => '०',
        '০'..='৯' => '০',
        '０'..='９' => '０',
        _ => return None,
    };
    Some(c as u32 - zero as u32)
}

/// Tells whether a text has letters of a script with capitals.
pub(super) fn is_cased(text: &str) -> bool {
    text.chars().any(|c| c.is_lowercase() || c.is_uppercase())
}

/// Tells whether every letter is a capital, with at least two of them.
pub(super) fn is_capitals(text: &str) -> bool {
    let mut capitals = 0;
    for c in text.chars() {
        if c.is_lowercase() {
            return false;
        }
        capitals += usize::from(c.is_uppercase());
    }
    capitals >= 2
}

/// Tells whether a text has more characters than so many: most are told by their bytes.
pub(super) fn is_longer(text: &str, chars: usize) -> bool {
    text.len() > chars && text.chars().nth(chars).is_some()
}

/// Tells whether the text has a character of a script written without spaces.
pub(super) fn is_unspaced(text: &str) -> bool {
    text.chars().any(stands_alone)
}

/// What stands between two parts of a dateline.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Separator {
    /// Where the next part starts.
    pub(super) end: usize,
    /// A dash.
    pub(super) dash: bool,
    /// A colon.
    pub(super) colon: bool,
    /// A full stop.
    pub(super) stop: bool,
    /// A comma or semicolon.
    pub(super) comma: bool,
    /// A vertical bar.
    pub(super) bar: bool,
    /// A line break.
    pub(super) newline: bool,
    /// An empty line.
    pub(super) blank_line: bool,
    /// Anything at all, blanks included.
    pub(super) any: bool,
}

/// Reads what separates two parts at `pos`.
pub(super) fn separator(text: &str, pos: usize) -> Separator {
    let mut sep = Separator { end: pos, ..Separator::default() };
    let mut breaks = 0;
    while let Some(c) = char_at(text, sep.end) {
        match c {
            '\n' => {
                breaks += 1;
                sep.newline = true;
                sep.blank_line |= breaks > 1;
            }
            _ if is_blank(c) || is_newline(c) => {}
            // A dash that begins a new line of its own paragraph belongs to the lead.
            _ if is_dash(c) && breaks == 0 => sep.dash = true,
            // `BRUSSEL 12/03 (BELGA) = De regering`
            '=' if breaks == 0
                && text[..sep.end].ends_with(' ')
                && char_at(text, sep.end + 1).is_some_and(|c| c == ' ') =>
            {
                sep.dash = true;
            }
            ':' | '：' if breaks == 0 => sep.colon = true,
            '.' | '。' | '．' if breaks == 0 => sep.stop = true,
            '|' if breaks == 0 => sep.bar = true,
            _ if (is_comma(c) || c == ';') && breaks == 0 => sep.comma = true,
            _ => break,
        }
        sep.any = true;
        sep.end += c.len_utf8();
    }
    sep
}

/// Returns the first word at `pos`: up to a blank or a mark that ends words.
pub(super) fn word_end(text: &str, pos: usize) -> usize {
    let mut end = pos;
    while let Some(c) = char_at(text, end) {
        let ends = matches!(
            c,
            '(' | ')' | '[' | ']' | '{' | '}' | '/' | ':' | ';' | '|' | '"' | '【' | '】' | '（' | '）' | '［' | '］'
        );
        if ends || c.is_whitespace() || is_comma(c) {
            break;
        }
        end += c.len_utf8();
    }
    end
}
