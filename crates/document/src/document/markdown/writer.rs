//! Walks over the parser's events and passes each to the part that handles it.

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use crate::document::Body;
use crate::document::markdown::assembly::{self, Notes};
use crate::document::markdown::callout::{self, Callouts};
use crate::document::markdown::citation::Brackets;
use crate::document::markdown::heading::Headings;
use crate::document::markdown::html_writer::HtmlWriter;
use crate::document::markdown::masked::{Events, Masked};
use crate::document::markdown::raw_html::RawHtml;
use crate::document::markdown::reference::Links;
use crate::document::markdown::table::Tables;
use crate::document::markdown::text::Words;
use crate::document::markdown::{
    MarkdownFault, MarkdownOptions, Mode, code, image, phrases, reference,
};
use crate::document::script;

/// Reads a text. `taken` are ids in use on the page.
pub(super) fn read(
    source: &str,
    options: MarkdownOptions,
    mode: Mode,
    taken: &[String],
) -> (Body, Vec<MarkdownFault>) {
    let masked = Masked::new(source);
    let parser = Parser::new_with_broken_link_callback(
        masked.text(),
        syntax(mode, options),
        Some(Brackets(source)),
    );
    let mut walk = Walk {
        out: HtmlWriter::new(source, options, mode),
        words: Words::default(),
        links: Links::default(),
        headings: Headings::default(),
        notes: Notes::default(),
        tables: Tables::default(),
        raw_html: RawHtml::default(),
        callouts: Callouts::default(),
    };
    reference::check_definitions(&mut walk.out, &parser);
    let mut events = masked.events(parser);
    while let Some((event, range)) = events.next() {
        walk.event(event, range, &mut events);
    }
    walk.finish(taken)
}

/// The state in the middle of a text: the output, and the parts that write to it.
struct Walk<'a> {
    out: HtmlWriter<'a>,
    words: Words,
    links: Links,
    headings: Headings,
    notes: Notes,
    tables: Tables,
    raw_html: RawHtml,
    callouts: Callouts,
}

impl<'a> Walk<'a> {
    fn event(&mut self, event: Event<'a>, range: Range<usize>, events: &mut Events<'a>) {
        let out = &mut self.out;
        match event {
            Event::Start(tag) => self.start(tag, range, events),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => self.words.text(out, &mut self.links, text, range, events),
            Event::Code(code) => {
                out.tag("<code>");
                out.text(&code);
                out.tag("</code>");
            }
            Event::InlineHtml(html) => self.raw_html.inline(out, &html, range),
            Event::FootnoteReference(label) => self.notes.reference(out, &label, range),
            Event::SoftBreak | Event::HardBreak if self.callouts.ends_title(out) => {}
            Event::SoftBreak => {
                let after = script::next_char(out.source(), range.end);
                if !script::joins(out.last_char(), after) {
                    out.line_break("\n");
                }
            }
            Event::HardBreak => out.line_break("<br>\n"),
            Event::Rule => out.block("<hr>\n"),
            Event::TaskListMarker(is_done) => task(out, is_done),
            // HTML outside an HTML block, and mathematics, which isn't enabled.
            Event::Html(text) | Event::InlineMath(text) | Event::DisplayMath(text) => {
                out.text(&text);
            }
        }
    }

