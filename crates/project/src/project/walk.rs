//! Walks the source folders and separates files from everything else.
//!
//! It never opens a file and never follows a symbolic link, so that no pipe can block a run and no link can bring an
//! outside file into a site.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::mpsc::Sender;

use unicode_normalization::{UnicodeNormalization, is_nfc};
use walkdir::WalkDir;

use crate::diag::{Code, Diagnostic, Place};
use crate::error::Error;
use crate::project::SourcePath;
use crate::project::ignore::{Matcher, is_litter};
use crate::project::name;
use crate::project::pages::{is_conflict_copy, is_private};

/// The files and folders at the root that contain sources, in order.
pub(super) const ROOTS: [&str; 5] = [
    "content",
    "evidence.lock",
    "site.yaml",
    "static",
    "templates",
];

/// What a walk found besides files.
#[derive(Default)]
pub(super) struct Found {
    /// What can't be part of a site.
    pub(super) faults: BTreeMap<SourcePath, Diagnostic>,
    /// What is left out silently.
    pub(super) skipped: BTreeSet<SourcePath>,
}

/// How an entry of a folder is treated.
enum Verdict {
    Folder,
    File,
    Skipped,
    Fault(Diagnostic),
}

/// A walk over the project at `root`.
pub(super) struct Walk<'a> {
    root: &'a Path,
    matcher: &'a Matcher,
    /// Receives each file once.
    files: Sender<(SourcePath, PathBuf)>,
    /// Where the files are on disk.
    places: BTreeMap<SourcePath, PathBuf>,
    found: Found,
}

impl<'a> Walk<'a> {
    /// A walk that sends each file, with its place on disk, as soon as it is found.
    pub(super) fn new(
        root: &'a Path,
        matcher: &'a Matcher,
        files: Sender<(SourcePath, PathBuf)>,
    ) -> Self {
        Self {
            root,
            matcher,
            files,
            places: BTreeMap::new(),
            found: Found::default(),
        }
    }

    /// Looks at `path` (with `/` between its parts) and everything below it, and returns the path that the findings
    /// cover.
    ///
    /// That is `path` itself, or the folder above it that has vanished or is no longer a folder.
    pub(super) fn visit<'p>(&mut self, path: &'p str) -> Result<&'p str, Error> {
        let mut places = vec![self.root.to_owned()];
        let ends = path.match_indices('/').map(|(index, _)| index);
        for end in ends.chain([path.len()]) {
            let covered = &path[..end];
            let part = covered.rsplit('/').next().unwrap_or(covered);
            places = self.entries(&places, part)?;
            let are_folders = places
                .iter()
                .map(|place| Ok(matches!(self.judge_on_disk(place)?, Verdict::Folder)))
                .collect::<Result<Vec<bool>, Error>>()?;
            if end == path.len() || places.is_empty() || are_folders.contains(&false) {
                for place in &places {
                    self.descend(place)?;
                }
                return Ok(covered);
            }
        }
        Ok(path)
    }

    /// What was found besides files.
    pub(super) fn finish(self) -> Found {
        self.found
    }

    /// The entries with a certain name in the folders, in the order of their names on disk.
    ///
    /// A name with accents can be stored on disk in several forms (macOS decomposes them), which are all the same name
    /// to us; so the folders are listed to find it.
    fn entries(&self, folders: &[PathBuf], part: &str) -> Result<Vec<PathBuf>, Error> {
        if part.is_ascii() {
            let places = folders.iter().map(|folder| folder.join(part));
            return Ok(places
                .filter(|place| place.symlink_metadata().is_ok())
                .collect());
        }
        let mut entries = Vec::new();
        for folder in folders {
            let failed = |cause| Error::io("read", folder, cause);
            let mut names = Vec::new();
            for entry in fs::read_dir(folder).map_err(failed)? {
                names.push(entry.map_err(failed)?.file_name());
            }
            names.retain(|name| normal(name) == part);
            names.sort();
            entries.extend(names.iter().map(|name| folder.join(name)));
        }
        Ok(entries)
    }

    fn judge_on_disk(&self, place: &Path) -> Result<Verdict, Error> {
        match place.symlink_metadata() {
            Ok(metadata) => Ok(self.judge(&self.source_path(place), place, metadata.file_type())),
            Err(cause) if cause.kind() == io::ErrorKind::NotFound => Ok(Verdict::Skipped),
            Err(cause) => Err(Error::io("read", place, cause)),
        }
    }

    /// Walks everything at and below a place.
    fn descend(&mut self, place: &Path) -> Result<(), Error> {
        let mut entries = WalkDir::new(place)
            .follow_links(false)
            .follow_root_links(false)
            .sort_by_file_name()
            .into_iter();
        while let Some(entry) = entries.next() {
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) if has_vanished(&error) => continue,
                Err(error) => return Err(walk_error(error, place)),
            };
            let path = self.source_path(entry.path());
            let is_folder = entry.file_type().is_dir();
            match self.judge(&path, entry.path(), entry.file_type()) {
                Verdict::Folder => continue,
                Verdict::File => {
                    if is_conflict_copy(path.file_name()) {
                        self.found.faults.insert(path.clone(), conflict_copy(&path));
                    }
                    self.add_file(path, entry.into_path());
                }
                Verdict::Skipped => drop(self.found.skipped.insert(path)),
                Verdict::Fault(fault) => drop(self.found.faults.insert(path, fault)),
            }
            if is_folder {
                entries.skip_current_dir();
            }
        }
        Ok(())
    }

    fn add_file(&mut self, path: SourcePath, place: PathBuf) {
        match self.places.get(&path) {
            Some(other) if *other == place => {}
            Some(_) => {
                let message =
                    format!("two files are named `{path}`, in different forms of Unicode");
                let fault = Diagnostic::new(Code::BadFileName, Place::file(&path), message)
                    .help("rename or delete one of them");
                self.found.faults.insert(path, fault);
            }
            None => {
                self.places.insert(path.clone(), place.clone());
                // If the receiver has gone, no more files are wanted.
                let _heard = self.files.send((path, place));
            }
        }
    }

    fn judge(&self, path: &SourcePath, place: &Path, file_type: fs::FileType) -> Verdict {
        let is_well_known = path.as_str() == "static/.well-known" && file_type.is_dir();
        let is_litter = is_litter(path.file_name()) && !is_well_known;
        if is_litter || is_private(path) || self.matcher.leaves_out(path.as_str()) {
            return Verdict::Skipped;
        }
        if let Some(kind) = special_kind(place, file_type) {
            return Verdict::Fault(not_a_file(path, &kind));
        }
        let name = place.file_name().unwrap_or_default();
        if let Some(reason) = name::fault(name) {
            let message = format!("the name of `{path}` {reason}");
            let fault = Diagnostic::new(Code::BadFileName, Place::file(path), message)
                .help("rename it: letters, digits, `-` and `_` work everywhere");
            return Verdict::Fault(fault);
        }
        if file_type.is_dir() {
            Verdict::Folder
        } else {
            Verdict::File
        }
    }

    /// The project path of a place on disk, in composed Unicode so that it is the same on every system.
    fn source_path(&self, place: &Path) -> SourcePath {
        let relative = place.strip_prefix(self.root).unwrap_or(place);
        let parts: Vec<String> = relative.iter().map(normal).collect();
        SourcePath::new(parts.join("/"))
    }
}

