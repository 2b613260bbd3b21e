//! Unregistering: what would go away, who would miss it, and doing it.
use std::collections::{BTreeMap, BTreeSet, HashSet};

use callboard_catalog::LocationRef;
use callboard_db::StoredLocation;
use callboard_model::{
    Entity, EntityRef, annotation, relation,
    view::{Dangling, EntityLabel, UnregisterView, UnregisterWay},
};

use crate::{
    error::AppError,
    server::access::{Access, Event},
};

const DELETE_LOCATION: &str = "catalog.location.delete";
const DELETE_ENTITY: &str = "catalog.entity.delete";

/// Most entities and references that are shown.
const SHOWN: usize = 50;

/// Most entities whose neighbours are looked at.
const LOOKED_AT: usize = 1_000;

/// Where users come from that sign-in made.
const SIGN_IN: &str = "provided:";

impl Access {
    /// Answers the page that unregisters an entity.
    ///
    /// # Errors
    /// `NotFound` when the catalog has no such entity; `Internal` when the database does not answer.
    pub async fn unregister_view(
        &self,
        kind: &str,
        namespace: &str,
        name: &str,
    ) -> Result<UnregisterView, AppError> {
        let entity_ref = EntityRef::new(kind, namespace, name);
        if !self.require_reading(&entity_ref).await? {
            return Err(AppError::NotFound(format!(
                "The catalog has no {entity_ref}."
            )));
        }
        let origin = self.origin_of(&entity_ref);
        let way = self.way_of(&entity_ref, origin.as_ref()).await?;
        let refusal = self.refusal(&way, &entity_ref);
        let refs = match &origin {
            Some(origin) if way != UnregisterWay::Orphan => self.refs_of(origin),
            _ => vec![entity_ref.to_string()],
        };
        let dangling = self.dangling(&refs).await?;
        let dangling_total = dangling.len();
        let own = origin.as_ref().map(LocationRef::generated_ref);
        let shown = refs.iter().filter(|one| Some(*one) != own.as_ref());
        let labels: Vec<EntityLabel> = shown.filter_map(|one| self.label_of(one)).collect();
        Ok(UnregisterView {
            label: self.label(&entity_ref),
            refusal,
            way,
            total: labels.len(),
            entities: labels.into_iter().take(SHOWN).collect(),
            dangling: dangling.into_iter().take(SHOWN).collect(),
            dangling_total,
        })
    }

    /// Unregisters what brought an entity, or removes an orphan alone; returns the address that was registered.
    ///
    /// # Errors
    /// `NotFound` when the catalog has no such entity; `NotAllowed` without the permission; `Conflict` when it can only go
    /// away in another way, which is told.
    pub async fn unregister(&self, entity_ref: &EntityRef) -> Result<Option<String>, AppError> {
        if !self.require_reading(entity_ref).await? {
            return Err(AppError::NotFound(format!(
                "The catalog has no {entity_ref}."
            )));
        }
        let origin = self.origin_of(entity_ref);
        match self.way_of(entity_ref, origin.as_ref()).await? {
            UnregisterWay::Location { id, target } => {
                self.location_remove(&id).await?;
                Ok(Some(target))
            }
            UnregisterWay::Orphan => {
                let bodies = self.db().entity_bodies(&[entity_ref.to_string()]).await?;
                let body = bodies.into_iter().next().flatten();
                let uid = body.as_deref().and_then(uid);
                if let Some(uid) = uid {
                    self.entity_remove(&uid).await?;
                }
                Ok(None)
            }
            // What is gone already need not be told: the catalog will show it in a moment.
            UnregisterWay::Leaving => Ok(None),
            way @ (UnregisterWay::Configured { .. } | UnregisterWay::SignIn) => {
                let refused = async { Err(AppError::Conflict(in_words(&way))) };
                let text = entity_ref.to_string();
                self.audited(Event::plain(DELETE_LOCATION, Some(&text)), refused)
                    .await
            }
        }
    }

    fn origin_of(&self, entity_ref: &EntityRef) -> Option<LocationRef> {
        let index = self.index().read();
        let id = index.id(&entity_ref.to_string())?;
        let key = format!("metadata.annotations.{}", annotation::ORIGIN_LOCATION);
        index.value(id, &key).and_then(LocationRef::parse)
    }

    fn is_orphan(&self, entity_ref: &EntityRef) -> bool {
        let index = self.index().read();
        let key = format!("metadata.annotations.{}", annotation::ORPHAN);
        let id = index.id(&entity_ref.to_string());
        id.and_then(|id| index.value(id, &key)) == Some("true")
    }

    async fn way_of(
        &self,
        entity_ref: &EntityRef,
        origin: Option<&LocationRef>,
    ) -> Result<UnregisterWay, AppError> {
        if self.is_orphan(entity_ref) {
            return Ok(UnregisterWay::Orphan);
        }
        let Some(origin) = origin else {
            return Ok(UnregisterWay::Leaving);
        };
        if origin.to_string().starts_with(SIGN_IN) {
            return Ok(UnregisterWay::SignIn);
        }
        let stored = self.db().location_list().await?;
        let is_it = |one: &&StoredLocation| {
            one.location_type == origin.location_type && one.target == origin.target
        };
        // A location of the configuration comes before one of the same address that was registered.
        if let Some(configured) = self.configured_as(origin) {
            return Ok(configured);
        }
        Ok(match stored.iter().find(is_it) {
            Some(location) => UnregisterWay::Location {
                id: location.id.clone(),
                target: location.target.clone(),
            },
            None => UnregisterWay::Leaving,
        })
    }

