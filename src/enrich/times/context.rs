//! What the sentence around an expression says of its direction: whether it looks ahead or
//! back, and where sentences begin.

use super::cues::{ending, is_ahead, is_infinitive, is_known, looks, noun_follows, value, value_of};
use super::scan::{Class, Gap, Scan, Token};
use super::stretches::is_joiner;
use crate::data::times::{Kind, bit};

/// Tokens in which a word that looks ahead is sought, on either side.
const AHEAD_TOKENS_BEFORE: usize = 24;
const AHEAD_TOKENS_BEHIND: usize = 4;
/// The same behind an expression at the head of its sentence.
const HEAD_TOKENS: usize = 14;
/// Tokens between a word that looks ahead or back and the expression that it surely means.
const FIRM_TOKENS: usize = 9;
/// The same for one that looks ahead: *veut rattraper des dates repoussées en 2020*.
const FIRM_AHEAD_TOKENS: usize = 3;

/// Tokens between a verb and a bare year that it surely means.
const TIGHT_TOKENS: usize = 4;

/// Tokens at most before an expression that heads its clause: *que le samedi*.
const HEAD_TOKENS_BEFORE: usize = 3;
/// Tokens before an expression in which a participle is sought.
const PARTICIPLE_TOKENS: usize = 2;

/// Tokens between an auxiliary and its participle.
const AUXILIARY_TOKENS: usize = 4;
/// Tokens between a verb of saying and its day: *told reporters on*.
const SAID_TOKENS: usize = 1;
/// Tokens of a clause of its own that is only a time with its preposition: *…, on May 3*.
const APART_TOKENS: usize = 2;

/// What times are made of.
const TIMES: u64 = bit(Kind::Weekday) | bit(Kind::Month) | bit(Kind::Dd) | bit(Kind::Day) | bit(Kind::Yyyy);

/// A word that looks ahead or back.
#[derive(Clone, Copy)]
pub(super) struct Cue {
    pub(super) ahead: bool,
    /// Whether it is of the same clause, and no verb of saying.
    pub(super) firm: bool,
    /// Whether it stands within [`TIGHT_TOKENS`], or the expression heads its sentence.
    pub(super) tight: bool,
    /// Whether it is the verb of the clause and leaves no doubt.
    pub(super) sure: bool,
}

/// Languages whose verb ends its clause: what stands behind a time is asked first.
const VERB_LAST: [&str; 5] = ["tr", "fa", "ja", "ko", "hi"];

/// Tells whether the sentence of an expression looks ahead or back: the verb of its clause
/// decides, of several the nearest; else a word of the clauses before it.
pub(super) fn leaning(scan: &Scan<'_>, first: usize, last: usize) -> Option<Cue> {
    let around = Around::of(scan, first, last);
    if around.is_set_for() {
        return Some(Cue { ahead: true, firm: true, tight: true, sure: true });
    }
    let before = || around.before(around.own).or_else(|| around.participle());
    let found = if VERB_LAST.contains(&scan.lexicon.code()) {
        match around.behind() {
            // "از برگزاری مراسم در روز یکشنبه خبر داد": what is announced has the day.
            Some(said) if scan.lexicon.code() == "fa" && !said.firm && !said.ahead => {
                before().filter(|cue| cue.ahead).map(|cue| Cue { sure: false, ..cue }).or(Some(said))
            }
            found => found.or_else(before),
        }
    } else {
        before().or_else(|| around.behind())
    };
    found.or_else(|| {
        // "Arrested in Paris, on May 3": nothing but the time stands apart.
        let prep = |t: &Token| t.is & (bit(Kind::Prep) | bit(Kind::Det)) != 0;
        let apart = first - around.own <= APART_TOKENS && scan.tokens[around.own..first].iter().all(prep);
        around.before(around.sentence).map(|cue| Cue { sure: cue.sure && apart, ..cue })
    })
}

