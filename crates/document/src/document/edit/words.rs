//! Writes values so that people find them easy to edit and YAML reads back exactly what was meant.

use super::slot::Style;
use super::{FieldPath, Value, declared};
use crate::document::schema::{FRONT_MATTER, Field, Group, Kind, Shape};

/// How wide a new line may get, in characters.
const WIDTH: usize = 96;

/// The surroundings of a value.
#[derive(Clone, Copy, Debug)]
pub(super) struct Around {
    /// The column of its key or hyphen.
    pub(super) column: usize,
    /// Whether it is inside brackets or braces.
    pub(super) in_flow: bool,
    /// The line ending.
    pub(super) line_break: &'static str,
}

impl Around {
    fn inside(self) -> Self {
        Self {
            in_flow: true,
            ..self
        }
    }

    fn below(self, n_columns: usize) -> Self {
        Self {
            column: self.column + n_columns,
            ..self
        }
    }

    fn indent(self) -> String {
        " ".repeat(self.column)
    }
}

/// A new field, with its line break.
pub(super) fn field(at: &FieldPath, name: &str, value: &Value, around: &Around) -> String {
    format!("{}{}", around.indent(), field_here(at, name, value, around))
}

/// A new field, on a line that is already indented.
fn field_here(at: &FieldPath, name: &str, value: &Value, around: &Around) -> String {
    let Around {
        column, line_break, ..
    } = *around;
    let shape = declared(at).map(|field| field.shape);
    match value {
        Value::Null => format!("{name}:{line_break}"),
        Value::Text(text) => {
            let is_long = column + name.len() + 2 + text.chars().count() > WIDTH;
            let header = if text.contains('\n') {
                Some("|")
            } else {
                is_long.then_some(">")
            };
            let block = header.and_then(|header| block(text, header, around));
            match block {
                Some((header, lines)) => format!("{name}: {header}{lines}{line_break}"),
                None => format!(
                    "{name}: {}{line_break}",
                    scalar(text, declared(at), None, around)
                ),
            }
        }
        Value::List(items) if !items.is_empty() => {
            let line = in_line(at, value, around);
            let is_long = column + name.len() + 2 + line.chars().count() > WIDTH;
            if matches!(shape, Some(Shape::Records(_))) || is_long {
                format!("{name}:{line_break}{}", rows(at, items, around))
            } else {
                format!("{name}: {line}{line_break}")
            }
        }
        value => format!("{name}: {}{line_break}", in_line(at, value, around)),
    }
}

/// The items of a list, each after a hyphen, below a key at `around.column`.
pub(super) fn rows(at: &FieldPath, items: &[Value], around: &Around) -> String {
    let around = around.below(2);
    // Points of a series are short; records of a page get a line for each field.
    let is_row = at.0.len() > 1;
    items
        .iter()
        .map(|value| item(at, value, is_row, &around))
        .collect()
}

/// An item of a list, with its line break.
pub(super) fn item(list: &FieldPath, value: &Value, is_row: bool, around: &Around) -> String {
    let Around { line_break, .. } = *around;
    let indent = around.indent();
    let at = list.index(0);
    match value {
        Value::Map(entries) if !is_row && !entries.is_empty() => {
            let group = declared(list).and_then(|field| field.shape.group());
            let around = around.below(2);
            let mut lines = String::new();
            for (name, value) in in_order(entries, group) {
                let lead = if lines.is_empty() {
                    format!("{indent}- ")
                } else {
                    around.indent()
                };
                lines += &format!("{lead}{}", field_here(&at.key(name), name, value, &around));
            }
            lines
        }
        Value::Text(text) => {
            let header = if text.contains('\n') {
                Some("|")
            } else {
                (around.column + text.chars().count() > WIDTH).then_some(">")
            };
            match header.and_then(|header| block(text, header, around)) {
                Some((header, lines)) => format!("{indent}- {header}{lines}{line_break}"),
                None => format!(
                    "{indent}- {}{line_break}",
                    scalar(text, declared(list), None, around)
                ),
            }
        }
        value => format!("{indent}- {}{line_break}", in_line(&at, value, around)),
    }
}

/// Fields in the order of the manual; unknown ones come last.
fn in_order(entries: &[(String, Value)], group: Option<Group>) -> Vec<(&String, &Value)> {
    let group = group.unwrap_or(FRONT_MATTER);
    let rank = |name: &str| {
        let known = group.fields.iter().position(|field| field.name == name);
        known.unwrap_or(usize::MAX)
    };
    let mut entries: Vec<(&String, &Value)> =
        entries.iter().map(|(key, value)| (key, value)).collect();
    entries.sort_by_key(|(key, _)| rank(key));
    entries
}

/// A value on one line.
pub(super) fn in_line(at: &FieldPath, value: &Value, around: &Around) -> String {
    match value {
        Value::Null | Value::Refused => "null".to_owned(),
        Value::Text(text) => scalar(text, declared(at), None, around),
        Value::List(items) => {
            let items = items
                .iter()
                .map(|item| in_line(&at.index(0), item, &around.inside()));
            format!("[{}]", items.collect::<Vec<_>>().join(", "))
        }
        Value::Map(entries) => {
            let group = declared(at).and_then(|field| field.shape.group());
            let entries = in_order(entries, group).into_iter().map(|(name, value)| {
                let key = scalar(name, None, None, &around.inside());
                format!("{key}: {}", in_line(&at.key(name), value, &around.inside()))
            });
            format!("{{{}}}", entries.collect::<Vec<_>>().join(", "))
        }
    }
}

