//! Compares a date with the words that were found, or with the date beside its number in the sentence around them.

use crate::date::reading::{Anchor, stretches};
use crate::date::{Basis, DateClaim, DateDoubt, DateFault, DateVerdict, Outlook, date_agrees_in};
use crate::finding::{Context, Finding, NOT_THERE, WhyNot};
use crate::sentence::governed::{Ahead, Governed, title_words};
use crate::sentence::number_dates::Bound;
use crate::sentence::{FoundDate, Sentence};
use nutgraf_language::date_words::read;
use nutgraf_values::{Day, PartialDate};
use std::ops::Range;

/// A date that a record gives.
#[derive(Clone, Copy, Debug)]
pub struct Dated<'r> {
    /// The date.
    pub date: &'r PartialDate,
    /// Whether it was worked out from more than the words.
    pub is_inferred: bool,
    /// Whether it is still to come.
    pub is_expected: bool,
}

impl Dated<'_> {
    fn verdict(&self, words: &str, context: &Context<'_>, basis: Basis) -> DateVerdict {
        let claim = DateClaim {
            as_printed: words,
            date: self.date,
            published: context.published,
            basis,
            outlook: if self.is_expected {
                Outlook::Expected
            } else {
                Outlook::Happened
            },
        };
        date_agrees_in(&claim, context.language)
    }

    /// Compares the date with its words as printed, which have to be those that the sentence around them has for what a
    /// title says.
    pub fn printed_of(&self, context: &Context<'_>, title: &str) -> Finding {
        let found = self.printed(context);
        if found != Finding::Agrees || !context.language.is_known() || title.is_empty() {
            return found;
        }
        let sentence = Sentence::new(context.sentence, context.language);
        let own = sentence.tokens_at(context);
        let is_own = |date: &FoundDate| date.tokens.start < own.end && own.start < date.tokens.end;
        if sentence.dates.iter().any(is_own) {
            self.of_title(&sentence, title, context, is_own)
        } else {
            found
        }
    }

    /// Compares the date with its words as printed.
    pub fn printed(&self, context: &Context<'_>) -> Finding {
        let verdict = |basis| self.verdict(context.words, context, basis);
        match (self.is_inferred, verdict(Basis::AsPrinted)) {
            (_, DateVerdict::Agrees) => Finding::Agrees,
            (true, _) => match verdict(Basis::Inferred) {
                DateVerdict::Contradicts(fault) => Finding::Contradicted(fault.to_string()),
                // The record says itself that the date was worked out.
                DateVerdict::Agrees | DateVerdict::CannotTell(_) => {
                    Finding::NotCompared(WhyNot::WorkedOut)
                }
            },
            (false, DateVerdict::Contradicts(fault)) => self.contradiction(&fault, context),
            (false, DateVerdict::CannotTell(DateDoubt::NotUnderstood))
                if !context.language.is_known() =>
            {
                Finding::NotCompared(WhyNot::Language)
            }
            (false, DateVerdict::CannotTell(doubt)) => Finding::Unclear(doubt.to_string()),
        }
    }

    /// Suggests `expected: true` where only that is missing.
    fn contradiction(&self, fault: &DateFault, context: &Context<'_>) -> Finding {
        let ahead = Dated {
            is_expected: !self.is_expected,
            ..*self
        };
        let other_way = ahead.verdict(context.words, context, Basis::AsPrinted);
        Finding::Contradicted(match (other_way, self.is_expected) {
            (DateVerdict::Agrees, false) => format!(
                "{fault}, unless it was still to come: then the record needs `expected: true`"
            ),
            (DateVerdict::Agrees, true) => format!(
                "{fault}, unless it has happened: then the record can't have `expected: true`"
            ),
            _ => fault.to_string(),
        })
    }

    /// Looks for the date in the sentences around the words, any of which may state it of what a title says. Without a
    /// title it may be the date of anything there.
    ///
    /// # Examples
    ///
    /// ```
    /// use nutgraf_evidence::compare::{Context, Finding};
    /// use nutgraf_evidence::{Language, Dated};
    ///
    /// let sentence = "The bridge, which opened in 1931, was closed on March 4, 2024.";
    /// let context = Context {
    ///     words: sentence,
    ///     sentence,
    ///     is_printed: false,
    ///     at: 0,
    ///     language: Language::named("en").unwrap(),
    ///     published: None,
    /// };
    /// let found = |date: &str, title: &str| {
    ///     let date = date.parse().unwrap();
    ///     let dated = Dated { date: &date, is_inferred: false, is_expected: false };
    ///     dated.around(&[context], title)
    /// };
    /// assert_eq!(found("2024-03-04", "The bridge is closed"), Finding::Agrees);
    /// assert!(matches!(found("1931", "The bridge is closed"), Finding::Doubt(_)));
    /// ```
    pub fn around(&self, contexts: &[Context<'_>], title: &str) -> Finding {
        let mut finding = NOT_THERE;
        for context in contexts {
            match self.somewhere(context, title) {
                Finding::Agrees => return Finding::Agrees,
                Finding::NotCompared(_) => {}
                found => finding = found,
            }
        }
        self.or_worked_out(finding)
    }

    fn or_worked_out(&self, finding: Finding) -> Finding {
        match finding {
            Finding::NotCompared(_) if self.is_inferred => Finding::NotCompared(WhyNot::WorkedOut),
            found => found,
        }
    }

    /// Whether a date of the sentence is this one, and that of the title.
    fn somewhere(&self, context: &Context<'_>, title: &str) -> Finding {
        if !context.language.is_known() {
            return self.by_year(context);
        }
        let sentence = Sentence::new(context.sentence, context.language);
        let agrees = |date: &FoundDate| self.is(&sentence, date, context);
        if let Some(date) = sentence.dates.iter().find(|date| agrees(date)) {
            let found = self.of_title(&sentence, title, context, agrees);
            return match found {
                Finding::Agrees => self.ahead(&sentence, date, context),
                found => found,
            };
        }
        let own = sentence.tokens_at(context);
        let mut dates = sentence.dates.iter();
        let mut dates = dates
            .by_ref()
            .filter(|date| own.contains(&date.tokens.start));
        match (dates.next(), dates.next()) {
            (Some(only), None) if only.has_year && !self.is_inferred => Finding::Doubt(format!(
                "the words around it speak of `{}`",
                sentence.text(&only.tokens)
            )),
            _ => NOT_THERE,
        }
    }

    /// Whether the date that agrees is the one which a sentence with several gives what a title says.
    fn of_title(
        &self,
        sentence: &Sentence<'_>,
        title: &str,
        context: &Context<'_>,
        is_claimed: impl Fn(&FoundDate) -> bool,
    ) -> Finding {
        // `was to open on March 3, will now open on June 20`: what is to come has a date that is.
        let is_past = |date: &FoundDate| {
            self.is_expected
                && !date.has_year
                && Self::is_nearer_behind(sentence.text(&date.tokens), context)
        };
        let mut dates = sentence.dates.iter();
        let are_all = dates.all(|date| is_claimed(date) || is_past(date));
        if are_all || title.is_empty() || self.is_inferred {
            return Finding::Agrees;
        }
        let title = title_words(title, sentence.language);
        match sentence.governed(&title, is_claimed) {
            Governed::This => Finding::Agrees,
            Governed::Another(date, word) => Finding::Doubt(format!(
                "the source has `{}` beside `{word}`",
                sentence.text(&date.tokens)
            )),
            Governed::Any => Finding::Doubt(
                "the source's sentence has several dates, and no word of the title tells which is meant"
                    .to_owned(),
            ),
        }
    }

    /// Whether a date without a year lies ahead in the source, though it doesn't in the record.
    fn ahead(&self, sentence: &Sentence<'_>, date: &FoundDate, context: &Context<'_>) -> Finding {
        if date.has_year || self.is_expected || self.is_inferred || context.published.is_none() {
            return Finding::Agrees;
        }
        let words = sentence.text(&date.tokens);
        let is_ahead = match sentence.is_ahead(date) {
            Ahead::Yes => true,
            Ahead::No => false,
            Ahead::Maybe => self.is_nearer_ahead(words, context),
        };
        if is_ahead {
            Finding::Doubt(format!(
                "the source seems to speak of `{words}` as still to come: then the record needs `expected: true` and a date ahead"
            ))
        } else {
            Finding::Agrees
        }
    }

    /// Whether words mean a day soon to come as well as one that is long past.
    fn is_nearer_ahead(&self, words: &str, context: &Context<'_>) -> bool {
        /// So many days are soon.
        const SOON: i32 = 60;
        let Some((published, printed)) = context.published.zip(read(context.language, words))
        else {
            return false;
        };
        let ahead = stretches(&printed, Anchor::Published(published, Outlook::Expected));
        let days = |from: Day, to: Day| from.until(to).map_or(i32::MAX, |span| span.get_days());
        let is_soon = ahead
            .iter()
            .filter_map(|stretch| stretch.from)
            .any(|day| day > published && days(published, day) <= SOON);
        let last = self.date.latest().or(self.date.earliest());
        is_soon && last.is_some_and(|day| day < published && days(day, published) > SOON)
    }

    /// Whether words mean a day that is nearer when it is taken for a past one.
    fn is_nearer_behind(words: &str, context: &Context<'_>) -> bool {
        let Some((published, printed)) = context.published.zip(read(context.language, words))
        else {
            return false;
        };
        let nearest = |outlook: Outlook| {
            let stretches = stretches(&printed, Anchor::Published(published, outlook));
            let days = stretches.iter().filter_map(|stretch| stretch.from);
            days.filter_map(|day| published.until(day).ok())
                .map(|span| span.get_days().unsigned_abs())
                .min()
        };
        match (nearest(Outlook::Happened), nearest(Outlook::Expected)) {
            (Some(behind), Some(ahead)) => behind < ahead,
            (behind, ahead) => behind.is_some() && ahead.is_none(),
        }
    }

    /// In a language that nutgraf doesn't read, only whole years are recognized.
    fn by_year(&self, context: &Context<'_>) -> Finding {
        let is_year = self.date.written().len() == 4;
        let mut numerals = context.sentence.split(|c: char| !c.is_ascii_digit());
        if is_year && numerals.any(|numeral| numeral == self.date.written()) {
            Finding::Agrees
        } else {
            NOT_THERE
        }
    }

    /// Whether the date that goes with one of the sentence's numbers is this one.
    pub(crate) fn beside(
        &self,
        sentence: &Sentence<'_>,
        index: usize,
        context: &Context<'_>,
    ) -> Finding {
        let other = |date: &FoundDate| {
            format!(
                "the source has `{}` beside this number",
                sentence.text(&date.tokens)
            )
        };
        let is_this = |date: &FoundDate| self.is(sentence, date, context);
        // `in 2022, two weeks ago`: whichever is meant, it isn't another date.
        let names_it = |date: &FoundDate| {
            let mut tokens = date.tokens.clone();
            tokens.any(|at| sentence.key(at) == self.date.written())
        };
        // `the lowest since 1988, when 38 percent voted`
        if let Some(date) = sentence.date_told_by(index) {
            let bare = date.tokens.end - 1..date.tokens.end;
            let words = sentence.text(&bare);
            let agrees = self.verdict(words, context, Basis::AsPrinted) == DateVerdict::Agrees;
            return if agrees {
                Finding::Agrees
            } else {
                self.or_worked_out(Finding::Doubt(other(date)))
            };
        }
        let found = match sentence.date_of(index) {
            Bound::Close(date) | Bound::Likely(date) if is_this(date) => Finding::Agrees,
            // `the most since 2008` is said of another day.
            Bound::Close(date) | Bound::Likely(date) if date.is_since => NOT_THERE,
            Bound::Close(date)
                if date.has_year
                    && !self.is_inferred
                    && !date.is_stretch
                    && !sentence.has_date_beside(date)
                    && !names_it(date) =>
            {
                Finding::Contradicted(other(date))
            }
            Bound::Close(date) | Bound::Likely(date) if date.has_year => {
                Finding::Doubt(other(date))
            }
            Bound::Unsure(date) if is_this(date) => Finding::Doubt(format!(
                "`{}` may be the date of something else in the source's sentence",
                sentence.text(&date.tokens)
            )),
            Bound::Close(_) | Bound::Likely(_) | Bound::Unsure(_) | Bound::Nowhere => NOT_THERE,
        };
        self.or_worked_out(found)
    }

    /// Whether a date in a sentence is this one. `by 2022` counts as 2022.
    fn is(&self, sentence: &Sentence<'_>, date: &FoundDate, context: &Context<'_>) -> bool {
        let agrees = |tokens: &Range<usize>| {
            let words = date.means.as_deref().unwrap_or(sentence.text(tokens));
            self.verdict(words, context, Basis::AsPrinted) == DateVerdict::Agrees
        };
        let bare = date.tokens.start + 1..date.tokens.end;
        let has_bare = !bare.is_empty() && !date.is_stretch && !date.is_since;
        agrees(&date.tokens) || (has_bare && agrees(&bare))
    }
}
