//! Accounts that differ: what other sources say of the same.

use crate::check::entry::Entry;
use crate::check::fields::present;
use crate::diag::Code;
use crate::document::RawAccount;
use crate::model::{Account, PartialDate, Qualifier, Quantity, RecordKind, SourceRef};

/// What a record says itself of what accounts may differ in.
pub(super) struct Own<'r> {
    pub(super) kind: RecordKind,
    pub(super) title: Option<&'r str>,
    pub(super) date: Option<&'r PartialDate>,
    pub(super) quantity: Option<&'r Quantity>,
    pub(super) quote: Option<&'r str>,
    pub(super) as_printed: Option<&'r str>,
    pub(super) sources: &'r [SourceRef],
}

impl Entry<'_> {
    /// The accounts of a record. That there are some is told, so that a newsroom finds them.
    pub(super) fn accounts(&mut self, raw: &[RawAccount], own: &Own<'_>) -> Vec<Account> {
        let record = self.path.clone();
        let mut accounts = Vec::new();
        for (index, raw) in raw.iter().enumerate() {
            self.path = record.key("accounts").index(index);
            let account = self.account(raw, own);
            accounts.extend(account);
        }
        self.path = record;
        if !accounts.is_empty() {
            let message = listed(&accounts, own);
            self.fields()
                .fault(Code::AccountsDiffer, "accounts", message, |d| {
                    d.help("readers see them side by side; a page with `layout: accounts` has all of the explainer")
                });
        }
        accounts
    }

    fn account(&mut self, raw: &RawAccount, own: &Own<'_>) -> Option<Account> {
        self.review(raw.review);
        let is_of_kind = self.has_only_fields_of(raw, own.kind);
        let unit = own.quantity.map(|quantity| quantity.unit.clone());
        let date = self.fields().date_and_time("date", raw.date.as_ref());
        let number = self.fields().number("value", raw.value.as_ref());
        let to = self.fields().number("to", raw.to.as_ref());
        let qualifier = raw.qualifier.as_ref();
        let qualifier =
            self.fields()
                .one_of("qualifier", qualifier, &Qualifier::ALL, Qualifier::name);
        let is_figure = own.kind == RecordKind::Figure;
        let quantity = number.filter(|_| is_figure).map(|number| Quantity {
            number,
            to,
            unit: unit.unwrap_or_default(),
            qualifier,
        });
        let sources = self.required_sources(&raw.source, &raw.faulty);
        let account = Account {
            title: present(raw.title.as_ref()),
            date,
            quantity,
            quote: present(raw.quote.as_ref()).filter(|_| own.kind == RecordKind::Reaction),
            as_printed: raw.as_printed.clone(),
            inferred: raw.inferred.clone(),
            doubt: raw.doubt.clone(),
            review: raw.review,
            sources,
        };
        let fields = ["title", "date", "value", "quote"];
        let has_faults = fields.into_iter().any(|field| raw.faulty.has(field));
        if is_of_kind && !has_faults && !differs(&account, own) {
            let message = "the account says nothing else than the record";
            let ids = account.sources.iter();
            let ids: Vec<&str> = ids.map(|one| one.source.anchor.id.as_str()).collect();
            let help = match ids.as_slice() {
                [] => "add what its source says: `title`, `date`, `value` or `quote`".to_owned(),
                ids => format!(
                    "add what differs (`title`, `date`, `value` or `quote`), or name `{}` in the record's own `source:`",
                    ids.join("`, `")
                ),
            };
            self.fields()
                .fault(Code::BadValue, "", message, |d| d.help(help));
            return None;
        }
        (is_of_kind && !account.sources.is_empty()).then_some(account)
    }

    /// Refuses what a record of this kind doesn't have; whether there was nothing of the kind.
    fn has_only_fields_of(&mut self, raw: &RawAccount, kind: RecordKind) -> bool {
        let given = [
            ("value", raw.value.is_some(), RecordKind::Figure),
            ("to", raw.to.is_some(), RecordKind::Figure),
            ("qualifier", raw.qualifier.is_some(), RecordKind::Figure),
            ("quote", raw.quote.is_some(), RecordKind::Reaction),
        ];
        let mut has_only = true;
        for (field, is_given, of) in given {
            if is_given && kind != of {
                has_only = false;
                let message = format!("`{field}` goes with a {}", of.name());
                self.fields().fault(Code::BadValue, field, message, |d| {
                    d.help(format!(
                        "an account of {} differs in `title` or `date`",
                        called(kind)
                    ))
                });
            }
        }
        has_only
    }
}

fn called(kind: RecordKind) -> &'static str {
    match kind {
        RecordKind::Event => "an event",
        RecordKind::Figure => "a figure",
        _ => "a reaction",
    }
}

/// Whether an account says something that the record doesn't.
fn differs(account: &Account, own: &Own<'_>) -> bool {
    let title = account
        .title
        .as_deref()
        .filter(|title| Some(*title) != own.title);
    let date = account.date.as_ref().filter(|date| Some(*date) != own.date);
    let quantity = account.quantity.as_ref();
    let quantity = quantity.filter(|quantity| Some(*quantity) != own.quantity);
    let quote = account
        .quote
        .as_deref()
        .filter(|quote| Some(*quote) != own.quote);
    title.is_some() || date.is_some() || quantity.is_some() || quote.is_some()
}

/// "sources differ: 48.5 (gazette), 52 (courier)".
fn listed(accounts: &[Account], own: &Own<'_>) -> String {
    let ids = |sources: &[SourceRef]| {
        let ids = sources.iter().map(|one| one.source.anchor.id.to_string());
        ids.collect::<Vec<_>>().join(", ")
    };
    let said = |quantity: Option<&Quantity>,
                printed: Option<&str>,
                date: Option<&PartialDate>,
                words: Option<&str>| {
        let number = quantity.map(|quantity| match printed {
            Some(printed) => printed.to_owned(),
            None => quantity.number.to_string(),
        });
        let date = || date.map(|date| date.written().to_owned());
        let words = || words.map(|words| format!("“{}”", words.trim()));
        number.or_else(date).or_else(words).unwrap_or_default()
    };
    let mut parts = Vec::new();
    for account in accounts {
        let words = account.quote.as_deref().or(account.title.as_deref());
        let theirs = said(
            account.quantity.as_ref(),
            account.as_printed.as_deref(),
            account.date.as_ref(),
            words,
        );
        if parts.is_empty() {
            let words = match account.quote {
                Some(_) => own.quote,
                None => own.title,
            };
            let date = account.date.as_ref().and(own.date);
            let quantity = account.quantity.as_ref().and(own.quantity);
            parts.push(format!(
                "{} ({})",
                said(quantity, own.as_printed, date, words),
                ids(own.sources)
            ));
        }
        parts.push(format!("{theirs} ({})", ids(&account.sources)));
    }
    format!("sources differ: {}", parts.join(", "))
}
