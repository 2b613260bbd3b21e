//! The scripts of `public/` that only some pages load.
use leptos::prelude::*;
use leptos_meta::Script;

use crate::ui::frame::Frame;

/// Loads one of them as a module, which runs after the document was read.
#[component]
pub(super) fn Module(
    /// Name of its file, without the ending.
    name: &'static str,
) -> impl IntoView {
    let frame = use_context::<Frame>().unwrap_or_default();
    let src = frame.assets.scripts.get(name).cloned();
    src.map(|src| view! { <Script type_="module" src/> })
}
