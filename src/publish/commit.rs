//! Turns rendered outputs into a commit, in a [`Scratch`] repository that is deleted when the run ends.

use std::collections::BTreeMap;
use std::io::{BufWriter, Write};
use std::path::Path;
use std::process::Stdio;

use rayon::prelude::*;

use super::git::{Run, not_started};
use super::interrupt::{Interrupt, interrupted};
use super::place::Author;
use super::scratch::{REFERENCE, Scratch};
use super::version::{self, Version};
use crate::edition::{Edition, Renderer};
use crate::error::Error;
use crate::output::Content;
use crate::plan::Output;
use crate::project::OutputPath;

/// How many outputs are held at once: enough to keep all processors busy, without using much memory.
const AT_ONCE: usize = 256;

const CNAME: &str = "CNAME";

/// What the commit should be, apart from its files.
pub(super) struct Plan<'a> {
    /// Its parent.
    pub(super) parent: Option<&'a str>,
    pub(super) author: &'a Author,
    pub(super) message: String,
    /// The site's own domain, if the outputs don't include one.
    pub(super) cname: Option<String>,
    /// Whether it overrides the one in the outputs.
    pub(super) is_cname_given: bool,
    /// The files of our last publication, each with git's name for its contents.
    pub(super) published: &'a BTreeMap<String, String>,
    /// The version that stays besides.
    pub(super) version: Option<Version>,
}

impl Scratch<'_> {
    /// Makes a commit that contains exactly the outputs of an edition, and returns its name.
    pub(super) fn import(
        &self,
        edition: &Edition,
        plan: &Plan<'_>,
        interrupt: &Interrupt,
    ) -> Result<String, Error> {
        // A pack is needed regardless of the number of files, because packs are what is handed over.
        let args = ["-c", "fastimport.unpackLimit=0", "fast-import", "--quiet"];
        let mut command = self.git().command(args);
        command
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::piped());
        let mut child = command.spawn().map_err(not_started)?;
        let wrote = match child.stdin.take() {
            Some(stdin) => write_stream(BufWriter::new(stdin), edition, plan, interrupt),
            None => Ok(()),
        };
        let output = child.wait_with_output().map_err(not_started)?;
        interrupt.check()?;
        let run = Run::new(output);
        if run.is_cut_short() {
            return Err(interrupted());
        }
        match wrote {
            // If git has ended early, its message says more than the broken pipe.
            Ok(()) | Err(Failure::Pipe(_)) if !run.is_fine() => Err(Error::usage(format!(
                "git couldn't accept the site: {}",
                run.complaint()
            ))),
            Ok(()) => {
                let made = self
                    .git()
                    .demand("name the new commit", ["rev-parse", "--verify", REFERENCE])?;
                Ok(made.line())
            }
            Err(Failure::Pipe(cause)) => {
                Err(Error::io("write to", Path::new("git fast-import"), cause))
            }
            Err(Failure::Output(error)) => Err(error),
        }
    }
}

/// What a file of the commit is made from.
enum Made<'a> {
    /// Its bytes.
    Bytes(Content),
    /// A file that git already has, by its name there.
    Kept(&'a str),
}

/// Why the stream ended early.
enum Failure {
    /// Git no longer accepts it.
    Pipe(std::io::Error),
    /// An output can't be made.
    Output(Error),
}

impl From<std::io::Error> for Failure {
    fn from(cause: std::io::Error) -> Self {
        Self::Pipe(cause)
    }
}

