//! Numbers as newspapers print them: `46,000`, `$1.2 billion`, `eighty-eight`, `two-thirds`, `one in five`.

use std::ops::Range;

use rust_decimal::Decimal;

use super::numeral::{NumberWord, denominator, number_word, plain_digits, power_of_ten, suffix};
use super::tokens::{Token, TokenKind};
use nutgraf_values::vulgar_fraction;

/// A number found in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PrintedNumber {
    /// Its exact value as printed.
    pub value: Decimal,
    /// How it is written.
    pub form: Form,
    /// The tokens it takes.
    pub tokens: Range<usize>,
}

/// How a number is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// `46,000`, `eighty-eight`.
    Plain,
    /// `two-thirds`, `half`, `one in five`: a part of a whole.
    Fraction,
}

/// The numbers of a text, in order.
pub fn numbers(tokens: &[Token]) -> Vec<PrintedNumber> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        match number_at(tokens, at) {
            Some(number) => {
                at = number.tokens.end.max(at + 1);
                found.push(number);
            }
            None => at += 1,
        }
    }
    found
}

/// The longest number that begins at a token.
pub fn number_at(tokens: &[Token], start: usize) -> Option<PrintedNumber> {
    fraction_at(tokens, start)
        .or_else(|| digits_at(tokens, start))
        .or_else(|| words_at(tokens, start))
}

/// Whether cutting a text between these two tokens would cut a number in two, or from its sign: `two | hundred`,
/// `$1.2 | billion`, `10 | 000`, `$ | 200`, `55 | %`.
pub fn is_cut(before: &Token, after: &Token) -> bool {
    let left = number_word(&before.text);
    let is_number = before.kind == TokenKind::Number || left.is_some();
    let is_sign_cut = (is_currency_sign(before) && after.kind == TokenKind::Number)
        || (is_number && after.is_sign("%"));
    if is_sign_cut || is_group_behind(before, after) {
        return true;
    }
    match number_word(&after.text) {
        Some(NumberWord::Multiple(_) | NumberWord::Scale(_)) => is_number,
        Some(NumberWord::Unit(_) | NumberWord::Tens(_)) => matches!(
            left,
            Some(NumberWord::Tens(_) | NumberWord::Multiple(_) | NumberWord::Scale(_))
        ),
        None => is_number && suffix(&after.text).is_some_and(|_| after.is_glued),
    }
}

/// The `000` of `10 000`: spaces part thousands in many languages.
fn is_group_behind(before: &Token, after: &Token) -> bool {
    let is_plain = |token: &Token| token.text.bytes().all(|byte| byte.is_ascii_digit());
    is_plain(before) && before.text.len() <= 3 && is_plain(after) && after.text.len() == 3
}

fn is_currency_sign(token: &Token) -> bool {
    token.kind == TokenKind::Sign && matches!(&*token.text, "$" | "€" | "£" | "¥" | "₹")
}

fn digits_at(tokens: &[Token], start: usize) -> Option<PrintedNumber> {
    let token = tokens.get(start)?;
    let (mut value, mut exponent) = match token.kind {
        TokenKind::Number => (plain_digits(&token.text)?, None),
        TokenKind::Word => {
            let n_digits = token
                .text
                .find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ',')))?;
            let (digits, rest) = token.text.split_at(n_digits);
            match vulgar_fraction(rest) {
                Some(part) if digits.is_empty() => (part, None),
                Some(part) => (plain_digits(digits)? + part, None),
                None => (plain_digits(digits)?, Some(suffix(rest)?)),
            }
        }
        TokenKind::Ellipsis | TokenKind::Sign => return None,
    };
    let mut end = start + 1;
    while end < tokens.len() && is_group_behind(&tokens[end - 1], &tokens[end]) {
        value = value.checked_mul(Decimal::ONE_THOUSAND)? + plain_digits(&tokens[end].text)?;
        end += 1;
    }
    if exponent.is_none() {
        // `1.2 billion`, `$2-million`, `3 hundred thousand`.
        let next = end + usize::from(tokens.get(end).is_some_and(|next| next.is_sign("-")));
        exponent = tokens
            .get(next)
            .and_then(|next| match number_word(&next.text) {
                Some(NumberWord::Scale(exponent)) => Some(exponent),
                Some(NumberWord::Multiple(100)) => Some(2),
                Some(NumberWord::Unit(_) | NumberWord::Tens(_) | NumberWord::Multiple(_))
                | None => None,
            });
        if exponent.is_some() {
            end = next + 1;
        }
    }
    value = value.checked_mul(power_of_ten(exponent.unwrap_or(0)))?;
    let form = if value < Decimal::ONE && vulgar_fraction(&token.text).is_some() {
        Form::Fraction
    } else {
        Form::Plain
    };
    if is_minus(tokens, start) {
        value = -value;
    }
    Some(PrintedNumber {
        value,
        form,
        tokens: start..end,
    })
}

