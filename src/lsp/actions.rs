//! Offers to fix faults that have only one answer.

use std::collections::BTreeMap;
use std::ops::Range;

use serde_json::{Value, json};

use super::faults::{diagnostic, faults_in};
use super::view::View;
use crate::diag::{Diagnostic, Span};
use crate::project::SourcePath;

/// The fixes for faults in a range of a file, and one for all faults in the file.
pub(super) fn actions(view: &View, path: &SourcePath, range: Range<usize>) -> Option<Value> {
    let text = view.text(path)?;
    let faults = faults_in(view, path);
    let fixes: Vec<(&Diagnostic, Span, &str)> = faults
        .iter()
        .filter_map(|fault| {
            let (span, new) = fault.edit(text.text())?;
            Some((fault, span, new))
        })
        .collect();
    let edit = |edits: Vec<(Span, String)>| view.edits(&BTreeMap::from([(path.clone(), edits)]));
    let touches = |fault: &Diagnostic| {
        let span = fault.place.span.unwrap_or_default();
        span.start as usize <= range.end && range.start <= span.end as usize
    };
    let here = fixes.iter().filter(|(fault, ..)| touches(fault));
    let single = here.map(|(fault, span, new)| {
        let old = &text.text()[span.start as usize..span.end as usize];
        let title = if new.is_empty() {
            "Remove it".to_owned()
        } else {
            format!("Write `{}` for `{}`", new.trim(), old.trim())
        };
        json!({
            "title": title,
            "kind": "quickfix",
            "isPreferred": true,
            "diagnostics": [diagnostic(view, fault)],
            "edit": edit(vec![(*span, (*new).to_owned())]),
        })
    });
    let mut actions: Vec<Value> = single.collect();
    let all: BTreeMap<Span, String> = fixes
        .iter()
        .map(|(_, span, new)| (*span, (*new).to_owned()))
        .collect();
    if !all.is_empty() {
        actions.push(json!({
            "title": "Fix all that has one answer",
            "kind": "source.fixAll.nutgraf",
            "edit": edit(all.into_iter().collect()),
        }));
    }
    Some(Value::from(actions))
}
