//! Which outputs are there, and what does each show?
//!
//! Names every output once, each with a typed view of its own. Renders nothing.

pub mod view;
