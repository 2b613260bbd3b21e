//! Asks a provider's API who the owner of a token is.
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::ProviderError;
use super::settings::OAuthSettings;
use crate::claims::text;
use crate::{Claims, Http, Secret};

const WHAT: &str = "an answer about the person";

/// Gets JSON with an access token.
pub(super) async fn ask<T: DeserializeOwned>(
    settings: &OAuthSettings,
    http: &dyn Http,
    url: &str,
    accept: &str,
    token: &Secret,
) -> Result<T, ProviderError> {
    let response = crate::http::get(http, url, accept, Some(token.expose()))
        .await
        .map_err(|reason| ProviderError::Unreachable {
            provider: settings.id.clone(),
            what: "the person",
            url: url.to_owned(),
            reason,
        })?;
    if response.status() != 200 {
        let status = response.status();
        return Err(unexpected(settings, format!("{url} answers {status}")));
    }
    serde_json::from_slice(response.body()).map_err(|_| {
        let problem = format!("{url} does not answer with the JSON that it should");
        unexpected(settings, problem)
    })
}

/// Reads a person whom the provider knows by a number, and remembers which provider it was: numbers are the same
/// everywhere.
pub(super) fn numbered(
    settings: &OAuthSettings,
    mut raw: Map<String, Value>,
) -> Result<Claims, ProviderError> {
    let id = text(raw.get("id")).ok_or_else(|| unexpected(settings, "it has no id".to_owned()))?;
    if let Some(issuer) = &settings.expected_issuer {
        raw.insert("iss".to_owned(), issuer.as_str().into());
    }
    Ok(Claims::from_raw(id, raw))
}

pub(super) fn unexpected(settings: &OAuthSettings, problem: String) -> ProviderError {
    ProviderError::Unexpected {
        provider: settings.id.clone(),
        what: WHAT,
        problem,
    }
}
