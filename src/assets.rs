//! Which files are published as they are, and under which names?
//!
//! Files of `static/`, those of the theme that the project doesn't replace, and what lies beside the pages in
//! `content/`. Stylesheets and scripts get the hash of their content into their name, so that a host may let
//! browsers keep them for ever.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::check::address_of_file;
use crate::model::Asset;
use crate::output::Content;
use crate::project::{ContentHash, Permalink, Snapshot, SourcePath, is_page};
use crate::theme;

/// The endings of files that get a name with their hash.
const HASHED: [&str; 3] = ["css", "js", "mjs"];

/// The endings of files that can name other files.
const NAMING: [&str; 7] = ["css", "js", "mjs", "html", "svg", "json", "webmanifest"];

/// The files that are published as they are, with their addresses.
pub(crate) fn files(snapshot: &Snapshot) -> Arc<BTreeMap<SourcePath, Asset>> {
    let mut files: BTreeMap<SourcePath, Asset> = BTreeMap::new();
    let named = names_in_files(snapshot);
    for (path, bytes) in builtin().filter(|(path, _)| snapshot.get(path).is_none()) {
        files.extend(asset(path, ContentHash::of(bytes), &named));
    }
    let content = snapshot.below("content");
    let content = content.filter(|file| !is_page(&file.path));
    for file in snapshot.below("static").chain(content) {
        files.extend(asset(file.path.clone(), file.hash, &named));
    }
    Arc::new(files)
}

/// The content of a file that is published as it is.
pub(crate) fn content(snapshot: &Snapshot, path: &SourcePath) -> Option<Content> {
    match snapshot.get(path) {
        Some(file) => Some(Content::from(file)),
        None => builtin()
            .find(|(builtin, _)| builtin == path)
            .map(|(_, bytes)| Content::from(bytes.to_vec())),
    }
}

fn builtin() -> impl Iterator<Item = (SourcePath, &'static [u8])> {
    theme::STATIC
        .iter()
        .map(|(name, bytes)| (SourcePath::new(format!("static/{name}")), *bytes))
}

fn asset(path: SourcePath, hash: ContentHash, named: &str) -> Option<(SourcePath, Asset)> {
    let plain = address_of_file(&path)?;
    let is_static = path.as_str().starts_with("static/");
    let is_hashed =
        is_static && HASHED.contains(&path.extension()) && !named.contains(path.file_name());
    let permalink = match plain.as_str().rsplit_once('.') {
        Some((stem, ending)) if is_hashed => {
            Permalink::new(format!("{stem}.{}.{ending}", hash.short()))
        }
        _ => plain,
    };
    Some((path, Asset { permalink, hash }))
}

/// The text of all static files that can name others, one after the other. A stylesheet or script that is named
/// in one of them keeps its name, since nothing would rewrite it there.
fn names_in_files(snapshot: &Snapshot) -> String {
    snapshot
        .below("static")
        .filter(|file| NAMING.contains(&file.path.extension()))
        .filter_map(|file| std::str::from_utf8(&file.bytes).ok())
        .collect()
}
