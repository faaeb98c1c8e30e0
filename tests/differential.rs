//! The engine's proximity beside an evaluator that knows nothing but brute force.
//!
//! Random stories and random queries of every operator: the set of stories and the bytes
//! that are highlighted must be the same. The naive evaluator lists every choice of words
//! and checks every relation as `docs` state it; it shares no code with the engine.

use dateline::engine::{Archive, FileState, LedgerRow, Order, Outcome, Plan, Reader, Writer};
use dateline::query::{Context, parse};
use dateline::story::{Entity, EntityKind, Moment, Quote, Sourced, Span, Speaker, Story, StoryId};
use std::collections::BTreeSet;
use std::ops::Range;

/// Random queries over each archive, and archives: more than ten thousand cases in all.
const QUERIES: usize = 260;
const ARCHIVES: u64 = 40;
const STORIES: u64 = 14;

/// A small generator of numbers (xorshift): the same everywhere.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).expect("31 bits") % sides
    }

    fn word(&mut self) -> &'static str {
        const WORDS: &[&str] = &["ana", "bob", "Cesar", "dora", "Été", "ete", "fa", "fab", "fabe", "gus", "bo"];
        WORDS[self.roll(WORDS.len())]
    }
}

/// A word with its place and the unit of each kind that it lies in.
struct Word {
    printed: &'static str,
    bytes: Range<usize>,
    run: usize,
    sentence: usize,
    paragraph: usize,
    part: Part,
    /// Whether it is a mention of the one person of these stories.
    named: bool,
    /// Whether it lies in a quotation, and whether that is the person's.
    quoted: Option<bool>,
    /// Whether it lies outside what is looked at.
    hidden: bool,
}

/// The one person, who is called by any word.
const PERSON: &str = "Cesar Romero";
/// Words of slugs, of which a story has some.
const SLUGS: [&str; 3] = ["red", "green", "blue"];
/// Whether a folded word is one that an expression describes.
type Describes = fn(&str) -> bool;
/// Regular expressions, each with what it describes.
const REGEXES: [(&str, Describes); 3] = [
    ("fa(b|be)?", |w| matches!(w, "fa" | "fab" | "fabe")),
    (".*o.*", |w| w.contains('o')),
    ("[a-c].*[a-b]", |w| w.len() > 1 && w.starts_with(['a', 'b', 'c']) && w.ends_with(['a', 'b'])),
];

#[derive(Clone, Copy, Debug, PartialEq)]
enum Part {
    Headline,
    Lead,
    Body,
}

fn fold(word: &str) -> String {
    word.to_lowercase().replace('é', "e")
}

struct Copy {
    story: Story,
    words: Vec<Word>,
}

