//! Serves the preview over HTTP: who may send requests, what they get, and how a browser learns about changes.
//!
//! This is the only user of axum and tokio. A request never reaches the disk: its path is looked up among the outputs
//! of an edition ([`Preview`]). Start with `run`.

mod connection;
mod guard;
mod listen;
mod workbench;

use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::header::{self, HeaderMap, HeaderValue};
use axum::http::{Method, StatusCode};
use axum::middleware;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use tokio::sync::{Semaphore, mpsc, watch};
use tokio_stream::StreamExt as _;
use tokio_stream::wrappers::ReceiverStream;

use crate::error::Error;
use crate::output::Content;
use crate::project::ContentHash;
use crate::serve::hosts::Hosts;
use crate::serve::media::{self, Part};
use crate::serve::outgoing::{OWN, SCRIPT};
use crate::serve::preview::{Answer, Preview};
use crate::serve::workbench::Workbench;

pub(super) use listen::Listeners;

/// The reload script.
const RELOAD: &str = include_str!("../reload.js");

/// How many tabs can listen for changes at once, so that forgotten ones don't use up all connections.
const MAX_STREAMS: usize = 64;

/// How many pages may be rendered, or waited for, at once: a slow one holds up no other, and each thread keeps some
/// megabytes of its own.
const MAX_RENDERING: usize = 32;

/// How often a sign of life is sent, which detects clients that left without notice. It also keeps proxies from cutting
/// off a silent connection.
const HEARTBEAT: Duration = Duration::from_secs(15);

/// Tells every open stream that something may look different.
#[derive(Clone, Debug)]
pub(super) struct ReloadChannel(watch::Sender<u64>);

impl ReloadChannel {
    pub(super) fn new() -> Self {
        Self(watch::Sender::new(0))
    }

    pub(super) fn announce(&self) {
        self.0.send_modify(|count| *count += 1);
    }
}

/// What is needed to answer requests.
#[derive(Clone)]
struct App {
    preview: Arc<Preview>,
    reload: ReloadChannel,
    streams: Arc<Semaphore>,
}

/// Serves a preview until the process is asked to end, by Ctrl-C or by the system.
///
/// # Errors
///
/// If the system doesn't provide threads or signals.
pub(super) fn run(
    listeners: Listeners,
    hosts: Hosts,
    preview: Arc<Preview>,
    reload: ReloadChannel,
    workbench: Option<Arc<Workbench>>,
) -> Result<(), Error> {
    let app = App {
        preview,
        reload,
        streams: Arc::new(Semaphore::new(MAX_STREAMS)),
    };
    let guard = Arc::new(guard::Guard {
        hosts,
        takes_questions: workbench.is_some(),
    });
    let writing = workbench.as_ref().map(workbench::routes);
    let routes = Router::new()
        .route(&format!("{OWN}{SCRIPT}"), get(script))
        .route(&format!("{OWN}events"), get(events))
        .route(&format!("{OWN}faults"), get(faults))
        .route(&format!("{OWN}where"), get(whereabouts))
        .fallback(file)
        .with_state(app)
        .merge(writing.unwrap_or_default())
        .layer(middleware::from_fn(guard::own_pages_only))
        .layer(middleware::from_fn_with_state(
            guard,
            guard::known_hosts_only,
        ))
        .layer(middleware::map_response(guard::harden));
    let runtime = tokio::runtime::Builder::new_current_thread()
        .max_blocking_threads(MAX_RENDERING)
        .enable_all()
        .build();
    let runtime =
        runtime.map_err(|cause| Error::usage(format!("cannot start the server: {cause}")))?;
    let ended = runtime.block_on(async {
        let accepting: Vec<_> = listeners
            .into_iter()
            .map(|listener| {
                let routes = routes.clone();
                tokio::spawn(async move { connection::accept(listener, routes).await })
            })
            .collect();
        let ended = asked_to_end().await;
        for task in accepting {
            task.abort();
        }
        ended
    });
    // A page that is still being rendered doesn't delay this.
    runtime.shutdown_background();
    ended.map_err(|cause| Error::usage(format!("cannot listen for Ctrl-C: {cause}")))
}

