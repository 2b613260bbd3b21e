//! The card "Recently changed", of what is mine or of everything.
use callboard_model::view::HomeView;
use leptos::prelude::*;

use crate::{
    paths,
    ui::{
        components::change_list::{ChangeList, Subject},
        kit::card::Card,
    },
};

/// Changes, and the choice whose.
#[component]
pub(super) fn ChangedCard(
    /// Everything the page shows.
    home: HomeView,
    /// Path and query of the page, to keep what else is chosen.
    here: String,
    /// The present, in milliseconds since 1970-01-01 UTC.
    now: i64,
) -> impl IntoView {
    let owner = here
        .split_once('?')
        .and_then(|(_, query)| query.split('&').find(|pair| pair.starts_with("owner=")))
        .map(str::to_owned);
    let mine = home.changes_mine;
    let choice = |name: &'static str, value: &'static str, chosen: bool| {
        let href = paths::home_changes(value, owner.as_deref());
        let current = chosen.then_some("true");
        view! { <li><a href=href aria-current=current>{name}</a></li> }
    };
    let choices = [
        choice("Watched and owned", "mine", mine),
        choice("All", "all", !mine),
    ];
    let body = if !home.changes.is_empty() {
        view! { <ChangeList changes=home.changes subject=Subject::Named now/> }.into_any()
    } else if mine {
        view! {
            <p class="none">
                "Nothing that you own or watch changed lately. Watch an entity with the eye beside its name, and its changes stand here."
            </p>
        }
        .into_any()
    } else {
        view! { <p class="none">"Nothing has changed yet."</p> }.into_any()
    };
    view! {
        <Card title="Recently changed" id="changes">
            <nav aria-label="Whose changes">
                <ul class="tabs">{choices}</ul>
            </nav>
            {body}
        </Card>
    }
}
