//! Compares one number of a sentence with the number of a record: value, hedge, unit and date together.

use std::ops::Range;

use nutgraf_language::hedge::{Hedge, hedge_of};
use nutgraf_language::printed::{is_range, numbers};
use nutgraf_language::sense::lower;
use nutgraf_values::Qualifier;

use crate::compare::{NumberFinding, Numbered, unit_in};
use crate::figure::unit::{UnitClaim, UnitVerdict};
use crate::figure::{
    FigureClaim, FigureFault, FigureVerdict, compare_hedge, compare_value, figure_agrees_in,
};
use crate::finding::{Context, Finding, NOT_THERE, WhyNot};
use crate::lead::{Lead, Led};
use crate::sentence::Sentence;
use crate::sentence::governed::title_words;

/// A negation farther than this many words from a number belongs to something else: between them is another verb.
const REACH: usize = 6;

impl Numbered<'_> {
    /// Reads the sentence around some words: the number among the words, or else one elsewhere in the sentence.
    pub(crate) fn read_in(&self, context: &Context<'_>, same_language: bool) -> NumberFinding {
        let sentence = Sentence::new(context.sentence, context.language);
        let own = sentence.tokens_at(context);
        let one = Occurrence {
            numbered: self,
            context,
            sentence: &sentence,
            own: &own,
            same_language,
            claim: self.claim(context),
            unit: UnitClaim::new(context.language, &self.quantity.unit),
            title: title_words(self.title, context.language),
        };
        let is_own = |index: &usize| own.contains(&sentence.amounts[*index].tokens.start);
        let all = 0..sentence.amounts.len();
        let (within, beyond): (Vec<usize>, Vec<usize>) = all.partition(is_own);
        let best = |indices: &[usize]| {
            let found = indices.iter().filter_map(|index| one.read(*index));
            found.min_by_key(NumberFinding::weight)
        };
        if let Some(found) = best(&within) {
            return found;
        }
        // Where every number of the words has been read, none of them is this one.
        let n_own = numbers(context.language, &sentence.tokens[own.clone()]).len();
        let fault = within.iter().find_map(|index| one.fault(*index));
        if let Some(fault) = fault.filter(|_| n_own == within.len()) {
            return NumberFinding {
                value: Finding::Contradicted(fault.to_string()),
                ..NumberFinding::all(&NOT_THERE)
            };
        }
        let verdict = figure_agrees_in(&self.claim(context));
        let is_read = matches!(
            verdict,
            FigureVerdict::Agrees(_) | FigureVerdict::UnitNotSaid { .. }
        );
        if !context.is_printed
            && !is_read
            && let Some(found) = best(&beyond)
        {
            return found;
        }
        let value = match verdict {
            FigureVerdict::Agrees(_) | FigureVerdict::UnitNotSaid { .. } if context.is_printed => {
                Finding::Agrees
            }
            FigureVerdict::Agrees(_) | FigureVerdict::UnitNotSaid { .. } => Finding::Doubt(
                "the sentence of the source may say this number of something else".to_owned(),
            ),
            FigureVerdict::Disagrees(fault) => Finding::Contradicted(fault.to_string()),
            FigureVerdict::NoNumber if context.is_printed => {
                Finding::Unclear("the words have no number that could be read".to_owned())
            }
            FigureVerdict::NoNumber => NOT_THERE,
        };
        NumberFinding {
            unit: match value {
                Finding::Agrees | Finding::Doubt(_) => {
                    unit_in(context, &self.quantity.unit, same_language)
                }
                _ => NOT_THERE,
            },
            qualifier: match value {
                Finding::Agrees | Finding::Doubt(_) => Finding::Agrees,
                _ => NOT_THERE,
            },
            date: self
                .date
                .map_or(NOT_THERE, |date| date.around(&[*context], "")),
            value,
        }
    }

    fn claim<'c>(&'c self, context: &Context<'c>) -> FigureClaim<'c> {
        FigureClaim {
            behind: Some(context.behind()),
            qualifier: self.quantity.qualifier,
            unit: &self.quantity.unit,
            ..FigureClaim::new(
                context.words,
                self.quantity.number.value(),
                context.language,
            )
        }
    }
}

/// The number of a record beside those of a sentence.
struct Occurrence<'a> {
    numbered: &'a Numbered<'a>,
    context: &'a Context<'a>,
    sentence: &'a Sentence<'a>,
    /// The tokens of the record's words.
    own: &'a Range<usize>,
    same_language: bool,
    claim: FigureClaim<'a>,
    unit: UnitClaim<'a>,
    /// The words of the title that could tell one number from another.
    title: Vec<String>,
}

