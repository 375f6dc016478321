//! Views of records, as they stand on one page.

use std::sync::Arc;

use crate::evidence::{of_event, of_figure, of_reaction};
use crate::model::{
    Correction, Derivation, Event, Figure, FigureValue, Markup, Person, Point, Qualifier, Reaction,
    Records, Source, Term,
};
use crate::plan::context::{Desk, Sheet};
use crate::plan::embed::{self, Part};
use crate::plan::view::{
    CorrectionView, DerivedView, EventView, FigureView, LinkView, PersonView, PointView,
    ReactionView, SourceView, TermView, TimelineView, YearView,
};
use crate::plan::{DataFile, chart, evidence, markup, strip};

/// A timeline: what happened by year, and what is expected.
pub(super) fn timeline(sheet: &mut Sheet<'_>, events: &[Arc<Event>]) -> Option<TimelineView> {
    if events.is_empty() {
        return None;
    }
    let mut timeline = TimelineView {
        n_events: events.len(),
        strip: strip::strip(sheet, events),
        embed: embed::offer(sheet, &Part::Timeline),
        ..TimelineView::default()
    };
    for item in events {
        let view = event(sheet, item);
        if item.expected {
            timeline.expected.push(view);
            continue;
        }
        let year = sheet.desk.phrases().year(&item.date);
        match timeline.past.last_mut() {
            Some(group) if group.year == year => group.events.push(view),
            _ => timeline.past.push(YearView {
                year,
                events: vec![view],
            }),
        }
    }
    Some(timeline)
}

/// An event.
pub(super) fn event(sheet: &mut Sheet<'_>, event: &Event) -> EventView {
    EventView {
        id: event.anchor.id.to_string(),
        href: sheet.link_to_record(&event.anchor),
        is_home: sheet.is_home(&event.anchor),
        title: event.title.clone(),
        date: sheet.desk.phrases().date(&event.date),
        text_html: text(sheet, event.text.as_ref()),
        as_printed: event.as_printed.clone(),
        inferred: event.inferred.clone(),
        is_expected: event.expected,
        people: event
            .people
            .iter()
            .map(|person| LinkView {
                title: person.name.clone(),
                href: sheet.link_to_record(&person.anchor),
                is_current: false,
            })
            .collect(),
        sources: sheet.source_refs(&event.sources),
        evidence: evidence::record(sheet.desk, &of_event(event)),
    }
}

fn text(sheet: &mut Sheet<'_>, text: Option<&Markup>) -> Option<String> {
    text.map(|text| markup::html(sheet, text))
}

/// A figure.
pub(super) fn figure(sheet: &mut Sheet<'_>, figure: &Figure) -> FigureView {
    let phrases = sheet.desk.phrases();
    let value = phrases.quantity(figure.value.headline());
    let points = match &figure.value {
        FigureValue::Series(points) => points
            .iter()
            .map(|point| self::point(sheet, point))
            .collect(),
        FigureValue::Single(_) | FigureValue::Derived(..) => Vec::new(),
    };
    let derived = match &figure.value {
        FigureValue::Derived(_, derivation) => Some(derived(sheet, derivation)),
        FigureValue::Single(_) | FigureValue::Series(_) => None,
    };
    let margin = figure.margin.map(|margin| {
        let margin = phrases.number(margin);
        sheet
            .desk
            .words
            .fill("figure_margin", &[("margin", &margin)])
    });
    FigureView {
        id: figure.anchor.id.to_string(),
        href: sheet.link_to_record(&figure.anchor),
        is_home: sheet.is_home(&figure.anchor),
        title: figure.title.clone(),
        comparison: comparison(sheet, figure),
        date: figure.date.as_ref().map(|date| phrases.date(date)),
        population: figure.population.clone(),
        sample: figure.sample.map(|sample| phrases.number(sample)),
        margin,
        as_printed: figure.as_printed.clone(),
        inferred: figure.inferred.clone(),
        text_html: text(sheet, figure.text.as_ref()),
        chart: chart::chart(figure, phrases),
        embed: match sheet.is_home(&figure.anchor) {
            true => embed::offer(sheet, &Part::Figure(figure.anchor.id.as_str().into())),
            false => None,
        },
        data_href: data_of(sheet, figure),
        value,
        points,
        derived,
        sources: sheet.source_refs(&figure.sources),
        evidence: evidence::record(sheet.desk, &of_figure(figure)),
    }
}

