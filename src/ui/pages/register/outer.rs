//! The address of a file on another host.
use leptos::prelude::*;

use crate::ui::kit::icon::{Glyph, Icon};

/// A link to it, or the text alone when it is no web address or stands for many files.
#[component]
pub(super) fn Address(
    /// The address.
    #[prop(into)]
    url: String,
) -> impl IntoView {
    if is_web(&url) && !url.contains('*') {
        let href = url.clone();
        view! {
            <a class="address" href=href rel="noopener" dir="ltr"><span>{url}</span><Icon glyph=Glyph::External/></a>
        }
        .into_any()
    } else {
        view! { <span class="address" dir="ltr"><span>{url}</span></span> }.into_any()
    }
}

/// Tells whether a browser may follow an address.
pub(super) fn is_web(url: &str) -> bool {
    let scheme = url.split_once(':').map(|(scheme, _)| scheme);
    scheme.is_some_and(|scheme| {
        ["http", "https"]
            .iter()
            .any(|web| scheme.eq_ignore_ascii_case(web))
    })
}

#[cfg(test)]
mod tests {
    use super::is_web;

    #[test]
    fn only_web_addresses_are_followed() {
        assert!(is_web("https://github.com/a/b/pull/1"));
        for other in [
            "javascript:alert(1)",
            "data:text/html,x",
            "//evil.example",
            "",
        ] {
            assert!(!is_web(other), "{other}");
        }
    }
}
