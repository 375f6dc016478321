//! `evidence.lock`: what was compared, when, with which text, and with what result.
//!
//! The text of a source isn't in the repository, so a later build can't look again. It can tell whether a claim is
//! still the one that was compared, by the hash of what it says. Hashes are taken only of what the site publishes
//! (whole quotations, values, dates, names) and of the whole text, never of parts of it: from those, the text could be
//! rebuilt word by word, by guessing. All that the file reveals is what the site publishes anyway, and its position in
//! the text.
//!
//! Each line is one claim, in sorted order, so that two branches that verify different records can be merged. Start at
//! [`EvidenceLock`]; the file format is described at [`EvidenceLock::parse`].

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
    /// The version of normalisation used for the hashes.
    pub normalisation: u32,
    /// The texts that were available.
    pub sources: BTreeMap<SourceKey, SourcePin>,
    /// The claims that were compared.
    pub claims: BTreeMap<RecordKey, ClaimPin>,
    /// Whether it is in the format of version 1, which knew only words: no values, dates or speakers.
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

/// A source, identified by the folder of its page (`.` is `content/` itself) and its id.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourceKey {
    /// The folder.
    pub folder: String,
    /// The id.
    pub id: String,
}

/// A text that was available.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourcePin {
    /// The hash of the normalised text.
    pub text: TextHash,
    /// The number of its words.
    pub n_words: usize,
    /// The language that it was recognized as (BCP 47), if the source states none and it isn't the site's.
    pub language: Option<String>,
    /// When it was read.
    pub date: Day,
}

/// A field of a record, identified by the folder of its page, in which its id is unique.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RecordKey {
    /// The folder.
    pub folder: String,
    /// `event`, `figure`, `reaction`...
    pub kind: String,
    /// The record's id.
    pub id: String,
    /// `quote`, `value`, `date`, `passage`; followed by what distinguishes it if a record has several:
    /// `passage/newsweek`, `value@2023`.
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
    /// For words: the token ranges of the segments in the text, each with an exclusive end, in order.
    pub segments: Vec<(usize, usize)>,
    /// The number of words left out between them.
    pub gaps: Vec<usize>,
    /// The result of the comparison.
    pub outcome: Outcome,
    /// When.
    pub date: Day,
}

impl ClaimPin {
    /// Records where words are in the text.
    pub(super) fn at(&mut self, found: &Match) {
        let segments = found.segments.iter();
        self.segments = segments
            .map(|segment| (segment.tokens.start, segment.tokens.end))
            .collect();
        self.gaps.clone_from(&found.gaps);
    }
}

impl EvidenceLock {
    /// Records that a text was available on a day. An unchanged text keeps its earlier date, so that its line stays the
    /// same.
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
