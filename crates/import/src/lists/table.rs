//! Tables of events: our own `events.csv`, and sheets made for TimelineJS.

use std::collections::BTreeMap;

use csv::StringRecord;

use super::super::draft::Present;
use super::days::{self, Order};
use super::exports::{exports, own_table};
use super::quantities;
use super::{
    Entry, List, date, draft, in_order, judged, media, one_line, plain_words, prose, stretch,
    with_media,
};

/// The columns that are read, each with the names it goes by.
const COLUMNS: [(Column, &[&str]); 21] = [
    (Column::Date, &["date", "start", "start date", "when"]),
    (
        Column::Title,
        &["title", "headline", "event", "name", "what"],
    ),
    (Column::Text, &["text", "description", "details"]),
    (Column::Place, &["place"]),
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
    (Column::Time, &["time"]),
    (Column::Group, &["group"]),
    (Column::Media, &["media"]),
    (Column::MediaCaption, &["media caption"]),
    (Column::MediaCredit, &["media credit"]),
    // Whatever else our own table contains follows from these.
    (Column::Known, &["id", "earliest", "latest"]),
];

/// Columns that distinguish a table of figures from one of events.
const OF_FIGURES: [&str; 4] = ["value", "unit", "margin", "sample"];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Column {
    Date,
    Title,
    Text,
    Place,
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
    Time,
    Group,
    Media,
    MediaCaption,
    MediaCredit,
    Known,
}

/// The events of a table; `name` becomes the title of its source.
///
/// # Errors
///
/// In a sentence that says which lines can't be read and why.
pub(crate) fn table(text: &str, name: &str, present: &Present) -> Result<List, String> {
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter(text))
        .flexible(true)
        .from_reader(text.as_bytes());
    let header = reader
        .headers()
        .map_err(|error| format!("the table can't be read: {error}"))?
        .clone();
    let columns: Vec<Option<Column>> = header.iter().map(column).collect();
    let rows: Result<Vec<StringRecord>, csv::Error> = reader.records().collect();
    let rows = rows.map_err(|error| format!("the table can't be read: {error}"))?;
    if let Some(records) = own_table(&header, &rows) {
        return exports(&records, present);
    }
    if let Err(reason) = check(&header, &columns) {
        let is_ours = columns.contains(&Some(Column::Title));
        let figures = || quantities::figures(&header, &rows, name, present);
        return match figures().filter(|_| !is_ours) {
            Some(list) => list,
            None => Err(reason),
        };
    }
    let rows: Vec<Row<'_>> = rows
        .iter()
        .map(|cells| Row {
            header: &header,
            columns: &columns,
            cells,
        })
        .collect();
    let dates = rows.iter().filter_map(|row| row.cell(Column::Date));
    let order = days::order(dates);
    let mut entries = Vec::new();
    let mut faults = Vec::new();
    let mut left_out = LeftOut::default();
    for row in &rows {
        match row.entry(order, &mut left_out) {
            Ok(entry) => entries.extend(entry),
            Err(reason) => faults.push(format!("line {}: {reason}", row.line())),
        }
    }
    let mut said = judged(entries.len(), &faults, "the table holds no events")?;
    let mut draft = draft(name, in_order(entries), present);
    draft.eras = std::mem::take(&mut left_out.eras);
    said.extend(left_out.lines());
    Ok(List {
        draft,
        left_out: said,
    })
}

/// Rejects a table that isn't one of events.
fn check(header: &StringRecord, columns: &[Option<Column>]) -> Result<(), String> {
    let has = |column: Column| columns.contains(&Some(column));
    let is_figures = header.iter().any(|name| {
        let name = name.trim().trim_start_matches('\u{feff}').to_lowercase();
        OF_FIGURES.contains(&name.as_str())
    });
    if is_figures && !has(Column::Text) {
        return Err("it is a table of figures, and tables of events alone are read; write each figure below `figures:` \
                    (`nutgraf new figure` begins one)"
            .to_owned());
    }
    if has(Column::Title) && (has(Column::Date) || has(Column::Year)) {
        return Ok(());
    }
    let found: Vec<&str> = header.iter().collect();
    Err(format!(
        "expected the events of a timeline (columns `date` and `title`, or `Year` and `Headline`), or figures (a column of dates or names, and columns of numbers), found `{}`",
        found.join("`, `")
    ))
}

