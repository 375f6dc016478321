//! What can be said of a record today: with the source's text, with a pin, or with neither.

use std::fmt;

use nutgraf_evidence::{
    Match, NORMALISATION_VERSION, Quote, QuoteVerdict, SourceText, WordsHash, match_passage,
    match_printed, match_quote,
};

use super::lock::{EvidenceLock, PinnedVerdict, RecordKey, RecordPin, SourceKey, SourcePin};
use crate::model::Day;

/// Words of a record that claim to be in a source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Claim<'a> {
    /// A `quote:`, with the speaker's surname if there is one.
    Quotation {
        /// The words as written.
        words: &'a str,
        /// The surname, or the name of the body that speaks.
        speaker: Option<&'a str>,
    },
    /// A `passage:`.
    Passage(&'a str),
    /// An `as_printed:`.
    AsPrinted(&'a str),
}

impl Claim<'_> {
    /// Checks the words against a text.
    pub fn verdict(&self, source: &SourceText) -> QuoteVerdict {
        match self {
            Self::Quotation { words, speaker } => match_quote(source, &Quote::new(words), *speaker),
            Self::Passage(words) => match_passage(source, &Quote::new(words)),
            Self::AsPrinted(words) => match_printed(source, &Quote::new(words)),
        }
    }

    /// The hash that a pin holds them by.
    pub fn hash(&self) -> WordsHash {
        match self {
            Self::Quotation { words, speaker } => WordsHash::of(words, *speaker),
            Self::Passage(words) | Self::AsPrinted(words) => WordsHash::of(words, None),
        }
    }

    /// The pin of words that were found.
    pub fn pin(&self, key: &SourceKey, source: &SourceText, found: &Match, date: Day) -> RecordPin {
        RecordPin {
            source: key.clone(),
            text: source.hash(),
            words: self.hash(),
            segments: found
                .segments
                .iter()
                .map(|segment| (segment.tokens.start, segment.tokens.end))
                .collect(),
            gaps: found.gaps.clone(),
            verdict: if found.warnings.is_empty() {
                PinnedVerdict::Verified
            } else {
                PinnedVerdict::Doubtful
            },
            date,
        }
    }
}

/// What can be said of words today.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    /// Found just now, in the text at hand.
    Verified(Match),
    /// The text isn't at hand; these words were found on a day.
    VerifiedOn {
        /// The day.
        date: Day,
        /// What the check came to.
        verdict: PinnedVerdict,
    },
    /// Neither.
    Unverified(Unverified),
}

/// Why words aren't verified.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unverified {
    /// The text is at hand and doesn't hold them up. Never [`QuoteVerdict::Verified`].
    Failed(QuoteVerdict),
    /// They were never verified.
    NeverChecked,
    /// They were edited, or given to another speaker, after they had been verified.
    WordsChanged {
        /// When the former words were verified.
        since: Day,
    },
    /// They were verified against another source, or another text of it.
    SourceChanged {
        /// When.
        since: Day,
    },
    /// `evidence.lock` rests on another version of the normalisation.
    OtherNormalisation,
}

impl fmt::Display for Unverified {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Failed(_) => f.write_str("the source's text doesn't hold these words up"),
            Self::NeverChecked => f.write_str("not yet checked against the source's text"),
            Self::WordsChanged { since } => {
                write!(f, "changed since it was verified on {since}")
            }
            Self::SourceChanged { since } => {
                write!(f, "the source changed since this was verified on {since}")
            }
            Self::OtherNormalisation => {
                f.write_str("`evidence.lock` was written under other rules; verify again")
            }
        }
    }
}

/// The state of words: by the text if it is at hand, else by the pin.
///
/// # Examples
///
/// ```
/// use nutgraf::evidence::{state_of, Claim, EvidenceLock, RecordKey, SourceKey, SourceText, State, Unverified};
///
/// let key = RecordKey {
///     folder: ".".into(), kind: "reaction".into(), id: "mao".into(), field: "quote".into(),
/// };
/// let source_key = SourceKey { folder: ".".into(), id: "newsweek".into() };
/// let source = SourceText::new("“We oppose this,” said Mao.");
/// let claim = Claim::Quotation { words: "We oppose this", speaker: Some("Mao") };
/// let mut lock = EvidenceLock::default();
///
/// let State::Verified(found) = state_of(&claim, &key, &source_key, &lock, Some(&source)) else { panic!() };
/// let today = "2025-01-27".parse().unwrap();
/// lock.pin_source(source_key.clone(), &source, today);
/// lock.records.insert(key.clone(), claim.pin(&source_key, &source, &found, today));
///
/// // Without the text the pin holds, until the words change.
/// assert!(matches!(state_of(&claim, &key, &source_key, &lock, None), State::VerifiedOn { .. }));
/// let edited = Claim::Quotation { words: "We support this", speaker: Some("Mao") };
/// assert!(matches!(
///     state_of(&edited, &key, &source_key, &lock, None),
///     State::Unverified(Unverified::WordsChanged { .. })
/// ));
/// ```
pub fn state_of(
    claim: &Claim<'_>,
    key: &RecordKey,
    source_key: &SourceKey,
    lock: &EvidenceLock,
    source: Option<&SourceText>,
) -> State {
    if let Some(source) = source {
        return match claim.verdict(source) {
            QuoteVerdict::Verified(found) => State::Verified(found),
            failed => State::Unverified(Unverified::Failed(failed)),
        };
    }
    match pinned(claim, key, source_key, lock) {
        Ok(pin) => State::VerifiedOn {
            date: pin.date,
            verdict: pin.verdict,
        },
        Err(reason) => State::Unverified(reason),
    }
}

fn pinned<'a>(
    claim: &Claim<'_>,
    key: &RecordKey,
    source_key: &SourceKey,
    lock: &'a EvidenceLock,
) -> Result<&'a RecordPin, Unverified> {
    let pin = lock.records.get(key).ok_or(Unverified::NeverChecked)?;
    if lock.normalisation != NORMALISATION_VERSION {
        return Err(Unverified::OtherNormalisation);
    }
    let since = pin.date;
    if pin.words != claim.hash() {
        return Err(Unverified::WordsChanged { since });
    }
    let text = lock.sources.get(source_key).map(|source| source.text);
    if pin.source != *source_key || text != Some(pin.text) {
        return Err(Unverified::SourceChanged { since });
    }
    Ok(pin)
}

impl EvidenceLock {
    /// Notes that a text was at hand on a day. An unchanged text keeps its former day, so that the line doesn't change.
    pub fn pin_source(&mut self, key: SourceKey, source: &SourceText, date: Day) {
        let text = source.hash();
        let kept = self
            .sources
            .get(&key)
            .filter(|pin| pin.text == text)
            .map_or(date, |pin| pin.date);
        self.sources.insert(
            key,
            SourcePin {
                text,
                n_words: source.n_words(),
                date: kept,
            },
        );
    }
}
