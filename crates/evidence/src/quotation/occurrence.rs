//! Quoted words at a place in the source: whether there are enough of them, and where they are to the byte.

use std::ops::Range;

use crate::quotation::quote::{Joint, Pattern, Quote};
use crate::quotation::search::{Found, Reading};
use crate::quotation::verdict::{Fidelity, Match, Replaced, Segment};
use crate::source::SourceText;
use crate::speaker::namesake::Given;
use nutgraf_language::tokens::{TokenKind, count_words};

/// How many words a quotation needs unless the source has it in quotation marks. Two words, such as `it is`, occur in
/// any text by chance.
const MIN_WORDS: usize = 3;

/// What the words claim to be.
pub(crate) enum Kind<'a> {
    /// Somebody's words, with the name if it is known: as it was given, and split into words for lookup.
    Quotation {
        surname: Vec<String>,
        written: &'a str,
        /// The rest of the name, if the full name is known.
        given: Given<'a>,
    },
    /// A place in the source.
    Passage,
    /// A number or a date as the source prints it.
    Printed,
}

/// A place where a pattern was found.
pub(crate) struct Occurrence<'a> {
    pub(crate) source: &'a SourceText,
    pub(crate) pattern: &'a Pattern,
    pub(crate) found: &'a Found,
}

impl Occurrence<'_> {
    pub(crate) fn start(&self) -> usize {
        self.found.runs.first().map_or(0, |run| run.start)
    }

    pub(crate) fn end(&self) -> usize {
        self.found.runs.last().map_or(0, |run| run.end)
    }

    /// The runs between omissions, as ranges of run numbers.
    pub(crate) fn segments(&self) -> Vec<Range<usize>> {
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

    pub(crate) fn tokens_of(&self, segment: &Range<usize>) -> Range<usize> {
        let start = self.found.runs[segment.start].start;
        let end = self.found.runs[segment.end - 1].end;
        start..end
    }

    /// The omissions, as ranges of tokens.
    pub(crate) fn gaps(&self) -> Vec<Range<usize>> {
        let segments = self.segments();
        segments
            .windows(2)
            .map(|pair| self.tokens_of(&pair[0]).end..self.tokens_of(&pair[1]).start)
            .collect()
    }

    pub(crate) fn quoted_tokens(&self) -> impl Iterator<Item = usize> + '_ {
        self.found
            .runs
            .iter()
            .cloned()
            .flatten()
            .filter(|token| self.source.tokens()[*token].is_word())
    }

    pub(crate) fn is_inside_marks(&self) -> bool {
        self.quoted_tokens()
            .all(|token| self.source.span_of(token).is_some())
    }

    /// The words between two omissions that are too few on their own, if any are.
    pub(crate) fn too_short(&self, kind: &Kind<'_>) -> Option<String> {
        let n_words = self.pattern.n_words();
        let is_quotation = matches!(kind, Kind::Quotation { .. });
        if is_quotation && n_words < MIN_WORDS && !self.is_inside_marks() {
            return Some(self.pattern.texts().join(" "));
        }
        let segments = self.segments();
        if segments.len() == 1 {
            // Each bracket may replace a dozen words, so that it needs enough words of the source around it.
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

    /// Whether a segment between omissions is long enough not to match by chance: three words, or two if one is a name
    /// or number or the omission skips only a few words of the same sentence.
    fn stands_alone(&self, segment: &Range<usize>, gaps: &[Range<usize>]) -> bool {
        /// In tokens, as many as a bracket may replace: an omission that short leaves no doubt that both parts belong
        /// together.
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

    pub(crate) fn judge(&self, quote: &Quote, kind: &Kind<'_>) -> Match {
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
}
