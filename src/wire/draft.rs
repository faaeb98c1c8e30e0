//! A story in the making: fields of the markup with their evidence, and the one text that
//! is composed of headline, writers, dateline and body.

use crate::data::calendars::BUDDHIST_YEARS;
use crate::data::languages;
use crate::story::{Confidence, EntityKind, Evidence, Moment, Origin, Sourced, Span, Status, Story};
use crate::text::letters;
use chrono::Datelike;
use std::borrow::Cow;
use std::cell::LazyCell;

use super::orders::{note_status, status_of};
use super::repeats::{REPEAT_BYTES, contains, ends_itself, is_host, is_line, repeats, same, strip_by};
use super::stamp;

/// Subjects and keywords kept of one story: beyond it they say nothing.
const LIST_MAX: usize = 500;
/// Headlines and places kept of one story.
const LINES_MAX: usize = 20;
/// Longest value of a field; a longer one is cut, with a warning.
const FIELD_BYTES_MAX: usize = 16 * 1024;
/// The first year that a dispatch can have, and those that it has in the Buddhist calendar.
const WIRE_FIRST: i32 = 1500;
const BUDDHIST_FIRST: i32 = 2400;
const BUDDHIST_LAST: i32 = 2700;

/// A story in the making.
#[derive(Debug)]
pub(super) struct Draft {
    /// What is known so far; its text is composed last.
    pub(super) story: Story,
    rule: &'static str,
    secondary: Vec<String>,
    body: String,
    statuses: Vec<Sourced<Status>>,
    open_headline: bool,
    cut: usize,
}

impl Draft {
    /// Returns a draft whose evidence names `rule`, the format that reads it.
    pub(super) fn new(rule: &'static str) -> Draft {
        let story = Story::new(String::new());
        Draft {
            story,
            rule,
            secondary: Vec::new(),
            body: String::new(),
            statuses: Vec::new(),
            open_headline: false,
            cut: 0,
        }
    }

    pub(super) fn evidence(&self, field: impl Into<Cow<'static, str>>) -> Vec<Evidence> {
        let origin = Origin::Field(field.into());
        vec![Evidence { origin, rule: Cow::Borrowed(self.rule), confidence: Confidence::Stated }]
    }

    fn sourced(&mut self, value: String, field: impl Into<Cow<'static, str>>) -> Option<Sourced<String>> {
        let line: Vec<&str> = value.split_whitespace().collect();
        let mut value = if line.is_empty() { return None } else { line.join(" ") };
        if value.len() > FIELD_BYTES_MAX {
            let end = floor(&value, FIELD_BYTES_MAX);
            value.truncate(end);
            self.cut += 1;
        }
        Some(Sourced { value, evidence: self.evidence(field) })
    }

