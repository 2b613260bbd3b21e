//! The pages: what surrounds them, and the routes of their files, forms and server functions.
use std::{convert::Infallible, pin::Pin};

use axum::{
    Router,
    extract::{FromRequestParts, Request},
    http::{HeaderMap, HeaderValue, header, request::Parts},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use futures::{Stream, StreamExt};
use leptos::{
    config::LeptosOptions,
    prelude::{IntoView, RenderHtml, provide_context},
};
use leptos_axum::{LeptosRoutes, generate_route_list};

use super::{
    Access, api_docs, assets, caller::Proof, cookie, entity_file, forms, listing, personal,
};
use personal::Preferences;

use crate::{
    paths,
    ui::{
        frame::{DENSITY_COOKIE, Density, Frame, FrameUser, OWNER_COOKIE, THEME_COOKIE, Theme},
        pages::{App, shell},
    },
};

/// State of the page routes: Leptos asks it for its options.
#[derive(Debug, Clone, axum::extract::FromRef)]
struct SiteState {
    options: LeptosOptions,
}

/// Routes of all pages, of their files, of their forms, and of server functions.
pub(super) fn routes() -> Router {
    let options = LeptosOptions::builder().output_name("callboard").build();
    let pages = generate_route_list(App);
    Router::new()
        .leptos_routes_with_handler(pages, get(page))
        .route("/fn/{*name}", get(server_function).post(server_function))
        .route("/pkg/{name}", get(assets::package))
        .route("/theme", post(personal::set_theme))
        .route(paths::PREFERENCES, post(personal::prefer))
        .route(paths::STARS, post(personal::star))
        .route(paths::WATCHES, post(personal::watch))
        .route(paths::VIEWS, post(personal::save_view))
        .route(paths::VIEWS_DELETE, post(personal::unsave_view))
        .route(paths::ME, post(forms::set_owner))
        .route(paths::CATALOG_EXPORT, get(listing::export))
        .route(paths::REFRESH, post(listing::refresh))
        .route("/sign-out", post(forms::sign_out))
        .route("/settings/sessions/revoke", post(forms::revoke_session))
        .route("/settings/tokens", post(forms::create_token))
        .route(
            "/catalog/{namespace}/{kind}/{name}/download",
            get(entity_file::download),
        )
        .route("/settings/tokens/revoke", post(forms::revoke_token))
        .route("/admin/policy/simulate", post(forms::simulate))
        .route(
            "/catalog/{namespace}/{kind}/{name}/api/raw",
            get(api_docs::raw),
        )
        .route(paths::API_DOCS, get(api_docs::list))
        .route(paths::IMPORT, post(forms::register::register))
        .route(
            paths::REMOVE_LOCATION,
            post(forms::register::remove_location),
        )
        .route(paths::NEW_FILE_TEXT, post(forms::register::new_file))
        .route(paths::NEW_FILE_PROPOSE, post(forms::register::propose))
        .route(
            "/catalog/{namespace}/{kind}/{name}/unregister",
            post(forms::register::unregister),
        )
        .fallback(page_or_file)
        .with_state(SiteState { options })
}

async fn server_function(access: Access, mut request: Request) -> Response {
    // Leptos sends whoever calls without a script back to where they came from, which may be another site.
    request.headers_mut().remove(header::REFERER);
    leptos_axum::handle_server_fns_with_context(move || provide_context(access.clone()), request)
        .await
        .into_response()
}

async fn page_or_file(pages: Pages, request: Request) -> Response {
    match assets::public(request.uri().path(), request.headers()) {
        Some(file) => file,
        None => page(pages, request).await,
    }
}

async fn page(pages: Pages, request: Request) -> Response {
    pages.show(request, || {}).await
}

/// Shows pages to one caller.
pub(super) struct Pages(Access);

impl<S: Sync> FromRequestParts<S> for Pages {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Infallible> {
        Access::from_request_parts(parts, state).await.map(Self)
    }
}

impl Pages {
    /// Shows the page of a request's address, with more for it to know.
    pub(super) async fn show(
        self,
        request: Request,
        more: impl Fn() + Clone + Send + Sync + 'static,
    ) -> Response {
        show(self.0, request, more).await
    }
}

async fn show(
    access: Access,
    request: Request,
    more: impl Fn() + Clone + Send + Sync + 'static,
) -> Response {
    let (chosen, learnt) = chosen(&access, request.headers()).await;
    let frame = frame(&access, &request, chosen);
    let provided = frame.clone();
    let policy = access.headers().content_security.clone();
    let unregistered = forms::register::unregistered(&request);
    let provide = move || {
        provide_context(access.clone());
        provide_context(provided.clone());
        if let Some(what) = unregistered.clone() {
            provide_context(what);
        }
        more();
    };
    let mut response =
        leptos_axum::handle_response_inner(provide, move || shell(frame), request, whole_page)
            .await;
    personal::remember(&mut response, learnt);
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_SECURITY_POLICY, policy);
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

/// Returns how pages are to look, and what of it this browser did not know: on a new one, what its person chose
/// elsewhere holds.
async fn chosen(access: &Access, headers: &HeaderMap) -> (Preferences, Preferences) {
    let cookie = |name| cookie::read(headers, name);
    let here = Preferences {
        theme: cookie(THEME_COOKIE).map(|word| Theme::from_word(&word)),
        density: cookie(DENSITY_COOKIE).map(|word| Density::from_word(&word)),
    };
    if here.theme.is_some() && here.density.is_some() {
        return (here, Preferences::default());
    }
    // A page that cannot know what was chosen is shown all the same; the failure is in the log.
    let kept = access.own().await.map(|own| own.chosen());
    let kept = kept.unwrap_or_default();
    let learnt = Preferences {
        theme: kept.theme.filter(|_| here.theme.is_none()),
        density: kept.density.filter(|_| here.density.is_none()),
    };
    let all = Preferences {
        theme: here.theme.or(kept.theme),
        density: here.density.or(kept.density),
    };
    (all, learnt)
}

fn frame(access: &Access, request: &Request, chosen: Preferences) -> Frame {
    let portal = access.portal();
    let cookie = |name| cookie::read(request.headers(), name).unwrap_or_default();
    let user = access.caller().user();
    let owner = cookie(OWNER_COOKIE);
    let own = user.filter(|user| user.proof != Proof::Guest);
    Frame {
        assets: assets::names(),
        title: portal.title.clone(),
        organization: portal.organization.clone(),
        theme: chosen.theme.unwrap_or_default(),
        density: chosen.density.unwrap_or_default(),
        // Whoever chose nobody sees their own things first.
        owner: match own {
            Some(user) if owner.is_empty() => user.user_ref.clone(),
            _ => owner,
        },
        version: env!("CARGO_PKG_VERSION").to_owned(),
        here: request
            .uri()
            .path_and_query()
            .map(ToString::to_string)
            .unwrap_or_default(),
        user: user.map(|user| FrameUser {
            user_ref: user.user_ref.clone(),
            title: access.people().title(&user.user_ref),
            // Whoever chose to be the guest has a session, which can be ended.
            is_guest: user.proof == Proof::Guest && access.caller().session.is_none(),
        }),
        sees_audit: access.has("callboard.audit.read"),
        sees_policy: access.has("policy.entity.read"),
        can_sign_in: !access.identity().settings().providers.is_empty(),
    }
}

/// Whether a target stays on this site: browsers read `//host` and `/\host` as another one.
pub(super) fn is_local(target: &str) -> bool {
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
}
