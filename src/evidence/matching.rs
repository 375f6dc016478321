//! Checks words against a source: [`match_quote`], [`match_passage`], [`match_printed`].

use std::ops::Range;

use super::attribution::{self, Attribution};
use super::closest::closest;
use super::joint;
use super::lexicon;
use super::quote::{Joint, Pattern, Quote};
use super::search::{Found, Outcome, Reading, search};
use super::source::SourceText;
use super::tokens::{TokenKind, count_words};
use super::verdict::{Fidelity, Match, QuoteVerdict, Replaced, Segment, Warning};

/// A gap beyond these words is pointed out.
const LONG_GAP: usize = 60;
/// How far behind a match a qualifier is looked for, in tokens.
const CLIP_REACH: usize = 25;
/// Words that a quotation needs unless the source has it in quotation marks.
const MIN_WORDS: usize = 3;

/// Checks a quotation: the same words in the same order, spoken, and by the speaker of this surname.
///
/// The surname may be several words (`White House`). Of several places the one with the fewest warnings is
/// returned. Nothing is ever verified for being similar.
///
/// # Examples
///
/// ```
/// use nutgraf::evidence::{match_quote, Quote, QuoteVerdict, SourceText};
///
/// let source = SourceText::new("“We do not support it, as you know,” said Mao Ning.");
/// let verdict = |words| match_quote(&source, &Quote::new(words), Some("Mao"));
/// assert!(matches!(verdict("We do not support it"), QuoteVerdict::Verified(_)));
/// assert!(matches!(verdict("We support it"), QuoteVerdict::NotFound { .. }));
/// assert!(matches!(verdict("We do … support it"), QuoteVerdict::Reverses(_)));
/// ```
pub fn match_quote(source: &SourceText, quote: &Quote, speaker: Option<&str>) -> QuoteVerdict {
    let surname = speaker.map(attribution::name_words).unwrap_or_default();
    let kind = Kind::Quotation {
        surname,
        written: speaker.unwrap_or_default(),
    };
    check(source, quote, &kind)
}

/// Checks the words of a `passage:`, which point to a place: of any length, inside quotation marks or not.
pub fn match_passage(source: &SourceText, passage: &Quote) -> QuoteVerdict {
    check(source, passage, &Kind::Passage)
}

/// Checks the words of an `as_printed:`, which are the source's own: brackets in them are the source's brackets.
///
/// # Examples
///
/// ```
/// use nutgraf::evidence::{match_printed, Quote, QuoteVerdict, SourceText};
///
/// let source = SourceText::new("The deal is worth $1.2 billion.");
/// assert!(matches!(match_printed(&source, &Quote::new("$1.2 billion")), QuoteVerdict::Verified(_)));
/// // Half a number is another number.
/// assert!(matches!(match_printed(&source, &Quote::new("$1.2")), QuoteVerdict::NotFound { .. }));
/// ```
pub fn match_printed(source: &SourceText, printed: &Quote) -> QuoteVerdict {
    check(source, printed, &Kind::Printed)
}

/// What the words claim to be.
enum Kind<'a> {
    Quotation {
        surname: Vec<String>,
        written: &'a str,
    },
    Passage,
    Printed,
}

fn check(source: &SourceText, quote: &Quote, kind: &Kind<'_>) -> QuoteVerdict {
    let mut worst = None;
    let edited = match kind {
        Kind::Printed if quote.verbatim.is_some() => None,
        Kind::Printed | Kind::Quotation { .. } | Kind::Passage => Some(&quote.pattern),
    };
    for pattern in quote.verbatim.iter().chain(edited) {
        if pattern.n_words() == 0 {
            return QuoteVerdict::TooShort {
                words: quote.as_str().to_owned(),
            };
        }
        match search(source, pattern) {
            Outcome::Exhausted => return QuoteVerdict::GaveUp,
            Outcome::Nowhere(reversal) => worst = worst.or(reversal.map(QuoteVerdict::Reverses)),
            Outcome::Found(found) => match best(source, quote, pattern, &found, kind) {
                Ok(found) => return QuoteVerdict::Verified(found),
                Err(words) => worst = worst.or(Some(QuoteVerdict::TooShort { words })),
            },
        }
    }
    worst.unwrap_or_else(|| QuoteVerdict::NotFound {
        closest: closest(source, &quote.pattern.texts()),
    })
}

