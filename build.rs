//! Carries the manual into the program, tells it what it is compiled from, and tells a release build the commit that it is made from, for
//! `nutgraf --version`.
//!
//! Only a release build has the commit, so that a commit doesn't make every build of the day start anew. Outside a git repository, as
//! in a package of the registry, there is nothing to tell, and no build fails for it.

use std::fmt::Write;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs, io};

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let commit = commit().map_or_else(String::new, |commit| format!(" ({commit})"));
    println!("cargo::rustc-env=NUTGRAF_COMMIT={commit}");
    match program() {
        Ok(hash) => println!("cargo::rustc-env=NUTGRAF_BUILD={hash:016x}"),
        Err(cause) => println!("cargo::error=cannot read the program's sources: {cause}"),
    }
    if let Err(cause) = manual() {
        println!("cargo::error=cannot carry the manual: {cause}");
    }
}

/// What tells this program from every other one that may give other bytes for the same site: the hash of all that it is
/// compiled from.
fn program() -> io::Result<u64> {
    let mut hasher = DefaultHasher::new();
    for part in [
        "Cargo.lock",
        "Cargo.toml",
        "build.rs",
        "crates",
        "src",
        "static",
        "templates",
    ] {
        let part = env::current_dir()?.join(part);
        // A package of the registry has neither the other crates nor, as a library, the lock.
        if !part.exists() {
            continue;
        }
        println!("cargo::rerun-if-changed={}", part.display());
        for file in files_below(part)? {
            fs::read(file)?.hash(&mut hasher);
        }
    }
    Ok(hasher.finish())
}

/// A file, or the files in a folder and further down, in order.
fn files_below(path: PathBuf) -> io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    let mut waiting = vec![path];
    while let Some(path) = waiting.pop() {
        if path.is_dir() {
            let entries = fs::read_dir(path)?.map(|entry| Ok(entry?.path()));
            waiting.extend(entries.collect::<io::Result<Vec<PathBuf>>>()?);
        } else {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

/// Writes a list of the manual's files, each with what it holds, for `cli/docs.rs`.
fn manual() -> io::Result<()> {
    println!("cargo::rerun-if-changed=docs");
    let root = env::current_dir()?;
    let mut files = files_below(root.join("docs/content"))?;
    files.push(root.join("docs/site.yaml"));
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
