//! Compares one record with the available texts: first its words, then what they should say.

use std::collections::BTreeMap;

use nutgraf_evidence::compare::{self, Finding, Numbered, WhyNot};
use nutgraf_evidence::own_words::Vocabulary;
use nutgraf_evidence::{Match, QuoteVerdict};

use super::audit::{Evidence, Surnames, Text};
use super::claims::{RecordClaim, Within, source_key};
use super::ledger::{Standing, standing_in};
use super::lock::{ClaimPin, SourceKey};
use super::outcome::Outcome;
use super::report;
use super::says::Says;
use crate::diag::{Code, Diagnostic};
use crate::document::Document;
use crate::model::{Quantity, Source};

/// The inputs for checking a record.
pub(super) struct Inquiry<'a> {
    pub(super) evidence: &'a Evidence<'a>,
    pub(super) vocabularies: &'a BTreeMap<SourceKey, Vocabulary>,
    pub(super) surnames: &'a Surnames<'a>,
}

/// The result for one claim.
pub(super) struct Checked {
    pub(super) fate: Fate,
    pub(super) faults: Vec<Diagnostic>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    /// Compared; this should be written down.
    Compared(Box<ClaimPin>),
    /// A text contradicts it, or all texts are available and none contains it.
    Failed,
    /// No text is available, and the earlier result still holds.
    Kept,
    /// No text exists, as its source declares.
    Declared,
    /// No text is available, and no earlier result holds.
    Unknown,
}

/// Words of a record that were found.
pub(super) struct Found<'a> {
    pub(super) source: &'a Source,
    pub(super) text: &'a Text,
    pub(super) found: Match,
}

/// The result of searching for words.
pub(super) enum Search<'a> {
    Found(Found<'a>),
    /// Every text was available, and this one comes closest.
    Failed(&'a Source, QuoteVerdict),
    /// A text that may contain them isn't available. The flag says whether others were.
    Missing(&'a Source, bool),
}

impl Inquiry<'_> {
    /// The results for the claims of one record, in their order.
    pub(super) fn of_record(
        &self,
        document: &Document,
        claims: &[RecordClaim<'_>],
    ) -> Vec<Checked> {
        let searches: Vec<Option<Search<'_>>> =
            claims.iter().map(|claim| self.search(claim)).collect();
        let record = Record {
            inquiry: self,
            document,
            claims,
            searches: &searches,
        };
        let mut checked: Vec<Checked> = claims
            .iter()
            .zip(&searches)
            .map(|(claim, search)| match search {
                Some(search) => record.words(claim, search),
                None => record.meaning(claim),
            })
            .collect();
        // All points of a series share one unit, so one fault about it is enough; so is one for a record whose text
        // isn't available.
        let mut told: Vec<Diagnostic> = Vec::new();
        let mut is_unknown = false;
        for one in &mut checked {
            let is_again = is_unknown && one.fate == Fate::Unknown;
            one.faults.retain(|fault| {
                let is_told = told.contains(fault);
                !(is_told || (is_again && fault.code == Code::Unverified))
            });
            is_unknown |= one.fate == Fate::Unknown;
            told.extend(one.faults.iter().cloned());
        }
        checked
    }

    fn search<'c>(&'c self, claim: &'c RecordClaim<'_>) -> Option<Search<'c>> {
        claim.says.words()?;
        let texts = self.evidence.texts;
        let mut tried = Vec::new();
        for source in &claim.sources {
            let key = source_key(source);
            let Some(text) = texts.get(&key) else {
                continue;
            };
            let surname = match &claim.says {
                Says::Quotation { speaker, .. } => self.surnames.get(&(key, *speaker)).copied(),
                _ => None,
            };
            tried.push((&***source, text, claim.look_in(&text.source, surname)?));
        }
        let mut best: Option<Found<'_>> = None;
        for (source, text, verdict) in &tried {
            let QuoteVerdict::Verified(found) = verdict else {
                continue;
            };
            let n_warnings = found.warnings.len();
            if best
                .as_ref()
                .is_none_or(|best| n_warnings < best.found.warnings.len())
            {
                let found = found.clone();
                best = Some(Found {
                    source,
                    text,
                    found,
                });
            }
        }
        if let Some(best) = best {
            return Some(Search::Found(best));
        }
        let missing = claim
            .sources
            .iter()
            .find(|source| !texts.contains_key(&source_key(source)));
        match (missing, tried.into_iter().next()) {
            (Some(missing), first) => Some(Search::Missing(missing, first.is_some())),
            (None, Some((source, _, verdict))) => Some(Search::Failed(source, verdict)),
            (None, None) => None,
        }
    }
}

