//! The first tab of an entity's page.
use callboard_model::{annotation, view::EntityView};
use leptos::prelude::*;

use super::{
    about, details,
    frame::{Tab, entity_tab},
    provenance, relations,
};
use crate::{
    api::catalog::get_entity,
    ui::kit::{alert::Alert, badge::Tone},
};

/// What is most asked for.
#[component]
pub(in crate::ui::pages) fn EntityPage() -> impl IntoView {
    entity_tab(Tab::Overview, |wanted, _| async move {
        let entity = get_entity(wanted.kind, wanted.namespace, wanted.name).await?;
        Ok(content(entity).into_any())
    })
}

fn content(mut view: EntityView) -> impl IntoView {
    let relations = std::mem::take(&mut view.relations);
    let changes = std::mem::take(&mut view.changes);
    let orphan = view.entity.annotation(annotation::ORPHAN) == Some("true");
    view! {
        {orphan.then(orphan_alert)}
        <div class="columns">
            <div>
                <about::AboutCard view=view.clone()/>
                <relations::Relations groups=relations/>
            </div>
            <div>
                <details::LinksCard links=view.entity.metadata.links.clone()/>
                <provenance::SourceCard view=view.clone()/>
                <provenance::HistoryCard changes/>
                <details::NotesCard metadata=view.entity.metadata/>
            </div>
        </div>
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
