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
//! The stages are functions, and [`edition`] is the only place that chains them. It turns each into *queries* of salsa:
//! functions of files, folders and other queries, whose results are kept while what they read stays the same. An
//! [`Edition`](edition::Edition) is one state of the site, computed as far as it is asked for: `build` and `check` ask
//! for everything; the preview and `lsp` ask first for the page that somebody looks at, and then, in the background, for
//! the faults of the rest. After an edit, the same queries are asked again, and those that it doesn't affect return what
//! they have. [`site`](mod@site) writes an edition to a folder, output by output; if `.nutgraf/` records that the last
//! build had the same input and left the folder as it is, there is nothing to render.
//!
//! The stages ask for names and addresses through [`Outline`](model::Outline), by page and by folder, so that each page
//! depends only on what it shows.
//!
//! A site in several languages is several sites that share their files: an outline, settings and words are of one
//! language, and so is every output. A translation is made whole by its original where it is parsed
//! ([`Document::translated`](document::Document::translated)): what isn't words it takes from there, and words that it
//! lacks it takes with a [mark](model::Foreign) of their language, which becomes an element when the output is written.
//! So a page of a language depends on its own file and on its original, and the stages in between know nothing of it.
//!
//! Next to the pipeline are [`config`] (`site.yaml`), [`theme`] (the built-in theme, embedded), [`cards`] (pictures of
//! pages), [`evidence`] (whether sources say what records say; `edition` and `plan` ask it what `evidence.lock`
//! records), [`diag`] (faults, and how they are shown), [`import`] (from an article to a draft), [`diff`] (what changed
//! between two versions), [`serve`] (the preview), [`workbench`] (what its browser can edit), [`lsp`] (help for editors) and the
//! commands, which start in [`cli`].
//!
//! A boundary that matters is a crate below `crates/`, where the compiler enforces it. [`nutgraf_project`] has the files
//! and their faults ([`project`], [`disk`], [`diag`], [`error`]), [`nutgraf_document`] has what they say ([`document`],
//! [`config`], [`model`]), and [`nutgraf_import`] drafts from articles; this crate does the rest. The other crates know
//! nothing of sites, and can be used without one: [`nutgraf_values`] (dates and numbers), [`nutgraf_language`] (words,
//! numbers, hedges, dates in words), [`nutgraf_evidence`] (quotations, figures, dates and speakers against a text),
//! [`nutgraf_cards`] (drawing headlines) and [`nutgraf_pictures`] (the size and metadata of pictures).
//!
//! # Faults
//!
//! Faults of the writer are [diagnostics](diag::Diagnostic): a stage records them, drops what it can't make, and goes
//! on, so that one run shows all of them. Faults of the environment are [errors](error::Error). Faults of ours are
//! panics, and no input should cause one.
//!
//! # Rules that a test holds
//!
//! `tests/architecture.rs` reads the sources and reports the rule that was broken:
//!
//! - Arrows run one way: `document → check → plan → render → output`; `model` imports nothing of ours but addresses,
//!   hashes and values.
//! - Each library is named in one module only: Tera in `render`, the Markdown parser in `document`, clap in `cli` (and
//!   `main`), axum in `serve`, salsa in `edition`, and the library for the editors' protocol in `lsp/wire`.
//! - Only the edges touch the disk (`project`, `output`, `init`, …), only the edges know the time, and only `main` ends
//!   the process. Files are opened by `disk`, which follows no link.
//! - No file has more than 440 lines of program: a longer one usually has a second subject.
//! - A new field of a record touches only a short list of files.

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
pub mod workbench;

pub use nutgraf_cards as cards;
pub use nutgraf_document::{config, document, model};
pub use nutgraf_import as import;
pub use nutgraf_project::{diag, disk, error, project};
