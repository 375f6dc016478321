//! Recognizes a date at a token by the templates of a language.
//!
//! A template is a sequence of steps. Each step takes one word from a choice, or words of a class such as `{month}`.
//! Matching looks at no more tokens than the template has steps, so the time is linear in the text.

use std::collections::HashMap;

pub(super) use nutgraf_language::tables::Meaning;
use nutgraf_language::tables::TimeUnit;

use super::language::Language;
use super::numbers;
use super::tokens::Token;

/// The kinds of words that a step can take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Class {
    Weekday,
    Month,
    Day,
    Year,
    Season,
    Ordinal,
    Number,
    Unit,
    Decade,
    Article,
    /// `4.3.2024`, `04/03/2024`.
    Date,
}

#[derive(Clone, Debug)]
enum Take {
    OneOf(Vec<String>),
    Class(Class, usize),
}

#[derive(Clone, Debug)]
struct Step {
    take: Take,
    optional: bool,
}

/// One way to word a date.
#[derive(Clone, Debug)]
pub(super) struct Template {
    steps: Vec<Step>,
    pub(super) meaning: Meaning,
    pub(super) n: i64,
}

/// What the classes of a template captured; `[0]` is the start of a range or the only date, `[1]` its end.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Captures {
    pub(super) weekday: Option<u8>,
    pub(super) month: [Option<u8>; 2],
    pub(super) day: [Option<u8>; 2],
    pub(super) year: [Option<i16>; 2],
    pub(super) season: Option<u8>,
    pub(super) ordinal: [Option<u8>; 2],
    pub(super) number: Option<i64>,
    pub(super) unit: Option<TimeUnit>,
    pub(super) decade: Option<i16>,
}

/// A template that matches, and how far it reaches.
#[derive(Clone, Debug)]
pub(super) struct Match {
    /// Index of the token after the last.
    pub(super) end: usize,
    pub(super) meaning: Meaning,
    pub(super) n: i64,
    pub(super) captures: Captures,
}

impl Template {
    /// Reads a template such as `{month} {day} ,? {year}`.
    pub(super) fn new(say: &str, meaning: Meaning, n: i64) -> Self {
        let steps = say.split_whitespace().map(step).collect();
        Self { steps, meaning, n }
    }

    fn fits(
        &self,
        language: &Language,
        tokens: &[Token],
        at: usize,
        step: usize,
        captures: &Captures,
    ) -> Option<(usize, Captures)> {
        let Some(current) = self.steps.get(step) else {
            return Some((at, captures.clone()));
        };
        let taken = current.take(language, tokens, at, captures);
        let with =
            taken.and_then(|(end, captures)| self.fits(language, tokens, end, step + 1, &captures));
        if with.is_some() || !current.optional {
            return with;
        }
        self.fits(language, tokens, at, step + 1, captures)
    }
}

/// Reads one step of a template. A malformed one matches nothing; the test of each language file finds it.
fn step(word: &str) -> Step {
    let (word, optional) = match word.strip_suffix('?') {
        Some(rest) if !rest.is_empty() => (rest, true),
        _ => (word, false),
    };
    let class = word
        .strip_prefix('{')
        .and_then(|rest| rest.strip_suffix('}'));
    let take = match class {
        None => Take::OneOf(word.split('|').map(str::to_owned).collect()),
        Some(name) => {
            let (name, slot) = match name.strip_suffix('2') {
                Some(name) => (name, 1),
                None => (name, 0),
            };
            match class_named(name) {
                Some(class) => Take::Class(class, slot),
                None => Take::OneOf(Vec::new()),
            }
        }
    };
    Step { take, optional }
}

fn class_named(name: &str) -> Option<Class> {
    Some(match name {
        "weekday" => Class::Weekday,
        "month" => Class::Month,
        "day" => Class::Day,
        "year" => Class::Year,
        "season" => Class::Season,
        "ordinal" => Class::Ordinal,
        "n" => Class::Number,
        "unit" => Class::Unit,
        "decade" => Class::Decade,
        "article" => Class::Article,
        "date" => Class::Date,
        _ => return None,
    })
}

impl Step {
    fn take(
        &self,
        language: &Language,
        tokens: &[Token],
        at: usize,
        captures: &Captures,
    ) -> Option<(usize, Captures)> {
        let token = tokens.get(at)?;
        match &self.take {
            Take::OneOf(words) => words
                .contains(&token.key)
                .then(|| (at + 1, captures.clone())),
            Take::Class(class, slot) => class.take(*slot, language, tokens, at, captures),
        }
    }
}

