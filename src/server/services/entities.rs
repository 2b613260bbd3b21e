//! One entity with everything around it, and entities by condition for programs.
use std::collections::BTreeMap;

use callboard_catalog::{
    Filter,
    index::{OrderKey, Position, Start},
};
use callboard_model::{
    Entity, EntityRef, annotation, relation,
    view::{EntityRow, EntityView, RelationGroup},
};

use super::rows::parse;
use crate::{error::AppError, server::access::Access};

/// Rows shown for one type of relation.
const RELATION_ROWS: usize = 100;

const CHANGES: i64 = 20;

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
    /// Answers the entity page.
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
        let body = self.entity_body(&entity_ref).await?;
        let body =
            body.ok_or_else(|| AppError::NotFound(format!("The catalog has no {entity_ref}.")))?;
        self.note_visit(&entity_ref);
        let entity = parse(&body)?;
        let text = entity_ref.to_string();
        let problems = self.problems().await?;
        let of_this = |problem: &callboard_db::StoredProblem| {
            problem.diagnostic.entity_ref.as_ref() == Some(&text)
        };
        let changes = self.db().change_history(&text, CHANGES).await?;
        Ok(EntityView {
            label: self.label(&entity_ref),
            owners: entity
                .relation_targets("ownedBy")
                .filter_map(|target| self.label_of(target))
                .collect(),
            relations: self.relation_groups(&entity).await?,
            yaml: to_yaml(&body),
            source: entity
                .annotation(annotation::LOCATION)
                .map(|location| self.file_name(location)),
            origin: entity
                .annotation(annotation::ORIGIN_LOCATION)
                .map(|location| self.file_name(location)),
            problems: problems
                .into_iter()
                .filter(of_this)
                .map(|problem| problem.diagnostic)
                .collect(),
            changes: changes
                .iter()
                .filter_map(|change| self.change_row(change))
                .collect(),
            entity,
        })
    }

    async fn relation_groups(&self, entity: &Entity) -> Result<Vec<RelationGroup>, AppError> {
        let mut targets: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for relation in &entity.relations {
            targets
                .entry(&relation.relation_type)
                .or_default()
                .push(&relation.target_ref);
        }
        let mut groups = Vec::new();
        for (relation_type, refs) in targets {
            let shown: Vec<String> = refs
                .iter()
                .take(RELATION_ROWS)
                .map(|text| (*text).to_owned())
                .collect();
            let bodies = self.db().entity_bodies(&shown).await?;
            let mut rows: Vec<EntityRow> = Vec::with_capacity(shown.len());
            for (target, body) in shown.iter().zip(bodies) {
                match (body, target.parse()) {
                    (Some(body), _) => rows.push(self.row(&parse(&body)?)),
                    (None, Ok(target)) => rows.push(self.bare_row(&target)),
                    (None, Err(_)) => {}
                }
            }
            rows.sort_by_key(|row| row.label.title.to_lowercase());
            let title = relation::title(relation_type);
            let relation_type = relation_type.to_owned();
            groups.push(RelationGroup {
                relation_type,
                title,
                targets: rows,
                total: refs.len(),
            });
        }
        Ok(groups)
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

fn to_yaml(body: &str) -> String {
    let value: Result<serde_json::Value, _> = serde_json::from_str(body);
    value
        .ok()
        .and_then(|value| serde_yaml::to_string(&value).ok())
        .unwrap_or_default()
}
