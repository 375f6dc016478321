//! What a project's files say: pages and records from Markdown and YAML, and the settings in `site.yaml`.
//!
//! [`document`] reads one page, from its own bytes alone; [`config`] reads `site.yaml`; [`model`] has pages and records
//! with everything in them resolved.

pub mod config;
pub mod document;
pub mod model;

use nutgraf_project::{diag, error, project};
