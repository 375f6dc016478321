//! Renders prose as HTML and blocks, for one page.

use std::borrow::Cow;

use crate::model::{
    Citation, Embed, Gap, Href, Layout, Markup, PictureSize, Pixels, RecordKind, Segment, Term,
    Words,
};
use crate::plan::context::{PageContext, SiteContext};
use crate::plan::view::BlockView;
use crate::plan::{picture, records};
use crate::project::Permalink;

/// The prose of a page: HTML, and the records embedded in it as blocks.
pub(super) fn blocks(context: &mut PageContext<'_>, markup: &Markup) -> Vec<BlockView> {
    let mut blocks = Vec::new();
    let mut html = String::new();
    for segment in &markup.segments {
        let Segment::Embed(embed) = segment else {
            write(context, segment, &mut html);
            continue;
        };
        flush(&mut html, &mut blocks);
        blocks.push(embedded(context, embed));
    }
    flush(&mut html, &mut blocks);
    blocks
}

/// Prose without embedded records, such as the text of an event.
pub(super) fn html(context: &mut PageContext<'_>, markup: &Markup) -> String {
    let mut html = String::new();
    for segment in &markup.segments {
        write(context, segment, &mut html);
    }
    html
}

/// Prose as plain text, for places without markup: feeds, data files.
pub(super) fn plain(site: &SiteContext<'_>, markup: &Markup) -> String {
    let mut text = String::new();
    for segment in &markup.segments {
        match segment {
            Segment::Html(html) => text.push_str(&with_words(site, html)),
            Segment::Words(words) => write_words(site, words, &mut text),
            // The space before a citation is removed with it.
            Segment::Cite(_) => text.truncate(text.trim_end_matches(' ').len()),
            Segment::LinkStart(_) | Segment::Address(..) | Segment::Embed(_) => {}
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

fn embedded(context: &mut PageContext<'_>, embed: &Embed) -> BlockView {
    let mut block = BlockView::default();
    let is_listed = matches!(embed, Embed::Event(_))
        && (context.is_gathered() || context.page.head.layout == Layout::Timeline);
    // An id occurs only once: where the prose first shows the record, or in a timeline, which has no gaps.
    let is_first = !is_listed && context.place(embed.anchor());
    match embed {
        Embed::Event(event) => {
            let mut view = records::event(context, event);
            view.is_home &= is_first;
            block.event = Some(view);
        }
        Embed::Figure(figure) => {
            let mut view = records::figure(context, figure);
            view.is_home &= is_first;
            block.figure = Some(view);
        }
        Embed::Reaction(reaction) => {
            let mut view = records::reaction(context, reaction);
            view.is_home &= is_first;
            block.reaction = Some(view);
        }
        Embed::Person(person) => {
            let mut view = records::person(context, person);
            view.is_home &= is_first;
            block.person = Some(view);
        }
        Embed::Term(term) => {
            let mut view = records::term(context, term);
            view.is_home &= is_first;
            block.term = Some(view);
        }
        Embed::Question(question) => {
            let mut view = records::question(context, question);
            view.is_home &= is_first;
            block.question = Some(view);
        }
        Embed::Source(source) => {
            let mut view = records::source(context, source);
            view.is_home &= is_first;
            block.source = Some(view);
        }
    }
    block
}

fn write(context: &mut PageContext<'_>, segment: &Segment, out: &mut String) {
    match segment {
        Segment::Html(html) => {
            let html = with_words(context.site, html);
            write_html(context, &html, out);
        }
        Segment::LinkStart(href) => {
            if href.record == Some(RecordKind::Term) {
                context.open_term(href.fragment.as_deref().unwrap_or_default());
            }
            out.push_str("<a");
            if let Some(kind) = href.record {
                out.push_str(" class=\"record-link ");
                out.push_str(kind.name());
                out.push_str("-link\"");
            }
            out.push_str(" href=\"");
            escape(&address(context, href), out);
            out.push_str("\">");
        }
        Segment::Address(href, pixels) => write_picture(context, href, pixels.as_ref(), out),
        Segment::Words(words) => {
            let mut text = String::new();
            write_words(context.site, words, &mut text);
            escape(&text, out);
        }
        Segment::Cite(citations) => cite(context, citations, out),
        // A record's text has no embeds: the parser refuses them there.
        Segment::Embed(_) => {}
    }
}

/// How wide a picture in prose is shown: as wide as the column, which is as wide as a phone.
const COLUMN: &str = "(min-width: 40rem) 36rem, 92vw";

/// The address of a picture, inside an attribute that is around it, and its sizes in those that follow: nothing moves
/// while the picture comes.
fn write_picture(
    context: &PageContext<'_>,
    href: &Href,
    pixels: Option<&Pixels>,
    out: &mut String,
) {
    let (Some(permalink), Some(pixels)) = (&href.permalink, pixels) else {
        return escape(&address(context, href), out);
    };
    let link = |permalink: &Permalink| context.link(permalink);
    let view = picture::in_sizes(permalink, Some(pixels), None, &link);
    escape(&view.src, out);
    if !view.srcset.is_empty() {
        out.push_str("\" srcset=\"");
        escape(&view.srcset, out);
        out.push_str(&format!("\" sizes=\"{COLUMN}"));
    }
    let PictureSize { width, height } = pixels.size;
    out.push_str(&format!("\" width=\"{width}\" height=\"{height}"));
}

/// HTML with the words of the interface, in the site's language.
fn with_words<'h>(site: &SiteContext<'_>, html: &'h str) -> Cow<'h, str> {
    Gap::fill(html, |Gap(key, n)| {
        let mut words = String::new();
        escape(&site.words.fill(key, &[("n", n)]), &mut words);
        words
    })
}

/// The end of a link. Links aren't nested, so the first one after a link's start is its own.
const LINK_END: &str = "</a>";

/// Writes HTML, with the explanation of a term after the link to it, if that ends here.
fn write_html(context: &mut PageContext<'_>, html: &str, out: &mut String) {
    let parts = context.has_open_term().then(|| html.split_once(LINK_END));
    let Some((words, rest)) = parts.flatten() else {
        out.push_str(html);
        return;
    };
    out.push_str(words);
    out.push_str(LINK_END);
    if let Some(term) = context.close_term() {
        explain(context, &term, out);
    }
    out.push_str(rest);
}

/// The button that opens the explanation of a term, after the link to it.
fn explain(context: &PageContext<'_>, term: &Term, out: &mut String) {
    out.push_str("<button type=\"button\" class=\"explain\" popovertarget=\"_term-");
    escape(term.anchor.id.as_str(), out);
    out.push_str("\" aria-label=\"");
    let label = context.site.words.fill("explain", &[("term", &term.term)]);
    escape(&label, out);
    out.push_str("\">?</button>");
}

fn write_words(site: &SiteContext<'_>, words: &Words, out: &mut String) {
    match words {
        Words::Quantity(quantity) => {
            out.push_str(&site.phrases().quantity(quantity).words);
        }
        Words::Text(text) => out.push_str(text),
    }
}

fn address(context: &PageContext<'_>, href: &Href) -> String {
    let fragment = href.fragment.as_deref();
    match (&href.permalink, fragment) {
        (Some(permalink), Some(fragment)) => context.link_to(permalink, fragment),
        (Some(permalink), None) => context.link(permalink),
        (None, Some(fragment)) => context.link_here(fragment),
        (None, None) => "#".to_owned(),
    }
}

/// `[1, para 4; 2]` as superscript links; each mark can be linked back to.
fn cite(context: &mut PageContext<'_>, citations: &[Citation], out: &mut String) {
    if citations.is_empty() {
        return;
    }
    // Writers put a space between a word and its citation, as in Pandoc; a superscript number directly follows the
    // word.
    out.truncate(out.trim_end_matches(' ').len());
    out.push_str("<sup class=\"cite\">");
    for (index, citation) in citations.iter().enumerate() {
        if index > 0 {
            out.push_str("<span class=\"cite-gap\">,</span> ");
        }
        let (number, id) = context.mark(&citation.source);
        let href = context.link_to_citation(number, &citation.source);
        let title = citation.source.title.clone();
        let number = match &citation.locator {
            Some(locator) => format!("{number}, {locator}"),
            None => number.to_string(),
        };
        // The spoken name contains the visible one, so that it can be activated by voice.
        let words = [("number", number.as_str()), ("title", title.as_str())];
        let label = context.site.words.fill("cite_label", &words);
        out.push_str(&format!("<a id=\"{id}\" href=\""));
        escape(&href, out);
        out.push_str("\" aria-label=\"");
        escape(&label, out);
        out.push_str("\">");
        escape(&number, out);
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

/// Signs that aren't part of the page's text: a heading's link to itself, a footnote's number, its link back. Each with
/// its end.
const SIGNS: [(&str, &str); 3] = [
    ("<a class=\"anchor\"", LINK_END),
    ("<sup class=\"footnote-ref\"", "</sup>"),
    ("<a class=\"footnote-back\"", LINK_END),
];

/// Inline elements that can be within a word; all others end one.
const WITHIN_WORDS: [&str; 18] = [
    "a", "abbr", "b", "code", "del", "em", "i", "ins", "kbd", "mark", "q", "s", "small", "span",
    "strong", "sub", "sup", "u",
];

/// The text of HTML that we generated: without tags, and with the five entities that we use decoded.
fn strip_tags(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut rest = html;
    while let Some((before, tag)) = rest.split_once('<') {
        text.push_str(before);
        let start = &rest[before.len()..];
        let sign = SIGNS.iter().find(|(sign, _)| start.starts_with(sign));
        let end = sign.map_or(">", |(_, end)| end);
        let name = tag.trim_start_matches('/');
        let name = &name[..name
            .find(|c: char| !c.is_ascii_alphanumeric())
            .unwrap_or(name.len())];
        if !WITHIN_WORDS.contains(&name) {
            text.push(' ');
        }
        rest = tag.split_once(end).map_or("", |(_, after)| after);
    }
    text.push_str(rest);
    let text = text
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&amp;", "&");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
