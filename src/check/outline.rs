//! Names and addresses: which pages exist, where they are, and in what order they are read.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::check::fields::{self, Fields, present};
use crate::check::{CheckOptions, Checked};
use crate::check::{listing, schedule};
use crate::diag::{Code, Diagnostic, Place};
use crate::document::{Document, FieldPath, FrontMatter};
use crate::model::{
    Day, Folder, HeadImage, Language, Layout, PageHead, RecordKind, Subfolder, Taxonomy,
};
use crate::project::{Permalink, SourcePath, day_in_name, encode, is_index, slugify};

/// The folder with the pages.
pub(crate) const CONTENT: &str = "content";

/// The folder with the files that are published at the site's root.
const STATIC: &str = "static";

/// Whether a page makes its folder an explainer.
pub fn makes_explainer(document: &Document) -> bool {
    let kinds = [RecordKind::Event, RecordKind::Figure, RecordKind::Reaction];
    let is_said = |front_matter: &FrontMatter| front_matter.explainer && is_index(&document.key);
    let front_matter = document.front_matter.as_ref();
    front_matter.is_some_and(|front_matter| {
        kinds.into_iter().any(|kind| document.holds(kind)) || is_said(front_matter)
    })
}

/// Whether other pages can refer to records on a page; one with faults in its front matter may have contained some.
pub fn may_hold_records(document: &Document) -> bool {
    document.front_matter.is_none() || document.holds_any()
}

/// What follows for a page from its position among the others.
#[derive(Clone, Copy, Debug)]
pub struct Standing<'a> {
    /// Whether its folder is an explainer, and it is the folder's page.
    pub is_explainer: bool,
    /// Whether it is generated for a folder without a page of its own.
    pub is_generated: bool,
    /// The language that it is in.
    pub language: Language,
    /// The address of the home page in that language.
    pub home: &'a Permalink,
    /// The names of the site's people, by id.
    pub people: &'a BTreeMap<String, String>,
}

/// Words without surrounding spaces, each once.
pub(super) fn words(written: &[String]) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for word in written.iter().map(|word| word.trim()) {
        if !word.is_empty() && !words.iter().any(|known| known == word) {
            words.push(word.to_owned());
        }
    }
    words
}

/// The names of a page's authors.
fn authors(front_matter: &FrontMatter, people: &BTreeMap<String, String>) -> Vec<String> {
    let mut authors = words(&front_matter.authors.0);
    for author in &mut authors {
        if let Some(name) = people.get(author) {
            author.clone_from(name);
        }
    }
    authors
}

/// What other pages need to know about a page; `None` if its front matter has faults.
pub fn head(
    document: &Document,
    standing: Standing<'_>,
    options: &CheckOptions,
) -> Option<Checked<PageHead>> {
    let front_matter = document.front_matter.as_ref()?;
    let mut faults = Vec::new();
    let is_index = is_index(&document.key);
    let Standing { is_explainer, .. } = standing;
    let mut fields = Fields::new(document, FieldPath::default(), &mut faults);
    let title = present(front_matter.title.as_ref());
    let title = title.unwrap_or_else(|| document.key.stem().to_owned());
    let date = match front_matter.date {
        Some(_) => fields.published("date", front_matter.date.as_ref()),
        None => fields::day_of_name(&document.key),
    };
    let updated = fields.published("updated", front_matter.updated.as_ref());
    let (as_of, review_due) = schedule::days(front_matter, options, &mut fields);
    let outdated = schedule::outdated(document, &mut fields);
    let weight = fields.integer("weight", front_matter.weight.as_ref());
    let slug = slug_of(front_matter, is_index, &mut fields);
    let listing = listing::listing(document, front_matter, &mut fields);
    let layout = layout(document, is_explainer);
    let (layout, template) = match front_matter.layout.as_deref() {
        Some(name) => named_layout(name, layout, options, &mut fields),
        None => (layout, format!("{}.html", layout.name())),
    };
    let permalink = permalink(standing.home, &document.key, slug.as_deref());
    let head = PageHead {
        source: document.path.clone(),
        language: standing.language,
        outdated,
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
        is_generated: standing.is_generated,
        is_explainer: is_index && is_explainer,
        listing,
        authors: authors(front_matter, standing.people),
        tags: words(&front_matter.tags.0),
        series: present(front_matter.series.as_ref()),
        image: image(front_matter),
        names_card: present(front_matter.card.as_ref()).is_some(),
        has_notices: document.holds_notices(),
    };
    Some(Checked::new(head, faults))
}

