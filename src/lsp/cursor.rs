//! Works out what is being typed at a place from the lines around it, because an unfinished text is seldom valid.

use std::ops::Range;

use crate::document::schema::{FRONT_MATTER, Field, Group, Kind, SITE, Shape};

use super::text::Text;

/// What is being typed. Ranges cover what has been typed so far.
#[derive(Debug)]
pub(super) enum Typing {
    /// A key of a mapping.
    Key {
        /// The mapping.
        group: Group,
        /// The keys that it already has.
        present: Vec<String>,
        typed: Range<usize>,
        /// How far the keys of the mapping are indented; `None` inside braces.
        indent: Option<usize>,
    },
    /// A value of a field.
    Value {
        group: Group,
        field: &'static Field,
        typed: Range<usize>,
    },
    /// The target of a link or a picture.
    Link {
        typed: Range<usize>,
        is_picture: bool,
    },
    /// The source of a citation.
    Citation { typed: Range<usize> },
    /// An empty page.
    Nothing,
}

/// What is being typed at an offset in a page.
pub(super) fn on_page(text: &Text, offset: usize) -> Option<Typing> {
    if text.text().trim_start_matches('\u{feff}').trim().is_empty() {
        return Some(Typing::Nothing);
    }
    if let Some(reference) = reference(text, offset) {
        return Some(reference);
    }
    let is_fence =
        |line: usize| text.line(line).1.trim_start_matches('\u{feff}').trim_end() == "---";
    let line = text.line_of(offset);
    if line == 0 || !is_fence(0) || (1..=line).any(is_fence) {
        return None;
    }
    let below = (line + 1..text.n_lines()).find(|line| is_fence(*line));
    let end = below.unwrap_or(text.n_lines());
    in_yaml(text, 1..end, offset, FRONT_MATTER)
}

/// What is being typed at an offset in `site.yaml`.
pub(super) fn in_settings(text: &Text, offset: usize) -> Option<Typing> {
    in_yaml(text, 0..text.n_lines(), offset, SITE)
}

/// A link or a citation that is still open at the offset.
fn reference(text: &Text, offset: usize) -> Option<Typing> {
    let (start, line) = text.line(text.line_of(offset));
    let before = line.get(..offset - start)?;
    let goes_on = |c: char| !c.is_whitespace() && !matches!(c, ')' | ']' | ';' | ',');
    let rest = &line[before.len()..];
    let end = offset + rest.find(|c| !goes_on(c)).unwrap_or(rest.len());
    if let Some(at) = before.rfind("](") {
        let typed = &before[at + 2..];
        if !typed.contains([')', ' ', '\t']) {
            let words = before[..at].rfind('[').unwrap_or(at);
            // Text after the cursor belongs to the link only if the link is closed.
            let is_closed = line[end - start..].starts_with(')');
            return Some(Typing::Link {
                typed: start + at + 2..if is_closed { end } else { offset },
                is_picture: before[..words].ends_with('!'),
            });
        }
    }
    let at = before.rfind('@')?;
    let typed = &before[at + 1..];
    let open = before.rfind('[').filter(|open| *open < at)?;
    let is_citation = before[open + 1..].starts_with('@')
        && !before[open..].contains(']')
        && before[..at].ends_with(['[', ';', ' '])
        && typed.chars().all(goes_on);
    is_citation.then(|| Typing::Citation {
        typed: start + at + 1..end,
    })
}

/// A line of YAML, considered on its own. Columns are in bytes.
#[derive(Clone, Copy, Debug)]
struct Line<'t> {
    /// The column of its last hyphen, if it begins an item.
    hyphen: Option<usize>,
    /// The column of what follows indentation and hyphens.
    column: usize,
    /// The key, if it is followed by a colon.
    key: Option<&'t str>,
    /// The column of the value after the colon.
    value: usize,
}

