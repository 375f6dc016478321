//! The declarations as a JSON Schema (draft 2020-12), for editors that complete and check YAML.

use serde_json::{Map, Value, json};

use super::{FRONT_MATTER, Field, Group, SITE, Shape};

const DRAFT: &str = "https://json-schema.org/draft/2020-12/schema";

/// The schema of a page's front matter.
///
/// # Examples
///
/// ```
/// let schema = nutgraf_document::document::schema::page_schema();
/// let date = &schema["properties"]["events"]["items"]["properties"]["date"];
/// assert_eq!(date["type"], serde_json::json!(["string", "number", "boolean", "null"]));
/// ```
pub fn page_schema() -> Value {
    whole("Front matter of a nutgraf page", FRONT_MATTER)
}

/// The schema of `site.yaml`.
pub fn site_schema() -> Value {
    whole("site.yaml of a nutgraf site", SITE)
}

fn whole(title: &str, group: Group) -> Value {
    let mut schema = mapping(group);
    schema.insert("$schema".to_owned(), json!(DRAFT));
    schema.insert("title".to_owned(), json!(title));
    Value::Object(schema)
}

fn mapping(group: Group) -> Map<String, Value> {
    let fields = group.fields.iter();
    let properties: Map<String, Value> = fields
        .clone()
        .map(|field| (field.name.to_owned(), value(field)))
        .collect();
    let required: Vec<&str> = fields
        .filter(|field| field.about.is_required())
        .map(|field| field.name)
        .collect();
    let mut mapping = Map::new();
    mapping.insert("type".to_owned(), json!("object"));
    mapping.insert("properties".to_owned(), Value::Object(properties));
    if !required.is_empty() {
        mapping.insert("required".to_owned(), json!(required));
    }
    mapping.insert("additionalProperties".to_owned(), json!(false));
    mapping
}

/// The schema of one field. A field without a value counts as absent, so `null` is allowed.
fn value(field: &Field) -> Value {
    let about = field.about;
    let mut schema = match field.shape {
        Shape::Scalar if !about.values.is_empty() => {
            let names = about.values.iter().map(|name| json!(name));
            let names = json!({ "enum": names.chain([Value::Null]).collect::<Vec<_>>() });
            if about.takes_others {
                json!({ "anyOf": [names, text()] })
            } else {
                names
            }
        }
        Shape::Scalar => text(),
        Shape::Flag => json!({ "type": ["boolean", "null"] }),
        Shape::Words => json!({ "anyOf": [text(), { "type": "array", "items": text() }] }),
        Shape::Map(group) => nullable(mapping(group), "object"),
        Shape::Switch(group) => {
            json!({ "anyOf": [{ "type": ["boolean", "null"] }, mapping(group)] })
        }
        Shape::Named(group) => {
            json!({ "type": ["object", "null"], "additionalProperties": nullable(mapping(group), "object") })
        }
        Shape::Records(group) => json!({ "type": ["array", "null"], "items": mapping(group) }),
        Shape::Refs(group) => {
            let one = json!({ "anyOf": [text(), mapping(group)] });
            json!({ "anyOf": [text(), mapping(group), { "type": "array", "items": one }] })
        }
        Shape::Any => json!({}),
    };
    if let Value::Object(schema) = &mut schema {
        schema.insert("description".to_owned(), json!(about.doc));
    }
    schema
}

/// Text as YAML writes it: `2025`, `55.1` and `true` are text to us.
fn text() -> Value {
    json!({ "type": ["string", "number", "boolean", "null"] })
}

fn nullable(mut mapping: Map<String, Value>, kind: &str) -> Value {
    mapping.insert("type".to_owned(), json!([kind, "null"]));
    Value::Object(mapping)
}
