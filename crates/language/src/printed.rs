//! The numbers among the tokens of a normalised text.

use std::borrow::Cow;
use std::ops::Range;

use rust_decimal::Decimal;

use nutgraf_values::vulgar_fraction;

use super::language::Language;
use super::normalise::normalised_chars;
use super::number::{Form, Words, read};
use super::sense::{NumberKind, lower, without_possessive};
use super::tokens::{Token, TokenKind, tokenise};

/// A number found among tokens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PrintedNumber {
    /// Its exact value as printed.
    pub value: Decimal,
    /// How it is written.
    pub form: Form,
    /// Whether its own words are inexact: `une centaine`.
    pub is_rough: bool,
    /// The tokens it takes.
    pub tokens: Range<usize>,
}

/// A token, or a part of one: `2.5` and `m` of `2.5m`.
struct Piece<'t> {
    key: Cow<'t, str>,
    is_digits: bool,
    is_glued: bool,
    token: usize,
}

/// Tokens split into pieces, as the reader of numbers needs them.
pub(crate) struct Pieces<'t> {
    pieces: Vec<Piece<'t>>,
    /// The first piece of each token.
    starts: Vec<usize>,
}

impl<'t> Pieces<'t> {
    pub(crate) fn of(tokens: &'t [Token]) -> Self {
        let mut pieces = Vec::with_capacity(tokens.len());
        let mut starts = Vec::with_capacity(tokens.len());
        for (index, token) in tokens.iter().enumerate() {
            starts.push(pieces.len());
            let digits_end = match token.kind {
                TokenKind::Number => token.text.len(),
                TokenKind::Word => token
                    .text
                    .find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ',')))
                    .unwrap_or(0),
                TokenKind::Ellipsis | TokenKind::Sign => 0,
            };
            let (digits, rest) = token.text.split_at(digits_end);
            if !digits.is_empty() {
                pieces.push(Piece {
                    key: Cow::Borrowed(digits),
                    is_digits: true,
                    is_glued: token.is_glued,
                    token: index,
                });
            }
            if !rest.is_empty() {
                pieces.push(Piece {
                    key: lower(without_possessive(rest)),
                    is_digits: vulgar_fraction(rest).is_some(),
                    is_glued: token.is_glued || !digits.is_empty(),
                    token: index,
                });
            }
        }
        Self { pieces, starts }
    }

    /// The token whose first piece this is; the number of tokens at the end.
    fn token_at(&self, piece: usize) -> Option<usize> {
        match self.pieces.get(piece) {
            None => Some(self.starts.len()),
            Some(found) => (self.starts[found.token] == piece).then_some(found.token),
        }
    }
}

impl Words for Pieces<'_> {
    fn key(&self, at: usize) -> Option<&str> {
        self.pieces.get(at).map(|piece| &*piece.key)
    }

    fn is_digits(&self, at: usize) -> bool {
        self.pieces.get(at).is_some_and(|piece| piece.is_digits)
    }

    fn is_glued(&self, at: usize) -> bool {
        self.pieces.get(at).is_some_and(|piece| piece.is_glued)
    }
}

/// The numbers of a text, in order.
///
/// # Examples
///
/// ```
/// use nutgraf_language::{Language, normalise::normalised_chars, printed::numbers, tokens::tokenise};
///
/// let (tokens, _) = tokenise(&normalised_chars("von 24.000 auf mehr als 36.500"));
/// let found = numbers(Language::named("de").unwrap(), &tokens);
/// assert_eq!(found[1].value.to_string(), "36500");
/// ```
pub fn numbers(language: &Language, tokens: &[Token]) -> Vec<PrintedNumber> {
    let pieces = Pieces::of(tokens);
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        match number_in(language, tokens, &pieces, at) {
            Some(number) => {
                at = number.tokens.end.max(at + 1);
                found.push(number);
            }
            None => at += 1,
        }
    }
    share_scales(language, tokens, &mut found);
    found
}

