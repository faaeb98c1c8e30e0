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
pub mod opening;
mod overlap;
mod quotes;
pub mod times;
mod wire_stamp;

use crate::data::places;
use crate::story::Story;
use crate::text::fold;

/// What is told of a story before it is added to an archive.
pub(crate) type Enrich = fn(&mut Story);

/// Adds everything that can be told of `story`; what its markup stated is kept.
pub fn enrich(story: &mut Story) {
    // The words of the dateline have no vote on the language: it is read first.
    opening::read_with(story, &|name| places::is_place(&fold(name)));
    language::read(story);
    homonyms::settle(story);
    dateline_place::resolve(story);
    let reads = times::find(story);
    filed::read_with(story, &reads);
    times::fill(story, &reads, None);
    entities::read(story);
    overlap::settle(story);
    link::link(story);
    quotes::find(story);
}

/// Adds what the head of `story` tells: its opening, its language, when it was filed, where
/// its dateline lies. The text itself is read neither for names nor for times: for measuring
/// what those cost.
pub fn enrich_head(story: &mut Story) {
    opening::read_with(story, &|name| places::is_place(&fold(name)));
    language::read(story);
    homonyms::settle(story);
    dateline_place::resolve(story);
    filed::read_with(story, &[]);
}
