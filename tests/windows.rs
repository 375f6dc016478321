//! What comes from Windows: line ends, paths, names. There is no Windows here, but there are its files.

#![allow(clippy::unwrap_used, reason = "a test that can't go on should stop")]

mod support;

use std::fs;
use std::path::Path;

use support::{Project, tree};

/// A golden site's sources, each changed by `change`.
fn site(name: &str, change: impl Fn(&str, Vec<u8>) -> Vec<u8>) -> Project {
    let project = Project::new(&[]);
    let from = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/golden")
        .join(name)
        .join("in");
    for (path, bytes) in tree(&from) {
        let to = project.path(&path);
        fs::create_dir_all(to.parent().unwrap()).unwrap();
        fs::write(to, change(&path, bytes)).unwrap();
    }
    project
}

/// Whether a file is read, as opposed to published as it is.
fn is_text(path: &str) -> bool {
    !path.starts_with("static/")
        && [".md", ".yaml", ".txt", ".html", ".lock"]
            .iter()
            .any(|ending| path.ends_with(ending))
}

/// As an editor on Windows saves a file: with `\r\n` and, if `marked`, a byte order mark.
fn from_windows(bytes: Vec<u8>, marked: bool) -> Vec<u8> {
    let text = String::from_utf8(bytes).unwrap().replace('\n', "\r\n");
    let mark = if marked { "\u{feff}" } else { "" };
    format!("{mark}{text}").into_bytes()
}

#[test]
fn a_site_with_the_line_ends_of_windows_is_the_same_site() {
    for name in ["newsroom", "two-outlets"] {
        let built = |project: &Project| {
            let run = project.run(&["build", "--today", "2026-01-01"]);
            assert_eq!(run.code, 0, "{name}: {}", run.stderr);
            tree(&project.path("public"))
        };
        let expected = built(&site(name, |_, bytes| bytes));
        for marked in [false, true] {
            let found = built(&site(name, |path, bytes| {
                if is_text(path) {
                    from_windows(bytes, marked)
                } else {
                    bytes
                }
            }));
            let names = |files: &std::collections::BTreeMap<String, Vec<u8>>| {
                files.keys().cloned().collect::<Vec<_>>()
            };
            assert_eq!(names(&found), names(&expected), "{name}");
            for (path, bytes) in &expected {
                assert!(
                    found[path] == *bytes,
                    "{name}, marked: {marked}: {path} differs"
                );
            }
        }
    }
}

#[test]
fn paths_with_backslashes_are_answered_with_the_path_to_write() {
    let project = Project::new(&[
        ("site.yaml", "title: A site\r\n"),
        (
            "content/index.md",
            "---\r\ntitle: Home\r\nimage: {file: photos\\quay.svg, alt: A quay}\r\nfeatured: [news\\one.md]\r\n\
             sources:\r\n  - {id: a, title: A, text: sources\\private\\a.txt}\r\n\
             \u{20}\u{20}- {id: b, title: B, text: 'C:\\Users\\ada\\b.txt'}\r\n---\r\n\
             [one](news\\one.md), [two](C:\\Users\\ada\\two.md), [three](file:///home/ada/three.md) [@a] [@b].\r\n",
        ),
        ("content/news/one.md", "---\ntitle: One\n---\nOne.\n"),
    ]);
    let shown = project.run(&["check"]).expect(1).stderr;
    for words in [
        "`photos\\quay.svg` contains `\\`; expected `/` between folders",
        "help: write `photos/quay.svg`",
        "help: write `news/one.md`",
        "help: write `sources/private/a.txt`",
        "`C:\\Users\\ada\\b.txt` is a file of one computer alone",
        "`news\\one.md` contains `\\`; expected `news/one.md`",
        "`C:\\Users\\ada\\two.md` is a file of one computer alone",
        "`file:///home/ada/three.md` is a file of one computer alone",
    ] {
        assert!(shown.contains(words), "no {words} in {shown}");
    }
    // One report for each, and none that follows from another.
    assert!(shown.contains("7 errors"), "{shown}");
}

#[test]
fn names_that_windows_refuses_or_takes_for_one_are_named() {
    let page = "---\ntitle: A page\n---\nText.\n";
    let project = Project::new(&[
        ("site.yaml", "title: A site\n"),
        ("content/index.md", "---\ntitle: Home\n---\nHello.\n"),
        ("content/con.md", page),
        ("content/Lpt1/index.md", page),
        ("content/dot./index.md", page),
        ("content/Quay.md", page),
        ("content/quay.md", page),
    ]);
    let shown = project.run(&["check"]).expect(1).stderr;
    for words in [
        "`content/con.md` is `con`, which is a device on Windows",
        "`content/Lpt1` is `Lpt1`, which is a device on Windows",
        "content/dot.",
        "`content/Quay.md` has the address `/quay/` as well",
    ] {
        assert!(shown.contains(words), "no {words} in {shown}");
    }
}

#[test]
fn commands_take_paths_with_backslashes() {
    let project = Project::new(&[]);
    let shown = project.run(&["theme", "show", "partials\\figure.html"]);
    assert_eq!(shown.code, 0, "{}", shown.stderr);
}
