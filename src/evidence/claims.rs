//! Lists what a record claims about its sources.
//!
//! The words of a quotation, a passage and words as printed have to be in a source. A value, its qualifier and unit, a
//! date and a speaker have to be what those words say. In the editor's own sentences, only numbers and names are looked
//! for; whether a paraphrase is fair, no program can tell.

use std::borrow::Cow;
use std::sync::Arc;

use nutgraf_evidence::own_words::facts;
use nutgraf_evidence::{
    Quote, QuoteVerdict, SourceText, WordsHash, match_passage, match_printed, match_quote,
};

use super::accounts;
use super::lock::{RecordKey, SourceKey};
use super::page_claims::{PAGE, file_name, folder_of};
use super::prose::has_own_words;
use super::says::{Says, Sentence};
use crate::model::{
    Anchor, Event, Figure, FigureValue, Markup, PageHead, Quantity, Question, Reaction, RecordId,
    RecordKind, Records, Source, SourceRef, Term,
};

/// One thing that a record claims about its sources.
#[derive(Clone, Debug)]
pub struct RecordClaim<'r> {
    /// What makes it.
    pub by: Claimant<'r>,
    /// The field of the record.
    pub field: ClaimField,
    /// The account of the record that makes it, by its place; `None` for the record itself.
    pub account: Option<usize>,
    /// What distinguishes the field from others of its kind in the record; usually empty.
    pub(super) detail: String,
    /// What is claimed.
    pub says: Says<'r>,
    /// The sources that may support it; never empty.
    pub sources: Vec<&'r Arc<Source>>,
    /// Why it is right despite a doubt, in the writer's words.
    pub doubt: Option<&'r str>,
}

/// What makes a claim.
#[derive(Clone, Copy, Debug)]
pub enum Claimant<'r> {
    /// A record, by its kind and its place on the page.
    Record(RecordKind, &'r Anchor),
    /// A page, by its own words. Every source of its folder may hold them up; which these are, nobody but
    /// [`audit`](super::audit()) knows.
    Page(&'r PageHead),
}

impl PartialEq for Claimant<'_> {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Record(kind, anchor), Self::Record(other_kind, other)) => {
                kind == other_kind && anchor == other
            }
            (Self::Page(head), Self::Page(other)) => head.source == other.source,
            _ => false,
        }
    }
}

/// The field with the claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClaimField {
    /// Its name in front matter: `quote`, `speaker`, `passage`, `as_printed`, `value`, `qualifier`, `unit`, `date`,
    /// `title`...
    pub name: &'static str,
    /// Its location in the record.
    pub within: Within,
}

/// The location of a field in a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Within {
    /// In the record itself.
    Record,
    /// In the point with this index of a series, which is ordered by date.
    Point(usize),
    /// In the source with this index in the record's list.
    Source(usize),
    /// In the item at this place of a page's list.
    Item(usize),
}

