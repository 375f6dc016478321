//! The inputs for the views of one page, and the citations that are numbered on the way.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::config::Config;
use crate::evidence::Ledger;
use crate::model::{Anchor, Foreign, Language, Outline, Page, PageHead, Source, SourceRef, Term};
use crate::plan::card::CardFonts;
use crate::plan::uses::{self, Uses};
use crate::plan::view::SourceRefView;
use crate::plan::{DataFile, LanguageHome, Links, Locale, Phrases, Words};
use crate::project::{LinkStyle, Permalink};

/// What all pages of a site have in common.
pub struct SiteContext<'a> {
    /// The site's settings, as they are for the language.
    pub config: &'a Config,
    /// The language that all of it is in.
    pub language: Language,
    /// The tag of the site's main language (BCP 47).
    pub main_tag: &'a str,
    /// The languages that have pages; empty if there is but one.
    pub languages: &'a [LanguageHome],
    /// The names and addresses of everything.
    pub outline: &'a dyn Outline,
    /// The links in the header and at the bottom of every page.
    pub links: &'a Links,
    /// How the language writes numbers and dates.
    pub locale: &'a Locale,
    /// The interface's words.
    pub words: &'a Words,
    /// The results of verification.
    pub ledger: &'a Ledger,
    /// The fonts of the cards.
    pub fonts: &'a CardFonts,
}

impl SiteContext<'_> {
    pub(super) fn phrases(&self) -> Phrases<'_> {
        Phrases {
            locale: self.locale,
            words: self.words,
        }
    }

    pub(super) fn link_style(&self) -> LinkStyle {
        if self.config.pretty_urls {
            LinkStyle::Pretty
        } else {
            LinkStyle::File
        }
    }

    /// Words of a page, marked if the page is in another language than what shows them: in the main one, which is that of
    /// the pages that nobody has translated.
    pub(super) fn words_of<'h>(&self, head: &PageHead, words: &'h str) -> Cow<'h, str> {
        match head.language == self.language || Foreign::of(words).is_some() {
            true => Cow::Borrowed(words),
            false => {
                let tag = self.main_tag;
                Cow::Owned(Foreign { tag, words }.to_string())
            }
        }
    }

    /// The absolute form of an address; `None` without a `base_url`.
    pub(super) fn absolute(&self, permalink: &Permalink) -> Option<String> {
        let base = self.config.base_url.as_ref()?;
        Some(format!("{base}{}", permalink.as_str()))
    }
}

/// Where the view of a page, or of a part of it, is shown.
#[derive(Clone, Debug)]
enum Place<'a> {
    /// At the page's own address.
    Page,
    /// At another address, without the rest of the page: an embed, a list of changes.
    Frame(Permalink),
    /// At another address, together with the other pages of its explainer.
    Handout(Permalink),
    /// On another site, such as in a feed reader, so that links need the address of this one.
    Abroad(&'a str),
}

/// The state while the view of one page is made.
pub(super) struct PageContext<'a> {
    pub(super) site: &'a SiteContext<'a>,
    pub(super) page: &'a Page,
    /// The pages in the page's folder and further down, if it shows their contents.
    pub(super) below: &'a [Arc<Page>],
    shown: Place<'a>,
    sources: Vec<Arc<Source>>,
    numbers: BTreeMap<Anchor, usize>,
    /// The records that the prose shows.
    placed: BTreeSet<Anchor>,
    /// The terms explained in place so far, and the one whose link isn't closed yet.
    explained: Vec<Arc<Term>>,
    unclosed: Option<Arc<Term>>,
    /// For each source, the anchors in prose that lead to it.
    marks: Vec<Vec<String>>,
    /// What uses the sources of the page; computed when the first of them is shown.
    uses: OnceCell<BTreeMap<Anchor, Uses>>,
}

impl<'a> PageContext<'a> {
    pub(super) fn new(site: &'a SiteContext<'a>, page: &'a Page, below: &'a [Arc<Page>]) -> Self {
        Self {
            site,
            page,
            below,
            shown: Place::Page,
            sources: Vec::new(),
            numbers: BTreeMap::new(),
            placed: BTreeSet::new(),
            explained: Vec::new(),
            unclosed: None,
            marks: Vec::new(),
            uses: OnceCell::new(),
        }
    }

