//! The names and addresses of a site: what can be known without reading the text of any page.

use std::collections::BTreeMap;
use std::str::FromStr;
use std::sync::Arc;

use crate::model::{
    Anchor, Anchors, Groupings, Held, Language, PageHead, RecordKind, SortBy, Taxonomy,
};
use crate::project::{ContentHash, Permalink, SourcePath};

/// The names and addresses of a site, queried one page, folder or file at a time.
///
/// A caller depends only on the answers that it asked for, so an edit costs only what it touches. The methods about the
/// whole site come last: for feeds, lists of everything, suggestions. Pages that are held back don't appear anywhere.
///
/// An outline is of one language of the site. A page that isn't translated is there in the site's own, where the reader
/// of an explainer would miss it.
pub trait Outline {
    /// The language that it is of.
    fn language(&self) -> Language;

    /// The address of the home page in that language: empty, or `es/`.
    fn home(&self) -> Permalink;

    /// What other pages need to know about a page, by its file; `None` if there is no such page.
    fn head(&self, page: &SourcePath) -> Option<Arc<PageHead>>;

    /// The ids on a page that links can lead to; `None` if there is no such page.
    fn anchors(&self, page: &SourcePath) -> Option<Arc<Anchors>>;

    /// The records defined on a page, by kind and id, in the writer's order.
    fn records(&self, page: &SourcePath) -> Arc<[(RecordKind, Arc<str>)]>;

    /// A folder that contains pages, directly or further down; the topmost is `content`.
    fn folder(&self, path: &str) -> Option<Arc<Folder>>;

    /// The pages of a folder in reading order: its own, then those in it, then those of subfolders that aren't
    /// explainers themselves.
    fn pages_of(&self, folder: &str) -> Arc<[Arc<PageHead>]>;

    /// The pages below a folder's own, at any depth, in an order; explainers are represented by their front page.
    fn listed_below(&self, folder: &str, order: SortBy) -> Arc<[Arc<PageHead>]>;

    /// The words of a kind by which the site's pages are grouped.
    fn groupings(&self, kind: Taxonomy) -> Arc<Groupings>;

    /// The folder of the explainer that a file belongs to: the nearest one above; `None` outside any.
    fn explainer_of(&self, file: &SourcePath) -> Option<Arc<str>>;

    /// A file that is published as it is.
    fn asset(&self, file: &SourcePath) -> Option<Asset>;

    /// The page in another language; `None` if it isn't translated.
    fn translation(&self, page: &SourcePath, language: Language) -> Option<Arc<PageHead>>;

    /// Why a page is left out for now, because of its own fields or of a folder's page above; `None` if it isn't.
    fn held_back(&self, page: &SourcePath) -> Option<Held>;

    /// Whether there is a page, or a folder with a page of its own, that can't be read. Its faults are reported where
    /// they are: whatever leads to it has none.
    fn is_unreadable(&self, path: &SourcePath) -> bool;

    /// Whether any page has a date of publication or change.
    fn is_dated(&self) -> bool;

    /// The pages with corrections or updates, by file.
    fn with_notices(&self) -> Arc<[SourcePath]>;

    /// Every page of the site, by file.
    fn heads(&self) -> Arc<[Arc<PageHead>]>;

    /// The people and terms of the pages at the top of the site, each with the folders of the explainers that tell of it.
    fn shared_subjects(&self) -> Arc<BTreeMap<Anchor, Vec<Arc<str>>>>;

    /// The folders of all explainers that have pages, by path.
    fn explainers(&self) -> Arc<[Arc<str>]>;

    /// Every file of the site that is published as it is, by file.
    fn assets(&self) -> Arc<BTreeMap<SourcePath, Asset>>;

    /// The page of a folder, if it has one.
    fn index_of(&self, folder: &str) -> Option<Arc<PageHead>> {
        self.folder(folder)?.index.clone()
    }
}

/// A folder that contains pages.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Folder {
    /// Its own page.
    pub index: Option<Arc<PageHead>>,
    /// The other pages directly in it, in reading order.
    pub pages: Vec<Arc<PageHead>>,
    /// The subfolders with pages directly in it, in reading order.
    pub folders: Vec<Subfolder>,
    /// Whether it is an explainer.
    pub is_explainer: bool,
}

/// A folder, as seen from the one above.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subfolder {
    /// Its path.
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
    /// Its contents, if its name says that it is a raster picture; `None` for other files.
    pub picture: Option<Picture>,
}

/// The contents of a file with a picture's name.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Picture {
    /// A picture of pixels.
    Sized(Pixels),
    /// Not a picture that browsers can show, and why.
    Broken(String),
}

/// A picture of pixels: how large it is shown, and in which smaller sizes it is published too.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Pixels {
    /// How large it is.
    pub size: PictureSize,
    /// Its smaller sizes, from small to large; empty if it is small, or can't be made smaller.
    pub smaller: Arc<[Rendition]>,
    /// Whether it can be cut to the size of a picture for where an address is shared.
    pub can_be_shared: bool,
}

impl Pixels {
    /// The one to show where a browser can't choose: the largest of the smaller ones that fits a column on a fine screen. `None` if it
    /// is published in one size.
    pub fn usual(&self) -> Option<&Rendition> {
        let fits = |rendition: &&Rendition| rendition.size.width <= 1280;
        self.smaller.iter().rfind(fits).or(self.smaller.first())
    }
}

/// A picture in one of its smaller sizes.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Rendition {
    /// Its address.
    pub permalink: Permalink,
    /// How large it is.
    pub size: PictureSize,
}

/// What stays in sight when a picture is cut: a place on it, in percent from the left and from the top.
///
/// # Examples
///
/// ```
/// use nutgraf_document::model::Focus;
///
/// assert_eq!("top left".parse(), Ok(Focus { x: 0, y: 0 }));
/// assert_eq!("right".parse(), Ok(Focus { x: 100, y: 50 }));
/// assert_eq!("30% 40%".parse(), Ok(Focus { x: 30, y: 40 }));
/// assert!("the dog".parse::<Focus>().is_err());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Focus {
    /// From the left, 0 to 100.
    pub x: u8,
    /// From the top, 0 to 100.
    pub y: u8,
}

/// That words don't say what is to stay in sight.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoFocus;

impl FromStr for Focus {
    type Err = NoFocus;

    fn from_str(text: &str) -> Result<Self, NoFocus> {
        let mut words = text.split_whitespace().peekable();
        let percent = |word: &str| {
            let number: u8 = word.strip_suffix('%')?.parse().ok()?;
            (number <= 100).then_some(number)
        };
        if let [x, y] = *text.split_whitespace().collect::<Vec<_>>()
            && let (Some(x), Some(y)) = (percent(x), percent(y))
        {
            return Ok(Self { x, y });
        }
        words.peek().ok_or(NoFocus)?;
        let mut focus = Self { x: 50, y: 50 };
        for word in words {
            match word {
                "left" => focus.x = 0,
                "right" => focus.x = 100,
                "top" => focus.y = 0,
                "bottom" => focus.y = 100,
                "center" => {}
                _ => return Err(NoFocus),
            }
        }
        Ok(focus)
    }
}

/// The size at which a picture is shown, in pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct PictureSize {
    /// From left to right.
    pub width: u32,
    /// From top to bottom.
    pub height: u32,
}
