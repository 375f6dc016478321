//! Words that group pages: tags, authors, series.

use std::sync::Arc;

use crate::model::PageHead;
use crate::project::Permalink;

/// A kind of word that groups pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Taxonomy {
    /// What pages are about.
    Tags,
    /// Who wrote them.
    Authors,
    /// The series that they are part of.
    Series,
}

impl Taxonomy {
    /// Every kind.
    pub const ALL: [Self; 3] = [Self::Tags, Self::Authors, Self::Series];

    /// The field with the words, which is also the first part of their addresses.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Tags => "tags",
            Self::Authors => "authors",
            Self::Series => "series",
        }
    }

    /// The words of this kind that a page has, in the writer's order.
    pub fn words(self, head: &PageHead) -> &[String] {
        match self {
            Self::Tags => &head.tags,
            Self::Authors => &head.authors,
            Self::Series => head.series.as_slice(),
        }
    }

    /// The address of the list of all words of this kind, below a home page.
    pub fn permalink(self, home: &Permalink) -> Permalink {
        Permalink::new(format!("{}{}/", home.as_str(), self.name()))
    }
}

/// A word that groups pages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grouping {
    /// The word, spelled as on the first page.
    pub name: String,
    /// Its address.
    pub permalink: Permalink,
    /// What else is known about it: for an author among the site's people, the role and organization.
    pub description: Option<String>,
    /// The pages with it, newest first; the parts of a series in reading order.
    pub pages: Arc<[Arc<PageHead>]>,
}

/// The words of one kind, by address, and those that can't have one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Groupings {
    /// The words, by address.
    pub words: Vec<Grouping>,
    /// Words whose address belongs to another: the page, the word's position in the list there, and the other word.
    pub collisions: Vec<(Arc<PageHead>, usize, String)>,
}

impl Groupings {
    /// The word with an address.
    pub fn at(&self, permalink: &Permalink) -> Option<&Grouping> {
        let index = self
            .words
            .binary_search_by(|word| word.permalink.cmp(permalink));
        index.ok().and_then(|index| self.words.get(index))
    }
}
