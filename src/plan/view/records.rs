//! What templates see of records: events, figures, reactions, people, terms, questions and sources.

use serde::Serialize;

use super::{AccountView, ChartView, DateView, EmbedView, LinkView, PictureView};

/// The result of checking a record against its source.
#[derive(Clone, Debug, Default, Serialize)]
pub struct EvidenceView {
    /// `verified` (every claim agrees), `checked` (so does everything that can be compared), `partly` (some claims
    /// weren't compared), `doubtful` (somebody should look at it), `declared` (there is no text to compare with),
    /// `changed` (since it was compared) or `unverified`.
    pub state: &'static str,
    /// What was compared, in words: "Quotation and speaker checked".
    pub words: String,
    /// Why the words are right despite a doubt; `null` if there is no doubt, or no reason was given.
    pub reason: Option<String>,
    /// The place in the source's own page (a text fragment), if its address is known.
    pub href: Option<String>,
}

/// An event.
#[derive(Clone, Debug, Default, Serialize)]
pub struct EventView {
    /// Its anchor. The template writes it only on the event's own page (`is_home`).
    pub id: String,
    /// The link to the event on its own page.
    pub href: String,
    /// Whether this is its own page, as opposed to a copy in prose.
    pub is_home: bool,
    /// What happened.
    pub title: String,
    /// When.
    pub date: DateView,
    /// Where; `null` if that isn't given.
    pub place: Option<String>,
    /// One to three sentences; `null` if there are none.
    pub text_html: Option<String>,
    /// How the source words the date.
    pub as_printed: Option<String>,
    /// Why the date is what it is, if it was worked out.
    pub inferred: Option<String>,
    /// Whether nobody has compared it with its source yet; only in drafts.
    pub needs_review: bool,
    /// Whether it is still to come.
    pub is_expected: bool,
    /// The people involved.
    pub people: Vec<LinkView>,
    /// What it looked like.
    pub image: Option<PictureView>,
    /// Words to choose events by.
    pub tags: Vec<String>,
    /// What the timeline's filters find it by: `p2`; empty where there are none.
    pub filters: Vec<String>,
    /// Its sources.
    pub sources: Vec<SourceRefView>,
    /// Its last change after publication; `null` if it was never changed, or this isn't its own page.
    pub changed: Option<ChangedView>,
    /// The check against the source; `null` if there is nothing to check.
    pub evidence: Option<EvidenceView>,
    /// What its sources say where they differ: the record's own account first; empty if they don't.
    pub accounts: Vec<AccountView>,
}

/// A number in words and in parts.
#[derive(Clone, Debug, Default, Serialize)]
pub struct QuantityView {
    /// "over 24,000 arrests", "55%".
    pub words: String,
    /// "24,000", "−$5", in the page's language, up to the last digit; for a range, both ends: "300–400".
    pub number: String,
    /// What the language writes directly after it, including the space between: "%", " €"; may be empty.
    pub sign: String,
    /// "arrests"; may be empty, and always is for shares and money.
    pub unit: String,
    /// "over"; `null` for an exact number, and where the language puts it after the number.
    pub qualifier: Option<String>,
    /// "से अधिक", in the languages that have it behind the number; `null` otherwise.
    pub qualifier_after: Option<String>,
    /// The plain decimal, for machines; the two ends of a range are separated by `/`.
    pub exact: String,
}

/// A figure.
#[derive(Clone, Debug, Default, Serialize)]
pub struct FigureView {
    /// Its anchor. The template writes it only on the figure's own page (`is_home`).
    pub id: String,
    /// The link to the figure on its own page.
    pub href: String,
    /// Whether this is its own page, as opposed to a copy in prose.
    pub is_home: bool,
    /// What is counted.
    pub title: String,
    /// The number; the last of a series over time, the first of one with labels.
    pub value: QuantityView,
    /// How the last number of a series compares with the first: "up at most 52% from over 24,000 in 2023"; in a series
    /// with labels, how `value` does.
    pub comparison: Option<String>,
    /// The date or period it applies to.
    pub date: Option<DateView>,
    /// Whom or what it describes.
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
    /// The figures that its chart compares it with.
    pub compared: Vec<ComparedView>,
    /// Whether the table beside its chart has a column for how the source words a number.
    pub has_as_printed: bool,
    /// Whether nobody has compared it with its source yet; only in drafts.
    pub needs_review: bool,
    /// How to embed it; `null` except on its own page, or without a `base_url`.
    pub embed: Option<EmbedView>,
    /// The chart; `null` if there is none to draw.
    pub chart: Option<ChartView>,
    /// The CSV file with its numbers; `null` if there is none.
    pub data_href: Option<String>,
    /// How it was calculated; `null` for a number from a source.
    pub derived: Option<DerivedView>,
    /// Its sources.
    pub sources: Vec<SourceRefView>,
    /// Its last change after publication; `null` if it was never changed, or this isn't its own page.
    pub changed: Option<ChangedView>,
    /// The check against the source; `null` if there is nothing to check.
    pub evidence: Option<EvidenceView>,
    /// What its sources say where they differ: the record's own account first; empty if they don't.
    pub accounts: Vec<AccountView>,
}

