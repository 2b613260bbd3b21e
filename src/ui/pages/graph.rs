//! `/catalog-graph`: what entities have to do with each other, beginning with any of them.
use std::sync::Arc;

use callboard_model::view::{CatalogPage, CatalogQuery, EntityLabel, GraphQuery, GraphView};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::{hooks::use_query_map, params::ParamsMap};

use super::{error::ErrorPage, module::Module, sheet::Sheet};
use crate::{
    api::{catalog::list_entities, graph::get_graph},
    error::AppError,
    paths,
    ui::{
        components::{
            entity_link::EntityLink,
            relations_view::{Address, RelationsView},
        },
        kit::{
            alert::Alert,
            badge::Tone,
            empty_state::EmptyState,
            icon::{Glyph, Icon},
            number::thousands,
        },
        layout::page_header::PageHeader,
    },
};

/// What the page is about.
const LEAD: &str = "What entities need, what needs them, and through what.";

/// What was found for a page.
enum Found {
    Graph(GraphView),
    /// Entities to choose from.
    Choice(CatalogPage),
}

/// The relations of some entities, or entities to begin with.
#[component]
pub(super) fn GraphPage() -> impl IntoView {
    let (mut query, text) = use_query_map().with_untracked(|params| {
        let text = params.get_str("q").unwrap_or_default().trim().to_owned();
        (parse(params), text)
    });
    // On a page of its own the drawing comes first.
    let asked = query.clone();
    if query.view.is_empty() {
        query.view = "graph".to_owned();
    }
    let drawn = query.view == "graph" && !query.root.is_empty();
    let page = Suspend::new(async move {
        match found(&query, &text).await {
            Ok(found) => page(found, asked, query, text).into_any(),
            Err(error) => {
                view! { <ErrorPage title="The relations could not be shown" error/> }.into_any()
            }
        }
    });
    // What the head of the page names must be known before anything is waited for.
    view! { <DrawingAssets drawn/> {page} }
}

async fn found(query: &GraphQuery, text: &str) -> Result<Found, AppError> {
    if !query.root.is_empty() && text.is_empty() {
        return get_graph(query.clone()).await.map(Found::Graph);
    }
    let choice = CatalogQuery {
        q: text.to_owned(),
        ..CatalogQuery::default()
    };
    list_entities(choice).await.map(Found::Choice)
}

fn page(found: Found, asked: GraphQuery, query: GraphQuery, text: String) -> impl IntoView {
    let title = match &found {
        Found::Graph(view) if !view.roots.is_empty() => {
            let names: Vec<_> = view.roots.iter().map(|root| root.title.clone()).collect();
            format!("Relations of {}", names.join(", "))
        }
        _ => "Relations".to_owned(),
    };
    let content = match found {
        Found::Choice(page) => choice(page, &asked, text).into_any(),
        Found::Graph(view) => graph(view, asked, query).into_any(),
    };
    view! {
        <Title text=title.clone()/>
        <PageHeader title lead=LEAD.to_owned()/>
        {content}
    }
}

/// What a page with a drawing loads: its style sheet, and the script that moves and zooms it.
#[component]
pub(super) fn DrawingAssets(
    /// Whether there is a drawing; tables need the sheet alone.
    drawn: bool,
) -> impl IntoView {
    let script = drawn.then(|| view! { <Module name="graph"/> });
    view! { <Sheet name="graph"/> {script} }
}

/// The relations, below what they begin with.
fn graph(view: GraphView, asked: GraphQuery, query: GraphQuery) -> impl IntoView {
    let unknown = (!view.unknown.is_empty()).then(|| {
        let names = view.unknown.join(", ");
        view! {
            <Alert tone=Tone::Warn title="Not in the catalog">
                <p dir="auto">{names}</p>
            </Alert>
        }
    });
    let roots = view
        .roots
        .iter()
        .map(|root| root_link(root.clone(), &view.roots, &asked))
        .collect_view();
    // The drawing comes first here, so that the table is what has to be asked for.
    let address: Address = Arc::new(|query: &GraphQuery| {
        let view = match query.view.as_str() {
            "graph" => String::new(),
            _ => "table".to_owned(),
        };
        paths::graph(&GraphQuery {
            view,
            ..query.clone()
        })
    });
    let content = if view.roots.is_empty() {
        view! {
            <EmptyState glyph=Glyph::Graph title="Nothing to begin with">
                <p><a class="btn" href=paths::GRAPH>"Choose an entity"</a></p>
            </EmptyState>
        }
        .into_any()
    } else {
        view! { <RelationsView view query address/> }.into_any()
    };
    view! {
        {unknown}
        <div class="bar">
            <ul class="graph-roots" aria-label="Begins with">{roots}</ul>
            {search("", &asked, "Begin with another entity")}
        </div>
        {content}
    }
}

