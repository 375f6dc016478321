//! The files that a build left in the output, so that the next one can tell whether they are unchanged.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::Metadata;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::output::disk::{self, Stamp};
use crate::output::{Target, Written, manifest};
use crate::project::ContentHash;

/// The files of a site in an output folder, as a build left them.
#[derive(Debug, Serialize, Deserialize)]
pub struct Left {
    dir: PathBuf,
    manifest: Stamp,
    files: BTreeMap<String, LeftFile>,
}

/// A file as a build left it.
#[derive(Debug, Serialize, Deserialize)]
struct LeftFile {
    hash: ContentHash,
    stamp: Stamp,
}

impl LeftFile {
    /// Whether the file at a place has the same bytes.
    fn is_at(&self, place: &Path) -> bool {
        let bytes = crate::disk::read(place, self.stamp.n_bytes());
        bytes.is_ok_and(|bytes| ContentHash::of(&bytes) == self.hash)
    }
}

impl Written {
    /// What the build left. `None` if some of the site's files were there before and aren't ours.
    pub fn left(&self) -> Option<Left> {
        let known = &self.known;
        let is_whole = known.manifest.files.len() == self.changed.len() + self.n_unchanged;
        let files = known.manifest.files.iter().map(|(path, hash)| {
            let stamp = known.stamps.get(path)?.clone();
            let file = LeftFile { hash: *hash, stamp };
            Some((path.as_str().to_owned(), file))
        });
        Some(Left {
            dir: known.dir.clone(),
            manifest: known.manifest_stamp.clone().filter(|_| is_whole)?,
            files: files.collect::<Option<_>>()?,
        })
    }
}

impl Left {
    /// How many files there are.
    pub fn n_files(&self) -> usize {
        self.files.len()
    }

    /// Whether all files are in a folder as the build left them, and open to readers. `record` is the file in which this was
    /// saved: a file written only moments before is read, because its time stamp tells too little.
    pub fn is_in(&self, target: &Target, record: &Metadata) -> bool {
        let recorded = Stamp::of(record);
        let dir = target.dir();
        let manifest = dir.join(manifest::NAME);
        dir == self.dir
            && is_as_left(&manifest, &self.manifest)
            && self.has_plain_folders()
            && self.files.par_iter().all(|(path, file)| {
                let place = dir.join(path);
                is_as_left(&place, &file.stamp)
                    && (file.stamp.is_settled_before(&recorded) || file.is_at(&place))
            })
    }

    /// Whether none of the folders is a link to another one.
    fn has_plain_folders(&self) -> bool {
        let folders = self
            .files
            .keys()
            .filter_map(|path| Path::new(path).parent());
        let folders: BTreeSet<&Path> = folders.flat_map(Path::ancestors).collect();
        let folders: Vec<&Path> = folders.into_iter().collect();
        folders.par_iter().all(|folder| {
            let metadata = disk::look(&self.dir.join(folder));
            metadata.is_ok_and(|metadata| metadata.is_some_and(|metadata| metadata.is_dir()))
        })
    }
}

fn is_as_left(place: &Path, stamp: &Stamp) -> bool {
    let Ok(Some(metadata)) = disk::look(place) else {
        return false;
    };
    metadata.is_file() && disk::is_open_to_readers(&metadata) && Stamp::of(&metadata) == *stamp
}
