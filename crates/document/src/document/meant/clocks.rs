//! Times of day as people write them after a day.

use crate::model::Clock;

/// Words between a day and its time.
const JOINTS: [&str; 5] = [" at", " um", " à", " a las", "t"];

/// What may come between an hour and its minutes.
const HOUR_SIGNS: [char; 3] = [':', 'h', '.'];

/// Words that turn the number before them into a time of day, and how many hours they add to it before noon.
const HALVES: [(&str, i8); 5] = [("a.m.", 0), ("am", 0), ("p.m.", 12), ("pm", 12), ("uhr", 0)];

/// Time zones whose names mean the same offset everywhere.
const ZONES: [(&str, &str); 15] = [
    ("z", "Z"),
    ("utc", "Z"),
    ("gmt", "Z"),
    ("edt", "-04:00"),
    ("est", "-05:00"),
    ("cdt", "-05:00"),
    ("mst", "-07:00"),
    ("pst", "-08:00"),
    ("pdt", "-07:00"),
    ("cet", "+01:00"),
    ("cest", "+02:00"),
    ("mez", "+01:00"),
    ("mesz", "+02:00"),
    ("eet", "+02:00"),
    ("eest", "+03:00"),
];

/// Splits a day and its time: `2017-01-20 05:15:00 -0700`, `may 3, 2021 at 2 pm`. The text is in lower case.
pub(super) fn apart(text: &str) -> (&str, Option<Clock>) {
    let starts = text.char_indices().filter(|(index, c)| {
        c.is_ascii_digit() && !text[..*index].ends_with(|c: char| c.is_ascii_digit())
    });
    for (start, _) in starts {
        let clock = &text[start..];
        if !begins_with_clock(clock) {
            continue;
        }
        let day = text[..start].trim_end_matches([' ', ',']);
        let joint = JOINTS.iter().find_map(|joint| day.strip_suffix(joint));
        let day = joint.unwrap_or(day).trim_end_matches([' ', ',']);
        return (day, read(clock));
    }
    (text, None)
}

/// Whether a text begins with an hour and something that identifies it as one.
fn begins_with_clock(text: &str) -> bool {
    let (hour, rest) = number(text);
    if hour.len() > 2 {
        return false;
    }
    let is_half = |rest: &str| {
        HALVES
            .iter()
            .any(|(word, _)| rest.trim_start().starts_with(word))
    };
    let has_minutes = rest.strip_prefix('.').map(number);
    rest.starts_with(':')
        || rest.trim_start().strip_prefix('h').is_some_and(ends_word)
        || is_half(rest)
        || has_minutes.is_some_and(|(minutes, rest)| minutes.len() == 2 && is_half(rest))
}

fn ends_word(rest: &str) -> bool {
    !rest.starts_with(char::is_alphabetic)
}

/// Splits off the digits at the start of a text.
fn number(text: &str) -> (&str, &str) {
    text.split_at(
        text.find(|c: char| !c.is_ascii_digit())
            .unwrap_or(text.len()),
    )
}

/// A time of day with what follows it; `None` if there is no such time, or if what follows isn't understood.
fn read(text: &str) -> Option<Clock> {
    let (hour, mut rest) = number(text);
    let (mut minute, mut second) = ("00", None);
    let signs = HOUR_SIGNS.iter();
    if let Some(after) = signs
        .into_iter()
        .find_map(|sign| rest.trim_start().strip_prefix(*sign))
    {
        let (digits, after) = number(after);
        minute = if digits.is_empty() { minute } else { digits };
        rest = after;
    }
    if let Some(after) = rest.strip_prefix(':') {
        let (digits, after) = number(after);
        second = Some(digits);
        // Readers have no use for fractions of a second.
        rest = after
            .strip_prefix('.')
            .map_or(after, |after| number(after).1);
    }
    let mut hour: i8 = hour.parse().ok()?;
    let rest = rest.trim();
    let half = HALVES
        .iter()
        .find_map(|(word, more)| Some((word, more, rest.strip_prefix(word)?)));
    let rest = match half {
        Some((&"uhr", _, rest)) => rest,
        Some((_, more, rest)) if (1..=12).contains(&hour) => {
            hour = hour % 12 + more;
            rest
        }
        Some(_) => return None,
        None => rest,
    };
    let offset = offset(rest.trim())?;
    let second = second
        .map(|second| format!(":{second:0>2}"))
        .unwrap_or_default();
    format!("{hour:02}:{minute:0>2}{second}{offset}")
        .parse()
        .ok()
}

/// The offset of a time zone in ISO 8601; empty if none is written, `None` if it isn't understood.
fn offset(text: &str) -> Option<String> {
    if text.is_empty() {
        return Some(String::new());
    }
    if let Some((_, offset)) = ZONES.iter().find(|(name, _)| *name == text) {
        return Some((*offset).to_owned());
    }
    let sign = text
        .chars()
        .next()
        .filter(|sign| matches!(sign, '+' | '-'))?;
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let (hours, minutes) = match digits.len() {
        1 | 2 => (digits.as_str(), "00"),
        4 => digits.split_at(2),
        _ => return None,
    };
    Some(format!("{sign}{hours:0>2}:{minutes}"))
}
