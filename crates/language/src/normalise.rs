//! The normal form of a text, the same for texts that differ only in how they were typed.
//!
//! Both sides of every comparison pass through [`normalise`]: the source's text and the words that claim to be in it.
//! It unifies typography: kinds of spaces, quotation marks, apostrophes, dashes, ellipses, composed and decomposed
//! letters, full-width forms. It keeps whatever carries meaning: digits, `.` and `,` within numbers, `%`, currency
//! signs, the case of letters, punctuation.
//!
//! Two properties hold for every text: normalising twice changes nothing more, and two numbers never become one (the
//! runs of digits in the result are the runs of digits in the input).

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc, is_nfc_quick};

/// The version of the rules in this file, raised with every change that alters a result.
///
/// `evidence.lock` records it, because a hash of normalised text means nothing under different rules.
pub const NORMALISATION_VERSION: u32 = 2;

/// A character of the normalised text with the bytes of the input that it came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Char {
    /// The character.
    pub value: char,
    /// Its first byte in the input.
    pub start: u32,
    /// The byte after its last.
    pub end: u32,
}

/// The normalised form of a text: one line, single spaces, plain marks.
///
/// An unspaced hyphen stays a hyphen; dashes (`—`, `--`, a spaced `–`) become a spaced hyphen, so that `well-known`
/// remains one word and `left—we` becomes two.
///
/// # Examples
///
/// ```
/// use nutgraf_language::normalise;
///
/// assert_eq!(normalise("“It’s  over”—he said …"), r#""It's over" - he said ..."#);
/// assert_eq!(normalise("4.5 % of 10\u{a0}000"), "4.5 % of 10 000");
/// // A break opportunity between two numbers keeps them apart.
/// assert_eq!(normalise("20\u{200b}24"), "20 24");
/// ```
pub fn normalise(text: &str) -> String {
    normalised_chars(text)
        .iter()
        .map(|char| char.value)
        .collect()
}

/// The normalised text as characters that know where they came from.
///
/// Offsets are `u32`: a text longer than 4 GiB is cut off there, which no news article comes near.
pub fn normalised_chars(text: &str) -> Vec<Char> {
    normalised_lines(text, LineHyphens::Dropped)
}

/// How to read a hyphen at the end of a line, within a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineHyphens {
    /// It was added to break the line: `quota-⏎tion` is `quotation`.
    Dropped,
    /// It belongs to the word: `well-⏎known` is `well-known`.
    Kept,
}

/// The normalised text, with hyphens at line ends read in one of the two ways they can be meant.
pub fn normalised_lines(text: &str, hyphens: LineHyphens) -> Vec<Char> {
    let joined = join_lines(read(text), hyphens);
    let folded = compose(fold(compose(joined)));
    ellipses(double_marks(single_spaces(dashes(folded))))
}

/// Removes line ends from words that are hyphenated there, and from text in scripts without spaces.
fn join_lines(chars: Vec<Char>, hyphens: LineHyphens) -> Vec<Char> {
    let mut joined: Vec<Char> = Vec::with_capacity(chars.len());
    let mut at = 0;
    while at < chars.len() {
        let char = chars[at];
        let end = line_end(&chars, at + 1);
        let next = end.and_then(|end| chars.get(end)).map(|next| next.value);
        let breaks_word = match char.value {
            '\u{ad}' => next.is_some_and(char::is_alphabetic),
            '-' | '‐' => {
                next.is_some_and(char::is_lowercase)
                    && joined.last().is_some_and(|last| last.value.is_alphabetic())
            }
            _ => false,
        };
        match (breaks_word, end) {
            (true, Some(end)) => {
                if char.value != '\u{ad}' && hyphens == LineHyphens::Kept {
                    joined.push(char);
                }
                at = end;
            }
            (true, None) | (false, _) => {
                joined.push(char);
                at += 1;
            }
        }
    }
    joined
}

/// The index after a single line end and the spaces around it; `None` if there is no line end here, or a blank line.
fn line_end(chars: &[Char], start: usize) -> Option<usize> {
    let is_blank = |at: usize| {
        chars
            .get(at)
            .is_some_and(|char| matches!(char.value, ' ' | '\t'))
    };
    let mut at = start;
    while is_blank(at) {
        at += 1;
    }
    if chars.get(at)?.value == '\r' {
        at += 1;
    }
    if chars.get(at)?.value != '\n' {
        return None;
    }
    at += 1;
    while is_blank(at) {
        at += 1;
    }
    chars
        .get(at)
        .is_some_and(|char| !matches!(char.value, '\n' | '\r'))
        .then_some(at)
}

