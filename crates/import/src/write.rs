//! Changes several files of a project together or not at all.
//!
//! Every file is first written next to its place; only then are the files moved there, each in one atomic step. If a
//! step fails, the previous ones are undone. A file that somebody has edited in the meantime is an error and never
//! overwritten.

use std::fs;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use tempfile::{NamedTempFile, TempPath};

use crate::disk;
use crate::error::Error;

use super::story::Change;

/// A larger file isn't a page.
const MAX_BYTES: u64 = 100 * 1024 * 1024;

/// A prepared change.
struct Ready {
    target: PathBuf,
    before: Option<String>,
    /// What goes there; `None` if the file goes away.
    new: Option<TempPath>,
}

/// Makes all changes below `root`.
///
/// # Errors
///
/// If the disk refuses, a folder on the way is a link, or a file is no longer what it was. The project is then in its
/// previous state.
pub fn write(root: &Path, changes: &[Change]) -> Result<(), Error> {
    let mut folders = Folders::default();
    let mut ready = Vec::new();
    for change in changes {
        let target = root.join(change.path.as_str());
        folders.make(root, change.path.folder())?;
        let after = change.after.as_deref();
        let new = after.map(|after| beside(&target, after.as_bytes()));
        let new = new
            .transpose()
            .map_err(|cause| Error::io("write beside", &target, cause))?;
        ready.push(Ready {
            target,
            before: change.before.clone(),
            new,
        });
    }
    for change in &ready {
        check_unchanged(change)?;
    }
    let mut done: Vec<(PathBuf, Option<String>)> = Vec::new();
    for change in ready {
        let Ready {
            target,
            before,
            new,
        } = change;
        let moved = match (new, &before) {
            (Some(new), Some(_)) => new.persist(&target).map_err(|refused| refused.error),
            (Some(new), None) => new
                .persist_noclobber(&target)
                .map_err(|refused| refused.error),
            (None, _) => fs::remove_file(&target),
        };
        if let Err(cause) = moved {
            undo(&done);
            return Err(Error::io("write", &target, cause));
        }
        done.push((target, before));
    }
    folders.keep();
    Ok(())
}

/// A file with these bytes in the folder of `target`, so that moving it is a single step.
fn beside(target: &Path, bytes: &[u8]) -> std::io::Result<TempPath> {
    let folder = target.parent().unwrap_or(Path::new("."));
    let mut file = new_file(folder)?;
    file.write_all(bytes)?;
    if let Ok(there) = fs::metadata(target) {
        file.as_file().set_permissions(there.permissions())?;
    }
    file.as_file().sync_all()?;
    Ok(file.into_temp_path())
}

/// A temporary file with the permissions of any new file, not readable by its owner only.
#[cfg(unix)]
fn new_file(folder: &Path) -> std::io::Result<NamedTempFile> {
    use std::os::unix::fs::PermissionsExt;
    tempfile::Builder::new()
        .prefix(".nutgraf-")
        .permissions(fs::Permissions::from_mode(0o666))
        .tempfile_in(folder)
}

#[cfg(not(unix))]
fn new_file(folder: &Path) -> std::io::Result<NamedTempFile> {
    tempfile::Builder::new()
        .prefix(".nutgraf-")
        .tempfile_in(folder)
}

fn check_unchanged(change: &Ready) -> Result<(), Error> {
    let target = &change.target;
    let (is_link, now) = match disk::read(target, MAX_BYTES) {
        Ok(bytes) => (false, Some(bytes)),
        Err(cause) if cause.kind() == ErrorKind::NotFound => (false, None),
        Err(cause) if disk::is_a_link(&cause) => (true, None),
        Err(cause) => return Err(Error::io("read", target, cause)),
    };
    if !is_link && now.as_deref() == change.before.as_deref().map(str::as_bytes) {
        return Ok(());
    }
    let what = match (is_link, &change.before) {
        (true, _) => "is a link",
        (false, Some(_)) => "was edited meanwhile",
        (false, None) => "already exists",
    };
    Err(Error::usage(format!(
        "`{}` {what}; nothing was written",
        target.display()
    ))
    .help("move it out of the way, or run the command again"))
}

/// Restores what was there. What can't be restored stays as it is: the error being reported is the one that matters.
fn undo(done: &[(PathBuf, Option<String>)]) {
    for (target, before) in done.iter().rev() {
        let _ = match before {
            Some(text) => beside(target, text.as_bytes())
                .and_then(|old| old.persist(target).map_err(|refused| refused.error)),
            None => fs::remove_file(target),
        };
    }
}

