//! The card "What I own" of the home page, with the choice of the owner.
use callboard_model::view::{EntityLabel, EntityRow};
use leptos::prelude::*;

use crate::{
    paths,
    ui::{
        components::{
            entity_table::{BriefTable, Column},
            kind,
        },
        kit::{card::Card, number::thousands},
    },
};

/// What one owner has, and a form that chooses another owner.
#[component]
pub(super) fn OwnedCard(
    /// Everyone who can be chosen.
    owners: Vec<EntityLabel>,
    /// Who is chosen.
    owner: Option<EntityLabel>,
    /// What they own, the first rows.
    rows: Vec<EntityRow>,
    /// How many they own in all.
    total: usize,
) -> impl IntoView {
    let title = owner.as_ref().map_or_else(
        || "What I own".to_owned(),
        |owner| format!("Owned by {}", owner.title),
    );
    let body = match &owner {
        None => view! {
            <p class="none">"Choose yourself or your team, and what you own is listed here each time you come."</p>
        }
        .into_any(),
        Some(_) if rows.is_empty() => view! {
            <p class="none">"Nothing names this owner. An entity does so with "<code>"spec.owner"</code>"."</p>
        }
        .into_any(),
        Some(owner) => {
            let rest = (total > rows.len()).then(|| {
                let text = format!("Show all {}", thousands(total));
                view! { <p class="none"><a href=paths::owned_by(&owner.entity_ref)>{text}</a></p> }
            });
            view! { <BriefTable rows columns=Column::OWNED caption=title.clone()/> {rest} }.into_any()
        }
    };
    let count = owner.as_ref().map(|_| total);
    view! {
        <Card title id="owned" count class="flush">
            {(!owners.is_empty()).then(|| choice(owners, owner))}
            {body}
        </Card>
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
