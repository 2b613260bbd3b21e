//! What octocrab sends its requests through: the guarded client, so that nothing passes it by.
use std::fs::File;
use std::io::Write;
use std::sync::Arc;
use std::task::{Context, Poll};

use futures::future::BoxFuture;
use http::{Request, Response, StatusCode};
use http_body_util::BodyExt;
use octocrab::OctoBody;
use url::Url;

use crate::http::{Call, DOWNLOAD_PATIENCE, Http, Reply};
use crate::{ErrorKind, ScmError};

/// Most bytes of an answer to a request that names no limit: tokens and installations.
const SMALL: u64 = 1024 * 1024;

/// A tower service over [`Http`]; relative requests go to the base of the host's interface.
#[derive(Clone)]
pub(super) struct Transport {
    http: Http,
    base: Url,
}

/// Travels with a request: most bytes of its answer.
#[derive(Debug, Clone, Copy)]
pub(super) struct Limit(pub(super) u64);

/// Travels with a request: the file that its answer is written to, instead of the body.
#[derive(Debug, Clone)]
pub(super) struct Sink(pub(super) Arc<File>);

/// Travels with a request: whoever sent it looks at refusals (4xx) itself.
#[derive(Debug, Clone, Copy)]
pub(super) struct Judged;

impl Transport {
    pub(super) fn new(http: Http, base: Url) -> Self {
        Self { http, base }
    }

    async fn answer(self, request: Request<OctoBody>) -> Result<Response<OctoBody>, ScmError> {
        let sink = request.extensions().get::<Sink>().cloned();
        let is_judged = request.extensions().get::<Judged>().is_some();
        let call = self.call(request, sink.is_some()).await?;
        let reply = self.http.exchange(call).await?;
        let (status, headers) = (reply.status, reply.headers.clone());
        // octocrab renews the token of an installation when it sees this status itself.
        if status == StatusCode::UNAUTHORIZED {
            return Ok(response(status, headers, Vec::new()));
        }
        if is_judged {
            let (status, body) = self.http.refusal_or_answer(reply).await?;
            return Ok(response(status, headers, body));
        }
        let mut reply = self.http.settled(reply).await?;
        let body = match sink {
            Some(Sink(file)) => write(&mut reply, &file).await?,
            None => reply.body.collect().await?,
        };
        Ok(response(status, headers, body))
    }

    async fn call(&self, request: Request<OctoBody>, is_download: bool) -> Result<Call, ScmError> {
        let (parts, body) = request.into_parts();
        let body = body
            .collect()
            .await
            .map_err(|error| broken(&error.to_string()))?;
        let limit = parts
            .extensions
            .get::<Limit>()
            .map_or(SMALL, |limit| limit.0);
        let patience = if is_download { DOWNLOAD_PATIENCE } else { 1 };
        Ok(Call {
            method: parts.method,
            url: self.url(&parts.uri)?,
            headers: parts.headers,
            body: body.to_bytes().into(),
            limit,
            timeout: self.http.limits().request * patience,
        })
    }

    fn url(&self, uri: &http::Uri) -> Result<Url, ScmError> {
        if uri.authority().is_some() {
            return Url::parse(&uri.to_string()).map_err(|error| broken(&error.to_string()));
        }
        let mut url = self.base.clone();
        let base = self.base.path().trim_end_matches('/');
        url.set_path(&format!("{base}{}", uri.path()));
        url.set_query(uri.query());
        Ok(url)
    }
}

impl tower::Service<Request<OctoBody>> for Transport {
    type Response = Response<OctoBody>;
    type Error = ScmError;
    type Future = BoxFuture<'static, Result<Response<OctoBody>, ScmError>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), ScmError>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<OctoBody>) -> Self::Future {
        Box::pin(self.clone().answer(request))
    }
}

async fn write(reply: &mut Reply, file: &File) -> Result<Vec<u8>, ScmError> {
    let mut file = file;
    while let Some(chunk) = reply.body.chunk().await? {
        file.write_all(&chunk)
            .map_err(|error| broken(&error.to_string()))?;
    }
    Ok(Vec::new())
}

fn response(status: StatusCode, headers: http::HeaderMap, body: Vec<u8>) -> Response<OctoBody> {
    let mut response = Response::new(OctoBody::from(body));
    *response.status_mut() = status;
    *response.headers_mut() = headers;
    response
}

fn broken(message: &str) -> ScmError {
    ScmError::new(ErrorKind::Unavailable, message)
}
