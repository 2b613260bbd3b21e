//! The requests to GitHub's interface that reading needs.
use std::fs::File;
use std::sync::Arc;

use http::header::{ACCEPT, CONTENT_TYPE, IF_NONE_MATCH};
use http::{Request, StatusCode};
use http_body_util::BodyExt;
use octocrab::{OctoBody, Octocrab};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Deserialize;

use super::transport::{Judged, Limit, Sink};
use crate::http::version;
use crate::target::RepoTarget;
use crate::{ErrorKind, ScmError};

const RAW: &str = "application/vnd.github.raw+json";
const SHA: &str = "application/vnd.github.sha";
const JSON: &str = "application/vnd.github+json";
/// A tree of the most files that GitHub lists is about 7 MB; its entries also hold addresses.
const TREE_BYTES: u64 = 64 * 1024 * 1024;
/// Letters of a path that need no escape.
const PLAIN: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// One repository, as a certain client sees it.
pub(super) struct Repository {
    client: Arc<Octocrab>,
    route: String,
}

/// The content of a file with its version, or nothing if it has not changed.
pub(super) struct Content {
    pub(super) bytes: Vec<u8>,
    pub(super) version: Option<String>,
}

/// All files of a commit, as far as GitHub lists them.
#[derive(Debug, Deserialize)]
pub(super) struct Tree {
    #[serde(rename = "tree")]
    pub(super) entries: Vec<Entry>,
    pub(super) truncated: bool,
}

/// A file, a folder or something else of a tree.
#[derive(Debug, Deserialize)]
pub(super) struct Entry {
    pub(super) path: String,
    mode: String,
    #[serde(rename = "type")]
    kind: String,
    pub(super) sha: String,
    #[serde(default)]
    pub(super) size: u64,
}

impl Entry {
    /// Tells whether it is a file; links and modules are not.
    pub(super) fn is_file(&self) -> bool {
        self.kind == "blob" && self.mode != "120000"
    }
}

impl Repository {
    pub(super) fn new(client: Arc<Octocrab>, target: &RepoTarget) -> Self {
        let route = format!("/repos/{}/{}", part(&target.owner), part(&target.repo));
        Self { client, route }
    }

    /// Reads one file of a branch, tag or commit.
    pub(super) async fn content(
        &self,
        target: &RepoTarget,
        known: Option<&str>,
        limit: u64,
    ) -> Result<Option<Content>, ScmError> {
        let path = target
            .path
            .split('/')
            .map(part)
            .collect::<Vec<_>>()
            .join("/");
        let route = format!("/contents/{path}?ref={}", part(&target.reference));
        let (parts, bytes) = self.get(&route, RAW, known, limit).await?;
        if parts.status == StatusCode::NOT_MODIFIED {
            return Ok(None);
        }
        let media = parts
            .headers
            .get(CONTENT_TYPE)
            .and_then(|media| media.to_str().ok());
        if media.is_some_and(|media| media.starts_with("application/json")) {
            let message = "it is a folder; the URL of a folder ends with a slash";
            return Err(ScmError::new(ErrorKind::Malformed, message));
        }
        Ok(Some(Content {
            bytes,
            version: version(&parts.headers),
        }))
    }

    /// Finds the commit of a branch, tag or commit; nothing if it is the one that is known.
    pub(super) async fn commit(
        &self,
        reference: &str,
        known: Option<&str>,
    ) -> Result<Option<String>, ScmError> {
        let route = format!("/commits/{}", part(reference));
        let tag = known.map(|commit| format!("\"{commit}\""));
        let (parts, bytes) = self.get(&route, SHA, tag.as_deref(), 1000).await?;
        if parts.status == StatusCode::NOT_MODIFIED {
            return Ok(None);
        }
        let commit = String::from_utf8_lossy(&bytes).trim().to_owned();
        if commit.len() < 40 || !commit.bytes().all(|letter| letter.is_ascii_hexdigit()) {
            return Err(not_understood("it is not the name of a commit"));
        }
        Ok((Some(commit.as_str()) != known).then_some(commit))
    }

    /// Lists the files of a commit.
    pub(super) async fn tree(&self, commit: &str) -> Result<Tree, ScmError> {
        let route = format!("/git/trees/{commit}?recursive=1");
        let (_, bytes) = self.get(&route, JSON, None, TREE_BYTES).await?;
        serde_json::from_slice(&bytes).map_err(|error| not_understood(&error.to_string()))
    }

