//! The lines of an opening, each with what it is, and what follows for the story.

use super::block;
use super::candidates::{candidate, is_headline, signed};
use super::furniture::{self, Kind};
use super::head::{Head, Strength, is_telegram};
use super::{chars, ends, flags, flags::Flag, notices};
use crate::story::Status;

/// Lines whose start is tried, beside those that are something else.
const LINES_MAX: usize = 7;
/// Bytes of the text in which a dateline may start.
const WINDOW_BYTES: usize = 900;
const HEADLINE_CHARS_MAX: usize = 200;
/// Characters from which a first paragraph of one sentence is copy, where copy follows.
const SENTENCE_CHARS_MIN: usize = 60;

/// What is known of the text before it is read.
#[derive(Clone, Copy, Debug)]
pub(super) struct Given {
    /// Markup stated the headline.
    pub(super) stated: bool,
    /// It was the text of a framed message.
    pub(super) framed: bool,
}

/// Everything that was found, as bytes of the text.
#[derive(Debug, Default)]
pub(super) struct Opening {
    pub(super) head: Option<Head>,
    pub(super) flags: Vec<Flag>,
    pub(super) furniture: Vec<furniture::Line>,
    pub(super) headline: Option<(usize, usize)>,
    pub(super) byline: Option<(usize, usize)>,
    pub(super) lead_start: usize,
    /// What the dispatch itself says of its use, with the sentence.
    pub(super) said: Option<(Status, (usize, usize))>,
}

/// The lines as they are classed, from the first on.
struct Walk<'a> {
    text: &'a str,
    best: Option<(Head, Strength)>,
    flags: Vec<Flag>,
    furniture: Vec<furniture::Line>,
    /// Start of the line, names.
    bylines: Vec<(usize, usize, usize)>,
    /// Lines that are nothing else: headline, slug or copy.
    others: Vec<(usize, usize)>,
    /// A line was the head of a message.
    coded: bool,
    /// Markup stated the headline.
    stated: bool,
}

/// Reads the opening of `text` from `from` on.
pub(super) fn scan(text: &str, from: usize, given: Given, is_place: &dyn Fn(&str) -> bool) -> Opening {
    let from = if text.is_char_boundary(from) { from.min(text.len()) } else { 0 };
    let mut walk = Walk {
        text,
        best: None,
        flags: Vec::new(),
        furniture: Vec::new(),
        bylines: Vec::new(),
        others: Vec::new(),
        coded: given.framed,
        stated: given.stated,
    };
    let mut line = from;
    while line < text.len() && line - from < WINDOW_BYTES && walk.others.len() < LINES_MAX {
        let end = flags::line_end(text, line);
        walk.line(line, end, is_place);
        if walk.best.as_ref().is_some_and(|(_, s)| *s == Strength::Two) {
            break;
        }
        line = memchr::memchr(b'\n', &text.as_bytes()[end..]).map_or(text.len(), |i| end + i + 1);
    }
    walk.finish(from, given.stated)
}

