//! Numbers and dates in the conventions of the site's language (Unicode CLDR, by ICU4X).

use icu_calendar::{Date, Gregorian};
use icu_datetime::fieldsets::zone::LocalizedOffsetShort;
use icu_datetime::fieldsets::{M, MD, T, Y, YM, YMD, YMDT};
use icu_datetime::input::{DateTime, Time, UtcOffset};
use icu_datetime::{FixedCalendarDateTimeFormatter, NoCalendarFormatter};
use icu_decimal::DecimalFormatter;
use icu_locale_core::Locale as Identifier;
use icu_plurals::{PluralCategory, PluralRules};

use crate::model::{Clock, Day, Number};
use crate::plan::numbers::{Patterns, Placed};
use crate::plan::scale::TimeName;

type Formatter<Fields> = FixedCalendarDateTimeFormatter<Gregorian, Fields>;

/// The formats of one language. They are costly to create, so there is one set per site.
pub struct Locale {
    day: Formatter<YMD>,
    day_of_year: Formatter<MD>,
    month: Formatter<YM>,
    year: Formatter<Y>,
    names: Names,
    times: Times,
    number: DecimalFormatter,
    patterns: Patterns,
    plural: PluralRules,
    is_right_to_left: bool,
}

/// The shortest dates that the language has, for drawings.
struct Names {
    day: Formatter<MD>,
    day_and_year: Formatter<YMD>,
    month: Formatter<M>,
    month_and_year: Formatter<YM>,
}

impl Names {
    fn of(identifier: &Identifier) -> Option<Self> {
        Some(Self {
            day: Formatter::try_new(identifier.into(), MD::medium()).ok()?,
            day_and_year: Formatter::try_new(identifier.into(), YMD::medium()).ok()?,
            month: Formatter::try_new(identifier.into(), M::medium()).ok()?,
            month_and_year: Formatter::try_new(identifier.into(), YM::medium()).ok()?,
        })
    }
}

/// Times of day, and days with a time.
struct Times {
    minute: NoCalendarFormatter<T>,
    second: NoCalendarFormatter<T>,
    day_and_minute: Formatter<YMDT>,
    day_and_second: Formatter<YMDT>,
    offset: NoCalendarFormatter<LocalizedOffsetShort>,
}

impl Times {
    fn of(identifier: &Identifier) -> Option<Self> {
        let (minute, second) = (YMD::long().with_time_hm(), YMD::long().with_time_hms());
        Some(Self {
            minute: NoCalendarFormatter::try_new(identifier.into(), T::hm()).ok()?,
            second: NoCalendarFormatter::try_new(identifier.into(), T::hms()).ok()?,
            day_and_minute: Formatter::try_new(identifier.into(), minute).ok()?,
            day_and_second: Formatter::try_new(identifier.into(), second).ok()?,
            offset: NoCalendarFormatter::try_new(identifier.into(), LocalizedOffsetShort).ok()?,
        })
    }

    /// A text for a time, followed by its zone if that is known.
    fn with_zone(&self, text: &str, clock: Clock) -> String {
        let seconds = clock
            .offset_minutes()
            .map(|minutes| i32::from(minutes) * 60);
        let Some(Ok(offset)) = seconds.map(UtcOffset::try_from_seconds) else {
            return text.to_owned();
        };
        let zone = self.offset.format(&offset).to_string();
        // CLDR writes an offset of zero without digits ("GMT"), but the library writes "GMT+0".
        let zone = match zone.split_once('+') {
            Some((name, _)) if offset == UtcOffset::zero() => name,
            _ => &zone,
        };
        format!("{text} {zone}")
    }
}

/// The main right-to-left scripts, and the languages that use them.
const RIGHT_TO_LEFT: [&str; 12] = [
    "ar", "he", "fa", "ur", "ps", "yi", "dv", "ckb", "sd", "ug", "Arab", "Hebr",
];

impl Locale {
    /// The formats of a language (BCP 47). A language that CLDR doesn't have gets those of the root locale: ISO dates
    /// and Western digits.
    ///
    /// # Examples
    ///
    /// ```
    /// use nutgraf::plan::Locale;
    ///
    /// let german = Locale::new("de");
    /// let day = "2025-01-27".parse().unwrap();
    /// assert_eq!(german.day(day), "27. Januar 2025");
    /// assert_eq!(german.number("36500".parse().unwrap()), "36.500");
    /// ```
    pub fn new(language: &str) -> Self {
        Self::of(language)
            .or_else(|| Self::of("und"))
            .expect("the root locale is compiled into the program")
    }

