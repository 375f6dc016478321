//! Collects reasons to look again at words that a source does contain: whose they are, what they were cut from, what
//! was left out.

use std::ops::Range;

use crate::lead::{Lead, Led};
use crate::quotation::joint;
use crate::quotation::nested;
use crate::quotation::occurrence::{Kind, Occurrence};
use crate::quotation::verdict::Warning;
use crate::speaker::attribution::{self, Attribution};
use crate::speaker::denial;
use crate::speaker::namesake::{self, Given};
use crate::speaker::pronoun;
use crate::speaker::role;
use nutgraf_language::Weight;
use nutgraf_language::hedge::hedge_of;
use nutgraf_language::printed::{is_range, numbers};
use nutgraf_language::sense::lower;
use nutgraf_language::tokens::count_words;
use nutgraf_language::units::Unit;

/// A gap of more words than this is pointed out: two or three sentences, more than an editor usually cuts.
const LONG_GAP: usize = 60;
/// How many tokens after a match a qualifier is looked for: about the rest of a sentence.
const CLIP_REACH: usize = 25;

impl Occurrence<'_> {
    /// The warnings, without duplicates.
    pub(crate) fn warnings(&self, kind: &Kind<'_>) -> Vec<Warning> {
        let mut warnings = Vec::new();
        match kind {
            Kind::Quotation {
                surname,
                written,
                given,
            } => {
                if !self.is_inside_marks() {
                    warnings.push(Warning::OutsideQuotationMarks);
                }
                if nested::is_speech_within(self.source, &(self.start()..self.end())) {
                    warnings.push(Warning::WithinAnotherQuotation);
                }
                if !surname.is_empty() {
                    self.speaker_warnings(surname, written, given, &mut warnings);
                }
                self.gap_warnings(surname, &mut warnings);
                self.bracket_weights(&mut warnings);
                self.edge_warnings(&mut warnings);
            }
            Kind::Passage => {
                self.gap_warnings(&[], &mut warnings);
                self.bracket_weights(&mut warnings);
            }
            Kind::Printed => {
                warnings.extend(self.clipped_hedge());
                warnings.extend(self.clipped_unit());
                // A negation anywhere in the clause is usually about something other than its number: `nobody knew in
                // 2015`.
                let negation = joint::negation_before(self.source, self.start());
                warnings.extend(negation.map(|word| Warning::ClippedNegation { word }));
            }
        }
        dedup(&mut warnings);
        warnings
    }

    fn speaker_warnings(
        &self,
        surname: &[String],
        written: &str,
        given: &Given<'_>,
        warnings: &mut Vec<Warning>,
    ) {
        let is_given = |name: &String| namesake::is_given_name(name, given);
        let another = self
            .given_to_another(surname)
            .filter(|name| !is_given(name))
            .or_else(|| self.meant_by_another(surname))
            .or_else(|| self.of_other_given_name(given));
        let is_another = another.is_some();
        if let Some(name) = another {
            warnings.push(Warning::GivenToAnother { name });
        }
        let denied = self
            .quoted_tokens()
            .next()
            .and_then(|token| denial::denied(self.source, token));
        warnings.extend(denied.map(|word| Warning::Denied { word }));
        let first = self.source.paragraph_of(self.start());
        let last = self.source.paragraph_of(self.end().saturating_sub(1));
        let is_pronoun = self.quoted_tokens().next().is_some_and(|token| {
            let speaker = attribution::speaker_of(self.source, token);
            matches!(speaker, attribution::Speaker::Pronoun(_))
        });
        let reach = if is_pronoun && !is_another {
            pronoun::REACH
        } else {
            1
        };
        let near = self.source.paragraph(first.saturating_sub(reach)).start;
        let behind = self.source.paragraph(last + 1).end;
        let end = behind.max(self.source.paragraph(last).end);
        if !attribution::is_named(self.source, &(near..end), surname) {
            warnings.push(Warning::SpeakerAbsent {
                surname: written.to_owned(),
            });
        }
    }

    /// Whom the source means by `he said` or `a spokesman said`, if that isn't the speaker.
    fn meant_by_another(&self, surname: &[String]) -> Option<String> {
        let tokens: Vec<usize> = self.quoted_tokens().collect();
        let ends = [tokens.first()?, tokens.last()?];
        ends.into_iter().find_map(|token| {
            pronoun::another(self.source, *token, surname)
                .or_else(|| role::by_role(self.source, *token, surname))
        })
    }

    /// Another person with this surname whom the source mentions here, if that isn't who is meant.
    fn of_other_given_name(&self, given: &Given<'_>) -> Option<String> {
        let first = self.quoted_tokens().next()?;
        let named = attribution::of_quotation(self.source, first);
        // Whom the source names in full beside the words is no other of that name.
        match named.map(|named| namesake::is_in_full(&named.name, given)) {
            Some(Some(true)) => None,
            Some(Some(false)) => {
                attribution::of_quotation(self.source, first).map(|named| named.name)
            }
            Some(None) | None => namesake::other(self.source, self.start(), given),
        }
    }

    /// Whom the source names around the words, if it isn't the speaker.
    pub(crate) fn given_to_another(&self, surname: &[String]) -> Option<String> {
        let tokens: Vec<usize> = self.quoted_tokens().collect();
        let ends = [tokens.first()?, tokens.last()?];
        ends.into_iter()
            .filter_map(|token| attribution::of_quotation(self.source, *token))
            .find(|attribution| !attribution.may_mean(surname))
            .map(|attribution| attribution.name)
    }

    fn gap_warnings(&self, surname: &[String], warnings: &mut Vec<Warning>) {
        for gap in self.gaps() {
            let n_words = count_words(&self.source.tokens()[gap.clone()]);
            if n_words > LONG_GAP {
                warnings.push(Warning::LongGap { n_words });
            }
            if let Some(negation) = joint::negation_within(self.source, &gap) {
                warnings.push(Warning::GapHidesNegation { negation });
            } else {
                self.gap_weights(&gap, warnings);
            }
            if let Some(name) = self.other_speaker_in(&gap, surname) {
                warnings.push(Warning::GapAcrossSpeaker { name });
            }
        }
    }

    /// Whom the source names beside a gap, if that isn't the speaker; the first speaker if no surname is given.
    fn other_speaker_in(&self, gap: &Range<usize>, surname: &[String]) -> Option<String> {
        let last = gap.start.checked_sub(1)?;
        if self.source.span_of(last) == self.source.span_of(gap.end) {
            return None;
        }
        let before = attribution::of_quotation(self.source, last);
        let between = attribution::between(self.source, gap);
        let behind = attribution::of_quotation(self.source, gap.end);
        let own: Vec<String> = match &before {
            _ if !surname.is_empty() => surname.to_vec(),
            // Compared by the surname, the last word of the name.
            Some(before) => attribution::name_words(&before.name)
                .pop()
                .into_iter()
                .collect(),
            None => return None,
        };
        let is_other = |found: &Attribution| !found.may_mean(&own);
        [before, between, behind]
            .into_iter()
            .flatten()
            .find(is_other)
            .map(|found| found.name)
    }

    fn edge_warnings(&self, warnings: &mut Vec<Warning>) {
        let negation = self.negation_before();
        let lead = self.clipped_lead().filter(|_| negation.is_none());
        warnings.extend(negation);
        warnings.extend(lead);
        warnings.extend(self.clipped_hedge());
        let end = self.end();
        if end == 0 || self.source.ends_sentence(end - 1) {
            warnings.extend(self.clipped_condition());
            return;
        }
        let qualifier = self.qualifier_behind();
        if qualifier.is_none() {
            warnings.extend(self.clipped_condition());
        }
        warnings.extend(qualifier);
        let tokens = self.source.tokens();
        let last = self.source.sentence_end(end) - 1;
        let is_same_speech = self.source.span_of(last) == self.source.span_of(end - 1);
        if is_same_speech && tokens[last].is_sign("?") && last >= end {
            warnings.push(Warning::ClippedQuestion);
        }
    }

    /// A negation before the words, unless a bracket replaces it.
    fn negation_before(&self) -> Option<Warning> {
        let lead = self.pattern.lead.as_ref();
        joint::negation_in_clause_before(self.source, self.start())
            .filter(|_| {
                !lead.is_some_and(|lead| joint::negates_itself(self.source.language(), lead))
            })
            .map(|word| Warning::ClippedNegation { word })
    }

    /// What the speaker says before the words that takes them back.
    fn clipped_lead(&self) -> Option<Warning> {
        let source = self.source;
        let start = self.start();
        let span = source.span_of(start);
        let sentence = source.sentence_start(start);
        let floor = (sentence..start)
            .rev()
            .find(|token| source.span_of(*token) != span)
            .map_or(sentence, |apart| apart + 1);
        let led = Led {
            language: source.language(),
            tokens: source.tokens(),
            floor,
            start,
        };
        if self.pattern.lead.is_some() || span.is_none() {
            return None;
        }
        Some(match led.lead()? {
            Lead::Negation(word) => Warning::ClippedNegation { word },
            Lead::Doubt(word) | Lead::Belief(word) => Warning::ClippedLead { word },
        })
    }

    /// The low end of a range of which the words have the high end alone: `30 to | 40 stations`.
    fn clipped_range(&self) -> Option<String> {
        /// More words than these aren't a number and what joins it to another.
        const REACH: usize = 6;
        let language = self.source.language();
        let tokens = self.source.tokens();
        let start = self.start();
        let floor = self
            .source
            .sentence_start(start)
            .max(start.saturating_sub(REACH));
        let near = tokens.get(floor..start + 1)?;
        let high = start - floor..start - floor + 1;
        let low = numbers(language, near)
            .into_iter()
            .rfind(|number| number.tokens.end < high.end)?;
        // `from 24,000 in 2023 to 36,500` is no range, and a year is none of its ends.
        let from = &language.tables.figures.series_from;
        let is_series = near.iter().any(|token| from.contains(&*lower(&token.text)));
        let is_year = near[low.tokens.end - 1].text.len() == 4
            && low.tokens.len() == 1
            && near[low.tokens.start].text.starts_with(['1', '2']);
        let is_cut = !is_series
            && !is_year
            && language.is_numeral(&tokens[start])
            && is_range(language, near, &low.tokens, &high);
        let words = near[low.tokens.start..high.start].iter();
        let words: Vec<&str> = words.map(|token| &*token.text).collect();
        is_cut.then(|| words.join(" "))
    }

    /// A hedge on a number that the source has and the quoted words leave out.
    fn clipped_hedge(&self) -> Option<Warning> {
        let language = self.source.language();
        let tokens = self.source.tokens();
        if let Some(word) = self.clipped_range() {
            return Some(Warning::ClippedHedge { word });
        }
        self.segments().iter().find_map(|segment| {
            let words = self.tokens_of(segment);
            let sentence =
                self.source.sentence_start(words.start)..self.source.sentence_end(words.end - 1);
            numbers(language, &tokens[words.clone()])
                .into_iter()
                .find_map(|number| {
                    let at = number.tokens.start + words.start..number.tokens.end + words.start;
                    let within = at.start - sentence.start..at.end - sentence.start;
                    let whole = hedge_of(language, &tokens[sentence.clone()], &within)?;
                    let quoted = hedge_of(language, &tokens[words.clone()], &number.tokens);
                    let is_clipped = quoted.is_none_or(|quoted| quoted.words != whole.words);
                    is_clipped.then_some(Warning::ClippedHedge { word: whole.words })
                })
        })
    }

    /// The unit that the source puts after the number at the end of the words.
    fn clipped_unit(&self) -> Option<Warning> {
        let tokens = self.source.tokens();
        let words = self.start()..self.end();
        let language = self.source.language();
        let last = numbers(language, &tokens[words.clone()]).pop()?;
        let ends_with_number = last.tokens.end == words.len();
        let behind = language.unit_behind(tokens, words.end)?;
        let changes_number = match &behind.unit {
            Unit::Known(name) => matches!(name.as_str(), "percent" | "points"),
            Unit::Currency(_) => true,
            Unit::Counted(_) => false,
        };
        (ends_with_number && changes_number).then_some(Warning::ClippedUnit { unit: behind.words })
    }

    /// A qualifier in the rest of the sentence, if the speaker says it.
    fn qualifier_behind(&self) -> Option<Warning> {
        let end = self.end();
        let is_speech = self.source.span_of(end - 1).is_some();
        let reach = self.source.sentence_end(end).min(end + CLIP_REACH);
        let language = self.source.language();
        let tokens = self.source.tokens();
        let mut is_next = true;
        for token in end..reach {
            let word = &tokens[token];
            if is_speech && self.source.span_of(token).is_none() {
                // Anything between two stretches of speech separates them, too.
                is_next = false;
                continue;
            }
            if !word.is_word() {
                continue;
            }
            if language.has_weight(tokens, token, Weight::Contrast)
                || (is_next && language.is_negation(&word.text))
            {
                return Some(Warning::ClippedQualifier {
                    word: word.text.to_string(),
                });
            }
            is_next = false;
        }
        None
    }
}

/// Keeps the first of equal warnings.
pub(crate) fn dedup(warnings: &mut Vec<Warning>) {
    let mut seen: Vec<Warning> = Vec::new();
    for warning in warnings.drain(..) {
        if !seen.contains(&warning) {
            seen.push(warning);
        }
    }
    *warnings = seen;
}
