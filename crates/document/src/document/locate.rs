//! A YAML text as a tree of values with their places.

use std::ops::Range;

/// The path to a value: `events`, `2`, `source`.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct FieldPath(pub Vec<Step>);

/// One step of a [`FieldPath`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// The value of a key.
    Key(String),
    /// An item of a list, from 0.
    Item(usize),
}

impl FieldPath {
    /// The path to a field of the front matter itself.
    pub fn field(name: &str) -> Self {
        Self(vec![Step::Key(name.to_owned())])
    }

    /// The path to one record of a list.
    pub fn item(list: &str, index: usize) -> Self {
        Self(vec![Step::Key(list.to_owned()), Step::Item(index)])
    }

    /// The path one key further down.
    #[must_use]
    pub fn key(&self, name: &str) -> Self {
        let mut steps = self.0.clone();
        steps.push(Step::Key(name.to_owned()));
        Self(steps)
    }

    /// The path one item further down.
    #[must_use]
    pub fn index(&self, index: usize) -> Self {
        let mut steps = self.0.clone();
        steps.push(Step::Item(index));
        Self(steps)
    }
}

/// A YAML text as a tree of values, each with its byte range in the file that contains it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tree {
    /// The place of the value, including quotation marks; an empty range for a missing value.
    pub span: Range<usize>,
    /// What it is.
    pub node: Node,
}

/// What a value is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Node {
    /// Nothing: no text at all, `~` or `null`.
    Null,
    /// The text, without quotation marks.
    Scalar(String),
    /// Something that YAML allows and the format doesn't, such as an alias: its value isn't known.
    Refused,
    /// Items.
    List(Vec<Tree>),
    /// Keys, each with its range, and values; a key may occur twice.
    Map(Vec<Entry>),
}

/// A key and its value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The key; empty if it isn't text.
    pub key: String,
    /// The place of the key.
    pub key_span: Range<usize>,
    /// The value.
    pub value: Tree,
}

/// The place of a field: its value, and its key if it has one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Found {
    /// The place of the value.
    pub(super) value: Range<usize>,
    /// The place of the key or, for an item of a list, of the item itself.
    pub(super) key: Range<usize>,
}

impl Tree {
    /// Whether there is something at `path` itself.
    pub(super) fn has(&self, path: &FieldPath) -> bool {
        let mut tree = self;
        path.0.iter().all(|step| {
            let below = match (step, &tree.node) {
                (Step::Key(name), Node::Map(entries)) => entries
                    .iter()
                    .find(|entry| entry.key == *name)
                    .map(|entry| &entry.value),
                (Step::Item(index), Node::List(items)) => items.get(*index),
                (Step::Item(0), Node::Scalar(_) | Node::Map(_)) => Some(tree),
                _ => None,
            };
            below.map(|below| tree = below).is_some()
        })
    }

    /// The field at `path`, or the nearest one around it that exists; `None` if not even the first step does.
    pub(super) fn find(&self, path: &FieldPath) -> Option<Found> {
        let mut tree = self;
        let mut found = None;
        for step in &path.0 {
            let key = match (step, &tree.node) {
                (Step::Key(name), Node::Map(entries)) => {
                    let Some(entry) = entries.iter().find(|entry| entry.key == *name) else {
                        break;
                    };
                    tree = &entry.value;
                    entry.key_span.clone()
                }
                (Step::Item(index), Node::List(items)) => {
                    let Some(item) = items.get(*index) else {
                        break;
                    };
                    tree = item;
                    item.span.clone()
                }
                // A single word is a list of one.
                (Step::Item(0), Node::Scalar(_) | Node::Map(_) | Node::Refused) => continue,
                (Step::Key(_) | Step::Item(_), _) => break,
            };
            let value = if tree.span.is_empty() {
                key.clone()
            } else {
                tree.span.clone()
            };
            found = Some(Found { value, key });
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::tree;

    const YAML: &str = "title: A\nsource: newsweek\nevents:\n  - date: 2025\n    text: |\n      One.\n      Two.\n  - people: [a, \"b c\"]\n    source: {id: x, passage: y}\n    title:\n";

    fn find(path: &FieldPath) -> Option<(&'static str, &'static str)> {
        let tree = tree::read(YAML, 0..YAML.len()).unwrap().tree;
        let found = tree.find(path)?;
        Some((&YAML[found.key], &YAML[found.value]))
    }

    #[test]
    fn a_field_is_found_by_its_path() {
        let second = FieldPath::item("events", 1);
        let cases = [
            (FieldPath::field("title"), "title", "A"),
            (FieldPath::item("events", 0).key("date"), "date", "2025"),
            (
                FieldPath::item("events", 0).key("text"),
                "text",
                "One.\n      Two.",
            ),
            (second.key("people").index(1), "\"b c\"", "\"b c\""),
            (second.key("people"), "people", "[a, \"b c\"]"),
            (second.key("source").key("passage"), "passage", "y"),
            (second.key("source").index(0).key("id"), "id", "x"),
            (FieldPath::field("source").index(0), "source", "newsweek"),
        ];
        for (path, key, value) in cases {
            assert_eq!(find(&path), Some((key, value)), "{path:?}");
        }
    }

    #[test]
    fn a_field_without_value_is_found_by_its_key() {
        let path = FieldPath::item("events", 1).key("title");
        assert_eq!(find(&path), Some(("title", "title")));
    }

    #[test]
    fn a_field_that_is_not_there_is_found_by_what_is_around_it() {
        let path = FieldPath::item("events", 0).key("source").key("id");
        let (_, item) = find(&path).unwrap();
        assert_eq!(item, "date: 2025\n    text: |\n      One.\n      Two.");
        assert_eq!(find(&FieldPath::field("weight")), None);
        let (key, _) = find(&FieldPath::item("events", 7)).unwrap();
        assert_eq!(key, "events");
    }
}
