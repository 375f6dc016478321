//! Finds commas inside braces that end a value too early: `{value: 1,000}`, `{title: Vote, council divided}`.

use std::collections::BTreeSet;

use super::Reader;
use crate::diag::Code;
use crate::document::lines::quoted;
use crate::document::locate::{Entry, Node};
use crate::document::meant::numbers;
use crate::document::schema::{Group, Kind};

/// The entries of a mapping that are pieces of one value, by index.
#[derive(Default)]
pub(super) struct Torn {
    /// Those with the first piece.
    pub(super) owners: BTreeSet<usize>,
    /// Those whose key is another piece.
    pub(super) pieces: BTreeSet<usize>,
}

impl Reader<'_> {
    /// Reports the values that a comma splits.
    pub(super) fn torn(&mut self, group: Group, entries: &[Entry]) -> Torn {
        let mut torn = Torn::default();
        let mut owner = None;
        for (index, entry) in entries.iter().enumerate() {
            if self.is_piece(group, entry)
                && let Some(owner) = owner
            {
                torn.owners.insert(owner);
                torn.pieces.insert(index);
            } else {
                let is_text = matches!(entry.value.node, Node::Scalar(_));
                owner = is_text.then_some(index);
            }
        }
        for owner in &torn.owners {
            let pieces = (owner + 1..).take_while(|index| torn.pieces.contains(index));
            let last = pieces.last().unwrap_or(*owner);
            self.comma(group, &entries[*owner], &entries[last]);
        }
        torn
    }

    /// Whether an entry is a word without a colon that isn't a field: that can only happen in braces.
    fn is_piece(&self, group: Group, entry: &Entry) -> bool {
        let behind = self.yaml.text[entry.key_span.end..].trim_start();
        entry.value.node == Node::Null
            && !behind.starts_with(':')
            && !entry.key.is_empty()
            && group.field(&entry.key).is_none()
    }

    fn comma(&mut self, group: Group, owner: &Entry, last: &Entry) {
        let name = &owner.key;
        let whole = owner.value.span.start..last.key_span.end;
        let written = &self.yaml.text[whole.clone()];
        let is_number = group
            .field(name)
            .is_some_and(|field| field.about.kind == Kind::Number);
        let numbers: Vec<String> = numbers(written)
            .into_iter()
            .map(|meant| meant.number)
            .collect();
        let help = match numbers.as_slice() {
            [number] if is_number => format!("write `{name}: {number}`"),
            [number, other] if is_number => {
                format!(
                    "write `{name}: {number}`, or `{name}: {other}` if the comma is a decimal one"
                )
            }
            _ => format!(
                "put the value in quotation marks: `{name}: {}`",
                quoted(written)
            ),
        };
        let message = format!("inside braces, the comma ends the value of `{name}`");
        self.fault(Code::WrongType, whole, message).help = Some(help);
    }
}
