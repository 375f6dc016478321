//! The workflows: nothing in them is left to chance, and their shell steps do here, one after the other, what they are
//! to do there.

#![allow(clippy::unwrap_used, reason = "a test that can't go on should stop")]

mod support;

use std::fs;
use std::num::NonZeroU32;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_yaml::Value;
use support::{Project, Run};
use tempfile::TempDir;

const REPOSITORY: &str = env!("CARGO_MANIFEST_DIR");

/// The workflows of this repository and the one that `init` writes, by name.
fn workflows() -> Vec<(String, Value)> {
    let dir = Path::new(REPOSITORY).join(".github/workflows");
    let mut texts: Vec<(String, String)> = fs::read_dir(dir)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| {
            (
                path.file_name().unwrap().to_str().unwrap().to_owned(),
                fs::read_to_string(path).unwrap(),
            )
        })
        .collect();
    texts.push((
        "that of init".to_owned(),
        nutgraf::init::workflow(None, None),
    ));
    let sharded = nutgraf::init::workflow(None, NonZeroU32::new(4));
    texts.push(("that of init for four machines".to_owned(), sharded));
    assert!(texts.len() >= 4);
    texts
        .into_iter()
        .map(|(name, text)| (name, serde_yaml::from_str(&text).unwrap()))
        .collect()
}

fn jobs(workflow: &Value) -> Vec<(&str, &Value)> {
    let jobs = workflow["jobs"].as_mapping().unwrap();
    jobs.iter()
        .map(|(name, job)| (name.as_str().unwrap(), job))
        .collect()
}

fn steps(job: &Value) -> &[Value] {
    job["steps"].as_sequence().unwrap()
}

#[test]
fn every_action_is_githubs_own_and_pinned_to_a_commit() {
    for (name, workflow) in workflows() {
        for step in jobs(&workflow).iter().flat_map(|(_, job)| steps(job)) {
            let Some(action) = step["uses"].as_str() else {
                continue;
            };
            let (action, commit) = action.split_once('@').unwrap();
            assert!(action.starts_with("actions/"), "{name}: {action}");
            let is_commit =
                commit.len() == 40 && commit.bytes().all(|byte| byte.is_ascii_hexdigit());
            assert!(is_commit, "{name}: {action}@{commit}");
        }
    }
    // What it was when it was pinned stands beside it.
    let text = nutgraf::init::workflow(None, NonZeroU32::new(4));
    for line in text.lines().filter(|line| line.contains("uses:")) {
        assert!(line.contains(" # v"), "{line}");
    }
}

#[test]
fn one_action_has_one_pin() {
    let mut pins = std::collections::BTreeMap::new();
    for (name, workflow) in workflows() {
        for step in jobs(&workflow).iter().flat_map(|(_, job)| steps(job)) {
            if let Some((action, commit)) =
                step["uses"].as_str().and_then(|uses| uses.split_once('@'))
            {
                let pin = pins
                    .entry(action.to_owned())
                    .or_insert_with(|| commit.to_owned());
                assert_eq!(pin, commit, "{name}: {action}");
            }
        }
    }
}

#[test]
fn nobody_has_more_rights_than_it_needs() {
    for (name, workflow) in workflows() {
        let rights = |of: &Value| -> Vec<String> {
            let rights = of["permissions"].as_mapping().unwrap().iter();
            let rights = rights.map(|(what, how)| {
                format!("{}: {}", what.as_str().unwrap(), how.as_str().unwrap())
            });
            rights.collect()
        };
        assert_eq!(rights(&workflow), ["contents: read"], "{name}");
        for (job, value) in jobs(&workflow) {
            let expected: &[&str] = match job {
                "publish" => &["pages: write", "id-token: write"],
                "build" => &["contents: read", "pages: read"],
                "release" => &["contents: write"],
                "comment" => &["pull-requests: write"],
                _ => {
                    assert!(value["permissions"].is_null(), "{name}: {job}");
                    continue;
                }
            };
            assert_eq!(rights(value), expected, "{name}: {job}");
        }
        let events = workflow["on"].as_mapping().unwrap();
        assert!(!events.contains_key("pull_request_target"), "{name}");
        for step in jobs(&workflow).iter().flat_map(|(_, job)| steps(job)) {
            if let Some(script) = step["run"].as_str() {
                assert!(
                    !script.contains("${{"),
                    "{name}: what others may have written is part of the program: {script}"
                );
            }
            if step["uses"]
                .as_str()
                .is_some_and(|action| action.starts_with("actions/checkout@"))
            {
                assert_eq!(
                    step["with"]["persist-credentials"],
                    Value::from(false),
                    "{name}"
                );
            }
        }
    }
}

