//! What is set up once for a whole site: its settings, language, words and templates.
//!
//! A [`SiteSetup`] depends on `site.yaml` and `templates/` alone, so an edit of a page keeps it. What costs most to set
//! up depends on less, and a later one takes over.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::config::{self, Config, PolicyTarget};
use crate::diag::{Code, Diagnostic, Diagnostics, Place};
use crate::document::{FieldPath, MarkdownOptions};
use crate::edition::Settings;
use crate::evidence::Ledger;
use crate::model::Outline;
use crate::plan::view::SiteView;
use crate::plan::{self, Locale, SiteContext, Words};
use crate::project::{ContentHash, Snapshot, SourceFile, SourcePath};
use crate::render::{BuiltIn, Shared, Templates};
use crate::theme;

/// The file of settings.
pub(crate) const CONFIG: &str = "site.yaml";

/// What is set up once for a whole site.
pub struct SiteSetup {
    faults: Diagnostics,
    /// The settings; none if they, or the templates, can't be used.
    config: Option<Config>,
    markdown: MarkdownOptions,
    page_templates: BTreeSet<String>,
    language: Language,
    /// The words, with the files that they come from.
    words: Kept<Words>,
    /// The templates, with the files that they come from.
    templates: Kept<Option<Templates>>,
}

/// What rests on the language alone.
#[derive(Clone)]
struct Language {
    tag: String,
    locale: Arc<Locale>,
    builtin: BuiltIn,
}

impl Language {
    fn new(tag: &str) -> Self {
        Self {
            tag: tag.to_owned(),
            locale: Arc::new(Locale::new(tag)),
            builtin: BuiltIn::new(tag),
        }
    }
}

/// What rests on some files and the language, with its faults.
struct Kept<T> {
    files: Vec<(SourcePath, ContentHash)>,
    value: Arc<T>,
    faults: Vec<Diagnostic>,
}

impl<T> Kept<T> {
    /// The `earlier` one if it rests on the same files; `make` gives the value and its faults otherwise.
    fn after(
        earlier: Option<&Self>,
        files: &[&SourceFile],
        make: impl FnOnce() -> (T, Vec<Diagnostic>),
    ) -> Self {
        let files: Vec<_> = files.iter().map(|f| (f.path.clone(), f.hash)).collect();
        let same = earlier.filter(|earlier| earlier.files == files);
        let (value, faults) = match same {
            Some(same) => (same.value.clone(), same.faults.clone()),
            None => {
                let (value, faults) = make();
                (Arc::new(value), faults)
            }
        };
        Self {
            files,
            value,
            faults,
        }
    }
}

impl SiteSetup {
    /// Whether a setup is made from that file, among others.
    pub(crate) fn rests_on(path: &SourcePath) -> bool {
        path.as_str() == CONFIG || path.as_str().starts_with("templates/")
    }

