//! Prints what changed, for people, as Markdown and as JSON.

use std::fmt::Write as _;

use serde_json::json;

use super::{Change, FieldChange, How};
use crate::model::PartialDate;

/// Of the words that both versions have in common, how many are shown on either side of a difference: enough to find
/// the place.
const WORDS_AROUND: usize = 4;

/// The changes for a terminal: one block per file, one line per fact. Empty if nothing changed.
///
/// # Examples
///
/// ```
/// use nutgraf::diff::{Change, How, human};
/// use nutgraf::project::SourcePath;
///
/// let change = Change {
///     page: SourcePath::new("content/sources.md"),
///     kind: "source",
///     id: "gazette".to_owned(),
///     name: "The harbor is to grow".to_owned(),
///     how: How::Removed,
/// };
/// assert_eq!(human(&[change]), "content/sources.md\n  - source `gazette` is gone: The harbor is to grow\n");
/// ```
pub fn human(changes: &[Change]) -> String {
    let mut text = String::new();
    let mut page = None;
    for change in changes {
        if page != Some(&change.page) {
            let gap = if page.is_some() { "\n" } else { "" };
            // Writing to a string can't fail.
            let _ = writeln!(text, "{gap}{}", change.page);
            page = Some(&change.page);
        }
        for line in lines(change, &|said| format!("“{said}”")) {
            let _ = writeln!(text, "  {line}");
        }
    }
    text
}

/// The changes as Markdown for a comment: the writer's words are formatted as code, so that nothing in them is
/// interpreted.
pub fn markdown(changes: &[Change]) -> String {
    let mut text = String::new();
    let mut page = None;
    for change in changes {
        if page != Some(&change.page) {
            let gap = if page.is_some() { "\n" } else { "" };
            let _ = writeln!(text, "{gap}**{}**\n", as_code(change.page.as_str()));
            page = Some(&change.page);
        }
        for line in lines(change, &as_code) {
            let line = line.strip_prefix(['+', '-', '~']).unwrap_or(&line);
            let _ = writeln!(text, "-{line}");
        }
    }
    text
}

/// The changes for programs: an array in the order of the changes.
pub fn json(changes: &[Change]) -> String {
    let changes: serde_json::Value = changes
        .iter()
        .map(|change| {
            let (how, fields) = match &change.how {
                How::Added => ("added", Vec::new()),
                How::Removed => ("removed", Vec::new()),
                How::Changed(fields) => ("changed", fields.iter().map(field_json).collect()),
            };
            json!({
                "file": change.page.as_str(),
                "kind": change.kind,
                "id": change.id,
                "name": change.name,
                "change": how,
                "fields": fields,
            })
        })
        .collect();
    format!("{changes:#}\n")
}

fn field_json(change: &FieldChange) -> serde_json::Value {
    json!({"field": change.field, "before": change.before, "after": change.after})
}

/// A change as a sentence for readers, to be reworded: "Ships: 24000 → 24500."
pub(super) fn plainly(change: &Change) -> String {
    let name = match change.name.trim_end_matches(['.', '!', '?', ' ']) {
        "" => &change.id,
        name => name,
    };
    let How::Changed(fields) = &change.how else {
        let sign = if change.how == How::Removed {
            "−"
        } else {
            "+"
        };
        return format!("{sign} {name}.");
    };
    let fields = fields.iter().map(|field| {
        let FieldChange { before, after, .. } = field;
        let said = |text: &Option<String>| text.as_deref().map_or("–".to_owned(), shortened);
        let point = field.field.strip_prefix("series ");
        let point = point.map_or(String::new(), |point| format!("{point}: "));
        format!("{point}{} → {}", said(before), said(after))
    });
    let fields: Vec<String> = fields.collect();
    format!("{name}: {}.", fields.join("; ").trim_end_matches('.'))
}

