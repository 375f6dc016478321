//! Checks what the words of a record say (numbers, dates, speakers), and what an editor's own sentences say.

use nutgraf_evidence::Dated;
use nutgraf_evidence::compare::{self, Context, Finding, Numbered, WhyNot};
use nutgraf_evidence::own_words::{Fact, Vocabulary, facts_in};
use nutgraf_evidence::{Quote, QuoteVerdict, Warning, doubt_of_title, match_passage};

use nutgraf_language::Language;

use super::audit::Text;
use super::claims::{Claimant, RecordClaim, Within, source_key};
use super::inquiry::{Checked, Found, Record, Search};
use super::outcome::Outcome;
use super::page_claims::folder_of;
use super::report;
use super::says::{Says, Sentence};
use crate::model::{PartialDate, Quantity, Source};

/// The upper end of a range as a number of its own.
pub(super) fn high(quantity: &Quantity) -> Quantity {
    Quantity {
        number: quantity.to.unwrap_or(quantity.number),
        to: None,
        ..quantity.clone()
    }
}

impl Record<'_> {
    /// Checks what words should say, or an editor's sentence.
    pub(super) fn meaning(&self, claim: &RecordClaim<'_>) -> Checked {
        match &claim.says {
            Says::Sentence(sentence) => self.sentence(claim, &sentence.words()),
            Says::Speaker(name) => self.speaker(claim, name),
            Says::Value(quantity) | Says::Qualifier(quantity) | Says::Unit(quantity) => {
                self.number(claim, quantity)
            }
            Says::High(quantity) => self.number(claim, &high(quantity)),
            Says::Date { .. } => match claim.says.dated() {
                Some(dated) => self.date(claim, dated),
                None => self.unknown(claim, true),
            },
            Says::Quotation { .. } | Says::Passage(_) | Says::Printed(_) => {
                self.unknown(claim, true)
            }
        }
    }

    /// The language of the editor's sentences.
    fn site_language(&self) -> &'static Language {
        Language::named(self.evidence().language).unwrap_or(Language::unknown())
    }

    /// The words of the record that may state what a claim says: those as printed, or else the rest. Returns those that
    /// were found, and whether there are any.
    fn basis(&self, claim: &RecordClaim<'_>) -> (Vec<&Found<'_>>, bool) {
        let mut bases: Vec<(usize, Option<&Found<'_>>)> = Vec::new();
        for (other, search) in self.claims.iter().zip(self.searches) {
            let rank = match (&other.says, other.field.within) {
                (Says::Printed(_), within) if within == claim.field.within => 0,
                (Says::Printed(_), Within::Record) => 1,
                (Says::Quotation { .. }, _) => 2,
                (Says::Passage(_), _) => 3,
                _ => continue,
            };
            let found = match search {
                Some(Search::Found(found)) => Some(found),
                _ => None,
            };
            bases.push((rank, found));
        }
        bases.sort_by_key(|(rank, _)| *rank);
        let has_any = !bases.is_empty();
        let found = bases.into_iter().filter_map(|(_, found)| found);
        (found.collect(), has_any)
    }

    pub(super) fn context<'f>(&self, found: &'f Found<'_>, is_printed: bool) -> Context<'f> {
        let stretch = found.stretch();
        let published = found.source.published.as_ref();
        let source = &found.text.source;
        let sentence = source.sentence_around(stretch.clone());
        Context {
            words: found.text.plain.get(stretch.clone()).unwrap_or_default(),
            at: stretch.start.saturating_sub(sentence.start),
            sentence: source.original(sentence),
            is_printed,
            language: found.text.source.language(),
            published: published.and_then(PartialDate::exact_day),
        }
    }

    /// Whether there are words as printed for exactly this field.
    fn is_printed(&self, claim: &RecordClaim<'_>) -> bool {
        let is_own = |other: &&RecordClaim<'_>| {
            matches!(other.says, Says::Printed(_)) && other.field.within == claim.field.within
        };
        self.claims.iter().any(|other| is_own(&other))
    }

    fn number(&self, claim: &RecordClaim<'_>, quantity: &Quantity) -> Checked {
        let (bases, has_any) = self.basis(claim);
        let is_printed = self.is_printed(claim);
        let used = if is_printed { 1 } else { bases.len() };
        let bases = bases.get(..used.min(bases.len())).unwrap_or_default();
        let Some(first) = bases.first() else {
            return self.baseless(claim, has_any, WhyNot::NoWords);
        };
        let contexts = bases.iter().map(|found| self.context(found, is_printed));
        let contexts: Vec<Context<'_>> = contexts.collect();
        let is_same = self.is_in_site_language(first);
        let found = compare::number(&contexts, &self.numbered(claim, quantity), is_same);
        let finding = match claim.says {
            Says::Qualifier(_) => found.qualifier,
            Says::Unit(_) => found.unit,
            _ => found.value,
        };
        self.judged(claim, first, finding, is_printed)
    }

    fn is_in_site_language(&self, found: &Found<'_>) -> bool {
        self.site_language().code() == found.text.source.language().code()
    }

    /// A number of the record, with its date and the record's title.
    fn numbered<'r>(&'r self, claim: &RecordClaim<'_>, quantity: &'r Quantity) -> Numbered<'r> {
        let is_own = |other: &&RecordClaim<'_>| other.field.within == claim.field.within;
        let date = self
            .claims
            .iter()
            .filter(is_own)
            .find_map(|other| other.says.dated());
        Numbered {
            date,
            title: self.title(),
            is_high_end: matches!(claim.says, Says::High(_)),
            ..Numbered::new(quantity)
        }
    }

    /// What the record is called; empty if it has no title.
    fn title(&self) -> &str {
        let title = self.claims.iter().find(|other| other.field.name == "title");
        match title.map(|title| &title.says) {
            Some(Says::Sentence(Sentence::Plain(words))) => words,
            _ => "",
        }
    }

    fn date(&self, claim: &RecordClaim<'_>, dated: Dated<'_>) -> Checked {
        let (bases, has_any) = self.basis(claim);
        let Some(first) = bases.first() else {
            let why = if dated.is_inferred {
                WhyNot::WorkedOut
            } else {
                WhyNot::NoWords
            };
            return self.baseless(claim, has_any, why);
        };
        let quantity = self.quantity(claim);
        // A figure's words as printed are those of its number.
        let is_printed = self.is_printed(claim);
        let contexts = bases.iter().map(|found| self.context(found, is_printed));
        let contexts: Vec<Context<'_>> = contexts.collect();
        let (finding, is_printed) = match (quantity, contexts.first()) {
            (Some(quantity), _) => {
                let is_same = self.is_in_site_language(first);
                let numbered = self.numbered(claim, quantity);
                (compare::number(&contexts, &numbered, is_same).date, false)
            }
            (None, Some(words)) if is_printed => (dated.printed_of(words, self.title()), true),
            (None, _) => (dated.around(&contexts, self.title()), false),
        };
        self.judged(claim, first, finding, is_printed)
    }

    /// The number that a figure's date goes with.
    fn quantity(&self, claim: &RecordClaim<'_>) -> Option<&Quantity> {
        let mut numbers = self.claims.iter().filter_map(|other| match other.says {
            Says::Value(quantity) => Some((other.field.within, quantity)),
            _ => None,
        });
        let own = numbers.find(|(within, _)| *within == claim.field.within);
        own.map(|(_, quantity)| quantity)
    }

    fn speaker(&self, claim: &RecordClaim<'_>, name: &str) -> Checked {
        let (bases, has_any) = self.basis(claim);
        let Some(first) = bases.first() else {
            return self.baseless(claim, has_any, WhyNot::NoWords);
        };
        let has_quote = |found: &&&Found<'_>| {
            let quotes = self.claims.iter().zip(self.searches);
            quotes.into_iter().any(|(other, search)| {
                matches!(other.says, Says::Quotation { .. })
                    && matches!(search, Some(Search::Found(one)) if std::ptr::eq(one, **found))
            })
        };
        if let Some(quote) = bases.iter().find(has_quote) {
            let warnings = quote.found.warnings.iter();
            let warnings: Vec<&Warning> = warnings.filter(|one| one.is_about_speaker()).collect();
            let outcome = if warnings.is_empty() {
                Outcome::Agrees
            } else {
                Outcome::Doubtful
            };
            let faults = warnings
                .iter()
                .filter_map(|one| report::warning(self.document, claim, quote.place(), one));
            return Checked {
                faults: faults.collect(),
                fate: self.pinned(claim, quote.source, quote.text, outcome, None),
            };
        }
        let key = source_key(first.source);
        let surname = self
            .inquiry
            .surnames
            .get(&(key, name))
            .copied()
            .unwrap_or(name);
        let place = first.found.segments.first().map_or(1, |one| one.paragraph);
        let around = first.text.source.paragraph_text(place);
        let finding = if Vocabulary::of(around, first.text.source.language()).has_all(surname) {
            Finding::Agrees
        } else {
            Finding::Doubt(format!(
                "`{name}` isn't named in the paragraph of these words"
            ))
        };
        self.judged(claim, first, finding, false)
    }

    fn sentence(&self, claim: &RecordClaim<'_>, words: &str) -> Checked {
        let sources = claim.sources.iter();
        let at_hand: Vec<(&Source, &Text, &Vocabulary)> = sources
            .filter_map(|source| {
                let key = source_key(source);
                let text = self.evidence().texts.get(&key)?;
                Some((&***source, text, self.inquiry.vocabularies.get(&key)?))
            })
            .collect();
        let Some((source, text, _)) = at_hand.first() else {
            return self.unknown(claim, false);
        };
        let verbatim = at_hand.iter().find(|(_, text, _)| is_verbatim(words, text));
        if let Some((source, text, _)) = verbatim {
            let fate = self.pinned(claim, source, text, Outcome::Agrees, None);
            return Checked {
                fate,
                faults: Vec::new(),
            };
        }
        let facts = facts_in(words, self.site_language());
        let has = |fact: &Fact| {
            at_hand.iter().any(|(_, _, words)| words.has(fact))
                || claim
                    .sources
                    .iter()
                    .any(|source| names(source, fact, self.site_language()))
                || self.is_of_own_date(fact)
        };
        let missing: Vec<&Fact> = facts.iter().filter(|fact| !has(fact)).collect();
        if !missing.is_empty() && at_hand.len() < claim.sources.len() {
            return self.unknown(claim, false);
        }
        let doubt = self.doubt_of_title(claim, words);
        let outcome = match (facts.is_empty(), missing.is_empty()) {
            _ if doubt.is_some() => Outcome::Doubtful,
            (true, _) => Outcome::NotCompared(WhyNot::OwnWords),
            (false, true) => Outcome::NamesAgree,
            (false, false) => Outcome::Doubtful,
        };
        let faults = missing
            .iter()
            .filter_map(|fact| report::missing_fact(self.document, claim, fact));
        let doubt = doubt.and_then(|why| report::doubt(self.document, claim, &why));
        Checked {
            faults: faults.chain(doubt).collect(),
            fate: self.pinned(claim, source, text, outcome, None),
        }
    }

    /// Why a title seems to say something else than the record's own words.
    fn doubt_of_title(&self, claim: &RecordClaim<'_>, words: &str) -> Option<String> {
        if claim.field.name != "title" {
            return None;
        }
        let (bases, _) = self.basis(claim);
        let mut read = bases
            .into_iter()
            .filter(|found| self.is_in_site_language(found));
        read.find_map(|found| doubt_of_title(words, &self.context(found, false)))
    }

    /// Whether a number is part of a date in the record, which is a claim of its own.
    fn is_of_own_date(&self, fact: &Fact) -> bool {
        let is_part = |date: &PartialDate| {
            let mut parts = date.written().split(|c: char| !c.is_ascii_digit());
            parts.any(|part| fact.is_number(part))
        };
        let own = self.claims.iter().filter_map(|claim| claim.says.dated());
        own.map(|dated| dated.date).any(is_part) || self.dates_of_page().into_iter().any(is_part)
    }

    /// The dates of the explainer's events and figures, of which a page's own words may speak.
    fn dates_of_page(&self) -> Vec<&PartialDate> {
        let Some(Claimant::Page(head)) = self.claims.first().map(|claim| claim.by) else {
            return Vec::new();
        };
        let folder = folder_of(head);
        let pages = self.evidence().pages.iter();
        let records = pages
            .filter(|page| folder_of(&page.head) == folder)
            .map(|page| &page.records);
        records
            .flat_map(|records| {
                let events = records.events.iter().map(|event| &event.date);
                let figures = records
                    .figures
                    .iter()
                    .filter_map(|figure| figure.date.as_ref());
                events.chain(figures)
            })
            .collect()
    }
}