    /// Sets the headline, unless there is one; further ones are kept in the text.
    pub(super) fn headline<V: Into<String>, F: Into<Cow<'static, str>>>(&mut self, value: V, field: F) {
        let Some(headline) = self.sourced(value.into(), field) else { return };
        match &self.story.headline {
            None => self.story.headline = Some(headline),
            Some(first)
                if self.secondary.len() < LINES_MAX
                    && first.value != headline.value
                    && !self.secondary.contains(&headline.value) =>
            {
                self.secondary.push(headline.value);
            }
            Some(_) => {}
        }
    }

    /// Adds a line between headline and copy, such as an abstract.
    pub(super) fn headline_below(&mut self, value: impl Into<String>) {
        let value: String = value.into();
        let line = value.split_whitespace().collect::<Vec<_>>().join(" ");
        if self.secondary.len() < LINES_MAX && !line.is_empty() && !self.secondary.contains(&line) {
            self.secondary.push(line);
        }
    }

    /// Lets the headline be read from the text, as in plain copy.
    pub(super) fn headline_in_text(&mut self) {
        self.open_headline = true;
    }

    /// Adds writers.
    pub(super) fn byline<V: Into<String>, F: Into<Cow<'static, str>>>(&mut self, value: V, field: F) {
        let Some(byline) = self.sourced(value.into(), field) else { return };
        // The address of a site is nobody.
        if is_host(strip_by(&byline.value)) {
            return;
        }
        self.credits_of(&byline);
        match &mut self.story.byline {
            None => self.story.byline = Some(byline),
            Some(first) if first.value.len() < FIELD_BYTES_MAX && !first.value.contains(&byline.value) => {
                first.value.push_str(", ");
                first.value.push_str(&byline.value);
            }
            Some(_) => {}
        }
    }

    /// Sets the dateline as a field gives it, unless there is one.
    pub(super) fn dateline<V: Into<String>, F: Into<Cow<'static, str>>>(&mut self, value: V, field: F) {
        if self.story.dateline_field.is_none() {
            self.story.dateline_field = self.sourced(value.into(), field);
        }
    }

    /// Adds the place that the story comes from, as a field gives it.
    pub(super) fn located(&mut self, value: impl Into<String>, field: impl Into<Cow<'static, str>>) {
        if let Some(place) = self.sourced(value.into(), field)
            && self.story.located.len() < LINES_MAX
            && !self.story.located.iter().any(|l| l.value == place.value)
        {
            self.story.located.push(place);
        }
    }

    /// Sets one of the plain fields, unless it is set.
    pub(super) fn set(
        &mut self,
        slot: fn(&mut Story) -> &mut Option<Sourced<String>>,
        value: impl Into<String>,
        field: impl Into<Cow<'static, str>>,
    ) {
        let value = self.sourced(value.into(), field);
        let slot = slot(&mut self.story);
        if slot.is_none() {
            *slot = value;
        }
    }

    /// Adds a note to editors.
    pub(super) fn ednote(&mut self, value: impl Into<String>, field: impl Into<Cow<'static, str>>) {
        let Some(note) = self.sourced(value.into(), field) else { return };
        if let Some(status) = note_status(&note.value) {
            self.statuses.push(Sourced { value: status, evidence: note.evidence.clone() });
        }
        match &mut self.story.ednote {
            None => self.story.ednote = Some(note),
            Some(first) if first.value.len() < FIELD_BYTES_MAX && !first.value.contains(&note.value) => {
                first.value.push_str(" / ");
                first.value.push_str(&note.value);
            }
            Some(_) => {}
        }
    }

    /// Adds a keyword.
    pub(super) fn keyword(&mut self, value: impl Into<String>, field: impl Into<Cow<'static, str>>) {
        if let Some(keyword) = self.sourced(value.into(), field) {
            push_new(&mut self.story.keywords, keyword);
        }
    }

    /// Adds a subject as `scheme:code:name`, without what is not known of it.
    pub(super) fn subject(&mut self, code: &str, name: Option<&str>, field: impl Into<Cow<'static, str>>) {
        let name = name.map(str::trim).filter(|n| !n.is_empty() && *n != code);
        let value = match (code.trim(), name) {
            ("", name) => name.unwrap_or("").to_owned(),
            (code, None) => code.to_owned(),
            (code, Some(name)) if code.contains(':') => format!("{code}:{name}"),
            (code, Some(name)) => format!(":{code}:{name}"),
        };
        if let Some(subject) = self.sourced(value, field) {
            push_new(&mut self.story.subjects, subject);
        }
    }

    /// Adds a person, a place or an organisation that the markup states.
    pub(super) fn named(&mut self, kind: EntityKind, name: &str, field: impl Into<Cow<'static, str>>) {
        /// Longest name.
        const NAME_BYTES_MAX: usize = 120;
        let is_name = name.len() <= NAME_BYTES_MAX && name.contains(char::is_alphabetic);
        if is_name
            && self.story.named.len() < LIST_MAX
            && !self.story.named.iter().any(|(k, n)| *k == kind && n.value == name.trim())
            && let Some(name) = self.sourced(name.to_owned(), field)
        {
            self.story.named.push((kind, name));
        }
    }

    /// Adds a flag of the desk, such as a signal.
    pub(super) fn flag(&mut self, value: impl Into<String>, field: impl Into<Cow<'static, str>>) {
        if let Some(flag) = self.sourced(value.into(), field) {
            push_new(&mut self.story.flags, flag);
        }
    }

    /// Sets the language from a tag or a name, unless it is set.
    pub(super) fn language(&mut self, tag: &str, field: impl Into<Cow<'static, str>>) {
        let primary = tag.trim().split(['-', '_']).next().unwrap_or("").to_lowercase();
        let known = languages::find(&primary).or_else(|| languages::find(tag.trim()));
        let is_letters = primary.bytes().all(|b| b.is_ascii_lowercase());
        // Codes of three letters are too many to list; of two, each is one of ISO 639-1 or none.
        let is_code = is_letters && (primary.len() == 3 || (primary.len() == 2 && is_iso(&primary)));
        let code = known.map_or(primary, |l| l.code.to_owned());
        if self.story.lang.is_none()
            && (known.is_some() || is_code)
            && !matches!(code.as_str(), "und" | "mul" | "zxx" | "mis")
        {
            self.story.lang = self.sourced(code, field);
        }
    }

    /// Returns what a stated status means; one that no table knows becomes a warning.
    pub(super) fn known_status(&mut self, word: &str, field: &str) -> Option<Status> {
        let status = status_of(word);
        if status.is_none() && word.contains(char::is_alphabetic) {
            let message = format!("{field}: what {} means for publication is not known", word.trim());
            self.story.warn("status-unknown", message, false);
        }
        status
    }

    /// Notes a status; the gravest of all holds.
    pub(super) fn status(&mut self, status: Status, field: impl Into<Cow<'static, str>>) {
        let evidence = self.evidence(field);
        self.statuses.push(Sourced { value: status, evidence });
    }

    /// Notes the embargo and what follows from it.
    pub(super) fn embargo(&mut self, value: &str, field: impl Into<Cow<'static, str>>) {
        let field = field.into();
        if let Some(moment) = stamp::moment(value)
            && self.story.embargo.is_none()
        {
            self.story.embargo = Some(Sourced { value: moment, evidence: self.evidence(field) });
        }
    }

    /// Notes a time of the story; the first `filed` one dates it.
    pub(super) fn time(&mut self, value: &str, field: impl Into<Cow<'static, str>>, filed: bool) {
        let field = field.into();
        let name = field.clone();
        let evidence = self.evidence(field);
        // What a database holds where nothing was entered.
        let is_epoch = |m: &Moment| m.time.is_some() && m.local_seconds() == 0;
        let read = stamp::moment(value).filter(|m| !is_epoch(m));
        // Years of other calendars: only the Buddhist one has our months and days.
        let told = read.and_then(|m| match m.day.year() {
            BUDDHIST_FIRST..=BUDDHIST_LAST => {
                Some(Moment { day: m.day.with_year(m.day.year() - BUDDHIST_YEARS)?, ..m })
            }
            ..WIRE_FIRST => None,
            _ => Some(m),
        });
        if read.is_some() && told.is_none() {
            let message =
                format!("{name}: the year of {} is of another calendar, or none: it is no date", value.trim());
            self.story.warn("other-calendar", message, false);
            return;
        }
        let Some(moment) = told else {
            if let Some((first, last)) = stamp::span(value).filter(|_| filed)
                && self.story.filed.evidence.is_empty()
            {
                self.story.filed.earliest = Some(first);
                self.story.filed.latest = Some(last);
                self.story.filed.evidence = evidence;
            } else if filed && stamp::is_ambiguous(value) {
                let message = format!("{name}: either number of {} may be the month: it is no date", value.trim());
                self.story.warn("ambiguous-date", message, false);
            }
            return;
        };
        if filed && self.story.filed.value.is_none() {
            self.story.filed.value = Some(moment);
            self.story.filed.evidence.clone_from(&evidence);
        }
        if self.story.stamps.len() < LIST_MAX {
            self.story.stamps.push(Sourced { value: moment, evidence });
        }
    }

    /// Adds paragraphs to the body.
    pub(super) fn body(&mut self, text: &str) {
        let text = text.trim();
        if !text.is_empty() {
            if !self.body.is_empty() {
                self.body.push_str("\n\n");
            }
            self.body.push_str(text);
        }
    }

    /// Tells whether the letters of a text stand in the body.
    pub(super) fn has_in_body(&self, text: &str) -> bool {
        contains(&letters(&self.body), text)
    }

    /// Tells whether there is no body yet.
    pub(super) fn has_no_body(&self) -> bool {
        self.body.is_empty()
    }

    /// Tells whether there is neither headline nor body.
    pub(super) fn is_empty(&self) -> bool {
        self.body.is_empty() && self.story.headline.is_none()
    }

    /// Composes the text and returns the story.
    pub(super) fn finish(mut self) -> Story {
        self.settle_status();
        if self.cut > 0 {
            let message = format!("{} fields are longer than {FIELD_BYTES_MAX} bytes and were cut", self.cut);
            self.story.warn("field-cut", message, false);
        }
        let mut text = String::with_capacity(self.body.len() + 256);
        let mut body = self.body.as_str();
        if let Some(headline) = &self.story.headline {
            text.push_str(&headline.value);
            self.story.layout.headline = Some(Span::new(0, text.len()));
            // Some feeds repeat the headline as the first paragraph.
            let (first, rest) = body.split_once("\n\n").unwrap_or((body, ""));
            if !rest.is_empty() && first.len() < 2 * headline.value.len() + 40 && same(first, &headline.value) {
                body = rest.trim_start();
            }
        } else if !self.open_headline {
            self.story.layout.headline = Some(Span::new(0, 0));
        }
        // Asked for several times, and by most stories.
        let opening = LazyCell::new(|| letters(&body[..floor(body, REPEAT_BYTES)]));
        let gap = |text: &mut String| {
            if !text.is_empty() {
                text.push_str("\n\n");
            }
        };
        for line in self.secondary.iter().filter(|s| !contains(&opening, s)) {
            gap(&mut text);
            text.push_str(line);
        }
        if let Some(byline) = &self.story.byline
            && !contains(&opening, strip_by(&byline.value))
            && !self.open_headline
        {
            gap(&mut text);
            text.push_str(&byline.value);
        }
        gap(&mut text);
        self.story.layout.lead_start = u32::try_from(text.len()).unwrap_or(u32::MAX);
        if let Some(dateline) = &self.story.dateline_field
            && is_line(&dateline.value)
            && !repeats(body, &opening, &dateline.value)
        {
            text.push_str(&dateline.value);
            text.push_str(if ends_itself(&dateline.value) { " " } else { " - " });
        }
        text.push_str(body);
        text.truncate(text.trim_end().len());
        let end = u32::try_from(text.len()).unwrap_or(u32::MAX);
        let layout = &mut self.story.layout;
        layout.lead_start = layout.lead_start.min(end);
        (layout.lead_end, layout.body_end) = (end, end);
        self.story.text = text;
        self.story
    }

    fn settle_status(&mut self) {
        if let Some(embargo) = &self.story.embargo {
            // Copy that was sent after its embargo had run out is free, and says so itself.
            let over = self.story.filed.value.is_some_and(|f| {
                let utc = |m: Moment| m.offset_minutes.map(|o| m.local_seconds() - i64::from(o) * 60);
                match (utc(f), utc(embargo.value)) {
                    (Some(filed), Some(until)) => filed >= until,
                    _ => f.day > embargo.value.day,
                }
            });
            if !over {
                self.statuses.push(Sourced { value: Status::Embargoed, evidence: embargo.evidence.clone() });
            }
        }
        let rank = |status: Status| match status {
            Status::Usable => 0,
            Status::Update => 1,
            Status::Correction => 2,
            Status::Embargoed => 3,
            Status::Withheld => 4,
            Status::Withdrawn | Status::Kill => 5,
        };
        self.statuses.sort_by_key(|s| std::cmp::Reverse(rank(s.value)));
        if let Some(gravest) = self.statuses.drain(..).next() {
            self.story.status = gravest;
        }
    }
}

