//! The menu of the person who is signed in. It is a `details` element, so it opens without JavaScript.
use leptos::prelude::*;

use crate::{
    paths,
    ui::{
        frame::{Frame, FrameUser},
        kit::{
            avatar::Avatar,
            icon::{Glyph, Icon},
        },
    },
};

/// Initials that open a menu: who I am, my settings, what I may administer, and the way out.
#[component]
pub fn UserMenu(
    /// Who asks.
    user: FrameUser,
    /// What that person may see.
    frame: Frame,
) -> impl IntoView {
    let label = format!("Account of {}", user.title);
    let hint = label.clone();
    let item = |href: &'static str, glyph: Glyph, text: &'static str| {
        view! { <li><a href=href><Icon glyph/>{text}</a></li> }
    };
    let way_out = if user.is_guest {
        let sign_in = frame.can_sign_in.then(|| {
            let href = paths::sign_in(&frame.here);
            view! { <a href=href><Icon glyph=Glyph::SignIn/>"Sign in"</a> }
        });
        view! { <p>"Guest on this machine"</p> {sign_in} }.into_any()
    } else {
        view! {
            <form method="post" action=paths::SIGN_OUT>
                <button><Icon glyph=Glyph::SignOut/>"Sign out"</button>
            </form>
        }
        .into_any()
    };
    view! {
        <details class="menu">
            <summary title=hint><Avatar name=user.title.clone()/><span class="vh">{label}</span></summary>
            <div>
                <p><b>{user.title}</b><code>{user.user_ref}</code></p>
                <ul>
                    {item(paths::SETTINGS, Glyph::Settings, "Settings")}
                    {frame.sees_audit.then(|| item(paths::AUDIT, Glyph::Audit, "Audit log"))}
                    {frame.sees_policy.then(|| item(paths::POLICY, Glyph::Policy, "Policy"))}
                </ul>
                {way_out}
            </div>
        </details>
    }
}