#[test]
fn nothing_runs_for_ever_or_twice_at_once() {
    for (name, workflow) in workflows() {
        assert!(workflow["concurrency"]["group"].is_string(), "{name}");
        for (job, value) in jobs(&workflow) {
            assert!(value["timeout-minutes"].is_number(), "{name}: {job}");
        }
    }
}

/// What set the workflow off.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Event {
    Push,
    PullRequest,
}

/// A runner: a folder with programs that stand in for those which would take long, or the network.
struct Runner {
    project: Project,
    programs: TempDir,
    /// Which of several machines it is.
    shard: usize,
}

impl Runner {
    /// A project and, as `cargo`, something that notes how it was called and puts nutgraf where cargo would.
    fn new(project: Project) -> Self {
        let runner = Self {
            project,
            programs: tempfile::tempdir().unwrap(),
            shard: 1,
        };
        let nutgraf = env!("CARGO_BIN_EXE_nutgraf");
        runner.program(
            "cargo",
            &format!(
                "echo \"$*\" >>\"$NOTES\"\ncase $1 in\ninstall) ln -s '{nutgraf}' \"$PROGRAMS/nutgraf\" ;;\nbuild) mkdir -p target/release && ln -s '{nutgraf}' target/release/nutgraf ;;\nesac"
            ),
        );
        runner
    }

    #[cfg(unix)]
    fn program(&self, name: &str, script: &str) {
        use std::os::unix::fs::PermissionsExt;
        let path = self.programs.path().join(name);
        fs::write(&path, format!("#!/bin/sh\n{script}\n")).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
    }

    fn notes(&self) -> String {
        fs::read_to_string(self.programs.path().join("notes")).unwrap_or_default()
    }

    /// Runs the shell steps of a job in order until one fails, and gives the last one with its run.
    fn run(&self, workflow: &Value, job: &str, event: Event, address: &str) -> (String, Run) {
        let mut last = None;
        for step in steps(&workflow["jobs"][job]) {
            let name = step["name"].as_str().or(step["uses"].as_str()).unwrap();
            let Some(script) = step["run"].as_str() else {
                continue;
            };
            if !is_wanted(step, event) {
                continue;
            }
            let mut command = Command::new("bash");
            command
                .args(["--noprofile", "--norc", "-eo", "pipefail", "-c", script])
                .current_dir(self.project.root())
                .env("NO_COLOR", "1")
                .env("PROGRAMS", self.programs.path())
                .env("NOTES", self.programs.path().join("notes"))
                .env("GITHUB_STEP_SUMMARY", self.programs.path().join("summary"))
                .env("PATH", self.path());
            for of in [workflow, step] {
                for (key, value) in of["env"].as_mapping().into_iter().flatten() {
                    let value = value.as_str().unwrap();
                    let value = match value {
                        "${{ steps.pages.outputs.base_url }}" if event == Event::Push => address,
                        "${{ matrix.shard }}" => &self.shard.to_string(),
                        // A step that was left out has no outputs.
                        "${{ steps.pages.outputs.base_url }}" => "",
                        value => value,
                    };
                    assert!(!value.contains("${{"), "{name}: {value}");
                    command.env(key.as_str().unwrap(), value);
                }
            }
            let run = Run::of(command);
            let failed = run.code != 0;
            last = Some((name.to_owned(), run));
            if failed {
                break;
            }
        }
        last.unwrap()
    }

    fn path(&self) -> std::ffi::OsString {
        let old = std::env::var_os("PATH").unwrap();
        let dirs: Vec<PathBuf> = std::iter::once(self.programs.path().to_owned())
            .chain(std::env::split_paths(&old))
            .collect();
        std::env::join_paths(dirs).unwrap()
    }
}

