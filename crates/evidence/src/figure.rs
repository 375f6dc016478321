//! Whether a figure says what its words as printed say.
//!
//! `nearly 46,000` holds up 46000, hedged with `about` or `under`; it holds up neither 46,000 without a hedge nor
//! 45,920, which is more than the source says. A record may round what is printed, never the other way.

use std::fmt;
use std::ops::Range;

use rust_decimal::{Decimal, RoundingStrategy};

use nutgraf_language::hedge::{Hedge, hedge_of};
use nutgraf_language::normalise::normalised_chars;
use nutgraf_language::number::{Form, PrintedNumber, numbers};
use nutgraf_language::numeral::scale_of;
use nutgraf_language::tokens::{Token, TokenKind, tokenise};
use nutgraf_values::Qualifier;

/// What the check of a figure against its words comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FigureVerdict {
    /// The words hold up the figure.
    Agrees(Rounding),
    /// They say something else.
    Disagrees(FigureFault),
    /// They have no number that could be read.
    NoNumber,
}

/// Whether a figure is the printed number or a rounded one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rounding {
    /// The number as printed.
    Exact,
    /// The printed number is more precise, and rounds to the figure.
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
    /// The words hedge the number, and the figure hedges it otherwise or not at all.
    Hedged {
        /// The hedge as printed.
        word: String,
        /// The qualifiers that it stands for.
        expected: Vec<Qualifier>,
    },
    /// The figure hedges a number that is printed without one.
    NotHedged {
        /// The figure's hedge.
        qualifier: Qualifier,
    },
    /// Another unit is printed.
    OtherUnit {
        /// The unit.
        printed: String,
    },
    /// The figure is negative, and no word says that something fell.
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

/// Compares a figure with its words as printed. An empty unit is a bare count.
///
/// If the words have several numbers (`from over 52,000 in 2021 to 67,500`), one of them has to agree; a year is not
/// one of them while there is another number.
///
/// # Examples
///
/// ```
/// use nutgraf_evidence::{figure_agrees, FigureFault, FigureVerdict, Rounding};
/// use nutgraf_values::Qualifier;
/// use rust_decimal::Decimal;
///
/// let exact = FigureVerdict::Agrees(Rounding::Exact);
/// assert_eq!(figure_agrees("Eighty-eight percent", Decimal::from(88), None, "percent"), exact);
/// assert_eq!(figure_agrees("over 24,000", Decimal::from(24_000), Some(Qualifier::Over), ""), exact);
/// assert!(matches!(
///     figure_agrees("over 24,000", Decimal::from(24_000), None, ""),
///     FigureVerdict::Disagrees(FigureFault::Hedged { .. })
/// ));
/// ```
pub fn figure_agrees(
    as_printed: &str,
    value: Decimal,
    qualifier: Option<Qualifier>,
    unit: &str,
) -> FigureVerdict {
    let (tokens, _) = tokenise(&normalised_chars(as_printed));
    let figure = Figure {
        value,
        qualifier,
        unit: Unit::of(unit),
        scale: unit.split_whitespace().find_map(scale_of),
    };
    let mut worst: Option<FigureFault> = None;
    for number in amounts(&tokens) {
        match figure.compare(&tokens, &number) {
            Ok(rounding) => return FigureVerdict::Agrees(rounding),
            Err(fault) => {
                let is_telling = !matches!(fault, FigureFault::OtherNumber { .. });
                let had_telling = worst
                    .as_ref()
                    .is_some_and(|worst| !matches!(worst, FigureFault::OtherNumber { .. }));
                if worst.is_none() || (is_telling && !had_telling) {
                    worst = Some(fault);
                }
            }
        }
    }
    worst.map_or(FigureVerdict::NoNumber, FigureVerdict::Disagrees)
}

/// The numbers of the words, without the years among them.
fn amounts(tokens: &[Token]) -> Vec<PrintedNumber> {
    let all = numbers(tokens);
    let amounts: Vec<PrintedNumber> = all
        .iter()
        .filter(|number| !is_year(tokens, &number.tokens))
        .cloned()
        .collect();
    if amounts.is_empty() { all } else { amounts }
}

fn is_year(tokens: &[Token], at: &Range<usize>) -> bool {
    let text = &tokens[at.start].text;
    let looks_so = at.len() == 1
        && tokens[at.start].kind == TokenKind::Number
        && text.len() == 4
        && (text.starts_with("19") || text.starts_with("20"))
        && !text.contains([',', '.']);
    let word_before = at
        .start
        .checked_sub(1)
        .map(|before| tokens[before].text.to_lowercase());
    let is_introduced = word_before.is_some_and(|word| {
        matches!(
            word.as_str(),
            "in" | "since" | "of" | "by" | "from" | "until" | "to" | "," | "and" | "-"
        )
    });
    looks_so && is_introduced
}

/// What a number counts, as far as it can be told from its words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Unit {
    Percent,
    Points,
    Currency(&'static str),
    /// Anything else, or nothing.
    Other,
}

impl Unit {
    fn of(unit: &str) -> Self {
        let (tokens, _) = tokenise(&normalised_chars(unit));
        Self::before(&tokens, tokens.len())
            .or_else(|| (0..tokens.len()).find_map(|at| Self::behind(&tokens, at)))
            .map_or(Self::Other, |(unit, _)| unit)
    }

