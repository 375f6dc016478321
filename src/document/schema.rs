//! The fields of front matter, records and `site.yaml`, as a table.
//!
//! Serves the faults (unknown keys, wrong shapes, all of a file at once) and `nutgraf schema`.

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
    /// An id, a list of ids, or `{id, passage}`.
    Sources,
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
}
/// stub
pub fn page_schema() -> serde_json::Value {
    serde_json::Value::Null
}
/// stub
pub fn site_schema() -> serde_json::Value {
    serde_json::Value::Null
}
