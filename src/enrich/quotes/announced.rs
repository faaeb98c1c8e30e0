//! Quotations that the words before them announce, with a verb of their own: whoever tells of them behind the
//! quotation did not say them (*X told him: "…," Y recalled*), nor who tells before it that another spoke (*X said
//! his mother had shouted: "…"*).

use super::grammar::{Named, Sentence, Verb, flags};
use crate::data::quoting::Class;
use crate::enrich::entities::lexicon::GIVEN;
use crate::text::Word;
use std::ops::Range;

/// Words between a verb and the colon behind it.
const ANNOUNCED_MAX: usize = 6;
/// Words between a verb and the colon where it names who is told.
const TOLD_MAX: usize = 10;
/// What stands before a quotation's words.
const MARKS: [char; 14] = ['"', '\'', '`', '‘', '“', '”', '„', '«', '»', '「', '『', '(', ')', '‚'];
/// *That*, folded, in languages whose clauses are read by it alone.
const THAT: [&str; 26] = [
    "dass", "что", "што", "що", "че", "да", "дека", "da", "ze", "kad", "ka", "ca", "hogy", "att", "at", "etta", "et",
    "bahwa", "bahawa", "ότι", "οτι", "πως", "कि", "که", "بان", "ان",
];
/// The same right behind a verb.
const CLAUSES: [&str; 14] =
    ["that", "que", "qu", "dass", "che", "dat", "что", "що", "ze", "że", "att", "at", "hogy", "ότι"];
/// English verbs that have who is told right behind them.
const TELLS: [&str; 10] =
    ["told", "tells", "asked", "asks", "warned", "reminded", "assured", "reassured", "advised", "answered"];
/// What makes a name behind it the one who is told.
const TO: [&str; 14] =
    ["to", "a", "à", "au", "aux", "al", "ao", "alla", "all", "zu", "gegenuber", "aan", "tegen", "con"];
/// Languages whose copy names kin and aides in one with a name in the genitive: *Webers Frau*.
const GENITIVES: [&str; 6] = ["de", "nl", "sv", "da", "no", "nb"];

