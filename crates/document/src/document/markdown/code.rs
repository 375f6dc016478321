//! Code blocks.

use pulldown_cmark::{CodeBlockKind, Event, TagEnd};

use crate::document::highlight;
use crate::document::markdown::escape;
use crate::document::markdown::html_writer::HtmlWriter;
use crate::document::markdown::masked::Events;

/// Reads and writes a code block. It can take the focus, so that it can be scrolled from the keyboard.
pub(super) fn block<'a>(
    out: &mut HtmlWriter<'a>,
    kind: &CodeBlockKind<'a>,
    events: &mut Events<'a>,
) {
    let mut code = String::new();
    for (event, _) in events.by_ref() {
        match event {
            Event::Text(text) => code.push_str(&text),
            Event::End(TagEnd::CodeBlock) => break,
            _ => {}
        }
    }
    if code.contains('\r') {
        code = code.replace("\r\n", "\n").replace('\r', "\n");
    }
    let language = match kind {
        CodeBlockKind::Fenced(info) => language(info),
        CodeBlockKind::Indented => "",
    };
    out.leave_block();
    out.start_line();
    let html = out.html();
    html.push_str("<pre class=\"code\" tabindex=\"0\"><code");
    if !language.is_empty() {
        html.push_str(" class=\"language-");
        escape::push_attribute(html, language);
        html.push('"');
    }
    html.push('>');
    match highlight::highlight(&code, language) {
        Some(highlighted) => html.push_str(&highlighted),
        None => escape::push_text(html, &code),
    }
    html.push_str("</code></pre>\n");
}

/// The language in the text after the fence: `rust` in `rust,ignore` and in `rust {1-3}`; empty if that isn't a name.
fn language(info: &str) -> &str {
    let name = info
        .split(|c: char| c.is_whitespace() || ",{:".contains(c))
        .next()
        .unwrap_or_default();
    let is_name = name
        .bytes()
        .all(|b| b.is_ascii_alphanumeric() || b"+#.-_".contains(&b));
    if is_name { name } else { "" }
}
