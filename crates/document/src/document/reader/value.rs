//! Reads the value of a field, according to the type that holds it.

use serde_json::{Map, Number, Value as Json};

use super::Reader;
use super::help::{excerpt, kind};
use crate::diag::Code;
use crate::document::locate::{Node, Tree};
use crate::document::schema::{Field, Record, Shape};
use crate::document::script::without_joints;
use crate::document::translation::Translating;

/// A type that holds the value of a field as written.
pub(crate) trait Value: Sized + Default {
    /// The shape that it is read from.
    const SHAPE: Shape;

    /// Reads a value that isn't empty; `None` if it has faults, which are then in `reader`.
    fn read(field: &Field, value: &Tree, reader: &mut Reader<'_>) -> Option<Self>;

    /// Makes what a translation says whole by what its original says.
    fn translate(&mut self, original: &Self, field: &Field, translating: &mut Translating<'_>);
}

/// A list of words; a single word is a list of one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words(pub Vec<String>);

/// A field for the writers only, which isn't read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Notes;

impl Value for Option<String> {
    const SHAPE: Shape = Shape::Scalar;

    fn read(field: &Field, value: &Tree, reader: &mut Reader<'_>) -> Option<Self> {
        match &value.node {
            Node::Scalar(text) => {
                let text = reader.text(value, text)?;
                reader.is_fit(field, value, &text).then_some(Some(text))
            }
            Node::Null => Some(None),
            Node::Refused => None,
            Node::List(_) | Node::Map(_) => {
                reader.wrong(field, value);
                None
            }
        }
    }

    fn translate(&mut self, original: &Self, field: &Field, translating: &mut Translating<'_>) {
        match (&self, original) {
            (None, Some(words)) => *self = Some(translating.words(field, words)),
            (Some(_), _) if translating.shares(field) => translating.share(self, original),
            _ => {}
        }
    }
}

/// Text that is never left out; empty if it has faults.
impl Value for String {
    const SHAPE: Shape = Shape::Scalar;

    fn read(field: &Field, value: &Tree, reader: &mut Reader<'_>) -> Option<Self> {
        Option::read(field, value, reader).flatten()
    }

    fn translate(&mut self, original: &Self, _: &Field, translating: &mut Translating<'_>) {
        translating.share(self, original);
    }
}

impl Value for bool {
    const SHAPE: Shape = Shape::Flag;

    fn read(field: &Field, value: &Tree, reader: &mut Reader<'_>) -> Option<Self> {
        match &value.node {
            Node::Scalar(_) => reader.flag(field.name, value),
            Node::Null => Some(false),
            Node::Refused => None,
            Node::List(_) | Node::Map(_) => {
                reader.wrong(field, value);
                None
            }
        }
    }

    fn translate(&mut self, original: &Self, _: &Field, _: &mut Translating<'_>) {
        *self |= original;
    }
}

impl Value for Option<bool> {
    const SHAPE: Shape = Shape::Flag;

    fn read(field: &Field, value: &Tree, reader: &mut Reader<'_>) -> Option<Self> {
        match &value.node {
            Node::Null => Some(None),
            _ => bool::read(field, value, reader).map(Some),
        }
    }

    fn translate(&mut self, original: &Self, _: &Field, _: &mut Translating<'_>) {
        *self = self.or(*original);
    }
}

impl Value for Words {
    const SHAPE: Shape = Shape::Words;

    fn read(field: &Field, value: &Tree, reader: &mut Reader<'_>) -> Option<Self> {
        match &value.node {
            Node::Scalar(text) => {
                let text = reader.text(value, text)?;
                reader.is_fit(field, value, &text).then(|| Self(vec![text]))
            }
            Node::Null => Some(Self::default()),
            Node::Refused => None,
            Node::List(items) => {
                let words: Vec<Option<String>> = items
                    .iter()
                    .map(|item| {
                        let word = reader.word(field.name, item)?;
                        reader.is_fit(field, item, &word).then_some(word)
                    })
                    .collect();
                words.into_iter().collect::<Option<Vec<String>>>().map(Self)
            }
            Node::Map(_) => {
                reader.wrong(field, value);
                None
            }
        }
    }

    fn translate(&mut self, original: &Self, field: &Field, translating: &mut Translating<'_>) {
        if self.0.is_empty() {
            let words = original.0.iter();
            self.0 = words.map(|text| translating.words(field, text)).collect();
        } else if translating.shares(field) {
            translating.share(self, original);
        }
    }
}

impl<R: Record> Value for Vec<R> {
    const SHAPE: Shape = Shape::Records(R::GROUP);

    fn read(field: &Field, value: &Tree, reader: &mut Reader<'_>) -> Option<Self> {
        match &value.node {
            Node::Null => Some(Self::new()),
            Node::List(items) => Some(
                items
                    .iter()
                    .map(|item| reader.item(field.name, item))
                    .collect(),
            ),
            Node::Refused => None,
            Node::Scalar(_) | Node::Map(_) => {
                reader.wrong(field, value);
                None
            }
        }
    }

    fn translate(&mut self, original: &Self, _: &Field, translating: &mut Translating<'_>) {
        if self.len() > original.len() {
            translating.differs();
        }
        self.truncate(original.len());
        self.resize_with(original.len(), R::default);
        for (index, (own, original)) in self.iter_mut().zip(original).enumerate() {
            translating.item(index, |translating| own.translate(original, translating));
        }
    }
}

impl<R: Record> Value for R {
    const SHAPE: Shape = Shape::Map(R::GROUP);

    fn read(field: &Field, value: &Tree, reader: &mut Reader<'_>) -> Option<Self> {
        match &value.node {
            Node::Null => Some(Self::default()),
            Node::Map(entries) => Some(reader.record(entries, value.span.clone())),
            Node::Refused => None,
            Node::Scalar(_) | Node::List(_) => {
                reader.wrong(field, value);
                None
            }
        }
    }

    fn translate(&mut self, original: &Self, _: &Field, translating: &mut Translating<'_>) {
        Record::translate(self, original, translating);
    }
}

impl Value for Notes {
    const SHAPE: Shape = Shape::Any;

    fn read(_: &Field, value: &Tree, reader: &mut Reader<'_>) -> Option<Self> {
        reader.free(value).map(|_| Self)
    }

    fn translate(&mut self, _: &Self, _: &Field, _: &mut Translating<'_>) {}
}

impl Value for Json {
    const SHAPE: Shape = Shape::Any;

    fn read(_: &Field, value: &Tree, reader: &mut Reader<'_>) -> Option<Self> {
        reader.free(value)
    }

    fn translate(&mut self, original: &Self, _: &Field, _: &mut Translating<'_>) {
        if self.is_null() {
            self.clone_from(original);
        }
    }
}

impl Reader<'_> {
    /// A text, provided that each of its characters can be shown to readers. YAML turns line ends into spaces; in Han
    /// and kana, which use none, they are removed.
    pub(super) fn text(&mut self, value: &Tree, text: &str) -> Option<String> {
        let written = &self.yaml.text[value.span.clone()];
        let hidden = text.chars().find(|c| is_control(*c));
        let Some(hidden) = hidden else {
            let is_folded = !text.is_ascii() && written.contains(['\n', '\r']);
            return Some(if is_folded {
                without_joints(text, written).into_owned()
            } else {
                text.to_owned()
            });
        };
        // A character that was typed literally was reported at its own place.
        if !written.contains(hidden) {
            let message = format!(
                "the text contains the control character U+{:04X}, which no page and no feed can show",
                u32::from(hidden)
            );
            self.fault(Code::YamlSyntax, value.span.clone(), message).help =
                Some("remove it: between double quotation marks, `\\` and what follows mean one character".to_owned());
        }
        None
    }

    pub(super) fn flag(&mut self, name: &str, value: &Tree) -> Option<bool> {
        let written = &self.yaml.text[value.span.clone()];
        match written {
            "true" | "True" | "TRUE" => return Some(true),
            "false" | "False" | "FALSE" => return Some(false),
            _ => {}
        }
        let lower = written.trim_matches(['"', '\'']).to_lowercase();
        let meant = match lower.as_str() {
            "yes" | "on" | "y" | "1" | "true" => Some(true),
            "no" | "off" | "n" | "0" | "false" => Some(false),
            _ => None,
        };
        let message = format!(
            "`{name}` should be `true` or `false`, not `{}`",
            excerpt(written)
        );
        let place = value.span.clone();
        let fault = self.fault(Code::WrongType, place, message);
        if let Some(flag) = meant {
            *fault = fault
                .clone()
                .help(format!("write `{name}: {flag}`"))
                .fix(written, flag.to_string());
        }
        None
    }

    fn word(&mut self, list: &str, item: &Tree) -> Option<String> {
        match &item.node {
            Node::Scalar(text) => return self.text(item, text),
            Node::Refused => {}
            Node::Null => self.empty_item(list, item),
            Node::List(_) | Node::Map(_) => {
                let message = format!("an item of `{list}` should be text, not {}", kind(item));
                let help = self.as_text(item);
                self.fault(Code::WrongType, item.span.clone(), message).help = Some(help);
            }
        }
        None
    }

    /// Any YAML as JSON. Keys are text; a key that occurs twice is a fault, as everywhere.
    pub(super) fn free(&mut self, tree: &Tree) -> Option<Json> {
        match &tree.node {
            Node::Null => Some(Json::Null),
            Node::Refused => None,
            Node::Scalar(text) => self.free_scalar(tree, text),
            Node::List(items) => {
                let items: Vec<Option<Json>> = items.iter().map(|item| self.free(item)).collect();
                items
                    .into_iter()
                    .collect::<Option<Vec<Json>>>()
                    .map(Json::Array)
            }
            Node::Map(entries) => {
                self.duplicates(entries);
                let fields: Vec<Option<(String, Json)>> = entries
                    .iter()
                    .map(|entry| Some((entry.key.clone(), self.free(&entry.value)?)))
                    .collect();
                let fields = fields.into_iter().collect::<Option<Map<String, Json>>>();
                fields.map(Json::Object)
            }
        }
    }

    /// The type of a scalar without a declaration: `serde_yaml` decides what is a number and what is `true`.
    fn free_scalar(&mut self, tree: &Tree, text: &str) -> Option<Json> {
        let is_plain = !self.yaml.text[tree.span.clone()].starts_with(['"', '\'', '|', '>']);
        let resolved = is_plain.then(|| serde_yaml::from_str::<serde_yaml::Value>(text));
        let message = match resolved {
            Some(Ok(serde_yaml::Value::Bool(flag))) => return Some(Json::Bool(flag)),
            Some(Ok(serde_yaml::Value::Number(number))) => match json_number(&number) {
                Some(number) => return Some(Json::Number(number)),
                None => "this isn't a number that a template could use",
            },
            Some(Err(_)) if text.bytes().all(|byte| byte.is_ascii_digit()) => {
                "a number of this size can't be kept exactly"
            }
            _ => return self.text(tree, text).map(Json::String),
        };
        let help = format!("if it is text, put it in quotation marks: `\"{text}\"`");
        self.fault(Code::WrongType, tree.span.clone(), message.to_owned())
            .help = Some(help);
        None
    }
}

fn json_number(number: &serde_yaml::Number) -> Option<Number> {
    let whole = number.as_u64().map(Number::from);
    let whole = whole.or_else(|| number.as_i64().map(Number::from));
    whole.or_else(|| Number::from_f64(number.as_f64()?))
}

/// Whether a character isn't allowed in XML 1.0 (2.2) and HTML.
fn is_control(c: char) -> bool {
    c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{85}')
        || matches!(c, '\u{fdd0}'..='\u{fdef}' | '\u{fffe}' | '\u{ffff}')
}
