//! Sources from reference managers, whatever the format of their file.

use crate::model::RecordKind;

use super::super::draft::{Draft, Ids, Present, Record, Value};

/// A source from another program.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Reference {
    /// Its name in that program.
    pub(super) key: Option<String>,
    pub(super) title: String,
    pub(super) publisher: Option<String>,
    pub(super) authors: Vec<String>,
    pub(super) url: Option<String>,
    pub(super) archived: Option<String>,
    /// When it was published, as EDTF.
    pub(super) published: Option<String>,
    /// When it was read, as EDTF.
    pub(super) accessed: Option<String>,
    /// What it is, in plain words.
    pub(super) kind: Option<String>,
}

/// The sources that are new to the explainer.
pub(super) fn draft(references: Vec<Reference>, present: &Present) -> Draft {
    let mut ids = Ids::new(present.ids.clone());
    let is_new = |reference: &Reference| {
        !present.sources.iter().any(|known| {
            let url = web_address(reference.url.as_deref());
            known.title == reference.title && (url.is_none() || known.url.as_deref() == url)
        })
    };
    Draft {
        title: None,
        headings: Vec::new(),
        source: "sources".to_owned(),
        records: references
            .into_iter()
            .filter(is_new)
            .map(|reference| record(reference, &mut ids))
            .collect(),
        eras: Vec::new(),
    }
}

fn record(reference: Reference, ids: &mut Ids) -> Record {
    let id = ids.take(reference.key.as_deref().unwrap_or(&reference.title));
    let mut record = Record::new(RecordKind::Source, id);
    record.set_words("title", Some(&reference.title));
    record.set_words("publisher", reference.publisher.as_deref());
    if !reference.authors.is_empty() {
        let authors = reference.authors.into_iter().map(Value::Words);
        record.set("authors", Value::List(authors.collect()));
    }
    record.set_words("url", web_address(reference.url.as_deref()));
    record.set_words("archived", web_address(reference.archived.as_deref()));
    record.set_plain("published", reference.published);
    // The date of access can only be a full day.
    record.set_plain("accessed", reference.accessed.filter(|day| day.len() == 10));
    record.set_words("type", reference.kind.as_deref());
    record
}

fn web_address(url: Option<&str>) -> Option<&str> {
    url.filter(|url| url.starts_with("http://") || url.starts_with("https://"))
}
