//! The list of a page's numbered sources.

use crate::plan::context::PageContext;
use crate::plan::records;
use crate::plan::view::{CitationView, LinkView};

/// The sources that a page has numbered, in that order.
pub(super) fn citations(context: &PageContext<'_>) -> Vec<CitationView> {
    let numbered = context.numbered().enumerate();
    let citations = numbered.map(|(index, (source, marks))| {
        let marks = marks.iter().enumerate();
        let back = marks.map(|(index, id)| LinkView {
            title: letter(index),
            href: format!("#{id}"),
            is_current: false,
        });
        CitationView {
            number: index + 1,
            source: records::source(context, source),
            back: back.collect(),
        }
    });
    citations.collect()
}

/// `a` to `z`, then `aa`, `ab`…
fn letter(index: usize) -> String {
    let last = char::from(b'a' + u8::try_from(index % 26).unwrap_or(0));
    match index / 26 {
        0 => last.to_string(),
        rest => letter(rest - 1) + &last.to_string(),
    }
}
