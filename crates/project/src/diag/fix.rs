//! The fix of a fault with a single answer: the words to replace, and what to write instead.

use serde::{Deserialize, Serialize};

use crate::diag::{Diagnostic, Place, Span};

/// The only answer to a fault: the value that is wrong, and the right one.
///
/// Whoever records a fault knows the words, but seldom where exactly they are in the marked text, between quotation
/// marks or in a link. So the words are located when they are replaced, and have to occur exactly once.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Fix {
    /// Where the words are, if not at the fault's own place.
    at: Option<Span>,
    /// The words that are wrong.
    from: String,
    /// What to write.
    to: String,
}

impl Fix {
    /// The words to write.
    pub fn to(&self) -> &str {
        &self.to
    }
}

impl Diagnostic {
    /// Says what to write in place of words in the marked text. Use it only if there is no other answer.
    #[must_use]
    pub fn fix(mut self, from: impl Into<String>, to: impl Into<String>) -> Self {
        self.fix = Some(Fix {
            at: None,
            from: from.into(),
            to: to.into(),
        });
        self
    }

    /// Like [`Diagnostic::fix`], for words at another place in the same file.
    #[must_use]
    pub fn fix_at(self, span: Span, from: impl Into<String>, to: impl Into<String>) -> Self {
        let mut fault = self.fix(from, to);
        if let Some(fix) = &mut fault.fix {
            fix.at = Some(span);
        }
        fault
    }

    /// The edit of the file's text that fixes the fault; `None` if there isn't exactly one answer, or if the words
    /// don't occur exactly once.
    ///
    /// # Examples
    ///
    /// ```
    /// use nutgraf_project::diag::{Code, Diagnostic, Place, Span};
    /// use nutgraf_project::project::SourcePath;
    ///
    /// let text = "source: \"gazete\"";
    /// let place = Place::new(&SourcePath::new("content/index.md"), Span::new(8, 16));
    /// let fault = Diagnostic::new(Code::UnknownSource, place, "there is no source `gazete`");
    /// let fault = fault.suggest("gazete", ["gazette"]);
    /// assert_eq!(fault.edit(text), Some((Span::new(9, 15), "gazette")));
    /// ```
    pub fn edit(&self, text: &str) -> Option<(Span, &str)> {
        let fix = self.fix.as_ref()?;
        let Place { span, .. } = &self.place;
        let span = fix.at.or(*span)?;
        let marked = text.get(span.start as usize..span.end as usize)?;
        let mut found = whole_words(marked, &fix.from);
        let start = found.next()?;
        if found.next().is_some() || fix.from == fix.to {
            return None;
        }
        let words = Span::new(start, start + fix.from.len());
        Some((words.shifted(span.start as usize), &fix.to))
    }
}

/// The places where words occur in a text and aren't part of longer ones.
fn whole_words<'t>(text: &'t str, words: &'t str) -> impl Iterator<Item = usize> + 't {
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
    let found = text.match_indices(words).filter(|_| !words.is_empty());
    found.map(|(start, _)| start).filter(move |start| {
        let before = text[..*start].chars().next_back();
        let after = text[start + words.len()..].chars().next();
        let goes_on = |inner: Option<char>, outer: Option<char>| {
            inner.is_some_and(is_part) && outer.is_some_and(is_part)
        };
        !goes_on(words.chars().next(), before) && !goes_on(words.chars().next_back(), after)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Code;
    use crate::project::SourcePath;

    fn edit(text: &str, from: &str) -> Option<Span> {
        let place = Place::new(&SourcePath::new("site.yaml"), Span::new(0, text.len()));
        let fault = Diagnostic::new(Code::BadValue, place, "no").fix(from, "x");
        fault.edit(text).map(|(span, _)| span)
    }

    #[test]
    fn words_are_replaced_only_where_they_stand_once_and_whole() {
        assert_eq!(edit("{id: ada}", "ada"), Some(Span::new(5, 8)));
        assert_eq!(edit("ada-b, ada", "ada"), Some(Span::new(7, 10)));
        assert_eq!(edit("ada, ada", "ada"), None);
        assert_eq!(edit("adam", "ada"), None);
        assert_eq!(
            edit("[ada](person:ada)", "person:ada"),
            Some(Span::new(6, 16))
        );
        assert_eq!(edit("ada", ""), None);
        assert_eq!(edit("3.5.2021", "3.5.2021"), Some(Span::new(0, 8)));
    }
}
