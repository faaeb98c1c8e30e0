//! Which stories of a set are versions of one dispatch: by the identifier that their sender gave,
//! or by their texts.

use super::{Gated, SearchError, Wanted, folder_name};
use crate::engine::{Order, Reader, Row};
use crate::story::{Confidence, Evidence, Moment, Origin, Status, Story, StoryId, path_shown};
use crate::text::fold;
use crate::versions::{Compared, Groups, Likeness, Outline, Pair, Relation};
use rustc_hash::FxHashMap;
use std::borrow::Cow;
use std::cmp::Ordering;
use std::collections::BTreeSet;

/// Stories whose outlines are in memory at a time.
const COMPARED_AT_ONCE: usize = 16_384;
/// Share of the shorter text that a version has in common with the first of its group at least.
const SHARED_MIN: f32 = 0.15;
/// Days beyond which like texts are of two occasions: a rate that is left unchanged again.
const DAYS_MAX: i64 = 3;
/// The least length of a month: from its end to the beginning of the next there are fewer days.
const MONTH_DAYS: i64 = 28;
/// Rounds in which versions of versions are looked for.
const ROUNDS_MAX: usize = 8;

/// A story of a group of versions.
#[derive(Clone, Debug)]
pub struct Version {
    /// The story.
    pub id: StoryId,
    /// Its path, for people.
    pub path: String,
    /// The folder of its archive, where several are read.
    pub archive: Option<String>,
    /// Its headline.
    pub headline: Option<String>,
    /// The agency that files it.
    pub agency: Option<String>,
    /// When it was filed.
    pub filed: Option<Moment>,
    /// What its sender said of it.
    pub status: Status,
    /// How its text stands to that of the group's first; nothing of the first itself.
    pub relation: Option<Relation>,
    /// Share of the shorter text that the longer one has, of the two.
    pub shared: f32,
    /// Why it is of the group; nothing of the first.
    pub evidence: Option<Evidence>,
    row: Row,
}

/// Stories that are versions of one dispatch. The first is the last of them, as far as their
/// moments of filing and their versions tell, and else the longest.
pub type VersionGroup = Vec<Version>;

/// Answers which stories of a set are versions of one dispatch.
#[derive(Clone, Debug, Default)]
pub struct VersionList {
    /// The groups of two and more, the largest first.
    pub groups: Vec<VersionGroup>,
    /// Number of stories that were compared.
    pub stories: usize,
}

/// Returns the versions among the stories asked for.
///
/// # Errors
/// As [`super::search`].
pub fn versions(reader: &Reader, wanted: Wanted<'_>) -> Result<VersionList, SearchError> {
    let gated = Gated::new(reader, Wanted { unique: false, ..wanted })?;
    let rows = reader.list(gated.plan.matching(), Order::Unordered, usize::MAX, 0)?.rows;
    gated.plan.check()?;
    let mut groups = of_rows(reader, &rows)?;
    groups.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| place(&a[0]).cmp(&place(&b[0]))));
    Ok(VersionList { groups, stories: rows.len() })
}

/// Returns the versions of the story of `id` in the archive, whatever their status; nothing where
/// there is no other.
///
/// # Errors
/// A file of the archive cannot be read.
pub fn versions_of(reader: &Reader, id: StoryId) -> Result<Option<VersionGroup>, SearchError> {
    let mut rows = reader.rows_of(&[id])?;
    for _ in 0..ROUNDS_MAX {
        let near = reader.rows_like(&rows)?;
        let groups = of_rows(reader, &near)?;
        let Some(group) = groups.into_iter().find(|group| group.iter().any(|version| version.id == id)) else {
            return Ok(None);
        };
        // What is like a version may be a version too, though it is not like this story.
        if group.len() <= rows.len() {
            return Ok(Some(group));
        }
        rows = group.iter().map(|version| version.row).collect();
    }
    let near = reader.rows_like(&rows)?;
    Ok(of_rows(reader, &near)?.into_iter().find(|group| group.iter().any(|version| version.id == id)))
}

/// Returns what a list of single stories leaves out: of each group all but the first, and what is only inferred to be
/// a version of it.
pub(super) fn superseded(reader: &Reader, rows: &[Row]) -> Result<Vec<Row>, SearchError> {
    let groups = of_rows(reader, rows)?;
    let is_sure = |version: &&Version| version.evidence.as_ref().is_some_and(|e| e.confidence != Confidence::Inferred);
    Ok(groups.iter().flatten().filter(is_sure).map(|version| version.row).collect())
}

