//! Extracts the words of prose that are the editor's own.

use std::ops::ControlFlow;

use crate::model::{Markup, RecordKind, Segment, Words};

/// The words of prose that are the editor's own. Those of links to figures belong to the figures, which have claims of
/// their own.
pub(super) fn own_words(text: &Markup) -> String {
    let mut plain = String::new();
    let walked = walk(text, &mut |part| {
        plain.push_str(part);
        ControlFlow::Continue(())
    });
    debug_assert!(walked.is_continue(), "nothing ends the walk");
    let mut words = String::with_capacity(plain.len());
    for word in plain.split_whitespace() {
        if !words.is_empty() {
            words.push(' ');
        }
        words.push_str(word);
    }
    words
}

/// Whether prose has any [`own_words`]. Stops at the first one.
pub(super) fn has_own_words(text: &Markup) -> bool {
    let walked = walk(text, &mut |part| {
        if part.trim().is_empty() {
            ControlFlow::Continue(())
        } else {
            ControlFlow::Break(())
        }
    });
    walked.is_break()
}

/// Receives the pieces of a text, one after the other.
type Hear<'a> = &'a mut dyn FnMut(&str) -> ControlFlow<()>;

fn walk(text: &Markup, hear: Hear<'_>) -> ControlFlow<()> {
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
                    walk_html(html, hear)?;
                }
            }
            Segment::LinkStart(href) => is_figure = href.record == Some(RecordKind::Figure),
            Segment::Words(Words::Text(words)) if !is_figure => hear(words)?,
            Segment::Words(_) | Segment::Cite(_) | Segment::Address(..) | Segment::Embed(_) => {}
        }
    }
    ControlFlow::Continue(())
}

/// The text of HTML. A block ends a sentence.
fn walk_html(html: &str, hear: Hear<'_>) -> ControlFlow<()> {
    let mut rest = html;
    while let Some((text, tag)) = rest.split_once('<') {
        walk_text(text, hear)?;
        let (tag, after) = tag.split_once('>').unwrap_or((tag, ""));
        if matches!(
            tag.trim_start_matches('/'),
            "p" | "li" | "br" | "br /" | "td" | "th"
        ) {
            hear(" ")?;
        }
        rest = after;
    }
    walk_text(rest, hear)
}

/// Text between tags, with character references decoded.
fn walk_text(text: &str, hear: Hear<'_>) -> ControlFlow<()> {
    const NAMED: [(&str, &str); 5] = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&amp;", "&"),
    ];
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        hear(&rest[..at])?;
        let named = NAMED.iter().find(|(name, _)| rest[at..].starts_with(name));
        let (name, char) = named.unwrap_or(&("&", "&"));
        hear(char)?;
        rest = &rest[at + name.len()..];
    }
    hear(rest)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    fn markup(html: &str) -> Markup {
        Markup {
            segments: vec![Segment::Html(Arc::from(html))],
        }
    }

    #[test]
    fn references_are_read_once() {
        let text = markup("<p>A &amp;lt; b &lt;c&gt; &unknown; &quot;d&quot;</p><p>e&#39;s</p>");
        assert_eq!(own_words(&text), "A &lt; b <c> &unknown; \"d\" e's");
    }

    #[test]
    fn prose_without_words_has_none() {
        for (html, has) in [
            ("", false),
            ("<p> \n</p>", false),
            ("<p>a</p>", true),
            ("&amp;", true),
        ] {
            let text = markup(html);
            assert_eq!(has_own_words(&text), has, "{html}");
            assert_eq!(own_words(&text).is_empty(), !has, "{html}");
        }
    }
}
