//! The menus above the table of the catalog: columns, rows, export. Each is a `details` element with links or a form.
use callboard_model::view::{CatalogColumn, CatalogPage, CatalogQuery};
use leptos::prelude::*;

use super::filters;
use crate::{
    paths,
    ui::kit::{
        icon::{Glyph, Icon},
        number::thousands,
    },
};

/// Rows that a page can have.
const SIZES: [u32; 3] = [25, 50, 100];

/// Values of the form that chooses the density, and their names.
const DENSITIES: [(&str, &str); 3] = [
    ("compact", "Compact"),
    ("default", "Default"),
    ("comfortable", "Comfortable"),
];

/// Chooses the columns, by check boxes and by the keys of labels.
#[component]
pub fn ColumnsMenu(
    /// What the page asks for.
    query: CatalogQuery,
    /// All columns.
    columns: Vec<CatalogColumn>,
) -> impl IntoView {
    let carried = filters::carried(&query, &["columns"]).into_iter();
    let carried: Vec<_> = carried
        .map(|(key, value)| view! { <input type="hidden" name=key value=value/> })
        .collect();
    let boxes: Vec<_> = columns
        .into_iter()
        .map(|CatalogColumn { key, title, is_shown, .. }| {
            view! {
                <li><label><input type="checkbox" name="columns" value=key checked=is_shown/>{title}</label></li>
            }
        })
        .collect();
    let usual = (!query.columns.is_empty()).then(|| {
        let href = paths::catalog(&CatalogQuery {
            columns: String::new(),
            ..query.clone()
        });
        view! { <a href=href>"Usual columns"</a> }
    });
    view! {
        <details class="menu drop">
            <summary class="btn small"><Icon glyph=Glyph::Columns/><span>"Columns"</span></summary>
            <div>
                <form action=paths::CATALOG>
                    {carried}
                    <ul aria-label="Columns">{boxes}</ul>
                    <label>
                        "Label or annotation"
                        <input type="text" name="columns" placeholder="label:tier" autocomplete="off"/>
                    </label>
                    <p><button class="btn small primary">"Show columns"</button>{usual}</p>
                </form>
            </div>
        </details>
    }
}

/// Chooses how many rows a page has, and how close they stand.
#[component]
pub fn RowsMenu(
    /// What the page asks for.
    query: CatalogQuery,
    /// Rows on a page now.
    size: u32,
) -> impl IntoView {
    let sizes = SIZES.map(|number| {
        let href = paths::catalog(&CatalogQuery {
            size: if number == SIZES[0] { 0 } else { number },
            page: 0,
            ..query.clone()
        });
        let current = (number == size).then_some("true");
        view! { <li><a href=href aria-current=current>{number}" rows"</a></li> }
    });
    let densities = DENSITIES.map(|(value, name)| {
        view! { <li><button name="density" value=value>{name}</button></li> }
    });
    view! {
        <details class="menu drop">
            <summary class="btn small"><Icon glyph=Glyph::Density/><span>"Rows"</span></summary>
            <div>
                <ul aria-label="Rows on a page">{sizes.into_iter().collect_view()}</ul>
                <form method="post" action=paths::PREFERENCES aria-label="Density">
                    <input type="hidden" name="back" value=paths::catalog(&query)/>
                    <ul>{densities.into_iter().collect_view()}</ul>
                </form>
            </div>
        </details>
    }
}

/// Leads to the files with all rows.
#[component]
pub fn ExportMenu(
    /// What the page asks for.
    query: CatalogQuery,
    /// How many rows there are.
    total: usize,
) -> impl IntoView {
    let link = |format: &'static str, text: &'static str| {
        let href = paths::catalog_export(&query, format);
        view! { <li><a href=href download="">{text}</a></li> }
    };
    let note = match total {
        1 => "The one row that matches".to_owned(),
        _ => format!("All {} rows that match", thousands(total)),
    };
    view! {
        <details class="menu drop">
            <summary class="btn small"><Icon glyph=Glyph::Download/><span>"Export"</span></summary>
            <div>
                <p>{note}</p>
                <ul>{link("csv", "CSV, for spreadsheets")}{link("json", "JSON, for programs")}</ul>
            </div>
        </details>
    }
}

/// Chooses between all entities, one's own, and those one starred.
#[component]
pub fn Lists(
    /// What the page asks for.
    query: CatalogQuery,
    /// How many entities each has.
    page: CatalogPage,
) -> impl IntoView {
    let counts = page.lists;
    let lists = [
        ("", "All", counts.all),
        ("owned", "Owned", counts.owned),
        ("starred", "Starred", counts.starred),
    ];
    let is_known = ["owned", "starred"].contains(&query.list.as_str());
    let links = lists.map(|(list, name, count)| {
        let href = paths::catalog(&CatalogQuery {
            list: list.to_owned(),
            page: 0,
            ..query.clone()
        });
        let is_current = query.list == list || (list.is_empty() && !is_known);
        let current = is_current.then_some("true");
        view! { <a href=href aria-current=current>{name}<b>{thousands(count)}</b></a> }
    });
    view! { <nav class="seg" aria-label="Whose entities">{links.into_iter().collect_view()}</nav> }
}
