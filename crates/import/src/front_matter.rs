//! Reads what the front matter of a Markdown file from any generator says about an article, in YAML or TOML.

use std::collections::BTreeMap;

use serde_yaml::Value;

use crate::model::Day;

use super::lists;
use super::text::About;

/// What was found.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Said {
    pub(super) about: About,
    pub(super) published: Option<Day>,
    pub(super) language: Option<String>,
}

/// Front matter as it was typed.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Header<'t> {
    Yaml(&'t str),
    Toml(&'t str),
}

/// Splits front matter from the text below it.
pub(super) fn divide(text: &str) -> (Option<Header<'_>>, &str) {
    let mut lines = text.split_inclusive('\n');
    let fence = lines.next().unwrap_or_default().trim_end();
    if !matches!(fence, "---" | "+++") {
        return (None, text);
    }
    let start = text.find('\n').map_or(text.len(), |end| end + 1);
    let mut at = start;
    for line in lines {
        let end = at;
        at += line.len();
        if line.trim_end() == fence {
            let inside = &text[start..end];
            let header = match fence {
                "---" => Header::Yaml(inside),
                _ => Header::Toml(inside),
            };
            return (Some(header), &text[at..]);
        }
    }
    (None, text)
}

/// What front matter says; nothing if it can't be read, because the article is there all the same.
pub(super) fn read(header: Header<'_>) -> Said {
    let fields = match header {
        Header::Yaml(text) => serde_yaml::from_str(text).unwrap_or_default(),
        Header::Toml(text) => toml(text),
    };
    let fields: BTreeMap<String, Value> = fields;
    let first = |names: &[&str]| names.iter().find_map(|name| fields.get(*name));
    let words = |names: &[&str]| first(names).and_then(words);
    let url = words(&[
        "url",
        "canonical",
        "canonical_url",
        "canonicalUrl",
        "link",
        "source_url",
    ]);
    Said {
        about: About {
            headline: words(&["title", "headline"]),
            publisher: words(&["publisher", "publication", "site_name"]),
            authors: first(&["authors", "author", "byline"])
                .map(names)
                .unwrap_or_default(),
            url: url.filter(|url| url.starts_with("http://") || url.starts_with("https://")),
        },
        published: words(&[
            "date",
            "published",
            "publishDate",
            "pubDate",
            "pubdate",
            "published_at",
            "created",
        ])
        .and_then(|date| lists::day(&date)),
        language: words(&["language", "lang", "locale"]),
    }
}

fn words(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text.split_whitespace().collect::<Vec<_>>().join(" "),
        Value::Number(number) => number.to_string(),
        _ => return None,
    };
    (!text.is_empty()).then_some(text)
}

/// `Ada Lind`, `[Ada Lind, The Desk]` or `[{name: Ada Lind}]`.
fn names(value: &Value) -> Vec<String> {
    match value {
        Value::Sequence(list) => list.iter().flat_map(names).collect(),
        Value::Mapping(map) => map.get("name").map(names).unwrap_or_default(),
        one => words(one).into_iter().collect(),
    }
}

/// The top-level fields of a TOML text that are words, days, or lists of words; tables below them are skipped.
fn toml(text: &str) -> BTreeMap<String, Value> {
    let mut fields = BTreeMap::new();
    let lines = text.lines().map(str::trim);
    for line in lines.take_while(|line| !line.starts_with('[')) {
        let Some((key, value)) = line.split_once('=') else {
            continue;
        };
        let value = value.trim();
        let value = match value
            .strip_prefix('[')
            .and_then(|list| list.split_once(']'))
        {
            Some((list, _)) => Value::Sequence(
                list.split(',')
                    .map(|item| Value::String(unquoted(item)))
                    .collect(),
            ),
            None => Value::String(unquoted(value)),
        };
        fields.insert(key.trim().trim_matches('"').to_owned(), value);
    }
    fields
}

fn unquoted(value: &str) -> String {
    let value = value.trim();
    match value.chars().next() {
        Some(quote @ ('"' | '\'')) => {
            let inside = &value[1..];
            inside[..inside.find(quote).unwrap_or(inside.len())].to_owned()
        }
        _ => value
            .split(" #")
            .next()
            .unwrap_or_default()
            .trim()
            .to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str) -> Said {
        divide(text).0.map(read).unwrap_or_default()
    }

    #[test]
    fn yaml_and_toml_say_the_same() {
        let yaml = "---\ntitle: \"Quay: a plan\"\ndate: 1987-08-09 10:00:00 +0200\nauthors:\n  - name: Ann Poole\n  - Ben Hart\nlang: en\nlink: https://paper.example/q\n---\nWords\n";
        let toml = "+++\ntitle = \"Quay: a plan\"\ndate = 1987-08-09T10:00:00Z # day\nauthors = ['Ann Poole', \"Ben Hart\"]\nlang = \"en\"\nlink = \"https://paper.example/q\"\n[params]\ntitle = \"no\"\n+++\nWords\n";
        let expected = Said {
            about: About {
                headline: Some("Quay: a plan".to_owned()),
                publisher: None,
                authors: vec!["Ann Poole".to_owned(), "Ben Hart".to_owned()],
                url: Some("https://paper.example/q".to_owned()),
            },
            published: "1987-08-09".parse().ok(),
            language: Some("en".to_owned()),
        };
        assert_eq!(said(yaml), expected);
        assert_eq!(said(toml), expected);
        assert_eq!(divide(toml).1, "Words\n");
    }

    #[test]
    fn a_rule_is_no_front_matter() {
        assert_eq!(divide("---\n\nWords\n"), (None, "---\n\nWords\n"));
        assert_eq!(said("---\n: [\n---\nWords"), Said::default());
    }
}
