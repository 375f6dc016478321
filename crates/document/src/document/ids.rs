//! The ids of a document's records: as written, or made from what the record says.

use crate::document::schema::Faulty;
use crate::document::{Lists, RawReaction};
use crate::model::RecordKind;

/// The name of one record of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordName {
    /// What kind of record it is.
    pub kind: RecordKind,
    /// Its position in its list, from 0.
    pub index: usize,
    /// Its id; empty if it has none and doesn't say anything from which to make one.
    pub id: String,
    /// Whether the words for an id are missing or can't be read, a fault that is already reported.
    pub lacks_words: bool,
}

/// How many words of a reaction go into its generated id: enough to tell a speaker's quotations apart, in an address
/// that is still short.
const WORDS_IN_ID: usize = 5;

/// The names of all records in a document: by kind in the order of [`RecordKind::ALL`], then as written.
///
/// A record without `id` gets the slug of its title, name, term or question; a reaction gets that of its speaker and
/// its first words.
pub fn record_names(lists: &Lists) -> Vec<RecordName> {
    let mut names = Vec::new();
    let mut add = |kind, ids: Vec<(String, bool)>| {
        let ids = ids.into_iter().enumerate();
        names.extend(ids.map(|(index, (id, lacks_words))| RecordName {
            kind,
            index,
            id,
            lacks_words,
        }));
    };
    let list = lists.events.iter();
    add(
        RecordKind::Event,
        list.map(|r| named(&r.id, &r.title, &r.faulty)).collect(),
    );
    let list = lists.figures.iter();
    add(
        RecordKind::Figure,
        list.map(|r| named(&r.id, &r.title, &r.faulty)).collect(),
    );
    let list = lists.reactions.iter();
    add(RecordKind::Reaction, list.map(reaction).collect());
    let list = lists.people.iter();
    add(
        RecordKind::Person,
        list.map(|r| named(&r.id, &r.name, &r.faulty)).collect(),
    );
    let list = lists.terms.iter();
    add(
        RecordKind::Term,
        list.map(|r| named(&r.id, &r.term, &r.faulty)).collect(),
    );
    let list = lists.questions.iter();
    add(
        RecordKind::Question,
        list.map(|r| named(&r.id, &r.question, &r.faulty)).collect(),
    );
    let list = lists.sources.iter();
    add(
        RecordKind::Source,
        list.map(|r| named(&r.id, &r.title, &r.faulty)).collect(),
    );
    names
}

/// The id of a record that is named after one required field, and whether that field is missing or can't be read.
fn named(written: &Option<String>, words: &Option<String>, faulty: &Faulty) -> (String, bool) {
    let has_words = words
        .as_deref()
        .is_some_and(|words| !words.trim().is_empty());
    let lacks_words = written.is_none() && !has_words || faulty.has("id");
    (id(written, words), lacks_words)
}

/// The id of a reaction: its speaker and its first words.
fn reaction(reaction: &RawReaction) -> (String, bool) {
    let words = reaction.quote.as_deref().or(reaction.text.as_deref());
    let said: Vec<&str> = words
        .unwrap_or_default()
        .split_whitespace()
        .take(WORDS_IN_ID)
        .collect();
    let speaker = reaction.speaker.as_deref().unwrap_or_default();
    let words = format!("{speaker} {}", said.join(" "));
    let lacks_words = reaction.id.is_none() && words.trim().is_empty() || reaction.faulty.has("id");
    (id(&reaction.id, &Some(words)), lacks_words)
}

fn id(written: &Option<String>, otherwise: &Option<String>) -> String {
    match written {
        Some(id) => id.clone(),
        None => crate::project::slugify(otherwise.as_deref().unwrap_or_default()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{RawEvent, RawReaction};

    #[test]
    fn a_record_is_named_by_its_id_or_by_what_it_says() {
        let lists = Lists {
            events: vec![
                RawEvent {
                    id: Some("vote".into()),
                    title: Some("The vote".into()),
                    ..RawEvent::default()
                },
                RawEvent {
                    title: Some("Über die Grenze".into()),
                    ..RawEvent::default()
                },
            ],
            reactions: vec![RawReaction {
                speaker: Some("ada".into()),
                quote: Some("We will not go back to where we were".into()),
                ..RawReaction::default()
            }],
            ..Lists::default()
        };
        let ids: Vec<String> = record_names(&lists)
            .into_iter()
            .map(|name| name.id)
            .collect();
        assert_eq!(ids, ["vote", "uber-die-grenze", "ada-we-will-not-go-back"]);
    }
}
