//! Signs in places to lines and paragraphs. A page holds no such thing: what is on one
//! baseline is a line, what stands apart from the lines above is a paragraph.

use super::page::Glyph;
use std::fmt::Write;

/// How far from a baseline a sign may stand, in sizes: above it are notes and powers.
const BASELINE: f32 = 0.35;
/// A gap that is a blank, in sizes.
const BLANK: f32 = 0.16;
/// A gap that divides cells or columns, in sizes.
const CELL: f32 = 2.5;
/// How much more than the usual distance of lines begins a paragraph.
const APART: f32 = 1.25;
/// A distance of lines that is one in any case, in sizes: headlines are set wider than copy.
const SOLID: f32 = 1.25;
/// An indent that begins a paragraph, in sizes.
const INDENT: f32 = 0.8;
/// A line that is so much of the widest ends a paragraph, where a sentence ends with it.
const SHORT: f32 = 0.8;

/// A line of a page.
#[derive(Debug)]
struct Line {
    text: String,
    x: f32,
    end: f32,
    y: f32,
    size: f32,
    turn: u8,
    is_rtl: bool,
}

/// The lines of a document so far.
#[derive(Debug, Default)]
pub(super) struct Lines {
    text: String,
    /// Whether the text so far may go on at the top of the next page.
    is_open: bool,
}

impl Lines {
    /// Bytes of text so far.
    pub(super) fn len(&self) -> usize {
        self.text.len()
    }

    /// Returns the text.
    pub(super) fn finish(mut self) -> String {
        self.text.truncate(self.text.trim_end().len());
        self.text
    }

    /// Adds a page: its signs and the text that they draw.
    pub(super) fn page(&mut self, glyphs: &[Glyph], text: &str) {
        let lines = lines_of(glyphs, text);
        let usual = usual_distance(&lines);
        let width = lines.iter().filter(|l| l.turn == 0).map(|l| l.end - l.x).fold(0.0, f32::max);
        let mut before: Option<&Line> = None;
        for line in &lines {
            let goes_on = match before {
                Some(before) => goes_on(before, line, usual, width),
                None => self.is_open,
            };
            if !self.text.is_empty() {
                self.text.push_str(if goes_on { "\n" } else { "\n\n" });
            }
            // A string takes all that is written to it.
            let _ = self.text.write_str(&line.text);
            before = Some(line);
        }
        if let Some(last) = before {
            self.is_open = !ends_sentence(&last.text) && last.text.len() > 40;
        }
    }
}

fn ends_sentence(text: &str) -> bool {
    text.trim_end().ends_with(['.', '!', '?', ':', '…', '"', '”', '»', '。', '！', '？', '؟', '।', ')'])
}

/// Tells whether a line goes on with the paragraph of the line before.
fn goes_on(before: &Line, line: &Line, usual: f32, width: f32) -> bool {
    let down = before.y - line.y;
    let same_size = (before.size - line.size).abs() < 0.12 * before.size.max(line.size);
    let start = |l: &Line| if l.is_rtl { -l.end } else { l.x };
    // Lists and quotations stand in as a whole: only a first line stands in alone.
    let indented = start(line) - start(before) > INDENT * line.size;
    let is_short = ends_sentence(&before.text) && before.end - before.x < SHORT * width;
    match () {
        () if before.turn != line.turn || !same_size => false,
        // The next column, or what stands beside.
        () if down <= 0.0 => !ends_sentence(&before.text) && before.text.len() > 40,
        () if down > (APART * usual).max(SOLID * line.size) => false,
        () => !(indented || is_short),
    }
}

/// The usual distance of lines: the median of those that could be one.
fn usual_distance(lines: &[Line]) -> f32 {
    let mut distances: Vec<f32> = lines
        .windows(2)
        .filter(|w| w[0].turn == w[1].turn)
        .map(|w| (w[0].y - w[1].y, w[0].size.max(w[1].size)))
        .filter(|(d, size)| *d > 0.5 * size && *d < 3.0 * size)
        .map(|(d, _)| d)
        .collect();
    distances.sort_by(f32::total_cmp);
    // With one distance alone nothing is usual: what is set solid is a line.
    let size = lines.first().map_or(12.0, |l| l.size);
    match distances.len() {
        0 | 1 => 1.3 * size,
        n => distances[(n - 1) / 2],
    }
}

/// What one operator draws: signs side by side.
struct Run {
    glyphs: std::ops::Range<usize>,
    x: f32,
}

