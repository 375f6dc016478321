//! Decides which names belong to the same person, and what the article says about that person.
//!
//! The [`Roster`] knows the people in the article: the full name under which each was introduced, the role given there,
//! and every later mention by surname.

use std::collections::HashMap;
use std::ops::Range;

use super::super::language::{Gender, Language};
use super::super::quotes::Quoted;
use super::super::text::{Article, Role};
use super::names::{Run, describe, run_at};

/// A person whom the article names.
#[derive(Clone, Debug)]
pub(crate) struct Known {
    /// The fullest form of the name.
    pub(crate) name: Range<usize>,
    /// The first words that state a role, without an article.
    pub(crate) role: Option<Range<usize>>,
    /// What is known of the gender.
    pub(crate) gender: Gender,
    /// Whether anything besides the look of the name says that this is a person.
    pub(crate) certain: bool,
    /// The tokens at which it is mentioned, in order.
    mentions: Vec<usize>,
}

/// How many people with the same surname are kept apart; no article has more.
const NAMESAKES: usize = 24;

/// The people of an article.
#[derive(Debug, Default)]
pub(crate) struct Roster {
    /// Every run, in order.
    pub(crate) runs: Vec<Run>,
    /// The run that each token belongs to.
    run_of: HashMap<usize, usize>,
    /// Everybody, in order of appearance.
    pub(crate) people: Vec<Known>,
    /// Mentions in order: token, person.
    pub(crate) mentions: Vec<(usize, usize)>,
    by_last: HashMap<String, Vec<usize>>,
}

impl Roster {
    /// Reads the names of an article outside its quotations.
    pub(crate) fn read(article: &Article, language: &Language, quoted: &[Quoted]) -> Self {
        let mut roster = Self::default();
        for paragraph in &article.paragraphs {
            if matches!(
                paragraph.role,
                Role::Furniture | Role::Dateline | Role::Headline | Role::Heading
            ) {
                continue;
            }
            let mut at = paragraph.tokens.start;
            while at < paragraph.tokens.end {
                match run_at(article, language, at, paragraph.tokens.end) {
                    Some(mut run) => {
                        part_from_department(article, language, &mut run);
                        at = run.tokens.end;
                        roster.add(run);
                    }
                    None => at += 1,
                }
            }
        }
        roster.introduce(article, language, quoted);
        roster
    }

    fn add(&mut self, run: Run) {
        for token in run.tokens.clone() {
            self.run_of.insert(token, self.runs.len());
        }
        self.runs.push(run);
    }

    /// The run that contains a token.
    pub(crate) fn run_at(&self, token: usize) -> Option<&Run> {
        self.run_of.get(&token).map(|index| &self.runs[*index])
    }

    /// Whom a name refers to: of the people with that surname or first name, the one mentioned last.
    pub(crate) fn person_named(
        &self,
        article: &Article,
        name: &Range<usize>,
        before: usize,
    ) -> Option<usize> {
        let last = &article.tokens[name.end.checked_sub(1)?].key;
        let known = self.by_last.get(last)?;
        let fits = |person: &usize| {
            let full = &article.tokens[self.people[*person].name.clone()];
            article.tokens[name.clone()]
                .iter()
                .filter(|token| token.is_word())
                .all(|token| full.iter().any(|part| part.key == token.key))
        };
        let latest = |person: &usize| {
            let mentions = &self.people[*person].mentions;
            let n_before = mentions.partition_point(|token| *token < before);
            n_before.checked_sub(1).map(|index| mentions[index])
        };
        let mut fitting: Vec<usize> = known.iter().copied().filter(fits).collect();
        // The one mentioned last; without an earlier mention, the one introduced first.
        fitting.sort_by_key(|person| (latest(person), std::cmp::Reverse(*person)));
        fitting.pop()
    }

    fn introduce(&mut self, article: &Article, language: &Language, quoted: &[Quoted]) {
        self.shorten(article);
        // Full names come first, because headlines and captions may use a surname before the introduction.
        for index in 0..self.runs.len() {
            let run = &self.runs[index];
            // `told the Lakemoor Ledger`: a name with an article and no title before it isn't a person.
            let is_thing = !run.titled
                && run.tokens.start.checked_sub(1).is_some_and(|before| {
                    let nouns = &language.tables.nouns;
                    nouns.definite.contains(&article.tokens[before].key)
                });
            if run.personal
                && !is_thing
                && !run.name.is_empty()
                && !inside(quoted, run.tokens.start)
            {
                self.enroll(article, language, &run.clone());
            }
        }
        for index in 0..self.runs.len() {
            let run = self.runs[index].clone();
            if run.name.is_empty() || inside(quoted, run.tokens.start) {
                continue;
            }
            if let Some(person) = self.person_named(article, &run.name, run.tokens.start) {
                self.mentions.push((run.tokens.start, person));
                let known = &mut self.people[person];
                known.mentions.push(run.tokens.start);
                let shorter = run.name.len() < known.name.len();
                let speaks = article.tokens.get(run.tokens.end).is_some_and(|next| {
                    language.tables.speech.verbs.contains(&next.key) && !next.capital
                });
                known.certain |=
                    shorter || speaks || run.titled || is_described(article, language, &run);
                if known.gender == Gender::Any {
                    known.gender = run.gender;
                }
            }
        }
    }