impl RecordClaim<'_> {
    /// The key in `evidence.lock`.
    pub fn key(&self) -> RecordKey {
        let (folder, kind, id) = match self.by {
            Claimant::Record(kind, anchor) => (folder(anchor), kind.name(), anchor.id.to_string()),
            Claimant::Page(head) => (folder_of(head), PAGE, file_name(head).to_owned()),
        };
        RecordKey {
            folder,
            kind: kind.to_owned(),
            id,
            field: format!("{}{}", self.field.name, self.detail),
        }
    }

    /// The hash by which `evidence.lock` knows what was compared. For an editor's sentence, that covers only its
    /// numbers and names, unless the source contains the whole sentence.
    pub(super) fn hash(&self, is_whole: bool) -> WordsHash {
        let written = self.says.written();
        match &self.says {
            Says::Date {
                is_inferred,
                is_expected,
                ..
            } => {
                let inferred = if *is_inferred { " inferred" } else { "" };
                let expected = if *is_expected { " expected" } else { "" };
                WordsHash::of(&format!("{written}{inferred}{expected}"), None)
            }
            Says::Sentence(_) if !is_whole => WordsHash::of(&facts(&written), None),
            _ => WordsHash::of(&written, None),
        }
    }

    /// Like [`RecordClaim::hash`], by the rules of version 1 of the lock; `None` for claims that it didn't know.
    pub(super) fn old_hash(&self) -> Option<WordsHash> {
        match &self.says {
            Says::Quotation { words, speaker } => Some(WordsHash::of(words, Some(speaker))),
            says => says.words().map(|words| WordsHash::of(words, None)),
        }
    }

    /// Looks for the words in a text, spoken by the part of the speaker's name that the text would use. `None` if the
    /// claim isn't about words.
    pub(super) fn look_in(&self, text: &SourceText, surname: Option<&str>) -> Option<QuoteVerdict> {
        match &self.says {
            Says::Quotation { words, .. } => Some(match_quote(text, &Quote::new(words), surname)),
            Says::Passage(words) => Some(match_passage(text, &Quote::new(words))),
            Says::Printed(words) => Some(match_printed(text, &Quote::new(words))),
            _ => None,
        }
    }

    /// Whether a translation of the record claims the same: its facts, as against its words.
    pub fn is_shared(&self) -> bool {
        !matches!(self.says, Says::Sentence(_)) && self.field.name != "unit"
    }

    /// Whether readers are told that no text of any of its sources is available, and why.
    pub fn is_declared(&self) -> bool {
        !self.sources.is_empty() && self.sources.iter().all(|source| source.because.is_some())
    }

    /// Whether one of its sources has no available text.
    pub(super) fn may_be_declared(&self) -> bool {
        self.sources.iter().any(|source| source.because.is_some())
    }

    /// The kind of the record that makes it; `None` for a page's own words.
    pub fn kind(&self) -> Option<RecordKind> {
        match self.by {
            Claimant::Record(kind, _) => Some(kind),
            Claimant::Page(_) => None,
        }
    }

    /// The place of the record that makes it; `None` for a page's own words.
    pub fn anchor(&self) -> Option<&Anchor> {
        match self.by {
            Claimant::Record(_, anchor) => Some(anchor),
            Claimant::Page(_) => None,
        }
    }

    /// Whether two claims belong to the same record, or to the same account of it: what one account says supports no
    /// other.
    pub fn is_with(&self, other: &RecordClaim<'_>) -> bool {
        self.by == other.by && self.account == other.account
    }
}

/// The key of a source in `evidence.lock`.
pub fn source_key(source: &Source) -> SourceKey {
    SourceKey {
        folder: folder(&source.anchor),
        id: source.anchor.id.to_string(),
    }
}

/// A folder as `evidence.lock` names it: relative to `content`, which itself is `.`.
fn folder(anchor: &Anchor) -> String {
    match anchor.folder.split_once('/') {
        Some((_, below)) => below.to_owned(),
        None => ".".to_owned(),
    }
}

/// The claims of a page's records, kind by kind in their order there; those of one record are together, and those of
/// each of its accounts behind them.
pub fn claims(records: &Records) -> Vec<RecordClaim<'_>> {
    let mut claims = Vec::new();
    for event in &records.events {
        claims.extend(of_event(event));
        claims.extend(accounts::of_event(event).into_iter().flatten());
    }
    for figure in &records.figures {
        claims.extend(of_figure(figure));
        claims.extend(accounts::of_figure(figure).into_iter().flatten());
    }
    for reaction in &records.reactions {
        claims.extend(of_reaction(reaction));
        claims.extend(accounts::of_reaction(reaction).into_iter().flatten());
    }
    claims.extend(records.terms.iter().flat_map(|term| of_term(term)));
    let questions = records.questions.iter();
    claims.extend(questions.flat_map(|question| of_question(question)));
    claims
}

/// The claims of an event: its date, and its words as printed; its passages; its title and text.
pub fn of_event(event: &Event) -> Vec<RecordClaim<'_>> {
    let mut made = Made::new(
        RecordKind::Event,
        &event.anchor,
        &event.sources,
        &event.doubt,
    );
    made.printed(Within::Record, event.as_printed.as_deref());
    made.passages();
    made.add(
        "date",
        Within::Record,
        Says::Date {
            date: &event.date,
            is_inferred: event.inferred.is_some(),
            is_expected: event.expected,
        },
    );
    made.sentence("title", Cow::Borrowed(&event.title));
    made.markup("text", event.text.as_ref());
    made.claims
}

