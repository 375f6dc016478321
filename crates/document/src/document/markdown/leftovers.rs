//! Finds markup that readers would see: code for other generators, traces of a merge, asterisks that don't make
//! anything bold.
//!
//! It searches only what is printed as text, never code. Each line yields at most one fault, the first.

use std::ops::Range;

use crate::diag::Code;
use crate::document::markdown::html_writer::HtmlWriter;
use crate::document::markdown::{Mode, shortcode};
use crate::project::slugify;

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
const TRIGGERS: [&str; 21] = [
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
    // A line in a record may end in braces, because it can't be a heading.
    let is_id = out.mode() == Mode::Inline && text[found.range.clone()].starts_with("{#");
    if !is_escaped && !is_id {
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
        let message = format!(
            "`{shown}` is code of {whose}, and readers see it as it is; expected {expected}"
        );
        Self {
            code: Code::ForeignMarkup,
            range,
            message,
        }
    }
}

/// The first thing on a line to report.
fn first(line: &str) -> Option<Found> {
    // Most lines have none of these characters, and each finder would search them again.
    if !line.contains(['{', '[', '=', '%', '*', '<', ':', '!', '?']) {
        return None;
    }
    let finders: [fn(&str) -> Option<Found>; 8] = [
        conflict, fence, braces, brackets, include, marked, comment, asterisks,
    ];
    let found = finders.iter().filter_map(|find| find(line));
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

/// `:::` of Pandoc and Docusaurus, `!!!` and `???` of MkDocs: boxes around the following lines.
fn fence(line: &str) -> Option<Found> {
    let start = line.len()
        - line
            .trim_start_matches(|c: char| c == '\0' || c.is_whitespace())
            .len();
    let rest = line[start..].trim_end_matches(['\0', ' ', '\r']);
    let (mark, whose) = [
        (":::", "Pandoc or Docusaurus"),
        ("!!!", "MkDocs"),
        ("???", "MkDocs"),
    ]
    .into_iter()
    .find(|(mark, _)| rest.starts_with(mark))?;
    let words = rest[mark.len()..].trim_start_matches([':', '+']);
    // `!!!` and `???` also express excitement.
    let is_code = mark == ":::"
        || words.starts_with(' ')
            && words
                .trim_start()
                .starts_with(|c: char| c.is_ascii_lowercase());
    if !is_code {
        return None;
    }
    let name: String = words
        .trim_start()
        .trim_start_matches('{')
        .chars()
        .take_while(char::is_ascii_alphanumeric)
        .collect();
    let kind = match name.to_lowercase().as_str() {
        "tip" | "hint" | "success" => "TIP",
        "important" => "IMPORTANT",
        "warning" | "attention" => "WARNING",
        "danger" | "caution" | "error" | "bug" | "failure" => "CAUTION",
        _ => "NOTE",
    };
    let expected = match words.trim().is_empty() {
        true => "none, as the end of a box has no line of its own".to_owned(),
        false => format!("a line `> [!{kind}]`, and `> ` before each line of the box"),
    };
    Some(Found::foreign(
        start..start + rest.len(),
        whose,
        &expected,
        line,
    ))
}

/// Shortcodes, template tags, and attribute lists.
fn braces(line: &str) -> Option<Found> {
    line.match_indices('{')
        .find_map(|(start, _)| brace(line, start))
}

fn brace(line: &str, start: usize) -> Option<Found> {
    let code = &line[start..];
    if let Some((length, shortcode)) = shortcode::at(code) {
        let expected = shortcode.expected();
        let range = start..start + length;
        return Some(Found::foreign(range, shortcode.whose, &expected, line));
    }
    let length = code.find('}')? + 1;
    let inside = code[1..length - 1].trim();
    let is_name = |name: &str| {
        let mut bytes = name.bytes();
        !name.is_empty() && bytes.all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    let is_mark = inside.starts_with([':', '.', '#']) && !inside.contains(['{', ',']);
    let is_value = inside
        .split_once('=')
        .is_some_and(|(name, _)| is_name(name));
    let is_list = inside.len() > 1 && (is_mark || is_value);
    is_list.then(|| {
        let expected = "none, as elements have no attributes here (a heading may have an id: `## Words {#words}`)";
        let range = start..start + length;
        Found::foreign(range, "Kramdown, Pandoc or MkDocs", expected, line)
    })
}

/// `[[Page]]`, `![[photo.jpg]]`, `[TOC]`, `^[note]`, and shortcodes of WordPress.
fn brackets(line: &str) -> Option<Found> {
    const TOC: [&str; 5] = ["[TOC]", "[toc]", "[[_TOC_]]", "[[TOC]]", "[[toc]]"];
    const WORDPRESS: [&str; 8] = [
        "caption", "gallery", "embed", "youtube", "audio", "video", "playlist", "vc_",
    ];
    let trimmed = line.trim_matches(|c: char| c == '\0' || c.is_whitespace());
    if let Some(toc) = TOC.iter().find(|toc| trimmed == **toc) {
        let start = line.find(toc)?;
        let expected = "none: a page has its list of contents by itself";
        return Some(Found::foreign(
            start..start + toc.len(),
            "another generator",
            expected,
            line,
        ));
    }
    if let Some(start) = line.find("[[") {
        let length = line[start..].find("]]")? + 2;
        let inside = line[start + 2..start + length - 2].trim();
        let start = start - usize::from(line[..start].ends_with('!'));
        let length = line[start..].find("]]")? + 2;
        if inside.is_empty() || inside.contains('\0') {
            return None;
        }
        let expected = wiki_link(inside, line[start..].starts_with('!'));
        return Some(Found::foreign(
            start..start + length,
            "Obsidian or a wiki",
            &expected,
            line,
        ));
    }
    if let Some(start) = line.find("^[") {
        let length = line[start..].find(']')? + 1;
        let inside = &line[start + 2..start + length - 1];
        let expected = format!("`[^1]`, and `[^1]: {inside}` on a line of its own");
        return Some(Found::foreign(
            start..start + length,
            "Pandoc",
            &expected,
            line,
        ));
    }
    let (start, _) = line.match_indices('[').find(|(start, _)| {
        let name = line[start + 1..].trim_start_matches('/');
        let mut names = WORDPRESS
            .iter()
            .filter_map(|known| name.strip_prefix(known));
        names.any(|rest| rest.starts_with([' ', ']', '=']) || name.starts_with("vc_"))
    })?;
    let length = line[start..]
        .find(']')
        .map_or(line.len() - start, |end| end + 1);
    let expected = "Markdown: `![what it shows](photo.jpg \"Caption\")` for a picture, a link for what other sites show";
    Some(Found::foreign(
        start..start + length,
        "WordPress",
        expected,
        line,
    ))
}

fn wiki_link(inside: &str, is_picture: bool) -> String {
    let (target, words) = inside.split_once('|').unwrap_or((inside, ""));
    let (page, heading) = target.split_once('#').unwrap_or((target, ""));
    let words = if words.is_empty() { target } else { words };
    if is_picture {
        return format!("`![what it shows]({})`", target.trim().replace(' ', "%20"));
    }
    let fragment = match heading.trim() {
        "" => String::new(),
        heading => format!("#{}", slugify(heading)),
    };
    let file = match page.trim() {
        "" => String::new(),
        page => {
            let (folder, name) = page.rsplit_once('/').unwrap_or(("", page));
            let slash = if folder.is_empty() { "" } else { "/" };
            format!(
                "{folder}{slash}{}.md",
                slugify(name.trim_end_matches(".md"))
            )
        }
    };
    format!("the page's file: `[{}]({file}{fragment})`", words.trim())
}

/// Lines that include another file.
fn include(line: &str) -> Option<Found> {
    let start = line.len() - line.trim_start().len();
    let rest = line[start..].trim_end_matches(['\0', ' ', '\r']);
    let is_one = rest.starts_with("--8<--") || rest.starts_with("<<< @/");
    is_one.then(|| {
        let expected = "the words themselves, since a page is one file";
        Found::foreign(
            start..start + rest.len(),
            "MkDocs or VitePress",
            expected,
            line,
        )
    })
}

/// `==words==`, which Obsidian highlights.
fn marked(line: &str) -> Option<Found> {
    let (range, inside) = enclosed(line, "==")?;
    let expected = format!("`**{inside}**` for strong words");
    Some(Found::foreign(range, "Obsidian", &expected, line))
}

/// `%%words%%`, which Obsidian hides.
fn comment(line: &str) -> Option<Found> {
    let (range, inside) = enclosed(line, "%%")?;
    let expected = format!("`<!-- {} -->`, which readers don't see", inside.trim());
    Some(Found::foreign(range, "Obsidian", &expected, line))
}

/// Words between two marks that touch them.
fn enclosed<'l>(line: &'l str, mark: &str) -> Option<(Range<usize>, &'l str)> {
    let sign = mark.chars().next()?;
    let start = line.find(mark)?;
    let inside = &line[start + mark.len()..];
    let length = inside.find(mark)?;
    let words = &inside[..length];
    let end = start + 2 * mark.len() + length;
    let is_run = words.starts_with(sign) || line[end..].starts_with(sign);
    let is_close = !words.starts_with(char::is_whitespace) && !words.ends_with(char::is_whitespace);
    let is_hugging = is_close || mark == "%%";
    (!words.is_empty() && !is_run && is_hugging && !words.contains('\0'))
        .then_some((start..end, words))
}

/// `**` that doesn't make anything bold.
fn asterisks(line: &str) -> Option<Found> {
    let mut runs = Vec::new();
    let mut from = 0;
    while let Some(found) = line[from..].find("**") {
        let start = from + found;
        let length = line[start..]
            .bytes()
            .take_while(|byte| *byte == b'*')
            .count();
        from = start + length;
        if !line[..start].ends_with('\\') {
            runs.push(start..from);
        }
    }
    let is_space = |c: Option<char>| c.is_none_or(char::is_whitespace);
    let is_letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    // `f**k`, `s***`, `2**3` and a reference mark are meant literally.
    let is_meant = |run: &Range<usize>| {
        let before = line[..run.start].chars().next_back();
        let after = line[run.end..].chars().next();
        is_letter(before) && (is_letter(after) || run.len() > 2)
            || is_space(before) && is_space(after)
    };
    let first = runs.into_iter().find(|run| !is_meant(run))?;
    Some(Found {
        code: Code::StrayMarks,
        range: first,
        message: "`**` makes nothing bold here, and readers see it; expected it right before the first and right after the \
                  last word, with no sign between it and a letter on its other side, or `\\*\\*` for plain asterisks"
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
        ] {
            assert_eq!(told(line), None, "{line}");
        }
    }

    #[test]
    fn asterisks_that_are_left_are_told() {
        for line in [
            "**Note:**the port",
            "the **port",
            "**port",
            "by 5 %**x",
            "a** b** c",
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
            wiki_link("The quay", false),
            "the page's file: `[The quay](the-quay.md)`"
        );
        assert_eq!(
            wiki_link("news/The quay#Old ships|ships", false),
            "the page's file: `[ships](news/the-quay.md#old-ships)`"
        );
        assert_eq!(
            wiki_link("old map.png", true),
            "`![what it shows](old%20map.png)`"
        );
    }
}
