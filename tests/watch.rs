//! What a preview and a watched build notice: every way of saving, creating, moving and deleting.

#![allow(clippy::unwrap_used, reason = "a test that can't go on should stop")]

mod preview;

use std::fs::OpenOptions;
use std::io::Write;
use std::sync::Arc;
use std::time::{Duration, Instant};

use nutgraf::config;
use nutgraf::diag::Diagnostics;
use nutgraf::edition::{Depth, Edition, Settings};
use nutgraf::output::{Staging, Target};
use nutgraf::serve::{ServeOptions, WatchOptions};

use preview::{PATIENCE, Preview, Project, Said, files, published};

fn page(text: &str) -> String {
    format!("---\ntitle: About\n---\n{text}\n")
}

fn small() -> Preview {
    Project::small().serve()
}

#[test]
fn every_editors_way_of_saving_is_noticed_and_its_litter_is_not() {
    let preview = small();
    let project = &preview.project;
    let save_in_place = |text: &str| project.write("content/about.md", text);
    type Save<'a> = &'a dyn Fn(&str);
    let ways: [(&str, Save<'_>); 8] = [
        ("in place", &save_in_place),
        ("a new file over the old one", &|text| {
            project.write("content/.about.md.tmp123", text);
            project.rename("content/.about.md.tmp123", "content/about.md");
        }),
        ("vim", &|text| {
            project.write("content/.about.md.swp", "swap");
            project.write("content/4913", "");
            project.remove("content/4913");
            project.rename("content/about.md", "content/about.md~");
            save_in_place(text);
            project.remove("content/about.md~");
            project.remove("content/.about.md.swp");
        }),
        ("emacs", &|text| {
            #[cfg(unix)]
            std::os::unix::fs::symlink("user@host.1:1", project.at("content/.#about.md")).unwrap();
            project.write("content/#about.md#", "autosaved");
            std::fs::copy(
                project.at("content/about.md"),
                project.at("content/about.md~"),
            )
            .unwrap();
            save_in_place(text);
            project.remove("content/#about.md#");
            #[cfg(unix)]
            std::fs::remove_file(project.at("content/.#about.md")).unwrap();
        }),
        ("JetBrains", &|text| {
            project.write("content/about.md___jb_tmp___", text);
            project.rename("content/about.md", "content/about.md___jb_old___");
            project.rename("content/about.md___jb_tmp___", "content/about.md");
            project.remove("content/about.md___jb_old___");
        }),
        ("Kate", &|text| {
            project.write("content/.about.md.kate-swp", "swap");
            save_in_place(text);
            project.remove("content/.about.md.kate-swp");
        }),
        ("gedit", &|text| {
            project.write("content/.goutputstream-AB12CD", text);
            project.rename("content/.goutputstream-AB12CD", "content/about.md");
        }),
        ("deleted and made again", &|text| {
            project.remove("content/about.md");
            std::thread::sleep(Duration::from_millis(8));
            save_in_place(text);
        }),
    ];
    for (index, (way, save)) in ways.iter().enumerate() {
        // Twice, since some ways of saving lose the watch of a single file.
        for round in 0..2 {
            let words = format!("words {index} {round}");
            save(&page(&words));
            preview.wait_for_text("/about/", &words);
        }
        assert!(!preview.get("/").text().contains("nutgraf-faults"), "{way}");
    }
}

#[test]
fn a_file_that_is_empty_in_the_middle_of_a_save_is_waited_for() {
    let preview = small();
    let mut about = preview.listen("/about/");
    about.next();
    for n in 0..10 {
        let mut file = OpenOptions::new()
            .write(true)
            .truncate(true)
            .open(preview.project.at("content/about.md"))
            .unwrap();
        std::thread::sleep(Duration::from_millis(6));
        file.write_all(page(&format!("words {n}")).as_bytes())
            .unwrap();
        drop(file);
        preview.wait_for_text("/about/", &format!("words {n}"));
    }
    assert!(
        preview
            .said
            .reports
            .lock()
            .unwrap()
            .iter()
            .flatten()
            .all(|message| !message.contains("front matter"))
    );
}

#[test]
fn a_file_that_is_written_slowly_is_right_in_the_end() {
    let preview = small();
    let mut file = OpenOptions::new()
        .write(true)
        .truncate(true)
        .open(preview.project.at("content/about.md"))
        .unwrap();
    for part in [
        "---\ntitle: Ab",
        "out\nkey_po",
        "ints: [one]\n--",
        "-\nSlow, but ",
        "there\n",
    ] {
        file.write_all(part.as_bytes()).unwrap();
        std::thread::sleep(Duration::from_millis(30));
    }
    drop(file);
    let page = preview.wait_for_text("/about/", "Slow, but there");
    assert!(!page.text().contains("nutgraf-faults"));
}

#[test]
fn new_folders_are_watched_however_deep_and_however_fast_they_are_filled() {
    let preview = small();
    for round in 0..5 {
        let folder = format!("content/new{round}/deep/deeper");
        preview
            .project
            .write(&format!("{folder}/c.md"), &page("made at once"));
        preview.wait_for_text(&format!("/new{round}/deep/deeper/c/"), "made at once");
        preview
            .project
            .write(&format!("{folder}/d.md"), &page("made later"));
        preview.wait_for_text(&format!("/new{round}/deep/deeper/d/"), "made later");
        preview
            .project
            .write(&format!("{folder}/c.md"), &page("edited"));
        preview.wait_for_text(&format!("/new{round}/deep/deeper/c/"), "edited");
    }
}

#[test]
fn folders_are_followed_when_they_are_moved_and_gone_when_they_are_deleted() {
    let preview = small();
    preview.project.write("content/a/x.md", &page("in a"));
    preview.wait_for_text("/a/x/", "in a");
    preview.project.rename("content/a", "content/b");
    preview.wait_for_text("/b/x/", "in a");
    preview.wait("/a/x/", |answer| answer.status == 404);
    preview.project.write("content/b/x.md", &page("in b"));
    preview.wait_for_text("/b/x/", "in b");
    preview.project.remove("content/b");
    preview.wait("/b/x/", |answer| answer.status == 404);
}

#[test]
fn source_folders_may_come_and_go() {
    let preview = small();
    preview.project.write("static/_redirects", "none yet");
    preview.wait_for_text("/_redirects", "none yet");
    preview
        .project
        .write("static/_redirects", "a file without an ending");
    preview.wait_for_text("/_redirects", "a file without an ending");
    preview.project.write("templates/page.html", "<p>own</p>");
    preview.wait_for_text("/about/", "<p>own</p>");
    preview.project.rename("templates", "elsewhere");
    preview.wait_for_text("/about/", "<main");
    preview
        .project
        .write("elsewhere/page.html", "<p>not yet</p>");
    preview.project.rename("elsewhere", "templates");
    preview.wait_for_text("/about/", "<p>not yet</p>");
    preview.project.write("templates/page.html", "<p>again</p>");
    preview.wait_for_text("/about/", "<p>again</p>");
    preview.project.remove("static");
    preview.wait("/_redirects", |answer| answer.status == 404);
}

#[test]
fn the_project_itself_may_be_moved_away_and_back() {
    let preview = small();
    let away = preview.project.root().with_file_name("away");
    std::fs::rename(preview.project.root(), &away).unwrap();
    preview.wait_until_said(|said| {
        said.lines
            .lock()
            .unwrap()
            .iter()
            .any(|line| line.starts_with("error: "))
    });
    assert!(preview.get("/").text().contains("Hello."));
    std::fs::rename(&away, preview.project.root()).unwrap();
    preview
        .project
        .write("content/index.md", &page("Back again"));
    preview.wait_for_text("/", "Back again");
    preview
        .project
        .write("content/index.md", &page("And watched"));
    preview.wait_for_text("/", "And watched");
}

#[test]
fn a_switch_of_branches_is_one_update() {
    let project = Project::small();
    let root = project.at("");
    let git = |args: &[&str]| {
        let who = ["-c", "user.name=Ann", "-c", "user.email=ann@example.org"];
        let mut command = std::process::Command::new("git");
        command.current_dir(&root).args(who).args(args);
        let status = command.status().unwrap();
        assert!(status.success(), "git {args:?}");
    };
    git(&["init", "--quiet", "--initial-branch=main"]);
    for branch in ["main", "other"] {
        for n in 0..1000 {
            let text = page(&format!("{branch} {n}"));
            project.write(&format!("content/many/{n}.md"), &text);
        }
        git(&["add", "."]);
        git(&["commit", "--quiet", "--message", branch]);
        git(&["checkout", "--quiet", "-B", "other"]);
    }
    git(&["checkout", "--quiet", "main"]);
    let preview = project.serve();
    preview.wait_for_text("/many/999/", "main 999");
    git(&["checkout", "--quiet", "other"]);
    for n in (0..1000).step_by(100) {
        preview.wait_for_text(&format!("/many/{n}/"), &format!("other {n}"));
    }
    assert_eq!(preview.n_updates_in_the_end(), 1);
}

#[test]
fn a_thousand_new_files_are_few_updates() {
    let preview = small();
    let before = preview.n_updates();
    for n in 0..1000 {
        preview
            .project
            .write(&format!("content/many/{n}.md"), &page(&format!("page {n}")));
    }
    for n in (0..1000).rev().step_by(100) {
        preview.wait_for_text(&format!("/many/{n}/"), &format!("page {n}"));
    }
    // On a machine that is busy elsewhere, the writing itself pauses again and again.
    let n_updates = preview.n_updates() - before;
    assert!(n_updates <= 5, "{n_updates} updates");
}

#[test]
fn nothing_happens_when_nothing_has_changed() {
    let preview = small();
    let text = std::fs::read_to_string(preview.project.at("content/about.md")).unwrap();
    preview.project.write("content/about.md", &text);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let permissions = std::fs::Permissions::from_mode(0o600);
        std::fs::set_permissions(preview.project.at("content/about.md"), permissions).unwrap();
    }
    preview.project.write("public/index.html", "no source");
    preview.project.write("notes.txt", "no source");
    preview
        .project
        .write("content/index.md", &page("A real change"));
    preview.wait_for_text("/", "A real change");
    assert_eq!(preview.n_updates_in_the_end(), 1);
}

