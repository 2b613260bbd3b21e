//! `POST /api/events/http/{topic}`: events of source hosts.
use axum::{
    Router,
    body::Bytes,
    http::{HeaderMap, StatusCode},
    response::Response,
    routing::post,
};

use super::{body::Segments, error::Asked};
use crate::server::{Services, access::Access};

pub(super) fn routes() -> Router<Services> {
    Router::new().route("/http/{topic}", post(event))
}

async fn event(
    services: Access,
    asked: Asked,
    Segments(topic): Segments<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let header = |name: &str| {
        let value = headers.get(name)?.to_str().ok()?;
        Some(value.to_owned())
    };
    let taken = services.event(&topic, header, &body).await;
    asked.answer(taken.map(|_| StatusCode::ACCEPTED))
}
