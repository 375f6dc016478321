//! What templates see.
//!
//! Every page template gets one [`PageView`] as `page`, the site's [`SiteView`] as `site`, and the interface's words as
//! `words`. `labels` are the same words, marked as English where there are none in the site's language: `words` are for
//! attributes, `labels` for anything else. Templates are closed: they can't ask for more, so a page that is kept can't
//! be stale. Each kind of record is drawn by a component that sees its arguments alone: `<figure figure={figure} />`.
//!
//! Fields that end in `_html` are HTML and need `| safe`; all others are text.
//! Links (`href`) are ready to use from the page that the view is for.
//! A field that may be missing is `null` then; a list may be empty.

use std::collections::BTreeMap;

use serde::Serialize;

pub use super::graphics::{
    ChartView, MarkView, PictureView, StripColumnView, StripMarkView, StripView, TickView,
};

/// The site, the same for every page.
#[derive(Clone, Debug, Default, Serialize)]
pub struct SiteView {
    /// The site's name.
    pub title: String,
    /// What it is about.
    pub description: Option<String>,
    /// The language of its pages (BCP 47).
    pub language: String,
    /// `ltr` or `rtl`.
    pub direction: &'static str,
    /// Where it will stand, with a slash at the end.
    pub base_url: Option<String>,
    /// Who wrote it.
    pub author: Option<String>,
    /// Who publishes it.
    pub publisher: Option<String>,
    /// The address of its repository.
    pub repository: Option<String>,
    /// Static files by name, with the name they are published under: `style.css` is `style.1a2b3c4d.css`.
    pub assets: BTreeMap<String, String>,
    /// The address of the stylesheet with the site's own colors, from the site's root; `null` if it has none.
    pub colors: Option<String>,
    /// The address of the search, from the site's root; `null` if it has none.
    pub search: Option<String>,
    /// Whether there is an Atom feed.
    pub has_feed: bool,
    /// The program's name and version.
    pub generator: String,
}

