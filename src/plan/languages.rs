//! The same page in other languages: the switch in the header, and what search engines are told.

use crate::model::{Language, PageHead};
use crate::plan::context::SiteContext;
use crate::plan::view::{AlternateView, LanguageView, LinkView, OutdatedView};
use crate::project::Permalink;

/// A language of the site that has pages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LanguageHome {
    /// Which one.
    pub language: Language,
    /// Its tag (BCP 47).
    pub tag: String,
    /// What it is called by those who speak it.
    pub name: String,
    /// `ltr` or `rtl`.
    pub direction: &'static str,
    /// The address of its home page.
    pub home: Permalink,
}

/// The switch between languages: to the same page or, where nobody has translated it, to the home page of the language.
/// Empty if the site has one language. `head` is the page; `None` for one that is in one language alone.
pub(super) fn switch(
    site: &SiteContext<'_>,
    head: Option<&PageHead>,
    link: &dyn Fn(&Permalink) -> String,
) -> Vec<LanguageView> {
    let languages = site.languages.iter();
    let views = languages.map(|other| {
        let is_current = other.language == site.language;
        let same = head.and_then(|head| translation(site, head, other.language));
        LanguageView {
            language: other.tag.clone(),
            direction: other.direction,
            name: other.name.clone(),
            href: link(same.as_ref().unwrap_or(&other.home)),
            is_current,
            is_translation: same.is_some(),
        }
    });
    views.collect()
}

/// The address of a page in a language.
fn translation(site: &SiteContext<'_>, head: &PageHead, language: Language) -> Option<Permalink> {
    match language == head.language {
        true => Some(head.permalink.clone()),
        false => {
            let other = site.outline.translation(&head.source, language)?;
            Some(other.permalink.clone())
        }
    }
}

/// The absolute addresses of a page in all its languages, itself among them, with `x-default` for readers of any other
/// language; empty if it has but one, or without a `base_url`.
pub(super) fn alternates(site: &SiteContext<'_>, head: &PageHead) -> Vec<AlternateView> {
    let languages = site.languages.iter();
    let found = languages.filter_map(|other| {
        let address = translation(site, head, other.language)?;
        Some((other, site.absolute(&address)?))
    });
    let found: Vec<(&LanguageHome, String)> = found.collect();
    if found.len() < 2 {
        return Vec::new();
    }
    let first = found.first().map(|(_, href)| AlternateView {
        language: "x-default".to_owned(),
        href: href.clone(),
    });
    let all = found.iter().map(|(other, href)| AlternateView {
        language: other.tag.clone(),
        href: href.clone(),
    });
    all.chain(first).collect()
}

/// That a translation is older than its original.
pub(super) fn outdated(
    site: &SiteContext<'_>,
    head: &PageHead,
    link: &dyn Fn(&Permalink) -> String,
) -> Option<OutdatedView> {
    let changed = head.outdated.as_ref()?;
    let original = site.outline.translation(&head.source, Language::MAIN)?;
    Some(OutdatedView {
        date: site.phrases().published(changed),
        original: LinkView {
            title: site.words_of(&original, &original.title).into_owned(),
            href: link(&original.permalink),
            is_current: false,
        },
        language: site.main_tag.to_owned(),
    })
}
