//! Labelled texts: the project's own, sets of others, gold to measure on.

use dateline::enrich::entities::hash;
use dateline::story::EntityKind;
use std::path::{Path, PathBuf};
use std::process::Command;

/// One labelled text.
#[derive(Clone, Debug)]
pub(crate) struct Item {
    /// ISO 639-1 code.
    pub(crate) lang: String,
    /// File or set that it comes from.
    pub(crate) source: String,
    /// Stretches of the text in order, those that are names with their kind.
    pub(crate) pieces: Vec<(String, Option<EntityKind>)>,
    /// Byte spans that may or may not be names: neither right nor wrong.
    pub(crate) doubtful: Vec<(usize, usize)>,
}

impl Item {
    pub(crate) fn text(&self) -> String {
        self.pieces.iter().map(|(s, _)| s.as_str()).collect()
    }

    /// The names: first byte, one past the last, kind.
    pub(crate) fn names(&self) -> Vec<(usize, usize, EntityKind)> {
        let mut at = 0;
        let mut out = Vec::new();
        for (piece, kind) in &self.pieces {
            if let Some(kind) = kind {
                out.push((at, at + piece.len(), *kind));
            }
            at += piece.len();
        }
        out
    }

    /// Tells whether an own text is kept to measure on: one in ten, by its hash.
    pub(crate) fn is_held_out(&self) -> bool {
        hash::of(&self.text()).is_multiple_of(10)
    }
}

fn kind(name: &str) -> Option<EntityKind> {
    match name {
        "PER" => Some(EntityKind::Person),
        "LOC" => Some(EntityKind::Place),
        "ORG" => Some(EntityKind::Org),
        _ => None,
    }
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut out: Vec<PathBuf> =
        std::fs::read_dir(folder).map(|d| d.flatten().map(|e| e.path()).collect()).unwrap_or_default();
    out.sort();
    out
}

/// Reads `FOLDER/<lang>/*.txt`: items begin with a line `%% style genre`, names stand in
/// brackets behind their kind: `[LOC Moscou]`.
pub(crate) fn own(folder: &Path) -> Vec<Item> {
    let mut out = Vec::new();
    for lang in files(folder).into_iter().filter(|p| p.is_dir()) {
        let code = lang.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        for file in files(&lang).into_iter().filter(|p| p.extension().is_some_and(|e| e == "txt")) {
            let text = std::fs::read_to_string(&file).unwrap_or_default();
            let mut body = String::new();
            let mut style = String::new();
            for line in text.lines().chain(["%% end"]) {
                if let Some(next) = line.strip_prefix("%%") {
                    if !body.trim().is_empty() {
                        out.push(Item {
                            lang: code.clone(),
                            source: format!("{}:{style}", file.display()),
                            pieces: pieces(body.trim()),
                            doubtful: Vec::new(),
                        });
                    }
                    body.clear();
                    next.trim().clone_into(&mut style);
                } else {
                    body += line;
                    body.push('\n');
                }
            }
        }
    }
    out
}

fn pieces(text: &str) -> Vec<(String, Option<EntityKind>)> {
    let mut out = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find('[') {
        let end = rest[at..].find(']').map(|e| at + e);
        let label =
            end.and_then(|e| rest[at + 1..e].split_once(' ').and_then(|(k, name)| Some((e, kind(k)?, name.trim()))));
        let Some((end, kind, name)) = label else {
            out.push((rest[..=at].to_owned(), None));
            rest = &rest[at + 1..];
            continue;
        };
        out.push((rest[..at].to_owned(), None));
        out.push((name.to_owned(), Some(kind)));
        rest = &rest[end + 1..];
    }
    out.push((rest.to_owned(), None));
    out.retain(|(s, _)| !s.is_empty());
    out
}

/// Reads sets of gold: `NAME.jsonl`, one object a line with `text`, `lang` and `ents` as
/// `[start, end, kind]` in code points; `?` marks doubtful spans.
pub(crate) fn gold(folder: &Path) -> Vec<(String, Vec<Item>)> {
    files(folder)
        .into_iter()
        .filter(|p| p.extension().is_some_and(|e| e == "jsonl"))
        .map(|p| (p.file_stem().map(|s| s.to_string_lossy().into_owned()).unwrap_or_default(), jsonl(&p)))
        .collect()
}