/// Writes a story of random words: a headline, a lead with or without an opening, a body.
fn write(dice: &mut Dice, id: u64) -> Copy {
    let mut text = String::new();
    let mut words: Vec<Word> = Vec::new();
    let (mut sentence, mut paragraph) = (0, 0);
    let mut add = |text: &mut String, dice: &mut Dice, part: Part, run: usize, count: usize| {
        for i in 0..count {
            if i > 0 {
                match dice.roll(9) {
                    0 => {
                        // A capital begins a sentence, a small letter does not.
                        text.push_str(". ");
                    }
                    1 if part == Part::Body => {
                        text.push_str("\n\n");
                        (sentence, paragraph) = (sentence + 1, paragraph + 1);
                    }
                    2 => text.push_str(", "),
                    _ => text.push(' '),
                }
            }
            let printed = dice.word();
            if text.ends_with(". ") && printed.starts_with(char::is_uppercase) {
                sentence += 1;
            }
            let from = text.len();
            text.push_str(printed);
            // Mentions side by side would be one of two words.
            let named = words.last().is_none_or(|w| !w.named) && dice.roll(7) == 0;
            words.push(Word {
                printed,
                bytes: from..text.len(),
                run,
                sentence,
                paragraph,
                part,
                named,
                quoted: None,
                hidden: false,
            });
        }
        (sentence, paragraph) = (sentence + 1, paragraph + 1);
    };
    let headline = dice.roll(5);
    add(&mut text, dice, Part::Headline, 0, headline);
    let headline_end = text.len();
    text.push_str("\n\n");
    let opening = if dice.roll(2) == 0 { dice.roll(3) } else { 0 };
    add(&mut text, dice, Part::Lead, 1, opening);
    text.push_str(" - ");
    let lead_start = text.len();
    let lead = 1 + dice.roll(8);
    add(&mut text, dice, Part::Lead, 1, lead);
    let lead_end = text.len();
    text.push_str("\n\n");
    let body = dice.roll(14);
    add(&mut text, dice, Part::Body, 2, body);
    // Opening and lead are two sentences of one run, told apart as paragraphs only by text.
    let at = |n: usize| u32::try_from(n).expect("a short text");
    let mut story = Story::new(text);
    story.id = StoryId(id);
    story.path = format!("{id}");
    if headline > 0 {
        let span = Span::new(0, headline_end);
        story.layout.headline = Some(span);
        let value = story.text[..headline_end].to_owned();
        story.headline = Some(Sourced { value, evidence: Vec::new() });
    }
    story.layout.lead_start = at(lead_start);
    story.layout.lead_end = at(lead_end);
    if opening > 0 {
        let first_of_lead = headline + opening;
        let paragraph = words[first_of_lead].paragraph;
        words[headline..first_of_lead].iter_mut().for_each(|w| w.paragraph = paragraph);
    }
    let mentions: Vec<Span> = words.iter().filter(|w| w.named).map(|w| Span::new(w.bytes.start, w.bytes.end)).collect();
    if !mentions.is_empty() {
        let name = PERSON.to_owned();
        let kind = EntityKind::Person;
        story.people.push(Entity { kind, id: None, name, mentions, place: None, evidence: Vec::new() });
    }
    quote(dice, &mut story, &mut words);
    let slug: Vec<&str> = SLUGS.into_iter().filter(|_| dice.roll(2) == 0).collect();
    if !slug.is_empty() {
        story.slug = Some(Sourced { value: slug.join("-").to_uppercase(), evidence: Vec::new() });
    }
    story.filed.value = (dice.roll(4) > 0).then(|| Moment::day(day(dice.roll(9))));
    Copy { story, words }
}

/// Puts some stretches behind the headline between quotation marks, which are not written.
fn quote(dice: &mut Dice, story: &mut Story, words: &mut [Word]) {
    let mut at = words.iter().take_while(|w| w.part == Part::Headline).count();
    while at < words.len() {
        let length = 1 + dice.roll(4);
        let Some(stretch) = words.get_mut(at..at + length).filter(|_| dice.roll(3) == 0) else {
            at += 1;
            continue;
        };
        // Who is quoted is named.
        let spoken = dice.roll(2) == 0 && !story.people.is_empty();
        stretch.iter_mut().for_each(|w| w.quoted = Some(spoken));
        let span = Span::new(stretch[0].bytes.start, stretch[length - 1].bytes.end);
        let speaker = spoken.then(|| Speaker { id: None, name: PERSON.to_owned() });
        story.quotes.push(Quote { span, speaker, evidence: Vec::new() });
        at += length;
    }
}

fn day(n: usize) -> chrono::NaiveDate {
    chrono::NaiveDate::from_ymd_opt(2024, 3, 1 + u32::try_from(n).expect("a day")).expect("a day of March")
}

/// A query that is told by the places of words.
#[derive(Debug)]
enum Ask {
    Word(String),
    Exact(String),
    Wild(String),
    Fuzzy(String),
    Regex(usize),
    Person,
    Phrase(Vec<String>, usize),
    Or(Vec<Ask>),
    Near(Box<Ask>, Box<Ask>, How, bool),
    AtLeast(usize, Box<Ask>),
}

#[derive(Clone, Copy, Debug)]
enum How {
    Within(usize),
    Before(usize),
    Sentence,
    Paragraph,
}

