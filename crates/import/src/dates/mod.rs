//! Finds the words of an article that are dates, and works out which dates they mean.
//!
//! A date is never more precise than its words, and a relative one is resolved only if the day of publication is known.
//! [`find`] finds them all; `resolve` does the calendar arithmetic; `outlook` tells whether a clause is about the past
//! or the future.

mod event_days;
mod nearest;
mod outlook;
mod resolve;
mod spoken;

use std::ops::Range;

use crate::model::{Day, PartialDate};

use super::language::Language;
use super::pattern::{Match, Meaning};
use super::quotes::{Look, Quoted};
use super::text::{Article, Role, Span};
use event_days::EventDay;
use resolve::{Reading, Settled};

pub(super) use outlook::Outlook;

/// Words that express a date.
#[derive(Clone, Debug)]
pub(super) struct DateMention {
    /// The tokens, including words such as `early` before them.
    pub(super) tokens: Range<usize>,
    /// Where they are.
    pub(super) span: Span,
    /// The date; `None` if the words alone don't say and the day of publication isn't known.
    pub(super) date: Option<PartialDate>,
    /// Why it is that date, if it isn't simply what the words say.
    pub(super) inferred: Option<String>,
    /// Whether it is after the day of publication.
    pub(super) expected: bool,
    /// Whether it is one of the vague or counted kinds that don't make an event by themselves.
    pub(super) weak: bool,
}

impl DateMention {
    /// Resolves the same words relative to the day on which they were spoken.
    fn spoken_on(&mut self, day: Day, printed: &str, article: &Article, language: &Language) {
        let fill = [("printed", article.slice(&self.span)), ("anchor", printed)];
        self.inferred = Some(language.reason("spoken", &fill));
        self.date = day.to_string().parse().ok();
    }

    /// The same words without a date.
    fn unresolved(self, article: &Article, language: &Language) -> Self {
        let printed = article.slice(&self.span);
        Self {
            date: None,
            inferred: Some(language.reason("quoted", &[("printed", printed)])),
            ..self
        }
    }
}

/// The speech around a token, as opposed to a term or a title.
fn spoken_around(quoted: &[Quoted], token: usize) -> Option<&Quoted> {
    let after = quoted.partition_point(|quoted| quoted.tokens.end <= token);
    quoted
        .get(after)
        .filter(|quoted| quoted.look == Look::Speech && quoted.tokens.contains(&token))
}

/// Every date in the article, in order and without overlaps.
pub(super) fn find(
    article: &Article,
    language: &Language,
    published: Option<Day>,
    quoted: &[Quoted],
) -> Vec<DateMention> {
    let mut found: Vec<DateMention> = Vec::new();
    let mut event_days: Vec<EventDay> = Vec::new();
    let mut spoken: Vec<(usize, &Quoted)> = Vec::new();
    for paragraph in &article.paragraphs {
        if paragraph.role == Role::Furniture {
            continue;
        }
        let first = found.len();
        let mut at = paragraph.tokens.start;
        while at < paragraph.tokens.end {
            let Some(hit) = hit_at(article, language, at, paragraph.tokens.end) else {
                at += 1;
                continue;
            };
            let end = hit.end;
            if hit.meaning == Meaning::EventDay {
                event_days.extend(EventDay::read(article, language, at, &hit));
                at = end;
                continue;
            }
            // `today` in a quotation is the day on which it was spoken.
            let is_today =
                hit.meaning == Meaning::Today || hit.meaning == Meaning::Days && hit.n == 0;
            let is_day = is_today || hit.meaning == Meaning::Days;
            let words = spoken_around(quoted, at).filter(|_| is_day);
            let earlier = Earlier {
                here: &found[first..],
                all: &found,
            };
            let mention = mention(article, language, published, at, hit, &earlier);
            if let (Some(words), true, Some(_)) = (words, is_today, &mention) {
                spoken.push((found.len(), words));
            }
            found.extend(mention.map(|mention| match words {
                Some(_) => mention.unresolved(article, language),
                None => mention,
            }));
            at = end;
        }
    }
    for (index, words) in spoken {
        let day = spoken::day_of_speech(article, language, words, &found, published);
        let day = day.and_then(|date| Some((date.date.as_ref()?.exact_day()?, date.span.clone())));
        if let Some((day, span)) = day {
            found[index].spoken_on(day, article.slice(&span), article, language);
        }
    }
    let of_events = event_days::dates(article, language, &event_days, &found, published);
    found.extend(of_events);
    found.sort_by_key(|mention| mention.tokens.start);
    found
}

