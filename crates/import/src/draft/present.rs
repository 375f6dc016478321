//! What the explainer already contains.

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::document::{Lists, record_names};

/// How many words in ten two texts must share to count as the same: more than half, because a shorter title for the
/// same event drops some.
const SHARED: usize = 6;

/// The existing records, which a draft must not repeat.
#[derive(Clone, Debug, Default)]
pub(crate) struct Present {
    /// The records, by kind and id.
    records: HashSet<(&'static str, String)>,
    /// Every id.
    pub(crate) ids: HashSet<String>,
    /// Ids of people by their name in lower case.
    pub(crate) people: HashMap<String, String>,
    /// Sources: id, title, publisher, address, path of the text.
    pub(crate) sources: Vec<PresentSource>,
    events: BTreeMap<String, Vec<(String, Vec<String>)>>,
    figures: Vec<(String, String, String, Vec<String>)>,
    quotations: Vec<(String, Vec<String>)>,
}

/// An existing source.
#[derive(Clone, Debug)]
pub(crate) struct PresentSource {
    /// Its id.
    pub(crate) id: String,
    /// Its title.
    pub(crate) title: String,
    /// Who published it.
    pub(crate) publisher: Option<String>,
    /// Its address.
    pub(crate) url: Option<String>,
    /// Where its text is.
    pub(crate) text: Option<String>,
}

impl Present {
    /// Adds the records of a page.
    pub(crate) fn add(&mut self, page: &Lists) {
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        for name in record_names(page) {
            use crate::model::RecordKind as Kind;
            let index = name.index;
            self.ids.insert(name.id.clone());
            self.records.insert((name.kind.name(), name.id.clone()));
            match name.kind {
                Kind::Event => {
                    let event = &page.events[index];
                    let title = plain_words(&text(&event.title));
                    self.events
                        .entry(text(&event.date))
                        .or_default()
                        .push((name.id, title));
                }
                Kind::Figure => {
                    let figure = &page.figures[index];
                    let title = plain_words(&text(&figure.title));
                    let value = text(&figure.value);
                    self.figures
                        .push((name.id, value, text(&figure.unit), title));
                }
                Kind::Reaction => {
                    let quote = plain_words(&text(&page.reactions[index].quote));
                    if !quote.is_empty() {
                        self.quotations.push((name.id, quote));
                    }
                }
                Kind::Person => {
                    let person = text(&page.people[index].name).to_lowercase();
                    self.people.insert(person, name.id);
                }
                Kind::Source => {
                    let source = &page.sources[index];
                    self.sources.push(PresentSource {
                        id: name.id,
                        title: text(&source.title),
                        publisher: source.publisher.clone(),
                        url: source.url.clone(),
                        text: source.text.clone(),
                    });
                }
                Kind::Term | Kind::Question => {}
            }
        }
    }

    /// Whether there is a record of that kind and id.
    pub(crate) fn has_record(&self, kind: crate::model::RecordKind, id: &str) -> bool {
        self.records.contains(&(kind.name(), id.to_owned()))
    }

    /// Whether there is an event with that date and title.
    pub(crate) fn has_event(&self, date: &str, title: &str) -> bool {
        let words = plain_words(title);
        let of_day = self.events.get(date);
        of_day.is_some_and(|events| events.iter().any(|(_, known)| *known == words))
    }

    /// The event on that date that seems to be the same.
    pub(crate) fn event_like(&self, date: &str, title: &str) -> Option<&str> {
        let words = plain_words(title);
        let of_day = self.events.get(date)?;
        of_day
            .iter()
            .find(|(_, known)| share_words(known, &words, 3))
            .map(|(id, _)| id.as_str())
    }

    /// The value, unit and lowercase title of every figure.
    pub(crate) fn figures(&self) -> Vec<(String, String, String)> {
        let figures = self.figures.iter();
        figures
            .map(|(_, value, unit, title)| (value.clone(), unit.clone(), title.join(" ")))
            .collect()
    }

    /// The figure with that value and unit that seems to count the same thing.
    pub(crate) fn figure_like(&self, value: &str, unit: &str, title: &str) -> Option<&str> {
        let words = plain_words(title);
        let same = |known: &&(String, String, String, Vec<String>)| {
            known.1 == value && known.2 == unit && share_words(&known.3, &words, 3)
        };
        self.figures.iter().find(same).map(|known| known.0.as_str())
    }

    /// The reaction with the same words, or with more or fewer of them.
    pub(crate) fn quotation_like(&self, quote: &str) -> Option<&str> {
        let words = plain_words(quote);
        let holds = |long: &[String], short: &[String]| {
            short.len() >= 3 && long.windows(short.len()).any(|window| window == short)
        };
        self.quotations
            .iter()
            .find(|(_, known)| *known == words || holds(known, &words) || holds(&words, known))
            .map(|(id, _)| id.as_str())
    }

    /// The person with the same surname whose name is a longer or shorter form of this one.
    pub(crate) fn person_like(&self, name: &str) -> Option<&str> {
        let words = plain_words(name);
        let mut alike: Vec<&str> = self
            .people
            .iter()
            .filter(|(known, _)| {
                let known = plain_words(known);
                let within = |a: &[String], b: &[String]| a.iter().all(|word| b.contains(word));
                !words.is_empty()
                    && known.last() == words.last()
                    && (within(&known, &words) || within(&words, &known))
            })
            .map(|(_, id)| id.as_str())
            .collect();
        alike.sort_unstable();
        alike.first().copied()
    }
}

/// The words of a text in lower case, without punctuation.
pub(crate) fn plain_words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect()
}

/// Whether most of the longer words in the shorter text are also in the other.
fn share_words(a: &[String], b: &[String], short: usize) -> bool {
    let long = |words: &[String]| -> HashSet<String> {
        words
            .iter()
            .filter(|word| word.chars().count() > short)
            .cloned()
            .collect()
    };
    let (a, b) = (long(a), long(b));
    let fewer = a.len().min(b.len());
    let shared = a.intersection(&b).count();
    fewer > 0 && shared * 10 >= fewer * SHARED
}
