//! Decides which folder a site may be written to.

use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

use crate::error::Error;
use crate::output::{disk, manifest};
use crate::project::Snapshot;

/// Entries that a folder may contain and still count as empty.
const HARMLESS: [&str; 5] = [
    ".git",
    ".gitattributes",
    ".gitignore",
    ".gitkeep",
    ".DS_Store",
];

/// An output folder that is safe to write to: new, empty, or made by a build.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    dir: PathBuf,
}

impl Target {
    /// Finds out where `dir` really is, with all links and `..` resolved, and whether a site may be written there.
    ///
    /// A relative `dir` is resolved from the working directory. It doesn't have to exist.
    ///
    /// # Errors
    ///
    /// If `dir` is or contains the project, its sources, the home folder or the root of the file system; if it is
    /// inside the sources or a git folder; if it is a symbolic link or a file; or if it contains files but no manifest
    /// of ours.
    ///
    /// # Examples
    ///
    /// ```
    /// use nutgraf::output::Target;
    ///
    /// let project = tempfile::tempdir().unwrap();
    /// let root = project.path();
    /// assert!(Target::resolve(&root.join("public"), root).is_ok());
    /// assert!(Target::resolve(&root.join("content/site"), root).is_err());
    /// assert!(Target::resolve(&root.join("public/../.."), root).is_err());
    /// ```
    pub fn resolve(dir: &Path, project_root: &Path) -> Result<Self, Error> {
        let root = fs::canonicalize(project_root)
            .map_err(|cause| Error::io("find", project_root, cause))?;
        let real = real_path(dir)?;
        if let Some(reason) = danger(&real, &root) {
            let message = format!("cannot write a site to `{}`: {reason}", dir.display());
            return Err(Error::usage(message)
                .help("choose a folder of its own, such as `public` in the project"));
        }
        let target = Self { dir: real };
        target.check_is_ours()?;
        Ok(target)
    }

    /// The folder, with all links resolved.
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// Whether the folder exists.
    ///
    /// # Errors
    ///
    /// If there is something other than a folder, or a folder that isn't ours.
    pub(super) fn check_is_ours(&self) -> Result<bool, Error> {
        let failed = |cause| Error::io("read", &self.dir, cause);
        let Some(metadata) = disk::look(&self.dir).map_err(failed)? else {
            return Ok(false);
        };
        if !metadata.is_dir() {
            let kind = if metadata.is_symlink() {
                "a symbolic link"
            } else {
                "not a folder"
            };
            let message = format!(
                "cannot write a site to `{}`: it is {kind}",
                self.dir.display()
            );
            return Err(Error::usage(message).help("delete it, or choose another folder"));
        }
        let manifest = self.dir.join(manifest::NAME);
        if disk::look(&manifest).map_err(failed)?.is_some() {
            return Ok(true);
        }
        for entry in fs::read_dir(&self.dir).map_err(failed)? {
            let name = entry.map_err(failed)?.file_name();
            let is_harmless = name
                .to_str()
                .is_some_and(|name| HARMLESS.contains(&name) || name.starts_with(".nutgraf-"));
            if !is_harmless {
                let message = format!(
                    "cannot write a site to `{}`: it contains files that nutgraf didn't make, such as `{}`",
                    self.dir.display(),
                    name.display(),
                );
                return Err(Error::usage(message)
                    .help("choose an empty folder, or move those files elsewhere"));
            }
        }
        Ok(true)
    }
}

/// Where a path leads, with links and `..` resolved in the order of its parts; parts that don't exist are kept.
fn real_path(dir: &Path) -> Result<PathBuf, Error> {
    let failed = |cause| Error::io("find", dir, cause);
    let absolute = std::path::absolute(dir).map_err(failed)?;
    let mut real = PathBuf::new();
    let mut parts = absolute.components().peekable();
    while let Some(part) = parts.next() {
        match part {
            Component::Prefix(_) | Component::RootDir => real.push(part),
            Component::CurDir => {}
            Component::ParentDir => drop(real.pop()),
            Component::Normal(name) => {
                real.push(name);
                let Some(metadata) = disk::look(&real).map_err(failed)? else {
                    continue;
                };
                if metadata.is_symlink() && parts.peek().is_none() {
                    return Err(link_refused(dir, &real));
                }
                real = match fs::canonicalize(&real) {
                    Ok(path) => path,
                    Err(cause) if cause.kind() == io::ErrorKind::NotFound => {
                        return Err(link_refused(dir, &real));
                    }
                    Err(cause) => return Err(failed(cause)),
                };
            }
        }
    }
    Ok(real)
}

fn link_refused(dir: &Path, link: &Path) -> Error {
    let target = fs::read_link(link).unwrap_or_default();
    Error::usage(format!(
        "cannot write a site to `{}`: `{}` is a symbolic link to `{}`",
        dir.display(),
        link.display(),
        target.display(),
    ))
    .help("name the folder itself, not a link to it")
}

/// Why a site must not be written to a folder; `None` if it may.
fn danger(dir: &Path, root: &Path) -> Option<String> {
    if dir.parent().is_none() {
        return Some("it is the root of the file system".to_owned());
    }
    // The home folder is checked both under its name and where it really is.
    let home = std::env::home_dir().filter(|home| home.is_absolute());
    let real_home = home.as_ref().and_then(|home| fs::canonicalize(home).ok());
    if [home, real_home]
        .iter()
        .flatten()
        .any(|home| home.starts_with(dir))
    {
        return Some("it is or contains your home folder".to_owned());
    }
    if root.starts_with(dir) {
        return Some("it is or contains the project itself".to_owned());
    }
    for name in Snapshot::FOLDERS {
        let folder = root.join(name);
        let real = fs::canonicalize(&folder).unwrap_or_else(|_| folder.clone());
        if dir.starts_with(&folder) || dir.starts_with(&real) || real.starts_with(dir) {
            return Some(format!(
                "it is, contains or is inside the sources in `{name}`"
            ));
        }
    }
    let is_git = |part: Component<'_>| part.as_os_str().eq_ignore_ascii_case(".git");
    dir.components()
        .any(is_git)
        .then(|| "it lies in a git folder".to_owned())
}