fn of_rows(reader: &Reader, rows: &[Row]) -> Result<Vec<VersionGroup>, SearchError> {
    let stated = reader.of_one_item(rows)?;
    let pairs = reader.sketches(rows)?.pairs();
    let mut groups = Groups::new(rows.len());
    stated.iter().for_each(|(a, b)| groups.join(*a, *b));
    let mut rarities = Rarities { reader, known: FxHashMap::default() };
    let mut waiting = pairs.as_slice();
    while !waiting.is_empty() {
        let (now, later) = waiting.split_at(together(waiting));
        waiting = later;
        compare(&mut rarities, rows, now, &mut groups)?;
    }
    let stated: BTreeSet<usize> = stated.into_iter().flat_map(|(a, b)| [a, b]).collect();
    let mut all = Vec::new();
    for members in groups.of_several() {
        told(&mut rarities, rows, &members, &stated, &mut all)?;
    }
    Ok(all)
}

/// How many of the first pairs are of no more stories than may be in memory.
fn together(pairs: &[Pair]) -> usize {
    let mut stories = BTreeSet::new();
    let fits = |pair: &&Pair| {
        stories.insert(pair.first);
        stories.insert(pair.second);
        stories.len() <= COMPARED_AT_ONCE
    };
    pairs.iter().take_while(fits).count().max(1)
}

/// A story made ready to be compared.
struct Read {
    outline: Outline,
    day: Day,
}

fn compare(rarities: &mut Rarities<'_>, rows: &[Row], pairs: &[Pair], groups: &mut Groups) -> Result<(), SearchError> {
    // What hangs together already need not be read.
    let pairs: Vec<&Pair> = pairs.iter().filter(|pair| !groups.are_one(pair.first, pair.second)).collect();
    let mut numbers: Vec<usize> = pairs.iter().flat_map(|pair| [pair.first, pair.second]).collect();
    numbers.sort_unstable();
    numbers.dedup();
    let wanted: Vec<Row> = numbers.iter().map(|number| rows[*number]).collect();
    let mut read = Vec::with_capacity(wanted.len());
    for batch in wanted.chunks(super::BATCH_STORIES) {
        let stories = rarities.reader.read(batch)?;
        read.extend(stories.iter().map(|story| Read { outline: rarities.outline(story), day: Day::of(story) }));
    }
    let of = |number: usize| numbers.binary_search(&number).ok().and_then(|at| read.get(at));
    for Pair { first, second, own } in pairs {
        if let (Some(a), Some(b), false) = (of(*first), of(*second), groups.are_one(*first, *second))
            && a.day.may_be_one(&b.day)
            && Likeness::between(&a.outline, &b.outline).are_versions(*own)
        {
            groups.join(*first, *second);
        }
    }
    Ok(())
}

/// What words weigh in the archive, each asked for once.
struct Rarities<'a> {
    reader: &'a Reader,
    known: FxHashMap<String, f32>,
}

impl Rarities<'_> {
    fn of(&mut self, word: &str) -> f32 {
        if let Some(rarity) = self.known.get(word) {
            return *rarity;
        }
        let rarity = self.reader.rarity(word);
        self.known.insert(word.to_owned(), rarity);
        rarity
    }

    fn outline(&mut self, story: &Story) -> Outline {
        Outline::of(Compared::of(story), &mut |word| self.of(word))
    }
}

/// Tells a group, the last version first. What hangs on to it by others alone, and has nothing of its text, is a group of
/// its own, if it is of several.
fn told(
    rarities: &mut Rarities<'_>,
    rows: &[Row],
    members: &[usize],
    stated: &BTreeSet<usize>,
    all: &mut Vec<VersionGroup>,
) -> Result<(), SearchError> {
    let own: Vec<Row> = members.iter().map(|number| rows[*number]).collect();
    let mut stories: Vec<(Story, Row, usize)> = Vec::with_capacity(own.len());
    let reader = rarities.reader;
    for ((story, row), number) in reader.read(&own)?.into_iter().zip(&own).zip(members) {
        stories.push((story, *row, *number));
    }
    stories.sort_by(|(a, ..), (b, ..)| latest_first(a, b));
    while stories.len() > 1 {
        let head = rarities.outline(&stories[0].0);
        let head_guid = stories[0].0.guid.as_ref().map(|guid| guid.value.clone());
        let (mut group, mut others) = (Vec::new(), Vec::new());
        for (story, row, number) in stories {
            let likeness = Likeness::between(&rarities.outline(&story), &head);
            let by_sender = stated.contains(&number) && story.guid.as_ref().map(|g| &g.value) == head_guid.as_ref();
            if by_sender || group.is_empty() || likeness.contained >= SHARED_MIN {
                let beside = (!group.is_empty()).then_some((likeness, by_sender));
                group.push(version(reader, story, row, beside));
            } else {
                others.push((story, row, number));
            }
        }
        if group.len() > 1 {
            all.push(group);
        }
        stories = others;
    }
    Ok(())
}

