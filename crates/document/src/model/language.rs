//! The languages of a site, and words that are in another one than the page around them.

use std::borrow::Cow;

/// A language of the site: its main one, or one of `languages:`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Language(u8);

impl Language {
    /// The site's own: `language:` of `site.yaml`.
    pub const MAIN: Self = Self(0);

    /// The language at a place in `languages:`; `None` if there are too many.
    pub fn nth(index: usize) -> Option<Self> {
        u8::try_from(index + 1).ok().map(Self)
    }

    /// Its place in `languages:`; `None` for the main one.
    pub fn index(self) -> Option<usize> {
        usize::from(self.0).checked_sub(1)
    }

    /// Whether it is the site's own.
    pub fn is_main(self) -> bool {
        self == Self::MAIN
    }
}

const START: char = '\u{fdd0}';
const BEHIND_TAG: char = '\u{fdd1}';
const END: char = '\u{fdd2}';

/// Words in another language than the page that shows them: those of an original that its translation lacks.
///
/// Any text of a page may be such words, so the mark is in the text itself, in characters that Unicode keeps out of
/// texts and that no source may hold. Whoever writes an output of a language takes the marks out: as HTML
/// ([`Foreign::in_html`]) or altogether ([`Foreign::plain`]). Without a translation there are none.
///
/// # Examples
///
/// ```
/// use nutgraf_document::model::Foreign;
///
/// let title = Foreign { tag: "en", words: "The vote" }.to_string();
/// let page = format!("<title>{title}</title><p>{title}</p><a title=\"{title}\">Sí</a>");
/// assert_eq!(
///     Foreign::in_html(&page),
///     "<title>The vote</title><p><bdi lang=\"en\">The vote</bdi></p><a title=\"The vote\">Sí</a>"
/// );
/// assert_eq!(Foreign::plain(&title), "The vote");
/// assert_eq!(Foreign::of(&title), Some(Foreign { tag: "en", words: "The vote" }));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Foreign<'a> {
    /// Their language (BCP 47).
    pub tag: &'a str,
    /// The words.
    pub words: &'a str,
}

impl std::fmt::Display for Foreign<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{START}{}{BEHIND_TAG}{}{END}", self.tag, self.words)
    }
}

impl<'a> Foreign<'a> {
    /// The words that a text consists of, if it is marked as a whole.
    pub fn of(text: &'a str) -> Option<Self> {
        let inner = text.strip_prefix(START)?.strip_suffix(END)?;
        let (tag, words) = inner.split_once(BEHIND_TAG)?;
        Some(Self { tag, words })
    }

    /// A text without marks.
    pub fn plain(text: &str) -> Cow<'_, str> {
        if !text.contains([START, END]) {
            return Cow::Borrowed(text);
        }
        let mut plain = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(at) = rest.find([START, END]) {
            plain.push_str(&rest[..at]);
            let is_start = rest[at..].starts_with(START);
            rest = &rest[at + START.len_utf8()..];
            if is_start {
                rest = rest.split_once(BEHIND_TAG).map_or("", |(_, words)| words);
            }
        }
        plain.push_str(rest);
        Cow::Owned(plain)
    }

    /// HTML whose marked words are elements with a language of their own, kept apart from the direction of the text
    /// around them. Where no element can be, in a tag, a title, a drawing or a script, they are plain.
    pub fn in_html(html: &str) -> Cow<'_, str> {
        if !html.contains([START, END]) {
            return Cow::Borrowed(html);
        }
        let mut shown = String::with_capacity(html.len() + 256);
        let mut rest = html;
        while let Some(at) = rest.find('<') {
            in_text(&rest[..at], &mut shown);
            let tag = &rest[at..];
            let end = match opaque(tag) {
                Some(name) => end_of(tag, name),
                None => end_of_tag(tag),
            };
            shown.push_str(&Self::plain(&tag[..end]));
            rest = &tag[end..];
        }
        in_text(rest, &mut shown);
        Cow::Owned(shown)
    }
}

/// The text between two tags. Words that were cut short end with it.
fn in_text(text: &str, shown: &mut String) {
    let mut rest = text;
    while let Some((before, marked)) = rest.split_once(START) {
        shown.push_str(&before.replace(END, ""));
        let (tag, words) = marked.split_once(BEHIND_TAG).unwrap_or(("", marked));
        let (words, after) = words.split_once(END).unwrap_or((words, ""));
        if words.trim().is_empty() || tag.is_empty() {
            shown.push_str(words);
        } else {
            shown.push_str(&format!("<bdi lang=\"{tag}\">{words}</bdi>"));
        }
        rest = after;
    }
    shown.push_str(&rest.replace(END, ""));
}

/// The name of the element that starts here, if it holds no elements of text.
fn opaque(tag: &str) -> Option<&'static str> {
    const OPAQUE: [&str; 6] = ["title", "script", "style", "textarea", "option", "svg"];
    let name = tag.strip_prefix('<')?;
    OPAQUE.into_iter().find(|opaque| {
        let after = name.strip_prefix(opaque);
        after.is_some_and(|after| after.starts_with(['>', ' ', '\n']))
    })
}

/// The end of an element that starts here.
fn end_of(tag: &str, name: &str) -> usize {
    let closing = format!("</{name}>");
    tag.find(&closing)
        .map_or(tag.len(), |at| at + closing.len())
}

/// The end of a tag that starts here. A `>` between quotation marks is part of a value.
fn end_of_tag(tag: &str) -> usize {
    if let Some(comment) = tag.strip_prefix("<!--") {
        let end = comment.find("-->");
        return end.map_or(tag.len(), |end| end + "<!---->".len());
    }
    let mut quote = None;
    for (at, c) in tag.char_indices() {
        match (quote, c) {
            (None, '>') => return at + 1,
            (None, '"' | '\'') => quote = Some(c),
            (Some(open), _) if open == c => quote = None,
            _ => {}
        }
    }
    tag.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(words: &str) -> String {
        Foreign { tag: "en", words }.to_string()
    }

    fn check(html: &str, expected: &str) {
        assert_eq!(Foreign::in_html(html), expected);
    }

    #[test]
    fn words_are_elements_where_an_element_can_be() {
        let vote = words("A &lt; B");
        let bdi = "<bdi lang=\"en\">A &lt; B</bdi>";
        check(&format!("<p>x {vote} y</p>"), &format!("<p>x {bdi} y</p>"));
        check(&format!("{vote}{vote}"), &format!("{bdi}{bdi}"));
        for (before, behind) in [
            ("<a title=\"x > ", "\">"),
            ("<a title='x > ", "'>"),
            ("<svg viewBox=\"0\"><text>", "</text></svg>"),
            ("<script>\"", "\"</script>"),
            ("<option>", "</option>"),
            ("<!-- x > ", " -->"),
        ] {
            check(
                &format!("{before}{vote}{behind}"),
                &format!("{before}A &lt; B{behind}"),
            );
        }
    }

    #[test]
    fn words_that_were_cut_leave_nothing_open() {
        let vote = words("The vote");
        let cut = vote.trim_end_matches(END).trim_end_matches("vote");
        check(
            &format!("<p>{cut}</p><p>y</p>"),
            "<p><bdi lang=\"en\">The </bdi></p><p>y</p>",
        );
        check(&format!("<p>vote{END}</p>"), "<p>vote</p>");
        assert_eq!(Foreign::plain(&format!("vote{END} {cut}")), "vote The ");
        assert_eq!(Foreign::of(cut), None);
    }
}
