//! Compares every claim of a site with the available texts, and decides what to write down.
//!
//! Pure: texts in, a lock and faults out. Reading and writing are in `command`; a single record is handled by
//! `inquiry`.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use nutgraf_evidence::own_words::{Vocabulary, facts_in};
use nutgraf_evidence::{SourceText, surname};
use nutgraf_language::{Language, Recognized, recognize};
use rayon::prelude::*;

use super::claims::{RecordClaim, claims, source_key};
use super::inquiry::{Checked, Fate, Inquiry};
use super::ledger::holds;
use super::lock::{EvidenceLock, SourceKey};
use super::page_claims::{folder_of, page_claims};
use super::report;
use super::says::Says;
use crate::check::Documents;
use crate::diag::Diagnostic;
use crate::document::Document;
use crate::model::{Day, Page, Source};

/// The inputs of an audit.
pub struct Evidence<'a> {
    /// Every page.
    pub pages: &'a [Arc<Page>],
    /// Their documents.
    pub documents: &'a Documents,
    /// The available texts.
    pub texts: &'a BTreeMap<SourceKey, Text>,
    /// The results of earlier comparisons.
    pub lock: &'a EvidenceLock,
    /// The day to record.
    pub today: Day,
    /// The site's language (BCP 47), which applies to sources without a `language`.
    pub language: &'a str,
}

/// The text of a source.
#[derive(Clone, Debug)]
pub struct Text {
    /// The text as read.
    pub plain: String,
    /// The text prepared for searching.
    pub source: SourceText,
    /// The language that it was recognized as, if that is certain.
    pub recognized: Option<Recognized>,
    /// Whether its source states a language.
    pub is_named: bool,
}

impl Text {
    /// Reads the plain text of a source in the language that the source states, or else the one that the text is
    /// recognized as, or else the site's.
    pub fn new(plain: String, source: &Source, site: &str) -> Self {
        let recognized = recognize(&plain).filter(|seen| seen.is_sure);
        let named = source.language.as_deref();
        let tag = named.or(recognized.map(|seen| seen.code)).unwrap_or(site);
        let language = Language::named(tag).unwrap_or(Language::unknown());
        Self {
            source: SourceText::in_language(&plain, language),
            recognized,
            is_named: named.is_some(),
            plain,
        }
    }
}

/// Whether two BCP 47 tags mean the same language: `en`, `en-US`.
fn is_same(one: &str, other: &str) -> bool {
    let primary = |tag: &str| {
        tag.split(['-', '_'])
            .next()
            .unwrap_or_default()
            .to_lowercase()
    };
    primary(one) == primary(other)
}

/// Reports a source that states one language while its text seems to be in another.
fn other_language(document: &Document, source: &Source, text: &Text) -> Option<Diagnostic> {
    /// In words; shorter texts are too easily mistaken for another language.
    const ENOUGH: usize = 60;
    let named = source.language.as_deref()?;
    let seen = text
        .recognized
        .filter(|_| text.source.n_words() >= ENOUGH)?;
    (!is_same(named, seen.code))
        .then(|| report::other_language(document, source, named, seen.name, seen.code))
}

/// The results of an audit.
#[derive(Clone, Debug)]
pub struct Audit {
    /// What should be written down.
    pub lock: EvidenceLock,
    /// Claims that aren't supported, or not quite.
    pub faults: Vec<Diagnostic>,
    /// The results in numbers.
    pub counts: AuditCounts,
}

/// How many claims had which result.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AuditCounts {
    /// All claims.
    pub n_claims: usize,
    /// Those that agree with an available text.
    pub n_agreeing: usize,
    /// Those in doubt.
    pub n_doubtful: usize,
    /// Those that a text contradicts or doesn't contain.
    pub n_contradicted: usize,
    /// Those without anything to compare with.
    pub n_not_compared: usize,
    /// Those that were compared earlier, with a text that isn't available now.
    pub n_kept: usize,
    /// Those of sources that declare that they have no text.
    pub n_declared: usize,
    /// Those whose texts were never available.
    pub n_unknown: usize,
}

