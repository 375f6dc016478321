//! Signs the published commit if git is configured to sign commits.

use std::process::Stdio;

use super::git::{Run, not_started};
use super::place::Place;
use super::scratch::{REFERENCE, Scratch};
use crate::error::Error;

/// Whether git is configured to sign commits, which `git fast-import` ignores.
pub(super) fn is_wanted(place: &Place) -> Result<bool, Error> {
    let args = ["config", "--type=bool", "--get", "commit.gpgSign"];
    Ok(place.git.ask(args)?.as_deref() == Some("true"))
}

impl Scratch<'_> {
    /// The same commit with the writer's signature, made with the writer's settings.
    ///
    /// # Errors
    ///
    /// If git can't sign it.
    pub(super) fn sign(&self, place: &Place, commit: &str) -> Result<String, Error> {
        let tree = format!("{commit}^{{tree}}");
        let tree = self
            .git()
            .demand("find the files", ["rev-parse", &tree])?
            .line();
        let args = ["log", "-1", "--format=%B", commit];
        let message = self.git().demand("read the message", args)?.line();
        let args = ["log", "-1", "--format=%P", commit];
        let parents = self.git().demand("find the commit before", args)?.line();
        let mut args = vec!["commit-tree", "-S", "-m", message.trim_end()];
        for parent in parents.split_whitespace() {
            args.extend(["-p", parent]);
        }
        args.push(&tree);
        let mut command = place.git.command(args);
        // The settings are those of the writer's repository, but the objects go into this one.
        command
            .env("GIT_OBJECT_DIRECTORY", self.objects())
            .env("GIT_ALTERNATE_OBJECT_DIRECTORIES", self.objects_of_writer());
        let run = Run::new(command.output().map_err(not_started)?);
        if !run.is_fine() {
            let complaint = run.complaint();
            return Err(Error::usage(format!(
                "git is set to sign commits, and can't sign this one: {complaint}; nothing was published"
            ))
            .help("make `git commit -S` work, or switch signing off here with `git config commit.gpgSign false`"));
        }
        let signed = run.line();
        let args = ["update-ref", REFERENCE, &signed];
        self.git().demand("name the signed commit", args)?;
        self.pack(&signed)?;
        Ok(signed)
    }

    /// Puts one object into a pack, because packs are what is handed over.
    fn pack(&self, object: &str) -> Result<(), Error> {
        use std::io::Write;

        let base = self.objects().join("pack").join("pack");
        let args = [
            "pack-objects".as_ref(),
            "--quiet".as_ref(),
            base.as_os_str(),
        ];
        let mut command = self.git().command(args);
        command
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::piped());
        let mut child = command.spawn().map_err(not_started)?;
        // If git has ended early, it says why.
        let wrote = child
            .stdin
            .take()
            .map(|mut stdin| writeln!(stdin, "{object}"));
        let run = Run::new(child.wait_with_output().map_err(not_started)?);
        if run.is_fine() && wrote.is_some_and(|wrote| wrote.is_ok()) {
            Ok(())
        } else {
            let complaint = run.complaint();
            Err(Error::usage(format!(
                "git could not pack the commit: {complaint}"
            )))
        }
    }
}
