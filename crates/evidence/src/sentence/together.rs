//! Finds the noun and the words of a title that go with one number of a sentence that has several.

use std::ops::Range;

use nutgraf_language::sense::lower;
use nutgraf_language::tokens::Token;
use nutgraf_language::units::Unit;

use crate::forms::are_forms;
use crate::sentence::Sentence;

impl Sentence<'_> {
    /// Words of a record's title that go with another number and not with this one.
    pub(crate) fn stands_with_another(&self, index: usize, title: &[String]) -> Option<String> {
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
        Some(self.word(at).to_owned())
    }

    /// A name from a record's title that appears with other names in a part of the sentence without a number, while
    /// there are several numbers elsewhere: `With 58 percent, Harlow beat Brandt, who got 39.`
    pub(crate) fn may_be_of_another(&self, index: usize, title: &[String]) -> Option<String> {
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
        Some(self.word(at).to_owned())
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
    pub(crate) fn unit_tokens(&self, index: usize) -> Range<usize> {
        let end = self.amounts[index].tokens.end;
        let unit = self.language.unit_behind(&self.tokens, end);
        let unit = unit.filter(|unit| !matches!(unit.unit, Unit::Counted(_)));
        let n_words = unit.map_or(0, |unit| unit.words.split(' ').count());
        end..end + n_words
    }

    /// Whether a word is a verb of something that happened, by its looks.
    pub(crate) fn is_action(&self, at: usize) -> bool {
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
        self.language.is_name_word(&token.text)
            && !self.is_unit(at)
            && !self.is_date(at)
            && !self.is_amount(at)
    }

    /// The tokens of the noun that a number counts, judged by its form: a plural, or a capitalized word in a language
    /// that capitalizes nouns. `None` if the number has none of its own: `52,000 boats and 67,500 in 2022`.
    pub(crate) fn noun_of(&self, index: usize) -> Option<Range<usize>> {
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
    pub(crate) fn is_of_whole(&self, words: Range<usize>) -> bool {
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
    pub(crate) fn nouns_of_others(&self, index: usize) -> Vec<Range<usize>> {
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
