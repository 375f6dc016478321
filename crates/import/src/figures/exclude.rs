//! Recognizes numbers that aren't figures.

use super::super::language::Language;
use super::super::numbers::Form;
use super::super::text::{Article, Role};
use super::Parts;

/// If the number isn't a figure, the token after what it is instead.
pub(super) fn reason_past(
    article: &Article,
    language: &Language,
    parts: &Parts,
    limit: usize,
    end: usize,
) -> Option<usize> {
    let after = parts.number.end;
    let context = Context {
        article,
        language,
        parts,
        end,
    };
    if let Some(past) = context.clock_past() {
        return Some(past);
    }
    if let Some(past) = context.score_past() {
        return Some(past);
    }
    let none = context.is_list_number()
        || context.is_glued()
        || context.is_ordinal()
        || context.is_part_of_a_word()
        || context.is_in_a_name()
        || context.is_decade()
        || context.is_age();
    // A number that reaches into a date, such as the first in `5 or 6 January`, belongs to the date.
    (none || after > limit).then_some(after)
}

struct Context<'a> {
    article: &'a Article,
    language: &'a Language,
    parts: &'a Parts,
    end: usize,
}

impl Context<'_> {
    fn key(&self, index: usize) -> &str {
        if index < self.end {
            self.article
                .tokens
                .get(index)
                .map_or("", |token| token.key.as_str())
        } else {
            ""
        }
    }

    fn glued(&self, index: usize) -> bool {
        index < self.end
            && self
                .article
                .tokens
                .get(index)
                .is_some_and(|token| token.glued)
    }

    fn dash(&self, index: usize) -> bool {
        index < self.end
            && self
                .article
                .tokens
                .get(index)
                .is_some_and(super::super::tokens::Token::is_dash)
    }

    fn before(&self) -> Option<usize> {
        let paragraph = self
            .article
            .paragraph_at(self.article.tokens[self.parts.start].start);
        let first = self.article.paragraphs[paragraph].tokens.start;
        self.parts
            .start
            .checked_sub(1)
            .filter(|before| *before >= first)
    }

    fn before_key(&self) -> &str {
        self.before()
            .map_or("", |before| self.article.tokens[before].key.as_str())
    }

    /// `15:11 GMT`, `5 p.m.`, `6:30`.
    fn clock_past(&self) -> Option<usize> {
        let mut at = self.parts.number.end;
        let mut clock = false;
        while self.key(at) == ":"
            && self.glued(at)
            && self.key(at + 1).starts_with(|c: char| c.is_ascii_digit())
        {
            at += 2;
            clock = true;
        }
        let words = &self.language.tables.date_words.clock;
        if words.contains(self.key(at)) && self.parts.number.form == Form::Digits {
            // `5 p.m. EST`.
            at += 1;
            if words.contains(self.key(at)) {
                at += 1;
            }
            return Some(at);
        }
        let hour = self
            .parts
            .number
            .whole()
            .is_some_and(|n| (1..=12).contains(&n));
        let led = self
            .language
            .tables
            .date_words
            .clock_lead
            .contains(self.before_key());
        let ends = matches!(self.key(at), "," | "." | ";" | "");
        let alone =
            !self.parts.hedged && self.parts.currency.is_none() && !self.parts.number.is_scaled;
        (clock || hour && led && ends && alone).then_some(at)
    }

    /// `1 – 0`, `2-1`, `24/7`, `555-0100`: numbers set against each other. A range of quantities is a figure.
    fn score_past(&self) -> Option<usize> {
        let tokens = &self.article.tokens;
        let mut at = self.parts.number.end;
        let mut groups = 1;
        let slash = |index: usize| self.key(index) == "/" && self.glued(index);
        while (self.dash(at) || slash(at))
            && at + 1 < self.end
            && tokens.get(at + 1).is_some_and(|next| next.is_number())
        {
            at += 2;
            groups += 1;
        }
        if groups == 1 || self.parts.number.form != Form::Digits || self.parts.currency.is_some() {
            return None;
        }
        let bare = |key: &str| key.len() <= 4 && key.bytes().all(|byte| byte.is_ascii_digit());
        let scored = bare(&tokens[self.parts.number_at].key) && bare(&tokens[at - 1].key);
        let spaced = !self.glued(self.parts.number.end);
        let unit = &self.language.tables.figures;
        let counts = self.key(at) == "%"
            || unit.percent.iter().any(|word| word == self.key(at))
            || self
                .language
                .tables
                .numbers
                .scales
                .contains_key(self.key(at));
        let noun = at < self.end
            && !spaced
            && groups == 2
            && tokens[at].is_word()
            && !tokens[at].capital
            && (tokens[at].key.ends_with('s') || unit.population.contains(&tokens[at].key))
            && !self
                .language
                .tables
                .nouns
                .prepositions
                .contains(&tokens[at].key);
        (scored && !counts && !noun).then_some(at)
    }

    fn is_list_number(&self) -> bool {
        let first = self.before().is_none();
        let bracketed = self.before_key() == "(" && self.key(self.parts.number.end) == ")";
        let digits = self.parts.number.form == Form::Digits
            && self.parts.number.whole().is_some_and(|n| n < 100);
        let mark = matches!(self.key(self.parts.number.end), "." | ")");
        let follows = self.parts.number.end + 1 < self.end;
        digits
            && (first && mark && follows
                || bracketed && self.article.tokens[self.parts.number_at].key.len() < 2)
    }

    /// Part of an address, a hashtag, a code: `#5`, `F-16`, `COVID-19`, `A4`.
    fn is_glued(&self) -> bool {
        let at = self.parts.start;
        if !self.glued(at) {
            return false;
        }
        let Some(before) = self.before() else {
            return false;
        };
        let token = &self.article.tokens[before];
        if matches!(
            token.key.as_str(),
            "#" | "@" | "/" | "." | "_" | "=" | "&" | ":"
        ) || token.is_word()
        {
            return true;
        }
        // `top-10`, `MS-13`; after a space, a hyphen is a dash or a minus.
        token.is_dash() && token.glued && before > 0 && self.article.tokens[before - 1].is_word()
    }

    /// `4chan`, `3D`, `Internet: 1,`: digits that are part of a word, or that count nothing after a colon.
    fn is_part_of_a_word(&self) -> bool {
        let after = self.parts.number.end;
        let digits = self.parts.number.form == Form::Digits && !self.parts.number.is_scaled;
        let word = self.glued(after) && self.article.tokens[after].is_word();
        let unit = self
            .language
            .tables
            .figures
            .measures
            .contains_key(self.key(after));
        let tally = self.before_key() == ":"
            && self.article.tokens[self.parts.number_at].key.len() <= 2
            && matches!(self.key(after), "," | "." | ";" | "");
        digits && (word && !unit || tally && self.parts.currency.is_none())
    }

    /// `33rd`, `twenty-first`.
    fn is_ordinal(&self) -> bool {
        let after = self.parts.number.end;
        let numbers = &self.language.tables.numbers;
        let suffix = self.glued(after)
            && numbers.ordinal_suffixes.contains(self.key(after))
            && self.parts.number.form == Form::Digits;
        let dashed = self.dash(after)
            && self.glued(after)
            && self.glued(after + 1)
            && numbers.ordinals.contains_key(self.key(after + 1));
        suffix || dashed
    }

    /// `the 1990s`, `in his 30s`.
    fn is_decade(&self) -> bool {
        let after = self.parts.number.end;
        self.glued(after) && matches!(self.key(after), "s")
            || self.glued(after)
                && matches!(self.key(after), "'" | "’")
                && self.glued(after + 1)
                && self.key(after + 1) == "s"
            || matches!(self.before_key(), "'" | "’" | "‘")
                && self.glued(self.parts.number_at)
                && self.parts.number.whole().is_some_and(|n| n < 100)
    }

    /// `Article 5`, `Boeing 737`, `Expo 2016`.
    fn is_in_a_name(&self) -> bool {
        if self.parts.hedged || self.parts.currency.is_some() || self.parts.number.is_scaled {
            return false;
        }
        let Some(before) = self.before() else {
            return false;
        };
        let mut owner = before;
        if self.article.tokens[owner].is(".") && owner > 0 {
            owner -= 1;
        }
        let token = &self.article.tokens[owner];
        if !token.is_word() || token.possessive {
            return false;
        }
        let digits = self.parts.number.form == Form::Digits;
        let small = self.parts.number.whole().is_some_and(|n| n < 10_000);
        let counted = self.is_followed_by_noun();
        if self.language.tables.figures.numbered.contains(&token.key) && small && !counted {
            return true;
        }
        let opens = self.article.sentences[self.article.sentence_at(owner)]
            .tokens
            .start
            == owner;
        let function = self
            .language
            .tables
            .nouns
            .function_words
            .contains(&token.key);
        let plain = self.article.tokens[self.parts.number_at]
            .key
            .bytes()
            .all(|byte| byte.is_ascii_digit());
        digits && plain && owner == before && token.capital && !opens && !function && !counted
    }

    /// Whether the next word can be what the number counts.
    fn is_followed_by_noun(&self) -> bool {
        let after = self.parts.number.end;
        let nouns = &self.language.tables.nouns;
        let Some(next) = self.article.tokens.get(after).filter(|_| after < self.end) else {
            return false;
        };
        next.is("%")
            || next.is_word()
                && !next.capital
                && !next.glued
                && !nouns.prepositions.contains(&next.key)
                && !nouns.conjunctions.contains(&next.key)
                && !nouns.verbs.contains(&next.key)
                && !self.language.tables.date_words.past.contains(&next.key)
                && !self.ends_in_past(&next.key)
                && (!self.language.tables.speech.verbs.contains(&next.key)
                    || super::is_plural_noun(self.language, next))
    }

    fn ends_in_past(&self, key: &str) -> bool {
        let mut suffixes = self.language.tables.date_words.past_suffixes.iter();
        key.len() > 4 && suffixes.any(|suffix| key.ends_with(suffix.as_str()))
    }

    /// `aged 42`, `, 19,`, `14-year-old`, `42 years old`.
    fn is_age(&self) -> bool {
        let figures = &self.language.tables.figures;
        let age_words = &figures.age;
        let after = self.parts.number.end;
        let tied = self.before().is_some_and(|before| {
            let key = &self.article.tokens[before].key;
            age_words.contains(key)
                || self.language.tables.nouns.prepositions.contains(key)
                    && before > 0
                    && age_words.contains(&self.article.tokens[before - 1].key)
        });
        if tied {
            return true;
        }
        // The unit of time and `old`, with hyphens or without.
        let mut at = after;
        let mut units = 0;
        while at < after + 5 {
            if figures.age_after.contains(self.key(at)) {
                return units > 0;
            }
            if self.language.units.contains_key(self.key(at)) {
                units += 1;
            } else if !(self.dash(at) && self.glued(at))
                && self.key(at) != "of"
                && self.key(at) != "de"
            {
                break;
            }
            at += 1;
        }
        self.is_age_in_apposition() || self.is_age_limit()
    }

    /// `Riders under 18 travel free`: people come before it, and nothing is measured after it.
    fn is_age_limit(&self) -> bool {
        let number = &self.parts.number;
        let is_age = number.whole().is_some_and(|age| (1..=100).contains(&age));
        let tables = &self.language.tables;
        let bare =
            number.form == Form::Digits && !number.is_scaled && self.parts.currency.is_none();
        let Some(people) = self
            .before()
            .filter(|_| is_age && bare && self.parts.hedged)
        else {
            return false;
        };
        let token = &self.article.tokens[people];
        let are_people = tables.figures.population.contains(&token.key)
            || tables.figures.ages_of.contains(&token.key);
        let measured = tables.figures.measures.contains_key(self.key(number.end));
        are_people && !measured
    }

    /// `Daniel Montalvo, 19, a member`.
    fn is_age_in_apposition(&self) -> bool {
        let number = &self.parts.number;
        let young = number.whole().is_some_and(|age| (1..=115).contains(&age))
            && number.form == Form::Digits
            && !number.is_scaled;
        let Some(comma) = self
            .before()
            .filter(|_| young && !self.parts.hedged && self.parts.currency.is_none())
        else {
            return false;
        };
        if !self.article.tokens[comma].is(",") || comma == 0 {
            return false;
        }
        let named = &self.article.tokens[comma - 1];
        let after = self.key(number.end);
        named.is_word()
            && named.capital
            && matches!(after, "," | "." | ";" | ")" | "and" | "y" | "")
    }
}

