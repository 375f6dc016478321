//! `build`, `check` and `clean`, as a user runs them.

#![allow(clippy::unwrap_used, reason = "a test that can't go on should stop")]

mod support;

use std::fs;
use std::time::SystemTime;

use support::{Project, Run, nutgraf, tree};

/// Every file of the output with its bytes and time stamp.
fn state(project: &Project) -> Vec<(String, Vec<u8>, SystemTime)> {
    let public = project.path("public");
    tree(&public)
        .into_iter()
        .map(|(path, bytes)| {
            let modified = fs::metadata(public.join(&path))
                .unwrap()
                .modified()
                .unwrap();
            (path, bytes, modified)
        })
        .collect()
}

#[test]
fn a_site_is_built_from_the_binary_alone() {
    let project = Project::small();
    let run = project.run(&["build"]).expect(0);
    assert!(
        run.stdout.starts_with("Built 2 pages in public: "),
        "{}",
        run.stdout
    );
    let home = project.read("public/index.html");
    assert!(home.contains("<h1>Home</h1>"), "{home}");
    assert!(
        project
            .read("public/timeline/index.html")
            .contains("The vote")
    );
    for file in ["404.html", "robots.txt", ".nojekyll", ".nutgraf.json"] {
        assert!(project.path("public").join(file).exists(), "{file}");
    }
}

#[test]
fn a_project_is_found_from_a_folder_below_it() {
    let project = Project::small();
    let mut command = nutgraf(&["build", "-q"]);
    command.current_dir(project.path("content"));
    let run = Run::of(command).expect(0);
    assert_eq!(run.stdout, "");
    assert!(project.path("public/index.html").exists());
}

#[test]
fn a_build_that_fails_leaves_the_output_as_it_was() {
    let project = Project::small();
    project.run(&["build"]).expect(0);
    let before = state(&project);
    project.write(
        "content/timeline.md",
        "---\ntitle: Timeline\nevents:\n  - {date: soon, title: A, source: paper}\n---\n",
    );
    project.write("content/new.md", "---\ntitle: New\n---\n");
    let run = project.run(&["build"]).expect(1);
    assert!(run.stderr.contains("[bad-date]"), "{}", run.stderr);
    assert_eq!(state(&project), before);
}

#[test]
fn a_template_that_fails_leaves_the_output_as_it_was() {
    let project = Project::small();
    project.run(&["build"]).expect(0);
    let before = state(&project);
    project.write("templates/timeline.html", "{{ page.nothing_of_that_name }}");
    let run = project.run(&["build"]).expect(1);
    assert!(run.stderr.contains("content/timeline.md"), "{}", run.stderr);
    assert_eq!(state(&project), before);
}

#[test]
fn check_finds_what_a_build_would() {
    let project = Project::small();
    project.write("templates/timeline.html", "{{ page.nothing_of_that_name }}");
    let run = project.run(&["check"]).expect(1);
    assert!(run.stderr.contains("[template-fault]"), "{}", run.stderr);
    assert!(!project.path("public").exists());
}

#[test]
fn a_record_with_a_fault_breaks_no_link_to_its_page() {
    let links = "[a](timeline.md), [b](timeline.md#vote), [c](timeline.md#later), [](event:vote)";
    let project = Project::new(&[
        ("site.yaml", "title: A site\n"),
        (
            "content/index.md",
            &format!("---\ntitle: Home\n---\n{links}\n"),
        ),
        (
            "content/timeline.md",
            "---\ntitle: Timeline\nevents:\n  - id: vote\n    titel: The vote\n    date: 2022\n    source: log\nsources: [{id: log, title: The log}]\n---\n## Later\n\n[Back](#vote)\n",
        ),
    ]);
    let run = project.run(&["check"]).expect(1);
    assert!(
        run.stderr.contains("content/timeline.md:5:5") && run.stderr.contains("1 error"),
        "{}",
        run.stderr
    );
}

