//! The pages: what surrounds them, their security headers, and the two forms that set a cookie.
use std::pin::Pin;

use axum::{
    Form, Router,
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use futures::{Stream, StreamExt};
use leptos::{
    config::LeptosOptions,
    prelude::{IntoView, RenderHtml, provide_context},
};
use leptos_axum::{LeptosRoutes, generate_route_list};
use serde::Deserialize;

use super::{Services, assets};
use crate::ui::{
    frame::{Frame, OWNER_COOKIE, THEME_COOKIE, Theme},
    pages::{App, shell},
};

/// Pages load their own files and nothing else; no script or style stands in the page itself.
const POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data: https:; \
     connect-src 'self'; font-src 'self'; object-src 'none'; base-uri 'self'; form-action 'self'; \
     frame-ancestors 'none'",
);

const ONE_YEAR: u32 = 31_536_000;

/// State of the page routes: Leptos asks it for its options.
#[derive(Debug, Clone, axum::extract::FromRef)]
struct SiteState {
    options: LeptosOptions,
    services: Services,
}

/// Routes of all pages, of their files, and of server functions.
pub(super) fn routes(services: Services) -> Router {
    let options = LeptosOptions::builder().output_name("callboard").build();
    let state = SiteState {
        options,
        services: services.clone(),
    };
    let pages = generate_route_list(App);
    let context = {
        let services = services.clone();
        move || provide_context(services.clone())
    };
    Router::new()
        .leptos_routes_with_handler(pages, get(page))
        .route("/fn/{*name}", get(server_function).post(server_function))
        .route("/pkg/{name}", get(assets::package))
        .route("/theme", post(set_theme))
        .route("/me", post(set_owner))
        .fallback(page_or_file)
        .layer(axum::Extension(Context(std::sync::Arc::new(context))))
        .with_state(state)
}

/// What is provided to pages and server functions.
#[derive(Clone)]
struct Context(std::sync::Arc<dyn Fn() + Send + Sync>);

async fn server_function(
    axum::Extension(context): axum::Extension<Context>,
    request: Request,
) -> Response {
    leptos_axum::handle_server_fns_with_context(move || (context.0)(), request)
        .await
        .into_response()
}

async fn page_or_file(
    state: State<SiteState>,
    context: axum::Extension<Context>,
    request: Request,
) -> Response {
    match assets::public(request.uri().path(), request.headers()) {
        Some(file) => file,
        None => page(state, context, request).await,
    }
}

async fn page(
    State(state): State<SiteState>,
    axum::Extension(context): axum::Extension<Context>,
    request: Request,
) -> Response {
    let frame = frame(&state.services, &request);
    let provided = frame.clone();
    let provide = move || {
        (context.0)();
        provide_context(provided.clone());
    };
    let mut response =
        leptos_axum::handle_response_inner(provide, move || shell(frame), request, whole_page)
            .await;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_SECURITY_POLICY, POLICY);
    // Pages depend on cookies and on the catalog of this instant.
    headers.insert(
        header::CACHE_CONTROL,
        HeaderValue::from_static("private, no-cache"),
    );
    headers.insert(
        header::VARY,
        HeaderValue::from_static("cookie, accept-encoding"),
    );
    response
}

/// The shapes in which Leptos hands over a page and takes it back.
type Boxed<T> = Pin<Box<dyn Future<Output = T> + Send>>;
type Chunks = Pin<Box<dyn Stream<Item = String> + Send>>;

/// Renders a page to its end before anything is sent, without the scripts that a streamed page would need.
fn whole_page<V: IntoView + 'static>(
    page: V,
    _scripts: Box<dyn FnOnce() -> Chunks + Send>,
    _islands_router: bool,
) -> Boxed<Chunks> {
    Box::pin(async move {
        let html = page
            .into_view()
            .to_html_stream_in_order()
            .collect::<String>()
            .await;
        let stream: Chunks = Box::pin(futures::stream::once(async move { html }));
        stream
    })
}