/// A figure in the chart of another.
#[derive(Clone, Debug, Default, Serialize)]
pub struct ComparedView {
    /// Its name in charts.
    pub label: String,
    /// The link to it.
    pub href: String,
    /// Its numbers, by date.
    pub points: Vec<PointView>,
}

/// One number of a series.
#[derive(Clone, Debug, Default, Serialize)]
pub struct PointView {
    /// When; `null` in a series with labels.
    pub date: Option<DateView>,
    /// What it is the number of; `null` in a series over time.
    pub label: Option<String>,
    /// The number.
    pub value: QuantityView,
    /// How the source words it.
    pub as_printed: Option<String>,
    /// What happened then, in a few words.
    pub annotation: Option<String>,
}

/// How a number was calculated.
#[derive(Clone, Debug, Default, Serialize)]
pub struct DerivedView {
    /// "change from … to …", in words.
    pub words: String,
    /// The figures that went in.
    pub inputs: Vec<LinkView>,
    /// "at most" or "at least", if the inputs are hedged.
    pub bound: Option<String>,
}

/// Reactions.
#[derive(Clone, Debug, Default, Serialize)]
pub struct ReactionsView {
    /// The filters: by stance, by organization. A filter by stance is also a tally.
    pub filters: Vec<FilterView>,
    /// The reactions by organization, in order of who speaks first; otherwise one group with all of them.
    pub groups: Vec<ReactionGroupView>,
    /// How many there are.
    pub n_reactions: usize,
    /// Whether there are so many that groups are folded.
    pub is_folded: bool,
}

/// The reactions on behalf of one organization, of one person without an organization, or all.
#[derive(Clone, Debug, Default, Serialize)]
pub struct ReactionGroupView {
    /// The organization; `null` for any other group.
    pub title: Option<String>,
    /// Its reactions, those of one speaker together.
    pub reactions: Vec<ReactionView>,
}

/// A filter for reactions.
#[derive(Clone, Debug, Default, Serialize)]
pub struct FilterView {
    /// `stance` or `organisation`.
    pub name: &'static str,
    /// Its title.
    pub title: String,
    /// Two to twelve values to choose from, in order of first use.
    pub options: Vec<FilterOptionView>,
}

/// A value of a filter.
#[derive(Clone, Debug, Default, Serialize)]
pub struct FilterOptionView {
    /// The value in a reaction's `filters` that it selects: `s2`.
    pub value: String,
    /// Its title.
    pub title: String,
    /// How many reactions have it.
    pub n_reactions: usize,
    /// That number in thousandths of the largest.
    pub size: u16,
}

/// A reaction.
#[derive(Clone, Debug, Default, Serialize)]
pub struct ReactionView {
    /// Its anchor. The template writes it only on the reaction's own page (`is_home`).
    pub id: String,
    /// The link to the reaction on its own page.
    pub href: String,
    /// Whether this is its own page, as opposed to a copy in prose.
    pub is_home: bool,
    /// Who said it.
    pub speaker: PersonView,
    /// The exact words, without quotation marks, as paragraphs; empty for a paraphrase.
    pub quote: Vec<String>,
    /// The language of the quotation, if it isn't the page's.
    pub language: Option<String>,
    /// The quotation in the page's language.
    pub translation: Option<String>,
    /// What was said, paraphrased.
    pub text_html: Option<String>,
    /// When.
    pub date: Option<DateView>,
    /// How the source words the date.
    pub as_printed: Option<String>,
    /// Why the date is what it is, if it was worked out.
    pub inferred: Option<String>,
    /// The occasion.
    pub venue: Option<String>,
    /// How to embed it; `null` except on its own page, or without a `base_url`.
    pub embed: Option<EmbedView>,
    /// The speaker's position.
    pub stance: Option<String>,
    /// Whether nobody has compared it with its source yet; only in drafts.
    pub needs_review: bool,
    /// The values by which the page's filters select it: `s2`.
    pub filters: Vec<String>,
    /// Its sources.
    pub sources: Vec<SourceRefView>,
    /// Its last change after publication; `null` if it was never changed, or this isn't its own page.
    pub changed: Option<ChangedView>,
    /// The check against the source; `null` if there is nothing to check.
    pub evidence: Option<EvidenceView>,
    /// What its sources say where they differ: the record's own account first; empty if they don't.
    pub accounts: Vec<AccountView>,
}