    fn of(language: &str) -> Option<Self> {
        let identifier: Identifier = language.parse().ok()?;
        let script = identifier.id.script.map(|script| script.to_string());
        let is_right_to_left = [Some(identifier.id.language.to_string()), script]
            .iter()
            .flatten()
            .any(|name| RIGHT_TO_LEFT.contains(&name.as_str()));
        let number = DecimalFormatter::try_new((&identifier).into(), Default::default()).ok()?;
        Some(Self {
            names: Names::of(&identifier)?,
            times: Times::of(&identifier)?,
            patterns: Patterns::new(language, &minus(&number)),
            day: Formatter::try_new((&identifier).into(), YMD::long()).ok()?,
            day_of_year: Formatter::try_new((&identifier).into(), MD::long()).ok()?,
            month: Formatter::try_new((&identifier).into(), YM::long()).ok()?,
            year: Formatter::try_new((&identifier).into(), Y::long()).ok()?,
            number,
            plural: PluralRules::try_new_cardinal((&identifier).into()).ok()?,
            is_right_to_left,
        })
    }

    /// `rtl` or `ltr`.
    pub fn direction(&self) -> &'static str {
        if self.is_right_to_left { "rtl" } else { "ltr" }
    }

    /// "January 27, 2025".
    pub fn day(&self, day: Day) -> String {
        self.day.format(&date(day)).to_string()
    }

    /// "January 27, 2025 at 2:30 PM", followed by the zone if it is known: "GMT-5".
    pub fn day_and_time(&self, day: Day, clock: Clock) -> String {
        let moment = DateTime {
            date: date(day),
            time: time(clock),
        };
        let words = if clock.has_seconds() {
            self.times.day_and_second.format(&moment).to_string()
        } else {
            self.times.day_and_minute.format(&moment).to_string()
        };
        self.times.with_zone(&words, clock)
    }

    /// "2:30 PM", "14:30", followed by the zone if it is known.
    pub fn time(&self, clock: Clock) -> String {
        let words = if clock.has_seconds() {
            self.times.second.format(&time(clock)).to_string()
        } else {
            self.times.minute.format(&time(clock)).to_string()
        };
        self.times.with_zone(&words, clock)
    }

    /// "January 27".
    pub fn day_of_year(&self, day: Day) -> String {
        self.day_of_year.format(&date(day)).to_string()
    }

    /// "January 2025".
    pub fn month(&self, year: i16, month: u8) -> String {
        let month = i8::try_from(month).unwrap_or(1);
        let first = Day::new(year, month, 1).unwrap_or(Day::ZERO);
        self.month.format(&date(first)).to_string()
    }

    /// "2025".
    pub fn year(&self, year: i16) -> String {
        let first = Day::new(year, 1, 1).unwrap_or(Day::ZERO);
        self.year.format(&date(first)).to_string()
    }

    /// A round date on a time axis: "Jan 5", "Jan 2025", "Jan", "2025".
    pub(super) fn time_name(&self, day: Day, name: TimeName) -> String {
        let date = date(day);
        match name {
            TimeName::Day => self.names.day.format(&date).to_string(),
            TimeName::DayAndYear => self.names.day_and_year.format(&date).to_string(),
            TimeName::Month => self.names.month.format(&date).to_string(),
            TimeName::MonthAndYear => {
                let short = self.names.month_and_year.format(&date).to_string();
                // Some languages write short dates in digits: next to "Jul", "01/2020" would be no month.
                match short.chars().any(char::is_alphabetic) {
                    true => short,
                    false => self.month.format(&date).to_string(),
                }
            }
            TimeName::Year => self.year(day.year()),
        }
    }

    /// "24,000", "−0.50", with the decimals as written.
    pub fn number(&self, number: Number) -> String {
        self.patterns
            .number(&self.digits(number), number.is_negative())
    }

    /// "12.5%", "12,5 %".
    pub(super) fn percent(&self, number: Number) -> Placed {
        self.patterns
            .percent(&self.digits(number), number.is_negative())
    }

    /// "−$5", "−5 €"; `None` if the unit isn't a currency code.
    pub(super) fn money(&self, code: &str, number: Number) -> Option<Placed> {
        self.patterns
            .money(code, &self.digits(number), number.is_negative())
    }

    /// A number without its sign.
    fn digits(&self, number: Number) -> String {
        let plain = Number::new(number.value().abs()).to_string();
        match plain.parse::<icu_decimal::input::Decimal>() {
            Ok(decimal) => self.number.format(&decimal).to_string(),
            Err(_) => plain,
        }
    }

    /// The plural category of a count: `one`, `few`, `other`...
    pub fn plural(&self, number: Number) -> &'static str {
        let decimal = number.to_string().parse::<icu_decimal::input::Decimal>();
        match decimal.map(|decimal| self.plural.category_for(&decimal)) {
            Ok(PluralCategory::Zero) => "zero",
            Ok(PluralCategory::One) => "one",
            Ok(PluralCategory::Two) => "two",
            Ok(PluralCategory::Few) => "few",
            Ok(PluralCategory::Many) => "many",
            Ok(PluralCategory::Other) | Err(_) => "other",
        }
    }
}

