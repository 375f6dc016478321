//! Finds the clause of a sentence that a date belongs to.
//!
//! This isn't a parser: small words open clauses, commas close some of them, and a clause needs a verb.

use std::ops::Range;

use super::super::language::Language;
use super::super::text::Article;
use super::super::tokens::Token;

/// The clause that contains a date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Clause {
    /// The main clause, or one that happens at the same time.
    Main,
    /// A clause of its own, about what somebody says or what happens before or after: its tokens.
    Own(Range<usize>),
    /// `The bridge, which was built in 1931,`: the tokens of the thing described, and of the description.
    Relative(Range<usize>, Range<usize>),
    /// One that makes no statement on its own.
    None,
}

/// A sentence, to the extent that it is narrated and not quoted.
#[derive(Clone, Copy)]
pub(super) struct Sentence<'a> {
    pub(super) article: &'a Article,
    pub(super) language: &'a Language,
    /// For each token of the article from `start` on, whether it is in brackets or in a quotation.
    hidden: &'a [bool],
    start: usize,
}

impl<'a> Sentence<'a> {
    pub(super) fn new(
        article: &'a Article,
        language: &'a Language,
        hidden: &'a [bool],
        start: usize,
    ) -> Self {
        Self {
            article,
            language,
            hidden,
            start,
        }
    }

