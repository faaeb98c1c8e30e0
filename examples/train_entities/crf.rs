//! A linear-chain conditional random field, trained by AdaGrad.

use crate::Tables;
use crate::corpus::Item;
use dateline::enrich::entities::hash::mix;
use dateline::enrich::entities::labels::{self, LABELS, Part, label, may_follow, may_stand_at};
use dateline::enrich::entities::model;
use dateline::enrich::entities::tokens::JOINS;
use dateline::enrich::entities::traits::Sheet;
use dateline::story::EntityKind;
use std::collections::HashMap;

/// The number of the variant of texts that are in every pass.
pub(crate) const EVERY: usize = usize::MAX;
/// Gradients below this change nothing that matters.
const GRADIENT_MIN: f32 = 0.004;

/// Texts as numbers of features.
pub(crate) struct Data {
    /// Hash of each feature, by number.
    hashes: Vec<u64>,
    ids: Vec<u32>,
    /// Where the ids of each token begin; one more at the end.
    starts: Vec<usize>,
    gold: Vec<u8>,
    joins: Vec<u8>,
    /// Stretches with the number of their variant.
    segments: Vec<(std::ops::Range<usize>, usize)>,
}

impl Data {
    /// Reads texts with their numbers and those of their variants. Features of fewer than
    /// `seen` texts say nothing that holds elsewhere and are left out.
    pub(crate) fn new(items: &[(Item, usize, usize)], tables: Tables<'_>, seen: u32) -> Data {
        let mut sheet = Sheet::new(tables);
        // How many texts a feature is in, and the last of them, counted from 1.
        let mut counts: HashMap<u64, (u32, u32)> = HashMap::new();
        for (item, number, _) in items {
            sheet.read(&item.text(), &item.lang);
            let number = *number as u32 + 1;
            for segment in &sheet.segments {
                for at in segment.clone() {
                    sheet.features(segment, at, |f| {
                        let count = counts.entry(f).or_insert((0, 0));
                        if count.1 != number {
                            *count = (count.0 + 1, number);
                        }
                    });
                }
            }
        }
        // In the order of their hashes, so that numbers do not depend on the map.
        let mut hashes: Vec<u64> = counts.iter().filter(|(_, n)| n.0 >= seen).map(|(f, _)| *f).collect();
        drop(counts);
        hashes.sort_unstable();
        let numbers: HashMap<u64, u32> = hashes.iter().enumerate().map(|(i, f)| (*f, i as u32)).collect();
        let mut data = Data {
            hashes,
            ids: Vec::new(),
            starts: vec![0],
            gold: Vec::new(),
            joins: Vec::new(),
            segments: Vec::new(),
        };
        let mut lost = 0;
        for (item, _, variant) in items {
            sheet.read(&item.text(), &item.lang);
            let base = data.gold.len();
            data.gold.resize(base + sheet.tokens.len(), labels::OUTSIDE);
            for name in item.names() {
                lost += usize::from(!mark(&sheet, name, &mut data.gold[base..]));
            }
            for segment in &sheet.segments {
                for at in segment.clone() {
                    data.joins.push(sheet.tokens[at].join as u8);
                    sheet.features(segment, at, |f| data.ids.extend(numbers.get(&f)));
                    data.starts.push(data.ids.len());
                }
                let own = base + segment.start..base + segment.end;
                repair(&mut data.gold[own.clone()]);
                data.segments.push((own, *variant));
            }
        }
        println!("{lost} labels do not fall on tokens");
        data
    }

    pub(crate) fn len(&self) -> usize {
        self.gold.len()
    }

    pub(crate) fn features(&self) -> usize {
        self.hashes.len()
    }
}

/// Labels the tokens of a name; tells whether its ends are those of tokens.
fn mark(sheet: &Sheet<'_>, (start, end, kind): (usize, usize, EntityKind), gold: &mut [u8]) -> bool {
    let from = sheet.tokens.partition_point(|t| (t.end as usize) <= start);
    let to = sheet.tokens.partition_point(|t| (t.start as usize) < end);
    for (at, cell) in gold.iter_mut().enumerate().take(to).skip(from) {
        let part = match (at == from, at + 1 == to) {
            (true, true) => Part::Single,
            (true, false) => Part::Begin,
            (false, true) => Part::End,
            (false, false) => Part::Inside,
        };
        *cell = label(kind, part);
    }
    from < to && sheet.tokens[from].start as usize == start && sheet.tokens[to - 1].end as usize == end
}

