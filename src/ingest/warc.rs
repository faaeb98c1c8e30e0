//! WARC (ISO 28500) and ARC files: the pages in them, one by one.

use super::containers::{CONTENT_BYTES_MAX, Label};
use super::turn::{self, Turn};
use crate::wire::parse_moment;
use std::io::{BufRead, Read};

/// Longest line of a header.
const LINE_BYTES_MAX: u64 = 64 * 1024;
/// Lines of one header.
const LINES_MAX: usize = 500;
/// Bytes that are searched for the next record behind a damaged one.
const RESYNC_BYTES_MAX: u64 = 64 << 20;

/// A page.
pub(super) struct Record {
    pub(super) bytes: Vec<u8>,
    pub(super) left_out: u64,
    pub(super) label: Label,
    /// The share of the budget of bytes that it has.
    _turn: Option<Turn>,
}

/// The records of a file.
pub(super) struct Records<R> {
    reader: R,
    is_arc: bool,
    first: bool,
    pushed: Option<Vec<u8>>,
    damaged: u64,
    cut: bool,
}

type Headers = Vec<(String, String)>;

impl<R: BufRead> Records<R> {
    pub(super) fn new(reader: R, is_arc: bool) -> Records<R> {
        Records { reader, is_arc, first: true, pushed: None, damaged: 0, cut: false }
    }

    /// Says what was wrong with the file as a whole.
    pub(super) fn problems(&self) -> Vec<String> {
        let mut problems = Vec::new();
        if self.damaged > 0 {
            problems.push(format!("{} of its records are damaged and were searched for the next", self.damaged));
        }
        if self.cut {
            problems.push("its last record is cut off".to_owned());
        }
        problems
    }

    /// Returns the next record that holds a page or a document.
    pub(super) fn next_record(&mut self) -> Option<Record> {
        loop {
            let found = if self.is_arc { self.arc()? } else { self.warc()? };
            if let Some(record) = found {
                return Some(record);
            }
        }
    }

    fn line(&mut self) -> Option<Vec<u8>> {
        if let Some(line) = self.pushed.take() {
            return Some(line);
        }
        let mut line = Vec::new();
        let read = (&mut self.reader).take(LINE_BYTES_MAX).read_until(b'\n', &mut line);
        match read {
            Ok(0) => None,
            Ok(_) => Some(line),
            Err(_) => {
                self.cut = true;
                None
            }
        }
    }

    fn text_line(&mut self) -> Option<String> {
        let line = self.line()?;
        Some(String::from_utf8_lossy(&line).trim_end_matches(['\r', '\n']).to_owned())
    }

