//! The records of an explainer: events, figures, reactions, people, terms, questions, sources, notices of changes.

use std::fmt;
use std::sync::Arc;

use crate::model::{
    Account, Chart, Day, Focus, Markup, Number, PartialDate, Pixels, Qualifier, Quantity,
};
use crate::project::Permalink;

/// The id of a record, unique among those of its kind in an explainer; also its anchor on its page.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RecordId(Arc<str>);

impl RecordId {
    /// Wraps an id that was checked to be a slug.
    pub fn new(id: impl AsRef<str>) -> Self {
        Self(Arc::from(id.as_ref()))
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for RecordId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The kinds of records that prose can refer to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RecordKind {
    /// Something that happened or is going to happen.
    Event,
    /// A number.
    Figure,
    /// What somebody said.
    Reaction,
    /// A person or organization.
    Person,
    /// A word that needs explaining.
    Term,
    /// A question with its answer.
    Question,
    /// Where other records get their facts from.
    Source,
}

impl RecordKind {
    /// Every kind.
    pub const ALL: [Self; 7] = [
        Self::Event,
        Self::Figure,
        Self::Reaction,
        Self::Person,
        Self::Term,
        Self::Question,
        Self::Source,
    ];

    /// The word before the colon in a reference: `figure`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Event => "event",
            Self::Figure => "figure",
            Self::Reaction => "reaction",
            Self::Person => "person",
            Self::Term => "term",
            Self::Question => "question",
            Self::Source => "source",
        }
    }

    /// The key of the list in front matter: `figures`.
    pub fn list(self) -> &'static str {
        match self {
            Self::Event => "events",
            Self::Figure => "figures",
            Self::Reaction => "reactions",
            Self::Person => "people",
            Self::Term => "terms",
            Self::Question => "questions",
            Self::Source => "sources",
        }
    }

    /// The kind with a [`name`](Self::name).
    pub fn of_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// The kind with a [`list`](Self::list).
    pub fn of_list(list: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.list() == list)
    }
}

/// Where a record is: its page and its id.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Anchor {
    /// The page.
    pub page: Permalink,
    /// The id, which is also the fragment.
    pub id: RecordId,
    /// The folder of the page's file; ids of one kind are unique within it.
    pub folder: Arc<str>,
}

/// A source that a record cites, and the place in it.
#[derive(Clone, Debug, PartialEq)]
pub struct SourceRef {
    /// The source.
    pub source: Arc<Source>,
    /// Words of the source that support the record.
    pub passage: Option<String>,
    /// The source beside it whose report this one prints word for word: the two are one.
    pub copy_of: Option<Arc<Source>>,
}

/// A picture of a page, an event or a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Image {
    /// Its address.
    pub permalink: Permalink,
    /// How large it is, and its smaller sizes; `None` for a drawing (SVG).
    pub pixels: Option<Pixels>,
    /// What it shows; empty if it says nothing.
    pub alt: String,
    /// The text under it.
    pub caption: Option<String>,
    /// Who made it.
    pub credit: Option<String>,
    /// The terms under which it may be shown.
    pub license: Option<String>,
    /// What stays in sight where it is cut.
    pub focus: Option<Focus>,
}

/// Something that happened or is going to happen.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// Its page and id.
    pub anchor: Anchor,
    /// What happened, in a few words.
    pub title: String,
    /// When, as precisely as is known.
    pub date: PartialDate,
    /// Where it happened.
    pub place: Option<String>,
    /// One to three sentences.
    pub text: Option<Markup>,
    /// How the source words the date.
    pub as_printed: Option<String>,
    /// Why the date is what it is, if it was worked out.
    pub inferred: Option<String>,
    /// The writer's answer to a doubt about its words in the source.
    pub doubt: Option<String>,
    /// Whether it is still to come.
    pub expected: bool,
    /// Whether nobody has compared it with its source yet: such a record is shown only in drafts.
    pub review: bool,
    /// The people involved, in the writer's order.
    pub people: Vec<Arc<Person>>,
    /// Words to choose events by, in the writer's order.
    pub tags: Vec<String>,
    /// What it looked like.
    pub image: Option<Image>,
    /// Its sources; never empty.
    pub sources: Vec<SourceRef>,
    /// What other sources say of the same where they differ, in the writer's order.
    pub accounts: Vec<Account>,
}

