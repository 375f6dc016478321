//! Which words group the pages of a site?

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::check::listing::sort;
use crate::check::outline::address_of_word;
use crate::diag::{Code, Diagnostic, Place};
use crate::model::{Grouping, Groupings, PageHead, SortBy, Taxonomy};
use crate::project::Permalink;

/// A word while pages are gathered below it.
struct Found {
    name: String,
    pages: Vec<Arc<PageHead>>,
}

/// Gathers pages below the words of a kind that they have. `describe` tells what is known of a word besides.
///
/// Words that differ in case alone are one. Others with one address (`C++` and `C#`) are told apart by the first: the
/// pages of the second aren't listed, and [`collisions`] says so.
pub fn groupings(
    kind: Taxonomy,
    heads: &[Arc<PageHead>],
    describe: impl Fn(&str) -> Option<String>,
) -> Groupings {
    let mut found: BTreeMap<Permalink, Found> = BTreeMap::new();
    let mut collisions = Vec::new();
    for head in heads {
        for (index, word) in kind.words(head).iter().enumerate() {
            let entry = found.entry(address_of_word(kind, word));
            let entry = entry.or_insert_with(|| Found {
                name: word.clone(),
                pages: Vec::new(),
            });
            if !is_same(&entry.name, word) {
                collisions.push((head.clone(), index, entry.name.clone()));
            } else if entry
                .pages
                .last()
                .is_none_or(|last| last.source != head.source)
            {
                entry.pages.push(head.clone());
            }
        }
    }
    let order = match kind {
        Taxonomy::Tags | Taxonomy::Authors => SortBy::Date,
        Taxonomy::Series => SortBy::Weight,
    };
    let words = found.into_iter().map(|(permalink, mut found)| {
        sort(&mut found.pages, order);
        if kind == Taxonomy::Series && found.pages.iter().all(|page| page.weight.is_none()) {
            // What is told in parts is read from the beginning.
            found.pages.reverse();
        }
        Grouping {
            description: describe(&found.name),
            name: found.name,
            permalink,
            pages: found.pages.into(),
        }
    });
    Groupings {
        words: words.collect(),
        collisions,
    }
}

/// Whether two words are one, written with other capitals or spaces.
fn is_same(one: &str, other: &str) -> bool {
    let folded = |text: &str| {
        let words: Vec<String> = text.split_whitespace().map(str::to_lowercase).collect();
        words.join(" ")
    };
    one == other || folded(one) == folded(other)
}

/// What to say of words that have the address of another one; `place` tells where a page writes the word.
pub fn collisions(
    kind: Taxonomy,
    groupings: &Groupings,
    place: impl Fn(&PageHead, usize) -> Place,
) -> Vec<Diagnostic> {
    let faults = groupings.collisions.iter().map(|(head, index, other)| {
        let word = kind.words(head).get(*index).map_or("", String::as_str);
        let address = address_of_word(kind, word);
        let message = format!(
            "`{word}` and `{other}` in `{}` have one address: `/{}`",
            kind.name(),
            address.as_str()
        );
        Diagnostic::new(Code::DuplicateAddress, place(head, *index), message).help(format!(
            "write one of them in other words, or `{other}` here too"
        ))
    });
    faults.collect()
}
