//! Gives a record another id everywhere it is mentioned, or nowhere if that would break something.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::Value;

use super::look::{mentions_of, place_of, record_at};
use super::view::View;
use super::wire::Refusal;
use crate::check::Known;
use crate::diag::{Code, Diagnostics, Severity, Span};
use crate::edition::{Depth, Edition};
use crate::evidence::LOCK;
use crate::model::RecordKind;
use crate::project::{Snapshot, SourcePath};

type Edits = BTreeMap<SourcePath, Vec<(Span, String)>>;

/// The range that would be replaced and its text; `None` if no record is mentioned at the offset.
pub(super) fn prepare(view: &View, path: &SourcePath, offset: usize) -> Option<Value> {
    let (known, span) = record_at(view, path, offset)?;
    let text = view.text(path)?;
    let span = name_in(text.text(), span, &known.id)?;
    Some(serde_json::json!({ "range": text.range(span), "placeholder": known.id }))
}

/// The edits that give the record at an offset another id.
pub(super) fn rename(
    view: &View,
    path: &SourcePath,
    offset: usize,
    new: &str,
) -> Result<Value, Refusal> {
    let refused = |why: String| Refusal::Failed(why);
    let Some((known, _)) = record_at(view, path, offset) else {
        return Err(refused("no record is named here".to_owned()));
    };
    let slug = crate::project::slugify(new);
    if slug != new {
        return Err(refused(if slug.is_empty() {
            format!("`{new}` can't be an id: use letters, digits and hyphens")
        } else {
            format!("`{new}` can't be an id; `{slug}` can")
        }));
    }
    if new == known.id {
        return Ok(view.edits(&Edits::new()));
    }
    let edits = edits(view, &known, new);
    refuse_new_faults(&view.edition, &edits)?;
    Ok(view.edits(&edits))
}

fn edits(view: &View, known: &Known, new: &str) -> Edits {
    let mut edits = Edits::new();
    for (path, mentions) in mentions_of(view, known) {
        let new = mentions
            .into_iter()
            .map(|mention| (mention.span, new.to_owned()));
        edits.insert(path, new.collect());
    }
    let path = &known.document.path;
    let own = own_edit(known, new);
    edits.entry(path.clone()).or_default().extend(own);
    let lock = SourcePath::new(LOCK);
    if let Some(file) = view.edition.snapshot().get(&lock) {
        let text = String::from_utf8_lossy(&file.bytes);
        let in_lock = in_lock(&text, known, new);
        if !in_lock.is_empty() {
            edits.insert(lock, in_lock);
        }
    }
    for edits in edits.values_mut() {
        edits.sort();
        edits.dedup();
    }
    edits
}

/// The edit of the record itself: another id, or its first explicit one.
fn own_edit(known: &Known, new: &str) -> Option<(Span, String)> {
    let text = known.document.text();
    let place = place_of(known);
    let span = place.span?;
    if place == known.document.place(&known.record.key("id"))
        && let Some(span) = name_in(text, span, &known.id)
        && known.document.place(&known.record) != place
    {
        return Some((span, new.to_owned()));
    }
    let start = known.document.place(&known.record).span?.start as usize;
    let is_flow = text[start..].starts_with('{');
    if is_flow {
        return Some((Span::new(start + 1, start + 1), format!("id: {new}, ")));
    }
    let line = text[..start].rfind(['\n', '\r']).map_or(0, |at| at + 1);
    let end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let indent = " ".repeat(start - line);
    Some((Span::new(start, start), format!("id: {new}{end}{indent}")))
}

/// The place of a name within a range, without quotation marks.
fn name_in(text: &str, span: Span, name: &str) -> Option<Span> {
    let marked = text.get(span.start as usize..span.end as usize)?;
    let start = span.start as usize + marked.find(name)?;
    Some(Span::new(start, start + name.len()))
}

/// The edits of `evidence.lock`, which identifies records and sources by folder and id.
fn in_lock(text: &str, known: &Known, new: &str) -> Vec<(Span, String)> {
    let folder = match known.document.path.folder().split_once('/') {
        Some((_, below)) => below.to_owned(),
        None => ".".to_owned(),
    };
    let old = &known.id;
    let is_source = known.kind == RecordKind::Source;
    let claim = format!("claim {folder} {} {old} ", known.kind.name());
    let source = format!("source {folder} {old} ");
    let named = format!(" source={folder}#{old} ");
    let mut edits = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let start = match line {
            _ if is_source && line.starts_with(&source) => Some(source.len()),
            _ if !is_source && line.starts_with(&claim) => Some(claim.len()),
            _ if is_source && line.starts_with("claim ") => {
                line.find(&named).map(|found| found + named.len())
            }
            _ => None,
        };
        if let Some(end) = start {
            let end = at + end - 1;
            edits.push((Span::new(end - old.len(), end), new.to_owned()));
        }
        at += line.len();
    }
    edits
}

/// Tries the edits on a copy of the project, and rejects them if they cause a new fault.
fn refuse_new_faults(edition: &Edition, edits: &Edits) -> Result<(), Refusal> {
    let mut after: Snapshot = (**edition.snapshot()).clone();
    for (path, edits) in edits {
        let Some(file) = after.get(path) else {
            continue;
        };
        let mut text = String::from_utf8_lossy(&file.bytes).into_owned();
        for (span, new) in edits.iter().rev() {
            text.replace_range(span.start as usize..span.end as usize, new);
        }
        after.put(path, text.as_bytes());
    }
    let before = counted(&edition.faults(Depth::Evidence));
    let after = Edition::new(Arc::new(after), edition.settings().clone()).faults(Depth::Evidence);
    let mut left = before;
    let after = after.sorted().into_iter();
    let new = after.filter(|fault| {
        let known = left.get_mut(&(fault.place.file.clone(), fault.code));
        match known.filter(|n| **n > 0) {
            Some(n) => {
                *n -= 1;
                false
            }
            None => fault.code.severity() != Severity::Hint,
        }
    });
    // If the id is taken, that explains everything else.
    match new.min_by_key(|fault| fault.code != Code::DuplicateId) {
        Some(fault) => Err(Refusal::Failed(format!(
            "that would break `{}`: {}",
            fault.place.file, fault.message
        ))),
        None => Ok(()),
    }
}

/// How many faults of each kind a file has, ignoring hints.
fn counted(faults: &Diagnostics) -> BTreeMap<(SourcePath, Code), usize> {
    let mut counted = BTreeMap::new();
    for fault in faults.sorted() {
        *counted
            .entry((fault.place.file.clone(), fault.code))
            .or_default() += 1;
    }
    counted
}
