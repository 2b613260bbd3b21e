//! What stands above every tab of an entity's page.
use callboard_model::{
    Entity, EntityRef, annotation,
    view::{EntityHead, EntityLabel},
};

use super::entities::lacks_owner;
use crate::{error::AppError, server::access::Access};

impl Access {
    /// Answers what all tabs of an entity's page have in common.
    ///
    /// # Errors
    /// `NotFound` when the catalog has no such entity for the caller.
    pub async fn entity_head(
        &self,
        kind: &str,
        namespace: &str,
        name: &str,
    ) -> Result<EntityHead, AppError> {
        let entity_ref = EntityRef::new(kind, namespace, name);
        let entity = self.entity_read(&entity_ref).await?;
        let text = entity_ref.to_string();
        let problems = self.problems_of(&entity).await?;
        let change = self.db().change_history(&text, 1).await?;
        Ok(EntityHead {
            label: self.label(&entity_ref),
            owners: self.labels_of(&entity, "ownedBy", ""),
            lacks_owner: lacks_owner(&entity),
            systems: self.labels_of(&entity, "partOf", "system:"),
            domains: self.labels_of(&entity, "partOf", "domain:"),
            entity_type: entity.spec_str("type").map(str::to_owned),
            lifecycle: entity.spec_str("lifecycle").map(str::to_owned),
            source: self.place_of(&entity, annotation::LOCATION),
            view_url: entity.annotation(annotation::VIEW_URL).map(str::to_owned),
            edit_url: entity.annotation(annotation::EDIT_URL).map(str::to_owned),
            starred: self.stars().await?.contains(&text),
            watched: self.watches().await?.contains(&text),
            can_refresh: self.may_on("catalog.entity.refresh", &text),
            can_unregister: self.may_on("catalog.entity.delete", &text),
            change: change.first().and_then(|change| self.change_row(change)),
            relations: entity.relations.len(),
            apis: apis(&entity),
            problems: problems.len(),
        })
    }

    /// Tells whether the caller has a permission on an entity that is there. Nothing is written into the audit log: it
    /// decides about what is offered, and whoever takes the offer is asked again.
    pub(super) fn may_on(&self, permission: &str, entity_ref: &str) -> bool {
        let filter = self.filter_of(permission);
        let index = self.index().read();
        let id = index.id(entity_ref);
        id.is_some_and(|id| index.holds(&filter, id))
    }

    /// Names the other ends of one type of relation whose references start with a text.
    pub(super) fn labels_of(
        &self,
        entity: &Entity,
        relation_type: &str,
        start: &str,
    ) -> Vec<EntityLabel> {
        let targets = entity.relation_targets(relation_type);
        targets
            .filter(|target| target.starts_with(start))
            .filter_map(|target| self.label_of(target))
            .collect()
    }
}

/// Counts the APIs that the page of an entity can show.
fn apis(entity: &Entity) -> usize {
    let own = usize::from(entity.spec_str("definition").is_some());
    let others = ["providesApi", "consumesApi"]
        .iter()
        .map(|relation| entity.relation_targets(relation).count())
        .sum::<usize>();
    let parts = entity.relation_targets("hasPart");
    own + others + parts.filter(|part| part.starts_with("api:")).count()
}
