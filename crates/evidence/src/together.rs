//! Finds the date, noun and verb that go with one number of a sentence that has several.
//!
//! `52,000 visitors in 2021 and 67,500 in 2022`: the source says a number only together with its own year. Where nobody
//! can tell, nothing counts as agreeing.

use std::ops::Range;

use nutgraf_language::sense::lower;
use nutgraf_language::tokens::Token;
use nutgraf_language::units::Unit;

use super::forms::are_forms;
use super::sentence::{FoundDate, Sentence};

/// A date more than this many words after a number doesn't belong to it: the number, its noun and a preposition take
/// fewer.
const CLOSE: usize = 6;

/// The date that goes with a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Bound<'s> {
    /// This one, beside it.
    Close(&'s FoundDate),
    /// This one, as the only one that could be meant.
    Likely(&'s FoundDate),
    /// This one is near, but may belong to another number or clause.
    Unsure(&'s FoundDate),
    /// None.
    Nowhere,
}

impl Sentence<'_> {
    /// The date that goes with one of the amounts.
    pub(super) fn date_of(&self, index: usize) -> Bound<'_> {
        if let Some(date) = self.date_in_turn(index) {
            return Bound::Close(date);
        }
        let next = self.next_date(index);
        // `38 percent, three points lower than in 2021`
        if let Some(next) = next.filter(|next| self.is_compared(index, next)) {
            return Bound::Unsure(next);
        }
        if let Some(next) = next.filter(|next| self.is_close(index, next)) {
            return Bound::Close(next);
        }
        let own = &self.amounts[index].tokens;
        let previous = self.previous_date(index);
        // `in 2015 (475,300 passengers)`
        let opens = |date: &&FoundDate| {
            date.tokens.end + 1 == own.start && self.tokens[date.tokens.end].is_sign("(")
        };
        if let Some(date) = previous.filter(opens) {
            return Bound::Close(date);
        }
        match (previous, next) {
            (Some(date), next) => {
                // The date belongs to another number, which this one follows.
                let is_taken = self.amounts.iter().enumerate().any(|(other, amount)| {
                    amount.tokens.end <= date.tokens.start
                        && self.next_date(other) == Some(date)
                        && self.is_close(other, date)
                });
                let between = date.tokens.end..own.start;
                let from = &self.language.tables.figures.series_from;
                let is_from = from.contains(self.key(own.start.saturating_sub(1)));
                if is_taken && (is_from || between.clone().any(|at| self.leads_on(at))) {
                    return Bound::Unsure(date);
                }
                if between.clone().any(|at| self.is_offset(at)) {
                    return Bound::Unsure(date);
                }
                let is_same_part = self.part(date.tokens.start) == self.part(own.start)
                    || self.is_in_relative(date, own.start);
                match self.stands_alone(date) || is_same_part || is_taken {
                    true => Bound::Likely(date),
                    false if next.is_some_and(|next| self.is_same_part(index, next)) => {
                        next.map_or(Bound::Nowhere, Bound::Likely)
                    }
                    false => Bound::Unsure(date),
                }
            }
            (None, Some(date)) => {
                let may_be = self.is_same_part(index, date)
                    || self.stands_alone(date)
                    || self.is_shared(index, date);
                if may_be {
                    Bound::Likely(date)
                } else {
                    Bound::Unsure(date)
                }
            }
            (None, None) => Bound::Nowhere,
        }
    }

    /// `12 and 15 boats in 2021 and 2022`: the same number of dates as numbers, in the same order.
    fn date_in_turn(&self, index: usize) -> Option<&FoundDate> {
        let amounts = self.run(index, self.amounts.len(), |one, other| {
            let between = self.amounts[one].tokens.end..self.amounts[other].tokens.start;
            between.len() < 4
                && !self.has_date(&between)
                && !between.clone().any(|at| self.leads_on(at))
        });
        if amounts.len() < 2 {
            return None;
        }
        let near = |first: usize| {
            self.run(first, self.dates.len(), |one, other| {
                let between = self.dates[one].tokens.end..self.dates[other].tokens.start;
                between.len() < 3 && !self.has_amount(&between)
            })
        };
        let end = self.amounts[amounts.end - 1].tokens.end;
        let start = self.amounts[amounts.start].tokens.start;
        let behind = self.dates.iter().position(|date| date.tokens.start >= end);
        let before = self.dates.iter().rposition(|date| date.tokens.end <= start);
        let is_near = |between: Range<usize>| !self.has_amount(&between);
        let dates = [behind, before]
            .into_iter()
            .flatten()
            .map(near)
            .find(|dates| {
                let first = &self.dates[dates.start].tokens;
                let last = &self.dates[dates.end - 1].tokens;
                let between = if first.start >= end {
                    end..first.start
                } else {
                    last.end..start
                };
                dates.len() == amounts.len() && is_near(between)
            })?;
        self.dates.get(dates.start + index - amounts.start)
    }

    /// The neighbors of an item that belong together with it.
    fn run(&self, index: usize, n: usize, joined: impl Fn(usize, usize) -> bool) -> Range<usize> {
        let mut run = index..index + 1;
        while run.start > 0 && joined(run.start - 1, run.start) {
            run.start -= 1;
        }
        while run.end < n && joined(run.end - 1, run.end) {
            run.end += 1;
        }
        run
    }

    fn has_amount(&self, words: &Range<usize>) -> bool {
        self.amounts
            .iter()
            .any(|amount| words.contains(&amount.tokens.start))
    }

    /// Whether another date is right beside one: `in 2023 two weeks ago`.
    pub(super) fn has_date_beside(&self, date: &FoundDate) -> bool {
        let near = |one: &Range<usize>, other: &Range<usize>| {
            one.end <= other.start && one.end + 1 >= other.start
        };
        self.dates
            .iter()
            .any(|other| near(&date.tokens, &other.tokens) || near(&other.tokens, &date.tokens))
    }

    fn has_date(&self, words: &Range<usize>) -> bool {
        self.dates
            .iter()
            .any(|date| words.contains(&date.tokens.start))
    }

    /// The date after a number and those counted with it: `12 boats and 15 cars in 2021`.
    fn next_date(&self, index: usize) -> Option<&FoundDate> {
        let end = self.amounts[index].tokens.end;
        let next = self.dates.iter().find(|date| date.tokens.start >= end)?;
        // `(2021: 11)` is the date of what follows it.
        let heads = self
            .tokens
            .get(next.tokens.end)
            .is_some_and(|sign| sign.is_sign(":"));
        if heads {
            return None;
        }
        (!self.has_amount(&(end..next.tokens.start)) || self.is_shared(index, next)).then_some(next)
    }

    /// Whether the numbers between a number and a date share the date.
    fn is_shared(&self, index: usize, date: &FoundDate) -> bool {
        let end = self.amounts[index].tokens.end;
        let between = end..date.tokens.start;
        self.has_amount(&between)
            && !between.clone().any(|at| self.leads_on(at))
            && !self
                .dates
                .iter()
                .any(|other| other.tokens.end <= self.amounts[index].tokens.start)
    }

    /// The date before a number and those counted with it.
    fn previous_date(&self, index: usize) -> Option<&FoundDate> {
        let start = self.amounts[index].tokens.start;
        let previous = self
            .dates
            .iter()
            .rev()
            .find(|date| date.tokens.end <= start)?;
        let between = previous.tokens.end..start;
        let is_free = !between.clone().any(|at| self.leads_on(at)) || !self.has_amount(&between);
        is_free.then_some(previous)
    }

    /// Whether a date follows a number with nothing between them that separates the two.
    fn is_close(&self, index: usize, date: &FoundDate) -> bool {
        let end = self.amounts[index].tokens.end;
        let between = end..date.tokens.start;
        let is_in_brackets = !between.is_empty() && self.tokens[date.tokens.start - 1].is_sign("(");
        let is_same_part = if is_in_brackets {
            self.part(end - 1) == self.part(date.tokens.start.saturating_sub(2))
        } else {
            self.is_same_part(index, date)
        };
        between.len() <= CLOSE
            && !self.has_amount(&between)
            && is_same_part
            && !between.clone().any(|at| self.leads_on(at))
    }

    /// Whether a date is only what something is compared with: `than in 2021`.
    fn is_compared(&self, index: usize, date: &FoundDate) -> bool {
        let comparisons = &self.language.tables.clauses.comparisons;
        let start = date.tokens.start.saturating_sub(2);
        let mut before = self.amounts[index].tokens.end.max(start)..date.tokens.start;
        before.any(|at| comparisons.contains(self.key(at)))
    }

    fn is_same_part(&self, index: usize, date: &FoundDate) -> bool {
        self.part(self.amounts[index].tokens.end - 1) == self.part(date.tokens.start)
    }

    /// `two years after`: what follows has another date than the one before.
    fn is_offset(&self, at: usize) -> bool {
        let offsets = &self.language.tables.when.offsets;
        self.is_unit(at) && offsets.contains(self.key(at + 1))
    }

    /// `the flood of 1997, which killed 12 people`: a relative clause goes on with its date.
    fn is_in_relative(&self, date: &FoundDate, at: usize) -> bool {
        let end = date.tokens.end;
        let relatives = &self.language.tables.sense.relatives;
        self.tokens.get(end).is_some_and(|comma| comma.is_sign(","))
            && relatives.contains(self.key(end + 1))
            && self.part(end + 1) == self.part(at)
    }

    /// Whether a date is a separate part of the sentence, as `In 2022,` is.
    pub(super) fn stands_alone(&self, date: &FoundDate) -> bool {
        let part = self.part_tokens(self.part(date.tokens.start));
        let nouns = &self.language.tables.nouns;
        let is_small = |at: usize| {
            !self.tokens[at].is_word()
                || nouns.conjunctions.contains(self.key(at))
                || nouns.prepositions.contains(self.key(at))
                || self.language.tables.when.passed_over.contains(self.key(at))
        };
        let before = part.start..date.tokens.start.max(part.start);
        before.clone().all(is_small)
    }

    /// Whether a word links one number to another: `to`, `than`, `from`.
    pub(super) fn leads_on(&self, at: usize) -> bool {
        let figures = &self.language.tables.figures;
        let key = self.key(at);
        let is_before_amount = self
            .amounts
            .iter()
            .any(|amount| (1..=4).any(|step| amount.tokens.start == at + step));
        is_before_amount && (figures.series_to.contains(key) || figures.than.contains(key))
    }

    /// Words of a record's title that go with another number and not with this one.
    pub(super) fn stands_with_another(&self, index: usize, title: &[String]) -> Option<String> {
        let is_said = |at: usize| {
            self.tokens[at].is_word() && title.iter().any(|word| are_forms(word, self.key(at)))
        };
        let own = self.with(index);
        let has = |word: usize| {
            own.clone()
                .any(|at| are_forms(self.key(word), self.key(at)))
        };
        // Words that apply to all numbers don't distinguish one: this one needs a name or a noun of its own.
        let units: Vec<Range<usize>> = (0..self.amounts.len())
            .map(|other| self.unit_tokens(other))
            .collect();
        let is_unit = |at: usize| units.iter().any(|unit| unit.contains(&at));
        let is_other_name = |at: usize| self.is_named(at) && !is_said(at) && !is_unit(at);
        let has_other_name = own.clone().any(is_other_name);
        let has_other_verb = own.clone().any(|at| self.is_action(at) && !is_said(at));
        let noun = self.noun_of(index);
        let has_other_noun = noun.is_some_and(|mut noun| !noun.any(is_said));
        let rivals = (0..self.amounts.len()).filter(|other| *other != index);
        let mut words = rivals.flat_map(|other| self.with(other).map(move |at| (other, at)));
        let (_, at) = words.find(|(other, at)| {
            let is_noun = self.noun_of(*other).is_some_and(|noun| noun.contains(at));
            let is_rival = if is_noun {
                has_other_noun
            } else {
                (has_other_name && self.is_named(*at)) || (has_other_verb && self.is_action(*at))
            };
            is_rival && is_said(*at) && !has(*at)
        })?;
        Some(self.text(&(at..at + 1)).to_owned())
    }

    /// A name from a record's title that appears with other names in a part of the sentence without a number, while
    /// there are several numbers elsewhere: `With 58 percent, Harlow beat Brandt, who got 39.`
    pub(super) fn may_be_of_another(&self, index: usize, title: &[String]) -> Option<String> {
        let is_said = |at: &usize| title.iter().any(|word| are_forms(word, self.key(*at)));
        let is_named = |at: &usize| {
            self.is_named(*at) && self.noun_of(index).is_none_or(|noun| !noun.contains(at))
        };
        if self.amounts.len() < 2 || self.with(index).any(|at| is_said(&at) && is_named(&at)) {
            return None;
        }
        let n_parts = self.parts.last().map_or(0, |last| last + 1);
        let parts = (0..n_parts).map(|part| self.part_tokens(part));
        let mut parts = parts.filter(|part| !self.has_amount(part));
        let part = parts.find(|part| {
            let mut names = part.clone().filter(is_named);
            part.clone().any(|at| is_said(&at) && is_named(&at)) && names.any(|at| !is_said(&at))
        })?;
        let at = part.clone().find(|at| is_said(at) && is_named(at))?;
        Some(self.text(&(at..at + 1)).to_owned())
    }

    /// The words that go with one number only: its part of the sentence, and its noun.
    fn with(&self, index: usize) -> Range<usize> {
        let own = &self.amounts[index].tokens;
        let part = self.part_tokens(self.part(own.start));
        let others = self
            .amounts
            .iter()
            .enumerate()
            .filter(|(other, _)| *other != index);
        let mut with = part;
        // `Harlow beat Brandt, who got 39`: a relative clause says something of the name before it.
        let relatives = &self.language.tables.sense.relatives;
        let opening = with.clone().find(|at| self.tokens[*at].is_word());
        if let Some(opening) = opening.filter(|at| relatives.contains(self.key(*at)))
            && let Some(comma) = opening
                .checked_sub(1)
                .filter(|at| self.tokens[*at].is_sign(","))
        {
            let named = (0..comma).rev().take_while(|at| self.is_named(*at));
            with.start = named.last().unwrap_or(with.start);
        }
        for (_, other) in others {
            if with.contains(&other.tokens.start) {
                if other.tokens.start < own.start {
                    with.start = with.start.max(other.tokens.end);
                } else {
                    with.end = with.end.min(other.tokens.start);
                }
            }
        }
        with
    }

    /// The tokens of a number's unit, if it is none that is counted: `percent`, `euros`.
    pub(super) fn unit_tokens(&self, index: usize) -> Range<usize> {
        let end = self.amounts[index].tokens.end;
        let unit = self.language.unit_behind(&self.tokens, end);
        let unit = unit.filter(|unit| !matches!(unit.unit, Unit::Counted(_)));
        let n_words = unit.map_or(0, |unit| unit.words.split(' ').count());
        end..end + n_words
    }

    /// Whether a word is a verb of something that happened, by its looks.
    pub(super) fn is_action(&self, at: usize) -> bool {
        /// Shorter words end so by chance.
        const SHORTEST: usize = 4;
        let key = self.key(at);
        let clauses = &self.language.tables.clauses;
        let dated = &self.language.tables.date_words;
        let is_formed = |suffix: &String| key.len() > SHORTEST && key.ends_with(suffix.as_str());
        self.tokens[at].text.starts_with(char::is_lowercase)
            && !self.language.tables.nouns.verbs.contains(key)
            && !clauses.not_verbs.contains(key)
            && (clauses.past.contains(key)
                || dated.past.contains(key)
                || clauses.past_suffixes.iter().any(is_formed))
    }

    /// Whether a word looks like a name and isn't a date.
    fn is_named(&self, at: usize) -> bool {
        let token = &self.tokens[at];
        let is_date = self.dates.iter().any(|date| date.tokens.contains(&at));
        let is_number = self
            .amounts
            .iter()
            .any(|amount| amount.tokens.contains(&at));
        self.language.is_name_word(&token.text) && !self.is_unit(at) && !is_date && !is_number
    }

    /// The tokens of the noun that a number counts, judged by its form: a plural, or a capitalized word in a language
    /// that capitalizes nouns. `None` if the number has none of its own: `52,000 boats and 67,500 in 2022`.
    pub(super) fn noun_of(&self, index: usize) -> Option<Range<usize>> {
        let end = self.amounts[index].tokens.end;
        // `90 of them children`
        let of = &self.language.tables.numbers.of;
        let nouns = &self.language.tables.nouns;
        let is_pronoun = |token: &Token| {
            let key = lower(&token.text);
            token.is_word()
                && !self.language.is_numeral(token)
                && !self.language.is_plural(&key)
                && !nouns.determiners.contains(&*key)
                && !nouns.definite.contains(&*key)
                && !key.ends_with("'s")
        };
        let is_of_them = of.contains(self.key(end))
            && self.language.is_plural(self.key(end + 2))
            && self.tokens.get(end + 1).is_some_and(is_pronoun);
        if is_of_them {
            return Some(end + 2..end + 3);
        }
        // `1,200 of its 9,000 jobs`
        let next = self.amounts.get(index + 1).map(|next| next.tokens.start);
        if next.is_some_and(|next| self.is_of_whole(end..next)) {
            return self.noun_of(index + 1);
        }
        let unit = self.language.unit_behind(&self.tokens, end)?;
        let Unit::Counted(words) = unit.unit else {
            return None;
        };
        let words = end..end + words.len();
        let is_numeral = |at: &usize| self.language.is_numeral(&self.tokens[*at]);
        let words = end..words.clone().find(is_numeral).unwrap_or(words.end);
        // `les 11 autres` are of what was counted before.
        let more = &self.language.tables.figures.more;
        if words.len() == 1 && more.contains(self.key(words.start)) {
            return None;
        }
        let is_noun = |at: usize| {
            let text = &self.tokens[at].text;
            if self.language.tables.nouns.are_capitalized {
                text.starts_with(char::is_uppercase) && !self.is_unit(at)
            } else {
                self.language.is_plural(self.key(at))
            }
        };
        // Where adjectives agree with the noun, the first word shows the plural, too.
        let has_noun = if self.language.tables.nouns.adjectives_agree {
            is_noun(words.start)
        } else {
            words.clone().any(is_noun)
        };
        has_noun.then_some(words)
    }

    /// Whether the words between two numbers make the first a part of the second: `of its`.
    pub(super) fn is_of_whole(&self, words: Range<usize>) -> bool {
        let of = &self.language.tables.numbers.of;
        let nouns = &self.language.tables.nouns;
        let is_small = |at: usize| {
            let key = self.key(at);
            nouns.determiners.contains(key) || nouns.definite.contains(key)
        };
        let (first, mut rest) = (words.start, words.start + 1..words.end);
        // `1.200 seiner 9.000 Stellen`
        let has_case = self.language.tables.nouns.are_capitalized && is_small(first);
        let is_part = of.contains(self.key(first)) || has_case;
        !words.is_empty() && words.len() <= 3 && is_part && rest.all(is_small)
    }

    /// The tokens of the nouns that other numbers count. A number without a noun shares that of the previous number, or
    /// else of the next.
    pub(super) fn nouns_of_others(&self, index: usize) -> Vec<Range<usize>> {
        let shared = match self.noun_of(index) {
            Some(_) => None,
            None => {
                let has_noun = |other: &usize| self.noun_of(*other).is_some();
                let before = (0..index).rev().find(has_noun);
                before.or_else(|| (index + 1..self.amounts.len()).find(has_noun))
            }
        };
        let shared = shared.and_then(|shared| self.noun_of(shared));
        let others = (0..self.amounts.len()).filter(|other| *other != index);
        let others = others.filter_map(|other| self.noun_of(other));
        let own = self.noun_of(index);
        others
            .filter(|noun| Some(noun) != shared.as_ref() && Some(noun) != own.as_ref())
            .collect()
    }
}
