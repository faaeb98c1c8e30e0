//! The hash of words, phrases and features.
//!
//! Tables that are built ahead of time and the recogniser that reads them must agree on
//! it for ever: a change here asks for new tables.

// The build script includes this file too: it must depend on nothing of the crate.

const K1: u64 = 0x9E37_79B9_7F4A_7C15;
const K2: u64 = 0xD1B5_4A32_D192_ED03;

/// Returns the hash of two values in this order.
#[must_use]
#[inline]
pub const fn mix(a: u64, b: u64) -> u64 {
    let product = ((a ^ K1) as u128) * ((b ^ K2) as u128);
    (product as u64) ^ ((product >> 64) as u64)
}

/// Returns the hash of the bytes of a text.
#[must_use]
#[inline]
pub fn of(text: &str) -> u64 {
    let mut chunks = text.as_bytes().chunks_exact(8);
    let mut hash = text.len() as u64;
    for chunk in &mut chunks {
        let mut word = [0u8; 8];
        word.copy_from_slice(chunk);
        hash = mix(hash, u64::from_le_bytes(word));
    }
    let rest = chunks.remainder();
    if !rest.is_empty() {
        let mut word = [0u8; 8];
        word[..rest.len()].copy_from_slice(rest);
        hash = mix(hash, u64::from_le_bytes(word));
    }
    hash
}

/// The hash of a phrase of no words; words are added by [`phrase`].
pub const EMPTY_PHRASE: u64 = 0x00DA_7E11_4E00_0001;

/// Returns the hash of a phrase and one more word, which is given by the hash of its
/// folded form.
#[must_use]
#[inline]
pub const fn phrase(before: u64, word: u64) -> u64 {
    mix(before, word)
}
