//! Compares a number with the words that were found and with the sentence around them.
//!
//! A record is contradicted only where the words clearly say otherwise. What they don't mention counts as not compared.

mod numbered;

use crate::date::dated::Dated;
use crate::figure::{FigureClaim, FigureVerdict, figure_agrees_in};
use crate::finding::NOT_THERE;
pub use crate::finding::{Context, Finding, WhyNot};
use crate::own_words::Vocabulary;
use nutgraf_values::Quantity;

/// A number that a record gives, with the date and title that go with it.
#[derive(Clone, Copy, Debug)]
pub struct Numbered<'r> {
    /// The number.
    pub quantity: &'r Quantity,
    /// Its date, if the record gives one.
    pub date: Option<Dated<'r>>,
    /// What the record calls it; may be empty.
    pub title: &'r str,
    /// Whether it is the high end of a range, whose low end is a number of its own.
    pub is_high_end: bool,
}

impl<'r> Numbered<'r> {
    /// A number by itself.
    pub fn new(quantity: &'r Quantity) -> Self {
        Self {
            quantity,
            date: None,
            title: "",
            is_high_end: false,
        }
    }
}

/// What words say about a number: its value, its hedge, what it counts, and its date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NumberFinding {
    /// About the value.
    pub value: Finding,
    /// About the hedge.
    pub qualifier: Finding,
    /// About what is counted.
    pub unit: Finding,
    /// About the date.
    pub date: Finding,
}

impl NumberFinding {
    pub(crate) fn all(finding: &Finding) -> Self {
        Self {
            value: finding.clone(),
            qualifier: finding.clone(),
            unit: finding.clone(),
            date: finding.clone(),
        }
    }

    /// How little agrees, for choosing the best of several findings: the lower the better.
    pub(crate) fn weight(&self) -> usize {
        let findings = [&self.value, &self.qualifier, &self.unit, &self.date];
        findings.into_iter().map(Finding::weight).sum()
    }
}

/// Compares a number with a record's words; one of them has to support it together with its hedge, its unit and its
/// date. `same_language` says whether the unit is in the source's language.
///
/// # Examples
///
/// ```
/// use nutgraf_evidence::compare::{Context, Finding, Numbered, number};
/// use nutgraf_evidence::{Dated, Language};
/// use nutgraf_values::Quantity;
///
/// let sentence = "The fair had 52,000 visitors in 2021 and 67,500 in 2022.";
/// let context = Context {
///     words: sentence,
///     sentence,
///     is_printed: false,
///     at: 0,
///     language: Language::named("en").unwrap(),
///     published: None,
/// };
/// let quantity = Quantity { number: "52000".parse().unwrap(), to: None, unit: "visitors".to_owned(), qualifier: None };
/// let found = |date: &str| {
///     let date = date.parse().unwrap();
///     let date = Dated { date: &date, is_inferred: false, is_expected: false };
///     let numbered = Numbered { date: Some(date), ..Numbered::new(&quantity) };
///     number(&[context], &numbered, true)
/// };
/// assert_eq!(found("2021").date, Finding::Agrees);
/// assert!(matches!(found("2022").date, Finding::Contradicted(_)));
/// ```
pub fn number(
    contexts: &[Context<'_>],
    numbered: &Numbered<'_>,
    same_language: bool,
) -> NumberFinding {
    let mut best: Option<NumberFinding> = None;
    for context in contexts {
        let found = if context.language.is_known() {
            numbered.read_in(context, same_language)
        } else {
            number_by_digits(context, numbered, same_language)
        };
        let is_silent = matches!(found.value, Finding::NotCompared(_));
        if is_silent {
            continue;
        }
        if found.value == Finding::Agrees && found.weight() == 0 {
            return found;
        }
        if best
            .as_ref()
            .is_none_or(|best| found.weight() < best.weight())
        {
            best = Some(found);
        }
    }
    best.unwrap_or_else(|| NumberFinding::all(&NOT_THERE))
}

fn number_by_digits(
    context: &Context<'_>,
    numbered: &Numbered<'_>,
    same_language: bool,
) -> NumberFinding {
    let language = Finding::NotCompared(WhyNot::Language);
    let quantity = numbered.quantity;
    let claim = FigureClaim::new(context.words, quantity.number.value(), context.language);
    let value = match figure_agrees_in(&claim) {
        FigureVerdict::Agrees(_) | FigureVerdict::UnitNotSaid { .. } => Finding::Agrees,
        FigureVerdict::Disagrees(fault) => Finding::Contradicted(fault.to_string()),
        FigureVerdict::NoNumber => language.clone(),
    };
    let unit = match value {
        Finding::Agrees => unit_in(context, &quantity.unit, same_language),
        _ => language.clone(),
    };
    let date = numbered
        .date
        .map_or(NOT_THERE, |date| date.around(&[*context], ""));
    NumberFinding {
        value,
        qualifier: language,
        unit,
        date,
    }
}

/// Symbols and words for the same unit.
const UNIT_WORDS: [&[&str]; 7] = [
    &[
        "percent",
        "%",
        "per cent",
        "pct",
        "prozent",
        "por ciento",
        "pour cent",
    ],
    &["usd", "$", "dollar", "dollars", "us$"],
    &["eur", "€", "euro", "euros"],
    &["gbp", "£", "pound", "pounds"],
    &["jpy", "¥", "yen"],
    &["inr", "₹", "rupee", "rupees"],
    &["cny", "yuan", "renminbi", "rmb"],
];

/// Words in units that count nothing on their own.
const UNIT_FILLERS: &str =
    " of the a an per in million billion trillion thousand de la el der die das und et y ";

/// Whether the words of a unit are in the sentence of its number.
pub(crate) fn unit_in(context: &Context<'_>, unit: &str, same_language: bool) -> Finding {
    let lower = context.sentence.to_lowercase();
    let vocabulary = Vocabulary::of(context.sentence, context.language);
    let has = |word: &str| {
        let same = UNIT_WORDS.iter().find(|words| words.contains(&word));
        match same {
            Some(words) => words.iter().any(|word| lower.contains(word)),
            None => vocabulary.has_common(word),
        }
    };
    let words: Vec<String> = unit.split_whitespace().map(str::to_lowercase).collect();
    let missing = words
        .iter()
        .filter(|word| !UNIT_FILLERS.contains(&format!(" {word} ")))
        .find(|word| !has(word));
    match missing {
        None => Finding::Agrees,
        Some(_) if !same_language => Finding::NotCompared(WhyNot::Language),
        Some(word) => Finding::Doubt(format!(
            "`{word}` isn't among the words around this number in the source"
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use nutgraf_language::Language;

    #[test]
    fn a_unit_is_among_the_words_of_its_number() {
        for (sentence, unit, fits) in [
            ("It lasted 25 years.", "years", true),
            ("It lasted 25 years.", "months", false),
            ("It costs $5 a day.", "USD per day", true),
            ("It costs £5 a day.", "GBP a year", false),
            ("They moved 12 tonnes.", "kg", false),
            ("A child was hurt.", "children", true),
            ("10 people came.", "percent", false),
        ] {
            let context = Context {
                words: sentence,
                sentence,
                is_printed: false,
                at: 0,
                language: Language::english(),
                published: None,
            };
            assert_eq!(
                unit_in(&context, unit, true) == Finding::Agrees,
                fits,
                "{sentence} {unit}"
            );
        }
    }
}
