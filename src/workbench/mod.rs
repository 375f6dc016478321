//! What can be edited on a page, and what an edit would mean, for writing in the preview.
//!
//! Pure: an edition in, values for a browser out. Only the preview uses it; nothing here is ever built or published.
//! `request` reads what a browser asks for, `page` lists what is on a page, `fields` what a field accepts, `trial`
//! evaluates an edit before it is written, `view` renders Markdown that is being typed, `source` shows what a source
//! says and which records use its words, and `desk` what is left to do. `serve` handles the files.

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
