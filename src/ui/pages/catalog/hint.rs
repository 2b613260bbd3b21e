//! What the filter line can say, by example, and the menu that `public/catalog.js` opens for a row.
use leptos::prelude::*;

/// What to write, and what it finds.
const EXAMPLES: &[(&str, &str)] = &[
    (
        "payments api",
        "both words, in name, title, description or tags",
    ),
    ("\"card payments\"", "the words side by side"),
    ("owner:payments", "what the group or user payments owns"),
    ("lifecycle:production,beta", "either of them"),
    (
        "tag:java -tag:legacy",
        "with the one tag and without the other",
    ),
    ("name:pay*", "names that start so"),
    ("label.tier:1", "with this label"),
    ("dependsOn:ledger", "what depends on it"),
    ("has:domain", "with a domain, whichever"),
    ("is:orphan", "also error, owned, starred, watched"),
];

/// A button with a question mark that unfolds the examples.
#[component]
pub(super) fn FilterHint() -> impl IntoView {
    let rows: Vec<_> = EXAMPLES
        .iter()
        .map(|(text, what)| view! { <div><dt><code>{*text}</code></dt><dd>{*what}</dd></div> })
        .collect();
    view! {
        <details class="menu drop hint">
            <summary class="btn" aria-label="How to filter" title="How to filter">"?"</summary>
            <div><dl>{rows}</dl></div>
        </details>
    }
}

/// What can be done with one row; a script fills in where the links lead.
#[component]
pub(super) fn RowMenu() -> impl IntoView {
    view! {
        <div id="row-menu" popover="auto" role="group" aria-label="Actions" data-arrows>
            <a data-tab="">"Open"</a>
            <a data-tab="/relations">"Relations"</a>
            <a data-tab="/api" data-kind="api">"Definition"</a>
            <a data-tab="/yaml">"YAML"</a>
            <a data-url="view" target="_blank" rel="noopener">"View source"</a>
            <a data-url="edit" target="_blank" rel="noopener">"Edit source"</a>
            <button type="button" data-ref>"Copy reference"</button>
        </div>
    }
}
