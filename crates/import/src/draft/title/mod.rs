//! Writes the title of an event.
//!
//! It is the whole clause whose verb the date belongs to, without the date itself, the attribution, brackets, and what
//! a comma attaches to a long sentence. If what remains isn't a sentence, there is no title.

mod cut;
mod whole;
mod words;

use std::ops::Range;

use super::super::dates::DateMention;
use super::super::language::Language;
use super::super::quotes::Look;
use super::super::reading::Reading;
use super::super::speakers::Quotation;
use super::super::text::Article;
use super::clause::{Clause, Sentence};

pub(super) use words::capitalized;

/// A sentence of more tokens than this makes no title.
const LONGEST: usize = 60;
/// How many of them before and behind a number are kept then.
const NEAR: usize = 8;
/// How many tokens before and behind a date or a number belong to its sentence at most.
const FARTHEST: usize = 150;
/// The fewest words of a title: subject, verb and object.
const FEWEST_WORDS: usize = 3;

/// A title.
#[derive(Clone, Debug)]
pub(super) struct Title {
    /// Its words.
    pub(super) text: String,
    /// The tokens from its first to its last, including those left out between them.
    pub(super) tokens: Range<usize>,
    /// Whether a pronoun of the article was replaced with a name.
    pub(super) is_resolved: bool,
}

/// The title that a sentence gives to a date; `None` if the date isn't that of an event.
pub(super) fn title(reading: &Reading, mention: &DateMention) -> Option<Title> {
    let article = &reading.article;
    let language = reading.language;
    let whole = sentence_around(article, mention);
    let hidden = hidden(reading, &whole);
    let sentence = Sentence::new(article, language, &hidden, whole.start);
    Titler {
        reading,
        sentence,
        mention,
        lead: lead(article, language, &whole, mention.tokens.start),
    }
    .title(whole)
}

/// The clause that a token is in, as a sentence of its own; `None` if it makes none, or is cut before the token.
pub(super) fn clause_around(reading: &Reading, at: usize) -> Option<Title> {
    let mention = nowhere(at);
    let article = &reading.article;
    let whole = told_of(reading, sentence_around(article, &mention), at);
    let hidden = hidden(reading, &whole);
    if hidden.get(at - whole.start).is_some_and(|hidden| *hidden) {
        return None;
    }
    let titler = Titler::at(reading, &mention, &hidden, whole.start);
    titler
        .title(whole)
        .filter(|title| title.tokens.contains(&at))
}

/// The part of a sentence around a token, between semicolons, or within the quotation that it is in: what there is to say
/// where no clause makes a sentence of its own.
pub(super) fn part_around(reading: &Reading, at: usize) -> Option<String> {
    let mention = nowhere(at);
    let article = &reading.article;
    let whole = sentence_around(article, &mention);
    let quotations = reading.quotations_in(&(at..at + 1)).iter();
    let spoken = quotations
        .map(|found| &found.quoted)
        .find(|quoted| quoted.look != Look::Title && quoted.tokens.contains(&at))
        .and_then(|quoted| quoted.parts.iter().find(|part| part.contains(&at)));
    let whole = match spoken {
        Some(part) => part.start.max(whole.start)..part.end.min(whole.end),
        None => told_of(reading, whole, at),
    };
    let hidden = match spoken {
        Some(_) => Vec::new(),
        None => hidden(reading, &whole),
    };
    let titler = Titler::at(reading, &mention, &hidden, whole.start);
    let part = titler.part(&whole).unwrap_or(whole);
    let attributes =
        |at: usize| titler.sentence.is_comma(at) && titler.attributes(at + 1..part.end);
    let said = (at + 1..part.end).rev().find(|at| attributes(*at));
    let told = titler.without_openers(part.start..said.unwrap_or(part.end));
    // The shortest of them that contains the number.
    let mut ranges = [titler.shortened(told.clone()), told, part].into_iter();
    let mut range = ranges.find(|range| range.contains(&at))?;
    if range.len() > LONGEST {
        // No title, but words by which the number is found again.
        range = range.start.max(at.saturating_sub(NEAR))..range.end.min(at + NEAR);
    }
    while range.start < at && !titler.can_start(range.start) {
        range.start += 1;
    }
    let closes = |end: usize| {
        article.tokens[end].is(")") && (range.start..end).any(|at| article.tokens[at].is("("))
    };
    let mut end = range.end;
    while end > at + 1 && !titler.can_end(end - 1) && !closes(end - 1) {
        end -= 1;
    }
    let range = range.start..end;
    Some(article.words(&range).to_owned())
}

