//! Publishing, with real git and repositories on disk: what arrives is what `build` makes, nothing of the writer's is
//! touched, and whatever is in the way is named with what to do about it.

#![allow(clippy::unwrap_used, reason = "a test that can't go on should stop")]

mod support;

use std::collections::BTreeMap;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::Command;

use support::{Project, Run, nutgraf, tree};
use tempfile::TempDir;

/// A project in a repository, with a remote on the same disk.
struct Desk {
    /// Holds the work tree, the remote, git's settings and the folder for temporary files.
    home: TempDir,
}

impl Desk {
    /// A small site, committed and pushed; the remote is empty but for `main`.
    fn new() -> Self {
        let desk = Self::without_commit();
        desk.commit("Start");
        desk.git(&["push", "-q", "origin", "main"]);
        desk
    }

    fn without_commit() -> Self {
        let desk = Self {
            home: tempfile::tempdir().unwrap(),
        };
        fs::create_dir(desk.at("site")).unwrap();
        fs::create_dir(desk.at("tmp")).unwrap();
        fs::write(
            desk.at("gitconfig"),
            "[user]\nname = Ada Lind\nemail = ada@example.org\n[init]\ndefaultBranch = main\n",
        )
        .unwrap();
        desk.git_in(desk.home.path(), &["init", "-q", "--bare", "remote.git"]);
        desk.git(&["init", "-q"]);
        let remote = desk.at("remote.git");
        desk.git(&["remote", "add", "origin", remote.to_str().unwrap()]);
        desk.write(
            "site.yaml",
            "title: Test\nbase_url: https://ada.example.org/\n",
        );
        desk.write(
            "content/index.md",
            "---\ntitle: Home\nexplainer: true\nsources:\n  - id: paper\n    title: The paper\n---\nHello [@paper].\n",
        );
        desk.write(
            "content/timeline.md",
            "---\ntitle: Timeline\nevents:\n  - id: vote\n    date: 2025-01-27\n    inferred: the paper is of that day\n    title: The vote\n    source: paper\n---\n",
        );
        desk.write(".gitignore", "/public/\n");
        desk
    }

    fn at(&self, path: &str) -> PathBuf {
        self.home.path().join(path)
    }

    fn site(&self) -> PathBuf {
        self.at("site")
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.site().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn commit(&self, message: &str) {
        self.git(&["add", "--all"]);
        self.git(&["commit", "-q", "-m", message]);
    }

    /// The settings of the tests instead of those of the machine.
    fn own(&self, command: &mut Command, dir: &Path) {
        command
            .current_dir(dir)
            .env("GIT_CONFIG_GLOBAL", self.at("gitconfig"))
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .env("HOME", self.home.path())
            .env("TMPDIR", self.at("tmp"));
        for name in ["GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE", "EMAIL"] {
            command.env_remove(name);
        }
    }

    #[track_caller]
    fn git_in(&self, dir: &Path, args: &[&str]) -> String {
        let mut command = Command::new("git");
        command.args(args);
        self.own(&mut command, dir);
        let run = Run::of(command);
        assert_eq!(run.code, 0, "git {args:?}: {}", run.stderr);
        run.stdout.trim_end().to_owned()
    }

    #[track_caller]
    fn git(&self, args: &[&str]) -> String {
        self.git_in(&self.site(), args)
    }

    /// Git in the repository that is published to.
    #[track_caller]
    fn remote(&self, args: &[&str]) -> String {
        self.git_in(&self.at("remote.git"), args)
    }

    fn command(&self, dir: &Path, args: &[&str]) -> Command {
        let mut command = nutgraf(args);
        self.own(&mut command, dir);
        command
    }

    fn publish(&self, args: &[&str]) -> Run {
        Run::of(self.command(&self.site(), &[&["publish"], args].concat()))
    }

    /// Publishes to get to a state; what is tested comes afterwards.
    #[track_caller]
    fn published(self, args: &[&str]) -> Self {
        self.publish(args).expect(0);
        self
    }

    /// The files of the published branch; what isn't text is there as a text that tells whether it is the same.
    fn files(&self) -> BTreeMap<String, String> {
        let paths = self.remote(&["ls-tree", "-r", "--name-only", "gh-pages"]);
        let show = |path: &str| {
            let mut command = Command::new("git");
            command.args(["cat-file", "blob", &format!("gh-pages:{path}")]);
            self.own(&mut command, &self.at("remote.git"));
            as_text(&command.output().unwrap().stdout)
        };
        paths
            .lines()
            .map(|path| (path.to_owned(), show(path)))
            .collect()
    }

    /// The files that `build` makes.
    fn built(&self) -> BTreeMap<String, String> {
        Run::of(self.command(&self.site(), &["build", "-q"])).expect(0);
        let mut built = tree(&self.site().join("public"));
        built.remove(".nutgraf.json").unwrap();
        built
            .into_iter()
            .map(|(path, bytes)| (path, as_text(&bytes)))
            .collect()
    }

    /// How many commits the published branch has.
    fn n_commits(&self) -> usize {
        self.remote(&["rev-list", "--count", "gh-pages"])
            .parse()
            .unwrap()
    }

    /// All that is the writer's in the repository: files, index, references, where HEAD is.
    fn own_state(&self) -> (BTreeMap<String, Vec<u8>>, Vec<u8>, String, String) {
        let mut files = tree(&self.site());
        files.retain(|path, _| !path.starts_with(".git/"));
        let git_dir = self.git(&["rev-parse", "--absolute-git-dir"]);
        let git_dir = Path::new(&git_dir);
        (
            files,
            fs::read(git_dir.join("index")).unwrap_or_default(),
            fs::read_to_string(git_dir.join("HEAD")).unwrap(),
            self.git(&["for-each-ref", "refs/heads", "refs/tags", "refs/stash"]),
        )
    }

    /// A hook of the writer's repository.
    #[cfg(unix)]
    fn hook(&self, repository: &str, name: &str, script: &str) {
        use std::os::unix::fs::PermissionsExt;
        let path = self.at(repository).join("hooks").join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, format!("#!/bin/sh\n{script}\n")).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
    }

    /// Somebody else's clone, in which a commit changes a branch.
    fn somebody_else(&self, branch: &str, path: &str, text: &str) {
        let clone = self.at("clone");
        if !clone.exists() {
            self.git_in(self.home.path(), &["clone", "-q", "remote.git", "clone"]);
        }
        self.git_in(&clone, &["fetch", "-q"]);
        self.git_in(
            &clone,
            &["checkout", "-q", "-B", branch, &format!("origin/{branch}")],
        );
        fs::write(clone.join(path), text).unwrap();
        self.git_in(&clone, &["add", "--all"]);
        self.git_in(&clone, &["commit", "-q", "-m", "Elsewhere"]);
        self.git_in(&clone, &["push", "-q", "origin", branch]);
    }
}

fn as_text(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.trim_end().to_owned(),
        Err(_) => nutgraf::project::ContentHash::of(bytes).to_string(),
    }
}

