//! The names and addresses of a site: what can be known without reading any page's text.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::model::{Anchors, Groupings, Held, PageHead, RecordKind, SortBy, Taxonomy};
use crate::project::{ContentHash, Permalink, SourcePath};

/// The names and addresses of a site, asked for one page, folder or file at a time.
///
/// Whoever asks depends on that answer alone, so an edit costs what it touches. What is of the whole site comes last:
/// feeds, lists of everything, suggestions. Pages that are held back are nowhere in it.
pub trait Outline {
    /// What other pages need to know of a page, by its file; `None` if there is no such page.
    fn head(&self, page: &SourcePath) -> Option<Arc<PageHead>>;

    /// The ids on a page that links can lead to; `None` if there is no such page.
    fn anchors(&self, page: &SourcePath) -> Option<Arc<Anchors>>;

    /// The records that are written on a page, by kind and id, in the writer's order.
    fn records(&self, page: &SourcePath) -> Arc<[(RecordKind, Arc<str>)]>;

    /// A folder that holds pages, itself or further down; the topmost is `content`.
    fn folder(&self, path: &str) -> Option<Arc<Folder>>;

    /// The pages of a folder in reading order: its own, then those in it, then those of the folders below that are no
    /// explainers of their own.
    fn pages_of(&self, folder: &str) -> Arc<[Arc<PageHead>]>;

    /// The pages below a folder's own, at any depth, in an order; of an explainer in it the front page alone.
    fn listed_below(&self, folder: &str, order: SortBy) -> Arc<[Arc<PageHead>]>;

    /// The words of a kind that group the site's pages.
    fn groupings(&self, kind: Taxonomy) -> Arc<Groupings>;

    /// The folder of the explainer that a file belongs to: the nearest one upwards; `None` outside any.
    fn explainer_of(&self, file: &SourcePath) -> Option<Arc<str>>;

    /// A file that is published as it is.
    fn asset(&self, file: &SourcePath) -> Option<Asset>;

    /// Why a page is left out for now: because of what it says itself, or the page of a folder above; `None` if it isn't.
    fn held_back(&self, page: &SourcePath) -> Option<Held>;

    /// Whether there is a page, or a folder with a page of its own, that can't be read. Its faults are told where they
    /// are: whoever leads to it has none.
    fn is_unreadable(&self, path: &SourcePath) -> bool;

    /// Whether any page says when it was published or changed.
    fn is_dated(&self) -> bool;

    /// Every page of the site, by file.
    fn heads(&self) -> Arc<[Arc<PageHead>]>;

    /// The folders of all explainers that have pages, by path.
    fn explainers(&self) -> Arc<[Arc<str>]>;

    /// Every file of the site that is published as it is, by file.
    fn assets(&self) -> Arc<BTreeMap<SourcePath, Asset>>;

    /// The page of a folder, if it has one.
    fn index_of(&self, folder: &str) -> Option<Arc<PageHead>> {
        self.folder(folder)?.index.clone()
    }
}

/// A folder of pages.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Folder {
    /// Its own page.
    pub index: Option<Arc<PageHead>>,
    /// The other pages that are directly in it, in reading order.
    pub pages: Vec<Arc<PageHead>>,
    /// The folders with pages that are directly in it, in reading order.
    pub folders: Vec<Subfolder>,
    /// Whether it is an explainer.
    pub is_explainer: bool,
}

/// A folder, seen from the one above.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subfolder {
    /// Where it is.
    pub path: Arc<str>,
    /// Its own page.
    pub index: Option<Arc<PageHead>>,
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
    /// What is in it, if its name says that it is a picture of pixels; `None` for other files.
    pub picture: Option<Picture>,
}

/// What is in a file that has the name of a picture.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Picture {
    /// A picture that is shown so large.
    Sized(PictureSize),
    /// None that browsers show: why.
    Broken(String),
}

/// How large a picture is shown, in pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct PictureSize {
    /// From left to right.
    pub width: u32,
    /// From top to bottom.
    pub height: u32,
}
