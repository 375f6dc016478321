//! Attributes a quotation by the words of its own sentence.

use super::Confidence;
use super::line::{Item, Reader};
use super::patterns::{Hit, Pass};
use super::phrases::{Phrase, Who};

/// How many items away from a quotation its verb may be: about one long sentence.
const VERB_REACH: usize = 30;

impl Pass<'_> {
    /// Words in the quotation's own sentence, after it or before it.
    pub(super) fn beside(&self, index: usize, position: usize) -> Option<Hit> {
        let line = &self.lines[index];
        let Item::Quote(quote) = line[position] else {
            return None;
        };
        let comma = self.ends_with_comma(quote, line, position);
        let before = self.verb_before(line, position);
        // `NAME said: "...` is clear, unless the quotation ends with a comma and words follow.
        if let Some(hit) = before.as_ref().filter(|_| !comma) {
            return Some(hit.clone());
        }
        self.behind(line, position)
            .or(before)
            .or_else(|| self.detached(index, position))
            .or_else(|| self.signed(index, position))
    }

    /// Whether the quotation depends on the words after it: `...," she said`, `..."? she asked`.
    fn ends_with_comma(&self, quote: usize, line: &[Item], position: usize) -> bool {
        let inner = self.quoted[quote]
            .parts
            .last()
            .and_then(|part| self.article.tokens[part.clone()].last());
        let leans = inner
            .is_some_and(|last| last.is(",") || last.is("?") || last.is("!") || last.is_dash());
        let reader = self.reader(line);
        let comma_behind = reader
            .token(position + 1)
            .is_some_and(|token| token.is(","));
        let goes_on = line.len() > position + 1
            && reader
                .token(position + 1)
                .is_some_and(|token| !token.is_stop());
        goes_on && (leans || comma_behind && self.verb_soon(line, position + 2))
    }

    fn verb_soon(&self, line: &[Item], from: usize) -> bool {
        let reader = self.reader(line);
        (from..line.len().min(from + 6)).any(|item| reader.is_speech(item))
            || self.credit_at(line, from).is_some()
    }

    /// `according to NAME`, `in the words of NAME`: the length of the words before the name.
    fn credit_at(&self, line: &[Item], at: usize) -> Option<usize> {
        let reader = self.reader(line);
        let found = self.language.credits.find(reader.key(at), |offset| {
            reader.token(at + offset).map(|token| token.key.as_str())
        });
        found.map(|(length, ())| length)
    }

    /// `," said NAME`, `," NAME said`, `", according to NAME`.
    fn behind(&self, line: &[Item], position: usize) -> Option<Hit> {
        let end = line[position + 1..]
            .iter()
            .position(|item| matches!(item, Item::Quote(_)))
            .map_or(line.len(), |offset| position + 1 + offset);
        let line = &line[..end];
        let reader = self.reader(line);
        let mut start = position + 1;
        while reader
            .token(start)
            .is_some_and(|token| token.is(",") || token.is_dash())
        {
            start += 1;
        }
        if let Some(length) = self.credit_at(line, start) {
            let phrase = reader.phrase_from(start + length)?;
            return Some(Hit::phrase(phrase, Confidence::High, true));
        }
        let verb =
            (start..line.len().min(start + VERB_REACH)).find(|item| reader.is_speech(*item))?;
        let lead = (start..verb).all(|item| {
            reader
                .token(item)
                .is_some_and(|token| self.language.tables.speech.auxiliaries.contains(&token.key))
        });
        if lead {
            // `," said in a statement` has its subject somewhere else.
            return reader
                .phrase_from(verb + 1)
                .filter(|phrase| phrase.start <= verb + 2)
                .or_else(|| reader.dropped_subject(verb))
                .map(|phrase| Hit::phrase(phrase, Confidence::High, true));
        }
        // A verb in between may belong to a relative clause: `," Voss, who has criticized it for years, said`.
        (verb..line.len().min(start + VERB_REACH))
            .filter(|item| reader.is_speech(*item))
            .find_map(|verb| {
                let phrase = reader.subject_before(verb)?;
                let weak = self.language.tables.speech.weak.contains(reader.key(verb));
                let confidence = if weak {
                    Confidence::Medium
                } else {
                    Confidence::High
                };
                (phrase.start <= start + 1).then(|| Hit::phrase(phrase, confidence, true))
            })
    }

    /// `NAME said "`, `NAME told them that the "`, `NAME, on X: "`.
    pub(super) fn verb_before(&self, line: &[Item], position: usize) -> Option<Hit> {
        if position == 0 {
            return None;
        }
        let start = line[..position]
            .iter()
            .rposition(|item| matches!(item, Item::Quote(_)))
            .map_or(0, |quote| quote + 1);
        let head = &line[..position];
        let reader = self.reader(head);
        if let Some(hit) = self.credit_before(head, start, position) {
            return Some(hit);
        }
        let floor = start.max(position.saturating_sub(2 * VERB_REACH));
        let verb = (floor..position).rev().find(|item| reader.is_speech(*item));
        let Some(verb) = verb else {
            return self.colon_before(head, start);
        };
        let phrase = self.subject_of(&reader, verb, start)?;
        let between = position - verb - 1;
        let adjacent = between <= 1
            || reader
                .token(position - 1)
                .is_some_and(|token| token.is(":"));
        let weak = self.language.tables.speech.weak.contains(reader.key(verb));
        let ends_before =
            (verb..position).any(|item| reader.token(item).is_some_and(|token| token.is(";")));
        let confidence = match (adjacent, weak || ends_before) {
            (true, _) => Confidence::High,
            (false, false) => Confidence::Medium,
            (false, true) if between <= 8 => Confidence::Medium,
            (false, true) => Confidence::Low,
        };
        Some(Hit::phrase(phrase, confidence, adjacent))
    }

    /// The subject of a verb before the quotation: right before the verb, or that of the sentence for `, saying`.
    fn subject_of(&self, reader: &Reader<'_>, verb: usize, start: usize) -> Option<Phrase> {
        let direct = reader.subject_before(verb);
        if !reader.is_participle(verb) {
            return direct.or_else(|| self.opening_subject(reader, start));
        }
        let loose = verb == 0
            || reader.token(verb - 1).is_none_or(|token| !token.is_word())
            || self
                .language
                .tables
                .nouns
                .prepositions
                .contains(reader.key(verb - 1))
            || self
                .language
                .tables
                .nouns
                .conjunctions
                .contains(reader.key(verb - 1));
        if !loose {
            return direct;
        }
        let earlier = (0..verb)
            .rev()
            .find(|item| reader.is_speech(*item) && !reader.is_participle(*item));
        earlier
            .and_then(|earlier| reader.subject_before(earlier))
            .or_else(|| self.opening_subject(reader, 0))
    }

    /// The phrase that a sentence starts with, after an opening such as `After the match,`.
    fn opening_subject(&self, reader: &Reader<'_>, start: usize) -> Option<Phrase> {
        let nouns = &self.language.tables.nouns;
        let key = reader.key(start);
        let led = nouns.prepositions.contains(key)
            || nouns.conjunctions.contains(key)
            || reader.is_participle(start);
        let from = if led {
            let comma = (start..reader.line.len().min(start + 30))
                .find(|item| reader.token(*item).is_some_and(|token| token.is(",")))?;
            comma + 1
        } else {
            start
        };
        let phrase = reader.phrase_from(from)?;
        matches!(phrase.who, Who::Named { .. } | Who::Pronoun(..)).then_some(phrase)
    }

    fn credit_before(&self, head: &[Item], start: usize, position: usize) -> Option<Hit> {
        let reader = self.reader(head);
        // `according to NAME, "` and `in the words of NAME, "`; the credit must lead directly to the quotation.
        let at = (start.max(position.saturating_sub(VERB_REACH))..position)
            .rev()
            .find(|item| self.credit_at(head, *item).is_some())?;
        let length = self.credit_at(head, at)?;
        let speaks = (at..position).any(|item| reader.is_speech(item) && item > at + 1);
        if speaks {
            return None;
        }
        let phrase = reader.phrase_from(at + length)?;
        let near = position.saturating_sub(phrase.end) <= 6;
        Some(Hit::phrase(
            phrase,
            if near {
                Confidence::High
            } else {
                Confidence::Medium
            },
            near,
        ))
    }

    /// `Senator Jane Doe, Democrat of Ohio, on X: "`: no verb, but a colon and a name at the start of the sentence.
    fn colon_before(&self, head: &[Item], start: usize) -> Option<Hit> {
        let reader = self.reader(head);
        let last = head.len().checked_sub(1)?;
        if !reader.token(last)?.is(":") || start > 0 {
            return None;
        }
        let phrase = reader.phrase_from(0)?;
        let named = matches!(phrase.who, Who::Named { .. });
        named.then(|| Hit::phrase(phrase, Confidence::High, true))
    }
}
