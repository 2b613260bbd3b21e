//! Locations that are registered while the portal runs.
use callboard_catalog::{
    LocationRef,
    index::{Filter, Index},
};
use callboard_db::{StoredLocation, new_uid, now_ms};
use callboard_model::EntityRef;
use serde_json::json;

use crate::{
    error::AppError,
    server::access::{Access, Event},
};

const READ: &str = "catalog.location.read";
const CREATE: &str = "catalog.location.create";
const DELETE: &str = "catalog.location.delete";

/// The one type of location that may be registered by request: files of the portal's machine are named by
/// configuration only.
const URL: &str = "url";

/// Longest target.
const MAX_TARGET: usize = 4_096;

/// Problems of a dry run that are told.
const TOLD: usize = 10;

/// What to do when a location is registered already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::server) enum Conflict {
    /// Refuse.
    Reject,
    /// Read it again.
    Refresh,
}

/// What came of registering a location.
#[derive(Debug, Clone)]
pub(in crate::server) struct Created {
    pub(in crate::server) location: StoredLocation,
    /// Entities it would bring, as JSON text; only a dry run has any.
    pub(in crate::server) entities: Vec<String>,
    /// Whether it was registered already; only a dry run says.
    pub(in crate::server) exists: Option<bool>,
}

impl Access {
    /// Returns all registered locations.
    ///
    /// The door refuses who may not see them; for a room that asks all the same there are none.
    pub(in crate::server) async fn locations(&self) -> Result<Vec<StoredLocation>, AppError> {
        if self.has(READ) {
            Ok(self.db().location_list().await?)
        } else {
            Ok(Vec::new())
        }
    }

    /// Returns the registered locations for which a condition on `id`, `type`, `target` or `entityRef` holds, by id.
    pub(in crate::server) async fn locations_matching(
        &self,
        filter: &Filter,
    ) -> Result<Vec<StoredLocation>, AppError> {
        let mut all = self.locations().await?;
        all.sort_by(|a, b| a.id.cmp(&b.id));
        let mut index = Index::default();
        for location in &all {
            let fields = json!({"id": location.id, "type": location.location_type,
                "target": location.target, "entityRef": location.entity_ref});
            index.put(&location.id, &fields);
        }
        let found = index.matching(filter);
        all.retain(|location| index.id(&location.id).is_some_and(|id| found.contains(id)));
        Ok(all)
    }

    /// Returns one registered location.
    pub(in crate::server) async fn location(&self, id: &str) -> Result<StoredLocation, AppError> {
        let all = self.locations().await?;
        let found = all.into_iter().find(|location| location.id == id);
        found.ok_or_else(|| AppError::NotFound(format!("Found no location with ID {id}")))
    }

    /// Returns the registered location that an entity came from in the end.
    pub(in crate::server) async fn location_of(
        &self,
        entity_ref: &EntityRef,
    ) -> Result<StoredLocation, AppError> {
        let missing = || AppError::NotFound(format!("found no entity for ref {entity_ref}"));
        if !self.require_reading(entity_ref).await? {
            return Err(missing());
        }
        let origin = {
            let index = self.index().read();
            let id = index.id(&entity_ref.to_string()).ok_or_else(missing)?;
            let key = format!(
                "metadata.annotations.{}",
                callboard_model::annotation::ORIGIN_LOCATION
            );
            index.value(id, &key).map(str::to_owned)
        };
        let origin = origin
            .as_deref()
            .and_then(LocationRef::parse)
            .ok_or_else(|| {
                AppError::NotFound(format!("found no origin annotation for ref {entity_ref}"))
            })?;
        let all = self.locations().await?;
        let found = all.into_iter().find(|location| {
            location.location_type == origin.location_type && location.target == origin.target
        });
        found.ok_or_else(|| {
            AppError::NotFound(format!(
                "Found no location with type {} and target {}",
                origin.location_type, origin.target
            ))
        })
    }

    /// Returns the id of the registered location of an address.
    pub(in crate::server) async fn location_id(
        &self,
        target: &str,
    ) -> Result<Option<String>, AppError> {
        self.require(CREATE, Some(target)).await?;
        let all = self.db().location_list().await?;
        let found = all.into_iter().find(|one| one.target == target);
        Ok(found.map(|one| one.id))
    }

    /// Registers a location.
    pub(in crate::server) async fn location_create(
        &self,
        location: &LocationRef,
        on_conflict: Option<Conflict>,
    ) -> Result<Created, AppError> {
        self.require(CREATE, Some(&location.target)).await?;
        let event = Event::of(CREATE, &location.target);
        self.audited(event, self.create(location, on_conflict))
            .await
    }

    async fn create(
        &self,
        location: &LocationRef,
        on_conflict: Option<Conflict>,
    ) -> Result<Created, AppError> {
        self.writable()?;
        self.admit(location)?;
        let new = StoredLocation {
            id: new_uid(),
            location_type: location.location_type.clone(),
            target: location.target.clone(),
            entity_ref: location.generated_ref(),
        };
        let location = if self.db().location_add(&new, now_ms()).await? {
            new
        } else {
            self.existing(location, on_conflict).await?
        };
        Ok(Created {
            location,
            entities: Vec::new(),
            exists: None,
        })
    }

