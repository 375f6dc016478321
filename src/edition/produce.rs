//! Makes outputs. This is the only place where plans meet templates.

use std::borrow::Cow;
use std::sync::Arc;

use super::assets;
use super::inputs::{Db, File, Project, directory_in, files_below};
use super::languages::in_all_languages;
use super::names::{CONTENT, Names, may_hold_records, pages_in};
use super::outputs::rendered_of;
use super::pages::{checked_below, page, page_at};
use super::shared::{context, shared, templates};
use crate::config::CONFIG;
use crate::diag::{Diagnostic, Place};
use crate::model::{Foreign, Language, Outline, Page, Person, Taxonomy};
use crate::output::Content;
use crate::plan::{self, FeedFormat, FeedOwner, IndexBuilder, Output, SearchIndex, SiteContext};
use crate::project::{OutputPath, Permalink, SourcePath};
use crate::render::View;

/// An output, or the fault of its template; `None` if something that it needs can't be used.
pub(super) type Produced = Option<Result<Content, Box<Diagnostic>>>;

/// An output that is kept as long as everything that it shows stays the same. On an edit, some that weren't looked at
/// recently are dropped, and rendered again when somebody asks: a preview keeps no more than browsers are likely to
/// have open.
#[salsa::tracked(returns(clone), lru = 256)]
pub(super) fn kept(db: &dyn Db, path: OutputPath, output: Output) -> Produced {
    produce(db, &path, &output)
}

/// The fault of rendering an output that belongs to no single page.
#[salsa::tracked]
pub(super) fn fault_of(db: &dyn Db, path: OutputPath, output: Output) -> Option<Box<Diagnostic>> {
    produce(db, &path, &output)?.err()
}

/// The faults of rendering a page, its redirects and its embeds. A single value, because a site has many more embeds than
/// pages, and all depend on the page.
#[salsa::tracked]
pub(super) fn faults_in_templates(db: &dyn Db, page: File) -> Vec<Diagnostic> {
    let outputs = rendered_of(db, page).into_iter();
    let faults = outputs.filter_map(|(path, output)| produce(db, &path, &output)?.err());
    faults.map(|fault| *fault).collect()
}

/// Makes one output. The fault of a template names the content that it was rendering.
pub(super) fn produce(db: &dyn Db, path: &OutputPath, output: &Output) -> Produced {
    let language = language_of(db, output);
    let produced = produce_in(db, language, path, output);
    match language.is_main() {
        true => produced,
        false => produced.map(|made| made.map(|content| without_marks(path, content))),
    }
}

/// The language that an output is in.
fn language_of(db: &dyn Db, output: &Output) -> Language {
    match output {
        Output::Page(source)
        | Output::Section(source)
        | Output::Listing(source, _)
        | Output::FeedOf(FeedOwner::Section(source), _)
        | Output::Redirect(source)
        | Output::Embed(source, _)
        | Output::OEmbed(source, _)
        | Output::Card(source)
        | Output::SearchPage(source) => Names::of(db, source).1,
        Output::Words(language, _)
        | Output::Word(language, ..)
        | Output::FeedOf(FeedOwner::Word(language, ..), _)
        | Output::Data(language, ..)
        | Output::Handout(language, _)
        | Output::Feed(language)
        | Output::JsonFeed(language)
        | Output::Changes(language)
        | Output::ChangesFeed(language, _)
        | Output::Search(language)
        | Output::SearchFile(language, _) => *language,
        Output::File(_)
        | Output::Picture(..)
        | Output::Colors
        | Output::EmbedScript
        | Output::NotFound
        | Output::Sitemap
        | Output::SitemapPart(_)
        | Output::Robots
        | Output::NoJekyll
        | Output::Cname
        | Output::Headers
        | Output::Redirects => Language::MAIN,
    }
}

/// An output whose words in other languages are marked as HTML does it, or not at all.
fn without_marks(path: &OutputPath, content: Content) -> Content {
    let Ok(text) = std::str::from_utf8(content.bytes()) else {
        return content;
    };
    let shown = match path.as_str().ends_with(".html") {
        true => Foreign::in_html(text),
        false => Foreign::plain(text),
    };
    match shown {
        Cow::Borrowed(_) => content,
        Cow::Owned(text) => Content::from(text),
    }
}

