//! Where in a project does an import read and write?

use std::fs;
use std::path::Path;

use crate::disk::Root;
use crate::error::Error;

/// The folder of the texts of sources, relative to the project's root.
pub(super) const PRIVATE: &str = "sources/private";

/// A folder of pages as it was typed, with or without `content/` before it.
pub(super) fn folder(into: &str) -> Result<String, Error> {
    let path = into.replace('\\', "/");
    let mut parts: Vec<&str> = path
        .split('/')
        .filter(|part| !part.is_empty() && *part != ".")
        .collect();
    let is_within = !parts.is_empty()
        && !path.starts_with('/')
        && !path.contains(':')
        && !parts.iter().any(|part| part.starts_with('.'));
    if !is_within {
        let message = format!("`{into}` isn't a folder below `content/`");
        return Err(Error::usage(message).help("name one such as `--into content/story`"));
    }
    if parts[0] != "content" {
        parts.insert(0, "content");
    }
    Ok(parts.join("/"))
}

/// The names of the texts that are kept, without their ending. A folder that isn't there has none.
pub(super) fn texts_on_disk(root: &Path) -> Vec<String> {
    let entries = fs::read_dir(root.join(PRIVATE));
    entries
        .into_iter()
        .flatten()
        .filter_map(|entry| {
            let path = entry.ok()?.path();
            Some(path.file_stem()?.to_string_lossy().into_owned())
        })
        .collect()
}

/// The bytes of a file of the project.
pub(super) fn read_below(root: &Path, path: &str) -> std::io::Result<Vec<u8>> {
    /// No article is longer.
    const MAX_BYTES: u64 = 64 << 20;
    Root::open(root)?.read(Path::new(path), MAX_BYTES)
}

/// Whether the rules of a `.gitignore` keep the texts of sources out.
pub(super) fn keeps_private(rules: &str) -> bool {
    rules.lines().any(|line| {
        let rule = line.trim().trim_matches('/');
        let rule = rule.trim_end_matches("/*").trim_end_matches("/**");
        matches!(rule, "sources/private" | "sources" | "private")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_folders_of_pages_are_imported_into() {
        assert_eq!(folder("content/story/").unwrap(), "content/story");
        assert_eq!(folder("./content\\a\\b").unwrap(), "content/a/b");
        assert_eq!(folder("content").unwrap(), "content");
        for wrong in ["/content/a", "content/../static", "content/.git", ""] {
            assert!(folder(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_rule_that_keeps_texts_private_is_known() {
        for rules in [
            "/sources/private\n",
            "/public\nsources/private/\n",
            "sources/private/*",
        ] {
            assert!(keeps_private(rules), "{rules}");
        }
        for rules in [
            "",
            "# /sources/private\n",
            "/sources/public",
            "!/sources/private",
        ] {
            assert!(!keeps_private(rules), "{rules}");
        }
    }
}
