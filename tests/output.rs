//! What a build does to its output folder, above all when it can't be finished.

#![expect(
    clippy::unwrap_used,
    reason = "a failure to set up a test is a failure of the test"
)]

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use nutgraf::error::Error;
use nutgraf::output::{self, OutputFile, Staging, Target, Written};
use tempfile::TempDir;

type Site<'a> = &'a [(&'a str, &'a str)];

/// A project folder with the site's output in `public/`.
struct Project(TempDir);

impl Project {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    /// A project whose output holds a site, all of it written an hour ago.
    fn with(site: Site<'_>) -> Self {
        let project = Self::new();
        project.build(site).unwrap();
        project.age();
        project
    }

    fn root(&self) -> &Path {
        self.0.path()
    }

    fn public(&self) -> PathBuf {
        self.root().join("public")
    }

    fn target(&self) -> Target {
        Target::resolve(&self.public(), self.root()).unwrap()
    }

    fn build(&self, site: Site<'_>) -> Result<Written, Error> {
        let target = Target::resolve(&self.public(), self.root())?;
        output::write(&files(site), &target, None)
    }

    /// Puts a file into the output that isn't ours.
    fn put(&self, path: &str, text: &str) {
        let place = self.public().join(path);
        fs::create_dir_all(place.parent().unwrap()).unwrap();
        fs::write(place, text).unwrap();
    }

    fn age(&self) {
        let hour_ago = SystemTime::now() - Duration::from_secs(3600);
        for path in tree(&self.public()).keys() {
            let file = fs::File::options()
                .write(true)
                .open(self.public().join(path))
                .unwrap();
            file.set_modified(hour_ago).unwrap();
        }
    }

    /// The names beside the output: there must be nothing but it.
    fn beside(&self) -> Vec<String> {
        let entries = fs::read_dir(self.root()).unwrap();
        entries
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect()
    }
}

fn files(site: Site<'_>) -> Vec<OutputFile> {
    site.iter()
        .map(|(path, text)| OutputFile::new(path, *text))
        .collect()
}

/// Every file below a folder with its text and time stamp.
fn tree(dir: &Path) -> BTreeMap<String, (String, SystemTime)> {
    let entries = walkdir::WalkDir::new(dir).into_iter().map(Result::unwrap);
    entries
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| {
            let path = entry
                .path()
                .strip_prefix(dir)
                .unwrap()
                .to_str()
                .unwrap()
                .to_owned();
            let modified = entry.metadata().unwrap().modified().unwrap();
            (path, (fs::read_to_string(entry.path()).unwrap(), modified))
        })
        .collect()
}

/// The texts below a folder, without the manifest.
fn texts(dir: &Path) -> BTreeMap<String, String> {
    let files = tree(dir).into_iter().map(|(path, (text, _))| (path, text));
    files.filter(|(path, _)| path != ".nutgraf.json").collect()
}

fn expected(site: Site<'_>) -> BTreeMap<String, String> {
    site.iter()
        .map(|(path, text)| ((*path).to_owned(), (*text).to_owned()))
        .collect()
}

/// The paths that a manifest lists.
fn listed(dir: &Path) -> Vec<String> {
    let text = fs::read_to_string(dir.join(".nutgraf.json")).unwrap();
    let manifest: serde_json::Value = serde_json::from_str(&text).unwrap();
    manifest["files"]
        .as_object()
        .unwrap()
        .keys()
        .cloned()
        .collect()
}

fn paths(paths: &[nutgraf::project::OutputPath]) -> Vec<&str> {
    paths
        .iter()
        .map(nutgraf::project::OutputPath::as_str)
        .collect()
}

/// A site, and one that differs from it in every way a site can.
const OLD: Site<'_> = &[
    ("Case.html", "case"),
    ("a", "a file"),
    ("b/deep/index.html", "in a folder"),
    ("changed.html", "old"),
    ("gone/index.html", "gone"),
    ("index.html", "the same"),
];
const NEW: Site<'_> = &[
    ("a/index.html", "in a folder now"),
    ("b", "a file now"),
    ("case.html", "case"),
    ("changed.html", "new"),
    ("index.html", "the same"),
    ("new/index.html", "new"),
];

