//! The figures of an article as records: on their own, as a series, or as part of a poll.

use std::collections::HashSet;

use crate::model::RecordKind;

use super::super::figures::{Figure, Poll, Series};
use super::super::numbers::Form;
use super::super::quotes::Look;
use super::super::reading::Reading;
use super::super::speakers::Confidence;
use super::super::text::Role;
use super::DraftContext;
use super::claims::{passage, trimmed};
use super::counted::{over_time as counted_over_time, title};
use super::record::{Record, Value};

/// How many tokens after a figure belong to its passage: enough for its unit and what is counted.
const PASSAGE_BEHIND: usize = 8;

/// The figures, in the order of the article.
pub(super) fn figures(context: &mut DraftContext<'_>) -> Vec<Record> {
    let reading = context.reading;
    let aside: HashSet<usize> = reading
        .polls
        .iter()
        .flat_map(|poll| [poll.sample, poll.margin])
        .flatten()
        .collect();
    let mut records = Vec::new();
    let mut in_series: HashSet<usize> = HashSet::new();
    for (index, found) in reading.figures.iter().enumerate() {
        let role = reading.article.paragraphs[reading.article.paragraph_at(found.span.start)].role;
        let is_prose = matches!(role, Role::Prose | Role::Caption);
        if !is_prose || aside.contains(&index) || in_series.contains(&index) {
            continue;
        }
        let series = reading
            .series
            .iter()
            .find(|series| series.from.0 == index || series.to.0 == index);
        let record = match series {
            Some(series) => {
                in_series.extend([series.from.0, series.to.0]);
                over_time(context, series)
            }
            None if shares_scale(reading, index) => {
                in_series.insert(index + 1);
                None
            }
            None => {
                let range = range_of(reading, index);
                if range.is_some() {
                    in_series.insert(index + 1);
                }
                single(context, index, found, range)
            }
        };
        records.extend(record);
    }
    records
}

/// The upper end of a range whose lower end is a figure: `300 to 400`, `between 300 and 400`.
fn range_of(reading: &Reading, index: usize) -> Option<&Figure> {
    let (low, high) = joined(reading, index)?;
    let fits = low.unit == high.unit
        && low.number.value < high.number.value
        && low.number.is_scaled == high.number.is_scaled
        && low.qualifier.is_none()
        && high.qualifier.is_none();
    fits.then_some(high)
}

/// Whether a number may share the scale of the next: in `2 to 3 million`, the 2 means 2 million, and the source doesn't
/// say 2.
fn shares_scale(reading: &Reading, index: usize) -> bool {
    joined(reading, index).is_some_and(|(low, high)| !low.number.is_scaled && high.number.is_scaled)
}

/// A figure and the next one, if the words between them make the two a range.
fn joined(reading: &Reading, index: usize) -> Option<(&Figure, &Figure)> {
    let tokens = &reading.article.tokens;
    let words = &reading.language.tables;
    let (low, high) = (reading.figures.get(index)?, reading.figures.get(index + 1)?);
    let joint = low.tokens.end;
    let between = low
        .tokens
        .start
        .checked_sub(1)
        .is_some_and(|at| words.when.between.contains(&tokens[at].key));
    let joins = joint + 1 == high.tokens.start
        && tokens.get(joint).is_some_and(|joint| {
            joint.is_dash()
                || words.figures.series_to.contains(&joint.key) && !is_from(reading, low)
                || between && words.when.and.contains(&joint.key)
        });
    joins.then_some((low, high))
}

/// `rose from 300 to 400` isn't a range.
fn is_from(reading: &Reading, low: &Figure) -> bool {
    let from = &reading.language.tables.figures.series_from;
    low.tokens
        .start
        .checked_sub(1)
        .is_some_and(|at| from.contains(&reading.article.tokens[at].key))
}