/// The dates before another one.
struct Earlier<'d> {
    /// Those in its paragraph.
    here: &'d [DateMention],
    /// Those in the article.
    all: &'d [DateMention],
}

/// The day of publication that the article itself gives, in a line that is only a date or one that announces it.
pub(super) fn publication(article: &Article, language: &Language) -> Option<Day> {
    let lines = |role: Role| {
        article
            .paragraphs
            .iter()
            .filter(move |line| line.role == role)
    };
    // The dateline comes first: it belongs to the article, whereas a note above it may be a collector's.
    lines(Role::Dateline)
        .chain(lines(Role::Furniture))
        .find_map(|line| {
            line.tokens.clone().find_map(|at| {
                let hit = hit_at(article, language, at, line.tokens.end)?;
                let settled = resolve::settle(&hit, &Reading::default(), language)?;
                settled.date?.exact_day()
            })
        })
}

/// The template that fits best at a token, if its words can be a date there.
fn hit_at(article: &Article, language: &Language, at: usize, end: usize) -> Option<Match> {
    let tokens = &article.tokens[..end];
    let mut hit = language.dates.longest(language, tokens, at)?;
    // `on January 20. The ...`: the dot may end the sentence rather than an abbreviation.
    while hit.end > at + 1 && tokens[hit.end - 1].is(",") {
        hit.end -= 1;
    }
    if plausible(article, language, at, &hit) {
        return Some(hit);
    }
    // `el martes 25 personas`: the number isn't that of the day.
    let is_counted = hit.meaning == Meaning::DayOnWeekday;
    is_counted.then(|| hit_at(article, language, at, hit.end - 1))?
}

fn plausible(article: &Article, language: &Language, at: usize, hit: &Match) -> bool {
    let tokens = &article.tokens;
    let before = at.checked_sub(1).map(|index| &tokens[index]);
    let after = tokens.get(hit.end);
    let single = hit.end == at + 1;
    if before.is_some_and(|before| {
        tokens[at].glued
            && (before.is("#")
                || before.is("@")
                || before.is("/")
                || before.is("$")
                || before.is("."))
    }) {
        return false;
    }
    match hit.meaning {
        Meaning::Calendar if single => is_year(article, language, at),
        Meaning::Calendar => calendar_fits(article, language, at, hit),
        Meaning::BareMonth => {
            let lead = |key: &str| language.tables.date_words.month_lead.contains(key);
            let key = |index: usize| tokens.get(index).map(|token| token.key.as_str());
            let before_key = before.map(|before| before.key.as_str());
            let behind_dash = before_key == Some("-") && at >= 2 && key(at - 2).is_some_and(lead);
            let number_after = after.is_some_and(|after| after.is_number() && !after.glued);
            (before_key.is_some_and(lead) || behind_dash) && !number_after
        }
        Meaning::Weekday if single => weekday_fits(article, language, at),
        // `martes 25`, but not `el martes 25 personas`.
        Meaning::DayOnWeekday => {
            tokens[hit.end - 1].is(".")
                || !after.is_some_and(|after| {
                    let nouns = &language.tables.nouns;
                    after.is_number()
                        || after.is("%")
                        || after.is_word()
                            && !nouns.prepositions.contains(&after.key)
                            && !nouns.conjunctions.contains(&after.key)
                            && !nouns.determiners.contains(&after.key)
                })
        }
        Meaning::Season
        | Meaning::Month
        | Meaning::MonthOfYear
        | Meaning::MonthOfSameYear
        | Meaning::Weekday
        | Meaning::WeekdayBefore
        | Meaning::Century => true,
        Meaning::UntilNow => {
            !after.is_some_and(|after| language.tables.numbers.of.contains(&after.key))
        }
        // `the first game of the day`, not `the order of the day`.
        Meaning::SameDay => is_counted_out(article, language, at),
        Meaning::Anchored if hit.n != 0 => {
            let ends = after.is_none_or(|after| {
                !after.is_word() || language.tables.nouns.conjunctions.contains(&after.key)
            });
            ends || !ends_with_preposition(article, language, hit)
        }
        Meaning::Period => {
            // `last years` is a range, `last year` a year.
            let plural = language.is_plural_unit(&tokens[hit.end - 1].key);
            hit.captures.unit.is_none_or(resolve::is_calendar_unit) && !(plural && hit.n != 0)
        }
        Meaning::Today
        | Meaning::Days
        | Meaning::Ago
        | Meaning::Vague
        | Meaning::Anchored
        | Meaning::EventDay => true,
    }
}

