//! What a page says: its key points, its prose and its records, without what surrounds them.

use std::sync::Arc;

use crate::model::{Anchor, Layout};
use crate::plan::context::PageContext;
use crate::plan::view::PageView;
use crate::plan::{accounts, markup, reactions, records, timeline};

/// The contents of the context's page. Everything that surrounds them is left empty.
pub(super) fn contents(context: &mut PageContext<'_>) -> PageView {
    let page = context.page;
    let key_points = page.key_points.iter();
    let key_points_html = key_points
        .map(|point| markup::html(context, point))
        .collect();
    let body = markup::blocks(context, &page.body);
    let records = &page.records;
    // Records shown in the prose aren't listed again; only a timeline has to be complete.
    let events = unplaced(context, &records.events, |item| &item.anchor);
    let timeline = timeline::timeline(context, &events);
    let figures = unplaced(context, &records.figures, |item| &item.anchor);
    let figures = figures
        .iter()
        .map(|item| records::figure(context, item))
        .collect();
    let reactions = unplaced(context, &records.reactions, |item| &item.anchor);
    let reactions = reactions::reactions(context, &reactions);
    let people = unplaced(context, &records.people, |item| &item.anchor);
    let people = people
        .iter()
        .map(|item| records::person(context, item))
        .collect();
    let mut terms = unplaced(context, &records.terms, |item| &item.anchor);
    terms.sort_by_cached_key(|term| term.term.to_lowercase());
    let terms = terms
        .iter()
        .map(|item| records::term(context, item))
        .collect();
    let questions = unplaced(context, &records.questions, |item| &item.anchor);
    let questions = questions
        .iter()
        .map(|item| records::question(context, item))
        .collect();
    let sources = unplaced(context, &records.sources, |item| &item.anchor);
    let sources = sources
        .iter()
        .map(|item| records::source(context, item))
        .collect();
    let accounts = accounts::page(context);
    let view = PageView {
        layout: page.head.layout.name(),
        title: page.head.title.clone(),
        key_points_html,
        level: 2,
        body,
        timeline,
        figures,
        reactions,
        people,
        terms,
        questions,
        accounts,
        sources,
        ..PageView::default()
    };
    PageView {
        has_records: n_kinds(&view) > 0 || view.body.iter().any(|block| block.html.is_none()),
        has_parts: has_parts(page.head.layout, &view),
        ..view
    }
}

/// How many kinds of records are listed below the prose.
fn n_kinds(view: &PageView) -> usize {
    let kinds = [
        view.timeline.is_some(),
        !view.figures.is_empty(),
        view.reactions.is_some(),
        !view.people.is_empty(),
        !view.terms.is_empty(),
        !view.questions.is_empty(),
        view.accounts.is_some(),
        !view.sources.is_empty(),
    ];
    kinds.into_iter().filter(|is_there| *is_there).count()
}

/// Whether each kind of record needs a heading of its own.
fn has_parts(layout: Layout, view: &PageView) -> bool {
    let is_any = matches!(layout, Layout::Home | Layout::Section | Layout::Page);
    n_kinds(view) > usize::from(!is_any)
}

/// The records that the prose doesn't show.
fn unplaced<T>(
    context: &PageContext<'_>,
    records: &[Arc<T>],
    anchor: fn(&T) -> &Anchor,
) -> Vec<Arc<T>> {
    let records = records.iter();
    let records = records.filter(|record| !context.is_placed(anchor(record)));
    records.cloned().collect()
}
