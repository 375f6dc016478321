//! What a command line adds to `site.yaml`.

use crate::model::Day;

/// What a command line adds to `site.yaml`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Settings {
    /// Replaces `base_url`.
    pub base_url: Option<String>,
    /// Whether drafts, and records that still need a review, are part of the site.
    pub drafts: bool,
    /// Today; with `None`, no page is held back. Only the edges know the date, so that the same input gives the same
    /// bytes.
    pub today: Option<Day>,
    /// Whether pages with a future date are part of the site.
    pub future: bool,
}
