//! How do rendered outputs become a commit? In a repository of its own, which is gone when the run ends.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::Stdio;

use rayon::prelude::*;
use tempfile::TempDir;

use super::git::{Git, Run, not_started};
use super::interrupt::{Interrupt, interrupted};
use super::place::{Author, Place};
use crate::edition::Edition;
use crate::error::Error;
use crate::output::Content;
use crate::plan::Output;
use crate::project::OutputPath;

/// How many outputs are held at once: enough for all processors, little for the memory.
const AT_ONCE: usize = 256;

const CNAME: &str = "CNAME";

/// The only reference of the scratch repository.
const REFERENCE: &str = "refs/heads/site";

/// What the commit is to be, apart from its files.
#[derive(Debug)]
pub(super) struct Plan<'a> {
    /// The commit before it.
    pub(super) parent: Option<&'a str>,
    pub(super) author: &'a Author,
    pub(super) message: String,
    /// The site's own domain, if the outputs don't name one.
    pub(super) cname: Option<String>,
    /// Whether it goes before what the outputs name.
    pub(super) is_cname_given: bool,
    /// The files that we published last, each with git's name for what it holds.
    pub(super) published: &'a BTreeMap<String, String>,
}

/// A repository that sees the objects of the writer's and adds its own elsewhere.
#[derive(Debug)]
pub(super) struct Scratch {
    dir: TempDir,
    git: Git,
    /// The writer's repository.
    target: Git,
}

impl Scratch {
    pub(super) fn new(place: &Place) -> Result<Self, Error> {
        let asked = ["rev-parse", "--path-format=absolute", "--git-common-dir"];
        let found = place.git.demand("find its repository", asked)?.line();
        let target = PathBuf::from(found);
        let objects = target.join("objects");
        let format = place.git.ask(["rev-parse", "--show-object-format"])?;
        let format = format.unwrap_or_else(|| "sha1".to_owned());
        let dir = tempfile::Builder::new()
            .prefix("nutgraf-publish-")
            .tempdir()
            .map_err(|cause| Error::io("make a folder in", &std::env::temp_dir(), cause))?;
        let outside = Git::new(dir.path());
        let mut args = vec!["init", "--quiet", "--bare", "--template="];
        let wanted = format!("--object-format={format}");
        // An older git doesn't know the word.
        if format != "sha1" {
            args.push(&wanted);
        }
        outside.demand("make a scratch repository", args)?;
        let info = dir.path().join("objects").join("info");
        let alternates = info.join("alternates");
        fs::create_dir_all(&info)
            .and_then(|()| fs::write(&alternates, format!("{}\n", objects.display())))
            .map_err(|cause| Error::io("write", &alternates, cause))?;
        let git = Git::in_repository(dir.path());
        // From a folder of the work tree, `git index-pack` would look for the repository in that very folder.
        let target = Git::in_repository(&target);
        Ok(Self { dir, git, target })
    }

    pub(super) fn git(&self) -> &Git {
        &self.git
    }

    /// Makes a commit that holds exactly the outputs of an edition, and tells its name.
    pub(super) fn import(
        &self,
        edition: &Edition,
        plan: &Plan<'_>,
        interrupt: &Interrupt,
    ) -> Result<String, Error> {
        // A pack is wanted whatever the number of files, since packs are what is handed over.
        let args = ["-c", "fastimport.unpackLimit=0", "fast-import", "--quiet"];
        let mut command = self.git.command(args);
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
            // Git that has ended early says more than the pipe that broke.
            Ok(()) | Err(Failure::Pipe(_)) if !run.is_fine() => Err(Error::usage(format!(
                "git could not take the site: {}",
                run.complaint()
            ))),
            Ok(()) => {
                let made = self
                    .git
                    .demand("name the new commit", ["rev-parse", "--verify", REFERENCE])?;
                Ok(made.line())
            }
            Err(Failure::Pipe(cause)) => {
                Err(Error::io("write to", Path::new("git fast-import"), cause))
            }
            Err(Failure::Output(error)) => Err(error),
        }
    }

    /// Puts the new objects among those of the writer's repository, where nothing refers to them yet.
    pub(super) fn hand_over(&self) -> Result<(), Error> {
        for pack in self.packs()? {
            let file = File::open(&pack).map_err(|cause| Error::io("read", &pack, cause))?;
            let mut command = self.target.command(["index-pack", "--stdin"]);
            let output = command.stdin(file).output().map_err(not_started)?;
            let run = Run::new(output);
            if !run.is_fine() {
                let complaint = run.complaint();
                return Err(Error::usage(format!(
                    "git could not keep the commit: {complaint}"
                )));
            }
        }
        Ok(())
    }

    fn packs(&self) -> Result<Vec<PathBuf>, Error> {
        let dir = self.dir.path().join("objects").join("pack");
        let read = |cause| Error::io("read the folder", &dir, cause);
        let mut packs = Vec::new();
        for entry in fs::read_dir(&dir).map_err(read)? {
            let path = entry.map_err(read)?.path();
            if path.extension().is_some_and(|ending| ending == "pack") {
                packs.push(path);
            }
        }
        packs.sort();
        Ok(packs)
    }
}

/// What a file of the commit is made from.
enum Made<'a> {
    /// Its bytes.
    Bytes(Content),
    /// A file that git has already, by its name there.
    Kept(&'a str),
}

/// Why the stream ended early.
enum Failure {
    /// Git doesn't take it any more.
    Pipe(std::io::Error),
    /// An output can't be made.
    Output(Error),
}

impl From<std::io::Error> for Failure {
    fn from(cause: std::io::Error) -> Self {
        Self::Pipe(cause)
    }
}

/// The commit in the language of `git fast-import`. Without `done` at its end, git throws all of it away.
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
    let paths: Vec<OutputPath> = edition.outputs().into_keys().collect();
    let is_ours = |path: &OutputPath| path.as_str() != CNAME || !plan.is_cname_given;
    for paths in paths.chunks(AT_ONCE) {
        if interrupt.is_wanted() {
            return Ok(());
        }
        let made: Vec<Option<Made<'_>>> = paths
            .par_iter()
            .map(|path| made(edition, plan, path))
            .collect::<Result<_, _>>()?;
        for (path, made) in paths.iter().zip(made) {
            match made.filter(|_| is_ours(path)) {
                Some(Made::Bytes(content)) => file(&mut to, path.as_str(), content.bytes())?,
                Some(Made::Kept(blob)) => {
                    to.write_all(format!("M 100644 {blob} ").as_bytes())?;
                    name(&mut to, path.as_str())?;
                }
                None => {}
            }
        }
    }
    let has_cname = edition.output(&OutputPath::new(CNAME)).is_some();
    if let Some(cname) = &plan.cname
        && (plan.is_cname_given || !has_cname)
    {
        file(&mut to, CNAME, format!("{cname}\n").as_bytes())?;
    }
    to.write_all(b"done\n")?;
    to.flush()?;
    Ok(())
}

/// An output of an edition. A card that was published before isn't drawn again: its path says what it shows.
fn made<'a>(
    edition: &Edition,
    plan: &Plan<'a>,
    path: &OutputPath,
) -> Result<Option<Made<'a>>, Failure> {
    let is_card = matches!(edition.output(path), Some(Output::Card(_)));
    let kept = is_card.then(|| plan.published.get(path.as_str())).flatten();
    if let Some(blob) = kept {
        return Ok(Some(Made::Kept(blob)));
    }
    let content = edition.render(path).transpose().map_err(|fault| {
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

/// A path between quotation marks, and the end of the line.
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
