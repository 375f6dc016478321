//! Works out who says what is between the quotation marks.
//!
//! Patterns are tried in order of reliability: words after the quotation (`," NAME said`), words before it (`NAME said:
//! "`), a credit (`according to NAME`), the previous quotation. A speaker is named only above [`Confidence::Low`];
//! below that the field stays empty, with a note for the writer. Start with [`attribute`].

mod beside;
mod line;
mod named;
mod names;
mod patterns;
mod phrases;
mod roster;
mod subjects;

use std::ops::Range;

use super::language::{Gender, Language};
use super::quotes::{Look, Quoted};
use super::text::Article;
use patterns::Hit;
use phrases::{Phrase, Who};

pub(super) use roster::Roster;

/// How certain a drafted record is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Confidence {
    /// A guess; the speaker is left empty.
    Low,
    /// Likely: one reading fits best.
    Medium,
    /// The words say it clearly.
    High,
}

impl Confidence {
    /// The value as written in front matter.
    pub fn name(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
        }
    }
}

/// Somebody who speaks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Speaker {
    /// A person in the roster.
    Person(usize),
    /// An organization, by the tokens of its name.
    Body(Range<usize>),
    /// Somebody without a name, by the tokens that describe them.
    Described(Range<usize>),
}

/// A quotation of what somebody said.
#[derive(Clone, Debug)]
pub(super) struct Quotation {
    /// The stretch between the marks.
    pub(super) quoted: Quoted,
    /// Who said it, if the article makes that clear enough.
    pub(super) speaker: Option<Speaker>,
    /// How certain that is.
    pub(super) confidence: Confidence,
}

/// Separates speech from terms and titles, and says who speaks. Also completes the roles in `roster`.
pub(super) fn attribute(
    article: &Article,
    language: &Language,
    quoted: Vec<Quoted>,
    roster: &mut Roster,
) -> Vec<Quotation> {
    for phrase in patterns::introductions(article, language, &quoted, roster) {
        learn_role(article, language, roster, &phrase);
    }
    let hits = patterns::find(article, language, &quoted, roster);
    let mut found: Vec<Quotation> = Vec::new();
    let mut resolved: Vec<Option<(Speaker, Confidence)>> = vec![None; quoted.len()];
    for (index, stretch) in quoted.iter().enumerate() {
        let hit = &hits[index];
        let speaker = match hit {
            Some(Hit::Phrase {
                phrase, confidence, ..
            }) => {
                let before = stretch.tokens.start;
                learn_role(article, language, roster, phrase);
                let latest = latest_speaker(article, &found, before);
                resolve(article, language, roster, phrase, before, latest)
                    .map(|(speaker, trust)| (speaker, trust.min(*confidence)))
            }
            Some(Hit::SameAs { quote, confidence }) => resolved[*quote]
                .clone()
                .map(|(speaker, trust)| (speaker, trust.min(*confidence))),
            None => None,
        };
        let said = hit.is_some();
        if !is_speech(article, language, stretch, said, hit.as_ref()) {
            continue;
        }
        // Without a closing mark, the quotation may end too early or too late.
        let ceiling = if stretch.closed {
            Confidence::High
        } else {
            Confidence::Medium
        };
        let speaker = speaker
            .filter(|(_, trust)| *trust > Confidence::Low)
            .map(|(speaker, trust)| (speaker, trust.min(ceiling)));
        resolved[index].clone_from(&speaker);
        found.push(Quotation {
            quoted: stretch.clone(),
            confidence: speaker
                .as_ref()
                .map_or(Confidence::Low, |(_, trust)| *trust),
            speaker: speaker.map(|(speaker, _)| speaker),
        });
    }
    found
}

