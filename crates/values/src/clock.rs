//! Times of day, with or without the offset of their time zone.

use std::fmt;

use jiff::civil::Time;

/// A time of day as written after a day: `14:30`, `14:30:05`, `14:30Z`, `14:30+01:00`.
///
/// ISO 8601-1:2019, 5.3, in its extended form. EDTF (level 0) requires seconds; we make them optional, as HTML does,
/// since a source that says "at half past two" doesn't mention seconds.
///
/// # Examples
///
/// ```
/// use nutgraf_values::Clock;
///
/// let clock: Clock = "09:15+01:00".parse().unwrap();
/// assert_eq!((clock.time().hour(), clock.offset_minutes()), (9, Some(60)));
/// assert!("24:00".parse::<Clock>().is_err());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Clock {
    time: Time,
    has_seconds: bool,
    /// Minutes east of UTC.
    offset: Option<i16>,
}

/// Why a text isn't a time of day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClockError(&'static str);

impl fmt::Display for ClockError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl std::error::Error for ClockError {}

const FORM: ClockError = ClockError(
    "expected a time of day such as `14:30` behind the `T`, and behind it `Z` or an offset such as `-05:00` if its zone is known",
);
const RANGE: ClockError =
    ClockError("the hours of a day go from 00 to 23, its minutes and seconds from 00 to 59");
const OFFSET: ClockError =
    ClockError("the offset of a zone from UTC is between `-12:00` and `+14:00`");

impl Clock {
    /// The local time; its seconds are 0 if none are written.
    pub fn time(&self) -> Time {
        self.time
    }

    /// Whether seconds are written.
    pub fn has_seconds(&self) -> bool {
        self.has_seconds
    }

    /// How many minutes the clock is ahead of UTC; `None` if that isn't given.
    pub fn offset_minutes(&self) -> Option<i16> {
        self.offset
    }

    /// Seconds since midnight UTC, negative if it was still the day before there. A time without an offset is taken as
    /// UTC.
    pub fn seconds_utc(&self) -> i32 {
        let (hour, minute) = (i32::from(self.time.hour()), i32::from(self.time.minute()));
        let offset = i32::from(self.offset.unwrap_or(0));
        (hour * 60 + minute - offset) * 60 + i32::from(self.time.second())
    }
}

impl std::str::FromStr for Clock {
    type Err = ClockError;

    fn from_str(text: &str) -> Result<Self, ClockError> {
        let zone = text.find(['Z', '+', '-', '−']);
        let (clock, zone) = text.split_at(zone.unwrap_or(text.len()));
        let parts: Vec<&str> = clock.split(':').collect();
        let (hour, minute, second) = match *parts.as_slice() {
            [hour, minute] => (hour, minute, None),
            [hour, minute, second] => (hour, minute, Some(second)),
            _ => return Err(FORM),
        };
        let time = Time::new(
            two_digits(hour).ok_or(FORM)?,
            two_digits(minute).ok_or(FORM)?,
            second.map_or(Some(0), two_digits).ok_or(FORM)?,
            0,
        );
        Ok(Self {
            time: time.map_err(|_| RANGE)?,
            has_seconds: second.is_some(),
            offset: offset(zone)?,
        })
    }
}

/// The minutes of `+01:00`; `None` for an empty text.
fn offset(zone: &str) -> Result<Option<i16>, ClockError> {
    if zone.is_empty() {
        return Ok(None);
    }
    if zone == "Z" {
        return Ok(Some(0));
    }
    let ahead = zone.strip_prefix('+').map(|rest| (1, rest));
    let (sign, rest) = ahead
        .or_else(|| zone.strip_prefix('-').map(|rest| (-1, rest)))
        .ok_or(FORM)?;
    let (hours, minutes) = rest.split_once(':').ok_or(FORM)?;
    let hours = i16::from(two_digits(hours).ok_or(FORM)?);
    let minutes = i16::from(two_digits(minutes).ok_or(FORM)?);
    let offset = sign * (hours * 60 + minutes);
    let is_zone = minutes < 60 && (-12 * 60..=14 * 60).contains(&offset);
    is_zone.then_some(Some(offset)).ok_or(OFFSET)
}

fn two_digits(text: &str) -> Option<i8> {
    let is_digits = text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit());
    is_digits.then(|| text.parse().ok())?
}

impl fmt::Display for Clock {
    /// Formats it as in ISO 8601: `14:30`, `09:15:30+01:00`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.time.hour(), self.time.minute())?;
        if self.has_seconds {
            write!(f, ":{:02}", self.time.second())?;
        }
        match self.offset {
            None => Ok(()),
            Some(0) => f.write_str("Z"),
            Some(offset) => {
                let sign = if offset < 0 { '-' } else { '+' };
                let (hours, minutes) = (offset.abs() / 60, offset.abs() % 60);
                write!(f, "{sign}{hours:02}:{minutes:02}")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_is_written_as_it_was_read() {
        for text in [
            "00:00",
            "23:59:59",
            "14:30Z",
            "09:15+01:00",
            "21:05:09-03:30",
        ] {
            assert_eq!(text.parse::<Clock>().unwrap().to_string(), text);
        }
    }

    #[test]
    fn nonsense_is_told_by_what_is_wrong() {
        let cases = [
            ("24:00", RANGE),
            ("14:60", RANGE),
            ("14:30:60", RANGE),
            ("9:15", FORM),
            ("14", FORM),
            ("14:30 CET", FORM),
            ("14:30+1", FORM),
            ("14:30+15:00", OFFSET),
            ("14:30+01:75", OFFSET),
        ];
        for (text, expected) in cases {
            assert_eq!(text.parse::<Clock>(), Err(expected), "{text}");
        }
    }

    #[test]
    fn the_order_of_a_day_is_that_of_its_moments() {
        let seconds = |text: &str| text.parse::<Clock>().unwrap().seconds_utc();
        assert!(seconds("14:30-05:00") > seconds("19:00Z"));
        assert!(seconds("00:30+01:00") < seconds("00:00Z"));
        assert!(seconds("09:15:01") > seconds("09:15"));
    }
}
