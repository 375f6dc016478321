//! A new page or explainer builds at once, and nothing that was there is touched.

#![allow(clippy::unwrap_used, reason = "a test that can't go on should stop")]

mod support;

use std::fs;

use support::{Project, tree};

const SITE: (&str, &str) = ("site.yaml", "title: Test\nbase_url: https://example.org/\n");

#[test]
fn a_new_page_builds_at_once() {
    let project = Project::new(&[SITE, ("content/index.md", "---\ntitle: Home\n---\n")]);
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
    // All that a strict run still asks for is the comparison with the source.
    let strict = project.run(&["check", "--strict"]).expect(1);
    let faults: Vec<&str> = strict
        .stderr
        .lines()
        .filter(|line| line.contains("]: ") && !line.starts_with("hint[no-base-url]"))
        .collect();
    assert_eq!(faults.len(), 1, "{}", strict.stderr);
    assert!(
        faults[0].starts_with("hint[unverified]"),
        "{}",
        strict.stderr
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
    let missing = project
        .run(&["new", "page", "What next", "--into", "harbor"])
        .expect(2);
    assert!(
        missing
            .stderr
            .contains("there is no folder `content/harbor`"),
        "{}",
        missing.stderr
    );
    fs::create_dir_all(project.path("content/harbor")).unwrap();
    let misspelled = project
        .run(&["new", "event", "The vote", "--into", "habor"])
        .expect(2);
    assert!(
        misspelled.stderr.contains("did you mean `content/harbor`?"),
        "{}",
        misspelled.stderr
    );
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
            run.stderr.contains(&format!("`{file}` already exists")),
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

#[test]
fn a_new_record_stands_on_its_page_with_what_is_known() {
    let project = Project::new(&[SITE]);
    project.run(&["init", "desk"]).expect(0);
    let desk = project.path("desk");
    let run = |args: &[&str]| {
        let mut command = support::nutgraf(args);
        command.current_dir(&desk);
        support::Run::of(command)
    };
    let cases = [
        (
            "event",
            "The second vote",
            "timeline",
            "  - id: the-second-vote\n    date:\n    title: The second vote\n    source:\n",
        ),
        (
            "figure",
            "Books lent",
            "key-figures",
            "  - id: books-lent\n    title: Books lent\n    value:\n",
        ),
        (
            "reaction",
            "Ines Marlow",
            "reactions",
            "    speaker: ines-marlow\n    quote:\n    source:\n",
        ),
        (
            "source",
            "A second notice",
            "sources",
            "  - id: a-second-notice\n    title: A second notice\n",
        ),
    ];
    for (kind, name, page, text) in cases {
        let before = project.read(&format!("desk/content/{page}.md"));
        let made = run(&["new", kind, name]).expect(0);
        assert!(
            made.stdout
                .starts_with(&format!("added to content/{page}.md\n")),
            "{}",
            made.stdout
        );
        let after = project.read(&format!("desk/content/{page}.md"));
        assert!(after.contains(text), "{after}");
        // Nothing else is touched.
        for line in before.lines() {
            assert!(after.contains(line), "{line}");
        }
    }
    // What is missing is asked for.
    let check = run(&["check"]).expect(1);
    assert!(
        check.stderr.contains("error[missing-field]"),
        "{}",
        check.stderr
    );
    assert!(
        check.stderr.contains("content/timeline.md"),
        "{}",
        check.stderr
    );
}

#[test]
fn a_speaker_who_is_new_joins_the_people() {
    let project = Project::new(&[SITE, ("content/index.md", "---\ntitle: Home\n---\n")]);
    project.run(&["new", "explainer", "The harbor"]).expect(0);
    let run = project
        .run(&["new", "reaction", "Bo Dahl", "--into", "the-harbor"])
        .expect(0);
    assert!(
        run.stdout
            .starts_with("added to content/the-harbor/reactions.md\n"),
        "{}",
        run.stdout
    );
    let text = project.read("content/the-harbor/reactions.md");
    assert!(
        text.contains("people:\n  - id: bo-dahl\n    name: Bo Dahl\n"),
        "{text}"
    );
    assert!(
        text.contains("    speaker: bo-dahl\n    quote:\n    source:\n"),
        "{text}"
    );
    // A list that has another form is left alone.
    project.write(
        "content/the-harbor/timeline.md",
        "---\ntitle: Timeline\nevents: [{title: A}]\n---\n",
    );
    let run = project
        .run(&["new", "event", "B", "--into", "the-harbor"])
        .expect(2);
    assert!(
        run.stderr
            .contains("nothing can be added to `events` in `content/the-harbor/timeline.md`"),
        "{}",
        run.stderr
    );
}

#[test]
fn the_folder_that_the_command_is_called_in_is_meant() {
    let project = Project::new(&[SITE]);
    project.run(&["new", "explainer", "The harbor"]).expect(0);
    let made = project
        .run_in("content/the-harbor", &["new", "page", "Who pays?"])
        .expect(0);
    assert_eq!(made.stdout, "made content/the-harbor/who-pays.md\n");
    let added = project
        .run_in("content/the-harbor", &["new", "event", "The vote"])
        .expect(0);
    assert!(
        added
            .stdout
            .contains("added to content/the-harbor/timeline.md"),
        "{}",
        added.stdout
    );
}