/// Makes a row of labels whole again where a segment's end cut a name.
fn repair(labels: &mut [u8]) {
    for at in 0..labels.len() {
        let before = if at == 0 { 0 } else { labels[at - 1] };
        let own = labels[at];
        let Some((kind, part)) = labels::meaning(own) else { continue };
        let next = labels.get(at + 1).copied();
        let opens = !matches!(part, Part::Inside | Part::End)
            || !may_follow(before, own)
            || at == 0 && !may_stand_at(own, false);
        let continues = next.is_some_and(|n| {
            labels::meaning(n).is_some_and(|(k, p)| k == kind && matches!(p, Part::Inside | Part::End))
        });
        labels[at] = label(
            kind,
            match (opens, continues) {
                (true, true) => Part::Begin,
                (true, false) => Part::Single,
                (false, true) => Part::Inside,
                (false, false) => Part::End,
            },
        );
    }
}

type Row = [f32; 16];
type Square = [[f32; LABELS]; LABELS];

pub(crate) struct Trainer {
    weights: Vec<Row>,
    squares: Vec<Row>,
    /// Sums of the weights after the passes that are averaged, and their number.
    sums: Vec<Row>,
    summed: usize,
    transitions: [Square; JOINS],
    transition_squares: [Square; JOINS],
    follows: Square,
    rate: f32,
    /// Of a hundred features of a token, so many are left out of a step, so that none is
    /// relied on alone.
    left_out: u64,
}

impl Trainer {
    pub(crate) fn new(data: &Data, rate: f32, left_out: u64) -> Trainer {
        let mut follows = [[0.0; LABELS]; LABELS];
        for (before, row) in follows.iter_mut().enumerate() {
            for (next, cell) in row.iter_mut().enumerate() {
                *cell = f32::from(u8::from(may_follow(before as u8, next as u8)));
            }
        }
        Trainer {
            weights: vec![[0.0; 16]; data.features()],
            squares: vec![[0.0; 16]; data.features()],
            sums: vec![[0.0; 16]; data.features()],
            summed: 0,
            transitions: [[[0.0; LABELS]; LABELS]; JOINS],
            transition_squares: [[[0.0; LABELS]; LABELS]; JOINS],
            follows,
            rate,
            left_out,
        }
    }

    /// Goes over one variant of all texts, in an order of its own; returns the loss a token.
    pub(crate) fn epoch(&mut self, data: &Data, epoch: usize, variants: usize) -> f64 {
        let variant = epoch % variants;
        let seed = (epoch as u64).wrapping_mul(7919);
        let mut order: Vec<(u64, usize)> = (0..data.segments.len())
            .filter(|i| data.segments[*i].1 == variant || data.segments[*i].1 == EVERY)
            .map(|i| (mix(seed, i as u64), i))
            .collect();
        order.sort_unstable();
        let (mut loss, mut tokens) = (0.0, 0);
        for (draw, i) in order {
            loss += self.step(data, &data.segments[i].0, draw);
            tokens += data.segments[i].0.len();
        }
        loss / tokens.max(1) as f64
    }

