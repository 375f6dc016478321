//! Finds Markdown marks that have no effect because something next to them is missing.

use std::ops::Range;

use super::Found;

/// `**` that doesn't make anything bold.
pub(super) fn asterisks(line: &str) -> Option<Found> {
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
    Some(Found::stray(
        first,
        "`**` makes nothing bold here, and readers see it; expected it right before the first and right after the \
                  last word, with no sign between it and a letter on its other side, or `\\*\\*` for plain asterisks"
            .to_owned(),
    ))
}

/// `##Words`: a heading needs a space. A single `#` may be a hashtag.
pub(super) fn heading(line: &str) -> Option<Found> {
    let n_hashes = line.bytes().take_while(|byte| *byte == b'#').count();
    let words = line[n_hashes..].trim_end_matches(['\0', ' ', '\r', '#']);
    let is_one = (2..=6).contains(&n_hashes) && words.starts_with(char::is_alphabetic);
    is_one.then(|| {
        let hashes = &line[..n_hashes];
        let message = format!(
            "`{hashes}` makes no heading without a space behind it; expected `{hashes} {words}`"
        );
        Found::stray(0..n_hashes, message)
    })
}

/// `(https://…)[words]` and `[words] (https://…)`.
pub(super) fn link(line: &str) -> Option<Found> {
    let is_address = |words: &str| {
        let is_web = words.starts_with("https://") || words.starts_with("http://");
        (is_web || words.ends_with(".md")) && !words.contains(char::is_whitespace)
    };
    let gap = line.match_indices("] (").find_map(|(middle, _)| {
        let start = line[..middle].rfind('[')?;
        let end = middle + 3 + line[middle + 3..].find(')')?;
        let (words, address) = (&line[start + 1..middle], &line[middle + 3..end]);
        (!words.is_empty() && is_address(address)).then_some((start..end + 1, words, address))
    });
    let turned = line.match_indices(")[").find_map(|(middle, _)| {
        let start = line[..middle].rfind('(')?;
        let end = middle + 2 + line[middle + 2..].find(']')?;
        let (address, words) = (&line[start + 1..middle], &line[middle + 2..end]);
        (!words.is_empty() && is_address(address)).then_some((start..end + 1, words, address))
    });
    let (range, words, address) = gap.or(turned)?;
    let message = format!(
        "`{}` makes no link; expected `[{words}]({address})`",
        &line[range.clone()]
    );
    Some(Found::stray(range, message))
}

/// `[words][name]` without a line `[name]: …`.
pub(super) fn reference(line: &str) -> Option<Found> {
    line.match_indices("][").find_map(|(middle, _)| {
        let start = line[..middle].rfind('[')?;
        let end = middle + 2 + line[middle + 2..].find(']')?;
        let name = match &line[middle + 2..end] {
            "" => &line[start + 1..middle],
            name => name,
        };
        let is_name = name.chars().any(char::is_alphabetic) && !name.contains(['\0', '[', '@', '^']);
        if !is_name || line[start + 1..middle].contains('\0') {
            return None;
        }
        let start = start - usize::from(line[..start].ends_with('!'));
        let message = format!(
            "`{}` leads nowhere, and readers see the brackets; expected a line `[{name}]: page.md` on this page, or the \
             address in parentheses",
            &line[start..=end]
        );
        Some(Found::stray(start..end + 1, message))
    })
}

/// `| a | b |` outside a table.
pub(super) fn row(line: &str) -> Option<Found> {
    let row = line.trim_matches(['\0', ' ', '\r']);
    let is_row = row.starts_with('|') && row.ends_with('|') && row.matches('|').count() > 2;
    is_row.then(|| {
        let start = line.find('|').unwrap_or(0);
        let message = "this line makes no table; expected a line such as `|---|---|` below the first row, with as many \
                       cells as that has, and an empty line before it";
        Found::stray(start..start + row.len(), message.to_owned())
    })
}
