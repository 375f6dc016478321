//! Dates as people and other generators write them.

use super::clocks::apart;
use crate::model::{Clock, PartialDate};

/// A date that may have been meant, in the form that a field accepts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MeantDate {
    /// The date in EDTF: `2021-05-03`, `2021-05-03/2021-05-07`.
    pub date: String,
    /// The time of day, if one was written: `05:15:00-07:00`.
    pub clock: Option<Clock>,
}

/// Months by the beginnings of their names in English, German, French and Spanish. Where one is the beginning of
/// another, the longer one comes first.
const MONTHS: &[(&str, u8)] = &[
    ("jan", 1),
    ("jän", 1),
    ("ene", 1),
    ("feb", 2),
    ("fév", 2),
    ("fev", 2),
    ("mar", 3),
    ("mär", 3),
    ("mrz", 3),
    ("apr", 4),
    ("avr", 4),
    ("abr", 4),
    ("may", 5),
    ("mai", 5),
    ("juin", 6),
    ("juil", 7),
    ("jun", 6),
    ("jul", 7),
    ("aug", 8),
    ("aoû", 8),
    ("aou", 8),
    ("ago", 8),
    ("sep", 9),
    ("oct", 10),
    ("okt", 10),
    ("nov", 11),
    ("dec", 12),
    ("dez", 12),
    ("déc", 12),
    ("dic", 12),
];

/// Words in dates that add nothing to the digits.
const FILLERS: &[&str] = &[
    "the", "of", "on", "de", "del", "el", "le", "den", "der", "am", "im", "in", "en",
];

/// The beginnings of weekday names in English, German, French and Spanish.
const WEEKDAYS: &[&str] = &[
    "mon", "tue", "wed", "thu", "fri", "sat", "sun", "die", "mit", "don", "fre", "sam", "son",
    "lun", "mardi", "mer", "jeu", "ven", "dim", "martes", "mié", "jue", "vie", "sáb", "dom",
];

/// The seasons of EDTF by their names.
const SEASONS: &[(&str, u8)] = &[
    ("spring", 21),
    ("frühling", 21),
    ("frühjahr", 21),
    ("printemps", 21),
    ("primavera", 21),
    ("summer", 22),
    ("sommer", 22),
    ("été", 22),
    ("verano", 22),
    ("autumn", 23),
    ("fall", 23),
    ("herbst", 23),
    ("automne", 23),
    ("otoño", 23),
    ("winter", 24),
    ("hiver", 24),
    ("invierno", 24),
];

/// The dates that a text may mean: two if the order of day and month isn't clear, none if it contains no date.
pub fn dates(written: &str) -> Vec<MeantDate> {
    let text: String = written
        .chars()
        .map(|c| if c.is_whitespace() { ' ' } else { c })
        .collect();
    let text = without_signs(&text.trim().to_lowercase());
    let (day, clock) = apart(&text);
    let mut dates = one(day);
    if dates.is_empty() && clock.is_none() {
        dates = about(day).or_else(|| range(day)).into_iter().collect();
    }
    dates.retain(|date| date.parse::<PartialDate>().is_ok());
    dates.dedup();
    let dates = dates.into_iter().map(|date| MeantDate { date, clock });
    dates.collect()
}

/// Chinese, Japanese and Korean dates with hyphens in place of their signs: `2021年5月3日`.
fn without_signs(text: &str) -> String {
    let signs = ['年', '月', '日', '号', '년', '월', '일'];
    if !text.contains(['年', '년']) {
        return text.to_owned();
    }
    let text: String = text
        .chars()
        .filter(|c| *c != ' ')
        .map(|c| if signs.contains(&c) { '-' } else { c })
        .collect();
    text.trim_end_matches('-').to_owned()
}

