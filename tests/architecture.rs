//! Holds the rules of the architecture chapter (the crate's documentation) by reading the sources.

#![allow(clippy::unwrap_used, reason = "a test that can't go on should stop")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// The lines of a file that are program: without comments, and without the tests at its end.
fn program(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.lines()
        .enumerate()
        .take_while(|(_, line)| !line.starts_with("#[cfg(test)]"))
        .filter(|(_, line)| !line.trim_start().starts_with("//"))
        .map(|(index, line)| (index + 1, line))
}

/// The sources by path below `src`, with `/` between the parts; those of the crates begin with the crate's folder:
/// `crates/values/src/date.rs`. Crates that hold several modules of the architecture chapter give each by its own name:
/// `document/page.rs`.
fn sources() -> BTreeMap<String, String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut sources = sources_in(&root.join("src"), &root.join("src"));
    for entry in fs::read_dir(root.join("crates")).unwrap() {
        let folder = entry.unwrap().path().join("src");
        let holds_modules = ["crates/project", "crates/document"]
            .iter()
            .any(|name| folder.starts_with(root.join(name)));
        let base = if holds_modules { &folder } else { root };
        let mut found = sources_in(&folder, base);
        found.remove("lib.rs");
        sources.extend(found);
    }
    sources
}

/// The sources of a folder, by path below `base`.
fn sources_in(folder: &Path, base: &Path) -> BTreeMap<String, String> {
    walkdir::WalkDir::new(folder)
        .into_iter()
        .map(Result::unwrap)
        .filter(|entry| {
            entry
                .path()
                .extension()
                .is_some_and(|ending| ending == "rs")
        })
        .map(|entry| {
            let path = entry.path().strip_prefix(base).unwrap();
            let path = path.to_str().unwrap().replace('\\', "/");
            (path, fs::read_to_string(entry.path()).unwrap())
        })
        .collect()
}

/// Whether a source belongs to one of some modules: `serve/http.rs`, `serve`, `cli.rs`.
fn is_in(path: &str, modules: &[&str]) -> bool {
    modules.iter().any(|module| {
        path == *module || path == format!("{module}.rs") || path.starts_with(&format!("{module}/"))
    })
}

/// The places outside `allowed` whose program has one of the words.
fn uses(words: &[&str], allowed: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    for (path, text) in sources() {
        if is_in(&path, allowed) {
            continue;
        }
        for (number, line) in program(&text) {
            if words.iter().any(|word| line.contains(word)) {
                found.push(format!("{path}:{number}: {}", line.trim()));
            }
        }
    }
    found
}

#[track_caller]
fn assert_only(words: &[&str], allowed: &[&str], rule: &str) {
    let found = uses(words, allowed);
    assert!(found.is_empty(), "{rule}:\n{}", found.join("\n"));
}

#[test]
fn each_library_stands_behind_one_module() {
    let rules: &[(&[&str], &[&str])] = &[
        (&["tera::"], &["render"]),
        (&["pulldown_cmark"], &["document"]),
        (&["syntect::", "two_face::"], &["document/highlight"]),
        (&["clap::"], &["cli", "main"]),
        (&["indicatif::"], &["cli/progress"]),
        (&["axum::"], &["serve"]),
        (&["tokio::"], &["serve", "publish/interrupt"]),
        (&["notify::"], &["serve"]),
        (&["walkdir::"], &["project", "output"]),
        (&["annotate_snippets"], &["diag"]),
        (&["edtf_core"], &["crates/values/src/date"]),
        (&["icu_"], &["config", "plan/locale", "render/filters"]),
        (&["saphyr_parser"], &["document"]),
        (
            &[
                "rustybuzz::",
                "unicode_bidi::",
                "ab_glyph_rasterizer::",
                "png::",
            ],
            &["crates/cards"],
        ),
        (&["imbl::"], &["shared_map"]),
        (&["aho_corasick"], &["assets"]),
        (&["salsa::"], &["edition"]),
        (&["lsp_server::"], &["lsp/wire"]),
        (&["base64::"], &["serve/workbench/picture"]),
        (&["imagesize", "img_parts", "exif::"], &["crates/pictures"]),
    ];
    for (words, allowed) in rules {
        let rule = format!("only {allowed:?} may name {words:?}");
        assert_only(words, allowed, &rule);
    }
}

#[test]
fn only_the_edges_touch_the_disk() {
    let edges = [
        "disk",
        "project",
        "output",
        "init",
        "new",
        "crates/import",
        "publish",
        "links",
        "evidence/command",
        "serve",
    ];
    assert_only(
        &["std::fs", "fs::read", "fs::write", "File::open"],
        &edges,
        "a stage never touches the disk: it sees the snapshot alone",
    );
}

/// Whoever opens a file by its name follows links, waits for pipes and reads without end, unless it thinks of all that.
#[test]
fn only_one_module_opens_files() {
    assert_only(
        &[
            "File::open",
            "File::create",
            "OpenOptions",
            "fs::read(",
            "fs::read_to_string",
            "fs::write(",
        ],
        // What a build and a publication put into folders of their own.
        &["disk", "output/disk", "publish"],
        "files are opened by `disk` alone, which follows no link",
    );
}

