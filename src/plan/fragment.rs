//! Links to words on somebody else's page: a URL with a text fragment.
//!
//! The form is `#:~:text=start,end`, from the WICG's URL Fragment Text Directives. A browser that doesn't know it shows
//! the page from its top.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// Commas, hyphens and ampersands have a meaning in a directive, so they are encoded, and the rest with them.
const TERM: &AsciiSet = &NON_ALPHANUMERIC.remove(b'_').remove(b'.').remove(b'~');

/// Up to this many words are given in full; of more, only the first and the last ones, which keeps the address short
/// and matches even if a page breaks the passage in between.
const WHOLE: usize = 8;
/// How many words represent the start or the end of a longer text: four in a row are rarely repeated on a page.
const EDGE: usize = 4;

/// The address of quoted words on the page at `url`; `None` if there are no words to look for.
///
/// What an editor inserted isn't in any source, so words are taken from around brackets and ellipses. They are also
/// taken from around characters that a page may print differently from the record (`'`, `-` between words), because a
/// browser matches each exactly.
///
/// # Examples
///
/// ```
/// use nutgraf::plan::text_fragment;
///
/// let address = |words| text_fragment("https://example.org/a", words).unwrap();
/// assert_eq!(address("[W]e are ready, all-in"), "https://example.org/a#:~:text=We%20are%20ready%2C%20all%2Din");
/// assert_eq!(
///     address("We are ready … and they know [of] it"),
///     "https://example.org/a#:~:text=We%20are%20ready,it"
/// );
/// ```
pub fn text_fragment(url: &str, words: &str) -> Option<String> {
    if !url.starts_with("http://") && !url.starts_with("https://") {
        return None;
    }
    let runs = around_typography(runs(words));
    let (first, last) = (runs.first()?, runs.last()?);
    let encode = |words: &[String]| utf8_percent_encode(&words.join(" "), TERM).to_string();
    let text = if runs.len() == 1 && first.len() <= WHOLE {
        encode(first)
    } else {
        let start = &first[..first.len().min(EDGE)];
        let end = &last[last.len().saturating_sub(EDGE)..];
        format!("{},{}", encode(&trimmed(start)), encode(&trimmed(end)))
    };
    let separator = if url.contains('#') { "" } else { "#" };
    Some(format!("{url}{separator}:~:text={text}"))
}

/// The source's own consecutive words, within a paragraph.
fn runs(words: &str) -> Vec<Vec<String>> {
    let mut runs = Vec::new();
    let mut run: Vec<String> = Vec::new();
    for paragraph in words
        .replace("...", "…")
        .replace(". . .", "…")
        .split("\n\n")
    {
        for word in spaced(paragraph).split_whitespace() {
            match plain(word) {
                Some(word) => run.push(word),
                None if word == "[sic]" => {}
                None => runs.push(std::mem::take(&mut run)),
            }
        }
        runs.push(std::mem::take(&mut run));
    }
    let runs = runs.iter().map(|run| trimmed(run));
    runs.filter(|run| !run.is_empty()).collect()
}

/// The runs without words that pages print in different ways; the original runs if too little is left.
fn around_typography(runs: Vec<Vec<String>>) -> Vec<Vec<String>> {
    /// Fewer words occur in too many places.
    const FEWEST: usize = 2;
    let is_printed_otherwise = |word: &String| {
        let is_dash = !word.contains(char::is_alphanumeric);
        is_dash || word.contains(['\'', '’', '‘', '"', '“', '”', '–', '—'])
    };
    let clear: Vec<Vec<String>> = runs
        .iter()
        .flat_map(|run| run.split(is_printed_otherwise))
        .map(trimmed)
        .filter(|run| run.len() >= FEWEST)
        .collect();
    let has_any = runs.iter().flatten().any(is_printed_otherwise);
    if has_any && !clear.is_empty() {
        clear
    } else {
        runs
    }
}

/// The text with each bracket of several words joined into one word, and with ellipses as separate words.
fn spaced(text: &str) -> String {
    let mut spaced = String::with_capacity(text.len());
    let mut depth = 0_usize;
    for char in text.chars() {
        match char {
            '[' => depth += 1,
            ']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        match char {
            '…' if depth == 0 => spaced.push_str(" … "),
            char if char.is_whitespace() && depth > 0 => spaced.push('_'),
            char => spaced.push(char),
        }
    }
    spaced
}

/// The word as the source has it, except for case; `None` if an editor changed more than that.
fn plain(word: &str) -> Option<String> {
    if word.contains('…') {
        return None;
    }
    let Some((before, rest)) = word.split_once('[') else {
        return Some(word.to_owned());
    };
    let (bracket, after) = rest.split_once(']')?;
    let is_letter = bracket.chars().count() == 1
        && bracket.chars().all(char::is_alphabetic)
        && after.starts_with(char::is_alphabetic)
        && !before.ends_with(char::is_alphabetic);
    (is_letter && !after.contains('[')).then(|| format!("{before}{bracket}{after}"))
}

/// The words without punctuation at their ends.
fn trimmed(words: &[String]) -> Vec<String> {
    let is_mark = |char: char| !char.is_alphanumeric();
    let mut words: Vec<String> = words.to_vec();
    while let Some(last) = words.last_mut() {
        *last = last.trim_end_matches(is_mark).to_owned();
        if !last.is_empty() {
            break;
        }
        words.pop();
    }
    while let Some(first) = words.first_mut() {
        *first = first.trim_start_matches(is_mark).to_owned();
        if !first.is_empty() {
            break;
        }
        words.remove(0);
    }
    words
}

#[cfg(test)]
mod tests {
    use super::text_fragment;

    #[track_caller]
    fn check(words: &str, expected: &str) {
        let found = text_fragment("https://example.org/a", words);
        let found = found.map(|found| found.replace("https://example.org/a#:~:text=", ""));
        assert_eq!(found.as_deref().unwrap_or("nothing"), expected, "{words}");
    }

    #[test]
    fn words_are_given_as_the_grammar_wants_them() {
        check("nearly 46,000", "nearly%2046%2C000");
        check("“It’s over.”", "It%E2%80%99s%20over");
        check("A&B is 50% well-known", "A%26B%20is%2050%25%20well%2Dknown");
        check(
            "one two three four five six seven eight nine",
            "one%20two%20three%20four,six%20seven%20eight%20nine",
        );
        check(
            "We went. [...] They, too, stayed",
            "We%20went,They%2C%20too%2C%20stayed",
        );
        check(
            "First paragraph.\n\nSecond one.",
            "First%20paragraph,Second%20one",
        );
        check("They walk[ed] home [sic] today", "They,home%20today");
        check("[The president of the country] left", "left");
        check("[…]", "nothing");
    }

    #[test]
    fn signs_that_pages_print_in_several_ways_are_left_out() {
        check("I don't want a new dam", "want%20a%20new%20dam");
        check(
            "The fields - all of them - are dry",
            "The%20fields,are%20dry",
        );
        check("We said “never” and meant it", "We%20said,and%20meant%20it");
        check("That's it, isn't it", "That%27s%20it%2C%20isn%27t%20it");
    }

    #[test]
    fn an_address_keeps_its_own_fragment_and_only_web_pages_have_one() {
        let found = text_fragment("https://example.org/a#b", "so it is");
        assert_eq!(
            found.as_deref(),
            Some("https://example.org/a#b:~:text=so%20it%20is")
        );
        assert_eq!(text_fragment("mailto:a@example.org", "so it is"), None);
    }
}
