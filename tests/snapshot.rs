//! What a snapshot takes from a disk, what it leaves out, and that a refresh is as good as a new read.

#![expect(
    clippy::unwrap_used,
    reason = "a failure to set up a test is a failure of the test"
)]

use std::fs;
use std::path::Path;
use std::sync::Arc;

use nutgraf::diag::{Code, Diagnostics};
use nutgraf::project::{Ignore, Snapshot, SourcePath};
use proptest::prelude::*;
use tempfile::TempDir;

fn project(files: &[(&str, &[u8])]) -> TempDir {
    let root = tempfile::tempdir().unwrap();
    for (path, bytes) in files {
        put(root.path(), path, bytes);
    }
    root
}

fn put(root: &Path, path: &str, bytes: &[u8]) {
    let place = root.join(path);
    fs::create_dir_all(place.parent().unwrap()).unwrap();
    fs::write(place, bytes).unwrap();
}

fn ignore(patterns: &[&str]) -> Ignore {
    let patterns = patterns
        .iter()
        .map(|pattern| (*pattern).to_owned())
        .collect();
    Ignore { patterns }
}

/// The snapshot of a project, and its faults as `code path`.
fn read(root: &Path, ignore: &Ignore) -> (Snapshot, Vec<String>) {
    let mut diagnostics = Diagnostics::new();
    let snapshot = Snapshot::read(root, ignore, &mut diagnostics).unwrap();
    (snapshot, listed(&diagnostics))
}

fn listed(diagnostics: &Diagnostics) -> Vec<String> {
    diagnostics
        .sorted()
        .iter()
        .map(|fault| {
            format!(
                "{} {}: {}",
                fault.code.name(),
                fault.place.file,
                fault.message
            )
        })
        .collect()
}

fn names(snapshot: &Snapshot) -> Vec<&str> {
    snapshot.iter().map(|file| file.path.as_str()).collect()
}

/// Asserts which files a project of `files` has in its snapshot.
fn check(files: &[&str], patterns: &[&str], expected: &[&str]) {
    let files: Vec<(&str, &[u8])> = files.iter().map(|path| (*path, &b"x"[..])).collect();
    let root = project(&files);
    let (snapshot, faults) = read(root.path(), &ignore(patterns));
    assert_eq!(names(&snapshot), expected);
    assert_eq!(faults, [""; 0]);
}

#[test]
fn sources_are_what_the_five_names_at_the_root_hold() {
    check(
        &[
            "site.yaml",
            "evidence.lock",
            "README.md",
            "content/b.md",
            "content/a/index.md",
            "templates/base.html",
            "static/logo.svg",
            "public/index.html",
            "src/main.rs",
        ],
        &[],
        &[
            "content/a/index.md",
            "content/b.md",
            "evidence.lock",
            "site.yaml",
            "static/logo.svg",
            "templates/base.html",
        ],
    );
}

#[test]
fn an_empty_project_is_an_empty_snapshot() {
    check(&[], &[], &[]);
}

#[test]
fn dot_files_and_litter_are_left_out_and_listed() {
    let root = project(&[
        ("static/.env", b"secret"),
        ("static/.git/config", b"x"),
        ("static/.well-known/security.txt", b"x"),
        ("static/.well-known/.hidden", b"x"),
        ("content/.well-known/a.md", b"x"),
        ("content/a.md", b"x"),
        ("content/.a.md.swp", b"x"),
        ("content/a.md~", b"x"),
        ("content/#a.md#", b"x"),
        ("content/4913", b"x"),
        ("static/Thumbs.db", b"x"),
    ]);
    let (snapshot, faults) = read(root.path(), &Ignore::default());
    assert_eq!(
        names(&snapshot),
        ["content/a.md", "static/.well-known/security.txt"]
    );
    assert_eq!(faults, [""; 0]);
    let skipped: Vec<&str> = snapshot.skipped().map(SourcePath::as_str).collect();
    assert_eq!(
        skipped,
        [
            "content/#a.md#",
            "content/.a.md.swp",
            "content/.well-known",
            "content/4913",
            "content/a.md~",
            "static/.env",
            "static/.git",
            "static/.well-known/.hidden",
            "static/Thumbs.db",
        ]
    );
}

#[test]
fn patterns_leave_out_files_and_whole_folders() {
    check(
        &[
            "content/a.md",
            "content/a.draft.md",
            "content/raw/b.md",
            "static/x/photo.psd",
            "static/x/photo.png",
        ],
        &["content/*.draft.md", "content/raw/", "*.psd"],
        &["content/a.md", "static/x/photo.png"],
    );
}

