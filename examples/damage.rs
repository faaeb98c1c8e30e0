//! Flips and cuts bytes of an archive's files, and watches what the program says.
//!
//! For whoever asks whether bit rot is noticed. Each round takes a whole archive, damages one of
//! its files at a random place, and asks it everything and some words, then runs `check`. It must
//! refuse with exit code 3, or `check` must find the damage, or the damage must be where nothing is
//! read (every answer is as before and `check` is content). Then `check --repair` must bring the
//! answers back from the sources; every fourth time `index --rebuild` instead.
//!
//! ```text
//! cargo build --release --bins --examples
//! target/release/examples/damage --corpus DIR [--rounds 500] [--seed 1]
//! ```
//!
//! Counted apart: rounds in which a search answered differently without a word and only `check`
//! found the damage; checksums of whole files are read by `check` alone.

#![allow(clippy::print_stdout, reason = "a program run by hand, whose lines are its output")]

#[path = "shared/product.rs"]
mod product;
#[path = "shared/random.rs"]
mod random;

use anyhow::Result;
use clap::Parser;
use product::{Product, copy_folder, files, remove, sample};
use random::Random;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// The exit code of an archive that is missing, foreign or damaged.
const EXIT_ARCHIVE: i32 = 3;

#[derive(Parser)]
#[command(about = "Damages archives at random places and watches what dateline says")]
struct Args {
    /// Folder of stories; a sample of it is indexed
    #[arg(long)]
    corpus: PathBuf,
    #[arg(long, default_value_t = 500)]
    rounds: u32,
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Files of the corpus in the archive
    #[arg(long, default_value_t = 300)]
    files: usize,
    #[arg(long, default_value = "target/release/dateline")]
    dateline: PathBuf,
}

fn main() -> Result<ExitCode> {
    let args = Args::parse();
    let work = tempfile::Builder::new().prefix("dateline-damage-").tempdir()?;
    let bench = Bench::new(&args, work.path())?;
    let mut random = Random(args.seed);
    let (mut tally, mut faults) = (BTreeMap::<&str, u32>::new(), 0);
    for round in 1..=args.rounds {
        let (what, verdicts) = bench.round(round, &mut random)?;
        for verdict in verdicts {
            *tally.entry(verdict.name).or_default() += 1;
            if verdict.fault {
                faults += 1;
                println!("{round:>4}  {what}: {}: {}", verdict.name, verdict.said);
            }
        }
    }
    println!("\nrounds  {}, seed {}", args.rounds, args.seed);
    for (name, count) in tally {
        println!("{count:>6}  {name}");
    }
    println!("{faults:>6}  faults");
    Ok(if faults == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

struct Verdict {
    name: &'static str,
    fault: bool,
    said: String,
}

impl Verdict {
    fn good(name: &'static str) -> Verdict {
        Verdict { name, fault: false, said: String::new() }
    }

    fn bad(name: &'static str, said: &str) -> Verdict {
        Verdict { name, fault: true, said: said.trim().replace('\n', " / ") }
    }
}

struct Bench {
    product: Product,
    corpus: PathBuf,
    whole: PathBuf,
    here: PathBuf,
    expected: Vec<String>,
}

impl Bench {
    fn new(args: &Args, work: &Path) -> Result<Bench> {
        let product = Product { program: args.dateline.clone() };
        let (corpus, whole, here) = (work.join("corpus"), work.join("whole"), work.join("here"));
        let copied = sample(&args.corpus, &corpus, args.files)?;
        // Two commits, so that there are two segments and deleted stories.
        product.index_whole(&whole, &corpus)?;
        for file in files(&corpus).iter().step_by(10) {
            let mut text = fs::read(file)?;
            text.extend_from_slice(b"\nOne line more.\n");
            fs::write(file, text)?;
        }
        product.index_whole(&whole, &corpus)?;
        let answers = product.answers(&whole)?;
        let expected = answers.map_err(|e| anyhow::anyhow!("the whole archive: {}", e.err))?;
        println!("{copied} files, {} files of the archive", files(&whole).len());
        Ok(Bench { product, corpus, whole, here, expected })
    }

    fn round(&self, round: u32, random: &mut Random) -> Result<(String, Vec<Verdict>)> {
        remove(&self.here)?;
        copy_folder(&self.whole, &self.here)?;
        let what = damage(&self.here, random)?;
        let answers = self.product.answers(&self.here)?;
        let check = self.product.run(&self.here, &["check"])?;
        let mut verdicts = Vec::new();
        if !matches!(check.code, Some(0 | EXIT_ARCHIVE)) {
            verdicts.push(Verdict::bad("check ended otherwise", &check.err));
        }
        let found = check.code != Some(0);
        verdicts.push(match answers {
            Err(ended) if ended.code == Some(EXIT_ARCHIVE) && ended.err.contains("error: ") => {
                if found {
                    Verdict::good("refused by search, found by check")
                } else {
                    Verdict::bad("refused by search, not found by check", &ended.err)
                }
            }
            Err(ended) => Verdict::bad("search ended otherwise", &format!("{:?} {}", ended.code, ended.err)),
            Ok(answers) if answers == self.expected && found => Verdict::good("answers as before, found by check"),
            Ok(answers) if answers == self.expected => Verdict::good("harmless: answers as before, check is content"),
            Ok(_) if found => Verdict::good("OTHER ANSWERS without a word, found by check only"),
            Ok(_) => Verdict::bad("other answers, and check is content", ""),
        });
        if found {
            verdicts.push(self.restore(round)?);
        }
        Ok((what, verdicts))
    }

    fn restore(&self, round: u32) -> Result<Verdict> {
        let rebuild = round.is_multiple_of(4);
        let mut command = if rebuild {
            let mut command = self.product.command(&self.here, &["index", "--rebuild", "--"]);
            command.arg(&self.corpus);
            command
        } else {
            self.product.command(&self.here, &["check", "--repair"])
        };
        let ended = product::ended(&mut command)?;
        let whole = matches!(ended.code, Some(0 | 5))
            && self.product.check_is_clean(&self.here)?
            && self.product.same_answers(&self.here, &self.expected)?;
        Ok(match (whole, rebuild) {
            (true, true) => Verdict::good("restored by index --rebuild"),
            (true, false) => Verdict::good("restored by check --repair"),
            (false, true) => Verdict::bad("NOT restored by index --rebuild", &ended.err),
            (false, false) => Verdict::bad("NOT restored by check --repair", &ended.err),
        })
    }
}

/// Damages one file below `folder` and says how.
fn damage(folder: &Path, random: &mut Random) -> Result<String> {
    let all: Vec<PathBuf> = files(folder).into_iter().filter(|f| fs::metadata(f).is_ok_and(|m| m.len() > 0)).collect();
    let Some(file) = random.pick(&all) else { anyhow::bail!("an archive without files") };
    let name = file.strip_prefix(folder).unwrap_or(file).display().to_string();
    let mut bytes = fs::read(file)?;
    let at = usize::try_from(random.below(bytes.len() as u64))?;
    let what = match random.below(8) {
        0..=4 => {
            bytes[at] ^= 1 << random.below(8);
            format!("{name}: a bit of byte {at} of {} flipped", bytes.len())
        }
        5 | 6 => {
            let length = bytes.len();
            bytes.truncate(at);
            format!("{name}: cut to {at} of {length} bytes")
        }
        _ => {
            let end = (at + 64).min(bytes.len());
            bytes[at..end].fill(0);
            format!("{name}: bytes {at} to {end} of {} zeroed", bytes.len())
        }
    };
    fs::write(file, bytes)?;
    Ok(what)
}
