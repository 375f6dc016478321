//! Finds the field that a fault is about.

use serde_json::{Value as Json, json};

use crate::diag::{Diagnostic, Severity};
use crate::document::{Document, Node, Step, Tree};

/// A fault in a document, with the path to the field that has it, or `null`.
pub(super) fn told(document: &Document, fault: &Diagnostic) -> Json {
    let start = fault.place.span.map(|span| span.start as usize);
    let at = start.and_then(|start| way(document.tree()?, start));
    json!({
        "at": at,
        "start": start,
        "line": start.map(|start| line(document.text(), start)),
        "severity": match fault.code.severity() {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Hint => "hint",
        },
        "code": fault.code.name(),
        "message": fault.message,
        "help": fault.help,
    })
}

/// The line of an offset, counted from 1.
pub(super) fn line(text: &str, at: usize) -> usize {
    let above = text.get(..at).unwrap_or_default();
    above
        .split("\r\n")
        .map(|part| part.matches(['\n', '\r']).count())
        .sum::<usize>()
        + above.matches("\r\n").count()
        + 1
}

/// The innermost value at an offset.
fn way(tree: &Tree, offset: usize) -> Option<Vec<Json>> {
    let is_here = |range: &std::ops::Range<usize>| (range.start..=range.end).contains(&offset);
    let (step, inner) = match &tree.node {
        Node::Map(entries) => {
            let mut entries = entries.iter();
            let entry =
                entries.find(|entry| is_here(&entry.key_span) || is_here(&entry.value.span))?;
            (Step::Key(entry.key.clone()), &entry.value)
        }
        Node::List(items) => {
            let index = items.iter().position(|item| is_here(&item.span))?;
            (Step::Item(index), &items[index])
        }
        Node::Null | Node::Scalar(_) | Node::Refused => return None,
    };
    let mut steps = vec![match step {
        Step::Key(name) => json!(name),
        Step::Item(index) => json!(index),
    }];
    steps.extend(way(inner, offset).unwrap_or_default());
    Some(steps)
}
