//! Does a date agree with the words that were found, or with those beside its number in the sentence around them?

use super::compare::{Context, Finding, NOT_THERE, WhyNot};
use super::date::{Basis, DateClaim, DateDoubt, DateFault, DateVerdict, Outlook, date_agrees_in};
use super::figure::{FigureClaim, FigureFault, FigureVerdict, figure_agrees_in};
use nutgraf_language::Language;
use nutgraf_language::printed::numbers_in;
use nutgraf_values::{PartialDate, Quantity};

/// A date that a record gives.
#[derive(Clone, Copy, Debug)]
pub struct Dated<'r> {
    /// The date.
    pub date: &'r PartialDate,
    /// Whether it was worked out from more than the words.
    pub is_inferred: bool,
    /// Whether it is still to come.
    pub is_expected: bool,
}

impl Dated<'_> {
    fn verdict(&self, words: &str, context: &Context<'_>, basis: Basis) -> DateVerdict {
        let claim = DateClaim {
            as_printed: words,
            date: self.date,
            published: context.published,
            basis,
            outlook: match self.is_expected {
                true => Outlook::Expected,
                false => Outlook::Happened,
            },
        };
        date_agrees_in(&claim, context.language)
    }

    /// Compares the date with its words as printed.
    pub fn printed(&self, context: &Context<'_>) -> Finding {
        let verdict = |basis| self.verdict(context.words, context, basis);
        match (self.is_inferred, verdict(Basis::AsPrinted)) {
            (_, DateVerdict::Agrees) => Finding::Agrees,
            (true, _) => match verdict(Basis::Inferred) {
                DateVerdict::Contradicts(fault) => Finding::Contradicted(fault.to_string()),
                // A date that was worked out says so itself.
                DateVerdict::Agrees | DateVerdict::CannotTell(_) => {
                    Finding::NotCompared(WhyNot::WorkedOut)
                }
            },
            (false, DateVerdict::Contradicts(fault)) => self.contradiction(&fault, context),
            (false, DateVerdict::CannotTell(DateDoubt::NotUnderstood))
                if !context.language.is_known() =>
            {
                Finding::NotCompared(WhyNot::Language)
            }
            (false, DateVerdict::CannotTell(doubt)) => Finding::Unclear(doubt.to_string()),
        }
    }

    /// Says `expected: true` where that is what is missing.
    fn contradiction(&self, fault: &DateFault, context: &Context<'_>) -> Finding {
        let ahead = Dated {
            is_expected: !self.is_expected,
            ..*self
        };
        let other_way = ahead.verdict(context.words, context, Basis::AsPrinted);
        Finding::Contradicted(match (other_way, self.is_expected) {
            (DateVerdict::Agrees, false) => format!(
                "{fault}, unless it was still to come: then the record needs `expected: true`"
            ),
            (DateVerdict::Agrees, true) => format!(
                "{fault}, unless it has happened: then the record can't have `expected: true`"
            ),
            _ => fault.to_string(),
        })
    }

    /// Looks for the date in the sentences around the words.
    pub fn around(&self, contexts: &[Context<'_>], value: Option<&Quantity>) -> Finding {
        let mut finding = NOT_THERE;
        for context in contexts {
            let found = match value {
                Some(quantity) if context.language.is_known() => self.beside(context, quantity),
                _ => self.somewhere(context),
            };
            match found {
                Finding::Agrees => return found,
                Finding::NotCompared(_) => {}
                _ => {
                    finding = found;
                }
            }
        }
        match finding {
            Finding::NotCompared(_) if self.is_inferred => Finding::NotCompared(WhyNot::WorkedOut),
            found => found,
        }
    }

    /// Whether any date of the sentence is this one.
    fn somewhere(&self, context: &Context<'_>) -> Finding {
        let words = words_of(context.sentence);
        let dates = self.dates(&words, context);
        if dates.iter().any(|date| date.agrees) {
            return Finding::Agrees;
        }
        let own = words_of(context.words);
        match self.dates(&own, context).as_slice() {
            [only] if only.has_year && !self.is_inferred => Finding::Doubt(format!(
                "the words around it speak of `{}`",
                own[only.from..only.to].join(" ")
            )),
            _ => NOT_THERE,
        }
    }

    /// Whether the date that goes with a number of the sentence is this one.
    fn beside(&self, context: &Context<'_>, quantity: &Quantity) -> Finding {
        let words = words_of(context.sentence);
        let dates = self.dates(&words, context);
        let amounts = amounts(&words, &dates, context.language);
        let value = quantity.number.value();
        let is_it = |at: &usize| {
            (1..=4).any(|length| {
                let end = (at + length).min(words.len());
                let window = words[*at..end].join(" ");
                let verdict = figure_agrees_in(&FigureClaim {
                    qualifier: quantity.qualifier,
                    ..FigureClaim::new(&window, value, context.language)
                });
                match verdict {
                    FigureVerdict::Agrees(_) | FigureVerdict::UnitNotSaid { .. } => true,
                    FigureVerdict::Disagrees(fault) => matches!(
                        fault,
                        FigureFault::Hedged { .. }
                            | FigureFault::NotHedged { .. }
                            | FigureFault::OtherUnit { .. }
                    ),
                    FigureVerdict::NoNumber => false,
                }
            })
        };
        let mut finding = NOT_THERE;
        for at in amounts.iter().filter(|at| is_it(at)) {
            match self.beside_one(&words, &dates, &amounts, *at) {
                Finding::Agrees => return Finding::Agrees,
                Finding::NotCompared(_) => {}
                found => finding = found,
            }
        }
        finding
    }

    fn beside_one(
        &self,
        words: &[&str],
        dates: &[FoundDate],
        amounts: &[usize],
        at: usize,
    ) -> Finding {
        let next = dates.iter().find(|date| date.from > at);
        let next = next.filter(|date| {
            !amounts
                .iter()
                .any(|other| *other > at && *other < date.from)
        });
        let previous = dates.iter().rev().find(|date| date.to <= at);
        let previous =
            previous.filter(|date| !amounts.iter().any(|other| *other >= date.to && *other < at));
        let other = |date: &FoundDate| {
            format!(
                "the source has `{}` beside this number",
                words[date.from..date.to].join(" ")
            )
        };
        if let Some(next) = next.filter(|date| is_close(&words[at + 1..date.from])) {
            return match (next.agrees, next.has_year) {
                (true, _) => Finding::Agrees,
                (false, true) => Finding::Contradicted(other(next)),
                (false, false) => NOT_THERE,
            };
        }
        match (previous, next) {
            (Some(previous), Some(next)) if previous.agrees && next.agrees => Finding::Agrees,
            (Some(only), None) | (None, Some(only)) => match (only.agrees, only.has_year) {
                (true, _) => Finding::Agrees,
                (false, true) => Finding::Doubt(other(only)),
                (false, false) => NOT_THERE,
            },
            // Of two dates nobody can tell which is meant, unless the number is the only one.
            (Some(previous), Some(next)) if amounts.len() == 1 => {
                match previous.agrees || next.agrees {
                    true => Finding::Agrees,
                    false => NOT_THERE,
                }
            }
            (Some(_), Some(_)) | (None, None) => NOT_THERE,
        }
    }

    /// The dates of a sentence, and whether each is this one.
    fn dates(&self, words: &[&str], context: &Context<'_>) -> Vec<FoundDate> {
        let mut dates = Vec::new();
        let mut at = 0;
        while at < words.len() {
            let longest = (1..=7.min(words.len() - at)).rev().find_map(|length| {
                let window = &words[at..at + length];
                let found = self.date(window, context)?;
                Some((length, found))
            });
            let Some((length, agrees)) = longest else {
                at += 1;
                continue;
            };
            let window = &words[at..at + length];
            dates.push(FoundDate {
                from: at,
                to: at + length,
                agrees,
                has_year: window.iter().any(|word| is_year(word)),
            });
            at += length;
        }
        dates
    }

    /// Whether words are a date, and this one.
    fn date(&self, window: &[&str], context: &Context<'_>) -> Option<bool> {
        if !context.language.is_known() {
            let [year] = window else { return None };
            let is_same = || self.date.year().is_some_and(|own| own.to_string() == *year);
            let is_whole = self.date.written().len() == 4;
            return is_year(year).then(|| is_same() && is_whole);
        }
        let (first, last) = (window.first()?, window.last()?);
        let is_bare = |word: &str| PREPOSITIONS.contains(&word.to_lowercase().as_str());
        // `12` and `may` are as often no dates.
        let has_digit = window
            .iter()
            .any(|word| word.contains(|c: char| c.is_ascii_digit()));
        let is_told = window.len() > 1 && (has_digit || is_bare(first));
        let is_weekday = window.len() == 1 && first.ends_with("day") && first.len() > 5;
        let is_relative = matches!(
            first.to_lowercase().as_str(),
            "yesterday" | "today" | "tomorrow"
        );
        if !(is_told || is_weekday || is_relative || is_year(first)) || is_bare(last) {
            return None;
        }
        let all_digits = window
            .iter()
            .all(|word| is_bare(word) || word.chars().all(|c| c.is_ascii_digit()));
        if all_digits && !window.iter().any(|word| is_year(word)) {
            return None;
        }
        // The `67` of `in 2022 to 67` is no year.
        let is_short = |word: &&str| {
            let digits = word.trim_end_matches(',');
            digits.len() < 4
                && !digits.is_empty()
                && digits.bytes().all(|byte| byte.is_ascii_digit())
        };
        let is_name = |word: &&str| {
            word.len() > 2 && !is_bare(word) && !word.contains(|c: char| c.is_numeric())
        };
        if window.iter().any(is_short) && !window.iter().any(is_name) {
            return None;
        }
        match self.verdict(&window.join(" "), context, Basis::AsPrinted) {
            DateVerdict::Agrees => Some(true),
            DateVerdict::Contradicts(_) => Some(false),
            DateVerdict::CannotTell(DateDoubt::NoPublicationDate | DateDoubt::OtherDigits) => {
                Some(false)
            }
            DateVerdict::CannotTell(DateDoubt::NotUnderstood) => None,
        }
    }
}

