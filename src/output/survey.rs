//! Finds out what has to be removed before the new files can be put in place, and what forbids it. Changes nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use walkdir::WalkDir;

use crate::error::Error;
use crate::output::disk;
use crate::output::manifest::Manifest;
use crate::output::staging::{Staged, There};
use crate::project::OutputPath;

/// Our files that the new site doesn't have, ordered by path.
#[derive(Debug, Default)]
pub(super) struct Survey {
    /// Those where a new file or its folder belongs; they are removed first.
    pub(super) in_the_way: BTreeSet<OutputPath>,
    /// The others, which are removed last.
    pub(super) obsolete: Vec<OutputPath>,
}

/// Compares an output folder with the new files, which are sorted by path.
///
/// # Errors
///
/// If two of them have the same path, or if something that isn't ours is in their way.
pub(super) fn survey(dir: &Path, old: &Manifest, staged: &[Staged]) -> Result<Survey, Error> {
    if let Some(pair) = staged.windows(2).find(|pair| pair[0].path == pair[1].path) {
        let message = format!("two files of the site have the path `{}`", pair[0].path);
        return Err(Error::usage(message));
    }
    refuse_foreign(dir, staged)?;
    let mut folders = Folders::new(dir);
    let survey = sort_out(old, staged, &mut folders)?;
    for file in staged {
        let blocked = match folders.standing(folder_of(file.path.as_str()))? {
            Standing::Folder | Standing::Nothing => None,
            Standing::Blocked(path) => Some(path),
        };
        if let Some(path) = blocked.filter(|path| !survey.in_the_way.contains(path)) {
            let message = format!(
                "cannot write `{}`: `{}` is in the way, and nutgraf didn't make it",
                file.path,
                dir.join(path.as_str()).display()
            );
            return Err(Error::usage(message).help("move it elsewhere, or choose another folder"));
        }
        if file.there == There::Folder {
            refuse_full_folder(dir, &file.path, &survey.in_the_way)?;
        }
    }
    Ok(survey)
}

/// Finds our files that are no longer made, and separates those that are in the way.
fn sort_out(old: &Manifest, staged: &[Staged], folders: &mut Folders<'_>) -> Result<Survey, Error> {
    let mut survey = Survey::default();
    let is_made = |path: &OutputPath| staged.binary_search_by(|file| file.path.cmp(path)).is_ok();
    let mut gone = Vec::new();
    for path in old.files.keys().filter(|path| !is_made(path)) {
        if folders.holds_file(path)? {
            gone.push(path.clone());
        }
    }
    if gone.is_empty() {
        return Ok(survey);
    }
    let new: BTreeSet<String> = staged.iter().map(|file| file.path.folded()).collect();
    let new_folders: BTreeSet<&str> = new.iter().flat_map(|path| above(path)).collect();
    for path in gone {
        let folded = path.folded();
        let is_in_the_way = new.contains(&folded)
            || new_folders.contains(folded.as_str())
            || above(&folded).any(|folder| new.contains(folder));
        if is_in_the_way {
            survey.in_the_way.insert(path);
        } else {
            survey.obsolete.push(path);
        }
    }
    Ok(survey)
}

/// Refuses to replace files that a person or another program put there.
fn refuse_foreign(dir: &Path, staged: &[Staged]) -> Result<(), Error> {
    let mut foreign = staged.iter().filter(|file| file.there == There::Foreign);
    let Some(first) = foreign.next() else {
        return Ok(());
    };
    let more = match foreign.count() {
        0 => String::new(),
        n => format!(" (nor {n} more)"),
    };
    let message = format!(
        "cannot write `{}`: nutgraf didn't make the file that is there{more}",
        dir.join(first.path.as_str()).display()
    );
    Err(Error::usage(message).help(
        "delete it, or move it into `static/` if it belongs to the site: a file there replaces nutgraf's own",
    ))
}

/// Refuses to put a file in the place of a folder that contains more than what will be removed.
fn refuse_full_folder(
    dir: &Path,
    path: &OutputPath,
    in_the_way: &BTreeSet<OutputPath>,
) -> Result<(), Error> {
    let place = dir.join(path.as_str());
    for entry in WalkDir::new(&place).follow_links(false) {
        let entry = entry.map_err(|error| {
            let cause = error.into_io_error();
            let cause = cause.unwrap_or_else(|| std::io::Error::other("the folder holds itself"));
            Error::io("read", &place, cause)
        })?;
        let relative = entry.path().strip_prefix(dir).unwrap_or(entry.path());
        let parts: Vec<_> = relative.iter().map(|part| part.to_string_lossy()).collect();
        let goes = in_the_way.contains(&OutputPath::new(parts.join("/")));
        if !entry.file_type().is_dir() && !goes {
            let message = format!(
                "cannot write the file `{path}`: a folder is in its place, and contains `{}`",
                entry.path().display()
            );
            return Err(Error::usage(message).help("move it elsewhere, or choose another folder"));
        }
    }
    Ok(())
}

/// The folders above a path, innermost first.
fn above(path: &str) -> impl Iterator<Item = &str> {
    path.rmatch_indices('/').map(|(end, _)| &path[..end])
}

fn folder_of(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// What is where a folder of the output belongs.
#[derive(Clone, Debug)]
pub(super) enum Standing {
    Folder,
    Nothing,
    /// Something else at this path, which is that of the folder or of one above: a file, a link.
    Blocked(OutputPath),
}

/// The folders of an output, each examined once, and never through a link.
pub(super) struct Folders<'a> {
    dir: &'a Path,
    seen: BTreeMap<String, Standing>,
}

impl<'a> Folders<'a> {
    pub(super) fn new(dir: &'a Path) -> Self {
        let seen = BTreeMap::new();
        Self { dir, seen }
    }

    /// What is at a folder's path; the empty path is the output itself.
    pub(super) fn standing(&mut self, folder: &str) -> Result<Standing, Error> {
        if folder.is_empty() {
            return Ok(Standing::Folder);
        }
        if let Some(standing) = self.seen.get(folder) {
            return Ok(standing.clone());
        }
        let standing = match self.standing(folder_of(folder))? {
            Standing::Folder => {
                let place = self.dir.join(folder);
                match disk::look(&place).map_err(|cause| Error::io("read", &place, cause))? {
                    None => Standing::Nothing,
                    Some(metadata) if metadata.is_dir() => Standing::Folder,
                    Some(_) => Standing::Blocked(OutputPath::new(folder)),
                }
            }
            standing => standing,
        };
        self.seen.insert(folder.to_owned(), standing.clone());
        Ok(standing)
    }

    /// Whether there is a regular file at a path, inside real folders.
    pub(super) fn holds_file(&mut self, path: &OutputPath) -> Result<bool, Error> {
        match self.standing(folder_of(path.as_str()))? {
            Standing::Folder => {}
            Standing::Nothing | Standing::Blocked(_) => return Ok(false),
        }
        let place = self.dir.join(path.as_str());
        let there = disk::look(&place).map_err(|cause| Error::io("read", &place, cause))?;
        Ok(there.is_some_and(|metadata| metadata.is_file()))
    }
}
