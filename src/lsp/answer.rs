//! Answers the requests of the protocol.

use std::path::Path;

use serde_json::{Value, json};

use super::text::Text;
use super::view::{Client, View, file_of, path_in};
use super::wire::Refusal;
use super::{actions, complete, headings, look, rename};
use crate::project::SourcePath;

/// The server's capabilities, sent to a client at the start.
pub(super) fn capabilities(client: Client) -> Value {
    let encoding = match client.encoding {
        super::text::Encoding::Utf8 => "utf-8",
        super::text::Encoding::Utf16 => "utf-16",
    };
    json!({
        "serverInfo": { "name": "nutgraf", "version": env!("CARGO_PKG_VERSION") },
        "capabilities": {
            "positionEncoding": encoding,
            "textDocumentSync": { "openClose": true, "change": 2 },
            "completionProvider": { "triggerCharacters": ["(", "#", "@", ":", "/", " ", "-"] },
            "hoverProvider": true,
            "definitionProvider": true,
            "referencesProvider": true,
            "renameProvider": { "prepareProvider": true },
            "codeActionProvider": { "codeActionKinds": ["quickfix", "source.fixAll.nutgraf"] },
            "documentSymbolProvider": true,
            "inlayHintProvider": true,
        },
    })
}

/// Whether [`answer`] supports a method.
pub(super) fn is_known(method: &str) -> bool {
    matches!(
        method,
        "textDocument/completion"
            | "textDocument/hover"
            | "textDocument/definition"
            | "textDocument/references"
            | "textDocument/prepareRename"
            | "textDocument/rename"
            | "textDocument/codeAction"
            | "textDocument/documentSymbol"
            | "textDocument/inlayHint"
    )
}

/// Answers a request about an open file. `null` means that there is nothing to say.
pub(super) fn answer(view: &View, method: &str, params: &Value) -> Result<Value, Refusal> {
    let uri = params["textDocument"]["uri"].as_str().unwrap_or_default();
    let path = file_of(uri).and_then(|file| path_in(&view.root, &file));
    let Some((path, text)) = path.and_then(|path| Some((path.clone(), view.text(&path)?))) else {
        return Ok(Value::Null);
    };
    let answered = view
        .edition
        .while_current(|| on(view, method, params, (&path, &text)));
    answered.unwrap_or(Err(Refusal::Modified))
}

fn on(
    view: &View,
    method: &str,
    params: &Value,
    (path, text): (&SourcePath, &Text),
) -> Result<Value, Refusal> {
    let offset = text.offset(&params["position"]);
    let range = || {
        let range = &params["range"];
        text.offset(&range["start"])..text.offset(&range["end"])
    };
    let found = match method {
        "textDocument/completion" => Some(complete::completion(view, path, offset)),
        "textDocument/hover" => look::hover(view, path, offset),
        "textDocument/definition" => look::definition(view, path, offset),
        "textDocument/references" => {
            let own = params["context"]["includeDeclaration"]
                .as_bool()
                .unwrap_or(false);
            look::references(view, path, offset, own)
        }
        "textDocument/prepareRename" => rename::prepare(view, path, offset),
        "textDocument/rename" => {
            let new = params["newName"].as_str().unwrap_or_default().trim();
            return rename::rename(view, path, offset, new);
        }
        "textDocument/codeAction" => actions::actions(view, path, range()),
        "textDocument/documentSymbol" => headings::symbols(view, path),
        "textDocument/inlayHint" => look::inlays(view, path, range()),
        _ => return Err(Refusal::Unknown),
    };
    Ok(found.unwrap_or(Value::Null))
}

/// The project of a file: the nearest folder above with a `site.yaml`.
pub(super) fn root_of(file: &Path) -> Option<std::path::PathBuf> {
    crate::project::find_root(file.parent()?)
}
