//! A new site: it builds at once, it knows what can be known, and nothing that was there is touched.

#![allow(clippy::unwrap_used, reason = "a test that can't go on should stop")]

mod support;

use std::fs;
use std::path::Path;
use std::process::Command;

use support::{Project, Run, nutgraf};

/// The program in a folder, with no locale but the one that is given.
fn run(dir: &Path, args: &[&str], locale: &str) -> Run {
    let mut command = nutgraf(args);
    command
        .current_dir(dir)
        .env_remove("LC_MESSAGES")
        .env_remove("LANG")
        .env("LC_ALL", locale);
    Run::of(command)
}

fn git(dir: &Path, args: &[&str]) {
    let status = Command::new("git")
        .args(args)
        .current_dir(dir)
        .status()
        .unwrap();
    assert!(status.success(), "git {args:?}");
}

/// The line of `site.yaml` that sets a key; `None` if it is off.
fn setting(project: &Project, key: &str) -> Option<String> {
    let text = project.read("site.yaml");
    let line = text
        .lines()
        .find_map(|line| line.strip_prefix(&format!("{key}: ")))?;
    Some(line.to_owned())
}

#[test]
fn a_new_site_builds_at_once_without_a_fault_in_any_language() {
    for locale in [
        "C",
        "en_GB.UTF-8",
        "es_ES.UTF-8",
        "de_DE.UTF-8",
        "ja_JP.UTF-8",
        "he_IL",
    ] {
        let project = Project::new(&[]);
        run(project.root(), &["init", "our-town"], locale).expect(0);
        let site = project.path("our-town");
        let build = run(
            &site,
            &["build", "--strict", "-u", "https://example.org/"],
            locale,
        )
        .expect(0);
        // Of what it says in a language without words of its own, that is all.
        let has_words = !["ja", "he"].iter().any(|other| locale.starts_with(other));
        if has_words {
            assert_eq!(build.stderr, "", "{locale}");
        } else {
            assert!(
                build.stderr.starts_with("hint[no-words]")
                    && build.stderr.matches("hint[").count() == 1,
                "{locale}: {}",
                build.stderr
            );
        }
        let check = run(&site, &["check", "--strict"], locale).expect(0);
        assert!(!check.stderr.contains("warning"), "{}", check.stderr);
        let town = match locale {
            "es_ES.UTF-8" => "Valdelinde",
            "de_DE.UTF-8" => "Lindenried",
            _ => "Lindenford",
        };
        assert!(
            project.read("our-town/public/index.html").contains(town),
            "{locale}"
        );
        let verify = run(&site, &["verify", "--strict"], locale).expect(0);
        assert_eq!(verify.stderr, "", "{locale}");
        let unchanged = "`evidence.lock` needs no change";
        assert!(verify.stdout.contains(unchanged), "{}", verify.stdout);
        for page in ["timeline", "key-figures", "reactions", "people", "sources"] {
            assert!(
                project
                    .path(&format!("our-town/public/{page}/index.html"))
                    .is_file(),
                "{page}"
            );
        }
    }
}

#[test]
fn the_sample_says_on_every_page_that_it_is_invented() {
    let project = Project::new(&[]);
    for (locale, words) in [
        (
            "C",
            ["invented", "nobody said any of it", "none of them exists"].as_slice(),
        ),
        ("es_MX.UTF-8", &["inventad"]),
    ] {
        let folder = tempfile::tempdir_in(project.root()).unwrap();
        run(folder.path(), &["init"], locale).expect(0);
        run(folder.path(), &["build"], locale).expect(0);
        for page in [
            "",
            "timeline/",
            "key-figures/",
            "reactions/",
            "people/",
            "sources/",
        ] {
            let file = folder.path().join(format!("public/{page}index.html"));
            let html = fs::read_to_string(file).unwrap();
            assert!(
                words.iter().any(|word| html.contains(word)),
                "{locale} {page}"
            );
        }
    }
}

#[test]
fn the_title_is_made_from_the_folder_and_the_language_from_the_locale() {
    let project = Project::new(&[]);
    run(project.root(), &["init", "unser-ort"], "de_AT.UTF-8@euro").expect(0);
    let text = project.read("unser-ort/site.yaml");
    assert!(text.contains("\ntitle: Unser ort\n"), "{text}");
    assert!(text.contains("\nlanguage: de-AT\n"), "{text}");
    run(
        project.root(),
        &["init", "b", "--title", "Water: who pays?"],
        "C",
    )
    .expect(0);
    let text = project.read("b/site.yaml");
    assert!(text.contains("\ntitle: \"Water: who pays?\"\n"), "{text}");
    assert!(text.contains("\nlanguage: en\n"), "{text}");
}

