//! Links, labels and annotations of an entity.
use std::collections::BTreeMap;

use callboard_model::{Link, Metadata};
use leptos::prelude::*;

use super::link::OuterLink;
use crate::ui::kit::{card::Card, key_value::KeyValue, number::thousands};

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
                view! { <li><OuterLink url=link.url text/></li> }
            })
            .collect_view();
        view! { <Card title="Links" id="links"><ul class="links">{items}</ul></Card> }
    })
}

/// Labels and annotations, folded: they are for programs.
#[component]
pub(super) fn NotesCard(
    /// The metadata that has them.
    metadata: Metadata,
) -> impl IntoView {
    let some = !metadata.labels.is_empty() || !metadata.annotations.is_empty();
    some.then(|| {
        view! {
            <Card title="Labels and annotations" id="notes">
                {group("Labels".to_owned(), metadata.labels.into_iter().collect())}
                {by_owner(metadata.annotations).into_iter().map(|(name, list)| group(name, list)).collect_view()}
            </Card>
        }
    })
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
        let lines = list
            .into_iter()
            .map(|(name, value)| view! { <KeyValue name><code>{value}</code></KeyValue> })
            .collect_view();
        view! {
            <details class="fold">
                <summary>{title}" "<span class="count">{count}</span></summary>
                <dl class="kv">{lines}</dl>
            </details>
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

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