/// What a language writes before a negative number, including marks of direction.
fn minus(formatter: &DecimalFormatter) -> String {
    let write = |number: i8| formatter.format(&number.into()).to_string();
    let (positive, negative) = (write(1), write(-1));
    let minus = negative.strip_suffix(&positive);
    minus.unwrap_or("-").to_owned()
}

fn date(day: Day) -> Date<Gregorian> {
    let month = u8::try_from(day.month()).unwrap_or(1);
    let of_month = u8::try_from(day.day()).unwrap_or(1);
    Date::try_new_gregorian(day.year().into(), month, of_month)
        .expect("both calendars are the proleptic Gregorian one")
}

fn time(clock: Clock) -> Time {
    let time = clock.time();
    let part = |value: i8| u8::try_from(value).unwrap_or(0);
    let (hour, minute, second) = (time.hour(), time.minute(), time.second());
    Time::try_new(part(hour), part(minute), part(second), 0)
        .expect("a clock has the hours, minutes and seconds of a day")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_and_numbers_follow_the_language() {
        let day: Day = "2025-01-27".parse().unwrap();
        let english = Locale::new("en");
        assert_eq!(english.day(day), "January 27, 2025");
        assert_eq!(english.day_of_year(day), "January 27");
        assert_eq!(english.month(2025, 1), "January 2025");
        assert_eq!(english.year(2025), "2025");
        assert_eq!(
            english.number("1234567.50".parse().unwrap()),
            "1,234,567.50"
        );
        assert_eq!(english.number("-11.9".parse().unwrap()), "−11.9");
        assert_eq!(english.plural("1".parse().unwrap()), "one");
        assert_eq!(Locale::new("es").day(day), "27 de enero de 2025");
        assert_eq!(Locale::new("ar").direction(), "rtl");
    }

    #[test]
    fn times_follow_the_language() {
        let day: Day = "2025-01-27".parse().unwrap();
        let check = |language: &str, clock: &str, expected: &str| {
            let words = Locale::new(language).day_and_time(day, clock.parse().unwrap());
            assert_eq!(words.replace(['\u{a0}', '\u{202f}'], " "), expected);
        };
        check("en", "14:30", "January 27, 2025 at 2:30 PM");
        check("en", "14:30-05:00", "January 27, 2025 at 2:30 PM GMT-5");
        check("en", "09:15:07Z", "January 27, 2025 at 9:15:07 AM GMT");
        check("de", "14:30+01:00", "27. Januar 2025 um 14:30 GMT+1");
        check("es", "14:30", "27 de enero de 2025 a las 14:30");
        check("fr", "14:30", "27 janvier 2025 à 14:30");
        assert!(
            Locale::new("ar")
                .time("14:30".parse().unwrap())
                .contains("2:30")
        );
    }

    #[test]
    fn an_unknown_language_still_writes_dates() {
        assert!(
            Locale::new("xx")
                .day("2025-01-27".parse().unwrap())
                .contains("2025")
        );
        assert!(!Locale::new("not a language").year(2025).is_empty());
    }
}
