//! The second style sheet, for the pages about people, the audit log and the policy.
use leptos::prelude::*;
use leptos_meta::Stylesheet;

use crate::ui::frame::Frame;

/// Loads it; stands once in each of these pages.
#[component]
pub(super) fn AccountStyle() -> impl IntoView {
    let frame = use_context::<Frame>().unwrap_or_default();
    view! { <Stylesheet href=frame.assets.account_css/> }
}
