//! Links and citations in words.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Tag, TagEnd};

use crate::diag::{Code, Span};
use crate::document::markdown::link::{self, Destination};
use crate::document::markdown::writer::{Events, Writer};
use crate::document::markdown::{citation, escape};
use crate::document::{RawSegment, Target};

/// What is to be written where a link ends.
#[derive(Debug)]
pub(super) enum LinkEnd {
    /// `</a>`.
    Anchor,
    /// Nothing: its address was refused, its words were kept.
    Dropped,
    /// A bracket, since it is no link but words before a citation: `[sic][@newsweek]`. The range is the citation's.
    Bracket(Range<usize>),
}

impl<'a> Writer<'a> {
    /// Whether what is written now is the words of a link.
    pub(super) fn is_in_link(&self) -> bool {
        matches!(self.links.last(), Some(LinkEnd::Anchor | LinkEnd::Dropped))
    }

    pub(super) fn link(&mut self, tag: Tag<'a>, range: Range<usize>, events: &mut Events<'a>) {
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
            return self.citation(range, TagEnd::Link, events);
        }
        let address = match link_type {
            LinkType::Email => format!("mailto:{dest_url}").into(),
            _ => dest_url,
        };
        let is_wordless = matches!(events.peek(), Some((Event::End(TagEnd::Link), _)));
        match link::destination(&address, self.unsafe_html) {
            Ok(Destination::Site(Target::Record(kind, id)))
                if is_wordless || link_type == LinkType::Autolink =>
            {
                skip_to(TagEnd::Link, events);
                let span = Span::new(range.start, range.end);
                let target = Target::Record(kind, id.clone());
                self.output().push(RawSegment::LinkStart(target, span));
                self.output().push(RawSegment::Words(kind, id, span));
                self.output().html().push_str("</a>");
            }
            Ok(_) if is_wordless => {
                let message =
                    format!("a link without words can't be seen; expected `[words]({address})`");
                self.fault(Code::BadValue, range, message);
                self.links.push(LinkEnd::Dropped);
            }
            Ok(Destination::Site(target)) => {
                let span = Span::new(range.start, range.end);
                self.output().push(RawSegment::LinkStart(target, span));
                self.links.push(LinkEnd::Anchor);
            }
            Ok(Destination::Elsewhere(address)) => {
                self.start_link(&address, &title);
                self.links.push(LinkEnd::Anchor);
            }
            Err(message) => {
                let range = self.address_range(range, &address);
                self.fault(Code::BadUrl, range, message);
                self.links.push(LinkEnd::Dropped);
            }
        }
    }

    /// Writes the start of a link that leads elsewhere.
    pub(super) fn start_link(&mut self, address: &str, title: &str) {
        let html = self.output().html();
        html.push_str("<a href=\"");
        escape::push_address(html, address);
        if !title.is_empty() {
            html.push_str("\" title=\"");
            escape::push_attribute(html, title);
        }
        html.push_str("\">");
    }

    pub(super) fn end_link(&mut self) {
        match self.links.pop() {
            Some(LinkEnd::Anchor) => self.output().html().push_str("</a>"),
            Some(LinkEnd::Dropped) | None => {}
            Some(LinkEnd::Bracket(citation)) => {
                self.write_text("]");
                self.brackets_with_citation(citation);
            }
        }
    }

    /// Writes a link or picture that is a citation. The parser gives its brackets as words, which are skipped.
    pub(super) fn citation(&mut self, range: Range<usize>, end: TagEnd, events: &mut Events<'a>) {
        if end == TagEnd::Image {
            self.write_text("!");
        }
        let (first, second) = citation::split(self.source, range);
        match second {
            Some(second) if !citation::is_citation(&self.source[first.clone()]) => {
                self.write_text("[");
                self.links.push(LinkEnd::Bracket(second));
            }
            second => {
                skip_to(end, events);
                self.brackets_with_citation(first);
                if let Some(second) = second {
                    self.brackets_with_citation(second);
                }
            }
        }
    }

    fn brackets_with_citation(&mut self, range: Range<usize>) {
        let source = self.source;
        let brackets = &source[range.clone()];
        if !citation::is_citation(brackets) {
            return self.write_text(brackets);
        }
        match citation::parse(brackets, range.start) {
            Ok(citations) => {
                self.n_citations += 1;
                self.output().push(RawSegment::Cite(citations));
            }
            Err((span, message)) => {
                self.faults.push((Code::BadValue, span, message));
                self.write_text(brackets);
            }
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
}

/// Whether a link has no definition: those are citations, since nothing else is taken from the parser.
pub(super) fn is_unknown(link_type: LinkType) -> bool {
    matches!(
        link_type,
        LinkType::ReferenceUnknown | LinkType::CollapsedUnknown | LinkType::ShortcutUnknown
    )
}

/// Drops events up to the end of what has just been started.
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
