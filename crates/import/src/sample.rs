//! The sample explainer of a new site, by language.

/// A file of a site: its path within the site, and its text.
pub type File = (&'static str, &'static str);

/// The sample in English.
pub const ENGLISH: [File; 8] = [
    (
        "content/index.md",
        include_str!("sample/en/content/index.md"),
    ),
    (
        "content/key-figures.md",
        include_str!("sample/en/content/key-figures.md"),
    ),
    (
        "content/people.md",
        include_str!("sample/en/content/people.md"),
    ),
    (
        "content/reactions.md",
        include_str!("sample/en/content/reactions.md"),
    ),
    (
        "content/sources.md",
        include_str!("sample/en/content/sources.md"),
    ),
    (
        "content/timeline.md",
        include_str!("sample/en/content/timeline.md"),
    ),
    (
        "sources/sample-notice.txt",
        include_str!("sample/en/notice.txt"),
    ),
    ("evidence.lock", include_str!("sample/en/evidence.lock")),
];

/// Files of the same names as the English ones.
const SPANISH: [File; 8] = [
    (
        "content/index.md",
        include_str!("sample/es/content/index.md"),
    ),
    (
        "content/key-figures.md",
        include_str!("sample/es/content/key-figures.md"),
    ),
    (
        "content/people.md",
        include_str!("sample/es/content/people.md"),
    ),
    (
        "content/reactions.md",
        include_str!("sample/es/content/reactions.md"),
    ),
    (
        "content/sources.md",
        include_str!("sample/es/content/sources.md"),
    ),
    (
        "content/timeline.md",
        include_str!("sample/es/content/timeline.md"),
    ),
    (
        "sources/sample-notice.txt",
        include_str!("sample/es/notice.txt"),
    ),
    ("evidence.lock", include_str!("sample/es/evidence.lock")),
];

const GERMAN: [File; 8] = [
    (
        "content/index.md",
        include_str!("sample/de/content/index.md"),
    ),
    (
        "content/key-figures.md",
        include_str!("sample/de/content/key-figures.md"),
    ),
    (
        "content/people.md",
        include_str!("sample/de/content/people.md"),
    ),
    (
        "content/reactions.md",
        include_str!("sample/de/content/reactions.md"),
    ),
    (
        "content/sources.md",
        include_str!("sample/de/content/sources.md"),
    ),
    (
        "content/timeline.md",
        include_str!("sample/de/content/timeline.md"),
    ),
    (
        "sources/sample-notice.txt",
        include_str!("sample/de/notice.txt"),
    ),
    ("evidence.lock", include_str!("sample/de/evidence.lock")),
];

/// The sample in the language of a site (BCP 47), or in English if there is none in that language.
pub fn of(language: Option<&str>) -> [File; 8] {
    let language = language.and_then(|tag| tag.split('-').next());
    match language {
        Some("de") => GERMAN,
        Some("es") => SPANISH,
        Some(_) | None => ENGLISH,
    }
}

/// Whether a file is still the same as in the sample, in any language.
pub fn is_left_of_sample(path: &str, bytes: &[u8]) -> bool {
    let files = [&ENGLISH, &SPANISH, &GERMAN].into_iter().flatten();
    let mut same = files.filter(|(name, _)| *name == path);
    path.starts_with("content/") && same.any(|(_, text)| text.as_bytes() == bytes)
}

/// The text that the sample is based on.
pub(crate) const SAMPLE_TEXT: &str = "sources/sample-notice.txt";

/// Whether that text is still as it came with the sample, in any language.
pub(crate) fn is_text_of_sample(bytes: &[u8]) -> bool {
    let files = [&ENGLISH, &SPANISH, &GERMAN].into_iter().flatten();
    let mut texts = files.filter(|(name, _)| *name == SAMPLE_TEXT);
    texts.any(|(_, text)| text.as_bytes() == bytes)
}

/// Whether the text of a source, named by its `text:` path, is the one invented for the sample.
pub fn is_sample_text(path: &str) -> bool {
    ENGLISH
        .iter()
        .any(|(name, _)| *name == path && !path.starts_with("content/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_has_the_same_files() {
        for sample in [SPANISH, GERMAN] {
            assert_eq!(ENGLISH.map(|(path, _)| path), sample.map(|(path, _)| path));
        }
        assert_eq!(of(Some("es-MX")), SPANISH);
        assert_eq!(of(Some("est")), ENGLISH);
    }
}