/// `$2 to $3 million`: the low end of a range has the scale of the high one.
fn share_scales(language: &Language, tokens: &[Token], found: &mut [PrintedNumber]) {
    /// A low end is at most so many times the high one, as written: `900 to 1 million` are no millions.
    const MOST: i64 = 10;
    for index in 1..found.len() {
        let (low, high) = (&found[index - 1], &found[index]);
        let Some(scale) = scale_of(language, tokens, &high.tokens) else {
            continue;
        };
        let limit = high.value / scale * Decimal::from(MOST);
        let is_shared = low.tokens.len() == 1
            && !low.form.is_part()
            && low.value < Decimal::ONE_THOUSAND
            && low.value <= limit
            && is_range(language, tokens, &low.tokens, &high.tokens);
        if let Some(value) = low.value.checked_mul(scale).filter(|_| is_shared) {
            found[index - 1].value = value;
        }
    }
}

/// What the last word of a number multiplies it by, if that is a scale: `million`, `bn`.
fn scale_of(language: &Language, tokens: &[Token], number: &Range<usize>) -> Option<Decimal> {
    let last = tokens.get(number.end.checked_sub(1)?)?;
    let letters = last
        .text
        .trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ','));
    let is_short = number.len() == 1 || last.is_glued;
    let short = || {
        let scale = language.tables.numbers.short_scales.get(&*lower(letters))?;
        is_short.then(|| Decimal::from(*scale))
    };
    language.scale_of(letters).or_else(short)
}

/// Whether two numbers are the ends of a range: `2 to 3`, `$2-$3`, `between two and three`.
pub fn is_range(
    language: &Language,
    tokens: &[Token],
    low: &Range<usize>,
    high: &Range<usize>,
) -> bool {
    let tables = &language.tables;
    let between = tokens.get(low.end..high.start).unwrap_or_default();
    let mut signs = between.iter().filter(|token| !is_currency_sign(token));
    let Some(joint) = signs.next() else {
        return false;
    };
    let key = lower(&joint.text);
    let is_between = || {
        let mut before = low.start.saturating_sub(2)..low.start;
        before.any(|at| tables.when.between.contains(&*lower(&tokens[at].text)))
    };
    let is_joint = joint.is_sign("-")
        || tables.when.to.iter().any(|to| *to == *key)
        || (tables.when.and.contains(&*key) && is_between());
    // `fell by 2 to 3 million` is a change and a level.
    let is_change = low
        .start
        .checked_sub(1)
        .is_some_and(|at| tables.figures.change_by.contains(&*lower(&tokens[at].text)));
    is_joint && !is_change && signs.next().is_none()
}

/// A number in a running text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundNumber {
    /// Its exact value as printed.
    pub value: Decimal,
    /// How it is written.
    pub form: Form,
    /// Its bytes in the text.
    pub bytes: Range<usize>,
    /// Whether the words beside it suggest a year, a day or another part of a date.
    pub is_of_date: bool,
}

/// All numbers in a running text, in order.
///
/// # Examples
///
/// ```
/// use nutgraf_language::{Language, printed::numbers_in};
///
/// let text = "On March 4, 2024, half a million came.";
/// let found = numbers_in(text, Language::named("en").unwrap());
/// let last = found.last().unwrap();
/// assert_eq!(&text[last.bytes.clone()], "half a million");
/// assert_eq!(last.value.normalize().to_string(), "500000");
/// assert!(found[0].is_of_date && found[1].is_of_date && !last.is_of_date);
/// ```
pub fn numbers_in(text: &str, language: &Language) -> Vec<FoundNumber> {
    let chars = normalised_chars(text);
    let (tokens, _) = tokenise(&chars);
    let found = numbers(language, &tokens).into_iter();
    let byte = |index: usize| chars.get(index).copied();
    found
        .filter_map(|number| {
            let first = tokens.get(number.tokens.start)?;
            let last = tokens.get(number.tokens.end.checked_sub(1)?)?;
            let bytes =
                byte(first.chars.start)?.start as usize..byte(last.chars.end - 1)?.end as usize;
            Some(FoundNumber {
                value: number.value,
                form: number.form,
                bytes,
                is_of_date: is_of_date(language, &tokens, &number),
            })
        })
        .collect()
}