/// The part of a sentence that tells of one of several figures: `57 percent agreed`, and `35 percent did not`.
fn told_of(reading: &Reading, sentence: Range<usize>, at: usize) -> Range<usize> {
    /// `and`, and then `just under`, and then the number.
    const JOINED: usize = 3;
    let article = &reading.article;
    let clauses = &reading.language.tables.clauses;
    let plain = Sentence::new(article, reading.language, &[], sentence.start);
    let joins = |at: usize| {
        let key = plain.key(at);
        clauses.coordinators.contains(key) || clauses.same_time.contains(key)
    };
    // How many verbs there are up to each token: a sentence may have a hundred numbers.
    let mut n_verbs = vec![0];
    for at in sentence.clone() {
        let before = n_verbs[at - sentence.start];
        n_verbs.push(before + usize::from(plain.is_finite(at)));
    }
    let n_before = |at: usize| n_verbs[at.clamp(sentence.start, sentence.end) - sentence.start];
    let has_verb = |range: Range<usize>| n_before(range.end) > n_before(range.start);
    let mut start = sentence.start;
    let mut end = sentence.end;
    let figures = reading.figures_in(&sentence).iter();
    for figure in figures.map(|figure| figure.tokens.start) {
        let near = sentence.start.max(figure.saturating_sub(JOINED))..figure;
        let Some(cut) = near.rev().find(|at| joins(*at)) else {
            continue;
        };
        let is_told = has_verb(start..cut) && has_verb(figure..sentence.end);
        if !is_told || has_verb(cut + 1..figure) {
            continue;
        }
        // `and 35 percent with the city`: without a verb of its own, it belongs to what is before.
        let comma = plain.comma_from(figure, sentence.end);
        let close = (figure..comma).find(|at| plain.token(*at).is(";"));
        if !has_verb(figure..close.unwrap_or(comma)) {
            continue;
        }
        if figure <= at {
            start = cut + 1;
        } else {
            end = end.min(cut);
        }
    }
    // `In a poll in January, 58 percent agreed`: what is said of the number begins with the number.
    let comma = (start.max(at.saturating_sub(2))..at).find(|at| plain.is_comma(*at));
    if let Some(comma) = comma
        && !has_verb(start..comma)
        && has_verb(at..plain.comma_from(at, end))
    {
        start = comma + 1;
    }
    start..end
}

/// A mention of no date, at a token.
fn nowhere(at: usize) -> DateMention {
    DateMention {
        tokens: at..at,
        span: 0..0,
        date: None,
        inferred: None,
        expected: false,
        weak: false,
    }
}

/// The sentence of a date, without its final stop. Of a longer one than anybody writes, what is near the date.
fn sentence_around(article: &Article, mention: &DateMention) -> Range<usize> {
    let tokens = &article.sentences[article.sentence_at(mention.tokens.start)].tokens;
    let start = tokens
        .start
        .max(mention.tokens.start.saturating_sub(FARTHEST));
    let mut end = tokens.end.max(mention.tokens.end);
    end = end.min(mention.tokens.end + FARTHEST);
    while end > mention.tokens.end && article.tokens[end - 1].is_stop() {
        end -= 1;
    }
    start..end
}

