//! The whole text of a page for feed readers: HTML without styles and controls, with absolute addresses.

use crate::model::Page;
use crate::plan::context::{PageContext, SiteContext};
use crate::plan::markup::{self, escape};
use crate::plan::records;
use crate::plan::view::{BlockView, DateView, ReactionView, SourceRefView};

/// The key points, the prose and the records of a page, in that order; `None` without a `base_url`.
pub(super) fn whole_text(site: &SiteContext<'_>, page: &Page) -> Option<String> {
    let base = site.config.base_url.as_deref()?;
    let mut context = PageContext::abroad(site, page, base);
    let context = &mut context;
    let mut html = String::new();
    if !page.key_points.is_empty() {
        html.push_str("<ul>\n");
        for point in &page.key_points {
            let point = markup::html(context, point);
            html.push_str(&format!("<li>{point}</li>\n"));
        }
        html.push_str("</ul>\n");
    }
    let mut blocks = markup::blocks(context, &page.body);
    blocks.extend(other_records(context, page));
    for block in &blocks {
        write(block, &mut html);
    }
    Some(html)
}

/// The records that the prose doesn't show. People and sources are told where they speak or are cited.
fn other_records(context: &mut PageContext<'_>, page: &Page) -> Vec<BlockView> {
    let mut blocks = Vec::new();
    let all = &page.records;
    for event in &all.events {
        if context.place(&event.anchor) {
            blocks.push(BlockView {
                event: Some(records::event(context, event)),
                ..BlockView::default()
            });
        }
    }
    for figure in &all.figures {
        if context.place(&figure.anchor) {
            blocks.push(BlockView {
                figure: Some(records::figure(context, figure)),
                ..BlockView::default()
            });
        }
    }
    for reaction in &all.reactions {
        if context.place(&reaction.anchor) {
            blocks.push(BlockView {
                reaction: Some(records::reaction(context, reaction)),
                ..BlockView::default()
            });
        }
    }
    for term in &all.terms {
        if context.place(&term.anchor) {
            blocks.push(BlockView {
                term: Some(records::term(context, term)),
                ..BlockView::default()
            });
        }
    }
    for question in &all.questions {
        if context.place(&question.anchor) {
            blocks.push(BlockView {
                question: Some(records::question(context, question)),
                ..BlockView::default()
            });
        }
    }
    blocks
}

fn write(block: &BlockView, out: &mut String) {
    if let Some(html) = &block.html {
        out.push_str(&without_own_links(html));
    }
    if let Some(event) = &block.event {
        heading(&event.title, out);
        paragraph(&[Some(&event.date.words), event.place.as_ref()], out);
        out.push_str(event.text_html.as_deref().unwrap_or_default());
        sources(&event.sources, out);
    }
    if let Some(figure) = &block.figure {
        heading(&format!("{}: {}", figure.title, figure.value.words), out);
        let date = figure.date.as_ref().map(|date| &date.words);
        paragraph(&[date, figure.comparison.as_ref()], out);
        out.push_str(figure.text_html.as_deref().unwrap_or_default());
        sources(&figure.sources, out);
    }
    if let Some(reaction) = &block.reaction {
        said(reaction, out);
    }
    if let Some(term) = &block.term {
        heading(&term.term, out);
        out.push_str(&term.definition_html);
        sources(&term.sources, out);
    }
    if let Some(question) = &block.question {
        heading(&question.question, out);
        out.push_str(&question.answer_html);
        sources(&question.sources, out);
    }
}

/// HTML without the links of headings to themselves.
fn without_own_links(html: &str) -> String {
    const END: &str = "</a>";
    let mut parts = html.split("<a class=\"anchor\"");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| {
        text.trim_end().to_owned() + part.split_once(END).map_or("", |(_, after)| after)
    })
}

fn said(reaction: &ReactionView, out: &mut String) {
    if !reaction.quote.is_empty() {
        out.push_str("<blockquote>\n");
        for words in &reaction.quote {
            paragraph(&[Some(words)], out);
        }
        out.push_str("</blockquote>\n");
    }
    if let Some(translation) = &reaction.translation {
        paragraph(&[Some(translation)], out);
    }
    out.push_str(reaction.text_html.as_deref().unwrap_or_default());
    let speaker = &reaction.speaker;
    let date = reaction.date.as_ref().map(|DateView { words, .. }| words);
    let parts = [
        Some(&speaker.name),
        speaker.role.as_ref(),
        speaker.organisation.as_ref(),
        date,
    ];
    paragraph(&parts, out);
    sources(&reaction.sources, out);
}

fn heading(text: &str, out: &mut String) {
    out.push_str("<h3>");
    escape(text, out);
    out.push_str("</h3>\n");
}

/// What is there of some parts, with a point between them.
fn paragraph(parts: &[Option<&String>], out: &mut String) {
    let parts: Vec<&str> = parts.iter().flatten().map(|part| part.as_str()).collect();
    if parts.is_empty() {
        return;
    }
    out.push_str("<p>");
    escape(&parts.join(" · "), out);
    out.push_str("</p>\n");
}

fn sources(sources: &[SourceRefView], out: &mut String) {
    if sources.is_empty() {
        return;
    }
    out.push_str("<p><small>");
    for (index, source) in sources.iter().enumerate() {
        if index > 0 {
            out.push_str("; ");
        }
        out.push_str("<a href=\"");
        escape(&source.href, out);
        out.push_str("\">");
        escape(&source.title, out);
        out.push_str("</a>");
        if let Some(publisher) = &source.publisher {
            out.push_str(", ");
            escape(publisher, out);
        }
    }
    out.push_str("</small></p>\n");
}
