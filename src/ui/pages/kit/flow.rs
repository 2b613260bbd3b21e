//! What takes time.
use leptos::prelude::*;

use super::{
    pane::{Pane, State},
    samples::{LOG, LOG_FAILED, LONG_TEXT, RTL},
};
use crate::{
    paths,
    ui::kit::{
        log_viewer::LogViewer,
        progress::{Busy, ProgressBar},
        skeleton::Skeleton,
        stepper::{Progress, Step, Stepper},
    },
};

pub(super) fn steppers(pane: Pane) -> AnyView {
    let step = |text: &str, progress: Progress| Step {
        text: text.to_owned(),
        progress,
        ..Step::default()
    };
    let link = |text: &str, progress: Progress| Step {
        href: Some("#stepper".to_owned()),
        ..step(text, progress)
    };
    let noted = |note: &str, step: Step| Step {
        note: Some(note.to_owned()),
        ..step
    };
    let form = vec![
        link("Choose", Progress::Done),
        link("Fill in", Progress::Current),
        step("Review", Progress::Ahead),
        step("Run", Progress::Ahead),
    ];
    let run = vec![
        noted("0.4 s", link("Fetch", Progress::Done)),
        noted("0.1 s", link("Template", Progress::Done)),
        noted(
            "waiting for payments-leads, 12 min",
            step("Gate", Progress::Waits),
        ),
        noted("GitHub said 403", link("Publish", Progress::Failed)),
        noted("not needed", step("Notify", Progress::Skipped)),
        step(RTL, Progress::Current),
        step(LONG_TEXT, Progress::Ahead),
    ];
    view! {
        <State name="Done, current, ahead" wide=true><Stepper label=pane.label("Steps of the form") steps=form/></State>
        <State name="Below each other: waits, failed, skipped" wide=true>
            <Stepper label=pane.label("Steps of the run") steps=run vertical=true/>
        </State>
    }
    .into_any()
}

pub(super) fn progress(_: Pane) -> AnyView {
    view! {
        <State name="Known"><ProgressBar label="Import" done=42 note="42 of 100 repositories"/></State>
        <State name="Unknown"><ProgressBar label="Reading" note="the host has not said how much there is"/></State>
        <State name="Done"><ProgressBar label="Import" done=100 note="done" class="ok"/></State>
        <State name="Failed"><ProgressBar label="Import" done=61 note="stopped at repository 61" class="danger"/></State>
        <State name="Circle with words"><Busy text="Reading 14 files"/></State>
    }
    .into_any()
}

pub(super) fn skeletons(_: Pane) -> AnyView {
    view! {
        <State name="Appears after 200 ms" wide=true><Skeleton label="Loading" lines=4/></State>
    }
    .into_any()
}

pub(super) fn logs(pane: Pane) -> AnyView {
    let log = move |id: &str, label: &str, text: &str, running: bool| {
        let (id, label, text) = (pane.id(id), pane.label(label), text.to_owned());
        view! { <LogViewer id label text raw=paths::KIT running/> }
    };
    view! {
        <State name="Running" wide=true>{log("log", "Template", LOG, true)}</State>
        <State name="Failed, with a long line" wide=true>{log("log-failed", "Publish", LOG_FAILED, false)}</State>
        <State name="Empty" wide=true>{log("log-empty", "Notify", "", false)}</State>
    }
    .into_any()
}
