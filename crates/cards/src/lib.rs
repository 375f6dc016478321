//! Draws the picture that represents a page where its address is shared, with the headline on it, at build time.
//!
//! A [`Card`] holds the words of such a picture, and [`Card::draw`] makes the PNG. The same card always yields the same
//! bytes: one font ships with the program, others are files of the project, and the machine's own are never consulted. The
//! program's font is used only for drawing and never served; its license is in `OFL.txt` beside it.
//!
//! # Design
//!
//! *Why does the program have no font for Arabic or Chinese?* It has Latin, Greek and Cyrillic letters; fonts for every
//! script would make it ten times as large. A site names its own ([`Fonts::new`]). Without one, a card leaves out the
//! lines that it can't draw, as empty boxes are worse than no words, and shows the site's address in place of such a
//! headline ([`Card::new`]); networks show the headline itself below the picture.
//!
//! *Why not the fonts of the machine?* The same site has to be the same files wherever it is built.

use std::borrow::Cow;

mod canvas;
mod draw;
mod drawing;
mod drawings;
mod fonts;
mod glyphs;
mod lines;
mod plots;
mod png;
mod shape;
mod strokes;

pub use drawing::{
    CardFigure, CardQuotation, Drawing, Plot, PlotAxes, PlotLabel, PlotLine, PlotRow,
};
pub use fonts::Fonts;

/// The width of every card in pixels. 1200 by 630 is the size that social networks recommend.
pub const WIDTH: u32 = 1200;

/// The height of every card in pixels.
pub const HEIGHT: u32 = 630;

/// The picture of a page: words in their colors, and what else it draws.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Card {
    words: CardWords,
    drawing: Option<Drawing>,
    colors: CardColors,
}

/// The words on a card.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct CardWords {
    /// The small line above the headline; may be empty.
    pub kicker: String,
    /// The headline.
    pub title: String,
    /// The site's address, which replaces a headline that can't be drawn.
    pub address: String,
    /// The text below the headline, shown as far as there is room; may be empty.
    pub dek: String,
    /// The site's name, at the foot.
    pub site: String,
    /// The date, at the foot; may be empty.
    pub date: String,
}

/// The colors of a card as CSS hexadecimal colors: `#rgb` or `#rrggbb`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct CardColors {
    /// The background.
    pub background: String,
    /// The headline.
    pub text: String,
    /// The date.
    pub muted: String,
    /// Lines.
    pub border: String,
    /// The line above the headline.
    pub accent: String,
}

impl Card {
    /// Makes a card from these words, without the lines whose letters can't be drawn. `None` if there is neither a
    /// headline nor an address to show.
    ///
    /// # Examples
    ///
    /// ```
    /// use nutgraf_cards::{Card, CardColors, CardWords, Fonts};
    ///
    /// let fonts = Fonts::default();
    /// let card = |title: &str| {
    ///     let words = CardWords {
    ///         title: title.to_owned(),
    ///         address: "harbor.example".to_owned(),
    ///         ..CardWords::default()
    ///     };
    ///     Card::new(words, CardColors::default(), &fonts).unwrap()
    /// };
    /// assert_eq!(card("What the council decided").alt(), "What the council decided");
    /// assert_eq!(card("市议会").alt(), "harbor.example");
    /// ```
    pub fn new(mut words: CardWords, colors: CardColors, fonts: &Fonts) -> Option<Self> {
        let fonts = fonts.open()?;
        let CardWords {
            kicker,
            title,
            address,
            dek,
            site,
            date,
        } = &mut words;
        for line in [&mut *kicker, title, address, dek, site, date] {
            if !fonts.has(line) {
                line.clear();
            }
        }
        if title.trim().is_empty() {
            *title = std::mem::take(address);
            dek.clear();
        }
        let is_empty = title.trim().is_empty();
        (!is_empty).then_some(Self {
            words,
            drawing: None,
            colors,
        })
    }

