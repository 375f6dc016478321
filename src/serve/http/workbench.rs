//! Editing over HTTP: who may send requests, and in which form.
//!
//! A page of another site can make a browser send requests here, even under another name of this machine. So a request
//! that reads or writes sources has to come from a page of the preview itself, as the browser says in three headers,
//! with a content type that no form can send, and with a cookie that only a writer's browser has.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, Request, State};
use axum::http::header::{self, HeaderMap, HeaderValue};
use axum::http::{Method, StatusCode};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};

use super::{Local, body, media};
use crate::project::ContentHash;
use crate::serve::hosts::is_name_of_loopback;
use crate::serve::outgoing::OWN;
use crate::serve::workbench::{ASSETS, ENTRANCE, Workbench};

/// How long a request may take to arrive.
const READ_LIMIT: Duration = Duration::from_secs(10);

/// The routes of a workbench. Those for requests are for writers only.
pub(super) fn routes(workbench: &Arc<Workbench>) -> Router {
    let questions = Router::new()
        .route(&format!("{OWN}workbench/{{question}}"), post(ask))
        .layer(middleware::from_fn_with_state(
            workbench.clone(),
            writers_only,
        ));
    Router::new()
        .route(&format!("{OWN}edit"), get(entrance))
        .route(&format!("{OWN}workbench/enter"), post(enter))
        .route(&format!("{OWN}workbench/is-open"), get(is_open))
        .route(&format!("{OWN}assets/{{name}}"), get(asset))
        .merge(questions)
        .layer(middleware::from_fn(own_machine_only))
        .with_state(workbench.clone())
}

/// Rejects clients that reach the preview from another machine, or under a name that isn't this machine's own.
async fn own_machine_only(request: Request, next: Next) -> Response {
    let local = request.extensions().get::<Local>();
    let is_here = local.is_some_and(|Local(local)| local.ip().to_canonical().is_loopback());
    let host = request.headers().get(header::HOST);
    let host = host.and_then(|host| host.to_str().ok()).unwrap_or_default();
    if !is_here || !is_name_of_loopback(host) {
        return refused("pages are edited on the machine that serves them");
    }
    if request.method() == Method::POST && !is_sent_by_own_page(request.headers(), host) {
        return refused("this can be asked by a page of the preview alone");
    }
    next.run(request).await
}

/// Whether a request that changes something comes from a page of the preview: no form and no page of another site can
/// send such a request.
fn is_sent_by_own_page(headers: &HeaderMap, host: &str) -> bool {
    let all = |name: &str| {
        headers
            .get_all(name)
            .iter()
            .map(|value| value.to_str().unwrap_or_default())
    };
    let only = |name: &str| {
        let mut values = all(name);
        let first = values.next();
        first.filter(|_| values.next().is_none())
    };
    let is_json = only("content-type").is_some_and(|kind| {
        let (kind, rest) = kind.split_once(';').unwrap_or((kind, ""));
        let is_utf8 = rest.trim().is_empty() || rest.trim().eq_ignore_ascii_case("charset=utf-8");
        kind.trim().eq_ignore_ascii_case("application/json") && is_utf8
    });
    let is_own =
        only("origin").is_some_and(|origin| origin.eq_ignore_ascii_case(&format!("http://{host}")));
    let is_same_site = all("sec-fetch-site").all(|site| site == "same-origin");
    is_json && is_own && is_same_site
}

/// Rejects browsers that haven't come through the address in the terminal.
async fn writers_only(
    State(workbench): State<Arc<Workbench>>,
    request: Request,
    next: Next,
) -> Response {
    if is_writer(&workbench, request.headers()) {
        return next.run(request).await;
    }
    refused("open the address that the terminal shows to edit pages")
}

fn is_writer(workbench: &Workbench, headers: &HeaderMap) -> bool {
    let mut cookies = headers.get_all(header::COOKIE).iter();
    cookies.any(|cookies| {
        workbench
            .session()
            .knows(cookies.to_str().unwrap_or_default())
    })
}

