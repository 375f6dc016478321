//! The possible results of comparing a claim with its sources.

pub use nutgraf_evidence::compare::WhyNot;

/// The result for a claim that was compared, or should have been. A claim that contradicts its source has no recorded
/// outcome: it is an error of its record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Outcome {
    /// The source says this.
    Agrees,
    /// An editor's sentence: the source contains all its numbers and names.
    NamesAgree,
    /// It agrees as far as it was compared, but somebody should look at it.
    Doubtful,
    /// It wasn't compared.
    NotCompared(WhyNot),
}

impl Outcome {
    /// Every outcome.
    pub const ALL: [Self; 8] = [
        Self::Agrees,
        Self::NamesAgree,
        Self::Doubtful,
        Self::NotCompared(WhyNot::NoWords),
        Self::NotCompared(WhyNot::NotInWords),
        Self::NotCompared(WhyNot::Language),
        Self::NotCompared(WhyNot::WorkedOut),
        Self::NotCompared(WhyNot::OwnWords),
    ];

    /// The word in `evidence.lock`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Agrees => "agrees",
            Self::NamesAgree => "names-agree",
            Self::Doubtful => "doubtful",
            Self::NotCompared(why) => why_not_name(why),
        }
    }
}

/// The word in `evidence.lock`.
fn why_not_name(why: WhyNot) -> &'static str {
    match why {
        WhyNot::NoWords => "no-words",
        WhyNot::NotInWords => "not-in-words",
        WhyNot::Language => "language",
        WhyNot::WorkedOut => "worked-out",
        WhyNot::OwnWords => "own-words",
    }
}
