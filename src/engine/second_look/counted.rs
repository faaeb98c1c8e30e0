//! BM25 over a few texts: what is rare is told by them alone.

/// BM25's bend of frequencies, and its share of the text's length.
const BEND: f32 = 1.2;
const LENGTH_SHARE: f32 = 0.75;

/// How often a text has each run of the query, and how many runs it has in all.
#[derive(Clone, Debug)]
pub(super) struct Counted {
    pub(super) runs: Vec<u32>,
    pub(super) all: usize,
}

impl Counted {
    /// None of so many runs.
    pub(super) fn none(runs: usize) -> Counted {
        Counted { runs: vec![0; runs], all: 0 }
    }
}

/// What each text weighs by the runs of a query, which has each so many `times`.
pub(super) fn weigh(counted: &[Counted], times: &[f32]) -> Vec<f32> {
    let stories = counted.len() as f32;
    let mean = counted.iter().map(|text| text.all as f32).sum::<f32>() / stories.max(1.0);
    let rarity = |number: usize| {
        let holding = counted.iter().filter(|text| text.runs[number] > 0).count() as f32;
        (1.0 + (stories - holding + 0.5) / (holding + 0.5)).ln()
    };
    let weights: Vec<f32> = times.iter().enumerate().map(|(number, times)| times * rarity(number)).collect();
    let weighed = |text: &Counted| -> f32 {
        let length = BEND * (1.0 - LENGTH_SHARE + LENGTH_SHARE * text.all as f32 / mean.max(1.0));
        let bent = |count: u32| count as f32 * (BEND + 1.0) / (count as f32 + length);
        text.runs.iter().zip(&weights).map(|(count, weight)| weight * bent(*count)).sum()
    };
    counted.iter().map(weighed).collect()
}
