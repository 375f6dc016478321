//! Numbers as newspapers print them: `46,000`, `1.2 billion`, `achtundachtzig`, `mil millones`, `quatre-vingts`,
//! `two-thirds`, `a quarter of a million`, `one in five`.
//!
//! Exact: digits and words become decimals, never floats. [`read`] doesn't know what is counted. Both the drafter and
//! the check read numbers with it; each passes its words as [`Words`].

use rust_decimal::Decimal;

use nutgraf_values::vulgar_fraction;

use super::language::Language;
use super::spelled;
use super::words;

/// Words, numbers and marks in the order of a text, as the reader of numbers sees them.
pub trait Words {
    /// The word at an index, in lower case; `None` after the last.
    fn key(&self, at: usize) -> Option<&str>;
    /// Whether it is written in digits.
    fn is_digits(&self, at: usize) -> bool;
    /// Whether it touches the word before it.
    fn is_glued(&self, at: usize) -> bool;
}

impl Words for [words::Token] {
    fn key(&self, at: usize) -> Option<&str> {
        self.get(at).map(|token| token.key.as_str())
    }

    fn is_digits(&self, at: usize) -> bool {
        self.get(at).is_some_and(words::Token::is_number)
    }

    fn is_glued(&self, at: usize) -> bool {
        self.get(at).is_some_and(|token| token.glued)
    }
}

/// How a number is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Digits, perhaps with separators.
    Digits,
    /// Words: `eighty-eight`, `two hundred`.
    Words,
    /// A part of a whole: `two-thirds`, `half`.
    Fraction,
    /// So many out of so many: `one in five`.
    Share,
}

impl Form {
    /// Whether it is a part of a whole.
    pub fn is_part(self) -> bool {
        matches!(self, Self::Fraction | Self::Share)
    }
}

/// A number and where it ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Number {
    /// Its exact value as printed; a third has as many digits as a [`Decimal`] holds.
    pub value: Decimal,
    /// The index after its last word.
    pub end: usize,
    /// How it is written.
    pub form: Form,
    /// Whether a word such as `million` is part of it.
    pub is_scaled: bool,
    /// Whether its own words are inexact: `une centaine`.
    pub is_rough: bool,
}

impl Number {
    /// The value as a whole number, if it is one.
    pub fn whole(self) -> Option<i64> {
        self.value
            .is_integer()
            .then(|| i64::try_from(self.value).ok())?
    }
}

/// The longest number that begins at an index.
///
/// # Examples
///
/// ```
/// use nutgraf_language::{Language, number::read, words::tokenize};
///
/// let check = |code: &str, text: &str, expected: &str| {
///     let number = read(Language::named(code).unwrap(), tokenize(text).as_slice(), 0).unwrap();
///     assert_eq!(number.value.normalize().to_string(), expected, "{text}");
/// };
/// check("en", "a quarter of a million", "250000");
/// check("es", "mil millones", "1000000000");
/// check("de", "dreihundertzwölf", "312");
/// check("fr", "quatre-vingt-dix-sept", "97");
/// ```
pub fn read<W: Words + ?Sized>(language: &Language, words: &W, at: usize) -> Option<Number> {
    words.key(at)?;
    let fraction = fraction(language, words, at);
    let number = fraction.or_else(|| {
        if words.is_digits(at) {
            digits(language, words, at)
        } else {
            spelled::read(language, words, at)
        }
    })?;
    Some(ratio(language, words, number).unwrap_or(number))
}

/// Digits with the words that belong to them: `1,426`, `4.5 million`, `3bn`, `2½`, `10 000`, `two and a half million`.
fn digits<W: Words + ?Sized>(language: &Language, words: &W, at: usize) -> Option<Number> {
    let (value, end) = plain(language, words, at)?;
    let mut number = Number {
        value,
        end,
        form: if value < Decimal::ONE && vulgar_fraction(words.key(at)?).is_some() {
            Form::Fraction
        } else {
            Form::Digits
        },
        is_scaled: false,
        is_rough: false,
    };
    scale_up(language, words, &mut number, Decimal::ONE)?;
    Some(number)
}

/// The digits alone, with groups separated by spaces and a vulgar fraction after them.
fn plain<W: Words + ?Sized>(language: &Language, words: &W, at: usize) -> Option<(Decimal, usize)> {
    let first = words.key(at)?;
    if let Some(part) = vulgar_fraction(first) {
        return Some((part, at + 1));
    }
    let mut text = first.to_owned();
    let mut end = at + 1;
    let is_plain = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let mut is_open = is_plain(first) && first.len() <= 3;
    while is_open && words.is_digits(end) {
        let group = words.key(end)?;
        let digits = group.split(language.decimal()).next().unwrap_or_default();
        // `10 000`, `10 000,5`; but not `1:000`.
        if digits.len() != 3 || !is_plain(digits) || words.is_glued(end) {
            break;
        }
        is_open = digits.len() == group.len();
        text.push_str(group);
        end += 1;
    }
    let mut value = separated(language, &text)?;
    if words.is_glued(end)
        && let Some(part) = words.key(end).and_then(vulgar_fraction)
    {
        value = value.checked_add(part)?;
        end += 1;
    }
    Some((value, end))
}