fn read(text: &str) -> Vec<Char> {
    text.char_indices()
        .map_while(|(index, value)| {
            Some(Char {
                value,
                start: u32::try_from(index).ok()?,
                end: u32::try_from(index + value.len_utf8()).ok()?,
            })
        })
        .collect()
}

/// Canonical composition (NFC), a run at a time.
///
/// A run starts at an ASCII character, which never composes with the one before it. Only runs that aren't composed yet
/// are rewritten, and only their offsets become as coarse as the run.
fn compose(chars: Vec<Char>) -> Vec<Char> {
    let done = is_nfc_quick(chars.iter().map(|char| char.value)) == IsNormalized::Yes;
    if done {
        return chars;
    }
    let mut composed = Vec::with_capacity(chars.len());
    let mut rest = chars.as_slice();
    while let Some(first) = rest.first() {
        let length = 1 + rest[1..]
            .iter()
            .take_while(|char| !char.value.is_ascii())
            .count();
        let (run, after) = rest.split_at(length);
        rest = after;
        let text: String = run.iter().map(|char| char.value).collect();
        if is_nfc(&text) {
            composed.extend_from_slice(run);
            continue;
        }
        let end = run.last().map_or(first.end, |char| char.end);
        composed.extend(text.nfc().map(|value| Char {
            value,
            start: first.start,
            end,
        }));
    }
    composed
}

/// An unspaced dash that isn't a hyphen; resolved by [`dashes`].
const EN_DASH: char = '–';
/// A dash that always separates words; resolved by [`dashes`].
const EM_DASH: char = '—';

/// Maps each character to one form of its kind; drops characters without width.
fn fold(chars: Vec<Char>) -> Vec<Char> {
    let mut folded: Vec<Char> = Vec::with_capacity(chars.len());
    let mut skipped: Option<Char> = None;
    for char in chars {
        if has_no_width(char.value) {
            skipped = skipped.or(Some(char));
            continue;
        }
        let forms = forms(char.value);
        if let (Some(gap), Some(last)) = (skipped.take(), folded.last())
            && is_numeric(last.value)
            && is_numeric(forms[0])
        {
            // `20<ZWSP>24` may be two numbers. Kept apart, they can't be mistaken for a third.
            folded.push(Char { value: ' ', ..gap });
        }
        let forms = match forms[0] {
            '٬' | '،'
                if folded
                    .last()
                    .is_some_and(|last| last.value.is_ascii_digit()) =>
            {
                [',', '\0', '\0']
            }
            _ => forms,
        };
        folded.extend(
            forms
                .iter()
                .filter(|value| **value != '\0')
                .map(|value| Char {
                    value: *value,
                    ..char
                }),
        );
    }
    folded
}

fn is_numeric(value: char) -> bool {
    value.is_numeric() || matches!(value, '.' | ',')
}

fn has_no_width(value: char) -> bool {
    matches!(
        value,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
    ) || (value.is_control() && !value.is_whitespace())
}

/// The form of a character: up to three characters, padded with NUL.
fn forms(value: char) -> [char; 3] {
    let one = |form| [form, '\0', '\0'];
    match value {
        _ if value.is_whitespace() => one(' '),
        '“' | '”' | '„' | '‟' | '«' | '»' | '″' | '‶' | '〝' | '〞' | '〟' | '「' | '」' | '『'
        | '』' | '＂' => one('"'),
        '‘' | '’' | '‚' | '‛' | '‹' | '›' | '′' | '‵' | '`' | '´' | 'ʼ' | 'ʻ' | '＇' => {
            one('\'')
        }
        '‐' | '‑' | '−' | '﹣' | '－' | '⁃' => one('-'),
        '‒' | '–' => one(EN_DASH),
        '—' | '―' | '⸺' | '⸻' | '﹘' => one(EM_DASH),
        '…' => ['.', '.', '.'],
        'ﬀ' => ['f', 'f', '\0'],
        'ﬁ' => ['f', 'i', '\0'],
        'ﬂ' => ['f', 'l', '\0'],
        'ﬃ' => ['f', 'f', 'i'],
        'ﬄ' => ['f', 'f', 'l'],
        'ﬅ' | 'ﬆ' => ['s', 't', '\0'],
        '٫' => one('.'),
        '٪' => one('%'),
        _ if !value.is_ascii() && digit(value).is_some() => one(digit(value).unwrap_or(value)),
        // The full-width forms are in ASCII order.
        '！'..='～' => one(char::from_u32(u32::from(value) - 0xfee0).unwrap_or(value)),
        _ => one(value),
    }
}