#[test]
fn a_pattern_that_is_none_is_an_error_that_names_it() {
    let root = project(&[]);
    let error = Snapshot::read(root.path(), &ignore(&["[a"]), &mut Diagnostics::new()).unwrap_err();
    assert!(error.to_string().contains("`[a`"), "{error}");
}

#[test]
fn a_missing_root_is_an_error_that_names_it() {
    let root = project(&[]).path().join("nowhere");
    let error = Snapshot::read(&root, &Ignore::default(), &mut Diagnostics::new()).unwrap_err();
    assert!(error.to_string().contains("nowhere"), "{error}");
}

#[test]
fn names_that_some_system_cannot_have_are_reported() {
    let root = project(&[
        ("content/con.md", b"x"),
        ("content/ends./a.md", b"x"),
        ("content/line\nbreak.md", b"x"),
        ("static/50% of \"it\" #1?.txt", b"x"),
    ]);
    let (snapshot, faults) = read(root.path(), &Ignore::default());
    assert_eq!(names(&snapshot), ["static/50% of \"it\" #1?.txt"]);
    assert_eq!(faults.len(), 3, "{faults:?}");
    assert!(
        faults
            .iter()
            .all(|fault| fault.starts_with("bad-file-name content/")),
        "{faults:?}"
    );
}

#[test]
fn a_file_over_the_limit_is_reported_and_not_read() {
    let root = project(&[("content/a.md", b"x"), ("static/film.mp4", b"")]);
    let film = fs::File::options()
        .write(true)
        .open(root.path().join("static/film.mp4"))
        .unwrap();
    film.set_len(100 * 1024 * 1024).unwrap();
    assert_eq!(read(root.path(), &Ignore::default()).0.iter().count(), 2);

    film.set_len(100 * 1024 * 1024 + 1).unwrap();
    let (snapshot, faults) = read(root.path(), &Ignore::default());
    assert_eq!(names(&snapshot), ["content/a.md"]);
    assert_eq!(
        faults,
        [
            "file-too-large static/film.mp4: `static/film.mp4` has 101 MB, and files may have at most 100 MB"
        ]
    );
}

#[test]
fn a_name_is_one_whatever_form_of_unicode_the_disk_has() {
    check(&["content/cafe\u{301}.md"], &[], &["content/caf\u{e9}.md"]);
}

#[cfg(unix)]
mod unix {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::fs::symlink;
    use std::os::unix::net::UnixListener;

    use super::*;

    #[test]
    fn links_are_never_followed_wherever_they_lead() {
        let outside = project(&[("secret.md", b"secret"), ("folder/secret.md", b"secret")]);
        let root = project(&[("content/a.md", b"x")]);
        let content = root.path().join("content");
        symlink(outside.path().join("secret.md"), content.join("file.md")).unwrap();
        symlink(outside.path().join("folder"), content.join("folder")).unwrap();
        symlink("a.md", content.join("inside.md")).unwrap();
        symlink("self.md", content.join("self.md")).unwrap();
        symlink("..", content.join("up")).unwrap();
        symlink("nowhere", content.join("dangling.md")).unwrap();
        symlink(outside.path().join("folder"), root.path().join("static")).unwrap();
        symlink(
            outside.path().join("secret.md"),
            root.path().join("site.yaml"),
        )
        .unwrap();

        let (mut snapshot, faults) = read(root.path(), &Ignore::default());
        assert_eq!(names(&snapshot), ["content/a.md"]);
        assert_eq!(faults.len(), 8, "{faults:#?}");
        // Without what stands at the root, the site is another one.
        let (others, of_root) = faults.split_at(6);
        assert!(
            others.iter().all(|fault| fault.starts_with("not-a-file ")),
            "{faults:#?}"
        );
        for (fault, path) in of_root.iter().zip(["site.yaml", "static"]) {
            let expected = format!("missing-sources {path}: `{path}` is a symbolic link");
            assert!(fault.starts_with(&expected), "{faults:#?}");
        }
        let target = outside.path().join("folder").display().to_string();
        assert!(
            faults
                .iter()
                .any(|f| f.contains("`content/folder`") && f.contains(&target)),
            "{faults:#?}"
        );

        // Nor when a watcher names a file below a link.
        let mut diagnostics = Diagnostics::new();
        let below = [
            SourcePath::new("content/folder/secret.md"),
            SourcePath::new("static/secret.md"),
        ];
        snapshot
            .refresh(root.path(), &Ignore::default(), &below, &mut diagnostics)
            .unwrap();
        assert_eq!(names(&snapshot), ["content/a.md"]);
        assert_eq!(listed(&diagnostics), faults);
    }