    /// The unit written behind a number, with its words.
    fn behind(tokens: &[Token], at: usize) -> Option<(Self, String)> {
        let word = |index: usize| tokens.get(index).map(|token| token.text.to_lowercase());
        // `a 55-percent share`.
        let at = at + usize::from(word(at).as_deref() == Some("-"));
        let first = word(at)?;
        let second = word(at + 1).unwrap_or_default();
        match (first.as_str(), second.as_str()) {
            ("percentage", "point" | "points") => Some((Self::Points, format!("{first} {second}"))),
            ("point" | "points", _) => Some((Self::Points, first)),
            ("per", "cent") => Some((Self::Percent, format!("{first} {second}"))),
            ("percent" | "%" | "pct", _) => Some((Self::Percent, first)),
            _ => currency(&first)
                .or_else(|| currency(&second).filter(|_| first == "us" || first == "u.s"))
                .map(|code| (Self::Currency(code), first)),
        }
    }

    /// The unit written before a number.
    fn before(tokens: &[Token], at: usize) -> Option<(Self, String)> {
        let token = tokens.get(at.checked_sub(1)?)?;
        let code = currency(&token.text.to_lowercase())?;
        Some((Self::Currency(code), token.text.to_string()))
    }
}

/// The unit written behind a number, if it is one that a figure's is compared with.
pub(super) fn unit_behind(tokens: &[Token], at: usize) -> Option<String> {
    Unit::behind(tokens, at).map(|(_, words)| words)
}

fn currency(word: &str) -> Option<&'static str> {
    match word {
        "$" | "usd" | "dollar" | "dollars" => Some("USD"),
        "€" | "eur" | "euro" | "euros" => Some("EUR"),
        "£" | "gbp" | "pound" | "pounds" => Some("GBP"),
        "¥" | "yen" | "jpy" => Some("JPY"),
        "yuan" | "cny" | "rmb" | "renminbi" => Some("CNY"),
        "₹" | "inr" | "rupee" | "rupees" => Some("INR"),
        "peso" | "pesos" => Some("peso"),
        _ => None,
    }
}

struct Figure {
    value: Decimal,
    qualifier: Option<Qualifier>,
    unit: Unit,
    /// The scale that the unit has in it: `billion USD`.
    scale: Option<Decimal>,
}

impl Figure {
    fn compare(&self, tokens: &[Token], number: &PrintedNumber) -> Result<Rounding, FigureFault> {
        let rounding = self.compare_value(tokens, number)?;
        self.compare_unit(tokens, number)?;
        self.compare_hedge(hedge_of(tokens, &number.tokens), rounding)?;
        Ok(rounding)
    }

    fn compare_value(
        &self,
        tokens: &[Token],
        number: &PrintedNumber,
    ) -> Result<Rounding, FigureFault> {
        let mut printed = number.value;
        let mut value = self.value;
        if number.form == Form::Fraction && self.unit == Unit::Percent {
            printed *= Decimal::ONE_HUNDRED;
        }
        if let Some(scale) = self.scale {
            printed = printed.checked_div(scale).unwrap_or(printed);
        }
        if value < Decimal::ZERO && printed > Decimal::ZERO {
            if !says_fall(tokens) {
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
        if number.form == Form::Plain && rounds_to(value, printed) {
            return Err(FigureFault::MorePrecise { printed });
        }
        Err(FigureFault::OtherNumber { printed })
    }

    fn compare_unit(&self, tokens: &[Token], number: &PrintedNumber) -> Result<(), FigureFault> {
        let printed = Unit::behind(tokens, number.tokens.end)
            .or_else(|| Unit::before(tokens, number.tokens.start));
        match printed {
            Some((unit, printed)) if unit != self.unit => Err(FigureFault::OtherUnit { printed }),
            Some(_) | None => Ok(()),
        }
    }

    fn compare_hedge(&self, hedge: Option<Hedge>, rounding: Rounding) -> Result<(), FigureFault> {
        match (hedge, self.qualifier) {
            (None, None) => Ok(()),
            (None, Some(Qualifier::About)) if rounding == Rounding::Rounded => Ok(()),
            (None, Some(qualifier)) => Err(FigureFault::NotHedged { qualifier }),
            (Some(hedge), Some(qualifier)) if hedge.means.contains(&qualifier) => Ok(()),
            (Some(hedge), Some(_) | None) => Err(FigureFault::Hedged {
                word: hedge.words,
                expected: hedge.means.to_vec(),
            }),
        }
    }
}

/// Whether a number, rounded as far as another is round, is that other.
///
/// Below the point any rounding goes. Above it a hundredth at most may be lost: 36,500 is not 40,000.
fn rounds_to(precise: Decimal, round: Decimal) -> bool {
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

fn says_fall(tokens: &[Token]) -> bool {
    const FALLS: &[&str] = &[
        "fell",
        "fall",
        "falls",
        "fallen",
        "drop",
        "drops",
        "dropped",
        "decline",
        "declines",
        "declined",
        "decrease",
        "decreased",
        "down",
        "loss",
        "lost",
        "losses",
        "cut",
        "cuts",
        "shrank",
        "shrunk",
        "reduced",
        "reduction",
        "minus",
        "lower",
        "fewer",
        "less",
        "below",
        "deficit",
        "negative",
        "plunged",
        "slid",
        "sank",
    ];
    tokens
        .iter()
        .any(|token| FALLS.contains(&token.text.to_lowercase().as_str()))
}
