//! Reads the pages of a version: the files as they are, or a revision in git.

use std::io::{Seek, Write};
use std::path::Path;
use std::process::Stdio;

use super::Pages;
use crate::document::as_written;
use crate::error::Error;
use crate::project::{Ignore, Snapshot, SourcePath, is_page};
use crate::publish::Git;

/// The versions to compare, as typed: `HEAD`, `v1..v2`, `v1..`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Range {
    /// The earlier version.
    pub from: String,
    /// The later version; `None` for the files as they are.
    pub to: Option<String>,
}

impl Range {
    /// Parses a range. As in git, an empty side means `HEAD`.
    ///
    /// # Examples
    ///
    /// ```
    /// use nutgraf::diff::Range;
    ///
    /// assert_eq!(Range::parse("v1"), Range { from: "v1".into(), to: None });
    /// assert_eq!(Range::parse("v1..v2"), Range { from: "v1".into(), to: Some("v2".into()) });
    /// assert_eq!(Range::parse("v1.."), Range { from: "v1".into(), to: Some("HEAD".into()) });
    /// ```
    pub fn parse(typed: &str) -> Self {
        let revision = |typed: &str| match typed {
            "" => "HEAD".to_owned(),
            typed => typed.to_owned(),
        };
        match typed.split_once("..") {
            Some((from, to)) => Self {
                from: revision(from),
                to: Some(revision(to.trim_start_matches('.'))),
            },
            None => Self {
                from: revision(typed),
                to: None,
            },
        }
    }
}

/// The pages of the project as it was read.
pub fn pages_of_snapshot(snapshot: &Snapshot) -> Pages {
    let files = snapshot.below("content").filter(|file| is_page(&file.path));
    let pages = files.filter_map(|file| Some((file.path.clone(), as_written(&file.bytes)?)));
    pages.collect()
}

/// The pages of the project in a revision, read from git without touching the working tree. `ignore` says which files
/// aren't pages.
///
/// # Errors
///
/// If the project isn't in a git repository, or git doesn't know the revision.
pub fn pages_of_revision(root: &Path, revision: &str, ignore: &Ignore) -> Result<Pages, Error> {
    let git = Git::new(root);
    let commit = format!("{revision}^{{commit}}");
    let known = git.ask([
        "rev-parse",
        "--verify",
        "--quiet",
        "--end-of-options",
        &commit,
    ])?;
    let Some(commit) = known else {
        let message = format!("git knows no revision `{revision}` here");
        return Err(Error::usage(message).help(
            "name a commit, a branch or a tag; `nutgraf diff` alone compares with the last commit",
        ));
    };
    let listed = git.demand(
        &format!("list the pages of `{revision}`"),
        ["ls-tree", "-r", "-z", &commit, "--", "content"],
    )?;
    let leaves_out = ignore.leaves_out()?;
    let pages: Vec<(String, SourcePath)> = listed
        .items()
        .iter()
        .filter_map(|line| {
            let (meta, path) = line.split_once('\t')?;
            let [mode, _, object] = meta.split(' ').collect::<Vec<_>>()[..] else {
                return None;
            };
            let path = SourcePath::new(path);
            // A link isn't a page, nor is a nested repository.
            let is_file = mode.starts_with("100");
            (is_file && is_page(&path) && !leaves_out(&path)).then(|| (object.to_owned(), path))
        })
        .collect();
    let texts = objects(&git, pages.iter().map(|(object, _)| &**object))?;
    let pages = pages.into_iter().zip(texts);
    Ok(pages
        .filter_map(|((_, path), text)| Some((path, as_written(&text)?)))
        .collect())
}

/// The contents of git objects, in order.
fn objects<'o>(git: &Git, names: impl Iterator<Item = &'o str>) -> Result<Vec<Vec<u8>>, Error> {
    let names: Vec<&str> = names.collect();
    let failed = |cause| Error::io("write the names for git to", &std::env::temp_dir(), cause);
    // From a file: git answers while it is still reading, and a pipe that nobody empties would block both sides.
    let mut asked = tempfile::tempfile().map_err(failed)?;
    for name in &names {
        writeln!(asked, "{name}").map_err(failed)?;
    }
    asked.rewind().map_err(failed)?;
    let mut command = git.command(["cat-file", "--batch"]);
    let answer = git.finish("read pages", command.stdin(Stdio::from(asked)))?;
    let mut rest = &answer[..];
    let mut texts = Vec::with_capacity(names.len());
    for name in names {
        let text = first_object(&mut rest);
        texts.push(text.ok_or_else(|| {
            Error::usage(format!("git could not read the object {name}"))
                .help("is the repository whole? `git fsck` tells")
        })?);
    }
    Ok(texts)
}

/// Takes the first object from the output of `git cat-file --batch`: a line `NAME blob SIZE`, that many bytes, and a
/// line break.
fn first_object(rest: &mut &[u8]) -> Option<Vec<u8>> {
    let end = rest.iter().position(|byte| *byte == b'\n')?;
    let line = std::str::from_utf8(&rest[..end]).ok()?;
    let size: usize = line.rsplit_once(' ')?.1.parse().ok()?;
    let text = rest.get(end + 1..end + 1 + size)?;
    let after = rest.get(end + 1 + size + 1..)?;
    *rest = after;
    Some(text.to_vec())
}
