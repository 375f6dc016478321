//! Where the sources are, and where they are published to: a repository, a commit, a remote, a branch.

use std::path::Path;

use super::git::Git;
use super::preflight::Refusal;
use super::remote::Repository;
use super::{BRANCH, PublishOptions};
use crate::diag::nearest;
use crate::error::Error;

/// What stays the same throughout a run.
#[derive(Debug)]
pub(super) struct Place {
    /// Git in the project's folder.
    pub(super) git: Git,
    /// The project's folder within the repository: empty, or with a slash at the end.
    pub(super) prefix: String,
    /// The commit that the sources are at; `None` if there is none yet.
    pub(super) head: Option<String>,
    /// The branch that the sources are on; `None` if they aren't on any.
    pub(super) source_branch: Option<String>,
    /// The name of the remote, which exists.
    pub(super) remote: String,
    /// The branch to publish: a valid name for git.
    pub(super) branch: String,
    /// The repository's web page, if the remote has one.
    pub(super) repository: Option<Repository>,
}

/// The author of the commit, in the format of `git fast-import`.
#[derive(Debug)]
pub(super) struct Author {
    pub(super) author: String,
    pub(super) committer: String,
}

impl Place {
    /// Locates the project at `root`.
    ///
    /// # Errors
    ///
    /// If it isn't in a repository, or the remote or the branch can't be used.
    pub(super) fn find(root: &Path, options: &PublishOptions) -> Result<Self, Error> {
        let git = Git::new(root);
        let inside = git.run(["rev-parse", "--is-inside-work-tree", "--show-prefix"])?;
        let said = inside.line();
        let (is_inside, prefix) = said.split_once('\n').unwrap_or((said.as_str(), ""));
        if is_inside != "true" {
            return Err(no_repository(root, &inside.complaint()));
        }
        let branch = branch(&git, &options.branch)?;
        let remote = remote(&git, options.remote.as_deref())?;
        let head = git.ask(["rev-parse", "--verify", "--quiet", "HEAD^{commit}"])?;
        let source_branch = git.ask(["symbolic-ref", "--quiet", "--short", "HEAD"])?;
        let url = git.ask(["remote", "get-url", "--push", "--", &remote])?;
        Ok(Self {
            prefix: prefix.to_owned(),
            head,
            source_branch,
            branch,
            repository: url.as_deref().and_then(Repository::of),
            remote,
            git,
        })
    }

    /// The full name of the branch.
    pub(super) fn reference(&self) -> String {
        format!("refs/heads/{}", self.branch)
    }

    /// The author of the future commit.
    pub(super) fn author(&self) -> Result<Result<Author, Refusal>, Error> {
        // Without this, git would make up an address from the names of the user and the machine.
        let ask = |name| {
            let args = ["-c", "user.useConfigOnly=true", "var", name];
            self.git.ask(args)
        };
        let (author, committer) = (ask("GIT_AUTHOR_IDENT")?, ask("GIT_COMMITTER_IDENT")?);
        Ok(match author.zip(committer) {
            Some((author, committer)) => Ok(Author { author, committer }),
            None => Err(Refusal::fixed(
                "git doesn't know who you are, and a commit bears a name",
                "run `git config --global user.name \"Your Name\"` and `git config --global user.email you@example.org`",
            )),
        })
    }

    /// The commit message, which says where the commit comes from.
    pub(super) fn message(&self, has_changed_sources: bool) -> String {
        let head = self.head.as_deref().unwrap_or_default();
        let short = head.get(..10).unwrap_or(head);
        let of = match &self.source_branch {
            Some(branch) => format!(" of {branch}"),
            None => String::new(),
        };
        let note = if has_changed_sources {
            ", with changes that aren't committed"
        } else {
            ""
        };
        format!(
            "Publish {short}{of}{note}\n\n{SOURCE}: {head}\n{SIGN}: nutgraf {}\n",
            env!("CARGO_PKG_VERSION")
        )
    }
}

/// The line of a message with the commit of the sources.
pub(super) const SOURCE: &str = "Source-commit";

/// The line of a message that identifies our commits.
pub(super) const SIGN: &str = "Published-by";

fn no_repository(root: &Path, complaint: &str) -> Error {
    let dir = root.display();
    if complaint.contains("not a git repository") || complaint.contains("it ended with") {
        return Error::usage(format!("`{dir}` isn't in a git repository")).help(
            "run `git init` there, commit your files, and name the repository on the host with `git remote add origin ADDRESS`",
        );
    }
    Error::usage(format!("git can't work in `{dir}`: {complaint}"))
}

/// A branch's name, if git allows it.
fn branch(git: &Git, written: &str) -> Result<String, Error> {
    let is_plain = !written.starts_with(['-', '@'])
        && !written.starts_with("refs/")
        && written != "HEAD"
        && !written.contains('\0');
    let reference = format!("refs/heads/{written}");
    if is_plain && git.run(["check-ref-format", &reference])?.is_fine() {
        return Ok(written.to_owned());
    }
    let help = format!("write its name alone, as in `--branch {BRANCH}`");
    Err(Error::usage(format!("`{written}` can't be the name of a branch")).help(help))
}

/// The given remote, `origin`, or the only one.
fn remote(git: &Git, written: Option<&str>) -> Result<String, Error> {
    let names = git.demand("list the remotes", ["remote"])?.line();
    let names: Vec<&str> = names.lines().collect();
    let wanted = written.unwrap_or("origin");
    if names.contains(&wanted) {
        return Ok(wanted.to_owned());
    }
    match (written, names.as_slice()) {
        (_, []) => Err(Error::usage("the repository has no remote to publish to").help(
            "make an empty repository on the host, then run `git remote add origin ADDRESS` with its address",
        )),
        (None, [only]) => Ok((*only).to_owned()),
        (_, several) => {
            let message = format!("there is no remote `{wanted}`");
            let listed = several.join("`, `");
            let help = match nearest(wanted, several) {
                Some(name) => format!("did you mean `{name}`?"),
                None => format!("name one of these with `--remote`: `{listed}`"),
            };
            Err(Error::usage(message).help(help))
        }
    }
}
