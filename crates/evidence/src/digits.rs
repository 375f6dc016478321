//! Compares a value with the digits of words in a language that nutgraf doesn't read.
//!
//! Digits are read in every way that a language may mean them: `41.300` is 41,300 or 41.3, and a word after it may mean
//! thousands or millions. If no reading gives the value, somebody has to look. Words without digits say nothing.

use rust_decimal::Decimal;
use unicode_normalization::UnicodeNormalization;

use nutgraf_values::{Day, PartialDate};

/// The factors that a word after a number may stand for.
const SCALES: [u64; 5] = [1, 1_000, 1_000_000, 1_000_000_000, 1_000_000_000_000];

/// Whether the digits of some words can be read as a number, rounded or not. `None` if there are no digits.
pub fn number_fits(words: &str, value: Decimal) -> Option<bool> {
    let found = numerals(words);
    if found.is_empty() {
        return None;
    }
    let fits = found
        .iter()
        .flat_map(|numeral| readings(numeral))
        .any(|reading| {
            SCALES.iter().any(|scale| {
                let scale = Decimal::from(*scale);
                let at_scale = value.abs() / scale;
                at_scale.round_dp(reading.scale()) == reading
            })
        });
    Some(fits)
}

/// Whether the numbers in some words are the day, month or year of a date. `None` if there are no digits.
pub fn date_fits(words: &str, date: &PartialDate) -> Option<bool> {
    let found = numerals(words);
    let days: Vec<Day> = date.earliest().into_iter().chain(date.latest()).collect();
    if found.is_empty() || days.is_empty() {
        return None;
    }
    let is_part = |numeral: &String| {
        days.iter().any(|day| {
            let year = i64::from(day.year());
            let parts = [
                i64::from(day.day()),
                i64::from(day.month()),
                year,
                year % 100,
            ];
            numeral
                .parse()
                .is_ok_and(|number: i64| parts.contains(&number))
        })
    };
    // `04/03/2024` and `4.3.2024` are three numbers.
    let parts = found
        .iter()
        .flat_map(|numeral| numeral.split(['.', ',']).map(str::to_owned));
    Some(
        parts
            .filter(|part| !part.is_empty())
            .all(|part| is_part(&part)),
    )
}

/// The first number in its most obvious reading.
pub(crate) fn first_reading(words: &str) -> Option<Decimal> {
    readings(numerals(words).first()?).into_iter().next()
}

/// The runs of digits with the points and commas between them. A space or an apostrophe before three digits belongs to
/// the number.
fn numerals(words: &str) -> Vec<String> {
    let chars: Vec<char> = nutgraf_language::normalise(words).nfkc().collect();
    let digit = |index: usize| chars.get(index).is_some_and(char::is_ascii_digit);
    let groups_at = |index: usize| (1..4).all(|step| digit(index + step)) && !digit(index + 4);
    let mut found = Vec::new();
    let mut index = 0;
    while index < chars.len() {
        if !digit(index) {
            index += 1;
            continue;
        }
        let mut numeral = String::new();
        while index < chars.len() {
            match chars[index] {
                char if char.is_ascii_digit() => numeral.push(char),
                char @ ('.' | ',') if digit(index + 1) => numeral.push(char),
                ' ' | '\'' | '’' if groups_at(index) => {}
                _ => break,
            }
            index += 1;
        }
        found.push(numeral);
    }
    found
}

/// The numbers that a numeral may mean.
fn readings(numeral: &str) -> Vec<Decimal> {
    let digits = |text: &str| -> String { text.chars().filter(char::is_ascii_digit).collect() };
    let mut texts = vec![digits(numeral)];
    if let Some(point) = numeral.rfind(['.', ',']) {
        let (whole, part) = numeral.split_at(point);
        texts.push(format!("{}.{}", digits(whole), digits(part)));
    }
    texts.iter().filter_map(|text| text.parse().ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_read_in_every_way_that_a_language_may_mean_them() {
        let check = |words: &str, value: &str, expected: Option<bool>| {
            let value = value.parse().unwrap();
            assert_eq!(number_fits(words, value), expected, "{words} {value}");
        };
        check("41.300", "41300", Some(true));
        check("41 300 visites", "41300", Some(true));
        check("41’300", "41300", Some(true));
        check("12,5 por ciento", "12.5", Some(true));
        check("1.234,56 €", "1234.56", Some(true));
        check("1,2 millones", "1234567", Some(true));
        check("46 mil", "46000", Some(true));
        check("de 3 a 5", "5", Some(true));
        check("41.300", "41200", Some(false));
        check("12,5 por ciento", "13.5", Some(false));
        check("1,2 millones", "1300000", Some(false));
        check("doce", "13", None);
    }

    #[test]
    fn the_numbers_of_a_date_are_its_day_month_and_year() {
        let check = |words: &str, date: &str, expected: Option<bool>| {
            let date = date.parse().unwrap();
            assert_eq!(date_fits(words, &date), expected, "{words}");
        };
        check("el 4 de marzo de 2024", "2024-03-04", Some(true));
        check("4.3.2024", "2024-03-04", Some(true));
        check("04/03/24", "2024-03-04", Some(true));
        check("en enero", "2024-01", None);
        check("entre 2019 y 2021", "2019/2021", Some(true));
        check("el 5 de marzo de 2024", "2024-03-04", Some(false));
        check("en 2023", "2024-03", Some(false));
    }
}
