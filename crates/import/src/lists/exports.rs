//! Our own files of data, read back: `events`, `figures` and `reactions`, as JSON and as tables.
//!
//! What they hold comes back as it was, ids included, so that a site can be made anew from what it published.

use csv::StringRecord;
use serde_json::{Value as Json, json};

use super::super::draft::{Draft, Ids, Present, Record, Value};
use super::super::speakers::Confidence;
use super::{List, judged};
use crate::document::schema::{self, Shape};
use crate::model::RecordKind;

/// Whether JSON looks like one of our own files: records with an id, an address and sources.
pub(crate) fn looks_like_ours(value: &Json) -> bool {
    let items = value.as_array().map(Vec::as_slice).unwrap_or_default();
    let is_ours = |item: &Json| {
        let is_record = item.get("sources").is_some_and(Json::is_array);
        is_record && item.get("url").is_some() && kind(item).is_some()
    };
    !items.is_empty() && items.iter().all(is_ours)
}

fn kind(item: &Json) -> Option<RecordKind> {
    let has = |name: &str| item.get(name).is_some();
    match () {
        () if has("speaker") => Some(RecordKind::Reaction),
        () if has("value") => Some(RecordKind::Figure),
        () if has("expected") => Some(RecordKind::Event),
        () => None,
    }
}

/// The columns by which our own tables are known.
const OF_EVENTS: [&str; 6] = ["id", "date", "earliest", "latest", "title", "expected"];
const OF_FIGURES: [&str; 6] = ["id", "title", "qualifier", "value", "unit", "derive"];

/// Our own table as the JSON of the same records; `None` if it is somebody else's.
pub(super) fn own_table(header: &StringRecord, rows: &[StringRecord]) -> Option<Json> {
    let has_all = |names: &[&str]| {
        names
            .iter()
            .all(|name| header.iter().any(|known| known == *name))
    };
    let cell = |row: &StringRecord, name: &str| -> Option<String> {
        let at = header.iter().position(|known| known == name)?;
        let text = row.get(at)?;
        // The mark that keeps spreadsheets from taking a text for a formula.
        let bare = text
            .strip_prefix('\'')
            .filter(|rest| rest.starts_with(['=', '+', '-', '@', '\t', '\r']));
        let text = bare.unwrap_or(text);
        (!text.is_empty()).then(|| text.to_owned())
    };
    let listed = |row: &StringRecord, name: &str| -> Vec<String> {
        let text = cell(row, name).unwrap_or_default();
        text.split("; ")
            .filter(|part| !part.is_empty())
            .map(str::to_owned)
            .collect()
    };
    let sources = |row: &StringRecord| -> Json {
        listed(row, "sources")
            .into_iter()
            .map(|id| json!({"id": id}))
            .collect()
    };
    let date = |row: &StringRecord| cell(row, "date").map(|date| json!({"edtf": date}));
    if has_all(&OF_EVENTS) {
        let events = rows.iter().map(|row| {
            json!({
                "id": cell(row, "id"),
                "date": date(row),
                "title": cell(row, "title"),
                "place": cell(row, "place"),
                "text": cell(row, "text"),
                "as_printed": cell(row, "as_printed"),
                "inferred": cell(row, "inferred"),
                "expected": cell(row, "expected").as_deref() == Some("true"),
                "people": listed(row, "people"),
                "sources": sources(row),
            })
        });
        return Some(events.collect());
    }
    if !has_all(&OF_FIGURES) {
        return None;
    }
    let point = |row: &StringRecord| {
        json!({
            "number": cell(row, "value"),
            "to": cell(row, "to"),
            "unit": cell(row, "unit"),
            "qualifier": cell(row, "qualifier"),
            "date": date(row),
            "label": cell(row, "label"),
            "as_printed": cell(row, "as_printed"),
        })
    };
    let mut figures: Vec<Json> = Vec::new();
    let mut at = 0;
    while let Some(row) = rows.get(at) {
        let id = cell(row, "id");
        let n = rows[at..]
            .iter()
            .take_while(|other| cell(other, "id") == id)
            .count();
        let is_series = n > 1 || cell(row, "label").is_some();
        let points: Vec<Json> = rows[at..at + n].iter().map(point).collect();
        figures.push(json!({
            "id": id,
            "title": cell(row, "title"),
            "value": point(row),
            "series": is_series.then_some(points),
            "derive": cell(row, "derive"),
            "date": date(row).filter(|_| !is_series),
            "population": cell(row, "population"),
            "sample": cell(row, "sample"),
            "margin": cell(row, "margin"),
            "as_printed": cell(row, "as_printed").filter(|_| !is_series),
            "sources": sources(row),
        }));
        at += n;
    }
    Some(Json::Array(figures))
}

