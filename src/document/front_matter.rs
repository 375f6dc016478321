//! Front matter as it was typed.
//!
//! Every scalar is text, since YAML's own numbers and dates would change what was typed (`55.10`, `2025`).

use serde::Deserialize;

/// The front matter of a page. Lists that are not there are empty.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[allow(missing_docs, reason = "the table in `schema.rs` documents each field")]
pub struct FrontMatter {
    pub title: Option<String>,
    pub description: Option<String>,
    pub date: Option<String>,
    pub updated: Option<String>,
    pub draft: bool,
    pub explainer: bool,
    pub slug: Option<String>,
    pub aliases: Words,
    pub weight: Option<String>,
    pub authors: Words,
    pub tags: Words,
    pub layout: Option<String>,
    pub nav_title: Option<String>,
    pub key_points: Words,
    pub extra: serde_json::Value,
    pub events: Vec<RawEvent>,
    pub figures: Vec<RawFigure>,
    pub reactions: Vec<RawReaction>,
    pub people: Vec<RawPerson>,
    pub terms: Vec<RawTerm>,
    pub sources: Vec<RawSource>,
    pub corrections: Vec<RawCorrection>,
}

/// An item of `events:`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[allow(missing_docs, reason = "the table in `schema.rs` documents each field")]
pub struct RawEvent {
    pub id: Option<String>,
    pub date: Option<String>,
    pub title: Option<String>,
    pub text: Option<String>,
    pub as_printed: Option<String>,
    pub inferred: Option<String>,
    pub expected: bool,
    pub people: Words,
    pub source: RawSources,
    pub review: bool,
    pub confidence: Option<String>,
}

/// An item of `figures:`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[allow(missing_docs, reason = "the table in `schema.rs` documents each field")]
pub struct RawFigure {
    pub id: Option<String>,
    pub title: Option<String>,
    pub value: Option<String>,
    pub series: Vec<RawPoint>,
    pub unit: Option<String>,
    pub qualifier: Option<String>,
    pub date: Option<String>,
    pub population: Option<String>,
    pub sample: Option<String>,
    pub margin: Option<String>,
    pub as_printed: Option<String>,
    pub inferred: Option<String>,
    pub text: Option<String>,
    pub chart: Option<String>,
    pub derive: Option<String>,
    pub source: RawSources,
    pub review: bool,
    pub confidence: Option<String>,
}

/// An item of a figure's `series:`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[allow(missing_docs, reason = "the table in `schema.rs` documents each field")]
pub struct RawPoint {
    pub date: Option<String>,
    pub value: Option<String>,
    pub qualifier: Option<String>,
    pub as_printed: Option<String>,
}

/// An item of `reactions:`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[allow(missing_docs, reason = "the table in `schema.rs` documents each field")]
pub struct RawReaction {
    pub id: Option<String>,
    pub speaker: Option<String>,
    pub quote: Option<String>,
    pub text: Option<String>,
    pub date: Option<String>,
    pub as_printed: Option<String>,
    pub inferred: Option<String>,
    pub venue: Option<String>,
    pub stance: Option<String>,
    pub language: Option<String>,
    pub translation: Option<String>,
    pub source: RawSources,
    pub review: bool,
    pub confidence: Option<String>,
}

/// An item of `people:`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[allow(missing_docs, reason = "the table in `schema.rs` documents each field")]
pub struct RawPerson {
    pub id: Option<String>,
    pub name: Option<String>,
    pub role: Option<String>,
    pub organisation: Option<String>,
    pub url: Option<String>,
    pub review: bool,
    pub confidence: Option<String>,
}

/// An item of `terms:`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[allow(missing_docs, reason = "the table in `schema.rs` documents each field")]
pub struct RawTerm {
    pub id: Option<String>,
    pub term: Option<String>,
    pub definition: Option<String>,
    pub source: RawSources,
    pub review: bool,
    pub confidence: Option<String>,
}

/// An item of `sources:`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[allow(missing_docs, reason = "the table in `schema.rs` documents each field")]
pub struct RawSource {
    pub id: Option<String>,
    pub title: Option<String>,
    pub publisher: Option<String>,
    pub authors: Words,
    pub url: Option<String>,
    pub archived: Option<String>,
    pub published: Option<String>,
    pub accessed: Option<String>,
    #[serde(rename = "type")]
    pub kind: Option<String>,
    pub rights: Option<String>,
    pub text: Option<String>,
}

/// An item of `corrections:`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[allow(missing_docs, reason = "the table in `schema.rs` documents each field")]
pub struct RawCorrection {
    pub date: Option<String>,
    pub text: Option<String>,
    pub record: Option<String>,
}

/// What `source:` says: an id, a list of ids, or `{id, passage}`, alone or in a list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct RawSources(pub Vec<RawSourceRef>);

/// One source of a record.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct RawSourceRef {
    /// The source's id.
    pub id: String,
    /// Words of the source that hold the record up.
    pub passage: Option<String>,
}

/// A list of words; one word alone is a list of one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct Words(pub Vec<String>);
