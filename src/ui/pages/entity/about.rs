//! What an entity is, in the words of its file.
use callboard_model::{
    Entity,
    view::{CatalogQuery, EntityView},
};
use leptos::prelude::*;
use serde_json::Value;

use super::link::OuterLink;
use crate::{
    paths,
    ui::{
        components::tag_list::TagList,
        kit::{avatar::Avatar, card::Card, key_value::KeyValue},
    },
};

/// Description, profile, tags and targets.
#[component]
pub(super) fn AboutCard(
    /// The entity.
    view: EntityView,
) -> impl IntoView {
    let entity = view.entity;
    let description = match entity.metadata.description.clone() {
        Some(text) => view! { <p class="description">{text}</p> }.into_any(),
        None => view! {
            <p class="none">"No description. Add one under "<code>"metadata.description"</code>"."</p>
        }
        .into_any(),
    };
    let person = matches!(view.label.entity_ref.kind.as_str(), "user" | "group");
    let profile = person.then(|| profile(&entity));
    let namespace = entity.metadata.namespace.clone();
    let neighbours = paths::catalog(&CatalogQuery {
        namespace: vec![namespace.clone()],
        ..CatalogQuery::default()
    });
    let tags = entity.metadata.tags.clone();
    let targets = targets(&entity);
    view! {
        <Card title="About" id="about">
            {profile} {description}
            <dl class="kv">
                {(!tags.is_empty()).then(|| view! { <KeyValue name="Tags"><TagList tags/></KeyValue> })}
                {(!targets.is_empty())
                    .then(|| {
                        let lines = targets.into_iter().map(|text| view! { <code>{text}</code> }).collect_view();
                        view! { <KeyValue name="Targets"><span class="lines">{lines}</span></KeyValue> }
                    })}
                <KeyValue name="Namespace"><a href=neighbours>{namespace}</a></KeyValue>
            </dl>
        </Card>
    }
}

/// Initials, name and address of a user or group.
fn profile(entity: &Entity) -> impl IntoView + use<> {
    let name = entity.display_name().to_owned();
    let email = entity.profile("email").map(|email| {
        let url = format!("mailto:{email}");
        let text = email.to_owned();
        view! { <OuterLink url text/> }
    });
    view! {
        <div class="profile">
            <Avatar name=name.clone()/>
            <p><b>{name}</b>{email}</p>
        </div>
    }
}

/// Returns what a location names.
fn targets(entity: &Entity) -> Vec<String> {
    let Some(spec) = entity.spec.as_ref().filter(|_| entity.kind == "Location") else {
        return Vec::new();
    };
    let many = spec.get("targets").and_then(Value::as_array);
    spec.get("target")
        .into_iter()
        .chain(many.into_iter().flatten())
        .filter_map(|target| target.as_str().map(str::to_owned))
        .collect()
}
