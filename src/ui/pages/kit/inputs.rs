//! What is filled in.
use leptos::prelude::*;

use super::{
    pane::{Pane, State},
    samples::{LONG_TEXT, RTL},
};
use crate::ui::kit::{
    multi_select::{MultiSelect, Value},
    select::{Combobox, Select},
    text_input::{Control, TextArea, TextInput},
};

/// A control whose names are made of one word.
fn control(pane: Pane, id: &str, label: &str) -> Control {
    Control::new(pane.id(id), id, label)
}

pub(super) fn inputs(pane: Pane) -> AnyView {
    let plain = move |id: &str, class: &'static str| Control {
        class,
        ..control(pane, id, "Name")
    };
    let help = Control {
        help: Some("Lower case letters, digits and dashes.".to_owned()),
        required: true,
        ..control(pane, "in-help", "Name")
    };
    let wrong = Control {
        error: Some("`Ferry Booking` has a space. Write `ferry-booking`.".to_owned()),
        help: help.help.clone(),
        ..control(pane, "in-error", "Name")
    };
    let off = Control {
        off: true,
        help: Some("It is set by the file of the component.".to_owned()),
        ..control(pane, "in-off", "Owner")
    };
    let fixed = Control {
        read_only: true,
        ..control(pane, "in-fixed", "Reference")
    };
    let busy = Control {
        busy: true,
        ..control(pane, "in-busy", "Address of the file")
    };
    view! {
        <State name="Default and empty"><TextInput control=plain("in", "") placeholder="ferry-booking"/></State>
        <State name="Hover"><TextInput control=plain("in-hover", "is-hover") value="ferry-booking"/></State>
        <State name="Focus"><TextInput control=plain("in-focus", "is-focus") value="ferry-booking"/></State>
        <State name="Required, with help"><TextInput control=help value="ferry-booking"/></State>
        <State name="Error"><TextInput control=wrong value="Ferry Booking"/></State>
        <State name="Disabled"><TextInput control=off value="team-payments"/></State>
        <State name="Read-only"><TextInput control=fixed value="component:default/ferry-booking"/></State>
        <State name="Loading"><TextInput control=busy kind="url" value="https://example.com/catalog-info.yaml"/></State>
        <State name="Long text"><TextInput control=control(pane, "in-long", LONG_TEXT) value=LONG_TEXT/></State>
        <State name="Right to left"><TextInput control=control(pane, "in-rtl", RTL) value=RTL/></State>
        <State name="Search"><TextInput control=control(pane, "in-search", "Filter") kind="search" value="owner:payments"/></State>
        <State name="Date"><TextInput control=control(pane, "in-date", "From") kind="date" value="2026-11-26"/></State>
        <State name="Several lines"><TextArea control=control(pane, "in-area", "Description") value="Sells and changes tickets."/></State>
        <State name="Several lines, disabled">
            <TextArea control=Control { off: true, ..control(pane, "in-area-off", "Description") } value="Sells tickets."/>
        </State>
    }
    .into_any()
}

pub(super) fn selects(pane: Pane) -> AnyView {
    let options = || {
        ["production", "experimental", "deprecated"]
            .map(|word| (word.to_owned(), word.to_owned()))
            .to_vec()
    };
    let long = vec![(String::new(), LONG_TEXT.to_owned())];
    let select = move |id: &str, class: &'static str| Control {
        class,
        ..control(pane, id, "Lifecycle")
    };
    let wrong = Control {
        error: Some("Choose a lifecycle.".to_owned()),
        ..select("sel-error", "")
    };
    let owners = || {
        vec![
            "team-payments".to_owned(),
            "team-tickets".to_owned(),
            RTL.to_owned(),
        ]
    };
    let none = Control {
        help: Some("No group was found. Write its reference.".to_owned()),
        ..control(pane, "box-none", "Owner")
    };
    view! {
        <State name="Select"><Select control=select("sel", "") options=options() chosen="production"/></State>
        <State name="Hover"><Select control=select("sel-hover", "is-hover") options=options()/></State>
        <State name="Focus"><Select control=select("sel-focus", "is-focus") options=options()/></State>
        <State name="Error"><Select control=wrong options=options()/></State>
        <State name="Disabled"><Select control=Control { off: true, ..select("sel-off", "") } options=options()/></State>
        <State name="Loading"><Select control=Control { busy: true, ..select("sel-busy", "") } options=options()/></State>
        <State name="Long text"><Select control=select("sel-long", "") options=long/></State>
        <State name="Combobox"><Combobox control=control(pane, "box", "Owner") suggestions=owners() value="team-payments"/></State>
        <State name="Combobox without suggestions"><Combobox control=none suggestions=Vec::new()/></State>
        <State name="Combobox, read-only">
            <Combobox control=Control { read_only: true, ..control(pane, "box-fixed", "Owner") } suggestions=owners() value=RTL/>
        </State>
    }
    .into_any()
}

pub(super) fn multi_selects(_: Pane) -> AnyView {
    let values = |chosen: &[usize]| -> Vec<Value> {
        ["team-payments", "team-tickets", RTL, LONG_TEXT]
            .iter()
            .enumerate()
            .map(|(place, text)| Value {
                value: place.to_string(),
                text: (*text).to_owned(),
                chosen: chosen.contains(&place),
            })
            .collect()
    };
    view! {
        <State name="Nothing chosen"><MultiSelect label="Owner" name="owner" values=values(&[])/></State>
        <State name="Chosen"><MultiSelect label="Owner" name="owner" values=values(&[0, 1])/></State>
        <State name="Open"><MultiSelect label="Owner" name="owner" values=values(&[1]) open=true/></State>
        <State name="Empty"><MultiSelect label="Owner" name="owner" values=Vec::new() open=true/></State>
    }
    .into_any()
}
