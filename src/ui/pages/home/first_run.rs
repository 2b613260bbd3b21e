//! What the home page shows while the catalog is empty: three ways to fill it.
use leptos::prelude::*;

/// The locations an app-config names.
const LOCATIONS: &str = "catalog:
  locations:
    - type: file
      target: ./catalog-info.yaml
    - type: file
      target: ./services/*/catalog-info.yaml";

/// Three steps, each of which is enough on its own.
#[component]
pub(super) fn FirstRun() -> impl IntoView {
    view! {
        <p class="intro">"The catalog is empty. Each of these fills it or prepares that:"</p>
        <ol class="steps">
            <li class="card">
                <h2>"Name your files"</h2>
                <p>"Add the places of your catalog files to "<code>"app-config.yaml"</code>". A running portal reads new files within a second."</p>
                <pre tabindex="0" role="group" aria-label="Example of catalog.locations"><code>{LOCATIONS}</code></pre>
            </li>
            <li class="card">
                <h2>"Check what you have"</h2>
                <p>"Every problem of your files with its place and, where there is one, its repair. Nothing is changed."</p>
                <pre tabindex="0" role="group" aria-label="Command"><code>"callboard check ."</code></pre>
            </li>
            <li class="card">
                <h2>"Look around first"</h2>
                <p>"Without a configuration the portal starts with a sample organisation: all kinds, teams, people, APIs and a few honest problems."</p>
                <pre tabindex="0" role="group" aria-label="Command"><code>"callboard serve"</code></pre>
            </li>
        </ol>
    }
}
