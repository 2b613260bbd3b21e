//! The one way to a source host: every request passes the guard, and its answer is bounded in bytes and time.
mod body;
mod client;
mod exchange;
mod hosts;
mod verdict;

use std::io::Write;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use http::header::{ETAG, IF_NONE_MATCH};
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use url::Url;

use crate::guard::{Guard, Purpose, Resolve};
use crate::{ErrorKind, Limits, ScmError, Settings};
pub(crate) use exchange::{Call, Reply};
use hosts::Hosts;

/// An archive may take this many times as long as any other answer.
pub(crate) const DOWNLOAD_PATIENCE: u32 = 15;
/// The longest name of a version that is kept.
const MAX_VERSION: usize = 1000;

/// Sends requests to source hosts; clones share their connections, permits and pauses.
#[derive(Clone)]
pub(crate) struct Http(Arc<Inner>);

struct Inner {
    client: Result<reqwest::Client, ScmError>,
    guard: Guard,
    hosts: Hosts,
    /// Of requests that are not reads: a host that wants fewer reads for a while still lets people sign in.
    visited: Hosts,
    limits: Limits,
}

/// A request for something that is read.
#[derive(Debug, Clone)]
pub(crate) struct Get {
    /// What is asked for.
    pub(crate) url: Url,
    /// Sent with it; all but `Accept` are dropped when a redirect leaves the host.
    pub(crate) headers: Vec<(HeaderName, HeaderValue)>,
    /// The version that is known already, sent as `If-None-Match`.
    pub(crate) version: Option<String>,
    /// Most bytes of the answer, after decompression.
    pub(crate) limit: u64,
}

/// An answer: the content, or that nothing changed (304).
#[derive(Debug)]
pub(crate) struct Response {
    /// 2xx or 304.
    pub(crate) status: u16,
    /// `ETag`.
    pub(crate) version: Option<String>,
    /// Empty for 304, and after a download.
    pub(crate) body: Vec<u8>,
}

impl Get {
    /// Asks for a URL, with nothing else.
    pub(crate) fn new(url: Url, limit: u64) -> Self {
        Self {
            url,
            headers: Vec::new(),
            version: None,
            limit,
        }
    }

    /// Names the version that is known already.
    pub(crate) fn known(mut self, version: Option<&str>) -> Self {
        self.version = version.map(ToOwned::to_owned);
        self
    }

    /// Adds a header.
    pub(crate) fn header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.headers.push((name, value));
        self
    }

    fn call(&self, timeout: Duration) -> Call {
        let mut headers: HeaderMap = self.headers.iter().cloned().collect();
        let version = self.version.as_deref();
        if let Some(version) = version.and_then(|text| HeaderValue::from_str(text).ok()) {
            headers.insert(IF_NONE_MATCH, version);
        }
        Call {
            method: Method::GET,
            url: self.url.clone(),
            headers,
            body: Vec::new(),
            limit: self.limit,
            timeout,
        }
    }
}

impl Response {
    /// Tells whether the host says that nothing changed.
    pub(crate) fn is_unchanged(&self) -> bool {
        self.status == StatusCode::NOT_MODIFIED.as_u16()
    }
}

impl Http {
    /// Makes the client; where the machine has no certificates at all, each request says so, not the start.
    pub(crate) fn new(settings: &Settings, resolver: Arc<dyn Resolve>) -> Self {
        Self(Arc::new(Inner {
            client: client::build(&settings.limits),
            guard: Guard::new(settings, resolver),
            hosts: Hosts::default(),
            visited: Hosts::default(),
            limits: settings.limits,
        }))
    }

    /// Returns what decides which requests may be made.
    pub(crate) fn guard(&self) -> &Guard {
        &self.0.guard
    }

    /// Returns the bounds of every read.
    pub(crate) fn limits(&self) -> &Limits {
        &self.0.limits
    }

    /// Returns the addresses that a request for the URL may connect to; an error if it may not be made.
    pub(crate) async fn addresses(&self, url: &Url) -> Result<Vec<SocketAddr>, ScmError> {
        self.0.guard.check(url, None)?;
        self.0.guard.addresses(url, Purpose::Read).await
    }

    /// Reads an answer into memory.
    pub(crate) async fn get(&self, request: &Get) -> Result<Response, ScmError> {
        let reply = self.exchange(request.call(self.0.limits.request)).await?;
        let mut reply = self.settled(reply).await?;
        let body = reply.body.collect().await?;
        Ok(response(&reply, body))
    }

    /// Reads an answer into a file; the body of what is returned is empty.
    pub(crate) async fn download(
        &self,
        request: &Get,
        to: &mut std::fs::File,
    ) -> Result<Response, ScmError> {
        let patience = self.0.limits.request * DOWNLOAD_PATIENCE;
        let reply = self.exchange(request.call(patience)).await?;
        let mut reply = self.settled(reply).await?;
        while let Some(chunk) = reply.body.chunk().await? {
            to.write_all(&chunk).map_err(|error| cannot_keep(&error))?;
        }
        to.flush().map_err(|error| cannot_keep(&error))?;
        Ok(response(&reply, Vec::new()))
    }

    /// Lets good answers through, and turns the others into errors; a throttled host is left alone from now on.
    pub(crate) async fn settled(&self, mut reply: Reply) -> Result<Reply, ScmError> {
        if reply.status.is_success() || reply.status == StatusCode::NOT_MODIFIED {
            return Ok(reply);
        }
        let excerpt = reply.body.excerpt().await;
        let error = verdict::failure(reply.status, &reply.headers, &excerpt);
        if error.kind == ErrorKind::Throttled {
            self.0.hosts.pause(&reply.url, error.retry_after);
        }
        Err(error)
    }
}

impl Http {
    /// Reads an answer, and also a refusal (4xx) of whatever was asked; wanting fewer requests is still an error.
    pub(crate) async fn refusal_or_answer(
        &self,
        mut reply: Reply,
    ) -> Result<(StatusCode, Vec<u8>), ScmError> {
        let body = reply.body.collect().await?;
        if reply.status.is_success() {
            return Ok((reply.status, body));
        }
        let error = verdict::failure(reply.status, &reply.headers, &body);
        if error.kind == ErrorKind::Throttled {
            self.0.hosts.pause(&reply.url, error.retry_after);
            return Err(error);
        }
        if reply.status.is_client_error() {
            return Ok((reply.status, body));
        }
        Err(error)
    }
}

/// Returns the version that an answer has, unless it is longer than anybody wants to keep.
pub(crate) fn version(headers: &HeaderMap) -> Option<String> {
    let tag = headers.get(ETAG)?.to_str().ok()?;
    (!tag.is_empty() && tag.len() <= MAX_VERSION).then(|| tag.to_owned())
}

fn response(reply: &Reply, body: Vec<u8>) -> Response {
    Response {
        status: reply.status.as_u16(),
        version: version(&reply.headers),
        body,
    }
}

fn cannot_keep(error: &std::io::Error) -> ScmError {
    ScmError::new(
        ErrorKind::Unavailable,
        format!("the answer cannot be kept in a temporary file: {error}"),
    )
}
