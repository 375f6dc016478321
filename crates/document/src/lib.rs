//! What a project's files say: pages and records out of Markdown and YAML, and the settings of `site.yaml`.
//!
//! [`document`] reads one page, from its own bytes alone; [`config`] reads `site.yaml`; [`model`] is what pages and
//! records are once everything in them is resolved.

pub mod config;
pub mod document;
pub mod model;

use nutgraf_project::{diag, error, project};