#[track_caller]
fn assert_says(text: &str, words: &[&str]) {
    for words in words {
        assert!(text.contains(words), "no `{words}` in:\n{text}");
    }
}

#[test]
fn the_first_publication_is_what_build_makes_and_touches_nothing_of_the_writers() {
    let desk = Desk::new();
    desk.write("notes.txt", "not a part of the site");
    let before = desk.own_state();
    let run = desk.publish(&[]).expect(0);
    assert_says(
        &run.stdout,
        &[
            "Published 2 pages to `gh-pages` on `origin`",
            "new files",
            "https://ada.example.org/",
        ],
    );
    assert_eq!(run.stderr, "");
    assert_eq!(desk.own_state(), before);
    assert_eq!(fs::read_dir(desk.at("tmp")).unwrap().count(), 0);

    let built = desk.built();
    assert_eq!(desk.files(), built);
    assert!(built.contains_key(".nojekyll"));
    assert!(!built.contains_key("CNAME"));
}

#[test]
fn a_commit_names_the_one_of_the_sources_and_who_made_it() {
    let desk = Desk::new().published(&[]);
    let head = desk.git(&["rev-parse", "HEAD"]);
    let message = desk.remote(&["log", "-1", "--format=%an <%ae>%n%B", "gh-pages"]);
    assert_eq!(
        message,
        format!(
            "Ada Lind <ada@example.org>\nPublish {} of main\n\nSource-commit: {head}\nPublished-by: nutgraf {}",
            &head[..10],
            env!("CARGO_PKG_VERSION")
        )
    );
}

#[test]
fn the_second_publication_follows_the_first_and_holds_no_page_that_is_gone() {
    let desk = Desk::new();
    desk.write("content/old.md", "---\ntitle: Old\n---\n");
    desk.commit("Add a page");
    let desk = desk.published(&[]);
    assert!(desk.files().contains_key("old/index.html"));
    fs::remove_file(desk.site().join("content/old.md")).unwrap();
    desk.write("content/new.md", "---\ntitle: New\n---\n");
    desk.commit("Replace a page");
    let run = desk.publish(&[]).expect(0);
    assert_says(&run.stdout, &["new files, ", " changed, ", " removed"]);
    let files = desk.files();
    assert!(!files.contains_key("old/index.html") && files.contains_key("new/index.html"));
    // What was taken over from the first is what it would be if it were made anew.
    assert_eq!(files, desk.built());
    assert_eq!(desk.n_commits(), 2);
}

#[test]
fn nothing_is_pushed_if_nothing_changed() {
    let desk = Desk::new().published(&[]);
    let tip = desk.remote(&["rev-parse", "gh-pages"]);
    desk.write("README.md", "Sources change, the site doesn't.\n");
    desk.commit("Add a note");
    let run = desk.publish(&[]).expect(0);
    assert_says(
        &run.stdout,
        &["`gh-pages` on `origin` already contains this site; nothing was pushed"],
    );
    assert_eq!(desk.remote(&["rev-parse", "gh-pages"]), tip);
}

#[test]
fn a_dry_run_lists_the_files_and_changes_nothing_anywhere() {
    let desk = Desk::new();
    let objects = desk.git(&["count-objects", "-v"]);
    let run = desk.publish(&["--dry-run"]).expect(0);
    assert_says(
        &run.stdout,
        &[
            "new     index.html\n",
            "new     timeline/index.html\n",
            "Nothing was changed.",
        ],
    );
    assert_eq!(
        desk.remote(&["for-each-ref", "--format=%(refname)"]),
        "refs/heads/main"
    );
    assert_eq!(desk.git(&["count-objects", "-v"]), objects);

    let desk = desk.published(&[]);
    desk.write("content/new.md", "---\ntitle: New\n---\n");
    fs::remove_file(desk.site().join("content/timeline.md")).unwrap();
    // What is in the way is told as well.
    let run = desk.publish(&["-n"]).expect(1);
    assert_says(
        &run.stdout,
        &["removed timeline/index.html\n", "Nothing was changed."],
    );
    assert_says(
        &run.stderr,
        &["not published: `content/timeline.md` and `content/new.md` aren't committed"],
    );
    desk.commit("Replace a page");
    let run = desk.publish(&["-n"]).expect(0);
    assert_says(
        &run.stdout,
        &[
            "new     new/index.html\n",
            "changed index.html\n",
            "removed timeline/index.html\n",
        ],
    );
    assert_eq!(desk.n_commits(), 1);
}

#[test]
fn a_domain_that_the_host_has_noted_stays() {
    let desk = Desk::new().published(&[]);
    // This is how GitHub notes a domain that is set in its settings.
    desk.somebody_else("gh-pages", "CNAME", "news.example.org");
    desk.write("content/new.md", "---\ntitle: New\n---\n");
    desk.commit("Add a page");
    let run = desk.publish(&[]).expect(0);
    assert!(!run.stdout.contains("removed"), "{}", run.stdout);
    assert_eq!(desk.files()["CNAME"], "news.example.org");
    assert_eq!(desk.n_commits(), 3);
}

#[test]
fn a_domain_is_set_by_the_settings_or_the_command_line() {
    let desk = Desk::new();
    desk.write(
        "site.yaml",
        "title: Test\nbase_url: https://a.example.org/\ncname: a.example.org\n",
    );
    desk.commit("Name the domain");
    let desk = desk.published(&[]);
    assert_eq!(desk.files()["CNAME"], "a.example.org");
    let desk = desk.published(&["--cname", "B.example.org"]);
    assert_eq!(desk.files()["CNAME"], "b.example.org");
    let wrong = desk
        .publish(&["--cname", "https://b.example.org/"])
        .expect(2);
    assert_says(
        &wrong.stderr,
        &[
            "`https://b.example.org/` can't be `--cname`",
            "help: write `--cname www.example.org`",
        ],
    );
}

#[test]
fn an_orphan_holds_one_commit_and_is_made_only_once() {
    let desk = Desk::new().published(&[]);
    desk.somebody_else("gh-pages", "CNAME", "news.example.org");
    desk.write("content/new.md", "---\ntitle: New\n---\n");
    desk.commit("Add a page");
    let desk = desk.published(&[]);
    assert_eq!(desk.n_commits(), 3);
    // The files are there already; the commit is the only object that is new.
    let desk = desk.published(&["--orphan"]);
    assert_eq!(desk.n_commits(), 1);
    assert_eq!(desk.files()["CNAME"], "news.example.org");
    let tip = desk.remote(&["rev-parse", "gh-pages"]);
    let desk = desk.published(&["--orphan"]);
    assert_eq!(desk.remote(&["rev-parse", "gh-pages"]), tip);
}

#[test]
fn another_branch_and_another_remote_can_be_named_and_so_can_the_command() {
    let desk = Desk::new();
    desk.git_in(desk.home.path(), &["init", "-q", "--bare", "mirror.git"]);
    let mirror = desk.at("mirror.git");
    desk.git(&["remote", "add", "mirror", mirror.to_str().unwrap()]);
    Run::of(desk.command(
        &desk.site(),
        &["gh-deploy", "--remote", "mirror", "--branch", "sites/live"],
    ))
    .expect(0);
    let refs = desk.git_in(&mirror, &["for-each-ref", "--format=%(refname)"]);
    assert_eq!(refs, "refs/heads/sites/live");
    assert_eq!(
        desk.remote(&["for-each-ref", "--format=%(refname)"]),
        "refs/heads/main"
    );
}

