//! How are files opened? Never through a link, never waiting for a pipe, never without a limit.
//!
//! What a project's folder holds may come from anywhere: a clone can carry a link in place of any file, and another user
//! of the machine may put a pipe where we look for one. So everything that opens a file by its name does it here.

mod open;

pub use open::{NotAFile, create_new, has_one_name, is_not_a_file, open, open_or_create, read};
