//! Completes what is being typed.

use serde_json::{Value, json};

use super::cursor::{self, Typing};
use super::mentions::{file_at, named};
use super::text::Text;
use super::view::View;
use super::words::{about, takes};
use crate::config::CONFIG;
use crate::diag::Span;
use crate::document::schema::{Field, Group, Kind, Shape};
use crate::edition::Edition;
use crate::model::{RecordKind, Words};
use crate::project::{SourcePath, is_page};

/// How many proposals are sent at once, about as many as anyone would scroll through; typing more letters brings up
/// others.
const MAX_ITEMS: usize = 200;

/// The protocol's numbers for kinds of proposals.
mod kind {
    pub(super) const TEXT: u8 = 1;
    pub(super) const FIELD: u8 = 5;
    pub(super) const VALUE: u8 = 12;
    pub(super) const ENUM: u8 = 20;
    pub(super) const FILE: u8 = 17;
    pub(super) const REFERENCE: u8 = 18;
}

/// One proposal.
struct Item {
    label: String,
    kind: u8,
    detail: String,
    doc: String,
    /// The text that replaces what was typed.
    text: String,
}

/// What may be typed at an offset in a file.
pub(super) fn completion(view: &View, path: &SourcePath, offset: usize) -> Value {
    let Some(text) = view.text(path) else {
        return Value::Null;
    };
    let typing = match path.as_str() {
        CONFIG => cursor::in_settings(&text, offset),
        _ if is_page(path) => cursor::on_page(&text, offset),
        _ => None,
    };
    let edition = &view.edition;
    let Some(typing) = typing else {
        return Value::Null;
    };
    let written = |typed: &std::ops::Range<usize>| {
        let written = text.text().get(typed.start..offset);
        written.unwrap_or_default()
    };
    let (items, typed) = match typing {
        Typing::Key {
            group,
            present,
            typed,
            indent,
        } => (keys(&text, group, &present, &typed, indent), typed),
        Typing::Value {
            group,
            field,
            typed,
        } => {
            let items = values(edition, path, (group, field), written(&typed));
            (items, typed)
        }
        Typing::Citation { typed } => (sources(edition, path), typed),
        Typing::Link { typed, is_picture } => {
            let items = links(edition, path, written(&typed), is_picture);
            (items, typed)
        }
        Typing::Nothing => (vec![beginning(&text)], 0..text.text().len()),
    };
    list(&text, items, Span::new(typed.start, typed.end), offset)
}

/// Proposals in the form for clients: those that contain what was typed, limited to the first ones.
fn list(text: &Text, items: Vec<Item>, typed: Span, offset: usize) -> Value {
    let start = typed.start as usize;
    let written = text
        .text()
        .get(start..offset)
        .unwrap_or_default()
        .to_lowercase();
    let fits = |item: &Item| {
        let holds = |text: &str| text.to_lowercase().contains(&written);
        holds(&item.text) || holds(&item.label) || holds(&item.detail)
    };
    let mut fitting: Vec<(usize, Item)> = items
        .into_iter()
        .enumerate()
        .filter(|(_, item)| fits(item))
        .collect();
    // Those that begin with what was typed come first.
    fitting.sort_by_key(|(index, item)| (!item.text.to_lowercase().starts_with(&written), *index));
    let is_incomplete = fitting.len() > MAX_ITEMS;
    let range = text.range(typed);
    let items = fitting
        .into_iter()
        .take(MAX_ITEMS)
        .enumerate()
        .map(|(index, (_, item))| {
            let mut value = json!({
                "label": item.label,
                "kind": item.kind,
                "sortText": format!("{index:04}"),
                "filterText": format!("{} {}", item.text, item.detail),
                "insertTextMode": 1,
                "textEdit": { "range": range, "newText": item.text },
            });
            if !item.detail.is_empty() {
                value["detail"] = json!(item.detail);
            }
            if !item.doc.is_empty() {
                value["documentation"] = json!({ "kind": "markdown", "value": item.doc });
            }
            value
        });
    json!({ "isIncomplete": is_incomplete, "items": items.collect::<Vec<_>>() })
}

/// The front matter at the start of a page.
fn beginning(text: &Text) -> Item {
    let end = text.line_end();
    Item {
        label: "---".to_owned(),
        kind: kind::TEXT,
        detail: "front matter".to_owned(),
        doc: String::new(),
        text: format!("---{end}title: {end}---{end}"),
    }
}

