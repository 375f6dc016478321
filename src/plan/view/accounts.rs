//! What templates see of accounts that differ.

use serde::Serialize;

use super::{DateView, EvidenceView, QuantityView, SourceRefView};

/// What some sources say of something, where others say it differently.
#[derive(Clone, Debug, Default, Serialize)]
pub struct AccountView {
    /// Whether it is the record's own.
    pub is_own: bool,
    /// The sources that have it so.
    pub sources: Vec<SourceRefView>,
    /// What happened or is counted, by these sources; empty if no account differs in it.
    pub title: Vec<WordsView>,
    /// The number, if accounts differ in it.
    pub value: Option<QuantityView>,
    /// How large the number is, in thousandths of the largest of them; `null` if they can't be laid side by side.
    pub size: Option<u16>,
    /// The date, if accounts differ in it.
    pub date: Option<DateView>,
    /// The words of a quotation, if accounts differ in them.
    pub quote: Vec<WordsView>,
    /// The language of the quotation, if it isn't the page's.
    pub language: Option<String>,
    /// How these sources word the date or the number.
    pub as_printed: Option<String>,
    /// Why the date is what it is, if it was worked out.
    pub inferred: Option<String>,
    /// Whether nobody has compared it with its source yet; never but in drafts.
    pub needs_review: bool,
    /// The check against its own sources; `null` if there is nothing to check.
    pub evidence: Option<EvidenceView>,
}

/// Words of an account.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct WordsView {
    /// The words, with the space behind them.
    pub words: String,
    /// Whether no other account has them, or not there.
    pub differs: bool,
}

/// Every record of an explainer of which accounts differ.
#[derive(Clone, Debug, Default, Serialize)]
pub struct AccountsView {
    /// How many there are.
    pub n_records: usize,
    /// The records, kind by kind.
    pub records: Vec<AccountedView>,
    /// Records that several sources print word for word alike.
    pub copies: Vec<CopyView>,
}

/// A record of which accounts differ.
#[derive(Clone, Debug, Default, Serialize)]
pub struct AccountedView {
    /// `event`, `figure` or `reaction`.
    pub kind: &'static str,
    /// What happened or is counted; of a quotation, who said it.
    pub title: String,
    /// The link to the record.
    pub href: String,
    /// What they differ in, in words: "number and date".
    pub differ_in: String,
    /// The accounts, the record's own first.
    pub accounts: Vec<AccountView>,
}

/// A record that several sources print word for word alike.
#[derive(Clone, Debug, Default, Serialize)]
pub struct CopyView {
    /// What happened or is counted; of a quotation, who said it.
    pub title: String,
    /// The link to the record.
    pub href: String,
    /// The publishers or titles of the sources.
    pub sources: Vec<String>,
}
