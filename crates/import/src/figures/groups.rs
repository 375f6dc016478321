//! Groups figures that belong together: two values of one thing over time, or those of one poll.

use std::ops::Range;

use super::super::dates::DateMention;
use super::super::language::Language;
use super::super::text::Article;
use super::Figure;

/// Two values of one thing at two dates: `from X in Y to Z in W`.
#[derive(Clone, Debug)]
pub(crate) struct Series {
    /// The indexes of the earlier figure and of its date.
    pub(crate) from: (usize, usize),
    /// The indexes of the later figure and of its date.
    pub(crate) to: (usize, usize),
}

/// A poll that a paragraph reports.
#[derive(Clone, Debug)]
pub(crate) struct Poll {
    /// The index of the paragraph.
    pub(crate) paragraph: usize,
    /// Who conducted it: the words up to `poll`.
    pub(crate) name: Range<usize>,
    /// The index of the date of the interviews.
    pub(crate) date: Option<usize>,
    /// The index of the figure that says how many were asked.
    pub(crate) sample: Option<usize>,
    /// The index of the figure for the margin of error.
    pub(crate) margin: Option<usize>,
    /// Who was asked: `registered voters`.
    pub(crate) population: Option<Range<usize>>,
}

/// The pairs among neighbouring figures.
pub(crate) fn series(
    article: &Article,
    language: &Language,
    figures: &[Figure],
    dates: &[DateMention],
) -> Vec<Series> {
    let mut found = Vec::new();
    for (index, pair) in figures.windows(2).enumerate() {
        let [first, second] = pair else { continue };
        let words = &language.tables.figures;
        let before = first
            .tokens
            .start
            .checked_sub(1)
            .map(|before| article.tokens[before].key.as_str());
        let Some(first_date) = date_behind(article, language, dates, first.tokens.end) else {
            continue;
        };
        let joint = dates[first_date].tokens.end;
        let joint_key = article
            .tokens
            .get(joint)
            .map_or("", |token| token.key.as_str());
        if joint + 1 != second.tokens.start {
            continue;
        }
        let Some(second_date) = date_behind(article, language, dates, second.tokens.end) else {
            continue;
        };
        let is = |words: &std::collections::HashSet<String>, key: &str| words.contains(key);
        let forward = before.is_some_and(|key| is(&words.series_from, key))
            && is(&words.series_to, joint_key);
        let backward = before.is_some_and(|key| is(&words.series_to, key))
            && is(&words.series_from, joint_key);
        if forward {
            found.push(Series {
                from: (index, first_date),
                to: (index + 1, second_date),
            });
        } else if backward {
            found.push(Series {
                from: (index + 1, second_date),
                to: (index, first_date),
            });
        }
    }
    found
}

/// The date in `36,500 in 2024`.
pub(crate) fn date_behind(
    article: &Article,
    language: &Language,
    dates: &[DateMention],
    at: usize,
) -> Option<usize> {
    // Within reach of the noun phrase: `24,000 arrests in 2023`, and never in the next sentence.
    let sentence = article
        .sentences
        .get(article.sentence_at(at.checked_sub(1)?))?;
    let lead = (at..sentence.tokens.end.min(at + 4)).find(|index| {
        article
            .tokens
            .get(*index)
            .is_some_and(|token| language.tables.figures.series_in.contains(&token.key))
    });
    let start = lead.map_or(at, |lead| lead + 1);
    let index = dates.partition_point(|date| date.tokens.start < start);
    dates
        .get(index)
        .filter(|date| {
            date.tokens.start == start
                && date.tokens.start < sentence.tokens.end
                && date.date.is_some()
        })
        // `88 percent in 2023 two weeks ago`: neither date clearly belongs to the number.
        .filter(|date| {
            let next = dates.get(index + 1);
            next.is_none_or(|next| next.tokens.start > date.tokens.end)
        })
        .map(|_| index)
}

/// The polls of an article, one per paragraph that names one.
pub(crate) fn polls(
    article: &Article,
    language: &Language,
    figures: &[Figure],
    dates: &[DateMention],
) -> Vec<Poll> {
    let words = &language.tables.figures;
    let mut found: Vec<Poll> = Vec::new();
    for (paragraph, part) in article.paragraphs.iter().enumerate() {
        let range = part.tokens.clone();
        let Some(poll) = range
            .clone()
            .find(|index| words.polls.contains(&article.tokens[*index].key))
        else {
            continue;
        };
        let first_figure = figures.partition_point(|figure| figure.tokens.start < range.start);
        let last_figure = figures.partition_point(|figure| figure.tokens.start < range.end);
        let here = first_figure..last_figure;
        if !here.clone().any(|index| figures[index].is_percent) {
            continue;
        }
        let margin = margin(article, language, figures, &here);
        let sample = here
            .clone()
            .find(|index| is_sample(article, language, &figures[*index]));
        found.push(Poll {
            paragraph,
            name: name(article, language, &range, poll),
            date: fieldwork(article, dates, &range, poll),
            population: population(article, language, figures, &here, sample),
            sample,
            margin,
        });
    }
    found
}

