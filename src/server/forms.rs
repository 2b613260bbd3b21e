//! The forms of the pages. Each does one thing and leads back to the page it stands on, or shows it with what is new.
pub(super) mod register;

use axum::{
    Form,
    extract::Request,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use callboard_model::EntityRef;
use leptos::prelude::provide_context;
use serde::Deserialize;

use super::{
    access::{Access, Event, Outcome},
    identity::NewToken,
    site::{Pages, is_local},
};
use crate::{
    error::AppError,
    paths,
    ui::frame::{FormMistake, OWNER_COOKIE},
};

/// A year in seconds: how long browsers keep a choice.
pub(super) const ONE_YEAR: u32 = 31_536_000;

#[derive(Debug, Deserialize)]
pub(super) struct OwnerForm {
    #[serde(default)]
    owner: String,
    #[serde(default)]
    back: String,
}

/// Chooses whose things the home page shows.
pub(super) async fn set_owner(Form(form): Form<OwnerForm>) -> Response {
    let owner = form.owner.parse::<EntityRef>();
    let owner = owner.map(|owner| owner.to_string()).unwrap_or_default();
    set_preference(OWNER_COOKIE, &owner, &form.back)
}

/// Sets a cookie and sends the person back to the page the form was on.
fn set_preference(name: &str, value: &str, back: &str) -> Response {
    let value: String = url::form_urlencoded::byte_serialize(value.as_bytes()).collect();
    let cookie = format!("{name}={value}; Path=/; Max-Age={ONE_YEAR}; SameSite=Lax");
    let target = if is_local(back) { back } else { "/" };
    see_other(target, Some(&cookie))
}

#[derive(Debug, Deserialize)]
pub(super) struct SignOutForm {
    #[serde(default)]
    everywhere: String,
}

/// Ends the session, or all of the person's.
pub(super) async fn sign_out(access: Access, Form(form): Form<SignOutForm>) -> Response {
    let cookie = access.identity().no_session_cookie();
    match access.sign_out(!form.everywhere.is_empty()).await {
        Ok(()) => see_other(paths::SIGN_IN, Some(&cookie)),
        Err(error) => failed(&error),
    }
}

#[derive(Debug, Deserialize)]
pub(super) struct IdForm {
    #[serde(default)]
    id: String,
}

/// Ends one of the person's sessions.
pub(super) async fn revoke_session(access: Access, Form(form): Form<IdForm>) -> Response {
    let done = access.session_revoke(&form.id).await;
    back_to_settings(done)
}

/// Revokes one of the person's tokens.
pub(super) async fn revoke_token(access: Access, Form(form): Form<IdForm>) -> Response {
    let done = access.token_revoke(&form.id).await;
    back_to_settings(done)
}

/// What is gone already need not be told: the page shows what there is.
fn back_to_settings(done: Result<(), AppError>) -> Response {
    match done {
        Ok(()) | Err(AppError::NotFound(_)) => see_other(paths::SETTINGS, None),
        Err(error) => failed(&error),
    }
}

/// Makes a token and shows the settings page with it, this once.
pub(super) async fn create_token(pages: Pages, access: Access, request: Request) -> Response {
    let (parts, form) = match split::<NewToken>(request).await {
        Ok(split) => split,
        Err(refused) => return refused,
    };
    match access.token_create(&form).await {
        Ok(token) => {
            let mut page = pages
                .show(parts, move || provide_context(token.clone()))
                .await;
            let no_store = HeaderValue::from_static("no-store");
            page.headers_mut().insert(header::CACHE_CONTROL, no_store);
            page
        }
        Err(error) => mistaken(pages, parts, &error).await,
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct PolicyForm {
    policy: String,
}

/// Tries a changed policy and shows what it would decide otherwise.
pub(super) async fn simulate(pages: Pages, access: Access, request: Request) -> Response {
    let (parts, form) = match split::<PolicyForm>(request).await {
        Ok(split) => split,
        Err(refused) => return refused,
    };
    match access.simulate(&form.policy).await {
        Ok(view) => {
            let event = Event::plain("policy.simulate", None);
            let event = event.with(serde_json::json!({"replayed": view.replayed}));
            if let Err(error) = access.record(&event, Outcome::Done).await {
                return failed(&error);
            }
            pages
                .show(parts, move || provide_context(view.clone()))
                .await
        }
        // The page itself says that the person may not see it.
        Err(AppError::NotAllowed(_) | AppError::NotSignedIn(_)) => pages.show(parts, || {}).await,
        Err(error) => mistaken(pages, parts, &error).await,
    }
}

/// Shows the page of a request with what is wrong.
pub(super) async fn mistaken(pages: Pages, parts: Request, error: &AppError) -> Response {
    let text = error.to_string();
    let mut page = pages
        .show(parts, move || provide_context(FormMistake(text.clone())))
        .await;
    if page.status() == StatusCode::OK {
        *page.status_mut() =
            StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    }
    page
}

/// Takes the form out of a request; what is left can be shown as a page.
pub(super) async fn split<T: serde::de::DeserializeOwned + 'static>(
    request: Request,
) -> Result<(Request, T), Response> {
    let (parts, body) = request.into_parts();
    let again = Request::from_parts(parts.clone(), axum::body::Body::empty());
    let form = axum::RequestExt::extract::<Form<T>, _>(Request::from_parts(parts, body)).await;
    match form {
        Ok(Form(form)) => Ok((again, form)),
        Err(refused) => Err(refused.into_response()),
    }
}

/// Says in plain text what is wrong.
pub(super) fn failed(error: &AppError) -> Response {
    let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    (status, error.to_string()).into_response()
}

fn see_other(target: &str, cookie: Option<&str>) -> Response {
    let mut response = StatusCode::SEE_OTHER.into_response();
    let headers = response.headers_mut();
    if let Ok(target) = HeaderValue::from_str(target) {
        headers.insert(header::LOCATION, target);
    }
    if let Some(cookie) = cookie.and_then(|cookie| HeaderValue::from_str(cookie).ok()) {
        headers.insert(header::SET_COOKIE, cookie);
    }
    response
}
