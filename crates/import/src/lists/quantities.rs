//! Tables of numbers, as for Datawrapper: each row has a date or a name, and numbers.

use csv::StringRecord;

use super::super::draft::{Draft, Ids, Present, Record, Value, plain_words};
use super::super::speakers::Confidence;
use super::{List, days, one_line};
use crate::model::{PartialDate, RecordKind};

/// How many figures a table may yield; a larger one is data rather than a handful of figures.
const MOST: usize = 200;

/// A column of numbers.
struct Numbers<'a> {
    /// What is counted.
    title: String,
    unit: Option<String>,
    /// The cells as plain decimals; empty ones are `None`.
    cells: Vec<Option<String>>,
    name: &'a str,
}

/// The figures of a table whose first column holds dates or names; `None` if it contains no numbers.
///
/// # Errors
///
/// In a sentence, if there are too many.
pub(super) fn figures(
    header: &StringRecord,
    rows: &[StringRecord],
    name: &str,
    present: &Present,
) -> Option<Result<List, String>> {
    let labels: Vec<String> = rows
        .iter()
        .map(|row| one_line(row.get(0).unwrap_or_default()))
        .collect();
    let decimal = decimal_mark(rows.iter().flat_map(|row| row.iter().skip(1)));
    let columns: Vec<Numbers<'_>> = (1..header.len())
        .filter_map(|at| column(header, rows, at, decimal))
        .collect();
    let is_name = |label: &String| label.is_empty() || label.contains(char::is_alphabetic);
    let dates: Option<Vec<String>> = labels.iter().map(|label| date(label)).collect();
    if dates.is_none() && !labels.iter().all(is_name) {
        return None;
    }
    if rows.is_empty() || columns.is_empty() || labels.iter().all(String::is_empty) {
        return None;
    }
    let n_figures = match dates {
        Some(_) => columns.len(),
        None => columns.len() * rows.len(),
    };
    if n_figures > MOST {
        return Some(Err(format!(
            "the table comes to {n_figures} figures, and up to {MOST} can be drafted; import the columns or rows that are told of"
        )));
    }
    let mut drafter = Drafter::new(name, present);
    for column in &columns {
        match &dates {
            Some(dates) => drafter.series(column, dates),
            None => drafter.one_by_one(column, &labels, columns.len() > 1),
        }
    }
    let known: Vec<&str> = columns.iter().map(|column| column.name).collect();
    let left_out: Vec<String> = header
        .iter()
        .skip(1)
        .filter(|title| !known.contains(title))
        .map(one_line)
        .filter(|title| !title.is_empty())
        .collect();
    Some(Ok(List {
        draft: drafter.draft(name),
        left_out: if left_out.is_empty() {
            Vec::new()
        } else {
            vec![format!(
                "Left out, since not all that it holds are numbers: {}.",
                left_out.join(", ")
            )]
        },
    }))
}

/// A column, if all its cells are numbers.
fn column<'a>(
    header: &'a StringRecord,
    rows: &[StringRecord],
    at: usize,
    decimal: char,
) -> Option<Numbers<'a>> {
    let name = header.get(at)?;
    let written: Vec<&str> = rows
        .iter()
        .map(|row| row.get(at).unwrap_or_default().trim())
        .collect();
    let mut unit = None;
    let mut cells = Vec::new();
    for cell in &written {
        if matches!(*cell, "" | "-" | "–" | "n/a" | "N/A" | "NA" | "null") {
            cells.push(None);
            continue;
        }
        let bare = cell.strip_suffix('%').map(str::trim_end);
        if bare.is_some() {
            unit = Some("percent".to_owned());
        }
        cells.push(Some(number(bare.unwrap_or(cell), decimal)?));
    }
    cells.iter().any(Option::is_some).then_some(())?;
    let title = one_line(name);
    // `Unemployment rate (%)`.
    let bracket = title
        .strip_suffix(')')
        .and_then(|rest| rest.rsplit_once(" ("));
    let (title, of_title) = match bracket {
        Some((title, unit)) => (title.to_owned(), Some(unit.replace('%', "percent"))),
        None => (title.clone(), None),
    };
    Some(Numbers {
        title,
        unit: unit.or(of_title),
        cells,
        name,
    })
}

