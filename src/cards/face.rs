//! How wide is a text in the font of the cards?

use skrifa::charmap::Charmap;
use skrifa::instance::{LocationRef, Size};
use skrifa::metrics::GlyphMetrics;
use skrifa::{FontRef, MetadataProvider};

/// Noto Serif Bold with its Latin, Greek and Cyrillic letters.
pub(super) const BYTES: &[u8] = include_bytes!("NotoSerif-Bold.ttf");

/// The name by which SVG asks for it.
pub(super) const FAMILY: &str = "Noto Serif";

/// The font's measures.
pub(super) struct Face {
    letters: Charmap<'static>,
    widths: GlyphMetrics<'static>,
    units_per_em: f32,
}

impl Face {
    pub(super) fn new() -> Option<Self> {
        let font = FontRef::new(BYTES).ok()?;
        let metrics = font.metrics(Size::unscaled(), LocationRef::default());
        Some(Self {
            letters: font.charmap(),
            widths: font.glyph_metrics(Size::unscaled(), LocationRef::default()),
            units_per_em: f32::from(metrics.units_per_em),
        })
    }

    /// Whether the font has every letter of a text.
    pub(super) fn has(&self, text: &str) -> bool {
        let letters = text.chars().filter(|c| !c.is_whitespace());
        letters.into_iter().all(|c| self.letters.map(c).is_some())
    }

    /// The width of a text in pixels, without kerning, which makes it no wider.
    pub(super) fn width(&self, text: &str, size: f32) -> f32 {
        let glyphs = text.chars().filter_map(|c| self.letters.map(c));
        let units: f32 = glyphs
            .filter_map(|glyph| self.widths.advance_width(glyph))
            .sum();
        units * size / self.units_per_em
    }

    /// The text on lines that are no wider than `width`, as many as it needs. A word that is too wide by itself is
    /// broken where it has to be.
    pub(super) fn wrap(&self, text: &str, size: f32, width: f32) -> Vec<String> {
        let mut lines: Vec<String> = Vec::new();
        let mut line = String::new();
        for word in text.split_whitespace() {
            let longer = match line.is_empty() {
                true => word.to_owned(),
                false => format!("{line} {word}"),
            };
            if self.width(&longer, size) <= width {
                line = longer;
                continue;
            }
            if !line.is_empty() {
                lines.push(std::mem::take(&mut line));
            }
            line = self.broken(word, size, width, &mut lines);
        }
        if !line.is_empty() {
            lines.push(line);
        }
        lines
    }

    /// Breaks a word over full lines and returns what stays for the next one.
    fn broken(&self, word: &str, size: f32, width: f32, lines: &mut Vec<String>) -> String {
        let mut rest = String::new();
        for c in word.chars() {
            rest.push(c);
            if self.width(&rest, size) > width && rest.chars().count() > 1 {
                rest.pop();
                lines.push(std::mem::replace(&mut rest, c.to_string()));
            }
        }
        rest
    }

    /// The text, cut at its end with an ellipsis if it is wider than `width`.
    pub(super) fn cut(&self, text: &str, size: f32, width: f32) -> String {
        if self.width(text, size) <= width {
            return text.to_owned();
        }
        let mut kept = text.to_owned();
        while kept.pop().is_some() {
            let short = format!("{}…", kept.trim_end());
            if self.width(&short, size) <= width {
                return short;
            }
        }
        String::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_as_wide_as_they_may_be_and_no_wider() {
        let face = Face::new().unwrap();
        let text = "China says it will take back confirmed nationals, and what that means";
        for width in [200.0, 400.0, 1040.0] {
            let lines = face.wrap(text, 60.0, width);
            assert!(lines.iter().all(|line| face.width(line, 60.0) <= width));
            assert_eq!(lines.join(" ").replace(' ', ""), text.replace(' ', ""));
            for pair in lines.windows(2) {
                let next = pair[1].split(' ').next().unwrap();
                let longer = format!("{} {next}", pair[0]);
                assert!(
                    face.width(&longer, 60.0) > width,
                    "{longer} fits in {width}"
                );
            }
        }
    }

    #[test]
    fn a_word_that_is_too_wide_is_broken() {
        let face = Face::new().unwrap();
        let lines = face.wrap("Rindfleischetikettierungsüberwachung", 60.0, 300.0);
        assert!(lines.len() > 2, "{lines:?}");
        assert!(lines.iter().all(|line| face.width(line, 60.0) <= 300.0));
    }

    #[test]
    fn what_is_cut_ends_with_an_ellipsis() {
        let face = Face::new().unwrap();
        assert_eq!(face.cut("short", 20.0, 400.0), "short");
        let cut = face.cut("a very long name of a very small newspaper", 40.0, 400.0);
        assert!(
            cut.ends_with('…') && face.width(&cut, 40.0) <= 400.0,
            "{cut}"
        );
    }
}