/// A number, or several of one kind over time or side by side.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// Its page and id.
    pub anchor: Anchor,
    /// What is counted.
    pub title: String,
    /// The number or numbers.
    pub value: FigureValue,
    /// `percent`, `people`, `USD`...; may be empty.
    pub unit: String,
    /// The date or period it applies to.
    pub date: Option<PartialDate>,
    /// Whom or what it describes: "registered voters".
    pub population: Option<String>,
    /// How many were asked.
    pub sample: Option<Number>,
    /// The margin of error, in the figure's unit.
    pub margin: Option<Number>,
    /// How the source words the number.
    pub as_printed: Option<String>,
    /// Why the date is what it is, if it was worked out.
    pub inferred: Option<String>,
    /// The writer's answer to a doubt about its words in the source.
    pub doubt: Option<String>,
    /// An explanation.
    pub text: Option<Markup>,
    /// How it is drawn.
    pub chart: Chart,
    /// What the chart shows, in a sentence.
    pub alt: Option<String>,
    /// Its name in a chart with others; its title if it has none.
    pub label: Option<String>,
    /// The figures that are drawn in its chart too, in the writer's order.
    pub with: Vec<Compared>,
    /// Whether nobody has compared it with its source yet: such a record is shown only in drafts.
    pub review: bool,
    /// Its sources; empty only for a derived figure, which has the sources of its parts.
    pub sources: Vec<SourceRef>,
    /// What other sources say of the same where they differ, in the writer's order.
    pub accounts: Vec<Account>,
}

impl Figure {
    /// Its name in a chart with others.
    pub fn name_in_charts(&self) -> &str {
        self.label.as_deref().unwrap_or(&self.title)
    }
}

/// A series of another figure, in the chart of one.
#[derive(Clone, Debug, PartialEq)]
pub struct Compared {
    /// The other figure.
    pub anchor: Anchor,
    /// Its name in charts.
    pub label: String,
    /// Its numbers over time, by date.
    pub points: Vec<Point>,
}

/// What a figure consists of.
#[derive(Clone, Debug, PartialEq)]
pub enum FigureValue {
    /// One number from a source.
    Single(Quantity),
    /// Numbers ordered by date, or side by side in the writer's order; at least one.
    Series(Vec<Point>),
    /// One number calculated from other figures.
    Derived(Quantity, Derivation),
}

impl FigureValue {
    /// The number to show: the only one, the last of a series over time, or the first of one with labels.
    pub fn headline(&self) -> &Quantity {
        match self {
            Self::Single(quantity) | Self::Derived(quantity, _) => quantity,
            Self::Series(points) => {
                let labeled = points.first().filter(|point| point.key.label().is_some());
                &labeled
                    .or(points.last())
                    .expect("a series without points is refused by the check")
                    .quantity
            }
        }
    }
}

/// One number of a series.
#[derive(Clone, Debug, PartialEq)]
pub struct Point {
    /// What distinguishes it from the others.
    pub key: PointKey,
    /// The number.
    pub quantity: Quantity,
    /// How the source words it.
    pub as_printed: Option<String>,
    /// What readers are to know about it, in a few words.
    pub annotation: Option<String>,
}

/// Whether the numbers of a series are shown side by side, each with its label.
pub fn has_labels(points: &[Point]) -> bool {
    points.iter().any(|point| point.key.label().is_some())
}

/// What distinguishes the numbers of a series; all of a series use the same kind.
#[derive(Clone, Debug, PartialEq)]
pub enum PointKey {
    /// The date or period it applies to.
    Date(PartialDate),
    /// What it is the number of: "North quay".
    Label(String),
}

impl PointKey {
    /// The date or period it applies to, in a series over time.
    pub fn date(&self) -> Option<&PartialDate> {
        match self {
            Self::Date(date) => Some(date),
            Self::Label(_) => None,
        }
    }

    /// The label, in a series of items side by side.
    pub fn label(&self) -> Option<&str> {
        match self {
            Self::Date(_) => None,
            Self::Label(label) => Some(label),
        }
    }

    /// As written.
    pub fn written(&self) -> &str {
        match self {
            Self::Date(date) => date.written(),
            Self::Label(label) => label,
        }
    }
}

/// How a number was calculated.
#[derive(Clone, Debug, PartialEq)]
pub struct Derivation {
    /// The formula as written: `change(arrests@2023, arrests@2024)`.
    pub formula: String,
    /// The inputs: the figure's anchor, the key for one point of a series, and the number.
    pub inputs: Vec<(Anchor, Option<PointKey>, Quantity)>,
    /// In which direction the hedges of the inputs push the result: the true value is at most or at least this.
    pub bound: Option<Qualifier>,
}

