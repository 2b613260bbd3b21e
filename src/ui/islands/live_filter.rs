//! The filter of the catalog. A plain form does it without JavaScript; live, results follow the typing.
//!
//! The page's own results are the children of this island. They stay until the first live answer arrives, which
//! takes their place, drawn by the same components.
use std::time::Duration;

use callboard_model::view::{CatalogPage, CatalogQuery};
use leptos::{
    leptos_dom::helpers::TimeoutHandle, prelude::*, task::spawn_local, wasm_bindgen::JsValue,
};

use crate::{
    api::catalog::list_entities,
    error::AppError,
    paths,
    ui::{
        components::catalog_results::{CatalogResults, summary},
        kit::{
            alert::Alert,
            badge::Tone,
            icon::{Glyph, Icon},
        },
    },
};

/// How long the typing must rest before the server is asked.
const REST: Duration = Duration::from_millis(120);

/// What the server said to the typing.
#[derive(Clone, Copy)]
struct Live {
    /// The last answer with the question it belongs to.
    answer: RwSignal<Option<(CatalogQuery, CatalogPage)>>,
    /// Why the last question has no answer.
    error: RwSignal<Option<AppError>>,
}

/// A text box whose results follow the typing.
#[island]
pub fn LiveFilter(
    /// What the page asks for; the text is the part that changes here.
    query: CatalogQuery,
    /// The results of the page as it came.
    children: Children,
) -> impl IntoView {
    let live = Live {
        answer: RwSignal::new(None),
        error: RwSignal::new(None),
    };
    let typed = typing(query.clone(), live);
    view! {
        <form class="filter" action=paths::CATALOG>
            {kept_filters(&query)}
            <Icon glyph=Glyph::Search/>
            <input
                type="search"
                name="q"
                value=query.q
                data-filter
                aria-label="Filter by text"
                placeholder="Filter by name, title, description or tag"
                autocomplete="off"
                on:input=move |event| typed(event_target_value(&event))
            />
            <button class="btn nojs">"Filter"</button>
        </form>
        <p class="vh" role="status">{move || announcement(live)}</p>
        {move || live.error.get().map(failure)}
        <div hidden=move || live.answer.read().is_some()>{children()}</div>
        {move || live.answer.get().map(|(query, page)| view! { <CatalogResults page query/> })}
    }
}

/// The other filters, which the form must not lose.
fn kept_filters(query: &CatalogQuery) -> impl IntoView + use<> {
    let lists = [
        ("type", query.entity_type.clone()),
        ("owner", query.owner.clone()),
        ("lifecycle", query.lifecycle.clone()),
        ("tag", query.tag.clone()),
        ("namespace", query.namespace.clone()),
        ("kind", vec![query.kind.clone()]),
        ("sort", vec![query.sort.clone()]),
    ];
    lists
        .into_iter()
        .flat_map(|(key, values)| values.into_iter().map(move |value| (key, value)))
        .filter(|(_, value)| !value.is_empty())
        .map(|(key, value)| view! { <input type="hidden" name=key value=value/> })
        .collect_view()
}

/// Returns what to do with a typed text: wait until it rests, ask, and take the answer unless a newer question was
/// asked meanwhile.
fn typing(query: CatalogQuery, live: Live) -> impl Fn(String) + Copy {
    let base = StoredValue::new(query);
    let asked = StoredValue::new(0_u32);
    let waiting = StoredValue::new(None::<TimeoutHandle>);
    move |text: String| {
        if let Some(waiting) = waiting.get_value() {
            waiting.clear();
        }
        let number = asked.get_value() + 1;
        asked.set_value(number);
        let mut query = base.get_value();
        query.q = text;
        query.page = 0;
        let ask = move || {
            show_in_address_bar(&query);
            spawn_local(async move {
                let result = list_entities(query.clone()).await;
                if asked.get_value() == number {
                    match result {
                        Ok(page) => {
                            live.error.set(None);
                            live.answer.set(Some((query, page)));
                        }
                        Err(error) => live.error.set(Some(error)),
                    }
                }
            });
        };
        waiting.set_value(set_timeout_with_handle(ask, REST).ok());
    }
}

/// Keeps the address of the page in step, so that reload, bookmarks and links mean what is on the screen.
fn show_in_address_bar(query: &CatalogQuery) {
    if let Ok(history) = window().history() {
        let url = paths::catalog(query);
        // A browser may refuse very frequent changes; the next one catches up.
        history
            .replace_state_with_url(&JsValue::NULL, "", Some(&url))
            .ok();
    }
}

/// Says how much was found, for people who do not see it.
fn announcement(live: Live) -> String {
    live.answer
        .read()
        .as_ref()
        .map_or_else(String::new, |(_, page)| {
            let (count, rest) = summary(page);
            format!("{count}{rest}")
        })
}

/// Says that the server did not answer, and that the form still works.
fn failure(error: AppError) -> impl IntoView {
    let reason = match error {
        AppError::Transport(_) => "The portal did not answer.".to_owned(),
        other => other.to_string(),
    };
    view! {
        <Alert tone=Tone::Danger title="The filter could not be applied">
            <p role="alert">{reason}" Below is the last answer. Type again, or press Enter to load the page anew."</p>
        </Alert>
    }
}
