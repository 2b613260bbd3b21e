//! A question with answers to choose from, and what came of the choice.
use leptos::prelude::*;

use super::{
    choice::{Mark, Tick},
    icon::{Glyph, Icon},
};

/// What came of the choice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// Right, and why.
    Right(String),
    /// Not right, and what to think of.
    Wrong(String),
}

/// One answer.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Answer {
    /// As the form sends it.
    pub value: String,
    /// As people read it.
    pub text: String,
    /// Whether it is chosen.
    pub chosen: bool,
}

/// A question of a form.
#[component]
pub fn QuizItem(
    /// The question.
    #[prop(into)]
    question: String,
    /// Name of the answer in the form.
    #[prop(into)]
    name: String,
    /// The answers.
    answers: Vec<Answer>,
    /// Whether several are right.
    #[prop(optional)]
    several: bool,
    /// What came of the choice, once there is one.
    #[prop(optional_no_strip, into)]
    verdict: Option<Verdict>,
    /// Whether it can no longer be answered.
    #[prop(optional)]
    off: bool,
) -> impl IntoView {
    let mark = if several { Mark::Box } else { Mark::Circle };
    let answers = answers
        .into_iter()
        .map(
            |Answer {
                 value,
                 text,
                 chosen,
             }| {
                view! { <Tick text name=name.clone() value mark on=chosen off/> }
            },
        )
        .collect_view();
    let class = match verdict {
        Some(Verdict::Right(_)) => "quiz ok",
        Some(Verdict::Wrong(_)) => "quiz warn",
        None => "quiz",
    };
    let verdict = verdict.map(|verdict| {
        let (glyph, word, why) = match verdict {
            Verdict::Right(why) => (Glyph::Done, "Right.", why),
            Verdict::Wrong(why) => (Glyph::Problem, "Not yet.", why),
        };
        view! { <p class="verdict" role="status"><Icon glyph/><span><b>{word}</b>" "{why}</span></p> }
    });
    let hint = several.then(|| view! { <small>"Choose all that apply."</small> });
    view! {
        <fieldset class=class>
            <legend>{question} {hint}</legend>
            {answers}
            {verdict}
        </fieldset>
    }
}