/// A page.
#[derive(Clone, Debug, Default, Serialize)]
pub struct PageView {
    /// The name of its layout, which is also that of its template: `timeline`.
    pub layout: &'static str,
    /// Its headline.
    pub title: String,
    /// The headline with the site's name, for `<title>`.
    pub full_title: String,
    /// Its dek.
    pub description: Option<String>,
    /// Its dek or, if it has none, the start of what it says: for search engines.
    pub summary: Option<String>,
    /// Its absolute address; `null` without a `base_url`.
    pub canonical: Option<String>,
    /// The way to the site's root: `../` or empty; absolute on the 404 page.
    pub root: String,
    /// The address of the front page, from here.
    pub home: String,
    /// The language, if it isn't the site's.
    pub language: Option<String>,
    /// The explainer it belongs to; `null` for pages outside one.
    pub explainer: Option<LinkView>,
    /// The pages of its explainer (or of the site) in reading order, itself among them.
    pub navigation: Vec<LinkView>,
    /// `menu:` of `site.yaml`, for the header.
    pub menu: Vec<MenuItemView>,
    /// `policies:` of `site.yaml`, for the footer.
    pub policies: Vec<LinkView>,
    /// The folders above it, from the top down, without the site's front page, its explainer's and itself.
    pub breadcrumbs: Vec<LinkView>,
    /// The page before it in reading order.
    pub previous: Option<LinkView>,
    /// The page after it in reading order.
    pub next: Option<LinkView>,
    /// Who wrote it.
    pub authors: Vec<String>,
    /// When it was published.
    pub date: Option<DateView>,
    /// When it was last changed.
    pub updated: Option<DateView>,
    /// The day up to which it tells the story.
    pub as_of: Option<DateView>,
    /// The day by which it was to be looked at again, if that has passed.
    pub review_due: Option<DateView>,
    /// Links to what its authors wrote, in the same order.
    pub author_links: Vec<LinkView>,
    /// Its tags.
    pub tags: Vec<String>,
    /// Links to the pages of its tags, in the same order.
    pub tag_links: Vec<LinkView>,
    /// The link to the series that it is a part of.
    pub series: Option<LinkView>,
    /// The pages that have most of its tags, of other explainers.
    pub related: Vec<ChildView>,
    /// The link to the feed of a section, tag, author or series; `null` on all other pages.
    pub feed: Option<LinkView>,
    /// How long its prose takes to read; 0 without prose.
    pub reading_minutes: usize,
    /// The points to take away.
    pub key_points_html: Vec<String>,
    /// The headings of its prose.
    pub headings: Vec<HeadingView>,
    /// Those to jump to: of level 2; empty if there are fewer than three.
    pub toc: Vec<HeadingView>,
    /// Its prose, as blocks.
    pub body: Vec<BlockView>,
    /// Whether it shows records, in its prose or below it.
    pub has_records: bool,
    /// Whether each kind of record has a heading of its own: where there are several kinds, or the page's title can't say
    /// what they are.
    pub has_parts: bool,
    /// Its events.
    pub timeline: Option<TimelineView>,
    /// Its figures.
    pub figures: Vec<FigureView>,
    /// Its reactions; `null` without any.
    pub reactions: Option<ReactionsView>,
    /// Its people.
    pub people: Vec<PersonView>,
    /// Its terms, by the alphabet.
    pub terms: Vec<TermView>,
    /// Its questions with their answers.
    pub questions: Vec<QuestionView>,
    /// The terms that its prose explains in place.
    pub explained: Vec<TermView>,
    /// Its sources.
    pub sources: Vec<SourceView>,
    /// Its corrections, newest first.
    pub corrections: Vec<CorrectionView>,
    /// For a home or section page: the explainers and pages below it. For the 404 page: those at the top.
    pub children: Vec<ChildView>,
    /// For a home or section page: what it shows of the pages below it besides that list, and how far the list goes.
    pub listing: ListingView,
    /// The sources that the page names, numbered from 1 in order of first use.
    pub citations: Vec<CitationView>,
    /// When its records were compared with their sources, in a sentence; `null` if they weren't.
    pub compared: Option<String>,
    /// What is known of the claims that rest on its sources; `null` without sources, or if nothing was compared.
    pub evidence: Option<EvidenceTotalsView>,
    /// How to cite it; `null` without a `base_url`, or outside an explainer.
    pub cite: Option<CiteView>,
    /// Files with the data of its records: "Events (CSV)".
    pub downloads: Vec<LinkView>,
    /// The picture above the prose.
    pub image: Option<PictureView>,
    /// The picture for social networks: its own, or else a card; `null` without a `base_url`.
    pub card: Option<ImageView>,
    /// JSON-LD (schema.org), safe inside a script element.
    pub json_ld: String,
    /// What stands around an embed; `null` on all other pages.
    pub frame: Option<FrameView>,
    /// Free data from `extra:`.
    pub extra: serde_json::Value,
}

/// An item of the menu: a link, or words that open links.
#[derive(Clone, Debug, Default, Serialize)]
pub struct MenuItemView {
    /// Its words.
    pub title: String,
    /// Where it leads by itself; `null` if it only opens its children.
    pub link: Option<LinkView>,
    /// Whether the page is this one, one of its children, or in a folder of theirs.
    pub is_around: bool,
    /// The links that it opens.
    pub children: Vec<LinkView>,
}

/// What stands around a part of a page that is shown in a frame.
#[derive(Clone, Debug, Default, Serialize)]
pub struct FrameView {
    /// The page that it is part of.
    pub page: LinkView,
    /// The absolute address of its oEmbed answer; `null` without a `base_url`.
    pub oembed: Option<String>,
}

