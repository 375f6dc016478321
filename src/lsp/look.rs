//! Tells what something is, where it is defined, and what refers to it.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use rayon::prelude::*;
use serde_json::{Value, json};

use super::headings;
use super::mentions::{Mention, Target, file_at, mention_at, mentions, record_of, written_at};
use super::view::View;
use super::words;
use crate::check::Known;
use crate::config::CONFIG;
use crate::diag::{Place, Span};
use crate::document::schema::{FRONT_MATTER, Field, Group, Kind, SITE, Shape};
use crate::document::{Document, Format, Node, Tree, Yaml};
use crate::project::{SourcePath, is_page};

/// What is known about the thing at an offset in a file.
pub(super) fn hover(view: &View, path: &SourcePath, offset: usize) -> Option<Value> {
    let edition = &view.edition;
    let shown = |text: String, span: Option<Span>| {
        let range = span.map(|span| view.range(&Place::new(path, span)));
        json!({ "contents": { "kind": "markdown", "value": text }, "range": range })
    };
    if path.as_str() == CONFIG {
        let text = view.text(path)?;
        let tree = settings_tree(path, text.text())?;
        let spot = spot(&tree, SITE, offset)?;
        return Some(shown(words::about(spot.field), Some(spot.span())));
    }
    let document = edition.document(path)?;
    if let Some(mention) = mention_at(&document, offset) {
        let text = match record_of(edition, path, &mention.target) {
            Some(known) => Some(words::record(edition, &known)),
            None => match &mention.target {
                Target::File(file) | Target::Anchor(file, _) => {
                    file_at(edition, path, file).map(|file| words::page(edition, &file))
                }
                Target::Record(..) => None,
            },
        };
        if let Some(text) = text {
            return Some(shown(text, Some(mention.span)));
        }
    }
    let spot = spot(document.tree()?, FRONT_MATTER, offset)?;
    let is_date = matches!(spot.field.about.kind, Kind::Date | Kind::Day | Kind::Moment);
    if let (false, Node::Scalar(written)) = (spot.is_key, &spot.value.node) {
        let day = written.get(..10).unwrap_or(written);
        let date = words::date(edition, written).or_else(|| words::date(edition, day));
        if let Some(date) = date.filter(|_| is_date) {
            return Some(shown(date, Some(spot.span())));
        }
        if spot.field.name == "id"
            && let Some(known) = written_at(edition, &document, offset)
        {
            return Some(shown(words::record(edition, &known), Some(spot.span())));
        }
    }
    Some(shown(words::about(spot.field), Some(spot.span())))
}

fn settings_tree(path: &SourcePath, text: &str) -> Option<Tree> {
    let yaml = Yaml {
        file: path,
        text,
        range: 0..text.len(),
        format: Format::Site,
    };
    yaml.tree()
}

/// A field at an offset.
struct Spot<'t> {
    field: &'static Field,
    key: Range<usize>,
    value: &'t Tree,
    is_key: bool,
}

impl Spot<'_> {
    fn span(&self) -> Span {
        let range = if self.is_key {
            &self.key
        } else {
            &self.value.span
        };
        Span::new(range.start, range.end)
    }
}

/// The innermost declared field whose key or value is at an offset.
fn spot<'t>(tree: &'t Tree, group: Group, offset: usize) -> Option<Spot<'t>> {
    let is_here = |range: &Range<usize>| (range.start..=range.end).contains(&offset);
    let Node::Map(entries) = &tree.node else {
        return None;
    };
    let entry = entries
        .iter()
        .find(|entry| is_here(&entry.key_span) || is_here(&entry.value.span))?;
    let field = group.field(&entry.key)?;
    let spot = |value: &'t Tree| Spot {
        field,
        key: entry.key_span.clone(),
        value,
        is_key: is_here(&entry.key_span),
    };
    if is_here(&entry.key_span) {
        return Some(spot(&entry.value));
    }
    let mut value = &entry.value;
    if let Node::List(items) = &value.node {
        value = items.iter().find(|item| is_here(&item.span))?;
    }
    match (&value.node, field.shape) {
        (Node::Map(_), shape) => self::spot(value, shape.group()?, offset),
        (_, Shape::Refs(_) | _) => Some(spot(value)),
    }
}

