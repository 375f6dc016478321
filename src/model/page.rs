//! Pages, the records in their reach, and the site that they make.

use std::collections::BTreeMap;
use std::fmt;
use std::ops::Deref;
use std::sync::{Arc, LazyLock};

use crate::model::{
    Anchor, Correction, Day, Event, Figure, Heading, Markup, Person, Reaction, RecordKind, Segment,
    Source, Term,
};
use crate::project::{ContentHash, Permalink, SourcePath};
use crate::shared_map::SharedMap;

/// What kind of page it is, which decides its template.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Layout {
    /// The front page of the site or of an explainer.
    Home,
    /// A folder's page that lists the pages below it.
    Section,
    /// Prose.
    Page,
    /// Events.
    Timeline,
    /// Figures.
    Figures,
    /// Reactions.
    Reactions,
    /// People.
    People,
    /// Terms.
    Glossary,
    /// Sources.
    Sources,
}

impl Layout {
    /// Every layout.
    pub const ALL: [Self; 9] = [
        Self::Home,
        Self::Section,
        Self::Page,
        Self::Timeline,
        Self::Figures,
        Self::Reactions,
        Self::People,
        Self::Glossary,
        Self::Sources,
    ];

    /// The words of all of them, in the order of [`Layout::ALL`].
    pub const NAMES: &[&str] = &{
        let mut names = [""; Self::ALL.len()];
        let mut index = 0;
        while index < names.len() {
            names[index] = Self::ALL[index].name();
            index += 1;
        }
        names
    };

    /// The word as written in `layout:`; its template is `NAME.html`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Home => "home",
            Self::Section => "section",
            Self::Page => "page",
            Self::Timeline => "timeline",
            Self::Figures => "figures",
            Self::Reactions => "reactions",
            Self::People => "people",
            Self::Glossary => "glossary",
            Self::Sources => "sources",
        }
    }
}

/// When a page was published or changed: a day, or a moment with its offset (RFC 3339).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Published {
    /// The day, in the time zone that was written.
    pub day: Day,
    /// The whole RFC 3339 text, if a time was given.
    pub time: Option<String>,
}

/// Why a page is left out of the site for now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Held {
    /// It says that it is a draft.
    Draft,
    /// Its `date` is still to come.
    NotYet(Day),
    /// Its `expires` has come.
    Expired(Day),
}

impl Held {
    /// What a writer can do about it.
    pub fn help(self) -> String {
        match self {
            Self::Draft => {
                "the page is a draft: publish it too, or show drafts with `--drafts`".to_owned()
            }
            Self::NotYet(day) => {
                format!(
                    "the page goes out with the first build on or after {day}; `--future` shows it now"
                )
            }
            Self::Expired(day) => {
                format!(
                    "the page has ended: write a later day than `expires: {day}` to have it back"
                )
            }
        }
    }
}

/// Something about a page that is found when it is first asked for, since that takes reading more of the page.
#[derive(Clone)]
pub struct Later<T>(Arc<LazyLock<T, Find<T>>>);

type Find<T> = Box<dyn FnOnce() -> T + Send + Sync>;

impl<T> Later<T> {
    /// What `find` will find.
    pub fn new(find: impl FnOnce() -> T + Send + Sync + 'static) -> Self {
        Self(Arc::new(LazyLock::new(Box::new(find))))
    }
}

impl<T> Deref for Later<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T: PartialEq> PartialEq for Later<T> {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0) || **self == **other
    }
}

impl<T: Eq> Eq for Later<T> {}

impl<T: fmt::Debug> fmt::Debug for Later<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

/// The ids on a page that links can lead to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Anchors {
    /// Those of headings, footnotes and records, in that order.
    pub ids: Vec<String>,
    /// Whether these are all; not if the page's records have faults.
    pub is_whole: bool,
}

/// What other pages need to know of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageHead {
    /// The file it comes from.
    pub source: SourcePath,
    /// Its address.
    pub permalink: Permalink,
    /// Its headline.
    pub title: String,
    /// Its name in navigation.
    pub nav_title: String,
    /// Its dek.
    pub description: Option<String>,
    /// Its place among its siblings: small numbers first, then those without one.
    pub weight: Option<i64>,
    /// When it was published.
    pub date: Option<Published>,
    /// When it was last changed.
    pub updated: Option<Published>,
    /// How far what it says goes.
    pub as_of: Option<Published>,
    /// The day by which it was to be looked at again, if that has passed.
    pub review_due: Option<Published>,
    /// What it is.
    pub layout: Layout,
    /// The template that renders it: that of its layout, or one of the project's own.
    pub template: String,
    /// Whether it is the page of its folder.
    pub is_index: bool,
    /// Whether it is an explainer's front page.
    pub is_explainer: bool,
    /// Who wrote it, in the writer's order.
    pub authors: Vec<String>,
    /// Its tags, in the writer's order.
    pub tags: Vec<String>,
    /// Other addresses that lead to it.
    pub aliases: Vec<Permalink>,
    /// The records that are written on it, by kind and id.
    pub records: Later<Vec<(RecordKind, Arc<str>)>>,
    /// The ids on it that links can lead to. Last, so that comparing looks for them last.
    pub anchors: Later<Anchors>,
}

