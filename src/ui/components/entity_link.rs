//! An entity by name: icon of its kind, title, link.
use callboard_model::view::EntityLabel;
use leptos::prelude::*;

use super::kind;
use crate::{paths, ui::kit::icon::Icon};

/// A link to an entity, or its name with a remark when the catalog does not have it.
#[component]
pub fn EntityLink(
    /// Who it is.
    label: EntityLabel,
) -> impl IntoView {
    let (glyph, colour) = kind::look(&label.kind);
    if label.exists {
        let href = paths::entity(&label.entity_ref);
        view! { <a class=format!("el {colour}") href=href><Icon glyph/>{label.title}</a> }
            .into_any()
    } else {
        let reference = label.entity_ref.to_string();
        view! {
            <span class="el gone" title=format!("{reference} is not in the catalog")>
                <Icon glyph/>
                {label.title}
                <em>"missing"</em>
            </span>
        }
        .into_any()
    }
}

/// A link to an entity by its title alone, for places where the kind is clear.
#[component]
pub fn EntityName(
    /// Who it is.
    label: EntityLabel,
) -> impl IntoView {
    if label.exists {
        view! { <a href=paths::entity(&label.entity_ref)>{label.title}</a> }.into_any()
    } else {
        view! { <EntityLink label/> }.into_any()
    }
}

/// Several entities in a line.
#[component]
pub fn EntityLinks(
    /// Who they are.
    labels: Vec<EntityLabel>,
) -> impl IntoView {
    view! {
        <span class="els">{labels.into_iter().map(|label| view! { <EntityLink label/> }).collect_view()}</span>
    }
}