/// The keys that a mapping doesn't have yet, required ones first.
fn keys(
    text: &Text,
    group: Group,
    present: &[String],
    typed: &std::ops::Range<usize>,
    indent: Option<usize>,
) -> Vec<Item> {
    let has_colon = text.text()[typed.end..]
        .trim_start_matches(' ')
        .starts_with(':');
    let mut fields: Vec<&Field> = group
        .fields
        .iter()
        .filter(|field| !present.iter().any(|key| key == field.name))
        .collect();
    fields.sort_by_key(|field| (!field.about.is_required(), !field.about.is_begun()));
    let inner = |extra: &str| match indent {
        Some(indent) => format!("{}{}{extra}", text.line_end(), " ".repeat(indent + 2)),
        None => " ".to_owned(),
    };
    let items = fields.into_iter().map(|field| {
        let rest = match field.shape {
            _ if has_colon => String::new(),
            Shape::Map(_) | Shape::Named(_) => format!(":{}", inner("")),
            Shape::Records(_) => format!(":{}", inner("- ")),
            Shape::Scalar
            | Shape::Flag
            | Shape::Switch(_)
            | Shape::Words
            | Shape::Refs(_)
            | Shape::Any => ": ".to_owned(),
        };
        Item {
            label: field.name.to_owned(),
            kind: kind::FIELD,
            detail: takes(field),
            doc: about(field),
            text: format!("{}{rest}", field.name),
        }
    });
    items.collect()
}

/// The values that a field may have.
fn values(
    edition: &Edition,
    path: &SourcePath,
    (group, field): (Group, &Field),
    written: &str,
) -> Vec<Item> {
    let about = field.about;
    let word = |word: &str| Item {
        label: word.to_owned(),
        kind: kind::ENUM,
        detail: String::new(),
        doc: String::new(),
        text: word.to_owned(),
    };
    let mut items: Vec<Item> = about.values.iter().copied().map(word).collect();
    if about.takes_others {
        items.extend(edition.own_layouts().iter().map(|name| word(name)));
    }
    if matches!(field.shape, Shape::Flag | Shape::Switch(_)) {
        items.extend(["true", "false"].map(word));
    }
    match about.kind {
        Kind::Ids => items.extend(ids(edition, path, named(group, field))),
        Kind::Date | Kind::Day | Kind::Moment => {
            if let Some(day) = edition.settings().today {
                let mut today = word(&day.to_string());
                today.kind = kind::VALUE;
                today.detail = "today".to_owned();
                items.push(today);
            }
        }
        Kind::Path if group.name == "`image`" => {
            items.extend(files(edition, path, written, is_picture));
        }
        _ => {}
    }
    items
}

/// The records within reach of a page, including its own if no other page sees them.
fn records(edition: &Edition, path: &SourcePath) -> Vec<(RecordKind, String, String)> {
    let reach = edition.reach(path).into_iter().map(|known| {
        let words = match &known.words {
            Words::Text(text) => text.clone(),
            words => edition.words(words),
        };
        (known.kind, known.id, words)
    });
    let mut all: Vec<(RecordKind, String, String)> = reach.collect();
    let own = edition.document(path).map(|document| document.records());
    for (kind, id) in own.unwrap_or_default() {
        if !id.is_empty()
            && !all
                .iter()
                .any(|(other, name, _)| (*other, &**name) == (kind, &*id))
        {
            all.push((kind, id.to_string(), String::new()));
        }
    }
    all
}

fn record_item(name: String, text: String, title: String) -> Item {
    Item {
        label: name,
        kind: kind::REFERENCE,
        detail: title,
        doc: String::new(),
        text,
    }
}

/// The ids of records of one kind, or all ids with their kind as a prefix.
fn ids(edition: &Edition, path: &SourcePath, wanted: Option<RecordKind>) -> Vec<Item> {
    let all = records(edition, path).into_iter();
    let items = all.filter_map(|(kind, id, title)| match wanted {
        Some(wanted) => (kind == wanted).then(|| record_item(id.clone(), id, title)),
        None => {
            let name = format!("{}:{id}", kind.name());
            Some(record_item(name.clone(), name, title))
        }
    });
    items.collect()
}

fn sources(edition: &Edition, path: &SourcePath) -> Vec<Item> {
    ids(edition, path, Some(RecordKind::Source))
}

