//! What changed after publication, as readers see it.

use super::support::Project;
use super::{HOME, between};

const SITE: (&str, &str) = (
    "site.yaml",
    "title: Desk\nbase_url: https://example.org/desk/\n",
);

const QUAY: (&str, &str) = (
    "content/quay/index.md",
    "---
title: The quay
explainer: true
sources: [{id: gazette, title: Council backs quay}]
updates:
  - {date: 2025-02-03, text: \"The count is *final*.\", records: [figure:ships]}
  - {date: 2025-02-03, text: Work has begun.}
corrections:
  - {date: 2025-02-01, text: We gave the wrong day., records: [vote, ships]}
---
Work.
",
);

const FIGURES: (&str, &str) = (
    "content/quay/key-figures.md",
    "---
title: Figures
figures: [{id: ships, title: Ships that call, value: 24, source: gazette}, {id: cost, title: Cost, value: 9, source: gazette}]
updates:
  - {date: 2025-02-05, text: A ship more., records: [ships]}
corrections:
  - {date: 2025-02-04, text: A ship less., records: [ships]}
---
",
);

const EVENTS: (&str, &str) = (
    "content/quay/timeline.md",
    "---\ntitle: Timeline\nevents: [{id: vote, date: 2025-01-27, title: The vote, source: gazette}]\n---\n",
);

fn desk() -> Project {
    Project::new(&[SITE, HOME, QUAY, FIGURES, EVENTS])
}

#[test]
fn all_changes_are_on_one_page_by_day_and_in_one_feed() {
    let project = desk();
    project.run(&["build", "-q"]).expect(0);
    let page = project.read("public/changes/index.html");
    // The days are in order, and what is above one has changed since.
    let days = ["2025-02-05", "2025-02-04", "2025-02-03", "2025-02-01"];
    let mut at = 0;
    for day in days {
        let found = page.find(&format!("<h2 id=\"{day}\">")).unwrap();
        assert!(at < found, "{day}");
        at = found;
        assert!(page.contains(&format!("<li><a href=\"#{day}\">")));
    }
    let third = between(&page, "<h2 id=\"2025-02-03\">", "</section>");
    for part in [
        "<span class=\"label\">Update</span> <a href=\"../quay/#_update-2025-02-03\">The quay</a> · <a href=\"../quay/key-figures/#ships\">Ships that call</a>",
        "<p>The count is <em>final</em>.</p>",
        "<a href=\"../quay/#_update-2025-02-03-2\">The quay</a></p>",
    ] {
        assert!(third.contains(part), "{part} in {third}");
    }
    let first = between(&page, "<h2 id=\"2025-02-01\">", "</section>");
    assert!(
        first.contains("<span class=\"label\">Correction</span>"),
        "{first}"
    );
    assert!(
        first.contains("<a href=\"../quay/timeline/#vote\">The vote</a>"),
        "{first}"
    );
    let atom = project.read("public/changes/atom.xml");
    let titles: Vec<&str> = atom
        .split("<title>")
        .skip(2)
        .map(|rest| rest.split_once('<').unwrap().0)
        .collect();
    assert_eq!(
        titles,
        [
            "Update: Figures",
            "Correction: Figures",
            "Update: The quay",
            "Update: The quay",
            "Correction: The quay"
        ]
    );
    assert!(atom.contains("<id>https://example.org/desk/quay/#_update-2025-02-03-2</id>\n<updated>2025-02-03T00:00:00Z</updated>\n<summary>Work has begun.</summary>"));
    let json: serde_json::Value =
        serde_json::from_str(&project.read("public/changes/feed.json")).unwrap();
    assert_eq!(json["items"][0]["content_text"], "A ship more.");
    // The corrections are there for programs, each about its page.
    let data = between(&page, "<script type=\"application/ld+json\">", "</script>");
    let data: serde_json::Value = serde_json::from_str(data).unwrap();
    assert_eq!(data["hasPart"].as_array().unwrap().len(), 2);
    assert_eq!(data["hasPart"][1]["@type"], "CorrectionComment");
    assert_eq!(data["hasPart"][1]["text"], "We gave the wrong day.");
    assert_eq!(
        data["hasPart"][1]["about"]["url"],
        "https://example.org/desk/quay/"
    );
    // Every page leads there.
    let home = project.read("public/index.html");
    assert!(
        home.contains("<a href=\"changes/\">What changed</a>"),
        "{home}"
    );
}

#[test]
fn a_page_tells_its_own_and_a_record_its_last() {
    let project = desk();
    project.run(&["build", "-q"]).expect(0);
    let quay = project.read("public/quay/index.html");
    let updates = between(&quay, "<h2 id=\"_updates\">Updates</h2>", "</section>");
    assert!(
        updates.contains("<li id=\"_update-2025-02-03\">"),
        "{updates}"
    );
    assert!(
        updates.contains("<li id=\"_update-2025-02-03-2\">"),
        "{updates}"
    );
    assert!(quay.contains("<a href=\"../changes/\">All changes of this site</a>"));
    let figures = project.read("public/quay/key-figures/index.html");
    let ships = between(&figures, "id=\"ships\"", "</article>");
    let mark = between(ships, "<p class=\"note-changed\">", "</p>");
    assert_eq!(
        mark,
        "<a href=\"#_update-2025-02-05\">Updated <time datetime=\"2025-02-05\">February 5, 2025</time></a>"
    );
    assert!(!between(&figures, "id=\"cost\"", "</article>").contains("note-changed"));
    // Elsewhere, a record has no mark: its own page tells.
    assert!(
        !project
            .read("public/quay/timeline/index.html")
            .contains("note-changed")
    );
}

#[test]
fn nothing_is_said_where_nothing_changed() {
    let project = Project::new(&[SITE, HOME]);
    project.run(&["build", "-q"]).expect(0);
    assert!(!project.path("public/changes").exists());
    assert!(!project.read("public/index.html").contains("changes/"));
}

#[test]
fn a_change_of_an_unknown_record_or_in_old_words_is_answered() {
    let project = Project::new(&[
        SITE,
        HOME,
        FIGURES,
        (
            "content/quay/index.md",
            "---\ntitle: The quay\nexplainer: true\nsources: [{id: gazette, title: G}]\nupdates: [{date: 2025-02-03, text: A., records: [figure:ship]}]\ncorrections: [{date: 2025-02-03, text: B., record: ships}]\n---\n",
        ),
    ]);
    let run = project.run(&["check"]).expect(1);
    for message in [
        "there is no record `ship`",
        "did you mean `ships`?",
        "did you mean `records`?",
    ] {
        assert!(run.stderr.contains(message), "{message} in {}", run.stderr);
    }
}

#[test]
fn a_page_is_cited_with_its_revision_which_is_another_when_it_says_something_else() {
    let project = desk();
    let revision = || {
        project.run(&["build", "-q"]).expect(0);
        let page = project.read("public/quay/key-figures/index.html");
        let cited = between(&page, "<p class=\"copy\">", "</p>").to_owned();
        let revision = between(&cited, "(revision ", ")").to_owned();
        assert!(
            page.contains(&format!("note = {{revision {revision}}}")),
            "{page}"
        );
        assert!(
            page.contains(&format!("&quot;version&quot;: &quot;{revision}&quot;")),
            "{page}"
        );
        revision
    };
    let first = revision();
    // A comment says nothing to readers.
    project.write(
        FIGURES.0,
        &FIGURES.1.replace("title: Figures", "title: Figures # ours"),
    );
    assert_eq!(revision(), first);
    project.write(FIGURES.0, &FIGURES.1.replace("value: 24", "value: 25"));
    assert_ne!(revision(), first);
    project.write(FIGURES.0, &format!("{}More.\n", FIGURES.1));
    assert_ne!(revision(), first);
}
