//! Places the words of a date in the calendar: the stretches of days that they can mean.

use jiff::ToSpan;

use nutgraf_language::date_words::{Lean, Part, Point, Printed, Unit};
use nutgraf_values::Day;

/// On which side of the day of publication a date is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outlook {
    /// Before it.
    Happened,
    /// After it: still to come when the source was written.
    Expected,
}

/// A stretch of days; `None` is an open end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Stretch {
    pub(crate) from: Option<Day>,
    pub(crate) to: Option<Day>,
    pub(crate) is_approximate: bool,
}

impl Stretch {
    pub(crate) fn days(from: Day, to: Day) -> Self {
        Self {
            from: Some(from),
            to: Some(to),
            is_approximate: false,
        }
    }
}

/// What the words are counted from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Anchor {
    /// The day of publication.
    Published(Day, Outlook),
    /// An unknown day: the words may mean any matching day around these two.
    Anywhere(Day, Day),
}

/// The stretches that the words can mean; empty if they need a day of publication.
pub(crate) fn stretches(printed: &Printed, anchor: Anchor) -> Vec<Stretch> {
    match printed {
        Printed::At(point) => at(point, anchor),
        Printed::Between(first, last) => between(first, last, anchor),
        Printed::From(point) => at(point, anchor)
            .into_iter()
            .map(|stretch| Stretch {
                to: None,
                ..stretch
            })
            .collect(),
        Printed::Until(point) => at(point, anchor)
            .into_iter()
            .map(|stretch| Stretch {
                from: None,
                ..stretch
            })
            .collect(),
    }
}

fn between(first: &Point, last: &Point, anchor: Anchor) -> Vec<Stretch> {
    let ends = at(last, anchor);
    let mut found = Vec::new();
    for start in at(first, anchor) {
        // A range is the shortest one that its words allow.
        let end = ends
            .iter()
            .filter(|end| end.to >= start.from && end.from >= start.from)
            .min_by_key(|end| end.to);
        if let Some(end) = end {
            found.push(Stretch {
                from: start.from,
                to: end.to,
                is_approximate: start.is_approximate || end.is_approximate,
            });
        }
    }
    if found.is_empty() && first.year.is_none() && first.month > last.month {
        // `December 30 to January 2`: each end was placed in its own year.
        for end in ends {
            let starts = at_all_years(first, end.from);
            found.extend(
                starts
                    .into_iter()
                    .filter(|start| start.from <= end.from)
                    .map(|start| Stretch {
                        to: end.to,
                        ..start
                    }),
            );
        }
    }
    found
}

fn at_all_years(point: &Point, near: Option<Day>) -> Vec<Stretch> {
    let Some(near) = near else {
        return Vec::new();
    };
    let from = near.checked_sub(300.days()).unwrap_or(near);
    at(point, Anchor::Anywhere(from, near))
        .into_iter()
        .filter(|stretch| stretch.from >= Some(from))
        .collect()
}

fn at(point: &Point, anchor: Anchor) -> Vec<Stretch> {
    let found = if point.ago.is_some() || point.unit.is_some() {
        relative(point, anchor)
    } else if point.month.is_some() || point.season.is_some() || point.quarter.is_some() {
        in_year(point, anchor)
    } else if let Some(decade) = point.decade {
        years(decade, decade + 9)
    } else if let Some(year) = point.year {
        part_of_year(year, point.part)
    } else if let (Some(weekday), Some(day)) = (point.weekday, point.day) {
        // `el martes 25`: the number tells which one it is.
        let mut days = on_day_of_month(day, anchor);
        days.retain(|found| {
            let day = found.from.map(|day| day.weekday().to_monday_zero_offset());
            day == Some(weekday)
        });
        days
    } else if let Some(weekday) = point.weekday {
        on_weekday(weekday, point.lean, anchor)
    } else if let Some(day) = point.day {
        on_day_of_month(day, anchor)
    } else {
        Vec::new()
    };
    found
        .into_iter()
        .map(|stretch| Stretch {
            is_approximate: stretch.is_approximate || point.is_approximate,
            ..stretch
        })
        .collect()
}

fn years(first: i16, last: i16) -> Vec<Stretch> {
    match (Day::new(first, 1, 1), Day::new(last, 12, 31)) {
        (Ok(from), Ok(to)) => vec![Stretch::days(from, to)],
        _ => Vec::new(),
    }
}

fn part_of_year(year: i16, part: Option<Part>) -> Vec<Stretch> {
    let (first, last) = match part {
        None => (1, 12),
        Some(Part::Early) => (1, 4),
        Some(Part::Middle) => (5, 8),
        Some(Part::Late) => (9, 12),
    };
    months(year, first, last)
}