#[test]
fn what_is_no_longer_made_is_removed_and_nothing_else() {
    let project = Project::small();
    project.run(&["build"]).expect(0);
    project.write("public/by-hand.txt", "mine");
    project.write("public/timeline/by-hand.txt", "mine");
    fs::remove_file(project.path("content/timeline.md")).unwrap();
    let run = project.run(&["build"]).expect(0);
    // The page, what the search shows of it, and the handout, which one page doesn't need.
    assert!(run.stdout.contains("3 removed"), "{}", run.stdout);
    assert!(!project.path("public/timeline/index.html").exists());
    assert!(project.path("public/timeline/by-hand.txt").exists());
    project.run(&["clean"]).expect(0);
    let left: Vec<String> = tree(&project.path("public")).into_keys().collect();
    assert_eq!(left, ["by-hand.txt", "timeline/by-hand.txt"]);
}

#[test]
fn files_that_stay_the_same_keep_their_time_stamps() {
    let project = Project::small();
    project.run(&["build"]).expect(0);
    let before = state(&project);
    let run = project.run(&["build"]).expect(0);
    assert!(run.stdout.contains(": 0 files changed"), "{}", run.stdout);
    assert_eq!(state(&project), before);
}

#[test]
fn what_others_did_to_the_output_is_put_right_though_no_source_has_changed() {
    let project = Project::small();
    project.run(&["build"]).expect(0);
    let before = tree(&project.path("public"));
    let home = project.path("public/index.html");
    let text = fs::read_to_string(&home).unwrap();
    let damages: [&dyn Fn(); 3] = [
        // As long as before.
        &|| fs::write(&home, text.replace("Home", "Hole")).unwrap(),
        &|| fs::remove_file(&home).unwrap(),
        &|| fs::remove_dir_all(project.path("public/timeline")).unwrap(),
    ];
    for damage in damages {
        damage();
        let run = project.run(&["build"]).expect(0);
        assert!(run.stdout.contains(": 1 file changed"), "{}", run.stdout);
        assert_eq!(tree(&project.path("public")), before);
    }
    let run = project.run(&["build"]).expect(0);
    assert!(run.stdout.contains(": 0 files changed"), "{}", run.stdout);
}

/// The bytes of what the last build noted for the next one.
fn note(project: &Project) -> (std::path::PathBuf, Vec<u8>) {
    let entries = fs::read_dir(project.path(".nutgraf")).unwrap();
    let mut places = entries.map(|entry| entry.unwrap().path());
    let place = places.find(|place| place.extension().is_some_and(|ending| ending == "json"));
    let place = place.unwrap();
    let bytes = fs::read(&place).unwrap();
    (place, bytes)
}

#[test]
fn a_build_with_nothing_to_do_says_what_the_last_one_said() {
    let project = Project::small();
    project.write(
        "content/about.md",
        "---\ntitle: About\n---\n\nA ship for 90 people.\n",
    );
    let first = project.run(&["build"]).expect(0);
    assert!(first.stderr.contains("90"), "{}", first.stderr);
    let n_pages = first.stdout.split(" in ").next().unwrap().to_owned();
    let before = state(&project);
    let run = project.run(&["build", "--timings"]).expect(0);
    assert!(
        run.stdout
            .contains("found everything as the last build left it")
    );
    assert!(run.stdout.contains(&n_pages) && run.stdout.contains(": 0 files changed"));
    assert_eq!(run.stderr, first.stderr);
    assert_eq!(state(&project), before);
    // What is said of the sources counts as it does in any build.
    project.write("content/about.md", "---\ntitle: About\n---\n\n<b>Raw</b>\n");
    project.run(&["build"]).expect(0);
    project.run(&["build", "--strict"]).expect(1);
}

