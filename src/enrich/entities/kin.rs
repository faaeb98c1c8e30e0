//! Relatives: two who bear one surname and are told apart by what one is to the other.

use crate::story::Span;

/// Tells whether a surname stands beside the full name of a relative: *Tshisekedi, fils d'Etienne
/// Tshisekedi*; *le fils de M. Sarkozy, Louis Sarkozy*; *Nicolás Maduro Guerra, hijo de Nicolás Maduro*;
/// *Robert F. Kennedy, his late father*.
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
    if is_somebodys(&text[mention.end as usize..], &is_kin) {
        return true;
    }
    if mention.start >= full.end && mention.start - full.end <= BETWEEN_BYTES_MAX {
        let between = &text[full.end as usize..mention.start as usize];
        let words = between.split(' ').filter(|w| !w.is_empty()).count();
        return between.starts_with(',')
            && !between[1..].contains(['.', ',', ';', '\n'])
            && words <= WORDS_BEFORE + 1
            && is_kin(between);
    }
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

/// Tells whether a name goes on as what its bearer is to somebody named before: *, his late father.*
fn is_somebodys(behind: &str, is_kin: &dyn Fn(&str) -> bool) -> bool {
    const OWNERS: [&str; 17] = [
        "his", "her", "their", "son", "sa", "leur", "su", "suo", "sua", "seu", "sein", "seine", "ihr", "ihre", "его",
        "её", "ее",
    ];
    const WORDS_MAX: usize = 3;
    let Some(rest) = behind.strip_prefix(", ") else { return false };
    let Some(end) = rest.find([',', '.', ';', ')', '\n']) else { return false };
    let mut words = rest[..end].split(' ');
    words.next().is_some_and(|w| OWNERS.contains(&w))
        && words.clone().count() <= WORDS_MAX
        && words.next_back().is_some_and(is_kin)
}

#[cfg(test)]
mod tests {
    use super::is_of_kin;
    use crate::story::Span;

    #[test]
    fn a_relative_is_somebody_else() {
        let kin = |text: &str, surname: &str, full: &str| {
            let full_at = text.find(full).expect("a part of the text");
            let apart = |at: &usize| *at + surname.len() <= full_at || *at >= full_at + full.len();
            let at = text.match_indices(surname).map(|(at, _)| at).find(apart).expect("a part of the text");
            is_of_kin(text, Span::new(at, at + surname.len()), Span::new(full_at, full_at + full.len()))
        };
        assert!(kin("Kalombo, fils d'Albert Kalombo, accuse", "Kalombo", "Albert Kalombo"));
        assert!(kin("Le fils de M. Duval, Louis Duval, écrit", "Duval", "Louis Duval"));
        assert!(kin("The widow of President Mato, Ada Mato, came", "Mato", "Ada Mato"));
        assert!(kin("Nicolás Maduro Guerra, hijo de Nicolás Maduro, habló", "Nicolás Maduro", "Nicolás Maduro Guerra"));
        assert!(kin(
            "Robert F. Kato Jr. spoke of Robert F. Kato, his late father.",
            "Robert F. Kato",
            "Robert F. Kato Jr."
        ));
        assert!(!kin("Ann Mato spoke. Mato, his father said, was ill.", "Mato", "Ann Mato"));
        assert!(!kin("Ann Mato, a son of Rome, left; Mato came.", "Mato", "Ann Mato"));
        // The same person, in another order.
        assert!(!kin("Le ministre M. Duval, Louis Duval, écrit", "Duval", "Louis Duval"));
        assert!(!kin("Mr. Duval spoke. Louis Duval left.", "Duval", "Louis Duval"));
    }
}
