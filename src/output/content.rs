//! A file to be written: its path and its bytes.

use std::sync::{Arc, OnceLock};

use crate::project::{ContentHash, OutputPath, SourceFile};

/// A file of the rendered site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutputFile {
    /// Its path, relative to the output folder.
    pub path: OutputPath,
    /// What it holds.
    pub content: Content,
}

impl OutputFile {
    /// A file of a path and its content.
    pub fn new(path: impl AsRef<str>, content: impl Into<Content>) -> Self {
        Self {
            path: OutputPath::new(path),
            content: content.into(),
        }
    }
}

/// Bytes with their hash, which is computed only once, when it is first needed: a check renders pages without ever
/// needing it.
///
/// A rendered page owns its bytes; a file from `static/` shares them with the snapshot and is never copied.
///
/// # Examples
///
/// ```
/// use nutgraf::output::Content;
/// use nutgraf::project::{ContentHash, Snapshot};
///
/// let page = Content::from("<p>Hello</p>");
/// assert_eq!(page.hash(), ContentHash::of(page.bytes()));
///
/// let snapshot = Snapshot::from_files([("static/a.txt", "a")]);
/// let copied = Content::from(snapshot.iter().next().unwrap());
/// assert_eq!(copied.bytes(), b"a");
/// ```
#[derive(Clone, Debug)]
pub struct Content {
    bytes: Bytes,
    hash: OnceLock<ContentHash>,
}

#[derive(Clone, Debug)]
enum Bytes {
    Owned(Vec<u8>),
    Shared(Arc<[u8]>),
}

impl Content {
    /// The bytes.
    pub fn bytes(&self) -> &[u8] {
        self.bytes.as_slice()
    }

    /// The hash of the bytes.
    pub fn hash(&self) -> ContentHash {
        *self.hash.get_or_init(|| ContentHash::of(self.bytes()))
    }
}

impl PartialEq for Content {
    fn eq(&self, other: &Self) -> bool {
        self.bytes == other.bytes
    }
}

impl Eq for Content {}

impl From<Bytes> for Content {
    fn from(bytes: Bytes) -> Self {
        Self {
            bytes,
            hash: OnceLock::new(),
        }
    }
}

impl Bytes {
    fn as_slice(&self) -> &[u8] {
        match self {
            Self::Owned(bytes) => bytes,
            Self::Shared(bytes) => bytes,
        }
    }
}

impl PartialEq for Bytes {
    fn eq(&self, other: &Self) -> bool {
        self.as_slice() == other.as_slice()
    }
}

impl Eq for Bytes {}

impl From<Vec<u8>> for Content {
    fn from(bytes: Vec<u8>) -> Self {
        Self::from(Bytes::Owned(bytes))
    }
}

impl From<String> for Content {
    fn from(text: String) -> Self {
        Self::from(text.into_bytes())
    }
}

impl From<&str> for Content {
    fn from(text: &str) -> Self {
        Self::from(text.as_bytes().to_vec())
    }
}

impl From<Arc<[u8]>> for Content {
    fn from(bytes: Arc<[u8]>) -> Self {
        Self::from(Bytes::Shared(bytes))
    }
}

impl From<&SourceFile> for Content {
    fn from(file: &SourceFile) -> Self {
        Self {
            bytes: Bytes::Shared(Arc::clone(&file.bytes)),
            hash: OnceLock::from(file.hash),
        }
    }
}
