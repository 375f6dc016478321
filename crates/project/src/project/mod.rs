//! One consistent, sorted read of the project's files, and their names.
//!
//! All later stages see only a [`Snapshot`]; nothing else in the program reads sources. Start with [`Snapshot`]; the
//! path types are in `path.rs`.

mod foreign_data;
mod hash;
mod ignore;
mod kinds;
mod name;
mod pages;
mod path;
mod root;
mod slug;
mod snapshot;
mod stamps;
mod walk;

pub use foreign_data::foreign_data;
pub use hash::ContentHash;
pub use ignore::Ignore;
pub use ignore::is_litter;
pub use kinds::{FileFormat, FileKind, file_kind};
pub use name::{fault as name_fault, is_git_folder};
pub use pages::{
    copied_from, day_in_name, is_index, is_markdown, is_page, is_private, language_in_name,
};
pub use path::encode;
pub use path::{LinkStyle, OutputPath, Permalink, SourcePath};
pub use root::find_root;
pub use slug::slugify;
pub use slug::{ascii_slug, is_kept as is_slug_letter};
pub use snapshot::{Snapshot, SourceFile};
pub use stamps::Stamps;
