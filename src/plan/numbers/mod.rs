//! Writes negative numbers, percentages and money as a language does (Unicode CLDR).
//!
//! # Design
//!
//! *Why a table, and not a library?* ICU4X formats percentages and money only in `icu_experimental`, a crate of 30,000
//! lines without stability guarantees. All we need from CLDR is two patterns per language and a few symbols:
//! `cldr.tsv`.

use std::collections::BTreeMap;

/// The table; its header says where it comes from.
const TABLE: &str = include_str!("cldr.tsv");

/// The currencies whose codes (ISO 4217) are recognized in `unit:`. Others are printed as written.
const CURRENCIES: [&str; 48] = [
    "AED", "ARS", "AUD", "BDT", "BGN", "BRL", "CAD", "CHF", "CLP", "CNY", "COP", "CZK", "DKK",
    "EGP", "EUR", "GBP", "HKD", "HUF", "IDR", "ILS", "INR", "ISK", "JPY", "KES", "KRW", "LKR",
    "MAD", "MXN", "MYR", "NGN", "NOK", "NZD", "PEN", "PHP", "PKR", "PLN", "RON", "RUB", "SAR",
    "SEK", "SGD", "THB", "TRY", "TWD", "UAH", "USD", "VND", "ZAR",
];

/// The minus sign. CLDR has a hyphen for most languages, as typed; typesetters use this.
const MINUS: &str = "\u{2212}";

/// A no-break space.
const GAP: char = '\u{a0}';

/// The patterns of one language. `0` is the number, `¤` the symbol of the currency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Patterns {
    percent: &'static str,
    currency: &'static str,
    /// For negative amounts of money, if the minus sign isn't before the whole.
    below_zero: &'static str,
    symbols: BTreeMap<&'static str, &'static str>,
    /// The minus sign, with the marks that keep it in place in Arabic and Persian.
    minus: String,
}

/// A number with its sign, in two parts: what follows the digits may be set smaller.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Placed {
    /// Everything up to the last digit: "−$5", "12.5".
    pub(super) number: String,
    /// What follows, including the space between: "%", " €".
    pub(super) sign: String,
}

impl Patterns {
    /// The patterns of a language (BCP 47). `minus` is how its formatter writes a negative sign.
    pub(super) fn new(language: &str, minus: &str) -> Self {
        let mut patterns = Self {
            percent: "0%",
            currency: "¤\u{a0}0",
            below_zero: "",
            symbols: BTreeMap::new(),
            minus: minus.replace('-', MINUS),
        };
        for locale in cut_down(language) {
            patterns.add(locale);
        }
        patterns
    }

    fn add(&mut self, locale: &str) {
        let mut rows = TABLE
            .lines()
            .filter(|line| !line.starts_with('#'))
            .map(|line| line.split('\t').collect::<Vec<_>>());
        let row = rows.find(|row| {
            row.first()
                .is_some_and(|name| name.eq_ignore_ascii_case(locale))
        });
        let Some([_, percent, currency, below_zero, symbols]) = row.as_deref() else {
            return;
        };
        (self.percent, self.currency, self.below_zero) = (percent, currency, below_zero);
        let pairs = symbols.split(' ').filter_map(|pair| pair.split_once('='));
        self.symbols.extend(pairs);
    }

    /// "−11.9", for digits in the language's own script.
    pub(super) fn number(&self, digits: &str, is_negative: bool) -> String {
        let minus = if is_negative { &self.minus } else { "" };
        format!("{minus}{digits}")
    }

    /// "12.5%", "12,5 %", "%12,5".
    pub(super) fn percent(&self, digits: &str, is_negative: bool) -> Placed {
        let minus = if is_negative { &self.minus } else { "" };
        placed(self.percent, digits, "", minus)
    }

    /// "−$5", "−5 €", "€ −5"; `None` if the code isn't that of a currency.
    pub(super) fn money(&self, code: &str, digits: &str, is_negative: bool) -> Option<Placed> {
        let code = CURRENCIES.into_iter().find(|known| *known == code)?;
        let symbol = self.symbols.get(code).copied().unwrap_or(code);
        if is_negative && !self.below_zero.is_empty() {
            let pattern = self.below_zero.replace('-', &self.minus);
            return Some(placed(&pattern, digits, symbol, ""));
        }
        let minus = if is_negative { &self.minus } else { "" };
        Some(placed(self.currency, digits, symbol, minus))
    }
}

