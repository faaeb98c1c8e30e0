//! The labelled texts keep to their form, so that no label is lost in training.

use std::fs;
use std::path::Path;

#[test]
fn labels_are_whole_and_of_a_known_kind() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("training");
    let mut texts = 0;
    let mut faults = Vec::new();
    for lang in fs::read_dir(&folder).expect("the labelled texts").flatten().filter(|e| e.path().is_dir()) {
        for file in fs::read_dir(lang.path()).expect("a language").flatten() {
            let text = fs::read_to_string(file.path()).expect("UTF-8");
            for (number, item) in text.split("%%").enumerate().skip(1) {
                texts += 1;
                if let Some(fault) = fault(item) {
                    faults.push(format!("{}, text {number}: {fault}", file.path().display()));
                }
            }
        }
    }
    assert!(texts > 2_000, "{texts} texts");
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

fn fault(item: &str) -> Option<&'static str> {
    let mut rest = item;
    while let Some(at) = rest.find(['[', ']']) {
        if rest[at..].starts_with(']') {
            return Some("a bracket closes that was not opened");
        }
        let inner = &rest[at + 1..];
        let Some(end) = inner.find(['[', ']']).filter(|e| inner[*e..].starts_with(']')) else {
            return Some("a bracket does not close");
        };
        let Some((kind, name)) = inner[..end].split_once(' ') else { return Some("a label without a name") };
        if !matches!(kind, "PER" | "LOC" | "ORG") {
            return Some("an unknown kind");
        }
        if name.is_empty() || name.trim() != name {
            return Some("space at the edge of a name");
        }
        rest = &inner[end + 1..];
    }
    None
}
