//! Groups pages by words: tags, authors and series.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::check::listing::sort;
use crate::check::outline::address_of_word;
use crate::diag::{Code, Diagnostic, Place};
use crate::model::{Grouping, Groupings, PageHead, SortBy, Taxonomy};
use crate::project::Permalink;

/// A word while its pages are collected.
struct Found {
    name: String,
    pages: Vec<Arc<PageHead>>,
}

/// Groups pages by their words of a kind. `describe` returns what else is known about a word; their addresses are below that of a
/// home page.
///
/// Words that differ only in case are the same. Where others share an address (`C++` and `C#`), the first wins: the
/// pages of the second aren't listed, and [`collisions`] reports that.
pub fn groupings(
    (home, kind): (&Permalink, Taxonomy),
    heads: &[Arc<PageHead>],
    describe: impl Fn(&str) -> Option<String>,
) -> Groupings {
    let mut found: BTreeMap<Permalink, Found> = BTreeMap::new();
    let mut collisions = Vec::new();
    for head in heads {
        for (index, word) in kind.words(head).iter().enumerate() {
            let entry = found.entry(address_of_word(home, kind, word));
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
            // A series is read from the beginning.
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

/// Whether two words are the same except for case and spaces.
fn is_same(one: &str, other: &str) -> bool {
    let folded = |text: &str| {
        let words: Vec<String> = text.split_whitespace().map(str::to_lowercase).collect();
        words.join(" ")
    };
    one == other || folded(one) == folded(other)
}

/// Reports words whose address belongs to another; `place` returns where a page has the word.
pub fn collisions(
    (home, kind): (&Permalink, Taxonomy),
    groupings: &Groupings,
    place: impl Fn(&PageHead, usize) -> Place,
) -> Vec<Diagnostic> {
    let faults = groupings.collisions.iter().map(|(head, index, other)| {
        let word = kind.words(head).get(*index).map_or("", String::as_str);
        let address = address_of_word(home, kind, word);
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
