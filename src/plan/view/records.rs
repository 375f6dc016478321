//! What templates see of records: events, figures, reactions, people, terms, questions and sources.

use serde::Serialize;

use super::{ChartView, DateView, EmbedView, LinkView, PictureView};

/// What the check of a record against its source gave.
#[derive(Clone, Debug, Default, Serialize)]
pub struct EvidenceView {
    /// `verified` (every claim agrees), `checked` (so do all that can be compared), `partly` (some weren't compared),
    /// `doubtful` (somebody should look at it), `declared` (there is no text to compare with), `changed` (since it was
    /// compared) or `unverified`.
    pub state: &'static str,
    /// What was compared, in words: "Quotation and speaker checked".
    pub words: String,
    /// Why the words stand in spite of a doubt; `null` if there is no doubt, or nobody has said so.
    pub reason: Option<String>,
    /// The place in the source's own page (a text fragment), if its address is known.
    pub href: Option<String>,
}

/// An event.
#[derive(Clone, Debug, Default, Serialize)]
pub struct EventView {
    /// Its anchor. The template writes it only where the event itself stands (`is_home`).
    pub id: String,
    /// The link to where it stands.
    pub href: String,
    /// Whether it stands here, as against a copy in prose.
    pub is_home: bool,
    /// What happened.
    pub title: String,
    /// When.
    pub date: DateView,
    /// Where; `null` if nobody says.
    pub place: Option<String>,
    /// One to three sentences; `null` if there are none.
    pub text_html: Option<String>,
    /// How the source words the date.
    pub as_printed: Option<String>,
    /// Why the date is what it is, if it was worked out.
    pub inferred: Option<String>,
    /// Whether nobody has compared it with its source yet; never but in drafts.
    pub needs_review: bool,
    /// Whether it is still to come.
    pub is_expected: bool,
    /// Who takes part.
    pub people: Vec<LinkView>,
    /// What it looked like.
    pub image: Option<PictureView>,
    /// What it rests on.
    pub sources: Vec<SourceRefView>,
    /// The check against the source; `null` if there is nothing to check.
    pub evidence: Option<EvidenceView>,
}

/// A number in words and in parts.
#[derive(Clone, Debug, Default, Serialize)]
pub struct QuantityView {
    /// "over 24,000 arrests", "55%".
    pub words: String,
    /// "24,000", "−$5", in the page's language, up to the last digit; both ends of a range: "300–400".
    pub number: String,
    /// What the language writes right behind it, with the space between: "%", " €"; may be empty.
    pub sign: String,
    /// "arrests"; may be empty, and is for shares and money.
    pub unit: String,
    /// "over"; `null` for an exact number.
    pub qualifier: Option<String>,
    /// The plain decimal, for machines; the two of a range with `/` between.
    pub exact: String,
}

/// A figure.
#[derive(Clone, Debug, Default, Serialize)]
pub struct FigureView {
    /// Its anchor. The template writes it only where the figure itself stands (`is_home`).
    pub id: String,
    /// The link to where it stands.
    pub href: String,
    /// Whether it stands here, as against a copy in prose.
    pub is_home: bool,
    /// What is counted.
    pub title: String,
    /// The number; the last of a series over time, the first of one with labels.
    pub value: QuantityView,
    /// How the last number of a series compares with the first: "up at most 52% from over 24,000 in 2023"; in a series
    /// with labels, that of `value`.
    pub comparison: Option<String>,
    /// When it was so.
    pub date: Option<DateView>,
    /// Of whom or what.
    pub population: Option<String>,
    /// How many were asked.
    pub sample: Option<String>,
    /// The margin of error: "±3 points".
    pub margin: Option<String>,
    /// How the source words the number.
    pub as_printed: Option<String>,
    /// Why the date is what it is, if it was worked out.
    pub inferred: Option<String>,
    /// Explanation.
    pub text_html: Option<String>,
    /// The numbers of a series, by date or, with labels, in the writer's order; empty for a single number.
    pub points: Vec<PointView>,
    /// Whether nobody has compared it with its source yet; never but in drafts.
    pub needs_review: bool,
    /// How to embed it; `null` where it doesn't stand itself, or without a `base_url`.
    pub embed: Option<EmbedView>,
    /// The chart; `null` if there is none to draw.
    pub chart: Option<ChartView>,
    /// The CSV file that holds its numbers; `null` if there is none.
    pub data_href: Option<String>,
    /// How it was computed; `null` for a number from a source.
    pub derived: Option<DerivedView>,
    /// What it rests on.
    pub sources: Vec<SourceRefView>,
    /// The check against the source; `null` if there is nothing to check.
    pub evidence: Option<EvidenceView>,
}

