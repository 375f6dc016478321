//! How are files opened? Never through a link, never waiting for a pipe, never without a limit.
//!
//! What a project's folder holds may come from anywhere: a clone can carry a link in place of any file, and another user
//! of the machine may put a pipe where we look for one. So everything that opens a file by its name does it here: one
//! file by its path with [`open()`] and [`read`], files below a project's folder with a [`Root`].

mod open;
mod root;

pub use open::{
    NotAFile, create_new, has_one_name, is_a_link, is_not_a_file, kind_of, open, open_or_create,
    read, read_named,
};
pub use root::Root;
