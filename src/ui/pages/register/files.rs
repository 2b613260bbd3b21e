//! The files that an address leads to, each with what it would bring.
use callboard_model::view::{ImportEntity, ImportFile, ImportFound, ImportState};
use leptos::prelude::*;

use super::{excerpt::ProblemsWithLines, outer::Address};
use crate::{
    paths,
    ui::{
        components::{entity_link::EntityLink, kind},
        kit::{
            badge::{Badge, Tone},
            dash::Dash,
            icon::{Glyph, Icon},
            number::{counted, thousands},
        },
    },
};

/// The form that registers what was found.
#[component]
pub(super) fn FoundFiles(
    /// What was found.
    found: ImportFound,
) -> impl IntoView {
    let is_known = found.registered.is_some() || found.configured.is_some();
    let can_register = found.entities_total > 0 && !is_known;
    let chooses = found.is_search && found.files.len() > 1;
    let heading = heading(&found);
    let shown: usize = found.files.iter().map(|file| file.entities.len()).sum();
    let more = (shown < found.entities_total || found.files.len() < found.files_total)
        .then(|| view! { <p class="meta">{format!("The first {} entities of {} files are shown.", thousands(shown), thousands(found.files.len()))}</p> });
    let single = (!chooses).then(|| {
        let target = match found.files.as_slice() {
            // A search that found one file registers the file, so that its address is what one sees later.
            [only] if found.is_search => only.target.clone(),
            _ => found.target.clone(),
        };
        view! { <input type="hidden" name="target" value=target/> }
    });
    let warning = found.files.iter().any(ImportFile::has_errors).then(|| {
        view! { <p class="meta">"What has an error stays out until its file is repaired; the portal reads it again by itself."</p> }
    });
    let button = can_register.then(|| {
        view! {
            <div class="actions">
                <button class="btn primary"><Icon glyph=Glyph::Plus/>"Register"</button>
                <a class="btn" href=paths::IMPORT>"Start again"</a>
            </div>
        }
    });
    let pattern = (chooses && can_register).then(|| whole(&found));
    let nothing = (found.entities_total == 0).then(|| {
        view! { <p class="none">"Nothing here would become an entity. Repair the file and look again."</p> }
    });
    let problems = found.problems.clone();
    let files = found.files.into_iter();
    let files = files
        .map(|file| file_card(file, chooses && can_register))
        .collect_view();
    view! {
        <section class="found" aria-labelledby="found-title">
            <h2 id="found-title">{heading}</h2>
            <ProblemsWithLines problems/>
            <form method="post" action=paths::IMPORT>
                {single} {files} {more} {nothing} {warning} {button}
            </form>
            {pattern}
        </section>
    }
}

fn heading(found: &ImportFound) -> String {
    let entities = match found.entities_total {
        1 => "1 entity".to_owned(),
        many => format!("{} entities", thousands(many)),
    };
    format!("{entities} in {}", counted(found.files_total, "file"))
}

/// The other choice: one location for all files, also those to come.
fn whole(found: &ImportFound) -> impl IntoView + use<> {
    let entities = found.files.iter().flat_map(|file| &file.entities);
    let promised = entities.map(|entity| promised("*", entity)).collect_view();
    view! {
        <form class="card" method="post" action=paths::IMPORT>
            <h3>"Or register all of them as one"</h3>
            <p class="lead">
                "Files that are added later come in by themselves, and files that are removed go away. The location is "
                <code class="wrap" dir="ltr">{found.target.clone()}</code>"."
            </p>
            <input type="hidden" name="target" value=found.target.clone()/>
            {promised}
            <button class="btn"><Icon glyph=Glyph::Plus/>"Register the pattern"</button>
        </form>
    }
}

fn promised(target: &str, entity: &ImportEntity) -> impl IntoView + use<> {
    let value = format!("{target} {}", entity.label.entity_ref);
    view! { <input type="hidden" name="entity" value=value/> }
}

fn file_card(file: ImportFile, chooses: bool) -> impl IntoView {
    let count = match file.total {
        0 => "no entity".to_owned(),
        1 => "1 entity".to_owned(),
        many => format!("{} entities", thousands(many)),
    };
    let box_ = (chooses && !file.is_registered && file.total > 0).then(|| {
        let label = format!("Register {}", file.target);
        view! { <input type="checkbox" name="target" value=file.target.clone() checked=true aria-label=label/> }
    });
    let known = file
        .is_registered
        .then(|| view! { <Badge tone=Tone::Info text="Registered already"/> });
    let promised = file
        .entities
        .iter()
        .map(|entity| promised(&file.target, entity))
        .chain(
            // One that is registered as a whole carries another address than its files.
            file.entities
                .iter()
                .filter(|_| !chooses)
                .map(|entity| promised("*", entity)),
        )
        .collect_view();
    let table = (!file.entities.is_empty()).then(|| entities(file.entities));
    view! {
        <section class="card flush place">
            <h3>{box_}<Icon glyph=Glyph::File/><Address url=file.target/><span class="count">{count}</span>{known}</h3>
            <ProblemsWithLines problems=file.problems/>
            {table} {promised}
        </section>
    }
}

fn entities(entities: Vec<ImportEntity>) -> impl IntoView {
    let rows = entities.into_iter().map(row).collect_view();
    view! {
        <table class="table stacked">
            <caption class="vh">"Entities of this file"</caption>
            <thead>
                <tr>
                    <th scope="col">"Name"</th>
                    <th scope="col">"Kind"</th>
                    <th scope="col">"Type"</th>
                    <th scope="col">"Owner"</th>
                    <th scope="col">"What happens"</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
}

fn row(entity: ImportEntity) -> impl IntoView {
    let (glyph, colour) = kind::look(&entity.label.kind);
    let is_there = entity.label.exists;
    let reference = entity.label.entity_ref.clone();
    let title = entity.label.title.clone();
    let kind = entity.label.kind.clone();
    let name = if is_there {
        view! { <EntityLink label=entity.label/> }.into_any()
    } else {
        view! { <span class=format!("el {colour}") title=reference.to_string()><Icon glyph/><bdi>{title}</bdi></span> }
            .into_any()
    };
    let owner = match entity.owner {
        Some(label) => view! { <EntityLink label/> }.into_any(),
        None => view! { <Dash/> }.into_any(),
    };
    let entity_type = match entity.entity_type {
        Some(text) => view! { <bdi>{text}</bdi> }.into_any(),
        None => view! { <Dash/> }.into_any(),
    };
    view! {
        <tr>
            <td>{name}</td>
            <td data-label="Kind">{kind}</td>
            <td data-label="Type">{entity_type}</td>
            <td data-label="Owner">{owner}</td>
            <td data-label="What happens">{state(entity.state)}</td>
        </tr>
    }
}

fn state(state: ImportState) -> impl IntoView {
    match state {
        ImportState::New => {
            view! { <Badge tone=Tone::Ok text="Is added" glyph=Glyph::Plus/> }.into_any()
        }
        ImportState::Known => {
            view! { <Badge tone=Tone::Info text="Is there already" glyph=Glyph::Done/> }.into_any()
        }
        ImportState::Taken(place) => view! {
            <span class="lines">
                <Badge tone=Tone::Warn text="Name is taken" glyph=Glyph::Problem/>
                <span class="hint">"The one of "<code class="wrap">{place}</code>" keeps it."</span>
            </span>
        }
        .into_any(),
        ImportState::Twice => {
            view! { <Badge tone=Tone::Warn text="Stands here twice" glyph=Glyph::Problem/> }
                .into_any()
        }
    }
}