/// `44 BC`. EDTF has a year 0 for the year before year 1, so the number is one less.
fn before_christ(text: &str) -> Option<String> {
    let eras = [
        "bce",
        "bc",
        "b.c.",
        "b.c.e.",
        "v. chr.",
        "v.chr.",
        "av. j.-c.",
        "a. c.",
        "a.c.",
    ];
    let year: u16 = eras
        .iter()
        .find_map(|era| text.strip_suffix(era))?
        .trim()
        .parse()
        .ok()?;
    Some(format!("-{:04}", year.checked_sub(1)?))
}

/// The possible meanings of one day, month, season, quarter, decade or century.
fn one(text: &str) -> Vec<String> {
    let separators = text.matches(|c: char| !c.is_ascii_digit()).count();
    let is_numeric = text
        .chars()
        .all(|c| c.is_ascii_digit() || matches!(c, '.' | '/' | '-' | ' '));
    if is_numeric && separators > 0 {
        return digits_only(text);
    }
    if let Some(year) = before_christ(text) {
        return vec![year];
    }
    if is_numeric && text.len() == 8 {
        return vec![format!("{}-{}-{}", &text[..4], &text[4..6], &text[6..])];
    }
    words(text).into_iter().collect()
}

/// `3.5.2021`, `3/5/2021`, `2021/5/3`, `5/2021`.
fn digits_only(text: &str) -> Vec<String> {
    let parts: Vec<&str> = text
        .split(|c: char| !c.is_ascii_digit())
        .filter(|part| !part.is_empty())
        .collect();
    let date = |year: &str, month: &str, day: &str| {
        let century = if year.len() == 2 { "20" } else { "" };
        format!("{century}{year}-{month:0>2}-{day:0>2}")
    };
    match parts.as_slice() {
        [year, month, day] if year.len() == 4 => vec![date(year, month, day)],
        [first, second, year] if matches!(year.len(), 2 | 4) => {
            // With points, the day comes first; with other marks, nobody can tell.
            let day_first = date(year, second, first);
            if text.contains('.') {
                vec![day_first]
            } else {
                vec![date(year, first, second), day_first]
            }
        }
        [month, year] if year.len() == 4 && month.len() < 3 => vec![format!("{year}-{month:0>2}")],
        [year, month] if year.len() == 4 && month.len() < 3 => vec![format!("{year}-{month:0>2}")],
        _ => Vec::new(),
    }
}

/// `May 3, 2021`, `3. Mai 2021`, `spring 2021`, `Q2 2021`, `the 1990s`, `19th century`.
fn words(text: &str) -> Option<String> {
    let (mut year, mut month, mut day, mut season) = (None, None, None, None);
    let mut decade = None;
    let mut quarter = None;
    for token in text
        .split([' ', ',', '-', '/'])
        .filter(|token| !token.is_empty())
    {
        let token = token.trim_matches(|c| matches!(c, '.' | '(' | ')' | '’' | '\''));
        let digits = token.trim_end_matches(|c: char| !c.is_ascii_digit());
        let ending = &token[digits.len()..];
        let is_ordinal = matches!(
            ending,
            "" | "st" | "nd" | "rd" | "th" | "er" | "." | "º" | "°"
        );
        let is_digits = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
        if is_digits && digits.len() == 4 && ending.is_empty() && year.is_none() {
            year = Some(digits);
        } else if is_digits
            && digits.len() == 4
            && digits.ends_with('0')
            && matches!(ending, "s" | "er")
        {
            decade = Some(format!("{}X", &digits[..3]));
        } else if is_digits && digits.len() <= 2 && is_ordinal && day.is_none() {
            day = Some(digits);
        } else if token == "century" {
            let century = day.take()?.parse::<u8>().ok()?.checked_sub(1)?;
            decade = Some(format!("{century:02}XX"));
        } else if let Some((_, number)) = SEASONS.iter().find(|(name, _)| *name == token) {
            season = Some(*number);
        } else if let Some(number) = token.strip_prefix('q').filter(|number| number.len() == 1) {
            quarter = number.parse::<u8>().ok();
        } else if let Some((_, number)) = MONTHS.iter().find(|(name, _)| token.starts_with(name)) {
            month = Some(*number);
        } else if !token.is_empty()
            && !FILLERS.contains(&token)
            && !WEEKDAYS.iter().any(|day| token.starts_with(day))
        {
            return None;
        }
    }
    if decade.is_some() {
        return decade;
    }
    let year = year?;
    match (month, day, season, quarter) {
        (Some(month), Some(day), None, None) => Some(format!("{year}-{month:02}-{day:0>2}")),
        (Some(month), None, None, None) => Some(format!("{year}-{month:02}")),
        (None, None, Some(season), None) => Some(format!("{year}-{season}")),
        (None, None, None, Some(quarter @ 1..=4)) => {
            let last = quarter * 3;
            Some(format!("{year}-{:02}/{year}-{last:02}", last - 2))
        }
        _ => None,
    }
}

