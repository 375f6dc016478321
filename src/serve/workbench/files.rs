//! Writes one page's file at a time, and never overwrites somebody else's change.

use std::collections::VecDeque;
use std::io;
use std::path::Path;

use crate::disk::{self, Root};
use crate::project::{ContentHash, SourcePath, is_page};

/// Front matter and prose have at most one megabyte each; a larger file isn't a page.
const MAX_BYTES: u64 = 4 * 1024 * 1024;

/// How many writes can be undone: a long day's work.
const MAX_STEPS: usize = 500;

/// How many texts that browsers were given are remembered, for trying edits in them and for showing them beside what
/// somebody else wrote. A writer has a few pages open.
const MAX_BASES: usize = 32;

/// How many names are tried for a new file where others have them.
const MAX_NAMES: usize = 100;

/// Why a file wasn't written.
#[derive(Debug)]
pub(super) enum Refused {
    /// It isn't one that can be edited here.
    Forbidden(&'static str),
    /// It has changed since the browser was shown it; this is its current text, if it still exists.
    Changed(Option<String>),
    /// Like `Changed`, with the text after the edit.
    Both {
        /// The current text of the file.
        now: Option<String>,
        /// The result of the edit on the text that the browser was shown.
        yours: String,
    },
    /// The edit isn't possible.
    Edit(String),
    /// There is nothing to undo or redo.
    Nothing,
    /// The disk refused.
    Disk(io::Error),
}

/// A write: a file's text before and after, `None` if the file didn't exist.
#[derive(Clone, Debug)]
struct Step {
    file: SourcePath,
    before: Option<String>,
    after: Option<String>,
}

/// The files being edited, and the history of writes.
#[derive(Default)]
pub(super) struct Files {
    done: Vec<Step>,
    undone: Vec<Step>,
    bases: VecDeque<(ContentHash, String)>,
}

/// A path sent by a browser, if it is that of a page below `content/`: nothing else is ever written.
pub(super) fn page_path(named: &str) -> Result<SourcePath, Refused> {
    let is_name = |part: &str| {
        !part.is_empty()
            && !part.starts_with('.')
            && !part.ends_with(['.', ' '])
            && !part.contains(['\\', ':', '*', '?', '"', '<', '>', '|'])
            && !part.chars().any(char::is_control)
    };
    let path = SourcePath::new(named);
    let is_fine =
        named.len() <= 1000 && named.starts_with("content/") && named.split('/').all(is_name);
    if is_fine && is_page(&path) {
        return Ok(path);
    }
    Err(Refused::Forbidden(
        "only pages below `content/` can be edited here",
    ))
}

impl Files {
    /// Remembers a text that a browser is shown.
    pub(super) fn show(&mut self, text: &str) -> ContentHash {
        let hash = ContentHash::of(text.as_bytes());
        if !self.bases.iter().any(|(known, _)| *known == hash) {
            self.bases.push_front((hash, text.to_owned()));
            self.bases.truncate(MAX_BASES);
        }
        hash
    }

    /// A text that a browser was shown.
    pub(super) fn base(&self, hash: &str) -> Option<&str> {
        let mut bases = self.bases.iter();
        let base = bases.find(|(known, _)| known.to_string() == hash);
        base.map(|(_, text)| text.as_str())
    }

    /// Writes `after` to a file that contains `before`.
    pub(super) fn write(
        &mut self,
        root: &Path,
        file: &SourcePath,
        before: Option<&str>,
        after: &str,
    ) -> Result<(), Refused> {
        let step = Step {
            file: file.clone(),
            before: before.map(str::to_owned),
            after: Some(after.to_owned()),
        };
        if before == Some(after) {
            return Ok(());
        }
        make(root, &step)?;
        self.done.push(step);
        let n_old = self.done.len().saturating_sub(MAX_STEPS);
        self.done.drain(..n_old);
        self.undone.clear();
        Ok(())
    }

    /// Undoes the last write that hasn't been undone; returns its file.
    pub(super) fn undo(&mut self, root: &Path) -> Result<SourcePath, Refused> {
        let step = self.done.last().cloned().ok_or(Refused::Nothing)?;
        make(root, &reversed(&step))?;
        self.done.pop();
        let file = step.file.clone();
        self.undone.push(step);
        Ok(file)
    }

    /// Redoes the last write that was undone; returns its file.
    pub(super) fn redo(&mut self, root: &Path) -> Result<SourcePath, Refused> {
        let step = self.undone.last().cloned().ok_or(Refused::Nothing)?;
        make(root, &step)?;
        self.undone.pop();
        let file = step.file.clone();
        self.done.push(step);
        Ok(file)
    }

