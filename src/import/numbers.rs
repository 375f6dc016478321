//! Which number do these tokens write?
//!
//! Exact: digits and words become decimals, never floats. Knows nothing of what is counted.

use rust_decimal::Decimal;

use super::language::Language;
use super::tokens::Token;
use crate::model::vulgar_fraction;

/// How a number is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// Digits, perhaps with separators.
    Digits,
    /// Words: `eighty-eight`, `two hundred`.
    Words,
    /// A part of one: `two-thirds`, `half`.
    Fraction,
}

/// A number and where it ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Number {
    /// Its value.
    pub(super) value: Decimal,
    /// Index of the token after its last.
    pub(super) end: usize,
    /// How it is written.
    pub(super) form: Form,
    /// Whether a word such as `million` is part of it.
    pub(super) scaled: bool,
}

impl Number {
    /// The value as a whole number, if it is one.
    pub(super) fn whole(self) -> Option<i64> {
        (self.value.is_integer()).then(|| i64::try_from(self.value).ok())?
    }
}

/// The number that starts at the token `at`.
pub(super) fn parse(language: &Language, tokens: &[Token], at: usize) -> Option<Number> {
    let token = tokens.get(at)?;
    if token.is_number() {
        return digits(language, tokens, at);
    }
    if !token.is_word() {
        return None;
    }
    fraction(language, tokens, at).or_else(|| words(language, tokens, at))
}

/// Digits, with a vulgar fraction and a scale after them: `1,426`, `4.5 million`, `$3bn`, `2½`.
fn digits(language: &Language, tokens: &[Token], at: usize) -> Option<Number> {
    let mut value = match vulgar(&tokens[at].key) {
        Some(part) => part,
        None => separated(language, &tokens[at].key)?,
    };
    let mut end = at + 1;
    if let Some(part) = tokens
        .get(end)
        .filter(|next| next.glued)
        .and_then(|next| vulgar(&next.key))
    {
        value = value.checked_add(part)?;
        end += 1;
    }
    let mut scaled = false;
    if let Some((scale, after)) = scale(language, tokens, end) {
        value = value.checked_mul(scale)?;
        end = after;
        scaled = true;
    }
    Some(Number {
        value,
        end,
        form: Form::Digits,
        scaled,
    })
}

/// `million` after a number, also joined by a hyphen, or `bn` right after the digits.
fn scale(language: &Language, tokens: &[Token], at: usize) -> Option<(Decimal, usize)> {
    let numbers = &language.tables.numbers;
    let next = tokens.get(at)?;
    if next.glued {
        if let Some(scale) = numbers.short_scales.get(&next.key) {
            return Some((Decimal::from(*scale), at + 1));
        }
        if !next.is_dash() {
            return None;
        }
        let word = tokens.get(at + 1).filter(|word| word.glued)?;
        return big_scale(language, word).map(|scale| (scale, at + 2));
    }
    big_scale(language, next)
        .map(|scale| (scale, at + 1))
        .or_else(|| {
            // `$3 bn` and `€3 m` with a space; a bare `m` or `k` there is no scale.
            let short = numbers
                .short_scales
                .get(&next.key)
                .filter(|_| next.key.len() > 1)?;
            Some((Decimal::from(*short), at + 1))
        })
}

fn big_scale(language: &Language, token: &Token) -> Option<Decimal> {
    let scale = language.tables.numbers.scales.get(&token.key)?;
    Some(Decimal::from(*scale))
}

/// A sign such as `½`, as exact as parts of one are here.
fn vulgar(key: &str) -> Option<Decimal> {
    vulgar_fraction(key).map(rounded)
}

/// A part of one to four digits: two thirds are 0.6667.
fn part(top: u64, bottom: u64) -> Decimal {
    rounded(Decimal::from(top) / Decimal::from(bottom))
}

fn rounded(value: Decimal) -> Decimal {
    value.round_dp(4).normalize()
}

/// Digits with the separators of the language. `1,42` in English is no number, since a group has three digits.
fn separated(language: &Language, text: &str) -> Option<Decimal> {
    let numbers = &language.tables.numbers;
    let (whole, decimals) = match text.rsplit_once(numbers.decimal) {
        Some((whole, decimals)) => (whole, Some(decimals)),
        None => (text, None),
    };
    // `1.426` in Spanish texts from the Americas, `10.000` in English ones from Europe: left to the language's rule.
    let mut groups = whole.split(numbers.group);
    let first = groups.next().unwrap_or_default();
    let mut plain = first.to_owned();
    let mut grouped = false;
    for group in groups {
        if group.len() != 3 && group.len() != 2 {
            return None;
        }
        grouped = true;
        plain.push_str(group);
    }
    if grouped && (first.is_empty() || first.len() > 3) {
        return None;
    }
    if let Some(decimals) = decimals {
        plain.push('.');
        plain.push_str(decimals);
    }
    if plain.contains(',') || plain.matches('.').count() > 1 {
        return None;
    }
    Decimal::from_str_exact(&plain).ok()
}

