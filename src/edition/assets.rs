//! Queries about files that are published unchanged, by file.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::inputs::{Db, File, Project, file, files_below};
use super::names::CONTENT;
use super::produce::Produced;
use crate::assets as files;
use crate::diag::{Code, Diagnostic, Place};
use crate::model::{Asset, Focus};
use crate::output::Content;
use crate::project::{ContentHash, SourcePath, is_page};

/// The folder with the files that are published at the site's root.
pub(super) const STATIC: &str = "static";

/// A file of the project or of the theme that is published unchanged.
pub(super) fn asset(db: &dyn Db, path: &SourcePath) -> Option<Asset> {
    match file(db, path) {
        Some(_) if is_page(path) => None,
        Some(file) => asset_of(db, file),
        None => theme_assets(db, Project::get(db)).get(path).cloned(),
    }
}

#[salsa::tracked(returns(clone))]
pub(super) fn asset_of(db: &dyn Db, file: File) -> Option<Asset> {
    let source = file.source(db);
    let names = if files::has_hash(&source.path) {
        names_in_files(db, Project::get(db))
    } else {
        ""
    };
    files::asset(&source.path, source.hash, &source.bytes, names)
}

/// The text of all static files that can refer to others, concatenated.
#[salsa::tracked(returns(deref))]
fn names_in_files(db: &dyn Db, _project: Project) -> String {
    let found = files_below(db, STATIC)
        .into_iter()
        .filter(|(path, _)| files::can_name_files(path));
    found
        .filter_map(|(_, file)| std::str::from_utf8(&file.source(db).bytes).ok())
        .collect()
}

/// The files of the theme that the project doesn't replace.
#[salsa::tracked]
pub(super) fn theme_assets(db: &dyn Db, project: Project) -> BTreeMap<SourcePath, Asset> {
    let names = names_in_files(db, project);
    let builtin = files::builtin().filter(|(path, _)| file(db, path).is_none());
    let assets = builtin.filter_map(|(path, bytes)| {
        let asset = files::asset(&path, ContentHash::of(bytes), bytes, names)?;
        Some((path, asset))
    });
    assets.collect()
}

/// The files in `static/` and those of the theme.
#[salsa::tracked(returns(clone))]
pub(super) fn static_assets(db: &dyn Db, project: Project) -> Arc<BTreeMap<SourcePath, Asset>> {
    let files = files_below(db, STATIC)
        .into_iter()
        .filter_map(|(path, file)| Some((path.clone(), asset_of(db, file)?)));
    let builtin = theme_assets(db, project).clone().into_iter();
    Arc::new(builtin.chain(files).collect())
}

/// Every file that is published unchanged.
#[salsa::tracked(returns(clone))]
pub(super) fn all_assets(db: &dyn Db, project: Project) -> Arc<BTreeMap<SourcePath, Asset>> {
    let files = files_below(db, CONTENT)
        .into_iter()
        .filter(|(path, _)| !is_page(path))
        .filter_map(|(path, file)| Some((path.clone(), asset_of(db, file)?)));
    let mut assets = BTreeMap::clone(&static_assets(db, project));
    assets.extend(files);
    Arc::new(assets)
}

/// A picture in its smaller sizes, from small to large; or why it can't be decoded. A preview keeps those of the pictures that it
/// shows, and a build makes all sizes of one at once.
#[salsa::tracked(returns(clone), lru = 32, no_eq)]
fn smaller(db: &dyn Db, file: File) -> Result<Arc<[Arc<[u8]>]>, String> {
    let made = nutgraf_pictures::smaller(&file.source(db).bytes)?;
    Ok(made.into_iter().map(Arc::from).collect())
}

/// One of the smaller sizes of a picture; `None` if there is no such size.
pub(super) fn picture(db: &dyn Db, path: &SourcePath, number: usize) -> Produced {
    let made = smaller(db, file(db, path)?);
    made.map(|sizes| sizes.get(number).map(|bytes| Content::from(bytes.to_vec())))
        .map_err(|reason| unreadable(path, &reason))
        .transpose()
}

/// A photograph for where a page's address is shared.
pub(super) fn shared(db: &dyn Db, path: &SourcePath, focus: Focus) -> Produced {
    let source = file(db, path)?.source(db);
    let focus = nutgraf_pictures::Focus {
        x: focus.x,
        y: focus.y,
    };
    let made = nutgraf_pictures::shared(&source.bytes, focus).map(Content::from);
    Some(made.map_err(|reason| unreadable(path, &reason)))
}

fn unreadable(path: &SourcePath, reason: &str) -> Box<Diagnostic> {
    let message = format!("`{path}` can't be read as a picture: {reason}");
    let fault = Diagnostic::new(Code::NotAPicture, Place::file(path), message);
    Box::new(fault.help("open it in an image editor, and save it again"))
}

/// The bytes of a file that is published unchanged.
pub(super) fn content(db: &dyn Db, path: &SourcePath) -> Option<Content> {
    match file(db, path) {
        Some(file) => {
            let source = file.source(db);
            let plain = files::without_notes(path, &source.bytes);
            Some(plain.map_or_else(|| Content::from(source), Content::from))
        }
        None => files::builtin()
            .find(|(builtin, _)| builtin == path)
            .map(|(_, bytes)| Content::from(bytes.to_vec())),
    }
}
