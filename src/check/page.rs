//! A page with every reference resolved.

use std::sync::Arc;

use crate::check::fields::Fields;
use crate::check::image::image;
use crate::check::markup::Resolver;
use crate::check::scope::{Lookup, Scope};
use crate::check::{CheckOptions, Checked, card, eras, listing, numbers};
use crate::diag::Diagnostic;
use crate::document::{Document, FieldPath, RawNumber, inline};
use crate::model::{Embed, Foreign, GroupBy, Markup, Outline, Page, RecordKind, Segment, Term};

/// Checks one page: its prose, key points and aliases; its records come from its folder's scope.
///
/// `None` for a document that isn't a page, because it is a draft or its front matter has faults.
pub fn page(
    document: &Document,
    outline: &dyn Outline,
    scope: &Scope,
    options: &CheckOptions,
) -> Option<Checked<Page>> {
    let front_matter = document.front_matter.as_ref()?;
    document.lists()?;
    let head = outline.head(&document.path)?;
    let mut faults = Vec::new();
    let resolver = Resolver {
        scope,
        page: &head,
        outline,
    };
    let body = resolver.resolve(document.body(), &|span| document.at(span), &mut faults);
    if outline.explainer_of(&document.path).is_some() {
        let place = |number: &RawNumber| document.at(number.span);
        let found = numbers::unbound(&document.body().numbers, document, scope, place);
        faults.extend(found);
    }
    faults.extend(listing::missing(document, outline));
    let points = front_matter.key_points.0.iter().enumerate();
    let key_points = points
        .map(|(index, text)| key_point(&resolver, document, index, text, options, &mut faults));
    let key_points: Vec<Markup> = key_points.collect();
    let texts = key_points.iter().chain([&body]);
    let mentioned = mentioned(texts, scope);
    let page = Page {
        head: head.clone(),
        key_points,
        image: image(
            &resolver,
            document,
            &FieldPath::field("image"),
            &front_matter.image,
            &mut faults,
        ),
        card: card::subject(document, front_matter, scope, &mut faults),
        group_by: Fields::new(document, FieldPath::default(), &mut faults)
            .one_of(
                "group_by",
                front_matter.group_by.as_ref(),
                &GroupBy::ALL,
                GroupBy::name,
            )
            .unwrap_or_default(),
        eras: eras::eras(document, front_matter, &mut faults),
        body,
        mentioned,
        headings: document.body().headings.clone(),
        n_words: document.body().n_words,
        doubt: front_matter.doubt.clone(),
        extra: front_matter.extra.clone(),
        records: scope.records_of(&document.path),
    };
    Some(Checked::new(page, faults))
}

/// The terms linked from some texts, in order, each once.
fn mentioned<'m>(texts: impl Iterator<Item = &'m Markup>, scope: &Scope) -> Vec<Arc<Term>> {
    let mut terms: Vec<Arc<Term>> = Vec::new();
    for segment in texts.flat_map(|text| &text.segments) {
        let Segment::LinkStart(href) = segment else {
            continue;
        };
        let id = href.fragment.as_deref().unwrap_or_default();
        if href.record != Some(RecordKind::Term)
            || terms.iter().any(|term| term.anchor.id.as_str() == id)
        {
            continue;
        }
        if let Lookup::Found(Embed::Term(term)) = scope.record(RecordKind::Term, id) {
            terms.push(term.clone());
        }
    }
    terms
}

fn key_point(
    resolver: &Resolver<'_>,
    document: &Document,
    index: usize,
    text: &str,
    options: &CheckOptions,
    faults: &mut Vec<Diagnostic>,
) -> Markup {
    let path = FieldPath::field("key_points").index(index);
    let foreign = Foreign::of(text);
    let text = foreign.map_or(text, |foreign| foreign.words);
    let (body, markdown_faults) = inline(text, options.markdown);
    for (code, _, message) in markdown_faults {
        faults.push(Diagnostic::new(code, document.place(&path), message));
    }
    if resolver.outline.explainer_of(&document.path).is_some() {
        let place = |_: &RawNumber| document.place(&path);
        let found = numbers::unbound(&body.numbers, document, resolver.scope, place);
        faults.extend(found);
    }
    let markup = resolver.resolve(&body, &|_| document.place(&path), faults);
    match foreign {
        Some(foreign) => markup.in_language(foreign.tag, "span"),
        None => markup,
    }
}