#[cfg(unix)]
async fn asked_to_end() -> std::io::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};

    let mut terminate = signal(SignalKind::terminate())?;
    let mut hang_up = signal(SignalKind::hangup())?;
    tokio::select! {
        interrupted = tokio::signal::ctrl_c() => interrupted,
        _ = terminate.recv() => Ok(()),
        _ = hang_up.recv() => Ok(()),
    }
}

#[cfg(not(unix))]
async fn asked_to_end() -> std::io::Result<()> {
    tokio::signal::ctrl_c().await
}

/// A file of the site.
async fn file(State(app): State<App>, request: Request) -> Response {
    if request.method() != Method::GET && request.method() != Method::HEAD {
        return not_allowed();
    }
    let Ok(address) = percent_encoding::percent_decode_str(request.uri().path()).decode_utf8()
    else {
        return StatusCode::BAD_REQUEST.into_response();
    };
    let address = address.into_owned();
    let preview = app.preview;
    let answer = tokio::task::spawn_blocking(move || preview.answer(&address)).await;
    // A fault of ours affects only this request.
    let Ok(answer) = answer else {
        return (
            StatusCode::INTERNAL_SERVER_ERROR,
            "nutgraf failed on this page",
        )
            .into_response();
    };
    respond(answer, request.headers())
}

fn respond(answer: Answer, asked: &HeaderMap) -> Response {
    match answer {
        Answer::File { path, content } => {
            let tag = content.hash().to_string();
            let kind = media::content_type(path.as_str());
            body(
                asked,
                StatusCode::OK,
                kind,
                &tag,
                Bytes::from_owner(Shared(content)),
            )
        }
        Answer::Page { status, bytes } => {
            let tag = ContentHash::of(&bytes).to_string();
            let status = StatusCode::from_u16(status).unwrap_or(StatusCode::OK);
            body(
                asked,
                status,
                media::content_type(".html"),
                &tag,
                Bytes::from_owner(bytes),
            )
        }
        Answer::Elsewhere(address) => match HeaderValue::from_str(&address) {
            Ok(address) => (
                StatusCode::TEMPORARY_REDIRECT,
                [(header::LOCATION, address)],
            )
                .into_response(),
            Err(_) => StatusCode::NOT_FOUND.into_response(),
        },
        Answer::Outside(base) => {
            let hint = format!(
                "<!DOCTYPE html><html lang=\"en\"><meta charset=\"utf-8\"><title>Not found</title>\
                 <p>The site is at <a href=\"{base}\">{base}</a>, as its <code>base_url</code> says.</p></html>\n"
            );
            let kind = HeaderValue::from_static(media::content_type(".html"));
            (StatusCode::NOT_FOUND, [(header::CONTENT_TYPE, kind)], hint).into_response()
        }
    }
}

/// A file of the site, whose bytes are shared with the server.
struct Shared(Content);

impl AsRef<[u8]> for Shared {
    fn as_ref(&self) -> &[u8] {
        self.0.bytes()
    }
}

/// A response with a body: whole, in part, or empty if the client already has it.
fn body(
    asked: &HeaderMap,
    status: StatusCode,
    kind: &'static str,
    tag: &str,
    bytes: Bytes,
) -> Response {
    let tag = format!("\"{tag}\"");
    let header = |name| asked.get(name).and_then(|value| value.to_str().ok());
    let builder = Response::builder()
        .header(header::CONTENT_TYPE, kind)
        .header(header::ETAG, &tag)
        .header(header::ACCEPT_RANGES, "bytes");
    let has_it = status == StatusCode::OK
        && header(header::IF_NONE_MATCH).is_some_and(|known| {
            let mut known = known
                .split(',')
                .map(|known| known.trim().trim_start_matches("W/"));
            known.any(|known| known == tag)
        });
    // A part is only useful to a client that has the rest of the same bytes.
    let range = header(header::RANGE)
        .filter(|_| status == StatusCode::OK)
        .filter(|_| header(header::IF_RANGE).is_none_or(|known| known == tag));
    let length = bytes.len();
    let response = match range.map_or(Part::Whole, |range| media::part(range, length)) {
        _ if has_it => builder.status(StatusCode::NOT_MODIFIED).body(Body::empty()),
        Part::Whole => builder.status(status).body(Body::from(bytes)),
        Part::From(first, last) => builder
            .status(StatusCode::PARTIAL_CONTENT)
            .header(
                header::CONTENT_RANGE,
                format!("bytes {first}-{last}/{length}"),
            )
            .body(Body::from(bytes.slice(first..=last))),
        Part::Unsatisfiable => builder
            .status(StatusCode::RANGE_NOT_SATISFIABLE)
            .header(header::CONTENT_RANGE, format!("bytes */{length}"))
            .body(Body::empty()),
    };
    response.unwrap_or_else(|_| StatusCode::INTERNAL_SERVER_ERROR.into_response())
}

