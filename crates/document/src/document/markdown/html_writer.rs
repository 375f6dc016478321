//! Collects the HTML of a text, with the words and the faults found on the way.

use std::ops::Range;

use crate::diag::{Code, Span};
use crate::document::RawSegment;
use crate::document::markdown::pieces::{Piece, Pieces};
use crate::document::markdown::{MarkdownFault, MarkdownOptions, Mode, escape, hidden};

/// Words collected in addition to the output: those of a heading, or of a table's first cell.
#[derive(Debug, Default)]
pub(super) struct Caption {
    /// As HTML, without links, citations and footnotes.
    pub(super) html: String,
    /// As text.
    pub(super) text: String,
}

/// What has been written so far.
#[derive(Debug)]
pub(super) struct HtmlWriter<'a> {
    source: &'a str,
    options: MarkdownOptions,
    mode: Mode,
    /// A stack of outputs: the last one is written to; the first is the body. The others are inserted into the one
    /// before them.
    pieces: Vec<Pieces>,
    caption: Option<Caption>,
    /// All text except that of code blocks, for counting words.
    prose: String,
    faults: Vec<MarkdownFault>,
    /// How many blocks have started or ended. State that applies only within one block compares this number.
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

    /// The text being read.
    pub(super) fn source(&self) -> &'a str {
        self.source
    }

    /// Where the text is from.
    pub(super) fn mode(&self) -> Mode {
        self.mode
    }

    /// Whether HTML, and addresses with any scheme, are passed through.
    pub(super) fn unsafe_html(&self) -> bool {
        self.options.unsafe_html
    }

    /// A number that identifies the block being written.
    pub(super) fn block_number(&self) -> usize {
        self.block
    }

    fn current(&mut self) -> &mut Pieces {
        self.pieces
            .last_mut()
            .expect("the body is put away only at the end")
    }

    /// The HTML at the end, for appending.
    pub(super) fn html(&mut self) -> &mut String {
        self.current().html()
    }

    /// Writes inline HTML.
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

    /// Adds text that appears in the output in another form, such as a picture's alternative text, to the collected
    /// words.
    pub(super) fn add_to_caption(&mut self, text: &str) {
        if let Some(caption) = &mut self.caption {
            escape::push_text(&mut caption.html, text);
            caption.text.push_str(text);
        }
    }

    /// Ends a line within a paragraph.
    pub(super) fn line_break(&mut self, html: &str) {
        self.html().push_str(html);
        self.prose.push(' ');
        if let Some(caption) = &mut self.caption {
            caption.html.push(' ');
            caption.text.push(' ');
        }
    }

    /// The last character of the text written so far.
    pub(super) fn last_char(&self) -> Option<char> {
        self.prose.chars().next_back()
    }

    /// Starts a new line of HTML, unless the output is at the start of one.
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

    /// Records that the words of a block have ended.
    pub(super) fn leave_block(&mut self) {
        self.block += 1;
        self.prose.push(' ');
    }

    /// Adds something that isn't HTML.
    pub(super) fn segment(&mut self, segment: RawSegment) {
        self.current().push(segment);
    }

    /// Adds a gap, to be filled when everything is known.
    pub(super) fn gap(&mut self, gap: Piece) {
        self.current().push_piece(gap);
    }

    /// Appends captured output.
    pub(super) fn append(&mut self, pieces: Pieces) {
        self.current().append(pieces);
    }

    /// Redirects writing to a separate output until [`Self::captured`].
    pub(super) fn capture(&mut self) {
        self.pieces.push(Pieces::default());
    }

    /// The output since [`Self::capture`].
    pub(super) fn captured(&mut self) -> Pieces {
        debug_assert!(self.pieces.len() > 1, "nothing is being captured");
        self.pieces.pop().unwrap_or_default()
    }

    /// Collects words in addition to the output until [`Self::take_caption`].
    pub(super) fn start_caption(&mut self) {
        self.caption = Some(Caption::default());
    }

    /// The collected words.
    pub(super) fn take_caption(&mut self) -> Caption {
        self.caption.take().unwrap_or_default()
    }

    /// Whether words are being collected.
    pub(super) fn has_caption(&self) -> bool {
        self.caption.is_some()
    }

    /// Records a fault.
    pub(super) fn fault(&mut self, code: Code, range: Range<usize>, message: impl Into<String>) {
        let span = Span::new(range.start, range.end);
        self.faults.push((code, span, message.into()));
    }

    /// The number of faults so far: the index of the next.
    pub(super) fn n_faults(&self) -> usize {
        self.faults.len()
    }

    /// Extends a fault to `end`.
    pub(super) fn lengthen_fault(&mut self, index: usize, end: usize) {
        if let Some((_, span, _)) = self.faults.get_mut(index) {
            *span = Span::new(span.start as usize, end);
        }
    }

    /// The place of a link's address, or of the whole link if the address isn't in it literally.
    pub(super) fn address_range(&self, link: Range<usize>, address: &str) -> Range<usize> {
        match self.source[link.clone()].rfind(address) {
            Some(start) if !address.is_empty() => {
                let start = link.start + start;
                start..start + address.len()
            }
            _ => link,
        }
    }

    /// The body, the words to count, and the faults, when everything has been read.
    pub(super) fn into_parts(mut self) -> (Pieces, String, Vec<MarkdownFault>) {
        let body = std::mem::take(self.current());
        (body, self.prose, self.faults)
    }
}
