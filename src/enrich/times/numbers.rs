//! Runs of figures: days, times of day, amounts and plain numbers.

use super::scan::{Class, Figure, Gap, Scan};

impl Scan<'_> {
    /// Reads a run of figures and returns its end.
    pub(super) fn number(&mut self, start: usize, gap: Gap) -> usize {
        let text = self.text;
        let mut groups: [Group; 3] = [Group::default(); 3];
        let mut marks = [' '; 2];
        let mut n = 0;
        let mut at = start;
        while n < 3 {
            let group = Group::read(text, at);
            groups[n] = group;
            n += 1;
            let Some(mark) = text.as_bytes().get(group.end).copied() else { break };
            let next = digit_at(text, group.end + 1).is_some();
            if n == 3 || !next || !matches!(mark, b'.' | b',' | b'/' | b'-' | b':') {
                break;
            }
            marks[n - 1] = char::from(mark);
            at = group.end + 1;
        }
        let [a, b, c] = groups;
        // A day in figures.
        if n == 3 && marks[0] == marks[1] && matches!(marks[0], '.' | '/' | '-') {
            let more = text.as_bytes().get(c.end).is_some_and(|b| matches!(b, b'.' | b'/' | b'-'))
                && digit_at(text, c.end + 1).is_some();
            if let Some(figure) = figure(a, b, c, marks[0]).filter(|_| !more) {
                self.figures.push(figure);
                let index = u32::try_from(self.figures.len() - 1).unwrap_or(0);
                self.push(start, c.end, Class::Figures, gap, index);
                return self.iso_time(c.end);
            }
        }
        if n >= 2 && marks[0] == ':' && a.digits <= 2 && a.value <= 24 && b.digits == 2 && b.value < 60 {
            let end = if n == 3 && marks[1] == ':' && c.digits == 2 { c.end } else { b.end };
            self.push(start, end, Class::Time, gap, a.value * 60 + b.value);
            return end;
        }
        // 1,234.5 and 2.1 are amounts; so is 15 000.
        if n >= 2 && matches!(marks[0], '.' | ',') {
            let mut end = if n == 3 && matches!(marks[1], '.' | ',') { c.end } else { b.end };
            loop {
                let more = text.as_bytes().get(end).is_some_and(|b| matches!(b, b'.' | b','));
                if !more || digit_at(text, end + 1).is_none() {
                    break;
                }
                end = Group::read(text, end + 1).end;
            }
            let value = if a.value <= 24 && b.digits == 2 && b.value < 60 { a.value * 60 + b.value } else { u32::MAX };
            self.push(start, end, Class::Amount, gap, value);
            return end;
        }
        if a.digits <= 3
            && let Some(end) = grouped_by_blanks(text, a.end)
        {
            self.push(start, end, Class::Amount, gap, u32::MAX);
            return end;
        }
        self.push(start, a.end, Class::Number, gap, a.value);
        if let Some(token) = self.tokens.last_mut() {
            token.digits = a.digits;
        }
        a.end
    }

    /// Reads the time behind the T of an ISO moment.
    fn iso_time(&mut self, end: usize) -> usize {
        let text = self.text;
        if !text.as_bytes().get(end).is_some_and(|b| matches!(b, b'T' | b't')) || digit_at(text, end + 1).is_none() {
            return end;
        }
        let hour = Group::read(text, end + 1);
        let minute = Group::read(text, hour.end + 1);
        if text.as_bytes().get(hour.end) != Some(&b':') || hour.value > 24 || minute.digits != 2 || minute.value > 59 {
            return end;
        }
        let mut stop = minute.end;
        if text.as_bytes().get(stop) == Some(&b':') && digit_at(text, stop + 1).is_some() {
            stop = Group::read(text, stop + 1).end;
        }
        self.push(end + 1, stop, Class::Time, Gap::None, hour.value * 60 + minute.value);
        stop
    }
}

/// Digits in a row.
#[derive(Clone, Copy, Debug, Default)]
struct Group {
    value: u32,
    digits: u8,
    end: usize,
}

impl Group {
    fn read(text: &str, start: usize) -> Group {
        let mut group = Group { value: 0, digits: 0, end: start };
        while let Some((value, len)) = digit_at(text, group.end) {
            group.value = group.value.saturating_mul(10).saturating_add(value);
            group.digits = group.digits.saturating_add(1);
            group.end += len;
        }
        group
    }
}

/// Returns the value and the length of the digit at a place, in any script of the wires.
pub(super) fn digit_at(text: &str, at: usize) -> Option<(u32, usize)> {
    let byte = *text.as_bytes().get(at)?;
    if byte < 128 {
        return byte.is_ascii_digit().then(|| (u32::from(byte - b'0'), 1));
    }
    let c = text.get(at..)?.chars().next()?;
    const ZEROS: [u32; 7] = [0x0660, 0x06F0, 0x0966, 0x09E6, 0x0E50, 0xFF10, 0x1040];
    let code = c as u32;
    ZEROS.iter().find(|z| (**z..**z + 10).contains(&code)).map(|z| (code - z, c.len_utf8()))
}

/// Reads `000` behind a blank, as often as it comes: the end of `15 000 000`.
fn grouped_by_blanks(text: &str, end: usize) -> Option<usize> {
    let mut stop = None;
    let mut at = end;
    loop {
        let rest = text.get(at..)?;
        let blank = [" ", "\u{A0}", "\u{202F}", "\u{2009}"].into_iter().find(|b| rest.starts_with(*b));
        let Some(blank) = blank else { return stop };
        let group = Group::read(text, at + blank.len());
        if group.digits != 3 {
            return stop;
        }
        at = group.end;
        stop = Some(at);
    }
}

fn figure(a: Group, b: Group, c: Group, mark: char) -> Option<Figure> {
    let day = |g: Group| g.digits <= 2 && (1..=31).contains(&g.value);
    let month = |g: Group| g.digits <= 2 && (1..=12).contains(&g.value);
    let year = |g: Group| i32::try_from(g.value).unwrap_or(0);
    if a.digits == 4 {
        return (month(b) && day(c) && (1_300..=2_700).contains(&a.value)).then(|| Figure {
            year: year(a),
            month: b.value,
            day: c.value,
            ambiguous: false,
        });
    }
    let four = c.digits == 4 && (1_300..=2_700).contains(&c.value);
    if !(four || (c.digits == 2 && mark != '-')) {
        return None;
    }
    if day(a) && month(b) {
        let ambiguous = mark != '.' && a.value <= 12 && a.value != b.value;
        return Some(Figure { year: year(c), month: b.value, day: a.value, ambiguous });
    }
    (month(a) && day(b) && mark != '.').then(|| Figure {
        year: year(c),
        month: a.value,
        day: b.value,
        ambiguous: false,
    })
}