impl Class {
    fn take(
        self,
        slot: usize,
        language: &Language,
        tokens: &[Token],
        at: usize,
        captures: &Captures,
    ) -> Option<(usize, Captures)> {
        let token = &tokens[at];
        let mut captures = captures.clone();
        let mut end = at + 1;
        match self {
            Self::Weekday => {
                captures.weekday = Some(*named(language, &language.weekdays, token)?);
                end = abbreviation_end(language, tokens, at);
            }
            Self::Month => {
                let digits =
                    two_digits(token).filter(|month| token.glued && (1..=12).contains(month));
                let name = named(language, &language.months, token).copied();
                captures.month[slot] = Some(name.or(digits)?);
                end = abbreviation_end(language, tokens, at);
            }
            Self::Day => {
                let (day, after) = day(language, tokens, at)?;
                captures.day[slot] = Some(day);
                end = after;
            }
            Self::Year => captures.year[slot] = Some(year(tokens, at)?),
            Self::Season => captures.season = Some(*language.seasons.get(&token.key)?),
            Self::Ordinal => {
                let (ordinal, after) = ordinal(language, tokens, at)?;
                captures.ordinal[slot] = Some(ordinal);
                end = after;
            }
            Self::Number => {
                let number = numbers::parse(language, tokens, at)?;
                captures.number = Some(number.whole()?);
                end = number.end;
            }
            Self::Unit => captures.unit = Some(*language.units.get(&token.key)?),
            Self::Decade => {
                let (decade, after) = decade(tokens, at)?;
                captures.decade = Some(decade);
                end = after;
            }
            Self::Date => {
                let (parts, after) = numeric_date(tokens, at)?;
                let [day, month, year] = parts;
                captures.day[slot] = Some(u8::try_from(day).ok()?);
                captures.month[slot] = Some(u8::try_from(month).ok()?);
                captures.year[slot] = Some(year);
                end = after;
            }
            Self::Article => {
                if !language.tables.numbers.articles.contains(&token.key) {
                    return None;
                }
                captures.number = Some(1);
            }
        }
        Some((end, captures))
    }
}

/// The month or weekday that a name means; in languages that capitalize names, only if it has a capital.
fn named<'l, T>(language: &Language, map: &'l HashMap<String, T>, token: &Token) -> Option<&'l T> {
    let plausible = token.is_word() && (token.capital || !language.tables.calendar.capitalized);
    plausible.then(|| map.get(&token.key)).flatten()
}

/// The index after the dot of `Jan.`.
fn abbreviation_end(language: &Language, tokens: &[Token], at: usize) -> usize {
    let short = language
        .tables
        .lines
        .abbreviations
        .contains(&tokens[at].key);
    match tokens.get(at + 1) {
        Some(dot) if short && dot.glued && dot.is(".") => at + 2,
        _ => at + 1,
    }
}

fn two_digits(token: &Token) -> Option<u8> {
    (token.is_number() && token.key.len() <= 2).then(|| token.key.parse().ok())?
}

fn day(language: &Language, tokens: &[Token], at: usize) -> Option<(u8, usize)> {
    let day = two_digits(&tokens[at]).filter(|day| (1..=31).contains(day))?;
    let Some(next) = tokens.get(at + 1).filter(|next| next.glued) else {
        return Some((day, at + 1));
    };
    if next.is_word() {
        let suffix = language.tables.numbers.ordinal_suffixes.contains(&next.key);
        return suffix.then_some((day, at + 2));
    }
    if matches!(next.key.as_str(), "º" | "°" | "ª") {
        return Some((day, at + 2));
    }
    (!next.is("%") && !parts_numbers(tokens, at + 1)).then_some((day, at + 1))
}

/// Whether a mark is between two numbers, as in `20:15` and `1/4`, rather than after one, as in `on January 20: “...`.
fn parts_numbers(tokens: &[Token], at: usize) -> bool {
    let is_mark = tokens
        .get(at)
        .is_some_and(|mark| mark.glued && (mark.is(":") || mark.is("/")));
    is_mark
        && tokens
            .get(at + 1)
            .is_some_and(|next| next.glued && next.is_number())
}

/// Day, month and year in digits, in this order.
fn numeric_date(tokens: &[Token], at: usize) -> Option<([i16; 3], usize)> {
    let first = tokens.get(at)?;
    let slash = |index: usize| {
        tokens
            .get(index)
            .is_some_and(|mark| mark.glued && mark.is("/"))
    };
    let (texts, end): (Vec<&str>, usize) = if first.key.matches('.').count() == 2 {
        (first.key.split('.').collect(), at + 1)
    } else if slash(at + 1) && slash(at + 3) {
        let parts =
            [at, at + 2, at + 4].map(|index| tokens.get(index).map_or("", |token| &token.key));
        (parts.to_vec(), at + 5)
    } else {
        return None;
    };
    let numbers: Vec<i16> = texts.iter().filter_map(|text| text.parse().ok()).collect();
    let [day, month, year] = numbers.as_slice() else {
        return None;
    };
    let is_date = (1..=31).contains(day) && (1..=12).contains(month) && (1000..2200).contains(year);
    is_date.then_some(([*day, *month, *year], end))
}

