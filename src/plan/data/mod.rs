//! The records of an explainer as files, for spreadsheets, other programs and reference managers.
//!
//! Dates are in EDTF and numbers are plain decimals, whatever the site's language; text is plain.

pub(in crate::plan) mod bibtex;
mod csl;
mod icalendar;
mod package;
mod rows;
mod tables;
mod timelinejs;
mod verification;

use std::sync::Arc;

use serde_json::{Value, json};

use crate::model::{Anchor, Page, Source, SourceRef};
use crate::plan::SiteContext;
use crate::project::Permalink;

/// A file of data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DataFile {
    /// Every event.
    EventsJson,
    /// Every event, as a table.
    EventsCsv,
    /// Every figure.
    FiguresJson,
    /// Every number of every figure, as a table.
    FiguresCsv,
    /// Every reaction.
    ReactionsJson,
    /// The timeline in the form of TimelineJS 3.
    TimelineJs,
    /// What is still to come, as a calendar (RFC 5545).
    ExpectedIcs,
    /// Every source in the form of the Citation Style Language.
    SourcesCsl,
    /// Every source as BibTeX.
    SourcesBib,
    /// Every claim about a source's words, with what is known about it.
    Verification,
    /// The description of the other files (Frictionless Data Package).
    Package,
}

impl DataFile {
    /// Every file.
    pub const ALL: [Self; 11] = [
        Self::EventsJson,
        Self::EventsCsv,
        Self::FiguresJson,
        Self::FiguresCsv,
        Self::ReactionsJson,
        Self::TimelineJs,
        Self::ExpectedIcs,
        Self::SourcesCsl,
        Self::SourcesBib,
        Self::Verification,
        Self::Package,
    ];

    /// The file's name in `data/`.
    pub fn name(self) -> &'static str {
        match self {
            Self::EventsJson => "events.json",
            Self::EventsCsv => "events.csv",
            Self::FiguresJson => "figures.json",
            Self::FiguresCsv => "figures.csv",
            Self::ReactionsJson => "reactions.json",
            Self::TimelineJs => "timeline.timelinejs.json",
            Self::ExpectedIcs => "expected.ics",
            Self::SourcesCsl => "sources.csl.json",
            Self::SourcesBib => "sources.bib",
            Self::Verification => "verification.json",
            Self::Package => "datapackage.json",
        }
    }

    /// The file's address below that of an explainer.
    pub fn permalink(self, explainer: &str) -> Permalink {
        Permalink::new(format!("{explainer}data/{}", self.name()))
    }
}

/// The content of a data file for the pages of an explainer; `None` for an empty calendar, which would be invalid.
pub fn data(site: &SiteContext<'_>, file: DataFile, pages: &[Arc<Page>]) -> Option<Vec<u8>> {
    let value = match file {
        DataFile::EventsCsv => return Some(tables::events(site, pages)),
        DataFile::FiguresCsv => return Some(tables::figures(site, pages)),
        DataFile::ExpectedIcs => return icalendar::calendar(site, pages).map(String::into_bytes),
        DataFile::SourcesBib => return Some(bibtex::sources(pages).into_bytes()),
        DataFile::EventsJson => rows::events(site, pages),
        DataFile::FiguresJson => rows::figures(site, pages),
        DataFile::ReactionsJson => rows::reactions(site, pages),
        DataFile::TimelineJs => timelinejs::timeline(site, pages),
        DataFile::SourcesCsl => csl::sources(pages),
        DataFile::Verification => verification::verification(site, pages),
        DataFile::Package => package::package(site, pages),
    };
    Some(format!("{value:#}\n").into_bytes())
}

/// The address of a record: absolute, or from the site's root if the site has no address yet.
fn url(site: &SiteContext<'_>, anchor: &Anchor) -> String {
    let page = site.absolute(&anchor.page);
    let page = page.unwrap_or_else(|| anchor.page.as_str().to_owned());
    format!("{page}#{}", anchor.id)
}

fn source_refs(sources: &[SourceRef]) -> Value {
    let sources = sources.iter().map(|reference| {
        let source = &reference.source;
        json!({
            "id": source.anchor.id.as_str(),
            "title": source.title,
            "publisher": source.publisher,
            "url": source.url,
            "passage": reference.passage,
            "copy_of": reference.copy_of.as_ref().map(|source| source.anchor.id.as_str()),
        })
    });
    sources.collect()
}

/// The sources on the pages and those that their records cite, each once, by id.
fn sources(pages: &[Arc<Page>]) -> Vec<Arc<Source>> {
    let mut sources: Vec<Arc<Source>> = Vec::new();
    for page in pages {
        let records = &page.records;
        let named = records.events.iter().flat_map(|event| &event.sources);
        let named = named.chain(records.figures.iter().flat_map(|figure| &figure.sources));
        let named = named.chain(
            records
                .reactions
                .iter()
                .flat_map(|reaction| &reaction.sources),
        );
        let accounts = records.events.iter().flat_map(|event| &event.accounts);
        let accounts = accounts.chain(records.figures.iter().flat_map(|figure| &figure.accounts));
        let accounts = accounts.chain(
            records
                .reactions
                .iter()
                .flat_map(|reaction| &reaction.accounts),
        );
        let named = named.chain(accounts.flat_map(|account| &account.sources));
        let named = named.map(|reference| &reference.source);
        sources.extend(records.sources.iter().chain(named).cloned());
    }
    sources.sort_by(|a, b| a.anchor.cmp(&b.anchor));
    sources.dedup_by(|a, b| a.anchor == b.anchor);
    sources
}