/// Whether a step's condition holds. A condition that isn't known here fails the test.
fn is_wanted(step: &Value, event: Event) -> bool {
    match step["if"].as_str() {
        None | Some("steps.cache.outputs.cache-hit != 'true'") => true,
        // Of several machines, the first.
        Some("matrix.shard == 1") => true,
        Some("github.event_name == 'pull_request'") => event == Event::PullRequest,
        Some("github.event_name != 'pull_request'") => event == Event::Push,
        Some(other) => panic!("what is `{other}`?"),
    }
}

/// Where nutgraf would come from; nobody is asked.
const FROM: &str = "https://example.org/news/nutgraf.git#v9.9.9";

fn new_site() -> (Project, Value) {
    let project = Project::new(&[]);
    project
        .run(&["init", "--github-pages", "--from", FROM])
        .expect(0);
    let workflow = serde_yaml::from_str(&project.read(".github/workflows/pages.yml")).unwrap();
    (project, workflow)
}

#[cfg(unix)]
#[test]
fn a_push_builds_the_site_for_the_address_that_the_host_names() {
    let (project, workflow) = new_site();
    let runner = Runner::new(project);
    let address = "https://ada.github.io/notes";
    let (step, run) = runner.run(&workflow, "build", Event::Push, address);
    assert_eq!(step, "Build");
    run.expect(0);
    assert_eq!(
        runner.notes(),
        "install --locked --git https://example.org/news/nutgraf.git --tag v9.9.9 nutgraf\n"
    );
    let home = runner.project.read("public/index.html");
    assert!(
        home.contains("<link rel=\"canonical\" href=\"https://ada.github.io/notes/\""),
        "{home}"
    );
    // What is kept is what was built.
    for step in steps(&workflow["jobs"]["build"]) {
        if step["uses"]
            .as_str()
            .is_some_and(|action| action.contains("upload"))
        {
            let expected = match step["with"]["name"].as_str() {
                Some("changes") => "changes.md",
                _ => "public",
            };
            assert_eq!(step["with"]["path"], Value::from(expected));
        }
    }
}

#[cfg(unix)]
#[test]
fn several_machines_build_a_share_each_and_one_puts_them_together() {
    let project = Project::new(&[]);
    let args = ["init", "--github-pages", "--from", FROM, "--shards", "3"];
    project.run(&args).expect(0);
    let workflow = serde_yaml::from_str(&project.read(".github/workflows/pages.yml")).unwrap();
    let mut runner = Runner::new(project);
    let address = "https://ada.github.io/notes";
    fs::create_dir(runner.project.path("shares")).unwrap();
    for shard in 1..=3 {
        runner.shard = shard;
        let (step, run) = runner.run(&workflow, "build", Event::Push, address);
        assert_eq!(step, "Build");
        run.expect(0);
        // What the actions for artifacts do.
        let share = runner.project.path(&format!("shares/share-{shard}"));
        fs::rename(runner.project.path("share"), share).unwrap();
        fs::remove_file(runner.programs.path().join("nutgraf")).unwrap();
    }
    let (step, run) = runner.run(&workflow, "merge", Event::Push, address);
    assert_eq!(step, "Merge");
    run.expect(0);
    let whole = ["build", "--strict", "-u", address, "-o", "whole"];
    runner.project.run(&whole).expect(0);
    let tree = |dir| support::tree(&runner.project.path(dir));
    assert!(tree("public") == tree("whole"));
    let needed = |job: &str| workflow["jobs"][job]["needs"].as_str().unwrap().to_owned();
    assert_eq!([needed("merge"), needed("publish")], ["build", "merge"]);
}

