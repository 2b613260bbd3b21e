//! What is kept of a sign-in and of a session, as JSON texts in the database.
use callboard_auth::provider::Pending;
use callboard_model::view::SignInFailure;
use serde::{Deserialize, Serialize};

/// A sign-in under way. The browser knows its number and nothing else.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct SignInBody {
    /// Key of the provider.
    pub(super) provider: String,
    /// What the provider's half needs at the end.
    pub(super) pending: Pending,
    /// How the browser gets the result.
    pub(super) flow: super::flow::Flow,
    /// Origin of the page that opened a popup.
    pub(super) origin: String,
    /// Where the browser goes at the end.
    pub(super) back: String,
    /// Secret of the browser's session at the start, hashed; ended when another one begins.
    pub(super) before: Option<String>,
}

/// A sign-in that failed, until the person has seen why.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct FailureBody {
    pub(super) failure: SignInFailure,
}

/// What a session says about its user beside who it is.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(in crate::server) struct SessionBody {
    /// Name the provider has for the person.
    pub(in crate::server) display_name: Option<String>,
    pub(in crate::server) email: Option<String>,
    pub(in crate::server) picture: Option<String>,
    /// Who it is for the provider; whoever comes back under another name there is somebody else.
    #[serde(default)]
    pub(in crate::server) subject: String,
    /// Whether a resolver let somebody in whom the catalog does not have; otherwise the session ends with the User.
    #[serde(default)]
    pub(in crate::server) without_user: bool,
    /// What the provider allows.
    #[serde(default)]
    pub(in crate::server) scope: String,
}

/// The provider's own tokens, sealed with the secret of the session.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(super) struct SealedTokens {
    pub(super) access_token: String,
    pub(super) refresh_token: Option<String>,
    pub(super) id_token: Option<String>,
    /// When the access token ends, in milliseconds since 1970.
    pub(super) ends_at: Option<i64>,
}
