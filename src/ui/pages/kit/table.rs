//! The table: full, sorted, selected, loading, empty and failed.
use leptos::prelude::*;

use super::{
    pane::{Pane, State},
    samples::{LONG_TEXT, LONG_WORD, RTL},
};
use crate::{
    paths,
    ui::kit::{
        badge::{Badge, Tone},
        button::Button,
        dash::Dash,
        icon::Glyph,
        icon_button::IconButton,
        skeleton::{SkeletonRows, TableNote},
        sort_header::{Order, SortHeader},
        table::{SelectCell, TableFrame},
    },
};

/// Number of columns of the samples.
const COLUMNS: usize = 5;

pub(super) fn tables(pane: Pane) -> AnyView {
    let frame = move |label: &str, rows: AnyView| {
        view! { <TableFrame label=pane.label(label) caption="Components" sticky=true>{head()}<tbody>{rows}</tbody></TableFrame> }
    };
    let busy = view! { <SkeletonRows rows=3 columns=COLUMNS/> }.into_any();
    let empty = view! {
        <TableNote columns=COLUMNS>
            <p><b>"No component matches these filters."</b></p>
            <p><Button text="Remove tier:1" glyph=Glyph::Close href=paths::CATALOG/></p>
        </TableNote>
    }
    .into_any();
    let failed = view! {
        <TableNote columns=COLUMNS>
            <p class="mistake">"The catalog could not be read: the database did not answer within 5 s."</p>
            <p><Button text="Try again" glyph=Glyph::Refresh href=paths::KIT/></p>
        </TableNote>
    }
    .into_any();
    view! {
        <State name="Sorted, hover, selected, long text, right to left" wide=true>
            {frame("Table", rows(pane))}
            <p class="bulk" role="status"><b>"1 selected"</b><Button text="Watch" glyph=Glyph::Eye/><Button text="Export" glyph=Glyph::Download/></p>
        </State>
        <State name="Loading" wide=true>{frame("Loading table", busy)}</State>
        <State name="Empty" wide=true>{frame("Empty table", empty)}</State>
        <State name="Failed" wide=true>{frame("Failed table", failed)}</State>
    }
    .into_any()
}

fn head() -> impl IntoView {
    let sorted = |label: &'static str, order: Order| {
        view! { <SortHeader label class="" order href="#table".to_owned()/> }
    };
    view! {
        <thead>
            <tr>
                <th scope="col"><span class="vh">"Select"</span></th>
                {sorted("Name", Order::Ascending)}
                {sorted("Owner", Order::None)}
                <th scope="col">"State"</th>
                <th scope="col"><span class="vh">"Actions"</span></th>
            </tr>
        </thead>
    }
}

fn rows(pane: Pane) -> AnyView {
    let row = |id: &str, name: &'static str, owner: Option<&'static str>, class: &'static str| {
        let owner = match owner {
            Some(owner) => view! { <a href=paths::HOME dir="auto">{owner}</a> }.into_any(),
            None => view! { <Dash/> }.into_any(),
        };
        let chosen = class == "is-selected";
        view! {
            <tr class=class>
                <SelectCell name="row" value=id what=format!("{name} in {}", pane.theme) on=chosen/>
                <td><a class="el" href=paths::CATALOG dir="auto">{name}</a></td>
                <td>{owner}</td>
                <td><Badge tone=Tone::Ok text="production" glyph=Glyph::Done/></td>
                <td class="act"><IconButton glyph=Glyph::Dots label="Actions"/></td>
            </tr>
        }
    };
    view! {
        {row("1", "ferry-booking", Some("team-tickets"), "")}
        {row("2", "ferry-payments", None, "is-hover")}
        {row("3", "harbour-map", Some("team-maps"), "is-selected")}
        {row("4", LONG_WORD, Some(LONG_TEXT), "")}
        {row("5", RTL, Some(RTL), "")}
    }
    .into_any()
}