/// Words on one line, with the quotation marks that they have, or those that YAML requires.
pub(super) fn scalar(
    text: &str,
    field: Option<&Field>,
    style: Option<&Style>,
    around: &Around,
) -> String {
    let kind = field.map(|field| field.about.kind);
    let is_code = matches!(
        kind,
        Some(Kind::Date | Kind::Day | Kind::Moment | Kind::Number | Kind::Whole | Kind::Flag)
    );
    let has_odd = text.chars().any(|c| !is_printable(c));
    match style {
        Some(Style::Single) if !has_odd => format!("'{}'", text.replace('\'', "''")),
        Some(Style::Single | Style::Double) => double(text),
        _ if is_plain(text, around.in_flow) && (is_code || !means_something_else(text)) => {
            text.to_owned()
        }
        _ => double(text),
    }
}

/// Whether YAML reads an unquoted text unchanged.
fn is_plain(text: &str, in_flow: bool) -> bool {
    let mut letters = text.chars();
    let (first, second) = (letters.next(), letters.next());
    let starts_well = match first {
        None => false,
        Some('-') => second.is_some_and(|c| c.is_ascii_digit()),
        Some(first) => !"?:,[]{}#&*!|>'\"%@`=<".contains(first) && !first.is_whitespace(),
    };
    let is_null = matches!(text, "~" | "null" | "Null" | "NULL");
    starts_well
        && !is_null
        && !text.ends_with([' ', ':'])
        && !text.contains(": ")
        && !text.contains(" #")
        && text.chars().all(is_printable)
        && !(in_flow && text.contains([',', '[', ']', '{', '}', ':']))
}

/// Whether some program may read an unquoted text as something other than a string.
fn means_something_else(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    let is_word = matches!(
        lower.as_str(),
        "true" | "false" | "yes" | "no" | "on" | "off" | "y" | "n" | "null" | "~" | "" | "<<"
    );
    let number = text.replace('_', "");
    let is_date = text.starts_with(|c: char| c.is_ascii_digit())
        && text
            .chars()
            .all(|c| c.is_ascii_digit() || "-:./+xXoOeETZ".contains(c));
    is_word || number.parse::<f64>().is_ok() || is_date || lower.starts_with("0x")
}

/// Text between double quotation marks.
pub(super) fn double(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
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

/// Words as a block of lines in the style of `written` (`|-` and the lines below it): its header, and its lines, each
/// preceded by a line break. `None` for words that can't be written like this.
pub(super) fn block(text: &str, written: &str, around: &Around) -> Option<(String, String)> {
    let content = text.trim_end_matches('\n');
    let n_breaks = text.len() - content.len();
    let is_fine = |line: &str| line.chars().all(|c| is_printable(c) || c == '\t');
    if around.in_flow
        || n_breaks > 1
        || content.is_empty()
        || content.starts_with(['\n', ' ', '\t'])
        || !content.split('\n').all(is_fine)
    {
        return None;
    }
    let sign = if n_breaks == 0 { "-" } else { "" };
    let below = written.split(['\n', '\r']).skip(1);
    let old: Vec<&str> = below.filter(|line| !line.trim().is_empty()).collect();
    let indent = |line: &str| line.len() - line.trim_start_matches(' ').len();
    let column = old.iter().map(|line| indent(line)).min();
    let lead = " ".repeat(
        column
            .filter(|column| *column > around.column)
            .unwrap_or(around.column + 2),
    );
    let is_folded = written.starts_with('>');
    let lines = if is_folded {
        let widest = old.iter().map(|line| line.chars().count()).max();
        folded(
            content,
            widest.unwrap_or(WIDTH).clamp(60, 120) - lead.len().min(40),
        )?
    } else {
        content.split('\n').map(str::to_owned).collect()
    };
    let mark = if is_folded { '>' } else { '|' };
    let line_break = around.line_break;
    let lines = lines.iter().map(|line| {
        if line.is_empty() {
            line_break.to_owned()
        } else {
            format!("{line_break}{lead}{line}")
        }
    });
    Some((format!("{mark}{sign}"), lines.collect()))
}

/// Words broken at single spaces; `None` if spaces would be lost.
fn folded(text: &str, width: usize) -> Option<Vec<String>> {
    let mut lines = Vec::new();
    for (index, part) in text.split('\n').enumerate() {
        let is_fine = !part.is_empty()
            && part
                .split(' ')
                .all(|word| !word.is_empty() && !word.contains('\t'));
        if !is_fine {
            return None;
        }
        if index > 0 {
            lines.push(String::new());
        }
        let mut line = String::new();
        for word in part.split(' ') {
            if !line.is_empty() && line.chars().count() + 1 + word.chars().count() > width {
                lines.push(std::mem::take(&mut line));
            }
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
        lines.push(line);
    }
    Some(lines)
}