fn produce_in(db: &dyn Db, language: Language, path: &OutputPath, output: &Output) -> Produced {
    let names = Names(db, language);
    let site = context(db, &names)?;
    let config = SourcePath::new(CONFIG);
    let rendered = |template: &str, view: View<'_>, source: &SourcePath| {
        render(db, language, template, view, source)
    };
    match output {
        Output::Page(source) | Output::Section(source) => {
            let page = page_at(db, source)?;
            let below = if plan::looks_around(&page, site.ledger) {
                checked_below(db, language, source.folder())
            } else {
                Vec::new()
            };
            let view = plan::page(&site, &page, &below);
            rendered(&page.head.template, View::Page(&view), source)
        }
        Output::Listing(source, part) => {
            let view = plan::listing_page(&site, &*names.head(source)?, *part)?;
            rendered("section.html", View::Page(&view), source)
        }
        Output::Words(_, kind) => {
            let view = plan::words_page(&site, *kind);
            rendered("section.html", View::Page(&view), &config)
        }
        Output::Word(_, kind, permalink, number) => {
            let author = match kind {
                Taxonomy::Authors => author(db, language, &site, permalink),
                Taxonomy::Tags | Taxonomy::Series => None,
            };
            let view = plan::word_page(&site, *kind, permalink, *number, author.as_ref())?;
            rendered("section.html", View::Page(&view), &config)
        }
        Output::FeedOf(owner, FeedFormat::Atom) => {
            let channel = plan::channel(&site, owner)?;
            let view = plan::feed_of(&site, &channel, &|source| page_at(db, source));
            rendered("atom.xml", View::Feed(&view), &config)
        }
        Output::FeedOf(owner, FeedFormat::Json) => {
            let channel = plan::channel(&site, owner)?;
            let feed = plan::json_feed_of(&site, &channel, &|source| page_at(db, source));
            Some(Ok(Content::from(feed)))
        }
        Output::Embed(source, part) => {
            let view = plan::embed(&site, &*page_at(db, source)?, part)?;
            rendered("embed.html", View::Page(&view), source)
        }
        Output::OEmbed(source, part) => {
            let answer = plan::oembed(&site, &*page_at(db, source)?, part)?;
            Some(Ok(Content::from(format!("{answer:#}\n"))))
        }
        Output::Redirect(source) => {
            let head = names.head(source)?;
            let mut aliases = head.aliases.iter();
            let from = aliases.find(|alias| alias.output_path() == *path)?;
            let view = plan::redirect(&site, &head, from);
            rendered("redirect.html", View::Redirect(&view), source)
        }
        Output::Card(source) => {
            let head = names.head(source)?;
            if let Some(photo) = plan::photo(&site, &head) {
                return assets::shared(db, &photo.source, photo.focus);
            }
            let subject = plan::card_subject(&head, &|source| page_at(db, source));
            let card = plan::card(&site, &head, subject.as_ref())?;
            Some(Ok(Content::from(card.draw(site.fonts)?)))
        }
        Output::Picture(source, number) => assets::picture(db, source, *number),
        Output::NotFound => rendered("404.html", View::Page(&plan::not_found(&site)), &config),
        Output::Handout(_, folder) => {
            let view = plan::handout(&site, folder, &pages_of(db, &site, folder))?;
            let source = site.outline.index_of(folder)?.source.clone();
            rendered("handout.html", View::Page(&view), &source)
        }
        Output::Changes(_) => {
            let view = plan::changes(&site, &|source| page_at(db, source));
            rendered("changes.html", View::Page(&view), &config)
        }
        Output::ChangesFeed(_, format) => {
            let view = plan::changes_feed(&site, &|source| page_at(db, source));
            match format {
                FeedFormat::Atom => rendered("atom.xml", View::Feed(&view), &config),
                FeedFormat::Json => Some(Ok(Content::from(plan::as_json(&site, &view)))),
            }
        }
        Output::Search(_) => rendered("search.html", View::Page(&plan::search(&site)), &config),
        Output::Feed(_) => {
            let view = plan::feed(&site, &|source| page_at(db, source));
            rendered("atom.xml", View::Feed(&view), &config)
        }
        Output::JsonFeed(_) => {
            let feed = plan::json_feed(&site, &|source| page_at(db, source));
            Some(Ok(Content::from(feed)))
        }
        Output::Sitemap => {
            let view = in_all_languages(db, |outlines| plan::sitemap(&site, outlines));
            rendered("sitemap.xml", View::Sitemap(&view), &config)
        }
        Output::SitemapPart(number) => {
            let part = |outlines: &[&dyn Outline]| plan::sitemap_part(&site, outlines, *number);
            let view = in_all_languages(db, part)?;
            rendered("sitemap.xml", View::Sitemap(&view), &config)
        }
        Output::Robots => rendered("robots.txt", View::Nothing, &config),
        Output::SearchFile(..)
        | Output::SearchPage(_)
        | Output::EmbedScript
        | Output::NoJekyll
        | Output::Cname
        | Output::Headers
        | Output::Redirects
        | Output::File(_)
        | Output::Colors
        | Output::Data(..) => written(db, &site, output).map(Ok),
    }
}

