//! Draws the picture that represents a page where its address is shared, with the headline on it, at build time.
//!
//! A [`Card`] holds the words of such a picture, and [`Card::draw`] makes the PNG. The same card always yields the same
//! bytes: the font ships with the program, and the machine's own fonts are never consulted. The font is used only for
//! drawing and never served; its license is in `OFL.txt` beside it.
//!
//! # Design
//!
//! *Why does a card not show a headline in Arabic or Chinese?* The font has Latin, Greek and Cyrillic letters. Fonts
//! for every script would make the program ten times as large, and empty boxes are worse than no words. So a card
//! leaves out the lines that it can't draw, and shows the site's address in place of such a headline ([`Card::new`]);
//! networks show the headline itself below the picture.

mod canvas;
mod draw;
mod face;
mod glyphs;
mod lines;
mod png;
mod shape;

use face::Face;

/// The width of every card in pixels. 1200 by 630 is the size that social networks recommend.
pub const WIDTH: u32 = 1200;

/// The height of every card in pixels.
pub const HEIGHT: u32 = 630;

/// The picture of a page: words in their colors.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Card {
    words: CardWords,
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
    /// use nutgraf_cards::{Card, CardColors, CardWords};
    ///
    /// let card = |title: &str| {
    ///     let words = CardWords {
    ///         title: title.to_owned(),
    ///         address: "harbor.example".to_owned(),
    ///         ..CardWords::default()
    ///     };
    ///     Card::new(words, CardColors::default()).unwrap()
    /// };
    /// assert_eq!(card("What the council decided").alt(), "What the council decided");
    /// assert_eq!(card("市议会").alt(), "harbor.example");
    /// ```
    pub fn new(mut words: CardWords, colors: CardColors) -> Option<Self> {
        let face = Face::get()?;
        let CardWords {
            kicker,
            title,
            address,
            dek,
            site,
            date,
        } = &mut words;
        for line in [&mut *kicker, title, address, dek, site, date] {
            if !face.has(line) {
                line.clear();
            }
        }
        if title.trim().is_empty() {
            *title = std::mem::take(address);
            dek.clear();
        }
        let is_empty = title.trim().is_empty();
        (!is_empty).then_some(Self { words, colors })
    }

    /// Whether the font can show a headline.
    pub fn can_show(title: &str) -> bool {
        Face::get().is_some_and(|face| face.has(title))
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
        let said: Vec<&str> = [kicker, title, site, date]
            .into_iter()
            .map(String::as_str)
            .filter(|line| !line.is_empty())
            .collect();
        said.join(" · ")
    }

    /// Everything that a card's bytes depend on, in a fixed order, for hashing.
    pub fn parts(&self) -> [&str; 11] {
        let Self { words, colors } = self;
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
        [
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
        ]
    }

    /// The card as a PNG of [`WIDTH`] by [`HEIGHT`] pixels; `None` if a color isn't in the form `#rgb` or `#rrggbb`.
    pub fn draw(&self) -> Option<Vec<u8>> {
        let palette = canvas::palette(&self.colors)?;
        png::encode(&draw::canvas(&self.words)?, palette)
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
        Card::new(words, colors).unwrap()
    }

    #[test]
    fn the_same_words_are_the_same_bytes() {
        let first = card("What the council decided").draw().unwrap();
        assert!(first == card("What the council decided").draw().unwrap());
        assert!(first != card("What the council denied").draw().unwrap());
        let size = |at: usize| u32::from_be_bytes(first[at..at + 4].try_into().unwrap());
        assert_eq!((size(16), size(20)), (WIDTH, HEIGHT));
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
        assert!(card.draw().is_none());
    }
}
