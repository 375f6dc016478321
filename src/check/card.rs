//! Checks what a page's share card draws.

use crate::check::fields::{Fields, present};
use crate::check::scope::{Lookup, Scope};
use crate::diag::{Code, Diagnostic};
use crate::document::{Document, FieldPath, FrontMatter};
use crate::model::{CardSubject, Embed, RecordKind};

const FIELD: &str = "card";

/// The kinds of records that a card can draw.
const KINDS: [RecordKind; 2] = [RecordKind::Figure, RecordKind::Reaction];

/// The record named in `card:`; `None` if there is none, or it isn't one that a card can draw.
pub(super) fn subject(
    document: &Document,
    front_matter: &FrontMatter,
    scope: &Scope,
    faults: &mut Vec<Diagnostic>,
) -> Option<CardSubject> {
    let written = present(front_matter.card.as_ref())?;
    let (kind, id) = match written.split_once(':') {
        Some((kind, id)) => (Some(kind.trim()), id.trim()),
        None => (None, written.as_str()),
    };
    let kinds = match kind {
        Some(kind) => RecordKind::of_name(kind).into_iter().collect(),
        None => scope.kinds_of(id),
    };
    let mut fields = Fields::new(document, FieldPath::default(), faults);
    let is_drawn = |kind: &RecordKind| KINDS.contains(kind);
    if let Some(other) = kinds.first()
        && !kinds.iter().any(is_drawn)
    {
        let message = format!(
            "a card draws a figure or a reaction; `{id}` names a record of `{}`",
            other.list()
        );
        fields.fault(Code::BadValue, FIELD, message, |d| {
            d.help("name a figure or a reaction: `card: figure:ships`")
        });
        return None;
    }
    for kind in kinds.into_iter().filter(is_drawn) {
        match scope.record(kind, id) {
            Lookup::Found(Embed::Figure(figure)) => {
                return Some(CardSubject::Figure(figure.clone()));
            }
            Lookup::Found(Embed::Reaction(reaction)) => {
                return Some(CardSubject::Reaction(reaction.clone()));
            }
            // Its own faults are reported where it is.
            Lookup::Found(_) | Lookup::Faulty => return None,
            Lookup::Unknown => {}
        }
    }
    if scope.is_broken() {
        return None;
    }
    let known = KINDS.iter().flat_map(|kind| {
        let ids = scope.ids(*kind).into_iter();
        ids.map(|id| format!("{}:{id}", kind.name()))
    });
    let known: Vec<String> = known.collect();
    let message = format!("there is no figure and no reaction `{written}`");
    fields.fault(Code::UnknownRecord, FIELD, message, |d| {
        d.suggest(&written, known.iter().map(String::as_str))
    });
    None
}