#[test]
fn an_output_is_up_to_date_for_what_it_was_made_from_alone() {
    let project = Project::small();
    let is_settled = |args: &[&str]| {
        let args = [&["build", "--timings"], args].concat();
        let run = project.run(&args).expect(0);
        run.stdout
            .contains("found everything as the last build left it")
    };
    assert!(!is_settled(&[]));
    assert!(is_settled(&[]));
    let is_shown = |words: &str| project.read("public/index.html").contains(words);
    for args in [
        &["-u", "https://other.example/"][..],
        &["--drafts"],
        &["--today", "2031-01-01"],
        &[],
    ] {
        assert!(!is_settled(args), "{args:?}");
        assert!(is_settled(args), "{args:?}");
        assert_eq!(is_shown("https://other.example/"), args.contains(&"-u"));
    }
    let home = project.read("content/index.md");
    project.write("content/index.md", &home.replace("Home", "House"));
    assert!(!is_settled(&[]) && is_settled(&[]) && is_shown("House"));
    project.write("static/new.txt", "new");
    assert!(!is_settled(&[]) && is_settled(&[]));
    // A file of somebody else's in the output is nothing to a build, one in the place of ours is.
    project.write("public/theirs.txt", "theirs");
    assert!(is_settled(&[]));
    fs::remove_file(project.path("public/new.txt")).unwrap();
    assert!(!is_settled(&[]) && is_settled(&[]));
    assert_eq!(project.read("public/new.txt"), "new");
    // Another folder of the same project is another output.
    let other = project.path("other");
    assert!(!is_settled(&["-o", other.to_str().unwrap()]));
    assert!(is_settled(&[]));
}

#[test]
fn a_note_of_the_last_build_that_is_torn_or_foreign_counts_for_nothing() {
    let project = Project::small();
    project.run(&["build"]).expect(0);
    let fresh = tree(&project.path("public"));
    let (place, bytes) = note(&project);
    let other = Project::small();
    other.write("content/other.md", "---\ntitle: Other\n---\n");
    other.run(&["build"]).expect(0);
    let (_, foreign) = note(&other);
    let wrong: [&[u8]; 6] = [
        b"",
        b"{}",
        b"\0\0\0",
        &bytes[..bytes.len() / 2],
        &bytes[..bytes.len() - 1],
        &foreign,
    ];
    for wrong in wrong {
        fs::write(&place, wrong).unwrap();
        fs::write(project.path("public/index.html"), "by hand").unwrap();
        project.run(&["build"]).expect(0);
        assert_eq!(tree(&project.path("public")), fresh);
    }
    fs::remove_dir_all(project.path(".nutgraf")).unwrap();
    let run = project.run(&["build"]).expect(0);
    assert!(run.stdout.contains(": 0 files changed"), "{}", run.stdout);
    assert_eq!(tree(&project.path("public")), fresh);
}

#[cfg(unix)]
#[test]
fn what_readers_could_not_open_is_put_right_though_no_source_has_changed() {
    use std::os::unix::fs::{PermissionsExt, symlink};

    let project = Project::small();
    project.run(&["build"]).expect(0);
    let home = project.path("public/index.html");
    fs::set_permissions(&home, fs::Permissions::from_mode(0o600)).unwrap();
    let run = project.run(&["build"]).expect(0);
    assert!(run.stdout.contains(": 1 file changed"), "{}", run.stdout);
    assert_eq!(
        fs::metadata(&home).unwrap().permissions().mode() & 0o777,
        0o644
    );
    // A folder that is elsewhere now isn't the one that was built.
    fs::rename(project.path("public/timeline"), project.path("elsewhere")).unwrap();
    symlink(project.path("elsewhere"), project.path("public/timeline")).unwrap();
    project.run(&["build"]).expect(2);
}

#[test]
fn folders_that_hold_sources_are_refused_as_output() {
    let project = Project::small();
    let home = std::env::var("HOME").unwrap();
    let below_root = format!(
        "../{}",
        project.root().file_name().unwrap().to_str().unwrap()
    );
    for output in [
        ".",
        "..",
        "content",
        "content/x",
        "static",
        "templates/y",
        "/",
        &home,
        "public/../content",
        &below_root,
    ] {
        let run = project.run(&["build", "-o", output]).expect(2);
        assert!(run.stderr.contains("error: "), "{output}: {}", run.stderr);
    }
    assert_eq!(project.read("site.yaml"), "title: Test\n");
    assert!(project.path("content/index.md").exists());
}