/// The ASCII digit for a decimal digit of any script.
///
/// The digits of a script are ten consecutive characters (Unicode Standard, general category Nd); these are the zeros.
///
/// # Examples
///
/// ```
/// use nutgraf_language::normalise::digit;
///
/// assert_eq!(digit('٣'), Some('3'));
/// assert_eq!(digit('½'), None);
/// ```
pub fn digit(value: char) -> Option<char> {
    const ZEROS: &[u32] = &[
        0x30, 0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66,
        0xde6, 0xe50, 0xed0, 0xf20, 0x1040, 0x1090, 0x17e0, 0x1810, 0x1946, 0x19d0, 0x1a80, 0x1a90,
        0x1b50, 0x1bb0, 0x1c40, 0x1c50, 0xa620, 0xa8d0, 0xa900, 0xa9d0, 0xa9f0, 0xaa50, 0xabf0,
        0xff10, 0x104a0, 0x10d30, 0x11066, 0x110f0, 0x11136, 0x111d0, 0x112f0, 0x11450, 0x114d0,
        0x11650, 0x116c0, 0x11730, 0x118e0, 0x11950, 0x11c50, 0x11d50, 0x11da0, 0x11f50, 0x16a60,
        0x16ac0, 0x16b50, 0x1d7ce, 0x1d7d8, 0x1d7e2, 0x1d7ec, 0x1d7f6, 0x1e140, 0x1e2f0, 0x1e4f0,
        0x1e950, 0x1fbf0,
    ];
    let code = u32::from(value);
    let zero = ZEROS[..ZEROS.partition_point(|zero| *zero <= code)].last()?;
    char::from_digit(code.checked_sub(*zero)?, 10)
}

/// Turns dashes that separate words into a spaced hyphen, and those within a word or between two numbers into an
/// unspaced one.
fn dashes(chars: Vec<Char>) -> Vec<Char> {
    let is_dash = |char: &Char| matches!(char.value, '-' | EN_DASH | EM_DASH);
    let mut done: Vec<Char> = Vec::with_capacity(chars.len());
    let mut rest = chars.as_slice();
    while let Some(first) = rest.first() {
        let length = rest.iter().take_while(|char| is_dash(char)).count();
        if length == 0 {
            done.push(*first);
            rest = &rest[1..];
            continue;
        }
        let (run, after) = rest.split_at(length);
        let is_digit = |char: Option<&Char>| char.is_some_and(|char| char.value.is_ascii_digit());
        let parts_words = match run {
            [single] if single.value == '-' => false,
            [single] if single.value == EN_DASH => {
                !(is_digit(done.last()) && is_digit(after.first()))
            }
            _ => true,
        };
        let end = run.last().map_or(first.end, |char| char.end);
        let with = |value| Char {
            value,
            start: first.start,
            end,
        };
        if parts_words {
            done.extend([with(' '), with('-'), with(' ')]);
        } else {
            done.push(with('-'));
        }
        rest = after;
    }
    done
}

/// Reduces runs of spaces to one, and removes them at the ends.
fn single_spaces(chars: Vec<Char>) -> Vec<Char> {
    let mut done: Vec<Char> = Vec::with_capacity(chars.len());
    for char in chars {
        let is_repeated = char.value == ' ' && done.last().is_none_or(|last| last.value == ' ');
        if !is_repeated {
            done.push(char);
        }
    }
    if done.last().is_some_and(|last| last.value == ' ') {
        done.pop();
    }
    done
}

/// Turns two adjacent apostrophes into a quotation mark.
fn double_marks(chars: Vec<Char>) -> Vec<Char> {
    let mut done: Vec<Char> = Vec::with_capacity(chars.len());
    for char in chars {
        match done.last_mut() {
            Some(last) if last.value == '\'' && char.value == '\'' => {
                last.value = '"';
                last.end = char.end;
            }
            _ => done.push(char),
        }
    }
    done
}

