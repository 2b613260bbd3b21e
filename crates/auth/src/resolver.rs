//! Finds the User entity that a person who signed in somewhere is, by Backstage's sign-in resolvers.
//!
//! Every step leaves an [`Attempt`] that says what was looked for, what was found and how to fix it, because "unable
//! to resolve user identity" helps nobody.
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{Claims, Directory};

mod lookup;
mod method;
mod provision;

pub use method::known;
pub use provision::{IDENTITY_ANNOTATION, groups_of, identity};

use lookup::Found;

/// One item of `signIn.resolvers`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Resolver {
    /// Backstage's name, one of [`known`].
    pub name: String,
    /// What stands beside the name.
    pub options: ResolverOptions,
}

/// The options of a resolver.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ResolverOptions {
    /// The domains that addresses of mail may have; all if empty.
    pub allowed_domains: Vec<String>,
    /// Signs in under a reference that no entity has.
    pub dangerously_allow_without_user: bool,
}

/// `signIn.autoProvision`: makes a User entity for people who are not in the catalog.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AutoProvision {
    /// The namespace of the new entity.
    pub namespace: String,
    /// Whether the groups of the provider become `memberOf`.
    pub groups_from_claims: bool,
}

/// Who it is.
#[derive(Debug, Clone, PartialEq)]
pub enum Resolution {
    /// A user.
    User {
        /// The reference of the User entity.
        user_ref: String,
        /// The resolver that found it.
        by: String,
        /// What was tried, this one last.
        attempts: Vec<Attempt>,
        /// Whether there is such an entity.
        in_catalog: bool,
    },
    /// Nobody yet: an entity has to be stored first.
    Provision {
        /// The reference of the new entity.
        user_ref: String,
        /// The entity.
        entity: Value,
        /// What was tried.
        attempts: Vec<Attempt>,
    },
    /// Nobody.
    Failed {
        /// What was tried.
        attempts: Vec<Attempt>,
        /// Whether it failed because several users match.
        ambiguous: bool,
    },
}

/// One thing that was tried.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attempt {
    /// The name of the resolver.
    pub resolver: String,
    /// For example: a User with spec.profile.email = ada@example.com.
    pub looked_for: String,
    /// The references of the users that were found.
    pub found: Vec<String>,
    /// What came of it, in plain words.
    pub outcome: String,
    /// What to do about it; empty if nothing has to be done.
    pub fix: String,
}

/// Tries the resolvers in their order until one does not say "not found", and makes an entity if all of them do and
/// that is wanted. `provider` is the kind of the provider.
#[must_use]
pub fn resolve(
    provider: &str,
    claims: &Claims,
    resolvers: &[Resolver],
    auto: Option<&AutoProvision>,
    directory: &dyn Directory,
) -> Resolution {
    let mut attempts = Vec::new();
    for resolver in resolvers {
        let (attempt, found) = lookup::run(provider, claims, resolver, directory);
        attempts.push(attempt);
        if let Some(end) = settled(found, &resolver.name, &mut attempts) {
            return end;
        }
    }
    if let Some(auto) = auto {
        let (attempt, found) = provision::returning(provider, claims, directory);
        attempts.push(attempt);
        if let Some(end) = settled(found, provision::NAME, &mut attempts) {
            return end;
        }
        return provision::provision(provider, claims, auto, directory, attempts);
    }
    if resolvers.is_empty() {
        attempts.push(nothing_configured(provider));
    }
    Resolution::Failed {
        attempts,
        ambiguous: false,
    }
}

fn settled(found: Found, by: &str, attempts: &mut Vec<Attempt>) -> Option<Resolution> {
    let mut attempts = || std::mem::take(attempts);
    match found {
        Found::Nobody => None,
        Found::User {
            user_ref,
            in_catalog,
        } => Some(Resolution::User {
            user_ref,
            by: by.to_owned(),
            attempts: attempts(),
            in_catalog,
        }),
        Found::Refused => Some(Resolution::Failed {
            attempts: attempts(),
            ambiguous: false,
        }),
        Found::Several => Some(Resolution::Failed {
            attempts: attempts(),
            ambiguous: true,
        }),
    }
}

fn nothing_configured(provider: &str) -> Attempt {
    let names = known(provider).join(", ");
    Attempt {
        resolver: "none".to_owned(),
        looked_for: "nobody".to_owned(),
        found: Vec::new(),
        outcome: "no resolver is configured, so nobody can sign in with this provider".to_owned(),
        fix: format!(
            "Add signIn.resolvers to this provider in auth.providers, with one or more of {names}; or signIn.autoProvision: true"
        ),
    }
}
