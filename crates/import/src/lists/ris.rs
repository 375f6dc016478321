//! Sources in RIS, the tagged format that libraries and reference managers export.

use super::super::draft::Present;
use super::references::{self, Reference};
use super::{List, date, judged, one_line};

/// The sources of a list that are new to the explainer.
///
/// # Errors
///
/// In a sentence that says which entry can't be read.
pub(crate) fn tagged(text: &str, present: &Present) -> Result<List, String> {
    let mut references = Vec::new();
    let mut faults = Vec::new();
    let mut entry: Option<(usize, Reference)> = None;
    for (index, line) in text.lines().enumerate() {
        let Some((tag, value)) = tag(line) else {
            continue;
        };
        match tag {
            "TY" => {
                let kind = Some(kind_of(value).to_owned());
                entry = Some((
                    index + 1,
                    Reference {
                        kind,
                        ..Reference::default()
                    },
                ));
            }
            "ER" => match entry.take() {
                Some((_, reference)) if !reference.title.is_empty() => references.push(reference),
                Some((line, _)) => {
                    faults.push(format!("line {line}: the entry has no title (`TI`)"));
                }
                None => {}
            },
            tag => {
                if let Some((_, reference)) = &mut entry {
                    set(reference, tag, value);
                }
            }
        }
    }
    if let Some((line, _)) = entry {
        faults.push(format!("line {line}: the entry has no end (`ER`)"));
    }
    let left_out = judged(references.len(), &faults, "it has no entries")?;
    Ok(List {
        draft: references::draft(references, present),
        left_out,
    })
}

/// Whether a text looks like RIS: its first line gives the type of an entry.
pub(crate) fn looks_like_ris(text: &str) -> bool {
    let first = text
        .lines()
        .map(|line| line.trim_start_matches('\u{feff}'))
        .find(|line| !line.trim().is_empty());
    first.and_then(tag).is_some_and(|(tag, _)| tag == "TY")
}

/// `TI  - The words`.
fn tag(line: &str) -> Option<(&str, &str)> {
    let line = line.trim_start_matches('\u{feff}').trim_end();
    let (tag, rest) = (line.get(..2)?, line.get(2..)?);
    let value = rest.trim_start().strip_prefix('-')?;
    let is_tag = tag
        .bytes()
        .all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
    (is_tag && rest.starts_with("  ")).then_some((tag, value.trim()))
}

fn set(reference: &mut Reference, tag: &str, value: &str) {
    let words = one_line(value);
    if words.is_empty() {
        return;
    }
    let first = |slot: &mut Option<String>, words: String| {
        slot.get_or_insert(words);
    };
    match tag {
        "TI" | "T1" | "CT" if reference.title.is_empty() => reference.title = words,
        "AU" | "A1" => reference.authors.push(name(&words)),
        "JO" | "JF" | "T2" | "PB" => first(&mut reference.publisher, words),
        "UR" | "L1" | "LK" => first(&mut reference.url, words),
        "PY" | "Y1" | "DA" => {
            let finer = day(&words).filter(|day| {
                reference
                    .published
                    .as_ref()
                    .is_none_or(|known| known.len() < day.len())
            });
            if finer.is_some() {
                reference.published = finer;
            }
        }
        "Y2" => reference.accessed = day(&words),
        "ID" => first(&mut reference.key, words),
        _ => {}
    }
}

/// `2024/03/05/`, where unknown parts are left out.
fn day(words: &str) -> Option<String> {
    let mut parts = words
        .split(['/', '-'])
        .map(|part| part.trim().parse::<i64>().ok());
    date(
        parts.next()??,
        parts.next().flatten(),
        parts.next().flatten(),
    )
}

/// Turns `Lind, Ada` into reading order.
fn name(words: &str) -> String {
    match words.split_once(',') {
        Some((family, given)) => one_line(&format!("{} {}", given.trim(), family.trim())),
        None => words.to_owned(),
    }
}

fn kind_of(of_ris: &str) -> &str {
    match of_ris {
        "NEWS" => "news article",
        "MGZN" => "magazine article",
        "JOUR" | "EJOUR" => "journal article",
        "BOOK" | "EBOOK" => "book",
        "CHAP" | "ECHAP" => "chapter",
        "RPRT" => "report",
        "THES" => "thesis",
        "ELEC" | "BLOG" | "WEB" => "web page",
        "STAT" | "BILL" => "law",
        "CASE" => "court case",
        "VIDEO" | "MPCT" => "film",
        _ => "document",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_becomes_a_source() {
        let text = "TY  - NEWS\r\nTI  - A new quay\r\nAU  - Poole, Ann\r\nAU  - The Desk\r\nPY  - 1987\r\nDA  - 1987/08/09/\r\n\
                    T2  - The Paper\r\nUR  - https://paper.example/q\r\nER  - \r\n";
        assert!(looks_like_ris(text));
        let draft = tagged(text, &Present::default()).unwrap().draft;
        let yaml = super::super::super::draft::items(&[&draft.records[0]], 0);
        assert_eq!(
            yaml,
            "- id: a-new-quay\n  title: A new quay\n  publisher: The Paper\n  authors: [Ann Poole, The Desk]\n  url: \"https://paper.example/q\"\n  published: 1987-08-09\n  type: news article\n"
        );
    }

    #[test]
    fn all_entries_that_cannot_be_read_are_named() {
        let error = tagged(
            "TY  - BOOK\nER  - \n\nTY  - BOOK\nTI  - A\n",
            &Present::default(),
        )
        .unwrap_err();
        assert!(
            error.contains("line 1: the entry has no title")
                && error.contains("line 4: the entry has no end"),
            "{error}"
        );
    }
}
