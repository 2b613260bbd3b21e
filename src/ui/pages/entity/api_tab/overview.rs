//! What a definition says about itself.
use callboard_model::view::{ApiHead, ApiSecurity, ApiServer, ApiView};
use leptos::prelude::*;

use super::{super::link::OuterLink, schema::facts};
use crate::ui::{
    kit::{
        card::Card, copy_button::CopyButton, empty_state::EmptyState, icon::Glyph,
        key_value::KeyValue,
    },
    pages::markdown::Markdown,
};

/// Description, servers, authentication and facts.
pub(super) fn overview(head: ApiHead, view: &ApiView) -> impl IntoView + use<> {
    let facts = head
        .facts
        .into_iter()
        .map(|fact| {
            let (name, url) = (fact.name, fact.value);
            view! { <KeyValue name=name><OuterLink url=url.clone() text=url/></KeyValue> }
        })
        .collect_view();
    let about = head.description.is_some() || !facts.is_empty();
    let nothing = view.operations == 0 && view.schemas == 0;
    let says = about || !head.servers.is_empty() || !head.security.is_empty();
    let servers = head.servers.into_iter().enumerate();
    let servers = servers
        .map(|(place, one)| server(one, place))
        .collect_view();
    let security = head.security.into_iter().map(security).collect_view();
    view! {
        {about
            .then(|| {
                view! {
                    <Card title="About this API" id="api-about">
                        {head.description.map(|text| view! { <Markdown text/> })}
                        {(!facts.is_empty()).then(|| view! { <dl class="kv">{facts}</dl> })}
                    </Card>
                }
            })}
        {nothing
            .then(|| {
                view! {
                    <EmptyState glyph=Glyph::Api title="No operations and no types">
                        <p>"Nothing was found in the definition. Its text may say more."</p>
                    </EmptyState>
                }
            })}
        {(!servers.is_empty())
            .then(|| view! { <Card title="Servers" id="api-servers"><ul class="api-parts">{servers}</ul></Card> })}
        {(!security.is_empty())
            .then(|| view! { <Card title="Authentication" id="api-security"><ul class="api-parts">{security}</ul></Card> })}
        {(!says && !nothing)
            .then(|| {
                view! {
                    <EmptyState glyph=Glyph::Api title="Choose an operation or a type">
                        <p>"The definition says nothing about itself. Its operations and types are in the list."</p>
                    </EmptyState>
                }
            })}
    }
}

fn server(server: ApiServer, place: usize) -> impl IntoView {
    let id = format!("api-server-{place}");
    let source = format!("#{id}");
    view! {
        <li>
            <p class="api-path">
                {server.protocol.map(|protocol| view! { <span class="tag">{protocol}</span> })}
                <code id=id>{server.url}</code>
                <CopyButton source label="Copy the address"/>
            </p>
            {server.description.map(|text| view! { <Markdown text/> })}
            {facts(server.variables)}
        </li>
    }
}

fn security(security: ApiSecurity) -> impl IntoView {
    view! {
        <li>
            <p class="api-path"><code>{security.name}</code><span><crate::ui::kit::prose::Prose text=security.kind/></span></p>
            {security.description.map(|text| view! { <Markdown text/> })}
            {facts(security.facts)}
        </li>
    }
}
