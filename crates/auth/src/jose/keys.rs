//! The published keys of an issuer (JWKS), kept for an hour and asked for again when a token names an unknown one.
use jsonwebtoken::Algorithm;
use jsonwebtoken::jwk::Jwk;
use serde_json::Value;
use tokio::sync::Mutex;

use super::{Jws, JwsFault, fits, shown};
use crate::http::get_json;
use crate::{Http, HttpError};

/// After this time keys are asked for again.
const FRESH_MS: i64 = 60 * 60 * 1000;
/// If the issuer does not answer, its keys stay in use for this long.
const STALE_MS: i64 = 24 * 60 * 60 * 1000;
/// Unknown keys lead to no more than one request in this time, whatever is sent to us.
const UNKNOWN_MS: i64 = 60 * 1000;
/// After a failure, the issuer is left alone for this long.
const FAILED_MS: i64 = 5 * 1000;
/// Nobody publishes more keys.
const MAX_KEYS: usize = 200;

/// The keys of one issuer.
#[derive(Debug)]
pub(crate) struct Keys {
    url: String,
    kept: Mutex<Kept>,
}

#[derive(Debug, Default)]
struct Kept {
    keys: Vec<Jwk>,
    fetched_ms: Option<i64>,
    failed: Option<(i64, HttpError)>,
}

/// Why a signature could not be checked, or is wrong.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum KeyFault {
    #[error("the keys at {url} cannot be read: {reason}")]
    Unreachable { url: String, reason: HttpError },
    #[error(transparent)]
    Token(#[from] JwsFault),
}

impl Keys {
    pub(crate) fn new(url: impl Into<String>) -> Self {
        Self {
            url: url.into(),
            kept: Mutex::default(),
        }
    }

    /// Returns where the keys are.
    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// Checks the algorithm and the signature of a token.
    pub(crate) async fn verify(
        &self,
        http: &dyn Http,
        jws: &Jws<'_>,
        allowed: &[Algorithm],
        now_ms: i64,
    ) -> Result<(), KeyFault> {
        // First of all, so that a token that is wrong anyhow leads to no request.
        let algorithm = jws.algorithm(allowed)?;
        let kid = jws.header("kid");
        let key = self.key(http, kid, algorithm, now_ms).await?;
        Ok(jws.verify(&key, algorithm)?)
    }

    async fn key(
        &self,
        http: &dyn Http,
        kid: Option<&str>,
        algorithm: Algorithm,
        now_ms: i64,
    ) -> Result<Jwk, KeyFault> {
        // Held while asking, so that many tokens at once lead to one request.
        let mut kept = self.kept.lock().await;
        let age = kept.age(now_ms);
        if age.is_none_or(|age| age >= FRESH_MS) {
            let asked = self.fetch(http, &mut kept, now_ms).await;
            if age.is_none_or(|age| age >= STALE_MS) {
                asked?;
            }
        }
        let mut found = pick(&kept.keys, kid, algorithm);
        if found.is_none() && kept.age(now_ms).is_some_and(|age| age >= UNKNOWN_MS) {
            self.fetch(http, &mut kept, now_ms).await?;
            found = pick(&kept.keys, kid, algorithm);
        }
        let named = || JwsFault::UnknownKey(shown(kid.unwrap_or("missing")));
        found.ok_or_else(|| named().into())
    }

    async fn fetch(&self, http: &dyn Http, kept: &mut Kept, now_ms: i64) -> Result<(), KeyFault> {
        let unreachable = |reason| KeyFault::Unreachable {
            url: self.url.clone(),
            reason,
        };
        if let Some((failed_ms, reason)) = &kept.failed
            && (0..FAILED_MS).contains(&now_ms.saturating_sub(*failed_ms))
        {
            return Err(unreachable(reason.clone()));
        }
        match get_json(http, &self.url).await.and_then(|set| read(&set)) {
            Ok(keys) => {
                *kept = Kept {
                    keys,
                    fetched_ms: Some(now_ms),
                    failed: None,
                };
                Ok(())
            }
            Err(reason) => {
                kept.failed = Some((now_ms, reason.clone()));
                Err(unreachable(reason))
            }
        }
    }
}

impl Kept {
    /// A clock that was set back makes keys old rather than fresh for ever.
    fn age(&self, now_ms: i64) -> Option<i64> {
        let age = now_ms.saturating_sub(self.fetched_ms?);
        Some(if age < 0 { FRESH_MS } else { age })
    }
}

/// Reads a set of keys; those of types that are not known are left out.
fn read(set: &Value) -> Result<Vec<Jwk>, HttpError> {
    let keys = set
        .get("keys")
        .and_then(Value::as_array)
        .ok_or_else(|| HttpError("the answer has no list of keys".to_owned()))?;
    Ok(keys
        .iter()
        .take(MAX_KEYS)
        .filter_map(|key| serde_json::from_value(key.clone()).ok())
        .collect())
}

/// Finds the key that a token names; a token that names none means the only key of its kind.
fn pick(keys: &[Jwk], kid: Option<&str>, algorithm: Algorithm) -> Option<Jwk> {
    let mut fitting = keys.iter().filter(|key| {
        fits(key, algorithm) && (kid.is_none() || key.common.key_id.as_deref() == kid)
    });
    let first = fitting.next()?;
    (kid.is_some() || fitting.next().is_none()).then(|| first.clone())
}
