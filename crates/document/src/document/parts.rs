//! Reads the fields of the page itself without its lists of records.
//!
//! A page's name and address depend on a few lines. Its records make up most of the text, and nobody needs them until
//! the page or one that uses them is shown; so they are read when they are first needed. [`divide`] finds the page's
//! own fields without reading the rest, provided that the text is so plain that no line can be mistaken for one of
//! them. Any other text is read whole.

use super::schema::{FRONT_MATTER, Lists};

/// Line breaks in YAML that other programs treat as letters.
const ODD_BREAKS: [char; 3] = ['\u{85}', '\u{2028}', '\u{2029}'];

/// A text whose page fields can be separated from its lists of records.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Parts<'a> {
    /// The fields of the page itself, in pieces.
    pub(super) page: Vec<&'a str>,
    /// The names of the lists that aren't empty, in the order of the text.
    pub(super) held: Vec<&'static str>,
}

/// A top-level field of the text.
struct Section {
    name: &'static str,
    start: usize,
    /// Whether there is anything besides comments below the line with its name.
    has_content: bool,
}

/// Divides a text if every unindented line certainly is a field of the page; `None` otherwise.
pub(super) fn divide(yaml: &str) -> Option<Parts<'_>> {
    if !yaml.is_ascii() && yaml.contains(ODD_BREAKS) {
        return None;
    }
    let mut sections: Vec<Section> = Vec::new();
    let mut at = 0;
    for whole in yaml.split_inclusive('\n') {
        let start = at;
        at += whole.len();
        let line = whole.strip_suffix('\n').unwrap_or(whole);
        let line = line.strip_suffix('\r').unwrap_or(line);
        if line.contains(['\r', '\t']) {
            return None;
        }
        let content = line.trim_start_matches(' ');
        if content.is_empty() || content.starts_with('#') {
            continue;
        }
        let is_item = content == "-" || content.starts_with("- ");
        if content.len() < line.len() || is_item {
            let section = sections.last_mut()?;
            // A list in brackets, or text in place of a list.
            if Lists::has(section.name) && !section.has_content && !is_item {
                return None;
            }
            section.has_content = true;
            continue;
        }
        let (key, value) = line.split_once(':')?;
        let value = match value.strip_prefix(' ') {
            Some(value) => value.trim_start_matches(' '),
            None if value.is_empty() => value,
            None => return None,
        };
        let name = FRONT_MATTER.field(key)?.name;
        let before = sections
            .last()
            .map_or("", |section| &yaml[section.start..start]);
        let is_again = sections.iter().any(|section| section.name == name);
        let is_on_one_line = !value.is_empty() && !value.starts_with('#');
        if before.lines().any(may_be_open) || is_again || (Lists::has(name) && is_on_one_line) {
            return None;
        }
        sections.push(Section {
            name,
            start,
            has_content: false,
        });
    }
    let mut parts = Parts::default();
    let ends = sections.iter().skip(1).map(|section| section.start);
    for (section, end) in sections.iter().zip(ends.chain([yaml.len()])) {
        let text = &yaml[section.start..end];
        if !Lists::has(section.name) {
            parts.page.push(text);
            continue;
        }
        parts
            .held
            .extend(section.has_content.then_some(section.name));
    }
    // At the end of a text, a block without lines has a line break of its own.
    let ends_in_block = parts.page.last().is_some_and(|text| ends_in_block(text));
    (!ends_in_block).then_some(parts)
}

/// Whether a text (`key: |`) ends where the lines of a block could begin.
fn ends_in_block(text: &str) -> bool {
    let mut lines = text.lines().rev().map(str::trim);
    let last = lines.find(|line| !line.is_empty() && !line.starts_with('#'));
    last.is_some_and(|line| line.contains(" |") || line.contains(" >"))
}

/// Whether the value on a line, which starts with a quotation mark or a bracket, may continue on the next.
fn may_be_open(line: &str) -> bool {
    let mut value = line.trim_start_matches(' ');
    while let Some(rest) = value.strip_prefix("- ") {
        value = rest.trim_start_matches(' ');
    }
    let starts = |value: &str| value.starts_with(['"', '\'', '[', '{', '?', '&', '*', '!']);
    if !starts(value) {
        let Some((_, behind)) = value.split_once(": ") else {
            return false;
        };
        value = behind.trim_start_matches(' ');
    }
    let value = value.trim_end_matches(' ');
    match value.bytes().next() {
        Some(b'"') => !is_closed(&value[1..], '"', '\\'),
        Some(b'\'') => !is_closed(&value[1..], '\'', '\''),
        Some(b'[' | b'{') => {
            let count = |letters: &[char]| value.matches(letters).count();
            let is_closed = value.ends_with([']', '}']) && count(&['[', '{']) == count(&[']', '}']);
            !is_closed || value.contains(['"', '\'', '\\', '#'])
        }
        _ => starts(value),
    }
}

/// Whether a quotation is closed at the end of a line. `escape` cancels the meaning of the next character.
fn is_closed(quotation: &str, mark: char, escape: char) -> bool {
    let mut letters = quotation.chars().peekable();
    while let Some(letter) = letters.next() {
        if letter == escape && (escape != mark || letters.peek() == Some(&mark)) {
            letters.next();
        } else if letter == mark {
            return letters.next().is_none();
        }
    }
    false
}