/// One number.
fn single(
    context: &mut DraftContext<'_>,
    index: usize,
    found: &Figure,
    range: Option<&Figure>,
) -> Option<Record> {
    let reading = context.reading;
    let article = &reading.article;
    if is_aside(reading, found) {
        return None;
    }
    let words = title(reading, found)?;
    let words = words.as_str();
    let mut record = Record::new(RecordKind::Figure, context.ids.take(words));
    record.set_words("title", Some(words));
    record.set_plain("value", Some(found.value()));
    record.set_plain("to", range.map(Figure::value));
    record.set_words("unit", Some(&found.unit));
    record.set_words("qualifier", found.qualifier.map(|hedge| hedge.name()));
    let poll = poll_of(reading, index, found);
    let dated = poll
        .and_then(|poll| poll.date)
        .or_else(|| reading.date_of_figure(found));
    if let Some(mention) = dated.map(|date| &reading.dates[date]) {
        let date = mention.date.as_ref();
        record.set_plain("date", date.map(|date| date.written().to_owned()));
        record.set_words("inferred", mention.inferred.as_deref());
    }
    if let Some(poll) = poll {
        asked(reading, poll, &mut record);
    }
    let end = range.map_or(found.span.end, |high| high.span.end);
    record.set_words("as_printed", Some(article.slice(&(found.span.start..end))));
    let double = context
        .present
        .figure_like(&found.value(), &found.unit, words);
    context.mark_double(&mut record, double);
    let sentence = &article.sentences[article.sentence_at(found.tokens.start)].tokens;
    let end = sentence.end.min(found.tokens.end + PASSAGE_BEHIND);
    let around = trimmed(article, reading.language, found.tokens.start..end);
    let around = found.tokens.start..around.end.max(found.tokens.end);
    let source = context.source.clone();
    record.rest_on(&source, passage(article, &around), found.confidence);
    Some(record)
}

/// Who was asked in a poll, how many they were, and the margin of error.
fn asked(reading: &Reading, poll: &Poll, record: &mut Record) {
    let value = |index: Option<usize>| index.map(|index| reading.figures[index].value());
    let population = poll.population.as_ref();
    record.set_words(
        "population",
        population.map(|words| reading.article.words(words)),
    );
    // Only words without meaning in Markdown.
    let name = reading.article.words(&poll.name);
    let is_plain = !name.contains(['*', '_', '[', ']', '<', '>', '`', '\\', '&', '#', '~']);
    record.set_words(
        "text",
        Some(name).filter(|_| is_plain && poll.name.len() > 1),
    );
    record.set_plain("sample", value(poll.sample));
    record.set_plain("margin", value(poll.margin));
}

/// The poll that a percentage belongs to.
fn poll_of<'a>(reading: &'a Reading, index: usize, found: &Figure) -> Option<&'a Poll> {
    let paragraph = reading.article.paragraph_at(found.span.start);
    reading.polls.iter().find(|poll| {
        poll.paragraph == paragraph
            && found.is_percent
            && poll.sample != Some(index)
            && poll.margin != Some(index)
    })
}

/// Two numbers at two dates.
fn over_time(context: &mut DraftContext<'_>, series: &Series) -> Option<Record> {
    let reading = context.reading;
    let article = &reading.article;
    let ends = [series.from, series.to];
    let found = ends.map(|(figure, date)| (&reading.figures[figure], &reading.dates[date]));
    let words = found
        .iter()
        .find_map(|(figure, _)| counted_over_time(reading, figure))?;
    let words = words.as_str();
    let mut rows = Vec::new();
    for (figure, mention) in found {
        let date = mention.date.as_ref()?.written().to_owned();
        let mut row = vec![
            ("date", Value::Plain(date)),
            ("value", Value::Plain(figure.value())),
        ];
        if let Some(hedge) = figure.qualifier {
            row.push(("qualifier", Value::Words(hedge.name().to_owned())));
        }
        let printed = article.slice(&figure.span).to_owned();
        row.push(("as_printed", Value::Words(printed)));
        rows.push(row);
    }
    let mut record = Record::new(RecordKind::Figure, context.ids.take(words));
    record.set_words("title", Some(words));
    record.set("series", Value::Rows(rows));
    let unit = found.iter().map(|(figure, _)| figure.unit.as_str());
    record.set_words("unit", unit.into_iter().find(|unit| !unit.is_empty()));
    let inferred = found
        .iter()
        .find_map(|(_, mention)| mention.inferred.as_deref());
    record.set_words("inferred", inferred);
    let tokens = ends.map(|(figure, date)| {
        let (figure, date) = (&reading.figures[figure].tokens, &reading.dates[date].tokens);
        figure.start.min(date.start)..figure.end.max(date.end)
    });
    let whole = tokens[0].start.min(tokens[1].start)..tokens[0].end.max(tokens[1].end);
    let source = context.source.clone();
    record.rest_on(&source, passage(article, &whole), Confidence::Medium);
    Some(record)
}