/// The separator between columns: the one that occurs most often in the header.
fn delimiter(text: &str) -> u8 {
    let header = text.lines().next().unwrap_or_default();
    let count = |mark: &u8| header.bytes().filter(|byte| byte == mark).count();
    // The last wins a tie: the comma.
    [b'\t', b';', b',']
        .into_iter()
        .max_by_key(count)
        .unwrap_or(b',')
}

fn column(name: &str) -> Option<Column> {
    let name = one_line(&name.trim_start_matches('\u{feff}').replace('_', " ")).to_lowercase();
    COLUMNS
        .iter()
        .find(|(_, names)| names.contains(&name.as_str()))
        .map(|(column, _)| *column)
}

/// A time of day as EDTF has it: `08:30` for `8:30`.
fn clock(time: &str) -> Option<String> {
    let (hour, minute) = time.split_once(':')?;
    let number = |digits: &str| digits.parse::<u8>().ok();
    let (hour, minute) = (number(hour)?, number(minute).filter(|_| minute.len() == 2)?);
    (hour < 24 && minute < 60).then(|| format!("{hour:02}:{minute:02}"))
}

/// What a table contains that no event has room for.
#[derive(Default)]
struct LeftOut {
    /// Columns, with the number of rows that have a value in each.
    columns: BTreeMap<String, usize>,
    /// Eras, each with its headline and its date.
    eras: Vec<(String, String)>,
}

impl LeftOut {
    /// One line for each kind of thing.
    fn lines(self) -> Vec<String> {
        let rows = |n: usize| {
            if n == 1 {
                "1 row".to_owned()
            } else {
                format!("{n} rows")
            }
        };
        let columns: Vec<String> = self
            .columns
            .iter()
            .map(|(name, n)| format!("{name} ({})", rows(*n)))
            .collect();
        let mut lines = Vec::new();
        if !columns.is_empty() {
            lines.push(format!(
                "Left out, since events have no field for it: {}.",
                columns.join(", ")
            ));
        }
        lines
    }
}

struct Row<'a> {
    header: &'a StringRecord,
    columns: &'a [Option<Column>],
    cells: &'a StringRecord,
}