impl Walk<'_> {
    /// Classes the line from `line` to `end`.
    fn line(&mut self, line: usize, end: usize, is_place: &dyn Fn(&str) -> bool) {
        let text = self.text;
        let (mut start, mut stop) = chars::trim(text, line, end);
        // American heads begin their lines with a circumflex, and end them with a sign.
        if text[start..stop].starts_with('^') {
            self.coded = true;
            start = chars::skip_blanks(text, start + 1, false).min(stop);
            stop = start + text[start..stop].trim_end_matches(['<', '=', ' ']).len();
        }
        let first = start;
        while start < stop {
            let Some(flag) = flags::line_at(text, start).filter(|f| f.next > start) else { break };
            // A dispatch whose first line asks to kill another keeps its dateline.
            if flag.next >= stop && self.is_dispatch(start, stop, is_place) {
                break;
            }
            if text[flag.start..].starts_with("ZCZC") {
                // What stands above the start of a message is the rest of its routing.
                self.coded = true;
                let above = self.others.drain(..).map(|(start, end)| message_line(start, end, None));
                self.furniture.extend(above);
            }
            self.flags.push(flag);
            start = chars::skip_blanks(text, flag.next, false).min(stop);
        }
        if start >= stop {
            return;
        }
        if first == start && self.is_top() {
            let more = text[stop..].chars().any(char::is_alphanumeric);
            if let Some(message) = block::message(&text[start..stop], self.coded).filter(|_| more) {
                self.coded = true;
                self.furniture.push(message_line(start, stop, Some(message)));
                return;
            }
        }
        if furniture::is_dated(&text[start..stop]) {
            self.furniture.push(furniture::Line { start, end: stop, kind: Kind::Stamp });
            return;
        }
        let found = candidate(text, start, stop, is_place);
        if let Some((s, e)) = found.as_ref().and_then(|(head, _)| signed(text, head, stop, is_place)) {
            self.bylines.push((start, s, e));
            return;
        }
        let is_head = found.is_some();
        if let Some((head, strength)) = found
            && self.best.as_ref().is_none_or(|(_, s)| strength > *s)
            && !is_headline(text, &head, strength, stop)
        {
            self.best = Some((head, strength));
        }
        if self.best.as_ref().is_some_and(|(_, s)| *s == Strength::Two) {
            return;
        }
        match (flags::byline_at(text, start), furniture::line_at(text, start)) {
            (Some((s, e)), _) => {
                let (s, e) = undecorated(text, s, e);
                self.bylines.push((start, s, e));
            }
            // Below a headline that markup states, a caption is copy.
            (None, Some(other)) if !(is_head || self.stated && other.kind.is_of_page()) => self.furniture.push(other),
            (None, _) => self.others.push((start, stop)),
        }
    }

    /// Tells whether a dateline stands on a line, and copy behind it.
    fn is_dispatch(&self, start: usize, stop: usize, is_place: &dyn Fn(&str) -> bool) -> bool {
        let found = candidate(self.text, start, stop, is_place);
        found.is_some_and(|(head, strength)| strength == Strength::Two && head.start <= start + 1 && head.end < stop)
    }

    fn is_top(&self) -> bool {
        self.others.is_empty() && self.bylines.is_empty() && self.best.is_none()
    }

    /// Takes slugs out of the lines that may be a headline.
    fn slugs(&mut self, head_start: usize) {
        if self.best.as_ref().is_some_and(|(head, _)| is_telegram(&self.text[head.start..head.end])) {
            let above = self.others.extract_if(.., |(start, _)| *start < head_start);
            self.furniture.extend(above.map(|(start, end)| message_line(start, end, None)));
        }
        let above: Vec<&str> =
            self.others.iter().filter(|(s, _)| *s < head_start).map(|(s, e)| &self.text[*s..*e]).collect();
        let source = self.best.as_ref().and_then(|(head, _)| head.source.as_ref());
        let keyed = source.is_some_and(|s| s.id == "efe") && block::begins_with_keywords(&above);
        let count = block::slugs(&above, self.coded, self.best.is_none()).max(usize::from(keyed));
        for (start, end) in self.others.drain(..count) {
            let status = block::version(&self.text[start..end]);
            self.furniture.push(furniture::Line { start, end, kind: Kind::Slug(status) });
        }
        self.furniture.sort_by_key(|f| f.start);
    }

    fn finish(mut self, from: usize, stated: bool) -> Opening {
        let text = self.text;
        // A caption that nothing follows is the copy.
        if self.best.is_none() && self.others.is_empty() {
            self.furniture.retain(|line| line.kind != Kind::Page);
        }
        let head_start = self.best.as_ref().map_or(text.len(), |(head, _)| head.start);
        if !stated {
            self.slugs(head_start);
        }
        let mut opening = Opening::default();
        let head = self.best.take().map(|(head, _)| head);
        // Without a dateline the lead is what follows the headline.
        let mut lead = head.as_ref().map(|h| h.end);
        let first = self.others.first().copied().filter(|(s, _)| *s < head_start);
        if let (true, None) = (stated, &head) {
            lead = first.map(|(start, _)| start);
        }
        if let (false, Some((start, stop))) = (stated, first) {
            opening.headline = self.headline(start, stop, head.as_ref());
            if let Some(note) = opening.headline.as_mut().and_then(|h| furniture::note_behind(text, h)) {
                self.furniture.push(note);
            }
            if head.is_none() {
                lead = Some(match opening.headline {
                    Some((_, end)) => self.lead_after(flags::line_end(text, end)),
                    None => start,
                });
            }
        }
        opening.lead_start = lead.unwrap_or_else(|| match head.is_none() && first.is_none() {
            // Nothing but the head of a message: what follows it is the lead.
            true => self.lead_after(from),
            false => chars::trim(text, from, text.len()).0,
        });
        opening.byline = head.as_ref().and_then(|h| h.byline).or_else(|| {
            self.bylines.iter().find(|(line, _, _)| *line < opening.lead_start.max(from + 1)).map(|(_, s, e)| (*s, *e))
        });
        opening.flags = self.flags;
        opening.flags.retain(|f| f.start < opening.lead_start.max(1));
        opening.furniture = self.furniture;
        opening.furniture.retain(|f| f.start < opening.lead_start);
        opening.said = head.as_ref().and_then(|head| {
            let lead = text.get(head.end..)?;
            let own = head.source.as_ref().map(|s| s.id.as_str());
            let (status, (start, end)) = notices::said_in(lead, own)?;
            Some((status, (head.end + start, head.end + end)))
        });
        opening.head = head;
        opening
    }

    /// Returns the bytes of the headline that begins with the line `start..stop`.
    fn headline(&self, start: usize, stop: usize, head: Option<&Head>) -> Option<(usize, usize)> {
        let text = self.text;
        let end = match head {
            Some(head) => ends::paragraph_end(text, start, head.start).max(start),
            None => ends::paragraph_end(text, start, text.len()),
        };
        let more = head.is_some() || text[end..].chars().any(char::is_alphanumeric);
        let others = self.furniture.iter().map(|f| f.start).chain(self.bylines.iter().map(|b| b.0));
        let others = others.chain(self.flags.iter().map(|f| f.start));
        let cut = others.filter(|f| *f > start && *f < end).min().unwrap_or(end);
        let (start, end) = undecorated(text, start, cut);
        let glued = head.is_some_and(|h| h.start < stop);
        let short = |end: usize| text[start..end].chars().count() <= HEADLINE_CHARS_MAX;
        if head.is_none() && is_copy(&text[start..end], &text[end..]) {
            return None;
        }
        if more && end > start && short(end) {
            return Some((start, end));
        }
        // A long paragraph above the dateline is no headline, but its first line may be.
        let head = head.filter(|_| more && !glued)?;
        let (_, line_stop) = chars::trim(text, start, stop);
        (line_stop > start && line_stop <= head.start && short(line_stop)).then_some((start, line_stop))
    }

    fn lead_after(&self, end: usize) -> usize {
        let text = self.text;
        let mut lead = chars::trim(text, end, text.len()).0;
        loop {
            let byline = self.bylines.iter().find(|b| b.0 == lead).map(|b| flags::line_end(text, b.2));
            let flag = self.flags.iter().find(|f| f.start == lead).map(|f| f.next.max(f.end));
            let other = self.furniture.iter().find(|f| f.start == lead).map(|f| f.end);
            match byline.or(flag).or(other) {
                Some(next) if next > lead => lead = chars::trim(text, next, text.len()).0,
                _ => return lead,
            }
        }
    }
}

