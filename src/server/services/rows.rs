//! Entities as rows of a table.
use callboard_catalog::index::EntityId;
use callboard_model::{Entity, EntityRef, view::EntityRow};

use crate::{error::AppError, server::access::Access};

impl Access {
    /// Returns the entities of these references, in order; those that are gone meanwhile are left out.
    pub(super) async fn entities(&self, refs: &[String]) -> Result<Vec<Entity>, AppError> {
        let bodies = self.db().entity_bodies(refs).await?;
        let bodies = refs.iter().zip(bodies);
        let seen = bodies.filter(|(entity_ref, _)| self.sees_all() || self.sees_ref(entity_ref));
        seen.filter_map(|(_, body)| body)
            .map(|body| {
                let mut entity = parse(&body)?;
                self.shown_relations(&mut entity.relations);
                Ok(entity)
            })
            .collect()
    }

    /// Returns rows for these entities, in order.
    pub(super) async fn rows(&self, ids: &[EntityId]) -> Result<Vec<EntityRow>, AppError> {
        let refs = self.refs(ids);
        Ok(self
            .entities(&refs)
            .await?
            .iter()
            .map(|entity| self.row(entity))
            .collect())
    }

    pub(super) fn refs(&self, ids: &[EntityId]) -> Vec<String> {
        let index = self.index().read();
        ids.iter()
            .filter_map(|id| index.label(*id))
            .map(|label| label.entity_ref.to_owned())
            .collect()
    }

    pub(super) fn row(&self, entity: &Entity) -> EntityRow {
        let first = |relation| {
            entity
                .relation_targets(relation)
                .find_map(|target| self.label_of(target))
        };
        let is_whole =
            |target: &&str| target.starts_with("system:") || target.starts_with("domain:");
        let whole = entity.relation_targets("partOf").find(is_whole);
        EntityRow {
            label: self.label(&entity.entity_ref()),
            entity_type: entity.spec_str("type").map(str::to_owned),
            lifecycle: entity.spec_str("lifecycle").map(str::to_owned),
            owner: first("ownedBy"),
            system: whole.and_then(|target| self.label_of(target)),
            description: entity.metadata.description.clone(),
            tags: entity.metadata.tags.clone(),
        }
    }

    /// A row for something that is referred to and may not exist.
    pub(super) fn bare_row(&self, entity_ref: &EntityRef) -> EntityRow {
        EntityRow {
            label: self.label(entity_ref),
            entity_type: None,
            lifecycle: None,
            owner: None,
            system: None,
            description: None,
            tags: Vec::new(),
        }
    }
}

/// Reads a stored entity.
pub(super) fn parse(body: &str) -> Result<Entity, AppError> {
    serde_json::from_str(body).map_err(|error| {
        tracing::error!(%error, "a stored entity cannot be read");
        AppError::Internal
    })
}
