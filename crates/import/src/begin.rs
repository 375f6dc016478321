//! Starts a record that a person will complete by hand. It contains what is known; the rest is left empty, and `check`
//! asks for it.

use std::path::Path;

use super::append::{appended, read};
use super::draft::{Ids, Present, Record, Value};
use super::story::Change;
use super::write::write;
use crate::config;
use crate::diag::Diagnostics;
use crate::document::schema;
use crate::error::Error;
use crate::model::RecordKind;
use crate::project::{Snapshot, SourcePath};
use crate::sample::is_sample_text;

/// Adds a record to a page in a folder below the project's root (`content/harbor`), and returns the pages that changed.
/// It goes to the first page with a list of its kind, or else to a new one.
///
/// `name` is the title of an event, a figure or a source, or the speaker of a reaction, who is added to the people
/// unless somebody has that name already. If there is only one source within reach, not counting the sample's, the
/// record cites it.
///
/// # Errors
///
/// If the project can't be read or written, or if nothing can be added to the page's list.
///
/// # Examples
///
/// ```
/// use nutgraf_import::begin;
/// use nutgraf_document::model::RecordKind;
///
/// let dir = tempfile::tempdir().unwrap();
/// std::fs::create_dir(dir.path().join("content")).unwrap();
/// let page = dir.path().join("content/timeline.md");
/// std::fs::write(&page, "---\ntitle: Timeline\nevents: []\n---\n").unwrap();
/// let changed = begin(dir.path(), RecordKind::Event, "The vote", "content").unwrap();
/// assert_eq!(changed[0].as_str(), "content/timeline.md");
/// let text = std::fs::read_to_string(&page).unwrap();
/// assert!(text.contains("events:\n  - id: the-vote\n    date:\n    title: The vote\n"), "{text}");
/// ```
pub fn begin(
    root: &Path,
    kind: RecordKind,
    name: &str,
    folder: &str,
) -> Result<Vec<SourcePath>, Error> {
    let mut told_by_check = Diagnostics::new();
    let snapshot = config::snapshot(root, &mut told_by_check)?;
    let present = present(&snapshot, folder);
    let mut ids = Ids::new(present.ids.clone());
    let mut records = Vec::new();
    let mut record = Record::new(kind, ids.take(name));
    let speaker = (kind == RecordKind::Reaction).then(|| {
        let known = present.people.get(&name.to_lowercase()).cloned();
        known.unwrap_or_else(|| {
            let mut person = Record::new(RecordKind::Person, record.id.clone());
            person.set_words("name", Some(name));
            records.push(person);
            // Two records of different kinds may share an id, but that would puzzle a reader of the file.
            record.id = ids.take(&format!("{name} says"));
            records[0].id.clone()
        })
    });
    for field in schema::record_fields(kind)
        .fields
        .iter()
        .filter(|field| field.about.is_begun())
    {
        let value = match field.name {
            "title" | "name" | "term" => Value::Words(name.to_owned()),
            "speaker" => speaker.clone().map_or(Value::Empty, Value::Plain),
            "source" => only_source(&present).map_or(Value::Empty, Value::Plain),
            _ => Value::Empty,
        };
        record.set(field.name, value);
    }
    records.push(record);
    let mut changes: Vec<Change> = Vec::new();
    for record in &records {
        add(&snapshot, folder, record, &mut changes)?;
    }
    write(root, &changes)?;
    Ok(changes.into_iter().map(|change| change.path).collect())
}

/// The id of the only source that a record can cite. The sample of a new site supports nobody's own records.
fn only_source(present: &Present) -> Option<String> {
    let mut own = present
        .sources
        .iter()
        .filter(|source| !source.text.as_deref().is_some_and(is_sample_text));
    match (own.next(), own.next()) {
        (Some(only), None) => Some(only.id.clone()),
        _ => None,
    }
}

/// What pages in a folder can refer to: their own records and those of the folders above.
fn present(snapshot: &Snapshot, folder: &str) -> Present {
    let above = std::iter::successors(Some(folder), |folder| {
        folder.rsplit_once('/').map(|(parent, _)| parent)
    });
    let mut present = Present::default();
    for folder in above {
        for (text, path) in pages(snapshot, folder) {
            if let Some(lists) = read(path, text).lists() {
                present.add(lists);
            }
        }
    }
    present
}

/// The pages directly in a folder.
fn pages<'a>(
    snapshot: &'a Snapshot,
    folder: &'a str,
) -> impl Iterator<Item = (&'a str, &'a SourcePath)> {
    let files = snapshot.below(folder);
    let files =
        files.filter(move |file| file.path.folder() == folder && file.path.extension() == "md");
    files.filter_map(|file| Some((std::str::from_utf8(&file.bytes).ok()?, &file.path)))
}

/// Adds a record to its page, on top of the changes made so far.
fn add(
    snapshot: &Snapshot,
    folder: &str,
    record: &Record,
    changes: &mut Vec<Change>,
) -> Result<(), Error> {
    let list = record.kind.list();
    let key = format!("{list}:");
    let has_list = |text: &str| text.lines().any(|line| line.starts_with(&key));
    let page = pages(snapshot, folder).find(|(text, _)| has_list(text));
    let (path, before) = match page {
        Some((text, path)) => (path.clone(), Some(text.to_owned())),
        None => {
            let path = SourcePath::new(format!("{folder}/{}", page_of(record.kind)));
            let there = pages(snapshot, folder).find(|(_, there)| **there == path);
            (path, there.map(|(text, _)| text.to_owned()))
        }
    };
    change(path, before, record, changes)
}

fn change(
    path: SourcePath,
    before: Option<String>,
    record: &Record,
    changes: &mut Vec<Change>,
) -> Result<(), Error> {
    let title = path.stem().replace('-', " ");
    let earlier = changes.iter().position(|change| change.path == path);
    let text = match (earlier, &before) {
        (Some(index), _) => changes[index].after.clone().unwrap_or_default(),
        (None, Some(text)) => text.clone(),
        (None, None) => format!("---\ntitle: {}\n---\n", capital(&title)),
    };
    let Some(after) = appended(&path, &text, record.kind, &[record]) else {
        let list = record.kind.list();
        return Err(Error::usage(format!("nothing can be added to `{list}` in `{path}`"))
            .help(format!("fix what `nutgraf check` finds there, and write `{list}:` as a list with one item below the other")));
    };
    match earlier {
        Some(index) => changes[index].after = Some(after),
        None => changes.push(Change {
            path,
            before,
            after: Some(after),
        }),
    }
    Ok(())
}

/// The page for a kind of record if there is none yet.
fn page_of(kind: RecordKind) -> &'static str {
    match kind {
        RecordKind::Event => "timeline.md",
        RecordKind::Figure => "key-figures.md",
        RecordKind::Reaction => "reactions.md",
        RecordKind::Person => "people.md",
        RecordKind::Term => "glossary.md",
        RecordKind::Question => "questions.md",
        RecordKind::Source => "sources.md",
    }
}

fn capital(words: &str) -> String {
    let mut letters = words.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => String::new(),
    }
}
