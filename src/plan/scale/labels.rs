//! Labels along an axis: which of them fit, at which width.

use unicode_normalization::char::is_combining_mark;

/// The width of a drawing from which a label is shown, in ems of the label's text.
///
/// A stylesheet uses the same widths in container queries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::plan) enum Tier {
    /// At any width, even on a small phone with text twice as large.
    Any,
    /// From 18 ems: a phone.
    Small,
    /// From 32 ems: a column of text.
    Medium,
    /// From 48 ems: a wide page.
    Wide,
}

impl Tier {
    const ALL: [Self; 4] = [Self::Any, Self::Small, Self::Medium, Self::Wide];

    /// The least width in hundredths of an em.
    fn least_width(self) -> i64 {
        match self {
            Self::Any => 900,
            Self::Small => 1800,
            Self::Medium => 3200,
            Self::Wide => 4800,
        }
    }

    /// The class for a stylesheet; empty if the label is always shown.
    pub(in crate::plan) fn class(self) -> &'static str {
        match self {
            Self::Any => "",
            Self::Small => "from-small",
            Self::Medium => "from-medium",
            Self::Wide => "from-wide",
        }
    }
}

/// A label that needs room.
#[derive(Clone, Copy, Debug)]
pub(in crate::plan) struct Label {
    /// Its position, in thousandths.
    pub(in crate::plan) place: u16,
    /// Its width, in hundredths of an em.
    pub(in crate::plan) width: i64,
}

/// The space between two labels, in hundredths of an em: clearly more than the space between words.
const BETWEEN: i64 = 80;

/// How far a label may extend past the ends of its drawing, in hundredths of an em: a page has margins, a chart has a
/// scale.
const OVERHANG: i64 = 150;

impl Label {
    /// How it is aligned with its position: `start`, `middle` or `end` (SVG's `text-anchor`), so that it stays within
    /// the drawing.
    pub(in crate::plan) fn anchor(&self) -> &'static str {
        let drawing = Tier::Any.least_width();
        let place = i64::from(self.place) * drawing / 1000;
        let half = self.width / 2;
        if half > place + OVERHANG {
            "start"
        } else if half > drawing - place + OVERHANG {
            "end"
        } else {
            "middle"
        }
    }

    /// What it covers in a drawing of a certain width, both in hundredths of an em.
    fn extent(&self, drawing: i64) -> (i64, i64) {
        let place = i64::from(self.place) * drawing / 1000;
        let start = match self.anchor() {
            "start" => place,
            "end" => place - self.width,
            _ => place - self.width / 2,
        };
        (start, start + self.width)
    }
}

/// The width from which each label is shown, so that no two touch at any width; `None` for one that never fits.
/// `labels` are sorted by importance; whatever a narrow drawing shows, a wider one shows too.
///
/// `taken` is the space used beside the drawing at any width, in hundredths of an em.
pub(in crate::plan) fn thin(labels: &[Label], taken: i64) -> Vec<Option<Tier>> {
    let mut shown: Vec<Option<Tier>> = vec![None; labels.len()];
    for tier in Tier::ALL {
        let drawing = (tier.least_width() - taken).max(100);
        for (index, label) in labels.iter().enumerate() {
            let (start, end) = label.extent(drawing);
            let is_inside = start >= -OVERHANG && end <= drawing + OVERHANG;
            let is_free = labels.iter().zip(&shown).all(|(other, is_shown)| {
                let (from, to) = other.extent(drawing);
                is_shown.is_none() || end + BETWEEN <= from || to + BETWEEN <= start
            });
            if shown[index].is_none() && is_inside && is_free {
                shown[index] = Some(tier);
            }
        }
    }
    shown
}

/// The approximate width of a text in the page's sans serif, in hundredths of an em. It errs on the wide side, because
/// readers have different typefaces.
pub(in crate::plan) fn label_width(text: &str) -> i64 {
    text.chars().map(char_width).sum()
}

fn char_width(char: char) -> i64 {
    match char {
        // Most letters are ASCII, which needs no table.
        _ if !char.is_ascii() && is_combining_mark(char) => 0,
        // Direction marks and joiners.
        '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{61c}' => {
            0
        }
        ' ' | '\u{a0}' | '\u{202f}' | '.' | ',' | ':' | ';' | '\'' | '’' | '|' | 'i' | 'l'
        | 'j' => 32,
        'm' | 'w' | 'M' | 'W' | '%' | '‰' | '@' => 92,
        '0'..='9' | '−' | '-' | '–' => 60,
        // Hangul, ideographs, kana and full-width forms fill a square (UAX 11).
        '\u{1100}'..='\u{115f}'
        | '\u{2e80}'..='\u{a4cf}'
        | '\u{ac00}'..='\u{d7a3}'
        | '\u{f900}'..='\u{faff}'
        | '\u{fe30}'..='\u{fe4f}'
        | '\u{ff00}'..='\u{ff60}'
        | '\u{20000}'..='\u{3fffd}' => 104,
        char if char.is_uppercase() => 72,
        char if char.is_lowercase() => 58,
        _ => 68,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(n: u16, width: i64) -> Vec<Label> {
        (0..n)
            .map(|index| Label {
                place: index * 1000 / (n - 1),
                width,
            })
            .collect()
    }

    #[test]
    fn no_two_labels_touch_at_any_width() {
        for n in [2, 3, 5, 8, 12, 20] {
            for width in [60, 200, 450, 900] {
                let labels = labels(n, width);
                let shown = thin(&labels, 0);
                for tier in Tier::ALL {
                    let drawing = tier.least_width();
                    let mut extents: Vec<(i64, i64)> = labels
                        .iter()
                        .zip(&shown)
                        .filter(|(_, from)| from.is_some_and(|from| from <= tier))
                        .map(|(label, _)| label.extent(drawing))
                        .collect();
                    extents.sort_unstable();
                    let is_apart = |pair: &[(i64, i64)]| pair[0].1 + BETWEEN <= pair[1].0;
                    assert!(
                        extents.windows(2).all(is_apart),
                        "{n} of {width} at {tier:?}"
                    );
                }
            }
        }
    }

    #[test]
    fn the_first_label_is_always_there_and_more_come_with_the_width() {
        let shown = thin(&labels(8, 300), 0);
        assert_eq!(shown[0], Some(Tier::Any));
        let n_at = |tier| shown.iter().flatten().filter(|from| **from <= tier).count();
        assert!(n_at(Tier::Any) < n_at(Tier::Wide));
        assert_eq!(n_at(Tier::Wide), 8);
    }

    #[test]
    fn ideographs_are_wide_and_marks_have_no_width() {
        assert!(label_width("2024年3月") > label_width("2024-03"));
        assert_eq!(label_width("e\u{301}"), label_width("e"));
    }
}
