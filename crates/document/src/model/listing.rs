//! What the page of a folder lists.

use crate::project::SourcePath;

/// How the page of a folder lists what is below it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listing {
    /// The pages to show first, by their files.
    pub featured: Vec<SourcePath>,
    /// How many of the newest pages below to show.
    pub latest: usize,
    /// The order of all pages below, at any depth; `None` for a list of what is directly below.
    pub sort_by: Option<SortBy>,
    /// How many pages of that list are on one page; `None` for all of them.
    pub paginate_by: Option<usize>,
    /// Whether there is a list for each year.
    pub has_archive: bool,
}

/// The order of a list of pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SortBy {
    /// The newest first; then those without a date.
    Date,
    /// Small weights first; then those without one.
    Weight,
    /// By the alphabet.
    Title,
}

impl SortBy {
    /// Every order.
    pub const ALL: [Self; 3] = [Self::Date, Self::Weight, Self::Title];

    /// The words of all of them, in the order of [`SortBy::ALL`].
    pub const NAMES: &[&str] = &[Self::Date.name(), Self::Weight.name(), Self::Title.name()];

    /// The word as written in front matter.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Date => "date",
            Self::Weight => "weight",
            Self::Title => "title",
        }
    }
}
