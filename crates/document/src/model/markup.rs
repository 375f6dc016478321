//! Checked prose: HTML with the places for records, citations and addresses.

use std::borrow::Cow;
use std::sync::Arc;

use crate::model::{
    Anchor, Event, Figure, Person, Pixels, Quantity, Question, Reaction, RecordKind, Source, Term,
};
use crate::project::Permalink;

/// The prose of a page or of a part of it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Markup {
    /// The pieces in reading order. HTML may open in one piece and close in another.
    pub segments: Vec<Segment>,
}

impl Markup {
    /// The same in another language than what is around it, as an element of that name.
    #[must_use]
    pub fn in_language(mut self, tag: &str, element: &str) -> Self {
        let start = format!("<{element} lang=\"{tag}\" dir=\"auto\">");
        self.segments.insert(0, Segment::Html(start.into()));
        let end = format!("</{element}>");
        self.segments.push(Segment::Html(end.into()));
        self
    }
}

/// A piece of [`Markup`].
#[derive(Clone, Debug, PartialEq)]
pub enum Segment {
    /// HTML that is the same on every page, except for the [words of the interface](Gap) in it.
    Html(Arc<str>),
    /// `<a href="…">` to a place on the site; the closing tag is in later HTML.
    LinkStart(Href),
    /// The address of a picture, inside an attribute that is around it; with its sizes, if they are known.
    Address(Href, Option<Pixels>),
    /// A record's own words, where the writer gave none.
    Words(Words),
    /// Numbers in brackets that link to the sources.
    Cite(Vec<Citation>),
    /// A record as a block of its own.
    Embed(Embed),
}

/// Where a link on the site leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Href {
    /// The page or file; `None` for the page that contains the link.
    pub permalink: Option<Permalink>,
    /// The id on that page.
    pub fragment: Option<String>,
    /// The kind of record it leads to; `None` for a page, a file or a heading.
    pub record: Option<RecordKind>,
}

/// The words of a reference that has none.
#[derive(Clone, Debug, PartialEq)]
pub enum Words {
    /// A figure's value.
    Quantity(Quantity),
    /// A title or a name.
    Text(String),
}

/// One source of a citation.
#[derive(Clone, Debug, PartialEq)]
pub struct Citation {
    /// The source.
    pub source: Arc<Source>,
    /// The place in it: "para 4".
    pub locator: Option<String>,
}

/// A record in prose, as a block.
#[derive(Clone, Debug, PartialEq)]
pub enum Embed {
    /// A timeline entry.
    Event(Arc<Event>),
    /// A card, with a chart if the figure has one.
    Figure(Arc<Figure>),
    /// A quotation card.
    Reaction(Arc<Reaction>),
    /// A person's card.
    Person(Arc<Person>),
    /// A term with its definition.
    Term(Arc<Term>),
    /// A question.
    Question(Arc<Question>),
    /// A source's entry.
    Source(Arc<Source>),
}

impl Embed {
    /// The page and id of the record itself.
    pub fn anchor(&self) -> &Anchor {
        match self {
            Self::Event(event) => &event.anchor,
            Self::Figure(figure) => &figure.anchor,
            Self::Reaction(reaction) => &reaction.anchor,
            Self::Person(person) => &person.anchor,
            Self::Term(term) => &term.anchor,
            Self::Question(question) => &question.anchor,
            Self::Source(source) => &source.anchor,
        }
    }
}

/// A heading of a page.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Heading {
    /// 2 to 6.
    pub level: u8,
    /// Its anchor.
    pub id: String,
    /// Its words, as HTML without links.
    pub html: String,
}

/// A place in HTML for words of the interface: their key, and optionally a number for the `{n}` in them.
///
/// HTML is made from a page's own bytes, which don't say what language its interface is in. The place is marked with
/// two Unicode noncharacters, so it works in attributes too.
///
/// # Examples
///
/// ```
/// use nutgraf_document::model::Gap;
///
/// let html = format!("<a aria-label=\"{}\">1</a>", Gap("footnote", "1"));
/// let filled = Gap::fill(&html, |gap| format!("{} {}", gap.0, gap.1));
/// assert_eq!(filled, "<a aria-label=\"footnote 1\">1</a>");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gap<'a>(pub &'a str, pub &'a str);

const GAP_START: char = '\u{fffe}';
const GAP_END: char = '\u{ffff}';

impl std::fmt::Display for Gap<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{GAP_START}{} {}{GAP_END}", self.0, self.1)
    }
}

impl Gap<'_> {
    /// HTML with each place replaced by what `words` returns.
    pub fn fill<'h>(html: &'h str, mut words: impl FnMut(Gap<'_>) -> String) -> Cow<'h, str> {
        let Some((start, mut rest)) = html.split_once(GAP_START) else {
            return Cow::Borrowed(html);
        };
        let mut filled = start.to_owned();
        loop {
            let (gap, after) = rest.split_once(GAP_END).unwrap_or((rest, ""));
            let (key, n) = gap.split_once(' ').unwrap_or((gap, ""));
            filled.push_str(&words(Gap(key, n)));
            match after.split_once(GAP_START) {
                Some((between, next)) => {
                    filled.push_str(between);
                    rest = next;
                }
                None => {
                    filled.push_str(after);
                    return Cow::Owned(filled);
                }
            }
        }
    }
}