#[test]
fn files_that_are_ignored_from_now_on_are_gone_and_come_back() {
    let preview = small();
    preview
        .project
        .write("site.yaml", "title: A site\nignore: [about.md]\n");
    preview.wait("/about/", |answer| answer.status == 404);
    preview.project.write("site.yaml", "title: A site\n");
    preview.wait_for_text("/about/", "About us.");
}

#[test]
fn a_change_in_the_middle_of_an_update_is_not_lost() {
    let preview = small();
    for n in 0..200 {
        preview
            .project
            .write("content/about.md", &page(&format!("edit {n}")));
        if n % 20 == 0 {
            preview.get("/about/");
        }
    }
    preview.wait_for_text("/about/", "edit 199");
}

#[cfg(unix)]
#[test]
fn what_is_no_file_is_reported_and_harms_nothing() {
    let preview = small();
    std::os::unix::fs::symlink("/etc/passwd", preview.project.at("content/passwd.md")).unwrap();
    let is_told = |said: &Said| {
        let reports = said.reports.lock().unwrap();
        reports
            .iter()
            .flatten()
            .any(|message| message.contains("content/passwd.md"))
    };
    preview.wait_until_said(is_told);
    assert_eq!(preview.get("/passwd/").status, 404);
    std::fs::remove_file(preview.project.at("content/passwd.md")).unwrap();
    preview
        .project
        .write("content/passwd.md", &page("A file now"));
    preview.wait_for_text("/passwd/", "A file now");
}

