//! The card "What I own" of the home page, with the state of each thing and the choice of the owner.
use callboard_model::view::{EntityLabel, HomeView, OwnedRow};
use leptos::prelude::*;

use super::problems::badges;
use crate::{
    paths,
    ui::{
        components::{
            entity_link::EntityLink,
            kind,
            lifecycle::Lifecycle,
            star::{Mark, MarkButton},
        },
        kit::{
            card::Card,
            icon::{Glyph, Icon},
            number::thousands,
        },
    },
};

/// What one owner has, and a form that chooses another owner.
#[component]
pub(super) fn OwnedCard(
    /// Everything the page shows.
    home: HomeView,
    /// Path and query of this page, to come back to.
    here: String,
) -> impl IntoView {
    let HomeView {
        owners,
        owner,
        owned,
        owned_total,
        ..
    } = home;
    let title = owner.as_ref().map_or_else(
        || "What I own".to_owned(),
        |owner| format!("Owned by {}", owner.title),
    );
    let body = match &owner {
        None => view! {
            <p class="none">"Choose yourself or your team, and what you own is listed here each time you come."</p>
        }
        .into_any(),
        Some(owner) if owned.is_empty() => {
            let reference = owner.entity_ref.to_string();
            view! {
                <p class="none">
                    "Nothing in the catalog names this owner. An entity does so with "<code>{format!("owner: {reference}")}</code>
                    " below "<code>"spec"</code>"; members of a team also own what their team does."
                </p>
            }
            .into_any()
        }
        Some(owner) => {
            let rest = (owned_total > owned.len()).then(|| {
                let text = format!("Show all {}", thousands(owned_total));
                // The page of the owner counts the same: through groups, and in groups below.
                let page = paths::entity_tab_with(&owner.entity_ref, "", &[("owned", "all")]);
                view! { <p class="none"><a href=format!("{page}#owned")>{text}</a></p> }
            });
            let rows = owned.into_iter().map(|owned| row(owned, here.clone())).collect_view();
            view! {
                <table class="table">
                    <caption class="vh">{title.clone()}</caption>
                    <thead>
                        <tr>
                            <th scope="col">"Name"</th>
                            <th scope="col" class="type">"Type"</th>
                            <th scope="col" class="lifecycle">"Lifecycle"</th>
                            <th scope="col">"State"</th>
                            <th scope="col"><span class="vh">"Star"</span></th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
                {rest}
            }
            .into_any()
        }
    };
    let count = owner.as_ref().map(|_| owned_total);
    view! {
        <Card title id="owned" count class="flush">
            {(!owners.is_empty()).then(|| choice(owners, owner))}
            {body}
        </Card>
    }
}

fn row(owned: OwnedRow, back: String) -> impl IntoView {
    let OwnedRow {
        row,
        problems,
        starred,
    } = owned;
    let state = if problems.total() == 0 {
        view! { <span class="fine"><Icon glyph=Glyph::Done/>"No problem"</span> }.into_any()
    } else {
        let href = paths::entity_tab(&row.label.entity_ref, "problems");
        view! { <a class="bad" href=href>{badges(problems)}</a> }.into_any()
    };
    let entity_ref = row.label.entity_ref.clone();
    let title = row.label.title.clone();
    view! {
        <tr>
            <td><EntityLink label=row.label/></td>
            <td class="type">{row.entity_type}</td>
            <td class="lifecycle">{row.lifecycle.map(|stage| view! { <Lifecycle stage/> })}</td>
            <td>{state}</td>
            <td class="act">
                <MarkButton mark=Mark::Star entity_ref title on=starred back/>
            </td>
        </tr>
    }
}

/// The form that chooses an owner.
fn choice(owners: Vec<EntityLabel>, chosen: Option<EntityLabel>) -> impl IntoView {
    let chosen = chosen.map(|owner| owner.entity_ref);
    let groups = ["group", "user"].map(|wanted| {
        let options: Vec<_> = owners
            .iter()
            .filter(|owner| owner.entity_ref.kind == wanted)
            .map(|owner| {
                let selected = chosen.as_ref() == Some(&owner.entity_ref);
                let reference = owner.entity_ref.to_string();
                view! { <option value=reference selected=selected>{owner.title.clone()}</option> }
            })
            .collect();
        (!options.is_empty())
            .then(|| view! { <optgroup label=kind::plural(wanted)>{options}</optgroup> })
    });
    view! {
        <form class="choice" method="post" action=paths::ME>
            <input type="hidden" name="back" value=paths::HOME/>
            <select name="owner" aria-label="Owner" data-submit>
                <option value="">"Nobody"</option>
                {groups.collect_view()}
            </select>
            <button class="btn">"Show"</button>
        </form>
    }
}
