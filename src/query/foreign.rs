//! What people know from other programs, and what looks like an operator and is none: it is
//! searched as text, and whoever typed it is told so.

use super::lex::{Piece, PieceKind, lex};
use super::parse::Parser;
use crate::query::letters_apart;
use crate::story::{FIELDS, Field};
use crate::text::fold;

/// Fields of other programs that people know, and what they are called here.
const FOREIGN: [(&str, &str); 75] = [
    ("year", "date:"),
    ("month", "date:"),
    ("day", "date:"),
    ("people", "person:"),
    ("who", "person:"),
    ("said", "speaker:"),
    ("city", "place:"),
    ("topic", "subject:"),
    ("sort", "the option --sort"),
    ("id", "the command show"),
    ("type", "format:"),
    ("title", "headline:"),
    ("hd", "headline:"),
    ("hl", "headline:"),
    ("hlead", "headline:(\u{2026}) OR lead:(\u{2026})"),
    ("hlp", "headline:(\u{2026}) OR lead:(\u{2026})"),
    ("lp", "lead:"),
    ("text", "body:"),
    ("content", "body:"),
    ("author", "byline:"),
    ("by", "byline:"),
    ("source", "agency:"),
    ("sn", "agency:"),
    ("publisher", "agency:"),
    ("publication", "agency:"),
    ("dateline", "from:"),
    ("location", "place:"),
    ("country", "place:"),
    ("geographic", "place:"),
    ("re", "place:"),
    ("company", "org:"),
    ("co", "org:"),
    ("name", "person:"),
    ("language", "lang:"),
    ("la", "lang:"),
    ("wc", "words:"),
    ("length", "words:"),
    ("before", "date:..2024-12-31"),
    ("after", "date:2024-12-01.."),
    ("since", "date:2024-12-01.."),
    ("tag", "subject:"),
    ("terms", "subject:"),
    ("ti", "headline:"),
    ("ab", "lead:"),
    ("au", "byline:"),
    ("dt", "date:"),
    ("pd", "date:"),
    ("lieu", "place:"),
    ("titre", "headline:"),
    ("auteur", "byline:"),
    ("langue", "lang:"),
    ("agence", "agency:"),
    ("pays", "place:"),
    ("sujet", "subject:"),
    ("jour", "date:"),
    ("datum", "date:"),
    ("titel", "headline:"),
    ("autor", "byline:"),
    ("sprache", "lang:"),
    ("ort", "place:"),
    ("agentur", "agency:"),
    ("quelle", "agency:"),
    ("thema", "subject:"),
    ("fecha", "date:"),
    ("titulo", "headline:"),
    ("lugar", "place:"),
    ("idioma", "lang:"),
    ("agencia", "agency:"),
    ("data", "date:"),
    ("titolo", "headline:"),
    ("luogo", "place:"),
    ("lingua", "lang:"),
    ("agenzia", "agency:"),
    ("autore", "byline:"),
    ("tarih", "date:"),
];

/// Fields in the words of other scripts, with which their readers begin.
const IN_OTHER_SCRIPTS: [(&str, &str); 18] = [
    ("дата", "date:"),
    ("автор", "byline:"),
    ("место", "place:"),
    ("язык", "lang:"),
    ("заголовок", "headline:"),
    ("агентство", "agency:"),
    ("персона", "person:"),
    ("тема", "subject:"),
    ("мова", "lang:"),
    ("日期", "date:"),
    ("标题", "headline:"),
    ("作者", "byline:"),
    ("地点", "place:"),
    ("语言", "lang:"),
    ("日付", "date:"),
    ("見出し", "headline:"),
    ("تاريخ", "date:"),
    ("تاریخ", "date:"),
];

/// Operators of other programs, and how they are written here.
const FOREIGN_OPERATORS: [(&str, &str); 8] = [
    ("&&", "AND"),
    ("||", "OR"),
    ("|", "OR"),
    ("ANDNOT", "AND NOT"),
    ("XOR", "OR"),
    ("W/seg", "W/p"),
    ("W/sent", "W/s"),
    ("W/para", "W/p"),
];