/// The records of a file, with the sources and people that they name.
///
/// # Errors
///
/// In a sentence, if it holds none.
pub(crate) fn exports(value: &Json, present: &Present) -> Result<List, String> {
    let items = value.as_array().map(Vec::as_slice).unwrap_or_default();
    let mut reader = Reader {
        ids: Ids::new(present.ids.clone()),
        present,
        records: Vec::new(),
    };
    let mut drafted = Vec::new();
    let mut faults = Vec::new();
    for (index, item) in items.iter().enumerate() {
        match reader.record(item) {
            Ok(record) => drafted.extend(record),
            Err(reason) => faults.push(format!("item {}: {reason}", index + 1)),
        }
    }
    let is_known = !items.is_empty() && drafted.is_empty() && faults.is_empty();
    let n_read = drafted.len() + usize::from(is_known);
    let mut left_out = judged(n_read, &faults, "it holds no records")?;
    if items
        .iter()
        .any(|item| item.pointer("/derive").is_some_and(Json::is_string))
    {
        left_out.push("Figures that were computed from others come as what they are computed by; import those, too.".to_owned());
    }
    let mut records = reader.records;
    records.extend(drafted);
    Ok(List {
        draft: Draft {
            title: None,
            headings: Vec::new(),
            source: "records".to_owned(),
            records,
            eras: Vec::new(),
        },
        left_out,
    })
}

struct Reader<'a> {
    ids: Ids,
    present: &'a Present,
    /// Sources and people that weren't there.
    records: Vec<Record>,
}

impl Reader<'_> {
    /// A record; `None` if it is there already.
    fn record(&mut self, item: &Json) -> Result<Option<Record>, String> {
        let kind = kind(item).ok_or("it is no event, figure or reaction")?;
        let id = text(item, "id").ok_or("it has no `id`")?;
        if self.present.has_record(kind, id) {
            return Ok(None);
        }
        let mut record = Record::new(kind, self.ids.keep(id));
        match kind {
            RecordKind::Figure => self.figure(item, &mut record)?,
            RecordKind::Reaction => self.reaction(item, &mut record)?,
            _ => self.event(item, &mut record)?,
        }
        add_words(item, &mut record);
        let sources = self.sources(item.get("sources"));
        if sources.is_empty() && kind != RecordKind::Figure {
            return Err("it has no sources".to_owned());
        }
        if !sources.is_empty() {
            record.set("source", Value::Block(sources));
        }
        let accounts = item.get("accounts").and_then(Json::as_array);
        let accounts = accounts.into_iter().flatten();
        let accounts: Vec<Vec<(&'static str, Value)>> =
            accounts.map(|account| self.account(account)).collect();
        if !accounts.is_empty() {
            record.set("accounts", Value::Rows(accounts));
        }
        record.ask_for_review(Confidence::High);
        Ok(Some(record))
    }

    fn event(&mut self, item: &Json, record: &mut Record) -> Result<(), String> {
        let date = edtf(item.get("date")).ok_or("it has no date")?;
        record.set_plain("date", Some(date.to_owned()));
        if item.get("expected") == Some(&Json::Bool(true)) {
            record.set("expected", Value::Yes);
        }
        let people = item.get("people").and_then(Json::as_array);
        let people = people.into_iter().flatten().filter_map(Json::as_str);
        let people: Vec<Value> = people
            .map(|name| Value::Plain(self.person(name, &Json::Null)))
            .collect();
        if !people.is_empty() {
            record.set("people", Value::List(people));
        }
        Ok(())
    }

    fn figure(&mut self, item: &Json, record: &mut Record) -> Result<(), String> {
        let series = item.get("series").and_then(Json::as_array);
        let is_derived = text(item, "derive").is_some();
        if let Some(points) = series {
            let rows = points.iter().map(|point| {
                let mut row = Vec::new();
                if let Some(date) = edtf(point.get("date")) {
                    row.push(("date", Value::Plain(date.to_owned())));
                }
                push_words(&mut row, "label", text(point, "label"));
                row.extend(quantity(point));
                push_words(&mut row, "as_printed", text(point, "as_printed"));
                push_words(&mut row, "annotation", text(point, "annotation"));
                row
            });
            record.set("series", Value::Rows(rows.collect()));
        } else if !is_derived {
            let value = item.get("value").ok_or("it has no value")?;
            record.fields.extend(quantity(value));
        }
        let unit = item.pointer("/value/unit").and_then(Json::as_str);
        record.set_words("unit", unit);
        record.set_plain("date", edtf(item.get("date")).map(str::to_owned));
        Ok(())
    }

    fn reaction(&mut self, item: &Json, record: &mut Record) -> Result<(), String> {
        let speaker = item.get("speaker").ok_or("it has no speaker")?;
        let name = text(speaker, "name").ok_or("its speaker has no name")?;
        let id = self.person(name, speaker);
        record.set("speaker", Value::Plain(id));
        record.set_plain("date", edtf(item.get("date")).map(str::to_owned));
        Ok(())
    }

    fn account(&mut self, account: &Json) -> Vec<(&'static str, Value)> {
        let sources = self.sources(account.get("sources"));
        let mut row = vec![("source", Value::List(sources))];
        push_words(&mut row, "title", text(account, "title"));
        if let Some(date) = edtf(account.get("date")) {
            row.push(("date", Value::Plain(date.to_owned())));
        }
        if let Some(value) = account.get("value").filter(|value| value.is_object()) {
            row.extend(quantity(value));
        }
        for name in ["quote", "as_printed", "inferred"] {
            push_words(&mut row, name, text(account, name));
        }
        row
    }

    fn sources(&mut self, sources: Option<&Json>) -> Vec<Value> {
        let sources = sources.and_then(Json::as_array);
        let sources = sources.into_iter().flatten();
        let sources = sources.filter_map(|source| {
            let id = text(source, "id")?;
            self.source(id, source);
            let mut fields = vec![("id", Value::Plain(id.to_owned()))];
            push_words(&mut fields, "passage", text(source, "passage"));
            if let Some(copy_of) = text(source, "copy_of") {
                fields.push(("copy_of", Value::Plain(copy_of.to_owned())));
            }
            Some(match fields.len() {
                1 => Value::Plain(id.to_owned()),
                _ => Value::Map(fields),
            })
        });
        sources.collect()
    }

    fn source(&mut self, id: &str, source: &Json) {
        let is_here = self
            .records
            .iter()
            .any(|record| record.kind == RecordKind::Source && record.id == id);
        if is_here || self.present.sources.iter().any(|known| known.id == id) {
            return;
        }
        let mut record = Record::new(RecordKind::Source, id.to_owned());
        record.set_words("title", text(source, "title").or(Some(id)));
        record.set_words("publisher", text(source, "publisher"));
        record.set_words("url", text(source, "url"));
        self.records.push(record);
    }

    /// The id of somebody of that name, whose record is made of what is said of them if there is none.
    fn person(&mut self, name: &str, said: &Json) -> String {
        if let Some(known) = self.present.people.get(&name.to_lowercase()) {
            return known.clone();
        }
        let here = self.records.iter().find(|record| {
            record.kind == RecordKind::Person && record.text_of("name") == Some(name)
        });
        if let Some(here) = here {
            return here.id.clone();
        }
        let id = match text(said, "id") {
            Some(id) => self.ids.keep(id),
            None => self.ids.take(name),
        };
        let mut record = Record::new(RecordKind::Person, id.clone());
        record.set_words("name", Some(name));
        add_words(said, &mut record);
        record.ask_for_review(Confidence::High);
        self.records.push(record);
        id
    }
}