    fn start(&mut self, tag: Tag<'a>, range: Range<usize>, events: &mut Events<'a>) {
        let out = &mut self.out;
        match tag {
            Tag::Emphasis => self.inline("<em>"),
            Tag::Strong => self.inline("<strong>"),
            Tag::Strikethrough => self.inline("<del>"),
            Tag::Superscript => self.inline("<sup>"),
            Tag::Subscript => self.inline("<sub>"),
            Tag::Link { .. } => self.links.start(out, tag, range, events),
            Tag::Image { .. } => image::inline(out, &mut self.links, tag, range, events),
            Tag::Paragraph => image::paragraph(out, events),
            Tag::Heading { .. } => self.headings.start(out, tag, range, self.notes.is_open()),
            Tag::BlockQuote(Some(kind)) => {
                let (class, title) = phrases::alert(kind);
                out.block(&callout::start(class));
                out.html().push_str(&format!("{title}</p>\n"));
            }
            Tag::BlockQuote(None) => {
                let starts = self.callouts.start(out, &mut self.words, range, events);
                if !starts {
                    self.words.start_quotation();
                    out.block("<blockquote>\n");
                }
            }
            Tag::CodeBlock(kind) => code::block(out, &kind, events),
            Tag::HtmlBlock => self.raw_html.block(out, range, events),
            Tag::List(None) => out.block("<ul>\n"),
            Tag::List(Some(1)) => out.block("<ol>\n"),
            Tag::List(Some(first)) => out.block(&format!("<ol start=\"{first}\">\n")),
            Tag::Item => out.block("<li>"),
            Tag::DefinitionList => out.block("<dl>\n"),
            Tag::DefinitionListTitle => out.block("<dt>"),
            Tag::DefinitionListDefinition => out.block("<dd>"),
            Tag::FootnoteDefinition(label) => self.notes.start(out, &label, range),
            Tag::Table(alignments) => self.tables.start(out, alignments),
            Tag::TableHead | Tag::TableRow => self.tables.start_row(out),
            Tag::TableCell => {
                let is_empty = matches!(events.peek(), Some((Event::End(TagEnd::TableCell), _)));
                self.tables.start_cell(out, is_empty);
            }
            Tag::MetadataBlock(_) => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        let out = &mut self.out;
        match tag {
            TagEnd::Emphasis => self.end_inline("</em>"),
            TagEnd::Strong => self.end_inline("</strong>"),
            TagEnd::Strikethrough => self.end_inline("</del>"),
            TagEnd::Superscript => self.end_inline("</sup>"),
            TagEnd::Subscript => self.end_inline("</sub>"),
            TagEnd::Link | TagEnd::Image => self.links.end(out),
            TagEnd::Paragraph => {
                self.callouts.leave_title();
                out.end_block("</p>\n");
            }
            TagEnd::Heading(_) => self.headings.end(out, self.notes.is_open()),
            TagEnd::BlockQuote(Some(_)) => out.end_block("</aside>\n"),
            TagEnd::BlockQuote(None) if self.callouts.end() => out.end_block("</aside>\n"),
            TagEnd::BlockQuote(None) => {
                self.words.end_quotation();
                out.end_block("</blockquote>\n");
            }
            TagEnd::List(false) => out.end_block("</ul>\n"),
            TagEnd::List(true) => out.end_block("</ol>\n"),
            TagEnd::Item => out.end_block("</li>\n"),
            TagEnd::DefinitionList => out.end_block("</dl>\n"),
            TagEnd::DefinitionListTitle => out.end_block("</dt>\n"),
            TagEnd::DefinitionListDefinition => out.end_block("</dd>\n"),
            TagEnd::FootnoteDefinition => self.notes.end(out),
            TagEnd::Table => self.tables.end(out),
            TagEnd::TableHead => self.tables.end_row(out, true),
            TagEnd::TableRow => self.tables.end_row(out, false),
            TagEnd::TableCell => self.tables.end_cell(out),
            // Consumed by the start handler.
            TagEnd::CodeBlock | TagEnd::HtmlBlock | TagEnd::MetadataBlock(_) => {}
        }
    }

    fn inline(&mut self, html: &str) {
        self.callouts.enter_inline();
        self.out.tag(html);
    }

    fn end_inline(&mut self, html: &str) {
        self.callouts.leave_inline();
        self.out.tag(html);
    }

    fn finish(self, taken: &[String]) -> (Body, Vec<MarkdownFault>) {
        let Self {
            mut out,
            words,
            headings,
            notes,
            ..
        } = self;
        let noticed = words.finish(&mut out);
        assembly::assemble(out, headings, notes, noticed, taken)
    }
}

fn task(out: &mut HtmlWriter<'_>, is_done: bool) {
    let (checked, label) = if is_done {
        (" checked", phrases::DONE)
    } else {
        ("", phrases::NOT_DONE)
    };
    out.html().push_str(&format!(
        "<input type=\"checkbox\" disabled{checked} aria-label=\"{label}\"> "
    ));
}

pub(super) fn syntax(mode: Mode, options: MarkdownOptions) -> Options {
    let mut syntax = Options::ENABLE_STRIKETHROUGH | Options::ENABLE_FOOTNOTES;
    syntax.set(Options::ENABLE_SMART_PUNCTUATION, options.smart);
    match mode {
        Mode::Inline => syntax,
        Mode::Page | Mode::Fragment => {
            syntax
                | Options::ENABLE_TABLES
                | Options::ENABLE_TASKLISTS
                | Options::ENABLE_HEADING_ATTRIBUTES
                | Options::ENABLE_GFM
                | Options::ENABLE_DEFINITION_LIST
        }
    }
}
