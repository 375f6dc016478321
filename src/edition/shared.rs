//! Queries about what all pages share: settings, language, words, templates, and the results of verification.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::assets::static_assets;
use super::inputs::{Db, File, Project, file, files_below};
use super::languages::{home, languages};
use super::names::{Names, has_pages_in};
use crate::check::{CheckOptions, settings};
use crate::config::{CONFIG, Config};
use crate::diag::{Diagnostic, Diagnostics};
use crate::document::MarkdownOptions;
use crate::evidence::{LOCK, Ledger};
use crate::model::Language;
use crate::plan::{self, CardFonts, LanguageHome, Links, Locale, Phrases, SiteContext, Words};
use crate::project::SourcePath;
use crate::render::{BuiltIn, Shared, Templates};
use crate::theme;

type Faults = Arc<[Diagnostic]>;

/// The file of settings.
pub(super) fn config_file(db: &dyn Db) -> Option<File> {
    file(db, &SourcePath::new(CONFIG))
}

/// The settings in `site.yaml`, with their faults.
#[salsa::tracked]
fn read_config(db: &dyn Db, project: Project) -> (Option<Arc<Config>>, Faults) {
    let mut faults = Diagnostics::new();
    let source = config_file(db).map(|file| file.source(db));
    let config = Config::parse(source, &mut faults).map(|mut config| {
        let base_url = &project.settings(db).base_url;
        if base_url.is_some() {
            config.base_url.clone_from(base_url);
        }
        Arc::new(config)
    });
    (config, faults.into_iter().collect())
}

/// The settings in `site.yaml`, even if the templates can't be used.
#[salsa::tracked]
fn written_config(db: &dyn Db, project: Project) -> Option<Arc<Config>> {
    read_config(db, project).0.clone()
}

/// The site's settings; `None` if they or the templates can't be used.
pub(super) fn config(db: &dyn Db, project: Project) -> Option<&Config> {
    let config = written_config(db, project).as_deref();
    config.filter(|_| templates(db, project, Language::MAIN).is_some())
}

/// The settings as they are for another language than the main one.
#[salsa::tracked]
fn config_for(db: &dyn Db, project: Project, language: Language) -> Option<Arc<Config>> {
    let config = written_config(db, project).as_ref()?;
    Some(Arc::new(config.of(language)))
}

/// As [`config`], for a language.
fn config_in(db: &dyn Db, project: Project, language: Language) -> Option<&Config> {
    match language.is_main() {
        true => config(db, project),
        false => {
            config(db, project)?;
            config_for(db, project, language).as_deref()
        }
    }
}

/// The tag of a language of the site; English if `site.yaml` can't be used.
#[salsa::tracked(returns(deref))]
fn tag(db: &dyn Db, project: Project, language: Language) -> String {
    let config = written_config(db, project).as_ref();
    config.map_or_else(|| "en".to_owned(), |config| config.tag(language).to_owned())
}

#[salsa::tracked(no_eq)]
fn locale(db: &dyn Db, project: Project, language: Language) -> Locale {
    Locale::new(tag(db, project, language))
}

/// The templates of the theme.
#[salsa::tracked(no_eq)]
fn builtin(db: &dyn Db, project: Project, language: Language) -> BuiltIn {
    BuiltIn::new(tag(db, project, language))
}

#[salsa::tracked(returns(copy))]
pub(super) fn markdown(db: &dyn Db, project: Project) -> MarkdownOptions {
    let config = written_config(db, project).as_ref();
    MarkdownOptions {
        unsafe_html: config.is_some_and(|config| config.unsafe_html),
        smart: config.is_none_or(|config| config.smart),
    }
}

