//! Creates a new page or a new explainer.
//!
//! [`new`] writes Markdown files that build right away, with comments that say what to fill in. It never overwrites a
//! file, and creates either all files or none.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use crate::diag::nearest;
use crate::disk::Root;
use crate::error::Error;
use crate::init::scalar;
use crate::project::SourcePath;

/// The files of an explainer, by their names in its folder.
const EXPLAINER: [(&str, &str); 5] = [
    ("index.md", include_str!("explainer/index.md")),
    ("timeline.md", include_str!("explainer/timeline.md")),
    ("key-figures.md", include_str!("explainer/key-figures.md")),
    ("reactions.md", include_str!("explainer/reactions.md")),
    ("sources.md", include_str!("explainer/sources.md")),
];

const PAGE: &str = include_str!("page.md");

/// What to create.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// One page.
    Page,
    /// A folder with the pages of an explainer.
    Explainer,
}

/// Creates a page or an explainer in a project, and returns its files, relative to the project's folder.
///
/// `folder` is `content` or one below, see [`folder_for`]. The file's name is made from the title.
///
/// # Errors
///
/// If the title contains no letter or digit, a file already exists, or the disk refuses.
///
/// # Examples
///
/// ```
/// use nutgraf::new::{Kind, new};
///
/// let dir = tempfile::tempdir().unwrap();
/// let made = new(dir.path(), Kind::Page, "Who pays?", "content").unwrap();
/// assert_eq!(made, [std::path::Path::new("content/who-pays.md")]);
/// let text = std::fs::read_to_string(dir.path().join(&made[0])).unwrap();
/// assert!(text.starts_with("---\ntitle: Who pays?\n"));
/// ```
pub fn new(root: &Path, kind: Kind, title: &str, folder: &str) -> Result<Vec<PathBuf>, Error> {
    let title = title.trim();
    let slug = crate::project::slugify(title);
    if slug.is_empty() {
        return Err(
            Error::usage(format!("a file name can't be made from `{title}`"))
                .help("write a title with at least one letter or digit"),
        );
    }
    let files: Vec<(String, &str)> = match kind {
        Kind::Page => vec![(format!("{folder}/{slug}.md"), PAGE)],
        Kind::Explainer => {
            let files = EXPLAINER.iter();
            let named =
                |(name, text): &(&str, &'static str)| (format!("{folder}/{slug}/{name}"), *text);
            files.map(named).collect()
        }
    };
    // A page and a folder with the same name would have the same address.
    let other = match kind {
        Kind::Page => format!("{folder}/{slug}"),
        Kind::Explainer => format!("{folder}/{slug}.md"),
    };
    let taken = files.iter().map(|(path, _)| path).chain([&other]);
    for path in taken {
        if fs::symlink_metadata(root.join(path)).is_ok() {
            return Err(there_already(path));
        }
    }
    let mut made = Vec::new();
    for (path, template) in &files {
        let text = template.replace("@TITLE@", &scalar(title));
        if let Err(error) = put(root, path, &text) {
            for path in &made {
                let path = root.join(path);
                fs::remove_file(&path).map_err(|cause| Error::io("remove", &path, cause))?;
            }
            return Err(error);
        }
        made.push(PathBuf::from(path));
    }
    Ok(made)
}

/// The folder that something new goes into: `into`, which has to be there, or the one that the command is called in if
/// that is below `content/`, or `content/`.
///
/// # Errors
///
/// If it isn't below `content/`, or isn't there.
pub fn folder_for(root: &Path, here: &Path, into: Option<&str>) -> Result<String, Error> {
    let Some(written) = into else {
        return Ok(folder_of(root, here));
    };
    let folder = folder(written)?;
    if folder == "content" || root.join(&folder).is_dir() {
        return Ok(folder);
    }
    let (above, name) = folder.rsplit_once('/').unwrap_or(("content", &folder));
    let names = folders_in(&root.join(above));
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let error = Error::usage(format!("there is no folder `{folder}`"));
    let near = nearest(name, &names).or_else(|| {
        let is_part = |known: &&&str| known.split('-').any(|word| word == name);
        names.iter().find(is_part).copied()
    });
    Err(error.help(match near {
        Some(near) => format!("did you mean `{above}/{near}`?"),
        None => {
            "make it first: `nutgraf new explainer TITLE` makes one with the pages of an explainer"
                .to_owned()
        }
    }))
}

/// The folder that the command is called in, if it is below `content/`; otherwise `content`.
fn folder_of(root: &Path, here: &Path) -> String {
    let real = |path: &Path| path.canonicalize().ok();
    let below = || {
        let below = real(here)?;
        let below = below.strip_prefix(real(&root.join("content"))?).ok()?;
        let names: Option<Vec<&str>> = below.iter().map(|name| name.to_str()).collect();
        Some([vec!["content"], names?].concat().join("/"))
    };
    below().unwrap_or_else(|| "content".to_owned())
}

/// The names of the folders in a folder, in order; none if it can't be read.
fn folders_in(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let folders = entries.filter(|entry| entry.path().is_dir());
    let mut names: Vec<String> = folders
        .filter_map(|entry| entry.file_name().into_string().ok())
        .collect();
    names.sort_unstable();
    names
}

/// A folder below `content/`, given with or without `content/` before it.
///
/// # Errors
///
/// If it isn't below `content/`.
fn folder(written: &str) -> Result<String, Error> {
    let below = written.trim_end_matches('/');
    let below = match below {
        "content" => "",
        below => below.strip_prefix("content/").unwrap_or(below),
    };
    if below.is_empty() {
        return Ok("content".to_owned());
    }
    let path = SourcePath::new("content/index.md").join(below);
    let path = path.filter(|path| {
        path.as_str().starts_with("content/")
            && !below.starts_with('/')
            && !below.contains(['\\', ':'])
    });
    match path {
        Some(path) => Ok(path.as_str().to_owned()),
        None => Err(
            Error::usage(format!("`{written}` isn't a folder below `content/`"))
                .help("write it as it is below `content/`: `--into harbor`"),
        ),
    }
}

fn put(root: &Path, path: &str, text: &str) -> Result<(), Error> {
    let made = Root::open(root).and_then(|root| root.create(Path::new(path), text.as_bytes()));
    made.map_err(|cause| match cause.kind() {
        ErrorKind::AlreadyExists => there_already(path),
        _ => Error::io("write", &root.join(path), cause),
    })
}

fn there_already(path: &str) -> Error {
    Error::usage(format!("`{path}` already exists"))
        .help("give the new one another title, or another folder with `--into`")
}
