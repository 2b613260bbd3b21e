//! The keys that the portal's tokens are signed with. The private half of a key is in the memory of one process and
//! nowhere else; the public half is in the database, so that every replica knows it, and longer than its tokens hold.
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use callboard_auth::token::SigningKey;
use callboard_db::{Db, now_ms};
use serde_json::Value;

use crate::error::AppError;

/// A public key is kept for so many lifetimes of a key.
const KEPT: i64 = 3;

/// Keys that are not known are looked for in the database at most this often, in milliseconds.
const LOOK_AGAIN: i64 = 2_000;

/// The current key and the public halves of all.
#[derive(Debug)]
pub(in crate::server) struct Keys {
    db: Db,
    lifetime_ms: i64,
    current: tokio::sync::Mutex<Option<Current>>,
    public: Mutex<Public>,
}

#[derive(Debug, Clone)]
struct Current {
    key: Arc<SigningKey>,
    /// When another key takes its place.
    until: i64,
}

#[derive(Debug, Default)]
struct Public {
    by_id: HashMap<String, Value>,
    looked_at: i64,
}

impl Keys {
    pub(super) fn new(db: Db, lifetime_ms: i64) -> Self {
        Self {
            db,
            lifetime_ms,
            current: tokio::sync::Mutex::new(None),
            public: Mutex::default(),
        }
    }

    /// Returns the key to sign with; makes a new one when there is none or it is old.
    pub(in crate::server) async fn signing(&self) -> Result<Arc<SigningKey>, AppError> {
        let now = now_ms();
        let mut current = self.current.lock().await;
        if let Some(current) = current.as_ref().filter(|current| now < current.until) {
            return Ok(Arc::clone(&current.key));
        }
        let key = Arc::new(SigningKey::generate(now, self.lifetime_ms));
        let jwk = key.public_jwk();
        let ends = now.saturating_add(self.lifetime_ms.saturating_mul(KEPT));
        // Published before it is used, or another replica would refuse what it signs.
        self.db
            .key_put(key.kid(), &jwk.to_string(), now, ends)
            .await?;
        self.lock().by_id.insert(key.kid().to_owned(), jwk);
        *current = Some(Current {
            key: Arc::clone(&key),
            until: now.saturating_add(self.lifetime_ms),
        });
        Ok(key)
    }

    /// Returns the public keys of all replicas.
    pub(in crate::server) async fn all(&self) -> Result<Vec<Value>, AppError> {
        // So that the list is never empty.
        self.signing().await?;
        self.load(now_ms()).await?;
        let mut keys: Vec<Value> = self.lock().by_id.values().cloned().collect();
        keys.sort_by_key(|key| key["kid"].as_str().map(str::to_owned));
        Ok(keys)
    }

    /// Returns the public key of a name, if it is known here.
    pub(super) fn known(&self, kid: &str) -> Option<Value> {
        self.lock().by_id.get(kid).cloned()
    }

    /// Looks for keys of other replicas, unless that was done a moment ago; tells whether it was worth a try.
    pub(super) async fn look_again(&self) -> Result<bool, AppError> {
        let now = now_ms();
        if now.saturating_sub(self.lock().looked_at) < LOOK_AGAIN {
            return Ok(false);
        }
        self.load(now).await?;
        Ok(true)
    }

    async fn load(&self, now: i64) -> Result<(), AppError> {
        let stored = self.db.key_list(now).await?;
        let read = |(kid, jwk): (String, String)| Some((kid, serde_json::from_str(&jwk).ok()?));
        let mut public = self.lock();
        public.by_id = stored.into_iter().filter_map(read).collect();
        public.looked_at = now;
        Ok(())
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Public> {
        self.public.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