/// Functions of other programs over what stands in their parentheses.
const FOREIGN_FUNCTIONS: [(&str, &str); 6] = [
    ("CAPS", "=OIL for what is printed in capitals"),
    ("ALLCAPS", "=OIL for what is printed in capitals"),
    ("NOCAPS", "=oil for what is printed in small letters"),
    ("SINGULAR", "=price for this form alone"),
    ("PLURAL", "=prices for this form alone"),
    ("REGEX", "/p[ou]+tine/"),
];

/// Digits of the longest distance that is taken for one.
const DIGITS_MAX: usize = 3;

/// Pieces of the longest query whose words may be operators written otherwise: longer ones
/// are text.
const SHORT_MAX: usize = 8;

/// Operators that are none without a number.
const NUMBERED: [&str; 4] = ["NEAR/5", "ADJ/3", "PRE/3", "ATLEAST/3"];

/// Letters of an ending in brackets, place(s): what stands in the brackets of a function is longer.
const ENDING_LETTERS_MAX: usize = 2;

/// Letters shown of what a slip stands before.
const SHOWN_MAX: usize = 20;

/// Letters of a prefix for each that may be wrong where one is taken for a field's.
const NEARLY_LETTERS_MIN: usize = 4;

impl Parser<'_> {
    /// Tells which field may be meant by a prefix that is none.
    pub(super) fn suggest(&mut self, name: &str) {
        if let Some(meant) = foreign(name) {
            self.hints.push(format!("{name}: is no field and is searched as a word; did you mean {meant}?"));
            return;
        }
        let is_near = |prefix: &str| letters_apart(prefix, &name.to_lowercase()) <= name.len() / NEARLY_LETTERS_MIN;
        if let Some(row) = FIELDS.iter().find(|row| is_near(row.prefix) && name.len() >= NEARLY_LETTERS_MIN) {
            self.hints.push(format!("{name}: is no field and is searched as a word; did you mean {}:", row.prefix));
            return;
        }
        // PARIS: and Note: are of a text; what is typed as a field is in small letters and glued.
        let is_typed = name.bytes().all(|b| b.is_ascii_lowercase() || b == b'_') && self.pieces.len() <= SHORT_MAX;
        let end = self.end();
        let is_glued = self.pieces.get(self.at).is_some_and(|next| next.span.start == end);
        if is_typed && is_glued {
            self.hints.push(format!("{name}: is no field and is searched as a word; see: dateline fields"));
        }
    }

    /// Tells of a quotation mark or a parenthesis that opens and is never closed: in a text that is
    /// so, in a query it is a slip.
    pub(super) fn hint_unclosed(&mut self) {
        if self.pieces.len() > SHORT_MAX {
            return;
        }
        let covered = |at: usize| self.pieces.iter().any(|p| p.span.contains(&at));
        let opens = |at: usize| self.text[at + 1..].starts_with(char::is_alphanumeric);
        if let Some((at, _)) = self.text.match_indices('"').find(|(at, _)| !covered(*at) && opens(*at)) {
            let behind: String = self.text[at..].chars().take(SHOWN_MAX).collect();
            self.hints.push(format!("the quotation mark of {behind} is never closed, and is left out"));
        }
        let count = |kind: &PieceKind| self.pieces.iter().filter(|p| p.kind == *kind).count();
        if count(&PieceKind::Open) > count(&PieceKind::Close) {
            self.hints.push("a parenthesis is never closed: it goes to the end of the query".to_owned());
        }
    }

    /// Whether a word in front of another is the last piece read, in a query too short to
    /// be text.
    fn stands_between(&self) -> bool {
        self.pieces.len() <= SHORT_MAX && self.at > 1 && self.at < self.pieces.len()
    }

    /// `oil W5 price`, `oil W / 5 price`, `oil BUT NOT price`.
    fn hint_between(&mut self, word: &str) {
        let behind = self.pieces.get(self.at).map(|p| &p.kind);
        let bare = |at: usize| match self.pieces.get(at).map(|p| &p.kind) {
            Some(PieceKind::Bare(word)) => Some(word.as_str()),
            _ => None,
        };
        if word == "BUT" && behind == Some(&PieceKind::Not) {
            self.hints.push("BUT is searched as a word; write AND NOT".to_owned());
        }
        if let (Some(name), Some("/"), Some(n)) = (proximity(word), bare(self.at), bare(self.at + 1))
            && is_number(n)
        {
            self.hints.push(format!("{word} / {n} is searched as text; the operator is written {name}/{n}"));
        }
        let meant = match word.split_once('/') {
            Some(("N" | "n", n)) if is_number(n) => Some(format!("W/{n}")),
            Some(("P" | "p" | "onear" | "ONEAR", n)) if is_number(n) => Some(format!("PRE/{n}")),
            Some(("", "s" | "p")) => Some(format!("W{word}")),
            _ if word == "SAME" && self.text.contains(char::is_lowercase) => Some("W/p".to_owned()),
            _ => None,
        };
        if let Some(meant) = meant {
            self.hints.push(format!("{word} is searched as text; the operator is written {meant}"));
        }
        if let Some(n) = word.strip_prefix('W').filter(|n| is_number(n)) {
            self.hints.push(format!("{word} is searched as text; the operator is written W/{n}"));
        }
    }

    /// `oil W/5price`, `oil W/5, price`.
    fn hint_glued(&mut self, word: &str) {
        if let Some((name, rest)) = word.split_once('/').and_then(|(n, rest)| Some((proximity(n)?, rest))) {
            let (n, rest) = rest.split_at(rest.bytes().take_while(u8::is_ascii_digit).count());
            if is_number(n) && rest.starts_with(|c: char| c.is_alphabetic() || c.is_ascii_punctuation()) {
                let unit = [("s", "sentence"), ("p", "paragraph")]
                    .iter()
                    .find(|(letter, _)| rest.eq_ignore_ascii_case(letter));
                if let Some((letter, unit)) = unit {
                    let meant = format!("{name}/{n} counts words, W/{letter} is one {unit}");
                    self.hints.push(format!("{word} is searched as text; {meant}"));
                    return;
                }
                let rest = rest.trim_start_matches(|c: char| c.is_ascii_punctuation());
                let blank = if rest.is_empty() { "" } else { " " };
                let written = format!("{name}/{n}{blank}{rest}");
                self.hints.push(format!("{word} is searched as text; the operator is written {written}"));
            }
        }
    }

    /// Tells what a word is that elsewhere, or written otherwise, is an operator; `opens`
    /// where a parenthesis is glued to it.
    pub(super) fn hint_foreign(&mut self, word: &str, opens: bool) {
        if self.stands_between() {
            self.hint_between(word);
        }
        if self.pieces.len() <= SHORT_MAX && self.at > 1 {
            self.hint_glued(word);
        }
        if let Some((_, meant)) = FOREIGN_FUNCTIONS.iter().find(|(name, _)| opens && *name == word) {
            self.hints.push(format!("{word}(\u{2026}) is searched as text; write {meant}"));
        }
        let is_foreign = |foreign: &str| word.starts_with('W') && foreign.eq_ignore_ascii_case(word) || foreign == word;
        if let Some((_, meant)) = FOREIGN_OPERATORS.iter().find(|(foreign, _)| is_foreign(foreign)) {
            self.hints.push(format!("{word} is searched as text; did you mean {meant}?"));
        }
        if let Some(example) = NUMBERED.iter().find(|example| example.split('/').next() == Some(word)) {
            self.hints.push(format!("{word} is searched as text; with a number it is an operator, as in {example}"));
        }
        let field = word.strip_suffix(':').and_then(Field::from_prefix).map(Field::row);
        if let Some(row) = field.filter(|row| word.strip_suffix(':') == Some(row.prefix)) {
            self.hints
                .push(format!("{word} has no value and is searched as a word; write {} without a blank", row.example));
        }
        // headline :Syria
        if let (Some(value), Some(PieceKind::Bare(name))) =
            (word.strip_prefix(':'), self.at.checked_sub(2).and_then(|at| self.pieces.get(at)).map(|p| &p.kind))
            && value.starts_with(char::is_alphanumeric)
            && let Some(field) = Field::from_prefix(name)
        {
            let prefix = field.row().prefix;
            self.hints.push(format!("{name} {word} is searched as text; write {prefix}:{value} without a blank"));
        }
        self.hint_function(word, opens);
        self.hint_in_other_scripts(word);
        let glued = |p: &&Piece| self.pieces.get(self.at - 1).is_some_and(|own| own.span.start == p.span.end);
        let before = self.at.checked_sub(2).and_then(|at| self.pieces.get(at)).filter(glued);
        if let Some(Piece { kind: PieceKind::Quoted { .. }, span }) = before.filter(|_| word.starts_with('~')) {
            let phrase = &self.text[span.clone()];
            self.hints.push(format!("{word} is searched as text; words may stand between with a number: {phrase}~3"));
        }
        let letters = |text: &str| !text.is_empty() && text.chars().all(char::is_alphabetic);
        let is_number = |text: &str| text.parse::<f64>().is_ok() && text.ends_with(|c: char| c.is_ascii_digit());
        if let Some((stem, _)) = word.rsplit_once('^').filter(|(stem, weight)| !stem.is_empty() && is_number(weight)) {
            self.hints.push(format!("{word} is searched as text: words have no weights here; write {stem}"));
        }
        if let Some((stem, _)) =
            word.rsplit_once('~').filter(|(stem, edits)| !stem.is_empty() && edits.contains('.') && is_number(edits))
        {
            self.hints.push(format!("{word} is searched as text; the letters that may differ are 1 or 2: {stem}~1"));
        }
        if let Some(stem) = word.strip_suffix('~').filter(|stem| letters(stem)) {
            self.hints.push(format!("{word} is searched as {stem}; for letters that may differ write {stem}~1"));
        }
        if let Some(meant) = numbered(word) {
            self.hints.push(format!("{word} is searched as text; the operator is written {meant}"));
        }
        let stem = word.trim_end_matches('!');
        // An exclamation ends a sentence: behind it no word in small letters follows.
        let goes_on = self.pieces.len() <= SHORT_MAX / 2
            && self
                .pieces
                .get(self.at)
                .is_some_and(|next| self.text[next.span.clone()].starts_with(char::is_lowercase));
        let ends_open = self.pieces.len() == 1 || goes_on && word.starts_with(char::is_lowercase);
        if word.strip_suffix('!') == Some(stem) && letters(stem) && ends_open {
            self.hints.push(format!("{word} is searched as {stem}; for any ending write {stem}*"));
        }
        if word.strip_suffix('?').is_some_and(letters) && self.pieces.len() == 1 {
            let stem = word.trim_end_matches('?');
            self.hints.push(format!(
                "{word} is searched as {stem}, ? at an end being punctuation; for one letter write /{stem}./"
            ));
        }
        if let Some(rest) = word.strip_prefix('!').filter(|rest| letters(rest)) {
            self.hints.push(format!("{word} is searched as {rest}; to leave it out write -{rest} or NOT {rest}"));
        }
    }

    /// `HLEAD(x)`, `la=en`, `wc>100`: fields of other programs in their own spelling.
    fn hint_function(&mut self, word: &str, opens: bool) {
        let sign = word.find(['=', '<', '>']).filter(|at| *at > 0 && word.len() > at + 1);
        let name = match sign {
            Some(at) => &word[..at],
            None if opens => word,
            None => return,
        };
        let own = Field::from_prefix(&name.to_lowercase()).map(|f| format!("{}:", f.row().prefix));
        // In running text a word with a parenthesis is common, and few are all in capitals.
        let is_shouted = sign.is_some() || name.chars().all(char::is_uppercase) || self.is_called(word);
        if let Some(meant) = foreign(name).map(str::to_owned).or(own).filter(|_| is_shouted) {
            let shown = if opens { format!("{word}(\u{2026})") } else { word.to_owned() };
            self.hints.push(format!("{shown} is searched as text; did you mean {meant}?"));
        }
    }

    /// Whether a field in small letters has its value in brackets, headline(Syria): in a query too
    /// short to be text, of more letters than the ending of place(s).
    fn is_called(&self, name: &str) -> bool {
        let inside = self.pieces.get(self.at + 1).map_or("", |p| &self.text[p.span.clone()]);
        self.pieces.len() <= SHORT_MAX / 2 + 1
            && inside.len() > ENDING_LETTERS_MAX
            && FIELDS.iter().any(|row| row.prefix == name)
    }

    /// `дата:2024`: a field in the words of the user's own language.
    fn hint_in_other_scripts(&mut self, word: &str) {
        let Some((name, value)) = word.split_once([':', '\u{FF1A}']).filter(|(_, value)| !value.is_empty()) else {
            return;
        };
        let folded = fold(name);
        let known = IN_OTHER_SCRIPTS.iter().find(|(known, _)| fold(known) == folded).map(|(_, meant)| *meant);
        if let Some(meant) = known.or_else(|| foreign(&folded).filter(|_| !name.is_ascii())) {
            self.hints.push(format!("{name}: is no field and is searched as a word; did you mean {meant}{value}?"));
        }
    }

    /// A slash that opens and is never closed.
    pub(super) fn hint_regex(&mut self, word: &str) {
        if self.pieces.len() == 1 {
            self.hints
                .push(format!("{word} is searched as text; a regular expression ends with /, as in /p[ou]+tine/"));
        }
    }
}