    /// The card with a number or a quotation in place of its headline, which becomes the small line above. Without, if
    /// its letters can't be drawn.
    ///
    /// # Examples
    ///
    /// ```
    /// use nutgraf_cards::{Card, CardColors, CardFigure, CardWords, Drawing, Fonts};
    ///
    /// let fonts = Fonts::default();
    /// let words = CardWords {
    ///     title: "The harbor in numbers".to_owned(),
    ///     ..CardWords::default()
    /// };
    /// let ships = Drawing::Figure(CardFigure {
    ///     value: "24,000".to_owned(),
    ///     title: "Ships a year".to_owned(),
    ///     ..CardFigure::default()
    /// });
    /// let card = Card::new(words, CardColors::default(), &fonts).unwrap();
    /// let card = card.with_drawing(ships, &fonts);
    /// assert_eq!(card.alt(), "Ships a year: 24,000 · The harbor in numbers");
    /// ```
    #[must_use]
    pub fn with_drawing(self, drawing: Drawing, fonts: &Fonts) -> Self {
        let open = fonts.open();
        let drawing = open.and_then(|fonts| drawing.with_letters_of(&fonts));
        Self { drawing, ..self }
    }

    /// What the card says, in one line, as alternative text.
    pub fn alt(&self) -> String {
        let CardWords {
            kicker,
            title,
            site,
            date,
            dek: _,
            address: _,
        } = &self.words;
        let first = match &self.drawing {
            Some(drawing) => drawing.alt(),
            None => kicker.clone(),
        };
        let said: Vec<&str> = [&first, title, site, date]
            .into_iter()
            .map(String::as_str)
            .filter(|line| !line.is_empty())
            .collect();
        said.join(" · ")
    }

