//! Views of records on one page.

use crate::evidence::{of_event, of_figure, of_question, of_reaction};
use crate::model::{
    Derivation, Event, Figure, FigureValue, Markup, Person, Point, PointKey, Qualifier, Question,
    Reaction, Records, Source, Term,
};
use crate::plan::context::{PageContext, SiteContext};
use crate::plan::embed::{self, Part};
use crate::plan::uses::Uses;
use crate::plan::view::{
    ComparedView, DerivedView, EventView, FigureView, LinkView, PersonView, PointView,
    QuestionView, ReactionView, SourceView, TermView,
};
use crate::plan::{DataFile, accounts, changes, chart, evidence, markup, picture};

/// An event.
pub(super) fn event(context: &mut PageContext<'_>, event: &Event) -> EventView {
    EventView {
        id: event.anchor.id.to_string(),
        href: context.link_to_record(&event.anchor),
        is_home: context.is_home(&event.anchor),
        title: event.title.clone(),
        date: context.site.phrases().date(&event.date),
        place: event.place.clone(),
        text_html: text(context, event.text.as_ref()),
        as_printed: event.as_printed.clone(),
        inferred: event.inferred.clone(),
        is_expected: event.expected,
        needs_review: event.review,
        people: event
            .people
            .iter()
            .map(|person| LinkView {
                title: person.name.clone(),
                href: context.link_to_record(&person.anchor),
                is_current: false,
            })
            .collect(),
        image: picture::view(context, event.image.as_ref()),
        filters: Vec::new(),
        tags: event.tags.clone(),
        sources: context.source_refs(&event.sources),
        changed: changes::of_record(context, &event.anchor),
        evidence: evidence::of_record(context.site, event.review, of_event(event)),
        accounts: accounts::event(context, event),
    }
}

fn text(context: &mut PageContext<'_>, text: Option<&Markup>) -> Option<String> {
    text.map(|text| markup::html(context, text))
}

/// A figure.
pub(super) fn figure(context: &mut PageContext<'_>, figure: &Figure) -> FigureView {
    let phrases = context.site.phrases();
    let value = phrases.quantity(figure.value.headline());
    let points = match &figure.value {
        FigureValue::Series(points) => points
            .iter()
            .map(|point| self::point(context, point))
            .collect(),
        FigureValue::Single(_) | FigureValue::Derived(..) => Vec::new(),
    };
    let derived = match &figure.value {
        FigureValue::Derived(_, derivation) => Some(derived(context, derivation)),
        FigureValue::Single(_) | FigureValue::Series(_) => None,
    };
    let margin = figure.margin.map(|margin| {
        let margin = phrases.number(margin);
        context
            .site
            .words
            .fill("figure_margin", &[("margin", &margin)])
    });
    let compared: Vec<ComparedView> = figure
        .with
        .iter()
        .map(|other| ComparedView {
            label: other.label.clone(),
            href: context.link_to_record(&other.anchor),
            points: other.points.iter().map(|one| point(context, one)).collect(),
        })
        .collect();
    FigureView {
        id: figure.anchor.id.to_string(),
        href: context.link_to_record(&figure.anchor),
        is_home: context.is_home(&figure.anchor),
        title: figure.title.clone(),
        comparison: comparison(context, figure),
        date: figure.date.as_ref().map(|date| phrases.date(date)),
        population: figure.population.clone(),
        sample: figure.sample.map(|sample| phrases.number(sample)),
        margin,
        as_printed: figure.as_printed.clone(),
        inferred: figure.inferred.clone(),
        text_html: text(context, figure.text.as_ref()),
        needs_review: figure.review,
        chart: chart::chart(figure, phrases),
        embed: if context.is_home(&figure.anchor) {
            embed::offer(context, &Part::Figure(figure.anchor.id.as_str().into()))
        } else {
            None
        },
        data_href: data_of(context, figure),
        value,
        has_as_printed: match points[..] {
            [] => figure.as_printed.is_some(),
            _ => {
                let others = compared.iter().flat_map(|other| &other.points);
                let mut all = points.iter().chain(others);
                all.any(|point| point.as_printed.is_some())
            }
        },
        compared,
        points,
        derived,
        sources: context.source_refs(&figure.sources),
        changed: changes::of_record(context, &figure.anchor),
        evidence: evidence::of_record(context.site, figure.review, of_figure(figure)),
        accounts: accounts::figure(context, figure),
    }
}