/// The author with an address among the people at the top of the site, and the page that they are on.
fn author(
    db: &dyn Db,
    language: Language,
    site: &SiteContext<'_>,
    permalink: &Permalink,
) -> Option<(Arc<Page>, Arc<Person>)> {
    let authors = site.outline.groupings(Taxonomy::Authors);
    let name = &authors.at(permalink)?.name;
    let top = directory_in(db, language, CONTENT)?;
    let pages = pages_in(db, top).filter(|page| may_hold_records(db, *page));
    let mut pages = pages.filter_map(|file| page(db, file));
    pages.find_map(|page| {
        let mut people = page.records.people.iter();
        let person = people.find(|person| person.name == *name)?.clone();
        Some((page, person))
    })
}

/// The pages of an explainer that can be read, in reading order.
fn pages_of(db: &dyn Db, site: &SiteContext<'_>, folder: &str) -> Vec<Arc<Page>> {
    let heads = site.outline.pages_of(folder);
    let pages = heads.iter().filter_map(|head| page_at(db, &head.source));
    pages.collect()
}

/// An output that needs no template.
fn written(db: &dyn Db, site: &SiteContext<'_>, output: &Output) -> Option<Content> {
    match output {
        Output::SearchFile(language, file) => {
            let index = search_index(db, Project::get(db), *language).as_ref()?;
            index.file(*file).map(Content::from)
        }
        Output::SearchPage(source) => {
            let entry = plan::search_entry(site, &*page_at(db, source)?);
            Some(Content::from(entry.file()))
        }
        Output::NoJekyll => Some(Content::from(Vec::new())),
        Output::EmbedScript => Some(Content::from(plan::EMBED_SCRIPT.to_owned())),
        Output::Cname => {
            let cname = site.config.cname.as_ref()?;
            Some(Content::from(format!("{cname}\n")))
        }
        Output::Headers => Some(Content::from(plan::headers(site, has_own_policy(db)))),
        Output::Redirects => plan::redirects(site).map(Content::from),
        Output::File(source) => assets::content(db, source),
        Output::Colors => plan::colors(site.config).map(|(_, css)| Content::from(css)),
        Output::Data(_, folder, file) => {
            plan::data(site, *file, &pages_of(db, site, folder)).map(Content::from)
        }
        _ => None,
    }
}

/// The search index of all pages. A page with faults keeps its number, but nothing is found on it.
#[salsa::tracked(no_eq)]
fn search_index(db: &dyn Db, _project: Project, language: Language) -> Option<SearchIndex> {
    let names = Names(db, language);
    let site = context(db, &names)?;
    let heads = names.heads();
    let mut index = IndexBuilder::new(heads.len());
    for head in &*heads {
        match page_at(db, &head.source) {
            Some(page) => {
                let entry = plan::search_entry(&site, &page);
                index.add(entry.titles(), entry.texts());
            }
            None => index.add([], []),
        }
    }
    Some(index.finish())
}

/// Renders a view with a template on behalf of a source.
fn render(
    db: &dyn Db,
    language: Language,
    template: &str,
    view: View<'_>,
    source: &SourcePath,
) -> Produced {
    let project = Project::get(db);
    let templates = templates(db, project, language)?;
    let shared = shared(db, project, language).as_ref()?;
    let bytes = templates.render(template, shared, view, &Place::file(source));
    Some(bytes.map(Content::from))
}

/// Whether a template of the project may itself say what pages are allowed to load.
fn has_own_policy(db: &dyn Db) -> bool {
    let templates = files_below(db, "templates").into_iter();
    let mut templates = templates.map(|(_, template)| template.source(db));
    templates.any(|file| {
        let text = String::from_utf8_lossy(&file.bytes);
        // The theme's block with the policy, and the files that contain it.
        text.contains("block csp")
            || text.to_lowercase().contains("content-security-policy")
            || matches!(
                file.path.as_str(),
                "templates/partials/csp.html" | "templates/base.html"
            )
    })
}