/// Whether items of a day are counted before it: `the second game of`.
fn is_counted_out(article: &Article, language: &Language, at: usize) -> bool {
    let numbers = &language.tables.numbers;
    let tokens = &article.tokens[at.saturating_sub(4)..at];
    let Some((of, counted)) = tokens.split_last() else {
        return false;
    };
    let counts = |key: &String| {
        numbers.ordinals.contains_key(key) || language.tables.date_words.day_ends.contains(key)
    };
    numbers.of.contains(&of.key) && counted.iter().any(|token| counts(&token.key))
}

/// `ten days before the feast` counts from the feast, not from the last date.
fn ends_with_preposition(article: &Article, language: &Language, hit: &Match) -> bool {
    let last = &article.tokens[hit.end - 1].key;
    language.tables.nouns.prepositions.contains(last)
}

fn calendar_fits(article: &Article, language: &Language, at: usize, hit: &Match) -> bool {
    let tokens = &article.tokens;
    let captures = &hit.captures;
    let day_only = captures.day[0].is_some() && captures.month == [None, None];
    if day_only && captures.year == [None, None] {
        return false;
    }
    // `may 5` and `sat 3` aren't dates; `May 5` and `spring 2026` are.
    let ambiguous = captures.season.is_none()
        && (at..hit.end).any(|index| {
            language
                .tables
                .calendar
                .ambiguous
                .contains(&tokens[index].key)
                && !tokens[index].capital
        });
    let calendar = &language.tables.calendar;
    let years_only =
        captures.month == [None, None] && captures.season.is_none() && captures.decade.is_none();
    let plausible_years = captures
        .year
        .iter()
        .flatten()
        .all(|year| !years_only || (1500..2200).contains(year));
    plausible_years && (!ambiguous || !calendar.capitalized)
}

fn weekday_fits(article: &Article, language: &Language, at: usize) -> bool {
    let tokens = &article.tokens;
    let calendar = &language.tables.calendar;
    if calendar.ambiguous.contains(&tokens[at].key) {
        return false;
    }
    let before = at.checked_sub(1).map(|index| &tokens[index]);
    let named = before.is_some_and(|before| calendar.weekday_names.contains(&before.key));
    let led = before.is_some_and(|before| language.tables.nouns.prepositions.contains(&before.key));
    let masthead = tokens.get(at + 1).is_some_and(|next| {
        next.capital && calendar.capitalized && language.tables.nouns.bodies.contains(&next.key)
    });
    !named && (led || !masthead)
}

/// Whether four digits alone are a year: `in 2010`, `the 1991 Hajj`, but not `2000 people`.
fn is_year(article: &Article, language: &Language, at: usize) -> bool {
    let tokens = &article.tokens;
    let Ok(year) = tokens[at].key.parse::<i16>() else {
        return false;
    };
    let nouns = &language.tables.nouns;
    let before = at.checked_sub(1).map(|index| &tokens[index]);
    let after = tokens.get(at + 1);
    if before.is_some_and(|before| {
        before.glued && before.is_dash() && at >= 2 && tokens[at - 2].is_word() && tokens[at].glued
    }) {
        return false;
    }
    let counted = after.is_some_and(|after| {
        let word = after.is_word() && !after.capital;
        let function = nouns.prepositions.contains(&after.key)
            || nouns.conjunctions.contains(&after.key)
            || nouns.verbs.contains(&after.key)
            || nouns.determiners.contains(&after.key);
        let measure = after.glued && !after.is_stop() && (after.is("%") || after.is(":"));
        (word && !function) || measure
    });
    let hedged = before.is_some_and(|before| {
        language
            .tables
            .figures
            .qualifiers
            .keys()
            .any(|phrase| phrase.rsplit(' ').next() == Some(before.key.as_str()))
    });
    let named = before.is_some_and(|before| before.is_word() && before.capital);
    let lasting = !named && after.is_some_and(|after| language.units.contains_key(&after.key));
    let currency =
        before.is_some_and(|before| language.tables.figures.currencies.contains_key(&before.key));
    if currency || lasting || (counted && hedged) {
        return false;
    }
    let led = before.is_some_and(|before| {
        nouns.prepositions.contains(&before.key) || nouns.determiners.contains(&before.key)
    });
    let owned = before.is_some_and(|before| before.possessive || before.capital);
    if (1900..2100).contains(&year) {
        return !counted || led || owned;
    }
    (1500..2200).contains(&year) && led && !counted
}

