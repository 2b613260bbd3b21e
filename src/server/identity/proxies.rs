//! Proxies in front of the portal that say who sends a request. Only those that `backend.trustProxy` names are heard.
use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use axum::http::HeaderMap;
use callboard_auth::{Claims, proxy::ProxyError, session};
use callboard_db::now_ms;
use callboard_model::view::SignInFailure;

use super::{
    Identity, ProviderSetup, Way,
    flow::{From, failure},
};
use crate::{
    error::AppError,
    server::access::{Access, Event, Outcome},
};

/// How long what a proxy said is remembered, in milliseconds: a page asks for a dozen files with the same headers.
const KEPT: i64 = 30_000;

/// Most people whose headers are remembered.
const MANY: usize = 10_000;

/// How long a sign-in by a proxy is worth one entry of the audit log, in milliseconds.
const NOTED: i64 = 8 * 3_600_000;

/// Who the headers of a proxy mean, or why nobody.
type Meant<T> = Result<Option<Result<T, SignInFailure>>, AppError>;

/// Who the headers of proxies meant lately, and for whom that was written down.
#[derive(Debug, Default)]
pub(super) struct ProxyCache(Mutex<HashMap<String, (i64, String)>>);

impl ProxyCache {
    fn get(&self, key: &str, now: i64) -> Option<String> {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (until, user_ref) = known.get(key)?;
        (now < *until).then(|| user_ref.clone())
    }

    fn put(&self, key: String, user_ref: &str, now: i64, kept: i64) {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= MANY {
            known.retain(|_, (until, _)| now < *until);
        }
        if known.len() < MANY {
            known.insert(key, (now.saturating_add(kept), user_ref.to_owned()));
        }
    }
}

impl Access {
    /// Returns who the headers of a proxy say it is, and the user of the catalog whom that means.
    ///
    /// # Errors
    /// When the database does not answer. That a header is wrong or means nobody is no error.
    pub(in crate::server) async fn proxied(
        &self,
        id: &str,
        from: &From<'_>,
    ) -> Meant<(Claims, String)> {
        // Here and nowhere else, so that no way in can forget it.
        if !from.is_proxied {
            return Ok(None);
        }
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
                let message = format!(
                    "What the proxy in front of this portal says could not be believed: {error}."
                );
                return Ok(Some(Err(failure(&setup.title, message, None))));
            }
        };
        setup.mapping.apply(&mut claims);
        let user = self.resolve(setup, &claims).await?;
        Ok(Some(user.map(|user_ref| (claims, user_ref))))
    }

    /// Returns the provider and the user that a proxy's headers mean, without asking twice within a moment.
    pub(in crate::server) async fn by_proxy(&self, from: &From<'_>) -> Meant<(String, String)> {
        let identity = self.identity();
        let proxies = identity.settings().providers.iter();
        for setup in proxies.filter(|setup| matches!(setup.way, Way::Proxy(_))) {
            let key = key(&setup.id, from.headers);
            let now = now_ms();
            if let Some(user_ref) = identity.0.proxied.get(&key, now) {
                return Ok(Some(Ok((setup.id.clone(), user_ref))));
            }
            match self.proxied(&setup.id, from).await? {
                None => {}
                Some(Ok((_, user_ref))) => {
                    self.note(setup, Ok(&user_ref), now).await?;
                    identity.0.proxied.put(key, &user_ref, now, KEPT);
                    return Ok(Some(Ok((setup.id.clone(), user_ref))));
                }
                Some(Err(failure)) => {
                    self.note(setup, Err(&failure), now).await?;
                    return Ok(Some(Err(failure)));
                }
            }
        }
        Ok(None)
    }

    /// Writes a sign-in by a proxy down, once in a while for each person.
    async fn note(
        &self,
        setup: &ProviderSetup,
        meant: Result<&String, &SignInFailure>,
        now: i64,
    ) -> Result<(), AppError> {
        let (who, outcome) = match meant {
            Ok(user_ref) => (user_ref.as_str(), Outcome::Done),
            Err(_) => (self.caller().address.as_str(), Outcome::Refused),
        };
        let mark = format!("noted {} {outcome:?} {who}", setup.id);
        let known = &self.identity().0.proxied;
        if known.get(&mark, now).is_some() {
            return Ok(());
        }
        known.put(mark, who, now, NOTED);
        let reason = meant.err().map(|failure| failure.message.clone());
        let detail = serde_json::json!({"provider": setup.id, "as": meant.ok(), "reason": reason});
        let event = Event::plain("sign-in", meant.ok().map(String::as_str)).with(detail);
        self.record(&event, outcome).await
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
