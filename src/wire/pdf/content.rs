//! The operators of a page's content, one by one, without a copy of them all.

/// Elements of one array of strings and distances.
const ELEMENTS_MAX: usize = 100_000;
/// The longest string that is read.
const STRING_BYTES_MAX: usize = 64 * 1024;

/// A value before an operator.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Operand {
    /// A number.
    Number(f32),
    /// A name, without its slash.
    Name(Vec<u8>),
    /// The bytes of a string.
    Text(Vec<u8>),
    /// Strings and distances of `TJ`; what else an array holds is left out.
    List(Vec<Operand>),
}

/// Reads operators from the bytes of a content stream.
pub(super) struct Operators<'a> {
    bytes: &'a [u8],
    at: usize,
    operands_max: usize,
}

fn is_blank(b: u8) -> bool {
    matches!(b, 0 | 9 | 10 | 12 | 13 | 32)
}

fn is_regular(b: u8) -> bool {
    !is_blank(b) && !matches!(b, b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%')
}

impl<'a> Operators<'a> {
    /// Returns the operators in `bytes`; of each at most `operands_max` operands are kept.
    pub(super) fn of(bytes: &'a [u8], operands_max: usize) -> Operators<'a> {
        Operators { bytes, at: 0, operands_max }
    }

    /// Returns the next operator; its operands are in `operands`.
    pub(super) fn next(&mut self, operands: &mut Vec<Operand>) -> Option<&'a [u8]> {
        operands.clear();
        loop {
            self.blanks();
            let first = *self.bytes.get(self.at)?;
            let operand = match first {
                b'(' => Some(Operand::Text(self.literal())),
                b'<' if self.bytes.get(self.at + 1) == Some(&b'<') => {
                    self.dictionary();
                    None
                }
                b'<' => Some(Operand::Text(self.hex())),
                b'/' => Some(Operand::Name(self.name())),
                b'[' => Some(Operand::List(self.list())),
                _ if is_regular(first) => {
                    let word = self.word();
                    match number(word) {
                        Some(number) => Some(Operand::Number(number)),
                        None if matches!(word, b"true" | b"false" | b"null") => None,
                        None => {
                            if word == b"ID" {
                                self.picture();
                            }
                            return Some(word);
                        }
                    }
                }
                // A bracket that closes nothing.
                _ => {
                    self.at += 1;
                    None
                }
            };
            if let Some(operand) = operand.filter(|_| operands.len() < self.operands_max) {
                operands.push(operand);
            }
        }
    }

    fn blanks(&mut self) {
        while let Some(b) = self.bytes.get(self.at) {
            if *b == b'%' {
                let rest = &self.bytes[self.at..];
                self.at += memchr::memchr2(b'\n', b'\r', rest).unwrap_or(rest.len());
            } else if is_blank(*b) {
                self.at += 1;
            } else {
                return;
            }
        }
    }

    fn word(&mut self) -> &'a [u8] {
        let rest = &self.bytes[self.at..];
        let end = rest.iter().position(|b| !is_regular(*b)).unwrap_or(rest.len());
        self.at += end;
        &rest[..end]
    }

    fn name(&mut self) -> Vec<u8> {
        self.at += 1;
        let raw = self.word();
        if !raw.contains(&b'#') {
            return raw.to_vec();
        }
        let mut name = Vec::with_capacity(raw.len());
        let mut rest = raw;
        while let Some((first, tail)) = rest.split_first() {
            let hex =
                (*first == b'#').then(|| tail.get(..2)).flatten().and_then(|h| Some(digit(h[0])? << 4 | digit(h[1])?));
            name.push(hex.unwrap_or(*first));
            rest = if hex.is_some() { &tail[2..] } else { tail };
        }
        name
    }

    /// A string in brackets, with its escapes and its inner brackets.
    fn literal(&mut self) -> Vec<u8> {
        self.at += 1;
        let mut text = Vec::new();
        let mut depth = 0usize;
        while let Some(b) = self.bytes.get(self.at).copied() {
            self.at += 1;
            let put = match b {
                b'(' => {
                    depth += 1;
                    Some(b)
                }
                b')' if depth == 0 => break,
                b')' => {
                    depth -= 1;
                    Some(b)
                }
                b'\\' => self.escape(),
                _ => Some(b),
            };
            if let Some(b) = put.filter(|_| text.len() < STRING_BYTES_MAX) {
                text.push(b);
            }
        }
        text
    }

    fn escape(&mut self) -> Option<u8> {
        let b = *self.bytes.get(self.at)?;
        self.at += 1;
        Some(match b {
            b'n' => b'\n',
            b'r' => b'\r',
            b't' => b'\t',
            b'b' => 8,
            b'f' => 12,
            b'\r' => {
                self.at += usize::from(self.bytes.get(self.at) == Some(&b'\n'));
                return None;
            }
            b'\n' => return None,
            b'0'..=b'7' => {
                let mut code = u32::from(b - b'0');
                for _ in 0..2 {
                    match self.bytes.get(self.at) {
                        Some(d @ b'0'..=b'7') => code = code * 8 + u32::from(d - b'0'),
                        _ => break,
                    }
                    self.at += 1;
                }
                (code & 0xFF) as u8
            }
            other => other,
        })
    }

    fn hex(&mut self) -> Vec<u8> {
        self.at += 1;
        let rest = &self.bytes[self.at..];
        let end = memchr::memchr(b'>', rest).unwrap_or(rest.len());
        self.at = (self.at + end + 1).min(self.bytes.len());
        let mut text = Vec::with_capacity((end / 2).min(STRING_BYTES_MAX));
        let mut half = None;
        for value in rest[..end].iter().filter_map(|b| digit(*b)).take(2 * STRING_BYTES_MAX) {
            match half.take() {
                None => half = Some(value),
                Some(high) => text.push(high << 4 | value),
            }
        }
        text.extend(half.map(|high| high << 4));
        text
    }

    fn list(&mut self) -> Vec<Operand> {
        self.at += 1;
        let mut list = Vec::new();
        loop {
            self.blanks();
            let Some(first) = self.bytes.get(self.at).copied() else { return list };
            let element = match first {
                b']' => {
                    self.at += 1;
                    return list;
                }
                b'(' => Some(Operand::Text(self.literal())),
                b'<' => Some(Operand::Text(self.hex())),
                _ if is_regular(first) => number(self.word()).map(Operand::Number),
                _ => {
                    self.at += 1;
                    None
                }
            };
            if let Some(element) = element.filter(|_| list.len() < ELEMENTS_MAX) {
                list.push(element);
            }
        }
    }

    /// Passes over a dictionary, which marks content and is not asked.
    fn dictionary(&mut self) {
        let mut depth = 0usize;
        while let Some(b) = self.bytes.get(self.at).copied() {
            match b {
                b'(' => {
                    self.literal();
                    continue;
                }
                b'<' if self.bytes.get(self.at + 1) == Some(&b'<') => {
                    depth += 1;
                    self.at += 2;
                }
                b'>' if self.bytes.get(self.at + 1) == Some(&b'>') => {
                    depth = depth.saturating_sub(1);
                    self.at += 2;
                    if depth == 0 {
                        return;
                    }
                }
                _ => self.at += 1,
            }
        }
    }

    /// Passes over the bytes of a picture, up to its end between blanks.
    fn picture(&mut self) {
        let mut from = self.at;
        while let Some(i) = memchr::memmem::find(&self.bytes[from..], b"EI").map(|i| from + i) {
            let before = i.checked_sub(1).is_none_or(|b| is_blank(self.bytes[b]));
            let after = self.bytes.get(i + 2).is_none_or(|b| is_blank(*b));
            if before && after {
                self.at = i + 2;
                return;
            }
            from = i + 2;
        }
        self.at = self.bytes.len();
    }
}

