//! Dates as newspapers word them, read but not yet placed in a calendar.

use super::date_reader::DateReader;
use super::language::{Language, WhenWord};
use super::normalise::normalised_chars;
use super::sense::lower;
use super::tokens::{Token, tokenise};

/// A date as printed: one point or a range.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Printed {
    /// One point.
    At(Point),
    /// A range from one point to another.
    Between(Point, Point),
    /// `since 2015`, `after January 20`.
    From(Point),
    /// `until March`, `before 2020`.
    Until(Point),
}

/// What the words say about one point in time. A field that they don't mention is empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Point {
    /// `2015`.
    pub year: Option<i16>,
    /// `the 1990s`, by its first year.
    pub decade: Option<i16>,
    /// From 1, for January.
    pub month: Option<i8>,
    /// The day of the month.
    pub day: Option<i8>,
    /// From 0, for Monday.
    pub weekday: Option<i8>,
    /// From 0, for spring.
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

/// Reads the words of a date; `None` if any of them isn't understood.
///
/// # Examples
///
/// ```
/// use nutgraf_language::{Language, date_words::{Printed, read}};
///
/// let Some(Printed::At(point)) = read(Language::named("de").unwrap(), "am 4. März 2024") else { panic!() };
/// assert_eq!((point.year, point.month, point.day), (Some(2024), Some(3), Some(4)));
/// ```
pub fn read(language: &Language, as_printed: &str) -> Option<Printed> {
    let (tokens, _) = tokenise(&normalised_chars(as_printed));
    let tokens = without_clock(language, &tokens);
    let reader = DateReader::new(language, &tokens);
    let all = 0..tokens.len();
    // `vor zwei Jahren` isn't a bound, though `vor` can be one.
    if let Some(range) = reader.range(all.clone()) {
        return Some(range);
    }
    if let Some(point) = reader.point(all.clone()) {
        return Some(Printed::At(point));
    }
    let (length, word) = reader.when(0)?;
    let rest = length..all.end;
    match word {
        WhenWord::Since => reader.point(rest).map(Printed::From),
        WhenWord::Until | WhenWord::To => reader.point(rest).map(Printed::Until),
        _ => None,
    }
}

/// The tokens without times of day: `9 a.m.`, `15:11 GMT`, `um 14 Uhr`.
fn without_clock(language: &Language, tokens: &[Token]) -> Vec<Token> {
    let words = &language.tables.date_words;
    let key = |index: usize| {
        tokens
            .get(index)
            .map(|token| lower(&token.text))
            .unwrap_or_default()
    };
    let mut kept = Vec::with_capacity(tokens.len());
    let mut at = 0;
    while at < tokens.len() {
        let is_number = tokens[at].text.starts_with(|c: char| c.is_ascii_digit());
        let mut end = at + 1;
        if is_number && key(end) == ":" {
            end += 2;
        }
        let n_half = match (&*key(end), &*key(end + 1), &*key(end + 2)) {
            ("a" | "p", ".", "m") => 3 + usize::from(key(end + 3) == "."),
            (word, _, _) if words.clock.contains(word) && !word.is_empty() => 1,
            _ => 0,
        };
        if !is_number || (n_half == 0 && end == at + 1) {
            kept.push(tokens[at].clone());
            at += 1;
            continue;
        }
        end += n_half;
        at = end + usize::from(language.tables.when.zones.contains(&*key(end)));
    }
    kept
}
