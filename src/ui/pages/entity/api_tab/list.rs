//! The list of operations and types, and what a search in it finds.
use callboard_model::view::{ApiEntry, ApiFound, ApiGroup, ApiQuery};
use leptos::prelude::*;

use super::operation::Verb;
use crate::{
    paths,
    ui::{
        kit::{
            empty_state::EmptyState,
            icon::{Glyph, Icon},
            number::thousands,
            pagination::Pagination,
        },
        pages::markdown::Markdown,
    },
};

/// The list beside the definition, with the search above it.
pub(super) fn list(groups: Vec<ApiGroup>, query: &ApiQuery) -> impl IntoView + use<> {
    let entity = callboard_model::EntityRef::new(&query.kind, &query.namespace, &query.name);
    let action = paths::entity_tab(&entity, "api");
    let groups = groups
        .into_iter()
        .map(|one| group(one, query))
        .collect_view();
    let overview = query.op.is_empty() && query.schema.is_empty() && query.q.is_empty();
    let current = overview.then_some("page");
    view! {
        <div class="api-side">
            <form class="filter" role="search" aria-label="In this definition" action=action.clone()>
                <Icon glyph=Glyph::Search/>
                <input
                    type="search"
                    name="q"
                    value=query.q.clone()
                    placeholder="Operation, type or field"
                    aria-label="Search this definition"
                />
                <button class="btn">"Search"</button>
            </form>
            <details class="facets">
                <summary class="btn">"Operations and types"</summary>
                <nav aria-label="Operations and types">
                    <a class="api-entry" href=action aria-current=current>"Overview"</a>
                    {groups}
                </nav>
            </details>
        </div>
    }
}

/// One group: unfolded with its entries, or a link that unfolds it.
fn group(group: ApiGroup, query: &ApiQuery) -> AnyView {
    let here = ApiQuery {
        q: String::new(),
        op: String::new(),
        schema: String::new(),
        group: group.key.clone(),
        raw: false,
        page: 0,
        ..query.clone()
    };
    let count = thousands(group.count);
    if !group.open {
        let href = paths::api_here(&here);
        return view! {
            <section class="api-group">
                <h3 dir="auto"><a href=href>{group.title}" "<span class="count">{count}</span></a></h3>
            </section>
        }
        .into_any();
    }
    let entries = group
        .entries
        .into_iter()
        .map(|entry| self::entry(entry, query, false))
        .collect_view();
    let page_of = here.clone();
    let href = Box::new(move |page| {
        paths::api_here(&ApiQuery {
            page,
            ..page_of.clone()
        })
    });
    view! {
        <section class="api-group">
            <h3 dir="auto">{group.title}" "<span class="count">{count}</span></h3>
            {group.description.map(|text| view! { <Markdown text level=4/> })}
            <ul>{entries}</ul>
            <Pagination page=group.page pages=group.pages href/>
        </section>
    }
    .into_any()
}

/// One line, as a link to what it names.
fn entry(entry: ApiEntry, query: &ApiQuery, detailed: bool) -> impl IntoView + use<> {
    let href = paths::api_here(&ApiQuery {
        q: String::new(),
        group: String::new(),
        raw: false,
        page: 0,
        op: entry.op.clone(),
        schema: entry.schema.clone(),
        ..query.clone()
    });
    let is_operation = !entry.op.is_empty();
    let verb = is_operation || detailed;
    let summary = entry.summary.filter(|summary| *summary != entry.text);
    view! {
        <li>
            <a class="api-entry" class:gone=entry.deprecated href=href aria-current=entry.chosen.then_some("page")>
                {verb.then(|| view! { <Verb verb=entry.verb.clone() short=!detailed/> })}
                <span dir="auto">
                    <code>{entry.text}</code>
                    {entry.deprecated.then(|| view! { " "<em>"deprecated"</em> })}
                    {summary.map(|summary| view! { <small>{summary}</small> })}
                </span>
            </a>
        </li>
    }
}

/// Lines in a card.
pub(super) fn entries(list: Vec<ApiEntry>, query: &ApiQuery) -> impl IntoView + use<> {
    let entries = list
        .into_iter()
        .map(|one| entry(one, query, true))
        .collect_view();
    view! { <ul class="api-found">{entries}</ul> }
}

/// What a search found.
pub(super) fn found(found: ApiFound, query: &ApiQuery) -> impl IntoView + use<> {
    let text = query.q.clone();
    if found.entries.is_empty() {
        let all = paths::api(&ApiQuery {
            q: String::new(),
            ..query.clone()
        });
        return view! {
            <EmptyState glyph=Glyph::Search title=format!("Nothing in this definition contains \"{text}\"")>
                <p>"Search looks at paths, names and summaries of operations, and at types, fields, values and parameters."</p>
                <ul class="offers"><li><a class="btn" href=all>"Show everything"</a></li></ul>
            </EmptyState>
        }
        .into_any();
    }
    let count = if found.total > found.entries.len() {
        format!("{} of {}", found.entries.len(), thousands(found.total))
    } else {
        thousands(found.total)
    };
    let entries = entries(found.entries, query);
    view! {
        <section class="card flush" aria-labelledby="found">
            <h2 id="found">{format!("Found for \"{text}\"")}" "<span class="count">{count}</span></h2>
            {entries}
        </section>
    }
    .into_any()
}