fn message_line(start: usize, end: usize, message: Option<block::Message>) -> furniture::Line {
    furniture::Line { start, end, kind: Kind::Message(message) }
}

/// Takes the signs off a headline that frame it in raw copy: ` =` at its end, `++` around it.
fn undecorated(text: &str, start: usize, end: usize) -> (usize, usize) {
    let (mut start, mut end) = chars::trim(text, start, end);
    // `Hostages Freed<` and the circumflex of the next line.
    end = start + text[start..end].trim_end_matches(['^', '\n', '\r', ' ']).len();
    end -= usize::from(text[start..end].ends_with('<') && text[start..end].matches('<').count() == 1);
    // Lines of a typewriter are underlined.
    let ruled = |line: &str| line.len() >= 3 && line.chars().all(|c| matches!(c, '-' | '=' | '_' | '*' | '~'));
    while let Some((above, _)) = text[start..end].rsplit_once('\n').filter(|(_, line)| ruled(line.trim())) {
        end = start + above.trim_end().len();
    }
    let behind = text[start..end].trim_end_matches('=');
    if behind.ends_with(char::is_whitespace) {
        end = start + behind.len();
    }
    for sign in ["+++", "++"] {
        if let Some(core) = text[start..end].strip_prefix(sign).and_then(|t| t.strip_suffix(sign)) {
            start += sign.len();
            end = start + core.len();
        }
    }
    chars::trim(text, start, end)
}

/// Tells whether a first paragraph is copy rather than a headline: several sentences, or a
/// long one that ends as what follows does.
fn is_copy(paragraph: &str, behind: &str) -> bool {
    let quotes = |c: char| chars::is_quote(c) || matches!(c, '\'' | '’' | ')');
    let ended = |text: &str| text.trim_end().trim_end_matches(quotes).ends_with(['.', '。', '।', '۔']);
    let core = paragraph.trim_end().trim_end_matches(quotes);
    if !ended(paragraph) || core.ends_with("..") {
        return false;
    }
    let several = core.char_indices().any(|(i, c)| {
        let mut rest = core[i + c.len_utf8()..].chars();
        let next = rest.next();
        let word = core[..i].rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or("");
        match c {
            '。' | '।' | '۔' => next.is_some(),
            '.' | '!' | '?' => {
                let long = word.chars().count() >= 4 && !word.starts_with(char::is_uppercase);
                long && next.is_some_and(char::is_whitespace) && rest.next().is_some_and(|c| !c.is_lowercase())
            }
            _ => false,
        }
    });
    let next = behind.lines().find(|l| !l.trim().is_empty()).unwrap_or("");
    several || (paragraph.chars().count() >= SENTENCE_CHARS_MIN && ended(next))
}