/// The report of a copy that a program put beside a file. The copy is published anyway, because it may be the better
/// version.
fn conflict_copy(path: &SourcePath) -> Diagnostic {
    let message =
        format!("`{path}` looks like the other version of a file that two people had changed");
    Diagnostic::new(Code::MergeConflict, Place::file(path), message)
        .help("take what is right of it into the file itself, and delete it; otherwise both are published")
}

/// The report of something that isn't a file.
pub(super) fn not_a_file(path: &SourcePath, kind: &str) -> Diagnostic {
    if ROOTS.contains(&path.as_str()) {
        let message = format!(
            "`{path}` is {kind}, which isn't followed, so nothing in it is part of the site"
        );
        return Diagnostic::new(Code::MissingSources, Place::file(path), message)
            .help("put the folder or file itself there");
    }
    let message = format!("`{path}` is {kind}, and is left out");
    Diagnostic::new(Code::NotAFile, Place::file(path), message).help(format!(
        "put a copy of the file there, or add `{path}` to `ignore:` in site.yaml"
    ))
}

/// What an entry is that is neither a file nor a folder.
fn special_kind(place: &Path, file_type: fs::FileType) -> Option<String> {
    if file_type.is_symlink() {
        return Some(match fs::read_link(place) {
            Ok(target) => format!("a symbolic link to `{}`", target.display()),
            Err(_) => "a symbolic link".to_owned(),
        });
    }
    if file_type.is_file() || file_type.is_dir() {
        return None;
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::FileTypeExt;

        if file_type.is_fifo() {
            return Some("a named pipe".to_owned());
        }
        if file_type.is_socket() {
            return Some("a socket".to_owned());
        }
    }
    Some("a device".to_owned())
}

/// A name in composed Unicode; invalid bytes are replaced.
fn normal(name: &OsStr) -> String {
    let text = name.to_string_lossy();
    if is_nfc(&text) {
        text.into_owned()
    } else {
        text.nfc().collect()
    }
}

/// Whether a walk failed only because something was deleted in the meantime.
fn has_vanished(error: &walkdir::Error) -> bool {
    error
        .io_error()
        .is_some_and(|cause| cause.kind() == io::ErrorKind::NotFound)
}

fn walk_error(error: walkdir::Error, place: &Path) -> Error {
    let path = error.path().unwrap_or(place).to_owned();
    let cause = error
        .into_io_error()
        .unwrap_or_else(|| io::Error::other("the folder holds itself"));
    Error::io("read", &path, cause)
}
