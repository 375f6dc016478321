//! The names of all outputs, and the view of each that isn't a page.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::config::Config;
use crate::model::{Asset, Language, Outline, PageHead, Picture, Taxonomy};
use crate::plan::FindPage;
use crate::plan::addresses::Claim;
use crate::plan::card::{self, card, card_subject};
use crate::plan::context::{SiteContext, address_of_folder};
use crate::plan::embed::{self, Part};
use crate::plan::feed::{FeedFormat, FeedOwner};
use crate::plan::listing::ListingPart;
use crate::plan::search::{self, SearchFile};
use crate::plan::view::RedirectView;
use crate::plan::{DataFile, changes};
use crate::project::{ContentHash, OutputPath, Permalink, SourcePath};
use crate::theme;

/// One output, identified by what it is made from.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Output {
    /// A page, by its source.
    Page(SourcePath),
    /// The generated page of a folder that has none, identified by the source that it would have.
    Section(SourcePath),
    /// A further page of a folder's list, by the source of the folder's page.
    Listing(SourcePath, ListingPart),
    /// The list of all words of a kind of a language.
    Words(Language, Taxonomy),
    /// The pages of a language that a word groups: the word's address, and the page of the list, from 1.
    Word(Language, Taxonomy, Permalink, usize),
    /// The feed of a section or of a word.
    FeedOf(FeedOwner, FeedFormat),
    /// An old address of a page, by the page's source.
    Redirect(SourcePath),
    /// A part of a page as a page of its own, by the page's source.
    Embed(SourcePath, Part),
    /// The description of such a part for other sites (oEmbed).
    OEmbed(SourcePath, Part),
    /// The picture that represents a page where its address is shared, by the page's source.
    Card(SourcePath),
    /// A file that is published unchanged, by its source.
    File(SourcePath),
    /// A smaller size of a picture, by the picture's source and its number, from small to large.
    Picture(SourcePath, usize),
    /// Records of an explainer in a language, by its folder.
    Data(Language, Arc<str>, DataFile),
    /// All of an explainer in a language on one page, for paper, by its folder.
    Handout(Language, Arc<str>),
    /// The stylesheet with the site's own colors.
    Colors,
    /// The page for unknown addresses.
    NotFound,
    /// The feed of the newest pages of a language.
    Feed(Language),
    /// The same feed as JSON.
    JsonFeed(Language),
    /// The page of all changes in a language.
    Changes(Language),
    /// The feed of all changes in a language.
    ChangesFeed(Language, FeedFormat),
    /// The search page of a language.
    Search(Language),
    /// A file of the search index about all pages of a language.
    SearchFile(Language, SearchFile),
    /// What the search shows of one page, by the page's source.
    SearchPage(SourcePath),
    /// The script of embeds.
    EmbedScript,
    /// The list of all pages, or of its parts if there are very many.
    Sitemap,
    /// A part of the list of all pages, by its number, from 1.
    SitemapPart(usize),
    /// Rules for robots.
    Robots,
    /// The file that tells GitHub Pages to publish files unchanged.
    NoJekyll,
    /// The site's own domain, for GitHub Pages.
    Cname,
    /// HTTP headers, for hosts other than GitHub Pages.
    Headers,
    /// Old addresses, for hosts other than GitHub Pages.
    Redirects,
}

impl Output {
    /// Whether a template makes it, so that it can fail.
    pub fn has_template(&self) -> bool {
        match self {
            Self::Page(_)
            | Self::Section(_)
            | Self::Listing(..)
            | Self::Words(..)
            | Self::Word(..)
            | Self::FeedOf(_, FeedFormat::Atom)
            | Self::Embed(..)
            | Self::Redirect(_)
            | Self::NotFound
            | Self::Handout(..)
            | Self::Changes(_)
            | Self::ChangesFeed(_, FeedFormat::Atom)
            | Self::Search(_)
            | Self::Feed(_)
            | Self::Sitemap
            | Self::SitemapPart(_)
            | Self::Robots => true,
            Self::Card(_)
            | Self::OEmbed(..)
            | Self::FeedOf(_, FeedFormat::Json)
            | Self::ChangesFeed(_, FeedFormat::Json)
            | Self::JsonFeed(_)
            | Self::Data(..)
            | Self::SearchFile(..)
            | Self::SearchPage(_)
            | Self::Colors
            | Self::EmbedScript
            | Self::File(_)
            | Self::Picture(..)
            | Self::NoJekyll
            | Self::Cname
            | Self::Headers
            | Self::Redirects => false,
        }
    }
}

/// The files and pages of one folder, and the smaller sizes of its pictures, each at the path that its address comes to.
pub fn claims<'a>(
    files: impl IntoIterator<Item = (&'a SourcePath, &'a Asset)>,
    pages: impl IntoIterator<Item = &'a Arc<PageHead>>,
) -> Vec<Claim> {
    let files = files.into_iter().flat_map(|(source, asset)| {
        let path = asset.permalink.output_path();
        let file = (path, Output::File(source.clone()));
        let smaller = match &asset.picture {
            Some(Picture::Sized(pixels)) => &*pixels.smaller,
            Some(Picture::Broken(_)) | None => &[],
        };
        let smaller = smaller.iter().enumerate().map(|(number, one)| {
            let output = Output::Picture(source.clone(), number);
            (one.permalink.output_path(), output)
        });
        std::iter::once(file).chain(smaller)
    });
    let pages = pages.into_iter().map(|head| {
        let path = head.permalink.output_path();
        let source = head.source.clone();
        let output = if head.is_generated {
            Output::Section(source)
        } else {
            Output::Page(source)
        };
        (path, output)
    });
    files.chain(pages).collect()
}

