//! What the catalog page says after something was unregistered.
use leptos::prelude::*;

use super::outer::is_web;
use crate::{
    paths,
    ui::kit::{
        alert::Alert,
        badge::Tone,
        icon::{Glyph, Icon},
    },
};

/// The address or reference of what was unregistered just now; the server provides it to the catalog page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unregistered(pub String);

/// Says it, with the way back.
#[component]
pub(in crate::ui::pages) fn UnregisteredNotice() -> impl IntoView {
    use_context::<Unregistered>().map(|Unregistered(what)| {
        let back = is_web(&what).then(|| {
            let href = paths::import(&what);
            view! { <p class="actions"><a class="btn" href=href><Icon glyph=Glyph::History/>"Register again"</a></p> }
        });
        view! {
            <Alert tone=Tone::Ok title="It was unregistered" answers=true>
                <p><code dir="ltr">{what}</code>" is gone; what it brought leaves the catalog within a few seconds."</p>
                {back}
            </Alert>
        }
    })
}
