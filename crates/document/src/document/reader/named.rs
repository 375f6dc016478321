//! Mappings by names that the writer chooses.

use super::{Reader, Value};
use crate::document::locate::{Node, Tree};
use crate::document::schema::{Field, Record, Shape};
use crate::document::translation::Translating;

/// Mappings by names that the writer chooses, in order.
#[derive(Clone, Debug, PartialEq)]
pub struct Named<R>(pub Vec<(String, R)>);

impl<R> Default for Named<R> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<R: Record> Value for Named<R> {
    const SHAPE: Shape = Shape::Named(R::GROUP);

    fn read(field: &Field, value: &Tree, reader: &mut Reader<'_>) -> Option<Self> {
        let Node::Map(entries) = &value.node else {
            reader.wrong(field, value);
            return None;
        };
        reader.duplicates(entries);
        let named = entries.iter().map(|entry| {
            let record = match &entry.value.node {
                Node::Map(fields) => reader.record(fields, entry.value.span.clone()),
                Node::Null => R::default(),
                Node::Scalar(_) | Node::List(_) | Node::Refused => {
                    reader.wrong_fields(R::GROUP, &entry.key, &entry.value);
                    let mut record = R::default();
                    record.faulty().set_whole();
                    record
                }
            };
            (entry.key.clone(), record)
        });
        Some(Self(named.collect()))
    }

    fn translate(&mut self, _: &Self, _: &Field, _: &mut Translating<'_>) {}
}
