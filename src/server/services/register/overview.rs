//! The registered locations with what came of each.
use std::collections::HashMap;

use callboard_catalog::{
    Filter, Index, LocationRef,
    index::{EntityId, OrderKey, TITLE_KEY},
};
use callboard_db::{StoredLocation, StoredProblem};
use callboard_model::{
    Severity, annotation,
    view::{EntityLabel, LocationsView, RegisteredRow},
};

use crate::{error::AppError, server::access::Access};

/// Most locations that are shown.
const ROWS: usize = 100;

/// Most entities that are shown of one.
const ENTITIES: usize = 10;

impl Access {
    /// Returns the registered locations, the latest first; nothing for whoever may not see them.
    pub(super) async fn locations_view(&self) -> Result<Option<LocationsView>, AppError> {
        if !self.has("catalog.location.read") {
            return Ok(None);
        }
        let mut all = self.db().location_list().await?;
        let total = all.len();
        all.reverse();
        all.truncate(ROWS);
        let problems = if all.is_empty() {
            Vec::new()
        } else {
            self.problems().await?
        };
        let reads = self.reads().await?;
        let row = |location: &StoredLocation| self.location_row(location, &problems, &reads);
        Ok(Some(LocationsView {
            rows: all.iter().map(row).collect(),
            total,
            may_remove: self.has("catalog.location.delete") && !self.sources().readonly,
        }))
    }

    /// Returns the location that is registered with a target.
    pub(super) async fn registered_row(
        &self,
        target: &str,
    ) -> Result<Option<RegisteredRow>, AppError> {
        let all = self.db().location_list().await?;
        let Some(location) = all.into_iter().find(|one| one.target == target) else {
            return Ok(None);
        };
        let problems = self.problems().await?;
        let reads = self.reads().await?;
        Ok(Some(self.location_row(&location, &problems, &reads)))
    }

    async fn reads(&self) -> Result<HashMap<String, i64>, AppError> {
        let reads = self.db().read_list().await?.into_iter();
        Ok(reads.map(|read| (read.target, read.read_at)).collect())
    }

    fn location_row(
        &self,
        location: &StoredLocation,
        problems: &[StoredProblem],
        reads: &HashMap<String, i64>,
    ) -> RegisteredRow {
        let origin = format!("{}:{}", location.location_type, location.target);
        let (labels, total) = self.brought_by(&origin, ENTITIES);
        let is_error = |one: &&StoredProblem| {
            one.diagnostic.severity == Severity::Error
                && is_of(&location.target, &one.diagnostic.file)
        };
        RegisteredRow {
            id: location.id.clone(),
            target: location.target.clone(),
            label: self.label_of(&location.entity_ref).filter(|one| one.exists),
            entities: labels,
            total,
            errors: problems.iter().filter(is_error).count(),
            read_at: reads.get(&location.target).copied(),
        }
    }

    /// Returns some of what a location brought, by title, and how much it is; without the entity that stands for the
    /// location itself.
    pub(super) fn brought_by(&self, origin: &str, most: usize) -> (Vec<EntityLabel>, usize) {
        let refs: Vec<String> = {
            let index = self.index().read();
            let ids = self.ids_of_origin(&index, origin);
            let labels = ids.iter().filter_map(|id| index.label(*id));
            labels.map(|label| label.entity_ref.to_owned()).collect()
        };
        let own = LocationRef::parse(origin).map(|one| one.generated_ref());
        let refs: Vec<&String> = refs
            .iter()
            .filter(|one| Some(*one) != own.as_ref())
            .collect();
        let labels = refs.iter().take(most).filter_map(|one| self.label_of(one));
        (labels.collect(), refs.len())
    }

    /// Returns the entities that came of a location and that the caller may read, by title.
    pub(super) fn ids_of_origin(&self, index: &Index, origin: &str) -> Vec<EntityId> {
        let key = format!("metadata.annotations.{}", annotation::ORIGIN_LOCATION);
        let found = self.found(index, Filter::Is(key.clone(), vec![origin.to_owned()]));
        let order = [OrderKey {
            key: TITLE_KEY.to_owned(),
            descending: false,
        }];
        let mut ids = index.ordered(&found, &order, 0, usize::MAX);
        // The index does not tell upper case from lower case, and addresses do.
        ids.retain(|id| index.value(*id, &key) == Some(origin));
        ids
    }
}

/// Tells whether a file belongs to a target: it is the same, or the target is a pattern that begins like it.
pub(super) fn is_of(target: &str, file: &str) -> bool {
    match target.split_once('*') {
        Some((start, _)) => file == target || file.starts_with(start),
        None => file == target,
    }
}

#[cfg(test)]
mod tests {
    use super::is_of;

    #[test]
    fn files_belong_to_their_target() {
        let pattern = "https://git.example/a/b/blob/main/**/catalog-info.yaml";
        assert!(is_of(
            pattern,
            "https://git.example/a/b/blob/main/x/catalog-info.yaml"
        ));
        assert!(!is_of(
            pattern,
            "https://git.example/a/c/blob/main/catalog-info.yaml"
        ));
        assert!(is_of(
            "https://a.example/x.yaml",
            "https://a.example/x.yaml"
        ));
        assert!(!is_of(
            "https://a.example/x.yaml",
            "https://a.example/x.yaml2"
        ));
    }
}
