//! Resolves the words of a template to a date, relative to the day of publication.
//!
//! Pure calendar arithmetic. Every result is EDTF that [`PartialDate`] accepts; what falls outside the calendar isn't a
//! date.

use jiff::ToSpan;
use jiff::civil::Weekday;

use crate::model::{Day, PartialDate};

use super::super::language::{Language, TimeUnit};
use super::super::pattern::{Captures, Match, Meaning};
use super::nearest::{civil, nearest_day, nearest_on_weekday, nearest_year, weekday_number};
use super::outlook::Outlook;

/// What is known from the context.
#[derive(Clone, Debug, Default)]
pub(super) struct Reading<'a> {
    pub(super) published: Option<Day>,
    pub(super) outlook: Outlook,
    pub(super) approximate: bool,
    pub(super) printed: &'a str,
    /// The previous date, and its words.
    pub(super) anchor: Option<(&'a PartialDate, &'a str)>,
}

/// The meaning of the words.
#[derive(Clone, Debug)]
pub(super) struct Settled {
    pub(super) date: Option<PartialDate>,
    pub(super) inferred: Option<String>,
}

/// An EDTF text, and the name of its reason.
struct Found {
    edtf: String,
    reason: Option<&'static str>,
}

impl Found {
    fn plain(edtf: String) -> Self {
        Self { edtf, reason: None }
    }

    fn because(reason: &'static str, edtf: String) -> Self {
        Self {
            edtf,
            reason: Some(reason),
        }
    }
}

/// Whether the unit belongs to calendars, as opposed to hours.
pub(super) fn is_calendar_unit(unit: TimeUnit) -> bool {
    !matches!(unit, TimeUnit::Hour | TimeUnit::Day)
}

/// Works out the date. `None` if the words aren't a date after all.
pub(super) fn settle(hit: &Match, reading: &Reading<'_>, language: &Language) -> Option<Settled> {
    if !has_parts(hit) {
        return None;
    }
    let found = match hit.meaning {
        Meaning::Calendar => calendar(&hit.captures, reading),
        Meaning::Century => century(&hit.captures),
        Meaning::Anchored | Meaning::SameDay => {
            // Without a previous date, there is nothing to count from.
            let (anchor, words) = reading.anchor?;
            let edtf = anchored(hit, anchor)?;
            return finish(Found::because("anchored", edtf), reading, language, words);
        }
        Meaning::MonthOfSameYear => {
            let (anchor, words) = reading.anchor?;
            let year = anchor.earliest()?.year();
            let edtf = format!("{year:04}-{:02}", hit.captures.month[0]?);
            return finish(Found::because("anchored", edtf), reading, language, words);
        }
        Meaning::WeekdayBefore => {
            let anchor = reading.anchor;
            let anchor = anchor.and_then(|(date, words)| Some((date.exact_day()?, words)));
            match (anchor, reading.published) {
                (Some((day, words)), _) => {
                    let found = Found::because("anchored", weekday_before(hit, day)?);
                    return finish(found, reading, language, words);
                }
                (None, Some(day)) => {
                    Some(Found::because("weekday_past", weekday_before(hit, day)?))
                }
                (None, None) => None,
            }
        }
        Meaning::Vague | Meaning::EventDay => return None,
        _ => relative(hit, reading),
    };
    match found {
        Some(found) => finish(found, reading, language, ""),
        None if reading.published.is_none() => Some(Settled {
            date: None,
            inferred: Some(language.reason("unresolved", &[("printed", reading.printed)])),
        }),
        None => None,
    }
}

/// Whether the date that the parts name exists: no February 30.
fn has_parts(hit: &Match) -> bool {
    let captures = &hit.captures;
    (0..2).all(|slot| {
        match (
            captures.month[slot].or(captures.month[1]),
            captures.day[slot],
        ) {
            (Some(month), Some(day)) => {
                let year = captures.year[slot].or(captures.year[1]).unwrap_or(2024);
                civil(year, month, day).is_some()
            }
            _ => true,
        }
    })
}