/// Whether a number is told by the way: a small one in words that counts no people, as of `two teams` and `three points`.
fn is_aside(reading: &Reading, found: &Figure) -> bool {
    const SMALL: i64 = 10;
    let is_small = found.number.value.abs() <= SMALL.into() && !found.number.is_scaled;
    let is_spelled = found.number.form == Form::Words;
    let counted = found.unit.to_lowercase();
    let nouns = &reading.language.tables.nouns;
    let singular = counted.trim_end_matches('s');
    let is_people = nouns.roles.contains(&counted)
        || nouns.roles.contains(singular)
        || reading.language.tables.anybody.contains(&counted)
        || PEOPLE.contains(&counted.as_str());
    let is_trifle = is_small && is_spelled && !found.is_percent && !is_money(&found.unit);
    is_trifle && !is_people || is_year_between(reading, found) || is_about_oneself(reading, found)
}

/// `"In thirty years we will be here again"`: a small number in what somebody says of themselves or of us.
fn is_about_oneself(reading: &Reading, found: &Figure) -> bool {
    const SMALL: i64 = 100;
    let tokens = &reading.article.tokens;
    let first_person = &reading.language.tables.sense.first_person;
    let is_small = found.number.value.abs() < SMALL.into() && !found.number.is_scaled;
    let sentence = &reading.article.sentences[reading.article.sentence_at(found.tokens.start)];
    let quotations = reading.quotations_in(&found.tokens).iter();
    let mut spoken = quotations.map(|quotation| &quotation.quoted);
    let quoted = spoken
        .find(|quoted| quoted.look != Look::Title && quoted.tokens.contains(&found.tokens.start));
    quoted.is_some_and(|quoted| {
        let start = quoted.tokens.start.max(sentence.tokens.start);
        let end = quoted.tokens.end.min(sentence.tokens.end);
        let says_we = tokens[start..end]
            .iter()
            .any(|token| first_person.contains(&token.key));
        is_small && !found.is_percent && says_we
    })
}

/// `wurde 1921 gebaut`: a year without a word before it, where a noun would begin with a capital.
fn is_year_between(reading: &Reading, found: &Figure) -> bool {
    let tokens = &reading.article.tokens;
    let printed = reading.article.slice(&found.span);
    let is_year = printed.len() == 4 && matches!(printed.parse(), Ok(1500..=2100));
    let next = tokens.get(found.tokens.end);
    let counts = next.is_some_and(|next| next.capital || !next.is_word());
    reading.language.code() == "de" && is_year && !counts
}

/// What people are called where they are counted.
const PEOPLE: [&str; 24] = [
    "people",
    "persons",
    "men",
    "women",
    "children",
    "deaths",
    "dead",
    "injuries",
    "arrests",
    "votes",
    "seats",
    "personas",
    "muertos",
    "heridos",
    "niños",
    "mujeres",
    "menschen",
    "tote",
    "verletzte",
    "kinder",
    "personnes",
    "morts",
    "blessés",
    "enfants",
];

/// A currency is named by its code.
fn is_money(unit: &str) -> bool {
    unit.len() == 3 && unit.bytes().all(|byte| byte.is_ascii_uppercase())
}
