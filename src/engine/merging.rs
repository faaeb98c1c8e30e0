//! Which segments become one, and when: every query opens the dictionaries of each.
//!
//! While stories come in, segments of about one size are merged. When a run ends, what it has left
//! small becomes one segment, if that costs no more than the run did anyway.

use tantivy::index::SegmentId;
use tantivy::indexer::{IndexWriterOptions, MergePolicy, NoMergePolicy};
use tantivy::merge_policy::LogMergePolicy;
use tantivy::{Index, IndexWriter};

/// Merges under way at a time: each holds the dictionaries that it writes.
pub(super) const MERGES_MAX: usize = 2;

/// Segments of about one size that are merged. Merging four instead of eight costs no more than
/// the noise of measuring 200,000 stories.
const MERGED_MIN: usize = 4;
/// Smaller segments are of one size, stories: what a day brings is not merged with what a month
/// has.
const OF_ONE_SIZE_MAX: u32 = 2_000;
/// Stories that are merged at the end of a run for each that it brought: to merge one costs some
/// hundredth of what it costs to read it.
const MERGED_A_STORY: u64 = 2;

/// What is merged while stories come in.
pub(super) fn while_writing() -> Box<dyn MergePolicy> {
    let mut policy = LogMergePolicy::default();
    policy.set_min_num_segments(MERGED_MIN);
    policy.set_min_layer_size(OF_ONE_SIZE_MAX);
    Box::new(policy)
}

/// Makes one segment of the small ones, at the end of a run that brought so many stories. Where the disk
/// has no room for it the segments stay as they were, which is no fault of the run.
///
/// # Errors
/// The archive cannot be read or opened for writing.
pub(super) fn at_the_end(index: &Index, brought: u64) -> tantivy::Result<()> {
    let (ids, sizes): (Vec<SegmentId>, Vec<u64>) =
        index.searchable_segment_metas()?.iter().map(|s| (s.id(), u64::from(s.num_docs()))).unzip();
    let small: Vec<SegmentId> = small(&sizes, brought).into_iter().map(|at| ids[at]).collect();
    if small.len() < 2 {
        return Ok(());
    }
    let options = IndexWriterOptions::builder().num_worker_threads(1).num_merge_threads(1).build();
    let mut writer: IndexWriter = index.writer_with_options(options)?;
    writer.set_merge_policy(Box::new(NoMergePolicy));
    let _ = writer.merge(&small).wait();
    let _ = writer.garbage_collect_files().wait();
    writer.wait_merging_threads()
}

/// The places of the segments that are small: together at most half of all stories, since a merge
/// costs memory by its size, and no more than is in proportion to what a run brought.
fn small(sizes: &[u64], brought: u64) -> Vec<usize> {
    let most = (sizes.iter().sum::<u64>() / 2).min(brought.saturating_mul(MERGED_A_STORY));
    let mut places: Vec<usize> = (0..sizes.len()).collect();
    places.sort_by_key(|at| sizes[*at]);
    let mut sum = 0;
    let under = |at: &usize| {
        sum += sizes[*at];
        sum <= most
    };
    places.into_iter().take_while(under).collect()
}

#[cfg(test)]
mod tests {
    use super::small;
    use crate::engine::{Archive, Writer};
    use crate::story::{Story, StoryId};

    #[test]
    fn a_run_leaves_few_segments() {
        let folder = tempfile::tempdir().expect("a folder");
        let archive = Archive::find_or_create(folder.path()).expect("an archive");
        let mut writer = Writer::open(&archive, 1).expect("a writer");
        for batch in [0..10, 10..11, 11..12] {
            for id in batch {
                let story = Story { id: StoryId(id), ..Story::new(format!("Story {id}.")) };
                writer.add(&story, id.to_string().as_bytes()).expect("a story is added");
            }
            writer.commit(Vec::new()).expect("a commit");
        }
        writer.finish().expect("an end");
        // The record counts what the ledger names, which is nothing here.
        let index = archive.open_for_writing().expect("an index");
        let mut sizes: Vec<u32> =
            index.searchable_segment_metas().expect("segments").iter().map(|s| s.num_docs()).collect();
        sizes.sort_unstable();
        assert_eq!(sizes, [2, 10]);
    }

    #[test]
    fn what_a_run_has_left_small_is_merged() {
        assert_eq!(small(&[663_685, 164_773, 81_484, 72_603, 17_455], 1_000_000), [4, 3, 2, 1]);
        assert_eq!(small(&[177_555, 22_445], 200_000), [1]);
        assert_eq!(small(&[300, 400, 100, 200], 1_000), [2, 3], "the larger half stays as it is");
        assert_eq!(small(&[5], 5), [0; 0]);
        assert_eq!(small(&[], 0), [0; 0]);
    }

    #[test]
    fn a_short_run_merges_little() {
        assert_eq!(small(&[663_685, 336_315, 100, 90], 100), [3, 2]);
        assert_eq!(small(&[663_685, 336_315, 4_000, 100], 100), [3]);
        assert_eq!(small(&[663_685, 336_315, 4_000, 100], 0), [0; 0]);
    }
}
