//! Compares a figure with its words as printed.
//!
//! `nearly 46,000` supports 46000 hedged with `about` or `under`, but neither 46,000 without a hedge nor 45,920, which
//! claims more than the source does. A record may round what is printed, never the reverse.

pub(crate) mod unit;

use std::fmt;
use std::ops::Range;

use rust_decimal::{Decimal, RoundingStrategy};

use nutgraf_language::Language;
use nutgraf_language::hedge::{Hedge, hedge_of};
use nutgraf_language::normalise::normalised_chars;
use nutgraf_language::printed::{PrintedNumber, numbers};
use nutgraf_language::sense::lower;
use nutgraf_language::tokens::{Token, TokenKind, tokenise};
use nutgraf_language::units::Unit;
use nutgraf_values::Qualifier;

use crate::digits::{first_reading, number_fits};
use crate::figure::unit::{UnitClaim, UnitVerdict};

/// A figure, the words that print it, and what helps to read them.
#[derive(Clone, Copy, Debug)]
pub struct FigureClaim<'a> {
    /// How the source words the figure.
    pub as_printed: &'a str,
    /// The rest of the sentence after these words; `None` if it isn't known. The unit may be there.
    pub behind: Option<&'a str>,
    /// The value.
    pub value: Decimal,
    /// Its hedge.
    pub qualifier: Option<Qualifier>,
    /// Its unit; empty for a bare count.
    pub unit: &'a str,
    /// The source's language.
    pub language: &'static Language,
}

impl<'a> FigureClaim<'a> {
    /// A bare count, without a hedge.
    pub fn new(as_printed: &'a str, value: Decimal, language: &'static Language) -> Self {
        Self {
            as_printed,
            behind: None,
            value,
            qualifier: None,
            unit: "",
            language,
        }
    }
}

/// The result of checking a figure against its words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FigureVerdict {
    /// The words support the figure.
    Agrees(Rounding),
    /// They support the value, but don't mention its unit.
    UnitNotSaid {
        /// What is counted after the number, if anything is.
        printed: Option<String>,
    },
    /// They say something else.
    Disagrees(FigureFault),
    /// They contain no number that could be read.
    NoNumber,
}

/// Whether a figure is the printed number or a rounded one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rounding {
    /// The number as printed.
    Exact,
    /// The printed number is more precise and rounds to the figure.
    Rounded,
}

/// How a figure and its words differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FigureFault {
    /// Another number is printed.
    OtherNumber {
        /// The number.
        printed: Decimal,
    },
    /// The figure is more precise than the words.
    MorePrecise {
        /// The number as printed.
        printed: Decimal,
    },
    /// The words hedge the number, and the figure hedges it differently or not at all.
    Hedged {
        /// The hedge as printed.
        word: String,
        /// The qualifiers that it corresponds to.
        expected: Vec<Qualifier>,
    },
    /// The figure hedges a number that is printed without a hedge.
    NotHedged {
        /// The figure's hedge.
        qualifier: Qualifier,
    },
    /// Another unit is printed.
    OtherUnit {
        /// The unit.
        printed: String,
    },
    /// The figure is negative, and no word says that anything fell.
    NoFall,
}

impl fmt::Display for FigureFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OtherNumber { printed } => write!(f, "the words say `{}`", printed.normalize()),
            Self::MorePrecise { printed } => write!(
                f,
                "the value is more precise than the words, which say `{}`",
                printed.normalize()
            ),
            Self::Hedged { word, expected } => {
                let names: Vec<String> = expected
                    .iter()
                    .map(|qualifier| format!("`{}`", qualifier.name()))
                    .collect();
                write!(
                    f,
                    "the words say `{word}`: expected the qualifier {}",
                    names.join(" or ")
                )
            }
            Self::NotHedged { qualifier } => write!(
                f,
                "the qualifier is `{}`, but the words give the number without one",
                qualifier.name()
            ),
            Self::OtherUnit { printed } => write!(f, "the words say `{printed}`"),
            Self::NoFall => {
                f.write_str("the value is negative, but no word says that something fell")
            }
        }
    }
}