/// The decimal sign of a table: a comma, if one is followed by other than three digits or by groups with dots.
fn decimal_mark<'c>(mut cells: impl Iterator<Item = &'c str>) -> char {
    let by_comma = cells.any(|cell| {
        let digits = cell.trim_end_matches(['%', ' ']);
        let is_number = digits
            .chars()
            .all(|c| c.is_ascii_digit() || matches!(c, ',' | '.'));
        match (digits.rfind(','), digits.rfind('.')) {
            (Some(comma), Some(dot)) => is_number && comma > dot,
            (Some(comma), None) => is_number && digits.len() - comma != 4,
            (None, _) => false,
        }
    });
    if by_comma { ',' } else { '.' }
}

fn number(cell: &str, decimal: char) -> Option<String> {
    let group = if decimal == ',' { '.' } else { ',' };
    let plain: String = cell
        .chars()
        .filter(|c| *c != group && !c.is_whitespace() && *c != '\'' && *c != '’')
        .map(|c| match c {
            c if c == decimal => '.',
            '−' => '-',
            c => c,
        })
        .collect();
    let digits = plain.strip_prefix('-').unwrap_or(&plain);
    let is_number = !digits.is_empty()
        && digits.starts_with(|c: char| c.is_ascii_digit())
        && digits.ends_with(|c: char| c.is_ascii_digit())
        && digits.chars().all(|c| c.is_ascii_digit() || c == '.')
        && digits.matches('.').count() <= 1
        && digits.len() <= 24;
    is_number.then_some(plain)
}

/// The date in a cell, if it is one.
fn date(cell: &str) -> Option<String> {
    let read = days::read(cell, None).ok()?;
    read.edtf.parse::<PartialDate>().ok()?;
    Some(read.edtf)
}

struct Drafter {
    ids: Ids,
    source: String,
    records: Vec<Record>,
    known: Vec<(String, String, String)>,
}

impl Drafter {
    fn new(name: &str, present: &Present) -> Self {
        let mut ids = Ids::new(present.ids.clone());
        let mut records = Vec::new();
        let known = present.sources.iter().find(|source| source.title == name);
        let source = match known {
            Some(known) => known.id.clone(),
            None => {
                let id = ids.take(name);
                let mut record = Record::new(RecordKind::Source, id.clone());
                record.set_words("title", Some(name));
                records.push(record);
                id
            }
        };
        Self {
            ids,
            source,
            records,
            known: present.figures(),
        }
    }

    fn begin(&mut self, title: &str) -> Record {
        let mut record = Record::new(RecordKind::Figure, self.ids.take(title));
        record.set_words("title", Some(title));
        record
    }

    fn has(&self, value: &str, unit: &str, title: &str) -> bool {
        let words = plain_words(title).join(" ");
        let same = |known: &(String, String, String)| {
            known.0 == value && known.1 == unit && known.2 == words
        };
        self.known.iter().any(same)
    }

    /// A single figure over time.
    fn series(&mut self, column: &Numbers<'_>, dates: &[String]) {
        let unit = column.unit.clone().unwrap_or_default();
        if self.has("", &unit, &column.title) {
            return;
        }
        let mut points: Vec<(&String, &String)> = dates
            .iter()
            .zip(&column.cells)
            .filter_map(|(date, cell)| Some((date, cell.as_ref()?)))
            .collect();
        points.sort();
        points.dedup_by(|a, b| a.0 == b.0);
        let mut record = self.begin(&column.title);
        match points[..] {
            [(date, value)] => {
                record.set_plain("value", Some(value.clone()));
                record.set_plain("date", Some(date.clone()));
            }
            _ => {
                let rows = points.into_iter().map(|(date, value)| {
                    vec![
                        ("date", Value::Plain(date.clone())),
                        ("value", Value::Plain(value.clone())),
                    ]
                });
                record.set("series", Value::Rows(rows.collect()));
            }
        }
        record.set_words("unit", column.unit.as_deref());
        record.rest_on(&self.source.clone(), None, Confidence::High);
        self.records.push(record);
    }