fn is_number(text: &str) -> bool {
    (1..=DIGITS_MAX).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit())
}

fn proximity(name: &str) -> Option<&'static str> {
    ["W", "NEAR", "PRE", "ADJ"].into_iter().find(|known| *known == name)
}

fn foreign(name: &str) -> Option<&'static str> {
    FOREIGN.iter().find(|(foreign, _)| name.eq_ignore_ascii_case(foreign)).map(|(_, meant)| *meant)
}

/// How an operator with a number is written that stands in small letters, or without its
/// slash: `w/5`, `NEAR5`, `adj2`, `/N3`, `atleast3`.
fn numbered(word: &str) -> Option<String> {
    let digits = word.bytes().rev().take_while(u8::is_ascii_digit).count();
    let (name, number) = word.split_at(word.len() - digits);
    let letters = name.trim_matches('/');
    let capitals = match letters.to_ascii_uppercase().as_str() {
        "N" if name.starts_with('/') => "NEAR".to_owned(),
        // Some take /5 for W/5; between words it is seldom text.
        "" if name == "/" && digits <= 2 => "W".to_owned(),
        "ATL" => "ATLEAST".to_owned(),
        known @ ("W" | "NEAR" | "PRE" | "ADJ" | "ATLEAST") => known.to_owned(),
        _ => {
            let (name, value) = word.split_once('/')?;
            let unit = matches!(value, "s" | "p") && matches!(name, "w" | "near" | "Near");
            return unit.then(|| format!("in capitals: {}/{value}", name.to_uppercase()));
        }
    };
    // A single letter with a number, W5, is a name of something.
    if digits == 0 || letters.len() == 1 && !name.contains('/') {
        return None;
    }
    let written = format!("{capitals}/{number}");
    (word != written)
        .then(|| if name.ends_with('/') && !letters.is_empty() { format!("in capitals: {written}") } else { written })
}

