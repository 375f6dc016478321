//! nutgraf, a static explainer-site generator.

pub mod diag;
pub mod document;
pub mod error;
pub mod import;
pub mod model;
pub mod plan;
pub mod project;