#[test]
fn polling_notices_the_same() {
    let project = Project::small();
    let options = ServeOptions {
        poll: true,
        read_only: false,
        ..project.options()
    };
    let preview = project.serve_with(options);
    preview.project.write("content/about.md", &page("polled"));
    preview.wait_for_text("/about/", "polled");
    preview
        .project
        .write("content/new/deep/c.md", &page("made"));
    preview.wait_for_text("/new/deep/c/", "made");
    preview.project.rename("content/new", "content/moved");
    preview.wait_for_text("/moved/deep/c/", "made");
    preview.wait("/new/deep/c/", |answer| answer.status == 404);
    preview.project.remove("content/moved");
    preview.wait("/moved/deep/c/", |answer| answer.status == 404);
    preview.project.write("site.yaml", "title: Polled name\n");
    preview.wait_for_text("/", "Polled name");
}

/// A clean build of a project, in memory.
fn clean_build(project: &Project) -> Option<std::collections::BTreeMap<String, Vec<u8>>> {
    let mut faults = Diagnostics::new();
    let snapshot = config::snapshot(&project.root(), &mut faults).unwrap();
    let edition = Edition::new(snapshot.into(), Settings::default());
    if edition.faults(Depth::Templates).has_errors() || faults.has_errors() {
        return None;
    }
    let files = edition.outputs().into_keys().map(|path| {
        let content = edition.render(&path).unwrap().unwrap();
        (path.to_string(), content.bytes().to_vec())
    });
    Some(files.collect())
}

