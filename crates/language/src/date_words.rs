//! Date words as newspapers print them, read but not yet placed in a calendar.

use super::normalise::normalised_chars;
use super::number::number_at;
use super::tokens::{Token, tokenise};

/// A date as printed: one point, or from one to another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Printed {
    /// One point.
    At(Point),
    /// From one to another.
    Between(Point, Point),
    /// `since 2015`, `after January 20`.
    From(Point),
    /// `until March`, `before 2020`.
    Until(Point),
}

/// What the words say of one point in time. Empty fields are not said.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Point {
    /// `2015`.
    pub year: Option<i16>,
    /// `the 1990s`, by its first year.
    pub decade: Option<i16>,
    /// From 1, January.
    pub month: Option<i8>,
    /// The day of the month.
    pub day: Option<i8>,
    /// From 0, Monday.
    pub weekday: Option<i8>,
    /// From 0, spring.
    pub season: Option<i8>,
    /// From 1.
    pub quarter: Option<i8>,
    /// `early`, `the end of`.
    pub part: Option<Part>,
    /// `last`, `next`.
    pub lean: Option<Lean>,
    /// `week`, `year`.
    pub unit: Option<Unit>,
    /// `two weeks ago`.
    pub ago: Option<i64>,
    /// `about`.
    pub is_approximate: bool,
}

/// A part of a month or year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Its first third.
    Early,
    /// Its second third.
    Middle,
    /// Its last third.
    Late,
}

/// Where a relative word points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lean {
    /// `last`.
    Last,
    /// `this`.
    This,
    /// `next`.
    Next,
    /// `earlier this`: from its start until today.
    Earlier,
    /// `later this`: from today until its end.
    Later,
}

/// What a relative word counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// A day.
    Day,
    /// Seven days.
    Week,
    /// Saturday and Sunday.
    Weekend,
    /// A month.
    Month,
    /// A year.
    Year,
}

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];
const WEEKDAYS: [&str; 7] = [
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
];
/// Words that say when in a day, or nothing.
const PASSED_OVER: &[&str] = &[
    "on",
    "in",
    "at",
    "the",
    "of",
    "during",
    "dated",
    ",",
    ".",
    "morning",
    "afternoon",
    "evening",
    "night",
    "noon",
    "midnight",
    "day",
    "year",
    "early",
    "mid",
    "late",
    "from",
    "between",
    "around",
    "time",
];

