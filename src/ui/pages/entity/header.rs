//! The head of an entity's page: name, reference, the facts people look for first, and links to its sections.
use callboard_model::{
    annotation,
    view::{EntityLabel, EntityView, RelationGroup},
};
use leptos::prelude::*;

use super::link::safe;
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

/// Which sections the page has.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sections {
    /// Number of related entities.
    pub(super) relations: usize,
    /// Whether there is a definition of an API.
    pub(super) definition: bool,
    /// Number of changes.
    pub(super) changes: usize,
}

/// Name, reference, facts and sections.
#[component]
pub(super) fn EntityHeader(
    /// The entity.
    view: EntityView,
    /// Its relations, for system and domain.
    relations: Vec<RelationGroup>,
    /// Which sections the page has.
    sections: Sections,
) -> impl IntoView {
    let reference = view.label.entity_ref.to_string();
    let (glyph, class) = kind::look(&view.label.kind);
    let entity = &view.entity;
    let source = action(
        entity.annotation(annotation::VIEW_URL),
        "View source",
        Glyph::External,
    );
    let edit = action(entity.annotation(annotation::EDIT_URL), "Edit", Glyph::Edit);
    let lifecycle = entity.spec_str("lifecycle").map(str::to_owned);
    let entity_type = entity.spec_str("type").map(str::to_owned);
    view! {
        <header class="head entity">
            <span class=format!("mark {class}")><Icon glyph/></span>
            <div>
                <nav class="crumbs" aria-label="Breadcrumb">
                    <a href=paths::CATALOG>"Catalog"</a>
                    <a href=paths::kind(&view.label.kind)>{kind::plural(&view.label.kind)}</a>
                </nav>
                <h1>{view.label.title}</h1>
                <p class="ref"><code>{reference.clone()}</code><CopyButton source=reference label="Copy the reference"/></p>
            </div>
            <div class="actions">{source}{edit}</div>
        </header>
        <dl class="kv facts">
            {fact("Owner", view.owners)}
            {fact("System", parents(&relations, "system"))}
            {fact("Domain", parents(&relations, "domain"))}
            {entity_type.map(|text| view! { <KeyValue name="Type">{text}</KeyValue> })}
            {lifecycle.map(|stage| view! { <KeyValue name="Lifecycle"><Lifecycle stage/></KeyValue> })}
        </dl>
        {anchors(sections)}
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

/// Returns the entities of one kind that this one is part of.
fn parents(relations: &[RelationGroup], kind: &str) -> Vec<EntityLabel> {
    relations
        .iter()
        .filter(|group| group.relation_type == "partOf")
        .flat_map(|group| &group.targets)
        .filter(|row| row.label.entity_ref.kind == kind)
        .map(|row| row.label.clone())
        .collect()
}

/// Links to the sections of the page.
fn anchors(sections: Sections) -> impl IntoView {
    let link = |href: &'static str, text: &'static str, count: usize| {
        let count = (count > 0).then(|| view! { " "<b>{thousands(count)}</b> });
        view! { <li><a href=href>{text}{count}</a></li> }
    };
    view! {
        <nav class="anchors" aria-label="On this page">
            <ul class="tabs">
                {link("#about", "About", 0)}
                {sections.definition.then(|| link("#definition", "Definition", 0))}
                {(sections.relations > 0).then(|| link("#relations", "Relations", sections.relations))}
                {link("#source", "Source", 0)}
                {(sections.changes > 0).then(|| link("#history", "History", 0))}
                {link("#yaml", "YAML", 0)}
            </ul>
        </nav>
    }
}
