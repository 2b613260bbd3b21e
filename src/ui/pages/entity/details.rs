//! Links, labels and annotations of an entity.
use std::collections::BTreeMap;

use callboard_model::{Link, Metadata};
use leptos::prelude::*;

use super::link::{OuterLink, icon};
use crate::ui::kit::{card::Card, key_value::KeyValue, number::thousands};

/// Labels, or annotations of one owner, that are shown.
const SHOWN: usize = 50;

/// Characters of a value that are shown.
const LENGTH: usize = 500;

/// Pages elsewhere that belong to the entity.
#[component]
pub(super) fn LinksCard(
    /// `metadata.links`.
    links: Vec<Link>,
) -> impl IntoView {
    (!links.is_empty()).then(|| {
        let items = links
            .into_iter()
            .map(|link| {
                let text = link.title.unwrap_or_else(|| link.url.clone());
                let glyph = icon(link.icon.as_deref());
                let kind = link
                    .link_type
                    .map(|text| view! { <small><bdi>{text}</bdi></small> });
                view! { <li><OuterLink url=link.url text glyph/>{kind}</li> }
            })
            .collect_view();
        view! { <Card title="Links" id="links"><ul class="links">{items}</ul></Card> }
    })
}

/// Labels, and annotations folded: they are for programs.
#[component]
pub(super) fn NotesCard(
    /// The metadata that has them.
    metadata: Metadata,
) -> impl IntoView {
    let labels = (!metadata.labels.is_empty()).then(|| {
        let count = metadata.labels.len();
        let lines = lines(metadata.labels.into_iter().collect());
        view! { <Card title="Labels" id="labels" count=count><dl class="kv notes">{lines}</dl></Card> }
    });
    let annotations = (!metadata.annotations.is_empty()).then(|| {
        let count = metadata.annotations.len();
        let groups = by_owner(metadata.annotations).into_iter();
        let groups = groups.map(|(name, list)| group(name, list)).collect_view();
        view! { <Card title="Annotations" id="annotations" count=count>{groups}</Card> }
    });
    view! { {labels} {annotations} }
}

/// Names and values, at most so many of them.
fn lines(list: Vec<(String, String)>) -> impl IntoView {
    let rest = list.len() - list.len().min(SHOWN);
    let more = (rest > 0).then(|| {
        let text = format!("{} more; the YAML tab has all of them", thousands(rest));
        view! { <KeyValue name="And"><span>{text}</span></KeyValue> }
    });
    let lines = list
        .into_iter()
        .take(SHOWN)
        .map(|(name, value)| view! { <KeyValue name><code>{start_of(&value)}</code></KeyValue> })
        .collect_view();
    view! { {lines} {more} }
}

/// Returns the beginning of a value; some hold whole documents.
fn start_of(value: &str) -> String {
    match value.char_indices().nth(LENGTH) {
        Some((end, _)) => format!("{}…", &value[..end]),
        None => value.to_owned(),
    }
}

/// Sorts annotations by the part before the slash, which says whose they are.
fn by_owner(annotations: BTreeMap<String, String>) -> BTreeMap<String, Vec<(String, String)>> {
    let mut groups: BTreeMap<String, Vec<(String, String)>> = BTreeMap::new();
    for (key, value) in annotations {
        let (owner, name) = key.split_once('/').unwrap_or(("Annotations", &key));
        groups
            .entry(owner.to_owned())
            .or_default()
            .push((name.to_owned(), value));
    }
    groups
}

/// A folded list of names and values.
fn group(title: String, list: Vec<(String, String)>) -> impl IntoView {
    (!list.is_empty()).then(|| {
        let count = thousands(list.len());
        view! {
            <details class="fold">
                <summary>{title}" "<span class="count">{count}</span></summary>
                <dl class="kv notes">{lines(list)}</dl>
            </details>
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_value_is_cut() {
        assert_eq!(start_of("short"), "short");
        assert_eq!(start_of(&"é".repeat(9_000)).chars().count(), LENGTH + 1);
    }

    #[test]
    fn annotations_are_grouped_by_what_is_before_the_slash() {
        let annotations = ["a.io/x", "a.io/y", "plain"].map(|key| (key.to_owned(), "1".to_owned()));
        let groups = by_owner(annotations.into_iter().collect());
        let names: Vec<(&str, usize)> = groups
            .iter()
            .map(|(name, list)| (name.as_str(), list.len()))
            .collect();
        assert_eq!(names, [("Annotations", 1), ("a.io", 2)]);
    }
}
