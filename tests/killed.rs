//! Commands that write are killed at points spread over their run, meet a disk that takes no more, or have no file
//! handles left. Afterwards each file is as it was or as it was to become, and the next run completes the work.
//!
//! `NUTGRAF_KILLS=300 cargo test --test killed` tries more points than every run does.

#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test that can't go on should stop")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

mod support;

use support::{Project, Run, nutgraf};

/// Files by path, with their bytes.
type Tree = BTreeMap<String, Vec<u8>>;

/// How many points of a run to kill it at.
fn n_points() -> u32 {
    let wanted = std::env::var("NUTGRAF_KILLS").ok();
    wanted.and_then(|n| n.parse().ok()).unwrap_or(5)
}

/// Everything below a folder but what the program keeps for itself while it works.
fn tree(folder: &Path) -> Tree {
    let entries = walkdir::WalkDir::new(folder)
        .into_iter()
        .map(Result::unwrap);
    let files = entries.filter(|entry| entry.file_type().is_file());
    let files = files.map(|file| {
        let path = file.path().strip_prefix(folder).unwrap();
        let path = path.to_str().unwrap().to_owned();
        (path, fs::read(file.path()).unwrap())
    });
    files
        .filter(|(path, _)| !path.contains(".nutgraf") || path.ends_with("/.nutgraf.json"))
        .collect()
}

