//! Compares a figure's unit with the one that its words give.

use std::ops::Range;

use rust_decimal::Decimal;

use nutgraf_language::Language;
use nutgraf_language::normalise::normalised_chars;
use nutgraf_language::number::Form;
use nutgraf_language::sense::lower;
use nutgraf_language::tokens::{Token, tokenise};
use nutgraf_language::units::{PrintedUnit, Unit};

use crate::forms::{are_forms, is_inflected};

/// A figure's unit.
pub(crate) struct UnitClaim<'a> {
    language: &'static Language,
    /// As the record has it.
    written: &'a str,
    /// `None` for a bare count.
    unit: Option<PrintedUnit>,
    /// The scale that is part of the unit: `billion USD`.
    scale: Option<Decimal>,
}

/// What the words say about the unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum UnitVerdict {
    /// They give it, or nothing that could be compared.
    Agrees,
    /// They give another.
    Other {
        /// The unit as printed.
        printed: String,
    },
    /// They don't give it.
    NotSaid {
        /// What is counted after the number.
        printed: Option<String>,
    },
}

impl<'a> UnitClaim<'a> {
    /// Reads a record's unit, which may be in a different language from the source.
    pub(crate) fn new(language: &'static Language, written: &'a str) -> Self {
        let languages = || {
            let others = Language::codes().filter_map(Language::named);
            std::iter::once(language).chain(others)
        };
        let is_known = |unit: &PrintedUnit| !matches!(unit.unit, Unit::Counted(_));
        let mut known = languages()
            .filter_map(|language| language.unit_named(written))
            .filter(is_known);
        // A language with another word for `per` reads `EUR per month` only in part.
        let first = known.next();
        let known = match first {
            Some(first) if first.per.is_none() => {
                known.find(|unit| unit.per.is_some()).or(Some(first))
            }
            first => first,
        };
        let scale = written
            .split_whitespace()
            .find_map(|word| languages().find_map(|language| language.scale_of(word)));
        Self {
            language,
            written,
            unit: known.or_else(|| language.unit_named(written)),
            scale,
        }
    }

    pub(crate) fn scale(&self) -> Option<Decimal> {
        self.scale
    }

    pub(crate) fn is_percent(&self) -> bool {
        self.is_known("percent")
    }

    fn is_known(&self, name: &str) -> bool {
        self.unit
            .as_ref()
            .is_some_and(|unit| matches!(&unit.unit, Unit::Known(known) if known == name))
    }

    /// Whether it is a share: in percent or percentage points.
    pub(crate) fn is_share(&self) -> bool {
        self.is_known("percent") || self.is_known("points")
    }

    /// Whether it is a noun, not a unit that every language has a word for.
    pub(crate) fn is_counted(&self) -> bool {
        matches!(
            &self.unit,
            Some(PrintedUnit {
                unit: Unit::Counted(_),
                ..
            })
        )
    }

    /// Compares the unit with what a whole sentence says about a number. `noun` is what the number itself counts,
    /// `others` are the nouns of other numbers.
    pub(crate) fn said_of(
        &self,
        tokens: &[Token],
        number: &Range<usize>,
        form: Form,
        noun: Option<&Range<usize>>,
        others: &[Range<usize>],
    ) -> UnitVerdict {
        let Some(Unit::Counted(claimed)) = self.unit.as_ref().map(|unit| &unit.unit) else {
            return self.compare(tokens, number, form, Some(""));
        };
        let behind = self.language.unit_behind(tokens, number.end);
        let pers = (
            self.unit.as_ref().and_then(|unit| unit.per.as_ref()),
            behind.as_ref().and_then(|unit| unit.per.as_ref()),
        );
        if let (Some(claimed), Some(said)) = pers
            && claimed != said
            && let Some(printed) = &behind
        {
            return other(printed);
        }
        let own = match &behind {
            Some(PrintedUnit {
                unit: Unit::Counted(words),
                ..
            }) => words.as_slice(),
            Some(printed) if is_share_or_money(&printed.unit) => return other(printed),
            Some(_) | None => &[],
        };
        if self.language.unit_before(tokens, number.start).is_some() {
            return self.compare(tokens, number, form, Some(""));
        }
        let is_own = |claimed: &String| own.iter().any(|word| are_same_noun(claimed, word));
        if claimed
            .iter()
            .all(|word| self.is_filler(word) || is_own(word))
        {
            return UnitVerdict::Agrees;
        }
        if let Some(noun) = noun {
            let noun = noun_word(tokens, noun, self.language);
            let has_person = self.is_anybody() && self.language.is_person(&noun);
            let has_own = claimed
                .iter()
                .any(|word| is_own(word) || are_same_noun(word, &lower(&noun)));
            if !has_person && !has_own {
                return UnitVerdict::NotSaid {
                    printed: Some(noun),
                };
            }
            if has_person {
                return UnitVerdict::Agrees;
            }
        }
        let is_free = |at: &usize| !others.iter().any(|noun| noun.contains(at));
        let said: Vec<String> = (0..tokens.len())
            .filter(is_free)
            .filter(|at| tokens[*at].is_word() && !tokens[*at].text.ends_with("'s"))
            .map(|at| lower(&tokens[at].text).into_owned())
            .collect();
        let is_said = |claimed: &String| {
            self.is_filler(claimed) || said.iter().any(|word| are_same_noun(claimed, word))
        };
        if claimed.iter().all(is_said) {
            UnitVerdict::Agrees
        } else {
            UnitVerdict::NotSaid { printed: None }
        }
    }