/// How a part of a page is shown on another site.
#[derive(Clone, Debug, Default, Serialize)]
pub struct EmbedView {
    /// The link to the embed.
    pub href: String,
    /// Its absolute address, for sites that ask how to show it (oEmbed).
    pub address: String,
    /// The HTML to copy: a frame as high as its content needs, on a phone too. With `#_auto` at the end of its address, it is
    /// dark for readers who ask for that.
    pub html: String,
    /// The height that it has in a column of text, in pixels.
    pub height: u32,
}

/// How a page is cited.
#[derive(Clone, Debug, Default, Serialize)]
pub struct CiteView {
    /// In words, with the address at the end.
    pub text: String,
    /// As BibTeX.
    pub bibtex: String,
    /// As CSL-JSON.
    pub csl: String,
}

/// The picture of a page for social networks.
#[derive(Clone, Debug, Default, Serialize)]
pub struct ImageView {
    /// Its absolute address.
    pub href: String,
    /// Its width in pixels.
    pub width: u32,
    /// Its height in pixels.
    pub height: u32,
    /// What it shows, in words.
    pub alt: String,
}

/// What is known of the claims that rest on a page's sources.
#[derive(Clone, Debug, Default, Serialize)]
pub struct EvidenceTotalsView {
    /// How many claims there are: words, numbers, dates, speakers, sentences.
    pub n_claims: usize,
    /// How many of them agree with their source.
    pub n_agreeing: usize,
    /// How many were compared, with a doubt.
    pub n_doubtful: usize,
    /// How many there was nothing to compare with.
    pub n_not_compared: usize,
    /// How many were never compared, or changed since.
    pub n_unverified: usize,
    /// The file with all outcomes; `null` if there is none.
    pub href: Option<String>,
}

/// A link.
#[derive(Clone, Debug, Default, Serialize, PartialEq, Eq)]
pub struct LinkView {
    /// Its words.
    pub title: String,
    /// Where it leads.
    pub href: String,
    /// Whether it leads to the page it stands on.
    pub is_current: bool,
}

/// A heading.
#[derive(Clone, Debug, Default, Serialize)]
pub struct HeadingView {
    /// 2 to 6.
    pub level: u8,
    /// Its anchor.
    pub id: String,
    /// Its words.
    pub html: String,
}

/// A piece of prose or a record that stands in it. Exactly one field is there.
#[derive(Clone, Debug, Default, Serialize)]
pub struct BlockView {
    /// HTML.
    pub html: Option<String>,
    /// An event.
    pub event: Option<EventView>,
    /// A figure.
    pub figure: Option<FigureView>,
    /// A reaction.
    pub reaction: Option<ReactionView>,
    /// A person.
    pub person: Option<PersonView>,
    /// A term.
    pub term: Option<TermView>,
    /// A question.
    pub question: Option<QuestionView>,
    /// A source.
    pub source: Option<SourceView>,
}

/// A date in words and for machines.
#[derive(Clone, Debug, Default, Serialize, PartialEq, Eq)]
pub struct DateView {
    /// "January 27, 2025", "about 2024", "between January 2 and January 10, 2025".
    pub words: String,
    /// The value for `datetime`; `null` for dates that HTML can't express.
    pub datetime: Option<String>,
    /// The date as written (EDTF).
    pub edtf: String,
}

/// A timeline.
#[derive(Clone, Debug, Default, Serialize)]
pub struct TimelineView {
    /// What happened, by date: a period for each year, in a year of many events for each month.
    pub periods: Vec<PeriodView>,
    /// Whether there are so many events that periods are folded, with links to jump to each.
    pub is_folded: bool,
    /// What is expected, by date.
    pub expected: Vec<EventView>,
    /// How many events there are.
    pub n_events: usize,
    /// How to embed it; `null` in an embed, or without a `base_url`.
    pub embed: Option<EmbedView>,
    /// All of it as one strip; `null` if fewer than two events have a known date.
    pub strip: Option<StripView>,
}

