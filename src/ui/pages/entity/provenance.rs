//! Where an entity came from and what happened to it.
use callboard_model::{
    annotation,
    view::{Ancestor, ChangeRow, EntityLabel, EntityText, EntityView},
};
use leptos::prelude::*;

use super::link::OuterLink;
use crate::platform::now_ms;
use crate::{
    paths,
    ui::{
        components::{
            change_list::{ChangeList, Subject},
            entity_link::EntityLink,
        },
        kit::{card::Card, key_value::KeyValue, number::thousands},
    },
};

/// File, registered location and folder of the code.
#[component]
pub(super) fn SourceCard(
    /// The entity.
    view: EntityView,
) -> impl IntoView {
    let code = view
        .entity
        .annotation(annotation::SOURCE_LOCATION)
        .map(str::to_owned);
    let origin = view
        .origin
        .filter(|origin| view.source.as_ref() != Some(origin));
    let inspect = paths::entity_tab(&view.label.entity_ref, "yaml");
    view! {
        <Card title="Where it came from" id="source">
            <dl class="kv">
                {view.source.map(|text| place("File", text))}
                {origin.map(|text| place("Registered by", text))}
                {code.map(|text| place("Source code", text))}
            </dl>
            <p class="further"><a href=inspect>"Inspect"</a></p>
        </Card>
    }
}

/// A file or a page elsewhere, as a link where a browser can follow it.
fn place(name: &'static str, text: String) -> impl IntoView {
    view! { <KeyValue name>{file(text)}</KeyValue> }
}

fn file(text: String) -> AnyView {
    let address = text.strip_prefix("url:").unwrap_or(&text).to_owned();
    if address.starts_with("https://") || address.starts_with("http://") {
        view! { <OuterLink url=address.clone() text=address/> }.into_any()
    } else {
        view! { <code>{text}</code> }.into_any()
    }
}

/// The last changes, newest first.
#[component]
pub(super) fn HistoryCard(
    /// The changes.
    changes: Vec<ChangeRow>,
) -> impl IntoView {
    (!changes.is_empty()).then(|| {
        view! {
            <Card title="History" id="history">
                <ChangeList changes subject=Subject::Understood now=now_ms()/>
            </Card>
        }
    })
}

/// The locations that led to the entity, from the registered one on.
#[component]
pub(super) fn WayCard(
    /// The way, the entity itself last.
    ancestry: Vec<Ancestor>,
    /// The registered location.
    origin: Option<String>,
) -> impl IntoView {
    let is_direct = ancestry.len() < 2;
    let items = ancestry
        .into_iter()
        .map(|mut one| {
            let is_registration = one.label.entity_ref.name.starts_with("generated-");
            if is_registration && one.label.kind == "Location" {
                "Registered location".clone_into(&mut one.label.title);
                one.source.clone_from(&origin);
            }
            let place = one.source.map(|text| view! { <small>{file(text)}</small> });
            view! { <li><EntityLink label=one.label/>{place}</li> }
        })
        .collect_view();
    let registered = origin
        .filter(|_| is_direct)
        .map(|text| view! { <li><b>"Registered"</b><small>{file(text)}</small></li> });
    view! { <Card title="How it came in" id="way"><ol class="way">{registered}{items}</ol></Card> }
}

/// What else the same file brought.
#[component]
pub(super) fn ColocatedCard(
    /// The first of them.
    labels: Vec<EntityLabel>,
    /// How many there are.
    total: usize,
) -> impl IntoView {
    (total > 0).then(|| {
        let rest = total - labels.len().min(total);
        let more = (rest > 0).then(|| {
            let text = format!("and {} more", thousands(rest));
            view! { <li class="none">{text}</li> }
        });
        let items = labels
            .into_iter()
            .map(|label| view! { <li><EntityLink label/></li> })
            .collect_view();
        view! { <Card title="From the same file" id="colocated" count=total><ul class="lines">{items}{more}</ul></Card> }
    })
}

/// What tells the entity and its versions apart.
#[component]
pub(super) fn IdentityCard(
    /// The entity.
    view: EntityText,
) -> impl IntoView {
    let line = |name: &'static str, text: Option<String>| {
        text.map(|text| view! { <KeyValue name><code>{text}</code></KeyValue> })
    };
    view! {
        <Card title="Identity" id="identity">
            <dl class="kv">{line("Uid", view.uid)} {line("Etag", view.etag)}</dl>
        </Card>
    }
}
