//! Relatives: two who bear one surname and are told apart by what one is to the other.

use crate::story::Span;

/// Tells whether a surname stands before the full name of a relative: *Tshisekedi, fils d'Etienne
/// Tshisekedi*; *le fils de M. Sarkozy, Louis Sarkozy*.
pub(super) fn is_of_kin(text: &str, mention: Span, full: Span) -> bool {
    const KIN: [&str; 48] = [
        "son",
        "daughter",
        "brother",
        "sister",
        "wife",
        "husband",
        "widow",
        "father",
        "mother",
        "nephew",
        "niece",
        "grandson",
        "cousin",
        "fils",
        "fille",
        "frère",
        "sœur",
        "épouse",
        "veuve",
        "mari",
        "père",
        "mère",
        "neveu",
        "hijo",
        "hija",
        "hermano",
        "hermana",
        "esposa",
        "viuda",
        "padre",
        "madre",
        "figlio",
        "figlia",
        "fratello",
        "sorella",
        "moglie",
        "filho",
        "filha",
        "irmão",
        "sohn",
        "tochter",
        "bruder",
        "schwester",
        "сын",
        "дочь",
        "брат",
        "сестра",
        "жена",
    ];
    const BETWEEN_BYTES_MAX: u32 = 40;
    const WORDS_BEFORE: usize = 4;
    let is_kin =
        |part: &str| part.split(|c: char| !c.is_alphabetic()).any(|w| KIN.contains(&w.to_lowercase().as_str()));
    if full.start < mention.end || full.start - mention.end > BETWEEN_BYTES_MAX {
        return false;
    }
    let between = &text[mention.end as usize..full.start as usize];
    if matches!(between, ", " | "، " | " ") {
        // The relative is named right behind: of the words before, one says so.
        let before = text[..mention.start as usize].rsplit(['\n', ',', ';']).next().unwrap_or("");
        return before.split(' ').rev().filter(|w| !w.is_empty()).take(WORDS_BEFORE).any(is_kin);
    }
    between.starts_with(',') && !between.contains(['.', ';']) && is_kin(between)
}

#[cfg(test)]
mod tests {
    use super::is_of_kin;
    use crate::story::Span;

    #[test]
    fn a_relative_is_somebody_else() {
        let kin = |text: &str, surname: &str, full: &str| {
            let at = text.find(surname).expect("a part of the text");
            let full_at = text.find(full).expect("a part of the text");
            is_of_kin(text, Span::new(at, at + surname.len()), Span::new(full_at, full_at + full.len()))
        };
        assert!(kin("Kalombo, fils d'Albert Kalombo, accuse", "Kalombo", "Albert Kalombo"));
        assert!(kin("Le fils de M. Duval, Louis Duval, écrit", "Duval", "Louis Duval"));
        assert!(kin("The widow of President Mato, Ada Mato, came", "Mato", "Ada Mato"));
        // The same person, in another order.
        assert!(!kin("Le ministre M. Duval, Louis Duval, écrit", "Duval", "Louis Duval"));
        assert!(!kin("Mr. Duval spoke. Louis Duval left.", "Duval", "Louis Duval"));
    }
}
