//! The head of an entity's page: name, reference, the facts people look for first, and its tabs.
use callboard_model::view::{EntityHead, EntityLabel};
use leptos::prelude::*;

use super::{frame::Tab, link::safe};
use crate::{
    paths,
    ui::{
        components::{entity_link::EntityLinks, kind, lifecycle::Lifecycle},
        kit::{
            copy_button::CopyButton,
            icon::{Glyph, Icon},
            key_value::KeyValue,
            number::thousands,
        },
    },
};

/// Name, reference, facts and tabs.
#[component]
pub(super) fn EntityHeader(
    /// What is known of the entity.
    head: EntityHead,
    /// The tab that is shown.
    tab: Tab,
) -> impl IntoView {
    let reference = head.label.entity_ref.to_string();
    let (glyph, class) = kind::look(&head.label.kind);
    let tabs = tabs(&head, tab);
    let source = action(head.view_url.as_deref(), "View source", Glyph::External);
    let edit = action(head.edit_url.as_deref(), "Edit", Glyph::Edit);
    view! {
        <header class="head entity">
            <span class=format!("mark {class}")><Icon glyph/></span>
            <div>
                <nav class="crumbs" aria-label="Breadcrumb">
                    <a href=paths::CATALOG>"Catalog"</a>
                    <a href=paths::kind(&head.label.kind)>{kind::plural(&head.label.kind)}</a>
                </nav>
                <h1>{head.label.title}</h1>
                <p class="ref"><code>{reference.clone()}</code><CopyButton source=reference label="Copy the reference"/></p>
            </div>
            <div class="actions">{source}{edit}</div>
        </header>
        <dl class="kv facts">
            {fact("Owner", head.owners)}
            {fact("System", head.systems)}
            {fact("Domain", head.domains)}
            {head.entity_type.map(|text| view! { <KeyValue name="Type">{text}</KeyValue> })}
            {head.lifecycle.map(|stage| view! { <KeyValue name="Lifecycle"><Lifecycle stage/></KeyValue> })}
        </dl>
        {tabs}
    }
}

/// A button that leads out of the portal.
fn action(url: Option<&str>, text: &'static str, glyph: Glyph) -> Option<impl IntoView + use<>> {
    let url = safe(url?)?.to_owned();
    Some(view! { <a class="btn" href=url rel="noopener"><Icon glyph/>{text}</a> })
}

/// Entities under a name; nothing when there are none.
fn fact(name: &'static str, labels: Vec<EntityLabel>) -> Option<impl IntoView> {
    (!labels.is_empty()).then(|| view! { <KeyValue name><EntityLinks labels/></KeyValue> })
}

/// The row of tabs: those that have something to show, and the one that is open.
fn tabs(head: &EntityHead, open: Tab) -> impl IntoView + use<> {
    let entity_ref = head.label.entity_ref.clone();
    let items = Tab::ALL
        .into_iter()
        .filter_map(|tab| {
            let count = match tab {
                Tab::Overview | Tab::Yaml => None,
                Tab::Relations => Some(head.relations),
                Tab::Api => Some(head.apis),
                Tab::Problems => Some(head.problems),
            };
            if count == Some(0) && tab != open {
                return None;
            }
            let (part, name) = tab.names();
            let current = (tab == open).then_some("page");
            let count = count.map(|count| view! { " "<b>{thousands(count)}</b> });
            let href = paths::entity_tab(&entity_ref, part);
            Some(view! { <li><a href=href aria-current=current>{name}{count}</a></li> })
        })
        .collect_view();
    view! {
        <nav class="anchors" aria-label="About this entity">
            <ul class="tabs">{items}</ul>
        </nav>
    }
}
