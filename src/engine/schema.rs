//! The schema: which field of the index holds what.

use tantivy::schema::{
    FAST, Field, IndexRecordOption, NumericOptions, STORED, Schema, SchemaBuilder, TextFieldIndexing, TextOptions,
};

/// Number of the analysis that made an archive. Raise it whenever words, folding,
/// stems or the schema change: an older archive is then rebuilt, never misread.
pub(crate) const ANALYSIS_VERSION: u32 = 30;

/// Name of the tokenizer of folded words with exact variants.
pub(crate) const FOLDED: &str = "folded";
/// Name of the tokenizer of stems; its input begins with a language mark.
pub(crate) const STEMMED: &str = "stemmed";

/// The handles of the index's fields.
#[derive(Clone, Debug)]
pub(crate) struct Fields {
    pub(crate) id: Field,
    /// Hash of the path's bytes: what a changed file's stories are deleted by.
    pub(crate) source: Field,
    pub(crate) path: Field,
    pub(crate) part: Field,
    /// Folded words with positions: phrases, wildcards, exact forms.
    pub(crate) text: Field,
    /// Stems with frequencies, without positions: plain words and their ranking.
    pub(crate) stem: Field,
    /// Headline: folded words with positions.
    pub(crate) head: Field,
    /// Headline: stems.
    pub(crate) head_stem: Field,
    /// Opening and first paragraph: stems.
    pub(crate) lead_stem: Field,
    /// All before the opening: stems. What occurs more often in `stem` than here and in
    /// `lead_stem` together is in the body.
    pub(crate) front_stem: Field,
    pub(crate) byline: Field,
    pub(crate) agency: Field,
    pub(crate) from: Field,
    /// The places of the dateline as they are counted; never searched.
    pub(crate) from_label: Field,
    pub(crate) lang: Field,
    pub(crate) status: Field,
    pub(crate) format: Field,
    pub(crate) encoding: Field,
    /// Codes of the warnings that it was read with.
    pub(crate) warning: Field,
    pub(crate) slug: Field,
    pub(crate) subject: Field,
    /// People, as [`super::bearers`] writes them.
    pub(crate) person: Field,
    /// Organisations, likewise.
    pub(crate) org: Field,
    /// Places mentioned or filed from, and what they lie in.
    pub(crate) place: Field,
    /// The places alone, for counting.
    pub(crate) place_label: Field,
    /// Spellings of mentions as printed, each with its kind, as a number.
    pub(crate) spelling: Field,
    /// Seconds since 1970 of the moment as written; missing for undated stories.
    pub(crate) filed: Field,
    /// Seconds since 1970 UTC of the same moment, by which lists are ordered.
    pub(crate) instant: Field,
    /// Days since 1970 that bound the filing, also where only inferred.
    pub(crate) earliest: Field,
    pub(crate) latest: Field,
    /// Seconds since 1970 at which the embargo of an embargoed story is over everywhere;
    /// missing where it is not told when.
    pub(crate) embargo: Field,
    /// Times spoken of, as `engine/events.rs` enters them.
    pub(crate) event: Field,
    /// Identifier, version and moment of killed stories, as `engine/withdrawn.rs` enters them.
    pub(crate) killed: Field,
    /// The same of all others.
    pub(crate) item: Field,
    pub(crate) words: Field,
    /// A sample of the runs of words, by which versions of one dispatch are found.
    pub(crate) sketch: Field,
    /// The whole story, serialized.
    pub(crate) record: Field,
}

fn words(tokenizer: &str, option: IndexRecordOption) -> TextOptions {
    TextOptions::default()
        .set_indexing_options(TextFieldIndexing::default().set_tokenizer(tokenizer).set_index_option(option))
}

/// The same for a field by whose length nothing is ranked: what its terms weigh at most need
/// not be reckoned.
fn unranked(tokenizer: &str, option: IndexRecordOption) -> TextOptions {
    let indexing = TextFieldIndexing::default().set_tokenizer(tokenizer).set_index_option(option);
    TextOptions::default().set_indexing_options(indexing.set_fieldnorms(false))
}

/// A value as it is, by whose length nothing is ranked either.
fn name() -> TextOptions {
    unranked("raw", IndexRecordOption::Basic)
}

/// A number that is looked up, likewise.
fn number() -> NumericOptions {
    NumericOptions::default().set_indexed()
}

/// Returns the schema and its handles.
pub(crate) fn build() -> (Schema, Fields) {
    let mut b: SchemaBuilder = Schema::builder();
    let positions = IndexRecordOption::WithFreqsAndPositions;
    let fields = Fields {
        id: b.add_u64_field("id", number().set_fast()),
        source: b.add_u64_field("source", number()),
        path: b.add_text_field("path", name() | FAST),
        part: b.add_u64_field("part", FAST),
        text: b.add_text_field("text", words(FOLDED, positions)),
        stem: b.add_text_field("stem", words(STEMMED, IndexRecordOption::WithFreqs)),
        head: b.add_text_field("head", words(FOLDED, positions)),
        head_stem: b.add_text_field("head_stem", words(STEMMED, IndexRecordOption::WithFreqs)),
        lead_stem: b.add_text_field("lead_stem", words(STEMMED, IndexRecordOption::WithFreqs)),
        front_stem: b.add_text_field("front_stem", unranked(STEMMED, IndexRecordOption::WithFreqs)),
        byline: b.add_text_field("byline", words(FOLDED, positions)),
        agency: b.add_text_field("agency", name() | FAST),
        from: b.add_text_field("from", name()),
        from_label: b.add_text_field("from_label", FAST),
        lang: b.add_text_field("lang", name() | FAST),
        status: b.add_text_field("status", name() | FAST),
        format: b.add_text_field("format", name() | FAST),
        encoding: b.add_text_field("encoding", name() | FAST),
        warning: b.add_text_field("warning", name() | FAST),
        slug: b.add_text_field("slug", name()),
        subject: b.add_text_field("subject", name()),
        person: b.add_text_field("person", name() | FAST),
        org: b.add_text_field("org", name() | FAST),
        place: b.add_text_field("place", name()),
        place_label: b.add_text_field("place_label", name() | FAST),
        spelling: b.add_u64_field("spelling", number()),
        filed: b.add_i64_field("filed", FAST),
        instant: b.add_i64_field("instant", FAST),
        earliest: b.add_i64_field("earliest", FAST),
        latest: b.add_i64_field("latest", FAST),
        embargo: b.add_i64_field("embargo", FAST),
        event: b.add_i64_field("event", FAST),
        killed: b.add_text_field("killed", name()),
        item: b.add_text_field("item", name()),
        words: b.add_u64_field("words", FAST),
        sketch: b.add_u64_field("sketch", FAST),
        record: b.add_bytes_field("record", STORED),
    };
    (b.build(), fields)
}
