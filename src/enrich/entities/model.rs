//! The weights of the recogniser, used where they lie in the program.
//!
//! Layout, little-endian: 8 bytes of magic, the scale of the rows and the scale of the
//! transitions (f32 each), transitions (`JOINS` × 13 × 13 i8, padded to a multiple of
//! 64 bytes with the head), then lines of 64 bytes. A line holds four rows of 16 bytes: 13
//! weights (i8), one a label, and 24 bits of the feature's hash. A feature lies in the line
//! of its hash or in the next one with room; one that is in no row weighs nothing.

use super::labels::LABELS;
use super::tokens::JOINS;

/// First bytes of a model; the number is that of the features' definition.
pub const MAGIC: &[u8; 8] = b"DLENT001";
/// Bytes of a row.
const ROW: usize = 16;
const ROWS: usize = 4;
const LINE: usize = ROW * ROWS;
/// Features that are looked for at once; a token has fewer.
const FEATURES_MAX: usize = 96;
const TRANSITIONS: usize = JOINS * LABELS * LABELS;
const HEAD: usize = (16 + TRANSITIONS).next_multiple_of(LINE);

/// Scores of the labels of one token, in units of the row's scale.
pub type Scores = [i32; LABELS];

/// Weights in the bytes that hold them.
#[derive(Clone, Debug)]
pub struct Model<'a> {
    lines: &'a [u8],
    /// By join, label before and label, in units of the rows' scale.
    pub transitions: Box<[[[i32; LABELS]; LABELS]; JOINS]>,
    /// What one unit of a score is worth.
    pub scale: f32,
}

impl<'a> Model<'a> {
    /// Returns the model in `bytes`, or nothing where they hold none of this version.
    #[must_use]
    pub fn new(bytes: &'a [u8]) -> Option<Model<'a>> {
        let (head, lines) = bytes.split_at_checked(HEAD)?;
        if &head[..8] != MAGIC || lines.len() < LINE {
            return None;
        }
        let float = |at: usize| f32::from_le_bytes([head[at], head[at + 1], head[at + 2], head[at + 3]]);
        let (scale, transition_scale) = (float(8), float(12));
        let mut transitions = Box::new([[[0; LABELS]; LABELS]; JOINS]);
        for (cell, &weight) in transitions.iter_mut().flatten().flatten().zip(&head[16..]) {
            *cell = (f32::from(weight as i8) * transition_scale / scale).round() as i32;
        }
        Some(Model { lines, transitions, scale })
    }

    /// Adds the weights of features.
    ///
    /// Rows are looked for first, without a branch, and added then: the look-ups of a token
    /// wait for memory all at once instead of one after the other.
    pub fn add_all(&self, features: &[u64], scores: &mut Scores) {
        let count = self.lines.len() / LINE;
        let mut found = [(0u32, 0u8); FEATURES_MAX];
        for chunk in features.chunks(FEATURES_MAX) {
            for (feature, cell) in chunk.iter().zip(&mut found) {
                let (line, tag) = place(*feature, count);
                let bytes = &self.lines[line * LINE..(line + 1) * LINE];
                let slot = |i: usize| {
                    let at = i * ROW + 12;
                    u32::from_le_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]]) >> 8
                };
                let (a, b, c, d) = (slot(0), slot(1), slot(2), slot(3));
                let hits =
                    u8::from(a == tag) | u8::from(b == tag) << 1 | u8::from(c == tag) << 2 | u8::from(d == tag) << 3;
                *cell = (line as u32, hits | u8::from(d != 0) << 4);
            }
            for (feature, (line, hits)) in chunk.iter().zip(&found) {
                let line = *line as usize;
                let row = (hits & 15).trailing_zeros() as usize;
                if row < ROWS {
                    let at = line * LINE + row * ROW;
                    add_row(&self.lines[at..at + ROW], scores);
                } else if hits & 16 != 0 {
                    // The line is full: the feature may lie in a later one.
                    self.add_from((line + 1) % count, *feature, scores);
                }
            }
        }
    }

    fn add_from(&self, mut line: usize, feature: u64, scores: &mut Scores) {
        let count = self.lines.len() / LINE;
        let (_, tag) = place(feature, count);
        for _ in 0..count {
            for row in self.lines[line * LINE..(line + 1) * LINE].chunks_exact(ROW) {
                let own = u32::from_le_bytes([row[12], row[13], row[14], row[15]]) >> 8;
                if own == tag {
                    add_row(row, scores);
                    return;
                }
                if own == 0 {
                    return;
                }
            }
            line = if line + 1 == count { 0 } else { line + 1 };
        }
    }
}

