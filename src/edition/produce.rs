//! Makes outputs. This is the only place where plans meet templates.

use std::sync::Arc;

use super::assets;
use super::inputs::{Db, File, Project, files_below};
use super::names::Names;
use super::outputs::rendered_of;
use super::pages::{checked_below, page_at};
use super::shared::{context, shared, templates};
use crate::config::CONFIG;
use crate::diag::{Diagnostic, Place};
use crate::model::{Outline as _, Page};
use crate::output::Content;
use crate::plan::{self, FeedFormat, IndexBuilder, Output, SearchIndex, SiteContext};
use crate::project::{OutputPath, SourcePath};
use crate::render::View;
use crate::theme;

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
    let names = Names(db);
    let site = context(db, &names)?;
    let config = SourcePath::new(CONFIG);
    match output {
        Output::Page(source) | Output::Section(source) => {
            let page = page_at(db, source)?;
            let below = if plan::looks_around(&page) {
                checked_below(db, source.folder())
            } else {
                Vec::new()
            };
            let view = plan::page(&site, &page, &below);
            rendered(db, &page.head.template, View::Page(&view), source)
        }
        Output::Listing(source, part) => {
            let view = plan::listing_page(&site, &*names.head(source)?, *part)?;
            rendered(db, "section.html", View::Page(&view), source)
        }
        Output::Words(kind) => {
            let view = plan::words_page(&site, *kind);
            rendered(db, "section.html", View::Page(&view), &config)
        }
        Output::Word(kind, permalink, number) => {
            let view = plan::word_page(&site, *kind, permalink, *number)?;
            rendered(db, "section.html", View::Page(&view), &config)
        }
        Output::FeedOf(owner, FeedFormat::Atom) => {
            let channel = plan::channel(&site, owner)?;
            let view = plan::feed_of(&site, &channel, &|source| page_at(db, source));
            rendered(db, "atom.xml", View::Feed(&view), &config)
        }
        Output::FeedOf(owner, FeedFormat::Json) => {
            let channel = plan::channel(&site, owner)?;
            let feed = plan::json_feed_of(&site, &channel, &|source| page_at(db, source));
            Some(Ok(Content::from(feed)))
        }
        Output::Embed(source, part) => {
            let view = plan::embed(&site, &*page_at(db, source)?, part)?;
            rendered(db, "embed.html", View::Page(&view), source)
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
            rendered(db, "redirect.html", View::Redirect(&view), source)
        }
        Output::Card(source) => {
            let head = names.head(source)?;
            if let Some(photo) = plan::photo(&site, &head) {
                return assets::shared(db, &photo.source, photo.focus);
            }
            Some(Ok(Content::from(plan::card(&site, &head)?.draw()?)))
        }
        Output::Picture(source, number) => assets::picture(db, source, *number),
        Output::NotFound => rendered(db, "404.html", View::Page(&plan::not_found(&site)), &config),
        Output::Search => rendered(db, "search.html", View::Page(&plan::search(&site)), &config),
        Output::Feed => {
            let view = plan::feed(&site, &|source| page_at(db, source));
            rendered(db, "atom.xml", View::Feed(&view), &config)
        }
        Output::JsonFeed => {
            let feed = plan::json_feed(&site, &|source| page_at(db, source));
            Some(Ok(Content::from(feed)))
        }
        Output::Sitemap => rendered(
            db,
            "sitemap.xml",
            View::Sitemap(&plan::sitemap(&site)),
            &config,
        ),
        Output::Robots => rendered(db, "robots.txt", View::Nothing, &config),
        Output::SearchFile(_)
        | Output::SearchPage(_)
        | Output::NoJekyll
        | Output::Cname
        | Output::Headers
        | Output::Redirects
        | Output::File(_)
        | Output::Colors
        | Output::Data(..) => written(db, &site, output).map(Ok),
    }
}

/// An output that needs no template.
fn written(db: &dyn Db, site: &SiteContext<'_>, output: &Output) -> Option<Content> {
    match output {
        Output::SearchFile(file) => {
            let index = search_index(db, Project::get(db)).as_ref()?;
            index.file(*file).map(Content::from)
        }
        Output::SearchPage(source) => {
            let entry = plan::search_entry(site, &*page_at(db, source)?);
            Some(Content::from(entry.file()))
        }
        Output::NoJekyll => Some(Content::from(Vec::new())),
        Output::Cname => {
            let cname = site.config.cname.as_ref()?;
            Some(Content::from(format!("{cname}\n")))
        }
        Output::Headers => {
            let policy = theme::policy().filter(|_| !has_own_policy(db));
            Some(Content::from(plan::headers(site, policy)))
        }
        Output::Redirects => plan::redirects(site).map(Content::from),
        Output::File(source) => assets::content(db, source),
        Output::Colors => plan::colors(site.config).map(|(_, css)| Content::from(css)),
        Output::Data(folder, file) => {
            let heads = site.outline.pages_of(folder);
            let pages = heads.iter().filter_map(|head| page_at(db, &head.source));
            let pages: Vec<Arc<Page>> = pages.collect();
            plan::data(site, *file, &pages).map(Content::from)
        }
        _ => None,
    }
}

/// The search index of all pages. A page with faults keeps its number, but nothing is found on it.
#[salsa::tracked(no_eq)]
fn search_index(db: &dyn Db, _project: Project) -> Option<SearchIndex> {
    let names = Names(db);
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
fn rendered(db: &dyn Db, template: &str, view: View<'_>, source: &SourcePath) -> Produced {
    let project = Project::get(db);
    let templates = templates(db, project)?;
    let shared = shared(db, project).as_ref()?;
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