    #[test]
    fn a_hard_link_is_a_plain_file() {
        let root = project(&[("content/a.md", b"x")]);
        let content = root.path().join("content");
        fs::hard_link(content.join("a.md"), content.join("b.md")).unwrap();
        assert_eq!(
            names(&read(root.path(), &Ignore::default()).0),
            ["content/a.md", "content/b.md"]
        );
    }

    #[test]
    fn pipes_and_sockets_are_reported_and_never_opened() {
        let root = project(&[("content/a.md", b"x")]);
        let pipe = root.path().join("content/pipe.md");
        let status = std::process::Command::new("mkfifo")
            .arg(&pipe)
            .status()
            .unwrap();
        assert!(status.success());
        let _socket = UnixListener::bind(root.path().join("content/socket.md")).unwrap();
        let (snapshot, faults) = read(root.path(), &Ignore::default());
        assert_eq!(names(&snapshot), ["content/a.md"]);
        assert_eq!(
            faults,
            [
                "not-a-file content/pipe.md: `content/pipe.md` is a named pipe, and is left out",
                "not-a-file content/socket.md: `content/socket.md` is a socket, and is left out",
            ]
        );
    }

    #[test]
    fn a_name_that_is_not_text_is_reported() {
        let root = project(&[("content/a.md", b"x")]);
        fs::write(
            root.path()
                .join("content")
                .join(OsStr::from_bytes(b"b\xff.md")),
            "x",
        )
        .unwrap();
        let (snapshot, faults) = read(root.path(), &Ignore::default());
        assert_eq!(names(&snapshot), ["content/a.md"]);
        assert_eq!(faults.len(), 1);
        assert!(faults[0].contains("isn't UTF-8"), "{faults:?}");
    }

    #[test]
    fn two_forms_of_one_name_are_reported() {
        let root = project(&[
            ("content/caf\u{e9}.md", b"composed"),
            ("content/cafe\u{301}.md", b"decomposed"),
        ]);
        let (snapshot, faults) = read(root.path(), &Ignore::default());
        assert_eq!(names(&snapshot), ["content/caf\u{e9}.md"]);
        assert!(
            faults[0].starts_with("bad-file-name content/caf\u{e9}.md: two files"),
            "{faults:?}"
        );
    }

    #[test]
    fn a_folder_of_two_hundred_levels_is_read() {
        let path = format!("content/{}a.md", "d/".repeat(200));
        check(&[&path], &[], &[&path]);
    }
}

#[test]
fn a_refresh_keeps_the_bytes_of_files_that_did_not_change() {
    let root = project(&[("content/a.md", b"same"), ("content/b.md", b"old")]);
    let (mut snapshot, _) = read(root.path(), &Ignore::default());
    let before = snapshot.clone();
    put(root.path(), "content/a.md", b"same");
    put(root.path(), "content/b.md", b"new");
    let all = [SourcePath::new("content")];
    snapshot
        .refresh(
            root.path(),
            &Ignore::default(),
            &all,
            &mut Diagnostics::new(),
        )
        .unwrap();
    let (a, b) = (
        SourcePath::new("content/a.md"),
        SourcePath::new("content/b.md"),
    );
    assert!(Arc::ptr_eq(
        &before.get(&a).unwrap().bytes,
        &snapshot.get(&a).unwrap().bytes
    ));
    assert_eq!(&*snapshot.get(&b).unwrap().bytes, b"new");
}

#[test]
fn a_refresh_never_reads_outside_the_sources() {
    let root = project(&[
        ("content/a.md", b"x"),
        ("README.md", b"x"),
        ("contents/b.md", b"x"),
    ]);
    let (mut snapshot, _) = read(root.path(), &Ignore::default());
    for path in [
        "README.md",
        "contents/b.md",
        "content/../README.md",
        "content//a.md",
        "/etc/passwd",
        ".",
    ] {
        let paths = [SourcePath::new(path)];
        snapshot
            .refresh(
                root.path(),
                &Ignore::default(),
                &paths,
                &mut Diagnostics::new(),
            )
            .unwrap();
        assert_eq!(names(&snapshot), ["content/a.md"], "{path}");
    }
}

