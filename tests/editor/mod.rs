//! An editor, as far as a language server can tell: the real program, asked over its standard input and output.

#![allow(dead_code, reason = "each test file uses its part of this")]

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::Duration;

use serde_json::{Value, json};
use url::Url;

/// Longer than anything takes on a machine that is busy: a test that waits for it fails.
const PATIENCE: Duration = Duration::from_secs(60);

const CONTENT_MODIFIED: i64 = -32801;

/// A session with `nutgraf lsp`.
pub(crate) struct Editor {
    child: Child,
    input: ChildStdin,
    messages: Receiver<Value>,
    root: PathBuf,
    next_id: i64,
    version: i64,
    /// What the server told last, by address.
    pub(crate) faults: BTreeMap<String, Value>,
    is_checked: bool,
    /// A file that is open.
    last: String,
    /// What the server said that it can do.
    pub(crate) capabilities: Value,
}

impl Editor {
    /// Begins a session in a folder, with columns that count UTF-16 units.
    pub(crate) fn new(root: &Path) -> Self {
        Self::with(root, &["utf-16"], &[])
    }

    /// Begins a session of a client that knows these encodings.
    pub(crate) fn with(root: &Path, encodings: &[&str], args: &[&str]) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_nutgraf"));
        command
            .arg("lsp")
            .args(["--today", "2025-06-01"])
            .args(args);
        let mut child = command
            .current_dir(root)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let input = child.stdin.take().unwrap();
        let output = child.stdout.take().unwrap();
        let (send, messages) = mpsc::channel();
        thread::spawn(move || {
            let mut output = BufReader::new(output);
            while let Some(message) = read(&mut output) {
                if send.send(message).is_err() {
                    break;
                }
            }
        });
        let mut editor = Self {
            child,
            input,
            messages,
            root: root.to_owned(),
            next_id: 0,
            version: 0,
            faults: BTreeMap::new(),
            is_checked: true,
            last: String::new(),
            capabilities: Value::Null,
        };
        let params = json!({
            "processId": null,
            "rootUri": Url::from_file_path(root).unwrap().as_str(),
            "capabilities": {
                "general": { "positionEncodings": encodings },
                "workspace": { "workspaceEdit": { "documentChanges": true } },
                "experimental": { "serverStatusNotification": true },
            },
        });
        let greeted = editor.ask("initialize", params);
        editor.capabilities = greeted["capabilities"].clone();
        editor.tell("initialized", json!({}));
        editor
    }

    pub(crate) fn uri(&self, path: &str) -> String {
        Url::from_file_path(self.root.join(path))
            .unwrap()
            .to_string()
    }

    /// Tells the server something.
    pub(crate) fn tell(&mut self, method: &str, params: Value) {
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": params }));
    }

    fn send(&mut self, message: &Value) {
        let body = message.to_string();
        write!(self.input, "Content-Length: {}\r\n\r\n{body}", body.len()).unwrap();
        self.input.flush().unwrap();
    }

    /// Sends a question, and gives its number.
    pub(crate) fn begin(&mut self, method: &str, params: &Value) -> i64 {
        self.next_id += 1;
        let id = self.next_id;
        self.send(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }));
        id
    }

    /// Waits for the answer to a question.
    pub(crate) fn end(&mut self, id: i64) -> Result<Value, Value> {
        loop {
            let message = self.receive();
            if message["id"] == id && message.get("method").is_none() {
                return match message.get("error") {
                    Some(error) => Err(error.clone()),
                    None => Ok(message["result"].clone()),
                };
            }
        }
    }

    /// Asks, and asks again if something was edited meanwhile, as editors do.
    pub(crate) fn try_ask(&mut self, method: &str, params: Value) -> Result<Value, Value> {
        loop {
            let id = self.begin(method, &params);
            match self.end(id) {
                Err(error) if error["code"] == CONTENT_MODIFIED => {}
                answer => return answer,
            }
        }
    }

    pub(crate) fn ask(&mut self, method: &str, params: Value) -> Value {
        self.try_ask(method, params).unwrap()
    }

    fn receive(&mut self) -> Value {
        let message = self
            .messages
            .recv_timeout(PATIENCE)
            .expect("the server is silent");
        let params = &message["params"];
        match message["method"].as_str() {
            Some("textDocument/publishDiagnostics") => {
                let uri = params["uri"].as_str().unwrap().to_owned();
                self.faults.insert(uri, params["diagnostics"].clone());
            }
            Some("experimental/serverStatus") => {
                self.is_checked = params["quiescent"].as_bool().unwrap();
            }
            _ => {}
        }
        message
    }

    /// Opens a file with a text.
    pub(crate) fn open(&mut self, path: &str, text: &str) {
        let uri = self.uri(path);
        self.open_uri(&uri, text);
    }

    pub(crate) fn open_uri(&mut self, uri: &str, text: &str) {
        self.version += 1;
        self.last = uri.to_owned();
        let version = self.version;
        self.tell(
            "textDocument/didOpen",
            json!({ "textDocument": { "uri": uri, "languageId": "markdown", "version": version, "text": text } }),
        );
    }

    /// Opens a file as it is on disk.
    pub(crate) fn open_saved(&mut self, path: &str) -> String {
        let text = std::fs::read_to_string(self.root.join(path)).unwrap();
        // As editors do.
        let text = text.trim_start_matches('\u{feff}').to_owned();
        self.open(path, &text);
        text
    }

    /// Replaces the whole text of an open file.
    pub(crate) fn replace(&mut self, path: &str, text: &str) {
        self.change(path, &json!([{ "text": text }]));
    }

    pub(crate) fn change(&mut self, path: &str, changes: &Value) {
        self.version += 1;
        let document = json!({ "uri": self.uri(path), "version": self.version });
        self.tell(
            "textDocument/didChange",
            json!({ "textDocument": document, "contentChanges": changes }),
        );
    }

    pub(crate) fn close(&mut self, path: &str) {
        let document = json!({ "uri": self.uri(path) });
        self.tell("textDocument/didClose", json!({ "textDocument": document }));
    }

    /// Waits until everything that was told is checked.
    pub(crate) fn settle(&mut self) {
        // The answer comes behind the word that there is something to check.
        let document = json!({ "uri": self.last });
        self.ask(
            "textDocument/documentSymbol",
            json!({ "textDocument": document }),
        );
        self.wait_for_check();
    }

    /// As [`Editor::settle`], when a file was closed and another one is still open.
    pub(crate) fn settle_after_close(&mut self, open: &str) {
        self.last = self.uri(open);
        self.settle();
    }

    /// Waits until the server says that all is checked.
    pub(crate) fn wait_for_check(&mut self) {
        while !self.is_checked {
            self.receive();
        }
    }

    /// Waits until the faults of a file are as they should be.
    pub(crate) fn wait_for_faults(&mut self, path: &str, is_right: impl Fn(&[Value]) -> bool) {
        let uri = self.uri(path);
        loop {
            let faults = self.faults.get(&uri).and_then(Value::as_array);
            if faults.is_some_and(|faults| is_right(faults)) {
                return;
            }
            self.receive();
        }
    }

    /// The codes of the faults of a file, as the server told last.
    pub(crate) fn codes(&self, path: &str) -> Vec<String> {
        let faults = self.faults.get(&self.uri(path)).and_then(Value::as_array);
        let faults = faults.into_iter().flatten();
        faults
            .map(|fault| fault["code"].as_str().unwrap().to_owned())
            .collect()
    }

    /// Asks about the `|` in a text, which is what the editor shows without it.
    pub(crate) fn at(&mut self, method: &str, path: &str, text: &str) -> Value {
        let (text, position) = cursor(text);
        self.replace(path, &text);
        self.ask(method, self.about(path, position))
    }

    pub(crate) fn about(&self, path: &str, position: Value) -> Value {
        json!({ "textDocument": { "uri": self.uri(path) }, "position": position })
    }

    /// What is proposed at the `|` in a text: the labels.
    pub(crate) fn proposals(&mut self, path: &str, text: &str) -> Vec<String> {
        let list = self.at("textDocument/completion", path, text);
        let items = list["items"].as_array().cloned().unwrap_or_default();
        items
            .iter()
            .map(|item| item["label"].as_str().unwrap().to_owned())
            .collect()
    }

    /// Ends the session as an editor does.
    pub(crate) fn quit(mut self) {
        self.ask("shutdown", Value::Null);
        self.tell("exit", Value::Null);
        assert!(self.child.wait().unwrap().success());
    }
}