/// Reads date words; `None` if any of them isn't understood.
pub fn read(as_printed: &str) -> Option<Printed> {
    let (tokens, _) = tokenise(&normalised_chars(as_printed));
    let words: Vec<String> = tokens
        .iter()
        .map(|token| token.text.to_lowercase())
        .collect();
    let words = without_clock(&words, &tokens);
    let (bound, rest) = match words.first().map(String::as_str) {
        Some("since" | "after") => (Bound::From, &words[1..]),
        Some("until" | "till" | "before" | "by") => (Bound::Until, &words[1..]),
        Some(_) | None => (Bound::None, words.as_slice()),
    };
    match bound {
        Bound::From => point(rest).map(Printed::From),
        Bound::Until => point(rest).map(Printed::Until),
        Bound::None => range(rest).or_else(|| point(rest).map(Printed::At)),
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Bound {
    None,
    From,
    Until,
}

/// The words without times of day: `9 a.m.`, `15:11 GMT`.
fn without_clock(words: &[String], tokens: &[Token]) -> Vec<String> {
    let mut kept = Vec::with_capacity(words.len());
    let mut at = 0;
    let word = |index: usize| words.get(index).map(String::as_str);
    while at < words.len() {
        let is_number = words[at].starts_with(|c: char| c.is_ascii_digit());
        let mut end = at + 1;
        if is_number && word(end) == Some(":") {
            end += 2;
        }
        let n_half = match (word(end), word(end + 1), word(end + 2)) {
            (Some("a" | "p"), Some("."), Some("m")) => 3 + usize::from(word(end + 3) == Some(".")),
            (Some("am" | "pm"), _, _) => 1,
            _ => 0,
        };
        if !is_number || (n_half == 0 && end == at + 1) {
            kept.push(words[at].clone());
            at += 1;
            continue;
        }
        end += n_half;
        let is_zone = tokens.get(end).is_some_and(|token| {
            matches!(
                &*token.text,
                "GMT" | "UTC" | "ET" | "EST" | "EDT" | "PT" | "CET" | "BST"
            )
        });
        at = end + usize::from(is_zone);
    }
    kept
}

/// `January 2 to 10`, `from 30 January through February 2, 2025`, `2023-24`.
fn range(words: &[String]) -> Option<Printed> {
    let may_use_and = words.first().is_some_and(|word| word == "between");
    (1..words.len()).find_map(|at| {
        let is_separator = match words[at].as_str() {
            "to" | "through" | "until" | "till" => true,
            "-" => !matches!(words[at - 1].as_str(), "early" | "mid" | "late"),
            "and" => may_use_and,
            _ => false,
        };
        if !is_separator {
            return None;
        }
        let first = point(&words[..at])?;
        let last = short_year(&first, &words[at + 1..]).or_else(|| point(&words[at + 1..]))?;
        let (first, last) = inherit(first, last);
        Some(Printed::Between(first, last))
    })
}

/// The `24` of `2023-24`.
fn short_year(first: &Point, words: &[String]) -> Option<Point> {
    let [word] = words else {
        return None;
    };
    let century = first.year.filter(|_| first.month.is_none())? / 100;
    let year: i16 = word.parse().ok().filter(|_| word.len() == 2)?;
    Some(Point {
        year: Some(century * 100 + year),
        ..Point::default()
    })
}

/// What one end leaves unsaid it has from the other.
fn inherit(mut first: Point, mut last: Point) -> (Point, Point) {
    if last.day.is_some() && last.month.is_none() {
        last.month = first.month;
    }
    if first.month.is_none() && (first.day.is_some() || first == Point::default()) {
        first.month = last.month;
    }
    if first.month.is_some() && first.year.is_none() {
        first.year = last.year;
    }
    if last.month.is_some() && last.year.is_none() {
        last.year = first.year;
    }
    (first, last)
}

fn point(words: &[String]) -> Option<Point> {
    let mut point = Point::default();
    let mut at = 0;
    while at < words.len() {
        at += read_word(&mut point, words, at)?;
    }
    (point != Point::default()).then_some(point)
}

/// Reads at least one word into the point and returns how many; `None` for a word that says something else.
fn read_word(point: &mut Point, words: &[String], at: usize) -> Option<usize> {
    let word = words[at].as_str();
    let next = words.get(at + 1).map_or("", String::as_str);
    if let Some(taken) = read_relative(point, words, at) {
        return Some(taken);
    }
    if let Some(part) = part(word) {
        let names_part = next == "-"
            || month(next).is_some()
            || year(next).is_some()
            || in_month(&words[at + 1..]);
        if names_part {
            point.part = Some(part);
            return Some(1 + usize::from(next == "-"));
        }
    }
    if matches!(
        word,
        "about" | "around" | "circa" | "roughly" | "approximately"
    ) {
        point.is_approximate = true;
        return Some(1);
    }
    if let Some(quarter) = quarter(word, next) {
        point.quarter = Some(quarter.0);
        return Some(quarter.1);
    }
    if let Some(month) = month(word) {
        return set(&mut point.month, month);
    }
    if let Some(weekday) = name_index(&WEEKDAYS, word) {
        return set(&mut point.weekday, weekday);
    }
    if let Some(season) = season(word) {
        return set(&mut point.season, season);
    }
    if let Some(decade) = decade(word) {
        return set(&mut point.decade, decade);
    }
    if let Some(year) = year(word) {
        return set(&mut point.year, year);
    }
    if let Some(day) = day(word) {
        return set(&mut point.day, day);
    }
    PASSED_OVER.contains(&word).then_some(1)
}

/// Said twice, a word says more than is understood here.
fn set<T>(field: &mut Option<T>, value: T) -> Option<usize> {
    if field.is_some() {
        return None;
    }
    *field = Some(value);
    Some(1)
}

/// `yesterday`, `last week`, `earlier this year`, `two months ago`.
fn read_relative(point: &mut Point, words: &[String], at: usize) -> Option<usize> {
    let word = words[at].as_str();
    let next = words.get(at + 1).map_or("", String::as_str);
    let day = match (word, next) {
        ("today" | "tonight", _) => Some((Lean::This, 1)),
        ("yesterday", _) => Some((Lean::Last, 1)),
        ("last", "night") => Some((Lean::Last, 2)),
        ("tomorrow", _) => Some((Lean::Next, 1)),
        ("this", "morning" | "afternoon" | "evening") => Some((Lean::This, 2)),
        _ => None,
    };
    if let Some((lean, taken)) = day {
        point.lean = Some(lean);
        point.unit = Some(Unit::Day);
        return Some(taken);
    }
    let (lean, length) = match (word, next) {
        ("earlier", "this") => (Lean::Earlier, 2),
        ("later", "this") => (Lean::Later, 2),
        ("last" | "past" | "previous", _) => (Lean::Last, 1),
        ("this" | "current", _) => (Lean::This, 1),
        ("next" | "coming", _) => (Lean::Next, 1),
        ("weekend", _) => {
            point.unit = Some(Unit::Weekend);
            return Some(1);
        }
        _ => return read_ago(point, words, at),
    };
    let counted = words.get(at + length)?;
    point.lean = Some(lean);
    if let Some(unit) = unit(counted) {
        point.unit = Some(unit);
        return Some(length + 1);
    }
    let is_named = month(counted).is_some()
        || name_index(&WEEKDAYS, counted).is_some()
        || season(counted).is_some();
    is_named.then_some(length)
}

fn read_ago(point: &mut Point, words: &[String], at: usize) -> Option<usize> {
    let (amount, length) = amount(&words[at..])?;
    let unit = unit(words.get(at + length)?.trim_end_matches('s'))?;
    (words.get(at + length + 1)? == "ago").then(|| {
        point.ago = Some(amount);
        point.unit = Some(unit);
        length + 2
    })
}

fn amount(words: &[String]) -> Option<(i64, usize)> {
    if matches!(words.first()?.as_str(), "a" | "an") {
        return Some((1, 1));
    }
    let (tokens, _) = tokenise(&normalised_chars(&words[..words.len().min(3)].join(" ")));
    let number = number_at(&tokens, 0)?;
    let value = number.value.normalize();
    let amount = i64::try_from(value).ok().filter(|amount| *amount <= 1000)?;
    value.is_integer().then_some((amount, number.tokens.len()))
}

fn unit(word: &str) -> Option<Unit> {
    match word {
        "day" => Some(Unit::Day),
        "week" => Some(Unit::Week),
        "weekend" => Some(Unit::Weekend),
        "month" => Some(Unit::Month),
        "year" => Some(Unit::Year),
        _ => None,
    }
}

fn part(word: &str) -> Option<Part> {
    match word {
        "early" | "beginning" | "start" => Some(Part::Early),
        "mid" | "middle" => Some(Part::Middle),
        "late" | "end" => Some(Part::Late),
        _ => None,
    }
}

/// `of March` behind `the end`, `in the 2010s`.
fn in_month(words: &[String]) -> bool {
    words
        .iter()
        .find(|word| !matches!(word.as_str(), "of" | "in" | "the"))
        .is_some_and(|word| month(word).is_some() || year(word).is_some())
}

fn quarter(word: &str, next: &str) -> Option<(i8, usize)> {
    match (word, next) {
        ("q1", _) => Some((1, 1)),
        ("q2", _) => Some((2, 1)),
        ("q3", _) => Some((3, 1)),
        ("q4", _) => Some((4, 1)),
        ("first", "quarter") => Some((1, 2)),
        ("second", "quarter") => Some((2, 2)),
        ("third", "quarter") => Some((3, 2)),
        ("fourth" | "last", "quarter") => Some((4, 2)),
        _ => None,
    }
}

/// A month by its name, or three letters of it or more (`sept`).
fn month(word: &str) -> Option<i8> {
    name_index(&MONTHS, word).map(|index| index + 1)
}

fn name_index(names: &[&str], word: &str) -> Option<i8> {
    let is_short = word.len() >= 3 && word.len() <= 5;
    names
        .iter()
        .position(|name| *name == word || (is_short && name.starts_with(word)))
        .and_then(|index| i8::try_from(index).ok())
}

fn season(word: &str) -> Option<i8> {
    match word {
        "spring" => Some(0),
        "summer" => Some(1),
        "autumn" | "fall" => Some(2),
        "winter" => Some(3),
        _ => None,
    }
}

fn year(word: &str) -> Option<i16> {
    let is_year = word.len() == 4
        && word.starts_with(['1', '2'])
        && word.bytes().all(|byte| byte.is_ascii_digit());
    is_year.then(|| word.parse().ok()).flatten()
}

fn decade(word: &str) -> Option<i16> {
    year(word.strip_suffix("'s").or_else(|| word.strip_suffix('s'))?).filter(|year| year % 10 == 0)
}

fn day(word: &str) -> Option<i8> {
    let digits = ["st", "nd", "rd", "th"]
        .into_iter()
        .find_map(|suffix| word.strip_suffix(suffix))
        .unwrap_or(word);
    let day: i8 = digits.parse().ok().filter(|_| digits.len() <= 2)?;
    (1..=31).contains(&day).then_some(day)
}
