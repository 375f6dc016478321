//! Writes rendered files to disk without ever leaving half a site there.
//!
//! Everything is first written to a staging folder and compared with what is there; only then are the files that differ
//! moved into place, each in one atomic step. If a step fails, it and all previous ones are undone. The manifest,
//! `.nutgraf.json`, lists the files that are ours: nothing else is ever replaced or removed. A process that dies at any
//! point leaves each file either old or new, and a manifest that still lists all our files, so that the next build puts
//! everything right.
//!
//! This module never knows what a page is. Start with [`Target::resolve`] and [`write()`]; `swap.rs` has the steps.

mod clean;
mod content;
mod disk;
mod inside;
mod left;
mod lock;
mod manifest;
mod share;
mod staging;
mod staging_folder;
mod survey;
mod swap;
mod target;

use rayon::prelude::*;

use crate::error::Error;
use crate::project::OutputPath;

pub use clean::clean;
pub use content::{Content, OutputFile};
pub use left::Left;
pub use share::{Share, merge};
pub use staging::{Staged, Staging};
pub use swap::{OnStep, Step};
pub use target::Target;

/// What a build did to its output. All lists are ordered by path.
#[derive(Clone, Debug)]
pub struct Written {
    /// Files that are new or whose bytes changed.
    pub changed: Vec<OutputPath>,
    /// Files from an earlier build that this one doesn't have.
    pub removed: Vec<OutputPath>,
    /// How many files were left alone because their bytes are the same; they keep their time stamps.
    pub n_unchanged: usize,
    known: staging::Known,
}

/// Makes the output contain exactly `files`, besides files that aren't ours.
///
/// With `previous`, the result of this process's last build, files whose size and time stamp are unchanged are assumed
/// to be as that build left them; without it, they are read and compared.
///
/// # Errors
///
/// If another build is writing there; if a file that isn't ours is where one of `files` belongs; if the manifest is
/// damaged; or if the disk refuses. The output is then as before, to the byte and the time stamp.
///
/// # Examples
///
/// ```
/// use nutgraf::output::{self, OutputFile, Target};
///
/// let project = tempfile::tempdir().unwrap();
/// let target = Target::resolve(&project.path().join("public"), project.path()).unwrap();
/// let files = vec![OutputFile::new("index.html", "<h1>Hello</h1>"), OutputFile::new("a/index.html", "<h1>A</h1>")];
///
/// let first = output::write(&files, &target, None).unwrap();
/// assert_eq!(first.changed.len(), 2);
///
/// let second = output::write(&files[..1], &target, Some(&first)).unwrap();
/// assert_eq!((second.changed.len(), second.n_unchanged), (0, 1));
/// assert_eq!(second.removed[0].as_str(), "a/index.html");
/// assert!(!target.dir().join("a").exists());
/// ```
pub fn write(
    files: &[OutputFile],
    target: &Target,
    previous: Option<&Written>,
) -> Result<Written, Error> {
    write_in_steps(files, target, previous, &mut |_| Ok(()))
}

/// The same, with a callback before each change to the output; an error that it returns stops the build like one from
/// the disk.
///
/// # Errors
///
/// As for [`write()`].
pub fn write_in_steps(
    files: &[OutputFile],
    target: &Target,
    previous: Option<&Written>,
    on_step: OnStep<'_>,
) -> Result<Written, Error> {
    let staging = Staging::begin(target, previous)?;
    let staged = files
        .par_iter()
        .map(|file| staging.put(file))
        .collect::<Result<Vec<Staged>, Error>>()?;
    staging.commit(staged, on_step)
}
