//! Whole sites: `tests/golden/CASE/in` is a project, `tests/golden/CASE/out` what it builds to, byte for byte.
//!
//! The theme's stylesheet, scripts and icon are in the program, not in a project: of them, only the names are compared,
//! without the hash. So a change of CSS is a diff of CSS.
//!
//! `UPDATE_GOLDEN=1 cargo test --test golden` writes the outputs anew; review them as code.

#![allow(clippy::unwrap_used, reason = "a test that can't go on should stop")]

mod support;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use nutgraf::project::ContentHash;
use nutgraf::theme;
use support::{Run, nutgraf, tree};

fn cases() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let mut cases: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_dir())
        .collect();
    cases.sort();
    cases
}

/// The version of the program isn't part of what a case is about.
fn without_version(tree: BTreeMap<String, Vec<u8>>) -> BTreeMap<String, Vec<u8>> {
    let version = env!("CARGO_PKG_VERSION");
    let generator = format!("nutgraf {version}");
    tree.into_iter()
        .map(|(path, bytes)| match String::from_utf8(bytes) {
            Ok(text) => {
                let text = text.replace(&generator, "nutgraf VERSION");
                (
                    path,
                    text.replace(&format!("\"{version}\""), "\"VERSION\"")
                        .into_bytes(),
                )
            }
            Err(error) => (path, error.into_bytes()),
        })
        .collect()
}

/// What is published of the theme's own files: every one keeps its place, but neither its hash nor its bytes.
fn without_theme(tree: BTreeMap<String, Vec<u8>>) -> BTreeMap<String, Vec<u8>> {
    let names: Vec<(String, String)> = theme::STATIC
        .iter()
        .filter_map(|(name, bytes)| {
            let (stem, ending) = name.rsplit_once('.')?;
            let hash = ContentHash::of(bytes).short();
            let published = format!("{stem}.{hash}.{ending}");
            Some((published, format!("{stem}.HASH.{ending}")))
        })
        .collect();
    let without_hash = |text: String| {
        let names = names.iter();
        names.fold(text, |text, (published, plain)| {
            text.replace(published, plain)
        })
    };
    let is_of_theme = |bytes: &[u8]| theme::STATIC.iter().any(|(_, own)| *own == bytes);
    tree.into_iter()
        .map(|(path, bytes)| {
            let path = without_hash(path);
            if is_of_theme(&bytes) {
                return (path, b"of the theme\n".to_vec());
            }
            match String::from_utf8(bytes) {
                Ok(text) => (path, without_hash(text).into_bytes()),
                Err(error) => (path, error.into_bytes()),
            }
        })
        .collect()
}

/// The tree with a manifest that lists names alone, after a check that it lists every file with its hash.
fn with_checked_manifest(mut tree: BTreeMap<String, Vec<u8>>) -> BTreeMap<String, Vec<u8>> {
    const MANIFEST: &str = ".nutgraf.json";
    let bytes = tree.remove(MANIFEST).expect("every build writes one");
    let mut manifest: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
    let listed = manifest["files"].as_object().unwrap();
    let hashes: BTreeMap<&str, String> = tree
        .iter()
        .map(|(path, bytes)| (path.as_str(), ContentHash::of(bytes).to_string()))
        .collect();
    let listed_hashes: BTreeMap<&str, String> = listed
        .iter()
        .map(|(path, hash)| (path.as_str(), hash.as_str().unwrap().to_owned()))
        .collect();
    assert_eq!(listed_hashes, hashes, "the manifest");
    manifest["files"] = listed.keys().map(String::as_str).collect();
    let text = serde_json::to_string_pretty(&manifest).unwrap();
    tree.insert(MANIFEST.to_owned(), text.into_bytes());
    tree
}

fn check(case: &Path) -> Result<(), String> {
    let name = case.file_name().unwrap().to_str().unwrap();
    let output = tempfile::tempdir().unwrap();
    let public = output.path().join("public");
    let root = case.join("in");
    let args = ["build", "--strict", "-q", "-r", root.to_str().unwrap()];
    let mut command = nutgraf(&args);
    command.arg("-o").arg(&public);
    Run::of(command).expect(0);
    let found = with_checked_manifest(tree(&public));
    let found = without_version(without_theme(found));
    let expected_dir = case.join("out");
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        let _ = fs::remove_dir_all(&expected_dir);
        for (path, bytes) in &found {
            let path = expected_dir.join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, bytes).unwrap();
        }
        return Ok(());
    }
    let expected = tree(&expected_dir);
    let paths: std::collections::BTreeSet<&String> = found.keys().chain(expected.keys()).collect();
    let differing: Vec<String> = paths
        .into_iter()
        .filter(|path| found.get(*path) != expected.get(*path))
        .map(|path| difference(path, expected.get(path), found.get(path)))
        .collect();
    if differing.is_empty() {
        Ok(())
    } else {
        Err(format!("{name}:\n{}", differing.join("\n")))
    }
}

/// The first line in which a file differs.
fn difference(path: &str, expected: Option<&Vec<u8>>, found: Option<&Vec<u8>>) -> String {
    let (Some(expected), Some(found)) = (expected, found) else {
        let what = if expected.is_some() {
            "is not made"
        } else {
            "is made and not expected"
        };
        return format!("  {path} {what}");
    };
    let (expected, found) = (
        String::from_utf8_lossy(expected),
        String::from_utf8_lossy(found),
    );
    let line = expected
        .lines()
        .zip(found.lines())
        .position(|(a, b)| a != b);
    let line = line.unwrap_or_else(|| expected.lines().count().min(found.lines().count()));
    let at = |text: &str| text.lines().nth(line).unwrap_or("(end)").to_owned();
    format!(
        "  {path}:{}\n    - {}\n    + {}",
        line + 1,
        at(&expected),
        at(&found)
    )
}

#[test]
fn every_site_builds_to_what_is_expected() {
    let cases = cases();
    assert!(!cases.is_empty());
    let wrong: Vec<String> = cases.iter().filter_map(|case| check(case).err()).collect();
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}
