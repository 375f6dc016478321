//! What templates see.
//!
//! Every page template gets one [`PageView`] as `page`, the site's [`SiteView`] as `site`, and the words of the
//! interface as `words`. `labels` are the same words, marked as English where there is no translation: use `words` in
//! attributes and `labels` everywhere else. Templates are closed: they can't ask for more, so a cached page can't be
//! stale. Each kind of record is drawn by a component that sees only its arguments: `<figure figure={figure} />`.
//!
//! Fields that end in `_html` are HTML and need `| safe`; all others are text. Links (`href`) work as they are on the
//! page that the view is for. A missing value is `null`; lists may be empty.

use std::collections::BTreeMap;

use serde::Serialize;

mod accounts;
mod records;

pub use super::graphics::{
    AnnotationView, ChartView, LineView, MarkView, PanelView, PartView, PathView, PictureView,
    StackView, StripBandView, StripColumnView, StripMarkView, StripView, TickView,
};
pub use accounts::{AccountView, AccountedView, AccountsView, CopyView, WordsView};
pub use records::{
    ChangedView, CitationView, ClaimView, ComparedView, DerivedView, EventView, EvidenceView,
    FigureView, FilterOptionView, FilterView, NoticeView, PersonView, PointView, QuantityView,
    QuestionView, ReactionGroupView, ReactionView, ReactionsView, SourceRefView, SourceView,
    TermView,
};

