//! Tells which files may have changed, without reading any.

use std::collections::BTreeMap;
use std::fs::Metadata;
use std::path::Path;
use std::sync::mpsc;

use crate::error::Error;
use crate::project::walk::{ROOTS, Walk};
use crate::project::{Ignore, SourcePath};

/// What the disk says about each source file without opening it, for polling where no change events are available.
///
/// A difference only means "look again"; whether anything changed is decided by content.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stamps(BTreeMap<SourcePath, Stamp>);

/// A file's size and times. The second time is that of the last change of any kind, which a program that resets the
/// first can't set.
type Stamp = (u64, i128, i128);

impl Stamps {
    /// Looks at the project at `root`.
    ///
    /// # Errors
    ///
    /// If a folder can't be read.
    pub fn read(root: &Path) -> Result<Self, Error> {
        root.read_dir()
            .map_err(|cause| Error::io("read", root, cause))?;
        let matcher = Ignore::default().matcher()?;
        let (files, found) = mpsc::channel();
        let mut walk = Walk::new(root, &matcher, files);
        for source in ROOTS {
            walk.visit(source)?;
        }
        drop(walk);
        let stamps = found.into_iter().filter_map(|(path, place)| {
            // A file that vanished since the walk is left out.
            Some((path, stamp(&place.symlink_metadata().ok()?)))
        });
        Ok(Self(stamps.collect()))
    }

    /// The files that exist in only one of two looks, or differ.
    pub fn differences(&self, other: &Self) -> Vec<SourcePath> {
        let gone = self.0.keys().filter(|path| !other.0.contains_key(path));
        let changed = other
            .0
            .iter()
            .filter(|(path, stamp)| self.0.get(path) != Some(stamp));
        let mut paths: Vec<SourcePath> =
            gone.chain(changed.map(|(path, _)| path)).cloned().collect();
        paths.sort();
        paths
    }
}

#[cfg(unix)]
fn stamp(metadata: &Metadata) -> Stamp {
    use std::os::unix::fs::MetadataExt;

    let nanoseconds =
        |seconds: i64, rest: i64| i128::from(seconds) * 1_000_000_000 + i128::from(rest);
    (
        metadata.len(),
        nanoseconds(metadata.mtime(), metadata.mtime_nsec()),
        nanoseconds(metadata.ctime(), metadata.ctime_nsec()),
    )
}

#[cfg(not(unix))]
fn stamp(metadata: &Metadata) -> Stamp {
    let modified = metadata.modified().ok();
    let since = modified.and_then(|time| time.duration_since(std::time::UNIX_EPOCH).ok());
    let nanoseconds = since.map_or(0, |time| {
        i128::try_from(time.as_nanos()).unwrap_or(i128::MAX)
    });
    (metadata.len(), nanoseconds, 0)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn what_is_new_changed_or_gone_differs() {
        let root = tempfile::tempdir().unwrap();
        let at = |path: &str| root.path().join(path);
        fs::create_dir_all(at("content/a")).unwrap();
        for path in [
            "content/a/kept.md",
            "content/a/gone.md",
            "content/changed.md",
        ] {
            fs::write(at(path), path).unwrap();
        }
        let before = Stamps::read(root.path()).unwrap();
        fs::remove_file(at("content/a/gone.md")).unwrap();
        fs::write(at("content/changed.md"), "longer than it was").unwrap();
        fs::write(at("site.yaml"), "title: New").unwrap();
        fs::write(at("notes.txt"), "no source").unwrap();
        let after = Stamps::read(root.path()).unwrap();
        let paths = before.differences(&after);
        let paths: Vec<&str> = paths.iter().map(SourcePath::as_str).collect();
        assert_eq!(
            paths,
            ["content/a/gone.md", "content/changed.md", "site.yaml"]
        );
        assert!(after.differences(&after).is_empty());
    }

    #[test]
    fn a_root_that_is_gone_is_no_empty_project() {
        let root = tempfile::tempdir().unwrap();
        assert!(Stamps::read(&root.path().join("none")).is_err());
    }
}
