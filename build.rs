//! Carries the manual into the program, and tells a release build the commit that it is made from, for
//! `nutgraf --version`.
//!
//! Only a release build has the commit, so that a commit doesn't make every build of the day start anew. Outside a git repository, as
//! in a package of the registry, there is nothing to tell, and no build fails for it.

use std::fmt::Write;
use std::path::Path;
use std::process::Command;
use std::{env, fs, io};

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let commit = commit().map_or_else(String::new, |commit| format!(" ({commit})"));
    println!("cargo::rustc-env=NUTGRAF_COMMIT={commit}");
    if let Err(cause) = manual() {
        println!("cargo::error=cannot carry the manual: {cause}");
    }
}

/// Writes a list of the manual's files, each with what it holds, for `cli/docs.rs`.
fn manual() -> io::Result<()> {
    println!("cargo::rerun-if-changed=docs");
    let root = env::current_dir()?;
    let mut files = vec![root.join("docs/site.yaml")];
    let mut folders = vec![root.join("docs/content")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder)? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else {
                files.push(path);
            }
        }
    }
    files.sort();
    let mut list = "&[\n".to_owned();
    for file in files {
        let below = file
            .strip_prefix(root.join("docs"))
            .map_err(io::Error::other)?;
        let name = below.to_string_lossy().replace('\\', "/");
        let _ = writeln!(
            list,
            "    ({name:?}, include_bytes!({:?})),",
            file.display().to_string()
        );
    }
    list.push_str("]\n");
    let out = env::var_os("OUT_DIR").ok_or_else(|| io::Error::other("no OUT_DIR"))?;
    fs::write(Path::new(&out).join("manual.rs"), list)
}

fn commit() -> Option<String> {
    let is_release = env::var("PROFILE").is_ok_and(|profile| profile == "release");
    // A repository further up isn't ours.
    if !is_release || !Path::new(".git").exists() {
        return None;
    }
    println!(
        "cargo::rerun-if-changed={}",
        git(&["rev-parse", "--git-path", "HEAD"])?
    );
    // The log of HEAD grows with every commit and checkout.
    println!(
        "cargo::rerun-if-changed={}",
        git(&["rev-parse", "--git-path", "logs/HEAD"])?
    );
    git(&["rev-parse", "--short=10", "HEAD"])
}

fn git(args: &[&str]) -> Option<String> {
    let output = Command::new("git").args(args).output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    (output.status.success() && !text.trim().is_empty()).then(|| text.trim().to_owned())
}
