//! A web server on this machine that stands for another host: its files, and how it fails, can be changed.
use std::{
    collections::{BTreeMap, HashMap},
    net::SocketAddr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use axum::{
    Router,
    body::Body,
    extract::{Request, State},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use sha1::{Digest, Sha1};
use tokio::task::JoinHandle;

/// A host with files. It ends with this value.
#[derive(Debug)]
pub struct Host {
    address: SocketAddr,
    state: Arc<Mutex<Files>>,
    server: JoinHandle<()>,
}

#[derive(Debug, Default)]
struct Files {
    bodies: BTreeMap<String, String>,
    failures: BTreeMap<String, Failure>,
    asked: HashMap<String, usize>,
}

/// How a path fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Failure {
    /// This status.
    Status(u16),
    /// 429, to be left alone for so many seconds.
    Throttled(u32),
    /// A body that ends before its length.
    HalfBody,
}

impl Host {
    /// Starts a host without files.
    ///
    /// # Panics
    /// When this machine has no port left.
    pub async fn start() -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await;
        let listener = listener.expect("a port is free");
        let address = listener.local_addr().expect("it has an address");
        let state = Arc::<Mutex<Files>>::default();
        let app = Router::new()
            .fallback(answer)
            .with_state(Arc::clone(&state));
        let server = tokio::spawn(async move {
            // It ends when the test does.
            let _ = axum::serve(listener, app).await;
        });
        Self {
            address,
            state,
            server,
        }
    }

    /// Returns its name with the port.
    #[must_use]
    pub fn name(&self) -> String {
        self.address.to_string()
    }

    /// Returns the address of a path such as `a/b.yaml`.
    #[must_use]
    pub fn url(&self, path: &str) -> String {
        format!("http://{}/{path}", self.address)
    }

    /// Puts a file there, and ends its failure.
    pub fn write(&self, path: &str, body: impl Into<String>) -> &Self {
        let mut files = self.lock();
        files.failures.remove(path);
        files.bodies.insert(path.to_owned(), body.into());
        drop(files);
        self
    }

    /// Takes a file away.
    pub fn remove(&self, path: &str) {
        self.lock().bodies.remove(path);
    }

    /// Lets a path fail.
    pub fn fail(&self, path: &str, failure: Failure) {
        self.lock().failures.insert(path.to_owned(), failure);
    }

    /// Returns how often a path was asked for.
    #[must_use]
    pub fn asked(&self, path: &str) -> usize {
        self.lock().asked.get(path).copied().unwrap_or_default()
    }

    fn lock(&self) -> MutexGuard<'_, Files> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Host {
    fn drop(&mut self) {
        self.server.abort();
    }
}

async fn answer(State(state): State<Arc<Mutex<Files>>>, request: Request) -> Response {
    let path = request.uri().path().trim_start_matches('/').to_owned();
    let known = request.headers().get(header::IF_NONE_MATCH).cloned();
    let mut files = state.lock().unwrap_or_else(PoisonError::into_inner);
    *files.asked.entry(path.clone()).or_default() += 1;
    match files.failures.get(&path) {
        Some(Failure::Status(status)) => {
            let status = StatusCode::from_u16(*status);
            return status
                .unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
                .into_response();
        }
        Some(Failure::Throttled(seconds)) => {
            let wait = [(header::RETRY_AFTER, seconds.to_string())];
            return (StatusCode::TOO_MANY_REQUESTS, wait).into_response();
        }
        Some(Failure::HalfBody) => {
            let parts = [
                Ok("apiVersion: backstage.io/v1"),
                Err(std::io::Error::other("cut")),
            ];
            return Body::from_stream(futures::stream::iter(parts)).into_response();
        }
        None => {}
    }
    let Some(body) = files.bodies.get(&path) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let etag = format!("\"{:x}\"", Sha1::digest(body));
    if known.is_some_and(|known| known.as_bytes() == etag.as_bytes()) {
        return StatusCode::NOT_MODIFIED.into_response();
    }
    ([(header::ETAG, etag)], body.clone()).into_response()
}
