//! The table of operators that the help is printed from.

/// One form of the query language.
#[derive(Clone, Copy, Debug)]
pub struct OperatorRow {
    /// How it is written.
    pub form: &'static str,
    /// What it finds.
    pub meaning: &'static str,
}

const fn row(form: &'static str, meaning: &'static str) -> OperatorRow {
    OperatorRow { form, meaning }
}

/// Every form that is understood, in the order of the listing.
pub const OPERATORS: &[OperatorRow] = &[
    row("Poutine Alep", "both words, by their stems"),
    row("Poutine OR Assad", "either; binds looser than AND"),
    row("(Poutine OR Assad) Alep", "grouping"),
    row("-Alep", "without it; also NOT Alep; a number is left out by NOT"),
    row("\"soutien inconditionnel\"", "a phrase: unstemmed, case and accents levelled"),
    row("\"accord paix\"~3", "a phrase with at most 3 words between, in order; a swap costs 2"),
    row("=Président", "exactly as printed: case and accents kept"),
    row("=\"Le Président\"", "a phrase exactly as printed"),
    row("Poutine W/5 Assad", "at most 5 words apart, in any order; also NEAR/5; W/1 is adjacent"),
    row(
        "Kremlin PRE/3 communiqué",
        "the same, in this order; also ADJ/3; of Chinese, Japanese and Thai, characters count",
    ),
    row("Syrie W/s Turquie", "in one sentence; W/p in one paragraph"),
    row("Alep NOT W/5 aéroport", "an Alep with no aéroport so near; also NOT W/s, NOT W/p, NOT PRE/5"),
    row("ATLEAST/3(Syrie)", "at least 3 occurrences of the printed word"),
    row("synd*", "any ending; ? stands for one letter; in phrases and proximity too"),
    row("Pezechkian~1", "the word or one that a letter turns into it; ~2 for two letters"),
    row("/p[ou]+tine/", "a regular expression over one word, levelled"),
    row("agency:IRNA", "a field; see dateline fields"),
    row("headline:(Astana OR Alep)", "words of a field"),
    row("query:NAME", "the query that is saved as NAME, under [query] of the configuration"),
    row("*", "every story"),
];

#[cfg(test)]
mod tests {
    use super::OPERATORS;
    use crate::query::{Context, Saved, parse_with};
    use chrono::NaiveDate;

    #[test]
    fn every_form_of_the_table_is_understood() {
        let saved = Saved::from([("NAME".to_owned(), "Syria".to_owned())]);
        for row in OPERATORS {
            let context = Context { today: NaiveDate::default(), any: false };
            let parsed = parse_with(row.form, &context, &saved).expect(row.form);
            assert!(parsed.hints.is_empty(), "{}", row.form);
        }
    }
}
