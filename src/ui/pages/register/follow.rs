//! `/catalog-import/follow`: what becomes of a registration, until it is there.
use callboard_model::view::{
    FollowQuery, FollowState, FollowView, FollowedEntity, FollowedLocation,
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::{hooks::use_query_map, params::ParamsMap};

use super::{
    super::{error::ErrorPage, module::Module, sheet::Sheet},
    outer::Address,
    steps::Steps,
};
use crate::{
    api::register::get_followed,
    paths,
    ui::{
        components::{entity_link::EntityLink, kind, problem_item::ProblemItem},
        kit::{
            alert::Alert,
            badge::{Badge, Tone},
            card::Card,
            icon::{Glyph, Icon},
            number::thousands,
        },
        layout::page_header::PageHeader,
    },
};

/// The page that follows registrations.
#[component]
pub(in crate::ui::pages) fn FollowPage() -> impl IntoView {
    let query = use_query_map().with_untracked(parse);
    let page = Suspend::new(async move {
        match get_followed(query.clone()).await {
            Ok(view) => content(view, &query).into_any(),
            Err(error) => {
                view! { <ErrorPage title="The registration could not be shown" error/> }.into_any()
            }
        }
    });
    view! { <Sheet name="import"/> <Module name="follow"/> {page} }
}

fn parse(params: &ParamsMap) -> FollowQuery {
    let list = |key: &str| {
        let mut values = params.get_all(key).unwrap_or_default();
        values.retain(|value| !value.is_empty());
        values
    };
    FollowQuery {
        id: list("id"),
        entity: list("entity"),
    }
}

fn content(view: FollowView, query: &FollowQuery) -> impl IntoView + use<> {
    let again = paths::follow(query);
    let title = summary(&view);
    let says = title.clone();
    let (tone, next) = outlook(&view);
    let done = view.is_done.then_some("");
    let count = view.entities.len();
    let entities = (count > 0).then(|| {
        let rows = view.entities.into_iter().map(entity_row).collect_view();
        view! {
            <Card title="Entities" id="entities" count=count class="flush before">
                <table class="table stacked">
                    <caption class="vh">"Entities of this registration"</caption>
                    <thead>
                        <tr><th scope="col">"Name"</th><th scope="col">"Kind"</th><th scope="col">"State"</th></tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </Card>
        }
    });
    let locations = view.locations.into_iter().map(location).collect_view();
    let check = (!view.is_done).then(|| {
        view! { <a class="btn" href=again><Icon glyph=Glyph::Refresh/>"Check again"</a> }
    });
    view! {
        <Title text="Registration"/>
        <PageHeader title="Registration"/>
        <Steps at=2/>
        <p class="vh" role="status" data-follow-status></p>
        <div data-follow data-done=done data-says=says>
            <Alert tone title><p>{next}</p></Alert>
            <section class="card flush place" aria-label="Locations"><ul class="followed">{locations}</ul></section>
            {entities}
            <div class="actions">
                {check}
                <a class="btn" href=paths::IMPORT><Icon glyph=Glyph::Plus/>"Register another"</a>
                <a class="btn" href=paths::CATALOG>"Open the catalog"</a>
            </div>
        </div>
    }
}

/// Says how far it is, in one sentence.
fn summary(view: &FollowView) -> String {
    let there = count(view, FollowState::There);
    let failed = count(view, FollowState::Failed);
    let waiting = count(view, FollowState::Waiting);
    let all = there + failed + waiting;
    if view.locations.is_empty() {
        return "There is no registration to follow".to_owned();
    }
    if all == 0 {
        return if view.is_done {
            "Nothing came of this registration".to_owned()
        } else {
            "The files are about to be read".to_owned()
        };
    }
    let mut text = format!(
        "{} of {} entities are in the catalog",
        thousands(there),
        thousands(all)
    );
    if all == 1 {
        text = format!("{there} of 1 entity is in the catalog");
    }
    if failed > 0 {
        text += &format!(", and {} could not be taken", thousands(failed));
    }
    text
}

fn count(view: &FollowView, state: FollowState) -> usize {
    view.entities
        .iter()
        .filter(|one| one.state == state)
        .count()
}

fn outlook(view: &FollowView) -> (Tone, &'static str) {
    let has_failed = view
        .locations
        .iter()
        .any(|one| one.state == FollowState::Failed)
        || count(view, FollowState::Failed) > 0;
    match (view.is_done, has_failed) {
        (true, false) if view.locations.is_empty() => (Tone::Info, "Give an address to register."),
        (true, false) => (
            Tone::Ok,
            "It is done. From now on the portal reads the files again by itself.",
        ),
        (true, true) => (
            Tone::Warn,
            "Repair what is said below; the portal reads the files again by itself, and there is no need to register them once more.",
        ),
        (false, _) => (Tone::Info, "This usually takes a few seconds."),
    }
}

fn mark(state: FollowState) -> impl IntoView {
    match state {
        FollowState::Waiting => view! { <Badge text="Waiting" glyph=Glyph::Clock/> },
        FollowState::There => view! { <Badge tone=Tone::Ok text="There" glyph=Glyph::Done/> },
        FollowState::Failed => {
            view! { <Badge tone=Tone::Danger text="Failed" glyph=Glyph::Error/> }
        }
    }
}

fn location(one: FollowedLocation) -> impl IntoView {
    let name = match one.target {
        Some(url) => view! { <Address url/> }.into_any(),
        None => view! { <span>"It is not registered any more."</span> }.into_any(),
    };
    let word = match one.state {
        FollowState::Waiting => view! { <Badge text="Waits to be read" glyph=Glyph::Clock/> },
        FollowState::There => view! { <Badge tone=Tone::Ok text="Was read" glyph=Glyph::Done/> },
        FollowState::Failed => {
            view! { <Badge tone=Tone::Danger text="Failed" glyph=Glyph::Error/> }
        }
    };
    let problems = (!one.problems.is_empty()).then(|| {
        let items = one.problems.into_iter();
        let items = items
            .map(|diagnostic| view! { <ProblemItem diagnostic/> })
            .collect_view();
        view! { <ul class="problems">{items}</ul> }
    });
    view! { <li><p>{word}{name}</p>{problems}</li> }
}

fn entity_row(entity: FollowedEntity) -> impl IntoView {
    let kind_name = entity.label.kind.clone();
    let name = if entity.label.exists {
        view! { <EntityLink label=entity.label/> }.into_any()
    } else {
        let (glyph, colour) = kind::look(&entity.label.kind);
        view! { <span class=format!("el {colour}")><Icon glyph/><bdi>{entity.label.title}</bdi></span> }
            .into_any()
    };
    let why = entity.problem.map(|problem| {
        view! { <span class="meta">{problem.message}</span> }
    });
    view! {
        <tr>
            <td>{name}</td>
            <td data-label="Kind">{kind_name}</td>
            <td data-label="State"><span class="lines">{mark(entity.state)} {why}</span></td>
        </tr>
    }
}

#[cfg(test)]
mod tests {
    use callboard_model::{EntityRef, view::EntityLabel};

    use super::*;

    fn entity(name: &str, state: FollowState) -> FollowedEntity {
        FollowedEntity {
            label: EntityLabel {
                entity_ref: EntityRef::new("component", "default", name),
                kind: "Component".to_owned(),
                title: name.to_owned(),
                exists: state == FollowState::There,
            },
            state,
            problem: None,
        }
    }

    #[test]
    fn the_summary_counts_what_is_there() {
        let mut view = FollowView::default();
        assert_eq!(summary(&view), "There is no registration to follow");
        view.locations.push(FollowedLocation::default());
        assert_eq!(summary(&view), "The files are about to be read");
        view.entities = vec![entity("a", FollowState::There)];
        assert_eq!(summary(&view), "1 of 1 entity is in the catalog");
        view.entities.push(entity("b", FollowState::Failed));
        assert_eq!(
            summary(&view),
            "1 of 2 entities are in the catalog, and 1 could not be taken"
        );
    }
}
