//! Footnotes, and everything else that can be written only when the whole text is known.

use std::collections::HashMap;
use std::ops::Range;

use crate::diag::Code;
use crate::document::markdown::heading::{self, Draft, Headings};
use crate::document::markdown::html_writer::HtmlWriter;
use crate::document::markdown::ids::Ids;
use crate::document::markdown::numbers::Noticed;
use crate::document::markdown::pieces::{Piece, Pieces};
use crate::document::markdown::{MarkdownFault, Mode, phrases, words};
use crate::document::{Body, RawSegment};
use crate::model::Heading;

/// The footnotes of a text, in the order in which their labels appear.
#[derive(Debug, Default)]
pub(super) struct Notes {
    notes: Vec<Note>,
    /// Labels in lower case, because `[^A]` refers to `[^a]:`.
    indexes: HashMap<String, usize>,
    /// The notes that are being read, from the outermost.
    open: Vec<usize>,
}

#[derive(Debug, Default)]
struct Note {
    label: String,
    content: Option<Pieces>,
    /// The place of the first reference to it.
    referred: Option<Range<usize>>,
}

impl Notes {
    /// Whether a note is being read.
    pub(super) fn is_open(&self) -> bool {
        !self.open.is_empty()
    }

    fn index(&mut self, label: &str) -> usize {
        *self.indexes.entry(label.to_lowercase()).or_insert_with(|| {
            self.notes.push(Note {
                label: label.to_owned(),
                ..Note::default()
            });
            self.notes.len() - 1
        })
    }

    /// Writes a reference to a note.
    pub(super) fn reference(&mut self, out: &mut HtmlWriter<'_>, label: &str, range: Range<usize>) {
        if out.mode() == Mode::Page {
            let note = self.index(label);
            self.notes[note].referred.get_or_insert(range);
            out.gap(Piece::NoteReference(note));
        } else {
            broken_note(out, label, range);
            out.text(&format!("[^{label}]"));
        }
    }

    /// Starts a note.
    pub(super) fn start(&mut self, out: &mut HtmlWriter<'_>, label: &str, range: Range<usize>) {
        out.leave_block();
        let note = self.index(label);
        let end = range.start + out.source()[range.clone()].trim_end().len();
        if out.mode() != Mode::Page {
            broken_note(out, label, range.start..end);
        } else if self.notes[note].content.is_some() {
            out.fault(
                Code::BrokenFootnote,
                range.start..end,
                format!("the footnote `{label}` already has a note; expected one for each"),
            );
        }
        self.open.push(note);
        out.capture();
    }

    /// Ends it.
    pub(super) fn end(&mut self, out: &mut HtmlWriter<'_>) {
        out.leave_block();
        out.start_line();
        let content = out.captured();
        if let Some(note) = self.open.pop() {
            self.notes[note].content.get_or_insert(content);
        }
    }
}

/// Reports a reference without a footnote.
pub(super) fn broken_note(out: &mut HtmlWriter<'_>, label: &str, range: Range<usize>) {
    let message = match out.mode() {
        Mode::Page => {
            format!(
                "the footnote `{label}` has no note; expected a line `[^{label}]: …` on this page, \
                 or `\\[` for a plain bracket"
            )
        }
        Mode::Fragment | Mode::Inline => format!(
            "the footnote `{label}` is in a record; expected footnotes in a page's prose only"
        ),
    };
    out.fault(Code::BrokenFootnote, range, message);
}

/// Fills the gaps. `taken` are ids in use on the page.
pub(super) fn assemble(
    mut out: HtmlWriter<'_>,
    headings: Headings,
    notes: Notes,
    noticed: Noticed,
    taken: &[String],
) -> (Body, Vec<MarkdownFault>) {
    for note in notes.notes.iter().filter(|note| note.content.is_none()) {
        // The parser's rules for upper and lower case differ from ours, so it found a note.
        broken_note(
            &mut out,
            &note.label,
            note.referred.clone().unwrap_or_default(),
        );
    }
    let (body, prose, mut faults) = out.into_parts();
    let mut ids = Ids::new(taken);
    let drafts = heading::with_chosen_ids(headings, &mut ids, &mut faults);
    let mut numbering = Numbering::new(notes.notes, &mut ids);
    let heading_ids = drafts.iter().map(|draft| heading::id(draft, &mut ids));
    let mut filler = Filler {
        heading_ids: heading_ids.collect(),
        numbering: &mut numbering,
        ids: &mut ids,
    };
    let mut output = Pieces::default();
    filler.fill(body, &mut output);
    filler.notes(&mut output);
    let body = Body {
        headings: self::headings(drafts, filler.heading_ids),
        anchors: numbering.anchors(),
        n_words: words::count(&prose),
        numbers: noticed.numbers,
        n_quotations: noticed.n_quotations,
        segments: segments(output),
    };
    faults.sort_by_key(|(code, span, _)| (span.start, span.end, *code));
    (body, faults)
}