/// The months from `first` to `last` of the same year.
fn months(year: i16, first: i8, last: i8) -> Vec<Stretch> {
    match (Day::new(year, first, 1), Day::new(year, last, 1)) {
        (Ok(from), Ok(last)) => vec![Stretch::days(from, last.last_of_month())],
        _ => Vec::new(),
    }
}

/// A month, a day of a month, a season or a quarter, in the year that is given or in those that it can mean.
fn in_year(point: &Point, anchor: Anchor) -> Vec<Stretch> {
    if let Some(year) = point.year {
        return within_year(point, year);
    }
    let (first, last) = match anchor {
        Anchor::Published(day, _) => (day.year(), day.year()),
        Anchor::Anywhere(from, to) => (from.year(), to.year()),
    };
    let mut found: Vec<Stretch> = (first.saturating_sub(1)..=last.saturating_add(1))
        .flat_map(|year| within_year(point, year))
        .collect();
    let Anchor::Published(published, outlook) = anchor else {
        return found;
    };
    if point.lean == Some(Lean::Last) {
        // `last November`, said in November, means that of the year before.
        found.retain(|stretch| stretch.to < Some(published));
    }
    let is_ahead = match point.lean {
        Some(Lean::Next | Lean::Later) => true,
        Some(Lean::Last | Lean::Earlier) => false,
        Some(Lean::This) => {
            found.retain(|stretch| {
                stretch
                    .from
                    .is_some_and(|from| from.year() == published.year())
            });
            return found;
        }
        None => outlook == Outlook::Expected,
    };
    if is_ahead {
        found.retain(|stretch| stretch.to >= Some(published));
        found.truncate(1);
    } else {
        found.retain(|stretch| stretch.from <= Some(published));
        found = found.split_off(found.len().saturating_sub(1));
    }
    found
}

fn within_year(point: &Point, year: i16) -> Vec<Stretch> {
    if let Some(quarter) = point.quarter {
        return months(year, quarter * 3 - 2, quarter * 3);
    }
    if let Some(season) = point.season {
        return in_season(year, season);
    }
    let Some(month) = point.month else {
        return Vec::new();
    };
    let Some(day) = point.day else {
        return part_of_month(year, month, point.part);
    };
    let Ok(day) = Day::new(year, month, day) else {
        return Vec::new();
    };
    let is_other_weekday = point
        .weekday
        .is_some_and(|weekday| day.weekday().to_monday_zero_offset() != weekday);
    if is_other_weekday && point.year.is_none() {
        return Vec::new();
    }
    vec![Stretch::days(day, day)]
}

fn part_of_month(year: i16, month: i8, part: Option<Part>) -> Vec<Stretch> {
    let Ok(first) = Day::new(year, month, 1) else {
        return Vec::new();
    };
    let last = first.last_of_month();
    let within = |from: i8, to: i8| match (Day::new(year, month, from), Day::new(year, month, to)) {
        (Ok(from), Ok(to)) => vec![Stretch::days(from, to)],
        _ => Vec::new(),
    };
    match part {
        None => vec![Stretch::days(first, last)],
        Some(Part::Early) => within(1, 10),
        Some(Part::Middle) => within(10, 20),
        Some(Part::Late) => within(20, last.day()),
    }
}

/// Seasons of the northern hemisphere; a winter may begin in the December of its year or end in its first months.
fn in_season(year: i16, season: i8) -> Vec<Stretch> {
    if season < 3 {
        return months(year, season * 3 + 3, season * 3 + 5);
    }
    [year - 1, year]
        .into_iter()
        .filter_map(|start| {
            let from = Day::new(start, 12, 1).ok()?;
            let to = Day::new(start + 1, 2, 1).ok()?.last_of_month();
            Some(Stretch::days(from, to))
        })
        .collect()
}

fn on_weekday(weekday: i8, lean: Option<Lean>, anchor: Anchor) -> Vec<Stretch> {
    let (from, to) = match anchor {
        Anchor::Anywhere(from, to) => (shift(from, -6), shift(to, 6)),
        Anchor::Published(day, outlook) => {
            let (back, ahead) = match (lean, outlook) {
                (Some(Lean::Last | Lean::Earlier), _) => (-13, -1),
                (Some(Lean::Next | Lean::Later), _) => (1, 13),
                (Some(Lean::This), _) => (-6, 6),
                (None, Outlook::Happened) => (-6, 0),
                (None, Outlook::Expected) => (0, 7),
            };
            (shift(day, back), shift(day, ahead))
        }
    };
    let (Some(from), Some(to)) = (from, to) else {
        return Vec::new();
    };
    // A long stretch contains every weekday, and so do its first 400 days.
    let limit = shift(from, 400).map_or(to, |limit| limit.min(to));
    days_between(from, limit)
        .filter(|day| day.weekday().to_monday_zero_offset() == weekday)
        .map(|day| Stretch::days(day, day))
        .collect()
}