/// Reads digits with the separators of a language.
///
/// A group has three digits (in India two, except for the last). In languages with a decimal comma, a point that can't
/// separate groups is read as a decimal point, because newspapers print it so: `51.2`.
pub fn separated(language: &Language, text: &str) -> Option<Decimal> {
    let (decimal, group) = (language.decimal(), language.group());
    let (whole, decimals) = match text.rsplit_once(decimal) {
        Some((whole, decimals)) => (whole, Some(decimals)),
        None => (text, None),
    };
    let groups: Vec<&str> = whole.split(group).collect();
    let is_grouped = groups.len() == 1
        || ((1..=3).contains(&groups[0].len())
            && groups[groups.len() - 1].len() == 3
            && groups[1..]
                .iter()
                .all(|group| group.len() == 3 || group.len() == 2));
    let digits = if is_grouped {
        let whole = groups.concat();
        match decimals {
            Some(decimals) => format!("{whole}.{decimals}"),
            None => whole,
        }
    } else if decimals.is_none() && groups.len() == 2 && decimal == ',' {
        groups.join(".")
    } else {
        return None;
    };
    let is_plain = digits
        .bytes()
        .all(|byte| byte.is_ascii_digit() || byte == b'.')
        && digits.bytes().filter(|byte| *byte == b'.').count() <= 1
        && digits.starts_with(|c: char| c.is_ascii_digit());
    is_plain.then(|| Decimal::from_str_exact(&digits).ok())?
}

/// Multiplies a number by the scales that follow it: `million`, `mil millones`, `and a half million`.
///
/// `unit` is the scale that the number already ends with.
///
/// Returns `None` if the number gets too large.
pub(crate) fn scale_up<W: Words + ?Sized>(
    language: &Language,
    words: &W,
    number: &mut Number,
    unit: Decimal,
) -> Option<()> {
    let mut last = unit;
    if let Some((part, end)) = part_behind(language, words, number.end) {
        number.value = number.value.checked_add(part.checked_mul(last)?)?;
        number.end = end;
    }
    while let Some((scale, end)) = scale_at(language, words, number.end) {
        if scale <= last {
            break;
        }
        number.value = number.value.checked_mul(scale)?;
        number.end = end;
        number.is_scaled = true;
        last = scale;
        if let Some((part, end)) = part_behind(language, words, number.end) {
            number.value = number.value.checked_add(part.checked_mul(scale)?)?;
            number.end = end;
        }
    }
    Some(())
}

/// `and a half`, `y medio`.
fn part_behind<W: Words + ?Sized>(
    language: &Language,
    words: &W,
    at: usize,
) -> Option<(Decimal, usize)> {
    let (length, part) = language
        .halves
        .find(words.key(at)?, |offset| words.key(at + offset))?;
    Some((*part, at + length))
}

/// `million` after a number, with or without a hyphen, or `bn` directly after the digits; with the index after it.
fn scale_at<W: Words + ?Sized>(
    language: &Language,
    words: &W,
    at: usize,
) -> Option<(Decimal, usize)> {
    let numbers = &language.tables.numbers;
    let key = words.key(at)?;
    let named = |at: usize| {
        let key = words.key(at)?;
        let scale = numbers.scales.get(key).or_else(|| numbers.rough.get(key))?;
        let is_short = words.key(at + 1) == Some(".")
            && words.is_glued(at + 1)
            && language.tables.lines.abbreviations.contains(key);
        Some((Decimal::from(*scale), at + 1 + usize::from(is_short)))
    };
    let short = numbers.short_scales.get(key);
    if words.is_glued(at) {
        if let Some(scale) = short {
            return Some((Decimal::from(*scale), at + 1));
        }
        let is_joined = is_dash(key) && words.is_glued(at + 1);
        return if is_joined { named(at + 1) } else { None };
    }
    named(at).or_else(|| {
        // `$3 bn` and `€3 mn` with a space; a lone `m` or `k` isn't a scale.
        let scale = short.filter(|_| key.len() > 1)?;
        Some((Decimal::from(*scale), at + 1))
    })
}

/// Whether a mark is a hyphen or dash of any length.
pub(crate) fn is_dash(key: &str) -> bool {
    matches!(key, "-" | "–" | "—" | "‐" | "‑" | "−")
}