/// Four digits that can be a year.
fn year(tokens: &[Token], at: usize) -> Option<i16> {
    let token = &tokens[at];
    if !token.is_number() || token.key.len() != 4 {
        return None;
    }
    let glued_to_word = tokens
        .get(at + 1)
        .is_some_and(|next| next.glued && (next.is_word() || next.is("%")))
        || parts_numbers(tokens, at + 1);
    let year: i16 = token.key.parse().ok()?;
    ((1000..2200).contains(&year) && !glued_to_word).then_some(year)
}

/// `first`, `19th`.
fn ordinal(language: &Language, tokens: &[Token], at: usize) -> Option<(u8, usize)> {
    let numbers = &language.tables.numbers;
    if let Some(ordinal) = numbers.ordinals.get(&tokens[at].key) {
        return Some((*ordinal, at + 1));
    }
    let ordinal = two_digits(&tokens[at])?;
    let suffix = tokens.get(at + 1)?;
    let fits = suffix.glued && numbers.ordinal_suffixes.contains(&suffix.key);
    fits.then_some((ordinal, at + 2))
}

/// `1990s`, `1990’s`.
fn decade(tokens: &[Token], at: usize) -> Option<(i16, usize)> {
    let token = &tokens[at];
    let decade: i16 = (token.is_number() && token.key.len() == 4)
        .then(|| token.key.parse().ok())
        .flatten()?;
    let mut next = at + 1;
    if tokens
        .get(next)
        .is_some_and(|mark| mark.glued && (mark.is("'") || mark.is("’")))
    {
        next += 1;
    }
    let plural = tokens.get(next).is_some_and(|s| s.glued && s.key == "s");
    (plural && decade % 10 == 0 && decade < 2200).then_some((decade, next + 1))
}

/// The templates of a language, found by the token they start with.
#[derive(Debug)]
pub(super) struct TemplateIndex {
    templates: Vec<Template>,
    by_word: HashMap<String, Vec<usize>>,
    by_class: Vec<usize>,
}

impl TemplateIndex {
    /// Indexes each template by every word that it can start with.
    pub(super) fn new(templates: Vec<Template>) -> Self {
        let mut by_word: HashMap<String, Vec<usize>> = HashMap::new();
        let mut by_class = Vec::new();
        for (index, template) in templates.iter().enumerate() {
            for step in &template.steps {
                match &step.take {
                    Take::OneOf(words) => {
                        for word in words {
                            by_word.entry(word.clone()).or_default().push(index);
                        }
                    }
                    Take::Class(..) => by_class.push(index),
                }
                if !step.optional {
                    break;
                }
            }
        }
        Self {
            templates,
            by_word,
            by_class,
        }
    }

    /// The template that reaches farthest from the token `at`; in a tie, the earlier one in the file.
    pub(super) fn longest(
        &self,
        language: &Language,
        tokens: &[Token],
        at: usize,
    ) -> Option<Match> {
        let token = &tokens[at];
        let by_word = self.by_word.get(&token.key).map_or(&[][..], Vec::as_slice);
        let by_class = if may_start_class(language, token) {
            self.by_class.as_slice()
        } else {
            &[]
        };
        let mut best: Option<Match> = None;
        for index in by_word.iter().chain(by_class) {
            let template = &self.templates[*index];
            let Some((end, captures)) =
                template.fits(language, tokens, at, 0, &Captures::default())
            else {
                continue;
            };
            if best.as_ref().is_none_or(|best| end > best.end) {
                best = Some(Match {
                    end,
                    meaning: template.meaning,
                    n: template.n,
                    captures,
                });
            }
        }
        best
    }
}

/// Whether a token can be the first of a class, so that most words are skipped at once.
fn may_start_class(language: &Language, token: &Token) -> bool {
    let numbers = &language.tables.numbers;
    token.is_number()
        || language.months.contains_key(&token.key)
        || language.weekdays.contains_key(&token.key)
        || language.seasons.contains_key(&token.key)
        || numbers.words.contains_key(&token.key)
        || numbers.scales.contains_key(&token.key)
        || numbers.articles.contains(&token.key)
        || numbers.ordinals.contains_key(&token.key)
}
