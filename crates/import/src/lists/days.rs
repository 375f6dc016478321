//! Days as people enter them in tables.

use crate::model::PartialDate;

use super::date;

/// A date from a table as EDTF, with the time of day if the cell has one, and whether its form was changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Day {
    pub(super) edtf: String,
    pub(super) time: Option<String>,
    pub(super) is_reworded: bool,
}

/// Which of the two small numbers of `3/4/2011` is the month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Order {
    MonthFirst,
    DayFirst,
}

/// The month names in the languages of the theme, by their first letters.
const MONTHS: [&[&str]; 12] = [
    &["jan", "ene"],
    &["feb", "fév", "fev"],
    &["mar", "mär"],
    &["apr", "abr", "avr"],
    &["may", "mai"],
    &["jun", "juin"],
    &["jul", "juil"],
    &["aug", "ago", "aoû"],
    &["sep", "set"],
    &["oct", "okt", "out"],
    &["nov"],
    &["dec", "dez", "dic", "déc"],
];

/// The number of a month given by name: `March`, `mars`, `Sept.`.
pub(super) fn month(word: &str) -> Option<i64> {
    let word = word.trim().trim_end_matches('.').to_lowercase();
    let is_named = |names: &&[&str]| names.iter().any(|name| word.starts_with(name));
    // Longer names come first; `juin` and `juil` differ from `jun` and `jul` by their own letters.
    let found = MONTHS.iter().position(is_named);
    let is_word = word.chars().count() <= 10 && word.chars().all(char::is_alphabetic);
    found.filter(|_| is_word).map(|index| index as i64 + 1)
}

/// The order that the cells of a column prove: `6/14/2011` has the month first. `None` if none of them is unambiguous,
/// or if they contradict each other.
pub(super) fn order<'c>(cells: impl Iterator<Item = &'c str>) -> Option<Order> {
    let mut proven = cells.filter_map(|cell| {
        let [first, second, _] = numbers(cell)?;
        match (first > 12, second > 12) {
            (true, false) => Some(Order::DayFirst),
            (false, true) => Some(Order::MonthFirst),
            _ => None,
        }
    });
    let first = proven.next()?;
    proven.all(|other| other == first).then_some(first)
}

/// Reads a cell.
///
/// # Errors
///
/// In a sentence that says what was expected.
pub(super) fn read(cell: &str, order: Option<Order>) -> Result<Day, String> {
    let cell = cell.trim();
    if cell.parse::<PartialDate>().is_ok() {
        return Ok(Day {
            edtf: cell.to_owned(),
            ..Day::default()
        });
    }
    let (day, time) = without_time(cell);
    let found = match numbers(day) {
        Some(parts) => Some(in_numbers(cell, parts, order)?),
        None => year_first(day).or_else(|| in_words(day)),
    };
    let Some(edtf) = found else {
        let reason = cell
            .parse::<PartialDate>()
            .map_or_else(|error| error.to_string(), |_| String::new());
        return Err(format!("`{cell}` isn't a date: {reason}"));
    };
    Ok(Day {
        edtf,
        time: time.map(str::to_owned),
        is_reworded: in_words(day).is_some(),
    })
}

/// Splits the time of day off the end of a cell: `5/23/2011 09:15`, `2024-03-05T14:30:00-05:00`.
fn without_time(cell: &str) -> (&str, Option<&str>) {
    let split = cell
        .char_indices()
        .find(|(at, c)| {
            matches!(c, ' ' | 'T') && cell[at + 1..].starts_with(|c: char| c.is_ascii_digit()) && {
                let rest = &cell[at + 1..];
                let end = rest
                    .find(|c: char| !c.is_ascii_digit())
                    .unwrap_or(rest.len());
                end <= 2 && rest[end..].starts_with(':')
            }
        })
        .map(|(at, _)| at);
    match split {
        Some(at) => (
            cell[..at].trim_end_matches([',', ' ']),
            Some(&cell[at + 1..]),
        ),
        None => (cell, None),
    }
}

/// `6/14/2011` and `14.6.2011` as three numbers, the year last.
fn numbers(cell: &str) -> Option<[i64; 3]> {
    let (day, _) = without_time(cell.trim());
    let mark = day.chars().find(|c| !c.is_ascii_digit())?;
    if !matches!(mark, '/' | '.' | '-') {
        return None;
    }
    let parts: Option<Vec<i64>> = day
        .split(mark)
        .map(|part| part.trim().parse().ok())
        .collect();
    let [first, second, year] = <[i64; 3]>::try_from(parts?).ok()?;
    let is_day_last = day
        .rsplit(mark)
        .next()
        .is_some_and(|year| year.trim().len() == 4);
    is_day_last.then_some([first, second, year])
}