#[test]
fn a_folder_with_files_of_others_is_refused_as_output() {
    let project = Project::small();
    project.write("elsewhere/thesis.txt", "years of work");
    project.run(&["build", "-o", "elsewhere"]).expect(2);
    let left: Vec<String> = tree(&project.path("elsewhere")).into_keys().collect();
    assert_eq!(left, ["thesis.txt"]);
}

#[test]
fn the_same_input_gives_the_same_bytes_everywhere() {
    let sites = [
        ("UTC", "1", "C"),
        ("Pacific/Kiritimati", "4", "tr_TR.UTF-8"),
        ("America/St_Johns", "2", "de_DE"),
    ];
    let outputs: Vec<_> = sites
        .iter()
        .map(|(zone, threads, locale)| {
            let project = Project::small();
            let mut command = project.command(&["build", "-q", "-u", "https://example.org/x/"]);
            command
                .env("TZ", zone)
                .env("RAYON_NUM_THREADS", threads)
                .env("LC_ALL", locale);
            Run::of(command).expect(0);
            tree(&project.path("public"))
        })
        .collect();
    assert_eq!(outputs[0], outputs[1]);
    assert_eq!(outputs[0], outputs[2]);
}

#[test]
fn pages_are_the_same_bytes_wherever_they_stand() {
    let with_base = |base: &[&str]| {
        let project = Project::small();
        let mut args = vec!["build", "-q"];
        args.extend(base);
        project.run(&args).expect(0);
        tree(&project.path("public"))
    };
    let rooted = with_base(&["-u", "https://example.org/"]);
    let below = with_base(&["-u", "https://example.org/repo/"]);
    for (path, bytes) in &rooted {
        let text = String::from_utf8_lossy(bytes);
        let other = String::from_utf8_lossy(&below[path]);
        let without =
            |text: &str| text.replace("https://example.org/repo/", "https://example.org/");
        if path == "404.html" || path == ".nutgraf.json" {
            continue;
        }
        assert_eq!(without(&text), without(&other), "{path}");
    }
    assert!(String::from_utf8_lossy(&below["404.html"]).contains("href=\"/repo/\""));
}

#[test]
fn line_ends_and_byte_order_marks_change_nothing() {
    let plain = Project::small();
    plain.run(&["build", "-q"]).expect(0);
    let other = Project::small();
    for file in ["content/index.md", "content/timeline.md"] {
        let text = other.read(file).replace('\n', "\r\n");
        other.write(file, &format!("\u{feff}{text}"));
    }
    other.run(&["build", "-q"]).expect(0);
    assert_eq!(tree(&plain.path("public")), tree(&other.path("public")));
}

#[test]
fn drafts_are_shown_only_when_asked_for() {
    let project = Project::small();
    project.write("content/later.md", "---\ntitle: Later\ndraft: true\n---\n");
    project.run(&["build", "-q"]).expect(0);
    assert!(!project.path("public/later/index.html").exists());
    project.run(&["build", "-q", "--drafts"]).expect(0);
    assert!(project.path("public/later/index.html").exists());
}

#[test]
fn strict_takes_warnings_as_errors() {
    let project = Project::small();
    project.write("content/page.md", "---\ntitle: Page\n---\n<b>raw</b>\n");
    project.run(&["check"]).expect(0);
    project.run(&["check", "--strict"]).expect(1);
    project.run(&["build", "--strict"]).expect(1);
    assert!(!project.path("public").exists());
}

