//! The forms of Chinese, Japanese and Korean wires.

use super::chars::{self, char_at, char_before, digit, is_blank, is_unspaced, separator, skip_blanks, trim};
use super::dates::{self, DateRead};
use super::head::Head;
use super::place;
use super::source::{self, Source};
use crate::data::agencies::by_alias;
use crate::data::months::Calendar;

const NAME_CHARS_MAX: usize = 12;
const WINDOW_CHARS: usize = 60;

/// Reads a dateline of one of the forms at `pos`.
pub(super) fn read(text: &str, pos: usize, is_place: &dyn Fn(&str) -> bool) -> Option<Head> {
    let start = skip_blanks(text, pos, false);
    let mut window = start;
    for _ in 0..12 {
        window += char_at(text, window).map_or(0, char::len_utf8);
    }
    let hangul = text[start..window].chars().any(|c| ('\u{AC00}'..='\u{D7A3}').contains(&c));
    if !is_unspaced(&text[start..window]) && !hangul {
        return None;
    }
    let head = match char_at(text, start)? {
        '(' | '[' | '（' | '［' | '【' => korean(text, start)
            .or_else(|| north_korean(text, start))
            .or_else(|| bracketed(text, start, is_place))
            .or_else(|| placed(text, start, is_place))
            .or_else(|| japanese(text, start, is_place)),
        _ => chinese(text, start, text.len(), is_place).or_else(|| sent(text, start, is_place)),
    }?;
    text[head.end..].chars().any(char::is_alphanumeric).then_some(head)
}

/// The longest agency of a script without spaces that begins at `pos`.
fn agency_prefix(text: &str, pos: usize, limit: usize) -> Option<Source> {
    let mut ends = Vec::with_capacity(NAME_CHARS_MAX);
    for (i, c) in text[pos..limit].char_indices().take(NAME_CHARS_MAX) {
        if !(c.is_alphanumeric() || c == '-') || digit(c).is_some() {
            break;
        }
        ends.push(pos + i + c.len_utf8());
    }
    let known = ends.iter().rev().find(|end| by_alias(&text[pos..**end]).is_some()).copied();
    // A name that says what it is counts where the rest of the form follows.
    let named = || {
        ends.iter().copied().find(|end| {
            let name = &text[pos..*end];
            (2..=6).contains(&name.chars().count())
                // *According to*: what follows is cited, and not its own dispatch.
                && !name.starts_with(['据', '據'])
                && name.ends_with(['社', '网', '網', '报', '報'])
                && is_unspaced(name)
        })
    };
    match known {
        Some(end) => source::named(text, pos, end, false, false),
        None => named().map(|end| {
            let name = text[pos..end].to_owned();
            Source { start: pos, end, id: format!("src:{name}"), name, known: false, parts: Vec::new() }
        }),
    }
}