/// The site; the same for every page.
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
    /// The way from the site's root to the home page of the language: empty, or `es/`.
    pub prefix: String,
    /// The address where it is published, with a slash at the end.
    pub base_url: Option<String>,
    /// Who wrote it.
    pub author: Option<String>,
    /// Who publishes it.
    pub publisher: Option<String>,
    /// The address of its repository.
    pub repository: Option<String>,
    /// Static files by name, with the name under which each is published: `style.css` is `style.1a2b3c4d.css`.
    pub assets: BTreeMap<String, String>,
    /// The address of the stylesheet with the site's own colors, from the site's root; `null` if it has none.
    pub colors: Option<String>,
    /// The address of the search, from the site's root; `null` if it has none.
    pub search: Option<String>,
    /// The address of the page of all changes, from the site's root; `null` if nothing has changed.
    pub changes: Option<String>,
    /// Whether there is an Atom feed.
    pub has_feed: bool,
    /// What pages may load, as a Content-Security-Policy: the site's own files, and what `policy:` of `site.yaml` names.
    pub policy: String,
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
    /// Its dek or, without one, the start of its content: for search engines.
    pub summary: Option<String>,
    /// Its absolute address; `null` without a `base_url`.
    pub canonical: Option<String>,
    /// The path to the site's root: `../` or empty; absolute on the 404 page.
    pub root: String,
    /// The link to the front page.
    pub home: String,
    /// The language, if it isn't the site's.
    pub language: Option<String>,
    /// The site's languages, to switch between; empty if there is but one.
    pub languages: Vec<LanguageView>,
    /// Its addresses in all languages that it is in; empty if that is but one.
    pub alternates: Vec<AlternateView>,
    /// That it is a translation of something that was changed since; `null` for all other pages.
    pub outdated: Option<OutdatedView>,
    /// The explainer it belongs to; `null` for pages outside one.
    pub explainer: Option<LinkView>,
    /// The pages of its explainer (or of the site) in reading order, including itself.
    pub navigation: Vec<LinkView>,
    /// `menu:` of `site.yaml`, for the header.
    pub menu: Vec<MenuItemView>,
    /// `footer:` of `site.yaml`.
    pub footer: Vec<LinkView>,
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
    /// The day up to which its content is current.
    pub as_of: Option<DateView>,
    /// The day by which it was due for review, if that has passed.
    pub review_due: Option<DateView>,
    /// Links to the pages of its authors, in the same order.
    pub author_links: Vec<LinkView>,
    /// Its tags.
    pub tags: Vec<String>,
    /// Links to the pages of its tags, in the same order.
    pub tag_links: Vec<LinkView>,
    /// The link to the series that it belongs to.
    pub series: Option<LinkView>,
    /// The pages that share most of its tags, from other explainers.
    pub related: Vec<ChildView>,
    /// The link to the feed of a section, tag, author or series; `null` on all other pages.
    pub feed: Option<LinkView>,
    /// How long its prose takes to read; 0 without prose.
    pub reading_minutes: usize,
    /// The key points.
    pub key_points_html: Vec<String>,
    /// The headings of its prose.
    pub headings: Vec<HeadingView>,
    /// The headings to jump to, which are those of level 2; empty if there are fewer than three.
    pub toc: Vec<HeadingView>,
    /// The level of the headings right below its title: 2, and 3 in a handout.
    pub level: usize,
    /// Its prose, as blocks.
    pub body: Vec<BlockView>,
    /// Whether it shows records, in its prose or below it.
    pub has_records: bool,
    /// Whether each kind of record has a heading of its own: if there are several kinds, or if the page's title doesn't
    /// say what they are.
    pub has_parts: bool,
    /// Its events.
    pub timeline: Option<TimelineView>,
    /// Its figures.
    pub figures: Vec<FigureView>,
    /// Its reactions; `null` without any.
    pub reactions: Option<ReactionsView>,
    /// Its people.
    pub people: Vec<PersonView>,
    /// Its terms, alphabetically.
    pub terms: Vec<TermView>,
    /// Its questions with their answers.
    pub questions: Vec<QuestionView>,
    /// On a page of accounts that differ: those of its explainer; else `null`.
    pub accounts: Option<AccountsView>,
    /// The terms that its prose explains in place.
    pub explained: Vec<TermView>,
    /// Its sources.
    pub sources: Vec<SourceView>,
    /// Its corrections, newest first.
    pub corrections: Vec<NoticeView>,
    /// On the page of an author: who that is, if it is one of the people at the top of the site.
    pub author: Option<PersonView>,
    /// What is new since it was published, newest first.
    pub updates: Vec<NoticeView>,
    /// On the page of all changes: the days on which something changed, newest first.
    pub changes: Vec<ChangesView>,
    /// For a home or section page: the explainers and pages below it. For the 404 page: those at the top of the site.
    pub children: Vec<ChildView>,
    /// For a home or section page: what else it shows of the pages below it, and how long the list is.
    pub listing: ListingView,
    /// The sources that the page cites, numbered from 1 in order of first use.
    pub citations: Vec<CitationView>,
    /// When its records were compared with their sources, in a sentence; on an explainer's front page, those of all its
    /// pages. `null` if they weren't.
    pub compared: Option<String>,
    /// What is known about the claims based on its sources; `null` without sources, or if nothing was compared.
    pub evidence: Option<EvidenceTotalsView>,
    /// How to cite it; `null` without a `base_url`, or outside an explainer.
    pub cite: Option<CiteView>,
    /// On the front page of an explainer: the link to all of the explainer on one page, for paper.
    pub handout: Option<LinkView>,
    /// In a handout: the other pages of the explainer, in reading order, each with its title, its dek and its contents.
    pub chapters: Vec<PageView>,
    /// Files with the data of its records: "Events (CSV)".
    pub downloads: Vec<LinkView>,
    /// The picture above the prose.
    pub image: Option<PictureView>,
    /// The picture for social networks: its own, or else a generated card; `null` without a `base_url`.
    pub card: Option<ImageView>,
    /// JSON-LD (schema.org), safe inside a script element.
    pub json_ld: String,
    /// What surrounds an embed; `null` on all other pages.
    pub frame: Option<FrameView>,
    /// Arbitrary data from `extra:`.
    pub extra: serde_json::Value,
}

/// A language to switch to.
#[derive(Clone, Debug, Default, Serialize)]
pub struct LanguageView {
    /// Its tag (BCP 47).
    pub language: String,
    /// `ltr` or `rtl`.
    pub direction: &'static str,
    /// What it is called by those who speak it.
    pub name: String,
    /// The same page in it, or its home page.
    pub href: String,
    /// Whether the page is in it.
    pub is_current: bool,
    /// Whether the link leads to the same page.
    pub is_translation: bool,
}

