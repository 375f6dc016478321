//! The fields of front matter, records and `site.yaml`, as a table.
//!
//! Serves the faults (unknown keys, wrong shapes, all of a file at once) and `nutgraf schema`. The
//! values themselves are read by serde; a test holds the table and the structs together.

mod json;
mod page;
mod site;

pub use json::{page_schema, site_schema};
pub use page::{
    CORRECTION, EVENT, FIGURE, FRONT_MATTER, PAGE_GROUPS, PERSON, POINT, REACTION, SOURCE_FIELDS,
    SOURCE_REF, TERM, UNBOUND,
};
pub use site::{COLORS, DARK_COLORS, MARKDOWN, NAV_ITEM, POLICY, PREVIEW, SITE, SITE_GROUPS};

/// The shape of a value.
#[derive(Clone, Copy, Debug)]
pub enum Shape {
    /// A word, number or text.
    Scalar,
    /// `true` or `false`.
    Flag,
    /// A list of words; one word alone is a list of one.
    Words,
    /// A mapping with these fields.
    Map(&'static [Field]),
    /// A list of mappings with these fields.
    Records(&'static [Field]),
    /// A word, a mapping with these fields, or a list of both. The word stands for the first field.
    Refs(&'static [Field]),
    /// Anything.
    Any,
}

/// One field.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// The key.
    pub name: &'static str,
    /// The shape of its value.
    pub shape: Shape,
    /// What it is, in one sentence.
    pub doc: &'static str,
    /// Whether it can't be left out.
    pub is_required: bool,
    /// The words that are allowed; empty if any are.
    pub values: &'static [&'static str],
}

impl Field {
    const fn new(name: &'static str, shape: Shape, doc: &'static str) -> Self {
        Self {
            name,
            shape,
            doc,
            is_required: false,
            values: &[],
        }
    }

    const fn required(mut self) -> Self {
        self.is_required = true;
        self
    }

    const fn one_of(mut self, values: &'static [&'static str]) -> Self {
        self.values = values;
        self
    }
}

/// The field of that name.
pub fn field(fields: &'static [Field], name: &str) -> Option<&'static Field> {
    fields.iter().find(|field| field.name == name)
}

/// A mapping that has fields, and what it is called in messages.
#[derive(Clone, Copy, Debug)]
pub struct Group {
    /// Its fields.
    pub fields: &'static [Field],
    /// What it is: "an item of `events`".
    pub name: &'static str,
}

const fn text(name: &'static str, doc: &'static str) -> Field {
    Field::new(name, Shape::Scalar, doc)
}

const fn flag(name: &'static str, doc: &'static str) -> Field {
    Field::new(name, Shape::Flag, doc)
}

const fn words(name: &'static str, doc: &'static str) -> Field {
    Field::new(name, Shape::Words, doc)
}

const fn records(name: &'static str, fields: &'static [Field], doc: &'static str) -> Field {
    Field::new(name, Shape::Records(fields), doc)
}

const NOTES: Field = Field::new(
    "notes",
    Shape::Any,
    "Notes for the writers, which never reach the site.",
);
