//! Checks words against a source: [`match_quote`], [`match_passage`], [`match_printed`].

pub(crate) mod closest;
mod doubts;
mod joint;
mod nested;
mod occurrence;
pub(crate) mod quote;
mod search;
pub(crate) mod verdict;
mod weighing;

use crate::quotation::closest::closest;
use crate::quotation::occurrence::{Kind, Occurrence};
use crate::quotation::quote::{Pattern, Quote};
use crate::quotation::search::{Found, Outcome, search};
use crate::quotation::verdict::{Match, QuoteVerdict, Warning};
use crate::source::SourceText;
use crate::speaker::attribution;
use crate::speaker::namesake::{Given, Speaker};

/// Checks a quotation: the same words in the same order, spoken, and by the speaker with this surname.
///
/// The surname may be several words (`White House`). If the words are in several places, the one with the fewest
/// warnings is returned. Nothing is ever verified for being similar.
///
/// # Examples
///
/// ```
/// use nutgraf_evidence::{match_quote, Quote, QuoteVerdict, SourceText};
///
/// let source = SourceText::new("“We do not support it, as you know,” said Mao Ning.");
/// let verdict = |words| match_quote(&source, &Quote::new(words), Some("Mao"));
/// assert!(matches!(verdict("We do not support it"), QuoteVerdict::Verified(_)));
/// assert!(matches!(verdict("We support it"), QuoteVerdict::NotFound { .. }));
/// assert!(matches!(verdict("We do … support it"), QuoteVerdict::Reverses(_)));
/// ```
pub fn match_quote(source: &SourceText, quote: &Quote, speaker: Option<&str>) -> QuoteVerdict {
    let surname = speaker.map(attribution::name_words).unwrap_or_default();
    let kind = Kind::Quotation {
        surname,
        written: speaker.unwrap_or_default(),
        given: Given::default(),
    };
    check(source, quote, &kind)
}

/// Checks a quotation as [`match_quote`] does, for a speaker whose full name is known: another person with the same
/// surname is somebody else.
pub fn match_speech(source: &SourceText, quote: &Quote, speaker: &Speaker<'_>) -> QuoteVerdict {
    let kind = Kind::Quotation {
        surname: attribution::name_words(speaker.called()),
        written: speaker.called(),
        given: Given {
            speaker: Some(*speaker),
        },
    };
    check(source, quote, &kind)
}

/// Checks the words of a `passage:`, which point to a place: of any length, inside or outside quotation marks.
///
/// # Examples
///
/// ```
/// use nutgraf_evidence::{match_passage, Quote, QuoteVerdict, SourceText};
///
/// let source = SourceText::new("The bridge was closed in May.\n\nIt opened again in June.");
/// let QuoteVerdict::Verified(found) = match_passage(&source, &Quote::new("opened again")) else { panic!() };
/// assert_eq!(found.segments[0].paragraph, 2);
/// ```
pub fn match_passage(source: &SourceText, passage: &Quote) -> QuoteVerdict {
    check(source, passage, &Kind::Passage)
}

/// Checks the words of an `as_printed:`, which are the source's own, including any brackets.
///
/// # Examples
///
/// ```
/// use nutgraf_evidence::{match_printed, Quote, QuoteVerdict, SourceText};
///
/// let source = SourceText::new("The deal is worth $1.2 billion.");
/// assert!(matches!(match_printed(&source, &Quote::new("$1.2 billion")), QuoteVerdict::Verified(_)));
/// // Half a number is another number.
/// assert!(matches!(match_printed(&source, &Quote::new("$1.2")), QuoteVerdict::NotFound { .. }));
/// ```
pub fn match_printed(source: &SourceText, printed: &Quote) -> QuoteVerdict {
    check(source, printed, &Kind::Printed)
}

fn check(source: &SourceText, quote: &Quote, kind: &Kind<'_>) -> QuoteVerdict {
    let verdict = check_in(source, quote, kind);
    let hyphenated = source.hyphenated();
    match (&verdict, hyphenated) {
        // A hyphen at the end of a line may belong to its word.
        (QuoteVerdict::NotFound { .. }, Some(hyphenated)) => {
            match check_in(hyphenated, quote, kind) {
                QuoteVerdict::NotFound { .. } => verdict,
                other => other,
            }
        }
        _ => verdict,
    }
}

fn check_in(source: &SourceText, quote: &Quote, kind: &Kind<'_>) -> QuoteVerdict {
    let mut worst = None;
    let edited = match kind {
        Kind::Printed if quote.verbatim.is_some() => None,
        Kind::Printed | Kind::Quotation { .. } | Kind::Passage => Some(&quote.pattern),
    };
    for pattern in quote.verbatim.iter().chain(edited) {
        if pattern.n_words() == 0 {
            return QuoteVerdict::TooShort {
                words: quote.as_str().to_owned(),
            };
        }
        match search(source, pattern) {
            Outcome::Exhausted => return QuoteVerdict::GaveUp,
            Outcome::Nowhere(reversal) => worst = worst.or(reversal.map(QuoteVerdict::Reverses)),
            Outcome::Found(found) => match best(source, quote, pattern, &found, kind) {
                Ok(found) => return QuoteVerdict::Verified(found),
                Err(words) => worst = worst.or(Some(QuoteVerdict::TooShort { words })),
            },
        }
    }
    worst.unwrap_or_else(|| QuoteVerdict::NotFound {
        closest: closest(source, &quote.pattern.texts()),
    })
}

/// The place that raises the fewest doubts.
///
/// # Errors
///
/// The words that are too few, if they are too few in every place.
fn best(
    source: &SourceText,
    quote: &Quote,
    pattern: &Pattern,
    places: &[Found],
    kind: &Kind<'_>,
) -> Result<Match, String> {
    let mut too_short = None;
    let mut judged: Vec<(usize, Match)> = Vec::new();
    for (index, found) in places.iter().enumerate() {
        let occurrence = Occurrence {
            source,
            pattern,
            found,
        };
        match occurrence.too_short(kind) {
            Some(words) => too_short = too_short.or(Some(words)),
            None => judged.push((index, occurrence.judge(quote, kind))),
        }
    }
    let doubt = |found: &Match| {
        (
            found.warnings.contains(&Warning::OutsideQuotationMarks),
            found.warnings.len(),
            found.gaps.iter().sum::<usize>(),
        )
    };
    let Some((chosen, mut best)) = judged.into_iter().min_by_key(|(_, found)| doubt(found)) else {
        return Err(too_short.unwrap_or_default());
    };
    if let Kind::Quotation { surname, .. } = kind
        && !surname.is_empty()
    {
        for (index, found) in places.iter().enumerate() {
            let other = Occurrence {
                source,
                pattern,
                found,
            };
            if index != chosen
                && let Some(name) = other.given_to_another(surname)
            {
                best.warnings.push(Warning::GivenToAnother { name });
            }
        }
    }
    doubts::dedup(&mut best.warnings);
    Ok(best)
}
