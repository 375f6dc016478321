//! What is compared of a title beyond its names and numbers.

use crate::finding::Context;
use crate::sentence::Sentence;
use crate::sentence::opposites::opposed;
use crate::sentence::roles::turned;

/// Why a title seems to say something else than the words of its source: it turns round who does what to whom, or has the
/// opposite verb. `None` if it doesn't, or says it in words that can't be compared.
///
/// # Examples
///
/// ```
/// use nutgraf_evidence::compare::Context;
/// use nutgraf_evidence::{Language, doubt_of_title};
///
/// let sentence = "The school board fired Superintendent Dale Whitman on Tuesday.";
/// let context = Context {
///     words: sentence,
///     sentence,
///     is_printed: false,
///     at: 0,
///     language: Language::named("en").unwrap(),
///     published: None,
/// };
/// assert_eq!(doubt_of_title("School board fires Dale Whitman", &context), None);
/// assert!(doubt_of_title("Dale Whitman fired the school board", &context).is_some());
/// assert!(doubt_of_title("School board hires Dale Whitman", &context).is_some());
/// ```
pub fn doubt_of_title(title: &str, context: &Context<'_>) -> Option<String> {
    if !context.language.is_known() {
        return None;
    }
    let source = Sentence::new(context.sentence, context.language);
    let title = Sentence::new(title, context.language);
    if source.is_list() || title.is_list() {
        return None;
    }
    turned(&title, &source).or_else(|| opposed(&title, &source))
}
