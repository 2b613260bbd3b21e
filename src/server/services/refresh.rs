//! Reading again before the time, and removing by hand.
use callboard_catalog::LocationRef;
use callboard_db::{ChangeRequest, now_ms};
use callboard_model::EntityRef;

use super::Services;
use crate::error::AppError;

impl Services {
    /// Asks for everything an entity came from to be read again soon.
    pub(in crate::server) async fn refresh(&self, entity_ref: &EntityRef) -> Result<(), AppError> {
        let places = self.places_of(entity_ref).await?;
        if places.is_empty() {
            return Err(AppError::NotFound(format!(
                "Failed to schedule {entity_ref} for refreshing: the catalog has no such entity"
            )));
        }
        let mut targets: Vec<String> = places
            .iter()
            .filter_map(|place| LocationRef::parse(place))
            .map(|place| place.target)
            .collect();
        targets.push(entity_ref.to_string());
        targets.sort();
        targets.dedup();
        Ok(self.db().refresh_ask(&targets).await?)
    }

    /// Removes an entity. It comes back when its source still has it, as in Backstage.
    pub(in crate::server) async fn entity_remove(&self, uid: &str) -> Result<(), AppError> {
        if let Some(entity_ref) = self.db().entity_ref_by_uid(uid).await? {
            let change = ChangeRequest {
                entity_ref,
                put: None,
                cause: "removed by request".to_owned(),
            };
            self.db().change_apply(&[change], now_ms()).await?;
        }
        Ok(())
    }
}