/// Tells whether the clause of an expression speaks of a day that comes back every year:
/// *he was born on June 1*.
pub(super) fn is_yearly(scan: &Scan<'_>, first: usize, last: usize) -> bool {
    let around = Around::of(scan, first, last);
    let cue = |at: usize, limit: usize| value_of(scan, at, |v| v == value::YEARLY).filter(|(end, _)| *end <= limit);
    // "A man born in Kenya was arrested on May 3": another verb stands nearer.
    let other = |from: usize, to: usize| (from..to).any(|i| looks(scan, i, to).is_some());
    if let Some((end, _)) = (around.own..first).rev().find_map(|i| cue(i, first)) {
        return !other(end, first);
    }
    let to = (last + HEAD_TOKENS).min(scan.tokens.len());
    let clause =
        (last..to).find(|i| starts_sentence(scan, *i) || ends_clause(scan, *i) || clause_word(scan, *i).is_some());
    (last..clause.unwrap_or(to)).find(|i| cue(*i, to).is_some()).is_some_and(|i| !other(last, i))
}

/// What stands around an expression.
struct Around<'a> {
    scan: &'a Scan<'a>,
    first: usize,
    last: usize,
    /// First token of its sentence, as far as is looked.
    sentence: usize,
    /// First token of its clause.
    own: usize,
    /// First token near it with no mark between.
    firm: usize,
}

