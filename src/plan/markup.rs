//! Prose to HTML and blocks, as it stands on one page.

use crate::model::{Citation, Embed, Href, Markup, Segment, Words};
use crate::plan::context::{Desk, Sheet};
use crate::plan::records;
use crate::plan::view::BlockView;

/// The prose of a page: HTML, and the records that stand in it as blocks.
pub(super) fn blocks(sheet: &mut Sheet<'_>, markup: &Markup) -> Vec<BlockView> {
    let mut blocks = Vec::new();
    let mut html = String::new();
    for segment in &markup.segments {
        let Segment::Embed(embed) = segment else {
            write(sheet, segment, &mut html);
            continue;
        };
        flush(&mut html, &mut blocks);
        blocks.push(embedded(sheet, embed));
    }
    flush(&mut html, &mut blocks);
    blocks
}

/// Prose without embedded records, such as the text of an event.
pub(super) fn html(sheet: &mut Sheet<'_>, markup: &Markup) -> String {
    let mut html = String::new();
    for segment in &markup.segments {
        write(sheet, segment, &mut html);
    }
    html
}

/// Prose as plain text, for places that have no markup: feeds, data files.
pub(super) fn plain(desk: &Desk<'_>, markup: &Markup) -> String {
    let mut text = String::new();
    for segment in &markup.segments {
        match segment {
            Segment::Html(html) => text.push_str(html),
            Segment::Words(words) => write_words(desk, words, &mut text),
            Segment::LinkStart(_) | Segment::Address(_) | Segment::Cite(_) | Segment::Embed(_) => {}
        }
    }
    strip_tags(&text)
}

fn flush(html: &mut String, blocks: &mut Vec<BlockView>) {
    if !html.trim().is_empty() {
        blocks.push(BlockView {
            html: Some(std::mem::take(html)),
            ..BlockView::default()
        });
    }
    html.clear();
}

fn embedded(sheet: &mut Sheet<'_>, embed: &Embed) -> BlockView {
    let mut block = BlockView::default();
    match embed {
        Embed::Event(event) => block.event = Some(records::event(sheet, event)),
        Embed::Figure(figure) => block.figure = Some(records::figure(sheet, figure)),
        Embed::Reaction(reaction) => block.reaction = Some(records::reaction(sheet, reaction)),
        Embed::Person(person) => block.person = Some(records::person(sheet, person)),
        Embed::Term(term) => block.term = Some(records::term(sheet, term)),
        Embed::Source(source) => block.source = Some(records::source(sheet, source)),
    }
    block
}

fn write(sheet: &mut Sheet<'_>, segment: &Segment, out: &mut String) {
    match segment {
        Segment::Html(html) => out.push_str(html),
        Segment::LinkStart(href) => {
            out.push_str("<a");
            if let Some(kind) = href.record {
                out.push_str(" class=\"record-link ");
                out.push_str(kind.name());
                out.push_str("-link\"");
            }
            out.push_str(" href=\"");
            escape(&address(sheet, href), out);
            out.push_str("\">");
        }
        Segment::Address(href) => escape(&address(sheet, href), out),
        Segment::Words(words) => {
            let mut text = String::new();
            write_words(sheet.desk, words, &mut text);
            escape(&text, out);
        }
        Segment::Cite(citations) => cite(sheet, citations, out),
        // A text of a record has no embeds: the parser refuses them there.
        Segment::Embed(_) => {}
    }
}

fn write_words(desk: &Desk<'_>, words: &Words, out: &mut String) {
    match words {
        Words::Quantity(quantity) => {
            out.push_str(&desk.phrases().quantity(quantity).words);
        }
        Words::Text(text) => out.push_str(text),
    }
}

fn address(sheet: &Sheet<'_>, href: &Href) -> String {
    let fragment = href.fragment.as_deref();
    match (&href.permalink, fragment) {
        (Some(permalink), Some(fragment)) => sheet.link_to(permalink, fragment),
        (Some(permalink), None) => sheet.link(permalink),
        (None, Some(fragment)) => format!("#{fragment}"),
        (None, None) => "#".to_owned(),
    }
}

/// `[1, para 4; 2]` as superscript links; each mark can be linked back to.
fn cite(sheet: &mut Sheet<'_>, citations: &[Citation], out: &mut String) {
    if citations.is_empty() {
        return;
    }
    // Writers part the citation from the word before it, as Pandoc does; a raised number stands close.
    out.truncate(out.trim_end_matches(' ').len());
    out.push_str("<sup class=\"cite\">");
    for (index, citation) in citations.iter().enumerate() {
        if index > 0 {
            out.push_str("<span class=\"cite-gap\">,</span> ");
        }
        let (number, id) = sheet.mark(&citation.source);
        let title = citation.source.title.clone();
        let number = number.to_string();
        let words = [("number", number.as_str()), ("title", title.as_str())];
        let label = sheet.desk.words.fill("cite_label", &words);
        out.push_str(&format!(
            "<a id=\"{id}\" href=\"#_cite-{number}\" aria-label=\""
        ));
        let locator = citation.locator.as_deref();
        match locator {
            Some(locator) => escape(&format!("{label}, {locator}"), out),
            None => escape(&label, out),
        }
        out.push_str("\">");
        out.push_str(&number);
        if let Some(locator) = locator {
            out.push_str(", ");
            escape(locator, out);
        }
        out.push_str("</a>");
    }
    out.push_str("</sup>");
}

/// Escapes text for HTML content and double-quoted attributes.
pub(super) fn escape(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c => out.push(c),
        }
    }
}

/// The text of HTML that we wrote ourselves: without tags, with the five entities that we write turned back.
fn strip_tags(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut is_tag = false;
    for c in html.chars() {
        match c {
            '<' => is_tag = true,
            '>' if is_tag => is_tag = false,
            c if !is_tag => text.push(c),
            _ => {}
        }
    }
    let text = text
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&amp;", "&");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