/// The place that raises the least doubt.
///
/// # Errors
///
/// The words that are too few, if they are at every place.
fn best(
    source: &SourceText,
    quote: &Quote,
    pattern: &Pattern,
    places: &[Found],
    kind: &Kind<'_>,
) -> Result<Match, String> {
    let mut too_short = None;
    let mut judged: Vec<(usize, Match)> = Vec::new();
    for (index, found) in places.iter().enumerate() {
        let place = Place {
            source,
            pattern,
            found,
        };
        match place.too_short(kind) {
            Some(words) => too_short = too_short.or(Some(words)),
            None => judged.push((index, place.judge(quote, kind))),
        }
    }
    let doubt = |found: &Match| {
        (
            found.warnings.contains(&Warning::OutsideQuotationMarks),
            found.warnings.len(),
            found.gaps.iter().sum::<usize>(),
        )
    };
    let Some((chosen, mut best)) = judged.into_iter().min_by_key(|(_, found)| doubt(found)) else {
        return Err(too_short.unwrap_or_default());
    };
    if let Kind::Quotation { surname, .. } = kind
        && !surname.is_empty()
    {
        for (index, found) in places.iter().enumerate() {
            let other = Place {
                source,
                pattern,
                found,
            };
            if index != chosen
                && let Some(name) = other.given_to_another(surname)
            {
                best.warnings.push(Warning::GivenToAnother { name });
            }
        }
    }
    dedup(&mut best.warnings);
    Ok(best)
}

fn dedup(warnings: &mut Vec<Warning>) {
    let mut seen: Vec<Warning> = Vec::new();
    for warning in warnings.drain(..) {
        if !seen.contains(&warning) {
            seen.push(warning);
        }
    }
    *warnings = seen;
}

/// A place where a pattern was found.
struct Place<'a> {
    source: &'a SourceText,
    pattern: &'a Pattern,
    found: &'a Found,
}