    async fn existing(
        &self,
        location: &LocationRef,
        on_conflict: Option<Conflict>,
    ) -> Result<StoredLocation, AppError> {
        let default = if self.sources().refreshes_on_conflict {
            Conflict::Refresh
        } else {
            Conflict::Reject
        };
        let conflict = || AppError::Conflict(format!("Location {location} already exists"));
        if on_conflict.unwrap_or(default) == Conflict::Reject {
            return Err(conflict());
        }
        let target = std::slice::from_ref(&location.target);
        self.db().refresh_ask(target).await?;
        let all = self.db().location_list().await?;
        let found = all.into_iter().find(|stored| {
            stored.location_type == location.location_type && stored.target == location.target
        });
        // It may have been removed meanwhile.
        found.ok_or_else(conflict)
    }

    /// Says what a location would bring, and registers nothing.
    pub(in crate::server) async fn location_preview(
        &self,
        location: &LocationRef,
    ) -> Result<Created, AppError> {
        self.require(CREATE, Some(&location.target)).await?;
        self.admit(location)?;
        let preview = self.sources().ingester.preview(location).await?;
        let errors: Vec<String> = preview
            .errors()
            .take(TOLD)
            .map(|problem| format!("{} {}: {}", problem.code, problem.place(), problem.message))
            .collect();
        if !errors.is_empty() {
            return Err(AppError::Invalid(errors.join(", ")));
        }
        let mut seen = std::collections::HashSet::new();
        if let Some((twice, _)) = preview
            .entities
            .iter()
            .find(|(entity_ref, _)| !seen.insert(entity_ref))
        {
            return Err(AppError::Invalid(format!(
                "Duplicate nested entity: {twice}"
            )));
        }
        let registered = self.db().location_list().await?;
        let exists = registered.iter().any(|stored| {
            stored.location_type == location.location_type && stored.target == location.target
        });
        Ok(Created {
            location: StoredLocation {
                id: location.to_string(),
                location_type: location.location_type.clone(),
                target: location.target.clone(),
                entity_ref: location.generated_ref(),
            },
            entities: preview.entities.into_iter().map(|(_, body)| body).collect(),
            exists: Some(exists),
        })
    }

    /// Gives a registered location another target.
    pub(in crate::server) async fn location_change(
        &self,
        id: &str,
        location: &LocationRef,
    ) -> Result<StoredLocation, AppError> {
        self.require(CREATE, Some(&location.target)).await?;
        let event = Event::of(CREATE, &location.target).with(json!({"id": id}));
        self.audited(event, self.change(id, location)).await
    }

    async fn change(&self, id: &str, location: &LocationRef) -> Result<StoredLocation, AppError> {
        self.writable()?;
        self.admit(location)?;
        let all = self.db().location_list().await?;
        let is_taken = |stored: &&StoredLocation| {
            stored.location_type == location.location_type
                && stored.target == location.target
                && stored.id != id
        };
        if all.iter().find(is_taken).is_some() {
            return Err(AppError::Conflict(format!(
                "Location {location} already exists"
            )));
        }
        let changed = StoredLocation {
            id: id.to_owned(),
            location_type: location.location_type.clone(),
            target: location.target.clone(),
            entity_ref: location.generated_ref(),
        };
        if all.iter().any(|stored| stored.id == id) && self.db().location_update(&changed).await? {
            Ok(changed)
        } else {
            Err(AppError::NotFound(format!(
                "Found no location with ID {id}"
            )))
        }
    }

    /// Unregisters a location; what it brought is gone with the next ingestion, which starts at once.
    pub(in crate::server) async fn location_remove(&self, id: &str) -> Result<(), AppError> {
        self.require(DELETE, Some(id)).await?;
        let known = self.db().location_list().await?;
        let known = known.into_iter().find(|location| location.id == id);
        let target = known.map_or_else(|| id.to_owned(), |location| location.target);
        let removed = async {
            self.writable()?;
            if self.db().location_remove(id).await? {
                Ok(())
            } else {
                Err(AppError::NotFound(format!(
                    "Found no location with ID {id}"
                )))
            }
        };
        let event = Event::of(DELETE, &target).with(json!({"id": id}));
        self.audited(event, removed).await
    }

    fn writable(&self) -> Result<(), AppError> {
        if self.sources().readonly {
            let message = "This operation not allowed in readonly mode";
            return Err(AppError::NotAllowed(message.to_owned()));
        }
        Ok(())
    }

    /// Refuses what is no URL or may not be read.
    fn admit(&self, location: &LocationRef) -> Result<(), AppError> {
        if location.location_type != URL {
            return Err(AppError::Invalid(format!(
                "Registered locations must be of an allowed type [\"{URL}\"], found \"{}\"",
                location.location_type
            )));
        }
        if location.target.len() > MAX_TARGET {
            return Err(AppError::Invalid(format!(
                "the target is longer than {MAX_TARGET} characters"
            )));
        }
        let Some(reader) = self.sources().ingester.reader() else {
            return Err(AppError::Invalid("this portal reads files only".to_owned()));
        };
        reader
            .admits(&location.target)
            .map_err(|error| AppError::Invalid(format!("cannot read {}: {error}", location.target)))
    }
}
