//! The declarations as tables for the manual.

use std::fmt::Write;

use super::{About, FRONT_MATTER, Field, Group, Kind, SITE, Shape};

/// The fields of front matter and of every record, as Markdown: a heading and a table for each mapping.
///
/// # Examples
///
/// ```
/// let reference = nutgraf_document::document::schema::page_reference();
/// assert!(reference.contains("## An item of `events`\n"));
/// assert!(reference.contains("| `title` | text | yes |"));
/// ```
pub fn page_reference() -> String {
    reference(FRONT_MATTER)
}

/// The fields of `site.yaml`, in the form of [`page_reference`].
pub fn site_reference() -> String {
    reference(SITE)
}

fn reference(whole: Group) -> String {
    let tables: Vec<String> = whole.all().into_iter().map(table).collect();
    tables.join("\n")
}

fn table(group: Group) -> String {
    let mut letters = group.name.chars();
    let first = letters.next().unwrap_or_default().to_uppercase();
    let mut table = format!(
        "## {first}{}\n\n| field | takes | required | what it is | example |\n|---|---|---|---|---|\n",
        letters.as_str()
    );
    for field in group.fields {
        let required = if field.about.is_required() { "yes" } else { "" };
        let _ = writeln!(
            table,
            "| `{}` | {} | {required} | {} | {} |",
            field.name,
            cell(&takes(field)),
            cell(field.about.doc),
            cell(&example(field))
        );
    }
    table
}

fn takes(field: &Field) -> String {
    let values: Vec<String> = field
        .about
        .values
        .iter()
        .map(|name| format!("`{name}`"))
        .collect();
    match field.shape {
        Shape::Scalar if !values.is_empty() => values.join(", "),
        Shape::Scalar => kind(field.about.kind).to_owned(),
        Shape::Flag => "`true` or `false`".to_owned(),
        Shape::Words => format!("{}, or a list of them", kind(field.about.kind)),
        Shape::Map(group) => format!("fields: see {}", group.name),
        Shape::Switch(group) => format!("`true`, `false`, or fields: see {}", group.name),
        Shape::Named(group) => format!("names, each with fields: see {}", group.name),
        Shape::Records(group) => format!("a list: see {}", group.name),
        Shape::Refs(group) => {
            let names: Vec<&str> = group.fields.iter().map(|field| field.name).collect();
            let names = names.join(", ");
            let first = group.fields.first().map_or("", |field| field.name);
            format!("`{first}`, `{{{names}}}`, or a list of those")
        }
        Shape::Any => "anything".to_owned(),
    }
}

fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Text => "text",
        Kind::Markdown => "Markdown",
        Kind::Date => "a date (EDTF)",
        Kind::Day => "a day",
        Kind::Moment => "a day, or a time with its offset (RFC 3339)",
        Kind::Number => "a number",
        Kind::Whole => "a whole number",
        Kind::Url => "an address",
        Kind::Path => "a path",
        Kind::Language => "a language tag (BCP 47)",
        Kind::Ids => "an id",
        Kind::Flag => "`true` or `false`",
        Kind::List => "fields",
        Kind::Free => "anything",
    }
}

fn example(field: &Field) -> String {
    format!("`{}`", line(field))
}

/// A field with a value, as a writer would type it on one line: what has fields of its own, with those that it needs.
fn line(field: &Field) -> String {
    let About {
        example, values, ..
    } = field.about;
    let value = match (example, values.first(), field.shape) {
        ("", None, Shape::Records(group)) => format!("[{}]", mapping(group)),
        ("", None, Shape::Map(group)) => mapping(group),
        ("", Some(value), _) => (*value).to_owned(),
        _ => example.to_owned(),
    };
    format!("{}: {value}", field.name)
}

fn mapping(group: Group) -> String {
    let needed = group
        .fields
        .iter()
        .filter(|field| field.about.is_required());
    let mut lines: Vec<String> = needed.map(line).collect();
    if lines.is_empty() {
        lines.extend(group.fields.first().map(line));
    }
    format!("{{{}}}", lines.join(", "))
}

/// A text as a table cell: an unescaped bar would end the cell.
fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "---\ntitle: Fields\ndescription: Every field of front matter, of records and of site.yaml.\nweight: 10\n---\n\n";

    #[test]
    fn every_field_has_an_example() {
        let groups = [FRONT_MATTER, SITE].into_iter().flat_map(Group::all);
        for (group, field) in
            groups.flat_map(|group| group.fields.iter().map(move |field| (group, field)))
        {
            assert!(
                !line(field).ends_with(": "),
                "{} of {}",
                field.name,
                group.name
            );
        }
    }

    #[test]
    fn the_manual_has_every_field() {
        let path = concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/../../docs/content/reference/fields.md"
        );
        let expected = format!("{HEAD}{}\n{}", page_reference(), site_reference());
        if std::env::var_os("UPDATE_GOLDEN").is_some() {
            std::fs::write(path, &expected).unwrap();
        }
        let found = std::fs::read_to_string(path).unwrap();
        assert!(
            found == expected,
            "`UPDATE_GOLDEN=1 cargo test -p nutgraf-document the_manual_has` writes the fields anew"
        );
    }
}