impl Drop for Editor {
    fn drop(&mut self) {
        // One that was told to quit has ended.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

fn read(output: &mut impl BufRead) -> Option<Value> {
    let mut length = 0;
    loop {
        let mut line = String::new();
        if output.read_line(&mut line).ok()? == 0 {
            return None;
        }
        match line.trim_end() {
            "" => break,
            line => {
                if let Some(value) = line.strip_prefix("Content-Length: ") {
                    length = value.parse().unwrap();
                }
            }
        }
    }
    let mut body = vec![0; length];
    output.read_exact(&mut body).ok()?;
    serde_json::from_slice(&body).ok()
}

/// A text without its `|`, and where that was, in UTF-16 units.
pub(crate) fn cursor(text: &str) -> (String, Value) {
    let at = text.find('|').unwrap();
    let before = &text[..at];
    let line = before.matches('\n').count();
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    let character = before[start..].encode_utf16().count();
    (
        text.replacen('|', "", 1),
        json!({ "line": line, "character": character }),
    )
}

/// A text after edits of the protocol (UTF-16).
pub(crate) fn edited(text: &str, edits: &Value) -> String {
    let offset = |position: &Value| {
        let line = usize::try_from(position["line"].as_u64().unwrap()).unwrap();
        let units = usize::try_from(position["character"].as_u64().unwrap()).unwrap();
        let start: usize = text.split_inclusive('\n').take(line).map(str::len).sum();
        let mut n = 0;
        let within = text[start..].chars().take_while(|c| {
            n += c.len_utf16();
            n <= units
        });
        start + within.map(char::len_utf8).sum::<usize>()
    };
    let edits = edits.as_array().unwrap().iter();
    let mut edits: Vec<(usize, usize, &str)> = edits
        .map(|edit| {
            let range = &edit["range"];
            let new = edit["newText"].as_str().unwrap();
            (offset(&range["start"]), offset(&range["end"]), new)
        })
        .collect();
    edits.sort_unstable();
    let mut text = text.to_owned();
    for (start, end, new) in edits.into_iter().rev() {
        text.replace_range(start..end, new);
    }
    text
}
