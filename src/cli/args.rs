//! The command line as types.

use std::num::NonZeroU32;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use nutgraf_language::Language;

use crate::cli::examples;
use crate::evidence::command::Given;
use crate::output::Share;
use crate::publish;

/// Builds explainer sites from Markdown: sourced timelines, key figures, reactions.
#[derive(Debug, Parser)]
#[command(
    name = "nutgraf",
    version = concat!(env!("CARGO_PKG_VERSION"), env!("NUTGRAF_COMMIT")),
    propagate_version = true,
    arg_required_else_help = true
)]
#[command(after_help = "Start with `nutgraf init my-site`, then `nutgraf serve -r my-site`.")]
pub struct Cli {
    #[command(subcommand)]
    pub(super) command: Command,
    #[command(flatten)]
    pub(super) global: Global,
}

#[derive(Debug, Args)]
pub(super) struct Global {
    /// The project's folder; otherwise `site.yaml` is looked for here and upwards
    #[arg(short, long, global = true, value_name = "DIR")]
    pub(super) root: Option<PathBuf>,
    /// Print only faults
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    pub(super) quiet: bool,
    /// Print more: every hint, and what each page is based on
    #[arg(short, long, global = true)]
    pub(super) verbose: bool,
    /// When to use color
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub(super) color: Color,
}

/// When to use color.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum Color {
    Auto,
    Always,
    Never,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Create a new site that builds right away
    #[command(after_help = examples::INIT)]
    Init(InitArgs),
    /// Draft an explainer from an article, or add its records to an existing one
    #[command(after_help = examples::IMPORT)]
    Import(ImportArgs),
    /// Start an explainer, a page, or a record on a page
    #[command(after_help = examples::NEW)]
    New(NewArgs),
    /// Build the site
    #[command(after_help = examples::BUILD)]
    Build(BuildArgs),
    /// Build the site, and build it again after every edit
    #[command(after_help = examples::WATCH)]
    Watch(WatchArgs),
    /// Preview the site in a browser, follow every edit, and edit pages there; never touches the finished site
    #[command(visible_alias = "preview")]
    #[command(after_help = examples::SERVE)]
    Serve(ServeArgs),
    /// Check everything that `build` checks, and write nothing
    #[command(after_help = examples::CHECK)]
    Check(CheckArgs),
    /// Check that everything is here that the site needs to be built and published
    #[command(after_help = examples::DOCTOR)]
    Doctor {
        #[command(flatten)]
        site: SiteArgs,
    },
    /// Run the language server (LSP), which editors start by themselves
    #[command(after_help = examples::LSP)]
    Lsp {
        #[command(flatten)]
        site: SiteArgs,
    },
    /// Compare quotations, figures and dates with the texts of their sources, and write `evidence.lock`
    #[command(after_help = examples::VERIFY)]
    Verify(VerifyArgs),
    /// Show the manual in a browser, or explain a message
    #[command(after_help = examples::DOCS)]
    Docs(DocsArgs),
    /// Show the files of the built-in theme, which a site replaces or changes one by one
    #[command(subcommand)]
    #[command(after_help = examples::THEME)]
    Theme(Theme),
    /// Show what changed since the last commit or between two revisions, as facts rather than lines
    #[command(after_help = examples::DIFF)]
    Diff(DiffArgs),
    /// Publish the site: commit it to a branch of its own, and push that to the host
    #[command(visible_alias = "gh-deploy")]
    #[command(after_help = examples::PUBLISH)]
    Publish(PublishArgs),
    /// Put the shares of a site together that `build --shard` made
    #[command(after_help = examples::MERGE)]
    Merge(MergeArgs),
    /// Remove what `build` made
    #[command(after_help = examples::CLEAN)]
    Clean(OutputArgs),
    /// Print a script that completes commands in a shell
    #[command(after_help = examples::COMPLETIONS)]
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
    /// Print the manual page, or write those of all commands to a folder
    #[command(after_help = examples::MAN)]
    Man {
        /// An existing folder
        dir: Option<PathBuf>,
    },
    /// Print the fields of the content format: a JSON Schema for editors, or tables for people
    #[command(after_help = examples::SCHEMA)]
    Schema {
        /// Which files it is for
        #[arg(default_value = "page")]
        of: SchemaOf,
        /// JSON Schema, or tables in Markdown for people
        #[arg(long, default_value = "json")]
        format: SchemaFormat,
    },
}

#[derive(Debug, Subcommand)]
pub(super) enum Theme {
    /// Print the names of all files: templates, words, style sheets
    List,
    /// Print a file: `nutgraf theme show partials/figure.html > templates/partials/figure.html`
    Show {
        /// The file, as `theme list` names it; its folder may be left out
        #[arg(value_name = "NAME")]
        name: String,
    },
}

/// The kinds of files that have a schema.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum SchemaOf {
    /// Front matter
    Page,
    /// `site.yaml`
    Site,
}

/// The format of a schema.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum SchemaFormat {
    /// JSON Schema
    Json,
    /// Tables in Markdown
    Markdown,
}