#[test]
fn the_address_is_worked_out_from_the_remote() {
    let cases = [
        (
            "git@github.com:Ada/notes.git",
            Some("https://ada.github.io/notes/"),
            Some("https://github.com/Ada/notes"),
        ),
        (
            "https://github.com/ada/ada.github.io",
            Some("https://ada.github.io/"),
            Some("https://github.com/ada/ada.github.io"),
        ),
        (
            "https://t0ken@github.com/ada/notes",
            Some("https://ada.github.io/notes/"),
            Some("https://github.com/ada/notes"),
        ),
        (
            "git@github.school.edu:ada/notes.git",
            Some("https://pages.github.school.edu/ada/notes/"),
            Some("https://github.school.edu/ada/notes"),
        ),
        (
            "git@gitlab.com:ada/notes.git",
            None,
            Some("https://gitlab.com/ada/notes"),
        ),
        ("/srv/git/notes.git", None, None),
    ];
    for (remote, base_url, repository) in cases {
        let project = Project::new(&[]);
        git(project.root(), &["init", "-q"]);
        git(project.root(), &["remote", "add", "origin", remote]);
        run(project.root(), &["init"], "C").expect(0);
        assert_eq!(
            setting(&project, "base_url").as_deref(),
            base_url,
            "{remote}"
        );
        assert_eq!(
            setting(&project, "repository").as_deref(),
            repository,
            "{remote}"
        );
        assert!(!project.read("site.yaml").contains("t0ken"));
        run(project.root(), &["build", "--strict"], "C").expect(0);
    }
}

#[test]
fn a_custom_domain_is_taken_from_the_file_that_names_it() {
    let project = Project::new(&[("static/CNAME", "News.Example.org\n")]);
    git(project.root(), &["init", "-q"]);
    git(
        project.root(),
        &["remote", "add", "origin", "git@github.com:ada/notes.git"],
    );
    run(project.root(), &["init"], "C").expect(0);
    assert_eq!(
        setting(&project, "base_url").as_deref(),
        Some("https://news.example.org/")
    );
    assert_eq!(
        setting(&project, "cname").as_deref(),
        Some("news.example.org")
    );
}

#[test]
fn files_that_were_there_are_named_and_left_as_they_were() {
    let project = Project::new(&[
        (".gitignore", "/public\n*.log\n"),
        ("content/index.md", "mine"),
    ]);
    let made = run(project.root(), &["init"], "C").expect(0);
    assert_eq!(project.read(".gitignore"), "/public\n*.log\n");
    assert_eq!(project.read("content/index.md"), "mine");
    assert!(made.stdout.contains("kept .gitignore"), "{}", made.stdout);
    assert!(
        made.stdout.contains("kept content/index.md"),
        "{}",
        made.stdout
    );
    assert!(
        made.stdout.contains("`/sources/private/`, `/.nutgraf/`"),
        "{}",
        made.stdout
    );
    assert!(!made.stdout.contains("`/public/`"), "{}", made.stdout);
}

#[test]
fn a_project_with_content_gets_no_sample() {
    let project = Project::new(&[("content/water.md", "---\ntitle: Water\n---\n")]);
    run(project.root(), &["init"], "C").expect(0);
    assert_eq!(fs::read_dir(project.path("content")).unwrap().count(), 1);
    assert!(!project.path("sources").exists());
}

#[test]
fn a_site_is_never_made_twice() {
    let project = Project::small();
    let before = support::tree(project.root());
    let again = run(project.root(), &["init"], "C").expect(2);
    assert!(
        again.stderr.contains("there is a site in `.` already"),
        "{}",
        again.stderr
    );
    assert_eq!(support::tree(project.root()), before);
}

#[test]
fn a_run_that_was_cut_short_can_be_repeated() {
    let project = Project::new(&[]);
    run(project.root(), &["init"], "C").expect(0);
    for lost in ["site.yaml", "content/people.md", "schema/site.json"] {
        fs::remove_file(project.path(lost)).unwrap();
    }
    run(project.root(), &["init"], "C").expect(0);
    run(project.root(), &["build", "--strict"], "C").expect(0);
}