/// Checks every claim.
///
/// Pins of failing claims are dropped, unless they refer to different content: then they still say what has changed.
/// Pins of records and sources that no longer exist are dropped.
pub fn audit(evidence: &Evidence<'_>) -> Audit {
    let mut lock = EvidenceLock::default();
    let sources = evidence.pages.iter().flat_map(|page| &page.records.sources);
    let keys: BTreeSet<SourceKey> = sources.map(|source| source_key(source)).collect();
    for (key, pin) in &evidence.lock.sources {
        if keys.contains(key) {
            lock.sources.insert(key.clone(), pin.clone());
        }
    }
    for (key, text) in evidence.texts {
        let language = text
            .recognized
            .filter(|seen| !text.is_named && !is_same(seen.code, evidence.language));
        let code = language.map(|seen| seen.code);
        lock.pin_source(key.clone(), &text.source, code, evidence.today);
    }
    let vocabularies = evidence.texts.par_iter().map(|(key, text)| {
        let vocabulary = Vocabulary::of(&text.plain, text.source.language());
        (key.clone(), vocabulary)
    });
    let vocabularies: BTreeMap<SourceKey, Vocabulary> = vocabularies.collect();
    let records = records(evidence);
    let all_claims = || records.iter().flat_map(|(_, claims)| claims);
    let surnames = surnames(all_claims(), evidence.texts);
    let inquiry = Inquiry {
        evidence,
        vocabularies: &vocabularies,
        surnames: &surnames,
    };
    let checked: Vec<Vec<Checked>> = records
        .par_iter()
        .map(|(document, claims)| inquiry.of_record(document, claims))
        .collect();
    let mut audit = Audit {
        lock,
        faults: Vec::new(),
        counts: AuditCounts::default(),
    };
    for page in evidence.pages {
        let Some(document) = evidence.documents.get(&page.head.source) else {
            continue;
        };
        let faults = page.records.sources.iter().filter_map(|source| {
            let text = evidence.texts.get(&source_key(source))?;
            other_language(document, source, text)
        });
        audit.faults.extend(faults);
    }
    for (claim, one) in all_claims().zip(checked.into_iter().flatten()) {
        audit.take_in(evidence, claim, one);
    }
    audit
}

impl Audit {
    fn take_in(&mut self, evidence: &Evidence<'_>, claim: &RecordClaim<'_>, one: Checked) {
        self.faults.extend(one.faults);
        self.counts.add(&one.fate);
        let key = claim.key();
        let former = evidence.lock.claims.get(&key);
        match one.fate {
            Fate::Compared(pin) => drop(self.lock.claims.insert(key, *pin)),
            Fate::Kept => {
                if let Some(former) = former {
                    let mut pin = former.clone();
                    if evidence.lock.is_old {
                        pin.content = claim.hash(true);
                    }
                    self.lock.claims.insert(key, pin);
                }
            }
            Fate::Failed | Fate::Unknown => {
                let is_failed = one.fate == Fate::Failed;
                let former = former.filter(|_| !is_failed || !holds(claim, evidence.lock));
                if let Some(former) = former {
                    self.lock.claims.insert(key, former.clone());
                }
            }
            Fate::Declared => {}
        }
    }
}

impl AuditCounts {
    fn add(&mut self, fate: &Fate) {
        use super::outcome::Outcome;

        self.n_claims += 1;
        let count = match fate {
            Fate::Compared(pin) => match pin.outcome {
                Outcome::Agrees | Outcome::NamesAgree => &mut self.n_agreeing,
                Outcome::Doubtful => &mut self.n_doubtful,
                Outcome::NotCompared(_) => &mut self.n_not_compared,
            },
            Fate::Failed => &mut self.n_contradicted,
            Fate::Kept => &mut self.n_kept,
            Fate::Declared => &mut self.n_declared,
            Fate::Unknown => &mut self.n_unknown,
        };
        *count += 1;
    }
}

/// The claims of a page's own words in which there is a number or a name, with every source of its folder.
fn own_claims<'a>(evidence: &Evidence<'a>, page: &'a Page) -> Vec<RecordClaim<'a>> {
    let folder = folder_of(&page.head);
    let all = evidence.pages.iter().flat_map(|page| &page.records.sources);
    let sources: Vec<&Arc<Source>> = all
        .filter(|source| source_key(source).folder == folder)
        .collect();
    if sources.is_empty() {
        return Vec::new();
    }
    let language = Language::named(evidence.language).unwrap_or(Language::unknown());
    let has_facts = |claim: &RecordClaim<'_>| !facts_in(&claim.says.written(), language).is_empty();
    page_claims(page)
        .into_iter()
        .filter(has_facts)
        .map(|mut claim| {
            claim.sources.clone_from(&sources);
            claim
        })
        .collect()
}

/// The claims of every record, with the document that contains it.
fn records<'a>(evidence: &Evidence<'a>) -> Vec<(&'a Arc<Document>, Vec<RecordClaim<'a>>)> {
    let mut records: Vec<(&Arc<Document>, Vec<RecordClaim<'_>>)> = Vec::new();
    for page in evidence.pages {
        let Some(document) = evidence.documents.get(&page.head.source) else {
            continue;
        };
        for claim in claims(&page.records)
            .into_iter()
            .chain(own_claims(evidence, page))
        {
            match records.last_mut() {
                Some((_, claims)) if claims.last().is_some_and(|last| last.is_with(&claim)) => {
                    claims.push(claim);
                }
                _ => records.push((document, vec![claim])),
            }
        }
    }
    records
}

/// The part of each speaker's name that a source uses.
pub(super) type Surnames<'a> = BTreeMap<(SourceKey, &'a str), &'a str>;

/// The surname of each speaker in each text that is needed. Finding it takes reading the whole text, so it is done once
/// for everything that somebody said.
fn surnames<'a>(
    claims: impl Iterator<Item = &'a RecordClaim<'a>>,
    texts: &BTreeMap<SourceKey, Text>,
) -> Surnames<'a> {
    let pairs: BTreeSet<(SourceKey, &str)> = claims
        .filter_map(|claim| match &claim.says {
            Says::Speaker(name) => Some((claim, *name)),
            _ => None,
        })
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
