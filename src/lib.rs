//! nutgraf, a static explainer-site generator.

pub(crate) mod assets;
pub mod check;
pub mod cli;
pub mod config;
pub mod diag;
pub mod document;
pub mod edition;
pub mod error;
pub mod evidence;
pub mod init;
pub mod model;
pub mod office;
pub mod output;
pub mod plan;
pub mod project;
pub mod render;
pub mod serve;
pub mod site;
pub mod theme;