/// The mention that a matching template makes.
fn mention(
    article: &Article,
    language: &Language,
    published: Option<Day>,
    at: usize,
    hit: Match,
    earlier: &Earlier<'_>,
) -> Option<DateMention> {
    let start = approximate_start(article, language, at);
    let approximate = start < at;
    let outlook = outlook::of_clause(article, language, &(at..hit.end));
    if hit.meaning == Meaning::Today && outlook::speaks_of_an_age(article, language, at, outlook) {
        return None;
    }
    let printed_tokens = start..hit.end;
    let mut span = article.span_of(&printed_tokens);
    // `today's` is printed as `today`.
    if article.tokens[hit.end - 1].possessive
        && let Some(mark) = article.slice(&span).rfind(['\'', '’'])
    {
        span.end = span.start + mark;
    }
    let anchor = earlier
        .here
        .iter()
        .rev()
        .take(6)
        .find(|mention| mention.date.is_some() && !mention.weak)
        .or_else(|| {
            let is_anchored = matches!(
                hit.meaning,
                Meaning::Anchored | Meaning::SameDay | Meaning::MonthOfSameYear
            );
            is_anchored.then(|| spoken::only_day(article, earlier.all, at))?
        });
    let reading = Reading {
        published,
        outlook,
        approximate,
        printed: article.slice(&span),
        anchor: anchor
            .and_then(|anchor| Some((anchor.date.as_ref()?, article.slice(&anchor.span)))),
    };
    let Settled { date, inferred } = resolve::settle(&hit, &reading, language)?;
    let expected = match (published, date.as_ref().and_then(PartialDate::earliest)) {
        (Some(published), Some(earliest)) => earliest > published,
        (None, _) => outlook == Outlook::Ahead,
        (Some(_), None) => false,
    };
    let weak = matches!(
        hit.meaning,
        Meaning::UntilNow
            | Meaning::Vague
            | Meaning::Anchored
            | Meaning::SameDay
            | Meaning::Century
    ) || hit.captures.decade.is_some();
    Some(DateMention {
        tokens: printed_tokens,
        span,
        date,
        inferred,
        expected,
        weak,
    })
}

/// Where `early`, `about` or `the end of` before a date starts; `at` if there is no such phrase.
fn approximate_start(article: &Article, language: &Language, at: usize) -> usize {
    let tokens = &article.tokens;
    let words = &language.tables.date_words;
    let Some(before) = at.checked_sub(1) else {
        return at;
    };
    if words.approximate.contains(&tokens[before].key) {
        return before;
    }
    let dashed = before.checked_sub(1).filter(|index| {
        tokens[before].is_dash() && words.approximate.contains(&tokens[*index].key)
    });
    if let Some(index) = dashed {
        return index;
    }
    // The phrases have three or four words.
    for length in [3, 4] {
        let Some(start) = at.checked_sub(length) else {
            continue;
        };
        let found = language.approximate.find(&tokens[start].key, |offset| {
            tokens
                .get(start + offset)
                .filter(|_| start + offset < at)
                .map(|token| token.key.as_str())
        });
        if found.is_some_and(|(words, ())| words == length) {
            return start;
        }
    }
    at
}

#[cfg(test)]
mod tests;
