//! Tells which files in the source folders aren't sources, but left there by the writer, an editor or a system.

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};
use unicode_normalization::UnicodeNormalization;

use crate::error::Error;
use crate::project::{SourcePath, is_private};

/// The files in the source folders that `ignore:` in `site.yaml` leaves out.
///
/// Dot files and editors' litter are always left out. A pattern is a glob relative to the project's root
/// (`content/border/*.draft.md`, `static/raw/**`); one without a slash applies in every folder (`*.psd`), and one that
/// names a folder leaves out everything below it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ignore {
    /// Glob patterns, relative to the project's root.
    pub patterns: Vec<String>,
}

impl Ignore {
    /// Checks that a pattern can be used.
    ///
    /// # Errors
    ///
    /// What is wrong with it, such as a bracket that is never closed.
    ///
    /// # Examples
    ///
    /// ```
    /// use nutgraf_project::project::Ignore;
    ///
    /// assert!(Ignore::check("*.psd").is_ok());
    /// assert!(Ignore::check("[a").is_err());
    /// ```
    pub fn check(pattern: &str) -> Result<(), String> {
        glob(pattern).map(drop)
    }

    /// A test for paths that aren't sources: by their own name, that of a folder above them, or a pattern.
    ///
    /// # Errors
    ///
    /// If a pattern can't be used.
    pub fn leaves_out(&self) -> Result<impl Fn(&SourcePath) -> bool, Error> {
        let matcher = self.matcher()?;
        Ok(move |path: &SourcePath| {
            let above = path.as_str().match_indices('/').map(|(at, _)| at);
            above.chain([path.as_str().len()]).any(|end| {
                let part = SourcePath::new(&path.as_str()[..end]);
                is_litter(part.file_name())
                    || is_private(&part)
                    || matcher.leaves_out(part.as_str())
            })
        })
    }

    /// Compiles the patterns.
    pub(super) fn matcher(&self) -> Result<Matcher, Error> {
        let mut builder = GlobSetBuilder::new();
        for pattern in &self.patterns {
            let glob = glob(pattern).map_err(|reason| {
                Error::usage(format!("cannot use the pattern `{pattern}`: {reason}"))
                    .help("fix it in `ignore:` in site.yaml")
            })?;
            builder.add(glob);
        }
        let globs = builder
            .build()
            .map_err(|error| Error::usage(format!("cannot use `ignore:`: {error}")))?;
        Ok(Matcher(globs))
    }
}

/// The patterns of an [`Ignore`], compiled.
pub(super) struct Matcher(GlobSet);

impl Matcher {
    /// Whether a path relative to the root is left out. The caller has to ask about the folders above it.
    pub(super) fn leaves_out(&self, path: &str) -> bool {
        self.0.is_match(path)
    }
}

fn glob(pattern: &str) -> Result<globset::Glob, String> {
    let normal: String = pattern.nfc().collect();
    let trimmed = normal.trim_end_matches('/');
    let anchored = match trimmed.strip_prefix("./").or(trimmed.strip_prefix('/')) {
        Some(rest) => rest.to_owned(),
        None if trimmed.contains('/') => trimmed.to_owned(),
        None => format!("**/{trimmed}"),
    };
    if trimmed.is_empty() || anchored.is_empty() {
        return Err("it is empty".to_owned());
    }
    GlobBuilder::new(&anchored)
        .literal_separator(true)
        .build()
        .map_err(|error| error.kind().to_string())
}

/// Whether a file or folder with this name is never a source: dot files, and what editors and systems leave behind.
pub fn is_litter(name: &str) -> bool {
    const NAMES: [&str; 6] = [
        "4913",
        "Thumbs.db",
        "ehthumbs.db",
        "desktop.ini",
        "Icon\r",
        "__MACOSX",
    ];
    const ENDINGS: [&str; 12] = [
        "~",
        ".tmp",
        ".bak",
        ".backup",
        ".old",
        ".orig",
        ".rej",
        ".save",
        ".swp",
        ".kate-swp",
        "___jb_tmp___",
        "___jb_old___",
    ];
    let lower = name.to_ascii_lowercase();
    name.starts_with('.')
        || name.starts_with("~$")
        || name.starts_with('#') && name.ends_with('#') && name.len() > 1
        || NAMES.contains(&name)
        || ENDINGS.iter().any(|ending| lower.ends_with(ending))
        || is_safe_save(name)
}

/// Whether macOS uses a name for a file that is about to replace another: `a.md.sb-1f0c2a4b-x1Y2z3`.
fn is_safe_save(name: &str) -> bool {
    let Some((_, tail)) = name.rsplit_once(".sb-") else {
        return false;
    };
    tail.split_once('-').is_some_and(|(stamp, random)| {
        stamp.len() == 8
            && stamp.bytes().all(|byte| byte.is_ascii_hexdigit())
            && random.len() == 6
            && random.bytes().all(|byte| byte.is_ascii_alphanumeric())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn leaves_out(pattern: &str, path: &str) -> bool {
        let patterns = vec![pattern.to_owned()];
        Ignore { patterns }.matcher().unwrap().leaves_out(path)
    }

    #[test]
    fn a_pattern_without_a_slash_holds_everywhere_and_one_with_a_slash_from_the_root() {
        assert!(leaves_out("*.psd", "static/a/b.psd"));
        assert!(leaves_out("raw", "static/raw"));
        assert!(leaves_out("/content/*.md", "content/a.md"));
        assert!(leaves_out("./content/raw/", "content/raw"));
        assert!(leaves_out("content/**/x.md", "content/a/b/x.md"));
        assert!(leaves_out("caf\u{65}\u{301}.md", "content/caf\u{e9}.md"));
        assert!(!leaves_out("content/*.md", "content/a/b.md"));
        assert!(!leaves_out("raw/a.md", "content/raw/a.md"));
        assert!(!leaves_out("*.psd", "static/a.psd.md"));
    }

    #[test]
    fn a_pattern_that_is_none_is_refused() {
        for pattern in ["", "/", "[a", "{a"] {
            assert!(Ignore::check(pattern).is_err(), "{pattern:?}");
        }
    }

    #[test]
    fn litter_is_told_from_sources() {
        let litter = [
            ".git",
            ".a.md.swp",
            "a.md~",
            "#a.md#",
            ".#a.md",
            "4913",
            "a.md.tmp",
            "Thumbs.db",
            "a.md___jb_tmp___",
            "a.md___jb_old___",
            ".goutputstream-X1Y2Z3",
            ".a.md.kate-swp",
            "a.md.sb-1f0c2a4b-x1Y2z3",
            "~$letter.docx",
            "a.md.bak",
            "A.MD.BAK",
            "a.md.orig",
            "a.md.rej",
            "a.md.save",
            ".DS_Store",
        ];
        for name in litter {
            assert!(is_litter(name), "{name}");
        }
        for name in [
            "a.md",
            "#",
            "#a.md",
            "49130",
            "notes.sb-draft.md",
            "tmp",
            "a~b.md",
            "old",
            "a.backup.md",
            "threshold",
        ] {
            assert!(!is_litter(name), "{name}");
        }
    }
}