/// `AGENCY PLACE DATE 电`, with `记者 NAME` before the place or in brackets behind.
fn chinese(text: &str, start: usize, limit: usize, is_place: &dyn Fn(&str) -> bool) -> Option<Head> {
    let source = agency_prefix(text, start, limit)?;
    let mut head = Head { start, rule: "dateline/cjk-agency-first", ..Head::default() };
    let mut pos = skip_blanks(text, source.end, false);
    let known = source.known;
    head.source = Some(source);
    // 新华社记者王晓明报道：
    if let Some((writer, end)) = reported(text, pos, limit).filter(|_| known) {
        (head.byline, head.end) = (Some(writer), end);
        return Some(head);
    }
    for verb in ["消息", "讯", "訊", "报道", "報道", "報導"] {
        let Some(rest) = text[pos..limit].strip_prefix(verb) else { continue };
        if rest.starts_with([':', '：', '，']) && known {
            head.end = separator(text, limit - rest.len()).end;
            return Some(head);
        }
    }
    let reporters = ["记者", "記者"].iter().find(|w| text[pos..limit].starts_with(**w));
    pos += reporters.map_or(0, |w| w.len());
    let date = text[pos..limit]
        .char_indices()
        .take(WINDOW_CHARS)
        .take_while(|(_, c)| !"。，：；（(".contains(*c))
        .filter(|(i, c)| digit(*c).is_some() && char_before(text, pos + i).is_none_or(|b| digit(b).is_none()))
        .find_map(|(i, _)| dates::at(text, pos + i).filter(|d| d.day.is_some() && d.end <= limit))
        .or_else(|| han_day(text, pos, limit))?;
    let (mut from, to) = trim(text, pos, date.start);
    let to = to.max(from);
    if reporters.is_some() {
        let place = split_name(text, from, to, is_place);
        head.byline = Some(trim(text, from, place));
        from = place;
    }
    let (from, to) = trim(text, from, to);
    if to > from {
        if !place::is_like_place(&text[from..to]) {
            return None;
        }
        head.places = place::divide(text, from, to);
    }
    head.date = Some(date);
    pos = skip_blanks(text, date.end, false);
    let verb = [
        "綜合外電報導",
        "综合外电报道",
        "綜合報導",
        "综合报道",
        "综合电",
        "专电",
        "專電",
        "电讯",
        "電訊",
        "电",
        "電",
        "讯",
        "訊",
        "消息",
        "报道",
        "報導",
    ]
    .iter()
    .find(|v| text[pos..limit].starts_with(**v));
    let bracket = char_at(text, pos).is_some_and(|c| matches!(c, '(' | '（'));
    if verb.is_none() && !bracket {
        return None;
    }
    pos = skip_blanks(text, pos + verb.map_or(0, |v| v.len()), false);
    if limit < text.len() {
        head.end = limit;
        return Some(head);
    }
    if let Some(found) = source::bracket_at(text, pos).filter(|b| text[b.inner..b.inner_end].chars().count() <= 40) {
        let inner = &text[found.inner..found.inner_end];
        let skip =
            inner.find("记者").or_else(|| inner.find("記者")).filter(|i| *i <= 12).map_or(0, |i| i + "记者".len());
        head.byline = Some(trim(text, found.inner + skip, found.inner_end));
        pos = found.end;
    }
    head.end = separator(text, pos).end;
    Some(head)
}

/// `PLACE DATE發AGENCY`, as Japanese wires were printed before 1946: `東京十二日發同盟`.
fn sent(text: &str, start: usize, is_place: &dyn Fn(&str) -> bool) -> Option<Head> {
    let limit = start + text[start..].find('\n').unwrap_or(text.len() - start);
    let date = text[start..limit]
        .char_indices()
        .take(NAME_CHARS_MAX)
        .find(|(_, c)| digit(*c).is_some())
        .and_then(|(i, _)| dates::at(text, start + i).filter(|d| d.day.is_some() && d.end <= limit))
        .or_else(|| han_day(text, start, limit))?;
    let (place, place_end) = trim(text, start, date.start);
    let name = &text[place..place_end];
    let verb = ['發', '発', '发'].into_iter().find(|v| text[date.end..limit].starts_with(*v))?;
    let from = skip_blanks(text, date.end + verb.len_utf8(), false).min(limit);
    let source = agency_prefix(text, from, limit).filter(|s| s.known)?;
    let behind = ["電", "电"].iter().find(|v| text[source.end..limit].starts_with(**v)).map_or(0, |v| v.len());
    let sep = separator(text, source.end + behind);
    if !is_place(name) || !(sep.any || behind > 0) {
        return None;
    }
    let places = place::divide(text, place, place_end);
    let rule = "dateline/cjk-place-first";
    Some(Head { start, end: sep.end, places, date: Some(date), source: Some(source), rule, ..Head::default() })
}

/// `四日`, `三月十二日`: the day of a dateline in the figures of its script.
fn han_day(text: &str, pos: usize, limit: usize) -> Option<DateRead> {
    const FIGURES: [char; 10] = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十'];
    /// Figures of a day.
    const FIGURES_MAX: usize = 3;
    let line = &text[pos..limit];
    let end = line.char_indices().take(WINDOW_CHARS).find(|(_, c)| *c == '日').map(|(i, _)| i)?;
    let value = |figures: &str| {
        figures.chars().try_fold(0u32, |sum, c| {
            let figure = u32::try_from(FIGURES.iter().position(|f| *f == c)?).ok()? + 1;
            // 二十一: tens stand behind their count.
            Some(if c == '十' { sum.max(1) * 10 } else { sum + figure })
        })
    };
    let before = |end: usize| {
        let start = line[..end].trim_end_matches(FIGURES).len();
        let figures = &line[start..end];
        let few = (1..=FIGURES_MAX).contains(&figures.chars().count());
        value(figures).filter(|_| few).map(|value| (start, value))
    };
    let (start, day) = before(end).filter(|(_, day)| (1..=31).contains(day))?;
    let month = line[..start].strip_suffix('月').and_then(|rest| before(rest.len()));
    let month = month.filter(|(_, month)| (1..=12).contains(month));
    Some(DateRead {
        start: pos + month.map_or(start, |(start, _)| start),
        end: pos + end + '日'.len_utf8(),
        day: Some(day),
        month: month.map(|(_, month)| (Calendar::Gregorian, month)),
        needs_agency: month.is_none(),
        ..DateRead::default()
    })
}

