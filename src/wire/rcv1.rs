//! RCV1, the Reuters Corpus: one `newsitem` of XML a story.

use super::draft::Draft;
use super::head::Head;
use super::{Format, Out, Refusal, Source, xml};
use std::borrow::Cow;

/// The Reuters Corpus, volumes 1 and 2.
pub(super) struct Rcv1;

impl Format for Rcv1 {
    fn name(&self) -> &'static str {
        "rcv1"
    }

    fn help(&self) -> &'static str {
        "Reuters Corpus volumes 1 and 2: XML with codes of topics, places and industries"
    }

    fn recognises(&self, _: &Source<'_>, head: &Head<'_>) -> Option<Cow<'static, str>> {
        (head.root_is(&["newsitem"]) && super::markup::attribute(&head.attributes, "itemid").is_some())
            .then_some(Cow::Borrowed("root element newsitem with an itemid"))
    }

    fn read(&self, source: &Source<'_>, head: &Head<'_>, out: &mut Out<'_>) -> Result<(), Refusal> {
        let text = xml::open(source, head, out);
        let document = xml::parse(&text, out);
        for item in document.top().elements().filter(|e| e.is("newsitem")) {
            if out.is_over() {
                break;
            }
            let mut draft = Draft::new("rcv1");
            if let Some(id) = item.attr("itemid") {
                draft.set(|s| &mut s.guid, id, "newsitem/@itemid");
            }
            if let Some(date) = item.attr("date") {
                draft.time(&date, "newsitem/@date", true);
            }
            if let Some(tag) = item.attr("lang") {
                draft.language(&tag, "newsitem/@xml:lang");
            }
            draft.agency("Reuters", "newsitem");
            for (tag, put) in [
                ("headline", Draft::headline::<String, &'static str> as fn(&mut Draft, String, &'static str)),
                ("byline", Draft::byline::<String, &'static str>),
                ("dateline", Draft::dateline::<String, &'static str>),
            ] {
                if let Some(text) = item.child(tag).and_then(|e| e.text()) {
                    put(&mut draft, text, tag);
                }
            }
            if let Some(title) = item.child("title").and_then(|e| e.text())
                && draft.story.headline.is_none()
            {
                draft.headline(title, "title");
            }
            for codes in item.below().filter(|e| e.is("codes")) {
                let class = codes.attr("class").unwrap_or_default();
                let scheme = class.split(':').nth(1).unwrap_or("code").to_owned();
                for code in codes.children("code").filter_map(|c| c.attr("code")) {
                    draft.subject(&format!("{scheme}:{code}"), None, "metadata/codes");
                }
            }
            for text in item.children("text") {
                draft.body(&xml::copy(text));
            }
            if !draft.is_empty() {
                out.story(draft.finish());
            }
        }
        if out.count() == 0 { Err("it has neither headline nor text".into()) } else { Ok(()) }
    }
}
