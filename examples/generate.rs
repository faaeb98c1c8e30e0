//! Makes an archive of any size out of a small one: stories of real sentences, newly joined.
//!
//! For whoever measures at 200,000 or 1,000,000 stories and owns fewer. The sentences, headlines,
//! places and lengths are those of the folder given; nothing is shipped with this program. Words
//! grow as in real copy: how fast is measured on the folder (Heaps: words seen = K · tokens^β) and
//! kept up by coining names and words, letter by letter as the folder's own names run, and by other
//! figures in place of figures, since joined sentences alone would soon bring no new word.
//!
//! ```text
//! generate FROM OUT --stories 200000 [--seed 1]
//! ```
//!
//! One file a story, a folder a day, the days in order from `--first-day`; every story opens with a
//! dateline of a real place and agency. The same folder, seed and number give the same bytes.
//!
//! Refuses to write into a folder that is not empty. The stories mean nothing: use them for cost,
//! never for quality.

#![allow(clippy::print_stdout, reason = "a program run by hand, whose report is its output")]

#[path = "shared/random.rs"]
mod random;

use anyhow::{Context, Result, ensure};
use chrono::{Datelike, Days, NaiveDate};
use clap::Parser;
use dateline::ingest;
use dateline::story::Story;
use dateline::text::words;
use dateline::wire::Reading;
use random::Random;
use rustc_hash::{FxHashMap, FxHashSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use walkdir::WalkDir;

/// Sentences kept of the folder: more would only fill the memory.
const SENTENCES_MAX: usize = 400_000;
/// Letters that a coined name remembers: with three, a small folder gives few new names.
const MEMORY: usize = 2;
/// Letters of a coined name.
const NAME_LETTERS: std::ops::RangeInclusive<usize> = 4..=11;
/// Of ten coined names, those that were coined before: names come back.
const NAMES_AGAIN_OF_TEN: u64 = 2;
/// Of a hundred long common words in copy that lacks words, those that are coined.
const WORDS_OF_HUNDRED: u64 = 25;
/// Stories of one day and folder.
const STORIES_A_DAY: usize = 250;

#[derive(Parser)]
#[command(about = "Joins the sentences of a folder of stories into as many stories as wanted")]
struct Args {
    /// Folder of stories to take sentences from
    from: PathBuf,
    /// Folder to write, new or empty
    out: PathBuf,
    #[arg(long, default_value_t = 200_000)]
    stories: usize,
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// The day of the first stories
    #[arg(long, default_value = "2020-01-01")]
    first_day: NaiveDate,
    /// Number of the first story, to add to what was made before
    #[arg(long, default_value_t = 0)]
    skip: usize,
}

fn main() -> Result<()> {
    let args = Args::parse();
    let vacant = fs::read_dir(&args.out).map_or(true, |mut entries| entries.next().is_none());
    ensure!(vacant, "{} is not empty", args.out.display());
    let stock = Stock::of(&args.from)?;
    ensure!(!stock.languages.is_empty(), "no sentences in {}", args.from.display());
    println!(
        "read     {} stories, {} sentences, {} tokens, {} words; Heaps K {:.1}, beta {:.3}",
        stock.stories,
        stock.languages.iter().map(|l| l.sentences.len()).sum::<usize>(),
        stock.growth.tokens,
        stock.growth.words,
        stock.growth.k,
        stock.growth.beta
    );
    let mut maker = Maker::new(&stock, args.seed);
    let (mut bytes, mut folder, mut day_made) = (0, PathBuf::new(), None);
    let mut text = String::new();
    for number in args.skip..args.skip + args.stories {
        let day = args.first_day + Days::new((number / STORIES_A_DAY) as u64);
        if day_made != Some(day) {
            folder = args.out.join(day.format("%Y/%m/%d").to_string());
            fs::create_dir_all(&folder)?;
            day_made = Some(day);
        }
        maker.story(number, day, &mut text);
        bytes += text.len();
        let file = folder.join(format!("{number:07}.txt"));
        fs::write(&file, &text).with_context(|| file.display().to_string())?;
    }
    println!("wrote    {} stories, {bytes} bytes, {} tokens", args.stories, maker.tokens);
    println!("words    {} (Heaps foretells {:.0})", maker.seen.len(), stock.growth.at(maker.tokens));
    Ok(())
}

/// How the number of distinct words grows with the tokens read.
struct Growth {
    tokens: usize,
    words: usize,
    k: f64,
    beta: f64,
}

impl Growth {
    /// Fits Heaps' law through the counts at half of the tokens and at all of them.
    fn fit(tokens: usize, half_words: usize, words: usize) -> Growth {
        let beta = (words.max(1) as f64 / half_words.max(1) as f64).log2().clamp(0.2, 0.8);
        let k = words as f64 / (tokens.max(1) as f64).powf(beta);
        Growth { tokens, words, k, beta }
    }

    fn at(&self, tokens: usize) -> f64 {
        self.k * (tokens as f64).powf(self.beta)
    }
}

/// What stories of one language are made of.
#[derive(Default)]
struct Language {
    sentences: Vec<String>,
    headlines: Vec<String>,
    /// Place and agency of real datelines.
    openings: Vec<(String, String)>,
    /// Sentences of each real story.
    lengths: Vec<usize>,
    /// Letters that follow the last ones of a name.
    letters: FxHashMap<Vec<char>, Vec<char>>,
    english: bool,
}

/// Everything read from the folder.
struct Stock {
    languages: Vec<Language>,
    /// How many stories each language had: stories are made in the same shares.
    shares: Vec<usize>,
    stories: usize,
    growth: Growth,
}

impl Stock {
    fn of(folder: &Path) -> Result<Stock> {
        let mut by_code: FxHashMap<String, Language> = FxHashMap::default();
        let (mut stories, mut kept) = (0, 0);
        let mut tokens: Vec<u64> = Vec::new();
        for entry in WalkDir::new(folder).sort_by_file_name() {
            let entry = entry?;
            if !entry.file_type().is_file() {
                continue;
            }
            let Reading::Stories(read) = ingest::read_file(entry.path())? else { continue };
            for story in read {
                tokens.extend(words(&story.text).map(|w| random::hash(&story.text[w.start..w.end])));
                stories += 1;
                if kept < SENTENCES_MAX {
                    let code = story.lang.as_ref().map_or("und", |l| l.value.as_str());
                    kept += by_code.entry(code.to_owned()).or_default().take(&story, code == "en");
                }
            }
        }
        let half: FxHashSet<u64> = tokens[..tokens.len() / 2].iter().copied().collect();
        let whole: FxHashSet<u64> = tokens.iter().copied().collect();
        let growth = Growth::fit(tokens.len(), half.len(), whole.len());
        let mut rows: Vec<(String, Language)> = by_code.into_iter().filter(|(_, l)| !l.sentences.is_empty()).collect();
        rows.sort_by(|a, b| a.0.cmp(&b.0));
        let languages: Vec<Language> = rows.into_iter().map(|(_, language)| language).collect();
        let shares = languages.iter().map(|l| l.lengths.len()).collect();
        Ok(Stock { languages, shares, stories, growth })
    }
}

impl Language {
    /// Takes a story apart and returns the number of sentences.
    fn take(&mut self, story: &Story, english: bool) -> usize {
        self.english = english;
        let lead = (story.layout.lead_start as usize).min(story.text.len());
        let body = story.text.get(lead..).unwrap_or_default();
        let before = self.sentences.len();
        self.sentences.extend(sentences(body));
        let count = self.sentences.len() - before;
        if count > 0 {
            self.lengths.push(count);
        }
        if let Some(headline) = &story.headline {
            self.headlines.push(headline.value.clone());
        }
        if let Some(place) = story.dateline.as_ref().and_then(|d| d.places.first()) {
            let agency = story.agency.as_ref().map_or("", |a| a.as_written.as_str());
            self.openings.push((place.as_written.clone(), agency.to_owned()));
        }
        for word in words(body).map(|w| &body[w.start..w.end]).filter(|w| is_name(w)) {
            let letters: Vec<char> = word.chars().flat_map(char::to_lowercase).collect();
            for at in 0..=letters.len() {
                let next = letters.get(at).copied().unwrap_or('\0');
                let followers = self.letters.entry(letters[at.saturating_sub(MEMORY)..at].to_vec()).or_default();
                if followers.len() < 64 {
                    followers.push(next);
                }
            }
        }
        count
    }
}

/// Tells whether a word may be a name: a capital, then small letters.
fn is_name(word: &str) -> bool {
    let mut chars = word.chars();
    chars.next().is_some_and(char::is_uppercase) && word.chars().count() > 3 && chars.all(char::is_lowercase)
}

/// Cuts a text behind its full stops; a line break within a sentence becomes a blank.
fn sentences(text: &str) -> impl Iterator<Item = String> {
    text.split_inclusive(['.', '!', '?', '。', '؟', '।'])
        .map(|part| part.split_whitespace().collect::<Vec<_>>().join(" "))
        .filter(|part| part.chars().count() > 20)
}

/// Makes stories one after the other.
struct Maker<'a> {
    stock: &'a Stock,
    seed: u64,
    seen: FxHashSet<u64>,
    tokens: usize,
    names: Vec<String>,
}

