//! Decides which file of the explainer each record goes to.

use std::collections::BTreeMap;

use crate::document::{Document, Edit, FieldPath, Value, edited, parse};
use crate::error::Error;
use crate::model::RecordKind;
use crate::project::{Snapshot, SourcePath};

use super::append::{appended, read};
use super::draft::{Draft, Present, Record, field, items, words};
use super::join::{self, Amendment, Known};
use super::language::Language;

/// How much YAML from one import goes into one page, in bytes: less than half of what a page may have, so that there is
/// room for later imports.
const PAGE_BYTES: usize = 400_000;
/// The folder of all pages.
const CONTENT: &str = "content";

/// The explainer that records are drafted for, in its current state.
#[derive(Debug)]
pub(super) struct Story {
    folder: String,
    pages: BTreeMap<SourcePath, Document>,
    texts: BTreeMap<SourcePath, String>,
    /// What its pages held before anything was added.
    before: BTreeMap<SourcePath, String>,
    /// What its pages and those above it contain.
    pub(super) present: Present,
    /// The records of its own pages.
    pub(super) known: Vec<Known>,
}

/// A file of the project that is added or changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Where it is.
    pub path: SourcePath,
    /// Its text so far; `None` if it is new.
    pub before: Option<String>,
    /// What it is to hold; `None` if it goes.
    pub after: Option<String>,
}

/// The lists in the order in which their pages are written, each with its page and the page's place in the menu.
/// Sources come last: if writing breaks off, records that cite a missing source are a fault that shows.
const LISTS: [(RecordKind, &str, u8); 5] = [
    (RecordKind::Person, "people.md", 80),
    (RecordKind::Event, "timeline.md", 30),
    (RecordKind::Figure, "key-figures.md", 40),
    (RecordKind::Reaction, "reactions.md", 50),
    (RecordKind::Source, "sources.md", 70),
];

impl Story {
    /// Reads the pages of a folder and of those above it, without those that make way.
    ///
    /// # Errors
    ///
    /// If a page that records could go to has faults.
    pub(super) fn read(
        snapshot: &Snapshot,
        folder: &str,
        is_passed_over: &dyn Fn(&SourcePath) -> bool,
    ) -> Result<Self, Error> {
        let mut story = Self {
            folder: folder.to_owned(),
            pages: BTreeMap::new(),
            texts: BTreeMap::new(),
            before: BTreeMap::new(),
            present: Present::default(),
            known: Vec::new(),
        };
        for file in snapshot.below(CONTENT) {
            let below = is_within(file.path.folder(), folder);
            let above = is_within(folder, file.path.folder());
            let is_near = below || above;
            if file.path.extension() != "md" || !is_near || is_passed_over(&file.path) {
                continue;
            }
            let document = parse(&file.path, &file.bytes, file.hash, Default::default());
            let is_here = file.path.folder() == folder;
            match document.lists() {
                Some(page) => story.present.add(page),
                None if is_here => return Err(faulty(&file.path)),
                None => {}
            }
            if is_here && let Ok(text) = std::str::from_utf8(&file.bytes) {
                story.texts.insert(file.path.clone(), text.to_owned());
                let known = document.lists().map(|page| Known::of(&file.path, page));
                story.known.extend(known.unwrap_or_default());
                story.pages.insert(file.path.clone(), document);
            }
        }
        story.before = story.texts.clone();
        Ok(story)
    }

    /// Adds to a record that is there; whether that could be done.
    pub(super) fn amend(&mut self, amendment: &Amendment) -> bool {
        let text = self.texts.get(&amendment.path);
        let Some(new) = text.and_then(|text| join::amended(text, amendment)) else {
            return false;
        };
        self.texts.insert(amendment.path.clone(), new);
        true
    }

    /// A page of all accounts that differ, if there is none.
    fn page_of_accounts(&self, language: &Language) -> Option<Change> {
        let is_there = self.pages.values().any(|page| {
            let front_matter = page.front_matter.as_ref();
            front_matter.is_some_and(|fields| fields.layout.as_deref() == Some("accounts"))
        });
        let path = self.at("differences.md");
        if is_there || self.texts.contains_key(&path) {
            return None;
        }
        let mut yaml = String::new();
        field(
            &mut yaml,
            0,
            "title",
            &words(&language.tables.pages.accounts),
        );
        Some(Change {
            path,
            before: None,
            after: Some(format!("---\n{yaml}layout: accounts\nweight: 60\n---\n")),
        })
    }

