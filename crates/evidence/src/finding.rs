//! What comparing a claim with a source's words can find.

use nutgraf_language::Language;
use nutgraf_values::Day;

/// Why a claim wasn't compared although the source's text was available.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum WhyNot {
    /// The record gives no words of the source that could state it.
    NoWords,
    /// Its words and their sentence say nothing about it that could be understood.
    NotInWords,
    /// The words are in a language that nutgraf doesn't read.
    Language,
    /// It was worked out, as the record explains.
    WorkedOut,
    /// The sentence is the editor's own and has no number or name.
    OwnWords,
}

/// What the comparison of one claim found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Finding {
    /// The words say this.
    Agrees,
    /// Every number and name of an editor's sentence is there.
    NamesAgree,
    /// Somebody should look at it, for this reason.
    Doubt(String),
    /// The words as printed can't be understood, or not in this sense, for this reason.
    Unclear(String),
    /// The words say something else: this.
    Contradicted(String),
    /// There was nothing to compare it with.
    NotCompared(WhyNot),
}

/// Words of a source that may state a number or a date.
#[derive(Clone, Copy, Debug)]
pub struct Context<'t> {
    /// The words of the record that were found.
    pub words: &'t str,
    /// The sentence of the source around them.
    pub sentence: &'t str,
    /// Whether the words are the number or date as printed, and nothing else.
    pub is_printed: bool,
    /// Where in the sentence they begin, in bytes.
    pub at: usize,
    /// The source's language.
    pub language: &'static Language,
    /// The day on which the source was published.
    pub published: Option<Day>,
}

impl Finding {
    pub(crate) fn weight(&self) -> usize {
        match self {
            Self::Agrees | Self::NamesAgree => 0,
            Self::NotCompared(_) => 1,
            Self::Doubt(_) | Self::Unclear(_) => 10,
            Self::Contradicted(_) => 100,
        }
    }
}

pub(crate) const NOT_THERE: Finding = Finding::NotCompared(WhyNot::NotInWords);

impl<'t> Context<'t> {
    /// What the sentence says after the words.
    pub(crate) fn behind(&self) -> &'t str {
        let end = self.at + self.words.len();
        self.sentence.get(end..).unwrap_or_default()
    }
}
