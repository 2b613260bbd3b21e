//! Addresses that stand in files. Anyone can write there, so only harmless schemes become links.
use leptos::prelude::*;

use crate::ui::kit::icon::{Glyph, Icon};

/// Returns the address if a browser may follow it.
pub(super) fn safe(url: &str) -> Option<&str> {
    let scheme = url
        .split_once(':')
        .map(|(scheme, _)| scheme.to_ascii_lowercase())?;
    matches!(scheme.as_str(), "http" | "https" | "mailto").then_some(url)
}

/// A link that leads out of the portal, or a plain text if its address is not one to follow.
#[component]
pub(super) fn OuterLink(
    /// Address as the file has it.
    url: String,
    /// Text to show.
    text: String,
) -> impl IntoView {
    match safe(&url) {
        Some(url) => view! {
            <a class="el out" href=url.to_owned() rel="noopener"><Icon glyph=Glyph::External/><span>{text}</span></a>
        }
        .into_any(),
        None => text.into_any(),
    }
}

#[cfg(test)]
mod tests {
    use super::safe;

    #[test]
    fn only_web_and_mail_addresses_become_links() {
        assert!(safe("https://example.org").is_some());
        assert!(safe("mailto:a@example.org").is_some());
        assert_eq!(safe("javascript:alert(1)"), None);
        assert_eq!(safe("JavaScript:alert(1)"), None);
        assert_eq!(safe("data:text/html,x"), None);
        assert_eq!(safe("file.txt"), None);
    }
}
