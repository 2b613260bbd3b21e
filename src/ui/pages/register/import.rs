//! `/catalog-import`: an address, and what it would bring.
use callboard_model::view::{ImportFailure, ImportFound, ImportView, NewFileForm, RegisteredRow};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

use super::{
    super::{error::ErrorPage, sheet::Sheet},
    files::FoundFiles,
    hosts::Hosts,
    locations::{Locations, ReadAgain},
    steps::Steps,
};
use crate::{
    api::register::get_import,
    paths,
    ui::{
        components::entity_link::EntityLinks,
        frame::FormMistake,
        kit::{
            alert::Alert,
            badge::Tone,
            empty_state::EmptyState,
            field::Field,
            icon::{Glyph, Icon},
            number::counted,
            prose::Prose,
        },
        layout::page_header::PageHeader,
    },
};

const LEAD: &str = "Give the address of a catalog file, a folder or a repository. You see what it would bring before anything is registered.";

/// The page that registers.
#[component]
pub(in crate::ui::pages) fn ImportPage() -> impl IntoView {
    let url = use_query_map().with_untracked(|map| map.get("url").unwrap_or_default());
    let mistake = use_context::<FormMistake>();
    let page = Suspend::new(async move {
        match get_import(url.clone()).await {
            Ok(view) => content(view, url.trim().to_owned(), mistake).into_any(),
            Err(error) => {
                view! { <ErrorPage title="The page that registers could not be shown" error/> }
                    .into_any()
            }
        }
    });
    view! { <Sheet name="import"/> {page} }
}

fn content(view: ImportView, url: String, mistake: Option<FormMistake>) -> impl IntoView {
    let mistake = mistake.map(|FormMistake(text)| {
        view! {
            <Alert tone=Tone::Danger title="Nothing more was registered" answers=true><p>{text}</p></Alert>
        }
    });
    let head = view! {
        <Title text="Register"/>
        <PageHeader title="Register" lead=LEAD.to_owned()/>
    };
    if view.readonly || !view.reads_hosts {
        let locations = view.locations.map(|view| view! { <Locations view/> });
        return view! { {head} {mistake} {switched_off(view.readonly)} {locations} }.into_any();
    }
    let is_first = view.found.is_none();
    let locations = view
        .locations
        .filter(|_| is_first)
        .map(|view| view! { <Locations view/> });
    let found = view.found.map(|found| view! { <Found found/> });
    view! {
        {head}
        <Steps at=usize::from(!is_first)/>
        {mistake}
        <form class="card ask fields" method="get" action=paths::IMPORT>
            <Field label="Address" id="url" class="grow">
                <input
                    type="text"
                    inputmode="url"
                    id="url"
                    name="url"
                    value=url
                    required
                    maxlength="4096"
                    autocomplete="off"
                    spellcheck="false"
                    dir="ltr"
                    placeholder="https://github.com/OWNER/REPOSITORY/blob/main/catalog-info.yaml"
                />
            </Field>
            <button class="btn primary"><Icon glyph=Glyph::Search/>"Review"</button>
            <p class="hint">
                "No catalog file yet? "<a href=paths::NEW_FILE>"Make the first one"</a>"."
            </p>
        </form>
        {found}
        <Hosts hosts=view.hosts open=is_first/>
        {locations}
    }
    .into_any()
}

fn switched_off(readonly: bool) -> impl IntoView {
    if readonly {
        view! {
            <EmptyState glyph=Glyph::Lock title="Registering is switched off">
                <p>
                    <code>"catalog.readonly"</code>" is true in "<code>"app-config.yaml"</code>
                    ". New locations are added to "<code>"catalog.locations"</code>" of that file."
                </p>
                <p><a class="btn" href=paths::CATALOG>"Open the catalog"</a></p>
            </EmptyState>
        }
        .into_any()
    } else {
        view! {
            <EmptyState glyph=Glyph::Lock title="This portal reads files only">
                <p>"Add files to "<code>"catalog.locations"</code>" of "<code>"app-config.yaml"</code>"."</p>
            </EmptyState>
        }
        .into_any()
    }
}

/// What came of an address.
#[component]
fn Found(
    /// What was found.
    found: ImportFound,
) -> impl IntoView {
    if let Some(failure) = found.failure {
        return failed(failure, &found.url).into_any();
    }
    let searched = found.is_search.then(|| {
        view! { <p class="lead">"Searched for "<code class="wrap" dir="ltr">{found.target.clone()}</code>"."</p> }
    });
    let known = found.registered.clone().map(registered);
    let configured = found.configured.clone().map(|place| {
        let at = (!place.is_empty()).then(|| view! { " at "<code>{place}</code> });
        view! {
            <Alert tone=Tone::Info title="The configuration names this address already">
                <p>"It stands in "<code>"catalog.locations"</code>{at}", so there is nothing to register."</p>
            </Alert>
        }
    });
    view! { {known} {configured} {searched} <FoundFiles found/> }.into_any()
}

fn registered(row: RegisteredRow) -> impl IntoView {
    let more = row.total.saturating_sub(row.entities.len());
    let more = (more > 0).then(|| format!("and {} more", counted(more, "other")));
    let brought = if row.total == 0 {
        view! { <p>"It has brought nothing yet."</p> }.into_any()
    } else {
        view! { <p class="lines">"It has brought: "<EntityLinks labels=row.entities/>{more}</p> }
            .into_any()
    };
    let unregister = row.label.map(|label| {
        view! { <a class="btn" href=paths::unregister(&label.entity_ref)><Icon glyph=Glyph::Trash/>"Unregister"</a> }
    });
    view! {
        <Alert tone=Tone::Info title="This address is registered already">
            {brought}
            <div class="actions"><ReadAgain target=row.target/>{unregister}</div>
        </Alert>
    }
}

fn failed(failure: ImportFailure, url: &str) -> impl IntoView + use<> {
    let next = failure.next.into_iter();
    let next = next
        .map(|text| view! { <li><Prose text/></li> })
        .collect_view();
    let make = failure.may_make_file.then(|| {
        let href = paths::new_file(&NewFileForm {
            url: url.to_owned(),
            ..NewFileForm::default()
        });
        view! { <p><a class="btn" href=href><Icon glyph=Glyph::File/>"Make the first catalog file"</a></p> }
    });
    view! {
        <Alert tone=Tone::Danger title=failure.title answers=true>
            <p class="reason"><Prose text=failure.reason/></p>
            <ul class="next">{next}</ul>
            {make}
        </Alert>
    }
}