    pub(super) fn token(&self, at: usize) -> &'a Token {
        &self.article.tokens[at]
    }

    pub(super) fn key(&self, at: usize) -> &'a str {
        &self.token(at).key
    }

    /// Whether a token is in brackets or in a quotation.
    pub(super) fn is_hidden(&self, at: usize) -> bool {
        at.checked_sub(self.start)
            .and_then(|index| self.hidden.get(index))
            .is_some_and(|hidden| *hidden)
    }

    pub(super) fn is_comma(&self, at: usize) -> bool {
        self.token(at).is(",") && !self.is_hidden(at)
    }

    /// Whether a token is a verb that says what happened or will happen.
    pub(super) fn is_finite(&self, at: usize) -> bool {
        let token = self.token(at);
        let words = &self.language.tables.date_words;
        let clauses = &self.language.tables.clauses;
        if !token.is_word() || token.capital && at != self.start || self.is_hidden(at) {
            return false;
        }
        let key = token.key.as_str();
        if clauses.not_verbs.contains(key) {
            return self.is_future(at);
        }
        let ends = || {
            let mut suffixes = words.past_suffixes.iter().chain(&clauses.past_suffixes);
            key.chars().count() > 3 && suffixes.any(|suffix| key.ends_with(suffix.as_str()))
        };
        words.past.contains(key)
            || clauses.past.contains(key)
            || self.is_future(at)
            || self.language.tables.speech.verbs.contains(key) && ends()
            || ends()
    }

    /// Whether a token is a form of *be*, *have* or the like.
    pub(super) fn is_auxiliary(&self, at: usize) -> bool {
        self.language.tables.nouns.verbs.contains(self.key(at))
    }

    /// Whether a token is a verb as far as is known without what is around it.
    pub(super) fn is_verb(&self, at: usize) -> bool {
        self.is_finite(at) || self.is_auxiliary(at)
    }

    /// Whether a word puts its clause in the future.
    pub(super) fn is_future(&self, at: usize) -> bool {
        let words = &self.language.tables.date_words;
        let key = self.key(at);
        words.future.contains(key)
            || words
                .future_suffixes
                .iter()
                .any(|suffix| key.len() > 4 && key.ends_with(suffix.as_str()))
            || self
                .language
                .future
                .find(key, |offset| {
                    let tokens = &self.article.tokens;
                    tokens.get(at + offset).map(|token| token.key.as_str())
                })
                .is_some()
    }

    pub(super) fn has_verb(&self, range: Range<usize>) -> bool {
        range.into_iter().any(|at| self.is_finite(at))
    }

    pub(super) fn n_words(&self, range: Range<usize>) -> usize {
        let tokens = &self.article.tokens[range];
        let words = tokens
            .iter()
            .filter(|token| token.is_word() || token.is_number());
        words.count()
    }

    /// The next comma from a token on, or the end if there is none.
    pub(super) fn comma_from(&self, from: usize, end: usize) -> usize {
        (from..end).find(|at| self.is_comma(*at)).unwrap_or(end)
    }

    fn is_speech(&self, at: usize) -> bool {
        let speech = &self.language.tables.speech;
        let key = self.key(at);
        speech.verbs.contains(key)
            && !speech.nouns.contains(key)
            && !self.token(at).capital
            && !self.is_hidden(at)
    }

    /// The first verb of speech in a range.
    pub(super) fn speech_in(&self, range: Range<usize>) -> Option<usize> {
        range.into_iter().find(|at| self.is_speech(*at))
    }

    /// Whether a noun phrase can start at a token: `the`, `a`, `14`, a name.
    pub(super) fn starts_subject(&self, at: usize) -> bool {
        let token = self.token(at);
        let nouns = &self.language.tables.nouns;
        token.is_number()
            || token.is_word()
                && (token.capital
                    || nouns.determiners.contains(&token.key)
                    || self
                        .language
                        .tables
                        .clauses
                        .pronouns
                        .contains_key(&token.key)
                    || self.language.tables.numbers.words.contains_key(&token.key))
    }

    /// The clause within `sentence` that a date belongs to whose words start at `lead`.
    pub(super) fn clause_of(&self, sentence: &Range<usize>, lead: usize, end: usize) -> Clause {
        let words = &self.language.tables.clauses;
        if self.is_aside(sentence, lead, end) || self.is_reduced(sentence, lead, end) {
            return Clause::None;
        }
        let mut closed = false;
        for at in (sentence.start..lead).rev() {
            if self.is_hidden(at) {
                continue;
            }
            if self.is_comma(at) {
                closed = true;
                continue;
            }
            let key = self.key(at);
            if !self.token(at).is_word() || self.token(at).capital && at != sentence.start {
                continue;
            }
            let opens = at == sentence.start || self.token(at - 1).is(",");
            let own = at + 1..self.comma_from(lead.max(end), sentence.end);
            if words.complements.contains(key) && self.says_before(sentence.start, at) {
                return self.own(at + 1..sentence.end);
            }
            if closed && (opens || !words.same_time.contains(key)) {
                // A clause that a comma closed before the date doesn't contain the date.
                if words.relatives.contains(key) || words.other_time.contains(key) {
                    continue;
                }
            }
            if words.relatives.contains(key) && opens && !closed && at > sentence.start {
                return self.relative(sentence, at, lead, end);
            }
            if words.same_time.contains(key) && !closed && self.has_verb(own.clone()) {
                return Clause::Main;
            }
            if words.relatives.contains(key)
                && !opens
                && !closed
                && !words.complements.contains(key)
                && self.has_verb(at + 1..lead)
            {
                return Clause::None;
            }
            if words.other_time.contains(key) && !closed {
                if self.has_verb(own.clone())
                    && self.starts_subject(at + 1)
                    && !self.is_date(at + 1)
                {
                    return self.own(own);
                }
                if at + 1 < lead && self.is_infinite(at + 1) {
                    return Clause::None;
                }
            }
        }
        self.told(sentence, lead, end)
    }

    /// `Sloane, a Democrat first elected in 2008, was sentenced`: whether the date is in what separates the subject
    /// from its verb.
    fn is_aside(&self, sentence: &Range<usize>, lead: usize, end: usize) -> bool {
        let Some(open) = (sentence.start..lead).rev().find(|at| self.is_comma(*at)) else {
            return false;
        };
        let relatives = &self.language.tables.clauses.relatives;
        let first = (sentence.start..lead)
            .find(|at| self.is_comma(*at))
            .unwrap_or(open);
        let relative = relatives.contains(self.key(open + 1));
        let close = self.comma_from(end, sentence.end);
        let goes_on = close + 1 < sentence.end
            && (self.is_verb(close + 1) || self.is_finite((close + 2).min(sentence.end - 1)));
        let participle =
            open == first && self.is_participle(open + 1) && !self.has_verb(open + 2..lead);
        !relative
            && !self.has_verb(sentence.start..first)
            && self.n_words(sentence.start..first) <= 8
            && (self.starts_subject(sentence.start) || !self.token(sentence.start).is_word())
            && (goes_on && !self.is_finite(close.saturating_sub(1)) || participle)
    }

    /// `A lawsuit filed on Monday is to be heard`: a participle followed by another verb.
    fn is_reduced(&self, sentence: &Range<usize>, lead: usize, end: usize) -> bool {
        let Some(participle) = lead.checked_sub(1).filter(|at| *at > sentence.start) else {
            return false;
        };
        let words = &self.language.tables.clauses;
        let is_participle =
            self.is_participle(participle) && !self.has_verb(sentence.start..participle);
        let close = self.comma_from(end, sentence.end);
        let joined = |at: usize| {
            words.coordinators.contains(self.key(at))
                || words.same_time.contains(self.key(at))
                || words.other_time.contains(self.key(at))
                || words.complements.contains(self.key(at))
                || words.relatives.contains(self.key(at))
        };
        let verb = (end..close).find(|at| self.is_finite(*at) || joined(*at));
        is_participle && !words.verb_second && verb.is_some_and(|at| !joined(at))
    }

    /// `said that`, `found out how`: whether a complement that starts here is what somebody says or finds.
    fn says_before(&self, start: usize, at: usize) -> bool {
        let near = start.max(at.saturating_sub(9))..at;
        let mut verbs = near.rev().take_while(|index| !self.is_comma(*index));
        let words = &self.language.tables.clauses;
        verbs.any(|index| {
            let key = self.key(index);
            self.is_speech(index) || words.announcing.contains(key) || words.reporting.contains(key)
        })
    }

    pub(super) fn is_participle(&self, at: usize) -> bool {
        let words = &self.language.tables.clauses;
        let key = self.key(at);
        let ends = |suffix: &String| key.chars().count() > 4 && key.ends_with(suffix.as_str());
        !self.token(at).capital
            && !words.not_verbs.contains(key)
            && (words.participles.contains(key) || words.participle_suffixes.iter().any(ends))
    }

    fn is_date(&self, at: usize) -> bool {
        let key = self.key(at);
        self.token(at).is_number()
            || self.language.months.contains_key(key)
            || self.language.weekdays.contains_key(key)
    }

    fn is_infinite(&self, at: usize) -> bool {
        let key = self.key(at);
        let mut suffixes = self.language.tables.clauses.infinite_suffixes.iter();
        key.len() > 4 && suffixes.any(|suffix| key.ends_with(suffix.as_str()))
    }

    fn own(&self, range: Range<usize>) -> Clause {
        if self.has_verb(range.clone()) && !self.is_finite(range.start) {
            Clause::Own(range)
        } else {
            Clause::None
        }
    }

    /// `The bridge, which was built in 1931,`.
    fn relative(&self, sentence: &Range<usize>, at: usize, lead: usize, end: usize) -> Clause {
        let head = sentence.start..at - 1;
        let close = self.comma_from(lead.max(end), sentence.end);
        let is_head = !self.has_verb(head.clone())
            && self.n_words(head.clone()) <= 9
            && self.starts_subject(head.start)
            && !head.clone().any(|at| self.is_comma(at));
        let tells = at + 1 < close && self.is_finite(at + 1);
        if is_head && tells && !self.language.tables.clauses.verb_second {
            Clause::Relative(head, at + 1..close)
        } else {
            Clause::None
        }
    }

    /// `Police said the fire broke out on Monday`: a separate clause after a verb of speech, without `that`.
    fn told(&self, sentence: &Range<usize>, lead: usize, end: usize) -> Clause {
        if self.language.tables.clauses.verb_second {
            return Clause::Main;
        }
        for verb in sentence.start + 1..lead {
            if !self.is_speech(verb) || verb + 1 >= lead {
                continue;
            }
            let next = self.token(verb + 1);
            let goes_on = next.is_word() && self.starts_subject(verb + 1);
            if goes_on
                && self.has_verb(verb + 2..lead)
                && !(verb + 1..lead).any(|at| self.is_comma(at))
            {
                return Clause::Own(verb + 1..sentence.end.max(end));
            }
        }
        Clause::Main
    }
}
