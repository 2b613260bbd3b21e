//! The first URL of a sign-in and the exchange of codes for tokens, through the `oauth2` crate.
use futures::future::BoxFuture;
use http::{HeaderValue, Request, Response, header};
use oauth2::basic::{
    BasicErrorResponse, BasicRevocationErrorResponse, BasicTokenIntrospectionResponse,
    BasicTokenType,
};
use oauth2::{
    AsyncHttpClient, AuthType, AuthUrl, AuthorizationCode, Client, ClientId, ClientSecret,
    CsrfToken, EndpointNotSet, EndpointSet, ExtraTokenFields, PkceCodeChallenge, PkceCodeVerifier,
    RedirectUrl, RefreshToken, RequestTokenError, Scope, StandardRevocableToken,
    StandardTokenResponse, TokenResponse as _, TokenUrl,
};
use serde::{Deserialize, Serialize};

use super::settings::{Kind, OAuthSettings, TokenAuth};
use super::{Endpoints, Pending, ProviderError, ProviderTokens};
use crate::jose::shown;
use crate::secret::random_text;
use crate::{Http, HttpError, Secret};

/// What an OIDC provider adds to the answer of the token endpoint.
#[derive(Serialize, Deserialize)]
struct WithIdToken {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    id_token: Option<String>,
}

impl std::fmt::Debug for WithIdToken {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("WithIdToken(***)")
    }
}

impl ExtraTokenFields for WithIdToken {}

type Answer = StandardTokenResponse<WithIdToken, BasicTokenType>;
type Failure = RequestTokenError<HttpError, BasicErrorResponse>;
type OAuth = Client<
    BasicErrorResponse,
    Answer,
    BasicTokenIntrospectionResponse,
    StandardRevocableToken,
    BasicRevocationErrorResponse,
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointSet,
>;

/// Lets the `oauth2` crate send its requests the way this crate does.
struct Sender<'h>(&'h dyn Http);

impl<'c> AsyncHttpClient<'c> for Sender<'_> {
    type Error = HttpError;
    type Future = BoxFuture<'c, Result<Response<Vec<u8>>, HttpError>>;

    fn call(&'c self, mut request: Request<Vec<u8>>) -> Self::Future {
        let agent = HeaderValue::from_static("callboard");
        request.headers_mut().insert(header::USER_AGENT, agent);
        Box::pin(crate::http::send(self.0, request))
    }
}

/// Makes the URL at the provider, the PKCE verifier and the scopes that are asked for.
pub(super) fn authorize_url(
    settings: &OAuthSettings,
    endpoints: &Endpoints,
    state: &str,
    nonce: &Secret,
    extra_scope: &[String],
) -> Result<(String, Secret, String), ProviderError> {
    let client = client(settings, endpoints)?;
    let verifier = random_text();
    let challenge = PkceCodeChallenge::from_code_verifier_sha256(&PkceCodeVerifier::new(
        verifier.expose().to_owned(),
    ));
    let mut scopes: Vec<&str> = Vec::new();
    for scope in settings.scopes.iter().chain(extra_scope) {
        if !scope.is_empty() && !scopes.contains(&scope.as_str()) {
            scopes.push(scope);
        }
    }
    let mut request = client
        .authorize_url(|| CsrfToken::new(state.to_owned()))
        .set_pkce_challenge(challenge)
        .add_scopes(scopes.iter().map(|&scope| Scope::new(scope.to_owned())));
    if settings.kind.is_openid() {
        request = request.add_extra_param("nonce", nonce.expose());
    }
    // Backstage's word for leaving it to the provider.
    if let Some(prompt) = settings
        .prompt
        .as_deref()
        .filter(|&prompt| prompt != "auto")
    {
        request = request.add_extra_param("prompt", prompt);
    }
    for (name, value) in &settings.extra_params {
        request = request.add_extra_param(name.as_str(), value.as_str());
    }
    Ok((request.url().0.into(), verifier, scopes.join(" ")))
}

/// Exchanges a code for tokens.
pub(super) async fn code(
    settings: &OAuthSettings,
    endpoints: &Endpoints,
    http: &dyn Http,
    code: &str,
    pending: &Pending,
) -> Result<ProviderTokens, ProviderError> {
    let answer = client(settings, endpoints)?
        .exchange_code(AuthorizationCode::new(code.to_owned()))
        .set_pkce_verifier(PkceCodeVerifier::new(pending.verifier.expose().to_owned()))
        .request_async(&Sender(http))
        .await
        .map_err(|error| {
            let secrets = [code, pending.verifier.expose()];
            failed(
                settings,
                endpoints,
                error,
                &secrets,
                ProviderError::CodeRefused,
            )
        })?;
    Ok(tokens(settings, &answer, &pending.scope))
}