#[test]
fn git_ignores_the_finished_site_and_the_texts_of_sources() {
    let project = Project::new(&[]);
    git(project.root(), &["init", "-q"]);
    run(project.root(), &["init"], "C").expect(0);
    for ignored in [
        "public/index.html",
        "sources/private/article.txt",
        ".nutgraf/links.json",
    ] {
        git(project.root(), &["check-ignore", "-q", ignored]);
    }
    let sample = ["check-ignore", "-q", "sources/sample-notice.txt"];
    let status = Command::new("git")
        .args(sample)
        .current_dir(project.root())
        .status()
        .unwrap();
    assert_eq!(
        status.code(),
        Some(1),
        "the sample's own source belongs to it"
    );
}

#[test]
fn branches_that_verify_different_records_merge() {
    let project = Project::new(&[]);
    let dir = project.root();
    let own = |args: &[&str]| {
        let who = ["-c", "user.name=Ada", "-c", "user.email=ada@example.org"];
        git(dir, &[&who, args].concat());
    };
    run(dir, &["init"], "C").expect(0);
    let keep = |message: &str| {
        own(&["add", "--all"]);
        own(&["commit", "-q", "-m", message]);
    };
    git(dir, &["init", "-q", "-b", "main"]);
    keep("Start");
    let add = |branch: &str, quote: &str| {
        git(dir, &["switch", "-q", "-c", branch, "main"]);
        let page = format!(
            "---\ntitle: {branch}\nevents:\n  - {{id: {branch}, date: 2024-03-04, as_printed: {quote}, title: {branch}, source: notice}}\n---\n"
        );
        project.write(&format!("content/{branch}.md"), &page);
        run(dir, &["verify", "--strict"], "C").expect(0);
        keep(branch);
    };
    // Their lines stand beside each other, where git by itself sees a conflict.
    add("vote-a", "On 4 March 2024");
    add("vote-b", "4 March 2024");
    own(&["merge", "-q", "-m", "Merge", "vote-a"]);
    let lock = project.read("evidence.lock");
    assert!(
        lock.contains(" vote-a ") && lock.contains(" vote-b "),
        "{lock}"
    );
    run(dir, &["check", "--strict"], "C").expect(0);
    // What was verified in two ways is said to be so, and fixed as it says.
    let line = lock.lines().find(|line| line.contains(" vote-a ")).unwrap();
    project.write(
        "evidence.lock",
        &format!(
            "{lock}{}\n",
            line.replace("verdict=verified", "verdict=doubtful")
        ),
    );
    let told = run(dir, &["check"], "C").expect(1);
    assert!(
        told.stderr
            .contains("found a second: keep either, then run `nutgraf verify`"),
        "{}",
        told.stderr
    );
    let second = lock.replace(line, &line.replace("verdict=verified", "verdict=doubtful"));
    project.write("evidence.lock", &second);
    run(dir, &["verify", "--strict"], "C").expect(0);
    run(dir, &["check", "--strict"], "C").expect(0);
}

#[test]
fn editors_find_the_schemas() {
    let project = Project::new(&[]);
    run(project.root(), &["init"], "C").expect(0);
    let settings: serde_json::Value =
        serde_json::from_str(&project.read(".vscode/settings.json")).unwrap();
    for (schema, _) in settings["yaml.schemas"].as_object().unwrap() {
        let schema: serde_json::Value = serde_json::from_str(&project.read(schema)).unwrap();
        assert!(schema["properties"]["title"].is_object(), "{schema:#}");
    }
    let first = project.read("site.yaml");
    let first = first.lines().next().unwrap();
    let schema = first
        .strip_prefix("# yaml-language-server: $schema=")
        .unwrap();
    assert!(project.path(schema).is_file());
}

#[test]
fn the_workflow_is_written_only_when_it_is_asked_for() {
    let project = Project::new(&[]);
    run(project.root(), &["init", "a"], "C").expect(0);
    assert!(!project.path("a/.github").exists());
    let made = run(project.root(), &["init", "b", "--github-pages"], "C").expect(0);
    assert!(
        made.stdout.contains("choose GitHub Actions as the source"),
        "{}",
        made.stdout
    );
    assert!(
        made.stdout
            .contains("Fill in `NUTGRAF_FROM` in `.github/workflows/pages.yml`"),
        "{}",
        made.stdout
    );
    let workflow = project.read("b/.github/workflows/pages.yml");
    assert!(workflow.contains("NUTGRAF_FROM: \"\"\n"), "{workflow}");
}

