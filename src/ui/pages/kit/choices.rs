//! Boxes, circles, switches, segments, and questions made of them.
use leptos::prelude::*;

use super::{
    pane::{Pane, State},
    samples::{LONG_TEXT, RTL},
};
use crate::{
    paths,
    ui::kit::{
        choice::{Mark, Tick, TickGroup},
        icon::Glyph,
        quiz::{Answer, QuizItem, Verdict},
        segmented::{Segment, SegmentLinks, SegmentRadios},
    },
};

pub(super) fn boxes(pane: Pane) -> AnyView {
    let box_of = move |text: &'static str, on: bool, off: bool, class: &'static str| {
        view! { <Tick text name=pane.id("box") on off class/> }
    };
    let wrong = move |text: &'static str, note: Option<String>| {
        let name = pane.id("box");
        match note {
            Some(note) => view! { <Tick text name wrong=true note/> }.into_any(),
            None => view! { <Tick text name wrong=true/> }.into_any(),
        }
    };
    view! {
        <State name="Default, on, right to left">
            {box_of("Watch it", false, false, "")} {box_of("Star it", true, false, "")} {box_of(RTL, true, false, "")}
        </State>
        <State name="Hover, focus">
            {box_of("Watch it", false, false, "is-hover")} {box_of("Watch it", false, false, "is-focus")}
        </State>
        <State name="Disabled">
            {box_of("Watch it", false, true, "")} {box_of("Star it", true, true, "")}
        </State>
        <State name="Group with an error">
            <TickGroup legend="What to tell" error="Choose at least one.">
                {wrong("Changes of the owner", None)} {wrong("New problems", Some("At most once a day.".to_owned()))}
            </TickGroup>
        </State>
        <State name="Long text" wide=true>{box_of(LONG_TEXT, true, false, "")}</State>
    }
    .into_any()
}

pub(super) fn radios(pane: Pane) -> AnyView {
    let tick = move |state: &str, text: &'static str, on: bool, off: bool, class: &'static str| {
        let name = pane.id(&format!("radio{state}"));
        view! { <Tick text name value=text mark=Mark::Circle on off class/> }
    };
    view! {
        <State name="Default">
            <TickGroup legend="Density">
                {tick("", "Compact", false, false, "")}
                {tick("", "Default", true, false, "")}
                {tick("", "Comfortable", false, false, "")}
            </TickGroup>
        </State>
        <State name="Hover, focus">
            {tick("-states", "Hover", false, false, "is-hover")}
            {tick("-states", "Focus", true, false, "is-focus")}
        </State>
        <State name="Disabled">
            <TickGroup legend="Density">
                {tick("-off", "Compact", false, true, "")}
                {tick("-off", "Default", true, true, "")}
            </TickGroup>
        </State>
    }
    .into_any()
}

pub(super) fn switches(pane: Pane) -> AnyView {
    let tick = move |text: &'static str, on: bool, off: bool, class: &'static str| {
        view! { <Tick text name=pane.id("switch") mark=Mark::Switch on off class/> }
    };
    view! {
        <State name="Off, on">{tick("Single-key shortcuts", false, false, "")} {tick("Single-key shortcuts", true, false, "")}</State>
        <State name="Hover, focus">{tick("Hover", false, false, "is-hover")} {tick("Focus", true, false, "is-focus")}</State>
        <State name="Disabled">{tick("Off", false, true, "")} {tick("On", true, true, "")}</State>
        <State name="With what follows from it">
            <Tick text="Tell me by mail" name=pane.id("switch") mark=Mark::Switch on=true note="At most one mail a day."/>
        </State>
    }
    .into_any()
}

pub(super) fn segments(pane: Pane) -> AnyView {
    let segments = |glyphs: bool| {
        let all = [
            ("Table", Glyph::Table),
            ("Graph", Glyph::Graph),
            ("List", Glyph::List),
        ];
        let all = all.into_iter().enumerate();
        all.map(|(place, (text, glyph))| Segment {
            text: text.to_owned(),
            to: format!("#segmented-{place}"),
            current: place == 0,
            off: place == 2,
            glyph: glyphs.then_some(glyph),
        })
        .collect::<Vec<_>>()
    };
    view! {
        <State name="Links: current, default, disabled"><SegmentLinks label="View" segments=segments(true)/></State>
        <State name="Form"><SegmentRadios label="View" name=pane.id("segment") segments=segments(false)/></State>
    }
    .into_any()
}

pub(super) fn quiz(pane: Pane) -> AnyView {
    let answers = |chosen: usize| -> Vec<Answer> {
        [
            "It is shown as a problem, and the rest goes on.",
            "The whole catalog stops.",
            "The entity disappears.",
        ]
        .iter()
        .enumerate()
        .map(|(place, text)| Answer {
            value: place.to_string(),
            text: (*text).to_owned(),
            chosen: place == chosen,
        })
        .collect()
    };
    let question = "What happens when a file of the catalog is broken?";
    let right = Verdict::Right("The last good version of the file goes on being shown.".to_owned());
    let wrong =
        Verdict::Wrong("Think of what one broken file means for a thousand others.".to_owned());
    view! {
        <State name="Not answered" wide=true>
            <form action=paths::KIT><QuizItem question name=pane.id("quiz") answers=answers(9)/></form>
        </State>
        <State name="Right" wide=true><QuizItem question name=pane.id("quiz-right") answers=answers(0) verdict=right off=true/></State>
        <State name="Wrong, several answers" wide=true>
            <QuizItem question name=pane.id("quiz-wrong") answers=answers(1) verdict=wrong several=true/>
        </State>
    }
    .into_any()
}