/// `two-thirds`, `half`, `a quarter`, `half a million`, `a quarter of a million`; a bare ordinal such as `third` isn't
/// a fraction.
fn fraction<W: Words + ?Sized>(language: &Language, words: &W, at: usize) -> Option<Number> {
    let numbers = &language.tables.numbers;
    let key = words.key(at)?;
    let is_article = numbers.articles.contains(key);
    let top = match numbers.words.get(key) {
        Some(top) if (1..20).contains(top) && !is_article => Some(*top),
        None if words.is_digits(at) => key.parse().ok().filter(|top| (1..20).contains(top)),
        Some(_) | None => None,
    };
    let below = match (top, is_article) {
        (Some(_), _) => {
            let is_joined = words.is_glued(at + 1) && words.key(at + 1).is_some_and(is_dash);
            at + 1 + usize::from(is_joined)
        }
        (None, true) => at + 1,
        (None, false) => at,
    };
    let bottom_key = words.key(below)?;
    let (bottom, joined_scale) = denominator(language, bottom_key)?;
    let is_ordinal = numbers.ordinals.contains_key(bottom_key);
    let next = words.key(below + 1);
    let counts = next
        .is_none_or(|next| numbers.of.contains(next) || !next.starts_with(char::is_alphanumeric));
    // `the third`, `a second vote`: an ordinal, unless something is divided.
    if is_ordinal && top.is_none() && (!is_article || !counts) {
        return None;
    }
    let top = top.unwrap_or(1);
    if top > bottom {
        return None;
    }
    let mut number = Number {
        value: Decimal::from(top) / Decimal::from(bottom),
        end: below + 1,
        form: Form::Fraction,
        is_scaled: false,
        is_rough: false,
    };
    let scaled = match joined_scale {
        Some(scale) => Some((Decimal::from(scale), number.end)),
        None => scale_of_fraction(language, words, number.end),
    };
    if let Some((scale, end)) = scaled {
        number.value = Decimal::from(top)
            .checked_mul(scale)?
            .checked_div(Decimal::from(bottom))?;
        number.end = end;
        number.form = Form::Words;
        number.is_scaled = true;
    }
    Some(number)
}

/// What a word divides by, and what it multiplies by if it does both: `Viertelmillion`.
fn denominator(language: &Language, key: &str) -> Option<(u64, Option<u64>)> {
    let numbers = &language.tables.numbers;
    if let Some(bottom) = numbers.fractions.get(key) {
        return Some((u64::from(*bottom), None));
    }
    if !numbers.compounds {
        return None;
    }
    numbers.fractions.iter().find_map(|(part, bottom)| {
        let scale = numbers.scales.get(key.strip_prefix(part.as_str())?)?;
        Some((u64::from(*bottom), Some(*scale)))
    })
}

/// `million` in `a quarter million`, `of a million`, `demi-million`.
fn scale_of_fraction<W: Words + ?Sized>(
    language: &Language,
    words: &W,
    at: usize,
) -> Option<(Decimal, usize)> {
    let numbers = &language.tables.numbers;
    let mut at = at;
    if words.key(at).is_some_and(|key| numbers.of.contains(key)) {
        at += 1;
    }
    if words
        .key(at)
        .is_some_and(|key| numbers.articles.contains(key))
    {
        at += 1;
    }
    if words.is_glued(at) && words.key(at).is_some_and(is_dash) {
        at += 1;
    }
    let scale = numbers.scales.get(words.key(at)?)?;
    Some((Decimal::from(*scale), at + 1))
}

/// `one in five`, `8 out of 10`: a share.
fn ratio<W: Words + ?Sized>(language: &Language, words: &W, top: Number) -> Option<Number> {
    /// A larger whole is a year or counts something else.
    const LARGEST: Decimal = Decimal::ONE_THOUSAND;
    let (length, ()) = language
        .out_of
        .find(words.key(top.end)?, |offset| words.key(top.end + offset))?;
    let at = top.end + length;
    let (bottom, end) = if words.is_digits(at) {
        plain(language, words, at)?
    } else {
        let number = spelled::read(language, words, at)?;
        (number.value, number.end)
    };
    let are_whole = top.value.is_integer() && bottom.is_integer() && !top.is_scaled;
    // `five in ten days` isn't a share.
    let is_time = words
        .key(end)
        .is_some_and(|key| language.units.contains_key(key));
    let is_share = are_whole
        && top.form != Form::Fraction
        && top.value < bottom
        && top.value >= Decimal::ONE
        && bottom <= LARGEST
        && !is_time;
    is_share.then(|| Number {
        value: top.value / bottom,
        end,
        form: Form::Share,
        is_scaled: false,
        is_rough: false,
    })
}

#[cfg(test)]
mod tests {
    use super::super::words::tokenize;
    use super::*;