fn lines_of(glyphs: &[Glyph], text: &str) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut from = 0;
    while from < glyphs.len() {
        let first = glyphs[from];
        let (mut y, mut size) = (first.y, first.size);
        let mut to = from + 1;
        while let Some(glyph) = glyphs.get(to) {
            let off = (glyph.y - y).abs();
            let on_line = off < BASELINE * size.max(glyph.size)
                || (off < 0.6 * size && glyph.size < 0.8 * size && glyph.x >= glyphs[to - 1].end - size);
            if glyph.turn != first.turn || !on_line {
                break;
            }
            if glyph.size > size {
                (y, size) = (glyph.y, glyph.size);
            }
            to += 1;
        }
        if let Some(line) = line(glyphs, from..to, text, y, size) {
            lines.push(line);
        }
        from = to;
    }
    // What is turned stands beside the page.
    lines.sort_by_key(|l| l.turn);
    lines
}

fn line(glyphs: &[Glyph], range: std::ops::Range<usize>, text: &str, y: f32, size: f32) -> Option<Line> {
    let mut runs: Vec<Run> = Vec::new();
    for at in range.clone() {
        match runs.last_mut() {
            Some(run) if glyphs[run.glyphs.start].run == glyphs[at].run => run.glyphs.end = at + 1,
            _ => runs.push(Run { glyphs: at..at + 1, x: glyphs[at].x }),
        }
    }
    runs.sort_by(|a, b| a.x.total_cmp(&b.x));
    let own = |at: usize| {
        let start = at.checked_sub(1).map_or(0, |before| glyphs[before].text_end as usize);
        text.get(start..glyphs[at].text_end as usize).unwrap_or("")
    };
    // Bold letters are drawn twice by some.
    runs.dedup_by(|b, a| {
        (b.x - a.x).abs() < 0.1 * size
            && b.glyphs.len() == a.glyphs.len()
            && b.glyphs.clone().zip(a.glyphs.clone()).all(|(b, a)| own(b) == own(a) && glyphs[b].end > glyphs[b].x)
    });
    // Signs in the order in which they are seen, each with its text.
    let mut seen: Vec<&str> = Vec::with_capacity(range.len());
    let (mut x, mut end) = (f32::MAX, f32::MIN);
    let mut last: Option<&Glyph> = None;
    for at in runs.iter().flat_map(|r| r.glyphs.clone()) {
        let glyph = &glyphs[at];
        let own = own(at);
        if own.is_empty() {
            continue;
        }
        if let Some(last) = last {
            let gap = glyph.x - end.min(last.end.max(last.x));
            let blank = own.starts_with(' ') || seen.last().is_some_and(|s| s.ends_with([' ', '\t']));
            let wide = own.starts_with(is_wide) && seen.last().is_some_and(|s| s.ends_with(is_wide));
            if gap > CELL * size {
                seen.push("\t");
            } else if gap > BLANK * size && !blank && !(wide && gap < size) {
                seen.push(" ");
            }
        }
        seen.push(own);
        x = x.min(glyph.x);
        end = end.max(glyph.end);
        last = Some(glyph);
    }
    let (text, is_rtl) = in_order(&seen);
    let text = text.split(' ').filter(|w| !w.is_empty()).collect::<Vec<_>>().join(" ");
    let text = text.trim();
    let turn = glyphs[range.start].turn;
    (!text.is_empty()).then(|| Line { text: text.to_owned(), x, end, y, size, turn, is_rtl })
}

/// Scripts written without blanks.
fn is_wide(c: char) -> bool {
    matches!(c, '\u{2E80}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7AF}' | '\u{F900}'..='\u{FAFF}' | '\u{FF00}'..='\u{FFEF}')
}

fn is_rtl(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{65F}' | '\u{66A}'..='\u{6EF}' | '\u{6FA}'..='\u{8FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFF}')
}