/// Tells what of a query that found nothing was perhaps not meant as it was read.
#[must_use]
pub fn overlooked(text: &str) -> Vec<String> {
    let pieces = lex(text);
    let mut hints = Vec::new();
    let is_open = |word: &str| {
        let stem = word.strip_suffix('!');
        stem.is_some_and(|s| s.starts_with(char::is_lowercase) && s.chars().all(char::is_alphabetic))
    };
    let is_word = |at: usize| match pieces.get(at).map(|p| &p.kind) {
        Some(PieceKind::Bare(word)) => word.contains(char::is_alphanumeric),
        _ => false,
    };
    let is_operand = |kind: &PieceKind| !matches!(kind, PieceKind::And | PieceKind::Or | PieceKind::Not);
    for (i, piece) in pieces.iter().enumerate() {
        let between =
            i > 0 && pieces[i - 1..].len() > 2 && is_operand(&pieces[i - 1].kind) && is_operand(&pieces[i + 1].kind);
        let hint = match &piece.kind {
            PieceKind::Bare(word) if between && matches!(word.as_str(), "or" | "and" | "not") => {
                format!("{word} is searched as a word; the operator is written in capitals: {}", word.to_uppercase())
            }
            PieceKind::Not if between && is_word(i - 1) && is_word(i + 1) => {
                "NOT leaves out what stands behind it; in small letters it is a word".to_owned()
            }
            PieceKind::Minus if is_word(i + 1) => {
                let behind = &text[pieces[i + 1].span.clone()];
                format!("-{behind} leaves out what has {behind}; without its minus it is a word")
            }
            PieceKind::Bare(word) if is_open(word) && pieces.len() > 1 => {
                let stem = word.trim_end_matches('!');
                format!("{word} is searched as {stem}; for any ending write {stem}*")
            }
            _ => continue,
        };
        if !hints.contains(&hint) {
            hints.push(hint);
        }
    }
    hints
}

