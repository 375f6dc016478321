//! Counts how much of a site is supported by what, per page and per source, for the writer.

use std::sync::Arc;

use super::claims::claims;
use super::ledger::{Ledger, Standing};
use super::outcome::Outcome;
use crate::check::Documents;
use crate::diag::{Code, Diagnostics};
use crate::model::{Anchor, Day, Markup, Page, Records, Segment, Source, SourceRef};
use crate::project::SourcePath;

/// The counts of a site.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Coverage {
    /// By page, in the order of the files.
    pub pages: Vec<PageCoverage>,
    /// By source, in the order of their files.
    pub sources: Vec<SourceCoverage>,
}

/// The counts of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageCoverage {
    /// Its file.
    pub file: SourcePath,
    /// Events, figures, reactions and terms.
    pub n_records: usize,
    /// The claims that they make about their sources.
    pub claims: ClaimCounts,
    /// Citations in prose.
    pub n_citations: usize,
    /// Quotations in prose, which aren't compared with any source.
    pub n_quotations: usize,
    /// Numbers in prose that no record supports.
    pub n_unbound: usize,
}

/// The counts of a source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceCoverage {
    /// Its id.
    pub id: String,
    /// Its file.
    pub file: SourcePath,
    /// Records that cite it.
    pub n_records: usize,
    /// The claims that these make about it.
    pub claims: ClaimCounts,
    /// Pages whose prose cites it.
    pub n_pages: usize,
}

/// How many claims there are, and what is known about them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ClaimCounts {
    /// All.
    pub n_all: usize,
    /// Those that agree with their source.
    pub n_agreeing: usize,
    /// Those that were compared, but are in doubt.
    pub n_doubtful: usize,
    /// Those without anything to compare with.
    pub n_not_compared: usize,
    /// Those of sources that declare that they have no text.
    pub n_declared: usize,
    /// Those that have changed since they were compared.
    pub n_changed: usize,
    /// Those whose text was never available.
    pub n_unverified: usize,
    /// The last day on which any of them was compared.
    pub last: Option<Day>,
}

impl ClaimCounts {
    /// Adds one claim.
    pub fn add(&mut self, standing: Option<&Standing>) {
        self.n_all += 1;
        let count = match standing {
            Some(Standing::Compared { outcome, on }) => {
                self.last = self.last.max(Some(*on));
                match outcome {
                    Outcome::Agrees | Outcome::NamesAgree => &mut self.n_agreeing,
                    Outcome::Doubtful => &mut self.n_doubtful,
                    Outcome::NotCompared(_) => &mut self.n_not_compared,
                }
            }
            Some(Standing::Changed { .. }) => &mut self.n_changed,
            Some(Standing::Declared) => &mut self.n_declared,
            Some(Standing::Unverified) | None => &mut self.n_unverified,
        };
        *count += 1;
    }
}

/// Counts everything. `faults` are those of the site.
pub fn coverage(
    pages: &[Arc<Page>],
    documents: &Documents,
    ledger: &Ledger,
    faults: &Diagnostics,
) -> Coverage {
    let of_page = |page: &Arc<Page>| {
        let file = &page.head.source;
        let mut counts = ClaimCounts::default();
        for claim in claims(&page.records) {
            counts.add(ledger.standing(&claim).as_ref());
        }
        let texts = page.key_points.iter().chain([&page.body]);
        let unbound = faults
            .iter()
            .filter(|fault| fault.code == Code::UnboundNumber && fault.place.file == *file);
        PageCoverage {
            file: file.clone(),
            n_records: sources(&page.records).count(),
            claims: counts,
            n_citations: texts.map(citations).sum(),
            n_quotations: documents
                .get(file)
                .map_or(0, |document| document.body().n_quotations),
            n_unbound: unbound.count(),
        }
    };
    let of_source = |(page, source): (&Arc<Page>, &Arc<Source>)| {
        let mut counts = ClaimCounts::default();
        let mut n_records = 0;
        let mut n_pages = 0;
        for other in pages {
            let records = sources(&other.records);
            n_records += records
                .filter(|sources| names(sources, &source.anchor))
                .count();
            n_pages += usize::from(other.cites(&source.anchor));
            for claim in claims(&other.records) {
                let is_its = match ledger.source(&claim) {
                    Some(found) => found.anchor == source.anchor,
                    None => claim.sources.iter().any(|one| one.anchor == source.anchor),
                };
                if is_its {
                    counts.add(ledger.standing(&claim).as_ref());
                }
            }
        }
        SourceCoverage {
            id: source.anchor.id.to_string(),
            file: page.head.source.clone(),
            n_records,
            claims: counts,
            n_pages,
        }
    };
    let all_sources = pages.iter().flat_map(|page| {
        let sources = page.records.sources.iter();
        sources.map(move |source| (page, source))
    });
    Coverage {
        pages: pages.iter().map(of_page).collect(),
        sources: all_sources.map(of_source).collect(),
    }
}

/// The sources of each record that has a source.
fn sources(records: &Records) -> impl Iterator<Item = &[SourceRef]> {
    let events = records.events.iter().map(|event| &*event.sources);
    let figures = records.figures.iter().map(|figure| &*figure.sources);
    let reactions = records.reactions.iter().map(|reaction| &*reaction.sources);
    let terms = records.terms.iter().map(|term| &*term.sources);
    let questions = records.questions.iter().map(|question| &*question.sources);
    let records = events.chain(figures).chain(reactions);
    records.chain(terms).chain(questions)
}

fn names(sources: &[SourceRef], anchor: &Anchor) -> bool {
    sources.iter().any(|named| named.source.anchor == *anchor)
}

fn citations(text: &Markup) -> usize {
    let segments = text.segments.iter();
    segments
        .filter(|segment| matches!(segment, Segment::Cite(_)))
        .count()
}
