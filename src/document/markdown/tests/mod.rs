//! What whole texts become. Bodies are compared as text, in which segments other than HTML stand in `{}`.

mod dump;

use crate::document::markdown::{MarkdownFault, MarkdownOptions, page};
use crate::document::{Body, RawCitation, RawSegment, Target};

const UNSAFE: MarkdownOptions = MarkdownOptions { unsafe_html: true };

/// A body as one text.
fn shown(body: &Body) -> String {
    let segments = body.segments.iter().map(|segment| match segment {
        RawSegment::Html(html) => html.clone(),
        RawSegment::LinkStart(target, _) => format!("{{link {}}}", shown_target(target)),
        RawSegment::Address(target, _) => format!("{{{}}}", shown_target(target)),
        RawSegment::Words(kind, id, _) => format!("{{words {}:{id}}}", kind.name()),
        RawSegment::Embed(kind, id, _) => format!("{{embed {}:{id}}}", kind.name()),
        RawSegment::Cite(citations) => {
            let shown: Vec<String> = citations.iter().map(shown_citation).collect();
            format!("{{cite {}}}", shown.join("; "))
        }
    });
    segments.collect()
}

fn shown_target(target: &Target) -> String {
    match target {
        Target::File { path, fragment } => match fragment {
            Some(fragment) => format!("{path}#{fragment}"),
            None => path.clone(),
        },
        Target::Fragment(fragment) => format!("#{fragment}"),
        Target::Record(kind, id) => format!("{}:{id}", kind.name()),
    }
}

fn shown_citation(citation: &RawCitation) -> String {
    match &citation.locator {
        Some(locator) => format!("{}, {locator}", citation.id),
        None => citation.id.clone(),
    }
}

/// Each fault with its name and the words that it marks.
fn shown_faults<'a>(source: &'a str, faults: &[MarkdownFault]) -> Vec<(&'static str, &'a str)> {
    let shown = faults.iter().map(|(code, span, _)| {
        let marked = source.get(span.start as usize..span.end as usize);
        (code.name(), marked.expect("a span is a range of the text"))
    });
    shown.collect()
}