impl<'a> Around<'a> {
    fn of(scan: &'a Scan<'a>, first: usize, last: usize) -> Around<'a> {
        let (mut sentence, mut own, mut firm) = (first, None, first);
        let limit = first.saturating_sub(AHEAD_TOKENS_BEFORE);
        while sentence > limit && !starts_sentence(scan, sentence) {
            sentence -= 1;
            let ends = ends_clause(scan, sentence);
            if firm == sentence + 1 && !ends && first - sentence <= FIRM_TOKENS {
                firm = sentence;
            }
            if own.is_none() {
                if ends {
                    own = Some(sentence + 1);
                } else if begins_clause(scan, sentence, first) {
                    own = Some(sentence);
                }
            }
        }
        Around { scan, first, last, sentence, own: own.unwrap_or(sentence), firm }
    }

    /// The word between a place and the expression that looks either way and ends nearest.
    fn before(&self, from: usize) -> Option<Cue> {
        let looks = |i| looks(self.scan, i, self.first).map(|(end, value)| (end, std::cmp::Reverse(i), value));
        let stretch = (self.first..=self.last).any(|i| self.is_range(i));
        let cues = || (from..self.first).filter_map(looks).filter(|(.., told)| !(stretch && *told == value::FROM));
        // "Leeds, who won on Monday, visit Hull": what may be a verb gives way to what is one.
        let verb = |told: i32| matches!(told, value::BACK | 1 | value::AUXILIARY | value::PERFECT | value::HAPPENS);
        let has_verb = cues().any(|(.., told)| verb(told));
        let cues = || cues().filter(move |(.., told)| *told != value::PRESENT || (!has_verb && self.may_be_its_day()));
        let (end, std::cmp::Reverse(at), told) = cues().max_by_key(|(e, at, _)| (*e, *at))?;
        // "Wahlen sind für November geplant": the auxiliary waits for its verb; without one it is a
        // verb of the present, which tells nothing: "Die Wahl ist am 9. Juni".
        if told == value::PERFECT && !self.has_participle(end) {
            return self.behind().filter(|cue| cue.ahead).map(|cue| Cue { sure: false, ..cue });
        }
        if told == value::PRESENT
            && let Some(cue) = self.participle()
        {
            return Some(cue);
        }
        // "Sarà aperta dal 14 giugno": the verb tells where the day lies.
        if told == value::FROM
            && let Some((_, std::cmp::Reverse(at), verb)) =
                cues().filter(|(e, ..)| *e < end).max_by_key(|(e, at, _)| (*e, *at))
            && (is_ahead(verb) || self.is_to_come(from, at))
        {
            let sure = verb != value::AHEAD_WEAK && !self.is_attribute();
            return Some(Cue { ahead: true, firm: at >= self.firm, tight: true, sure });
        }
        // "Hit a record Dec. 13": what only hints gives way to the verb of the clause.
        if matches!(told, value::BACK_WEAK | value::SINCE | value::FROM | value::AHEAD_WEAK) && end < self.first {
            let verb = cues().filter(|(e, ..)| *e < end).max_by_key(|(e, at, _)| (*e, *at));
            if let Some((_, std::cmp::Reverse(at), verb @ (value::BACK | 1 | value::AUXILIARY))) = verb
                && (is_ahead(verb) || self.is_to_come(from, at)) != is_ahead(told)
            {
                return Some(Cue { ahead: !is_ahead(told), firm: false, tight: false, sure: false });
            }
        }
        let distance = self.first - end;
        let to_come = !is_ahead(told) && self.is_to_come(from, at);
        let ahead = is_ahead(told) || to_come;
        let near = matches!(told, value::BACK | value::BACK_WEAK | value::SINCE | value::FROM | value::PERFECT)
            || distance <= FIRM_AHEAD_TOKENS;
        let sure = match told {
            _ if to_come => told == value::BACK,
            value::BACK | value::PERFECT => {
                !self.is_left_open(end) && (told == value::BACK || self.has_participle(end))
            }
            value::SAYING => distance <= SAID_TOKENS || self.only_phrases(end),
            value::SINCE | value::FROM if distance == 0 => true,
            value::PRESENT => false,
            value::BACK_WEAK | value::SINCE | value::FROM | value::AHEAD_WEAK => {
                let verb = cues().filter(|(e, ..)| *e < end).max_by_key(|(e, at, _)| (*e, *at));
                verb.is_some_and(|(_, _, v)| matches!(v, value::BACK | 1 | value::AUXILIARY) && is_ahead(v) == ahead)
            }
            _ => true,
        };
        // "The May 3 attack": no verb has it for its time.
        let sure = sure && !self.is_attribute();
        let firm = at >= self.firm && told > value::SAYING && near;
        Some(Cue { ahead, firm, tight: distance <= TIGHT_TOKENS, sure })
    }

    /// *Two men face charges over Friday's attack*: tells whether the expression may be the day of a
    /// verb of the present.
    fn may_be_its_day(&self) -> bool {
        let scan = self.scan;
        let before = self.first.checked_sub(1).map(|i| &scan.tokens[i]);
        let other =
            before.is_some_and(|t| t.is & bit(Kind::Prep) != 0 && !matches!(scan.shown(t), "on" | "in" | "this"));
        let owns = scan.tokens.get(self.last).is_some_and(|t| t.gap == Gap::Apostrophe);
        scan.lexicon.code() != "en" || !(other || owns)
    }

    /// *Will be held from*: a participle behind an auxiliary of the future is no past.
    fn is_to_come(&self, from: usize, at: usize) -> bool {
        let near = at.saturating_sub(AUXILIARY_TOKENS).max(from);
        (near..at).any(|i| looks(self.scan, i, at).is_some_and(|(_, v)| v == value::AUXILIARY))
    }

    /// *Agreed to close the mine on*: tells whether a verb still to be done stands behind a place.
    fn is_left_open(&self, from: usize) -> bool {
        (from..self.first).any(|i| is_infinitive(self.scan, i))
    }

    /// *Hat am 2. April unterschrieben*: tells whether a participle stands behind an auxiliary,
    /// or in the clause behind the expression.
    fn has_participle(&self, from: usize) -> bool {
        let scan = self.scan;
        let is = |i: usize| {
            let past = |v: i32| matches!(v, value::PARTICIPLE | value::BOUND_PARTICIPLE);
            let listed = value_of(scan, i, |v| v == value::BACK).is_some();
            listed || ending(scan, i, past, false).is_some()
        };
        let to = (self.last + HEAD_TOKENS).min(scan.tokens.len());
        let clause = (self.last..to).find(|i| starts_sentence(scan, *i) || ends_clause(scan, *i)).unwrap_or(to);
        (from..self.first.min(from + AUXILIARY_TOKENS)).chain(self.last..clause).any(is)
    }

    /// *Said in a statement on*: tells whether a phrase with a preposition follows.
    fn only_phrases(&self, from: usize) -> bool {
        let prep = self.scan.tokens.get(from).is_some_and(|t| t.is & bit(Kind::Prep) != 0);
        prep && self.first - from <= FIRM_TOKENS && !self.is_left_open(from)
    }

    /// *The May 3 attack*, *the summit of May 3*: tells whether the expression belongs to a noun.
    fn is_attribute(&self) -> bool {
        let scan = self.scan;
        let genitive = |i: usize| value_of(scan, i, |v| v == value::GENITIVE).is_some_and(|(end, _)| end == self.first);
        let before = self.first.saturating_sub(APART_TOKENS)..self.first;
        if before.into_iter().any(genitive) && !(self.first..=self.last).any(|i| self.is_range(i)) {
            return true;
        }
        let article = value_of(scan, self.first, |v| v == value::NOUN_FOLLOWS).is_some()
            || self.first.checked_sub(1).is_some_and(|i| noun_follows(scan, i));
        let noun = scan
            .tokens
            .get(self.last)
            .is_some_and(|t| t.class == Class::Word && matches!(t.gap, Gap::Blank | Gap::Line) && !is_known(scan, t));
        scan.lexicon.code() == "en" && article && noun
    }

    fn is_range(&self, at: usize) -> bool {
        self.scan.tokens.get(at).is_some_and(|t| is_joiner(self.scan, t))
    }

    /// *For June 9*: tells whether a word that looks ahead before a day stands right there.
    fn is_set_for(&self) -> bool {
        let scan = self.scan;
        let is_day = |t: &Token| t.is & (bit(Kind::Weekday) | bit(Kind::Figures) | bit(Kind::Dd)) != 0 && t.digits <= 2;
        let begin = self.first.saturating_sub(HEAD_TOKENS_BEFORE);
        scan.tokens[self.first..self.last].iter().any(is_day)
            && !noun_follows(scan, self.first)
            && (begin..self.first)
                .any(|i| value_of(scan, i, |v| v == value::FOR_A_DAY).is_some_and(|(end, _)| end == self.first))
    }

    /// *The man arrested Monday*: a participle right before a time takes it from the verb.
    fn participle(&self) -> Option<Cue> {
        let from = self.first.saturating_sub(PARTICIPLE_TOKENS).max(self.own);
        let past = |v: i32| v == value::PARTICIPLE;
        let found = (from..self.first).any(|i| ending(self.scan, i, past, true).is_some());
        found.then_some(Cue { ahead: false, firm: false, tight: false, sure: false })
    }

    /// The first word behind the expression that looks either way: near it, or anywhere in the
    /// clause that it heads.
    fn behind(&self) -> Option<Cue> {
        let scan = self.scan;
        // No verb stands before it: "in trading on Friday, shares fell".
        let heads_sentence = self.own == self.sentence && starts_sentence(scan, self.sentence);
        let heads =
            heads_sentence || self.first - self.own <= HEAD_TOKENS_BEFORE || VERB_LAST.contains(&scan.lexicon.code());
        let to = (self.last + if heads { HEAD_TOKENS } else { AHEAD_TOKENS_BEHIND }).min(scan.tokens.len());
        // A comma that a rule took with it still ends the clause.
        let taken = self.last > self.first && matches!(mark_at(scan, self.last - 1), Some(',' | '،'));
        let (mut at, mut inserted) = (self.last - usize::from(taken), false);
        // "Der am Montag festgenommene Mann soll": the participle before its noun has the day, mostly
        // one gone by; the verb behind the noun has another.
        let participle = |at| ending(scan, at, |v| v == value::NO_VERB, true).is_some();
        if at < to && looks(scan, at, scan.tokens.len()).is_none() && participle(at) {
            return Some(Cue { ahead: false, firm: false, tight: true, sure: false });
        }
        while at < to && !starts_sentence(scan, at) {
            // At the head of a sentence the verb stands behind the comma.
            let comma = matches!(mark_at(scan, at), Some(',' | '،' | '、' | '，'));
            inserted |= comma;
            if ends_clause(scan, at) && !(heads_sentence && comma) {
                return None;
            }
            match clause_word(scan, at) {
                Some(value::SUBORDINATE) => at = self.behind_insertion(at, to)?,
                Some(value::COORDINATE) if (!heads || at == self.last) && !joins_times(scan, at, self.first) => {
                    return None;
                }
                _ => {}
            }
            if let Some((end, told)) = looks(scan, at, scan.tokens.len()) {
                // "وستغلق": "and" grown together with the verb of another clause.
                if scan.lexicon.code() == "ar"
                    && at >= self.last
                    && scan.shown(&scan.tokens[at]).starts_with(['و', 'ف'])
                {
                    return None;
                }
                // "On June 9, he said, it will open": what only reports is passed over.
                let aside = inserted && told == value::SAYING && ends_clause(scan, end.min(scan.tokens.len() - 1));
                // "از برگزاری انتخابات خبر داد": what is announced is passed over for the announcing.
                let announced = scan.lexicon.code() == "fa" && told == value::AHEAD_WEAK;
                if !aside && !announced {
                    return Some(self.cue_behind(told, end, heads));
                }
            }
            at += 1;
        }
        None
    }

    fn cue_behind(&self, told: i32, end: usize, heads: bool) -> Cue {
        let sure = match told {
            value::PERFECT => heads && self.has_participle(end.min(self.first)) || self.participle_from(end),
            value::BACK_WEAK | value::SINCE | value::FROM | value::AHEAD_WEAK | value::PRESENT => false,
            _ => heads,
        };
        let happens = told == value::HAPPENS && !self.is_dated_behind(end);
        let sure = sure && (happens || !self.is_attribute()) && !self.has_time_behind(end);
        Cue { ahead: is_ahead(told), firm: told > value::SAYING, tight: true, sure }
    }

    /// *The men accused of the robbery of Oct. 2 will appear on Friday*: behind a subject with a time
    /// in it the verb has a time of its own.
    fn has_time_behind(&self, verb_end: usize) -> bool {
        self.first - self.own > HEAD_TOKENS_BEFORE
            && !VERB_LAST.contains(&self.scan.lexicon.code())
            && self.is_dated_behind(verb_end)
    }

    /// Tells whether a time stands between a verb and the end of its clause.
    fn is_dated_behind(&self, verb_end: usize) -> bool {
        let scan = self.scan;
        let to = (verb_end + HEAD_TOKENS).min(scan.tokens.len());
        let ends = |i: &usize| starts_sentence(scan, *i) || ends_clause(scan, *i);
        let clause = (verb_end..to).find(ends).unwrap_or(to);
        let dated = bit(Kind::Weekday) | bit(Kind::Month) | bit(Kind::Day);
        (verb_end..clause).any(|i| scan.tokens[i].is & dated != 0)
    }

    fn participle_from(&self, from: usize) -> bool {
        let past = |v: i32| matches!(v, value::PARTICIPLE | value::BOUND_PARTICIPLE);
        let to = (from + AUXILIARY_TOKENS).min(self.scan.tokens.len());
        (from..to).any(|i| ending(self.scan, i, past, false).is_some())
    }

    /// *Samedi, le maire, qui est malade, viendra*: returns the end of a clause between commas.
    fn behind_insertion(&self, at: usize, to: usize) -> Option<usize> {
        let opened = at > self.last && mark_at(self.scan, at - 1) == Some(',');
        let end = (at..to).find(|i| ends_clause(self.scan, *i) || starts_sentence(self.scan, *i)).filter(|_| opened)?;
        (mark_at(self.scan, end) == Some(',')).then_some(end)
    }
}