#[test]
fn the_workflow_takes_nutgraf_from_where_it_is_told_and_from_nowhere_else() {
    let project = Project::new(&[]);
    let address = "https://example.org/news/nutgraf.git";
    let args = ["init", "a", "--github-pages", "--from", address];
    let made = run(project.root(), &args, "C").expect(0);
    assert!(!made.stdout.contains("Fill in"), "{}", made.stdout);
    let workflow = project.read("a/.github/workflows/pages.yml");
    // Pinned to the release of this version, since nothing else was said.
    let line = format!(
        "NUTGRAF_FROM: \"{address}#v{}\"\n",
        env!("CARGO_PKG_VERSION")
    );
    assert!(workflow.contains(&line), "{workflow}");
    for from in [
        "$(touch pwned)",
        "https://ada:secret@example.org/x.git",
        "http://example.org/x.git",
        "../elsewhere",
        "/usr/src/nutgraf",
        "--config=x",
        "ext::sh -c x",
        "a\nb",
        "",
    ] {
        let from = format!("--from={from}");
        run(project.root(), &["init", "b", "--github-pages", &from], "C").expect(2);
    }
    assert!(!project.path("b").exists());
}

#[cfg(unix)]
#[test]
fn nothing_is_written_through_a_link_in_the_folder() {
    let outside = tempfile::tempdir().unwrap();
    let project = Project::new(&[]);
    std::os::unix::fs::symlink(outside.path(), project.path("schema")).unwrap();
    let made = run(project.root(), &["init"], "C").expect(2);
    assert!(made.stderr.contains("symbolic link"), "{}", made.stderr);
    assert_eq!(fs::read_dir(outside.path()).unwrap().count(), 0);
}

#[test]
fn a_site_that_is_there_can_get_the_workflow_and_nothing_else() {
    let project = Project::small();
    let before = support::tree(project.root());
    run(project.root(), &["init", "--github-pages"], "C").expect(0);
    let mut after = support::tree(project.root());
    assert!(after.remove(".github/workflows/pages.yml").is_some());
    assert_eq!(after, before);
    let again = run(project.root(), &["init", "--github-pages"], "C").expect(0);
    assert!(
        again.stdout.contains("kept .github/workflows/pages.yml"),
        "{}",
        again.stdout
    );
}

#[test]
fn the_doctor_says_what_is_here_and_what_is_missing() {
    let project = Project::new(&[]);
    let doctor = |name: &str| {
        let mut command = project.command(&["doctor", "--today", "2025-06-01"]);
        // What the machine's user has set is another matter.
        command
            .env("GIT_CONFIG_GLOBAL", "no-such-file")
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .env("GIT_CEILING_DIRECTORIES", project.root().parent().unwrap());
        let run = Run::of(command);
        (run.code, format!("{name}\n{}{}", run.stdout, run.stderr))
    };
    let (code, said) = doctor("nothing");
    assert_eq!(code, 1, "{said}");
    assert!(
        said.contains("fault project: there is no `site.yaml` here or above"),
        "{said}"
    );

    project.write("site.yaml", "title: Harbor\n");
    project.write("content/index.md", "---\ntitle: Home\n---\nHello.\n");
    let (code, said) = doctor("a site");
    assert_eq!(code, 0, "{said}");
    for expected in [
        "ok    project: 1 page in ",
        "note  address: `site.yaml` has no `base_url`",
        "fault repository: the project isn't in a git repository",
        "help: run `git init`",
    ] {
        assert!(said.contains(expected), "{expected}: {said}");
    }

    let git = |args: &[&str]| {
        let mut git = Command::new("git");
        assert!(
            git.args(args)
                .current_dir(project.root())
                .status()
                .unwrap()
                .success()
        );
    };
    git(&["init", "--quiet"]);
    git(&["config", "user.name", "Ada"]);
    git(&["config", "user.email", "ada@example.org"]);
    git(&["add", "."]);
    git(&["commit", "--quiet", "-m", "Begin"]);
    git(&[
        "remote",
        "add",
        "origin",
        "https://github.com/ada/notes.git",
    ]);
    let (code, said) = doctor("a repository");
    assert_eq!(code, 0, "{said}");
    assert!(
        said.contains("`origin`, whose host publishes at https://ada.github.io/notes/"),
        "{said}"
    );
    assert!(
        said.contains("The site can be built and published."),
        "{said}"
    );

    project.write("content/index.md", "---\ntitle: Home\ntgas: []\n---\n");
    let (code, said) = doctor("a fault");
    assert_eq!(code, 1, "{said}");
    assert!(said.contains("and errors: 1"), "{said}");
}
