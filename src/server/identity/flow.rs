//! Signing in: the browser goes to a provider and comes back, the catalog is asked who that is, a session begins.
//!
//! What is known of a sign-in under way is in the database, once, under two secrets of which the provider sends back
//! one and the browser's cookie holds the other. So a state cannot be forged, used by another browser or used twice.
mod finish;
mod leave;
mod refresh;
mod resolve;
mod start;

use axum::http::HeaderMap;
use callboard_auth::Secret;
use callboard_model::view::SignInFailure;
use serde::{Deserialize, Serialize};
use serde_json::Value;

pub(in crate::server) use finish::in_one_line;
pub(super) use finish::title_of;
pub(in crate::server) use start::StartQuery;

/// How long a sign-in may take, in milliseconds.
const PATIENCE: i64 = 10 * 60 * 1_000;

/// How the browser gets the result of a sign-in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(in crate::server) enum Flow {
    /// A page of the portal opened a window and waits for its message, as Backstage's frontend does.
    #[default]
    Popup,
    /// The window itself goes to the provider and comes back.
    Redirect,
}

/// How a sign-in ended.
#[derive(Debug)]
pub(in crate::server) enum Ended {
    /// The browser goes on with a session.
    Redirect {
        /// Where to.
        to: String,
        /// Its `Set-Cookie`.
        cookie: String,
    },
    /// The window tells the page that opened it.
    Popup {
        /// Origin of that page.
        origin: String,
        /// What it is told: a session, or why there is none.
        message: Value,
        /// Its `Set-Cookie`, when there is a session.
        cookie: Option<String>,
    },
    /// The browser goes to the sign-in page, which says why it failed.
    Failed {
        /// Where to.
        to: String,
    },
}

/// Where a request of a sign-in comes from.
#[derive(Debug, Clone, Copy)]
pub(in crate::server) struct From<'a> {
    pub(in crate::server) headers: &'a HeaderMap,
    pub(in crate::server) address: &'a str,
    /// Whether it is a request of this machine.
    pub(in crate::server) is_local: bool,
    /// Whether a proxy that is believed passed it on; without that, no header says who somebody is.
    pub(in crate::server) is_proxied: bool,
}

/// Returns the name of the cookie with the browser's half of a sign-in: Backstage's name and, with TLS, the prefix that
/// keeps other hosts from setting it.
fn nonce_cookie(provider: &str, is_secure: bool) -> String {
    let prefix = if is_secure { "__Host-" } else { "" };
    format!("{prefix}{provider}-nonce")
}

/// Joins both halves of a sign-in into the one secret that it is kept under.
fn both(state: &str, nonce: &str) -> Secret {
    Secret::new(format!("{state}.{nonce}"))
}

/// A failure with nothing but words.
pub(super) fn failure(
    provider: &str,
    message: impl Into<String>,
    help: Option<&str>,
) -> SignInFailure {
    SignInFailure {
        provider: provider.to_owned(),
        message: message.into(),
        help: help.map(str::to_owned),
        attempts: Vec::new(),
    }
}
