//! What is wrong with the lines that tell when a story was filed: said, and never mended.

use super::stamps::{Stamped, weekday_in};
use crate::data::times::{Build, Kind};
use crate::enrich::opening::dates::DateRead;
use crate::enrich::times::{Partial, Read};
use crate::story::{Origin, Story};
use chrono::Datelike;

/// A weekday beside a date that falls on another: the date stands, and it is said.
pub(super) fn of_weekdays(
    story: &mut Story,
    stamped: &[Stamped],
    dateline: Option<&(DateRead, Origin)>,
    lang: Option<&str>,
) {
    let mut wrong = stamped.iter().find(|s| s.wrong_weekday).map(|s| s.moment.day);
    if wrong.is_none()
        && let Some((read, Origin::Text(span))) = dateline
        && let Some(day) = read.year_near(None, lang).and_then(|y| read.day_in(y, lang))
    {
        let before = story.text.get(..span.start as usize).unwrap_or("");
        let line = before.rsplit('\n').next().unwrap_or("");
        wrong = weekday_in(line).filter(|w| *w != day.weekday().num_days_from_monday()).map(|_| day);
    }
    if let Some(day) = wrong {
        let message = format!("{day} is a {}, not the weekday beside it", day.format("%A"));
        story.warn("wrong-weekday", message, false);
    }
}

/// A leap year: every day that any year has.
const LEAP_YEAR: i32 = 2024;

/// Bytes in which a dateline stands that was not recognised for its day.
const OPENING_BYTES: u32 = 60;

/// *Feb. 29, 2023*: a day above the text that the calendar lacks is no other day.
pub(super) fn of_no_day(story: &mut Story, reads: &[Read]) {
    let opening = story.dateline.as_ref().map_or(0, |d| d.span.end);
    let head = opening.max(story.layout.lead_start).max(OPENING_BYTES);
    let wrong = reads.iter().take_while(|r| r.span.start < head).find(|read| {
        let dated = matches!(read.build, Build::Date | Build::Time);
        let p = Partial::of(&read.captures, None, false);
        let named = p.day.is_some() && matches!(p.month, Some((Kind::Month, _)));
        dated
            && named
            && read.captures.get(Kind::Figures) != Some(1)
            && p.in_year(p.year.unwrap_or(LEAP_YEAR)).is_none()
    });
    if let Some(read) = wrong {
        let message = format!("{} is no day of the calendar", read.span.of(&story.text));
        story.warn("no-such-day", message, false);
    }
}

#[cfg(test)]
mod tests {
    use crate::enrich::enrich;
    use crate::story::Story;

    #[test]
    fn a_day_that_the_calendar_lacks_is_told_and_is_no_other() {
        let (english, french) = (
            "The people of the town had not been told about it.",
            "Les gens de la ville n'en avaient pas été informés avant la fin de la semaine.",
        );
        for (text, behind, warned) in [
            ("LONDON, Feb. 29, 2023 (Reuters) - The minister said on Monday that it was over.", english, true),
            ("PARIS, 31 avril 2024 (AFP) - Le ministre a dit lundi que tout était fini.", french, true),
            ("LONDON, Feb. 29, 2024 (Reuters) - The minister said on Monday that it was over.", english, false),
        ] {
            let mut story = Story::new(format!("{text}\n\n{behind}\n"));
            enrich(&mut story);
            assert_eq!(story.warnings.iter().any(|w| w.code == "no-such-day"), warned, "{text}");
            assert_eq!(story.filed.value.is_none(), warned, "{text}");
        }
    }
}