/// The settings that affect how documents are checked.
#[salsa::tracked]
pub(super) fn options(db: &dyn Db, project: Project) -> CheckOptions {
    // By their names: what is in them is nothing to pages, until they are rendered.
    let own = files_below(db, "templates").into_iter();
    let own = own.filter_map(|(path, _)| {
        let name = path.as_str().strip_prefix("templates/")?;
        name.ends_with(".html").then(|| name.to_owned())
    });
    let given = project.settings(db);
    CheckOptions {
        drafts: given.drafts,
        today: given.today,
        future: given.future,
        markdown: markdown(db, project),
        templates: own.collect::<BTreeSet<String>>(),
    }
}

/// The texts below `templates/`: those with words, or all others.
fn templates_of_project(db: &dyn Db, are_words: bool) -> Vec<(&SourcePath, &str)> {
    let files = files_below(db, "templates").into_iter();
    let files = files.filter(|(path, _)| theme::are_words(path) == are_words);
    let texts = files.filter_map(|(path, file)| {
        let text = std::str::from_utf8(&file.source(db).bytes).ok()?;
        Some((path, text))
    });
    texts.collect()
}

/// The words of the interface, with the faults of their files.
#[salsa::tracked(no_eq)]
fn words(db: &dyn Db, project: Project, language: Language) -> (Words, Faults) {
    let mut faults = Diagnostics::new();
    let own = templates_of_project(db, true);
    let layers = theme::words(tag(db, project, language), own, &mut faults);
    (
        in_language(tag(db, project, language), layers),
        faults.into_iter().collect(),
    )
}

/// Merges layers of words, remembering which are in English on a page in another language.
fn in_language(tag: &str, layers: Vec<BTreeMap<String, String>>) -> Words {
    if tag == "en" || tag.starts_with("en-") {
        Words::new(layers)
    } else {
        Words::after_english(layers)
    }
}

/// Every template, or the reasons why they can't be used.
#[salsa::tracked(no_eq)]
fn read_templates(db: &dyn Db, project: Project, language: Language) -> Result<Templates, Faults> {
    let own = templates_of_project(db, false);
    Templates::new(own, builtin(db, project, language)).map_err(Faults::from)
}

/// The templates for rendering pages.
pub(super) fn templates(db: &dyn Db, project: Project, language: Language) -> Option<&Templates> {
    read_templates(db, project, language).as_ref().ok()
}

/// The faults of `site.yaml`, the words and the templates by themselves.
#[salsa::tracked]
pub(super) fn setup_faults(db: &dyn Db, project: Project) -> Vec<Diagnostic> {
    let (config, config_faults) = read_config(db, project);
    // The files of a language's words, each once: English is below all of them.
    let mut word_faults: Vec<Diagnostic> = Vec::new();
    for language in languages(db) {
        let (_, faults) = words(db, project, language);
        let new = faults.iter().filter(|fault| !word_faults.contains(fault));
        let new: Vec<Diagnostic> = new.cloned().collect();
        word_faults.extend(new);
    }
    let template_faults = read_templates(db, project, Language::MAIN).as_ref().err();
    let own = config_faults.iter().chain(word_faults.iter());
    let own = own.chain(template_faults.into_iter().flat_map(|faults| faults.iter()));
    let mut faults: Vec<Diagnostic> = own.cloned().collect();
    let is_sound = faults.is_empty();
    let has_no_address = config
        .as_ref()
        .is_some_and(|config| config.base_url.is_none());
    if is_sound && has_no_address {
        faults.push(settings::no_base_url());
    }
    let own_words = templates_of_project(db, true);
    for language in languages(db).filter(|_| is_sound) {
        let tag = tag(db, project, language);
        let files = own_words.iter().map(|(path, _)| *path);
        if !theme::has_words(tag, files) {
            faults.push(settings::no_words(tag));
            continue;
        }
        let foreign = words(db, project, language).0.foreign();
        let missing = theme::missing_words(foreign.map(|(key, _)| key));
        if !missing.is_empty() {
            faults.push(settings::missing_words(tag, &missing));
        }
    }
    if let (Some(config), Some(file)) = (config, config_file(db)) {
        faults.extend(settings::contrast_faults(config, file.source(db)));
    }
    if template_faults.is_none() {
        faults.extend(theme::without_effect(&templates_of_project(db, false)));
    }
    faults
}