fn read(line: &str) -> Option<Line<'_>> {
    let content = line.trim();
    if content.is_empty() || content.starts_with('#') {
        return None;
    }
    let mut column = line.len() - line.trim_start_matches(' ').len();
    let mut hyphen = None;
    while let Some(rest) = line[column..].strip_prefix('-') {
        if !rest.is_empty() && !rest.starts_with(' ') {
            break;
        }
        hyphen = Some(column);
        // After a hyphen at the end of a line, the space is still to come.
        column = line.len() - rest.trim_start_matches(' ').len();
        if rest.trim().is_empty() {
            break;
        }
    }
    let content = &line[column..];
    let is_word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-');
    let length = content.find(|c| !is_word(c)).unwrap_or(content.len());
    let behind = content[length..].strip_prefix(':');
    let behind = behind.filter(|rest| rest.is_empty() || rest.starts_with([' ', '\t']));
    let key = behind.filter(|_| length > 0).map(|_| &content[..length]);
    let value = line.len() - behind.map_or(0, |rest| rest.trim_start().len());
    Some(Line {
        hyphen,
        column,
        key,
        value,
    })
}

fn in_yaml(text: &Text, lines: Range<usize>, offset: usize, whole: Group) -> Option<Typing> {
    let number = text.line_of(offset);
    let (start, line) = text.line(number);
    let at = (offset - start).min(line.len());
    let before = line.get(..at)?;
    if before.trim_start().starts_with('#') {
        return None;
    }
    let here = read(before).unwrap_or(Line {
        hyphen: None,
        column: at,
        key: None,
        value: at,
    });
    let above = || (lines.start..number).rev();
    let (group, field) = owner(above().map(|line| text.line(line).1), &here, whole)?;
    if let Some(key) = here.key {
        let field = group?.field(key)?;
        let typed = start + here.value..offset;
        return in_value(text, group?, field, typed);
    }
    let typed = start + here.column..offset;
    let is_inside = matches!(&line[here.column..], rest if rest.starts_with(['{', '[', '"', '\'']));
    match (group, field) {
        // An item of a list of words, or of references, which may be words or mappings.
        (group, Some((owner, field))) if here.hyphen.is_some() => match field.shape {
            Shape::Words => in_value(text, owner, field, typed),
            Shape::Refs(_) => in_value(text, owner, field, typed),
            _ => key(text, lines, number, &here, group?, typed),
        },
        (Some(group), _) if !is_inside => key(text, lines, number, &here, group, typed),
        _ => None,
    }
}

/// A field and the mapping that contains it.
type Owned = (Group, &'static Field);

/// The mapping that a line is part of, and the field that holds it, found by going up line by line. `None` if the line
/// is part of something undeclared.
fn owner<'t>(
    above: impl Iterator<Item = &'t str>,
    here: &Line<'_>,
    whole: Group,
) -> Option<(Option<Group>, Option<Owned>)> {
    let (mut column, mut hyphen) = (here.column, here.hyphen);
    let mut path: Vec<&str> = Vec::new();
    for line in above.filter_map(read) {
        if column == 0 && hyphen.is_none() {
            break;
        }
        match (hyphen, line.key) {
            (Some(dash), Some(key)) if line.column <= dash && line.hyphen != Some(dash) => {
                path.push(key);
                (column, hyphen) = (line.column, line.hyphen);
            }
            (Some(_), _) => {}
            (None, _) if line.column == column && line.hyphen.is_some() => hyphen = line.hyphen,
            (None, Some(key)) if line.column < column => {
                path.push(key);
                (column, hyphen) = (line.column, line.hyphen);
            }
            (None, _) => {}
        }
    }
    let mut group = Some(whole);
    let mut owned = None;
    for key in path.iter().rev() {
        let outer = group?;
        let field = outer.field(key)?;
        owned = Some((outer, field));
        group = field.shape.group();
    }
    Some((group, owned))
}