/// Whether a stretch is speech: a clause always is, a phrase only if a verb attributes it to somebody.
fn is_speech(
    article: &Article,
    language: &Language,
    stretch: &Quoted,
    said: bool,
    hit: Option<&Hit>,
) -> bool {
    let naming = stretch.tokens.start.checked_sub(1).is_some_and(|before| {
        let before = &article.tokens[before];
        language.tables.quotes.naming.contains(&before.key)
    });
    let plainly = matches!(hit, Some(Hit::Phrase { adjacent: true, .. }));
    match stretch.look {
        Look::Headline => false,
        Look::Speech => true,
        Look::Phrase => said,
        Look::Title => said && plainly && !naming,
    }
}

/// Stores the role beside a name with the person of that name.
fn learn_role(article: &Article, language: &Language, roster: &mut Roster, phrase: &Phrase) {
    let Who::Named { name, role } = &phrase.who else {
        return;
    };
    let person = roster
        .person_named(article, name, name.end)
        .or_else(|| roster.enroll_speaker(article, language, name));
    if let Some(person) = person {
        roster.people[person].certain = true;
    }
    if let (Some(person), Some(role)) = (person, role) {
        let known = &mut roster.people[person];
        known.role.get_or_insert_with(|| role.clone());
    }
}

/// The speaker of the last quotation before a token, if it is in the same paragraph or the previous one.
fn latest_speaker(article: &Article, found: &[Quotation], before: usize) -> Option<usize> {
    let last = found.last()?;
    let Some(Speaker::Person(person)) = last.speaker else {
        return None;
    };
    let here = article.paragraph_at(article.tokens.get(before)?.start);
    let there = article.paragraph_at(last.quoted.span.start);
    (here - there <= 1).then_some(person)
}

/// Whom a phrase refers to at this place in the article.
fn resolve(
    article: &Article,
    language: &Language,
    roster: &Roster,
    phrase: &Phrase,
    before: usize,
    latest: Option<usize>,
) -> Option<(Speaker, Confidence)> {
    match &phrase.who {
        Who::Named { name, .. } => Some(match roster.person_named(article, name, name.end) {
            Some(person) => (Speaker::Person(person), Confidence::High),
            None => (Speaker::Body(name.clone()), Confidence::High),
        }),
        // A pronoun can only refer to somebody named before it; if it follows a quotation, before the quotation as
        // well.
        Who::Pronoun(gender, token) => {
            pronoun(article, language, roster, (*gender, *token), before, latest)
        }
        Who::Described(words) => described(article, language, roster, words),
    }
}

/// Whom `he` or `she` refers to: the only person named nearby, or the subject of the previous sentence.
fn pronoun(
    article: &Article,
    language: &Language,
    roster: &Roster,
    (gender, token): (Gender, usize),
    before: usize,
    latest: Option<usize>,
) -> Option<(Speaker, Confidence)> {
    let before = before.min(token);
    if gender == Gender::Any {
        // `They` can be anybody; a verb without a subject continues with the person who has been speaking.
        let dropped = !article.tokens[token].capital
            && language
                .tables
                .speech
                .verbs
                .contains(&article.tokens[token].key);
        return dropped
            .then(|| subject_before(article, roster, before).or(latest))
            .flatten()
            .map(|person| (Speaker::Person(person), Confidence::Medium));
    }
    let here = article.sentence_at(before.min(article.tokens.len().saturating_sub(1)));
    let paragraph = article.sentences.get(here)?.paragraph;
    let first = article.paragraphs[paragraph].sentences.start;
    for sentence in (first.max(here.saturating_sub(6))..=here).rev() {
        let range = &article.sentences[sentence].tokens;
        let range = range.start..range.end.min(before);
        let named: Vec<usize> = people_in(roster, &range, gender);
        match named.as_slice() {
            [] => {}
            [person] => return Some((Speaker::Person(*person), Confidence::Medium)),
            [subject, ..] => {
                // If several are named: the one who has been speaking, or the subject of the sentence.
                let speaking = latest.filter(|latest| named.contains(latest));
                let person = speaking.unwrap_or(*subject);
                return Some((Speaker::Person(person), Confidence::Medium));
            }
        }
    }
    if let Some(person) = latest.filter(|person| roster.people[*person].gender.agrees(gender)) {
        return Some((Speaker::Person(person), Confidence::Medium));
    }
    let earlier = paragraph.checked_sub(1)?;
    let range = article.paragraphs[earlier].tokens.clone();
    match people_in(roster, &range, gender).as_slice() {
        [person] => Some((Speaker::Person(*person), Confidence::Medium)),
        _ => None,
    }
}

