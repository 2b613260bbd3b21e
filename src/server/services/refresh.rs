//! Reading again before the time, and removing by hand.
use callboard_catalog::LocationRef;
use callboard_db::{ChangeRequest, now_ms};
use callboard_model::EntityRef;

use crate::{
    error::AppError,
    server::access::{Access, Event},
};

const REFRESH: &str = "catalog.entity.refresh";
const DELETE: &str = "catalog.entity.delete";

impl Access {
    /// Asks for everything an entity came from to be read again soon.
    pub(in crate::server) async fn refresh(&self, entity_ref: &EntityRef) -> Result<(), AppError> {
        let text = entity_ref.to_string();
        let is_seen = self.require_reading(entity_ref).await?;
        if is_seen {
            self.require_on(REFRESH, &text).await?;
        }
        let places = self.places_of(entity_ref).await?;
        if places.is_empty() || !is_seen {
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
        let asked = async { Ok(self.db().refresh_ask(&targets).await?) };
        self.audited(Event::of(REFRESH, &text), asked).await
    }

    /// Removes an entity. It comes back when its source still has it, as in Backstage.
    pub(in crate::server) async fn entity_remove(&self, uid: &str) -> Result<(), AppError> {
        let Some(entity_ref) = self.db().entity_ref_by_uid(uid).await? else {
            // Whoever may remove some entities only is not told which there are.
            return self.require_on(DELETE, "").await;
        };
        self.require_on(DELETE, &entity_ref).await?;
        let event = entity_ref.clone();
        let removed = async {
            let change = ChangeRequest {
                entity_ref,
                put: None,
                cause: "removed by request".to_owned(),
            };
            self.db().change_apply(&[change], now_ms()).await?;
            Ok(())
        };
        self.audited(Event::of(DELETE, &event), removed).await
    }
}
