//! `app-config.yaml` and its layers: reading, substitution, merging, checking, and the typed result.
//!
//! The order of work is: [`Sources`] names the layers; each file is read with places, its `${VAR}` and `$include`
//! are resolved, and it is laid over the layers before it; the merged tree is checked against one table of keys
//! ([`schema`]); and only when no error was found is it turned into a [`Config`]. All problems are collected.
//! This is the only crate that reads the process environment, and [`Sources::from_process`] is the only place.
#![warn(unreachable_pub)]

mod check;
mod contradiction;
mod cursor;
mod duration;
mod environment;
mod expand;
mod files;
mod load;
mod merge;
mod print;
mod proxies;
pub mod schema;
mod secret;
mod sections;
mod severities;
mod sources;
mod substitute;
mod tree;

pub use load::{Loaded, load};
pub use print::print;
pub use schema::{schema_json, schema_markdown};
pub use secret::Secret;
pub use sections::{
    AccessRestriction, AllowedKind, App, Auth, AuthProvider, AutoProvision, Backend, BackendAuth,
    BitbucketCloudIntegration, Callboard, CallboardAuth, Catalog, ClaimMapping, Config, Database,
    Events, ExternalAccess, ExternalKind, GitIntegration, GiteaIntegration, GithubApp,
    GithubIntegration, GitlabIntegration, Home, Integrations, Interval, Lifecycle, Listen,
    ListenError, LocationConflict, LocationMatcher, LogLevel, Logger, Organization, OrphanStrategy,
    Permission, Place, Postgres, ProviderKind, RateLimit, Rbac, Reading, ReadingAllow,
    ResolverConfig, Rule, SqliteTarget, Ssl, SslMode, StaticLocation, TargetMatch, TokenAuth,
    TrustProxy,
};
pub use sources::Sources;
