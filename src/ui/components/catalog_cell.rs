//! What an entity has in one column.
use callboard_model::view::CatalogCell;
use leptos::prelude::*;

use super::{entity_link::EntityName, lifecycle::Lifecycle};

/// How many tags a cell shows.
const TAGS: usize = 3;

/// How many characters of a text a cell shows.
const DESCRIPTION: usize = 80;

/// Returns the content of a cell, short enough for a row.
pub fn content(cell: CatalogCell) -> AnyView {
    match cell {
        CatalogCell::Empty => ().into_any(),
        CatalogCell::Text(text) => shortened(&text).into_any(),
        CatalogCell::Prose(text) => view! { <p>{shortened(&text)}</p> }.into_any(),
        CatalogCell::Entity(label) => view! { <EntityName label/> }.into_any(),
        CatalogCell::Lifecycle(stage) => view! { <Lifecycle stage/> }.into_any(),
        CatalogCell::Tags(tags) => {
            let shown = tags.iter().take(TAGS);
            let shown: Vec<_> = shown
                .map(|tag| view! { <span class="tag">{tag.clone()}</span> })
                .collect();
            let more = tags.len().saturating_sub(TAGS);
            let more = (more > 0).then(|| view! { <small>{format!("+{more}")}</small> });
            view! { {shown}{more} }.into_any()
        }
    }
}

/// Returns the start of a long text, cut between words.
pub(super) fn shortened(text: &str) -> String {
    let Some((end, _)) = text.char_indices().nth(DESCRIPTION) else {
        return text.to_owned();
    };
    let start = &text[..end];
    let words = start
        .rsplit_once(char::is_whitespace)
        .map_or(start, |(words, _)| words);
    format!("{}…", words.trim_end_matches([',', '.', ';', ':', ' ']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_texts_are_cut_between_words() {
        assert_eq!(shortened("short"), "short");
        let long = shortened(&"one, two ".repeat(20));
        assert!(
            long.ends_with("one, two…") || long.ends_with("one…"),
            "{long}"
        );
        assert!(long.chars().count() <= DESCRIPTION + 1);
        assert_eq!(shortened(&"é".repeat(101)).chars().count(), DESCRIPTION + 1);
    }
}
