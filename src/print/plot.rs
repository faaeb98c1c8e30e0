//! A timeline drawn in blocks for a terminal. It fits the width: where there are more bars
//! than columns, it goes on in a further band below, and no bar is dropped.

use super::printer::Look;
use super::terminal::{width, wrap};
use crate::search::{Bar, Bin, Of, Timeline};
use chrono::Datelike;
use std::io::{self, Write};

/// Rows of a plot of one band, and of each band of several.
const ROWS: [usize; 2] = [8, 4];
/// Columns of a bar at most.
const BAR_COLUMNS_MAX: usize = 6;
/// Columns between two labels of the axis at least.
const LABEL_GAP: usize = 2;
/// Parts of a cell, an eighth each.
const EIGHTHS: [char; 9] = [' ', '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/// Draws the timeline with its axis and a line of figures.
///
/// # Errors
/// The writer refuses.
pub fn timeline(out: &mut dyn Write, line: &Timeline, look: &Look) -> io::Result<()> {
    let most = line.bars.iter().map(|b| b.count).max().unwrap_or(0);
    let margin = most.to_string().len();
    // Room for the label of the last bar, where that is short.
    let room = look.columns.saturating_sub(margin + 3).max(12);
    let parts = parts(&line.bars, room);
    let drawn = parts.iter().map(|p| if let Part::Bars(bars) = p { bars.len() } else { 0 }).sum::<usize>();
    let rows = ROWS[usize::from(drawn > room || parts.len() > 1)];
    // Few bars stand so far apart that each has its label.
    let label = line.bars.first().map_or(0, |b| width(&b.label)) + LABEL_GAP;
    let column = (room / drawn.max(1)).clamp(1, label.max(BAR_COLUMNS_MAX));
    for part in parts {
        let bars = match part {
            Part::Bars(bars) => bars,
            Part::Empty(bars) => {
                let (from, to) = (&bars[0].label, &bars[bars.len() - 1].label);
                let (from, to) = (from.split("..").next().unwrap_or(from), to.rsplit("..").next().unwrap_or(to));
                let count = bars.iter().map(|b| b.bins).sum();
                let gap = format!("… {} of no story, {from} to {to} …", lengths(count, line.bin));
                wrap(&gap, look.columns).iter().try_for_each(|l| writeln!(out, "{}", look.style.dim(l)))?;
                continue;
            }
        };
        let bands = bars.len().div_ceil(room).max(1);
        for band in bars.chunks(bars.len().div_ceil(bands).max(1)) {
            draw(out, band, most, column, rows, margin, look)?;
            axis(out, band, line.bin, column, room, margin)?;
        }
    }
    wrap(&figures(line), look.columns).iter().try_for_each(|l| writeln!(out, "{}", look.style.dim(l)))
}

/// A stretch of a timeline.
enum Part<'a> {
    Bars(&'a [Bar]),
    /// Bars of no story, too many to be drawn.
    Empty(&'a [Bar]),
}

/// Parts a timeline where nothing is to be seen for more than a band.
fn parts(bars: &[Bar], room: usize) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let mut from = 0;
    let mut at = 0;
    for run in bars.chunk_by(|a, b| (a.count == 0) == (b.count == 0)) {
        if run[0].count == 0 && run.iter().map(|b| b.bins).sum::<u64>() > room as u64 {
            if from < at {
                parts.push(Part::Bars(&bars[from..at]));
            }
            parts.push(Part::Empty(run));
            from = at + run.len();
        }
        at += run.len();
    }
    if from < at || parts.is_empty() {
        parts.push(Part::Bars(&bars[from..]));
    }
    parts
}

/// So many days, weeks, months or years.
fn lengths(count: u64, bin: Bin) -> String {
    format!("{count} {}{}", bin.as_str(), if count == 1 { "" } else { "s" })
}

fn draw(
    out: &mut dyn Write,
    bars: &[Bar],
    most: u64,
    column: usize,
    rows: usize,
    margin: usize,
    look: &Look,
) -> io::Result<()> {
    let wide = if column > 2 { (column - 1).min(BAR_COLUMNS_MAX) } else { column };
    for row in (0..rows).rev() {
        let mut cells = String::new();
        for bar in bars {
            let block = EIGHTHS[eighths(bar.count, most, rows).saturating_sub(row * 8).min(8)];
            cells.extend(std::iter::repeat_n(block, wide));
            cells.extend(std::iter::repeat_n(' ', column - wide));
        }
        let mark = if row == rows - 1 { format!("{most:>margin$} ┤") } else { format!("{:margin$} │", "") };
        writeln!(out, "{mark}{}", look.style.name(cells.trim_end()))?;
    }
    writeln!(out, "{:>margin$} └{}", 0, "─".repeat(bars.len() * column))
}

/// Height of a bar in eighths of a row; what is not nothing is seen.
fn eighths(count: u64, most: u64, rows: usize) -> usize {
    let height = u128::from(count) * rows as u128 * 8 / u128::from(most.max(1));
    usize::try_from(height).unwrap_or(0).max(usize::from(count > 0))
}

/// Tells whether a bar begins a larger unit, which makes it a good one to name.
fn is_round(bar: &Bar, bin: Bin) -> bool {
    match bin {
        Bin::Day => bar.from.day() == 1,
        Bin::Week => bar.from.day() <= 7,
        Bin::Month => bar.from.month() == 1,
        Bin::Year => bar.from.year() % 10 == 0,
    }
}

fn axis(out: &mut dyn Write, bars: &[Bar], bin: Bin, column: usize, room: usize, margin: usize) -> io::Result<()> {
    let round = bars.iter().skip(1).filter(|b| is_round(b, bin)).count() > 1;
    let mut text = String::new();
    for (i, bar) in bars.iter().enumerate() {
        let at = i * column;
        let free = i == 0 || at >= width(&text) + LABEL_GAP;
        if free && (i == 0 || !round || is_round(bar, bin)) && at + bar.label.len() <= room {
            text.extend(std::iter::repeat_n(' ', at.saturating_sub(width(&text))));
            text.push_str(&bar.label);
        }
    }
    writeln!(out, "{:margin$}  {text}", "")
}

/// The line below the plot, for terminals and pages.
pub(super) fn figures(line: &Timeline) -> String {
    let stories = |n: u64| if n == 1 { "story" } else { "stories" };
    let of = match line.of {
        Of::Filed => "day of filing",
        Of::Events => "times spoken of",
    };
    if line.total == 0 {
        return "0 stories".to_owned();
    }
    if line.bars.is_empty() {
        let none = match line.of {
            Of::Filed => "none of a known day of filing",
            Of::Events => "none that speaks of a time short enough",
        };
        return format!("{} {}, {none}", line.total, stories(line.total));
    }
    let told = line.total.saturating_sub(line.undated);
    let mut text = format!("{told} {} by {of}, a bar a {}", stories(told), line.bin.as_str());
    if let (Some(first), Some(last)) = (line.bars.first(), line.bars.last()) {
        text.push_str(&format!(", {} to {}", first.label, last.label));
    }
    if line.undated > 0 {
        let what = match line.of {
            Of::Filed => "undated",
            Of::Events => "that speak of no such time",
        };
        text.push_str(&format!("; {} {what}, counted aside", line.undated));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{eighths, timeline};
    use crate::print::{Look, Style, width};
    use crate::search::{Bar, Bin, Of, Timeline};

    fn bars(counts: &[u64]) -> Timeline {
        let first: chrono::NaiveDate = "2024-12-01".parse().expect("a day");
        let bar = |(i, count): (u64, &u64)| {
            let day = first + chrono::Days::new(i);
            Bar { label: day.to_string(), from: day, to: day, count: *count, bins: 1 }
        };
        let bars = (0..).zip(counts).map(bar).collect();
        Timeline { of: Of::Filed, bin: Bin::Day, bars, undated: 2, total: counts.iter().sum::<u64>() + 2 }
    }

    fn drawn(counts: &[u64], columns: usize) -> String {
        let look = Look { columns, style: Style::default(), base: None, whole: false, nul: false };
        let mut out = Vec::new();
        timeline(&mut out, &bars(counts), &look).expect("memory");
        String::from_utf8(out).expect("UTF-8")
    }

    #[test]
    fn where_nothing_is_dated_nothing_is_drawn() {
        let line = Timeline { undated: 3, total: 3, ..bars(&[]) };
        assert_eq!(super::figures(&line), "3 stories, none of a known day of filing");
    }

    #[test]
    fn a_plot_has_bars_an_axis_and_figures() {
        let text = drawn(&[8, 0, 1], 40);
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines[0], "8 ┤██████");
        assert_eq!(lines[7], "  │██████                  ██████");
        assert_eq!(lines[8], "0 └────────────────────────────────────");
        assert_eq!(lines[9], "   2024-12-01  2024-12-02  2024-12-03");
        assert_eq!(lines[10], "9 stories by day of filing, a bar a day,");
        assert_eq!(lines[11..].join(" "), "2024-12-01 to 2024-12-03; 2 undated, counted aside");
    }

    #[test]
    fn a_date_far_away_costs_a_line() {
        let mut counts = vec![0; 5_000];
        (counts[0], counts[1], counts[4_999]) = (3, 1, 1);
        let text = drawn(&counts, 60);
        assert!(text.lines().count() < 20, "{text}");
        assert!(text.contains("… 4997 days of no story, 2024-12-03 to 2038-08-08 …"), "{text}");
        assert!(text.contains("2038-08-09"), "{text}");
    }

    #[test]
    fn a_bar_for_many_is_told_by_them() {
        let mut line = bars(&[3, 0, 1]);
        let far = "2099-12-02".parse().expect("a day");
        line.bars[1] = Bar { label: "2024-12-02..2099-12-02".into(), to: far, bins: 27_394, ..line.bars[1].clone() };
        let look = Look { columns: 80, style: Style::default(), base: None, whole: false, nul: false };
        let mut out = Vec::new();
        timeline(&mut out, &line, &look).expect("memory");
        let text = String::from_utf8(out).expect("UTF-8");
        assert!(text.contains("… 27394 days of no story, 2024-12-02 to 2099-12-02 …"), "{text}");
    }

    #[test]
    fn what_is_not_nothing_is_seen() {
        assert_eq!(eighths(1, 1_000_000, 8), 1);
        assert_eq!(eighths(0, 5, 8), 0);
        assert_eq!(eighths(u64::MAX, u64::MAX, 8), 64);
    }

    proptest::proptest! {
        #[test]
        fn every_bar_is_drawn_and_every_line_fits(
            counts in proptest::collection::vec(1u64..50, 0..400), columns in 40usize..200,
        ) {
            let text = drawn(&counts, columns);
            let bottom: usize = text
                .lines()
                .filter(|l| l.contains('└'))
                .map(|l| l.matches('─').count())
                .sum();
            proptest::prop_assert!(bottom >= counts.len());
            for line in text.lines() {
                proptest::prop_assert!(width(line) <= columns, "{line}");
            }
        }
    }
}