#[test]
fn a_detached_head_and_another_work_tree_are_places_to_publish_from() {
    let desk = Desk::new();
    desk.git(&["checkout", "-q", "--detach"]);
    let desk = desk.published(&[]);
    let subject = desk.remote(&["log", "-1", "--format=%s", "gh-pages"]);
    let head = desk.git(&["rev-parse", "HEAD"]);
    assert_eq!(subject, format!("Publish {}", &head[..10]));

    desk.git(&["worktree", "add", "-q", "-b", "next", "../next"]);
    // A local branch of that name that is checked out elsewhere is nobody's business.
    desk.git(&["branch", "-q", "gh-pages"]);
    desk.git(&["worktree", "add", "-q", "../pages", "gh-pages"]);
    let next = desk.at("next");
    fs::write(next.join("content/new.md"), "---\ntitle: New\n---\n").unwrap();
    desk.git_in(&next, &["add", "--all"]);
    desk.git_in(&next, &["commit", "-q", "-m", "Add a page"]);
    let before = desk.own_state();
    Run::of(desk.command(&next, &["publish"])).expect(0);
    assert_eq!(desk.own_state(), before);
    assert!(desk.files().contains_key("new/index.html"));
    assert_eq!(
        desk.git_in(&desk.at("pages"), &["status", "--porcelain"]),
        ""
    );
}

#[test]
fn a_site_in_a_folder_of_a_bigger_repository_is_published_by_itself() {
    let desk = Desk::without_commit();
    desk.write("paper/README.md", "Something else\n");
    for name in ["site.yaml", "content"] {
        fs::create_dir_all(desk.site().join("docs/explainer")).unwrap();
        fs::rename(
            desk.site().join(name),
            desk.site().join("docs/explainer").join(name),
        )
        .unwrap();
    }
    desk.commit("Start");
    // What changes elsewhere in the repository doesn't matter.
    desk.write("paper/README.md", "Something new\n");
    let dir = desk.site().join("docs/explainer");
    Run::of(desk.command(&dir, &["publish"])).expect(0);
    assert!(desk.files().contains_key("index.html"));
    fs::write(dir.join("content/new.md"), "---\ntitle: New\n---\n").unwrap();
    let run = Run::of(desk.command(&dir, &["publish"])).expect(1);
    assert_says(&run.stderr, &["`content/new.md` isn't committed"]);
}

#[test]
fn sources_that_are_not_committed_are_named() {
    let desk = Desk::new();
    desk.write("content/timeline.md", "---\ntitle: Timeline\n---\n");
    desk.write("content/new.md", "---\ntitle: New\n---\n");
    desk.write("static/hidden.txt", "a");
    desk.write(".gitignore", "/public/\nhidden.txt\n*.swp\n");
    desk.write("content/.index.md.swp", "not read");
    let before = desk.own_state();
    let run = desk.publish(&[]).expect(1);
    assert_says(
        &run.stderr,
        &[
            "not published: `content/timeline.md`, `content/new.md` and `static/hidden.txt` aren't committed",
            "help: run `git add` for them and `git commit`",
            "`--force` publishes in spite of all this.",
        ],
    );
    assert_eq!(
        desk.remote(&["for-each-ref", "--format=%(refname)"]),
        "refs/heads/main"
    );
    assert_eq!(desk.own_state(), before);

    let run = desk.publish(&["--force"]).expect(0);
    assert_says(
        &run.stderr,
        &["overridden by --force: `content/timeline.md`, `content/new.md`"],
    );
    let subject = desk.remote(&["log", "-1", "--format=%s", "gh-pages"]);
    assert!(
        subject.ends_with("of main, with changes that aren't committed"),
        "{subject}"
    );
    assert_eq!(desk.own_state(), before);
}

#[test]
fn every_reason_not_to_publish_is_told_at_once() {
    let desk = Desk::new();
    desk.write("site.yaml", "title: Test\n");
    desk.write("content/index.md", "---\ntitle: Home\nsources:\n  - {id: paper, title: The paper}\n---\n#### Too deep\n\n[@paper]\n");
    let gone = desk.at("gone.git");
    desk.git(&["remote", "set-url", "origin", gone.to_str().unwrap()]);
    let run = desk.publish(&["--drafts"]).expect(1);
    assert_says(
        &run.stderr,
        &[
            "not published: the sources have 1 warning",
            "help: fix what is listed above; `nutgraf check --strict` lists it again",
            "not published: drafts would be published",
            "help: leave out `--drafts`",
            "not published: the site has no address",
            "help: add `base_url: https://…` to `site.yaml`, or name the address with `--base-url`",
            "not published: `content/index.md` and `site.yaml` aren't committed",
            "not published: git can't reach `origin`: ",
            "help: make `git ls-remote origin` work",
            "`--force` helps only against a part of this.",
        ],
    );
    let run = desk.publish(&["--drafts", "--force"]).expect(1);
    assert_says(&run.stderr, &["not published: git can't reach `origin`"]);
}

#[test]
fn faults_and_records_that_await_review_cannot_be_forced() {
    let desk = Desk::new();
    desk.write("content/timeline.md", "---\ntitle: Timeline\nevents:\n  - id: vote\n    date: 2025-01-27\n    title: The vote\n    source: paper\n    review: true\n---\n[Words](nowhere.md)\n");
    desk.commit("Draft an event");
    let run = desk.publish(&["--force"]).expect(1);
    assert_says(
        &run.stderr,
        &[
            "error[needs-review]",
            "error[broken-link]",
            "not published: the sources have 1 error\n",
            "not published: 1 record was drafted and awaits review\n",
            "remove its line `review: true`",
        ],
    );
    assert_eq!(
        desk.remote(&["for-each-ref", "--format=%(refname)"]),
        "refs/heads/main"
    );
}

