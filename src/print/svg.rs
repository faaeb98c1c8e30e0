//! A timeline as inline SVG: bars with titles, stretched to the width of the page; colours
//! come from its style. Words stand beside it as text, so that they keep their size.

use crate::search::Timeline;
use std::fmt::Write;

/// Width and height of the drawing, in its own units.
const SIZE: (f64, f64) = (1000.0, 100.0);
/// Part of its room that a bar fills, and its widest.
const FILL: (f64, f64) = (0.86, 60.0);

/// Returns the drawing and its axis; labels and numbers are the program's own words.
pub(super) fn timeline(line: &Timeline, title: &str) -> String {
    let (width, height) = SIZE;
    let most = line.bars.iter().map(|b| b.count).max().unwrap_or(0).max(1);
    #[allow(clippy::cast_precision_loss)] // drawn, not counted
    let (step, part) = (width / line.bars.len().max(1) as f64, |n: u64| n as f64 / most as f64);
    let bar_width = (step * FILL.0).min(FILL.1);
    let mut out = format!(
        "<div class=\"plot\">\n<span class=\"most\" aria-hidden=\"true\">{most}</span>\n\
         <svg viewBox=\"0 0 {width} {height}\" preserveAspectRatio=\"none\" role=\"img\" \
         aria-labelledby=\"plot-title\"><title id=\"plot-title\">{title}</title>\n"
    );
    for (i, bar) in (0_u32..).zip(&line.bars).filter(|(_, b)| b.count > 0) {
        let tall = (part(bar.count) * height).max(1.0);
        let x = f64::from(i) * step + (step - bar_width) / 2.0;
        // A String takes whatever is written.
        let _ = writeln!(
            out,
            "<rect x=\"{x:.2}\" y=\"{:.2}\" width=\"{bar_width:.2}\" height=\"{tall:.2}\"><title>{}: {}</title></rect>",
            height - tall,
            bar.label,
            bar.count
        );
    }
    out.push_str("</svg>\n<div class=\"axis\" aria-hidden=\"true\">");
    for label in labels(line) {
        let _ = write!(out, "<span>{label}</span>");
    }
    out.push_str("</div>\n</div>\n");
    out
}

/// The first and the last label, and the middle one where it truly stands in the middle.
fn labels(line: &Timeline) -> Vec<&str> {
    let bars = &line.bars;
    let mut places = vec![0, bars.len().saturating_sub(1)];
    if bars.len() > 20 || bars.len() % 2 == 1 {
        places.insert(1, bars.len() / 2);
    }
    places.dedup();
    places.into_iter().filter_map(|i| bars.get(i)).map(|b| b.label.as_str()).collect()
}
