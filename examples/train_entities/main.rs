//! Trains the recogniser of people, places and organisations, and measures it.
//!
//! ```sh
//! cargo run --release --example train_entities -- gazetteer --names FOLDER --out data/entities/gazetteer.bin
//! cargo run --release --example train_entities -- clusters --names WORDS_TSV --out data/entities/clusters_ru.bin
//! cargo run --release --example train_entities -- train --texts training --sets FOLDER --names FOLDER --gold FOLDER --out data/entities/model.bin
//! cargo run --release --example train_entities -- measure --texts training --gold FOLDER
//! ```
//!
//! New tables count once the crate is built with them: build between the steps.
//! `--texts` holds the project's own labelled text, `--sets` the labelled sets of others
//! whose licences allow it, `--names` the lists of names; `data/SOURCES.md` says which.
//! `--gold` is only measured on. The same input gives the same bytes: nothing is drawn but
//! from a seed, and one thread does the sums.

#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::exit,
    reason = "a program run by hand, whose tables are its output"
)]

mod augment;
mod corpus;
mod crf;
mod gazetteer;
mod score;

use dateline::enrich::entities::clusters::{self, Clusters};
use dateline::enrich::entities::{self, lexicon::Lexicon, model::Model};
use std::path::PathBuf;
use std::time::Instant;

/// Lexicons and groups of words.
pub(crate) type Tables<'a> = ([Lexicon<'a>; 2], Clusters<'a>);

/// Passes whose weights are averaged: the last ones.
const AVERAGED: usize = 6;

/// Rows kept in a model: a row takes 16 bytes, and six tenths of the rows are used.
const ROWS: usize = 480_000;

fn main() {
    let mut args = std::env::args().skip(1);
    let command = args.next().unwrap_or_default();
    let mut options = Options::default();
    while let Some(flag) = args.next() {
        let value = args.next().unwrap_or_else(|| fail(&format!("{flag} wants a value")));
        options.set(&flag, &value);
    }
    match command.as_str() {
        "gazetteer" => gazetteer(&options),
        "clusters" => clusters(&options),
        "train" => train(&options),
        "measure" => measure(&options),
        _ => fail("gazetteer, clusters, train or measure"),
    }
}

fn fail(message: &str) -> ! {
    eprintln!("train_entities: {message}");
    std::process::exit(2)
}

struct Options {
    texts: Option<PathBuf>,
    sets: Option<PathBuf>,
    names: Option<PathBuf>,
    gold: Option<PathBuf>,
    out: Option<PathBuf>,
    model: Option<PathBuf>,
    gazetteer: Option<PathBuf>,
    errors: Option<PathBuf>,
    epochs: usize,
    copies: usize,
    rows: usize,
    rate: f32,
    skip: String,
    left_out: u64,
    seen: u32,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            texts: None,
            sets: None,
            names: None,
            gold: None,
            out: None,
            model: None,
            gazetteer: None,
            errors: None,
            epochs: 12,
            copies: 5,
            rows: ROWS,
            rate: 0.05,
            skip: "europeana".to_owned(),
            left_out: 20,
            seen: 2,
        }
    }
}

impl Options {
    fn set(&mut self, flag: &str, value: &str) {
        let path = Some(PathBuf::from(value));
        let number = || value.parse().unwrap_or_else(|_| fail(&format!("{flag} wants a number")));
        match flag {
            "--texts" => self.texts = path,
            "--sets" => self.sets = path,
            "--names" => self.names = path,
            "--gold" => self.gold = path,
            "--out" => self.out = path,
            "--model" => self.model = path,
            "--gazetteer" => self.gazetteer = path,
            "--errors" => self.errors = path,
            "--epochs" => self.epochs = number(),
            "--copies" => self.copies = number(),
            "--rows" => self.rows = number(),
            "--rate" => self.rate = value.parse().unwrap_or_else(|_| fail("--rate wants a number")),
            "--left-out" => self.left_out = number() as u64,
            "--seen" => self.seen = number() as u32,
            "--skip" => value.clone_into(&mut self.skip),
            _ => fail(&format!("{flag} is no option")),
        }
    }

    fn gazetteer(&self) -> Option<Vec<u8>> {
        self.gazetteer.as_ref().map(|p| std::fs::read(p).unwrap_or_else(|e| fail(&format!("{}: {e}", p.display()))))
    }
}

fn gazetteer(options: &Options) {
    let (Some(names), Some(out)) = (&options.names, &options.out) else { fail("--names and --out are wanted") };
    let table = gazetteer::build(names);
    std::fs::write(out, &table).unwrap_or_else(|e| fail(&format!("{}: {e}", out.display())));
    println!("{}: {} bytes", out.display(), table.len());
}