impl Row<'_> {
    fn line(&self) -> u64 {
        self.cells.position().map_or(0, csv::Position::line)
    }

    fn cell(&self, column: Column) -> Option<&str> {
        let at = self
            .columns
            .iter()
            .position(|known| *known == Some(column))?;
        let text = self.cells.get(at)?.trim();
        // The apostrophe that keeps spreadsheets from reading a text as a formula.
        let text = match text.strip_prefix('\'') {
            Some(rest) if rest.starts_with(['=', '+', '-', '@']) => rest,
            Some(_) | None => text,
        };
        (!text.is_empty()).then_some(text)
    }

    /// A column's name in this table.
    fn name(&self, column: Column) -> &str {
        let at = self.columns.iter().position(|known| *known == Some(column));
        at.and_then(|at| self.header.get(at)).unwrap_or_default()
    }

    /// The event in a row; `None` for an empty row, a title slide or an era.
    fn entry(&self, order: Option<Order>, left_out: &mut LeftOut) -> Result<Option<Entry>, String> {
        let kind = self.cell(Column::Kind).map(str::to_lowercase);
        if kind.as_deref() == Some("title") || self.cells.iter().all(|cell| cell.trim().is_empty())
        {
            return Ok(None);
        }
        let title = self
            .cell(Column::Title)
            .map(plain_words)
            .transpose()?
            .flatten();
        if kind.as_deref() == Some("era") {
            let (date, ..) = self.date(order)?;
            left_out.eras.push((title.unwrap_or_default(), date));
            return Ok(None);
        }
        let title = title.ok_or("the event has no title")?;
        let (date, time, printed) = self.date(order)?;
        let words = |column: Column| self.cell(column).map(str::to_owned);
        let as_printed = words(Column::AsPrinted).map(|words| one_line(&words));
        let cell_time = words(Column::Time);
        if cell_time.is_none() && time.is_some() {
            *left_out
                .columns
                .entry(format!("times in {}", self.name(Column::Date)))
                .or_default() += 1;
        }
        let part = |column: Column| self.cell(column).map(plain_words).transpose();
        let (caption, credit) = (
            part(Column::MediaCaption)?.flatten(),
            part(Column::MediaCredit)?.flatten(),
        );
        let url = self.cell(Column::Media).unwrap_or_default();
        let media = media(url, caption, credit);
        // A time of day belongs to a day.
        let clock = cell_time.as_deref().and_then(clock);
        let timed = clock.filter(|_| date.len() == "2024-05-03".len());
        self.note_left_out(left_out, timed.is_some(), media.is_some());
        let date = match timed {
            Some(clock) => format!("{date}T{clock}"),
            None => date,
        };
        Ok(Some(Entry {
            date,
            tags: part(Column::Group)?.flatten().into_iter().collect(),
            time: cell_time.or(time),
            title,
            place: words(Column::Place).map(|place| one_line(&place)),
            text: with_media(
                self.cell(Column::Text).map(prose).transpose()?.flatten(),
                media,
            ),
            as_printed: as_printed.or(printed),
            inferred: words(Column::Inferred),
            expected: self.cell(Column::Expected) == Some("true"),
        }))
    }

    fn note_left_out(&self, left_out: &mut LeftOut, has_time: bool, has_media: bool) {
        for ((name, column), cell) in self.header.iter().zip(self.columns).zip(self.cells) {
            let is_left_out = match column {
                None => true,
                Some(Column::Time) => !has_time,
                Some(Column::Media | Column::MediaCaption | Column::MediaCredit) => !has_media,
                Some(_) => false,
            };
            if is_left_out && !cell.trim().is_empty() {
                *left_out.columns.entry(one_line(name)).or_default() += 1;
            }
        }
    }

    /// The date, the time in the same cell, and the cell's words if its form was changed.
    fn date(
        &self,
        order: Option<Order>,
    ) -> Result<(String, Option<String>, Option<String>), String> {
        if let Some(start) = self.parts(Column::Year, Column::Month, Column::Day)? {
            let end = self.parts(Column::EndYear, Column::EndMonth, Column::EndDay)?;
            return Ok((stretch(start, end), None, None));
        }
        let written = self.cell(Column::Date).ok_or("the event has no date")?;
        let start = days::read(written, order)?;
        let end = self
            .cell(Column::End)
            .map(|end| days::read(end, order))
            .transpose()?;
        let printed = start.is_reworded.then(|| one_line(written));
        let printed = printed.filter(|_| end.is_none());
        let date = stretch(start.edtf, end.map(|end| end.edtf));
        date.parse::<crate::model::PartialDate>()
            .map_err(|error| format!("`{date}` isn't a date: {error}"))?;
        Ok((date, start.time, printed))
    }

    /// A date in three columns; `None` if there is no year.
    fn parts(&self, year: Column, month: Column, day: Column) -> Result<Option<String>, String> {
        let Some(year) = self.number(year, "a year", |_| None)? else {
            return Ok(None);
        };
        let is_in = |range: std::ops::RangeInclusive<i64>| move |n: &i64| range.contains(n);
        let months = "1 to 12, or the name of a month";
        let month = self.checked(month, months, days::month, is_in(1..=12))?;
        let day = self.checked(day, "a day of the month", |_| None, is_in(1..=31))?;
        if month.is_none() && day.is_some() {
            return Err(format!(
                "there is a `{}` without a month",
                self.name(Column::Day)
            ));
        }
        let found = date(year, month, day);
        let written = [Some(year), month, day]
            .into_iter()
            .flatten()
            .map(|n| n.to_string());
        let written: Vec<String> = written.collect();
        found
            .map(Some)
            .ok_or_else(|| format!("`{}` isn't a day in the calendar", written.join("-")))
    }

    fn checked(
        &self,
        column: Column,
        expected: &str,
        word: impl Fn(&str) -> Option<i64>,
        is_fine: impl Fn(&i64) -> bool,
    ) -> Result<Option<i64>, String> {
        let number = self.number(column, expected, word)?;
        match number {
            Some(number) if !is_fine(&number) => Err(format!(
                "`{}` is `{number}`; expected {expected}",
                self.name(column)
            )),
            fine => Ok(fine),
        }
    }

    /// A whole number, which spreadsheets may have turned into `3.0`, or a word that means one.
    fn number(
        &self,
        column: Column,
        expected: &str,
        word: impl Fn(&str) -> Option<i64>,
    ) -> Result<Option<i64>, String> {
        let Some(cell) = self.cell(column) else {
            return Ok(None);
        };
        let whole = cell.split_once('.').map_or(cell, |(whole, zeros)| {
            if zeros.bytes().all(|zero| zero == b'0') {
                whole
            } else {
                cell
            }
        });
        let number = whole.parse().ok().or_else(|| word(cell));
        number
            .map(Some)
            .ok_or_else(|| format!("`{}` is `{cell}`; expected {expected}", self.name(column)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dates(text: &str) -> Result<Vec<String>, String> {
        let list = table(text, "events.csv", &Present::default())?;
        let events = list.draft.records.iter().skip(1);
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
        let spelled = "Year,Month,Day,Headline\n1987,August,9.0,It opens\n1987,8,,It closes\n";
        assert_eq!(
            dates(spelled).unwrap(),
            ["Plain(\"1987-08-09\")", "Plain(\"1987-08\")"]
        );
    }

    #[test]
    fn every_row_that_cannot_be_read_is_named_by_its_line() {
        let list = table(
            "date,title\n2024,It opens\nsoon,It closes\n",
            "a",
            &Present::default(),
        );
        let list = list.unwrap();
        assert_eq!(list.draft.records.len(), 2);
        assert!(
            list.left_out[0].starts_with("Not drafted: line 3: `soon` isn't a date"),
            "{:?}",
            list.left_out
        );
        let error = dates("date,title\nsoon,It opens\nlater,It closes\n").unwrap_err();
        assert!(
            error.contains("line 2: `soon`") && error.contains("line 3: `later`"),
            "{error}"
        );
        let error = dates("Year,Month,Day,Headline\n1987,Smarch,1,A\n1987,14,1,B\n1987,2,30,C\n")
            .unwrap_err();
        for expected in [
            "line 2: `Month` is `Smarch`",
            "line 3: `Month` is `14`",
            "line 4: `1987-2-30` isn't a day in the calendar",
        ] {
            assert!(error.contains(expected), "{error}");
        }
        let error = dates("a,b\n1,2\n").unwrap_err();
        assert!(error.ends_with("found `a`, `b`"), "{error}");
    }

    #[test]
    fn a_table_without_events_or_of_figures_is_named_for_what_it_is() {
        let error = dates("Year,Headline,Type\n,The bridge,title\n").unwrap_err();
        assert_eq!(error, "the table holds no events");
        let error = dates("id,title,date,value,unit\na,Ships,1987,10,ships\n").unwrap_err();
        assert!(error.starts_with("it is a table of figures"), "{error}");
    }

    #[test]
    fn html_becomes_markdown_and_what_no_field_takes_is_named() {
        let text = "Year,Month,Day,Time,Headline,Text,Media,Type\n\
                    1987,8,9,15:00,It <i>opens</i>,<p>At <b>last</b> &amp; late</p>,a.jpg,\n\
                    1987,8,9,08:00,They gather,,,\n1980,,,,\"Good: years\",,,era\n";
        let list = table(text, "events.csv", &Present::default()).unwrap();
        let yaml =
            super::super::super::draft::items(&list.draft.records.iter().collect::<Vec<_>>(), 0);
        let (gather, opens) = (
            yaml.find("They gather").unwrap(),
            yaml.find("It opens").unwrap(),
        );
        assert!(gather < opens, "{yaml}");
        assert!(yaml.contains("At **last** & late"), "{yaml}");
        assert_eq!(
            list.left_out,
            [
                // It is no address.
                "Left out, since events have no field for it: Media (1 row).",
            ]
        );
        assert!(yaml.contains("date: \"1987-08-09T08:00\""), "{yaml}");
        assert_eq!(
            list.draft.eras,
            [("Good: years".to_owned(), "1980".to_owned())]
        );
    }

    #[test]
    fn media_lead_to_where_they_are_and_groups_are_tags() {
        let text = "Year,Headline,Media,Media Caption,Media Credit,Group\n\
                    1987,It opens,https://example.org/a.jpg,The <b>quay</b>,Cy Falk,Works\n\
                    1988,It closes,https://example.org/b.mp4,,,\n";
        let list = table(text, "a", &Present::default()).unwrap();
        let yaml =
            super::super::super::draft::items(&list.draft.records.iter().collect::<Vec<_>>(), 0);
        for words in [
            "text: \"[The quay](https://example.org/a.jpg) (Cy Falk)\"",
            "text: \"[example.org](https://example.org/b.mp4)\"",
            "tags: [Works]",
        ] {
            assert!(yaml.contains(words), "no {words} in {yaml}");
        }
        assert!(list.left_out.is_empty(), "{:?}", list.left_out);
    }
}
