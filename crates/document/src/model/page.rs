//! Pages, and the records within their reach.

use std::sync::Arc;

use crate::model::{
    Anchor, Day, Event, Figure, Focus, GroupBy, Heading, Image, Language, Listing, Markup, Notice,
    PartialDate, Person, Question, Reaction, Segment, Source, Term,
};
use crate::project::{Permalink, SourcePath};

/// The kind of page, which determines its template.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Layout {
    /// The front page of the site or of an explainer.
    Home,
    /// A folder's page that lists the pages below it.
    Section,
    /// Prose.
    Page,
    /// Events.
    Timeline,
    /// Figures.
    Figures,
    /// Reactions.
    Reactions,
    /// People.
    People,
    /// Terms.
    Glossary,
    /// Questions.
    Questions,
    /// Sources.
    Sources,
    /// The records of an explainer of which accounts differ.
    Accounts,
}

impl Layout {
    /// Every layout.
    pub const ALL: [Self; 11] = [
        Self::Home,
        Self::Section,
        Self::Page,
        Self::Timeline,
        Self::Figures,
        Self::Reactions,
        Self::People,
        Self::Glossary,
        Self::Questions,
        Self::Sources,
        Self::Accounts,
    ];

    /// The words of all of them, in the order of [`Layout::ALL`].
    pub const NAMES: &[&str] = &{
        let mut names = [""; Self::ALL.len()];
        let mut index = 0;
        while index < names.len() {
            names[index] = Self::ALL[index].name();
            index += 1;
        }
        names
    };

    /// The value as written in `layout:`; its template is `NAME.html`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Home => "home",
            Self::Section => "section",
            Self::Page => "page",
            Self::Timeline => "timeline",
            Self::Figures => "figures",
            Self::Reactions => "reactions",
            Self::People => "people",
            Self::Glossary => "glossary",
            Self::Questions => "questions",
            Self::Sources => "sources",
            Self::Accounts => "accounts",
        }
    }
}

/// When a page was published or changed: a day, or a moment with its offset (RFC 3339).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Published {
    /// The day, in the time zone as written.
    pub day: Day,
    /// The full RFC 3339 text, if a time was given.
    pub time: Option<String>,
}

/// Why a page is left out of the site for now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Held {
    /// It is marked as a draft.
    Draft,
    /// Its `date` is in the future.
    NotYet(Day),
    /// Its `expires` date has come.
    Expired(Day),
}

impl Held {
    /// What a writer can do about it.
    pub fn help(self) -> String {
        match self {
            Self::Draft => {
                "the page is a draft: publish it too, or show drafts with `--drafts`".to_owned()
            }
            Self::NotYet(day) => {
                format!(
                    "the page will be published by the first build on or after {day}; `--future` shows it now"
                )
            }
            Self::Expired(day) => {
                format!(
                    "the page has expired: write a later day than `expires: {day}` to bring it back"
                )
            }
        }
    }
}

/// The ids on a page that links can lead to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Anchors {
    /// Those of headings, footnotes and records, in that order.
    pub ids: Vec<String>,
    /// Whether these are all; false if the page's records have faults.
    pub is_whole: bool,
}

/// What other pages need to know about a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageHead {
    /// Its file.
    pub source: SourcePath,
    /// The language that it is in.
    pub language: Language,
    /// When its original changed, if that was after the translation was last changed.
    pub outdated: Option<Published>,
    /// Its address.
    pub permalink: Permalink,
    /// Its headline.
    pub title: String,
    /// Its name in navigation.
    pub nav_title: String,
    /// Its dek.
    pub description: Option<String>,
    /// Its place among its siblings: small numbers first, then those without one.
    pub weight: Option<i64>,
    /// When it was published.
    pub date: Option<Published>,
    /// When it was last changed.
    pub updated: Option<Published>,
    /// The date up to which its content is current.
    pub as_of: Option<Published>,
    /// The day by which it was due for review, if that has passed.
    pub review_due: Option<Published>,
    /// Its layout.
    pub layout: Layout,
    /// The template that renders it: that of its layout, or one of the project's own.
    pub template: String,
    /// Whether it is the page of its folder.
    pub is_index: bool,
    /// Whether it is generated, for a folder without a page of its own.
    pub is_generated: bool,
    /// Whether it is an explainer's front page.
    pub is_explainer: bool,
    /// Who wrote it, in the writer's order.
    pub authors: Vec<String>,
    /// Its tags, in the writer's order.
    pub tags: Vec<String>,
    /// The series that it belongs to.
    pub series: Option<String>,
    /// What it lists, if it is a folder's page.
    pub listing: Listing,
    /// Other addresses that lead to it.
    pub aliases: Vec<Permalink>,
    /// Whether it has corrections or updates.
    pub has_notices: bool,
    /// The picture above its prose, as it was typed.
    pub image: Option<HeadImage>,
    /// Whether it says what its share card draws.
    pub names_card: bool,
}

