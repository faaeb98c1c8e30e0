//! The verbs of saying among words.

use super::grammar::{AUXILIARIES, Sentence, Verb, flags, known};
use crate::data::quoting::Class;
use crate::enrich::entities::hash::{self, EMPTY_PHRASE};
use crate::enrich::entities::lexicon::SPEECH;
use crate::story::Span;
use crate::text::{Word, fold, words};

/// Words of the longest verb of saying: *ifade etti*.
const VERB_WORDS_MAX: usize = 3;
/// Words between a verb that may be another and a colon: *defended the decision:*.
const OBJECT_MAX: usize = 4;
/// Languages that set the verb right behind a quotation.
const VERB_SECOND: [&str; 8] = ["fr", "de", "es", "it", "pt", "nl", "ca", "gl"];
/// What words of others stand on.
const WRITTEN: [&str; 50] = [
    "motto",
    "slogan",
    "sign",
    "signs",
    "banner",
    "banners",
    "poster",
    "placard",
    "placards",
    "headline",
    "caption",
    "inscription",
    "title",
    "proverb",
    "saying",
    "adage",
    "pancarte",
    "banderole",
    "affiche",
    "devise",
    "proverbe",
    "titre",
    "lema",
    "pancarta",
    "cartel",
    "cartello",
    "striscione",
    "titolo",
    "titulo",
    "cartaz",
    "faixa",
    "plakat",
    "schild",
    "spruchband",
    "transparent",
    "inschrift",
    "titel",
    "spreuk",
    "bord",
    "spandoek",
    "haslo",
    "baner",
    "napis",
    "лозунг",
    "плакат",
    "транспарант",
    "девиз",
    "надпись",
    "гасло",
    "напис",
];
/// Arabic nouns that Persian makes verbs of.
const NOUNS: [&str; 10] = ["تصريح", "بيان", "إعلام", "تأكيد", "توضيح", "عنوان", "إضافة", "إظهار", "إبراز", "إعلان"];
/// What stands before a surname within it.
const OF_SURNAMES: [&str; 6] = ["von", "der", "van", "af", "de", "den"];
/// Words of the longest name before its verb behind a comma.
const NAME_MAX: usize = 4;

impl Verb {
    /// Where it stands among the words it was found in.
    pub(super) fn span(self, words: &[Word]) -> Span {
        Span::new(words[self.at].start, words[self.end() - 1].end)
    }

    /// The first word behind it.
    pub(super) fn end(self) -> usize {
        self.at + self.count
    }
}

