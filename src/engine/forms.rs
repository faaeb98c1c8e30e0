//! What a name in a query may be a form of: *Путиным*, *Putins*, *w Warszawie*.

use crate::names::base_forms;
use crate::text::fold;

/// Words of the longest name that is tried in its base form.
const WORDS_MAX: usize = 3;
/// The most forms that are tried.
const FORMS_MAX: usize = 256;
/// The possessive of English, which no name ends in.
const POSSESSIVES: [&str; 2] = ["'s", "\u{2019}s"];

/// Returns the folded names that `name` may be a form of in any of some languages, itself not among
/// them; none of too many words to try.
pub(super) fn base_names(name: &str, languages: &[String]) -> Vec<String> {
    if let Some(owner) = POSSESSIVES.iter().find_map(|p| name.strip_suffix(p)) {
        return vec![fold(owner)];
    }
    let languages = std::iter::once(None).chain(languages.iter().map(|l| Some(l.as_str())));
    let mut forms: Vec<String> = Vec::new();
    for form in languages.flat_map(|lang| base_names_in(name, lang)) {
        if !forms.contains(&form) && forms.len() < FORMS_MAX {
            forms.push(form);
        }
    }
    forms.retain(|form| *form != fold(name));
    forms
}

/// The same in one language, word by word; the name itself may be among them.
pub(super) fn base_names_in(name: &str, lang: Option<&str>) -> Vec<String> {
    let folded = fold(name);
    let words: Vec<&str> = folded.split_whitespace().collect();
    if words.len() > WORDS_MAX {
        return Vec::new();
    }
    let mut names = vec![String::new()];
    for word in words {
        let forms: Vec<String> = base_forms(word, lang).into_iter().chain([word.to_owned()]).collect();
        let joined = |name: &String| {
            let gap = if name.is_empty() { "" } else { " " };
            forms.iter().map(|f| format!("{name}{gap}{f}")).collect::<Vec<_>>()
        };
        names = names.iter().flat_map(joined).take(FORMS_MAX).collect();
    }
    names
}

#[cfg(test)]
mod tests {
    use super::base_names;

    #[test]
    fn forms_of_a_name_in_a_query() {
        let languages = ["de", "ru"].map(str::to_owned);
        for (form, base) in
            [("Putins", "putin"), ("Putin's", "putin"), ("Путиным", "путин"), ("Владимира Путина", "владимир путин")]
        {
            assert!(base_names(form, &languages).iter().any(|b| b == base), "{form}");
        }
        assert!(base_names("Putin", &languages).is_empty());
    }
}
