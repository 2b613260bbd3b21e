//! What entities have to do with others: what to choose, and the table or the drawing.
use std::sync::Arc;

use callboard_model::view::{FacetValue, GraphQuery, GraphView, Picture, Reach};
use leptos::prelude::*;

use super::{kind, picture::Drawing, related::RelatedTables};
use crate::ui::kit::{
    alert::Alert,
    badge::Tone,
    empty_state::EmptyState,
    facet_list::{FacetLink, FacetList},
    filter_chip::FilterChip,
    icon::{Glyph, Icon},
    number::thousands,
    pagination::Pagination,
};

/// Makes the address of what is asked for.
pub type Address = Arc<dyn Fn(&GraphQuery) -> String + Send + Sync>;

/// The ways that relations are followed, with their names.
const DIRECTIONS: [(&str, &str); 4] = [
    ("", "Both ways"),
    ("out", "What it needs"),
    ("in", "What needs it"),
    ("any", "Everything around"),
];

/// Where the arrows of a drawing lead to, with an icon and a name.
const LAYOUTS: [(&str, Glyph, &str); 4] = [
    ("", Glyph::ArrowRight, "Left to right"),
    ("RL", Glyph::ArrowLeft, "Right to left"),
    ("TB", Glyph::Down, "Top to bottom"),
    ("BT", Glyph::Up, "Bottom to top"),
];

/// The farthest that can be chosen.
const DEPTHS: u32 = 5;

/// All of it.
#[component]
pub fn RelationsView(
    /// What was found.
    view: GraphView,
    /// What was asked for.
    query: GraphQuery,
    /// Makes the address of anything else that may be asked for.
    address: Address,
) -> impl IntoView {
    let drawn = query.view == "graph";
    let nothing = view.reach.all == 0 && view.total == 0;
    let filtered = !query.kind.is_empty() || !query.relation.is_empty();
    let sum = summary(&view.reach, view.roots.len(), &query);
    let content = match view.picture {
        _ if nothing => empty(filtered, &query, &address),
        Some(picture) => drawing(picture, &query, &address),
        None => {
            let pages = {
                let (query, address) = (query.clone(), Arc::clone(&address));
                Box::new(move |page| {
                    address(&GraphQuery {
                        page,
                        ..query.clone()
                    })
                })
            };
            let deep = view.depth > 1;
            view! {
                <RelatedTables groups=view.groups deep/>
                <Pagination page=view.page pages=view.pages href=pages/>
            }
            .into_any()
        }
    };
    let facets = (view.kinds.len() + view.relations.len() > 0).then(|| {
        let types = links(&view.relations, &query, &address, |query| {
            &mut query.relation
        });
        let kinds: Vec<FacetValue> = view
            .kinds
            .iter()
            .map(|value| FacetValue {
                label: kind::plural(&value.value),
                ..value.clone()
            })
            .collect();
        let kinds = links(&kinds, &query, &address, |query| &mut query.kind);
        view! {
            <details class="facets">
                <summary class="btn">"Filters"</summary>
                <nav aria-label="Filters">
                    <FacetList title="Relation" values=types/>
                    <FacetList title="Kind" values=kinds/>
                </nav>
            </details>
        }
    });
    view! {
        <div class="tabs-row graph-choices">
            {shapes(&query, &address)} {directions(&query, &address)} {depths(view.depth, &query, &address)}
            {drawn.then(|| layouts(&query, &address))}
        </div>
        <div class="catalog">
            {facets}
            <div class="results">
                <div class="bar"><p class="sum" role="status">{sum}</p>{chips(&query, &address)}</div>
                {content}
            </div>
        </div>
    }
}

/// Returns a choice among links of which one is current.
fn choice(
    name: &'static str,
    links: impl Iterator<Item = (String, bool, AnyView)>,
) -> impl IntoView {
    let links = links
        .map(|(href, current, content)| {
            view! { <li><a href=href aria-current=current.then_some("true")>{content}</a></li> }
        })
        .collect_view();
    view! { <nav aria-label=name><ul class="tabs">{links}</ul></nav> }
}

