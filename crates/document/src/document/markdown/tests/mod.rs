//! What whole texts are turned into. Bodies are compared as text, in which segments other than HTML are in `{}`.

mod blocks;
mod commonmark;
mod footnotes;
mod headings;
mod numbers;
mod others;
mod references;
mod robustness;
mod safety;
mod words;

use crate::document::markdown::{MarkdownFault, MarkdownOptions, fragment, inline, page};
use crate::document::{Body, RawCitation, RawSegment, Target};
use crate::model::Gap;

const SAFE: MarkdownOptions = MarkdownOptions {
    unsafe_html: false,
    smart: true,
};
const UNSAFE: MarkdownOptions = MarkdownOptions {
    unsafe_html: true,
    smart: true,
};

/// Checks a page without faults.
fn check(source: &str, expected: &str) {
    let (body, faults) = page(source, SAFE, &[]);
    assert_eq!(shown(&body).trim_end(), expected, "{source}");
    assert_eq!(shown_faults(source, &faults), [], "{source}: {faults:?}");
}

/// Checks the only fault of a page: its code, the marked words, and words of its message.
fn check_fault(source: &str, code: &str, marked: &str, message: &str) {
    let (_, faults) = page(source, SAFE, &[]);
    assert_eq!(
        shown_faults(source, &faults),
        [(code, marked)],
        "{source}: {faults:?}"
    );
    assert!(faults[0].2.contains(message), "{source}: {}", faults[0].2);
}

/// Checks what a page is turned into despite its faults.
fn check_despite_faults(source: &str, expected: &str) {
    let (body, faults) = page(source, SAFE, &[]);
    assert_eq!(shown(&body).trim_end(), expected, "{source}");
    assert!(!faults.is_empty(), "{source}");
}

/// A body as one text.
fn shown(body: &Body) -> String {
    let segments = body.segments.iter().map(|segment| match segment {
        RawSegment::Html(html) => Gap::fill(html, english).into_owned(),
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

/// The words of the interface in English.
fn english(Gap(key, n): Gap<'_>) -> String {
    let words = match key {
        "link_to_section" => "Link to this section",
        "footnotes" => "Footnotes",
        "footnote" => "Footnote",
        "back_to_reference" => "Back to reference",
        "table" => "Table",
        "task_done" => "Done",
        "task_open" => "Not done",
        "compare" => "Compare",
        "transcript" => "Transcript",
        "alert_note" => "Note",
        "alert_tip" => "Tip",
        "alert_important" => "Important",
        "alert_warning" => "Warning",
        "alert_caution" => "Caution",
        other => panic!("no words for {other}"),
    };
    format!("{words} {n}").trim_end().to_owned()
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

/// Each fault with its name and the words it marks.
fn shown_faults<'a>(source: &'a str, faults: &[MarkdownFault]) -> Vec<(&'static str, &'a str)> {
    let shown = faults.iter().map(|(code, span, _)| {
        let marked = source.get(span.start as usize..span.end as usize);
        (code.name(), marked.expect("a span is a range of the text"))
    });
    shown.collect()
}
