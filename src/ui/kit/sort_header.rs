//! The head of a column that can be sorted by.
use leptos::prelude::*;

use super::icon::{Glyph, Icon};

/// How a table is sorted by one column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// Not by this column.
    None,
    /// From A to Z.
    Ascending,
    /// From Z to A.
    Descending,
}

/// A column head whose link sorts by the column, or turns the order round.
#[component]
pub fn SortHeader(
    /// Name of the column.
    #[prop(into)]
    label: String,
    /// Class of the column.
    class: &'static str,
    /// How the table is sorted by it now.
    order: Order,
    /// Address of the table sorted by it.
    href: String,
) -> impl IntoView {
    let (word, glyph) = match order {
        Order::None => (None, None),
        Order::Ascending => (Some("ascending"), Some(Glyph::Up)),
        Order::Descending => (Some("descending"), Some(Glyph::Down)),
    };
    view! {
        <th scope="col" class=class aria-sort=word>
            <a href=href>{label} {glyph.map(|glyph| view! { <Icon glyph/> })}</a>
        </th>
    }
}