/// A record being checked.
pub(super) struct Record<'a> {
    pub(super) inquiry: &'a Inquiry<'a>,
    pub(super) document: &'a Document,
    pub(super) claims: &'a [RecordClaim<'a>],
    pub(super) searches: &'a [Option<Search<'a>>],
}

impl<'a> Record<'a> {
    pub(super) fn evidence(&self) -> &'a Evidence<'a> {
        self.inquiry.evidence
    }

    fn words(&self, claim: &RecordClaim<'_>, search: &Search<'_>) -> Checked {
        match search {
            Search::Found(found) => {
                let mut faults = Vec::new();
                let mut is_doubtful = false;
                for warning in &found.found.warnings {
                    if warning.is_about_speaker() && self.has_speaker() {
                        continue;
                    }
                    is_doubtful = true;
                    faults.extend(report::warning(
                        self.document,
                        claim,
                        found.place(),
                        warning,
                    ));
                }
                if self.is_beside_all_points(claim, found) {
                    is_doubtful = true;
                    let why = "no point of the series is what these words say";
                    faults.extend(report::doubt(self.document, claim, why));
                }
                let outcome = if is_doubtful {
                    Outcome::Doubtful
                } else {
                    Outcome::Agrees
                };
                let fate =
                    self.pinned(claim, found.source, found.text, outcome, Some(&found.found));
                Checked { fate, faults }
            }
            Search::Failed(source, verdict) => Checked {
                fate: Fate::Failed,
                faults: vec![report::failure(self.document, claim, source, verdict)],
            },
            Search::Missing(missing, is_tried) => {
                let mut checked = self.unknown(claim, true);
                if *is_tried && checked.fate == Fate::Unknown && !checked.faults.is_empty() {
                    let fault = report::out_of_reach(self.document, claim, missing);
                    if self.standing(claim) == Standing::Unverified {
                        checked.faults = vec![fault];
                    }
                }
                checked
            }
        }
    }

    /// Whether words as printed belong to a whole series and agree with none of its points.
    fn is_beside_all_points(&self, claim: &RecordClaim<'_>, found: &Found<'_>) -> bool {
        let is_printed = matches!(claim.says, Says::Printed(_));
        if !is_printed || claim.field.within != Within::Record {
            return false;
        }
        let mut points = self
            .claims
            .iter()
            .filter_map(|other| match (&other.says, other.field.within) {
                (Says::Value(quantity), Within::Point(_)) => Some(*quantity),
                _ => None,
            })
            .peekable();
        let context = self.context(found, true);
        let agrees = |quantity: &Quantity| {
            compare::number(&[context], &Numbered::new(quantity), true).value == Finding::Agrees
        };
        points.peek().is_some() && !points.any(agrees)
    }

    fn has_speaker(&self) -> bool {
        let mut says = self.claims.iter().map(|claim| &claim.says);
        says.any(|says| matches!(says, Says::Speaker(_)))
    }

    fn standing(&self, claim: &RecordClaim<'_>) -> Standing {
        standing_in(claim, self.evidence().lock)
    }