/// Turns three or more dots, spaced or not, into `...`.
fn ellipses(chars: Vec<Char>) -> Vec<Char> {
    let mut done: Vec<Char> = Vec::with_capacity(chars.len());
    let mut rest = chars.as_slice();
    while let Some(first) = rest.first() {
        let (n_dots, length) = run_of_dots(rest);
        if n_dots < 3 {
            done.push(*first);
            rest = &rest[1..];
            continue;
        }
        let (run, after) = rest.split_at(length);
        let end = run.last().map_or(first.end, |char| char.end);
        done.extend(std::iter::repeat_n(
            Char {
                value: '.',
                start: first.start,
                end,
            },
            3,
        ));
        rest = after;
    }
    done
}

/// How many dots the text starts with, at most one space apart, and how many characters they take.
fn run_of_dots(chars: &[Char]) -> (usize, usize) {
    let mut n_dots = 0;
    let mut length = 0;
    for (index, char) in chars.iter().enumerate() {
        match char.value {
            '.' => {
                n_dots += 1;
                length = index + 1;
            }
            ' ' if length == index && n_dots > 0 => {}
            _ => break,
        }
    }
    (n_dots, length)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(input: &str, expected: &str) {
        assert_eq!(normalise(input), expected, "{input:?}");
        assert_eq!(normalise(expected), expected, "a second time: {input:?}");
    }

    #[test]
    fn spaces_of_every_kind_become_one() {
        check("  a\u{a0}\u{2009}b\r\n\tc\u{3000}", "a b c");
        check("in\u{ad}ter\u{200d}est\u{feff}", "interest");
    }

    #[test]
    fn marks_take_one_form() {
        check("„a“ «b» “c” ``d''", r#""a" "b" "c" "d""#);
        check("it’s ‘x’ ‹y› 5′", "it's 'x' 'y' 5'");
    }

    #[test]
    fn dashes_part_words_and_hyphens_join_them() {
        check("a—b", "a - b");
        check("a -- b --- c", "a - b - c");
        check("well‑known", "well-known");
        check("2023–24", "2023-24");
        check("1 – 0", "1 - 0");
        check("he left–we stayed", "he left - we stayed");
        check("−4.5", "-4.5");
    }

    #[test]
    fn ellipses_take_one_form() {
        check("a… b . . . c .... d", "a... b ... c ... d");
        check("U. S. or so..", "U. S. or so..");
    }

    #[test]
    fn letters_are_composed_and_ligatures_opened() {
        check("cafe\u{301} eﬃcient", "café efficient");
        check("ﬁ\u{301}", "fí");
        check("１２．５％", "12.5%");
    }

    #[test]
    fn numbers_stay_apart() {
        check("4\u{200b}5", "4 5");
        check("4.\u{feff}5", "4. 5");
        check("4\u{ad}\u{200b}.5", "4 .5");
        check("1\u{200b}½ ٣\u{200b}٤", "1 ½ 3 4");
        check("10 000", "10 000");
    }

    #[test]
    fn digits_of_every_script_are_the_same_digits() {
        check("١٬٢٠٠ و ١٫٥", "1,200 و 1.5");
        check("۱۲۰۰ १२०० １，２００", "1200 1200 1,200");
        check("واحد، اثنان", "واحد، اثنان");
    }

    #[test]
    fn words_go_on_across_line_ends() {
        check("a quota-\ntion of it", "a quotation of it");
        check("a quota\u{ad}\r\n  tion", "a quotation");
        check("so-\n\ncalled", "so- called");
        check("1990-\n95", "1990- 95");
        let kept = normalised_lines("well-\nknown", LineHyphens::Kept);
        let kept: String = kept.iter().map(|char| char.value).collect();
        assert_eq!(kept, "well-known");
    }

    #[test]
    fn offsets_lead_back_to_the_input() {
        let input = "a—cafe\u{301}…b";
        let chars = normalised_chars(input);
        let last = chars.last().unwrap();
        assert_eq!(&input[last.start as usize..last.end as usize], "b");
        let e_acute = chars.iter().find(|char| char.value == 'é').unwrap();
        assert!(input[e_acute.start as usize..e_acute.end as usize].starts_with('e'));
    }
}
