//! What readers, and the machines that read for them, find in a built site.

#![allow(clippy::unwrap_used, reason = "a test that can't go on should stop")]

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

/// A site with an address, and what is to come on its timeline.
fn newsroom(events: &str) -> Project {
    let project = Project::small();
    project.write(
        "site.yaml",
        "title: The Test & Co.\nbase_url: https://example.org/x/\npublisher: Press\n",
    );
    let home = project.read("content/index.md");
    let dated = home.replace("explainer: true", "explainer: true\ndate: 2025-02-01");
    project.write("content/index.md", &dated);
    let timeline = format!("---\ntitle: Timeline\nevents:\n{events}---\n");
    project.write("content/timeline.md", &timeline);
    project
}

#[test]
fn what_is_expected_is_a_calendar() {
    let long = "ä".repeat(80);
    let project = newsroom(&format!(
        "  - {{id: vote, date: 2025-01-27, title: The vote, source: paper}}\n\
         \x20 - {{id: talks, date: 2099-03, title: \"Talks, again; and {long}\", text: Maybe., source: paper, expected: true}}\n\
         \x20 - {{id: day, date: 2099-01-31, title: The day, source: paper, expected: true}}\n\
         \x20 - {{id: open, date: 2099/.., title: Sometime, source: paper, expected: true}}\n"
    ));
    project.run(&["build"]).expect(0);
    let calendar = project.read("public/data/expected.ics");
    assert!(calendar.lines().all(|line| line.len() <= 75), "{calendar}");
    assert!(
        calendar.ends_with("END:VCALENDAR\r\n") && !calendar.replace("\r\n", "").contains('\n')
    );
    let unfolded = calendar.replace("\r\n ", "");
    let entries = captures("SUMMARY:([^\r]*)", &unfolded);
    assert_eq!(
        entries,
        [
            "The day".to_owned(),
            format!("Talks\\, again\\; and {long} (March 2099)")
        ]
    );
    for line in [
        "DTSTART;VALUE=DATE:20990131\r\nDTEND;VALUE=DATE:20990201\r\n",
        "DTSTART;VALUE=DATE:20990301\r\nDTEND;VALUE=DATE:20990401\r\n",
        "DTSTAMP:20250201T000000Z\r\n",
        "UID:https://example.org/x/timeline/#day\r\n",
    ] {
        assert!(unfolded.contains(line), "{line} isn't in {unfolded}");
    }
    let html = project.read("public/timeline/index.html");
    assert!(html.contains("<a href=\"../data/expected.ics\">"), "{html}");
}