#[derive(Debug, Args)]
pub(super) struct InitArgs {
    /// The folder of the new site
    #[arg(default_value = ".")]
    pub(super) dir: PathBuf,
    /// The site's title; by default made from the folder's name
    #[arg(long, value_name = "TEXT")]
    pub(super) title: Option<String>,
    /// Add the workflow that publishes the site to GitHub Pages
    #[arg(long)]
    pub(super) github_pages: bool,
    /// Where that workflow gets nutgraf from: a git repository with `#TAG`, an archive of a release, or a folder of the
    /// site's own repository
    #[arg(long, value_name = "ADDRESS", requires = "github_pages")]
    pub(super) from: Option<crate::init::Origin>,
    /// On how many machines that workflow builds the site, each a share of it: for sites that take one many minutes
    #[arg(long, value_name = "N", requires = "github_pages")]
    pub(super) shards: Option<NonZeroU32>,
}

#[derive(Debug, Args)]
pub(super) struct ImportArgs {
    /// An article (text, Markdown, HTML), a timeline (TimelineJS, Markwhen, iCalendar, CSV) or sources (CSL-JSON, BibTeX, RIS, hayagriva); `-` reads standard input
    pub(super) file: PathBuf,
    /// The explainer's folder in the project [default: content/, and the article's title]
    #[arg(long, value_name = "DIR")]
    pub(super) into: Option<String>,
    /// The day the article was published, such as 2025-01-28, from which "Monday" is counted
    #[arg(long, value_name = "DATE")]
    pub(super) published: Option<crate::model::Day>,
    /// Who published the article
    #[arg(long, value_name = "NAME")]
    pub(super) publisher: Option<String>,
    /// The article's title
    #[arg(long, value_name = "TEXT")]
    pub(super) title: Option<String>,
    /// The article's address, which is recorded but not fetched
    #[arg(long, value_name = "URL")]
    pub(super) url: Option<String>,
    // What it says is made from the languages that there are files for.
    #[arg(long, value_name = "TAG", help = drafted_languages())]
    pub(super) language: Option<String>,
}

/// The help of `import --language`.
fn drafted_languages() -> String {
    let mut codes: Vec<&str> = Language::codes().collect();
    codes.sort_unstable();
    let last = codes.pop().unwrap_or_default();
    format!(
        "The language the article is in; drafts are made in {} and {last} [default: recognized by its words]",
        codes.join(", ")
    )
}

#[derive(Debug, Args)]
pub(super) struct NewArgs {
    /// What to start
    pub(super) what: New,
    /// Its title, or who speaks
    pub(super) title: String,
    /// An existing folder below `content/` [default: the one that the command is called in, or content/]
    #[arg(long, value_name = "DIR")]
    pub(super) into: Option<String>,
}

/// What can be started.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum New {
    /// A folder with the pages of an explainer
    Explainer,
    /// One page
    Page,
    /// An entry of a timeline
    Event,
    /// A number
    Figure,
    /// What somebody said; the title is their name
    Reaction,
    /// What records are based on
    Source,
}

/// The options that affect how a site is made.
#[derive(Debug, Args)]
pub(super) struct SiteArgs {
    /// The address of the finished site; replaces `base_url` in `site.yaml`
    #[arg(short = 'u', long, value_name = "URL")]
    pub(super) base_url: Option<String>,
    /// Show drafts, and records that still need review
    #[arg(long)]
    pub(super) drafts: bool,
    /// Show pages whose `date` is still to come
    #[arg(long)]
    pub(super) future: bool,
    /// The day to build for, such as 2025-01-28 [default: today, or that of SOURCE_DATE_EPOCH]
    #[arg(long, value_name = "DATE")]
    pub(super) today: Option<crate::model::Day>,
}

