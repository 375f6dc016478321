//! Where in a YAML text a field is. Used only when there is a fault to show.

use std::ops::Range;

/// The way to a value: `events`, `2`, `source`.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct FieldPath(pub Vec<Step>);

/// One step of a [`FieldPath`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// The value of a key.
    Key(String),
    /// An item of a list, from 0.
    Item(usize),
}

impl FieldPath {
    /// The way to one field of the front matter itself.
    pub fn field(name: &str) -> Self {
        Self(vec![Step::Key(name.to_owned())])
    }

    /// The way to one record of a list.
    pub fn item(list: &str, index: usize) -> Self {
        Self(vec![Step::Key(list.to_owned()), Step::Item(index)])
    }

    /// The way one key further down.
    #[must_use]
    pub fn key(&self, name: &str) -> Self {
        let mut steps = self.0.clone();
        steps.push(Step::Key(name.to_owned()));
        Self(steps)
    }

    /// The way one item further down.
    #[must_use]
    pub fn index(&self, index: usize) -> Self {
        let mut steps = self.0.clone();
        steps.push(Step::Item(index));
        Self(steps)
    }
}

/// A YAML text as a tree of ranges.
#[derive(Clone, Debug)]
pub struct Tree {
    /// Where the value is.
    pub span: Range<usize>,
    /// What it is.
    pub node: Node,
}

/// What a value is.
#[derive(Clone, Debug)]
pub enum Node {
    /// Text as written, without quotation marks.
    Scalar(String),
    /// Items.
    List(Vec<Tree>),
    /// Keys with the range of each, and values.
    Map(Vec<(String, Range<usize>, Tree)>),
}