/// Folders that were created on the way, and are removed again unless everything succeeds.
#[derive(Default)]
struct Folders(Vec<PathBuf>);

impl Folders {
    fn make(&mut self, root: &Path, folder: &str) -> Result<(), Error> {
        let mut path = root.to_owned();
        for part in folder.split('/').filter(|part| !part.is_empty()) {
            path.push(part);
            match fs::symlink_metadata(&path) {
                Ok(there) if there.is_dir() => {}
                Ok(_) => {
                    let message = format!("`{}` isn't a folder", path.display());
                    return Err(Error::usage(message).help("name another with `--into`"));
                }
                Err(_) => {
                    create_folder(&path)
                        .map_err(|cause| Error::io("make the folder", &path, cause))?;
                    self.0.push(path.clone());
                }
            }
        }
        Ok(())
    }

    fn keep(&mut self) {
        self.0.clear();
    }
}

impl Drop for Folders {
    fn drop(&mut self) {
        for folder in self.0.iter().rev() {
            // Somebody may have put something there in the meantime; then it stays.
            let _ = fs::remove_dir(folder);
        }
    }
}

/// Creates a folder. The one with the sources' texts is accessible only to its owner, because others may hold their
/// copyright.
#[cfg(unix)]
fn create_folder(path: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::DirBuilderExt;

    let mode = if path.ends_with("sources/private") {
        0o700
    } else {
        0o777
    };
    fs::DirBuilder::new().mode(mode).create(path)
}

#[cfg(not(unix))]
fn create_folder(path: &Path) -> std::io::Result<()> {
    fs::create_dir(path)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::SourcePath;

    fn change(path: &str, before: Option<&str>, after: &str) -> Change {
        Change {
            path: SourcePath::new(path),
            before: before.map(str::to_owned),
            after: Some(after.to_owned()),
        }
    }

    #[test]
    fn all_files_change_or_none() {
        let root = tempfile::tempdir().unwrap();
        let read = |path: &str| fs::read_to_string(root.path().join(path)).unwrap();
        write(
            root.path(),
            &[change("a/b/one.md", None, "1"), change("two.md", None, "2")],
        )
        .unwrap();
        assert_eq!(
            (read("a/b/one.md"), read("two.md")),
            ("1".into(), "2".into())
        );

        // The second file was edited in the meantime.
        let error = write(
            root.path(),
            &[
                change("a/b/one.md", Some("1"), "one"),
                change("two.md", Some("other"), "two"),
                change("c/new.md", None, "3"),
            ],
        )
        .unwrap_err();
        assert!(
            error.to_string().contains("was edited meanwhile"),
            "{error}"
        );
        assert_eq!(
            (read("a/b/one.md"), read("two.md")),
            ("1".into(), "2".into())
        );
        assert!(!root.path().join("c").exists());
        let left: Vec<_> = fs::read_dir(root.path()).unwrap().collect();
        assert_eq!(left.len(), 2);

        // The last one can't be moved into place, because a folder has its name.
        fs::create_dir(root.path().join("three.md")).unwrap();
        write(
            root.path(),
            &[
                change("two.md", Some("2"), "two"),
                change("three.md", None, "3"),
            ],
        )
        .unwrap_err();
        assert_eq!(read("two.md"), "2");
    }

    #[test]
    fn what_was_done_is_undone() {
        let root = tempfile::tempdir().unwrap();
        let kept = root.path().join("kept.md");
        let new = root.path().join("new.md");
        fs::write(&kept, "after").unwrap();
        fs::write(&new, "after").unwrap();
        undo(&[
            (kept.clone(), Some("before".to_owned())),
            (new.clone(), None),
        ]);
        assert_eq!(fs::read_to_string(&kept).unwrap(), "before");
        assert!(!new.exists());
    }

    #[cfg(unix)]
    #[test]
    fn nothing_is_written_through_a_link() {
        let root = tempfile::tempdir().unwrap();
        let elsewhere = tempfile::tempdir().unwrap();
        std::os::unix::fs::symlink(elsewhere.path(), root.path().join("content")).unwrap();
        write(root.path(), &[change("content/a.md", None, "1")]).unwrap_err();
        assert_eq!(fs::read_dir(elsewhere.path()).unwrap().count(), 0);
    }
}