/// The events of a year, a month, a decade or a century.
#[derive(Clone, Debug, Default, Serialize)]
pub struct PeriodView {
    /// Its anchor: `_year-1`.
    pub id: String,
    /// What it is called: "2024", "March 2024", "the 2010s"; empty for events without a known year.
    pub title: String,
    /// How many events it has.
    pub n_events: usize,
    /// Whether it is open if periods are folded: the last one is.
    pub is_open: bool,
    /// Its events, by date.
    pub events: Vec<EventView>,
}

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
    /// "24,000", "−$5", in the page's language, up to the last digit.
    pub number: String,
    /// What the language writes right behind it, with the space between: "%", " €"; may be empty.
    pub sign: String,
    /// "arrests"; may be empty, and is for shares and money.
    pub unit: String,
    /// "over"; `null` for an exact number.
    pub qualifier: Option<String>,
    /// The plain decimal, for machines.
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

/// A page below this one.
#[derive(Clone, Debug, Default, Serialize)]
pub struct ChildView {
    /// Its headline.
    pub title: String,
    /// The link to it.
    pub href: String,
    /// Its dek.
    pub description: Option<String>,
    /// When it was published.
    pub date: Option<DateView>,
    /// Whether it is an explainer of its own.
    pub is_explainer: bool,
    /// The name of its layout.
    pub layout: &'static str,
}

/// What a home or section page shows of the pages below it.
#[derive(Clone, Debug, Default, Serialize)]
pub struct ListingView {
    /// The pages of `featured:`.
    pub featured: Vec<ChildView>,
    /// The newest pages, as many as `latest:` says.
    pub latest: Vec<ChildView>,
    /// On the page of all tags, authors or series: each of them, by the alphabet.
    pub words: Vec<LinkView>,
    /// The years of `archive:`, the last first.
    pub years: Vec<LinkView>,
    /// The number of this page of the list, from 1.
    pub number: usize,
    /// How many pages the list has.
    pub n_pages: usize,
}

/// What `redirect.html` gets as `redirect`.
#[derive(Clone, Debug, Default, Serialize)]
pub struct RedirectView {
    /// Where to.
    pub href: String,
    /// The absolute address, if there is a `base_url`.
    pub canonical: Option<String>,
    /// The headline of the page that it leads to.
    pub title: String,
}

/// What `atom.xml` gets as `feed` (RFC 4287).
#[derive(Clone, Debug, Default, Serialize)]
pub struct FeedView {
    /// What it is of: the site's name, or that of a section or word with it.
    pub title: String,
    /// What it is about.
    pub description: Option<String>,
    /// The feed's own address, absolute.
    pub url: String,
    /// The home page, absolute.
    pub home: String,
    /// The newest change of any entry, RFC 3339.
    pub updated: String,
    /// The newest pages first.
    pub entries: Vec<FeedEntryView>,
}

/// An entry of the feed.
#[derive(Clone, Debug, Default, Serialize)]
pub struct FeedEntryView {
    /// The page's headline.
    pub title: String,
    /// The page, absolute; also the entry's id.
    pub url: String,
    /// RFC 3339; not every page says when it was published, and Atom doesn't ask for it.
    pub published: Option<String>,
    /// RFC 3339.
    pub updated: String,
    /// Who wrote it.
    pub authors: Vec<String>,
    /// Its dek.
    pub summary: Option<String>,
}

/// What `sitemap.xml` gets as `sitemap` (sitemaps.org 0.9).
#[derive(Clone, Debug, Default, Serialize)]
pub struct SitemapView {
    /// Every page, by address.
    pub entries: Vec<SitemapEntryView>,
}

/// An entry of the sitemap.
#[derive(Clone, Debug, Default, Serialize)]
pub struct SitemapEntryView {
    /// The page, absolute.
    pub url: String,
    /// When it last changed: a day, or RFC 3339.
    pub updated: Option<String>,
}
