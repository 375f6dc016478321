//! Finds lines with code for other generators: boxes, included files, headings in other markup languages.

use super::Found;

/// `:::` of Pandoc and Docusaurus, `!!!` and `???` of MkDocs: boxes around the following lines.
pub(super) fn fence(line: &str) -> Option<Found> {
    let start = line.len()
        - line
            .trim_start_matches(|c: char| c == '\0' || c.is_whitespace())
            .len();
    let rest = line[start..].trim_end_matches(['\0', ' ', '\r']);
    let (mark, whose) = [
        (":::", "Pandoc or Docusaurus"),
        ("!!!", "MkDocs"),
        ("???", "MkDocs"),
    ]
    .into_iter()
    .find(|(mark, _)| rest.starts_with(mark))?;
    let words = rest[mark.len()..].trim_start_matches([':', '+']);
    // `!!!` and `???` also express excitement.
    let is_code = mark == ":::"
        || words.starts_with(' ')
            && words
                .trim_start()
                .starts_with(|c: char| c.is_ascii_lowercase());
    if !is_code {
        return None;
    }
    let name: String = words
        .trim_start()
        .trim_start_matches('{')
        .chars()
        .take_while(char::is_ascii_alphanumeric)
        .collect();
    let kind = match name.to_lowercase().as_str() {
        "tip" | "hint" | "success" => "TIP",
        "important" => "IMPORTANT",
        "warning" | "attention" => "WARNING",
        "danger" | "caution" | "error" | "bug" | "failure" => "CAUTION",
        _ => "NOTE",
    };
    let expected = if words.trim().is_empty() {
        "none, as the end of a box has no line of its own".to_owned()
    } else {
        format!("a line `> [!{kind}]`, and `> ` before each line of the box")
    };
    Some(Found::foreign(
        start..start + rest.len(),
        whose,
        &expected,
        line,
    ))
}

/// Lines that include another file.
pub(super) fn include(line: &str) -> Option<Found> {
    let start = line.len() - line.trim_start().len();
    let rest = line[start..].trim_end_matches(['\0', ' ', '\r']);
    let is_one = rest.starts_with("--8<--") || rest.starts_with("<<< @/");
    is_one.then(|| {
        let expected = "the words themselves, since a page is one file";
        Found::foreign(
            start..start + rest.len(),
            "MkDocs or VitePress",
            expected,
            line,
        )
    })
}

/// `== Words ==` of a wiki, `.. note::` of reStructuredText, `#+TITLE:` of Org, `h2. Words` of Textile, `\\newpage` of
/// TeX, `import … from` of MDX.
pub(super) fn markup_line(line: &str) -> Option<Found> {
    let start = line.len() - line.trim_start_matches(['\0', ' ']).len();
    let rest = line[start..].trim_end_matches(['\0', ' ', '\r']);
    let (whose, expected) = foreign_line(rest)?;
    Some(Found::foreign(
        start..start + rest.len(),
        whose,
        &expected,
        line,
    ))
}

fn foreign_line(line: &str) -> Option<(&'static str, String)> {
    let nothing = "none, as nothing of that kind is read here".to_owned();
    let is_word =
        |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase());
    if let Some(words) = line.strip_prefix("==") {
        let words = words.trim_matches('=');
        let is_heading = words.len() > 2 && words.starts_with(' ') && words.ends_with(' ');
        return (is_heading && line.ends_with("=="))
            .then(|| ("a wiki", format!("`## {}`", words.trim())));
    }
    if let Some(rest) = line.strip_prefix(".. ") {
        let (name, _) = rest.split_once("::")?;
        let is_directive = name.split(['-', ':']).all(is_word);
        return is_directive.then(|| ("reStructuredText", "what it shows, in Markdown".to_owned()));
    }
    if let Some(rest) = line.strip_prefix("#+") {
        let name = rest.split([':', ' ', '_']).next()?;
        let is_keyword = name.len() > 2 && name.bytes().all(|byte| byte.is_ascii_alphabetic());
        return is_keyword.then(|| ("Org", "what it shows, in Markdown".to_owned()));
    }
    if let Some(name) = line.strip_prefix('\\') {
        let name = name.split(['{', '[']).next()?;
        return (name.len() > 2 && is_word(name)).then_some(("TeX", nothing));
    }
    if let Some((level, words)) = line
        .strip_prefix('h')
        .and_then(|rest| rest.split_once(". "))
    {
        let level: usize = level.parse().ok().filter(|level| (1..=6).contains(level))?;
        let hashes = "#".repeat(level.max(2));
        return Some(("Textile", format!("`{hashes} {}`", words.trim())));
    }
    let is_import = line.strip_prefix("import ").is_some_and(|rest| {
        let names = rest.starts_with(['{', '*', '"', '\'']) || rest.contains(" from ");
        let quoted = rest.trim_end_matches(';').ends_with(['"', '\'']);
        names && quoted
    });
    let is_export = line.starts_with("export const ") || line.starts_with("export default ");
    (is_import || is_export).then_some(("MDX", nothing))
}
