//! Providers that people are sent to: GitHub, GitLab, and everything that speaks OIDC.
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::secret::{in_full, in_full_option, random_text};
use crate::{Claims, Http, Secret};

mod discovery;
mod error;
mod exchange;
mod github;
mod gitlab;
mod id_token;
mod microsoft;
mod oidc;
mod person;
mod presets;
mod settings;

pub use error::ProviderError;
pub use settings::{Kind, OAuthSettings, TokenAuth};

use discovery::Discovery;

/// One configured provider, with what it published about itself.
#[derive(Debug)]
pub struct Provider {
    settings: OAuthSettings,
    discovery: Discovery,
}

/// A sign-in that has begun: where to send the browser, and what to remember until it comes back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Begun {
    /// The URL at the provider.
    pub url: String,
    /// What [`Provider::finish`] needs.
    pub pending: Pending,
}

/// What is remembered about a sign-in under way. It is stored on the server side and used once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pending {
    /// The id of the provider.
    pub provider: String,
    /// The PKCE verifier.
    #[serde(with = "in_full")]
    pub verifier: Secret,
    /// What the `id_token` must repeat.
    #[serde(with = "in_full")]
    pub nonce: Secret,
    /// The scopes that were asked for, with spaces between them.
    pub scope: String,
}

/// The parameters with which a provider sends the browser back.
///
/// `state` is for the caller, who finds [`Pending`] by it and knows whose browser it was given to.
#[derive(Clone, Default, PartialEq, Eq, Deserialize)]
pub struct CallbackQuery {
    /// What the tokens are exchanged for.
    #[serde(default)]
    pub code: Option<String>,
    /// What was handed to [`Provider::start`].
    #[serde(default)]
    pub state: Option<String>,
    /// The reason when there is no code.
    #[serde(default)]
    pub error: Option<String>,
    /// The reason in words.
    #[serde(default)]
    pub error_description: Option<String>,
    /// The issuer that answers (RFC 9207).
    #[serde(default)]
    pub iss: Option<String>,
}

impl fmt::Debug for CallbackQuery {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("CallbackQuery")
            .field("code", &self.code.as_ref().map(|_| "***"))
            .field("state", &self.state.as_ref().map(|_| "***"))
            .field("error", &self.error)
            .field("iss", &self.iss)
            .finish_non_exhaustive()
    }
}

/// A finished sign-in or refresh.
#[derive(Debug, Clone, PartialEq)]
pub struct SignedIn {
    /// Who it is.
    pub claims: Claims,
    /// What the provider handed out.
    pub tokens: ProviderTokens,
}

/// The tokens of a provider. Serialised they are in full: seal them before they are stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProviderTokens {
    /// For the provider's API.
    #[serde(with = "in_full")]
    pub access_token: Secret,
    /// For [`Provider::refresh`].
    #[serde(with = "in_full_option", default)]
    pub refresh_token: Option<Secret>,
    /// The signed statement who it is; OIDC providers only.
    #[serde(with = "in_full_option", default)]
    pub id_token: Option<Secret>,
    /// The scopes that were granted, with spaces between them.
    pub scope: String,
    /// How long the access token lives.
    pub expires_in_s: Option<u64>,
}

/// The addresses of a provider, configured or discovered.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Endpoints {
    authorize: String,
    token: String,
    user: Option<String>,
}

impl Provider {
    /// Makes a provider; nothing is asked before the first sign-in.
    #[must_use]
    pub fn new(settings: OAuthSettings) -> Self {
        Self {
            discovery: Discovery::new(),
            settings,
        }
    }

