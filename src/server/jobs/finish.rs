//! Work that goes on when nobody waits for its answer any more.
use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};
use tracing::Instrument;

/// Answers a request to its end, also when the client has hung up or the time is over: whoever changes something must
/// not be able to keep it out of the audit log by leaving early.
pub(in crate::server) async fn to_the_end(
    answer: impl Future<Output = Response> + Send + 'static,
) -> Response {
    let done = tokio::spawn(answer.instrument(tracing::Span::current())).await;
    done.unwrap_or_else(|_| StatusCode::INTERNAL_SERVER_ERROR.into_response())
}
