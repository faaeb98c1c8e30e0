//! Measures a model on labelled texts: exact span and kind.

use crate::Tables;
use crate::corpus::Item;
use dateline::enrich::entities::labels;
use dateline::enrich::entities::model::Model;
use dateline::enrich::entities::tagger::Tagger;
use dateline::enrich::entities::traits::Sheet;
use dateline::story::EntityKind;
use std::fs::File;
use std::io::Write as _;
use std::time::Instant;

/// Prints the F1 of a set by kind, as the evaluation of the shipped program does.
pub(crate) fn set(name: &str, items: &[Item], model: &Model<'_>, tables: Tables<'_>, mut errors: Option<&mut File>) {
    let mut sheet = Sheet::new(tables);
    let mut tagger = Tagger::new(model);
    let mut found = Vec::new();
    // By kind: right, named, gold.
    let mut counts = [[0usize; 3]; 3];
    for item in items {
        let text = item.text();
        sheet.read(&text, &item.lang);
        tagger.label(&sheet, &mut found);
        let gold = item.names();
        let mut got: Vec<(usize, usize, EntityKind)> = labels::names(&found)
            .map(|(from, to, kind)| (sheet.tokens[from].start as usize, sheet.tokens[to - 1].end as usize, kind))
            .collect();
        got.retain(|(s, e, _)| !item.doubtful.iter().any(|(a, b)| s < b && a < e));
        for (kind, count) in EntityKind::ALL.iter().zip(&mut counts) {
            count[0] += got.iter().filter(|g| g.2 == *kind && gold.contains(g)).count();
            count[1] += got.iter().filter(|g| g.2 == *kind).count();
            count[2] += gold.iter().filter(|g| g.2 == *kind).count();
        }
        if let Some(file) = errors.as_deref_mut() {
            let mut write = |what: &str, (start, end, kind): (usize, usize, EntityKind)| {
                let from = text[..start].char_indices().rev().nth(40).map_or(0, |(at, _)| at);
                let to = text[end..].char_indices().nth(40).map_or(text.len(), |(at, _)| end + at);
                let line = format!(
                    "{name}\t{what}\t{}\t{}⟦{}⟧{}",
                    kind.as_str(),
                    &text[from..start],
                    &text[start..end],
                    &text[end..to]
                );
                let _ = writeln!(file, "{}", line.replace('\n', "⏎"));
            };
            gold.iter().filter(|g| !got.contains(g)).for_each(|g| write("missed", *g));
            got.iter().filter(|g| !gold.contains(g)).for_each(|g| write("wrong", *g));
        }
    }
    let f1 = |c: &[usize; 3]| {
        let (p, r) = (c[0] as f64 / c[1].max(1) as f64, c[0] as f64 / c[2].max(1) as f64);
        (100.0 * p, 100.0 * r, if p + r > 0.0 { 200.0 * p * r / (p + r) } else { 0.0 })
    };
    let all: [usize; 3] = std::array::from_fn(|i| counts.iter().map(|c| c[i]).sum());
    let (p, r, f) = f1(&all);
    println!(
        "{name:14} n={:5} PER {:.1} LOC {:.1} ORG {:.1}  ALL {f:.1} (P {p:.1} R {r:.1})",
        all[2],
        f1(&counts[0]).2,
        f1(&counts[1]).2,
        f1(&counts[2]).2
    );
}

/// Rounds of which the fastest counts.
const ROUNDS: usize = 5;

/// Prints how many megabytes of text a second are divided and labelled by one thread.
pub(crate) fn speed(items: &[Item], model: &Model<'_>, tables: Tables<'_>) {
    let texts: Vec<(String, &str)> = items.iter().map(|i| (i.text(), i.lang.as_str())).collect();
    let bytes: usize = texts.iter().map(|(t, _)| t.len()).sum();
    let mut sheet = Sheet::new(tables);
    let mut tagger = Tagger::new(model);
    let mut labels = Vec::new();
    let mut best = f64::MAX;
    for _ in 0..ROUNDS {
        let started = (Instant::now(), processor_seconds());
        for (text, lang) in &texts {
            sheet.read(text, lang);
            tagger.label(&sheet, &mut labels);
        }
        let spent = started.1.zip(processor_seconds()).map(|(from, to)| to - from);
        best = best.min(spent.unwrap_or_else(|| started.0.elapsed().as_secs_f64()));
    }
    println!("{bytes} bytes, {:.1} MB a second of one processor", bytes as f64 / best / 1e6);
}

/// Returns the processor's time of this thread, where the system tells it: wall clocks say
/// nothing on a machine with other work.
fn processor_seconds() -> Option<f64> {
    let line = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    Some(line.split(' ').next()?.parse::<f64>().ok()? / 1e9)
}