    /// `Scientologist Tom Cruise` becomes Tom Cruise if that occurs as a name of its own.
    fn shorten(&mut self, article: &Article) {
        let key = |range: &Range<usize>| -> Vec<&str> {
            article.tokens[range.clone()]
                .iter()
                .map(|token| token.key.as_str())
                .collect()
        };
        let pairs: std::collections::HashSet<Vec<&str>> = self
            .runs
            .iter()
            .filter(|run| run.name.len() == 2 && run.personal)
            .map(|run| key(&run.name))
            .collect();
        for run in &mut self.runs {
            if run.name.len() == 3
                && run.personal
                && pairs.contains(&key(&(run.name.end - 2..run.name.end)))
            {
                run.name.start += 1;
            }
        }
    }

    /// Adds somebody who speaks in the article; `None` for organizations and for single words that aren't a known
    /// person's name.
    pub(crate) fn enroll_speaker(
        &mut self,
        article: &Article,
        language: &Language,
        name: &Range<usize>,
    ) -> Option<usize> {
        let run = describe(article, language, name.clone(), false);
        if !run.personal {
            return None;
        }
        self.enroll(article, language, &run);
        self.person_named(article, name, name.end)
    }

    /// Adds a person, or finds the one who has this name already.
    fn enroll(&mut self, article: &Article, language: &Language, run: &Run) {
        let keys = |range: &Range<usize>| -> Vec<String> {
            article.tokens[range.clone()]
                .iter()
                .filter(|token| token.is_word())
                .map(|token| token.key.clone())
                .collect()
        };
        let words = keys(&run.name);
        // `Robert Downey Jr.` is called Downey from then on.
        let suffixes = &language.tables.nouns.suffixes;
        let last = words.iter().rfind(|word| !suffixes.contains(*word));
        let (Some(first), Some(last)) = (words.first(), last) else {
            return;
        };
        let same = self.by_last.get(last).and_then(|known| {
            known.iter().copied().find(|person| {
                let full = keys(&self.people[*person].name);
                full == words || words.iter().all(|word| full.contains(word))
            })
        });
        if same.is_some() {
            return;
        }
        let person = self.people.len();
        self.people.push(Known {
            name: run.name.clone(),
            role: None,
            gender: run.gender,
            certain: run.titled,
            mentions: Vec::new(),
        });
        for key in [first, last] {
            let known = self.by_last.entry(key.clone()).or_default();
            if !known.contains(&person) && known.len() < NAMESAKES {
                known.push(person);
            }
        }
    }
}

/// `Kayla Dunn, who is due in May`, `Antonio Lozano, 61, who grows almonds`: what follows is said only of people.
fn is_described(article: &Article, language: &Language, run: &Run) -> bool {
    let token = |offset: usize| article.tokens.get(run.tokens.end + offset);
    if !run.personal || !token(0).is_some_and(|mark| mark.is(",")) {
        return false;
    }
    token(1).is_some_and(|next| {
        let who = language.tables.nouns.personal.contains(&next.key);
        let age = next
            .key
            .parse()
            .is_ok_and(|age: u8| (1..=115).contains(&age));
        who || age && token(2).is_some_and(|mark| mark.is(","))
    })
}

/// `Minister of Education Stella Gianni`: in a run linked to a role, the last two words are the name.
fn part_from_department(article: &Article, language: &Language, run: &mut Run) {
    let nouns = &language.tables.nouns;
    let key = |index: usize| article.tokens[index].key.as_str();
    let start = run.tokens.start;
    let the = usize::from(start > 0 && nouns.determiners.contains(key(start - 1)));
    let tied = start >= 2 + the
        && nouns.ties.contains(key(start - 1 - the))
        && nouns.roles.contains(key(start - 2 - the));
    let words: Vec<usize> = run
        .name
        .clone()
        .filter(|index| {
            article.tokens[*index].is_word()
                && article.tokens[*index].capital
                && !article.tokens[*index].glued
        })
        .collect();
    if !tied || run.titled || words.len() < 3 {
        return;
    }
    // Particles belong to the surname: `Ursula von der Leyen` has two capitalized words.
    let name = words[words.len() - 2]..run.tokens.end;
    let parted = describe(article, language, name, run.possessive);
    if parted.personal {
        run.name = parted.name;
        run.personal = true;
    }
}

/// Whether a token is inside a quotation.
pub(crate) fn inside(quoted: &[Quoted], token: usize) -> bool {
    let after = quoted.partition_point(|quoted| quoted.tokens.end <= token);
    quoted
        .get(after)
        .is_some_and(|quoted| quoted.tokens.contains(&token))
}