    /// What adding a draft changes, in the order in which it is to be written. `has_accounts` says that accounts that
    /// differ were added.
    ///
    /// # Errors
    ///
    /// If what was drafted can't be read back, which would be a fault of ours.
    pub(super) fn with(
        &self,
        draft: &Draft,
        language: &Language,
        has_accounts: bool,
    ) -> Result<Vec<Change>, Error> {
        let mut changes: Vec<Change> = Vec::new();
        for (kind, name, weight) in LISTS {
            let records: Vec<&Record> = draft
                .records
                .iter()
                .filter(|record| record.kind == kind)
                .collect();
            for part in parts(&records) {
                let list = List {
                    kind,
                    name,
                    weight,
                    title: language.page_title(kind),
                    source: &draft.source,
                    records: part,
                };
                let change = self.list(&list, &changes)?;
                changes.push(change);
            }
        }
        for (path, text) in &self.texts {
            let before = &self.before[path];
            if text != before && !changes.iter().any(|change| change.path == *path) {
                changes.push(Change {
                    path: path.clone(),
                    before: Some(before.clone()),
                    after: Some(text.clone()),
                });
            }
        }
        if has_accounts {
            changes.extend(self.page_of_accounts(language));
        }
        let index = self.at("index.md");
        if !self.texts.contains_key(&index) && !changes.is_empty() {
            // The index comes first, because it turns the folder into an explainer.
            changes.insert(
                0,
                Change {
                    path: index,
                    before: None,
                    after: Some(overview(draft, &self.folder)),
                },
            );
        }
        Ok(changes)
    }

    /// Adds the periods of a timeline to the page of its events among the changes, and returns the page; `None` if there
    /// is none without periods of its own.
    pub(super) fn add_eras(
        eras: &[(String, String)],
        changes: &mut [Change],
    ) -> Option<SourcePath> {
        let row = |(title, date): &(String, String)| {
            Value::Map(vec![
                ("title".to_owned(), Value::text(title)),
                ("date".to_owned(), Value::text(date)),
            ])
        };
        let edit = Edit::Set {
            at: FieldPath::field("eras"),
            value: Value::List(eras.iter().map(row).collect()),
        };
        let mut added = changes.iter_mut().filter_map(|change| {
            let text = change.after.as_deref()?;
            let page = read(&change.path, text);
            let has_none = page.front_matter.as_ref()?.eras.is_empty();
            if !page.holds(RecordKind::Event) || !has_none {
                return None;
            }
            change.after = Some(edited(text, std::slice::from_ref(&edit)).ok()?);
            Some(change.path.clone())
        });
        added.next()
    }

    fn at(&self, name: &str) -> SourcePath {
        SourcePath::new(format!("{}/{name}", self.folder))
    }

    /// Adds records of one kind to the page with such a list, or to a new page if there is none or if `changes` have
    /// already filled it.
    fn list(&self, list: &List<'_>, changes: &[Change]) -> Result<Change, Error> {
        let kind = list.kind;
        let usual = self.at(list.name);
        let is_open = |path: &SourcePath| {
            self.pages.contains_key(path) && !changes.iter().any(|change| change.path == *path)
        };
        let holds = |path: &&SourcePath| is_open(path) && self.pages[*path].holds(kind);
        let page = Some(&usual)
            .filter(|path| is_open(path))
            .filter(holds)
            .or_else(|| self.pages.keys().find(holds))
            .or_else(|| is_open(&usual).then_some(&usual));
        if let Some(path) = page
            && let Some(after) = appended(path, &self.texts[path], kind, list.records)
        {
            return Ok(Change {
                path: path.clone(),
                before: Some(self.before[path].clone()),
                after: Some(after),
            });
        }
        let path = self.free(&usual, list.source, changes);
        let after = new_page(list);
        match read(&path, &after).faults().next() {
            None => Ok(Change {
                path,
                before: None,
                after: Some(after),
            }),
            Some(fault) => Err(Error::usage(format!(
                "what was drafted for `{path}` can't be read back: {}",
                fault.message
            ))
            .help("this is a fault of nutgraf; nothing was written")),
        }
    }