/// One number of a series.
#[derive(Clone, Debug, Default, Serialize)]
pub struct PointView {
    /// When; `null` in a series with labels.
    pub date: Option<DateView>,
    /// Of what it is the number; `null` in a series over time.
    pub label: Option<String>,
    /// How many.
    pub value: QuantityView,
    /// How the source words it.
    pub as_printed: Option<String>,
}

/// How a number was computed.
#[derive(Clone, Debug, Default, Serialize)]
pub struct DerivedView {
    /// "change from … to …", in words.
    pub words: String,
    /// The figures that went in.
    pub inputs: Vec<LinkView>,
    /// "at most" or "at least", if the parts are hedged.
    pub bound: Option<String>,
}

/// Reactions.
#[derive(Clone, Debug, Default, Serialize)]
pub struct ReactionsView {
    /// What they can be filtered by: stance, organization. A filter by stance is a tally, too.
    pub filters: Vec<FilterView>,
    /// Those of one organization together, in order of who speaks first; else one group of all.
    pub groups: Vec<ReactionGroupView>,
    /// How many there are.
    pub n_reactions: usize,
    /// Whether there are so many that groups are folded.
    pub is_folded: bool,
}

/// The reactions of those who speak for one organization; of one who speaks for none; or all.
#[derive(Clone, Debug, Default, Serialize)]
pub struct ReactionGroupView {
    /// The organization; `null` for any other group.
    pub title: Option<String>,
    /// Its reactions, those of one speaker together.
    pub reactions: Vec<ReactionView>,
}

/// What reactions can be filtered by.
#[derive(Clone, Debug, Default, Serialize)]
pub struct FilterView {
    /// `stance` or `organisation`.
    pub name: &'static str,
    /// It in words.
    pub title: String,
    /// Two to twelve values to choose from, in order of first use.
    pub options: Vec<FilterOptionView>,
}

/// A value of a filter.
#[derive(Clone, Debug, Default, Serialize)]
pub struct FilterOptionView {
    /// What a reaction that has it has among its `filters`: `s2`.
    pub value: String,
    /// It in words.
    pub title: String,
    /// How many reactions have it.
    pub n_reactions: usize,
    /// That number in thousandths of the largest.
    pub size: u16,
}

/// A reaction.
#[derive(Clone, Debug, Default, Serialize)]
pub struct ReactionView {
    /// Its anchor. The template writes it only where the reaction itself stands (`is_home`).
    pub id: String,
    /// The link to where it stands.
    pub href: String,
    /// Whether it stands here, as against a copy in prose.
    pub is_home: bool,
    /// Who said it.
    pub speaker: PersonView,
    /// The very words, without quotation marks, as paragraphs; empty for a paraphrase.
    pub quote: Vec<String>,
    /// The language of the quotation, if it isn't the page's.
    pub language: Option<String>,
    /// The quotation in the page's language.
    pub translation: Option<String>,
    /// What was said, in our words.
    pub text_html: Option<String>,
    /// When.
    pub date: Option<DateView>,
    /// How the source words the date.
    pub as_printed: Option<String>,
    /// Why the date is what it is, if it was worked out.
    pub inferred: Option<String>,
    /// Where or in what.
    pub venue: Option<String>,
    /// How to embed it; `null` where it doesn't stand itself, or without a `base_url`.
    pub embed: Option<EmbedView>,
    /// Where the speaker stands.
    pub stance: Option<String>,
    /// Whether nobody has compared it with its source yet; never but in drafts.
    pub needs_review: bool,
    /// What the page's filters find it by: `s2`.
    pub filters: Vec<String>,
    /// What it rests on.
    pub sources: Vec<SourceRefView>,
    /// The check against the source; `null` if there is nothing to check.
    pub evidence: Option<EvidenceView>,
}