impl Place<'_> {
    fn start(&self) -> usize {
        self.found.runs.first().map_or(0, |run| run.start)
    }

    fn end(&self) -> usize {
        self.found.runs.last().map_or(0, |run| run.end)
    }

    /// The runs that no omission parts, as ranges of run numbers.
    fn segments(&self) -> Vec<Range<usize>> {
        let mut segments = Vec::new();
        let mut start = 0;
        for (index, reading) in self.found.joints.iter().enumerate() {
            let is_gap = *reading == Reading::Gap
                && self.found.runs[index].end < self.found.runs[index + 1].start;
            if is_gap {
                segments.push(start..index + 1);
                start = index + 1;
            }
        }
        segments.push(start..self.found.runs.len());
        segments
    }

    fn tokens_of(&self, segment: &Range<usize>) -> Range<usize> {
        let start = self.found.runs[segment.start].start;
        let end = self.found.runs[segment.end - 1].end;
        start..end
    }

    /// The omissions, as ranges of tokens.
    fn gaps(&self) -> Vec<Range<usize>> {
        let segments = self.segments();
        segments
            .windows(2)
            .map(|pair| self.tokens_of(&pair[0]).end..self.tokens_of(&pair[1]).start)
            .collect()
    }

    fn quoted_tokens(&self) -> impl Iterator<Item = usize> + '_ {
        self.found
            .runs
            .iter()
            .cloned()
            .flatten()
            .filter(|token| self.source.tokens()[*token].is_word())
    }

    fn is_inside_marks(&self) -> bool {
        self.quoted_tokens()
            .all(|token| self.source.span_of(token).is_some())
    }

    /// The words that are too few to stand alone, if any are.
    fn too_short(&self, kind: &Kind<'_>) -> Option<String> {
        let n_words = self.pattern.n_words();
        let is_quotation = matches!(kind, Kind::Quotation { .. });
        if is_quotation && n_words < MIN_WORDS && !self.is_inside_marks() {
            return Some(self.pattern.texts().join(" "));
        }
        let segments = self.segments();
        if segments.len() == 1 {
            // Each bracket may stand for a dozen words, so that it takes words of the source to hold it.
            let n_brackets = self.n_brackets();
            let is_held = n_brackets == 0 || n_words >= MIN_WORDS.max(2 * n_brackets);
            return (!is_held).then(|| self.pattern.texts().join(" "));
        }
        let gaps = self.gaps();
        segments.iter().enumerate().find_map(|(index, segment)| {
            let beside = &gaps[index.saturating_sub(1)..gaps.len().min(index + 1)];
            let runs = &self.pattern.runs[segment.clone()];
            (!self.stands_alone(segment, beside)).then(|| {
                let texts: Vec<String> = runs.iter().map(|run| run.text()).collect();
                texts.join(" ")
            })
        })
    }

    fn n_brackets(&self) -> usize {
        self.pattern
            .joints
            .iter()
            .filter(|joint| matches!(joint, Joint::Bracket(_)))
            .count()
    }

    /// Whether a segment between omissions is long enough to be found for a reason: three words, or two if one is a
    /// name or number or the omission is a few words of the same sentence.
    fn stands_alone(&self, segment: &Range<usize>, gaps: &[Range<usize>]) -> bool {
        const FEW: usize = 12;
        let runs = &self.pattern.runs[segment.clone()];
        let n_words: usize = runs.iter().map(|run| run.n_words()).sum();
        if n_words >= MIN_WORDS {
            return true;
        }
        let tokens = self.tokens_of(segment);
        let is_marked = self.source.tokens()[tokens].iter().any(|token| {
            token.kind == TokenKind::Number || token.text.starts_with(char::is_uppercase)
        });
        let is_near = gaps.iter().all(|gap| {
            gap.len() <= FEW && !gap.clone().any(|token| self.source.ends_sentence(token))
        });
        n_words == 2 && (is_marked || is_near)
    }

    fn judge(&self, quote: &Quote, kind: &Kind<'_>) -> Match {
        let source = self.source;
        let segments = self.segments();
        Match {
            gaps: self
                .gaps()
                .into_iter()
                .map(|gap| count_words(&source.tokens()[gap]))
                .collect(),
            segments: segments
                .iter()
                .map(|segment| {
                    let tokens = self.tokens_of(segment);
                    Segment {
                        bytes: source.original_range(&tokens),
                        paragraph: source.paragraph_of(tokens.start) + 1,
                        tokens,
                    }
                })
                .collect(),
            brackets: self.brackets(),
            fidelity: self.fidelity(quote),
            warnings: self.warnings(kind),
        }
    }

    fn brackets(&self) -> Vec<Replaced> {
        let runs = &self.found.runs;
        self.pattern
            .joints
            .iter()
            .enumerate()
            .filter_map(|(index, joint)| match joint {
                Joint::Bracket(bracket) => Some(Replaced {
                    written: bracket.written.clone(),
                    hides: self
                        .source
                        .original_range(&(runs[index].end..runs[index + 1].start)),
                }),
                Joint::Ellipsis | Joint::Omission => None,
            })
            .collect()
    }

    fn fidelity(&self, quote: &Quote) -> Fidelity {
        let mut rest = quote.as_str();
        for (run, tokens) in self.pattern.runs.iter().zip(&self.found.runs) {
            let keeps_stop = tokens.len() == run.words.len() + run.soft_stops.len();
            let exact = self.source.original(self.source.original_range(tokens));
            let Some(at) = rest.find(exact).filter(|_| keeps_stop) else {
                return Fidelity::Normalised;
            };
            rest = &rest[at + exact.len()..];
        }
        Fidelity::Exact
    }

    fn warnings(&self, kind: &Kind<'_>) -> Vec<Warning> {
        let mut warnings = Vec::new();
        match kind {
            Kind::Quotation { surname, written } => {
                if !self.is_inside_marks() {
                    warnings.push(Warning::OutsideQuotationMarks);
                }
                if !surname.is_empty() {
                    self.speaker_warnings(surname, written, &mut warnings);
                }
                self.gap_warnings(surname, &mut warnings);
                self.edge_warnings(&mut warnings);
            }
            Kind::Passage => self.gap_warnings(&[], &mut warnings),
            Kind::Printed => {
                warnings.extend(self.hedge_before());
                warnings.extend(self.negation_before());
            }
        }
        dedup(&mut warnings);
        warnings
    }

    fn speaker_warnings(&self, surname: &[String], written: &str, warnings: &mut Vec<Warning>) {
        if let Some(name) = self.given_to_another(surname) {
            warnings.push(Warning::GivenToAnother { name });
        }
        let first = self.source.paragraph_of(self.start());
        let last = self.source.paragraph_of(self.end().saturating_sub(1));
        let near = self.source.paragraph(first.saturating_sub(1)).start;
        let behind = self.source.paragraph(last + 1).end;
        let end = behind.max(self.source.paragraph(last).end);
        if !attribution::is_named(self.source, &(near..end), surname) {
            warnings.push(Warning::SpeakerAbsent {
                surname: written.to_owned(),
            });
        }
    }

    /// Whom the source names around the words, if it isn't the speaker.
    fn given_to_another(&self, surname: &[String]) -> Option<String> {
        let tokens: Vec<usize> = self.quoted_tokens().collect();
        let ends = [tokens.first()?, tokens.last()?];
        ends.into_iter()
            .filter_map(|token| attribution::of_quotation(self.source, *token))
            .find(|attribution| !attribution.mentions(surname))
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
            }
            if let Some(name) = self.other_speaker_in(&gap, surname) {
                warnings.push(Warning::GapAcrossSpeaker { name });
            }
        }
    }

    fn other_speaker_in(&self, gap: &Range<usize>, surname: &[String]) -> Option<String> {
        let before = attribution::of_quotation(self.source, gap.start.checked_sub(1)?);
        let behind = attribution::of_quotation(self.source, gap.end);
        let own: Vec<String> = match &before {
            _ if !surname.is_empty() => surname.to_vec(),
            Some(before) => attribution::name_words(&before.name).split_off(0),
            None => Vec::new(),
        };
        let is_other = |found: &Attribution| match own.as_slice() {
            [] => before.is_some(),
            own => {
                let last = &own[own.len() - 1..];
                !found.mentions(if surname.is_empty() { last } else { own })
            }
        };
        let has_marks_between = self.source.span_of(gap.start - 1) != self.source.span_of(gap.end);
        if !has_marks_between {
            return None;
        }
        attribution::between(self.source, gap)
            .into_iter()
            .chain(behind)
            .find(is_other)
            .map(|found| found.name)
    }

    fn edge_warnings(&self, warnings: &mut Vec<Warning>) {
        if self.pattern.lead.is_none() {
            warnings.extend(self.negation_before());
        }
        let end = self.end();
        if self.pattern.trail.is_some() || end == 0 || self.source.ends_sentence(end - 1) {
            return;
        }
        warnings.extend(self.qualifier_behind());
        let tokens = self.source.tokens();
        let last = self.source.sentence_end(end) - 1;
        let is_same_speech = self.source.span_of(last) == self.source.span_of(end - 1);
        if is_same_speech && tokens[last].is_sign("?") && last >= end {
            warnings.push(Warning::ClippedQuestion);
        }
    }

    fn negation_before(&self) -> Option<Warning> {
        joint::negation_before(self.source, self.start())
            .map(|word| Warning::ClippedNegation { word })
    }

    fn hedge_before(&self) -> Option<Warning> {
        let start = self.start();
        let tokens = self.source.tokens();
        let before = tokens.get(start.checked_sub(1)?)?;
        let is_number = super::number::is_numeral(&tokens[start]) || tokens[start].is_sign("$");
        (is_number && lexicon::is_rounding_word(&before.text)).then(|| Warning::ClippedHedge {
            word: before.text.to_string(),
        })
    }

    /// A qualifier in the rest of the sentence, if the speaker says it.
    fn qualifier_behind(&self) -> Option<Warning> {
        let end = self.end();
        let is_speech = self.source.span_of(end - 1).is_some();
        let reach = self.source.sentence_end(end).min(end + CLIP_REACH);
        let mut is_next = true;
        for token in end..reach {
            let word = &self.source.tokens()[token];
            if !word.is_word() || (is_speech && self.source.span_of(token).is_none()) {
                continue;
            }
            if lexicon::is_qualifier(&word.text) || (is_next && lexicon::is_negation(&word.text)) {
                return Some(Warning::ClippedQualifier {
                    word: word.text.to_string(),
                });
            }
            is_next = false;
        }
        None
    }
}