/// An address of a page in a language.
#[derive(Clone, Debug, Default, Serialize)]
pub struct AlternateView {
    /// Its tag (BCP 47), or `x-default`.
    pub language: String,
    /// The absolute address.
    pub href: String,
}

/// That a translation is older than its original.
#[derive(Clone, Debug, Default, Serialize)]
pub struct OutdatedView {
    /// When the original was changed.
    pub date: DateView,
    /// The original.
    pub original: LinkView,
    /// Its language (BCP 47).
    pub language: String,
}

/// An item of the menu: a link, or a title that opens links.
#[derive(Clone, Debug, Default, Serialize)]
pub struct MenuItemView {
    /// Its title.
    pub title: String,
    /// Where it leads itself; `null` if it only opens its children.
    pub link: Option<LinkView>,
    /// Whether this page is its target, one of its children, or in a folder of theirs.
    pub is_around: bool,
    /// The links that it opens.
    pub children: Vec<LinkView>,
}

/// What surrounds a part of a page that is shown in a frame.
#[derive(Clone, Debug, Default, Serialize)]
pub struct FrameView {
    /// The page that it is part of.
    pub page: LinkView,
    /// The absolute address of its oEmbed answer; `null` without a `base_url`.
    pub oembed: Option<String>,
    /// The link to the script that tells the page around the frame how high its content is; `null` if the site has none,
    /// and in a timeline, which is scrolled.
    pub script: Option<String>,
}

/// How a part of a page is shown on another site.
#[derive(Clone, Debug, Default, Serialize)]
pub struct EmbedView {
    /// The link to the embed.
    pub href: String,
    /// Its absolute address, for sites that ask how to show it (oEmbed).
    pub address: String,
    /// The HTML to copy: a frame as high as its content needs, even on a phone. With `#_auto` at the end of its
    /// address, it is dark for readers who prefer that.
    pub html: String,
    /// Its height in a column of text, in pixels.
    pub height: u32,
}

/// How to cite a page.
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

/// What is known about the claims based on a page's sources.
#[derive(Clone, Debug, Default, Serialize)]
pub struct EvidenceTotalsView {
    /// How many claims there are: words, numbers, dates, speakers, sentences.
    pub n_claims: usize,
    /// How many of them agree with their source.
    pub n_agreeing: usize,
    /// How many were compared, but are in doubt.
    pub n_doubtful: usize,
    /// How many couldn't be compared with anything.
    pub n_not_compared: usize,
    /// How many were never compared, or were changed since.
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
    /// Whether it leads to the page that contains it.
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

/// A piece of prose, or a record embedded in it. Exactly one field is set.
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
    /// What happened, by date: a period for each year, or for each month in a year with many events.
    pub periods: Vec<PeriodView>,
    /// Whether there are so many events that periods are folded, with links to jump to each.
    pub is_folded: bool,
    /// What is expected, by date.
    pub expected: Vec<EventView>,
    /// The anchor of what is expected.
    pub expected_id: String,
    /// What its events can be told apart by: people and tags; empty for a short one.
    pub filters: Vec<FilterView>,
    /// How many events there are.
    pub n_events: usize,
    /// How to embed it; `null` in an embed, or without a `base_url`.
    pub embed: Option<EmbedView>,
    /// All of it as one strip; `null` if fewer than two events have a known date.
    pub strip: Option<StripView>,
    /// The periods that it is divided into, by when they begin.
    pub eras: Vec<EraView>,
}

/// A period that a timeline is divided into.
#[derive(Clone, Debug, Default, Serialize)]
pub struct EraView {
    /// What it is called.
    pub title: String,
    /// From when to when.
    pub date: DateView,
}