    /// Everything that a card's bytes depend on beside its fonts, in a fixed order, for hashing.
    pub fn parts(&self) -> Vec<Cow<'_, str>> {
        let Self {
            words,
            drawing,
            colors,
        } = self;
        let CardWords {
            kicker,
            title,
            dek,
            site,
            date,
            // Shown in place of the title, or not at all.
            address: _,
        } = words;
        let CardColors {
            background,
            text,
            muted,
            border,
            accent,
        } = colors;
        let words = [
            draw::VERSION,
            kicker,
            title,
            dek,
            site,
            date,
            background,
            text,
            muted,
            border,
            accent,
        ];
        let words = words.into_iter().map(Cow::Borrowed);
        words
            .chain(drawing.iter().flat_map(Drawing::parts))
            .collect()
    }

    /// The card as a PNG of [`WIDTH`] by [`HEIGHT`] pixels; `None` if a color isn't in the form `#rgb` or `#rrggbb`.
    pub fn draw(&self, fonts: &Fonts) -> Option<Vec<u8>> {
        let palette = canvas::palette(&self.colors)?;
        png::encode(&draw::canvas(self, fonts)?, palette)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn card(title: &str) -> Card {
        let words = CardWords {
            kicker: "Explainer".to_owned(),
            title: title.to_owned(),
            address: "harbor.example".to_owned(),
            dek: "What it was about".to_owned(),
            site: "The <Harbor> & the “Gazette”".to_owned(),
            date: "January 27, 2025".to_owned(),
        };
        let colors = CardColors {
            background: "#fff".to_owned(),
            text: "#000".to_owned(),
            muted: "#555".to_owned(),
            border: "#ccc".to_owned(),
            accent: "#0b5a60".to_owned(),
        };
        Card::new(words, colors, &Fonts::default()).unwrap()
    }

    #[test]
    fn the_same_words_are_the_same_bytes() {
        let draw = |title: &str| card(title).draw(&Fonts::default()).unwrap();
        let first = draw("What the council decided");
        assert!(first == draw("What the council decided"));
        assert!(first != draw("What the council denied"));
        let size = |at: usize| u32::from_be_bytes(first[at..at + 4].try_into().unwrap());
        assert_eq!((size(16), size(20)), (WIDTH, HEIGHT));
    }

    #[test]
    fn a_headline_in_another_script_needs_a_font_that_has_it() {
        let words = || CardWords {
            title: "市议会投票".to_owned(),
            address: "harbor.example".to_owned(),
            ..CardWords::default()
        };
        let colors = card("A").colors;
        let own = Fonts::default();
        let named = Fonts::new(vec![
            include_bytes!("../tests/fonts/chinese.otf")[..].into(),
        ]);
        let said = |fonts: &Fonts| Card::new(words(), colors.clone(), fonts).unwrap().alt();
        assert_eq!(
            (said(&own), said(&named)),
            ("harbor.example".to_owned(), "市议会投票".to_owned())
        );
        let card = Card::new(words(), colors.clone(), &named).unwrap();
        let drawn = draw::canvas(&card, &named).unwrap();
        let empty = CardWords {
            title: " ".to_owned(),
            ..words()
        };
        let empty = Card {
            words: empty,
            ..card
        };
        let empty = draw::canvas(&empty, &named).unwrap();
        let n_inked =
            |canvas: &canvas::Canvas| canvas.indexes().iter().filter(|index| **index != 0).count();
        assert!(
            n_inked(&drawn) > n_inked(&empty) + 5_000,
            "five large letters"
        );
        let broken = Fonts::new(vec![b"no font"[..].into()]);
        assert_eq!(said(&broken), "harbor.example");
    }

    #[test]
    fn a_damaged_font_draws_something_or_nothing() {
        let fonts: [(&[u8], &str); 4] = [
            (include_bytes!("../tests/fonts/arabic.ttf"), "المجلس يصوّت"),
            (include_bytes!("../tests/fonts/hebrew.ttf"), "המועצה (בעד)"),
            (
                include_bytes!("../tests/fonts/devanagari.ttf"),
                "क्षत्रिय श्रमिक",
            ),
            (
                include_bytes!("../tests/fonts/chinese.otf"),
                "市议会投票决定",
            ),
        ];
        for (bytes, title) in fonts {
            for round in 0..60_usize {
                let mut damaged = bytes.to_vec();
                // Spread over the file by steps that share no factor with each other.
                for hit in 0..8 {
                    let at = (round * 7_919 + hit * 104_729) % damaged.len();
                    damaged[at] = damaged[at].wrapping_mul(31).wrapping_add(0x7f);
                }
                damaged.truncate(damaged.len() - round * damaged.len() / 120);
                let fonts = Fonts::new(vec![damaged.into()]);
                let mut card = card("A");
                title.clone_into(&mut card.words.title);
                let drawn = Card::new(card.words, card.colors, &fonts)
                    .unwrap()
                    .draw(&fonts);
                assert!(drawn.is_some());
            }
        }
    }

    fn ships() -> CardFigure {
        CardFigure {
            value: "over 24,000".to_owned(),
            title: "Ships a year".to_owned(),
            note: "2024 · The Gazette".to_owned(),
            plot: None,
        }
    }

    fn drawn(figure: CardFigure) -> Card {
        card("The harbor").with_drawing(Drawing::Figure(figure), &Fonts::default())
    }

    fn n_inked(card: &Card) -> usize {
        let canvas = draw::canvas(card, &Fonts::default()).unwrap();
        let indexes = canvas.indexes().iter();
        indexes.filter(|index| **index != 0).count()
    }

    #[test]
    fn a_number_is_drawn_with_what_it_counts_or_not_at_all() {
        assert_eq!(
            drawn(ships()).alt(),
            "Ships a year: over 24,000 · The harbor · The <Harbor> & the “Gazette” · January 27, 2025"
        );
        let unnamed = CardFigure {
            title: "船".to_owned(),
            ..ships()
        };
        assert_eq!(drawn(unnamed), card("The harbor"));
        let unsourced = CardFigure {
            note: "公报".to_owned(),
            ..ships()
        };
        assert_eq!(
            drawn(unsourced),
            drawn(CardFigure {
                note: String::new(),
                ..ships()
            })
        );
    }

    #[test]
    fn a_quotation_is_drawn_with_who_said_it_or_not_at_all() {
        let quotation = |speaker: &str| {
            let quotation = CardQuotation {
                open: "“".to_owned(),
                words: "We will not go back".to_owned(),
                close: "”".to_owned(),
                speaker: speaker.to_owned(),
                note: String::new(),
            };
            card("The harbor").with_drawing(Drawing::Quotation(quotation), &Fonts::default())
        };
        assert!(
            quotation("Ada Moreno")
                .alt()
                .starts_with("Ada Moreno: “We will not go back” · ")
        );
        assert_eq!(quotation("莫"), card("The harbor"));
        assert_eq!(quotation(""), card("The harbor"));
    }

    /// Charts at their worst: no points, one, places at the ends, long words, and more lines than there is room for names.
    fn plots() -> Vec<Plot> {
        let line = |name: &str, places: &[(u16, u16)]| PlotLine {
            name: name.to_owned(),
            places: places.to_vec(),
        };
        let label = |place, words: &str| PlotLabel {
            place,
            words: words.to_owned(),
        };
        let long = "Gesellschaft für Hafenerweiterungsangelegenheiten";
        let row = |label: &str, bar| PlotRow {
            label: label.to_owned(),
            value: "−€4,500,000".to_owned(),
            bar,
        };
        let lines = (0..40).map(|n| line(&format!("{long} {n}"), &[(0, n), (1000, 1000)]));
        let axes = PlotAxes {
            lines: lines.collect(),
            ranges: vec![(0, 0, 1000), (0, 500, 500), (1000, 1000, 1000)],
            is_band: true,
            columns: vec![(0, 0, 1000), (1000, 1000, 1000), (500, 500, 500)],
            column_width: 1000,
            dots: vec![(0, 0), (1000, 1000)],
            ticks: vec![label(0, long), label(1000, "0")],
            dates: (0..50).map(|n| label(n * 20, "January 2024")).collect(),
        };
        vec![
            Plot::Rows(Vec::new()),
            Plot::Rows(vec![row(long, (0, 1000)), row("", (1000, 1000))]),
            Plot::Rows((0..30).map(|n| row(long, (n, 1000 - n))).collect()),
            Plot::Axes(PlotAxes::default()),
            Plot::Axes(PlotAxes {
                is_band: false,
                ..axes.clone()
            }),
            Plot::Axes(axes),
        ]
    }

    #[test]
    fn any_chart_is_drawn_within_the_card() {
        let alone = n_inked(&drawn(ships()));
        for plot in plots() {
            let of = |figure: CardFigure| CardFigure {
                plot: Some(plot.clone()),
                ..figure
            };
            let card = drawn(of(ships()));
            assert!(card.draw(&Fonts::default()).is_some());
            let canvas = draw::canvas(&card, &Fonts::default()).unwrap();
            let rows = canvas.indexes().chunks_exact(WIDTH as usize);
            // Below the band at the top, nothing reaches the edges.
            let is_clear = |row: &[u8]| row[..40].iter().chain(&row[1160..]).all(|i| *i == 0);
            assert!(rows.skip(20).all(is_clear), "{plot:?}");
            let is_empty = matches!(&plot, Plot::Rows(rows) if rows.is_empty())
                || plot == Plot::Axes(PlotAxes::default());
            assert!(is_empty || n_inked(&card) > alone, "{plot:?}");
        }
    }

    #[test]
    fn another_drawing_is_known_by_something_else() {
        let plots = plots().into_iter().map(Some).chain([None]);
        let cards = plots.map(|plot| drawn(CardFigure { plot, ..ships() }));
        let cards: Vec<Card> = cards.collect();
        for (number, first) in cards.iter().enumerate() {
            assert_ne!(first.parts(), card("The harbor").parts());
            let others = &cards[number + 1..];
            assert!(others.iter().all(|other| other.parts() != first.parts()));
        }
    }

    #[test]
    fn another_card_is_known_by_something_else() {
        let first = card("A");
        assert_eq!(first.parts(), card("A").parts());
        assert_ne!(first.parts(), card("B").parts());
    }

    #[test]
    fn a_color_that_cannot_be_read_makes_no_picture() {
        let mut card = card("A");
        card.colors.text = "\"/><".to_owned();
        assert!(card.draw(&Fonts::default()).is_none());
    }
}
