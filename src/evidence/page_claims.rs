//! What does a page claim in its own words: its title, its dek, its key points?
//!
//! The numbers and names in them are to be in a source of the explainer. Which sources those are, only [`audit`] knows;
//! an edition has the lock, and needs no more.
//!
//! [`audit`]: super::audit()

use std::borrow::Cow;

use super::claims::{ClaimField, Claimant, RecordClaim, Within, said};
use super::prose::has_own_words;
use super::says::{Says, Sentence};
use crate::model::{Page, PageHead};

/// What a page's own words are called in `evidence.lock`.
pub(super) const PAGE: &str = "page";

/// The claims of a page's own words: its title, its dek, its key points. They name no sources.
pub fn page_claims(page: &Page) -> Vec<RecordClaim<'_>> {
    let head = &*page.head;
    let claim = |name, detail: String, sentence| RecordClaim {
        by: Claimant::Page(head),
        field: ClaimField {
            name,
            within: Within::Record,
        },
        account: None,
        detail,
        says: Says::Sentence(sentence),
        sources: Vec::new(),
        doubt: said(page.doubt.as_deref()),
    };
    let plain = |words: &'_ str| Sentence::Plain(Cow::Owned(words.to_owned()));
    let mut claims = Vec::new();
    if head.is_generated {
        return claims;
    }
    claims.push(claim("title", String::new(), plain(&head.title)));
    if let Some(dek) = said(head.description.as_deref()) {
        claims.push(claim("description", String::new(), plain(dek)));
    }
    for (index, point) in page.key_points.iter().enumerate() {
        if has_own_words(point) {
            claims.push(RecordClaim {
                field: ClaimField {
                    name: "key_points",
                    within: Within::Item(index),
                },
                ..claim(
                    "key_points",
                    format!("@{}", index + 1),
                    Sentence::Prose(point),
                )
            });
        }
    }
    claims
}

/// The folder of a page as `evidence.lock` names it.
pub(super) fn folder_of(head: &PageHead) -> String {
    let path = head.source.as_str();
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    match folder.split_once('/') {
        Some((_, below)) => below.to_owned(),
        None => ".".to_owned(),
    }
}

/// The name of a page's file without its ending.
pub(super) fn file_name(head: &PageHead) -> &str {
    let path = head.source.as_str();
    let name = path.rsplit_once('/').map_or(path, |(_, name)| name);
    name.strip_suffix(".md").unwrap_or(name)
}
