//! `/api/auth`: signing in as Backstage's clients do, the portal's own tokens, and the keys they are checked with.
mod frame;

use axum::{
    Form, Json, Router,
    extract::Query,
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
    routing::{MethodRouter, get, post},
};
use callboard_auth::{provider::CallbackQuery, token::limited_of};
use serde_json::{Value, json};

use super::{body::Segments, error::Asked};
use crate::{
    error::AppError,
    server::{
        Services,
        access::Access,
        caller::Proof,
        identity::{Flow, From, StartQuery, Way},
    },
};

const OPENER_POLICY: HeaderName = HeaderName::from_static("cross-origin-opener-policy");

pub(super) fn routes() -> Router<Services> {
    Router::new()
        .route("/.well-known/jwks.json", get(keys))
        .route("/.well-known/openid-configuration", get(configuration))
        .route("/v1/userinfo", get(userinfo))
        .route("/{provider}/start", get(start))
        .route(
            "/{provider}/handler/frame",
            get(frame_by_query).post(frame_by_form),
        )
        .route("/{provider}/refresh", get(refresh).post(refresh))
        .route("/{provider}/logout", post(logout))
}

fn from<'a>(access: &'a Access, headers: &'a HeaderMap) -> From<'a> {
    From {
        headers,
        address: &access.caller().address,
        is_local: access.caller().is_local,
        is_proxied: access.caller().is_proxied,
    }
}

async fn keys(access: Access, asked: Asked) -> Response {
    let keys = access.identity().keys().all().await;
    asked.answer(keys.map(|keys| Json(json!({"keys": keys}))))
}

