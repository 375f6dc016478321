//! Gold about texts that aren't the project's: where something is and what, but none of the words.
//!
//! A line of `annotations/NAME.tsv` is `kind`, start, end, hash, value: `quotation 120 188 1f0c9a2b Najib Razak`. Start
//! and end count visible characters from the top of the file; the hash is of those characters, so that a line never
//! speaks of another text. Kinds are `quotation` and `figure`, with `?` behind if people may differ. Dates are read from
//! the gold of the GUM corpus: `date`, attributes, words, each part of a tab-separated line.

use std::path::Path;

use nutgraf::import::Reading;

use super::marked::{Places, is_visible, names};
use super::{DateValue, Gold, Item};

/// The gold for a text of a corpus: `annotations` of the project's own, and the `gold` beside the text.
pub(crate) fn gold(reading: &Reading, annotations: &str, dates: &str) -> Result<Gold, String> {
    let mut gold = Gold::default();
    let text = reading.text();
    let places = Places::of(text, text);
    for line in lines(annotations) {
        let cells: Vec<&str> = line.split('\t').collect();
        let [kind, start, end, hash, value] = cells[..] else {
            return Err(format!("five cells are expected: `{line}`"));
        };
        let number = |cell: &str| {
            cell.parse::<usize>()
                .map_err(|error| format!("{cell}: {error}"))
        };
        let range = places
            .range(number(start)?, number(end)?)
            .ok_or_else(|| format!("the text is shorter: `{line}`"))?;
        if hash_of(&text[range.clone()]) != hash {
            return Err(format!("the text is another: `{line}`"));
        }
        let optional = kind.ends_with('?');
        match kind.trim_end_matches('?') {
            "quotation" => gold.quotations.push(Item {
                range,
                value: names(value),
                optional,
            }),
            "figure" => gold.figures.push(Item {
                range,
                value: value.to_owned(),
                optional,
            }),
            other => return Err(format!("no kind is called `{other}`")),
        }
    }
    // The address above an article may hold the words of its headline.
    let mut from = text
        .split_inclusive('\n')
        .take_while(|line| {
            line.trim().is_empty() || line.starts_with(['#']) || line.starts_with("http")
        })
        .map(str::len)
        .sum();
    for line in lines(dates) {
        let cells: Vec<&str> = line.split('\t').collect();
        let [kind, attributes, words] = cells[..] else {
            return Err(format!("three cells are expected: `{line}`"));
        };
        if kind != "date" {
            continue;
        }
        let Some(range) = find_words(text, words, from) else {
            continue;
        };
        from = range.start + 1;
        gold.dates.push(Item {
            range,
            value: date_value(attributes)?,
            optional: attributes.contains("optional"),
        });
    }
    Ok(gold)
}

/// The name of a text's file without its ending.
pub(crate) fn name_of(path: &Path) -> String {
    path.file_stem()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}

/// What a line's hash is: of the visible characters.
pub(crate) fn hash_of(words: &str) -> String {
    let visible: String = words.chars().filter(|c| is_visible(*c)).collect();
    blake3::hash(visible.as_bytes()).to_hex()[..8].to_owned()
}

fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.lines()
        .map(str::trim_end)
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// Where words that are parted by spaces at every mark stand in a text.
fn find_words(text: &str, words: &str, from: usize) -> Option<std::ops::Range<usize>> {
    let wanted: Vec<char> = words.chars().filter(|c| is_visible(*c)).collect();
    let visible: Vec<(usize, char)> = text
        .char_indices()
        .filter(|(at, c)| *at >= from && is_visible(*c))
        .collect();
    let at = visible
        .windows(wanted.len())
        .position(|window| window.iter().map(|(_, c)| c).eq(wanted.iter()))?;
    let (end, last) = visible[at + wanted.len() - 1];
    Some(visible[at].0..end + last.len_utf8())
}

/// `when="2015-05-18"`, `from="2015-09-14" to="2015-09-20"`, `notAfter="2008-01-19"`.
fn date_value(attributes: &str) -> Result<DateValue, String> {
    let attribute = |name: &str| {
        let value = attributes
            .split(' ')
            .find_map(|attribute| attribute.strip_prefix(name)?.strip_prefix('='))?;
        Some(value.trim_matches('"'))
    };
    let parse = |written: &str| {
        written
            .parse()
            .map_err(|error| format!("{written}: {error}"))
    };
    if let Some(when) = attribute("when") {
        return Ok(DateValue::Is(parse(when)?));
    }
    if let (Some(from), Some(to)) = (attribute("from"), attribute("to")) {
        return Ok(DateValue::Is(parse(&format!("{from}/{to}"))?));
    }
    let bound = |name: &str| attribute(name).map(parse).transpose();
    Ok(DateValue::Within(bound("notBefore")?, bound("notAfter")?))
}