/// A person, or an organization that speaks.
#[derive(Clone, Debug, Default, Serialize)]
pub struct PersonView {
    /// The anchor. The template writes it only on the person's own page (`is_home`).
    pub id: String,
    /// The link to the person on their own page.
    pub href: String,
    /// Whether this is the person's own page.
    pub is_home: bool,
    /// The name.
    pub name: String,
    /// Why the person's words matter.
    pub role: Option<String>,
    /// On whose behalf the person speaks.
    pub organisation: Option<String>,
    /// A page about the person.
    pub url: Option<String>,
    /// A portrait.
    pub image: Option<PictureView>,
    /// What the person said, on the person's own page.
    pub reactions: Vec<LinkView>,
}

/// A term.
#[derive(Clone, Debug, Default, Serialize)]
pub struct TermView {
    /// The anchor. The template writes it only on the term's own page (`is_home`).
    pub id: String,
    /// The link to the term on its own page.
    pub href: String,
    /// Whether this is the term's own page.
    pub is_home: bool,
    /// The word.
    pub term: String,
    /// What it means in this context.
    pub definition_html: String,
    /// The sources of the definition.
    pub sources: Vec<SourceRefView>,
}

/// A question with its answer.
#[derive(Clone, Debug, Default, Serialize)]
pub struct QuestionView {
    /// The anchor. The template writes it only on the question's own page (`is_home`).
    pub id: String,
    /// The link to the question on its own page.
    pub href: String,
    /// Whether this is the question's own page.
    pub is_home: bool,
    /// The question.
    pub question: String,
    /// The answer.
    pub answer_html: String,
    /// Whether nobody has compared it with its source yet; only in drafts.
    pub needs_review: bool,
    /// The sources of the answer; empty if the answer cites its sources itself.
    pub sources: Vec<SourceRefView>,
    /// Its last change after publication; `null` if it was never changed, or this isn't its own page.
    pub changed: Option<ChangedView>,
    /// The check against the source; `null` if there is nothing to check.
    pub evidence: Option<EvidenceView>,
}

/// A source that a record cites.
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
    /// Words of the source that support the record.
    pub passage: Option<String>,
    /// The publisher or title of the source beside it whose report it prints word for word.
    pub copy_of: Option<String>,
}

/// A source.
#[derive(Clone, Debug, Default, Serialize)]
pub struct SourceView {
    /// The anchor. The template writes it only on the source's own page (`is_home`).
    pub id: String,
    /// The link to the source on its own page.
    pub href: String,
    /// Whether this is the source's own page.
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
    /// Who holds the rights.
    pub rights: Option<String>,
    /// Every record and page that uses it, on the source's own page.
    pub used_by: Vec<LinkView>,
    /// The words taken from it, on the source's own page.
    pub claims: Vec<ClaimView>,
}

/// Words taken from a source.
#[derive(Clone, Debug, Default, Serialize)]
pub struct ClaimView {
    /// The title of the record with these words, or the name of the speaker.
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
    /// Links back to where it is cited in prose, in order; their titles are letters.
    pub back: Vec<LinkView>,
}

/// What readers are told of a change after publication.
#[derive(Clone, Debug, Default, Serialize)]
pub struct NoticeView {
    /// Its anchor on its page: `_correction-2025-02-03`.
    pub id: String,
    /// `correction` or `update`.
    pub kind: &'static str,
    /// When it was made.
    pub date: DateView,
    /// What was wrong and what is right, or what is new.
    pub text_html: String,
    /// The records that it concerns.
    pub records: Vec<LinkView>,
    /// Its page, where pages of many are told together; `null` on its own page.
    pub page: Option<LinkView>,
}

/// That a record was changed after publication.
#[derive(Clone, Debug, Default, Serialize)]
pub struct ChangedView {
    /// When it was last changed.
    pub date: DateView,
    /// Whether that was a correction.
    pub is_correction: bool,
    /// The link to what was changed: `#_correction-2025-02-03`.
    pub href: String,
}
