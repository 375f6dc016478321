//! Names and addresses: which pages are there, where do they stand, in what order are they read?

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::check::fields::{self, Fields, present};
use crate::check::schedule;
use crate::check::{CheckOptions, Checked, Documents};
use crate::diag::{Code, Diagnostic, Place};
use crate::document::{Document, FieldPath, FrontMatter};
use crate::model::{Anchors, Asset, Day, Folder, Later, Layout, Outline, PageHead, RecordKind};
use crate::project::{Permalink, SourcePath, day_in_name, encode, is_index, slugify};
use crate::shared_map::SharedMap;

/// The folder that holds the pages.
pub(crate) const CONTENT: &str = "content";

/// The folder that holds files which are published at the site's root.
const STATIC: &str = "static";

/// The folders that are explainers: those whose page says so, and those with a page of events, figures or
/// reactions.
pub fn explainers(documents: &Documents) -> BTreeSet<String> {
    let documents = documents.values();
    documents
        .filter(|document| makes_explainer(document))
        .map(|document| document.path.folder().to_owned())
        .collect()
}

/// Whether a page makes its folder an explainer.
pub fn makes_explainer(document: &Document) -> bool {
    let kinds = [RecordKind::Event, RecordKind::Figure, RecordKind::Reaction];
    let is_said = |front_matter: &FrontMatter| front_matter.explainer && is_index(&document.path);
    let front_matter = document.front_matter.as_ref();
    front_matter.is_some_and(|front_matter| {
        kinds.into_iter().any(|kind| document.holds(kind)) || is_said(front_matter)
    })
}

/// Whether other pages can refer to records of a page; one with faults in its front matter may have held some.
pub fn may_hold_records(document: &Document) -> bool {
    document.front_matter.is_none() || document.holds_any()
}

/// What other pages need to know of a page; `None` if its front matter has faults.
pub fn head(
    document: &Arc<Document>,
    is_explainer: bool,
    options: &CheckOptions,
) -> Option<Checked<PageHead>> {
    let front_matter = document.front_matter.as_ref()?;
    let mut faults = Vec::new();
    let is_index = is_index(&document.path);
    let mut fields = Fields::new(document, FieldPath::default(), &mut faults);
    let title = present(front_matter.title.as_ref());
    let title = title.unwrap_or_else(|| document.path.stem().to_owned());
    let date = match front_matter.date {
        Some(_) => fields.published("date", front_matter.date.as_ref()),
        None => fields::day_of_name(&document.path),
    };
    let updated = fields.published("updated", front_matter.updated.as_ref());
    let (as_of, review_due) = schedule::days(front_matter, options, &mut fields);
    let weight = fields.integer("weight", front_matter.weight.as_ref());
    let slug = slug_of(front_matter, is_index, &mut fields);
    let layout = layout(document, is_explainer);
    let (layout, template) = match front_matter.layout.as_deref() {
        Some(name) => named_layout(name, layout, options, &mut fields),
        None => (layout, format!("{}.html", layout.name())),
    };
    let permalink = permalink(&document.path, slug.as_deref());
    let head = PageHead {
        source: document.path.clone(),
        aliases: aliases(document, &permalink, &front_matter.aliases.0, &mut faults),
        permalink,
        nav_title: front_matter
            .nav_title
            .clone()
            .unwrap_or_else(|| title.clone()),
        title,
        description: front_matter.description.clone(),
        weight,
        date,
        updated,
        as_of,
        review_due,
        layout,
        template,
        is_index,
        is_explainer: is_index && is_explainer,
        records: Later::new({
            let document = document.clone();
            move || document.records()
        }),
        authors: front_matter.authors.0.clone(),
        tags: front_matter.tags.0.clone(),
        anchors: Later::new({
            let document = document.clone();
            move || Anchors {
                ids: document.anchors(),
                is_whole: !document.may_hide_records(),
            }
        }),
    };
    Some(Checked::new(head, faults))
}

fn slug_of(front_matter: &FrontMatter, is_index: bool, fields: &mut Fields<'_>) -> Option<String> {
    let slug = front_matter.slug.as_deref()?;
    if !is_index {
        return fields.slug("slug", slug);
    }
    let message = "a folder's own page is named by its folder";
    fields.fault(Code::BadValue, "slug", message, |d| {
        d.help("rename the folder, or give its old address in `aliases`")
    });
    None
}

/// The names and addresses of everything: pages that aren't held back, their folders, and files.
pub fn outline(
    documents: &Documents,
    heads: &SharedMap<SourcePath, Checked<PageHead>>,
    explainers: &BTreeSet<String>,
    files: Arc<BTreeMap<SourcePath, Asset>>,
    options: &CheckOptions,
) -> Checked<Outline> {
    let held_back = schedule::held(documents, options);
    let published = heads
        .iter()
        .filter(|(path, _)| !held_back.contains_key(path));
    let heads = published.map(|(path, head)| (path.clone(), head.value.clone()));
    let heads: SharedMap<SourcePath, Arc<PageHead>> = heads.collect();
    let outline = Outline {
        folders: Arc::new(folders(&heads, explainers)),
        heads,
        files,
        held_back: Arc::new(held_back),
    };
    let remarks = schedule::remarks(documents, &outline.held_back, options);
    Checked::new(outline, remarks)
}

