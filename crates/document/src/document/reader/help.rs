//! Values of the wrong shape, and how to write what was meant.

use super::Reader;
use crate::diag::Code;
use crate::document::lines::quoted;
use crate::document::locate::{Node, Tree};
use crate::document::schema::{Field, Group, Shape};

impl Reader<'_> {
    /// Reports a value whose shape isn't that of its field.
    pub(super) fn wrong(&mut self, field: &Field, value: &Tree) {
        let name = field.name;
        let (expected, help) = match field.shape {
            Shape::Scalar => ("text", self.as_text_of(name, value)),
            Shape::Words | Shape::Refs(_) => ("text or a list", self.as_text_of(name, value)),
            Shape::Flag => (
                "`true` or `false`",
                format!("write `{name}: true` or `{name}: false`"),
            ),
            Shape::Switch(group) => (
                "`true`, `false` or fields",
                format!(
                    "write `{name}: true`, or `{}: …` below `{name}:`, indented by two spaces",
                    first_field(group)
                ),
            ),
            Shape::Map(group) => {
                let first = first_field(group);
                (
                    "fields",
                    format!("write `{first}: …` below `{name}:`, indented by two spaces"),
                )
            }
            Shape::Named(group) => {
                let first = first_field(group);
                (
                    "names with fields",
                    format!("write a name and `:` below `{name}:`, and `{first}: …` below that"),
                )
            }
            Shape::Records(group) => {
                let first = first_field(group);
                let help = format!(
                    "start each record with a hyphen: `- {first}: …`, and indent its other fields by two more spaces"
                );
                ("a list of records", help)
            }
            Shape::Any => return,
        };
        let message = format!("`{name}` should be {expected}, not {}", kind(value));
        self.fault(Code::WrongType, value.span.clone(), message)
            .help = Some(help);
    }

    /// Reports a value that should be fields, below a name that the writer chose.
    pub(super) fn wrong_fields(&mut self, group: Group, name: &str, value: &Tree) {
        let message = format!("`{name}` should be fields, not {}", kind(value));
        let first = first_field(group);
        let help = format!("write `{first}: …` below `{name}:`, indented by two more spaces");
        self.fault(Code::WrongType, value.span.clone(), message)
            .help = Some(help);
    }

    /// How to write a list or mapping that is meant as the text of a field.
    fn as_text_of(&self, name: &str, value: &Tree) -> String {
        let written = &self.yaml.text[value.span.clone()];
        let is_one_line = !written.contains(['\n', '\r']);
        if is_one_line && written.starts_with(['[', '{']) {
            return format!(
                "if it is text, put it in quotation marks: `{name}: {}`",
                quoted(written)
            );
        }
        match value.node {
            Node::List(_) => format!("write one text behind `{name}:`, without hyphens"),
            Node::Map(_) | Node::Scalar(_) | Node::Null | Node::Refused => {
                format!("if it is text, write `{name}: >-` and leave the text below it, indented")
            }
        }
    }

    /// How to write an item of a list that is meant as text.
    pub(super) fn as_text(&self, item: &Tree) -> String {
        let written = &self.yaml.text[item.span.clone()];
        if written.contains(['\n', '\r']) {
            return "if it is text, write `- >-` and put the text below it, indented".to_owned();
        }
        format!(
            "if it is text, put it in quotation marks: `{}`",
            quoted(written)
        )
    }
}

/// The best field to start a record with.
pub(super) fn first_field(group: Group) -> &'static str {
    let required = group.fields.iter().find(|field| field.about.is_required());
    required
        .or(group.fields.first())
        .map_or("title", |field| field.name)
}

/// The kind of a value, for a message.
pub(super) fn kind(tree: &Tree) -> &'static str {
    match tree.node {
        Node::Null => "nothing",
        Node::Scalar(_) | Node::Refused => "text",
        Node::List(_) => "a list",
        Node::Map(_) => "a mapping",
    }
}

/// The beginning of a text, for a message.
pub(super) fn excerpt(text: &str) -> String {
    let line = text.lines().next().unwrap_or_default();
    match line.char_indices().nth(40) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line.to_owned(),
    }
}
