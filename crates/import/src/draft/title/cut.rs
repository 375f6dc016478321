//! Decides which part of its sentence becomes a title.

use std::ops::Range;

use super::{FEWEST_WORDS, Titler};

/// After how many words a title may be cut at a clause: fewer seldom make a statement.
const CUT_BEHIND: usize = 7;
/// From this many words on, a title is cut where possible; headlines are about half as long.
const LONG: usize = 20;
/// How many quoted words a title may contain: a phrase. A whole statement belongs in a reaction.
const QUOTED: usize = 6;

impl Titler<'_> {
    /// `On Monday, however, the council voted`: drops the words that only lead up to the statement.
    pub(super) fn without_openers(&self, range: Range<usize>) -> Range<usize> {
        let tables = &self.reading.language.tables;
        let mut start = range.start;
        'words: while start < range.end {
            let token = self.sentence.token(start);
            if !token.is_word()
                && !token.is_number()
                && !matches!(
                    token.key.as_str(),
                    "$" | "€" | "£" | "\"" | "“" | "«" | "„" | "'" | "‘"
                )
            {
                start += 1;
                continue;
            }
            for length in (1..=3).rev() {
                if start + length >= range.end {
                    continue;
                }
                let keys: Vec<&str> = (start..start + length)
                    .map(|at| self.sentence.key(at))
                    .collect();
                let is_opener = tables.clauses.openers.contains(&keys.join(" "))
                    && (length > 1
                        || self.sentence.token(start + length).is(",")
                        || tables.clauses.coordinators.contains(keys[0]));
                if is_opener && !(start..start + length).contains(&self.mention.tokens.start) {
                    start += length;
                    continue 'words;
                }
            }
            break;
        }
        start..range.end
    }

    /// `…, officials said`, `…, according to the police`: drops the attribution; `None` if the date is that of the
    /// statement.
    pub(super) fn without_attribution(&self, range: Range<usize>) -> Option<Range<usize>> {
        let commas = range.clone().filter(|at| self.sentence.is_comma(*at));
        let Some(comma) = commas
            .rev()
            .find(|comma| self.attributes(*comma + 1..range.end))
        else {
            return Some(self.without_credit_behind(range));
        };
        let modals = &self.reading.language.tables.sense.modals;
        let is_modal = |at: usize| modals.iter().any(|modal| modal == self.sentence.key(at));
        let says_something = (self.sentence.has_verb(range.start..comma)
            || (range.start..comma).any(is_modal))
            && self.sentence.n_words(range.start..comma) > FEWEST_WORDS;
        if self.lead > comma && self.credit_at(comma + 1) > 0 {
            return None;
        }
        if !says_something {
            return Some(range);
        }
        if self.lead > comma {
            // An announcement on a day is told as an event of that day.
            let announces = (comma + 1..range.end).any(|at| self.is_announcing(at));
            return announces.then_some(range);
        }
        Some(range.start..comma)
    }

    pub(super) fn without_credit_behind(&self, range: Range<usize>) -> Range<usize> {
        let credit = (range.start + FEWEST_WORDS..range.end)
            .find(|at| !self.sentence.is_hidden(*at) && self.credit_at(*at) > 1);
        match credit {
            Some(at)
                if self.mention.tokens.end <= at && self.sentence.has_verb(range.start..at) =>
            {
                range.start..at
            }
            Some(_) | None => range,
        }
    }

    pub(super) fn credit_at(&self, at: usize) -> usize {
        let tokens = &self.reading.article.tokens;
        let found = self
            .reading
            .language
            .credits
            .find(self.sentence.key(at), |offset| {
                tokens.get(at + offset).map(|token| token.key.as_str())
            });
        found.map_or(0, |(length, ())| length)
    }

    /// Whether the words after a comma are only an attribution.
    pub(super) fn attributes(&self, rest: Range<usize>) -> bool {
        if rest.is_empty() || rest.len() > 18 {
            return false;
        }
        if self.credit_at(rest.start) > 0 {
            return true;
        }
        let first = self.sentence.key(rest.start);
        let tables = &self.reading.language.tables;
        // `, wie das Amt mitteilte`, `, as the mayor said`.
        if tables.clauses.attributing.contains(first) {
            let speech = self.sentence.speech_in(rest.clone());
            return speech.is_some_and(|verb| !self.sentence.has_verb(verb + 1..rest.end));
        }
        let opens_clause = tables.clauses.relatives.contains(first)
            || tables.clauses.coordinators.contains(first)
            || tables.clauses.same_time.contains(first)
            || tables.clauses.other_time.contains(first)
            || tables.speech.participles.contains(first);
        if opens_clause {
            return false;
        }
        let Some(verb) = self.sentence.speech_in(rest.clone()) else {
            return false;
        };
        // `, the mayor said on Monday` adds nothing; `, the mayor told a court that` does.
        let behind = verb + 1..rest.end;
        let more = behind.clone().any(|at| {
            self.sentence.is_finite(at)
                || tables.clauses.complements.contains(self.sentence.key(at))
        });
        let object = verb > rest.start
            && verb + 1 < rest.end
            && tables
                .numbers
                .articles
                .contains(self.sentence.key(verb + 1));
        let is_infinite = self.sentence.key(verb).ends_with("ing");
        !more && !object && !is_infinite && verb - rest.start <= 10
    }

    pub(super) fn is_announcing(&self, at: usize) -> bool {
        let announcing = &self.reading.language.tables.clauses.announcing;
        announcing.contains(self.sentence.key(at)) && !self.sentence.is_hidden(at)
    }

    /// `According to police, …`.
    pub(super) fn without_credit(&self, range: Range<usize>) -> Option<Range<usize>> {
        if self.credit_at(range.start) == 0 {
            return Some(range);
        }
        let comma = self.sentence.comma_from(range.start, range.end);
        (comma < range.end && self.lead > comma).then(|| comma + 1..range.end)
    }

    /// Whether all that happens on that day is that somebody speaks about something else.
    pub(super) fn only_says(&self, range: &Range<usize>) -> bool {
        let Some(verb) = range.clone().find(|at| self.sentence.is_finite(*at)) else {
            return false;
        };
        let speech = &self.reading.language.tables.speech;
        let key = self.sentence.key(verb);
        let says =
            speech.verbs.contains(key) && !speech.weak.contains(key) && !self.is_announcing(verb);
        let announces = range
            .clone()
            .any(|at| self.is_announcing(at) && at < verb + 4);
        says && !announces
    }

    /// Drops a second event that has a date of its own.
    pub(super) fn alone(&self, range: Range<usize>) -> Option<Range<usize>> {
        let others = self.reading.dates.iter().filter(|other| {
            other.tokens.start >= self.mention.tokens.end && other.tokens.start < range.end
        });
        let clauses = &self.reading.language.tables.clauses;
        for other in others {
            let cut = (self.mention.tokens.end..other.tokens.start)
                .rev()
                .find(|at| {
                    let key = self.sentence.key(*at);
                    let joins = clauses.coordinators.contains(key) || self.sentence.is_comma(*at);
                    joins
                        && !self.sentence.is_hidden(*at)
                        && self.sentence.has_verb(*at + 1..other.tokens.end)
                });
            if let Some(cut) = cut
                && self.sentence.has_verb(range.start..cut)
            {
                return Some(range.start..cut);
            }
        }
        // `declared an emergency on Sunday and asked for help`: one sentence, one event.
        let joined = (self.mention.tokens.end..range.end.saturating_sub(1)).find(|at| {
            let joins = clauses.coordinators.contains(self.sentence.key(*at));
            joins && !self.sentence.is_hidden(*at) && self.sentence.is_finite(*at + 1)
        });
        let enough = |cut: usize| {
            let dropped = if self.is_dropped() {
                self.sentence.n_words(self.lead..self.mention.tokens.end)
            } else {
                0
            };
            self.sentence.n_words(range.start..cut) > FEWEST_WORDS + dropped
        };
        match joined.filter(|cut| enough(*cut) && self.sentence.has_verb(range.start..*cut)) {
            Some(cut) => Some(range.start..cut),
            None => Some(range),
        }
    }

    /// Whether a title would be longer than is good.
    pub(super) fn is_over(&self, range: &Range<usize>) -> bool {
        self.sentence.n_words(range.clone()) > LONG
    }

    /// Whether a title that is cut here would end in the middle of something: before the object of its verb, in a clause that
    /// has no verb yet, or before the second verb, whose date it is.
    fn is_amid(&self, range: &Range<usize>, at: usize) -> bool {
        let tables = &self.reading.language.tables;
        let clauses = &tables.clauses;
        let dated = self.dated();
        let before = (range.start..at).rev().find(|at| !dated.contains(at));
        let awaits = self.sentence.is_comma(at)
            && at + 1 < range.end
            && tables
                .nouns
                .prepositions
                .contains(self.sentence.key(at + 1))
            && before.is_some_and(|before| self.sentence.is_finite(before));
        let opener = (range.start + 1..at).rev().find(|at| {
            let key = self.sentence.key(*at);
            let opens = clauses.same_time.contains(key) || clauses.relatives.contains(key);
            opens && !tables.nouns.determiners.contains(key)
        });
        let is_open = opener.is_some_and(|opener| !self.sentence.has_verb(opener + 1..at));
        let is_of_another = at < self.lead && self.sentence.has_verb(at + 1..self.lead);
        awaits || is_open || is_of_another
    }

    /// Whether an infinitive with its object follows a comma: `beschlossen, die Ausschreibung aufzuheben`.
    fn is_infinitive(&self, comma: usize, end: usize) -> bool {
        let tables = &self.reading.language.tables;
        let clause = comma + 1..self.sentence.comma_from(comma + 1, end);
        let is_split = |key: &str| {
            let inner = key.get(2..).unwrap_or_default();
            key.ends_with('n')
                && tables
                    .date_words
                    .infinitive
                    .iter()
                    .any(|word| inner.contains(word.as_str()))
        };
        tables.clauses.verb_second
            && clause.into_iter().any(|at| {
                let key = self.sentence.key(at);
                tables.date_words.infinitive.contains(key) || is_split(key)
            })
    }

    /// A long clause, cut where another one is attached.
    pub(super) fn shortened(&self, range: Range<usize>) -> Range<usize> {
        let quote = self.long_quote(&range);
        let limit = quote.unwrap_or(range.end);
        if !self.is_over(&range) && quote.is_none() {
            return range;
        }
        let tables = &self.reading.language.tables;
        let clauses = &tables.clauses;
        let first = (range.start..limit)
            .find(|at| self.sentence.n_words(range.start..*at) >= CUT_BEHIND)
            .unwrap_or(limit);
        let last_needed = if self.is_dropped() {
            self.first_verb(&range) + 1
        } else {
            self.mention.tokens.end
        };
        let can_cut = |at: usize| {
            if self.sentence.is_hidden(at) || at < last_needed || self.is_amid(&range, at) {
                return false;
            }
            let next = at + 1;
            if next >= range.end {
                return false;
            }
            let key = self.sentence.key(next);
            if self.sentence.is_comma(at) && self.is_infinitive(at, range.end) {
                return false;
            }
            if self.sentence.is_comma(at) {
                let opens = clauses.relatives.contains(key)
                    || clauses.same_time.contains(key)
                    || clauses.other_time.contains(key)
                    || clauses.coordinators.contains(key)
                        && (self.sentence.has_verb(next..range.end.min(next + 5))
                            || self.sentence.starts_subject(next + 1)
                                && self.sentence.has_verb(next..range.end))
                    || clauses
                        .infinite_suffixes
                        .iter()
                        .any(|suffix| key.len() > 4 && key.ends_with(suffix.as_str()))
                    || tables.nouns.prepositions.contains(key)
                    || self.sentence.starts_subject(next)
                        && self.sentence.has_verb(range.start..at)
                        && self
                            .sentence
                            .has_verb(next..self.sentence.comma_from(next, range.end));
                return opens && !self.in_list(&range, at);
            }
            let key = self.sentence.key(at);
            self.sentence.token(at).is_dash() && !self.sentence.token(at).glued
                || self.sentence.token(at).is_word()
                    && !self.is_time(at - 1)
                    && (clauses.other_time.contains(key)
                        || clauses.same_time.contains(key) && self.sentence.starts_subject(next))
                    && self.sentence.has_verb(next..range.end)
        };
        let marks: Vec<usize> = (first..limit)
            .filter(|at| can_cut(*at) && self.sentence.has_verb(range.start..*at))
            .collect();
        // A relative clause about the last noun is the first to go.
        let relative = marks.iter().find(|at| {
            self.sentence.is_comma(**at)
                && clauses.relatives.contains(self.sentence.key(**at + 1))
                && self.sentence.n_words(range.start..**at) <= LONG
        });
        let fitting = relative.or_else(|| {
            marks
                .iter()
                .rev()
                .find(|at| self.sentence.n_words(range.start..**at) <= LONG)
                .or(marks.first())
        });
        let end = match (fitting, quote) {
            (Some(at), _) => *at,
            (None, Some(quote)) => quote,
            (None, None) => range.end,
        };
        range.start..end
    }

    /// `11 months after`.
    pub(super) fn is_time(&self, at: usize) -> bool {
        let key = self.sentence.key(at);
        self.reading.language.units.contains_key(key)
            || matches!(
                key,
                "even"
                    | "only"
                    | "just"
                    | "long"
                    | "shortly"
                    | "soon"
                    | "immediately"
                    | "kurz"
                    | "peu"
                    | "poco"
            )
    }

    pub(super) fn first_verb(&self, range: &Range<usize>) -> usize {
        range
            .clone()
            .find(|at| self.sentence.is_finite(*at))
            .unwrap_or(range.start)
    }

    /// Whether a comma separates items of a list: `the mayor, the council and the port`.
    pub(super) fn in_list(&self, range: &Range<usize>, comma: usize) -> bool {
        let coordinators = &self.reading.language.tables.clauses.coordinators;
        let next = self.sentence.comma_from(comma + 1, range.end);
        let segment = comma + 1..next;
        let joins = |at: usize| coordinators.contains(self.sentence.key(at));
        let short = segment.len() <= 6;
        short
            && !self.sentence.has_verb(segment.clone())
            && (segment.clone().any(joins) || next + 1 < range.end && joins(next + 1))
    }

    /// Where a quotation begins that is longer than a title may quote, including the comma before it.
    pub(super) fn long_quote(&self, range: &Range<usize>) -> Option<usize> {
        let mut quotations = self.reading.quotations_in(range).iter();
        let quotation = quotations.find(|quotation| {
            let quoted = &quotation.quoted.tokens;
            quoted.start >= range.start
                && quoted.start < range.end
                && (quoted.end > range.end || self.sentence.n_words(quoted.clone()) > QUOTED)
        })?;
        Some(quotation.quoted.tokens.start)
    }
}
