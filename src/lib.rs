//! nutgraf is a static explainer-site generator. (The *nut graf* is the paragraph of a news story that says why
//! it matters.) This page is the architecture chapter; the README is the user's guide.
//!
//! # The pipeline
//!
//! ```text
//! disk --snapshot--> files --parse--> documents --check--> pages --plan--> views --render--> bytes --write--> disk
//!         (I/O)      bytes+hash       own bytes   no holes       per output          |
//!                                     only                                           +--> HTTP, branch
//! ---------------------- Diagnostics: append only, each with a place ---------------------->
//! ```
//!
//! | stage | module | promise | never |
//! |---|---|---|---|
//! | snapshot | [`project`] | one consistent, sorted read; all later stages see only this | parses |
//! | parse | [`document`] | a document depends on its own bytes alone | looks at another file |
//! | check | [`check`] | ids, dates and links resolved: the [`model`] has no `Option` for what must exist | does I/O |
//! | plan | [`plan`] | names every output once, each with a typed view | renders |
//! | render | [`render`] | output = f(templates, view) | touches disk, clock, network |
//! | write | [`output`] | staged, compared, then swapped; removes only what its manifest lists | knows what a page is |
//!
//! The stages are functions, and [`edition`] is the only place that chains them. It makes each a *query* of salsa: a
//! function of files, folders and other queries, whose value is kept while what it read is the same. An
//! [`Edition`](edition::Edition) is one state of the site, worked out as far as it is asked for: `build` and `check`
//! ask for everything, the preview for the page that is looked at. After an edit the same queries are asked again, and
//! those that it didn't reach give what they gave. [`site`](mod@site) writes an edition to a folder, page by page.
//!
//! The stages ask for names and addresses through [`Outline`](model::Outline), by page and by folder, so that each
//! page depends on what it shows and on nothing else.
//!
//! Beside the pipeline there are [`config`] (`site.yaml`), [`theme`] (the built-in theme, embedded), [`cards`]
//! (pictures of pages), [`evidence`] (do the sources say what the records say?), [`diag`] (faults, and how they are
//! shown), [`import`] (from an article to a draft), [`diff`] (what changed between two versions), [`serve`] (the preview), [`lsp`] (help for editors)
//! and the commands, which start from [`cli`].
//!
//! Where a boundary matters it is a crate below `crates/`, and the compiler holds it. [`nutgraf_project`] has the files and
//! their faults ([`project`], [`disk`], [`diag`], [`error`]), [`nutgraf_document`] what they say ([`document`],
//! [`config`], [`model`]), [`nutgraf_import`] the draft; this crate goes on from there. Others can use without a site:
//! [`nutgraf_values`] (dates and numbers), [`nutgraf_language`] (words, numbers, hedges, dates in words) and
//! [`nutgraf_evidence`] (quotations, figures, dates and speakers against a text).
//!
//! # Faults
//!
//! Faults of the writer are [diagnostics](diag::Diagnostic): a stage records them, drops what it can't make, and goes
//! on, so that one run shows all. Faults of the environment are [errors](error::Error). Faults of ours are panics, and
//! there are none.
//!
//! # Rules that a test holds
//!
//! `tests/architecture.rs` reads the sources and fails with the rule that was broken:
//!
//! - Arrows run one way: `document → check → plan → render → output`; `model` imports nothing of ours but addresses.
//! - Each library stands behind one module: only `render` names Tera, only `document` the Markdown parser, only `cli`
//!   clap, only `serve` sockets, only `edition` salsa, only `lsp/wire` the protocol of editors.
//! - Only the edges touch the disk (`project`, `output`, `init`, …), only the edges know the time, only `main` ends the
//!   process.
//! - A file has one subject.

pub(crate) mod assets;
pub mod check;
pub mod cli;
pub mod committed;
pub mod diff;
pub mod doctor;
pub mod edition;
pub mod evidence;
pub mod fix;
pub mod init;
pub mod links;
pub mod lsp;
pub mod new;
pub mod output;
pub mod plan;
pub mod publish;
pub mod render;
pub mod serve;
pub mod site;
pub mod theme;

pub use nutgraf_cards as cards;
pub use nutgraf_document::{config, document, model};
pub use nutgraf_import as import;
pub use nutgraf_project::{diag, disk, error, project};