/// The file with a figure's numbers: that of the page's explainer, if the figure is in it and not further up.
fn data_of(context: &PageContext<'_>, figure: &Figure) -> Option<String> {
    let explainer = context
        .site
        .outline
        .explainer_of(&context.page.head.source)?;
    let below = figure.anchor.folder.strip_prefix(&*explainer)?;
    let is_in_it = below.is_empty() || below.starts_with('/');
    is_in_it.then(|| context.data_link(DataFile::FiguresCsv))?
}

fn point(context: &PageContext<'_>, point: &Point) -> PointView {
    let phrases = context.site.phrases();
    PointView {
        date: point.key.date().map(|date| phrases.date(date)),
        label: point.key.label().map(str::to_owned),
        value: phrases.quantity(&point.quantity),
        as_printed: point.as_printed.clone(),
        annotation: point.annotation.clone(),
    }
}

/// How the last number of a series compares with the first, without a calculated percentage: that would be a figure of
/// its own, labeled as such.
fn comparison(context: &PageContext<'_>, figure: &Figure) -> Option<String> {
    let FigureValue::Series(points) = &figure.value else {
        return None;
    };
    let (first, last) = (points.first()?, points.last()?);
    let since = match &first.key {
        PointKey::Date(date) => date,
        PointKey::Label(label) => return Some(label.clone()),
    };
    if points.len() < 2 {
        return None;
    }
    let key = match last.quantity.number.cmp(&first.quantity.number) {
        std::cmp::Ordering::Greater => "figure_up_from",
        std::cmp::Ordering::Less => "figure_down_from",
        std::cmp::Ordering::Equal => "figure_same_as",
    };
    let phrases = context.site.phrases();
    let value = phrases.quantity(&first.quantity);
    let number = format!("{}{}", value.number, value.sign);
    let parts = [&value.qualifier, &Some(number), &value.qualifier_after];
    let parts: Vec<&str> = parts.into_iter().flatten().map(String::as_str).collect();
    let value = parts.join(" ");
    let date = phrases.date(since).words;
    Some(
        context
            .site
            .words
            .fill(key, &[("value", &value), ("date", &date)]),
    )
}

fn derived(context: &PageContext<'_>, derivation: &Derivation) -> DerivedView {
    let phrases = context.site.phrases();
    let inputs = derivation
        .inputs
        .iter()
        .map(|(anchor, key, quantity)| {
            let value = phrases.quantity(quantity).words;
            let title = match key {
                Some(key) => format!("{value} ({})", phrases.point(key)),
                None => value,
            };
            LinkView {
                title,
                href: context.link_to_record(anchor),
                is_current: false,
            }
        })
        .collect();
    let function = derivation
        .formula
        .split('(')
        .next()
        .unwrap_or_default()
        .trim();
    let bound = derivation.bound.and_then(|bound| match bound {
        Qualifier::Under | Qualifier::UpTo => Some("figure_at_most"),
        Qualifier::AtLeast | Qualifier::Over => Some("figure_at_least"),
        Qualifier::About => None,
    });
    DerivedView {
        words: context
            .site
            .words
            .get(&format!("derived_{function}"))
            .to_owned(),
        inputs,
        bound: bound.map(|key| {
            let words = context.site.words.fill(key, &[("value", "")]);
            words.trim().to_owned()
        }),
    }
}

/// A reaction.
pub(super) fn reaction(context: &mut PageContext<'_>, reaction: &Reaction) -> ReactionView {
    let phrases = context.site.phrases();
    ReactionView {
        id: reaction.anchor.id.to_string(),
        href: context.link_to_record(&reaction.anchor),
        is_home: context.is_home(&reaction.anchor),
        quote: paragraphs(reaction.quote.as_deref()),
        language: reaction.language.clone(),
        translation: reaction.translation.clone(),
        date: reaction.date.as_ref().map(|date| phrases.date(date)),
        as_printed: reaction.as_printed.clone(),
        inferred: reaction.inferred.clone(),
        venue: reaction.venue.clone(),
        stance: reaction.stance.clone(),
        needs_review: reaction.review,
        filters: Vec::new(),
        text_html: text(context, reaction.text.as_ref()),
        speaker: person(context, &reaction.speaker),
        embed: if context.is_home(&reaction.anchor) {
            embed::offer(context, &Part::Reaction(reaction.anchor.id.as_str().into()))
        } else {
            None
        },
        sources: context.source_refs(&reaction.sources),
        changed: changes::of_record(context, &reaction.anchor),
        evidence: evidence::of_record(context.site, reaction.review, of_reaction(reaction)),
        accounts: accounts::reaction(context, reaction),
    }
}