    fn check(code: &str, text: &str, expected: Option<&str>) {
        let language = Language::named(code).unwrap();
        let tokens = tokenize(text);
        let found = read(language, tokens.as_slice(), 0)
            .map(|number| number.value.round_dp(4).normalize().to_string());
        assert_eq!(found.as_deref(), expected, "{code}: {text}");
    }

    #[test]
    fn digits_are_read_with_the_separators_of_the_language() {
        for (code, text, expected) in [
            ("en", "1,426 pilgrims", Some("1426")),
            ("en", "4.5 million", Some("4500000")),
            ("en", "3bn", Some("3000000000")),
            ("en", "2½", Some("2.5")),
            ("en", "⅚", Some("0.8333")),
            ("en", "10 000 people", Some("10000")),
            ("en", "1,42,000", Some("142000")),
            ("en", "1,42", None),
            ("en", "1.2.3", None),
            ("es", "1.426", Some("1426")),
            ("es", "51.2 por ciento", Some("51.2")),
            ("es", "11,07 millones", Some("11070000")),
            ("es", "221 mil millones", Some("221000000000")),
            ("es", "6 000", Some("6000")),
            ("de", "46.000", Some("46000")),
            ("de", "3,5 Mio. Euro", Some("3500000")),
            ("de", "1,2 Milliarden", Some("1200000000")),
            ("fr", "10 000,5", Some("10000.5")),
            ("fr", "3,2 milliards", Some("3200000000")),
        ] {
            check(code, text, expected);
        }
    }

    #[test]
    fn words_add_up() {
        for (code, text, expected) in [
            ("en", "Eighty-eight percent", Some("88")),
            ("en", "two hundred and fifty thousand", Some("250000")),
            ("en", "three hundred thousand and six", Some("300006")),
            ("en", "a hundred people", Some("100")),
            ("en", "two dozen", Some("24")),
            ("en", "three and four", Some("3")),
            ("en", "nineteen hundred", Some("1900")),
            ("en", "one and a half million", Some("1500000")),
            ("en", "two million and a half", Some("2500000")),
            ("en", "millions of", None),
            ("es", "treinta y cinco", Some("35")),
            ("es", "dos mil quinientos", Some("2500")),
            ("es", "mil personas", Some("1000")),
            ("es", "mil millones", Some("1000000000")),
            ("es", "dos mil trescientos millones", Some("2300000000")),
            ("es", "dos millones y medio", Some("2500000")),
            ("de", "einundzwanzig", Some("21")),
            ("de", "zweihundertfünfzig", Some("250")),
            ("de", "dreitausendeinhundertzwölf", Some("3112")),
            ("de", "zweieinhalb Millionen", Some("2500000")),
            ("de", "anderthalb Milliarden", Some("1500000000")),
            ("de", "hundert Menschen", Some("100")),
            ("fr", "quatre-vingts", Some("80")),
            ("fr", "quatre-vingt-dix-neuf", Some("99")),
            ("fr", "soixante et onze", Some("71")),
            ("fr", "soixante-treize", Some("73")),
            ("fr", "deux cent mille", Some("200000")),
            ("fr", "mille deux cents", Some("1200")),
            ("fr", "un million et demi", Some("1500000")),
            ("fr", "une centaine", Some("100")),
        ] {
            check(code, text, expected);
        }
    }

    #[test]
    fn parts_of_a_whole_are_numbers_and_ordinals_are_not() {
        for (code, text, expected) in [
            ("en", "two-thirds of", Some("0.6667")),
            ("en", "half of", Some("0.5")),
            ("en", "half a million", Some("500000")),
            ("en", "a quarter of a million", Some("250000")),
            ("en", "a quarter million", Some("250000")),
            ("en", "three quarters of a million", Some("750000")),
            ("en", "half a dozen", Some("6")),
            ("en", "one-third", Some("0.3333")),
            ("en", "third time", None),
            ("en", "a third time", None),
            ("en", "a third of voters", Some("0.3333")),
            ("en", "one in five", Some("0.2")),
            ("en", "8 out of 10", Some("0.8")),
            ("en", "13 in 2015", Some("13")),
            ("en", "five in ten days", Some("5")),
            ("es", "medio millón", Some("500000")),
            ("es", "un cuarto de millón", Some("250000")),
            ("es", "la mitad", None),
            ("es", "mitad de", Some("0.5")),
            ("es", "dos tercios de", Some("0.6667")),
            ("de", "eine halbe Million", Some("500000")),
            ("de", "eine Viertelmillion", Some("250000")),
            ("de", "Hälfte der", Some("0.5")),
            ("de", "zwei Drittel", Some("0.6667")),
            ("fr", "un demi-million", Some("500000")),
            ("fr", "un quart de million", Some("250000")),
            ("fr", "moitié des", Some("0.5")),
        ] {
            check(code, text, expected);
        }
    }
}
