//! Citations: `[@newsweek, para 4; @times]`.

use std::ops::Range;

use pulldown_cmark::{BrokenLink, BrokenLinkCallback, CowStr, LinkType};

use crate::diag::Span;
use crate::document::RawCitation;
use crate::document::markdown::text::FAR;

/// Tells the parser which brackets without a definition are citations; it then reports them as links, see [`split`].
#[derive(Debug)]
pub(super) struct Brackets<'a>(pub(super) &'a str);

impl<'a> BrokenLinkCallback<'a> for Brackets<'a> {
    fn handle_broken_link(&mut self, link: BrokenLink<'a>) -> Option<(CowStr<'a>, CowStr<'a>)> {
        let written = self.0.get(link.span.clone())?;
        let follows = self.0.as_bytes().get(link.span.end);
        let is_citation = match link.link_type {
            LinkType::Shortcut => link.reference.starts_with('@'),
            // `[@a][@b]` and `[sic][@a]` have the form of a link with its reference.
            LinkType::Reference => {
                link.reference.starts_with('@') || written.trim_start_matches('!').starts_with("[@")
            }
            _ => false,
        };
        // Brackets followed by `(` were meant to be a link.
        (is_citation && follows != Some(&b'(')).then(|| ("".into(), "".into()))
    }
}

/// The ranges of the brackets in a link that is a citation. `link` is its range in `source`.
///
/// Either pair may contain words, as in `[sic][@newsweek]` and `[@newsweek][sic]`; at least one is a citation. A `!`
/// before them is left out: what looks like an image is the end of an exclamation.
pub(super) fn split(source: &str, link: Range<usize>) -> (Range<usize>, Option<Range<usize>>) {
    let written = &source[link.clone()];
    let start = link.start + usize::from(written.starts_with('!'));
    match written.rfind("][") {
        Some(middle) => {
            let middle = link.start + middle + 1;
            (start..middle, Some(middle..link.end))
        }
        None => (start..link.end, None),
    }
}

/// Whether brackets and their contents are meant to be a citation.
pub(super) fn is_citation(brackets: &str) -> bool {
    brackets.starts_with("[@")
}

/// Reads a citation including its brackets; `offset` is where it starts.
///
/// # Errors
///
/// Where the first fault is, and what was expected.
pub(super) fn parse(brackets: &str, offset: usize) -> Result<Vec<RawCitation>, (Span, String)> {
    let inside = &brackets[1..brackets.len() - 1];
    let mut citations = Vec::new();
    let mut start = 1;
    for part in inside.split(';') {
        let skipped = part.len() - part.trim_start_matches(is_line_start).len();
        let from = offset + start + skipped;
        let span = Span::new(from, from + part[skipped..].trim_end().len());
        citations.push(one(&part[skipped..], span).map_err(|expected| (span, expected))?);
        start += part.len() + 1;
    }
    Ok(citations)
}

/// Explains why bracketed text that the parser didn't take for a reference isn't a citation, if it was meant to be one.
///
/// `after` is the text after the opening bracket. The message comes with the length of the text in question.
pub(super) fn near_miss(after: &str) -> Option<(String, usize)> {
    let near = &after[..after.floor_char_boundary(FAR)];
    let line = near.split(['\n', '[']).next()?;
    let inside = line.split(']').next()?;
    let (before, name) = inside.split_once('@')?;
    let name = &name[..name.find(|c| !is_id(c)).unwrap_or(name.len())];
    if !name.starts_with(|c: char| c.is_ascii_alphanumeric()) {
        return None;
    }
    let expected = if before.is_empty() {
        "expected `]` at its end, and no `(` or `[` after that"
    } else if before.ends_with([' ', '-']) && inside.len() < line.len() {
        "expected `[@` at its start, with words of your own before the bracket"
    } else {
        return None;
    };
    let message = format!(
        "`[{before}@{name}` is not a citation such as `[@{name}, para 4]`: {expected}; write `\\[` for a plain bracket"
    );
    Some((message, line.len().min(inside.len() + 1)))
}

fn one(part: &str, span: Span) -> Result<RawCitation, String> {
    let Some(rest) = part.strip_prefix('@') else {
        let found = part.trim();
        return Err(if found.is_empty() {
            "a citation ends in `;`: expected another one, as in `[@newsweek; @times]`".to_owned()
        } else {
            format!(
                "`{found}` isn't a citation: expected `@` and a source's id, as in `[@newsweek; @times]`"
            )
        });
    };
    let id = &rest[..rest.find(|c| !is_id(c)).unwrap_or(rest.len())];
    if !id.starts_with(|c: char| c.is_ascii_alphanumeric()) {
        return Err(
            "`@` without a source's id: expected lowercase letters, digits, `-` and `_`, as in `[@newsweek]`"
                .to_owned(),
        );
    }
    Ok(RawCitation {
        id: id.to_owned(),
        locator: locator(id, &rest[id.len()..])?,
        span,
    })
}