fn not_allowed() -> Response {
    (
        StatusCode::METHOD_NOT_ALLOWED,
        [(header::ALLOW, "GET, HEAD")],
    )
        .into_response()
}

async fn script(request: Request) -> Response {
    let bytes = Bytes::from_static(RELOAD.as_bytes());
    let tag = ContentHash::of(&bytes).to_string();
    body(
        request.headers(),
        StatusCode::OK,
        media::content_type(SCRIPT),
        &tag,
        bytes,
    )
}

/// The address of the page that sent the request.
fn page_of(request: &Request) -> String {
    let query = request.uri().query().unwrap_or_default();
    let mut pairs = url::form_urlencoded::parse(query.as_bytes());
    let path = pairs
        .find_map(|(key, value)| (key == "path").then(|| value.into_owned()))
        .unwrap_or_default();
    // The browser sends the path as in the address: encoded.
    percent_encoding::percent_decode_str(&path)
        .decode_utf8_lossy()
        .into_owned()
}

/// The report of faults for the page that is shown.
async fn faults(State(app): State<App>, request: Request) -> Response {
    let address = page_of(&request);
    let report = tokio::task::spawn_blocking(move || app.preview.report(&address)).await;
    match report {
        Ok(report) => {
            ([(header::CONTENT_TYPE, "text/html; charset=utf-8")], report).into_response()
        }
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

/// Where the page that sent the request should go.
async fn whereabouts(State(app): State<App>, request: Request) -> Response {
    let address = page_of(&request);
    let found = tokio::task::spawn_blocking(move || app.preview.whereabouts(&address)).await;
    let Ok(found) = found else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let json = serde_json::json!({ "moved": found.moved, "edited": found.edited });
    (
        [(header::CONTENT_TYPE, "application/json")],
        json.to_string(),
    )
        .into_response()
}

/// Notifies a page of every change in what it shows, and of nothing else. A client that doesn't keep up is sent the
/// latest when it reads again.
async fn events(State(app): State<App>, request: Request) -> Response {
    let Ok(permit) = app.streams.clone().try_acquire_owned() else {
        return (
            StatusCode::SERVICE_UNAVAILABLE,
            [(header::RETRY_AFTER, "5")],
        )
            .into_response();
    };
    let address: Arc<str> = page_of(&request).into();
    let (sender, receiver) = mpsc::channel::<Event>(1);
    let mut reloads = app.reload.0.subscribe();
    tokio::spawn(async move {
        let _permit = permit;
        let mut told = String::new();
        loop {
            let (preview, address) = (app.preview.clone(), address.clone());
            let shown =
                tokio::task::spawn_blocking(move || preview.fingerprint(&address).json()).await;
            // If this fails because of a fault of ours, the next edition may fix it.
            if let Ok(shown) = shown
                && shown != told
            {
                if sender.send(Event::default().data(&shown)).await.is_err() {
                    return;
                }
                told = shown;
            }
            tokio::select! {
                rung = reloads.changed() => if rung.is_err() { return },
                () = sender.closed() => return,
            }
        }
    });
    let events = ReceiverStream::new(receiver).map(Ok::<_, Infallible>);
    let heartbeat = KeepAlive::new().interval(HEARTBEAT);
    Sse::new(events).keep_alive(heartbeat).into_response()
}

/// The local address of a connection.
#[derive(Clone, Copy, Debug)]
struct Local(SocketAddr);
