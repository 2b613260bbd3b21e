//! Where an entity came from and what happened to it.
use callboard_model::{
    annotation,
    view::{ChangeRow, EntityView},
};
use leptos::prelude::*;

use super::link::OuterLink;
use crate::platform::now_ms;
use crate::ui::{
    components::change_list::{ChangeList, Subject},
    kit::{card::Card, key_value::KeyValue},
};

/// File, registered location and identity.
#[component]
pub(super) fn SourceCard(
    /// The entity.
    view: EntityView,
) -> impl IntoView {
    let metadata = &view.entity.metadata;
    let code = view
        .entity
        .annotation(annotation::SOURCE_LOCATION)
        .map(str::to_owned);
    let uid = metadata.uid.clone();
    let etag = metadata.etag.clone();
    view! {
        <Card title="Where it came from" id="source">
            <dl class="kv">
                {view.source.map(|text| place("File", text))}
                {view.origin.map(|text| place("Registered by", text))}
                {code.map(|text| place("Source code", text))}
                {uid.map(|text| view! { <KeyValue name="Uid"><code>{text}</code></KeyValue> })}
                {etag.map(|text| view! { <KeyValue name="Etag"><code>{text}</code></KeyValue> })}
            </dl>
        </Card>
    }
}

/// A file or a page elsewhere, as a link where a browser can follow it.
fn place(name: &'static str, text: String) -> impl IntoView {
    let address = text.strip_prefix("url:").unwrap_or(&text).to_owned();
    let content = if address.starts_with("https://") || address.starts_with("http://") {
        view! { <OuterLink url=address.clone() text=address/> }.into_any()
    } else {
        view! { <code>{text}</code> }.into_any()
    };
    view! { <KeyValue name>{content}</KeyValue> }
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
