//! The whole story as bytes beside its terms, with a checksum of its own.
//!
//! Checksums of the index's files are read by `check` only; a story that is shown must not
//! be an altered one, so each record carries four bytes that say so.

use crate::story::{Story, StoryId};
use serde::Deserialize;

/// Bytes of a BLAKE3 hash before each record: one altered record in four billion passes.
const CHECK_BYTES: usize = 4;

/// Returns the bytes of a story.
pub(super) fn encode(story: &Story) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(story.text.len() + story.text.len() / 4 + 512);
    bytes.extend_from_slice(&[0; CHECK_BYTES]);
    let mut bytes = postcard::to_extend(story, bytes).expect("a story of plain values always serializes");
    let check = check_of(&bytes[CHECK_BYTES..]);
    bytes[..CHECK_BYTES].copy_from_slice(&check);
    bytes
}

/// Reads a story back.
///
/// # Errors
/// The bytes are not those that were written; says how.
pub(super) fn decode(bytes: &[u8]) -> Result<Story, String> {
    postcard::from_bytes(checked(bytes)?).map_err(|e| format!("a story's record: {e}"))
}

/// The first fields of a story, as far as its text.
#[derive(Deserialize)]
struct Beginning<'a> {
    _id: StoryId,
    _path: &'a str,
    _part: u32,
    _format: &'a str,
    _recognised_by: &'a str,
    _encoding: &'a str,
    text: &'a str,
}

/// Reads the text of a story alone: the rest is most of the work.
///
/// # Errors
/// As [`decode`].
pub(super) fn text_of(bytes: &[u8]) -> Result<&str, String> {
    let record = checked(bytes)?;
    let (beginning, _) =
        postcard::take_from_bytes::<Beginning<'_>>(record).map_err(|e| format!("a story's record: {e}"))?;
    Ok(beginning.text)
}

fn checked(bytes: &[u8]) -> Result<&[u8], String> {
    let (check, record) = bytes.split_at_checked(CHECK_BYTES).ok_or("a story's record is cut short")?;
    if check != check_of(record) {
        return Err("a story's record is altered: its checksum does not fit".to_owned());
    }
    Ok(record)
}

fn check_of(record: &[u8]) -> [u8; CHECK_BYTES] {
    let mut check = [0; CHECK_BYTES];
    check.copy_from_slice(&blake3::hash(record).as_bytes()[..CHECK_BYTES]);
    check
}

#[cfg(test)]
mod tests {
    use super::{decode, encode, text_of};
    use crate::story::Story;

    #[test]
    fn an_altered_record_is_no_story() {
        let story = Story::new("Moscou - IRNA - Un texte.".to_owned());
        let bytes = encode(&story);
        assert_eq!(text_of(&bytes), Ok(story.text.as_str()));
        assert_eq!(decode(&bytes), Ok(story));
        for at in 0..bytes.len() {
            let mut altered = bytes.clone();
            altered[at] ^= 4;
            assert!(decode(&altered).is_err() && text_of(&altered).is_err(), "byte {at}");
            assert!(decode(&bytes[..at]).is_err(), "cut at {at}");
        }
    }
}
