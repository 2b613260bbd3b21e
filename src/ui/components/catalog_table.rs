//! The rows of the catalog, each of which can be selected and starred.
use callboard_model::view::{CatalogColumn, CatalogQuery, CatalogRow};
use leptos::prelude::*;

use super::{catalog_bulk, catalog_cell, entity_link::EntityLink, filters};
use crate::{paths, ui::kit::sort_header::SortHeader};

/// The table of one page. Buttons and check boxes belong to the forms of [`catalog_bulk`], so that a row has none.
#[component]
pub fn CatalogTable(
    /// The rows.
    rows: Vec<CatalogRow>,
    /// Columns; rows have cells for those that are shown.
    columns: Vec<CatalogColumn>,
    /// What the page asks for.
    query: CatalogQuery,
) -> impl IntoView {
    let shown: Vec<_> = columns.into_iter().filter(|one| one.is_shown).collect();
    let classes: Vec<&'static str> = shown.iter().map(|column| class(&column.key)).collect();
    let heads: Vec<_> = shown
        .into_iter()
        .map(|column| head(&query, column))
        .collect();
    let first = head(
        &query,
        CatalogColumn {
            key: "name".to_owned(),
            title: "Name".to_owned(),
            is_sortable: true,
            is_shown: true,
        },
    );
    let rows: Vec<_> = rows
        .into_iter()
        .map(|row| table_row(row, &classes))
        .collect();
    // A table whose columns somebody chose shows all of them, and is moved sideways where it is too wide.
    let class = if query.columns.is_empty() {
        "table list"
    } else {
        "table list own"
    };
    view! {
        <table class=class>
            <caption class="vh">"Entities"</caption>
            <thead>
                <tr>
                    <th class="c"><input class="js" type="checkbox" data-all aria-label="Select all on this page"/></th>
                    {first}
                    {heads}
                    <th class="act"><span class="vh">"Actions"</span></th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
}

/// Returns the class of a column, by which narrow tables leave it out; none for those that stay.
fn class(key: &str) -> &'static str {
    match key {
        "system" | "domain" => "system",
        "type" | "kind" => "type",
        "lifecycle" => "lifecycle",
        "description" | "targets" => "about",
        "tags" => "tagged",
        "namespace" => "ns",
        _ => "",
    }
}

fn head(query: &CatalogQuery, column: CatalogColumn) -> AnyView {
    let CatalogColumn {
        key,
        title,
        is_sortable,
        ..
    } = column;
    let class = class(&key);
    if is_sortable {
        let href = paths::catalog(&filters::sorted_by(query, &key));
        let order = filters::order(query, &key);
        view! { <SortHeader label=title class order href/> }.into_any()
    } else {
        view! { <th scope="col" class=class>{title}</th> }.into_any()
    }
}

fn table_row(row: CatalogRow, classes: &[&'static str]) -> impl IntoView + use<> {
    let CatalogRow { label, cells, .. } = row;
    let entity_ref = label.entity_ref.to_string();
    let short = label.entity_ref.short(&label.kind);
    let told = label.title.to_lowercase().replace(' ', "-") == short;
    let small = (!told).then(|| view! { <small>{short}</small> });
    let select = format!("Select {}", label.title);
    let star = catalog_bulk::star(&label.title, &entity_ref, row.is_starred);
    let cells: Vec<_> = cells
        .into_iter()
        .zip(classes)
        .map(|(cell, class)| {
            let content = catalog_cell::content(cell);
            if class.is_empty() {
                view! { <td>{content}</td> }.into_any()
            } else {
                view! { <td class=*class>{content}</td> }.into_any()
            }
        })
        .collect();
    view! {
        <tr>
            <td class="c"><input type="checkbox" name="ref" value=entity_ref form="bulk" aria-label=select/></td>
            <td><EntityLink label/>{small}</td>
            {cells}
            <td class="act">
                {star}
                <button class="dots js" type="button" aria-label="Actions" data-view=row.view_url data-edit=row.edit_url></button>
            </td>
        </tr>
    }
}
