//! Reads the phrase that names a speaker before or after a verb.
//!
//! It works on a line: the tokens of one sentence, with each quotation in it as one item. A phrase is found by walking
//! from the verb to the next boundary. If the walk meets something that it doesn't understand, there is no phrase,
//! rather than a guess.

use std::ops::Range;

use super::super::language::Gender;
use super::line::{Reader, is_date_word};

/// Who is said to speak.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Who {
    /// A name, with the role beside it if there is one.
    Named {
        /// The name without roles.
        name: Range<usize>,
        /// The words that give the role.
        role: Option<Range<usize>>,
    },
    /// Words such as `the spokesperson`, `one resident`.
    Described(Range<usize>),
    /// `he`, `she`, `they`, by gender and token.
    Pronoun(Gender, usize),
}

/// A phrase, and the item at which it starts (before a verb) or ends (after one).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Phrase {
    /// Whom it refers to.
    pub(super) who: Who,
    /// The first item of the phrase, apposition and role included.
    pub(super) start: usize,
    /// The item after its last.
    pub(super) end: usize,
}

impl Reader<'_> {
    /// The phrase that starts at `start`: `Mao Ning, spokesperson for the ministry`, `spokesman John Smith`, `he`.
    pub(super) fn phrase_from(&self, start: usize) -> Option<Phrase> {
        let mut at = start;
        while self.is_filler(at) {
            at += 1;
        }
        if let Some(gender) = self.language.tables.speech.pronouns.get(self.key(at)) {
            return Some(Phrase {
                who: Who::Pronoun(*gender, self.index(at)?),
                start: at,
                end: at + 1,
            });
        }
        let first = at;
        let mut last_run: Option<(Range<usize>, Range<usize>, bool)> = None;
        while at < self.line.len() && at - first < 14 {
            if let Some((items, run)) = self.run_items(at) {
                at = items.end;
                if !run.possessive {
                    last_run = Some((items, run.name.clone(), run.personal));
                }
                continue;
            }
            let tied = self.language.tables.nouns.ties.contains(self.key(at)) && at > first;
            let stops = self.is_boundary(at) && self.key(at) != "and"
                || self.is_preposition(at) && !tied
                || self.is_speech(at);
            let ended = last_run.as_ref().is_some_and(|(items, name, personal)| {
                let whole = items.end == at && !name.is_empty();
                whole && (*personal || tied && !self.ties_a_name(at))
            });
            let stop_mark = self.token(at).is_none_or(|token| token.is_stop());
            if stops
                || ended
                || stop_mark
                || self
                    .token(at)
                    .is_some_and(|token| is_date_word(self.language, token))
            {
                break;
            }
            at += 1;
        }
        if at == first {
            return None;
        }
        let named = last_run.filter(|(items, name, _)| items.end == at && !name.is_empty());
        let mut phrase = match named {
            Some((items, name, personal)) => {
                let mut phrase = self.name_ending(&items, &name, personal)?;
                phrase.start = phrase.start.min(first).max(start);
                phrase
            }
            None => Phrase {
                who: Who::Described(self.tokens(&(first..at))?),
                start: first,
                end: at,
            },
        };
        self.add_apposition(&mut phrase, at);
        Some(phrase)
    }

    /// Whether a name continues after a link word: `Bank of Dayton`, but not `Poole at the meeting`.
    fn ties_a_name(&self, tie: usize) -> bool {
        let mut next = tie + 1;
        while self.is_determiner(next) {
            next += 1;
        }
        self.run_items(next).is_some()
    }

    /// The omitted subject of a verb: `«...», añadió.`
    pub(super) fn dropped_subject(&self, verb: usize) -> Option<Phrase> {
        let who = Who::Pronoun(Gender::Any, self.index(verb)?);
        self.language.tables.speech.drops_subject.then_some(Phrase {
            who,
            start: verb,
            end: verb + 1,
        })
    }

    /// A person's name that starts at `item`, with a role before it or after its comma.
    pub(super) fn introduction(&self, item: usize) -> Option<Phrase> {
        let (items, run) = self.run_items(item)?;
        if items.start != item || !run.personal || run.possessive || run.name.is_empty() {
            return None;
        }
        let mut phrase = self.name_ending(&items, &run.name, true)?;
        self.add_apposition(&mut phrase, items.end);
        // `The mayor of Dayton, Ann Poole, said`, `said the mayor of Dayton, Ann Poole.`
        if let Who::Named {
            role: role @ None, ..
        } = &mut phrase.who
            && let Some(comma) = item
                .checked_sub(1)
                .filter(|comma| self.is_mark(*comma, ","))
            && (self.is_mark(items.end, ",")
                || self.token(items.end).is_none_or(|token| token.is_stop()))
        {
            *role = self.role_ending(comma).and_then(|role| self.tokens(&role));
        }
        matches!(phrase.who, Who::Named { role: Some(_), .. }).then_some(phrase)
    }

    /// Continues after the comma that follows a phrase: a role after a name, or a name after a role.
    fn add_apposition(&self, phrase: &mut Phrase, comma: usize) {
        if !self.is_mark(comma, ",") {
            return;
        }
        let end = (comma + 1..self.line.len().min(comma + 20))
            .find(|item| {
                self.is_mark(*item, ",")
                    || self.token(*item).is_none_or(|token| {
                        token.is_stop() && !self.is_inner_dot(*item)
                            || matches!(token.key.as_str(), ":" | ";" | "(")
                    })
                    || self.is_speech(*item)
                    || self
                        .language
                        .tables
                        .nouns
                        .conjunctions
                        .contains(self.key(*item))
                        && self.key(*item) != "and"
            })
            .unwrap_or(self.line.len().min(comma + 20));
        let inner = comma + 1..end;
        // `der Fraktionschef der Freien Wähler, Ralf Stein`: in German, a role has capitals as a name has.
        if let Some(name) = self.name_behind_role(phrase, &inner) {
            let role = self.tokens(&(phrase.start..comma));
            phrase.who = Who::Named { name, role };
            phrase.end = end;
            return;
        }
        match &mut phrase.who {
            Who::Named { role, .. } => {
                if let Some(found) = self.role_within(&inner) {
                    role.get_or_insert(found);
                    phrase.end = end;
                }
            }
            Who::Described(words) => {
                let described_role = (phrase.start..phrase.end).any(|item| self.is_role(item));
                // `their leader, lawyer Ana Vakalo`: a name preceded only by a role.
                let last = inner.end.checked_sub(1);
                let Some((items, run)) = last.and_then(|last| self.run_items(last)) else {
                    return;
                };
                let before = inner.start..items.start.max(inner.start);
                let only_role = before.len() <= 4
                    && (before.is_empty() || before.clone().any(|item| self.is_role(item)))
                    && !before.clone().any(|item| self.is_preposition(item));
                let is_name = items.end == inner.end && items.start >= inner.start && only_role;
                if described_role && is_name && run.personal && !run.possessive {
                    let determined = self.is_determiner(phrase.start);
                    let role = words.start + usize::from(determined)..words.end;
                    phrase.who = Who::Named {
                        name: run.name.clone(),
                        role: Some(role),
                    };
                    phrase.end = end;
                }
            }
            Who::Pronoun(..) => {}
        }
    }

    /// The person's name that an apposition consists of, if what is before it is a role.
    fn name_behind_role(&self, phrase: &Phrase, inner: &Range<usize>) -> Option<Range<usize>> {
        let Who::Named { role: None, .. } = phrase.who else {
            return None;
        };
        let first = phrase.start + usize::from(self.is_determiner(phrase.start));
        let (items, run) = self.run_items(inner.start)?;
        let is_name = items == *inner && run.personal && !run.possessive && !run.name.is_empty();
        (self.is_role(first) && is_name).then(|| run.name.clone())
    }

    /// The words of an apposition, if they are a role: `spokesman for the ministry`.
    pub(super) fn role_within(&self, inner: &Range<usize>) -> Option<Range<usize>> {
        let mut start = inner.start;
        if self
            .language
            .tables
            .speech
            .relative
            .contains(self.key(start))
        {
            return None;
        }
        let determined = self.is_determiner(start);
        if determined {
            start += 1;
        }
        let words = inner.end.saturating_sub(start);
        let has_role = (start..inner.end).any(|item| self.is_role(item));
        let clause = (start..inner.end).any(|item| self.is_speech(item) && !self.is_role(item));
        let fits = (1..=14).contains(&words) && has_role && !clause;
        fits.then(|| self.tokens(&(start..inner.end))).flatten()
    }
}
