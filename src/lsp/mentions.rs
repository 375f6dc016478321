//! Finds where a page refers to records, pages and files: in fields, links, citations and formulas, each with its exact
//! place.

use std::ops::Range;
use std::sync::Arc;

use crate::check::Known;
use crate::diag::Span;
use crate::document::schema::{FRONT_MATTER, Field, Group, Kind, Shape};
use crate::document::{Document, Node, Tree};
use crate::edition::Edition;
use crate::model::RecordKind;
use crate::project::{SourcePath, is_index};

/// A reference from a page to something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Mention {
    /// The place of the name, without what surrounds it.
    pub(super) span: Span,
    /// What it is.
    pub(super) target: Target,
    /// Where the words shown for a link go, if it has none of its own.
    pub(super) words: Option<usize>,
}

/// What is referred to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Target {
    /// A record, of any kind if none is given.
    Record(Option<RecordKind>, String),
    /// A page or file by its path as written; empty for the page itself.
    File(String),
    /// An anchor on a page: the path as written, and what follows `#`.
    Anchor(String, String),
}

/// Everything that a page refers to, in no particular order.
pub(super) fn mentions(document: &Document) -> Vec<Mention> {
    let mut found = Vec::new();
    if let Some(tree) = document.tree() {
        in_fields(document.text(), tree, FRONT_MATTER, &mut found);
    }
    if let Some(start) = document.prose_start() {
        in_markdown(document.text(), start..document.text().len(), &mut found);
    }
    found
}

/// The mention at an offset.
pub(super) fn mention_at(document: &Document, offset: usize) -> Option<Mention> {
    let all = mentions(document).into_iter();
    let mut here = all.filter(|mention| {
        let Span { start, end } = mention.span;
        (start as usize..=end as usize).contains(&offset)
    });
    here.next()
}

fn in_fields(text: &str, tree: &Tree, group: Group, found: &mut Vec<Mention>) {
    let Node::Map(entries) = &tree.node else {
        return;
    };
    for entry in entries {
        if let Some(field) = group.field(&entry.key) {
            in_value(text, &entry.value, (group, field), found);
        }
    }
}

fn in_value(text: &str, tree: &Tree, (group, field): (Group, &Field), found: &mut Vec<Mention>) {
    match &tree.node {
        Node::Map(_) => {
            if let Some(inner) = field.shape.group() {
                in_fields(text, tree, inner, found);
            }
        }
        Node::List(items) => {
            for item in items {
                in_value(text, item, (group, field), found);
            }
        }
        Node::Scalar(word) => {
            // A word in place of a mapping is short for its first field.
            let (group, field) = match field.shape {
                Shape::Refs(inner) => match inner.fields.first() {
                    Some(first) => (inner, first),
                    None => return,
                },
                _ => (group, field),
            };
            match field.about.kind {
                Kind::Markdown => in_markdown(text, tree.span.clone(), found),
                Kind::Ids => found.extend(id(text, tree, word, named(group, field))),
                _ if field.name == "derive" => in_formula(text, tree.span.clone(), found),
                _ => {}
            }
        }
        Node::Null | Node::Refused => {}
    }
}

/// The kind of record that a field refers to; `None` if any kind is possible.
pub(super) fn named(group: Group, field: &Field) -> Option<RecordKind> {
    match field.name {
        "people" | "speaker" => Some(RecordKind::Person),
        "id" if group.name == "`source`" => Some(RecordKind::Source),
        _ => None,
    }
}

fn id(text: &str, tree: &Tree, word: &str, kind: Option<RecordKind>) -> Option<Mention> {
    let start = tree.span.start + text.get(tree.span.clone())?.find(word)?;
    let (kind, id) = match word.split_once(':') {
        Some((name, id)) if kind.is_none() => (RecordKind::of_name(name), id),
        _ => (kind, word),
    };
    let end = start + word.len();
    Some(Mention {
        span: Span::new(end - id.len(), end),
        target: Target::Record(kind, id.to_owned()),
        words: None,
    })
}

/// The figures in a formula: `change(ships@2023, ships@2024)`.
fn in_formula(text: &str, range: Range<usize>, found: &mut Vec<Mention>) {
    let formula = &text[range.clone()];
    let Some(open) = formula.find('(') else {
        return;
    };
    let mut at = range.start + open + 1;
    for argument in formula[open + 1..].split([',', ')']) {
        let start = at + argument.len() - argument.trim_start().len();
        let id = argument.split('@').next().unwrap_or_default().trim();
        at += argument.len() + 1;
        if !id.is_empty() && !id.starts_with(['"', '\'']) {
            found.push(Mention {
                span: Span::new(start, start + id.len()),
                target: Target::Record(Some(RecordKind::Figure), id.to_owned()),
                words: None,
            });
        }
    }
}

