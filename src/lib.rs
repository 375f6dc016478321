//! nutgraf, a static explainer-site generator.

pub mod diag;
pub mod document;
pub mod error;
pub mod evidence;
pub mod model;
pub mod plan;
pub mod project;