#[derive(Debug, Args)]
pub(super) struct OutputArgs {
    /// The folder of the finished site [default: public]
    #[arg(short, long, value_name = "DIR")]
    pub(super) output: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(super) struct BuildArgs {
    #[command(flatten)]
    pub(super) site: SiteArgs,
    #[command(flatten)]
    pub(super) output: OutputArgs,
    /// Treat warnings as errors
    #[arg(long)]
    pub(super) strict: bool,
    /// Report how long each stage took, and which templates and files took longest
    #[arg(long)]
    pub(super) timings: bool,
    /// Build only one of several shares, such as 3/8: the third of eight, for `merge`
    #[arg(long, value_name = "N/OF", requires = "output")]
    pub(super) shard: Option<Share>,
}

#[derive(Debug, Args)]
pub(super) struct MergeArgs {
    #[command(flatten)]
    pub(super) output: OutputArgs,
    /// The folders of all shares, in any order
    #[arg(required = true, value_name = "DIR")]
    pub(super) dirs: Vec<PathBuf>,
}

#[derive(Debug, Args)]
pub(super) struct WatchArgs {
    #[command(flatten)]
    pub(super) site: SiteArgs,
    #[command(flatten)]
    pub(super) output: OutputArgs,
    /// Poll for changes: for network folders and containers
    #[arg(long)]
    pub(super) poll: bool,
}

#[derive(Debug, Args)]
pub(super) struct ServeArgs {
    #[command(flatten)]
    pub(super) site: SiteArgs,
    /// The port; 0 for any free one [default: 1414, or the next free one]
    #[arg(short, long)]
    pub(super) port: Option<u16>,
    /// An address or name of this machine at which others may reach the preview
    #[arg(long)]
    pub(super) host: Option<String>,
    /// Show the site in a browser
    #[arg(short = 'O', long)]
    pub(super) open: bool,
    /// Let the browser move to the page that is edited
    #[arg(long)]
    pub(super) follow: bool,
    /// Poll for changes: for network folders and containers
    #[arg(long)]
    pub(super) poll: bool,
    /// Only show pages, without letting anyone edit them in the browser
    #[arg(long)]
    pub(super) read_only: bool,
}

#[derive(Debug, Args)]
pub(super) struct CheckArgs {
    #[command(flatten)]
    pub(super) site: SiteArgs,
    /// Treat warnings as errors
    #[arg(long)]
    pub(super) strict: bool,
    /// Fix what has only one answer: mistyped names, dates and numbers in another form, missing quotation marks
    #[arg(long)]
    pub(super) fix: bool,
    /// Ask other sites whether the links to them still lead somewhere
    #[arg(long)]
    pub(super) links: bool,
    /// How to print faults
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub(super) format: Format,
}

#[derive(Debug, Args)]
pub(super) struct DocsArgs {
    /// A message to explain here instead, by the code in its brackets: `bad-date`
    #[arg(conflicts_with_all = ["port", "open"])]
    pub(super) code: Option<String>,
    /// The port; 0 for any free one [default: 1414, or the next free one]
    #[arg(short, long)]
    pub(super) port: Option<u16>,
    /// Open the browser
    #[arg(short = 'O', long)]
    pub(super) open: bool,
}

#[derive(Debug, Args)]
pub(super) struct DiffArgs {
    /// A commit, branch or tag to compare the files with, or two of them: `v1..v2`
    #[arg(value_name = "REV[..REV]", default_value = "HEAD")]
    pub(super) range: String,
    /// How changes are printed
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub(super) format: DiffFormat,
    /// Draft `updates:` of the facts that changed in the files and that readers aren't told of yet
    #[arg(long)]
    pub(super) write: bool,
    /// Fail if a fact changed and no correction or update says so, where `policies:` in `site.yaml` require it
    #[arg(long)]
    pub(super) strict: bool,
}

/// How changes are printed.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum DiffFormat {
    /// For people
    Human,
    /// As Markdown, for a comment
    Markdown,
    /// As JSON, for programs
    Json,
}

#[derive(Debug, Args)]
pub(super) struct VerifyArgs {
    /// The text of a source: plain text, Markdown or HTML; otherwise the file that its `text:` names
    #[arg(long, value_name = "ID=FILE", value_parser = given)]
    pub(super) source: Vec<Given>,
    /// Treat warnings, and what can't be verified here, as errors
    #[arg(long)]
    pub(super) strict: bool,
    /// How to print faults
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub(super) format: Format,
}

/// Parses the text of a source given on the command line.
fn given(text: &str) -> Result<Given, String> {
    match text.split_once('=') {
        Some((id, file)) if !id.is_empty() && !file.is_empty() => Ok(Given {
            id: id.to_owned(),
            file: PathBuf::from(file),
        }),
        _ => Err("expected the source's id and its file, as in `paper=article.txt`".to_owned()),
    }
}

#[derive(Debug, Args)]
pub(super) struct PublishArgs {
    #[command(flatten)]
    pub(super) site: SiteArgs,
    /// The branch that the host publishes
    #[arg(short, long, value_name = "NAME", default_value = publish::BRANCH)]
    pub(super) branch: String,
    /// The git remote [default: origin, or the only one there is]
    #[arg(long, value_name = "NAME")]
    pub(super) remote: Option<String>,
    /// The site's own domain; replaces `cname` of `site.yaml`
    #[arg(long, value_name = "DOMAIN")]
    pub(super) cname: Option<String>,
    /// Discard the branch's history: it will have one commit
    #[arg(long)]
    pub(super) orphan: bool,
    /// Say what would change on the branch, and change nothing
    #[arg(short = 'n', long)]
    pub(super) dry_run: bool,
    /// Publish even if many pages are removed
    #[arg(long)]
    pub(super) prune: bool,
    /// Leave this version at an address of its own, `versions/2025-02-03/`, where it can be cited
    #[arg(long)]
    pub(super) keep: bool,
    /// Publish in spite of warnings, drafts, changes that aren't committed, or files of others on the branch; says
    /// which of them it overrides
    #[arg(short, long)]
    pub(super) force: bool,
}

/// How to print faults.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// With excerpts, to standard error
    Human,
    /// As a JSON array, to standard output
    Json,
    /// As GitHub's annotations, to standard output
    Github,
}