/// How many words of a title have to be the source's before they count as found there with another first letter.
const MIN_OWN_WORDS: usize = 2;

/// Whether an editor's sentence is the source's own, complete and unaltered.
fn is_verbatim(words: &str, text: &Text) -> bool {
    // A title begins with a capital, wherever its words are. One of a single word says too little to be a sentence of
    // the source: "Passengers" is in many.
    let mut letters = words.chars();
    let small = letters
        .next()
        .filter(|first| first.is_uppercase() && words.split_whitespace().count() >= MIN_OWN_WORDS)
        .map(|first| first.to_lowercase().chain(letters).collect::<String>());
    has_verbatim(words, text) || small.is_some_and(|words| has_verbatim(&words, text))
}

fn has_verbatim(words: &str, text: &Text) -> bool {
    // Most aren't, which is quick to find out.
    let is_near = words
        .split_whitespace()
        .next()
        .is_some_and(|word| text.plain.contains(word.trim_end_matches(['.', ','])));
    is_near
        && matches!(
            match_passage(&text.source, &Quote::new(words)),
            QuoteVerdict::Verified(found) if found.warnings.is_empty() && found.gaps.is_empty()
        )
}

/// Whether a source's own metadata contains a name or a number.
fn names(source: &Source, fact: &Fact, language: &Language) -> bool {
    let published = source.published.as_ref().map(PartialDate::written);
    let particulars = [
        Some(source.title.as_str()),
        source.publisher.as_deref(),
        published,
    ];
    let particulars = particulars.into_iter().flatten();
    let authors = source.authors.iter().map(String::as_str);
    particulars
        .chain(authors)
        .any(|words| Vocabulary::of(words, language).has(fact))
}
