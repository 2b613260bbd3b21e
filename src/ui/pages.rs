//! The document around every page, and the table of pages. Rendered on the server only.
mod audit;
mod catalog;
mod entity;
mod error;
mod graph;
mod home;
mod json;
mod kit;
mod markdown;
mod module;
mod not_found;
mod policy;
mod problems;
mod register;
mod search;
mod settings;
mod sheet;
mod sign_in;

pub use register::Unregistered;

use leptos::prelude::*;
use leptos_meta::{MetaTags, Title, provide_meta_context};
use leptos_router::{
    SsrMode,
    components::{Route, Router, Routes},
    path,
};

use super::{
    frame::{Frame, Theme},
    layout::{
        shortcuts::Shortcuts,
        side_nav::SideNav,
        top_bar::{BareBar, TopBar},
    },
};
use crate::paths;

/// The whole document.
///
/// Only islands are hydrated, so nothing outside them leaves data behind for the browser.
#[must_use]
pub fn shell(frame: Frame) -> impl IntoView {
    if let Some(context) = Owner::current_shared_context() {
        context.set_is_hydrating(false);
    }
    let colours = match frame.theme {
        Theme::System => "light dark",
        Theme::Light => "light",
        Theme::Dark => "dark",
    };
    let class = is_bare(&frame).then_some("bare");
    let assets = frame.assets;
    view! {
        <!DOCTYPE html>
        <html lang="en" data-theme=frame.theme.as_str() data-density=frame.density.as_str()>
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <meta name="color-scheme" content=colours/>
                <link rel="icon" href="/favicon.svg" type="image/svg+xml"/>
                <link rel="stylesheet" href=assets.css/>
                <link rel="modulepreload" href=assets.js.clone()/>
                <script type="module" src=assets.boot data-js=assets.js data-wasm=assets.wasm></script>
                <MetaTags/>
            </head>
            <body class=class>
                <App/>
            </body>
        </html>
    }
}

/// Navigation, top bar and the page that belongs to the address.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    let frame = use_context::<Frame>().unwrap_or_default();
    let name = frame.title.clone();
    let title = move |page: String| {
        if page.is_empty() {
            escape(&name)
        } else {
            // The library writes the title into the page as it is.
            escape(&format!("{page} · {name}"))
        }
    };
    let (side, top) = if is_bare(&frame) {
        (None, view! { <BareBar frame/> }.into_any())
    } else {
        let side = view! { <SideNav frame=frame.clone()/> };
        (Some(side), view! { <TopBar frame/> }.into_any())
    };
    view! {
        <Title formatter=title/>
        <a class="skip" href="#main">"Skip to content"</a>
        {side}
        <div class="page">
            {top}
            <main id="main" tabindex="-1">
                <register::UnregisteredNotice/>
                <Router>
                    <Routes fallback=not_found::NotFoundPage>
                        <Route path=path!("/") view=home::HomePage ssr=SsrMode::Async/>
                        <Route path=path!("/catalog") view=catalog::CatalogListPage ssr=SsrMode::Async/>
                        <Route path=path!("/catalog/compare") view=catalog::ComparePage ssr=SsrMode::Async/>
                        <Route path=path!("/catalog/:namespace/:kind/:name") view=entity::EntityPage ssr=SsrMode::Async/>
                        <Route path=path!("/catalog/:namespace/:kind/:name/relations") view=entity::RelationsPage ssr=SsrMode::Async/>
                        <Route path=path!("/catalog/:namespace/:kind/:name/api") view=entity::ApiPage ssr=SsrMode::Async/>
                        <Route path=path!("/catalog/:namespace/:kind/:name/problems") view=entity::EntityProblemsPage ssr=SsrMode::Async/>
                        <Route path=path!("/catalog/:namespace/:kind/:name/yaml") view=entity::YamlPage ssr=SsrMode::Async/>
                        <Route path=path!("/search") view=search::SearchPage ssr=SsrMode::Async/>
                        <Route path=path!("/catalog/:namespace/:kind/:name/unregister") view=register::UnregisterPage ssr=SsrMode::Async/>
                        <Route path=path!("/catalog-import") view=register::ImportPage ssr=SsrMode::Async/>
                        <Route path=path!("/catalog-import/follow") view=register::FollowPage ssr=SsrMode::Async/>
                        <Route path=path!("/catalog-import/new") view=register::NewFilePage ssr=SsrMode::Async/>
                        <Route path=path!("/catalog-import/new/pull-request") view=register::NewFilePage ssr=SsrMode::Async/>
                        <Route path=path!("/catalog-graph") view=graph::GraphPage ssr=SsrMode::Async/>
                        <Route path=path!("/problems") view=problems::ProblemsPage ssr=SsrMode::Async/>
                        <Route path=path!("/sign-in") view=sign_in::SignInPage ssr=SsrMode::Async/>
                        <Route path=path!("/settings") view=settings::SettingsPage ssr=SsrMode::Async/>
                        <Route path=path!("/settings/tokens") view=settings::SettingsPage ssr=SsrMode::Async/>
                        <Route path=path!("/admin/audit") view=audit::AuditPage ssr=SsrMode::Async/>
                        <Route path=path!("/admin/policy") view=policy::PolicyPage ssr=SsrMode::Async/>
                        <Route path=path!("/dev/kit") view=kit::KitPage ssr=SsrMode::Async/>
                        <Route path=path!("/admin/policy/simulate") view=policy::SimulatorPage ssr=SsrMode::Async/>
                    </Routes>
                </Router>
            </main>
        </div>
        <Shortcuts/>
    }
}

/// Whether a page stands without navigation: on it, or for whoever asks, the navigation would lead nowhere.
fn is_bare(frame: &Frame) -> bool {
    let path = frame.here.split('?').next();
    frame.user.is_none() || path == Some(paths::SIGN_IN)
}

/// Makes a text safe inside an element.
fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}
