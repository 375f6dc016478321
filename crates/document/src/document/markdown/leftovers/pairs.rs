//! Finds pairs of marks around words that have a meaning elsewhere.

use std::ops::Range;

use super::Found;

/// `==words==`, which Obsidian highlights.
pub(super) fn marked(line: &str) -> Option<Found> {
    let (range, inside) = enclosed(line, "==")?;
    let expected = format!("`**{inside}**` for strong words");
    Some(Found::foreign(range, "Obsidian", &expected, line))
}

/// `%%words%%`, which Obsidian hides.
pub(super) fn comment(line: &str) -> Option<Found> {
    let (range, inside) = enclosed(line, "%%")?;
    let expected = format!("`<!-- {} -->`, which readers don't see", inside.trim());
    Some(Found::foreign(range, "Obsidian", &expected, line))
}

/// Words between two marks that touch them.
fn enclosed<'l>(line: &'l str, mark: &str) -> Option<(Range<usize>, &'l str)> {
    let sign = mark.chars().next()?;
    let start = line.find(mark)?;
    let inside = &line[start + mark.len()..];
    let length = inside.find(mark)?;
    let words = &inside[..length];
    let end = start + 2 * mark.len() + length;
    let is_run = words.starts_with(sign) || line[end..].starts_with(sign);
    let is_close = !words.starts_with(char::is_whitespace) && !words.ends_with(char::is_whitespace);
    let is_hugging = is_close || mark == "%%";
    (!words.is_empty() && !is_run && is_hugging && !words.contains('\0'))
        .then_some((start..end, words))
}

/// `'''words'''`, which is bold in a wiki.
pub(super) fn quotes(line: &str) -> Option<Found> {
    let (range, inside) = enclosed(line, "'''")?;
    Some(Found::foreign(
        range,
        "a wiki",
        &format!("`**{inside}**`"),
        line,
    ))
}

/// `$$x^2$$`, which other programs typeset as a formula.
pub(super) fn formula(line: &str) -> Option<Found> {
    let (range, _) = enclosed(line, "$$")?;
    let expected = "the formula in plain words, as code between backticks, or as a picture";
    Some(Found::foreign(range, "TeX", expected, line))
}

/// `:smile:`, which other programs show as an emoji.
pub(super) fn emoji(line: &str) -> Option<Found> {
    let is_edge = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric() && !"_:/\0".contains(c));
    line.match_indices(':').find_map(|(start, _)| {
        let name = &line[start + 1..];
        let length = name.find(':')?;
        let end = start + length + 2;
        let name = &name[..length];
        let is_name = name == "+1"
            || name == "-1"
            || name.len() > 1
                && name.starts_with(|c: char| c.is_ascii_lowercase())
                && name.bytes().all(|byte| {
                    byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"_-".contains(&byte)
                });
        let is_alone =
            is_edge(line[..start].chars().next_back()) && is_edge(line[end..].chars().next());
        let expected = "the sign itself, as it is typed on a phone";
        (is_name && is_alone).then(|| Found::foreign(start..end, "GitHub or Hugo", expected, line))
    })
}
