//! Assigns ids to the people named in the drafted records.

use std::collections::HashMap;
use std::ops::Range;

use crate::model::RecordKind;

use super::super::reading::Reading;
use super::super::speakers::{Confidence, Speaker};
use super::DraftContext;
use super::record::Record;

/// Everybody who has been looked up so far.
#[derive(Debug, Default)]
pub(super) struct People {
    ids: HashMap<String, String>,
    records: Vec<Record>,
}

impl People {
    /// The records of those who are new, in the order in which they were looked up.
    pub(super) fn into_records(self) -> Vec<Record> {
        self.records
    }

    /// The ids of the people named in a stretch, each once.
    pub(super) fn named_in(
        &mut self,
        context: &mut DraftContext<'_>,
        tokens: &Range<usize>,
    ) -> Vec<String> {
        let roster = &context.reading.roster;
        let from = roster
            .mentions
            .partition_point(|(token, _)| *token < tokens.start);
        let named = roster.mentions[from..]
            .iter()
            .take_while(|(token, _)| *token < tokens.end)
            .map(|(_, person)| *person)
            .filter(|person| roster.people[*person].certain);
        let named: Vec<usize> = named.collect();
        let mut ids: Vec<String> = Vec::new();
        for person in named {
            let id = self.id_of(context, &Speaker::Person(person), Confidence::High);
            if !ids.contains(&id) {
                ids.push(id);
            }
        }
        ids
    }

    /// The id of a person, whose record is created if there is none yet.
    pub(super) fn id_of(
        &mut self,
        context: &mut DraftContext<'_>,
        speaker: &Speaker,
        confidence: Confidence,
    ) -> String {
        let reading = context.reading;
        let name = name(reading, speaker);
        let key = name.to_lowercase();
        if let Some(id) = self
            .ids
            .get(&key)
            .or_else(|| context.present.people.get(&key))
        {
            return id.clone();
        }
        let id = context.ids.take(name);
        let mut record = Record::new(RecordKind::Person, id.clone());
        record.set_words("name", Some(name));
        if let Speaker::Person(person) = speaker {
            let role = reading.roster.people[*person].role.as_ref();
            let role = role.and_then(|role| role_alone(reading, role));
            record.set_words("role", role.map(|role| reading.article.words(&role)));
        }
        let double = context.present.person_like(name);
        context.mark_double(&mut record, double);
        record.ask_for_review(confidence);
        self.records.push(record);
        self.ids.insert(key, id.clone());
        id
    }
}

/// A role without the words before it: `the words of the Crown prosecutor` holds one, `Minister of Education` is one.
/// `None` if it breaks off.
fn role_alone(reading: &Reading, role: &Range<usize>) -> Option<Range<usize>> {
    let tokens = &reading.article.tokens;
    let nouns = &reading.language.tables.nouns;
    let is_tie = |at: usize| {
        let key = &tokens[at].key;
        nouns.prepositions.contains(key) || reading.language.tables.numbers.of.contains(key)
    };
    let is_role = |at: usize| {
        let key = tokens[at].key.as_str();
        nouns.roles.contains(key) || nouns.roles.contains(key.trim_end_matches('s'))
    };
    let tie = role
        .clone()
        .rev()
        .find(|tie| is_tie(*tie) && !(role.start..*tie).any(is_role));
    let mut start = tie.map_or(role.start, |tie| tie + 1);
    while tie.is_some() && start < role.end && nouns.determiners.contains(&tokens[start].key) {
        start += 1;
    }
    let last = role.end.checked_sub(1)?;
    (start < role.end && !is_tie(last)).then_some(start..role.end)
}

/// A speaker's name or description, without an article that isn't part of it.
fn name<'a>(reading: &'a Reading, speaker: &Speaker) -> &'a str {
    let article = &reading.article;
    let mut tokens = reading.name_of(speaker);
    if let Speaker::Body(_) = speaker
        && tokens.len() > 1
        && reading
            .language
            .tables
            .nouns
            .determiners
            .contains(&article.tokens[tokens.start].key)
        && !article.tokens[tokens.start].capital
    {
        tokens.start += 1;
    }
    let words = article.words(&tokens);
    // `Trump's` names Trump.
    ["'s", "’s"]
        .iter()
        .find_map(|ending| words.strip_suffix(ending))
        .unwrap_or(words)
}