/// The other addresses of a page, as pages of their own: `old/name/`.
fn aliases(
    document: &Document,
    permalink: &Permalink,
    written: &[String],
    faults: &mut Vec<Diagnostic>,
) -> Vec<Permalink> {
    let path = FieldPath::field("aliases");
    let mut aliases = Vec::new();
    for (index, alias) in written.iter().enumerate() {
        let mut fields = Fields::new(document, path.index(index), faults);
        let alias = fields.alias(alias);
        if let Some(alias) = alias.filter(|alias| alias != permalink && !aliases.contains(alias)) {
            aliases.push(alias);
        }
    }
    aliases
}

/// The documents below a folder, in order.
pub(super) fn below<'a>(
    documents: &'a Documents,
    folder: &str,
) -> impl Iterator<Item = &'a Arc<Document>> {
    let prefix = format!("{folder}/");
    documents
        .range(SourcePath::new(&prefix)..)
        .map(|(_, document)| document)
        .take_while(move |document| document.path.as_str().starts_with(&prefix))
}

/// The layout that a page has by what it holds.
fn layout(document: &Document, is_explainer: bool) -> Layout {
    if is_index(&document.path) {
        let is_top = document.path.folder() == CONTENT;
        return if is_explainer || is_top {
            Layout::Home
        } else {
            Layout::Section
        };
    }
    let lists = [
        (Layout::Timeline, RecordKind::Event),
        (Layout::Figures, RecordKind::Figure),
        (Layout::Reactions, RecordKind::Reaction),
        (Layout::Glossary, RecordKind::Term),
        (Layout::Sources, RecordKind::Source),
        (Layout::People, RecordKind::Person),
    ];
    let mut lists = lists.into_iter();
    let first = lists.find(|(_, kind)| document.holds(*kind));
    first.map_or(Layout::Page, |(layout, _)| layout)
}

/// The layout and template that `layout:` names: a built-in one, or a template of the project's own.
fn named_layout(
    name: &str,
    otherwise: Layout,
    options: &CheckOptions,
    fields: &mut Fields<'_>,
) -> (Layout, String) {
    let template = format!("{name}.html");
    if let Some(layout) = Layout::ALL.into_iter().find(|layout| layout.name() == name) {
        return (layout, template);
    }
    if options.templates.contains(&template) {
        return (otherwise, template);
    }
    let own = options
        .templates
        .iter()
        .filter_map(|name| name.strip_suffix(".html"));
    let valid: Vec<&str> = Layout::ALL
        .iter()
        .map(|layout| layout.name())
        .chain(own)
        .collect();
    let message = format!("there is no layout `{name}`");
    fields.fault(Code::BadValue, "layout", message, |d| {
        d.suggest(name, valid)
    });
    (otherwise, format!("{}.html", otherwise.name()))
}

/// The address that a page has unless its front matter says another.
pub fn usual_address(path: &SourcePath) -> Permalink {
    permalink(path, None)
}

/// The address of a page: the slugs of its folders and of its name.
fn permalink(path: &SourcePath, slug: Option<&str>) -> Permalink {
    let mut address = String::new();
    let folders = path.folder().split('/').skip(1);
    for part in folders.filter(|part| !part.is_empty()) {
        address.push_str(&address_part(part));
        address.push('/');
    }
    if !is_index(path) {
        address.push_str(&slug.map_or_else(|| address_part(name_of(path)), encode));
        address.push('/');
    }
    Permalink::new(address)
}

/// What a page is named by: its file's name, without the day before it.
fn name_of(path: &SourcePath) -> &str {
    let stem = path.stem();
    match day_in_name(stem) {
        Some((day, name)) if !name.is_empty() && day.parse::<Day>().is_ok() => name,
        _ => stem,
    }
}

/// The part of an address that stands for a name: its slug, encoded. A name without a single letter or digit keeps its
/// bytes.
fn address_part(name: &str) -> String {
    let slug = slugify(name);
    if slug.is_empty() {
        percent_encoding::utf8_percent_encode(name, percent_encoding::NON_ALPHANUMERIC).to_string()
    } else {
        encode(&slug)
    }
}