/// Whether a minus stands before a number: a hyphen that touches it and nothing before.
pub fn is_minus(tokens: &[Token], start: usize) -> bool {
    let Some(sign) = start.checked_sub(1).and_then(|sign| tokens.get(sign)) else {
        return false;
    };
    sign.is_sign("-") && !sign.is_glued && tokens[start].is_glued
}

/// `eighty-eight`, `two hundred and five`, `a million`, `one and a half million`.
fn words_at(tokens: &[Token], start: usize) -> Option<PrintedNumber> {
    let mut total = Decimal::ZERO;
    let mut current: Option<Decimal> = None;
    let mut last: Option<NumberWord> = None;
    let mut at = start;
    if is_article(tokens.get(start)?) && tokens.get(start + 1).and_then(large).is_some() {
        current = Some(Decimal::ONE);
        at += 1;
    }
    let mut end = start;
    while let Some(token) = tokens.get(at) {
        let Some(word) = number_word(&token.text) else {
            let Some(length) = joiner(tokens, at, last) else {
                break;
            };
            at += length;
            continue;
        };
        match (word, last) {
            // `nineteen ninety`, `five six`: two numbers, not one.
            (NumberWord::Unit(_), Some(NumberWord::Unit(_)))
            | (NumberWord::Tens(_), Some(NumberWord::Unit(_) | NumberWord::Tens(_))) => break,
            (NumberWord::Unit(value) | NumberWord::Tens(value), _) => {
                current = Some(current.unwrap_or_default() + Decimal::from(value));
            }
            (NumberWord::Multiple(factor), _) => {
                current = Some(
                    current
                        .unwrap_or(Decimal::ONE)
                        .checked_mul(Decimal::from(factor))?,
                );
            }
            (NumberWord::Scale(exponent), _) => {
                let scaled = current
                    .take()
                    .unwrap_or(Decimal::ONE)
                    .checked_mul(power_of_ten(exponent))?;
                total = total.checked_add(scaled)?;
            }
        }
        last = Some(word);
        at += 1;
        end = at;
        if let Some((half, after)) = and_a_half(tokens, at) {
            current = Some(current.unwrap_or_default() + half);
            at = after;
            end = after;
        }
    }
    last?;
    Some(PrintedNumber {
        value: total.checked_add(current.unwrap_or_default())?,
        form: Form::Plain,
        tokens: start..end,
    })
}

/// A hyphen or an `and` that goes on with the number it follows.
fn joiner(tokens: &[Token], at: usize, last: Option<NumberWord>) -> Option<usize> {
    let next = tokens
        .get(at + 1)
        .and_then(|next| number_word(&next.text))?;
    let token = &tokens[at];
    let last = last?;
    let joins = if token.is_sign("-") {
        token.is_glued
    } else {
        token.text.eq_ignore_ascii_case("and")
            && matches!(last, NumberWord::Multiple(_) | NumberWord::Scale(_))
            && matches!(next, NumberWord::Unit(_) | NumberWord::Tens(_))
    };
    joins.then_some(1)
}

fn and_a_half(tokens: &[Token], at: usize) -> Option<(Decimal, usize)> {
    let words = ["and", "a", "half"];
    let is_there = words.iter().enumerate().all(|(offset, word)| {
        tokens
            .get(at + offset)
            .is_some_and(|token| token.text.eq_ignore_ascii_case(word))
    });
    is_there.then(|| (Decimal::new(5, 1), at + words.len()))
}

fn is_article(token: &Token) -> bool {
    token.text.eq_ignore_ascii_case("a") || token.text.eq_ignore_ascii_case("an")
}

fn large(token: &Token) -> Option<NumberWord> {
    let word = number_word(&token.text)?;
    matches!(word, NumberWord::Multiple(_) | NumberWord::Scale(_)).then_some(word)
}

