//! Sources in BibTeX and BibLaTeX, as written by Zotero, JabRef and this program; only this file names the parser.

use biblatex::{Bibliography, ChunksExt, Entry, Person};

use super::super::draft::Present;
use super::references::{self, Reference};
use super::{List, date, days, judged, one_line};

/// The sources of a bibliography that are new to the explainer.
///
/// # Errors
///
/// In a sentence that says where the text isn't BibTeX, or which entry lacks a title.
pub(crate) fn bibliography(text: &str, present: &Present) -> Result<List, String> {
    let bibliography = Bibliography::parse(text).map_err(|error| {
        let line = text[..text.floor_char_boundary(error.span.start)]
            .matches('\n')
            .count()
            + 1;
        format!("line {line}: it isn't BibTeX: {}", error.kind)
    })?;
    let mut references = Vec::new();
    let mut faults = Vec::new();
    for entry in bibliography.iter() {
        match field(entry, &["title"]) {
            Some(title) => references.push(reference(entry, title)),
            None => faults.push(format!("the entry `{}` has no `title`", entry.key)),
        }
    }
    let left_out = judged(references.len(), &faults, "it has no entries")?;
    Ok(List {
        draft: references::draft(references, present),
        left_out,
    })
}

/// Whether a text looks like BibTeX: `@article{key,`.
pub(crate) fn looks_like_bibtex(text: &str) -> bool {
    let start = text
        .lines()
        .map(str::trim)
        .find(|line| !line.is_empty() && !line.starts_with('%'));
    let inside = start.and_then(|line| line.strip_prefix('@')?.split_once('{'));
    inside.is_some_and(|(kind, _)| {
        !kind.is_empty() && kind.bytes().all(|byte| byte.is_ascii_alphabetic())
    })
}

fn reference(entry: &Entry, title: String) -> Reference {
    let authors = entry.author().unwrap_or_default();
    Reference {
        key: Some(entry.key.clone()),
        title,
        publisher: field(
            entry,
            &[
                "journaltitle",
                "journal",
                "booktitle",
                "publisher",
                "organization",
                "institution",
                "school",
            ],
        ),
        authors: authors.iter().map(name).collect(),
        url: field(entry, &["url"]),
        archived: None,
        published: published(entry),
        accessed: field(entry, &["urldate"]),
        kind: Some(kind(&entry.entry_type.to_string())),
    }
}

fn field(entry: &Entry, names: &[&str]) -> Option<String> {
    let mut texts = names
        .iter()
        .filter_map(|name| Some(one_line(&entry.get(name)?.format_verbatim())))
        .filter(|text| !text.is_empty());
    texts.next()
}

fn published(entry: &Entry) -> Option<String> {
    if let Some(date) = field(entry, &["date"]) {
        return days::read(&date, None).ok().map(|day| day.edtf);
    }
    let year = field(entry, &["year"])?.parse().ok()?;
    let month = field(entry, &["month"])
        .and_then(|month| month.parse().ok().or_else(|| days::month(&month)));
    let day = field(entry, &["day"]).and_then(|day| day.parse().ok());
    date(year, month, day)
}

fn name(person: &Person) -> String {
    let parts: Vec<&str> = [
        &person.given_name,
        &person.prefix,
        &person.name,
        &person.suffix,
    ]
    .iter()
    .map(|part| part.trim())
    .filter(|part| !part.is_empty())
    .collect();
    parts.join(" ")
}

fn kind(of_bibtex: &str) -> String {
    match of_bibtex {
        "article" => "article",
        "online" | "www" | "electronic" => "web page",
        "inproceedings" | "conference" => "conference paper",
        "phdthesis" | "mastersthesis" => "thesis",
        "techreport" => "report",
        other => other,
    }
    .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_becomes_a_source() {
        let text = "% mine\n@article{poole87,\n  title = {The {Quay} is to \\\"offnen},\n  author = {Poole, Ann and Hart, Ben},\n  \
                    journal = \"The Paper\",\n  year = 1987, month = aug, day = {9},\n  url = {https://paper.example/q},\n}\n";
        assert!(looks_like_bibtex(text));
        let draft = bibliography(text, &Present::default()).unwrap().draft;
        let yaml = super::super::super::draft::items(&[&draft.records[0]], 0);
        assert_eq!(
            yaml,
            "- id: poole87\n  title: The Quay is to öffnen\n  publisher: The Paper\n  authors: [Ann Poole, Ben Hart]\n  url: \"https://paper.example/q\"\n  published: 1987-08-09\n  type: article\n"
        );
    }

    #[test]
    fn what_is_no_bibtex_is_named_by_its_line() {
        let error = bibliography(
            "@book{a, title = {T}}\n@book{b, title = {",
            &Present::default(),
        )
        .unwrap_err();
        assert!(error.starts_with("line 2: "), "{error}");
        let error = bibliography("@book{a, year = 1987}", &Present::default()).unwrap_err();
        assert_eq!(error, "the entry `a` has no `title`");
        assert!(!looks_like_bibtex("@ada said so {twice}"));
    }
}