#[test]
fn evidence_that_does_not_hold_is_in_the_way_unless_it_is_forced() {
    let desk = Desk::new();
    desk.write(
        "content/index.md",
        "---\ntitle: Home\nexplainer: true\nsources:\n  - {id: paper, title: The paper, text: sources/private/paper.txt}\npeople:\n  - {id: ruiz, name: Ana Ruiz}\nreactions:\n  - {id: rain, speaker: ruiz, quote: They need rain and they need it soon, source: paper}\n---\nHello [@paper].\n",
    );
    desk.write(".gitignore", "/public/\n/sources/private/\n");
    desk.write(
        "sources/private/paper.txt",
        "“They need rain and they need it soon,” said Ana Ruiz.\n",
    );
    let verify = || Run::of(desk.command(&desk.site(), &["verify"])).expect(0);
    desk.commit("Quote");
    assert_says(
        &desk.publish(&[]).expect(1).stderr,
        &[
            "hint[unverified]: one passage or number of the site",
            "not published: not all words that the site takes from its sources were found there\n",
            "run `nutgraf verify` where the texts of the sources are available, and commit `evidence.lock`",
        ],
    );
    verify();
    desk.commit("Verify");
    let desk = desk.published(&[]);
    // An edit of what was verified.
    let path = "content/index.md";
    let text = fs::read_to_string(desk.site().join(path)).unwrap();
    desk.write(path, &text.replace("need rain", "want rain"));
    desk.commit("Edit the quotation");
    assert_says(
        &desk.publish(&[]).expect(1).stderr,
        &[
            "warning[evidence-changed]",
            "not published: 1 record isn't supported by its source\n",
            "run `nutgraf verify` where the texts of the sources are available, and fix what it finds",
            "`--force`",
        ],
    );
    let run = desk.publish(&["--force"]).expect(0);
    assert_says(&run.stderr, &["1 record isn't supported by its source"]);
    assert_eq!(desk.n_commits(), 2);
    // A record that is new beside what was verified.
    let text = text.replace(
        "reactions:\n",
        "reactions:\n  - {id: new, speaker: ruiz, quote: They need rain, source: paper}\n",
    );
    desk.write(path, &text);
    desk.commit("Quote more");
    assert_says(
        &desk.publish(&[]).expect(1).stderr,
        &["not published: not all words that the site takes from its sources were found there\n"],
    );
}

#[test]
fn a_place_that_cannot_be_published_from_says_what_is_missing() {
    let project = Project::small();
    let mut command = project.command(&["publish"]);
    // Whatever repository may lie around the folder for temporary files.
    command.env("GIT_CEILING_DIRECTORIES", project.root().parent().unwrap());
    let run = Run::of(command).expect(2);
    assert_says(
        &run.stderr,
        &["isn't in a git repository", "help: run `git init` there"],
    );

    let desk = Desk::without_commit();
    let run = desk.publish(&[]).expect(1);
    assert_says(
        &run.stderr,
        &[
            "nothing is committed yet",
            "help: run `git add --all` and `git commit`",
        ],
    );
    desk.commit("Start");
    desk.git(&["remote", "rename", "origin", "upstream"]);
    let run = desk.publish(&["--remote", "upstrem"]).expect(2);
    assert_says(
        &run.stderr,
        &[
            "there is no remote `upstrem`",
            "help: did you mean `upstream`?",
        ],
    );
    // The only remote there is needs no name.
    desk.publish(&["--dry-run"]).expect(0);
    desk.git(&["remote", "remove", "upstream"]);
    let run = desk.publish(&[]).expect(2);
    assert_says(
        &run.stderr,
        &[
            "has no remote to publish to",
            "help: make an empty repository on the host",
        ],
    );
}

#[test]
fn the_sources_own_branch_is_never_replaced() {
    let desk = Desk::new();
    let run = desk.publish(&["--branch", "main", "--force"]).expect(1);
    assert_says(
        &run.stderr,
        &[
            "the sources are on `main` themselves",
            "name another branch with `--branch`",
        ],
    );
    assert_eq!(
        desk.remote(&["ls-tree", "--name-only", "main", "site.yaml"]),
        "site.yaml"
    );
}

#[test]
fn without_an_identity_it_says_how_to_set_one() {
    let desk = Desk::new();
    fs::write(desk.at("gitconfig"), "").unwrap();
    let run = desk.publish(&["--force"]).expect(1);
    assert_says(
        &run.stderr,
        &[
            "git doesn't know who you are",
            "git config --global user.name",
            "git config --global user.email",
        ],
    );
    assert_eq!(
        desk.remote(&["for-each-ref", "--format=%(refname)"]),
        "refs/heads/main"
    );
}

#[test]
fn files_of_others_on_the_branch_are_not_removed_without_force() {
    let desk = Desk::new();
    desk.git(&["branch", "-q", "gh-pages"]);
    desk.git(&["push", "-q", "origin", "gh-pages"]);
    desk.git(&["branch", "-q", "-D", "gh-pages"]);
    let run = desk.publish(&[]).expect(1);
    assert_says(
        &run.stderr,
        &[
            "`gh-pages` contains files that nutgraf didn't make, which would be removed: `.gitignore`, `content/index.md`, `content/timeline.md` and 1 more",
        ],
    );
    let run = desk.publish(&["-f"]).expect(0);
    assert_says(
        &run.stderr,
        &["overridden by --force: `gh-pages` contains files"],
    );
    // Nothing is lost: the history has it.
    assert_eq!(desk.n_commits(), 2);

    desk.somebody_else("gh-pages", "index.html", "Edited on the host");
    let run = desk.publish(&[]).expect(1);
    assert_says(
        &run.stderr,
        &["somebody has changed `index.html` on `gh-pages` itself, which would be undone"],
    );
    assert_eq!(desk.files()["index.html"], "Edited on the host");
}

#[test]
fn a_site_made_from_newer_sources_is_not_replaced_without_force() {
    let desk = Desk::new().published(&[]);
    desk.somebody_else("main", "content/new.md", "---\ntitle: New\n---\n");
    Run::of(desk.command(&desk.at("clone"), &["publish"])).expect(0);
    for state in ["unknown", "fetched"] {
        let run = desk.publish(&[]).expect(1);
        assert_says(
            &run.stderr,
            &["which your sources don't include", "help: run `git pull`"],
        );
        assert!(desk.files().contains_key("new/index.html"), "{state}");
        desk.git(&["fetch", "-q"]);
    }
    desk.git(&["pull", "-q", "--ff-only", "origin", "main"]);
    // One's own commit that was replaced by a better one is no reason.
    desk.write("content/own.md", "---\ntitle: Own\n---\n");
    desk.commit("Add a page");
    let desk = desk.published(&[]);
    desk.git(&["commit", "-q", "--amend", "-m", "Add a page of my own"]);
    desk.write("content/more.md", "---\ntitle: More\n---\n");
    desk.commit("Add another");
    desk.published(&[]);
}

#[cfg(unix)]
#[test]
fn a_push_that_comes_too_late_is_explained_and_can_be_repeated() {
    let desk = Desk::new().published(&[]);
    desk.somebody_else("main", "notes.txt", "a");
    let elsewhere = desk.at("clone");
    desk.git(&["pull", "-q", "--ff-only", "origin", "main"]);
    desk.write("content/new.md", "---\ntitle: New\n---\n");
    desk.commit("Add a page");
    // Somebody is quicker: after we have looked, before we push.
    let quicker = format!(
        "unset GIT_DIR GIT_OBJECT_DIRECTORY\ncd '{}' && '{}' publish -q -f --cname quick.example.org",
        elsewhere.display(),
        env!("CARGO_BIN_EXE_nutgraf")
    );
    desk.hook("site/.git", "pre-push", &quicker);
    let before = desk.own_state();
    let run = desk.publish(&[]).expect(2);
    assert_says(
        &run.stderr,
        &[
            "somebody else has published to `gh-pages` on `origin` in the meantime",
            "help: run the same command again",
        ],
    );
    assert_eq!(desk.own_state(), before);
    assert_eq!(desk.files()["CNAME"], "quick.example.org");
    fs::remove_file(desk.at("site/.git/hooks/pre-push")).unwrap();
    let desk = desk.published(&[]);
    assert!(desk.files().contains_key("new/index.html"));
    assert_eq!(desk.files()["CNAME"], "quick.example.org");
    assert_eq!(desk.n_commits(), 3);
}