fn in_numbers(
    cell: &str,
    [first, second, year]: [i64; 3],
    order: Option<Order>,
) -> Result<String, String> {
    let is_dotted = cell.contains('.');
    let order = match (first > 12, second > 12) {
        (true, false) => Some(Order::DayFirst),
        (false, true) => Some(Order::MonthFirst),
        // Nobody puts the month first when writing dots.
        _ if is_dotted || first == second => Some(Order::DayFirst),
        _ => order,
    };
    let (month, day) = match order {
        Some(Order::MonthFirst) => (first, second),
        Some(Order::DayFirst) => (second, first),
        None => {
            let one = format!("{year:04}-{first:02}-{second:02}");
            let other = format!("{year:04}-{second:02}-{first:02}");
            return Err(format!(
                "`{cell}` may be {one} or {other}; expected one of those"
            ));
        }
    };
    date(year, Some(month), Some(day))
        .ok_or_else(|| format!("`{cell}` isn't a day in the calendar"))
}

/// `2024/3/5`, `2024-3-5`.
fn year_first(day: &str) -> Option<String> {
    let parts: Option<Vec<i64>> = day
        .split(['/', '-', '.'])
        .map(|part| part.trim().parse().ok())
        .collect();
    let parts = parts?;
    let is_year_first = day
        .split(['/', '-', '.'])
        .next()
        .is_some_and(|year| year.trim().len() == 4);
    match (parts.as_slice(), is_year_first) {
        ([year, month], true) => date(*year, Some(*month), None),
        ([year, month, day], true) => date(*year, Some(*month), Some(*day)),
        _ => None,
    }
}

/// `Mar. 4, 2003`, `4 March 2003`, `4. März 2003`, `4 de marzo de 2003`, `Nov. 2003`.
fn in_words(day: &str) -> Option<String> {
    let words = day
        .split(|c: char| c.is_whitespace() || matches!(c, ',' | '.'))
        .filter(|word| !word.is_empty());
    let (mut year, mut month_found, mut day_found) = (None, None, None);
    for word in words {
        let lower = word.to_lowercase();
        if matches!(
            lower.as_str(),
            "de" | "del" | "of" | "the" | "le" | "el" | "den" | "am" | "do" | "da"
        ) || is_weekday(&lower)
        {
            continue;
        }
        let bare = ["st", "nd", "rd", "th", "er", "º"]
            .iter()
            .find_map(|end| lower.strip_suffix(end));
        let number = lower.parse::<i64>().ok().or_else(|| bare?.parse().ok());
        let slot = match number {
            Some(number) if word.len() == 4 && number > 31 => (&mut year, number),
            Some(number) if (1..=31).contains(&number) => (&mut day_found, number),
            Some(_) => return None,
            None => (&mut month_found, month(word)?),
        };
        if slot.0.replace(slot.1).is_some() {
            return None;
        }
    }
    date(year?, Some(month_found?), day_found)
}

fn is_weekday(word: &str) -> bool {
    const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    const ENDS: [&str; 3] = ["day", "tag", ""];
    DAYS.iter().any(|day| {
        word.strip_prefix(day)
            .is_some_and(|rest| ENDS.iter().any(|end| rest.ends_with(end)) && month(word).is_none())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edtf(cell: &str) -> String {
        read(cell, None).map_or_else(|error| error, |day| day.edtf)
    }

    #[test]
    fn days_are_read_as_people_write_them() {
        for (cell, expected) in [
            ("2024-03", "2024-03"),
            ("2024~", "2024~"),
            ("Aug. 9, 1987", "1987-08-09"),
            ("9 August 1987", "1987-08-09"),
            ("Sunday, August 9th, 1987", "1987-08-09"),
            ("9. März 1987", "1987-03-09"),
            ("9 de agosto de 1987", "1987-08-09"),
            ("le 1er mai 1987", "1987-05-01"),
            ("Oct. 1987", "1987-10"),
            ("8/31/1987", "1987-08-31"),
            ("31/8/1987 09:15", "1987-08-31"),
            ("9.8.1987", "1987-08-09"),
            ("1987/8/9", "1987-08-09"),
            ("1987-8-9", "1987-08-09"),
            ("1987-08-09T14:30-05:00", "1987-08-09T14:30-05:00"),
        ] {
            assert_eq!(edtf(cell), expected, "{cell}");
        }
        for (cell, expected) in [
            ("8/9/1987", "may be 1987-08-09 or 1987-09-08"),
            ("2/30/1987", "isn't a day in the calendar"),
            ("one day", "isn't a date"),
            ("August", "isn't a date"),
        ] {
            assert!(edtf(cell).contains(expected), "{cell}: {}", edtf(cell));
        }
    }

    #[test]
    fn one_plain_day_proves_the_order_of_its_column() {
        assert_eq!(
            order(["1/2/1987", "1/31/1987"].into_iter()),
            Some(Order::MonthFirst)
        );
        assert_eq!(
            order(["1/2/1987", "31/1/1987"].into_iter()),
            Some(Order::DayFirst)
        );
        assert_eq!(order(["31/1/1987", "1/31/1987"].into_iter()), None);
        assert_eq!(order(["1/2/1987"].into_iter()), None);
    }
}