#[cfg(unix)]
#[test]
fn nutgraf_comes_from_where_the_workflow_says_and_without_that_the_job_stops_and_says_so() {
    let commit = "https://example.org/x#0123456789abcdef0123456789abcdef01234567";
    for (from, called) in [
        ("tools/nutgraf", "install --locked --path tools/nutgraf\n"),
        (
            commit,
            "install --locked --git https://example.org/x --rev 0123456789abcdef0123456789abcdef01234567 nutgraf\n",
        ),
    ] {
        let (project, mut workflow) = new_site();
        workflow["env"]["NUTGRAF_FROM"] = Value::from(from);
        let runner = Runner::new(project);
        let (step, run) = runner.run(&workflow, "build", Event::Push, "https://example.org/");
        assert_eq!((step.as_str(), run.code), ("Build", 0), "{}", run.stdout);
        assert_eq!(runner.notes(), called);
    }
    for (from, said) in [
        ("", "No registry has it"),
        ("https://example.org/x", "the tag or commit"),
    ] {
        let (project, mut workflow) = new_site();
        workflow["env"]["NUTGRAF_FROM"] = Value::from(from);
        let runner = Runner::new(project);
        let (step, run) = runner.run(&workflow, "build", Event::Push, "");
        assert_eq!((step.as_str(), run.code), ("Install nutgraf", 1));
        assert!(
            run.stdout
                .contains("::error file=.github/workflows/pages.yml"),
            "{}",
            run.stdout
        );
        assert!(run.stdout.contains(said), "{}", run.stdout);
        assert_eq!(runner.notes(), "");
    }
}

/// A release on disk, as the host would give it.
#[cfg(unix)]
#[test]
fn an_archive_of_a_release_is_compared_with_its_checksum() {
    let release = tempfile::tempdir().unwrap();
    let script = format!(
        "cd '{}' && mkdir n && ln '{}' n/nutgraf 2>/dev/null || cp '{}' n/nutgraf; tar -czf n.tar.gz n && sha256sum n.tar.gz >SHA256SUMS",
        release.path().display(),
        env!("CARGO_BIN_EXE_nutgraf"),
        env!("CARGO_BIN_EXE_nutgraf"),
    );
    let made = Command::new("sh").args(["-c", &script]).status().unwrap();
    assert!(made.success());
    for is_whole in [true, false] {
        let (project, mut workflow) = new_site();
        workflow["env"]["NUTGRAF_FROM"] = Value::from("https://example.org/v9/n.tar.gz");
        workflow["env"]["HOME"] = Value::from(release.path().to_str().unwrap());
        let runner = Runner::new(project);
        // The last argument is the address.
        runner.program(
            "curl",
            &format!(
                "for address; do :; done\ncp '{}'/\"${{address##*/}}\" .",
                release.path().display()
            ),
        );
        runner.program(
            "nutgraf",
            &format!("exec '{}' \"$@\"", env!("CARGO_BIN_EXE_nutgraf")),
        );
        if !is_whole {
            fs::write(release.path().join("n.tar.gz"), "another").unwrap();
        }
        let (step, run) = runner.run(&workflow, "build", Event::Push, "https://example.org/");
        let expected = if is_whole {
            ("Build", 0)
        } else {
            ("Install nutgraf", 1)
        };
        assert_eq!(
            (step.as_str(), run.code),
            expected,
            "{}{}",
            run.stdout,
            run.stderr
        );
        let installed = release.path().join(".cargo/bin/nutgraf");
        assert_eq!(installed.exists(), is_whole);
        drop(fs::remove_file(installed));
    }
}

#[cfg(unix)]
#[test]
fn a_pull_request_is_built_without_an_address() {
    let (project, workflow) = new_site();
    let runner = Runner::new(project);
    commit(&runner.project, "Base");
    commit(&runner.project, "Merge");
    let (step, run) = runner.run(&workflow, "build", Event::PullRequest, "");
    assert_eq!(step, "Tell what changed");
    run.expect(0);
    assert!(
        !runner
            .project
            .read("public/index.html")
            .contains("canonical")
    );
    assert_eq!(runner.project.read("changes.md"), "No fact has changed.\n");
}

/// Commits everything, as the host does with the state before a pull request and the one after it.
#[cfg(unix)]
fn commit(project: &Project, message: &str) {
    let git = |args: &[&str]| {
        let mut command = Command::new("git");
        command
            .args(["-c", "user.name=A", "-c", "user.email=a@example.org"])
            .args(args)
            .current_dir(project.root());
        Run::of(command).expect(0);
    };
    git(&["init", "--quiet", "--initial-branch=main"]);
    git(&["add", "--all"]);
    git(&["commit", "--quiet", "--allow-empty", "--message", message]);
}