/// Where a link on a page may lead, or what a picture may show.
fn links(edition: &Edition, path: &SourcePath, written: &str, is_image: bool) -> Vec<Item> {
    if let Some((before, _)) = written.split_once('#') {
        let page = file_at(edition, path, before);
        let anchors = page.and_then(|page| edition.anchors(&page));
        let ids = anchors.iter().flat_map(|anchors| &anchors.ids);
        let items = ids.map(|id| Item {
            label: format!("#{id}"),
            kind: kind::REFERENCE,
            detail: String::new(),
            doc: String::new(),
            text: format!("{before}#{id}"),
        });
        return items.collect();
    }
    let records = ids(edition, path, None);
    if is_image {
        let pictures = files(edition, path, written, is_picture);
        return pictures.into_iter().chain(records).collect();
    }
    let files = files(edition, path, written, |_| true);
    records.into_iter().chain(files).collect()
}

fn is_picture(file: &SourcePath) -> bool {
    let ending = file.extension().to_ascii_lowercase();
    matches!(
        &*ending,
        "jpg" | "jpeg" | "png" | "webp" | "avif" | "gif" | "svg"
    )
}

/// The published pages and files, as named from this page, whose names contain what was typed: the nearest first, and
/// no more than are sent. Only those are asked for their titles, because a large site has many others.
fn files(
    edition: &Edition,
    page: &SourcePath,
    written: &str,
    is_meant: fn(&SourcePath) -> bool,
) -> Vec<Item> {
    let wanted = written.to_lowercase();
    let is_absolute = written.starts_with('/');
    let snapshot = edition.snapshot();
    let all = snapshot.below("content").chain(snapshot.below("static"));
    let all = all.map(|file| &file.path);
    let others = all.filter(|file| *file != page && is_meant(file));
    let mut fitting: Vec<(bool, String, &SourcePath)> = others
        .filter_map(|file| {
            let name = name_from(page, file, is_absolute)?;
            let fits = wanted.is_empty() || name.to_lowercase().contains(&wanted);
            fits.then(|| (name.starts_with("../"), name, file))
        })
        .collect();
    fitting.sort_unstable();
    let items = fitting.into_iter().filter_map(|(_, name, file)| {
        let title = if is_page(file) {
            edition.head(file)?.title.clone()
        } else {
            edition.asset(file).map(|_| String::new())?
        };
        Some(Item {
            text: encoded(&name),
            label: name,
            kind: kind::FILE,
            detail: title,
            doc: String::new(),
        })
    });
    items.take(MAX_ITEMS + 1).collect()
}

/// A file as named from a page: relative to the page's folder, or to `content/` with a leading slash. Files in
/// `static/` are named as if they were in `content/`.
fn name_from(page: &SourcePath, file: &SourcePath, is_absolute: bool) -> Option<String> {
    let (top, below) = file.as_str().split_once('/')?;
    if !matches!(top, "content" | "static") {
        return None;
    }
    if is_absolute {
        return Some(format!("/{below}"));
    }
    let folder = page.folder().strip_prefix("content").unwrap_or_default();
    let from: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    let to: Vec<&str> = below.split('/').collect();
    let pairs = from.iter().zip(&to[..to.len() - 1]);
    let n_shared = pairs.take_while(|(one, other)| one == other).count();
    let up = std::iter::repeat_n("..", from.len() - n_shared);
    let parts: Vec<&str> = up.chain(to[n_shared..].iter().copied()).collect();
    Some(parts.join("/"))
}

/// A path encoded for a link.
fn encoded(path: &str) -> String {
    let mut text = String::new();
    for c in path.chars() {
        match c {
            ' ' => text.push_str("%20"),
            '(' => text.push_str("%28"),
            ')' => text.push_str("%29"),
            '%' => text.push_str("%25"),
            '#' => text.push_str("%23"),
            c => text.push(c),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_named_from_the_page() {
        let page = SourcePath::new("content/harbor/timeline.md");
        let name = |file: &str| name_from(&page, &SourcePath::new(file), false).unwrap();
        assert_eq!(name("content/harbor/people.md"), "people.md");
        assert_eq!(name("content/index.md"), "../index.md");
        assert_eq!(name("content/border/a/b.md"), "../border/a/b.md");
        assert_eq!(name("static/img/quay.jpg"), "../img/quay.jpg");
        assert_eq!(encoded("a b(1).jpg"), "a%20b%281%29.jpg");
    }
}
