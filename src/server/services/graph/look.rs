//! The index as one caller may look at it. What may not be read is like what is not there.
use std::sync::Arc;

use callboard_catalog::{
    Index,
    index::{EntityId, EntitySet},
};
use callboard_model::{EntityRef, kind, view::EntityLabel};

use crate::server::access::Access;

/// The index, and what of it may be read.
pub(super) struct Look<'a> {
    pub(super) index: &'a Index,
    /// None when all of it may be read.
    seen: Option<Arc<EntitySet>>,
}

/// One end of a relation.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Node {
    /// An entity.
    Here(EntityId),
    /// A reference to what is not there.
    Missing(String),
}

impl<'a> Look<'a> {
    pub(super) fn of(access: &Access, index: &'a Index) -> Self {
        let seen = (!access.sees_all()).then(|| access.seen(index));
        Self { index, seen }
    }

    fn sees(&self, id: EntityId) -> bool {
        self.seen.as_ref().is_none_or(|seen| seen.contains(id))
    }

    /// Returns an entity that may be read.
    pub(super) fn id(&self, entity_ref: &str) -> Option<EntityId> {
        self.index.id(entity_ref).filter(|id| self.sees(*id))
    }

    /// Returns the other end of a relation, if it may be named. To whom does not see everything, what is missing is not
    /// named either: the difference would tell what is hidden.
    pub(super) fn end(&self, target: &str) -> Option<Node> {
        let lower;
        let id = match self.index.id(target) {
            Some(id) => Some(id),
            None => {
                lower = target.to_lowercase();
                self.index.id(&lower)
            }
        };
        match id {
            Some(id) => self.sees(id).then_some(Node::Here(id)),
            None if self.seen.is_some() => None,
            None => {
                let entity_ref: EntityRef = target.parse().ok()?;
                Some(Node::Missing(entity_ref.to_string()))
            }
        }
    }

    /// Names an entity.
    pub(super) fn label(&self, id: EntityId) -> Option<EntityLabel> {
        let label = self.index.label(id)?;
        let entity_ref: EntityRef = label.entity_ref.parse().ok()?;
        Some(EntityLabel {
            kind: label.kind.to_owned(),
            title: label.title.unwrap_or(&entity_ref.name).to_owned(),
            entity_ref,
            exists: true,
        })
    }

    /// Names an entity, or what is not there.
    pub(super) fn name(&self, node: &Node) -> Option<EntityLabel> {
        let text = match node {
            Node::Here(id) => return self.label(*id),
            Node::Missing(text) => text,
        };
        let entity_ref: EntityRef = text.parse().ok()?;
        Some(EntityLabel {
            kind: kind::find(&entity_ref.kind)
                .map_or_else(|| entity_ref.kind.clone(), |kind| kind.name.to_owned()),
            title: entity_ref.name.clone(),
            entity_ref,
            exists: false,
        })
    }

    /// Returns the name for people in lower case, to sort by.
    pub(super) fn sort_name(&self, node: &Node) -> String {
        let (title, reference) = match node {
            Node::Missing(text) => (None, text.as_str()),
            Node::Here(id) => match self.index.label(*id) {
                Some(label) => (label.title, label.entity_ref),
                None => (None, ""),
            },
        };
        let name = reference.rsplit('/').next().unwrap_or_default();
        title.unwrap_or(name).to_lowercase()
    }

    /// Returns the first value of a key of an entity.
    pub(super) fn value(&self, node: &Node, key: &str) -> Option<String> {
        match node {
            Node::Here(id) => self.index.value(*id, key).map(str::to_owned),
            Node::Missing(_) => None,
        }
    }

    /// Names the first owner that may be named.
    pub(super) fn owner(&self, node: &Node) -> Option<EntityLabel> {
        let Node::Here(id) = node else {
            return None;
        };
        let mut owners = self.index.related(*id, "ownedby");
        owners.find_map(|owner| self.name(&self.end(owner)?))
    }

    /// Returns the canonical reference.
    pub(super) fn reference(&self, node: &Node) -> String {
        match node {
            Node::Here(id) => {
                let label = self.index.label(*id);
                label.map_or_else(String::new, |label| label.entity_ref.to_owned())
            }
            Node::Missing(text) => text.clone(),
        }
    }
}