#[cfg(unix)]
#[test]
fn a_push_that_the_host_refuses_is_explained_in_its_words() {
    let desk = Desk::new();
    desk.hook(
        "remote.git",
        "pre-receive",
        "echo 'The branch is protected.' >&2; exit 1",
    );
    let run = desk.publish(&[]).expect(2);
    assert_says(
        &run.stderr,
        &[
            "`origin` refused `gh-pages`: pre-receive hook declined (The branch is protected.)",
            "nothing was changed",
            "help: may you push there",
        ],
    );
    assert_eq!(
        desk.remote(&["for-each-ref", "--format=%(refname)"]),
        "refs/heads/main"
    );
}

/// Starts to publish, waits until it is about to push, and sends a signal to all of its processes.
#[cfg(unix)]
fn interrupt(desk: &Desk, signal: &str) -> (Option<i32>, String) {
    interrupt_in_hook(desk, signal, "site/.git", "pre-push")
}

/// Starts to publish, waits until git runs a hook, and sends a signal to all of the processes.
#[cfg(unix)]
fn interrupt_in_hook(
    desk: &Desk,
    signal: &str,
    repository: &str,
    hook: &str,
) -> (Option<i32>, String) {
    use std::os::unix::process::CommandExt;
    use std::process::Stdio;
    let fifo = desk.at("fifo");
    if !fifo.exists() {
        let made = Command::new("mkfifo").arg(&fifo).status().unwrap();
        assert!(made.success());
    }
    desk.hook(
        repository,
        hook,
        &format!("echo ready > '{}'\nexec sleep 600", fifo.display()),
    );
    let mut command = desk.command(&desk.site(), &["publish"]);
    command
        .process_group(0)
        .stdout(Stdio::null())
        .stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    // Opening waits for the hook.
    assert_eq!(fs::read_to_string(&fifo).unwrap(), "ready\n");
    let group = format!("-{}", child.id());
    let sent = Command::new("kill")
        .args([signal, "--", &group])
        .status()
        .unwrap();
    assert!(sent.success());
    let mut said = String::new();
    child
        .stderr
        .take()
        .unwrap()
        .read_to_string(&mut said)
        .unwrap();
    let code = child.wait().unwrap().code();
    fs::remove_file(desk.at(repository).join("hooks").join(hook)).unwrap();
    (code, said)
}