fn finish(
    found: Found,
    reading: &Reading<'_>,
    language: &Language,
    anchor: &str,
) -> Option<Settled> {
    let marked = found.edtf.contains(['~', '/', 'X']);
    let edtf = if reading.approximate && !marked {
        format!("{}~", found.edtf)
    } else {
        found.edtf
    };
    let date: PartialDate = edtf.parse().ok()?;
    let published = reading
        .published
        .map(|day| day.to_string())
        .unwrap_or_default();
    let fill = [
        ("printed", reading.printed),
        ("published", published.as_str()),
        ("anchor", anchor),
    ];
    let key = found
        .reason
        .or(reading.approximate.then_some("approximate"));
    Some(Settled {
        date: Some(date),
        inferred: key.map(|key| language.reason(key, &fill)),
    })
}

/// What month, day, year, season and decade mean by themselves, with a missing year worked out.
fn calendar(captures: &Captures, reading: &Reading<'_>) -> Option<Found> {
    if let Some(decade) = captures.decade {
        return Some(Found::plain(format!("{}X", decade / 10)));
    }
    let is_range =
        captures.day[1].is_some() || captures.month[1].is_some() || captures.year[1].is_some();
    if is_range {
        return range(captures, reading);
    }
    if let (Some(season), Some(year)) = (captures.season, captures.year[0]) {
        return Some(Found::plain(format!("{year:04}-{season}")));
    }
    let Some(month) = captures.month[0] else {
        return captures.year[0].map(|year| Found::plain(format!("{year:04}")));
    };
    match (captures.year[0], captures.day[0]) {
        (Some(year), Some(day)) => civil(year, month, day).map(|day| Found::plain(day.to_string())),
        (Some(year), None) => Some(Found::plain(format!("{year:04}-{month:02}"))),
        (None, Some(day)) => {
            let (day, reason) = nearest_day(month, day, captures.weekday, reading)?;
            Some(Found::because(reason, day.to_string()))
        }
        (None, None) => None,
    }
}

/// A range; each end takes from the other what it doesn't say itself.
fn range(captures: &Captures, reading: &Reading<'_>) -> Option<Found> {
    let month_end = captures.month[1].or(captures.month[0]);
    let Some(month_end) = month_end else {
        let (start, end) = (captures.year[0]?, captures.year[1]?);
        return (start < end).then(|| Found::plain(format!("{start:04}/{end:04}")));
    };
    let month_start = captures.month[0].unwrap_or(month_end);
    let Some(day_end) = captures.day[1] else {
        let (year_end, reason) = match captures.year[1] {
            Some(year) => (year, None),
            None => {
                let (year, reason) = nearest_year(month_end, reading)?;
                (year, Some(reason))
            }
        };
        let turn = i16::from(month_start > month_end);
        let year_start = captures.year[0].unwrap_or(year_end - turn);
        return Some(Found {
            edtf: format!("{year_start:04}-{month_start:02}/{year_end:04}-{month_end:02}"),
            reason,
        });
    };
    let day_start = captures.day[0]?;
    let (end, reason) = match captures.year[1] {
        Some(year) => (civil(year, month_end, day_end)?, None),
        None => {
            let (day, reason) = nearest_day(month_end, day_end, None, reading)?;
            (day, Some(reason))
        }
    };
    let turn = i16::from((month_start, day_start) > (month_end, day_end));
    let year_start = captures.year[0].unwrap_or(end.year() - turn);
    let start = civil(year_start, month_start, day_start)?;
    (start < end).then(|| Found {
        edtf: format!("{start}/{end}"),
        reason,
    })
}

fn century(captures: &Captures) -> Option<Found> {
    let ordinal = captures.ordinal[0].filter(|ordinal| (11..=22).contains(ordinal))?;
    Some(Found::plain(format!("{}XX", ordinal - 1)))
}

