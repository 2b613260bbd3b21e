//! Bodies of answers: entities as JSON text, whole or streamed.
use axum::{
    body::{Body, Bytes},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};

use crate::{error::AppError, server::access::Access};

/// Entities read from the database at a time; an answer of any length needs memory for so many.
const CHUNK: usize = 100;

/// The type of every JSON answer.
pub(super) const JSON: HeaderValue = HeaderValue::from_static("application/json; charset=utf-8");

/// A list of entities on its way out.
struct Writer<F> {
    services: Access,
    refs: Vec<String>,
    /// What comes after the list.
    end: String,
    shape: F,
    /// How many references are done.
    at: usize,
    is_empty: bool,
    is_done: bool,
}

/// Answers entities between two texts, without holding all of them in memory.
///
/// `shape` makes an item of a reference and the body that was found for it, or leaves it out.
///
/// # Errors
/// When the database does not answer; later than that, the connection is cut.
pub(super) async fn entities(
    services: Access,
    refs: Vec<String>,
    around: (&str, &str),
    shape: impl Fn(&str, Option<String>) -> Option<String> + Send + 'static,
) -> Result<Response, AppError> {
    let mut writer = Writer {
        services,
        refs,
        end: around.1.to_owned(),
        shape,
        at: 0,
        is_empty: true,
        is_done: false,
    };
    let mut first = around.0.to_owned();
    writer.write(&mut first).await?;
    if writer.is_done {
        return Ok(json_text(first));
    }
    let rest = futures::stream::try_unfold(writer, |mut writer| async move {
        if writer.is_done {
            return Ok(None);
        }
        let mut text = String::new();
        match writer.write(&mut text).await {
            Ok(()) => Ok(Some((Bytes::from(text), writer))),
            Err(error) => Err(std::io::Error::other(error)),
        }
    });
    let first = futures::stream::once(async { Ok(Bytes::from(first)) });
    let body = Body::from_stream(futures::StreamExt::chain(first, rest));
    Ok(([(header::CONTENT_TYPE, JSON)], body).into_response())
}

impl<F: Fn(&str, Option<String>) -> Option<String>> Writer<F> {
    /// Writes the next entities, and after the last of them the end.
    async fn write(&mut self, text: &mut String) -> Result<(), AppError> {
        let end = (self.at + CHUNK).min(self.refs.len());
        let refs = &self.refs[self.at..end];
        let bodies = self.services.db().entity_bodies(refs).await?;
        for (entity_ref, body) in refs.iter().zip(bodies) {
            // The entity may have become one that may not be read since it was found.
            let is_seen = self.services.sees_all() || self.services.sees_ref(entity_ref);
            let body = body.filter(|_| is_seen);
            let body = body.map(|body| self.services.shown(body));
            if let Some(item) = (self.shape)(entity_ref, body) {
                text.push_str(if self.is_empty { "" } else { "," });
                text.push_str(&item);
                self.is_empty = false;
            }
        }
        self.at = end;
        if end == self.refs.len() {
            text.push_str(&self.end);
            self.is_done = true;
        }
        Ok(())
    }
}

/// Answers JSON text as it is.
pub(super) fn json_text(body: String) -> Response {
    (StatusCode::OK, [(header::CONTENT_TYPE, JSON)], body).into_response()
}
