//! The possible results of checking words against a source.

use std::fmt;
use std::ops::Range;

use crate::quotation::closest::Closest;

/// The result of checking a quotation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum QuoteVerdict {
    /// The source has these words, in this order.
    Verified(Match),
    /// The words, or those between two ellipses, are so few that finding them means nothing.
    TooShort {
        /// The words that are too few, as the quotation has them.
        words: String,
    },
    /// The source doesn't have these words.
    NotFound {
        /// The closest passage, if any shares enough words.
        closest: Option<Closest>,
    },
    /// The words are there, but a bracket or an ellipsis changes what they say.
    Reverses(Reversal),
    /// There are too many ways to read the quotation; it was neither found nor ruled out.
    GaveUp,
}

/// Where quoted words are in a source, and what a reader should know about them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Match {
    /// The runs of words between omissions, in order; never empty.
    pub segments: Vec<Segment>,
    /// The words left out between one segment and the next: one fewer than segments.
    pub gaps: Vec<usize>,
    /// What the source has where the quotation has brackets.
    pub brackets: Vec<Replaced>,
    /// Whether the source has the words to the letter.
    pub fidelity: Fidelity,
    /// Reasons to look again, in the order of the text, without duplicates.
    pub warnings: Vec<Warning>,
}

/// A run of quoted words in a source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Segment {
    /// Its tokens, counted from the start of the text.
    pub tokens: Range<usize>,
    /// Its byte range in the text as it was given.
    pub bytes: Range<usize>,
    /// Its paragraph, counted from 1.
    pub paragraph: usize,
}

/// A bracket and what it stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Replaced {
    /// The words in the bracket.
    pub written: String,
    /// The byte range of the source's words; empty if the bracket only adds.
    pub hides: Range<usize>,
}

/// How close the words are to the source's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fidelity {
    /// Character for character.
    Exact,
    /// Equal except for typography, the case of the first letter, or the stop at the end.
    Normalised,
}

/// How an edit changes what was said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reversal {
    /// A bracket adds a negation that the source doesn't have there.
    BracketNegates {
        /// The words in the bracket.
        bracket: String,
    },
    /// A bracket replaces a negation of the source.
    BracketHidesNegation {
        /// The words in the bracket.
        bracket: String,
        /// The negation.
        negation: String,
    },
    /// A bracket adds a number that the source doesn't have there.
    BracketNumber {
        /// The words in the bracket.
        bracket: String,
    },
    /// An ellipsis leaves out a negation that belongs to the words beside it.
    EllipsisHidesNegation {
        /// The negation.
        negation: String,
    },
}

/// A reason to look again at words that the source has.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Warning {
    /// The source has the words outside quotation marks: a paraphrase may be printed as speech.
    OutsideQuotationMarks,
    /// The source attributes the words to somebody else, here or in another place.
    GivenToAnother {
        /// Whom the source names.
        name: String,
    },
    /// The words are in quotation marks of their own within the speech: the source's speaker quotes somebody else.
    WithinAnotherQuotation,
    /// The speaker's name is neither in the paragraph of the words nor in the one before or after.
    SpeakerAbsent {
        /// The name that was looked for.
        surname: String,
    },
    /// Another speaker is named in what an ellipsis leaves out.
    GapAcrossSpeaker {
        /// Whom the source names.
        name: String,
    },
    /// An ellipsis leaves out many words.
    LongGap {
        /// How many.
        n_words: usize,
    },
    /// An ellipsis leaves out a negation of a clause beside it.
    GapHidesNegation {
        /// The negation.
        negation: String,
    },
    /// The sentence goes on with a word that takes something back.
    ClippedQualifier {
        /// The word: `but`, `unless`.
        word: String,
    },
    /// A negation precedes the words in the same clause.
    ClippedNegation {
        /// The negation.
        word: String,
    },
    /// The words are the start of a question and don't show it.
    ClippedQuestion,
    /// The source hedges a number, and the words leave the hedge out: `over`, `nearly`, `or more`.
    ClippedHedge {
        /// The hedge.
        word: String,
    },
    /// The source has a unit after the number at the end of the words: `percent`, `euros`.
    ClippedUnit {
        /// The unit.
        unit: String,
    },
    /// The words are cut off from the condition that applies to them: `if`, `until`.
    ClippedCondition {
        /// The word that opens the condition.
        word: String,
    },
    /// Behind these words of the sentence they needn't be so: `some people think`, `I doubt that`, `perhaps`.
    ClippedLead {
        /// The first of them that was found.
        word: String,
    },
    /// A bracket adds a word that changes the weight: `will`, `exactly`, `all`, `second`.
    BracketBringsIn {
        /// The words in the bracket.
        bracket: String,
        /// The word.
        word: String,
    },
    /// A bracket replaces a word of weight: `may`, `about`, `first`, a number.
    BracketHides {
        /// The words in the bracket.
        bracket: String,
        /// The word.
        word: String,
    },
    /// A bracket says something other than the words that it replaces: `[harm]` for `help`.
    BracketReplaces {
        /// The words in the bracket.
        bracket: String,
        /// The source's word.
        word: String,
    },
    /// An ellipsis drops a word of weight from a sentence: `could`, `alleged`, `but`.
    GapHides {
        /// The word.
        word: String,
    },
    /// An ellipsis drops the clause that says which ones are meant: `people who …`.
    GapHidesLimit {
        /// The word that opens the limit.
        word: String,
    },
    /// The source says that somebody denies these words, or didn't say them.
    Denied {
        /// The word that says so.
        word: String,
    },
}