#[test]
fn a_first_build_makes_the_folder_and_lists_its_files() {
    let project = Project::new();
    let written = project.build(OLD).unwrap();
    assert_eq!(texts(&project.public()), expected(OLD));
    assert_eq!(
        listed(&project.public()),
        OLD.iter().map(|(path, _)| *path).collect::<Vec<_>>()
    );
    assert_eq!(written.changed.len(), OLD.len());
    assert_eq!(project.beside(), ["public"]);
}

#[test]
fn a_build_replaces_adds_and_removes_and_leaves_the_rest_alone() {
    let project = Project::with(OLD);
    let before = tree(&project.public());
    let written = project.build(NEW).unwrap();
    assert_eq!(texts(&project.public()), expected(NEW));
    assert_eq!(tree(&project.public())["index.html"], before["index.html"]);
    assert_eq!(
        paths(&written.changed),
        [
            "a/index.html",
            "b",
            "case.html",
            "changed.html",
            "new/index.html"
        ]
    );
    assert_eq!(
        paths(&written.removed),
        ["Case.html", "a", "b/deep/index.html", "gone/index.html"]
    );
    assert_eq!(written.n_unchanged, 1);
    assert!(
        !project.public().join("gone").exists(),
        "an empty folder of ours stays"
    );
    assert_eq!(project.beside(), ["public"]);
}

#[test]
fn a_build_without_a_change_touches_nothing() {
    let project = Project::with(OLD);
    let before = tree(&project.public());
    let written = project.build(OLD).unwrap();
    assert_eq!(tree(&project.public()), before);
    assert_eq!((written.changed.len(), written.n_unchanged), (0, OLD.len()));
}

#[test]
fn the_same_site_gives_the_same_manifest_whatever_was_there_before() {
    let (one, other) = (Project::with(OLD), Project::new());
    one.build(NEW).unwrap();
    let reversed: Vec<(&str, &str)> = NEW.iter().rev().copied().collect();
    other.build(&reversed).unwrap();
    let manifest = |project: &Project| fs::read(project.public().join(".nutgraf.json")).unwrap();
    assert_eq!(manifest(&one), manifest(&other));
}

#[test]
fn a_failure_at_any_step_leaves_the_output_as_it_was() {
    let mut n_failures = 0;
    loop {
        let project = Project::with(OLD);
        project.put("CNAME", "example.org");
        let before = tree(&project.public());
        let mut n_left = n_failures;
        let result = output::write_in_steps(&files(NEW), &project.target(), None, &mut |_| {
            n_left -= 1;
            if n_left < 0 {
                Err(io::ErrorKind::StorageFull.into())
            } else {
                Ok(())
            }
        });
        assert_eq!(project.beside(), ["public"], "at step {n_failures}");
        let Err(error) = result else { break };
        assert!(error.to_string().contains("public"), "{error}");
        assert_eq!(tree(&project.public()), before, "at step {n_failures}");
        n_failures += 1;
    }
    assert_eq!(
        n_failures, 11,
        "a claim, three out of the way, five in, one out, a record"
    );
}

#[test]
fn a_failure_of_the_first_build_leaves_no_folder() {
    let project = Project::new();
    let target = Target::resolve(&project.root().join("out/site/public"), project.root()).unwrap();
    let result = output::write_in_steps(&files(NEW), &target, None, &mut |_| {
        Err(io::ErrorKind::StorageFull.into())
    });
    assert!(result.is_err());
    assert_eq!(project.beside(), [""; 0]);
}

#[test]
fn a_build_that_is_given_up_leaves_the_output_as_it_was() {
    let project = Project::with(OLD);
    let before = tree(&project.public());
    let target = project.target();
    let staging = Staging::begin(&target, None).unwrap();
    for file in files(NEW) {
        staging.put(&file).unwrap();
    }
    drop(staging);
    assert_eq!(tree(&project.public()), before);
    assert_eq!(project.beside(), ["public"]);
}