fn lines(change: &Change, quoted: &dyn Fn(&str) -> String) -> Vec<String> {
    let Change { kind, id, name, .. } = change;
    let is_page = *kind == super::entry::PAGE;
    let subject = if is_page {
        "page".to_owned()
    } else {
        format!("{kind} {}", as_code(id))
    };
    let name = match name.as_str() {
        "" => String::new(),
        _ if is_page => format!(": {}", quoted(name)),
        name => format!(": {}", plain(name, quoted)),
    };
    match &change.how {
        How::Added => vec![format!("+ {subject} is new{name}")],
        How::Removed => vec![format!("- {subject} is gone{name}")],
        How::Changed(fields) => fields
            .iter()
            .map(|field| format!("~ {subject}, {}: {}", field.field, told(field, quoted)))
            .collect(),
    }
}

/// A name, as plain text for a terminal or as code for Markdown.
fn plain(name: &str, quoted: &dyn Fn(&str) -> String) -> String {
    match quoted(name).strip_prefix('“') {
        Some(_) => name.to_owned(),
        None => quoted(name),
    }
}

/// The old and the new value of a field.
fn told(change: &FieldChange, quoted: &dyn Fn(&str) -> String) -> String {
    match (&change.before, &change.after) {
        (Some(before), Some(after)) => {
            let apart = days_apart(before, after);
            let (before, after) = what_differs(before, after);
            format!("{} → {}{apart}", quoted(&before), quoted(&after))
        }
        (Some(before), None) => format!("no longer {}", quoted(&shortened(before))),
        (None, Some(after)) => format!("now {}", quoted(&shortened(after))),
        (None, None) => String::new(),
    }
}

/// The distance between two days, to spare readers the counting: ` (3 days later)`.
fn days_apart(before: &str, after: &str) -> String {
    let day = |text: &str| text.parse::<PartialDate>().ok()?.exact_day();
    let (Some(before), Some(after)) = (day(before), day(after)) else {
        return String::new();
    };
    let n_days = (after - before).get_days();
    let s = if n_days.abs() == 1 { "" } else { "s" };
    match n_days {
        0 => String::new(),
        1.. => format!(" ({n_days} day{s} later)"),
        _ => format!(" ({} day{s} earlier)", -n_days),
    }
}

/// Two texts without most of what they have in common at both ends.
fn what_differs(before: &str, after: &str) -> (String, String) {
    let words = |text: &str| {
        text.split_whitespace()
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    let (before, after) = (words(before), words(after));
    let n_common = before
        .iter()
        .zip(&after)
        .take_while(|(a, b)| a == b)
        .count();
    let n_shorter = before.len().min(after.len());
    let backwards = before.iter().rev().zip(after.iter().rev());
    let n_common_end = backwards
        .take(n_shorter - n_common)
        .take_while(|(a, b)| a == b)
        .count();
    let cut = |words: &[String]| {
        let from = n_common.saturating_sub(WORDS_AROUND);
        let to = (words.len() - n_common_end + WORDS_AROUND).min(words.len());
        let mut text = words[from..to].join(" ");
        if from > 0 {
            text.insert_str(0, "… ");
        }
        if to < words.len() {
            text.push_str(" …");
        }
        text
    };
    (cut(&before), cut(&after))
}

/// The beginning of a text.
fn shortened(text: &str) -> String {
    /// About two lines of a terminal.
    const N_WORDS: usize = 24;
    let words: Vec<&str> = text.split_whitespace().collect();
    if words.len() <= N_WORDS {
        return words.join(" ");
    }
    format!("{} …", words[..N_WORDS].join(" "))
}

/// A text as code in Markdown, whatever it contains (CommonMark, 6.1).
fn as_code(text: &str) -> String {
    let text = text.replace(['\n', '\r'], " ");
    let longest = text
        .split(|c| c != '`')
        .map(str::len)
        .max()
        .unwrap_or_default();
    let fence = "`".repeat(longest + 1);
    if longest > 0 {
        format!("{fence} {text} {fence}")
    } else {
        format!("{fence}{text}{fence}")
    }
}
