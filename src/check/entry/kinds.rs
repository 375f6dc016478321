//! Sources, people, terms, questions, events and reactions.

use std::sync::Arc;

use crate::check::entry::Entry;
use crate::check::entry::account::Own;
use crate::check::fields::present;
use crate::check::outline::words;
use crate::diag::Code;
use crate::document::{RawEvent, RawPerson, RawQuestion, RawReaction, RawSource, RawTerm};
use crate::model::{Embed, Event, Person, Question, Reaction, RecordKind, Segment, Source, Term};

impl Entry<'_> {
    pub(in crate::check) fn source(&mut self, raw: &RawSource) -> Option<Embed> {
        let title = present(raw.title.as_ref());
        let because = self.why_no_text(raw);
        let source = Source {
            anchor: self.anchor.clone(),
            publisher: raw.publisher.clone(),
            authors: raw.authors.0.clone(),
            url: self.fields().url("url", raw.url.as_ref()),
            archived: self.fields().url("archived", raw.archived.as_ref()),
            published: self.fields().date("published", raw.published.as_ref()),
            accessed: self.fields().day("accessed", raw.accessed.as_ref()),
            kind: raw.kind.clone(),
            rights: raw.rights.clone(),
            language: raw.language.clone(),
            text: raw.text.clone().filter(|text| !is_none(text)),
            checked_by: raw.checked_by.clone().filter(|_| because.is_some()),
            because,
            title: title?,
        };
        Some(Embed::Source(Arc::new(source)))
    }

    /// Why a source has no text to compare with. A source without a text gives a reason, and one with a reason has no
    /// text: readers are told either that something was compared or why not.
    fn why_no_text(&mut self, raw: &RawSource) -> Option<String> {
        let because = present(raw.because.as_ref());
        if raw.text.as_deref().is_some_and(is_none) {
            if because.is_none() {
                let message = "a source without a text has to say why in `because`";
                self.fields()
                    .fault(Code::MissingField, "text", message, |d| {
                        d.help("tell readers what it is: `because: our own interview`")
                    });
            }
            return because;
        }
        for (name, value) in [("because", &raw.because), ("checked_by", &raw.checked_by)] {
            if value.is_some() {
                let message = format!("`{name}` goes with `text: none`");
                self.fields().fault(Code::BadValue, name, message, |d| {
                    d.help("add `text: none` if there is no text of this source that could be compared, or leave it out")
                });
            }
        }
        None
    }

    pub(in crate::check) fn person(&mut self, raw: &RawPerson) -> Option<Embed> {
        self.review(raw.review);
        let name = present(raw.name.as_ref());
        let person = Person {
            anchor: self.anchor.clone(),
            role: raw.role.clone(),
            organisation: raw.organisation.clone(),
            url: self.fields().url("url", raw.url.as_ref()),
            image: self.image(&raw.image),
            name: name?,
        };
        Some(Embed::Person(Arc::new(person)))
    }

    pub(in crate::check) fn term(&mut self, raw: &RawTerm) -> Option<Embed> {
        self.review(raw.review);
        let term = present(raw.term.as_ref());
        let definition = self.markup("definition", raw.definition.as_ref());
        let sources = self.sources(&raw.source);
        Some(Embed::Term(Arc::new(Term {
            anchor: self.anchor.clone(),
            term: term?,
            definition: definition?,
            sources,
            doubt: raw.doubt.clone(),
        })))
    }

    pub(in crate::check) fn question(&mut self, raw: &RawQuestion) -> Option<Embed> {
        self.review(raw.review);
        let question = present(raw.question.as_ref());
        let answer = self.markup("answer", raw.answer.as_ref());
        let cites = answer.iter().flat_map(|answer| &answer.segments);
        let cites = cites
            .into_iter()
            .any(|part| matches!(part, Segment::Cite(_)));
        // An answer may cite its sources sentence by sentence.
        let sources = if cites {
            self.sources(&raw.source)
        } else {
            self.required_sources(&raw.source, &raw.faulty)
        };
        Some(Embed::Question(Arc::new(Question {
            anchor: self.anchor.clone(),
            question: question?,
            answer: answer?,
            sources,
            doubt: raw.doubt.clone(),
            review: raw.review,
        })))
    }

    pub(in crate::check) fn event(&mut self, raw: &RawEvent) -> Option<Embed> {
        self.review(raw.review);
        let title = present(raw.title.as_ref());
        let date = self.fields().date_and_time("date", raw.date.as_ref());
        let text = self.markup("text", raw.text.as_ref());
        let people = raw.people.0.iter().enumerate();
        let people = people
            .filter_map(|(index, id)| self.person_at(&self.path.key("people").index(index), id))
            .collect();
        let image = self.image(&raw.image);
        let sources = self.required_sources(&raw.source, &raw.faulty);
        let own = Own {
            kind: RecordKind::Event,
            title: title.as_deref(),
            date: date.as_ref(),
            quantity: None,
            quote: None,
            as_printed: raw.as_printed.as_deref(),
            sources: &sources,
        };
        let accounts = self.accounts(&raw.accounts, &own);
        Some(Embed::Event(Arc::new(Event {
            anchor: self.anchor.clone(),
            title: title?,
            date: date?,
            place: present(raw.place.as_ref()),
            text,
            as_printed: raw.as_printed.clone(),
            inferred: raw.inferred.clone(),
            doubt: raw.doubt.clone(),
            expected: raw.expected,
            review: raw.review,
            people,
            tags: words(&raw.tags.0),
            image,
            sources,
            accounts,
        })))
    }

    /// Whether a draft doesn't say yet who spoke. It is left out with a warning, which isn't an error.
    fn is_unattributed(&mut self, raw: &RawReaction) -> bool {
        let speaker = raw.speaker.as_deref().unwrap_or_default().trim();
        let is_open =
            raw.review && self.options.drafts && speaker.is_empty() && !raw.faulty.has("speaker");
        if is_open {
            let message = "nobody is named as the speaker of this draft, so it isn't shown";
            self.fields()
                .fault(Code::MissingSpeaker, "speaker", message, |d| {
                    d.help("fill in `speaker:` with a person's id, or delete the reaction")
                });
        }
        is_open
    }

    /// Who said it; only a draft may leave this out.
    fn speaker(&mut self, raw: &RawReaction) -> Option<String> {
        let speaker = present(raw.speaker.as_ref());
        if speaker.is_none() && !raw.faulty.has("speaker") {
            let message = "`speaker` is missing";
            self.fields().fault(Code::MissingField, "", message, |d| {
                d.help("add `speaker:` with the id of a person")
            });
        }
        speaker
    }

    pub(in crate::check) fn reaction(&mut self, raw: &RawReaction) -> Option<Embed> {
        self.review(raw.review);
        if self.is_unattributed(raw) {
            return None;
        }
        let speaker = self.speaker(raw);
        let speaker = speaker.and_then(|id| self.person_at(&self.path.key("speaker"), &id));
        let quote = raw.quote.as_ref().map(|quote| quote.trim().to_owned());
        let quote = quote.filter(|quote| !quote.is_empty());
        let text = self.markup("text", raw.text.as_ref());
        let has_words = quote.is_some() || raw.text.is_some();
        if !has_words && !raw.faulty.has("quote") && !raw.faulty.has("text") {
            let message = "the reaction has neither `quote` nor `text`";
            self.fields().fault(Code::MissingField, "", message, |d| {
                d.help("add `quote:` with the very words, or `text:` with a paraphrase")
            });
        }
        let date = self.fields().date_and_time("date", raw.date.as_ref());
        let sources = self.required_sources(&raw.source, &raw.faulty);
        let own = Own {
            kind: RecordKind::Reaction,
            title: None,
            date: date.as_ref(),
            quantity: None,
            quote: quote.as_deref(),
            as_printed: raw.as_printed.as_deref(),
            sources: &sources,
        };
        let accounts = self.accounts(&raw.accounts, &own);
        Some(Embed::Reaction(Arc::new(Reaction {
            anchor: self.anchor.clone(),
            speaker: speaker?,
            quote,
            text,
            date,
            as_printed: raw.as_printed.clone(),
            inferred: raw.inferred.clone(),
            doubt: raw.doubt.clone(),
            venue: raw.venue.clone(),
            stance: raw.stance.clone(),
            language: raw.language.clone(),
            translation: raw.translation.clone(),
            review: raw.review,
            sources,
            accounts,
        })))
    }
}

fn is_none(text: &str) -> bool {
    text.trim() == "none"
}