/// The file with a figure's numbers: that of the page's explainer, if the figure stands in it and not further up.
fn data_of(sheet: &Sheet<'_>, figure: &Figure) -> Option<String> {
    let explainer = sheet.desk.outline.explainer_of(&sheet.page.head.source)?;
    let below = figure.anchor.folder.strip_prefix(explainer)?;
    let is_in_it = below.is_empty() || below.starts_with('/');
    is_in_it.then(|| sheet.data_link(DataFile::FiguresCsv))?
}

fn point(sheet: &Sheet<'_>, point: &Point) -> PointView {
    let phrases = sheet.desk.phrases();
    PointView {
        date: phrases.date(&point.date),
        value: phrases.quantity(&point.quantity),
        as_printed: point.as_printed.clone(),
    }
}

/// How the last number of a series stands to the first, without a computed percentage: that is a figure
/// of its own, with a label that says so.
fn comparison(sheet: &Sheet<'_>, figure: &Figure) -> Option<String> {
    let FigureValue::Series(points) = &figure.value else {
        return None;
    };
    let (first, last) = (points.first()?, points.last()?);
    if points.len() < 2 {
        return None;
    }
    let key = match last.quantity.number.cmp(&first.quantity.number) {
        std::cmp::Ordering::Greater => "figure_up_from",
        std::cmp::Ordering::Less => "figure_down_from",
        std::cmp::Ordering::Equal => "figure_same_as",
    };
    let phrases = sheet.desk.phrases();
    let value = phrases.quantity(&first.quantity);
    let value = match &value.qualifier {
        Some(qualifier) => format!("{qualifier} {}", value.number),
        None => value.number,
    };
    let date = phrases.date(&first.date).words;
    Some(
        sheet
            .desk
            .words
            .fill(key, &[("value", &value), ("date", &date)]),
    )
}

