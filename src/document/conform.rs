//! A YAML text against the table of its fields: every fault, each at its own key or value.

use std::collections::BTreeMap;
use std::ops::Range;

use super::lines::quoted;
use super::locate::{Entry, Node, Tree};
use super::schema::{Field, Shape, field};
use super::tree::{ParsedTree, RefusalKind};
use super::yaml::Yaml;
use super::{syntax, unknown};
use crate::diag::{Code, Diagnostic, Span};

/// Every fault that a text has by its table, and what the format refuses of YAML.
pub(super) fn faults(yaml: &Yaml<'_>, reading: &ParsedTree) -> Vec<Diagnostic> {
    let mut conform = Conform {
        yaml,
        faults: Vec::new(),
    };
    conform.whole(&reading.tree);
    let mut faults = conform.faults;
    for refusal in &reading.refusals {
        // `title: {{ page }}` is one fault: a mapping where text should be.
        let span = Span::new(refusal.span.start, refusal.span.end);
        let is_inside = |outer: Span| outer.start <= span.start && span.end <= outer.end;
        let is_known = refusal.kind == RefusalKind::Key
            && faults
                .iter()
                .any(|fault| fault.place.span.is_some_and(is_inside));
        if !is_known {
            faults.push(syntax::refused(yaml, refusal));
        }
    }
    faults
}

struct Conform<'a> {
    yaml: &'a Yaml<'a>,
    faults: Vec<Diagnostic>,
}