/// The picture of a page, for lists of pages and for where its address is shared. Whether it is there is known once the
/// page is checked.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct HeadImage {
    /// The file, as it was typed.
    pub file: String,
    /// What it shows; empty if it says nothing.
    pub alt: String,
    /// What stays in sight where it is cut.
    pub focus: Option<Focus>,
}

/// What a share card draws.
#[derive(Clone, Debug, PartialEq)]
pub enum CardSubject {
    /// A number, with its chart.
    Figure(Arc<Figure>),
    /// What somebody said.
    Reaction(Arc<Reaction>),
}

/// A period of a timeline.
#[derive(Clone, Debug, PartialEq)]
pub struct Era {
    /// What it is called.
    pub title: String,
    /// From when to when. It has a start, an end, or both.
    pub date: PartialDate,
}

/// A checked page.
#[derive(Clone, Debug, PartialEq)]
pub struct Page {
    /// What other pages need to know about it.
    pub head: Arc<PageHead>,
    /// The key points, each one line of prose.
    pub key_points: Vec<Markup>,
    /// The picture above the prose.
    pub image: Option<Image>,
    /// What its share card draws, if it says so.
    pub card: Option<CardSubject>,
    /// The periods of its timeline, in the writer's order.
    pub eras: Vec<Era>,
    /// How its reactions are grouped.
    pub group_by: GroupBy,
    /// The prose.
    pub body: Markup,
    /// The terms linked from the prose and the key points, in order, each once.
    pub mentioned: Vec<Arc<Term>>,
    /// The headings of the prose, in order.
    pub headings: Vec<Heading>,
    /// How many words the prose has.
    pub n_words: usize,
    /// Why a number or a name in its title, dek or key points is right although no source has it.
    pub doubt: Option<String>,
    /// Arbitrary data for a project's own templates.
    pub extra: serde_json::Value,
    /// The records on this page.
    pub records: Records,
}

impl Page {
    /// Whether the page's own prose cites a source.
    pub fn cites(&self, source: &Anchor) -> bool {
        self.cited().any(|cited| cited == source)
    }

    /// The sources that the page's own prose cites, in order, with repetitions.
    pub fn cited(&self) -> impl Iterator<Item = &Anchor> {
        let texts = self.key_points.iter().chain([&self.body]);
        let segments = texts.flat_map(|text| &text.segments);
        let citations = segments.filter_map(|segment| match segment {
            Segment::Cite(citations) => Some(citations),
            _ => None,
        });
        citations.flatten().map(|citation| &citation.source.anchor)
    }
}

/// Records by kind, in the order in which they are written.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Records {
    /// Events, by date.
    pub events: Vec<Arc<Event>>,
    /// Figures, in the writer's order.
    pub figures: Vec<Arc<Figure>>,
    /// Reactions, in the writer's order.
    pub reactions: Vec<Arc<Reaction>>,
    /// People, in the writer's order.
    pub people: Vec<Arc<Person>>,
    /// Terms, in the writer's order.
    pub terms: Vec<Arc<Term>>,
    /// Questions, in the writer's order.
    pub questions: Vec<Arc<Question>>,
    /// Sources, in the writer's order.
    pub sources: Vec<Arc<Source>>,
    /// Corrections, newest first.
    pub corrections: Vec<Arc<Notice>>,
    /// What is new since the page was published, newest first.
    pub updates: Vec<Arc<Notice>>,
}
