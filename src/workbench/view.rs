//! How does Markdown look while it is typed?

use crate::document::{MarkdownOptions, RawSegment, fragment};

/// Markdown as HTML, for a look at what one types. Links lead nowhere, and what a record prints is named by its id: only
/// the page itself knows more. Raw HTML is shown as text.
///
/// # Examples
///
/// ```
/// let view = nutgraf::workbench::view("It *grows* [@gazette] <b>");
/// assert_eq!(view, "<p>It <em>grows</em> [gazette] &lt;b&gt;</p>\n");
/// ```
pub fn view(markdown: &str) -> String {
    let (body, _) = fragment(markdown, MarkdownOptions::default());
    let pieces = body.segments.iter().map(|segment| match segment {
        RawSegment::Html(html) => html.clone(),
        RawSegment::LinkStart(..) => "<a>".to_owned(),
        RawSegment::Address(..) => String::new(),
        RawSegment::Words(_, id, _) | RawSegment::Embed(_, id, _) => escaped(id),
        RawSegment::Cite(cited) => {
            let ids = cited.iter().map(|citation| escaped(&citation.id));
            format!("[{}]", ids.collect::<Vec<_>>().join("; "))
        }
    });
    pieces.collect()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}
