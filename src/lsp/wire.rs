//! The messages of the Language Server Protocol (3.17). The only file that names `lsp_server`, which frames them.
//!
//! Requests and answers are JSON values: what is asked here needs a handful of their members, and types for all of the
//! protocol take longer to compile than the rest of the server.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};

use lsp_server::{Connection, ErrorCode, Message, Notification, Request, RequestId, Response};
use serde_json::Value;

use crate::error::Error;

/// What a client sent.
pub(super) enum Incoming {
    /// It asks, and waits for an answer.
    Request(Asked),
    /// It tells something.
    Notification(String, Value),
}

/// A request that waits for its answer.
pub(super) struct Asked {
    id: RequestId,
    /// What is asked.
    pub(super) method: String,
    /// About what.
    pub(super) params: Value,
}

/// Why a request has no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Refusal {
    /// Something was edited meanwhile.
    Modified,
    /// The client has lost interest.
    Canceled,
    /// Nobody here knows the method.
    Unknown,
    /// It can't be done; why, for the writer.
    Failed(String),
}

/// The way from the client.
pub(super) struct Inbox {
    connection: Connection,
    outbox: Outbox,
}

/// The way to the client, from any thread.
#[derive(Clone)]
pub(super) struct Outbox {
    send: Arc<dyn Fn(Message) + Send + Sync>,
    canceled: Arc<Mutex<BTreeSet<RequestId>>>,
}

impl Inbox {
    /// Speaks through standard input and output.
    pub(super) fn stdio() -> Self {
        // Its threads end with the session.
        let (connection, _) = Connection::stdio();
        let sender = connection.sender.clone();
        // Whoever doesn't listen any more has ended the session.
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

    /// Greets the client: `answer` says what the server can do, from what the client can.
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
                // It is answered, and the client's last word is waited for.
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
        let answer = match is_canceled {
            true => Err(Refusal::Canceled),
            false => answer,
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

    /// Whether the client has lost interest in a request.
    pub(super) fn is_canceled(&self, asked: &Asked) -> bool {
        self.lock_canceled().contains(&asked.id)
    }

    /// Tells something.
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
