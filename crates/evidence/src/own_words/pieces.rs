//! The words of a text, with the punctuation around them as far as it tells where names begin.

/// A word of a text without the punctuation around it.
pub(crate) struct Piece {
    pub(crate) text: String,
    /// Whether it starts a sentence.
    pub(crate) is_first: bool,
    /// Whether punctuation separates it from the next.
    pub(crate) is_last: bool,
}

pub(crate) fn pieces(text: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut is_first = true;
    for word in text.split_whitespace() {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        if bare.is_empty() {
            is_first |= matches!(word, "–" | "—" | "-" | ":" | "…");
            continue;
        }
        let start = word.find(bare).unwrap_or_default();
        let (before, after) = (&word[..start], &word[start + bare.len()..]);
        let is_abbreviation =
            after == "." && (bare.contains('.') || bare.chars().count() == 1 || is_title(bare));
        let ends = !is_abbreviation && after.contains(['.', '!', '?', ':', '…']);
        pieces.push(Piece {
            text: bare.to_owned(),
            is_first: is_first || before.contains(['"', '“', '«', '„', '‘', '‹', '¿', '¡']),
            is_last: !is_abbreviation && !after.is_empty(),
        });
        is_first = ends;
    }
    pieces
}

fn is_title(word: &str) -> bool {
    matches!(
        word,
        "Mr" | "Mrs" | "Ms" | "Dr" | "St" | "Sr" | "Jr" | "Prof" | "Gen" | "Sen" | "Rep" | "Gov"
    )
}

pub(crate) fn is_acronym(word: &str) -> bool {
    let letters: Vec<char> = word.chars().filter(|c| c.is_alphabetic()).collect();
    letters.len() > 1 && letters.iter().all(|c| c.is_uppercase())
}

pub(crate) fn is_capitalized(word: &str) -> bool {
    word.chars().next().is_some_and(char::is_uppercase)
}

/// A word without the ending of a possessive, however its apostrophe is written.
pub(crate) fn without_possessive(word: &str) -> &str {
    let word = word
        .strip_suffix("’s")
        .or_else(|| word.strip_suffix("'s"))
        .unwrap_or(word);
    word.trim_end_matches(['’', '\''])
}