#[cfg(unix)]
#[test]
fn a_pull_request_tells_which_facts_it_changes_and_stops_without_a_correction_that_is_promised() {
    let (project, workflow) = new_site();
    let settings = project.read("site.yaml") + "\npolicies: {corrections: required}\n";
    project.write("site.yaml", &settings);
    let page = |value: &str, more: &str| {
        format!(
            "---\ntitle: Figures\nsources: [{{id: paper, title: Paper, text: none, because: ours}}]\n\
             figures: [{{id: ships, title: Ships, value: {value}, source: paper}}]\n{more}---\n"
        )
    };
    project.write("content/ships.md", &page("24", ""));
    let runner = Runner::new(project);
    commit(&runner.project, "Base");
    runner.project.write("content/ships.md", &page("25", ""));
    commit(&runner.project, "Merge");
    let (step, run) = runner.run(&workflow, "build", Event::PullRequest, "");
    assert_eq!(step, "Tell what changed");
    assert_eq!(run.code, 1);
    assert!(
        run.stderr
            .contains("1 published record changed, and no correction or update says so"),
        "{}",
        run.stderr
    );
    let summary = fs::read_to_string(runner.programs.path().join("summary")).unwrap();
    assert!(
        summary.contains("figure `ships`, value: `24` → `25`"),
        "{summary}"
    );
    // With the correction, it goes on.
    let told = "corrections: [{date: 2025-02-03, text: We had 24., records: [ships]}]\n";
    runner.project.write("content/ships.md", &page("25", told));
    commit(&runner.project, "Correction");
    let mut squash = Command::new("git");
    squash
        .args(["reset", "--quiet", "--soft", "HEAD~2"])
        .current_dir(runner.project.root());
    Run::of(squash).expect(0);
    commit(&runner.project, "Merge");
    fs::remove_file(runner.programs.path().join("nutgraf")).unwrap();
    let (step, run) = runner.run(&workflow, "build", Event::PullRequest, "");
    assert_eq!(step, "Tell what changed");
    run.expect(0);
}

#[cfg(unix)]
#[test]
fn a_fault_stands_as_an_annotation_at_its_line_and_stops_the_job() {
    let (project, workflow) = new_site();
    project.write(
        "content/new.md",
        "---\ntitle: New\n---\n\n[Words](nowhere.md)\n",
    );
    let runner = Runner::new(project);
    let (step, run) = runner.run(&workflow, "build", Event::PullRequest, "");
    assert_eq!(step, "Check");
    let run = run.expect(1);
    assert!(
        run.stdout.contains("::error file=content/new.md,line=5,"),
        "{}",
        run.stdout
    );
    assert!(!runner.project.path("public").exists());
}

#[cfg(unix)]
#[test]
fn this_repositorys_own_site_goes_the_same_way() {
    let project = Project::new(&[]);
    for part in ["content", "static", "templates"] {
        let from = Path::new(REPOSITORY).join(part);
        for (path, bytes) in support::tree(&from) {
            let to = project.path(&format!("{part}/{path}"));
            fs::create_dir_all(to.parent().unwrap()).unwrap();
            fs::write(to, bytes).unwrap();
        }
    }
    for file in ["site.yaml", "evidence.lock"] {
        fs::copy(Path::new(REPOSITORY).join(file), project.path(file)).unwrap();
    }
    let workflow =
        fs::read_to_string(Path::new(REPOSITORY).join(".github/workflows/pages.yml")).unwrap();
    let workflow = serde_yaml::from_str(&workflow).unwrap();
    let runner = Runner::new(project);
    let (step, run) = runner.run(
        &workflow,
        "build",
        Event::Push,
        "https://example.github.io/nutgraf",
    );
    assert_eq!(step, "Build");
    run.expect(0);
    assert_eq!(runner.notes(), "build --release --locked\n");
    assert!(
        runner
            .project
            .read("public/sitemap.xml")
            .contains("https://example.github.io/nutgraf/")
    );
}

