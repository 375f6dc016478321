//! Tables of events: our own `events.csv`, and sheets made for TimelineJS.

use csv::StringRecord;

use crate::model::PartialDate;

use super::super::draft::{Draft, Present};
use super::{Entry, date, draft, one_line, stretch};

/// The columns that are read, each with the names it goes by.
const COLUMNS: [(Column, &[&str]); 14] = [
    (Column::Date, &["date", "start", "start date", "when"]),
    (
        Column::Title,
        &["title", "headline", "event", "name", "what"],
    ),
    (Column::Text, &["text", "description", "details"]),
    (Column::AsPrinted, &["as printed", "display date"]),
    (Column::Inferred, &["inferred"]),
    (Column::Expected, &["expected"]),
    (Column::Year, &["year"]),
    (Column::Month, &["month"]),
    (Column::Day, &["day"]),
    (Column::EndYear, &["end year"]),
    (Column::EndMonth, &["end month"]),
    (Column::EndDay, &["end day"]),
    (Column::End, &["end", "end date"]),
    (Column::Kind, &["type"]),
];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Column {
    Date,
    Title,
    Text,
    AsPrinted,
    Inferred,
    Expected,
    Year,
    Month,
    Day,
    EndYear,
    EndMonth,
    EndDay,
    End,
    Kind,
}

/// The events of a table; `name` is what its source is called.
///
/// # Errors
///
/// In a sentence that says which line can't be read, and why.
pub(in crate::import) fn table(text: &str, name: &str, present: &Present) -> Result<Draft, String> {
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter(text))
        .flexible(true)
        .from_reader(text.as_bytes());
    let header = reader
        .headers()
        .map_err(|error| format!("the table can't be read: {error}"))?;
    let columns: Vec<Option<Column>> = header.iter().map(column).collect();
    let has = |column: Column| columns.contains(&Some(column));
    if !has(Column::Title) || !(has(Column::Date) || has(Column::Year)) {
        let found: Vec<&str> = header.iter().collect();
        return Err(format!(
            "expected columns `date` and `title` (or `Year` and `Headline`), found `{}`",
            found.join("`, `")
        ));
    }
    let mut entries = Vec::new();
    for row in reader.records() {
        let row = row.map_err(|error| format!("the table can't be read: {error}"))?;
        let line = row.position().map_or(0, csv::Position::line);
        let row = Row {
            columns: &columns,
            cells: &row,
        };
        entries.extend(
            row.entry()
                .map_err(|reason| format!("line {line}: {reason}"))?,
        );
    }
    Ok(draft(name, entries, present))
}

/// The mark between columns: the one that the header has most of.
fn delimiter(text: &str) -> u8 {
    let header = text.lines().next().unwrap_or_default();
    let count = |mark: &u8| header.bytes().filter(|byte| byte == mark).count();
    // Of several with one count, the last is taken: the comma.
    [b'\t', b';', b',']
        .into_iter()
        .max_by_key(count)
        .unwrap_or(b',')
}

fn column(name: &str) -> Option<Column> {
    let name = one_line(&name.replace('_', " ")).to_lowercase();
    COLUMNS
        .iter()
        .find(|(_, names)| names.contains(&name.as_str()))
        .map(|(column, _)| *column)
}

struct Row<'a> {
    columns: &'a [Option<Column>],
    cells: &'a StringRecord,
}

impl Row<'_> {
    fn cell(&self, column: Column) -> Option<&str> {
        let at = self
            .columns
            .iter()
            .position(|known| *known == Some(column))?;
        let text = self.cells.get(at)?.trim();
        // The mark that keeps spreadsheets from taking a text for a formula.
        let text = match text.strip_prefix('\'') {
            Some(rest) if rest.starts_with(['=', '+', '-', '@']) => rest,
            Some(_) | None => text,
        };
        (!text.is_empty()).then_some(text)
    }

    /// The event of a row; `None` for one that holds nothing, or a title slide.
    fn entry(&self) -> Result<Option<Entry>, String> {
        let is_title = self.cell(Column::Kind).is_some_and(|kind| kind == "title");
        if is_title || self.cells.iter().all(|cell| cell.trim().is_empty()) {
            return Ok(None);
        }
        let title = self.cell(Column::Title).ok_or("the event has no title")?;
        let words = |column: Column| self.cell(column).map(str::to_owned);
        Ok(Some(Entry {
            date: self.date()?,
            title: one_line(title),
            text: words(Column::Text),
            as_printed: words(Column::AsPrinted).map(|words| one_line(&words)),
            inferred: words(Column::Inferred),
            expected: self.cell(Column::Expected) == Some("true"),
        }))
    }

    fn date(&self) -> Result<String, String> {
        let parts = |year, month, day| {
            let number = |column| self.cell(column)?.parse::<i64>().ok();
            date(number(year)?, number(month), number(day))
        };
        if let Some(start) = parts(Column::Year, Column::Month, Column::Day) {
            let end = parts(Column::EndYear, Column::EndMonth, Column::EndDay);
            return Ok(stretch(start, end));
        }
        let written = self.cell(Column::Date).ok_or("the event has no date")?;
        let written = match self.cell(Column::End) {
            Some(end) => stretch(written.to_owned(), Some(end.to_owned())),
            None => written.to_owned(),
        };
        match written.parse::<PartialDate>() {
            Ok(_) => Ok(written),
            Err(error) => Err(format!("`{written}` isn't a date: {error}")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dates(text: &str) -> Result<Vec<String>, String> {
        let draft = table(text, "events.csv", &Present::default())?;
        let events = draft.records.iter().skip(1);
        Ok(events
            .map(|record| format!("{:?}", record.fields[0].1))
            .collect())
    }

    #[test]
    fn our_own_table_and_sheets_of_others_are_read() {
        let own = "id,date,earliest,title,text\na,2024-05,2024-05-01,It opens,\"At\nlast\"\n";
        assert_eq!(dates(own).unwrap(), ["Plain(\"2024-05\")"]);
        let sheet = "Year;Month;Day;End Year;End Month;End Day;Headline;Type\n;;;;;;The bridge;title\n2025;1;2;2025;1;4;It closes;\n";
        assert_eq!(dates(sheet).unwrap(), ["Plain(\"2025-01-02/2025-01-04\")"]);
    }

    #[test]
    fn a_row_that_cannot_be_read_is_named_by_its_line() {
        let error = dates("date,title\n2024,It opens\nsoon,It closes\n").unwrap_err();
        assert!(error.starts_with("line 3: `soon` isn't a date"), "{error}");
        let error = dates("a,b\n1,2\n").unwrap_err();
        assert!(error.ends_with("found `a`, `b`"), "{error}");
    }
}
