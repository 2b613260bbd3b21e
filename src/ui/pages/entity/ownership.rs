//! What a group or user owns, by kind and type.
use callboard_model::{
    EntityRef,
    view::{CatalogQuery, OrgQuery, OwnedCount, Ownership},
};
use leptos::prelude::*;

use super::members::address;
use crate::{
    paths,
    ui::{
        components::kind,
        kit::{card::Card, icon::Icon, number::thousands},
    },
};

/// Numbers that are shown before the rest folds away.
const OPEN: usize = 12;

/// More owners do not fit into an address.
const OWNERS: usize = 30;

/// Numbers that lead into the catalog.
#[component]
pub(super) fn OwnershipCard(
    /// What is owned.
    owned: Ownership,
    /// Who owns it.
    of: EntityRef,
    /// What the page asks for.
    query: OrgQuery,
) -> impl IntoView {
    let is_user = of.kind == "user";
    let choice = owned.has_groups.then(|| {
        let tab = |word: &'static str, text: &'static str, on: bool| {
            let href = address(&of, &query, "owned", word);
            let current = on.then_some("true");
            view! { <li><a href=href aria-current=current>{text}</a></li> }
        };
        let (own, through) = (!owned.through_groups, owned.through_groups);
        let tabs = if is_user {
            view! { {tab("", "Own and of groups", through)} {tab("own", "Own", own)} }.into_any()
        } else {
            view! { {tab("", "Direct", own)} {tab("all", "With groups below", through)} }.into_any()
        };
        view! { <nav class="choice" aria-label="Whose things"><ul class="tabs">{tabs}</ul></nav> }
    });
    let mut counts = owned.counts;
    let rest = counts.split_off(OPEN.min(counts.len()));
    let owners = owned.owners;
    let tiles = |counts: Vec<OwnedCount>| {
        let tiles = counts
            .into_iter()
            .map(|count| tile(count, &owners))
            .collect_view();
        view! { <ul class="owned-counts">{tiles}</ul> }
    };
    let content = if counts.is_empty() {
        view! { <p class="none">"Nothing. An entity belongs to whom its file names under "<code>"spec.owner"</code>"."</p> }
            .into_any()
    } else {
        let rest = (!rest.is_empty())
            .then(|| view! { <details class="rest"><summary>"Show the rest"</summary>{tiles(rest)}</details> });
        view! { {tiles(counts)} {rest} }.into_any()
    };
    view! { <Card title="Owns" id="owned" count=owned.total>{choice} {content}</Card> }
}

fn tile(count: OwnedCount, owners: &[String]) -> impl IntoView + use<> {
    let (glyph, colour) = kind::look(&count.kind);
    let kind = count.kind.clone();
    let name = if count.count == 1 {
        kind::name(&kind)
    } else {
        kind::plural(&kind)
    };
    let entity_type = count.entity_type.clone();
    let small =
        (!entity_type.is_empty()).then(|| view! { <small><bdi>{entity_type}</bdi></small> });
    let content = view! {
        <span class=colour><Icon glyph/></span><b>{thousands(count.count)}</b><span>{name}{small}</span>
    };
    if owners.len() > OWNERS {
        return view! { <li><span class="tile">{content}</span></li> }.into_any();
    }
    let types = Some(count.entity_type).filter(|text| !text.is_empty());
    let href = paths::catalog(&CatalogQuery {
        kind: count.kind.to_lowercase(),
        entity_type: types.into_iter().collect(),
        owner: owners.to_vec(),
        ..CatalogQuery::default()
    });
    view! { <li><a class="tile" href=href>{content}</a></li> }.into_any()
}
