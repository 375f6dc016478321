//! Compares what the branch contains with what it will contain.

use super::git::Git;
use crate::error::Error;

/// What happens to a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Change {
    /// It is new.
    New,
    /// Its bytes change.
    Changed,
    /// It is removed.
    Removed,
}

impl Change {
    /// The word for it.
    pub fn name(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Changed => "changed",
            Self::Removed => "removed",
        }
    }
}

/// The files that differ, by path.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    files: Vec<(Change, String)>,
}

impl Changes {
    /// Between two commits; all files are new if there is no earlier one.
    pub(super) fn between(git: &Git, before: Option<&str>, after: &str) -> Result<Self, Error> {
        let Some(before) = before else {
            let args = ["ls-tree", "-r", "-z", "--name-only", "--full-tree", after];
            let files = git
                .demand("list the files", args)?
                .items()
                .into_iter()
                .map(|path| (Change::New, path))
                .collect();
            return Ok(Self { files });
        };
        let args = [
            "diff-tree",
            "-r",
            "-z",
            "--name-status",
            "--no-renames",
            before,
            after,
        ];
        let items = git.demand("compare the files", args)?.items();
        let pairs = items.chunks_exact(2);
        let files = pairs.map(|pair| {
            let change = match pair[0].as_str() {
                "A" => Change::New,
                "D" => Change::Removed,
                _ => Change::Changed,
            };
            (change, pair[1].clone())
        });
        Ok(Self {
            files: files.collect(),
        })
    }

    /// Whether nothing differs.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// Every file that differs and what happens to it, by path.
    pub fn iter(&self) -> impl Iterator<Item = (Change, &str)> {
        self.files
            .iter()
            .map(|(change, path)| (*change, path.as_str()))
    }

    /// The addresses of the pages that are removed, without the leading slash, not counting embeds and files of the
    /// search.
    pub fn removed_pages(&self) -> Vec<&str> {
        let removed = self.iter().filter(|(change, _)| *change == Change::Removed);
        let pages = removed.filter_map(|(_, path)| match path.strip_suffix("index.html") {
            Some(folder) if folder.is_empty() || folder.ends_with('/') => Some(folder),
            Some(_) | None => None,
        });
        let is_page = |address: &&str| !address.starts_with("embed/") && *address != "search/";
        pages.filter(is_page).collect()
    }

    /// How many files undergo a change.
    pub fn count(&self, change: Change) -> usize {
        self.files
            .iter()
            .filter(|(each, _)| *each == change)
            .count()
    }
}
