//! A new page or explainer builds at once, and nothing that was there is touched.

#![allow(clippy::unwrap_used, reason = "a test that can't go on should stop")]

mod support;

use support::{Project, tree};

const SITE: (&str, &str) = ("site.yaml", "title: Test\nbase_url: https://example.org/\n");

#[test]
fn a_new_page_builds_at_once() {
    let project = Project::new(&[SITE]);
    let run = project.run(&["new", "page", "Water: who pays?"]).expect(0);
    assert_eq!(run.stdout, "made content/water-who-pays.md\n");
    let strict = project.run(&["check", "--strict"]).expect(0);
    assert_eq!(strict.stderr, "");
    project.run(&["build"]).expect(0);
    assert!(
        project
            .read("public/water-who-pays/index.html")
            .contains("<h1>Water: who pays?</h1>")
    );
}

#[test]
fn a_new_explainer_builds_at_once_and_is_one() {
    let project = Project::new(&[SITE, ("content/index.md", "---\ntitle: Home\n---\n")]);
    project.run(&["new", "explainer", "The harbor"]).expect(0);
    let strict = project.run(&["check", "--strict"]).expect(0);
    assert_eq!(strict.stderr, "");
    project.run(&["build"]).expect(0);
    for page in ["", "timeline/", "key-figures/", "reactions/", "sources/"] {
        assert!(
            project
                .path(&format!("public/the-harbor/{page}index.html"))
                .is_file(),
            "{page}"
        );
    }
    assert!(project.path("public/the-harbor/data/events.json").is_file());
}

#[test]
fn what_stands_there_as_a_comment_can_be_switched_on() {
    let project = Project::new(&[SITE, ("content/index.md", "---\ntitle: Home\n---\n")]);
    project.run(&["new", "explainer", "The harbor"]).expect(0);
    for page in ["index", "timeline", "key-figures", "reactions", "sources"] {
        let path = format!("content/the-harbor/{page}.md");
        let text = project.read(&path);
        let on: Vec<String> = text
            .lines()
            .map(|line| match line.strip_prefix("# ") {
                Some(off)
                    if off.starts_with("  ")
                        || off.starts_with("description:")
                        || off.starts_with("key_points:") =>
                {
                    off.to_owned()
                }
                Some(_) | None => line.strip_suffix(" []").unwrap_or(line).to_owned(),
            })
            .map(|line| line.replace("#   ", "  "))
            .collect();
        project.write(&path, &(on.join("\n") + "\n"));
    }
    let strict = project.run(&["check", "--strict"]).expect(0);
    assert_eq!(
        strict
            .stderr
            .lines()
            .filter(|line| line.starts_with("error"))
            .count(),
        0
    );
    project.run(&["build"]).expect(0);
    assert!(
        project
            .read("public/the-harbor/reactions/index.html")
            .contains("The very words.")
    );
    assert!(
        project
            .read("public/the-harbor/key-figures/index.html")
            .contains("1,250")
    );
}

#[test]
fn a_folder_can_be_named_and_only_one_below_content() {
    let project = Project::new(&[SITE]);
    let run = project
        .run(&["new", "page", "What next", "--into", "harbor"])
        .expect(0);
    assert_eq!(run.stdout, "made content/harbor/what-next.md\n");
    project
        .run(&["new", "page", "More", "--into", "content/harbor/"])
        .expect(0);
    assert!(project.path("content/harbor/more.md").is_file());
    for outside in ["..", "../elsewhere", "/tmp", "a/../../..", "C:\\x"] {
        let run = project
            .run(&["new", "page", "X", "--into", outside])
            .expect(2);
        assert!(
            run.stderr.contains("isn't a folder below `content/`"),
            "{}",
            run.stderr
        );
    }
}

#[test]
fn nothing_that_is_there_is_touched() {
    let project = Project::new(&[
        SITE,
        ("content/harbor.md", "mine"),
        ("content/port/timeline.md", "mine"),
        ("content/quay/index.md", "mine"),
    ]);
    let before = tree(project.root());
    for (kind, title, file) in [
        ("page", "Harbor", "content/harbor.md"),
        ("explainer", "Harbor", "content/harbor.md"),
        ("explainer", "Port", "content/port/timeline.md"),
        ("page", "Quay", "content/quay"),
    ] {
        let run = project.run(&["new", kind, title]).expect(2);
        assert!(
            run.stderr.contains(&format!("`{file}` is there already")),
            "{}",
            run.stderr
        );
    }
    let run = project.run(&["new", "page", "…"]).expect(2);
    assert!(
        run.stderr.contains("help: write a title with"),
        "{}",
        run.stderr
    );
    assert_eq!(tree(project.root()), before);
}