/// A key in a mapping in block style.
fn key(
    text: &Text,
    lines: Range<usize>,
    number: usize,
    here: &Line<'_>,
    group: Group,
    typed: Range<usize>,
) -> Option<Typing> {
    let is_word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-');
    if !text.text()[typed.clone()].chars().all(is_word) {
        return None;
    }
    let column = here.column;
    let mut present = Vec::new();
    if here.hyphen.is_none() {
        for line in (lines.start..number)
            .rev()
            .filter_map(|line| read(text.line(line).1))
        {
            let is_first = line.column == column && line.hyphen.is_some();
            if line.column < column {
                break;
            }
            present.extend(line.key.filter(|_| line.column == column));
            if is_first {
                break;
            }
        }
    }
    for line in (number + 1..lines.end).filter_map(|line| read(text.line(line).1)) {
        if line.column < column || line.hyphen.is_some_and(|hyphen| hyphen < column) {
            break;
        }
        present.extend(line.key.filter(|_| line.column == column));
    }
    Some(Typing::Key {
        group,
        present: present.into_iter().map(str::to_owned).collect(),
        typed,
        indent: Some(column),
    })
}

/// What is typed after a colon or a hyphen, possibly inside brackets and braces.
fn in_value(
    text: &Text,
    group: Group,
    field: &'static Field,
    typed: Range<usize>,
) -> Option<Typing> {
    let written = &text.text()[typed.clone()];
    let mut open: Vec<(char, usize)> = Vec::new();
    let mut quote = None;
    for (index, c) in written.char_indices() {
        match (quote, c) {
            (Some(mark), c) if mark == c => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'')
                if written[..index].ends_with([' ', '[', '{', ',']) || index == 0 =>
            {
                quote = Some(c);
            }
            (None, '[' | '{') => open.push((c, index + 1)),
            (None, ']' | '}') => drop(open.pop()),
            (None, ',') => {
                if let Some((_, from)) = open.last_mut() {
                    *from = index + 1;
                }
            }
            (None, _) => {}
        }
    }
    let is_free = matches!(field.about.kind, Kind::Markdown | Kind::Free);
    let Some((bracket, from)) = open.pop() else {
        let is_done = written.contains([']', '}']);
        let scalar = trimmed(written, 0, typed.start);
        return (!is_done && !is_free)
            .then_some(())
            .and_then(|()| value(group, field, scalar));
    };
    if bracket == '[' {
        return value(group, field, trimmed(written, from, typed.start));
    }
    let inner = field.shape.group()?;
    let part = &written[from..];
    let entry = part.trim_start();
    match entry.split_once(':') {
        Some((key, rest)) => {
            let field = inner.field(key.trim())?;
            let at = written.len() - rest.len();
            value(inner, field, trimmed(written, at, typed.start))
        }
        None => {
            let start = typed.start + written.len() - entry.len();
            let flow = &written[written.rfind('{')? + 1..];
            let keys = flow.split(',').filter_map(|part| part.split_once(':'));
            Some(Typing::Key {
                group: inner,
                present: keys.map(|(key, _)| key.trim().to_owned()).collect(),
                typed: start..typed.end,
                indent: None,
            })
        }
    }
}

/// A word in place of a mapping is short for its first field.
fn value(group: Group, field: &'static Field, typed: Range<usize>) -> Option<Typing> {
    let (group, field) = match field.shape {
        Shape::Refs(inner) => (inner, inner.fields.first()?),
        Shape::Map(_) | Shape::Named(_) | Shape::Records(_) | Shape::Any => return None,
        Shape::Scalar | Shape::Flag | Shape::Switch(_) | Shape::Words => (group, field),
    };
    Some(Typing::Value {
        group,
        field,
        typed,
    })
}

