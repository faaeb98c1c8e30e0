//! Subtitles of news films (SubRip, WebVTT): what is said, without counters and clocks.

use super::draft::Draft;
use super::head::Head;
use super::markup::of_html;
use super::{Format, Out, Refusal, Source};
use std::borrow::Cow;

/// Lines above the first clock: a counter, or the head of WebVTT.
const LINES_ABOVE_MAX: usize = 20;
/// Bytes that are looked at to recognise subtitles.
const SAMPLE_BYTES_MAX: usize = 4 << 10;

/// Subtitles.
pub(super) struct Subtitles;

impl Format for Subtitles {
    fn name(&self) -> &'static str {
        "subtitles"
    }

    fn help(&self) -> &'static str {
        "subtitles of films, SubRip and WebVTT: what is said, as one text"
    }

    fn recognises(&self, _: &Source<'_>, head: &Head<'_>) -> Option<Cow<'static, str>> {
        let cut = &head.bytes[..head.bytes.len().min(SAMPLE_BYTES_MAX)];
        let wide = matches!(cut, [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..]);
        let first = head.line().trim_ascii();
        let counted = first.len() <= 4 && !first.is_empty() && first.iter().all(u8::is_ascii_digit);
        if !(counted || wide || first.starts_with(b"WEBVTT") || is_clock(&String::from_utf8_lossy(first))) {
            return None;
        }
        let sample = super::decode::decode(cut).text;
        let clock = sample.lines().take(LINES_ABOVE_MAX).any(is_clock);
        clock.then_some(Cow::Borrowed("clocks with an arrow between them"))
    }

    fn read(&self, source: &Source<'_>, _: &Head<'_>, out: &mut Out<'_>) -> Result<(), Refusal> {
        let text = out.decode(source, None).into_owned();
        let mut draft = Draft::new("subtitles");
        draft.body(&spoken(&text));
        if draft.is_empty() {
            return Err(Refusal::NoStory("subtitles without a word"));
        }
        out.story(draft.finish());
        Ok(())
    }
}

/// `00:00:01,000 --> 00:00:04,000`.
fn is_clock(line: &str) -> bool {
    let clock = |text: &str| {
        let text = text.trim().split(' ').next().unwrap_or("");
        text.contains(':') && text.bytes().all(|b| b.is_ascii_digit() || matches!(b, b':' | b',' | b'.'))
    };
    line.split_once("-->").is_some_and(|(from, to)| clock(from) && clock(to.trim()))
}

/// The words of all cues in one text; a sentence may run over several.
fn spoken(text: &str) -> String {
    let lines: Vec<&str> = text.lines().map(|l| l.trim().trim_start_matches('\u{FEFF}')).collect();
    let mut out = String::new();
    let mut at = lines.iter().position(|l| is_clock(l)).unwrap_or(lines.len());
    while at < lines.len() {
        if is_clock(lines[at]) {
            at += 1;
            while at < lines.len() && !lines[at].is_empty() && !is_clock(lines[at]) {
                // The counter of the next cue, where no blank line stands above it.
                let counter = lines[at].bytes().all(|b| b.is_ascii_digit());
                if !(counter && lines.get(at + 1).is_some_and(|l| is_clock(l))) {
                    add(&mut out, lines[at]);
                }
                at += 1;
            }
        } else {
            // Counters, names and notes between cues.
            at += 1;
        }
    }
    out
}

fn add(out: &mut String, line: &str) {
    // `{\an8}` says where it stands, `<i>` how; `- ` who speaks next.
    let line = line.strip_prefix("{\\").and_then(|l| l.split_once('}')).map_or(line, |(_, rest)| rest);
    let plain = if line.contains('<') { Cow::Owned(of_html(line)) } else { Cow::Borrowed(line) };
    let plain = plain.trim();
    if plain.is_empty() {
        return;
    }
    let next = plain.strip_prefix("- ").or_else(|| plain.strip_prefix('–'));
    match (out.is_empty(), next) {
        (true, _) => {}
        (false, Some(_)) => out.push_str("\n\n"),
        (false, None) => out.push(' '),
    }
    out.push_str(next.unwrap_or(plain).trim());
}

#[cfg(test)]
mod tests {
    use super::super::{Reading, Source, read};

    #[test]
    fn what_is_said_is_the_text() {
        let cues = "1\n00:00:01,000 --> 00:00:04,000\n{\\an8}The <i>bridge</i> over the Lom\nis open again.\n\n2\n\
            00:00:04,500 --> 00:00:08,000\n- It was closed for 30 days.\n- 12\n\n";
        let web = format!("WEBVTT - Bridge\n\nNOTE no word\n\n{}", cues.replace(',', "."));
        for text in [cues, &web, &cues.replace("\n\n2\n", "\n2\n")] {
            let Reading::Stories(stories) = read(&Source::new("a.srt", text.as_bytes())) else { panic!("a story") };
            assert_eq!(stories[0].text, "The bridge over the Lom is open again.\n\nIt was closed for 30 days.\n\n12");
            assert_eq!(stories[0].format, "subtitles");
        }
        let Reading::Stories(stories) = read(&Source::new("a.txt", b"1\nOSLO (AFP) - A --> B.")) else { panic!() };
        assert_eq!(stories[0].format, "text");
    }
}