fn on_day_of_month(day: i8, anchor: Anchor) -> Vec<Stretch> {
    let (from, to) = match anchor {
        Anchor::Anywhere(from, to) => (shift(from, -31), shift(to, 31)),
        Anchor::Published(published, Outlook::Happened) => (shift(published, -30), Some(published)),
        Anchor::Published(published, Outlook::Expected) => (Some(published), shift(published, 30)),
    };
    let (Some(from), Some(to)) = (from, to) else {
        return Vec::new();
    };
    let limit = shift(from, 400).map_or(to, |limit| limit.min(to));
    days_between(from, limit)
        .filter(|candidate| candidate.day() == day)
        .map(|candidate| Stretch::days(candidate, candidate))
        .collect()
}

fn days_between(from: Day, to: Day) -> impl Iterator<Item = Day> {
    std::iter::successors(Some(from), |day| day.tomorrow().ok()).take_while(move |day| *day <= to)
}

fn shift(day: Day, n_days: i64) -> Option<Day> {
    day.checked_add(n_days.days()).ok()
}

/// `yesterday`, `last week`, `two months ago`: only a day of publication says when.
fn relative(point: &Point, anchor: Anchor) -> Vec<Stretch> {
    let (Anchor::Published(day, outlook), Some(unit)) = (anchor, point.unit) else {
        return Vec::new();
    };
    if let Some(amount) = point.ago {
        return ago(day, amount, unit).into_iter().collect();
    }
    let lean = point.lean.unwrap_or(match outlook {
        Outlook::Happened => Lean::Earlier,
        Outlook::Expected => Lean::Later,
    });
    let step = match lean {
        Lean::Last => -1,
        Lean::Next => 1,
        Lean::This | Lean::Earlier | Lean::Later => 0,
    };
    let whole: Vec<Stretch> = match unit {
        Unit::Day => shift(day, step)
            .map(|day| Stretch::days(day, day))
            .into_iter()
            .collect(),
        Unit::Week => weeks(day, step),
        Unit::Weekend => return weekends(day, lean),
        Unit::Month => month_of(day.checked_add(step.months()).ok()),
        Unit::Year => years(
            day.year() + i16::try_from(step).unwrap_or(0),
            day.year() + i16::try_from(step).unwrap_or(0),
        ),
    };
    whole
        .into_iter()
        .map(|stretch| match lean {
            Lean::Earlier => Stretch {
                to: Some(day),
                ..stretch
            },
            Lean::Later => Stretch {
                from: Some(day),
                ..stretch
            },
            Lean::Last | Lean::This | Lean::Next => stretch,
        })
        .collect()
}

fn ago(day: Day, amount: i64, unit: Unit) -> Option<Stretch> {
    match unit {
        Unit::Day => shift(day, -amount).map(|day| Stretch::days(day, day)),
        Unit::Week | Unit::Weekend => {
            let middle = shift(day, -7 * amount)?;
            Some(Stretch::days(shift(middle, -3)?, shift(middle, 3)?))
        }
        Unit::Month => month_of(day.checked_sub(amount.months()).ok()).pop(),
        Unit::Year => {
            let year = day.year().checked_sub(i16::try_from(amount).ok()?)?;
            years(year, year).pop()
        }
    }
}

fn month_of(day: Option<Day>) -> Vec<Stretch> {
    day.map(|day| Stretch::days(day.first_of_month(), day.last_of_month()))
        .into_iter()
        .collect()
}

/// Both the calendar week from Monday and the one from Sunday, because newspapers use both.
fn weeks(day: Day, step: i64) -> Vec<Stretch> {
    let since_monday = i64::from(day.weekday().to_monday_zero_offset());
    let since_sunday = (since_monday + 1) % 7;
    [since_monday, since_sunday]
        .into_iter()
        .filter_map(|since| {
            let from = shift(day, step * 7 - since)?;
            Some(Stretch::days(from, shift(from, 6)?))
        })
        .collect()
}

/// Saturday and Sunday, or Friday to Sunday; `this weekend` may be past or coming.
fn weekends(day: Day, lean: Lean) -> Vec<Stretch> {
    let since_saturday = (i64::from(day.weekday().to_monday_zero_offset()) + 2) % 7;
    let steps: &[i64] = match lean {
        Lean::Last => &[-1, 0],
        Lean::Earlier => &[0],
        Lean::This => &[0, 1],
        Lean::Next | Lean::Later => &[1, 2],
    };
    steps
        .iter()
        .filter_map(|step| shift(day, step * 7 - since_saturday))
        .flat_map(|saturday| {
            let sunday = shift(saturday, 1);
            [Some(saturday), shift(saturday, -1)]
                .into_iter()
                .filter_map(move |from| Some(Stretch::days(from?, sunday?)))
        })
        .collect()
}
