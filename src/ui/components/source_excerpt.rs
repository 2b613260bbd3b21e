//! Some lines of a file, with the one that is meant marked.
use callboard_model::view::SourceLines;
use leptos::prelude::*;

/// The lines with their numbers.
#[component]
pub fn SourceExcerpt(
    /// The lines.
    lines: SourceLines,
    /// The file, as a person would name it.
    place: String,
) -> impl IntoView {
    let label = format!("Line {} of {place}", lines.meant);
    let rows = (lines.first..)
        .zip(lines.lines)
        .map(|(number, line)| {
            let number_text = format!("{number:>5}  ");
            let line = format!("{line}\n");
            if number == lines.meant {
                view! { <mark><i>{number_text}</i>{line}</mark> }.into_any()
            } else {
                view! { <i>{number_text}</i>{line} }.into_any()
            }
        })
        .collect_view();
    view! { <pre class="excerpt" tabindex="0" role="group" aria-label=label><code>{rows}</code></pre> }
}
