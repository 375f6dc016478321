//! Finds markup that readers would see: code for other generators, traces of a merge, asterisks that don't make
//! anything bold.
//!
//! It searches only what is printed as text, never code. Each line yields at most one fault, the first.

mod boxes;
mod brackets;
mod pairs;
mod templates;
mod unmade;

use std::ops::Range;

use crate::diag::Code;
use crate::document::markdown::Mode;
use crate::document::markdown::html_writer::HtmlWriter;

/// The parts of the source that are printed as text, in order.
#[derive(Debug, Default)]
pub(super) struct Shown {
    ranges: Vec<Range<usize>>,
}

impl Shown {
    /// Adds a piece of text.
    pub(super) fn add(&mut self, range: &Range<usize>) {
        match self.ranges.last_mut() {
            Some(last) if last.end == range.start => last.end = range.end,
            _ => self.ranges.push(range.clone()),
        }
    }

    /// Reports the markup that readers would see.
    pub(super) fn check(&self, out: &mut HtmlWriter<'_>) {
        let source = out.source();
        if !TRIGGERS.iter().any(|trigger| source.contains(trigger)) {
            return;
        }
        let mut line: Option<Line> = None;
        for range in &self.ranges {
            let mut start = range.start;
            for piece in source[range.clone()].split_inclusive('\n') {
                let piece_range = start..start + piece.len();
                start = piece_range.end;
                match &mut line {
                    Some(line) if line.holds(&piece_range) => line.show(source, &piece_range),
                    _ => {
                        report(out, line.replace(Line::around(source, &piece_range)));
                    }
                }
            }
        }
        report(out, line);
    }
}

/// A text without any of these contains nothing to report.
const TRIGGERS: &[&str] = &[
    "{",
    "[[",
    ":::",
    "!!!",
    "???",
    "==",
    "%%",
    "^[",
    "**",
    "<<<",
    "--8<--",
    "[TOC]",
    "[toc]",
    "[caption",
    "[gallery",
    "[embed",
    "[youtube",
    "[audio",
    "[video",
    "[playlist",
    "[/",
    "][",
    "] (",
    ")[",
    ".. ",
    "#+",
    "##",
    "\\",
    "h1.",
    "h2.",
    "h3.",
    "h4.",
    "import ",
    "export ",
    "<%",
    "'''",
    "$$",
    ":",
    "|",
];

/// A line of the source, with zeros in place of what isn't printed as text.
struct Line {
    start: usize,
    shown: Vec<u8>,
}

impl Line {
    fn around(source: &str, piece: &Range<usize>) -> Self {
        let start = source[..piece.start].rfind('\n').map_or(0, |at| at + 1);
        let length = source[start..].find('\n').unwrap_or(source.len() - start);
        let mut line = Self {
            start,
            shown: vec![0; length],
        };
        line.show(source, piece);
        line
    }

    fn holds(&self, piece: &Range<usize>) -> bool {
        (self.start..=self.start + self.shown.len()).contains(&piece.start)
    }

    fn show(&mut self, source: &str, piece: &Range<usize>) {
        let end = piece.end.min(self.start + self.shown.len());
        if piece.start < end {
            let at = piece.start - self.start..end - self.start;
            self.shown[at].copy_from_slice(&source.as_bytes()[piece.start..end]);
        }
    }
}

fn report(out: &mut HtmlWriter<'_>, line: Option<Line>) {
    let Some(line) = line else { return };
    let Ok(text) = String::from_utf8(line.shown) else {
        return;
    };
    let Some(found) = first(&text) else { return };
    let range = line.start + found.range.start..line.start + found.range.end;
    let is_escaped = out.source()[..range.start].ends_with('\\');
    // A line in a record can't be a heading or a table, so such marks are meant literally.
    let marks = &text[found.range.clone()];
    let is_of_blocks = ["{#", "##", "|"].iter().any(|mark| marks.starts_with(mark));
    let is_meant = is_escaped || out.mode() == Mode::Inline && is_of_blocks;
    if !is_meant {
        out.fault(found.code, range, found.message);
    }
}

/// Markup that readers would see.
struct Found {
    code: Code,
    range: Range<usize>,
    message: String,
}

impl Found {
    fn foreign(range: Range<usize>, whose: &str, expected: &str, line: &str) -> Self {
        let shown = &line[range.clone()];
        let message =
            format!("`{shown}` is code of {whose}, and readers would see it; expected {expected}");
        Self {
            code: Code::ForeignMarkup,
            range,
            message,
        }
    }

    fn stray(range: Range<usize>, message: String) -> Self {
        Self {
            code: Code::StrayMarks,
            range,
            message,
        }
    }
}

/// A function that looks for one kind of mark on a line.
type Finder = fn(&str) -> Option<Found>;

const FINDERS: [Finder; 18] = [
    conflict,
    boxes::fence,
    boxes::include,
    boxes::markup_line,
    templates::braces,
    templates::percent_tag,
    brackets::brackets,
    brackets::forum_tag,
    pairs::marked,
    pairs::comment,
    pairs::quotes,
    pairs::formula,
    pairs::emoji,
    unmade::asterisks,
    unmade::heading,
    unmade::link,
    unmade::reference,
    unmade::row,
];

/// The first thing on a line to report.
fn first(line: &str) -> Option<Found> {
    // Most lines have none of these characters, and each finder would search them again.
    let signs = [
        '{', '[', '=', '%', '*', '<', ':', '!', '?', '|', '#', '$', '\'', '\\',
    ];
    if !line.contains(signs) && !line.starts_with(['h', 'i', 'e', '.']) {
        return None;
    }
    let found = FINDERS.iter().filter_map(|find| find(line));
    found.min_by_key(|found| found.range.start)
}