impl Occurrence<'_> {
    /// How one of the sentence's numbers differs from the record's; `None` if it doesn't.
    fn fault(&self, index: usize) -> Option<FigureFault> {
        let number = &self.sentence.amounts[index];
        compare_value(&self.claim, &self.unit, &self.sentence.tokens, number).err()
    }

    /// What the sentence says about one of its numbers; `None` if it isn't the record's.
    fn read(&self, index: usize) -> Option<NumberFinding> {
        let number = &self.sentence.amounts[index];
        let tokens = &self.sentence.tokens;
        let claim = &self.claim;
        let rounding = compare_value(claim, &self.unit, tokens, number).ok()?;
        // Words as printed must include their hedge; a missing one is reported for the words themselves.
        let reach = if self.context.is_printed {
            self.own.clone()
        } else {
            0..tokens.len()
        };
        let at = number.tokens.start - reach.start..number.tokens.end - reach.start;
        let within = &tokens[reach.start..reach.end.max(number.tokens.end)];
        let mut hedge = hedge_of(self.context.language, within, &at);
        let range = self.range(index);
        if let Some((low, _)) = range.filter(|(_, high)| hedge.is_none() && *high == index) {
            // The hedge of a range comes before its low end.
            let low = &self.sentence.amounts[low].tokens;
            hedge = hedge_of(self.context.language, tokens, low);
        }
        if hedge.is_none() && number.is_rough {
            hedge = Some(Hedge {
                words: self.sentence.text(&number.tokens).to_owned(),
                means: vec![Qualifier::About],
            });
        }
        let is_of_series = hedge
            .as_ref()
            .is_some_and(|hedge| self.is_of_series(index, hedge));
        let qualifier = match compare_hedge(claim, hedge.clone(), rounding) {
            Ok(()) => Finding::Agrees,
            Err(_) if is_of_series && claim.qualifier.is_none() => Finding::Agrees,
            Err(fault) => Finding::Contradicted(fault.to_string()),
        };
        let is_turned = claim.value.is_sign_negative() && !number.value.is_sign_negative();
        if let Some(level) = self.level(index).filter(|_| is_turned) {
            return Some(NumberFinding {
                value: Finding::Contradicted(format!("{}: `{level}`", FigureFault::NoFall)),
                ..NumberFinding::all(&NOT_THERE)
            });
        }
        let is_whole = self.numbered.quantity.to.is_some() || self.numbered.is_high_end;
        let value = match (self.taken_back(index, hedge.as_ref()), range) {
            (Some(why), _) => Finding::Doubt(why),
            (None, Some((low, high))) if !is_whole => Finding::Doubt(format!(
                "the source gives a range, `{}`",
                self.sentence.span(low, high)
            )),
            (None, _) => Finding::Agrees,
        };
        Some(NumberFinding {
            value,
            qualifier,
            // `300 to 350 ships`: what is counted is behind the high end.
            unit: self.unit(range.map_or(index, |(_, high)| high)),
            date: self.numbered.date.map_or(NOT_THERE, |date| {
                date.beside(self.sentence, index, self.context)
            }),
        })
    }

    /// The two ends of a range of which a number is one: `300 to 400`, but not `rose from 300 to 400`.
    fn range(&self, index: usize) -> Option<(usize, usize)> {
        let sentence = self.sentence;
        let language = self.context.language;
        let from = &language.tables.figures.series_from;
        let is_range = |low: &usize| {
            let ends = (sentence.amounts.get(*low), sentence.amounts.get(low + 1));
            let (Some(low), Some(high)) = ends else {
                return false;
            };
            let mut before = low.tokens.start.saturating_sub(2)..low.tokens.start;
            let sense = &language.tables.sense;
            let is_change = |at: usize| {
                sense.rises.contains(sentence.key(at)) || sense.falls.contains(sentence.key(at))
            };
            let moves = |at: usize| is_change(at) || sentence.is_action(at);
            // `from 38 million to 52 million` says both in full.
            let is_full = low.tokens.len() > 1;
            let is_series = before.any(|at| from.contains(sentence.key(at)))
                && (is_full || (0..low.tokens.start).any(moves));
            !is_series
                && low.value < high.value
                && is_range(language, &sentence.tokens, &low.tokens, &high.tokens)
        };
        let lows = [index.checked_sub(1), Some(index)];
        let low = lows.into_iter().flatten().find(is_range)?;
        Some((low, low + 1))
    }

    /// Whether a hedge before a number links it to an earlier one: `desde 40 hasta 52`.
    fn is_of_series(&self, index: usize, hedge: &Hedge) -> bool {
        let to = &self.context.language.tables.figures.series_to;
        let figures = &self.context.language.tables.figures;
        let sense = &self.context.language.tables.sense;
        let start = self.sentence.amounts[index].tokens.start;
        let leads_in = |at: usize| {
            let key = self.sentence.key(at);
            figures.series_from.contains(key)
                || sense.rises.contains(key)
                || sense.falls.contains(key)
        };
        index > 0 && to.contains(&hedge.words) && (0..start).any(leads_in)
    }

    /// Why the number doesn't mean what the record says, although it is the same.
    fn taken_back(&self, index: usize, hedge: Option<&Hedge>) -> Option<String> {
        let title = &self.title;
        let contest = self.sentence.contest();
        let rival = contest
            .as_ref()
            .and_then(|contest| contest.of_another(index, title));
        if let Some(name) = rival {
            return Some(format!(
                "the other number in the source is that of `{name}`"
            ));
        }
        if let Some(word) = self.sentence.across(index, title) {
            return Some(format!(
                "the source says this number of another than `{word}`"
            ));
        }
        if let Some(why) = self
            .sentence
            .beside_the_point(index, title, self.numbered.title)
        {
            return Some(why);
        }
        if let Some(word) = self.sentence.said_of_another(index, title) {
            return Some(format!("`{word}` is said of another number in the source"));
        }
        let is_won = contest.is_some_and(|contest| contest.is_of(index, title));
        if let Some(word) = self.sentence.stands_with_another(index, title) {
            return Some(format!("`{word}` is beside another number in the source"));
        }
        // Its own date or its own words as printed distinguish a number from the others.
        let is_told_apart = self.numbered.date.is_some() || self.context.is_printed || is_won;
        let near = self.sentence.may_be_of_another(index, title);
        if let Some(word) = near.filter(|_| !is_told_apart) {
            return Some(format!("the source has several numbers near `{word}`"));
        }
        if let Some(word) = self.weakened(index, hedge, title) {
            return Some(format!("the source says `{word}` before this number"));
        }
        let change = self
            .change(index, hedge)
            .or_else(|| self.comparison_behind(index))?;
        let sense = &self.context.language.tables.sense;
        let unit = lower(&self.numbered.quantity.unit);
        let is_change = |word: &str| sense.rises.contains(word) || sense.falls.contains(word);
        let is_told = title.iter().any(|word| is_change(word))
            || unit.split_whitespace().any(is_change)
            || self.numbered.quantity.number.value().is_sign_negative();
        let is_share = UnitClaim::new(self.context.language, &unit).is_share();
        (!is_told && !is_share && !title.is_empty())
            .then(|| format!("the source gives it as a change, `{change}`"))
    }

    /// A negation, or a word that turns it into a guess, between the start of the clause and the number.
    fn weakened(&self, index: usize, hedge: Option<&Hedge>, title: &[String]) -> Option<String> {
        let language = self.context.language;
        let sentence = self.sentence;
        let start = sentence.amounts[index].tokens.start;
        let part = sentence.part_tokens(sentence.part(start));
        let from = part.start.max(start.saturating_sub(REACH));
        (from..start)
            .rev()
            .find_map(|at| {
                let key = sentence.key(at);
                if is_of(hedge, key) || title.iter().any(|word| word == key) {
                    return None;
                }
                // `schools without a caretaker`, `21 have no caretaker`
                let mut written = self.numbered.title.split_whitespace().map(lower);
                let is_told = written.any(|word| language.is_negation(&word));
                let is_negation = language.is_negation(key)
                    && !is_told
                    && !language.is_only(sentence.key(at + 1))
                    && !language.tables.sense.paired.contains(key)
                    && !is_with_another(sentence, at, index);
                let is_guess = language.tables.sense.guesses.contains(key);
                (is_negation || is_guess).then(|| sentence.word(at).to_owned())
            })
            .or_else(|| self.led(&part))
    }

    /// What takes back the clause of a number: `denied that`, `nobody knows whether`.
    fn led(&self, part: &Range<usize>) -> Option<String> {
        let sentence = self.sentence;
        let tables = &self.context.language.tables;
        let opening_of =
            |part: &Range<usize>| part.clone().find(|at| sentence.tokens[*at].is_word());
        let mut start = opening_of(part)?;
        // `whether 300 or 400`: what joins two numbers leads back to the words before the first.
        while start > 0 && tables.clauses.coordinators.contains(sentence.key(start)) {
            let before = sentence.part_tokens(sentence.part(start - 1));
            let has_amount = sentence
                .amounts
                .iter()
                .any(|one| before.contains(&one.tokens.start));
            match opening_of(&before).filter(|_| has_amount) {
                Some(opening) if opening < start => start = opening,
                _ => break,
            }
        }
        let opening = sentence.key(start);
        if tables.sense.questions.contains(opening) {
            return Some(sentence.text(&(start..start + 1)).to_owned());
        }
        if !tables.clauses.complements.contains(opening) {
            return None;
        }
        let denial = (start.saturating_sub(REACH)..start)
            .rev()
            .take_while(|at| sentence.tokens[*at].is_word() || at + 1 == start)
            .find(|at| tables.saying.denying.contains(sentence.key(*at)));
        if let Some(at) = denial {
            return Some(sentence.word(at).to_owned());
        }
        let led = Led {
            language: self.context.language,
            tokens: &sentence.tokens,
            floor: 0,
            start,
        };
        match led.lead()? {
            Lead::Negation(word) | Lead::Doubt(word) => Some(word),
            Lead::Belief(_) => None,
        }
    }

    /// The words that make a number a level: `to 40`.
    fn level(&self, index: usize) -> Option<String> {
        let start = self.sentence.amounts[index].tokens.start;
        let to = &self.context.language.tables.figures.series_to;
        let mut near = (start.saturating_sub(3)..start).rev();
        let at = near.find(|at| to.contains(self.sentence.key(*at)))?;
        Some(self.sentence.text(&(at..start + 1)).to_owned())
    }

    /// The words that make a number a change: `fell by`, `rose`. Only hedges and small words may come between.
    fn change(&self, index: usize, hedge: Option<&Hedge>) -> Option<String> {
        let sentence = self.sentence;
        let tables = &self.context.language.tables;
        let sense = &tables.sense;
        let start = sentence.amounts[index].tokens.start;
        let is_small = |at: usize| {
            let key = sentence.key(at);
            is_of(hedge, key)
                || tables.figures.change_by.contains(key)
                || tables.numbers.articles.contains(key)
                || (tables.numbers.of.contains(key) && !tables.figures.series_from.contains(key))
                || tables.nouns.definite.contains(key)
                || !(sentence.tokens[at].is_word() || sentence.tokens[at].is_sign(","))
        };
        let mut near = (start.saturating_sub(6)..start)
            .rev()
            .skip_while(|at| is_small(*at));
        let verb = near.next()?;
        let key = sentence.key(verb);
        let is_change = sense.rises.contains(key) || sense.falls.contains(key);
        is_change.then(|| sentence.text(&(verb..start)).to_owned())
    }

    /// `85 euros more than in January`: what is compared isn't the level.
    fn comparison_behind(&self, index: usize) -> Option<String> {
        /// A unit has at most so many words.
        const REACH: usize = 5;
        let sentence = self.sentence;
        let tables = &self.context.language.tables;
        let end = sentence.amounts[index].tokens.end;
        let near = end..sentence.tokens.len().min(end + REACH);
        let mut near = near.take_while(|at| sentence.tokens[*at].is_word());
        let at = near.find(|at| {
            tables.sense.compared.contains(sentence.key(*at))
                && tables.figures.than.contains(sentence.key(at + 1))
        })?;
        Some(sentence.text(&(at..at + 2)).to_owned())
    }

    fn unit(&self, index: usize) -> Finding {
        let unit = &self.unit;
        let written = &self.numbered.quantity.unit;
        let number = &self.sentence.amounts[index];
        let noun = self.sentence.noun_of(index);
        let others = self.sentence.nouns_of_others(index);
        let tokens = self.sentence.without_date_behind(index);
        let tokens = &*tokens;
        // `Jens Toft, 58, said`
        if self.sentence.is_age(index) && unit.is_counted() {
            return Finding::Doubt("the source has this number as somebody's age".to_owned());
        }
        let said = unit.said_of(tokens, &number.tokens, number.form, noun.as_ref(), &others);
        let is_whole = self.own.contains(&number.tokens.start);
        match said {
            UnitVerdict::Agrees => Finding::Agrees,
            UnitVerdict::Other { printed } => {
                Finding::Contradicted(FigureFault::OtherUnit { printed }.to_string())
            }
            UnitVerdict::NotSaid { .. } if !self.same_language && unit.is_counted() => {
                Finding::NotCompared(WhyNot::Language)
            }
            UnitVerdict::NotSaid {
                printed: Some(printed),
            } if is_whole => Finding::Doubt(format!(
                "`{written}` isn't among the words around this number in the source, which counts `{printed}`"
            )),
            UnitVerdict::NotSaid { .. } => Finding::Doubt(format!(
                "`{written}` isn't among the words around this number in the source"
            )),
        }
    }
}

/// Whether another number comes between a word and a number.
fn is_with_another(sentence: &Sentence<'_>, at: usize, index: usize) -> bool {
    let start = sentence.amounts[index].tokens.start;
    let mut others = sentence.amounts.iter();
    others.any(|other| at < other.tokens.start && other.tokens.end <= start)
}

/// Whether a word is part of a hedge.
fn is_of(hedge: Option<&Hedge>, key: &str) -> bool {
    hedge.is_some_and(|hedge| hedge.words.split_whitespace().any(|word| word == key))
}
