//! What readers, and the machines that read for them, find in a built site.

mod support;

use std::collections::BTreeSet;

use regex::Regex;
use support::Project;

/// What a pattern's only group captures, in order.
fn captures(pattern: &str, text: &str) -> Vec<String> {
    let pattern = Regex::new(pattern).unwrap();
    let found = pattern.captures_iter(text);
    found.map(|capture| capture[1].to_owned()).collect()
}

/// A page whose headings are called what the theme calls its own parts.
const NAMESAKES: &str = "---
title: Timeline
key_points: [\"It was voted on [@paper].\"]
corrections:
  - {date: 2025-02-01, text: The hour was wrong.}
events:
  - {id: year-2, date: 2024-01-27, title: The draft, source: paper}
  - {id: evidence, date: 2025-01-27, title: The vote, source: paper}
  - {id: year-1, date: 2099-01-27, title: The review, source: paper, expected: true}
---
Hello [@paper].

## Content

## Key points

## Corrections

## Citations

## Cite-1

## Ref-1-1

## Still to come
";

#[test]
fn a_heading_or_record_named_as_a_part_of_the_theme_keeps_ids_unique() {
    let project = Project::small();
    project.write("content/timeline.md", NAMESAKES);
    project.run(&["build"]).expect(0);
    let html = project.read("public/timeline/index.html");
    let ids = captures(r#"\sid="([^"]+)""#, &html);
    let unique: BTreeSet<&String> = ids.iter().collect();
    assert_eq!(ids.len(), unique.len(), "{ids:?}");
    for id in [
        "key-points",
        "_key-points",
        "_cite-1",
        "cite-1",
        "year-1",
        "_year-1",
    ] {
        assert!(
            ids.iter().any(|found| found == id),
            "{id} isn't among {ids:?}"
        );
    }
    for target in captures("href=\"#([^\"]+)\"", &html) {
        assert!(unique.contains(&target), "nothing has the id {target}");
    }
}