fn frame(services: &Services, request: &Request) -> Frame {
    let portal = services.portal();
    let cookie = |name| cookie(request.headers(), name).unwrap_or_default();
    Frame {
        assets: assets::names(),
        title: portal.title.clone(),
        organization: portal.organization.clone(),
        theme: Theme::from_word(&cookie(THEME_COOKIE)),
        owner: cookie(OWNER_COOKIE),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        here: request
            .uri()
            .path_and_query()
            .map(ToString::to_string)
            .unwrap_or_default(),
    }
}

/// Returns the value of a cookie, with percent-encoding undone.
fn cookie(headers: &HeaderMap, name: &str) -> Option<String> {
    let all = headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok());
    let mut pairs = all
        .flat_map(|text| text.split(';'))
        .filter_map(|pair| pair.trim().split_once('='));
    let (_, value) = pairs.find(|(key, _)| *key == name)?;
    url::form_urlencoded::parse(format!("v={}", value.replace('+', "%2B")).as_bytes())
        .next()
        .map(|(_, value)| value.into_owned())
}

#[derive(Debug, Deserialize)]
struct ThemeForm {
    theme: String,
    #[serde(default)]
    back: String,
}

async fn set_theme(headers: HeaderMap, Form(form): Form<ThemeForm>) -> Response {
    set_cookie(
        &headers,
        THEME_COOKIE,
        Theme::from_word(&form.theme).as_str(),
        &form.back,
    )
}

#[derive(Debug, Deserialize)]
struct OwnerForm {
    #[serde(default)]
    owner: String,
    #[serde(default)]
    back: String,
}

async fn set_owner(headers: HeaderMap, Form(form): Form<OwnerForm>) -> Response {
    let owner = form.owner.parse::<callboard_model::EntityRef>();
    let owner = owner.map(|owner| owner.to_string()).unwrap_or_default();
    set_cookie(&headers, OWNER_COOKIE, &owner, &form.back)
}

/// Sets a cookie and sends the person back to the page the form was on.
fn set_cookie(headers: &HeaderMap, name: &str, value: &str, back: &str) -> Response {
    // Other sites may not set preferences here.
    let site = headers
        .get("sec-fetch-site")
        .and_then(|value| value.to_str().ok());
    if site.is_some_and(|site| !matches!(site, "same-origin" | "none")) {
        return StatusCode::FORBIDDEN.into_response();
    }
    let value: String = url::form_urlencoded::byte_serialize(value.as_bytes()).collect();
    let cookie = format!("{name}={value}; Path=/; Max-Age={ONE_YEAR}; SameSite=Lax");
    let mut response = StatusCode::SEE_OTHER.into_response();
    let target = if is_local(back) { back } else { "/" };
    for (key, value) in [
        (header::SET_COOKIE, cookie.as_str()),
        (header::LOCATION, target),
    ] {
        if let Ok(value) = HeaderValue::from_str(value) {
            response.headers_mut().insert(key, value);
        }
    }
    response
}

/// Whether a target stays on this site: browsers read `//host` and `/\host` as another one.
fn is_local(target: &str) -> bool {
    target.starts_with('/')
        && !target.starts_with("//")
        && !target.contains('\\')
        && !target.chars().any(char::is_control)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_leads_back_to_this_site_only() {
        assert!(is_local("/catalog?kind=api"));
        for other in [
            "//evil.example",
            "/\\evil.example",
            "https://evil.example",
            "",
            "/\n/x",
        ] {
            assert!(!is_local(other), "{other}");
        }
    }

    #[test]
    fn a_cookie_is_found_among_others() {
        let mut headers = HeaderMap::new();
        headers.insert(
            header::COOKIE,
            HeaderValue::from_static("a=1; callboard-owner=group%3Adefault%2Fx; b=2"),
        );
        assert_eq!(
            cookie(&headers, "callboard-owner").as_deref(),
            Some("group:default/x")
        );
        assert_eq!(cookie(&headers, "owner"), None);
    }
}