/// The old addresses of pages, then the data of explainers, including any that share a path.
pub fn redirects_and_data(outline: &dyn Outline) -> Vec<Claim> {
    let mut claims = Vec::new();
    for head in &*outline.heads() {
        claims.extend(redirects_to(head));
    }
    for folder in &*outline.explainers() {
        let Some(explainer) = address_of_folder(outline, folder) else {
            continue;
        };
        for file in DataFile::ALL {
            let path = file.permalink(explainer.as_str()).output_path();
            claims.push((path, Output::Data(outline.language(), folder.clone(), file)));
        }
    }
    claims
}

/// The outputs requested in `site.yaml`, by path.
pub fn extras(site: &SiteContext<'_>) -> BTreeMap<OutputPath, Output> {
    let SiteContext {
        config, outline, ..
    } = *site;
    let mut extras = BTreeMap::new();
    let mut add = |path: OutputPath, output: Output| {
        extras.insert(path, output);
    };
    let (home, language) = (outline.home(), site.language);
    let below = |name: &str| OutputPath::new(format!("{}{name}", home.as_str()));
    if config.search {
        let path = search::permalink(&home).output_path();
        add(path, Output::Search(language));
    }
    if has_feed(site) {
        add(below("atom.xml"), Output::Feed(language));
        add(below("feed.json"), Output::JsonFeed(language));
    }
    if !outline.with_notices().is_empty() {
        let page = changes::changes_permalink(&home);
        add(page.output_path(), Output::Changes(language));
        if changes::has_feed(site) {
            for format in FeedFormat::ALL {
                let feed = Permalink::new(format!("{}{}", page.as_str(), format.file()));
                add(feed.output_path(), Output::ChangesFeed(language, format));
            }
        }
    }
    if !language.is_main() {
        return extras;
    }
    add(OutputPath::new("404.html"), Output::NotFound);
    add(OutputPath::new("robots.txt"), Output::Robots);
    add(OutputPath::new(".nojekyll"), Output::NoJekyll);
    if let Some((permalink, _)) = colors(config) {
        add(permalink.output_path(), Output::Colors);
    }
    if config.base_url.is_some() {
        add(OutputPath::new("sitemap.xml"), Output::Sitemap);
        if config.embeds && config.embed_script {
            add(OutputPath::new(embed::SCRIPT_NAME), Output::EmbedScript);
        }
    }
    if config.cname.is_some() {
        add(OutputPath::new("CNAME"), Output::Cname);
    }
    if config.headers {
        add(OutputPath::new("_headers"), Output::Headers);
        if outline.heads().iter().any(|head| !head.aliases.is_empty()) {
            add(OutputPath::new("_redirects"), Output::Redirects);
        }
    }
    extras
}

/// The files of the search index, by path; empty without a search.
pub fn search_files(site: &SiteContext<'_>) -> BTreeMap<OutputPath, Output> {
    if !site.config.search {
        return BTreeMap::new();
    }
    let (home, heads) = (site.outline.home(), site.outline.heads());
    let files = search::files(heads.len());
    let files = files.map(|file| {
        let output = Output::SearchFile(site.language, file);
        (file.path(&home), output)
    });
    let pages = heads.iter().enumerate().map(|(number, head)| {
        let output = Output::SearchPage(head.source.clone());
        (search::page_path(&home, number), output)
    });
    files.chain(pages).collect()
}

/// The picture of a page; `None` if the site has none.
pub fn card_of(site: &SiteContext<'_>, head: &PageHead, page: &FindPage<'_>) -> Option<Claim> {
    let subject = card_subject(head, page);
    let permalink = match card::photo(site, head) {
        Some(photo) => card::photo_permalink(head, &photo),
        None => card::permalink(site, head, &card(site, head, subject.as_ref())?),
    };
    Some((permalink.output_path(), Output::Card(head.source.clone())))
}

/// The redirects from the old addresses of a page, by path.
pub fn redirects_to(head: &PageHead) -> impl Iterator<Item = Claim> {
    let aliases = head.aliases.iter();
    aliases.map(|alias| (alias.output_path(), Output::Redirect(head.source.clone())))
}

/// The embeds of these parts of a page and their descriptions, by path. Of no use without a `base_url`, since other sites
/// couldn't link to them.
pub fn embeds_of(head: &PageHead, parts: &[Part]) -> impl Iterator<Item = Claim> {
    parts.iter().flat_map(|part| {
        let page = embed::permalink(head, part).output_path();
        let answer = embed::oembed_permalink(head, part).output_path();
        let source = &head.source;
        [
            (page, Output::Embed(source.clone(), part.clone())),
            (answer, Output::OEmbed(source.clone(), part.clone())),
        ]
    })
}

/// The stylesheet with the site's own colors, and its address; `None` if the site uses those of the theme.
pub fn colors(config: &Config) -> Option<(Permalink, String)> {
    let css = theme::colors::stylesheet(&config.colors)?;
    let hash = ContentHash::of(css.as_bytes()).short();
    Some((Permalink::new(format!("colors.{hash}.css")), css))
}

/// Whether there is a feed: it needs absolute addresses and pages with a date.
pub fn has_feed(site: &SiteContext<'_>) -> bool {
    let config = site.config;
    config.feeds && config.base_url.is_some() && site.outline.is_dated()
}

/// The view of a redirect from an alias to its page.
pub fn redirect(site: &SiteContext<'_>, head: &PageHead, from: &Permalink) -> RedirectView {
    RedirectView {
        href: head.permalink.link_from(from, site.link_style()),
        canonical: site.absolute(&head.permalink),
        title: head.title.clone(),
    }
}