/// `two-thirds`, `half`, `a quarter`; a bare ordinal such as `third` is none.
fn fraction(language: &Language, tokens: &[Token], at: usize) -> Option<Number> {
    let numbers = &language.tables.numbers;
    let key = |index: usize| tokens.get(index).map(|token| token.key.as_str());
    let bottom_at = |index: usize| {
        key(index)
            .and_then(|key| numbers.fractions.get(key))
            .copied()
    };
    let top = numbers.words.get(&tokens[at].key).copied();
    let article = numbers.articles.contains(&tokens[at].key);
    let (top, bottom_index) = match (top, article) {
        (Some(top), _) if top > 0 && top < 20 => {
            let dash = tokens
                .get(at + 1)
                .is_some_and(|mark| mark.glued && mark.is_dash());
            (top, if dash { at + 2 } else { at + 1 })
        }
        (_, true) => (1, at + 1),
        _ => (1, at),
    };
    let bottom = bottom_at(bottom_index)?;
    let ordinal = numbers.ordinals.contains_key(key(bottom_index)?);
    let counts = key(bottom_index + 1).is_some_and(|next| numbers.of.contains(next));
    // `the third`, `a second vote`: an ordinal unless something is divided.
    if ordinal && !counts && !(top == 1 && !article && bottom_index > at) {
        return None;
    }
    let mut value = part(top, u64::from(bottom));
    let mut end = bottom_index + 1;
    let mut scaled = false;
    // `half a million`.
    let article_next = key(end).is_some_and(|next| numbers.articles.contains(next));
    let scale_at = if article_next { end + 1 } else { end };
    if let Some(scale) = tokens
        .get(scale_at)
        .and_then(|token| big_scale(language, token))
    {
        value = value.checked_mul(scale)?;
        end = scale_at + 1;
        scaled = true;
    }
    Some(Number {
        value,
        end,
        form: if scaled { Form::Words } else { Form::Fraction },
        scaled,
    })
}

/// `eighty-eight`, `two hundred and fifty`, `a million`.
fn words(language: &Language, tokens: &[Token], at: usize) -> Option<Number> {
    let numbers = &language.tables.numbers;
    let mut total: u64 = 0;
    let mut current: u64 = 0;
    let mut least = u64::MAX;
    let mut end = at;
    let mut scaled = false;
    let mut started = false;
    let article = numbers.articles.contains(&tokens[at].key);
    let mut index = at;
    if article {
        // Only `a hundred`, `a million`: an article alone is no number.
        let next = tokens.get(at + 1)?;
        numbers.scales.get(&next.key)?;
        current = 1;
        index += 1;
    }
    while let Some(token) = tokens.get(index) {
        let joined = joint(language, tokens, index, started);
        let token = if joined > 0 {
            tokens.get(index + joined)
        } else {
            Some(token)
        };
        let Some(token) = token else { break };
        let at_word = index + joined;
        if let Some(word) = numbers.words.get(&token.key).copied() {
            if started && (word >= least || word == 0) {
                break;
            }
            current = current.checked_add(word)?;
            least = magnitude(word);
        } else if let Some(scale) = numbers.scales.get(&token.key).copied() {
            if !started && !article {
                break;
            }
            let unit = current.max(1);
            if scale < 1000 {
                current = unit.checked_mul(scale)?;
            } else {
                total = total.checked_add(unit.checked_mul(scale)?)?;
                current = 0;
            }
            least = scale;
            scaled = true;
        } else {
            break;
        }
        started = true;
        end = at_word + 1;
        index = end;
    }
    started.then(|| Number {
        value: Decimal::from(total.saturating_add(current)),
        end,
        form: Form::Words,
        scaled,
    })
}

/// How many tokens join the next number word to the ones before: a hyphen, or `and` after a hundred.
fn joint(language: &Language, tokens: &[Token], index: usize, started: bool) -> usize {
    let Some(token) = tokens.get(index).filter(|_| started) else {
        return 0;
    };
    let numbers = &language.tables.numbers;
    let known = |token: &Token| {
        numbers.words.contains_key(&token.key) || numbers.scales.contains_key(&token.key)
    };
    let next = tokens.get(index + 1);
    let hyphen =
        token.is_dash() && token.glued && next.is_some_and(|next| next.glued && known(next));
    let connector = numbers.connectors.contains(&token.key)
        && next.is_some_and(|next| numbers.words.contains_key(&next.key));
    usize::from(hyphen || connector)
}

/// A word that follows must be less than this: after `eighty` only units, after `eight` nothing.
fn magnitude(word: u64) -> u64 {
    match word {
        0..20 => 0,
        20..100 => 10,
        _ => 100,
    }
}

#[cfg(test)]
mod tests {
    use super::super::tokens::tokenize;
    use super::*;

    fn check(code: &str, text: &str, expected: Option<&str>) {
        let language = Language::named(code).unwrap();
        let tokens = tokenize(text);
        let found = parse(language, &tokens, 0).map(|number| number.value.normalize().to_string());
        assert_eq!(found.as_deref(), expected, "{text}");
    }

    #[test]
    fn digits_are_read_with_the_separators_of_the_language() {
        check("en", "1,426 pilgrims", Some("1426"));
        check("en", "36,500", Some("36500"));
        check("en", "4.5 million", Some("4500000"));
        check("en", "3bn", Some("3000000000"));
        check("en", "2½", Some("2.5"));
        check("en", "⅚", Some("0.8333"));
        check("en", "1.2.3", None);
        check("es", "1.426", Some("1426"));
        check("es", "4,5 millones", Some("4500000"));
    }

    #[test]
    fn words_add_up() {
        check("en", "Eighty-eight percent", Some("88"));
        check("en", "two hundred and fifty thousand", Some("250000"));
        check("en", "a hundred people", Some("100"));
        check("en", "two dozen", Some("24"));
        check("en", "twenty people", Some("20"));
        check("en", "three and four", Some("3"));
        check("en", "nineteen hundred", Some("1900"));
        check("es", "treinta y cinco", Some("35"));
        check("es", "dos mil quinientos", Some("2500"));
    }

    #[test]
    fn parts_of_one_are_numbers_and_ordinals_are_not() {
        check("en", "two-thirds of", Some("0.6667"));
        check("en", "half of", Some("0.5"));
        check("en", "half a million", Some("500000"));
        check("en", "one-third", Some("0.3333"));
        check("en", "third time", None);
        check("en", "a third time", None);
        check("en", "a third of voters", Some("0.3333"));
        check("en", "a group", None);
    }
}