/// The claims of a figure: its numbers with qualifier, unit and date, and their words as printed; its passages; and
/// what its title, text, population, sample and margin say. A calculated figure claims no number.
pub fn of_figure(figure: &Figure) -> Vec<RecordClaim<'_>> {
    let mut made = Made::new(
        RecordKind::Figure,
        &figure.anchor,
        &figure.sources,
        &figure.doubt,
    );
    made.printed(Within::Record, figure.as_printed.as_deref());
    let date = |date| Says::Date {
        date,
        is_inferred: figure.inferred.is_some(),
        is_expected: false,
    };
    match &figure.value {
        FigureValue::Single(quantity) => made.quantity(Within::Record, quantity),
        FigureValue::Derived(quantity, _) => {
            if figure.as_printed.is_some() {
                made.quantity(Within::Record, quantity);
            }
        }
        FigureValue::Series(points) => {
            made.points = points.iter().map(|point| point.key.written()).collect();
            for (index, point) in points.iter().enumerate() {
                let within = Within::Point(index);
                made.printed(within, point.as_printed.as_deref());
                made.quantity(within, &point.quantity);
                if let Some(day) = point.key.date() {
                    made.add("date", within, date(day));
                }
                if let Some(words) = &point.annotation {
                    let words = Sentence::Plain(Cow::Borrowed(words));
                    made.add("annotation", within, Says::Sentence(words));
                }
            }
        }
    }
    made.passages();
    if let Some(day) = &figure.date {
        made.add("date", Within::Record, date(day));
    }
    made.sentence("title", Cow::Borrowed(&figure.title));
    if let Some(population) = &figure.population {
        made.sentence("population", Cow::Borrowed(population));
    }
    for (name, number) in [("sample", figure.sample), ("margin", figure.margin)] {
        if let Some(number) = number {
            let written = number.value().normalize().to_string();
            made.sentence(name, Cow::Owned(written));
        }
    }
    made.markup("text", figure.text.as_ref());
    made.claims
}

/// The claims of a reaction: its quotation, who said it and when, and the words as printed; its passages; its text.
pub fn of_reaction(reaction: &Reaction) -> Vec<RecordClaim<'_>> {
    let mut made = Made::new(
        RecordKind::Reaction,
        &reaction.anchor,
        &reaction.sources,
        &reaction.doubt,
    );
    if let Some(quote) = said(reaction.quote.as_deref()) {
        made.add(
            "quote",
            Within::Record,
            Says::Quotation {
                words: quote,
                speaker: &reaction.speaker.name,
            },
        );
    }
    made.printed(Within::Record, reaction.as_printed.as_deref());
    made.passages();
    made.add(
        "speaker",
        Within::Record,
        Says::Speaker(&reaction.speaker.name),
    );
    if let Some(date) = &reaction.date {
        made.add(
            "date",
            Within::Record,
            Says::Date {
                date,
                is_inferred: reaction.inferred.is_some(),
                is_expected: false,
            },
        );
    }
    made.markup("text", reaction.text.as_ref());
    made.claims
}

/// The claims of a term: its passages and its definition.
pub(super) fn of_term(term: &Term) -> Vec<RecordClaim<'_>> {
    let mut made = Made::new(RecordKind::Term, &term.anchor, &term.sources, &term.doubt);
    made.passages();
    made.markup("definition", Some(&term.definition));
    made.claims
}

/// The claims of an answer: its passages and its text.
pub fn of_question(question: &Question) -> Vec<RecordClaim<'_>> {
    let mut made = Made::new(
        RecordKind::Question,
        &question.anchor,
        &question.sources,
        &question.doubt,
    );
    made.passages();
    made.markup("answer", Some(&question.answer));
    made.claims
}

