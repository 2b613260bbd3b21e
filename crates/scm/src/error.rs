//! Why something could not be read from a source host.
use std::time::Duration;

/// A failed read. The message is the end of the sentence "cannot read …: ", and holds no secret.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct ScmError {
    /// What kind of failure.
    pub kind: ErrorKind,
    /// The reason for people.
    pub message: String,
    /// How long the host wants to be left alone.
    pub retry_after: Option<Duration>,
}

/// Kinds of failure that callers treat differently.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ErrorKind {
    /// The host answers that there is no such thing. Private things look like this without a token.
    NotFound,
    /// Configuration or the guard does not let it be read; asking again does not help.
    Refused,
    /// The target is no URL that means something on its host.
    Malformed,
    /// The host refuses the credentials, or wants some.
    Unauthorized,
    /// The host wants fewer requests.
    Throttled,
    /// More bytes, files or redirects than the limits allow.
    TooLarge,
    /// The network, the host or its answer is broken; it may work later.
    Unavailable,
}

impl ScmError {
    /// Makes an error without a time to wait.
    #[must_use]
    pub fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self {
            kind,
            message: message.into(),
            retry_after: None,
        }
    }
}
