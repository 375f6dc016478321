//! Turns a tree of YAML into records as written, and puts every fault at its own key or value.
//!
//! What a field accepts is in its declaration (see `schema`), and nowhere else. A fault invalidates only its own value:
//! the fields around it are read, so that one run shows all faults of a record.

mod commas;
mod help;
mod named;
mod path;
mod short;
mod value;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::ops::Range;

use super::locate::{Entry, Node, Tree};
use super::schema::{Field, Group, Need, Record};
use super::tree::{ParsedTree, RefusalKind};
use super::yaml::Yaml;
use super::{syntax, unknown};
use crate::diag::{Code, Diagnostic, Span};
use help::{first_field, kind};

pub use named::Named;
pub use short::{RawSources, Refs, Switch};
pub(super) use value::Value;
pub use value::{Notes, Words};

/// Reads a tree and collects its faults.
pub struct Reader<'a> {
    yaml: &'a Yaml<'a>,
    faults: Vec<Diagnostic>,
}

/// Reads a whole text: what it says, and everything that is wrong with it, in the order of the text.
pub(super) fn read<R: Record>(yaml: &Yaml<'_>, reading: &ParsedTree) -> (R, Vec<Diagnostic>) {
    let mut reader = Reader {
        yaml,
        faults: Vec::new(),
    };
    let record = reader.whole(&reading.tree);
    let mut faults = reader.faults;
    for refusal in &reading.refusals {
        // `title: {{ page }}` is one fault: a mapping in place of text.
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
    faults.sort_by(|a, b| a.place.cmp(&b.place));
    (record, faults)
}

impl Reader<'_> {
    pub(super) fn fault(
        &mut self,
        code: Code,
        range: Range<usize>,
        message: String,
    ) -> &mut Diagnostic {
        let place = self.yaml.at(range);
        self.faults.push(Diagnostic::new(code, place, message));
        self.faults.last_mut().expect("a fault was just put in")
    }

    fn whole<R: Record>(&mut self, tree: &Tree) -> R {
        let name = R::GROUP.name;
        let mut record = R::default();
        let first_line = self.yaml.first_line();
        match &tree.node {
            Node::Map(entries) => return self.record(entries, first_line),
            Node::Null => return self.record(&[], first_line),
            Node::Refused => {}
            Node::Scalar(_) => self.faults.push(syntax::no_fields(self.yaml)),
            Node::List(_) => {
                let message = format!("{name} should be fields, not a list");
                let help = "start with `title: …`; a list stands below the key that names it, such as `events:`";
                self.fault(Code::WrongType, first_line, message).help = Some(help.to_owned());
            }
        }
        record.faulty().set_whole();
        record
    }

    /// Reads the fields of a mapping; `place` is its whole range.
    pub(super) fn record<R: Record>(&mut self, entries: &[Entry], place: Range<usize>) -> R {
        let mut record = R::default();
        self.duplicates(entries);
        let torn = self.torn(R::GROUP, entries);
        let mut written: Vec<&str> = Vec::new();
        for (index, entry) in entries.iter().enumerate() {
            if torn.pieces.contains(&index) {
                continue;
            }
            let (field, is_slip) = match R::GROUP.field(&entry.key) {
                Some(field) => (Some(field), false),
                None => (self.unknown(R::GROUP, entries, entry), true),
            };
            let Some(field) = field else { continue };
            if written.contains(&field.name) || is_blank(&entry.value) {
                continue;
            }
            written.push(field.name);
            let n_faults = self.faults.len();
            let is_read = !torn.owners.contains(&index) && record.set(field, &entry.value, self);
            if is_slip {
                // Only the key is at fault; its contents are checked once the key is right.
                self.faults.truncate(n_faults);
            }
            if is_slip || !is_read {
                record.faulty().add(field.name);
            }
        }
        self.missing(R::GROUP, &written, place);
        record
    }

    fn missing(&mut self, group: Group, written: &[&str], place: Range<usize>) {
        let required = group
            .fields
            .iter()
            .filter(|field| field.about.need == Need::Required && !written.contains(&field.name));
        for Field { name, .. } in required {
            let message = format!("`{name}` is missing");
            self.fault(Code::MissingField, place.clone(), message).help =
                Some(format!("add `{name}:`"));
        }
    }

    /// Reports an unknown key; returns the field that was meant, if that isn't there under its own name.
    fn unknown(
        &mut self,
        group: Group,
        entries: &[Entry],
        entry: &Entry,
    ) -> Option<&'static Field> {
        let (fault, meant) = unknown::fault(self.yaml, entry, group)?;
        self.faults.push(fault);
        meant.filter(|field| !entries.iter().any(|entry| entry.key == field.name))
    }

    pub(super) fn duplicates(&mut self, entries: &[Entry]) {
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

    /// Reads an item of a list of records. One that can't be read keeps its position in the list.
    pub(super) fn item<R: Record>(&mut self, list: &str, item: &Tree) -> R {
        match &item.node {
            Node::Map(entries) => return self.record(entries, item.span.clone()),
            Node::Refused => {}
            Node::Null => self.empty_item(list, item),
            Node::Scalar(_) | Node::List(_) => {
                let message = format!("an item of `{list}` should be fields, not {}", kind(item));
                let first = first_field(R::GROUP);
                let help = format!("write `- {first}: …`, and the other fields below `{first}`");
                self.fault(Code::WrongType, item.span.clone(), message).help = Some(help);
            }
        }
        let mut record = R::default();
        record.faulty().set_whole();
        record
    }

    pub(super) fn empty_item(&mut self, list: &str, item: &Tree) {
        let message = format!("an item of `{list}` is empty");
        let help = "write something behind the hyphen, or remove it".to_owned();
        self.fault(Code::WrongType, item.span.clone(), message).help = Some(help);
    }
}

/// Whether a value is empty.
fn is_blank(value: &Tree) -> bool {
    match &value.node {
        Node::Null => true,
        Node::Scalar(text) => text.trim().is_empty(),
        Node::List(_) | Node::Map(_) | Node::Refused => false,
    }
}
