//! Errors in Backstage's envelope: `{error: {name, message}, request: {method, url}, response: {statusCode}}`.
use axum::{
    Json,
    extract::Request,
    http::{Method, StatusCode, Uri},
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

impl<S: Sync> axum::extract::FromRequestParts<S> for Asked {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(
        parts: &mut axum::http::request::Parts,
        _state: &S,
    ) -> Result<Self, Self::Rejection> {
        let uri = parts
            .extensions
            .get::<axum::extract::OriginalUri>()
            .map_or(&parts.uri, |uri| &uri.0);
        Ok(Self::new(&parts.method, uri))
    }
}

impl Asked {
    fn new(method: &Method, uri: &Uri) -> Self {
        let url = uri
            .path_and_query()
            .map_or_else(|| uri.path().to_owned(), ToString::to_string);
        Self {
            method: method.clone(),
            url,
        }
    }

    /// Turns an error into the answer to this request.
    pub(super) fn fail(&self, error: &AppError) -> Response {
        let name = match error {
            AppError::NotFound(_) => "NotFoundError",
            AppError::Invalid(_) => "InputError",
            AppError::Unavailable(_) => "ServiceUnavailableError",
            AppError::Internal | AppError::Transport(_) => "Error",
        };
        let status =
            StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let body = json!({
            "error": {"name": name, "message": error.to_string()},
            "request": {"method": self.method.as_str(), "url": self.url},
            "response": {"statusCode": status.as_u16()},
        });
        (status, Json(body)).into_response()
    }
}

/// Answers a path below `/api` that does not exist.
pub(super) async fn no_such_route(request: Request) -> Response {
    let asked = Asked::new(request.method(), request.uri());
    let message = format!(
        "there is no route {} {}",
        asked.method,
        request.uri().path()
    );
    asked.fail(&AppError::NotFound(message))
}
