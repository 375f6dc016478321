//! Edits quotations in every way that leaves them true and in every way that doesn't.
//!
//! A quotation is the text between two double marks in one paragraph; a passage is any sentence. A forbidden edit (`-`)
//! is skipped if its words are in the article after all, and an allowed one (`+`) that drops or replaces a negation is
//! rightly refused.

use std::collections::BTreeMap;
use std::fmt;

use nutgraf_evidence::{Quote, QuoteVerdict, SourceText, match_passage, match_quote, normalise};

/// How many words a true quotation needs so that every edit can be applied.
const MIN_WORDS: usize = 6;

/// The results of each edit.
#[derive(Debug, Default)]
pub(crate) struct Counts {
    by_edit: BTreeMap<&'static str, Count>,
    /// Forbidden edits that were accepted.
    pub(crate) false_accepts: Vec<String>,
    /// Allowed edits that were refused.
    pub(crate) false_rejects: Vec<String>,
}

impl Counts {
    /// Edits every quotation and every sentence of an article.
    pub(crate) fn edit_article(&mut self, text: &str) {
        let article = Article {
            source: SourceText::new(text),
            words: bare_words(text),
            normalised: normalise(text),
        };
        for passage in quotations(text) {
            self.edit_all(&article, &passage, Kind::Quotation);
        }
        for passage in sentences(text) {
            self.edit_all(&article, &passage, Kind::Passage);
        }
    }

    /// How many edits there were that leave a quotation true, and how many that don't.
    pub(crate) fn n_edits(&self) -> (usize, usize) {
        let n_of = |sign: char| {
            let edits = self
                .by_edit
                .iter()
                .filter(|(edit, _)| edit.starts_with(sign));
            edits.map(|(_, count)| count.n).sum()
        };
        (n_of('+'), n_of('-'))
    }

    fn edit_all(&mut self, article: &Article, passage: &str, kind: Kind) {
        for edited in allowed(passage) {
            self.add(article, edited, kind, true);
        }
        for edited in forbidden(passage, &article.words) {
            if !article.has(&edited) {
                self.add(article, edited, kind, false);
            }
        }
    }

    fn add(&mut self, article: &Article, edited: Edited, kind: Kind, is_allowed: bool) {
        let verdict = article.verdict(&edited.words, kind);
        let count = self.by_edit.entry(edited.edit).or_default();
        count.n += 1;
        let is_as_expected = match &verdict {
            QuoteVerdict::Verified(found) if found.warnings.is_empty() => {
                count.accepted += 1;
                is_allowed
            }
            QuoteVerdict::Verified(_) => {
                count.warned += 1;
                is_allowed
            }
            QuoteVerdict::Reverses(_) => {
                count.reverses += 1;
                true
            }
            QuoteVerdict::TooShort { .. } => {
                count.short += 1;
                !is_allowed
            }
            QuoteVerdict::NotFound { .. } | QuoteVerdict::GaveUp => {
                count.not_found += 1;
                !is_allowed
            }
        };
        let report = format!("{}: {}\n    {verdict:?}", edited.edit, edited.words);
        match (is_as_expected, is_allowed) {
            (true, _) => {}
            (false, true) => self.false_rejects.push(report),
            (false, false) => self.false_accepts.push(report),
        }
    }
}

impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let columns = ["n", "accepted", "warned", "reverses", "short", "not found"]
            .map(|column| format!("{column:>10}"))
            .concat();
        writeln!(f, "{:<28} {columns}", "edit")?;
        for (edit, count) in &self.by_edit {
            let numbers = [
                count.n,
                count.accepted,
                count.warned,
                count.reverses,
                count.short,
                count.not_found,
            ]
            .map(|number| format!("{number:>10}"))
            .concat();
            writeln!(f, "{edit:<28} {numbers}")?;
        }
        let (n_allowed, n_forbidden) = self.n_edits();
        write!(
            f,
            "{} of {n_forbidden} forbidden edits accepted, {} of {n_allowed} allowed ones refused",
            self.false_accepts.len(),
            self.false_rejects.len()
        )
    }
}

/// How often an edit was accepted.
#[derive(Debug, Default)]
struct Count {
    n: usize,
    accepted: usize,
    warned: usize,
    reverses: usize,
    short: usize,
    not_found: usize,
}

/// An article, and what an edit is looked up by.
struct Article {
    source: SourceText,
    words: Vec<String>,
    normalised: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Quotation,
    Passage,
}

impl Article {
    fn verdict(&self, words: &str, kind: Kind) -> QuoteVerdict {
        let quote = Quote::new(words);
        match kind {
            Kind::Quotation => match_quote(&self.source, &quote, None),
            Kind::Passage => match_passage(&self.source, &quote),
        }
    }

    /// Whether an edit's words are in the article after all: in a row, or in order around its ellipsis.
    fn has(&self, edited: &Edited) -> bool {
        if edited.is_of_stops {
            return self.normalised.contains(&normalise(&edited.words));
        }
        let parts: Vec<Vec<String>> = edited.words.split('…').map(bare_words).collect();
        let mut start = 0;
        parts.iter().all(|part| {
            let found = self.words[start..]
                .windows(part.len().max(1))
                .position(|window| window == part);
            start += found.map_or(0, |found| found + part.len());
            found.is_some()
        })
    }
}

/// Lowercase words without punctuation.
fn bare_words(text: &str) -> Vec<String> {
    text.split(|char: char| !char.is_alphanumeric() && !matches!(char, '\'' | '’'))
        .map(|word| {
            word.trim_matches(['\'', '’'])
                .replace('’', "'")
                .to_lowercase()
        })
        .filter(|word| !word.is_empty())
        .collect()
}

