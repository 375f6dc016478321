//! `site.yaml` as it was typed.

use serde::Deserialize;
use serde::de::{self, Deserializer, IgnoredAny, MapAccess, SeqAccess};

use crate::document::{Item, OneItem, Words, items, or_default};

/// The fields of `site.yaml`; the table in `document/schema` documents each.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct RawConfig {
    pub(super) title: Option<String>,
    pub(super) description: Option<String>,
    pub(super) base_url: Option<String>,
    pub(super) language: Option<String>,
    pub(super) author: Option<String>,
    pub(super) publisher: Option<String>,
    pub(super) repository: Option<String>,
    pub(super) navigation: RawNavigation,
    pub(super) feeds: Option<bool>,
    pub(super) search: Option<bool>,
    pub(super) cards: Option<bool>,
    pub(super) pretty_urls: Option<bool>,
    #[serde(deserialize_with = "or_default")]
    pub(super) colors: RawColors,
    #[serde(deserialize_with = "or_default")]
    pub(super) markdown: RawMarkdown,
    #[serde(deserialize_with = "or_default")]
    pub(super) preview: RawPreview,
    pub(super) ignore: Words,
    #[serde(deserialize_with = "or_default")]
    pub(super) policies: Vec<RawPolicy>,
    pub(super) cname: Option<String>,
    pub(super) headers: Option<bool>,
    /// Notes for the writers; nothing reads them.
    #[serde(rename = "notes")]
    _notes: Option<IgnoredAny>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct RawMarkdown {
    pub(super) unsafe_html: Option<bool>,
    pub(super) smart: Option<bool>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct RawPreview {
    pub(super) port: Option<String>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct RawColors {
    background: Option<String>,
    surface: Option<String>,
    text: Option<String>,
    muted: Option<String>,
    border: Option<String>,
    accent: Option<String>,
    notice: Option<String>,
    #[serde(deserialize_with = "or_default")]
    pub(super) dark: RawPalette,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct RawPalette {
    background: Option<String>,
    surface: Option<String>,
    text: Option<String>,
    muted: Option<String>,
    border: Option<String>,
    accent: Option<String>,
    notice: Option<String>,
}

impl RawColors {
    /// The colors on a light page, by name.
    pub(super) fn light(&self) -> [(&'static str, Option<&str>); 7] {
        [
            ("background", self.background.as_deref()),
            ("surface", self.surface.as_deref()),
            ("text", self.text.as_deref()),
            ("muted", self.muted.as_deref()),
            ("border", self.border.as_deref()),
            ("accent", self.accent.as_deref()),
            ("notice", self.notice.as_deref()),
        ]
    }
}

impl RawPalette {
    /// The colors by name.
    pub(super) fn named(&self) -> [(&'static str, Option<&str>); 7] {
        [
            ("background", self.background.as_deref()),
            ("surface", self.surface.as_deref()),
            ("text", self.text.as_deref()),
            ("muted", self.muted.as_deref()),
            ("border", self.border.as_deref()),
            ("accent", self.accent.as_deref()),
            ("notice", self.notice.as_deref()),
        ]
    }
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct RawPolicy {
    pub(super) title: Option<String>,
    pub(super) path: Option<String>,
    pub(super) url: Option<String>,
}

#[derive(Clone, Debug, Default)]
pub(super) struct RawNavigation(pub(super) Vec<RawEntry>);

impl<'de> Deserialize<'de> for RawNavigation {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        items(deserializer).map(Self)
    }
}

/// One item of `navigation:`; `is_alone` if it is the path by itself.
#[derive(Clone, Debug, Default)]
pub(super) struct RawEntry {
    pub(super) path: String,
    pub(super) title: Option<String>,
    pub(super) is_alone: bool,
}

impl Item for RawEntry {
    const EXPECTED: &'static str = "a page's file, `{path, title}`, or a list of those";

    fn from_text(path: String) -> Self {
        Self {
            path,
            title: None,
            is_alone: true,
        }
    }

    fn from_map<'de, A: MapAccess<'de>>(map: A) -> Result<Self, A::Error> {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Fields {
            path: Option<String>,
            title: Option<String>,
        }
        let fields = Fields::deserialize(de::value::MapAccessDeserializer::new(map))?;
        Ok(Self {
            path: fields
                .path
                .ok_or_else(|| de::Error::missing_field("path"))?,
            title: fields.title,
            is_alone: false,
        })
    }

    fn from_list<'de, A: SeqAccess<'de>>(list: &mut A) -> Result<Option<Self>, A::Error> {
        Ok(list.next_element()?.map(|OneItem(item)| item))
    }
}