/// Puts signs that stand in the order of a page, left to right, into the order in which
/// they are read; tells whether that is right to left. A page has no other order: what a
/// writer drew from right to left stands there from the left.
fn in_order(seen: &[&str]) -> (String, bool) {
    let strong = |s: &str| s.chars().find(|c| c.is_alphabetic());
    let rtl = seen.iter().filter(|s| strong(s).is_some_and(is_rtl)).count();
    let ltr = seen.iter().filter(|s| strong(s).is_some_and(|c| !is_rtl(c))).count();
    if rtl == 0 {
        return (seen.concat(), false);
    }
    let is_rtl_line = rtl >= ltr;
    // Stretches of the other direction: of letters and numbers within lines from the
    // right, of letters from the right within others.
    let is_other = |s: &str| {
        if is_rtl_line { s.chars().any(|c| c.is_alphanumeric() && !is_rtl(c)) } else { s.chars().any(is_rtl) }
    };
    let mut order: Vec<&str> = seen.to_vec();
    if is_rtl_line {
        order.reverse();
    }
    let mut at = 0;
    while at < order.len() {
        if !is_other(order[at]) {
            at += 1;
            continue;
        }
        // A stretch goes on through signs between its own, and ends with one of its own.
        let mut end = at + 1;
        let mut ahead = end;
        while ahead < order.len() && ahead - end < 3 {
            let s = order[ahead];
            if is_other(s) {
                end = ahead + 1;
            } else if s.chars().any(|c| c.is_alphanumeric() || c == '\t') {
                break;
            }
            ahead += 1;
        }
        order[at..end].reverse();
        at = end;
    }
    let text = if is_rtl_line { turned_brackets(&order.concat()) } else { order.concat() };
    (text, is_rtl_line)
}

/// Turns brackets that open to the left: a page shows what is mirrored, a text is not.
fn turned_brackets(text: &str) -> String {
    const PAIRS: &[(char, char)] = &[('(', ')'), ('[', ']'), ('«', '»'), ('{', '}')];
    let first = text.chars().find(|c| PAIRS.iter().any(|(a, b)| c == a || c == b));
    if !first.is_some_and(|c| PAIRS.iter().any(|(_, close)| c == *close)) {
        return text.to_owned();
    }
    let turned = |c: char| {
        PAIRS
            .iter()
            .find_map(|(a, b)| {
                if c == *a {
                    Some(*b)
                } else if c == *b {
                    Some(*a)
                } else {
                    None
                }
            })
            .unwrap_or(c)
    };
    text.chars().map(turned).collect()
}

#[cfg(test)]
mod tests {
    use super::{Glyph, Lines, in_order};

    /// Signs of a line, half a size wide each.
    fn set(text: &str, x: f32, y: f32, run: u32, glyphs: &mut Vec<Glyph>, all: &mut String) {
        for (i, c) in text.chars().enumerate() {
            all.push(c);
            let x = x + 5.0 * i as f32;
            glyphs.push(Glyph { x, y, end: x + 5.0, size: 10.0, turn: 0, run, text_end: all.len() as u32 });
        }
    }

    fn page(lines: &[(&str, f32, f32)]) -> String {
        let (mut glyphs, mut all) = (Vec::new(), String::new());
        for (run, (text, x, y)) in lines.iter().enumerate() {
            set(text, *x, *y, run as u32, &mut glyphs, &mut all);
        }
        let mut out = Lines::default();
        out.page(&glyphs, &all);
        out.finish()
    }

    #[test]
    fn lines_and_paragraphs_by_their_places() {
        assert_eq!(
            page(&[
                ("The bridge", 50.0, 700.0),
                ("reopened.", 50.0, 688.0),
                ("Traffic", 50.0, 664.0),
                ("flows.", 50.0, 652.0)
            ]),
            "The bridge\nreopened.\n\nTraffic\nflows."
        );
        assert_eq!(page(&[("One", 50.0, 700.0), ("two", 70.0, 700.0)]), "One two");
        assert_eq!(page(&[("two", 70.0, 700.0), ("One", 50.0, 700.0)]), "One two");
        assert_eq!(page(&[("Name", 50.0, 700.0), ("12", 150.0, 700.0)]), "Name\t12");
        assert_eq!(page(&[("Bold", 50.0, 700.0), ("Bold", 50.2, 700.0)]), "Bold");
    }

    #[test]
    fn what_is_seen_from_the_right_is_read_from_the_right() {
        let order = |text: &str| {
            let signs: Vec<String> = text.chars().map(String::from).collect();
            in_order(&signs.iter().map(String::as_str).collect::<Vec<_>>()).0
        };
        // As it stands on the page, from the left.
        assert_eq!(order("(ةنيدملا) 2021 وكسوم"), "موسكو 2021 (المدينة)");
        assert_eq!(order(")הלא( AFP םולש"), "שלום AFP (אלה)");
        assert_eq!(order("plain"), "plain");
        assert_eq!(order("He said םולש today"), "He said שלום today");
    }
}