    /// Returns the key of the provider below `auth.providers`.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.settings.id
    }

    /// Returns what kind of provider it is.
    #[must_use]
    pub fn kind(&self) -> Kind {
        self.settings.kind
    }

    /// Begins a sign-in.
    ///
    /// # Errors
    /// When the provider cannot be asked about itself, or the settings hold something that is no URL.
    pub async fn start(
        &self,
        http: &dyn Http,
        state: &str,
        extra_scope: &[String],
    ) -> Result<Begun, ProviderError> {
        let endpoints = self.endpoints(http).await?;
        let nonce = random_text();
        let (url, verifier, scope) =
            exchange::authorize_url(&self.settings, &endpoints, state, &nonce, extra_scope)?;
        Ok(Begun {
            url,
            pending: Pending {
                provider: self.settings.id.clone(),
                verifier,
                nonce,
                scope,
            },
        })
    }

    /// Finishes a sign-in. That `state` belongs to this browser and to `pending` has been checked by the caller.
    ///
    /// # Errors
    /// When the provider or the person refuses, or what the provider answers does not prove anything.
    pub async fn finish(
        &self,
        http: &dyn Http,
        pending: &Pending,
        query: &CallbackQuery,
        now_ms: i64,
    ) -> Result<SignedIn, ProviderError> {
        if pending.provider != self.settings.id {
            return Err(ProviderError::OtherProvider {
                provider: self.settings.id.clone(),
                begun: pending.provider.clone(),
            });
        }
        self.check_answering_issuer(http, query).await?;
        if let Some(error) = &query.error {
            let said = query.error_description.as_deref();
            return Err(exchange::refused(&self.settings, error, said));
        }
        let code = query.code.as_deref().filter(|code| !code.is_empty());
        let code = code.ok_or_else(|| ProviderError::NoCode(self.settings.id.clone()))?;
        let endpoints = self.endpoints(http).await?;
        let tokens = exchange::code(&self.settings, &endpoints, http, code, pending).await?;
        self.signed_in(http, &endpoints, tokens, Some(&pending.nonce), now_ms)
            .await
    }

    /// Asks for new tokens. An empty `scope` means what was granted before.
    ///
    /// The caller compares [`Claims::subject`] with the one of the sign-in.
    ///
    /// # Errors
    /// When the provider refuses, or what it answers does not prove anything.
    pub async fn refresh(
        &self,
        http: &dyn Http,
        refresh_token: &Secret,
        scope: &str,
        now_ms: i64,
    ) -> Result<SignedIn, ProviderError> {
        let endpoints = self.endpoints(http).await?;
        let tokens =
            exchange::refresh(&self.settings, &endpoints, http, refresh_token, scope).await?;
        self.signed_in(http, &endpoints, tokens, None, now_ms).await
    }

    async fn signed_in(
        &self,
        http: &dyn Http,
        endpoints: &Endpoints,
        tokens: ProviderTokens,
        nonce: Option<&Secret>,
        now_ms: i64,
    ) -> Result<SignedIn, ProviderError> {
        let mut claims = match self.settings.kind {
            Kind::Github => github::claims(&self.settings, endpoints, http, &tokens).await?,
            Kind::Gitlab => gitlab::claims(&self.settings, endpoints, http, &tokens).await?,
            _ => self.openid_claims(http, &tokens, nonce, now_ms).await?,
        };
        let is_doubtful = claims.email_verified == Some(false);
        self.settings.claim_mapping.apply(&mut claims);
        // Whoever may write any address into their tenant may write it into any claim.
        if is_doubtful && self.settings.kind == Kind::Microsoft {
            claims.email_verified = Some(false);
        }
        Ok(SignedIn { claims, tokens })
    }

    async fn endpoints(&self, http: &dyn Http) -> Result<Endpoints, ProviderError> {
        if self.settings.kind.is_openid() {
            let found = self.discovery.get(http, &self.settings).await?;
            return Ok(found.endpoints.clone());
        }
        let settings = &self.settings;
        let (Some(authorize), Some(token)) = (&settings.authorize_url, &settings.token_url) else {
            let missing = "the URLs of the authorisation and the token endpoint are missing";
            return Err(settings.wrong(missing));
        };
        Ok(Endpoints {
            authorize: authorize.clone(),
            token: token.clone(),
            user: settings.user_url.clone(),
        })
    }
}