/// What stands in the output folder, without the list of what is there.
fn written(project: &Project) -> std::collections::BTreeMap<String, Vec<u8>> {
    let public = project.at("public");
    if !public.is_dir() {
        return std::collections::BTreeMap::new();
    }
    // Files that are just being put in place may vanish between a look and a read.
    let read = std::panic::catch_unwind(|| files(&public)).unwrap_or_default();
    read.into_iter()
        .filter(|(path, _)| path != ".nutgraf.json")
        .collect()
}

fn start_watch(project: &Project) -> Arc<Said> {
    let said = Arc::new(Said::default());
    let options = WatchOptions {
        root: project.root(),
        settings: Settings::default(),
        target: Target::resolve(&project.at("public"), &project.root()).unwrap(),
        poll: false,
    };
    let console = said.clone();
    std::thread::spawn(move || nutgraf::serve::watch(options, &*console).map(drop).unwrap());
    said
}

#[track_caller]
fn wait_for_clean_output(project: &Project, said: &Said) {
    let expected = clean_build(project).expect("no faults");
    let start = Instant::now();
    while written(project) != expected {
        assert!(
            start.elapsed() < PATIENCE,
            "{:#?}",
            said.lines.lock().unwrap()
        );
        std::thread::sleep(Duration::from_millis(5));
    }
}

#[test]
fn a_watched_build_writes_what_a_clean_build_does() {
    let project = Project::small();
    let said = start_watch(&project);
    wait_for_clean_output(&project, &said);
    project.write("content/new/page.md", &page("A new page"));
    wait_for_clean_output(&project, &said);
    project.rename("content/new", "content/old");
    wait_for_clean_output(&project, &said);
    project.write("templates/page.html", "<p>{{ page.title }}</p>");
    wait_for_clean_output(&project, &said);
    project.remove("content/old");
    project.remove("templates");
    wait_for_clean_output(&project, &said);
}

#[test]
fn a_watched_build_with_faults_changes_nothing_until_they_are_mended() {
    let project = Project::small();
    let said = start_watch(&project);
    wait_for_clean_output(&project, &said);
    let good = written(&project);
    project.write(
        "content/about.md",
        "---\ntitle: About\n---\n[Gone](gone.md)\n",
    );
    let start = Instant::now();
    while !said
        .reports
        .lock()
        .unwrap()
        .iter()
        .flatten()
        .any(|message| message.contains("gone.md"))
    {
        assert!(start.elapsed() < PATIENCE);
        std::thread::sleep(Duration::from_millis(5));
    }
    assert_eq!(written(&project), good);
    project.write("content/about.md", &page("Mended"));
    wait_for_clean_output(&project, &said);
}

#[test]
fn an_edit_during_another_build_is_written_when_that_is_over() {
    let project = Project::small();
    let said = start_watch(&project);
    wait_for_clean_output(&project, &said);
    let target = Target::resolve(&project.at("public"), &project.root()).unwrap();
    // What is on disk may be complete a moment before the first build gives the folder back.
    let start = Instant::now();
    let other = loop {
        match Staging::begin(&target, None) {
            Ok(other) => break other,
            Err(error) => assert!(start.elapsed() < PATIENCE, "{error}"),
        }
        std::thread::yield_now();
    };
    project.write("content/about.md", &page("Edited meanwhile."));
    wait_until_said(&said, "error: ");
    drop(other);
    wait_for_clean_output(&project, &said);
}

