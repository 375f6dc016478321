//! Breaks text into lines.

use unicode_script::{Script, UnicodeScript};
use unicode_segmentation::UnicodeSegmentation;

use super::fonts::Open;
use super::shape::runs_left;

/// What doesn't begin a line in Chinese and Japanese (the commonest of <https://www.w3.org/TR/clreq/#line_composition>).
const NEVER_FIRST: &str =
    "、。，．：；！？）」』】》〉”’…—ー々ぁぃぅぇぉっゃゅょァィゥェォッャュョ";

/// What doesn't end one.
const NEVER_LAST: &str = "（「『【《〈“‘";

/// A part of a text between two places where a line may end.
struct Part<'a> {
    text: &'a str,
    /// As a share of the font size.
    width: f32,
    /// Whether a space comes before it.
    is_apart: bool,
}

/// A text whose words are measured once, however often they are laid out.
pub(super) struct Measured<'a, 'f> {
    fonts: &'a Open<'f>,
    parts: Vec<Part<'a>>,
    space: f32,
}

impl<'a, 'f> Measured<'a, 'f> {
    pub(super) fn new(fonts: &'a Open<'f>, text: &'a str) -> Self {
        let words = text.split_whitespace();
        let parts = words.flat_map(|word| {
            parts_of(word).enumerate().map(|(number, text)| Part {
                text,
                width: fonts.width(text),
                is_apart: number == 0,
            })
        });
        Self {
            fonts,
            parts: parts.collect(),
            space: fonts.width(" "),
        }
    }

    /// The width of the longest word in pixels.
    pub(super) fn longest(&self, size: f32) -> f32 {
        let widths = self.parts.iter().map(|part| part.width);
        widths.fold(0.0, f32::max) * size
    }

    /// The text broken into lines no wider than `width`. A word that is too wide on its own is broken where necessary.
    pub(super) fn lines(&self, size: f32, width: f32) -> Vec<String> {
        let mut lines = Lines::default();
        for part in &self.parts {
            let space = if part.is_apart && !lines.last.is_empty() {
                self.space
            } else {
                0.0
            };
            if (lines.width + space + part.width) * size <= width {
                if space > 0.0 {
                    lines.last.push(' ');
                }
                lines.last.push_str(part.text);
                lines.width += space + part.width;
                continue;
            }
            lines.end();
            self.broken(part, size, width, &mut lines);
        }
        lines.end();
        lines.full
    }

    /// Breaks a word into as many lines as it needs.
    fn broken(&self, part: &Part<'_>, size: f32, width: f32, lines: &mut Lines) {
        if part.width * size <= width {
            lines.last.push_str(part.text);
            lines.width = part.width;
            return;
        }
        // A consonant and its vowel sign are one letter to readers.
        for letter in part.text.graphemes(true) {
            let own = self.fonts.width(letter);
            if (lines.width + own) * size > width && !lines.last.is_empty() {
                lines.end();
            }
            lines.width += own;
            lines.last.push_str(letter);
        }
    }
}

/// The parts of a word between which a line may end: letters of a script without spaces.
fn parts_of(word: &str) -> impl Iterator<Item = &str> {
    let mut rest = word;
    std::iter::from_fn(move || {
        let mut letters = rest.char_indices();
        let (_, mut before) = letters.next()?;
        let end = letters.find_map(|(at, letter)| {
            let may_end = (is_unspaced(before) || is_unspaced(letter))
                && !NEVER_FIRST.contains(letter)
                && !NEVER_LAST.contains(before);
            before = letter;
            may_end.then_some(at)
        });
        let (part, others) = rest.split_at(end.unwrap_or(rest.len()));
        rest = others;
        Some(part)
    })
}

/// Whether a letter belongs to a script without spaces.
fn is_unspaced(letter: char) -> bool {
    matches!(
        letter.script(),
        Script::Han | Script::Hiragana | Script::Katakana | Script::Bopomofo
    )
}

/// The full lines, and the one that still has room, with its width as a share of the font size.
#[derive(Default)]
struct Lines {
    full: Vec<String>,
    last: String,
    width: f32,
}

impl Lines {
    fn end(&mut self) {
        if !self.last.is_empty() {
            self.full.push(std::mem::take(&mut self.last));
        }
        self.width = 0.0;
    }
}

