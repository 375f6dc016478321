//! Tells whether the words that a title would keep are a sentence, and what there is to say if they aren't.

use std::ops::Range;

use super::{Title, Titler};

/// Up to how many words may come before a verb at the end of a German clause that isn't subordinate: `Der Rat tagte`.
const SHORT: usize = 3;

impl Titler<'_> {
    /// Whether some words have no verb of their own: `In a study published in May`, `A report, which was due`.
    ///
    /// The verb of a sentence is in none of its asides, relative clauses or clauses of time.
    pub(super) fn is_fragment(&self, kept: &[usize]) -> bool {
        let Some(first) = kept.first() else {
            return true;
        };
        // What is still to come is often told in the present, whose verbs aren't all known.
        if self.mention.expected && !kept.iter().any(|at| self.sentence.is_finite(*at)) {
            return false;
        }
        let mut start = *first;
        let mut n_commas = 0;
        let mut is_subordinate = self.opens_below(start);
        for (index, at) in kept.iter().copied().enumerate() {
            if self.sentence.is_comma(at) {
                start = kept.get(index + 1).copied().unwrap_or(at);
                n_commas += 1;
                // Behind the aside of a subject comes its verb: `The bridge, built in 1931, closed`.
                let is_aside = n_commas == 1 && self.is_aside(start);
                is_subordinate = self.opens_below(start) || is_aside;
                continue;
            }
            if at > start && self.opens_inside(at) {
                is_subordinate = true;
            }
            // `Planning permission`: a sentence doesn't begin with its verb, where subjects aren't dropped.
            let is_first = at == *first && !self.reading.language.tables.speech.drops_subject;
            let next = kept.get(index + 1);
            let is_alone = at == start && next.is_none_or(|next| self.sentence.is_comma(*next));
            let is_verb = self.sentence.is_verb(at)
                && !is_first
                && !is_alone
                && !is_subordinate
                && !self.is_final(at, start)
                && !self.modifies(at, start);
            if is_verb {
                return false;
            }
        }
        true
    }

    /// Whether it can't be told of whom the sentence is, as a pronoun comes first in what isn't aside: `In a statement, it said`.
    pub(super) fn is_of_nobody(&self, kept: &[usize]) -> bool {
        let clauses = &self.reading.language.tables.clauses;
        let stands_for_somebody = |at: usize| {
            let key = self.sentence.key(at);
            clauses.pronouns.contains_key(key) && !clauses.clitics.contains(key)
        };
        let mut pairs = kept.windows(2).enumerate();
        pairs.any(|(index, pair)| {
            let [comma, next] = *pair else {
                return false;
            };
            self.sentence.is_comma(comma)
                && stands_for_somebody(next)
                && self.is_fragment(&kept[..index])
                && kept
                    .get(index + 2)
                    .is_some_and(|verb| self.sentence.is_verb(*verb))
        })
    }

    /// Whether a clause is about something before it: `, granted by the district,`.
    fn is_aside(&self, start: usize) -> bool {
        !self.reading.language.tables.clauses.verb_second && self.sentence.is_participle(start)
    }

    /// Whether a word at the start of a clause makes it part of another one.
    fn opens_below(&self, at: usize) -> bool {
        let tables = &self.reading.language.tables;
        let clauses = &tables.clauses;
        let key = self.sentence.key(at);
        // `Since March, the port has been closed`: the word belongs to a date.
        let is_dated = tables.nouns.prepositions.contains(key)
            && !self.sentence.has_verb(at + 1..self.next_comma(at));
        let is_opener = clauses.relatives.contains(key)
            || clauses.same_time.contains(key)
            || clauses.other_time.contains(key);
        // `The`, `Die`: in German, articles are relative pronouns too.
        let is_article = tables.nouns.determiners.contains(key) && !self.follows_comma(at);
        let opens = clauses.subordinate.iter().any(|words| {
            let mut words = words.split(' ').enumerate();
            words.all(|(offset, word)| {
                let tokens = &self.reading.article.tokens;
                tokens
                    .get(at + offset)
                    .is_some_and(|token| token.key == word)
            })
        });
        opens || is_opener && !is_article && !is_dated
    }

    /// The same for a word without a comma before it: `that`, `which`, `because`.
    fn opens_inside(&self, at: usize) -> bool {
        let tables = &self.reading.language.tables;
        let clauses = &tables.clauses;
        let key = self.sentence.key(at);
        let is_opener = clauses.relatives.contains(key)
            || clauses.complements.contains(key)
            || clauses.other_time.contains(key);
        is_opener
            && !tables.nouns.determiners.contains(key)
            && !tables.nouns.prepositions.contains(key)
            && !clauses.verb_second
    }

    fn follows_comma(&self, at: usize) -> bool {
        at.checked_sub(1)
            .is_some_and(|before| self.sentence.is_comma(before))
    }

    fn next_comma(&self, at: usize) -> usize {
        let sentence = self.reading.article.sentence_at(at);
        let end = self.reading.article.sentences[sentence].tokens.end;
        self.sentence.comma_from(at, end)
    }

    /// Whether a German verb is at the end of its clause, as in subordinate ones: `die Halle erst mittags öffnete`.
    fn is_final(&self, at: usize, start: usize) -> bool {
        let tables = &self.reading.language.tables;
        if !tables.clauses.verb_second || self.sentence.n_words(start..at) <= SHORT {
            return false;
        }
        let has_earlier = self.sentence.has_verb(start..at);
        let next = self.reading.article.tokens.get(at + 1);
        let ends = next.is_none_or(|next| {
            !next.is_word() && !next.is_number() || tables.clauses.coordinators.contains(&next.key)
        });
        ends && !has_earlier
    }

    /// Whether a participle says something of the noun before it, in a phrase that starts with a preposition: `In a study
    /// published`, but not `In a study the team found`.
    fn modifies(&self, at: usize, start: usize) -> bool {
        let nouns = &self.reading.language.tables.nouns;
        let is_preposition = |at: usize| nouns.prepositions.contains(self.sentence.key(at));
        let goes_on = |at: usize| {
            is_preposition(at - 1)
                || nouns.determiners.contains(self.sentence.key(at - 1))
                || self.sentence.token(at).capital && self.sentence.token(at - 1).capital
        };
        let opens_noun = |at: usize| self.sentence.starts_subject(at) && !goes_on(at);
        !self.reading.language.tables.clauses.verb_second
            && is_preposition(start)
            && self.sentence.is_participle(at)
            && !(start + 1..at).any(opens_noun)
    }

    /// Whether a date other than the one in question begins in a range.
    fn has_other_date(&self, range: &Range<usize>) -> bool {
        let mut dates = self.reading.dates.iter();
        dates.any(|date| range.contains(&date.tokens.start) && date.tokens != self.mention.tokens)
    }

    /// The whole sentence with its date, without who says so: what there is to say of a date where no clause makes a
    /// sentence. `None` if it makes none either, or has another date: it tells of that.
    pub(super) fn entire(&self, part: Range<usize>) -> Option<Title> {
        if self.has_other_date(&part) {
            return None;
        }
        let range = self.without_openers(self.without_attribution(part)?);
        let range = self.without_credit(range)?;
        if self.long_quote(&range).is_some() {
            return None;
        }
        let mut kept: Vec<usize> = range.filter(|at| !self.is_bracketed(*at)).collect();
        while kept.first().is_some_and(|at| !self.can_start(*at)) {
            kept.remove(0);
        }
        while kept.last().is_some_and(|at| !self.can_end(*at)) {
            kept.pop();
        }
        let title = self.worded(&self.reading.article, &kept)?;
        (!self.is_fragment(&kept)).then_some(title)
    }

    /// The second of two sentences, if the date belongs to that, or the subject of both and the second verb: `Berg was in office
    /// from 2011 and was re-elected in 2023`.
    pub(super) fn without_first(&self, range: &Range<usize>) -> Option<Vec<Range<usize>>> {
        let clauses = &self.reading.language.tables.clauses;
        let coordinators = &clauses.coordinators;
        if self.mention.tokens.is_empty() {
            return None;
        }
        // `The fungus was suspected, but tests in 2011 found no trace of it`.
        let second = (range.start..self.lead).rev().find(|at| {
            coordinators.contains(self.sentence.key(*at))
                && self.follows_comma(*at)
                && self.may_start_subject(at + 1)
                && !self.in_list(range, at - 1)
        });
        if let Some(second) = second
            && self.sentence.has_verb(range.start..second)
            && self
                .sentence
                .has_verb(second + 1..self.sentence.comma_from(self.lead, range.end))
            && !clauses.pronouns.contains_key(self.sentence.key(second + 1))
        {
            let second = second + 1..range.end;
            return Some(vec![second]);
        }
        let joint = (range.start..self.lead).rev().find(|at| {
            coordinators.contains(self.sentence.key(*at)) && self.sentence.is_verb(at + 1)
        })?;
        let comma = (range.start..joint)
            .rev()
            .find(|at| self.sentence.is_comma(*at));
        if comma.is_some_and(|comma| self.is_aside(comma + 1) || self.opens_below(comma + 1)) {
            return None;
        }
        let is_dated = self.has_other_date(&(range.start..joint));
        let verb = (range.start..joint).find(|at| self.sentence.is_finite(*at))?;
        let mut subject = range.start..verb.min(self.sentence.comma_from(range.start, joint));
        // `Berg se presentó en 2011 y ganó en 2023`.
        let clitics = &self.reading.language.tables.clauses.clitics;
        while !subject.is_empty() && clitics.contains(self.sentence.key(subject.end - 1)) {
            subject.end -= 1;
        }
        (is_dated && self.sentence.n_words(subject.clone()) > 0)
            .then(|| vec![subject, joint + 1..range.end])
    }

    /// A clause without what a relative clause says of its subject, if that is none of the date's: `Tranmere, who was
    /// treasurer until 2022, pleaded guilty`.
    pub(super) fn without_relative(&self, range: Range<usize>) -> Vec<Range<usize>> {
        let relatives = &self.reading.language.tables.clauses.relatives;
        let open = self.sentence.comma_from(range.start, range.end);
        let close = self.sentence.comma_from(open + 1, range.end);
        let is_subject = open < close
            && close + 1 < range.end
            && relatives.contains(self.sentence.key(open + 1))
            && !self.sentence.has_verb(range.start..open)
            && !(open..=close).contains(&self.lead)
            && self.sentence.has_verb(close + 1..range.end)
            && self.sentence.is_verb(close + 1);
        if is_subject && (self.has_other_date(&(open..close)) || self.is_over(&range)) {
            return vec![range.start..open, close + 1..range.end];
        }
        vec![range]
    }

    /// Whether a word may begin a clause with a subject of its own: `tests`, `the port`, but not `failed`, `in`.
    fn may_start_subject(&self, at: usize) -> bool {
        let nouns = &self.reading.language.tables.nouns;
        let is_known = self.sentence.is_verb(at)
            || nouns.prepositions.contains(self.sentence.key(at))
            || self.opens_below(at);
        self.sentence.starts_subject(at) || !is_known
    }
}
