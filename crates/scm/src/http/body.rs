//! The body of an answer, read no further than its limit.
use std::time::Duration;

use tokio::sync::OwnedSemaphorePermit;

use super::client;
use crate::{ErrorKind, ScmError};

/// Enough of a refusal to find its reason in.
const EXCERPT: usize = 16 * 1024;

/// What is still to be read of an answer. It holds the host's permit until it is dropped.
pub(crate) struct Body {
    response: reqwest::Response,
    read: u64,
    limit: u64,
    timeout: Duration,
    _permit: OwnedSemaphorePermit,
}

impl Body {
    pub(super) fn new(
        response: reqwest::Response,
        limit: u64,
        timeout: Duration,
        permit: OwnedSemaphorePermit,
    ) -> Self {
        Self {
            response,
            read: 0,
            limit,
            timeout,
            _permit: permit,
        }
    }

    /// Returns the next bytes; an error as soon as there are more than the limit.
    pub(crate) async fn chunk(&mut self) -> Result<Option<Vec<u8>>, ScmError> {
        if self.read == 0 && self.response.content_length() > Some(self.limit) {
            return Err(self.too_large());
        }
        let chunk = match self.response.chunk().await {
            Ok(Some(chunk)) => chunk,
            Ok(None) => return Ok(None),
            Err(error) if error.is_timeout() => return Err(client::failed(&error, self.timeout)),
            Err(_) => {
                let message = format!("the answer broke off after {} bytes", self.read);
                return Err(ScmError::new(ErrorKind::Unavailable, message));
            }
        };
        self.read += chunk.len() as u64;
        if self.read > self.limit {
            return Err(self.too_large());
        }
        Ok(Some(chunk.into()))
    }

    /// Reads all of it.
    pub(crate) async fn collect(&mut self) -> Result<Vec<u8>, ScmError> {
        let mut all = Vec::new();
        while let Some(chunk) = self.chunk().await? {
            all.extend_from_slice(&chunk);
        }
        all.shrink_to_fit();
        Ok(all)
    }

    /// Reads the beginning, as far as it can be had.
    pub(super) async fn excerpt(&mut self) -> Vec<u8> {
        let mut beginning = Vec::new();
        while beginning.len() < EXCERPT {
            let Ok(Some(chunk)) = self.response.chunk().await else {
                break;
            };
            beginning.extend_from_slice(&chunk);
        }
        beginning.truncate(EXCERPT);
        beginning
    }

    fn too_large(&self) -> ScmError {
        let message = format!("the answer is larger than {} bytes", self.limit);
        ScmError::new(ErrorKind::TooLarge, message)
    }
}