/// `two-thirds`, `a quarter`, `half`, `half a million`, `one in five`, `8 out of 10`.
fn fraction_at(tokens: &[Token], start: usize) -> Option<PrintedNumber> {
    let token = tokens.get(start)?;
    if token.text.eq_ignore_ascii_case("half") {
        return half_at(tokens, start);
    }
    let numerator = if is_article(token) {
        Decimal::ONE
    } else {
        small(token)?
    };
    let mut at = start + 1;
    if tokens.get(at).is_some_and(|next| next.is_sign("-")) {
        at += 1;
    }
    let fraction = |denominator: Decimal, end: usize| {
        (denominator >= numerator).then(|| PrintedNumber {
            value: numerator / denominator,
            form: Form::Fraction,
            tokens: start..end,
        })
    };
    let next = tokens.get(at)?;
    if next.kind == TokenKind::Word
        && let Some(denominator) = denominator(&next.text)
    {
        return fraction(Decimal::from(denominator), at + 1);
    }
    let (of, end) = if next.text.eq_ignore_ascii_case("in") {
        (tokens.get(at + 1)?, at + 2)
    } else if next.text.eq_ignore_ascii_case("out")
        && tokens
            .get(at + 1)
            .is_some_and(|of| of.text.eq_ignore_ascii_case("of"))
    {
        (tokens.get(at + 2)?, at + 3)
    } else {
        return None;
    };
    let whole = small(of)?;
    // `13 in 2015` is no fraction; `one in 100` is.
    (whole <= Decimal::from(100) && whole > Decimal::ONE)
        .then(|| fraction(whole, end))
        .flatten()
}

fn half_at(tokens: &[Token], start: usize) -> Option<PrintedNumber> {
    let half = Decimal::new(5, 1);
    let scale = tokens
        .get(start + 1)
        .filter(|token| is_article(token))
        .and_then(|_| match large(tokens.get(start + 2)?)? {
            NumberWord::Scale(exponent) => Some(power_of_ten(exponent)),
            NumberWord::Multiple(factor) => Some(Decimal::from(factor)),
            NumberWord::Unit(_) | NumberWord::Tens(_) => None,
        });
    Some(match scale {
        Some(scale) => PrintedNumber {
            value: half * scale,
            form: Form::Plain,
            tokens: start..start + 3,
        },
        None => PrintedNumber {
            value: half,
            form: Form::Fraction,
            tokens: start..start + 1,
        },
    })
}

/// A whole number in one word, or in digits.
fn small(token: &Token) -> Option<Decimal> {
    match token.kind {
        TokenKind::Number => plain_digits(&token.text).filter(Decimal::is_integer),
        TokenKind::Word => match number_word(&token.text)? {
            NumberWord::Unit(value) | NumberWord::Tens(value) => Some(Decimal::from(value)),
            NumberWord::Multiple(factor) => Some(Decimal::from(factor)),
            NumberWord::Scale(_) => None,
        },
        TokenKind::Ellipsis | TokenKind::Sign => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::normalise::normalised_chars;
    use crate::tokens::tokenise;

    fn check(text: &str, expected: &[&str]) {
        let (tokens, _) = tokenise(&normalised_chars(text));
        let found: Vec<String> = numbers(&tokens)
            .iter()
            .map(|number| number.value.round_dp(3).normalize().to_string())
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn digits_are_read_with_their_scale() {
        check("nearly 46,000", &["46000"]);
        check("$1.2 billion and 2.5m", &["1200000000", "2500000"]);
        check(
            "from over 52,000 in 2021 to 67,500",
            &["52000", "2021", "67500"],
        );
        check("-4.5 degrees", &["-4.5"]);
        check("1,2", &[]);
        check("10 000 or 2 500 000 in 2023", &["10000", "2500000", "2023"]);
    }

    #[test]
    fn words_are_read_as_one_number() {
        check("Eighty-eight percent", &["88"]);
        check("two hundred and five", &["205"]);
        check("three hundred thousand and six", &["300006"]);
        check("a million; half a million", &["1000000", "500000"]);
        check("one and a half million", &["1500000"]);
        check("a dozen", &["12"]);
    }

    #[test]
    fn fractions_are_parts_of_a_whole() {
        check("two-thirds, a quarter, half", &["0.667", "0.25", "0.5"]);
        check("one in five; 8 out of 10", &["0.2", "0.8"]);
        check("3½ and ¾", &["3.5", "0.75"]);
    }
}
