//! What codes of a font mean, as its `ToUnicode` map says (ISO 32000, 9.10.3). Ranges stay
//! ranges: a map of a few bytes may span four thousand million codes.

use super::content::{Operand, Operators};
use super::encoding::of_name;

/// Entries of one map.
const ENTRIES_MAX: usize = 100_000;
/// Operands of one section of a map.
const OPERANDS_MAX: usize = 60_000;
/// Ranges before a code among which its own is looked for, where they overlap.
const NEAR_MAX: usize = 8;
/// UTF-16 units that one code may stand for.
const UNITS_MAX: usize = 32;

/// A map from codes to characters.
#[derive(Debug, Default)]
pub(super) struct ToUnicode {
    /// First and last code, and what the first stands for; by first code.
    ranges: Vec<(u32, u32, Vec<u16>)>,
    /// Bytes of a code, where all its ranges of codes have as many.
    pub(super) code_bytes: Option<u8>,
}

impl ToUnicode {
    /// Reads a map; what is no entry of one is left out.
    pub(super) fn parse(bytes: &[u8]) -> ToUnicode {
        let mut map = ToUnicode::default();
        let mut operators = Operators::of(bytes, OPERANDS_MAX);
        let mut operands = Vec::new();
        let mut lengths = 0u8;
        while let Some(operator) = operators.next(&mut operands) {
            if map.ranges.len() >= ENTRIES_MAX {
                break;
            }
            match operator {
                b"endcodespacerange" => {
                    for operand in &operands {
                        if let Operand::Text(code) = operand {
                            lengths |= 1 << code.len().min(7);
                        }
                    }
                }
                b"endbfchar" => {
                    for pair in operands.chunks_exact(2) {
                        if let (Some(code), Some(to)) = (code(&pair[0]), target(&pair[1])) {
                            map.ranges.push((code, code, to));
                        }
                    }
                }
                b"endbfrange" => operands.chunks_exact(3).for_each(|three| map.range(three)),
                _ => {}
            }
        }
        map.ranges.sort_by_key(|(first, _, _)| *first);
        map.code_bytes = (lengths.count_ones() == 1).then(|| lengths.trailing_zeros() as u8).filter(|n| *n > 0);
        map
    }

    fn range(&mut self, three: &[Operand]) {
        let (Some(first), Some(last)) = (code(&three[0]), code(&three[1])) else { return };
        if let Operand::List(list) = &three[2] {
            for (code, to) in (first..=last).zip(list.iter().take(ENTRIES_MAX)) {
                self.ranges.extend(target(to).map(|to| (code, code, to)));
            }
        } else if let Some(to) = target(&three[2]).filter(|_| last >= first) {
            self.ranges.push((first, last, to));
        }
    }

    /// Returns the UTF-16 units that a code stands for.
    pub(super) fn get(&self, code: u32) -> Option<([u16; UNITS_MAX], usize)> {
        let end = self.ranges.partition_point(|(first, _, _)| *first <= code);
        let near = self.ranges[end.saturating_sub(NEAR_MAX)..end].iter().rev();
        let (first, _, to) = near.into_iter().find(|(_, last, _)| code <= *last)?;
        let mut units = [0; UNITS_MAX];
        units[..to.len()].copy_from_slice(to);
        // Within a range the last unit counts on.
        let last = to.len().checked_sub(1)?;
        units[last] = units[last].wrapping_add((code - first) as u16);
        Some((units, to.len()))
    }
}

fn code(operand: &Operand) -> Option<u32> {
    let Operand::Text(bytes) = operand else { return None };
    (bytes.len() <= 4).then(|| bytes.iter().fold(0, |code, b| code << 8 | u32::from(*b)))
}

fn target(operand: &Operand) -> Option<Vec<u16>> {
    match operand {
        Operand::Text(bytes) if bytes.len() == 1 => Some(vec![u16::from(bytes[0])]),
        Operand::Text(bytes) => {
            let units = bytes.chunks_exact(2).take(UNITS_MAX).map(|two| u16::from_be_bytes([two[0], two[1]]));
            Some(units.collect()).filter(|u: &Vec<u16>| !u.is_empty())
        }
        Operand::Name(name) => {
            let mut units = [0; 2];
            Some(of_name(std::str::from_utf8(name).ok()?)?.encode_utf16(&mut units).to_vec())
        }
        Operand::Number(_) | Operand::List(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::ToUnicode;

    #[test]
    fn ranges_and_single_codes() {
        let map = ToUnicode::parse(
            b"1 begincodespacerange <0000> <FFFF> endcodespacerange\n2 beginbfchar <0003> <0020> <0004> <00660069> endbfchar\n\
              3 beginbfrange <0024> <0026> <0041> <0030> <0031> [<0416> <0417>] <00010000> <FFFFFFFF> <0061> endbfrange",
        );
        let text = |code| map.get(code).map(|(units, n)| String::from_utf16_lossy(&units[..n]));
        assert_eq!(map.code_bytes, Some(2));
        for (code, want) in [(3, " "), (4, "fi"), (0x25, "B"), (0x31, "З"), (0x10001, "b")] {
            assert_eq!(text(code).as_deref(), Some(want), "{code}");
        }
        assert_eq!(text(5), None);
    }
}
