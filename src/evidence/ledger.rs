//! The evidence as an edition knows it: the committed `evidence.lock`, never the text of a source.
//!
//! The text of a source is on few machines and the lock on all, so every build of a commit gives the same results.

use std::sync::Arc;

use nutgraf_evidence::NORMALISATION_VERSION;
use nutgraf_evidence::compare::{Context, Finding, Numbered, number};
use nutgraf_language::Language;

use super::claims::{Claimant, RecordClaim, Within, claims, source_key};
use super::lock::EvidenceLock;
use super::outcome::Outcome;
use super::page_claims::page_claims;
use super::place::place_of;
use super::report;
use super::says::Says;
use crate::diag::{Code, Diagnostic, Place, Span};
use crate::document::Document;
use crate::model::{Day, Page, PartialDate, Source};
use crate::project::{ContentHash, SourceFile, SourcePath};

/// The file with the results of verification.
pub const LOCK: &str = "evidence.lock";

/// The committed `evidence.lock` of a project.
#[derive(Clone, Debug, Default)]
pub struct Ledger {
    lock: Option<EvidenceLock>,
    /// The site's language.
    language: String,
    hash: Option<ContentHash>,
    fault: Option<Diagnostic>,
}

/// What can be said about a claim without the text of its source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It was compared.
    Compared {
        /// The result of the comparison.
        outcome: Outcome,
        /// When.
        on: Day,
    },
    /// It was compared once, but has changed since.
    Changed {
        /// When it was compared.
        since: Day,
        /// What has changed.
        what: String,
    },
    /// Its source declares that there is no text to compare it with.
    Declared,
    /// It was never compared.
    Unverified,
}

impl Ledger {
    /// The ledger of a project, or the earlier one if it was read from the same bytes.
    ///
    /// `language` is the site's, and applies to sources without a language.
    pub fn open(
        file: Option<&SourceFile>,
        language: &str,
        earlier: Option<&Arc<Self>>,
    ) -> Arc<Self> {
        let hash = file.map(|file| file.hash);
        if let Some(earlier) = earlier
            && earlier.hash == hash
            && earlier.language == language
        {
            return earlier.clone();
        }
        let read = file.map(read);
        let (lock, fault) = match read {
            None => (None, None),
            Some(Ok(lock)) => (Some(lock), None),
            Some(Err(fault)) => (None, Some(*fault)),
        };
        Arc::new(Self {
            lock,
            language: language.to_owned(),
            hash,
            fault,
        })
    }

    /// The lock; `None` if there is none or it can't be read.
    pub fn lock(&self) -> Option<&EvidenceLock> {
        self.lock.as_ref()
    }

    /// Why the lock can't be read.
    pub fn fault(&self) -> Option<&Diagnostic> {
        self.fault.as_ref()
    }

    /// The site's language (BCP 47).
    pub fn language(&self) -> &str {
        &self.language
    }

    /// The source in which a claim was found, or the only one that it cites if it hasn't been found yet.
    pub fn source<'c>(&self, claim: &'c RecordClaim<'_>) -> Option<&'c Source> {
        let pin = self
            .lock
            .as_ref()
            .and_then(|lock| lock.claims.get(&claim.key()));
        let mut sources = claim.sources.iter();
        let pinned = pin.and_then(|pin| sources.find(|source| source_key(source) == pin.source));
        match (pinned, claim.sources.as_slice()) {
            (Some(source), _) | (None, [source]) => Some(source),
            (None, _) => None,
        }
    }

    /// The standing of a claim; `None` if there is no lock, so that nothing is known beyond what is declared.
    pub fn standing(&self, claim: &RecordClaim<'_>) -> Option<Standing> {
        match &self.lock {
            Some(lock) => Some(standing_in(claim, lock)),
            None => claim.is_declared().then_some(Standing::Declared),
        }
    }
}

