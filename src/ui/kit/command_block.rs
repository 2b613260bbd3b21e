//! Commands for a terminal, with a button that copies them without the prompt.
use leptos::prelude::*;

use super::{
    copy_button::CopyButton,
    icon::{Glyph, Icon},
};

/// One or more commands, and what they print.
#[component]
pub fn CommandBlock(
    /// Where and for what they are run.
    #[prop(into)]
    label: String,
    /// The commands, one a line.
    #[prop(into)]
    commands: String,
    /// What they print, as an example.
    #[prop(optional, into)]
    output: Option<String>,
) -> impl IntoView {
    let lines = commands
        .lines()
        .map(|line| view! { <code>{line.to_owned()}</code>"\n" })
        .collect_view();
    let name = label.clone();
    view! {
        <figure class="command">
            <figcaption><Icon glyph=Glyph::Terminal/>{label}<CopyButton source=commands label="Copy the commands"/></figcaption>
            <pre tabindex="0" role="group" aria-label=name>{lines}{output.map(|text| view! { <samp>{text}</samp> })}</pre>
        </figure>
    }
}
