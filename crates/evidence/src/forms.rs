//! Recognizes forms of the same word.

/// Whether two words may be forms of the same one: `ship`, `ships`; `ciudad`, `ciudades`.
pub(super) fn are_forms(one: &str, other: &str) -> bool {
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
