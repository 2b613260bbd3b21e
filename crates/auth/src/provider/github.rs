//! The person behind a token of GitHub.
use serde_json::{Map, Value};

use super::settings::OAuthSettings;
use super::{Endpoints, ProviderError, ProviderTokens, person};
use crate::{Claims, Http, Secret};

const ACCEPT: &str = "application/vnd.github+json";

pub(super) async fn claims(
    settings: &OAuthSettings,
    endpoints: &Endpoints,
    http: &dyn Http,
    tokens: &ProviderTokens,
) -> Result<Claims, ProviderError> {
    let url = endpoints
        .user
        .as_deref()
        .ok_or_else(|| settings.wrong("the URL of the user endpoint is missing"))?;
    let raw = person::ask(settings, http, url, ACCEPT, &tokens.access_token).await?;
    let mut claims = person::numbered(settings, raw)?;
    if claims.email.is_none() {
        claims.email = primary_email(settings, http, url, &tokens.access_token).await;
        claims.email_verified = claims.email.as_ref().map(|_| true);
    }
    Ok(claims)
}

/// Asks for the addresses, of which the primary one counts if it is verified. A token without the scope for it is no
/// reason to fail: not every resolver needs an address.
async fn primary_email(
    settings: &OAuthSettings,
    http: &dyn Http,
    user_url: &str,
    token: &Secret,
) -> Option<String> {
    let url = format!("{user_url}/emails");
    let answer = person::ask(settings, http, &url, ACCEPT, token).await;
    let emails: Vec<Map<String, Value>> = match answer {
        Ok(emails) => emails,
        Err(error) => {
            tracing::info!(provider = settings.id, %error, "no addresses of mail");
            return None;
        }
    };
    let says = |email: &Map<String, Value>, name: &str| email.get(name) == Some(&Value::Bool(true));
    let primary = emails
        .iter()
        .find(|email| says(email, "primary") && says(email, "verified"))?;
    Some(primary.get("email")?.as_str()?.to_owned())
}
