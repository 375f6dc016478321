//! A record that is about to be written into a page's front matter.

use crate::model::RecordKind;

use super::super::speakers::Confidence;

/// A record with its fields in writing order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Record {
    /// Its kind.
    pub(crate) kind: RecordKind,
    /// Its id.
    pub(crate) id: String,
    /// The rest.
    pub(crate) fields: Vec<(&'static str, Value)>,
}

/// What a field holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Value {
    /// Words: of the source, or a note for the writer.
    Words(String),
    /// A date, a number or an id: text that YAML doesn't need quoted.
    Plain(String),
    /// `true`.
    Yes,
    /// Nothing, for the writer to fill in.
    Empty,
    /// Several values on one line.
    List(Vec<Value>),
    /// A mapping on one line.
    Map(Vec<(&'static str, Value)>),
    /// One mapping per line.
    Rows(Vec<Vec<(&'static str, Value)>>),
    /// Several, each on a line of its own.
    Block(Vec<Value>),
}

impl Record {
    /// A record without fields.
    pub(crate) fn new(kind: RecordKind, id: String) -> Self {
        Self {
            kind,
            id,
            fields: Vec::new(),
        }
    }

    /// Adds a field.
    pub(crate) fn set(&mut self, name: &'static str, value: Value) {
        self.fields.push((name, value));
    }

    /// Adds a field if there are words for it.
    pub(crate) fn set_words(&mut self, name: &'static str, words: Option<&str>) {
        if let Some(words) = words.filter(|words| !words.is_empty()) {
            self.set(name, Value::Words(words.to_owned()));
        }
    }

    /// Adds a date, a number or a name if there is one.
    pub(crate) fn set_plain(&mut self, name: &'static str, text: Option<String>) {
        if let Some(text) = text.filter(|text| !text.is_empty()) {
            self.set(name, Value::Plain(text));
        }
    }

    /// Records the source, how certain the record is, and that somebody has to review it.
    pub(crate) fn rest_on(&mut self, source: &str, passage: Option<&str>, confidence: Confidence) {
        let id = Value::Plain(source.to_owned());
        let reference = match passage {
            Some(passage) => Value::Map(vec![
                ("id", id),
                ("passage", Value::Words(passage.to_owned())),
            ]),
            None => id,
        };
        self.set("source", reference);
        self.ask_for_review(confidence);
    }

    /// The text of a field; `None` if it has none.
    pub(crate) fn text_of(&self, name: &str) -> Option<&str> {
        text_of(&self.fields, name)
    }

    /// The words of its source that hold it up.
    pub(crate) fn passage(&self) -> Option<&str> {
        let mut maps = self.fields.iter().filter_map(|(_, value)| match value {
            Value::Map(fields) => Some(fields),
            _ => None,
        });
        maps.find_map(|fields| text_of(fields, "passage"))
    }

    /// Records how certain the record is, and that somebody has to review it.
    pub(crate) fn ask_for_review(&mut self, confidence: Confidence) {
        self.set("confidence", Value::Plain(confidence.name().to_owned()));
        self.set("review", Value::Yes);
    }
}

/// The text of one of some fields.
pub(crate) fn text_of<'r>(fields: &'r [(&'static str, Value)], name: &str) -> Option<&'r str> {
    let (_, value) = fields.iter().find(|(field, _)| *field == name)?;
    match value {
        Value::Words(text) | Value::Plain(text) => Some(text),
        _ => None,
    }
}
