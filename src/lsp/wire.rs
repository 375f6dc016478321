//! The messages of the Language Server Protocol (3.17). This is the only file that names `lsp_server`, which frames
//! them.
//!
//! Requests and answers are JSON values: the server needs a handful of their members, and types for the whole protocol
//! take longer to compile than the rest of the server.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};

use lsp_server::{Connection, ErrorCode, Message, Notification, Request, RequestId, Response};
use serde_json::Value;

use crate::error::Error;

/// A message from a client.
pub(super) enum Incoming {
    /// A request that needs an answer.
    Request(Asked),
    /// A notification.
    Notification(String, Value),
}

/// A request waiting for its answer.
pub(super) struct Asked {
    id: RequestId,
    /// The method.
    pub(super) method: String,
    /// Its parameters.
    pub(super) params: Value,
}

/// Why a request isn't answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Refusal {
    /// Something was edited in the meantime.
    Modified,
    /// The client has canceled the request.
    Canceled,
    /// The method isn't supported.
    Unknown,
    /// It failed, for this reason.
    Failed(String),
}

/// The incoming side of the connection.
pub(super) struct Inbox {
    connection: Connection,
    outbox: Outbox,
}

/// The outgoing side of the connection, usable from any thread.
#[derive(Clone)]
pub(super) struct Outbox {
    send: Arc<dyn Fn(Message) + Send + Sync>,
    canceled: Arc<Mutex<BTreeSet<RequestId>>>,
}

impl Inbox {
    /// Connects through standard input and output.
    pub(super) fn stdio() -> Self {
        // Its threads end with the session.
        let (connection, _) = Connection::stdio();
        let sender = connection.sender.clone();
        // If nobody receives the message, the session has ended.
        let send = move |message| drop(sender.send(message));
        Self {
            connection,
            outbox: Outbox {
                send: Arc::new(send),
                canceled: Arc::default(),
            },
        }
    }

    pub(super) fn outbox(&self) -> Outbox {
        self.outbox.clone()
    }

    /// Completes the handshake: `answer` derives the server's capabilities from the client's.
    pub(super) fn greet(&self, answer: impl FnOnce(&Value) -> Value) -> Result<Value, Error> {
        let greeted = self.connection.initialize_start();
        let (id, params) = greeted.map_err(broken)?;
        let finished = self.connection.initialize_finish(id, answer(&params));
        finished.map_err(broken)?;
        Ok(params)
    }

    /// The next message; `None` when the session is over.
    pub(super) fn next(&self) -> Option<Incoming> {
        loop {
            match self.connection.receiver.recv().ok()? {
                // Answers the shutdown request, and waits for the client's last message.
                Message::Request(request) => match self.connection.handle_shutdown(&request) {
                    Ok(false) => return Some(Incoming::Request(asked(request))),
                    Ok(true) | Err(_) => return None,
                },
                Message::Notification(told) if told.method == "$/cancelRequest" => {
                    self.cancel(told.params);
                }
                Message::Notification(told) if told.method == "exit" => return None,
                Message::Notification(Notification { method, params }) => {
                    return Some(Incoming::Notification(method, params));
                }
                Message::Response(_) => {}
            }
        }
    }

    fn cancel(&self, mut params: Value) {
        if let Ok(id) = serde_json::from_value::<RequestId>(params["id"].take()) {
            self.outbox.lock_canceled().insert(id);
        }
    }
}

impl Outbox {
    /// Answers a request.
    pub(super) fn answer(&self, asked: Asked, answer: Result<Value, Refusal>) {
        let is_canceled = self.lock_canceled().remove(&asked.id);
        let answer = if is_canceled {
            Err(Refusal::Canceled)
        } else {
            answer
        };
        let response = match answer {
            Ok(value) => Response::new_ok(asked.id, value),
            Err(refusal) => {
                let (code, message) = refusal.words(&asked.method);
                Response::new_err(asked.id, code as i32, message)
            }
        };
        (self.send)(response.into());
    }

    /// Whether the client has canceled a request.
    pub(super) fn is_canceled(&self, asked: &Asked) -> bool {
        self.lock_canceled().contains(&asked.id)
    }

    /// Sends a notification.
    pub(super) fn tell(&self, method: &str, params: Value) {
        let method = method.to_owned();
        (self.send)(Notification { method, params }.into());
    }

    fn lock_canceled(&self) -> std::sync::MutexGuard<'_, BTreeSet<RequestId>> {
        self.canceled.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Refusal {
    fn words(self, method: &str) -> (ErrorCode, String) {
        match self {
            Self::Modified => (
                ErrorCode::ContentModified,
                "the text was edited meanwhile".to_owned(),
            ),
            Self::Canceled => (ErrorCode::RequestCanceled, "canceled".to_owned()),
            Self::Unknown => (
                ErrorCode::MethodNotFound,
                format!("there is no method `{method}`"),
            ),
            Self::Failed(why) => (ErrorCode::RequestFailed, why),
        }
    }
}

fn asked(request: Request) -> Asked {
    let Request { id, method, params } = request;
    Asked { id, method, params }
}

fn broken(cause: lsp_server::ProtocolError) -> Error {
    Error::usage(format!("the editor doesn't speak the protocol: {cause}")).help(
        "`nutgraf lsp` is started by an editor, and talks to it through standard input and output",
    )
}
