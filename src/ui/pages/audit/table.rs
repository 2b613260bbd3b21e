//! The entries of the audit log as a table; each has the rest of what is known folded away below it.
use callboard_model::view::{AuditQuery, AuditRow};
use leptos::prelude::*;

use super::super::json::{is_empty, readable};
use crate::{
    paths,
    ui::{
        components::{
            decision::{DecisionMark, ResultMark},
            entity_text::{EntityText, as_entity},
            kind,
            when::Stamp,
        },
        kit::{
            copy_button::CopyButton,
            dash::Dash,
            icon::{Glyph, Icon},
            key_value::KeyValue,
        },
    },
};

/// How many columns there are.
const COLUMNS: &str = "7";

/// Entries, the newest first.
#[component]
pub(super) fn AuditTable(
    /// The entries.
    rows: Vec<AuditRow>,
    /// What the page asks for: links in the table narrow it.
    query: AuditQuery,
) -> impl IntoView {
    let entries = rows
        .into_iter()
        .map(|row| entry(row, &query))
        .collect_view();
    view! {
        <div class="scroll">
            <table class="table stacked log">
                <caption class="vh">"Entries of the audit log"</caption>
                <thead>
                    <tr>
                        <th scope="col">"Time (UTC)"</th>
                        <th scope="col">"Actor"</th>
                        <th scope="col">"Event"</th>
                        <th scope="col">"Resource"</th>
                        <th scope="col">"Decision"</th>
                        <th scope="col">"Result"</th>
                        <th scope="col">"Address"</th>
                    </tr>
                </thead>
                {entries}
            </table>
        </div>
    }
}

/// An entry: a row of what people look for, and a row that opens.
fn entry(row: AuditRow, query: &AuditQuery) -> impl IntoView + use<> {
    let none = || view! { <Dash/> }.into_any();
    let decision = row.decision.clone().map_or_else(none, |decision| {
        view! { <DecisionMark decision/> }.into_any()
    });
    let resource = row
        .resource
        .clone()
        .map_or_else(none, |text| view! { <EntityText text/> }.into_any());
    let by_event = paths::audit(&AuditQuery {
        event: row.event.clone(),
        before: None,
        ..query.clone()
    });
    view! {
        <tbody>
            <tr>
                <td><Stamp at=row.at/></td>
                <td data-label="Actor">{actor(&row.actor, query)}</td>
                <td data-label="Event"><a class="code-text" href=by_event>{row.event.clone()}</a></td>
                <td data-label="Resource">{resource}</td>
                <td data-label="Decision">{decision}</td>
                <td data-label="Result"><ResultMark result=row.result.clone()/></td>
                <td data-label="Address"><code>{row.address.clone()}</code></td>
            </tr>
            <tr class="rest"><td colspan=COLUMNS>{details(row)}</td></tr>
        </tbody>
    }
}

/// Who did it; leads to everything that actor did.
fn actor(actor: &str, query: &AuditQuery) -> impl IntoView + use<> {
    let href = paths::audit(&AuditQuery {
        actor: actor.to_owned(),
        before: None,
        ..query.clone()
    });
    let (glyph, colour) = match as_entity(actor) {
        Some(entity) => kind::look(&entity.kind),
        None if actor == "anonymous" => (Glyph::Info, "k-other"),
        None => (Glyph::Key, "k-other"),
    };
    view! { <a class=format!("el {colour}") href=href><Icon glyph/>{actor.to_owned()}</a> }
}

/// What else is known about an entry.
fn details(row: AuditRow) -> impl IntoView {
    let label = format!("Details of entry {}: {}", row.seq, row.event);
    let hash = format!("hash-{}", row.seq);
    let permission = row
        .permission
        .map(|name| view! { <KeyValue name="Permission"><code>{name}</code></KeyValue> });
    let person = as_entity(&row.actor)
        .map(|_| view! { <KeyValue name="Actor in the catalog"><EntityText text=row.actor.clone()/></KeyValue> });
    let detail = (!is_empty(&row.detail)).then(|| {
        let text = readable(&row.detail);
        view! { <pre class="wrapped"><code>{text}</code></pre> }
    });
    view! {
        <details>
            <summary title="Details"><span class="vh">{label}</span><span class="word" aria-hidden="true">"Details"</span><Icon glyph=Glyph::More/></summary>
            <dl class="kv">
                <KeyValue name="Entry"><code>{row.seq}</code></KeyValue>
                {permission} {person}
                <KeyValue name="Request"><code>{row.request_id}</code></KeyValue>
                <div class="whole">
                    <dt>"Hash"</dt>
                    <dd class="hash"><code id=hash.clone()>{row.hash}</code><CopyButton source=format!("#{hash}") label="Copy the hash"/></dd>
                </div>
            </dl>
            {detail}
        </details>
    }
}
