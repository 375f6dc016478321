//! Writes the title of a figure, which says what is counted.
//!
//! The words behind the number are the title if they are a noun with what belongs to it, and nothing else: `signatures
//! for a referendum`. Otherwise the title is the clause that contains the number, as a sentence, or else the part of the
//! sentence that does. Half a sentence never is one.

use std::ops::Range;

use super::super::figures::{Figure, is_plural_noun};
use super::super::numbers::Form;
use super::super::reading::Reading;
use super::claims::is_verb;
use super::title::{capitalized, clause_around, part_around};

/// The most tokens of a noun and what belongs to it: longer ones contain a verb that isn't known.
const MOST_TOKENS: usize = 10;
/// A word alone doesn't say what is counted.
const FEWEST_WORDS: usize = 2;

/// The title of a figure; `None` if there are no words around it.
pub(super) fn title(reading: &Reading, found: &Figure) -> Option<String> {
    let at = found.tokens.start;
    let noun = noun_phrase(reading, found).map(|range| reading.article.words(&range).to_owned());
    let words = noun
        .or_else(|| Some(clause_around(reading, at)?.text))
        .or_else(|| part_around(reading, at))?;
    Some(capitalized(&words))
}

/// The title of numbers over time, `visits fell from 2.1 million to 1.3 million`: the subject of the verb before them if
/// there is one.
pub(super) fn over_time(reading: &Reading, found: &Figure) -> Option<String> {
    let subject = subject_before(reading, found).map(|range| reading.article.words(&range));
    subject.map(capitalized).or_else(|| title(reading, found))
}

/// A noun right behind a number with its adjectives and prepositions, up to the end of the clause or a date.
fn noun_phrase(reading: &Reading, found: &Figure) -> Option<Range<usize>> {
    let article = &reading.article;
    let tables = &reading.language.tables;
    let nouns = &tables.nouns;
    let tokens = &article.tokens;
    // A share is told with what it is a share of.
    if found.is_percent || found.number.form == Form::Fraction {
        return None;
    }
    let sentence = &article.sentences[article.sentence_at(found.tokens.start)].tokens;
    let is_of = |at: usize| tables.numbers.of.contains(&tokens[at].key);
    let start = (found.tokens.end..sentence.end).find(|at| !is_of(*at))?;
    let is_date = |at: usize| {
        let found = reading
            .dates
            .binary_search_by_key(&at, |date| date.tokens.start);
        found.is_ok()
    };
    let is_preposition = |at: usize| nouns.prepositions.contains(&tokens[at].key);
    let first = tokens.get(start)?;
    if !first.is_word()
        || nouns.function_words.contains(&first.key)
        || nouns.conjunctions.contains(&first.key)
        || is_preposition(start)
        || is_date(start)
    {
        return None;
    }
    let mut end = start;
    let mut is_in_head = true;
    while end < sentence.end && !is_date(end) {
        let token = &tokens[end];
        let is_joint = token.glued && (token.is_dash() || matches!(token.key.as_str(), "'" | "’"));
        if !token.is_word() && !is_joint {
            break;
        }
        let is_counted = end == start && is_plural_noun(reading.language, token);
        let is_telling = is_verb(reading.language, token) && !is_counted
            || tables.clauses.relatives.contains(&token.key)
            || tables.clauses.pronouns.contains_key(&token.key)
            || tables.clauses.coordinators.contains(&token.key);
        // A noun has its article behind a preposition; behind anything else, that is a verb: `residents oppose the
        // sale`. `A year` and `a day` are no objects.
        let is_measure = tokens
            .get(end + 1)
            .is_some_and(|next| reading.language.units.contains_key(&next.key));
        let is_object = nouns.determiners.contains(&token.key)
            && end > start
            && !is_preposition(end - 1)
            && !is_measure;
        // Behind the noun that is counted comes a preposition, or the end.
        let is_behind = is_in_head
            && end > start
            && tokens[end - 1].key == found.unit.to_lowercase()
            && !is_preposition(end)
            && !is_joint
            && !is_measure;
        is_in_head &= !is_preposition(end) && !is_measure;
        if is_telling || is_object || is_behind || end - start >= MOST_TOKENS {
            return None;
        }
        end += 1;
    }
    // What a noun is said to do is told by the whole clause.
    let goes_on = tokens.get(end).filter(|_| end < sentence.end);
    if goes_on.is_some_and(|next| next.is_number() || is_verb(reading.language, next)) {
        return None;
    }
    let trails = |at: usize| {
        is_preposition(at) || nouns.determiners.contains(&tokens[at].key) || !tokens[at].is_word()
    };
    while end > start && trails(end - 1) {
        end -= 1;
    }
    let n_words = tokens[start..end].iter().filter(|token| token.is_word());
    (n_words.count() >= FEWEST_WORDS).then_some(start..end)
}

