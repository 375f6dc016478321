//! Finds template code: shortcodes, tags, attribute lists.

use super::Found;
use crate::document::markdown::shortcode;

/// Shortcodes, template tags, and attribute lists.
pub(super) fn braces(line: &str) -> Option<Found> {
    line.match_indices('{')
        .find_map(|(start, _)| brace(line, start))
}

fn brace(line: &str, start: usize) -> Option<Found> {
    let code = &line[start..];
    if let Some((length, shortcode)) = shortcode::at(code) {
        let expected = shortcode.expected();
        let range = start..start + length;
        return Some(Found::foreign(range, shortcode.whose, &expected, line));
    }
    let length = code.find('}')? + 1;
    let inside = code[1..length - 1].trim();
    let is_name = |name: &str| {
        let mut bytes = name.bytes();
        !name.is_empty() && bytes.all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    let is_mark = inside.starts_with([':', '.', '#']) && !inside.contains(['{', ',']);
    let is_value = inside
        .split_once('=')
        .is_some_and(|(name, _)| is_name(name));
    let is_list = inside.len() > 1 && (is_mark || is_value);
    is_list.then(|| {
        let expected = "none, as elements have no attributes here (a heading may have an id: `## Words {#words}`)";
        let range = start..start + length;
        Found::foreign(range, "Kramdown, Pandoc or MkDocs", expected, line)
    })
}

/// `<%= page.title %>` of ERB and EJS.
pub(super) fn percent_tag(line: &str) -> Option<Found> {
    let start = line.find("<%")?;
    let length = line[start..].find("%>")? + 2;
    let expected = "what it shows, in Markdown";
    Some(Found::foreign(
        start..start + length,
        "ERB or EJS",
        expected,
        line,
    ))
}
