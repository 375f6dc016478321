//! What do the records of an explainer say?

use crate::document::{Lists, RawSources, record_names};
use crate::model::RecordKind;
use crate::project::SourcePath;

use super::{Adds, Amendment};

/// A record that is there, as far as a draft is compared with it. What it doesn't have is empty.
#[derive(Clone, Debug, Default)]
pub(crate) struct Fields {
    pub(crate) date: String,
    pub(crate) title: String,
    pub(crate) value: String,
    pub(crate) to: String,
    pub(crate) unit: String,
    pub(crate) quote: String,
    pub(crate) speaker: String,
}

/// A record that is there.
#[derive(Clone, Debug)]
pub(crate) struct Known {
    path: SourcePath,
    pub(super) kind: RecordKind,
    index: usize,
    id: String,
    fields: Fields,
    /// The sources that it is based on.
    pub(super) sources: Vec<KnownSource>,
    /// What its accounts rest on.
    differing: Vec<KnownSource>,
}

/// A source as a record names it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct KnownSource {
    pub(crate) id: String,
    pub(crate) passage: Option<String>,
    pub(crate) copy_of: Option<String>,
}

impl std::ops::Deref for Known {
    type Target = Fields;

    fn deref(&self) -> &Fields {
        &self.fields
    }
}

impl Known {
    /// The events, figures and reactions of a page.
    pub(crate) fn of(path: &SourcePath, page: &Lists) -> Vec<Self> {
        let text = |text: &Option<String>| text.clone().unwrap_or_default().trim().to_owned();
        let mut known = Vec::new();
        for name in record_names(page) {
            let (fields, sources, accounts) = match name.kind {
                RecordKind::Event => {
                    let event = &page.events[name.index];
                    let fields = Fields {
                        date: text(&event.date),
                        title: text(&event.title),
                        ..Fields::default()
                    };
                    (fields, &event.source, &event.accounts)
                }
                RecordKind::Figure => {
                    let figure = &page.figures[name.index];
                    let fields = Fields {
                        date: text(&figure.date),
                        title: text(&figure.title),
                        value: text(&figure.value),
                        to: text(&figure.to),
                        unit: text(&figure.unit),
                        ..Fields::default()
                    };
                    (fields, &figure.source, &figure.accounts)
                }
                RecordKind::Reaction => {
                    let reaction = &page.reactions[name.index];
                    let fields = Fields {
                        date: text(&reaction.date),
                        quote: text(&reaction.quote),
                        speaker: text(&reaction.speaker),
                        ..Fields::default()
                    };
                    (fields, &reaction.source, &reaction.accounts)
                }
                RecordKind::Person
                | RecordKind::Term
                | RecordKind::Question
                | RecordKind::Source => continue,
            };
            known.push(Self {
                path: path.clone(),
                kind: name.kind,
                index: name.index,
                id: name.id,
                fields,
                sources: references(sources),
                differing: accounts
                    .iter()
                    .flat_map(|one| references(&one.source))
                    .collect(),
            });
        }
        known
    }

    /// Whether it names a source already, for itself or for an account.
    pub(super) fn rests_on(&self, source: &str) -> bool {
        let mut all = self.sources.iter().chain(&self.differing);
        all.any(|known| known.id == source)
    }

    /// The words of its sources.
    pub(super) fn passage(&self) -> String {
        let passages = self.sources.iter().filter_map(|one| one.passage.as_deref());
        passages.collect::<Vec<_>>().join(" ")
    }

    pub(super) fn amendment(&self, adds: Adds) -> Amendment {
        Amendment {
            path: self.path.clone(),
            kind: self.kind,
            index: self.index,
            id: self.id.clone(),
            adds,
        }
    }
}

fn references(raw: &RawSources) -> Vec<KnownSource> {
    let raw = raw.0.iter();
    raw.map(|one| KnownSource {
        id: one.id.clone(),
        passage: one.passage.clone(),
        copy_of: one.copy_of.clone(),
    })
    .collect()
}
