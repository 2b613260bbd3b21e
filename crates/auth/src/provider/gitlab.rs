//! The person behind a token of GitLab.
use serde_json::Value;

use super::settings::OAuthSettings;
use super::{Endpoints, ProviderError, ProviderTokens, person};
use crate::{Claims, Http};

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
    let accept = "application/json";
    let raw = person::ask(settings, http, url, accept, &tokens.access_token).await?;
    let mut claims = person::numbered(settings, raw)?;
    // GitLab confirms an account by mail to its address.
    claims.email_verified = match claims.raw.get("confirmed_at") {
        Some(Value::String(_)) => Some(true),
        Some(_) => Some(false),
        None => None,
    };
    Ok(claims)
}