    /// The usual path, or one beside it if that is taken.
    fn free(&self, usual: &SourcePath, source: &str, changes: &[Change]) -> SourcePath {
        let stem = usual.stem();
        let beside = (1..).map(|number| match number {
            1 => format!("{stem}-{source}.md"),
            number => format!("{stem}-{source}-{number}.md"),
        });
        let is_free = |path: &SourcePath| {
            !self.texts.contains_key(path) && !changes.iter().any(|change| change.path == *path)
        };
        std::iter::once(usual.clone())
            .chain(beside.map(|name| self.at(&name)))
            .find(is_free)
            .unwrap_or_else(|| usual.clone())
    }
}

/// Records of one kind on their way to a page.
struct List<'a> {
    kind: RecordKind,
    /// The usual name of their page.
    name: &'a str,
    /// Its place in the menu.
    weight: u8,
    title: &'a str,
    /// The source that they cite.
    source: &'a str,
    records: &'a [&'a Record],
}

/// The records in portions that a page can hold.
fn parts<'a>(records: &'a [&'a Record]) -> Vec<&'a [&'a Record]> {
    let mut parts = Vec::new();
    let (mut start, mut length) = (0, 0);
    for (index, record) in records.iter().enumerate() {
        let own = items(&[record], 2).len();
        if index > start && length + own > PAGE_BYTES {
            parts.push(&records[start..index]);
            (start, length) = (index, 0);
        }
        length += own;
    }
    if start < records.len() {
        parts.push(&records[start..]);
    }
    parts
}

/// Whether a folder is another one or inside it.
fn is_within(folder: &str, other: &str) -> bool {
    folder
        .strip_prefix(other)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

fn faulty(path: &SourcePath) -> Error {
    Error::usage(format!(
        "`{path}` has faults, so that nothing can be added beside it"
    ))
    .help("run `nutgraf check`, fix what it shows, and import again")
}

fn new_page(list: &List<'_>) -> String {
    let mut yaml = String::new();
    field(&mut yaml, 0, "title", &words(list.title));
    format!(
        "---\n{yaml}weight: {}\n{}:\n{}---\n",
        list.weight,
        list.kind.list(),
        items(list.records, 2)
    )
}

/// The explainer's first page: a title with a short one for menus, places for the dek and the byline, and the article's
/// section headings to write under.
fn overview(draft: &Draft, folder: &str) -> String {
    let title = draft.title.clone().unwrap_or_else(|| named_after(folder));
    let mut text = String::from("---\n");
    field(&mut text, 0, "title", &words(&title));
    if let Some(short) = short_title(&title) {
        field(&mut text, 0, "nav_title", &words(&short));
    }
    text.push_str("description: # the dek: one or two sentences under the headline\n");
    text.push_str("authors: # who writes this: [Ada Moreno]\n");
    text.push_str("explainer: true\nweight: 10\n---\n");
    for heading in &draft.headings {
        text.push_str(&format!("\n## {}\n", in_markdown(heading)));
    }
    text
}

/// The first words of a long title, for menus: up to a colon, or as many as fit without breaking off at a small word.
fn short_title(title: &str) -> Option<String> {
    /// How many letters a title in a menu has.
    const LONGEST: usize = 28;
    if title.chars().count() <= LONGEST {
        return None;
    }
    let before = title
        .split([':', '—', '|', ';'])
        .next()
        .unwrap_or_default()
        .trim();
    if before != title && (4..=LONGEST).contains(&before.chars().count()) {
        return Some(before.to_owned());
    }
    let mut short: Vec<&str> = Vec::new();
    let mut length = 0;
    for word in title.split_whitespace() {
        length += word.chars().count() + usize::from(!short.is_empty());
        if length > LONGEST {
            break;
        }
        short.push(word);
    }
    while short.len() > 1 && short.last().is_some_and(|word| word.chars().count() <= 3) {
        short.pop();
    }
    let short = short.join(" ");
    let short = short.trim_end_matches([',', '-', '–']).trim();
    (!short.is_empty()).then(|| short.to_owned())
}

/// Turns `content/border-dispute` into "Border dispute".
fn named_after(folder: &str) -> String {
    let name = folder.rsplit('/').next().unwrap_or_default();
    let words = name.replace(['-', '_'], " ");
    let mut letters = words.trim().chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => "…".to_owned(),
    }
}

/// Escapes words so that Markdown shows them as they are.
fn in_markdown(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for c in words.chars() {
        if c.is_ascii_punctuation() && !matches!(c, ',' | '\'' | '?' | '.' | ';' | '/' | '%' | '"')
        {
            out.push('\\');
        }
        out.push(c);
    }
    out
}
