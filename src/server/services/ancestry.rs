//! The way an entity came in: the Location entities that led to it.
use callboard_model::{EntityRef, view::Ancestor};

use crate::{error::AppError, server::access::Access};

/// Longest way; scans go no deeper.
const MAX_DEPTH: usize = 40;

/// One entity on the way.
#[derive(Debug, Clone)]
pub(in crate::server) struct AncestryItem {
    /// The entity as JSON text.
    pub(in crate::server) entity: String,
    /// References of those that led to it.
    pub(in crate::server) parents: Vec<String>,
}

impl Access {
    /// Returns an entity and all that led to it, the entity first.
    pub(in crate::server) async fn ancestry(
        &self,
        entity_ref: &EntityRef,
    ) -> Result<Vec<AncestryItem>, AppError> {
        let missing = || AppError::NotFound(format!("No such entity {entity_ref}"));
        if !self.require_reading(entity_ref).await? {
            return Err(missing());
        }
        let mut items: Vec<AncestryItem> = Vec::new();
        let mut seen = Vec::new();
        let is_seen = self.require_reading(entity_ref).await?;
        let mut next = is_seen.then(|| entity_ref.to_string());
        while let Some(current) = next.take() {
            if seen.contains(&current) || seen.len() > MAX_DEPTH {
                break;
            }
            // What may not be read is as if it were gone.
            let seen_by_caller = self.sees_ref(&current);
            let bodies = self
                .db()
                .entity_bodies(std::slice::from_ref(&current))
                .await?;
            let body = bodies.into_iter().next().flatten();
            let Some(entity) = body.filter(|_| seen_by_caller) else {
                // Whatever led to it is gone meanwhile.
                if let Some(last) = items.last_mut() {
                    last.parents.clear();
                }
                break;
            };
            let parent = self.parent(&current).await?;
            items.push(AncestryItem {
                entity: self.shown(entity),
                parents: parent.iter().cloned().collect(),
            });
            seen.push(current);
            next = parent;
        }
        if items.is_empty() {
            return Err(missing());
        }
        Ok(items)
    }

    /// Names the entities that led to one, the nearest first, as far as the caller may see them.
    pub(super) async fn ancestors(&self, entity_ref: &str) -> Result<Vec<Ancestor>, AppError> {
        let mut found: Vec<Ancestor> = Vec::new();
        let mut next = self.parent(entity_ref).await?;
        while let Some(current) = next.take() {
            let is_known = found
                .iter()
                .any(|one| one.label.entity_ref.to_string() == current);
            if is_known || found.len() >= MAX_DEPTH || !self.sees_ref(&current) {
                break;
            }
            let source = self.db().source_of(&current).await?;
            let place = source.as_ref().map(|(place, _)| self.file_name(place));
            let Some(label) = self.label_of(&current) else {
                break;
            };
            found.push(Ancestor {
                label,
                source: place,
            });
            let parent = source.and_then(|(_, parent)| parent);
            next = parent.filter(|parent| *parent != current);
        }
        Ok(found)
    }

    /// Returns the reference of the Location entity that led to an entity.
    async fn parent(&self, entity_ref: &str) -> Result<Option<String>, AppError> {
        let source = self.db().source_of(entity_ref).await?;
        let parent = source.and_then(|(_, parent)| parent);
        Ok(parent.filter(|parent| parent != entity_ref))
    }

    /// Returns the places from which an entity and all that led to it were read, as location references.
    pub(in crate::server) async fn places_of(
        &self,
        entity_ref: &EntityRef,
    ) -> Result<Vec<String>, AppError> {
        let mut places = Vec::new();
        let mut next = Some(entity_ref.to_string());
        while let Some(current) = next.take().filter(|_| places.len() <= MAX_DEPTH) {
            let Some((location, parent)) = self.db().source_of(&current).await? else {
                break;
            };
            places.push(location);
            next = parent.filter(|parent| *parent != current);
        }
        Ok(places)
    }
}
