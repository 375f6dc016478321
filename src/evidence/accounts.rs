//! What accounts that differ claim, each of its own sources.

use std::borrow::Cow;

use super::claims::{Made, RecordClaim, Within, nth, said};
use super::says::Says;
use crate::model::{Account, Anchor, Event, Figure, Person, Reaction, RecordKind};

/// The claims of each account of an event.
pub fn of_event(event: &Event) -> Vec<Vec<RecordClaim<'_>>> {
    let record = Accounted {
        kind: RecordKind::Event,
        anchor: &event.anchor,
        speaker: None,
        is_expected: event.expected,
    };
    record.claims(&event.accounts)
}

/// The claims of each account of a figure.
pub fn of_figure(figure: &Figure) -> Vec<Vec<RecordClaim<'_>>> {
    let record = Accounted {
        kind: RecordKind::Figure,
        anchor: &figure.anchor,
        speaker: None,
        is_expected: false,
    };
    record.claims(&figure.accounts)
}

/// The claims of each account of a reaction, all by its speaker.
pub fn of_reaction(reaction: &Reaction) -> Vec<Vec<RecordClaim<'_>>> {
    let record = Accounted {
        kind: RecordKind::Reaction,
        anchor: &reaction.anchor,
        speaker: Some(&reaction.speaker),
        is_expected: false,
    };
    record.claims(&reaction.accounts)
}

/// A record that has accounts.
struct Accounted<'r> {
    kind: RecordKind,
    anchor: &'r Anchor,
    speaker: Option<&'r Person>,
    is_expected: bool,
}

impl<'r> Accounted<'r> {
    fn claims(&self, accounts: &'r [Account]) -> Vec<Vec<RecordClaim<'r>>> {
        let ids = accounts.iter().map(|account| {
            let first = account.sources.first();
            first.map_or("", |first| first.source.anchor.id.as_str())
        });
        let ids: Vec<&str> = ids.collect();
        let accounts = accounts.iter().enumerate();
        accounts
            .map(|(index, account)| self.of_account(account, index, nth(&ids, index)))
            .collect()
    }

    fn of_account(
        &self,
        account: &'r Account,
        index: usize,
        known_by: String,
    ) -> Vec<RecordClaim<'r>> {
        let made = Made::new(self.kind, self.anchor, &account.sources, &account.doubt);
        let mut made = made.account(index, known_by);
        let quote = said(account.quote.as_deref());
        if let (Some(words), Some(speaker)) = (quote, self.speaker) {
            let speaker = speaker.name.as_str();
            made.add("quote", Within::Record, Says::Quotation { words, speaker });
        }
        made.printed(Within::Record, account.as_printed.as_deref());
        if let Some(quantity) = &account.quantity {
            made.quantity(Within::Record, quantity);
        }
        made.passages();
        if let (Some(_), Some(speaker)) = (quote, self.speaker) {
            made.add("speaker", Within::Record, Says::Speaker(&speaker.name));
        }
        if let Some(date) = &account.date {
            made.add(
                "date",
                Within::Record,
                Says::Date {
                    date,
                    is_inferred: account.inferred.is_some(),
                    is_expected: self.is_expected,
                },
            );
        }
        if let Some(title) = &account.title {
            made.sentence("title", Cow::Borrowed(title));
        }
        made.claims
    }
}