/// `<<<<<<< HEAD`, left by git.
fn conflict(line: &str) -> Option<Found> {
    let is_one = line.starts_with("<<<<<<<") && !line.starts_with("<<<<<<<<");
    is_one.then(|| Found {
        code: Code::MergeConflict,
        range: 0..line.trim_end().len(),
        message: "a merge has left two versions here; expected one of them, without the lines `<<<<<<<`, `=======` and \
                  `>>>>>>>`"
            .to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(line: &str) -> Option<(&'static str, &str)> {
        let found = first(line)?;
        Some((found.code.name(), &line[found.range]))
    }

    #[test]
    fn code_of_others_is_told_from_words() {
        for (line, expected) in [
            (
                "{% include photo.html src=\"a.jpg\" %}",
                "{% include photo.html src=\"a.jpg\" %}",
            ),
            (
                "See {{< ref \"quay.md\" >}} there",
                "{{< ref \"quay.md\" >}}",
            ),
            ("{{% notice tip %}}", "{{% notice tip %}}"),
            ("On {{ site.url }}/a", "{{ site.url }}"),
            ("{{#include other.md}}", "{{#include other.md}}"),
            ("{# a note #}", "{# a note #}"),
            ("{: .lead #first}", "{: .lead #first}"),
            ("a picture\0\0{width=50%}", "{width=50%}"),
            ("{.wide}", "{.wide}"),
            (
                "Go to [[The quay#Ships|the ships]].",
                "[[The quay#Ships|the ships]]",
            ),
            ("![[quay.jpg]]", "![[quay.jpg]]"),
            ("[TOC]", "[TOC]"),
            ("A word^[a note].", "^[a note]"),
            ("::: warning", "::: warning"),
            (":::", ":::"),
            ("!!! danger \"Stay away\"", "!!! danger \"Stay away\""),
            ("???+ note", "???+ note"),
            ("It is ==very== new.", "==very=="),
            ("%% to do %%", "%% to do %%"),
            ("--8<-- \"a.md\"", "--8<-- \"a.md\""),
            ("[gallery ids=\"1,2\"]", "[gallery ids=\"1,2\"]"),
            ("[/caption]", "[/caption]"),
            ("It is [b]new[/b].", "[b]"),
            (
                "[url=https://example.org/]a[/url]",
                "[url=https://example.org/]",
            ),
            ("== The quay ==", "== The quay =="),
            ("'''The quay'''", "'''The quay'''"),
            (".. note:: Ships", ".. note:: Ships"),
            ("#+TITLE: Ships", "#+TITLE: Ships"),
            ("h2. The quay", "h2. The quay"),
            ("\\newpage", "\\newpage"),
            (
                "import Tabs from '@theme/Tabs';",
                "import Tabs from '@theme/Tabs';",
            ),
            ("export const a = 1;", "export const a = 1;"),
            ("On <%= page.title %>", "<%= page.title %>"),
            ("It costs $$x^2$$.", "$$x^2$$"),
            ("A good day :tada: for all", ":tada:"),
            (":+1:", ":+1:"),
        ] {
            assert_eq!(told(line), Some(("foreign-markup", expected)), "{line}");
        }
        assert_eq!(
            told("<<<<<<< HEAD"),
            Some(("merge-conflict", "<<<<<<< HEAD"))
        );
    }

    #[test]
    fn words_are_left_alone() {
        for line in [
            "The set {a, b} and {1}.",
            "He said [sic] and [[",
            "What?!!! Really???",
            "!!! What",
            "a == b, and c == d",
            "100 %% of it",
            "f**k, 2**3",
            "** Without the harbor.",
            "s*** happens",
            "<<<<<<<< is eight",
            "At 10:30:20, or 1:2:3",
            "The b[1] and [b] of it",
            "import duties from 2024 rose",
            "#metoo, and # alone",
            "h2. ",
            "a | b, and |x| alone",
            "Prices of $5 and $$",
            "the ''quay''",
            "see a[1][2]",
            ".. and so on",
            "C:\\newpage is a folder",
            "either (so) [or] so",
            "[sic] (as he said)",
        ] {
            assert_eq!(told(line), None, "{line}");
        }
    }

    #[test]
    fn marks_that_make_nothing_are_told() {
        for line in [
            "**Note:**the port",
            "the **port",
            "**port",
            "by 5 %**x",
            "a** b** c",
            "##The quay",
            "The [report] (https://example.org/a) says",
            "The (https://example.org/a)[report] says",
            "The [report][notes] says",
            "The [report][] says",
            "![A quay][photo]",
            "| a | b |",
        ] {
            assert_eq!(
                told(line).map(|(code, _)| code),
                Some("stray-marks"),
                "{line}"
            );
        }
    }

    #[test]
    fn a_wiki_link_becomes_a_path() {
        assert_eq!(
            brackets::wiki_link("The quay", false),
            "the page's file: `[The quay](the-quay.md)`"
        );
        assert_eq!(
            brackets::wiki_link("news/The quay#Old ships|ships", false),
            "the page's file: `[ships](news/the-quay.md#old-ships)`"
        );
        assert_eq!(
            brackets::wiki_link("old map.png", true),
            "`![what it shows](old%20map.png)`"
        );
    }
}
