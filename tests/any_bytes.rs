//! Whatever bytes come in: no panic, bounded time, and stories that are sound.

use dateline::ingest::{Found, read_bytes};
use dateline::story::Story;
use proptest::prelude::*;
use std::fs;
use std::path::Path;
use std::sync::LazyLock;
use std::time::{Duration, Instant};

/// Time that a small input may take, on a slow and busy machine.
const TIME_MAX: Duration = Duration::from_secs(10);

static FIXTURES: LazyLock<Vec<(String, Vec<u8>)>> = LazyLock::new(|| {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    let mut files = Vec::new();
    for folder in fs::read_dir(root).expect("the fixtures").flatten() {
        for file in fs::read_dir(folder.path()).expect("a folder").flatten().map(|e| e.path()) {
            if file.extension().is_none_or(|e| e != "read") {
                files.push((file.to_string_lossy().into_owned(), fs::read(&file).expect("a fixture")));
            }
        }
    }
    files.sort();
    files
});

/// Reads `bytes` and holds every story to what must be true of any.
fn check(name: &str, bytes: &[u8]) -> usize {
    let started = Instant::now();
    let mut stories = 0;
    read_bytes(name, bytes, None, &mut |found| {
        if let Found::Story(story) = found {
            stories += 1;
            sound(&story);
        }
    });
    assert!(started.elapsed() < TIME_MAX, "{name}: {:?} for {} bytes", started.elapsed(), bytes.len());
    stories
}

fn sound(story: &Story) {
    let layout = story.layout;
    for at in [layout.lead_start, layout.lead_end, layout.body_end] {
        assert!(story.text.is_char_boundary(at as usize), "{at} of {}", story.text.len());
    }
    assert!(layout.lead_start <= layout.lead_end);
    if let (Some(span), Some(headline)) = (layout.headline, &story.headline) {
        // One line, of however many it was read.
        let lines = span.of(&story.text).split(['\n', '\r']).map(str::trim).filter(|line| !line.is_empty());
        assert_eq!(lines.collect::<Vec<_>>().join(" "), headline.value);
    }
    assert!(!story.format.is_empty() && !story.text.trim().is_empty());
    if story.filed.value.is_some() {
        assert!(!story.filed.evidence.is_empty(), "a day without a reason");
    }
}

#[test]
fn every_truncation_of_every_fixture() {
    for (name, bytes) in FIXTURES.iter() {
        // Every length of short ones, every seventh of longer ones.
        let step = if bytes.len() < 400 { 1 } else { 7 };
        for length in (0..bytes.len()).step_by(step) {
            check(name, &bytes[..length]);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn any_bytes(bytes in proptest::collection::vec(any::<u8>(), 0..2000)) {
        check("any", &bytes);
    }

    #[test]
    fn flipped_bits(which in any::<prop::sample::Index>(), flips in proptest::collection::vec((any::<prop::sample::Index>(), 0u8..8), 1..12)) {
        let (name, bytes) = which.get(FIXTURES.as_slice());
        let mut bytes = bytes.clone();
        for (at, bit) in flips {
            let at = at.index(bytes.len());
            bytes[at] ^= 1 << bit;
        }
        check(name, &bytes);
    }

    #[test]
    fn spliced_fixtures(a in any::<prop::sample::Index>(), b in any::<prop::sample::Index>(), at in any::<prop::sample::Index>()) {
        let ((name, a), (_, b)) = (a.get(FIXTURES.as_slice()), b.get(FIXTURES.as_slice()));
        let at = at.index(a.len());
        let spliced: Vec<u8> = a[..at].iter().chain(b).chain(&a[at..]).copied().collect();
        check(name, &spliced);
    }
}

#[test]
fn hostile_inputs_are_bounded() {
    let bomb: String =
        (0..12).fold("<?xml version=\"1.0\"?><!DOCTYPE l [<!ENTITY a0 \"lol\">".to_owned(), |text, i| {
            format!("{text}<!ENTITY a{} \"{}\">", i + 1, format!("&a{i};").repeat(10))
        }) + "]><nitf><body><body.content><p>&a12; and copy</p></body.content></body></nitf>";
    assert_eq!(check("laughs.xml", bomb.as_bytes()), 1);
    let external = "<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><nitf><body><body.content><p>Copy &e; copy.</p></body.content></body></nitf>";
    let mut text = String::new();
    read_bytes("external.xml", external.as_bytes(), None, &mut |found| {
        if let Found::Story(story) = found {
            text.clone_from(&story.text);
        }
    });
    assert_eq!(text, "Copy &e; copy.");
    for hostile in [
        "<a>".repeat(300_000),
        "<p ".repeat(300_000),
        "<div>".repeat(100_000) + "text",
        "<html><body>".to_owned() + &"<div>".repeat(100_000) + "text",
        "[".repeat(300_000),
        "{\"a\":".repeat(100_000),
        "&amp".repeat(300_000),
        "\"".repeat(300_000),
        "ZCZC\n".repeat(50_000),
        "From a\n".repeat(50_000),
        "<![CDATA[".repeat(50_000),
        "<!--".repeat(100_000),
        "<REUTERS".repeat(50_000),
        "a=\"".repeat(100_000),
        "x".repeat(4 << 20),
        "<newsItem><contentMeta>".repeat(20_000),
        "\u{1}".repeat(100_000),
        format!("<html {}>text", "a='".repeat(100_000)),
        format!("headline,text\n{}", "\"a\",".repeat(200_000)),
    ] {
        check(&hostile.chars().take(20).collect::<String>(), hostile.as_bytes());
    }
}