/// Compares a figure with its words as printed.
///
/// If the words contain several numbers (`from over 52,000 in 2021 to 67,500`), one of them has to agree; a year
/// doesn't count while there is another number. Without a language file, only the digits are compared, in every way
/// that a language may mean them.
///
/// # Examples
///
/// ```
/// use nutgraf_evidence::{figure_agrees_in, FigureClaim, FigureFault, FigureVerdict, Language, Rounding};
/// use nutgraf_values::Qualifier;
/// use rust_decimal::Decimal;
///
/// let english = Language::named("en").unwrap();
/// let claim = FigureClaim {
///     unit: "percent",
///     ..FigureClaim::new("Eighty-eight percent", Decimal::from(88), english)
/// };
/// assert_eq!(figure_agrees_in(&claim), FigureVerdict::Agrees(Rounding::Exact));
///
/// let german = Language::named("de").unwrap();
/// let mut claim = FigureClaim::new("mehr als 24.000", Decimal::from(24_000), german);
/// assert!(matches!(
///     figure_agrees_in(&claim),
///     FigureVerdict::Disagrees(FigureFault::Hedged { .. })
/// ));
/// claim.qualifier = Some(Qualifier::Over);
/// assert_eq!(figure_agrees_in(&claim), FigureVerdict::Agrees(Rounding::Exact));
/// ```
pub fn figure_agrees_in(claim: &FigureClaim<'_>) -> FigureVerdict {
    if !claim.language.is_known() {
        return by_digits(claim);
    }
    let (tokens, _) = tokenise(&normalised_chars(claim.as_printed));
    let mut best: Option<(usize, FigureVerdict)> = None;
    for number in amounts(claim.language, &tokens) {
        let verdict = compare(claim, &tokens, &number);
        let rank = match &verdict {
            FigureVerdict::Agrees(_) => return verdict,
            FigureVerdict::UnitNotSaid { .. } => 0,
            FigureVerdict::Disagrees(FigureFault::OtherNumber { .. }) => 2,
            FigureVerdict::Disagrees(_) | FigureVerdict::NoNumber => 1,
        };
        if best.as_ref().is_none_or(|(best, _)| rank < *best) {
            best = Some((rank, verdict));
        }
    }
    best.map_or(FigureVerdict::NoNumber, |(_, verdict)| verdict)
}

/// [`figure_agrees_in`] for English, from the words alone.
pub fn figure_agrees(
    as_printed: &str,
    value: Decimal,
    qualifier: Option<Qualifier>,
    unit: &str,
) -> FigureVerdict {
    figure_agrees_in(&FigureClaim {
        qualifier,
        unit,
        ..FigureClaim::new(as_printed, value, Language::english())
    })
}

fn by_digits(claim: &FigureClaim<'_>) -> FigureVerdict {
    match number_fits(claim.as_printed, claim.value) {
        None => FigureVerdict::NoNumber,
        Some(true) => FigureVerdict::Agrees(Rounding::Exact),
        Some(false) => FigureVerdict::Disagrees(FigureFault::OtherNumber {
            printed: first_reading(claim.as_printed).unwrap_or_default(),
        }),
    }
}

/// The numbers of the words, without the years among them.
fn amounts(language: &Language, tokens: &[Token]) -> Vec<PrintedNumber> {
    let all = numbers(language, tokens);
    let amounts: Vec<PrintedNumber> = all
        .iter()
        .filter(|number| !is_year(language, tokens, &number.tokens))
        .cloned()
        .collect();
    if amounts.is_empty() { all } else { amounts }
}

fn is_year(language: &Language, tokens: &[Token], at: &Range<usize>) -> bool {
    let text = &tokens[at.start].text;
    let looks_so = at.len() == 1
        && tokens[at.start].kind == TokenKind::Number
        && text.len() == 4
        && (text.starts_with("19") || text.starts_with("20"))
        && !text.contains([',', '.']);
    let is_introduced = at.start.checked_sub(1).is_some_and(|before| {
        let word = lower(&tokens[before].text);
        let nouns = &language.tables.nouns;
        nouns.prepositions.contains(&*word)
            || nouns.conjunctions.contains(&*word)
            || language.tables.when.to.iter().any(|to| *to == *word)
            || matches!(&*word, "," | "-")
    });
    looks_so && is_introduced
}

