//! Every claim of a site against the texts that are at hand, and what is to be written down of it.
//!
//! Pure: texts in, a lock and faults out. Reading and writing is `command`'s.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use nutgraf_evidence::{Match, QuoteVerdict, SourceText, surname};
use rayon::prelude::*;

use super::agreement::Agreement;
use super::claims::{RecordClaim, claims, source_key};
use super::ledger::{Standing, reads_english, standing};
use super::lock::{EvidenceLock, RecordKey, RecordPin, SourceKey};
use super::report;
use crate::check::Documents;
use crate::diag::Diagnostic;
use crate::document::Document;
use crate::model::{Day, Page, Source};

/// What an audit looks at.
pub struct Evidence<'a> {
    /// Every page.
    pub pages: &'a [Arc<Page>],
    /// The documents that they come from.
    pub documents: &'a Documents,
    /// The texts at hand.
    pub texts: &'a BTreeMap<SourceKey, Text>,
    /// What was verified before.
    pub lock: &'a EvidenceLock,
    /// The day to write down.
    pub today: Day,
    /// Whether sources that name no language are in English, whose words of numbers and dates are understood; of others
    /// only digits are.
    pub is_english: bool,
}

/// The text of a source.
#[derive(Clone, Debug)]
pub struct Text {
    /// As it is read.
    pub plain: String,
    /// As it is searched.
    pub source: SourceText,
}

impl Text {
    /// Reads a plain text.
    pub fn new(plain: String) -> Self {
        Self {
            source: SourceText::new(&plain),
            plain,
        }
    }
}

/// What an audit found.
#[derive(Clone, Debug)]
pub struct Audit {
    /// What is to be written down.
    pub lock: EvidenceLock,
    /// Claims that don't hold, or not quite.
    pub faults: Vec<Diagnostic>,
    /// How many claims there are.
    pub n_claims: usize,
    /// How many were found in a text just now.
    pub n_found: usize,
    /// How many were found earlier, in a text that isn't at hand.
    pub n_kept: usize,
}

