//! The registered locations with what came of each.
use callboard_model::view::{LocationsView, RegisteredRow};
use leptos::prelude::*;

use super::outer::Address;
use crate::{
    paths,
    platform::now_ms,
    ui::{
        components::when::When,
        kit::{
            badge::{Badge, Tone},
            card::Card,
            icon::{Glyph, Icon},
            number::{counted, thousands},
        },
    },
};

/// A table of locations.
#[component]
pub(super) fn Locations(
    /// The locations.
    view: LocationsView,
) -> impl IntoView {
    let now = now_ms();
    let may_remove = view.may_remove;
    let shown = view.rows.len();
    let more = (shown < view.total)
        .then(|| view! { <p class="meta card-end">{format!("The latest {} are shown.", thousands(shown))}</p> });
    let table = if view.rows.is_empty() {
        view! {
            <p class="none">
                "No location was registered yet. What comes from "<code>"catalog.locations"</code>
                " of the configuration is not listed here."
            </p>
        }
        .into_any()
    } else {
        let rows = view.rows.into_iter();
        let rows = rows
            .map(|location| row(location, may_remove, now))
            .collect_view();
        view! {
            <table class="table stacked">
                <caption class="vh">"Registered locations"</caption>
                <thead>
                    <tr>
                        <th scope="col">"Address"</th>
                        <th scope="col">"State"</th>
                        <th scope="col">"Entities"</th>
                        <th scope="col">"Last read"</th>
                        <th scope="col"><span class="vh">"Actions"</span></th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        }
        .into_any()
    };
    view! {
        <Card title="Registered locations" id="locations" count=view.total class="flush before">{table} {more}</Card>
    }
}

fn row(location: RegisteredRow, may_remove: bool, now: i64) -> impl IntoView {
    let state = state(&location);
    let read = match location.read_at {
        Some(at) => view! { <When at now/> }.into_any(),
        None => view! { <span class="quiet">"Never"</span> }.into_any(),
    };
    let remove = may_remove.then(|| remove(&location));
    view! {
        <tr>
            <td><Address url=location.target.clone()/></td>
            <td data-label="State">{state}</td>
            <td data-label="Entities">{thousands(location.total)}</td>
            <td data-label="Last read">{read}</td>
            <td class="act"><span class="actions"><ReadAgain target=location.target small=true/>{remove}</span></td>
        </tr>
    }
}

/// How a location is: a tone and a word.
fn state(location: &RegisteredRow) -> impl IntoView + use<> {
    if location.errors > 0 {
        let text = counted(location.errors, "error");
        view! { <Badge tone=Tone::Danger text glyph=Glyph::Error/> }
    } else if location.total == 0 {
        view! { <Badge text="Nothing came yet" glyph=Glyph::Clock/> }
    } else {
        view! { <Badge tone=Tone::Ok text="In the catalog" glyph=Glyph::Done/> }
    }
}

fn remove(location: &RegisteredRow) -> AnyView {
    let says = format!("Unregister {}", location.target);
    if let Some(label) = &location.label {
        let href = paths::unregister(&label.entity_ref);
        return view! { <a class="btn small" href=href aria-label=says>"Unregister"</a> }
            .into_any();
    }
    view! {
        <form method="post" action=paths::REMOVE_LOCATION>
            <input type="hidden" name="id" value=location.id.clone()/>
            <button class="btn small" aria-label=says>"Unregister"</button>
        </form>
    }
    .into_any()
}

/// A button that has a registered address read again.
#[component]
pub(super) fn ReadAgain(
    /// The address.
    target: String,
    /// Whether it stands in a row.
    #[prop(optional)]
    small: bool,
) -> impl IntoView {
    let says = format!("Read {target} again");
    let class = if small { "btn small" } else { "btn" };
    view! {
        <form method="post" action=paths::IMPORT>
            <input type="hidden" name="again" value="1"/>
            <input type="hidden" name="target" value=target/>
            <button class=class aria-label=says><Icon glyph=Glyph::Refresh/>"Read again"</button>
        </form>
    }
}
