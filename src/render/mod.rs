//! Renders views. This is the only module that knows the template engine.
//!
//! Output is a function of the templates and the view: no disk, no clock, no network. Start with [`Templates`].

mod fault;
mod filters;
mod templates;
pub mod vocabulary;

pub use templates::{BuiltIn, Shared, Templates, View, builtin_text};
