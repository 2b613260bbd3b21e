//! Bodies of answers: entities as JSON text, whole or streamed.
use axum::{
    body::{Body, Bytes},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};

use crate::server::Services;

/// Entities read from the database at a time; an answer of any length needs memory for so many.
const CHUNK: usize = 100;

/// The type of every JSON answer.
pub(super) const JSON: HeaderValue = HeaderValue::from_static("application/json; charset=utf-8");

/// Writes entities between two texts, without holding all of them in memory.
pub(super) fn stream(
    services: Services,
    refs: Vec<String>,
    around: (&'static str, &'static str),
    shape: impl Fn(&str, Option<String>) -> Option<String> + Send + 'static,
) -> Body {
    let start = (services, refs, shape, 0_usize, true);
    let chunks = futures::stream::try_unfold(
        start,
        move |(services, refs, shape, at, is_first)| async move {
            if at > refs.len() {
                return Ok(None);
            }
            let end = (at + CHUNK).min(refs.len());
            let bodies = services
                .db()
                .entity_bodies(&refs[at..end])
                .await
                .map_err(std::io::Error::other)?;
            let mut text = String::from(if at == 0 { around.0 } else { "" });
            let mut is_first = is_first;
            for (entity_ref, body) in refs[at..end].iter().zip(bodies) {
                if let Some(item) = shape(entity_ref, body) {
                    text.push_str(if is_first { "" } else { "," });
                    text.push_str(&item);
                    is_first = false;
                }
            }
            let next = if end == refs.len() {
                text.push_str(around.1);
                end + 1
            } else {
                end
            };
            Ok::<_, std::io::Error>(Some((
                Bytes::from(text),
                (services, refs, shape, next, is_first),
            )))
        },
    );
    Body::from_stream(chunks)
}

/// Answers JSON text as it is.
pub(super) fn json_text(body: String) -> Response {
    (StatusCode::OK, [(header::CONTENT_TYPE, JSON)], body).into_response()
}
