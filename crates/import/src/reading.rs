//! What the article says, before any record is made from it.
//!
//! A [`Reading`] holds the text with everything found in it: dates, figures, quotations, people. Both drafting and
//! scoring start from one. Every range is in bytes of [`Reading::text`].

use std::ops::Range;

use crate::model::{Day, PartialDate, Qualifier};

use super::dates::{self, DateMention};
use super::figures::{self, Figure, Poll, Series};
use super::language::Language;
use super::quotes;
use super::speakers::{self, Confidence, Quotation, Roster, Speaker};
use super::text::{About, Article};

/// A text and what was found in it.
#[derive(Debug)]
pub struct Reading {
    pub(super) language: &'static Language,
    pub(super) article: Article,
    pub(super) published: Option<Day>,
    pub(super) dates: Vec<DateMention>,
    pub(super) figures: Vec<Figure>,
    pub(super) series: Vec<Series>,
    pub(super) polls: Vec<Poll>,
    pub(super) quotations: Vec<Quotation>,
    pub(super) roster: Roster,
}

/// A date found in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundDate {
    /// Where its words are.
    pub range: Range<usize>,
    /// The date; `None` if it can't be worked out.
    pub date: Option<PartialDate>,
    /// Why it is that date, if the words alone don't say.
    pub inferred: Option<String>,
}

/// A quotation found in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundQuotation {
    /// Its place, including its marks.
    pub range: Range<usize>,
    /// The speaker's fullest name in the article; `None` if it isn't clear who speaks.
    pub speaker: Option<String>,
    /// How certain the speaker is.
    pub confidence: Confidence,
}

/// A figure found in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundFigure {
    /// Where its words are.
    pub range: Range<usize>,
    /// Its value, as a plain decimal.
    pub value: String,
    /// Its unit; empty for a bare number.
    pub unit: String,
    /// Its hedge.
    pub qualifier: Option<Qualifier>,
}

impl Reading {
    /// Reads a text. Without `published`, a dateline in the text supplies the day of publication.
    ///
    /// # Examples
    ///
    /// ```
    /// use nutgraf_import::{Language, Reading};
    ///
    /// let text = "“The bridge is safe,” Ann Poole said on Monday.";
    /// let reading = Reading::of(text, "2025-01-28".parse().ok(), Language::named("en").unwrap());
    /// assert_eq!(reading.quotations()[0].speaker.as_deref(), Some("Ann Poole"));
    /// assert_eq!(reading.dates()[0].date.as_ref().unwrap().written(), "2025-01-27");
    /// ```
    pub fn of(text: &str, published: Option<Day>, language: &'static Language) -> Self {
        let article = Article::read(text, language);
        let published = published.or_else(|| dates::publication(&article, language));
        let quoted = quotes::find(&article, language);
        let dates = dates::find(&article, language, published, &quoted);
        let figures = figures::find(&article, language, &dates);
        let series = figures::series(&article, language, &figures, &dates);
        let polls = figures::polls(&article, language, &figures, &dates);
        let mut roster = Roster::read(&article, language, &quoted);
        let quotations = speakers::attribute(&article, language, quoted, &mut roster);
        Self {
            language,
            article,
            published,
            dates,
            figures,
            series,
            polls,
            quotations,
            roster,
        }
    }

    /// The text that all ranges refer to: without invisible characters, one line per paragraph.
    pub fn text(&self) -> &str {
        &self.article.text
    }

    /// The day of publication, as given or as in the text's dateline.
    pub fn published(&self) -> Option<Day> {
        self.published
    }

    /// What the lines around the prose say about the article.
    pub(super) fn about(&self) -> &About {
        &self.article.about
    }

    /// The dates, in order.
    pub fn dates(&self) -> Vec<FoundDate> {
        let found = |mention: &DateMention| FoundDate {
            range: mention.span.clone(),
            date: mention.date.clone(),
            inferred: mention.inferred.clone(),
        };
        self.dates.iter().map(found).collect()
    }

    /// The quotations that reach into some tokens; the first of them may not.
    pub(super) fn quotations_in(&self, tokens: &Range<usize>) -> &[Quotation] {
        let before = |limit: usize| {
            let starts_before = |found: &Quotation| found.quoted.tokens.start < limit;
            self.quotations.partition_point(starts_before)
        };
        // One that began earlier may reach in, and so may one inside it.
        &self.quotations[before(tokens.start).saturating_sub(2)..before(tokens.end)]
    }

    /// The figures that start within some tokens.
    pub(super) fn figures_in(&self, tokens: &Range<usize>) -> &[Figure] {
        let before = |limit: usize| {
            let starts_before = |found: &Figure| found.tokens.start < limit;
            self.figures.partition_point(starts_before)
        };
        &self.figures[before(tokens.start)..before(tokens.end)]
    }

    /// The quotations, in order; terms, titles and headlines are not among them.
    pub fn quotations(&self) -> Vec<FoundQuotation> {
        let found = |quotation: &Quotation| FoundQuotation {
            range: quotation.quoted.span.clone(),
            speaker: quotation
                .speaker
                .as_ref()
                .map(|speaker| self.article.words(&self.name_of(speaker)).to_owned()),
            confidence: quotation.confidence,
        };
        self.quotations.iter().map(found).collect()
    }

    /// The figures, in order.
    pub fn figures(&self) -> Vec<FoundFigure> {
        let found = |figure: &Figure| FoundFigure {
            range: figure.span.clone(),
            value: figure.value(),
            unit: figure.unit.clone(),
            qualifier: figure.qualifier,
        };
        self.figures.iter().map(found).collect()
    }

    /// The date of a figure, by its words: `36,500 in 2024`.
    pub(super) fn date_of_figure(&self, figure: &Figure) -> Option<usize> {
        figures::date_behind(&self.article, self.language, &self.dates, figure.tokens.end)
    }

    /// The tokens of a speaker's name or description.
    pub(super) fn name_of(&self, speaker: &Speaker) -> Range<usize> {
        match speaker {
            Speaker::Person(person) => self.roster.people[*person].name.clone(),
            Speaker::Body(words) | Speaker::Described(words) => words.clone(),
        }
    }
}
