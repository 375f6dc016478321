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

/// The JSON-LD of a built page.
fn json_ld(project: &Project, page: &str) -> serde_json::Value {
    let html = project.read(&format!("public/{page}"));
    let found = captures(
        r#"(?s)<script type="application/ld\+json">(.*?)</script>"#,
        &html,
    );
    assert_eq!(found.len(), 1, "{html}");
    serde_json::from_str(&found[0]).unwrap()
}

/// The nodes of one type, wherever they stand.
fn nodes<'a>(value: &'a serde_json::Value, kind: &str) -> Vec<&'a serde_json::Value> {
    let mut found = Vec::new();
    let mut waiting = vec![value];
    while let Some(value) = waiting.pop() {
        match value {
            serde_json::Value::Array(items) => waiting.extend(items.iter().rev()),
            serde_json::Value::Object(fields) => {
                if value["@type"] == kind {
                    found.push(value);
                }
                waiting.extend(fields.values().rev());
            }
            _ => {}
        }
    }
    found
}

const RECORDS: &str = "---
title: Records
corrections:
  - {date: 2025-02-01, text: The *hour* was wrong.}
people:
  - {id: ada, name: Ada Lind, role: Harbor master}
  - {id: town, name: The town}
events:
  - {id: vote, date: 2025-01-27, title: The vote, source: paper, inferred: It was a Monday.}
  - {id: year, date: 2024, title: The year, source: paper}
  - {id: about, date: 2025-01-20~, title: About then, source: paper}
  - {id: review, date: 2099-01-27, title: The review, source: paper, expected: true}
figures:
  - {id: poll, title: In favor, value: 55.5, unit: percent, margin: 3, sample: 800, population: residents, date: 2025-01, source: paper}
  - id: arrests
    title: Arrests
    unit: people
    series: [{date: 2023, value: 24000, qualifier: over}, {date: 2024, value: 36500}]
    source: paper
reactions:
  - {id: need, speaker: ada, quote: We need </script> it., date: 2025-01-27, source: paper}
  - {id: said, speaker: town, text: It agrees., source: paper}
  - {id: yes, speaker: town, quote: Yes., date: 2025~, source: paper}
---
";

#[test]
fn json_ld_says_what_the_page_says_and_no_more() {
    let project = Project::small();
    project.write(
        "site.yaml",
        "title: Test\nbase_url: https://example.org/x/\npublisher: Press\n",
    );
    let home = project.read("content/index.md");
    project.write(
        "content/index.md",
        &home.replace("explainer: true", "explainer: true\ndate: 2025-02-01"),
    );
    project.write("content/timeline.md", RECORDS);
    project.run(&["build"]).expect(0);
    let page = json_ld(&project, "timeline/index.html");

    assert_eq!(page["@type"], "BackgroundNewsArticle");
    assert_eq!(page["datePublished"], "2025-02-01");
    assert_eq!(page["author"][0]["@type"], "Organization");
    assert_eq!(page["isPartOf"]["@id"], "https://example.org/x/");
    assert_eq!(page["isBasedOn"][0]["name"], "The paper");
    assert!(
        page["backstory"]
            .as_str()
            .unwrap()
            .starts_with("Sources: 1.")
    );
    assert_eq!(page["correction"][0]["text"], "The hour was wrong.");

    let events: Vec<&str> = nodes(&page, "Event")
        .iter()
        .map(|event| event["name"].as_str().unwrap())
        .collect();
    assert_eq!(
        events,
        ["The vote", "The review"],
        "only days are dates of events"
    );
    let vote = nodes(&page, "Event")[0];
    assert_eq!(vote["startDate"], "2025-01-27");
    assert_eq!(vote["url"], "https://example.org/x/timeline/#vote");
    assert!(
        vote["disambiguatingDescription"]
            .as_str()
            .unwrap()
            .contains("It was a Monday.")
    );

    let quotations = nodes(&page, "Quotation");
    assert_eq!(quotations.len(), 2, "a paraphrase is no quotation");
    assert_eq!(quotations[0]["text"], "We need </script> it.");
    assert_eq!(quotations[0]["creator"]["@type"], "Person");
    assert_eq!(
        quotations[1]["creator"]["@type"], "Thing",
        "the town may be no person"
    );
    assert!(
        quotations[1].get("dateCreated").is_none(),
        "about 2025 isn't 2025"
    );

    let observations = nodes(&page, "Observation");
    assert_eq!(observations[0]["marginOfError"]["value"], 3);
    assert_eq!(observations[0]["value"], 55.5);
    assert_eq!(
        observations[0]["description"],
        "Of whom: residents; Number asked: 800"
    );
    assert_eq!(observations[1]["minValue"], 24000);
    assert_eq!(observations[1]["value"], "over 24,000\u{a0}people");
    assert_eq!(observations[2]["observationDate"], "2024");
    let downloads = nodes(&page, "DataDownload");
    assert_eq!(
        downloads[0]["contentUrl"],
        "https://example.org/x/data/events.csv"
    );
}

#[test]
fn a_page_without_a_date_is_no_article() {
    let project = Project::small();
    project.run(&["build"]).expect(0);
    let page = json_ld(&project, "timeline/index.html");
    assert_eq!(page["@type"], "WebPage");
    assert!(page.get("datePublished").is_none() && page.get("url").is_none());
}
