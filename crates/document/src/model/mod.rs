//! The checked site: pages, records, dates and numbers.
//!
//! Invalid states can't be represented here: a record holds its sources and people themselves rather than their ids,
//! and a link holds the address that it was found to lead to. It imports nothing of ours but addresses. Start with
//! [`Page`] and [`Outline`]; the records are in `record.rs`.

mod account;
mod chart;
mod language;
mod listing;
mod login;
mod markup;
mod outline;
mod page;
mod record;
mod taxonomy;

pub use account::Account;
pub use chart::Chart;
pub use language::{Foreign, Language};
pub use listing::{GroupBy, Listing, SortBy};
pub use login::holds_login;
pub use markup::{Citation, Embed, Gap, Heading, Href, Markup, Segment, Words};
pub use nutgraf_values::{
    Clock, DateError, DateKind, Day, Moment, Number, NumberError, PartialDate, Precision,
    Qualifier, Quantity,
};
pub use outline::{
    Asset, Focus, Folder, NoFocus, Outline, Picture, PictureSize, Pixels, Rendition, Subfolder,
};
pub use page::{
    Anchors, CardSubject, Era, HeadImage, Held, Layout, Page, PageHead, Published, Records,
};
pub use record::{
    Anchor, Compared, Derivation, Event, Figure, FigureValue, Image, Notice, Person, Point,
    PointKey, Question, Reaction, RecordId, RecordKind, Source, SourceRef, Term, has_labels,
};
pub use taxonomy::{Grouping, Groupings, Taxonomy};