impl Warning {
    /// Whether it is about the speaker rather than the words.
    pub fn is_about_speaker(&self) -> bool {
        matches!(
            self,
            Self::GivenToAnother { .. }
                | Self::SpeakerAbsent { .. }
                | Self::WithinAnotherQuotation
                | Self::GapAcrossSpeaker { .. }
                | Self::Denied { .. }
        )
    }
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OutsideQuotationMarks => {
                f.write_str("the words are outside quotation marks in the source")
            }
            Self::GivenToAnother { name } => {
                write!(f, "the source attributes these words to `{name}`")
            }
            Self::WithinAnotherQuotation => {
                f.write_str("in the source, the speaker attributes these words to somebody else")
            }
            Self::SpeakerAbsent { surname } => write!(
                f,
                "`{surname}` isn't named in the paragraph of these words, nor in the one before or after"
            ),
            Self::GapAcrossSpeaker { name } => {
                write!(
                    f,
                    "the ellipsis leaves out words that the source attributes to `{name}`"
                )
            }
            Self::LongGap { n_words } => write!(f, "the ellipsis leaves out {n_words} words"),
            Self::GapHidesNegation { negation } => {
                write!(f, "the ellipsis leaves out `{negation}` from the sentence")
            }
            Self::ClippedQualifier { word } => {
                write!(f, "the sentence continues with `{word}` in the source")
            }
            Self::ClippedNegation { word } => {
                write!(f, "`{word}` comes before these words in the source")
            }
            Self::ClippedQuestion => {
                f.write_str("these words are part of a question in the source")
            }
            Self::ClippedHedge { word } => {
                write!(f, "the source hedges this number with `{word}`")
            }
            Self::ClippedUnit { unit } => {
                write!(f, "the source says `{unit}` after this number")
            }
            Self::ClippedCondition { word } => write!(
                f,
                "in the source, these words depend on a condition, which begins with `{word}`"
            ),
            Self::ClippedLead { word } => write!(
                f,
                "in the source these words stand behind `{word}`, which doesn't say that they are so"
            ),
            Self::BracketBringsIn { bracket, word } => write!(
                f,
                "`[{bracket}]` adds `{word}`, which the source doesn't have there"
            ),
            Self::BracketHides { bracket, word } => {
                write!(f, "`[{bracket}]` replaces the source's `{word}`")
            }
            Self::BracketReplaces { bracket, word } => write!(
                f,
                "`[{bracket}]` replaces the source's `{word}`, which means something else"
            ),
            Self::GapHides { word } => {
                write!(f, "the ellipsis leaves out `{word}` from the sentence")
            }
            Self::GapHidesLimit { word } => write!(
                f,
                "the ellipsis leaves out which ones are meant: the source continues with `{word}`"
            ),
            Self::Denied { word } => write!(
                f,
                "the source says `{word}` about these words: the person named may not have said them"
            ),
        }
    }
}

impl fmt::Display for Reversal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::BracketNegates { bracket } => write!(
                f,
                "`[{bracket}]` adds a negation that the source doesn't have there"
            ),
            Self::BracketHidesNegation { bracket, negation } => {
                write!(f, "`[{bracket}]` replaces the source's `{negation}`")
            }
            Self::BracketNumber { bracket } => write!(
                f,
                "`[{bracket}]` adds a number that the source doesn't have there"
            ),
            Self::EllipsisHidesNegation { negation } => {
                write!(f, "the ellipsis leaves out `{negation}`")
            }
        }
    }
}
