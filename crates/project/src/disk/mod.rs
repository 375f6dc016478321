//! Opens files: never through a link, never waiting for a pipe, never without a size limit.
//!
//! The contents of a project's folder may come from anywhere: a clone can have a link in place of any file, and another
//! user of the machine can put a pipe where we expect a file. So everything that opens a file by name does it here:
//! single files by path with [`open()`] and [`read`], files below a project's folder with a [`Root`].

mod open;
mod root;

pub use open::{
    NotAFile, create_new, has_one_name, is_a_link, is_not_a_file, kind_of, open, open_or_create,
    read, read_named,
};
pub use root::Root;
