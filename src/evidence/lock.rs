//! `evidence.lock`: what was compared, when, with which text, and what came of it.
//!
//! The source's text is not in the repository, so that a later build can't look again. It can tell whether a claim is
//! still the one that was compared: by the hash of what it says. Hashes are taken of what the site publishes (whole
//! quotations, values, dates, names) and of the whole text, never of stretches of it: from those the text can be
//! rebuilt word by word, by trying. What the file gives away is what the site publishes anyway, and where in the text
//! it stands.
//!
//! A line is a claim, in sorted order, so that two branches that verify different records merge. Start at
//! [`EvidenceLock`]; the written form is in [`EvidenceLock::parse`].

use std::collections::BTreeMap;

use nutgraf_evidence::{Match, NORMALISATION_VERSION, SourceText, TextHash, WordsHash};

use super::outcome::Outcome;
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
    /// The claims that were compared.
    pub claims: BTreeMap<RecordKey, ClaimPin>,
    /// Whether it has the form of version 1, which knew of words alone: neither of values and dates nor of speakers.
    pub is_old: bool,
}

impl Default for EvidenceLock {
    fn default() -> Self {
        Self {
            normalisation: NORMALISATION_VERSION,
            sources: BTreeMap::new(),
            claims: BTreeMap::new(),
            is_old: false,
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
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourcePin {
    /// The hash of the normalised text.
    pub text: TextHash,
    /// Its words.
    pub n_words: usize,
    /// The language that it was recognized to be in (BCP 47), where the source names none and it isn't the site's.
    pub language: Option<String>,
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
    /// `quote`, `value`, `date`, `passage`; with what tells it apart where a record has several: `passage/newsweek`,
    /// `value@2023`.
    pub field: String,
}

/// A claim that was compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClaimPin {
    /// The source that it was compared with.
    pub source: SourceKey,
    /// The hash of that source's text.
    pub text: TextHash,
    /// The hash of what is claimed.
    pub content: WordsHash,
    /// For words: the tokens of the segments in the text, each with its end (exclusive), in order.
    pub segments: Vec<(usize, usize)>,
    /// The words left out between them.
    pub gaps: Vec<usize>,
    /// What the comparison came to.
    pub outcome: Outcome,
    /// When.
    pub date: Day,
}

impl ClaimPin {
    /// Notes where words stand in the text.
    pub(super) fn at(&mut self, found: &Match) {
        let segments = found.segments.iter();
        self.segments = segments
            .map(|segment| (segment.tokens.start, segment.tokens.end))
            .collect();
        self.gaps.clone_from(&found.gaps);
    }
}

impl EvidenceLock {
    /// Notes that a text was at hand on a day. An unchanged text keeps its former day, so that the line doesn't change.
    pub fn pin_source(
        &mut self,
        key: SourceKey,
        source: &SourceText,
        language: Option<&str>,
        date: Day,
    ) {
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
                language: language.map(str::to_owned),
                date: kept,
            },
        );
    }
}
