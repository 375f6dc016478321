//! Reads each word of a date as printed, whatever the order of the words.

use std::borrow::Cow;

use super::date_words::{Lean, Part, Point, Printed, Unit};
use super::language::{Language, WhenWord};
use super::printed::number_at;
use super::sense::lower;
use super::tables::TimeUnit;
use super::tokens::Token;

type Words = std::ops::Range<usize>;

/// A reader of the words of a date.
pub(crate) struct DateReader<'t> {
    pub(crate) language: &'t Language,
    pub(crate) tokens: &'t [Token],
    keys: Vec<Cow<'t, str>>,
}

impl<'t> DateReader<'t> {
    pub(crate) fn new(language: &'t Language, tokens: &'t [Token]) -> Self {
        let keys = tokens.iter().map(|token| lower(&token.text)).collect();
        Self {
            language,
            tokens,
            keys,
        }
    }

    pub(crate) fn key(&self, at: usize) -> &str {
        self.keys.get(at).map_or("", |key| &**key)
    }

    pub(crate) fn when(&self, at: usize) -> Option<(usize, WhenWord)> {
        let first = self.keys.get(at)?;
        let word = |offset: usize| self.keys.get(at + offset).map(|key| &**key);
        let (length, word) = self.language.when.find(first, word)?;
        Some((length, *word))
    }

    /// `January 2 to 10`, `from 30 January through February 2, 2025`, `2023-24`, `vom 2. bis 10. Januar`.
    pub(crate) fn range(&self, words: Words) -> Option<Printed> {
        let when = &self.language.tables.when;
        let may_use_and = when.between.contains(self.key(words.start));
        (words.start + 1..words.end).find_map(|at| {
            let length = self.separator(at, may_use_and)?;
            let first = self.point(words.start..at)?;
            let rest = at + length..words.end;
            let last = self
                .short_year(&first, rest.clone())
                .or_else(|| self.point(rest))?;
            let (first, last) = inherit(first, last);
            Some(Printed::Between(first, last))
        })
    }

    /// How many words separate the two ends of a range.
    fn separator(&self, at: usize, may_use_and: bool) -> Option<usize> {
        let when = &self.language.tables.when;
        let before = self.key(at - 1);
        let key = self.key(at);
        if key == "-" {
            let is_joint = when.early.contains(before) || when.middle.contains(before);
            return (!is_joint && !when.late.contains(before)).then_some(1);
        }
        if may_use_and && when.and.contains(key) {
            return Some(1);
        }
        match self.when(at)? {
            (length, WhenWord::To | WhenWord::Until) => Some(length),
            _ => None,
        }
    }

    /// The `24` of `2023-24`.
    fn short_year(&self, first: &Point, words: Words) -> Option<Point> {
        if words.len() != 1 {
            return None;
        }
        let word = self.key(words.start);
        let century = first.year.filter(|_| first.month.is_none())? / 100;
        let year: i16 = word.parse().ok().filter(|_| word.len() == 2)?;
        Some(Point {
            year: Some(century * 100 + year),
            ..Point::default()
        })
    }

    pub(crate) fn point(&self, words: Words) -> Option<Point> {
        let mut point = Point::default();
        let mut at = words.start;
        while at < words.end {
            let taken = self.read_word(&mut point, at, words.end)?;
            at += taken;
            if at > words.end {
                return None;
            }
        }
        // Neither `last` nor `about` says anything on its own.
        let is_said = Point {
            lean: None,
            part: None,
            is_approximate: false,
            ..point.clone()
        } != Point::default();
        is_said.then_some(point)
    }

    /// Reads at least one word into the point and returns how many; `None` for a word with another meaning.
    fn read_word(&self, point: &mut Point, at: usize, end: usize) -> Option<usize> {
        let language = self.language;
        let word = self.key(at);
        if let Some(taken) = self.read_ago(point, at) {
            return Some(taken);
        }
        if let Some(taken) = self.read_numeric(point, at) {
            return Some(taken);
        }
        if let Some((length, when)) = self.when(at)
            && let Some(taken) = self.read_when(point, when, at, length)
        {
            return Some(taken);
        }
        if let Some(part) = self.part(word)
            && self.names_part(at, end)
        {
            point.part = Some(part);
            return Some(1 + usize::from(self.key(at + 1) == "-"));
        }
        if let Some((quarter, length)) = self.quarter(at) {
            return set(&mut point.quarter, quarter).map(|_| length);
        }
        if let Some(month) = self.month(at) {
            return set(&mut point.month, month).map(|_| self.past_dot(at));
        }
        if let Some(weekday) = language.weekdays.get(word) {
            let weekday = i8::try_from(*weekday).ok()?;
            return set(&mut point.weekday, weekday).map(|_| self.past_dot(at));
        }
        if let Some(season) = language.seasons.get(word) {
            return set(&mut point.season, i8::try_from(*season).ok()? - 21);
        }
        if let Some(decade) = decade(word) {
            // `1970er-Jahre`
            let is_years = self.key(at + 1) == "-" && self.unit(at + 2) == Some(Unit::Year);
            return set(&mut point.decade, decade).map(|_| if is_years { 3 } else { 1 });
        }
        if let Some((decade, length)) = self.spelled_decade(at) {
            return set(&mut point.decade, decade).map(|_| length);
        }
        if let Some(year) = year(word) {
            return set(&mut point.year, year);
        }
        if let Some(day) = self.day(word) {
            return set(&mut point.day, day).map(|_| self.past_dot(at));
        }
        if let Some((day, length)) = self.spelled_day(at) {
            return set(&mut point.day, day).map(|_| length);
        }
        if let Some(unit) = self.unit(at)
            && (point.lean.is_some() || unit == Unit::Weekend || self.leans_behind(at + 1))
        {
            return set(&mut point.unit, unit);
        }
        let is_passed_over = language.tables.when.passed_over.contains(word)
            || matches!(word, "," | "." | "")
            || language.tables.date_words.day_parts.contains(word);
        is_passed_over.then_some(1)
    }

