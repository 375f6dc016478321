//! What fields accept, for a form: derived from the declarations.

use serde_json::{Value as Json, json};

use crate::document::schema::{FRONT_MATTER, Field, Group, Kind, Lists, Shape};

/// Every field of front matter and of its records, by the name of its list; the page's own fields are under `""`.
///
/// # Examples
///
/// ```
/// let fields = nutgraf::workbench::fields();
/// assert_eq!(fields["events"][1]["name"], "date");
/// assert_eq!(fields["events"][1]["required"], true);
/// ```
pub fn fields() -> Json {
    let mut groups = serde_json::Map::new();
    let own = FRONT_MATTER
        .fields
        .iter()
        .filter(|field| !Lists::has(field.name));
    groups.insert(String::new(), own.map(about).collect());
    for list in FRONT_MATTER.fields {
        if let Shape::Records(group) = list.shape {
            groups.insert(list.name.to_owned(), of_group(group));
        }
    }
    groups.into()
}

fn of_group(group: Group) -> Json {
    group.fields.iter().map(about).collect()
}

fn about(field: &Field) -> Json {
    json!({
        "name": field.name,
        "doc": field.about.doc,
        "kind": kind(field.about.kind),
        "shape": shape(field.shape),
        "required": field.about.is_required(),
        "begun": field.about.is_begun(),
        "values": field.about.values,
        "takesOthers": field.about.takes_others,
        "example": field.about.example,
        "fields": field.shape.group().map(of_group),
    })
}

fn shape(shape: Shape) -> &'static str {
    match shape {
        Shape::Scalar => "one",
        Shape::Flag => "flag",
        Shape::Words => "words",
        Shape::Map(_) | Shape::Switch(_) => "map",
        Shape::Records(_) => "records",
        Shape::Refs(_) => "refs",
        Shape::Named(_) => "named",
        Shape::Any => "any",
    }
}

fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Text => "text",
        Kind::Markdown => "markdown",
        Kind::Date => "date",
        Kind::Day => "day",
        Kind::Moment => "moment",
        Kind::Number => "number",
        Kind::Whole => "whole",
        Kind::Url => "url",
        Kind::Path => "path",
        Kind::Language => "language",
        Kind::Ids => "ids",
        Kind::Flag => "flag",
        Kind::List => "list",
        Kind::Free => "free",
    }
}