/// The words before `poll` that name it, without an article.
fn name(article: &Article, language: &Language, range: &Range<usize>, poll: usize) -> Range<usize> {
    let nouns = &language.tables.nouns;
    let mut start = poll;
    while start > range.start && poll - start < 8 {
        let token = &article.tokens[start - 1];
        let joins = token.is("/") || token.is_dash() || token.is("&");
        let word = token.is_word()
            && !nouns.determiners.contains(&token.key)
            && !nouns.prepositions.contains(&token.key)
            && !nouns.conjunctions.contains(&token.key);
        if !joins && !word {
            break;
        }
        start -= 1;
    }
    start..poll + 1
}

/// The days of the interviews: a range of days if there is one, or else the first date in the poll's sentence.
fn fieldwork(
    article: &Article,
    dates: &[DateMention],
    range: &Range<usize>,
    poll: usize,
) -> Option<usize> {
    let first = dates.partition_point(|date| date.tokens.start < range.start);
    let last = dates.partition_point(|date| date.tokens.start < range.end);
    let stretch = (first..last).find(|index| {
        dates[*index]
            .date
            .as_ref()
            .is_some_and(|date| date.written().contains('/') && !dates[*index].weak)
    });
    let sentence = article.sentence_at(poll);
    stretch.or_else(|| {
        (first..last).find(|index| {
            article.sentence_at(dates[*index].tokens.start) == sentence && !dates[*index].weak
        })
    })
}

/// The figure after `margin of error`, or with `±` before it.
fn margin(
    article: &Article,
    language: &Language,
    figures: &[Figure],
    here: &Range<usize>,
) -> Option<usize> {
    here.clone().find(|index| {
        let figure = &figures[*index];
        let from = figure.tokens.start.saturating_sub(8);
        (from..figure.tokens.start).any(|at| {
            let token = &article.tokens[at];
            let phrase = language.margin.find(&token.key, |offset| {
                article
                    .tokens
                    .get(at + offset)
                    .map(|token| token.key.as_str())
            });
            phrase.is_some() || token.is("±")
        })
    })
}

/// How many were asked: a whole number near a word such as `surveyed`.
fn is_sample(article: &Article, language: &Language, figure: &Figure) -> bool {
    let words = &language.tables.figures;
    let whole = figure
        .number
        .whole()
        .is_some_and(|n| (100..1_000_000).contains(&n))
        && !figure.is_percent;
    let near =
        figure.tokens.start.saturating_sub(6)..article.tokens.len().min(figure.tokens.end + 5);
    let tokens = &article.tokens[near];
    let sampled = tokens.iter().any(|token| words.sample.contains(&token.key));
    let people = article.tokens[figure.tokens.end..]
        .iter()
        .take(4)
        .any(|token| words.population.contains(&token.key));
    let of = figure.tokens.start.checked_sub(1).is_some_and(|before| {
        language
            .tables
            .nouns
            .ties
            .contains(&article.tokens[before].key)
            || article.tokens[before].is("(")
    });
    whole && (sampled || people && of)
}

/// Who was asked: the words after `percent of`, or those that the sample counts.
fn population(
    article: &Article,
    language: &Language,
    figures: &[Figure],
    here: &Range<usize>,
    sample: Option<usize>,
) -> Option<Range<usize>> {
    let words = &language.tables.figures;
    let behind = |index: usize| {
        let figure = &figures[index];
        let mut start = figure.tokens.end;
        while article
            .tokens
            .get(start)
            .is_some_and(|token| language.tables.numbers.of.contains(&token.key))
        {
            start += 1;
        }
        let limit = article.tokens.len().min(start + 4);
        let last = (start..limit)
            .take_while(|at| article.tokens[*at].is_word())
            .filter(|at| words.population.contains(&article.tokens[*at].key))
            .last()?;
        while start <= last
            && language
                .tables
                .nouns
                .determiners
                .contains(&article.tokens[start].key)
        {
            start += 1;
        }
        (start <= last).then_some(start..last + 1)
    };
    sample.and_then(behind).or_else(|| {
        here.clone()
            .filter(|index| figures[*index].is_percent)
            .find_map(behind)
    })
}
