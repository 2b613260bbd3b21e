//! One entity with everything around it, and entities by condition for programs.
use callboard_catalog::{
    Filter,
    index::{OrderKey, Position, Start},
};
use callboard_model::{Entity, EntityRef, annotation, view::EntityView};

use super::rows::parse;
use crate::{error::AppError, server::access::Access};

/// Changes shown.
const CHANGES: i64 = 8;

/// Which entities a program asks for.
#[derive(Debug, Clone)]
pub(in crate::server) struct EntitySelection {
    pub(in crate::server) filter: Filter,
    pub(in crate::server) order: Vec<OrderKey>,
    /// Leave out entities that have no value for the first order key.
    pub(in crate::server) only_ordered: bool,
    pub(in crate::server) start: Start,
    pub(in crate::server) limit: usize,
}

/// The entities that were asked for, in order, and what is around them.
#[derive(Debug, Clone)]
pub(in crate::server) struct SelectedEntities {
    pub(in crate::server) refs: Vec<String>,
    /// How many entities the filter leaves.
    pub(in crate::server) total: usize,
    pub(in crate::server) has_before: bool,
    pub(in crate::server) has_after: bool,
    /// Place of the first entity.
    pub(in crate::server) first: Option<Position>,
    /// Place of the last entity.
    pub(in crate::server) last: Option<Position>,
}

impl Access {
    /// Answers the first tab of an entity's page.
    ///
    /// # Errors
    /// `NotFound` when the catalog has no such entity.
    pub async fn entity_view(
        &self,
        kind: &str,
        namespace: &str,
        name: &str,
    ) -> Result<EntityView, AppError> {
        let entity_ref = EntityRef::new(kind, namespace, name);
        let mut entity = self.entity_read(&entity_ref).await?;
        self.note_visit(&entity_ref);
        let text = entity_ref.to_string();
        let changes = self.db().change_history(&text, CHANGES).await?;
        let relations = self.relation_groups(&entity).await?;
        let is_location = entity_ref.kind == "location";
        let view = EntityView {
            label: self.label(&entity_ref),
            owners: self.labels_of(&entity, "ownedBy", ""),
            lacks_owner: lacks_owner(&entity),
            systems: self.labels_of(&entity, "partOf", "system:"),
            domains: self.labels_of(&entity, "partOf", "domain:"),
            parents: self.labels_of(&entity, "partOf", "component:"),
            relations,
            source: self.place_of(&entity, annotation::LOCATION),
            origin: self.place_of(&entity, annotation::ORIGIN_LOCATION),
            changes: changes
                .iter()
                .filter_map(|change| self.change_row(change))
                .collect(),
            warnings: self.entity_warnings(&entity).await?,
            produced: if is_location {
                Some(self.produced(&text).await?)
            } else {
                None
            },
            entity: {
                entity.relations = Vec::new();
                entity
            },
        };
        Ok(view)
    }

    /// Returns one entity.
    ///
    /// # Errors
    /// `NotFound` when the catalog has no such entity for the caller.
    pub(super) async fn entity_read(&self, entity_ref: &EntityRef) -> Result<Entity, AppError> {
        let body = self.entity_body(entity_ref).await?;
        let body =
            body.ok_or_else(|| AppError::NotFound(format!("The catalog has no {entity_ref}.")))?;
        parse(&body)
    }

    /// Returns the file or location that an annotation names, as a person would.
    pub(super) fn place_of(&self, entity: &Entity, annotation: &str) -> Option<String> {
        entity
            .annotation(annotation)
            .map(|location| self.file_name(location))
    }

    /// Returns one entity as JSON text; nothing also when the caller may not read it.
    pub(in crate::server) async fn entity_body(
        &self,
        entity_ref: &EntityRef,
    ) -> Result<Option<String>, AppError> {
        if !self.require_reading(entity_ref).await? {
            return Ok(None);
        }
        let bodies = self.db().entity_bodies(&[entity_ref.to_string()]).await?;
        let body = bodies.into_iter().next().flatten();
        Ok(body.map(|body| self.shown(body)))
    }

    /// Returns the selected entities, as far as the caller may read them.
    pub(in crate::server) fn select(&self, selection: &EntitySelection) -> SelectedEntities {
        let index = self.index().read();
        let mut found = self.found(&index, selection.filter.clone());
        if let (true, Some(first)) = (selection.only_ordered, selection.order.first()) {
            found = index.having(&found, &first.key);
        }
        let total = usize::try_from(found.len()).unwrap_or(usize::MAX);
        let page = index.page(&found, &selection.order, &selection.start, selection.limit);
        let labels = page.ids.iter().filter_map(|id| index.label(*id));
        SelectedEntities {
            refs: labels.map(|label| label.entity_ref.to_owned()).collect(),
            total,
            has_before: page.has_before,
            has_after: page.has_after,
            first: page.first,
            last: page.last,
        }
    }
}

/// Tells whether the kind of an entity has owners and its file names none.
pub(super) fn lacks_owner(entity: &Entity) -> bool {
    let known = callboard_model::kind::find(&entity.kind);
    let has_owners = known.is_some_and(|kind| {
        let mut fields = kind.fields.iter();
        fields.any(|field| field.name == "owner")
    });
    has_owners && entity.spec_str("owner").is_none()
}
