//! What can be edited on a page, and what an edit would mean, for writing in the preview.
//!
//! Pure: an edition in, values for a browser out. The preview alone asks; nothing of this is ever built or published.
//! `request` reads what a browser asks for, `page` says what is on a page, `fields` what a field takes, `trial` what an
//! edit would come to before it is written, `view` how Markdown looks, `source` what a source says and who uses its words, `desk` what is left
//! to do. The files are `serve`'s.

mod desk;
mod faults;
mod fields;
mod page;
mod request;
mod source;
mod trial;
mod view;

pub use desk::desk;
pub use fields::fields;
pub use page::{page, values};
pub use request::edits;
pub use source::{source, taken};
pub use trial::{Trial, trial};
pub use view::view;
