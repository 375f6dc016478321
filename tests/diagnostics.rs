//! Every fault that the program can report, as it reports it.
//!
//! A fixture in `tests/diag` is a project and what `nutgraf check` says of it, in one text: each file
//! after a line `-- path --`, the report after `-- report --`. What can't be written as text is said in the line:
//! `-- path -> target --` is a symbolic link, `-- path (1000 bytes) --` a file of that size,
//! `-- path (latin-1) --` a file in that encoding. Another command stands in a line `$ …` at the top.
//!
//! `UPDATE_GOLDEN=1 cargo test --test diagnostics` writes the reports anew; review them as code.

#![allow(clippy::unwrap_used, reason = "a test that can't go on should stop")]

mod support;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use nutgraf::diag::Code;
use support::{Project, Run};

const REPORT: &str = "report";

/// A fixture, parsed.
struct Fixture {
    args: Vec<String>,
    files: Vec<(String, String)>,
    report: String,
}

fn parse(text: &str) -> Fixture {
    let mut fixture = Fixture {
        args: Vec::new(),
        files: Vec::new(),
        report: String::new(),
    };
    let mut current: Option<(String, String)> = None;
    for line in text.split_inclusive('\n') {
        let header = line
            .trim_end()
            .strip_prefix("-- ")
            .and_then(|rest| rest.strip_suffix(" --"));
        match (header, &mut current) {
            (Some(name), _) => {
                fixture.files.extend(current.take());
                current = Some((name.to_owned(), String::new()));
            }
            (None, Some((_, text))) => text.push_str(line),
            (None, None) => {
                if let Some(args) = line.strip_prefix("$ ") {
                    fixture.args = args.split_whitespace().map(str::to_owned).collect();
                }
            }
        }
    }
    match current {
        Some((name, text)) if name == REPORT => fixture.report = text,
        other => fixture.files.extend(other),
    }
    fixture
}

fn lay_out(fixture: &Fixture) -> Project {
    let project = Project::new(&[]);
    for (header, text) in &fixture.files {
        if let Some((path, target)) = header.split_once(" -> ") {
            let path = project.path(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::os::unix::fs::symlink(target, path).unwrap();
            continue;
        }
        let Some((path, how)) = header.strip_suffix(')').and_then(|h| h.split_once(" (")) else {
            project.write(header, text);
            continue;
        };
        project.write(path, "");
        let path = project.path(path);
        match how.strip_suffix(" bytes") {
            Some(size) => {
                let file = fs::File::create(path).unwrap();
                file.set_len(size.parse().unwrap()).unwrap();
            }
            None => {
                assert_eq!(how, "latin-1");
                let bytes: Vec<u8> = text.chars().map(|c| u8::try_from(c).unwrap()).collect();
                fs::write(path, bytes).unwrap();
            }
        }
    }
    project
}

fn check(path: &Path) -> Result<(), String> {
    let text = fs::read_to_string(path).unwrap();
    let fixture = parse(&text);
    let project = lay_out(&fixture);
    let args: Vec<&str> = if fixture.args.is_empty() {
        // All hints, not the first few of each kind.
        vec!["check", "--verbose"]
    } else {
        fixture.args.iter().map(String::as_str).collect()
    };
    let run: Run = project.run(&args);
    let found = run.stderr;
    let name = path.file_stem().unwrap().to_str().unwrap();
    if !found.contains(&format!("[{name}]")) {
        return Err(format!(
            "{name}: the report doesn't name the code:\n{found}"
        ));
    }
    if found == fixture.report {
        return Ok(());
    }
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        let start = text.find("-- report --").map_or(text.len(), |start| start);
        let updated = format!("{}-- report --\n{found}", &text[..start]);
        fs::write(path, updated).unwrap();
        return Ok(());
    }
    Err(format!(
        "{name}: expected\n{}\nfound\n{found}",
        fixture.report
    ))
}

fn fixtures() -> Vec<std::path::PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/diag");
    let mut paths: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "txt"))
        .collect();
    paths.sort();
    paths
}

#[test]
fn every_fault_is_reported_as_its_fixture_says() {
    let wrong: Vec<String> = fixtures()
        .iter()
        .filter_map(|path| check(path).err())
        .collect();
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n\n"));
}

#[test]
fn every_code_has_a_fixture() {
    let names: BTreeSet<String> = fixtures()
        .iter()
        .map(|path| path.file_stem().unwrap().to_str().unwrap().to_owned())
        .collect();
    let codes: BTreeSet<String> = Code::ALL
        .iter()
        .map(|code| code.name().to_owned())
        .collect();
    assert_eq!(names, codes);
}
