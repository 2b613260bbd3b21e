//! `GET /api/openapi.json`: the description of the REST API, as OpenAPI 3.1.
use axum::response::Response;

use super::answer::json_text;

/// Written by hand beside the handlers; a test holds it against the router.
const DOCUMENT: &str = include_str!("openapi.json");

/// Answers the description.
pub(super) async fn openapi() -> Response {
    json_text(DOCUMENT.to_owned())
}
