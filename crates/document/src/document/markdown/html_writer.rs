//! Where the HTML of a text goes, with the words and the faults that come up on the way.

use std::ops::Range;

use crate::diag::{Code, Span};
use crate::document::RawSegment;
use crate::document::markdown::pieces::{Piece, Pieces};
use crate::document::markdown::{MarkdownFault, MarkdownOptions, Mode, escape, hidden};

/// Words that are gathered beside the output: those of a heading, or of a table's first cell.
#[derive(Debug, Default)]
pub(super) struct Caption {
    /// As HTML, without links, citations and footnotes.
    pub(super) html: String,
    /// As text.
    pub(super) text: String,
}

/// What has been written of a text so far.
#[derive(Debug)]
pub(super) struct HtmlWriter<'a> {
    source: &'a str,
    options: MarkdownOptions,
    mode: Mode,
    /// What is written to is the last one; the first is the body. Others are put into those before them.
    pieces: Vec<Pieces>,
    caption: Option<Caption>,
    /// All text but that of code blocks, to be counted.
    prose: String,
    faults: Vec<MarkdownFault>,
    /// How many blocks have started or ended: what holds for the words of one block only compares it.
    block: usize,
}

impl<'a> HtmlWriter<'a> {
    pub(super) fn new(source: &'a str, options: MarkdownOptions, mode: Mode) -> Self {
        let mut body = Pieces::default();
        body.html().reserve(source.len() + source.len() / 2);
        Self {
            source,
            options,
            mode,
            pieces: vec![body],
            caption: None,
            prose: String::with_capacity(source.len()),
            faults: hidden::faults(source),
            block: 0,
        }
    }

    /// The text that is read.
    pub(super) fn source(&self) -> &'a str {
        self.source
    }

    /// Where the text stands.
    pub(super) fn mode(&self) -> Mode {
        self.mode
    }

    /// Whether HTML, and addresses of every scheme, go through.
    pub(super) fn unsafe_html(&self) -> bool {
        self.options.unsafe_html
    }

    /// The block that is being written, as a number that no other block has.
    pub(super) fn block_number(&self) -> usize {
        self.block
    }

    fn current(&mut self) -> &mut Pieces {
        self.pieces
            .last_mut()
            .expect("the body is put away only at the end")
    }

    /// The HTML at the end, to add to.
    pub(super) fn html(&mut self) -> &mut String {
        self.current().html()
    }

    /// Writes HTML that belongs to the words around it.
    pub(super) fn tag(&mut self, html: &str) {
        self.html().push_str(html);
        if let Some(caption) = &mut self.caption {
            caption.html.push_str(html);
        }
    }

    /// Writes text.
    pub(super) fn text(&mut self, text: &str) {
        escape::push_text(self.html(), text);
        self.prose.push_str(text);
        self.add_to_caption(text);
    }

    /// Adds text that the output has in another form, such as a picture's alternative text, to what is gathered.
    pub(super) fn add_to_caption(&mut self, text: &str) {
        if let Some(caption) = &mut self.caption {
            escape::push_text(&mut caption.html, text);
            caption.text.push_str(text);
        }
    }

    /// Ends a line among words.
    pub(super) fn line_break(&mut self, html: &str) {
        self.html().push_str(html);
        self.prose.push(' ');
        if let Some(caption) = &mut self.caption {
            caption.html.push(' ');
            caption.text.push(' ');
        }
    }

    /// The last character of text that was written.
    pub(super) fn last_char(&self) -> Option<char> {
        self.prose.chars().next_back()
    }

    /// Starts a line of HTML, unless one has just been started.
    pub(super) fn start_line(&mut self) {
        self.current().start_line();
    }

    /// Starts a block, on a line of its own.
    pub(super) fn block(&mut self, html: &str) {
        self.leave_block();
        self.start_line();
        self.html().push_str(html);
    }

    /// Ends a block.
    pub(super) fn end_block(&mut self, html: &str) {
        self.leave_block();
        self.html().push_str(html);
    }

    /// Tells that the words of one block are over.
    pub(super) fn leave_block(&mut self) {
        self.block += 1;
        self.prose.push(' ');
    }

    /// Adds something that isn't HTML.
    pub(super) fn segment(&mut self, segment: RawSegment) {
        self.current().push(segment);
    }

    /// Adds a gap to be filled once everything is known.
    pub(super) fn gap(&mut self, gap: Piece) {
        self.current().push_piece(gap);
    }

    /// Adds what was captured.
    pub(super) fn append(&mut self, pieces: Pieces) {
        self.current().append(pieces);
    }

    /// Writes to an output of its own until [`Self::captured`].
    pub(super) fn capture(&mut self) {
        self.pieces.push(Pieces::default());
    }

    /// What was written since [`Self::capture`].
    pub(super) fn captured(&mut self) -> Pieces {
        debug_assert!(self.pieces.len() > 1, "nothing is being captured");
        self.pieces.pop().unwrap_or_default()
    }

    /// Gathers words beside the output until [`Self::take_caption`].
    pub(super) fn start_caption(&mut self) {
        self.caption = Some(Caption::default());
    }

    /// The words that were gathered.
    pub(super) fn take_caption(&mut self) -> Caption {
        self.caption.take().unwrap_or_default()
    }

    /// Whether words are gathered.
    pub(super) fn has_caption(&self) -> bool {
        self.caption.is_some()
    }

    /// Records a fault.
    pub(super) fn fault(&mut self, code: Code, range: Range<usize>, message: impl Into<String>) {
        let span = Span::new(range.start, range.end);
        self.faults.push((code, span, message.into()));
    }

    /// How many faults there are: the index of the next.
    pub(super) fn n_faults(&self) -> usize {
        self.faults.len()
    }

    /// Lets a fault reach up to `end`.
    pub(super) fn lengthen_fault(&mut self, index: usize, end: usize) {
        if let Some((_, span, _)) = self.faults.get_mut(index) {
            *span = Span::new(span.start as usize, end);
        }
    }

    /// Where the address of a link is, or the whole link if the address isn't in it as such.
    pub(super) fn address_range(&self, link: Range<usize>, address: &str) -> Range<usize> {
        match self.source[link.clone()].rfind(address) {
            Some(start) if !address.is_empty() => {
                let start = link.start + start;
                start..start + address.len()
            }
            _ => link,
        }
    }

    /// The body, the words to count and the faults, once everything is read.
    pub(super) fn into_parts(mut self) -> (Pieces, String, Vec<MarkdownFault>) {
        let body = std::mem::take(self.current());
        (body, self.prose, self.faults)
    }
}
