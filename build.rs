//! Tells a release build the commit that it is made from, for `nutgraf --version`.
//!
//! Only a release build, so that a commit doesn't make every build of the day start anew. Outside a git repository, as
//! in a package of the registry, there is nothing to tell, and no build fails for it.

use std::path::Path;
use std::process::Command;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let commit = commit().map_or_else(String::new, |commit| format!(" ({commit})"));
    println!("cargo::rustc-env=NUTGRAF_COMMIT={commit}");
}

fn commit() -> Option<String> {
    let is_release = std::env::var("PROFILE").is_ok_and(|profile| profile == "release");
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