    /// Reads one record of WARC: `None` at the end, `Some(None)` for one that is no page.
    fn warc(&mut self) -> Option<Option<Record>> {
        let mut searched = 0;
        let mut lost = false;
        loop {
            let line = self.line()?;
            if line.starts_with(b"WARC/") {
                break;
            }
            if line.iter().any(|b| !b.is_ascii_whitespace()) && !lost {
                lost = true;
                self.damaged += 1;
            }
            searched += line.len() as u64;
            if searched > RESYNC_BYTES_MAX {
                return None;
            }
        }
        let mut headers = Headers::new();
        while let Some(line) = self.text_line().filter(|l| !l.is_empty() && headers.len() < LINES_MAX) {
            if let Some((name, value)) = line.split_once(':') {
                headers.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
            }
        }
        let get = |name: &str| headers.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str());
        let length: u64 = get("content-length").and_then(|l| l.parse().ok()).unwrap_or(0);
        let kind = get("warc-type").unwrap_or("").to_ascii_lowercase();
        let wanted = matches!(kind.as_str(), "response" | "resource" | "conversion");
        let (block, left_out, turn) = self.block(length, wanted);
        if !wanted {
            return Some(None);
        }
        let address = get("warc-target-uri").map(|a| a.trim_matches(['<', '>']).to_owned());
        // What crawlers write down about themselves.
        if address.as_deref().is_some_and(|a| a.starts_with("metadata:") || a.starts_with("urn:X-wpull")) {
            return Some(None);
        }
        let label = Label { charset: None, address, captured: get("warc-date").and_then(parse_moment) };
        let is_http =
            get("content-type").is_some_and(|t| t.contains("application/http")) || block.starts_with(b"HTTP/");
        Some(page(block, left_out, label, is_http).map(|record| Record { _turn: turn, ..record }))
    }

    /// Reads one record of ARC: `address ip date type length`, then as many bytes.
    fn arc(&mut self) -> Option<Option<Record>> {
        let line = loop {
            let line = self.text_line()?;
            if !line.trim().is_empty() {
                break line;
            }
        };
        // Blanks within an address occur: the last four words are what follows it.
        let words: Vec<&str> = line.split(' ').collect();
        let fits = words.len() >= 5 && words[words.len() - 3].bytes().all(|b| b.is_ascii_digit());
        let length = words.last().and_then(|l| l.parse::<u64>().ok());
        let (Some(length), true) = (length, fits) else {
            self.damaged += 1;
            return self.find_arc();
        };
        let address = words[..words.len() - 4].join(" ");
        let captured = parse_moment(words[words.len() - 3]);
        let wanted = !self.first && !address.starts_with("filedesc:");
        self.first = false;
        let (block, left_out, turn) = self.block(length, wanted);
        if !wanted {
            return Some(None);
        }
        let is_http = block.starts_with(b"HTTP/");
        let label = Label { charset: None, address: Some(address), captured };
        Some(page(block, left_out, label, is_http).map(|record| Record { _turn: turn, ..record }))
    }

    /// Searches for the next line that reads like the header of a record.
    fn find_arc(&mut self) -> Option<Option<Record>> {
        let mut searched = 0;
        while searched < RESYNC_BYTES_MAX {
            let line = self.line()?;
            searched += line.len() as u64;
            if line.starts_with(b"http://") || line.starts_with(b"https://") {
                self.pushed = Some(line);
                return Some(None);
            }
        }
        None
    }

    /// Reads the block of a record, up to the bound, and skips the rest.
    fn block(&mut self, length: u64, wanted: bool) -> (Vec<u8>, u64, Option<Turn>) {
        let mut bytes = Vec::new();
        let bound = if wanted { length.min(CONTENT_BYTES_MAX) } else { 0 };
        let turn = turn::take(bound);
        let read = (&mut self.reader).take(bound).read_to_end(&mut bytes);
        let rest = length - bound;
        let skipped = std::io::copy(&mut (&mut self.reader).take(rest), &mut std::io::sink());
        self.cut |= read.is_err() || (bytes.len() as u64) < bound || skipped.as_ref().map_or(true, |s| *s < rest);
        let left_out = if wanted { skipped.unwrap_or(0) } else { 0 };
        (bytes, left_out, turn)
    }
}

/// Takes the page out of a block: of HTTP what follows the headers, decoded.
fn page(block: Vec<u8>, left_out: u64, mut label: Label, is_http: bool) -> Option<Record> {
    if !is_http {
        return (!block.is_empty()).then_some(Record { bytes: block, left_out, label, _turn: None });
    }
    let end = memchr::memmem::find(&block, b"\r\n\r\n").map(|i| (i, i + 4));
    let end = end.or_else(|| memchr::memmem::find(&block, b"\n\n").map(|i| (i, i + 2)));
    let (head, body) = end.map_or((block.as_slice(), &[][..]), |(h, b)| (&block[..h], &block[b..]));
    let head = String::from_utf8_lossy(head).into_owned();
    let status = head.lines().next().and_then(|l| l.split_whitespace().nth(1)).unwrap_or("");
    if !status.starts_with('2') {
        return None;
    }
    let get = |name: &str| {
        head.lines()
            .filter_map(|l| l.split_once(':'))
            .find(|(n, _)| n.trim().eq_ignore_ascii_case(name))
            .map(|(_, v)| v.trim())
    };
    let kind = get("content-type").unwrap_or("").to_ascii_lowercase();
    // Pages, feeds and documents hold stories; pictures, styles and programs do not.
    let is_copy = kind.is_empty()
        || (kind.starts_with("text/") && !kind.contains("css") && !kind.contains("javascript"))
        || ["xml", "json", "pdf", "zip", "word", "opendocument", "octet-stream", "mbox"]
            .iter()
            .any(|k| kind.contains(k));
    if !is_copy {
        return None;
    }
    label.charset = kind
        .split("charset=")
        .nth(1)
        .map(|c| c.trim_matches(['"', '\'', ' ']).split(';').next().unwrap_or("").to_owned());
    let mut bytes = if get("transfer-encoding").is_some_and(|t| t.to_ascii_lowercase().contains("chunked")) {
        unchunked(body)
    } else {
        body.to_vec()
    };
    let coding = get("content-encoding").unwrap_or("").to_ascii_lowercase();
    if coding.contains("gzip") || coding.contains("deflate") {
        let mut plain = Vec::new();
        let read = if bytes.starts_with(&[0x1F, 0x8B]) {
            flate2::read::MultiGzDecoder::new(bytes.as_slice()).take(CONTENT_BYTES_MAX).read_to_end(&mut plain)
        } else {
            flate2::read::ZlibDecoder::new(bytes.as_slice()).take(CONTENT_BYTES_MAX).read_to_end(&mut plain)
        };
        if read.is_ok() || !plain.is_empty() {
            bytes = plain;
        }
    }
    (!bytes.is_empty()).then_some(Record { bytes, left_out, label, _turn: None })
}