    /// A context for a part of a page that is shown at another address, in a frame without the rest of the page.
    pub(super) fn framed(site: &'a SiteContext<'a>, page: &'a Page, from: Permalink) -> Self {
        Self {
            shown: Place::Frame(from),
            ..Self::new(site, page, &[])
        }
    }

    /// A context for a page that is shown at another address together with others, and with a list of their sources.
    pub(super) fn gathered(
        site: &'a SiteContext<'a>,
        page: &'a Page,
        below: &'a [Arc<Page>],
        from: Permalink,
    ) -> Self {
        Self {
            shown: Place::Handout(from),
            ..Self::new(site, page, below)
        }
    }

    /// The context for the next of the gathered pages: its sources go on with the numbers of those before, and what was
    /// shown isn't shown again.
    pub(super) fn next(self, page: &'a Page) -> Self {
        Self {
            placed: self.placed,
            sources: self.sources,
            numbers: self.numbers,
            marks: self.marks,
            shown: self.shown,
            ..Self::new(self.site, page, self.below)
        }
    }

    /// A context for the text of a page that is shown elsewhere, without the rest of the page: all its links are absolute.
    pub(super) fn abroad(site: &'a SiteContext<'a>, page: &'a Page, base: &'a str) -> Self {
        Self {
            shown: Place::Abroad(base),
            ..Self::new(site, page, &[])
        }
    }

    /// Whether the view is shown anywhere but at the page's own address.
    pub(super) fn is_elsewhere(&self) -> bool {
        !matches!(self.shown, Place::Page)
    }

    /// Whether the view is shown together with the other pages of its explainer.
    pub(super) fn is_gathered(&self) -> bool {
        matches!(self.shown, Place::Handout(_))
    }

    /// Whether the whole page is shown, with a list of its numbered sources at the end.
    pub(super) fn is_whole(&self) -> bool {
        matches!(self.shown, Place::Page | Place::Handout(_))
    }

    /// The address from which links lead: where the view is shown or, on another site, the page's own.
    fn from(&self) -> &Permalink {
        match &self.shown {
            Place::Page | Place::Abroad(_) => &self.page.head.permalink,
            Place::Frame(from) | Place::Handout(from) => from,
        }
    }

    /// The link from this page to an address.
    pub(super) fn link(&self, permalink: &Permalink) -> String {
        match self.shown {
            Place::Abroad(base) => format!("{base}{}", permalink.as_str()),
            Place::Page | Place::Frame(_) | Place::Handout(_) => {
                permalink.link_from(self.from(), self.site.link_style())
            }
        }
    }

    /// The link to a place of this page that isn't a record.
    pub(super) fn link_here(&self, fragment: &str) -> String {
        self.link_to(self.from(), fragment)
    }

    /// The link from this page to a record or heading.
    pub(super) fn link_to(&self, permalink: &Permalink, fragment: &str) -> String {
        if permalink == self.from() && !matches!(self.shown, Place::Abroad(_)) {
            format!("#{fragment}")
        } else {
            format!("{}#{fragment}", self.link(permalink))
        }
    }

    /// The link from this page to where a record is.
    pub(super) fn link_to_record(&self, anchor: &Anchor) -> String {
        self.link_to(&anchor.page, anchor.id.as_str())
    }

    /// What uses a source of the page.
    pub(super) fn uses_of(&self, source: &Source) -> Uses {
        let uses = self.uses.get_or_init(|| uses::of_sources(self));
        uses.get(&source.anchor).cloned().unwrap_or_default()
    }

    /// The address of a data file of the page's explainer; `None` outside one.
    pub(super) fn data_address(&self, file: DataFile) -> Option<Permalink> {
        let outline = self.site.outline;
        let folder = outline.explainer_of(&self.page.head.source)?;
        let explainer = address_of_folder(outline, &folder)?;
        Some(file.permalink(explainer.as_str()))
    }

    /// The link to a data file of the page's explainer; `None` outside one.
    pub(super) fn data_link(&self, file: DataFile) -> Option<String> {
        Some(self.link(&self.data_address(file)?))
    }