/// `记者王晓明报道：` behind an agency: the writer, and where the lead starts.
fn reported(text: &str, pos: usize, limit: usize) -> Option<((usize, usize), usize)> {
    /// Letters of the names.
    const NAMES: std::ops::RangeInclusive<usize> = 2..=12;
    let from = pos + ["记者", "記者"].iter().find(|w| text[pos..limit].starts_with(**w))?.len();
    let verb =
        ["报道", "報道", "報導"].iter().filter_map(|v| text[from..limit].find(v).map(|at| (at, v.len()))).min()?;
    let names = &text[from..from + verb.0];
    let behind = from + verb.0 + verb.1;
    let sep = separator(text, behind);
    let plain = names.chars().all(|c| c.is_alphabetic() || matches!(c, '、' | ' ')) && is_unspaced(names);
    (plain && NAMES.contains(&names.chars().count()) && (sep.colon || sep.comma))
        .then(|| (trim(text, from, from + verb.0), sep.end))
}

/// Finds where the place begins behind the reporters' names: no mark divides them.
fn split_name(text: &str, from: usize, to: usize, is_place: &dyn Fn(&str) -> bool) -> usize {
    let tail = text[from..to].rfind(['、', ' ', '　', ',', '，']).map_or(from, |i| from + i);
    let tail = text[tail..to].char_indices().find(|(_, c)| c.is_alphabetic()).map_or(tail, |(i, _)| tail + i);
    let at = |n: usize| text[tail..to].char_indices().nth(n).map(|(i, _)| tail + i);
    for n in [3, 2, 4] {
        if let Some(split) = at(n).filter(|s| is_place(&text[*s..to])) {
            return split;
        }
    }
    let chars = text[tail..to].chars().count();
    at(if chars >= 5 { 3 } else { chars.saturating_sub(2) }).unwrap_or(to)
}

/// `（中央社記者NAME PLACE DATE電）`, `【环球网报道】`.
fn bracketed(text: &str, start: usize, is_place: &dyn Fn(&str) -> bool) -> Option<Head> {
    let bracket = source::bracket_at(text, start)?;
    let inner = &text[bracket.inner..bracket.inner_end];
    let mut head = chinese(text, bracket.inner, bracket.inner_end, is_place).or_else(|| {
        let source = agency_prefix(text, bracket.inner, bracket.inner_end).filter(|s| s.known)?;
        let rest = text[source.end..bracket.inner_end].trim();
        let verb =
            ["报道", "報道", "報導", "综合报道", "消息", "讯", "訊", "电", "電"].iter().any(|v| rest.starts_with(v));
        verb.then(|| Head { source: Some(source), rule: "dateline/cjk-agency-first", ..Head::default() })
    })?;
    if inner.contains('=') {
        return None;
    }
    head.start = start;
    head.end = separator(text, bracket.end).end;
    Some(head)
}