/// Exchanges a refresh token for new tokens.
pub(super) async fn refresh(
    settings: &OAuthSettings,
    endpoints: &Endpoints,
    http: &dyn Http,
    refresh_token: &Secret,
    scope: &str,
) -> Result<ProviderTokens, ProviderError> {
    let client = client(settings, endpoints)?;
    let token = RefreshToken::new(refresh_token.expose().to_owned());
    let answer = client
        .exchange_refresh_token(&token)
        .add_scopes(scope.split_whitespace().map(|s| Scope::new(s.to_owned())))
        .request_async(&Sender(http))
        .await
        .map_err(|error| {
            let secrets = [refresh_token.expose()];
            failed(
                settings,
                endpoints,
                error,
                &secrets,
                ProviderError::RefreshRefused,
            )
        })?;
    let mut tokens = tokens(settings, &answer, scope);
    // Providers that do not rotate refresh tokens leave it out.
    tokens
        .refresh_token
        .get_or_insert_with(|| refresh_token.clone());
    Ok(tokens)
}

fn client(settings: &OAuthSettings, endpoints: &Endpoints) -> Result<OAuth, ProviderError> {
    let not_a_url = |name: &str| settings.wrong(format!("{name} is not a URL"));
    let authorize = AuthUrl::new(endpoints.authorize.clone())
        .map_err(|_| not_a_url("the authorisation endpoint"))?;
    let token =
        TokenUrl::new(endpoints.token.clone()).map_err(|_| not_a_url("the token endpoint"))?;
    let redirect =
        RedirectUrl::new(settings.callback_url.clone()).map_err(|_| not_a_url("callbackUrl"))?;
    let mut client = Client::new(ClientId::new(settings.client_id.clone()))
        .set_auth_uri(authorize)
        .set_token_uri(token)
        .set_redirect_uri(redirect)
        .set_auth_type(match settings.token_auth {
            TokenAuth::Basic => AuthType::BasicAuth,
            TokenAuth::Post | TokenAuth::None => AuthType::RequestBody,
        });
    if let Some(secret) = &settings.client_secret
        && settings.token_auth != TokenAuth::None
    {
        client = client.set_client_secret(ClientSecret::new(secret.expose().to_owned()));
    }
    Ok(client)
}

fn tokens(settings: &OAuthSettings, answer: &Answer, asked: &str) -> ProviderTokens {
    let granted = answer.scopes().map(|scopes| {
        let scopes: Vec<&str> = scopes.iter().map(|scope| scope.as_str()).collect();
        scopes.join(" ")
    });
    let mut scope = granted.unwrap_or_else(|| asked.to_owned());
    if settings.kind == Kind::Github {
        scope = scope.replace(',', " ");
    }
    ProviderTokens {
        access_token: Secret::new(answer.access_token().secret()),
        refresh_token: answer.refresh_token().map(|t| Secret::new(t.secret())),
        id_token: answer.extra_fields().id_token.clone().map(Secret::new),
        scope,
        expires_in_s: answer.expires_in().map(|duration| duration.as_secs()),
    }
}

fn failed(
    settings: &OAuthSettings,
    endpoints: &Endpoints,
    error: Failure,
    secrets: &[&str],
    stale: fn(String) -> ProviderError,
) -> ProviderError {
    let unexpected = |problem: &str| ProviderError::Unexpected {
        provider: settings.id.clone(),
        what: "an answer to the exchange of tokens",
        problem: problem.to_owned(),
    };
    // GitHub says with status 200 that it refuses.
    let said = match error {
        RequestTokenError::Request(reason) => {
            return ProviderError::Unreachable {
                provider: settings.id.clone(),
                what: "tokens",
                url: endpoints.token.clone(),
                reason,
            };
        }
        RequestTokenError::ServerResponse(said) => said,
        RequestTokenError::Parse(_, body) => match serde_json::from_slice(&body) {
            Ok(said) => said,
            Err(_) => return unexpected("it is not JSON with an access_token"),
        },
        RequestTokenError::Other(_) => return unexpected("it is empty or not JSON"),
    };
    let code = said.error().as_ref();
    if matches!(
        code,
        "invalid_grant" | "bad_verification_code" | "bad_refresh_token"
    ) {
        return stale(settings.id.clone());
    }
    let hide = |text: &str| {
        secrets
            .iter()
            .filter(|secret| !secret.is_empty())
            .fold(text.to_owned(), |text, secret| text.replace(secret, "***"))
    };
    let description = said.error_description().map(|text| hide(text));
    refused(settings, &hide(code), description.as_deref())
}

/// Sorts an error that the provider names.
pub(super) fn refused(
    settings: &OAuthSettings,
    error: &str,
    description: Option<&str>,
) -> ProviderError {
    let provider = settings.id.clone();
    let reason = match description.filter(|text| !text.trim().is_empty()) {
        Some(text) => format!("{}: {}", shown(error), shown(text.trim())),
        None => shown(error),
    };
    match error {
        "access_denied"
        | "login_required"
        | "consent_required"
        | "interaction_required"
        | "account_selection_required" => ProviderError::Denied { provider, reason },
        // GitHub's words for an unknown id and for a wrong secret are the last two.
        "invalid_client" | "unauthorized_client" | "Not Found" | "incorrect_client_credentials" => {
            ProviderError::ClientRefused { provider, reason }
        }
        _ => ProviderError::Answered {
            provider,
            reason,
            callback: settings.callback_url.clone(),
        },
    }
}
