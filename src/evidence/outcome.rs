//! What a comparison of a claim with its sources can come to.

pub use nutgraf_evidence::compare::WhyNot;

/// What became of a claim that was compared, or would have been. What contradicts its source has no outcome that is
/// written down: it is an error of its record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Outcome {
    /// The source says this.
    Agrees,
    /// A sentence of the editor's: the source has every number and every name in it.
    NamesAgree,
    /// As far as it was compared, and somebody should look at it.
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