/// `circa 1900`, `around May 2021`.
fn about(text: &str) -> Option<String> {
    let hedges = [
        "circa ", "ca. ", "ca ", "c. ", "about ", "around ", "um ", "vers ", "hacia ",
    ];
    let rest = hedges.iter().find_map(|hedge| text.strip_prefix(hedge))?;
    let date = plain_or_meant(rest)?;
    (!date.contains('/')).then(|| format!("{date}~"))
}

/// `2019–2021`, `May 3 to May 7, 2021`, `3–7 May 2021`, `since 2019`, `until 2021`.
fn range(text: &str) -> Option<String> {
    for since in ["since ", "from ", "seit ", "ab ", "depuis ", "desde "] {
        if let Some(start) = text.strip_prefix(since).and_then(plain_or_meant) {
            return Some(format!("{start}/.."));
        }
    }
    for until in ["until ", "till ", "bis ", "jusqu’en ", "hasta "] {
        if let Some(end) = text.strip_prefix(until).and_then(plain_or_meant) {
            return Some(format!("../{end}"));
        }
    }
    let marks = [
        " to ", " until ", " bis ", " – ", " — ", " - ", "–", "—", "..", "-",
    ];
    marks.iter().find_map(|mark| {
        let (from, to) = text.split_once(mark)?;
        if matches!(to, "" | "present" | "today" | "now" | "heute") {
            return Some(format!("{}/..", plain_or_meant(from)?));
        }
        let ends = plain_or_meant(from).zip(plain_or_meant(to));
        let (from, to) = ends.or_else(|| shared_month(from, to))?;
        Some(format!("{from}/{to}"))
    })
}

/// The two days of `3–7 May 2021` and `May 3–7, 2021`, which share a month.
fn shared_month(from: &str, to: &str) -> Option<(String, String)> {
    let is_day = |text: &str| {
        let text = text.trim().trim_end_matches('.');
        matches!(text.len(), 1 | 2) && text.bytes().all(|byte| byte.is_ascii_digit())
    };
    if is_day(from) {
        let month = to.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
        return Some((words(&format!("{from} {month}"))?, words(to)?));
    }
    let (day, year) = to.split_once(',').or_else(|| to.split_once(' '))?;
    let first = words(&format!("{from}, {year}"))?;
    let month = from
        .trim_end_matches(|c: char| c.is_ascii_digit())
        .trim_end();
    Some((first, words(&format!("{month} {day}, {year}"))?))
}

