//! What an edition knows of its evidence: the committed `evidence.lock`, and never a source's text.
//!
//! A source's text is on few machines and the lock on all, so that every build of a commit says the same.

use std::sync::Arc;

use super::agreement::Agreement;
use super::claims::{RecordClaim, claims, source_key};
use super::lock::{EvidenceLock, PinnedVerdict};
use super::place::place_of;
use super::report;
use super::state::{State, Unverified, state_of};
use crate::diag::{Code, Diagnostic, Place, Span};
use crate::document::Document;
use crate::model::{Day, Page, Source};
use crate::project::{ContentHash, SourceFile, SourcePath};

/// The file that says what was verified.
pub const LOCK: &str = "evidence.lock";

/// The committed `evidence.lock` of a project.
#[derive(Clone, Debug, Default)]
pub struct Ledger {
    lock: Option<EvidenceLock>,
    is_english: bool,
    hash: Option<ContentHash>,
    fault: Option<Diagnostic>,
}

/// What can be said of a claim without its source's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It was found in its source on a day.
    Verified(Day),
    /// It was found on a day, in a way that somebody should look at.
    Doubtful(Day),
    /// It was verified once, and isn't what was verified any more.
    Changed {
        /// When it was verified.
        since: Day,
        /// What has changed.
        what: String,
    },
    /// It was never verified.
    Unverified,
}

impl Ledger {
    /// The ledger of a project; the earlier one, if it rests on the same bytes.
    ///
    /// `language` is the site's: words of numbers and dates are understood in English only, and their digits everywhere.
    pub fn open(
        file: Option<&SourceFile>,
        language: &str,
        earlier: Option<&Arc<Self>>,
    ) -> Arc<Self> {
        let hash = file.map(|file| file.hash);
        let is_english = is_english(language);
        if let Some(earlier) = earlier
            && earlier.hash == hash
            && earlier.is_english == is_english
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
            is_english,
            hash,
            fault,
        })
    }

    /// The lock; `None` if there is none, or none that can be read.
    pub fn lock(&self) -> Option<&EvidenceLock> {
        self.lock.as_ref()
    }

    /// Why the lock can't be read.
    pub fn fault(&self) -> Option<&Diagnostic> {
        self.fault.as_ref()
    }

    /// Whether the words of numbers and dates are understood.
    pub fn is_english(&self) -> bool {
        self.is_english
    }

    /// The source that a claim was found in; the only one it names, if it wasn't found yet.
    pub fn source<'c>(&self, claim: &'c RecordClaim<'_>) -> Option<&'c Source> {
        let pin = self
            .lock
            .as_ref()
            .and_then(|lock| lock.records.get(&claim.key()));
        let mut sources = claim.sources.iter();
        let pinned = pin.and_then(|pin| sources.find(|source| source_key(source) == pin.source));
        match (pinned, claim.sources.as_slice()) {
            (Some(source), _) | (None, [source]) => Some(source),
            (None, _) => None,
        }
    }

    /// What can be said of a claim; `None` if there is no lock, so that nothing can be said of anything.
    pub fn standing(&self, claim: &RecordClaim<'_>) -> Option<Standing> {
        let lock = self.lock.as_ref()?;
        Some(standing(claim, lock, self.is_english))
    }
}

/// Reads the lock.
///
/// # Errors
///
/// The fault, at its line.
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
            "mend the line, or remove the file and run `nutgraf verify` with all sources at hand",
        ))
    })
}

/// What a lock says of a claim.
pub(super) fn standing(claim: &RecordClaim<'_>, lock: &EvidenceLock, is_english: bool) -> Standing {
    let key = claim.key();
    let pin = lock.records.get(&key);
    let pinned = pin.and_then(|pin| {
        let mut sources = claim.sources.iter();
        sources.find(|source| source_key(source) == pin.source)
    });
    let Some(source) = pinned.or(claim.sources.first()) else {
        return Standing::Unverified;
    };
    let words = claim.pinned();
    match state_of(&words, &key, &source_key(source), lock, None) {
        State::VerifiedOn { date, verdict } => {
            match disagreement(claim, source, is_english, verdict) {
                Some(what) => Standing::Changed { since: date, what },
                None => match verdict {
                    PinnedVerdict::Verified => Standing::Verified(date),
                    PinnedVerdict::Doubtful => Standing::Doubtful(date),
                },
            }
        }
        State::Unverified(Unverified::WordsChanged { since }) => Standing::Changed {
            since,
            what: match claim.speaker {
                Some(_) => "the words or the speaker",
                None => "the words",
            }
            .to_owned(),
        },
        State::Unverified(Unverified::SourceChanged { since }) => Standing::Changed {
            since,
            what: "the source or its text".to_owned(),
        },
        State::Unverified(
            Unverified::NeverChecked | Unverified::OtherNormalisation | Unverified::Failed(_),
        )
        | State::Verified(_) => Standing::Unverified,
    }
}

/// Whether a source is in English: by its own language, else by the site's.
pub(super) fn reads_english(source: &Source, site_is_english: bool) -> bool {
    source
        .language
        .as_deref()
        .map_or(site_is_english, is_english)
}

fn is_english(language: &str) -> bool {
    language == "en" || language.starts_with("en-")
}

/// How a number or date differs from its words, which have been verified.
fn disagreement(
    claim: &RecordClaim<'_>,
    source: &Source,
    is_english: bool,
    verdict: PinnedVerdict,
) -> Option<String> {
    let value = claim.value?;
    let agreement = match reads_english(source, is_english) {
        true => value.agrees(claim.words, source),
        false => value.agrees_by_digits(claim.words),
    };
    match (agreement, verdict) {
        (Agreement::Differs(how), _) => Some(format!("the {} ({how})", value.field())),
        // It was clear when it was verified.
        (Agreement::Unclear(why), PinnedVerdict::Verified) => {
            Some(format!("the {} ({why})", value.field()))
        }
        (Agreement::Unclear(_), PinnedVerdict::Doubtful) | (Agreement::Agrees, _) => None,
    }
}

/// The faults of a page's claims by the lock; none without a lock.
pub fn faults(ledger: &Ledger, page: &Page, document: &Document) -> Vec<Diagnostic> {
    let claims = claims(&page.records).into_iter();
    let faults = claims.filter_map(|claim| {
        let standing = ledger.standing(&claim)?;
        report::of_standing(document, &claim, &standing)
    });
    faults.collect()
}

/// The one remark on a site that was never verified, at its first claim; `None` if it claims nothing.
pub fn never_verified<'a>(
    pages: impl Iterator<Item = (&'a Page, &'a Document)>,
) -> Option<Diagnostic> {
    let mut first = None;
    let mut n_claims = 0;
    for (page, document) in pages {
        let claims = claims(&page.records);
        if let (None, Some(claim)) = (&first, claims.first()) {
            first = Some(place_of(document, claim));
        }
        n_claims += claims.len();
    }
    let message = match n_claims {
        1 => "one passage of the site claims to be a source's, and was never compared with it"
            .to_owned(),
        n => format!(
            "{n} passages of the site claim to be a source's, and none was ever compared with it"
        ),
    };
    Some(Diagnostic::new(Code::Unverified, first?, message).help(
        "name the file that holds the source's text with `text:` in the source, then run `nutgraf verify`",
    ))
}