/// Lays out groups of words: lines of word and number.
fn clusters(options: &Options) {
    let (Some(list), Some(out)) = (&options.names, &options.out) else { fail("--names and --out are wanted") };
    let text = std::fs::read_to_string(list).unwrap_or_else(|e| fail(&format!("{}: {e}", list.display())));
    let mut words = std::collections::BTreeMap::new();
    for line in text.lines() {
        let Some((word, group)) = line.split_once('\t') else { continue };
        let hash = entities::hash::of(&dateline::text::fold(word));
        words.entry(hash).or_insert_with(|| group.trim().parse().unwrap_or(0));
    }
    let words: Vec<(u64, u16)> = words.into_iter().collect();
    std::fs::write(out, clusters::build(&words)).unwrap_or_else(|e| fail(&format!("{}: {e}", out.display())));
    println!("{}: {} words", out.display(), words.len());
}

fn train(options: &Options) {
    let started = Instant::now();
    let own_gazetteer = options.gazetteer();
    let mut tables = entities::tables();
    if let Some(bytes) = &own_gazetteer {
        tables.0[0] = Lexicon::new(bytes);
    }
    let own = options.texts.as_ref().map(|p| corpus::own(p)).unwrap_or_default();
    let (held_out, texts): (Vec<_>, Vec<_>) = own.into_iter().partition(corpus::Item::is_held_out);
    let mut sets = options.sets.as_ref().map(|p| corpus::sets(p)).unwrap_or_default();
    sets.retain(|i| options.skip.is_empty() || !options.skip.split(',').any(|s| i.source.contains(s)));
    println!("{} own items to train on, {} held out, {} of other sets", texts.len(), held_out.len(), sets.len());
    let mut items = augment::multiply(&texts, options.copies, options.names.as_deref());
    // What others labelled is in every pass, as it is.
    let own = texts.len();
    items.extend(sets.into_iter().enumerate().map(|(at, set)| (set, own + at, crf::EVERY)));
    let data = crf::Data::new(&items, tables, options.seen);
    println!(
        "{} items, {} tokens, {} features, {:.0} s",
        items.len(),
        data.len(),
        data.features(),
        started.elapsed().as_secs_f32()
    );
    let mut trainer = crf::Trainer::new(&data, options.rate, options.left_out);
    for epoch in 1..=options.epochs {
        let loss = trainer.epoch(&data, epoch, options.copies + 1);
        if epoch + AVERAGED > options.epochs {
            trainer.sum();
        }
        println!("epoch {epoch}: loss {loss:.4} a token, {:.0} s", started.elapsed().as_secs_f32());
    }
    let bytes = trainer.model(&data, options.rows);
    if let Some(out) = &options.out {
        std::fs::write(out, &bytes).unwrap_or_else(|e| fail(&format!("{}: {e}", out.display())));
        println!("{}: {} bytes", out.display(), bytes.len());
    }
    let model = Model::new(&bytes).unwrap_or_else(|| fail("the model cannot be read back"));
    report(options, &model, tables, &held_out);
}

fn measure(options: &Options) {
    let own_gazetteer = options.gazetteer();
    let mut tables = entities::tables();
    if let Some(bytes) = &own_gazetteer {
        tables.0[0] = Lexicon::new(bytes);
    }
    let bytes = match &options.model {
        Some(path) => std::fs::read(path).unwrap_or_else(|e| fail(&format!("{}: {e}", path.display()))),
        None => entities::weights().to_vec(),
    };
    let model = Model::new(&bytes).unwrap_or_else(|| fail("no model"));
    let own = options.texts.as_ref().map(|p| corpus::own(p)).unwrap_or_default();
    let held_out: Vec<_> = own.into_iter().filter(corpus::Item::is_held_out).collect();
    report(options, &model, tables, &held_out);
}

fn report(options: &Options, model: &Model<'_>, tables: Tables<'_>, held_out: &[corpus::Item]) {
    let mut errors = options.errors.as_ref().map(|p| std::fs::File::create(p).unwrap_or_else(|e| fail(&e.to_string())));
    let mut langs: Vec<&str> = held_out.iter().map(|i| i.lang.as_str()).collect();
    langs.sort_unstable();
    langs.dedup();
    for lang in langs {
        let items: Vec<_> = held_out.iter().filter(|i| i.lang == lang).cloned().collect();
        score::set(&format!("own_{lang}"), &items, model, tables, errors.as_mut());
    }
    if !held_out.is_empty() {
        score::set("own", held_out, model, tables, None);
    }
    if let Some(gold) = &options.gold {
        let mut all = Vec::new();
        for (name, items) in corpus::gold(gold) {
            score::set(&name, &items, model, tables, errors.as_mut());
            all.extend(items);
        }
        score::speed(&all, model, tables);
    }
}
