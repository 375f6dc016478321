//! Limits connections: how many are open at once, and how long a slow one may take.

use std::io;
use std::net::TcpListener as StdListener;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::{Extension, Router};
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio::time::{Instant, Sleep};

use crate::serve::http::Local;

/// How many connections may be open at once; more have to wait. A browser opens six per host, so this only stops a
/// program that has lost count.
const MAX_CONNECTIONS: usize = 1024;

/// How long a client may take to send its request: a browser on any network needs less, and one that hangs gives its
/// place back.
const READ_LIMIT: Duration = Duration::from_secs(10);

/// How long a client may go without receiving any of its response, for example a phone that lost its network.
const WRITE_LIMIT: Duration = Duration::from_secs(30);

/// The largest request line and headers, in bytes; no request needs more.
const MAX_HEAD_BYTES: usize = 64 * 1024;

/// Accepts connections forever.
pub(super) async fn accept(listener: StdListener, routes: Router) {
    let listener = listener
        .set_nonblocking(true)
        .and_then(|()| TcpListener::from_std(listener));
    // A listener that was just opened can be awaited; if not, the other one may work.
    let Ok(listener) = listener else { return };
    let room = Arc::new(Semaphore::new(MAX_CONNECTIONS));
    loop {
        let Ok(permit) = room.clone().acquire_owned().await else {
            return;
        };
        match listener.accept().await {
            Ok((stream, _)) => {
                let routes = routes.clone();
                tokio::spawn(async move {
                    // Whatever ends a connection early ends nothing else.
                    let _ended = serve(stream, routes).await;
                    drop(permit);
                });
            }
            // Too many open files, or a client that has left again: others must still be served.
            Err(_) => tokio::time::sleep(Duration::from_millis(50)).await,
        }
    }
}

async fn serve(stream: TcpStream, routes: Router) -> io::Result<()> {
    // Small responses are sent at once.
    stream.set_nodelay(true)?;
    let local = Local(stream.local_addr()?);
    let service = TowerToHyperService::new(routes.layer(Extension(local)));
    http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(READ_LIMIT)
        .max_buf_size(MAX_HEAD_BYTES)
        .serve_connection(TokioIo::new(Patient::new(stream)), service)
        .await
        .map_err(io::Error::other)
}

/// A stream whose reader can't keep it waiting forever.
struct Patient {
    stream: TcpStream,
    deadline: Pin<Box<Sleep>>,
    is_waiting: bool,
}

impl Patient {
    fn new(stream: TcpStream) -> Self {
        Self {
            stream,
            deadline: Box::pin(tokio::time::sleep(WRITE_LIMIT)),
            is_waiting: false,
        }
    }

    /// Passes on the result of a write, or an error if it has been waiting for too long.
    fn bounded<T>(
        &mut self,
        context: &mut Context<'_>,
        written: Poll<io::Result<T>>,
    ) -> Poll<io::Result<T>> {
        if written.is_ready() {
            self.is_waiting = false;
            return written;
        }
        if !self.is_waiting {
            self.is_waiting = true;
            self.deadline.as_mut().reset(Instant::now() + WRITE_LIMIT);
        }
        match self.deadline.as_mut().poll(context) {
            Poll::Ready(()) => Poll::Ready(Err(io::ErrorKind::TimedOut.into())),
            Poll::Pending => Poll::Pending,
        }
    }
}

impl AsyncRead for Patient {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl AsyncWrite for Patient {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.bounded(context, written)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffers: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write_vectored(context, buffers);
        self.bounded(context, written)
    }
}