/// The events of a year, a month, a decade or a century.
#[derive(Clone, Debug, Default, Serialize)]
pub struct PeriodView {
    /// Its anchor: `_year-1`.
    pub id: String,
    /// Its name: "2024", "March 2024", "the 2010s"; empty for events without a known year.
    pub title: String,
    /// How many events it has.
    pub n_events: usize,
    /// Whether it is open when periods are folded: only the last one is.
    pub is_open: bool,
    /// Its events, by date.
    pub events: Vec<EventView>,
}

/// A page below this one.
#[derive(Clone, Debug, Default, Serialize)]
pub struct ChildView {
    /// Its headline.
    pub title: String,
    /// The link to it.
    pub href: String,
    /// Its picture, without words: the headline is beside it.
    pub image: Option<PictureView>,
    /// Its dek.
    pub description: Option<String>,
    /// When it was published.
    pub date: Option<DateView>,
    /// Whether it is an explainer itself.
    pub is_explainer: bool,
    /// The name of its layout.
    pub layout: &'static str,
}

/// What a home or section page shows of the pages below it.
#[derive(Clone, Debug, Default, Serialize)]
pub struct ListingView {
    /// The pages of `featured:`.
    pub featured: Vec<ChildView>,
    /// The newest pages; their number is set by `latest:`.
    pub latest: Vec<ChildView>,
    /// On the page of all tags, authors or series: each of them, alphabetically.
    pub words: Vec<LinkView>,
    /// The years of `archive:`, latest first.
    pub years: Vec<LinkView>,
    /// The number of this page of the list, from 1.
    pub number: usize,
    /// How many pages the list has.
    pub n_pages: usize,
}

/// What `redirect.html` gets as `redirect`.
#[derive(Clone, Debug, Default, Serialize)]
pub struct RedirectView {
    /// The link to the new address.
    pub href: String,
    /// The absolute address, if there is a `base_url`.
    pub canonical: Option<String>,
    /// The headline of the page that it leads to.
    pub title: String,
}

/// What `atom.xml` gets as `feed` (RFC 4287).
#[derive(Clone, Debug, Default, Serialize)]
pub struct FeedView {
    /// Its title: the site's name, or that of a section or word together with it.
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

/// What changed on one day.
#[derive(Clone, Debug, Default, Serialize)]
pub struct ChangesView {
    /// Its anchor: `2025-02-03`. All that is above has changed since.
    pub id: String,
    /// The day.
    pub date: DateView,
    /// The corrections and updates of all pages, by page.
    pub notices: Vec<NoticeView>,
}

/// An entry of the feed.
#[derive(Clone, Debug, Default, Serialize)]
pub struct FeedEntryView {
    /// The page's headline.
    pub title: String,
    /// The page, absolute; also the entry's id.
    pub url: String,
    /// In RFC 3339; not every page has a date of publication, and Atom doesn't require one.
    pub published: Option<String>,
    /// RFC 3339.
    pub updated: String,
    /// Who wrote it.
    pub authors: Vec<String>,
    /// Its dek.
    pub summary: Option<String>,
    /// Its whole text as HTML with absolute addresses, if `feeds: {full_text: true}` asks for it.
    pub content_html: Option<String>,
    /// The picture that stands for it, absolute.
    pub image: Option<String>,
}

/// What `sitemap.xml` gets as `sitemap` (sitemaps.org 0.9).
#[derive(Clone, Debug, Default, Serialize)]
pub struct SitemapView {
    /// Every page, by address; in a part of a large sitemap those of the part.
    pub entries: Vec<SitemapEntryView>,
    /// Whether any is in several languages.
    pub has_languages: bool,
    /// The files that list the pages, absolute, on a site with more than 50,000 of them; `entries` is then empty.
    pub parts: Vec<String>,
}

/// An entry of the sitemap.
#[derive(Clone, Debug, Default, Serialize)]
pub struct SitemapEntryView {
    /// The page, absolute.
    pub url: String,
    /// When it last changed: a day, or a moment in RFC 3339.
    pub updated: Option<String>,
    /// Its addresses in all languages that it is in; empty if that is but one.
    pub alternates: Vec<AlternateView>,
}
