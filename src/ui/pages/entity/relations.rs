//! What an entity has to do with others, one table for each group.
use callboard_model::{
    EntityRef,
    view::{GraphQuery, RelationGroup},
};
use leptos::prelude::*;

use crate::{
    paths,
    ui::{
        components::entity_table::{Column, EntityTable},
        kit::{card::Card, number::thousands},
    },
};

/// A card with a table for each group.
#[component]
pub(super) fn Relations(
    /// The groups.
    groups: Vec<RelationGroup>,
    /// The entity, where the page does not show every relation.
    #[prop(optional_no_strip, into)]
    of: Option<EntityRef>,
) -> impl IntoView {
    groups
        .into_iter()
        .map(|group| {
            let columns = if group.relation_type == "ownerOf" {
                Column::OWNED
            } else {
                Column::BRIEF
            };
            let id = if group.kind.is_empty() {
                group.relation_type.clone()
            } else {
                format!("{}-{}", group.relation_type, group.kind)
            };
            let all = of
                .as_ref()
                .filter(|_| group.total > group.targets.len())
                .map(|of| {
                    let href = paths::relations(of, &all_of(&group.relation_type, &group.kind));
                    let text = format!("Show all {}", thousands(group.total));
                    view! { <p class="all"><a href=href>{text}</a></p> }
                });
            view! {
                <Card title=group.title.clone() id count=group.total class="flush related">
                    <EntityTable rows=group.targets columns caption=group.title/>
                    {all}
                </Card>
            }
        })
        .collect_view()
}

/// Returns the question for every relation of a type to a kind; to all kinds when it is empty.
fn all_of(relation_type: &str, kind: &str) -> GraphQuery {
    let kinds = Some(kind.to_owned()).filter(|kind| !kind.is_empty());
    GraphQuery {
        direction: "any".to_owned(),
        relation: vec![relation_type.to_owned()],
        kind: kinds.into_iter().collect(),
        ..GraphQuery::default()
    }
}

/// Says which fields make relations, where there are none.
#[component]
pub(super) fn NoRelations(
    /// Lower-case kind of the entity.
    kind: String,
) -> impl IntoView {
    let fields: &[&str] = match kind.as_str() {
        "component" => &[
            "spec.dependsOn",
            "spec.providesApis",
            "spec.consumesApis",
            "spec.system",
        ],
        "resource" => &["spec.dependsOn", "spec.dependencyOf", "spec.system"],
        "api" => &["spec.system"],
        "system" => &["spec.domain"],
        "domain" => &["spec.subdomainOf"],
        _ => &[],
    };
    (!fields.is_empty()).then(|| {
        let last = fields.len() - 1;
        let names = fields
            .iter()
            .enumerate()
            .map(|(at, field)| {
                let before = match at {
                    0 => "",
                    at if at == last => " and ",
                    _ => ", ",
                };
                view! { {before}<code>{*field}</code> }
            })
            .collect_view();
        view! {
            <Card title="Relations" id="none">
                <p class="none">
                    "Nothing refers to this, and it refers to nothing but its owner and what it is part of. What it has \
                     to do with others is said by " {names} " in its file, and in the files of the others."
                </p>
            </Card>
        }
    })
}