#[test]
fn faults_are_given_to_machines() {
    let project = Project::small();
    project.write("content/page.md", "---\ntitle: Page\nwieght: 3\n---\n");
    let run = project.run(&["check", "--format", "json"]).expect(1);
    let faults: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    let fault = faults
        .as_array()
        .unwrap()
        .iter()
        .find(|fault| fault["code"] == "unknown-field")
        .unwrap();
    assert_eq!(fault["file"], "content/page.md");
    assert_eq!(fault["line"], 3);
    assert_eq!(fault["column"], 1);
    let run = project.run(&["check", "--format", "github"]).expect(1);
    let line = run
        .stdout
        .lines()
        .find(|line| line.starts_with("::error "))
        .unwrap();
    assert!(
        line.contains("file=content/page.md") && line.contains("line=3"),
        "{line}"
    );
}

#[test]
fn wrong_use_is_told_apart_from_faults() {
    let empty = Project::new(&[]);
    let run = empty.run(&["build"]).expect(2);
    assert!(
        run.stderr.contains("help: run `nutgraf init`"),
        "{}",
        run.stderr
    );
    empty.run(&["build", "--no-such-flag"]).expect(2);
    empty.run(&["build", "-r", "nowhere"]).expect(2);
    Project::small()
        .run(&["build", "-u", "ftp://example.org"])
        .expect(2);
}

#[test]
fn an_event_says_where_it_happened() {
    let project = Project::small();
    project.write(
        "content/timeline.md",
        "---\ntitle: Timeline\nsources:\n  - {id: log, title: The log}\nevents:\n  - {date: 2022-09-07, title: The ferry stops, place: Old Pier, source: log}\n---\n",
    );
    project.run(&["build"]).expect(0);
    let page = project.read("public/timeline/index.html");
    assert!(
        page.contains("<span class=\"place\">Old Pier</span>"),
        "{page}"
    );
    let location = "\"location\":{\"@type\":\"Place\",\"name\":\"Old Pier\"}";
    assert!(page.contains(location), "{page}");
}

#[test]
fn completions_and_schemas_are_printed() {
    let empty = Project::new(&[]);
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let run = empty.run(&["completions", shell]).expect(0);
        assert!(run.stdout.contains("nutgraf"), "{shell}");
    }
    let run = empty.run(&["schema"]).expect(0);
    let schema: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    assert!(schema["properties"]["events"].is_object());
    let run = empty.run(&["schema", "--format", "markdown"]).expect(0);
    assert!(run.stdout.contains("## An item of `events`\n"));
    let run = empty.run(&["schema", "site"]).expect(0);
    let schema: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    assert!(schema["properties"]["base_url"].is_object());
}

#[test]
fn the_demonstration_site_builds_without_a_warning() {
    let output = tempfile::tempdir().unwrap();
    let mut command = nutgraf(&["build", "--strict", "-r", env!("CARGO_MANIFEST_DIR"), "-o"]);
    command.arg(output.path().join("public"));
    let run = Run::of(command).expect(0);
    assert!(!run.stderr.contains("warning"), "{}", run.stderr);
}

#[cfg(unix)]
#[test]
fn a_site_without_its_pages_never_replaces_the_one_that_is_there() {
    let project = Project::small();
    project.run(&["build"]).expect(0);
    let before = tree(&project.path("public"));
    let content = project.path("content");
    let vault = project.path("vault");
    fs::rename(&content, &vault).unwrap();
    let refused = |said: &str| {
        for command in ["check", "build"] {
            let run = project.run(&[command]).expect(1);
            assert!(run.stderr.contains(said), "{}", run.stderr);
            assert_eq!(run.stderr.matches("error[").count(), 1, "{}", run.stderr);
        }
        assert_eq!(tree(&project.path("public")), before);
    };
    refused("the site has no pages");
    std::os::unix::fs::symlink(&vault, &content).unwrap();
    refused("`content` is a symbolic link");
    fs::remove_file(&content).unwrap();
    fs::create_dir(&content).unwrap();
    refused("the site has no pages");
    project.write("content/vote.md", "---\ntitle: The vote\n---\n");
    refused("the site has no home page");
    project.write("content/index.md", "---\ntitle: Home\ndraft: true\n---\n");
    refused("`content/index.md` is held back");
    project.run(&["build", "--drafts"]).expect(0);
}
