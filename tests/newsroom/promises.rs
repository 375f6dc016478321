//! What a newsroom's settings say of every page: its footer, its feeds, and what it loads.

use super::support::Project;
use super::{HOME, between};

const STORY: &str = "---
title: The quay
date: 2025-01-27
description: What the city builds.
key_points: [\"It [costs](about.md) more\"]
sources: [{id: gazette, title: Council backs quay, publisher: The Gazette}]
people: [{id: ada, name: Ada Moreno, role: mayor}]
events: [{date: 2025-01-27, title: The vote, text: \"Seven of *nine*.\", source: gazette}]
figures: [{id: ships, title: Ships, value: 24, unit: ships, source: gazette}]
reactions: [{speaker: ada, quote: We will not go back., source: gazette}]
---
## Why

Work begins; see [about us](about.md#us) and [the ships](figure:ships). [@gazette]
";

fn desk(settings: &str) -> Project {
    Project::new(&[
        (
            "site.yaml",
            &format!("title: Desk\nbase_url: https://example.org/desk/\n{settings}"),
        ),
        HOME,
        ("content/about.md", "---\ntitle: About\n---\n## Us\n\nUs.\n"),
        ("content/quay.md", STORY),
    ])
}

#[test]
fn feeds_hold_whole_texts_if_they_are_asked_to() {
    let project = desk("feeds: {full_text: true}\n");
    project.run(&["build", "-q"]).expect(0);
    let atom = project.read("public/atom.xml");
    let content = between(&atom, "<content type=\"html\">", "</content>")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#x27;", "'")
        .replace("&amp;", "&");
    for part in [
        "<li>It <a href=\"https://example.org/desk/about/\">costs</a> more</li>",
        "<a href=\"https://example.org/desk/about/#us\">about us</a>",
        "<a class=\"record-link figure-link\" href=\"https://example.org/desk/quay/#ships\">",
        "<h3>The vote</h3>\n<p>January 27, 2025</p>",
        "Seven of <em>nine</em>.",
        "<h3>Ships: 24\u{a0}ships</h3>",
        "<blockquote>\n<p>We will not go back.</p>\n</blockquote>\n<p>Ada Moreno · mayor</p>",
        "Council backs quay</a>, The Gazette",
    ] {
        assert!(content.contains(part), "{part} in {content}");
    }
    assert!(!content.contains("href=\"../") && !content.contains("class=\"anchor\""));
    let json: serde_json::Value = serde_json::from_str(&project.read("public/feed.json")).unwrap();
    let item = &json["items"][0];
    assert!(
        item["content_html"]
            .as_str()
            .unwrap()
            .contains("<h3>The vote</h3>")
    );
    assert_eq!(item["summary"], "What the city builds.");
    let card = item["image"].as_str().unwrap();
    assert!(card.starts_with("https://example.org/desk/cards/quay."));
    assert!(atom.contains(&format!("<media:thumbnail url=\"{card}\"/>")));
}

#[test]
fn feeds_hold_deks_otherwise_and_can_be_left_out() {
    let project = desk("feeds: true\n");
    project.run(&["build", "-q"]).expect(0);
    let atom = project.read("public/atom.xml");
    assert!(
        !atom.contains("<content") && atom.contains("<summary>What the city builds.</summary>")
    );
    let project = desk("feeds: false\n");
    project.run(&["build", "-q"]).expect(0);
    assert!(!project.path("public/atom.xml").exists());
    let run = desk("feeds: [full_text]\n").run(&["check"]).expect(1);
    assert!(
        run.stderr
            .contains("`feeds` should be `true`, `false` or fields"),
        "{}",
        run.stderr
    );
}

#[test]
fn pages_load_nothing_from_elsewhere_but_from_hosts_that_are_named() {
    let project = desk("headers: true\n");
    project.run(&["build", "-q"]).expect(0);
    let policy = |project: &Project| {
        let page = project.read("public/quay/index.html");
        let policy = between(
            &page,
            "http-equiv=\"Content-Security-Policy\" content=\"",
            "\"",
        );
        let header = project.read("public/_headers");
        assert!(
            header.contains(&format!("Content-Security-Policy: {policy}\n")),
            "{header}"
        );
        policy.to_owned()
    };
    assert_eq!(
        policy(&project),
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; \
         media-src 'self'; frame-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'"
    );
    let project = desk(
        "headers: true\npolicy:\n  frames: www.youtube-nocookie.com\n  scripts: [https://stats.example.org, https://*.example.com]\n",
    );
    project.run(&["build", "-q"]).expect(0);
    let policy = policy(&project);
    assert!(policy.contains("script-src 'self' https://stats.example.org https://*.example.com;"));
    assert!(policy.contains("frame-src 'self' https://www.youtube-nocookie.com;"));
    let run = desk("policy: {scripts: [\"*\"], frames: [https://example.org/map]}\n")
        .run(&["check"])
        .expect(1);
    for message in [
        "`scripts` should name hosts, not `*`",
        "`frames` should name hosts, not `https://example.org/map`",
    ] {
        assert!(run.stderr.contains(message), "{}", run.stderr);
    }
}

#[test]
fn the_footer_has_links_of_the_newsroom() {
    let project =
        desk("footer:\n  - about.md\n  - {title: Imprint, url: \"https://example.org/imprint\"}\n");
    project.run(&["build", "-q"]).expect(0);
    let footer = |page: &str| {
        let page = project.read(&format!("public/{page}"));
        between(&page, "<footer class=\"colophon\">", "</footer>").to_owned()
    };
    let quay = footer("quay/index.html");
    assert!(
        quay.contains("<li><a href=\"../about/\">About</a></li>"),
        "{quay}"
    );
    assert!(quay.contains("<li><a href=\"https://example.org/imprint\">Imprint</a></li>"));
    assert!(footer("about/index.html").contains("<a href=\"./\" aria-current=\"page\">About</a>"));
    let run = desk("footer: [abuot.md, {url: \"https://example.org/\"}]\n")
        .run(&["check"])
        .expect(1);
    assert!(
        run.stderr.contains("there is no page `content/abuot.md`"),
        "{}",
        run.stderr
    );
    assert!(
        run.stderr
            .contains("an item of `footer` with a `url` has no `title`")
    );
}