fn refused(why: &str) -> Response {
    let json = serde_json::json!({ "error": why }).to_string();
    (
        StatusCode::FORBIDDEN,
        [(header::CONTENT_TYPE, "application/json")],
        json,
    )
        .into_response()
}

async fn entrance() -> Response {
    (
        [(header::CONTENT_TYPE, "text/html; charset=utf-8")],
        ENTRANCE,
    )
        .into_response()
}

/// Exchanges the key in the terminal's address for a cookie.
async fn enter(State(workbench): State<Arc<Workbench>>, request: Request) -> Response {
    let asked = match asked(request).await {
        Ok(asked) => asked,
        Err(refused) => return refused,
    };
    let cookie = workbench
        .session()
        .cookie_for(asked["key"].as_str().unwrap_or_default());
    let cookie = cookie.and_then(|cookie| HeaderValue::from_str(&cookie).ok());
    match cookie {
        Some(cookie) => {
            let json = serde_json::json!({ "address": workbench.address() }).to_string();
            let kind = HeaderValue::from_static("application/json");
            (
                [(header::SET_COOKIE, cookie), (header::CONTENT_TYPE, kind)],
                json,
            )
                .into_response()
        }
        None => refused(
            "this isn't the address that the terminal shows now; the preview was started again",
        ),
    }
}

/// Whether the browser that asks is a writer's.
async fn is_open(State(workbench): State<Arc<Workbench>>, request: Request) -> Response {
    let json = serde_json::json!({ "open": is_writer(&workbench, request.headers()) });
    (
        [(header::CONTENT_TYPE, "application/json")],
        json.to_string(),
    )
        .into_response()
}

async fn asset(Path(name): Path<String>, request: Request) -> Response {
    let Some((name, text)) = ASSETS.iter().find(|(known, _)| *known == name) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let bytes = Bytes::from_static(text.as_bytes());
    let tag = ContentHash::of(&bytes).to_string();
    body(
        request.headers(),
        StatusCode::OK,
        media::content_type(name),
        &tag,
        bytes,
    )
}

async fn ask(
    State(workbench): State<Arc<Workbench>>,
    Path(question): Path<String>,
    request: Request,
) -> Response {
    let asked = match asked_up_to(limit_of(&question), request).await {
        Ok(asked) => asked,
        Err(refused) => return refused,
    };
    let answer = tokio::task::spawn_blocking(move || workbench.answer(&question, &asked)).await;
    // A fault of ours affects only this request.
    let Ok((status, json)) = answer else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    (
        status,
        [(header::CONTENT_TYPE, "application/json")],
        json.to_string(),
    )
        .into_response()
}

/// How many bytes a request may have: two megabytes, and as many as a picture from a good camera has, in Base64.
fn limit_of(question: &str) -> usize {
    const MEGABYTE: usize = 1024 * 1024;
    match question {
        "picture" => 48 * MEGABYTE,
        _ => 2 * MEGABYTE,
    }
}

/// The body of a request, as JSON.
async fn asked(request: Request) -> Result<serde_json::Value, Response> {
    asked_up_to(limit_of(""), request).await
}

/// The body of a request of up to `limit` bytes, as JSON.
async fn asked_up_to(limit: usize, request: Request) -> Result<serde_json::Value, Response> {
    let body = axum::body::to_bytes(request.into_body(), limit);
    let bytes = match tokio::time::timeout(READ_LIMIT, body).await {
        Ok(Ok(bytes)) => bytes,
        Ok(Err(_)) => return Err(StatusCode::PAYLOAD_TOO_LARGE.into_response()),
        Err(_) => return Err(StatusCode::REQUEST_TIMEOUT.into_response()),
    };
    serde_json::from_slice(&bytes).map_err(|_| StatusCode::BAD_REQUEST.into_response())
}