fn derived(sheet: &Sheet<'_>, derivation: &Derivation) -> DerivedView {
    let phrases = sheet.desk.phrases();
    let inputs = derivation
        .inputs
        .iter()
        .map(|(anchor, date, quantity)| {
            let value = phrases.quantity(quantity).words;
            let title = match date {
                Some(date) => format!("{value} ({})", phrases.date(date).words),
                None => value,
            };
            LinkView {
                title,
                href: sheet.link_to_record(anchor),
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
        Qualifier::Under => Some("figure_at_most"),
        Qualifier::AtLeast | Qualifier::Over => Some("figure_at_least"),
        Qualifier::About => None,
    });
    DerivedView {
        words: sheet
            .desk
            .words
            .get(&format!("derived_{function}"))
            .to_owned(),
        inputs,
        bound: bound.map(|key| sheet.desk.words.get(key).to_owned()),
    }
}

/// A reaction.
pub(super) fn reaction(sheet: &mut Sheet<'_>, reaction: &Reaction) -> ReactionView {
    let phrases = sheet.desk.phrases();
    ReactionView {
        id: reaction.anchor.id.to_string(),
        href: sheet.link_to_record(&reaction.anchor),
        is_home: sheet.is_home(&reaction.anchor),
        quote: paragraphs(reaction.quote.as_deref()),
        language: reaction.language.clone(),
        translation: reaction.translation.clone(),
        date: reaction.date.as_ref().map(|date| phrases.date(date)),
        as_printed: reaction.as_printed.clone(),
        inferred: reaction.inferred.clone(),
        venue: reaction.venue.clone(),
        stance: reaction.stance.clone(),
        text_html: text(sheet, reaction.text.as_ref()),
        speaker: person(sheet, &reaction.speaker),
        embed: match sheet.is_home(&reaction.anchor) {
            true => embed::offer(sheet, &Part::Reaction(reaction.anchor.id.as_str().into())),
            false => None,
        },
        sources: sheet.source_refs(&reaction.sources),
        evidence: evidence::record(sheet.desk, &of_reaction(reaction)),
    }
}

/// The paragraphs of a quotation: blank lines part them, single line ends are spaces.
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

/// A person, with what the person said where the person stands.
pub(super) fn person(sheet: &Sheet<'_>, person: &Person) -> PersonView {
    let is_home = sheet.is_home(&person.anchor);
    let said = |records: &Records| -> Vec<LinkView> {
        let reactions = records.reactions.iter();
        reactions
            .filter(|reaction| reaction.speaker.anchor == person.anchor)
            .map(|reaction| LinkView {
                title: reaction_title(sheet.desk, reaction),
                href: sheet.link_to_record(&reaction.anchor),
                is_current: false,
            })
            .collect()
    };
    let reactions = match is_home {
        true => sheet
            .below
            .iter()
            .flat_map(|page| said(&page.records))
            .collect(),
        false => Vec::new(),
    };
    PersonView {
        id: person.anchor.id.to_string(),
        href: sheet.link_to_record(&person.anchor),
        is_home,
        name: person.name.clone(),
        role: person.role.clone(),
        organisation: person.organisation.clone(),
        url: person.url.clone(),
        reactions,
    }
}

/// The first words of a reaction, as the words of a link to it.
pub(super) fn reaction_title(desk: &Desk<'_>, reaction: &Reaction) -> String {
    const N_WORDS: usize = 9;
    let (text, key) = match &reaction.quote {
        Some(quote) => (quote.clone(), "quote_short"),
        None => {
            let text = reaction.text.as_ref();
            let text = text
                .map(|text| markup::plain(desk, text))
                .unwrap_or_default();
            (text, "paraphrase_short")
        }
    };
    let words: Vec<&str> = text.split_whitespace().collect();
    let mut short = words[..words.len().min(N_WORDS)].join(" ");
    if words.len() > N_WORDS {
        short.push('…');
    }
    desk.words.fill(key, &[("words", &short)])
}

/// A term.
pub(super) fn term(sheet: &mut Sheet<'_>, term: &Term) -> TermView {
    TermView {
        id: term.anchor.id.to_string(),
        href: sheet.link_to_record(&term.anchor),
        is_home: sheet.is_home(&term.anchor),
        term: term.term.clone(),
        definition_html: markup::html(sheet, &term.definition),
        sources: sheet.source_refs(&term.sources),
    }
}

/// A source, with what rests on it where the source stands.
pub(super) fn source(sheet: &Sheet<'_>, source: &Source) -> SourceView {
    let phrases = sheet.desk.phrases();
    let is_home = sheet.is_home(&source.anchor);
    SourceView {
        id: source.anchor.id.to_string(),
        href: sheet.link_to_record(&source.anchor),
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
        used_by: if is_home {
            used_by(sheet, source)
        } else {
            Vec::new()
        },
        claims: if is_home {
            evidence::claims_on(sheet, source)
        } else {
            Vec::new()
        },
    }
}

/// Everything of the explainer that rests on a source: pages that cite it, then records, page by page.
fn used_by(sheet: &Sheet<'_>, source: &Source) -> Vec<LinkView> {
    let mut links = Vec::new();
    for page in sheet.below {
        if page.cites(&source.anchor) {
            links.push(LinkView {
                title: page.head.title.clone(),
                href: sheet.link(&page.head.permalink),
                is_current: page.head.permalink == sheet.page.head.permalink,
            });
        }
        for (title, anchor) in records_resting_on(sheet, &page.records, source) {
            links.push(LinkView {
                title,
                href: sheet.link_to_record(anchor),
                is_current: false,
            });
        }
    }
    links
}

fn records_resting_on<'r>(
    sheet: &Sheet<'_>,
    records: &'r Records,
    source: &Source,
) -> Vec<(String, &'r crate::model::Anchor)> {
    let rests = |sources: &[crate::model::SourceRef]| {
        sources
            .iter()
            .any(|reference| reference.source.anchor == source.anchor)
    };
    let mut found = Vec::new();
    for event in records.events.iter().filter(|event| rests(&event.sources)) {
        found.push((event.title.clone(), &event.anchor));
    }
    for figure in records
        .figures
        .iter()
        .filter(|figure| rests(&figure.sources))
    {
        found.push((figure.title.clone(), &figure.anchor));
    }
    for reaction in records
        .reactions
        .iter()
        .filter(|reaction| rests(&reaction.sources))
    {
        let said = reaction_title(sheet.desk, reaction);
        found.push((
            format!("{}: {said}", reaction.speaker.name),
            &reaction.anchor,
        ));
    }
    for term in records.terms.iter().filter(|term| rests(&term.sources)) {
        found.push((term.term.clone(), &term.anchor));
    }
    found
}

/// A correction.
pub(super) fn correction(sheet: &mut Sheet<'_>, correction: &Correction) -> CorrectionView {
    CorrectionView {
        date: sheet.desk.phrases().day(correction.date),
        text_html: markup::html(sheet, &correction.text),
        record: correction.record.as_ref().map(|anchor| LinkView {
            title: anchor.id.to_string(),
            href: sheet.link_to_record(anchor),
            is_current: false,
        }),
    }
}