    /// Reads a file by the hash of its content.
    pub(super) async fn blob(&self, sha: &str, limit: u64) -> Result<Vec<u8>, ScmError> {
        let route = format!("/git/blobs/{}", part(sha));
        let (_, bytes) = self.get(&route, RAW, None, limit).await?;
        Ok(bytes)
    }

    /// Writes all files of a commit, as a compressed archive, to a file.
    pub(super) async fn archive(
        &self,
        commit: &str,
        to: &Arc<File>,
        limit: u64,
    ) -> Result<(), ScmError> {
        let mut request = self.request(&format!("/tarball/{commit}"), JSON, limit)?;
        request.extensions_mut().insert(Sink(Arc::clone(to)));
        self.send(request).await.map(drop)
    }

    async fn get(
        &self,
        route: &str,
        accept: &'static str,
        tag: Option<&str>,
        limit: u64,
    ) -> Result<(http::response::Parts, Vec<u8>), ScmError> {
        let mut request = self.request(route, accept, limit)?;
        if let Some(tag) = tag.and_then(|tag| tag.parse().ok()) {
            request.headers_mut().insert(IF_NONE_MATCH, tag);
        }
        self.send(request).await
    }

    fn request(
        &self,
        route: &str,
        accept: &'static str,
        limit: u64,
    ) -> Result<Request<OctoBody>, ScmError> {
        let request = Request::get(format!("{}{route}", self.route))
            .header(ACCEPT, accept)
            .extension(Limit(limit))
            .body(OctoBody::empty());
        request.map_err(|error| ScmError::new(ErrorKind::Malformed, error.to_string()))
    }

    /// Sends a request with JSON, or without a body where there is none, and returns whatever is answered.
    pub(super) async fn call(
        &self,
        method: http::Method,
        route: &str,
        body: Option<&serde_json::Value>,
    ) -> Result<(StatusCode, serde_json::Value), ScmError> {
        let request = Request::builder()
            .method(method)
            .uri(format!("{}{route}", self.route))
            .header(ACCEPT, JSON)
            .extension(Judged);
        let request = match body {
            Some(body) => request
                .header(CONTENT_TYPE, "application/json")
                .body(OctoBody::from(body.to_string())),
            None => request.body(OctoBody::empty()),
        };
        let request =
            request.map_err(|error| ScmError::new(ErrorKind::Malformed, error.to_string()))?;
        let (parts, bytes) = self.send(request).await?;
        if bytes.is_empty() {
            return Ok((parts.status, serde_json::Value::Null));
        }
        let value = serde_json::from_slice(&bytes);
        match value {
            Ok(value) => Ok((parts.status, value)),
            // The words of a refusal help, but are not needed.
            Err(_) if parts.status.is_client_error() => Ok((parts.status, serde_json::Value::Null)),
            Err(error) => Err(not_understood(&error.to_string())),
        }
    }

    async fn send(
        &self,
        request: Request<OctoBody>,
    ) -> Result<(http::response::Parts, Vec<u8>), ScmError> {
        let response = self.client.execute(request).await.map_err(failed)?;
        let (parts, body) = response.into_parts();
        if parts.status == StatusCode::UNAUTHORIZED {
            return Err(unauthorized());
        }
        let body = body.collect().await.map_err(failed)?;
        Ok((parts, body.to_bytes().into()))
    }
}

/// Escapes one part of a path.
pub(super) fn part(text: &str) -> String {
    utf8_percent_encode(text, PLAIN).to_string()
}

/// Finds our own error in octocrab's.
pub(super) fn failed(error: octocrab::Error) -> ScmError {
    match &error {
        octocrab::Error::Service { source, .. } => match source.downcast_ref::<ScmError>() {
            Some(error) => error.clone(),
            None => ScmError::new(ErrorKind::Unavailable, source.to_string()),
        },
        octocrab::Error::GitHub { source, .. }
            if source.status_code == StatusCode::UNAUTHORIZED =>
        {
            unauthorized()
        }
        other => not_understood(&other.to_string()),
    }
}

fn unauthorized() -> ScmError {
    ScmError::new(
        ErrorKind::Unauthorized,
        "the host answers 401 Unauthorized; the token or the key of the app is not valid",
    )
}

fn not_understood(reason: &str) -> ScmError {
    let message = format!("the host's answer is not understood: {reason}");
    ScmError::new(ErrorKind::Unavailable, message)
}