/// The text from `from` on, without spaces and an opening quotation mark.
fn trimmed(written: &str, from: usize, start: usize) -> Range<usize> {
    let part = written[from..].trim_start();
    let part = part.strip_prefix(['"', '\'']).unwrap_or(part);
    start + written.len() - part.len()..start + written.len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lsp::text::Encoding;

    /// Describes briefly what is being typed at the `|` in a page's front matter.
    fn typing(yaml: &str) -> String {
        let page = format!("---\n{yaml}\n---\n");
        let offset = page.find('|').unwrap();
        let text = Text::new(page.replacen('|', "", 1), Encoding::Utf8);
        match on_page(&text, offset) {
            Some(Typing::Key {
                group,
                present,
                typed,
                ..
            }) => {
                let typed = &text.text()[typed];
                format!("key of {}, not {present:?}: {typed}", group.name)
            }
            Some(Typing::Value { field, typed, .. }) => {
                format!("{}: {}", field.name, &text.text()[typed])
            }
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn keys_are_those_of_the_mapping_around_them() {
        let cases = [
            ("ti|", "key of front matter, not []: ti"),
            (
                "title: A\n|\ntags: []",
                "key of front matter, not [\"title\", \"tags\"]: ",
            ),
            ("events:\n  - da|", "key of an item of `events`, not []: da"),
            (
                "events:\n- date: 2024\n  ti|\n- date: 2025",
                "key of an item of `events`, not [\"date\"]: ti",
            ),
            (
                "events:\n  - date: 2024\n    image:\n      al|\n    place: x",
                "key of `image`, not []: al",
            ),
            (
                "events:\n  - title: A\n\n    |\n    place: x\nfigures: []",
                "key of an item of `events`, not [\"title\", \"place\"]: ",
            ),
            (
                "figures:\n  - id: a\n    series:\n      - va|",
                "key of an item of `series`, not []: va",
            ),
            (
                "events:\n  - source: {id: x, pa|",
                "key of `source`, not [\"id\"]: pa",
            ),
            (
                "events:\n  - source:\n      - id: x\n        pa|",
                "key of `source`, not [\"id\"]: pa",
            ),
        ];
        for (yaml, expected) in cases {
            assert_eq!(typing(yaml), expected, "{yaml}");
        }
    }

    #[test]
    fn values_are_those_of_the_field_in_front() {
        let cases = [
            ("layout: ti|", "layout: ti"),
            ("events:\n  - people: [ada, b|", "people: b"),
            ("events:\n  - people:\n      - a|", "people: a"),
            ("events:\n  - source: ga|", "id: ga"),
            ("events:\n  - source: \"ga|", "id: ga"),
            ("events:\n  - source: [one, {id: ga|", "id: ga"),
            ("events:\n  - source:\n      - ga|", "id: ga"),
            ("reactions:\n  - text: Words.\n    speaker: |", "speaker: "),
        ];
        for (yaml, expected) in cases {
            assert_eq!(typing(yaml), expected, "{yaml}");
        }
    }

    #[test]
    fn links_and_citations_are_known_anywhere() {
        let at = |line: &str| {
            let page = format!("---\ntitle: A\n---\n{line}");
            let offset = page.find('|').unwrap();
            let text = Text::new(page.replacen('|', "", 1), Encoding::Utf8);
            match on_page(&text, offset) {
                Some(Typing::Link { typed, is_picture }) => {
                    format!("{} {is_picture}", &text.text()[typed])
                }
                Some(Typing::Citation { typed }) => format!("@{}", &text.text()[typed]),
                other => format!("{other:?}"),
            }
        };
        assert_eq!(at("See [x](time|"), "time false");
        assert_eq!(at("See [x](ti|me.md) and"), "time.md false");
        assert_eq!(at("See ![x](|)"), " true");
        assert_eq!(at("So [@ga|"), "@ga");
        assert_eq!(at("So [@one, p 4; @tw|o]"), "@two");
        assert_eq!(at("mail ada@exa|"), "None");
        assert_eq!(at("done [x](y) an|"), "None");
        assert_eq!(at("events:|"), "None");
    }
}