/// Which tokens of a sentence are in brackets or in a quotation.
fn hidden(reading: &Reading, sentence: &Range<usize>) -> Vec<bool> {
    let tokens = &reading.article.tokens;
    let quotations = reading.quotations_in(sentence);
    let mut depth = 0_usize;
    sentence
        .clone()
        .map(|at| {
            let token = &tokens[at];
            let opens = token.is("(") || token.is("[");
            let closes = token.is(")") || token.is("]");
            depth += usize::from(opens);
            let inside = depth > 0;
            depth = depth.saturating_sub(usize::from(closes));
            inside || is_spoken(quotations, at)
        })
        .collect()
}

fn is_spoken(quotations: &[Quotation], at: usize) -> bool {
    quotations.iter().any(|quotation| {
        quotation.quoted.tokens.contains(&at) && quotation.quoted.look != Look::Title
    })
}

/// Where the words start that link a date to its clause: `on`, `in the`.
fn lead(article: &Article, language: &Language, sentence: &Range<usize>, date: usize) -> usize {
    let tables = &language.tables;
    let ties = |at: usize| {
        let token = &article.tokens[at];
        let key = &token.key;
        tables.nouns.prepositions.contains(key)
            || tables.nouns.determiners.contains(key)
            || tables.clauses.dropped.contains(key)
    };
    let mut start = date;
    while start > sentence.start && date - start < 2 && ties(start - 1) {
        start -= 1;
    }
    start
}

struct Titler<'a> {
    reading: &'a Reading,
    sentence: Sentence<'a>,
    mention: &'a DateMention,
    lead: usize,
}

impl<'a> Titler<'a> {
    /// For a token of a sentence that starts at `start`, of which some tokens are hidden.
    fn at(
        reading: &'a Reading,
        nowhere: &'a DateMention,
        hidden: &'a [bool],
        start: usize,
    ) -> Self {
        Self {
            reading,
            sentence: Sentence::new(&reading.article, reading.language, hidden, start),
            mention: nowhere,
            lead: nowhere.tokens.start,
        }
    }
}

