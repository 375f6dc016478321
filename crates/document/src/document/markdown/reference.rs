//! Inline links and citations.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Parser, Tag, TagEnd};

use crate::diag::{Code, Span};
use crate::document::markdown::citation::Brackets;
use crate::document::markdown::html_writer::HtmlWriter;
use crate::document::markdown::link::{self, Destination};
use crate::document::markdown::masked::Events;
use crate::document::markdown::{citation, escape};
use crate::document::{RawSegment, Target};

/// What to write where a link ends.
#[derive(Debug)]
enum LinkEnd {
    /// `</a>`.
    Anchor,
    /// Nothing: its address was refused, and its words were kept.
    Dropped,
    /// A bracket, because it isn't a link but words before a citation: `[sic][@newsweek]`. The range is that of the
    /// citation.
    Bracket(Range<usize>),
}

/// The open links, and the number of citations.
#[derive(Debug, Default)]
pub(super) struct Links {
    open: Vec<LinkEnd>,
    n_citations: usize,
}

impl Links {
    /// Whether the current text is part of a link.
    pub(super) fn is_open(&self) -> bool {
        matches!(self.open.last(), Some(LinkEnd::Anchor | LinkEnd::Dropped))
    }

    /// How many citations have been written.
    pub(super) fn n_citations(&self) -> usize {
        self.n_citations
    }

    /// Starts a link, or writes the citation that the parser took for one.
    pub(super) fn start<'a>(
        &mut self,
        out: &mut HtmlWriter<'a>,
        tag: Tag<'a>,
        range: Range<usize>,
        events: &mut Events<'a>,
    ) {
        let Tag::Link {
            link_type,
            dest_url,
            title,
            ..
        } = tag
        else {
            return;
        };
        if is_unknown(link_type) {
            return self.citation(out, range, TagEnd::Link, events);
        }
        let address = match link_type {
            LinkType::Email => format!("mailto:{dest_url}").into(),
            _ => dest_url,
        };
        let is_wordless = matches!(events.peek(), Some((Event::End(TagEnd::Link), _)));
        match link::destination(&address, out.unsafe_html()) {
            Ok(Destination::Site(Target::Record(kind, id)))
                if is_wordless || link_type == LinkType::Autolink =>
            {
                skip_to(TagEnd::Link, events);
                let span = Span::new(range.start, range.end);
                let target = Target::Record(kind, id.clone());
                out.segment(RawSegment::LinkStart(target, span));
                out.segment(RawSegment::Words(kind, id, span));
                out.html().push_str("</a>");
            }
            Ok(_) if is_wordless => {
                let message =
                    format!("a link without words can't be seen; expected `[words]({address})`");
                out.fault(Code::BadValue, range, message);
                self.open.push(LinkEnd::Dropped);
            }
            Ok(Destination::Site(target)) => {
                let span = Span::new(range.start, range.end);
                out.segment(RawSegment::LinkStart(target, span));
                self.open.push(LinkEnd::Anchor);
            }
            Ok(Destination::Elsewhere(address)) => {
                start_link(out, &address, &title);
                self.open.push(LinkEnd::Anchor);
            }
            Err(message) => {
                let range = out.address_range(range, &address);
                out.fault(Code::BadUrl, range, message);
                self.open.push(LinkEnd::Dropped);
            }
        }
    }

    /// Ends a link.
    pub(super) fn end(&mut self, out: &mut HtmlWriter<'_>) {
        match self.open.pop() {
            Some(LinkEnd::Anchor) => out.html().push_str("</a>"),
            Some(LinkEnd::Dropped) | None => {}
            Some(LinkEnd::Bracket(citation)) => {
                out.text("]");
                self.brackets(out, citation);
            }
        }
    }

    /// Writes a link or picture that is a citation. The parser reports its brackets as words, which are skipped.
    pub(super) fn citation<'a>(
        &mut self,
        out: &mut HtmlWriter<'a>,
        range: Range<usize>,
        end: TagEnd,
        events: &mut Events<'a>,
    ) {
        if end == TagEnd::Image {
            out.text("!");
        }
        let (first, second) = citation::split(out.source(), range);
        match second {
            Some(second) if !citation::is_citation(&out.source()[first.clone()]) => {
                out.text("[");
                self.open.push(LinkEnd::Bracket(second));
            }
            second => {
                skip_to(end, events);
                self.brackets(out, first);
                if let Some(second) = second {
                    self.brackets(out, second);
                }
            }
        }
    }

    fn brackets(&mut self, out: &mut HtmlWriter<'_>, range: Range<usize>) {
        let source = out.source();
        let brackets = &source[range.clone()];
        if !citation::is_citation(brackets) {
            return out.text(brackets);
        }
        match citation::parse(brackets, range.start) {
            Ok(citations) => {
                self.n_citations += 1;
                out.segment(RawSegment::Cite(citations));
            }
            Err((span, message)) => {
                out.fault(
                    Code::BadValue,
                    span.start as usize..span.end as usize,
                    message,
                );
                out.text(brackets);
            }
        }
    }
}

/// Writes the start of a link to another site.
pub(super) fn start_link(out: &mut HtmlWriter<'_>, address: &str, title: &str) {
    let html = out.html();
    html.push_str("<a href=\"");
    escape::push_address(html, address);
    if !title.is_empty() {
        html.push_str("\" title=\"");
        escape::push_attribute(html, title);
    }
    html.push_str("\">");
}

/// Refuses link definitions that look like citations: they would turn every such citation into a link.
pub(super) fn check_definitions(out: &mut HtmlWriter<'_>, parser: &Parser<'_, Brackets<'_>>) {
    let mut definitions: Vec<(Range<usize>, String)> = parser
        .reference_definitions()
        .iter()
        .filter(|(label, _)| label.starts_with('@'))
        .map(|(label, definition)| (definition.span.clone(), label.to_owned()))
        .collect();
    definitions.sort_by_key(|(span, _)| span.start);
    for (span, label) in definitions {
        out.fault(
            Code::BadValue,
            span,
            format!(
                "`[{label}]:` makes a link of what looks like a citation; expected a source in `sources:`, \
                 or words before the bracket"
            ),
        );
    }
}

/// Whether a link has no definition: then it is a citation, because the parser isn't asked for anything else.
pub(super) fn is_unknown(link_type: LinkType) -> bool {
    matches!(
        link_type,
        LinkType::ReferenceUnknown | LinkType::CollapsedUnknown | LinkType::ShortcutUnknown
    )
}

/// Drops events up to the end of the element that has just started.
fn skip_to(end: TagEnd, events: &mut Events<'_>) {
    let mut depth = 0usize;
    for (event, _) in events.by_ref() {
        match event {
            Event::Start(tag) if tag.to_end() == end => depth += 1,
            Event::End(tag) if tag == end && depth == 0 => return,
            Event::End(tag) if tag == end => depth -= 1,
            _ => {}
        }
    }
}