    pub(super) fn is_home(&self, anchor: &Anchor) -> bool {
        anchor.page == *self.from()
    }

    /// Whether a record is shown here: this is its page, and the prose doesn't show it. Records that it has been shown.
    pub(super) fn place(&mut self, anchor: &Anchor) -> bool {
        self.placed.insert(anchor.clone()) && self.is_home(anchor)
    }

    /// Whether the prose already shows a record.
    pub(super) fn is_placed(&self, anchor: &Anchor) -> bool {
        self.placed.contains(anchor)
    }

    /// Records that a link to a term starts. The first one on a page gets an explanation.
    pub(super) fn open_term(&mut self, id: &str) {
        let is_new = |term: &&Arc<Term>| {
            term.anchor.id.as_str() == id
                && !self.is_home(&term.anchor)
                && !self
                    .explained
                    .iter()
                    .any(|known| known.anchor == term.anchor)
        };
        self.unclosed = if self.is_elsewhere() {
            None
        } else {
            self.page.mentioned.iter().find(is_new).cloned()
        };
    }

    /// Whether a link to a term that needs an explanation is open.
    pub(super) fn has_open_term(&self) -> bool {
        self.unclosed.is_some()
    }

    /// The term to explain after the link that ends here.
    pub(super) fn close_term(&mut self) -> Option<Arc<Term>> {
        let term = self.unclosed.take()?;
        self.explained.push(term.clone());
        Some(term)
    }

    /// The terms that the page explains in place, in order.
    pub(super) fn explained(&self) -> Vec<Arc<Term>> {
        self.explained.clone()
    }

    /// The number of a source on this page, from 1 in order of first use.
    pub(super) fn number(&mut self, source: &Arc<Source>) -> usize {
        let next = self.sources.len() + 1;
        let number = *self.numbers.entry(source.anchor.clone()).or_insert(next);
        if number == next {
            self.sources.push(source.clone());
            self.marks.push(Vec::new());
        }
        number
    }

    /// A reference mark in prose for a source: its number, and the mark's own anchor.
    pub(super) fn mark(&mut self, source: &Arc<Source>) -> (usize, String) {
        let number = self.number(source);
        let marks = &mut self.marks[number - 1];
        let id = format!("_ref-{number}-{}", marks.len() + 1);
        marks.push(id.clone());
        (number, id)
    }

    /// The link to a source in the page's list, or to the source's own page if there is no such list.
    pub(super) fn link_to_citation(&self, number: usize, source: &Source) -> String {
        if self.is_whole() {
            format!("#_cite-{number}")
        } else {
            self.link_to_record(&source.anchor)
        }
    }

    /// The sources of a record.
    pub(super) fn source_refs(&mut self, sources: &[SourceRef]) -> Vec<SourceRefView> {
        sources
            .iter()
            .map(|reference| {
                let number = self.number(&reference.source);
                SourceRefView {
                    number,
                    href: self.link_to_citation(number, &reference.source),
                    title: reference.source.title.clone(),
                    publisher: reference.source.publisher.clone(),
                    passage: reference.passage.clone(),
                    copy_of: reference
                        .copy_of
                        .as_ref()
                        .map(|source| source.publisher.as_ref().unwrap_or(&source.title).clone()),
                }
            })
            .collect()
    }

    /// All numbered sources, in order, each with the anchors in prose that lead to it.
    pub(super) fn numbered(&self) -> impl Iterator<Item = (&Arc<Source>, &[String])> {
        self.sources
            .iter()
            .zip(self.marks.iter().map(Vec::as_slice))
    }
}

/// The address of a folder: that of its own page, or the common part of the addresses in it.
pub(super) fn address_of_folder(outline: &dyn Outline, folder: &str) -> Option<Permalink> {
    if let Some(index) = outline.index_of(folder) {
        return Some(index.permalink.clone());
    }
    let pages = outline.pages_of(folder);
    let page = pages.first()?;
    let address = page.permalink.as_str().trim_end_matches('/');
    let parent = address.rsplit_once('/').map_or("", |(parent, _)| parent);
    Some(Permalink::new(match parent {
        "" => String::new(),
        parent => format!("{parent}/"),
    }))
}
