//! The dates in a sentence.

use std::ops::Range;

use nutgraf_language::date_words::{self, Printed};
use nutgraf_language::language::WhenWord;
use nutgraf_language::phrases::Phrases;

use crate::sentence::Sentence;

/// The longest date in words: `between the 2nd and the 10th of March 2024` is about as long as they get.
const LONGEST_DATE: usize = 9;

/// A date in a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct FoundDate {
    /// Its tokens.
    pub(crate) tokens: Range<usize>,
    /// Whether it names a year.
    pub(crate) has_year: bool,
    /// Whether it is a range from one date to another.
    pub(crate) is_stretch: bool,
    /// Whether it is where a stretch begins: `since 2008`.
    pub(crate) is_since: bool,
    /// For `a year earlier`: what it means, in the words of the date that it is counted from; empty if that can't be told.
    pub(crate) means: Option<String>,
}

impl Sentence<'_> {
    pub(super) fn find_dates(&self) -> Vec<FoundDate> {
        let mut dates = Vec::new();
        let mut at = 0;
        let hints: Vec<bool> = (0..self.tokens.len()).map(|at| self.is_hint(at)).collect();
        while at < self.tokens.len() {
            let longest = LONGEST_DATE.min(self.tokens.len() - at);
            // Most words are far from any date.
            let first = hints[at..at + longest].iter().position(|is_hint| *is_hint);
            let shortest = first.map_or(longest + 1, |first| first + 1);
            let found = (shortest..=longest)
                .rev()
                .find_map(|length| self.date_at(at..at + length));
            match found {
                Some(date) => {
                    at = date.tokens.end;
                    dates.push(date);
                }
                None => at += 1,
            }
        }
        self.add_years_before(&mut dates);
        // `the day before` is another day than any that the sentence names, and which one can't be told.
        for tokens in self.phrases(&self.language.day_before) {
            let day = FoundDate {
                tokens,
                has_year: false,
                is_stretch: false,
                is_since: false,
                means: Some(String::new()),
            };
            Self::put(day, &mut dates);
        }
        dates
    }

    /// Where one of some phrases is.
    fn phrases(&self, phrases: &Phrases<()>) -> Vec<Range<usize>> {
        let at = 0..self.tokens.len();
        at.filter_map(|at| {
            let word = |offset: usize| self.keys.get(at + offset).map(String::as_str);
            let (length, ()) = phrases.find(self.key(at), word)?;
            Some(at..at + length)
        })
        .collect()
    }

    /// Adds a date in the place of those that share words with it.
    fn put(date: FoundDate, dates: &mut Vec<FoundDate>) {
        dates.retain(|other| {
            other.tokens.end <= date.tokens.start || date.tokens.end <= other.tokens.start
        });
        dates.push(date);
        dates.sort_by_key(|date| date.tokens.start);
    }

    /// Adds the dates that are counted from the only year that the sentence names: `a year earlier`.
    fn add_years_before(&self, dates: &mut Vec<FoundDate>) {
        let mut named = dates
            .iter()
            .filter(|date| date.has_year && !date.is_stretch);
        let (Some(named), None) = (named.next(), named.next()) else {
            return;
        };
        let words = self.text(&named.tokens);
        let year = named.tokens.clone().find(|at| self.years[*at]);
        let Some(year) = year.and_then(|at| self.key(at).parse::<u16>().ok()) else {
            return;
        };
        let means = words.replace(&year.to_string(), &(year - 1).to_string());
        let named = named.tokens.clone();
        for tokens in self.phrases(&self.language.year_before) {
            let is_apart = tokens.end <= named.start || named.end <= tokens.start;
            if is_apart {
                let date = FoundDate {
                    tokens,
                    has_year: true,
                    is_stretch: false,
                    is_since: false,
                    means: Some(means.clone()),
                };
                Self::put(date, dates);
            }
        }
    }

    /// Whether a word may be part of a date: a year, a month, a unit of time, `yesterday`.
    fn is_hint(&self, at: usize) -> bool {
        let key = self.key(at);
        let language = self.language;
        let word = |offset: usize| self.keys.get(at + offset).map(String::as_str);
        self.years[at]
            || language.months.contains_key(key)
            || language.weekdays.contains_key(key)
            || language.seasons.contains_key(key)
            || self.is_unit(at)
            || matches!(language.when.find(key, word), Some((_, WhenWord::Days(_))))
    }

    /// Whether words are a date and nothing else.
    fn date_at(&self, words: Range<usize>) -> Option<FoundDate> {
        let when = &self.language.tables.when;
        let is_small = |at: usize| when.passed_over.contains(self.key(at));
        // A date ends with a word of its own.
        let is_edge = is_small(words.end - 1) && !self.is_unit(words.end - 1);
        if is_edge
            || self.tokens[words.end - 1].is_soft_stop()
            || self.tokens[words.start].is_soft_stop()
        {
            return None;
        }
        // A stop belongs to `4. März` and `Jan. 5`; any other ends the sentence.
        let is_stop = |at: usize| {
            let before = at.saturating_sub(1);
            let is_short = self.tokens[before].text.len() <= 2;
            self.tokens[at].is_sign(".")
                && !(is_short || self.language.months.contains_key(self.key(before)))
        };
        if words.clone().any(is_stop) {
            return None;
        }
        let has_year = words.clone().any(|at| self.years[at]);
        // `años setenta`, `années 70`
        let may_be_decade = || {
            let is_years = |at: usize| self.language.is_plural_unit(self.key(at));
            words.clone().any(is_years) && {
                let printed = date_words::read(self.language, self.text(&words));
                matches!(printed, Some(Printed::At(point)) if point.decade.is_some())
            }
        };
        if !has_year && !self.tells_day(&words) && !may_be_decade() {
            return None;
        }
        // `in 2022 to 67`: a number that no month, year or count of days explains isn't part of the date.
        let explains = |at: usize| {
            let token = &self.tokens[at];
            !token.text.starts_with(|c: char| c.is_ascii_digit())
                || self.years[at]
                || self.is_explained(at, &words)
                || (at > words.start && self.language.is_plural_unit(self.key(at - 1)))
                || token.text.contains(['.', '/', '-'])
                || (at > words.start && self.tokens[at - 1].is_sign("-"))
        };
        if !words.clone().all(explains) {
            return None;
        }
        let printed = date_words::read(self.language, self.text(&words))?;
        Some(FoundDate {
            is_stretch: matches!(printed, Printed::Between(..)),
            is_since: matches!(printed, Printed::From(_)),
            has_year,
            tokens: words,
            means: None,
        })
    }

    /// Whether a token is a year: four digits in a century that news talks about, and not an amount by the words around
    /// it.
    pub(super) fn looks_like_year(&self, at: usize) -> bool {
        let token = &self.tokens[at];
        let digits = ["ern", "er", "s"]
            .into_iter()
            .find_map(|ending| token.text.strip_suffix(ending))
            .unwrap_or(&token.text);
        let looks_so = digits.len() == 4
            && matches!(digits.get(..2), Some("16" | "17" | "18" | "19" | "20"))
            && digits.bytes().all(|byte| byte.is_ascii_digit());
        if !looks_so {
            return false;
        }
        let is_money = self.language.unit_before(&self.tokens, at).is_some();
        let behind = self.language.unit_behind(&self.tokens, at + 1);
        let is_measured = behind.is_some_and(|unit| {
            // `1970er-Jahre`
            let joint = usize::from(self.tokens[at + 1].is_sign("-"));
            !matches!(unit.unit, nutgraf_language::units::Unit::Counted(_))
                && !self.is_unit(at + 1 + joint)
        });
        !is_money && !is_measured
    }

    /// Whether a token is a unit of time.
    pub(crate) fn is_unit(&self, at: usize) -> bool {
        self.language.units.contains_key(self.key(at))
    }

    /// Whether the words beside a number make it part of a date: `March 4`, `2 to 10 March`, `two weeks ago`.
    fn is_explained(&self, at: usize, words: &Range<usize>) -> bool {
        let when = &self.language.tables.when;
        let of = &self.language.tables.numbers.of;
        let is_month = |at: usize| self.language.months.contains_key(self.key(at));
        let is_between = |at: &usize| {
            let token = &self.tokens[*at];
            let key = self.key(*at);
            !token.is_word()
                || token.text.starts_with(|c: char| c.is_ascii_digit())
                || of.contains(key)
                || self.language.tables.numbers.articles.contains(key)
                || self.language.tables.nouns.definite.contains(key)
                || when.to.iter().chain(&when.until).any(|word| word == key)
        };
        let mut behind = (at + 1..words.end).skip_while(is_between);
        if behind.next().is_some_and(is_month) {
            return true;
        }
        let mut before = (words.start..at).rev().skip_while(is_between);
        let is_behind_month = before.next().is_some_and(is_month);
        (is_behind_month && self.language.has_day_behind_month())
            || words
                .clone()
                .any(|at| when.ago.contains(self.key(at)) || when.quarter.contains(self.key(at)))
    }

    /// Whether words without a year are certainly a date: `on Monday`, `March 4`, `in May`, `last year`, `yesterday`.
    fn tells_day(&self, words: &Range<usize>) -> bool {
        let language = self.language;
        let when = &language.tables.when;
        let key = |at: usize| self.key(at);
        let is_month = |at: usize| language.months.contains_key(key(at));
        let is_digits = |at: usize| {
            let text = &self.tokens[at].text;
            text.len() <= 2 && text.bytes().all(|byte| byte.is_ascii_digit())
        };
        let has = |test: &dyn Fn(usize) -> bool| words.clone().any(test);
        let is_led_in = when.passed_over.contains(key(words.start)) && words.len() > 1;
        if has(&is_month) {
            return has(&is_digits) || is_led_in || has(&|at| self.leans(at));
        }
        let is_weekday =
            |at: usize| language.weekdays.contains_key(key(at)) && key(at).chars().count() > 3;
        if has(&is_weekday) {
            return true;
        }
        let is_unit = |at: usize| self.is_unit(at);
        let is_season = |at: usize| language.seasons.contains_key(key(at));
        let is_ago = |at: usize| when.ago.contains(key(at));
        let is_day_word = |at: usize| {
            let word = |offset: usize| self.keys.get(at + offset).map(String::as_str);
            let found = language.when.find(key(at), word);
            matches!(found, Some((_, WhenWord::Days(_))))
        };
        has(&is_day_word)
            || ((has(&is_unit) || has(&is_season)) && has(&|at| self.leans(at)))
            || (has(&is_unit) && has(&is_ago))
    }

    /// `last`, `this`, `next`.
    fn leans(&self, at: usize) -> bool {
        let word = |offset: usize| self.keys.get(at + offset).map(String::as_str);
        let found = self.language.when.find(self.key(at), word);
        matches!(
            found,
            Some((
                _,
                WhenWord::Last
                    | WhenWord::This
                    | WhenWord::Next
                    | WhenWord::Earlier
                    | WhenWord::Later
            ))
        )
    }
}