impl Open<'_> {
    /// The width of a text as a share of the font size.
    pub(super) fn width(&self, text: &str) -> f32 {
        let plain = self.plain_width(text);
        plain.unwrap_or_else(|| self.line(text, runs_left(text)).width)
    }
}

/// The text, cut at its end with an ellipsis if it is wider than `width`.
pub(super) fn cut(fonts: &Open<'_>, text: &str, size: f32, width: f32) -> String {
    let fits = |text: &str| fonts.width(text) * size <= width;
    if fits(text) {
        return text.to_owned();
    }
    let short = |end: &usize| format!("{}…", text[..*end].trim_end());
    let ends = text.grapheme_indices(true).map(|(at, _)| at);
    let ends: Vec<usize> = ends.chain([text.len()]).collect();
    let n_fitting = ends.partition_point(|end| fits(&short(end)));
    ends[..n_fitting].last().map(short).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    use crate::Fonts;

    fn wrap(fonts: &Open<'_>, text: &str, size: f32, width: f32) -> Vec<String> {
        Measured::new(fonts, text).lines(size, width)
    }

    #[test]
    fn lines_are_as_wide_as_they_may_be_and_no_wider() {
        let fonts = Fonts::default();
        let fonts = &fonts.open().unwrap();
        let text = "China says it will take back confirmed nationals, and what that means";
        for width in [200.0, 400.0, 1040.0] {
            let lines = wrap(fonts, text, 60.0, width);
            assert!(lines.iter().all(|line| fonts.width(line) * 60.0 <= width));
            assert_eq!(lines.join(" ").replace(' ', ""), text.replace(' ', ""));
            for pair in lines.windows(2) {
                let next = pair[1].split(' ').next().unwrap();
                let longer = format!("{} {next}", pair[0]);
                assert!(
                    fonts.width(&longer) * 60.0 > width,
                    "{longer} fits in {width}"
                );
            }
        }
    }

    #[test]
    fn a_word_that_is_too_wide_is_broken() {
        let fonts = Fonts::default();
        let fonts = &fonts.open().unwrap();
        let lines = wrap(fonts, "Rindfleischetikettierungsüberwachung", 60.0, 300.0);
        assert!(lines.len() > 2, "{lines:?}");
        assert!(lines.iter().all(|line| fonts.width(line) * 60.0 <= 300.0));
    }

    #[test]
    fn what_is_cut_ends_with_an_ellipsis() {
        let fonts = Fonts::default();
        let fonts = &fonts.open().unwrap();
        assert_eq!(cut(fonts, "short", 20.0, 400.0), "short");
        let cut = cut(
            fonts,
            "a very long name of a very small newspaper",
            40.0,
            400.0,
        );
        assert!(
            cut.ends_with('…') && fonts.width(&cut) * 40.0 <= 400.0,
            "{cut}"
        );
    }

    #[test]
    fn a_word_is_broken_and_cut_between_signs() {
        let fonts = Fonts::new(vec![
            include_bytes!("../tests/fonts/devanagari.ttf")[..].into(),
        ]);
        let fonts = &fonts.open().unwrap();
        let text = "क्षत्रिय श्रमिक";
        let signs: Vec<&str> = text.graphemes(true).collect();
        let is_whole = |line: &str| line.graphemes(true).all(|sign| signs.contains(&sign));
        for width in [40.0, 60.0, 90.0, 140.0] {
            let lines = wrap(fonts, text, 60.0, width);
            assert!(lines.iter().all(|line| is_whole(line)), "{lines:?}");
            let cut = cut(fonts, text, 60.0, width);
            assert!(is_whole(cut.trim_end_matches('…')), "{cut}");
        }
    }

    #[test]
    fn a_script_without_spaces_is_broken_between_letters_and_never_before_a_comma() {
        let fonts = Fonts::new(vec![
            include_bytes!("../tests/fonts/chinese.otf")[..].into(),
        ]);
        let fonts = &fonts.open().unwrap();
        let text = "市议会投票决定关闭旧港口，渔民投票";
        for n_letters in 3..12 {
            let width = n_letters as f32 * 60.0;
            let lines = wrap(fonts, text, 60.0, width);
            assert_eq!(lines.concat(), text);
            assert!(
                lines.iter().all(|line| !line.starts_with('，')),
                "{lines:?}"
            );
            assert!(
                lines
                    .iter()
                    .all(|line| fonts.width(line) * 60.0 <= width + 0.1)
            );
        }
    }
}
