//! Words that group pages: tags, authors, series.

use std::sync::Arc;

use crate::model::PageHead;
use crate::project::Permalink;

/// A kind of words that group pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Taxonomy {
    /// What pages are about.
    Tags,
    /// Who wrote them.
    Authors,
    /// What they are parts of.
    Series,
}

impl Taxonomy {
    /// Every kind.
    pub const ALL: [Self; 3] = [Self::Tags, Self::Authors, Self::Series];

    /// The field that holds the words, which is also the first part of their addresses.
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

    /// The address of the list of all words of this kind.
    pub fn permalink(self) -> Permalink {
        Permalink::new(format!("{}/", self.name()))
    }
}

/// A word that groups pages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grouping {
    /// The word, as the first page writes it.
    pub name: String,
    /// Its address.
    pub permalink: Permalink,
    /// What is known of it besides: of an author who is one of the site's people the role and the organisation.
    pub description: Option<String>,
    /// The pages that have it: the newest first; the parts of a series in reading order.
    pub pages: Arc<[Arc<PageHead>]>,
}

/// The words of one kind, by address, and those that can't have one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Groupings {
    /// The words, by address.
    pub words: Vec<Grouping>,
    /// Words that have the address of another one: the page, the word's place in the list there, the other word.
    pub collisions: Vec<(Arc<PageHead>, usize, String)>,
}

impl Groupings {
    /// The word of an address.
    pub fn at(&self, permalink: &Permalink) -> Option<&Grouping> {
        let index = self
            .words
            .binary_search_by(|word| word.permalink.cmp(permalink));
        index.ok().and_then(|index| self.words.get(index))
    }
}
