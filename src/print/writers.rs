//! The writers of a byline one by one, for references: programs that manage them take a
//! comma for what parts a surname from the given name, and a list for one person.

/// What parts writers whatever stands on its sides.
const LISTS: [char; 5] = [';', '\n', '|', '·', '•'];
/// Words that part two writers.
const JOINS: [&str; 14] =
    [" and ", " et ", " und ", " y ", " e ", " en ", " och ", " og ", " ve ", " i ", " и ", " та ", " & ", " with "];
/// Words that a byline begins with.
const BY: [&str; 8] = ["by ", "by: ", "par ", "von ", "por ", "di ", "door ", "av "];
/// Words before where a writer was, as below a dispatch: *Jane Roe in London*.
const WHERE: [&str; 2] = [" in ", " à "];
/// Words of the longest name with what stands with it, *in Washington*.
const NAME_WORDS_MAX: usize = 6;

/// Returns the writers of a byline. What cannot be parted for certain is one, its commas made
/// strokes.
pub(super) fn writers(byline: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let parts: Vec<&str> = byline.split(LISTS).map(without_by).filter(|p| !p.is_empty()).collect();
    let listed = parts.len() > 1;
    for part in parts {
        let inverted = part.split_once(',').is_some_and(|(a, b)| listed && is_name(a) && is_word(b));
        if inverted {
            out.push(part.to_owned());
            continue;
        }
        let names: Vec<&str> = parted(part).into_iter().map(without_where).collect();
        if names.iter().all(|n| is_name(n)) && names.len() > 1 {
            out.extend(names.into_iter().map(str::to_owned));
        } else {
            out.push(
                without_where(part).split(',').map(str::trim).filter(|p| !p.is_empty()).collect::<Vec<_>>().join(" / "),
            );
        }
    }
    out
}

/// Parts a list at its joining words, and at its commas where full names stand on both sides.
fn parted(list: &str) -> Vec<&str> {
    let mut parts = vec![list];
    for join in JOINS {
        parts = parts.into_iter().flat_map(|p| p.split(join)).map(str::trim).collect();
    }
    let by_commas: Vec<&str> =
        parts.iter().flat_map(|p| p.split(',')).map(str::trim).filter(|p| !p.is_empty()).collect();
    let full = |p: &&str| p.split_whitespace().nth(1).is_some();
    if by_commas.iter().all(full) { by_commas } else { parts }
}

fn without_where(name: &str) -> &str {
    let at = WHERE.iter().filter_map(|word| name.find(word)).min();
    at.map_or(name, |at| &name[..at])
}

fn without_by(part: &str) -> &str {
    let part = part.trim();
    let begins = |by: &&&str| part.get(..by.len()).is_some_and(|head| head.eq_ignore_ascii_case(by));
    BY.iter().find(begins).map_or(part, |by| part[by.len()..].trim())
}

/// Tells whether a text may be a name: it begins with a capital or a letter without case, has
/// no comma and few words.
fn is_name(text: &str) -> bool {
    let text = text.trim();
    let begins = text.chars().next().is_some_and(|c| c.is_alphabetic() && (!c.is_lowercase() || text.contains(' ')));
    begins && !text.contains(',') && text.split_whitespace().count() <= NAME_WORDS_MAX
}

fn is_word(text: &str) -> bool {
    text.split_whitespace().count() == 1
}

#[cfg(test)]
mod tests {
    use super::writers;

    #[test]
    fn a_list_is_as_many_as_it_names() {
        for (byline, list) in [
            ("Jane Roe", vec!["Jane Roe"]),
            ("By Jane Roe and John Doe", vec!["Jane Roe", "John Doe"]),
            ("Jane Roe, John Doe and Ann Poe", vec!["Jane Roe", "John Doe", "Ann Poe"]),
            ("Marie Dupont et Jean Martin", vec!["Marie Dupont", "Jean Martin"]),
            ("María José O'Neill-García; de la Cruz, Juan", vec!["María José O'Neill-García", "de la Cruz, Juan"]),
            ("Иван Петров и Анна Сидорова", vec!["Иван Петров", "Анна Сидорова"]),
            ("Jane Roe in London and John Doe in New York", vec!["Jane Roe", "John Doe"]),
            ("Jane Roe in London", vec!["Jane Roe"]),
            ("Jane Roe, Washington", vec!["Jane Roe / Washington"]),
            ("Alexander Smith", vec!["Alexander Smith"]),
            ("de la Cruz, Juan", vec!["de la Cruz / Juan"]),
            ("新华社记者 林晓岚", vec!["新华社记者 林晓岚"]),
            ("", vec![]),
        ] {
            assert_eq!(writers(byline), list, "{byline}");
        }
    }
}
