//! Finds what uses the sources of a page.
//!
//! An explainer may have hundreds of sources, and all of its pages have to be searched for them. So that is done once
//! for all sources of a page rather than for each.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Account, Anchor, Page, SourceRef};
use crate::plan::context::PageContext;
use crate::plan::view::{ClaimView, LinkView};
use crate::plan::{evidence, records};

/// What uses one source.
#[derive(Clone, Default)]
pub(super) struct Uses {
    /// The pages that cite it and the records that name it, page by page: the page first, then its records.
    pub(super) links: Vec<LinkView>,
    /// Every passage taken from it, page by page.
    pub(super) words: Vec<ClaimView>,
}

/// What uses each source on the page, among the pages that it may show.
pub(super) fn of_sources(context: &PageContext<'_>) -> BTreeMap<Anchor, Uses> {
    let sources = context.page.records.sources.iter();
    let mut uses: BTreeMap<Anchor, Uses> = sources
        .map(|source| (source.anchor.clone(), Uses::default()))
        .collect();
    if uses.is_empty() {
        return uses;
    }
    for page in context.below {
        add_citations(context, page, &mut uses);
        add_records(context, page, &mut uses);
        evidence::add_words(context, page, &mut uses);
    }
    uses
}

fn add_citations(context: &PageContext<'_>, page: &Page, uses: &mut BTreeMap<Anchor, Uses>) {
    let cited: BTreeSet<&Anchor> = page.cited().collect();
    for source in cited {
        let Some(uses) = uses.get_mut(source) else {
            continue;
        };
        uses.links.push(LinkView {
            title: page.head.title.clone(),
            href: context.link(&page.head.permalink),
            is_current: page.head.permalink == context.page.head.permalink,
        });
    }
}

fn add_records(context: &PageContext<'_>, page: &Page, uses: &mut BTreeMap<Anchor, Uses>) {
    let mut add =
        |named: &[SourceRef], accounts: &[Account], anchor: &Anchor, title: &dyn Fn() -> String| {
            let differing = accounts.iter().flat_map(|account| &account.sources);
            let sources = named.iter().chain(differing);
            let sources: BTreeSet<&Anchor> = sources.map(|one| &one.source.anchor).collect();
            for source in sources {
                if let Some(uses) = uses.get_mut(source) {
                    uses.links.push(LinkView {
                        title: title(),
                        href: context.link_to_record(anchor),
                        is_current: false,
                    });
                }
            }
        };
    let records = &page.records;
    for event in &records.events {
        add(&event.sources, &event.accounts, &event.anchor, &|| {
            event.title.clone()
        });
    }
    for figure in &records.figures {
        add(&figure.sources, &figure.accounts, &figure.anchor, &|| {
            figure.title.clone()
        });
    }
    for reaction in &records.reactions {
        add(
            &reaction.sources,
            &reaction.accounts,
            &reaction.anchor,
            &|| {
                let said = records::reaction_title(context.site, reaction);
                format!("{}: {said}", reaction.speaker.name)
            },
        );
    }
    for term in &records.terms {
        add(&term.sources, &[], &term.anchor, &|| term.term.clone());
    }
    for question in &records.questions {
        add(&question.sources, &[], &question.anchor, &|| {
            question.question.clone()
        });
    }
}
