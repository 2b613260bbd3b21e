//! The hosts that the portal can read from, and what a good address looks like.
use callboard_model::view::ImportHost;
use leptos::prelude::*;

use crate::ui::kit::{
    badge::{Badge, Tone},
    dash::Dash,
};

/// A table of hosts that can be folded away.
#[component]
pub(super) fn Hosts(
    /// The hosts.
    hosts: Vec<ImportHost>,
    /// Whether it is open at first.
    open: bool,
) -> impl IntoView {
    let rows = hosts.into_iter().map(row).collect_view();
    view! {
        <details class="card fold" open=open>
            <summary><h2>"Where the portal can read from"</h2></summary>
            <p class="lead">
                "The address of one file, of a folder or of a whole repository will do: in folders and repositories every "
                <code>"catalog-info.yaml"</code>" is looked for. A star stands for any name, as in "
                <code>"…/blob/main/*/catalog-info.yaml"</code>"."
            </p>
            <table class="table stacked">
                <caption class="vh">"Hosts"</caption>
                <thead>
                    <tr>
                        <th scope="col">"Host"</th>
                        <th scope="col">"What it is"</th>
                        <th scope="col">"Sees"</th>
                        <th scope="col">"A good address"</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
            <p class="hint">
                "More hosts are added below "<code>"integrations"</code>" or "<code>"backend.reading.allow"</code>" of "
                <code>"app-config.yaml"</code>"."
            </p>
        </details>
    }
}

fn row(host: ImportHost) -> impl IntoView {
    let sees = if host.kind == "web server" {
        view! { <Dash/> }.into_any()
    } else if host.has_credentials {
        view! { <Badge tone=Tone::Ok text="Private and public"/> }.into_any()
    } else {
        view! { <Badge text="Public only"/> }.into_any()
    };
    view! {
        <tr>
            <td><b dir="ltr">{host.name}</b></td>
            <td data-label="What it is">{host.kind}</td>
            <td data-label="Sees">{sees}</td>
            <td data-label="A good address"><code class="wrap" dir="ltr">{host.example}</code></td>
        </tr>
    }
}
