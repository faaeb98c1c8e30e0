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
    row("-Alep", "without it; also NOT Alep"),
    row("\"soutien inconditionnel\"", "a phrase: unstemmed, case and accents levelled"),
    row("=Président", "exactly as printed: case and accents kept"),
    row("=\"Le Président\"", "a phrase exactly as printed"),
    row("synd*", "any ending; ? stands for one letter"),
    row("/p[ou]+tine/", "a regular expression over one word, levelled"),
    row("agency:IRNA", "a field; see dateline fields"),
    row("headline:(Astana OR Alep)", "words of a field"),
    row("*", "every story"),
];

#[cfg(test)]
mod tests {
    use super::OPERATORS;
    use crate::query::{Context, parse};
    use chrono::NaiveDate;

    #[test]
    fn every_form_of_the_table_is_understood() {
        for row in OPERATORS {
            let parsed = parse(row.form, &Context { today: NaiveDate::default() }).expect(row.form);
            assert!(parsed.hints.is_empty(), "{}", row.form);
        }
    }
}
