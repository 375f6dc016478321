//! Days and decades in words: `twenty-first of June`, `años setenta`.

use super::date_reader::DateReader;
use super::date_words::Unit;
use super::normalise::normalised_chars;
use super::number::Form;
use super::printed::number_at;
use super::tokens::{Token, tokenise};

impl DateReader<'_> {
    /// `años setenta`, `années 70`: a decade of the last century by its number alone.
    pub(crate) fn spelled_decade(&self, at: usize) -> Option<(i16, usize)> {
        let is_years =
            self.unit(at) == Some(Unit::Year) && self.language.is_plural_unit(self.key(at));
        let number = number_at(self.language, self.tokens, at + 1).filter(|_| is_years)?;
        let value = i16::try_from(number.value).ok()?;
        let is_decade = (20..=90).contains(&value) && value % 10 == 0;
        is_decade.then(|| (1900 + value, 1 + number.tokens.len()))
    }

    /// A day in words beside its month: `twenty-first of June`, `einundzwanzigsten Juni`, `vingt et un juin`.
    pub(crate) fn spelled_day(&self, at: usize) -> Option<(i8, usize)> {
        let numbers = &self.language.tables.numbers;
        let ordinal = |at: usize| numbers.ordinals.get(self.key(at)).copied();
        let (day, length) = match ordinal(at) {
            Some(day) => (u64::from(day), 1),
            None => {
                let (number, length) = self.number_or_ordinal(at)?;
                let joint = usize::from(self.key(at + length) == "-");
                match ordinal(at + length + joint).map(u64::from) {
                    Some(unit) if unit < 10 && number % 10 == 0 => {
                        (number + unit, length + joint + 1)
                    }
                    _ => (number, length),
                }
            }
        };
        let has_tie = numbers.of.contains(self.key(at + length));
        let is_before = self.month(at + length + usize::from(has_tie)).is_some();
        let is_behind = at.checked_sub(1).is_some_and(|at| self.month(at).is_some());
        let day = i8::try_from(day).ok()?;
        ((1..=31).contains(&day) && (is_before || is_behind)).then_some((day, length))
    }

    fn number_or_ordinal(&self, at: usize) -> Option<(u64, usize)> {
        let read = |tokens: &[Token], at: usize| {
            let number = number_at(self.language, tokens, at)?;
            let value = u64::try_from(number.value).ok()?;
            (number.form == Form::Words).then_some((value, number.tokens.len()))
        };
        let suffixes = ["sten", "ster", "ste", "ten", "ter", "te"].into_iter();
        read(self.tokens, at).or_else(|| {
            let stems = suffixes.filter_map(|suffix| self.key(at).strip_suffix(suffix));
            let mut stems = stems.map(|stem| tokenise(&normalised_chars(stem)).0);
            stems.find_map(|stem| Some((read(&stem, 0)?.0, 1)))
        })
    }
}
