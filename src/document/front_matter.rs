//! Front matter as it was typed.
//!
//! Every scalar is text, since YAML's own numbers and dates would change what was typed (`55.10`, `2025`).

use serde::Deserialize;
use serde::de::{self, Deserializer, IgnoredAny, MapAccess, SeqAccess};

use super::shapes::{self, Item, OneItem};
use crate::model::RecordKind;

/// The front matter of a page, but for its lists of records. Lists that are not there are empty.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[allow(missing_docs, reason = "the table in `schema.rs` documents each field")]
pub struct FrontMatter {
    pub title: Option<String>,
    pub description: Option<String>,
    pub date: Option<String>,
    pub updated: Option<String>,
    pub expires: Option<String>,
    pub review_by: Option<String>,
    pub as_of: Option<String>,
    #[serde(deserialize_with = "shapes::flag")]
    pub draft: bool,
    #[serde(deserialize_with = "shapes::flag")]
    pub explainer: bool,
    pub slug: Option<String>,
    pub aliases: Words,
    pub weight: Option<String>,
    pub authors: Words,
    pub tags: Words,
    pub layout: Option<String>,
    pub nav_title: Option<String>,
    pub key_points: Words,
    #[serde(deserialize_with = "shapes::free")]
    pub extra: serde_json::Value,
    #[serde(deserialize_with = "shapes::or_default")]
    pub unbound: Vec<RawUnbound>,
    pub notes: Option<IgnoredAny>,
}

/// The one list whose items are no records that prose can refer to.
const CORRECTIONS: &str = "corrections";

/// The lists of records in a page's front matter, as written. Those that are not there are empty.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[allow(missing_docs, reason = "the table in `schema.rs` documents each field")]
pub struct Lists {
    #[serde(deserialize_with = "shapes::or_default")]
    pub events: Vec<RawEvent>,
    #[serde(deserialize_with = "shapes::or_default")]
    pub figures: Vec<RawFigure>,
    #[serde(deserialize_with = "shapes::or_default")]
    pub reactions: Vec<RawReaction>,
    #[serde(deserialize_with = "shapes::or_default")]
    pub people: Vec<RawPerson>,
    #[serde(deserialize_with = "shapes::or_default")]
    pub terms: Vec<RawTerm>,
    #[serde(deserialize_with = "shapes::or_default")]
    pub sources: Vec<RawSource>,
    #[serde(deserialize_with = "shapes::or_default")]
    pub corrections: Vec<RawCorrection>,
}

impl Lists {
    /// Whether there is a list of that name.
    pub(super) fn has(name: &str) -> bool {
        let mut kinds = RecordKind::ALL.into_iter();
        name == CORRECTIONS || kinds.any(|kind| kind.list() == name)
    }

    /// How many records there are of a kind.
    pub fn count(&self, kind: RecordKind) -> usize {
        match kind {
            RecordKind::Event => self.events.len(),
            RecordKind::Figure => self.figures.len(),
            RecordKind::Reaction => self.reactions.len(),
            RecordKind::Person => self.people.len(),
            RecordKind::Term => self.terms.len(),
            RecordKind::Source => self.sources.len(),
        }
    }

    /// The names of the lists that hold something.
    pub(super) fn held(&self) -> Vec<&'static str> {
        let kinds = RecordKind::ALL.into_iter();
        let kinds = kinds.filter(|kind| self.count(*kind) > 0);
        let corrections = (!self.corrections.is_empty()).then_some(CORRECTIONS);
        kinds.map(RecordKind::list).chain(corrections).collect()
    }
}

/// An item of `events:`.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[allow(missing_docs, reason = "the table in `schema.rs` documents each field")]
pub struct RawEvent {
    pub id: Option<String>,
    pub date: Option<String>,
    pub title: Option<String>,
    pub text: Option<String>,
    pub as_printed: Option<String>,
    pub inferred: Option<String>,
    #[serde(deserialize_with = "shapes::flag")]
    pub expected: bool,
    pub people: Words,
    pub source: RawSources,
    pub doubt: Option<String>,
    #[serde(deserialize_with = "shapes::flag")]
    pub review: bool,
    pub confidence: Option<String>,
    pub notes: Option<IgnoredAny>,
}

