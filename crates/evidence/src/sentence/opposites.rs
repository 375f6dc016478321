//! Titles that say the opposite of a source: `Court acquits the mayor` where it convicted him.

use crate::sentence::Sentence;

/// How a title says the opposite of a source's sentence: it has a verb or a comparison that the sentence lacks, and the
/// sentence has the opposite. A negation in either may make both true, so that nothing is said then.
pub(crate) fn opposed(title: &Sentence<'_>, source: &Sentence<'_>) -> Option<String> {
    if title.is_negated() || source.is_negated() {
        return None;
    }
    let opposites = &title.language.tables.clauses.opposites;
    let word = |sentence: &Sentence<'_>, words: &[String]| {
        (0..sentence.tokens.len()).find(|at| words.iter().any(|word| word == sentence.key(*at)))
    };
    let mut both = opposites
        .iter()
        .flat_map(|[one, other]| [(one, other), (other, one)]);
    both.find_map(|(said, opposite)| {
        let own = word(title, said)?;
        let found = word(source, opposite)?;
        let is_there_too = word(source, said).is_some() || word(title, opposite).is_some();
        (!is_there_too).then(|| {
            format!(
                "the source has `{}` where the title has `{}`",
                source.word(found),
                title.word(own)
            )
        })
    })
}

impl Sentence<'_> {
    fn is_negated(&self) -> bool {
        let mut words = self.tokens.iter();
        words.any(|token| self.language.is_negation(&token.text))
    }
}
