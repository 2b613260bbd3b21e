//! How identity asks other hosts: through the guard that every request of the portal passes.
use std::sync::Arc;

use callboard_auth::{Http, HttpError};
use callboard_scm::Reader;
use futures::future::BoxFuture;

/// Largest answer of a provider, in bytes.
const MAX_ANSWER: u64 = 1024 * 1024;

/// Requests to providers of identity.
pub(super) struct Web(callboard_scm::Web);

impl Web {
    /// Asks through the guard of a reader.
    pub(super) fn of(reader: &Reader) -> Arc<dyn Http> {
        Arc::new(Self(reader.web()))
    }
}

impl Http for Web {
    fn send(
        &self,
        request: http::Request<Vec<u8>>,
    ) -> BoxFuture<'_, Result<http::Response<Vec<u8>>, HttpError>> {
        Box::pin(async move {
            let answer = self.0.send(request, MAX_ANSWER).await;
            answer.map_err(|error| HttpError(error.to_string()))
        })
    }
}