impl Sentence<'_> {
    /// Whether a verb before a quotation gives it: one that a colon follows, or that stands right before it.
    pub(super) fn is_announced(&self, ahead: &[Word], quotation: &Range<usize>) -> bool {
        let Some(last) = ahead.last() else { return false };
        let gap = self.story.text.get(last.end..quotation.start).unwrap_or("");
        if gap.contains('\n') {
            return false;
        }
        let gap = gap.trim_matches(|c: char| c.is_whitespace() || MARKS.contains(&c));
        let has_colon = gap.contains([':', '：']);
        if self.lang == Some("zh") {
            return has_colon;
        }
        let cites = |w: &Word| self.lang.is_some_and(|lang| Class::Cites.has(&self.folded(*w), lang));
        let says = |verb: &Verb| {
            let word = self.folded(ahead[verb.at]);
            !self.is_source(ahead, *verb) && !matches!(word.as_str(), "so" | "selon" | "according")
        };
        let mut verbs = self.all_verbs(ahead).into_iter().filter(says);
        if has_colon {
            let is_near = |verb: Verb| ahead.len() - verb.end() <= ANNOUNCED_MAX;
            return verbs.next_back().is_some_and(is_near) || ahead.iter().rev().take(ANNOUNCED_MAX).any(cites);
        }
        let is_last = verbs.next_back().is_some_and(|verb| verb.end() == ahead.len());
        matches!(gap, "" | "," | "،") && (is_last || cites(last))
    }

    /// Whether the words between a verb and the quotation that a colon announces are a clause with a subject of its own.
    pub(super) fn embeds(&self, words: &[Word], from: usize) -> bool {
        let Some(lang) = self.lang else { return false };
        let Some(last) = words.len().checked_sub(1).filter(|last| from < *last) else { return false };
        let gap = self.story.text[words[last].end..].trim_start();
        if !gap.starts_with([':', '：', ',', '،']) {
            return false;
        }
        let is_parted = || (from..last).any(|at| at > 0 && self.is_apart(words, at));
        let has_that = || self.has_that(&words[from..last]);
        match lang {
            "en" | "fr" | "es" | "it" | "pt" | "nl" | "ca" | "gl" => false,
            "de" | "zh" => is_parted() || has_that(),
            // *Mengatakan ibunya berteriak*: its verbs begin so.
            "id" => {
                let is_verb = |w: &Word| {
                    let word = self.folded(*w);
                    word.len() > 5 && (word.starts_with("ber") || word.starts_with("me"))
                };
                words[from..=last].iter().any(is_verb) || has_that()
            }
            _ => has_that(),
        }
    }

    /// Whether a word among some begins a clause.
    pub(super) fn has_that(&self, words: &[Word]) -> bool {
        words.iter().any(|w| {
            let printed = self.story.text[w.start..w.end].to_lowercase();
            THAT.contains(&printed.as_str()) || THAT.contains(&self.folded(*w).as_str())
        })
    }

    /// Whether Chinese copy goes on right behind a quotation that ends in a stop: `“…。”谢震业赛后说。`
    pub(super) fn is_told_behind_stop(&self, quotation: &Range<usize>, next: Option<Word>) -> bool {
        let Some(next) = next.filter(|_| self.lang == Some("zh")) else { return false };
        let gap = self.story.text.get(quotation.end..next.start).unwrap_or("");
        !gap.is_empty() && gap.chars().all(|c| matches!(c, '”' | '」' | '"' | '』'))
    }

    /// Whether what its bearer is stands before a Chinese name: *国家统计局新闻发言人付凌晖*.
    pub(super) fn is_chinese_post(&self, words: &[Word], named: Named) -> bool {
        const CHARS_MAX: usize = 24;
        let (Some(first), Some(name)) = (words.first(), words.get(named.from)) else { return false };
        let post = &self.story.text[first.start..name.start];
        self.lang == Some("zh")
            && post.chars().count() <= CHARS_MAX
            && !post.contains(['的', '，', '、', '。', '：', '和', '与', '對', '对', '向'])
            && self.all_verbs(&words[..named.from]).is_empty()
    }

    /// Whether a word begins what is said.
    pub(super) fn is_that(&self, word: Word) -> bool {
        CLAUSES.contains(&self.folded(word).as_str())
    }

    /// Whether names between a verb and a colon are of those who are told: *Carroll told Gary Hargreaves:*,
    /// *Giuli ha replicato a Moretti:*.
    pub(super) fn are_told(&self, words: &[Word], verb: Verb, right: &[&Named]) -> bool {
        let [one] = right else { return false };
        let word = self.folded(words[verb.end() - 1]);
        let is_direct = self.lang == Some("en") && TELLS.contains(&word.as_str());
        let is_to = words.get(verb.end()).is_some_and(|w| TO.contains(&self.folded(*w).as_str()));
        let from = verb.end() + usize::from(is_to);
        (is_direct || is_to)
            && from <= one.from
            && self.leads(words, from, one.from)
            && !self.owns(words, **one)
            && words.len() - verb.end() <= TOLD_MAX
            && words.len() - one.to <= ANNOUNCED_MAX
            && self.announces(words, words.len())
            && self.all_verbs(&words[one.to..]).is_empty()
    }

    /// Whether what was read as a name is somebody of the named one's, *Webers Frau*, or nobody: *Fuentes judiciales*.
    /// *Thomas Mann* has a given name.
    pub(super) fn is_kin(&self, words: &[Word], named: Named) -> bool {
        let next = words.get(named.to).map(|w| self.folded(*w));
        let is_plural = |w: &String| w.ends_with("les") || w.ends_with("cas");
        if self.lang == Some("es") && self.folded(words[named.from]) == "fuentes" && next.is_some_and(|w| is_plural(&w))
        {
            return true;
        }
        let (first, last) = (self.folded(words[named.from]), self.folded(words[named.to - 1]));
        let is_genitive = self.lang.is_some_and(|lang| GENITIVES.contains(&lang))
            && named.to - named.from > 1
            && self.folded(words[named.to - 2]).ends_with('s')
            && flags(&first) & GIVEN == 0;
        is_genitive && (Class::Relation.has_in_any(&last) || Class::Voice.has_in_any(&last))
    }
}
