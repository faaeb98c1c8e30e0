//! What a careful reader adds to a story: its opening, its language, when it was filed,
//! where its dateline lies. Every value carries its evidence; nothing is made up.

mod bodies;
mod dateline_place;
pub mod entities;
pub mod filed;
mod homonyms;
mod language;
pub mod link;
#[cfg(test)]
mod link_tests;
mod name_words;
pub mod opening;
mod overlap;
mod quotes;
mod stated;
pub mod times;
mod wire_stamp;

use crate::data::places;
use crate::story::Story;
use crate::text::fold;

/// What is told of a story before it is added to an archive, as [`enrich_while`].
pub(crate) type Enrich = fn(&mut Story, &dyn Fn() -> bool) -> bool;

/// Adds everything that can be told of `story`; what its markup stated is kept.
pub fn enrich(story: &mut Story) {
    enrich_while(story, &|| true);
}

/// As [`enrich`], unless `go_on` says before one of the long steps that the story is no longer
/// wanted; tells whether all was done.
pub fn enrich_while(story: &mut Story, go_on: &dyn Fn() -> bool) -> bool {
    read_head(story);
    if !go_on() {
        return false;
    }
    let reads = times::find(story);
    filed::read_with(story, &reads);
    times::fill(story, &reads, None);
    if !go_on() {
        return false;
    }
    entities::read(story);
    overlap::settle(story);
    if !go_on() {
        return false;
    }
    link::link(story);
    quotes::find(story);
    stated::settle(story);
    go_on()
}

/// As [`enrich_while`], but only what the head of `story` tells: its opening, its language, where
/// its dateline lies, when it was filed. The text is read neither for names nor for times: for
/// measuring what those cost.
pub(crate) fn enrich_head(story: &mut Story, go_on: &dyn Fn() -> bool) -> bool {
    read_head(story);
    filed::read_with(story, &[]);
    go_on()
}

fn read_head(story: &mut Story) {
    // The words of the dateline have no vote on the language: it is read first.
    opening::read_with(story, &|name| places::is_place(&fold(name)));
    language::read(story);
    homonyms::settle(story);
    dateline_place::resolve(story);
}