/// The folders of all pages and those above them, each with its pages in reading order.
fn folders(
    heads: &SharedMap<SourcePath, Arc<PageHead>>,
    explainers: &BTreeSet<String>,
) -> BTreeMap<Arc<str>, Folder> {
    let mut folders: BTreeMap<Arc<str>, Folder> = BTreeMap::new();
    folders.insert(Arc::from(CONTENT), Folder::default());
    for (path, head) in heads {
        let folder = folder_at(&mut folders, path.folder());
        if head.is_index {
            folder.index = Some(path.clone());
        } else {
            folder.pages.push(path.clone());
        }
    }
    let index_of: BTreeMap<Arc<str>, Option<SourcePath>> = folders
        .iter()
        .map(|(path, folder)| (path.clone(), folder.index.clone()))
        .collect();
    for (path, folder) in &mut folders {
        folder.is_explainer = explainers.contains(&**path);
        folder
            .pages
            .sort_by_cached_key(|page| reading_order(heads.get(page), page.as_str()));
        folder.folders.sort_by_cached_key(|path| {
            let index = index_of.get(path).and_then(Option::as_ref);
            reading_order(index.and_then(|index| heads.get(index)), path)
        });
    }
    folders
}

/// Whether a page stands where it should among its neighbors in reading order.
pub fn is_in_order(outline: &Outline, page: &SourcePath) -> bool {
    let key = |page: Option<&SourcePath>, path: &str| {
        reading_order(page.and_then(|page| outline.heads.get(page)), path)
    };
    let folder = page.folder();
    let keys_around = |at: usize, length: usize, key: &dyn Fn(usize) -> ReadingOrder| {
        let around: Vec<_> = (at.saturating_sub(1)..length.min(at + 2))
            .map(key)
            .collect();
        around.is_sorted()
    };
    if !is_index(page) {
        let pages = outline.folders.get(folder).map(|folder| &*folder.pages);
        let pages = pages.unwrap_or_default();
        let at = pages.iter().position(|other| other == page);
        let key = |at: usize| key(Some(&pages[at]), pages[at].as_str());
        return at.is_some_and(|at| keys_around(at, pages.len(), &key));
    }
    let Some((parent, _)) = folder.rsplit_once('/') else {
        return true;
    };
    let folders = outline.folders.get(parent).map(|folder| &*folder.folders);
    let folders = folders.unwrap_or_default();
    let at = folders.iter().position(|other| **other == *folder);
    let key = |at: usize| {
        let index = outline.folders.get(&folders[at]);
        key(index.and_then(|folder| folder.index.as_ref()), &folders[at])
    };
    at.is_some_and(|at| keys_around(at, folders.len(), &key))
}

/// A folder; it is added with those above it if it isn't there yet.
fn folder_at<'f>(folders: &'f mut BTreeMap<Arc<str>, Folder>, path: &str) -> &'f mut Folder {
    let folder: Arc<str> = Arc::from(path);
    if let Some((parent, _)) = path.rsplit_once('/')
        && !folders.contains_key(path)
    {
        folder_at(folders, parent).folders.push(folder.clone());
    }
    folders.entry(folder).or_default()
}

type ReadingOrder = (i64, std::cmp::Reverse<Option<String>>, String, String);

/// Small weights first, then pages without one; the newest first; then by title and file.
fn reading_order(head: Option<&Arc<PageHead>>, path: &str) -> ReadingOrder {
    let weight = head.and_then(|head| head.weight).unwrap_or(i64::MAX);
    let date = head.and_then(|head| head.date.as_ref());
    let date = date.map(|date| date.time.clone().unwrap_or_else(|| date.day.to_string()));
    let title = head.map(|head| head.title.clone()).unwrap_or_default();
    (weight, std::cmp::Reverse(date), title, path.to_owned())
}

/// The address of a file that is published as it is: files of `static/` stand at the site's root, those of
/// `content/` beside their pages. `None` for files elsewhere.
pub fn address_of_file(path: &SourcePath) -> Option<Permalink> {
    let (top, rest) = path.as_str().split_once('/')?;
    match top {
        STATIC => Some(Permalink::new(encode(rest))),
        CONTENT => {
            let (folders, name) = rest.rsplit_once('/').unwrap_or(("", rest));
            let folders = folders.split('/').filter(|part| !part.is_empty());
            let mut address: String = folders.map(|part| address_part(part) + "/").collect();
            address.push_str(&encode(name));
            Some(Permalink::new(address))
        }
        _ => None,
    }
}

/// Where a page's own address is said, or would be.
pub fn place_of_address(document: &Document) -> Place {
    document.place(&FieldPath::field("slug"))
}

/// Where an old address of a page is said.
pub fn place_of_alias(document: &Document, alias: &Permalink) -> Place {
    let field = FieldPath::field("aliases");
    let written = document.front_matter.iter().flat_map(|f| &f.aliases.0);
    let index = written
        .map(|text| fields::alias(text))
        .position(|read| read.as_ref() == Some(alias));
    document.place(&match index {
        Some(index) => field.index(index),
        None => field,
    })
}