fn compare(claim: &FigureClaim<'_>, tokens: &[Token], number: &PrintedNumber) -> FigureVerdict {
    let unit = UnitClaim::new(claim.language, claim.unit);
    let rounding = match compare_value(claim, &unit, tokens, number) {
        Ok(rounding) => rounding,
        Err(fault) => return FigureVerdict::Disagrees(fault),
    };
    let said = unit.compare(tokens, &number.tokens, number.form, claim.behind);
    if let UnitVerdict::Other { printed } = said {
        return FigureVerdict::Disagrees(FigureFault::OtherUnit { printed });
    }
    let mut hedge = hedge_of(claim.language, tokens, &number.tokens);
    if hedge.is_none() && number.is_rough {
        hedge = Some(Hedge {
            words: words(&tokens[number.tokens.clone()]),
            means: vec![Qualifier::About],
        });
    }
    if let Err(fault) = compare_hedge(claim, hedge, rounding) {
        return FigureVerdict::Disagrees(fault);
    }
    match said {
        UnitVerdict::NotSaid { printed } => FigureVerdict::UnitNotSaid { printed },
        UnitVerdict::Agrees | UnitVerdict::Other { .. } => FigureVerdict::Agrees(rounding),
    }
}

fn words(tokens: &[Token]) -> String {
    let words: Vec<&str> = tokens.iter().map(|token| &*token.text).collect();
    words.join(" ")
}

pub(crate) fn compare_value(
    claim: &FigureClaim<'_>,
    unit: &UnitClaim<'_>,
    tokens: &[Token],
    number: &PrintedNumber,
) -> Result<Rounding, FigureFault> {
    let mut printed = number.value;
    let mut value = claim.value;
    // `a tenth of a percent` is no share by itself.
    let is_of_percent = || {
        let numbers = &claim.language.tables.numbers;
        let is_small = |at: &usize| {
            let key = lower(&tokens[*at].text);
            numbers.of.contains(&*key) || numbers.articles.contains(&*key)
        };
        let end = number.tokens.end;
        let n_small = (end..tokens.len()).take_while(is_small).count();
        let behind = claim.language.unit_behind(tokens, end + n_small);
        n_small > 1 && behind.is_some_and(|unit| unit.unit == Unit::Known("percent".to_owned()))
    };
    if number.form.is_part() && unit.is_percent() && !is_of_percent() {
        printed *= Decimal::ONE_HUNDRED;
    }
    if let Some(scale) = unit.scale() {
        printed = printed.checked_div(scale).unwrap_or(printed);
    }
    if value < Decimal::ZERO && printed > Decimal::ZERO {
        let falls = tokens
            .iter()
            .any(|token| claim.language.is_fall(&token.text));
        if !falls {
            return Err(FigureFault::NoFall);
        }
        value = -value;
    }
    if printed == value {
        return Ok(Rounding::Exact);
    }
    if rounds_to(printed, value) {
        return Ok(Rounding::Rounded);
    }
    if !number.form.is_part() && rounds_to(value, printed) {
        return Err(FigureFault::MorePrecise { printed });
    }
    Err(FigureFault::OtherNumber { printed })
}

pub(crate) fn compare_hedge(
    claim: &FigureClaim<'_>,
    hedge: Option<Hedge>,
    rounding: Rounding,
) -> Result<(), FigureFault> {
    match (hedge, claim.qualifier) {
        (None, None) => Ok(()),
        (None, Some(Qualifier::About)) if rounding == Rounding::Rounded => Ok(()),
        (None, Some(qualifier)) => Err(FigureFault::NotHedged { qualifier }),
        (Some(hedge), Some(qualifier)) if hedge.means.contains(&qualifier) => Ok(()),
        (Some(hedge), Some(_) | None) => Err(FigureFault::Hedged {
            word: hedge.words,
            expected: hedge.means,
        }),
    }
}

/// Whether a number, rounded to the precision of another, equals it.
///
/// After the decimal point, any rounding is allowed. Before it, rounding may lose a hundredth at most: 36,500 is not
/// 40,000.
pub(crate) fn rounds_to(precise: Decimal, round: Decimal) -> bool {
    let half_up = RoundingStrategy::MidpointAwayFromZero;
    if precise.scale() > round.scale()
        && precise.round_dp_with_strategy(round.scale(), half_up) == round
    {
        return true;
    }
    let mut step = Decimal::ONE;
    while !round.is_zero() && (round / (step * Decimal::TEN)).is_integer() {
        step *= Decimal::TEN;
    }
    let rounded = (precise / step).round_dp_with_strategy(0, half_up) * step;
    let lost = (precise - round).abs() * Decimal::ONE_HUNDRED;
    step > Decimal::ONE && rounded == round && lost <= precise.abs()
}
