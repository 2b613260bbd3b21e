//! One group of values to filter by. Each value is a link that switches it on or off, so it works without
//! JavaScript, opens in a new tab and needs no form.
use leptos::prelude::*;

use super::{
    icon::{Glyph, Icon},
    number::thousands,
};

/// How many values are shown before the rest folds away.
const SHOWN: usize = 8;

/// One value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FacetLink {
    /// The value for people.
    pub label: String,
    /// How many things have it.
    pub count: usize,
    /// Whether the list is filtered by it.
    pub selected: bool,
    /// Address of the list with the value switched.
    pub href: String,
    /// Picture instead of a check box, for values of which only one can be chosen, with its class.
    pub glyph: Option<(Glyph, &'static str)>,
}

/// A group that can be folded; long lists show their first values and fold the rest.
#[component]
pub fn FacetList(
    /// Heading.
    #[prop(into)]
    title: String,
    /// Values: the selected ones come first on their own.
    mut values: Vec<FacetLink>,
    /// How many values there are, when those that are given are not all.
    #[prop(optional)]
    of: usize,
    /// What stands above the values.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    values.sort_by_key(|value| !value.selected && value.glyph.is_none());
    let total = values.len();
    let chosen = values.iter().filter(|value| value.selected).count();
    // Folding one or two values away would hide more than it helps.
    let rest = if total > SHOWN + 2 {
        values.split_off(SHOWN.max(chosen))
    } else {
        Vec::new()
    };
    let more = if of > total {
        "Show more".to_owned()
    } else {
        format!("Show all {}", thousands(total))
    };
    view! {
        <details class="facet" open>
            <summary>{title}</summary>
            {children.map(|children| children())}
            <ul>{values.into_iter().map(facet_value).collect_view()}</ul>
            {(!rest.is_empty())
                .then(|| {
                    view! {
                        <details class="more">
                            <summary>{more}</summary>
                            <ul>{rest.into_iter().map(facet_value).collect_view()}</ul>
                        </details>
                    }
                })}
        </details>
    }
}

/// Shows one value as a link.
fn facet_value(value: FacetLink) -> impl IntoView {
    let current = value.selected.then_some("true");
    let count = thousands(value.count);
    // The style sheet draws a check box where there is no icon.
    match value.glyph {
        Some((glyph, class)) => view! {
            <li><a class=class href=value.href aria-current=current><Icon glyph/>{value.label}<b>{count}</b></a></li>
        }
        .into_any(),
        None => view! { <li><a href=value.href aria-current=current>{value.label}<b>{count}</b></a></li> }.into_any(),
    }
}