/// Whether a number with all its parts still counts nothing: `one poster`, `the first half`, `two hours later`.
pub(super) fn counts_nothing(
    article: &Article,
    language: &Language,
    parts: &Parts,
    unit: &str,
    end: usize,
) -> bool {
    let tables = &language.tables;
    let tokens = &article.tokens;
    let key = |index: usize| tokens.get(index).map_or("", |token| token.key.as_str());
    let first = &tokens[parts.number_at];
    let alone = parts.number.end == parts.number_at + 1;
    let is_time = tokens[parts.number.end..end]
        .iter()
        .any(|token| language.units.contains_key(&token.key));
    if alone && tables.numbers.not_alone.contains(&first.key) && !parts.hedged {
        let measured = !unit.is_empty() && !is_time;
        if !measured {
            return true;
        }
    }
    if parts.number.form == Form::Fraction {
        let before = parts.start.checked_sub(1).map_or("", key);
        // `a mile and a half` is more than half of anything.
        let is_added = tables.clauses.coordinators.contains(before)
            && tables.numbers.articles.contains(&first.key);
        let ordinal = tables.numbers.ordinals.contains_key(before) || is_added;
        let counts = tables.numbers.of.contains(key(end))
            || tables.numbers.articles.contains(key(end))
            || !unit.is_empty()
            || parts.hedged;
        let hyphen = parts.number.end > parts.number_at + 2;
        let joined = tokens
            .get(end)
            .is_some_and(|next| next.is_dash() && next.glued);
        return ordinal || joined || !(counts || hyphen);
    }
    // Counted from another point in time: `five hours earlier`, `ten days before the feast`.
    let pair = key(end);
    let relation = is_time && (tables.date_words.counted.contains(pair));
    relation || article.paragraphs[article.paragraph_at(first.start)].role == Role::Furniture
}
