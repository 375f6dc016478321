//! Names of files in the project, of files in the output, and of addresses on the site.
//!
//! Only this file converts between them. It never touches the disk.

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

/// A file of the project, relative to its root, with `/` between the parts: `content/timeline.md`.
///
/// Never absolute, never empty, and without `.` or `..` parts. Ordered by its text.
///
/// # Examples
///
/// ```
/// use nutgraf_project::project::SourcePath;
///
/// let path = SourcePath::new("content/border/timeline.md");
/// assert_eq!(path.folder(), "content/border");
/// assert_eq!(path.stem(), "timeline");
/// assert_eq!(path.join("../people.md").unwrap().as_str(), "content/people.md");
/// assert_eq!(path.join("../../../etc/passwd"), None);
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct SourcePath(Arc<str>);

impl SourcePath {
    /// Wraps a path that is already relative and normalized.
    pub fn new(path: impl AsRef<str>) -> Self {
        Self(Arc::from(path.as_ref()))
    }

    /// The whole path.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The folder that holds the file; empty for a file at the root.
    pub fn folder(&self) -> &str {
        self.0.rsplit_once('/').map_or("", |(folder, _)| folder)
    }

    /// The last part of the path.
    pub fn file_name(&self) -> &str {
        self.0.rsplit_once('/').map_or(&self.0, |(_, name)| name)
    }

    /// The file's name without its extension.
    pub fn stem(&self) -> &str {
        let name = self.file_name();
        name.rsplit_once('.').map_or(name, |(stem, _)| stem)
    }

    /// The extension: what follows the last dot of the file's name; empty if there is none.
    pub fn extension(&self) -> &str {
        self.file_name()
            .rsplit_once('.')
            .map_or("", |(_, extension)| extension)
    }

    /// The file that a relative link in this file points to; `None` if it leaves the project.
    pub fn join(&self, link: &str) -> Option<Self> {
        let mut parts: Vec<&str> = self.folder().split('/').filter(|p| !p.is_empty()).collect();
        for part in link.split('/') {
            match part {
                "" | "." => {}
                ".." => {
                    parts.pop()?;
                }
                name => parts.push(name),
            }
        }
        (!parts.is_empty()).then(|| Self::new(parts.join("/")))
    }
}

impl fmt::Display for SourcePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A file of the output, relative to the output folder: `timeline/index.html`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct OutputPath(Arc<str>);

impl OutputPath {
    /// Wraps a path that is already relative and normalized.
    pub fn new(path: impl AsRef<str>) -> Self {
        Self(Arc::from(path.as_ref()))
    }

    /// The whole path.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl OutputPath {
    /// The path as seen by disks that ignore case and the form of accents: two files whose folded paths are equal can't
    /// both exist there.
    ///
    /// # Examples
    ///
    /// ```
    /// use nutgraf_project::project::OutputPath;
    ///
    /// let [one, other] = ["Stra\u{df}e/Caf\u{e9}", "STRASSE/cafe\u{301}"].map(OutputPath::new);
    /// assert_eq!(one.folded(), other.folded());
    /// ```
    pub fn folded(&self) -> String {
        if self.0.is_ascii() {
            return self.0.to_ascii_lowercase();
        }
        // By way of capital letters, because some small letters become two of them.
        let capitals: String = self.0.nfd().collect::<String>().to_uppercase();
        capitals.to_lowercase().nfc().collect()
    }
}

impl fmt::Display for OutputPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The address of a page or a file below the site's root, without a leading slash.
///
/// Empty for the home page, `timeline/` for a page, `data/events.json` for a file. The link to it depends on the page
/// that contains the link; see [`Permalink::link_from`].
///
/// # Examples
///
/// ```
/// use nutgraf_project::project::{LinkStyle, Permalink};
///
/// let home = Permalink::new("");
/// let timeline = Permalink::new("border/timeline/");
/// let figures = Permalink::new("border/key-figures/");
/// assert_eq!(timeline.link_from(&figures, LinkStyle::Pretty), "../timeline/");
/// assert_eq!(home.link_from(&figures, LinkStyle::Pretty), "../../");
/// assert_eq!(home.link_from(&home, LinkStyle::Pretty), "./");
/// assert_eq!(timeline.link_from(&home, LinkStyle::File), "border/timeline/index.html");
/// assert_eq!(timeline.output_path().as_str(), "border/timeline/index.html");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Permalink(Arc<str>);

/// How links between pages are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum LinkStyle {
    /// `../timeline/`, for a web server.
    #[default]
    Pretty,
    /// `../timeline/index.html`, for a folder opened from disk (`pretty_urls: false`).
    File,
}

impl Permalink {
    /// Wraps an address that is already percent-encoded and has no leading slash.
    pub fn new(address: impl AsRef<str>) -> Self {
        Self(Arc::from(address.as_ref()))
    }

    /// The address below the site's root, without a leading slash.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The file that a web server sends for this address.
    pub fn output_path(&self) -> OutputPath {
        let decoded = percent_encoding::percent_decode_str(&self.0).decode_utf8_lossy();
        if self.is_page() {
            OutputPath::new(format!("{decoded}index.html"))
        } else {
            OutputPath::new(decoded)
        }
    }

    /// The link to this address from the page `from`. It is relative, so it works under any base path.
    pub fn link_from(&self, from: &Permalink, style: LinkStyle) -> String {
        let base = from.0.rfind('/').map_or("", |end| &from.0[..=end]);
        let common = common_folder(base, &self.0);
        let ups = base[common..].matches('/').count();
        let mut link = "../".repeat(ups);
        link.push_str(&self.0[common..]);
        if style == LinkStyle::File && self.is_page() {
            link.push_str("index.html");
        }
        let first_part = link.split('/').next().unwrap_or_default();
        if link.is_empty() || first_part.contains(':') {
            link.insert_str(0, "./");
        }
        link
    }

    /// The relative path from this page to the site's root: empty, or `../` as often as needed.
    pub fn root_prefix(&self) -> String {
        "../".repeat(self.0.matches('/').count())
    }

    fn is_page(&self) -> bool {
        self.0.is_empty() || self.0.ends_with('/')
    }
}

/// Percent-encodes what isn't allowed in a path, and keeps its slashes (RFC 3986, 3.3).
pub fn encode(path: &str) -> String {
    const KEEP: &percent_encoding::AsciiSet = &percent_encoding::NON_ALPHANUMERIC
        .remove(b'/')
        .remove(b'-')
        .remove(b'.')
        .remove(b'_')
        .remove(b'~');
    percent_encoding::utf8_percent_encode(path, KEEP).to_string()
}

/// The length of the longest common prefix of `base` and `target` that ends with a slash.
fn common_folder(base: &str, target: &str) -> usize {
    base.bytes()
        .zip(target.bytes())
        .take_while(|(a, b)| a == b)
        .enumerate()
        .filter(|(_, (byte, _))| *byte == b'/')
        .last()
        .map_or(0, |(index, _)| index + 1)
}