    fn read_when(
        &self,
        point: &mut Point,
        when: WhenWord,
        at: usize,
        length: usize,
    ) -> Option<usize> {
        let lean = match when {
            WhenWord::Days(n) => {
                point.unit = Some(Unit::Day);
                match n {
                    -1 => point.lean = Some(Lean::Last),
                    0 => point.lean = Some(Lean::This),
                    1 => point.lean = Some(Lean::Next),
                    n => point.ago = Some(-n),
                }
                return Some(length);
            }
            WhenWord::About => {
                point.is_approximate = true;
                return Some(length);
            }
            WhenWord::Last => Lean::Last,
            WhenWord::This => Lean::This,
            WhenWord::Next => Lean::Next,
            WhenWord::Earlier => Lean::Earlier,
            WhenWord::Later => Lean::Later,
            WhenWord::Since | WhenWord::Until | WhenWord::To => return None,
        };
        // `the last quarter` is the fourth.
        if self.quarter(at).is_some() || point.lean.is_some() {
            return None;
        }
        point.lean = Some(lean);
        Some(length)
    }

    /// Whether the next word is a relative one: `la semana pasada`.
    fn leans_behind(&self, at: usize) -> bool {
        self.when(at).is_some_and(|(_, when)| {
            matches!(when, WhenWord::Last | WhenWord::This | WhenWord::Next)
        })
    }

    /// `two months ago`, `hace dos meses`, `vor zwei Monaten`, `il y a deux mois`.
    fn read_ago(&self, point: &mut Point, at: usize) -> Option<usize> {
        let is_ago = |at: usize| {
            self.language.tables.when.ago.iter().find_map(|phrase| {
                let words = super::words::words_of(phrase);
                let fits = words
                    .iter()
                    .enumerate()
                    .all(|(index, word)| self.key(at + index) == word);
                fits.then_some(words.len())
            })
        };
        let lead = is_ago(at).unwrap_or(0);
        let (amount, length) = self.amount(at + lead)?;
        let unit = self.unit(at + lead + length)?;
        let behind = at + lead + length + 1;
        let trail = if lead == 0 { is_ago(behind)? } else { 0 };
        point.ago = Some(amount);
        point.unit = Some(unit);
        Some(behind + trail - at)
    }

    fn amount(&self, at: usize) -> Option<(i64, usize)> {
        if self.language.tables.numbers.articles.contains(self.key(at))
            && self.unit(at + 1).is_some()
        {
            return Some((1, 1));
        }
        let number = number_at(self.language, self.tokens, at)?;
        let value = number.value.normalize();
        let amount = i64::try_from(value).ok().filter(|amount| *amount <= 1000)?;
        value.is_integer().then_some((amount, number.tokens.len()))
    }

    /// `4.3.2024`, `04/03/2024`: day, month and year, the order used wherever the decimal sign is a point or a comma,
    /// except in English.
    fn read_numeric(&self, point: &mut Point, at: usize) -> Option<usize> {
        let word = self.key(at);
        let (parts, length): (Vec<&str>, usize) = if word.matches('.').count() == 2 {
            (word.split('.').collect(), 1)
        } else if matches!(self.key(at + 1), "/" | "-") && self.key(at + 1) == self.key(at + 3) {
            (vec![word, self.key(at + 2), self.key(at + 4)], 5)
        } else {
            return None;
        };
        let [first, second, third] = parts.as_slice() else {
            return None;
        };
        let number = |part: &str| part.parse::<i16>().ok();
        let (year, month, day) = if first.len() == 4 {
            (first, second, third)
        } else if third.len() == 4 && self.language.code() != "en" {
            (third, second, first)
        } else {
            return None;
        };
        let (year, month, day) = (number(year)?, number(month)?, number(day)?);
        let is_date = (1..=12).contains(&month) && (1..=31).contains(&day);
        if !is_date || point.year.is_some() || point.month.is_some() || point.day.is_some() {
            return None;
        }
        point.year = Some(year);
        point.month = i8::try_from(month).ok();
        point.day = i8::try_from(day).ok();
        Some(length)
    }

