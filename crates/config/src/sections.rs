//! The typed configuration, one struct per section; each field says its key and its default.
use crate::cursor::Cursor;
use crate::tree::Value;

mod backend;
mod callboard;
mod catalog;
mod database;
mod diagnostics;
mod events;
mod integrations;

pub use backend::{
    Backend, Lifecycle, Listen, ListenError, LogLevel, Logger, Reading, ReadingAllow,
};
pub use callboard::{Callboard, GitIntegration};
pub use catalog::{
    AllowedKind, Catalog, Interval, LocationConflict, LocationMatcher, OrphanStrategy, Place, Rule,
    StaticLocation, TargetMatch,
};
pub(crate) use database::names_postgres;
pub use database::{Database, Postgres, SqliteTarget, Ssl, SslMode};
pub use events::Events;
pub use integrations::{
    BitbucketCloudIntegration, GiteaIntegration, GithubApp, GithubIntegration, GitlabIntegration,
    Integrations,
};

/// The whole configuration.
#[derive(Debug, Clone, PartialEq)]
pub struct Config {
    /// `app`: the portal as people see it.
    pub app: App,
    /// `organization`: whose portal it is.
    pub organization: Organization,
    /// `backend`: the server.
    pub backend: Backend,
    /// `catalog`: what the catalog holds.
    pub catalog: Catalog,
    /// `integrations`: access to source hosts.
    pub integrations: Integrations,
    /// `events`: what proves that a webhook is real.
    pub events: Events,
    /// `callboard`: what only Callboard knows.
    pub callboard: Callboard,
}

impl Config {
    /// Reads a tree in which no error was found.
    pub(crate) fn read(root: &Value) -> Self {
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
            catalog: Catalog::read(root.get("catalog")),
            integrations: Integrations::read(root.get("integrations")),
            events: Events::read(root.get("events")),
            callboard: Callboard::read(root.get("callboard")),
            backend,
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