/// The subject of the verb right before a number or before its preposition.
fn subject_before(reading: &Reading, found: &Figure) -> Option<Range<usize>> {
    let article = &reading.article;
    let tables = &reading.language.tables;
    let tokens = &article.tokens;
    let sentence = &article.sentences[article.sentence_at(found.tokens.start)].tokens;
    let is_preposition = |at: usize| tables.nouns.prepositions.contains(&tokens[at].key);
    let is_telling = |at: usize| is_verb(reading.language, &tokens[at]);
    let mut end = found.tokens.start;
    while end > sentence.start && is_preposition(end - 1) {
        end -= 1;
    }
    let is_told = end > sentence.start && is_telling(end - 1);
    while end > sentence.start && is_telling(end - 1) {
        end -= 1;
    }
    let start = (sentence.start..end)
        .rev()
        .find(|at| !tokens[*at].is_word() || tables.clauses.coordinators.contains(&tokens[*at].key))
        .map_or(sentence.start, |at| at + 1);
    let first = tokens.get(start)?;
    // `The number of ships that struck it`.
    let own = (start..end).take_while(|at| !tables.clauses.relatives.contains(&tokens[*at].key));
    let is_subject = start < end
        && !own.into_iter().any(is_telling)
        && !is_preposition(start)
        && !tables.clauses.pronouns.contains_key(&first.key);
    (is_told && is_subject).then_some(start..end)
}

#[cfg(test)]
mod tests {
    use super::super::super::language::Language;
    use super::*;

    /// The titles of the figures in a text, in order.
    fn titles(code: &str, text: &str) -> Vec<String> {
        let language = Language::named(code).unwrap();
        let reading = Reading::of(text, "2024-05-16".parse().ok(), language);
        let of = |figure| title(&reading, figure).unwrap_or_default();
        reading.figures.iter().map(of).collect()
    }

    #[test]
    fn a_noun_with_what_belongs_to_it_says_what_is_counted() {
        assert_eq!(
            titles(
                "en",
                "The group collected 5,200 signatures for a referendum in May."
            ),
            ["Signatures for a referendum"]
        );
        assert_eq!(
            titles("en", "The boats may take 45,000 tonnes of cod a year."),
            ["Cod a year"]
        );
        assert_eq!(
            titles("es", "Afectará a unas 85.000 personas sin agua potable."),
            ["Personas sin agua potable"]
        );
    }

    #[test]
    fn half_a_sentence_is_no_title() {
        assert_eq!(
            titles(
                "en",
                "According to a survey, 61 percent of residents oppose the sale."
            ),
            ["According to a survey, 61 percent of residents oppose the sale"]
        );
        assert_eq!(
            titles("en", "About 100,000 Greeks worship the ancient gods."),
            ["About 100,000 Greeks worship the ancient gods"]
        );
        assert_eq!(
            titles("en", "It would have brought in $12.6 million."),
            ["It would have brought in $12.6 million"]
        );
        assert_eq!(
            titles("es", "Dijo que el 64 % de los residentes apoya la obra."),
            ["Dijo que el 64 % de los residentes apoya la obra"]
        );
        assert_eq!(
            titles("de", "Das Werk entlässt 400 Menschen, sagte ein Sprecher."),
            ["Das Werk entlässt 400 Menschen"]
        );
    }

    #[test]
    fn each_figure_of_a_sentence_has_the_clause_that_tells_of_it() {
        assert_eq!(
            titles(
                "en",
                "In the poll, 58 percent backed a barrier, and 29 percent rejected it."
            ),
            ["58 percent backed a barrier", "29 percent rejected it"]
        );
        assert_eq!(
            titles(
                "en",
                "In the poll, 48 percent sided with the drivers and 37 percent with the city."
            ),
            [
                "48 percent sided with the drivers and 37 percent with the city",
                "In the poll, 48 percent sided with the drivers and 37 percent with the city"
            ]
        );
    }

    #[test]
    fn numbers_over_time_are_named_by_what_rose_or_fell() {
        let language = Language::named("en").unwrap();
        let text = "Sales of electric models rose from 52,000 in 2021 to 71,000 in 2023.";
        let reading = Reading::of(text, None, language);
        let named = reading
            .figures
            .iter()
            .find_map(|figure| over_time(&reading, figure));
        assert_eq!(named.as_deref(), Some("Sales of electric models"));
    }
}
