//! The head of an entity's page: where it belongs, name, reference, the facts people look for first, and its tabs.
use callboard_model::view::{EntityHead, EntityLabel};
use leptos::prelude::*;

use super::{frame::Tab, link::safe, menu::ActionsMenu};
use crate::{
    paths,
    platform::now_ms,
    ui::{
        components::{
            entity_link::EntityLinks,
            kind,
            lifecycle::Lifecycle,
            star::{Mark, MarkButton},
            when::When,
        },
        kit::{
            badge::{Badge, Tone},
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
    let entity_ref = head.label.entity_ref.clone();
    let reference = entity_ref.to_string();
    let title = head.label.title.clone();
    let (glyph, class) = kind::look(&head.label.kind);
    let tabs = tabs(&head, tab);
    let source = head.view_url.as_deref().and_then(safe).map(|url| {
        view! { <a class="btn source" href=url.to_owned() rel="noopener"><Icon glyph=Glyph::External/>"View source"</a> }
    });
    let back = paths::entity_tab(&entity_ref, tab.names().0);
    let mark = |mark: Mark, on: bool| {
        let (entity_ref, title, back) = (entity_ref.clone(), title.clone(), back.clone());
        view! { <MarkButton mark entity_ref title on back/> }
    };
    view! {
        <header class="head entity">
            <span class=format!("mark {class}")><Icon glyph/></span>
            <div>
                {crumbs(&head)}
                <h1><bdi>{title.clone()}</bdi></h1>
                <p class="ref"><code>{reference.clone()}</code><CopyButton source=reference label="Copy the reference"/></p>
            </div>
            <div class="actions">
                {mark(Mark::Star, head.starred)} {mark(Mark::Watch, head.watched)} {source}
                <ActionsMenu head=head.clone() back=back.clone()/>
            </div>
        </header>
        {facts(head)}
        {tabs}
    }
}

/// The way from the catalog to the entity: its kind, and the domain and system that it is part of.
fn crumbs(head: &EntityHead) -> impl IntoView + use<> {
    let kind = &head.label.kind;
    let wholes = head.domains.iter().chain(&head.systems);
    let wholes = wholes
        .filter(|whole| whole.exists)
        .map(|whole| {
            let href = paths::entity(&whole.entity_ref);
            view! { <a href=href><bdi>{whole.title.clone()}</bdi></a> }
        })
        .collect_view();
    view! {
        <nav class="crumbs" aria-label="Breadcrumb">
            <a href=paths::CATALOG>"Catalog"</a>
            <a href=paths::kind(kind)>{kind::plural(kind)}</a>
            {wholes}
        </nav>
    }
}

/// Owner, stage and the like, in one line.
fn facts(head: EntityHead) -> impl IntoView {
    let owner = if head.lacks_owner && head.owners.is_empty() {
        let none = view! {
            <KeyValue name="Owner"><Badge tone=Tone::Warn text="Nobody" glyph=Glyph::Problem/></KeyValue>
        };
        Some(none.into_any())
    } else {
        fact("Owner", head.owners)
    };
    let changed = head.change.map(|change| {
        let history = format!("{}#history", paths::entity(&head.label.entity_ref));
        view! {
            <KeyValue name="Last change">
                <a href=history title=change.cause><When at=change.at now=now_ms()/></a>
            </KeyValue>
        }
    });
    view! {
        <dl class="facts in-line">
            {owner}
            {head.lifecycle.map(|stage| view! { <KeyValue name="Lifecycle"><Lifecycle stage/></KeyValue> })}
            {head.entity_type.map(|text| view! { <KeyValue name="Type"><bdi>{text}</bdi></KeyValue> })}
            {fact("System", head.systems)}
            {fact("Domain", head.domains)}
            {changed}
        </dl>
    }
}

/// Entities under a name; nothing when there are none.
fn fact(name: &'static str, labels: Vec<EntityLabel>) -> Option<AnyView> {
    (!labels.is_empty())
        .then(|| view! { <KeyValue name><EntityLinks labels/></KeyValue> }.into_any())
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
            <ul class="tabs" data-tabs>{items}</ul>
        </nav>
    }
}
