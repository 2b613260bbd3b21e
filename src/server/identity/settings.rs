//! What identity is told by the configuration.
use callboard_auth::{
    ClaimMapping,
    provider::OAuthSettings,
    proxy::Proxy,
    resolver::{AutoProvision, Resolver},
    session::SessionLimits,
    token::ExternalAccess,
};

use crate::server::caller::Restriction;

/// Everything the configuration says about identity.
#[derive(Debug, Clone)]
pub struct IdentitySettings {
    /// `auth.environment`.
    pub environment: String,
    /// Ways to sign in, in the order of the configuration.
    pub providers: Vec<ProviderSetup>,
    /// Where the portal is for a browser, without a slash at the end.
    pub app_url: String,
    /// Where `/api/auth` is for a browser and a provider, without a slash at the end.
    pub auth_url: String,
    /// Origins that pages of sign-ins may be opened from, besides `app_url`; `*` stands for any text without a slash.
    pub extra_origins: Vec<String>,
    /// Who is let in without a proof.
    pub guest: Guest,
    /// How long tokens of the portal hold, in milliseconds.
    pub token_lifetime_ms: i64,
    /// Whether tokens do without the list of what counts as the user's own.
    pub omit_ownership: bool,
    /// How long sessions hold.
    pub limits: SessionLimits,
    /// Whether groups above the direct ones count as the user's own.
    pub nested_groups: bool,
    /// Programs that are known.
    pub external: Vec<External>,
}

/// One way to sign in.
#[derive(Debug, Clone)]
pub struct ProviderSetup {
    /// Key in `auth.providers`.
    pub id: String,
    /// Kind of provider, such as `github`.
    pub kind: String,
    /// Name for people.
    pub title: String,
    /// How it works.
    pub way: Way,
    /// How a user of the catalog is found.
    pub resolvers: Vec<Resolver>,
    /// Whether a user who is not found is made.
    pub auto_provision: Option<AutoProvision>,
    /// Which claims mean what.
    pub mapping: ClaimMapping,
    /// The longest session, in milliseconds.
    pub session_ms: Option<i64>,
}

/// How a way to sign in works.
#[derive(Debug, Clone)]
pub enum Way {
    /// The browser is sent to the provider and comes back.
    OAuth(Box<OAuthSettings>),
    /// A proxy in front of the portal says who it is.
    Proxy(std::sync::Arc<Proxy>),
    /// Nobody has to prove anything.
    Guest,
}

/// Who is let in without a proof.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Guest {
    /// Nobody.
    Never,
    /// Whoever sits at this machine, without being asked: no provider is configured.
    Here,
    /// Whoever chooses to be the guest on the sign-in page.
    Offered {
        /// From this machine.
        here: bool,
        /// Also from other machines.
        anywhere: bool,
        /// The user whom the guest is.
        user_ref: String,
        /// What counts as the guest's own when the catalog has no such user.
        ownership: Option<Vec<String>>,
    },
}

/// The user whom the guest is, where nothing else is said; Backstage's name.
pub(in crate::server) const GUEST: &str = "user:development/guest";

impl Guest {
    /// Returns the user whom the guest is.
    pub(in crate::server) fn user_ref(&self) -> &str {
        match self {
            Self::Never | Self::Here => GUEST,
            Self::Offered { user_ref, .. } => user_ref,
        }
    }
}

/// A program that is known, and what it may be used for.
#[derive(Debug, Clone)]
pub struct External {
    /// How it proves itself.
    pub access: std::sync::Arc<ExternalAccess>,
    /// What it may do; everything when empty.
    pub restrictions: Vec<Restriction>,
}

/// Milliseconds of an hour.
const HOUR: i64 = 3_600_000;

impl Default for IdentitySettings {
    /// A portal without any provider at `http://localhost:7007`.
    fn default() -> Self {
        Self {
            environment: "development".to_owned(),
            providers: Vec::new(),
            app_url: "http://localhost:7007".to_owned(),
            auth_url: "http://localhost:7007/api/auth".to_owned(),
            extra_origins: Vec::new(),
            guest: Guest::Here,
            token_lifetime_ms: HOUR,
            omit_ownership: true,
            limits: SessionLimits {
                idle_ms: 7 * 24 * HOUR,
                absolute_ms: 30 * 24 * HOUR,
                rotate_ms: HOUR,
                grace_ms: 60_000,
            },
            nested_groups: false,
            external: Vec::new(),
        }
    }
}

impl IdentitySettings {
    /// Whether browsers reach the portal over TLS only, so that cookies can insist on it.
    pub(in crate::server) fn is_secure(&self) -> bool {
        self.app_url.starts_with("https://")
    }
}