impl Titler<'_> {
    fn title(&self, whole: Range<usize>) -> Option<Title> {
        let date = self.mention.tokens.clone();
        if self.is_long(&whole) || self.is_attribute(&whole) || self.is_of_something_else(&whole) {
            return None;
        }
        let part = self.part(&whole)?;
        let parts = match self.sentence.clause_of(&part, self.lead, date.end) {
            Clause::None => return None,
            Clause::Relative(head, told) => vec![head, self.shortened(told)],
            Clause::Own(range) => {
                let range = self.without_attribution(range)?;
                let range = self.without_credit(range)?;
                vec![self.shortened(self.without_openers(range))]
            }
            Clause::Main => {
                let range = self.without_openers(self.without_attribution(part.clone())?);
                let range = self.without_credit(range)?;
                if self.only_says(&range) {
                    return None;
                }
                let mut parts = match self.without_first(&range) {
                    Some(parts) => parts,
                    None => self.without_relative(range),
                };
                let last = parts.pop()?;
                parts.push(self.shortened(self.alone(last)?));
                parts
            }
        };
        let kept = self.kept(&parts);
        if !date.is_empty() && self.is_of_nobody(&kept) {
            return None;
        }
        match self.is_fragment(&kept) {
            false => self.worded(&self.reading.article, &kept),
            // A number may be told of by a part of a sentence, a day may not.
            true if date.is_empty() => None,
            true => self.entire(part),
        }
    }

    /// `harvests from 1980 to 2020`: years over which something is counted, as opposed to a term of office.
    fn is_long(&self, whole: &Range<usize>) -> bool {
        let date = self.mention.date.as_ref();
        let years = date.and_then(|date| Some(date.latest()?.year() - date.earliest()?.year()));
        let mut mentions = self.reading.roster.mentions.iter();
        years.is_some_and(|years| years > 1)
            && !mentions.any(|(token, _)| (whole.start..whole.start + 4).contains(token))
    }

    /// `the 2008 election`, `Saturday's vote`, `the election of 2008`: a date that belongs to a noun.
    fn is_attribute(&self, whole: &Range<usize>) -> bool {
        let article = &self.reading.article;
        let tables = &self.reading.language.tables;
        let date = &self.mention.tokens;
        let last = date.end.checked_sub(1).map(|at| &article.tokens[at]);
        let possessive = !date.is_empty() && last.is_some_and(|last| last.possessive);
        let before = date.start.checked_sub(1).filter(|at| *at >= whole.start);
        let key = |at: usize| article.tokens[at].key.as_str();
        let of = before.is_some_and(|at| tables.numbers.of.contains(key(at)))
            && !tables.clauses.dropped.contains(key(date.start));
        let next = article
            .tokens
            .get(date.end)
            .filter(|_| date.end < whole.end);
        let behind = next.is_some_and(|next| {
            next.is_word()
                && !tables.nouns.prepositions.contains(&next.key)
                && !tables.nouns.conjunctions.contains(&next.key)
                && !tables.date_words.day_parts.contains(&next.key)
                && !self.sentence.is_finite(date.end)
                && !tables.nouns.verbs.contains(&next.key)
                && !tables.nouns.determiners.contains(&next.key)
        }) || next.is_some_and(|next| next.is_dash() && next.glued);
        let tied = before.is_some_and(|at| {
            let token = &article.tokens[at];
            tables.nouns.definite.contains(&token.key)
                || tables.nouns.determiners.contains(&token.key)
                || token.possessive
                || token.capital
                    && at > whole.start
                    && !tables.nouns.prepositions.contains(&token.key)
        });
        // In `la lunes` and `le 5 mars` the article belongs to the date.
        let is_year = date.len() == 1 && article.tokens[date.start].is_number();
        let noun_first =
            tables.clauses.dropped.contains("el") || tables.clauses.dropped.contains("le");
        possessive
            || of && is_year
            || !noun_first && behind && (tied || is_year && !self.is_lead_dropped())
            || noun_first && behind && is_year && tied && !self.is_lead_dropped()
    }

    fn is_lead_dropped(&self) -> bool {
        let dropped = &self.reading.language.tables.clauses.dropped;
        (self.lead..self.mention.tokens.start).all(|at| dropped.contains(self.sentence.key(at)))
            && self.lead < self.mention.tokens.start
    }

    /// `since 1958`, `up from 61 percent in 2012`: a date from which something has lasted, or with which something is
    /// compared.
    fn is_of_something_else(&self, whole: &Range<usize>) -> bool {
        let clauses = &self.reading.language.tables.clauses;
        let own = self.lead..self.mention.tokens.start;
        let undated = |at: usize| {
            let key = self.sentence.key(at);
            clauses.undated.contains(key) && !clauses.dropped.contains(key)
        };
        if !self.mention.expected && own.clone().any(undated) {
            return true;
        }
        let near = whole.start.max(self.lead.saturating_sub(7))..self.lead;
        let compared = near
            .rev()
            .take_while(|at| !self.sentence.is_comma(*at))
            .any(|at| {
                let key = self.sentence.key(at);
                let from = self
                    .reading
                    .language
                    .tables
                    .figures
                    .series_from
                    .contains(key)
                    && !self.sentence.token(at + 1).is_word();
                (clauses.comparisons.contains(key) || from)
                    && !self.sentence.has_verb(at + 1..self.lead)
            });
        compared && !self.mention.expected
    }

    /// The part of a sentence, between semicolons, colons and single dashes, that contains the date.
    fn part(&self, whole: &Range<usize>) -> Option<Range<usize>> {
        let is_mark = |at: usize| {
            let token = self.sentence.token(at);
            !self.sentence.is_hidden(at)
                && !self.is_between_numbers(at)
                && (token.is(";")
                    || token.is(":") && !token.glued
                    || token.is(":") && self.parts_words(at)
                    || token.is_dash() && !token.glued
                    || self.ends_dateline(at))
        };
        let marks: Vec<usize> = whole.clone().filter(|at| is_mark(*at)).collect();
        let dashes: Vec<usize> = marks
            .iter()
            .copied()
            .filter(|at| self.sentence.token(*at).is_dash())
            .collect();
        if let [open, close] = dashes[..]
            && marks.len() == 2
        {
            // A pair of dashes works like brackets.
            return (!(open..close).contains(&self.mention.tokens.start)).then(|| whole.clone());
        }
        let start = marks.iter().rev().find(|at| **at < self.lead);
        let end = marks.iter().find(|at| **at >= self.mention.tokens.end);
        let part = start.map_or(whole.start, |at| at + 1)..end.copied().unwrap_or(whole.end);
        // What is still to come is often told in the present, whose verbs aren't all known.
        (self.mention.expected || self.sentence.has_verb(part.clone())).then_some(part)
    }

    /// `1 – 0`.
    fn is_between_numbers(&self, at: usize) -> bool {
        let tokens = &self.reading.article.tokens;
        let is_number = |at: Option<usize>| {
            at.and_then(|at| tokens.get(at))
                .is_some_and(|token| token.is_number())
        };
        is_number(at.checked_sub(1)) && is_number(at.checked_add(1))
    }

    /// `Berlin, 13 mar (EFE).- `: a dash behind a stop.
    fn ends_dateline(&self, at: usize) -> bool {
        let token = self.sentence.token(at);
        let before = at.checked_sub(1).map(|before| self.sentence.token(before));
        token.is_dash() && before.is_some_and(|before| before.is(".")) && self.parts_words(at)
    }

    fn parts_words(&self, at: usize) -> bool {
        let next = self.reading.article.tokens.get(at + 1);
        next.is_some_and(|next| !next.glued)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The titles of the dated sentences in a text, in order; `-` for a date without one.
    fn titles(code: &str, text: &str) -> Vec<String> {
        let language = Language::named(code).unwrap();
        let reading = Reading::of(text, "2024-05-16".parse().ok(), language);
        let of = |mention| title(&reading, mention).map_or("-".to_owned(), |title| title.text);
        reading.dates.iter().map(of).collect()
    }

    fn check(code: &str, text: &str, expected: &[&str]) {
        assert_eq!(titles(code, text), expected, "{text}");
    }

    #[test]
    fn dates_go_where_the_language_lets_them() {
        check(
            "en",
            "On Friday, the union will meet.",
            &["The union will meet"],
        );
        check(
            "en",
            "The council voted on Monday to close the bridge.",
            &["The council voted to close the bridge"],
        );
        check(
            "en",
            "The next election is in November.",
            &["The next election is in November"],
        );
        check(
            "en",
            "Talks broke down in 2016 and again in April 2018.",
            &["Talks broke down in 2016 and again in April 2018"; 2],
        );
        check(
            "es",
            "En marzo de 2021, el pleno había aprobado el proyecto.",
            &["El pleno había aprobado el proyecto"],
        );
        check(
            "es",
            "El consejo votó el miércoles a favor de abandonar el plan.",
            &["El consejo votó a favor de abandonar el plan"],
        );
        check(
            "fr",
            "Le 4 février 2024, la chambre a publié un rapport.",
            &["La chambre a publié un rapport"],
        );
        check(
            "de",
            "Am 9. Mai wurde ein neuer Rat gewählt.",
            &["Am 9. Mai wurde ein neuer Rat gewählt"],
        );
        check(
            "de",
            "Die Behörde stellte das Verfahren im Januar 2023 ein.",
            &["Die Behörde stellte das Verfahren ein"],
        );
    }

    #[test]
    fn the_clause_is_the_one_whose_verb_the_date_belongs_to() {
        check(
            "en",
            "The bridge, which was built in 1931, will be torn down.",
            &["The bridge was built"],
        );
        check(
            "en",
            "Sloane, a Democrat first elected in 2008, was convicted.",
            &["-"],
        );
        check(
            "en",
            "A lawsuit filed on Monday by two riders is to be heard.",
            &["-"],
        );
        check(
            "en",
            "After the bridge closed in March, traders complained.",
            &["The bridge closed"],
        );
        check(
            "en",
            "Police said the fire broke out on Monday.",
            &["The fire broke out"],
        );
        check("en", "It was the first victory since 1958.", &["-"]);
        check(
            "en",
            "Costs rose by a third, up from 61 percent in 2012.",
            &["-"],
        );
    }

    #[test]
    fn who_says_so_and_dates_of_nouns_are_left_out() {
        check(
            "en",
            "The tower collapsed on Monday, officials said.",
            &["The tower collapsed"],
        );
        check(
            "en",
            "The tower is safe, according to a report published on Monday.",
            &["-"],
        );
        check(
            "en",
            "The 2020 census put the population at 46,300.",
            &["-"],
        );
        check("en", "Turnout in Saturday's vote was high.", &["-"]);
        check(
            "de",
            "Der Turm stürzte am Montag ein, sagte ein Sprecher.",
            &["Der Turm stürzte ein"],
        );
        check(
            "es",
            "La torre se derrumbó el lunes, según la policía.",
            &["La torre se derrumbó"],
        );
        check(
            "fr",
            "La tour a brûlé lundi, selon la police.",
            &["La tour a brûlé"],
        );
    }

    /// The titles of a text that was published on a day.
    #[track_caller]
    fn check_of(day: &str, code: &str, text: &str, expected: &[&str]) {
        let language = Language::named(code).unwrap();
        let reading = Reading::of(text, day.parse().ok(), language);
        let of = |mention| title(&reading, mention).map_or("-".to_owned(), |title| title.text);
        let titles: Vec<String> = reading.dates.iter().map(of).collect();
        assert_eq!(titles, expected, "{text}");
    }

    #[test]
    fn what_makes_no_sentence_gives_way_to_the_whole_one_or_to_nothing() {
        check(
            "en",
            "She was here. By the time Ann returned in September 2009, now as a professor of ecology, the shore was silent.",
            &[
                "By the time Ann returned in September 2009, now as a professor of ecology, the shore was silent",
            ],
        );
        check(
            "en",
            "In a study published on Monday in the journal Letters, the researchers argue that the frogs were wiped out.",
            &[
                "In a study published in the journal Letters, the researchers argue that the frogs were wiped out",
            ],
        );
        check(
            "en",
            "Planning permission, granted by the district in 2021, is due to lapse at the end of this year.",
            &[
                "-",
                "Planning permission, granted by the district in 2021, is due to lapse at the end of this year",
            ],
        );
        check(
            "en",
            "The Isaura, built by Berg and bought by the company, passed its inspection in March.",
            &["The Isaura, built by Berg and bought by the company, passed its inspection"],
        );
        check(
            "en",
            "In a statement issued late on Tuesday, it expressed sorrow.",
            &["-"],
        );
        check(
            "de",
            "Eine Sanierung im Bestand, wie sie 2015 schon einmal erwogen worden war, hält er für unvernünftig.",
            &["-"],
        );
        check(
            "de",
            "Ein Gutachten, das am Sonntag in Auftrag gegeben wurde, liegt vor.",
            &["-"],
        );
    }

    #[test]
    fn a_date_goes_where_its_words_would_hang() {
        check(
            "en",
            "The last sighting of an adult was on 11 May 2008, by a schoolteacher walking his dog.",
            &[
                "The last sighting of an adult was on 11 May 2008, by a schoolteacher walking his dog",
            ],
        );
        check(
            "es",
            "La dirigente, que ganó los comicios celebrados el 25 de septiembre de 2022, confirmó que volverá.",
            &["La dirigente ganó los comicios celebrados el 25 de septiembre de 2022"],
        );
        check(
            "es",
            "Urrea, de 61 años, llevaba al frente desde marzo de 2011 y había sido reelegido en tres ocasiones, la última de ellas en 2023, sin rival.",
            &[
                "-",
                "Urrea había sido reelegido en tres ocasiones, la última de ellas en 2023, sin rival",
            ],
        );
    }

    #[test]
    fn of_two_sentences_the_one_is_told_that_has_the_date() {
        check(
            "en",
            "A fungus was the obvious suspect, but tests carried out in 2011 found no trace of it.",
            &["Tests carried out in 2011 found no trace of it"],
        );
        check(
            "en",
            "The port was closed in 2011 and reopened in 2013.",
            &["The port was closed", "The port reopened"],
        );
        check(
            "es",
            "El puente se cerró en marzo de 2011 y reabrió en 2013.",
            &["El puente se cerró", "El puente reabrió"],
        );
        check(
            "en",
            "Tran, who served as treasurer of the trust from April 2014 until she resigned in 2022, had pleaded guilty at a hearing on 9 January.",
            &["-", "-", "Tran had pleaded guilty at a hearing"],
        );
    }

    #[test]
    fn an_aside_between_subject_and_verb_is_no_event() {
        check(
            "fr",
            "« La Lavandière », huile sur toile dérobée en 1999 au musée, a été officiellement restituée à la ville.",
            &["-"],
        );
        check(
            "en",
            "Built of stone, the dam was raised four times, most recently in 2017.",
            &["Built of stone, the dam was raised four times, most recently in 2017"],
        );
    }

    #[test]
    fn a_pronoun_is_nobody_of_the_other_gender() {
        check(
            "en",
            "Judge Crane Berg said his client had begun at a bad time. She sold her house in 2023.",
            &["-"],
        );
        check(
            "en",
            "Mary Berg said her client had begun at a bad time. She sold the house in 2023.",
            &["Mary Berg sold the house"],
        );
    }

    #[test]
    fn a_cut_leaves_verbs_their_objects() {
        check_of(
            "2025-03-13",
            "es",
            "Santa Inés, 13 mar (Litoral).- El Parlamento de Valdemora rechazó este jueves, por 38 votos frente a 35, el proyecto de presupuestos presentado por el Ejecutivo de Leonor Quiroga, que horas después anunció su intención de disolver la Cámara.",
            &[
                "El Parlamento de Valdemora rechazó, por 38 votos frente a 35, el proyecto de presupuestos presentado por el Ejecutivo de Leonor Quiroga",
            ],
        );
        check_of(
            "2025-05-08",
            "de",
            "Mit 21 zu 18 Stimmen hat der Rat am Mittwochabend beschlossen, die Ausschreibung des Umbaus aufzuheben und die Bürger über die Zukunft des Bades entscheiden zu lassen.",
            &[
                "Mit 21 zu 18 Stimmen hat der Rat beschlossen, die Ausschreibung des Umbaus aufzuheben und die Bürger über die Zukunft des Bades entscheiden zu lassen",
            ],
        );
        check_of(
            "2025-03-13",
            "es",
            "La crisis se desató el 20 de enero, cuando el consejero de Agricultura, Benito Larrauri, de la Unión Ribereña, fue destituido por oponerse al trasvase del río.",
            &["La crisis se desató"],
        );
    }

    #[test]
    fn a_long_sentence_is_cut_where_a_clause_is_hung_on_to_it() {
        check(
            "en",
            "A passenger ferry carrying 214 people ran aground on Monday off the coast of Port Halden, where rescuers worked through the night to bring everyone to safety.",
            &["A passenger ferry carrying 214 people ran aground off the coast of Port Halden"],
        );
    }
}