    /// The result for a claim whose text isn't available.
    pub(super) fn unknown(&self, claim: &RecordClaim<'_>, is_told: bool) -> Checked {
        let standing = self.standing(claim);
        let fate = match &standing {
            Standing::Compared { .. } => Fate::Kept,
            Standing::Declared => Fate::Declared,
            Standing::Changed { .. } | Standing::Unverified => Fate::Unknown,
        };
        let is_changed = matches!(standing, Standing::Changed { .. });
        let is_fault = fate == Fate::Unknown && (is_told || is_changed);
        let fault = is_fault.then(|| report::of_standing(self.document, claim, &standing, None));
        Checked {
            fate,
            faults: fault.flatten().into_iter().collect(),
        }
    }

    /// The result for a claim that no words of the record could support, or whose words weren't found.
    pub(super) fn baseless(
        &self,
        claim: &RecordClaim<'_>,
        has_words: bool,
        why: WhyNot,
    ) -> Checked {
        let texts = self.evidence().texts;
        let at_hand = claim
            .sources
            .iter()
            .find_map(|source| Some((source, texts.get(&source_key(source))?)));
        match at_hand {
            Some((source, text)) if !has_words => {
                let outcome = Outcome::NotCompared(why);
                Checked {
                    faults: report::not_compared(self.document, claim, why)
                        .into_iter()
                        .collect(),
                    fate: self.pinned(claim, source, text, outcome, None),
                }
            }
            _ => self.unknown(claim, !has_words && claim.says.has_to_be_compared()),
        }
    }

    pub(super) fn judged(
        &self,
        claim: &RecordClaim<'_>,
        basis: &Found<'_>,
        finding: Finding,
        is_printed: bool,
    ) -> Checked {
        let outcome = match &finding {
            Finding::Agrees => Outcome::Agrees,
            Finding::NamesAgree => Outcome::NamesAgree,
            Finding::Doubt(_) | Finding::Unclear(_) => Outcome::Doubtful,
            Finding::NotCompared(why) => Outcome::NotCompared(*why),
            Finding::Contradicted(how) => {
                let words = basis.text.plain.get(basis.stretch()).unwrap_or_default();
                let fault = report::contradiction(self.document, claim, words, is_printed, how);
                return Checked {
                    fate: Fate::Failed,
                    faults: vec![fault],
                };
            }
        };
        let fault = match &finding {
            Finding::Doubt(why) => report::doubt(self.document, claim, why),
            Finding::Unclear(why) => report::unclear(self.document, claim, why),
            Finding::NotCompared(why) => report::not_compared(self.document, claim, *why),
            Finding::Agrees | Finding::NamesAgree | Finding::Contradicted(_) => None,
        };
        Checked {
            fate: self.pinned(claim, basis.source, basis.text, outcome, None),
            faults: fault.into_iter().collect(),
        }
    }

    pub(super) fn pinned(
        &self,
        claim: &RecordClaim<'_>,
        source: &Source,
        text: &Text,
        outcome: Outcome,
        found: Option<&Match>,
    ) -> Fate {
        let evidence = self.evidence();
        let mut pin = ClaimPin {
            source: source_key(source),
            text: text.source.hash(),
            content: claim.hash(outcome == Outcome::Agrees),
            segments: Vec::new(),
            gaps: Vec::new(),
            outcome,
            date: evidence.today,
        };
        if let Some(found) = found {
            pin.at(found);
        }
        if let Some(former) = evidence.lock.claims.get(&claim.key()) {
            // An unchanged result keeps its date, so that its line stays the same.
            let kept = ClaimPin {
                date: former.date,
                ..pin.clone()
            };
            if kept == *former {
                pin = kept;
            }
        }
        Fate::Compared(Box::new(pin))
    }
}

impl Found<'_> {
    /// The bytes of the text from the first word to the last.
    pub(super) fn stretch(&self) -> std::ops::Range<usize> {
        let first = self.found.segments.first().map(|first| first.bytes.start);
        let last = self.found.segments.last().map(|last| last.bytes.end);
        first.unwrap_or_default()..last.unwrap_or_default()
    }

    pub(super) fn place(&self) -> (&Source, &Text, &Match) {
        (self.source, self.text, &self.found)
    }
}