fn ask(dice: &mut Dice, depth: usize) -> Ask {
    let leaf = |dice: &mut Dice| match dice.roll(11) {
        9 => Ask::Regex(dice.roll(REGEXES.len())),
        10 => Ask::Person,
        0 => Ask::Exact(dice.word().to_owned()),
        1 => Ask::Wild(["fa*", "?ob", "*a", "f?b*"][dice.roll(4)].to_owned()),
        2 => Ask::Fuzzy(["bob", "fab", "gusi"][dice.roll(3)].to_owned()),
        3 => {
            let count = 2 + dice.roll(3);
            let words = (0..count).map(|_| if dice.roll(6) == 0 { "fa*".to_owned() } else { dice.word().to_owned() });
            let words = words.collect();
            Ask::Phrase(words, [0, 0, 1, 2, 3, 5, 80][dice.roll(7)])
        }
        _ => Ask::Word(dice.word().to_owned()),
    };
    if depth == 0 {
        return leaf(dice);
    }
    match dice.roll(8) {
        0 => Ask::Or((0..2 + dice.roll(2)).map(|_| ask(dice, depth - 1)).collect()),
        1 => Ask::AtLeast(1 + dice.roll(3), Box::new(ask(dice, depth - 1))),
        2 => leaf(dice),
        _ => {
            let how = match dice.roll(6) {
                0 => How::Sentence,
                1 => How::Paragraph,
                2 | 3 => How::Before(1 + dice.roll(5)),
                4 => How::Within(60 + dice.roll(60)),
                _ => How::Within(1 + dice.roll(5)),
            };
            let right = if dice.roll(2) == 0 { leaf(dice) } else { ask(dice, depth - 1) };
            Ask::Near(Box::new(ask(dice, depth - 1)), Box::new(right), how, dice.roll(5) == 0)
        }
    }
}

impl Ask {
    fn written(&self) -> String {
        match self {
            Ask::Word(w) | Ask::Wild(w) => w.clone(),
            Ask::Exact(w) => format!("={w}"),
            Ask::Fuzzy(w) => format!("{w}~1"),
            Ask::Regex(i) => format!("/{}/", REGEXES[*i].0),
            Ask::Person => format!("person:\"{PERSON}\""),
            Ask::Phrase(words, slop) => format!("\"{}\"~{slop}", words.join(" ")),
            Ask::Or(all) => format!("({})", all.iter().map(Ask::written).collect::<Vec<_>>().join(" OR ")),
            Ask::AtLeast(n, of) => format!("ATLEAST/{n}({})", of.written()),
            Ask::Near(l, r, how, without) => {
                let how = match how {
                    How::Within(n) => format!("W/{n}"),
                    How::Before(n) => format!("PRE/{n}"),
                    How::Sentence => "W/s".to_owned(),
                    How::Paragraph => "W/p".to_owned(),
                };
                let not = if *without { "NOT " } else { "" };
                format!("({} {not}{how} {})", l.written(), r.written())
            }
        }
    }
}

fn edits(a: &[char], b: &[char]) -> usize {
    match (a, b) {
        ([], rest) | (rest, []) => rest.len(),
        ([x, a @ ..], [y, b @ ..]) if x == y => edits(a, b),
        ([x, a2 @ ..], [y, b2 @ ..]) => {
            let mut least = edits(a2, b2).min(edits(a2, b)).min(edits(a, b2));
            if let ([p, a3 @ ..], [q, b3 @ ..]) = (a2, b2)
                && x == q
                && y == p
            {
                least = least.min(edits(a3, b3));
            }
            1 + least
        }
    }
}

fn is_like(word: &str, pattern: &str) -> bool {
    fn rest(w: &[char], p: &[char]) -> bool {
        match p {
            [] => w.is_empty(),
            ['*', p @ ..] => (0..=w.len()).any(|i| rest(&w[i..], p)),
            ['?', p @ ..] => !w.is_empty() && rest(&w[1..], p),
            [c, p @ ..] => w.first() == Some(c) && rest(&w[1..], p),
        }
    }
    let chars = |s: &str| s.chars().collect::<Vec<_>>();
    rest(&chars(word), &chars(pattern))
}

/// Words of a hit: first and last of each of its parts.
type Hit = Vec<(usize, usize)>;

fn singles(copy: &Copy, fits: impl Fn(&Word) -> bool) -> Vec<Hit> {
    (0..copy.words.len()).filter(|i| !copy.words[*i].hidden && fits(&copy.words[*i])).map(|i| vec![(i, i)]).collect()
}

fn fits(word: &Word, asked: &str) -> bool {
    if word.hidden {
        return false;
    }
    if asked.contains(['*', '?']) { is_like(&fold(word.printed), asked) } else { fold(word.printed) == fold(asked) }
}