impl Conform<'_> {
    fn fault(&mut self, code: Code, range: Range<usize>, message: String) -> &mut Diagnostic {
        let place = self.yaml.at(range);
        self.faults.push(Diagnostic::new(code, place, message));
        self.faults.last_mut().expect("a fault was just put in")
    }

    fn whole(&mut self, tree: &Tree) {
        let format = self.yaml.format;
        match &tree.node {
            Node::Map(entries) => self.map(entries, format.fields(), format.name()),
            Node::Null => {}
            Node::Scalar(_) => self.faults.push(syntax::no_fields(self.yaml)),
            Node::List(_) => {
                let message = format!("{} should be fields, not a list", format.name());
                let help = "start with `title: …`; a list stands below the key that names it, such as `events:`";
                let first_line = self.yaml.first_line();
                self.fault(Code::WrongType, first_line, message).help = Some(help.to_owned());
            }
        }
    }

    fn map(&mut self, entries: &[Entry], fields: &'static [Field], owner: &str) {
        self.duplicates(entries);
        for entry in entries {
            match field(fields, &entry.key) {
                Some(field) => self.value(field, entry),
                None => {
                    let unknown = unknown::fault(self.yaml, entry, fields, owner);
                    self.faults.extend(unknown);
                }
            }
        }
    }

    fn duplicates(&mut self, entries: &[Entry]) {
        let mut first_uses: BTreeMap<&str, &Range<usize>> = BTreeMap::new();
        for Entry { key, key_span, .. } in entries {
            let Some(first) = first_uses.get(key.as_str()).copied() else {
                first_uses.insert(key, key_span);
                continue;
            };
            if key.is_empty() {
                continue;
            }
            let first = self.yaml.at(first.clone());
            let fault = self.fault(
                Code::DuplicateField,
                key_span.clone(),
                format!("`{key}` is there twice"),
            );
            "the second time".clone_into(&mut fault.label);
            fault.related.push((first, "the first time".to_owned()));
            fault.help = Some("remove one of the two, or join them".to_owned());
        }
    }

    fn value(&mut self, field: &'static Field, entry: &Entry) {
        let Entry {
            value, key_span, ..
        } = entry;
        let name = field.name;
        match (field.shape, &value.node) {
            (_, Node::Null) | (Shape::Scalar | Shape::Words | Shape::Refs(_), Node::Scalar(_)) => {}
            (Shape::Any, _) => self.any(value),
            (Shape::Flag, Node::Scalar(_)) => self.flag(name, value),
            (Shape::Map(fields), Node::Map(entries)) => {
                self.map(entries, fields, &format!("`{name}`"));
            }
            (Shape::Refs(fields), Node::Map(entries)) => {
                self.reference(name, fields, value, entries);
            }
            (Shape::Words, Node::List(items)) => {
                for item in items {
                    self.word(name, item);
                }
            }
            (Shape::Records(fields), Node::List(items)) => {
                for item in items {
                    self.record(name, fields, item);
                }
            }
            (Shape::Refs(fields), Node::List(items)) => {
                for item in items {
                    self.reference_item(name, fields, item);
                }
            }
            (Shape::Scalar | Shape::Flag | Shape::Words | Shape::Map(_) | Shape::Records(_), _) => {
                self.wrong(field, value, key_span);
            }
        }
    }

    fn flag(&mut self, name: &str, value: &Tree) {
        let written = &self.yaml.text[value.span.clone()];
        if matches!(
            written,
            "true" | "True" | "TRUE" | "false" | "False" | "FALSE"
        ) {
            return;
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
        let help = meant.map(|flag| format!("write `{name}: {flag}`"));
        self.fault(Code::WrongType, value.span.clone(), message)
            .help = help;
    }

    fn word(&mut self, name: &str, item: &Tree) {
        if let Node::List(_) | Node::Map(_) = item.node {
            let message = format!("an item of `{name}` should be text, not {}", kind(item));
            let help = self.as_text(item);
            self.fault(Code::WrongType, item.span.clone(), message).help = Some(help);
        } else {
            self.empty_item(name, item);
        }
    }

    fn empty_item(&mut self, name: &str, item: &Tree) {
        if let Node::Null = item.node {
            let message = format!("an item of `{name}` is empty");
            let help = "write something behind the hyphen, or remove it".to_owned();
            self.fault(Code::WrongType, item.span.clone(), message).help = Some(help);
        }
    }

    fn record(&mut self, name: &str, fields: &'static [Field], item: &Tree) {
        match &item.node {
            Node::Map(entries) => self.map(entries, fields, &format!("an item of `{name}`")),
            Node::Null => self.empty_item(name, item),
            Node::Scalar(_) | Node::List(_) => {
                let message = format!("an item of `{name}` should be fields, not {}", kind(item));
                let first = first_field(fields);
                let help = format!("write `- {first}: …`, and the other fields below `{first}`");
                self.fault(Code::WrongType, item.span.clone(), message).help = Some(help);
            }
        }
    }

    fn reference(&mut self, name: &str, fields: &'static [Field], value: &Tree, entries: &[Entry]) {
        self.map(entries, fields, &format!("`{name}`"));
        let Some(first) = fields.first().map(|field| field.name) else {
            return;
        };
        let has_first = entries
            .iter()
            .any(|entry| entry.key == first && entry.value.node != Node::Null);
        if !has_first {
            let names: Vec<String> = fields.iter().map(|f| format!("{}: …", f.name)).collect();
            let message = format!("`{name}` has no `{first}`");
            let help = format!("write `{{{}}}`", names.join(", "));
            self.fault(Code::MissingField, value.span.clone(), message)
                .help = Some(help);
        }
    }

    fn reference_item(&mut self, name: &str, fields: &'static [Field], item: &Tree) {
        match &item.node {
            Node::Map(entries) => self.reference(name, fields, item, entries),
            Node::Null => self.empty_item(name, item),
            Node::Scalar(_) => {}
            Node::List(_) => {
                let message = format!("an item of `{name}` should be text or fields, not a list");
                let help = "remove the inner brackets or hyphens".to_owned();
                self.fault(Code::WrongType, item.span.clone(), message).help = Some(help);
            }
        }
    }

    fn any(&mut self, tree: &Tree) {
        match &tree.node {
            Node::Null | Node::Scalar(_) => {}
            Node::List(items) => items.iter().for_each(|item| self.any(item)),
            Node::Map(entries) => {
                self.duplicates(entries);
                entries.iter().for_each(|entry| self.any(&entry.value));
            }
        }
    }

    fn wrong(&mut self, field: &'static Field, value: &Tree, key_span: &Range<usize>) {
        let name = field.name;
        let (expected, help) = match field.shape {
            Shape::Scalar => ("text", self.as_text_of(name, value)),
            Shape::Words => ("text or a list", self.as_text_of(name, value)),
            Shape::Flag => (
                "`true` or `false`",
                format!("write `{name}: true` or `{name}: false`"),
            ),
            Shape::Map(fields) => {
                let first = first_field(fields);
                (
                    "fields",
                    format!("write `{first}: …` below `{name}:`, indented by two spaces"),
                )
            }
            Shape::Records(fields) => {
                let first = first_field(fields);
                let help = format!(
                    "start each record with a hyphen: `- {first}: …`, and indent its other fields by two more spaces"
                );
                ("a list of records", help)
            }
            Shape::Refs(_) | Shape::Any => return,
        };
        let span = if value.span.is_empty() {
            key_span.clone()
        } else {
            value.span.clone()
        };
        let message = format!("`{name}` should be {expected}, not {}", kind(value));
        self.fault(Code::WrongType, span, message).help = Some(help);
    }

    /// How to write a list or mapping if it is meant as the text of a field.
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
            Node::Map(_) | Node::Scalar(_) | Node::Null => {
                format!("if it is text, write `{name}: >-` and leave the text below it, indented")
            }
        }
    }

    /// How to write an item of a list if it is meant as text.
    fn as_text(&self, item: &Tree) -> String {
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

/// The field that a record is best started with.
fn first_field(fields: &'static [Field]) -> &'static str {
    let required = fields.iter().find(|field| field.is_required);
    required
        .or(fields.first())
        .map_or("title", |field| field.name)
}

fn kind(tree: &Tree) -> &'static str {
    match tree.node {
        Node::Null => "nothing",
        Node::Scalar(_) => "text",
        Node::List(_) => "a list",
        Node::Map(_) => "a mapping",
    }
}

/// The beginning of a text, for a message.
fn excerpt(text: &str) -> String {
    let line = text.lines().next().unwrap_or_default();
    match line.char_indices().nth(40) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line.to_owned(),
    }
}