/// A page after every check.
#[derive(Clone, Debug)]
pub struct Page {
    /// What other pages need to know of it.
    pub head: Arc<PageHead>,
    /// The points to take away, each one line of prose.
    pub key_points: Vec<Markup>,
    /// The prose.
    pub body: Markup,
    /// The terms that the prose and the key points link to, in order, each once.
    pub mentioned: Vec<Arc<Term>>,
    /// The headings of the prose, in order.
    pub headings: Vec<Heading>,
    /// How many words the prose has.
    pub n_words: usize,
    /// Free data for a project's own templates.
    pub extra: serde_json::Value,
    /// The records that stand on this page.
    pub records: Records,
}

impl Page {
    /// Whether the page's own prose cites a source.
    pub fn cites(&self, source: &Anchor) -> bool {
        let texts = self.key_points.iter().chain([&self.body]);
        texts.flat_map(|text| &text.segments).any(|segment| {
            matches!(segment, Segment::Cite(citations)
                if citations.iter().any(|citation| citation.source.anchor == *source))
        })
    }
}

/// Records in the order in which they are written, per kind.
#[derive(Clone, Debug, Default)]
pub struct Records {
    /// Events, by date.
    pub events: Vec<Arc<Event>>,
    /// Figures, in the writer's order.
    pub figures: Vec<Arc<Figure>>,
    /// Reactions, in the writer's order.
    pub reactions: Vec<Arc<Reaction>>,
    /// People, in the writer's order.
    pub people: Vec<Arc<Person>>,
    /// Terms, in the writer's order.
    pub terms: Vec<Arc<Term>>,
    /// Sources, in the writer's order.
    pub sources: Vec<Arc<Source>>,
    /// Corrections, newest first.
    pub corrections: Vec<Arc<Correction>>,
}

/// The names of everything on the site: what can be known without looking into any page's text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outline {
    /// The heads of all pages, by file.
    pub heads: SharedMap<SourcePath, Arc<PageHead>>,
    /// The folders that hold pages, and those above them, by path; the topmost is `content`.
    pub folders: Arc<BTreeMap<Arc<str>, Folder>>,
    /// The files that are published as they are, by file.
    pub files: Arc<BTreeMap<SourcePath, Asset>>,
    /// The pages that are left out for now, and why.
    pub held_back: Arc<BTreeMap<SourcePath, Held>>,
}

/// A folder of pages.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Folder {
    /// Its own page.
    pub index: Option<SourcePath>,
    /// The other pages that are directly in it, in reading order.
    pub pages: Vec<SourcePath>,
    /// The folders that are directly in it, in reading order.
    pub folders: Vec<Arc<str>>,
    /// Whether it is an explainer.
    pub is_explainer: bool,
}

/// A file that is published as it is.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Asset {
    /// Its address.
    pub permalink: Permalink,
    /// The hash of its bytes.
    pub hash: ContentHash,
}

impl PageHead {
    /// Whether another head can take this one's place, with all addresses in an outline as they were. Its place among
    /// its siblings may be another one.
    pub(crate) fn stands_as(&self, other: &Self) -> bool {
        let place = |head: &Self| {
            (
                head.source.clone(),
                head.permalink.clone(),
                head.is_index,
                head.is_explainer,
            )
        };
        place(self) == place(other) && self.aliases == other.aliases
    }
}

impl Outline {
    /// Whether a page has the same head in another outline, but for ids and records: then pages that show or name it look
    /// the same.
    pub(crate) fn looks_as(&self, other: &Self, page: &SourcePath) -> bool {
        let (Some(here), Some(there)) = (self.heads.get(page), other.heads.get(page)) else {
            return false;
        };
        let there = PageHead {
            records: here.records.clone(),
            anchors: here.anchors.clone(),
            ..PageHead::clone(there)
        };
        **here == there
    }

    /// Whether all addresses are the same ones as in another outline of the same site.
    pub(crate) fn has_places_of(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.files, &other.files) && Arc::ptr_eq(&self.folders, &other.folders)
    }

    /// The folder of the explainer that a file belongs to: the nearest one upwards; `None` outside any.
    pub fn explainer_of(&self, file: &SourcePath) -> Option<&str> {
        let mut folder = file.folder();
        loop {
            match self.folders.get_key_value(folder) {
                Some((path, outline)) if outline.is_explainer => return Some(path),
                _ => folder = folder.rsplit_once('/')?.0,
            }
        }
    }

    /// The pages of a folder in reading order: its own, then those in it, then those of the folders
    /// below that are no explainers of their own.
    pub fn pages_of(&self, folder: &str) -> Vec<&Arc<PageHead>> {
        let mut pages = Vec::new();
        let mut waiting = vec![folder];
        while let Some(folder) = waiting.pop() {
            let Some(outline) = self.folders.get(folder) else {
                continue;
            };
            let files = outline.index.iter().chain(&outline.pages);
            pages.extend(files.filter_map(|file| self.heads.get(file)));
            let below = outline.folders.iter().rev().map(|path| &**path);
            waiting.extend(below.filter(|path| {
                self.folders
                    .get(*path)
                    .is_some_and(|folder| !folder.is_explainer)
            }));
        }
        pages
    }

    /// The page of the folder `folder`, if it has one.
    pub fn index_of(&self, folder: &str) -> Option<&Arc<PageHead>> {
        self.heads.get(self.folders.get(folder)?.index.as_ref()?)
    }
}
