//! Remarks that need the whole site: unused sources.

use std::collections::HashSet;
use std::sync::Arc;

use crate::diag::{Code, Diagnostic};
use crate::document::{Document, FieldPath, record_names};
use crate::model::{Anchor, Markup, Page, RecordKind, Segment, SourceRef};
use crate::project::SourcePath;

/// The sources that no record and no page's prose cites.
pub fn unused_sources(
    pages: &[Arc<Page>],
    document: &dyn Fn(&SourcePath) -> Option<Arc<Document>>,
) -> Vec<Diagnostic> {
    let used: HashSet<&Anchor> = pages.iter().flat_map(|page| sources_of(page)).collect();
    let mut faults = Vec::new();
    for page in pages {
        let sources = page.records.sources.iter();
        for source in sources.filter(|source| !used.contains(&source.anchor)) {
            let Some(document) = document(&page.head.source) else {
                continue;
            };
            let names = document.lists().map(record_names);
            let names = names.unwrap_or_default();
            let id = source.anchor.id.as_str();
            let name = names
                .iter()
                .find(|name| name.kind == RecordKind::Source && name.id == id);
            let Some(name) = name else { continue };
            let place = document.place(&FieldPath::item(name.kind.list(), name.index).key("id"));
            let message = format!("nothing uses the source `{id}`");
            faults.push(
                Diagnostic::new(Code::UnusedSource, place, message)
                    .help(format!("cite it with `[@{id}]`, or remove it")),
            );
        }
    }
    faults
}

/// The sources that a page cites, in its prose and in its records.
fn sources_of(page: &Page) -> Vec<&Anchor> {
    let records = &page.records;
    let mut texts: Vec<&Markup> = page.key_points.iter().chain([&page.body]).collect();
    let mut refs: Vec<&SourceRef> = Vec::new();
    for event in &records.events {
        refs.extend(&event.sources);
        refs.extend(event.accounts.iter().flat_map(|account| &account.sources));
        texts.extend(&event.text);
    }
    for figure in &records.figures {
        refs.extend(&figure.sources);
        refs.extend(figure.accounts.iter().flat_map(|account| &account.sources));
        texts.extend(&figure.text);
    }
    for reaction in &records.reactions {
        refs.extend(&reaction.sources);
        refs.extend(
            reaction
                .accounts
                .iter()
                .flat_map(|account| &account.sources),
        );
        texts.extend(&reaction.text);
    }
    for term in &records.terms {
        refs.extend(&term.sources);
        texts.push(&term.definition);
    }
    for question in &records.questions {
        refs.extend(&question.sources);
        texts.push(&question.answer);
    }
    let notices = records.corrections.iter().chain(&records.updates);
    texts.extend(notices.map(|notice| &notice.text));
    let cited = texts
        .into_iter()
        .flat_map(|text| &text.segments)
        .filter_map(|segment| match segment {
            Segment::Cite(citations) => Some(citations),
            _ => None,
        })
        .flatten()
        .map(|citation| &citation.source.anchor);
    refs.into_iter()
        .map(|reference| &reference.source.anchor)
        .chain(cited)
        .collect()
}
