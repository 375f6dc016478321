//! Adds records to a page without touching what the writer wrote.
//!
//! The page is edited as text: new items go after the last item of their list, and everything else stays the same byte
//! for byte, including comments and order. The result is read back; a page where this doesn't work is left alone.

use crate::diag::Code;
use crate::document::{Document, Lists, MarkdownOptions, parse, record_names};
use crate::model::RecordKind;
use crate::project::{ContentHash, SourcePath};

use super::draft::{Record, items};

/// The page with the records added after those in its list `kind`; `None` if nothing can be added to the list by
/// editing text alone.
pub(super) fn appended(
    path: &SourcePath,
    text: &str,
    kind: RecordKind,
    records: &[&Record],
) -> Option<String> {
    let before = read(path, text);
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let closing = closing_line(&lines)?;
    let crlf = lines.first()?.ends_with("\r\n");
    let list = list_at(&lines[..closing], kind.list());
    let (at, replaced, yaml) = match list {
        List::Absent => (
            closing,
            0,
            format!("{}:\n{}", kind.list(), items(records, 2)),
        ),
        List::Empty(line) => (line, 1, format!("{}:\n{}", kind.list(), items(records, 2))),
        List::Block { end, indent } => (end, 0, items(records, indent)),
        List::Other => return None,
    };
    let yaml = if crlf {
        yaml.replace('\n', "\r\n")
    } else {
        yaml
    };
    let new = lines[..at].concat() + &yaml + &lines[at + replaced..].concat();
    let after = read(path, &new);
    adds_exactly(&before, &after, kind, records).then_some(new)
}

/// A page's document, read as a build reads it.
pub(super) fn read(path: &SourcePath, text: &str) -> Document {
    let hash = ContentHash::of(text.as_bytes());
    parse(
        path,
        &text.as_bytes().into(),
        hash,
        MarkdownOptions::default(),
    )
}

/// Whether a page has everything it had before, and the new records after those of their kind.
fn adds_exactly(
    before: &Document,
    after: &Document,
    kind: RecordKind,
    records: &[&Record],
) -> bool {
    let (Some(old), Some(new)) = (before.lists(), after.lists()) else {
        return false;
    };
    let ids = |page: &Lists, of: RecordKind| -> Vec<String> {
        record_names(page)
            .into_iter()
            .filter(|name| name.kind == of)
            .map(|name| name.id)
            .collect()
    };
    let kept = RecordKind::ALL.into_iter().all(|of| {
        let mut expected = ids(old, of);
        if of == kind {
            expected.extend(records.iter().map(|record| record.id.clone()));
        }
        ids(new, of) == expected
    });
    let has_same_fields = before.front_matter == after.front_matter;
    // A field that is still to be filled in isn't a fault of the edit.
    let n_faults = |page: &Document| {
        page.faults()
            .filter(|fault| fault.code != Code::MissingField)
            .count()
    };
    kept && has_same_fields && n_faults(before) == n_faults(after)
}

/// The index of the line that closes the front matter.
fn closing_line(lines: &[&str]) -> Option<usize> {
    let first = lines.first()?.trim_start_matches('\u{feff}');
    let is_fence = |line: &str| line.trim_end() == "---";
    if !is_fence(first) {
        return None;
    }
    let behind = lines[1..].iter().position(|line| is_fence(line))?;
    Some(behind + 1)
}

/// How a list is written.
enum List {
    /// Not at all.
    Absent,
    /// As a key without items, on this line.
    Empty(usize),
    /// One item per hyphen: the line after the last item, and the column of the hyphens.
    Block { end: usize, indent: usize },
    /// In some other way.
    Other,
}

