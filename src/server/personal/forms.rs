//! The forms about what is one's own. Each leads back to the page it stands on. A mistake is shown on the settings page,
//! where what is in the way can be cleared.
use axum::{
    Form,
    extract::Request,
    http::{HeaderMap, HeaderValue, StatusCode, Uri, header},
    response::{IntoResponse, Response},
};
use callboard_db::Mark;
use serde::Deserialize;

use super::Preferences;
use crate::{
    error::AppError,
    paths,
    server::{
        access::Access,
        forms::{ONE_YEAR, failed, mistaken, split},
        site::{Pages, is_local},
    },
    ui::frame::{DENSITY_COOKIE, Density, THEME_COOKIE, Theme},
};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::server) struct ChoiceForm {
    theme: Option<String>,
    density: Option<String>,
    back: String,
}

/// Chooses the colours. Whoever is not signed in may do that too.
pub(in crate::server) async fn set_theme(access: Access, Form(form): Form<ChoiceForm>) -> Response {
    let theme = form.theme.unwrap_or_default();
    let form = ChoiceForm {
        theme: Some(theme),
        density: None,
        back: form.back,
    };
    choose(&access, &form).await
}

/// Chooses colours and density.
pub(in crate::server) async fn prefer(access: Access, Form(form): Form<ChoiceForm>) -> Response {
    choose(&access, &form).await
}

async fn choose(access: &Access, form: &ChoiceForm) -> Response {
    let chosen = Preferences {
        theme: form.theme.as_deref().map(Theme::from_word),
        density: form.density.as_deref().map(Density::from_word),
    };
    if let Err(error) = access.prefer(chosen).await {
        return failed(&error);
    }
    let mut response = back_to(&form.back, paths::HOME);
    remember(&mut response, chosen);
    response
}

/// Has the browser keep what was chosen, so that a page is painted right before anybody is known.
pub(in crate::server) fn remember(response: &mut Response, chosen: Preferences) {
    let theme = chosen.theme.map(|theme| (THEME_COOKIE, theme.as_str()));
    let density = chosen
        .density
        .map(|density| (DENSITY_COOKIE, density.as_str()));
    for (name, word) in [theme, density].into_iter().flatten() {
        let cookie = format!("{name}={word}; Path=/; Max-Age={ONE_YEAR}; SameSite=Lax");
        if let Ok(cookie) = HeaderValue::from_str(&cookie) {
            response.headers_mut().append(header::SET_COOKIE, cookie);
        }
    }
}

/// Stars entities, or takes their stars off.
pub(in crate::server) async fn star(pages: Pages, access: Access, request: Request) -> Response {
    mark(Mark::Star, pages, access, request).await
}

/// Watches entities, or stops it.
pub(in crate::server) async fn watch(pages: Pages, access: Access, request: Request) -> Response {
    mark(Mark::Watch, pages, access, request).await
}

async fn mark(mark: Mark, pages: Pages, access: Access, request: Request) -> Response {
    let (parts, pairs) = match split::<Vec<(String, String)>>(request).await {
        Ok(split) => split,
        Err(refused) => return refused,
    };
    let last = |key: &str| {
        let mut of_key = pairs.iter().rev().filter(|(name, _)| name == key);
        of_key.next().map_or("", |(_, value)| value.as_str())
    };
    let refs = pairs.iter().filter(|(name, _)| name == "ref");
    let refs: Vec<String> = refs.map(|(_, value)| value.clone()).collect();
    let on = matches!(last("on"), "1" | "on" | "true");
    let done = access.mark(mark, &refs, on).await;
    answer(pages, &access, parts, done, (last("back"), paths::HOME)).await
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct ViewForm {
    name: String,
    owner: String,
    query: String,
    back: String,
}

/// Saves a view of the catalog and leads to it.
pub(in crate::server) async fn save_view(
    pages: Pages,
    access: Access,
    request: Request,
) -> Response {
    let (parts, form) = match split::<ViewForm>(request).await {
        Ok(split) => split,
        Err(refused) => return refused,
    };
    let saved = access
        .view_save(&form.name, &form.owner, &form.query)
        .await
        .map(|view| paths::saved_view(&view.query));
    let there = saved.as_deref().unwrap_or(paths::CATALOG).to_owned();
    let done = saved.map(|_| ());
    answer(pages, &access, parts, done, (&form.back, &there)).await
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct ViewIdForm {
    id: String,
    back: String,
}

/// Deletes a saved view. That it is gone already need not be told.
pub(in crate::server) async fn unsave_view(
    pages: Pages,
    access: Access,
    request: Request,
) -> Response {
    let (parts, form) = match split::<ViewIdForm>(request).await {
        Ok(split) => split,
        Err(refused) => return refused,
    };
    let done = match access.view_delete(&form.id).await {
        Err(AppError::NotFound(_)) => Ok(()),
        done => done,
    };
    answer(pages, &access, parts, done, (&form.back, paths::CATALOG)).await
}

/// Leads back, or says what is wrong; tells a script by the status alone, and a program without a page.
async fn answer(
    pages: Pages,
    access: &Access,
    mut parts: Request,
    done: Result<(), AppError>,
    (back, otherwise): (&str, &str),
) -> Response {
    let is_script = wants_json(parts.headers());
    match done {
        Ok(()) if is_script => StatusCode::NO_CONTENT.into_response(),
        Ok(()) => back_to(back, otherwise),
        Err(error) if is_script || access.person().is_none() => failed(&error),
        Err(error) => {
            *parts.uri_mut() = Uri::from_static(paths::SETTINGS);
            mistaken(pages, parts, &error).await
        }
    }
}

fn wants_json(headers: &HeaderMap) -> bool {
    let accepted = headers.get(header::ACCEPT);
    accepted.is_some_and(|value| value.as_bytes().starts_with(b"application/json"))
}

fn back_to(back: &str, otherwise: &str) -> Response {
    let target = if is_local(back) { back } else { otherwise };
    let mut response = StatusCode::SEE_OTHER.into_response();
    // A target with other characters than a header takes is none that a page of ours has sent.
    let target = HeaderValue::from_str(target).unwrap_or(HeaderValue::from_static(paths::HOME));
    response.headers_mut().insert(header::LOCATION, target);
    response
}
