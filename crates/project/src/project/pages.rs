//! Tells which source files are pages, and what their names mean.
//!
//! This is the only place that knows: everything that builds, watches, links or imports asks here.

use crate::project::SourcePath;

/// The folder that holds the pages.
const CONTENT: &str = "content/";

/// The extensions of Markdown files in Jekyll, Hugo and MkDocs; case is ignored.
const ENDINGS: [&str; 6] = ["md", "markdown", "mdown", "mkdn", "mkd", "mdwn"];

/// What sync programs add to the name of a file's second version, in lower case.
const CONFLICTS: [&str; 8] = [
    "conflicted copy",
    ".sync-conflict-",
    "konfliktkopie",
    "in konflikt stehende kopie",
    "copie en conflit",
    "copia en conflicto",
    "copia in conflitto",
    "cópia em conflito",
];

/// What `git mergetool` adds to a name, before a number.
const MERGE_SIDES: [&str; 4] = ["_backup_", "_base_", "_local_", "_remote_"];

/// What Finder and Explorer add to the name of a copy, in lower case.
const COPIES: [&str; 9] = [
    " - copy",
    " copy",
    " - kopie",
    " kopie",
    " - copie",
    " copie",
    " - copia",
    " copia",
    " - cópia",
];

/// What Explorer and Google Drive put before the name of a copy, in lower case.
const COPIES_OF: [&str; 4] = ["copy of ", "kopie von ", "copie de ", "copia de "];

/// Whether a file is a page: a Markdown file below `content/`.
///
/// # Examples
///
/// ```
/// use nutgraf_project::project::{SourcePath, is_page};
///
/// assert!(is_page(&SourcePath::new("content/vote.markdown")));
/// assert!(is_page(&SourcePath::new("content/NOTES.MD")));
/// assert!(!is_page(&SourcePath::new("content/vote.pdf")));
/// assert!(!is_page(&SourcePath::new("static/vote.md")));
/// ```
pub fn is_page(path: &SourcePath) -> bool {
    path.as_str().starts_with(CONTENT) && is_markdown(path)
}

/// Whether a file's name has a Markdown extension.
pub fn is_markdown(path: &SourcePath) -> bool {
    let ending = path.extension();
    ENDINGS
        .iter()
        .any(|known| known.eq_ignore_ascii_case(ending))
}

/// Whether a page represents its folder: `index.md`, `_index.md` as in Hugo and Zola, or `README.md` as in MkDocs and
/// on GitHub.
pub fn is_index(path: &SourcePath) -> bool {
    matches!(path.stem(), "index" | "_index" | "README") && is_markdown(path)
}

/// Splits the language from a file's name, as Hugo and MkDocs have it: `timeline` and `es` of `timeline.es.md`. Whether
/// the site has that language is for the caller to say.
///
/// # Examples
///
/// ```
/// use nutgraf_project::project::{SourcePath, language_in_name};
///
/// let split = |path: &str| {
///     let path = SourcePath::new(path);
///     language_in_name(&path).map(|(stem, tag)| (stem.to_owned(), tag.to_owned()))
/// };
/// assert_eq!(split("content/timeline.es.md"), Some(("timeline".into(), "es".into())));
/// assert_eq!(split("content/index.zh-Hant.md"), Some(("index".into(), "zh-Hant".into())));
/// assert_eq!(split("content/version-2.1.md"), None);
/// assert_eq!(split("content/timeline.md"), None);
/// ```
pub fn language_in_name(path: &SourcePath) -> Option<(&str, &str)> {
    let (stem, tag) = path.stem().rsplit_once('.')?;
    let mut parts = tag.split('-');
    let is_language = parts.next().is_some_and(|part| {
        matches!(part.len(), 2 | 3) && part.bytes().all(|byte| byte.is_ascii_alphabetic())
    });
    let is_part = |part: &str| {
        matches!(part.len(), 2..=8) && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
    };
    (is_language && parts.all(is_part) && !stem.is_empty()).then_some((stem, tag))
}

/// Whether a file's or folder's name hides it from readers: anything below `content/` that begins with `_`, as in
/// Jekyll, Quarto and Eleventy. `_index.md` doesn't count, because it is a page in Hugo and Zola.
pub fn is_private(path: &SourcePath) -> bool {
    path.as_str().starts_with(CONTENT) && path.file_name().starts_with('_') && !is_index(path)
}

