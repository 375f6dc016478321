//! Exact numbers and their units.

use std::fmt;

use rust_decimal::Decimal;
use unicode_normalization::UnicodeNormalization;

/// An exact decimal of at most 28 digits. It keeps trailing zeros: `55.0` stays `55.0`.
///
/// # Examples
///
/// ```
/// use nutgraf_values::Number;
///
/// let number: Number = "24000".parse().unwrap();
/// assert_eq!(number.to_string(), "24000");
/// assert_eq!("55.10".parse::<Number>().unwrap().to_string(), "55.10");
/// assert!("24,000".parse::<Number>().is_err());
/// assert!("NaN".parse::<Number>().is_err());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Number(Decimal);

/// Why a text isn't a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NumberError {
    message: String,
}

impl fmt::Display for NumberError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for NumberError {}

impl Number {
    /// Wraps a computed value.
    pub fn new(value: Decimal) -> Self {
        Self(value)
    }

    /// The value.
    pub fn value(self) -> Decimal {
        self.0
    }

    /// Whether it is below zero.
    pub fn is_negative(self) -> bool {
        self.0.is_sign_negative() && !self.0.is_zero()
    }
}

impl std::str::FromStr for Number {
    type Err = NumberError;

    fn from_str(text: &str) -> Result<Self, NumberError> {
        let text = text.trim();
        let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
        let plain = digits.starts_with(|c: char| c.is_ascii_digit())
            && digits.matches('.').count() < 2
            && digits
                .bytes()
                .all(|byte| byte.is_ascii_digit() || byte == b'.');
        if !plain {
            let bare: String = digits
                .chars()
                .filter(|c| c.is_ascii_digit() || *c == '.')
                .collect();
            let hint = if bare.parse::<Decimal>().is_ok() && digits.contains(',') {
                format!("expected digits without separators, such as `{bare}`")
            } else {
                "expected a plain decimal number, such as `24000` or `-0.5`".to_owned()
            };
            return Err(NumberError { message: hint });
        }
        Decimal::from_str_exact(text)
            .map(Self)
            .map_err(|_| NumberError {
                message: "expected a decimal number of at most 28 digits".to_owned(),
            })
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// The word with which a source hedges a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Qualifier {
    /// The number is rounded, either way.
    About,
    /// More than the number.
    Over,
    /// The number or more.
    AtLeast,
    /// Less than the number.
    Under,
    /// The number or less.
    UpTo,
}

impl Qualifier {
    /// Every qualifier.
    pub const ALL: [Self; 5] = [
        Self::About,
        Self::Over,
        Self::AtLeast,
        Self::Under,
        Self::UpTo,
    ];

    /// The words of all of them, in the order of [`Qualifier::ALL`].
    pub const NAMES: &[&str] = &{
        let mut names = [""; Self::ALL.len()];
        let mut index = 0;
        while index < names.len() {
            names[index] = Self::ALL[index].name();
            index += 1;
        }
        names
    };

    /// The word as written in front matter.
    pub const fn name(self) -> &'static str {
        match self {
            Self::About => "about",
            Self::Over => "over",
            Self::AtLeast => "at least",
            Self::Under => "under",
            Self::UpTo => "up to",
        }
    }
}

/// A number with its unit and its hedge.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Quantity {
    /// The number.
    pub number: Number,
    /// The upper end of a range whose lower end is `number`: 300 to 400.
    pub to: Option<Number>,
    /// `percent`, `people`, `USD`...; empty if it is a bare count.
    pub unit: String,
    /// The source's hedge.
    pub qualifier: Option<Qualifier>,
}
/// The value of a character such as `½` or `⅔`; `None` for any other text. Exact to the digits of a [`Decimal`].
///
/// Unicode decomposes each into digits around a fraction slash (Unicode Standard, compatibility decomposition).
pub fn vulgar_fraction(text: &str) -> Option<Decimal> {
    const FRACTION_SLASH: char = '\u{2044}';
    let mut signs = text.chars();
    let sign = signs.next().filter(|sign| !sign.is_ascii())?;
    if signs.next().is_some() {
        return None;
    }
    let parts: String = sign.nfkd().collect();
    let (top, bottom) = parts.split_once(FRACTION_SLASH)?;
    let [top, bottom] = [top, bottom].map(|part| part.parse::<Decimal>().ok());
    top?.checked_div(bottom?)
}