    fn is_filler(&self, word: &str) -> bool {
        let tables = &self.language.tables;
        tables.nouns.prepositions.contains(word)
            || tables.nouns.determiners.contains(word)
            || tables.numbers.of.contains(word)
    }

    /// Compares the unit with what is around a number and after the words.
    pub(crate) fn compare(
        &self,
        tokens: &[Token],
        number: &Range<usize>,
        form: Form,
        behind: Option<&str>,
    ) -> UnitVerdict {
        let mut tokens = tokens.to_vec();
        let n_own = tokens.len();
        if let Some(behind) = behind {
            tokens.extend(tokenise(&normalised_chars(behind)).0);
        }
        let before = self.language.unit_before(&tokens, number.start);
        let after = self.language.unit_behind(&tokens, number.end);
        let printed = match (&before, &after) {
            (Some(before), Some(after)) if after.per.is_some() => Some(PrintedUnit {
                per: after.per.clone(),
                words: format!("{} {}", before.words, after.words),
                ..before.clone()
            }),
            (Some(before), _) => Some(PrintedUnit {
                per: self.language.per_behind(&tokens, number.end),
                ..before.clone()
            }),
            (None, after) => after.clone(),
        };
        let is_fraction = form.is_part();
        let Some(claimed) = &self.unit else {
            return self.bare(printed.as_ref());
        };
        let Some(printed) = printed else {
            // Without the text after the words, nothing can be said.
            let is_told = behind.is_none() || (is_fraction && self.is_percent());
            return if is_told || self.is_said_in(&tokens) {
                UnitVerdict::Agrees
            } else {
                UnitVerdict::NotSaid { printed: None }
            };
        };
        let printed = if claimed.per.is_some() && printed.per.is_none() {
            PrintedUnit {
                per: self.per_of_clause(&tokens, number.end),
                ..printed
            }
        } else {
            printed
        };
        if let (Some(claimed), Some(said)) = (&claimed.per, &printed.per)
            && claimed != said
        {
            return other(&printed);
        }
        if claimed.per.is_some() && printed.per.is_none() && behind.is_some() {
            return not_said(&printed);
        }
        let has_own = number.end < n_own || before.is_some() || behind.is_some();
        self.same(claimed, &printed, &tokens, is_fraction, has_own)
    }

    /// What a number is counted by, though a noun is between them: `12 kilograms of trash a year`.
    fn per_of_clause(&self, tokens: &[Token], end: usize) -> Option<String> {
        /// Further behind the number it counts something else.
        const REACH: usize = 6;
        (end..tokens.len().min(end + REACH))
            .take_while(|at| tokens[*at].is_word() && !self.language.is_numeral(&tokens[*at]))
            .find_map(|at| self.language.per_behind(tokens, at))
    }

    /// A bare count beside a unit: a share or a sum of money isn't a count.
    fn bare(&self, printed: Option<&PrintedUnit>) -> UnitVerdict {
        match printed {
            Some(printed) if is_share_or_money(&printed.unit) => other(printed),
            Some(_) | None => UnitVerdict::Agrees,
        }
    }

