//! `/catalog/:namespace/:kind/:name/unregister`: what would go away, who would miss it, and the button.
use callboard_model::view::{Dangling, UnregisterView, UnregisterWay};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;

use super::{
    super::{error::ErrorPage, sheet::Sheet},
    outer::Address,
};
use crate::{
    api::register::get_unregister,
    paths,
    ui::{
        components::entity_link::{EntityLink, EntityLinks},
        frame::FormMistake,
        kit::{
            alert::Alert,
            badge::Tone,
            card::Card,
            dash::Dash,
            icon::{Glyph, Icon},
            number::thousands,
        },
        layout::page_header::PageHeader,
    },
};

/// The page that unregisters an entity.
#[component]
pub(in crate::ui::pages) fn UnregisterPage() -> impl IntoView {
    let params = use_params_map().with_untracked(|map| {
        ["kind", "namespace", "name"].map(|key| map.get(key).unwrap_or_default())
    });
    let mistake = use_context::<FormMistake>();
    let page = Suspend::new(async move {
        let [kind, namespace, name] = params;
        match get_unregister(kind, namespace, name).await {
            Ok(view) => content(view, mistake).into_any(),
            Err(error) => {
                view! { <ErrorPage title="This entity cannot be unregistered" error/> }.into_any()
            }
        }
    });
    view! { <Sheet name="import"/> {page} }
}

fn content(view: UnregisterView, mistake: Option<FormMistake>) -> impl IntoView {
    let title = format!("Unregister {}", view.label.title);
    let lead = view.label.entity_ref.to_string();
    let back = paths::entity(&view.label.entity_ref);
    let action = paths::unregister(&view.label.entity_ref);
    let mistake = mistake.map(|FormMistake(text)| {
        view! { <Alert tone=Tone::Danger title="It was not unregistered" answers=true><p>{text}</p></Alert> }
    });
    let says = says(&view);
    let can = matches!(
        view.way,
        UnregisterWay::Location { .. } | UnregisterWay::Orphan
    );
    let refusal = view.refusal.clone().filter(|_| can).map(|text| {
        view! { <Alert tone=Tone::Warn title="You may not do this"><p>{text}</p></Alert> }
    });
    let may = can && view.refusal.is_none();
    let consequences = can.then(|| consequences(view));
    let button = may.then(
        || view! { <button class="btn danger"><Icon glyph=Glyph::Trash/>"Unregister"</button> },
    );
    let keep = if may { "Keep" } else { "Back" };
    view! {
        <Title text=title.clone()/>
        <PageHeader title lead/>
        {mistake} {says} {refusal} {consequences}
        <form class="actions" method="post" action=action>
            {button}
            <a class="btn" href=back>{keep}</a>
        </form>
    }
}

/// Says how it would go away, or why it cannot from here.
fn says(view: &UnregisterView) -> AnyView {
    match &view.way {
        UnregisterWay::Location { target, .. } => {
            let title = match view.total {
                0 => "The location is removed; it has brought nothing".to_owned(),
                1 => "1 entity leaves the catalog".to_owned(),
                many => format!("{} entities leave the catalog", thousands(many)),
            };
            let target = target.clone();
            view! {
                <Alert tone=Tone::Warn title>
                    <p>"One registered address is removed, and what it brought with it:"</p>
                    <p><Address url=target/></p>
                    <p>"The files themselves stay where they are, so that it can be registered again."</p>
                </Alert>
            }
            .into_any()
        }
        UnregisterWay::Orphan => view! {
            <Alert tone=Tone::Warn title="Only this entity leaves the catalog">
                <p>"No source has it any more; it was kept as an orphan. It does not come back unless a file describes it again."</p>
            </Alert>
        }
        .into_any(),
        UnregisterWay::Configured { place, target } => {
            let at = (!place.is_empty()).then(|| {
                let place = place.clone();
                view! { " at "<code>{place}</code> }
            });
            let target = target.clone();
            view! {
                <Alert tone=Tone::Info title="The configuration brings this entity, so it cannot be unregistered here">
                    <p>"It comes from "<code class="wrap" dir="ltr">{target}</code>", which stands in "<code>"catalog.locations"</code>{at}"."</p>
                    <p>"Remove that target there, or the document of this entity from its file. It then leaves the catalog by itself."</p>
                </Alert>
            }
            .into_any()
        }
        UnregisterWay::Leaving => view! {
            <Alert tone=Tone::Info title="Its location is not registered any more">
                <p>"It leaves the catalog within a few seconds, once the sources are read again."</p>
            </Alert>
        }
        .into_any(),
        UnregisterWay::SignIn => view! {
            <Alert tone=Tone::Info title="Sign-in made this user">
                <p>"To remove it, run "<code>"callboard user forget"</code>" where the portal runs."</p>
            </Alert>
        }
        .into_any(),
    }
}

fn consequences(view: UnregisterView) -> impl IntoView {
    let shown = view.entities.len();
    let rest = view.total.saturating_sub(shown);
    let rest = (rest > 0)
        .then(|| view! { <p class="meta">{format!("And {} more.", thousands(rest))}</p> });
    let gone = (shown > 0).then(|| {
        let items = view.entities.into_iter();
        let items = items
            .map(|label| {
                let kind = label.kind.clone();
                view! { <li><EntityLink label/><span class="quiet">{kind}</span></li> }
            })
            .collect_view();
        view! {
            <Card title="What leaves the catalog" id="gone" count=view.total>
                <ul class="gone-list">{items}</ul>
                {rest}
            </Card>
        }
    });
    let dangling = dangling(view.dangling, view.dangling_total);
    view! { {gone} {dangling} }
}

fn dangling(rows: Vec<Dangling>, total: usize) -> impl IntoView {
    if rows.is_empty() {
        return view! { <p class="lead">"Nothing else in the catalog refers to it."</p> }
            .into_any();
    }
    let rest = total.saturating_sub(rows.len());
    let rest = (rest > 0)
        .then(|| view! { <p class="meta card-end">{format!("And {} more.", thousands(rest))}</p> });
    let rows = rows.into_iter().map(dangling_row).collect_view();
    view! {
        <Card title="What would refer to nothing" id="dangling" count=total class="flush before">
            <p class="none">"Tell the owners, so that they can change their files."</p>
            <table class="table stacked">
                <caption class="vh">"Entities that refer to what leaves"</caption>
                <thead>
                    <tr>
                        <th scope="col">"Entity"</th>
                        <th scope="col">"Owner"</th>
                        <th scope="col">"Refers in"</th>
                        <th scope="col">"To"</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
            {rest}
        </Card>
    }
    .into_any()
}

fn dangling_row(row: Dangling) -> impl IntoView {
    let owner = match row.owner {
        Some(label) => view! { <EntityLink label/> }.into_any(),
        None => view! { <Dash/> }.into_any(),
    };
    let fields = row.fields.join(", ");
    view! {
        <tr>
            <td><EntityLink label=row.from/></td>
            <td data-label="Owner">{owner}</td>
            <td data-label="Refers in"><code>{fields}</code></td>
            <td data-label="To"><EntityLinks labels=row.to/></td>
        </tr>
    }
}
