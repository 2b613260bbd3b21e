//! The cards of what one comes back to: starred and recently viewed.
use callboard_model::view::{HomeView, MarkedRow};
use leptos::prelude::*;

use crate::{
    paths,
    ui::{
        components::{
            entity_link::EntityLink,
            star::{Mark, MarkButton},
            when::When,
        },
        kit::{
            card::Card,
            icon::{Glyph, Icon},
            number::thousands,
        },
    },
};

/// What the person starred.
#[component]
pub(super) fn StarredCard(
    /// Everything the page shows.
    home: HomeView,
    /// Path and query of this page, to come back to.
    here: String,
) -> impl IntoView {
    let total = home.starred_total;
    let body = if home.starred.is_empty() {
        view! {
            <p class="none"><Icon glyph=Glyph::Star/>"Star what you need often: with the star beside its name, on its page or in the catalog."</p>
        }
        .into_any()
    } else {
        let rest = (total > home.starred.len()).then(|| {
            let text = format!("Show all {}", thousands(total));
            view! { <p class="none"><a href=paths::SETTINGS_STARRED>{text}</a></p> }
        });
        let items = home
            .starred
            .into_iter()
            .map(|row| item(row, None, here.clone()))
            .collect_view();
        view! { <ul class="shelf">{items}</ul> {rest} }.into_any()
    };
    let count = (total > 0).then_some(total);
    view! { <Card title="Starred" id="starred" count>{body}</Card> }
}

/// What the person looked at.
#[component]
pub(super) fn RecentCard(
    /// Everything the page shows.
    home: HomeView,
    /// Path and query of this page, to come back to.
    here: String,
    /// The present, in milliseconds since 1970-01-01 UTC.
    now: i64,
) -> impl IntoView {
    let body = if home.recent.is_empty() {
        view! { <p class="none">"The entities that you look at stand here, the last one first."</p> }
            .into_any()
    } else {
        let items = home
            .recent
            .into_iter()
            .map(|row| item(row, Some(now), here.clone()))
            .collect_view();
        view! { <ul class="shelf">{items}</ul> }.into_any()
    };
    view! { <Card title="Recently viewed" id="recent">{body}</Card> }
}

/// An entity with its owner, or with when it was looked at, and its star.
fn item(row: MarkedRow, now: Option<i64>, back: String) -> impl IntoView {
    let MarkedRow {
        label,
        owner,
        at,
        starred,
    } = row;
    let beside = match now {
        Some(now) => view! { <When at now/> }.into_any(),
        None => owner
            .map(|owner| view! { <small dir="auto">{owner.title}</small> })
            .into_any(),
    };
    // What is gone cannot be starred, but its star can be taken off.
    let button = (label.exists || starred).then(|| {
        let entity_ref = label.entity_ref.clone();
        let title = label.title.clone();
        view! { <MarkButton mark=Mark::Star entity_ref title on=starred back/> }
    });
    view! { <li><EntityLink label/>{beside}{button}</li> }
}
