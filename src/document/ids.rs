//! The ids of a document's records: as typed, or made from what the record says.

use crate::document::Lists;
use crate::model::RecordKind;

/// The name of one record of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordName {
    /// What kind of record it is.
    pub kind: RecordKind,
    /// Its place in its list, from 0.
    pub index: usize,
    /// Its id; empty if it has none and says nothing that one could be made of.
    pub id: String,
}

/// How many words of a reaction go into the id that is made for it.
const WORDS_IN_ID: usize = 5;

/// The names of all records of a document: by kind in the order of [`RecordKind::ALL`], then as written.
///
/// A record without `id` is named by the slug of its title, name or term; a reaction by its speaker and
/// its first words.
pub fn record_names(lists: &Lists) -> Vec<RecordName> {
    let mut names = Vec::new();
    let mut add = |kind, ids: Vec<String>| {
        names.extend(
            ids.into_iter()
                .enumerate()
                .map(|(index, id)| RecordName { kind, index, id }),
        );
    };
    let list = &lists.events;
    add(
        RecordKind::Event,
        list.iter().map(|r| id(&r.id, &r.title)).collect(),
    );
    let list = &lists.figures;
    add(
        RecordKind::Figure,
        list.iter().map(|r| id(&r.id, &r.title)).collect(),
    );
    let list = &lists.reactions;
    add(
        RecordKind::Reaction,
        list.iter()
            .map(|reaction| {
                let words = reaction.quote.as_deref().or(reaction.text.as_deref());
                let said: Vec<&str> = words
                    .unwrap_or_default()
                    .split_whitespace()
                    .take(WORDS_IN_ID)
                    .collect();
                let speaker = reaction.speaker.as_deref().unwrap_or_default();
                id(&reaction.id, &Some(format!("{speaker} {}", said.join(" "))))
            })
            .collect(),
    );
    let list = &lists.people;
    add(
        RecordKind::Person,
        list.iter().map(|r| id(&r.id, &r.name)).collect(),
    );
    let list = &lists.terms;
    add(
        RecordKind::Term,
        list.iter().map(|r| id(&r.id, &r.term)).collect(),
    );
    let list = &lists.sources;
    add(
        RecordKind::Source,
        list.iter().map(|r| id(&r.id, &r.title)).collect(),
    );
    names
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
