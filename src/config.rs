//! Stub until the real one lands.
#![allow(missing_docs)]
use crate::project::SourcePath;
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Config {
    pub title: String,
    pub description: Option<String>,
    pub base_url: Option<String>,
    pub language: String,
    pub author: Option<String>,
    pub publisher: Option<String>,
    pub repository: Option<String>,
    pub navigation: Vec<NavigationEntry>,
    pub feeds: bool,
    pub pretty_urls: bool,
    pub cname: Option<String>,
    pub unsafe_html: bool,
    pub ignore: crate::project::Ignore,
}
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct NavigationEntry {
    pub path: SourcePath,
    pub title: Option<String>,
}
impl Config {
    pub fn parse(
        _: Option<&crate::project::SourceFile>,
        _: &mut crate::diag::Diagnostics,
    ) -> Option<Self> {
        None
    }
}
pub fn base_url(u: &str) -> Result<String, crate::error::Error> {
    Ok(u.to_owned())
}
