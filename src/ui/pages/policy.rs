//! `/admin/policy`: the policy that holds and why somebody may do something; `/admin/policy/simulate`: what a changed
//! policy would decide otherwise.
mod explain;
mod reasons;
mod roles;
mod simulation;
mod simulator;
mod state;

use callboard_model::view::{PolicyQuery, PolicyView, SimulationView};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::{hooks::use_query_map, params::ParamsMap};

use super::{error::ErrorPage, sheet::Sheet};
use crate::{
    api::admin::get_policy,
    paths,
    ui::{frame::FormMistake, layout::page_header::PageHeader},
};

/// The policy, a question about it, and its roles.
#[component]
pub(super) fn PolicyPage() -> impl IntoView {
    let query = use_query_map().with_untracked(parse);
    let page = Suspend::new(async move {
        match get_policy(query.clone()).await {
            Ok(view) => overview(view, query).into_any(),
            Err(error) => failed(error),
        }
    });
    view! { <Sheet name="account"/> {page} }
}

/// The form that tries another policy, and what came of it.
#[component]
pub(super) fn SimulatorPage() -> impl IntoView {
    let result = use_context::<SimulationView>();
    let mistake = use_context::<FormMistake>();
    let page = Suspend::new(async move {
        match get_policy(PolicyQuery::default()).await {
            Ok(view) => view! {
                <Title text="Policy simulator"/>
                {head(&view, paths::SIMULATE)}
                <simulator::Simulator result mistake/>
            }
            .into_any(),
            Err(error) => failed(error),
        }
    });
    view! { <Sheet name="account"/> {page} }
}

fn failed(error: crate::error::AppError) -> AnyView {
    view! { <ErrorPage title="The policy could not be shown" error/> }.into_any()
}

fn parse(params: &ParamsMap) -> PolicyQuery {
    let text = |key: &str| params.get_str(key).unwrap_or_default().trim().to_owned();
    PolicyQuery {
        user: text("user"),
        permission: text("permission"),
        resource: text("resource"),
    }
}

fn overview(mut view: PolicyView, query: PolicyQuery) -> impl IntoView {
    let problems = std::mem::take(&mut view.problems);
    let roles = std::mem::take(&mut view.roles);
    let head = head(&view, paths::POLICY);
    view! {
        <Title text="Policy"/>
        {head}
        <state::PolicyProblems
            title="Problems of the files"
            note="Until the errors are repaired, the policy that was read before still holds."
            problems
        />
        <explain::ExplainCard
            query
            permissions=view.permissions.clone()
            explanation=view.explanation.clone()
            mistake=view.mistake.clone()
        />
        <roles::RolesCard roles/>
    }
}

/// Title, what holds, and the two parts.
fn head(view: &PolicyView, here: &'static str) -> impl IntoView + use<> {
    let tab = |href: &'static str, text: &'static str| {
        let current = (href == here).then_some("page");
        view! { <li><a href=href aria-current=current>{text}</a></li> }
    };
    view! {
        <PageHeader title="Policy" lead=view.state.clone()/>
        <state::StateFacts view=view.clone()/>
        <nav class="anchors" aria-label="Policy">
            <ul class="tabs">{tab(paths::POLICY, "What holds")} {tab(paths::SIMULATE, "Try a change")}</ul>
        </nav>
    }
}
