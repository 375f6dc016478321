//! The outline of a file: the headings of a page and its records, with their places.

use serde_json::{Value, json};

use super::view::View;
use crate::diag::{Place, Span};
use crate::document::{Document, FieldPath, record_names};
use crate::model::{Gap, RecordKind};
use crate::project::SourcePath;

/// A heading and its line.
struct Heading {
    level: u8,
    id: String,
    words: String,
    span: Span,
}

/// The headings of a page, in order. Their contents come from the document, their lines from the text.
fn headings(document: &Document) -> Vec<Heading> {
    let Some(start) = document.prose_start() else {
        return Vec::new();
    };
    let mut known = document.body().headings.iter();
    let mut found = Vec::new();
    let mut at = start;
    let mut fence: Option<&str> = None;
    let mut above: Option<(Span, &str)> = None;
    for line in document.text()[start..].split_inclusive('\n') {
        let content = line.trim_end();
        let span = Span::new(at, at + content.len());
        at += line.len();
        let trimmed = content.trim_start();
        let mark = ["```", "~~~"]
            .into_iter()
            .find(|mark| trimmed.starts_with(mark));
        if let Some(mark) = mark {
            fence = match fence {
                None => Some(mark),
                Some(open) => Some(open).filter(|open| *open != mark),
            };
            above = None;
            continue;
        }
        if fence.is_some() {
            continue;
        }
        let marks = trimmed.len() - trimmed.trim_start_matches('#').len();
        let is_marked = (1..=6).contains(&marks)
            && trimmed[marks..]
                .chars()
                .next()
                .is_none_or(char::is_whitespace);
        let is_underline = !trimmed.is_empty()
            && (trimmed.bytes().all(|byte| byte == b'=')
                || trimmed.bytes().all(|byte| byte == b'-'));
        let heading = match above {
            _ if is_marked => Some((span, trimmed.trim_matches('#').trim())),
            Some(words) if is_underline => Some(words),
            _ => None,
        };
        above = (!trimmed.is_empty() && !is_marked && !is_underline).then_some((span, trimmed));
        if let Some((span, words)) = heading
            && let Some(heading) = known.next()
        {
            found.push(Heading {
                level: heading.level,
                id: heading.id.clone(),
                words: Gap::fill(words, |_| String::new()).into_owned(),
                span,
            });
        }
    }
    found
}

/// The place of the heading with an anchor.
pub(super) fn place_of(document: &Document, anchor: &str) -> Option<Place> {
    let mut all = headings(document).into_iter();
    let heading = all.find(|heading| heading.id == anchor)?;
    Some(document.at(heading.span))
}

/// The outline of a page: its records by list, then its headings, nested.
pub(super) fn symbols(view: &View, path: &SourcePath) -> Option<Value> {
    let document = view.edition.document(path)?;
    let mut symbols = records(view, &document);
    let mut open: Vec<(u8, Value)> = Vec::new();
    for heading in headings(&document) {
        let range = view.range(&document.at(heading.span));
        let symbol = symbol(&heading.words, "", 15, (&range, &range), Vec::new());
        close(&mut open, heading.level, &mut symbols);
        open.push((heading.level, symbol));
    }
    close(&mut open, 0, &mut symbols);
    Some(Value::from(symbols))
}

/// Moves finished headings into their parents.
fn close(open: &mut Vec<(u8, Value)>, level: u8, symbols: &mut Vec<Value>) {
    while open.last().is_some_and(|(inner, _)| *inner >= level) {
        let Some((_, symbol)) = open.pop() else {
            return;
        };
        match open.last_mut() {
            Some((_, outer)) => {
                if let Value::Array(children) = &mut outer["children"] {
                    children.push(symbol);
                }
            }
            None => symbols.push(symbol),
        }
    }
}

fn records(view: &View, document: &Document) -> Vec<Value> {
    let Some(lists) = document.lists() else {
        return Vec::new();
    };
    let names = record_names(lists);
    let lists = RecordKind::ALL.into_iter().filter_map(|kind| {
        let own = names.iter().filter(|name| name.kind == kind);
        let children: Vec<Value> = own
            .map(|name| {
                let item = FieldPath::item(kind.list(), name.index);
                let range = view.range(&document.place(&item));
                let id = view.range(&document.place(&item.key("id")));
                let words = if name.id.is_empty() {
                    kind.name()
                } else {
                    &name.id
                };
                symbol(words, kind.name(), number(kind), (&range, &id), Vec::new())
            })
            .collect();
        let list = FieldPath::field(kind.list());
        let range = view.range(&document.place(&list));
        let name = view.range(&document.place_of_key(&list));
        // The list includes its own name, as the protocol requires.
        let whole = json!({ "start": name["start"], "end": range["end"] });
        (!children.is_empty()).then(|| symbol(kind.list(), "", 3, (&whole, &name), children))
    });
    lists.collect()
}

/// The protocol's number for a kind of symbol.
fn number(kind: RecordKind) -> u8 {
    match kind {
        RecordKind::Event => 24,
        RecordKind::Figure => 16,
        RecordKind::Reaction => 15,
        RecordKind::Person => 23,
        RecordKind::Term => 20,
        RecordKind::Question => 9,
        RecordKind::Source => 1,
    }
}

fn symbol(
    name: &str,
    detail: &str,
    kind: u8,
    (range, selection): (&Value, &Value),
    children: Vec<Value>,
) -> Value {
    // Clients reject a symbol without a name.
    let name = if name.is_empty() { "…" } else { name };
    json!({
        "name": name, "detail": detail, "kind": kind,
        "range": range, "selectionRange": selection, "children": children,
    })
}
