//! Finds the subject before a verb.
//!
//! It reads backwards from the verb, over fillers, brackets and appositions.

use std::ops::Range;

use super::super::tokens::Token;
use super::line::Reader;
use super::phrases::{Phrase, Who};

/// How many items back a phrase may begin: a long subject with its apposition. The limit keeps a made-up text from
/// taking long.
const REACH: usize = 40;

impl Reader<'_> {
    /// The subject of the verb at `verb`, read backwards.
    pub(super) fn subject_before(&self, verb: usize) -> Option<Phrase> {
        let mut end = verb;
        let mut relative = false;
        while end > 0 && self.is_filler(end - 1) {
            end -= 1;
            relative |= self.language.tables.speech.relative.contains(self.key(end))
                && self
                    .language
                    .tables
                    .nouns
                    .conjunctions
                    .contains(self.key(end));
        }
        if end > 0 && self.is_mark(end - 1, ")") {
            end = self.before_brackets(end)?;
        }
        if end > 0 && self.is_mark(end - 1, ",") {
            return if relative {
                self.phrase_ending(end - 1)
            } else {
                self.around_apposition(end - 1)
            };
        }
        self.phrase_ending(end)
    }

    fn before_brackets(&self, end: usize) -> Option<usize> {
        (end.saturating_sub(REACH)..end)
            .rev()
            .find(|item| self.is_mark(*item, "("))
    }

    /// `NAME, role,`: the phrase before the apposition that ends at the comma `comma`, or `role, NAME,`.
    fn around_apposition(&self, comma: usize) -> Option<Phrase> {
        let floor = comma.saturating_sub(REACH);
        let commas: Vec<usize> = (floor..comma)
            .rev()
            .filter(|item| self.is_mark(*item, ","))
            .collect();
        for earlier in commas {
            let inner = earlier + 1..comma;
            if inner.is_empty() || (inner.clone()).any(|item| self.token(item).is_none()) {
                return None;
            }
            if let Some(phrase) = self.name_as_apposition(&inner, earlier) {
                return Some(phrase);
            }
            let Some(mut outer) = self.phrase_ending(earlier) else {
                continue;
            };
            let Who::Named { role, .. } = &mut outer.who else {
                continue;
            };
            // `a Democrat from Dayton, Ohio, said`: Dayton isn't the subject.
            if outer.start > 0 && self.is_preposition(outer.start - 1) {
                continue;
            }
            if role.is_none() {
                *role = self.role_within(&inner);
            }
            outer.end = comma;
            return Some(outer);
        }
        None
    }

    /// `Malaysia's Prime Minister, Najib Razak,`.
    fn name_as_apposition(&self, inner: &Range<usize>, earlier: usize) -> Option<Phrase> {
        let (items, run) = self.run_items(inner.start)?;
        if items != *inner || run.name.is_empty() || run.possessive {
            return None;
        }
        let mut end = earlier;
        if end > 0 && self.is_mark(end - 1, ")") {
            end = self.before_brackets(end)?;
        }
        let role = self.role_ending(end).or_else(|| self.description(end))?;
        Some(Phrase {
            who: Who::Named {
                name: run.name.clone(),
                role: self.tokens(&role),
            },
            start: role.start,
            end: inner.end + 1,
        })
    }

    /// `Her old rival`: words that describe somebody although none of them is a known role.
    fn description(&self, end: usize) -> Option<Range<usize>> {
        let phrase = self.description_ending(end)?;
        (self.is_determiner(phrase.start) && phrase.end > phrase.start + 1)
            .then(|| phrase.start + 1..phrase.end)
    }

    /// The role phrase that ends before `end`: `Tunisia's coach`.
    pub(super) fn role_ending(&self, end: usize) -> Option<Range<usize>> {
        let mut start = end;
        let mut has_role = false;
        while start > 0 && end - start < 14 {
            let item = start - 1;
            let tied =
                self.language.tables.nouns.ties.contains(self.key(item)) || self.key(item) == "and";
            if !tied && (self.is_boundary(item) || self.is_preposition(item)) {
                break;
            }
            if self.is_determiner(item) {
                // `of the club` and `Leiter des Werks` continue; `the director` starts here.
                let within = item > 0
                    && (self.language.tables.nouns.ties.contains(self.key(item - 1))
                        || self.is_role(item - 1));
                if !within {
                    break;
                }
            }
            has_role |= self.is_role(item);
            start = item;
        }
        while start < end
            && (self.is_preposition(start) || self.is_boundary(start) || self.is_determiner(start))
        {
            start += 1;
        }
        (has_role && start < end).then_some(start..end)
    }

    /// The phrase whose last item is before `end`.
    pub(super) fn phrase_ending(&self, end: usize) -> Option<Phrase> {
        let last = end.checked_sub(1)?;
        let token = self.token(last)?;
        if let Some(gender) = self.language.tables.speech.pronouns.get(&token.key) {
            return Some(Phrase {
                who: Who::Pronoun(*gender, self.index(last)?),
                start: last,
                end,
            });
        }
        if let Some((items, run)) = self.run_items(last)
            && items.end == end
            && !run.possessive
        {
            return self.name_ending(&items, &run.name, run.personal);
        }
        self.description_ending(end)
    }

    /// `one poster`, `officials`, `a spokesman for the ministry`: from its determiner, or from the start of the line.
    fn description_ending(&self, end: usize) -> Option<Phrase> {
        let mut start = end;
        while start > 0 && end - start < 10 {
            let item = start - 1;
            let tied = self.language.tables.nouns.ties.contains(self.key(item));
            if self.is_boundary(item)
                || (self.is_preposition(item) && !tied)
                || self.is_speech(item)
            {
                break;
            }
            start = item;
            if self.is_determiner(item)
                && !(item > 0 && self.language.tables.nouns.ties.contains(self.key(item - 1)))
            {
                break;
            }
        }
        while start < end
            && (self.is_preposition(start)
                || self.token(start).is_some_and(|token| !token.is_word()))
        {
            start += 1;
        }
        let determined = start < end && self.is_determiner(start);
        let opens = start == 0 || !self.token(start - 1).is_some_and(Token::is_word);
        let words = end - start;
        let fits = words > 0 && (determined && words > 1 || opens && words <= 5);
        fits.then(|| {
            Some(Phrase {
                who: Who::Described(self.tokens(&(start..end))?),
                start,
                end,
            })
        })?
    }
}
