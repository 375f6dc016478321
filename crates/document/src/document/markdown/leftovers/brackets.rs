//! Finds code in brackets: wiki links, tables of contents, WordPress shortcodes, forum tags.

use super::Found;
use crate::project::slugify;

/// `[[Page]]`, `![[photo.jpg]]`, `[TOC]`, `^[note]`, and shortcodes of WordPress.
pub(super) fn brackets(line: &str) -> Option<Found> {
    const TOC: [&str; 5] = ["[TOC]", "[toc]", "[[_TOC_]]", "[[TOC]]", "[[toc]]"];
    const WORDPRESS: [&str; 8] = [
        "caption", "gallery", "embed", "youtube", "audio", "video", "playlist", "vc_",
    ];
    let trimmed = line.trim_matches(|c: char| c == '\0' || c.is_whitespace());
    if let Some(toc) = TOC.iter().find(|toc| trimmed == **toc) {
        let start = line.find(toc)?;
        let expected = "none: every page has a list of contents";
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

pub(super) fn wiki_link(inside: &str, is_picture: bool) -> String {
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

/// `[b]words[/b]`, `[url=https://…]words[/url]`, as in forums.
pub(super) fn forum_tag(line: &str) -> Option<Found> {
    const TAGS: [(&str, &str); 9] = [
        ("b", "`**words**`"),
        ("i", "`*words*`"),
        ("u", "`*words*`"),
        ("s", "`~~words~~`"),
        ("url", "`[words](https://…)`"),
        ("img", "`![what it shows](photo.jpg)`"),
        ("quote", "`> ` before each line"),
        ("code", "a backtick before and after the code"),
        ("list", "`- ` before each item"),
    ];
    line.match_indices('[').find_map(|(start, _)| {
        let tag = &line[start + 1..];
        let length = tag.find(']')?;
        let name = tag[..length].split('=').next()?;
        let (_, expected) = TAGS.iter().find(|(known, _)| *known == name)?;
        let is_closed = tag[length..].contains(&format!("[/{name}]"));
        let range = start..start + length + 2;
        is_closed.then(|| Found::foreign(range, "a forum", expected, line))
    })
}
