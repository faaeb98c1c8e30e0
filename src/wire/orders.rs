//! What feeds order to be done with a story: words of publication, signals and instructions,
//! notes to editors.

use crate::data::flags::flags;
use crate::story::Status;
use crate::text::{fold, words::stands_alone};

/// Returns what a word of any NewsML, NITF or JSON feed says of publication.
pub(super) fn status_of(word: &str) -> Option<Status> {
    let code = word.rsplit([':', '/']).next().unwrap_or(word).trim().to_ascii_lowercase();
    match code.as_str() {
        "usable" | "published" | "publish" | "active" | "normal" | "public" | "live" | "approved" | "final" | "ok"
        | "released" => Some(Status::Usable),
        "embargoed" | "embargo" => Some(Status::Embargoed),
        // What a system of a newsroom has not let out yet was never published.
        "withheld" | "withhold" | "held" | "advisory-withheld" | "draft" | "auto-draft" | "pending" | "scheduled"
        | "private" | "future" | "in_progress" | "submitted" => Some(Status::Withheld),
        "canceled" | "cancelled" | "killed" | "kill" | "deleted" | "delete" | "retracted" | "withdrawn"
        | "recalled" | "spiked" | "unpublished" | "trash" | "gesperrt" | "storniert" => Some(Status::Kill),
        _ => instruction_of(&code),
    }
}

/// Returns what a signal or an instruction makes of a story; unknown ones say nothing.
pub(super) fn instruction_of(word: &str) -> Option<Status> {
    let word = word.rsplit([':', '/']).next().unwrap_or(word).to_lowercase();
    let any = |parts: &[&str]| parts.iter().any(|p| word.contains(p));
    match () {
        () if word.starts_with("anul") => Some(Status::Kill),
        () if any(&["kill", "cancel", "retract", "withdraw", "annul"]) => Some(Status::Kill),
        () if word == "korr"
            || any(&[
                "correct",
                "rectif",
                "korrektur",
                "korrektion",
                "berichtig",
                "corrige",
                "korrig",
                "rättel",
                "rettel",
            ]) =>
        {
            Some(Status::Correction)
        }
        () if any(&["update", "writethru", "write-thru", "replace", "neufassung"]) => Some(Status::Update),
        () => None,
    }
}

/// Returns what a note to editors makes of its story: only what it begins with counts,
/// since notes also speak of other stories.
pub(super) fn note_status(note: &str) -> Option<Status> {
    const HEADS: &[&str] = &["eds:", "ed:", "eds.:", "editors:", "attention:", "attention -", "achtung:", "note:"];
    // What is a flag only in a note: above a story it may begin a headline.
    const NOTES: &[(&str, Status)] = &[
        ("sperrung", Status::Kill),
        ("corrige", Status::Correction),
        ("rectifie", Status::Correction),
        ("adds", Status::Update),
        ("recasts", Status::Update),
        ("rewrites", Status::Update),
    ];
    // What is still to be sent: *Update to follow*, *Updates will move later*.
    const COMING: &[&str] =
        &["follow", "follows", "following", "will", "expected", "planned", "later", "suivra", "suivre", "folgt"];
    let mut end = note.len().min(200);
    while !note.is_char_boundary(end) {
        end -= 1;
    }
    let folded = fold(&note[..end]);
    let mut start = folded.trim_start();
    while let Some(rest) = HEADS.iter().find_map(|h| start.strip_prefix(h)) {
        start = rest.trim_start();
    }
    let begins = |word: &str| {
        start
            .strip_prefix(word)
            .is_some_and(|rest| !rest.starts_with(char::is_alphanumeric) || word.ends_with(stands_alone))
    };
    let coming =
        || start.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).take(6).any(|w| COMING.contains(&w));
    let notes = NOTES.iter().map(|(word, status)| (*word, Some(*status)));
    let words: Vec<_> = flags().iter().copied().chain(notes).collect();
    let ordered = |wanted: Status| words.iter().any(|(word, status)| *status == Some(wanted) && begins(word));
    // The longer flag: *annule et remplace* kills nothing.
    let longest = words.iter().filter(|(word, _)| word.contains(' ') && begins(word)).find_map(|(_, status)| *status);
    let ordered = |wanted: Status| longest.map_or_else(|| ordered(wanted), |status| status == wanted);
    match () {
        () if ordered(Status::Kill) || start.contains("this story is withdrawn") => Some(Status::Kill),
        () if ordered(Status::Correction) => Some(Status::Correction),
        () if ordered(Status::Update) && !coming() => Some(Status::Update),
        () => None,
    }
}

#[cfg(test)]
mod tests {
    use super::note_status;
    use crate::story::Status;

    #[test]
    fn a_note_orders_in_any_language_what_a_flag_does() {
        for (note, status) in [
            ("Eds: KILL: do not use", Some(Status::Kill)),
            ("WITHDRAWN", Some(Status::Kill)),
            ("Withdrawn. Do not use.", Some(Status::Kill)),
            ("Anulacion de la noticia", Some(Status::Kill)),
            ("撤稿：请勿使用", Some(Status::Kill)),
            ("RÄTTELSE: namn i andra stycket", Some(Status::Correction)),
            ("FE DE ERRATAS en el segundo párrafo", Some(Status::Correction)),
            ("Achtung: Berichtigt im zweiten Absatz", Some(Status::Correction)),
            ("Eds: UPDATES with details", Some(Status::Update)),
            ("UPDATE: adds quote", Some(Status::Update)),
            ("ADDS quote of minister", Some(Status::Update)),
            ("MISE À JOUR avec citations", Some(Status::Update)),
            ("Annule et remplace la dépêche précédente", Some(Status::Update)),
            ("ACTUALIZACIÓN: añade detalles", Some(Status::Update)),
            ("Refile: fixes typo", Some(Status::Update)),
            ("Updates to follow", None),
            ("Update expected by 1500 GMT", None),
            ("Photos of the update", None),
            ("Killing of a deer is told in graf 3", None),
            ("", None),
        ] {
            assert_eq!(note_status(note), status, "{note}");
        }
    }
}