/// Dates that are counted from the day of publication.
fn relative(hit: &Match, reading: &Reading<'_>) -> Option<Found> {
    let published = reading.published?;
    let n = hit.n;
    let edtf = match hit.meaning {
        Meaning::Weekday => return weekday(hit, published, reading.outlook),
        Meaning::BareMonth | Meaning::Month => return month(hit, published, reading.outlook),
        Meaning::MonthOfYear => month_of_year(hit, published)?,
        Meaning::DayOnWeekday => {
            let (day, reason) = nearest_on_weekday(&hit.captures, reading)?;
            return Some(Found::because(reason, day.to_string()));
        }
        Meaning::Season => season(hit.captures.season?, n, published)?,
        Meaning::Today => published.to_string(),
        Meaning::Days => plus_days(published, n)?.to_string(),
        Meaning::Period => period(hit.captures.unit?, n, published, reading.outlook)?,
        Meaning::Ago => {
            let count = hit.captures.number?.checked_mul(n)?;
            ago(hit.captures.unit?, count, published)?
        }
        Meaning::UntilNow => {
            let count = hit
                .captures
                .number
                .filter(|_| hit.captures.unit == Some(TimeUnit::Hour));
            if count.is_some() {
                return None;
            }
            format!("../{published}")
        }
        Meaning::Calendar
        | Meaning::Century
        | Meaning::Anchored
        | Meaning::SameDay
        | Meaning::EventDay
        | Meaning::WeekdayBefore
        | Meaning::MonthOfSameYear
        | Meaning::Vague => return None,
    };
    Some(Found::because("counted", edtf))
}

fn plus_days(day: Day, n: i64) -> Option<Day> {
    day.checked_add(i32::try_from(n).ok()?.days()).ok()
}

fn plus_months(day: Day, n: i64) -> Option<Day> {
    let n = i32::try_from(n).ok().filter(|n| n.abs() < 120_000)?;
    day.checked_add(n.months()).ok()
}

fn plus_years(day: Day, n: i64) -> Option<Day> {
    let n = i16::try_from(n).ok().filter(|n| n.abs() < 9000)?;
    day.checked_add(n.years()).ok()
}

fn weekday(hit: &Match, published: Day, outlook: Outlook) -> Option<Found> {
    let wanted = i64::from(hit.captures.weekday?);
    let today = i64::from(weekday_number(published));
    let since = (today - wanted).rem_euclid(7);
    let ahead = hit.n > 0 || (hit.n == 0 && outlook == Outlook::Ahead);
    if ahead {
        let until = (wanted - today).rem_euclid(7);
        // `on Monday, the court will rule` in a story published on a Monday means that day; `next Monday` doesn't.
        let until = if until == 0 && hit.n > 0 { 7 } else { until };
        return Some(Found::because(
            "weekday_future",
            plus_days(published, until)?.to_string(),
        ));
    }
    let since = if since == 0 && hit.n < 0 { 7 } else { since };
    Some(Found::because(
        "weekday_past",
        plus_days(published, -since)?.to_string(),
    ))
}

fn weekday_before(hit: &Match, day: Day) -> Option<String> {
    let wanted = i64::from(hit.captures.weekday?);
    let since = (i64::from(weekday_number(day)) - wanted).rem_euclid(7);
    let since = if since == 0 { 7 } else { since };
    plus_days(day, -since).map(|day| day.to_string())
}

fn month_of_year(hit: &Match, published: Day) -> Option<String> {
    let month = hit.captures.month[0]?;
    let year = published.year().checked_add(i16::try_from(hit.n).ok()?)?;
    match hit.captures.day[0] {
        Some(day) => civil(year, month, day).map(|day| day.to_string()),
        None => Some(format!("{year:04}-{month:02}")),
    }
}

fn month(hit: &Match, published: Day, outlook: Outlook) -> Option<Found> {
    let month = hit.captures.month[0]?;
    let now = u8::try_from(published.month()).ok()?;
    let ahead =
        hit.n > 0 || (hit.n == 0 && hit.meaning == Meaning::BareMonth && outlook == Outlook::Ahead);
    let back =
        hit.n < 0 || (hit.n == 0 && hit.meaning == Meaning::BareMonth && outlook == Outlook::Back);
    let (turn, reason) = if ahead {
        let same_is_next = hit.n > 0;
        (
            i16::from(month < now || (same_is_next && month == now)),
            "year_future",
        )
    } else if back {
        let same_is_last = hit.n < 0;
        (
            -i16::from(month > now || (same_is_last && month == now)),
            "year_past",
        )
    } else if hit.meaning == Meaning::Month {
        (0, "counted")
    } else {
        let distance = i16::from(month) - i16::from(now);
        let turn = if distance > 6 {
            -1
        } else {
            i16::from(distance < -6)
        };
        (turn, "year")
    };
    let year = published.year().checked_add(turn)?;
    Some(Found::because(reason, format!("{year:04}-{month:02}")))
}

