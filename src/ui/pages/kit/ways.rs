//! What leads from one place to another.
use leptos::prelude::*;

use super::{
    pane::{Pane, State},
    samples::{LONG_TEXT, LONG_WORD, RTL},
};
use crate::{
    paths,
    ui::kit::{
        badge::Tone,
        breadcrumb::Breadcrumb,
        facet_list::{FacetLink, FacetList},
        icon::Glyph,
        load_more::{LoadMore, More},
        pagination::Pagination,
        tabs::{Tab, Tabs},
        tree::{Node, Tree},
    },
};

pub(super) fn tabs(pane: Pane) -> AnyView {
    let tab = |text: &str| Tab {
        text: text.to_owned(),
        href: "#tabs".to_owned(),
        ..Tab::default()
    };
    let some = vec![
        Tab {
            current: true,
            ..tab("Overview")
        },
        Tab {
            count: Some(84),
            ..tab("Relations")
        },
        Tab {
            count: Some(3),
            glyph: Some((Glyph::Problem, Tone::Warn)),
            ..tab("Problems")
        },
        Tab {
            off: true,
            ..tab("Docs")
        },
    ];
    let many = (1..=12)
        .map(|n| Tab {
            current: n == 1,
            ..tab(&format!("Tab with a long name {n}"))
        })
        .chain([tab(RTL)])
        .collect::<Vec<_>>();
    view! {
        <State name="Current, count, problem, disabled. Arrow keys go through them." wide=true>
            <Tabs label=pane.label("Tabs") tabs=some/>
        </State>
        <State name="More than there is room for" wide=true><Tabs label=pane.label("Many tabs") tabs=many/></State>
    }
    .into_any()
}

pub(super) fn breadcrumbs(pane: Pane) -> AnyView {
    let above = |names: &[&str]| -> Vec<(String, String)> {
        names
            .iter()
            .map(|name| ((*name).to_owned(), paths::CATALOG.to_owned()))
            .collect()
    };
    view! {
        <State name="Default" wide=true>
            <Breadcrumb above=above(&["Catalog", "Component"]) here="ferry-booking" label=pane.label("Way")/>
        </State>
        <State name="Long text, right to left" wide=true>
            <Breadcrumb above=above(&["Catalog", RTL, LONG_WORD]) here=LONG_TEXT label=pane.label("Long way")/>
        </State>
    }
    .into_any()
}

pub(super) fn pagination(pane: Pane) -> AnyView {
    let href = |page: u32| format!("?page={page}#pagination");
    let pages = move |label: &str, page: u32, pages: u32| {
        view! { <Pagination page pages href=Box::new(href) label=pane.label(label)/> }
    };
    let more = |shown: usize, more: More| {
        view! { <LoadMore shown total=1_284 noun="component" href="#pagination" more/> }
    };
    view! {
        <State name="First page" wide=true>{pages("First", 1, 3)}</State>
        <State name="In the middle of many" wide=true>{pages("Middle", 512, 1_284)}</State>
        <State name="More, loading, failed, all shown" wide=true>
            {more(50, More::Ready)} {more(50, More::Busy)} {more(50, More::Failed)} {more(1_284, More::Ready)}
        </State>
    }
    .into_any()
}

pub(super) fn trees(pane: Pane) -> AnyView {
    let leaf = |text: &str, current: bool| Node {
        text: text.to_owned(),
        href: Some("#tree".to_owned()),
        glyph: Some(Glyph::File),
        current,
        ..Node::default()
    };
    let branch = |text: &str, open: bool, children: Vec<Node>| Node {
        text: text.to_owned(),
        glyph: Some(Glyph::Folder),
        open,
        children,
        ..Node::default()
    };
    let nodes = vec![
        branch(
            "guides",
            true,
            vec![
                leaf("Getting started", true),
                leaf(RTL, false),
                branch("operations", true, vec![leaf("Runbook", false)]),
            ],
        ),
        branch("reference", false, vec![leaf("REST API", false)]),
        leaf(LONG_TEXT, false),
        Node {
            text: "A page that is not written yet".to_owned(),
            glyph: Some(Glyph::File),
            ..Node::default()
        },
    ];
    view! {
        <State name="Open, closed, current, long text, right to left, no link" wide=true>
            <Tree label=pane.label("Pages of the documentation") nodes/>
        </State>
    }
    .into_any()
}

pub(super) fn facets(_: Pane) -> AnyView {
    let value = |label: &str, count: usize, selected: bool| FacetLink {
        label: label.to_owned(),
        count,
        selected,
        href: "#facets".to_owned(),
        glyph: None,
    };
    let some = vec![
        value("team-payments", 42, true),
        value("team-tickets", 1_284, false),
        value(RTL, 3, false),
        value(LONG_WORD, 1, false),
    ];
    let many = (1..=40)
        .map(|n| value(&format!("tag-{n}"), 41 - n, false))
        .collect::<Vec<_>>();
    let kinds = vec![
        FacetLink {
            glyph: Some((Glyph::Component, "k-component")),
            ..value("Component", 214, true)
        },
        FacetLink {
            glyph: Some((Glyph::Api, "k-api")),
            ..value("API", 61, false)
        },
    ];
    view! {
        <State name="Selected, long text, right to left"><div class="narrow"><FacetList title="Owner" values=some/></div></State>
        <State name="More than are shown"><div class="narrow"><FacetList title="Tag" values=many/></div></State>
        <State name="One of several"><div class="narrow"><FacetList title="Kind" values=kinds/></div></State>
    }
    .into_any()
}