/// Adds the fields that are words and that the record doesn't have yet, whatever the kind of record has.
fn add_words(item: &Json, record: &mut Record) {
    for field in schema::record_fields(record.kind).fields {
        let is_there = record.fields.iter().any(|(name, _)| *name == field.name);
        let is_words = matches!(field.shape, Shape::Scalar);
        let Some(words) = text(item, field.name).filter(|_| is_words && !is_there) else {
            continue;
        };
        match field.name {
            "id" => {}
            "text" => record.set_words("text", Some(&in_markdown(words))),
            name => record.set_words(name, Some(words)),
        }
    }
}

/// The number of a quantity, its high end and its hedge.
fn quantity(value: &Json) -> Vec<(&'static str, Value)> {
    let mut fields = Vec::new();
    for (name, key) in [
        ("value", "number"),
        ("to", "to"),
        ("qualifier", "qualifier"),
    ] {
        if let Some(text) = text(value, key) {
            let said = match name {
                "qualifier" => Value::Words(text.to_owned()),
                _ => Value::Plain(text.to_owned()),
            };
            fields.push((name, said));
        }
    }
    fields
}

fn push_words(fields: &mut Vec<(&'static str, Value)>, name: &'static str, words: Option<&str>) {
    if let Some(words) = words {
        fields.push((name, Value::Words(words.to_owned())));
    }
}

fn text<'j>(item: &'j Json, name: &str) -> Option<&'j str> {
    item.get(name)?.as_str().filter(|text| !text.is_empty())
}

fn edtf(date: Option<&Json>) -> Option<&str> {
    date?.get("edtf")?.as_str()
}

/// Plain words as Markdown that says the same.
fn in_markdown(text: &str) -> String {
    let mut markdown = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(
            c,
            '\\' | '*' | '_' | '`' | '[' | ']' | '<' | '>' | '#' | '~' | '|' | '&' | '$'
        ) {
            markdown.push('\\');
        }
        markdown.push(c);
    }
    markdown
}
