//! Estimates the height of an embed, on a phone and in a column of text.
//!
//! No script measures the frame, so its height is computed from its contents and the sizes in the theme's stylesheet,
//! erring on the high side. If it still doesn't fit, the content scrolls; the link back to the page stays visible.

use crate::model::{Chart, Figure, FigureValue, Markup, Reaction, SourceRef, has_labels};
use crate::plan::context::SiteContext;
use crate::plan::markup;
use crate::plan::scale::label_width;

/// The width of a narrow frame, in pixels: a small phone.
pub(super) const NARROW: u32 = 320;

/// The width that embeds are designed for, in pixels: a column of text.
pub(super) const WIDE: u32 = 640;

/// The heights of an embed, in pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Heights {
    /// In a frame [`NARROW`] pixels wide.
    pub(super) narrow: u32,
    /// In a frame [`WIDE`] pixels wide, or wider.
    pub(super) wide: u32,
}

/// A timeline scrolls, so any height would do; these show a few events.
pub(super) const TIMELINE: Heights = Heights {
    narrow: 640,
    wide: 640,
};

/// A kind of text: its size and the height of its lines, in tenths of a pixel.
#[derive(Clone, Copy)]
struct Type {
    size: u32,
    line: u32,
}

const TITLE: Type = Type {
    size: 180,
    line: 234,
};
const UNIT: Type = Type {
    size: 220,
    line: 300,
};
const PROSE: Type = Type {
    size: 150,
    line: 240,
};
const QUOTE: Type = Type {
    size: 220,
    line: 308,
};
const SMALL: Type = Type {
    size: 130,
    line: 210,
};

/// A frame, and the height of what was put into it so far.
struct Frame<'s> {
    site: &'s SiteContext<'s>,
    /// The room for text, in pixels.
    width: u32,
    height: u32,
}

impl Frame<'_> {
    /// Adds the lines that a text takes. Ragged line ends waste about a sixth of the room.
    fn text(&mut self, text: &str, set: Type) {
        let width = u32::try_from(label_width(text)).unwrap_or(u32::MAX / 2_000);
        let pixels = width.saturating_mul(set.size) / 1000;
        let n_lines = pixels.saturating_mul(7).div_ceil(self.width * 6).max(1);
        self.height = self
            .height
            .saturating_add(n_lines.saturating_mul(set.line).div_ceil(10));
    }

    fn markup(&mut self, text: Option<&Markup>) {
        if let Some(text) = text {
            self.text(&markup::plain(self.site, text), PROSE);
            self.space(12);
        }
    }

    fn space(&mut self, pixels: u32) {
        self.height += pixels;
    }

    /// Adds the sources and the result of the check.
    fn notes(&mut self, sources: &[SourceRef]) {
        let names: Vec<&str> = sources
            .iter()
            .map(|reference| {
                let source = &reference.source;
                source.publisher.as_ref().unwrap_or(&source.title).as_str()
            })
            .collect();
        self.text(&names.join(", "), SMALL);
        self.text(self.site.words.get("doubtful_on"), SMALL);
        self.space(12);
    }

    /// The total height: with the margins of the frame and the link to the page.
    fn finish(mut self, page: &str) -> u32 {
        self.text(&format!("{page} · {}", self.site.config.title), SMALL);
        self.space(56);
        self.height.next_multiple_of(20)
    }
}

fn heights(site: &SiteContext<'_>, fill: impl Fn(Frame<'_>) -> u32) -> Heights {
    let [narrow, wide] = [NARROW, WIDE].map(|width| {
        fill(Frame {
            site,
            width: width - 32,
            height: 0,
        })
    });
    Heights {
        narrow,
        wide: wide.min(narrow),
    }
}

/// The heights of a figure's embed. `page` is the title of its page.
pub(super) fn figure(site: &SiteContext<'_>, figure: &Figure, page: &str) -> Heights {
    heights(site, |mut frame| {
        frame.space(16);
        frame.text(&figure.title, TITLE);
        // The number itself; its unit and hedge may not fit beside it.
        frame.space(80);
        let words = site.phrases().quantity(figure.value.headline()).words;
        frame.text(&words, UNIT);
        chart(&mut frame, figure);
        frame.markup(figure.text.as_ref());
        if let FigureValue::Derived(..) = figure.value {
            frame.space(70);
        }
        let facts = [
            figure
                .date
                .as_ref()
                .map(|date| site.phrases().date(date).words),
            figure.population.clone(),
            figure.sample.map(|sample| sample.to_string()),
            figure.margin.map(|margin| margin.to_string()),
            figure.as_printed.clone(),
        ];
        let n_facts = u32::try_from(facts.iter().flatten().count()).unwrap_or(0);
        let facts = facts.into_iter().flatten().collect::<Vec<_>>().join(" ");
        if n_facts > 0 {
            frame.space(n_facts.div_ceil(frame.width / 140) * 24 + 12);
            frame.text(&facts, SMALL);
        }
        frame.notes(&figure.sources);
        if figure.inferred.is_some() {
            frame.space(24);
        }
        frame.finish(page)
    })
}