/// Reads the lock.
///
/// # Errors
///
/// The fault, at the line in question.
fn read(file: &SourceFile) -> Result<EvidenceLock, Box<Diagnostic>> {
    let path = SourcePath::new(LOCK);
    let text = match std::str::from_utf8(&file.bytes) {
        Ok(text) => text,
        Err(error) => {
            let message = format!("`{LOCK}` isn't UTF-8: {error}");
            return Err(Box::new(Diagnostic::new(
                Code::BadLock,
                Place::file(&path),
                message,
            )));
        }
    };
    EvidenceLock::parse(text).map_err(|error| {
        let lines = text.split_inclusive('\n');
        let start: usize = lines.take(error.line() - 1).map(str::len).sum();
        let length = text[start..].lines().next().map_or(0, str::len);
        let place = Place::new(&path, Span::new(start, start + length));
        Box::new(Diagnostic::new(Code::BadLock, place, error.message()).help(
            "fix the line, or remove the file and run `nutgraf verify` where all sources are available",
        ))
    })
}

/// The standing of a claim according to a lock.
pub(super) fn standing_in(claim: &RecordClaim<'_>, lock: &EvidenceLock) -> Standing {
    let never = if claim.may_be_declared() {
        Standing::Declared
    } else {
        Standing::Unverified
    };
    let pin = lock.claims.get(&claim.key());
    let Some(pin) = pin.filter(|_| lock.normalisation == NORMALISATION_VERSION) else {
        return never;
    };
    let since = pin.date;
    let is_same = if lock.is_old {
        claim.old_hash() == Some(pin.content)
    } else {
        claim.hash(pin.outcome == Outcome::Agrees) == pin.content
    };
    if !is_same {
        let what = what_changed(claim, lock.is_old).to_owned();
        return Standing::Changed { since, what };
    }
    let mut sources = claim.sources.iter().map(|source| source_key(source));
    // A page's own words have every source of its folder.
    let is_page = matches!(claim.by, Claimant::Page(_));
    let is_named = is_page || sources.any(|source| source == pin.source);
    let text = lock.sources.get(&pin.source).map(|source| source.text);
    if !is_named || text != Some(pin.text) {
        let what = "the source or its text".to_owned();
        return Standing::Changed { since, what };
    }
    Standing::Compared {
        outcome: pin.outcome,
        on: since,
    }
}

/// Whether the lock's result for a claim still holds.
pub(super) fn holds(claim: &RecordClaim<'_>, lock: &EvidenceLock) -> bool {
    matches!(standing_in(claim, lock), Standing::Compared { .. })
}

fn what_changed(claim: &RecordClaim<'_>, is_old: bool) -> &'static str {
    match &claim.says {
        Says::Quotation { .. } if is_old => "the words or the speaker",
        Says::Quotation { .. } | Says::Passage(_) | Says::Printed(_) => "the words",
        Says::Speaker(_) => "the speaker",
        Says::Value(_) => "the value",
        Says::High(_) => "the high end",
        Says::Qualifier(_) => "the qualifier",
        Says::Unit(_) => "the unit",
        Says::Date { .. } => "the date",
        Says::Sentence(_) => "a number or a name",
    }
}

/// The language in which a source is read: its own, or else the one that its text was recognized as, or else the
/// site's. In a language without a file, only digits are read.
fn language_of(source: &Source, lock: &EvidenceLock, site: &str) -> &'static Language {
    let pin = lock.sources.get(&source_key(source));
    let recognized = pin.and_then(|pin| pin.language.as_deref());
    let tag = source.language.as_deref().or(recognized).unwrap_or(site);
    Language::named(tag).unwrap_or(Language::unknown())
}