#[test]
fn only_the_edges_know_the_time() {
    assert_only(
        &[
            "SystemTime",
            "Instant::now",
            "ZonedDateTime::now",
            "Timestamp::now",
        ],
        &[
            "cli",
            "main",
            "serve",
            "publish",
            "links",
            "output/disk",
            "evidence/command",
        ],
        "a stage never looks at the clock: the same input gives the same bytes",
    );
}

#[test]
fn only_main_ends_the_process() {
    assert_only(
        &["process::exit"],
        &["main"],
        "nothing but `main` ends the process",
    );
}

#[test]
fn arrows_run_one_way() {
    // Each stage with those that it must not know.
    let forbidden: [(&str, &[&str]); 12] = [
        (
            "model",
            &[
                "diag", "document", "check", "plan", "render", "output", "edition",
            ],
        ),
        (
            "diag",
            &["document", "check", "plan", "render", "output", "edition"],
        ),
        (
            "document",
            &["check", "plan", "render", "output", "edition", "serve"],
        ),
        ("check", &["plan", "render", "output", "edition", "serve"]),
        (
            "plan",
            &["render", "output", "edition", "serve", "document"],
        ),
        ("render", &["output", "edition", "serve", "check"]),
        (
            "evidence",
            &["plan", "render", "output", "edition", "serve", "site"],
        ),
        (
            "config",
            &["check", "plan", "render", "output", "edition", "serve"],
        ),
        (
            "theme",
            &["check", "plan", "render", "output", "edition", "serve"],
        ),
        (
            "project",
            &["document", "check", "plan", "render", "output", "edition"],
        ),
        (
            "output",
            &["document", "check", "plan", "render", "edition", "serve"],
        ),
        (
            "edition",
            &[
                "serve", "site", "publish", "links", "import", "cli", "init", "lsp",
            ],
        ),
    ];
    for (stage, others) in forbidden {
        let others = others.iter().map(|other| format!("crate::{other}::"));
        assert_knows_none(stage, &others.collect::<Vec<_>>());
    }
}

/// Expects the sources of a module to be there, and to name none of these paths.
fn assert_knows_none(module: &str, others: &[String]) {
    let sources = sources().into_iter();
    let own: Vec<(String, String)> = sources.filter(|(path, _)| is_in(path, &[module])).collect();
    assert!(!own.is_empty(), "`{module}` has files");
    for (path, text) in own {
        for (number, line) in program(&text) {
            let other = others.iter().find(|other| line.contains(other.as_str()));
            assert!(
                other.is_none(),
                "`{module}` must not know `{}`: {path}:{number}",
                other.unwrap()
            );
        }
    }
}

/// A crate without circles between its folders can be read from the bottom up.
#[test]
fn rooms_of_evidence_know_only_those_below() {
    let rooms = [
        "compare",
        "date",
        "sentence",
        "own_words",
        "figure",
        "quotation",
        "speaker",
        "source",
    ];
    for (floor, room) in rooms.iter().enumerate() {
        let above = rooms[..floor].iter().map(|above| format!("crate::{above}"));
        let folder = format!("crates/evidence/src/{room}");
        assert_knows_none(&folder, &above.collect::<Vec<_>>());
    }
}

#[test]
fn files_have_one_subject() {
    const LIMIT: usize = 440;
    let long: Vec<String> = sources()
        .iter()
        .map(|(path, text)| (path, program(text).count()))
        .filter(|(_, n_lines)| *n_lines > LIMIT)
        .map(|(path, n_lines)| format!("{path}: {n_lines} lines"))
        .collect();
    assert!(
        long.is_empty(),
        "look for the second subject in:\n{}",
        long.join("\n")
    );
}

/// A field that readers see is declared, given its meaning, checked, viewed and shown, each in one place; whatever lists
/// the parts of a record for another purpose names it once more. `CONTRIBUTING.md` has the same list as a recipe.
#[test]
fn a_field_is_named_once_in_each_of_few_places() {
    let recipe = [
        "document/schema/page.rs",
        "model/record.rs",
        "check/entry/kinds.rs",
        "plan/view/records.rs",
        "plan/records.rs",
    ];
    let lists_of_parts = ["lsp/words.rs", "plan/data/rows.rs", "plan/embed_size.rs"];
    let is_named = |text: &str| {
        let words = program(text).flat_map(|(_, line)| {
            line.split(|letter: char| !letter.is_alphanumeric() && letter != '_')
        });
        words.into_iter().any(|word| word == "venue")
    };
    let sources = sources();
    let found: Vec<&str> = sources
        .iter()
        .filter(|(_, text)| is_named(text))
        .map(|(path, _)| path.as_str())
        .collect();
    let mut expected: Vec<&str> = [&recipe[..], &lists_of_parts].concat();
    expected.sort_unstable();
    assert_eq!(
        found, expected,
        "the places that `venue` of reactions touches"
    );
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let template = fs::read_to_string(root.join("templates/partials/reaction.html")).unwrap();
    assert!(template.contains("venue"), "what readers see of it");
}
