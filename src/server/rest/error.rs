//! Errors in Backstage's envelope: `{error: {name, message}, request: {method, url}, response: {statusCode}}`.
use axum::{
    Json,
    extract::{FromRequestParts, OriginalUri, Request},
    http::{HeaderValue, Method, StatusCode, Uri, header, request::Parts},
    middleware::Next,
    response::{IntoResponse, Response},
};
use serde_json::json;

use crate::error::AppError;

/// The request as an error repeats it.
#[derive(Debug, Clone)]
pub(super) struct Asked {
    method: Method,
    url: String,
}

impl<S: Sync> FromRequestParts<S> for Asked {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Self::Rejection> {
        let uri = parts.extensions.get::<OriginalUri>();
        Ok(Self::new(
            &parts.method,
            uri.map_or(&parts.uri, |uri| &uri.0),
        ))
    }
}

impl Asked {
    pub(super) fn new(method: &Method, uri: &Uri) -> Self {
        let url = uri
            .path_and_query()
            .map_or_else(|| uri.path().to_owned(), ToString::to_string);
        Self {
            method: method.clone(),
            url,
        }
    }

    /// Answers with what was done or with why it was not.
    pub(super) fn answer<T: IntoResponse>(&self, done: Result<T, AppError>) -> Response {
        match done {
            Ok(done) => done.into_response(),
            Err(error) => self.fail(&error),
        }
    }

    /// Turns an error into the answer to this request.
    pub(super) fn fail(&self, error: &AppError) -> Response {
        let status =
            StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        self.refuse(status, &error.to_string())
    }

    /// Answers with a status and what there is to say about it.
    pub(super) fn refuse(&self, status: StatusCode, message: &str) -> Response {
        let body = json!({
            "error": {"name": name(status), "message": message},
            "request": {"method": self.method.as_str(), "url": self.url},
            "response": {"statusCode": status.as_u16()},
        });
        (status, Json(body)).into_response()
    }
}

/// Returns the name that Backstage's clients know an error by.
fn name(status: StatusCode) -> &'static str {
    match status {
        StatusCode::BAD_REQUEST | StatusCode::UNPROCESSABLE_ENTITY => "InputError",
        StatusCode::UNAUTHORIZED => "AuthenticationError",
        StatusCode::FORBIDDEN => "NotAllowedError",
        StatusCode::NOT_FOUND => "NotFoundError",
        StatusCode::METHOD_NOT_ALLOWED => "MethodNotAllowedError",
        StatusCode::CONFLICT => "ConflictError",
        StatusCode::PAYLOAD_TOO_LARGE => "PayloadTooLargeError",
        StatusCode::UNSUPPORTED_MEDIA_TYPE => "UnsupportedMediaTypeError",
        StatusCode::NOT_IMPLEMENTED => "NotImplementedError",
        StatusCode::SERVICE_UNAVAILABLE => "ServiceUnavailableError",
        _ => "Error",
    }
}

/// Answers a path below `/api` that is not there; within the catalog without a body, as Backstage does.
pub(super) async fn no_such_route(request: Request) -> Response {
    let path = request.uri().path();
    if path.starts_with("/api/catalog/") {
        return StatusCode::NOT_FOUND.into_response();
    }
    let asked = Asked::new(request.method(), request.uri());
    asked.fail(&AppError::NotFound(format!(
        "there is no route {} {path}",
        asked.method
    )))
}

/// Puts into the envelope what the router and the extractors answer in plain text: unknown methods, paths that are
/// not UTF-8, bodies that are too long.
pub(super) async fn in_envelope(asked: Asked, request: Request, next: Next) -> Response {
    let response = next.run(request).await;
    let status = response.status();
    let is_error = status.is_client_error() || status.is_server_error();
    if !is_error || status == StatusCode::NOT_FOUND || is_json(&response) {
        return response;
    }
    let message = match status {
        StatusCode::METHOD_NOT_ALLOWED => format!("{} is not possible here", asked.method),
        status => status
            .canonical_reason()
            .unwrap_or("it failed")
            .to_lowercase(),
    };
    let mut answer = asked.refuse(status, &message);
    if let Some(allowed) = response.headers().get(header::ALLOW) {
        answer.headers_mut().insert(header::ALLOW, allowed.clone());
    }
    answer
}

fn is_json(response: &Response) -> bool {
    let content_type = response.headers().get(header::CONTENT_TYPE);
    content_type
        .and_then(|value: &HeaderValue| value.to_str().ok())
        .is_some_and(|text| text.starts_with("application/json"))
}