/// How a changed value or date differs from its words as printed; `None` if it doesn't, or has none.
fn difference(
    claim: &RecordClaim<'_>,
    claims: &[RecordClaim<'_>],
    (lock, site): (&EvidenceLock, &str),
) -> Option<String> {
    let printed = |within: Within| {
        let mut others = claims.iter().filter(|other| other.is_with(claim));
        others.find_map(|other| match other.says {
            Says::Printed(words) if other.field.within == within => Some(words),
            _ => None,
        })
    };
    let words = printed(claim.field.within)?;
    let source = claim.sources.first()?;
    let published = source.published.as_ref();
    let context = Context {
        words,
        sentence: words,
        is_printed: true,
        at: 0,
        language: language_of(source, lock, site),
        published: published.and_then(PartialDate::exact_day),
    };
    let of = |quantity| number(&[context], &Numbered::new(quantity), true);
    let finding = match &claim.says {
        Says::Value(quantity) => of(quantity).value,
        Says::High(quantity) => of(&super::meaning::high(quantity)).value,
        Says::Qualifier(quantity) => of(quantity).qualifier,
        Says::Unit(quantity) => of(quantity).unit,
        says => says.dated()?.printed(&context),
    };
    match finding {
        Finding::Contradicted(how) | Finding::Unclear(how) => Some(how),
        Finding::Agrees | Finding::NamesAgree | Finding::Doubt(_) | Finding::NotCompared(_) => None,
    }
}

/// The faults of a page's claims according to the lock; none without a lock.
pub fn faults(ledger: &Ledger, page: &Page, document: &Document) -> Vec<Diagnostic> {
    let Some(lock) = ledger.lock() else {
        return Vec::new();
    };
    let mut claims = claims(&page.records);
    let own = page_claims(page).into_iter();
    claims.extend(own.filter(|claim| lock.claims.contains_key(&claim.key())));
    let mut never: Option<&RecordClaim<'_>> = None;
    let faults = claims.iter().filter_map(|claim| {
        let standing = standing_in(claim, lock);
        if standing == Standing::Unverified {
            // One fault is enough for a record that was never compared.
            let is_missing = claim.says.has_to_be_compared() || has_failed(claim, &claims, lock);
            if lock.is_old || !is_missing || never.is_some_and(|never| never.is_with(claim)) {
                return None;
            }
            never = Some(claim);
        }
        let how = match &standing {
            Standing::Changed { .. } => difference(claim, &claims, (lock, ledger.language())),
            _ => None,
        };
        report::of_standing(document, claim, &standing, how.as_deref())
    });
    faults.collect()
}

/// Whether a claim is missing from the lock while others of its record are there, which means that a text contradicts
/// it.
fn has_failed(claim: &RecordClaim<'_>, claims: &[RecordClaim<'_>], lock: &EvidenceLock) -> bool {
    let is_written = |other: &RecordClaim<'_>| lock.claims.contains_key(&other.key());
    !matches!(claim.says, Says::Sentence(_))
        && claims
            .iter()
            .any(|other| other.is_with(claim) && is_written(other))
}

/// A single remark about a lock written by an earlier version.
pub fn old_lock(ledger: &Ledger) -> Option<Diagnostic> {
    ledger.lock().filter(|lock| lock.is_old)?;
    let place = Place::file(&SourcePath::new(LOCK));
    let message = format!(
        "`{LOCK}` is of an earlier version, which compared words alone: nothing is known of values, dates and speakers"
    );
    Some(Diagnostic::new(Code::Unverified, place, message).help(
        "run `nutgraf verify` where the texts of the sources are available, and commit the file",
    ))
}

/// The number of claims on a page that can be compared with sources.
pub fn n_comparable(page: &Page) -> usize {
    comparable(page).len()
}

fn comparable(page: &Page) -> Vec<RecordClaim<'_>> {
    let mut claims = claims(&page.records);
    claims.retain(|claim| !claim.may_be_declared() && claim.says.has_to_be_compared());
    claims
}

/// A single remark on a site that was never verified and makes so many claims, at the first of them, which is on `page`.
pub fn never_verified(n_claims: usize, page: &Page, document: &Document) -> Option<Diagnostic> {
    let first = comparable(page)
        .first()
        .map(|claim| place_of(document, claim));
    let message = match n_claims {
        1 => {
            "one passage or number of the site is based on a source, and was never compared with it"
                .to_owned()
        }
        n => format!(
            "{n} passages and numbers of the site are based on its sources, and none was ever compared with them"
        ),
    };
    Some(Diagnostic::new(Code::Unverified, first?, message).help(
        "name the file that holds the source's text with `text:` in the source, then run `nutgraf verify`; \
         if there is none, as of your own interview, write `text: none` there and say why in `because:`",
    ))
}