fn phrase(copy: &Copy, words: &[String], slop: usize) -> Vec<Hit> {
    let mut partial: Vec<Vec<usize>> = vec![Vec::new()];
    for asked in words {
        let mut longer = Vec::new();
        for p in &partial {
            for i in 0..copy.words.len() {
                let one_run = p.first().is_none_or(|f| copy.words[*f].run == copy.words[i].run);
                if fits(&copy.words[i], asked) && !p.contains(&i) && one_run {
                    longer.push([p.as_slice(), &[i]].concat());
                }
            }
        }
        partial = longer;
    }
    partial.retain(|p| {
        let shifted: Vec<i64> = p.iter().enumerate().map(|(k, i)| *i as i64 - k as i64).collect();
        shifted.iter().max().expect("words") - shifted.iter().min().expect("words") <= slop as i64
    });
    let whole = |p: Vec<usize>| vec![(p[0], p[p.len() - 1])];
    let apart = |p: Vec<usize>| p.into_iter().map(|i| (i, i)).collect();
    partial.into_iter().map(|p| if slop == 0 { whole(p) } else { apart(p) }).collect()
}

fn overlap(a: &Hit, b: &Hit) -> bool {
    a.iter().any(|x| b.iter().any(|y| x.0 <= y.1 && y.0 <= x.1))
}

fn related(copy: &Copy, l: &Hit, r: &Hit, how: How) -> bool {
    let words = |h: &Hit| h.iter().flat_map(|s| s.0..=s.1).collect::<Vec<_>>();
    let (lw, rw) = (words(l), words(r));
    let same = |unit: &dyn Fn(&Word) -> usize| {
        let units: BTreeSet<usize> = lw.iter().chain(&rw).map(|i| unit(&copy.words[*i])).collect();
        units.len() == 1
    };
    let one_run = same(&|w| w.run);
    match how {
        How::Sentence => same(&|w| w.sentence),
        How::Paragraph => same(&|w| w.paragraph),
        How::Within(n) => one_run && lw.iter().any(|a| rw.iter().any(|b| a.abs_diff(*b) <= n)),
        How::Before(n) => {
            let (end, begin) = (lw.iter().max().expect("words"), rw.iter().min().expect("words"));
            one_run && end < begin && begin - end <= n
        }
    }
}

/// Whether a hit that is not the other one, or a part of it, is near it or holds it and goes on behind it.
fn is_beside(copy: &Copy, l: &Hit, r: &Hit, how: How) -> bool {
    let own = r.iter().all(|x| l.iter().any(|y| y.0 <= x.0 && x.1 <= y.1));
    let end = |h: &Hit| h.iter().map(|s| s.1).max();
    // A hit of two words in different runs is beside nothing.
    let runs: BTreeSet<usize> = l.iter().chain(r).flat_map(|s| [s.0, s.1]).map(|i| copy.words[i].run).collect();
    let on = matches!(how, How::Before(_)) && runs.len() == 1 && overlap(l, r) && end(r) > end(l);
    !own && (related(copy, l, r, how) || on)
}

fn hits(copy: &Copy, ask: &Ask) -> Vec<Hit> {
    match ask {
        Ask::Word(w) => singles(copy, |x| fold(x.printed) == fold(w)),
        Ask::Exact(w) => singles(copy, |x| x.printed == w),
        Ask::Wild(p) => singles(copy, |x| is_like(&fold(x.printed), p)),
        Ask::Fuzzy(w) => {
            let chars = |s: &str| s.chars().collect::<Vec<_>>();
            singles(copy, |x| edits(&chars(&fold(x.printed)), &chars(w)) <= 1)
        }
        Ask::Regex(i) => singles(copy, |x| REGEXES[*i].1(&fold(x.printed))),
        Ask::Person => singles(copy, |x| x.named),
        Ask::Phrase(words, slop) => phrase(copy, words, *slop),
        Ask::Or(all) => all.iter().flat_map(|a| hits(copy, a)).collect(),
        Ask::AtLeast(n, of) => {
            let found = hits(copy, of);
            let firsts: BTreeSet<(usize, usize)> = found.iter().map(|h| h[0]).collect();
            if firsts.len() >= *n { found } else { Vec::new() }
        }
        Ask::Near(l, r, how, without) => {
            let (left, right) = (hits(copy, l), hits(copy, r));
            let mut out = Vec::new();
            for a in &left {
                if *without {
                    if !right.iter().any(|b| is_beside(copy, a, b, *how)) {
                        out.push(a.clone());
                    }
                    continue;
                }
                for b in right.iter().filter(|b| !overlap(a, b) && related(copy, a, b, *how)) {
                    out.push([a.as_slice(), b.as_slice()].concat());
                }
            }
            out
        }
    }
}