/// Where the thing at an offset is defined.
pub(super) fn definition(view: &View, path: &SourcePath, offset: usize) -> Option<Value> {
    let edition = &view.edition;
    let document = edition.document(path)?;
    let Some(mention) = mention_at(&document, offset) else {
        let known = written_at(edition, &document, offset)?;
        return Some(view.location(&place_of(&known)));
    };
    if let Some(known) = record_of(edition, path, &mention.target) {
        return Some(view.location(&place_of(&known)));
    }
    let place = match &mention.target {
        Target::Record(..) => return None,
        Target::File(file) => Place::file(&file_at(edition, path, file)?),
        Target::Anchor(file, anchor) => {
            let file = file_at(edition, path, file)?;
            let document = edition.document(&file);
            let heading = document.and_then(|document| headings::place_of(&document, anchor));
            heading.unwrap_or_else(|| Place::file(&file))
        }
    };
    Some(view.location(&place))
}

/// Where a record is defined: at its id, or as a whole if it has none of its own.
pub(super) fn place_of(known: &Known) -> Place {
    let id = known.document.place(&known.record.key("id"));
    if known.document.excerpt(&id).contains(&known.id) {
        id
    } else {
        known.document.place(&known.record)
    }
}

/// The record mentioned or defined at an offset in a page.
pub(super) fn record_at(view: &View, path: &SourcePath, offset: usize) -> Option<(Known, Span)> {
    let edition = &view.edition;
    let document = edition.document(path)?;
    if let Some(mention) = mention_at(&document, offset) {
        return Some((record_of(edition, path, &mention.target)?, mention.span));
    }
    let known = written_at(edition, &document, offset)?;
    let span = place_of(&known).span?;
    let is_here = (span.start as usize..=span.end as usize).contains(&offset);
    is_here.then_some((known, span))
}

/// Every mention of a record, by file and offset.
pub(super) fn mentions_of(view: &View, known: &Known) -> BTreeMap<SourcePath, Vec<Mention>> {
    let edition = &view.edition;
    let files = edition.snapshot().below("content");
    let may_name = |bytes: &[u8]| {
        let id = known.id.as_bytes();
        bytes.windows(id.len()).any(|window| window == id)
    };
    let pages: Vec<&SourcePath> = files
        .filter(|file| is_page(&file.path) && may_name(&file.bytes))
        .map(|file| &file.path)
        .collect();
    let documents: Vec<Arc<Document>> = pages
        .into_iter()
        .filter_map(|page| edition.document(page))
        .collect();
    let candidates: Vec<(SourcePath, Vec<Mention>)> = documents
        .par_iter()
        .map(|document| {
            let all = mentions(document).into_iter();
            let named = all.filter(|mention| match &mention.target {
                Target::Record(_, id) => *id == known.id,
                Target::Anchor(_, anchor) => *anchor == known.id,
                Target::File(_) => false,
            });
            (document.path.clone(), named.collect::<Vec<_>>())
        })
        .collect();
    let mut found = BTreeMap::new();
    for (path, named) in candidates {
        let mut named: Vec<Mention> = named
            .into_iter()
            .filter(|mention| {
                let record = record_of(edition, &path, &mention.target);
                record.is_some_and(|record| is_same(&record, known))
            })
            .collect();
        named.sort_by_key(|mention| mention.span);
        if !named.is_empty() {
            found.insert(path, named);
        }
    }
    found
}

fn is_same(one: &Known, other: &Known) -> bool {
    (one.kind, &one.id, &one.document.path) == (other.kind, &other.id, &other.document.path)
}

/// Every mention of the record at an offset, optionally with its definition.
pub(super) fn references(
    view: &View,
    path: &SourcePath,
    offset: usize,
    with_definition: bool,
) -> Option<Value> {
    let (known, _) = record_at(view, path, offset)?;
    let own = with_definition.then(|| view.location(&place_of(&known)));
    let found = mentions_of(view, &known);
    let named = found.iter().flat_map(|(path, mentions)| {
        let places = mentions
            .iter()
            .map(|mention| Place::new(path, mention.span));
        places.map(|place| view.location(&place))
    });
    Some(own.into_iter().chain(named).collect())
}

/// What links without words of their own show.
pub(super) fn inlays(view: &View, path: &SourcePath, range: Range<usize>) -> Option<Value> {
    let edition = &view.edition;
    let document = edition.document(path)?;
    let text = view.text(path)?;
    let hints = mentions(&document).into_iter().filter_map(|mention| {
        let at = mention.words.filter(|at| range.contains(at))?;
        let known = match &mention.target {
            Target::Record(..) => record_of(edition, path, &mention.target)?,
            Target::File(_) | Target::Anchor(..) => return None,
        };
        let words = edition.words(&known.words);
        Some(json!({ "position": text.position(at), "label": words, "tooltip": "what the link prints" }))
    });
    Some(hints.collect())
}