fn list_at(lines: &[&str], key: &str) -> List {
    let value_of = |line: &str| -> Option<String> {
        let rest = line.strip_prefix(key)?.trim_start().strip_prefix(':')?;
        Some(without_comment(rest).trim().to_owned())
    };
    let found = lines
        .iter()
        .enumerate()
        .find_map(|(index, line)| Some((index, value_of(line)?)));
    let Some((line, value)) = found else {
        return List::Absent;
    };
    if matches!(value.as_str(), "[]" | "null" | "~") {
        return List::Empty(line);
    }
    if !value.is_empty() {
        return List::Other;
    }
    // The block ends at the next key; comments after its last item belong to that key.
    let mut end = line + 1;
    let mut indent = None;
    for (index, text) in lines.iter().enumerate().skip(line + 1) {
        let content = text.trim();
        let column = text.len() - text.trim_start_matches(' ').len();
        if content.is_empty() || content.starts_with('#') && column == 0 {
            continue;
        }
        let is_item = content.starts_with("- ") || content == "-";
        if column == 0 && !is_item {
            break;
        }
        if indent.is_none() && is_item {
            indent = Some(column);
        }
        end = index + 1;
    }
    match indent {
        Some(indent) => List::Block { end, indent },
        None => List::Empty(line),
    }
}

/// The part of a line before a comment.
fn without_comment(text: &str) -> &str {
    let comment = text
        .char_indices()
        .find(|(at, c)| *c == '#' && text[..*at].ends_with([' ', '\t']))
        .map(|(at, _)| at);
    &text[..comment.unwrap_or(text.len())]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::speakers::Confidence;

    fn check(before: &str, after: &str) {
        let path = SourcePath::new("content/timeline.md");
        let mut record = Record::new(RecordKind::Event, "new".to_owned());
        record.set_plain("date", Some("2025".to_owned()));
        record.set_words("title", Some("New: a vote"));
        record.rest_on("paper", None, Confidence::Low);
        let new = appended(&path, before, RecordKind::Event, &[&record]).unwrap();
        let item = "- id: new\n  date: 2025\n  title: \"New: a vote\"\n  source: paper\n  confidence: low\n  review: true\n";
        let indented: String = item.lines().map(|line| format!("  {line}\n")).collect();
        let expected = after.replace("  ITEM\n", &indented).replace("ITEM\n", item);
        assert_eq!(new, expected, "{before}");
    }

    #[test]
    fn records_go_behind_the_last_of_their_list() {
        check(
            "---\ntitle: T\nevents:\n  # the first\n  - id: a\n    date: 2024\n    title: A\n    text: |\n      One.\n\n      Two.\n\n# what follows\nweight: 3\n---\nBody\n",
            "---\ntitle: T\nevents:\n  # the first\n  - id: a\n    date: 2024\n    title: A\n    text: |\n      One.\n\n      Two.\n  ITEM\n\n# what follows\nweight: 3\n---\nBody\n",
        );
        check(
            "---\ntitle: T\nevents:\n- {id: a, date: 2024, title: A}\n---\n",
            "---\ntitle: T\nevents:\n- {id: a, date: 2024, title: A}\nITEM\n---\n",
        );
    }

    #[test]
    fn a_list_that_is_not_there_or_empty_begins() {
        check(
            "---\ntitle: T\n---\n",
            "---\ntitle: T\nevents:\n  ITEM\n---\n",
        );
        check(
            "---\nevents: []  # none yet\ntitle: T\n---\n",
            "---\nevents:\n  ITEM\ntitle: T\n---\n",
        );
        check(
            "---\nevents:\ntitle: T\n---\n",
            "---\nevents:\n  ITEM\ntitle: T\n---\n",
        );
    }

    #[test]
    fn a_list_in_brackets_is_left_alone() {
        let path = SourcePath::new("content/timeline.md");
        let text = "---\ntitle: T\nevents: [{id: a, date: 2024, title: A}]\n---\n";
        let record = Record::new(RecordKind::Event, "new".to_owned());
        assert_eq!(appended(&path, text, RecordKind::Event, &[&record]), None);
    }

    #[test]
    fn line_ends_of_windows_stay() {
        let path = SourcePath::new("content/timeline.md");
        let text = "---\r\ntitle: T\r\n---\r\nBody\r\n";
        let record = Record::new(RecordKind::Event, "new".to_owned());
        let new = appended(&path, text, RecordKind::Event, &[&record]).unwrap();
        assert_eq!(
            new,
            "---\r\ntitle: T\r\nevents:\r\n  - id: new\r\n---\r\nBody\r\n"
        );
    }
}