    /// A figure for each name. The column title says what is counted; it goes into the unit if there is only one
    /// column.
    fn one_by_one(&mut self, column: &Numbers<'_>, labels: &[String], several: bool) {
        for (label, cell) in labels.iter().zip(&column.cells) {
            let Some(value) = cell.as_ref().filter(|_| !label.is_empty()) else {
                continue;
            };
            let title = if several || column.unit.is_some() {
                format!("{label}: {}", column.title)
            } else {
                label.clone()
            };
            let unit = match (&column.unit, several) {
                (Some(unit), _) => unit.clone(),
                (None, true) => String::new(),
                (None, false) => column.title.clone(),
            };
            if self.has(value, &unit, &title) {
                continue;
            }
            let mut record = self.begin(&title);
            record.set_plain("value", Some(value.clone()));
            record.set_words("unit", Some(&unit));
            record.rest_on(&self.source.clone(), None, Confidence::High);
            self.records.push(record);
        }
    }

    fn draft(self, name: &str) -> Draft {
        let mut records = self.records;
        if !records
            .iter()
            .any(|record| record.kind == RecordKind::Figure)
        {
            records.clear();
        }
        Draft {
            title: Some(name.to_owned()),
            headings: Vec::new(),
            source: self.source,
            records,
            eras: Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The figures of a table: title, value or number of points, unit.
    fn read(text: &str) -> Vec<(String, String, String)> {
        let delimiter = if text.contains(';') { b';' } else { b',' };
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(delimiter)
            .from_reader(text.as_bytes());
        let header = reader.headers().unwrap().clone();
        let rows: Vec<StringRecord> = reader.records().map(Result::unwrap).collect();
        let list = figures(&header, &rows, "table", &Present::default());
        let records = list.unwrap().unwrap().draft.records;
        let field = |record: &Record, name: &str| {
            let found = record.fields.iter().find(|(field, _)| *field == name);
            found.map_or(String::new(), |(_, value)| match value {
                Value::Words(text) | Value::Plain(text) => text.clone(),
                Value::Rows(rows) => rows.len().to_string(),
                _ => String::new(),
            })
        };
        records
            .iter()
            .filter(|record| record.kind == RecordKind::Figure)
            .map(|record| {
                let value = field(record, "value") + &field(record, "series");
                (field(record, "title"), value, field(record, "unit"))
            })
            .collect()
    }

    fn check(text: &str, expected: &[(&str, &str, &str)]) {
        let found = read(text);
        let found: Vec<(&str, &str, &str)> = found
            .iter()
            .map(|(title, value, unit)| (title.as_str(), value.as_str(), unit.as_str()))
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn dates_and_numbers_are_a_series_and_names_and_numbers_are_figures() {
        check(
            "Year,Rate (%),Jobs\n2020,4.5,\"1,200\"\n2021,5.0,\"1,350\"\n",
            &[("Rate", "2", "percent"), ("Jobs", "2", "")],
        );
        check(
            "Pier,Boats\nEast,12\nWest,7\n",
            &[("East", "12", "Boats"), ("West", "7", "Boats")],
        );
        check(
            "Ort;Anteil;Menge\nOst;12,5 %;1.200\nWest;7 %;\n",
            &[
                ("Ost: Anteil", "12.5", "percent"),
                ("West: Anteil", "7", "percent"),
                ("Ost: Menge", "1200", ""),
            ],
        );
    }

    #[test]
    fn words_are_no_numbers() {
        let header = StringRecord::from(vec!["a", "b"]);
        let rows = [StringRecord::from(vec!["x", "y"])];
        assert!(figures(&header, &rows, "t", &Present::default()).is_none());
    }
}