/// A whole query: places, joined and told apart.
#[derive(Debug)]
enum Whole {
    Ask(Ask),
    In(Part, Ask),
    /// Within quotations, or those of the person.
    Quoted(Ask, bool),
    And(Box<Whole>, Box<Whole>),
    Either(Box<Whole>, Box<Whole>),
    Without(Box<Whole>, Box<Whole>),
    Not(Box<Whole>),
    /// Groups of values: any of the slugs and none of the others.
    Slugs(Vec<usize>, Vec<usize>),
    Dates(usize, usize),
}

fn whole(dice: &mut Dice, depth: usize) -> Whole {
    let two = |dice: &mut Dice| (Box::new(whole(dice, depth - 1)), Box::new(whole(dice, depth - 1)));
    match if depth == 0 { 9 } else { dice.roll(17) } {
        12 => Whole::Not(Box::new(whole(dice, depth - 1))),
        13 => {
            let (with, without) = (0..SLUGS.len()).partition(|_| dice.roll(2) == 0);
            Whole::Slugs(with, without)
        }
        14 => {
            let from = dice.roll(9);
            Whole::Dates(from, from + dice.roll(9 - from))
        }
        0 => {
            let (a, b) = two(dice);
            Whole::And(a, b)
        }
        1 => {
            let (a, b) = two(dice);
            Whole::Either(a, b)
        }
        2 => {
            let (a, b) = two(dice);
            Whole::Without(a, b)
        }
        part @ (3 | 4 | 15 | 16) => {
            let of = ask(dice, 2);
            match part {
                15 => Whole::Quoted(of, false),
                16 => Whole::Quoted(of, true),
                _ => Whole::In([Part::Headline, Part::Lead, Part::Body][dice.roll(3)], of),
            }
        }
        _ => Whole::Ask(ask(dice, 3)),
    }
}

impl Whole {
    fn written(&self) -> String {
        match self {
            Whole::Ask(a) => a.written(),
            Whole::In(Part::Headline, a) => format!("headline:({})", a.written()),
            Whole::In(Part::Lead, a) => format!("lead:({})", a.written()),
            Whole::In(Part::Body, a) => format!("body:({})", a.written()),
            Whole::Quoted(a, false) => format!("quote:({})", a.written()),
            Whole::Quoted(a, true) => format!("(speaker:\"{PERSON}\" AND quote:({}))", a.written()),
            Whole::And(a, b) => format!("({} AND {})", a.written(), b.written()),
            Whole::Either(a, b) => format!("({} OR {})", a.written(), b.written()),
            Whole::Without(a, b) => format!("({} AND NOT {})", a.written(), b.written()),
            Whole::Not(a) => format!("(NOT {})", a.written()),
            Whole::Slugs(with, without) => {
                let mut parts: Vec<String> = Vec::new();
                if !with.is_empty() {
                    parts.push(format!("({})", with.iter().map(|i| SLUGS[*i]).collect::<Vec<_>>().join(" OR ")));
                }
                parts.extend(without.iter().map(|i| format!("NOT {}", SLUGS[*i])));
                format!("slug:({})", parts.join(" "))
            }
            Whole::Dates(from, to) => format!("date:{}..{}", day(*from), day(*to)),
        }
    }

