//! The first tab of an entity's page.
use callboard_model::{
    EntityRef,
    view::{EntityHead, EntityView, MiniGraph, OrgQuery, OrgView},
};
use leptos::prelude::*;
use leptos_router::{hooks::use_query_map, params::ParamsMap};

use super::{
    about::AboutCard,
    chart::ChartCard,
    details::{LinksCard, NotesCard},
    frame::{Tab, entity_tab},
    members::{MembersCard, groups_card},
    ownership::OwnershipCard,
    provenance::{HistoryCard, SourceCard},
    relations::{NoRelations, Relations},
    special::{ProducedCard, TemplateCard},
    warnings::Warnings,
};
use crate::{
    api::{
        catalog::{get_entity, get_entity_org},
        graph::get_mini_graph,
    },
    ui::{
        components::mini_graph::MiniGraph as MiniGraphView, kit::card::Card, pages::sheet::Sheet,
    },
};

/// What is most asked for.
#[component]
pub(in crate::ui::pages) fn EntityPage() -> impl IntoView {
    let query = use_query_map().with_untracked(parse);
    let tab = entity_tab(Tab::Overview, |wanted, head| async move {
        let EntityRef {
            kind,
            namespace,
            name,
        } = wanted.clone();
        let is_people = matches!(wanted.kind.as_str(), "group" | "user");
        let view = get_entity(kind.clone(), namespace.clone(), name.clone()).await?;
        let org = if is_people {
            Some(get_entity_org(kind, namespace, name, query.clone()).await?)
        } else {
            None
        };
        let EntityRef {
            kind,
            namespace,
            name,
        } = wanted;
        let mini = get_mini_graph(kind, namespace, name).await?;
        Ok(content(view, head, org, query, mini).into_any())
    });
    // Outside of what is waited for, like the sheet of the tabs.
    view! { <Sheet name="graph"/> {tab} }
}

fn content(
    mut view: EntityView,
    head: EntityHead,
    org: Option<OrgView>,
    query: OrgQuery,
    mini: MiniGraph,
) -> impl IntoView {
    let entity_ref = view.label.entity_ref.clone();
    let relations = std::mem::take(&mut view.relations);
    let changes = std::mem::take(&mut view.changes);
    let produced = view.produced.take();
    let is_alone = relations.is_empty() && org.is_none() && produced.is_none();
    let (people, chart) = match org {
        Some(org) => people(&entity_ref, org, query),
        None => (None, None),
    };
    let template = (entity_ref.kind == "template").then(|| view.entity.spec.clone());
    let around = mini.picture.is_some().then(|| {
        let entity_ref = entity_ref.clone();
        view! { <Card title="Around it" id="around"><MiniGraphView entity_ref mini/></Card> }
    });
    view! {
        <Warnings view=view.clone() head=head.clone()/>
        <div class="columns entity-columns">
            <div>
                <AboutCard view=view.clone() head/>
                {around}
                {template.flatten().map(|spec| view! { <TemplateCard spec/> })}
                {produced.map(|produced| view! { <ProducedCard produced/> })}
                {people}
                <Relations groups=relations of=entity_ref.clone()/>
                {is_alone.then(|| view! { <NoRelations kind=entity_ref.kind.clone()/> })}
            </div>
            <div>
                {chart}
                <LinksCard links=view.entity.metadata.links.clone()/>
                <SourceCard view=view.clone()/>
                <HistoryCard changes/>
                <NotesCard metadata=view.entity.metadata/>
            </div>
        </div>
    }
}

/// Shows members and what is owned, and the tree for the second column.
fn people(
    entity_ref: &EntityRef,
    org: OrgView,
    query: OrgQuery,
) -> (Option<AnyView>, Option<AnyView>) {
    let of = entity_ref.clone();
    let members = org.members.map(|members| {
        let (of, query) = (of.clone(), query.clone());
        view! { <MembersCard members of query/> }
    });
    // The tree of a group says what it is part of.
    let groups = (of.kind == "user").then(|| groups_card(org.groups, org.groups_total));
    let owned = org.owned;
    let main = view! {
        {groups}
        {members}
        <OwnershipCard owned of query/>
    };
    let (nodes, left_out) = (org.chart, org.left_out);
    let chart = (!nodes.is_empty()).then(|| view! { <ChartCard nodes left_out/> }.into_any());
    (Some(main.into_any()), chart)
}

fn parse(params: &ParamsMap) -> OrgQuery {
    let word = |key: &str| params.get_str(key).unwrap_or_default().to_owned();
    OrgQuery {
        members: word("members"),
        owned: word("owned"),
        page: params
            .get_str("page")
            .and_then(|page| page.parse().ok())
            .unwrap_or_default(),
    }
}
