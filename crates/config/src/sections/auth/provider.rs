//! One provider of `auth.providers`, with what all of them have.
use std::time::Duration;

use super::kind::ProviderKind;
use super::plan::{Outcome, Planned};
use crate::cursor::Cursor;
use crate::sections::Place;

/// One item of `auth.providers` that can be used in the environment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuthProvider {
    /// Its name: the key below `auth.providers`.
    pub id: String,
    /// What it is.
    pub kind: ProviderKind,
    /// `signIn.resolvers`: the ways to find the user, in their order. Default: none.
    pub resolvers: Vec<ResolverConfig>,
    /// `sessionDuration`: how long people stay signed in. Default: as for all.
    pub session_duration: Option<Duration>,
    /// `additionalScopes`: what is asked for beyond what is needed. Default: none.
    pub additional_scopes: Vec<String>,
    /// `signIn.autoProvision`: how a user is added whom no resolver finds. Default: not at all.
    pub auto_provision: Option<AutoProvision>,
    /// `signIn.claimMapping`: where the provider's answer has what.
    pub claim_mapping: ClaimMapping,
    /// `title`: its name on the sign-in page. Default: decided by the page.
    pub title: Option<String>,
    /// Where it is written.
    pub place: Place,
}

/// One item of `signIn.resolvers`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResolverConfig {
    /// `resolver`: its name.
    pub resolver: String,
    /// `allowedDomains`: the domains a mail address may have. Default: any.
    pub allowed_domains: Vec<String>,
    /// `dangerouslyAllowSignInWithoutUserInCatalog`. Default: false.
    pub dangerously_allow_sign_in_without_user_in_catalog: bool,
}

/// The value of `signIn.autoProvision`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AutoProvision {
    /// `namespace`: where users are added. Default: `default`.
    pub namespace: String,
    /// `groups`: whether they are members of the groups that the provider names. Default: false.
    pub groups: bool,
}

/// The value of `signIn.claimMapping`; each is a path with dots, and the provider's usual one if missing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ClaimMapping {
    /// `username`: the name of the account.
    pub username: Option<String>,
    /// `email`: the mail address.
    pub email: Option<String>,
    /// `displayName`: the name as people write it.
    pub display_name: Option<String>,
    /// `picture`: the URL of a picture.
    pub picture: Option<String>,
    /// `groups`: the groups, as a list.
    pub groups: Option<String>,
}

impl AuthProvider {
    pub(super) fn read(planned: &Planned<'_>) -> Option<Self> {
        let Outcome::Used { kind, section, .. } = planned.outcome else {
            return None;
        };
        let section = Cursor::new(section);
        let sign_in = section.get("signIn");
        Some(Self {
            id: planned.entry.key.clone(),
            kind: ProviderKind::read(kind, section)?,
            resolvers: sign_in
                .get("resolvers")
                .items()
                .map(ResolverConfig::read)
                .collect(),
            session_duration: section.get("sessionDuration").duration(),
            additional_scopes: section.get("additionalScopes").words(),
            auto_provision: AutoProvision::read(sign_in.get("autoProvision")),
            claim_mapping: ClaimMapping::read(sign_in.get("claimMapping")),
            title: section.get("title").text(),
            place: Place::of(&planned.entry.key_origin),
        })
    }
}

impl ResolverConfig {
    fn read(item: Cursor<'_>) -> Self {
        Self {
            resolver: item.get("resolver").text().unwrap_or_default(),
            allowed_domains: item.get("allowedDomains").words(),
            dangerously_allow_sign_in_without_user_in_catalog: item
                .get("dangerouslyAllowSignInWithoutUserInCatalog")
                .boolean()
                .unwrap_or(false),
        }
    }
}

impl AutoProvision {
    fn read(value: Cursor<'_>) -> Option<Self> {
        value.value()?;
        (value.boolean() != Some(false)).then(|| Self {
            namespace: value
                .get("namespace")
                .text()
                .unwrap_or_else(|| "default".to_owned()),
            groups: value.get("groups").boolean().unwrap_or(false),
        })
    }
}

impl ClaimMapping {
    fn read(section: Cursor<'_>) -> Self {
        let text = |key: &str| section.get(key).text();
        Self {
            username: text("username"),
            email: text("email"),
            display_name: text("displayName"),
            picture: text("picture"),
            groups: text("groups"),
        }
    }
}