/// Tells whether a clause begins with a word before the expression at `first`.
fn begins_clause(scan: &Scan<'_>, at: usize, first: usize) -> bool {
    match clause_word(scan, at) {
        Some(value::SUBORDINATE) => true,
        // "Lundi il est parti et vendredi il reviendra", but "lundi et vendredi".
        Some(_) => first - at <= HEAD_TOKENS_BEFORE && !joins_times(scan, at, first),
        None => false,
    }
}

/// Tells whether a word that joins stands between two times.
fn joins_times(scan: &Scan<'_>, at: usize, first: usize) -> bool {
    let time = |i: usize| scan.tokens.get(i).is_some_and(|t| t.is & TIMES != 0);
    let before = at.checked_sub(1).is_some_and(time);
    before && (first > at || (at + 1..=at + HEAD_TOKENS_BEFORE).any(time))
}

/// Returns how a word begins a clause, where it does.
pub(super) fn clause_word(scan: &Scan<'_>, at: usize) -> Option<i32> {
    value_of(scan, at, |v| matches!(v, value::SUBORDINATE | value::COORDINATE)).map(|(_, v)| v)
}

pub(super) fn mark_at(scan: &Scan<'_>, at: usize) -> Option<char> {
    scan.tokens.get(at).filter(|t| t.class == Class::Mark).and_then(|t| char::from_u32(t.value))
}

