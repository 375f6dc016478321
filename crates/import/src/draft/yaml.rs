//! Writes records so that people find them easy to edit and YAML reads back exactly what was meant.

use super::record::{Record, Value};

/// How wide a line of text may get, in characters, before it is folded: two windows side by side still show it whole.
const WIDTH: usize = 96;

/// Writes records as list items whose hyphens are at column `indent`.
pub(crate) fn items(records: &[&Record], indent: usize) -> String {
    let mut yaml = String::new();
    for record in records {
        let lead = " ".repeat(indent);
        yaml.push_str(&format!("{lead}- id: {}\n", scalar(&record.id, true)));
        for (name, value) in &record.fields {
            field(&mut yaml, indent + 2, name, value);
        }
    }
    yaml
}

/// Writes fields as an item of a list whose hyphen is at `indent`.
pub(crate) fn items_of(fields: &[(&'static str, Value)], indent: usize) -> String {
    let mut yaml = String::new();
    for (name, value) in fields {
        field(&mut yaml, indent + 2, name, value);
    }
    let lead = " ".repeat(indent);
    let rest = yaml.trim_start_matches(' ');
    format!("{lead}- {rest}")
}

/// Writes one field of a mapping.
pub(crate) fn field(yaml: &mut String, indent: usize, name: &str, value: &Value) {
    let lead = " ".repeat(indent);
    match value {
        Value::Empty => yaml.push_str(&format!("{lead}{name}:\n")),
        Value::Rows(rows) => {
            yaml.push_str(&format!("{lead}{name}:\n"));
            for row in rows {
                yaml.push_str(&format!("{lead}  - {}\n", mapping(row)));
            }
        }
        Value::Block(values) => {
            yaml.push_str(&format!("{lead}{name}:\n"));
            for value in values {
                yaml.push_str(&format!("{lead}  - {}\n", in_line(value, false)));
            }
        }
        Value::Words(words) => match folded(words, indent + 2, lead.len() + name.len() + 2) {
            Some(block) => yaml.push_str(&format!("{lead}{name}: >-\n{block}")),
            None => yaml.push_str(&format!("{lead}{name}: {}\n", scalar(words, false))),
        },
        Value::Plain(_) | Value::Yes | Value::List(_) | Value::Map(_) => {
            yaml.push_str(&format!("{lead}{name}: {}\n", in_line(value, false)));
        }
    }
}

pub(crate) fn in_line(value: &Value, in_brackets: bool) -> String {
    match value {
        Value::Words(text) => scalar(text, in_brackets),
        Value::Plain(text) if is_plain_code(text) => text.clone(),
        Value::Plain(text) => quoted(text),
        Value::Yes => "true".to_owned(),
        Value::Empty => "null".to_owned(),
        Value::List(items) | Value::Block(items) => {
            let items: Vec<String> = items.iter().map(|item| in_line(item, true)).collect();
            format!("[{}]", items.join(", "))
        }
        Value::Map(fields) => mapping(fields),
        Value::Rows(rows) => {
            let rows: Vec<String> = rows.iter().map(|row| mapping(row)).collect();
            format!("[{}]", rows.join(", "))
        }
    }
}

fn mapping(fields: &[(&'static str, Value)]) -> String {
    let fields: Vec<String> = fields
        .iter()
        .map(|(name, value)| format!("{name}: {}", in_line(value, true)))
        .collect();
    format!("{{{}}}", fields.join(", "))
}

/// Whether a date, a number or an id needs no quotation marks.
fn is_plain_code(text: &str) -> bool {
    let fine = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '/' | '.' | '_');
    let starts_well = text
        .chars()
        .next()
        .is_some_and(|first| first.is_ascii_alphanumeric());
    // An approximate date ends with `~`.
    let body = text.trim_end_matches(['~', '?', '%']);
    starts_well && body.chars().all(fine) && !is_keyword(text)
}

/// Words on one line, quoted if YAML requires it.
fn scalar(text: &str, in_brackets: bool) -> String {
    if is_plain(text, in_brackets) {
        text.to_owned()
    } else {
        quoted(text)
    }
}

fn is_plain(text: &str, in_brackets: bool) -> bool {
    let starts_well = text.chars().next().is_some_and(char::is_alphabetic);
    let ends_well = !text.ends_with([':', ' ']);
    let fine = |c: char| {
        c.is_alphanumeric()
            || matches!(
                c,
                ' ' | '.'
                    | '\''
                    | '’'
                    | '‘'
                    | '“'
                    | '”'
                    | '-'
                    | '–'
                    | '—'
                    | '$'
                    | '/'
                    | '('
                    | ')'
                    | '%'
                    | '…'
            )
            || c == ',' && !in_brackets
            || c == '&' && !in_brackets
            || c == '?' && !in_brackets
    };
    starts_well && ends_well && text.chars().all(fine) && !is_keyword(text)
}

/// Whether some version of YAML reads these words as something other than a string.
fn is_keyword(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    let number = lower.parse::<f64>().is_ok() && lower.starts_with(|c: char| c.is_alphabetic());
    number
        || matches!(
            lower.as_str(),
            "true" | "false" | "yes" | "no" | "on" | "off" | "y" | "n" | "null" | "~" | ""
        )
}

/// Text between double quotation marks.
fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            c if is_printable(c) => out.push(c),
            c if u32::from(c) > 0xffff => out.push_str(&format!("\\U{:08X}", u32::from(c))),
            c => out.push_str(&format!("\\u{:04X}", u32::from(c))),
        }
    }
    out.push('"');
    out
}

/// Whether YAML allows a character unescaped.
fn is_printable(c: char) -> bool {
    !c.is_control()
        && !matches!(
            c,
            '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}'
        )
}

/// Long text as a block of lines; `None` if it fits on one line or can't be broken at its spaces.
fn folded(text: &str, indent: usize, used: usize) -> Option<String> {
    let long = used + text.chars().count() > WIDTH || text.contains('\n');
    let breakable = text
        .split('\n')
        .all(|part| !part.is_empty() && part.split(' ').all(|word| !word.is_empty()));
    if !long || !breakable || !text.chars().all(|c| c == '\n' || is_printable(c)) {
        return None;
    }
    let lead = " ".repeat(indent);
    let mut block = String::new();
    for (index, part) in text.split('\n').enumerate() {
        if index > 0 {
            block.push('\n');
        }
        let mut width = 0;
        for word in part.split(' ') {
            let n_chars = word.chars().count();
            if width > 0 && indent + width + 1 + n_chars > WIDTH {
                block.push('\n');
                width = 0;
            }
            if width == 0 {
                block.push_str(&lead);
            } else {
                block.push(' ');
                width += 1;
            }
            block.push_str(word);
            width += n_chars;
        }
        block.push('\n');
    }
    Some(block)
}