/// The committed results of verification.
#[salsa::tracked(no_eq)]
pub(super) fn ledger(db: &dyn Db, project: Project) -> Arc<Ledger> {
    let lock = file(db, &SourcePath::new(LOCK)).map(|file| file.source(db));
    Ledger::open(lock, tag(db, project, Language::MAIN), None)
}

/// The links in the header and at the bottom of every page.
#[salsa::tracked(returns(ref))]
fn links(db: &dyn Db, project: Project, language: Language) -> Links {
    let config = match language.is_main() {
        true => written_config(db, project),
        false => config_for(db, project, language),
    };
    let links = config.as_ref().map(|config| {
        let main = tag(db, project, Language::MAIN);
        plan::links(config, &Names(db, language), main)
    });
    links.unwrap_or_default()
}

/// The languages that have pages; none if the site has but one.
#[salsa::tracked(returns(deref))]
fn language_homes(db: &dyn Db, project: Project) -> Vec<LanguageHome> {
    let config = written_config(db, project).as_ref();
    let homes = languages(db).filter(|language| has_pages_in(db, *language));
    let homes = homes.map(|language| {
        let tag = tag(db, project, language).to_owned();
        let written = language.index().zip(config);
        let written = written.and_then(|(index, config)| config.languages.get(index));
        let name = written.and_then(|written| written.name.clone());
        LanguageHome {
            language,
            name: name.unwrap_or_else(|| words(db, project, language).0.name_of(&tag)),
            direction: locale(db, project, language).direction(),
            home: home(db, language),
            tag,
        }
    });
    let homes: Vec<LanguageHome> = homes.collect();
    match homes.len() {
        0 | 1 => Vec::new(),
        _ => homes,
    }
}

/// How to put values into words; works even if `site.yaml` and the templates can't be used.
pub(super) fn phrases(db: &dyn Db) -> Phrases<'_> {
    let project = Project::get(db);
    Phrases {
        locale: locale(db, project, Language::MAIN),
        words: &words(db, project, Language::MAIN).0,
    }
}

/// The context for planning pages; `None` if `site.yaml` or a template can't be used.
pub(super) fn context<'db>(db: &'db dyn Db, names: &'db Names<'db>) -> Option<SiteContext<'db>> {
    let (project, language) = (Project::get(db), names.1);
    Some(SiteContext {
        config: config_in(db, project, language)?,
        language,
        main_tag: tag(db, project, Language::MAIN),
        languages: language_homes(db, project),
        outline: names,
        links: links(db, project, language),
        locale: locale(db, project, language),
        words: &words(db, project, language).0,
        ledger: ledger(db, project),
        fonts: card_fonts(db, project),
    })
}

/// The fonts of the cards, with the letters that were drawn already.
#[salsa::tracked(no_eq)]
pub(super) fn card_fonts(db: &dyn Db, project: Project) -> CardFonts {
    let paths = config(db, project).map(|config| config.card_fonts.as_slice());
    let files = paths.unwrap_or_default().iter();
    let sources = files.filter_map(|path| Some(file(db, path)?.source(db)));
    CardFonts::new(sources.map(|source| (Arc::clone(&source.bytes), source.hash)))
}

/// What all pages share, prepared for the templates; `None` if `site.yaml` or a template can't be used.
#[salsa::tracked(no_eq)]
pub(super) fn shared(db: &dyn Db, project: Project, language: Language) -> Option<Shared> {
    let names = Names(db, language);
    let site = context(db, &names)?;
    let view = plan::site(&site, &static_assets(db, project), plan::has_feed(&site));
    Some(Shared::new(&view, site.words).with_english(site.words.foreign()))
}
