//! What a folder's page lists.

use crate::project::SourcePath;

/// How a folder's page lists the pages below it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listing {
    /// The pages to show first, by their files.
    pub featured: Vec<SourcePath>,
    /// How many of the newest pages below are shown.
    pub latest: usize,
    /// The order of all pages below, at any depth; `None` for a list of what is directly below.
    pub sort_by: Option<SortBy>,
    /// How many items of that list are shown per page; `None` for all of them.
    pub paginate_by: Option<usize>,
    /// Whether there is a list for each year.
    pub has_archive: bool,
}

/// How the reactions of a page are grouped.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum GroupBy {
    /// By the organization that somebody speaks for.
    #[default]
    Organisation,
    /// By who speaks.
    Speaker,
    /// By when it was said, the earliest first; without a date last.
    Date,
}

impl GroupBy {
    /// Every way.
    pub const ALL: [Self; 3] = [Self::Organisation, Self::Speaker, Self::Date];

    /// The words of all of them, in the order of [`GroupBy::ALL`].
    pub const NAMES: &[&str] = &[
        Self::Organisation.name(),
        Self::Speaker.name(),
        Self::Date.name(),
    ];

    /// The value as written in front matter.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Organisation => "organisation",
            Self::Speaker => "speaker",
            Self::Date => "date",
        }
    }
}

/// The order of a list of pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SortBy {
    /// Newest first, then pages without a date.
    Date,
    /// Lowest weight first, then pages without one.
    Weight,
    /// Alphabetically by title.
    Title,
}

impl SortBy {
    /// Every order.
    pub const ALL: [Self; 3] = [Self::Date, Self::Weight, Self::Title];

    /// The words of all of them, in the order of [`SortBy::ALL`].
    pub const NAMES: &[&str] = &[Self::Date.name(), Self::Weight.name(), Self::Title.name()];

    /// The value as written in front matter.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Date => "date",
            Self::Weight => "weight",
            Self::Title => "title",
        }
    }
}
