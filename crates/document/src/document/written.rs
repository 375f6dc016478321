//! A page as written, for comparing two versions of it rather than for building a site.

use serde_yaml::{Mapping, Value};

use super::fences::{Division, divide};

/// A page as written.
#[derive(Clone, Debug, PartialEq)]
pub struct WrittenPage {
    /// The front matter, in the writer's order.
    pub front_matter: Mapping,
    /// The prose, as Markdown.
    pub prose: String,
}

/// Reads a page without checking it. `None` if it has no readable front matter, and so can't be understood.
///
/// # Examples
///
/// ```
/// use nutgraf_document::document::as_written;
///
/// let page = as_written(b"---\ntitle: The harbor\n---\nIt grows.\n").unwrap();
/// assert_eq!(page.front_matter["title"], "The harbor");
/// assert_eq!(page.prose, "It grows.\n");
/// assert_eq!(as_written(b"It grows.\n"), None);
/// ```
pub fn as_written(bytes: &[u8]) -> Option<WrittenPage> {
    let text = std::str::from_utf8(bytes).ok()?;
    let Division::Whole { yaml, body } = divide(text) else {
        return None;
    };
    let front_matter = match serde_yaml::from_str(&text[yaml]).ok()? {
        Value::Mapping(front_matter) => front_matter,
        Value::Null => Mapping::new(),
        _ => return None,
    };
    Some(WrittenPage {
        front_matter,
        prose: text[body..].to_owned(),
    })
}
