//! How much of the best stories of a list each of its stories has: pseudo-relevance feedback
//! within the stories that are looked at again, which brings no other into the list.

use super::Texts;

/// Stories that the others are held against, the best.
const BEST: usize = 10;
/// A story counts less than the best by so much that, at this share of the best one's score
/// behind it, it counts a third.
const FALL: f32 = 0.3;
/// How much of the best score a story gets that is written as all the best are.
const COMPANY: f32 = 0.5;
/// Words of a story that are compared: its beginning says what it is about.
const WORDS: usize = 400;
/// Letters of the shortest word that is compared.
const LETTERS_MIN: usize = 3;
/// Stories that do not hold a word, of so many: a commoner one tells none from the others.
const COMMON_SHARE: usize = 2;

/// Returns what each text adds to its story's score: the cosine of its words with those of
/// the best, itself aside.
pub(super) fn weigh(texts: &Texts, scores: &[f32]) -> Vec<f32> {
    let mut order: Vec<usize> = (0..scores.len()).collect();
    order.sort_by(|a, b| scores[*b].total_cmp(&scores[*a]));
    order.truncate(BEST);
    let Some(best) = order.first().map(|first| scores[*first]).filter(|best| *best > 0.0) else {
        return vec![0.0; scores.len()];
    };
    let vectors = vectors(texts);
    let mut shares = vec![0.0; scores.len()];
    for text in &order {
        shares[*text] = ((scores[*text] - best) / (FALL * best)).exp();
    }
    let all: f32 = shares.iter().sum();
    let mut company = vec![0.0; texts.words.len()];
    for text in order {
        shares[text] /= all;
        for (word, weight) in &vectors[text] {
            company[*word as usize] += shares[text] * weight;
        }
    }
    let added = |(vector, share): (&Vec<(u32, f32)>, &f32)| {
        let own: f32 = vector.iter().map(|(_, weight)| weight * weight).sum();
        let with: f32 = vector.iter().map(|(word, weight)| weight * company[*word as usize]).sum();
        // What it would be if the story were not of the best.
        COMPANY * best * ((with - share * own) / (1.0 - share).max(0.02)).max(0.0)
    };
    vectors.iter().zip(&shares).map(added).collect()
}

/// The words of each text that two texts hold and not most, weighed by how often it has them
/// and how rare they are, of length one.
fn vectors(texts: &Texts) -> Vec<Vec<(u32, f32)>> {
    let mut holding = vec![0_usize; texts.words.len()];
    let counted: Vec<Vec<(u32, f32)>> = texts.texts.iter().map(|text| counted(text)).collect();
    for (word, _) in counted.iter().flatten() {
        holding[*word as usize] += 1;
    }
    let most = (texts.texts.len() / COMMON_SHARE).max(2);
    let stories = texts.texts.len() as f32;
    let rarity = |(word, holding): (&String, &usize)| {
        let tells = (2..=most).contains(holding) && word.chars().nth(LETTERS_MIN - 1).is_some();
        if tells { (1.0 + (stories + 0.5) / (*holding as f32 + 0.5)).ln() } else { 0.0 }
    };
    let rarities: Vec<f32> = texts.words.iter().zip(&holding).map(rarity).collect();
    let vector = |counted: Vec<(u32, f32)>| {
        let weighed = |(word, times): (u32, f32)| (word, (1.0 + times.ln()) * rarities[word as usize]);
        let mut vector: Vec<(u32, f32)> =
            counted.into_iter().map(weighed).filter(|(_, weight)| *weight > 0.0).collect();
        let length = vector.iter().map(|(_, weight)| weight * weight).sum::<f32>().sqrt();
        vector.iter_mut().for_each(|(_, weight)| *weight /= length);
        vector
    };
    counted.into_iter().map(vector).collect()
}

/// The different words of the beginning of a text, with how often it has each.
fn counted(text: &[u32]) -> Vec<(u32, f32)> {
    let mut words = text[..text.len().min(WORDS)].to_vec();
    words.sort_unstable();
    words.chunk_by(|a, b| a == b).map(|same| (same[0], same.len() as f32)).collect()
}

#[cfg(test)]
mod tests {
    use super::{COMPANY, weigh};
    use crate::engine::second_look::Texts;

    fn added(texts: &[&str], scores: &[f32]) -> Vec<f32> {
        let texts: Vec<String> = texts.iter().map(ToString::to_string).collect();
        weigh(&Texts::of(&texts), scores)
    }

    #[test]
    fn stories_in_the_company_of_the_best_gain() {
        let texts = ["cocoa harvest Abidjan", "harvest Abidjan strike", "cocoa Paris fashion", "football Paris"];
        let added = added(&texts, &[9.0, 3.0, 3.0, 1.0]);
        assert!(added[1] > added[3] && added[2] > added[3], "{added:?}");
        assert!(added.iter().all(|added| (0.0..=COMPANY * 9.0).contains(added)), "{added:?}");
    }

    #[test]
    fn where_there_is_no_company_nothing_is_added() {
        assert_eq!(added(&["cocoa"], &[2.0]), [0.0]);
        assert_eq!(added(&["cocoa", "fashion"], &[0.0, 0.0]), [0.0, 0.0]);
        assert_eq!(added(&["", ""], &[1.0, 1.0]), [0.0, 0.0]);
        assert!(added(&[], &[]).is_empty());
    }
}
