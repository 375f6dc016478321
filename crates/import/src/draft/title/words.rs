//! Decides which words of the chosen part a title keeps.

use std::ops::Range;

use super::super::super::language::Gender;
use super::super::super::text::Article;
use super::{FEWEST_WORDS, Title, Titler, is_spoken};

/// The most words of a title: beyond that it isn't a title but a paragraph.
const MOST_WORDS: usize = 42;

impl Titler<'_> {
    /// Whether the date's words are dropped, because the date is shown beside the title anyway.
    pub(super) fn is_dropped(&self) -> bool {
        let date = &self.mention.tokens;
        let tables = &self.reading.language.tables;
        let article = &self.reading.article;
        let all = (self.lead..date.start)
            .all(|at| tables.clauses.dropped.contains(self.sentence.key(at)));
        let next = article.tokens.get(date.end);
        let goes_on = next.is_some_and(|next| {
            next.is_dash() && next.glued
                || tables.clauses.coordinators.contains(&next.key)
                    && self
                        .reading
                        .dates
                        .iter()
                        .any(|other| other.tokens.start == date.end + 1)
        });
        let inner = date
            .clone()
            .skip(1)
            .any(|at| tables.figures.series_to.contains(self.sentence.key(at)));
        all && !goes_on && !inner
    }

    /// The tokens of some parts that a title keeps.
    pub(super) fn kept(&self, parts: &[Range<usize>]) -> Vec<usize> {
        let mut kept: Vec<usize> = Vec::new();
        let first = parts.first().map_or(0, |part| part.start);
        let last = parts.last().map_or(0, |part| part.end);
        let in_dashes = self.dashes(&(first..last));
        for at in parts.iter().cloned().flatten() {
            if !self.is_bracketed(at) && !in_dashes.contains(&at) {
                kept.push(at);
            }
        }
        if self.is_dropped() && !self.is_needed(&kept) {
            self.drop_date(&mut kept);
        }
        while kept.first().is_some_and(|at| !self.can_start(*at)) {
            kept.remove(0);
        }
        while kept
            .last()
            .is_some_and(|at| self.trails(*at) || !self.can_end(*at))
        {
            kept.pop();
        }
        // The stop before a closing mark ends the sentence.
        if let [.., stop, mark] = kept[..]
            && self.sentence.token(stop).is(".")
            && !self.sentence.token(mark).is_word()
            && !self.sentence.token(mark).is_number()
        {
            kept.retain(|at| *at != stop);
        }
        kept
    }

    pub(super) fn is_bracketed(&self, at: usize) -> bool {
        self.sentence.is_hidden(at) && !is_spoken(self.reading.quotations_in(&(at..at + 1)), at)
    }

    /// The tokens of the date and of the words that link it: `on Sunday evening`.
    pub(super) fn dated(&self) -> Range<usize> {
        let day_parts = &self.reading.language.tables.date_words.day_parts;
        let end = self.mention.tokens.end;
        let next = self.reading.article.tokens.get(end);
        let part = next.is_some_and(|next| !next.glued && day_parts.contains(&next.key));
        self.lead..end + usize::from(part)
    }

    /// Whether a title needs the words of its date: `The next election is in May`, `broke down in May and again in
    /// June`.
    pub(super) fn is_needed(&self, kept: &[usize]) -> bool {
        let gone = self.dated();
        let tables = &self.reading.language.tables;
        let mut before = kept.iter().filter(|at| **at < gone.start);
        let ends = !kept.iter().any(|at| *at >= gone.end);
        let Some(last) = before.next_back() else {
            return tables.clauses.verb_second
                && !self
                    .reading
                    .article
                    .tokens
                    .get(gone.end)
                    .is_some_and(|next| next.is(","));
        };
        let key = self.sentence.key(*last);
        let second = self.reading.dates.iter().any(|other| {
            (gone.end..gone.end + 5).contains(&other.tokens.start)
                && (gone.end..other.tokens.start)
                    .any(|at| tables.clauses.coordinators.contains(self.sentence.key(at)))
                && kept.contains(&other.tokens.start)
        });
        // `was on 11 May, by a schoolteacher`.
        let pauses = ends
            || self
                .sentence
                .is_comma(gone.end.min(self.reading.article.tokens.len() - 1));
        // `won the election held in May`.
        let bare = ends && self.sentence.is_participle(*last) && !tables.clauses.verb_second && {
            let earlier = kept.iter().filter(|at| *at < last).copied();
            let near = |at: &usize| *at + 4 > *last;
            earlier.clone().any(|at| self.sentence.is_finite(at))
                && !earlier
                    .filter(near)
                    .any(|at| self.sentence.is_auxiliary(at))
        };
        let hangs = pauses
            && (tables.nouns.verbs.contains(key)
                || tables.date_words.past.contains(key) && key.len() < 5
                || tables.speech.verbs.contains(key));
        let stressed = matches!(
            key,
            "only"
                | "again"
                | "late"
                | "later"
                | "earlier"
                | "recently"
                | "early"
                | "due"
                | "scheduled"
                | "expected"
                | "erst"
                | "wieder"
                | "bereits"
                | "schon"
                | "nur"
                | "solo"
                | "apenas"
                | "seulement"
        );
        let is_past = |at: usize| {
            let key = self.sentence.key(at);
            self.sentence.is_finite(at)
                && !self.sentence.is_future(at)
                && !(at > 0
                    && tables.nouns.verbs.contains(self.sentence.key(at - 1))
                    && key.len() > 3)
        };
        let looks_back = kept
            .iter()
            .take_while(|at| **at < gone.start)
            .any(|at| is_past(*at));
        let is_ahead = (kept.first().copied().unwrap_or(gone.start)..gone.start)
            .any(|at| self.sentence.is_future(at));
        let participle = self.sentence.is_finite(*last)
            && !ends
            && self
                .reading
                .language
                .tables
                .nouns
                .prepositions
                .contains(self.sentence.key(kept[0]))
            && self
                .sentence
                .token(gone.end.min(self.reading.article.tokens.len() - 1))
                .is(",");
        // `re-elected three times, the last of them in 2023`.
        let open = kept
            .iter()
            .rfind(|at| **at < gone.start && self.sentence.is_comma(**at));
        let apposed = open.is_some_and(|open| {
            *open + 1 < gone.start
                && self.sentence.starts_subject(open + 1)
                && !self.sentence.has_verb(open + 1..gone.start)
                && self
                    .sentence
                    .is_comma(gone.end.min(self.reading.article.tokens.len() - 1))
        });
        // `Tests carried out in May found nothing`.
        let reduced = !ends
            && !tables.clauses.verb_second
            && gone.end < self.reading.article.tokens.len()
            && (self.sentence.is_finite(gone.end)
                || self.sentence.is_participle(gone.end)
                || tables
                    .clauses
                    .reporting
                    .contains(self.sentence.key(gone.end)))
            && kept
                .iter()
                .any(|at| *at < gone.start && self.sentence.is_finite(*at));
        second
            || hangs
            || bare
            || reduced
            || apposed
            || stressed
            || participle
            || self.mention.expected && looks_back && !is_ahead
            || self.trails(*last)
    }

    pub(super) fn drop_date(&self, kept: &mut Vec<usize>) {
        let gone = self.dated();
        let article = &self.reading.article;
        let same_time = &self.reading.language.tables.clauses.same_time;
        let opens = kept.first() == Some(&gone.start);
        let comma_behind = article
            .tokens
            .get(gone.end)
            .is_some_and(|next| next.is(","));
        let comma_before = gone.start > 0 && self.sentence.token(gone.start - 1).is(",");
        let goes_on = article
            .tokens
            .get(gone.end + 1)
            .is_some_and(|next| same_time.contains(&next.key));
        let ends = !kept.iter().any(|at| *at >= gone.end);
        // The second comma in `on Monday, May 3, to close` belongs to the date.
        let goes_on = goes_on || gone.clone().any(|at| self.sentence.token(at).is(","));
        kept.retain(|at| {
            let comma = comma_behind && (opens || comma_before || goes_on) && *at == gone.end
                || comma_before && (comma_behind || ends) && *at + 1 == gone.start;
            !gone.contains(at) && !comma
        });
    }

    pub(super) fn can_start(&self, at: usize) -> bool {
        let token = self.sentence.token(at);
        token.is_word()
            || token.is_number()
            || matches!(
                token.key.as_str(),
                "$" | "€" | "£" | "\"" | "“" | "«" | "„" | "‘" | "'" | "¿" | "¡"
            )
    }

    pub(super) fn can_end(&self, at: usize) -> bool {
        let token = self.sentence.token(at);
        token.is_word()
            || token.is_number()
            || matches!(
                token.key.as_str(),
                "%" | "€" | "\"" | "“" | "”" | "»" | "’" | "'"
            )
    }

    /// Words that no title ends with.
    pub(super) fn trails(&self, at: usize) -> bool {
        let nouns = &self.reading.language.tables.nouns;
        let key = self.sentence.key(at);
        // `stellte das Verfahren ein`.
        let parted = self.reading.language.tables.clauses.verb_second && key == "ein";
        nouns.determiners.contains(key) && !parted
            || nouns.conjunctions.contains(key)
            || nouns.prepositions.contains(key)
                && !matches!(
                    key,
                    "in" | "off"
                        | "over"
                        | "on"
                        | "through"
                        | "an"
                        | "aus"
                        | "auf"
                        | "ab"
                        | "zu"
                        | "vor"
                        | "mit"
                        | "nach"
                        | "um"
                        | "unter"
                        | "out"
                        | "up"
                        | "down"
                        | "behind"
                        | "about"
                )
    }

    /// The tokens between a pair of dashes.
    pub(super) fn dashes(&self, range: &Range<usize>) -> Range<usize> {
        let mut dashes = range.clone().filter(|at| {
            let token = self.sentence.token(*at);
            token.is_dash() && !token.glued && !self.sentence.is_hidden(*at)
        });
        match (dashes.next(), dashes.next()) {
            (Some(open), Some(close)) => open..close + 1,
            _ => 0..0,
        }
    }

    /// The words that are kept, if they make a sentence.
    pub(super) fn worded(&self, article: &Article, kept: &[usize]) -> Option<Title> {
        let tables = &self.reading.language.tables;
        let (first, last) = (*kept.first()?, *kept.last()?);
        let n_words = kept
            .iter()
            .filter(|at| {
                self.sentence.token(**at).is_word() || self.sentence.token(**at).is_number()
            })
            .count();
        let happens = kept.iter().any(|at| self.sentence.is_finite(*at)) || self.mention.expected;
        let marks = kept
            .iter()
            .filter(|at| matches!(self.sentence.key(**at), "\"" | "“" | "”" | "«" | "»" | "„"))
            .count();
        let begins = self.sentence.key(first);
        let opens_clause = (tables.clauses.same_time.contains(begins)
            && !tables.nouns.determiners.contains(begins)
            || tables.clauses.other_time.contains(begins)
            || tables.clauses.relatives.contains(begins)
                && !tables.nouns.determiners.contains(begins))
            && !kept.iter().any(|at| self.sentence.is_comma(*at));
        let unsaid = tables.speech.verbs.contains(self.sentence.key(last))
            && self.sentence.is_finite(last)
            || tables.clauses.complements.contains(self.sentence.key(last));
        let subjectless = self.sentence.is_finite(first)
            && !tables.speech.drops_subject
            && !self.sentence.token(first).capital
            && !tables.clauses.verb_second;
        if !(FEWEST_WORDS..=MOST_WORDS).contains(&n_words)
            || !happens
            || marks % 2 == 1
            || opens_clause
            || subjectless
            || unsaid
        {
            return None;
        }
        let name = match tables.clauses.pronouns.get(begins) {
            Some(gender) => Some(self.antecedent(first, *gender)?),
            None => None,
        };
        Some(Title {
            text: self.joined(article, kept, name),
            tokens: first..last + 1,
            is_resolved: name.is_some(),
        })
    }

    /// Tokens as a text that begins with a capital; the first of them is replaced with a name if there is one.
    pub(super) fn joined(&self, article: &Article, kept: &[usize], name: Option<&str>) -> String {
        let mut text = name.unwrap_or_default().to_owned();
        let mut before: Option<usize> = None;
        for (index, at) in kept.iter().enumerate() {
            let token = self.sentence.token(*at);
            let gap = match before {
                Some(before) if before + 1 == *at => !token.glued,
                // The stop before a closing mark is left out.
                Some(_) if token.glued && article.tokens[*at - 1].is_stop() => false,
                Some(_) => !matches!(token.key.as_str(), "," | ";" | ":" | "." | "%"),
                None => false,
            };
            before = Some(*at);
            if index == 0 && name.is_some() {
                continue;
            }
            if gap {
                text.push(' ');
            }
            text.push_str(&article.text[token.start..token.end]);
        }
        capitalized(&text)
    }

    /// Whom the pronoun at the start of a sentence refers to: the only person of that gender named in the previous
    /// sentence.
    pub(super) fn antecedent(&self, at: usize, gender: Gender) -> Option<&str> {
        if gender == Gender::Any {
            return None;
        }
        let article = &self.reading.article;
        let here = article.sentence_at(at);
        let paragraph = article.sentences[here].paragraph;
        let roster = &self.reading.roster;
        let sentence = here.checked_sub(1)?;
        if article.sentences[sentence].paragraph != paragraph {
            return None;
        }
        let range = &article.sentences[sentence].tokens;
        let mut named: Vec<(usize, usize)> = roster
            .mentions
            .iter()
            .filter(|(token, person)| {
                range.contains(token) && roster.people[*person].gender.agrees(gender)
            })
            .copied()
            .collect();
        named.dedup_by_key(|(_, person)| *person);
        let [(token, person)] = named[..] else {
            return None;
        };
        let known = &roster.people[person];
        // `Crane said his client …. She sold her house`: somebody else is meant.
        let clauses = &self.reading.language.tables.clauses;
        let is_other = |at: usize| {
            let key = self.sentence.key(at);
            let found = [clauses.pronouns.get(key), clauses.possessives.get(key)];
            let mut found = found.into_iter().flatten();
            found.any(|other| *other != Gender::Any && *other != gender)
        };
        if known.gender != gender && range.clone().any(is_other) {
            return None;
        }
        // A person of unknown gender is meant only if the previous sentence is about them.
        let is_subject = !(range.start..token).any(|at| self.sentence.is_finite(at));
        (known.certain && (known.gender == gender || is_subject))
            .then(|| article.words(&known.name))
    }
}

/// Capitalizes the first letter of a text.
pub(in super::super) fn capitalized(text: &str) -> String {
    let mut letters = text.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => String::new(),
    }
}
