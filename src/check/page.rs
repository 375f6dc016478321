//! A page with every reference resolved.

use crate::check::markup::Resolver;
use crate::check::scope::Scope;
use crate::check::{Checked, Options, numbers};
use crate::diag::Diagnostic;
use crate::document::{Document, FieldPath, RawNumber, inline};
use crate::model::{Markup, Outline, Page};

/// Checks one page: its prose, key points and aliases; the records on it come from its folder's scope.
///
/// `None` for a document that is no page, because it is a draft or has faults in its front matter.
pub fn page(
    document: &Document,
    outline: &Outline,
    scope: &Scope,
    options: &Options,
) -> Option<Checked<Page>> {
    let front_matter = document.front_matter.as_ref()?;
    let head = outline.heads.get(&document.path)?;
    let mut faults = Vec::new();
    let resolver = Resolver {
        scope,
        page: head,
        outline,
    };
    let body = resolver.resolve(&document.body, &|span| document.at(span), &mut faults);
    if outline.explainer_of(&document.path).is_some() {
        let place = |number: &RawNumber| document.at(number.span);
        let found = numbers::unbound(&document.body.numbers, document, scope, place);
        faults.extend(found);
    }
    faults.extend(numbers::faults(document));
    let points = front_matter.key_points.0.iter().enumerate();
    let key_points = points
        .map(|(index, text)| key_point(&resolver, document, index, text, options, &mut faults))
        .collect();
    let page = Page {
        head: head.clone(),
        authors: front_matter.authors.0.clone(),
        key_points,
        body,
        headings: document.body.headings.clone(),
        n_words: document.body.n_words,
        extra: front_matter.extra.clone(),
        records: scope.records_of(&document.path),
    };
    Some(Checked::new(page, faults))
}

fn key_point(
    resolver: &Resolver<'_>,
    document: &Document,
    index: usize,
    text: &str,
    options: &Options,
    faults: &mut Vec<Diagnostic>,
) -> Markup {
    let path = FieldPath::field("key_points").index(index);
    let (body, markdown_faults) = inline(text, options.markdown);
    for (code, _, message) in markdown_faults {
        faults.push(Diagnostic::new(code, document.place(&path), message));
    }
    if resolver.outline.explainer_of(&document.path).is_some() {
        let place = |_: &RawNumber| document.place(&path);
        let found = numbers::unbound(&body.numbers, document, resolver.scope, place);
        faults.extend(found);
    }
    resolver.resolve(&body, &|_| document.place(&path), faults)
}