    /// The setup of a project, with what it has in common with an `earlier` one.
    pub(crate) fn new(snapshot: &Snapshot, settings: &Settings, earlier: Option<&Self>) -> Self {
        let mut faults = Diagnostics::new();
        let config = snapshot.get(&SourcePath::new(CONFIG));
        let config = Config::parse(config, &mut faults).map(|mut config| {
            if settings.base_url.is_some() {
                config.base_url.clone_from(&settings.base_url);
            }
            config
        });
        let tag = config
            .as_ref()
            .map_or("en", |config| config.language.as_str());
        let earlier = earlier.filter(|earlier| earlier.language.tag == tag);
        let language = earlier.map(|earlier| earlier.language.clone());
        let language = language.unwrap_or_else(|| Language::new(tag));
        let files: Vec<&SourceFile> = snapshot
            .below("templates")
            .filter(|file| std::str::from_utf8(&file.bytes).is_ok())
            .collect();
        let (words, templates): (Vec<&SourceFile>, Vec<&SourceFile>) =
            files.iter().partition(|file| theme::are_words(&file.path));
        let has_words = theme::has_words(tag, words.iter().map(|file| &file.path));
        let own = templates.iter().filter_map(|file| {
            let name = file.path.as_str().strip_prefix("templates/")?;
            name.ends_with(".html").then(|| name.to_owned())
        });
        let page_templates = own.collect();
        let words = Kept::after(earlier.map(|earlier| &earlier.words), &words, || {
            let mut faults = Diagnostics::new();
            let layers = theme::words(tag, texts(&words), &mut faults);
            (Words::new(layers), faults.iter().cloned().collect())
        });
        let templates = Kept::after(
            earlier.map(|earlier| &earlier.templates),
            &templates,
            || match Templates::new(texts(&templates), &language.builtin) {
                Ok(templates) => (Some(templates), Vec::new()),
                Err(faults) => (None, faults),
            },
        );
        faults.extend(words.faults.iter().chain(&templates.faults).cloned());
        let markdown = MarkdownOptions {
            unsafe_html: config.as_ref().is_some_and(|config| config.unsafe_html),
            smart: config.as_ref().is_none_or(|config| config.smart),
        };
        let is_sound = faults.is_empty();
        let has_no_address = |config: &Config| config.base_url.is_none();
        if is_sound && config.as_ref().is_some_and(has_no_address) {
            let place = Place::file(&SourcePath::new(CONFIG));
            let message = "there is no `base_url`, so the site has no feed, no sitemap and no canonical links";
            faults.push(
                Diagnostic::new(Code::NoBaseUrl, place, message)
                    .help("add `base_url: https://…` once the site has an address, or build with `--base-url`"),
            );
        }
        if is_sound && !has_words {
            faults.push(no_words(tag));
        }
        if let (Some(config), Some(file)) = (&config, snapshot.get(&SourcePath::new(CONFIG))) {
            faults.extend(contrast_faults(config, file));
        }
        Self {
            faults,
            config: config.filter(|_| templates.value.is_some()),
            markdown,
            page_templates,
            language,
            words,
            templates,
        }
    }

    /// What is wrong with `site.yaml`, the words and the templates by themselves.
    pub fn faults(&self) -> impl Iterator<Item = &Diagnostic> {
        self.faults.iter()
    }

    /// What is wrong with `site.yaml` seen from the pages: pages that it names and that aren't there.
    pub(crate) fn faults_with(&self, snapshot: &Snapshot, outline: &Outline) -> Vec<Diagnostic> {
        let file = snapshot.get(&SourcePath::new(CONFIG));
        match (&self.config, file) {
            (Some(config), Some(file)) => missing_pages(config, file, outline),
            _ => Vec::new(),
        }
    }

    /// The site's settings; `None` if they can't be used, or the templates can't.
    pub fn config(&self) -> Option<&Config> {
        self.config.as_ref()
    }

    /// The language of the site; English if `site.yaml` can't be used.
    pub(crate) fn language(&self) -> &str {
        self.config().map_or("en", |config| &config.language)
    }

    pub(crate) fn markdown(&self) -> MarkdownOptions {
        self.markdown
    }

    pub(crate) fn page_templates(&self) -> BTreeSet<String> {
        self.page_templates.clone()
    }

    /// What pages are planned with; `None` if `site.yaml` or a template can't be used.
    pub(crate) fn context<'a>(
        &'a self,
        outline: &'a Outline,
        ledger: &'a Ledger,
    ) -> Option<SiteContext<'a>> {
        Some(SiteContext {
            config: self.config()?,
            outline,
            locale: &self.language.locale,
            words: &self.words.value,
            ledger,
        })
    }

    /// What pages are rendered with.
    pub(crate) fn templates(&self) -> Option<&Templates> {
        Option::as_ref(&self.templates.value)
    }

    /// What all pages share, ready for the templates.
    pub(crate) fn shared(
        &self,
        outline: &Outline,
        ledger: &Ledger,
        has_feed: bool,
    ) -> Option<Shared> {
        let site = site_view(&self.context(outline, ledger)?, has_feed);
        Some(Shared::new(&site, &*self.words.value))
    }
}