/// Table or drawing.
fn shapes(query: &GraphQuery, address: &Address) -> impl IntoView + use<> {
    let drawn = query.view == "graph";
    let shapes = [
        ("", Glyph::Table, "Table"),
        ("graph", Glyph::Graph, "Graph"),
    ];
    let links = shapes.map(|(shape, glyph, name)| {
        let href = address(&GraphQuery {
            view: shape.to_owned(),
            page: 0,
            ..query.clone()
        });
        let content = view! { <Icon glyph/>{name} }.into_any();
        (href, drawn == (shape == "graph"), content)
    });
    choice("Shown as", links.into_iter())
}

fn directions(query: &GraphQuery, address: &Address) -> impl IntoView + use<> {
    let known = DIRECTIONS.iter().any(|(word, _)| *word == query.direction);
    let links = DIRECTIONS.map(|(word, name)| {
        let href = address(&GraphQuery {
            direction: word.to_owned(),
            page: 0,
            ..query.clone()
        });
        let current = query.direction == word || !known && word.is_empty();
        (href, current, name.into_any())
    });
    choice("Direction", links.into_iter())
}

fn depths(depth: u32, query: &GraphQuery, address: &Address) -> impl IntoView + use<> {
    let links = (1..=DEPTHS).map(|number| {
        let href = address(&GraphQuery {
            depth: number,
            page: 0,
            ..query.clone()
        });
        let content = if number == 1 {
            view! { <span class="meta">"Depth "</span>"1" }.into_any()
        } else {
            number.to_string().into_any()
        };
        (href, number == depth, content)
    });
    choice("Depth", links.collect::<Vec<_>>().into_iter())
}

fn layouts(query: &GraphQuery, address: &Address) -> impl IntoView + use<> {
    let known = LAYOUTS.iter().any(|(word, ..)| *word == query.layout);
    let links = LAYOUTS.map(|(word, glyph, name)| {
        let href = address(&GraphQuery {
            layout: word.to_owned(),
            ..query.clone()
        });
        let current = query.layout == word || !known && word.is_empty();
        let content = view! { <Icon glyph/><span class="vh">{name}</span> }.into_any();
        (href, current, content)
    });
    choice("Arrows lead", links.into_iter())
}

/// Returns links that switch one value each.
fn links(
    values: &[FacetValue],
    query: &GraphQuery,
    address: &Address,
    list: fn(&mut GraphQuery) -> &mut Vec<String>,
) -> Vec<FacetLink> {
    let links = values.iter().map(|value| {
        let mut other = query.clone();
        other.page = 0;
        let list = list(&mut other);
        list.retain(|one| !one.eq_ignore_ascii_case(&value.value));
        if !value.selected {
            list.push(value.value.clone());
        }
        FacetLink {
            label: value.label.clone(),
            count: value.count,
            selected: value.selected,
            href: address(&other),
            glyph: None,
        }
    });
    links.collect()
}

/// The filters that are on.
fn chips(query: &GraphQuery, address: &Address) -> impl IntoView + use<> {
    let relations = query.relation.iter().map(|one| ("Relation", one));
    let kinds = query.kind.iter().map(|one| ("Kind", one));
    let chips: Vec<_> = relations
        .chain(kinds)
        .map(|(name, value)| {
            let mut other = query.clone();
            other.page = 0;
            let list = if name == "Kind" {
                &mut other.kind
            } else {
                &mut other.relation
            };
            list.retain(|one| one != value);
            let (value, href) = (value.clone(), address(&other));
            view! { <FilterChip name value href/> }
        })
        .collect();
    (!chips.is_empty())
        .then(|| view! { <ul class="chips" aria-label="Active filters">{chips}</ul> })
}