    pub(crate) fn unit(&self, at: usize) -> Option<Unit> {
        Some(match self.language.units.get(self.key(at))? {
            TimeUnit::Hour => return None,
            TimeUnit::Day => Unit::Day,
            TimeUnit::Week => Unit::Week,
            TimeUnit::Weekend => Unit::Weekend,
            TimeUnit::Month => Unit::Month,
            TimeUnit::Year => Unit::Year,
            TimeUnit::Decade => return None,
        })
    }

    fn part(&self, word: &str) -> Option<Part> {
        let when = &self.language.tables.when;
        if when.early.contains(word) {
            Some(Part::Early)
        } else if when.middle.contains(word) {
            Some(Part::Middle)
        } else if when.late.contains(word) {
            Some(Part::Late)
        } else {
            None
        }
    }

    /// Whether a word such as `end` names a part of the month, year or period after it: `of March`, `of last year`.
    fn names_part(&self, at: usize, end: usize) -> bool {
        let passed_over = &self.language.tables.when.passed_over;
        let next = (at + 1..end).find(|at| {
            let key = self.key(*at);
            !(key == "-"
                || passed_over.contains(key)
                || self.language.tables.numbers.of.contains(key))
        });
        next.is_some_and(|at| {
            self.month(at).is_some()
                || year(self.key(at)).is_some()
                || decade(self.key(at)).is_some()
                || self.when(at).is_some()
                || self.language.seasons.contains_key(self.key(at))
                || self.unit(at).is_some()
        })
    }

    fn quarter(&self, at: usize) -> Option<(i8, usize)> {
        let when = &self.language.tables.when;
        match self.key(at) {
            "q1" | "t1" => return Some((1, 1)),
            "q2" | "t2" => return Some((2, 1)),
            "q3" | "t3" => return Some((3, 1)),
            "q4" | "t4" => return Some((4, 1)),
            _ => {}
        }
        let ordinal = when.ordinals.get(self.key(at))?;
        when.quarter
            .contains(self.key(at + 1))
            .then_some((*ordinal, 2))
    }

    /// A month by its name or its first letters (`sept`).
    pub(crate) fn month(&self, at: usize) -> Option<i8> {
        let word = self.key(at);
        let months = &self.language.months;
        let is_short = (3..=5).contains(&word.chars().count());
        let by_start = || {
            let names = self.language.tables.calendar.months.iter();
            let index = names.clone().position(|names| names[0].starts_with(word))?;
            u8::try_from(index + 1).ok()
        };
        let month = months
            .get(word)
            .copied()
            .or_else(|| if is_short { by_start() } else { None })?;
        i8::try_from(month).ok()
    }

    /// One token, and the dot of an abbreviation or ordinal after it: `Jan.`, `4.`.
    fn past_dot(&self, at: usize) -> usize {
        let has_dot = self
            .tokens
            .get(at + 1)
            .is_some_and(|dot| dot.is_sign(".") && dot.is_glued);
        1 + usize::from(has_dot)
    }

    fn day(&self, word: &str) -> Option<i8> {
        let suffixes = &self.language.tables.numbers.ordinal_suffixes;
        let digits = word.trim_end_matches(|c: char| !c.is_ascii_digit());
        let suffix = &word[digits.len()..];
        let is_day =
            suffix.is_empty() || matches!(suffix, "º" | "°" | "ª") || suffixes.contains(suffix);
        let day: i8 = digits
            .parse()
            .ok()
            .filter(|_| is_day && digits.len() <= 2)?;
        (1..=31).contains(&day).then_some(day)
    }
}

/// Completes each end with what only the other says.
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

/// A word that repeats a field means something that isn't understood here.
fn set<T>(field: &mut Option<T>, value: T) -> Option<usize> {
    if field.is_some() {
        return None;
    }
    *field = Some(value);
    Some(1)
}

fn year(word: &str) -> Option<i16> {
    let is_year = word.len() == 4
        && word.starts_with(['1', '2'])
        && word.bytes().all(|byte| byte.is_ascii_digit());
    is_year.then(|| word.parse().ok()).flatten()
}

/// `1990s`, `1990er`.
fn decade(word: &str) -> Option<i16> {
    let digits = ["'s", "s", "er", "ern"]
        .into_iter()
        .find_map(|suffix| word.strip_suffix(suffix))?;
    year(digits).filter(|year| year % 10 == 0)
}
