//! The section `auth`: who may sign in, and how.
use std::time::Duration;

use crate::cursor::Cursor;

mod kind;
mod plan;
mod provider;

pub use kind::{ProviderKind, TokenAuth};
pub(crate) use plan::{Outcome, plan as plan_providers};
pub use provider::{AuthProvider, AutoProvision, ClaimMapping, ResolverConfig};

/// The section `auth`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Auth {
    /// `auth.environment`: which section of each provider is used. Default: `development`.
    pub environment: String,
    /// `auth.providers`: those that can be used in this environment, in the order of the file. Default: none.
    pub providers: Vec<AuthProvider>,
    /// Whether `auth.providers` is there at all, also if none of them can be used.
    pub is_configured: bool,
    /// `auth.backstageTokenExpiration`: how long a token for the API is valid, from 10 minutes to 24 hours.
    /// Default: 1 hour.
    pub token_expiration: Duration,
    /// `auth.omitIdentityTokenOwnershipClaim`: whether tokens leave out what their user owns. Default: true.
    pub omit_ownership_claim: bool,
    /// `auth.experimentalExtraAllowedOrigins`: other web pages that may sign people in. Default: none.
    pub extra_allowed_origins: Vec<String>,
}

impl Auth {
    /// How long a token is valid when the configuration does not say.
    const EXPIRATION: Duration = Duration::from_secs(60 * 60);
    /// The least that is taken.
    const SHORTEST: Duration = Duration::from_secs(10 * 60);
    /// The most that is taken.
    const LONGEST: Duration = Duration::from_secs(24 * 60 * 60);

    pub(super) fn read(section: Cursor<'_>) -> Self {
        let expiration = section.get("backstageTokenExpiration").duration();
        let origins = section.get("experimentalExtraAllowedOrigins");
        Self {
            environment: plan::environment(section),
            providers: plan_providers(section)
                .into_iter()
                .filter_map(|planned| AuthProvider::read(&planned))
                .collect(),
            is_configured: section.get("providers").value().is_some(),
            token_expiration: expiration
                .unwrap_or(Self::EXPIRATION)
                .clamp(Self::SHORTEST, Self::LONGEST),
            omit_ownership_claim: section
                .get("omitIdentityTokenOwnershipClaim")
                .boolean()
                .unwrap_or(true),
            extra_allowed_origins: origins.items().filter_map(Cursor::text).collect(),
        }
    }
}