fn texts<'f>(files: &[&'f SourceFile]) -> impl Iterator<Item = (&'f SourcePath, &'f str)> {
    let texts = files.iter().copied();
    texts.filter_map(|file| Some((&file.path, std::str::from_utf8(&file.bytes).ok()?)))
}

/// The interface speaks English on a site that doesn't.
fn no_words(language: &str) -> Diagnostic {
    let message = format!("the interface is in English: there are no words for `{language}`");
    let help = format!(
        "write them in `templates/words/{language}.yaml`, such as `sources: …`; those in English are in `templates/words/en.yaml` of nutgraf's repository"
    );
    Diagnostic::new(
        Code::NoWords,
        Place::file(&SourcePath::new(CONFIG)),
        message,
    )
    .help(help)
}

/// Colors of the site's own that text can't be read in.
fn contrast_faults(config: &Config, file: &SourceFile) -> Vec<Diagnostic> {
    let found = theme::colors::low_contrasts(&config.colors).into_iter();
    let faults = found.map(|low| {
        let colors = FieldPath::field("colors");
        let colors = if low.is_dark {
            colors.key("dark")
        } else {
            colors
        };
        let scheme = if low.is_dark { "dark" } else { "light" };
        let message = format!(
            "on {scheme} pages `{}` on `{}` has a contrast of {}, and text needs 4.5 (WCAG AA)",
            low.text, low.ground, low.contrast
        );
        let place = config::place(file, &colors.key(low.given));
        Diagnostic::new(Code::LowContrast, place, message)
            .help("take a darker color for one of the two and a lighter one for the other")
    });
    faults.collect()
}

/// Pages that `site.yaml` names and that aren't there.
fn missing_pages(config: &Config, file: &SourceFile, outline: &Outline) -> Vec<Diagnostic> {
    let navigation = config
        .navigation
        .iter()
        .map(|entry| &entry.path)
        .enumerate();
    let navigation = navigation.map(|(index, path)| ("navigation", index, path));
    let policies = config.policies.iter().enumerate();
    let policies = policies.filter_map(|(index, policy)| match &policy.target {
        PolicyTarget::Page(path) => Some(("policies", index, path)),
        PolicyTarget::Url(_) => None,
    });
    let named = navigation.chain(policies);
    let missing = named.filter(|(_, _, path)| !outline.heads.contains_key(*path));
    let faults = missing.map(|(list, index, path)| {
        let place = config::place(file, &FieldPath::field(list).index(index));
        let fault = Diagnostic::new(
            Code::BrokenLink,
            place,
            format!("there is no page `{path}`"),
        );
        let pages: Vec<&str> = outline.heads.keys().map(SourcePath::as_str).collect();
        match outline.held_back.get(path) {
            Some(held) => fault.help(held.help()),
            None => fault.suggest(path.as_str(), pages),
        }
    });
    faults.collect()
}

fn site_view(site: &SiteContext<'_>, has_feed: bool) -> SiteView {
    let SiteContext {
        config,
        outline,
        locale,
        ..
    } = *site;
    let assets = outline.files.iter().filter_map(|(path, asset)| {
        let name = path.as_str().strip_prefix("static/")?;
        Some((name.to_owned(), asset.permalink.as_str().to_owned()))
    });
    SiteView {
        title: config.title.clone(),
        description: config.description.clone(),
        language: config.language.clone(),
        direction: locale.direction(),
        base_url: config.base_url.clone(),
        author: config.author.clone(),
        publisher: config.publisher.clone(),
        repository: config.repository.clone(),
        assets: assets.collect(),
        colors: plan::colors(config).map(|(permalink, _)| permalink.as_str().to_owned()),
        search: plan::search_link(site),
        has_feed,
        generator: concat!("nutgraf ", env!("CARGO_PKG_VERSION")).to_owned(),
    }
}