/// A person, or a body that speaks.
#[derive(Clone, Debug, Default, Serialize)]
pub struct PersonView {
    /// The anchor. The template writes it only where the person stands (`is_home`).
    pub id: String,
    /// The link to where the person stands.
    pub href: String,
    /// Whether the person stands here.
    pub is_home: bool,
    /// The name.
    pub name: String,
    /// What makes the person worth hearing.
    pub role: Option<String>,
    /// For whom the person speaks.
    pub organisation: Option<String>,
    /// A page about the person.
    pub url: Option<String>,
    /// A portrait.
    pub image: Option<PictureView>,
    /// What the person said, where the person stands.
    pub reactions: Vec<LinkView>,
}

/// A term.
#[derive(Clone, Debug, Default, Serialize)]
pub struct TermView {
    /// The anchor. The template writes it only where the term stands (`is_home`).
    pub id: String,
    /// The link to where the term stands.
    pub href: String,
    /// Whether the term stands here.
    pub is_home: bool,
    /// The word.
    pub term: String,
    /// What it means here.
    pub definition_html: String,
    /// What the definition rests on.
    pub sources: Vec<SourceRefView>,
}

/// A question with its answer.
#[derive(Clone, Debug, Default, Serialize)]
pub struct QuestionView {
    /// The anchor. The template writes it only where the question stands (`is_home`).
    pub id: String,
    /// The link to where the question stands.
    pub href: String,
    /// Whether the question stands here.
    pub is_home: bool,
    /// The question.
    pub question: String,
    /// The answer.
    pub answer_html: String,
    /// Whether nobody has compared it with its source yet; never but in drafts.
    pub needs_review: bool,
    /// What the answer rests on; empty if it cites its sources itself.
    pub sources: Vec<SourceRefView>,
    /// The check against the source; `null` if there is nothing to check.
    pub evidence: Option<EvidenceView>,
}

/// A source that a record rests on.
#[derive(Clone, Debug, Default, Serialize)]
pub struct SourceRefView {
    /// Its number among the page's citations.
    pub number: usize,
    /// The link to that citation: `#_cite-1`.
    pub href: String,
    /// Its title.
    pub title: String,
    /// Who published it.
    pub publisher: Option<String>,
    /// Words of the source that hold the record up.
    pub passage: Option<String>,
}

/// A source.
#[derive(Clone, Debug, Default, Serialize)]
pub struct SourceView {
    /// The anchor. The template writes it only where the source stands (`is_home`).
    pub id: String,
    /// The link to where the source stands.
    pub href: String,
    /// Whether the source stands here.
    pub is_home: bool,
    /// Its title.
    pub title: String,
    /// Who published it.
    pub publisher: Option<String>,
    /// Who wrote it.
    pub authors: Vec<String>,
    /// Its address.
    pub url: Option<String>,
    /// An archived copy.
    pub archived: Option<String>,
    /// When it was published.
    pub published: Option<DateView>,
    /// When it was read.
    pub accessed: Option<DateView>,
    /// What it is.
    pub kind: Option<String>,
    /// Whose it is.
    pub rights: Option<String>,
    /// Every record and page that rests on it, where the source stands.
    pub used_by: Vec<LinkView>,
    /// The words that were taken from it, where the source stands.
    pub claims: Vec<ClaimView>,
}

/// Words that were taken from a source.
#[derive(Clone, Debug, Default, Serialize)]
pub struct ClaimView {
    /// The title of the record that has them, or the name of the speaker.
    pub title: String,
    /// The link to the record.
    pub href: String,
    /// The words.
    pub quoted: String,
    /// The check against the source; `null` if the site was never verified.
    pub evidence: Option<EvidenceView>,
}

/// An entry of the page's list of sources.
#[derive(Clone, Debug, Default, Serialize)]
pub struct CitationView {
    /// Its number, from 1; its anchor is `_cite-NUMBER`.
    pub number: usize,
    /// The source.
    pub source: SourceView,
    /// Links back to where it is cited in prose, in order; their words are letters.
    pub back: Vec<LinkView>,
}

/// A correction.
#[derive(Clone, Debug, Default, Serialize)]
pub struct CorrectionView {
    /// When it was made.
    pub date: DateView,
    /// What was wrong, and what is right.
    pub text_html: String,
    /// The record that it concerns.
    pub record: Option<LinkView>,
}