/// Returns the query with every minus before a word as a dash of a text, where it has no other
/// sign: Finnish and Swedish write compounds of names so, *American Airlines -jutussa*.
#[must_use]
pub fn with_dashes(text: &str) -> Option<String> {
    let pieces = lex(text);
    let is_word = |p: Option<&Piece>| {
        p.is_some_and(|p| matches!(&p.kind, PieceKind::Bare(word) if word.contains(char::is_alphanumeric)))
    };
    let mut out = text.to_owned();
    for (at, piece) in pieces.iter().enumerate().rev() {
        match piece.kind {
            PieceKind::Minus if is_word(pieces.get(at + 1)) => out.replace_range(piece.span.clone(), "- "),
            PieceKind::Bare(_) => {}
            _ => return None,
        }
    }
    (out != text).then_some(out)
}

#[cfg(test)]
mod tests {
    use super::{overlooked, with_dashes};
    use crate::query::{Context, parse};

    fn hints(text: &str) -> Vec<String> {
        let today = chrono::NaiveDate::default();
        parse(text, &Context { today, any: false }).expect(text).hints
    }

    #[test]
    fn what_other_programs_call_otherwise_is_told() {
        for (query, meant) in [
            ("HLEAD(Grenoble)", "did you mean headline:(\u{2026}) OR lead:(\u{2026})?"),
            ("DATELINE(Paris)", "did you mean from:?"),
            ("HEADLINE(x)", "did you mean headline:?"),
            ("la=en", "did you mean lang:?"),
            ("wc>100", "did you mean words:?"),
            ("a NEAR5 b", "is written NEAR/5"),
            ("a adj2 b", "is written ADJ/2"),
            ("a /N3 b", "is written NEAR/3"),
            ("a w/5 b", "is written in capitals: W/5"),
            ("a w/s b", "is written in capitals: W/s"),
            ("a W/seg b", "did you mean W/p?"),
            ("a W/SENT b", "did you mean W/s?"),
            ("a /5 b", "is written W/5"),
            ("oil^3", "write oil"),
            ("oil~1.5", "oil~1"),
            ("ATLEAST3(x)", "is written ATLEAST/3"),
            ("bridg!", "write bridg*"),
            ("a !b", "write -b or NOT b"),
            ("a | b", "did you mean OR?"),
            ("/abc", "ends with /"),
            ("oil W5 price", "is written W/5"),
            ("oil W/5price", "is written W/5 price"),
            ("oil W/5, price", "is written W/5"),
            ("oil W / 5 price", "is written W/5"),
            ("oil NEAR/5price", "is written NEAR/5 price"),
            ("oil ANDNOT price", "did you mean AND NOT?"),
            ("oil BUT NOT price", "write AND NOT"),
            ("oil XOR price", "did you mean OR?"),
            ("CAPS(oil)", "write =OIL"),
            ("ALLCAPS(oil)", "write =OIL"),
            ("pric! oil", "write pric*"),
            ("oil~", "write oil~1"),
        ] {
            let hints = hints(query);
            assert!(hints.len() == 1 && hints[0].contains(meant), "{query}: {hints:?}");
        }
    }

