//! Breaks text into lines.

use super::face::Face;

/// A text whose words are measured once, however often they are laid out.
pub(super) struct Measured<'a> {
    face: &'a Face,
    /// The words, with their widths in font units.
    words: Vec<(&'a str, u32)>,
    space: u32,
}

impl<'a> Measured<'a> {
    pub(super) fn new(face: &'a Face, text: &'a str) -> Self {
        let words = text
            .split_whitespace()
            .map(|word| (word, word.chars().map(|c| face.advance(c)).sum()));
        Self {
            face,
            words: words.collect(),
            space: face.advance(' '),
        }
    }

    /// The width of the longest word in pixels.
    pub(super) fn longest(&self, size: f32) -> f32 {
        let longest = self.words.iter().map(|(_, units)| *units).max();
        self.face.pixels(longest.unwrap_or(0), size)
    }

    /// The text broken into lines no wider than `width`. A word that is too wide on its own is broken where necessary.
    pub(super) fn lines(&self, size: f32, width: f32) -> Vec<String> {
        let mut lines = Lines::default();
        for (word, units) in &self.words {
            let longer = if lines.last.is_empty() {
                *units
            } else {
                lines.units + self.space + units
            };
            if self.face.pixels(longer, size) <= width {
                lines.push(word, longer);
                continue;
            }
            lines.end();
            self.broken(word, size, width, &mut lines);
        }
        lines.end();
        lines.full
    }

    /// Breaks a word into as many lines as it needs.
    fn broken(&self, word: &str, size: f32, width: f32, lines: &mut Lines) {
        for c in word.chars() {
            let longer = lines.units + self.face.advance(c);
            if self.face.pixels(longer, size) > width && !lines.last.is_empty() {
                lines.end();
            }
            lines.units += self.face.advance(c);
            lines.last.push(c);
        }
    }
}

/// The full lines, and the one that still has room, with its width in font units.
#[derive(Default)]
struct Lines {
    full: Vec<String>,
    last: String,
    units: u32,
}

impl Lines {
    fn push(&mut self, word: &str, units: u32) {
        if !self.last.is_empty() {
            self.last.push(' ');
        }
        self.last.push_str(word);
        self.units = units;
    }

    fn end(&mut self) {
        if !self.last.is_empty() {
            self.full.push(std::mem::take(&mut self.last));
        }
        self.units = 0;
    }
}

/// The text, cut at its end with an ellipsis if it is wider than `width`.
pub(super) fn cut(face: &Face, text: &str, size: f32, width: f32) -> String {
    if face.width(text, size) <= width {
        return text.to_owned();
    }
    let mut kept = text.to_owned();
    while kept.pop().is_some() {
        let short = format!("{}…", kept.trim_end());
        if face.width(&short, size) <= width {
            return short;
        }
    }
    String::new()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wrap(text: &str, size: f32, width: f32) -> Vec<String> {
        Measured::new(Face::get().unwrap(), text).lines(size, width)
    }

    #[test]
    fn lines_are_as_wide_as_they_may_be_and_no_wider() {
        let face = Face::get().unwrap();
        let text = "China says it will take back confirmed nationals, and what that means";
        for width in [200.0, 400.0, 1040.0] {
            let lines = wrap(text, 60.0, width);
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
        let face = Face::get().unwrap();
        let lines = wrap("Rindfleischetikettierungsüberwachung", 60.0, 300.0);
        assert!(lines.len() > 2, "{lines:?}");
        assert!(lines.iter().all(|line| face.width(line, 60.0) <= 300.0));
    }

    #[test]
    fn what_is_cut_ends_with_an_ellipsis() {
        let face = Face::get().unwrap();
        assert_eq!(cut(face, "short", 20.0, 400.0), "short");
        let cut = cut(
            face,
            "a very long name of a very small newspaper",
            40.0,
            400.0,
        );
        assert!(
            cut.ends_with('…') && face.width(&cut, 40.0) <= 400.0,
            "{cut}"
        );
    }
}