/// A date that a field accepts as it is, or the only one that can be meant.
fn plain_or_meant(text: &str) -> Option<String> {
    let text = text.trim();
    if text.parse::<PartialDate>().is_ok() {
        return Some(text.to_owned());
    }
    let mut meant = one(text).into_iter();
    match (meant.next(), meant.next()) {
        (Some(date), None) => Some(date),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(text: &str) -> Vec<String> {
        dates(text).into_iter().map(|meant| meant.date).collect()
    }

    #[test]
    fn a_day_is_found_however_it_is_written() {
        for text in [
            "7.9.2022",
            "07.09.2022",
            "7.9.22",
            "2022/9/7",
            "2022.09.07",
            "20220907",
            "September 7, 2022",
            "Sept. 7 2022",
            "7 September 2022",
            "7th of September, 2022",
            "Wednesday, September 7, 2022",
            "7. September 2022",
            "Mittwoch, 7. September 2022",
            "7 septembre 2022",
            "mercredi 7 septembre 2022",
            "7 de septiembre de 2022",
            "7-Sep-2022",
            "2022-09-07 10:00",
            "2022-09-07T10:00",
            "7 September 2022 at 10:00",
            "7\u{a0}September\u{a0}2022",
        ] {
            assert_eq!(days(text), ["2022-09-07"], "{text}");
        }
    }

    #[test]
    fn the_order_of_day_and_month_is_never_guessed() {
        assert_eq!(days("7/9/2022"), ["2022-07-09", "2022-09-07"]);
        assert_eq!(days("07-09-2022"), ["2022-07-09", "2022-09-07"]);
        assert_eq!(days("27/9/2022"), ["2022-09-27"]);
        assert_eq!(days("9/27/2022"), ["2022-09-27"]);
        assert_eq!(days("9/9/2022"), ["2022-09-09"]);
    }

    #[test]
    fn dates_that_are_less_than_a_day_or_more_have_their_form() {
        let cases = [
            ("September 2022", "2022-09"),
            ("9/2022", "2022-09"),
            ("1. Juni 2022", "2022-06-01"),
            ("1er juillet 2022", "2022-07-01"),
            ("spring 2022", "2022-21"),
            ("Q3 2022", "2022-07/2022-09"),
            ("the 1980s", "198X"),
            ("18th century", "17XX"),
            ("circa 1900", "1900~"),
            ("2019–2022", "2019/2022"),
            ("2019-2022", "2019/2022"),
            ("since 2019", "2019/.."),
            ("2019–present", "2019/.."),
            ("until May 2022", "../2022-05"),
            ("7–9 September 2022", "2022-09-07/2022-09-09"),
            ("September 7–9, 2022", "2022-09-07/2022-09-09"),
            ("7 May 2022 to 9 June 2022", "2022-05-07/2022-06-09"),
        ];
        for (text, expected) in cases {
            assert_eq!(days(text), [expected], "{text}");
        }
    }

    #[test]
    fn a_time_is_kept_with_its_offset() {
        let cases = [
            ("2022-09-07 10:05:09 -0700", "10:05:09-07:00"),
            ("2022-09-07 10:05:09 -07:00", "10:05:09-07:00"),
            ("2022-09-07 10:05:09.25 +2", "10:05:09+02:00"),
            ("2022-09-07T10:05Z", "10:05Z"),
            ("2022-09-07 10:05:09 UTC", "10:05:09Z"),
            ("2022-09-07 10:05", "10:05"),
            ("2022-09-07T9:05", "09:05"),
            ("2022-09-07 14:30 CET", "14:30+01:00"),
            ("2022-09-07 2:30 p.m. EDT", "14:30-04:00"),
            ("September 7, 2022, 2:30 pm", "14:30"),
            ("September 7, 2022 at 12 am", "00:00"),
            ("7. September 2022 um 14.30 Uhr", "14:30"),
            ("7. September 2022, 14 Uhr", "14:00"),
            ("7 septembre 2022 à 14h30", "14:30"),
            ("7 septembre 2022 à 9 h", "09:00"),
            ("7 de septiembre de 2022 a las 14:30", "14:30"),
        ];
        for (text, clock) in cases {
            let expected = MeantDate {
                date: "2022-09-07".to_owned(),
                clock: clock.parse().ok(),
            };
            assert_eq!(dates(text), [expected], "{text}");
        }
    }

    #[test]
    fn what_is_no_date_is_none() {
        for text in [
            "",
            "soon",
            "7 September",
            "32.9.2022",
            "2022-13-45",
            "last May",
            "14:30",
            "marbles 2022 x",
        ] {
            assert_eq!(days(text), [""; 0], "{text}");
        }
    }
}
