//! The fields of front matter, records and `site.yaml`: one declaration each.
//!
//! `page.rs` and `site.rs` declare every field once, as a row of a table: its name, the type that holds its value, what
//! it accepts, whether it can be left out, its allowed words, and one sentence of documentation. Everything else is
//! derived from that: the raw records (`RawEvent`), their faults (see `reader.rs`), `nutgraf schema` and the tables of
//! the manual. What a value *means* is left to `check`.

mod account;
mod json;
mod kind;
mod markdown;
mod page;
mod site;

pub use account::RawAccount;
pub use json::{page_schema, site_schema};
pub use kind::{
    About, Kind, Need, Sharing, date, day, flag, free, ids, language, list, markdown, moment,
    number, path, text, url, whole,
};
pub use markdown::{page_reference, site_reference};
pub use page::Whole;
pub use page::{
    FRONT_MATTER, FrontMatter, Lists, RawEvent, RawFigure, RawImage, RawNotice, RawPerson,
    RawPoint, RawQuestion, RawReaction, RawSource, RawSourceRef, RawTerm, RawUnbound,
    record_fields,
};
pub use site::SITE;
pub use site::{
    RawColors, RawConfig, RawFooterLink, RawLanguage, RawMenuItem, RawMenuLink, RawPolicy,
};

use super::locate::Tree;
use super::reader::Reader;
use super::translation::Translating;

/// A mapping with declared fields, and its name in messages.
#[derive(Clone, Copy, Debug)]
pub struct Group {
    /// Its name: "an item of `events`".
    pub name: &'static str,
    /// Its fields, in the order of the manual.
    pub fields: &'static [Field],
}

/// One field.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// The key in YAML.
    pub name: &'static str,
    /// The shape of its value.
    pub shape: Shape,
    /// What it accepts and what it is for.
    pub about: About,
}

/// The shape of a value.
#[derive(Clone, Copy, Debug)]
pub enum Shape {
    /// A word, number or text.
    Scalar,
    /// `true` or `false`.
    Flag,
    /// A list of words; a single word is a list of one.
    Words,
    /// A mapping.
    Map(Group),
    /// A mapping, or `true` or `false` for whether the thing is there at all.
    Switch(Group),
    /// Mappings by names that the writer chooses.
    Named(Group),
    /// A list of mappings.
    Records(Group),
    /// A word, a mapping, or a list of both. The word is short for the first field.
    Refs(Group),
    /// Anything.
    Any,
}

impl Shape {
    /// The mapping that a value of this shape is or contains.
    pub fn group(self) -> Option<Group> {
        match self {
            Self::Map(group)
            | Self::Switch(group)
            | Self::Named(group)
            | Self::Records(group)
            | Self::Refs(group) => Some(group),
            Self::Scalar | Self::Flag | Self::Words | Self::Any => None,
        }
    }
}

impl Field {
    /// A field as it is declared.
    const fn new(member: &'static str, shape: Shape, about: About) -> Self {
        let name = match about.key {
            Some(key) => key,
            None => member,
        };
        Self { name, shape, about }
    }
}

impl Group {
    /// The field with this name.
    pub fn field(self, name: &str) -> Option<&'static Field> {
        self.fields.iter().find(|field| field.name == name)
    }

    /// This mapping and all mappings inside it, outermost first, each once.
    pub fn all(self) -> Vec<Self> {
        let mut groups = vec![self];
        let mut next = 0;
        while let Some(group) = groups.get(next).copied() {
            let inner = group.fields.iter().filter_map(|field| field.shape.group());
            for inner in inner {
                if !groups.iter().any(|group| group.name == inner.name) {
                    groups.push(inner);
                }
            }
            next += 1;
        }
        groups
    }
}

/// A mapping with declared fields, as written.
pub trait Record: Sized + Default {
    /// Its fields, and its name.
    const GROUP: Group;

    /// Reads the value of a field; `false` if it has faults, which are then in `reader`.
    fn set(&mut self, field: &Field, value: &Tree, reader: &mut Reader<'_>) -> bool;

    /// Makes what a translation says whole: by what its original says, field by field.
    fn translate(&mut self, original: &Self, translating: &mut Translating<'_>);

    /// The fields that have faults.
    fn faulty(&mut self) -> &mut Faulty;
}

/// The fields of a record that were written but can't be read, so that they aren't reported as missing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Faulty {
    names: Vec<&'static str>,
    is_whole: bool,
}

impl Faulty {
    /// Whether a field has faults, or the record as a whole.
    pub fn has(&self, name: &str) -> bool {
        self.is_whole || self.names.contains(&name)
    }

    /// Whether the record can't be read at all.
    pub fn is_whole(&self) -> bool {
        self.is_whole
    }

    /// Whether the record's id can't be known.
    pub fn hides_id(&self) -> bool {
        self.has("id")
    }

    pub(super) fn add(&mut self, name: &'static str) {
        self.names.push(name);
    }

    /// Adds the fields that have faults in the original.
    pub(super) fn join(&mut self, other: &Self) {
        self.names.extend(&other.names);
        self.is_whole |= other.is_whole;
    }

    pub(super) fn set_whole(&mut self) {
        self.is_whole = true;
    }
}

/// Declares a mapping as a table with a row for each field: its name, the type of its value, and its documentation. The
/// macro defines the struct, and reads it field by field (see [`Record`]).
macro_rules! record {
    (
        $(#[$doc:meta])*
        $vis:vis struct $record:ident: $name:literal {
            $($field:ident: $type:ty = $about:expr,)*
        }
    ) => {
        $(#[$doc])*
        #[derive(Clone, Debug, Default, PartialEq)]
        #[allow(missing_docs, reason = "the declaration documents each field")]
        $vis struct $record {
            $($vis $field: $type,)*
            /// The fields that were written but can't be read.
            $vis faulty: $crate::document::schema::Faulty,
        }

        impl $crate::document::schema::Record for $record {
            const GROUP: $crate::document::schema::Group = $crate::document::schema::Group {
                name: $name,
                fields: &[$($crate::document::schema::Field::new(
                    stringify!($field),
                    <$type as $crate::document::reader::Value>::SHAPE,
                    $about,
                )),*],
            };

            fn set(
                &mut self,
                field: &$crate::document::schema::Field,
                value: &$crate::document::locate::Tree,
                reader: &mut $crate::document::reader::Reader<'_>,
            ) -> bool {
                use $crate::document::reader::Value;
                let mut fields = Self::GROUP.fields.iter().map(|field| field.name);
                $(if fields.next() == Some(field.name) {
                    let read = Value::read(field, value, reader);
                    let is_read = read.is_some();
                    self.$field = read.unwrap_or_default();
                    return is_read;
                })*
                false
            }

            fn translate(
                &mut self,
                original: &Self,
                translating: &mut $crate::document::translation::Translating<'_>,
            ) {
                use $crate::document::reader::Value;
                let mut fields = Self::GROUP.fields.iter();
                $(if let Some(field) = fields.next() {
                    translating.field(field, |translating| {
                        Value::translate(&mut self.$field, &original.$field, field, translating);
                    });
                })*
                self.faulty.join(&original.faulty);
            }

            fn faulty(&mut self) -> &mut $crate::document::schema::Faulty {
                &mut self.faulty
            }
        }
    };
}
use record;
