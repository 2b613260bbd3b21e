//! What configuration says about a provider.
use crate::{ClaimMapping, Secret};

/// The kinds of providers that people are sent to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// github.com or a GitHub Enterprise Server.
    Github,
    /// gitlab.com or a GitLab of one's own.
    Gitlab,
    /// Google accounts.
    Google,
    /// Microsoft Entra ID.
    Microsoft,
    /// Okta.
    Okta,
    /// Any other OIDC provider.
    Oidc,
}

impl Kind {
    /// Returns Backstage's name of the kind.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Github => "github",
            Self::Gitlab => "gitlab",
            Self::Google => "google",
            Self::Microsoft => "microsoft",
            Self::Okta => "okta",
            Self::Oidc => "oidc",
        }
    }

    pub(crate) fn is_openid(self) -> bool {
        !matches!(self, Self::Github | Self::Gitlab)
    }
}

/// How the client proves itself to the token endpoint.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum TokenAuth {
    /// `client_secret_basic`: in a header.
    Basic,
    /// `client_secret_post`: in the body.
    #[default]
    Post,
    /// `none`: not at all; PKCE has to do.
    None,
}

/// Everything that a provider is told. Start from a preset such as [`OAuthSettings::github`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OAuthSettings {
    /// The key below `auth.providers`.
    pub id: String,
    /// What kind of provider it is.
    pub kind: Kind,
    /// The id of the client, as registered with the provider.
    pub client_id: String,
    /// The secret of the client.
    pub client_secret: Option<Secret>,
    /// Where the provider sends the browser back to.
    pub callback_url: String,
    /// The scopes that are always asked for.
    pub scopes: Vec<String>,
    /// Where the browser is sent; discovered for OIDC providers.
    pub authorize_url: Option<String>,
    /// Where codes are exchanged; discovered for OIDC providers.
    pub token_url: Option<String>,
    /// Where the person is asked for; discovered for OIDC providers.
    pub user_url: Option<String>,
    /// Where an OIDC provider describes itself.
    pub metadata_url: Option<String>,
    /// The issuer that the description must name, if it does not follow from `metadata_url`.
    pub expected_issuer: Option<String>,
    /// Whether an OIDC provider is asked for the person beyond the `id_token`.
    pub ask_userinfo: bool,
    /// The algorithm that `id_tokens` must have (`tokenSignedResponseAlg`); any asymmetric one otherwise.
    pub token_signed_response_alg: Option<String>,
    /// The `prompt` parameter.
    pub prompt: Option<String>,
    /// Further parameters for the first URL.
    pub extra_params: Vec<(String, String)>,
    /// How the client proves itself.
    pub token_auth: TokenAuth,
    /// Which claims hold what, where it is not the usual names.
    pub claim_mapping: ClaimMapping,
}

impl OAuthSettings {
    /// Adds what was registered with the provider.
    #[must_use]
    pub fn with_client(
        mut self,
        client_id: impl Into<String>,
        client_secret: Option<Secret>,
        callback_url: impl Into<String>,
    ) -> Self {
        self.client_id = client_id.into();
        self.client_secret = client_secret;
        self.callback_url = callback_url.into();
        self
    }

    /// Says that a setting cannot be used.
    pub(crate) fn wrong(&self, problem: impl Into<String>) -> super::ProviderError {
        super::ProviderError::Settings {
            provider: self.id.clone(),
            problem: problem.into(),
        }
    }
}
