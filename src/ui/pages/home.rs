//! `/`: what there is, what is mine, what changed, what is wrong.
mod changed;
mod first_run;
mod links;
mod owned;
mod problems;
mod shelf;

use callboard_model::view::{HomeSection, HomeView, KindCount};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

use super::{error::ErrorPage, sheet::Sheet};
use crate::{
    api::catalog::get_home,
    paths,
    platform::now_ms,
    ui::{
        components::kind,
        frame::Frame,
        kit::{
            alert::Alert,
            badge::Tone,
            icon::{Glyph, Icon},
            number::thousands,
        },
        layout::page_header::PageHeader,
    },
};

/// The home page.
#[component]
pub(super) fn HomePage() -> impl IntoView {
    let asked = |key: &str| use_query_map().with_untracked(|query| query.get(key));
    let frame = use_context::<Frame>().unwrap_or_default();
    let owner = asked("owner").unwrap_or_else(|| frame.owner.clone());
    let changes = asked("changes").unwrap_or_default();
    let page = Suspend::new(async move {
        match get_home(owner, Some(changes)).await {
            Ok(home) => content(home, &frame).into_any(),
            Err(error) => {
                view! { <ErrorPage title="The home page could not be shown" error/> }.into_any()
            }
        }
    });
    view! { <Sheet name="home"/> {page} }
}

fn content(home: HomeView, frame: &Frame) -> impl IntoView + use<> {
    let total: usize = home.kinds.iter().map(|kind| kind.count).sum();
    let person = frame.user.as_ref().filter(|user| !user.is_guest);
    let title = person.map_or_else(
        || home.organization.clone(),
        |person| format!("Hello, {}", person.title),
    );
    let lead = (total > 0).then(|| {
        let noun = if total == 1 { "entity" } else { "entities" };
        let size = format!("{} {noun} in the catalog", thousands(total));
        match person {
            Some(_) => format!("{} · {size}", home.organization),
            None => size,
        }
    });
    let search = (total > 0).then(search);
    let ingesting = home.ingesting.then(|| {
        view! {
            <Alert tone=Tone::Info title="The catalog is being read for the first time">
                <p>"What is here grows until every location was read. Reload the page to see more."</p>
            </Alert>
        }
    });
    let body = if total == 0 && !home.ingesting {
        view! { <first_run::FirstRun/> }.into_any()
    } else {
        overview(home, frame)
    };
    view! {
        <Title text=""/>
        <PageHeader title lead>{search}</PageHeader>
        {ingesting} {body}
    }
}

/// The search box of the page; the one in the bar at the top does the same.
fn search() -> impl IntoView {
    view! {
        <form class="filter find" action=paths::SEARCH>
            <Icon glyph=Glyph::Search/>
            <input
                type="search"
                name="q"
                aria-label="Find a service, an API, a team or a person"
                placeholder="Find a service, an API, a team or a person"
                autocomplete="off"
            />
            <button class="btn primary">"Search"</button>
        </form>
    }
}

/// The sections in their order: what is wide at the left, the rest beside it. The tiles of the kinds stand above both,
/// or below when another section comes before them.
fn overview(home: HomeView, frame: &Frame) -> AnyView {
    let now = now_ms();
    let place = |wanted: HomeSection| home.layout.iter().position(|section| *section == wanted);
    let is_first = place(HomeSection::Kinds) == Some(0);
    let tiles = place(HomeSection::Kinds).map(|_| {
        let kinds = home.kinds.iter().map(tile).collect_view();
        view! { <ul class="tiles" aria-label="Catalog by kind">{kinds}</ul> }
    });
    let column = |wide: bool| {
        let sections = home.layout.iter().copied();
        let sections = sections
            .filter(|section| *section != HomeSection::Kinds && section.is_wide() == wide)
            .filter(|section| *section != HomeSection::Links || !home.links.is_empty());
        let shown: Vec<_> = sections
            .map(|section| show(section, &home, frame, now))
            .collect();
        (!shown.is_empty()).then(|| view! { <div>{shown}</div> })
    };
    let columns = view! { <div class="columns">{column(true)}{column(false)}</div> };
    if is_first {
        view! { {tiles}{columns} }.into_any()
    } else {
        view! { {columns}{tiles} }.into_any()
    }
}

fn show(section: HomeSection, home: &HomeView, frame: &Frame, now: i64) -> AnyView {
    let home = home.clone();
    match section {
        HomeSection::Owned => view! { <owned::OwnedCard home here=frame.here.clone()/> }.into_any(),
        HomeSection::Starred => {
            view! { <shelf::StarredCard home here=frame.here.clone()/> }.into_any()
        }
        HomeSection::Recent => {
            view! { <shelf::RecentCard home here=frame.here.clone() now/> }.into_any()
        }
        HomeSection::Changed => {
            view! { <changed::ChangedCard home here=frame.here.clone() now/> }.into_any()
        }
        HomeSection::Problems => view! { <problems::ProblemsCard home/> }.into_any(),
        HomeSection::Links => view! { <links::LinksCard links=home.links/> }.into_any(),
        HomeSection::Kinds => ().into_any(),
    }
}

/// A kind with its count, leading to its table.
fn tile(count: &KindCount) -> impl IntoView + use<> {
    let (glyph, class) = kind::look(&count.kind);
    let name = if count.count == 1 {
        kind::name(&count.kind)
    } else {
        kind::plural(&count.kind)
    };
    view! {
        <li>
            <a class=class href=paths::kind(&count.kind)>
                <Icon glyph/>
                <b>{thousands(count.count)}</b>
                <span>{name}</span>
            </a>
        </li>
    }
}