/// What somebody said, verbatim or paraphrased.
#[derive(Clone, Debug, PartialEq)]
pub struct Reaction {
    /// Its page and id.
    pub anchor: Anchor,
    /// Who said it.
    pub speaker: Arc<Person>,
    /// The exact words, without surrounding quotation marks. At least one of `quote` and `text` is given.
    pub quote: Option<String>,
    /// What was said, paraphrased.
    pub text: Option<Markup>,
    /// When.
    pub date: Option<PartialDate>,
    /// How the source words the date.
    pub as_printed: Option<String>,
    /// Why the date is what it is, if it was worked out.
    pub inferred: Option<String>,
    /// The writer's answer to a doubt about its words in the source.
    pub doubt: Option<String>,
    /// The occasion: "press conference".
    pub venue: Option<String>,
    /// The speaker's position, in a word or two.
    pub stance: Option<String>,
    /// The language of the quotation (BCP 47), if it isn't the page's.
    pub language: Option<String>,
    /// The quotation in the page's language.
    pub translation: Option<String>,
    /// Whether nobody has compared it with its source yet: such a record is shown only in drafts.
    pub review: bool,
    /// Its sources; never empty.
    pub sources: Vec<SourceRef>,
    /// What other sources say of the same where they differ, in the writer's order.
    pub accounts: Vec<Account>,
}

/// A person, or an organization that speaks.
#[derive(Clone, Debug, PartialEq)]
pub struct Person {
    /// Its page and id.
    pub anchor: Anchor,
    /// The full name.
    pub name: String,
    /// Why the person's words matter.
    pub role: Option<String>,
    /// On whose behalf the person speaks.
    pub organisation: Option<String>,
    /// A page about the person.
    pub url: Option<String>,
    /// A portrait.
    pub image: Option<Image>,
}

/// A word that needs explaining.
#[derive(Clone, Debug, PartialEq)]
pub struct Term {
    /// Its page and id.
    pub anchor: Anchor,
    /// The word.
    pub term: String,
    /// What it means in this context.
    pub definition: Markup,
    /// The sources of the definition; may be empty.
    pub sources: Vec<SourceRef>,
    /// The writer's answer to a doubt about its words in the source.
    pub doubt: Option<String>,
}

/// A question that readers ask, with its answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    /// Its page and id.
    pub anchor: Anchor,
    /// The question.
    pub question: String,
    /// The answer.
    pub answer: Markup,
    /// The sources of the answer; empty only if the answer itself cites one.
    pub sources: Vec<SourceRef>,
    /// The writer's answer to a doubt about its words in the source.
    pub doubt: Option<String>,
    /// Whether nobody has compared it with its source yet: such a record is shown only in drafts.
    pub review: bool,
}

/// Where other records get their facts from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Its page and id.
    pub anchor: Anchor,
    /// Its headline or title.
    pub title: String,
    /// Who published it.
    pub publisher: Option<String>,
    /// Who wrote it, in the source's order.
    pub authors: Vec<String>,
    /// Its address.
    pub url: Option<String>,
    /// An archived copy.
    pub archived: Option<String>,
    /// When it was published.
    pub published: Option<PartialDate>,
    /// When it was read.
    pub accessed: Option<Day>,
    /// What it is: "news article".
    pub kind: Option<String>,
    /// Who holds the rights.
    pub rights: Option<String>,
    /// The language it is in (BCP 47), if it isn't the site's.
    pub language: Option<String>,
    /// The local copy of its text, relative to the project's root.
    pub text: Option<String>,
    /// Why there is no text for a program to compare, if that is so (`text: none`): "our own interview".
    pub because: Option<String>,
    /// Who has checked it nevertheless.
    pub checked_by: Option<String>,
}

/// What readers are told of a change after publication: a correction or an update.
#[derive(Clone, Debug, PartialEq)]
pub struct Notice {
    /// Its anchor on its page: `_correction-2025-02-03`, `_update-2025-02-03-2`.
    pub id: String,
    /// When the change was made.
    pub date: Day,
    /// What was wrong and what is right, or what is new.
    pub text: Markup,
    /// The records that it concerns, each with its title or name.
    pub records: Vec<(Anchor, String)>,
}
