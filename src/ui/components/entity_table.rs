//! Entities as rows of a table within another page.
use callboard_model::view::EntityRow;
use leptos::prelude::*;

use super::{
    catalog_cell::shortened,
    entity_link::{EntityLink, EntityName},
    lifecycle::Lifecycle,
};
use crate::ui::kit::number::thousands;

/// A column beside the name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Column {
    /// The system, or the domain of a system.
    System,
    /// The first owner.
    Owner,
    /// `spec.type`.
    Type,
    /// `spec.lifecycle`.
    Lifecycle,
    /// `metadata.description`.
    Description,
    /// `metadata.tags`.
    Tags,
}

impl Column {
    /// The columns of a list within another page.
    pub const BRIEF: &'static [Self] =
        &[Self::Owner, Self::Type, Self::Lifecycle, Self::Description];
    /// The columns of a list of one owner's things.
    pub const OWNED: &'static [Self] =
        &[Self::System, Self::Type, Self::Lifecycle, Self::Description];

    /// Returns the class and the heading.
    fn names(self) -> (&'static str, &'static str) {
        match self {
            Self::System => ("system", "System"),
            Self::Owner => ("owner", "Owner"),
            Self::Type => ("type", "Type"),
            Self::Lifecycle => ("lifecycle", "Lifecycle"),
            Self::Description => ("about", "Description"),
            Self::Tags => ("tagged", "Tags"),
        }
    }

    /// Tells whether a row has something to show here.
    fn filled(self, row: &EntityRow) -> bool {
        match self {
            Self::System => row.system.is_some(),
            Self::Owner => row.owner.is_some(),
            Self::Type => row.entity_type.is_some(),
            Self::Lifecycle => row.lifecycle.is_some(),
            Self::Description => row.description.is_some(),
            Self::Tags => !row.tags.is_empty(),
        }
    }
}

/// How many rows a list within another page shows before the rest folds away.
const BRIEF_ROWS: usize = 12;

/// How many tags a row shows.
const TAGS: usize = 3;

/// A table with the columns that have something to show.
#[component]
pub fn EntityTable(
    /// The rows.
    rows: Vec<EntityRow>,
    /// Columns that may be shown.
    columns: &'static [Column],
    /// Name of the table, for people who do not see the heading.
    #[prop(into)]
    caption: String,
) -> impl IntoView {
    let columns: Vec<Column> = columns
        .iter()
        .copied()
        .filter(|column| rows.iter().any(|row| column.filled(row)))
        .collect();
    let heads = columns
        .iter()
        .map(|column| {
            let (class, label) = column.names();
            view! { <th scope="col" class=class>{label}</th> }
        })
        .collect_view();
    let rows = rows
        .into_iter()
        .map(|row| table_row(row, &columns))
        .collect::<Vec<_>>();
    view! {
        <table class="table">
            <caption class="vh">{caption}</caption>
            <thead><tr><th scope="col" class="name">"Name"</th>{heads}</tr></thead>
            <tbody>{rows}</tbody>
        </table>
    }
}

/// A table within another page: the first rows, and the others folded away.
#[component]
pub fn BriefTable(
    /// The rows.
    mut rows: Vec<EntityRow>,
    /// Columns that may be shown.
    columns: &'static [Column],
    /// Name of the table, for people who do not see the heading.
    #[prop(into)]
    caption: String,
) -> impl IntoView {
    let total = rows.len();
    let rest = if total > BRIEF_ROWS + 3 {
        rows.split_off(BRIEF_ROWS)
    } else {
        Vec::new()
    };
    let more = (!rest.is_empty()).then(|| {
        let caption = format!("{caption}, continued");
        view! {
            <details class="more">
                <summary>{format!("Show all {}", thousands(total))}</summary>
                <EntityTable rows=rest columns caption/>
            </details>
        }
    });
    view! { <EntityTable rows columns caption/> {more} }
}

/// Shows one entity.
fn table_row(row: EntityRow, columns: &[Column]) -> impl IntoView + use<> {
    let reference = row.label.entity_ref.short(&row.label.kind);
    let told = row.label.title.to_lowercase().replace(' ', "-") == reference;
    let small = (!told).then(|| view! { <small>{reference}</small> });
    let label = row.label.clone();
    let cells = columns
        .iter()
        .map(|column| cell(*column, &row))
        .collect_view();
    view! { <tr><td><EntityLink label/>{small}</td>{cells}</tr> }
}

/// Shows what an entity has in one column.
fn cell(column: Column, row: &EntityRow) -> AnyView {
    let content = match column {
        Column::System => row
            .system
            .clone()
            .map(|label| view! { <EntityName label/> })
            .into_any(),
        Column::Owner => row
            .owner
            .clone()
            .map(|label| view! { <EntityName label/> })
            .into_any(),
        Column::Type => row.entity_type.clone().into_any(),
        Column::Lifecycle => row
            .lifecycle
            .clone()
            .map(|stage| view! { <Lifecycle stage/> })
            .into_any(),
        Column::Description => row
            .description
            .as_deref()
            .map(|text| view! { <p>{shortened(text)}</p> })
            .into_any(),
        Column::Tags => {
            let tags = row.tags.iter().take(TAGS);
            let tags: Vec<_> = tags
                .map(|tag| view! { <span class="tag">{tag.clone()}</span> })
                .collect();
            let more = row.tags.len().saturating_sub(TAGS);
            let more = (more > 0).then(|| view! { <small>{format!("+{more}")}</small> });
            view! { {tags}{more} }.into_any()
        }
    };
    // Classes are for the columns that narrow tables leave out.
    match column {
        Column::Owner => view! { <td>{content}</td> }.into_any(),
        _ => view! { <td class=column.names().0>{content}</td> }.into_any(),
    }
}
