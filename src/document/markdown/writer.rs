//! The walk over the parser's events.

use std::iter::Peekable;
use std::ops::Range;

use pulldown_cmark::{Event, OffsetIter, Options, Parser, Tag, TagEnd};

use crate::diag::{Code, Span};
use crate::document::Body;
use crate::document::markdown::assembly::Notes;
use crate::document::markdown::citation::Brackets;
use crate::document::markdown::heading::Draft;
use crate::document::markdown::numbers::Noticed;
use crate::document::markdown::pieces::{Piece, Pieces};
use crate::document::markdown::reference::LinkEnd;
use crate::document::markdown::table::Table;
use crate::document::markdown::{MarkdownFault, MarkdownOptions, escape, phrases};

/// The parser's events with their ranges.
pub(super) type Events<'a> = Peekable<OffsetIter<'a, Brackets<'a>>>;

/// Where the Markdown stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mode {
    /// A page's prose.
    Page,
    /// A record's field.
    Fragment,
    /// One line, given as the content of a heading.
    Inline,
}

/// Words that are gathered beside the output: those of a heading, or of a table's first cell.
#[derive(Debug, Default)]
pub(super) struct Caption {
    /// As HTML, without links, citations and footnotes.
    pub(super) html: String,
    /// As text.
    pub(super) text: String,
}

/// What is known in the middle of a text.
#[derive(Debug)]
pub(super) struct Writer<'a> {
    pub(super) source: &'a str,
    pub(super) unsafe_html: bool,
    pub(super) mode: Mode,
    pub(super) faults: Vec<MarkdownFault>,
    /// What is written to is the last one; the first is the body. Others are put into those before them.
    pub(super) outputs: Vec<Pieces>,
    pub(super) caption: Option<Caption>,
    pub(super) headings: Vec<Draft>,
    pub(super) notes: Notes,
    pub(super) links: Vec<LinkEnd>,
    pub(super) table: Option<Table>,
    /// For each plain `[` of the block that is open, how many citations came before it.
    pub(super) brackets: Vec<usize>,
    pub(super) n_citations: usize,
    /// The fault for raw HTML in this block, which each further tag makes longer.
    pub(super) html_fault: Option<usize>,
    /// All text but that of code blocks, to be counted.
    pub(super) prose: String,
    /// The level of the last heading; 1 is the page's title.
    pub(super) last_level: u8,
    /// Numbers and quotations.
    pub(super) noticed: Noticed,
}

impl<'a> Writer<'a> {
    pub(super) fn new(source: &'a str, options: MarkdownOptions, mode: Mode) -> Self {
        let mut body = Pieces::default();
        body.html().reserve(source.len() + source.len() / 2);
        Self {
            source,
            unsafe_html: options.unsafe_html,
            mode,
            faults: Vec::new(),
            outputs: vec![body],
            caption: None,
            headings: Vec::new(),
            notes: Notes::default(),
            links: Vec::new(),
            table: None,
            brackets: Vec::new(),
            n_citations: 0,
            html_fault: None,
            prose: String::with_capacity(source.len()),
            last_level: 1,
            noticed: Noticed::default(),
        }
    }

    /// Reads everything. `taken` are ids that are in use on the page.
    pub(super) fn write(mut self, taken: &[String]) -> (Body, Vec<MarkdownFault>) {
        let parser = Parser::new_with_broken_link_callback(
            self.source,
            syntax(self.mode),
            Some(Brackets(self.source)),
        );
        self.check_definitions(&parser);
        self.check_characters();
        let mut events = parser.into_offset_iter().peekable();
        while let Some((event, range)) = events.next() {
            self.event(event, range, &mut events);
        }
        self.finish(taken)
    }

    fn event(&mut self, event: Event<'a>, range: Range<usize>, events: &mut Events<'a>) {
        match event {
            Event::Start(tag) => self.start(tag, range, events),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => self.text(text, range, events),
            Event::Code(code) => {
                self.tag("<code>");
                self.write_text(&code);
                self.tag("</code>");
            }
            Event::InlineHtml(html) => self.inline_html(&html, range),
            Event::FootnoteReference(label) => self.note_reference(&label, range),
            Event::SoftBreak => self.line_break("\n"),
            Event::HardBreak => self.line_break("<br>\n"),
            Event::Rule => self.block("<hr>\n"),
            Event::TaskListMarker(is_done) => self.task(is_done),
            // HTML outside a block of HTML, and mathematics, which isn't switched on.
            Event::Html(text) | Event::InlineMath(text) | Event::DisplayMath(text) => {
                self.write_text(&text);
            }
        }
    }

