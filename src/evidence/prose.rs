//! The words of prose that are the editor's own.

use crate::model::{Markup, RecordKind, Segment, Words};

/// The words of prose that are the editor's own: those of links to figures are the figures', which have claims of
/// their own.
pub(super) fn own_words(text: &Markup) -> String {
    let mut plain = String::new();
    let mut is_figure = false;
    for segment in &text.segments {
        match segment {
            Segment::Html(html) => {
                let mut html: &str = html;
                if is_figure && let Some((_, after)) = html.split_once("</a>") {
                    html = after;
                    is_figure = false;
                }
                if !is_figure {
                    push_text(html, &mut plain);
                }
            }
            Segment::LinkStart(href) => is_figure = href.record == Some(RecordKind::Figure),
            Segment::Words(Words::Text(words)) if !is_figure => plain.push_str(words),
            Segment::Words(_) | Segment::Cite(_) | Segment::Address(..) | Segment::Embed(_) => {}
        }
    }
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The text of HTML. A block ends a sentence.
fn push_text(html: &str, plain: &mut String) {
    let mut rest = html;
    while let Some((text, tag)) = rest.split_once('<') {
        plain.push_str(&unescaped(text));
        let (tag, after) = tag.split_once('>').unwrap_or((tag, ""));
        if matches!(
            tag.trim_start_matches('/'),
            "p" | "li" | "br" | "br /" | "td" | "th"
        ) {
            plain.push(' ');
        }
        rest = after;
    }
    plain.push_str(&unescaped(rest));
}

fn unescaped(text: &str) -> String {
    let named = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&amp;", "&"),
    ];
    named.iter().fold(text.to_owned(), |text, (name, char)| {
        text.replace(name, char)
    })
}
