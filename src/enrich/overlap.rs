//! Words that were read both as a name and as a time.

use super::name_words;
use crate::story::{Entity, Span, Story};

/// Settles what stands under two readings: the longer one holds, and of two that are equal
/// the time, since a table says so and the name is the model's opinion. *Dushanbe* is a
/// Monday in Persian; *Rio de Janeiro* is no January.
pub(crate) fn settle(story: &mut Story) {
    name_words::settle(story);
    if story.times.is_empty() {
        return;
    }
    let covers = |outer: Span, inner: Span| outer.start <= inner.start && inner.end <= outer.end;
    let (times, text) = (&story.times, &story.text);
    let left = |entities: &mut Vec<Entity>| {
        for entity in &mut *entities {
            entity.mentions.retain(|m| !times.iter().any(|t| covers(t.span, *m)));
        }
        entities.retain(|e| !e.mentions.is_empty());
    };
    [&mut story.people, &mut story.places, &mut story.orgs].into_iter().for_each(left);
    let names = [&story.people, &story.places, &story.orgs];
    let mentions: Vec<Span> = names.into_iter().flatten().flat_map(|e| &e.mentions).copied().collect();
    // A figure is no part of a name: that reading is rather a mistake of the model.
    let is_word = |span: Span| !span.of(text).bytes().any(|b| b.is_ascii_digit());
    let kept: Vec<bool> =
        times.iter().map(|t| !is_word(t.span) || !mentions.iter().any(|m| covers(*m, t.span))).collect();
    let mut kept = kept.into_iter();
    story.times.retain(|_| kept.next().unwrap_or(true));
}

#[cfg(test)]
mod tests {
    use super::settle;
    use crate::story::{Entity, EntityKind, Span, Story, TimeExpr, TimeKind};

    fn settled(text: &str, names: &[&str], times: &[&str]) -> (Vec<String>, Vec<String>) {
        let mut story = Story::new(text.to_owned());
        let span = |part: &str| {
            let at = text.find(part).expect("a part of the text");
            Span::new(at, at + part.len())
        };
        for name in names {
            let (name, mentions) = ((*name).to_owned(), vec![span(name)]);
            let (kind, evidence) = (EntityKind::Place, Vec::new());
            story.places.push(Entity { kind, id: None, name, mentions, place: None, evidence });
        }
        for time in times {
            let (kind, evidence) = (TimeKind::Date, Vec::new());
            story.times.push(TimeExpr { span: span(time), kind, value: None, days: None, stretch: None, evidence });
        }
        settle(&mut story);
        let times = story.times.iter().map(|t| t.span.of(text).to_owned()).collect();
        (story.places.into_iter().map(|p| p.name).collect(), times)
    }

    #[test]
    fn the_longer_reading_holds() {
        let (names, times) = settled("Rio de Janeiro, 2 de janeiro", &["Rio de Janeiro"], &["Janeiro", "2 de janeiro"]);
        assert_eq!((names, times), (vec!["Rio de Janeiro".to_owned()], vec!["2 de janeiro".to_owned()]));
        let (names, times) = settled("روز دوشنبه در تهران", &["دوشنبه", "تهران"], &["روز دوشنبه"]);
        assert_eq!((names, times), (vec!["تهران".to_owned()], vec!["روز دوشنبه".to_owned()]));
    }
}
