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