/// Links, pictures and citations, except those in code.
fn in_markdown(text: &str, range: Range<usize>, found: &mut Vec<Mention>) {
    let mut at = range.start;
    let mut fence: Option<&str> = None;
    for line in text[range].split_inclusive(['\n', '\r']) {
        let content = line.trim_start();
        let mark = ["```", "~~~"]
            .into_iter()
            .find(|mark| content.starts_with(mark));
        match (fence, mark) {
            (Some(open), Some(mark)) if open == mark => fence = None,
            (None, Some(mark)) => fence = Some(mark),
            (Some(_), _) => {}
            (None, None) => in_line(line, at, found),
        }
        at += line.len();
    }
}

fn in_line(line: &str, start: usize, found: &mut Vec<Mention>) {
    let is_code = |at: usize| line[..at].matches('`').count() % 2 == 1 && line[at..].contains('`');
    let links = line.match_indices("](").map(|(at, _)| (at, at + 2));
    // `[label]: address` supplies the address of links elsewhere.
    let definition = line.starts_with('[').then(|| line.find("]: ")).flatten();
    let all = links.chain(definition.map(|at| (at, at + 3)));
    for (close, open) in all.filter(|(at, _)| !is_code(*at)) {
        let rest = &line[open..];
        let skipped = rest.len() - rest.trim_start_matches([' ', '<']).len();
        let open = open + skipped;
        let length = destination_length(&line[open..]);
        let empty = line[..close].ends_with('[') && !line[..close].ends_with("![");
        let words = empty.then_some(start + close);
        found.extend(link(&line[open..open + length], start + open, words));
    }
    for (open, _) in line.match_indices("[@").filter(|(at, _)| !is_code(*at)) {
        let inside = line[open + 1..].split(']').next().unwrap_or_default();
        let mut at = start + open + 1;
        for part in inside.split(';') {
            let lead = part.len() - part.trim_start().len();
            if let Some(id) = part.trim_start().strip_prefix('@') {
                let id = id.split([',', ' ']).next().unwrap_or_default();
                let span = Span::new(at + lead + 1, at + lead + 1 + id.len());
                found.push(Mention {
                    span,
                    target: Target::Record(Some(RecordKind::Source), id.to_owned()),
                    words: None,
                });
            }
            at += part.len() + 1;
        }
    }
}

/// The length of the address at the start of a text: up to a space or the parenthesis that closes the link.
fn destination_length(text: &str) -> usize {
    let mut depth = 0_usize;
    let end = text.find(|c: char| match c {
        '(' => {
            depth += 1;
            false
        }
        ')' if depth == 0 => true,
        ')' => {
            depth -= 1;
            false
        }
        '>' => true,
        c => c.is_whitespace(),
    });
    end.unwrap_or(text.len())
}

fn link(address: &str, start: usize, words: Option<usize>) -> Option<Mention> {
    let end = start + address.len();
    let mention = |from: usize, target| {
        Some(Mention {
            span: Span::new(from, end),
            target,
            words,
        })
    };
    let decoded = |text: &str| {
        percent_encoding::percent_decode_str(text)
            .decode_utf8_lossy()
            .into_owned()
    };
    if let Some((name, id)) = address.split_once(':') {
        let kind = RecordKind::of_name(&name.to_ascii_lowercase())?;
        let target = Target::Record(Some(kind), decoded(id));
        return mention(end - id.len(), target);
    }
    if address.is_empty() || address.starts_with("//") {
        return None;
    }
    match address.split_once('#') {
        Some((path, anchor)) => {
            let target = Target::Anchor(decoded(path), decoded(anchor));
            mention(end - anchor.len(), target)
        }
        None => mention(start, Target::File(decoded(address))),
    }
}

