//! Unfinished output: segments, with gaps for what only the whole text tells.

use crate::document::RawSegment;

/// A piece of output.
#[derive(Debug)]
pub(super) enum Piece {
    /// A finished segment.
    Segment(RawSegment),
    /// The id of a heading, by its index.
    HeadingId(usize),
    /// A reference to a footnote, by the footnote's index.
    NoteReference(usize),
}

/// Output in reading order; adjacent HTML is merged.
#[derive(Debug, Default)]
pub(super) struct Pieces {
    /// Everything up to the last piece that isn't HTML.
    done: Vec<Piece>,
    /// The HTML after it; may be empty.
    html: String,
}

impl Pieces {
    /// The HTML at the end, for appending.
    pub(super) fn html(&mut self) -> &mut String {
        &mut self.html
    }

    /// Starts a new line, unless the output is at the start of one.
    pub(super) fn start_line(&mut self) {
        let is_at_start = if self.html.is_empty() {
            self.done.is_empty()
        } else {
            self.html.ends_with('\n')
        };
        if !is_at_start {
            self.html.push('\n');
        }
    }

    /// Adds a segment.
    pub(super) fn push(&mut self, segment: RawSegment) {
        match segment {
            RawSegment::Html(html) => self.html.push_str(&html),
            segment => self.push_piece(Piece::Segment(segment)),
        }
    }

    /// Adds a piece that isn't HTML.
    pub(super) fn push_piece(&mut self, piece: Piece) {
        self.flush();
        self.done.push(piece);
    }

    /// Appends other pieces.
    pub(super) fn append(&mut self, other: Self) {
        for piece in other {
            match piece {
                Piece::Segment(segment) => self.push(segment),
                gap => self.push_piece(gap),
            }
        }
    }

    /// Whether it is empty.
    pub(super) fn is_empty(&self) -> bool {
        self.done.is_empty() && self.html.is_empty()
    }

    fn flush(&mut self) {
        if !self.html.is_empty() {
            let html = std::mem::take(&mut self.html);
            self.done.push(Piece::Segment(RawSegment::Html(html)));
        }
    }
}

impl IntoIterator for Pieces {
    type Item = Piece;
    type IntoIter = std::vec::IntoIter<Piece>;

    fn into_iter(mut self) -> Self::IntoIter {
        self.flush();
        self.done.into_iter()
    }
}
