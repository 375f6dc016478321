//! nutgraf, a static explainer-site generator.

pub mod check;
pub mod config;
pub mod diag;
pub mod document;
pub mod error;
pub mod model;
pub mod plan;
pub mod project;
pub mod render;
pub mod theme;