/// Writes the commit in the language of `git fast-import`. Without `done` at its end, git discards all of it.
fn write_stream(
    mut to: impl Write,
    edition: &Edition,
    plan: &Plan<'_>,
    interrupt: &Interrupt,
) -> Result<(), Failure> {
    let Author { author, committer } = plan.author;
    write!(
        to,
        "feature done\ncommit {REFERENCE}\nauthor {author}\ncommitter {committer}\n"
    )?;
    data(&mut to, plan.message.as_bytes())?;
    if let Some(parent) = plan.parent {
        writeln!(to, "from {parent}")?;
    }
    to.write_all(b"deleteall\n")?;
    let is_ours = |path: &OutputPath| path.as_str() != CNAME || !plan.is_cname_given;
    let own = |path: &OutputPath, _: &Output| is_ours(path).then(|| path.clone());
    write_outputs(&mut to, edition, plan, &own, interrupt)?;
    let earlier = plan.published.iter();
    let earlier = earlier.filter(|(path, _)| version::stays(path, plan.version.as_ref()));
    for (path, blob) in earlier {
        kept(&mut to, path, blob)?;
    }
    if let Some(version) = &plan.version {
        let below = |path: &OutputPath, output: &Output| version.path(path, output);
        write_outputs(&mut to, &version.edition, plan, &below, interrupt)?;
    }
    let has_cname = edition.output(&OutputPath::new(CNAME)).is_some();
    if let Some(cname) = &plan.cname
        && (plan.is_cname_given || !has_cname)
    {
        file(&mut to, CNAME, format!("{cname}\n").as_bytes())?;
    }
    if interrupt.is_wanted() {
        return Ok(());
    }
    to.write_all(b"done\n")?;
    to.flush()?;
    Ok(())
}

/// Writes the outputs of an edition, each to the path that `place` gives it.
fn write_outputs(
    to: &mut impl Write,
    edition: &Edition,
    plan: &Plan<'_>,
    place: &dyn Fn(&OutputPath, &Output) -> Option<OutputPath>,
    interrupt: &Interrupt,
) -> Result<(), Failure> {
    let outputs: Vec<(OutputPath, Output)> = edition.outputs().into_iter().collect();
    for outputs in outputs.chunks(AT_ONCE) {
        // Without its end, git discards all of it.
        if interrupt.is_wanted() {
            return Ok(());
        }
        let made: Vec<Option<Made<'_>>> = outputs
            .par_iter()
            .map_with(edition.renderer(), |renderer, output| {
                made(renderer, plan, output)
            })
            .collect::<Result<_, _>>()?;
        for ((path, output), made) in outputs.iter().zip(made) {
            let Some(path) = place(path, output) else {
                continue;
            };
            match made {
                Some(Made::Bytes(content)) => file(to, path.as_str(), content.bytes())?,
                Some(Made::Kept(blob)) => kept(to, path.as_str(), blob)?,
                None => {}
            }
        }
    }
    Ok(())
}

/// A file that git has already.
fn kept(to: &mut impl Write, path: &str, blob: &str) -> std::io::Result<()> {
    to.write_all(format!("M 100644 {blob} ").as_bytes())?;
    name(to, path)
}

/// An output of an edition. A card that was published before isn't drawn again: its path determines its contents.
fn made<'a>(
    renderer: &Renderer,
    plan: &Plan<'a>,
    (path, output): &(OutputPath, Output),
) -> Result<Option<Made<'a>>, Failure> {
    let is_card = matches!(output, Output::Card(_));
    let kept = is_card.then(|| plan.published.get(path.as_str())).flatten();
    if let Some(blob) = kept {
        return Ok(Some(Made::Kept(blob)));
    }
    let content = renderer.render(path, output).transpose().map_err(|fault| {
        let message = format!("the site can't be rendered: {}", fault.message);
        Failure::Output(Error::usage(message).help("`nutgraf check` says where"))
    })?;
    Ok(content.map(Made::Bytes))
}

fn file(to: &mut impl Write, path: &str, bytes: &[u8]) -> std::io::Result<()> {
    to.write_all(b"M 100644 inline ")?;
    name(to, path)?;
    data(to, bytes)
}

/// A quoted path, and the end of the line.
fn name(to: &mut impl Write, path: &str) -> std::io::Result<()> {
    to.write_all(b"\"")?;
    for byte in path.bytes() {
        match byte {
            b'"' | b'\\' => to.write_all(&[b'\\', byte])?,
            0..0x20 | 0x7f => write!(to, "\\{byte:03o}")?,
            _ => to.write_all(&[byte])?,
        }
    }
    to.write_all(b"\"\n")
}

fn data(to: &mut impl Write, bytes: &[u8]) -> std::io::Result<()> {
    writeln!(to, "data {}", bytes.len())?;
    to.write_all(bytes)?;
    to.write_all(b"\n")
}