#[cfg(unix)]
#[test]
fn a_release_holds_the_program_with_manual_completions_and_checksum() {
    let out = tempfile::tempdir().unwrap();
    let mut package = Command::new(Path::new(REPOSITORY).join(".ci/package"));
    package
        .args([
            env!("CARGO_BIN_EXE_nutgraf"),
            "9.8.7",
            "x86_64-unknown-linux-gnu",
        ])
        .arg(out.path().join("dist"));
    Run::of(package).expect(0);
    let dist = out.path().join("dist");
    let name = "nutgraf-9.8.7-x86_64-unknown-linux-gnu";
    let mut check = Command::new("sha256sum");
    check
        .args(["--check", &format!("{name}.tar.gz.sha256")])
        .current_dir(&dist);
    Run::of(check).expect(0);
    let mut unpack = Command::new("tar");
    unpack
        .args(["-xzf", &format!("{name}.tar.gz")])
        .current_dir(&dist);
    Run::of(unpack).expect(0);
    let dir = dist.join(name);
    for file in [
        "README.md",
        "LICENSE",
        "LICENSE-OFL.txt",
        "man/nutgraf.1",
        "man/nutgraf-publish.1",
        "completions/nutgraf.bash",
        "completions/_nutgraf",
    ] {
        assert!(fs::metadata(dir.join(file)).unwrap().len() > 0, "{file}");
    }
    let mut version = Command::new(dir.join("nutgraf"));
    version.arg("--version");
    assert!(
        Run::of(version)
            .expect(0)
            .stdout
            .starts_with(concat!("nutgraf ", env!("CARGO_PKG_VERSION")))
    );
}

#[cfg(unix)]
#[test]
fn no_release_is_made_that_binstall_could_not_find() {
    let release = Path::new(REPOSITORY).join(".github/workflows/release.yml");
    let release: Value = serde_yaml::from_str(&fs::read_to_string(release).unwrap()).unwrap();
    let check = |repository: &str| {
        let dir = tempfile::tempdir().unwrap();
        let manifest = format!("[package]\nname = \"nutgraf\"\nversion = \"1.2.3\"\n{repository}");
        fs::write(dir.path().join("Cargo.toml"), manifest).unwrap();
        let scripts: Vec<&str> = steps(&release["jobs"]["version"])
            .iter()
            .filter_map(|step| step["run"].as_str())
            .collect();
        let mut command = Command::new("bash");
        command
            .args(["-eo", "pipefail", "-c", &scripts.join("\n")])
            .current_dir(dir.path())
            .env("TAG", "v1.2.3")
            .env("ADDRESS", "https://github.com/ada/nutgraf")
            .env("GITHUB_OUTPUT", dir.path().join("output"));
        Run::of(command)
    };
    check("repository = \"https://github.com/ada/nutgraf\"\n").expect(0);
    for other in ["", "repository = \"https://github.com/somebody/else\"\n"] {
        let run = check(other).expect(1);
        let wanted = "has to say: repository = \"https://github.com/ada/nutgraf\"";
        assert!(run.stdout.contains(wanted), "{}", run.stdout);
    }
}

#[test]
fn the_archives_are_where_binstall_looks_for_them() {
    let manifest = fs::read_to_string(Path::new(REPOSITORY).join("Cargo.toml")).unwrap();
    assert!(manifest.contains("/nutgraf-{ version }-{ target }{ archive-suffix }"));
    let package = fs::read_to_string(Path::new(REPOSITORY).join(".ci/package")).unwrap();
    assert!(package.contains("name=nutgraf-$version-$target"));
    let release =
        fs::read_to_string(Path::new(REPOSITORY).join(".github/workflows/release.yml")).unwrap();
    let release: Value = serde_yaml::from_str(&release).unwrap();
    let targets = release["jobs"]["binary"]["strategy"]["matrix"]["include"]
        .as_sequence()
        .unwrap();
    let targets: Vec<&str> = targets
        .iter()
        .map(|target| target["target"].as_str().unwrap())
        .collect();
    for system in ["linux", "darwin", "windows"] {
        assert!(
            targets.iter().any(|target| target.contains(system)),
            "{system}"
        );
    }
}