/// The paragraphs of a quotation: blank lines separate them, single line breaks are spaces.
fn paragraphs(text: Option<&str>) -> Vec<String> {
    let lines = text.unwrap_or_default().lines();
    let mut paragraphs = vec![String::new()];
    for line in lines {
        let is_blank = line.trim().is_empty();
        let last = paragraphs.last_mut();
        match last {
            Some(last) if !is_blank && last.is_empty() => last.push_str(line.trim()),
            Some(last) if !is_blank => {
                last.push(' ');
                last.push_str(line.trim());
            }
            Some(last) if !last.is_empty() => paragraphs.push(String::new()),
            _ => {}
        }
    }
    paragraphs.retain(|paragraph| !paragraph.is_empty());
    paragraphs
}

/// A person, with what they said if this is the person's own page.
pub(super) fn person(context: &PageContext<'_>, person: &Person) -> PersonView {
    let is_home = context.is_home(&person.anchor);
    let said = |records: &Records| -> Vec<LinkView> {
        let reactions = records.reactions.iter();
        reactions
            .filter(|reaction| reaction.speaker.anchor == person.anchor)
            .map(|reaction| LinkView {
                title: reaction_title(context.site, reaction),
                href: context.link_to_record(&reaction.anchor),
                is_current: false,
            })
            .collect()
    };
    let reactions = if is_home {
        context
            .below
            .iter()
            .flat_map(|page| said(&page.records))
            .collect()
    } else {
        Vec::new()
    };
    PersonView {
        id: person.anchor.id.to_string(),
        href: context.link_to_record(&person.anchor),
        is_home,
        name: person.name.clone(),
        role: person.role.clone(),
        organisation: person.organisation.clone(),
        url: person.url.clone(),
        image: picture::view(context, person.image.as_ref()),
        reactions,
    }
}

/// The first words of a reaction, for a link to it.
pub(super) fn reaction_title(site: &SiteContext<'_>, reaction: &Reaction) -> String {
    /// About one line on a phone.
    const N_WORDS: usize = 9;
    let (text, key) = match &reaction.quote {
        Some(quote) => (quote.clone(), "quote_short"),
        None => {
            let text = reaction.text.as_ref();
            let text = text
                .map(|text| markup::plain(site, text))
                .unwrap_or_default();
            (text, "paraphrase_short")
        }
    };
    let words: Vec<&str> = text.split_whitespace().collect();
    let mut short = words[..words.len().min(N_WORDS)].join(" ");
    if words.len() > N_WORDS {
        short.push('…');
    }
    site.words.fill(key, &[("words", &short)])
}

/// A term.
pub(super) fn term(context: &mut PageContext<'_>, term: &Term) -> TermView {
    TermView {
        id: term.anchor.id.to_string(),
        href: context.link_to_record(&term.anchor),
        is_home: context.is_home(&term.anchor),
        term: term.term.clone(),
        definition_html: markup::html(context, &term.definition),
        sources: context.source_refs(&term.sources),
    }
}

/// A question with its answer.
pub(super) fn question(context: &mut PageContext<'_>, question: &Question) -> QuestionView {
    QuestionView {
        id: question.anchor.id.to_string(),
        href: context.link_to_record(&question.anchor),
        is_home: context.is_home(&question.anchor),
        question: question.question.clone(),
        answer_html: markup::html(context, &question.answer),
        needs_review: question.review,
        sources: context.source_refs(&question.sources),
        changed: changes::of_record(context, &question.anchor),
        evidence: evidence::of_record(context.site, question.review, of_question(question)),
    }
}

/// A source, with what uses it if this is the source's own page.
pub(super) fn source(context: &PageContext<'_>, source: &Source) -> SourceView {
    let phrases = context.site.phrases();
    let is_home = context.is_home(&source.anchor);
    let uses = if is_home {
        context.uses_of(source)
    } else {
        Uses::default()
    };
    SourceView {
        id: source.anchor.id.to_string(),
        href: context.link_to_record(&source.anchor),
        is_home,
        title: source.title.clone(),
        publisher: source.publisher.clone(),
        authors: source.authors.clone(),
        url: source.url.clone(),
        archived: source.archived.clone(),
        published: source.published.as_ref().map(|date| phrases.date(date)),
        accessed: source.accessed.map(|day| phrases.day(day)),
        kind: source.kind.clone(),
        rights: source.rights.clone(),
        used_by: uses.links,
        claims: uses.words,
    }
}
