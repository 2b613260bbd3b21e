//! Identity: who people and programs are, how they prove it, and what the portal remembers of it.
mod bearer;
mod bodies;
mod flow;
mod keys;
mod pages;
mod people;
mod proxies;
mod sessions;
mod settings;
mod tokens;
mod turns;

use std::sync::Arc;

use callboard_auth::{
    Http,
    provider::{OAuthSettings, Provider},
};
use callboard_db::Db;

use crate::error::AppError;

pub(super) use bearer::Proven;
pub(super) use bodies::SessionBody;
pub(super) use flow::{Ended, Flow, From, StartQuery, in_one_line};
pub use people::People;
pub(super) use sessions::{Found, cookie_name};
pub(super) use settings::GUEST;
pub use settings::{External, Guest, IdentitySettings, ProviderSetup, Way};
pub(super) use tokens::NewToken;

use keys::Keys;
use proxies::ProxyCache;
use turns::Turns;

/// Everything about identity that one process keeps.
#[derive(Clone)]
pub struct Identity(Arc<Inner>);

struct Inner {
    db: Db,
    people: People,
    settings: IdentitySettings,
    providers: Vec<(String, Provider)>,
    http: Option<Arc<dyn Http>>,
    keys: Keys,
    proxied: ProxyCache,
    turns: Turns,
}

impl std::fmt::Debug for Identity {
    /// Shows nothing that could be secret.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Identity").finish_non_exhaustive()
    }
}

impl Identity {
    /// Prepares the providers; nothing is asked of them yet. Without `http` none of them can be.
    #[must_use]
    pub fn new(
        db: Db,
        people: People,
        settings: IdentitySettings,
        http: Option<Arc<dyn Http>>,
    ) -> Self {
        let providers = settings
            .providers
            .iter()
            .filter_map(|setup| match &setup.way {
                Way::OAuth(oauth) => {
                    Some((setup.id.clone(), Provider::new(OAuthSettings::clone(oauth))))
                }
                Way::Proxy(_) | Way::Guest => None,
            });
        Self(Arc::new(Inner {
            providers: providers.collect(),
            keys: Keys::new(db.clone(), settings.token_lifetime_ms),
            proxied: ProxyCache::default(),
            turns: Turns::default(),
            db,
            people,
            settings,
            http,
        }))
    }

    /// Returns what the configuration says.
    pub(super) fn settings(&self) -> &IdentitySettings {
        &self.0.settings
    }

    /// Returns the keys that tokens are signed with.
    pub(super) fn keys(&self) -> &Keys {
        &self.0.keys
    }

    /// Returns the lock of a name: what is done under it is done once at a time in this process.
    fn turn(&self, name: &str) -> Arc<tokio::sync::Mutex<()>> {
        self.0.turns.of(name)
    }

    fn people(&self) -> &People {
        &self.0.people
    }

    /// Tells whether a user was made by a sign-in and may be on the way into the catalog.
    async fn is_provided(&self, user_ref: &str) -> Result<bool, AppError> {
        let all = self.db().provided_versions().await?;
        Ok(all.iter().any(|(known, _)| known == user_ref))
    }

    fn db(&self) -> &Db {
        &self.0.db
    }

    fn http(&self) -> Option<&dyn Http> {
        self.0.http.as_deref()
    }

    fn provider(&self, id: &str) -> Option<&Provider> {
        let mut all = self.0.providers.iter();
        all.find(|(known, _)| known == id)
            .map(|(_, provider)| provider)
    }

    fn setup(&self, id: &str) -> Option<&ProviderSetup> {
        let mut all = self.0.settings.providers.iter();
        all.find(|setup| setup.id == id)
    }

    /// Lets go of what has ended: sign-ins that nobody finished, sessions, and public keys.
    pub(super) async fn purge(&self, now: i64) -> Result<(), callboard_db::DbError> {
        self.db().signin_purge(now).await?;
        self.db().key_purge(now).await?;
        let idle_before = now.saturating_sub(self.settings().limits.idle_ms);
        self.db().session_purge(now, idle_before).await?;
        Ok(())
    }
}