/// What the composite action is given in these tests.
fn action_value(value: &str, root: &Path, tag: &str) -> String {
    match value {
        "${{ github.token }}" => "t".to_owned(),
        "${{ github.action_repository }}" => "ada/nutgraf".to_owned(),
        "${{ github.action_ref }}" => tag.to_owned(),
        "${{ runner.os }}-${{ runner.arch }}" => "Linux-X64".to_owned(),
        "${{ runner.temp }}/nutgraf" => root.join("temp/nutgraf").to_str().unwrap().to_owned(),
        "${{ inputs.root }}" => ".".to_owned(),
        "${{ inputs.output }}" => "out".to_owned(),
        "${{ inputs.base-url }}" => "https://example.org/".to_owned(),
        other => panic!("what is `{other}`?"),
    }
}

/// Runs the action's steps until one fails; `spoil` changes the release before.
#[cfg(unix)]
fn run_action(tag: &str, spoil: impl Fn(&Path)) -> (Project, String, Run) {
    let runner = Runner::new(Project::small());
    let releases = tempfile::tempdir().unwrap();
    let mut package = Command::new(Path::new(REPOSITORY).join(".ci/package"));
    package
        .args([
            env!("CARGO_BIN_EXE_nutgraf"),
            "1.2.3",
            "x86_64-unknown-linux-musl",
        ])
        .arg(releases.path());
    Run::of(package).expect(0);
    let archive = releases
        .path()
        .join("nutgraf-1.2.3-x86_64-unknown-linux-musl.tar.gz");
    let sums = fs::read(format!("{}.sha256", archive.display())).unwrap();
    fs::write(releases.path().join("SHA256SUMS"), sums).unwrap();
    spoil(&archive);
    // `gh release download` puts the files of the release into the folder that it is called in.
    runner.program("gh", &format!("cp '{}'/* .", releases.path().display()));
    let action = fs::read_to_string(Path::new(REPOSITORY).join("action.yml")).unwrap();
    let action: Value = serde_yaml::from_str(&action).unwrap();
    let mut last = None;
    for step in steps(&action["runs"]) {
        let mut command = Command::new("bash");
        command
            .args(["-eo", "pipefail", "-c", step["run"].as_str().unwrap()])
            .current_dir(runner.project.root())
            .env("PATH", runner.path());
        for (key, value) in step["env"].as_mapping().unwrap() {
            let value = action_value(value.as_str().unwrap(), runner.project.root(), tag);
            command.env(key.as_str().unwrap(), value);
        }
        let run = Run::of(command);
        let failed = run.code != 0;
        last = Some((step["name"].as_str().unwrap().to_owned(), run));
        if failed {
            break;
        }
    }
    let (step, run) = last.unwrap();
    (runner.project, step, run)
}

#[cfg(unix)]
#[test]
fn the_action_takes_the_release_that_it_is_pinned_to_and_builds_with_it() {
    let (project, step, run) = run_action("v1.2.3", |_| {});
    assert_eq!(step, "Build", "{}", run.stderr);
    run.expect(0);
    assert!(
        project
            .read("out/index.html")
            .contains("https://example.org/")
    );
}

#[cfg(unix)]
#[test]
fn the_action_runs_no_program_that_isnt_what_the_checksum_says() {
    let (project, step, run) = run_action("v1.2.3", |archive| {
        let mut bytes = fs::read(archive).unwrap();
        bytes.push(0);
        fs::write(archive, bytes).unwrap();
    });
    assert_eq!(step, "Take nutgraf from its release");
    run.expect(1);
    assert!(!project.path("temp/nutgraf/nutgraf").exists());
}

#[cfg(unix)]
#[test]
fn the_action_wants_a_release_and_not_a_branch() {
    let (_, _, run) = run_action("main", |_| {});
    let run = run.expect(1);
    assert!(
        run.stdout.contains("such as `@v0.1.0`, not `@main`"),
        "{}",
        run.stdout
    );
}
