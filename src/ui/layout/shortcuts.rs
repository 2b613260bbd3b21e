//! The list of keyboard shortcuts; `public/boot.js` opens it and listens to the keys.
use leptos::prelude::*;

/// Keys and what they do.
const KEYS: &[(&str, &str)] = &[
    ("Ctrl K", "Open the command palette"),
    ("/", "Go to the filter, or open the command palette"),
    ("g h", "Go to the home page"),
    ("g c", "Go to the catalog"),
    ("g p", "Go to the problems"),
    ("[", "Go to the tab before this one"),
    ("]", "Go to the tab after this one"),
    ("j / k", "Catalog: next and previous row"),
    ("x", "Catalog: select the row"),
    ("s", "Catalog: star the row"),
    ("o", "Catalog: open the row"),
    (".", "Catalog: what can be done with the row"),
    ("?", "Show this list"),
    ("Esc", "Close this list, or leave a text box"),
];

/// A dialog that is closed until a key or a button opens it.
#[component]
pub fn Shortcuts() -> impl IntoView {
    let rows = KEYS
        .iter()
        .map(|(key, text)| {
            let keys = key
                .split(' ')
                .map(|key| view! { <kbd>{key}</kbd> })
                .collect_view();
            view! { <div><dt>{*text}</dt><dd>{keys}</dd></div> }
        })
        .collect_view();
    view! {
        <dialog id="keys" aria-labelledby="keys-title">
            <form method="dialog">
                <h2 id="keys-title">"Keyboard shortcuts"</h2>
                <dl>{rows}</dl>
                <label>
                    <input type="checkbox" data-keys/>
                    " Single keys are on in this browser"
                </label>
                <button class="btn">"Close"</button>
            </form>
        </dialog>
    }
}