/// Reads what follows the id.
fn locator(id: &str, rest: &str) -> Result<Option<String>, String> {
    let is_id_over = rest.starts_with(is_line_start);
    let rest = rest.trim();
    if rest.is_empty() {
        return Ok(None);
    }
    if rest.contains('@') {
        return Err(format!(
            "two citations without `;` between them: expected `[@{id}; @…]`"
        ));
    }
    let Some(place) = rest.strip_prefix(',') else {
        return Err(if is_id_over {
            format!("`{rest}` after `@{id}`: expected a comma before it, as in `[@{id}, para 4]`")
        } else {
            format!(
                "`@{id}{rest}` isn't a source's id: expected lowercase letters, digits, `-` and `_`"
            )
        });
    };
    let place = plain(place);
    if place.is_empty() {
        return Err(format!(
            "a comma with nothing after it: expected `[@{id}]` or `[@{id}, para 4]`"
        ));
    }
    Ok(Some(place))
}

/// The words of a locator: one line, without escapes, with dashes as in prose.
fn plain(place: &str) -> String {
    let words: Vec<String> = place
        .split_whitespace()
        .filter(|word| *word != ">")
        .map(|word| word.replace("--", "–").replace('\\', ""))
        .collect();
    words.join(" ")
}

fn is_id(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '-' || c == '_'
}

/// What may come between two words of a citation that spans a line break, in a block quotation too.
fn is_line_start(c: char) -> bool {
    c.is_whitespace() || c == '>'
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(brackets: &str, expected: &[(&str, Option<&str>, &str)]) {
        let found = parse(brackets, 10).expect(brackets);
        let found: Vec<_> = found
            .iter()
            .map(|citation| {
                let span = citation.span.start as usize - 10..citation.span.end as usize - 10;
                (
                    citation.id.as_str(),
                    citation.locator.as_deref(),
                    &brackets[span],
                )
            })
            .collect();
        assert_eq!(found, expected, "{brackets}");
    }

    fn check_fault(brackets: &str, expected: &str) {
        let (_, message) = parse(brackets, 0).expect_err(brackets);
        assert!(message.contains(expected), "{brackets}: {message}");
    }

    #[test]
    fn a_citation_names_sources_and_places() {
        check("[@newsweek]", &[("newsweek", None, "@newsweek")]);
        check(
            "[@a-b_1, para 4]",
            &[("a-b_1", Some("para 4"), "@a-b_1, para 4")],
        );
        check(
            "[@a; @b, pp. 3--4 , 7]",
            &[
                ("a", None, "@a"),
                ("b", Some("pp. 3–4 , 7"), "@b, pp. 3--4 , 7"),
            ],
        );
        check(
            "[@a, para\n> 4;\n> @b]",
            &[("a", Some("para 4"), "@a, para\n> 4"), ("b", None, "@b")],
        );
    }

    #[test]
    fn brackets_that_were_meant_to_be_a_citation_are_told_from_others() {
        for (after, expected) in [
            ("@a](b", Some(3)),
            ("@a, [sic]", Some(4)),
            ("see @a, p. 3] and", Some(13)),
            ("-@a]", Some(4)),
            ("@ home]", None),
            ("mail@example.org]", None),
            ("see @a", None),
            ("]", None),
            ("", None),
        ] {
            assert_eq!(
                near_miss(after).map(|(_, length)| length),
                expected,
                "{after}"
            );
        }
    }

    #[test]
    fn a_broken_citation_says_what_was_expected() {
        check_fault("[@]", "as in `[@newsweek]`");
        check_fault("[@ a]", "as in `[@newsweek]`");
        check_fault("[@a @b]", "`[@a; @…]`");
        check_fault("[@a, @b]", "`[@a; @…]`");
        check_fault("[@a;]", "expected another one");
        check_fault("[@a; b]", "`b` isn't a citation");
        check_fault("[@a para 4]", "expected a comma");
        check_fault("[@a,]", "nothing after it");
        check_fault("[@zürich]", "isn't a source's id");
        check_fault("[@a.b]", "isn't a source's id");
        check_fault("[@a é]", "expected a comma");
    }
}
