//! What stands above every tab of an entity's page.
use callboard_model::{
    Entity, EntityRef, annotation,
    view::{EntityHead, EntityLabel},
};

use super::rows::parse;
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
        let body = self.entity_body(&entity_ref).await?;
        let body =
            body.ok_or_else(|| AppError::NotFound(format!("The catalog has no {entity_ref}.")))?;
        let entity = parse(&body)?;
        let text = entity_ref.to_string();
        let problems = self.problems().await?;
        let is_own = |problem: &&callboard_db::StoredProblem| {
            problem.diagnostic.entity_ref.as_ref() == Some(&text)
        };
        Ok(EntityHead {
            label: self.label(&entity_ref),
            owners: self.labels_of(&entity, "ownedBy", ""),
            systems: self.labels_of(&entity, "partOf", "system:"),
            domains: self.labels_of(&entity, "partOf", "domain:"),
            entity_type: entity.spec_str("type").map(str::to_owned),
            lifecycle: entity.spec_str("lifecycle").map(str::to_owned),
            view_url: entity.annotation(annotation::VIEW_URL).map(str::to_owned),
            edit_url: entity.annotation(annotation::EDIT_URL).map(str::to_owned),
            starred: self.stars().await?.contains(&text),
            watched: self.watches().await?.contains(&text),
            relations: entity.relations.len(),
            apis: apis(&entity),
            problems: problems.iter().filter(is_own).count(),
        })
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
    own + others
}