/// What became of one claim.
struct Checked {
    key: RecordKey,
    /// The pin to write down; `None` to keep or drop the former one.
    pin: Option<RecordPin>,
    outcome: Outcome,
    faults: Vec<Diagnostic>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Outcome {
    /// In a text at hand.
    Found,
    /// In no text, and texts that could have it are at hand.
    Failed,
    /// No text at hand; the pin holds.
    Kept,
    /// No text at hand, and no pin that holds.
    Unknown,
}

/// Checks every claim.
///
/// Pins of what fails are dropped, unless they hold other words: then they still say what has changed. Pins of records
/// and sources that aren't there any more are dropped.
pub fn audit(evidence: &Evidence<'_>) -> Audit {
    let mut lock = EvidenceLock::default();
    let sources: BTreeSet<SourceKey> = evidence
        .pages
        .iter()
        .flat_map(|page| &page.records.sources)
        .map(|source| source_key(source))
        .collect();
    for (key, pin) in &evidence.lock.sources {
        if sources.contains(key) {
            lock.sources.insert(key.clone(), *pin);
        }
    }
    for (key, text) in evidence.texts {
        lock.pin_source(key.clone(), &text.source, evidence.today);
    }
    let claims: Vec<(&Arc<Document>, RecordClaim<'_>)> = evidence
        .pages
        .iter()
        .filter_map(|page| Some((page, evidence.documents.get(&page.head.source)?)))
        .flat_map(|(page, document)| {
            let claims = claims(&page.records).into_iter();
            claims.map(move |claim| (document, claim))
        })
        .collect();
    let surnames = surnames(claims.iter().map(|(_, claim)| claim), evidence.texts);
    let checked: Vec<Checked> = claims
        .par_iter()
        .map(|(document, claim)| evidence.check(document, claim, &surnames))
        .collect();
    let count = |outcome| checked.iter().filter(|one| one.outcome == outcome).count();
    let (n_found, n_kept) = (count(Outcome::Found), count(Outcome::Kept));
    let mut faults = Vec::new();
    for ((_, claim), one) in claims.iter().zip(checked) {
        faults.extend(one.faults);
        if let Some(pin) = one.pin {
            lock.records.insert(one.key, pin);
            continue;
        }
        let Some(former) = evidence.lock.records.get(&one.key) else {
            continue;
        };
        lock.records.insert(one.key.clone(), former.clone());
        let holds = matches!(
            standing(claim, &lock, evidence.is_english),
            Standing::Verified(_) | Standing::Doubtful(_)
        );
        if holds && one.outcome == Outcome::Failed {
            lock.records.remove(&one.key);
        }
    }
    Audit {
        lock,
        faults,
        n_claims: claims.len(),
        n_found,
        n_kept,
    }
}

impl Evidence<'_> {
    fn check(
        &self,
        document: &Document,
        claim: &RecordClaim<'_>,
        surnames: &Surnames<'_>,
    ) -> Checked {
        let key = claim.key();
        let at_hand = claim.sources.iter().filter_map(|source| {
            let key = source_key(source);
            let text = self.texts.get(&key)?;
            let speaker = claim.speaker.and_then(|name| {
                let surname = surnames.get(&(key, name));
                surname.copied()
            });
            let verdict = claim.said_by(speaker).verdict(&text.source);
            Some((&***source, text, verdict))
        });
        let tried: Vec<(&Source, &Text, QuoteVerdict)> = at_hand.collect();
        let found = tried
            .iter()
            .filter_map(|(source, text, verdict)| match verdict {
                QuoteVerdict::Verified(found) => Some((*source, *text, found)),
                _ => None,
            });
        if let Some((source, text, found)) = found.min_by_key(|(_, _, found)| found.warnings.len())
        {
            return self.found(document, claim, (source, text), found);
        }
        let missing = claim
            .sources
            .iter()
            .find(|source| !self.texts.contains_key(&source_key(source)));
        let Some(missing) = missing else {
            // A claim has a source, and the text of each was tried.
            let faults = tried
                .first()
                .map(|(source, _, verdict)| report::failure(document, claim, source, verdict));
            return Checked {
                key,
                pin: None,
                outcome: Outcome::Failed,
                faults: faults.into_iter().collect(),
            };
        };
        let standing = standing(claim, self.lock, self.is_english);
        let (outcome, fault) = match &standing {
            Standing::Verified(_) | Standing::Doubtful(_) => (Outcome::Kept, None),
            Standing::Unverified if !tried.is_empty() => {
                let fault = report::out_of_reach(document, claim, missing);
                (Outcome::Unknown, Some(fault))
            }
            Standing::Changed { .. } | Standing::Unverified => (
                Outcome::Unknown,
                report::of_standing(document, claim, &standing),
            ),
        };
        Checked {
            key,
            pin: None,
            outcome,
            faults: fault.into_iter().collect(),
        }
    }

    /// A claim whose words are in a text: pinned, unless its value says something else.
    fn found(
        &self,
        document: &Document,
        claim: &RecordClaim<'_>,
        (source, text): (&Source, &Text),
        found: &Match,
    ) -> Checked {
        let key = claim.key();
        let mut faults = report::doubts(document, claim, (source, &text.source), found);
        let agreement = match claim.value {
            Some(value) if reads_english(source, self.is_english) => {
                value.agrees(claim.words, source)
            }
            Some(value) => value.agrees_by_digits(claim.words),
            None => Agreement::Agrees,
        };
        faults.extend(report::disagreement(document, claim, &agreement));
        if let Agreement::Differs(_) = agreement {
            return Checked {
                key,
                pin: None,
                outcome: Outcome::Failed,
                faults,
            };
        }
        let mut pin = claim
            .pinned()
            .pin(&source_key(source), &text.source, found, self.today);
        if let Agreement::Unclear(_) = agreement {
            pin.verdict = super::PinnedVerdict::Doubtful;
        }
        if let Some(former) = self.lock.records.get(&key) {
            // What was found before keeps its day, so that its line stays as it is.
            let day = former.date;
            if (RecordPin {
                date: day,
                ..pin.clone()
            }) == *former
            {
                pin.date = day;
            }
        }
        Checked {
            key,
            pin: Some(pin),
            outcome: Outcome::Found,
            faults,
        }
    }
}

/// The part of each speaker's name that a source uses.
type Surnames<'a> = BTreeMap<(SourceKey, &'a str), &'a str>;

/// The surname of each speaker in each text that is asked for words of theirs. A text is read through for that, so
/// that it is done once for all that somebody said.
fn surnames<'a>(
    claims: impl Iterator<Item = &'a RecordClaim<'a>>,
    texts: &BTreeMap<SourceKey, Text>,
) -> Surnames<'a> {
    let pairs: BTreeSet<(SourceKey, &str)> = claims
        .filter_map(|claim| Some((claim, claim.speaker?)))
        .flat_map(|(claim, speaker)| {
            let sources = claim.sources.iter();
            sources.map(move |source| (source_key(source), speaker))
        })
        .collect();
    pairs
        .into_par_iter()
        .filter_map(|(key, speaker)| {
            let text = texts.get(&key)?;
            let surname = surname(speaker, &text.plain);
            Some(((key, speaker), surname))
        })
        .collect()
}
