//! Finds the name that ends at a place, with the role and the organization linked to it.

use std::ops::Range;

use super::line::Reader;
use super::names::{Run, is_body};
use super::phrases::{Phrase, Who};

impl Reader<'_> {
    /// A phrase that ends with a capitalized run.
    pub(super) fn name_ending(
        &self,
        items: &Range<usize>,
        name: &Range<usize>,
        personal: bool,
    ) -> Option<Phrase> {
        let end = items.end;
        // `the Prime Minister said`.
        if name.is_empty() {
            let start =
                items.start - usize::from(items.start > 0 && self.is_determiner(items.start - 1));
            return Some(Phrase {
                who: Who::Described(self.tokens(&(start..end))?),
                start,
                end,
            });
        }
        let body = if personal {
            None
        } else {
            self.body_ending(items)
        };
        let before = body
            .as_ref()
            .map_or(items.start, |body| body.start)
            .checked_sub(1);
        let tie = before.filter(|item| self.language.tables.nouns.ties.contains(self.key(*item)));
        let the = before.filter(|item| {
            self.is_determiner(*item)
                && self
                    .language
                    .tables
                    .nouns
                    .ties
                    .contains(self.key(item.wrapping_sub(1)))
        });
        let tie = tie.or_else(|| the.and_then(|item| item.checked_sub(1)));
        if let Some(phrase) = tie.and_then(|tie| self.name_before_tie(tie, items, name)) {
            return Some(phrase);
        }
        let n_title = items.len() - name.len();
        let role_end = items.start + n_title;
        let role = self.role_ending(role_end);
        let known = self
            .roster
            .person_named(self.article, name, name.start)
            .is_some();
        if role.is_none() && !personal && !known {
            return body;
        }
        let start = role
            .as_ref()
            .map_or(items.start, |role| role.start.min(items.start));
        Some(Phrase {
            who: Who::Named {
                name: name.clone(),
                role: role.and_then(|role| self.tokens(&role)),
            },
            start,
            end,
        })
    }

    /// `Matthew Ingram of The Globe and Mail`, `Minister of Education Stefania Giannini`.
    fn name_before_tie(
        &self,
        tie: usize,
        items: &Range<usize>,
        name: &Range<usize>,
    ) -> Option<Phrase> {
        if let Some((before, run)) = tie.checked_sub(1).and_then(|item| self.run_items(item))
            && run.personal
            && before.end == tie
            && !run.possessive
        {
            let mut phrase = self.name_ending(&before, &run.name, true)?;
            phrase.end = items.end;
            return Some(phrase);
        }
        if tie == 0 || !self.is_role(tie - 1) {
            return None;
        }
        if items.len() == name.len() {
            // A name and its department aren't separated: `the mayor of Dayton`.
            return self.described_by_role(tie, items);
        }
        let role_start = self.role_ending(tie).map_or(tie - 1, |role| role.start);
        let first = self.index(role_start)?;
        let mut role_end = name.start;
        while role_end > first && self.is_honorific(role_end - 1) {
            role_end -= 1;
        }
        Some(Phrase {
            who: Who::Named {
                name: name.clone(),
                role: (first < role_end).then_some(first..role_end),
            },
            start: role_start,
            end: items.end,
        })
    }

    /// `the mayor of Dayton`: a role without a name.
    fn described_by_role(&self, tie: usize, items: &Range<usize>) -> Option<Phrase> {
        let role = self.role_ending(tie)?;
        let start = role.start - usize::from(role.start > 0 && self.is_determiner(role.start - 1));
        Some(Phrase {
            who: Who::Described(self.tokens(&(start..items.end))?),
            start,
            end: items.end,
        })
    }

    /// An organization's name with the parts that `of` and `and` link to it: `the Department of Homeland Security`.
    fn body_ending(&self, items: &Range<usize>) -> Option<Phrase> {
        let mut start = items.start;
        loop {
            let mut tie = start.checked_sub(1);
            if let Some(item) = tie.filter(|item| self.is_determiner(*item)) {
                let over = item
                    .checked_sub(1)
                    .filter(|item| self.is_preposition(*item));
                match over {
                    Some(over) => tie = Some(over),
                    None => break,
                }
            }
            let Some(tie) = tie else { break };
            let joins = matches!(
                self.key(tie),
                "of" | "and" | "for" | "on" | "de" | "del" | "y" | "&"
            );
            let before = tie.checked_sub(1).and_then(|item| self.run_items(item));
            match before {
                Some((before, run))
                    if joins
                        && before.end == tie
                        && !run.possessive
                        && self.is_body_part(&before, run) =>
                {
                    start = before.start;
                }
                _ => break,
            }
        }
        let end = items.end;
        if start > 0
            && self.is_determiner(start - 1)
            && self.token(start - 1).is_some_and(|token| token.capital)
        {
            start -= 1;
        }
        Some(Phrase {
            who: Who::Named {
                name: self.tokens(&(start..end))?,
                role: None,
            },
            start,
            end,
        })
    }

    /// Whether a run before `of` or `and` belongs to an organization's name: `Department`, or `Globe` after a
    /// capitalized `The`.
    fn is_body_part(&self, items: &Range<usize>, run: &Run) -> bool {
        let capital_the = items.start.checked_sub(1).is_some_and(|item| {
            item > 0
                && self.is_determiner(item)
                && self.token(item).is_some_and(|token| token.capital)
        });
        capital_the || is_body(self.article, self.language, &run.tokens)
    }
}
