//! A few choices of which exactly one holds, side by side: as links or as part of a form.
use leptos::prelude::*;

use super::icon::{Glyph, Icon};

/// One choice.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Segment {
    /// What it says.
    pub text: String,
    /// Address with this choice, or the value that the form sends.
    pub to: String,
    /// Whether it holds now.
    pub current: bool,
    /// Whether it cannot be chosen now.
    pub off: bool,
    /// Picture before the text.
    pub glyph: Option<Glyph>,
}

/// Choices that are links: what is chosen is in the address.
#[component]
pub fn SegmentLinks(
    /// What is chosen among.
    #[prop(into)]
    label: String,
    /// The choices.
    segments: Vec<Segment>,
) -> impl IntoView {
    let links = segments
        .into_iter()
        .map(|segment| {
            let current = segment.current.then_some("true");
            let icon = segment.glyph.map(|glyph| view! { <Icon glyph/> });
            let href = (!segment.off).then_some(segment.to);
            let off = segment.off.then_some("true");
            // A role, because an anchor without an address may not be called disabled.
            let role = segment.off.then_some("link");
            view! { <a href=href role=role aria-current=current aria-disabled=off>{icon}{segment.text}</a> }
        })
        .collect_view();
    view! { <div class="segments" role="group" aria-label=label data-arrows="">{links}</div> }
}

/// Choices of a form.
#[component]
pub fn SegmentRadios(
    /// What is chosen among.
    #[prop(into)]
    label: String,
    /// Name of the value in the form.
    #[prop(into)]
    name: String,
    /// The choices.
    segments: Vec<Segment>,
) -> impl IntoView {
    let radios = segments
        .into_iter()
        .map(|segment| {
            let icon = segment.glyph.map(|glyph| view! { <Icon glyph/> });
            view! {
                <label>
                    <input
                        type="radio"
                        class="vh"
                        name=name.clone()
                        value=segment.to
                        checked=segment.current
                        disabled=segment.off
                    />
                    {icon}
                    {segment.text}
                </label>
            }
        })
        .collect_view();
    view! {
        <fieldset class="segments"><legend class="vh">{label}</legend>{radios}</fieldset>
    }
}