/// The only person named in the sentence before a token, or in the one before that.
fn subject_before(article: &Article, roster: &Roster, before: usize) -> Option<usize> {
    let here = article.sentence_at(before);
    let paragraph = article.sentences.get(here)?.paragraph;
    let first = article.paragraphs[paragraph].sentences.start;
    for sentence in (first.max(here.saturating_sub(1))..=here).rev() {
        let range = &article.sentences[sentence].tokens;
        let range = range.start..range.end.min(before);
        match people_in(roster, &range, Gender::Any).as_slice() {
            [] => {}
            [person] => return Some(*person),
            _ => return None,
        }
    }
    None
}

/// Everybody named in a range who is certainly a person, each once, in order.
fn people_in(roster: &Roster, range: &Range<usize>, gender: Gender) -> Vec<usize> {
    let from = roster
        .mentions
        .partition_point(|(token, _)| *token < range.start);
    let mut people = Vec::new();
    for (token, person) in &roster.mentions[from..] {
        if *token >= range.end || people.len() > 8 {
            break;
        }
        let known = &roster.people[*person];
        if known.certain && known.gender.agrees(gender) && !people.contains(person) {
            people.push(*person);
        }
    }
    people
}

/// `the spokesperson` is whoever was last introduced with that role; otherwise the speaker stays described.
fn described(
    article: &Article,
    language: &Language,
    roster: &Roster,
    words: &Range<usize>,
) -> Option<(Speaker, Confidence)> {
    let nouns = &language.tables.nouns;
    let key = |index: usize| article.tokens[index].key.as_str();
    let head = words
        .clone()
        .find(|index| nouns.roles.contains(key(*index)));
    let definite = nouns.definite.contains(key(words.start));
    if let Some(head) = head
        && definite
    {
        let mut fitting = roster
            .people
            .iter()
            .enumerate()
            .filter(|(_, known)| known.name.start < words.start)
            .filter(|(_, known)| {
                known
                    .role
                    .as_ref()
                    .is_some_and(|role| role.clone().any(|index| key(index) == key(head)))
            })
            .map(|(person, _)| person);
        let first = fitting.next();
        if let (Some(person), None) = (first, fitting.next()) {
            return Some((Speaker::Person(person), Confidence::Medium));
        }
    }
    if definite && let Some(name) = body_called(article, language, roster, words) {
        return Some((Speaker::Described(name), Confidence::Medium));
    }
    let text = words
        .clone()
        .any(|index| language.tables.speech.texts.contains(key(index)));
    (!text).then(|| (Speaker::Described(words.clone()), Confidence::Medium))
}

/// `the firm` is the one that was named last with that word: `the engineering firm Dahl & Partners`, `the Tenants' Union`.
fn body_called(
    article: &Article,
    language: &Language,
    roster: &Roster,
    words: &Range<usize>,
) -> Option<Range<usize>> {
    let key = |index: usize| article.tokens[index].key.as_str();
    let noun = key(words.end.checked_sub(1)?);
    if !language.tables.nouns.bodies.contains(noun) || words.len() > 2 {
        return None;
    }
    let mut runs = roster.runs.iter().rev();
    let run = runs.find(|run| {
        let is_called = run.name.start > 0 && key(run.name.start - 1) == noun
            || run.name.len() > 1 && run.name.clone().any(|index| key(index) == noun);
        run.name.end <= words.start && is_called
    })?;
    Some(run.name.clone())
}

#[cfg(test)]
mod tests;