/// An item of `figures:`.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[allow(missing_docs, reason = "the table in `schema.rs` documents each field")]
pub struct RawFigure {
    pub id: Option<String>,
    pub title: Option<String>,
    pub value: Option<String>,
    #[serde(deserialize_with = "shapes::or_default")]
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
    pub doubt: Option<String>,
    #[serde(deserialize_with = "shapes::flag")]
    pub review: bool,
    pub confidence: Option<String>,
    pub notes: Option<IgnoredAny>,
}

/// An item of a figure's `series:`.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[allow(missing_docs, reason = "the table in `schema.rs` documents each field")]
pub struct RawPoint {
    pub date: Option<String>,
    pub value: Option<String>,
    pub qualifier: Option<String>,
    pub as_printed: Option<String>,
}

/// An item of `reactions:`.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
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
    pub doubt: Option<String>,
    #[serde(deserialize_with = "shapes::flag")]
    pub review: bool,
    pub confidence: Option<String>,
    pub notes: Option<IgnoredAny>,
}

/// An item of `people:`.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[allow(missing_docs, reason = "the table in `schema.rs` documents each field")]
pub struct RawPerson {
    pub id: Option<String>,
    pub name: Option<String>,
    pub role: Option<String>,
    pub organisation: Option<String>,
    pub url: Option<String>,
    #[serde(deserialize_with = "shapes::flag")]
    pub review: bool,
    pub confidence: Option<String>,
    pub notes: Option<IgnoredAny>,
}

/// An item of `terms:`.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[allow(missing_docs, reason = "the table in `schema.rs` documents each field")]
pub struct RawTerm {
    pub id: Option<String>,
    pub term: Option<String>,
    pub definition: Option<String>,
    pub source: RawSources,
    pub doubt: Option<String>,
    #[serde(deserialize_with = "shapes::flag")]
    pub review: bool,
    pub confidence: Option<String>,
    pub notes: Option<IgnoredAny>,
}

/// An item of `sources:`.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
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
    pub language: Option<String>,
    pub text: Option<String>,
    pub notes: Option<IgnoredAny>,
}

/// An item of `corrections:`.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[allow(missing_docs, reason = "the table in `schema.rs` documents each field")]
pub struct RawCorrection {
    pub date: Option<String>,
    pub text: Option<String>,
    pub record: Option<String>,
    pub notes: Option<IgnoredAny>,
}

/// An item of `unbound:`.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[allow(missing_docs, reason = "the table in `schema.rs` documents each field")]
pub struct RawUnbound {
    pub number: Option<String>,
    pub reason: Option<String>,
}

/// What `source:` says: an id, a list of ids, or `{id, passage}`, alone or in a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RawSources(pub Vec<RawSourceRef>);

/// One source of a record.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RawSourceRef {
    /// The source's id.
    pub id: String,
    /// Words of the source that hold the record up.
    pub passage: Option<String>,
}

/// A list of words; one word alone is a list of one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words(pub Vec<String>);

impl<'de> Deserialize<'de> for Words {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        shapes::items(deserializer).map(Self)
    }
}

impl<'de> Deserialize<'de> for RawSources {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        shapes::items(deserializer).map(Self)
    }
}

impl Item for RawSourceRef {
    const EXPECTED: &'static str = "a source's id, `{id, passage}`, or a list of those";

    fn from_text(id: String) -> Self {
        Self { id, passage: None }
    }

    fn from_map<'de, A: MapAccess<'de>>(map: A) -> Result<Self, A::Error> {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Fields {
            id: Option<String>,
            passage: Option<String>,
        }
        let fields = Fields::deserialize(de::value::MapAccessDeserializer::new(map))?;
        Ok(Self {
            id: fields.id.ok_or_else(|| de::Error::missing_field("id"))?,
            passage: fields.passage,
        })
    }

    fn from_list<'de, A: SeqAccess<'de>>(list: &mut A) -> Result<Option<Self>, A::Error> {
        Ok(list.next_element()?.map(|OneItem(item)| item))
    }
}