/// Splits the day off a file's name (without its extension), as Jekyll, Zola and Eleventy do: `2024-03-05-the-vote`
/// becomes `2024-03-05` and `the-vote`. The rest may be empty. The caller has to check that the day exists.
///
/// # Examples
///
/// ```
/// use nutgraf_project::project::day_in_name;
///
/// assert_eq!(day_in_name("2024-03-05-the-vote"), Some(("2024-03-05", "the-vote")));
/// assert_eq!(day_in_name("2024-03-05"), Some(("2024-03-05", "")));
/// assert_eq!(day_in_name("2024-03-05b"), None);
/// assert_eq!(day_in_name("the-vote"), None);
/// ```
pub fn day_in_name(stem: &str) -> Option<(&str, &str)> {
    let day = stem.get(..10)?;
    let is_day = day.bytes().enumerate().all(|(index, byte)| match index {
        4 | 7 => byte == b'-',
        _ => byte.is_ascii_digit(),
    });
    let rest = &stem[10..];
    let name = rest.trim_start_matches(['-', '_', ' ']);
    (is_day && (rest.is_empty() || name.len() < rest.len())).then_some((day, name))
}

/// Whether a name is that of a copy which a program made because two people had changed a file: Dropbox, Nextcloud,
/// Syncthing, `git mergetool`.
pub(super) fn is_conflict_copy(name: &str) -> bool {
    let name = name.to_lowercase();
    let is_side = |side: &&str| {
        let number = name.rsplit_once(*side).map(|(_, number)| number);
        number.is_some_and(|number| number.starts_with(|c: char| c.is_ascii_digit()))
    };
    CONFLICTS.iter().any(|words| name.contains(words)) || MERGE_SIDES.iter().any(is_side)
}

/// The file that another one is a copy of, judged by its name: `quay.md` for `quay copy.md`, `quay - Copy (2).md`,
/// `Copy of quay.md`, `quay (1).md` and `quay 2.md`. It is a copy only if that file is beside it.
///
/// # Examples
///
/// ```
/// use nutgraf_project::project::copied_from;
///
/// assert_eq!(copied_from("quay copy.md").as_deref(), Some("quay.md"));
/// assert_eq!(copied_from("quay 2024.md"), None);
/// ```
pub fn copied_from(name: &str) -> Option<String> {
    let (stem, ending) = name.rsplit_once('.')?;
    let unnumbered = stem
        .strip_suffix(')')
        .and_then(|stem| stem.rsplit_once(" ("))
        .or_else(|| stem.rsplit_once(' '))
        .filter(|(_, number)| {
            (1..=2).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit())
        })
        .map(|(stem, _)| stem);
    let named = unnumbered.unwrap_or(stem);
    let lower = named.to_lowercase();
    let behind = COPIES.iter().find(|words| lower.ends_with(**words));
    let before = COPIES_OF.iter().find(|words| lower.starts_with(**words));
    let original = match (behind, before) {
        (Some(words), _) => named.get(..named.len() - words.len()),
        (None, Some(words)) => named.get(words.len()..),
        (None, None) => unnumbered,
    }?;
    (!original.is_empty()).then(|| format!("{original}.{ending}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_other_generators_are_understood() {
        let is = |test: fn(&SourcePath) -> bool, path: &str| test(&SourcePath::new(path));
        assert!(is(is_index, "content/border/index.markdown"));
        assert!(is(is_index, "content/_index.md"));
        assert!(!is(is_index, "content/index.html"));
        assert!(is(is_private, "content/_drafts"));
        assert!(is(is_private, "content/border/_notes.md"));
        assert!(!is(is_private, "content/_index.md"));
        assert!(!is(is_private, "static/_headers"));
    }

    #[test]
    fn copies_are_told_with_what_they_were_made_of() {
        for name in [
            "quay copy.md",
            "quay copy 2.md",
            "quay - Copy.md",
            "quay - Copy (2).md",
            "quay (1).md",
            "quay 2.md",
            "Copy of quay.md",
            "quay - Kopie.md",
        ] {
            assert_eq!(copied_from(name).as_deref(), Some("quay.md"), "{name}");
        }
        for name in [
            "quay.md",
            "copy.md",
            "hard-copy.md",
            "quay 2024.md",
            "(1).md",
            "2.md",
        ] {
            assert_eq!(copied_from(name), None, "{name}");
        }
    }

    #[test]
    fn copies_of_two_versions_are_told_from_pages_about_conflicts() {
        for name in [
            "quay (conflicted copy 2023-11-02).md",
            "quay (Ada Lind's conflicted copy 2023-11-02).md",
            "quay.sync-conflict-20231102-081500-K3XQ2LM.md",
            "quay_LOCAL_8123.md",
            "quay_BACKUP_8123.md",
            "Quay (Konfliktkopie von Ada).md",
        ] {
            assert!(is_conflict_copy(name), "{name}");
        }
        for name in [
            "conflict.md",
            "the-conflict-at-the-border.md",
            "data_local_.md",
            "a_local_paper.md",
            "copy.md",
        ] {
            assert!(!is_conflict_copy(name), "{name}");
        }
    }
}
