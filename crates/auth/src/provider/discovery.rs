//! What an OIDC provider publishes about itself, kept for an hour.
use std::sync::Arc;
use std::time::{Duration, Instant};

use serde_json::{Map, Value};
use tokio::sync::Mutex;

use super::settings::{Kind, OAuthSettings};
use super::{Endpoints, ProviderError, microsoft};
use crate::Http;
use crate::http::get_json;
use crate::jose::keys::Keys;
use crate::jose::shown;

const FRESH: Duration = Duration::from_secs(60 * 60);
/// If the provider does not answer, what it said before stays in use for this long.
const STALE: Duration = Duration::from_secs(24 * 60 * 60);
/// After a failure, the provider is left alone for this long, however many people try to sign in.
const FAILED: Duration = Duration::from_secs(5);
const WELL_KNOWN: &str = "/.well-known/";

/// The description of one provider.
#[derive(Debug)]
pub(super) struct Found {
    /// As the provider writes it; Microsoft's may have a `{tenantid}`.
    pub(super) issuer: String,
    pub(super) endpoints: Endpoints,
    pub(super) keys: Arc<Keys>,
    /// Whether it promises to name itself when it sends a browser back.
    pub(super) names_itself: bool,
}

/// Asks for the description when it is not there or old.
#[derive(Debug)]
pub(super) struct Discovery {
    kept: Mutex<Kept>,
}

#[derive(Debug, Default)]
struct Kept {
    found: Option<(Instant, Arc<Found>)>,
    failed: Option<(Instant, ProviderError)>,
}

impl Discovery {
    pub(super) fn new() -> Self {
        Self {
            kept: Mutex::default(),
        }
    }

    pub(super) async fn get(
        &self,
        http: &dyn Http,
        settings: &OAuthSettings,
    ) -> Result<Arc<Found>, ProviderError> {
        // Held while asking, so that many sign-ins at once lead to one request.
        let mut kept = self.kept.lock().await;
        if let Some(fresh) = kept.younger_than(FRESH) {
            return Ok(fresh);
        }
        if let Some((at, error)) = &kept.failed
            && at.elapsed() < FAILED
        {
            let error = error.clone();
            return kept.younger_than(STALE).ok_or(error);
        }
        match ask(http, settings).await {
            Ok(mut found) => {
                if let Some((_, old)) = &kept.found
                    && old.keys.url() == found.keys.url()
                {
                    found.keys = Arc::clone(&old.keys);
                }
                let found = Arc::new(found);
                kept.found = Some((Instant::now(), Arc::clone(&found)));
                kept.failed = None;
                Ok(found)
            }
            Err(error) => {
                tracing::warn!(provider = settings.id, %error, "discovery failed");
                kept.failed = Some((Instant::now(), error.clone()));
                kept.younger_than(STALE).ok_or(error)
            }
        }
    }
}

impl Kept {
    fn younger_than(&self, age: Duration) -> Option<Arc<Found>> {
        let (at, found) = self.found.as_ref()?;
        (at.elapsed() < age).then(|| Arc::clone(found))
    }
}

async fn ask(http: &dyn Http, settings: &OAuthSettings) -> Result<Found, ProviderError> {
    let url = settings
        .metadata_url
        .as_deref()
        .ok_or_else(|| settings.wrong("metadataUrl is missing"))?;
    let description = get_json(http, url)
        .await
        .map_err(|reason| ProviderError::Unreachable {
            provider: settings.id.clone(),
            what: "its description",
            url: url.to_owned(),
            reason,
        })?;
    read(settings, url, &description).map_err(|problem| ProviderError::Unexpected {
        provider: settings.id.clone(),
        what: "a description",
        problem,
    })
}

fn read(settings: &OAuthSettings, url: &str, description: &Value) -> Result<Found, String> {
    let empty = Map::new();
    let description = description.as_object().unwrap_or(&empty);
    let text = |name: &str| description.get(name).and_then(Value::as_str);
    let issuer = text("issuer").ok_or("it has no issuer")?;
    if !issuer_fits(settings, url, issuer) {
        return Err(format!(
            "it is the one of the issuer {}, which is not where it was read",
            shown(issuer)
        ));
    }
    let endpoint = |name: &str| match text(name) {
        Some(found) if url.starts_with("https:") && !found.starts_with("https:") => {
            Err(format!("{name} is not encrypted (https)"))
        }
        found => Ok(found.map(str::to_owned)),
    };
    let needed = |name: &str| endpoint(name)?.ok_or_else(|| format!("it has no {name}"));
    Ok(Found {
        issuer: issuer.to_owned(),
        endpoints: Endpoints {
            authorize: needed("authorization_endpoint")?,
            token: needed("token_endpoint")?,
            user: endpoint("userinfo_endpoint")?.filter(|_| settings.ask_userinfo),
        },
        keys: Arc::new(Keys::new(needed("jwks_uri")?)),
        names_itself: description
            .get("authorization_response_iss_parameter_supported")
            .is_some_and(|promise| promise == &Value::Bool(true)),
    })
}

/// A description may only speak for the issuer whose address it is read from; otherwise one provider could claim to
/// be another.
fn issuer_fits(settings: &OAuthSettings, url: &str, issuer: &str) -> bool {
    let equal = |expected: &str| issuer.trim_end_matches('/') == expected.trim_end_matches('/');
    if let Some(expected) = &settings.expected_issuer {
        return equal(expected);
    }
    if settings.kind == Kind::Microsoft {
        return microsoft::issuer_fits(url, issuer);
    }
    let Some((before, after)) = url.split_once(WELL_KNOWN) else {
        return false;
    };
    // With a path, RFC 8414 puts the well-known part between the host and the path.
    let path = after.split_once('/').map_or("", |(_, path)| path);
    equal(&format!("{before}/{path}"))
}
