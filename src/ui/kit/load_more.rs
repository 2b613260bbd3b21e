//! The end of a list that goes on: how much of it is shown, and a link to more.
use leptos::prelude::*;

use super::{
    button::Button,
    icon::{Glyph, Icon},
    number::{counted, thousands},
};

/// How the list goes on.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum More {
    /// There is more.
    #[default]
    Ready,
    /// More is on its way.
    Busy,
    /// More could not be had.
    Failed,
}

/// A sentence and a link; only the sentence when everything is shown.
#[component]
pub fn LoadMore(
    /// How many are shown.
    shown: usize,
    /// How many there are.
    total: usize,
    /// What they are, in the singular.
    noun: &'static str,
    /// Address of the list with more of it.
    #[prop(into)]
    href: String,
    /// How it goes on.
    #[prop(optional)]
    more: More,
) -> impl IntoView {
    let sentence = if shown >= total {
        format!("All {} are shown.", counted(total, noun))
    } else {
        format!("{} of {}", thousands(shown), counted(total, noun))
    };
    let button = (shown < total).then(|| match more {
        More::Ready => view! { <Button text="Show more" href/> }.into_any(),
        More::Busy => view! { <Button text="Loading" busy=true off=true/> }.into_any(),
        More::Failed => view! {
            <span class="mistake"><Icon glyph=Glyph::Error/>"The rest could not be loaded."</span>
            <Button text="Try again" glyph=Glyph::Refresh href/>
        }
        .into_any(),
    });
    view! { <div class="load-more"><p>{sentence}</p>{button}</div> }
}