/// Joins the chunks of a body; one that says it is chunked and is not stays as it is.
fn unchunked(body: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(body.len());
    let mut rest = body;
    while !rest.is_empty() {
        let Some(end) = memchr::memchr(b'\n', &rest[..rest.len().min(64)]) else { break };
        let line = String::from_utf8_lossy(&rest[..end]);
        let digits = line.trim().split(';').next().unwrap_or("").trim().to_owned();
        let Ok(size) = usize::from_str_radix(&digits, 16) else { break };
        rest = &rest[end + 1..];
        if size == 0 {
            return out;
        }
        let size = size.min(rest.len());
        out.extend_from_slice(&rest[..size]);
        rest = &rest[size..];
        rest = rest.strip_prefix(b"\r\n").or_else(|| rest.strip_prefix(b"\n")).unwrap_or(rest);
    }
    if out.is_empty() {
        return body.to_vec();
    }
    out.extend_from_slice(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::Records;

    fn pages(file: &str, is_arc: bool) -> Vec<String> {
        let mut records = Records::new(file.as_bytes(), is_arc);
        let mut seen = Vec::new();
        while let Some(record) = records.next_record() {
            let address = record.label.address.unwrap_or_default();
            let captured = record.label.captured.map_or(String::new(), |m| m.to_string());
            seen.push(format!("{address} {captured} {}", String::from_utf8_lossy(&record.bytes)));
        }
        seen.extend(records.problems());
        seen
    }

    fn record(kind: &str, block: &str) -> String {
        format!(
            "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: http://a.example/b\r\nWARC-Date: 2020-01-02T03:04:05Z\r\nContent-Type: application/http\r\nContent-Length: {}\r\n\r\n{block}\r\n\r\n",
            block.len()
        )
    }

    #[test]
    fn pages_are_taken_out() {
        let chunked = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n3\r\n<p>\r\n4\r\ncopy\r\n0\r\n\r\n";
        let file = record("warcinfo", "x")
            + &record("response", chunked)
            + &record("request", "GET /")
            + &record("response", "HTTP/1.1 404 No\r\n\r\nno");
        assert_eq!(pages(&file, false), ["http://a.example/b 2020-01-02T03:04:05Z <p>copy"]);
        let damaged = file.replace("Content-Length: 1\r\n", "Content-Length: 0\r\n");
        assert!(pages(&damaged, false)[0].ends_with("<p>copy"));
        let cut = &file[..file.find("copy").expect("there") + 2];
        assert!(pages(cut, false).iter().any(|p| p.contains("cut off")));
    }

    #[test]
    fn arc_files_too() {
        let page = "HTTP/1.0 200 OK\nContent-Type: text/html\n\n<p>copy";
        let file = format!(
            "filedesc://x 0.0.0.0 20200102030405 text/plain 3\nabc\n\nhttp://a.example/b c 1.2.3.4 20200102030405 text/html {}\n{page}\n",
            page.len()
        );
        assert_eq!(pages(&file, true), ["http://a.example/b c 2020-01-02T03:04:05 <p>copy"]);
    }
}