/// A name, with its number if the same one comes before it: `newsweek`, `newsweek.2`.
pub(super) fn nth(names: &[&str], index: usize) -> String {
    let name = names[index];
    match names[..index]
        .iter()
        .filter(|other| **other == name)
        .count()
    {
        0 => name.to_owned(),
        n_before => format!("{name}.{}", n_before + 1),
    }
}

pub(super) fn said(words: Option<&str>) -> Option<&str> {
    words.filter(|words| !words.trim().is_empty())
}

/// The claims of a record as they are made, one after the other.
pub(super) struct Made<'r> {
    kind: RecordKind,
    anchor: &'r Anchor,
    sources: &'r [SourceRef],
    doubt: Option<&'r str>,
    /// The dates or labels of a series' points.
    points: Vec<&'r str>,
    /// The account that makes the claims, and what it is known by in `evidence.lock`.
    account: Option<(usize, String)>,
    pub(super) claims: Vec<RecordClaim<'r>>,
}

impl<'r> Made<'r> {
    pub(super) fn new(
        kind: RecordKind,
        anchor: &'r Anchor,
        sources: &'r [SourceRef],
        doubt: &'r Option<String>,
    ) -> Self {
        Self {
            kind,
            anchor,
            sources,
            doubt: said(doubt.as_deref()),
            points: Vec::new(),
            account: None,
            claims: Vec::new(),
        }
    }

    /// The claims that come are those of an account, which is known by its first source.
    pub(super) fn account(mut self, index: usize, known_by: String) -> Self {
        self.account = Some((index, known_by));
        self
    }

    /// A claim that any of the record's sources may hold up; none of a record without a source.
    pub(super) fn add(&mut self, name: &'static str, within: Within, says: Says<'r>) {
        let (detail, sources): (String, Vec<_>) = match within {
            Within::Record | Within::Item(_) => (String::new(), self.all_sources()),
            Within::Point(index) => (format!("@{}", nth(&self.points, index)), self.all_sources()),
            Within::Source(index) => {
                let ids = self.sources.iter().map(|named| &named.source.anchor.id);
                let ids: Vec<&str> = ids.map(RecordId::as_str).collect();
                let detail = match ids.len() {
                    1 => String::new(),
                    _ => format!("/{}", nth(&ids, index)),
                };
                (detail, vec![&self.sources[index].source])
            }
        };
        if sources.is_empty() {
            return;
        }
        let (account, detail) = match &self.account {
            Some((index, known_by)) => (Some(*index), format!("~{known_by}{detail}")),
            None => (None, detail),
        };
        self.claims.push(RecordClaim {
            by: Claimant::Record(self.kind, self.anchor),
            field: ClaimField { name, within },
            account,
            detail,
            says,
            sources,
            doubt: self.doubt,
        });
    }

    fn all_sources(&self) -> Vec<&'r Arc<Source>> {
        self.sources.iter().map(|named| &named.source).collect()
    }

    pub(super) fn printed(&mut self, within: Within, words: Option<&'r str>) {
        if let Some(words) = said(words) {
            self.add("as_printed", within, Says::Printed(words));
        }
    }

    pub(super) fn passages(&mut self) {
        for (index, named) in self.sources.iter().enumerate() {
            if let Some(words) = said(named.passage.as_deref()) {
                self.add("passage", Within::Source(index), Says::Passage(words));
            }
        }
    }

    pub(super) fn quantity(&mut self, within: Within, quantity: &'r Quantity) {
        self.add("value", within, Says::Value(quantity));
        if quantity.to.is_some() {
            self.add("to", within, Says::High(quantity));
        }
        self.add("qualifier", within, Says::Qualifier(quantity));
        if !quantity.unit.trim().is_empty() {
            self.add("unit", within, Says::Unit(quantity));
        }
    }

    pub(super) fn sentence(&mut self, name: &'static str, words: Cow<'r, str>) {
        if !words.trim().is_empty() {
            self.add(name, Within::Record, Says::Sentence(Sentence::Plain(words)));
        }
    }

    fn markup(&mut self, name: &'static str, text: Option<&'r Markup>) {
        if let Some(text) = text.filter(|text| has_own_words(text)) {
            self.add(name, Within::Record, Says::Sentence(Sentence::Prose(text)));
        }
    }
}
