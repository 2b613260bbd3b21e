//! The main navigation: a column on wide screens, icons on middling ones, tabs at the bottom of narrow ones.
use leptos::prelude::*;

use crate::{
    paths,
    ui::{
        components::kind,
        frame::Frame,
        kit::icon::{Glyph, Icon},
    },
};

/// Kinds with an entry of their own below the catalog.
const KINDS: &[&str] = &[
    "component",
    "api",
    "resource",
    "system",
    "domain",
    "group",
    "user",
];

/// Class of an entry that is no kind.
const PLAIN: &str = "part";

/// Links to every part of the portal.
#[component]
pub fn SideNav(
    /// Names and the path of this page.
    frame: Frame,
) -> impl IntoView {
    let (path, query) = frame.here.split_once('?').unwrap_or((&frame.here, ""));
    let path = path.to_owned();
    let shown = query
        .split('&')
        .find_map(|pair| pair.strip_prefix("kind="))
        .unwrap_or_default()
        .to_lowercase();
    let catalog = if path == paths::CATALOG && !KINDS.contains(&shown.as_str()) {
        Some("page")
    } else {
        path.starts_with(paths::CATALOG).then_some("true")
    };
    let exact = |target: &str| (path == target).then_some("page");
    let kinds = KINDS
        .iter()
        .map(|kind| {
            let href = paths::kind(kind);
            let current = (path == paths::CATALOG && shown == *kind).then_some("page");
            let (glyph, class) = kind::look(kind);
            nav_item(href, kind::plural(kind), glyph, class, current)
        })
        .collect_view();
    view! {
        <nav class="side" aria-label="Main">
            <a class="brand" href=paths::HOME>
                <img src="/favicon.svg" alt="" width="28" height="28"/>
                <span><b>{frame.title}</b>{frame.organization.map(|name| view! { <small>{name}</small> })}</span>
            </a>
                <ul class="entries">
                    {nav_item(paths::HOME.to_owned(), "Home".to_owned(), Glyph::Home, PLAIN, exact(paths::HOME))}
                    {nav_item(paths::CATALOG.to_owned(), "Catalog".to_owned(), Glyph::Catalog, PLAIN, catalog)}
                    <li class="sub"><ul aria-label="Kinds">{kinds}</ul></li>
                    {nav_item(
                        paths::PROBLEMS.to_owned(),
                        "Problems".to_owned(),
                        Glyph::Problem,
                        PLAIN,
                        exact(paths::PROBLEMS),
                    )}
                </ul>
            <p class="version">{frame.version}</p>
        </nav>
    }
}

/// One link with its icon.
fn nav_item(
    href: String,
    label: String,
    glyph: Glyph,
    class: &'static str,
    current: Option<&'static str>,
) -> impl IntoView {
    let text = label.clone();
    view! {
        <li>
            <a href=href title=label aria-current=current class=class><Icon glyph/><span>{text}</span></a>
        </li>
    }
}
