//! What stands where no results are: how to search, or what to try instead.
use callboard_model::view::{SearchQuery, SearchView};
use leptos::prelude::*;

use super::links;
use crate::{
    paths,
    ui::kit::{empty_state::EmptyState, icon::Glyph},
};

/// Says what can be typed, when nothing was.
pub(super) fn hints() -> AnyView {
    let rows = [
        (
            "booking api",
            "Every word has to match, in the name, the title, a tag, the kind, the owner or the description.",
        ),
        (
            "check",
            "The start of a word is enough, and so is a part of a name.",
        ),
        (
            "chekcout",
            "Small mistakes are forgiven when little else is found.",
        ),
        (
            "component:default/payments",
            "A whole reference finds its entity first.",
        ),
    ];
    let rows = rows
        .into_iter()
        .map(|(words, what)| view! { <div><dt><code>{words}</code></dt><dd>{what}</dd></div> })
        .collect_view();
    view! {
        <section class="card hints" aria-labelledby="hints">
            <h2 id="hints">"What to type"</h2>
            <dl class="kv">{rows}</dl>
        </section>
    }
    .into_any()
}

/// Says that nothing has all the words, and what to do about it.
pub(super) fn no_match(found: &SearchView, query: &SearchQuery) -> AnyView {
    let title = if query.q.is_empty() {
        "Nothing matches these filters".to_owned()
    } else {
        format!("Nothing matches “{}”", query.q)
    };
    let instead = found.suggestion.as_ref().map(|words| {
        let href = paths::search(&links::for_words(words));
        view! { <p>"Did you mean "<a href=href><b>{words.clone()}</b></a>"?"</p> }
    });
    let has_filters = !links::filters(query).is_empty();
    let unfiltered = has_filters.then(|| {
        let href = paths::search(&links::unfiltered(query));
        view! { <li><a class="btn" href=href>"Search without filters"</a></li> }
    });
    let advice = if has_filters {
        "Take a filter off, use fewer words, or only the start of a word."
    } else {
        "Use fewer words, or only the start of a word. What you may not read is not found."
    };
    view! {
        <EmptyState glyph=Glyph::Search title>
            {instead}
            <p>{advice}</p>
            <ul class="offers">{unfiltered}<li><a class="btn" href=paths::CATALOG>"Browse the catalog"</a></li></ul>
        </EmptyState>
    }
    .into_any()
}

/// Says that the results are for words that are only similar.
pub(super) fn similar(found: &SearchView, query: &SearchQuery) -> Option<impl IntoView + use<>> {
    found.suggestion.as_ref().map(|words| {
        let href = paths::search(&SearchQuery {
            q: words.clone(),
            page: 0,
            ..query.clone()
        });
        view! {
            <p class="similar">
                "Few things match exactly, so similar words were looked for as well. Did you mean "
                <a href=href><b>{words.clone()}</b></a>"?"
            </p>
        }
    })
}