    #[test]
    fn fields_and_operators_of_elsewhere_are_told() {
        for (query, meant) in [
            ("lieu:Paris", "did you mean place:?"),
            ("Datum:2024", "did you mean date:?"),
            ("ti:Iran", "did you mean headline:?"),
            ("TI=Iran", "did you mean headline:?"),
            ("дата:2024", "did you mean date:2024?"),
            ("título:Irán", "did you mean headline:Irán?"),
            ("日期：2024", "did you mean date:2024?"),
            ("headline :Syria", "write headline:Syria"),
            ("headline(Syria)", "did you mean headline:?"),
            ("date(geq 2024)", "did you mean date:?"),
            ("oil N/3 price", "is written W/3"),
            ("oil onear/3 price", "is written PRE/3"),
            ("oil SAME price", "is written W/p"),
            ("oil /s price", "is written W/s"),
            ("atl3(oil)", "is written ATLEAST/3"),
            ("\"a b\"~-1", "\"a b\"~3"),
        ] {
            let hints = hints(query);
            assert!(hints.len() == 1 && hints[0].contains(meant), "{query}: {hints:?}");
        }
    }

    #[test]
    fn a_dash_may_be_a_minus() {
        assert_eq!(with_dashes("American Airlines -jutussa").as_deref(), Some("American Airlines - jutussa"));
        assert_eq!(with_dashes("oil -agency:AFP"), None);
        assert_eq!(with_dashes("-*"), None);
        assert_eq!(with_dashes("oil NOT gas -coal"), None);
        assert_eq!(with_dashes("cessez-le-feu - Alep"), None);
    }

    #[test]
    fn running_text_gets_no_hints() {
        for text in [
            "The head of Renault(a carmaker) said no!",
            "a by-election (by June) in W1",
            "Near 30 people, title (heavyweight) fight",
            "E=mc2 and x<y",
            "/ТАСС/ - Putin",
            "Hello! how are you",
            "all in W1 today, they said, but nobody came",
            "but not today",
            "the place(s) and date(s) he named",
            "THE SAME DAY",
            "Источник: РИА",
        ] {
            assert_eq!(hints(text), Vec::<String>::new(), "{text}");
        }
    }

    #[test]
    fn small_operators_and_large_ones_are_told_where_nothing_is_found() {
        assert_eq!(overlooked("bridge or pont"), ["or is searched as a word; the operator is written in capitals: OR"]);
        assert_eq!(overlooked("or bridge"), Vec::<String>::new());
        assert_eq!(overlooked("GROWTH -BUNDESBANK").len(), 1);
        assert_eq!(overlooked("WILL NOT ACCEPT").len(), 1);
        assert_eq!(overlooked("-*"), Vec::<String>::new());
        assert_eq!(overlooked("lang:en AND NOT (status:*)"), Vec::<String>::new());
    }
}
