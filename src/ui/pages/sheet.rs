//! The style sheets that only some pages load: `style/sheets/NAME.css`.
use leptos::prelude::*;
use leptos_meta::Stylesheet;

use crate::ui::frame::Frame;

/// Loads one of them after the main one, whose layers and tokens it uses.
#[component]
pub(super) fn Sheet(
    /// Name of its file, without the ending.
    name: &'static str,
) -> impl IntoView {
    let frame = use_context::<Frame>().unwrap_or_default();
    let href = frame.assets.sheets.get(name).cloned();
    href.map(|href| view! { <Stylesheet href/> })
}