/// A story of a group; `beside` is how it stands to the first, and whether by their sender's word.
fn version(reader: &Reader, story: Story, row: Row, beside: Option<(Likeness, bool)>) -> Version {
    let relation = beside.map(|(likeness, _)| likeness.relation());
    Version {
        id: story.id,
        path: path_shown(&story.path).into_owned(),
        archive: reader.archive_of(&row).map(folder_name),
        headline: story.headline.map(|headline| headline.value),
        agency: story.agency.map(|agency| agency.name),
        filed: story.filed.value,
        status: story.status.value,
        relation,
        shared: beside.map_or(1.0, |(likeness, _)| likeness.contained),
        evidence: beside.zip(relation).map(|((_, by_sender), relation)| evidence(by_sender, relation)),
        row,
    }
}

fn evidence(by_sender: bool, relation: Relation) -> Evidence {
    let (origin, rule, confidence) = match (by_sender, relation) {
        (true, _) => ("guid", "versions/identifier", Confidence::Stated),
        (false, Relation::Retold) => ("text", "versions/retold", Confidence::Inferred),
        (false, _) => ("text", "versions/text", Confidence::Derived),
    };
    Evidence { origin: Origin::Field(Cow::Borrowed(origin)), rule: Cow::Borrowed(rule), confidence }
}

/// The later one first: by the moment of filing, then by the sender's version; then the longer one.
fn latest_first(a: &Story, b: &Story) -> Ordering {
    let moment = |story: &Story| story.filed.value.map(Moment::instant);
    let number = |story: &Story| -> Vec<u64> {
        let version = story.version.as_ref().map_or("", |version| version.value.as_str());
        version.split('.').map_while(|part| part.trim().parse().ok()).collect()
    };
    let key = |story: &Story| (moment(story), number(story), story.text.len());
    key(b).cmp(&key(a)).then_with(|| (a.id, &a.path, a.part).cmp(&(b.id, &b.path, b.part)))
}

fn place(version: &Version) -> (Option<i64>, StoryId, &str) {
    (version.filed.map(Moment::instant), version.id, &version.path)
}

/// The day of a story, as far as it is known.
enum Day {
    /// Days since 1970.
    Known(i64),
    /// A day of a month of no known year, the month as it is written.
    OfMonth(i64, String),
    Unknown,
}

impl Day {
    fn of(story: &Story) -> Day {
        if let Some(moment) = story.filed.value {
            return Day::Known(moment.instant().div_euclid(24 * 60 * 60));
        }
        let written = story.dateline.as_ref().and_then(|dateline| dateline.date_as_written.as_ref());
        let Some(written) = written.map(|date| fold(&date.value)) else { return Day::Unknown };
        let day = written.split(|c: char| !c.is_ascii_digit()).find_map(|digits| digits.parse().ok());
        let month: String = written.chars().filter(|c| c.is_alphabetic()).take(3).collect();
        match day {
            Some(day) if (1..=31).contains(&day) && !month.is_empty() => Day::OfMonth(day, month),
            _ => Day::Unknown,
        }
    }

    /// Whether nothing says that they are too far apart.
    fn may_be_one(&self, other: &Day) -> bool {
        match (self, other) {
            (Day::Known(a), Day::Known(b)) => (a - b).abs() <= DAYS_MAX,
            (Day::OfMonth(a, own), Day::OfMonth(b, others)) if own == others => (a - b).abs() <= DAYS_MAX,
            (Day::OfMonth(a, _), Day::OfMonth(b, _)) => (a - b).abs() >= MONTH_DAYS - DAYS_MAX,
            _ => true,
        }
    }
}