fn chart(frame: &mut Frame<'_>, figure: &Figure) {
    let is_narrow = frame.width < 480;
    match (&figure.value, figure.chart) {
        (_, Chart::None) => {}
        (FigureValue::Series(points), Chart::Bar | Chart::Dot) if has_labels(points) => {
            for label in points.iter().filter_map(|point| point.key.label()) {
                row(frame, label, is_narrow);
            }
            // The label of the first row above, and below the line that opens the table.
            frame.space(100);
        }
        (FigureValue::Series(points), Chart::Bar) if points.len() <= 12 => {
            let n = u32::try_from(points.len()).unwrap_or(0);
            frame.space(n * if is_narrow { 56 } else { 36 } + 70);
        }
        (FigureValue::Series(points), Chart::Stacked) => {
            let (n_bars, parts): (usize, Vec<&str>) = if has_labels(points) {
                let labels = points.iter().filter_map(|point| point.key.label());
                (1, labels.collect())
            } else {
                let others = figure.with.iter().map(|other| other.label.as_str());
                let names = [figure.name_in_charts()].into_iter().chain(others);
                (points.len(), names.collect())
            };
            // The names are in lines as words are, each with its color and a number.
            for name in &parts {
                frame.text(name, SMALL);
            }
            let n_bars = u32::try_from(n_bars).unwrap_or(0);
            frame.space(n_bars * if is_narrow { 50 } else { 36 } + 90);
        }
        (FigureValue::Series(_), Chart::Multiples) => {
            let n_panels = u32::try_from(figure.with.len() + 1).unwrap_or(0);
            frame.space(n_panels.div_ceil((frame.width / 200).max(1)) * 140 + 120);
        }
        // The plot, the axis below it, the comparison above it, and the line that opens the table.
        (FigureValue::Series(_), _) => {
            frame.space(if is_narrow { 290 } else { 260 });
            // The names of many lines need a higher plot.
            if figure.with.len() >= 3 {
                frame.space(110);
            }
        }
        (FigureValue::Single(_) | FigureValue::Derived(..), _) => frame.space(84),
    }
    if let FigureValue::Series(points) = &figure.value {
        // Each annotation has a line below the chart, and may need a row of its own above it.
        for words in points.iter().filter_map(|point| point.annotation.as_ref()) {
            frame.text(words, PROSE);
            frame.space(14);
        }
    }
}

/// A number below its label in a narrow frame, otherwise beside it, with two fifths of the width for labels.
fn row(frame: &mut Frame<'_>, label: &str, is_narrow: bool) {
    let width = frame.width;
    if !is_narrow {
        frame.width = width * 2 / 5;
    }
    let before = frame.height;
    frame.text(label, PROSE);
    let least = if is_narrow { 24 } else { 32 };
    frame.height = frame.height.max(before.saturating_add(least));
    frame.width = width;
    // The bar, and a separate line for the number if there is no room beside the label.
    frame.space(if is_narrow { 60 } else { 12 });
}

/// The heights of a reaction's embed. `page` is the title of its page.
pub(super) fn reaction(site: &SiteContext<'_>, reaction: &Reaction, page: &str) -> Heights {
    heights(site, |mut frame| {
        let quoted = reaction.quote.iter().flat_map(|quote| quote.split("\n\n"));
        for paragraph in quoted {
            frame.text(paragraph, QUOTE);
            frame.space(17);
        }
        if let Some(translation) = &reaction.translation {
            frame.text(translation, TITLE);
            frame.space(40);
        }
        frame.markup(reaction.text.as_ref());
        if reaction.quote.is_none() {
            frame.space(36);
        }
        let speaker = &reaction.speaker;
        let role = [&speaker.role, &speaker.organisation].into_iter().flatten();
        frame.text(&role.cloned().collect::<Vec<_>>().join(", "), SMALL);
        frame.text(&speaker.name, TITLE);
        let byline = [&reaction.venue, &reaction.stance].into_iter().flatten();
        let date = reaction
            .date
            .as_ref()
            .map(|date| site.phrases().date(date).words);
        let byline = byline.cloned().chain(date).collect::<Vec<_>>().join(" · ");
        frame.text(&byline, SMALL);
        frame.space(36);
        frame.notes(&reaction.sources);
        if reaction.inferred.is_some() {
            frame.space(24);
        }
        frame.finish(page)
    })
}