/// Tells whether a sentence starts at a token: at the head of a paragraph, or behind a full
/// stop that is not an abbreviation's.
pub(super) fn starts_sentence(scan: &Scan<'_>, at: usize) -> bool {
    let Some(token) = scan.tokens.get(at) else { return true };
    if at == 0 || token.gap == Gap::Paragraph {
        return true;
    }
    match mark_at(scan, at - 1) {
        Some('!' | '?' | '。' | '؟' | '।') => true,
        Some('.') => {
            let lower = |t: &Token| scan.shown(t).starts_with(|c: char| c.is_lowercase());
            let before = at.checked_sub(2).map(|i| &scan.tokens[i]);
            let short = before.is_some_and(|t| t.class == Class::Word && t.end - t.start <= 3 && !lower(t));
            // "10 a.m. EST": behind such an abbreviation a word of the table begins no sentence.
            let within = at >= 4 && mark_at(scan, at - 3) == Some('.') && scan.tokens[at - 2].gap == Gap::None;
            let goes_on = short || (within && is_known(scan, token) && !leads(scan, token));
            token.gap != Gap::None && !lower(token) && !goes_on
        }
        _ => false,
    }
}

/// Tells whether a word with a capital leads to a time, as one does that begins a sentence: *On May 3*.
pub(super) fn leads(scan: &Scan<'_>, token: &Token) -> bool {
    scan.shown(token).starts_with(char::is_uppercase) && token.is & (bit(Kind::Prep) | bit(Kind::Det)) != 0
}