#[cfg(unix)]
#[test]
fn a_run_that_is_interrupted_leaves_nothing_behind() {
    let desk = Desk::new().published(&[]);
    desk.write("content/new.md", "---\ntitle: New\n---\n");
    desk.commit("Add a page");
    let tip = desk.remote(&["rev-parse", "gh-pages"]);
    let packs = || {
        let files = tree(&desk.at("site/.git/objects/pack")).into_keys();
        files.collect::<Vec<_>>()
    };
    let all_packs = packs();
    for signal in ["-INT", "-KILL", "-INT"] {
        let before = (desk.own_state(), desk.git(&["for-each-ref"]));
        let (code, said) = interrupt(&desk, signal);
        assert_eq!(
            (desk.own_state(), desk.git(&["for-each-ref"])),
            before,
            "{signal}"
        );
        assert_eq!(desk.remote(&["rev-parse", "gh-pages"]), tip, "{signal}");
        desk.git(&["fsck", "--strict"]);
        let left: Vec<String> = tree(&desk.at("site/.git"))
            .into_keys()
            .filter(|path| {
                path.ends_with(".lock") || path.contains("tmp_") || path.contains("crash")
            })
            .collect();
        assert_eq!(left, Vec::<String>::new(), "{signal}");
        if signal == "-INT" {
            assert_eq!(code, Some(2));
            assert_says(&said, &["error: interrupted; nothing was published"]);
            // The one after a kill removes what that has left, too.
            assert_eq!(fs::read_dir(desk.at("tmp")).unwrap().count(), 0);
            assert_eq!(packs(), all_packs);
        }
    }
    let (code, _) = interrupt(&desk, "-KILL");
    assert_eq!(code, None);
    // Nobody else's is touched.
    fs::create_dir(desk.at("tmp/nutgraf-publish-0123456789abcdef-other")).unwrap();
    let desk = desk.published(&[]);
    let left: Vec<_> = fs::read_dir(desk.at("tmp"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .collect();
    assert_eq!(left, ["nutgraf-publish-0123456789abcdef-other"]);
    desk.git(&["fsck", "--strict"]);
    assert!(desk.files().contains_key("new/index.html"));
    assert_eq!(desk.n_commits(), 2);
    assert!(!desk.at("site/.git/nutgraf").exists());
}

#[cfg(unix)]
#[test]
fn a_run_that_is_killed_after_the_push_is_no_obstacle() {
    let desk = Desk::new();
    interrupt_in_hook(&desk, "-KILL", "remote.git", "post-receive");
    let tip = desk.remote(&["rev-parse", "gh-pages"]);
    let run = desk.publish(&[]).expect(0);
    assert_says(&run.stdout, &["already contains this site"]);
    assert_eq!(desk.remote(&["rev-parse", "gh-pages"]), tip);
    desk.git(&["fsck", "--strict"]);
}

#[cfg(unix)]
#[test]
fn what_the_writer_has_come_to_need_of_a_killed_run_stays() {
    let desk = Desk::new();
    interrupt(&desk, "-KILL");
    // The same bytes as a file of the site: git finds them in the pack, and keeps no copy of its own.
    let built = desk.built();
    assert!(built.contains_key("index.html"));
    fs::create_dir(desk.site().join("archive")).unwrap();
    let home = fs::read(desk.site().join("public/index.html")).unwrap();
    fs::write(desk.site().join("archive/home.html"), &home).unwrap();
    desk.git(&["add", "archive"]);
    let desk = desk.published(&[]);
    desk.commit("Keep the first home page");
    desk.git(&["fsck", "--strict"]);
    assert_eq!(
        desk.git(&["cat-file", "-s", "HEAD:archive/home.html"]),
        home.len().to_string()
    );
}

/// A scratch repository as somebody else would plant it: with names of the writer's packs, a commit that nothing holds,
/// and a lock that nobody has taken.
#[cfg(unix)]
fn plant(desk: &Desk, scratch: &Path, are_copies: bool) {
    fs::create_dir_all(scratch).unwrap();
    desk.git_in(scratch, &["init", "-q", "--bare"]);
    let tree = desk.git_in(scratch, &["hash-object", "-w", "-t", "tree", "/dev/null"]);
    let commit = desk.git_in(scratch, &["commit-tree", "-m", "x", &tree]);
    desk.git_in(scratch, &["update-ref", "refs/heads/site", &commit]);
    for entry in fs::read_dir(desk.at("site/.git/objects/pack")).unwrap() {
        let pack = entry.unwrap().path();
        if pack.extension().is_some_and(|ending| ending == "pack") {
            let bytes = if are_copies {
                fs::read(&pack).unwrap()
            } else {
                Vec::new()
            };
            let planted = scratch.join("objects/pack").join(pack.file_name().unwrap());
            fs::write(planted, bytes).unwrap();
        }
    }
    for lock in ["nutgraf.lock", "held"] {
        fs::write(scratch.join(lock), "").unwrap();
    }
}

#[cfg(unix)]
#[test]
fn a_planted_scratch_repository_costs_the_writer_nothing() {
    use std::os::unix::fs::PermissionsExt;

    let desk = Desk::new();
    desk.git(&["repack", "-a", "-d", "-q"]);
    let git_dir = desk.git(&["rev-parse", "--absolute-git-dir"]);
    let hash = nutgraf::project::ContentHash::of(git_dir.as_bytes()).to_string();
    let tmp = desk
        .at("tmp")
        .join(format!("nutgraf-publish-{}-x", &hash[..16]));
    let inside = desk.at("site/.git/nutgraf");
    fs::create_dir(&inside).unwrap();
    fs::set_permissions(&inside, fs::Permissions::from_mode(0o700)).unwrap();
    for (scratch, are_copies) in [
        (tmp, false),
        (inside.join("publish-x"), false),
        (inside.join("publish-y"), true),
    ] {
        plant(&desk, &scratch, are_copies);
        desk.publish(&["--force"]).expect(0);
        desk.git(&["fsck", "--strict"]);
        assert_eq!(desk.git(&["log", "--format=%s", "main"]), "Start");
    }
    // A folder that others could have put there is not used at all.
    fs::create_dir(&inside).unwrap();
    fs::set_permissions(&inside, fs::Permissions::from_mode(0o777)).unwrap();
    let run = desk.publish(&["--force"]).expect(2);
    assert_says(&run.stderr, &[".git/nutgraf` isn't a folder of yours"]);
    fs::remove_dir(&inside).unwrap();
    std::os::unix::fs::symlink(desk.at("tmp"), &inside).unwrap();
    let run = desk.publish(&["--force"]).expect(2);
    assert_says(&run.stderr, &[".git/nutgraf` isn't a folder of yours"]);
}

#[cfg(unix)]
#[test]
fn the_environment_cannot_allow_commands_as_addresses() {
    let desk = Desk::new();
    let flag = desk.at("pwned");
    let url = format!("ext::sh -c touch%20{}", flag.display());
    desk.git(&["config", "remote.origin.url", &url]);
    desk.git(&["config", "protocol.ext.allow", "always"]);
    let mut command = desk.command(&desk.site(), &["publish", "--force"]);
    command.env("GIT_ALLOW_PROTOCOL", "ext:file");
    let run = Run::of(command).expect(1);
    assert_says(&run.stderr, &["git can't reach `origin`"]);
    assert!(!flag.exists());
}

#[test]
fn addresses_that_cannot_stand_beside_each_other_are_refused_by_all_commands_alike() {
    let desk = Desk::new().published(&[]);
    let built = desk.built();
    let tip = desk.remote(&["rev-parse", "gh-pages"]);
    let long = format!("---\ntitle: A\nslug: {}\n---\n", "a".repeat(300));
    for (path, text) in [
        ("content/a.md", "---\ntitle: A\nslug: index.html\n---\n"),
        ("content/a.md", "---\ntitle: A\nslug: robots.txt\n---\n"),
        (
            "content/a.md",
            "---\ntitle: A\naliases: [.git/config]\n---\n",
        ),
        ("content/a.md", "---\ntitle: A\naliases: [timeline/]\n---\n"),
        ("content/a.md", "---\ntitle: A\nslug: aux\n---\n"),
        ("content/a.md", &long),
        ("content/search.md", "---\ntitle: Search\n---\n"),
        ("static/timeline", "a file where a page's folder is"),
        (
            "static/Timeline/index.html",
            "the page of a disk that is blind to case",
        ),
    ] {
        desk.write(path, text);
        desk.commit("Try");
        let said = ["check", "build", "publish"].map(|command| {
            let run = Run::of(desk.command(&desk.site(), &[command])).expect(1);
            let errors = run.stderr.lines().filter(|line| line.starts_with("error["));
            errors.map(str::to_owned).collect::<Vec<_>>()
        });
        assert_eq!(said[0].len(), 1, "{path} {text}: {said:?}");
        assert!(said.iter().all(|errors| *errors == said[0]), "{said:?}");
        fs::remove_file(desk.site().join(path)).unwrap();
    }
    drop(fs::remove_dir(desk.site().join("static/Timeline")));
    assert_eq!(desk.remote(&["rev-parse", "gh-pages"]), tip);
    desk.commit("Go back");
    assert_eq!(desk.built(), built);
}

#[cfg(unix)]
#[test]
fn a_hook_that_refuses_is_named() {
    let desk = Desk::new();
    desk.hook(
        "site/.git",
        "pre-push",
        "echo 'Not on Fridays.' >&2; exit 1",
    );
    let run = desk.publish(&[]).expect(2);
    assert_says(
        &run.stderr,
        &["the hook `.git/hooks/pre-push` refused the push: Not on Fridays.; nothing was changed"],
    );
    desk.hook("site/.git", "pre-push", "exit 0");
    desk.hook("gates", "pre-push", "exit 1");
    let gates = desk.at("gates/hooks");
    desk.git(&["config", "core.hooksPath", gates.to_str().unwrap()]);
    let run = desk.publish(&[]).expect(2);
    assert_says(
        &run.stderr,
        &[
            "the hook `",
            "gates/hooks/pre-push` refused the push; nothing",
        ],
    );
    desk.git(&["config", "--unset", "core.hooksPath"]);
    desk.publish(&[]).expect(0);
}

/// Stands in for gpg: it signs whatever comes, unless its key is gone.
#[cfg(unix)]
#[test]
fn commits_are_signed_if_git_is_set_to_sign() {
    let desk = Desk::new();
    let key = desk.at("key");
    desk.hook(
        "gpg",
        "gpg",
        &format!(
            "test -f '{}' || {{ echo 'gpg: no secret key' >&2; exit 2; }}\ncat >/dev/null\necho '[GNUPG:] SIG_CREATED ' >&2\necho '-----BEGIN PGP SIGNATURE-----'\necho\necho abc\necho '-----END PGP SIGNATURE-----'",
            key.display()
        ),
    );
    let gpg = desk.at("gpg/hooks/gpg");
    desk.git(&["config", "gpg.program", gpg.to_str().unwrap()]);
    desk.git(&["config", "commit.gpgSign", "true"]);
    desk.git(&["config", "user.signingKey", "ABC"]);
    let run = desk.publish(&[]).expect(2);
    assert_says(
        &run.stderr,
        &[
            "git is set to sign commits, and can't sign this one",
            "nothing was published",
        ],
    );
    assert_eq!(
        desk.remote(&["for-each-ref", "--format=%(refname)"]),
        "refs/heads/main"
    );
    fs::write(&key, "").unwrap();
    let desk = desk.published(&[]);
    let commit = desk.remote(&["cat-file", "commit", "gh-pages"]);
    assert_says(
        &commit,
        &[
            "gpgsig -----BEGIN PGP SIGNATURE-----",
            "Published-by: nutgraf",
        ],
    );
    desk.git(&["fsck", "--strict"]);
    assert_eq!(desk.files(), desk.built());
    let run = desk.publish(&[]).expect(0);
    assert_says(&run.stdout, &["already contains this site"]);
}

#[cfg(unix)]
#[test]
fn a_branch_that_wants_signatures_is_told_from_one_that_is_forbidden() {
    let desk = Desk::new();
    desk.hook(
        "remote.git",
        "pre-receive",
        "echo 'error: GH006: Commits must have verified signatures.' >&2; exit 1",
    );
    let run = desk.publish(&[]).expect(2);
    assert_says(
        &run.stderr,
        &[
            "takes only signed commits to `gh-pages`",
            "commit.gpgSign",
            "--github-pages",
        ],
    );
}

#[test]
fn many_pages_go_away_only_if_that_is_said() {
    let desk = Desk::new();
    for n in 0..5 {
        desk.write(&format!("content/p{n}.md"), "---\ntitle: A page\n---\n");
    }
    desk.commit("Add pages");
    let desk = desk.published(&[]);
    let tip = desk.remote(&["rev-parse", "gh-pages"]);
    for n in 0..5 {
        fs::remove_file(desk.site().join(format!("content/p{n}.md"))).unwrap();
    }
    desk.commit("Remove pages");
    for args in [&[][..], &["--force"]] {
        let run = desk.publish(args).expect(1);
        assert_says(
            &run.stderr,
            &[
                "5 pages would go away: `/p0/`, `/p1/`, `/p2/` and 2 more",
                "--prune",
            ],
        );
    }
    let run = desk.publish(&["--dry-run"]).expect(1);
    assert_says(&run.stdout, &["removed p4/index.html\n"]);
    assert_eq!(desk.remote(&["rev-parse", "gh-pages"]), tip);
    desk.publish(&["--prune"]).expect(0);
    assert!(!desk.files().contains_key("p0/index.html"));
}

#[test]
fn a_published_fact_changes_only_with_a_correction_if_that_is_promised() {
    let desk = Desk::new();
    let site = fs::read_to_string(desk.site().join("site.yaml")).unwrap();
    desk.write(
        "site.yaml",
        &format!("{site}policies: {{corrections: required}}\n"),
    );
    desk.commit("Promise corrections");
    // The first publication has nothing to correct.
    let desk = desk.published(&[]);
    let timeline = fs::read_to_string(desk.site().join("content/timeline.md")).unwrap();
    let later = timeline.replace("2025-01-27", "2025-01-28");
    desk.write("content/timeline.md", &later);
    desk.commit("Another day");
    let run = desk.publish(&[]).expect(1);
    let source = desk.git(&["rev-parse", "--short=10", "HEAD~1"]);
    assert_says(
        &run.stderr,
        &[
            "1 record changed since the site was published, and no correction or update says so: event `vote`",
            &format!("`nutgraf diff {source} --write` drafts it"),
        ],
    );
    let told = later.replace(
        "events:",
        "corrections: [{date: 2025-02-03, text: We gave the wrong day., records: [vote]}]\nevents:",
    );
    desk.write("content/timeline.md", &told);
    desk.commit("Correct the day");
    desk.publish(&[]).expect(0);
    // A better title is no other fact.
    desk.write(
        "content/timeline.md",
        &told.replace("The vote", "Council votes"),
    );
    desk.commit("Reword");
    desk.publish(&[]).expect(0);
}

#[test]
fn versions_stay_at_addresses_of_their_own_whatever_is_published_later() {
    let desk = Desk::new();
    let run = desk.publish(&["--keep", "--today", "2025-02-03"]).expect(0);
    assert_says(
        &run.stdout,
        &["This version stays at https://ada.example.org/versions/2025-02-03/"],
    );
    let first = desk.files();
    let page = "versions/2025-02-03/timeline/index.html";
    // It knows its own address, and cites itself.
    let text = |path: &str| desk.remote(&["show", &format!("gh-pages:{path}")]);
    let timeline = text(page);
    assert_says(
        &timeline,
        &[
            "rel=\"canonical\" href=\"https://ada.example.org/versions/2025-02-03/timeline/\"",
            "January 27, 2025",
        ],
    );
    // What only a host has isn't in it.
    for name in ["CNAME", ".nojekyll", "robots.txt", "404.html"] {
        assert!(
            !first.contains_key(&format!("versions/2025-02-03/{name}")),
            "{name}"
        );
    }
    let timeline = fs::read_to_string(desk.site().join("content/timeline.md")).unwrap();
    desk.write(
        "content/timeline.md",
        &timeline.replace("2025-01-27", "2025-01-28"),
    );
    desk.commit("Another day");
    // A publication without a version leaves the old one, and so does one with another.
    desk.publish(&[]).expect(0);
    let second = desk.files();
    assert_eq!(second[page], first[page]);
    assert_ne!(second["timeline/index.html"], first["timeline/index.html"]);
    desk.publish(&["--keep", "--today", "2025-02-04"]).expect(0);
    let third = desk.files();
    assert_eq!(third[page], first[page]);
    assert_says(
        &text("versions/2025-02-04/timeline/index.html"),
        &["January 28, 2025"],
    );
    // The same day again replaces its version.
    desk.write(
        "content/timeline.md",
        &timeline.replace("2025-01-27", "2025-01-29"),
    );
    desk.commit("Again");
    desk.publish(&["--keep", "--today", "2025-02-04"]).expect(0);
    assert_says(
        &text("versions/2025-02-04/timeline/index.html"),
        &["January 29, 2025"],
    );
    desk.write("content/versions/index.md", "---\ntitle: Ours\n---\n");
    desk.commit("A page in the way");
    let run = desk.publish(&["--keep"]).expect(1);
    assert_says(
        &run.stderr,
        &["`--keep` leaves versions below `/versions/`"],
    );
}

#[test]
fn sources_that_are_not_checked_out_are_no_deletion() {
    for submodule in ["content", "content/harbor"] {
        let desk = Desk::new();
        desk.write("content/harbor/index.md", "---\ntitle: Harbor\n---\n");
        let vault = desk.at("vault");
        fs::create_dir(&vault).unwrap();
        fs::rename(desk.site().join(submodule), vault.join("content")).unwrap();
        desk.git_in(&vault.join("content"), &["init", "-q"]);
        desk.git_in(&vault.join("content"), &["add", "--all"]);
        desk.git_in(&vault.join("content"), &["commit", "-q", "-m", "Vault"]);
        desk.git(&["rm", "-r", "-q", "--cached", "--ignore-unmatch", submodule]);
        let origin = vault.join("content");
        let add = [
            "-c",
            "protocol.file.allow=always",
            "submodule",
            "--quiet",
            "add",
        ];
        desk.git(&[&add[..], &[origin.to_str().unwrap(), submodule]].concat());
        desk.commit("Keep pages elsewhere");
        desk.git(&["push", "-q", "origin", "main"]);
        let desk = desk.published(&[]);
        let tip = desk.remote(&["rev-parse", "gh-pages"]);
        desk.git_in(desk.home.path(), &["clone", "-q", "remote.git", "clone"]);
        for command in ["check", "build", "publish"] {
            let run = Run::of(desk.command(&desk.at("clone"), &[command])).expect(1);
            assert_says(
                &run.stderr,
                &[&format!(
                    "`{submodule}` is a submodule that isn't checked out"
                )],
            );
        }
        assert!(!desk.at("clone/public").exists());
        assert_eq!(desk.remote(&["rev-parse", "gh-pages"]), tip);
    }
}

#[cfg(unix)]
#[test]
fn a_sparse_checkout_an_empty_folder_and_a_link_are_no_deletion_either() {
    let desk = Desk::new();
    desk.write("content/harbor/index.md", "---\ntitle: Harbor\n---\n");
    desk.commit("Add a folder");
    let built = desk.built();
    let harbor = desk.site().join("content/harbor");
    let refused = |said: &str| {
        for command in ["check", "build"] {
            let run = Run::of(desk.command(&desk.site(), &[command])).expect(1);
            assert_says(&run.stderr, &["error[missing-sources]", said]);
        }
        assert!(desk.site().join("public/harbor/index.html").exists());
    };
    desk.git(&[
        "sparse-checkout",
        "set",
        "--no-cone",
        "/*",
        "!/content/harbor",
    ]);
    refused("a sparse checkout leaves out 1 of the committed sources");
    desk.git(&["sparse-checkout", "disable"]);
    fs::rename(&harbor, desk.at("harbor")).unwrap();
    fs::create_dir(&harbor).unwrap();
    refused("`content/harbor` is an empty folder, and 1 file of it was committed");
    fs::remove_dir(&harbor).unwrap();
    std::os::unix::fs::symlink(desk.at("harbor"), &harbor).unwrap();
    refused("`content/harbor` is a symbolic link now");
    fs::remove_file(&harbor).unwrap();
    // A folder that is deleted as a whole was meant to go.
    Run::of(desk.command(&desk.site(), &["check"])).expect(0);
    fs::rename(desk.at("harbor"), &harbor).unwrap();
    assert_eq!(desk.built(), built);
}

#[test]
fn the_sample_of_a_new_site_is_not_published() {
    let desk = Desk::new();
    fs::remove_dir_all(desk.site().join("content")).unwrap();
    fs::remove_file(desk.site().join("site.yaml")).unwrap();
    Run::of(desk.command(&desk.site(), &["init"])).expect(0);
    desk.commit("Begin");
    let run = desk.publish(&["-u", "https://ada.example.org/"]).expect(1);
    assert_says(
        &run.stderr,
        &["the sample of `nutgraf init`, which is invented, is still in `content/index.md`"],
    );
    // A page of one's own that still rests on the sample's source.
    let sources = desk.site().join("content/sources.md");
    let text = fs::read_to_string(&sources).unwrap();
    for entry in fs::read_dir(desk.site().join("content")).unwrap() {
        fs::remove_file(entry.unwrap().path()).unwrap();
    }
    desk.write("content/index.md", "---\ntitle: Mine\n---\n");
    desk.write("content/sources.md", &format!("{text}\nMine.\n"));
    desk.commit("Write");
    let run = desk.publish(&["-u", "https://ada.example.org/"]).expect(1);
    assert_says(&run.stderr, &["is still in `content/sources.md`"]);
}

#[test]
fn names_that_would_be_options_or_commands_are_refused() {
    let desk = Desk::new();
    for branch in [
        "--force",
        "-d",
        "refs/../x",
        "refs/heads/x",
        "a b",
        "x..y",
        "HEAD",
        "@{-1}",
        "",
        "a\nb",
    ] {
        let run = desk.publish(&[&format!("--branch={branch}")]).expect(2);
        assert_says(&run.stderr, &["can't be the name of a branch"]);
    }
    for remote in [
        "--upload-pack=touch pwned",
        "https://example.org/x.git",
        "",
        "../remote.git",
    ] {
        let run = desk.publish(&[&format!("--remote={remote}")]).expect(2);
        assert_says(&run.stderr, &["there is no remote `"]);
    }
    let flag = desk.at("pwned");
    let flag = flag.to_str().unwrap();
    for url in [
        format!("ext::sh -c touch%20{flag}"),
        format!("ssh://-oProxyCommand=touch%20{flag}/x"),
        format!("--upload-pack=touch {flag}"),
    ] {
        desk.git(&["config", "remote.origin.url", &url]);
        let run = desk.publish(&["--force"]).expect(1);
        assert_says(&run.stderr, &["git can't reach `origin`"]);
        assert!(!Path::new(flag).exists(), "{url}");
    }
}

#[test]
fn a_token_in_an_address_is_never_shown() {
    let desk = Desk::new();
    // A port that nothing listens to.
    let free = std::net::TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap();
    desk.git(&[
        "config",
        "remote.origin.url",
        &format!("http://ada:s3cret@{free}/x.git"),
    ]);
    let run = desk.publish(&[]).expect(1);
    assert_says(&run.stderr, &["git can't reach `origin`"]);
    assert!(
        !run.stderr.contains("s3cret") && !run.stdout.contains("s3cret"),
        "{}",
        run.stderr
    );
}

#[cfg(unix)]
#[test]
fn what_a_project_brings_along_is_not_run_and_the_callers_repository_is_not_taken() {
    let desk = Desk::new();
    let flag = desk.at("pwned");
    desk.git(&[
        "config",
        "core.fsmonitor",
        &format!("touch '{}'", flag.display()),
    ]);
    desk.git_in(desk.home.path(), &["init", "-q", "other"]);
    let other = desk.at("other/.git");
    let mut command = desk.command(&desk.site(), &["publish"]);
    command
        .env("GIT_DIR", &other)
        .env("GIT_WORK_TREE", desk.at("other"))
        .env("GIT_INDEX_FILE", other.join("index"));
    Run::of(command).expect(0);
    assert!(!flag.exists());
    assert!(desk.files().contains_key("index.html"));
}

#[test]
fn the_address_that_the_host_will_give_is_proposed() {
    let desk = Desk::new();
    desk.write("site.yaml", "title: Test\n");
    desk.commit("Forget the address");
    // What is known of the host comes from the remote's address alone; it need not answer.
    desk.git(&[
        "config",
        "remote.origin.url",
        "http://127.0.0.1:1/ada/notes.git",
    ]);
    desk.git(&[
        "config",
        "remote.origin.pushurl",
        "git@github.com:Ada/notes.git",
    ]);
    let run = desk.publish(&[]).expect(1);
    assert_says(
        &run.stderr,
        &["help: add `base_url: https://ada.github.io/notes/` to `site.yaml`"],
    );
}