/// The numbers of footnotes, assigned in the order of the references.
struct Numbering {
    notes: Vec<Numbered>,
    /// The notes that have references, by number.
    order: Vec<usize>,
}

struct Numbered {
    /// The last part of its ids.
    name: String,
    id: String,
    content: Option<Pieces>,
    /// Its number, from 1; 0 if nothing refers to it.
    number: usize,
    /// The ids of the references to it.
    references: Vec<String>,
}

impl Numbering {
    fn new(notes: Vec<Note>, ids: &mut Ids) -> Self {
        let numbered = notes.into_iter().map(|note| {
            let slug = crate::project::slugify(&note.label);
            let slug = if slug.is_empty() { "note" } else { &slug };
            let id = ids.claim(&format!("fn-{slug}"));
            Numbered {
                name: id["fn-".len()..].to_owned(),
                id,
                content: note.content,
                number: 0,
                references: Vec::new(),
            }
        });
        Self {
            notes: numbered.collect(),
            order: Vec::new(),
        }
    }

    fn anchors(&self) -> Vec<String> {
        let ids = self.order.iter().map(|note| self.notes[*note].id.clone());
        ids.collect()
    }
}

/// Fills gaps with what is known now.
struct Filler<'a> {
    heading_ids: Vec<String>,
    numbering: &'a mut Numbering,
    ids: &'a mut Ids,
}

impl Filler<'_> {
    fn fill(&mut self, pieces: Pieces, output: &mut Pieces) {
        for piece in pieces {
            match piece {
                Piece::Segment(segment) => output.push(segment),
                Piece::HeadingId(index) => output.html().push_str(&self.heading_ids[index]),
                Piece::NoteReference(note) => self.reference(note, output.html()),
            }
        }
    }

    fn reference(&mut self, index: usize, html: &mut String) {
        let note = &mut self.numbering.notes[index];
        if note.number == 0 {
            self.numbering.order.push(index);
            note.number = self.numbering.order.len();
        }
        let id = self.ids.claim(&format!("fnref-{}", note.name));
        html.push_str(&format!(
            "<sup class=\"footnote-ref\"><a id=\"{id}\" href=\"#{}\" role=\"doc-noteref\" aria-label=\"{}\">{}</a></sup>",
            note.id,
            phrases::footnote(note.number),
            note.number,
        ));
        note.references.push(id);
    }

    /// Writes the notes that have references. A note may refer to others, which then follow it.
    fn notes(&mut self, output: &mut Pieces) {
        let mut contents = Vec::new();
        while let Some(&index) = self.numbering.order.get(contents.len()) {
            let content = self.numbering.notes[index].content.take();
            let mut filled = Pieces::default();
            self.fill(content.unwrap_or_default(), &mut filled);
            contents.push(filled);
        }
        if contents.is_empty() {
            return;
        }
        output.start_line();
        output.html().push_str(&format!(
            "<section class=\"footnotes\" role=\"doc-endnotes\" aria-label=\"{}\">\n<ol>\n",
            phrases::FOOTNOTES
        ));
        for (content, index) in contents.into_iter().zip(&self.numbering.order) {
            let note = &self.numbering.notes[*index];
            output
                .html()
                .push_str(&format!("<li id=\"{}\">\n", note.id));
            output.append(content);
            push_back_links(output, note);
            output.html().push_str("</li>\n");
        }
        output.html().push_str("</ol>\n</section>\n");
    }
}

/// Adds the links back to the references, inside the note's last paragraph if it ends with one.
fn push_back_links(output: &mut Pieces, note: &Numbered) {
    const END: &str = "</p>\n";
    let html = output.html();
    match html.strip_suffix(END).map(str::len) {
        Some(length) => {
            html.truncate(length);
            html.push(' ');
        }
        None => html.push_str("<p>"),
    }
    for (index, reference) in note.references.iter().enumerate() {
        let (space, name, mark) = match index {
            0 => ("", note.number.to_string(), String::new()),
            _ => {
                let nth = index + 1;
                let name = format!("{}-{nth}", note.number);
                (" ", name, format!("<sup>{nth}</sup>"))
            }
        };
        // U+FE0E requests the plain arrow instead of an emoji.
        html.push_str(&format!(
            "{space}<a class=\"footnote-back\" href=\"#{reference}\" role=\"doc-backlink\" aria-label=\"{}\">↩\u{fe0e}{mark}</a>",
            phrases::back_to(&name),
        ));
    }
    html.push_str(END);
}

fn headings(drafts: Vec<Draft>, ids: Vec<String>) -> Vec<Heading> {
    drafts
        .into_iter()
        .zip(ids)
        .filter(|(draft, _)| !draft.html.is_empty())
        .map(|(draft, id)| Heading {
            level: draft.level,
            id,
            html: draft.html,
        })
        .collect()
}

fn segments(pieces: Pieces) -> Vec<RawSegment> {
    let done = pieces.into_iter().filter_map(|piece| match piece {
        Piece::Segment(segment) => Some(segment),
        Piece::HeadingId(_) | Piece::NoteReference(_) => None,
    });
    done.collect()
}
