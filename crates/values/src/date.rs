//! Dates that are no more precise than what is known.

use std::fmt;
use std::sync::Arc;

use edtf_core::{Bound, Edtf, IntervalEndpoint};

/// A day of the proleptic Gregorian calendar.
pub type Day = jiff::civil::Date;

/// A date as precise as its source: a day, a month, a season, a year, a decade, or a stretch between two of them.
///
/// The written form is EDTF (ISO 8601-2:2019, annex A), levels 0 and 1: `2025-01-27`, `2025-01`, `2025-21`
/// (spring), `2025`, `202X`, `2025-01-02/2025-01-10`, `2024~` (about), `2024?` (uncertain), `../2024`.
/// Ordered by the earliest day, then the latest.
///
/// # Examples
///
/// ```
/// use nutgraf_values::PartialDate;
///
/// let poll: PartialDate = "2025-01-02/2025-01-10".parse().unwrap();
/// let year: PartialDate = "2024~".parse().unwrap();
/// assert!(year < poll);
/// assert_eq!(poll.earliest().unwrap().to_string(), "2025-01-02");
/// assert!("2025-02-30".parse::<PartialDate>().is_err());
/// ```
///
/// # Design
///
/// *Why not a calendar date with a flag?* Because every place that forgets the flag prints a false day.
/// Here a month has no day to print.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct PartialDate {
    written: Arc<str>,
    kind: DateKind,
    earliest: Option<Day>,
    latest: Option<Day>,
}

/// Whether a date is one moment or a stretch.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum DateKind {
    /// One moment, as precise as it is known.
    At(Moment),
    /// From one moment to another; `None` is an end that is open or unknown. At least one is there.
    Between(Option<Moment>, Option<Moment>),
}

/// One end of a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Moment {
    /// How much is known.
    pub precision: Precision,
    /// "about" (`~` or `%`).
    pub approximate: bool,
    /// "possibly" (`?` or `%`).
    pub uncertain: bool,
}

/// How precise a moment is, and what it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Precision {
    /// A century, by its first year: `20XX`.
    Century(i16),
    /// A decade, by its first year: `202X`.
    Decade(i16),
    /// A year.
    Year(i16),
    /// A season of a year: 21 spring, 22 summer, 23 autumn, 24 winter.
    Season(i16, u8),
    /// A month of a year.
    Month(i16, u8),
    /// A day.
    Day(Day),
}

/// Why a text is no date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DateError {
    message: String,
}

impl fmt::Display for DateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for DateError {}

impl DateError {
    fn new(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
        }
    }
}

impl PartialDate {
    /// The date as it was written, in EDTF.
    pub fn written(&self) -> &str {
        &self.written
    }

    /// What the date is.
    pub fn kind(&self) -> &DateKind {
        &self.kind
    }

    /// The first day that the date touches; `None` if its start is open or unknown.
    pub fn earliest(&self) -> Option<Day> {
        self.earliest
    }

    /// The last day that the date touches; `None` if its end is open or unknown.
    pub fn latest(&self) -> Option<Day> {
        self.latest
    }

    /// The day, if the date is exactly one and certain.
    pub fn exact_day(&self) -> Option<Day> {
        match self.kind {
            DateKind::At(Moment {
                precision: Precision::Day(day),
                approximate: false,
                uncertain: false,
            }) => Some(day),
            _ => None,
        }
    }

    /// The value for HTML's `datetime` attribute: HTML has days, months and years, and nothing vaguer.
    ///
    /// `None` for stretches, seasons, decades and years before 1 or after 9999.
    pub fn html_datetime(&self) -> Option<String> {
        let DateKind::At(moment) = &self.kind else {
            return None;
        };
        match moment.precision {
            Precision::Day(day) if day.year() > 0 => Some(day.to_string()),
            Precision::Month(year, month) if year > 0 => Some(format!("{year:04}-{month:02}")),
            Precision::Year(year) if year > 0 => Some(format!("{year:04}")),
            _ => None,
        }
    }

    /// The year that the date is filed under: that of its earliest day, or of its latest if it has no start.
    pub fn year(&self) -> Option<i16> {
        self.earliest.or(self.latest).map(Day::year)
    }

    fn sort_key(&self) -> (Day, Day, &str) {
        (
            self.earliest.or(self.latest).unwrap_or(Day::MIN),
            self.latest.unwrap_or(Day::MAX),
            &self.written,
        )
    }
}

impl PartialOrd for PartialDate {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for PartialDate {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.sort_key().cmp(&other.sort_key())
    }
}

impl std::str::FromStr for PartialDate {
    type Err = DateError;

