//! Finds names among the capitalized words.
//!
//! A [`Run`] is a sequence of capitalized words; its own words tell whether it is the name of a person or of an
//! organization.

use std::ops::Range;

use super::super::language::{Gender, Language};
use super::super::text::Article;

/// A sequence of capitalized words.
#[derive(Clone, Debug)]
pub(crate) struct Run {
    /// Its tokens.
    pub(crate) tokens: Range<usize>,
    /// The part after roles and honorifics; empty for `the Prime Minister`.
    pub(crate) name: Range<usize>,
    /// Whether the name looks like a person's: two words or more, or an honorific before it.
    pub(crate) personal: bool,
    /// Whether its last word is a possessive.
    pub(crate) possessive: bool,
    /// The gender that an honorific or role implies.
    pub(crate) gender: Gender,
    /// Whether it contains a role or an honorific.
    pub(crate) titled: bool,
}

/// The sequence of capitalized words that starts at a token.
pub(super) fn run_at(article: &Article, language: &Language, at: usize, end: usize) -> Option<Run> {
    if !starts_name(article, language, at) {
        return None;
    }
    let tokens = &article.tokens;
    let mut next = at + 1;
    let mut possessive = tokens[at].possessive;
    while next < end && !possessive {
        match step(article, language, next, end) {
            0 => break,
            length => {
                next += length;
                possessive = tokens[next - 1].possessive;
            }
        }
    }
    Some(describe(article, language, at..next, possessive))
}

fn starts_name(article: &Article, language: &Language, at: usize) -> bool {
    let token = &article.tokens[at];
    let nouns = &language.tables.nouns;
    if !token.is_word() {
        return false;
    }
    // `al-Amr`.
    let dashed_particle = nouns.particles.contains(&token.key)
        && article
            .tokens
            .get(at + 1)
            .is_some_and(|dash| dash.is_dash() && dash.glued)
        && article
            .tokens
            .get(at + 2)
            .is_some_and(|next| next.capital && next.glued);
    if dashed_particle {
        return true;
    }
    token.capital && !is_function_word(article, language, at) && !is_calendar(language, &token.key)
}

/// A word such as `the`, which isn't a name even when capitalized; acronyms such as `US` and `IT` are names.
fn is_function_word(article: &Article, language: &Language, at: usize) -> bool {
    let token = &article.tokens[at];
    let shouting = token.key.len() > 1
        && article.text[token.start..token.end]
            .chars()
            .all(|c| c.is_uppercase() || !c.is_alphabetic());
    !shouting && language.tables.nouns.function_words.contains(&token.key)
}

fn is_calendar(language: &Language, key: &str) -> bool {
    let ambiguous = language.tables.calendar.ambiguous.contains(key);
    !ambiguous && (language.months.contains_key(key) || language.weekdays.contains_key(key))
}

/// How many tokens at `at` continue a run; 0 if it ends there.
fn step(article: &Article, language: &Language, at: usize, end: usize) -> usize {
    let tokens = &article.tokens;
    let nouns = &language.tables.nouns;
    let token = &tokens[at];
    let word_at = |index: usize| {
        tokens
            .get(index)
            .filter(|word| index < end && word.is_word())
    };
    if token.is_word() {
        if token.capital
            && !is_function_word(article, language, at)
            && !is_calendar(language, &token.key)
        {
            return 1;
        }
        // `Ludwig van der Rohe`, `Suleiman al-Amr`.
        let mut length = 0;
        while word_at(at + length).is_some_and(|word| nouns.particles.contains(&word.key)) {
            length += 1;
            if tokens
                .get(at + length)
                .is_some_and(|dash| at + length < end && dash.glued && dash.is_dash())
            {
                length += 1;
            }
        }
        let capital = word_at(at + length)
            .is_some_and(|word| word.capital && !is_function_word(article, language, at + length));
        return if length > 0 && length <= 4 && capital {
            length + 1
        } else {
            0
        };
    }
    // `Lung-bin`, `Al-Maeena`, `American - Islamic`.
    if token.is_dash() && token.glued {
        return if word_at(at + 1).is_some_and(|word| word.glued) {
            2
        } else {
            0
        };
    }
    // `L. Ron Hubbard`, `Mr. Smith`, `Jr.`
    if token.is(".") && token.glued {
        let before = &tokens[at - 1];
        let short = before.key.chars().count() == 1
            || nouns.honorifics.contains_key(&before.key)
            || language.tables.lines.abbreviations.contains(&before.key);
        let goes_on = word_at(at + 1)
            .is_some_and(|word| word.capital && !is_function_word(article, language, at + 1));
        return if short && goes_on { 2 } else { 0 };
    }
    if token.is("&") && word_at(at + 1).is_some_and(|word| word.capital) {
        return 2;
    }
    0
}

