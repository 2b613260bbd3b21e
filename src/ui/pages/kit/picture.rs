//! Colours, type and icons, and still pictures of pieces that are made elsewhere.
use leptos::prelude::*;

use super::{
    pane::{Pane, State},
    samples::RTL,
};
use crate::{
    paths,
    ui::kit::{
        icon::{Glyph, Icon},
        table::TableFrame,
    },
};

/// Names of the colours, as `style/tokens.css` has them.
const COLOURS: &[&str] = &[
    "bg",
    "surface",
    "surface-2",
    "surface-3",
    "border",
    "border-strong",
    "fg",
    "fg-muted",
    "fg-subtle",
    "accent",
    "accent-soft",
    "link",
    "focus",
    "ok",
    "ok-soft",
    "warn",
    "warn-soft",
    "danger",
    "danger-soft",
    "info",
    "info-soft",
    "unknown",
    "unknown-soft",
    "add",
    "del",
    "component",
    "api",
    "resource",
    "system",
    "domain",
    "group",
    "user",
    "template",
];

pub(super) fn colours(_: Pane) -> AnyView {
    let swatches = COLOURS
        .iter()
        .map(|name| view! { <li><span class=format!("swatch c-{name}")></span><code>{*name}</code></li> })
        .collect_view();
    view! {
        <State name="Colours" wide=true><ul class="swatches">{swatches}</ul></State>
        <State name="Type" wide=true>
            <p class="type-title">"Page title 20/28"</p>
            <p class="type-part">"Heading 15/20"</p>
            <p>"Text 14/20. Numbers stand below each other: 1,284 and 9,817."</p>
            <p><small>"Small 12/16, for what is said beside something."</small></p>
            <p><code>"component:default/ferry-booking"</code></p>
        </State>
    }
    .into_any()
}

pub(super) fn icons(_: Pane) -> AnyView {
    let names = include_str!("../../../../public/icons.svg")
        .split("<symbol id=\"")
        .skip(1)
        .filter_map(|symbol| symbol.split_once('"').map(|(name, _)| name));
    let icons = names
        .map(|name| {
            let href = format!("/icons.svg#{name}");
            view! { <li><svg class="i" aria-hidden="true"><use href=href></use></svg><code>{name}</code></li> }
        })
        .collect_view();
    view! { <State name="One open set, served as one file" wide=true><ul class="glyphs">{icons}</ul></State> }.into_any()
}

pub(super) fn palette(pane: Pane) -> AnyView {
    let option = |glyph: Glyph, text: &'static str, note: &'static str, class: &'static str| {
        view! { <li class=class><Icon glyph/><span><bdi>{text}</bdi>" "<small>{note}</small></span></li> }
    };
    let id = pane.id("palette");
    view! {
        <State name="A still picture of its list" wide=true>
            <div class="palette-picture">
                <p class="palette-input"><Icon glyph=Glyph::Search/><span>"check"</span><kbd>"Esc"</kbd></p>
                <p class="palette-group" id=id.clone()>"Entities"</p>
                <ul aria-labelledby=id>
                    {option(Glyph::Component, "checkout-api", "Component, team-payments", "is-hover")}
                    {option(Glyph::Api, "checkout", "API, team-payments", "")}
                    {option(Glyph::System, RTL, "System", "")}
                </ul>
                <p class="palette-group">"Actions"</p>
                <ul>{option(Glyph::Plus, "Register a file", "", "")} {option(Glyph::Moon, "Use dark colours", "", "")}</ul>
                <p class="palette-keys"><span><kbd>"↑"</kbd><kbd>"↓"</kbd>" choose"</span><span><kbd>"↵"</kbd>" open"</span></p>
            </div>
        </State>
        <State name="Nothing found" wide=true>
            <div class="palette-picture">
                <p class="palette-input"><Icon glyph=Glyph::Search/><span>"zzz"</span><kbd>"Esc"</kbd></p>
                <p class="none">"Nothing matches. Press ↵ to search everywhere."</p>
            </div>
        </State>
    }
    .into_any()
}

pub(super) fn graph(pane: Pane) -> AnyView {
    let node = |x: u32, y: u32, class: &'static str, text: &'static str| {
        view! {
            <g class=class>
                <rect x=x.to_string() y=y.to_string() width="120" height="32" rx="6"></rect>
                <text x=(x + 60).to_string() y=(y + 20).to_string() text-anchor="middle">{text}</text>
            </g>
        }
    };
    let row = |from: &'static str, relation: &'static str, to: &'static str| {
        view! { <tr><td><a class="el" href=paths::CATALOG>{from}</a></td><td>{relation}</td><td><a href=paths::CATALOG>{to}</a></td></tr> }
    };
    let title = pane.id("graph-title");
    let titled = title.clone();
    view! {
        <State name="Picture, with a summary in words" wide=true>
            <figure class="graph-picture">
                <svg viewBox="0 0 440 120" role="img" aria-labelledby=titled>
                    <title id=title>"ferry-booking uses the API checkout and depends on tickets-db"</title>
                    <path d="M140 60 C 200 60, 220 26, 290 26 M140 60 C 200 60, 220 94, 290 94"></path>
                    {node(20, 44, "k-component", "ferry-booking")}
                    {node(290, 10, "k-api", "checkout")}
                    {node(290, 78, "k-resource", "tickets-db")}
                </svg>
                <figcaption>"2 things that it needs, in 1 system"</figcaption>
            </figure>
        </State>
        <State name="The same as a table" wide=true>
            <TableFrame label=pane.label("Relations") caption="Relations">
                <thead><tr><th scope="col">"From"</th><th scope="col">"Relation"</th><th scope="col">"To"</th></tr></thead>
                <tbody>{row("ferry-booking", "consumes", "checkout")} {row("ferry-booking", "depends on", "tickets-db")}</tbody>
            </TableFrame>
        </State>
        <State name="Too large" wide=true><p class="none">"This has 5,000 relations. The first 500 are drawn; "<a href=paths::KIT>"show all as a table"</a>"."</p></State>
    }
    .into_any()
}