    fn from_str(text: &str) -> Result<Self, DateError> {
        let text = text.trim();
        let edtf = Edtf::parse(text).map_err(|_| explain(text))?;
        let kind = match &edtf {
            Edtf::Date(date) => DateKind::At(moment(date)?),
            Edtf::DateTime(_) => {
                return Err(DateError::new(
                    "expected a date without a time of day, such as `2025-01-27`",
                ));
            }
            Edtf::Interval(interval) => {
                DateKind::Between(end(&interval.start)?, end(&interval.end)?)
            }
            Edtf::Set(_) => {
                return Err(DateError::new(
                    "expected one date or a range `A/B`, not a set of dates",
                ));
            }
        };
        if kind == DateKind::Between(None, None) {
            return Err(DateError::new(
                "expected at least one end of the range to be a date",
            ));
        }
        let bounds = edtf.bounds();
        let date = Self {
            written: Arc::from(text),
            kind,
            earliest: day(bounds.earliest)?,
            latest: day(bounds.latest)?,
        };
        match (date.earliest, date.latest) {
            (Some(earliest), Some(latest)) if earliest > latest => {
                Err(DateError::new("the range ends before it starts"))
            }
            _ => Ok(date),
        }
    }
}

/// Puts a parser's error into the words of a writer, by what was likely meant.
fn explain(text: &str) -> DateError {
    let forms = "`2025-01-27`, `2025-01`, `2025`, `2025-01-02/2025-01-10` or `2024~`";
    let parts: Vec<&str> = text.split('-').collect();
    let all_digits = parts
        .iter()
        .all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()));
    if all_digits && parts.len() > 1 && parts[0].len() == 4 {
        let short = parts[1..].iter().any(|part| part.len() == 1);
        if short {
            let padded: Vec<String> = parts.iter().map(|part| format!("{part:0>2}")).collect();
            return DateError::new(format!(
                "months and days have two digits: `{}`",
                padded.join("-")
            ));
        }
        return DateError::new("there is no such day or month in the calendar");
    }
    let ends = text.split_once('/');
    if ends.is_some_and(|(from, to)| Edtf::parse(from).is_ok() && Edtf::parse(to).is_ok()) {
        return DateError::new("the range ends before it starts");
    }
    DateError::new(format!("expected a date such as {forms}"))
}

fn end(endpoint: &IntervalEndpoint) -> Result<Option<Moment>, DateError> {
    match endpoint {
        IntervalEndpoint::Date(date) => moment(date).map(Some),
        IntervalEndpoint::Open | IntervalEndpoint::Unknown => Ok(None),
        IntervalEndpoint::OnOrBefore(_) | IntervalEndpoint::OnOrAfter(_) => {
            Err(DateError::new("expected a range `A/B`, `A/..` or `../B`"))
        }
    }
}

fn moment(date: &edtf_core::Date) -> Result<Moment, DateError> {
    let precision = precision(date).ok_or_else(|| {
        DateError::new("expected a day, month, season, year, decade (`202X`) or century (`20XX`) between the years -9999 and 9999")
    })?;
    Ok(Moment {
        precision,
        approximate: date.is_approximate(),
        uncertain: date.is_uncertain(),
    })
}

fn precision(date: &edtf_core::Date) -> Option<Precision> {
    let edtf_core::YearKind::Standard { negative, digits } = date.year.kind else {
        return None;
    };
    if date.year.significant_digits.is_some() {
        return None;
    }
    let known = |range: std::ops::Range<usize>| {
        digits[range].iter().try_fold(0_i16, |value, digit| {
            Some(value * 10 + i16::from((*digit)?))
        })
    };
    let sign = if negative { -1 } else { 1 };
    let Some(year) = known(0..4).map(|year| year * sign) else {
        if date.month.is_some() || negative {
            return None;
        }
        return match (digits[2], digits[3]) {
            (Some(_), None) => Some(Precision::Decade(known(0..3)? * 10)),
            (None, None) => Some(Precision::Century(known(0..2)? * 100)),
            _ => None,
        };
    };
    match (date.month, date.day) {
        (None, None) => Some(Precision::Year(year)),
        (Some(month), None) => match month.value()? {
            month @ 1..=12 => Some(Precision::Month(year, month)),
            season @ 21..=24 => Some(Precision::Season(year, season)),
            _ => None,
        },
        (Some(month), Some(day)) => {
            let month = i8::try_from(month.value()?).ok()?;
            let day = i8::try_from(day.value()?).ok()?;
            Day::new(year, month, day).ok().map(Precision::Day)
        }
        (None, Some(_)) => None,
    }
}

fn day(bound: Bound) -> Result<Option<Day>, DateError> {
    let Bound::Date(date) = bound else {
        return Ok(None);
    };
    let outside = || DateError::new("expected a year between -9999 and 9999");
    let year = i16::try_from(date.year).map_err(|_| outside())?;
    let month = i8::try_from(date.month).map_err(|_| outside())?;
    let day = i8::try_from(date.day).map_err(|_| outside())?;
    Day::new(year, month, day).map(Some).map_err(|_| outside())
}

impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.written)
    }
}
