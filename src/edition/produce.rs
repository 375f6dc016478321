//! How does an output come to be? The one place where a plan meets the templates.

use std::sync::Arc;

use super::Edition;
use crate::assets;
use crate::diag::{Diagnostic, Place};
use crate::model::Page;
use crate::output::Content;
use crate::plan::{self, Output, SearchIndex, SiteContext};
use crate::project::{OutputPath, SourcePath};
use crate::render::{Shared, View};
use crate::setup::CONFIG;
use crate::theme;

impl Edition {
    /// Makes one output. `None` if something that it needs can't be used.
    ///
    /// # Errors
    ///
    /// The fault of the template, with the content that asked for it.
    pub(super) fn produce(
        &self,
        path: &OutputPath,
        output: &Output,
    ) -> Option<Result<Content, Box<Diagnostic>>> {
        let site = self.setup.context(&self.outline.value, &self.ledger)?;
        let templates = self.setup.templates()?;
        let shared = self.shared()?;
        let made = |template: &str, view: View<'_>, source: &SourcePath| {
            let bytes = templates.render(template, shared, view, &Place::file(source));
            Some(bytes.map(Content::from))
        };
        let config = SourcePath::new(CONFIG);
        match output {
            Output::Page(source) => {
                let page = &self.page(source)?.value;
                let below = match plan::looks_around(page) {
                    true => self.below(source.folder()),
                    false => Vec::new(),
                };
                let view = plan::page(&site, page, &below);
                made(&page.head.template, View::Page(&view), source)
            }
            Output::Embed(source, part) => {
                let page = &self.page(source)?.value;
                let view = plan::embed(&site, page, part)?;
                made("embed.html", View::Page(&view), source)
            }
            Output::OEmbed(source, part) => {
                let page = &self.page(source)?.value;
                let answer = plan::oembed(&site, page, part)?;
                Some(Ok(Content::from(format!("{answer:#}\n"))))
            }
            Output::Redirect(source) => {
                let head = self.outline.value.heads.get(source)?;
                let from = head
                    .aliases
                    .iter()
                    .find(|alias| alias.output_path() == *path)?;
                let view = plan::redirect(&site, head, from);
                made("redirect.html", View::Redirect(&view), source)
            }
            Output::Card(source) => {
                let head = self.outline.value.heads.get(source)?;
                let draw = || plan::card(&site, head)?.draw().map(Arc::from);
                self.cards
                    .get(path, draw)
                    .map(|bytes| Ok(Content::from(bytes)))
            }
            Output::NotFound => {
                let view = plan::not_found(&site);
                made("404.html", View::Page(&view), &config)
            }
            Output::Search => {
                let view = plan::search(&site);
                made("search.html", View::Page(&view), &config)
            }
            Output::SearchFile(file) => {
                let index = self.search.get_or_init(|| self.search_index(&site));
                index.file(*file).map(|bytes| Ok(Content::from(bytes)))
            }
            Output::SearchPage(source) => {
                let page = &self.page(source)?.value;
                let entry = plan::search_entry(&site, page);
                Some(Ok(Content::from(entry.file())))
            }
            Output::Feed => made("atom.xml", View::Feed(&plan::feed(&site)), &config),
            Output::Sitemap => made("sitemap.xml", View::Sitemap(&plan::sitemap(&site)), &config),
            Output::Robots => made("robots.txt", View::Nothing, &config),
            Output::NoJekyll => Some(Ok(Content::from(Vec::new()))),
            Output::Cname => {
                let cname = site.config.cname.as_ref()?;
                Some(Ok(Content::from(format!("{cname}\n"))))
            }
            Output::Headers => {
                let policy = theme::policy().filter(|_| !self.has_own_policy());
                Some(Ok(Content::from(plan::headers(&site, policy))))
            }
            Output::Redirects => plan::redirects(&site).map(|text| Ok(Content::from(text))),
            Output::File(source) => assets::content(&self.snapshot, source).map(Ok),
            Output::Colors => {
                let (_, css) = plan::colors(site.config)?;
                Some(Ok(Content::from(css)))
            }
            Output::Data(folder, file) => {
                let heads = self.outline.value.pages_of(folder).into_iter();
                let pages = heads.filter_map(|head| self.page(&head.source));
                let pages: Vec<Arc<Page>> = pages.map(|page| page.value.clone()).collect();
                plan::data(&site, *file, &pages).map(|bytes| Ok(Content::from(bytes)))
            }
        }
    }

    /// The index of all pages. A page with faults keeps its number, and nothing is found on it.
    fn search_index(&self, site: &SiteContext<'_>) -> SearchIndex {
        let heads = &self.outline.value.heads;
        let mut index = SearchIndex::new(heads.len());
        for source in heads.keys() {
            match self.page(source) {
                Some(page) => {
                    let entry = plan::search_entry(site, &page.value);
                    index.add(entry.titles(), entry.texts());
                }
                None => index.add([], []),
            }
        }
        index
    }

    /// Whether a template of the project's may say by itself what pages may load.
    fn has_own_policy(&self) -> bool {
        let mut templates = self.snapshot.below("templates");
        templates.any(|file| {
            let text = String::from_utf8_lossy(&file.bytes);
            // The block of the theme's that holds the policy, and the files that it stands in.
            text.contains("block csp")
                || text.to_lowercase().contains("content-security-policy")
                || matches!(
                    file.path.as_str(),
                    "templates/partials/csp.html" | "templates/base.html"
                )
        })
    }

    /// The pages in a folder and further down, in the order of their files.
    pub(super) fn below(&self, folder: &str) -> Vec<Arc<Page>> {
        let prefix = format!("{folder}/");
        let heads = self.outline.value.heads.range(SourcePath::new(&prefix)..);
        heads
            .map(|(source, _)| source)
            .take_while(|source| source.as_str().starts_with(&prefix))
            .filter_map(|source| self.page(source))
            .map(|page| page.value)
            .collect()
    }

    /// What all pages share, ready for the templates.
    fn shared(&self) -> Option<&Shared> {
        let has_feed = self.outputs.has_feed();
        let shared = || {
            self.setup
                .shared(&self.outline.value, &self.ledger, has_feed)
        };
        self.shared.get_or_init(shared).as_ref()
    }
}
