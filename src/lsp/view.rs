//! The state from which requests are answered: a project, with the texts that editors have open.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde_json::{Value, json};
use unicode_normalization::UnicodeNormalization;
use url::Url;

use super::text::{Encoding, Text};
use crate::diag::{Place, Span, Texts as _};
use crate::edition::Edition;
use crate::project::SourcePath;

/// A file that is open in an editor.
#[derive(Clone, Debug)]
pub(super) struct Open {
    /// Its address, as the client writes it.
    pub(super) uri: String,
    /// The number of its last change.
    pub(super) version: Value,
    /// The text in the editor.
    pub(super) text: Arc<Text>,
}

/// One state of a project. Never changes.
#[derive(Clone)]
pub(super) struct View {
    pub(super) root: Arc<Path>,
    pub(super) edition: Arc<Edition>,
    pub(super) open: Arc<BTreeMap<SourcePath, Open>>,
    pub(super) client: Client,
}

/// A client's capabilities.
#[derive(Clone, Copy, Debug)]
pub(super) struct Client {
    /// The unit of its columns.
    pub(super) encoding: Encoding,
    /// Whether edits may state the version of the text that they apply to.
    pub(super) knows_versions: bool,
    /// Whether it wants to know when everything is checked.
    pub(super) wants_status: bool,
}

impl Client {
    /// The capabilities that a client announces at the start.
    pub(super) fn of(params: &Value) -> Self {
        let can = &params["capabilities"];
        let encodings = can["general"]["positionEncodings"].as_array();
        let has_bytes = encodings.is_some_and(|all| all.iter().any(|name| name == "utf-8"));
        let is_set = |value: &Value| value.as_bool().unwrap_or(false);
        Self {
            encoding: if has_bytes {
                Encoding::Utf8
            } else {
                Encoding::Utf16
            },
            knows_versions: is_set(&can["workspace"]["workspaceEdit"]["documentChanges"]),
            wants_status: is_set(&can["experimental"]["serverStatusNotification"]),
        }
    }
}

/// The file of a client's address; `None` if it isn't on disk.
pub(super) fn file_of(uri: &str) -> Option<PathBuf> {
    let url = Url::parse(uri).ok().filter(|url| url.scheme() == "file")?;
    url.to_file_path().ok()
}

/// The path of a file in a project; `None` for one outside.
pub(super) fn path_in(root: &Path, file: &Path) -> Option<SourcePath> {
    let below = file.strip_prefix(root).ok()?;
    let parts: Option<Vec<&str>> = below
        .components()
        .map(|part| part.as_os_str().to_str())
        .collect();
    let path: String = parts?.join("/").nfc().collect();
    (!path.is_empty()).then(|| SourcePath::new(path))
}

impl View {
    /// The text of a file as the client has it, or would read it; `None` if there is none.
    pub(super) fn text(&self, path: &SourcePath) -> Option<Arc<Text>> {
        if let Some(open) = self.open.get(path) {
            return Some(open.text.clone());
        }
        let text = self.edition.text(path)?;
        Some(Arc::new(Text::on_disk(text, self.client.encoding)))
    }

    pub(super) fn uri(&self, path: &SourcePath) -> String {
        if let Some(open) = self.open.get(path) {
            return open.uri.clone();
        }
        let parts = path.as_str().split('/');
        let file = parts.fold(self.root.to_path_buf(), |file, part| file.join(part));
        Url::from_file_path(file).map_or_else(|()| String::new(), String::from)
    }

    /// A range of a file; the very beginning for a file as a whole.
    pub(super) fn range(&self, place: &Place) -> Value {
        let span = place.span.unwrap_or_default();
        match self.text(&place.file) {
            Some(text) => text.range(span),
            None => Text::new("", self.client.encoding).range(Span::default()),
        }
    }

    /// A place in the form for clients.
    pub(super) fn location(&self, place: &Place) -> Value {
        json!({ "uri": self.uri(&place.file), "range": self.range(place) })
    }

    /// Edits of files in the form for clients: each replaces the text at its place.
    pub(super) fn edits(&self, edits: &BTreeMap<SourcePath, Vec<(Span, String)>>) -> Value {
        let of_file = |path: &SourcePath, edits: &[(Span, String)]| -> Vec<Value> {
            let edits = edits.iter().map(|(span, text)| {
                let range = self.range(&Place::new(path, *span));
                json!({ "range": range, "newText": text })
            });
            edits.collect()
        };
        if self.client.knows_versions {
            let files = edits.iter().map(|(path, edits)| {
                let version = self.open.get(path).map(|open| open.version.clone());
                json!({
                    "textDocument": { "uri": self.uri(path), "version": version },
                    "edits": of_file(path, edits),
                })
            });
            json!({ "documentChanges": files.collect::<Vec<_>>() })
        } else {
            let files = edits
                .iter()
                .map(|(path, edits)| (self.uri(path), Value::from(of_file(path, edits))));
            json!({ "changes": files.collect::<serde_json::Map<_, _>>() })
        }
    }
}