/// The system's own limits are raised while a program runs, and nobody tells it.
#[cfg(target_os = "linux")]
#[test]
fn an_edit_that_could_not_be_read_is_read_as_soon_as_it_can_be() {
    use rustix::process::{Pid, Resource, Rlimit, getrlimit, prlimit};
    use std::io::{BufRead, BufReader};
    use std::process::{Command, Stdio};

    let project = Project::small();
    let mut watch = Command::new(env!("CARGO_BIN_EXE_nutgraf"))
        .args(["watch", "--root"])
        .arg(project.root())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let pid = Pid::from_raw(i32::try_from(watch.id()).unwrap());
    let out = BufReader::new(watch.stdout.take().unwrap()).lines();
    let (sender, lines) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        out.map_while(Result::ok)
            .all(|line| sender.send(line).is_ok())
    });
    let wait_for = |words: &str| while !lines.recv_timeout(PATIENCE).unwrap().contains(words) {};
    wait_for("Built");

    let usual = getrlimit(Resource::Nofile);
    let none = Rlimit {
        current: Some(1),
        ..usual
    };
    prlimit(pid, Resource::Nofile, none).unwrap();
    project.write("content/about.md", &page("Edited meanwhile."));
    wait_for("error: ");
    prlimit(pid, Resource::Nofile, usual).unwrap();
    wait_for("Built");
    let built = std::fs::read_to_string(project.at("public/about/index.html")).unwrap();
    watch.kill().unwrap();
    watch.wait().unwrap();
    assert!(built.contains("Edited meanwhile."));
}

#[track_caller]
fn wait_until_said(said: &Said, words: &str) {
    let start = Instant::now();
    while !said
        .lines
        .lock()
        .unwrap()
        .iter()
        .any(|line| line.contains(words))
    {
        assert!(
            start.elapsed() < PATIENCE,
            "{:#?}",
            said.lines.lock().unwrap()
        );
        std::thread::sleep(Duration::from_millis(5));
    }
}

#[test]
fn after_any_sequence_of_saves_preview_and_output_equal_a_clean_build() {
    let preview = small();
    let project = &preview.project;
    let said = start_watch(project);
    // A fixed sequence of numbers: the same run everywhere.
    let mut seed = 20_250_124_u32;
    let mut random = |limit: u32| {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (seed >> 16) % limit
    };
    let paths = [
        "content/index.md",
        "content/about.md",
        "content/a/index.md",
        "content/a/b/c.md",
        "static/x.txt",
        "templates/page.html",
    ];
    for step in 0..60 {
        let path = paths[random(6) as usize];
        let text = match (path, random(4)) {
            ("static/x.txt", n) => format!("file {n}"),
            ("templates/page.html", n) => format!("<p>{n} {{{{ page.title }}}}</p>"),
            (_, 0) => "---\ntitle: [\n---\n".to_owned(),
            (_, n) => page(&format!("step {step} {n}")),
        };
        match random(5) {
            0 if path != "content/index.md" && project.at(path).exists() => project.remove(path),
            1 if project.at("content/a").exists() => {
                let _taken = std::fs::rename(project.at("content/a"), project.at("content/moved"));
            }
            _ => project.write(path, &text),
        }
        if step % 15 != 14 {
            continue;
        }
        for path in files(&project.at("content"))
            .keys()
            .filter(|path| path.ends_with(".md"))
        {
            project.write(&format!("content/{path}"), &page(&format!("fixed {step}")));
        }
        let expected = clean_build(project).expect("no faults");
        for (path, bytes) in &expected {
            preview.wait(&format!("/{path}"), |answer| {
                if path.ends_with(".html") {
                    published(&answer.text()).as_bytes() == bytes
                } else {
                    answer.body == *bytes
                }
            });
        }
        wait_for_clean_output(project, &said);
    }
}
