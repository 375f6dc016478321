//! Makes sure that every drafted string is in the source.
//!
//! The rules take stretches of the source, so this should always hold; a record for which it doesn't is left out. What
//! `verify` looks for is looked for in the same way, so that no draft starts out with a fault.

use nutgraf_evidence::Dated;
use nutgraf_evidence::compare::{self, Context, Finding, Numbered};
use nutgraf_evidence::{
    Quote, QuoteVerdict, SourceText, match_passage, match_printed, match_quote,
};
use rayon::prelude::*;

use crate::model::{Day, Number, PartialDate, Qualifier, Quantity, RecordKind};

use super::super::language::Language;
use super::record::{Record, Value, text_of};

/// Leaves out records that say something which isn't in the text. Sources are exempt, since they are described by
/// whoever imports them.
///
/// A value is also dropped if its own words, read by the rules of `verify`, say something else.
pub(super) fn keep_found(
    records: &mut Vec<Record>,
    text: &str,
    language: &Language,
    published: Option<Day>,
) {
    let source = SourceText::in_language(text, language.words());
    let found: Vec<bool> = records
        .par_iter()
        .map(|record| {
            // Its words are mostly in its passage, so that the whole text needs no search.
            let near = record.passage().unwrap_or_default();
            let fields = record.fields.iter();
            let is_found =
                |(name, value): &(&str, Value)| is_found(name, value, near, text, &source);
            record.kind == RecordKind::Source
                || (fields.clone().all(is_found) && agrees(record, near, language, published))
        })
        .collect();
    let mut found = found.into_iter();
    records.retain(|_| found.next().unwrap_or_default());
}

fn is_found(name: &str, value: &Value, near: &str, text: &str, source: &SourceText) -> bool {
    let of_fields = |fields: &[(&'static str, Value)]| {
        fields
            .iter()
            .all(|(name, value)| is_found(name, value, near, text, source))
    };
    match (name, value) {
        ("as_printed", Value::Words(words)) => holds(&match_printed(source, &Quote::new(words))),
        ("passage", Value::Words(words)) => holds(&match_passage(source, &Quote::new(words))),
        ("quote", Value::Words(words)) => holds(&match_quote(source, &Quote::new(words), None)),
        ("title", Value::Words(words)) => {
            near.contains(words.as_str()) || text.contains(words.as_str()) || has_words(text, words)
        }
        ("text" | "name" | "role" | "population", Value::Words(words)) => words
            .split('\n')
            .all(|line| near.contains(line) || text.contains(line)),
        (_, Value::Map(fields)) => of_fields(fields),
        (_, Value::Rows(rows)) => rows.iter().all(|fields| of_fields(fields)),
        _ => true,
    }
}

/// Whether every word is in the text: a title drops words of its sentence and starts with a capital.
fn has_words(text: &str, words: &str) -> bool {
    let mut words = words.split_whitespace();
    let first = words.next().unwrap_or_default().to_lowercase();
    let has = |word: &str| text.contains(word.trim_matches(|c: char| !c.is_alphanumeric()));
    (text.to_lowercase().contains(&first)) && words.all(has)
}

/// Whether the record's numbers and dates are what its words say, in the sentence that they come from.
fn agrees(record: &Record, passage: &str, language: &Language, published: Option<Day>) -> bool {
    let fields = record.fields.as_slice();
    let claim = Claim {
        record: fields,
        passage,
        language,
        published,
    };
    let rows = fields.iter().flat_map(|(_, value)| match value {
        Value::Rows(rows) => rows.as_slice(),
        _ => &[],
    });
    let mut all = std::iter::once(fields).chain(rows.map(Vec::as_slice));
    all.all(|fields| claim.holds(fields))
}

/// What is drafted with a number or a date.
struct Claim<'r> {
    record: &'r [(&'static str, Value)],
    passage: &'r str,
    language: &'r Language,
    published: Option<Day>,
}

impl Claim<'_> {
    /// Whether nothing that these fields say is said otherwise by their words, or doubtful, as `verify` compares the two.
    fn holds(&self, fields: &[(&'static str, Value)]) -> bool {
        let Some(words) = text_of(fields, "as_printed") else {
            return true;
        };
        let context = self.context(words);
        let date: Option<PartialDate> = text_of(fields, "date").and_then(|date| date.parse().ok());
        let dated = date.as_ref().map(|date| Dated {
            date,
            is_inferred: text_of(self.record, "inferred").is_some(),
            is_expected: fields.contains(&("expected", Value::Yes)),
        });
        let is_refused =
            |finding: &Finding| matches!(finding, Finding::Contradicted(_) | Finding::Doubt(_));
        let Some(value) = text_of(fields, "value") else {
            return dated.is_none_or(|dated| !is_refused(&dated.printed(&context)));
        };
        let number = |text: &str| text.parse::<Number>().ok();
        let Some(low) = number(value) else {
            return false;
        };
        let qualifier = text_of(fields, "qualifier");
        let unit = text_of(fields, "unit").or(text_of(self.record, "unit"));
        let quantity = |number, to| Quantity {
            number,
            to,
            unit: unit.unwrap_or_default().to_owned(),
            qualifier: Qualifier::ALL
                .into_iter()
                .find(|known| Some(known.name()) == qualifier),
        };
        let to = text_of(fields, "to").and_then(number);
        let holds = |quantity: &Quantity, is_high_end| {
            let numbered = Numbered {
                date: dated,
                title: text_of(self.record, "title").unwrap_or_default(),
                is_high_end,
                ..Numbered::new(quantity)
            };
            let found = compare::number(&[context], &numbered, true);
            let findings = [&found.value, &found.qualifier, &found.unit, &found.date];
            !findings.into_iter().any(is_refused)
        };
        holds(&quantity(low, to), false) && to.is_none_or(|to| holds(&quantity(to, None), true))
    }

    /// Words as printed in the passage that they come from.
    fn context<'c>(&'c self, words: &'c str) -> Context<'c> {
        let at = self.passage.find(words);
        Context {
            words,
            sentence: if at.is_some() { self.passage } else { words },
            is_printed: true,
            at: at.unwrap_or_default(),
            language: self.language.words(),
            published: self.published,
        }
    }
}

fn holds(verdict: &QuoteVerdict) -> bool {
    matches!(verdict, QuoteVerdict::Verified(_))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_in_the_text_is_left_out() {
        let record = |name: &'static str, words: &str| {
            let mut record = Record::new(RecordKind::Event, words.to_owned());
            record.set_words(name, Some(words));
            record
        };
        let mut records = vec![
            record("title", "The bridge closed"),
            record("title", "The bridge has closed"),
            record("as_printed", "Monday"),
            // Cut from a longer word.
            record("as_printed", "a 40-year"),
            record("notes", "Anything."),
        ];
        keep_found(
            &mut records,
            "The bridge closed on Monday for a 40-year-contract.",
            Language::english(),
            None,
        );
        let kept: Vec<&str> = records.iter().map(|record| record.id.as_str()).collect();
        assert_eq!(kept, ["The bridge closed", "Monday", "Anything."]);
    }
}
