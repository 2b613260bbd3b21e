//! Proxies in front of the portal that say who sends a request. Only those that `backend.trustProxy` names are heard.
use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use axum::http::HeaderMap;
use callboard_auth::{Claims, proxy::ProxyError, session};
use callboard_db::now_ms;

use super::{Identity, Way, flow::From};
use crate::{error::AppError, server::access::Access};

/// How long what a proxy said is remembered, in milliseconds: a page asks for a dozen files with the same headers.
const KEPT: i64 = 30_000;

/// Most people whose headers are remembered.
const MANY: usize = 10_000;

/// Who the headers of proxies meant lately.
#[derive(Debug, Default)]
pub(super) struct ProxyCache(Mutex<HashMap<String, (i64, String)>>);

impl ProxyCache {
    fn get(&self, key: &str, now: i64) -> Option<String> {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (until, user_ref) = known.get(key)?;
        (now < *until).then(|| user_ref.clone())
    }

    fn put(&self, key: String, user_ref: &str, now: i64) {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= MANY {
            known.retain(|_, (until, _)| now < *until);
        }
        if known.len() < MANY {
            known.insert(key, (now.saturating_add(KEPT), user_ref.to_owned()));
        }
    }
}

impl Access {
    /// Returns who the headers of a proxy say it is, and the user of the catalog whom that means.
    ///
    /// # Errors
    /// `NotSignedIn` with the reason when there is such a header and it is wrong or means nobody.
    pub(in crate::server) async fn proxied(
        &self,
        id: &str,
        from: &From<'_>,
    ) -> Result<Option<(Claims, String)>, AppError> {
        let identity = self.identity();
        let (Some(setup), Some(http)) = (identity.setup(id), identity.http()) else {
            return Ok(None);
        };
        let Way::Proxy(proxy) = &setup.way else {
            return Ok(None);
        };
        let mut claims = match proxy.identify(http, from.headers, now_ms()).await {
            Ok(claims) => claims,
            Err(ProxyError::Missing(_)) => return Ok(None),
            Err(error) => {
                tracing::warn!(provider = id, %error, "the headers of a proxy were refused");
                return Err(AppError::NotSignedIn(format!(
                    "The proxy in front of this portal could not be believed: {error}"
                )));
            }
        };
        setup.mapping.apply(&mut claims);
        match self.resolve(setup, &claims).await? {
            Ok(user_ref) => Ok(Some((claims, user_ref))),
            Err(failure) => {
                let attempts = failure.attempts.iter().map(|one| {
                    format!(
                        " {} looked for {}: {} {}",
                        one.resolver, one.looked_for, one.outcome, one.fix
                    )
                });
                let attempts: String = attempts.collect();
                Err(AppError::NotSignedIn(format!(
                    "{}{attempts}",
                    failure.message
                )))
            }
        }
    }

    /// Returns the provider and the user that a proxy's headers mean, without asking twice within a moment.
    pub(in crate::server) async fn by_proxy(
        &self,
        from: &From<'_>,
    ) -> Result<Option<(String, String)>, AppError> {
        let identity = self.identity();
        let proxies = identity.settings().providers.iter();
        for setup in proxies.filter(|setup| matches!(setup.way, Way::Proxy(_))) {
            let key = key(&setup.id, from.headers);
            let now = now_ms();
            if let Some(user_ref) = identity.0.proxied.get(&key, now) {
                return Ok(Some((setup.id.clone(), user_ref)));
            }
            if let Some((_, user_ref)) = self.proxied(&setup.id, from).await? {
                identity.0.proxied.put(key, &user_ref, now);
                return Ok(Some((setup.id.clone(), user_ref)));
            }
        }
        Ok(None)
    }
}

impl Identity {
    /// Whether any proxy is configured.
    pub(in crate::server) fn has_proxies(&self) -> bool {
        let mut all = self.settings().providers.iter();
        all.any(|setup| matches!(setup.way, Way::Proxy(_)))
    }
}

/// Headers that differ from request to request and in which no proxy says who somebody is.
const OTHERS: &[&str] = &[
    "accept",
    "accept-encoding",
    "accept-language",
    "cache-control",
    "content-length",
    "content-type",
    "cookie",
    "origin",
    "priority",
    "referer",
    "user-agent",
    "x-request-id",
];

/// Names all headers in which a proxy may say something, without keeping them.
fn key(id: &str, headers: &HeaderMap) -> String {
    let is_other =
        |name: &str| OTHERS.contains(&name) || name.starts_with("sec-") || name.starts_with("if-");
    let told = headers.iter().filter(|(name, _)| !is_other(name.as_str()));
    let mut lines: Vec<String> = told
        .map(|(name, value)| format!("{name}: {value:?}"))
        .collect();
    lines.sort();
    session::hash(&format!("{id}\n{}", lines.join("\n")))
}