/// When the events of a page happened: for machines and, with plain spaces, for readers.
fn times_shown(html: &str) -> Vec<(String, String)> {
    let times = captures(r#"<p class="when"><time datetime="([^"]*)">"#, html);
    let words = captures(r#"<p class="when"><time[^>]*>([^<]*)</time>"#, html);
    let words = words.iter().map(|words| words.replace('\u{202f}', " "));
    times.into_iter().zip(words).collect()
}

#[test]
fn a_day_is_told_by_the_clock_in_every_output() {
    let project = newsroom(
        "  - {id: calm, date: 2031-08-03T14:05-04:00, title: All clear, source: paper}\n\
         \x20 - {id: crack, date: 2031-08-03T06:40, title: A crack opens, source: paper}\n\
         \x20 - {id: day, date: 2031-08-03, title: The dam is watched, source: paper}\n\
         \x20 - {id: talk, date: 2099-01-31T09:00+01:00/2099-01-31T10:30+01:00, title: A hearing, source: paper, expected: true}\n\
         \x20 - {id: end, date: 2099-02-01T18:00, title: The ballot closes, source: paper, expected: true}\n",
    );
    project.run(&["build"]).expect(0);
    let html = project.read("public/timeline/index.html");
    let shown = |time: &str, words: &str| (time.to_owned(), words.to_owned());
    assert_eq!(
        times_shown(&html),
        [
            shown("2031-08-03", "August 3, 2031"),
            shown("2031-08-03T06:40", "August 3, 2031 at 6:40 AM"),
            shown("2031-08-03T14:05-04:00", "August 3, 2031 at 2:05 PM GMT-4"),
            shown("2099-02-01T18:00", "February 1, 2099 at 6:00 PM"),
        ]
    );
    let calendar = project
        .read("public/data/expected.ics")
        .replace("\r\n ", "");
    for line in [
        "DTSTART:20990131T080000Z\r\nDTEND:20990131T093000Z\r\nSUMMARY:A hearing\r\n",
        "DTSTART:20990201T180000\r\nSUMMARY:The ballot closes\r\n",
    ] {
        assert!(calendar.contains(line), "{line} isn't in {calendar}");
    }
    let page = json_ld(&project, "timeline/index.html");
    let mut starts = nodes(&page, "Event")
        .into_iter()
        .map(|event| &event["startDate"]);
    assert!(
        starts.any(|start| start == "2031-08-03T14:05-04:00"),
        "{page}"
    );
    let slides: serde_json::Value =
        serde_json::from_str(&project.read("public/data/timeline.timelinejs.json")).unwrap();
    let start = &slides["events"][2]["start_date"];
    assert_eq!((&start["hour"], &start["minute"]), (&14.into(), &5.into()));
}

#[test]
fn nothing_to_come_is_no_calendar() {
    let project = newsroom("  - {id: vote, date: 2025-01-27, title: The vote, source: paper}\n");
    project.run(&["build"]).expect(0);
    assert!(!project.path("public/data/expected.ics").exists());
    let html = project.read("public/timeline/index.html");
    assert!(!html.contains("expected.ics"), "{html}");
}

#[test]
fn a_page_says_how_it_is_cited() {
    let project = newsroom("  - {id: vote, date: 2025-01-27, title: The vote, source: paper}\n");
    project.run(&["build"]).expect(0);
    let html = project.read("public/timeline/index.html");
    let said = captures(r#"(?s)<p class="copy">(.*?)</p>"#, &html);
    let revision = &captures(r"\(revision ([0-9a-f]{8})\)", &said[0])[0];
    assert_eq!(
        said,
        [format!(
            "Press. “Timeline”. The Test &amp; Co., February 1, 2025 (revision {revision}). https://example.org/x/timeline/"
        )]
    );
    let forms = captures(
        r#"(?s)<p class="fact">[^<]*</p>\s*<pre class="copy">(.*?)</pre>"#,
        &html,
    );
    for field in [
        "@misc{timeline,",
        "author = {{Press}},",
        "title = {{Timeline}},",
        "howpublished = {The Test \\&amp; Co.},",
        "date = {2025-02-01},",
        "url = {https://example.org/x/timeline/},",
    ] {
        assert!(forms[0].contains(field), "{field} isn't in {}", forms[0]);
    }
    let csl = forms[1]
        .replace("&quot;", "\"")
        .replace("&#34;", "\"")
        .replace("&amp;", "&");
    let csl: serde_json::Value = serde_json::from_str(&csl).unwrap();
    assert_eq!(csl[0]["container-title"], "The Test & Co.");
    assert_eq!(csl[0]["issued"]["date-parts"][0][1], 2);
    assert_eq!(csl[0]["version"], **revision);
}

#[test]
fn a_page_that_says_only_when_it_changed_has_no_day_of_publication() {
    let page = "---\ntitle: The quay\nupdated: 2025-02-03\n---\nHello.\n";
    let project = Project::new(&[
        ("site.yaml", "title: Test\nbase_url: https://example.org\n"),
        ("content/index.md", page),
    ]);
    project.run(&["build"]).expect(0);
    let feed = project.read("public/atom.xml");
    assert!(
        feed.contains("<updated>2025-02-03T00:00:00Z</updated>") && !feed.contains("<published>"),
        "{feed}"
    );
    let html = project.read("public/index.html");
    assert!(html.contains("Updated February 3, 2025\">"), "{html}");
    for published in ["Published", "datePublished", "published_time"] {
        assert!(!html.contains(published), "{published}: {html}");
    }
}

#[test]
fn sources_are_there_as_bibtex() {
    let project = Project::small();
    project.write(
        "content/index.md",
        "---\ntitle: Home\nexplainer: true\nsources:\n  - id: paper\n    title: 50% of the {vote} & more\n    authors: [Ada Lind, The Board]\n    publisher: Gazette\n    published: 2025-01\n    accessed: 2025-02-03\n    url: https://example.org/a_b%20c\n---\nHello [@paper].\n",
    );
    project.run(&["build"]).expect(0);
    assert_eq!(
        project.read("public/data/sources.bib"),
        "@misc{paper,\n  author = {{Ada Lind} and {The Board}},\n  title = {{50\\% of the \\textbraceleft{}vote\\textbraceright{} \\& more}},\n  \
         howpublished = {Gazette},\n  year = {2025},\n  month = {1},\n  url = {https://example.org/a_b%20c},\n  \
         urldate = {2025-02-03},\n}\n"
    );
}

/// A site with one record of each kind that can be embedded.
fn embeddable() -> Project {
    let project = newsroom("  - {id: vote, date: 2025-01-27, title: The vote, source: paper}\n");
    project.write(
        "content/numbers.md",
        "---\ntitle: Numbers\npeople:\n  - {id: ada, name: Ada Lind}\nfigures:\n  \
         - {id: poll, title: \"In \\\"favor\\\"\", value: 55, unit: percent, text: \"Of all [@paper].\", source: paper}\nreactions:\n  \
         - {id: need, speaker: ada, quote: We need it., source: paper}\n---\n",
    );
    project
}

const EMBEDS: [&str; 3] = ["timeline/_events", "numbers/poll", "numbers/need"];

#[test]
fn what_is_embedded_stands_by_itself_and_leads_out_of_its_frame() {
    let project = embeddable();
    project.run(&["build"]).expect(0);
    for embed in EMBEDS {
        let html = project.read(&format!("public/embed/{embed}/index.html"));
        assert!(html.contains("<base target=\"_top\">"), "{html}");
        assert!(
            html.contains("<meta name=\"robots\" content=\"noindex\">"),
            "{html}"
        );
        assert_eq!(captures("<h1[^>]*>(.*?)</h1>", &html).len(), 1);
        assert!(
            !html.contains("<nav") && !html.contains("<script"),
            "{html}"
        );
        for href in captures("<a [^>]*href=\"([^\"]*)\"", &html) {
            assert!(href.starts_with("../"), "{embed}: {href}");
            let path = href.trim_start_matches("../").split('#').next().unwrap();
            let file = project.path("public").join(path).join("index.html");
            assert!(file.exists(), "{embed}: nothing is at {href}");
        }
    }
    let whole = project.read("public/numbers/index.html");
    assert!(
        whole.contains("<a href=\"../embed/numbers/poll/\">"),
        "{whole}"
    );
}

#[test]
fn nothing_is_embedded_from_a_site_that_has_no_address_or_wants_no_embeds() {
    let project = embeddable();
    for site in [
        "title: Test\n",
        "title: Test\nbase_url: https://example.org/x/\nembeds: false\n",
    ] {
        project.write("site.yaml", site);
        project.run(&["build"]).expect(0);
        assert!(!project.path("public/embed").exists(), "{site}");
        let page = project.read("public/numbers/index.html");
        assert!(!page.contains("embed"), "{site}");
    }
}

#[test]
fn embeds_have_a_script_only_where_the_site_wants_it_and_never_a_timeline() {
    let project = embeddable();
    project.write(
        "site.yaml",
        "title: Test\nbase_url: https://example.org/x/\nembed_script: true\n",
    );
    project.run(&["build"]).expect(0);
    assert!(project.path("public/embed.js").exists());
    let code = "<script src=\"https://example.org/x/embed.js\" async></script>";
    for embed in EMBEDS {
        let html = project.read(&format!("public/embed/{embed}/index.html"));
        let answer = project.read(&format!("public/embed/{embed}/oembed.json"));
        let answer: serde_json::Value = serde_json::from_str(&answer).unwrap();
        let is_timeline = embed.ends_with("_events");
        let own = captures("<script defer src=\"([^\"]*)\"></script>", &html);
        assert_eq!(own.is_empty(), is_timeline, "{html}");
        let offered = answer["html"].as_str().unwrap();
        assert_eq!(offered.ends_with(code), !is_timeline, "{offered}");
        for script in own {
            let path = project.path("public/embed").join(embed).join(script);
            assert!(path.exists(), "{}", path.display());
        }
    }
    let page = project.read("public/numbers/index.html");
    assert!(!page.contains("<script src"), "{page}");
    project.write("site.yaml", "title: Test\nembed_script: true\n");
    project.run(&["build"]).expect(0);
    assert!(!project.path("public/embed.js").exists());
}

#[test]
fn other_sites_learn_how_to_embed() {
    let project = embeddable();
    project.run(&["build"]).expect(0);
    for embed in EMBEDS {
        let html = project.read(&format!("public/embed/{embed}/index.html"));
        let answer = captures(
            r#"type="application/json\+oembed"[^>]*href="https://example.org/x/([^"]*)""#,
            &html,
        );
        let answer: serde_json::Value =
            serde_json::from_str(&project.read(&format!("public/{}", answer[0]))).unwrap();
        assert_eq!(
            (answer["version"].as_str(), answer["type"].as_str()),
            (Some("1.0"), Some("rich"))
        );
        let code = answer["html"].as_str().unwrap();
        assert!(
            code.starts_with(&format!(
                "<iframe src=\"https://example.org/x/embed/{embed}/\" title=\""
            )),
            "{code}"
        );
        assert!(answer["width"].is_u64() && answer["height"].is_u64());
    }
    let html = project.read("public/numbers/index.html");
    let code = captures(r#"(?s)<pre class="copy">(&lt;iframe.*?)</pre>"#, &html);
    assert_eq!(code.len(), 2);
    assert!(
        code[0].contains("title=&quot;In &amp;quot;favor&amp;quot;&quot;"),
        "{}",
        code[0]
    );
    assert!(
        html.contains("<p class=\"copy address\">https://example.org/x/embed/numbers/"),
        "{html}"
    );
}

#[test]
fn a_page_shows_every_record_that_stands_on_it_once() {
    let project = newsroom("  - {id: vote, date: 2025-01-27, title: The vote, source: paper}\n");
    project.write(
        "content/all.md",
        "---\ntitle: All\nevents:\n  - {id: a, date: 2024, title: A, source: paper}\n  - {id: b, date: 2025, title: B, source: paper}\n\
         people:\n  - {id: ada, name: Ada Lind}\n  - {id: bo, name: Bo Dahl}\n\
         figures:\n  - {id: poll, title: Poll, value: 55, source: paper}\n  - {id: sum, title: Sum, value: 5, source: paper}\n\
         terms:\n  - {id: quay, term: Quay, definition: A wall.}\n  - {id: pier, term: Pier, definition: A bridge.}\n\
         reactions:\n  - {id: need, speaker: ada, quote: We need it., source: paper}\n  - {id: more, speaker: bo, quote: Yes., source: paper}\n---\n\
         ![](event:a)\n\n![](figure:poll)\n\n![](figure:poll)\n\n![](reaction:need)\n\n![](person:ada)\n\n![](term:quay)\n",
    );
    project.write("content/plain.md", "---\ntitle: Plain\nlayout: page\nevents:\n  - {id: c, date: 2024, title: C, source: paper}\n---\n![](event:c)\n");
    project.run(&["build"]).expect(0);
    let html = project.read("public/all/index.html");
    let ids = captures(r#"\sid="([^"_][^"]*)""#, &html);
    let mut sorted = ids.clone();
    sorted.sort();
    assert_eq!(
        sorted,
        [
            "a", "ada", "b", "bo", "more", "need", "pier", "poll", "quay", "sum"
        ]
    );
    let timeline = html.split_once("<div class=\"timeline\">").unwrap().1;
    assert!(
        timeline.contains("id=\"a\""),
        "a timeline has no gaps: {html}"
    );
    let plain = project.read("public/plain/index.html");
    assert!(
        plain.contains("id=\"c\"") && !plain.contains("class=\"timeline\""),
        "{plain}"
    );
}

/// What the search of a built site can show: each page, and after it its records.
fn searchable(project: &Project) -> Vec<serde_json::Value> {
    let read = |path: &str| -> serde_json::Value {
        serde_json::from_str(&project.read(&format!("public/search/{path}"))).unwrap()
    };
    let n_pages = read("index.json")["pages"].as_u64().unwrap();
    let pages = (0..n_pages).map(|number| read(&format!("pages/{number}.json")));
    let entries = pages.flat_map(|page| {
        let address = page["u"].as_str().unwrap();
        let records = page["r"].as_array().unwrap().clone().into_iter();
        let records = records.map(|mut record| {
            let id = record["i"].as_str().unwrap();
            record["u"] = format!("{address}#{id}").into();
            record
        });
        let records: Vec<serde_json::Value> = records.collect();
        std::iter::once(page).chain(records)
    });
    entries.collect()
}

#[test]
fn what_can_be_searched_has_neither_numbers_of_footnotes_nor_words_that_run_together() {
    let project = embeddable();
    project.write(
        "content/notes.md",
        "---\ntitle: Notes\n---\n## A harbor\n\nThe vote[^1] was close.  \nVery close.\n\n| a | b |\n|---|---|\n| one | two |\n\n\
         香港\n法院\n\n[^1]: By one.\n",
    );
    project.run(&["build"]).expect(0);
    let entries = searchable(&project);
    let notes = entries.iter().find(|entry| entry["t"] == "Notes").unwrap();
    assert_eq!(
        notes["x"],
        "A harbor The vote was close. Very close. a b one two 香港法院 By one."
    );
}

#[test]
fn what_can_be_searched_is_there_and_every_result_leads_somewhere() {
    let project = embeddable();
    project.run(&["build"]).expect(0);
    let entries = searchable(&project);
    let titles: Vec<&str> = entries
        .iter()
        .map(|entry| entry["t"].as_str().unwrap())
        .collect();
    assert_eq!(
        titles,
        [
            "Home",
            "The paper",
            "Numbers",
            "In \"favor\"",
            "Ada Lind: “We need it.”",
            "Ada Lind",
            "Timeline",
            "The vote"
        ]
    );
    for entry in &entries {
        let (page, id) = entry["u"]
            .as_str()
            .unwrap()
            .split_once('#')
            .unwrap_or((entry["u"].as_str().unwrap(), ""));
        let html = project.read(&format!("public/{page}/index.html"));
        assert!(
            id.is_empty() || html.contains(&format!("id=\"{id}\"")),
            "{entry}"
        );
    }
    assert_eq!(entries[3]["x"], "55%. Of all.");
}

#[test]
fn only_the_search_has_a_script_and_without_it_lists_the_pages() {
    let project = embeddable();
    project.run(&["build"]).expect(0);
    let search = project.read("public/search/index.html");
    assert_eq!(
        captures(
            "<script type=\"module\" src=\"\\.\\./(search\\.[0-9a-f]+\\.js)\">",
            &search
        )
        .len(),
        1
    );
    assert!(
        search.contains("<a href=\"../timeline/\">Timeline</a>"),
        "{search}"
    );
    assert!(search.contains("data-index=\"../search/\""), "{search}");
    for page in ["index.html", "timeline/index.html", "numbers/index.html"] {
        let html = project.read(&format!("public/{page}"));
        assert!(
            !html.contains("<script type=\"module\"") && html.contains("search/\">Search</a>"),
            "{html}"
        );
    }
    project.write("site.yaml", "title: Test\nsearch: false\n");
    project.run(&["build"]).expect(0);
    assert!(!project.path("public/search/index.html").exists());
    assert!(!project.read("public/index.html").contains("search/"));
}

#[test]
fn a_term_is_explained_behind_its_first_mention() {
    let project = newsroom(
        "  - {id: vote, date: 2025-01-27, title: The vote, text: \"A [quay](term:quay).\", source: paper}\n",
    );
    project.write(
        "content/glossary.md",
        "---\ntitle: Glossary\nterms:\n  - {id: quay, term: Quay, definition: \"A wall, not a [pier](term:pier).\"}\n  - {id: pier, term: Pier, definition: A bridge.}\n---\nSee [quay](term:quay).\n",
    );
    project.write(
        "content/prose.md",
        "---\ntitle: Prose\nkey_points: [\"A [new *quay*](term:quay) comes.\"]\n---\nThe [quay](term:quay), [](term:pier) and [home](index.md).\n",
    );
    project.run(&["build"]).expect(0);
    let html = project.read("public/prose/index.html");
    assert!(
        html.contains("<a class=\"record-link term-link\" href=\"../glossary/#quay\">new <em>quay</em></a><button type=\"button\" class=\"explain\" popovertarget=\"_term-quay\" aria-label=\"What “Quay” means\">?</button> comes."),
        "{html}"
    );
    assert_eq!(
        captures("class=\"explain\" popovertarget=\"([^\"]*)\"", &html),
        ["_term-quay", "_term-pier"]
    );
    assert_eq!(
        captures("<div class=\"explained\" id=\"([^\"]*)\" popover>", &html),
        ["_term-quay", "_term-pier"]
    );
    for page in ["glossary/index.html", "embed/timeline/_events/index.html"] {
        let html = project.read(&format!("public/{page}"));
        assert!(!html.contains("popover"), "{page}: {html}");
    }
}

#[test]
fn reactions_are_filtered_by_stance_and_by_organisation() {
    let project = newsroom("  - {id: vote, date: 2025-01-27, title: The vote, source: paper}\n");
    project.write(
        "content/voices.md",
        "---\ntitle: Voices\npeople:\n  - {id: ada, name: Ada Lind, organisation: Harbor}\n  - {id: bo, name: Bo Dahl, organisation: Town}\n\
         reactions:\n  - {speaker: ada, quote: Yes., stance: for, source: paper}\n  - {speaker: bo, quote: No., stance: against, source: paper}\n\
         \x20 - {speaker: bo, quote: Perhaps., source: paper}\n---\n",
    );
    project.run(&["build"]).expect(0);
    let html = project.read("public/voices/index.html");
    assert_eq!(
        captures("name=\"stance\" value=\"([^\"]*)\"", &html),
        ["all", "s1", "s2"]
    );
    assert_eq!(
        captures("name=\"organisation\" value=\"([^\"]*)\"", &html),
        ["all", "g1", "g2"]
    );
    assert_eq!(
        captures(
            "<div class=\"([^\"]*)\">\\s*<figure class=\"reaction",
            &html
        ),
        [
            "statement is-s1 is-g1",
            "statement is-s2 is-g2",
            "statement is-g2"
        ]
    );
}

#[test]
fn a_source_of_which_only_the_title_is_known_has_no_empty_list() {
    let project = Project::small();
    let text =
        "---\ntitle: Sources\nsources: [{id: notes, title: Our notes}]\n---\nAs noted [@notes].\n";
    project.write("content/sources.md", text);
    project.run(&["build"]).expect(0);
    let html = project.read("public/sources/index.html");
    assert!(html.contains("<cite>Our notes</cite>"), "{html}");
    assert!(!Regex::new(r"<ul[^>]*>\s*</ul>").unwrap().is_match(&html));
}

#[test]
fn a_data_package_says_nothing_that_its_schema_refuses() {
    let project = Project::small();
    project.write(
        "content/timeline.md",
        "---\ntitle: Timeline\nevents:\n  - {id: ides, date: -0043-03-15, title: The ides, source: paper}\n---\n",
    );
    project.run(&["build"]).expect(0);
    let package = project.read("public/data/datapackage.json");
    assert!(!package.contains("null"), "{package}");
    let events = project.read("public/data/events.csv");
    assert!(events.contains("ides,-0043-03-15,,,The ides"), "{events}");
}

#[test]
fn questions_are_answered_wherever_records_are_shown() {
    let project = newsroom("  - {id: vote, date: 2025-01-27, title: The vote, source: paper}\n");
    project.write(
        "content/faq.md",
        "---\ntitle: Asked often\nquestions:\n\
         \x20 - {question: \"Who pays for the dredging?\", answer: \"The port, *all of it*.\", source: paper}\n\
         \x20 - {id: when, question: When does it start?, answer: \"In spring [@paper].\"}\n---\n",
    );
    project.write(
        "content/notes.md",
        "---\ntitle: Notes\n---\nSee [who pays](question:who-pays-for-the-dredging).\n\n![](question:when)\n",
    );
    project.run(&["build"]).expect(0);
    let html = project.read("public/faq/index.html");
    let asked = captures(r"<summary><h\d>([^<]*)</h\d></summary>", &html);
    assert_eq!(asked, ["Who pays for the dredging?", "When does it start?"]);
    assert!(
        html.contains("<p>The port, <em>all of it</em>.</p>"),
        "{html}"
    );
    let page = json_ld(&project, "faq/index.html");
    let answers = nodes(&page, "Answer");
    assert!(
        answers
            .iter()
            .any(|answer| answer["text"] == "The port, all of it."),
        "{page}"
    );
    assert_eq!(page["@type"], "FAQPage");
    assert_eq!(nodes(&page, "FAQPage").len(), 1);
    assert!(!html.contains("class=\"part\""), "{html}");
    let notes = project.read("public/notes/index.html");
    assert!(
        notes.contains("href=\"../faq/#who-pays-for-the-dredging\""),
        "{notes}"
    );
    assert!(notes.contains("When does it start?"), "{notes}");
    // It has a place in the summary, and where a source says what rests on it.
    assert!(
        html.contains("content=\"Who pays for the dredging?; When does it start?\""),
        "{html}"
    );
    let home = project.read("public/index.html");
    assert!(
        home.contains("<a href=\"faq/#who-pays-for-the-dredging\">"),
        "{home}"
    );
}

#[test]
fn an_answer_rests_on_something() {
    let project = newsroom("  - {id: vote, date: 2025-01-27, title: The vote, source: paper}\n");
    let faq = |source: &str| {
        format!(
            "---\ntitle: Asked\nquestions:\n  - {{question: Who?, answer: \"A resident{source}.\"}}\n---\n"
        )
    };
    project.write("content/faq.md", &faq(""));
    let run = project.run(&["check"]).expect(1);
    assert!(run.stderr.contains("[missing-source]"), "{}", run.stderr);
    project.write("content/faq.md", &faq(" [@paper]"));
    project.run(&["check"]).expect(0);
}