    /// The words to be marked; `None` where the story does not match.
    fn found(&self, copy: &Copy) -> Option<Vec<(usize, usize)>> {
        let of = |found: Vec<Hit>| (!found.is_empty()).then(|| found.concat());
        match self {
            Whole::Ask(a) => of(hits(copy, a)),
            Whole::In(part, a) => {
                // The part is a text of its own.
                let own: Vec<usize> = (0..copy.words.len()).filter(|i| copy.words[*i].part == *part).collect();
                let first = *own.first()?;
                let words = own.iter().map(|i| {
                    let w = &copy.words[*i];
                    Word { bytes: w.bytes.clone(), ..*w }
                });
                let alone = Copy { story: copy.story.clone(), words: words.collect() };
                let found = hits(&alone, a);
                of(found).map(|spans| spans.into_iter().map(|(a, b)| (a + first, b + first)).collect())
            }
            Whole::Quoted(a, spoken) => {
                let looked_at = |w: &Word| if *spoken { w.quoted == Some(true) } else { w.quoted.is_some() };
                let words = copy.words.iter().map(|w| Word { bytes: w.bytes.clone(), hidden: !looked_at(w), ..*w });
                let inside = Copy { story: copy.story.clone(), words: words.collect() };
                let mut found = of(hits(&inside, a))?;
                // Whoever asks for a speaker is shown all that he says.
                let own = copy.story.quotes.iter().filter(|q| *spoken && q.speaker.is_some());
                let word = |at: u32| copy.words.partition_point(|w| w.bytes.end <= at as usize);
                found.extend(own.map(|q| (word(q.span.start), word(q.span.end - 1))));
                Some(found)
            }
            Whole::And(a, b) => Some([a.found(copy)?, b.found(copy)?].concat()),
            Whole::Either(a, b) => match (a.found(copy), b.found(copy)) {
                (None, None) => None,
                (a, b) => Some([a.unwrap_or_default(), b.unwrap_or_default()].concat()),
            },
            // Twice without is with.
            Whole::Not(a) => match &**a {
                Whole::Not(with) => with.found(copy),
                a => a.found(copy).is_none().then(Vec::new),
            },
            Whole::Slugs(with, without) => {
                let slug = copy.story.slug.as_ref().map(|s| s.value.to_lowercase()).unwrap_or_default();
                let has = |i: &usize| slug.split('-').any(|w| w == SLUGS[*i]);
                let holds = (with.is_empty() || with.iter().any(has)) && !without.iter().any(has);
                holds.then(Vec::new)
            }
            Whole::Dates(from, to) => {
                let filed = copy.story.filed.value.map(|m| m.day);
                filed.is_some_and(|d| (day(*from)..=day(*to)).contains(&d)).then(Vec::new)
            }
            Whole::Without(a, b) => {
                if let Whole::Not(with) = &**b {
                    return Some([a.found(copy)?, with.found(copy)?].concat());
                }
                if b.found(copy).is_some() { None } else { a.found(copy) }
            }
        }
    }
}

fn marked(copy: &Copy, spans: Vec<(usize, usize)>) -> Vec<Range<usize>> {
    let mut ranges: Vec<Range<usize>> =
        spans.iter().map(|(a, b)| copy.words[*a].bytes.start..copy.words[*b].bytes.end).collect();
    ranges.sort_by_key(|r| (r.start, r.end));
    let mut out: Vec<Range<usize>> = Vec::new();
    for r in ranges {
        match out.last_mut() {
            Some(last) if r.start < last.end => last.end = last.end.max(r.end),
            _ => out.push(r),
        }
    }
    out
}

#[test]
fn the_engine_agrees_with_brute_force() {
    let (mut cases, mut matched) = (0, 0);
    for seed in 0..ARCHIVES {
        let mut dice = Dice(0x9E37_79B9_7F4A_7C15 ^ (seed + 1));
        let copies: Vec<Copy> = (0..STORIES).map(|id| write(&mut dice, id)).collect();
        let folder = tempfile::tempdir().expect("a folder");
        let archive = Archive::find_or_create(&folder.path().join("index")).expect("an archive");
        let mut writer = Writer::open(&archive, 1).expect("a writer");
        for copy in &copies {
            writer.add(&copy.story, copy.story.path.as_bytes()).expect("a story");
        }
        let row = |copy: &Copy| LedgerRow {
            path: copy.story.path.clone().into_bytes(),
            state: FileState { size: 0, modified: 0 },
            content: [0; 16],
            racy: false,
            outcome: Outcome::Stories { count: 1, raw_only: 0 },
            remarks: Vec::new(),
        };
        writer.commit(copies.iter().map(row).collect()).expect("a commit");
        writer.finish().expect("an end");
        let reader = Reader::open(&archive).expect("a reader");
        for _ in 0..QUERIES {
            let query = whole(&mut dice, 2);
            let text = query.written();
            let parsed = parse(&text, &Context { today: chrono::NaiveDate::default(), any: false }).expect(&text);
            let plan = Plan::new(&reader, &parsed.query, false).expect(&text);
            let mut set = BTreeSet::new();
            let listing = reader.list(plan.matching(), Order::Date, usize::MAX, 0).expect("rows");
            set.extend(listing.rows.iter().map(|row| row.id.0));
            plan.check().expect("within bounds");
            for copy in &copies {
                let expected = query.found(copy);
                let shown = || format!("seed {seed}: {text}\nin {:?}", copy.story.text);
                assert_eq!(set.contains(&copy.story.id.0), expected.is_some(), "{}", shown());
                if let Some(spans) = expected {
                    assert_eq!(plan.marks().spans(&copy.story), marked(copy, spans), "{}", shown());
                    matched += 1;
                }
            }
            cases += 1;
        }
    }
    assert!(cases >= 10_000 && matched > cases, "{cases} queries, {matched} matches");
}
