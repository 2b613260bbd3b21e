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
        kit::{card::Card, key_value::KeyValue},
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
            <svg viewBox="0 0 48 48" aria-hidden="true">
                <circle cx="24" cy="24" r="24"></circle>
                <text x="24" y="24" dy=".36em" text-anchor="middle">{initials(&name)}</text>
            </svg>
            <p><b>{name}</b>{email}</p>
        </div>
    }
}

/// Returns the first letters of the first and the last word of a name.
fn initials(name: &str) -> String {
    let words: Vec<&str> = name
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    let ends = match words.as_slice() {
        [] => return String::new(),
        [only] => vec![*only],
        [first, .., last] => vec![*first, *last],
    };
    ends.iter()
        .filter_map(|word| word.chars().next())
        .flat_map(char::to_uppercase)
        .collect()
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

#[cfg(test)]
mod tests {
    use super::initials;

    #[test]
    fn initials_are_those_of_first_and_last_name() {
        assert_eq!(initials("Ada King Lovelace"), "AL");
        assert_eq!(initials("team-payments"), "TP");
        assert_eq!(initials("Élodie"), "É");
        assert_eq!(initials(""), "");
    }
}