fn digit(b: u8) -> Option<u8> {
    char::from(b).to_digit(16).map(|d| d as u8)
}

fn number(word: &[u8]) -> Option<f32> {
    let first = word.first()?;
    if !(first.is_ascii_digit() || matches!(first, b'+' | b'-' | b'.')) || word.len() > 40 {
        return None;
    }
    std::str::from_utf8(word).ok()?.parse().ok().filter(|n: &f32| n.is_finite())
}

#[cfg(test)]
mod tests {
    use super::{Operand, Operators};

    fn all(text: &str) -> String {
        let mut operators = Operators::of(text.as_bytes(), 12);
        let mut operands = Vec::new();
        let mut out = Vec::new();
        while let Some(operator) = operators.next(&mut operands) {
            let shown: Vec<String> = operands.iter().map(show).collect();
            out.push(format!("{} {}", shown.join(" "), String::from_utf8_lossy(operator)).trim().to_owned());
        }
        out.join("; ")
    }

    fn show(operand: &Operand) -> String {
        match operand {
            Operand::Number(n) => n.to_string(),
            Operand::Name(n) => format!("/{}", String::from_utf8_lossy(n)),
            Operand::Text(t) => format!("'{}'", String::from_utf8_lossy(t)),
            Operand::List(l) => format!("[{}]", l.iter().map(show).collect::<Vec<_>>().join(" ")),
        }
    }

    #[test]
    fn operators_with_their_operands() {
        assert_eq!(
            all("BT /F#31 12 Tf 72.5 -.5 Td (a\\(b\\051 (c)\\101) Tj ET"),
            "BT; /F1 12 Tf; 72.5 -0.5 Td; 'a(b) (c)A' Tj; ET"
        );
        assert_eq!(all("[(A) -120 <4 2>] TJ % x\n<</MCID 0 /E (>>)>> BDC"), "['A' -120 'B'] TJ; BDC");
        assert_eq!(all("BI /W 1 ID \x01EIx(\x02 EI Q"), "BI; /W 1 ID; Q");
        assert_eq!(all("(open"), "");
    }
}
