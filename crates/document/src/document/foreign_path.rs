//! Paths as file managers copy them: with backslashes, from the top of a disk, from a home folder.

/// Why a path means nothing to other computers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum ForeignPath {
    /// It is right but for its backslashes: the path to write.
    Backslashes(String),
    /// It leads out of the project, to a file of one computer.
    OneComputer,
}

/// What is wrong with a path; `None` if nothing is.
///
/// A slash at its start is none of these: there, it means the top of `content/`.
pub(super) fn foreign_path(path: &str) -> Option<ForeignPath> {
    let starts_with_drive =
        matches!(path.as_bytes(), [drive, b':', b'\\' | b'/', ..] if drive.is_ascii_alphabetic());
    let is_file_url = path
        .get(..5)
        .is_some_and(|scheme| scheme.eq_ignore_ascii_case("file:"));
    if starts_with_drive
        || is_file_url
        || path.starts_with("\\\\")
        || path.starts_with("~/")
        || path.starts_with("~\\")
    {
        return Some(ForeignPath::OneComputer);
    }
    path.contains('\\')
        .then(|| ForeignPath::Backslashes(path.replace('\\', "/")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_of_one_computer_are_told_from_those_of_the_project() {
        for path in [
            r"C:\Users\ada\quay.jpg",
            "c:/quay.jpg",
            r"\\server\desk\quay.jpg",
            "file:///home/ada/quay.jpg",
            "~/quay.jpg",
        ] {
            assert_eq!(foreign_path(path), Some(ForeignPath::OneComputer), "{path}");
        }
        assert_eq!(
            foreign_path(r"photos\old\quay.jpg"),
            Some(ForeignPath::Backslashes("photos/old/quay.jpg".to_owned()))
        );
        for path in [
            "/photos/quay.jpg",
            "../quay.jpg",
            "a:b.jpg",
            "~draft.md",
            "é",
        ] {
            assert_eq!(foreign_path(path), None, "{path}");
        }
    }
}
