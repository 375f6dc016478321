//! What can be found on a page: its text and its records.

use serde_json::{Map, Value, json};

use super::text::joined;
use crate::model::{Markup, Page, PartialDate};
use crate::plan::context::SiteContext;
use crate::plan::{markup, records};
use crate::project::Permalink;

/// The most bytes for the texts in a page's file, not counting titles, so that a result fits into the first packets of
/// a connection. What is cut off can still be found, but isn't shown.
pub(super) const MOST_BYTES: usize = 8_000;

/// What can be found on one page.
pub struct SearchEntry {
    title: String,
    address: String,
    text: String,
    records: Vec<Record>,
}

/// A record of a page.
struct Record {
    title: String,
    id: String,
    date: String,
    text: String,
}

impl SearchEntry {
    /// The titles of the page and of its records.
    pub fn titles(&self) -> impl Iterator<Item = &str> {
        let records = self.records.iter().map(|record| record.title.as_str());
        std::iter::once(self.title.as_str()).chain(records)
    }

    /// The texts of the page and of its records.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        let records = self.records.iter().map(|record| record.text.as_str());
        std::iter::once(self.text.as_str()).chain(records)
    }

    /// The file from which results are shown.
    pub fn file(&self) -> Vec<u8> {
        let mut room = MOST_BYTES;
        // Records are short, and each is a result of its own, so they take precedence over the end of a long text.
        let kept = self
            .records
            .iter()
            .map(|record| record.text.len())
            .sum::<usize>();
        let text = start(&self.text, room.saturating_sub(kept).max(MOST_BYTES / 4));
        room = room.saturating_sub(text.len());
        let records: Vec<Map<String, Value>> = self
            .records
            .iter()
            .map(|record| {
                let text = start(&record.text, room);
                room -= text.len();
                let fields = [
                    ("t", record.title.as_str()),
                    ("i", &record.id),
                    ("d", &record.date),
                    ("x", text),
                ]
                .into_iter()
                .filter(|(_, value)| !value.is_empty());
                fields
                    .map(|(name, value)| (name.to_owned(), value.into()))
                    .collect::<Map<String, Value>>()
            })
            .collect();
        let file = json!({ "t": self.title, "u": self.address, "x": text, "r": records });
        file.to_string().into_bytes()
    }
}

/// As many whole words of a text as fit.
fn start(text: &str, room: usize) -> &str {
    if text.len() <= room {
        return text;
    }
    let end = text.floor_char_boundary(room);
    let start = &text[..end];
    start.rfind(' ').map_or(start, |space| &start[..space])
}

/// What can be found on a page, in the order of its records.
pub fn search_entry(site: &SiteContext<'_>, page: &Page) -> SearchEntry {
    let records = &page.records;
    let dated = |date: Option<&PartialDate>| {
        date.map(|date| site.phrases().date(date).words)
            .unwrap_or_default()
    };
    let plain = |text: Option<&Markup>| {
        text.map(|text| markup::plain(site, text))
            .unwrap_or_default()
    };
    let record = |id: &str, title: &str, date: Option<&PartialDate>, text: String| Record {
        title: joined(title),
        id: id.to_owned(),
        date: dated(date),
        text: joined(text.trim()),
    };
    let texts = page
        .key_points
        .iter()
        .chain([&page.body])
        .map(|text| markup::plain(site, text));
    let description = page.head.description.clone();
    let texts: Vec<String> = description.into_iter().chain(texts).collect();
    let mut found = Vec::new();
    found.extend(records.events.iter().map(|event| {
        let text = plain(event.text.as_ref());
        record(
            event.anchor.id.as_str(),
            &event.title,
            Some(&event.date),
            text,
        )
    }));
    found.extend(records.figures.iter().map(|figure| {
        let value = site.phrases().quantity(figure.value.headline()).words;
        let text = format!("{value}. {}", plain(figure.text.as_ref()));
        record(
            figure.anchor.id.as_str(),
            &figure.title,
            figure.date.as_ref(),
            text,
        )
    }));
    found.extend(records.reactions.iter().map(|reaction| {
        let said = records::reaction_title(site, reaction);
        let title = format!("{}: {said}", reaction.speaker.name);
        let quote = reaction.quote.iter().chain(&reaction.translation);
        let mut text: Vec<String> = quote.cloned().collect();
        text.push(plain(reaction.text.as_ref()));
        record(
            reaction.anchor.id.as_str(),
            &title,
            reaction.date.as_ref(),
            text.join(" "),
        )
    }));
    found.extend(records.people.iter().map(|person| {
        let words: Vec<&str> = [&person.role, &person.organisation]
            .into_iter()
            .flatten()
            .map(String::as_str)
            .collect();
        record(
            person.anchor.id.as_str(),
            &person.name,
            None,
            words.join(", "),
        )
    }));
    found.extend(records.terms.iter().map(|term| {
        let text = markup::plain(site, &term.definition);
        record(term.anchor.id.as_str(), &term.term, None, text)
    }));
    found.extend(records.questions.iter().map(|question| {
        let text = markup::plain(site, &question.answer);
        record(question.anchor.id.as_str(), &question.question, None, text)
    }));
    found.extend(records.sources.iter().map(|source| {
        let text = source.publisher.clone().unwrap_or_default();
        record(source.anchor.id.as_str(), &source.title, None, text)
    }));
    SearchEntry {
        title: joined(&page.head.title),
        address: page
            .head
            .permalink
            .link_from(&Permalink::new(""), site.link_style()),
        text: joined(texts.join(" ").trim()),
        records: found,
    }
}
