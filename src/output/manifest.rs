//! `.nutgraf.json`: the list of files in an output folder that are ours.

use std::collections::BTreeMap;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::output::disk;
use crate::output::share::ShareMark;
use crate::project::{ContentHash, OutputPath, is_git_folder};

/// The manifest's name in the output folder.
pub(super) const NAME: &str = ".nutgraf.json";

/// The version of the manifest's format.
const FORMAT: u32 = 1;

/// The manifest of a million files takes less, in bytes.
const MAX_BYTES: u64 = 512 << 20;

/// The files that are ours, with the hashes of their contents.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Manifest {
    pub(super) files: BTreeMap<OutputPath, ContentHash>,
    /// Which part of a site they are; `None` if they are all of it.
    pub(super) share: Option<ShareMark>,
}

/// The manifest as stored on disk.
#[derive(Serialize, Deserialize)]
struct OnDisk {
    format: u32,
    generator: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    share: Option<ShareMark>,
    files: BTreeMap<String, ContentHash>,
}

impl Manifest {
    /// Reads the manifest of an output folder; `None` if it has none.
    ///
    /// # Errors
    ///
    /// If it can't be read, isn't a manifest, or names a file outside the folder: then nothing may be removed because
    /// of it.
    pub(super) fn read(dir: &Path) -> Result<Option<Self>, Error> {
        let place = dir.join(NAME);
        let failed = |cause| Error::io("read", &place, cause);
        let Some(metadata) = disk::look(&place).map_err(failed)? else {
            return Ok(None);
        };
        if !metadata.is_file() {
            return Err(damaged(&place, "it isn't a file"));
        }
        let bytes = crate::disk::read(&place, MAX_BYTES).map_err(failed)?;
        let on_disk: OnDisk =
            serde_json::from_slice(&bytes).map_err(|error| damaged(&place, &error.to_string()))?;
        if on_disk.format != FORMAT {
            let reason = format!("its format is {}, expected {FORMAT}", on_disk.format);
            return Err(damaged(&place, &reason));
        }
        if let Some((path, fault)) = on_disk.files.keys().find_map(|path| {
            let fault = path_fault(path)?;
            Some((path, fault))
        }) {
            return Err(damaged(
                &place,
                &format!("it lists `{path}`, which {fault}"),
            ));
        }
        let files = on_disk.files.into_iter();
        Ok(Some(Self {
            files: files
                .map(|(path, hash)| (OutputPath::new(path), hash))
                .collect(),
            share: on_disk.share,
        }))
    }

    /// The manifest's bytes, with one file on each line, so that versions are easy to compare.
    pub(super) fn to_bytes(&self) -> Vec<u8> {
        let files = self.files.iter();
        let on_disk = OnDisk {
            format: FORMAT,
            generator: concat!("nutgraf ", env!("CARGO_PKG_VERSION")).to_owned(),
            share: self.share.clone(),
            files: files
                .map(|(path, hash)| (path.as_str().to_owned(), *hash))
                .collect(),
        };
        let mut bytes = serde_json::to_vec_pretty(&on_disk)
            .expect("a manifest has text keys and no values that JSON lacks");
        bytes.push(b'\n');
        bytes
    }

    /// The files of both manifests, with the hashes from the second. They are no share of a site.
    pub(super) fn union(&self, other: &Self) -> Self {
        let mut files = self.files.clone();
        files.extend(other.files.iter().map(|(path, hash)| (path.clone(), *hash)));
        Self { files, share: None }
    }
}

/// Why a path must not be written or removed; `None` if it may.
///
/// This is the last check before the disk: whatever a manifest or a page says, nothing outside the output folder is
/// touched, nor a repository that may be inside.
pub(super) fn path_fault(path: &str) -> Option<&'static str> {
    if path.is_empty() {
        return Some("is empty");
    }
    if path == NAME || path.starts_with(".nutgraf-") {
        return Some("is a name that nutgraf needs for itself");
    }
    if path.contains('\\') || path.chars().any(char::is_control) {
        return Some("contains a character that paths must not have");
    }
    if cfg!(windows) && path.contains(':') {
        return Some("holds a colon");
    }
    path.split('/').find_map(|part| match part {
        "" => Some("has an empty part"),
        "." | ".." => Some("leaves the output folder"),
        _ if is_git_folder(part) => Some("is part of a git repository"),
        _ => None,
    })
}

fn damaged(place: &Path, reason: &str) -> Error {
    Error::usage(format!("cannot use `{}`: {reason}", place.display())).help(
        "it lists the files that nutgraf may replace and remove; delete the output folder, or choose another one",
    )
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn paths_that_leave_the_folder_or_touch_a_repository_are_refused() {
        for path in [
            "",
            "/etc/passwd",
            "../a",
            "a/../../b",
            "a/./b",
            "a//b",
            "a/",
            "a\\b",
            "a\0b",
            ".git/config",
            "sub/.GIT/hooks/x",
            ".nutgraf.json",
            ".nutgraf-lock",
        ] {
            assert!(path_fault(path).is_some(), "{path:?}");
        }
        for path in [
            "index.html",
            "a/b/c.html",
            ".nojekyll",
            ".well-known/x",
            "..a/b",
            "a b/é.html",
            ".gitignore",
        ] {
            assert_eq!(path_fault(path), None, "{path:?}");
        }
    }

    #[test]
    fn a_manifest_is_sorted_and_reads_back() {
        let dir = tempfile::tempdir().unwrap();
        let hash = ContentHash::of(b"x");
        let files = ["b.html", "a/index.html"].map(|path| (OutputPath::new(path), hash));
        let manifest = Manifest {
            files: BTreeMap::from(files),
            share: None,
        };
        fs::write(dir.path().join(NAME), manifest.to_bytes()).unwrap();
        assert_eq!(Manifest::read(dir.path()).unwrap(), Some(manifest.clone()));
        let text = String::from_utf8(manifest.to_bytes()).unwrap();
        assert!(text.find("a/index.html").unwrap() < text.find("b.html").unwrap());
    }
}
