//! A short answer to what somebody just did, with a way to take it back.
//!
//! Without JavaScript it stands on the page until the next one; with it, `public/kit.js` takes it away after a while,
//! but not while somebody points at it or has the focus in it.
use leptos::prelude::*;

use super::{
    badge::Tone,
    icon::{Glyph, Icon},
};

/// How to take something back: a form that is sent with one value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Undo {
    /// Where the form is sent.
    pub action: String,
    /// Whether it changes something on the server, and is therefore posted.
    pub posts: bool,
    /// Name and value that the form sends.
    pub value: (String, String),
}

/// One answer.
#[component]
pub fn Toast(
    /// How it went.
    tone: Tone,
    /// What was done, in one sentence.
    #[prop(into)]
    text: String,
    /// How to take it back.
    #[prop(optional_no_strip, into)]
    undo: Option<Undo>,
    /// After how many seconds it goes; it stays when there are none, as what went wrong has to.
    #[prop(optional_no_strip, into)]
    seconds: Option<u32>,
) -> impl IntoView {
    let glyph = match tone {
        Tone::Ok => Glyph::Done,
        Tone::Info | Tone::Neutral => Glyph::Info,
        Tone::Warn => Glyph::Problem,
        Tone::Danger => Glyph::Error,
    };
    let undo = undo.map(|undo| {
        let method = if undo.posts { "post" } else { "get" };
        let (name, value) = undo.value;
        view! {
            <form method=method action=undo.action>
                <button class="btn quiet" name=name value=value><Icon glyph=Glyph::Undo/>"Undo"</button>
            </form>
        }
    });
    view! {
        <div class=format!("toast {}", tone.class()) data-toast=seconds.map(|seconds| seconds.to_string())>
            <Icon glyph/>
            <p>{text}</p>
            {undo}
            <button class="icon-btn js" type="button" data-dismiss="" aria-label="Dismiss" title="Dismiss">
                <Icon glyph=Glyph::Close/>
            </button>
        </div>
    }
}

/// The corner of the page where answers stand; they are read out without moving the focus.
#[component]
pub fn Toasts(
    /// The answers that are there when the page is opened.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <section class="toasts" aria-label="Notifications" aria-live="polite">
            {children.map(|children| children())}
        </section>
    }
}