    /// Finds the location of the configuration that an origin stands for. Every file comes from one.
    fn configured_as(&self, origin: &LocationRef) -> Option<UnregisterWay> {
        let all = self.sources().ingester.configured();
        let path = std::path::Path::new(&origin.target);
        let found = all.iter().find(|one| {
            one.location_type == origin.location_type
                && (one.target == origin.target
                    || path.ends_with(one.target.trim_start_matches("./")))
        });
        if found.is_none() && origin.is_url() {
            return None;
        }
        Some(UnregisterWay::Configured {
            place: found.map_or_else(String::new, |one| self.declared_at(one)),
            target: found.map_or_else(
                || self.file_name(&origin.to_string()),
                |one| one.target.clone(),
            ),
        })
    }

    fn refusal(&self, way: &UnregisterWay, entity_ref: &EntityRef) -> Option<String> {
        let needs = |permission: &str| {
            format!(
                "It needs the permission {permission}, which the people who keep the policy of this portal can give."
            )
        };
        match way {
            UnregisterWay::Location { .. } if self.sources().readonly => Some(
                "Registering and unregistering are switched off by catalog.readonly.".to_owned(),
            ),
            UnregisterWay::Location { .. } => {
                (!self.has(DELETE_LOCATION)).then(|| needs(DELETE_LOCATION))
            }
            UnregisterWay::Orphan => {
                let filter = self.filter_of(DELETE_ENTITY);
                let index = self.index().read();
                let id = index.id(&entity_ref.to_string());
                let may = id.is_some_and(|id| index.holds(&filter, id));
                (!may).then(|| needs(DELETE_ENTITY))
            }
            UnregisterWay::Configured { .. } | UnregisterWay::Leaving | UnregisterWay::SignIn => {
                None
            }
        }
    }

    /// Returns everything of an origin that the caller may read, by title.
    fn refs_of(&self, origin: &LocationRef) -> Vec<String> {
        let index = self.index().read();
        let ids = self.ids_of_origin(&index, &origin.to_string());
        let labels = ids.iter().filter_map(|id| index.label(*id));
        labels.map(|label| label.entity_ref.to_owned()).collect()
    }

    /// Returns what refers to some entities from outside of them, by title.
    async fn dangling(&self, refs: &[String]) -> Result<Vec<Dangling>, AppError> {
        let gone: HashSet<&str> = refs.iter().map(String::as_str).collect();
        let first = &refs[..refs.len().min(LOOKED_AT)];
        let mut neighbours = BTreeSet::new();
        for entity in self.entities(first).await? {
            let targets = entity
                .relations
                .iter()
                .map(|one| one.target_ref.to_lowercase());
            neighbours.extend(targets.filter(|one| !gone.contains(one.as_str())));
        }
        let neighbours: Vec<String> = neighbours.into_iter().take(LOOKED_AT).collect();
        let mut found = Vec::new();
        for entity in self.entities(&neighbours).await? {
            let (fields, to) = named_in(&entity, &gone);
            if !to.is_empty() {
                let owner = entity.relation_targets("ownedBy").next();
                found.push(Dangling {
                    from: self.label(&entity.entity_ref()),
                    owner: owner.and_then(|owner| self.label_of(owner)),
                    fields,
                    to: to.iter().filter_map(|one| self.label_of(one)).collect(),
                });
            }
        }
        found.sort_by(|a, b| a.from.title.cmp(&b.from.title));
        Ok(found)
    }
}

/// Returns the fields in which an entity names some others, and which of them.
fn named_in(entity: &Entity, others: &HashSet<&str>) -> (Vec<String>, Vec<String>) {
    let empty = serde_json::Map::new();
    let spec = entity.spec.as_ref().unwrap_or(&empty);
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for reference in relation::references(&entity.kind, &entity.metadata.namespace, spec) {
        let Ok(target) = reference.target else {
            continue;
        };
        let target = target.to_string();
        if others.contains(target.as_str()) {
            let field = reference.pointer.split('/').nth(2).unwrap_or_default();
            found
                .entry(format!("spec.{field}"))
                .or_default()
                .insert(target);
        }
    }
    let to: BTreeSet<String> = found.values().flatten().cloned().collect();
    (found.into_keys().collect(), to.into_iter().collect())
}

fn in_words(way: &UnregisterWay) -> String {
    match way {
        UnregisterWay::Configured { place, target } => {
            let at = if place.is_empty() { "" } else { " at " };
            format!(
                "{target} is registered by the configuration{at}{place}. Remove it there; it cannot be unregistered here."
            )
        }
        _ => "Sign-in made this user. Run `callboard user forget` to remove it.".to_owned(),
    }
}

fn uid(body: &str) -> Option<String> {
    let entity: serde_json::Value = serde_json::from_str(body).ok()?;
    Some(entity.pointer("/metadata/uid")?.as_str()?.to_owned())
}
