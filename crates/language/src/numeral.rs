//! What single words and signs say of a number: `eighty`, `million`, `bn`, `46,000`, `½`, `thirds`.

use rust_decimal::Decimal;

use super::tokens::{Token, TokenKind};

/// What a word says about a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NumberWord {
    /// `zero` to `nineteen`.
    Unit(u32),
    /// `twenty` to `ninety`.
    Tens(u32),
    /// `dozen` and `hundred`: they multiply what stands before them.
    Multiple(u32),
    /// `thousand` and up, by its exponent.
    Scale(u32),
}

/// Whether a word is a numeral: digits, or a number word beyond `one` (which is as often a pronoun).
pub fn is_numeral(token: &Token) -> bool {
    token.kind == TokenKind::Number
        || (token.kind == TokenKind::Word
            && (token.text.starts_with(|c: char| c.is_ascii_digit())
                || number_word(&token.text).is_some_and(|word| word != NumberWord::Unit(1))
                || denominator(&token.text).is_some_and(|_| !is_ordinal_only(&token.text))))
}

/// What a word says of a number: `eighty`, `million`.
pub fn number_word(word: &str) -> Option<NumberWord> {
    const UNITS: [&str; 20] = [
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
    ];
    const TENS: [&str; 8] = [
        "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
    ];
    let lower = word.to_ascii_lowercase();
    if let Some(value) = UNITS.iter().position(|unit| *unit == lower) {
        return u32::try_from(value).ok().map(NumberWord::Unit);
    }
    if let Some(index) = TENS.iter().position(|tens| *tens == lower) {
        return u32::try_from(index + 2)
            .ok()
            .map(|tens| NumberWord::Tens(tens * 10));
    }
    match lower.as_str() {
        "dozen" => Some(NumberWord::Multiple(12)),
        "hundred" => Some(NumberWord::Multiple(100)),
        "thousand" => Some(NumberWord::Scale(3)),
        "million" => Some(NumberWord::Scale(6)),
        "billion" => Some(NumberWord::Scale(9)),
        "trillion" => Some(NumberWord::Scale(12)),
        _ => None,
    }
}

/// The exponent of a suffix such as the `bn` of `2.5bn`.
pub fn suffix(text: &str) -> Option<u32> {
    match text {
        "k" | "K" => Some(3),
        "m" | "M" | "mn" => Some(6),
        "b" | "B" | "bn" => Some(9),
        "tn" | "T" => Some(12),
        _ => None,
    }
}

/// What a word such as `million` multiplies by.
pub fn scale_of(word: &str) -> Option<Decimal> {
    match number_word(word)? {
        NumberWord::Scale(exponent) => Some(power_of_ten(exponent)),
        NumberWord::Unit(_) | NumberWord::Tens(_) | NumberWord::Multiple(_) => None,
    }
}

/// `1`, followed by so many zeros.
pub fn power_of_ten(exponent: u32) -> Decimal {
    (0..exponent).fold(Decimal::ONE, |power, _| power * Decimal::TEN)
}

/// `24,000`, `1.2`, `2015`; `None` for `1,2` and other groupings that have no certain reading.
pub fn plain_digits(text: &str) -> Option<Decimal> {
    let (whole, decimals) = match text.split_once('.') {
        Some((whole, decimals)) => (whole, Some(decimals)),
        None => (text, None),
    };
    let mut groups = whole.split(',');
    let first = groups.next()?;
    let mut digits = first.to_owned();
    for group in groups {
        if group.len() != 3 || first.len() > 3 || first.is_empty() {
            return None;
        }
        digits.push_str(group);
    }
    if let Some(decimals) = decimals {
        digits.push('.');
        digits.push_str(decimals);
    }
    let is_plain = !digits.is_empty() && digits.chars().all(|c| c.is_ascii_digit() || c == '.');
    if !is_plain {
        return None;
    }
    Decimal::from_str_exact(&digits).ok()
}

/// What a fraction's second word divides by.
pub fn denominator(word: &str) -> Option<u32> {
    let lower = word.to_ascii_lowercase();
    match lower.strip_suffix('s').unwrap_or(&lower) {
        "half" | "halve" => Some(2),
        "third" => Some(3),
        "quarter" | "fourth" => Some(4),
        "fifth" => Some(5),
        "sixth" => Some(6),
        "seventh" => Some(7),
        "eighth" => Some(8),
        "ninth" => Some(9),
        "tenth" => Some(10),
        _ => None,
    }
}

/// `third`, `fifth`: alone they say where, not how much.
fn is_ordinal_only(word: &str) -> bool {
    !matches!(
        word.to_ascii_lowercase().as_str(),
        "half" | "halves" | "thirds" | "quarters" | "fifths"
    )
}