impl Sentence<'_> {
    /// The verbs of saying among words, none of them within a name.
    pub(super) fn verbs(&self, words: &[Word]) -> Vec<Verb> {
        self.verbs_of(words, false)
    }

    /// The same with those that say something only where they stand beside a quotation: *criticised*.
    pub(super) fn all_verbs(&self, words: &[Word]) -> Vec<Verb> {
        self.verbs_of(words, true)
    }

    fn verbs_of(&self, words: &[Word], is_wide: bool) -> Vec<Verb> {
        let mut out: Vec<Verb> = Vec::new();
        let mut at = 0;
        let mut phrase = String::new();
        let folded: Vec<String> = words.iter().map(|word| self.folded(*word)).collect();
        while at < words.len() {
            let mut hash = EMPTY_PHRASE;
            let mut found = None;
            phrase.clear();
            for (i, word) in folded[at..].iter().take(VERB_WORDS_MAX).enumerate() {
                hash = hash::phrase(hash, hash::of(word));
                phrase.push_str(if i > 0 { " " } else { "" });
                phrase.push_str(word);
                let says = |lang| {
                    Class::Says.has(&phrase, lang)
                        || Class::Source.has(&phrase, lang)
                        || is_wide && Class::Utters.has(&phrase, lang)
                };
                if known(hash) & SPEECH != 0 || self.lang.is_some_and(says) {
                    found = Some(Verb { at, count: i + 1 });
                }
            }
            at += found.map_or(1, |verb| verb.count);
            out.extend(found);
        }
        // Arabic nouns of which Persian makes verbs: *في تصريح صحفي*.
        let is_noun = |v: &Verb| NOUNS.iter().any(|noun| fold(noun) == self.folded(words[v.at]));
        if self.lang == Some("ar") {
            out.retain(|v| !is_noun(v));
        }
        let named = self.named(words);
        out.retain(|v| !named.iter().any(|n| n.from < v.end() && v.at < n.to));
        // *Según dijo Sánchez*, *so sagte Scholz*: the verb tells.
        let begun: Vec<usize> = out.iter().map(|verb| verb.at).collect();
        out.retain(|verb| {
            let is_light = self.is_source(words, *verb) || folded[verb.at] == "so";
            !(is_light && begun.contains(&verb.end()))
        });
        out
    }

    /// The verb of the words behind a quotation. One that may be another stands right behind what sets the
    /// quotation off, or behind a name.
    pub(super) fn verb_behind(&self, words: &[Word], is_set_off: bool) -> Option<Verb> {
        let plain = self.verbs(words).into_iter().next();
        let wide = self.all_verbs(words).into_iter().next().filter(|_| is_set_off || self.lang == Some("tr"));
        // Where the verb comes second, a name before it begins a sentence of its own.
        let is_second = self.lang.is_some_and(|lang| VERB_SECOND.contains(&lang));
        let is_near = |verb: &Verb| {
            self.is_helped_by(words, verb.at) || !is_second && self.named(words).iter().any(|n| n.to == verb.at)
        };
        wide.filter(is_near).or(plain)
    }

    /// The verb of the words before a quotation. One that may be another is followed by a colon, or stands right
    /// before a comma.
    pub(super) fn verb_before(&self, words: &[Word]) -> Option<Verb> {
        let plain = self.verbs(words).into_iter().next_back();
        let rest = &self.story.text[words.last()?.end..];
        let gap = rest.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, ')' | '»' | '”' | '"'));
        let wide = self.all_verbs(words).into_iter().next_back();
        let is_announced = |verb: &Verb| {
            let behind = words.len() - verb.end();
            // *Hailed the motto: "…"*: of somebody else.
            let is_cited = behind > 0 && words.last().is_some_and(|w| self.is_written(*w));
            behind <= OBJECT_MAX && !is_cited && gap.starts_with([':', '：'])
                || behind == 0 && gap.starts_with([',', '،'])
        };
        wide.filter(is_announced).or(plain)
    }

    /// Whether a word is what words stand on: a sign, a book.
    pub(super) fn is_written(&self, word: Word) -> bool {
        let word = self.folded(word);
        WRITTEN.contains(&word.as_str()) || Class::Work.has_in_any(&word)
    }

    /// Whether nothing stands before a verb but one that helps it.
    pub(super) fn is_helped_by(&self, words: &[Word], at: usize) -> bool {
        at == 0 || at == 1 && AUXILIARIES.contains(&self.folded(words[0]).as_str())
    }

    /// Whether a verb has a pronoun of its own: *said he*, `a-t-il`.
    pub(super) fn has_pronoun(&self, words: &[Word], verb: Verb) -> bool {
        const PRONOUNS: [&str; 25] = [
            "he", "she", "they", "it", "we", "i", "il", "elle", "ils", "elles", "er", "wir", "el", "ella", "lui",
            "lei", "ele", "ela", "hij", "zij", "ze", "он", "она", "він", "вона",
        ];
        let is = |i: usize| words.get(i).is_some_and(|w| self.is_pronoun(*w, &PRONOUNS));
        is(verb.at + verb.count) || verb.count > 1 && is(verb.at + verb.count - 1)
    }

    fn is_pronoun(&self, word: Word, list: &[&str]) -> bool {
        // Spanish *el* is an article, *él* is not.
        let printed = &self.story.text[word.start..word.end];
        list.contains(&self.folded(word).as_str()) && !matches!(printed, "el" | "il" if self.is_article_here(printed))
    }

    fn is_article_here(&self, printed: &str) -> bool {
        matches!((self.lang, printed), (Some("es"), "el") | (Some("it"), "il") | (None, "el" | "il"))
    }

    /// Whether what was read as a verb is none but makes a name its source: *laut*, *по словам*.
    pub(super) fn is_source(&self, words: &[Word], verb: Verb) -> bool {
        let phrase: Vec<String> = words[verb.at..verb.end()].iter().map(|w| self.folded(*w)).collect();
        self.lang.is_some_and(|lang| Class::Source.has(&phrase.join(" "), lang))
    }
}

/// Whether a text begins with a verb of saying, or with one behind what helps it. Finnish has the name before it.
pub(super) fn begins_with_saying(text: &str, lang: Option<&str>) -> bool {
    let first: Vec<(String, bool)> = words(text)
        .take(VERB_WORDS_MAX + NAME_MAX)
        .map(|w| (fold(&text[w.start..w.end]), text[w.start..].starts_with(char::is_uppercase)))
        .collect();
    let has =
        |phrase: &str, lang: &str| Class::Says.has(phrase, lang) || lang != "fr" && Class::Utters.has(phrase, lang);
    let begins = |from: usize| {
        let mut phrase = String::new();
        first[from..].iter().take(VERB_WORDS_MAX).any(|(word, _)| {
            phrase.push_str(if phrase.is_empty() { "" } else { " " });
            phrase.push_str(word);
            flags(&phrase) & SPEECH != 0 || lang.is_some_and(|lang| has(&phrase, lang))
        })
    };
    let Some((word, _)) = first.first() else { return false };
    if lang == Some("fi") {
        let is_name = |(word, is_capital): &&(String, bool)| *is_capital || OF_SURNAMES.contains(&word.as_str());
        let name = first.iter().take(NAME_MAX).take_while(is_name).count();
        return begins(name.min(first.len() - 1));
    }
    begins(0) || first.len() > 1 && AUXILIARIES.contains(&word.as_str()) && begins(1)
}
