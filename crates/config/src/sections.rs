//! The typed configuration, one struct per section; each field says its key and its default.
use crate::cursor::Cursor;
use crate::secret::Secret;
use crate::tree::Value;

mod access;
mod auth;
mod backend;
mod callboard;
mod catalog;
mod database;
mod diagnostics;
mod events;
mod guard;
mod home;
mod integrations;
mod permission;

pub use access::{AccessRestriction, BackendAuth, ExternalAccess, ExternalKind};
pub use auth::{
    Auth, AuthProvider, AutoProvision, ClaimMapping, ProviderKind, ResolverConfig, TokenAuth,
};
pub(crate) use auth::{Outcome, plan_providers};
pub use backend::{
    Backend, Lifecycle, Listen, ListenError, LogLevel, Logger, Reading, ReadingAllow,
};
pub use callboard::{Callboard, CallboardAuth, GitIntegration};
pub use catalog::{
    AllowedKind, Catalog, Interval, LocationConflict, LocationMatcher, OrphanStrategy, Place, Rule,
    StaticLocation, TargetMatch,
};
pub(crate) use database::names_postgres;
pub use database::{Database, Postgres, SqliteTarget, Ssl, SslMode};
pub use events::Events;
pub use guard::{RateLimit, TrustProxy};
pub use home::Home;
pub use integrations::{
    BitbucketCloudIntegration, GiteaIntegration, GithubApp, GithubIntegration, GitlabIntegration,
    Integrations,
};
pub use permission::{Permission, Rbac};

/// The whole configuration.
#[derive(Debug, Clone, PartialEq)]
pub struct Config {
    /// `app`: the portal as people see it.
    pub app: App,
    /// `organization`: whose portal it is.
    pub organization: Organization,
    /// `backend`: the server.
    pub backend: Backend,
    /// `auth`: who may sign in, and how.
    pub auth: Auth,
    /// `permission`: who may do what.
    pub permission: Permission,
    /// `catalog`: what the catalog holds.
    pub catalog: Catalog,
    /// `integrations`: access to source hosts.
    pub integrations: Integrations,
    /// `events`: what proves that a webhook is real.
    pub events: Events,
    /// `callboard`: what only Callboard knows.
    pub callboard: Callboard,
    /// The environment variable `NODE_ENV`, by which Backstage knows whether it runs for development.
    pub node_env: Option<String>,
}

impl Config {
    /// Reads a tree in which no error was found.
    pub(crate) fn read(root: &Value, node_env: Option<String>) -> Self {
        let root = Cursor::new(root);
        let backend = Backend::read(root.get("backend"));
        let app = root.get("app");
        Self {
            app: App {
                title: app
                    .get("title")
                    .text()
                    .unwrap_or_else(|| "Callboard".to_owned()),
                base_url: base_url(app.get("baseUrl")).unwrap_or_else(|| backend.base_url.clone()),
            },
            organization: Organization {
                name: root.get("organization").get("name").text(),
            },
            auth: Auth::read(root.get("auth")),
            permission: Permission::read(root.get("permission")),
            catalog: Catalog::read(root.get("catalog")),
            integrations: Integrations::read(root.get("integrations")),
            events: Events::read(root.get("events")),
            callboard: Callboard::read(root.get("callboard")),
            backend,
            node_env,
        }
    }
}

/// The section `app`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct App {
    /// `app.title`: the portal's name. Default: `Callboard`.
    pub title: String,
    /// `app.baseUrl`: where people open the portal, without a slash at the end. Default: `backend.baseUrl`.
    pub base_url: String,
}

/// The section `organization`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Organization {
    /// `organization.name`. Default: none.
    pub name: Option<String>,
}

/// Reads a base URL; paths are appended to it, so it does not end in a slash.
fn base_url(value: Cursor<'_>) -> Option<String> {
    value.text().map(|url| url.trim_end_matches('/').to_owned())
}

/// Reads a token, which often comes from a file that ends in a line break.
fn credential(value: Cursor<'_>) -> Option<Secret> {
    let text = value.text()?;
    let text = text.trim();
    (!text.is_empty()).then(|| Secret::new(text))
}