/// An entity that it begins with; of several, each can be taken off.
fn root_link(
    root: EntityLabel,
    roots: &[EntityLabel],
    asked: &GraphQuery,
) -> impl IntoView + use<> {
    let remove = (roots.len() > 1).then(|| {
        let others = roots.iter().filter(|other| **other != root);
        let href = paths::graph(&GraphQuery {
            root: others.map(|other| other.entity_ref.to_string()).collect(),
            page: 0,
            ..asked.clone()
        });
        let label = format!("Remove {}", root.title);
        view! { <a href=href aria-label=label><Icon glyph=Glyph::Close/></a> }
    });
    view! { <li dir="auto"><EntityLink label=root/>{remove}</li> }
}

/// Returns the fields with which a form asks for the same: everything but the page, since it begins anew.
fn carried(asked: &GraphQuery) -> Vec<(&'static str, String)> {
    let lists = [
        ("root", &asked.root),
        ("kind", &asked.kind),
        ("relation", &asked.relation),
    ];
    let texts = [
        ("view", &asked.view),
        ("direction", &asked.direction),
        ("layout", &asked.layout),
    ];
    let mut fields: Vec<(&'static str, String)> = Vec::new();
    for (key, values) in lists {
        fields.extend(values.iter().map(|value| (key, value.clone())));
    }
    for (key, text) in texts {
        if !text.is_empty() {
            fields.push((key, text.clone()));
        }
    }
    if asked.depth > 1 {
        fields.push(("depth", asked.depth.to_string()));
    }
    if asked.unmerged {
        fields.push(("merge", "false".to_owned()));
    }
    fields
}

/// A form that looks for an entity to begin with.
fn search(text: &str, asked: &GraphQuery, label: &'static str) -> impl IntoView + use<> {
    let kept = carried(asked)
        .into_iter()
        .map(|(key, value)| view! { <input type="hidden" name=key value=value/> })
        .collect_view();
    view! {
        <form class="filter graph-search" action=paths::GRAPH>
            {kept}
            <Icon glyph=Glyph::Search/>
            <input type="search" name="q" value=text.to_owned() aria-label=label placeholder=label autocomplete="off"/>
            <button class="btn">"Search"</button>
        </form>
    }
}

/// Entities to begin with.
fn choice(page: CatalogPage, asked: &GraphQuery, text: String) -> impl IntoView + use<> {
    let shown = page.rows.len();
    let sum = if shown < page.total {
        format!(
            "The first {} of {} entities.",
            thousands(shown),
            thousands(page.total)
        )
    } else {
        String::new()
    };
    let rows = page
        .rows
        .into_iter()
        .map(|row| {
            let reference = row.label.entity_ref.to_string();
            let mut query = asked.clone();
            if !query.root.contains(&reference) {
                query.root.push(reference.clone());
            }
            let href = paths::graph(&query);
            let (glyph, colour) = crate::ui::components::kind::look(&row.label.kind);
            view! {
                <li dir="auto">
                    <a class=format!("el {colour}") href=href><Icon glyph/><span>{row.label.title}</span></a>
                    <small>{reference}</small>
                </li>
            }
        })
        .collect::<Vec<_>>();
    let list = if rows.is_empty() {
        view! {
            <EmptyState glyph=Glyph::Search title="No entity matches">
                <p>"Look for a part of a name, a title, a description or a tag."</p>
            </EmptyState>
        }
        .into_any()
    } else {
        view! {
            <section class="card flush">
                <h2>"Begin with"</h2>
                <ul class="graph-choice">{rows}</ul>
            </section>
            <p class="meta">{sum}</p>
        }
        .into_any()
    };
    view! { {search(&text, asked, "Search for an entity to begin with")} {list} }
}

/// Reads what is asked for, by our names of the parameters and by those of Backstage.
pub(super) fn parse(params: &ParamsMap) -> GraphQuery {
    let list = |keys: &[&str]| {
        let mut all: Vec<String> = Vec::new();
        for value in keys
            .iter()
            .flat_map(|key| params.get_all(key).unwrap_or_default())
        {
            let value = value.trim().to_owned();
            if !value.is_empty() && !all.contains(&value) {
                all.push(value);
            }
        }
        all.truncate(50);
        all
    };
    let text = |key: &str| params.get_str(key).unwrap_or_default().trim().to_owned();
    // Backstage's `direction` says where arrows lead to; ours says which ones to follow.
    let directions = list(&["direction"]);
    let is_layout = |word: &&String| ["LR", "RL", "TB", "BT"].contains(&word.as_str());
    let direction = directions.iter().find(|word| !is_layout(word));
    let layout = list(&["layout"])
        .into_iter()
        .chain(directions.iter().cloned());
    let direction = match (direction, text("unidirectional").as_str()) {
        (Some(direction), _) => direction.clone(),
        (None, "false") => "any".to_owned(),
        (None, _) => String::new(),
    };
    let depth = match text("depth").as_str() {
        "" => text("maxDepth"),
        depth => depth.to_owned(),
    };
    let depth = match depth.as_str() {
        "∞" | "Infinity" => u32::MAX,
        depth => depth.parse().unwrap_or_default(),
    };
    GraphQuery {
        root: list(&["root", "root[]", "rootEntityRefs", "rootEntityRefs[]"]),
        direction: direction.to_lowercase(),
        depth,
        kind: list(&["kind", "selectedKinds", "selectedKinds[]"]),
        relation: list(&["relation", "selectedRelations", "selectedRelations[]"]),
        layout: layout
            .into_iter()
            .find(|word| is_layout(&word))
            .unwrap_or_default(),
        view: text("view"),
        unmerged: text("merge") == "false" || text("mergeRelations") == "false",
        page: text("page").parse().unwrap_or_default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn params(pairs: &[(&str, &str)]) -> ParamsMap {
        let mut params = ParamsMap::new();
        for (key, value) in pairs {
            params.insert((*key).to_owned(), (*value).to_owned());
        }
        params
    }

    #[test]
    fn addresses_of_backstage_are_understood() {
        let query = parse(&params(&[
            ("rootEntityRefs[]", "component:default/a"),
            ("rootEntityRefs[]", "component:default/b"),
            ("maxDepth", "2"),
            ("selectedKinds[]", "API"),
            ("selectedRelations[]", "ownedBy"),
            ("selectedRelations[]", "ownerOf"),
            ("direction", "TB"),
            ("unidirectional", "false"),
            ("mergeRelations", "false"),
        ]));
        let want = GraphQuery {
            root: vec![
                "component:default/a".to_owned(),
                "component:default/b".to_owned(),
            ],
            direction: "any".to_owned(),
            depth: 2,
            kind: vec!["API".to_owned()],
            relation: vec!["ownedBy".to_owned(), "ownerOf".to_owned()],
            layout: "TB".to_owned(),
            unmerged: true,
            ..GraphQuery::default()
        };
        assert_eq!(query, want);
    }

    #[test]
    fn an_address_is_read_as_it_was_written() {
        let query = GraphQuery {
            root: vec!["api:default/a".to_owned()],
            direction: "in".to_owned(),
            depth: 3,
            kind: vec!["api".to_owned()],
            layout: "BT".to_owned(),
            view: "table".to_owned(),
            page: 2,
            ..GraphQuery::default()
        };
        let url = paths::graph(&query);
        let pairs: Vec<(&str, &str)> = url[paths::GRAPH.len() + 1..]
            .split('&')
            .filter_map(|pair| pair.split_once('='))
            .collect();
        assert_eq!(parse(&params(&pairs)), query);
    }

    #[test]
    fn a_form_asks_for_all_but_the_page() {
        let query = GraphQuery {
            root: vec!["api:default/a".to_owned(), "api:default/b".to_owned()],
            direction: "any".to_owned(),
            depth: 3,
            kind: vec!["api".to_owned(), "a & b".to_owned()],
            relation: vec!["dependsOn".to_owned()],
            layout: "BT".to_owned(),
            view: "table".to_owned(),
            unmerged: true,
            page: 2,
        };
        let fields = carried(&query);
        let pairs: Vec<(&str, &str)> = fields
            .iter()
            .map(|(key, value)| (*key, value.as_str()))
            .collect();
        assert_eq!(parse(&params(&pairs)), GraphQuery { page: 0, ..query });
        assert!(carried(&GraphQuery::default()).is_empty());
    }

    #[test]
    fn what_makes_no_sense_is_not_asked_for() {
        let query = parse(&params(&[
            ("depth", "-1"),
            ("page", "-1"),
            ("layout", "XX"),
            ("foo", "1"),
        ]));
        assert_eq!(query, GraphQuery::default());
        assert_eq!(parse(&params(&[("maxDepth", "∞")])).depth, u32::MAX);
    }
}
