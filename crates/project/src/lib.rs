//! The files of a project, and what is wrong with them.
//!
//! [`project`] reads a project's folders as one [`Snapshot`](project::Snapshot); [`disk`] is what opens files, and follows
//! no link; [`diag`] holds faults of the writer, each with its place, and shows them; [`error`] holds faults of the environment.

pub mod diag;
pub mod disk;
pub mod error;
pub mod project;
mod shared_map;
