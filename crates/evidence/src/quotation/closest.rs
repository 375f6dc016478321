//! Finds the passage closest to words that a source doesn't contain, and shows how they differ.
//!
//! This is for display only. Nothing here decides whether words are verified: being similar is not being said.

use std::ops::Range;

use crate::source::SourceText;

/// The longest quotation that is compared word by word, in tokens. The alignment takes time and memory proportional to
/// the product of the two lengths.
const MAX_COMPARED: usize = 400;
/// A word that occurs in more places than this says nothing about where to look: it is one of the language's small
/// words.
const MAX_PLACES: usize = 400;

/// The passage of a source closest to a quotation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Closest {
    /// The passage as the source has it.
    pub excerpt: String,
    /// Its byte range in the text as it was given.
    pub bytes: Range<usize>,
    /// Its paragraph, counted from 1.
    pub paragraph: usize,
    /// Quotation and passage, word by word, in order.
    pub words: Vec<DiffWord>,
}

/// A word of a quotation, of a passage, or of both.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DiffWord {
    /// Both have it.
    Same(String),
    /// The quotation has it, the source doesn't.
    OnlyQuoted(String),
    /// The source has it, the quotation doesn't.
    OnlyInSource(String),
}

/// The closest passage, if it shares more than a third of the words and at least two.
pub(crate) fn closest(source: &SourceText, words: &[String]) -> Option<Closest> {
    let words = &words[..words.len().min(MAX_COMPARED)];
    let near = neighborhood(source, words)?;
    let theirs: Vec<&str> = source.tokens()[near.clone()]
        .iter()
        .map(|token| &*token.text)
        .collect();
    let aligned = align(words, &theirs);
    let first = aligned.iter().find_map(|step| step.shared())?;
    let last = aligned.iter().rev().find_map(|step| step.shared())?;
    let n_shared = aligned
        .iter()
        .filter(|step| step.shared().is_some())
        .count();
    if n_shared < 2 || n_shared * 3 <= words.len() {
        return None;
    }
    // Words at either end that only the quotation has are matched by as many words of the source, in the same
    // paragraph.
    let is_ours = |step: &&Step| matches!(step, Step::Ours(_));
    let is_apart = |step: &&Step| step.shared().is_none();
    let n_before = aligned.iter().take_while(is_apart).filter(is_ours).count();
    let from_end = aligned.iter().rev().take_while(is_apart);
    let n_after = from_end.filter(is_ours).count();
    let paragraph = |index: usize| source.paragraph_of(near.start + index);
    let first = (first.saturating_sub(n_before)..=first)
        .find(|index| paragraph(*index) == paragraph(first))
        .unwrap_or(first);
    let last = (last..(last + n_after + 1).min(theirs.len()))
        .take_while(|index| paragraph(*index) == paragraph(last))
        .last()
        .unwrap_or(last);
    let tokens = near.start + first..near.start + last + 1;
    let bytes = source.original_range(&tokens);
    Some(Closest {
        excerpt: source.original(bytes.clone()).to_owned(),
        bytes,
        paragraph: source.paragraph_of(tokens.start) + 1,
        words: aligned
            .into_iter()
            .filter_map(|step| step.word(words, &theirs, first..last + 1))
            .collect(),
    })
}

/// The stretch of the source where the quotation's rarer words are closest together.
fn neighborhood(source: &SourceText, words: &[String]) -> Option<Range<usize>> {
    let mut places: Vec<(usize, usize)> = Vec::new();
    for word in words {
        let Some(id) = source.id_of(word) else {
            continue;
        };
        let positions = source.positions(id);
        let is_word = word.chars().any(char::is_alphanumeric);
        if is_word && positions.len() <= MAX_PLACES {
            let weight = 1 + MAX_PLACES / positions.len().max(1);
            places.extend(positions.iter().map(|position| (*position, weight)));
        }
    }
    places.sort_unstable();
    places.dedup();
    let width = words.len() + words.len() / 4 + 2;
    let mut best: Option<(usize, Range<usize>)> = None;
    let (mut from, mut weight) = (0, 0);
    for to in 0..places.len() {
        weight += places[to].1;
        while places[to].0 - places[from].0 > width {
            weight -= places[from].1;
            from += 1;
        }
        if best.as_ref().is_none_or(|(heaviest, _)| weight > *heaviest) {
            best = Some((weight, places[from].0..places[to].0 + 1));
        }
    }
    let (_, found) = best?;
    let margin = words.len();
    let end = (found.end + margin).min(source.tokens().len());
    Some(found.start.saturating_sub(margin)..end)
}

/// A step of an alignment, by indexes into the quotation and the passage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    Both(usize, usize),
    Ours(usize),
    Theirs(usize),
}

impl Step {
    fn shared(self) -> Option<usize> {
        match self {
            Self::Both(_, theirs) => Some(theirs),
            Self::Ours(_) | Self::Theirs(_) => None,
        }
    }

    fn word(self, ours: &[String], theirs: &[&str], shown: Range<usize>) -> Option<DiffWord> {
        match self {
            Self::Both(index, _) => Some(DiffWord::Same(ours[index].clone())),
            Self::Ours(index) => Some(DiffWord::OnlyQuoted(ours[index].clone())),
            Self::Theirs(index) => shown
                .contains(&index)
                .then(|| DiffWord::OnlyInSource(theirs[index].to_owned())),
        }
    }
}

/// Aligns two texts by their longest common subsequence.
fn align(ours: &[String], theirs: &[&str]) -> Vec<Step> {
    let width = theirs.len() + 1;
    let mut lengths = vec![0_u32; (ours.len() + 1) * width];
    for i in (0..ours.len()).rev() {
        for j in (0..theirs.len()).rev() {
            lengths[i * width + j] = if ours[i] == theirs[j] {
                lengths[(i + 1) * width + j + 1] + 1
            } else {
                lengths[(i + 1) * width + j].max(lengths[i * width + j + 1])
            };
        }
    }
    let mut steps = Vec::with_capacity(ours.len() + theirs.len());
    let (mut i, mut j) = (0, 0);
    while i < ours.len() || j < theirs.len() {
        if i < ours.len() && j < theirs.len() && ours[i] == theirs[j] {
            steps.push(Step::Both(i, j));
            i += 1;
            j += 1;
        } else if j == theirs.len()
            || (i < ours.len() && lengths[(i + 1) * width + j] >= lengths[i * width + j + 1])
        {
            steps.push(Step::Ours(i));
            i += 1;
        } else {
            steps.push(Step::Theirs(j));
            j += 1;
        }
    }
    steps
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_difference_is_shown_word_by_word() {
        let source = SourceText::new("First this.\n\nWe will not support the new plan at all.");
        let words: Vec<String> = "We will support the old plan"
            .split(' ')
            .map(str::to_owned)
            .collect();
        let found = closest(&source, &words).unwrap();
        assert_eq!(found.excerpt, "We will not support the new plan");
        assert_eq!(found.paragraph, 2);
        assert!(
            found
                .words
                .contains(&DiffWord::OnlyInSource("not".to_owned()))
        );
        assert!(
            found
                .words
                .contains(&DiffWord::OnlyQuoted("old".to_owned()))
        );
    }

    #[test]
    fn a_stranger_has_no_closest_passage() {
        let source = SourceText::new("First this. We will not support the new plan at all.");
        let words: Vec<String> = ["Bananas", "grow", "in", "warm", "lands"]
            .map(str::to_owned)
            .into();
        assert_eq!(closest(&source, &words), None);
    }
}
