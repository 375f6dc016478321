//! The other languages of a site.

use icu_locale_core::Locale;

use super::{Check, Config, MenuItem, present};
use crate::document::{FieldPath, RawConfig, RawLanguage};
use crate::model::Language;

/// A language of the site beside its main one.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct SiteLanguage {
    /// Its tag (BCP 47) in canonical form, which also is the part of file names and the start of addresses: `es`.
    pub tag: String,
    /// The site's name in it; never empty.
    pub title: String,
    /// What it is called by those who speak it, if the writer says.
    pub name: Option<String>,
    /// What the site is, in one or two sentences.
    pub description: Option<String>,
    /// The links in the header; `None` for those of the whole site.
    pub menu: Option<Vec<MenuItem>>,
}

impl Config {
    /// The tag of a language (BCP 47).
    pub fn tag(&self, language: Language) -> &str {
        let other = language.index().and_then(|index| self.languages.get(index));
        other.map_or(&self.language, |other| &other.tag)
    }

    /// The settings as they are for one language: with its title, its description and its menu.
    #[must_use]
    pub fn of(&self, language: Language) -> Self {
        let mut config = self.clone();
        let other = language.index().and_then(|index| self.languages.get(index));
        if let Some(other) = other {
            config.language.clone_from(&other.tag);
            config.title.clone_from(&other.title);
            config.description.clone_from(&other.description);
            if let Some(menu) = &other.menu {
                config.menu.clone_from(menu);
            }
        }
        config
    }
}

impl Check<'_> {
    pub(super) fn languages(&mut self, raw: &RawConfig) -> Vec<SiteLanguage> {
        let main = present(raw.language.as_deref()).unwrap_or_else(|| "en".to_owned());
        let mut languages: Vec<SiteLanguage> = Vec::new();
        for (written, raw_language) in &raw.languages.0 {
            let place = FieldPath::field("languages").key(written);
            let Ok(locale) = Locale::try_from_str(written) else {
                let message =
                    format!("a language should be named by its tag (BCP 47), not `{written}`");
                let help = "write a tag such as `es`, `pt-BR` or `zh-Hans`";
                self.fault(&place, message, help);
                continue;
            };
            let tag = locale.to_string();
            let is_known = |known: &str| known.eq_ignore_ascii_case(&tag);
            if is_known(&main) || languages.iter().any(|known| is_known(&known.tag)) {
                let message = format!("`{tag}` is a language of the site already");
                let help = "name each language once: `language` is the one of pages without a language in their names";
                self.fault(&place, message, help);
                continue;
            }
            languages.push(self.language_of_site(tag, &place, raw_language, raw));
        }
        if languages.len() > Self::MOST_LANGUAGES {
            let message = format!("a site has at most {} languages", Self::MOST_LANGUAGES + 1);
            self.fault(
                &FieldPath::field("languages"),
                message,
                "make several sites of it",
            );
            languages.truncate(Self::MOST_LANGUAGES);
        }
        languages
    }

    const MOST_LANGUAGES: usize = 200;

    fn language_of_site(
        &mut self,
        tag: String,
        place: &FieldPath,
        raw: &RawLanguage,
        whole: &RawConfig,
    ) -> SiteLanguage {
        let title = present(raw.title.as_deref()).or_else(|| present(whole.title.as_deref()));
        let has_menu = !raw.menu.0.is_empty();
        SiteLanguage {
            tag,
            title: title.unwrap_or_default(),
            name: present(raw.name.as_deref()),
            description: present(raw.description.as_deref()),
            menu: has_menu.then(|| self.menu(&place.key("menu"), &raw.menu.0)),
        }
    }
}
