//! The words of the interface in the site's language.

use std::collections::{BTreeMap, BTreeSet};

/// The words of the interface, by key.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, serde::Serialize)]
#[serde(transparent)]
pub struct Words {
    words: BTreeMap<String, String>,
    /// The keys whose words are in English because there is no translation.
    #[serde(skip)]
    foreign: BTreeSet<String>,
}

impl Words {
    /// Merges layers of words; later layers override earlier ones.
    pub fn new(layers: impl IntoIterator<Item = BTreeMap<String, String>>) -> Self {
        Self {
            words: layers.into_iter().flatten().collect(),
            foreign: BTreeSet::new(),
        }
    }

    /// The words of a language other than English, in layers of which the first is English.
    pub fn after_english(layers: Vec<BTreeMap<String, String>>) -> Self {
        let english = layers.first().into_iter().flat_map(BTreeMap::keys);
        let is_own = |key: &&String| layers.iter().skip(1).any(|layer| layer.contains_key(*key));
        let foreign = english.filter(|key| !is_own(key)).cloned().collect();
        Self {
            foreign,
            ..Self::new(layers)
        }
    }

    /// The words that are in English on a page in another language, by key.
    pub fn foreign(&self) -> impl Iterator<Item = (&str, &str)> {
        self.foreign.iter().map(|key| (key.as_str(), self.get(key)))
    }

    /// What the language itself is called by those who speak it; its tag if nobody has said.
    pub fn name_of(&self, tag: &str) -> String {
        let key = "language_name";
        let own = self.words.get(key).filter(|_| !self.foreign.contains(key));
        own.map_or_else(|| tag.to_owned(), Clone::clone)
    }

    /// The words for a key; the key itself if there are none, so that a gap is visible but harmless.
    pub fn get<'a>(&'a self, key: &'a str) -> &'a str {
        self.words.get(key).map_or(key, String::as_str)
    }

    /// The words for a key, with the placeholders (`{name}`) filled in.
    ///
    /// # Examples
    ///
    /// ```
    /// use nutgraf::plan::Words;
    ///
    /// let layer = [("date_about".to_owned(), "about {date}".to_owned())];
    /// let words = Words::new([layer.into_iter().collect()]);
    /// assert_eq!(words.fill("date_about", &[("date", "2024")]), "about 2024");
    /// ```
    pub fn fill(&self, key: &str, values: &[(&str, &str)]) -> String {
        let mut rest = self.get(key);
        let mut filled = String::with_capacity(rest.len() + 16);
        while let Some((before, hole)) = rest.split_once('{') {
            filled.push_str(before);
            let Some((name, after)) = hole.split_once('}') else {
                filled.push('{');
                rest = hole;
                continue;
            };
            match values.iter().find(|(known, _)| *known == name) {
                Some((_, value)) => filled.push_str(value),
                None => {
                    filled.push('{');
                    filled.push_str(name);
                    filled.push('}');
                }
            }
            rest = after;
        }
        filled.push_str(rest);
        filled
    }
}