/// A date in a sentence, by its words.
struct FoundDate {
    from: usize,
    to: usize,
    agrees: bool,
    has_year: bool,
}

/// Small words at the edges of a date.
const PREPOSITIONS: [&str; 16] = [
    "in", "on", "at", "of", "by", "to", "the", "from", "since", "until", "during", "for", "last",
    "this", "next", "and",
];

/// What parts a number from a date behind it.
const PARTS: [&str; 22] = [
    "and", "but", "while", "to", "from", "than", "whereas", "or", "after", "before", "y", "e",
    "pero", "hasta", "a", "und", "aber", "auf", "bis", "et", "mais", "à",
];

/// Whether a number and the date behind it belong together, by the words between them.
fn is_close(between: &[&str]) -> bool {
    between.len() < 4
        && between.iter().all(|word| {
            !PARTS.contains(&word.to_lowercase().as_str()) && !word.ends_with([',', ';', ':'])
        })
}

fn is_year(word: &str) -> bool {
    word.len() == 4
        && (word.starts_with("19") || word.starts_with("20"))
        && word.bytes().all(|byte| byte.is_ascii_digit())
}

/// The words of a sentence. A comma stays, since it parts; other signs around a word go.
fn words_of(sentence: &str) -> Vec<&str> {
    let words = sentence.split_whitespace().map(|word| {
        let word = word.trim_matches(['.', '(', ')', '“', '”', '"', '’', '‘', '!', '?', ';', ':']);
        let bare = word.trim_end_matches(',');
        match is_year(bare) {
            true => bare,
            false => word,
        }
    });
    words.filter(|word| !word.is_empty()).collect()
}