/// Copies the disk as it is at each step, which is what a killed process leaves.
#[test]
fn a_build_that_is_killed_at_any_step_leaves_old_or_new_files_and_the_next_one_mends_it() {
    let project = Project::with(OLD);
    project.put("notes.txt", "mine");
    project.put(".git/config", "mine");
    let mut killed = Vec::new();
    output::write_in_steps(&files(NEW), &project.target(), None, &mut |_| {
        killed.push(copy_of(project.root()));
        Ok(())
    })
    .unwrap();
    assert_eq!(killed.len(), 11);

    let (old, new) = (expected(OLD), expected(NEW));
    for (step, dead) in killed.into_iter().enumerate() {
        let dead = Project(dead);
        let manifest = listed(&dead.public());
        for (path, text) in texts(&dead.public()) {
            if text == "mine" {
                continue;
            }
            assert!(
                [old.get(&path), new.get(&path)].contains(&Some(&text)),
                "step {step}: {path}"
            );
            assert!(manifest.contains(&path), "step {step}: {path} is nobody's");
        }
        assert!(
            dead.beside().len() > 1,
            "step {step}: there is no staging folder to leave"
        );

        dead.build(NEW).unwrap();
        let mut after = texts(&dead.public());
        assert_eq!(after.remove("notes.txt").as_deref(), Some("mine"));
        assert_eq!(after.remove(".git/config").as_deref(), Some("mine"));
        assert_eq!(after, new, "step {step}");
        assert_eq!(dead.beside(), ["public"], "step {step}");
    }
}

fn copy_of(dir: &Path) -> TempDir {
    let copy = tempfile::tempdir().unwrap();
    for entry in walkdir::WalkDir::new(dir).min_depth(1) {
        let entry = entry.unwrap();
        let place = copy.path().join(entry.path().strip_prefix(dir).unwrap());
        if entry.file_type().is_dir() {
            fs::create_dir(place).unwrap();
        } else {
            fs::copy(entry.path(), place).unwrap();
        }
    }
    copy
}

#[test]
fn files_that_are_not_ours_are_never_removed() {
    let project = Project::with(OLD);
    project.put(".git/config", "mine");
    project.put("gone/notes.txt", "mine");
    project.build(&[]).unwrap();
    let left: Vec<String> = texts(&project.public()).into_keys().collect();
    assert_eq!(left, [".git/config", "gone/notes.txt"]);
}

/// Asserts that a build of `site` is refused with a message that names `blamed`, and changes nothing.
fn check_refused(project: &Project, site: Site<'_>, blamed: &str) {
    let before = tree(&project.public());
    let error = project.build(site).unwrap_err();
    assert!(error.to_string().contains(blamed), "{error}");
    assert!(error.help_line().is_some(), "{error}");
    assert_eq!(tree(&project.public()), before);
    assert_eq!(project.beside(), ["public"]);
}

#[test]
fn a_file_that_is_not_ours_is_never_replaced() {
    let project = Project::with(&[("index.html", "old")]);
    project.put("robots.txt", "mine");
    check_refused(
        &project,
        &[("index.html", "new"), ("robots.txt", "generated")],
        "robots.txt",
    );
}

#[test]
fn a_file_that_is_not_ours_and_has_the_same_bytes_stays_its_maker_s() {
    let project = Project::with(&[("index.html", "x")]);
    project.put("CNAME", "example.org");
    project
        .build(&[("index.html", "x"), ("CNAME", "example.org")])
        .unwrap();
    project.build(&[("index.html", "x")]).unwrap();
    assert_eq!(texts(&project.public())["CNAME"], "example.org");
}

#[test]
fn a_foreign_file_where_a_folder_belongs_is_named() {
    let project = Project::with(&[("index.html", "old")]);
    project.put("timeline", "mine");
    check_refused(
        &project,
        &[("index.html", "new"), ("timeline/index.html", "x")],
        "timeline",
    );
}

#[test]
fn a_foreign_file_in_a_folder_where_a_file_belongs_is_named() {
    let project = Project::with(&[("data/index.html", "old")]);
    project.put("data/notes.txt", "mine");
    check_refused(&project, &[("data", "a file now")], "notes.txt");
}

#[test]
fn empty_folders_give_way_to_a_file() {
    let project = Project::with(&[("index.html", "x")]);
    fs::create_dir_all(project.public().join("data/empty")).unwrap();
    project
        .build(&[("index.html", "x"), ("data", "a file now")])
        .unwrap();
    assert_eq!(texts(&project.public())["data"], "a file now");
}