/// Whether a number is a year or is next to the name of a month.
fn is_of_date(language: &Language, tokens: &[Token], number: &PrintedNumber) -> bool {
    let is_month = |at: Option<usize>| {
        let token = at.and_then(|at| tokens.get(at));
        token.is_some_and(|token| language.months.contains_key(&*lower(&token.text)))
    };
    let at = &number.tokens;
    let first = &tokens[at.start];
    let is_plain = at.len() == 1 && first.text.bytes().all(|byte| byte.is_ascii_digit());
    let is_year = is_plain && first.text.len() == 4 && first.text.starts_with(['1', '2']);
    let is_short = is_plain && first.text.len() <= 2;
    let is_beside = (1..=3).any(|step| is_month(Some(at.end + step - 1)))
        || is_month(at.start.checked_sub(1))
        || is_month(at.start.checked_sub(2));
    is_year || (is_short && is_beside)
}

/// The longest number that begins at a token.
pub fn number_at(language: &Language, tokens: &[Token], start: usize) -> Option<PrintedNumber> {
    /// No number has more words than this: longer runs are lists.
    const LONGEST: usize = 24;
    let own = tokens.get(start..tokens.len().min(start + LONGEST))?;
    let mut number = number_in(language, own, &Pieces::of(own), 0)?;
    number.tokens = start..start + number.tokens.end;
    if is_minus(tokens, start) && number.value > Decimal::ZERO {
        number.value = -number.value;
    }
    Some(number)
}

fn number_in(
    language: &Language,
    tokens: &[Token],
    pieces: &Pieces<'_>,
    start: usize,
) -> Option<PrintedNumber> {
    let first = *pieces.starts.get(start)?;
    let number = read(language, pieces, first)?;
    // `33rd` isn't a number, nor is the first part of a word.
    let end = pieces.token_at(number.end)?;
    let value = if is_minus(tokens, start) {
        -number.value
    } else {
        number.value
    };
    Some(PrintedNumber {
        value,
        form: number.form,
        is_rough: number.is_rough,
        tokens: start..end,
    })
}

/// Whether a number has a minus sign: a hyphen that touches it and nothing before it.
pub fn is_minus(tokens: &[Token], start: usize) -> bool {
    let Some(sign) = start.checked_sub(1).and_then(|sign| tokens.get(sign)) else {
        return false;
    };
    let is_number = tokens[start].kind == TokenKind::Number
        || tokens[start].text.starts_with(|c: char| c.is_ascii_digit());
    sign.is_sign("-") && !sign.is_glued && tokens[start].is_glued && is_number
}

/// Whether cutting a text between these two tokens would split a number, or separate it from its sign: `two | hundred`,
/// `$1.2 | billion`, `10 | 000`, `$ | 200`, `55 | %`.
pub fn is_cut(language: &Language, before: &Token, after: &Token) -> bool {
    let left = language.number_kind(&before.text);
    let is_number = before.kind == TokenKind::Number || left.is_some();
    let is_sign_cut = (is_currency_sign(before) && after.kind == TokenKind::Number)
        || (is_number && after.is_sign("%"));
    if is_sign_cut || is_group_behind(before, after) {
        return true;
    }
    match language.number_kind(&after.text) {
        Some(NumberKind::Multiple | NumberKind::Scale) => is_number,
        Some(NumberKind::Unit | NumberKind::Tens) => matches!(
            left,
            Some(NumberKind::Tens | NumberKind::Multiple | NumberKind::Scale)
        ),
        None => {
            let short_scales = &language.tables.numbers.short_scales;
            is_number && after.is_glued && short_scales.contains_key(&*lower(&after.text))
        }
    }
}

/// The `000` of `10 000`: many languages separate thousands with spaces.
fn is_group_behind(before: &Token, after: &Token) -> bool {
    let is_plain = |token: &Token| token.text.bytes().all(|byte| byte.is_ascii_digit());
    is_plain(before) && before.text.len() <= 3 && is_plain(after) && after.text.len() == 3
}

/// Whether a token is a currency sign.
pub fn is_currency_sign(token: &Token) -> bool {
    token.kind == TokenKind::Sign
        && matches!(
            &*token.text,
            "$" | "€" | "£" | "¥" | "₹" | "₩" | "₽" | "₺" | "₴" | "₪"
        )
}
