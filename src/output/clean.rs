//! Removes a site: the files listed in the manifest, and nothing else.

use std::fs;

use crate::error::Error;
use crate::output::Target;
use crate::output::inside::Inside;
use crate::output::manifest::{self, Manifest};
use crate::output::staging::Workspace;
use crate::output::survey::Folders;
use crate::project::OutputPath;

/// Removes what builds have written to a folder, and the folder itself if it is then empty. Returns the removed files,
/// ordered by path; none if there is no site.
///
/// # Errors
///
/// If a build is writing there, if the manifest is damaged, or if a file can't be removed; the manifest then still
/// lists what is left.
///
/// # Examples
///
/// ```
/// use nutgraf::output::{self, OutputFile, Target};
///
/// let project = tempfile::tempdir().unwrap();
/// let target = Target::resolve(&project.path().join("public"), project.path()).unwrap();
/// output::write(&[OutputFile::new("index.html", "")], &target, None).unwrap();
/// std::fs::write(target.dir().join("notes.txt"), "mine").unwrap();
///
/// assert_eq!(output::clean(&target).unwrap().len(), 1);
/// assert!(target.dir().join("notes.txt").exists());
/// ```
pub fn clean(target: &Target) -> Result<Vec<OutputPath>, Error> {
    if !target.check_is_ours()? {
        return Ok(Vec::new());
    }
    let workspace = Workspace::open(target)?;
    let Some(manifest) = Manifest::read(target.dir())? else {
        return Ok(Vec::new());
    };
    let inside = Inside::open(target.dir())
        .map_err(|cause| Error::io("open the folder", target.dir(), cause))?;
    let mut folders = Folders::new(target.dir());
    let mut removed = Vec::new();
    for path in manifest.files.into_keys() {
        if !folders.holds_file(&path)? {
            continue;
        }
        let place = target.dir().join(path.as_str());
        let gone = inside.remove_file(&place);
        gone.map_err(|cause| Error::io("remove", &place, cause))?;
        removed.push(path);
    }
    for path in &removed {
        if let Some(folder) = target.dir().join(path.as_str()).parent() {
            inside.remove_empty_folders(folder, &mut |_| {});
        }
    }
    let place = target.dir().join(manifest::NAME);
    fs::remove_file(&place).map_err(|cause| Error::io("remove", &place, cause))?;
    // Its files may be in the output folder.
    drop(workspace);
    // This fails if the folder contains something that isn't ours, and then the folder stays.
    let _ = fs::remove_dir(target.dir());
    Ok(removed)
}
