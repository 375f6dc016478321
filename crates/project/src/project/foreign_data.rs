//! Looks for the data that other generators keep in files of their own, and that nothing reads here.

use std::fs;
use std::path::Path;

use super::SourcePath;
use crate::diag::{Code, Diagnostic, Place};

/// The folders in which Jekyll, Hugo and Eleventy look for data.
const FOLDERS: [&str; 3] = ["_data", "data", "content/_data"];

/// The kinds of files that they read.
const KINDS: [&str; 5] = ["csv", "json", "toml", "yaml", "yml"];

/// A hint for each folder of the project at `root` with data that another generator would read.
pub fn foreign_data(root: &Path) -> Vec<Diagnostic> {
    let folders = FOLDERS.into_iter();
    let hints = folders.filter_map(|folder| {
        let file = first_file(&root.join(folder))?;
        let file = SourcePath::new(format!("{folder}/{file}"));
        let message = format!("nothing reads `{file}`, as another generator would");
        let help = "records belong in the front matter of a page (`events:`, `figures:`); `nutgraf import` takes tables \
                    and timelines over, and `extra:` of a page holds what templates need besides";
        Some(Diagnostic::new(Code::ForeignData, Place::file(&file), message).help(help))
    });
    hints.collect()
}

/// The first file of such a kind in a folder, by name.
fn first_file(folder: &Path) -> Option<String> {
    // A folder that isn't there, or can't be read, holds nothing of interest.
    let entries = fs::read_dir(folder).ok()?;
    let names = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    let is_data = |name: &String| {
        let kind = name.rsplit_once('.').map(|(_, kind)| kind.to_lowercase());
        kind.is_some_and(|kind| KINDS.contains(&kind.as_str()))
    };
    names.filter(is_data).min()
}
