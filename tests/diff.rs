//! `nutgraf diff` on real repositories.

#![allow(clippy::unwrap_used, reason = "a test that can't go on should stop")]

mod support;

use std::process::Command;

use support::{Project, Run};

fn git(project: &Project, folder: &str, args: &[&str]) {
    let mut command = Command::new("git");
    command
        .args(["-c", "user.name=A", "-c", "user.email=a@example.org"])
        .args(args)
        .current_dir(project.path(folder));
    Run::of(command).expect(0);
}

const FIGURES: &str = "---\ntitle: Figures\nfigures:\n  - {id: ships, title: Ships, value: 24000, source: paper}\n---\n";

/// A committed project whose figure was changed since.
fn changed() -> Project {
    let project = Project::small();
    project.write("content/figures.md", FIGURES);
    git(&project, "", &["init", "--quiet", "--initial-branch=main"]);
    git(&project, "", &["add", "--all"]);
    git(&project, "", &["commit", "--quiet", "--message=One"]);
    git(&project, "", &["tag", "one"]);
    project.write("content/figures.md", &FIGURES.replace("24000", "24500"));
    project
}

#[test]
fn the_files_are_compared_with_the_last_commit() {
    let project = changed();
    let run = project.run(&["diff"]).expect(0);
    assert_eq!(
        run.stdout,
        "content/figures.md\n  ~ figure `ships`, value: “24000” → “24500”\n"
    );
    let run = project.run(&["diff", "one", "--format", "json"]).expect(0);
    let changes: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(changes[0]["kind"], "figure");
    assert_eq!(changes[0]["fields"][0]["after"], "24500");
}

#[test]
fn two_revisions_are_compared_whatever_the_files_say() {
    let project = changed();
    git(
        &project,
        "",
        &["commit", "--all", "--quiet", "--message=Two"],
    );
    project.write("content/figures.md", "no page at all");
    let run = project.run(&["diff", "one..HEAD"]).expect(0);
    assert!(run.stdout.contains("“24000” → “24500”"), "{}", run.stdout);
    let run = project.run(&["diff", "one..one"]).expect(0);
    assert!(run.stdout.starts_with("Nothing"), "{}", run.stdout);
}

#[test]
fn a_project_below_the_top_of_its_repository_is_compared_by_itself() {
    let outer = Project::new(&[
        ("site/site.yaml", "title: Test\nignore: [content/notes]\n"),
        ("site/content/índice.md", "---\ntitle: One\n---\n"),
        ("site/content/notes/x.md", "---\ntitle: X\n---\n"),
        ("site/content/_drafts/y.md", "---\ntitle: Y\n---\n"),
        ("content/other.md", "---\ntitle: Other\n---\n"),
    ]);
    git(&outer, "", &["init", "--quiet"]);
    git(&outer, "", &["add", "--all"]);
    git(&outer, "", &["commit", "--quiet", "--message=One"]);
    outer.write("site/content/índice.md", "---\ntitle: Two\n---\n");
    outer.write("content/other.md", "---\ntitle: Else\n---\n");
    let run = outer.run(&["diff", "--root", "site"]).expect(0);
    assert_eq!(
        run.stdout,
        "content/índice.md\n  ~ page, title: “One” → “Two”\n"
    );
}

#[test]
fn what_git_does_not_know_is_said() {
    let project = changed();
    let run = project.run(&["diff", "nowhere"]).expect(2);
    assert!(
        run.stderr.contains("git knows no revision `nowhere`"),
        "{}",
        run.stderr
    );
    // What looks like an option is none.
    let run = project.run(&["diff", "--", "--output=x"]).expect(2);
    assert!(run.stderr.contains("no revision"), "{}", run.stderr);
    let bare = Project::small();
    let run = bare.run(&["diff"]).expect(2);
    assert!(run.stderr.contains("git"), "{}", run.stderr);
}

#[test]
fn what_changed_is_drafted_for_readers_once() {
    let project = changed();
    project.write(
        "content/events.md",
        "---\ntitle: Events\nevents:\n  - {id: vote, date: 2025-01-27, title: The vote, source: paper}\n---\n",
    );
    let run = project.run_on("2025-02-03", &["diff", "--write"]).expect(0);
    assert!(
        run.stderr.contains("Drafted what changed on 1 page"),
        "{}",
        run.stderr
    );
    let figures = project.read("content/figures.md");
    assert!(
        figures.contains(
            "updates:\n  - date: 2025-02-03\n    text: \"Ships: 24000 → 24500.\"\n    records: [\"figure:ships\"]\n"
        ),
        "{figures}"
    );
    assert!(figures.starts_with("---\ntitle: Figures\nfigures:\n  - {id: ships, title: Ships, value: 24500, source: paper}\n"));
    // What is new is no change of a fact, and what readers are told of isn't drafted again.
    assert!(!project.read("content/events.md").contains("updates"));
    let run = project.run(&["diff", "--write"]).expect(0);
    assert!(
        run.stderr
            .contains("No fact changed that readers aren't told of"),
        "{}",
        run.stderr
    );
    assert_eq!(project.read("content/figures.md"), figures);
    let run = project.run(&["diff", "one..HEAD", "--write"]).expect(2);
    assert!(
        run.stderr.contains("nutgraf diff one --write"),
        "{}",
        run.stderr
    );
}

#[test]
fn better_words_and_new_records_need_no_correction_and_other_facts_do() {
    let project = changed();
    project.write(
        "site.yaml",
        "title: A site\npolicies: {corrections: required}\n",
    );
    project.write(
        "content/figures.md",
        &FIGURES
            .replace("title: Ships", "title: All ships")
            .replace("---\n", "---\ntags: [x]\n"),
    );
    project.run(&["diff", "--strict"]).expect(0);
    project.write("content/figures.md", &FIGURES.replace("24000", "24500"));
    let run = project.run(&["diff", "--strict"]).expect(1);
    assert!(
        run.stderr
            .contains("figure `ships`, value: “24000” → “24500”"),
        "{}",
        run.stderr
    );
    // A record that is gone is told of without its name.
    let gone = "---\ntitle: Figures\ncorrections: [{date: 2025-02-03, text: We took out the ships.}]\n---\n";
    project.write("content/figures.md", gone);
    project.run(&["diff", "--strict"]).expect(0);
    project.write("content/figures.md", "---\ntitle: Figures\n---\n");
    let run = project.run(&["diff", "--strict"]).expect(1);
    assert!(
        run.stderr.contains("figure `ships` is gone"),
        "{}",
        run.stderr
    );
    // Nobody has promised it.
    project.write("site.yaml", "title: A site\n");
    project.run(&["diff", "--strict"]).expect(0);
}