fn push_new(list: &mut Vec<Sourced<String>>, item: Sourced<String>) {
    if list.len() < LIST_MAX && !list.iter().any(|i| i.value == item.value) {
        list.push(item);
    }
}

/// Tells whether two letters are a code of ISO 639-1 that the table of languages lacks.
fn is_iso(code: &str) -> bool {
    const CODES: &str = "aa ab ae ak an as av ay ba bh bi bm bo ce ch cr cu cv dz ee ff fj fy gv ho hz ia ie ii ik in io \
        iu iw ji ki kj kl kr ks kv kw la lg li ln lu mh na nd ng nr nv ny oj os pi rm rn sa sc se sg sh sm ss ts tn to tw \
        ty ve vo wa wo za gd gn br co oc sn su mi mo";
    CODES.split_ascii_whitespace().any(|c| c == code)
}

/// Normalises line ends and blanks at the ends of lines; nothing else is altered.
pub(super) fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.split('\n') {
        out.push_str(line.trim_end());
        out.push('\n');
    }
    out.trim_matches(|c: char| c == '\n' || c == '\u{FEFF}').to_owned()
}

/// Returns the last border of characters at or before `at`.
pub(super) fn floor(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|i| text.is_char_boundary(*i)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::Draft;
    use crate::story::Status;

    fn text(dateline: &str, body: &str) -> String {
        let mut draft = Draft::new("test");
        draft.headline("Bridge reopens", "h");
        draft.byline("By A. Writer", "b");
        draft.dateline(dateline, "d");
        draft.body(body);
        draft.finish().text
    }

    #[test]
    fn the_text_is_composed_once() {
        let opening = "Bridge reopens\n\nBy A. Writer\n\n";
        for (dateline, body, want) in [
            ("OSLO (AFP) -", "The bridge.", "OSLO (AFP) - The bridge."),
            ("OSLO, 3 May", "The bridge.", "OSLO, 3 May - The bridge."),
            ("Oslo (dpa) - ", "Oslo (dpa) - Die Brücke.", "Oslo (dpa) - Die Brücke."),
            ("Oslo (dpa)\u{A0}- ", "Oslo\u{A0}(dpa) - Die Brücke.", "Oslo\u{A0}(dpa) - Die Brücke."),
            ("OSLO", "OSLO, 3 May (AFP) - The bridge.", "OSLO, 3 May (AFP) - The bridge."),
            ("2015-12-31T10:00:00Z", "The bridge.", "The bridge."),
            ("OSLO (AFP) -", "Bridge reopens\n\nThe bridge.", "OSLO (AFP) - The bridge."),
            ("Basel", "Basel-Stadt kann bauen - im Mai.", "Basel - Basel-Stadt kann bauen - im Mai."),
        ] {
            assert_eq!(text(dateline, body), format!("{opening}{want}"), "{dateline} {body}");
        }
        assert_eq!(
            text("OSLO", "By A. Writer\n\nOSLO - The bridge."),
            "Bridge reopens\n\nBy A. Writer\n\nOSLO - The bridge."
        );
    }

    #[test]
    fn the_gravest_status_holds_and_an_embargo_that_ran_out_does_not() {
        let status = |filed: &str, embargo: &str, more: &[Status]| {
            let mut draft = Draft::new("test");
            draft.time(filed, "f", true);
            draft.embargo(embargo, "e");
            more.iter().for_each(|s| draft.status(*s, "s"));
            draft.finish().status.value
        };
        assert_eq!(status("2020-01-01T10:00:00Z", "2020-01-01T12:00:00Z", &[]), Status::Embargoed);
        assert_eq!(status("2020-01-01T13:00:00Z", "2020-01-01T12:00:00Z", &[]), Status::Usable);
        assert_eq!(
            status("2020-01-01T10:00:00Z", "2020-01-01T12:00:00Z", &[Status::Kill, Status::Usable]),
            Status::Kill
        );
        assert_eq!(status("2020-01-01", "", &[Status::Usable, Status::Update]), Status::Update);
    }
}