    fn start(&mut self, tag: Tag<'a>, range: Range<usize>, events: &mut Events<'a>) {
        match tag {
            Tag::Emphasis => self.tag("<em>"),
            Tag::Strong => self.tag("<strong>"),
            Tag::Strikethrough => self.tag("<del>"),
            Tag::Superscript => self.tag("<sup>"),
            Tag::Subscript => self.tag("<sub>"),
            Tag::Link { .. } => self.link(tag, range, events),
            Tag::Image { .. } => self.inline_image(tag, range, events),
            Tag::Paragraph => self.paragraph(events),
            Tag::Heading { .. } => self.start_heading(tag, range),
            Tag::BlockQuote(None) => {
                self.noticed.start_quotation();
                self.block("<blockquote>\n");
            }
            Tag::BlockQuote(Some(kind)) => {
                let (class, title) = phrases::alert(kind);
                self.block(&format!(
                    "<aside class=\"alert alert-{class}\" role=\"note\">\n<p class=\"alert-title\">{title}</p>\n"
                ));
            }
            Tag::CodeBlock(kind) => self.code_block(&kind, events),
            Tag::HtmlBlock => self.html_block(range, events),
            Tag::List(None) => self.block("<ul>\n"),
            Tag::List(Some(1)) => self.block("<ol>\n"),
            Tag::List(Some(first)) => self.block(&format!("<ol start=\"{first}\">\n")),
            Tag::Item => self.block("<li>"),
            Tag::DefinitionList => self.block("<dl>\n"),
            Tag::DefinitionListTitle => self.block("<dt>"),
            Tag::DefinitionListDefinition => self.block("<dd>"),
            Tag::FootnoteDefinition(label) => self.start_note(&label, range),
            Tag::Table(alignments) => self.start_table(alignments),
            Tag::TableHead | Tag::TableRow => self.start_row(),
            Tag::TableCell => {
                let is_empty = matches!(events.peek(), Some((Event::End(TagEnd::TableCell), _)));
                self.start_cell(is_empty);
            }
            Tag::MetadataBlock(_) => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Emphasis => self.tag("</em>"),
            TagEnd::Strong => self.tag("</strong>"),
            TagEnd::Strikethrough => self.tag("</del>"),
            TagEnd::Superscript => self.tag("</sup>"),
            TagEnd::Subscript => self.tag("</sub>"),
            TagEnd::Link | TagEnd::Image => self.end_link(),
            TagEnd::Paragraph => self.end_block("</p>\n"),
            TagEnd::Heading(_) => self.end_heading(),
            TagEnd::BlockQuote(None) => {
                self.noticed.n_blocks = self.noticed.n_blocks.saturating_sub(1);
                self.end_block("</blockquote>\n");
            }
            TagEnd::BlockQuote(Some(_)) => self.end_block("</aside>\n"),
            TagEnd::List(false) => self.end_block("</ul>\n"),
            TagEnd::List(true) => self.end_block("</ol>\n"),
            TagEnd::Item => self.end_block("</li>\n"),
            TagEnd::DefinitionList => self.end_block("</dl>\n"),
            TagEnd::DefinitionListTitle => self.end_block("</dt>\n"),
            TagEnd::DefinitionListDefinition => self.end_block("</dd>\n"),
            TagEnd::FootnoteDefinition => self.end_note(),
            TagEnd::Table => self.end_table(),
            TagEnd::TableHead => self.end_row(true),
            TagEnd::TableRow => self.end_row(false),
            TagEnd::TableCell => self.end_cell(),
            // Those who read the start read up to here.
            TagEnd::CodeBlock | TagEnd::HtmlBlock | TagEnd::MetadataBlock(_) => {}
        }
    }

    /// The output that is being written.
    pub(super) fn output(&mut self) -> &mut Pieces {
        self.outputs
            .last_mut()
            .expect("the body is put away only at the end")
    }

    /// Writes to an output of its own until [`Self::captured`].
    pub(super) fn capture(&mut self) {
        self.outputs.push(Pieces::default());
    }

    /// What was written since [`Self::capture`].
    pub(super) fn captured(&mut self) -> Pieces {
        debug_assert!(self.outputs.len() > 1, "nothing is being captured");
        self.outputs.pop().unwrap_or_default()
    }

    /// Writes HTML that belongs to the words around it.
    pub(super) fn tag(&mut self, html: &str) {
        self.output().html().push_str(html);
        if let Some(caption) = &mut self.caption {
            caption.html.push_str(html);
        }
    }

    /// Writes text.
    pub(super) fn write_text(&mut self, text: &str) {
        escape::push_text(self.output().html(), text);
        self.prose.push_str(text);
        if let Some(caption) = &mut self.caption {
            escape::push_text(&mut caption.html, text);
            caption.text.push_str(text);
        }
    }

    /// Starts a block, on a line of its own.
    pub(super) fn block(&mut self, html: &str) {
        self.leave_block();
        self.output().start_line();
        self.output().html().push_str(html);
    }

    /// Ends a block.
    pub(super) fn end_block(&mut self, html: &str) {
        self.leave_block();
        self.output().html().push_str(html);
    }

    /// Forgets what holds for the words of one block only.
    pub(super) fn leave_block(&mut self) {
        self.brackets.clear();
        self.html_fault = None;
        self.noticed.leave_block();
        self.prose.push(' ');
    }

    fn line_break(&mut self, html: &str) {
        self.output().html().push_str(html);
        self.prose.push(' ');
        if let Some(caption) = &mut self.caption {
            caption.html.push(' ');
            caption.text.push(' ');
        }
    }

    fn task(&mut self, is_done: bool) {
        let (checked, label) = if is_done {
            (" checked", phrases::DONE)
        } else {
            ("", phrases::NOT_DONE)
        };
        self.output().html().push_str(&format!(
            "<input type=\"checkbox\" disabled{checked} aria-label=\"{label}\"> "
        ));
    }

    /// Records a fault.
    pub(super) fn fault(&mut self, code: Code, range: Range<usize>, message: impl Into<String>) {
        self.faults
            .push((code, Span::new(range.start, range.end), message.into()));
    }

    /// Adds a gap to be filled once everything is known.
    pub(super) fn gap(&mut self, gap: Piece) {
        self.output().push_piece(gap);
    }
}

fn syntax(mode: Mode) -> Options {
    let inline = Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_SMART_PUNCTUATION
        | Options::ENABLE_FOOTNOTES;
    match mode {
        Mode::Inline => inline,
        Mode::Page | Mode::Fragment => {
            inline
                | Options::ENABLE_TABLES
                | Options::ENABLE_TASKLISTS
                | Options::ENABLE_HEADING_ATTRIBUTES
                | Options::ENABLE_GFM
                | Options::ENABLE_DEFINITION_LIST
        }
    }
}