fn jsonl(path: &Path) -> Vec<Item> {
    let text = std::fs::read_to_string(path).unwrap_or_default();
    text.lines()
        .filter_map(|line| {
            let value: serde_json::Value = serde_json::from_str(line).ok()?;
            let text = value["text"].as_str()?.to_owned();
            let mut bytes: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
            bytes.push(text.len());
            let mut spans = Vec::new();
            let mut doubtful = Vec::new();
            for e in value["ents"].as_array()? {
                let at = |i: usize| Some(bytes[(e[i].as_u64()? as usize).min(bytes.len() - 1)]);
                let (start, end) = (at(0)?, at(1)?);
                match kind(e[2].as_str()?) {
                    Some(kind) => spans.push((start, end, kind)),
                    None if e[2] == "?" => doubtful.push((start, end)),
                    None => {}
                }
            }
            spans.sort_unstable_by_key(|s| (s.0, std::cmp::Reverse(s.1)));
            Some(Item {
                lang: value["lang"].as_str()?.to_owned(),
                source: path.display().to_string(),
                pieces: cut(&text, &spans),
                doubtful,
            })
        })
        .collect()
}

fn cut(text: &str, spans: &[(usize, usize, EntityKind)]) -> Vec<(String, Option<EntityKind>)> {
    let mut out = Vec::new();
    let mut at = 0;
    for (start, end, kind) in spans {
        if *start < at {
            continue;
        }
        out.push((text[at..*start].to_owned(), None));
        out.push((text[*start..*end].to_owned(), Some(*kind)));
        at = *end;
    }
    out.push((text[at..].to_owned(), None));
    out.retain(|(s, _)| !s.is_empty());
    out
}

/// Reads the sets of others: `*.jsonl` as gold is, and columns of word and label,
/// compressed (`*.bio.gz`, `*.conll.gz`), whose names end in `-LANG` or hold `_LANG.`.
pub(crate) fn sets(folder: &Path) -> Vec<Item> {
    let mut out = Vec::new();
    for file in files(folder) {
        let name = file.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        if name.ends_with(".jsonl") {
            out.extend(jsonl(&file));
        } else if name.ends_with(".gz") {
            let lang = match () {
                () if name.contains("_FR") => "fr",
                () if name.contains("_DE") => "de",
                () if name.contains("_NL") => "nl",
                () => "en",
            };
            out.extend(columns(&file, lang));
        }
    }
    out
}

/// Words of a text that has no division into texts.
const CHUNK: usize = 120;

fn columns(path: &Path, lang: &str) -> Vec<Item> {
    let output = Command::new("gzip").arg("-dc").arg(path).output();
    let text = output.map(|o| String::from_utf8_lossy(&o.stdout).into_owned()).unwrap_or_default();
    let mut out = Vec::new();
    let mut item = Chunk::default();
    for line in text.lines().chain([""]) {
        let mut cells = line.split_whitespace();
        let (Some(word), Some(tag)) = (cells.next(), cells.last()) else {
            if !line.trim().is_empty() {
                continue;
            }
            item.new_line();
            if item.words >= CHUNK || item.words > 0 && !path.to_string_lossy().contains("wikigold") {
                out.extend(item.take(path, lang));
            }
            continue;
        };
        if word.starts_with('#') && line.contains(':') {
            continue;
        }
        item.push(word, tag);
        if item.words >= CHUNK && word == "." {
            out.extend(item.take(path, lang));
        }
    }
    out.extend(item.take(path, lang));
    out
}

/// A text that is put together again from words.
#[derive(Default)]
struct Chunk {
    pieces: Vec<(String, Option<EntityKind>)>,
    words: usize,
    glue: bool,
}

impl Chunk {
    fn push(&mut self, word: &str, tag: &str) {
        let kind = tag.split_once('-').and_then(|(_, k)| kind(k));
        let continues = !tag.starts_with("B-");
        let closes = matches!(word, "." | "," | ";" | ":" | "!" | "?" | ")" | "]" | "'s" | "»" | "%" | "'");
        let gap = if self.words == 0 || closes || self.glue || self.ends_line() { "" } else { " " };
        self.glue = matches!(word, "(" | "[" | "«");
        self.words += 1;
        match self.pieces.last_mut() {
            Some((text, last)) if *last == kind && (kind.is_none() || continues) => {
                text.push_str(gap);
                text.push_str(word);
            }
            _ => {
                if !gap.is_empty() {
                    match self.pieces.last_mut() {
                        Some((text, None)) => text.push(' '),
                        _ => self.pieces.push((" ".to_owned(), None)),
                    }
                }
                self.pieces.push((word.to_owned(), kind));
            }
        }
    }

    fn ends_line(&self) -> bool {
        self.pieces.last().is_some_and(|(s, _)| s.ends_with('\n'))
    }

    fn new_line(&mut self) {
        if self.words > 0 && !self.ends_line() {
            match self.pieces.last_mut() {
                Some((text, None)) => text.push('\n'),
                _ => self.pieces.push(("\n".to_owned(), None)),
            }
        }
    }

    fn take(&mut self, path: &Path, lang: &str) -> Option<Item> {
        let chunk = std::mem::take(self);
        (chunk.words > 0).then(|| Item {
            lang: lang.to_owned(),
            source: path.display().to_string(),
            pieces: chunk.pieces,
            doubtful: Vec::new(),
        })
    }
}
