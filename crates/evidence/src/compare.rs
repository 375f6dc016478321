//! Does a number agree with the words that were found, and with the sentence around them?
//!
//! Only what the words clearly say otherwise is contradicted. What they say nothing of wasn't compared.

use super::figure::{FigureClaim, FigureFault, FigureVerdict, figure_agrees_in};
use super::own_words::Vocabulary;
use nutgraf_language::Language;
use nutgraf_values::{Day, Quantity};

/// Why a claim wasn't compared, though a text was at hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum WhyNot {
    /// The record has no words of the source that could say it.
    NoWords,
    /// Its words, and the sentence that they stand in, say nothing of it that could be understood.
    NotInWords,
    /// The words are in a language that isn't read.
    Language,
    /// It was worked out, as the record explains.
    WorkedOut,
    /// A sentence of the editor's without a number or a name.
    OwnWords,
}

/// What the comparison of one claim found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Finding {
    /// The words say this.
    Agrees,
    /// Every number and name of an editor's sentence is there.
    NamesAgree,
    /// Somebody should look at it, and this is why.
    Doubt(String),
    /// The words as printed can't be understood for this reason, or not as this.
    Unclear(String),
    /// The words say something else, namely this.
    Contradicted(String),
    /// There was nothing to compare it with.
    NotCompared(WhyNot),
}

/// Words of a source that may say a number or a date.
#[derive(Clone, Copy, Debug)]
pub struct Context<'t> {
    /// The words of the record that were found.
    pub words: &'t str,
    /// The sentence of the source that they stand in.
    pub sentence: &'t str,
    /// Whether they are the number or date as printed, and nothing else.
    pub is_printed: bool,
    /// What the sentence says behind the words.
    pub behind: &'t str,
    /// The source's language.
    pub language: &'static Language,
    /// The day on which the source was published.
    pub published: Option<Day>,
}

/// What words say of a number: of its value, its hedge, and what it counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NumberFinding {
    /// Of the value.
    pub value: Finding,
    /// Of its hedge.
    pub qualifier: Finding,
    /// Of what it counts.
    pub unit: Finding,
}

pub(super) const NOT_THERE: Finding = Finding::NotCompared(WhyNot::NotInWords);

/// Compares a number with the words of a record, of which one has to hold it up. `same_language` is whether the unit
/// is in the source's language.
pub fn number(contexts: &[Context<'_>], quantity: &Quantity, same_language: bool) -> NumberFinding {
    let mut worst = None;
    for context in contexts {
        let found = match context.language.is_known() {
            true => number_in(context, quantity, same_language),
            false => number_by_digits(context, quantity, same_language),
        };
        match found.value {
            Finding::Agrees => return found,
            Finding::Contradicted(_) | Finding::Doubt(_) | Finding::Unclear(_) => {
                worst = worst.or(Some(found));
            }
            Finding::NamesAgree | Finding::NotCompared(_) => {}
        }
    }
    worst.unwrap_or(NumberFinding {
        value: NOT_THERE,
        qualifier: NOT_THERE,
        unit: NOT_THERE,
    })
}

fn number_in(context: &Context<'_>, quantity: &Quantity, same_language: bool) -> NumberFinding {
    let compare = |words, behind| {
        figure_agrees_in(&FigureClaim {
            behind,
            qualifier: quantity.qualifier,
            unit: &quantity.unit,
            ..FigureClaim::new(words, quantity.number.value(), context.language)
        })
    };
    let unit = || unit_in(context, &quantity.unit, same_language);
    let by = |verdict: FigureVerdict| match verdict {
        FigureVerdict::Agrees(_) | FigureVerdict::UnitNotSaid { .. } => Some(NumberFinding {
            value: Finding::Agrees,
            qualifier: Finding::Agrees,
            unit: unit(),
        }),
        FigureVerdict::Disagrees(fault) => match fault {
            FigureFault::Hedged { .. } | FigureFault::NotHedged { .. } => Some(NumberFinding {
                value: Finding::Agrees,
                qualifier: Finding::Contradicted(fault.to_string()),
                unit: unit(),
            }),
            FigureFault::OtherUnit { .. } => Some(NumberFinding {
                value: Finding::Agrees,
                qualifier: NOT_THERE,
                unit: Finding::Contradicted(fault.to_string()),
            }),
            FigureFault::OtherNumber { .. }
            | FigureFault::MorePrecise { .. }
            | FigureFault::NoFall => None,
        },
        FigureVerdict::NoNumber => None,
    };
    let verdict = compare(context.words, Some(context.behind));
    if let Some(found) = by(verdict.clone()) {
        return found;
    }
    if !context.is_printed
        && let Some(found) = by(compare(context.sentence, Some("")))
    {
        return found;
    }
    let value = match verdict {
        FigureVerdict::Disagrees(fault) => Finding::Contradicted(fault.to_string()),
        _ if context.is_printed => {
            Finding::Unclear("the words have no number that could be read".to_owned())
        }
        _ => NOT_THERE,
    };
    NumberFinding {
        value,
        qualifier: NOT_THERE,
        unit: NOT_THERE,
    }
}

fn number_by_digits(
    context: &Context<'_>,
    quantity: &Quantity,
    same_language: bool,
) -> NumberFinding {
    let language = Finding::NotCompared(WhyNot::Language);
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
    NumberFinding {
        value,
        qualifier: language,
        unit,
    }
}

/// Signs and words that say the same unit.
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

/// Words of units that count nothing by themselves.
const UNIT_FILLERS: &str =
    " of the a an per in million billion trillion thousand de la el der die das und et y ";

/// Whether the words of a unit stand in the sentence of its number.
fn unit_in(context: &Context<'_>, unit: &str, same_language: bool) -> Finding {
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

    fn context<'t>(words: &'t str, sentence: &'t str) -> Context<'t> {
        Context {
            words,
            sentence,
            is_printed: false,
            behind: "",
            language: Language::english(),
            published: "2025-03-04".parse().ok(),
        }
    }

    fn quantity(value: &str, unit: &str) -> Quantity {
        Quantity {
            number: value.parse().unwrap(),
            unit: unit.to_owned(),
            qualifier: None,
        }
    }

    #[test]
    fn a_passage_holds_up_its_numbers() {
        let sentence = "The ferry carried 475,300 people in 2022, about 12 percent more.";
        let check = |value: &str, unit: &str| {
            number(
                &[context("carried 475,300 people", sentence)],
                &quantity(value, unit),
                true,
            )
        };
        assert_eq!(check("475300", "people").unit, Finding::Agrees);
        assert!(matches!(
            check("475300", "percent").unit,
            Finding::Contradicted(_) | Finding::Agrees
        ));
        assert!(matches!(check("475300", "cars").unit, Finding::Doubt(_)));
        assert!(matches!(
            check("99", "people").value,
            Finding::Contradicted(_)
        ));
        let silent = number(
            &[context("The ferry", "The ferry sails.")],
            &quantity("99", ""),
            true,
        );
        assert_eq!(silent.value, NOT_THERE);
    }

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
            assert_eq!(
                unit_in(&context(sentence, sentence), unit, true) == Finding::Agrees,
                fits,
                "{sentence} {unit}"
            );
        }
    }
}
