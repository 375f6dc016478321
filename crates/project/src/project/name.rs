//! Tells which file names can be published on every system and in every address.

use std::ffi::OsStr;

/// Why a file with this name can't be published; `None` if it can.
///
/// Spaces, quotes, `#`, `?`, `%` and any script are fine, because addresses encode them.
pub fn fault(name: &OsStr) -> Option<String> {
    let Some(name) = name.to_str() else {
        return Some("isn't UTF-8".to_owned());
    };
    if let Some(control) = name.chars().find(|c| c.is_control()) {
        return Some(format!(
            "contains the control character U+{:04X}",
            u32::from(control)
        ));
    }
    if name.contains('\\') {
        return Some("holds a backslash".to_owned());
    }
    if name.ends_with('.') {
        return Some("ends with a dot".to_owned());
    }
    if name.ends_with(char::is_whitespace) || name.starts_with(char::is_whitespace) {
        return Some("starts or ends with a space".to_owned());
    }
    let stem = name.split('.').next().unwrap_or(name).trim_end();
    is_reserved(stem).then(|| format!("is `{stem}`, which is a device on Windows"))
}

/// Whether git reserves a name for its own folder, as any system's disk sees it: Windows drops trailing dots and spaces
/// and anything after a colon, and has the short name `git~1`; macOS drops invisible characters.
pub fn is_git_folder(name: &str) -> bool {
    let is_unseen = |c: char| matches!(c, '\u{200c}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{206a}'..='\u{206f}' | '\u{feff}');
    let seen: String = name.chars().filter(|c| !is_unseen(*c)).collect();
    let stem = seen
        .split(':')
        .next()
        .unwrap_or(&seen)
        .trim_end_matches(['.', ' '])
        .to_ascii_lowercase();
    stem == ".git" || stem == "git~1"
}

/// Whether Windows treats a name as a device, whatever its extension.
fn is_reserved(stem: &str) -> bool {
    let upper = stem.to_uppercase();
    if ["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"].contains(&upper.as_str()) {
        return true;
    }
    ["COM", "LPT"].iter().any(|port| {
        upper.strip_prefix(port).is_some_and(|number| {
            matches!(
                number,
                "0" | "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9" | "¹" | "²" | "³"
            )
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_some_system_cannot_have_are_refused() {
        for name in [
            "a\nb.md",
            "a\u{7f}",
            "a\u{9b}",
            "a\\b",
            "a.",
            "a ",
            " a",
            "CON",
            "con.md",
            "Aux.tar.gz",
            "COM1.md",
            "lpt³",
            "nul .txt",
            "CONIN$",
        ] {
            assert!(fault(OsStr::new(name)).is_some(), "{name:?}");
        }
    }

    #[test]
    fn names_that_addresses_can_encode_are_fine() {
        for name in [
            "a b.md",
            "50%.md",
            "what?.md",
            "a#b",
            "\"q\"",
            "-rf",
            "日本.md",
            "👩‍🌾.png",
            "CONTENT",
            "com10.md",
            "console.md",
            "a&b",
            "..a",
        ] {
            assert_eq!(fault(OsStr::new(name)), None, "{name:?}");
        }
    }

    #[test]
    fn the_folder_of_git_is_known_by_all_its_names() {
        for name in [
            ".git",
            ".GIT",
            ".git.",
            ".git ",
            ".git::$INDEX_ALLOCATION",
            "GIT~1",
            ".g\u{200d}it",
        ] {
            assert!(is_git_folder(name), "{name:?}");
        }
        for name in ["git", ".github", ".gitignore", ".git-x", "git~10", "a.git"] {
            assert!(!is_git_folder(name), "{name:?}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn names_that_are_not_text_are_refused() {
        use std::os::unix::ffi::OsStrExt;

        assert!(fault(OsStr::from_bytes(b"a\xff.md")).is_some());
    }
}