async fn configuration(access: Access) -> Json<Value> {
    let issuer = &access.identity().settings().auth_url;
    Json(json!({
        "issuer": issuer,
        "jwks_uri": format!("{issuer}/.well-known/jwks.json"),
        "userinfo_endpoint": format!("{issuer}/v1/userinfo"),
        "response_types_supported": ["id_token"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["ES256"],
        "scopes_supported": ["openid"],
        "token_endpoint_auth_methods_supported": [],
        "claims_supported": ["sub", "ent"],
        "grant_types_supported": [],
    }))
}

async fn userinfo(access: Access, asked: Asked) -> Response {
    let user = access.caller().user();
    // Backstage's backends read `claims`; others expect the claims themselves, as OpenID Connect has them.
    let claims = user.map(|user| {
        let (sub, ent) = (&user.user_ref, &user.ownership);
        json!({"sub": sub, "ent": ent, "claims": {"sub": sub, "ent": ent}})
    });
    let missing = || AppError::NotSignedIn("the token of a user is needed".to_owned());
    asked.answer(claims.ok_or_else(missing).map(Json))
}

async fn start(
    access: Access,
    asked: Asked,
    Segments(provider): Segments<String>,
    Query(query): Query<StartQuery>,
    headers: HeaderMap,
) -> Response {
    let identity = access.identity();
    let setups = identity.settings().providers.iter();
    let is_guest = setups
        .filter(|setup| setup.id == provider)
        .any(|setup| matches!(setup.way, Way::Guest));
    if is_guest {
        let ended = access
            .guest_session(&provider, &query, &from(&access, &headers))
            .await;
        return ended.map_or_else(
            |error| asked.fail(&error),
            |ended| frame::answer(ended, access.identity()),
        );
    }
    match identity
        .start(&provider, &query, &from(&access, &headers))
        .await
    {
        Ok(started) => redirect(&started.to, Some(&started.cookie)),
        Err(error @ AppError::Unavailable(_)) if query.flow == Some(Flow::Redirect) => {
            let failed = access.unreachable(&provider, &error).await;
            failed.map_or_else(
                |error| asked.fail(&error),
                |ended| frame::answer(ended, access.identity()),
            )
        }
        Err(error) => asked.fail(&error),
    }
}

async fn frame_by_query(
    access: Access,
    asked: Asked,
    Segments(provider): Segments<String>,
    Query(query): Query<CallbackQuery>,
    headers: HeaderMap,
) -> Response {
    finish(&access, &asked, &provider, &query, &headers).await
}

async fn frame_by_form(
    access: Access,
    asked: Asked,
    Segments(provider): Segments<String>,
    headers: HeaderMap,
    Form(query): Form<CallbackQuery>,
) -> Response {
    finish(&access, &asked, &provider, &query, &headers).await
}

async fn finish(
    access: &Access,
    asked: &Asked,
    provider: &str,
    query: &CallbackQuery,
    headers: &HeaderMap,
) -> Response {
    match access
        .finish_sign_in(provider, query, &from(access, headers))
        .await
    {
        Ok(ended) => frame::answer(ended, access.identity()),
        Err(error) => asked.fail(&error),
    }
}

/// A page of another site cannot set this header, so it cannot ask for tokens.
fn is_script(headers: &HeaderMap) -> Result<(), AppError> {
    let value = headers.get("x-requested-with");
    if value.is_some_and(|value| value == "XMLHttpRequest") {
        return Ok(());
    }
    Err(AppError::NotSignedIn(
        "Invalid X-Requested-With header: send XMLHttpRequest".to_owned(),
    ))
}

async fn refresh(
    access: Access,
    asked: Asked,
    Segments(provider): Segments<String>,
    Query(query): Query<StartQuery>,
    headers: HeaderMap,
) -> Response {
    let refreshed = async {
        is_script(&headers)?;
        access.identity().check_environment(query.env.as_deref())?;
        access.session_of(&provider, &from(&access, &headers)).await
    };
    let answer = asked.answer(refreshed.await.map(Json));
    ([(header::CACHE_CONTROL, "no-store")], answer).into_response()
}

async fn logout(
    access: Access,
    asked: Asked,
    Segments(_provider): Segments<String>,
    headers: HeaderMap,
) -> Response {
    let ended = async {
        is_script(&headers)?;
        access.sign_out(false).await
    };
    let cookie = access.identity().no_session_cookie();
    asked.answer(
        ended
            .await
            .map(|()| ([(header::SET_COOKIE, cookie)], StatusCode::OK)),
    )
}

/// Gives and takes the cookie with which a browser reads files, for the plugins whose clients ask for it.
pub(super) fn cookie_route() -> MethodRouter<Services> {
    get(cookie).delete(no_cookie)
}

async fn cookie(access: Access, asked: Asked, headers: HeaderMap) -> Response {
    asked.answer(limited(&access, &headers).await)
}

async fn limited(access: &Access, headers: &HeaderMap) -> Result<Response, AppError> {
    let user = access.caller().user();
    let user = user
        .filter(|user| user.proof != Proof::LimitedToken)
        .ok_or_else(|| {
            AppError::NotSignedIn("The token of a user is needed to get a cookie.".to_owned())
        })?;
    if matches!(user.proof, Proof::Personal(_)) {
        return Err(AppError::NotAllowed(
            "A personal access token gives no cookie.".to_owned(),
        ));
    }
    let sent = headers
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok());
    let sent = sent
        .and_then(|text| text.split_once(' '))
        .map(|(_, token)| token.trim());
    let token = match sent {
        Some(token) => token.to_owned(),
        None => access.user_token(&user.user_ref).await?.0,
    };
    let limited = limited_of(&token).map_err(|error| AppError::Invalid(error.to_string()))?;
    // It ends when the token ends that it was made of.
    let verified = access.identity().own(&token).await?;
    let verified = verified.map_err(|error| AppError::Invalid(error.to_string()))?;
    let ends = verified.expires_at.saturating_mul(1_000);
    let seconds = ends.saturating_sub(callboard_db::now_ms()).max(0) / 1_000;
    let cookie = file_cookie(access, &limited, seconds);
    let body = Json(json!({"expiresAt": crate::ui::components::when::iso(ends)}));
    Ok(([(header::SET_COOKIE, cookie)], body).into_response())
}

/// Writes the `Set-Cookie` for files. Pages of other hosts may show them, where that is safe.
fn file_cookie(access: &Access, value: &str, seconds: i64) -> String {
    let site = if access.identity().settings().is_secure() {
        "SameSite=None; Secure"
    } else {
        "SameSite=Lax"
    };
    format!("backstage-auth={value}; Path=/api; HttpOnly; Max-Age={seconds}; {site}")
}

async fn no_cookie(access: Access) -> Response {
    let cookie = file_cookie(&access, "", 0);
    ([(header::SET_COOKIE, cookie)], StatusCode::NO_CONTENT).into_response()
}

fn redirect(to: &str, cookie: Option<&str>) -> Response {
    let mut response = StatusCode::FOUND.into_response();
    let headers = response.headers_mut();
    if let Ok(to) = HeaderValue::from_str(to) {
        headers.insert(header::LOCATION, to);
    }
    if let Some(cookie) = cookie.and_then(|cookie| HeaderValue::from_str(cookie).ok()) {
        headers.append(header::SET_COOKIE, cookie);
    }
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    // A window that goes to a provider has to stay the window that a page opened.
    headers.insert(OPENER_POLICY, HeaderValue::from_static("unsafe-none"));
    response
}