    fn same(
        &self,
        claimed: &PrintedUnit,
        printed: &PrintedUnit,
        tokens: &[Token],
        is_fraction: bool,
        has_own: bool,
    ) -> UnitVerdict {
        match (&claimed.unit, &printed.unit) {
            (Unit::Currency(claimed), Unit::Currency(said)) if claimed == said => {
                UnitVerdict::Agrees
            }
            // A bare `$` may be another country's.
            (Unit::Currency(claimed), Unit::Currency(_))
                if printed.words == "$" && is_dollar(claimed) =>
            {
                not_said(printed)
            }
            (Unit::Known(claimed), Unit::Known(said)) if claimed == said => UnitVerdict::Agrees,
            (Unit::Known(_), Unit::Counted(words)) if words.is_empty() && printed.per.is_some() => {
                other(printed)
            }
            (Unit::Known(_) | Unit::Currency(_), Unit::Counted(words)) => {
                let is_share = is_fraction && self.is_percent();
                let is_word = words.contains(&self.written.to_lowercase());
                if is_share || is_word || self.are_units_among(words) {
                    UnitVerdict::Agrees
                } else if has_own {
                    not_said(printed)
                } else {
                    UnitVerdict::Agrees
                }
            }
            (Unit::Counted(_), Unit::Counted(words)) => {
                let is_told = self.is_anybody()
                    || words.is_empty()
                    || self.is_named_in(words)
                    || self.is_said_in(tokens);
                if is_told {
                    UnitVerdict::Agrees
                } else {
                    not_said(printed)
                }
            }
            (Unit::Counted(_), Unit::Known(name)) if !is_share(name) && self.is_said_in(tokens) => {
                UnitVerdict::Agrees
            }
            _ => other(printed),
        }
    }

    /// Whether the unit is among the words that are counted: `working days`.
    fn are_units_among(&self, words: &[String]) -> bool {
        words.iter().any(|word| {
            let named = self.language.unit_named(word).map(|unit| unit.unit);
            named.is_some() && named == self.unit.as_ref().map(|unit| unit.unit.clone())
        })
    }

    /// `people`, which any noun may be an instance of.
    fn is_anybody(&self) -> bool {
        let written = self.written.to_lowercase();
        Language::codes()
            .filter_map(Language::named)
            .any(|language| language.tables.anybody.contains(&written))
    }

    fn is_named_in(&self, words: &[String]) -> bool {
        let claimed = self.written.to_lowercase();
        let mut claimed = claimed.split_whitespace();
        claimed.any(|claimed| words.iter().any(|word| are_forms(claimed, word)))
    }

    /// Whether a word of the unit appears anywhere in the words, or in the sentence after them. The years of `within two
    /// years` are counted by that number alone.
    fn is_said_in(&self, tokens: &[Token]) -> bool {
        let is_counted = |at: usize| {
            let is_time = self.language.units.contains_key(&*lower(&tokens[at].text));
            let before = at.checked_sub(1).map(|before| &tokens[before]);
            is_time && before.is_some_and(|before| self.language.is_numeral(before))
        };
        let words: Vec<String> = (0..tokens.len())
            .filter(|at| tokens[*at].is_word() && !is_counted(*at))
            .map(|at| lower(&tokens[at].text).into_owned())
            .collect();
        self.is_named_in(&words) || self.are_units_among(&words)
    }
}

/// The noun without what precedes it: `boats` of `small red boats`.
fn noun_word(tokens: &[Token], words: &Range<usize>, language: &Language) -> String {
    let words = &tokens[words.clone()];
    let is_plural = |token: &&Token| language.is_plural(&lower(&token.text));
    let is_capital = |token: &&Token| token.text.starts_with(char::is_uppercase);
    let found = if language.tables.nouns.are_capitalized {
        words.iter().find(is_capital)
    } else {
        words.iter().find(is_plural)
    };
    found.map_or_else(String::new, |token| token.text.to_string())
}

/// Whether two words are the same noun, singular or plural.
fn are_same_noun(one: &str, other: &str) -> bool {
    are_forms(one, other) || is_inflected(one, other)
}

fn other(printed: &PrintedUnit) -> UnitVerdict {
    UnitVerdict::Other {
        printed: printed.words.clone(),
    }
}

fn not_said(printed: &PrintedUnit) -> UnitVerdict {
    UnitVerdict::NotSaid {
        printed: Some(printed.words.clone()).filter(|words| !words.is_empty()),
    }
}

fn is_share(name: &str) -> bool {
    matches!(name, "percent" | "points")
}

fn is_share_or_money(unit: &Unit) -> bool {
    match unit {
        Unit::Known(name) => name == "percent",
        Unit::Currency(_) => true,
        Unit::Counted(_) => false,
    }
}

fn is_dollar(code: &str) -> bool {
    matches!(code, "USD" | "CAD" | "AUD" | "NZD" | "HKD" | "SGD" | "TWD")
}
