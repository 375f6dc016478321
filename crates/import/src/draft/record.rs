//! A record that is on its way into a page's front matter.

use crate::model::RecordKind;

use super::super::speakers::Confidence;

/// A record with its fields in the order in which they are written.
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
    /// A date, a number, an id: text that YAML needs no marks for.
    Plain(String),
    /// `true`.
    Yes,
    /// Nothing: for the writer to fill in.
    Empty,
    /// Several in one line.
    List(Vec<Value>),
    /// A mapping in one line.
    Map(Vec<(&'static str, Value)>),
    /// A mapping per line.
    Rows(Vec<Vec<(&'static str, Value)>>),
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

    /// Adds a field if there is something to say.
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

    /// Says what the record rests on, how sure it is, and that somebody has to look at it.
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

    /// Says how sure the record is, and that somebody has to look at it.
    pub(crate) fn ask_for_review(&mut self, confidence: Confidence) {
        self.set("confidence", Value::Plain(confidence.name().to_owned()));
        self.set("review", Value::Yes);
    }
}