pub(super) fn describe(
    article: &Article,
    language: &Language,
    tokens: Range<usize>,
    possessive: bool,
) -> Run {
    let nouns = &language.tables.nouns;
    let key = |index: usize| article.tokens[index].key.trim_end_matches('.');
    let titles = |index: &usize| {
        nouns.roles.contains(key(*index)) || nouns.honorifics.contains_key(key(*index))
    };
    // A compound such as `Vice-President` is one word; the name starts after the last title.
    let last_title = tokens.clone().rfind(titles).filter(|title| {
        // `Transit Riders United` is a name as a whole.
        let rest: Vec<usize> = (title + 1..tokens.end).collect();
        !(*title > tokens.start
            && matches!(rest.as_slice(), [only] if nouns.place_starts.contains(key(*only)) || nouns.bodies.contains(key(*only))))
    });
    let mut start = last_title.map_or(tokens.start, |title| title + 1);
    while start < tokens.end && !article.tokens[start].is_word() {
        start += 1;
    }
    // `Simon Achebe QC`.
    let mut end = tokens.end;
    while end > start + 2 && nouns.postnominals.contains(key(end - 1)) {
        end -= 1;
    }
    let name = start..end;
    let gender = last_title
        .and_then(|title| {
            nouns
                .honorifics
                .get(key(title))
                .or_else(|| nouns.gendered.get(key(title)))
        })
        .copied()
        .unwrap_or(Gender::Any);
    let honored = last_title.is_some_and(|title| nouns.honorifics.contains_key(key(title)));
    let words: Vec<usize> = name
        .clone()
        .filter(|index| article.tokens[*index].is_word())
        .collect();
    let parts = words
        .iter()
        .filter(|index| {
            article.tokens[**index].capital
                && !(article.tokens[**index].glued && **index > name.start)
        })
        .count();
    let titled = last_title.is_some() && !name.is_empty();
    let shouting = words.iter().all(|index| {
        let token = &article.tokens[*index];
        token.key.ends_with('.')
    });
    let personal = !is_body(article, language, &name)
        && (parts >= 2 || honored || (titled && parts == 1))
        && !shouting
        && parts <= 6;
    Run {
        tokens,
        name,
        personal,
        possessive,
        gender,
        titled,
    }
}

/// Whether the words of a name make it an organization's or a place's: `Interior Ministry`, `New York`.
pub(crate) fn is_body(article: &Article, language: &Language, name: &Range<usize>) -> bool {
    let nouns = &language.tables.nouns;
    let mut words = name
        .clone()
        .filter(|index| article.tokens[*index].is_word());
    let Some(first) = words.next() else {
        return false;
    };
    let key = |index: usize| article.tokens[index].key.as_str();
    if nouns.place_starts.contains(key(first)) || key(first).ends_with('.') && key(first).len() > 2
    {
        return true;
    }
    let only = name.len() == 1 && nouns.bodies.contains(key(first));
    only || words.any(|index| nouns.bodies.contains(key(index)))
}
