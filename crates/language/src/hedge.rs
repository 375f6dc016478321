//! The words with which a source hedges a number, and the qualifiers that they mean.

use std::borrow::Cow;
use std::ops::Range;

use super::language::Language;
use super::sense::lower;
use super::tokens::Token;
use nutgraf_values::Qualifier;

/// A hedge as printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hedge {
    /// The words.
    pub words: String,
    /// The qualifiers that mean the same, the plainest first; never empty.
    pub means: Vec<Qualifier>,
}

/// The hedge of the number at `number`. If several follow one another (`at least about`), any of them will do.
///
/// # Examples
///
/// ```
/// use nutgraf_language::{Language, hedge::hedge_of, normalise::normalised_chars, tokens::tokenise};
/// use nutgraf_values::Qualifier;
///
/// let (tokens, _) = tokenise(&normalised_chars("hasta 300 personas"));
/// let hedge = hedge_of(Language::named("es").unwrap(), &tokens, &(1..2)).unwrap();
/// assert_eq!(hedge.means[0], Qualifier::UpTo);
/// ```
pub fn hedge_of(language: &Language, tokens: &[Token], number: &Range<usize>) -> Option<Hedge> {
    let near = number.start.saturating_sub(12)..tokens.len().min(number.end + 8);
    let offset = near.start;
    let keys: Vec<Cow<'_, str>> = tokens[near]
        .iter()
        .map(|token| lower(&token.text))
        .collect();
    let key = |index: usize| keys.get(index.checked_sub(offset)?).map(|key| &**key);
    let mut words = Vec::new();
    let mut means: Vec<Qualifier> = Vec::new();
    let mut start = number.start;
    loop {
        let mut end = start;
        while end > offset && key(end - 1).is_some_and(|key| is_passed_over(language, key)) {
            end -= 1;
        }
        let found = |end: usize| {
            let relative = |index: usize| key(index + offset);
            language.qualifiers.find_before(end - offset, relative)
        };
        // `a minimum of`: an article may be part of the hedge.
        let Some((at, (length, meant))) = (end..=start).find_map(|at| Some((at, found(at)?)))
        else {
            break;
        };
        if !meant.is_empty() {
            let text: Vec<&str> = (at - length..at).filter_map(key).collect();
            words.insert(0, text.join(" "));
            means.extend(meant);
        }
        start = at - length;
    }
    if means.is_empty() {
        // `20,000 people or more`: one word may come between.
        let behind = (0..2).find_map(|skipped| {
            let at = number.end + skipped;
            let first = key(at)?;
            let after = &language.qualifiers_after;
            after
                .find(first, |step| key(at + step))
                .map(|found| (at, found))
        });
        if let Some((at, (length, meant))) = behind {
            let text: Vec<&str> = (at..at + length).filter_map(key).collect();
            words.push(text.join(" "));
            means.extend(meant);
        }
    }
    means.dedup();
    (!means.is_empty()).then(|| Hedge {
        words: words.join(" "),
        means,
    })
}

/// Whether a word may come between a hedge and its number: a currency sign, an article.
fn is_passed_over(language: &Language, key: &str) -> bool {
    matches!(
        key,
        "$" | "€" | "£" | "¥" | "₹" | "us" | "a" | "c" | "nz" | "hk" | "the" | "-" | "usd" | "eur"
    ) || language.tables.numbers.articles.contains(key)
        || language.tables.nouns.definite.contains(key)
}
