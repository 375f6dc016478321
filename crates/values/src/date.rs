//! Dates that are no more precise than what is known.

use std::fmt;
use std::sync::Arc;

use edtf_core::{Bound, Edtf, IntervalEndpoint};

use crate::Clock;

/// A day of the proleptic Gregorian calendar.
pub type Day = jiff::civil::Date;

/// A date as precise as its source: a day, a month, a season, a year, a decade, or a range between two of them.
///
/// The written form is EDTF (ISO 8601-2:2019, annex A), levels 0 and 1: `2025-01-27`, `2025-01`, `2025-21` (spring),
/// `2025`, `202X`, `2025-01-02/2025-01-10`, `2024~` (about), `2024?` (uncertain), `../2024`. A day can be followed by a
/// time, with or without its zone ([`Clock`]): `2025-01-27T14:30`, `2025-01-27T09:15+01:00`. Dates are ordered by their
/// earliest day as written, then by time (a day without one comes first), then by their latest day.
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

/// Whether a date is one moment or a range.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum DateKind {
    /// One moment, as precise as it is known.
    At(Moment),
    /// From one moment to another; `None` is an end that is open or unknown. At least one end is known.
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
    /// The time of day; only a day can have one.
    pub clock: Option<Clock>,
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

/// Why a text isn't a date.
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
                ..
            }) => Some(day),
            _ => None,
        }
    }

    /// Whether a time of day is written with it, or with one of its ends.
    pub fn has_clock(&self) -> bool {
        let ends = match &self.kind {
            DateKind::At(moment) => [Some(moment), None],
            DateKind::Between(from, to) => [from.as_ref(), to.as_ref()],
        };
        ends.iter().flatten().any(|moment| moment.clock.is_some())
    }

    /// The value for HTML's `datetime` attribute, which has days with or without a time, months and years, and nothing
    /// vaguer.
    ///
    /// `None` for ranges, seasons, decades and years before 1 or after 9999.
    pub fn html_datetime(&self) -> Option<String> {
        let DateKind::At(moment) = &self.kind else {
            return None;
        };
        match moment.precision {
            Precision::Day(day) if day.year() > 0 => Some(match moment.clock {
                Some(clock) => format!("{day}T{clock}"),
                None => day.to_string(),
            }),
            Precision::Month(year, month) if year > 0 => Some(format!("{year:04}-{month:02}")),
            Precision::Year(year) if year > 0 => Some(format!("{year:04}")),
            _ => None,
        }
    }

    /// The year that the date is filed under: that of its earliest day, or of its latest if it has no start.
    pub fn year(&self) -> Option<i16> {
        self.earliest.or(self.latest).map(Day::year)
    }

    fn ends_before_it_starts(&self) -> bool {
        let (Some(earliest), Some(latest)) = (self.earliest, self.latest) else {
            return false;
        };
        let clocks = match &self.kind {
            DateKind::Between(Some(from), Some(to)) => from.clock.zip(to.clock),
            DateKind::Between(..) | DateKind::At(_) => None,
        };
        earliest > latest
            || earliest == latest
                && clocks.is_some_and(|(from, to)| from.seconds_utc() > to.seconds_utc())
    }

    fn sort_key(&self) -> (Day, Option<i32>, Day, &str) {
        let start = match &self.kind {
            DateKind::At(moment) | DateKind::Between(Some(moment), _) => moment.clock,
            DateKind::Between(None, _) => None,
        };
        (
            self.earliest.or(self.latest).unwrap_or(Day::MIN),
            start.map(|clock| clock.seconds_utc()),
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
        if text.split('/').any(has_clock) {
            return with_clock(text);
        }
        let edtf = Edtf::parse(text).map_err(|_| explain(text))?;
        let kind = match &edtf {
            Edtf::Date(date) => DateKind::At(moment(date)?),
            Edtf::DateTime(_) => return Err(explain(text)),
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
        if date.ends_before_it_starts() {
            return Err(DateError::new("the range ends before it starts"));
        }
        Ok(date)
    }
}

/// Whether a text is a day followed by a time of day.
fn has_clock(text: &str) -> bool {
    let day = text
        .get(..10)
        .filter(|_| text.as_bytes().get(10) == Some(&b'T'));
    day.is_some_and(|day| day.parse::<Day>().is_ok())
}

/// Parses a date with a time of day, or a range with a time at either end.
fn with_clock(text: &str) -> Result<PartialDate, DateError> {
    let mut ends = text.split('/').map(clock_end);
    let date = match (ends.next(), ends.next(), ends.next()) {
        (Some(at), None, None) => {
            let end = at?.ok_or_else(|| explain(text))?;
            PartialDate {
                written: Arc::from(text),
                kind: DateKind::At(end.moment),
                earliest: end.earliest,
                latest: end.latest,
            }
        }
        (Some(from), Some(to), None) => {
            let (from, to) = (from?, to?);
            PartialDate {
                written: Arc::from(text),
                earliest: from.as_ref().and_then(|end| end.earliest),
                latest: to.as_ref().and_then(|end| end.latest),
                kind: DateKind::Between(from.map(|end| end.moment), to.map(|end| end.moment)),
            }
        }
        _ => return Err(explain(text)),
    };
    if date.ends_before_it_starts() {
        return Err(DateError::new("the range ends before it starts"));
    }
    Ok(date)
}

/// One end of a range, with the days that it touches.
struct End {
    moment: Moment,
    earliest: Option<Day>,
    latest: Option<Day>,
}

/// Parses an end of a range; `None` for one that is open or unknown.
fn clock_end(text: &str) -> Result<Option<End>, DateError> {
    if matches!(text, "" | "..") {
        return Ok(None);
    }
    let (day, clock) = if has_clock(text) {
        let (day, clock) = text.split_at(10);
        (day, Some(&clock[1..]))
    } else {
        (text, None)
    };
    let date = Edtf::parse(day).map_err(|_| explain(text))?;
    let Edtf::Date(date) = date else {
        return Err(explain(text));
    };
    let mut moment = moment(&date)?;
    if let Some(clock) = clock {
        let plain = clock.trim_end_matches(['~', '?', '%']);
        let marks = &clock[plain.len()..];
        let is_one = marks.len() < 2;
        moment.approximate = matches!(marks, "~" | "%");
        moment.uncertain = matches!(marks, "?" | "%");
        let clock = plain
            .parse::<Clock>()
            .map_err(|error| DateError::new(error.to_string()));
        moment.clock =
            Some(clock.and_then(|clock| is_one.then_some(clock).ok_or_else(|| explain(text)))?);
    }
    let bounds = Edtf::Date(date).bounds();
    Ok(Some(End {
        moment,
        earliest: self::day(bounds.earliest)?,
        latest: self::day(bounds.latest)?,
    }))
}

/// Rephrases a parser's error for a writer, guessing what was meant.
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
    if text.contains(':') {
        return DateError::new(
            "expected a day with a time such as `2025-01-27T14:30`, and behind it `Z` or an offset such as `-05:00` if its zone is known",
        );
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
        clock: None,
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

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> PartialDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_day_is_in_order_of_its_times() {
        let ordered = [
            "2021-08-03",
            "2021-08-03T00:20+02:00",
            "2021-08-03T06:40",
            "2021-08-03T06:40/2021-08-03T07:10",
            "2021-08-03T06:40:30",
            "2021-08-03T19:00Z",
            "2021-08-03T14:30-05:00",
            "2021-08-04",
        ];
        let mut dates: Vec<PartialDate> = ordered.iter().rev().map(|text| date(text)).collect();
        dates.sort();
        let written: Vec<&str> = dates.iter().map(PartialDate::written).collect();
        assert_eq!(written, ordered);
    }

    #[test]
    fn a_time_keeps_the_day_that_is_written() {
        let late = date("2021-08-03T23:30-05:00~");
        assert_eq!(late.earliest(), late.latest());
        assert_eq!(late.earliest().unwrap().to_string(), "2021-08-03");
        assert_eq!(late.html_datetime().unwrap(), "2021-08-03T23:30-05:00");
        assert!(late.has_clock() && late.exact_day().is_none());
        let open = date("2021-08-03T23:30/..");
        assert_eq!((open.has_clock(), open.latest()), (true, None));
    }

    #[test]
    fn nonsense_times_are_refused() {
        for text in [
            "2021-08-03T25:00",
            "2021-08-03T9:15",
            "2021-08-03T",
            "2021-08-03 09:15",
            "2021-08T09:15",
            "2021-08-03T09:15~~",
            "2021-08-03T09:15/2021-08-03T08:00",
            "2021-08-03T09:15/2021-08-02",
            "2021-08-03T09:15/2021-08-04/2021-08-05",
        ] {
            assert!(text.parse::<PartialDate>().is_err(), "{text}");
        }
    }
}
