//! Requests that are not about reading files, for example to identity providers, through the same guard and client.
use std::sync::Arc;

use http::{Request, Response};
use url::Url;

use crate::guard::{Resolve, SystemResolver};
use crate::http::{Call, Http};
use crate::{ErrorKind, ScmError, Settings};

/// Sends requests to the hosts of [`Settings::trusted`] and, with https, to public addresses. Clones share their
/// connections.
#[derive(Clone)]
pub struct Web(Http);

impl std::fmt::Debug for Web {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Web").finish_non_exhaustive()
    }
}

impl Web {
    /// Makes a client that asks the system for addresses.
    #[must_use]
    pub fn new(settings: &Settings) -> Self {
        Self::with_resolver(settings, Arc::new(SystemResolver))
    }

    /// Makes a client with another way to find addresses.
    #[must_use]
    pub fn with_resolver(settings: &Settings, resolver: Arc<dyn Resolve>) -> Self {
        Self(Http::new(settings, resolver))
    }

    pub(crate) fn over(http: &Http) -> Self {
        Self(http.clone())
    }

    /// Sends a request and returns the answer whatever its status, a redirect too, which is not followed.
    ///
    /// # Errors
    /// When the guard refuses the place, no answer comes in time, or it has more than `limit_bytes`.
    pub async fn send(
        &self,
        request: Request<Vec<u8>>,
        limit_bytes: u64,
    ) -> Result<Response<Vec<u8>>, ScmError> {
        let (parts, body) = request.into_parts();
        let url = Url::parse(&parts.uri.to_string()).map_err(|error| {
            ScmError::new(ErrorKind::Malformed, format!("it is not a URL: {error}"))
        })?;
        let timeout = self.0.limits().request;
        let call = Call {
            method: parts.method,
            url,
            headers: parts.headers,
            body,
            limit: limit_bytes,
            timeout,
        };
        let answer = async {
            let mut reply = self.0.visit(&call).await?;
            let body = reply.body.collect().await?;
            let mut response = Response::new(body);
            *response.status_mut() = reply.status;
            *response.headers_mut() = reply.headers;
            Ok(response)
        };
        // Waiting for its turn at the host and finding addresses count too.
        let in_time = tokio::time::timeout(timeout, answer).await;
        in_time.unwrap_or_else(|_| {
            let seconds = timeout.as_secs_f32();
            let message = format!("the host takes longer than {seconds} s to answer");
            Err(ScmError::new(ErrorKind::Unavailable, message))
        })
    }
}
