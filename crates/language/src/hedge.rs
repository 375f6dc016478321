//! The words with which a source hedges a number, and the qualifiers they stand for.

use std::ops::Range;

use super::tokens::Token;
use nutgraf_values::Qualifier;

/// A hedge as printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hedge {
    /// The words.
    pub words: String,
    /// The qualifiers that say the same; never empty.
    pub means: &'static [Qualifier],
}

const ABOUT: &[Qualifier] = &[Qualifier::About];
const NEARLY: &[Qualifier] = &[Qualifier::About, Qualifier::Under];
const OVER: &[Qualifier] = &[Qualifier::Over];
const AT_LEAST: &[Qualifier] = &[Qualifier::AtLeast];
const UNDER: &[Qualifier] = &[Qualifier::Under];

/// Hedges before a number. A longer one stands before the shorter one that it ends with.
const BEFORE: &[(&str, &[Qualifier])] = &[
    ("no fewer than", AT_LEAST),
    ("no less than", AT_LEAST),
    ("not less than", AT_LEAST),
    ("no more than", UNDER),
    ("not more than", UNDER),
    ("a little over", OVER),
    ("a little under", NEARLY),
    ("just short of", NEARLY),
    ("just shy of", NEARLY),
    ("in the region of", ABOUT),
    ("in excess of", OVER),
    ("a minimum of", AT_LEAST),
    ("a maximum of", UNDER),
    ("more than", OVER),
    ("greater than", OVER),
    ("less than", UNDER),
    ("fewer than", UNDER),
    ("at least", AT_LEAST),
    ("at most", UNDER),
    ("up to", UNDER),
    ("as many as", UNDER),
    ("as much as", UNDER),
    ("close to", NEARLY),
    ("just under", NEARLY),
    ("not quite", NEARLY),
    ("just over", OVER),
    ("well over", OVER),
    ("upwards of", OVER),
    ("north of", OVER),
    ("an estimated", ABOUT),
    ("estimated", ABOUT),
    ("nearly", NEARLY),
    ("almost", NEARLY),
    ("approaching", NEARLY),
    ("about", ABOUT),
    ("around", ABOUT),
    ("roughly", ABOUT),
    ("approximately", ABOUT),
    ("some", ABOUT),
    ("circa", ABOUT),
    ("~", ABOUT),
    ("over", OVER),
    ("above", OVER),
    ("exceeding", OVER),
    ("under", UNDER),
    ("below", UNDER),
    (">", OVER),
    ("<", UNDER),
];

/// Hedges behind a number.
const BEHIND: &[(&str, &[Qualifier])] = &[
    ("or more", AT_LEAST),
    ("or so", ABOUT),
    ("or fewer", UNDER),
    ("or less", UNDER),
    ("- odd", ABOUT),
    ("- plus", AT_LEAST),
    ("+", AT_LEAST),
];

/// The hedge of a number that stands at `number`.
pub fn hedge_of(tokens: &[Token], number: &Range<usize>) -> Option<Hedge> {
    let mut start = number.start;
    while start > 0 && is_passed_over(&tokens[start - 1].text) {
        start -= 1;
    }
    let before = BEFORE
        .iter()
        .find(|(words, _)| ends_with(&tokens[..start], words));
    let behind = || {
        // `20,000 people or more`: a word may stand between.
        (0..2).find_map(|skipped| {
            let rest = tokens.get(number.end + skipped..)?;
            BEHIND.iter().find(|(words, _)| starts_with(rest, words))
        })
    };
    let (words, means) = before.or_else(behind)?;
    Some(Hedge {
        words: (*words).to_owned(),
        means,
    })
}

/// What may stand between a hedge and its number: a currency sign, an article.
fn is_passed_over(text: &str) -> bool {
    matches!(
        text,
        "$" | "€" | "£" | "¥" | "₹" | "US" | "A" | "C" | "the" | "a" | "an" | "-"
    )
}

fn ends_with(tokens: &[Token], words: &str) -> bool {
    let words: Vec<&str> = words.split(' ').collect();
    tokens
        .len()
        .checked_sub(words.len())
        .is_some_and(|start| are_same(&tokens[start..], &words))
}

fn starts_with(tokens: &[Token], words: &str) -> bool {
    let words: Vec<&str> = words.split(' ').collect();
    tokens
        .get(..words.len())
        .is_some_and(|tokens| are_same(tokens, &words))
}

fn are_same(tokens: &[Token], words: &[&str]) -> bool {
    tokens
        .iter()
        .zip(words)
        .all(|(token, word)| token.text.eq_ignore_ascii_case(word))
}
