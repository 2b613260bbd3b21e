//! What the pages about signing in and about oneself show.
use serde::{Deserialize, Serialize};

use super::{EntityLabel, MarkedRow, SavedView};

/// The sign-in page.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignInView {
    /// Ways to sign in, in the order of the configuration.
    pub providers: Vec<SignInProvider>,
    /// Why the last attempt failed, when one did.
    pub failure: Option<SignInFailure>,
    /// Who is signed in already: the name people see.
    pub signed_in_as: Option<String>,
    /// Whether the person comes from another machine to a portal without any provider, which lets in nobody.
    pub is_closed: bool,
}

/// One way to sign in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignInProvider {
    /// Key in `auth.providers`.
    pub id: String,
    /// Name of the provider as people know it.
    pub title: String,
    /// Kind of provider: `github`, `oidc`, `guest` and so on.
    pub kind: String,
    /// Where signing in begins, with the way back in it.
    pub url: String,
}

/// Why somebody could not be signed in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignInFailure {
    /// Name of the provider as people know it.
    pub provider: String,
    /// What happened, as a sentence.
    pub message: String,
    /// What to do about it, where one thing helps.
    pub help: Option<String>,
    /// What each resolver looked for and found, in the order in which they were tried.
    pub attempts: Vec<ResolverAttempt>,
}

/// What one sign-in resolver did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResolverAttempt {
    /// Name of the resolver.
    pub resolver: String,
    /// What it looked for.
    pub looked_for: String,
    /// References of what it found.
    pub found: Vec<String>,
    /// What came of it.
    pub outcome: String,
    /// What to add to the catalog or the configuration.
    pub fix: String,
}

/// The settings page: who I am, where I am signed in, and my tokens.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountView {
    /// The user as the catalog knows them.
    pub user: EntityLabel,
    /// Email address that the provider or the catalog gives.
    pub email: Option<String>,
    /// How this request proved who it is: the title of a provider, `Guest`, or `Personal access token`.
    pub signed_in_by: String,
    /// Whether this is the guest.
    pub is_guest: bool,
    /// Everything that counts as this user's own.
    pub ownership: Vec<OwnershipRow>,
    /// Whether groups above the direct ones count as well.
    pub nested_groups: bool,
    /// Where the user is signed in, the newest first.
    pub sessions: Vec<SessionRow>,
    /// Tokens for programs, the newest first.
    pub tokens: Vec<TokenRow>,
    /// What the user starred, the newest first; at most 200.
    pub starred: Vec<MarkedRow>,
    /// How many they starred in all.
    pub starred_total: usize,
    /// What the user watches, the newest first; at most 200.
    pub watched: Vec<MarkedRow>,
    /// How many they watch in all.
    pub watched_total: usize,
    /// Saved views, their own and those of their groups, by name.
    pub views: Vec<SavedView>,
}

/// One reference that counts as the user's own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnershipRow {
    /// The user or the group.
    pub label: EntityLabel,
    /// Why it counts: `you`, `member of` or `above a group of yours`.
    pub why: String,
}

/// One place where the user is signed in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionRow {
    /// Id that the form to end it sends.
    pub id: String,
    /// Whether it is the session of this request.
    pub is_current: bool,
    /// Title of the provider.
    pub provider: String,
    /// Browser and system, in a few words.
    pub agent: String,
    /// Network address of the last request.
    pub address: String,
    /// Milliseconds since 1970.
    pub created_at: i64,
    /// Milliseconds since 1970.
    pub seen_at: i64,
    /// Milliseconds since 1970.
    pub expires_at: i64,
}

/// One personal access token; the token itself is not known any more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TokenRow {
    /// Id that the form to revoke it sends.
    pub id: String,
    /// What its owner calls it.
    pub name: String,
    /// What it may be used for: `read`, `all`, or names of permissions.
    pub scopes: Vec<String>,
    /// Milliseconds since 1970.
    pub created_at: i64,
    /// Milliseconds since 1970; absent when it never ends.
    pub expires_at: Option<i64>,
    /// Milliseconds since 1970; absent when it was never used.
    pub last_used_at: Option<i64>,
}

/// A token that was made just now and is shown once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FreshToken {
    /// What its owner calls it.
    pub name: String,
    /// The token.
    pub token: String,
}
