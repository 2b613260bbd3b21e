//! Buttons and links.
use leptos::prelude::*;

use super::{
    pane::{Pane, State},
    samples::{LONG_TEXT, RTL},
};
use crate::{
    paths,
    ui::kit::{
        button::{Button, Weight},
        icon::{Glyph, Icon},
        icon_button::IconButton,
    },
};

pub(super) fn buttons(_: Pane) -> AnyView {
    let each = |name: &'static str, weight: Weight, text: &'static str| {
        view! {
            <State name>
                <Button text weight/>
                <Button text weight class="is-hover"/>
                <Button text weight class="is-active"/>
                <Button text weight class="is-focus"/>
                <Button text weight off=true/>
                <Button text="Saving" weight busy=true/>
            </State>
        }
    };
    view! {
        <p class="state-key">"Each row: default, hover, active, focus, disabled, loading."</p>
        {each("Primary", Weight::Primary, "Save")}
        {each("Plain", Weight::Plain, "Compare")}
        {each("Danger", Weight::Danger, "Unregister")}
        {each("Quiet", Weight::Quiet, "Cancel")}
        <State name="With a picture; as a link; disabled link">
            <Button text="Register" weight=Weight::Primary glyph=Glyph::Plus/>
            <Button text="Open the catalog" glyph=Glyph::Catalog href=paths::CATALOG/>
            <Button text="Export" glyph=Glyph::Download href=paths::CATALOG off=true/>
        </State>
        <State name="Long text, right to left" wide=true>
            <Button text=LONG_TEXT/>
            <Button text=RTL glyph=Glyph::Check/>
        </State>
    }
    .into_any()
}

pub(super) fn icon_buttons(_: Pane) -> AnyView {
    view! {
        <State name="Default, hover, active, focus">
            <IconButton glyph=Glyph::Star label="Star"/>
            <IconButton glyph=Glyph::Star label="Star" class="is-hover"/>
            <IconButton glyph=Glyph::Star label="Star" class="is-active"/>
            <IconButton glyph=Glyph::Star label="Star" class="is-focus"/>
        </State>
        <State name="On, disabled, loading">
            <IconButton glyph=Glyph::StarFilled label="Starred" pressed=true/>
            <IconButton glyph=Glyph::Eye label="Watch" off=true/>
            <IconButton glyph=Glyph::Refresh label="Refreshing" busy=true/>
        </State>
        <State name="As a link">
            <IconButton glyph=Glyph::External label="Open the catalog" href=paths::CATALOG/>
        </State>
    }
    .into_any()
}

pub(super) fn links(_: Pane) -> AnyView {
    view! {
        <State name="In a sentence">
            <p>"The owner is "<a href=paths::HOME>"team-payments"</a>", who was asked to look at it."</p>
        </State>
        <State name="Default, hover, focus">
            <a href=paths::HOME>"ferry-booking"</a>
            <a href=paths::HOME class="is-hover">"ferry-booking"</a>
            <a href=paths::HOME class="is-focus">"ferry-booking"</a>
        </State>
        <State name="Leaves the portal">
            <a href="https://example.com" rel="noreferrer" class="with-icon">"Runbook"<Icon glyph=Glyph::External/></a>
        </State>
        <State name="Leads nowhere">
            <span class="with-icon"><Icon glyph=Glyph::Problem/>"team-gone (not found)"</span>
        </State>
        <State name="Long text, right to left" wide=true>
            <a href=paths::HOME dir="auto">{LONG_TEXT}</a>
            <a href=paths::HOME dir="auto">{RTL}</a>
        </State>
    }
    .into_any()
}
