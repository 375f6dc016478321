//! What a share card draws: a figure with its chart, or a quotation.

use std::collections::BTreeSet;

use crate::cards::{
    CardFigure, CardQuotation, Drawing, Plot, PlotAxes, PlotLabel, PlotLine, PlotRow,
};
use crate::model::{
    Account, CardSubject, Figure, FigureValue, Foreign, Point, Reaction, SourceRef, has_labels,
};
use crate::plan::context::SiteContext;
use crate::plan::view::{ChartView, MarkView, PathView, StackView, TickView};
use crate::plan::{chart, markup};

/// The most bars that are legible below each other on a card.
const MOST_ROWS: usize = 6;

/// What a card draws of a record.
pub(super) fn drawing(site: &SiteContext<'_>, subject: &CardSubject) -> Drawing {
    match subject {
        CardSubject::Figure(figure) => Drawing::Figure(of_figure(site, figure)),
        CardSubject::Reaction(reaction) => Drawing::Quotation(of_reaction(site, reaction)),
    }
}

fn of_figure(site: &SiteContext<'_>, figure: &Figure) -> CardFigure {
    let phrases = site.phrases();
    let points: &[Point] = match &figure.value {
        FigureValue::Series(points) => points,
        // A number alone says as much as its bar.
        FigureValue::Single(_) | FigureValue::Derived(..) => &[],
    };
    let date = points.last().and_then(|point| point.key.date());
    let date = date.or(figure.date.as_ref());
    let is_labeled = has_labels(points);
    let drawn = (!points.is_empty()).then(|| chart::chart(figure, phrases));
    let plot = drawn.flatten().and_then(|chart| plot(&chart, is_labeled));
    let value = match (&plot, is_labeled) {
        // One number of several that are next to each other would be taken for all of them.
        (Some(_), true) => String::new(),
        _ => phrases.quantity(figure.value.headline()).words,
    };
    let first = points.first().filter(|_| is_labeled && plot.is_none());
    let label = first.map(|point| phrases.point(&point.key));
    let differ = differ(site, &figure.accounts);
    let date = date.map(|date| phrases.date(date).words);
    // What matters most comes first, as a long line is cut.
    let notes = [label, date, differ].into_iter().flatten();
    let notes = notes.chain(publishers(&figure.sources));
    CardFigure {
        value,
        title: plain(&figure.title),
        note: joined(notes.chain(figure.population.as_deref().map(plain))),
        plot,
    }
}

fn of_reaction(site: &SiteContext<'_>, reaction: &Reaction) -> CardQuotation {
    let speaker = &reaction.speaker;
    let paraphrase = || {
        let text = reaction.text.as_ref();
        text.map(|text| markup::plain(site, text))
    };
    let (words, is_quoted) = match (&reaction.translation, &reaction.quote) {
        (Some(translation), _) => (translation.clone(), false),
        (None, Some(quote)) => (quote.clone(), true),
        (None, None) => (paraphrase().unwrap_or_default(), false),
    };
    let mark = |key| match is_quoted {
        true => site.words.get(key).to_owned(),
        false => String::new(),
    };
    let kind = match (&reaction.translation, &reaction.quote) {
        (Some(_), _) => Some(site.words.get("translation")),
        (None, Some(_)) => None,
        (None, None) => Some(site.words.get("paraphrase")),
    };
    let date = reaction.date.as_ref();
    let date = date.map(|date| site.phrases().date(date).words);
    let differ = differ(site, &reaction.accounts);
    let notes = [
        kind.map(str::to_owned),
        differ,
        speaker.role.as_deref().map(plain),
        speaker.organisation.as_deref().map(plain),
    ];
    let notes = notes.into_iter().flatten();
    let notes = notes.chain(publishers(&reaction.sources));
    CardQuotation {
        open: mark("quote_open"),
        words: plain(&words),
        close: mark("quote_close"),
        speaker: plain(&speaker.name),
        note: joined(notes.chain(date)),
    }
}

/// That the sources differ, if they do.
fn differ(site: &SiteContext<'_>, accounts: &[Account]) -> Option<String> {
    let words = site.words.get("accounts_differ");
    (!accounts.is_empty()).then(|| words.to_owned())
}

/// Words without the mark of the language that they are in.
fn plain(words: &str) -> String {
    Foreign::of(words)
        .map_or(words, |foreign| foreign.words)
        .to_owned()
}

fn joined(notes: impl Iterator<Item = String>) -> String {
    notes.collect::<Vec<_>>().join(" · ")
}

/// Who published the sources, each once.
fn publishers(sources: &[SourceRef]) -> impl Iterator<Item = String> {
    let mut seen = BTreeSet::new();
    let names = sources
        .iter()
        .filter_map(|one| one.source.publisher.as_deref());
    names
        .filter(move |name| seen.insert(name.to_string()))
        .map(plain)
}

