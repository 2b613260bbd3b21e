//! Addresses that stand in files. Anyone can write there, so only harmless schemes become links.
use leptos::prelude::*;

use crate::ui::kit::icon::{Glyph, Icon};

/// Returns the address if a browser may follow it.
pub(in crate::ui::pages) fn safe(url: &str) -> Option<&str> {
    let scheme = url
        .split_once(':')
        .map(|(scheme, _)| scheme.to_ascii_lowercase())?;
    matches!(scheme.as_str(), "http" | "https" | "mailto").then_some(url)
}

/// A link that leads out of the portal, or a plain text with a remark if its address is not one to follow.
#[component]
pub(super) fn OuterLink(
    /// Address as the file has it.
    url: String,
    /// Text to show.
    text: String,
    /// Picture before the text.
    #[prop(optional_no_strip, into)]
    glyph: Option<Glyph>,
) -> impl IntoView {
    let glyph = glyph.unwrap_or(Glyph::External);
    match safe(&url) {
        Some(url) => view! {
            <a class="el out" href=url.to_owned() rel="noopener"><Icon glyph/><span>{text}</span></a>
        }
        .into_any(),
        None => view! {
            <span class="refused">
                <bdi>{text}</bdi>
                <small>"Not a link: only http, https and mailto addresses are."</small>
            </span>
        }
        .into_any(),
    }
}

/// Returns the picture for the name of an icon; names are those that Backstage has, and common ones beside them.
pub(super) fn icon(name: Option<&str>) -> Glyph {
    match name.unwrap_or_default().to_lowercase().as_str() {
        "dashboard" | "kind:template" => Glyph::Template,
        "docs" | "doc" | "techdocs" | "book" | "library" => Glyph::Book,
        "chat" | "email" | "mail" | "message" => Glyph::Mail,
        "github" | "git" | "repo" | "scaffolder" => Glyph::Branch,
        "code" | "source" => Glyph::Code,
        "help" | "support" => Glyph::Help,
        "user" | "person" | "kind:user" => Glyph::User,
        "group" | "team" | "kind:group" => Glyph::Users,
        "alert" | "warning" | "incident" => Glyph::Problem,
        "catalog" | "kind:component" => Glyph::Catalog,
        "search" => Glyph::Search,
        "star" => Glyph::Star,
        "api" | "kind:api" => Glyph::Api,
        "storage" | "database" | "kind:resource" => Glyph::Resource,
        "cloud" | "kind:system" => Glyph::System,
        "calendar" | "event" => Glyph::Calendar,
        "terminal" | "console" => Glyph::Terminal,
        "article" | "file" | "description" | "runbook" => Glyph::File,
        "key" | "secret" => Glyph::Key,
        "notifications" | "bell" => Glyph::Bell,
        _ => Glyph::External,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_web_and_mail_addresses_become_links() {
        assert!(safe("https://example.org").is_some());
        assert!(safe("mailto:a@example.org").is_some());
        assert_eq!(safe("javascript:alert(1)"), None);
        assert_eq!(safe("JavaScript:alert(1)"), None);
        assert_eq!(safe("data:text/html,x"), None);
        assert_eq!(safe("file.txt"), None);
    }

    #[test]
    fn a_link_without_a_known_icon_has_the_common_one() {
        assert_eq!(icon(Some("Docs")), Glyph::Book);
        assert_eq!(icon(Some("<script>")), Glyph::External);
        assert_eq!(icon(None), Glyph::External);
    }
}