/// `（PLACE DATE讯）`, `【PLACE＝NAME】`: a place that the gazetteer has, and no agency.
fn placed(text: &str, start: usize, is_place: &dyn Fn(&str) -> bool) -> Option<Head> {
    /// Letters of a writer's name.
    const NAME: std::ops::RangeInclusive<usize> = 2..=8;
    let bracket = source::bracket_at(text, start)?;
    let (from, to) = (bracket.inner, bracket.inner_end);
    let inner = &text[from..to];
    let end = separator(text, bracket.end).end;
    let mut head = Head { start, end, rule: "dateline/cjk-place-first", ..Head::default() };
    if let Some(sign) = inner.find(['＝', '=']).filter(|_| char_at(text, start) == Some('【')) {
        let place = trim(text, from, from + sign);
        let name = trim(text, chars::ceil(text, from + sign + 1), to);
        let letters = &text[name.0..name.1];
        let is_name = is_unspaced(letters) && NAME.contains(&letters.chars().count()) && by_alias(letters).is_none();
        if !is_name || !is_place(&text[place.0..place.1]) {
            return None;
        }
        (head.places, head.byline) = (vec![place], Some(name));
        return Some(head);
    }
    let verb = ["综合电", "专电", "專電", "电", "電", "讯", "訊"].iter().find(|verb| inner.ends_with(**verb))?;
    let sent = to - verb.len();
    let date = inner
        .char_indices()
        .find(|(_, c)| digit(*c).is_some())
        .and_then(|(i, _)| dates::at(text, from + i))
        .filter(|d| d.day.is_some() && trim(text, d.end, sent).0 >= sent)?;
    let place = trim(text, from, date.start);
    if !is_place(&text[place.0..place.1]) {
        return None;
    }
    (head.places, head.date) = (vec![place], Some(date));
    Some(head)
}

/// `【PLACE AGENCY】`, `［PLACE　DATE　AGENCY］ -`.
fn japanese(text: &str, start: usize, is_place: &dyn Fn(&str) -> bool) -> Option<Head> {
    let bracket = source::bracket_at(text, start)?;
    let open = char_at(text, start)?;
    let (from, mut to) = (bracket.inner, bracket.inner_end);
    let mut head = Head { start, rule: "dateline/cjk-place-first", ..Head::default() };
    // 【PLACE AGENCY＝NAME】
    if let Some(i) = text[from..to].rfind(['＝', '=']) {
        let before = trim(text, from, from + i).1;
        if agency_suffix(text, from, before).is_some() {
            head.byline = Some(trim(text, chars::ceil(text, from + i + 1), to));
            to = before;
        }
    }
    let source = agency_suffix(text, from, to)?;
    let end = strip_marks(text, from, source.start);
    let date: Option<DateRead> = text[from..end]
        .char_indices()
        .filter(|(i, c)| digit(*c).is_some() && char_before(text, from + i).is_none_or(|b| digit(b).is_none()))
        .find_map(|(i, _)| dates::at(text, from + i).filter(|d| d.end <= end));
    let place_end = strip_marks(text, from, date.map_or(end, |d| d.start));
    let (place, place_end) = trim(text, from, place_end);
    if place_end > place {
        let name = &text[place..place_end];
        // （ベルリン中央社）: in round brackets only what the gazetteer has is a place.
        let doubted = matches!(open, '(' | '（') && !is_place(name);
        if !place::is_like_place(name) || by_alias(name).is_some() || doubted {
            return None;
        }
        head.places = place::divide(text, place, place_end);
    } else if date.is_none() {
        return None;
    }
    head.date = date;
    head.source = Some(source);
    head.end = separator(text, bracket.end).end;
    Some(head)
}

fn strip_marks(text: &str, from: usize, mut end: usize) -> usize {
    while let Some(c) = char_before(text, end)
        .filter(|c| end > from && (is_blank(*c) || matches!(c, '＝' | '=' | '、' | '・' | '／' | '/')))
    {
        end -= c.len_utf8();
    }
    end
}

/// The longest agency that ends at `to`.
pub(super) fn agency_suffix(text: &str, from: usize, to: usize) -> Option<Source> {
    let starts: Vec<usize> = text[from..to].char_indices().map(|(i, _)| from + i).collect();
    let first = starts.len().saturating_sub(NAME_CHARS_MAX);
    starts[first..]
        .iter()
        .find(|s| by_alias(&text[**s..to]).is_some())
        .and_then(|s| source::named(text, *s, to, false, false))
}