fn ends_clause(scan: &Scan<'_>, at: usize) -> bool {
    if marks_name(scan, at) {
        return false;
    }
    // The stops of "10 a.m. local time" end nothing.
    let inside = |i: usize| scan.tokens.get(i).is_some_and(|t| t.class == Class::Word && t.end - t.start == 1);
    if mark_at(scan, at) == Some('.') && at > 0 && inside(at - 1) {
        return starts_sentence(scan, at + 1);
    }
    matches!(mark_at(scan, at), Some(',' | '.' | ';' | ':' | '"' | '«' | '»' | '“' | '”' | '、' | '，'))
}

/// Tells whether a quotation mark stands about a name and not about words: *в воскресенье «Авангард»
/// сыграет*.
fn marks_name(scan: &Scan<'_>, at: usize) -> bool {
    const NAME_TOKENS: usize = 3;
    // Most tokens are words.
    if scan.tokens.get(at).is_none_or(|t| t.class != Class::Mark) {
        return false;
    }
    let mark = |i: usize, marks: &[char]| mark_at(scan, i).is_some_and(|c| marks.contains(&c));
    let (open, close) = (['«', '"', '“', '„'], ['»', '"', '”', '“']);
    let word = |i: usize| scan.tokens.get(i).is_some_and(|t| matches!(t.class, Class::Word | Class::Number));
    let named = |from: usize, to: usize| {
        let first = scan.tokens.get(from + 1).filter(|t| t.class == Class::Word);
        (from + 2..=from + 1 + NAME_TOKENS).contains(&to)
            && first.is_some_and(|t| scan.shown(t).starts_with(char::is_uppercase))
            && (from + 1..to).all(word)
            && from.checked_sub(1).is_some_and(word)
            && mark(from, &open)
            && mark(to, &close)
    };
    let near = 2..=NAME_TOKENS + 1;
    near.into_iter().any(|n| named(at, at + n) || at.checked_sub(n).is_some_and(|from| named(from, at)))
}
