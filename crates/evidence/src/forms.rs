//! Recognizes forms of the same word.

/// Whether two words may be forms of the same one: `ship`, `ships`; `ciudad`, `ciudades`.
pub(crate) fn are_forms(one: &str, other: &str) -> bool {
    /// The longest ending by which forms differ: `-ing`, `-ies`, `-ern`.
    const ENDING: usize = 3;
    if one == other {
        return true;
    }
    let n_shared = one
        .chars()
        .zip(other.chars())
        .take_while(|(a, b)| a == b)
        .count();
    let rest = |word: &str| word.chars().count() - n_shared;
    let is_prefix = rest(one) == 0 || rest(other) == 0;
    n_shared >= 3 && rest(one) <= ENDING && rest(other) <= ENDING && (is_prefix || n_shared >= 4)
}

/// Endings by which two forms of one name may differ after their common part: `Colombia`, `Colombian`.
const ENDINGS: [(&str, &str); 18] = [
    ("", "ren"),
    ("y", "ies"),
    ("", "s"),
    ("", "es"),
    ("", "n"),
    ("", "ns"),
    ("", "en"),
    ("", "er"),
    ("", "ers"),
    ("", "e"),
    ("a", "an"),
    ("a", "ans"),
    ("a", "ese"),
    ("", "ese"),
    ("", "ian"),
    ("", "ians"),
    ("o", "an"),
    ("o", "ans"),
];

/// Whether two words are forms of the same one.
pub(crate) fn is_inflected(one: &str, other: &str) -> bool {
    let n_shared = one
        .char_indices()
        .zip(other.chars())
        .take_while(|((_, a), b)| a == b)
        .map(|((index, c), _)| index + c.len_utf8())
        .last()
        .unwrap_or_default();
    let (one, other) = (&one[n_shared..], &other[n_shared..]);
    n_shared > 2
        && ENDINGS
            .iter()
            .any(|(a, b)| (*a == one && *b == other) || (*a == other && *b == one))
}