#[test]
fn a_refresh_that_fails_changes_nothing() {
    let root = project(&[("content/a.md", b"x")]);
    let (mut snapshot, _) = read(root.path(), &Ignore::default());
    let before = snapshot.clone();
    let paths = [SourcePath::new("content")];
    fs::remove_dir_all(root.path()).unwrap();
    assert!(
        snapshot
            .refresh(
                root.path(),
                &Ignore::default(),
                &paths,
                &mut Diagnostics::new()
            )
            .is_err()
    );
    assert_eq!(snapshot, before);
}

#[test]
fn faults_of_files_that_were_not_read_again_are_still_recorded() {
    let root = project(&[("content/con.md", b"x"), ("content/a.md", b"x")]);
    let (mut snapshot, faults) = read(root.path(), &Ignore::default());
    let mut diagnostics = Diagnostics::new();
    let paths = [SourcePath::new("content/a.md")];
    snapshot
        .refresh(root.path(), &Ignore::default(), &paths, &mut diagnostics)
        .unwrap();
    assert_eq!(listed(&diagnostics), faults);
    assert_eq!(diagnostics.iter().next().unwrap().code, Code::BadFileName);
}

/// A change on disk.
#[derive(Clone, Debug)]
enum Edit {
    Write(&'static str, u8),
    Link(&'static str),
    Folder(&'static str),
    Delete(&'static str),
}

const PLACES: [&str; 18] = [
    "site.yaml",
    "evidence.lock",
    "content",
    "content/a",
    "content/a.md",
    "content/a/b.md",
    "content/a/b",
    "content/a/b/c.md",
    "content/a-b/c.md",
    "content/a/b.md~",
    "content/con.md",
    "content/caf\u{e9}",
    "content/caf\u{e9}/x.md",
    "content/cafe\u{301}/x.md",
    "content/raw/x.md",
    "static/.env",
    "static/.well-known/x",
    "templates/t.html",
];

fn edit() -> impl Strategy<Value = Edit> {
    let place = || prop::sample::select(&PLACES[..]);
    prop_oneof![
        4 => (place(), 0..3_u8).prop_map(|(path, byte)| Edit::Write(path, byte)),
        1 => place().prop_map(Edit::Link),
        1 => place().prop_map(Edit::Folder),
        2 => place().prop_map(Edit::Delete),
    ]
}

impl Edit {
    /// Makes the change and returns the paths that a watcher would name.
    fn apply(&self, root: &Path) -> Vec<SourcePath> {
        let (Self::Write(path, _) | Self::Link(path) | Self::Folder(path) | Self::Delete(path)) =
            self;
        let mut changed = vec![SourcePath::new(path)];
        if !matches!(self, Self::Delete(_)) {
            for (end, _) in path.match_indices('/') {
                if clear(&root.join(&path[..end]), true) {
                    changed.push(SourcePath::new(&path[..end]));
                }
            }
        }
        let place = root.join(path);
        clear(&place, matches!(self, Self::Folder(_)));
        if !matches!(self, Self::Delete(_)) {
            fs::create_dir_all(place.parent().unwrap()).unwrap();
        }
        match self {
            Self::Write(_, byte) => fs::write(place, [*byte]).unwrap(),
            #[cfg(unix)]
            Self::Link(_) => std::os::unix::fs::symlink("/etc/hostname", place).unwrap(),
            #[cfg(not(unix))]
            Self::Link(_) => {}
            Self::Folder(_) => fs::create_dir_all(place).unwrap(),
            Self::Delete(_) => {}
        }
        changed
    }
}

/// Removes what is at a place, unless it is a folder that may stay.
fn clear(place: &Path, keep_folder: bool) -> bool {
    match place.symlink_metadata() {
        Ok(metadata) if metadata.is_dir() && keep_folder => false,
        Ok(metadata) if metadata.is_dir() => fs::remove_dir_all(place).is_ok(),
        Ok(_) => fs::remove_file(place).is_ok(),
        Err(_) => false,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_refresh_of_what_changed_equals_a_new_read(
        rounds in prop::collection::vec(prop::collection::vec(edit(), 1..6), 1..6)
    ) {
        let root = tempfile::tempdir().unwrap();
        let ignore = ignore(&["content/raw"]);
        let (mut snapshot, _) = read(root.path(), &ignore);
        for edits in rounds {
            let changed: Vec<SourcePath> = edits.iter().flat_map(|edit| edit.apply(root.path())).collect();
            let mut diagnostics = Diagnostics::new();
            snapshot.refresh(root.path(), &ignore, &changed, &mut diagnostics).unwrap();
            let (fresh, faults) = read(root.path(), &ignore);
            prop_assert_eq!(&snapshot, &fresh, "after {:?}", edits);
            prop_assert_eq!(listed(&diagnostics), faults);
        }
    }
}