#[test]
fn a_path_that_leaves_the_output_is_refused() {
    let project = Project::with(&[("index.html", "x")]);
    for path in [
        "../evil.html",
        "/evil.html",
        "a/../../evil.html",
        ".git/hooks/post-checkout",
        ".nutgraf.json",
        "",
    ] {
        let before = tree(&project.public());
        assert!(project.build(&[(path, "x")]).is_err(), "{path:?}");
        assert_eq!(tree(&project.public()), before);
        assert_eq!(project.beside(), ["public"]);
    }
}

#[test]
fn two_files_with_one_path_are_refused() {
    let project = Project::with(&[("index.html", "x")]);
    let before = tree(&project.public());
    assert!(
        project
            .build(&[("a.html", "one"), ("a.html", "two")])
            .is_err()
    );
    assert_eq!(tree(&project.public()), before);
}

#[test]
fn a_manifest_that_is_damaged_or_lists_files_outside_removes_nothing() {
    let hash = "0".repeat(32);
    let listing =
        |path: &str| format!(r#"{{"format":1,"generator":"x","files":{{"{path}":"{hash}"}}}}"#);
    for manifest in [
        String::new(),
        "{".to_owned(),
        r#"{"format":2,"generator":"x","files":{}}"#.to_owned(),
        listing("../site.yaml"),
        listing("/etc/passwd"),
        listing("a/../../site.yaml"),
        listing(".git/config"),
    ] {
        let project = Project::with(&[("index.html", "old")]);
        project.put(".git/config", "mine");
        fs::write(project.root().join("site.yaml"), "title: x").unwrap();
        fs::write(project.public().join(".nutgraf.json"), &manifest).unwrap();
        let before = tree(project.root());
        let error = project.build(&[("index.html", "new")]).unwrap_err();
        assert!(error.to_string().contains(".nutgraf.json"), "{error}");
        assert!(output::clean(&project.target()).is_err());
        assert_eq!(tree(project.root()), before, "{manifest}");
    }
}

#[test]
fn a_second_build_at_once_is_refused_and_named() {
    let project = Project::with(OLD);
    let target = project.target();
    let staging = Staging::begin(&target, None).unwrap();
    for error in [
        project.build(NEW).unwrap_err(),
        output::clean(&target).unwrap_err(),
    ] {
        let expected = format!("another build (process {})", std::process::id());
        assert!(error.to_string().contains(&expected), "{error}");
    }
    drop(staging);
    project.build(NEW).unwrap();
}

#[test]
fn what_a_dead_build_left_is_taken_over_and_cleared_away() {
    let project = Project::with(OLD);
    fs::write(project.root().join(".public.nutgraf-lock"), "4194304").unwrap();
    fs::create_dir_all(project.root().join(".public.nutgraf-Ab12Cd/new")).unwrap();
    fs::write(project.root().join(".public.nutgraf-Ab12Cd/new/0"), "half").unwrap();
    let marker = ".public.nutgraf-Ab12Cd/.nutgraf-staging";
    fs::write(project.root().join(marker), "").unwrap();
    // It died before it had put anything there.
    fs::create_dir(project.root().join(".public.nutgraf-Ef34Gh")).unwrap();
    project.build(NEW).unwrap();
    assert_eq!(project.beside(), ["public"]);
}

#[test]
fn what_only_has_a_name_like_ours_is_left_alone() {
    let project = Project::with(OLD);
    let backup = project.root().join(".public.nutgraf-backup");
    fs::create_dir(&backup).unwrap();
    fs::write(backup.join("letter.txt"), "mine").unwrap();
    project.build(NEW).unwrap();
    output::clean(&project.target()).unwrap();
    assert_eq!(fs::read(backup.join("letter.txt")).unwrap(), b"mine");

    let lock = project.root().join(".public.nutgraf-lock");
    fs::write(&lock, "not a number").unwrap();
    let error = project.build(NEW).unwrap_err();
    assert!(error.to_string().contains("nutgraf didn't make"), "{error}");
    assert_eq!(fs::read(&lock).unwrap(), b"not a number");
}

/// A folder of the output becomes a link right before a file is moved into it.
#[cfg(unix)]
#[test]
fn nothing_is_written_or_removed_through_a_folder_that_becomes_a_link_meanwhile() {
    for is_new in [true, false] {
        let project = Project::with(&[("index.html", "old"), ("a/b/index.html", "old")]);
        let outside = tempfile::tempdir().unwrap();
        fs::create_dir(outside.path().join("b")).unwrap();
        fs::write(outside.path().join("b/index.html"), "theirs").unwrap();
        let name = if is_new {
            "a/b/new.html"
        } else {
            "a/b/index.html"
        };
        let site = files(
            &[
                ("index.html", "old"),
                ("a/b/index.html", "new"),
                (name, "new"),
            ][..if is_new { 3 } else { 2 }],
        );
        let place = project.public().join("a");
        let mut is_swapped = false;
        let written = output::write_in_steps(&site, &project.target(), None, &mut |step| {
            if matches!(step, output::Step::Place(path) if path.as_str() == name) && !is_swapped {
                is_swapped = true;
                fs::rename(&place, project.root().join("aside"))?;
                std::os::unix::fs::symlink(outside.path(), &place)?;
            }
            Ok(())
        });
        assert!(is_swapped);
        assert!(written.is_err());
        let theirs = tree(outside.path());
        let theirs: Vec<(&str, &str)> = theirs
            .iter()
            .map(|(path, (text, _))| (path.as_str(), text.as_str()))
            .collect();
        assert_eq!(theirs, [("b/index.html", "theirs")]);
    }
}

#[cfg(unix)]
#[test]
fn a_lock_that_is_no_file_is_refused_at_once_and_nothing_comes_into_being_behind_it() {
    let project = Project::with(OLD);
    let lock = project.root().join(".public.nutgraf-lock");
    let elsewhere = tempfile::tempdir().unwrap();
    let far = elsewhere.path().join("file");
    for _ in 0..2 {
        std::os::unix::fs::symlink(&far, &lock).unwrap();
        let before = tree(project.root());
        let error = project.build(NEW).unwrap_err();
        assert!(error.to_string().contains("a symbolic link"), "{error}");
        assert!(output::clean(&project.target()).is_err());
        assert_eq!(tree(project.root()), before);
        assert!(!far.exists() || fs::read(&far).unwrap() == b"42");
        fs::remove_file(&lock).unwrap();
        fs::write(&far, "42").unwrap();
    }
    let made = std::process::Command::new("mkfifo").arg(&lock).status();
    assert!(made.unwrap().success());
    assert!(project.build(NEW).is_err());
    fs::remove_file(&lock).unwrap();
    // A second name of a file elsewhere.
    fs::hard_link(&far, &lock).unwrap();
    assert!(project.build(NEW).is_err());
    assert_eq!(fs::read(&far).unwrap(), b"42");
}

#[test]
fn a_watch_build_knows_its_own_work_by_size_and_time_stamp() {
    let project = Project::with(&[("index.html", "one")]);
    let target = project.target();
    let site = files(&[("index.html", "one")]);
    let first = output::write(&site, &target, None).unwrap();
    let place = project.public().join("index.html");
    let modified = fs::metadata(&place).unwrap().modified().unwrap();
    fs::write(&place, "two").unwrap();
    let file = fs::File::options().write(true).open(&place).unwrap();
    file.set_modified(modified).unwrap();
    assert_eq!(
        output::write(&site, &target, Some(&first))
            .unwrap()
            .n_unchanged,
        1
    );
    assert_eq!(
        output::write(&site, &target, None).unwrap().changed.len(),
        1
    );
}

#[test]
fn a_watch_build_mends_what_others_do_between_two_builds() {
    let project = Project::with(OLD);
    let target = project.target();
    let first = output::write(&files(OLD), &target, None).unwrap();
    let changed = output::write(&files(NEW), &target, Some(&first)).unwrap();
    assert_eq!(texts(&project.public()), expected(NEW));
    let again = output::write(&files(NEW), &target, Some(&changed)).unwrap();
    assert_eq!((again.changed.len(), again.removed.len()), (0, 0));

    project.put("changed.html", "by hand");
    fs::remove_file(project.public().join("b")).unwrap();
    let mended = output::write(&files(NEW), &target, Some(&again)).unwrap();
    assert_eq!(paths(&mended.changed), ["b", "changed.html"]);
    assert_eq!(texts(&project.public()), expected(NEW));

    fs::remove_dir_all(project.public()).unwrap();
    output::write(&files(NEW), &target, Some(&mended)).unwrap();
    assert_eq!(texts(&project.public()), expected(NEW));
}

#[test]
fn clean_removes_what_is_ours_and_the_folder_if_it_is_empty_then() {
    let project = Project::with(OLD);
    project.put("b/notes.txt", "mine");
    let removed = output::clean(&project.target()).unwrap();
    assert_eq!(
        paths(&removed),
        OLD.iter().map(|(path, _)| *path).collect::<Vec<_>>()
    );
    assert_eq!(
        texts(&project.public()),
        expected(&[("b/notes.txt", "mine")])
    );
    assert!(!project.public().join(".nutgraf.json").exists());

    let project = Project::with(OLD);
    output::clean(&project.target()).unwrap();
    assert_eq!(project.beside(), [""; 0]);
    assert_eq!(output::clean(&project.target()).unwrap(), []);
}

/// Asserts that a folder relative to the project can't be an output, for a reason that holds `reason`.
fn check_unsafe(dir: &str, reason: &str) {
    let project = Project::new();
    for folder in ["content", "static", "templates", ".git"] {
        fs::create_dir(project.root().join(folder)).unwrap();
    }
    let before = tree(project.root());
    let error = Target::resolve(&project.root().join(dir), project.root()).unwrap_err();
    assert!(error.to_string().contains(reason), "{dir}: {error}");
    assert!(error.help_line().is_some(), "{dir}: {error}");
    assert_eq!(tree(project.root()), before);
}

#[test]
fn an_output_that_is_holds_or_lies_in_what_must_not_be_lost_is_refused() {
    check_unsafe(".", "project");
    check_unsafe("..", "project");
    check_unsafe("public/../../", "project");
    check_unsafe("content/..", "project");
    check_unsafe("content", "sources in `content`");
    check_unsafe("content/public", "sources in `content`");
    check_unsafe("public/../static", "sources in `static`");
    check_unsafe("templates/new/deep", "sources in `templates`");
    check_unsafe(".git", "git");
    check_unsafe(".git/public", "git");
    check_unsafe(
        "../../../../../../../../../../..",
        "root of the file system",
    );
    let home = std::env::home_dir().unwrap();
    check_unsafe(home.to_str().unwrap(), "home");
}

#[test]
fn a_folder_with_the_files_of_others_is_refused_and_a_harmless_one_is_not() {
    let project = Project::new();
    project.put(".gitkeep", "");
    project.put(".git/config", "mine");
    project.build(OLD).unwrap();
    assert_eq!(texts(&project.public()).len(), OLD.len() + 2);

    let project = Project::new();
    project.put("thesis.odt", "mine");
    check_refused(&project, OLD, "thesis.odt");

    let project = Project::new();
    fs::write(project.public(), "a file").unwrap();
    let error = project.build(OLD).unwrap_err();
    assert!(error.to_string().contains("not a folder"), "{error}");
}

#[cfg(unix)]
mod unix {
    use std::os::unix::fs::{PermissionsExt, symlink};

    use super::*;

    #[test]
    fn an_output_that_is_reached_through_a_link_is_judged_by_where_it_is() {
        let project = Project::new();
        fs::create_dir(project.root().join("content")).unwrap();
        let elsewhere = Project::new();
        symlink(
            project.root().join("content"),
            elsewhere.root().join("link"),
        )
        .unwrap();
        let error =
            Target::resolve(&elsewhere.root().join("link/site"), project.root()).unwrap_err();
        assert!(
            error.to_string().contains("sources in `content`"),
            "{error}"
        );

        symlink(elsewhere.root(), project.root().join("elsewhere")).unwrap();
        let target =
            Target::resolve(&project.root().join("elsewhere/site"), project.root()).unwrap();
        assert_eq!(
            target.dir(),
            fs::canonicalize(elsewhere.root()).unwrap().join("site")
        );
    }

    #[test]
    fn an_output_that_is_a_link_is_refused() {
        let (project, elsewhere) = (Project::new(), Project::new());
        for target in [elsewhere.root(), Path::new("nowhere")] {
            symlink(target, project.public()).unwrap();
            let error = project.build(OLD).unwrap_err();
            assert!(error.to_string().contains("symbolic link"), "{error}");
            fs::remove_file(project.public()).unwrap();
        }
        assert_eq!(tree(elsewhere.root()), BTreeMap::new());
    }

    #[test]
    fn nothing_is_written_or_removed_through_a_link_in_the_output() {
        let outside = Project::new();
        fs::write(outside.root().join("index.html"), "mine").unwrap();
        let project = Project::with(&[("a/index.html", "old"), ("b.html", "old")]);
        fs::remove_dir_all(project.public().join("a")).unwrap();
        symlink(outside.root(), project.public().join("a")).unwrap();
        fs::remove_file(project.public().join("b.html")).unwrap();
        symlink(
            outside.root().join("index.html"),
            project.public().join("b.html"),
        )
        .unwrap();

        for site in [
            &[("a/index.html", "new")],
            &[("a/index.html", "mine")],
            &[("b.html", "mine")],
        ] {
            let error = project.build(site).unwrap_err();
            assert!(error.help_line().is_some(), "{error}");
        }
        let written = project.build(&[("c.html", "x")]).unwrap();
        assert_eq!(paths(&written.removed), [""; 0]);
        output::clean(&project.target()).unwrap();
        assert_eq!(texts(outside.root()), expected(&[("index.html", "mine")]));
        assert!(project.public().join("b.html").is_symlink());
    }

    #[test]
    fn a_manifest_that_is_a_link_is_not_trusted() {
        let project = Project::with(&[("index.html", "old")]);
        let manifest = project.public().join(".nutgraf.json");
        fs::rename(&manifest, project.root().join("elsewhere.json")).unwrap();
        symlink("../elsewhere.json", &manifest).unwrap();
        assert!(project.build(&[("index.html", "new")]).is_err());
        assert_eq!(texts(&project.public()), expected(&[("index.html", "old")]));
    }

    fn mode(place: &Path) -> u32 {
        fs::metadata(place).unwrap().permissions().mode() & 0o7777
    }

    /// The umask belongs to the process, so a child of its own has the strict one.
    #[test]
    fn everyone_may_read_the_output_whatever_the_umask() {
        const VARIABLE: &str = "NUTGRAF_TEST_UMASK_PROJECT";
        if let Ok(root) = std::env::var(VARIABLE) {
            let target =
                Target::resolve(&Path::new(&root).join("out/public"), Path::new(&root)).unwrap();
            output::write(&files(OLD), &target, None).unwrap();
            output::write(&files(NEW), &target, None).unwrap();
            return;
        }
        let project = Project::new();
        let status = std::process::Command::new("sh")
            .arg("-c")
            .arg("umask 077; exec \"$0\" --exact unix::everyone_may_read_the_output_whatever_the_umask")
            .arg(std::env::current_exe().unwrap())
            .env(VARIABLE, project.root())
            .stdout(std::process::Stdio::null())
            .status()
            .unwrap();
        assert!(status.success());
        let mut n_files = 0;
        for entry in walkdir::WalkDir::new(project.root().join("out")) {
            let entry = entry.unwrap();
            let expected = if entry.file_type().is_dir() {
                0o755
            } else {
                0o644
            };
            assert_eq!(mode(entry.path()), expected, "{}", entry.path().display());
            n_files += usize::from(entry.file_type().is_file());
        }
        assert_eq!(n_files, NEW.len() + 1);
    }

    #[test]
    fn a_file_of_ours_that_others_cannot_read_is_written_anew() {
        let project = Project::with(&[("index.html", "x")]);
        let place = project.public().join("index.html");
        fs::set_permissions(&place, fs::Permissions::from_mode(0o600)).unwrap();
        project.build(&[("index.html", "x")]).unwrap();
        assert_eq!(mode(&place), 0o644);
    }
}