/// `(PLACE=AGENCY) NAME 기자 =`.
fn korean(text: &str, start: usize) -> Option<Head> {
    let bracket = source::bracket_at(text, start)?;
    let (from, to) = (bracket.inner, bracket.inner_end);
    let sign = text[from..to].find(['=', '＝'])?;
    let (place, place_end) = trim(text, from, from + sign);
    let (name, name_end) = trim(text, chars::ceil(text, from + sign + 1), to);
    // `[뉴욕=이데일리 김상윤 특파원]`: the writer stands in the brackets too.
    let writer = ["기자", "특파원", "통신원"].iter().any(|w| text[name..name_end].ends_with(w));
    let first = text[name..name_end].find(' ').filter(|_| writer).map(|i| name + i);
    let inner_byline = first.map(|at| trim(text, at, name_end));
    let name_end = first.unwrap_or(name_end);
    let source = source::named(text, name, name_end, true, true).or_else(|| {
        let written = &text[name..name_end];
        // `[서울=소식통] 홍길동 기자 =`: who writes stands behind the brackets.
        let rest = text[bracket.end..].trim_start();
        let staffed = || {
            let sign = rest.char_indices().take(WINDOW_CHARS).find(|(_, c)| matches!(c, '=' | '＝' | '\n'));
            let before = sign.filter(|(_, c)| *c != '\n').map_or("", |(i, _)| rest[..i].trim());
            ["기자", "특파원", "통신원"].iter().any(|w| before.ends_with(w))
        };
        ((written.ends_with(['스', '시']) || inner_byline.is_some() || staffed())
            && written.chars().count() <= 8
            && !written.contains(' '))
        .then(|| Source {
            start: name,
            end: name_end,
            id: format!("src:{written}"),
            name: written.to_owned(),
            known: false,
            parts: Vec::new(),
        })
    })?;
    let (place_end, credits) = passed_on(text, place, place_end);
    let written = &text[place..place_end];
    if by_alias(written).is_some() || !place::is_like_place(written) {
        return None;
    }
    let mut head = Head { start, rule: "dateline/cjk-place-first", ..Head::default() };
    head.places = place::divide(text, place, place_end);
    head.source = Some(source);
    head.credits = credits;
    head.end = separator(text, bracket.end).end;
    head.byline = inner_byline;
    let behind = skip_blanks(text, bracket.end, false);
    let sign = text[behind..].char_indices().take(WINDOW_CHARS).find(|(_, c)| matches!(c, '=' | '＝' | '\n'));
    if let Some((i, _)) = sign.filter(|(_, c)| *c != '\n') {
        let (s, e) = trim(text, behind, behind + i);
        if e > s {
            head.byline = Some((s, e));
        }
        let after = behind + i + char_at(text, behind + i).map_or(0, char::len_utf8);
        head.end = separator(text, after).end;
    }
    Some(head)
}

/// `도쿄 교도`, `워싱턴 AP·AFP`: the agencies behind a place that another one passes on. Returns where
/// the place ends.
fn passed_on(text: &str, start: usize, end: usize) -> (usize, Vec<Source>) {
    let Some(blank) = text[start..end].rfind(char::is_whitespace) else { return (end, Vec::new()) };
    let mut credits = Vec::new();
    let mut at = trim(text, start + blank, end).0;
    for name in text[at..end].split(['·', '/', '・']) {
        let Some(source) = source::named(text, at, at + name.len(), true, true).filter(|s| s.known) else {
            return (end, Vec::new());
        };
        credits.push(source);
        at = chars::ceil(text, at + name.len() + 1).min(end);
    }
    (trim(text, start, start + blank).1, credits)
}

/// `(PLACE DATE발 AGENCY)`.
fn north_korean(text: &str, start: usize) -> Option<Head> {
    let bracket = source::bracket_at(text, start)?;
    let (from, to) = (bracket.inner, bracket.inner_end);
    let sent = from + text[from..to].find('발')?;
    let source = agency_suffix(text, trim(text, sent + '발'.len_utf8(), to).0, to)?;
    let date = text[from..sent]
        .char_indices()
        .filter(|(i, c)| digit(*c).is_some() && char_before(text, from + i).is_none_or(|b| digit(b).is_none()))
        .find_map(|(i, _)| dates::at(text, from + i).filter(|d| trim(text, d.end, sent).0 == sent))?;
    let (place, place_end) = trim(text, from, date.start);
    if place_end <= place || !place::is_like_place(&text[place..place_end]) {
        return None;
    }
    let places = place::divide(text, place, place_end);
    let end = separator(text, bracket.end).end;
    let rule = "dateline/cjk-place-first";
    Some(Head { start, end, places, date: Some(date), source: Some(source), rule, ..Head::default() })
}
