//! `/catalog/:namespace/:kind/:name`: everything about one entity.
mod about;
mod definition;
mod details;
mod header;
mod link;
mod missing;
mod provenance;
mod relations;

use callboard_model::{EntityRef, annotation, view::EntityView};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::{hooks::use_params_map, params::ParamsMap};

use super::error::ErrorPage;
use crate::{
    api::catalog::get_entity,
    error::AppError,
    ui::{
        components::problem_item::ProblemItem,
        kit::{
            alert::Alert,
            badge::Tone,
            card::Card,
            code_block::{CodeBlock, Highlight},
        },
    },
};

/// The page of one entity.
#[component]
pub(super) fn EntityPage() -> impl IntoView {
    let wanted = use_params_map().with_untracked(parse);
    Suspend::new(async move {
        let EntityRef {
            kind,
            namespace,
            name,
        } = wanted.clone();
        match get_entity(kind, namespace, name).await {
            Ok(entity) => content(entity).into_any(),
            Err(AppError::NotFound(_)) => view! { <missing::MissingEntity wanted/> }.into_any(),
            Err(error) => {
                view! { <ErrorPage title="The entity could not be shown" error/> }.into_any()
            }
        }
    })
}

fn parse(params: &ParamsMap) -> EntityRef {
    let part = |key: &str| params.get_str(key).unwrap_or_default().to_owned();
    EntityRef::new(&part("kind"), &part("namespace"), &part("name"))
}

fn content(mut view: EntityView) -> impl IntoView {
    let problems = std::mem::take(&mut view.problems);
    let relations = std::mem::take(&mut view.relations);
    let yaml = std::mem::take(&mut view.yaml);
    let changes = std::mem::take(&mut view.changes);
    let definition = view.entity.spec_str("definition").map(str::to_owned);
    let sections = header::Sections {
        relations: relations.iter().map(|group| group.targets.len()).sum(),
        definition: definition.is_some(),
        changes: changes.len(),
    };
    let orphan = view.entity.annotation(annotation::ORPHAN) == Some("true");
    let definition_type = view.entity.spec_str("type").unwrap_or("text").to_owned();
    view! {
        <Title text=view.label.title.clone()/>
        <header::EntityHeader view=view.clone() relations=relations.clone() sections/>
        {orphan.then(orphan_alert)}
        {problem_list(problems)}
        <div class="columns">
            <div>
                <about::AboutCard view=view.clone()/>
                {definition.map(|text| view! { <definition::DefinitionCard text definition_type/> })}
                <relations::Relations groups=relations/>
            </div>
            <div>
                <details::LinksCard links=view.entity.metadata.links.clone()/>
                <provenance::SourceCard view=view.clone()/>
                <provenance::HistoryCard changes/>
                <details::NotesCard metadata=view.entity.metadata/>
            </div>
        </div>
        <Card title="YAML" id="yaml" class="flush">
            <CodeBlock id="yaml-text" label="The entity as YAML" text=yaml highlight=Highlight::Yaml/>
        </Card>
    }
}

/// Says that nothing refers to the entity any more.
fn orphan_alert() -> impl IntoView {
    view! {
        <Alert tone=Tone::Warn title="No location leads to this entity any more">
            <p>"Its file was removed or moved. Add the file to a location again, or remove the entity."</p>
        </Alert>
    }
}

/// Lists what is wrong with the entity; nothing when all is well.
fn problem_list(problems: Vec<callboard_model::Diagnostic>) -> impl IntoView {
    (!problems.is_empty()).then(|| {
        let count = problems.len();
        let items = problems
            .into_iter()
            .map(|diagnostic| view! { <ProblemItem diagnostic/> })
            .collect_view();
        view! {
            <Card title="Problems" id="problems" count=count class="flush">
                <ul class="problems">{items}</ul>
            </Card>
        }
    })
}
