//! The one table of fields: what a query may name, what the index holds of it and how
//! output calls it. Schema, query prefixes and the `fields` listing are read from here.

/// How a field is searched.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FieldKind {
    /// Words of a part of the text: the whole grammar of words and phrases applies.
    Words,
    /// A value compared after folding, whole.
    Name,
    /// A dateline place: a gazetteer entry's any name, else as written.
    Place,
    /// A day or a range of days.
    Date,
    /// A number or a range of numbers.
    Number,
    /// A path: a folder, a file name or a glob.
    Path,
    /// A person, place or organisation, by any of its names; `=` for one spelling.
    Bearer,
}

/// A field of the query language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Field {
    /// Words of the headline.
    Headline,
    /// Words of the first paragraph.
    Lead,
    /// Words behind the first paragraph.
    Body,
    /// Agency, by id or any of its names.
    Agency,
    /// Place of the dateline.
    From,
    /// A person named.
    Person,
    /// A place named or filed from.
    Place,
    /// An organisation named.
    Org,
    /// Who is quoted.
    Speaker,
    /// Words between quotation marks.
    Quote,
    /// Language, ISO 639-1 or its name.
    Lang,
    /// Time of filing.
    Date,
    /// Time that the text speaks of.
    Event,
    /// File or folder.
    Path,
    /// Writers.
    Byline,
    /// Slug.
    Slug,
    /// Subject codes.
    Subject,
    /// What may be done with it.
    Status,
    /// Wire format.
    Format,
    /// Encoding of the source.
    Encoding,
    /// What was wrong when it was read.
    Warning,
    /// Number of words.
    Words,
}

/// One row of the table.
#[derive(Clone, Copy, Debug)]
pub struct FieldRow {
    /// The field.
    pub field: Field,
    /// The prefix in queries, without the colon.
    pub prefix: &'static str,
    /// How it is searched.
    pub kind: FieldKind,
    /// The key in JSON, where it differs from the prefix.
    pub json: &'static str,
    /// An example for the help.
    pub example: &'static str,
    /// One line for the help.
    pub help: &'static str,
}

const fn row(
    field: Field,
    prefix: &'static str,
    kind: FieldKind,
    json: &'static str,
    example: &'static str,
    help: &'static str,
) -> FieldRow {
    FieldRow { field, prefix, kind, json, example, help }
}

/// Every field of the query language, in the order of the listing.
pub const FIELDS: &[FieldRow] = &[
    row(
        Field::Agency,
        "agency",
        FieldKind::Name,
        "agency",
        "agency:IRNA",
        "the agency that files or is credited, by any of its names; none where unknown",
    ),
    row(
        Field::From,
        "from",
        FieldKind::Place,
        "from",
        "from:Moscou",
        "the place in the dateline, by any of its names, or one in it; from:=Syria for itself alone",
    ),
    row(
        Field::Person,
        "person",
        FieldKind::Bearer,
        "people",
        "person:Putin",
        "a person named, in any spelling and script; person:=Poutine for one spelling",
    ),
    row(
        Field::Place,
        "place",
        FieldKind::Bearer,
        "places",
        "place:Syria",
        "a place named or filed from, or one in it; place:=Syria as --by place counts it",
    ),
    row(
        Field::Org,
        "org",
        FieldKind::Bearer,
        "orgs",
        "org:ONU",
        "an organisation named, in any spelling, language and script",
    ),
    row(
        Field::Speaker,
        "speaker",
        FieldKind::Bearer,
        "quotes",
        "speaker:Putin",
        "a person who is quoted, as the words beside the quotation tell",
    ),
    row(
        Field::Quote,
        "quote",
        FieldKind::Words,
        "quotes",
        "quote:\"martial law\"",
        "words as printed in quotations; with speaker: in that person's words",
    ),
    row(
        Field::Date,
        "date",
        FieldKind::Date,
        "filed",
        "date:2024-12-01..2024-12-07",
        "when it was filed; ranges inclusive; >, <; date:none for undated",
    ),
    row(
        Field::Event,
        "event",
        FieldKind::Date,
        "times",
        "event:2024-10-23",
        "a time that the text speaks of; event~: also what is only inferred",
    ),
    row(Field::Lang, "lang", FieldKind::Name, "lang", "lang:fr", "the language of the text"),
    row(Field::Headline, "headline", FieldKind::Words, "headline", "headline:Astana", "words of the headline"),
    row(Field::Lead, "lead", FieldKind::Words, "lead", "lead:Astana", "words of the first paragraph"),
    row(Field::Body, "body", FieldKind::Words, "body", "body:(trêve W/5 Alep)", "words behind the first paragraph"),
    row(Field::Byline, "byline", FieldKind::Words, "byline", "byline:Dupont", "the writers"),
    row(
        Field::Slug,
        "slug",
        FieldKind::Name,
        "slug",
        "slug:SYRIA-CRISIS",
        "the slug, or a word of it; slug:=X for the whole",
    ),
    row(
        Field::Subject,
        "subject",
        FieldKind::Name,
        "subjects",
        "subject:politics",
        "a subject as the sender coded it, or words of it",
    ),
    row(
        Field::Status,
        "status",
        FieldKind::Name,
        "status",
        "status:correction",
        "usable, update, correction, kill, withheld, embargoed or withdrawn",
    ),
    row(Field::Format, "format", FieldKind::Name, "format", "format:text", "the wire format that it was read by"),
    row(Field::Encoding, "encoding", FieldKind::Name, "encoding", "encoding:koi8-r", "the encoding of the source"),
    row(
        Field::Warning,
        "warning",
        FieldKind::Name,
        "warnings",
        "warning:replaced-bytes",
        "what it was read with: a code or a word of one; * for any, none for none",
    ),
    row(Field::Path, "path", FieldKind::Path, "path", "path:irna/fr", "a folder, a file name, or a glob over the path"),
    row(Field::Words, "words", FieldKind::Number, "words", "words:>300", "the number of words; >, <, or a range"),
];

impl Field {
    /// Returns the row of the table that describes the field.
    #[must_use]
    pub fn row(self) -> &'static FieldRow {
        FIELDS.iter().find(|r| r.field == self).expect("every field has a row: tested below")
    }

    /// Returns the field that a prefix names; the case does not matter.
    #[must_use]
    pub fn from_prefix(prefix: &str) -> Option<Field> {
        FIELDS.iter().find(|r| r.prefix.eq_ignore_ascii_case(prefix)).map(|r| r.field)
    }
}

#[cfg(test)]
mod tests {
    use super::{FIELDS, Field};

    #[test]
    fn every_field_has_one_row_and_one_prefix() {
        for (i, row) in FIELDS.iter().enumerate() {
            assert_eq!(row.field.row().prefix, row.prefix);
            assert!(FIELDS[..i].iter().all(|r| r.prefix != row.prefix && r.field != row.field));
            assert!(row.example.starts_with(&format!("{}:", row.prefix)));
        }
        // The last variant: a new one without a row fails here through its index.
        assert_eq!(FIELDS.len(), Field::Words as usize + 1);
    }
}