    /// How many steps can be undone and redone.
    pub(super) fn n_steps(&self) -> (usize, usize) {
        (self.done.len(), self.undone.len())
    }
}

fn reversed(step: &Step) -> Step {
    Step {
        file: step.file.clone(),
        before: step.after.clone(),
        after: step.before.clone(),
    }
}

/// Performs a step, if the file has the expected text.
fn make(root: &Path, step: &Step) -> Result<(), Refused> {
    let folder = Root::open(root).map_err(Refused::Disk)?;
    let below = Path::new(step.file.as_str());
    let now = text_of(&folder, below)?;
    if now != step.before {
        return Err(Refused::Changed(now));
    }
    let written = match &step.after {
        Some(after) if step.before.is_some() => folder.replace(below, after.as_bytes()),
        Some(after) => folder.create(below, after.as_bytes()),
        // A page that was created here, and is now undone: it is unchanged since, so nothing is lost.
        None => folder.remove(below),
    };
    written.map_err(refused)
}

/// The current text of a project's file; `None` if it doesn't exist.
pub(super) fn read(root: &Path, file: &SourcePath) -> Result<Option<String>, Refused> {
    let folder = Root::open(root).map_err(Refused::Disk)?;
    text_of(&folder, Path::new(file.as_str()))
}

/// Writes a new file into a folder, under a name that no other one has: `quay.png`, or `quay-2.png`. Returns the name;
/// if the same bytes are there already, nothing is written.
pub(super) fn put(
    root: &Path,
    folder: &str,
    stem: &str,
    ending: &str,
    bytes: &[u8],
) -> Result<String, Refused> {
    let root = Root::open(root).map_err(Refused::Disk)?;
    for number in 1..=MAX_NAMES {
        let name = match number {
            1 => format!("{stem}.{ending}"),
            n => format!("{stem}-{n}.{ending}"),
        };
        let path = format!("{folder}/{name}");
        match root.read(Path::new(&path), bytes.len() as u64 + 1) {
            Ok(there) if there == bytes => return Ok(name),
            Err(cause) if cause.kind() == io::ErrorKind::NotFound => {
                root.create(Path::new(&path), bytes).map_err(refused)?;
                return Ok(name);
            }
            // Another one has the name.
            Ok(_) | Err(_) => {}
        }
    }
    Err(Refused::Edit(format!(
        "there are many files called `{stem}` already; give this one another name"
    )))
}

fn text_of(folder: &Root, below: &Path) -> Result<Option<String>, Refused> {
    match folder.read(below, MAX_BYTES) {
        Ok(bytes) => match String::from_utf8(bytes) {
            Ok(text) => Ok(Some(text)),
            Err(_) => Err(Refused::Forbidden("the file isn't text in UTF-8")),
        },
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(cause) => Err(refused(cause)),
    }
}

fn refused(cause: io::Error) -> Refused {
    if disk::is_not_a_file(&cause) {
        return Refused::Forbidden("a link or something else that is no file is in the way");
    }
    Refused::Disk(cause)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_path_but_that_of_a_page_is_taken() {
        for named in ["content/index.md", "content/a b/ü.md"] {
            assert!(page_path(named).is_ok(), "{named}");
        }
        for named in [
            "",
            "site.yaml",
            "content",
            "content/",
            "content/../site.md",
            "content/./a.md",
            "content//a.md",
            "/content/a.md",
            "content/.git/a.md",
            "content/.a.md",
            "content/a.html",
            "content/a.md/",
            "content\\a.md",
            "content/a\\..\\b.md",
            "content/c:a.md",
            "content/a\0.md",
            "content/a\n.md",
            "../content/a.md",
            "sources/private/a.md",
            "content/a.md ",
        ] {
            assert!(page_path(named).is_err(), "{named:?}");
        }
    }

    #[test]
    fn steps_are_undone_and_redone_across_files_unless_somebody_else_wrote() {
        let dir = tempfile::tempdir().unwrap();
        let root = dir.path();
        std::fs::create_dir(root.join("content")).unwrap();
        std::fs::write(root.join("content/a.md"), "1").unwrap();
        let (a, b) = (
            SourcePath::new("content/a.md"),
            SourcePath::new("content/b.md"),
        );
        let mut files = Files::default();
        files.write(root, &a, Some("1"), "2").unwrap();
        files.write(root, &b, None, "new").unwrap();
        assert!(
            matches!(files.write(root, &a, Some("1"), "3"), Err(Refused::Changed(Some(now))) if now == "2")
        );
        assert_eq!(files.undo(root).unwrap(), b);
        assert!(!root.join("content/b.md").exists());
        assert_eq!(files.undo(root).unwrap(), a);
        assert!(matches!(files.undo(root), Err(Refused::Nothing)));
        files.redo(root).unwrap();
        files.redo(root).unwrap();
        assert_eq!(read(root, &a).unwrap().as_deref(), Some("2"));
        assert_eq!(read(root, &b).unwrap().as_deref(), Some("new"));
        std::fs::write(root.join("content/b.md"), "theirs").unwrap();
        assert!(matches!(files.undo(root), Err(Refused::Changed(Some(now))) if now == "theirs"));
        assert_eq!(files.n_steps(), (2, 0));
    }

    #[cfg(unix)]
    #[test]
    fn nothing_is_read_or_written_through_a_link() {
        let dir = tempfile::tempdir().unwrap();
        let elsewhere = tempfile::tempdir().unwrap();
        let root = dir.path();
        std::fs::write(elsewhere.path().join("a.md"), "secret").unwrap();
        std::os::unix::fs::symlink(elsewhere.path(), root.join("content")).unwrap();
        let a = SourcePath::new("content/a.md");
        let mut files = Files::default();
        assert!(matches!(read(root, &a), Err(Refused::Forbidden(_))));
        assert!(files.write(root, &a, Some("secret"), "mine").is_err());
        let new = SourcePath::new("content/new.md");
        assert!(files.write(root, &new, None, "mine").is_err());
        assert_eq!(std::fs::read_dir(elsewhere.path()).unwrap().count(), 1);
        assert_eq!(
            std::fs::read_to_string(elsewhere.path().join("a.md")).unwrap(),
            "secret"
        );
    }
}
