//! The filter of the catalog. A plain form does it without JavaScript; live, results follow the typing.
//!
//! The page's own results are the children of this island. An answer is their HTML, drawn on the server by the same
//! components, and takes their place; so the browser needs no code for rows.
use std::time::Duration;

use callboard_model::view::{CatalogQuery, FilterAnswer};
use leptos::{
    html::Div, leptos_dom::helpers::TimeoutHandle, prelude::*, task::spawn_local,
    wasm_bindgen::JsValue,
};

use crate::{
    api::catalog::filter_entities,
    error::AppError,
    paths,
    ui::{
        components::{catalog_results::summary, filters},
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
    /// How much the last answer found, for people who do not see it.
    found: RwSignal<String>,
    /// Why the last question has no answer.
    error: RwSignal<Option<AppError>>,
    /// What holds the results.
    results: NodeRef<Div>,
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
        found: RwSignal::new(String::new()),
        error: RwSignal::new(None),
        results: NodeRef::new(),
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
                placeholder="Filter: words, owner:payments, tag:java, -lifecycle:deprecated"
                autocomplete="off"
                spellcheck="false"
                on:input=move |event| typed(event_target_value(&event))
            />
            <button class="btn nojs">"Filter"</button>
        </form>
        <p class="vh" role="status">{move || live.found.get()}</p>
        {move || live.error.get().map(failure)}
        <div node_ref=live.results>{children()}</div>
    }
}

/// The other filters, which the form must not lose.
fn kept_filters(query: &CatalogQuery) -> impl IntoView + use<> {
    filters::carried(query, &["q"])
        .into_iter()
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
        let query = filters::with_line(&base.get_value(), &text);
        let ask = move || {
            show_in_address_bar(&query);
            spawn_local(async move {
                let result = filter_entities(query).await;
                if asked.get_value() == number {
                    match result {
                        Ok(answer) => show(live, &answer),
                        Err(error) => live.error.set(Some(error)),
                    }
                }
            });
        };
        waiting.set_value(set_timeout_with_handle(ask, REST).ok());
    }
}

/// Puts an answer in the place of the last one.
fn show(live: Live, answer: &FilterAnswer) {
    let (count, rest) = summary(answer.total, answer.catalog_total);
    live.found.set(count + &rest);
    live.error.set(None);
    if let Some(results) = live.results.get_untracked() {
        results.set_inner_html(&answer.html);
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
