//! Checks that the whole site is here. Whatever isn't counts as missing, never as deleted.
//!
//! A clone without its submodules, a sparse checkout, a link in place of a folder, a drive that isn't mounted: each
//! yields a smaller site that is valid in itself, and would replace the whole one.

use std::collections::BTreeMap;
use std::path::Path;

use crate::diag::{Code, Diagnostic, Diagnostics, Place};
use crate::edition::Edition;
use crate::plan::Output;
use crate::project::{OutputPath, Snapshot, SourcePath, is_index};
use crate::publish::Git;

/// What keeps the project at `root` from being a whole site, in addition to what was `told` when it was read. Outside
/// git, the only question is whether it has pages.
pub fn faults(root: &Path, edition: &Edition, told: &Diagnostics) -> Vec<Diagnostic> {
    let mut all = told.clone();
    let mut faults = missing(root, told);
    all.extend(faults.iter().cloned());
    faults.extend(no_home_page(edition, &all));
    faults
}

fn is_missing(fault: &Diagnostic) -> bool {
    fault.code == Code::MissingSources
}

/// What git has and the disk doesn't, in addition to what was `told`.
pub fn missing(root: &Path, told: &Diagnostics) -> Vec<Diagnostic> {
    let is_new = |fault: &Diagnostic| {
        let mut told = told.iter().filter(|fault| is_missing(fault));
        told.all(|other| other.place.file != fault.place.file)
    };
    not_here(root).into_iter().filter(is_new).collect()
}

/// Reports that readers who come to the site's address would find nothing; not if sources are missing, which was `told` and
/// explains it.
pub fn no_home_page(edition: &Edition, told: &Diagnostics) -> Option<Diagnostic> {
    if told.iter().any(is_missing) {
        return None;
    }
    let home = edition.output(&OutputPath::new("index.html"));
    // Looking at all other pages takes much longer.
    if let Some(Output::Page(_)) = home {
        return None;
    }
    let has_home = home.is_some();
    let has_pages = !edition.heads().is_empty();
    // Faults that keep pages from being published have been reported.
    if !edition.is_usable() || (has_home && has_pages) || !edition.broken().is_empty() {
        return None;
    }
    let mut files = edition.snapshot().below("content").map(|file| &file.path);
    let held_back = files.find(|path| {
        path.folder() == "content" && is_index(path) && edition.held_back(path).is_some()
    });
    let (message, help) = match (has_pages, held_back) {
        (_, Some(path)) => (
            format!("the site has no home page: `{path}` is held back"),
            "publish it, or build with `--drafts` or `--future` to look at it",
        ),
        (true, None) => (
            "the site has no home page".to_owned(),
            "write one in `content/index.md`: front matter with a `title:` is enough",
        ),
        (false, None) => (
            "the site has no pages: `content` is empty, or isn't here".to_owned(),
            "begin with `content/index.md`; if there were pages, look where they are: is a drive not mounted, a branch not checked out?",
        ),
    };
    let place = Place::file(held_back.unwrap_or(&SourcePath::new("content/index.md")));
    Some(Diagnostic::new(Code::NoHomePage, place, message).help(help))
}

/// What git has and the disk doesn't.
fn not_here(root: &Path) -> Vec<Diagnostic> {
    let mut args = vec!["ls-files", "--stage", "-t", "-z", "--"];
    args.extend(Snapshot::FOLDERS);
    // Outside a repository, or without git, nothing is known.
    let Ok(Some(entries)) = Git::new(root).ask(args) else {
        return Vec::new();
    };
    let mut faults = Vec::new();
    let mut left_out: Vec<&str> = Vec::new();
    let mut folders: BTreeMap<&str, usize> = BTreeMap::new();
    let mut disk = Disk::new(root);
    for entry in entries.split('\0') {
        let Some((about, path)) = entry.split_once('\t') else {
            continue;
        };
        let is_there = disk.has(path);
        if about.contains(" 160000 ") {
            faults.extend(not_checked_out(root, path));
        } else if about.starts_with("S ") && !is_there {
            left_out.push(path);
        } else if !is_there {
            for (end, _) in path.match_indices('/') {
                *folders.entry(&path[..end]).or_default() += 1;
            }
        }
    }
    if let [first, ..] = left_out.as_slice() {
        let message = format!(
            "a sparse checkout leaves out {} of the committed sources, such as `{first}`",
            left_out.len()
        );
        let fault = fault(first, message);
        faults.push(
            fault.help("run `git sparse-checkout disable`, or add the folders of the site to it"),
        );
    }
    faults.extend(emptied(root, &folders));
    faults
}

/// What exists without going through a link.
struct Disk<'a> {
    root: &'a Path,
    /// Whether a path and all those above it are folders.
    folders: BTreeMap<&'a str, bool>,
}

impl<'a> Disk<'a> {
    fn new(root: &'a Path) -> Self {
        Self {
            root,
            folders: BTreeMap::new(),
        }
    }

    fn has(&mut self, path: &'a str) -> bool {
        let folder = path.rsplit_once('/').map(|(folder, _)| folder);
        folder.is_none_or(|folder| self.is_folder(folder))
            && self.root.join(path).symlink_metadata().is_ok()
    }

    fn is_folder(&mut self, folder: &'a str) -> bool {
        if let Some(known) = self.folders.get(folder) {
            return *known;
        }
        let above = folder.rsplit_once('/').map(|(above, _)| above);
        let there = self.root.join(folder).symlink_metadata();
        let is_folder = above.is_none_or(|above| self.is_folder(above))
            && there.is_ok_and(|there| there.is_dir());
        self.folders.insert(folder, is_folder);
        is_folder
    }
}

fn fault(path: &str, message: String) -> Diagnostic {
    Diagnostic::new(
        Code::MissingSources,
        Place::file(&SourcePath::new(path)),
        message,
    )
}

/// Reports a submodule that isn't checked out: its folder is empty or missing.
fn not_checked_out(root: &Path, path: &str) -> Option<Diagnostic> {
    let is_here = root.join(path).join(".git").symlink_metadata().is_ok();
    (!is_here).then(|| {
        let message = format!("`{path}` is a submodule that isn't checked out");
        fault(path, message).help("run `git submodule update --init`")
    })
}

/// Folders whose committed files aren't here although the folder is, because it is empty or a link. A folder that is
/// missing as a whole was deleted by somebody.
fn emptied(root: &Path, folders: &BTreeMap<&str, usize>) -> Vec<Diagnostic> {
    let mut faults: Vec<(&str, Diagnostic)> = Vec::new();
    for (folder, n) in folders {
        if faults
            .iter()
            .any(|(outer, _)| folder.starts_with(&format!("{outer}/")))
        {
            continue;
        }
        let place = root.join(folder);
        let Ok(there) = place.symlink_metadata() else {
            continue;
        };
        let is_empty = || {
            place
                .read_dir()
                .is_ok_and(|mut entries| entries.next().is_none())
        };
        let what = match (there.is_symlink(), there.is_dir()) {
            (true, _) => "a symbolic link now, which isn't followed",
            (false, true) if is_empty() => "an empty folder",
            (false, true) => continue,
            (false, false) => "no folder any more",
        };
        let files = match n {
            1 => "1 file of it was".to_owned(),
            n => format!("{n} files of it were"),
        };
        let message = format!("`{folder}` is {what}, and {files} committed");
        let help = "is a drive not mounted? If they are meant to go, remove the folder, too";
        faults.push((folder, fault(folder, message).help(help)));
    }
    faults.into_iter().map(|(_, fault)| fault).collect()
}