/// Where numbers stand that are no dates.
fn amounts(words: &[&str], dates: &[FoundDate], language: &Language) -> Vec<usize> {
    let is_date = |at: usize| dates.iter().any(|date| date.from <= at && at < date.to);
    let is_amount = |word: &str| {
        word.contains(|c: char| c.is_numeric()) || !numbers_in(word, language).is_empty()
    };
    (0..words.len())
        .filter(|at| !is_date(*at) && is_amount(words[*at]))
        .collect()
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

    fn date_beside(sentence: &str, value: &str, date: &str) -> Finding {
        let date = date.parse().unwrap();
        let dated = Dated {
            date: &date,
            is_inferred: false,
            is_expected: false,
        };
        let context = context(value, sentence);
        dated.around(&[context], Some(&quantity(value, "")))
    }

    #[test]
    fn a_number_goes_with_the_date_beside_it() {
        let rose = "Harvests went up from 31,000 in 2023 and reached 47,200 in 2024.";
        let ferry = "In 2022, the ferry carried 475,300 people across the sound.";
        for (sentence, value, date) in [
            (rose, "31000", "2023"),
            (rose, "47200", "2024"),
            (ferry, "475300", "2022"),
            (
                "The ferry carried 475,300 people in 2022.",
                "475300",
                "2022",
            ),
            ("On March 3, 12 ships came.", "12", "2025-03-03"),
        ] {
            assert_eq!(
                date_beside(sentence, value, date),
                Finding::Agrees,
                "{sentence} {date}"
            );
        }
        for (sentence, value, date) in [
            (rose, "31000", "2024"),
            (rose, "47200", "2023"),
            (
                "The ferry carried 475,300 people in 2022.",
                "475300",
                "2021",
            ),
        ] {
            let found = date_beside(sentence, value, date);
            assert!(
                matches!(found, Finding::Contradicted(_)),
                "{sentence} {date} {found:?}"
            );
        }
        let found = date_beside(ferry, "475300", "2021");
        assert!(matches!(found, Finding::Doubt(_)), "{found:?}");
        let rose = "The toll rose from over 40 in 2022 to 67 last year.";
        assert_eq!(date_beside(rose, "40", "2022"), Finding::Agrees);
        let shares = "In 2020, 12 percent came and in 2021, 15 percent.";
        for date in ["2020", "2021"] {
            let found = date_beside(shares, "15", date);
            assert!(
                !matches!(found, Finding::Contradicted(_)),
                "{date} {found:?}"
            );
        }
        assert_eq!(
            date_beside("They counted 12 cows.", "12", "2024"),
            NOT_THERE
        );
    }
}
