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
pub const MAGIC: &[u8; 8] = b"DLENT003";
/// Bytes of a row.
pub(super) const ROW: usize = 16;
const ROWS: usize = 4;
const LINE: usize = ROW * ROWS;
/// Features that are looked for at once.
const FEATURES_MAX: usize = 32;
/// Bits of the sieve: 256 KiB, which the processor keeps at hand where the rows are out of
/// reach. Most features are in no row, and one in nine of these passes.
const SIEVE_BITS: usize = 1 << 21;
const TRANSITIONS: usize = JOINS * LABELS * LABELS;
const HEAD: usize = (16 + TRANSITIONS).next_multiple_of(LINE);

/// Rows that lie in one line of the processor's cache.
type Line = [[u8; ROW]; ROWS];

/// Scores of the labels of one token, in units of the row's scale.
pub type Scores = [i32; LABELS];

/// Sums of weights while they are added up: those of the labels first. A weight has eight
/// bits, and a token some hundred features, whose sums fit sixteen.
pub(super) type Sums = [i16; ROW];

/// Weights in the bytes that hold them.
#[derive(Clone, Debug)]
pub struct Model<'a> {
    lines: &'a [Line],
    /// A bit for each tag, of which the last bits count: set where a row may have it.
    sieve: Box<[u64]>,
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
        let (rows, _) = lines.as_chunks();
        let (lines, _) = rows.as_chunks();
        if &head[..8] != MAGIC || lines.is_empty() {
            return None;
        }
        let float = |at: usize| f32::from_le_bytes([head[at], head[at + 1], head[at + 2], head[at + 3]]);
        let (scale, transition_scale) = (float(8), float(12));
        let mut transitions = Box::new([[[0; LABELS]; LABELS]; JOINS]);
        for (cell, &weight) in transitions.iter_mut().flatten().flatten().zip(&head[16..]) {
            *cell = (f32::from(weight as i8) * transition_scale / scale).round() as i32;
        }
        let mut sieve = vec![0u64; SIEVE_BITS / 64].into_boxed_slice();
        for tag in lines.iter().flat_map(|line| (0..ROWS).map(|row| tag_of(line, row))).filter(|tag| *tag != 0) {
            let bit = tag as usize % SIEVE_BITS;
            sieve[bit / 64] |= 1 << (bit % 64);
        }
        Some(Model { lines, sieve, transitions, scale })
    }

    /// Adds the weights of features.
    pub fn add_all(&self, features: &[u64], scores: &mut Scores) {
        for chunk in features.chunks(FEATURES_MAX) {
            let mut sums = [0; ROW];
            self.add(chunk, &mut sums);
            for (score, sum) in scores.iter_mut().zip(sums) {
                *score += i32::from(sum);
            }
        }
    }

    /// Adds the weights of the features of one token.
    ///
    /// A look-up has no branch that depends on what it finds: those of a token wait for
    /// memory all at once instead of one after the other.
    pub(super) fn add(&self, features: &[u64], sums: &mut Sums) {
        for chunk in features.chunks(FEATURES_MAX) {
            let mut likely = [0u64; FEATURES_MAX];
            let mut likely_count = 0;
            for &feature in chunk {
                likely[likely_count] = feature;
                likely_count += usize::from(self.may_hold(feature));
            }
            // Every line is touched before any is read: memory brings them all at once.
            let mut places = [(0usize, 0u32); FEATURES_MAX];
            for (at, &feature) in places.iter_mut().zip(&likely[..likely_count]) {
                let (line, _) = place(feature, self.lines.len());
                *at = (line, self.lines.get(line).map_or(0, |line| tag_of(line, ROWS - 1)));
            }
            let mut beyond = [0u64; FEATURES_MAX];
            let mut beyond_count = 0;
            for (&feature, &(line, last)) in likely[..likely_count].iter().zip(&places) {
                let Some(line) = self.lines.get(line) else { continue };
                let tag = tag(feature);
                let hits = u32::from(tag_of(line, 0) == tag)
                    | u32::from(tag_of(line, 1) == tag) << 1
                    | u32::from(tag_of(line, 2) == tag) << 2
                    | u32::from(last == tag) << 3;
                // Without a hit some row is added as zeros.
                let row = (hits | 8).trailing_zeros() as usize;
                add_row(row_of(line, row), if hits == 0 { 0 } else { 0xFF }, sums);
                // The line is full: the feature may lie in a later one.
                beyond[beyond_count] = feature;
                beyond_count += usize::from(hits == 0 && last != 0);
            }
            for &feature in &beyond[..beyond_count] {
                self.add_beyond(feature, sums);
            }
        }
    }

    /// Tells whether a row may be that of a feature.
    #[inline]
    fn may_hold(&self, feature: u64) -> bool {
        let bit = tag(feature) as usize % SIEVE_BITS;
        self.sieve.get(bit / 64).is_some_and(|word| word >> (bit % 64) & 1 != 0)
    }

    /// Adds the weights of a feature that is not in its own line.
    fn add_beyond(&self, feature: u64, sums: &mut Sums) {
        let (own, tag) = place(feature, self.lines.len());
        let (before, after) = self.lines.split_at(own);
        for line in after.iter().skip(1).chain(before) {
            for row in 0..ROWS {
                match tag_of(line, row) {
                    found if found == tag => return add_row(row_of(line, row), 0xFF, sums),
                    0 => return,
                    _ => {}
                }
            }
        }
    }
}

#[inline]
fn row_of(line: &Line, row: usize) -> &[u8; ROW] {
    &line[row & (ROWS - 1)]
}

#[inline]
fn tag_of(line: &Line, row: usize) -> u32 {
    let row = row_of(line, row);
    u32::from_le_bytes([row[12], row[13], row[14], row[15]]) >> 8
}

/// Adds a row's weights where `mask` is all ones. The tag's three bytes are added with
/// them, into sums that nobody reads.
#[inline]
fn add_row(row: &[u8; ROW], mask: u8, sums: &mut Sums) {
    let mut at = 0;
    // A loop over numbers: that of two iterators is not always unrolled into one step.
    while at < ROW {
        sums[at] = sums[at].wrapping_add(i16::from((row[at] & mask) as i8));
        at += 1;
    }
}

#[inline]
fn place(hash: u64, lines: usize) -> (usize, u32) {
    let line = ((u128::from(hash) * lines as u128) >> 64) as usize;
    (line, tag(hash))
}

/// The last bits of a hash, by which a row is known; none is 0.
#[inline]
fn tag(hash: u64) -> u32 {
    ((hash & 0x00FF_FFFF) as u32).max(1)
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
