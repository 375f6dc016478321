//! The files of a project, and what is wrong with them.
//!
//! [`project`] reads a project's folders into one [`Snapshot`](project::Snapshot); [`disk`] opens files without
//! following links; [`diag`] records faults of the writer, each with its place, and shows them; [`error`] holds faults
//! of the environment.

pub mod diag;
pub mod disk;
pub mod error;
pub mod project;
mod shared_map;
