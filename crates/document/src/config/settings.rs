//! What a command line adds to `site.yaml`.

use crate::model::Day;

/// What a command line adds to `site.yaml`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Settings {
    /// Replaces `base_url`.
    pub base_url: Option<String>,
    /// Whether drafts, and records that still need review, are part of the site.
    pub drafts: bool,
    /// The day that it is; `None` holds no page back. Only the edges know it: the same input gives the same bytes.
    pub today: Option<Day>,
    /// Whether pages of a day to come are part of the site.
    pub future: bool,
}