/// The file that a path on a page refers to, in `content/` or at the same path in `static/`.
pub(super) fn file_at(edition: &Edition, page: &SourcePath, path: &str) -> Option<SourcePath> {
    if path.is_empty() {
        return Some(page.clone());
    }
    let found = match path.strip_prefix('/') {
        Some(path) => SourcePath::new("content/index.md").join(path)?,
        None => page.join(path)?,
    };
    let snapshot = edition.snapshot();
    if snapshot.get(&found).is_some() {
        return Some(found);
    }
    let folder = format!("{}/", found.as_str());
    let in_folder = snapshot.below(found.as_str()).map(|file| &file.path);
    let mut pages =
        in_folder.filter(|file| is_index(file) && file.folder().len() + 1 == folder.len());
    if let Some(index) = pages.next() {
        return Some(index.clone());
    }
    let in_static = SourcePath::new(found.as_str().replacen("content", "static", 1));
    snapshot.get(&in_static).map(|file| file.path.clone())
}

/// The record that a name on a page refers to.
pub(super) fn record(
    edition: &Edition,
    page: &SourcePath,
    kind: Option<RecordKind>,
    id: &str,
) -> Option<Known> {
    let kinds = kind.map_or_else(|| RecordKind::ALL.to_vec(), |kind| vec![kind]);
    let mut found = kinds.into_iter();
    found.find_map(|kind| edition.known(page, kind, id))
}

/// The record that a mention refers to, by its name or by its anchor on its page.
pub(super) fn record_of(edition: &Edition, page: &SourcePath, target: &Target) -> Option<Known> {
    match target {
        Target::Record(kind, id) => record(edition, page, *kind, id),
        Target::Anchor(path, anchor) => {
            let file = file_at(edition, page, path)?;
            let document = edition.document(&file)?;
            let mut records = document.records().into_iter();
            let (kind, id) = records.find(|(_, id)| **id == **anchor)?;
            edition.known(&file, kind, &id)
        }
        Target::File(_) => None,
    }
}

/// The record defined at an offset in a page: the one around it, or the one whose `id` it is.
pub(super) fn written_at(
    edition: &Edition,
    document: &Arc<Document>,
    offset: usize,
) -> Option<Known> {
    let tree = document.tree()?;
    let Node::Map(entries) = &tree.node else {
        return None;
    };
    let is_here = |span: &Range<usize>| (span.start..=span.end).contains(&offset);
    let entry = entries.iter().find(|entry| is_here(&entry.value.span))?;
    let kind = RecordKind::of_list(&entry.key)?;
    let Node::List(items) = &entry.value.node else {
        return None;
    };
    let index = items.iter().position(|item| is_here(&item.span))?;
    let names = crate::document::record_names(document.lists()?);
    let name = names
        .into_iter()
        .find(|name| name.kind == kind && name.index == index)?;
    let known = edition.known(&document.path, kind, &name.id)?;
    (known.document.path == document.path).then_some(known)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(page: &str) -> Vec<String> {
        let bytes: Arc<[u8]> = page.as_bytes().into();
        let path = SourcePath::new("content/index.md");
        let hash = crate::project::ContentHash::of(&bytes);
        let document = crate::document::parse(&path, &bytes, hash, Default::default());
        let all = mentions(&document).into_iter().map(|mention| {
            let span = mention.span.start as usize..mention.span.end as usize;
            let target = match mention.target {
                Target::Record(kind, _) => kind.map_or("any", RecordKind::name).to_owned(),
                Target::File(_) => "file".to_owned(),
                Target::Anchor(path, _) => format!("{path}#"),
            };
            format!("{target} {}", &page[span])
        });
        all.collect()
    }

    #[test]
    fn names_are_found_in_fields_links_citations_and_formulas() {
        let page = "---\ntitle: A\nevents:\n  - date: 2024\n    title: T\n    people: [ada, \"bo\"]\n    text: See [x](figure:ships).\n    source: {id: gazette, passage: x}\n\
            figures:\n  - title: F\n    derive: change(a@2023, b-c)\n    source: [one, {id: two}]\ncorrections:\n  - date: 2024-01-01\n    text: no\n    records: [event:vote]\n---\n\
            [](event:vote) and [p](people.md#ada), ![](<a b.jpg> \"t\")[@gazette, p 3; @times]\n`[x](term:code)`\n```\n[x](term:no)\n```\n[@x]: a\n";
        assert_eq!(
            found(page),
            [
                "person ada",
                "person bo",
                "figure ships",
                "source gazette",
                "figure a",
                "figure b-c",
                "source one",
                "source two",
                "event vote",
                "event vote",
                "people.md# ada",
                "file a",
                "source gazette",
                "source times",
                "file a",
                "source x"
            ]
        );
    }
}
