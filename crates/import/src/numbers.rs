//! Reads numbers for the drafter.
//!
//! [`nutgraf_language::number`] does the reading, as for `verify`; here, fractions get four digits.

pub(super) use nutgraf_language::number::{Form, Number};

use super::language::Language;
use super::tokens::Token;

/// How many digits a fraction is drafted with: two thirds are 0.6667. A writer who needs more will write the fraction
/// out.
const PART_DIGITS: u32 = 4;

/// The number that starts at the token `at`.
pub(super) fn parse(language: &Language, tokens: &[Token], at: usize) -> Option<Number> {
    let number = nutgraf_language::number::read(language.words(), tokens, at)?;
    let is_endless = number.value.scale() > PART_DIGITS && !number.is_scaled;
    Some(Number {
        value: if number.form.is_part() || is_endless {
            number.value.round_dp(PART_DIGITS).normalize()
        } else {
            number.value
        },
        ..number
    })
}