/// The texts between two quotation marks of one paragraph, if they are long enough.
fn quotations(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for paragraph in text.split("\n\n") {
        let parts: Vec<&str> = paragraph.split(['"', '“', '”']).collect();
        found.extend(
            parts
                .iter()
                .skip(1)
                .step_by(2)
                .map(|part| (*part).to_owned()),
        );
    }
    found.retain(|quotation| is_editable(quotation));
    found
}

fn sentences(text: &str) -> Vec<String> {
    text.split("\n\n")
        .flat_map(|paragraph| paragraph.split_inclusive(". "))
        .map(|sentence| sentence.trim().to_owned())
        .filter(|sentence| is_editable(sentence))
        .collect()
}

fn is_editable(text: &str) -> bool {
    !text.contains(['\n', '[', '…', '('])
        && !text.contains("...")
        && bare_words(text).len() >= MIN_WORDS
}

/// An edit and the resulting words.
struct Edited {
    edit: &'static str,
    words: String,
    /// Whether the edit changes only what is between the words.
    is_of_stops: bool,
}

fn edited(edit: &'static str, words: impl Into<String>) -> Edited {
    Edited {
        edit,
        words: words.into(),
        is_of_stops: false,
    }
}

fn other_stops(edit: &'static str, words: impl Into<String>) -> Edited {
    Edited {
        is_of_stops: true,
        ..edited(edit, words)
    }
}

/// Edits that leave a quotation true.
fn allowed(passage: &str) -> Vec<Edited> {
    let words: Vec<&str> = passage.split_whitespace().collect();
    let n_words = words.len();
    let middle = n_words / 2;
    let mut edits = vec![
        edited("+ as it stands", passage),
        edited("+ other spaces", passage.replace(' ', "\u{a0}\u{2009}")),
        edited(
            "+ curly apostrophes",
            format!("“{}”", passage.replace('\'', "’")),
        ),
        edited(
            "+ attribution comma",
            format!("{},", passage.trim_end_matches(['.', ','])),
        ),
        edited("+ soft hyphens", passage.replace("ti", "t\u{ad}i")),
        edited("+ first half", words[..middle].join(" ")),
        edited("+ second half", words[middle..].join(" ")),
    ];
    if n_words >= 8 {
        let (before, after) = (words[..3].join(" "), words[n_words - 3..].join(" "));
        edits.push(edited("+ ellipsis", format!("{before} … {after}")));
        edits.push(edited(
            "+ bracketed ellipsis",
            format!("{before} [...] {after}"),
        ));
        let bracketed = format!("{} [it] {}", words[..3].join(" "), words[5..].join(" "));
        edits.push(edited("+ bracket for two words", bracketed));
    }
    edits
}

/// Edits that make a quotation false.
fn forbidden(passage: &str, vocabulary: &[String]) -> Vec<Edited> {
    let words: Vec<&str> = passage.split_whitespace().collect();
    let n_words = words.len();
    let mut edits = Vec::new();
    for index in 1..n_words - 1 {
        let mut fewer = words.clone();
        fewer.remove(index);
        edits.push(edited("- word dropped", fewer.join(" ")));
        let mut swapped = words.clone();
        swapped.swap(index - 1, index);
        edits.push(edited("- words swapped", swapped.join(" ")));
        let mut replaced = words.clone();
        let other = &vocabulary[(index * 7919 + n_words * 104_729) % vocabulary.len()];
        replaced[index] = other;
        edits.push(edited("- word replaced", replaced.join(" ")));
        let mut negated = words.clone();
        negated.insert(index, "not");
        edits.push(edited("- not inserted", negated.join(" ")));
        let mut bracketed = words.clone();
        bracketed.insert(index, "[do not]");
        edits.push(edited("- not in a bracket", bracketed.join(" ")));
        let mut counted = words.clone();
        counted.insert(index, "[977]");
        edits.push(edited("- number in a bracket", counted.join(" ")));
        if matches!(words[index], "not" | "no" | "never") {
            let mut skipped = words.clone();
            skipped[index] = "…";
            edits.push(edited("- not behind an ellipsis", skipped.join(" ")));
            skipped[index] = "[clearly]";
            edits.push(edited("- not behind a bracket", skipped.join(" ")));
        }
        if words[index].ends_with('.') {
            let mut merged: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
            merged[index] = format!("{},", words[index].trim_end_matches('.'));
            merged[index + 1] = merged[index + 1].to_lowercase();
            edits.push(other_stops("- sentences merged", merged.join(" ")));
            merged[index] = words[index].trim_end_matches('.').to_owned();
            merged.insert(index + 1, "and".to_owned());
            edits.push(edited("- sentences merged by and", merged.join(" ")));
        }
    }
    for (index, _) in passage
        .char_indices()
        .filter(|(_, char)| char.is_ascii_digit())
    {
        let digit = passage.as_bytes()[index] - b'0';
        let other = (digit + 1) % 10;
        let changed = format!("{}{other}{}", &passage[..index], &passage[index + 1..]);
        edits.push(edited("- digit changed", changed));
        let dropped = format!("{}{}", &passage[..index], &passage[index + 1..]);
        edits.push(edited("- digit dropped", dropped));
    }
    let middle = n_words / 2;
    let (before, after) = (words[..middle].join(" "), words[middle..].join(" "));
    edits.push(edited("- halves reversed", format!("{after} … {before}")));
    edits.push(other_stops(
        "- comma removed",
        passage.replacen(", ", " ", 1),
    ));
    edits.retain(|edit| edit.words != passage);
    edits
}