/// The picture of a page, as far as it is known before the page is checked.
fn image(front_matter: &FrontMatter) -> Option<HeadImage> {
    let raw = &front_matter.image;
    let focus = raw.focus.as_deref();
    Some(HeadImage {
        file: raw.file.clone()?,
        alt: raw.alt.clone().unwrap_or_default(),
        focus: focus.and_then(|focus| focus.parse().ok()),
    })
}

/// Whether a page could have a date of publication or change, judged without parsing it. Every page links to the feed if any
/// page has a date, and the first page of a preview shouldn't have to wait until all are parsed.
pub fn may_be_dated(path: &SourcePath, bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(bytes);
    // `updated:` contains the word too. In a quoted key, letters may be written as escapes.
    fields::day_of_name(path).is_some() || text.contains("date") || text.contains('\\')
}

/// Whether a page could have corrections or updates, judged without parsing it, for the same reason.
pub fn may_have_notices(bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(bytes);
    // In a quoted key, letters may be written as escapes.
    ["corrections", "updates", "\\"]
        .iter()
        .any(|word| text.contains(word))
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

/// The other addresses of a page, in the form of page addresses: `old/name/`.
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

/// The layout that follows from a page's contents.
fn layout(document: &Document, is_explainer: bool) -> Layout {
    if is_index(&document.key) {
        let is_top = document.key.folder() == CONTENT;
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
        (Layout::Questions, RecordKind::Question),
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

/// The address of a page unless its front matter sets another, below the home page of its language.
pub fn usual_address(home: &Permalink, path: &SourcePath) -> Permalink {
    permalink(home, path, None)
}

/// The address of a page, made from the slugs of its folders and of its name.
fn permalink(home: &Permalink, path: &SourcePath, slug: Option<&str>) -> Permalink {
    let mut address = home.as_str().to_owned();
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

/// The name for a page's address: its file's name, without the day before it.
fn name_of(path: &SourcePath) -> &str {
    let stem = path.stem();
    match day_in_name(stem) {
        Some((day, name)) if !name.is_empty() && day.parse::<Day>().is_ok() => name,
        _ => stem,
    }
}

/// The address of a word that groups pages, below the home page of their language.
pub fn address_of_word(home: &Permalink, kind: Taxonomy, word: &str) -> Permalink {
    let (home, kind) = (home.as_str(), kind.name());
    Permalink::new(format!("{home}{kind}/{}/", address_part(word)))
}

/// The part of an address made from a name: its slug, encoded. A name without a single letter or digit keeps its bytes.
fn address_part(name: &str) -> String {
    let slug = slugify(name);
    if slug.is_empty() {
        percent_encoding::utf8_percent_encode(name, percent_encoding::NON_ALPHANUMERIC).to_string()
    } else {
        encode(&slug)
    }
}

/// A folder, with its pages and subfolders in reading order.
pub fn folder(
    is_explainer: bool,
    index: Option<Arc<PageHead>>,
    mut pages: Vec<Arc<PageHead>>,
    mut folders: Vec<Subfolder>,
) -> Folder {
    pages.sort_by_cached_key(|page| reading_order(Some(page), page.source.as_str()));
    folders.sort_by_cached_key(|folder| reading_order(folder.index.as_ref(), &folder.path));
    Folder {
        index,
        pages,
        folders,
        is_explainer,
    }
}

type ReadingOrder = (i64, std::cmp::Reverse<Option<String>>, String, String);

/// Lowest weight first, then pages without one; newest first; then by title and file.
fn reading_order(head: Option<&Arc<PageHead>>, path: &str) -> ReadingOrder {
    let weight = head.and_then(|head| head.weight).unwrap_or(i64::MAX);
    let date = head.and_then(|head| head.date.as_ref());
    let date = date.map(|date| date.time.clone().unwrap_or_else(|| date.day.to_string()));
    let title = head.map(|head| head.title.clone()).unwrap_or_default();
    (weight, std::cmp::Reverse(date), title, path.to_owned())
}

/// The address of a file that is published unchanged: at the site's root for files in `static/`, beside their pages for
/// those in `content/`. `None` for files elsewhere.
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

/// The place that sets a page's address, or would.
pub fn place_of_address(document: &Document) -> Place {
    document.place(&FieldPath::field("slug"))
}

/// The place that sets an old address of a page.
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