    #[allow(clippy::needless_range_loop)]
    fn step(&mut self, data: &Data, segment: &std::ops::Range<usize>, draw: u64) -> f64 {
        let n = segment.len();
        // Which features of a token take part.
        let left_out = self.left_out;
        let takes = |token: usize, k: usize| mix(draw, (token * 64 + k) as u64) % 100 >= left_out;
        let mut emissions = vec![[0f32; LABELS]; n];
        for (i, token) in segment.clone().enumerate() {
            let mut sum = [0f32; 16];
            for (k, id) in data.ids[data.starts[token]..data.starts[token + 1]].iter().enumerate() {
                if takes(token, k) {
                    for (s, w) in sum.iter_mut().zip(&self.weights[*id as usize]) {
                        *s += w;
                    }
                }
            }
            emissions[i].copy_from_slice(&sum[..LABELS]);
        }
        let mut exp: [Square; JOINS] = [[[0.0; LABELS]; LABELS]; JOINS];
        for (join, square) in exp.iter_mut().enumerate() {
            for a in 0..LABELS {
                for b in 0..LABELS {
                    square[a][b] = self.follows[a][b] * self.transitions[join][a][b].exp();
                }
            }
        }
        // Forward and backward in scaled probabilities.
        let mut forward = vec![[0f32; LABELS]; n];
        let mut backward = vec![[0f32; LABELS]; n];
        let mut own = vec![[0f32; LABELS]; n];
        let mut log_z = 0f64;
        for i in 0..n {
            let most = emissions[i].iter().copied().fold(f32::MIN, f32::max);
            for l in 0..LABELS {
                own[i][l] = (emissions[i][l] - most).exp();
            }
            log_z += f64::from(most);
            let mut row = [0f32; LABELS];
            if i == 0 {
                for l in 0..LABELS {
                    row[l] = if may_stand_at(l as u8, false) { own[0][l] } else { 0.0 };
                }
            } else {
                let square = &exp[data.joins[segment.start + i] as usize];
                for a in 0..LABELS {
                    let f = forward[i - 1][a];
                    if f > 0.0 {
                        for b in 0..LABELS {
                            row[b] += f * square[a][b];
                        }
                    }
                }
                for l in 0..LABELS {
                    row[l] *= own[i][l];
                }
            }
            if i + 1 == n {
                for l in 0..LABELS {
                    if !may_stand_at(l as u8, true) {
                        row[l] = 0.0;
                    }
                }
            }
            let sum: f32 = row.iter().sum::<f32>().max(1e-30);
            log_z += f64::from(sum).ln();
            for l in 0..LABELS {
                forward[i][l] = row[l] / sum;
            }
        }
        for l in 0..LABELS {
            backward[n - 1][l] = if may_stand_at(l as u8, true) { 1.0 } else { 0.0 };
        }
        for i in (0..n - 1).rev() {
            let square = &exp[data.joins[segment.start + i + 1] as usize];
            let mut row = [0f32; LABELS];
            for a in 0..LABELS {
                for b in 0..LABELS {
                    row[a] += square[a][b] * own[i + 1][b] * backward[i + 1][b];
                }
            }
            let sum: f32 = row.iter().sum::<f32>().max(1e-30);
            for l in 0..LABELS {
                backward[i][l] = row[l] / sum;
            }
        }
        let gold = &data.gold[segment.clone()];
        let mut score = 0f64;
        for i in 0..n {
            let g = usize::from(gold[i]);
            score += f64::from(emissions[i][g]);
            let mut marginal = [0f32; LABELS];
            for l in 0..LABELS {
                marginal[l] = forward[i][l] * backward[i][l];
            }
            let sum: f32 = marginal.iter().sum::<f32>().max(1e-30);
            for m in &mut marginal {
                *m /= sum;
            }
            if i > 0 {
                let join = data.joins[segment.start + i] as usize;
                score += f64::from(self.transitions[join][usize::from(gold[i - 1])][g]);
                self.transition_step(join, &exp[join], &forward[i - 1], &own[i], &backward[i], gold[i - 1], gold[i]);
            }
            marginal[g] -= 1.0;
            let largest = marginal.iter().fold(0f32, |m, x| m.max(x.abs()));
            if largest < GRADIENT_MIN {
                continue;
            }
            let mut gradient = [0f32; 16];
            gradient[..LABELS].copy_from_slice(&marginal);
            let token = segment.start + i;
            for (k, id) in data.ids[data.starts[token]..data.starts[token + 1]].iter().enumerate() {
                if takes(token, k) {
                    let weights = &mut self.weights[*id as usize];
                    let squares = &mut self.squares[*id as usize];
                    for l in 0..16 {
                        squares[l] += gradient[l] * gradient[l];
                        weights[l] -= self.rate * gradient[l] / (squares[l] + 1e-3).sqrt();
                    }
                }
            }
        }
        log_z - score
    }

    #[allow(clippy::too_many_arguments, clippy::needless_range_loop)]
    fn transition_step(
        &mut self,
        join: usize,
        exp: &Square,
        forward: &[f32; LABELS],
        own: &[f32; LABELS],
        backward: &[f32; LABELS],
        before: u8,
        label: u8,
    ) {
        let mut pair: Square = [[0.0; LABELS]; LABELS];
        let mut sum = 1e-30;
        for a in 0..LABELS {
            for b in 0..LABELS {
                pair[a][b] = forward[a] * exp[a][b] * own[b] * backward[b];
                sum += pair[a][b];
            }
        }
        for a in 0..LABELS {
            for b in 0..LABELS {
                let is = f32::from(u8::from(a == usize::from(before) && b == usize::from(label)));
                let gradient = pair[a][b] / sum - is;
                if gradient.abs() > GRADIENT_MIN {
                    let squares = &mut self.transition_squares[join][a][b];
                    *squares += gradient * gradient;
                    self.transitions[join][a][b] -= self.rate * gradient / (*squares + 1e-3).sqrt();
                }
            }
        }
    }

    /// Counts the weights as they are now into the average that becomes the model: what one
    /// pass happened to see last weighs less.
    pub(crate) fn sum(&mut self) {
        self.summed += 1;
        for (sums, weights) in self.sums.iter_mut().zip(&self.weights) {
            for (sum, weight) in sums.iter_mut().zip(weights) {
                *sum += weight;
            }
        }
    }

    /// Lays out the model of the `most` rows with the largest weights.
    pub(crate) fn model(&self, data: &Data, most: usize) -> Vec<u8> {
        let mut rows: Vec<(f32, u64, [f32; LABELS])> = self
            .sums
            .iter()
            .zip(&data.hashes)
            .map(|(sums, hash)| {
                let row: [f32; LABELS] = std::array::from_fn(|l| sums[l] / self.summed.max(1) as f32);
                let size: f32 = row.iter().map(|w| w * w).sum();
                (size, *hash, row)
            })
            .collect();
        rows.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        rows.truncate(most);
        let mut rows: Vec<(u64, [f32; LABELS])> = rows.into_iter().map(|(_, hash, row)| (hash, row)).collect();
        rows.sort_unstable_by_key(|r| r.0);
        model::build(&rows, &self.transitions)
    }
}
