//! Rules for scripts without spaces: no space is written where Han and kana meet.

use std::borrow::Cow;

use unicode_script::{Script, UnicodeScript};

/// Whether a line that ends with the first character is joined without a space to one that starts with the second: both
/// are Han, kana or their punctuation (CSS Text 4, segment break transformation). Korean keeps its spaces.
pub(super) fn joins(before: Option<char>, after: Option<char>) -> bool {
    let is_one = |c: Option<char>| c.is_some_and(|c| is_wide_letter(c) || is_wide_sign(c));
    is_one(before) && is_one(after)
}

/// Whether a character is a letter of a script that is written without spaces and as wide as it is high.
pub(super) fn is_wide_letter(c: char) -> bool {
    // Most text is ASCII, and without this the table would be searched for each character.
    c >= '\u{2e80}'
        && (matches!(c, 'ー' | '々' | '〆')
            || matches!(
                c.script(),
                Script::Han | Script::Hiragana | Script::Katakana | Script::Bopomofo | Script::Yi
            ))
}

/// Whether a character is punctuation of those scripts, or the wide form of an ASCII sign.
pub(super) fn is_wide_sign(c: char) -> bool {
    matches!(c,
        '\u{3001}'..='\u{3004}'
        | '\u{3008}'..='\u{3020}'
        | '\u{3030}'
        | '\u{303d}'
        | '\u{30a0}'
        | '\u{30fb}'
        | '\u{fe10}'..='\u{fe19}'
        | '\u{fe30}'..='\u{fe4f}'
        | '\u{ff01}'..='\u{ff0f}'
        | '\u{ff1a}'..='\u{ff20}'
        | '\u{ff3b}'..='\u{ff40}'
        | '\u{ff5b}'..='\u{ff65}')
}

/// Whether a character is a letter of Chinese, Japanese or Korean.
pub(super) fn is_cjk_letter(c: char) -> bool {
    c >= '\u{1100}' && (is_wide_letter(c) || c.script() == Script::Hangul)
}

/// The first character of text at or after a position in Markdown, after the spaces and marks that start a line.
pub(super) fn next_char(markdown: &str, from: usize) -> Option<char> {
    let is_mark = |c: &char| c.is_whitespace() || matches!(c, '>' | '*' | '_' | '~' | '[');
    markdown.get(from..)?.chars().find(|c| !is_mark(c))
}

/// A text whose lines were joined with spaces, without the spaces that the script doesn't use. `lines` is the text as
/// written: only spaces that were line breaks there are removed.
pub(super) fn without_joints<'t>(text: &'t str, lines: &str) -> Cow<'t, str> {
    let is_joint = |at: usize| {
        joins(
            text[..at].chars().next_back(),
            text[at + 1..].chars().next(),
        )
    };
    let joints: Vec<usize> = text
        .match_indices(' ')
        .map(|(at, _)| at)
        .filter(|at| is_joint(*at) && was_line_break(text, *at, lines))
        .collect();
    if joints.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut joined = String::with_capacity(text.len());
    let mut from = 0;
    for at in joints {
        joined.push_str(&text[from..at]);
        from = at + 1;
    }
    joined.push_str(&text[from..]);
    Cow::Owned(joined)
}

/// Whether the space at a position of a text was a line break in the original.
fn was_line_break(text: &str, at: usize, lines: &str) -> bool {
    let before: String = {
        let start = text[..at]
            .char_indices()
            .rev()
            .nth(3)
            .map_or(0, |(start, _)| start);
        text[start..at].to_owned()
    };
    let after = text[at + 1..].chars().next();
    lines.match_indices(before.as_str()).any(|(start, found)| {
        let rest = &lines[start + found.len()..];
        let trimmed = rest.trim_start();
        rest[..rest.len() - trimmed.len()].contains('\n') && trimmed.chars().next() == after
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_joined_as_the_script_asks() {
        for (before, after, expected) in [
            ('港', '口', true),
            ('。', '次', true),
            ('は', '、', true),
            ('サ', 'ー', true),
            ('港', 'a', false),
            ('a', '港', false),
            ('서', '부', false),
            ('a', 'b', false),
        ] {
            assert_eq!(
                joins(Some(before), Some(after)),
                expected,
                "{before}{after}"
            );
        }
        assert!(!joins(None, Some('港')));
    }

    #[test]
    fn only_spaces_that_were_line_ends_go() {
        let typed = "description: >-\n  会议开到\n  很晚，没有人 说话\n";
        assert_eq!(
            without_joints("会议开到 很晚，没有人 说话", typed),
            "会议开到很晚，没有人 说话"
        );
        assert_eq!(without_joints("a b", "a\nb"), "a b");
    }
}