impl<'a> Maker<'a> {
    fn new(stock: &'a Stock, seed: u64) -> Maker<'a> {
        Maker { stock, seed, seen: FxHashSet::default(), tokens: 0, names: Vec::new() }
    }

    fn story(&mut self, number: usize, day: NaiveDate, out: &mut String) {
        let mut random = Random(self.seed ^ (number as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15));
        random.next();
        let language = &self.stock.languages[random.weighted(&self.stock.shares)];
        out.clear();
        if let Some(headline) = random.pick(&language.headlines) {
            out.push_str(headline);
            out.push_str("\n\n");
        }
        if let Some((place, agency)) = random.pick(&language.openings) {
            let agency = if agency.is_empty() { "Wire" } else { agency };
            let date = if language.english {
                format!("{} {}", day.format("%b"), day.day())
            } else {
                day.format("%d.%m.%Y").to_string()
            };
            let _ = write!(out, "{place}, {date} ({agency}) - ");
        }
        let length = random.pick(&language.lengths).copied().unwrap_or(1);
        for at in 0..length {
            if let Some(sentence) = random.pick(&language.sentences) {
                self.sentence(sentence, language, &mut random, out);
                out.push_str(if at % 3 == 2 { "\n\n" } else { " " });
            }
        }
        out.push('\n');
    }

    /// Appends a sentence; where fewer words were seen than Heaps foretells, names and
    /// figures in it become others.
    fn sentence(&mut self, sentence: &str, language: &Language, random: &mut Random, out: &mut String) {
        let mut from = 0;
        for word in words(sentence) {
            self.tokens += 1;
            let printed = &sentence[word.start..word.end];
            let missing = word.start > 0 && (self.seen.len() as f64) < self.stock.growth.at(self.tokens);
            let other = if missing { self.other(printed, language, random) } else { None };
            self.seen.insert(random::hash(other.as_deref().unwrap_or(printed)));
            if let Some(other) = other {
                out.push_str(&sentence[from..word.start]);
                out.push_str(&other);
                from = word.end;
            }
        }
        out.push_str(&sentence[from..]);
    }

    /// Returns what stands in the place of a word, where it is of a kind that grows.
    fn other(&mut self, printed: &str, language: &Language, random: &mut Random) -> Option<String> {
        if is_name(printed) {
            return Some(self.name(language, random));
        }
        if printed.len() > 1 && printed.bytes().all(|b| b.is_ascii_digit()) {
            return Some(
                printed.bytes().map(|_| char::from(b'1' + u8::try_from(random.below(9)).unwrap_or(0))).collect(),
            );
        }
        let common = printed.chars().count() > 5 && printed.chars().all(char::is_lowercase);
        (common && random.below(100) < WORDS_OF_HUNDRED).then(|| self.name(language, random).to_lowercase())
    }

    fn name(&mut self, language: &Language, random: &mut Random) -> String {
        if random.below(10) < NAMES_AGAIN_OF_TEN
            && let Some(name) = random.pick(&self.names)
        {
            return name.clone();
        }
        let mut letters: Vec<char> = Vec::new();
        while letters.len() < *NAME_LETTERS.end() {
            let last = &letters[letters.len().saturating_sub(MEMORY)..];
            match language.letters.get(last).and_then(|l| random.pick(l)) {
                Some('\0') | None if letters.len() >= *NAME_LETTERS.start() => break,
                Some('\0') | None => letters.push(char::from(b'a' + u8::try_from(random.below(26)).unwrap_or(0))),
                Some(letter) => letters.push(*letter),
            }
        }
        let mut name = String::new();
        for (at, letter) in letters.iter().enumerate() {
            if at == 0 {
                name.extend(letter.to_uppercase());
            } else {
                name.push(*letter);
            }
        }
        self.names.push(name.clone());
        name
    }
}
