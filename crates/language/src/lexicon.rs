//! The English words that decide what a quotation or a number means.
//!
//! Lists, because a list can be read and argued with. All comparisons ignore case.

/// Words that turn a statement around.
const NEGATIONS: &[&str] = &[
    "not", "no", "never", "none", "nobody", "nothing", "nor", "neither", "nowhere", "cannot",
    "without", "hardly", "scarcely", "barely", "non", "ain't",
];

/// Words that do the same work as a negation when a bracket brings them in or hides them.
const REVERSERS: &[&str] = &[
    "refuse",
    "refuses",
    "refused",
    "refusing",
    "deny",
    "denies",
    "denied",
    "denying",
    "fail",
    "fails",
    "failed",
    "lack",
    "lacks",
    "lacked",
    "oppose",
    "opposes",
    "opposed",
    "against",
    "reject",
    "rejects",
    "rejected",
    "unable",
    "unlikely",
    "unlawful",
    "impossible",
    "false",
    "untrue",
    "seldom",
    "rarely",
    "stop",
    "stopped",
    "avoid",
    "avoids",
    "avoided",
];

/// Words that open the clause which takes back what was said.
const QUALIFIERS: &[&str] = &[
    "but", "however", "although", "though", "unless", "except", "yet",
];

/// Verbs of saying, in the forms that newspapers print.
const SPEECH_VERBS: &[&str] = &[
    "said",
    "says",
    "say",
    "told",
    "tells",
    "added",
    "adds",
    "wrote",
    "writes",
    "stated",
    "states",
    "asked",
    "asks",
    "argued",
    "argues",
    "claimed",
    "claims",
    "explained",
    "explains",
    "insisted",
    "insists",
    "warned",
    "warns",
    "announced",
    "declared",
    "declares",
    "noted",
    "notes",
    "replied",
    "responded",
    "continued",
    "remarked",
    "commented",
    "tweeted",
    "posted",
    "testified",
    "asserted",
    "asserts",
    "acknowledged",
    "reasoned",
    "characterized",
    "recalled",
    "concluded",
    "stressed",
    "emphasized",
    "called",
    "described",
    "dubbed",
    "joked",
    "admitted",
    "conceded",
    "predicted",
    "complained",
    "observed",
    "countered",
    "vowed",
    "pledged",
    "clarified",
    "confirmed",
];

/// Capitalized words that name nobody.
const NO_NAMES: &[&str] = &[
    "he",
    "she",
    "it",
    "they",
    "we",
    "i",
    "you",
    "the",
    "a",
    "an",
    "this",
    "that",
    "these",
    "those",
    "who",
    "one",
    "mr",
    "mrs",
    "ms",
    "dr",
    "as",
    "in",
    "on",
    "at",
    "and",
    "but",
    "when",
    "after",
    "before",
    "his",
    "her",
    "their",
    "some",
    "many",
    "others",
    "another",
    "police",
    "officials",
    "critics",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "later",
    "also",
    "earlier",
    "yesterday",
    "today",
];

const ABBREVIATIONS: &[&str] = &[
    "mr", "mrs", "ms", "dr", "prof", "st", "gen", "sen", "rep", "gov", "lt", "col", "sgt", "capt",
    "rev", "hon", "jr", "sr", "vs", "no", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep",
    "sept", "oct", "nov", "dec", "inc", "co", "corp", "ltd", "dept", "est", "approx", "etc",
];

fn is_listed(list: &[&str], word: &str) -> bool {
    list.iter().any(|listed| listed.eq_ignore_ascii_case(word))
}

/// Whether a word negates: `not`, `never`, `don't`.
pub fn is_negation(word: &str) -> bool {
    is_listed(NEGATIONS, word) || ends_with_not(word)
}

fn ends_with_not(word: &str) -> bool {
    let n_bytes = word.len();
    n_bytes > 3
        && word.is_char_boundary(n_bytes - 3)
        && word[n_bytes - 3..].eq_ignore_ascii_case("n't")
}

/// Whether a word turns a statement around when it is put in or left out.
pub fn is_reverser(word: &str) -> bool {
    is_negation(word) || is_listed(REVERSERS, word)
}

/// Whether a word opens a clause that takes back what was said.
pub fn is_qualifier(word: &str) -> bool {
    is_listed(QUALIFIERS, word)
}

/// Whether a word is a verb of saying.
pub fn is_speech_verb(word: &str) -> bool {
    is_listed(SPEECH_VERBS, word)
}

/// Whether a word may be part of somebody's name.
pub fn is_name_word(word: &str) -> bool {
    let is_capitalized = word.chars().next().is_some_and(char::is_uppercase);
    is_capitalized && !is_listed(NO_NAMES, without_possessive(word))
}

/// Whether a full stop after the word needn't end a sentence.
pub fn is_abbreviation(word: &str) -> bool {
    let is_initial = word.chars().count() == 1 && word.chars().all(char::is_uppercase);
    is_initial || is_listed(ABBREVIATIONS, word)
}

/// `Trump's` without its `'s`.
pub fn without_possessive(word: &str) -> &str {
    word.strip_suffix("'s").unwrap_or(word)
}

/// Whether a bracket may put this ending on a verb or noun, or take it off: `walk[ed]`.
pub fn is_inflection(ending: &str) -> bool {
    matches!(
        ending,
        "" | "s" | "es" | "d" | "ed" | "ing" | "'s" | "n" | "en" | "e" | "y" | "ies" | "ied"
    )
}
