//! Works out the year of a date without one.

use jiff::ToSpan;
use jiff::civil::Date;

use crate::model::Day;

use super::super::pattern::Captures;
use super::outlook::Outlook;
use super::resolve::Reading;

/// A date without a year that is at most this close to publication is in the nearest year, whatever the tense: at a
/// month's distance, the other year would be eleven months away.
const NEAR_DAYS: i32 = 30;

/// The day in the year that fits: the one with the right weekday, the nearest, or the one that the tense requires.
pub(super) fn nearest_day(
    month: u8,
    day: u8,
    weekday: Option<u8>,
    reading: &Reading<'_>,
) -> Option<(Day, &'static str)> {
    let published = reading.published?;
    let candidates: Vec<Day> = (-1..=1)
        .filter_map(|offset| civil(published.year().checked_add(offset)?, month, day))
        .collect();
    let distance = |candidate: &Day| days_between(published, *candidate).abs();
    if let Some(weekday) = weekday {
        let fits = candidates
            .iter()
            .filter(|day| weekday_number(**day) == weekday);
        if let Some(day) = fits.min_by_key(|day| distance(day)) {
            return Some((*day, "year"));
        }
    }
    let nearest = *candidates.iter().min_by_key(|day| distance(day))?;
    if distance(&nearest) <= NEAR_DAYS {
        return Some((nearest, "year"));
    }
    let past = candidates.iter().rev().find(|day| **day <= published);
    let next = candidates.iter().find(|day| **day > published);
    Some(match (reading.outlook, past, next) {
        (Outlook::Back, Some(day), _) => (*day, "year_past"),
        (Outlook::Ahead, _, Some(day)) => (*day, "year_future"),
        _ => (nearest, "year"),
    })
}

/// The day of a month that falls on a weekday: the nearest, or the one that the tense requires.
pub(super) fn nearest_on_weekday(
    captures: &Captures,
    reading: &Reading<'_>,
) -> Option<(Day, &'static str)> {
    let published = reading.published?;
    let (weekday, day) = (captures.weekday?, captures.day[0]?);
    let candidates = (-1..=1).filter_map(|offset| {
        let month = published
            .first_of_month()
            .checked_add(offset.months())
            .ok()?;
        let candidate = civil(month.year(), u8::try_from(month.month()).ok()?, day)?;
        (weekday_number(candidate) == weekday).then_some(candidate)
    });
    let fitting = candidates.filter(|candidate| match reading.outlook {
        Outlook::Back | Outlook::Open => *candidate <= published,
        Outlook::Ahead => *candidate >= published,
    });
    let near = |candidate: &Day| days_between(published, *candidate).abs() <= NEAR_DAYS;
    let nearest = fitting
        .filter(near)
        .min_by_key(|candidate| days_between(published, *candidate).abs())?;
    let reason = match nearest > published {
        true => "weekday_future",
        false => "weekday_past",
    };
    Some((nearest, reason))
}

/// The year of a month without one: the nearest, or the one that the tense requires.
pub(super) fn nearest_year(month: u8, reading: &Reading<'_>) -> Option<(i16, &'static str)> {
    let published = reading.published?;
    let now = i32::from(published.year()) * 12 + i32::from(published.month());
    let distance = |year: i16| i32::from(year) * 12 + i32::from(month) - now;
    let years = [published.year() - 1, published.year(), published.year() + 1];
    let mut fitting = years.into_iter().filter(|year| match reading.outlook {
        Outlook::Back => distance(*year) <= 0,
        Outlook::Ahead => distance(*year) >= 0,
        Outlook::Open => true,
    });
    let first = fitting.next()?;
    let year = fitting.fold(first, |best, year| {
        if distance(year).abs() < distance(best).abs() {
            year
        } else {
            best
        }
    });
    let reason = match reading.outlook {
        Outlook::Back => "year_past",
        Outlook::Ahead => "year_future",
        Outlook::Open => "year",
    };
    Some((year, reason))
}

fn days_between(from: Day, to: Day) -> i32 {
    from.until(to).map_or(i32::MAX / 2, |span| span.get_days())
}

/// 0 for Monday.
pub(super) fn weekday_number(day: Day) -> u8 {
    u8::try_from(day.weekday().to_monday_zero_offset()).unwrap_or_default()
}

pub(super) fn civil(year: i16, month: u8, day: u8) -> Option<Day> {
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}
