//! Mappings for which there is a shorter form: a word in place of their first field, `true` or `false` in place of all.

use super::{Reader, Value};
use crate::diag::Code;
use crate::document::locate::{Entry, Node, Tree};
use crate::document::schema::{
    Field, RawFooterLink, RawMenuItem, RawMenuLink, RawSourceRef, Record, Shape,
};
use crate::document::translation::Translating;

/// The value of `source:`: an id, a list of ids, or `{id, passage}`, alone or in a list.
pub type RawSources = Refs<RawSourceRef>;

/// A word, a mapping, or a list of both. A word is short for the first field.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Refs<T>(pub Vec<T>);

/// `true` or `false` for whether a thing is there, or a mapping with its fields.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Switch<R> {
    /// Whether it is there; `None` if that isn't said.
    pub is_on: Option<bool>,
    /// Its fields.
    pub fields: R,
}

/// A mapping that can be shortened to its first field.
pub(super) trait Short: Record {
    /// The mapping that a word is short for.
    fn from_word(word: String) -> Self;
}

impl Short for RawSourceRef {
    fn from_word(word: String) -> Self {
        Self {
            id: word,
            ..Self::default()
        }
    }
}

impl Short for RawMenuItem {
    fn from_word(word: String) -> Self {
        Self {
            page: Some(word),
            ..Self::default()
        }
    }
}

impl Short for RawMenuLink {
    fn from_word(word: String) -> Self {
        Self {
            page: Some(word),
            ..Self::default()
        }
    }
}

impl Short for RawFooterLink {
    fn from_word(word: String) -> Self {
        Self {
            page: Some(word),
            ..Self::default()
        }
    }
}

impl<R: Record + Clone> Value for Switch<R> {
    const SHAPE: Shape = Shape::Switch(R::GROUP);

    fn read(field: &Field, value: &Tree, reader: &mut Reader<'_>) -> Option<Self> {
        match &value.node {
            Node::Null => Some(Self::default()),
            Node::Map(entries) => Some(Self {
                is_on: Some(true),
                fields: reader.record(entries, value.span.clone()),
            }),
            Node::Scalar(_) => Some(Self {
                is_on: Some(reader.flag(field.name, value)?),
                fields: R::default(),
            }),
            Node::Refused => None,
            Node::List(_) => {
                reader.wrong(field, value);
                None
            }
        }
    }

    fn translate(&mut self, original: &Self, _: &Field, translating: &mut Translating<'_>) {
        self.is_on = self.is_on.or(original.is_on);
        Record::translate(&mut self.fields, &original.fields, translating);
    }
}

impl<T: Short + Clone + PartialEq> Value for Refs<T> {
    const SHAPE: Shape = Shape::Refs(T::GROUP);

    fn read(field: &Field, value: &Tree, reader: &mut Reader<'_>) -> Option<Self> {
        let name = field.name;
        match &value.node {
            Node::Null => Some(Self::default()),
            Node::Scalar(text) => {
                let text = reader.text(value, text)?;
                Some(Self(vec![T::from_word(text)]))
            }
            Node::Map(entries) => Some(Self(vec![reader.reference(name, entries, value)])),
            Node::List(items) => Some(Self(
                items
                    .iter()
                    .map(|item| reader.ref_item(name, item))
                    .collect(),
            )),
            Node::Refused => None,
        }
    }

    fn translate(&mut self, original: &Self, _: &Field, translating: &mut Translating<'_>) {
        match self.0.is_empty() {
            true => self.clone_from(original),
            false => translating.share(self, original),
        }
    }
}

impl Reader<'_> {
    /// A mapping that is a single reference.
    fn reference<T: Short>(&mut self, name: &str, entries: &[Entry], value: &Tree) -> T {
        let fields = T::GROUP.fields;
        let first = fields.first().map_or("", |field| field.name);
        let n_faults = self.faults.len();
        let record: T = self.record(entries, value.span.clone());
        let missing = self.faults[n_faults..]
            .iter_mut()
            .find(|fault| fault.code == Code::MissingField);
        if let Some(fault) = missing {
            let names: Vec<String> = fields.iter().map(|f| format!("{}: …", f.name)).collect();
            fault.message = format!("`{name}` has no `{first}`");
            fault.help = Some(format!("write `{{{}}}`", names.join(", ")));
        }
        record
    }

    fn ref_item<T: Short>(&mut self, name: &str, item: &Tree) -> T {
        match &item.node {
            Node::Map(entries) => return self.reference(name, entries, item),
            Node::Scalar(text) => {
                if let Some(text) = self.text(item, text) {
                    return T::from_word(text);
                }
            }
            Node::Null => self.empty_item(name, item),
            Node::Refused => {}
            Node::List(_) => {
                let message = format!("an item of `{name}` should be text or fields, not a list");
                let help = "remove the inner brackets or hyphens".to_owned();
                self.fault(Code::WrongType, item.span.clone(), message).help = Some(help);
            }
        }
        let mut reference = T::default();
        reference.faulty().set_whole();
        reference
    }
}
