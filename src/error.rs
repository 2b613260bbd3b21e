//! The one error that crosses the wire between server functions and pages.
use leptos::prelude::{FromServerFnError, ServerFnErrorErr};
use serde::{Deserialize, Serialize};
use server_fn::codec::JsonEncoding;

/// What a user can be told about a request that failed. Each variant has one HTTP status.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum AppError {
    /// Nothing of that name is there; the text names it.
    #[error("{0}")]
    NotFound(String),
    /// The request itself is wrong; the text says how.
    #[error("{0}")]
    Invalid(String),
    /// It would contradict what is there already; the text says what.
    #[error("{0}")]
    Conflict(String),
    /// Nobody is signed in, or what should prove who asks does not.
    #[error("{0}")]
    NotSignedIn(String),
    /// Whoever asks may not do this; the text says why.
    #[error("{0}")]
    NotAllowed(String),
    /// Something the portal needs is not there at the moment.
    #[error("{0}")]
    Unavailable(String),
    /// A fault of the portal; the detail is in its log.
    #[error("The portal could not do this because of an internal error. Its log has the details.")]
    Internal,
    /// The request did not reach the portal or the answer did not arrive.
    #[error("{0}")]
    Transport(ServerFnErrorErr),
}

impl AppError {
    /// Returns the HTTP status of this error.
    #[must_use]
    pub fn status(&self) -> u16 {
        match self {
            Self::NotFound(_) => 404,
            Self::Invalid(_) => 400,
            Self::NotSignedIn(_) => 401,
            Self::NotAllowed(_) => 403,
            Self::Conflict(_) => 409,
            Self::Unavailable(_) => 503,
            Self::Internal | Self::Transport(_) => 500,
        }
    }
}

impl FromServerFnError for AppError {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        Self::Transport(error)
    }
}