/// `und`, `de`, `de-CH` for `de-CH`: from the most general to the exact language.
fn cut_down(language: &str) -> impl Iterator<Item = &str> {
    let ends = language.match_indices('-').map(|(end, _)| end);
    let parts = ends.chain([language.len()]).map(|end| &language[..end]);
    std::iter::once("und").chain(parts)
}

fn placed(pattern: &str, digits: &str, symbol: &str, minus: &str) -> Placed {
    let (before, behind) = pattern.split_once('0').unwrap_or(("", pattern));
    // A mark of direction at the start is for the whole. Between the sign and the digits, it would part them.
    let is_mark = |letter: char| matches!(letter, '\u{200e}' | '\u{200f}' | '\u{61c}');
    let (mark, before) = before.split_at(before.len() - before.trim_start_matches(is_mark).len());
    Placed {
        number: format!(
            "{mark}{minus}{}{digits}",
            with_symbol(before, symbol, Side::Before)
        ),
        sign: with_symbol(behind, symbol, Side::Behind),
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Before,
    Behind,
}

/// One side of a pattern, with the symbol filled in. Letters are separated from digits by a space (CLDR,
/// `currencySpacing`).
fn with_symbol(part: &str, symbol: &str, side: Side) -> String {
    let is_letter = |letter: Option<char>| letter.is_some_and(char::is_alphabetic);
    match side {
        Side::Before if part.ends_with('¤') && is_letter(symbol.chars().next_back()) => {
            format!("{}{GAP}", part.replace('¤', symbol))
        }
        Side::Behind if part.starts_with('¤') && is_letter(symbol.chars().next()) => {
            format!("{GAP}{}", part.replace('¤', symbol))
        }
        Side::Before | Side::Behind => part.replace('¤', symbol),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(language: &str, percent: &str, money: [&str; 3]) {
        let patterns = Patterns::new(language, "-");
        let text = |placed: Placed| format!("{}{}", placed.number, placed.sign);
        let found = text(patterns.percent("12", false));
        assert_eq!(found.replace('\u{a0}', " "), percent, "{language}");
        let codes = [("EUR", false), ("USD", true), ("SEK", false)];
        let found = codes.map(|(code, is_negative)| {
            let money = patterns.money(code, "12", is_negative).unwrap();
            text(money).replace('\u{a0}', " ")
        });
        assert_eq!(found, money, "{language}");
    }

    #[test]
    fn signs_are_where_the_language_has_them() {
        check("en", "12%", ["€12", "−$12", "SEK 12"]);
        check("en-CA", "12%", ["€12", "−US$12", "SEK 12"]);
        check("de", "12 %", ["12 €", "−12 $", "12 SEK"]);
        check("de-AT", "12 %", ["€ 12", "−$ 12", "SEK 12"]);
        check("es", "12 %", ["12 €", "−12 US$", "12 SEK"]);
        check("sv", "12 %", ["12 €", "−12 US$", "12 kr"]);
        check("nl", "12%", ["€ 12", "US$ −12", "SEK 12"]);
        check("tr", "%12", ["€12", "−$12", "SEK 12"]);
        check("zh", "12%", ["€12", "−US$12", "SEK 12"]);
        check("xx", "12%", ["€ 12", "−US$ 12", "SEK 12"]);
    }

    #[test]
    fn the_sign_of_money_is_with_its_digits_where_text_runs_from_right_to_left() {
        let patterns = Patterns::new("ar", "\u{200e}-");
        let money = patterns.money("EUR", "12", true).unwrap();
        assert_eq!(money.number, "\u{200f}\u{200e}−12");
    }

    #[test]
    fn every_row_has_its_columns_and_every_pattern_a_place_for_the_number() {
        let rows = TABLE.lines().filter(|line| !line.starts_with('#'));
        for row in rows {
            let columns: Vec<&str> = row.split('\t').collect();
            let [_, percent, currency, below_zero, _] = columns[..] else {
                panic!("{row}");
            };
            assert!(percent.contains('0') && currency.contains('0'), "{row}");
            assert!(currency.contains('¤'), "{row}");
            assert!(below_zero.is_empty() || below_zero.contains('-'), "{row}");
        }
    }

    #[test]
    fn a_unit_that_is_no_currency_has_no_symbol() {
        assert_eq!(Patterns::new("en", "-").money("ships", "5", false), None);
    }
}