fn copy(from: &Path) -> TempDir {
    let to = tempfile::tempdir().unwrap();
    for (path, bytes) in tree(from) {
        let path = to.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    to
}

fn command(folder: &Path, args: &[&str]) -> Command {
    let mut command = nutgraf(args);
    command.current_dir(folder).env("LC_ALL", "C");
    command
}

/// The command under a limit of the shell: `-f 1` for files of one block, `-n 16` for that many handles.
fn limited(folder: &Path, args: &[&str], limit: &str) -> Command {
    let plain = command(folder, args);
    let mut limited = Command::new("sh");
    limited
        .arg("-c")
        .arg(format!("trap '' XFSZ; ulimit {limit}; exec \"$0\" \"$@\""))
        .arg(plain.get_program())
        .args(plain.get_args())
        .current_dir(folder);
    for (name, value) in plain.get_envs() {
        limited.env(name, value.unwrap());
    }
    limited
}

/// Whether a manifest lists the files of both, with the new hashes: it claims what is about to be put in place, before
/// anything is.
fn is_claim(seen: &[u8], old: Option<&Vec<u8>>, new: Option<&Vec<u8>>) -> bool {
    let files = |bytes: &[u8]| -> BTreeMap<String, String> {
        let manifest: serde_json::Value = serde_json::from_slice(bytes).unwrap();
        serde_json::from_value(manifest["files"].clone()).unwrap()
    };
    let mut both = BTreeMap::new();
    for manifest in [old, new].into_iter().flatten() {
        both.extend(files(manifest));
    }
    files(seen) == both
}

#[track_caller]
fn assert_old_or_new(seen: &Tree, old: &Tree, new: &Tree, when: &str) {
    for (path, bytes) in seen {
        let (before, after) = (old.get(path), new.get(path));
        let is_known = before == Some(bytes)
            || after == Some(bytes)
            || (path.ends_with("/.nutgraf.json") && is_claim(bytes, before, after));
        assert!(is_known, "{when}: `{path}` is neither old nor new");
    }
    let kept = old
        .iter()
        .filter(|(path, bytes)| new.get(*path) == Some(bytes));
    for (path, _) in kept {
        assert!(seen.contains_key(path), "{when}: `{path}` is gone");
    }
}

/// Runs a command in copies of a folder: to its end, killed at each point, and under limits.
fn check(start: &Path, args: &[&str]) {
    let old = tree(start);
    let whole = copy(start);
    let began = Instant::now();
    Run::of(command(whole.path(), args)).expect(0);
    let time = began.elapsed();
    let new = tree(whole.path());
    assert_ne!(old, new, "{args:?} changes nothing");

    let n_points = n_points();
    for point in 0..n_points {
        let after = time * point / n_points;
        let folder = copy(start);
        kill(command(folder.path(), args), after);
        let when = format!("{args:?} killed after {after:?} of {time:?}");
        assert_old_or_new(&tree(folder.path()), &old, &new, &when);
        finish(folder.path(), args, &new, &when);
    }
    for limit in ["-f 0", "-f 1", "-f 8", "-n 8", "-n 12", "-n 16"] {
        let folder = copy(start);
        let run = Run::of(limited(folder.path(), args, limit));
        let when = format!("{args:?} under `ulimit {limit}`: {}", run.stderr);
        let seen = tree(folder.path());
        if run.code == 0 {
            assert_eq!(
                seen.keys().collect::<Vec<_>>(),
                new.keys().collect::<Vec<_>>(),
                "{when}"
            );
        } else {
            assert!(run.stderr.contains("error"), "{when}");
            assert!(!run.stderr.contains("panicked"), "{when}");
            assert_old_or_new(&seen, &old, &new, &when);
        }
        finish(folder.path(), args, &new, &when);
    }
}

fn kill(mut command: Command, after: Duration) {
    let command = command.stdout(Stdio::null()).stderr(Stdio::null());
    let mut child = command.spawn().unwrap();
    std::thread::sleep(after);
    child.kill().unwrap();
    child.wait().unwrap();
}

/// The next run completes what the one before it had begun.
fn finish(folder: &Path, args: &[&str], new: &Tree, when: &str) {
    let run = Run::of(command(folder, args));
    let seen = tree(folder);
    // A new site isn't begun twice.
    let is_whole = run.stderr.contains("there is a site") && seen == *new;
    assert!(
        run.code == 0 || is_whole,
        "the run after {when}:\n{}",
        run.stderr
    );
    let differing: Vec<&String> = new
        .keys()
        .chain(seen.keys())
        .filter(|path| new.get(*path) != seen.get(*path))
        .collect();
    assert!(
        differing.is_empty(),
        "the run after {when} leaves {differing:?}"
    );
}

const ARTICLE: &str = "The council voted to close the harbor on Monday, January 27, 2025.\n\n\
    Some 24,000 ships called at the port in 2024, said Ada Moreno, the mayor. \"We will not go back,\" she said.\n\n\
    The vote was 7-2. The port opened in 1907.\n";

#[test]
fn a_build_leaves_old_or_new_files() {
    let project = Project::small();
    project.run(&["build", "-q"]).expect(0);
    project.write(
        "content/people.md",
        "---\ntitle: People\npeople:\n  - id: ada\n    name: Ada Moreno\n---\n",
    );
    project.write("content/index.md", "---\ntitle: Home, again\n---\nHello.\n");
    project.write("content/timeline.md", "---\ntitle: Later\n---\nWords.\n");
    check(project.root(), &["build", "-q"]);
}

#[test]
fn a_verification_leaves_the_old_or_the_new_lock() {
    let project = Project::small();
    project.write(
        "content/timeline.md",
        "---\ntitle: Timeline\nevents:\n  - date: 2025-01-27\n    title: The council voted to close the harbor\n    \
         source: {id: paper, passage: \"voted to close the harbor on Monday, January 27, 2025\"}\n---\n",
    );
    project.write("paper.txt", ARTICLE);
    check(
        project.root(),
        &["verify", "-q", "--source", "paper=paper.txt"],
    );
}

#[test]
fn an_import_leaves_a_whole_draft_or_none() {
    let project = Project::small();
    project.write("article.txt", ARTICLE);
    check(
        project.root(),
        &["import", "article.txt", "--published", "2025-01-29"],
    );
}

#[test]
fn a_new_site_can_be_begun_again() {
    let folder = tempfile::tempdir().unwrap();
    check(folder.path(), &["init", "-q", "--title", "Harbor"]);
}

#[test]
fn a_publication_leaves_the_old_or_the_new_branch() {
    let project = Project::small();
    let git = |args: &[&str]| {
        let mut git = Command::new("git");
        git.args(["-c", "user.name=Ada", "-c", "user.email=ada@example.org"]);
        git.args(args).current_dir(project.root());
        Run::of(git).expect(0).stdout.trim().to_owned()
    };
    let remote = tempfile::tempdir().unwrap();
    let address = remote.path().to_str().unwrap();
    git(&["init", "-q", "--bare", address]);
    git(&["init", "-q", "-b", "main"]);
    git(&["config", "user.name", "Ada"]);
    git(&["config", "user.email", "ada@example.org"]);
    git(&["remote", "add", "origin", address]);
    project.write(".gitignore", "public/\n");
    project.write("site.yaml", "title: Test\nbase_url: https://example.org\n");
    let commit = |text: &str| {
        project.write(
            "content/about.md",
            &format!("---\ntitle: About\n---\n{text}\n"),
        );
        git(&["add", "--all"]);
        git(&["commit", "-q", "-m", text]);
    };
    let published = || git(&["ls-remote", "origin", "gh-pages"]);
    commit("First words");
    let began = Instant::now();
    project.run(&["publish"]).expect(0);
    let time = began.elapsed();
    let n_points = n_points();
    for point in 0..n_points {
        commit(&format!("Words {point}"));
        let before = published();
        kill(project.command(&["publish"]), time * point / n_points);
        let between = published();
        let run = project.run(&["publish"]);
        assert_eq!(
            run.code, 0,
            "the run after one killed at {point} of {n_points}:\n{}",
            run.stderr
        );
        let after = published();
        assert_ne!(before, after);
        // The killed run pushed nothing, or all.
        let run = format!("killed at {point} of {n_points}");
        assert!(
            between == before || between == after,
            "{run}: {before}, {between}, {after}"
        );
        git(&["fsck", "--no-dangling"]);
        git(&["-C", address, "fsck", "--no-dangling"]);
    }
}