#[inline]
fn add_row(row: &[u8], scores: &mut Scores) {
    for (score, &weight) in scores.iter_mut().zip(row) {
        *score += i32::from(weight as i8);
    }
}

#[inline]
fn place(hash: u64, lines: usize) -> (usize, u32) {
    let line = ((u128::from(hash) * lines as u128) >> 64) as usize;
    let tag = (hash & 0x00FF_FFFF) as u32;
    (line, if tag == 0 { 1 } else { tag })
}

/// Lays out a model: features with their weights, and the transitions. The largest
/// weights saturate.
#[must_use]
pub fn build(rows: &[(u64, [f32; LABELS])], transitions: &[[[f32; LABELS]; LABELS]; JOINS]) -> Vec<u8> {
    // The scale leaves one weight in a thousand beyond 127.
    let mut sizes: Vec<f32> = rows.iter().flat_map(|(_, w)| w.iter().map(|x| x.abs())).filter(|x| *x > 0.0).collect();
    sizes.sort_unstable_by(f32::total_cmp);
    let largest = sizes.get(sizes.len().saturating_sub(1 + sizes.len() / 1000)).copied().unwrap_or(1.0);
    let scale = largest / 127.0;
    let transition_scale = transitions.iter().flatten().flatten().fold(1e-6f32, |most, w| most.max(w.abs())) / 127.0;
    let quantise = |w: f32, scale: f32| (w / scale).round().clamp(-127.0, 127.0) as i8 as u8;

    let mut out = Vec::new();
    out.extend_from_slice(MAGIC);
    out.extend_from_slice(&scale.to_le_bytes());
    out.extend_from_slice(&transition_scale.to_le_bytes());
    out.extend(transitions.iter().flatten().flatten().map(|w| quantise(*w, transition_scale)));
    out.resize(HEAD, 0);
    // Lines are six tenths full: most look-ups are of features that have no row.
    let lines = (rows.len() * 10 / 6 / ROWS).max(1) + 1;
    out.resize(HEAD + lines * LINE, 0);
    for (feature, weights) in rows {
        let (mut line, tag) = place(*feature, lines);
        'room: loop {
            for row in out[HEAD + line * LINE..HEAD + (line + 1) * LINE].chunks_exact_mut(ROW) {
                if row[13..] == [0, 0, 0] {
                    for (cell, weight) in row.iter_mut().zip(weights) {
                        *cell = quantise(*weight, scale);
                    }
                    row[13..].copy_from_slice(&tag.to_le_bytes()[..3]);
                    break 'room;
                }
            }
            line = (line + 1) % lines;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::hash::mix;
    use super::*;

    #[test]
    fn a_model_gives_back_what_it_was_built_of() {
        let rows: Vec<(u64, [f32; LABELS])> =
            (0..5_000u64).map(|i| (mix(i, 7), std::array::from_fn(|l| (i % 100) as f32 - 10.0 * l as f32))).collect();
        let mut transitions = [[[0.0; LABELS]; LABELS]; JOINS];
        transitions[1][2][3] = -4.0;
        let bytes = build(&rows, &transitions);
        let model = Model::new(&bytes).expect("a model");
        for (feature, weights) in &rows {
            let mut scores = [0; LABELS];
            model.add_all(&[*feature], &mut scores);
            for (score, weight) in scores.iter().zip(weights) {
                let value = *score as f32 * model.scale;
                // The largest of all saturate.
                let weight = weight.clamp(-127.0 * model.scale, 127.0 * model.scale);
                assert!((value - weight).abs() <= model.scale, "{value} is not {weight}");
            }
        }
        let unit = model.transitions[1][2][3] as f32 * model.scale;
        assert!((unit + 4.0).abs() < model.scale);
        assert!(Model::new(b"not a model").is_none());
    }
}
