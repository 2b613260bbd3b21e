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
    let kinds = KINDS
        .iter()
        .map(|kind| {
            let href = paths::kind(kind);
            let current = (path == paths::CATALOG && shown == *kind).then_some("page");
            let (glyph, class) = kind::look(kind);
            nav_item(href, kind::plural(kind), glyph, class, current)
        })
        .collect_view();
    let administration = administration(&frame, &path);
    view! {
        <nav class="side" aria-label="Main">
            <a class="brand" href=paths::HOME>
                <img src="/favicon.svg" alt="" width="28" height="28"/>
                <span><b>{frame.title}</b>{frame.organization.map(|name| view! { <small>{name}</small> })}</span>
            </a>
            <ul class="entries">
                {part(paths::HOME, "Home", Glyph::Home, place(&path, paths::HOME))}
                {part(paths::CATALOG, "Catalog", Glyph::Catalog, catalog)}
                <li class="sub"><ul aria-label="Kinds">{kinds}</ul></li>
                {part(paths::PROBLEMS, "Problems", Glyph::Problem, place(&path, paths::PROBLEMS))}
                {part(paths::SETTINGS, "Settings", Glyph::Settings, place(&path, paths::SETTINGS))}
                {administration}
            </ul>
            <p class="version">{frame.version}</p>
        </nav>
    }
}

/// Links for those who keep the portal; nothing for everybody else.
fn administration(frame: &Frame, path: &str) -> Option<impl IntoView + use<>> {
    let entry = |sees: bool, href: &'static str, label: &'static str, glyph: Glyph| {
        sees.then(|| part(href, label, glyph, place(path, href)))
    };
    (frame.sees_audit || frame.sees_policy).then(|| {
        view! {
            <li class="group">
                <p id="administration">"Administration"</p>
                <ul aria-labelledby="administration">
                    {entry(frame.sees_audit, paths::AUDIT, "Audit log", Glyph::Audit)}
                    {entry(frame.sees_policy, paths::POLICY, "Policy", Glyph::Policy)}
                </ul>
            </li>
        }
    })
}

/// Returns what `aria-current` says of a link on the page at a path: the page itself, one above it, or neither.
fn place(path: &str, href: &str) -> Option<&'static str> {
    match path.strip_prefix(href) {
        Some("") => Some("page"),
        Some(rest) if href != paths::HOME && rest.starts_with('/') => Some("true"),
        _ => None,
    }
}

/// A link to a part of the portal.
fn part(
    href: &str,
    label: &str,
    glyph: Glyph,
    current: Option<&'static str>,
) -> impl IntoView + use<> {
    nav_item(href.to_owned(), label.to_owned(), glyph, PLAIN, current)
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

#[cfg(test)]
mod tests {
    use super::place;

    #[test]
    fn a_link_knows_whether_it_leads_here() {
        assert_eq!(place("/settings", "/settings"), Some("page"));
        assert_eq!(place("/settings/tokens", "/settings"), Some("true"));
        assert_eq!(place("/settingsx", "/settings"), None);
        assert_eq!(place("/", "/"), Some("page"));
        assert_eq!(place("/catalog", "/"), None);
    }
}