/// Says in words what was found.
fn summary(reach: &Reach, roots: usize, query: &GraphQuery) -> String {
    let (it, its) = if roots > 1 {
        ("them", "They need")
    } else {
        ("it", "It needs")
    };
    let entities = |count: usize| {
        let noun = if count == 1 { "entity" } else { "entities" };
        format!("{} {noun}", thousands(count))
    };
    let directly = |direct: usize, all: usize| {
        if direct == all {
            String::new()
        } else {
            format!(", {} of them directly", thousands(direct))
        }
    };
    let mut parts = Vec::new();
    if query.direction == "any" {
        parts.push(format!("{} around {it}.", entities(reach.all)));
    } else {
        if query.direction != "out" {
            let verb = if reach.dependents == 1 {
                "needs"
            } else {
                "need"
            };
            let systems = match reach.systems {
                0 => String::new(),
                1 => ", in 1 system".to_owned(),
                many => format!(", in {} systems", thousands(many)),
            };
            let directly = directly(reach.direct_dependents, reach.dependents);
            parts.push(format!(
                "{} {verb} {it}{directly}{systems}.",
                entities(reach.dependents)
            ));
        }
        if query.direction != "in" {
            let directly = directly(reach.direct_dependencies, reach.dependencies);
            parts.push(format!("{its} {}{directly}.", entities(reach.dependencies)));
        }
    }
    if reach.missing > 0 {
        let are = if reach.missing == 1 { "is" } else { "are" };
        parts.push(format!(
            "{} {are} not in the catalog.",
            thousands(reach.missing)
        ));
    }
    if !reach.complete {
        parts.push("There are more; counting ended here.".to_owned());
    }
    parts.join(" ")
}

/// The drawing, what it leaves out, and the way to the table.
fn drawing(picture: Picture, query: &GraphQuery, address: &Address) -> AnyView {
    let (shown, total) = (picture.nodes.len(), picture.total);
    let cut = (shown < total).then(|| {
        let title = format!("Showing the nearest {} of {} entities", thousands(shown), thousands(total));
        view! {
            <Alert tone=Tone::Info title>
                <p>"Choose a smaller depth, a direction or a filter to draw all that is left. The table has every one."</p>
            </Alert>
        }
    });
    let left_out = (picture.left_out > 0).then(|| {
        let text = format!(
            "{} arrows between them are not drawn.",
            thousands(picture.left_out)
        );
        view! { <p class="meta">{text}</p> }
    });
    let table = address(&GraphQuery {
        view: String::new(),
        ..query.clone()
    });
    let tool = |name: &'static str, word: &'static str, glyph: Glyph| {
        view! { <button type="button" class="icon-btn" data-do=name title=word aria-label=word><Icon glyph/></button> }
    };
    view! {
        {cut}
        <figure class="graph-frame" data-graph>
            <div class="graph-tools" role="toolbar" aria-label="Drawing" hidden>
                {tool("in", "Zoom in", Glyph::Plus)} {tool("out", "Zoom out", Glyph::Minus)}
                {tool("fit", "Show all", Glyph::Maximize)} {tool("left", "Move left", Glyph::ArrowLeft)}
                {tool("up", "Move up", Glyph::Up)} {tool("down", "Move down", Glyph::Down)}
                {tool("right", "Move right", Glyph::ArrowRight)}
            </div>
            <Drawing picture label="Relations"/>
            <figcaption class="graph-links">
                <span>"An arrow leads from what needs to what is needed."</span>
                <a class="el" href=table><Icon glyph=Glyph::Table/>"The same as a table"</a>
            </figcaption>
        </figure>
        {left_out}
    }
    .into_any()
}

fn empty(filtered: bool, query: &GraphQuery, address: &Address) -> AnyView {
    if filtered {
        let href = address(&GraphQuery {
            kind: Vec::new(),
            relation: Vec::new(),
            page: 0,
            ..query.clone()
        });
        return view! {
            <EmptyState glyph=Glyph::Search title="No relation matches these filters">
                <p><a class="btn" href=href>"Remove all filters"</a></p>
            </EmptyState>
        }
        .into_any();
    }
    if !query.direction.is_empty() && query.direction != "any" {
        let href = address(&GraphQuery {
            direction: "any".to_owned(),
            page: 0,
            ..query.clone()
        });
        return view! {
            <EmptyState glyph=Glyph::Graph title="No relations in this direction">
                <p><a class="btn" href=href>"Look in every direction"</a></p>
            </EmptyState>
        }
        .into_any();
    }
    view! {
        <EmptyState glyph=Glyph::Graph title="No relations">
            <p>"Nothing refers to this entity, and it refers to nothing. Fields such as "<code>"spec.owner"</code>", "<code>"spec.system"</code>" and "<code>"spec.dependsOn"</code>" of its file make relations."</p>
        </EmptyState>
    }
    .into_any()
}
