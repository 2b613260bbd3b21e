//! What comes in by path and body, with refusals in Backstage's envelope.
use axum::{
    body::Bytes,
    extract::{FromRequest, FromRequestParts, Path, Request},
    http::{HeaderMap, header, request::Parts},
    response::Response,
};
use serde::de::DeserializeOwned;

use super::error::Asked;
use crate::error::AppError;

/// The JSON object in the body of a request; no body at all is an empty object.
#[derive(Debug)]
pub(super) struct JsonBody<T>(pub(super) T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for JsonBody<T> {
    type Rejection = Response;

    async fn from_request(request: Request, state: &S) -> Result<Self, Response> {
        let (mut parts, body) = request.into_parts();
        let Ok(asked) = Asked::from_request_parts(&mut parts, state).await;
        let headers = parts.headers.clone();
        let bytes = Bytes::from_request(Request::from_parts(parts, body), state).await;
        let bytes = bytes.map_err(|refused| {
            let message = format!("cannot read the body: {}", refused.body_text());
            asked.refuse(refused.status(), &message)
        })?;
        read(&headers, &bytes)
            .map(Self)
            .map_err(|message| asked.fail(&AppError::Invalid(message)))
    }
}

fn read<T: DeserializeOwned>(headers: &HeaderMap, bytes: &[u8]) -> Result<T, String> {
    if bytes.is_empty() {
        return serde_json::from_str("{}").map_err(|error| format!("the body is missing: {error}"));
    }
    let content_type = headers.get(header::CONTENT_TYPE);
    let content_type = content_type.map_or("none", |value| value.to_str().unwrap_or("unreadable"));
    let media_type = content_type.split(';').next().unwrap_or_default().trim();
    if !media_type.eq_ignore_ascii_case("application/json") {
        return Err(format!(
            "expected the content type application/json, found {content_type}"
        ));
    }
    from_object(bytes).map_err(|error| format!("malformed body: {error}"))
}

/// Reads a JSON object. Left to itself, serde takes a list for a structure as well.
///
/// # Errors
/// When it is no JSON, no object, or not the one that is expected.
pub(super) fn from_object<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, serde_json::Error> {
    let first = bytes.iter().find(|byte| !byte.is_ascii_whitespace());
    if first.is_some_and(|byte| *byte != b'{') {
        let found = serde_json::from_slice::<serde::de::IgnoredAny>(bytes);
        return Err(found
            .err()
            .unwrap_or_else(|| serde::de::Error::custom("expected an object")));
    }
    serde_json::from_slice(bytes)
}

/// The parts of the path that a route leaves open.
#[derive(Debug)]
pub(super) struct Segments<T>(pub(super) T);

impl<S: Send + Sync, T: DeserializeOwned + Send> FromRequestParts<S> for Segments<T> {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Response> {
        let Ok(asked) = Asked::from_request_parts(parts, state).await;
        match Path::from_request_parts(parts, state).await {
            Ok(Path(segments)) => Ok(Self(segments)),
            Err(refused) => Err(asked.refuse(refused.status(), &refused.body_text())),
        }
    }
}
