//! The steps of something that takes several, and where one is.
use leptos::prelude::*;

use super::icon::{Glyph, Icon};

/// How far a step is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Progress {
    /// Not begun.
    #[default]
    Ahead,
    /// The one that is shown or runs.
    Current,
    /// Finished.
    Done,
    /// Waits for somebody.
    Waits,
    /// Did not work, or something in it is wrong.
    Failed,
    /// Left out.
    Skipped,
}

impl Progress {
    fn look(self) -> (&'static str, Option<Glyph>, &'static str) {
        match self {
            Self::Ahead => ("ahead", None, "not begun"),
            Self::Current => ("current", None, "current"),
            Self::Done => ("ok", Some(Glyph::Check), "done"),
            Self::Waits => ("warn", Some(Glyph::Clock), "waiting"),
            Self::Failed => ("danger", Some(Glyph::Close), "failed"),
            Self::Skipped => ("ahead", Some(Glyph::Minus), "skipped"),
        }
    }
}

/// One step.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Step {
    /// What it is called.
    pub text: String,
    /// More about it: how long it took, whom it waits for.
    pub note: Option<String>,
    /// Its address, where one may go there.
    pub href: Option<String>,
    /// How far it is.
    pub progress: Progress,
}

/// The steps in their order; each says in words how far it is.
#[component]
pub fn Stepper(
    /// What they are the steps of.
    #[prop(into)]
    label: String,
    /// The steps.
    steps: Vec<Step>,
    /// Whether they stand below each other.
    #[prop(optional)]
    vertical: bool,
) -> impl IntoView {
    let class = if vertical { "stepper down" } else { "stepper" };
    let steps = steps
        .into_iter()
        .enumerate()
        .map(|(place, step)| show(place + 1, step))
        .collect_view();
    view! { <nav aria-label=label><ol class=class>{steps}</ol></nav> }
}

fn show(number: usize, step: Step) -> impl IntoView {
    let (class, glyph, word) = step.progress.look();
    let mark = match glyph {
        Some(glyph) => view! { <Icon glyph/> }.into_any(),
        None => number.to_string().into_any(),
    };
    let current = (step.progress == Progress::Current).then_some("step");
    let inside = view! {
        <span class="dot" aria-hidden="true">{mark}</span>
        <span>
            {step.text}<span class="vh">{format!(", {word}")}</span>
            {step.note.map(|note| view! { <small>{note}</small> })}
        </span>
    };
    let content = match step.href {
        Some(href) => view! { <a href=href aria-current=current>{inside}</a> }.into_any(),
        None => view! { <span class="step" aria-current=current>{inside}</span> }.into_any(),
    };
    view! { <li class=class>{content}</li> }
}