/// A chart as a card draws it; `None` if it would be too small to read.
fn plot(chart: &ChartView, is_labeled: bool) -> Option<Plot> {
    if is_labeled || (chart.kind == "bar" && chart.marks.len() <= MOST_ROWS) {
        let is_legible = chart.marks.len() <= MOST_ROWS && chart.marks.len() > 1;
        let rows = chart.marks.iter().map(|mark| row(chart, mark));
        return is_legible.then(|| Plot::Rows(rows.collect()));
    }
    if !chart.stacks.is_empty() {
        let is_drawn = chart.stacks.len() > 1;
        return is_drawn.then(|| Plot::Axes(shares(&chart.stacks)));
    }
    (chart.marks.len() > 1).then(|| Plot::Axes(axes(chart)))
}

/// The parts of several bars as lines, since a card has no color for each part; the figure's own is the first part.
fn shares(stacks: &[StackView]) -> PlotAxes {
    let last = stacks.len().saturating_sub(1).max(1);
    let place = |index: usize| u16::try_from(index * 1000 / last).unwrap_or(1000);
    let n_parts = stacks.iter().map(|stack| stack.parts.len()).max();
    let lines = (0..n_parts.unwrap_or(0)).rev().map(|part| PlotLine {
        name: stacks
            .last()
            .and_then(|stack| stack.parts.get(part))
            .map(|part| format!("{} {}", plain(&part.name), part.value))
            .unwrap_or_default(),
        places: stacks
            .iter()
            .enumerate()
            .filter_map(|(index, stack)| Some((place(index), stack.parts.get(part)?.size)))
            .collect(),
    });
    let ends = [(0, stacks.first()), (1000, stacks.last())];
    let dates = ends.into_iter().filter_map(|(place, stack)| {
        Some(PlotLabel {
            place,
            words: stack?.label.clone(),
        })
    });
    // Nothing and the whole.
    let ticks = [0, 1000].into_iter().map(|place| PlotLabel {
        place,
        words: String::new(),
    });
    PlotAxes {
        lines: lines.collect(),
        ticks: ticks.collect(),
        dates: dates.collect(),
        ..PlotAxes::default()
    }
}

fn row(chart: &ChartView, mark: &MarkView) -> PlotRow {
    let (low, high) = (
        mark.low.unwrap_or(mark.size),
        mark.high.unwrap_or(mark.size),
    );
    let bar = match low < high {
        true => (low, high),
        false => (mark.size.min(chart.zero), mark.size.max(chart.zero)),
    };
    PlotRow {
        label: plain(&mark.label),
        value: mark.value.clone(),
        bar,
    }
}

fn axes(chart: &ChartView) -> PlotAxes {
    let is_column = matches!(chart.kind, "column" | "bar");
    let places = |path: &PathView| path.0.clone();
    let own = |name: String, path: &PathView| PlotLine {
        name,
        places: places(path),
    };
    let lines = match (chart.lines.is_empty(), chart.panels.is_empty()) {
        (false, _) => {
            let lines = chart.lines.iter();
            lines
                .map(|line| own(plain(&line.name), &line.path))
                .collect()
        }
        (true, false) => {
            // The first panel is the figure's own.
            let panels = chart.panels.iter().rev();
            panels
                .map(|panel| own(plain(&panel.name), &panel.path))
                .collect()
        }
        (true, true) if chart.path.0.is_empty() => Vec::new(),
        (true, true) => vec![own(String::new(), &chart.path)],
    };
    let marks = || chart.marks.iter();
    let ranges = marks().filter_map(|mark| Some((mark.place, mark.low?, mark.high?)));
    let columns = marks().map(|mark| {
        let (foot, head) = (mark.size.min(chart.zero), mark.size.max(chart.zero));
        (mark.place, foot, head)
    });
    let dots = marks().filter(|mark| mark.has_dot && !is_column);
    let has_own_dots = chart.panels.is_empty();
    PlotAxes {
        ranges: if has_own_dots {
            ranges.collect()
        } else {
            Vec::new()
        },
        is_band: !chart.band.0.is_empty(),
        columns: if is_column {
            columns.collect()
        } else {
            Vec::new()
        },
        column_width: column_width(chart),
        dots: match has_own_dots {
            true => dots.map(|mark| (mark.place, mark.size)).collect(),
            false => Vec::new(),
        },
        ticks: labels(&chart.ticks),
        dates: match chart.dates.is_empty() {
            false => labels(&chart.dates),
            true => ends(&chart.marks),
        },
        lines,
    }
}

/// How wide a column is: as on the page or, for what are bars there, most of the space between two.
fn column_width(chart: &ChartView) -> u16 {
    let distances = chart
        .marks
        .windows(2)
        .map(|pair| pair[1].place.saturating_sub(pair[0].place));
    match chart.column_width {
        0 => distances.min().unwrap_or(0) * 3 / 5,
        width => width,
    }
}

fn labels(ticks: &[TickView]) -> Vec<PlotLabel> {
    let ticks = ticks.iter();
    let labels = ticks.map(|tick| PlotLabel {
        place: tick.place,
        words: tick.label.clone(),
    });
    labels.collect()
}

/// The labels of the first and the last mark.
fn ends(marks: &[MarkView]) -> Vec<PlotLabel> {
    let ends = [marks.first(), marks.last()].into_iter().flatten();
    let labels = ends.map(|mark| PlotLabel {
        place: mark.place,
        words: mark.label.clone(),
    });
    labels.collect()
}
