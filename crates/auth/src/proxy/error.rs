//! Why a header of a proxy does not sign anybody in.
use crate::HttpError;

/// A header that does not sign anybody in. No message holds its value.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ProxyError {
    /// The request has not gone through the proxy, or the proxy does not pass the header on.
    #[error(
        "the request has no header {0}. Open the portal through the proxy; if you did, make the proxy pass the header on"
    )]
    Missing(String),
    /// One of them may be from the outside.
    #[error(
        "the request has the header {0} more than once. Make the proxy remove it from requests before it sets its own"
    )]
    Twice(String),
    /// It has bytes beyond ASCII.
    #[error("the header {0} has characters other than ASCII")]
    NotText(String),
    /// It does not prove anything.
    #[error(
        "the header {header} is refused: {problem}. Check that auth.providers names the proxy that is in front of the portal"
    )]
    Refused {
        /// The name of the header.
        header: String,
        /// What is wrong with it.
        problem: String,
    },
    /// It could not be checked.
    #[error(
        "the keys of the proxy cannot be read at {url}: {reason}. Check that this host can reach it"
    )]
    Unreachable {
        /// Where.
        url: String,
        /// Why.
        reason: HttpError,
    },
    /// The configuration cannot be used.
    #[error("auth.providers.{provider} cannot be used: {problem}")]
    Settings {
        /// The id of the provider.
        provider: &'static str,
        /// What is wrong.
        problem: String,
    },
}