fn season(season: u8, n: i64, published: Day) -> Option<String> {
    let now = match published.month() {
        3..=5 => 21,
        6..=8 => 22,
        9..=11 => 23,
        _ => 24,
    };
    let turn = match n {
        0 => 0,
        n if n < 0 => -i16::from(season >= now),
        _ => i16::from(season <= now),
    };
    Some(format!(
        "{:04}-{season}",
        published.year().checked_add(turn)?
    ))
}

/// The week, weekend, month, year or decade `n` from now.
fn period(unit: TimeUnit, n: i64, published: Day, outlook: Outlook) -> Option<String> {
    match unit {
        TimeUnit::Hour | TimeUnit::Day => None,
        TimeUnit::Week => {
            let monday = plus_days(published, -i64::from(weekday_number(published)))?;
            let start = plus_days(monday, n.checked_mul(7)?)?;
            Some(format!("{start}/{}", plus_days(start, 6)?))
        }
        TimeUnit::Weekend => {
            let start = weekend(n, published, outlook)?;
            Some(format!("{start}/{}", plus_days(start, 1)?))
        }
        TimeUnit::Month => {
            let day = plus_months(published, n)?;
            Some(format!("{:04}-{:02}", day.year(), day.month()))
        }
        TimeUnit::Year => Some(format!("{:04}", plus_years(published, n)?.year())),
        TimeUnit::Decade => {
            let year = plus_years(published, n.checked_mul(10)?)?.year();
            Some(format!("{:03}X", year / 10))
        }
    }
}

/// The Saturday of the weekend that is meant. Early in the week, `this weekend` is the last one; later, the next one.
fn weekend(n: i64, published: Day, outlook: Outlook) -> Option<Day> {
    let today = i64::from(weekday_number(published));
    let during = published.weekday() == Weekday::Saturday || published.weekday() == Weekday::Sunday;
    let last = plus_days(published, if during { 5 - today } else { -2 - today })?;
    let step = match n {
        n if n < 0 => -i64::from(during),
        0 if during => 0,
        0 => i64::from(outlook == Outlook::Ahead || (today >= 3 && outlook == Outlook::Open)),
        _ => 1,
    };
    plus_days(last, step * 7)
}

/// `n` units before (or after) publication, as precise as the unit. Weeks and hours are rounded, so the result is
/// "about".
fn ago(unit: TimeUnit, n: i64, published: Day) -> Option<String> {
    match unit {
        TimeUnit::Hour => (n.abs() <= 72)
            .then(|| plus_days(published, n / 24))
            .flatten()
            .map(|day| format!("{day}~")),
        TimeUnit::Day => Some(plus_days(published, n)?.to_string()),
        TimeUnit::Week | TimeUnit::Weekend => {
            Some(format!("{}~", plus_days(published, n.checked_mul(7)?)?))
        }
        TimeUnit::Month => {
            let day = plus_months(published, n)?;
            Some(format!("{:04}-{:02}", day.year(), day.month()))
        }
        TimeUnit::Year => Some(format!("{:04}", plus_years(published, n)?.year())),
        TimeUnit::Decade => Some(format!(
            "{:04}~",
            plus_years(published, n.checked_mul(10)?)?.year()
        )),
    }
}

/// Counted from another date; as precise as the coarser of that date and the unit.
fn anchored(hit: &Match, anchor: &PartialDate) -> Option<String> {
    let n = hit.n.checked_mul(hit.captures.number.unwrap_or(1))?;
    let unit = hit.captures.unit.unwrap_or(TimeUnit::Day);
    let from = anchor.earliest()?;
    let is_day = anchor.exact_day().is_some();
    let is_month = anchor.written().len() == 7;
    match unit {
        TimeUnit::Day if is_day => Some(plus_days(from, n)?.to_string()),
        TimeUnit::Week if is_day && n != 0 => {
            Some(format!("{}~", plus_days(from, n.checked_mul(7)?)?))
        }
        TimeUnit::Month if is_day || is_month => {
            let day = plus_months(from, n)?;
            Some(format!("{:04}-{:02}", day.year(), day.month()))
        }
        TimeUnit::Year => Some(format!("{:04}", plus_years(from, n)?.year())),
        _ => None,
    }
}
