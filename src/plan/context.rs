//! What the views of one page are made from, and the citations that are numbered on the way.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::config::Config;
use crate::model::{Anchor, Outline, Page, Source, SourceRef};
use crate::plan::view::{CitationView, LinkView, SourceRefView};
use crate::plan::{DataFile, Locale, Phrases, Words, outputs, records};
use crate::project::{LinkStyle, Permalink};

/// What all pages of a site have in common.
pub struct Desk<'a> {
    /// The site's settings.
    pub config: &'a Config,
    /// The names of everything.
    pub outline: &'a Outline,
    /// How the language writes numbers and dates.
    pub locale: &'a Locale,
    /// The interface's words.
    pub words: &'a Words,
}

impl Desk<'_> {
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

    /// The absolute form of an address; `None` without a `base_url`.
    pub(super) fn absolute(&self, permalink: &Permalink) -> Option<String> {
        let base = self.config.base_url.as_ref()?;
        Some(format!("{base}{}", permalink.as_str()))
    }
}

/// One page while its view is made.
pub(super) struct Sheet<'a> {
    pub(super) desk: &'a Desk<'a>,
    pub(super) page: &'a Page,
    /// The pages in the page's folder and further down, if it shows what they say.
    pub(super) below: &'a [Arc<Page>],
    sources: Vec<Arc<Source>>,
    numbers: BTreeMap<Anchor, usize>,
    /// The anchors in prose that lead to each source.
    marks: Vec<Vec<String>>,
}

impl<'a> Sheet<'a> {
    pub(super) fn new(desk: &'a Desk<'a>, page: &'a Page, below: &'a [Arc<Page>]) -> Self {
        Self {
            desk,
            page,
            below,
            sources: Vec::new(),
            numbers: BTreeMap::new(),
            marks: Vec::new(),
        }
    }

    /// The link from this page to an address.
    pub(super) fn link(&self, permalink: &Permalink) -> String {
        let from = &self.page.head.permalink;
        permalink.link_from(from, self.desk.link_style())
    }

    /// The link from this page to a record or heading.
    pub(super) fn link_to(&self, permalink: &Permalink, fragment: &str) -> String {
        if *permalink == self.page.head.permalink {
            format!("#{fragment}")
        } else {
            format!("{}#{fragment}", self.link(permalink))
        }
    }

    /// The link from this page to where a record stands.
    pub(super) fn link_to_record(&self, anchor: &Anchor) -> String {
        self.link_to(&anchor.page, anchor.id.as_str())
    }

    /// The address of a data file of the page's explainer; `None` outside one.
    pub(super) fn data_address(&self, file: DataFile) -> Option<Permalink> {
        let outline = self.desk.outline;
        let folder = outline.explainer_of(&self.page.head.source)?;
        let explainer = outputs::address_of_folder(outline, folder)?;
        Some(file.permalink(explainer.as_str()))
    }

    /// The link to a data file of the page's explainer; `None` outside one.
    pub(super) fn data_link(&self, file: DataFile) -> Option<String> {
        Some(self.link(&self.data_address(file)?))
    }

    pub(super) fn is_home(&self, anchor: &Anchor) -> bool {
        anchor.page == self.page.head.permalink
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

    /// A mark in prose for a source: its number, and the mark's own anchor.
    pub(super) fn mark(&mut self, source: &Arc<Source>) -> (usize, String) {
        let number = self.number(source);
        let marks = &mut self.marks[number - 1];
        let id = format!("_ref-{number}-{}", marks.len() + 1);
        marks.push(id.clone());
        (number, id)
    }

    /// The sources of a record.
    pub(super) fn source_refs(&mut self, sources: &[SourceRef]) -> Vec<SourceRefView> {
        sources
            .iter()
            .map(|reference| {
                let number = self.number(&reference.source);
                SourceRefView {
                    number,
                    href: format!("#_cite-{number}"),
                    title: reference.source.title.clone(),
                    publisher: reference.source.publisher.clone(),
                    passage: reference.passage.clone(),
                }
            })
            .collect()
    }

    /// The list of all sources that were numbered.
    pub(super) fn citations(&self) -> Vec<CitationView> {
        self.sources
            .iter()
            .zip(&self.marks)
            .enumerate()
            .map(|(index, (source, marks))| CitationView {
                number: index + 1,
                source: records::source(self, source),
                back: marks
                    .iter()
                    .enumerate()
                    .map(|(index, id)| LinkView {
                        title: letter(index),
                        href: format!("#{id}"),
                        is_current: false,
                    })
                    .collect(),
            })
            .collect()
    }
}

/// `a` to `z`, then `aa`, `ab`…
fn letter(index: usize) -> String {
    let last = char::from(b'a' + u8::try_from(index % 26).unwrap_or(0));
    match index / 26 {
        0 => last.to_string(),
        rest => letter(rest - 1) + &last.to_string(),
    }
}
