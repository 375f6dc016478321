//! `evidence.lock`: what was verified, when, against which text.
//!
//! The source's text is not in the repository, so that a later build can't look again. It can tell whether the words
//! are still those that were verified: by their hash. Hashes are taken of whole quotations and of the whole text,
//! never of stretches of it: from those the text can be rebuilt word by word, by trying (`explainers.md`, 3.3). What
//! the file gives away is what the site publishes anyway, and where in the text it stands.
//!
//! A line is a record, in sorted order, so that two branches that verify different records merge. Start at
//! [`EvidenceLock`]; the written form is in [`EvidenceLock::parse`].

use std::collections::BTreeMap;

use nutgraf_evidence::{NORMALISATION_VERSION, TextHash, WordsHash};

use crate::model::Day;

/// The contents of `evidence.lock`.
///
/// # Examples
///
/// ```
/// use nutgraf::evidence::EvidenceLock;
///
/// let empty = EvidenceLock::default();
/// assert_eq!(empty.to_string().parse::<EvidenceLock>().unwrap(), empty);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EvidenceLock {
    /// The version of the normalisation that the hashes rest on.
    pub normalisation: u32,
    /// The texts that were at hand.
    pub sources: BTreeMap<SourceKey, SourcePin>,
    /// The words that were verified.
    pub records: BTreeMap<RecordKey, RecordPin>,
}

impl Default for EvidenceLock {
    fn default() -> Self {
        Self {
            normalisation: NORMALISATION_VERSION,
            sources: BTreeMap::new(),
            records: BTreeMap::new(),
        }
    }
}

/// A source, by the folder that it is written in (`.` is `content/` itself) and its id.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourceKey {
    /// The folder.
    pub folder: String,
    /// The id.
    pub id: String,
}

/// A text that was at hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SourcePin {
    /// The hash of the normalised text.
    pub text: TextHash,
    /// Its words.
    pub n_words: usize,
    /// When it was read.
    pub date: Day,
}

/// A field of a record, by the folder that it is written in, in which its id is unique.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RecordKey {
    /// The folder.
    pub folder: String,
    /// `event`, `figure`, `reaction`...
    pub kind: String,
    /// The record's id.
    pub id: String,
    /// `quote`, `as_printed`, `passage`; with what tells it apart where a record has several: `passage/newsweek`,
    /// `as_printed@2023`.
    pub field: String,
}

/// Words that were verified.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordPin {
    /// The source that has them.
    pub source: SourceKey,
    /// The hash of the text that they were found in.
    pub text: TextHash,
    /// The hash of the normalised words and, for a quotation, of the speaker.
    pub words: WordsHash,
    /// The tokens of the segments, each with its end (exclusive), in order.
    pub segments: Vec<(usize, usize)>,
    /// The words left out between them.
    pub gaps: Vec<usize>,
    /// What the check came to.
    pub verdict: PinnedVerdict,
    /// When.
    pub date: Day,
}

/// What a check that found the words came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PinnedVerdict {
    /// Without a reason to look again.
    Verified,
    /// With one or more.
    Doubtful,
}

impl PinnedVerdict {
    pub(super) const ALL: [Self; 2] = [Self::Verified, Self::Doubtful];

    /// The word in the file.
    pub fn name(self) -> &'static str {
        match self {
            Self::Verified => "verified",
            Self::Doubtful => "doubtful",
        }
    }
}
